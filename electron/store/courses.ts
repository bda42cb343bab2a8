/** Courses of isotretinoin: revisions, and which one is open. */
import type { CalendarDate } from "#shared/calendar.ts";
import type { Course, CourseEnd, CourseFields } from "#shared/records/course.ts";
import { inChunks } from "./chunks.ts";
import { newId, type ReadDb, type WriteDb } from "./engine.ts";
import type { By } from "./recorded.ts";

function revisions(db: ReadDb) {
  return db
    .selectFrom("course_revision as r")
    .innerJoin("course as c", "c.id", "r.course_id")
    .innerJoin("account as a", "a.id", "r.recorded_by")
    .select([
      "c.id",
      "c.patient_id",
      "c.open",
      "r.version",
      "r.data",
      "r.course_end",
      "r.recorded_at",
      "a.name as recorder",
    ]);
}

function inForce(db: ReadDb) {
  return revisions(db).whereRef("r.version", "=", "c.version");
}

function courseOf(row: {
  id: string;
  patient_id: string;
  version: number;
  data: string;
  course_end: string | null;
  recorded_at: string;
  recorder: string;
}): Course {
  return {
    ...(JSON.parse(row.data) as CourseFields),
    id: row.id,
    patientId: row.patient_id,
    version: row.version,
    end: row.course_end === null ? null : (JSON.parse(row.course_end) as CourseEnd),
    recordedAt: row.recorded_at,
    recordedBy: row.recorder,
  };
}

/** The course as it stands, or null. */
export async function readCourse(db: ReadDb, id: string): Promise<Course | null> {
  const row = await inForce(db).where("c.id", "=", id).executeTakeFirst();
  return row ? courseOf(row) : null;
}

/** The courses of the given patients as they stand: open ones first, then the latest begun. */
export async function coursesOfPatients(db: ReadDb, patientIds: readonly string[]): Promise<Course[]> {
  const rows = await inChunks(patientIds, (chunk) =>
    inForce(db)
      .where("c.patient_id", "in", chunk)
      .orderBy("c.open", "desc")
      .orderBy("c.id", "desc")
      .execute(),
  );
  return rows.map(courseOf);
}

/** The open courses of the given patients, in any order. */
export async function openCoursesOf(db: ReadDb, patientIds: readonly string[]): Promise<Course[]> {
  if (patientIds.length === 0) return [];
  const rows = await inForce(db).where("c.patient_id", "in", patientIds).where("c.open", "=", 1).execute();
  return rows.map(courseOf);
}

/** Courses that Today looks at: open, ended on or after `endedSince`, or with a visit that nobody signed; in any order. */
export async function coursesForToday(
  db: ReadDb,
  endedSince: CalendarDate,
): Promise<{ id: string; patientId: string }[]> {
  const courses = db.selectFrom("course").select(["id", "patient_id as patientId"]);
  return courses
    .where("open", "=", 1)
    .union(courses.where("ended_on", ">=", endedSince))
    .union(
      db
        .selectFrom("visit")
        .select(["course_id as id", "patient_id as patientId"])
        .where("state", "=", "draft"),
    )
    .execute();
}

/** Every revision of a course, the latest first. */
export async function courseRevisions(db: ReadDb, id: string): Promise<Course[]> {
  return (await revisions(db).where("c.id", "=", id).orderBy("r.version", "desc").execute()).map(courseOf);
}

/** Writes a new open course with its first revision. The patient must have no other open course. Returns its id. */
export async function insertCourse(
  db: WriteDb,
  patientId: string,
  fields: CourseFields,
  by: By,
): Promise<string> {
  const id = newId(by.now);
  await db
    .insertInto("course")
    .values({ id, patient_id: patientId, open: 1, ended_on: null, version: 1, created_at: by.now })
    .execute();
  await insertRevision(db, id, 1, fields, null, by);
  return id;
}

/** Writes the next revision of a course; with an end it is closed. */
export async function reviseCourse(
  db: WriteDb,
  id: string,
  version: number,
  content: { fields: CourseFields; end: CourseEnd | null },
  by: By,
): Promise<void> {
  await db
    .updateTable("course")
    .set({ version, open: content.end === null ? 1 : 0, ended_on: content.end?.endedOn ?? null })
    .where("id", "=", id)
    .execute();
  await insertRevision(db, id, version, content.fields, content.end, by);
}

async function insertRevision(
  db: WriteDb,
  id: string,
  version: number,
  fields: CourseFields,
  end: CourseEnd | null,
  by: By,
): Promise<void> {
  await db
    .insertInto("course_revision")
    .values({
      course_id: id,
      version,
      data: JSON.stringify(fields),
      course_end: end === null ? null : JSON.stringify(end),
      recorded_by: by.userId,
      recorded_at: by.now,
    })
    .execute();
}

/** The ids of all courses of the given patients, with whose they are, in any order. */
export async function courseIdsOf(
  db: ReadDb,
  patientIds: readonly string[],
): Promise<{ id: string; patientId: string }[]> {
  return inChunks(patientIds, (chunk) =>
    db
      .selectFrom("course")
      .select(["id", "patient_id as patientId"])
      .where("patient_id", "in", chunk)
      .execute(),
  );
}
