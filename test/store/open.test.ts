import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { migrations } from "#migrations/index.ts";
import { findAccountByLogin, insertAccount } from "#electron/store/accounts.ts";
import { appendAudit, sealWith } from "#electron/store/audit.ts";
import { type Engine, holdFolder } from "#electron/store/engine-sqlite.ts";
import { newDataKey } from "#electron/store/keys.ts";
import {
  createRecordFile,
  createRecordInMemory,
  lockFile,
  openRecord,
  recordFile,
  type SchemaHistory,
} from "#electron/store/open.ts";
import { NOON } from "#test/support/clock.ts";
import { temporaryFolder } from "#test/support/folder.ts";

const DOCTOR = { login: "doctor", name: "Dana Whitfield", roles: ["prescriber"] } as const;

function rawKey(key: Buffer): Buffer {
  return Buffer.concat([Buffer.from("raw:"), key]);
}

test("a record that is closed and opened again has what was written", async () => {
  const folder = temporaryFolder();
  const key = newDataKey();
  const engine = await createRecordFile(folder, key);
  await engine.write((db) => insertAccount(db, { ...DOCTOR, roles: [...DOCTOR.roles] }, NOON));
  await engine.close();
  const again = await openRecord(folder, key);
  expect(await again.read((db) => findAccountByLogin(db, "doctor"))).toMatchObject({
    name: "Dana Whitfield",
  });
  await again.close();
});

test("nothing that is written stands in the folder as plain text", async () => {
  const folder = temporaryFolder();
  const engine = await createRecordFile(folder, newDataKey());
  await engine.write((db) => insertAccount(db, { ...DOCTOR, roles: [...DOCTOR.roles] }, NOON));
  for (const name of readdirSync(folder)) {
    const content = readFileSync(join(folder, name)).toString("latin1");
    expect(content, name).not.toContain("Whitfield");
    expect(content, name).not.toContain("SQLite format 3");
  }
  await engine.close();
});

test("a wrong key is refused, and changes nothing", async () => {
  const folder = temporaryFolder();
  await (await createRecordFile(folder, newDataKey())).close();
  const before = readFileSync(recordFile(folder));
  await expect(openRecord(folder, newDataKey())).rejects.toMatchObject({
    refusal: { code: "not-allowed", sentence: expect.stringContaining("damaged") as string },
  });
  expect(readFileSync(recordFile(folder)).equals(before)).toBe(true);
});

test("a missing file is refused and never created", async () => {
  const folder = temporaryFolder();
  await expect(openRecord(folder, newDataKey())).rejects.toMatchObject({ refusal: { code: "not-found" } });
  expect(readdirSync(folder)).toEqual([]);
});

test("a file that is not a database is refused and left alone", async () => {
  const folder = temporaryFolder();
  writeFileSync(recordFile(folder), "a letter to a patient".repeat(300));
  await expect(openRecord(folder, newDataKey())).rejects.toMatchObject({ refusal: { code: "not-allowed" } });
  expect(readFileSync(recordFile(folder), "utf8")).toMatch(/^a letter to a patient/);
});

test("a database of this key that is not a record is refused", async () => {
  const folder = temporaryFolder();
  const key = newDataKey();
  const other = new Database(recordFile(folder));
  other.pragma("cipher = 'chacha20'");
  other.key(rawKey(key));
  other.exec("create table shopping (item text)");
  other.close();
  await expect(openRecord(folder, key)).rejects.toMatchObject({
    refusal: { sentence: expect.stringContaining("not a record of Isochart") as string },
  });
});

test("a record that a newer program wrote is refused", async () => {
  const folder = temporaryFolder();
  const key = newDataKey();
  await (await createRecordFile(folder, key)).close();
  const newer = new Database(recordFile(folder));
  newer.pragma("cipher = 'chacha20'");
  newer.key(rawKey(key));
  newer.exec("insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01')");
  newer.close();
  await expect(openRecord(folder, key)).rejects.toMatchObject({
    refusal: { sentence: expect.stringContaining("newer version") as string },
  });
});

const LATER: SchemaHistory = {
  ...migrations,
  "9998-note": { up: (db) => db.schema.createTable("note").addColumn("text", "text").execute() },
};

test("before the schema changes, the file is copied, and the copy opens as it was", async () => {
  const folder = temporaryFolder();
  const key = newDataKey();
  const engine = await createRecordFile(folder, key);
  await engine.write((db) => insertAccount(db, { ...DOCTOR, roles: [...DOCTOR.roles] }, NOON));
  await engine.close();

  const changed = await openRecord(folder, key, LATER);
  expect(await tablesOf(changed)).toContain("note");
  await changed.close();

  const kept = temporaryFolder();
  copyFileSync(join(folder, "record-before-9998-note.db"), recordFile(kept));
  const before = await openRecord(kept, key);
  expect(await tablesOf(before)).not.toContain("note");
  expect(await before.read((db) => findAccountByLogin(db, "doctor"))).toMatchObject({ login: "doctor" });
  await before.close();
});

test("a change of the schema that fails half-way leaves the record as it was", async () => {
  const folder = temporaryFolder();
  const key = newDataKey();
  await (await createRecordFile(folder, key)).close();
  const failing: SchemaHistory = {
    ...migrations,
    "9998-note": {
      up: async (db) => {
        await db.schema.createTable("note").addColumn("text", "text").execute();
        throw new Error("the power went");
      },
    },
  };
  await expect(openRecord(folder, key, failing)).rejects.toThrow("the power went");
  const engine = await openRecord(folder, key);
  expect(await tablesOf(engine)).not.toContain("note");
  await engine.close();
});

async function tablesOf(engine: Engine): Promise<string[]> {
  return (await engine.kysely.introspection.getTables()).map((one) => one.name);
}

test("a folder that is held is refused to the next, until it is let go", () => {
  const folder = temporaryFolder();
  const letGo = holdFolder(lockFile(folder));
  expect(() => holdFolder(lockFile(folder))).toThrow("already open");
  letGo();
  holdFolder(lockFile(folder))();
});

test("the connection keeps temporary files in memory, checks references, and waits for the disk", async () => {
  const folder = temporaryFolder();
  const engine = await createRecordFile(folder, newDataKey());
  const read = async (name: string): Promise<unknown> => {
    const { rows } = await engine.kysely.executeQuery<Record<string, unknown>>({
      sql: `pragma ${name}`,
      parameters: [],
      query: { kind: "RawNode", sqlFragments: [`pragma ${name}`], parameters: [] },
      queryId: { queryId: name },
    });
    return Object.values(rows[0] ?? {})[0];
  };
  expect(await read("temp_store")).toBe(2);
  expect(await read("foreign_keys")).toBe(1);
  expect(await read("journal_mode")).toBe("wal");
  expect(await read("synchronous")).toBe(2);
  expect(await read("trusted_schema")).toBe(0);
  expect(await read("cell_size_check")).toBe(1);
  await engine.close();
  expect(existsSync(`${recordFile(folder)}-wal`)).toBe(false);
});

test("a read in the middle of a transaction waits for its end", async () => {
  const engine = await createRecordInMemory();
  const order: string[] = [];
  const write = engine.write(async (db) => {
    await insertAccount(db, { ...DOCTOR, roles: [...DOCTOR.roles] }, NOON);
    order.push("written");
    await new Promise((resolve) => setImmediate(resolve));
    order.push("committing");
    throw new Error("no");
  });
  const read = engine.read(async (db) => {
    order.push("read");
    return findAccountByLogin(db, "doctor");
  });
  await expect(write).rejects.toThrow("no");
  expect(await read).toBeUndefined();
  expect(order).toEqual(["written", "committing", "read"]);
  await engine.close();
});

test("a handle for reading refuses to write, whatever its type was made to say", async () => {
  const engine = await createRecordInMemory();
  await expect(
    engine.read((db) =>
      insertAccount(db as Parameters<typeof insertAccount>[0], { ...DOCTOR, roles: [...DOCTOR.roles] }, NOON),
    ),
  ).rejects.toThrow("readonly");
  await engine.write((db) => insertAccount(db, { ...DOCTOR, roles: [...DOCTOR.roles] }, NOON));
  await engine.close();
});

test("closing waits for what is running and refuses what comes after", async () => {
  const engine = await createRecordInMemory();
  const running = engine.write(async (db) => {
    await new Promise((resolve) => setImmediate(resolve));
    return insertAccount(db, { ...DOCTOR, roles: [...DOCTOR.roles] }, NOON);
  });
  const closed = engine.close();
  await expect(running).resolves.toMatchObject({ login: "doctor" });
  await closed;
  await expect(engine.read((db) => findAccountByLogin(db, "doctor"))).rejects.toMatchObject({
    refusal: { code: "locked" },
  });
});

test("clinical rows and audit rows can be neither changed nor deleted", async () => {
  const engine = await createRecordInMemory();
  await engine.write((db) =>
    appendAudit(db, sealWith(newDataKey()), {
      at: NOON,
      userId: null,
      userName: "Somebody",
      action: "session.signIn",
      outcome: "done",
      patientId: null,
      detail: "",
    }),
  );
  await expect(
    engine.write((db) => db.updateTable("audit").set({ user_name: "Nobody" }).execute()),
  ).rejects.toThrow("append-only");
  await expect(engine.write((db) => db.deleteFrom("audit").execute())).rejects.toThrow("append-only");
  await engine.close();
});
