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
  return /^(19|20|21)\d\d-\d\d-\d\d$/.test(text) && isCivil(civilOf(text));
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
  knownZones ??= new Set(["UTC", ...Intl.supportedValuesOf("timeZone")]);
  if (knownZones.has(zone)) return true;
  // The list has one name of each zone, by engine the old or the new one: Asia/Katmandu or Asia/Kathmandu.
  if (!/^[A-Za-z_]+(\/[A-Za-z_+-]+)+$/.test(zone) || !isZoneOfEngine(zone)) return false;
  knownZones.add(zone);
  return true;
}

/** The engine has no way to ask but to try. */
function isZoneOfEngine(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
/** Made once: the list is long, and every reading of the clinic's settings asks. */
let knownZones: Set<string> | undefined;

/** Any ISO instant with offset (`2026-11-22T22:00:00-05:00`) in our normal form. Throws RangeError on nonsense. */
export function normalInstant(text: string): Instant {
  return Temporal.Instant.from(text).toString({ fractionalSecondDigits: 3 });
}

/** Milliseconds since 1970 as an instant. */
export function instantFromMs(ms: number): Instant {
  // oxlint-disable-next-line no-restricted-globals -- given its time, `Date` reads no clock; in UTC it writes just this form, at a hundredth of the cost of Temporal.
  return new Date(Math.trunc(ms)).toISOString();
}

/** An instant as milliseconds since 1970. */
export function msOf(at: Instant): number {
  const time = NORMAL_INSTANT.exec(at);
  if (time === null) return Temporal.Instant.from(at).epochMilliseconds;
  const [, hours, minutes, seconds, milliseconds] = time.map(Number) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return ((dayNumber(at.slice(0, 10)) * 24 + hours) * 60 + minutes) * 60_000 + seconds * 1_000 + milliseconds;
}

/** True up to and including the minute of `closesAt`: something that closes at 23:59 is open at 23:59:59 and closed at 00:00. */
export function isStillOpen(closesAt: Instant, at: Instant): boolean {
  return at.slice(0, MINUTE) <= closesAt.slice(0, MINUTE);
}

/** `at` moved by whole minutes. */
export function addMinutes(at: Instant, minutes: number): Instant {
  return instantFromMs(msOf(at) + minutes * 60_000);
}

/** The calendar date in `zone` at `at`. */
export function dateIn(zone: string, at: Instant): CalendarDate {
  return localIn(zone, at).slice(0, 10);
}

/** The time of day `HH:MM` in `zone` at `at`. */
export function timeIn(zone: string, at: Instant): string {
  return localIn(zone, at).slice(11, MINUTE);
}

/** The instant of a local date and time in `zone`. A time skipped by daylight saving moves forward; a repeated one is the first. */
export function instantIn(zone: string, date: CalendarDate, time: string): Instant {
  return remembered(within(within(instants, zone), time), date, () => {
    const local = msOf(`${date}T${time}:00.000Z`);
    const offset = offsetAt(zone, local - DAY);
    // Where the clocks change about then, Temporal knows what is skipped and what comes twice.
    return offset === offsetAt(zone, local + DAY)
      ? instantFromMs(local - offset)
      : Temporal.PlainDateTime.from(`${date}T${time}`)
          .toZonedDateTime(zone)
          .toInstant()
          .toString({ fractionalSecondDigits: 3 });
  });
}

/** The first instant of a date in `zone`. */
export function startOfDay(zone: string, date: CalendarDate): Instant {
  return instantIn(zone, date, "00:00");
}

/** 23:59 US Eastern on `date`: when a programme window closes. */
export function easternClose(date: CalendarDate): Instant {
  return instantIn(EASTERN, date, "23:59");
}

/** `date` moved by whole days. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return dateOfDay(dayNumber(date) + days);
}

/** `date` moved by calendar months; 31 January plus one month is the last day of February. */
export function addMonths(date: CalendarDate, months: number): CalendarDate {
  const { year, month, day } = civil(date);
  const index = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
  return text(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)));
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** Completed years of age on a date. Somebody born on 29 February grows older on 1 March of a common year. */
export function ageOn(birthDate: CalendarDate, on: CalendarDate): number {
  const years = civil(on).year - civil(birthDate).year;
  return on.slice(5) >= birthDate.slice(5) ? years : years - 1;
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
  const { year, month, day } = civil(date);
  const name = MONTHS[month - 1] ?? "";
  return style === "mdy" ? `${name} ${day}, ${year}` : `${day} ${name} ${year}`;
}

/** A date for people with its weekday: `Sun, Nov 22, 2026`. */
export function formatDay(date: CalendarDate, style: DateStyle): string {
  return `${WEEKDAYS[(((dayNumber(date) + 3) % 7) + 7) % 7] ?? ""}, ${formatDate(date, style)}`;
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

/** Dates, times of day, spans of time and percentages as they are written inside a sentence. */
const WRITTEN =
  /(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?(?:[A-Z][a-z]{2} \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2} \d{4}|\d{4}-\d{2}-\d{2})|\d{1,2}:\d{2} [AP]M|\d+ (?:%|hours?|days?|weeks?|months?)(?![a-z])/gu;

/** A sentence in which no date, time, span of time or percentage breaks across lines. */
export function unbroken(sentence: string): string {
  return sentence.replaceAll(WRITTEN, (written) => written.replaceAll(" ", "\u00a0"));
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

// The arithmetic of the proleptic Gregorian calendar in whole numbers: the rules reckon with dates thousands of times a
// second, and Temporal objects cost a hundred times as much. `test/calendar.test.ts` holds it against Temporal day by day.

const MINUTE = "YYYY-MM-DDTHH:MM".length;

/** Our normal form of an instant; the groups are its time of day. */
const NORMAL_INSTANT = /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):([0-5]\d):([0-5]\d)\.(\d{3})Z$/;

type Civil = { year: number; month: number; day: number };

function civilOf(date: CalendarDate): Civil {
  return { year: digits(date, 0, 4), month: digits(date, 5, 7), day: digits(date, 8, date.length) };
}

/** The whole number written from place `from` to before `to`; not a number when anything but digits stands there. */
function digits(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

const ZERO = "0".charCodeAt(0);

function isCivil({ year, month, day }: Civil): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** Throws RangeError, as Temporal does, on what is not a date. */
function civil(date: CalendarDate): Civil {
  const parts = civilOf(date);
  if (date.length !== 10 || !isCivil(parts)) throw new RangeError("That is not a date in the calendar.");
  return parts;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days since 1 January 1970, reckoned in years that begin in March, so that the leap day is the last of its year. */
function dayNumber(date: CalendarDate): number {
  const { year, month, day } = civil(date);
  const y = month > 2 ? year : year - 1;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  return (
    era * 146_097 +
    yearOfEra * 365 +
    Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100) +
    dayOfYear -
    719_468
  );
}

function dateOfDay(number: number): CalendarDate {
  const known = days.get(number);
  if (known !== undefined) return known;
  const date = civilDay(number);
  if (days.size >= REMEMBERED) days.clear();
  days.set(number, date);
  return date;
}

function civilDay(number: number): CalendarDate {
  const n = number + 719_468;
  const era = Math.floor(n / 146_097);
  const dayOfEra = n - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const day = dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1;
  return text(era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, day);
}

function text(year: number, month: number, day: number): CalendarDate {
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

// Zone conversions are remembered: a day's work asks for the same few hundred again and again. The answers never change, so
// nothing observable depends on what is remembered.
const REMEMBERED = 20_000;
// Maps within maps, as joining the keys to one text would cost more than the looking up.
type Remembered = Map<string, string>;
const instants = new Map<string, Map<string, Remembered>>();
const days = new Map<number, CalendarDate>();
const locals = new Map<string, Remembered>();

function localIn(zone: string, at: Instant): string {
  return remembered(within(locals, zone), at, () => {
    const ms = msOf(at);
    return instantFromMs(ms + offsetAt(zone, ms)).slice(0, -1);
  });
}

const DAY = 24 * 60 * 60_000;

/** A time in which a zone's clocks do not change: from an instant on, until they do, this far ahead of UTC; all in milliseconds. */
type Stretch = { from: number; until: number; offset: number };
const stretches = new Map<string, Stretch[]>();

/** How far a zone is ahead of UTC at an instant, in milliseconds. Temporal tells it once for the time between two changes. */
function offsetAt(zone: string, ms: number): number {
  let known = stretches.get(zone);
  if (known === undefined) stretches.set(zone, (known = []));
  const found = known.find((one) => one.from <= ms && ms < one.until);
  if (found !== undefined) return found.offset;
  const there = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  const until = there.getTimeZoneTransition("next")?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
  const offset = there.offsetNanoseconds / 1_000_000;
  const same = known.find((one) => one.until === until);
  if (same === undefined) known.push({ from: ms, until, offset });
  else same.from = ms;
  return offset;
}

function within<T>(known: Map<string, Map<string, T>>, key: string): Map<string, T> {
  const before = known.get(key);
  if (before !== undefined) return before;
  const fresh = new Map<string, T>();
  known.set(key, fresh);
  return fresh;
}

function remembered(known: Remembered, key: string, find: () => string): string {
  const before = known.get(key);
  if (before !== undefined) return before;
  const found = find();
  if (known.size >= REMEMBERED) known.clear();
  known.set(key, found);
  return found;
}
