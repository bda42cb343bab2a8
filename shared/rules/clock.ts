/**
 * The computer's clock against the record. What lies in the clock's future does not exist for the rules, so that a clock (or a
 * clinic's zone) that is behind hides what is on record, a positive test included: then nothing can be answered but no.
 */
import { type Instant, addMinutes, dateIn } from "../calendar.ts";
import type { ProgrammeFacts } from "./facts.ts";
import type { Finding, Verdict } from "./finding.ts";
import type { Asked } from "./gate.ts";
import { type ProgrammeState, judge, programmeState } from "./prescribing.ts";

/** A clock that the system sets right may step back by a little. */
const CLOCK_STEP_MINUTES = 5;

/** For people: what is wrong, and what to do. */
export const CLOCK_BEHIND =
  "This computer’s clock is behind what was recorded in this course. Set the clock, or the clinic’s time zone, right, then prescribe.";

/**
 * True while `now` is before what was recorded of a course: a prescription of an hour ago, an entry of later today, or a visit's
 * dose or a test of a day that the clinic's zone, once changed, has not reached.
 */
export function isClockBehind(facts: ProgrammeFacts, now: Instant): boolean {
  const today = dateIn(facts.clinic.zone, now);
  const latest = addMinutes(now, CLOCK_STEP_MINUTES);
  return (
    facts.prescriptions.some((one) => one.issuedAt > now) ||
    facts.entries.some((one) => one.on > today || one.recordedAt > latest) ||
    facts.doses.some((one) => one.on > today)
  );
}

/** As `judge`, asked for the present: no while the clock is behind, with a finding that says so. */
export function judgeNow(facts: ProgrammeFacts, now: Instant, asked: Asked = {}): Verdict {
  const verdict = judge(facts, now, asked);
  if (!isClockBehind(facts, now)) return verdict;
  const clock: Finding = {
    rule: "clock",
    edition: verdict.edition,
    source: "Isochart: nobody can be judged by facts that the clock hides",
    status: "unknown",
    datum: null,
    sentence: CLOCK_BEHIND,
    opensAt: null,
    closesAt: null,
  };
  return {
    ...verdict,
    answer: "no",
    sentence: `No. ${CLOCK_BEHIND}`,
    findings: [clock, ...verdict.findings],
    opensAt: null,
    closesAt: null,
  };
}

/** As `programmeState`, for the present: while the clock is behind it tells that, and no day or window. */
export function programmeStateNow(facts: ProgrammeFacts, now: Instant): ProgrammeState {
  const state = programmeState(facts, now);
  if (!isClockBehind(facts, now)) return state;
  return {
    ...state,
    label: "Clock behind",
    // What is known already stops as before.
    tone: state.tone === "stop" ? "stop" : "warning",
    sentence: state.tone === "stop" ? `${state.sentence} ${CLOCK_BEHIND}` : CLOCK_BEHIND,
    windowOpensAt: null,
    windowClosesAt: null,
    pickUpBy: null,
    nextTestFrom: null,
  };
}
