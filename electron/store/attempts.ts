/**
 * Wrong passwords: how many there were, so that the wait grows and outlives a restart, and what is still to be told to the
 * audit trail, which cannot be written while the record is closed. No password is ever kept.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { earlier, type Instant, instant, msOf } from "#shared/calendar.ts";
import { replaceFile } from "./keys.ts";

const ATTEMPTS_FILE = "attempts.json";

const attempts = z.object({
  /** By login; all logins that do not exist count together, under the empty one. */
  failures: z.record(z.string(), z.object({ count: z.number().int(), last: instant })),
  /** `login` is empty where no such login exists: people type their password into the wrong field. */
  pending: z.array(z.object({ at: instant, login: z.string(), how: z.enum(["password", "recovery-code"]) })),
});
/** The file as it stands in memory. */
export type Attempts = z.infer<typeof attempts>;

/** A wrong password or code, to be told to the audit trail. */
export type FailedAttempt = Attempts["pending"][number];

/** The longest wait, in seconds. */
const LONGEST_WAIT = 60;
/** Failures kept for the audit trail; after that only their number grows. */
const PENDING_MAX = 1_000;

/**
 * Reads the file. What is missing or damaged counts as no attempts: it guards the door of the program, not the key.
 * Where the clock was set back since, the wait begins again instead of lasting until the clock is there again.
 */
export function readAttempts(folder: string, now: Instant): Attempts {
  const path = join(folder, ATTEMPTS_FILE);
  const none: Attempts = { failures: {}, pending: [] };
  if (!existsSync(path)) return none;
  try {
    const kept = attempts.parse(JSON.parse(readFileSync(path, "utf8")));
    for (const failure of Object.values(kept.failures)) failure.last = earlier(failure.last, now);
    return kept;
  } catch {
    return none;
  }
}

/** Writes the file. */
export function writeAttempts(folder: string, kept: Attempts): void {
  replaceFile(join(folder, ATTEMPTS_FILE), `${JSON.stringify(kept, null, 2)}\n`);
}

/** Milliseconds until `login` may try again: 1, 2, 4, … 60 seconds after each wrong attempt. */
export function waitOf(kept: Attempts, login: string, now: Instant): number {
  const failure = kept.failures[login];
  if (failure === undefined) return 0;
  const wait = 1_000 * Math.min(LONGEST_WAIT, 2 ** Math.min(failure.count - 1, 10));
  const passed = Math.max(0, msOf(now) - msOf(failure.last));
  return Math.max(0, wait - passed);
}

/** One more wrong attempt. */
export function withFailure(kept: Attempts, failed: FailedAttempt): Attempts {
  const count = (kept.failures[failed.login]?.count ?? 0) + 1;
  return {
    failures: { ...kept.failures, [failed.login]: { count, last: failed.at } },
    pending: kept.pending.length < PENDING_MAX ? [...kept.pending, failed] : kept.pending,
  };
}

/** After a right password: the waits of that login are over, and what was pending was told. */
export function withSuccess(kept: Attempts, login: string): Attempts {
  const failures = Object.fromEntries(Object.entries(kept.failures).filter(([one]) => one !== login));
  return { failures, pending: [] };
}
