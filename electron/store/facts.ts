/** Gathers what the rules judge: plain objects, no opinions. One course at a time, or the whole clinic in a few statements. */
import type { CalendarDate, DateStyle } from "#shared/calendar.ts";
import type { Course, CourseEnd, CourseFields } from "#shared/records/course.ts";
import type { LabResult } from "#shared/records/lab-result.ts";
import type { VisitFields } from "#shared/records/visit.ts";
import type { ProgrammeFacts } from "#shared/rules/facts.ts";
import { readClinic } from "./clinic.ts";
import { coursesOfPatient, openCoursesOf } from "./courses.ts";
import type { ReadDb } from "./engine.ts";
import { resultsOfPatient, resultsOfPatients } from "./labs.ts";
import { entriesOfCourse, entriesOfCourses, entriesOfOpenCourses } from "./programme.ts";
import { prescriptionFacts, prescriptionFactsOfOpenCourses } from "./prescriptions.ts";
import { visitContents, type VisitContent } from "./visits.ts";

type ClinicFacts = { zone: string; dateStyle: DateStyle };

/** What the gate judges of one course; null when there is no such course. */
export async function gatherProgrammeFacts(db: ReadDb, courseId: string): Promise<ProgrammeFacts | null> {
  const row = await courseHeads(db).where("c.id", "=", courseId).executeTakeFirst();
  if (!row) return null;
  return factsOf(row, await clinicFacts(db), {
    entries: await entriesOfCourse(db, courseId),
    prescriptions: (await prescriptionFacts(db, [courseId])).get(courseId) ?? [],
  });
}

async function clinicFacts(db: ReadDb): Promise<ClinicFacts> {
  const { zone, dateStyle } = await readClinic(db);
  return { zone, dateStyle };
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
  evidence: Pick<ProgrammeFacts, "entries" | "prescriptions">,
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
    ...evidence,
  };
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
  const courses = await coursesOfPatient(db, patient.id);
  const births = new Map([[patient.id, patient.birthDate]]);
  return { clinic, courses: await withEvidence(db, courses, clinic, births) };
}

/** The open courses of the given patients, by patient; for what a list says of each. */
export async function gatherOpenCoursesOf(
  db: ReadDb,
  patients: readonly { id: string; birthDate: CalendarDate }[],
): Promise<Map<string, CourseFacts>> {
  const courses = await openCoursesOf(
    db,
    patients.map((one) => one.id),
  );
  const births = new Map(patients.map((one) => [one.id, one.birthDate]));
  const facts = await withEvidence(db, courses, await clinicFacts(db), births);
  return new Map(facts.map((one) => [one.course.patientId, one]));
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
      entries: entries.get(course.id) ?? [],
      prescriptions: prescriptions.get(course.id) ?? [],
    },
  }));
}

/** One open course as Today sees it, before anything is judged. */
export type OpenCourseFacts = {
  programme: ProgrammeFacts;
  patient: { familyName: string; givenNames: string; recordNumber: string };
  lastVisit: { id: string; on: CalendarDate } | null;
  nextVisitOn: CalendarDate | null;
  /** Unsigned visits with what was entered: mood and side effects wait for a prescriber in them. */
  unsigned: { id: string; on: CalendarDate; fields: VisitFields }[];
};

/** Every open course, in six statements for the whole clinic. */
export async function gatherOpenCourses(db: ReadDb, today: CalendarDate): Promise<OpenCourseFacts[]> {
  const clinic = await clinicFacts(db);
  const courses = await courseHeads(db).where("c.open", "=", 1).execute();
  const entries = await entriesOfOpenCourses(db);
  const prescriptions = await prescriptionFactsOfOpenCourses(db);
  const visits = await visitsOfOpenCourses(db);
  const unsigned = await unsignedVisits(db);
  return courses.map((row) => {
    const latest = visits.get(row.id)?.findLast((one) => one.on <= today) ?? null;
    return {
      programme: factsOf(row, clinic, {
        entries: entries.get(row.id) ?? [],
        prescriptions: prescriptions.get(row.id) ?? [],
      }),
      patient: {
        familyName: row.family_name,
        givenNames: row.given_names,
        recordNumber: row.record_number,
      },
      lastVisit: latest === null ? null : { id: latest.id, on: latest.on },
      nextVisitOn: latest?.nextVisitOn ?? null,
      unsigned: unsigned.get(row.id) ?? [],
    };
  });
}

type VisitDay = { id: string; on: CalendarDate; nextVisitOn: CalendarDate | null };

/** Visits that count of every open course, by course, oldest first. */
async function visitsOfOpenCourses(db: ReadDb): Promise<Map<string, VisitDay[]>> {
  const rows = await db
    .selectFrom("course as c")
    .innerJoin("visit as v", "v.course_id", "c.id")
    .innerJoin("visit_revision as r", (on) =>
      on.onRef("r.visit_id", "=", "v.id").onRef("r.version", "=", "v.version"),
    )
    .where("c.open", "=", 1)
    .where("v.state", "<>", "voided")
    .select(["c.id as courseId", "v.id", "v.visit_date as on", "r.next_visit_on as nextVisitOn"])
    .orderBy("v.course_id")
    .orderBy("v.visit_date")
    .execute();
  return grouped(rows, (row) => row.courseId);
}

/** Unsigned visits of every open course, by course, oldest first. */
async function unsignedVisits(db: ReadDb): Promise<Map<string, OpenCourseFacts["unsigned"]>> {
  const rows = await db
    .selectFrom("visit as v")
    .innerJoin("course as c", "c.id", "v.course_id")
    .innerJoin("visit_revision as r", (on) =>
      on.onRef("r.visit_id", "=", "v.id").onRef("r.version", "=", "v.version"),
    )
    .where("v.state", "=", "draft")
    .where("c.open", "=", 1)
    .select(["v.course_id", "v.id", "v.visit_date", "r.data"])
    .orderBy("v.visit_date")
    .execute();
  const visits = rows.map((row) => ({
    courseId: row.course_id,
    id: row.id,
    on: row.visit_date,
    fields: JSON.parse(row.data) as VisitFields,
  }));
  return grouped(visits, (one) => one.courseId);
}

function grouped<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const map = new Map<string, T[]>();
  for (const row of rows) {
    const list = map.get(key(row));
    if (list) list.push(row);
    else map.set(key(row), [row]);
  }
  return map;
}

/** A patient's results with the ids of those that nobody has seen. Of tests without an unseen result there are none. */
export type UnseenResults = {
  unseen: ReadonlySet<string>;
  facts: PatientFacts;
  birthDate: CalendarDate;
};

/** Results that nobody has signed for since they were recorded, with all that is needed to read them, by patient. */
export async function gatherUnseenResults(db: ReadDb): Promise<Map<string, UnseenResults>> {
  const rows = await unseenResults(db).execute();
  const unseen = grouped(rows, (row) => row.patient_id);
  const patients = [...unseen].map(([id, list]) => ({ id, birthDate: list[0]?.birth_date ?? "" }));
  const tests = [...new Set(rows.map((row) => row.test_id))];
  const results = await resultsOfPatients(db, [...unseen.keys()], tests);
  const courses = await gatherOpenCoursesOf(db, patients);
  const clinic = await clinicFacts(db);
  return new Map(
    patients.map(({ id, birthDate }) => {
      const open = courses.get(id);
      return [
        id,
        {
          birthDate,
          unseen: new Set((unseen.get(id) ?? []).map((row) => row.id)),
          facts: { clinic, courses: open ? [open] : [], results: results.get(id) ?? [] },
        },
      ];
    }),
  );
}

/** Results in force of patients with an open course that were recorded after the patient's latest signature. */
function unseenResults(db: ReadDb) {
  return db
    .with("signed", (cte) =>
      cte
        .selectFrom("course as c")
        .innerJoin("visit as v", "v.patient_id", "c.patient_id")
        .innerJoin("visit_signature as s", "s.visit_id", "v.id")
        .where("c.open", "=", 1)
        .where("v.state", "=", "signed")
        .groupBy("c.patient_id")
        .select((eb) => ["c.patient_id", eb.fn.max("s.signed_at").as("at")]),
    )
    .selectFrom("course as c")
    .innerJoin("patient as p", "p.id", "c.patient_id")
    .innerJoin("patient_revision as i", (on) =>
      on.onRef("i.patient_id", "=", "p.id").onRef("i.version", "=", "p.version"),
    )
    .leftJoin("signed as s", "s.patient_id", "c.patient_id")
    .innerJoin("lab_result as l", (on) =>
      on
        .onRef("l.patient_id", "=", "c.patient_id")
        .on((eb) => eb("l.recorded_at", ">", eb.fn.coalesce("s.at", eb.val("")))),
    )
    .leftJoin("lab_result as n", "n.replaces_id", "l.id")
    .where("c.open", "=", 1)
    .where("l.status", "=", "recorded")
    .where("n.id", "is", null)
    .select(["l.id", "l.patient_id", "l.test_id", "i.birth_date"]);
}
