/** What waits for an act in one course, as items of Today: the facts as gathered, made ready for the rule that judges them. */
import type { TodayCourse, UnsignedResults } from "#electron/store/facts.ts";
import { ageOn, type CalendarDate, type Instant } from "#shared/calendar.ts";
import type { User } from "#shared/records/account.ts";
import type { DueItem } from "#shared/records/due.ts";
import { due } from "#shared/rules/due.ts";
import type { DrawFact, DueFacts, MoodAlert, OpenResult, RedFlag } from "#shared/rules/facts.ts";
import { labTest } from "#shared/rules/lab-tests.ts";
import { drawsOf } from "#shared/rules/monitoring.ts";
import { scoreMood } from "#shared/rules/scores.ts";
import { redFlags } from "#shared/rules/side-effects.ts";
import { interpreted } from "./course-facts.ts";

/** What a day says of a course, but for the patient's results that nobody signed for: only the hour is still missing. */
export type DayFacts = Omit<DueFacts, "openResults">;

/** See `DayFacts`. */
export function dayFactsOf(one: TodayCourse, today: CalendarDate): DayFacts {
  return {
    ...one.programme,
    lastVisit: one.lastVisit,
    unsignedVisits: one.unsigned.map(({ id, fields }) => ({ id, on: fields.date })),
    nextVisitOn: one.nextVisitOn,
    moodAlerts: one.unsigned.flatMap(moodAlert),
    redFlags: one.unsigned.flatMap(redFlagsOf),
    draw: drawOf(one, today),
  };
}

/** The items of one course, most urgent first. `openResults` are the patient's results that nobody signed for. */
export function dueItems(facts: DayFacts, openResults: readonly OpenResult[], now: Instant): DueItem[] {
  return due({ ...facts, openResults }, now);
}

/**
 * The next draw of the schedule that can still be made: once treatment has begun, a baseline that was missed cannot be made up.
 * Draws that repeat a grave result are not among them: the result itself stands on Today until somebody signs for it.
 */
function drawOf({ programme, drawing }: TodayCourse, today: CalendarDate): DrawFact | null {
  const { firstDoseOn } = drawing;
  // Only the order of the doses matters to the schedule, so each increase stands for a milligram more.
  const doses = [firstDoseOn ?? today, ...drawing.increasedFrom].map((from, index) => ({
    action: "increase" as const,
    from,
    capsules: [{ strengthMg: index + 1, morning: 1, evening: 0 }],
  }));
  const { birthDate } = programme.patient;
  const measured = drawing.baseline === null ? [] : [{ ...UNREAD, ...drawing.baseline }];
  const draws = drawsOf(
    {
      course: drawing.course,
      age: birthDate <= today ? ageOn(birthDate, today) : null,
      firstDoseOn,
      doses,
      ended: programme.course.end !== null,
      results: [...drawing.drawn.map((one) => ({ ...one, ...UNREAD })), ...measured],
    },
    today,
  );
  return draws.find((one) => !one.done && (firstDoseOn === null || one.kind !== "baseline")) ?? null;
}

/** A result of which only the day is asked. */
const UNREAD = { value: null, unit: "", interpretation: { flag: "unknown", level: "none" } } as const;

/** True for who examines or treats. */
export function treats({ roles }: User): boolean {
  return roles.includes("prescriber") || roles.includes("nurse");
}

/**
 * Those that this person works with. Who examines or treats sees all; the desk sees its own, because results and mood are no
 * business of the desk.
 */
export function dueFor<T extends DueItem>(user: User, items: readonly T[]): T[] {
  return items.filter((item) => treats(user) || item.roles.some((one) => user.roles.includes(one)));
}

/** Results that nobody signed for, with what they say; the rules choose those that ask for an act. */
export function openResultsOf(
  { facts, birthDate, unsigned }: UnsignedResults,
  today: CalendarDate,
): OpenResult[] {
  const draws = new Set(facts.results.flatMap((one) => (unsigned.has(one.id) ? [one.collectedOn] : [])));
  const shown = facts.results.filter((one) => draws.has(one.collectedOn));
  return interpreted(facts, birthDate, today, shown)
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

function redFlagsOf({ id, fields }: TodayCourse["unsigned"][number]): RedFlag[] {
  return redFlags(fields.sideEffects).map(({ name, sentence }) => ({
    visitId: id,
    on: fields.date,
    name,
    sentence,
  }));
}

/** A mood screen of an unsigned visit that asks for an act. */
function moodAlert(visit: TodayCourse["unsigned"][number]): MoodAlert[] {
  const { mood, date } = visit.fields;
  if (mood === null) return [];
  const score = scoreMood(mood);
  return score.alert ? [{ visitId: visit.id, on: date, sentence: score.sentence }] : [];
}
