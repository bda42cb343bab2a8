import Database from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { Migrator } from "kysely/migration";
import { expect, test } from "vitest";
import { migrations } from "#migrations/index.ts";

test("results of before the index of drawn tests are read back unchanged after it, and the day comes from the index alone", async () => {
  const file = new Database(":memory:");
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: file }) });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const before = await migrator.migrateTo("0002-attachments-and-reviews");
  expect(before.error).toBeUndefined();
  file.exec(`
    insert into account values ('a', 'nurse', 'Nurse', '["nurse"]', 1, '2026-01-01T00:00:00.000Z');
    insert into patient values ('p', '1001', 1, '2026-01-01T00:00:00.000Z');
    insert into lab_result values
      ('r1', 'p', null, 'alt', '2026-01-05', null, 22, '', 'U/L', 7, 41, null, '', 'recorded', null, '', 'a', '2026-01-05T10:00:00.000Z'),
      ('r2', 'p', null, 'alt', '2026-02-05', null, 25, '', 'U/L', 7, 41, null, '', 'recorded', null, '', 'a', '2026-02-05T10:00:00.000Z');
  `);
  const rows = (): unknown[] => file.prepare("select * from lab_result order by id").all();
  const kept = rows();
  const after = await migrator.migrateToLatest();
  expect(after.error).toBeUndefined();
  expect(rows()).toEqual(kept);
  const asked =
    "select patient_id, max(collected_on) as last from lab_result where test_id = 'alt' and patient_id = 'p' and status = 'recorded' group by patient_id";
  expect(file.prepare(asked).all()).toEqual([{ patient_id: "p", last: "2026-02-05" }]);
  const plan = file.prepare(`explain query plan ${asked}`).all() as { detail: string }[];
  expect(plan.map((one) => one.detail).join()).toContain("COVERING INDEX lab_result_test");
  await db.destroy();
});
