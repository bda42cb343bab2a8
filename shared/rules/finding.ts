/**
 * A judgement is a list of findings, never a bare boolean. Unknown is never a pass.
 */
import { z } from "zod";
import { calendarDate, instant } from "../calendar.ts";
import { programmeEntryKind } from "../records/programme-entry.ts";

/** `met` passes; `unmet` and `unknown` block; `not-applicable` is listed so that the reader sees it was considered. */
export const findingStatus = z.enum(["met", "unmet", "unknown", "not-applicable"]);
export type FindingStatus = z.infer<typeof findingStatus>;

/**
 * One rule applied to one patient's facts.
 * - `rule`: the rule's id, stable across editions (`test-in-window`).
 * - `edition`, `source`: which edition decided, and the text that it rests on.
 * - `datum`: the fact that decided, in words (`Specimen of Nov 16, 2026: negative`), or null when none is on record.
 * - `sentence`: for people; says what is so and, when it blocks, what to do.
 * - `opensAt`: the first instant at which this finding would pass if nothing else were recorded, where one exists.
 * - `closesAt`: the last instant at which it still passes by the edition that decided; one that takes effect before may be laxer.
 */
export const finding = z.object({
  rule: z.string(),
  edition: z.string(),
  source: z.string(),
  status: findingStatus,
  datum: z.string().nullable(),
  sentence: z.string(),
  opensAt: instant.nullable(),
  closesAt: instant.nullable(),
});
export type Finding = z.infer<typeof finding>;

/**
 * One act of a plan. `kind` says what to record: the kind of a programme entry, `correction` (fill in what an entry on record
 * left open), `medicines` (ask and record them in the course), `dose-decision` (decide a dose at a visit), or `wait`: nothing
 * is recorded, time does it. `rule` is the finding that it settles; `from` the first day on which it can be done.
 */
export const planAct = z.object({
  rule: z.string(),
  kind: z.union([programmeEntryKind, z.enum(["correction", "medicines", "dose-decision", "wait"])]),
  sentence: z.string(),
  from: calendarDate,
});
export type PlanAct = z.infer<typeof planAct>;

/**
 * What would make it yes: the acts in their order, and the first instant at which all can be done, if every test is negative
 * and nothing else happens. No acts and `yesAt` now when it is yes already.
 */
export const plan = z.object({ acts: z.array(planAct), yesAt: instant });
export type Plan = z.infer<typeof plan>;

/** The answer to one question, with everything it rests on. `answer` is yes only if no finding is unmet or unknown. */
export const verdict = z.object({
  question: z.enum(["start", "prescribe", "dispense"]),
  answer: z.enum(["yes", "no"]),
  edition: z.string(),
  /** One sentence: the whole verdict for a person in a hurry. */
  sentence: z.string(),
  judgedAt: instant,
  findings: z.array(finding),
  /** When the answer is no and time alone would make it yes: from when. */
  opensAt: instant.nullable(),
  /** When the answer is yes: until when. */
  closesAt: instant.nullable(),
  /** Null when no acts can make it yes (a pregnancy, an ended course); left out where nobody asked for it. */
  plan: plan.nullable().optional(),
});
export type Verdict = z.infer<typeof verdict>;

/** True for a finding that stops what was asked. */
export function blocks(one: Pick<Finding, "status">): boolean {
  return one.status === "unmet" || one.status === "unknown";
}
