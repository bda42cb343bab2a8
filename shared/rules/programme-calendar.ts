/**
 * A patient's calendar: between which days the next test can be taken, by which day and hour the capsules must be collected,
 * until when to protect. It follows from the same history as the gate; `monthOf` lays a month out in weeks.
 */
import {
  type CalendarDate,
  type Instant,
  addDays,
  addMonths,
  dateIn,
  daysBetween,
  formatDate,
  formatDay,
  formatInstant,
  isStillOpen,
} from "../calendar.ts";
import {
  type CalendarMark,
  type ProgrammeCalendar,
  calendarMarkKind,
} from "../records/programme-calendar.ts";
import type { ProgrammeFacts } from "./facts.ts";
import { blocks } from "./finding.ts";
import { hasFaults, pickUpBy } from "./gate.ts";
import { type History, lastSupply } from "./history.ts";
import { type Tests, nextTest } from "./pregnancy-tests.ts";
import { lastDoseOf, protectUntil, weigh } from "./prescribing.ts";
import { stopOf } from "./stops.ts";

/** The calendar of a course as it stands at `at`. `nextVisitOn`: as the latest visit plans it. Past days are told too. */
export function programmeCalendar(
  facts: ProgrammeFacts,
  at: Instant,
  nextVisitOn: CalendarDate | null,
): ProgrammeCalendar {
  const { zone, dateStyle } = facts.clinic;
  const today = dateIn(zone, at);
  const weighed = weigh(facts, at);
  const { history, tests } = weighed;
  const the: Page = { facts, today, marks: [], notes: [] };
  if (nextVisitOn !== null) mark(the, "next-visit", nextVisitOn, "Next visit");
  if (history !== null && tests !== null) {
    past(the, history);
    const lastDose = lastDoseOf(history);
    if (lastDose !== null) afterTreatment(the, history, lastDose);
    else if (stopOf(facts, weighed) !== null)
      the.notes.push("Treatment is stopped: no test, window or pick-up is planned.");
    else if (!weighed.verdict.findings.some((one) => one.rule === "course-open" && blocks(one)))
      ahead(the, history, tests);
  }
  return {
    today,
    weekBegins: dateStyle === "mdy" ? "sunday" : "monday",
    marks: the.marks.toSorted(byDay),
    notes: the.notes,
  };
}

type Page = { facts: ProgrammeFacts; today: CalendarDate; marks: CalendarMark[]; notes: string[] };

const ORDER = calendarMarkKind.options;

function byDay(a: CalendarMark, b: CalendarMark): number {
  return (a.from < b.from ? -1 : a.from > b.from ? 1 : 0) || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind);
}

/** A mark of one day; the sentence ends with the day. */
function mark(
  the: Page,
  kind: CalendarMark["kind"],
  on: CalendarDate,
  words: string,
  joint: ": " | " " = ": ",
): void {
  the.marks.push({ kind, from: on, to: on, at: null, sentence: `${words}${joint}${day(the, on)}.` });
}

/** A mark of an hour, in the clinic's zone. */
function markHour(the: Page, kind: CalendarMark["kind"], at: Instant, words: string): void {
  const { zone, dateStyle } = the.facts.clinic;
  const on = dateIn(zone, at);
  the.marks.push({
    kind,
    from: on,
    to: on,
    at,
    sentence: `${words} ${formatInstant(at, zone, dateStyle)}.`,
  });
}

/** A mark of several days. A stretch that would end before it begins is not marked. */
function markDays(
  the: Page,
  kind: CalendarMark["kind"],
  from: CalendarDate,
  to: CalendarDate | null,
  words: string,
): void {
  if (to !== null && to < from) return;
  the.marks.push({
    kind,
    from,
    to,
    at: null,
    sentence:
      to === null
        ? `${words} from ${day(the, from)}.`
        : from === to
          ? `${words} on ${day(the, from)}.`
          : `${words} from ${day(the, from)} to ${day(the, to)}.`,
  });
}

function past(the: Page, history: History): void {
  for (const test of history.of["pregnancy-test"])
    mark(the, "tested", test.on, `Pregnancy test, ${test.result}`);
  for (const one of history.prescriptions) mark(the, "prescribed", one.issuedOn, "Prescribed");
  for (const one of history.of.dispensing)
    if (one.capsules !== 0) mark(the, "picked-up", one.on, "Capsules collected");
  for (const one of history.of["last-dose"]) mark(the, "last-dose", one.on, "Last dose");
}

function ahead(the: Page, history: History, tests: Tests): void {
  const can = history.category === "can";
  const supply = lastSupply(history);
  const waits =
    supply !== null && supply.collected !== true && supply.prescription === history.lastPrescription;
  const collectBy = waits ? pickUpBy(history) : null;
  const open = can && tests.window !== null && !hasFaults(tests.window) ? tests.window : null;
  if (collectBy !== null && isStillOpen(collectBy, history.at))
    markHour(the, "pick-up-by", collectBy, "Collect the capsules by");
  else if (open !== null)
    markHour(
      the,
      "pick-up-by",
      open.closesAt,
      fromIssue(history) ? "Prescribe by" : "Prescribe and collect by",
    );
  const windowFrom = open?.test.on ?? (collectBy === null ? null : windowBegan(history));
  const windowTo = open?.closesAt ?? collectBy;
  if (can && windowFrom !== null && windowTo !== null)
    markDays(the, "window-open", windowFrom, dateIn(the.facts.clinic.zone, windowTo), "The window is open");
  const supplyEnds = supply === null ? null : addDays(supply.from, supply.days - 1);
  if (supplyEnds !== null && (supply?.collected === true || waits))
    mark(the, "supply-ends", supplyEnds, waits ? "Last capsules, if collected" : "Last capsules");
  if (can && open === null) nextTestDays(the, history, tests, supplyEnds);
  if (can && !history.onTreatment) waitingMonth(the, history, tests);
  if (supplyEnds !== null && supplyEnds >= the.today && history.doses.length > 0)
    protect(the, history, supplyEnds, " at least");
}

/** Where the prescription's own day opens the window for the pharmacy, and not the specimen's (domain facts 2.1). */
function fromIssue(history: History): boolean {
  return (history.table.rules["dispense-window"]?.days ?? null) !== null;
}

/** The first day of the window in which the waiting prescription can be collected. */
function windowBegan(history: History): CalendarDate | null {
  const issuedOn = history.lastPrescription?.issuedOn ?? "";
  if (fromIssue(history)) return issuedOn;
  return (
    history.of["pregnancy-test"].findLast((one) => one.result === "negative" && one.on <= issuedOn)?.on ??
    null
  );
}

function nextTestDays(the: Page, history: History, tests: Tests, supplyEnds: CalendarDate | null): void {
  const next = nextTest(history, tests);
  // A programme with one test before treatment has nothing to confirm.
  const alone = history.table.rules["screening-test"] === null;
  if (next.from === null) {
    the.notes.push(
      `The ${alone ? "pregnancy test before treatment" : "confirmation test"} comes after the month of contraception, which is not on record.`,
    );
    return;
  }
  const name = {
    screening: "First pregnancy test",
    confirmation: alone ? "Pregnancy test before treatment" : "Confirmation test",
    monthly: "Next pregnancy test",
  }[next.kind];
  if (next.nextPeriod !== null) {
    const { first, last } = next.nextPeriod;
    the.notes.push(
      `${name} on days ${first} to ${last} of the next period, from ${day(the, next.from)} at the earliest.`,
    );
    return;
  }
  // After the last capsule a gap in treatment begins, so the month's test belongs before it.
  const to =
    next.to ??
    (next.kind === "monthly" && supplyEnds !== null && supplyEnds >= next.from ? supplyEnds : null);
  markDays(the, "test-possible", next.from, to, name);
  if (next.stricter !== null)
    the.notes.push(
      `By the edition of today the test would count from ${day(the, next.stricter)}; the coming edition allows it earlier.`,
    );
}

function waitingMonth(the: Page, history: History, tests: Tests): void {
  const days = history.table.rules["contraception-month"]?.days ?? null;
  const { since } = tests.unbroken;
  if (days === null || since === null) return;
  const over = addDays(since, days);
  if (over > the.today) mark(the, "waiting-until", over, "Contraception has then been in use long enough");
}

function afterTreatment(the: Page, history: History, lastDose: CalendarDate): void {
  protect(the, history, lastDose, "");
  if (history.category === "cannot") return;
  const negatives = history.of["pregnancy-test"].filter((one) => one.result === "negative");
  for (const days of history.table.testsAfterLastDose.days) {
    const from = addDays(lastDose, days);
    if (!negatives.some((one) => one.on >= from))
      mark(
        the,
        "test-after-treatment",
        from,
        days === 0 ? "Test at the end of treatment" : "Test after treatment, from",
      );
  }
}

/** Source of the span: the edition's `protection`. With capsules left the last dose is not known yet: "at least". */
function protect(the: Page, history: History, lastDose: CalendarDate, atLeast: string): void {
  const until = protectUntil(history.table, lastDose);
  if (history.category === "can")
    mark(the, "contraception-until", until, `Contraception until${atLeast}`, " ");
  mark(the, "no-blood-donation-until", until, `No blood donation until${atLeast}`, " ");
}

function day(the: Page, date: CalendarDate): string {
  return formatDay(date, the.facts.clinic.dateStyle);
}

/** A day of a month's page, with the places of its marks in the calendar's list. */
export type CalendarDay = { date: CalendarDate; inMonth: boolean; isToday: boolean; marks: CalendarMark[] };
/** A month in whole weeks. `name`: `Nov 2026`. `month`: its first day. */
export type CalendarMonth = {
  month: CalendarDate;
  name: string;
  weekdays: readonly string[];
  weeks: CalendarDay[][];
};

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
/** A Monday, from which weekdays are counted. */
const A_MONDAY = "1970-01-05";

/** The first day of a date's month. */
export function firstOfMonth(date: CalendarDate): CalendarDate {
  return `${date.slice(0, 8)}01`;
}

/** The month of `date`, laid out in weeks. */
export function monthOf(calendar: ProgrammeCalendar, date: CalendarDate): CalendarMonth {
  const month = firstOfMonth(date);
  const monday = calendar.weekBegins === "monday";
  const weekday = (((daysBetween(A_MONDAY, month) + (monday ? 0 : 1)) % 7) + 7) % 7;
  const end = addMonths(month, 1);
  const weeks: CalendarDay[][] = [];
  for (let from = addDays(month, -weekday); from < end; from = addDays(from, 7))
    weeks.push(
      Array.from({ length: 7 }, (_, index) => {
        const on = addDays(from, index);
        return {
          date: on,
          inMonth: on >= month && on < end,
          isToday: on === calendar.today,
          marks: marksOn(calendar, on),
        };
      }),
    );
  return {
    month,
    name: formatDate(month, "dmy").slice(2),
    weekdays: monday ? WEEKDAYS : [WEEKDAYS[6], ...WEEKDAYS.slice(0, 6)],
    weeks,
  };
}

/** The marks of one day. */
export function marksOn(calendar: Pick<ProgrammeCalendar, "marks">, on: CalendarDate): CalendarMark[] {
  return calendar.marks.filter((one) => one.from <= on && (one.to === null || on <= one.to));
}

/** The months to print: this one, and each later one that has a mark with an end, at most `most` of them. */
export function monthsToShow(calendar: ProgrammeCalendar, most: number): CalendarDate[] {
  const months = [firstOfMonth(calendar.today)];
  const last = calendar.marks.reduce((latest, one) => {
    const end = firstOfMonth(one.to ?? one.from);
    return end > latest ? end : latest;
  }, firstOfMonth(calendar.today));
  for (
    let month = addMonths(firstOfMonth(calendar.today), 1);
    month <= last && months.length < most;
    month = addMonths(month, 1)
  )
    months.push(month);
  return months;
}
