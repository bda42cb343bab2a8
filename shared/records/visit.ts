/** A visit: one page, in the order of a real one. Signed is signed; later text is an addendum. */
import { z } from "zod";
import { calendarDate, instant } from "../calendar.ts";
import { labResultFields } from "./lab-result.ts";
import { programmeEntryFields } from "./programme-entry.ts";

/** Severity of a side effect: 0 none, 1 mild, 2 moderate, 3 severe. Anchors: domain facts 5.1. */
export const sideEffectGrade = z.number().int().min(0).max(3);

/** A side effect at this visit; `code` stands in `rules/side-effects.ts`. */
export const sideEffect = z.object({
  code: z.string().min(1),
  grade: sideEffectGrade,
  onset: calendarDate.nullable(),
  note: z.string().trim().max(300),
});
export type SideEffect = z.infer<typeof sideEffect>;

const itemScore = z.number().int().min(0).max(3).nullable();

/** PHQ items in their published order, 0 to 3, null when not answered. Domain facts 5.3. */
export const moodAnswers = z.object({
  /** Items 1 and 2 (PHQ-2) or all nine (PHQ-9). */
  items: z.union([z.array(itemScore).length(2), z.array(itemScore).length(9)]),
  note: z.string().trim().max(1000),
});
export type MoodAnswers = z.infer<typeof moodAnswers>;

/** How many capsules of one strength, morning and evening. */
export const capsuleCount = z.object({
  /** No capsule of any product is outside; which ones a product has stands in `rules/products.ts`. */
  strengthMg: z.number().min(1).max(100),
  morning: z.number().int().min(0).max(8),
  evening: z.number().int().min(0).max(8),
});
export type CapsuleCount = z.infer<typeof capsuleCount>;

/** `hold` and `stop` have no capsules; every other decision has at least one. */
export const doseDecision = z.object({
  action: z.enum(["not-yet", "start", "continue", "increase", "decrease", "hold", "stop"]),
  capsules: z.array(capsuleCount).max(6),
  /** First day on this dose. */
  from: calendarDate,
  reason: z.string().trim().max(500),
});
export type DoseDecision = z.infer<typeof doseDecision>;

/** A part kept in a table of its own; `id` names the row it came from, null for a new one. */
export const visitLab = labResultFields.extend({ id: z.string().nullable() });
export type VisitLab = z.infer<typeof visitLab>;
export const visitEntry = z.intersection(programmeEntryFields, z.object({ id: z.string().nullable() }));
export type VisitEntry = z.infer<typeof visitEntry>;

/** What the visit itself keeps. Null or empty means not recorded, never "normal". */
export const visitFields = z.object({
  date: calendarDate,
  weightKg: z
    .number()
    .min(25, "Under 25 kg is out of range.")
    .max(350, "Over 350 kg is out of range.")
    .nullable(),
  /** Days without a dose since the last visit; null when not asked. */
  missedDoses: z.number().int().min(0, "Not below 0.").max(400).nullable(),
  missedDosesNote: z.string().trim().max(300),
  sideEffects: z.array(sideEffect).max(80),
  /** True when the list was gone through: everything not listed was asked and absent. */
  sideEffectsReviewed: z.boolean(),
  iga: z.number().int().min(0).max(4).nullable(),
  lesions: z
    .object({
      nonInflammatory: z.number().int().min(0).max(999).nullable(),
      inflammatory: z.number().int().min(0).max(999).nullable(),
      nodules: z.number().int().min(0).max(99).nullable(),
    })
    .nullable(),
  mood: moodAnswers.nullable(),
  dose: doseDecision.nullable(),
  plan: z.string().trim().max(4000),
  /** For the clinic only; never printed. */
  notes: z.string().trim().max(8000),
  nextVisitOn: calendarDate.nullable(),
});
export type VisitFields = z.infer<typeof visitFields>;

/** The whole page: the visit and the parts that live in tables of their own. */
export const visitForm = visitFields.extend({
  labs: z.array(visitLab).max(80),
  entries: z.array(visitEntry).max(30),
});
export type VisitForm = z.infer<typeof visitForm>;

export const addendum = z.object({
  id: z.string(),
  text: z.string(),
  recordedAt: instant,
  recordedBy: z.string(),
});
export type Addendum = z.infer<typeof addendum>;

export const visitSignature = z.object({
  signedAt: instant,
  signedBy: z.string(),
  version: z.number().int(),
});

/** A visit as kept. */
export const visit = z.object({
  id: z.string(),
  patientId: z.string(),
  courseId: z.string(),
  version: z.number().int(),
  form: visitForm,
  recordedAt: instant,
  recordedBy: z.string(),
  signature: visitSignature.nullable(),
  /** Why it was voided, or null. A voided visit stays readable and counts for nothing. */
  voidReason: z.string().nullable(),
  addenda: z.array(addendum),
});
export type Visit = z.infer<typeof visit>;

/** A line in the list of visits. */
export const visitLine = z.object({
  id: z.string(),
  courseId: z.string(),
  date: calendarDate,
  signedAt: instant.nullable(),
  voided: z.boolean(),
  weightKg: z.number().nullable(),
  iga: z.number().int().nullable(),
  dailyMg: z.number().nullable(),
  doseAction: doseDecision.shape.action.nullable(),
  plan: z.string(),
});
export type VisitLine = z.infer<typeof visitLine>;

/** Milligrams a day of a capsule plan. */
export function dailyMgOf(capsules: readonly CapsuleCount[]): number {
  return capsules.reduce((sum, one) => sum + one.strengthMg * (one.morning + one.evening), 0);
}
