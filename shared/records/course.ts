/** A course of isotretinoin: why, with what, towards which target. One open course per patient. */
import { z } from "zod";
import { calendarDate, instant } from "../calendar.ts";

export const indication = z.enum([
  "severe-nodular",
  "scarring",
  "treatment-resistant",
  "psychosocial-burden",
  "relapse",
  "rosacea",
  "other",
]);

/** Yes, no, or not asked yet. Unknown is never a no. */
export const answer = z.enum(["yes", "no", "unknown"]);
export type Answer = z.infer<typeof answer>;

/** Conditions asked before the start. Source: domain facts 3.4 (high-risk flags), 6.2, 6.4. */
export const screeningCondition = z.enum([
  "liver-disease",
  "lipid-disorder",
  "diabetes",
  "obesity",
  "alcohol",
  "pancreatitis",
  "depression",
  "suicidal-thoughts",
  "psychosis",
  "inflammatory-bowel-disease",
  "raised-intracranial-pressure",
  "kidney-disease",
  "hearing-loss",
  "dry-eye",
  "bone-or-back-disease",
  "vigorous-exercise",
  "breastfeeding",
]);
export type ScreeningCondition = z.infer<typeof screeningCondition>;

export const familyHistoryItem = z.enum([
  "depression-or-suicide",
  "lipid-disorder",
  "diabetes",
  "bowel-disease",
]);
export type FamilyHistoryItem = z.infer<typeof familyHistoryItem>;

export const programme = z.enum(["ipledge", "mhra", "eu-ppp", "canada", "australia"]);
export type Programme = z.infer<typeof programme>;

/** iPLEDGE's two risk categories. Source: domain facts 1.3 (S4). */
export const riskCategory = z.enum(["can", "cannot"]);
export type RiskCategory = z.infer<typeof riskCategory>;

/**
 * Why a patient stands in a category. Only the listed ones move a patient to `cannot`; tubal sterilisation, a partner's
 * vasectomy, abstinence and pre-menarche do not. Source: domain facts 1.3 (S4).
 */
export const riskCriterion = z.enum([
  "default",
  "cisgender-male",
  "hysterectomy",
  "bilateral-oophorectomy",
  "post-menopausal",
  /** The European programmes: compelling reasons that there is no risk of pregnancy, documented. Source: domain facts 2.1 (T). */
  "no-pregnancy-risk",
]);
export type RiskCriterion = z.infer<typeof riskCriterion>;

export const courseFields = z.object({
  /** The day on which isotretinoin was decided for; not the first dose. */
  decidedOn: calendarDate,
  indication,
  indicationNote: z.string().trim().max(500),
  /** Investigator's Global Assessment 0 to 4 at the start (domain facts 5.2). */
  igaAtStart: z.number().int().min(0).max(4).nullable(),
  scars: z.enum(["none", "mild", "moderate", "severe", "unknown"]),
  earlierTreatments: z
    .array(
      z.object({
        name: z.string().trim().min(1, "Name the treatment.").max(120),
        weeks: z.number().int().min(0).max(1040).nullable(),
        outcome: z.enum(["failed", "partial", "relapsed", "not-tolerated", "unknown"]),
      }),
    )
    .max(30),
  /** Isotretinoin taken before this record began; milligrams, null when unknown. */
  earlierIsotretinoin: z.object({
    taken: answer,
    totalMg: z.number().min(0).max(1_000_000, "Over 1,000,000 mg is out of range.").nullable(),
    endedOn: calendarDate.nullable(),
  }),
  conditions: z.partialRecord(screeningCondition, answer),
  conditionsNote: z.string().trim().max(1000),
  familyHistory: z.partialRecord(familyHistoryItem, answer),
  /** Every medicine and supplement taken; null means nobody asked yet. */
  medicines: z
    .array(z.object({ name: z.string().trim().min(1).max(120) }))
    .max(60)
    .nullable(),
  /** Id in `rules/products.ts`. */
  productId: z.string().min(1, "Choose the product."),
  referenceWeightKg: z
    .number()
    .min(25, "Under 25 kg is out of range.")
    .max(350, "Over 350 kg is out of range."),
  targetMgPerKg: z.number().min(1, "Give the target.").max(250, "Over 250 mg/kg is out of range."),
  programme,
});
export type CourseFields = z.infer<typeof courseFields>;

/** What ends a course. */
export const courseEnd = z.object({
  endedOn: calendarDate,
  reason: z.enum([
    "completed",
    "side-effect",
    "pregnancy",
    "patient-choice",
    "lost-to-follow-up",
    "transferred",
    "other",
  ]),
  note: z.string().trim().max(500),
});
export type CourseEnd = z.infer<typeof courseEnd>;

export const course = courseFields.extend({
  id: z.string(),
  patientId: z.string(),
  version: z.number().int(),
  end: courseEnd.nullable(),
  recordedAt: instant,
  recordedBy: z.string(),
});
export type Course = z.infer<typeof course>;
