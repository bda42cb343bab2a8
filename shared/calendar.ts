/**
 * Dates, instants and zones: the only calendar code of the project.
 *
 * A calendar date is text `YYYY-MM-DD` and never shifts with a zone. An instant is UTC ISO text with milliseconds
 * (`2026-11-23T03:59:00.000Z`), so that text order is time order. Nothing here reads a clock: time is an argument.
 */
import { Temporal } from "temporal-polyfill";
import { z } from "zod";

export type CalendarDate = string;
export type Instant = string;

/** US Eastern time: iPLEDGE's windows close by it, wherever the clinic is. Source: domain facts 1.4 row 10 (S10, S26). */
export const EASTERN = "America/New_York";

/** How a clinic writes dates: `mdy` Nov 22, 2026 · `dmy` 22 Nov 2026 · `iso` 2026-11-22. `mdy` goes with a 12-hour clock. */
export const dateStyle = z.enum(["mdy", "dmy", "iso"]);
export type DateStyle = z.infer<typeof dateStyle>;

/** True for a real day between 1900 and 2199 written `YYYY-MM-DD`. */
export function isCalendarDate(text: string): boolean {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false;
  const [year, month, day] = text.split("-").map(Number) as [number, number, number];
  if (month < 1 || month > 12 || day < 1) return false;
  return day <= Temporal.PlainYearMonth.from({ year, month }).daysInMonth;
}

/** A calendar date, `YYYY-MM-DD`. */
export const calendarDate = z.string().refine(isCalendarDate, "That is not a date in the calendar.");

/** An instant, normalised to UTC with milliseconds. */
export const instant = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, "That is not an instant in UTC.");

/** A time of day, `HH:MM`, 24 hours. */
export const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Write the time as 14:05.");

/** An IANA time zone that this machine knows. */
export const timeZone = z.string().refine(isTimeZone, "That time zone is not known.");

/** True if `zone` is an IANA zone name that this machine knows. */
export function isTimeZone(zone: string): boolean {
  return zone === "UTC" || Intl.supportedValuesOf("timeZone").includes(zone);
}

/** Any ISO instant with offset (`2026-11-22T22:00:00-05:00`) in our normal form. Throws RangeError on nonsense. */
export function normalInstant(text: string): Instant {
  return Temporal.Instant.from(text).toString({ fractionalSecondDigits: 3 });
}

/** Milliseconds since 1970 as an instant. */
export function instantFromMs(ms: number): Instant {
  return Temporal.Instant.fromEpochMilliseconds(Math.trunc(ms)).toString({ fractionalSecondDigits: 3 });
}

/** An instant as milliseconds since 1970. */
export function msOf(at: Instant): number {
  return Temporal.Instant.from(at).epochMilliseconds;
}

/** `at` moved by whole minutes. */
export function addMinutes(at: Instant, minutes: number): Instant {
  return instantFromMs(msOf(at) + minutes * 60_000);
}

/** The calendar date in `zone` at `at`. */
export function dateIn(zone: string, at: Instant): CalendarDate {
  return Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate().toString();
}

/** The time of day `HH:MM` in `zone` at `at`. */
export function timeIn(zone: string, at: Instant): string {
  return Temporal.Instant.from(at)
    .toZonedDateTimeISO(zone)
    .toPlainTime()
    .toString({ smallestUnit: "minute" });
}

/** The instant of a local date and time in `zone`. A time skipped by daylight saving moves forward; a repeated one is the first. */
export function instantIn(zone: string, date: CalendarDate, time: string): Instant {
  return Temporal.PlainDateTime.from(`${date}T${time}`)
    .toZonedDateTime(zone)
    .toInstant()
    .toString({ fractionalSecondDigits: 3 });
}

/** The first instant of a date in `zone`. */
export function startOfDay(zone: string, date: CalendarDate): Instant {
  return Temporal.PlainDate.from(date)
    .toZonedDateTime({ timeZone: zone })
    .toInstant()
    .toString({ fractionalSecondDigits: 3 });
}

/** 23:59 US Eastern on `date`: when a programme window closes. */
export function easternClose(date: CalendarDate): Instant {
  return instantIn(EASTERN, date, "23:59");
}

/** `date` moved by whole days. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** `date` moved by calendar months; 31 January plus one month is the last day of February. */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  return Temporal.PlainDate.from(date).add({ months }).toString();
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: "day" }).days;
}

/** Completed years of age on a date. */
export function ageOn(birthDate: CalendarDate, on: CalendarDate): number {
  return Temporal.PlainDate.from(birthDate).until(Temporal.PlainDate.from(on), { largestUnit: "year" }).years;
}

/** The later of two dates (or instants). */
export function later<T extends string>(a: T, b: T): T {
  return a >= b ? a : b;
}

/** The earlier of two dates (or instants). */
export function earlier<T extends string>(a: T, b: T): T {
  return a <= b ? a : b;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"] as const;
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;

/** A date for people; the month is always a word (or ISO), so that 4/7 can never be misread. */
export function formatDate(date: CalendarDate, style: DateStyle): string {
  if (style === "iso") return date;
  const { year, month, day } = Temporal.PlainDate.from(date);
  const name = MONTHS[month - 1] ?? "";
  return style === "mdy" ? `${name} ${day}, ${year}` : `${day} ${name} ${year}`;
}

/** A date for people with its weekday: `Sun, Nov 22, 2026`. */
export function formatDay(date: CalendarDate, style: DateStyle): string {
  return `${WEEKDAYS[Temporal.PlainDate.from(date).dayOfWeek - 1] ?? ""}, ${formatDate(date, style)}`;
}

/** A time of day for people: `10:59 PM` with `mdy`, else `22:59`. */
export function formatTime(time: string, style: DateStyle): string {
  if (style !== "mdy") return time;
  const hour = Number(time.slice(0, 2));
  return `${hour % 12 === 0 ? 12 : hour % 12}:${time.slice(3, 5)} ${hour < 12 ? "AM" : "PM"}`;
}

/** An instant for people, in the clinic's zone: `Sun, Nov 22, 2026, 10:59 PM`. */
export function formatInstant(at: Instant, zone: string, style: DateStyle): string {
  return `${formatDay(dateIn(zone, at), style)}, ${formatTime(timeIn(zone, at), style)}`;
}

/**
 * A date as somebody types it: `4/7/1999`, `04-07-99`, `7 Apr 1999`, `April 7, 1999`, `1999-04-07`, `19990407`.
 * `style` says which of day and month stands first when both are numbers. Two-digit years are read as the most recent
 * such year that is not after `today`. Returns null when it is not a date.
 */
export function readTypedDate(text: string, style: DateStyle, today: CalendarDate): CalendarDate | null {
  const typed = text.trim().toLowerCase();
  let match = /^(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})$/.exec(typed);
  if (match && (typed.length === 8 || /[-/.]/.test(typed)))
    return asDate(match[1], match[2], match[3], today);
  match = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$/.exec(typed);
  if (match)
    return style === "mdy"
      ? asDate(match[3], match[1], match[2], today)
      : asDate(match[3], match[2], match[1], today);
  match = /^(\d{1,2})[-/. ]+([a-z]{3,9})\.?[-/., ]+(\d{4}|\d{2})$/.exec(typed);
  if (match) return asDate(match[3], monthNumber(match[2]), match[1], today);
  match = /^([a-z]{3,9})\.?[-/. ]+(\d{1,2})[-/., ]+(\d{4}|\d{2})$/.exec(typed);
  if (match) return asDate(match[3], monthNumber(match[1]), match[2], today);
  return null;
}

function monthNumber(word: string | undefined): string {
  const index = MONTHS.findIndex((name) => word?.startsWith(name.toLowerCase()));
  return index < 0 ? "" : String(index + 1);
}

function asDate(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  today: CalendarDate,
): CalendarDate | null {
  if (!year || !month || !day) return null;
  let full = year;
  if (year.length === 2) {
    const century = Number(today.slice(0, 2));
    const candidate = `${century}${year}`;
    full = Number(candidate) > Number(today.slice(0, 4)) ? `${century - 1}${year}` : candidate;
  }
  const date = `${full}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return isCalendarDate(date) ? date : null;
}
