/** A laboratory result as reported: value, comparator, unit and the laboratory's own range. Domain facts 3.1. */
import { z } from "zod";
import { calendarDate } from "../calendar.ts";
import { rowStamp } from "./programme-entry.ts";

/** Our id of a test; name, LOINC and units stand in `rules/lab-tests.ts`. */
export const labTestId = z.string().regex(/^[a-z][a-z0-9-]*$/);

export const comparator = z.enum(["<", "<=", ">", ">="]);
export type Comparator = z.infer<typeof comparator>;

/** What is entered. `value` is the number that follows the comparator; qualitative tests use `text`. */
export const labResultFields = z.object({
  testId: labTestId,
  collectedOn: calendarDate,
  comparator: comparator.nullable(),
  value: z.number().nullable(),
  /** For results that are words (positive, haemolysed); empty otherwise. */
  text: z.string().trim().max(120),
  /** UCUM unit as reported. */
  unit: z.string().max(20),
  /** The laboratory's own limits in the same unit; null on a side that has none. */
  rangeLow: z.number().nullable(),
  rangeHigh: z.number().nullable(),
  /** Null when nobody said. */
  fasting: z.boolean().nullable(),
  note: z.string().trim().max(300),
});
export type LabResultFields = z.infer<typeof labResultFields>;

export const labResult = labResultFields.extend(rowStamp.shape).extend({
  patientId: z.string(),
  visitId: z.string().nullable(),
});
export type LabResult = z.infer<typeof labResult>;

/**
 * How a result stands to its range. `unknown` when no range is given or a comparator leaves it open ("<50" with an upper
 * limit of 40): unknown is never normal. `grade` is the CTCAE grade where the tables give one, with its version.
 */
export const labInterpretation = z.object({
  flag: z.enum(["normal", "high", "low", "abnormal", "unknown"]),
  grade: z.number().int().min(0).max(4).nullable(),
  ctcaeVersion: z.string().nullable(),
  /** One sentence, such as "2.4 times the upper limit; 80 % above baseline." Empty when there is nothing to say. */
  sentence: z.string(),
  /** Proposed action code of domain facts 3.5 (TG-3), or null. */
  actionCode: z.string().nullable(),
  level: z.enum(["none", "info", "watch", "act", "stop-review", "urgent"]),
});
export type LabInterpretation = z.infer<typeof labInterpretation>;

export const labResultView = labResult.extend({ interpretation: labInterpretation });
export type LabResultView = z.infer<typeof labResultView>;
