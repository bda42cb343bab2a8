/** Gathers what the rules judge: plain objects, no opinions. One course at a time, or the whole clinic in a few statements. */
import type { CalendarDate, DateStyle } from "#shared/calendar.ts";
import type { Course, CourseEnd, CourseFields, RiskCategory } from "#shared/records/course.ts";
import type { LabResult } from "#shared/records/lab-result.ts";
import { firstDoseOf, type ProgrammeEntry } from "#shared/records/programme-entry.ts";
import type { DosingVisit } from "#shared/rules/dosing.ts";
import {
  type EditionReview,
  type Elsewhere,
  ELSEWHERE_KINDS,
  type OtherCourse,
  type ProgrammeFacts,
} from "#shared/rules/facts.ts";
import { categoryElsewhere } from "#shared/rules/history.ts";
import { labTests } from "#shared/rules/lab-tests.ts";
import { monitoringPreset } from "#shared/rules/monitoring.ts";
import { readClinic } from "./clinic.ts";
import { grouped, inChunks } from "./chunks.ts";
import { courseIdsOf, coursesOfPatients, openCoursesOf } from "./courses.ts";
import type { ReadDb } from "./engine.ts";
import {
  latestDrawn,
  latestUntil,
  type MeasuredResult,
  resultsOfPatient,
  resultsOfPatients,
  resultsOfTests,
  resultsOfTestsOf,
  unsignedResults,
} from "./labs.ts";
import { reviewsInForce } from "./edition-reviews.ts";
import { entriesOfCourse, entriesOfCourses } from "./programme.ts";
import { prescriptionFacts } from "./prescriptions.ts";
import {
  doseFact,
  doseIncreases,
  dosesWhereHeld,
  latestVisits,
  unsignedVisits,
  visitContents,
  type VisitContent,
  visitDoses,
} from "./visit-lists.ts";

type ClinicFacts = { zone: string; dateStyle: DateStyle; reviews: Readonly<Record<string, EditionReview>> };

/** What the gate judges of one course; null when there is no such course. */
export async function gatherProgrammeFacts(db: ReadDb, courseId: string): Promise<ProgrammeFacts | null> {
  const row = await courseHeads(db).where("c.id", "=", courseId).executeTakeFirst();
  if (!row) return null;
  return factsOf(row, await clinicFacts(db), {
    entries: await entriesOfCourse(db, courseId),
    prescriptions: (await prescriptionFacts(db, [courseId])).get(courseId) ?? [],
    doses: (await visitDoses(db, [courseId])).flatMap(doseFact),
    elsewhere: await gatherElsewhere(db, row.patient_id, courseId),
  });
}

const HCG_TESTS = labTests.filter((one) => one.group === "pregnancy").map((one) => one.id);

/** See `Elsewhere`. Entries are found by their courses, which have an index. */
async function gatherElsewhere(db: ReadDb, patientId: string, courseId: string): Promise<Elsewhere> {
  const courses = await coursesOfPatients(db, [patientId]);
  const others = courses.flatMap((one) => (one.id === courseId ? [] : [one.id]));
  return elsewhereOf(courseId, {
    results: await resultsOfTests(db, patientId, HCG_TESTS),
    courses,
    entries: others.length === 0 ? new Map() : await entriesOfCourses(db, others, ELSEWHERE_KINDS),
  });
}

/** The category that the patient's courses opened before this one leave; null when none says. */
export async function gatherCategoryBefore(
  db: ReadDb,
  { id: courseId, patientId }: Pick<Course, "id" | "patientId">,
): Promise<RiskCategory | null> {
  return categoryElsewhere(await gatherElsewhere(db, patientId, courseId));
}

/**
 * What one of a patient's courses does not hold itself. `courses`: all of them, as `coursesOfPatients` gives them: the open one, then the
 * latest opened. `entries`: those in `ELSEWHERE_KINDS`, by course.
 */
function elsewhereOf(
  courseId: string,
  all: {
    results: readonly LabResult[];
    courses: readonly Pick<Course, "id" | "programme" | "end">[];
    entries: ReadonlyMap<string, readonly ProgrammeEntry[]>;
  },
): Elsewhere {
  const place = all.courses.findIndex((one) => one.id === courseId);
  const others = all.courses.flatMap(({ id, programme, end }, index): OtherCourse[] =>
    id === courseId ? [] : [{ id, programme, end, openedBefore: index > place }],
  );
  return {
    results: all.results,
    entries: others.flatMap((one) => all.entries.get(one.id) ?? []),
    courses: others.toReversed(),
  };
}

async function clinicFacts(db: ReadDb): Promise<ClinicFacts> {
  const { zone, dateStyle } = await readClinic(db);
  return { zone, dateStyle, reviews: await reviewsInForce(db) };
}

function courseHeads(db: ReadDb) {
  return db
    .selectFrom("course as c")
    .innerJoin("course_revision as r", (on) =>
      on.onRef("r.course_id", "=", "c.id").onRef("r.version", "=", "c.version"),
    )
    .innerJoin("patient as p", "p.id", "c.patient_id")
    .innerJoin("patient_revision as i", (on) =>
      on.onRef("i.patient_id", "=", "p.id").onRef("i.version", "=", "p.version"),
    )
    .select([
      "c.id",
      "c.patient_id",
      "r.data",
      "r.course_end",
      "i.birth_date",
      "i.family_name",
      "i.given_names",
      "i.record_number",
    ]);
}

type CourseHead = {
  id: string;
  patient_id: string;
  data: string;
  course_end: string | null;
  birth_date: string;
};

function factsOf(
  row: CourseHead,
  clinic: ClinicFacts,
  evidence: Pick<ProgrammeFacts, "entries" | "prescriptions" | "doses" | "elsewhere">,
): ProgrammeFacts {
  const fields = JSON.parse(row.data) as CourseFields;
  return {
    patient: { id: row.patient_id, birthDate: row.birth_date },
    course: {
      id: row.id,
      programme: fields.programme,
      decidedOn: fields.decidedOn,
      end: row.course_end === null ? null : (JSON.parse(row.course_end) as CourseEnd),
    },
    clinic,
    medicines: medicineNames(fields),
    ...evidence,
  };
}

/** What the patient takes, as typed; null while nobody asked. */
function medicineNames({ medicines }: Pick<CourseFields, "medicines">): readonly string[] | null {
  return medicines?.map((one) => one.name) ?? null;
}

/** One course with its evidence and its visits that count, oldest first. */
export type CourseFacts = { course: Course; programme: ProgrammeFacts; visits: VisitContent[] };

/** Everything on record of one patient that the chart, the flowsheet and the paper are reckoned from. */
export type PatientFacts = {
  clinic: ClinicFacts;
  /** The open course first, then the latest begun. */
  courses: CourseFacts[];
  /** In force, oldest first. */
  results: LabResult[];
};

/** Gathers `PatientFacts` in six statements, however many courses and visits there are. */
export async function gatherPatientFacts(
  db: ReadDb,
  patient: { id: string; birthDate: CalendarDate },
): Promise<PatientFacts> {
  return { ...(await gatherCourses(db, patient)), results: await resultsOfPatient(db, patient.id) };
}

/** The same without the results, for what needs none. */
export async function gatherCourses(
  db: ReadDb,
  patient: { id: string; birthDate: CalendarDate },
): Promise<Omit<PatientFacts, "results">> {
  const clinic = await clinicFacts(db);
  const courses = await coursesOfPatients(db, [patient.id]);
  const births = new Map([[patient.id, patient.birthDate]]);
  const known = await withEvidence(db, courses, clinic, births);
  const results = await resultsOfTests(db, patient.id, HCG_TESTS);
  const entries = new Map(
    known.map(({ course, programme }) => [
      course.id,
      programme.entries.filter((one) => ELSEWHERE_KINDS.includes(one.kind)),
    ]),
  );
  for (const { course, programme } of known)
    programme.elsewhere = elsewhereOf(course.id, { results, courses, entries });
  return { clinic, courses: known };
}

/** What the dosing rules ask of a course: less than `CourseFacts`, for lists of many. */
export type DosedCourse = {
  course: Course;
  programme: { entries: readonly ProgrammeEntry[] };
  visits: readonly { fields: DosingVisit }[];
};

/** The open courses of the given patients with their doses, by patient. Capsules are given as their daily sum. */
export async function gatherDosedCourses(
  db: ReadDb,
  patientIds: readonly string[],
): Promise<Map<string, DosedCourse>> {
  const courses = await openCoursesOf(db, patientIds);
  const ids = courses.map((one) => one.id);
  const entries = await entriesOfCourses(db, ids, [
    "first-dose",
    "last-dose",
    "dispensing",
    "pause",
    "resume",
  ]);
  const visits = grouped(await visitDoses(db, ids), (one) => one.courseId);
  return new Map(
    courses.map((course) => [
      course.patientId,
      {
        course,
        programme: { entries: entries.get(course.id) ?? [] },
        visits: visits.get(course.id) ?? [],
      },
    ]),
  );
}

async function withEvidence(
  db: ReadDb,
  courses: readonly Course[],
  clinic: ClinicFacts,
  births: ReadonlyMap<string, CalendarDate>,
): Promise<CourseFacts[]> {
  const ids = courses.map((one) => one.id);
  const entries = await entriesOfCourses(db, ids);
  const prescriptions = await prescriptionFacts(db, ids);
  const visits = grouped(await visitContents(db, ids), (one) => one.courseId);
  return courses.map((course) => ({
    course,
    visits: visits.get(course.id) ?? [],
    programme: {
      patient: { id: course.patientId, birthDate: births.get(course.patientId) ?? "" },
      course: { id: course.id, programme: course.programme, decidedOn: course.decidedOn, end: course.end },
      clinic,
      medicines: medicineNames(course),
      entries: entries.get(course.id) ?? [],
      prescriptions: prescriptions.get(course.id) ?? [],
      doses: (visits.get(course.id) ?? []).flatMap(doseFact),
    },
  }));
}

/** One course as Today sees it, before anything is judged. */
export type TodayCourse = {
  programme: ProgrammeFacts;
  patient: { familyName: string; givenNames: string; recordNumber: string };
  lastVisit: { id: string; on: CalendarDate } | null;
  nextVisitOn: CalendarDate | null;
  /** Unsigned visits with what was entered: mood and side effects wait for a prescriber in them. */
  unsigned: VisitContent[];
  drawing: Drawing;
};

/** What the schedule of blood draws asks of a course on Today; the levels of results are left to the chart. */
export type Drawing = {
  course: Pick<CourseFields, "conditions" | "familyHistory">;
  firstDoseOn: CalendarDate | null;
  /** From which days the dose was increased, in order. */
  increasedFrom: readonly CalendarDate[];
  /** When each core test was drawn last. */
  drawn: readonly { testId: string; collectedOn: CalendarDate }[];
  /** The latest triglycerides up to the first dose, of an open course: raised, they ask for a draw every four weeks. */
  baseline: MeasuredResult | null;
};

/** Gathers the given courses for Today, in fifteen statements however many there are. */
export async function gatherTodayCourses(
  db: ReadDb,
  ids: readonly string[],
  today: CalendarDate,
): Promise<TodayCourse[]> {
  if (ids.length === 0) return [];
  const clinic = await clinicFacts(db);
  const heads = await inChunks(ids, (chunk) => courseHeads(db).where("c.id", "in", chunk).execute());
  const entries = await entriesOfCourses(db, ids);
  const prescriptions = await prescriptionFacts(db, ids);
  const doses = await dosesWhereHeld(db, ids);
  const visits = await latestVisits(db, ids, today);
  const unsigned = grouped(await unsignedVisits(db), (one) => one.courseId);
  const elsewhere = await gatherElsewhereOf(db, heads);
  const patients = heads.map((one) => one.patient_id);
  const drawn = await latestDrawn(db, patients, monitoringPreset.core);
  const increased = await doseIncreases(db, ids);
  const firstDoses = new Map(heads.map(({ id }) => [id, firstDoseOf(entries.get(id) ?? [])]));
  const baselines = await latestUntil(
    db,
    "triglycerides",
    heads.flatMap(({ id, patient_id, course_end }) => {
      const until = course_end === null ? (firstDoses.get(id) ?? null) : null;
      return until === null ? [] : [{ courseId: id, patientId: patient_id, until }];
    }),
  );
  return heads.map((row) => {
    const { conditions, familyHistory } = JSON.parse(row.data) as CourseFields;
    const latest = visits.get(row.id) ?? null;
    return {
      programme: factsOf(row, clinic, {
        entries: entries.get(row.id) ?? [],
        prescriptions: prescriptions.get(row.id) ?? [],
        doses: doses.get(row.id) ?? [],
        elsewhere: elsewhere(row),
      }),
      patient: {
        familyName: row.family_name,
        givenNames: row.given_names,
        recordNumber: row.record_number,
      },
      lastVisit: latest === null ? null : { id: latest.id, on: latest.on },
      nextVisitOn: latest?.nextVisitOn ?? null,
      unsigned: unsigned.get(row.id) ?? [],
      drawing: {
        course: { conditions, familyHistory },
        firstDoseOn: firstDoses.get(row.id) ?? null,
        increasedFrom: increased.get(row.id) ?? [],
        drawn: drawn.get(row.patient_id) ?? [],
        baseline: baselines.get(row.id) ?? null,
      },
    };
  });
}

/** `Elsewhere` of many courses, in four statements. Most patients have one course and no hCG among their results. */
async function gatherElsewhereOf(
  db: ReadDb,
  heads: readonly { id: string; patient_id: string }[],
): Promise<(head: { id: string; patient_id: string }) => Elsewhere> {
  const patients = [...new Set(heads.map((one) => one.patient_id))];
  const hcg = await resultsOfTestsOf(db, patients, HCG_TESTS);
  const courses = grouped(await courseIdsOf(db, patients), (one) => one.patientId);
  const several = [...courses].filter(([, list]) => list.length > 1).map(([patientId]) => patientId);
  const known = await coursesOfPatients(db, several);
  const entries = await entriesOfCourses(
    db,
    known.map((one) => one.id),
    ELSEWHERE_KINDS,
  );
  const ofPatient = grouped(known, (one) => one.patientId);
  return ({ id, patient_id }) =>
    elsewhereOf(id, {
      results: hcg.get(patient_id) ?? [],
      courses: ofPatient.get(patient_id) ?? [],
      entries,
    });
}

/** A patient's results with the ids of those that nobody signed for. */
export type UnsignedResults = {
  unsigned: ReadonlySet<string>;
  facts: PatientFacts;
  birthDate: CalendarDate;
};

/** Results that nobody has signed for since they were recorded, with all that is needed to read them, by patient. */
export async function gatherUnsignedResults(
  db: ReadDb,
  patients: readonly { id: string; birthDate: CalendarDate }[],
): Promise<Map<string, UnsignedResults>> {
  const unsigned = await unsignedResults(
    db,
    patients.map((one) => one.id),
  );
  const byPatient = grouped(unsigned, (one) => one.patientId);
  const concerned = patients.filter((one) => byPatient.has(one.id));
  const results = await resultsOfPatients(
    db,
    concerned.map((one) => one.id),
  );
  const clinic = await clinicFacts(db);
  const births = new Map(concerned.map((one) => [one.id, one.birthDate]));
  const courses = grouped(
    await withEvidence(db, await coursesOfPatients(db, [...births.keys()]), clinic, births),
    (one) => one.course.patientId,
  );
  return new Map(
    concerned.map(({ id, birthDate }) => [
      id,
      {
        birthDate,
        unsigned: new Set((byPatient.get(id) ?? []).map((one) => one.id)),
        facts: { clinic, courses: courses.get(id) ?? [], results: results.get(id) ?? [] },
      },
    ]),
  );
}
