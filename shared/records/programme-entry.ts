/**
 * One dated piece of evidence for a pregnancy-prevention programme. Entries are never changed: a correction is a new
 * row that names the old one, and so is a void. Source for the steps: domain facts 1.3 to 1.10.
 */
import { z } from "zod";
import { calendarDate, instant, timeOfDay } from "../calendar.ts";
import { riskCategory, riskCriterion } from "./course.ts";

/** Contraceptive methods. Which are primary or secondary is decided by the programme's table, not here. Domain facts 8. */
export const contraceptiveMethod = z.enum([
  "tubal",
  "vasectomy",
  "iud-copper",
  "iud-levonorgestrel",
  "combined-pill",
  "patch",
  "ring",
  "injection",
  "implant",
  "condom",
  "diaphragm",
  "cervical-cap",
  "sponge",
  "abstinence",
  "progestin-only-pill",
  "other",
]);
export type ContraceptiveMethod = z.infer<typeof contraceptiveMethod>;

const base = { on: calendarDate, note: z.string().trim().max(1000).default("") };

/** The methods in use from `on`; the first is the primary, the second the other, null when there is none. */
const contraception = z.object({
  kind: z.literal("contraception"),
  ...base,
  first: contraceptiveMethod,
  second: contraceptiveMethod.nullable(),
});

/** A pregnancy test; `on` is the day the specimen was collected: day 1 of the window. */
const pregnancyTest = z.object({
  kind: z.literal("pregnancy-test"),
  ...base,
  time: timeOfDay.nullable(),
  sample: z.enum(["urine", "serum"]),
  setting: z.enum(["medical", "clia-laboratory", "home"]),
  /** Detection limit in mIU/mL; null when not known. */
  sensitivity: z.number().min(1).max(1000).nullable(),
  result: z.enum(["negative", "positive", "indeterminate", "pending"]),
  readBy: z.string().trim().max(100).default(""),
});

/** What a form enters, by kind. */
export const programmeEntryFields = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("risk-category"),
    ...base,
    category: riskCategory,
    criterion: riskCriterion,
    /** What was seen: an operation note, laboratory values. */
    evidence: z.string().trim().max(1000).default(""),
  }),
  z.object({
    kind: z.literal("enrolment"),
    ...base,
    programmeNumber: z.string().trim().min(1, "Give the programme's number.").max(40),
  }),
  z.object({
    kind: z.literal("consent"),
    ...base,
    form: z.enum(["all-patients", "birth-defects", "acknowledgement-of-risk"]),
    formEdition: z.string().trim().max(80).default(""),
    signer: z.enum(["patient", "patient-and-guardian"]),
  }),
  z.object({
    kind: z.literal("counselling"),
    ...base,
    teachBack: z.enum(["understood", "taught-again", "not-done"]).default("not-done"),
  }),
  contraception,
  z.object({
    kind: z.literal("contraception-lapse"),
    ...base,
    what: z.enum(["stopped", "missed", "unprotected-contact"]),
  }),
  z.object({ kind: z.literal("menstruation"), ...base, cycle: z.enum(["regular", "irregular", "none"]) }),
  z.object({ kind: z.literal("missed-period"), ...base }),
  pregnancyTest,
  z.object({ kind: z.literal("home-test-permission"), ...base, given: z.boolean() }),
  z.object({ kind: z.literal("prescriber-confirmation"), ...base }),
  z.object({
    kind: z.literal("patient-questions"),
    ...base,
    /** The methods that the patient entered; must be the same two that the clinic holds. */
    first: contraceptiveMethod.nullable(),
    second: contraceptiveMethod.nullable(),
  }),
  z.object({
    kind: z.literal("dispensing"),
    ...base,
    capsules: z.number().int().min(0).max(500).nullable(),
    productId: z.string(),
  }),
  z.object({ kind: z.literal("first-dose"), ...base }),
  z.object({ kind: z.literal("last-dose"), ...base }),
  z.object({ kind: z.literal("pause"), ...base, why: z.string().trim().min(1, "Say why.").max(500) }),
  z.object({ kind: z.literal("resume"), ...base }),
  z.object({ kind: z.literal("pregnancy"), ...base, knownHow: z.string().trim().max(500).default("") }),
]);
export type ProgrammeEntryFields = z.infer<typeof programmeEntryFields>;
export type ProgrammeEntryKind = ProgrammeEntryFields["kind"];

/** Who recorded a row, when, and what it stands for. */
export const rowStamp = z.object({
  id: z.string(),
  recordedAt: instant,
  recordedBy: z.string(),
  /** The row that this one corrects, or null. */
  replacesId: z.string().nullable(),
  /** Why it was corrected. */
  reason: z.string(),
});

/** An entry in force: not corrected and not voided. */
export const programmeEntry = z.intersection(
  programmeEntryFields,
  rowStamp.extend({ courseId: z.string(), patientId: z.string(), visitId: z.string().nullable() }),
);
export type ProgrammeEntry = ProgrammeEntryFields &
  z.infer<typeof rowStamp> & {
    courseId: string;
    patientId: string;
    visitId: string | null;
  };
export type PregnancyTest = Extract<ProgrammeEntry, { kind: "pregnancy-test" }>;

/** An entry that no longer counts: it was corrected (a newer row stands in its place) or voided. */
export const supersededEntry = z.object({
  entry: programmeEntry,
  how: z.enum(["corrected", "voided"]),
  at: instant,
  by: z.string(),
  reason: z.string(),
});
export type SupersededEntry = z.infer<typeof supersededEntry>;
