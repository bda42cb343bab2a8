/** Editions of the programmes as the settings show them: with their dates, their source, and who compared them with it. */
import { z } from "zod";
import { calendarDate } from "../calendar.ts";
import { programme } from "./course.ts";

/** What was last said of an edition. `stale`: the program's tables read otherwise than when they were reviewed. */
export const editionReview = z.object({
  by: z.string(),
  on: calendarDate,
  reviewed: z.boolean(),
  stale: z.boolean(),
  note: z.string(),
});

/** One table of an edition: the events that it judges; `to` null while it is the latest. */
export const editionPeriod = z.object({
  from: calendarDate,
  to: calendarDate.nullable(),
  source: z.string(),
  /** Whether a table of the same programme stands before it, to compare with. */
  changes: z.boolean(),
});

export const edition = z.object({
  id: z.string(),
  programme,
  name: z.string(),
  /** Whether courses may be judged by it. */
  enabled: z.boolean(),
  openQuestions: z.array(z.string()),
  periods: z.array(editionPeriod),
  /** `now`: judges what happens today. */
  when: z.enum(["past", "now", "coming"]),
  review: editionReview.nullable(),
});
export type Edition = z.infer<typeof edition>;

/** What differs between two tables of a programme, in words, and which patients it concerns; null for who may see no patients. */
export const editionChanges = z.object({
  before: z.object({ name: z.string(), to: calendarDate.nullable() }),
  after: z.object({ name: z.string(), from: calendarDate }),
  differences: z.array(
    z.object({
      rule: z.string(),
      name: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
      source: z.string(),
    }),
  ),
  patients: z
    .array(
      z.object({
        patientId: z.string(),
        patientName: z.string(),
        recordNumber: z.string(),
        findings: z.array(z.object({ name: z.string(), before: z.string(), after: z.string() })),
      }),
    )
    .nullable(),
});
export type EditionChanges = z.infer<typeof editionChanges>;
