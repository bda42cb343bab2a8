/**
 * Fills a record with a clinic of a chosen size, through statements of its own: the application's way in is measured, not
 * used, because a year of days would be needed for 1,500,000 results. The rows are those that the application would write,
 * with sizes to match.
 */
import { randomUUID } from "node:crypto";
import type Database from "better-sqlite3";
import { addDays, type CalendarDate, instantIn } from "#shared/calendar.ts";
import { nameTokens } from "#shared/names.ts";
import type { CourseFields } from "#shared/records/course.ts";
import type { VisitFields } from "#shared/records/visit.ts";

/** How large the clinic is. Visits and results are for all patients together. */
export type Size = { patients: number; visits: number; results: number; openCourses: number };

/** What the bench was asked for, and the same at a tenth. */
export function sizeOf(patients: number): Size {
  return { patients, visits: patients * 12, results: patients * 150, openCourses: Math.round(patients / 5) };
}

const FAMILY = [
  "Nguyễn",
  "García",
  "O’Brien",
  "Müller",
  "Kowalska",
  "Şahin",
  "Papadopoulos",
  "Smith",
  "Johansson",
  "Okonkwo",
  "Ivanova",
  "Tanaka",
  "de Souza",
  "van Dijk",
  "Fernández",
  "Dubois",
  "Rossi",
  "Novák",
  "Haddad",
  "Singh",
];
const GIVEN = [
  "Anna",
  "José",
  "Łucja",
  "Søren",
  "Zoë",
  "Mehmet",
  "Ayşe",
  "Chinonso",
  "Minh",
  "Eleni",
  "Liam",
  "Noa",
  "Ingrid",
  "Marek",
  "Aiko",
  "Fatima",
  "Diego",
  "Élise",
  "Oskar",
  "Priya",
];
const TESTS = [
  { id: "alt", unit: "U/L", base: 24, low: 7, high: 41 },
  { id: "ast", unit: "U/L", base: 23, low: 10, high: 40 },
  { id: "triglycerides", unit: "mg/dL", base: 105, low: null, high: 150 },
  { id: "cholesterol-total", unit: "mg/dL", base: 176, low: null, high: 200 },
  { id: "hdl", unit: "mg/dL", base: 52, low: 40, high: null },
  { id: "ldl", unit: "mg/dL", base: 101, low: null, high: 130 },
  { id: "ggt", unit: "U/L", base: 21, low: 8, high: 61 },
  { id: "ck", unit: "U/L", base: 120, low: 39, high: 308 },
  { id: "glucose", unit: "mg/dL", base: 88, low: 70, high: 99 },
  { id: "creatinine", unit: "mg/dL", base: 0.9, low: 0.6, high: 1.3 },
  { id: "haemoglobin", unit: "g/dL", base: 14.1, low: 12, high: 17.5 },
  { id: "wbc", unit: "10*3/uL", base: 6.4, low: 4, high: 11 },
] as const;

const COURSE: CourseFields = {
  decidedOn: "2020-01-01",
  indication: "treatment-resistant",
  indicationNote: "",
  igaAtStart: 4,
  scars: "mild",
  earlierTreatments: [{ name: "Doxycycline 100 mg", weeks: 14, outcome: "relapsed" }],
  earlierIsotretinoin: { taken: "no", totalMg: null, endedOn: null },
  conditions: { "liver-disease": "no", "lipid-disorder": "no", diabetes: "no", depression: "no" },
  conditionsNote: "",
  familyHistory: { "lipid-disorder": "no" },
  medicines: [],
  productId: "claravis",
  referenceWeightKg: 65,
  targetMgPerKg: 120,
  programme: "ipledge",
};

const TEST = {
  time: null,
  sample: "urine",
  setting: "medical",
  sensitivity: 20,
  result: "negative",
  readBy: "",
} as const;

/** The largest patient of the clinic: fifteen times the ordinary number of visits, and as many results as a screen may meet. */
const LARGEST = { visits: 180, results: 3_000 };

/**
 * Writes the clinic into an open, keyed file whose schema is current and which has one account. `summary` and `verdict` are
 * JSON of a signed visit and a prescription's verdict, repeated so that the file has its true size. `progress` is told the
 * number of patients written.
 */
export function fillRecord(
  file: Database.Database,
  options: {
    size: Size;
    today: CalendarDate;
    zone: string;
    accountId: string;
    summary: string;
    verdict: string;
    progress: (patients: number) => void;
  },
): { largest: string; median: string } {
  const { size, today, zone, accountId, summary, verdict } = options;
  const insert = statements(file);
  const recorded = (on: CalendarDate): string => instantIn(zone, on, "10:00");
  const ids = { largest: "", median: "" };
  const visitsEach = Math.round(size.visits / size.patients);
  const resultsEach = Math.round(size.results / size.patients);
  let counter = 0;
  const key = (): string => {
    counter += 1;
    return `0${randomUUID().slice(1, 24)}${counter.toString(16).padStart(12, "0")}`;
  };

  const onePatient = (index: number): void => {
    const patientId = key();
    if (index === 0) ids.largest = patientId;
    if (index === Math.floor(size.patients / 2)) ids.median = patientId;
    const family = `${FAMILY[index % FAMILY.length] ?? ""}${index % 7 === 0 ? "-Larsen" : ""}`;
    const given = `${GIVEN[Math.floor(index / FAMILY.length) % GIVEN.length] ?? ""} ${GIVEN[(index * 7) % GIVEN.length] ?? ""}`;
    const birth = addDays("1985-01-01", (index * 37) % 9_000);
    const phone = `555${String(1_000_000 + index * 13).slice(0, 7)}`;
    const number = String(1_001 + index);
    // The open courses are spread over the whole clinic, so that they do not lie side by side in the file.
    const open = index % Math.round(size.patients / size.openCourses) === 0;
    const visits = index === 0 ? LARGEST.visits : visitsEach;
    const results = index === 0 ? LARGEST.results : resultsEach;
    const last = open ? addDays(today, -1 - (index % 33)) : addDays(today, -120 - ((index * 11) % 1_800));
    const first = addDays(last, -30 * (visits - 1));
    const start = recorded(first);

    insert.patient.run(patientId, number, 1, start);
    insert.revision.run(
      patientId,
      1,
      family,
      given,
      "",
      birth,
      number,
      phone,
      "",
      "12 Mill Lane",
      "",
      "",
      '{"status":"none-known","items":[]}',
      accountId,
      start,
    );
    for (const token of nameTokens(family)) insert.token.run(token, patientId, "family");
    for (const token of nameTokens(given)) insert.token.run(token, patientId, "given");
    insert.token.run(birth.replaceAll("-", ""), patientId, "birth");
    insert.token.run(number, patientId, "number");
    for (let tail = 0; tail <= phone.length - 4; tail += 1)
      insert.token.run(phone.slice(tail), patientId, "phone");

    const courseId = key();
    insert.course.run(courseId, patientId, open ? 1 : 0, open ? null : last, 1, start);
    insert.courseRevision.run(
      courseId,
      1,
      JSON.stringify({ ...COURSE, decidedOn: first }),
      open ? null : JSON.stringify({ endedOn: last, reason: "completed", note: "" }),
      accountId,
      start,
    );
    const can = index % 2 === 0;
    const entry = (kind: string, on: CalendarDate, fields: object): void => {
      insert.entry.run(
        key(),
        patientId,
        courseId,
        null,
        kind,
        on,
        JSON.stringify({ kind, on, note: "", ...fields }),
        "recorded",
        null,
        "",
        accountId,
        recorded(on),
      );
    };
    entry(
      "risk-category",
      first,
      can
        ? { category: "can", criterion: "default", evidence: "" }
        : { category: "cannot", criterion: "cisgender-male", evidence: "" },
    );
    entry("enrolment", first, { programmeNumber: number });
    entry("consent", first, { form: "all-patients", formEdition: "", signer: "patient" });
    if (can) {
      entry("consent", first, { form: "birth-defects", formEdition: "", signer: "patient" });
      // Two tests before the first prescription, after a month of two forms.
      const began = addDays(first, -31);
      entry("contraception", began, { first: "combined-pill", second: "condom" });
      entry("pregnancy-test", began, TEST);
    }
    entry("counselling", first, { teachBack: "understood" });
    entry("first-dose", addDays(first, 1), {});

    for (let visit = 0; visit < visits; visit += 1) {
      const on = addDays(first, 30 * visit);
      const visitId = key();
      const at = recorded(on);
      const unsigned = open && visit === visits - 1 && index % 40 === 0;
      insert.visit.run(
        visitId,
        patientId,
        courseId,
        on,
        1,
        unsigned ? "draft" : "signed",
        unsigned ? null : at,
        at,
      );
      const next = addDays(on, 30);
      const data: VisitFields = {
        date: on,
        weightKg: 65 + (visit % 5) / 10,
        missedDoses: visit % 3,
        missedDosesNote: "",
        sideEffects: [
          { code: "cheilitis", grade: 1, onset: null, note: "" },
          { code: "dry-skin", grade: 1, onset: null, note: "" },
        ],
        sideEffectsReviewed: true,
        iga: Math.max(0, 4 - visit),
        lesions: { nonInflammatory: 10, inflammatory: 6, nodules: 0 },
        mood: { items: [0, 0], note: "" },
        dose: {
          action: visit === 0 ? "start" : "continue",
          capsules: [{ strengthMg: 20, morning: 1, evening: 1 }],
          from: on,
          reason: "",
        },
        plan: "Going well. Go on with the same dose, with food, morning and evening.",
        notes: "",
        nextVisitOn: next,
      };
      insert.visitRevision.run(
        visitId,
        1,
        data.weightKg,
        data.iga,
        data.dose?.action,
        40,
        on,
        data.missedDoses,
        next,
        JSON.stringify(data),
        '{"labs":[],"entries":[]}',
        accountId,
        at,
      );
      if (!unsigned) insert.signature.run(visitId, 1, summary, accountId, at);
      if (can) {
        entry("pregnancy-test", on, TEST);
        entry("counselling", on, { teachBack: "understood" });
        entry("prescriber-confirmation", on, {});
        entry("patient-questions", on, { first: "combined-pill", second: "condom" });
      }
      insert.prescription.run(
        key(),
        patientId,
        courseId,
        visitId,
        on,
        30,
        "claravis",
        JSON.stringify(data.dose?.capsules),
        "ipledge-2021",
        verdict,
        "recorded",
        null,
        "",
        accountId,
        at,
      );
      // Collected on the next day; of every tenth open course nobody wrote it down yet.
      const collectedOn = addDays(on, 1);
      if (collectedOn <= today && !(open && visit === visits - 1 && index % 50 === 0))
        entry("dispensing", collectedOn, { capsules: 60, productId: "claravis" });
    }
    for (let result = 0; result < results; result += 1) {
      const test = TESTS[result % TESTS.length] ?? TESTS[0];
      const draw = Math.floor(result / TESTS.length);
      // Draws are spread over the course; every tenth open course's last one came in after the last visit.
      const draws = Math.ceil(results / TESTS.length);
      const since = Math.round((30 * (visits - 1) * draw) / Math.max(1, draws - 1));
      const on = addDays(first, draw === draws - 1 && index % 50 === 0 ? since + 1 : since);
      const day = on > today ? today : on;
      const value = Math.round(test.base * (0.8 + ((index + result * 7) % 60) / 100) * 10) / 10;
      insert.result.run(
        key(),
        patientId,
        null,
        test.id,
        day,
        null,
        value,
        "",
        test.unit,
        test.low,
        test.high,
        null,
        "",
        "recorded",
        null,
        "",
        accountId,
        recorded(day),
      );
    }
  };

  const BATCH = 200;
  for (let from = 0; from < size.patients; from += BATCH) {
    file.exec("begin");
    for (let index = from; index < Math.min(size.patients, from + BATCH); index += 1) onePatient(index);
    file.exec("commit");
    options.progress(Math.min(size.patients, from + BATCH));
  }
  file.pragma("wal_checkpoint(truncate)");
  return ids;
}

function statements(file: Database.Database) {
  const into = (table: string, columns: number): Database.Statement =>
    file.prepare(`insert into ${table} values (${Array.from({ length: columns }, () => "?").join(",")})`);
  return {
    patient: into("patient", 4),
    revision: into("patient_revision", 15),
    token: file.prepare("insert or ignore into patient_token values (?,?,?)"),
    course: into("course", 6),
    courseRevision: into("course_revision", 6),
    visit: into("visit", 8),
    visitRevision: into("visit_revision", 13),
    signature: into("visit_signature", 5),
    entry: into("programme_entry", 12),
    prescription: into("prescription", 15),
    result: into("lab_result", 18),
  };
}
