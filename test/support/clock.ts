/** A clock that goes only when a test says so. */
import type { Clock } from "#electron/clock.ts";
import { type Instant, instantFromMs, msOf } from "#shared/calendar.ts";

/** Noon of a Sunday in New York. */
export const NOON: Instant = "2026-11-22T17:00:00.000Z";

/** A clock for tests. Who waits on it is woken by `advance` and by nothing else. */
export type TestClock = Clock & {
  /** Lets time pass, waking in order whoever is due. */
  advance(by: { seconds?: number; minutes?: number; days?: number }): void;
  /** Goes to an instant, earlier or later, without waking anybody. */
  set(at: Instant): void;
};

/** A clock that stands at `at`. */
export function testClock(at: Instant): TestClock {
  let now = msOf(at);
  let sleepers: { due: number; wake: () => void }[] = [];
  return {
    isSet: true,
    now: () => instantFromMs(now),
    set: (to) => {
      now = msOf(to);
    },
    after: (milliseconds, wake) => {
      const sleeper = { due: now + milliseconds, wake };
      sleepers.push(sleeper);
      return () => {
        sleepers = sleepers.filter((one) => one !== sleeper);
      };
    },
    advance: ({ seconds = 0, minutes = 0, days = 0 }) => {
      const until = now + 1_000 * (seconds + 60 * (minutes + 24 * 60 * days));
      for (;;) {
        const next = sleepers.filter((one) => one.due <= until).sort((a, b) => a.due - b.due)[0];
        if (next === undefined) break;
        sleepers = sleepers.filter((one) => one !== next);
        now = Math.max(now, next.due);
        next.wake();
      }
      now = until;
    },
  };
}
