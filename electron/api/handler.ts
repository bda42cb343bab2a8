/**
 * What a handler is: one method of the contract, given its parsed input and what its verb may touch, and nothing else.
 *
 * `export const patientHandlers: Handlers<"patients"> = { "patients.search": async ({ db, input }) => … }`
 */
import type { Seal } from "#electron/store/audit.ts";
import type { KeyChanges } from "#electron/store/keys.ts";
import type { Keeper } from "#electron/keeper.ts";
import type { ReadDb, WriteDb } from "#electron/store/engine.ts";
import type { CalendarDate, Instant } from "#shared/calendar.ts";
import type { Contract, Method, OutputOf, ParsedInputOf, Verb } from "#shared/contract.ts";
import type { User } from "#shared/records/account.ts";

/** Dialogs and files outside the record. The real one is `desk.ts`, the only place that knows Electron's dialogs. */
export type Desk = {
  /** Asks the person for a folder; null when they cancel. */
  chooseFolder(purpose: "create" | "open"): Promise<string | null>;
  /** Asks where to save, writes the bytes there and shows the file; false when they cancel. */
  save(suggestedName: string, bytes: Uint8Array): Promise<boolean>;
};

/** What every handler of an open record is given. `today` is the date in the clinic's zone at `now`. */
type Situation<M extends Method> = {
  input: ParsedInputOf<M>;
  now: Instant;
  today: CalendarDate;
  user: User;
  audit: AuditNote;
  record: RecordFacts;
};

/** What is known of the open record beside its rows. */
export type RecordFacts = {
  /** Seals a text with the record's audit key; for `audit.verify`. */
  seal: Seal;
  /** Whether that account has a key slot, that is, a password. */
  holdsKey(accountId: string): boolean;
};

/** What the methods of each verb are given. */
type ContextByVerb<M extends Method> = {
  query: Situation<M> & { db: ReadDb };
  command: Situation<M> & { db: WriteDb };
  keyCommand: Situation<M> & { db: WriteDb; keys: KeyChanges };
  action: Situation<M> & { db: ReadDb; desk: Desk };
  session: { input: ParsedInputOf<M>; now: Instant; keeper: Keeper; desk: Desk };
};

/**
 * Tells the audit row of the running call whom it concerns and which rows, where `patientId` and `id` of the input and the
 * output do not show it (a void whose output is empty, a paper). Ids only; never a clinical value.
 */
export type AuditNote = (note: { patientId?: string; rows?: readonly string[] }) => void;

/** What the handler of method `M` is given. */
export type Context<M extends Method> = ContextByVerb<M>[Contract[M]["verb"] & Verb];

/** What a handler returns: the contract's output before it is parsed, at once or later. */
export type Handler<M extends Method> = (context: Context<M>) => OutputOf<M> | Promise<OutputOf<M>>;

/** All methods of one noun: a table that lacks one, or has one too many, does not compile. */
export type Handlers<Noun extends string> = {
  [M in Extract<Method, `${Noun}.${string}`>]: Handler<M>;
};
