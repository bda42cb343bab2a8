/** The only clock. Everything below `dispatch` is given the time as an argument. */
import { type Instant, instantFromMs, msOf } from "#shared/calendar.ts";

/** What tells the time, and wakes somebody later. */
export type Clock = {
  now(): Instant;
  /** Calls `wake` once, after that many milliseconds. Returns what calls it off. */
  after(milliseconds: number, wake: () => void): () => void;
  /** True when it was set by `--now` and does not tell the real time. */
  isSet: boolean;
};

/** The machine's clock; or, when `startAt` is given, one that starts there now and goes on at the usual pace. */
export function machineClock(startAt: Instant | null): Clock {
  const offset = startAt === null ? 0 : msOf(startAt) - Date.now();
  return {
    now: () => instantFromMs(Date.now() + offset),
    after: (milliseconds, wake) => {
      const timer = setTimeout(wake, milliseconds);
      // A wait of ours never keeps the program from ending.
      timer.unref();
      return () => clearTimeout(timer);
    },
    isSet: startAt !== null,
  };
}
