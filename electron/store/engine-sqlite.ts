/**
 * SQLite under Kysely: one connection, one keyed file. Everything that is true of SQLite only stands in this file.
 *
 * Kysely's promises run over an engine that answers at once. As there is one connection, every call holds it from its first
 * statement to its last (Kysely's own lock sees to that), so that nothing reads in the middle of somebody's transaction.
 */
import Database from "better-sqlite3";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type TransactionSettings,
} from "kysely";
import { Refused } from "#shared/refusal.ts";
import { lendMemory, type ReadDb, type WriteDb } from "./engine.ts";
import type { Schema } from "./schema.ts";

/** An open file. */
export type Engine = {
  /** Runs `work` on a snapshot. A statement that writes is refused by the engine, whatever its type says. */
  read<T>(work: (db: ReadDb) => Promise<T>): Promise<T>;
  /** Runs `work` in one transaction that is begun at once for writing: all of it is kept, or, when it throws, nothing. */
  write<T>(work: (db: WriteDb) => Promise<T>): Promise<T>;
  /** The whole handle, for migrations. */
  kysely: Kysely<Schema>;
  /** Ends what is running, then closes. After it, `read` and `write` refuse. */
  close(): Promise<void>;
};

/** Statements kept prepared. More than the whole program has; a bound, should somebody build SQL with values in it. */
const PREPARED_MAX = 1_000;

/** A statement as this driver uses it: no values of its own, and rows of any shape. */
type Prepared = Database.Statement;

class SqliteConnection implements DatabaseConnection {
  readonly #file: Database.Database;
  readonly #prepared = new Map<string, Prepared>();

  constructor(file: Database.Database) {
    this.#file = file;
  }

  get inTransaction(): boolean {
    return this.#file.inTransaction;
  }

  run(sql: string): void {
    this.#prepare(sql).run();
  }

  #prepare(sql: string): Prepared {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const fresh = this.#file.prepare(sql);
    if (this.#prepared.size >= PREPARED_MAX) this.#prepared.clear();
    this.#prepared.set(sql, fresh);
    return fresh;
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return new Promise((resolve) => {
      const statement = this.#prepare(query.sql);
      if (statement.reader) {
        resolve({ rows: statement.all(...query.parameters) as R[] });
        return;
      }
      const { changes, lastInsertRowid } = statement.run(...query.parameters);
      resolve({ rows: [], numAffectedRows: BigInt(changes), insertId: BigInt(lastInsertRowid) });
    });
  }

  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    // Not kept: a statement that is being stepped through cannot be used a second time.
    for (const row of this.#file.prepare(query.sql).iterate(...query.parameters)) yield { rows: [row as R] };
  }
}

class SqliteDriver implements Driver {
  readonly #file: Database.Database;
  readonly #connection: SqliteConnection;

  constructor(file: Database.Database) {
    this.#file = file;
    this.#connection = new SqliteConnection(file);
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#connection;
  }

  async beginTransaction(_connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    if (settings.accessMode === "read only") {
      this.#connection.run("begin");
      this.#connection.run("pragma query_only = 1");
    } else this.#connection.run("begin immediate");
  }

  async commitTransaction(): Promise<void> {
    this.#connection.run("commit");
    this.#connection.run("pragma query_only = 0");
  }

  async rollbackTransaction(): Promise<void> {
    // A full disk ends the transaction by itself, and then there is nothing to roll back.
    if (this.#connection.inTransaction) this.#connection.run("rollback");
    this.#connection.run("pragma query_only = 0");
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {
    this.#file.close();
  }
}

/** Kysely says that SQLite cannot change its schema in a transaction. It can, and a migration must be all or nothing. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

function dialectOf(file: Database.Database): Dialect {
  return {
    createAdapter: () => new TransactionalSqliteAdapter(),
    createDriver: () => new SqliteDriver(file),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

/** How a file is to be opened. `key` is 32 bytes; they are copied and wiped here, the caller wipes its own. */
export type FileToOpen = { path: string; key: Buffer; mustExist: boolean };

/**
 * Opens a keyed file, or a database in memory when the path is `:memory:`. Throws `Refused` when the key does not open it
 * or when it is not a database.
 */
export function openSqlite(options: FileToOpen): Engine {
  const file = new Database(options.path, { fileMustExist: options.mustExist, timeout: 5_000 });
  const raw = Buffer.concat([Buffer.from("raw:"), options.key]);
  try {
    file.pragma("cipher = 'chacha20'");
    // In memory there is nothing to encrypt, and the engine has no page to keep a salt in.
    if (options.path !== ":memory:") file.key(raw);
    // A read, so that a wrong key shows here and not in the middle of somebody's work.
    file.prepare("select count(*) from sqlite_schema").get();
    // Temporary files would be plain text.
    file.pragma("temp_store = memory");
    file.pragma("foreign_keys = on");
    file.pragma("journal_mode = wal");
    file.pragma("synchronous = full");
    file.pragma("trusted_schema = off");
    file.pragma("cell_size_check = on");
    file.pragma("cache_size = -65536");
  } catch (error) {
    file.close();
    if (engineCodeOf(error) === "SQLITE_NOTADB") throw notThatRecord();
    throw error;
  } finally {
    raw.fill(0);
  }
  const kysely = new Kysely<Schema>({ dialect: dialectOf(file) });
  return engineOf(kysely);
}

function engineOf(kysely: Kysely<Schema>): Engine {
  const running = new Set<Promise<unknown>>();
  const memory = new Map<symbol, unknown>();
  let closing: Promise<void> | undefined;

  async function track<T>(work: () => Promise<T>): Promise<T> {
    if (closing !== undefined) throw new Refused("locked", "The record was closed meanwhile. Sign in again.");
    const promise = work();
    running.add(promise);
    try {
      return await promise;
    } finally {
      running.delete(promise);
    }
  }

  return {
    kysely,
    read: (work) =>
      track(() =>
        kysely
          .transaction()
          .setAccessMode("read only")
          .execute((db) => {
            lendMemory(db, memory);
            return work(db);
          }),
      ),
    write: (work) => track(() => kysely.transaction().execute(work)),
    close: () => {
      memory.clear();
      closing ??= Promise.allSettled(running).then(() => kysely.destroy());
      return closing;
    },
  };
}

/**
 * Holds a folder for this process by an exclusive lock on a file of its own, which the system drops when the process ends,
 * however it ends. Throws `Refused` when somebody else holds it. Returns what lets go.
 */
export function holdFolder(lockFile: string): () => void {
  const file = new Database(lockFile, { timeout: 0 });
  try {
    file.exec("begin exclusive");
  } catch (error) {
    file.close();
    if (engineCodeOf(error)?.startsWith("SQLITE_BUSY") !== true) throw error;
    throw new Refused(
      "conflict",
      "This record is already open, in another window on this computer or on another one. Close it there first.",
    );
  }
  return () => file.close();
}

/** The engine's code of an error (`SQLITE_FULL`), or undefined when it is not an error of the engine. */
function engineCodeOf(error: unknown): string | undefined {
  return error instanceof Database.SqliteError ? error.code : undefined;
}

/**
 * What an engine's or a file system's error means to the person, when it is something that they can put right: a disk that
 * is full or cannot be written, a folder without permission, a damaged file. Undefined for everything else.
 */
export function refusalOfStorage(error: unknown): Refused | undefined {
  const code = engineCodeOf(error) ?? fileCodeOf(error) ?? "";
  if (code.startsWith("SQLITE_FULL") || code === "ENOSPC" || code === "EDQUOT")
    return new Refused("not-allowed", "The disk is full; nothing was saved. Make room on it and try again.");
  if (code.startsWith("SQLITE_IOERR") || code === "EFBIG" || code === "EIO")
    return new Refused(
      "not-allowed",
      "The disk is full or cannot be written; nothing was saved. Look at the disk and try again.",
    );
  if (["SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "EACCES", "EPERM", "EROFS"].includes(code))
    return new Refused(
      "not-allowed",
      "The folder cannot be written; nothing was saved. Ask for permission to write there, or choose another folder.",
    );
  if (code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_NOTADB") return notThatRecord();
  return undefined;
}

function fileCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

function notThatRecord(): Refused {
  return new Refused(
    "not-allowed",
    "The record’s file is damaged, or it does not belong to this folder’s keys. Nothing was changed. Restore the last good backup.",
  );
}
