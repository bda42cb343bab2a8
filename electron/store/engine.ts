/**
 * The database engine as the rest of the store sees it: a handle that can only read, a handle that can write, and keys.
 * Only `engine*.ts` and `open.ts` know that it is SQLite.
 */
import { randomBytes } from "node:crypto";
import type {
  CommonTableExpression,
  Kysely,
  QueryCreatorWithCommonTableExpression,
  Transaction,
} from "kysely";
import { type Instant, msOf } from "#shared/calendar.ts";
import type { Schema } from "./schema.ts";

/**
 * A handle that cannot write: there is no insert, update or delete on it, nor a raw statement. A `WriteDb` may be passed
 * where a `ReadDb` is asked for; the other way round does not compile.
 */
export type ReadDb = Pick<Kysely<Schema>, "selectFrom" | "selectNoFrom" | "fn" | "case" | "dynamic"> & {
  /** As Kysely's, but what comes after it can only select. */
  with<N extends string, E extends CommonTableExpression<Schema, N>>(
    name: N,
    expression: E,
  ): Pick<QueryCreatorWithCommonTableExpression<Schema, N, E>, "selectFrom" | "with">;
};

/** An open transaction: what a command writes with. It is committed by `dispatch`, with the audit row, or not at all. */
export type WriteDb = Transaction<Schema>;

const memories = new WeakMap<ReadDb, Map<symbol, unknown>>();

/** Lends a handle what its engine remembers. Called by the engine alone, for every handle that it gives out. */
export function lendMemory(db: ReadDb, memory: Map<symbol, unknown>): void {
  memories.set(db, memory);
}

/**
 * What an open record remembers between calls, by a symbol of whoever remembers it: gone when the record is closed or the
 * screen locked. Nothing may be in it that the record itself could not give again. A handle without an engine has none.
 */
export function memoryOf(db: ReadDb): Map<symbol, unknown> {
  return memories.get(db) ?? new Map<symbol, unknown>();
}

/**
 * A new key: UUIDv7 text, so that keys sort by the time they were made, and those of one millisecond in the order in which
 * they were made: the twelve bits after the time count them (RFC 9562, 6.2, method 1). From the 4,096th on they sort by chance.
 */
export function newId(now: Instant): string {
  const ms = msOf(now);
  latest = { ms, count: ms === latest.ms ? Math.min(latest.count + 1, 0xfff) : 0 };
  const bytes = randomBytes(16);
  bytes.writeUIntBE(ms, 0, 6);
  bytes.writeUInt16BE(0x7000 | latest.count, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
let latest = { ms: -1, count: 0 };
