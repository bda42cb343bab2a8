/** The chart's head: everything that must be true on every page of a patient, in one call. */
import type { ReadDb } from "#electron/store/engine.ts";
import { type CourseFacts, gatherCourses } from "#electron/store/facts.ts";
import { visitLines } from "#electron/store/visit-lists.ts";
import { ageOn, type CalendarDate, type Instant } from "#shared/calendar.ts";
import type { Chart, ChartCourse } from "#shared/records/chart.ts";
import type { Patient } from "#shared/records/patient.ts";
import { courseProgress, type DosingFacts } from "#shared/rules/dosing.ts";
import { cautionsFor } from "#shared/rules/interactions.ts";
import { judge, programmeState } from "#shared/rules/prescribing.ts";
import { categoryOn, dosingOfCourses, methodsOn } from "./course-facts.ts";

/** The chart of a patient as it stands at `now`. */
export async function patientChart(
  db: ReadDb,
  patient: Patient,
  now: Instant,
  today: CalendarDate,
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
    verdict: openFacts === undefined ? null : judge(openFacts.programme, now),
  };
}

function chartCourse(
  { course, programme, visits }: CourseFacts,
  dosing: DosingFacts,
  patient: Patient,
  now: Instant,
  today: CalendarDate,
): ChartCourse {
  const latest = visits.findLast((one) => one.fields.date <= today);
  const category = categoryOn(programme.entries, today);
  return {
    course,
    progress: courseProgress(dosing, today),
    category,
    status: programmeState(programme, now),
    decidedDose: visits.findLast((one) => one.fields.date <= today && one.fields.dose)?.fields.dose ?? null,
    nextVisitOn: latest?.fields.nextVisitOn ?? null,
    cautions: cautionsFor(course, patient, {
      age: ageOn(patient.birthDate, today),
      category,
      methods: methodsOn(programme.entries, today),
    }),
  };
}
