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
  later,
} from "../calendar.ts";
import {
  type CalendarMark,
  type ProgrammeCalendar,
  calendarMarkKind,
} from "../records/programme-calendar.ts";
import { isDose } from "../records/programme-entry.ts";
import type { ProgrammeFacts } from "./facts.ts";
import { type Verdict, blocks } from "./finding.ts";
import { type History, waitingSupply } from "./history.ts";
import { pickUpWindow } from "./pick-up.ts";
import { lapseState } from "./pregnancy-signs.ts";
import { type Tests, monthOver, nextTest, testsAfterTreatment, hasFaults } from "./pregnancy-tests.ts";
import { lastDoseOf, protectUntil, waitingForPickUp, weigh } from "./prescribing.ts";
import type { RuleId } from "./programmes/programme-table.ts";
import { type Stop, stopOf } from "./stops.ts";

/** The calendar of a course as it stands at `at`. `nextVisitOn`: as the latest visit plans it. Past days are told too. */
export function programmeCalendar(
  facts: ProgrammeFacts,
  at: Instant,
  nextVisitOn: CalendarDate | null,
): ProgrammeCalendar {
  const { zone, dateStyle } = facts.clinic;
  const today = dateIn(zone, at);
  const weighed = weigh(facts, at);
  const { history, tests, verdict } = weighed;
  const the: Page = { facts, today, marks: [], notes: [] };
  if (nextVisitOn !== null) mark(the, "next-visit", nextVisitOn, "Next visit");
  if (history !== null) {
    past(the, history);
    const lastDose = lastDoseOf(history);
    const stop = stopOf(facts, weighed);
    if (lastDose !== null) afterTreatment(the, history, lastDose);
    else if (stop !== null) stopped(the, testThatAnswers(history, tests, verdict, stop));
    else if (!verdict.findings.some((one) => one.rule === "course-open" && blocks(one)))
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
  return Number(a.from > b.from) - Number(a.from < b.from) || ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind);
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

/** A mark of several days, or from a day on. */
function markDays(
  the: Page,
  kind: CalendarMark["kind"],
  from: CalendarDate,
  to: CalendarDate | null,
  words: string,
): void {
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
    if (isDose(one)) mark(the, "picked-up", one.on, "Capsules collected");
  for (const one of history.of["last-dose"]) mark(the, "last-dose", one.on, "Last dose");
}

/** A test, from the first day on which it counts. */
type AskedTest = { from: CalendarDate; name: string };

/** During a stop nothing is planned but the test that answers it. */
function stopped(the: Page, test: AskedTest | null): void {
  if (test !== null) markDays(the, "test-possible", test.from, null, test.name);
  the.notes.push(
    test === null
      ? "Treatment is stopped: no test, window or pick-up is planned."
      : "Treatment is stopped: but for the test that answers it, no window or pick-up is planned.",
  );
}

/** The test that answers a stop; null for a pregnancy, and once it is on record. */
function testThatAnswers(
  history: History,
  tests: Tests,
  verdict: Verdict,
  { trigger, on }: Stop,
): AskedTest | null {
  const { today, table } = history;
  const unmet = (rule: RuleId): boolean =>
    verdict.findings.some((one) => one.rule === rule && one.status === "unmet");
  if (trigger === "pregnancy-test")
    return unmet("no-positive-test")
      ? { from: today, name: "Serum pregnancy test in a medical setting" }
      : null;
  const name = "Pregnancy test in a medical setting";
  if (trigger === "missed-period") return unmet("no-missed-period") ? { from: today, name } : null;
  const row = table.rules["no-lapse-unhandled"];
  if (trigger === "pregnancy" || row === null) return null;
  return lapseState(history, tests, row.clearedIn)?.tested === "unmet"
    ? { from: later(today, addDays(on, 1)), name }
    : null;
}

function ahead(the: Page, history: History, tests: Tests): void {
  const can = history.category === "can";
  const waiting = waitingSupply(history);
  // A day to collect by is none of a prescription that must not be dispensed.
  const collect = waitingForPickUp(history)?.stands === false ? null : waiting && pickUpWindow(history);
  const open = can && tests.window !== null && !hasFaults(tests.window) ? tests.window : null;
  if (collect !== null && isStillOpen(collect.closesAt, history.at))
    markHour(the, "pick-up-by", collect.closesAt, "Collect the capsules by");
  else if (open !== null)
    markHour(
      the,
      "pick-up-by",
      open.closesAt,
      fromIssue(history) ? "Prescribe by" : "Prescribe and collect by",
    );
  const window = open === null ? collect : { from: open.test.on, closesAt: open.closesAt };
  if (can && window !== null)
    markDays(
      the,
      "window-open",
      window.from,
      dateIn(the.facts.clinic.zone, window.closesAt),
      "The window is open",
    );
  const supply = history.lastSupply;
  const lasts = supply !== null && (waiting !== null || supply.collected === true) ? supply.until : null;
  if (lasts !== null) {
    mark(the, "supply-ends", lasts, waiting === null ? "Last capsules" : "Last capsules, if collected");
    if (lasts >= the.today && history.doses.length > 0) protect(the, history, lasts, " at least");
  }
  if (can && open === null) nextTestDays(the, history, tests, lasts);
  if (can) waitingMonth(the, history, tests);
}

/** Where the prescription's own day opens the window for the pharmacy, and not the specimen's (domain facts 2.1). */
function fromIssue(history: History): boolean {
  return history.table.rules["dispense-window"].days !== null;
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
  const month = history.table.rules["contraception-month"];
  const over = month === null ? null : monthOver(month, tests.unbroken);
  if (over !== null && over > the.today)
    mark(the, "waiting-until", over, "Contraception has then been in use long enough");
}

function afterTreatment(the: Page, history: History, lastDose: CalendarDate): void {
  protect(the, history, lastDose, "");
  if (history.category === "cannot") return;
  const negatives = testsAfterTreatment(history);
  for (const days of history.table.testsAfterLastDose.days) {
    const from = addDays(lastDose, days);
    if (!negatives.some((one) => one.on >= from))
      if (days === 0) mark(the, "test-after-treatment", from, "Test at the end of treatment");
      else mark(the, "test-after-treatment", from, "Test after treatment from", " ");
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
  const first = addDays(month, -weekday);
  const dayOf = (date: CalendarDate): CalendarDay => ({
    date,
    inMonth: date >= month && date < end,
    isToday: date === calendar.today,
    marks: marksOn(calendar, date),
  });
  const weeks = Math.ceil(daysBetween(first, end) / 7);
  return {
    month,
    name: formatDate(month, "dmy").slice(2),
    weekdays: monday ? WEEKDAYS : [WEEKDAYS[6], ...WEEKDAYS.slice(0, 6)],
    weeks: Array.from({ length: weeks }, (_week, row) =>
      Array.from({ length: 7 }, (_day, column) => dayOf(addDays(first, row * 7 + column))),
    ),
  };
}

/** The marks of one day. */
export function marksOn(calendar: Pick<ProgrammeCalendar, "marks">, on: CalendarDate): CalendarMark[] {
  return calendar.marks.filter((one) => one.from <= on && (one.to === null || on <= one.to));
}

/** The months to print: this one, and each later one that has a mark with an end, at most `most` of them. */
export function monthsToShow(calendar: ProgrammeCalendar, most: number): CalendarDate[] {
  const first = firstOfMonth(calendar.today);
  const last = calendar.marks
    .map((one) => firstOfMonth(one.to ?? one.from))
    .reduce((a, b) => later(a, b), first);
  return Array.from({ length: most }, (_, index) => addMonths(first, index)).filter((one) => one <= last);
}
