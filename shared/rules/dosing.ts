/**
 * Doses: capsules for a dose by weight, what has been taken, how far the course has come, and when it will end.
 *
 * Sources: domain facts 4 (label S74 S75 S76; cumulative target S81, T+) and 4.1 (calculations). Masses in mg, weights in
 * kg, doses in mg/kg/day. Days are calendar dates; nothing here assumes months of 30 days.
 */
import { addDays, addMonths, daysBetween, earlier, later, type CalendarDate } from "../calendar.ts";
import type { CourseProgress, DoseSegment } from "../records/chart.ts";
import type { CourseFields } from "../records/course.ts";
import { dailyMgOf, type CapsuleCount, type DoseDecision } from "../records/visit.ts";
import { productById, type Formulation, type Product } from "./products.ts";

/** Outside these a dose is asked about, in mg/kg/day. Source: domain facts 4.1. */
export const DOSE_LIMITS: Readonly<Record<Formulation, { low: number; high: number }>> = {
  conventional: { low: 0.1, high: 2 },
  lidose: { low: 0.1, high: 2 },
  micronised: { low: 0.1, high: 1.6 },
};

/** The label's usual doses in mg/kg/day. Source: domain facts 4 (S74 S76 S77). */
export const LABEL_DOSES: Readonly<Record<Formulation, { low: number; high: number; most: number }>> = {
  conventional: { low: 0.5, high: 1, most: 2 },
  lidose: { low: 0.5, high: 1, most: 2 },
  micronised: { low: 0.4, high: 0.8, most: 1.6 },
};

/** Cumulative targets in mg/kg offered first. Source: domain facts 4 (S81, SmPC T+); the US label sets none. */
export const CUMULATIVE_TARGET = { low: 120, high: 150 } as const;

/** A longer course is remarked on: 24 weeks. Source: domain facts 4.1. */
const LONG_COURSE_DAYS = 24 * 7;
/** Days off between courses: 8 weeks. Source: domain facts 4 (S74). */
export const DAYS_BETWEEN_COURSES = 56;
/** Weight change since the start that is remarked on. Source: domain facts 4.1. */
const WEIGHT_CHANGE = 0.1;
/** 1 mg of micronised isotretinoin stands for about this much of another. Derived from label ranges, domain facts 4.1. */
export const MICRONISED_EQUIVALENT = 1.25;

/** The schema's limit of capsules of one strength at one time of day. */
const MOST_CAPSULES = 8;

/** Capsules of one half of the day: how many of each strength. */
interface Half {
  readonly counts: ReadonlyMap<number, number>;
  readonly capsules: number;
}

/** The fewest capsules for every sum that the strengths can make, from 0 to `most` mg. */
function halves(strengthsMg: readonly number[], most: number): ReadonlyMap<number, Half> {
  const made = new Map<number, Half>([[0, { counts: new Map(), capsules: 0 }]]);
  const strengths = strengthsMg.toSorted((a, b) => b - a);
  for (let sum = 1; sum <= most; sum++) {
    let best: Half | null = null;
    for (const strength of strengths) {
      const rest = made.get(sum - strength);
      const count = (rest?.counts.get(strength) ?? 0) + 1;
      if (rest === undefined || count > MOST_CAPSULES) continue;
      const next = { counts: new Map(rest.counts).set(strength, count), capsules: rest.capsules + 1 };
      if (
        best === null ||
        next.capsules < best.capsules ||
        (next.capsules === best.capsules && next.counts.size < best.counts.size)
      )
        best = next;
    }
    if (best !== null) made.set(sum, best);
  }
  return made;
}

/**
 * Capsules that make exactly `dailyMg`, or null when the strengths cannot. Twice a day (the label's way): split as evenly
 * as the strengths allow, then the fewest capsules; the larger part stands in the morning. Once a day: the fewest.
 */
export function capsulesForDaily(
  dailyMg: number,
  strengthsMg: readonly number[],
  times: "twice" | "once" = "twice",
): CapsuleCount[] | null {
  if (!Number.isInteger(dailyMg) || dailyMg <= 0) return null;
  return capsulesOf(halves(strengthsMg, dailyMg), dailyMg, times);
}

function capsulesOf(
  made: ReadonlyMap<number, Half>,
  dailyMg: number,
  times: "twice" | "once",
): CapsuleCount[] | null {
  let best: { morning: Half; evening: Half } | null = null;
  const start = times === "once" ? dailyMg : Math.ceil(dailyMg / 2);
  for (let morningMg = start; morningMg <= dailyMg && best === null; morningMg++) {
    const morning = made.get(morningMg);
    const evening = made.get(dailyMg - morningMg);
    if (morning !== undefined && evening !== undefined) best = { morning, evening };
  }
  if (best === null) return null;
  const { morning, evening } = best;
  const strengths = new Set([...morning.counts.keys(), ...evening.counts.keys()]);
  return [...strengths]
    .toSorted((a, b) => a - b)
    .map((strengthMg) => ({
      strengthMg,
      morning: morning.counts.get(strengthMg) ?? 0,
      evening: evening.counts.get(strengthMg) ?? 0,
    }));
}

/** What is asked of a plan. */
export interface DoseAim {
  readonly product: Pick<Product, "strengthsMg">;
  readonly weightKg: number;
  readonly mgPerKg: number;
  readonly times?: "twice" | "once";
}

/**
 * Capsules whose daily sum comes nearest to `mgPerKg * weightKg`; of two equally near, the lower. Never fewer than one
 * capsule. Source: domain facts 4.1 (rounding to available capsules).
 */
export function planCapsules(aim: DoseAim): CapsuleCount[] {
  const aimMg = aim.mgPerKg * aim.weightKg;
  const largest = Math.max(...aim.product.strengthsMg);
  const most = Math.max(largest, Math.ceil(aimMg)) + largest;
  const made = halves(aim.product.strengthsMg, most);
  let best: { capsules: CapsuleCount[]; distance: number } | null = null;
  for (let dailyMg = 1; dailyMg <= most; dailyMg++) {
    const distance = Math.abs(dailyMg - aimMg);
    // A hair's slack, so that 0.1 × 350 does not lose a tie to rounding.
    if (best !== null && distance > best.distance - 1e-9) continue;
    const capsules = capsulesOf(made, dailyMg, aim.times ?? "twice");
    if (capsules !== null) best = { capsules, distance };
  }
  return best?.capsules ?? [];
}

/** A daily dose by weight, in mg/kg/day to two decimals; null without a weight. */
export function mgPerKgOf(dailyMg: number, weightKg: number | null): number | null {
  return weightKg === null || weightKg <= 0 ? null : Math.round((dailyMg / weightKg) * 100) / 100;
}

/** How many capsules of each strength a number of days needs, rising by strength; strengths not taken are left out. */
export function capsulesNeeded(
  capsules: readonly CapsuleCount[],
  days: number,
): { strengthMg: number; count: number }[] {
  const perDay = new Map<number, number>();
  for (const one of capsules)
    perDay.set(one.strengthMg, (perDay.get(one.strengthMg) ?? 0) + one.morning + one.evening);
  return [...perDay]
    .filter(([, count]) => count > 0)
    .toSorted(([a], [b]) => a - b)
    .map(([strengthMg, count]) => ({ strengthMg, count: count * days }));
}

/**
 * What to say about a dose before it is decided or prescribed: outside the limits of the formulation, above the label's
 * usual dose, or in a strength that the product does not have.
 */
export function doseWarnings(
  capsules: readonly CapsuleCount[],
  weightKg: number | null,
  productId: string,
): string[] {
  const product = productById(productId);
  const warnings: string[] = [];
  const taken = capsules.filter((one) => one.morning + one.evening > 0);
  if (taken.length === 0) return [];
  if (product === null)
    warnings.push("The product is not known: its strengths and limits cannot be checked.");
  else {
    const missing = taken.map((one) => one.strengthMg).filter((one) => !product.strengthsMg.includes(one));
    if (missing.length > 0) warnings.push(`${product.name} has no capsules of ${missing.join(" or ")} mg.`);
  }
  if (weightKg === null || weightKg <= 0)
    return [...warnings, "No weight: the dose per kilogram is not known."];
  const exact = dailyMgOf(taken) / weightKg;
  const limits = DOSE_LIMITS[product?.formulation ?? "conventional"];
  const label = LABEL_DOSES[product?.formulation ?? "conventional"];
  const shown = exact.toFixed(2);
  if (exact < limits.low - 1e-9)
    warnings.push(`${shown} mg/kg/day is under ${limits.low}: check dose and weight.`);
  else if (exact > limits.high + 1e-9)
    warnings.push(`${shown} mg/kg/day is over ${limits.high}, the most on the label: check dose and weight.`);
  // Rounding up to whole capsules may pass the usual dose by a little; that needs no remark.
  else if (exact > label.high * 1.1)
    warnings.push(
      `${shown} mg/kg/day is over the usual ${label.high}: the label keeps this for very severe acne in adults.`,
    );
  return warnings;
}

/** One decision about the dose, as a visit or a pause recorded it. */
export interface DoseEvent {
  readonly action: DoseDecision["action"] | "pause" | "resume";
  readonly from: CalendarDate;
  readonly capsules: readonly CapsuleCount[];
}

/** A stretch of one dose with its capsules. `to` is the last day, null while it lasts. */
export interface Stretch {
  readonly from: CalendarDate;
  readonly to: CalendarDate | null;
  readonly dailyMg: number;
  readonly capsules: readonly CapsuleCount[];
}

interface DoseBounds {
  /** False while a decided start is only a plan: nothing on record says that a dose was ever taken. */
  readonly begun: boolean;
  /** The day of the first dose where one is recorded: nothing before it was taken. */
  readonly firstDoseOn: CalendarDate | null;
  /** The last day on which a dose was taken, or null. */
  readonly end: CalendarDate | null;
}

/** Whole days from `from` to `to`, both included; 0 when `to` is earlier. */
function daysIn(from: CalendarDate, to: CalendarDate): number {
  return Math.max(0, daysBetween(from, to) + 1);
}

/**
 * The course as stretches of doses, those of the future too. Later decisions replace earlier ones from their day on;
 * `pause` and `hold` and `stop` end a stretch, `resume` goes on with the last capsules. A recorded first dose moves the
 * beginning: before it nothing was taken, even when the decision said so.
 */
export function stretchesOf(events: readonly DoseEvent[], bounds: DoseBounds): Stretch[] {
  if (!bounds.begun) return [];
  const ordered = events.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const steps: { from: CalendarDate; capsules: readonly CapsuleCount[] }[] = [];
  let last: readonly CapsuleCount[] = [];
  for (const one of ordered) {
    const none =
      one.action === "hold" || one.action === "stop" || one.action === "pause" || one.action === "not-yet";
    const goesOn = one.action === "resume" || one.capsules.length === 0;
    const capsules = none ? [] : goesOn ? last : one.capsules;
    if (capsules.length > 0) last = capsules;
    steps.push({ from: one.from, capsules });
  }
  const first = steps.find((one) => dailyMgOf(one.capsules) > 0);
  const stretches: Stretch[] = [];
  for (const [index, step] of steps.entries()) {
    const next = steps[index + 1]?.from ?? null;
    let from = step.from;
    if (bounds.firstDoseOn !== null)
      from = step === first ? bounds.firstDoseOn : later(from, bounds.firstDoseOn);
    const ends = [next === null ? null : addDays(next, -1), bounds.end].filter((one) => one !== null);
    const to = ends.length === 0 ? null : ends.reduce((a, b) => earlier(a, b));
    const dailyMg = dailyMgOf(step.capsules);
    if (dailyMg === 0 || (to !== null && to < from)) continue;
    const previous = stretches.at(-1);
    if (
      previous !== undefined &&
      previous.dailyMg === dailyMg &&
      previous.to !== null &&
      addDays(previous.to, 1) === from &&
      sameCapsules(previous.capsules, step.capsules)
    )
      stretches[stretches.length - 1] = { ...previous, to };
    else stretches.push({ from, to, dailyMg, capsules: step.capsules });
  }
  return stretches;
}

function sameCapsules(a: readonly CapsuleCount[], b: readonly CapsuleCount[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The stretches begun by `today`, for the time axis of doses and results. */
export function doseSegments(facts: DosingFacts, today: CalendarDate): DoseSegment[] {
  return stretchesOf(facts.doses, boundsOf(facts))
    .filter((one) => one.from <= today)
    .map(({ from, to, dailyMg }) => ({ from, to, dailyMg }));
}

/** Days without a dose, as a visit recorded them for the time since the visit before (or since the start). */
export interface MissedDoses {
  /** The visit's date. */
  readonly on: CalendarDate;
  /** The date of the visit before, or null. */
  readonly since: CalendarDate | null;
  readonly days: number;
}

/** Milligrams of the stretches from `from` to `to`, both included. */
function mgBetween(stretches: readonly Stretch[], from: CalendarDate, to: CalendarDate): number {
  return stretches.reduce(
    (sum, one) =>
      sum + one.dailyMg * daysIn(later(one.from, from), one.to === null ? to : earlier(one.to, to)),
    0,
  );
}

function dosesBetween(stretches: readonly Stretch[], from: CalendarDate, to: CalendarDate): number {
  return stretches.reduce(
    (sum, one) => sum + daysIn(later(one.from, from), one.to === null ? to : earlier(one.to, to)),
    0,
  );
}

const ANY_EARLIER = "1900-01-01";

/**
 * Milligrams taken up to and including `lastDay`: dose times days, minus the missed days at the mean dose of the time in
 * which they were missed. Never below 0.
 */
export function takenMg(
  stretches: readonly Stretch[],
  missed: readonly MissedDoses[],
  lastDay: CalendarDate,
): number {
  const full = mgBetween(stretches, ANY_EARLIER, lastDay);
  const lost = missed.reduce((sum, one) => {
    const from = one.since ?? ANY_EARLIER;
    const before = addDays(one.on, -1);
    const to = earlier(before, lastDay);
    const days = dosesBetween(stretches, from, to);
    // Missed in a time that goes on after the last day asked for: nobody knows on which side of it.
    if (days === 0 || dosesBetween(stretches, from, before) > days) return sum;
    return sum + (mgBetween(stretches, from, to) / days) * Math.min(one.days, days);
  }, 0);
  return Math.max(0, Math.round(full - lost));
}

/**
 * What the progress of one course rests on.
 * - `doses`: the decisions of visits that are not voided, and `pause` and `resume` entries, in the order recorded.
 * - `weights`: weights of visits that are not voided.
 * - `firstDoseOn`: the recorded first dose, else the first pick-up; null when neither is recorded. `lastDoseOn`: as recorded, or null.
 * - `visitAfterStart`: whether a visit after the decision to start speaks of doses taken. Where it does not, and no first dose and no
 *   pick-up is recorded either, the start is a plan and nothing counts as taken: a window may have been missed.
 * - `earlierCourseEndedOn`: when the patient's course before this one ended, in this record; null when there is none.
 */
export interface DosingFacts {
  readonly course: Pick<
    CourseFields,
    "productId" | "referenceWeightKg" | "targetMgPerKg" | "earlierIsotretinoin"
  > & { readonly end: { readonly endedOn: CalendarDate } | null };
  readonly doses: readonly DoseEvent[];
  readonly weights: readonly { readonly on: CalendarDate; readonly kg: number }[];
  readonly missed: readonly MissedDoses[];
  readonly visitAfterStart: boolean;
  readonly firstDoseOn: CalendarDate | null;
  readonly lastDoseOn: CalendarDate | null;
  readonly earlierCourseEndedOn: CalendarDate | null;
}

/** A visit as the dosing rules read it. */
export interface DosingVisit {
  readonly date: CalendarDate;
  readonly weightKg: number | null;
  readonly missedDoses: number | null;
  readonly dose: DoseDecision | null;
}

/** Doses, weights and missed days out of a course's visits (not voided, any order) and its pause and resume entries. */
export function dosingFactsOf(
  visits: readonly DosingVisit[],
  pauses: readonly { kind: "pause" | "resume"; on: CalendarDate }[],
): Pick<DosingFacts, "doses" | "weights" | "missed" | "visitAfterStart"> {
  const ordered = visits.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const decided = ordered.findIndex((one) => one.dose?.action === "start");
  return {
    visitAfterStart: ordered.some((one, index) => index > decided && speaksOfDoses(one)),
    doses: [
      ...ordered.flatMap((one, index) =>
        one.dose === null || isStartAnew(ordered, index)
          ? []
          : [{ action: one.dose.action, from: one.dose.from, capsules: one.dose.capsules }],
      ),
      ...pauses.map((one) => ({ action: one.kind, from: one.on, capsules: [] })),
    ],
    weights: ordered.flatMap((one) => (one.weightKg === null ? [] : [{ on: one.date, kg: one.weightKg }])),
    missed: ordered.flatMap((one, index) =>
      one.missedDoses === null || one.missedDoses === 0
        ? []
        : [{ on: one.date, since: ordered[index - 1]?.date ?? null, days: one.missedDoses }],
    ),
  };
}

/** A visit that can only be of somebody who takes the medicine: missed days were asked, or the dose was changed or went on. */
function speaksOfDoses(visit: DosingVisit): boolean {
  return visit.missedDoses !== null || !["start", "not-yet", undefined].includes(visit.dose?.action);
}

/** A start that was decided again before anybody spoke of doses: the capsules of the first were never collected. */
function isStartAnew(ordered: readonly DosingVisit[], index: number): boolean {
  if (ordered[index]?.dose?.action !== "start") return false;
  const next = ordered.slice(index + 1).find((one) => speaksOfDoses(one) || one.dose?.action === "start");
  return next !== undefined && !speaksOfDoses(next);
}

function boundsOf(facts: DosingFacts): DoseBounds {
  const begun = facts.firstDoseOn !== null || facts.visitAfterStart;
  return {
    begun,
    firstDoseOn: facts.firstDoseOn,
    end: facts.lastDoseOn ?? facts.course.end?.endedOn ?? null,
  };
}

/** The day of the first dose: as recorded, else the first day of the first dose decided. Null when it lies after `today`. */
export function startOf(facts: DosingFacts, today: CalendarDate): CalendarDate | null {
  const start = stretchesOf(facts.doses, boundsOf(facts))[0]?.from ?? facts.firstDoseOn;
  return start !== null && start <= today ? start : null;
}

/** Month of the course, 1 from the first dose; null before it. Calendar months. */
export function courseMonth(startedOn: CalendarDate | null, today: CalendarDate): number | null {
  if (startedOn === null || today < startedOn) return null;
  let month = Math.max(1, Math.floor(daysBetween(startedOn, today) / 31));
  while (addMonths(startedOn, month) <= today) month++;
  return month;
}

/** True when a number looks like pounds beside a weight in kg: about 2.2 times as much. Source: domain facts 4.1. */
export function looksLikePounds(typed: number, knownKg: number): boolean {
  const ratio = typed / knownKg;
  return ratio >= 1.9 && ratio <= 2.5;
}

/**
 * How far a course has come on `today`. Doses count up to and including yesterday; today's is the next one. After the end
 * every day up to the last dose counts. Future decisions take part in the forecast.
 */
export function courseProgress(facts: DosingFacts, today: CalendarDate): CourseProgress {
  const { course } = facts;
  const bounds = boundsOf(facts);
  const stretches = stretchesOf(facts.doses, bounds);
  const startedOn = startOf(facts, today);
  const ended = bounds.end !== null && (bounds.end < today || course.end !== null);
  const lastCounted = ended && bounds.end !== null ? earlier(bounds.end, today) : addDays(today, -1);
  const totalMg = takenMg(stretches, facts.missed, lastCounted);
  const targetMg = course.targetMgPerKg * course.referenceWeightKg;
  const current = ended
    ? undefined
    : stretches.find((one) => one.from <= today && (one.to ?? today) >= today);
  const latestWeight = facts.weights
    .filter((one) => one.on <= today)
    .reduce<{ on: CalendarDate; kg: number } | null>(
      (latest, one) => (latest === null || one.on >= latest.on ? one : latest),
      null,
    );
  const forecast = ended
    ? null
    : forecastEnd(stretches, Math.max(0, targetMg - totalMg), addDays(lastCounted, 1));
  const mgPerKg = Math.round((totalMg / course.referenceWeightKg) * 10) / 10;
  return {
    startedOn,
    month: courseMonth(startedOn, ended ? lastCounted : today),
    latestWeight: latestWeight === null ? null : { kg: latestWeight.kg, on: latestWeight.on },
    dose:
      current === undefined
        ? null
        : {
            dailyMg: current.dailyMg,
            mgPerKg: mgPerKgOf(current.dailyMg, latestWeight?.kg ?? course.referenceWeightKg),
            capsules: [...current.capsules],
            from: current.from,
          },
    doseState: current !== undefined ? null : doseState(facts, startedOn, ended, today),
    totalMg,
    mgPerKg,
    targetMgPerKg: course.targetMgPerKg,
    referenceWeightKg: course.referenceWeightKg,
    remainingDays: forecast?.days ?? null,
    expectedEnd: forecast?.end ?? null,
    warnings: progressWarnings(facts, today, {
      startedOn,
      ended,
      latestKg: latestWeight?.kg ?? null,
      capsules: current?.capsules ?? [],
      reached: startedOn !== null && totalMg >= targetMg,
    }),
  };
}

function doseState(
  facts: DosingFacts,
  startedOn: CalendarDate | null,
  ended: boolean,
  today: CalendarDate,
): CourseProgress["doseState"] {
  if (ended) return "ended";
  if (startedOn === null) return "not-started";
  const latest = facts.doses
    .filter((one) => one.from <= today)
    .reduce<DoseEvent | null>((last, one) => (last === null || one.from >= last.from ? one : last), null);
  // Capsules were collected, but no visit decided a dose: nothing is held, and what goes on is not known.
  if (latest === null || latest.action === "resume") return null;
  return latest.action === "stop" ? "stopped" : "held";
}

/**
 * Days of dosing until `remainingMg` is taken, from `nextDose` on, along the stretches; null when they end before.
 * Source: domain facts 4.1: days = ceil(remaining / daily), end = next dose + days - 1.
 */
function forecastEnd(
  stretches: readonly Stretch[],
  remainingMg: number,
  nextDose: CalendarDate,
): { days: number; end: CalendarDate | null } | null {
  if (!stretches.some((one) => (one.to ?? nextDose) >= nextDose)) return null;
  if (remainingMg <= 0) return { days: 0, end: null };
  let left = remainingMg;
  let days = 0;
  for (const one of stretches) {
    const from = later(one.from, nextDose);
    const needed = Math.ceil(left / one.dailyMg - 1e-9);
    const available = one.to === null ? Infinity : daysIn(from, one.to);
    if (needed <= available) return { days: days + needed, end: addDays(from, needed - 1) };
    left -= one.dailyMg * available;
    days += available;
  }
  return null;
}

/**
 * When the course would reach its target with `dailyMg` taken every day from `from` on; null without a dose. `days` is 0 and
 * `end` null when the target is reached already. Source: domain facts 4.1: days = ceil(remaining / daily).
 */
export function endAtDose(
  progress: Pick<CourseProgress, "totalMg" | "targetMgPerKg" | "referenceWeightKg">,
  dailyMg: number,
  from: CalendarDate,
): { days: number; end: CalendarDate | null } | null {
  if (dailyMg <= 0) return null;
  const remainingMg = progress.targetMgPerKg * progress.referenceWeightKg - progress.totalMg;
  return forecastEnd([{ from, to: null, dailyMg, capsules: [] }], Math.max(0, remainingMg), from);
}

function progressWarnings(
  facts: DosingFacts,
  today: CalendarDate,
  seen: {
    startedOn: CalendarDate | null;
    ended: boolean;
    latestKg: number | null;
    capsules: readonly CapsuleCount[];
    reached: boolean;
  },
): string[] {
  if (seen.ended) return [];
  const { course } = facts;
  const warnings = doseWarnings(seen.capsules, seen.latestKg ?? course.referenceWeightKg, course.productId);
  if (!boundsOf(facts).begun && facts.doses.some((one) => one.action === "start" && one.from <= today))
    warnings.push(
      "A start was decided, but no first dose or pick-up is recorded: nothing counts as taken yet.",
    );
  if (seen.startedOn !== null && daysBetween(seen.startedOn, today) > LONG_COURSE_DAYS)
    warnings.push("The course has lasted more than 24 weeks.");
  if (seen.reached) warnings.push("The target dose is reached.");
  const earlierEnd = [facts.earlierCourseEndedOn, course.earlierIsotretinoin.endedOn].filter(
    (one) => one !== null,
  );
  if (earlierEnd.length > 0) {
    const off = daysBetween(
      earlierEnd.reduce((a, b) => later(a, b)),
      seen.startedOn ?? today,
    );
    if (off >= 0 && off < DAYS_BETWEEN_COURSES)
      warnings.push(
        `${seen.startedOn === null ? "Only" : "This course began"} ${off} days after the last one: the label asks for ${DAYS_BETWEEN_COURSES}.`,
      );
  }
  if (course.earlierIsotretinoin.taken === "yes")
    warnings.push(
      course.earlierIsotretinoin.totalMg === null
        ? "Isotretinoin was taken before this record; how much is not known and not counted."
        : `${course.earlierIsotretinoin.totalMg} mg taken before this record are not counted.`,
    );
  if (seen.latestKg !== null) {
    if (looksLikePounds(seen.latestKg, course.referenceWeightKg))
      warnings.push("The last weight looks like pounds: check it.");
    else if (Math.abs(seen.latestKg / course.referenceWeightKg - 1) > WEIGHT_CHANGE + 1e-9)
      warnings.push("The weight has changed by more than 10 % since the start: work out the dose anew.");
  }
  if (productById(course.productId)?.formulation === "micronised")
    warnings.push(
      `1 mg of Absorica LD stands for about ${MICRONISED_EQUIVALENT} mg of other isotretinoin: the target is counted in LD.`,
    );
  return warnings;
}
