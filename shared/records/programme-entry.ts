/**
 * One dated piece of evidence for a pregnancy-prevention programme. Entries are never changed: a correction is a new
 * row that names the old one, and so is a void. Source for the steps: domain facts 1.3 to 1.10.
 */
import { z } from "zod";
import { type CalendarDate, type Instant, calendarDate, instant, timeOfDay } from "../calendar.ts";
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

const base = {
  on: calendarDate,
  note: z.string().trim().max(1000).default(""),
  /** Images and PDFs that belong to the entry: a signed form, the photo of a test. Ids of attachments in the record. */
  attachmentIds: z.array(z.string().min(1).max(60)).max(10, "At most 10 files.").optional(),
};

/**
 * What shows that a test outside a medical setting is this patient's, of this day, and read rightly; the programme sets the
 * goal, not the method. Source: domain facts 1.8 (S5, S29).
 */
export const homeEvidence = z.object({
  kitBrand: z.string().trim().max(80).default(""),
  kitLot: z.string().trim().max(40).default(""),
  kitExpiry: calendarDate.nullable().default(null),
  /** The one-time code that the patient put beside the test; empty when a live video was used instead. */
  challengeCode: z.string().trim().max(20).default(""),
  readAt: timeOfDay.nullable().default(null),
  /** Who at the clinic looked at the photo or video. */
  verifiedBy: z.string().trim().max(100).default(""),
});
export type HomeEvidence = z.infer<typeof homeEvidence>;

/** What is done when treatment has to stop at once. Source: domain facts 1.6 and 1.4 (stop triggers). */
export const stopStep = z.enum(["drug-stopped", "not-dispensed", "serum-hcg", "referred", "reported"]);
export type StopStep = z.infer<typeof stopStep>;

/** To whom a pregnancy is reported. Source: domain facts 1.6 and 2.1. */
export const reportRecipient = z.enum([
  "ipledge",
  "fda-medwatch",
  "yellow-card",
  "national-agency",
  "manufacturer",
]);
export type ReportRecipient = z.infer<typeof reportRecipient>;

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
  /** `remote-supervised`: at home, watched by a health professional (UK, domain facts 2.1). */
  setting: z.enum(["medical", "clia-laboratory", "home", "remote-supervised"]),
  /** Detection limit in mIU/mL; null when not known. */
  sensitivity: z.number().min(1).max(1000).nullable(),
  result: z.enum(["negative", "positive", "indeterminate", "pending"]),
  readBy: z.string().trim().max(100).default(""),
  /** For a test outside a medical setting; null where none was recorded. */
  home: homeEvidence.nullable().optional(),
});

/** What a form enters, by kind. Fields that came later are optional: an entry of before has none. */
export const programmeEntryFields = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("risk-category"),
    ...base,
    category: riskCategory,
    criterion: riskCriterion,
    /** What was seen: an operation note, laboratory values. */
    evidence: z.string().trim().max(1000).default(""),
    /** Why the category changed; asked of every entry after the first. */
    changeReason: z.string().trim().max(500).optional(),
  }),
  /** A second person agrees to a change of category. */
  z.object({ kind: z.literal("category-agreement"), ...base, entryId: z.string().min(1).max(60) }),
  z.object({
    kind: z.literal("enrolment"),
    ...base,
    programmeNumber: z.string().trim().min(1, "Give the programme’s number.").max(40),
  }),
  z.object({
    kind: z.literal("consent"),
    ...base,
    form: z.enum(["all-patients", "birth-defects", "acknowledgement-of-risk"]),
    formEdition: z.string().trim().max(80).default(""),
    signer: z.enum(["patient", "patient-and-guardian"]),
    guardianName: z.string().trim().max(120).optional(),
    /** Ids of the items that were initialled, from `rules/programmes/consent-items.ts`; empty where nobody kept them. */
    items: z.array(z.string().max(40)).max(40).optional(),
  }),
  /** A second prescriber agrees to treat a patient under 18. Source: domain facts 2.1, in force to 21 Jan 2026. */
  z.object({
    kind: z.literal("second-prescriber"),
    ...base,
    name: z.string().trim().min(1, "Name the second prescriber.").max(120),
  }),
  /** Whether mood and sexual function were asked about; the answers themselves belong to the visit. Source: domain facts 2.1 (S23, S30). */
  z.object({
    kind: z.literal("wellbeing-check"),
    ...base,
    mood: z.enum(["asked", "declined"]),
    sexualFunction: z.enum(["asked", "declined"]),
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
  /** The one-time code that was told to the patient before a test at home, so that an older photo cannot show it. Source: domain facts 1.8 (S29). */
  z.object({
    kind: z.literal("home-test-code"),
    ...base,
    code: z.string().trim().min(1, "Give the code.").max(20),
  }),
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
  /** Treatment is stopped before its end; the last dose is an entry of its own. */
  z.object({
    kind: z.literal("treatment-stop"),
    ...base,
    why: z.string().trim().min(1, "Say why.").max(500),
  }),
  /** What was done about a stop that could not wait: closes its task on Today, never the stop itself. */
  z.object({
    kind: z.literal("stop-handled"),
    ...base,
    done: z.array(stopStep),
    note: z.string().trim().min(3, "Say what was done, in a few words.").max(1000),
  }),
  z.object({ kind: z.literal("pregnancy"), ...base, knownHow: z.string().trim().max(500).default("") }),
  z.object({
    kind: z.literal("pregnancy-report"),
    ...base,
    to: reportRecipient,
    reference: z.string().trim().max(80).default(""),
  }),
  /** What the programme's own site shows for this patient on that day; null where it shows nothing. */
  z.object({
    kind: z.literal("programme-site"),
    ...base,
    status: z.enum(["not-found", "not-qualified", "qualified", "dispensed", "locked-out", "inactive"]),
    category: riskCategory.nullable(),
    testOn: calendarDate.nullable(),
    confirmedOn: calendarDate.nullable(),
    questionsOn: calendarDate.nullable(),
    doNotDispenseAfter: calendarDate.nullable(),
    dispensedOn: calendarDate.nullable(),
    daysDispensed: z.number().int().min(0).max(365).nullable(),
  }),
]);
export type ProgrammeEntryFields = z.infer<typeof programmeEntryFields>;
export type ProgrammeEntryKind = ProgrammeEntryFields["kind"];
/** The kinds themselves, for schemas that name one. */
export const programmeEntryKind = z.enum(
  programmeEntryFields.options.map((one) => one.shape.kind.value) as [
    ProgrammeEntryKind,
    ...ProgrammeEntryKind[],
  ],
);

/** Who recorded a row, when, and what it stands for. */
export const rowStamp = z.object({
  id: z.string(),
  recordedAt: instant,
  recordedBy: z.string(),
  /** The account that recorded it: two people may bear one name. Left out of what nobody recorded, as in a plan. */
  recordedById: z.string().optional(),
  /** The row that this one corrects, or null. */
  replacesId: z.string().nullable(),
  /** Why it was corrected. */
  reason: z.string(),
  /**
   * Of a correction: when the first of the rows that it corrects was recorded. Among entries of one day it keeps that place, so
   * that a note put right does not become the latest word.
   */
  firstRecordedAt: instant.optional(),
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
/** Whether one person recorded both: by their accounts, and by the names where an account is not told. */
export function areOfOnePerson(a: Recorded, b: Recorded): boolean {
  return a.recordedById === undefined || b.recordedById === undefined
    ? a.recordedBy === b.recordedBy
    : a.recordedById === b.recordedById;
}
type Recorded = Pick<ProgrammeEntry, "recordedBy" | "recordedById">;

/** The place of an entry among those of its day: a correction stands where what it corrects stood. */
export function firstRecorded(entry: Pick<ProgrammeEntry, "recordedAt" | "firstRecordedAt">): Instant {
  return entry.firstRecordedAt ?? entry.recordedAt;
}

/** A one-time code as it is compared: typed by hand from a photo, small letters and spaces around it mean nothing. */
export function asCode(typed: string): string {
  return typed.trim().toUpperCase();
}

/**
 * Evidence that capsules were taken or collected: a first dose, or a dispensing that is not recorded as "none". A dispensing
 * without its count is one: unknown is not none.
 */
export function isDose(entry: ProgrammeEntryFields): boolean {
  return entry.kind === "first-dose" || (entry.kind === "dispensing" && entry.capsules !== 0);
}

/** The day of the recorded first dose, else that of the first pick-up; null when neither is recorded. */
export function firstDoseOf(entries: readonly ProgrammeEntryFields[]): CalendarDate | null {
  const doses = entries.filter(isDose);
  const taken = doses.filter((one) => one.kind === "first-dose");
  const days = (taken.length > 0 ? taken : doses).map((one) => one.on);
  return days.toSorted()[0] ?? null;
}

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
