/** Builders of facts for the programme rules: a valid default, and only what matters is named. */
import { type CalendarDate, type Instant, addDays, instantIn } from "#shared/calendar.ts";
import type {
  ProgrammeEntry,
  ProgrammeEntryFields,
  ProgrammeEntryKind,
} from "#shared/records/programme-entry.ts";
import type { LabResult } from "#shared/records/lab-result.ts";
import type { DueFacts, PrescriptionFact, ProgrammeFacts } from "#shared/rules/facts.ts";

export const ZONE = "America/Chicago";

type FieldsOf<K extends ProgrammeEntryKind> = Extract<ProgrammeEntryFields, { kind: K }>;

const DEFAULTS: { [K in ProgrammeEntryKind]: Omit<FieldsOf<K>, "kind" | "on" | "note"> } = {
  "risk-category": { category: "can", criterion: "default", evidence: "" },
  "category-agreement": { entryId: "" },
  enrolment: { programmeNumber: "1234567890" },
  consent: { form: "all-patients", formEdition: "", signer: "patient" },
  "second-prescriber": { name: "Dr. Second" },
  "wellbeing-check": { mood: "asked", sexualFunction: "asked" },
  counselling: { teachBack: "understood" },
  contraception: { first: "iud-copper", second: "condom" },
  "contraception-lapse": { what: "unprotected-contact" },
  menstruation: { cycle: "regular" },
  "missed-period": {},
  "pregnancy-test": {
    time: null,
    sample: "urine",
    setting: "medical",
    sensitivity: 25,
    result: "negative",
    readBy: "",
  },
  "home-test-permission": { given: true },
  "home-test-code": { code: "KTM-APD" },
  "prescriber-confirmation": {},
  "patient-questions": { first: "iud-copper", second: "condom" },
  dispensing: { capsules: 60, productId: "claravis" },
  "first-dose": {},
  "last-dose": {},
  pause: { why: "Triglycerides." },
  resume: {},
  "treatment-stop": { why: "Side effects." },
  "stop-handled": { done: [] },
  pregnancy: { knownHow: "" },
  "pregnancy-report": { to: "ipledge", reference: "" },
  "programme-site": {
    status: "not-qualified",
    category: null,
    testOn: null,
    confirmedOn: null,
    questionsOn: null,
    doNotDispenseAfter: null,
    dispensedOn: null,
    daysDispensed: null,
  },
};

let made = 0;

/** An entry of a kind and day; everything else has a default. */
export function entry<K extends ProgrammeEntryKind>(
  kind: K,
  on: CalendarDate,
  fields: Partial<Omit<FieldsOf<K>, "kind" | "on">> = {},
): ProgrammeEntry {
  made += 1;
  return {
    kind,
    on,
    note: "",
    ...DEFAULTS[kind],
    ...fields,
    id: `entry-${String(made).padStart(6, "0")}`,
    recordedAt: instantIn(ZONE, on, "17:00"),
    recordedBy: "Dr. Test",
    replacesId: null,
    reason: "",
    courseId: "course-1",
    patientId: "patient-1",
    visitId: null,
    // The defaults and the fields of one kind make up an entry of that kind, which a spread over all kinds cannot show.
  } as unknown as ProgrammeEntry;
}

/** A pregnancy test: negative, in a medical setting, detecting 25 mIU/mL, unless said otherwise. */
export function pregnancyTest(
  on: CalendarDate,
  fields: Partial<Omit<FieldsOf<"pregnancy-test">, "kind" | "on">> = {},
): ProgrammeEntry {
  return entry("pregnancy-test", on, fields);
}

export function prescription(issuedOn: CalendarDate, more: Partial<PrescriptionFact> = {}): PrescriptionFact {
  made += 1;
  return {
    id: `prescription-${String(made).padStart(6, "0")}`,
    issuedOn,
    issuedAt: instantIn(ZONE, issuedOn, "12:00"),
    daysSupply: 30,
    productId: "claravis",
    ...more,
  };
}

type Changes = {
  entries?: readonly ProgrammeEntry[];
  prescriptions?: readonly PrescriptionFact[];
  birthDate?: CalendarDate;
  decidedOn?: CalendarDate;
  doses?: ProgrammeFacts["doses"];
  medicines?: ProgrammeFacts["medicines"];
  reviews?: ProgrammeFacts["clinic"]["reviews"];
  programme?: ProgrammeFacts["course"]["programme"];
  end?: ProgrammeFacts["course"]["end"];
  zone?: string;
  dateStyle?: ProgrammeFacts["clinic"]["dateStyle"];
};

/** Facts with nothing on record but what is given. */
export function facts(changes: Changes = {}): ProgrammeFacts {
  return {
    patient: { id: "patient-1", birthDate: changes.birthDate ?? "1998-04-07" },
    course: {
      id: "course-1",
      programme: changes.programme ?? "ipledge",
      decidedOn: changes.decidedOn ?? "2026-01-01",
      end: changes.end ?? null,
    },
    clinic: {
      zone: changes.zone ?? ZONE,
      dateStyle: changes.dateStyle ?? "mdy",
      ...(changes.reviews === undefined ? {} : { reviews: changes.reviews }),
    },
    ...(changes.medicines === undefined ? {} : { medicines: changes.medicines }),
    entries: changes.entries ?? [],
    prescriptions: changes.prescriptions ?? [],
    doses: changes.doses ?? [],
  };
}

/** Facts for Today: the same, with no visits, results or alerts unless given. */
export function dueFacts(changes: Changes & Partial<Omit<DueFacts, keyof ProgrammeFacts>> = {}): DueFacts {
  return {
    ...facts(changes),
    lastVisit: changes.lastVisit ?? null,
    unsignedVisits: changes.unsignedVisits ?? [],
    nextVisitOn: changes.nextVisitOn ?? null,
    openResults: changes.openResults ?? [],
    moodAlerts: changes.moodAlerts ?? [],
  };
}

/** Names of the parts of a history that a test takes away or replaces. */
export type Without = readonly ProgrammeEntryKind[];

/**
 * A patient who can become pregnant and may start on `day`: everything done, the confirmation test taken on that day.
 * The screening test is 31 days, the contraception 30 days before.
 */
export function readyToStart(day: CalendarDate, without: Without = []): ProgrammeEntry[] {
  const before = addDays(day, -31);
  return [
    entry("risk-category", before),
    entry("enrolment", before),
    entry("consent", before),
    entry("consent", before, { form: "birth-defects" }),
    entry("counselling", before),
    pregnancyTest(before),
    entry("contraception", addDays(day, -30)),
    entry("menstruation", addDays(day, -1)),
    pregnancyTest(day),
    entry("prescriber-confirmation", day),
    entry("patient-questions", day),
  ].filter((one) => !without.includes(one.kind));
}

/** The same patient a month on: prescribed and collected on `start`, this month's steps done on `day`. */
export function onTreatment(
  start: CalendarDate,
  day: CalendarDate,
  without: Without = [],
): { entries: ProgrammeEntry[]; prescriptions: PrescriptionFact[] } {
  const month = [
    entry("counselling", day),
    pregnancyTest(day),
    entry("prescriber-confirmation", day),
    entry("patient-questions", day),
  ].filter((one) => !without.includes(one.kind));
  return {
    entries: [...readyToStart(start), entry("dispensing", start), entry("first-dose", start), ...month],
    prescriptions: [prescription(start)],
  };
}

/** A patient who cannot become pregnant, enrolled, with consent and counselled on `day`. */
export function cannotStart(day: CalendarDate, without: Without = []): ProgrammeEntry[] {
  return [
    entry("risk-category", day, { category: "cannot", criterion: "cisgender-male" }),
    entry("enrolment", day),
    entry("consent", day),
    entry("counselling", day),
    entry("prescriber-confirmation", day),
  ].filter((one) => !without.includes(one.kind));
}

/** What makes a home test count, where the code was given (`entry("home-test-code", day)`): the kit, the code, who verified it. */
export const HOME_EVIDENCE = {
  kitBrand: "",
  kitLot: "L-1",
  kitExpiry: "2028-01-01",
  challengeCode: "KTM-APD",
  readAt: null,
  verifiedBy: "Nurse Test",
};

/**
 * A patient of the United Kingdom who can become pregnant and may start on `day`: a copper IUD for 30 days, the supervised test
 * of that day. Leave the programme to `facts({ programme: "mhra" })`.
 */
export function ukReadyToStart(day: CalendarDate, without: Without = []): ProgrammeEntry[] {
  const before = addDays(day, -31);
  return [
    entry("risk-category", before),
    entry("consent", before, { form: "acknowledgement-of-risk" }),
    entry("counselling", before),
    entry("wellbeing-check", before),
    entry("contraception", addDays(day, -30), { first: "iud-copper", second: null }),
    pregnancyTest(day),
  ].filter((one) => !without.includes(one.kind));
}

/** A laboratory's hCG in serum, in words; negative unless told otherwise. */
export function hcgResult(on: CalendarDate, over: Partial<LabResult> = {}): LabResult {
  return {
    testId: "hcg-serum",
    collectedOn: on,
    comparator: null,
    value: null,
    text: "negative",
    unit: "",
    rangeLow: null,
    rangeHigh: null,
    fasting: null,
    note: "",
    patientId: "patient-1",
    visitId: null,
    id: `hcg-${on}`,
    recordedAt: noon(on),
    recordedBy: "Dr. Test",
    replacesId: null,
    reason: "",
    ...over,
  };
}

/** Noon of a day in the builders' zone. */
export function noon(day: CalendarDate): Instant {
  return instantIn(ZONE, day, "12:00");
}
