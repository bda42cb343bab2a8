/**
 * A judgement is a list of findings, never a bare boolean. Unknown is never a pass.
 */
import { z } from "zod";
import { instant } from "../calendar.ts";

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
 * - `closesAt`: the last instant at which it still passes.
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
});
export type Verdict = z.infer<typeof verdict>;

/** True for a finding that stops what was asked. */
export function blocks(one: Finding): boolean {
  return one.status === "unmet" || one.status === "unknown";
}
