/** Opening the record's file: the connection, the schema's version, and the copy that is made before it changes. */
import { copyFileSync, existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Migration, Migrator } from "kysely/migration";
import { migrations } from "#migrations/index.ts";
import { Refused } from "#shared/refusal.ts";
import { type Engine, openSqlite } from "./engine-sqlite.ts";

/** Migrations by name; they run in the order of their names. */
export type SchemaHistory = Record<string, Migration>;

/** Names of the files in a record's folder. */
const RECORD_FILE = "record.db";
const LOCK_FILE = "isochart.lock";

/** The record's own file in its folder. */
export function recordFile(folder: string): string {
  return join(folder, RECORD_FILE);
}

/** The file whose lock says that the record is in use. */
export function lockFile(folder: string): string {
  return join(folder, LOCK_FILE);
}

/** The schema that this program writes: the name of its last migration. */
export const currentSchema: string = Object.keys(migrations).sort().at(-1) ?? "";

/** The refusal of a record that a later version of the program has written. */
export function newerThanTheApp(): Refused {
  return new Refused(
    "not-allowed",
    "This record was written by a newer version of Isochart. Nothing was changed. Update Isochart on this computer, then open it.",
  );
}

/** Makes the record's file, which must not exist, and its schema. `key` is 32 bytes. */
export async function createRecordFile(folder: string, key: Buffer): Promise<Engine> {
  if (existsSync(recordFile(folder)))
    throw new Refused("conflict", "There is a record in this folder already.");
  const engine = openSqlite({ path: recordFile(folder), key, mustExist: false });
  await migrate(engine, migrations);
  return engine;
}

/** A record in memory, with the schema and nothing in it, for tests of the store. */
export async function createRecordInMemory(): Promise<Engine> {
  const engine = openSqlite({ path: ":memory:", key: Buffer.alloc(32), mustExist: false });
  await migrate(engine, migrations);
  return engine;
}

/**
 * Opens the record's file and brings its schema up to date; the file as it was is kept beside it as `record-before-<name>.db`.
 * Never creates one. Refuses a file that is missing, is not a record, is of another key, or is newer than the program.
 */
export async function openRecord(
  folder: string,
  key: Buffer,
  history: SchemaHistory = migrations,
): Promise<Engine> {
  const path = recordFile(folder);
  if (!existsSync(path)) throw missingRecord();
  let engine = openSqlite({ path, key, mustExist: true });
  try {
    const pending = await pendingMigrations(engine, history);
    const first = pending[0];
    if (first === undefined) return engine;
    // Closed first, so that everything stands in the one file that is copied.
    await engine.close();
    await copyAndTryOut(path, join(folder, `record-before-${first}.db`), key);
    engine = openSqlite({ path, key, mustExist: true });
    await migrate(engine, history);
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** The refusal of a folder that has keys but no record. */
export function missingRecord(): Refused {
  return new Refused(
    "not-found",
    `The record’s file (${RECORD_FILE}) is missing from this folder. Nothing was created. Put it back, or restore a backup.`,
  );
}

/** Copies the file and opens the copy, so that nothing is changed before there is a copy that is known to open. */
async function copyAndTryOut(path: string, copy: string, key: Buffer): Promise<void> {
  rmSync(copy, { force: true });
  copyFileSync(path, copy);
  const tried = openSqlite({ path: copy, key, mustExist: true });
  await tried.close();
}

/** Names of the migrations that the file lacks, in order. Refuses a file that has one that this program does not know. */
async function pendingMigrations(engine: Engine, history: SchemaHistory): Promise<string[]> {
  const applied = await appliedMigrations(engine);
  if (applied.length === 0)
    throw new Refused(
      "not-allowed",
      "The file opens, but it is not a record of Isochart. Nothing was changed.",
    );
  if (applied.some((name) => !(name in history))) throw newerThanTheApp();
  return Object.keys(history)
    .sort()
    .filter((name) => !applied.includes(name));
}

async function appliedMigrations(engine: Engine): Promise<string[]> {
  const info = await engine.kysely.introspection.getTables({ withInternalKyselyTables: true });
  if (!info.some((table) => table.name === "kysely_migration")) return [];
  const rows = await engine.kysely
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom("kysely_migration")
    .select("name")
    .execute();
  return rows.map((row) => row.name);
}

async function migrate(engine: Engine, history: SchemaHistory): Promise<void> {
  const migrator = new Migrator({
    db: engine.kysely,
    provider: { getMigrations: () => Promise.resolve(history) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
