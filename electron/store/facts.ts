/** Gathers what the rules judge: plain objects, no opinions. One course at a time, or the whole clinic in a few statements. */
import type { CalendarDate, DateStyle, Instant } from "#shared/calendar.ts";
import type { Course, CourseEnd, CourseFields } from "#shared/records/course.ts";
import type { LabResult } from "#shared/records/lab-result.ts";
import type { VisitFields } from "#shared/records/visit.ts";
import type { ProgrammeFacts } from "#shared/rules/facts.ts";
import { readClinic } from "./clinic.ts";
import { coursesOfPatient } from "./courses.ts";
import type { ReadDb } from "./engine.ts";
import { resultsOfPatient } from "./labs.ts";
import { entriesOfCourse, entriesOfOpenCourses, entriesOfPatient } from "./programme.ts";
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

/** Everything on record of one patient that the chart, the flowsheet and the paper are reckoned from. */
export type PatientFacts = {
  clinic: ClinicFacts;
  /** The open course first, then the latest begun. */
  courses: { course: Course; programme: ProgrammeFacts; visits: VisitContent[] }[];
  /** In force, oldest first. */
  results: LabResult[];
};

/** Gathers `PatientFacts` in six statements, however many courses and visits there are. */
export async function gatherPatientFacts(
  db: ReadDb,
  patient: { id: string; birthDate: CalendarDate },
): Promise<PatientFacts> {
  const clinic = await clinicFacts(db);
  const courses = await coursesOfPatient(db, patient.id);
  const entries = await entriesOfPatient(db, patient.id);
  const prescriptions = await prescriptionFacts(
    db,
    courses.map((one) => one.id),
  );
  const visits = await visitContents(db, patient.id);
  const results = await resultsOfPatient(db, patient.id);
  return {
    clinic,
    results,
    courses: courses.map((course) => ({
      course,
      visits: visits.filter((visit) => visit.courseId === course.id),
      programme: {
        patient: { id: patient.id, birthDate: patient.birthDate },
        course: {
          id: course.id,
          programme: course.programme,
          decidedOn: course.decidedOn,
          end: course.end,
        },
        clinic,
        entries: entries.get(course.id) ?? [],
        prescriptions: prescriptions.get(course.id) ?? [],
      },
    })),
  };
}

/** One open course as Today sees it, before anything is judged. */
export type OpenCourseFacts = {
  programme: ProgrammeFacts;
  patient: { familyName: string; givenNames: string; recordNumber: string };
  lastVisit: { id: string; on: CalendarDate } | null;
  nextVisitOn: CalendarDate | null;
  /** Unsigned visits with what was entered: mood and side effects wait for a prescriber in them. */
  unsigned: { id: string; on: CalendarDate; fields: VisitFields }[];
  /** When the patient's latest signature was made; results recorded since wait for somebody. */
  lastSignedAt: Instant | null;
};

/** Every open course, in seven statements for the whole clinic. */
export async function gatherOpenCourses(db: ReadDb, today: CalendarDate): Promise<OpenCourseFacts[]> {
  const clinic = await clinicFacts(db);
  const courses = await courseHeads(db).where("c.open", "=", 1).execute();
  const entries = await entriesOfOpenCourses(db);
  const prescriptions = await prescriptionFactsOfOpenCourses(db);
  const visits = await visitsOfOpenCourses(db);
  const unsigned = await unsignedVisits(db);
  const signed = await lastSignatures(db);
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
      lastSignedAt: signed.get(row.patient_id) ?? null,
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

/** The latest signature of each patient with an open course, by patient. */
async function lastSignatures(db: ReadDb): Promise<Map<string, Instant>> {
  const rows = await db
    .selectFrom("course as c")
    .innerJoin("visit as v", "v.patient_id", "c.patient_id")
    .innerJoin("visit_signature as s", "s.visit_id", "v.id")
    .where("c.open", "=", 1)
    .where("v.state", "=", "signed")
    .groupBy("c.patient_id")
    .select((eb) => ["c.patient_id", eb.fn.max("s.signed_at").as("at")])
    .execute();
  return new Map(rows.map((row) => [row.patient_id, row.at]));
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
