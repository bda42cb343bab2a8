/**
 * Which pregnancy tests count: the screening test, the test that opens the window, and the earliest day for the next one.
 * A test is judged by the edition of its specimen's day (domain facts 1.2). Only a negative result can count.
 */
import {
  type CalendarDate,
  type Instant,
  addDays,
  daysBetween,
  earlier,
  easternClose,
  instantIn,
  isStillOpen,
  later,
} from "../calendar.ts";
import { type PregnancyTest, asCode } from "../records/programme-entry.ts";
import { type Unbroken, unbrokenContraception } from "./contraception.ts";
import { type EntryOf, inTime } from "./entries-in-order.ts";
import type { FindingStatus } from "./finding.ts";
import {
  type History,
  type Supply,
  foreignEntries,
  isOfThisBeginning,
  isSinceLastPrescription,
  onceFor,
  sinceElsewhere,
  waitingSupply,
  wasOnTreatment,
} from "./history.ts";
import { hcgReading } from "./labs.ts";
import { editionOn, nextEditionAfter, rowOf } from "./programmes/editions.ts";
import type { ProgrammeTable, RuleRows } from "./programmes/programme-table.ts";

/** The rules about one test, as they stand for it. */
export type TestStatuses = {
  setting: FindingStatus;
  evidence: FindingStatus;
  sensitivity: FindingStatus;
  spacing: FindingStatus;
  afterMonth: FindingStatus;
  menses: FindingStatus;
  missedWindow: FindingStatus;
};

/** `row`: the window that it opens, by the edition of its day. */
export type JudgedTest = {
  test: PregnancyTest;
  table: ProgrammeTable;
  row: NonNullable<RuleRows["test-in-window"]>;
  closesAt: Instant;
  statuses: TestStatuses;
};

/** A first test as the edition of its day (`table`, `row`) sees it. */
export type Screening = {
  test: PregnancyTest;
  table: ProgrammeTable;
  row: NonNullable<RuleRows["screening-test"]>;
  setting: FindingStatus;
  sensitivity: FindingStatus;
};

/**
 * The tests of the present month.
 * - `screening`: the earliest negative test since the beginning that counts as the first one, else the most promising.
 * - `window`: the negative test whose window is open; the one that meets most and that most steps have followed, so that another
 *   test in the same window spoils nothing; else the latest. Null when none is open.
 * - `expired`: the latest negative test whose window has closed, if none is open.
 * - `pending`: a test without a result, of whatever course or the laboratory, that was taken no earlier than the window's test.
 * - `missed`: the latest test whose first window passed without a dose.
 * - `repeats`: before the first dose a prescription was issued in a window: the next test is a repeat, not tied to the period.
 */
export type Tests = {
  unbroken: Unbroken;
  screening: Screening | null;
  window: JudgedTest | null;
  expired: JudgedTest | null;
  pending: PendingTest | null;
  missed: PregnancyTest | null;
  repeats: boolean;
};

/** The edition that judges a specimen of `on`; for days before the first edition, the one in force. */
export function tableFor(history: History, on: CalendarDate): ProgrammeTable {
  return editionOn(history.facts.course.programme, on) ?? history.table;
}

/** 23:59 on `date`, the last day of a window, in the table's zone: US Eastern, or that of the clinic. */
export function closeOfDay(table: ProgrammeTable, clinicZone: string, date: CalendarDate): Instant {
  return table.windowZone === "us-eastern" ? easternClose(date) : instantIn(clinicZone, date, "23:59");
}

/** Last instant of the window that a specimen opens. Null when the edition has no window. */
export function windowClose(
  table: ProgrammeTable,
  clinicZone: string,
  specimenOn: CalendarDate,
): Instant | null {
  const row = table.rules["test-in-window"];
  return row === null ? null : closeOfDay(table, clinicZone, addDays(specimenOn, row.days - 1));
}

/** A pregnancy test that does not exclude a pregnancy. */
export function isDoubtful(test: PregnancyTest): boolean {
  return test.result === "positive" || test.result === "indeterminate";
}

/** True if the kit shows `limit` mIU/mL or fewer; unknown when nobody recorded it. */
export function sensitivityOf(test: PregnancyTest, limit: number): FindingStatus {
  if (test.sensitivity === null) return "unknown";
  return test.sensitivity <= limit ? "met" : "unmet";
}

/** Whether the test detects what the edition of its day asks for. */
export function kitOf(table: ProgrammeTable, test: PregnancyTest): FindingStatus {
  const row = table.rules["test-sensitivity"];
  return row === null ? "not-applicable" : sensitivityOf(test, row.detects);
}

/** The tests of the present month. */
export function testsOf(history: History): Tests {
  return onceFor(known, history, findTests);
}
const known = new WeakMap<History, Tests>();

function findTests(history: History): Tests {
  const unbroken = unbrokenContraception(history);
  const negatives = history.of["pregnancy-test"].filter(
    (one) => one.result === "negative" && one.on >= history.beginning.on,
  );
  const screening = screeningOf(history, negatives);
  const first = history.onTreatment ? [] : firstWindows(history, negatives, screening, unbroken);
  let window: JudgedTest | null = null;
  let expired: JudgedTest | null = null;
  const fresh = negatives.filter((one) => isSinceLastPrescription(history, one.on));
  for (const test of fresh.toReversed()) {
    const table = tableFor(history, test.on);
    const row = table.rules["test-in-window"];
    if (row === null) continue;
    const closesAt = closeOfDay(table, history.facts.clinic.zone, addDays(test.on, row.days - 1));
    const judged = {
      test,
      table,
      row,
      closesAt,
      statuses: statusesOf(history, test, screening, unbroken, first),
    };
    if (!isStillOpen(closesAt, history.at)) {
      expired = judged;
      break;
    }
    if (window === null || isBetter(history, judged, window)) window = judged;
  }
  const asOf = window?.test.on ?? null;
  const pending = pendingTests(history).findLast(
    (one) =>
      isSinceLastPrescription(history, one.on) &&
      (asOf === null ? one.on >= (expired?.test.on ?? one.on) : one.on >= asOf),
  );
  return {
    unbroken,
    screening,
    window,
    expired: window === null ? expired : null,
    pending: pending ?? null,
    missed: first.findLast((one) => !isStillOpen(one.closesAt, history.at))?.test ?? null,
    repeats: first.some((one) => wasPrescribedIn(history, one)),
  };
}

/** A test without a result: of this course or another, or an hCG of the laboratory. */
export type PendingTest = { on: CalendarDate } & ({ of: "test"; test: PregnancyTest } | { of: "result" });

/** The tests without a result, the earliest first; of one day those of the laboratory last. */
export function pendingTests({ facts, of, today }: History): PendingTest[] {
  const since = sinceElsewhere(facts);
  const tests = [...of["pregnancy-test"], ...foreignEntries(facts, today, ["pregnancy-test"])];
  const results = facts.elsewhere?.results ?? [];
  return [
    ...tests.flatMap((test): PendingTest[] =>
      test.result === "pending" ? [{ on: test.on, of: "test", test }] : [],
    ),
    ...results.flatMap((one): PendingTest[] =>
      one.collectedOn >= since && hcgReading(one) === "pending"
        ? [{ on: one.collectedOn, of: "result" }]
        : [],
    ),
  ].toSorted((a, b) => daysBetween(b.on, a.on));
}

/** The rules that a test does not meet. */
export function faultsOf(statuses: TestStatuses): FindingStatus[] {
  return Object.values(statuses).filter((one) => one === "unmet" || one === "unknown");
}

/** True if a rule about this test is not met. */
export function hasFaults(judged: JudgedTest): boolean {
  return faultsOf(judged.statuses).length > 0;
}

/** Whether a test serves better than another of a later day: it has fewer faults, or as few and more steps have followed it. */
function isBetter(history: History, one: JudgedTest, than: JudgedTest): boolean {
  const [faults, others] = [faultsOf(one.statuses).length, faultsOf(than.statuses).length];
  return (
    faults < others || (faults === others && stepsAfter(history, one.test) > stepsAfter(history, than.test))
  );
}

/** How many of the two steps have followed a test: the prescriber's confirmation, and the patient's answers after it. */
function stepsAfter(history: History, test: PregnancyTest): number {
  const confirmed = confirmationSince(history, test.on);
  const answered =
    confirmed !== null && history.of["patient-questions"].some((one) => one.on >= confirmed.on);
  return [confirmed !== null, answered].filter((one) => one).length;
}

/** The first confirmation since the last prescription that is of a day or later: a second one starts nothing again. */
export function confirmationSince(
  history: History,
  from: CalendarDate | null,
): EntryOf<"prescriber-confirmation"> | null {
  return (
    history.of["prescriber-confirmation"].find(
      (one) => isSinceLastPrescription(history, one.on) && (from === null || one.on >= from),
    ) ?? null
  );
}

function screeningOf(history: History, negatives: readonly PregnancyTest[]): Tests["screening"] {
  let best: Tests["screening"] = null;
  for (const test of negatives) {
    const table = tableFor(history, test.on);
    const row = table.rules["screening-test"];
    if (row === null) continue;
    const judged = {
      test,
      table,
      row,
      setting: row.settings.includes(test.setting) ? ("met" as const) : ("unmet" as const),
      sensitivity: sensitivityOf(test, row.detects),
    };
    if (judged.setting === "met" && judged.sensitivity === "met") return judged;
    if (best === null || (best.setting === "unmet" && judged.setting === "met")) best = judged;
  }
  return best;
}

function statusesOf(
  history: History,
  test: PregnancyTest,
  screening: Tests["screening"],
  unbroken: Unbroken,
  first: readonly OpenedWindow[],
): TestStatuses {
  const table = tableFor(history, test.on);
  const common = {
    setting: settingOf(history, table, test),
    evidence: evidenceOf(history, table, test).status,
    sensitivity: kitOf(table, test),
  };
  if (history.onTreatment)
    return {
      ...common,
      spacing: "not-applicable",
      afterMonth: "not-applicable",
      menses: "not-applicable",
      missedWindow: "not-applicable",
    };
  return {
    ...common,
    spacing: spacingOf(table, test, screening),
    afterMonth: afterMonthOf(table, test, unbroken),
    menses: mensesOf(history, table, test, first),
    missedWindow: missedWindowOf(table, test, first),
  };
}

function settingOf(history: History, table: ProgrammeTable, test: PregnancyTest): FindingStatus {
  const row = table.rules["test-setting"];
  if (row === null) return "not-applicable";
  const allowed = wasOnTreatment(history, test.on) ? row.onTreatment : row.beforeFirstDose;
  return acceptedIn(history, row, allowed, test);
}

function acceptedIn(
  history: History,
  row: NonNullable<RuleRows["test-setting"]>,
  allowed: readonly PregnancyTest["setting"][],
  test: PregnancyTest,
): FindingStatus {
  if (!allowed.includes(test.setting)) return "unmet";
  if (test.setting !== "home" || !row.homeNeedsPermission) return "met";
  return homePermission(history, test.on)?.given === true ? "met" : "unmet";
}

/**
 * Why a negative test is not the one after treatment, in a few words; empty when it is. It is judged as those during treatment
 * are, by the edition of its day. Source: domain facts 1.4, step 13, and 1.8.
 */
export function faultAfterTreatment(history: History, test: PregnancyTest): string {
  const table = tableFor(history, test.on);
  const row = rowOf(table, "test-setting");
  if (acceptedIn(history, row, row.onTreatment, test) !== "met")
    return row.onTreatment.includes(test.setting)
      ? "tests at home are not permitted for this patient"
      : "it was not taken where the programme accepts it";
  const evidence = evidenceOf(history, table, test);
  if (evidence.expired) return "its kit had expired";
  if (evidence.status === "unknown") return `not on record: ${evidence.lacks.join(", ")}`;
  const kit = kitOf(table, test);
  if (kit === "unknown") return "its sensitivity is not on record";
  return kit === "unmet" ? "its kit is not sensitive enough" : "";
}

/** The negative tests that may be those after treatment, the earliest first. */
export function testsAfterTreatment(history: History): readonly PregnancyTest[] {
  return history.of["pregnancy-test"].filter(
    (one) => one.result === "negative" && faultAfterTreatment(history, one) === "",
  );
}

/**
 * What shows a test outside a medical setting (domain facts 1.8), with what it lacks, in words. A kit that had expired is a
 * no; what is not on record is unknown.
 */
export function evidenceOf(
  history: History,
  table: ProgrammeTable,
  test: PregnancyTest,
): { status: FindingStatus; lacks: readonly string[]; expired: boolean } {
  const row = table.rules["home-test-evidence"];
  const none = { lacks: [], expired: false };
  if (row === null || !row.settings.includes(test.setting)) return { ...none, status: "not-applicable" };
  const { home } = test;
  if (typeof home?.kitExpiry === "string" && home.kitExpiry < test.on)
    return { ...none, status: "unmet", expired: true };
  const code = codeIn(test);
  const shown = code !== "" || (test.attachmentIds ?? []).length > 0;
  const lacks = [
    ...(isGiven(home?.kitLot) ? [] : ["the kit’s lot"]),
    ...(typeof home?.kitExpiry === "string" ? [] : ["the kit’s expiry"]),
    ...(shown ? [] : ["a one-time code or a photo"]),
    ...(code === "" || isCodeOf(history, test, code)
      ? []
      : ["that its one-time code was given for it alone"]),
    ...(isGiven(home?.verifiedBy) ? [] : ["who verified it"]),
  ];
  return { ...none, status: lacks.length === 0 ? "met" : "unknown", lacks };
}

/** The one-time code beside a home test; empty without one. */
function codeIn({ home }: PregnancyTest): string {
  return asCode(home?.challengeCode ?? "");
}

/** A code shows a test only if it was given by then and no earlier test was shown by it: else the photo may be an old one. */
function isCodeOf(history: History, test: PregnancyTest, code: string): boolean {
  return (
    history.of["home-test-code"].some((one) => one.on <= test.on && asCode(one.code) === code) &&
    !history.of["pregnancy-test"].some((one) => codeIn(one) === code && inTime(one, test) < 0)
  );
}

function isGiven(text: string | undefined): boolean {
  return text !== undefined && text.trim() !== "";
}

/** The prescriber's standing word on home tests as of a day; null when there is none. */
export function homePermission(history: History, on: CalendarDate): EntryOf<"home-test-permission"> | null {
  return history.of["home-test-permission"].findLast((one) => one.on <= on) ?? null;
}

/** Counted from a first test that counts; while its sensitivity is unknown it may yet be one, and its own rule blocks. */
function spacingOf(table: ProgrammeTable, test: PregnancyTest, screening: Tests["screening"]): FindingStatus {
  const row = table.rules["test-spacing"];
  if (row === null) return "not-applicable";
  const first = firstThatCounts(screening);
  if (first === null) return "unknown";
  return daysBetween(first.on, test.on) >= row.days ? "met" : "unmet";
}

/** The first test, if it counts or may yet count: its place is right, and its sensitivity is right or not on record. */
export function firstThatCounts(screening: Tests["screening"]): PregnancyTest | null {
  return screening === null || screening.setting === "unmet" || screening.sensitivity === "unmet"
    ? null
    : screening.test;
}

function afterMonthOf(table: ProgrammeTable, test: PregnancyTest, unbroken: Unbroken): FindingStatus {
  const month = table.rules["contraception-month"];
  if (table.rules["test-after-month"] === null || month === null) return "not-applicable";
  const over = monthOver(month, unbroken);
  if (over === null) return unbroken.current === null ? "unknown" : "unmet";
  return test.on >= over ? "met" : "unmet";
}

/** The day on which contraception has been unbroken for long enough; null while it is not in use. */
export function monthOver({ days }: { days: number }, { since }: Unbroken): CalendarDate | null {
  return since === null ? null : addDays(since, days);
}

/** The latest record of periods as of a day. */
export function mensesAsOf(history: History, on: CalendarDate): EntryOf<"menstruation"> | null {
  return history.of.menstruation.findLast((one) => one.on <= on) ?? null;
}

function mensesOf(
  history: History,
  table: ProgrammeTable,
  test: PregnancyTest,
  first: readonly OpenedWindow[],
): FindingStatus {
  const row = table.rules["menses-days"];
  if (row === null || first.some((one) => wasPrescribedIn(history, one))) return "not-applicable";
  const menses = mensesAsOf(history, test.on);
  if (menses === null) return "unknown";
  if (menses.cycle !== "regular") return "not-applicable";
  const day = daysBetween(menses.on, test.on) + 1;
  return day >= row.first && day <= row.last ? "met" : "unmet";
}

function missedWindowOf(
  table: ProgrammeTable,
  test: PregnancyTest,
  first: readonly OpenedWindow[],
): FindingStatus {
  const row = table.rules["missed-first-window"];
  const before = first.findLast((one) => one.test.on < test.on);
  if (row === null || before === undefined) return "not-applicable";
  return daysBetween(before.test.on, test.on) >= row.waitDays ? "met" : "unmet";
}

/** A test that opened a window before the first dose, and its last instant. */
type OpenedWindow = { test: PregnancyTest; closesAt: Instant };

/**
 * The tests that opened a window before the first dose, the earliest first. The waiting after a missed first window counts from
 * each of them, whether or not a prescription was issued in it: the stricter reading.
 */
function firstWindows(
  history: History,
  negatives: readonly PregnancyTest[],
  screening: Tests["screening"],
  unbroken: Unbroken,
): OpenedWindow[] {
  const opened: OpenedWindow[] = [];
  for (const test of negatives) {
    const closesAt = windowClose(tableFor(history, test.on), history.facts.clinic.zone, test.on);
    if (closesAt === null) continue;
    if (faultsOf(statusesOf(history, test, screening, unbroken, opened)).length === 0)
      opened.push({ test, closesAt });
  }
  return opened;
}

/** A first prescription was issued in this test's window: its repeat is not tied to the period (domain facts 1.6). */
function wasPrescribedIn(history: History, { test, closesAt }: OpenedWindow): boolean {
  return history.prescriptions.some(
    (one) =>
      isOfThisBeginning(history, one) && one.issuedOn >= test.on && isStillOpen(closesAt, one.issuedAt),
  );
}

/**
 * The earliest day on which the next test of this patient would count, if nothing else changed.
 * - `from` null: it cannot be told yet, because `missing` is not on record.
 * - `to`: the last such day, when the period sets one.
 * - `nextPeriod`: the days of the next period on which it counts, where `from` is met only then; else null.
 * - `stricter`: the day that the edition of today would ask for, where a coming edition allows an earlier one (domain facts V2).
 */
export type NextTest = {
  kind: "screening" | "confirmation" | "monthly";
  from: CalendarDate | null;
  to: CalendarDate | null;
  nextPeriod: { first: number; last: number } | null;
  missing: "contraception" | null;
  stricter: CalendarDate | null;
};

/** See `NextTest`. */
export function nextTest(history: History, tests: Tests): NextTest {
  const none = { to: null, nextPeriod: null, missing: null, stricter: null };
  const last = history.lastPrescription;
  const soonest = last === null ? history.today : later(history.today, addDays(last.issuedOn, 1));
  // A prescription that may still be collected, or was without a record of it, makes the next test a monthly one, unless
  // treatment begins anew since.
  const waiting = waitingSupply(history);
  const waits = waiting !== null && isOfThisBeginning(history, waiting.prescription);
  if (history.onTreatment || waits) {
    const opensOn = supplyOpensOn(history);
    return { ...none, kind: "monthly", from: opensOn === null ? soonest : later(soonest, opensOn) };
  }
  const { screening, unbroken } = tests;
  const counts = screening !== null && screening.setting === "met" && screening.sensitivity === "met";
  if (!counts && history.table.rules["screening-test"] !== null)
    return { ...none, kind: "screening", from: soonest };
  if (unbroken.since === null) return { ...none, kind: "confirmation", from: null, missing: "contraception" };
  const earliest = [soonest];
  const spacing = history.table.rules["test-spacing"];
  if (spacing !== null && screening !== null) earliest.push(addDays(screening.test.on, spacing.days));
  const month = history.table.rules["contraception-month"];
  if (month !== null) earliest.push(addDays(unbroken.since, month.days));
  const wait = tests.missed === null ? null : afterMissed(history, tests.missed);
  if (wait !== null) earliest.push(wait.from);
  const from = earliest.reduce((a, b) => later(a, b));
  const stricter = wait !== null && wait.byToday > from ? wait.byToday : null;
  const answer: NextTest = { ...none, kind: "confirmation", from, stricter };
  const row = history.table.rules["menses-days"];
  const menses = mensesAsOf(history, history.today);
  if (row === null || (menses !== null && menses.cycle !== "regular")) return answer;
  if (tests.repeats) return answer;
  if (menses === null) return { ...answer, nextPeriod: row };
  const to = addDays(menses.on, row.last - 1);
  if (from > to) return { ...answer, nextPeriod: row };
  return { ...answer, from: later(from, addDays(menses.on, row.first - 1)), to };
}

/** First day on which a new prescription may be issued beside the last supply; null when there is none. */
export function supplyOpensOn(history: History): CalendarDate | null {
  const row = history.table.rules["supply-overlap"];
  const supply = history.lastSupply;
  return row === null || supply === null ? null : opensAfter(supply, row.days);
}

/** See `supplyOpensOn`; `overlap`: this many days before the supply runs out. */
export function opensAfter(supply: Supply, overlap: number): CalendarDate {
  const own = addDays(supply.from, supply.days - overlap);
  // Of all supplies together twice as much may be left: a day or two each month add up.
  const before = later(own, addDays(supply.until, 1 - 2 * overlap));
  // A supply that is no longer than the overlap would otherwise allow the next one at once, and the next after that.
  return later(addDays(supply.prescription.issuedOn, 1), before);
}

/** From which day the repeat of a missed first window counts, and from which by the edition of today alone. */
function afterMissed(history: History, missed: PregnancyTest): { from: CalendarDate; byToday: CalendarDate } {
  const countsIn = (table: ProgrammeTable, from: CalendarDate): CalendarDate => {
    const row = table.rules["missed-first-window"];
    return row === null ? from : later(from, addDays(missed.on, row.waitDays));
  };
  const byToday = countsIn(history.table, history.today);
  const coming = nextEditionAfter(history.facts.course.programme, history.today);
  const byComing = coming === null ? byToday : countsIn(coming, coming.effectiveFrom);
  return { from: earlier(byToday, byComing), byToday };
}
