/**
 * "Can isotretinoin be prescribed today?": the gate. A pure function of the facts and the time.
 */
import type { CalendarDate, Instant } from "../calendar.ts";
import type { Verdict } from "./finding.ts";
import type { ProgrammeFacts } from "./facts.ts";

/** What is asked besides "today?": the supply that is about to be issued, in days; left out when only looking. */
export type Asked = { daysSupply?: number };

/**
 * Judges whether a prescription may be issued at `at`. The verdict's question is `start` until a first dose is on record,
 * `prescribe` afterwards. Facts dated later than `at` do not exist. Unknown blocks. Never throws on parsed records.
 */
export function judge(facts: ProgrammeFacts, at: Instant, asked: Asked = {}): Verdict {
  void facts;
  void asked;
  return {
    question: "start",
    answer: "no",
    edition: "none",
    sentence: "No: there are no reviewed rules for this programme yet.",
    judgedAt: at,
    findings: [],
    opensAt: null,
    closesAt: null,
  };
}

/**
 * Where a course stands in its programme, in short, for the chart's banner and for paper.
 * - `label`: two or three words (`Window open`, `Waiting month`, `Stop: positive test`).
 * - `tone`: how it is to be shown; icon and word carry the same.
 * - `pickUpBy`: last instant of the present window, null when there is none.
 * - `nextTestFrom`: earliest day on which the next pregnancy test counts, null when none is needed or nothing is known.
 * - `protectUntil`: contraception and no blood donation until this day; null while the last dose is not on record.
 */
export type ProgrammeState = {
  label: string;
  tone: "good" | "neutral" | "warning" | "stop";
  sentence: string;
  windowOpensAt: Instant | null;
  windowClosesAt: Instant | null;
  pickUpBy: Instant | null;
  nextTestFrom: CalendarDate | null;
  protectUntil: CalendarDate | null;
  /** The contraception in force, in words; null when none is on record or none is asked for. */
  contraception: string | null;
};

/** See `ProgrammeState`. */
export function programmeState(facts: ProgrammeFacts, at: Instant): ProgrammeState {
  void facts;
  void at;
  return {
    label: "No rules yet",
    tone: "warning",
    sentence: "There are no reviewed rules for this programme yet.",
    windowOpensAt: null,
    windowClosesAt: null,
    pickUpBy: null,
    nextTestFrom: null,
    protectUntil: null,
    contraception: null,
  };
}
