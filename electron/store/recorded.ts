/** Who writes a row, and when. */
import type { Instant } from "#shared/calendar.ts";
import type { ReadDb } from "./engine.ts";

/** Stamped on every row of the record: the account's id and the instant of the command. */
export type By = { userId: string; now: Instant };

/** The names of all accounts by id: for long lists, where a join would look the same few up for every row. */
export async function recorderNames(db: ReadDb): Promise<Map<string, string>> {
  const rows = await db.selectFrom("account").select(["id", "name"]).execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}
