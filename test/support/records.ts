/** Inputs of the clinical methods with a valid default; a test says only what matters to it. */
import type { InputOf } from "#shared/contract.ts";
import type { Course } from "#shared/records/course.ts";
import type { LabResultFields } from "#shared/records/lab-result.ts";
import type { Patient } from "#shared/records/patient.ts";
import type { VisitForm } from "#shared/records/visit.ts";
import type { TestProgram } from "./clinic.ts";

/** A new patient's details. */
export function patientInput(over: Partial<InputOf<"patients.register">> = {}): InputOf<"patients.register"> {
  return {
    familyName: "Doe",
    givenNames: "Alex",
    preferredName: "",
    birthDate: "2001-04-07",
    recordNumber: "",
    phone: "",
    email: "",
    address: "",
    guardianName: "",
    guardianPhone: "",
    allergies: { status: "none-known", items: [] },
    ...over,
  };
}

/** A new course of a patient; decided two months before the clock's default day, nothing asked yet. */
export function courseInput(
  patientId: string,
  over: Partial<InputOf<"courses.open">> = {},
): InputOf<"courses.open"> {
  return {
    patientId,
    decidedOn: "2026-09-20",
    indication: "severe-nodular",
    indicationNote: "",
    igaAtStart: 4,
    scars: "mild",
    earlierTreatments: [{ name: "Doxycycline", weeks: 12, outcome: "failed" }],
    earlierIsotretinoin: { taken: "no", totalMg: null, endedOn: null },
    conditions: {},
    conditionsNote: "",
    familyHistory: {},
    medicines: [],
    productId: "claravis",
    referenceWeightKg: 60,
    targetMgPerKg: 120,
    programme: "ipledge",
    category: null,
    ...over,
  };
}

/** A visit's page with nothing entered but its day. */
export function visitForm(over: Partial<VisitForm> = {}): VisitForm {
  return {
    date: "2026-11-22",
    weightKg: null,
    missedDoses: null,
    missedDosesNote: "",
    sideEffects: [],
    sideEffectsReviewed: false,
    iga: null,
    lesions: null,
    mood: null,
    dose: null,
    plan: "",
    notes: "",
    nextVisitOn: null,
    labs: [],
    entries: [],
    ...over,
  };
}

/** A saved visit's input: a new one unless said otherwise. */
export function visitInput(
  courseId: string,
  form: Partial<VisitForm> = {},
  over: Partial<Omit<InputOf<"visits.save">, "courseId" | "form">> = {},
): InputOf<"visits.save"> {
  return { id: null, courseId, version: null, form: visitForm(form), draftKey: null, ...over };
}

/** An ordinary ALT of the clock's default day. */
export function labInput(over: Partial<LabResultFields> = {}): LabResultFields {
  return {
    testId: "alt",
    collectedOn: "2026-11-20",
    comparator: null,
    value: 24,
    text: "",
    unit: "U/L",
    rangeLow: 7,
    rangeHigh: 41,
    fasting: null,
    note: "",
    ...over,
  };
}

/** Registers a patient. */
export function register(
  program: TestProgram,
  over: Partial<InputOf<"patients.register">> = {},
): Promise<Patient> {
  return program.call("patients.register", patientInput(over));
}

/** Registers a patient and opens a course. */
export async function withCourse(
  program: TestProgram,
  over: Partial<InputOf<"courses.open">> = {},
  patient: Partial<InputOf<"patients.register">> = {},
): Promise<{ patient: Patient; course: Course }> {
  const registered = await register(program, patient);
  const course = await program.call("courses.open", courseInput(registered.id, over));
  return { patient: registered, course };
}

/**
 * Everything that lets a patient who cannot become pregnant be prescribed to under iPLEDGE on the clock's default day:
 * category, enrolment, consent, counselling.
 */
export async function withCourseThatMayBePrescribed(
  program: TestProgram,
): Promise<{ patient: Patient; course: Course }> {
  const made = await withCourse(program, {
    category: { category: "cannot", criterion: "cisgender-male", evidence: "" },
  });
  const on = "2026-11-20";
  const courseId = made.course.id;
  for (const entry of [
    { kind: "enrolment", on, programmeNumber: "A-100" },
    { kind: "consent", on, form: "all-patients", signer: "patient" },
    { kind: "counselling", on, teachBack: "understood" },
    { kind: "prescriber-confirmation", on },
  ] satisfies InputOf<"programme.record">["entry"][])
    await program.call("programme.record", { courseId, entry });
  return made;
}
