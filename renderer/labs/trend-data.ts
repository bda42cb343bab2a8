/** A test over time, made ready for drawing. Nothing here judges: flags and ranges come with the results. */
import { addDays, addMonths, type CalendarDate, daysBetween } from "#shared/calendar.ts";
import type { LabResultView } from "#shared/records/lab-result.ts";
import { inFirstUnit, labUnit } from "#shared/rules/lab-tests.ts";
import { collectionDates, type Flowsheet } from "./flowsheet-model.ts";

/** Days are counted from here, so that time is an axis of numbers. */
const ORIGIN = "1970-01-01";

export function dayOf(date: CalendarDate): number {
  return daysBetween(ORIGIN, date);
}

export function dateOf(day: number): CalendarDate {
  return addDays(ORIGIN, day);
}

export type TrendPoint = {
  day: number;
  /** In the trend's unit; null at the ends, which only carry the band on. */
  value: number | null;
  /** The laboratory's range, open sides drawn to the edge; null where none was given. */
  band: [number, number] | null;
  result: LabResultView | null;
};

export type Trend = {
  testId: string;
  /** UCUM unit in which is drawn: that of the latest result. */
  unit: string;
  points: TrendPoint[];
  /** Results reported in another unit, converted for drawing. */
  converted: LabResultView[];
  /** Results that are words, or in a unit that cannot be converted: they stand in the table only. */
  leftOut: LabResultView[];
  ticks: number[];
};

export type TimeAxis = { from: number; to: number; ticks: number[] };

/** The time that a flowsheet spans: from the first result or dose to today. */
export function timeAxis(flowsheet: Flowsheet, today: CalendarDate): TimeAxis {
  const first = [
    ...collectionDates(flowsheet.results).slice(-1),
    ...flowsheet.doses.slice(0, 1).map((one) => one.from),
  ]
    .toSorted()
    .at(0);
  const to = dayOf(today);
  const from = Math.min(first === undefined ? to : dayOf(first), to - 30);
  // A little air, so that the first and last points are not cut.
  const air = Math.max(3, Math.round((to - from) * 0.02));
  return { from: from - air, to: to + air, ticks: monthTicks(from - air, to + air) };
}

function monthTicks(from: number, to: number): number[] {
  const months = (to - from) / 30;
  const step = [1, 2, 3, 6, 12, 24, 60].find((one) => months / one <= 8) ?? 120;
  const ticks: number[] = [];
  // From a January on, so that years begin at a tick.
  for (let at = `${dateOf(from).slice(0, 4)}-01-01`; dayOf(at) <= to; at = addMonths(at, step))
    if (dayOf(at) >= from) ticks.push(dayOf(at));
  return ticks;
}

/** One test's results as a trend; null when none of them can be drawn. */
export function trendOf(flowsheet: Flowsheet, testId: string, axis: TimeAxis): Trend | null {
  const results = flowsheet.results
    .filter((one) => one.testId === testId)
    .toSorted((a, b) => (a.collectedOn < b.collectedOn ? -1 : 1));
  const unit = results.findLast((one) => one.value !== null && labUnit(testId, one.unit))?.unit;
  const perUnit = unit === undefined ? null : inFirstUnit(testId, unit, 1);
  if (unit === undefined || perUnit === null) return null;

  const converted: LabResultView[] = [];
  const leftOut: LabResultView[] = [];
  const drawable: { result: LabResultView; value: number; low: number | null; high: number | null }[] = [];
  for (const result of results) {
    const factor = result.unit === unit ? 1 : (inFirstUnit(testId, result.unit, 1) ?? Number.NaN) / perUnit;
    if (result.value === null || Number.isNaN(factor)) {
      leftOut.push(result);
      continue;
    }
    if (factor !== 1) converted.push(result);
    drawable.push({
      result,
      value: result.value * factor,
      low: result.rangeLow === null ? null : result.rangeLow * factor,
      high: result.rangeHigh === null ? null : result.rangeHigh * factor,
    });
  }
  const ticks = valueTicks(
    drawable.flatMap((one) => [one.value, one.low ?? one.value, one.high ?? one.value]),
  );
  const [bottom, top] = [ticks[0] ?? 0, ticks.at(-1) ?? 1];
  const points = drawable.map((one): TrendPoint => ({
    day: dayOf(one.result.collectedOn),
    value: one.value,
    band: one.low === null && one.high === null ? null : [one.low ?? bottom, one.high ?? top],
    result: one.result,
  }));
  const edge = (day: number, point: TrendPoint | undefined): TrendPoint => ({
    day,
    value: null,
    band: point?.band ?? null,
    result: null,
  });
  return {
    testId,
    unit,
    points: [edge(axis.from, points[0]), ...points, edge(axis.to, points.at(-1))],
    converted,
    leftOut,
    ticks,
  };
}

/** Three to six round numbers around the values; from 0 on unless the values lie close together and far from it. */
function valueTicks(values: readonly number[]): number[] {
  const high = Math.max(...values);
  const low = Math.min(...values);
  const begin = low > high / 2 ? low : 0;
  const rough = Math.max(high - begin, high / 10, Number.EPSILON) / 4;
  const scale = 10 ** Math.floor(Math.log10(rough));
  const step = scale * ([1, 2, 2.5, 5, 10].find((one) => one * scale >= rough) ?? 10);
  const first = Math.floor(begin / step);
  const last = Math.ceil((high * 1.02) / step);
  return Array.from({ length: last - first + 1 }, (_one, at) =>
    Number(((first + at) * step).toPrecision(12)),
  );
}

export type DosePoint = { day: number; mg: number };

/** The dose as steps: each point holds until the next. */
export function doseSteps(flowsheet: Flowsheet, axis: TimeAxis): DosePoint[] {
  const steps: DosePoint[] = [{ day: axis.from, mg: 0 }];
  for (const one of flowsheet.doses) {
    const from = dayOf(one.from);
    steps.push({ day: from, mg: one.dailyMg });
    if (one.to !== null) steps.push({ day: dayOf(one.to) + 1, mg: 0 });
  }
  const last = steps.at(-1);
  // A stretch that ends where the next begins leaves no gap between them.
  const kept = steps.filter((one, at) => steps[at + 1]?.day !== one.day);
  return [...kept, { day: axis.to, mg: last?.mg ?? 0 }];
}

/** Tests that can be drawn, those with the most results first among the given order. */
export function drawableTests(flowsheet: Flowsheet, tests: readonly string[]): string[] {
  return tests.filter((testId) =>
    flowsheet.results.some(
      (one) => one.testId === testId && one.value !== null && labUnit(testId, one.unit) !== null,
    ),
  );
}
