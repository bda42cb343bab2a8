/**
 * What stops treatment at once, with the checklist of what is done then. The gate's own rules keep a course closed; this says
 * whose task it is and when the task, not the stop, is over. Source: domain facts 1.4 (stop triggers, S4, A) and 1.6.
 */
import { type CalendarDate, type Instant, formatDate } from "../calendar.ts";
import type { Programme } from "../records/course.ts";
import type { StopStep } from "../records/programme-entry.ts";
import type { EntryOf } from "./entries-in-order.ts";
import type { ProgrammeFacts } from "./facts.ts";
import { type Finding, type FindingStatus, blocks } from "./finding.ts";
import type { History } from "./history.ts";
import { lapseState, signElsewhere } from "./pregnancy-signs.ts";
import { isDoubtful } from "./pregnancy-tests.ts";
import type { Weighed } from "./prescribing.ts";
import { rowOf } from "./programmes/editions.ts";

export type StopTrigger = "pregnancy" | "pregnancy-test" | "missed-period" | "contraception-lapse";

/**
 * The gravest thing that stops a course.
 * - `on`: the day of what stops it. `sentence`: what happened and what must not be done.
 * - `handled`: the entry that says what was done about it, or null: the task is open.
 */
export type Stop = {
  trigger: StopTrigger;
  on: CalendarDate;
  sentence: string;
  handled: EntryOf<"stop-handled"> | null;
};

/** One line of the checklist: the step as `stop-handled` records it, and in words what it means here. */
export type StopTask = { step: StopStep; words: string };

/** Rules whose finding is a danger, not only a missing step. */
export const DANGERS: ReadonlySet<string> = new Set([
  "no-pregnancy",
  "no-positive-test",
  "no-missed-period",
  "no-lapse-unhandled",
]);

/** Null when nothing stops the course, or when its end says that a pregnancy stopped it. */
export function stopOf(facts: ProgrammeFacts, { history, tests, verdict }: Weighed): Stop | null {
  if (history === null || tests === null || facts.course.end?.reason === "pregnancy") return null;
  const blocked = new Map(verdict.findings.filter(blocks).map((one) => [one.rule, one]));
  const triggers: readonly { finding: Finding | undefined; by: Trigger | undefined }[] = [
    { finding: blocked.get("no-pregnancy"), by: history.of.pregnancy.at(-1) },
    { finding: blocked.get("no-positive-test"), by: doubt(history, blocked.get("no-positive-test")?.status) },
    { finding: blocked.get("no-missed-period"), by: history.of["missed-period"].at(-1) },
    {
      finding: unmetOnly(blocked.get("no-lapse-unhandled")),
      by: lapseState(history, tests, rowOf(history.table, "no-lapse-unhandled").clearedIn)?.lapse,
    },
  ];
  for (const { finding, by } of triggers)
    if (finding !== undefined && by !== undefined)
      return stopBy(history, by, sentenceOf(finding, formatDate(by.on, history.facts.clinic.dateStyle)));
  return null;
}

/**
 * What happened, with its day, and what must not be done. A finding that stops names what happened itself; one that only wants
 * a detail of the answer (`unknown`) does not, so its datum leads.
 */
function sentenceOf(finding: Finding, day: string): string {
  return finding.status === "unmet"
    ? finding.sentence.replace(/^Stop: [^.]+/u, (what) => `${what} (${day})`)
    : `${finding.datum ?? ""}. ${finding.sentence}`;
}

/** What stops: `recordedAt` null where only its day is known. */
type Trigger = { kind: StopTrigger; on: CalendarDate; recordedAt: Instant | null };

/** The latest sign of a pregnancy elsewhere in the record (an hCG result, another course) that no test answers, or null. */
export function signOf(history: History): ReturnType<typeof signElsewhere> {
  const { clearedBySamples, clearedIn } = rowOf(history.table, "no-positive-test");
  return signElsewhere(history, clearedBySamples, clearedIn);
}

/** The doubt about a pregnancy that a finding speaks of: a sign elsewhere in the record, else the latest doubtful test. */
function doubt(history: History, status: FindingStatus | undefined): Trigger | undefined {
  const sign = signOf(history);
  // A result that nobody can read stands back behind a doubtful test that nothing has answered.
  if (sign !== null && sign.status === status)
    return { kind: "pregnancy-test", on: sign.on, recordedAt: sign.recordedAt };
  return history.of["pregnancy-test"].findLast(isDoubtful);
}

function stopBy(history: History, by: Trigger, sentence: string): Stop {
  const handled = history.of["stop-handled"].findLast(
    (one) =>
      one.on >= by.on &&
      (by.recordedAt === null || isAfter(one.recordedAt, by.recordedAt)) &&
      one.note.trim() !== "",
  );
  return { trigger: by.kind, on: by.on, sentence, handled: handled ?? null };
}

/** What is recorded at one instant is recorded in one act. */
function isAfter(at: Instant, than: Instant): boolean {
  return at >= than;
}

/** Once both forms are used again and a test has followed, only the prescriber's word is missing: an ordinary step. */
function unmetOnly(finding: Finding | undefined): Finding | undefined {
  return finding?.status === "unmet" ? finding : undefined;
}

/** Where a pregnancy during treatment, or within a month of it, is reported. Source: domain facts 1.6 (S4, A; numbers B and T+). */
export const REPORTS: Readonly<Record<Programme, string>> = {
  ipledge: "Report a pregnancy to iPLEDGE (1-866-495-0654); FDA MedWatch (1-800-FDA-1088) if you wish",
  mhra: "Report a pregnancy to the MHRA (Yellow Card) and to the manufacturer",
  "eu-ppp": "Report a pregnancy to the national agency and to the manufacturer",
  canada: "Report a pregnancy to the national agency and to the manufacturer",
  australia: "Report a pregnancy to the national agency and to the manufacturer",
};

/** What is done about a stop, in order. Source: domain facts 1.6 (S28 label box, A; T+). */
export function stopTasks(programme: Programme, trigger: StopTrigger): readonly StopTask[] {
  const first: readonly StopTask[] = [
    { step: "drug-stopped", words: "Tell the patient to stop taking it today" },
    { step: "not-dispensed", words: "Call the pharmacy: do not dispense" },
  ];
  if (trigger === "missed-period" || trigger === "contraception-lapse")
    return [
      ...first,
      { step: "serum-hcg", words: "Take a pregnancy test in a medical setting, best serum hCG" },
    ];
  return [
    ...first,
    { step: "serum-hcg", words: "Confirm by serum hCG" },
    { step: "referred", words: "Refer to an obstetrician experienced in reproductive toxicity" },
    { step: "reported", words: REPORTS[programme] },
  ];
}
