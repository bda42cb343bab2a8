/** What closes a course, and what to do about it. */
import type { CalendarDate } from "../calendar.ts";
import { firstRecorded } from "../records/programme-entry.ts";
import type { EntryOf } from "./entries-in-order.ts";
import type { DoseFact } from "./facts.ts";
import { type History, restartAfter } from "./history.ts";

/** What closes a course: its end, a stop or a pause that was not resumed, a dose held or stopped at a visit, a last dose. */
export type Closed = {
  by: "end" | "stop" | "pause" | "hold" | "dose-stop" | "last-dose";
  on: CalendarDate;
  words: string;
  why: string;
};

/** What closes the course at the time of `history`; null while it is open. */
export function closedBy(history: History): Closed | null {
  const { end } = history.facts.course;
  if (end !== null && end.endedOn <= history.today)
    return { by: "end", on: end.endedOn, words: "Ended", why: "" };
  const stop = history.of["treatment-stop"].at(-1);
  if (stop && !isResumed(history, stop))
    return { by: "stop", on: stop.on, words: "Stopped", why: `: ${stop.why}` };
  const pause = history.of.pause.at(-1);
  if (pause && !isResumed(history, pause))
    return { by: "pause", on: pause.on, words: "Paused", why: `: ${pause.why}` };
  const held = heldSince(history);
  if (held !== null)
    return held.action === "hold"
      ? { by: "hold", on: held.on, words: "Held at the visit of", why: "" }
      : { by: "dose-stop", on: held.on, words: "Stopped at the visit of", why: "" };
  const last = history.of["last-dose"].at(-1);
  if (last && restartAfter(history, last) === null)
    return { by: "last-dose", on: last.on, words: "Last dose", why: "" };
  return null;
}

/** What to do about it, by what closes the course. */
export const CLOSED_SENTENCES: Readonly<Record<Closed["by"], string>> = {
  end: "The course has ended. Open a new one to treat again.",
  stop: "Treatment is stopped. Record that it is resumed before prescribing.",
  pause: "Treatment is paused. Record that it is resumed before prescribing.",
  hold: "The prescriber put the dose on hold. Decide a dose at a visit and sign it before prescribing.",
  "dose-stop": "The prescriber stopped the dose. Decide a dose at a visit and sign it before prescribing.",
  "last-dose": "A last dose is on record. To treat again, record that treatment is resumed.",
};

/** The latest dose decision when it holds or stops the dose and no resumption is recorded after it; else null. */
function heldSince({ facts, of, today }: History): DoseFact | null {
  const latest = facts.doses
    // "Not yet" is no dose: it lifts nothing.
    .filter((one) => one.on <= today && one.action !== "not-yet")
    .reduce<DoseFact | null>((last, one) => (last === null || one.on >= last.on ? one : last), null);
  if (latest === null || (latest.action !== "hold" && latest.action !== "stop")) return null;
  return of.resume.some((one) => one.on > latest.on) ? null : latest;
}

/** True if treatment was resumed on a later day, or on the same day and first recorded later. */
function isResumed(history: History, after: EntryOf<"pause"> | EntryOf<"treatment-stop">): boolean {
  return history.of.resume.some(
    (one) => one.on > after.on || (one.on === after.on && firstRecorded(one) > firstRecorded(after)),
  );
}
