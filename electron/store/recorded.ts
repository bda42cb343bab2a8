/** Who writes a row, and when. */
import type { Instant } from "#shared/calendar.ts";

/** Stamped on every row of the record: the account's id and the instant of the command. */
export type By = { userId: string; now: Instant };
