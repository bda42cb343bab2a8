/** Today: who is due for what. Gathers the whole clinic in a handful of statements; the rules say what is due. */
import { listDrafts } from "#electron/store/drafts.ts";
import {
  gatherTodayCourses,
  gatherUnsignedResults,
  type TodayCourse,
  type UnsignedResults,
} from "#electron/store/facts.ts";
import { addDays, type CalendarDate, type Instant } from "#shared/calendar.ts";
import type { ReadDb } from "#electron/store/engine.ts";
import type { TodayLine } from "#shared/records/due.ts";
import { listName } from "#shared/records/patient.ts";
import { due, inOrder } from "#shared/rules/due.ts";
import type { MoodAlert, OpenResult } from "#shared/rules/facts.ts";
import { labTest } from "#shared/rules/lab-tests.ts";
import { scoreMood } from "#shared/rules/scores.ts";
import { redFlags } from "#shared/rules/side-effects.ts";
import { interpreted } from "./course-facts.ts";
import type { Handlers } from "./handler.ts";

export const todayHandlers: Handlers<"today"> = {
  "today.list": async ({ db, now, today, user }) => ({
    lines: await todayLines(db, now, today),
    drafts: (await listDrafts(db, user.id)).length,
    now,
  }),
};

/** Courses that ended so many days ago are looked at for what is still owed after the end; an older reminder helps nobody. */
const FOLLOWED_DAYS = 90;

/** Every line of Today, most urgent first. Paper prints the same. */
export async function todayLines(db: ReadDb, now: Instant, today: CalendarDate): Promise<TodayLine[]> {
  const courses = await gatherTodayCourses(db, today, addDays(today, -FOLLOWED_DAYS));
  const results = await gatherUnsignedResults(db, onePerPatient(courses));
  // A patient may have two courses here; the results are told once, with the course that is open or was last.
  const told = new Set<string>();
  const lines = courses.toSorted(openFirst).flatMap((one) => {
    const { patient } = one.programme;
    const unsigned = told.has(patient.id) ? undefined : results.get(patient.id);
    told.add(patient.id);
    const items = due(
      {
        ...one.programme,
        lastVisit: one.lastVisit,
        unsignedVisits: one.unsigned.map(({ id, fields }) => ({ id, on: fields.date })),
        nextVisitOn: one.nextVisitOn,
        openResults: unsigned === undefined ? [] : openResults(unsigned, patient.birthDate, today),
        moodAlerts: one.unsigned.flatMap(moodAlert),
        redFlags: one.unsigned.flatMap(({ id, fields }) =>
          redFlags(fields.sideEffects).map(({ name, sentence }) => ({
            visitId: id,
            on: fields.date,
            name,
            sentence,
          })),
        ),
      },
      now,
    );
    return items.map((item): TodayLine => ({
      ...item,
      patientName: listName(one.patient),
      recordNumber: one.patient.recordNumber,
      birthDate: patient.birthDate,
    }));
  });
  return inOrder(lines);
}

function onePerPatient(courses: readonly TodayCourse[]): TodayCourse["programme"]["patient"][] {
  return [...new Map(courses.map(({ programme }) => [programme.patient.id, programme.patient])).values()];
}

function openFirst(a: TodayCourse, b: TodayCourse): number {
  const key = ({ programme: { course } }: TodayCourse) => (course.end === null ? "9" : course.end.endedOn);
  return key(a) > key(b) ? -1 : key(a) < key(b) ? 1 : 0;
}

/** Results that nobody signed for, with what they say; the rules choose those that ask for an act. */
function openResults(
  { facts, unsigned }: UnsignedResults,
  birthDate: CalendarDate,
  today: CalendarDate,
): OpenResult[] {
  return interpreted(facts, birthDate, today)
    .filter((one) => unsigned.has(one.id))
    .map((one) => ({
      id: one.id,
      visitId: one.visitId,
      testName: labTest(one.testId)?.shortName ?? one.testId,
      collectedOn: one.collectedOn,
      level: one.interpretation.level,
      sentence: one.interpretation.sentence,
    }));
}

/** A mood screen of an unsigned visit that asks for an act. */
function moodAlert(visit: TodayCourse["unsigned"][number]): MoodAlert[] {
  const { mood, date } = visit.fields;
  if (mood === null) return [];
  const score = scoreMood(mood);
  return score.alert ? [{ visitId: visit.id, on: date, sentence: score.sentence }] : [];
}
