/** Turns what the store gathered of a patient into what the clinical rules take, once for chart, flowsheet, visit and paper. */
import type { CourseFacts, DosedCourse, PatientFacts } from "#electron/store/facts.ts";
import { ageOn, type CalendarDate, daysBetween } from "#shared/calendar.ts";
import type { RiskCategory } from "#shared/records/course.ts";
import type { LabInterpretation, LabResult, LabResultView } from "#shared/records/lab-result.ts";
import {
  type ContraceptiveMethod,
  firstDoseOf,
  type ProgrammeEntry,
} from "#shared/records/programme-entry.ts";
import { categoryStanding } from "#shared/rules/programmes/entry-kinds.ts";
import { type DosingFacts, dosingFactsOf, startOf } from "#shared/rules/dosing.ts";
import { baselineOf, interpretAll, type LabContext, noContext } from "#shared/rules/labs.ts";

/** What the dosing rules take of one course; `earlierCourseEndedOn` is of the patient's course before it. */
export function dosingFacts(
  { course, visits, programme }: DosedCourse,
  earlierCourseEndedOn: CalendarDate | null,
): DosingFacts {
  const pauses = programme.entries.flatMap((one) =>
    one.kind === "pause" || one.kind === "resume" ? [{ kind: one.kind, on: one.on }] : [],
  );
  return {
    course,
    ...dosingFactsOf(
      visits.map((one) => one.fields),
      pauses,
    ),
    firstDoseOn: firstDoseOf(programme.entries),
    lastDoseOn: lastDoseOf(programme.entries),
    earlierCourseEndedOn,
  };
}

/** What the dosing rules take of each of a patient's courses, in the order of `facts.courses`. */
export function dosingOfCourses(facts: Pick<PatientFacts, "courses">): DosingFacts[] {
  return facts.courses.map((one) => {
    const ends = facts.courses.flatMap(({ course }) =>
      course.id !== one.course.id && course.end !== null && course.decidedOn <= one.course.decidedOn
        ? [course.end.endedOn]
        : [],
    );
    return dosingFacts(one, ends.toSorted().at(-1) ?? null);
  });
}

function lastDoseOf(entries: readonly ProgrammeEntry[]): CalendarDate | null {
  const days = entries.flatMap((one) => (one.kind === "last-dose" ? [one.on] : []));
  return days.toSorted().at(-1) ?? null;
}

/**
 * The risk category that stands on a day; null when none is on record. A change to "cannot" stands only once a second person
 * agreed to it. `before`: what the patient's earlier courses leave. The gate decides by its own rules.
 */
export function categoryOn(
  entries: readonly ProgrammeEntry[],
  today: CalendarDate,
  before: RiskCategory | null,
): RiskCategory | null {
  return categoryStanding(
    entries.filter((one) => one.on <= today),
    before,
  ).category;
}

/** The contraceptive methods on record on a day; null when none are. `entries`: as the store gives them, the earliest first. */
export function methodsOn(
  entries: readonly ProgrammeEntry[],
  today: CalendarDate,
): ContraceptiveMethod[] | null {
  const last = entries.filter((one) => one.kind === "contraception").findLast((one) => one.on <= today);
  if (last === undefined) return null;
  return last.second === null ? [last.first] : [last.first, last.second];
}

/**
 * A patient's results (or `shown` ones) with what they say, in the same order. Each draw is read in the course that it fell in:
 * against that course's baseline, the age on that day and the side effects of the nearest visit.
 */
export function interpreted(
  facts: PatientFacts,
  birthDate: CalendarDate,
  today: CalendarDate,
  shown: readonly LabResult[] = facts.results,
): LabResultView[] {
  const baselines = dosingOfCourses(facts).map((dosing) => baselineOf(facts.results, startOf(dosing, today)));
  const draws = new Map<CalendarDate, LabResult[]>();
  for (const one of shown) {
    const draw = draws.get(one.collectedOn);
    if (draw) draw.push(one);
    else draws.set(one.collectedOn, [one]);
  }
  const said = new Map<string, LabInterpretation>();
  for (const [on, draw] of draws) {
    const course = facts.courses.findIndex((one) => one.course.decidedOn <= on);
    const context: LabContext = {
      ...noContext,
      baseline: baselines[course] ?? [],
      age: birthDate <= on ? ageOn(birthDate, on) : null,
      symptoms: symptomsAround(facts.courses[course], on),
    };
    for (const [index, one] of interpretAll(draw, context).entries()) {
      const result = draw[index];
      if (result) said.set(result.id, one);
    }
  }
  return shown.map((one) => ({
    ...one,
    interpretation: said.get(one.id) ?? UNKNOWN,
  }));
}

const UNKNOWN: LabInterpretation = {
  flag: "unknown",
  grade: null,
  ctcaeVersion: null,
  sentence: "",
  actionCode: null,
  level: "none",
};

/** Side effects present at the visit of the course that is nearest to a day; of two as near, the later. */
function symptomsAround(course: CourseFacts | undefined, on: CalendarDate): string[] {
  const visits = course?.visits ?? [];
  const after = visits.find((one) => one.fields.date >= on);
  const before = visits.findLast((one) => one.fields.date < on);
  const isLaterNearer =
    before === undefined ||
    (after !== undefined && daysBetween(on, after.fields.date) <= daysBetween(before.fields.date, on));
  const nearest = isLaterNearer ? after : before;
  return (nearest?.fields.sideEffects ?? []).filter((one) => one.grade > 0).map((one) => one.code);
}
