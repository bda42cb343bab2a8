/**
 * Everything that the printed visit summary says, gathered when the visit is signed and kept with the signature: the
 * paper is made from this alone, so that it comes out the same to the byte whenever it is made again. Domain facts 7.4.
 */
import { z } from "zod";
import { calendarDate, instant } from "../calendar.ts";
import { verdict } from "../rules/finding.ts";
import { clinic } from "./clinic.ts";
import { labInterpretation } from "./lab-result.ts";
import { capsuleCount, doseDecision } from "./visit.ts";

/** One row of the lab table: a test, its latest value with flag and range, and its course for the small trend. */
export const summaryLab = z.object({
  name: z.string(),
  unit: z.string(),
  /** As reported: `<5`, `54`, `positive`. */
  latest: z.string(),
  collectedOn: calendarDate,
  previous: z.string().nullable(),
  previousOn: calendarDate.nullable(),
  rangeLow: z.number().nullable(),
  rangeHigh: z.number().nullable(),
  interpretation: labInterpretation,
  /** Numeric values in the latest unit, oldest first. */
  trend: z.array(z.object({ on: calendarDate, value: z.number() })),
  /** True for pregnancy tests of the laboratory: left out by the switch. */
  confidential: z.boolean(),
});

export const visitSummary = z.object({
  clinic,
  patient: z.object({
    name: z.string(),
    birthDate: calendarDate,
    recordNumber: z.string(),
    /** `None known`, `Not recorded`, or the list. */
    allergies: z.string(),
    ageAtVisit: z.number().int(),
  }),
  visit: z.object({
    id: z.string(),
    date: calendarDate,
    /** Month of the course, 1 for the first; null before the first dose. */
    month: z.number().int().nullable(),
    signedAt: instant.nullable(),
    signedBy: z.string().nullable(),
  }),
  course: z.object({
    indication: z.string(),
    product: z.string(),
    programme: z.string(),
  }),
  weightKg: z.number().nullable(),
  missedDoses: z.number().int().nullable(),
  sideEffects: z.array(
    z.object({
      name: z.string(),
      grade: z.number().int(),
      gradeWord: z.string(),
      note: z.string(),
      /** Mood, sexual and menstrual ones: left out by the switch. */
      confidential: z.boolean(),
    }),
  ),
  sideEffectsReviewed: z.boolean(),
  acne: z.object({
    iga: z.number().int().nullable(),
    igaWord: z.string().nullable(),
    previousIga: z.number().int().nullable(),
  }),
  /** Confidential: left out by the switch. */
  mood: z
    .object({
      instrument: z.string(),
      total: z.number().int().nullable(),
      band: z.string(),
      alert: z.boolean(),
    })
    .nullable(),
  labs: z.array(summaryLab),
  dose: z
    .object({
      action: doseDecision.shape.action,
      dailyMg: z.number(),
      mgPerKg: z.number().nullable(),
      from: calendarDate,
      capsules: z.array(capsuleCount),
      reason: z.string(),
    })
    .nullable(),
  cumulative: z.object({
    mgPerKg: z.number(),
    totalMg: z.number(),
    targetMgPerKg: z.number(),
    referenceWeightKg: z.number(),
    /** Forecast last day at the present dose, or null when it cannot be told. */
    expectedEnd: calendarDate.nullable(),
  }),
  /** Confidential lines are left out by the switch (pregnancy tests, contraception). */
  programme: z.array(z.object({ label: z.string(), text: z.string(), confidential: z.boolean() })),
  /** What to keep in mind between visits (blood donation, sharing). */
  reminders: z.array(z.object({ label: z.string(), text: z.string(), confidential: z.boolean() })),
  /** The verdict as it stood when signed; never recomputed. Confidential for patients who can become pregnant. */
  verdict: verdict.nullable(),
  verdictConfidential: z.boolean(),
  /** What happens next, in order of date. */
  next: z.array(
    z.object({ on: calendarDate, at: instant.nullable(), text: z.string(), confidential: z.boolean() }),
  ),
  plan: z.string(),
  /** When to stop and call. */
  stopAndCall: z.array(z.object({ text: z.string(), confidential: z.boolean() })),
  /** Whom to call when life is in danger, such as `911`. */
  emergencyNumber: z.string(),
  addenda: z.array(z.object({ text: z.string(), recordedAt: instant, recordedBy: z.string() })),
});
export type VisitSummary = z.infer<typeof visitSummary>;

/** What a handout is filled with: the clinic's numbers and the patient's own dates. Null dates print as a line to fill in. */
export const handoutFacts = z.object({
  clinic,
  patient: z.object({ name: z.string(), birthDate: calendarDate, recordNumber: z.string() }),
  product: z.string(),
  dailyMg: z.number().nullable(),
  capsules: z.array(capsuleCount),
  nextVisitOn: calendarDate.nullable(),
  nextTestFrom: calendarDate.nullable(),
  pickUpBy: instant.nullable(),
  /** Contraception and no blood donation until: null while the last dose is not known. */
  protectUntil: calendarDate.nullable(),
  contraception: z.string().nullable(),
  programme: z.string(),
  /** Whom to call when life is in danger, such as `911`. */
  emergencyNumber: z.string(),
  madeOn: calendarDate,
});
export type HandoutFacts = z.infer<typeof handoutFacts>;

export const handoutId = z.enum(["starting-isotretinoin", "preventing-pregnancy"]);
export type HandoutId = z.infer<typeof handoutId>;
