/** Today: who is due for what. Gathers the whole clinic in a handful of statements; the rules say what is due. */
import { type Mark, patientsSince, presentMark } from "#electron/store/changes.ts";
import { coursesForToday } from "#electron/store/courses.ts";
import { listDrafts } from "#electron/store/drafts.ts";
import { memoryOf, type ReadDb } from "#electron/store/engine.ts";
import { gatherTodayCourses, gatherUnsignedResults, type TodayCourse } from "#electron/store/facts.ts";
import type { CalendarDate, Instant } from "#shared/calendar.ts";
import type { User } from "#shared/records/account.ts";
import type { NewEdition, TodayLine } from "#shared/records/due.ts";
import { listName } from "#shared/records/patient.ts";
import { isClockBehind } from "#shared/rules/clock.ts";
import { inOrder } from "#shared/rules/due.ts";
import type { OpenResult } from "#shared/rules/facts.ts";
import { followedSince } from "#shared/rules/follow-up.ts";
import { type DayFacts, dayFactsOf, dueFor, dueItems, openResultsOf, treats } from "./due-lines.ts";
import type { Handlers } from "./handler.ts";
import { newEditionFor } from "./programmes.ts";

export const todayHandlers: Handlers<"today"> = {
  "today.list": async ({ db, now, today, user }) => ({
    ...(await todayLines(db, { now, today, user })),
    drafts: (await listDrafts(db, user.id)).length,
    now,
  }),
};

/**
 * The lines of Today that this person works with, most urgent first. Paper prints the same. `clockBehind`: something on record
 * lies in this computer's future, so that lines may be missing. `newEdition`: one whose changes are worth a look now.
 */
export async function todayLines(
  db: ReadDb,
  { now, today, user }: { now: Instant; today: CalendarDate; user: User },
): Promise<{ lines: TodayLine[]; clockBehind: boolean; newEdition: NewEdition | null }> {
  const { courses, results } = await gathered(db, today);
  // A patient may have two courses here; the results are told once, with the course that is open or was last.
  const told = new Set<string>();
  const lines = courses.toSorted(openFirst).flatMap((one) => {
    const { id } = one.facts.patient;
    const openResults = told.has(id) ? [] : (results.get(id) ?? []);
    told.add(id);
    return linesOf(one, openResults, now);
  });
  const clockBehind = courses.some(({ facts }) => isClockBehind(facts, now));
  return {
    lines: inOrder(dueFor(user, lines)),
    clockBehind,
    newEdition: treats(user)
      ? newEditionFor(
          courses.map((one) => one.facts.course),
          today,
        )
      : null,
  };
}

/** A course with what the day says of it, and whose it is. */
type CourseOfDay = { facts: DayFacts; patient: TodayCourse["patient"] };

function linesOf(
  { facts, patient }: CourseOfDay,
  openResults: readonly OpenResult[],
  now: Instant,
): TodayLine[] {
  return dueItems(facts, openResults, now).map((item) => ({
    ...item,
    patientName: listName(patient),
    recordNumber: patient.recordNumber,
    birthDate: facts.patient.birthDate,
  }));
}

/** What was gathered for a day, by course and by patient, up to a mark in the audit trail. Nothing that the hour changes is kept. */
type Gathered = {
  today: CalendarDate;
  mark: Mark;
  courses: Map<string, CourseOfDay>;
  results: Map<string, OpenResult[]>;
};

const GATHERED = Symbol("Today's facts");

/**
 * The courses of Today and the results that nobody signed for. A large clinic has a hundred thousand rows to gather and a
 * few that changed since the list was last looked at, so what was gathered is remembered while the record is open, and
 * gathered again for every patient that the audit trail names since.
 */
async function gathered(
  db: ReadDb,
  today: CalendarDate,
): Promise<{ courses: CourseOfDay[]; results: Map<string, OpenResult[]> }> {
  const memory = memoryOf(db);
  const known = (memory.get(GATHERED) as Gathered | undefined) ?? null;
  const mark = await presentMark(db);
  const touched = known === null || known.today !== today ? "all" : await patientsSince(db, known.mark);
  const wanted = await coursesForToday(db, followedSince(today));
  const kept: Gathered =
    known === null || touched === "all"
      ? { today, mark, courses: new Map(), results: new Map() }
      : { ...known, mark };
  if (touched !== "all") for (const patientId of touched) kept.results.delete(patientId);
  const missing = wanted.filter(
    ({ id, patientId }) => !kept.courses.has(id) || touched === "all" || touched.has(patientId),
  );
  const ids = missing.map((one) => one.id);
  const fresh = await gatherTodayCourses(db, ids, today);
  for (const one of fresh)
    kept.courses.set(one.programme.course.id, { facts: dayFactsOf(one, today), patient: one.patient });
  const patients = onePerPatient(fresh);
  for (const [patientId, unsigned] of await gatherUnsignedResults(db, patients))
    kept.results.set(patientId, openResultsOf(unsigned, today));
  memory.set(GATHERED, kept);
  return { courses: wanted.flatMap(({ id }) => kept.courses.get(id) ?? []), results: kept.results };
}

function onePerPatient(courses: readonly TodayCourse[]): TodayCourse["programme"]["patient"][] {
  return [...new Map(courses.map(({ programme }) => [programme.patient.id, programme.patient])).values()];
}

function openFirst(a: CourseOfDay, b: CourseOfDay): number {
  const key = ({ facts: { course } }: CourseOfDay) => (course.end === null ? "9" : course.end.endedOn);
  return key(a) > key(b) ? -1 : key(a) < key(b) ? 1 : 0;
}
