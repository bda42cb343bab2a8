/**
 * Dates for the oracle: days counted from 1970-01-01, and clocks read from the machine's own zone tables. It shares nothing with
 * `#shared/calendar.ts`, so that a mistake there shows.
 */

/** Days since 1970-01-01, which has number 0. */
export type Day = number;

const MINUTE = 60_000;
const MS_OF_DAY = 1440 * MINUTE;

const numbers = new Map<string, Day>();

/** The number of a date written `2026-11-15`. */
export function dayOf(date: string): Day {
  let day = numbers.get(date);
  if (day === undefined) {
    day = Date.parse(`${date}T00:00:00Z`) / MS_OF_DAY;
    numbers.set(date, day);
  }
  return day;
}

/** The date of a day, written `2026-11-15`. */
export function dateOf(day: Day): string {
  return new Date(day * MS_OF_DAY).toISOString().slice(0, 10);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What a clock and a calendar on a wall show. */
export type Wall = { day: Day; time: string };

/** What they show in a zone at an instant (milliseconds since 1970). */
export function wall(zone: string, at: number): Wall {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
    clocks.set(zone, clock);
  }
  // Swedish is written as `2026-11-15 23:59`.
  const shown = clock.format(at);
  return { day: dayOf(shown.slice(0, 10)), time: shown.slice(11, 16) };
}

const offsets = new Map<string, number>();

/** How far a zone's clock runs ahead of UTC at the beginning of a day in UTC, in milliseconds. */
function ahead(zone: string, day: Day): number {
  const key = `${zone} ${day}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    const shown = wall(zone, day * MS_OF_DAY);
    offset = shown.day * MS_OF_DAY + minutesOf(shown.time) * MINUTE - day * MS_OF_DAY;
    offsets.set(key, offset);
  }
  return offset;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** The first instant at which the clock of a zone shows a time of a day. */
export function instantOn(zone: string, day: Day, time: string): number {
  const asUtc = day * MS_OF_DAY + minutesOf(time) * MINUTE;
  const before = ahead(zone, day - 1);
  const after = ahead(zone, day + 2);
  const tried = asUtc - before;
  if (before === after) return tried;
  // The clock is changed on one of these days: whichever offset makes it show the time, the earlier first.
  for (const one of [Math.min(tried, asUtc - after), Math.max(tried, asUtc - after)]) {
    const shown = wall(zone, one);
    if (shown.day === day && shown.time === time) return one;
  }
  throw new Error(`No clock in ${zone} shows ${time} on ${dateOf(day)}.`);
}

const closes = new Map<Day, number>();

/** The first instant after the last minute of a day on the US East coast: 23:59 is still inside. */
export function easternMidnightAfter(day: Day): number {
  let end = closes.get(day);
  if (end === undefined) {
    end = instantOn("America/New_York", day, "23:59") + MINUTE;
    closes.set(day, end);
  }
  return end;
}
