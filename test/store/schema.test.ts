import Database from "better-sqlite3";
import { Kysely, SqliteDialect } from "kysely";
import { Migrator } from "kysely/migration";
import { expect, test } from "vitest";
import type { Schema } from "#electron/store/schema.ts";
import { migrations } from "#migrations/index.ts";

/** Every column of every table as the row types say: `text`, `integer`, `real`, `blob`, with `?` where it may be null. */
const COLUMNS: { [T in keyof Schema]: { [C in keyof Schema[T]]: ColumnOf<Schema[T][C]> } } = {
  clinic_revision: { version: "integer", data: "text", recorded_by: "text?", recorded_at: "text" },
  account: {
    id: "text",
    login: "text",
    name: "text",
    roles: "text",
    enabled: "integer",
    created_at: "text",
  },
  patient: { id: "text", record_number: "text", version: "integer", created_at: "text" },
  patient_revision: {
    patient_id: "text",
    version: "integer",
    family_name: "text",
    given_names: "text",
    preferred_name: "text",
    birth_date: "text",
    record_number: "text",
    phone: "text",
    email: "text",
    address: "text",
    guardian_name: "text",
    guardian_phone: "text",
    allergies: "text",
    recorded_by: "text",
    recorded_at: "text",
  },
  patient_token: { token: "text", patient_id: "text", kind: "text" },
  course: {
    id: "text",
    patient_id: "text",
    open: "integer",
    ended_on: "text?",
    version: "integer",
    created_at: "text",
  },
  course_revision: {
    course_id: "text",
    version: "integer",
    data: "text",
    course_end: "text?",
    recorded_by: "text",
    recorded_at: "text",
  },
  visit: {
    id: "text",
    patient_id: "text",
    course_id: "text",
    visit_date: "text",
    version: "integer",
    state: "text",
    signed_at: "text?",
    created_at: "text",
  },
  visit_revision: {
    visit_id: "text",
    version: "integer",
    weight_kg: "real?",
    iga: "integer?",
    dose_action: "text?",
    daily_mg: "real?",
    dose_from: "text?",
    missed_doses: "integer?",
    next_visit_on: "text?",
    data: "text",
    parts: "text",
    recorded_by: "text",
    recorded_at: "text",
  },
  visit_signature: {
    visit_id: "text",
    version: "integer",
    summary: "text",
    signed_by: "text",
    signed_at: "text",
  },
  visit_addendum: { id: "text", visit_id: "text", text: "text", recorded_by: "text", recorded_at: "text" },
  visit_void: { visit_id: "text", reason: "text", recorded_by: "text", recorded_at: "text" },
  lab_result: {
    id: "text",
    patient_id: "text",
    visit_id: "text?",
    test_id: "text",
    collected_on: "text",
    comparator: "text?",
    value: "real?",
    text: "text",
    unit: "text",
    range_low: "real?",
    range_high: "real?",
    fasting: "integer?",
    note: "text",
    status: "text",
    replaces_id: "text?",
    reason: "text",
    recorded_by: "text",
    recorded_at: "text",
  },
  programme_entry: {
    id: "text",
    patient_id: "text",
    course_id: "text",
    visit_id: "text?",
    kind: "text",
    on_date: "text",
    data: "text",
    status: "text",
    replaces_id: "text?",
    reason: "text",
    recorded_by: "text",
    recorded_at: "text",
  },
  prescription: {
    id: "text",
    patient_id: "text",
    course_id: "text",
    visit_id: "text?",
    issued_on: "text",
    days_supply: "integer",
    product_id: "text",
    capsules: "text",
    edition: "text",
    verdict: "text",
    status: "text",
    replaces_id: "text?",
    reason: "text",
    recorded_by: "text",
    recorded_at: "text",
  },
  draft: {
    account_id: "text",
    key: "text",
    patient_id: "text?",
    base_version: "integer?",
    body: "text",
    saved_at: "text",
  },
  audit: {
    sequence: "integer",
    at: "text",
    user_id: "text?",
    user_name: "text",
    action: "text",
    outcome: "text",
    patient_id: "text?",
    detail: "text",
    hash: "text",
  },
  attachment: {
    id: "text",
    patient_id: "text",
    name: "text",
    type: "text",
    size: "integer",
    bytes: "blob",
    recorded_by: "text",
    recorded_at: "text",
  },
  edition_review: {
    id: "text",
    edition: "text",
    digest: "text",
    reviewed: "integer",
    on_date: "text",
    note: "text",
    recorded_by: "text",
    recorded_at: "text",
  },
};

/** What the type of a field allows its column to be. */
type ColumnOf<F> = [F] extends [Uint8Array]
  ? "blob"
  : null extends F
    ? F extends string | null
      ? "text?"
      : "integer?" | "real?"
    : F extends string
      ? "text"
      : "integer" | "real";

async function migrated(): Promise<Database.Database> {
  const sqlite = new Database(":memory:");
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: sqlite }) });
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: async () => migrations },
  }).migrateToLatest();
  if (error !== undefined) throw error;
  return sqlite;
}

test("every table and column of the migrated file is as the row types say", async () => {
  const sqlite = await migrated();
  const tables = sqlite
    .prepare<[], { name: string }>(
      "select name from sqlite_schema where type = 'table' and name not like 'sqlite_%' and name not like 'kysely_%'",
    )
    .all();
  const found = Object.fromEntries(
    tables.map(({ name }) => [
      name,
      Object.fromEntries(
        sqlite
          .prepare<[string], { name: string; type: string; notnull: number }>(
            'select name, type, "notnull" from pragma_table_xinfo(?)',
          )
          .all(name)
          .map((column) => [column.name, `${column.type.toLowerCase()}${column.notnull === 1 ? "" : "?"}`]),
      ),
    ]),
  );
  expect(found).toEqual(COLUMNS);
});

test("clinical rows can be neither changed nor deleted", async () => {
  const sqlite = await migrated();
  sqlite.pragma("foreign_keys = off");
  sqlite
    .prepare(
      "insert into visit_addendum (id, visit_id, text, recorded_by, recorded_at) values ('a', 'v', 't', 'u', 'now')",
    )
    .run();
  expect(() => sqlite.prepare("update visit_addendum set text = 'other'").run()).toThrow("append-only");
  expect(() => sqlite.prepare("delete from visit_addendum").run()).toThrow("append-only");
});

test("a record of before files could be attached keeps everything, and takes files and reviews that nobody changes", async () => {
  const sqlite = new Database(":memory:");
  const db = new Kysely<unknown>({ dialect: new SqliteDialect({ database: sqlite }) });
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const before = await migrator.migrateTo("0001-first-record");
  expect(before.error).toBeUndefined();
  sqlite.exec(`
    insert into account values ('u', 'doctor', 'Dr. Who', '["prescriber"]', 1, 'now');
    insert into patient values ('p', '1', 1, 'now');
    insert into course values ('c', 'p', 1, null, 1, 'now');
    insert into programme_entry values
      ('e', 'p', 'c', null, 'enrolment', '2026-11-01', '{"kind":"enrolment"}', 'recorded', null, '', 'u', 'now');
  `);
  const after = await migrator.migrateToLatest();
  expect(after.error).toBeUndefined();
  expect(sqlite.prepare("select data from programme_entry").all()).toEqual([
    { data: '{"kind":"enrolment"}' },
  ]);
  sqlite
    .prepare("insert into attachment values ('a', 'p', 'scan', 'image/png', 3, ?, 'u', 'now')")
    .run(Buffer.from([1, 2, 3]));
  sqlite.exec(
    "insert into edition_review values ('r', 'ipledge-2026', 'd', 1, '2026-11-22', '', 'u', 'now')",
  );
  for (const table of ["attachment", "edition_review"]) {
    expect(() => sqlite.exec(`update ${table} set recorded_at = 'later'`)).toThrow("append-only");
    expect(() => sqlite.exec(`delete from ${table}`)).toThrow("append-only");
  }
  expect(sqlite.pragma("foreign_key_check")).toEqual([]);
});
