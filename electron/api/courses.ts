/** Courses of isotretinoin: opening, changing, ending. One open course per patient; earlier ones stay readable. */
import {
  coursesOfPatients,
  courseRevisions,
  insertCourse,
  readCourse,
  reviseCourse,
} from "#electron/store/courses.ts";
import { readClinic } from "#electron/store/clinic.ts";
import type { ReadDb } from "#electron/store/engine.ts";
import { insertEntries } from "#electron/store/programme.ts";
import { firstVisitDay } from "#electron/store/visits.ts";
import { formatDate, type CalendarDate } from "#shared/calendar.ts";
import { type Course, courseFields, type CourseFields, type Programme } from "#shared/records/course.ts";
import { Refused } from "#shared/refusal.ts";
import { checkCourse } from "#shared/rules/plausibility.ts";
import { OFFERED_PROGRAMMES, PROGRAMME_NAMES } from "#shared/rules/programmes/editions.ts";
import type { Handlers } from "./handler.ts";
import { existingPatient } from "./patients.ts";
import { refuseImplausible } from "./plausible.ts";
import { treatmentBeganOn } from "./treatment.ts";

export const courseHandlers: Handlers<"courses"> = {
  "courses.open": async ({ db, input, now, today, user }) => {
    const { patientId, category, confirmed, ...fields } = input;
    const by = { userId: user.id, now };
    const patient = await existingPatient(db, patientId);
    const [latest] = await coursesOfPatients(db, [patientId]);
    if (latest !== undefined && latest.end === null) {
      const { dateStyle } = await readClinic(db);
      const since = formatDate(latest.decidedOn, dateStyle);
      throw new Refused(
        "conflict",
        `This patient already has an open course, decided on ${since}. End that one first.`,
        { current: latest },
      );
    }
    refuseUnoffered(fields.programme);
    refuseImplausible(checkCourse(fields, { birthDate: patient.birthDate, today }), confirmed);
    const id = await insertCourse(db, patientId, fields, by);
    if (category !== null)
      await insertEntries(
        db,
        [
          {
            fields: { kind: "risk-category", on: fields.decidedOn, note: "", ...category },
            patientId,
            courseId: id,
            visitId: null,
            replaces: null,
          },
        ],
        by,
      );
    return existingCourse(db, id);
  },

  "courses.update": async ({ db, input, now, today, user }) => {
    const { id, version, confirmed, ...fields } = input;
    const current = await existingCourse(db, id);
    refuseStale(current, version);
    const patient = await existingPatient(db, current.patientId);
    if (fields.programme !== current.programme) refuseUnoffered(fields.programme);
    if (fields.decidedOn !== current.decidedOn) await refuseAfterFirstVisit(db, id, fields.decidedOn);
    await refuseStartRewritten(db, current, fields);
    refuseImplausible(checkCourse(fields, { birthDate: patient.birthDate, today }), confirmed);
    await reviseCourse(db, id, version + 1, { fields, end: current.end }, { userId: user.id, now });
    return existingCourse(db, id);
  },

  "courses.history": async ({ db, input }) => {
    const history = await courseRevisions(db, input.id);
    if (history.length === 0) throw noSuchCourse();
    return history;
  },

  "courses.end": async ({ db, input, now, today, user }) => {
    const { id, version, ...end } = input;
    const current = await existingCourse(db, id);
    if (current.end !== null) throw new Refused("conflict", "This course has ended already.", { current });
    refuseStale(current, version);
    refuseEndDate(current, end.endedOn, today);
    await reviseCourse(
      db,
      id,
      version + 1,
      { fields: courseFieldsOf(current), end },
      { userId: user.id, now },
    );
    return existingCourse(db, id);
  },
};

/**
 * Once something was prescribed or taken, the steps before treatment were those of this programme and of this day: another
 * programme, or a decision after the first dose, would let the course go on without the steps that it asks for.
 */
async function refuseStartRewritten(
  db: ReadDb,
  current: Course,
  fields: Pick<Course, "programme" | "decidedOn">,
): Promise<void> {
  const beganOn = await treatmentBeganOn(db, current.id);
  if (beganOn === null) return;
  if (fields.programme !== current.programme) {
    const sentence =
      "Treatment has begun under this programme. End the course and open a new one for another.";
    throw new Refused("invalid", sentence, { fields: { programme: sentence } });
  }
  if (fields.decidedOn !== current.decidedOn && fields.decidedOn > beganOn) {
    const sentence = "Treatment began before this day. The decision cannot lie after it.";
    throw new Refused("invalid", sentence, { fields: { decidedOn: sentence } });
  }
}

/** A course is opened only where somebody's rules judge it. */
function refuseUnoffered(programme: Programme): void {
  if (OFFERED_PROGRAMMES.includes(programme)) return;
  const sentence = `${PROGRAMME_NAMES[programme]} is not offered yet: its rules have not been reviewed.`;
  throw new Refused("invalid", sentence, { fields: { programme: sentence } });
}

/** The course as it stands; refuses when there is none. */
export async function existingCourse(db: ReadDb, id: string): Promise<Course> {
  const course = await readCourse(db, id);
  if (course === null) throw noSuchCourse();
  return course;
}

function noSuchCourse(): Refused {
  return new Refused("not-found", "This course is not in the record.");
}

function refuseStale(current: Course, version: number): void {
  if (current.version !== version)
    throw new Refused("conflict", `${current.recordedBy} changed this course meanwhile.`, { current });
}

/** A visit of a course cannot lie before the day on which the course was decided on. */
async function refuseAfterFirstVisit(db: ReadDb, courseId: string, decidedOn: CalendarDate): Promise<void> {
  const first = await firstVisitDay(db, courseId);
  if (first === null || first >= decidedOn) return;
  const { dateStyle } = await readClinic(db);
  const sentence = `The first visit of this course was on ${formatDate(first, dateStyle)}: it was decided on that day or before.`;
  throw new Refused("invalid", sentence, { fields: { decidedOn: sentence } });
}

function refuseEndDate(current: Course, endedOn: CalendarDate, today: CalendarDate): void {
  const sentence =
    endedOn > today
      ? "A course cannot end in the future."
      : endedOn < current.decidedOn
        ? "A course cannot end before it was decided on."
        : null;
  if (sentence !== null) throw new Refused("invalid", sentence, { fields: { endedOn: sentence } });
}

function courseFieldsOf(course: Course): CourseFields {
  return courseFields.parse(course);
}
