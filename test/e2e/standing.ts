/** What stands in a record before a test begins: put there past the screens, each with a default for all but what matters. */
import type { Page } from "@playwright/test";
import type { InputOf, OutputOf } from "#shared/contract.ts";
import type { VisitForm } from "#shared/records/visit.ts";
import { prepare } from "./acts.ts";

type Registration = InputOf<"patients.register">;

/** A patient, born 2001-03-14 unless told otherwise. */
export function aPatient(
  page: Page,
  familyName: string,
  more: Partial<Registration> = {},
): Promise<OutputOf<"patients.register">> {
  return prepare(page, "patients.register", {
    familyName,
    givenNames: "",
    preferredName: "",
    birthDate: "2001-03-14",
    recordNumber: "",
    phone: "",
    email: "",
    address: "",
    guardianName: "",
    guardianPhone: "",
    allergies: { status: "none-known", items: [] },
    ...more,
  });
}

/** An open iPLEDGE course, decided on today, of a patient who cannot become pregnant unless told otherwise. */
export async function aCourse(
  page: Page,
  patientId: string,
  more: Partial<InputOf<"courses.open">> = {},
): Promise<OutputOf<"courses.open">> {
  const { today } = await prepare(page, "session.status", {});
  return prepare(page, "courses.open", {
    patientId,
    decidedOn: today ?? "",
    indication: "severe-nodular",
    indicationNote: "",
    igaAtStart: 4,
    scars: "mild",
    earlierTreatments: [],
    earlierIsotretinoin: { taken: "no", totalMg: null, endedOn: null },
    conditions: {},
    conditionsNote: "",
    familyHistory: {},
    medicines: [],
    productId: "generic-conventional",
    referenceWeightKg: 60,
    targetMgPerKg: 120,
    programme: "ipledge",
    category: { category: "cannot", criterion: "cisgender-male", evidence: "" },
    ...more,
  });
}

/** A visit of today, signed: 20 mg twice a day begins, with what is told on top of what carries over. */
export async function aSignedVisit(
  page: Page,
  courseId: string,
  password: string,
  more: Partial<VisitForm> = {},
): Promise<OutputOf<"visits.sign">> {
  const { form } = await prepare(page, "visits.prefill", { courseId });
  return prepare(page, "visits.sign", {
    id: null,
    courseId,
    version: null,
    form: {
      ...form,
      weightKg: 60,
      dose: {
        action: "start",
        capsules: [{ strengthMg: 20, morning: 1, evening: 1 }],
        from: form.date,
        reason: "",
      },
      labs: [],
      ...more,
    },
    confirmed: [],
    draftKey: null,
    password,
  });
}
