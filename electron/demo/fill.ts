/** Fills an empty record with the demo clinic: fictitious, the same from every seed, dated around today. */
import type { WriteDb } from "#electron/store/engine.ts";
import type { CalendarDate, Instant } from "#shared/calendar.ts";
import type { User } from "#shared/records/account.ts";
import { randomFrom } from "./random.ts";
import { tellStories } from "./stories.ts";

/** The seed of the clinic that everybody sees. */
const SEED = 20_261_121;

/**
 * Tells every patient's story. `doctor` and `nurse` are accounts of the record; `zone` is the clinic's. Throws a Refused
 * when a story does something that the application would not allow.
 */
export async function fillDemo(
  db: WriteDb,
  options: { now: Instant; today: CalendarDate; zone: string; doctor: User; nurse: User },
): Promise<void> {
  await tellStories({ db, ...options, random: randomFrom(SEED) });
}
