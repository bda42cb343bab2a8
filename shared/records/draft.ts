/** Text on its way into the record: kept within a second, survives reload, lock and kill. */
import { z } from "zod";
import { instant } from "../calendar.ts";

/** `visit:new:<courseId>`, `visit:<visitId>`, `patient:new`, `patient:<id>`, `course:new:<patientId>`, `course:<id>`, `addendum:<visitId>`, … */
export const draftKey = z
  .string()
  .regex(/^[a-z-]+(:[A-Za-z0-9-]+)*$/)
  .max(120);

export const draft = z.object({
  key: draftKey,
  patientId: z.string().nullable(),
  /** Version of the record that the form was opened on, so that a draft never silently overrides what was saved since. */
  baseVersion: z.number().int().nullable(),
  body: z.record(z.string(), z.json()),
  savedAt: instant,
});
export type Draft = z.infer<typeof draft>;
