/** The chart's head: everything that must be true on every page of a patient, in one call. */
import type { ReadDb } from "#electron/store/engine.ts";
import {
  type CourseFacts,
  gatherCourses,
  gatherTodayCourses,
  gatherUnsignedResults,
} from "#electron/store/facts.ts";
import { visitLines } from "#electron/store/visit-lists.ts";
import { ageOn, type CalendarDate, type Instant } from "#shared/calendar.ts";
import type { User } from "#shared/records/account.ts";
import type { Chart, ChartCourse } from "#shared/records/chart.ts";
import type { DueItem } from "#shared/records/due.ts";
import type { Patient } from "#shared/records/patient.ts";
import { judgeNow, programmeStateNow } from "#shared/rules/clock.ts";
import { courseProgress, type DosingFacts } from "#shared/rules/dosing.ts";
import { categoryElsewhere } from "#shared/rules/history.ts";
import { cautionsFor } from "#shared/rules/interactions.ts";
import { categoryOn, dosingOfCourses, methodsOn } from "./course-facts.ts";
import { dayFactsOf, dueFor, dueItems, openResultsOf } from "./due-lines.ts";

/** The chart of a patient as it stands at `now`, as `user` may see it. */
export async function patientChart(
  db: ReadDb,
  patient: Patient,
  { now, today, user }: { now: Instant; today: CalendarDate; user: User },
): Promise<Chart> {
  const facts = await gatherCourses(db, patient);
  const dosing = dosingOfCourses(facts);
  const courses = facts.courses.flatMap((one, index) => {
    const own = dosing[index];
    return own === undefined ? [] : [chartCourse(one, own, patient, now, today)];
  });
  const open = courses.find((one) => one.course.end === null) ?? null;
  const openFacts = facts.courses.find((one) => one.course.end === null);
  return {
    patient,
    age: ageOn(patient.birthDate, today),
    open,
    earlier: courses.filter((one) => one !== open),
    visits: await visitLines(db, patient.id),
    verdict: openFacts === undefined ? null : judgeNow(openFacts.programme, now),
    due: dueFor(user, await dueOfPatient(db, patient, facts.courses[0]?.course.id ?? null, now, today)),
  };
}

/** What Today says of the patient. The first course is the open one, or else the last: results are told with it. */
async function dueOfPatient(
  db: ReadDb,
  patient: Patient,
  courseId: string | null,
  now: Instant,
  today: CalendarDate,
): Promise<DueItem[]> {
  if (courseId === null) return [];
  const unsigned = (await gatherUnsignedResults(db, [patient])).get(patient.id);
  const [course] = await gatherTodayCourses(db, [courseId], today);
  if (course === undefined) return [];
  const results = unsigned === undefined ? [] : openResultsOf(unsigned, today);
  return dueItems(dayFactsOf(course, today), results, now);
}

function chartCourse(
  { course, programme, visits }: CourseFacts,
  dosing: DosingFacts,
  patient: Patient,
  now: Instant,
  today: CalendarDate,
): ChartCourse {
  const latest = visits.findLast((one) => one.fields.date <= today);
  const categoryBefore = categoryElsewhere(programme.elsewhere);
  const category = categoryOn(programme.entries, today, categoryBefore);
  return {
    course,
    progress: courseProgress(dosing, today),
    category,
    categoryBefore,
    status: programmeStateNow(programme, now),
    decidedDose: visits.findLast((one) => one.fields.date <= today && one.fields.dose)?.fields.dose ?? null,
    nextVisitOn: latest?.fields.nextVisitOn ?? null,
    cautions: cautionsFor(course, patient, {
      age: ageOn(patient.birthDate, today),
      category,
      methods: methodsOn(programme.entries, today),
    }),
  };
}
