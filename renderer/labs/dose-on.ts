import type { CalendarDate } from "#shared/calendar.ts";
import type { DoseSegment } from "#shared/records/chart.ts";

/** Milligrams a day on a date: 0 while held, null when no dose is known of (before the first, after the last). */
export function doseOn(doses: readonly DoseSegment[], on: CalendarDate): number | null {
  const segment = doses.find((one) => one.from <= on && (one.to === null || on <= one.to));
  return segment?.dailyMg ?? null;
}
