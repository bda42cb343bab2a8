/**
 * The facts of a course as they stand at one instant: what is dated later is left out, what is left is sorted, and the few
 * things that every rule asks (the category, the last prescription, whether a dose was taken) are worked out once.
 */
import { type CalendarDate, type Instant, addDays, dateIn, daysBetween, later } from "../calendar.ts";
import type { RiskCategory, RiskCriterion } from "../records/course.ts";
import {
  type ProgrammeEntry,
  type ProgrammeEntryKind,
  areOfOnePerson,
  firstRecorded,
  isDose,
} from "../records/programme-entry.ts";
import { judgePair } from "./contraception.ts";
import {
  type Entries,
  type EntryOf,
  byKind,
  compare,
  entriesWhere,
  exists,
  filedOf,
  inTime,
} from "./entries-in-order.ts";
import type { Elsewhere, PrescriptionFact, ProgrammeFacts } from "./facts.ts";
import { EDITIONS, rowOf } from "./programmes/editions.ts";
import type { ProgrammeTable } from "./programmes/programme-table.ts";

/** See `isDose`. */
export type DoseEntry = EntryOf<"first-dose"> | EntryOf<"dispensing">;

/**
 * From when on the steps before treatment must have been done, and why: when the course was decided for, or when a lapse of
 * contraception, a change to "can become pregnant" or a long break made it begin anew (domain facts 1.6).
 * `knownAt`: when that was recorded; null for the decision.
 */
export type Beginning = {
  on: CalendarDate;
  because: "decision" | "lapse" | "category" | "break";
  knownAt: Instant | null;
};

/**
 * Which category stands. The first entry counts as it is; "cannot" needs a criterion that the programme accepts, else "can" stands.
 * A later entry that turns "can" into "cannot" counts from the day on which somebody else than who recorded it agreed
 * (`category-agreement` with its id); until then "can" stands. One that turns "cannot" into "can" counts at once.
 * Where the courses opened before this one say that the patient can become pregnant, its first "cannot" is such a change too.
 * `lacks`: what the latest change is without: a reason (`changeReason`), or the second person's agreement, or nothing.
 * `said`: the first entry by which it stands. `anew`: the last entry that turned "cannot" into "can".
 */
type Standing = {
  category: RiskCategory;
  lacks: "agreement" | "reason" | null;
  said: EntryOf<"risk-category"> | null;
  anew: EntryOf<"risk-category"> | null;
};

export type History = {
  facts: ProgrammeFacts;
  table: ProgrammeTable;
  at: Instant;
  today: CalendarDate;
  /** Entries by kind, the earliest first; missed periods and lapses of the patient's other courses among them (`isElsewhere`). */
  of: Entries;
  /** Prescriptions, the earliest first. */
  prescriptions: readonly PrescriptionFact[];
  lastPrescription: PrescriptionFact | null;
  /** What is recorded of the pick-up of each prescription, in their order. */
  outcomes: readonly (readonly EntryOf<"dispensing">[])[];
  /** The last prescription that was not recorded as left at the pharmacy, with what became of it. */
  lastSupply: Supply | null;
  /** The category that the rules go by; see `Standing`. */
  category: RiskCategory;
  /** The latest entry of the category, whether it counts or not, and what a change of category lacks to count. */
  categoryEntry: EntryOf<"risk-category"> | null;
  categoryLacks: Standing["lacks"];
  beginning: Beginning;
  /** Doses taken or collected, the earliest first. */
  doses: readonly DoseEntry[];
  /** Whether a dose was taken since the beginning; until then the rules before treatment hold. */
  onTreatment: boolean;
};

/** The facts as they stand at `at`, judged by `table`; `knows`: by these of the course’s own entries alone. */
export function historyAt(
  facts: ProgrammeFacts,
  table: ProgrammeTable,
  at: Instant,
  knows: Knows = null,
): History {
  const today = dateIn(facts.clinic.zone, at);
  const record =
    knows === null ? recordAt(facts, table, today, at) : readRecord(facts, table, today, at, knows);
  return { facts, table, at, today, ...record };
}

/** The course at a later instant by another table, if nothing is recorded or issued that is not known at the time of `history`. */
export function laterOn(history: History, table: ProgrammeTable, at: Instant): History {
  const { facts, today } = history;
  const isAllKnown = filedOf(facts.entries).until < today;
  const knows = isAllKnown
    ? null
    : (one: ProgrammeEntry) => exists(one, today, facts.clinic.zone, history.at);
  return historyAt({ ...facts, ...withoutFuture(history) }, table, at, knows);
}

/** The prescriptions and doses of a history, without any that come later; the same list where none does. */
function withoutFuture({
  facts,
  prescriptions,
  today,
}: History): Pick<ProgrammeFacts, "prescriptions" | "doses"> {
  return {
    prescriptions: prescriptions.length === facts.prescriptions.length ? facts.prescriptions : prescriptions,
    doses: facts.doses.filter((one) => one.on <= today),
  };
}

/** The course’s own entries that exist at the time of a history; the same list where all do. */
function entriesKnown({ facts, today, at }: History): readonly ProgrammeEntry[] {
  const { entries, clinic } = facts;
  return filedOf(entries).until < today
    ? entries
    : entries.filter((one) => exists(one, today, clinic.zone, at));
}

/** The facts without what is dated later, so that looking ahead does not meet entries that do not exist yet. */
export function knownAt(history: History): ProgrammeFacts {
  return {
    ...history.facts,
    ...withoutFuture(history),
    entries: entriesKnown(history),
  };
}

type Knows = ((entry: ProgrammeEntry) => boolean) | null;

/** What a history says whatever the hour is. */
type CourseRecord = Omit<History, "facts" | "table" | "at" | "today">;

/**
 * A course is judged again and again, and once all of it lies in the past only a new entry or prescription changes what it says:
 * that is kept with the list of its entries, for as long as somebody holds the list.
 */
function recordAt(
  facts: ProgrammeFacts,
  table: ProgrammeTable,
  today: CalendarDate,
  at: Instant,
): CourseRecord {
  const { entries, prescriptions } = facts;
  const known = past.get(entries);
  if (
    known !== undefined &&
    known.until < today &&
    known.issuedUntil <= at &&
    known.table === table &&
    known.decidedOn === facts.course.decidedOn &&
    known.prescriptions === prescriptions &&
    known.elsewhere === facts.elsewhere &&
    // Nobody may make a list longer; whoever did must not be judged by what it was.
    known.count === entries.length + prescriptions.length
  )
    return known.record;
  const record = readRecord(facts, table, today, at, null);
  const foreign = facts.elsewhere === undefined ? "" : filedOf(facts.elsewhere.entries).until;
  const until = later(filedOf(entries).until, foreign);
  const issuedUntil = record.lastPrescription?.issuedAt ?? "";
  if (until < today && record.prescriptions.length === prescriptions.length)
    past.set(entries, {
      record,
      table,
      decidedOn: facts.course.decidedOn,
      prescriptions,
      elsewhere: facts.elsewhere,
      until,
      issuedUntil,
      count: entries.length + prescriptions.length,
    });
  return record;
}
const past = new WeakMap<readonly ProgrammeEntry[], Past>();

/** A record with what it was read from, and the last day and the last instant of what that holds. */
type Past = {
  record: CourseRecord;
  table: ProgrammeTable;
  decidedOn: CalendarDate;
  prescriptions: readonly PrescriptionFact[];
  elsewhere: Elsewhere | undefined;
  until: CalendarDate;
  issuedUntil: Instant;
  count: number;
};

function readRecord(
  facts: ProgrammeFacts,
  table: ProgrammeTable,
  today: CalendarDate,
  at: Instant,
  knows: Knows,
): CourseRecord {
  const of = withForeign(entriesAt(facts, today, at, knows), facts, today);
  const prescriptions = facts.prescriptions
    .filter((one) => one.issuedAt <= at)
    .sort((a, b) => compare(a.issuedAt, b.issuedAt) || compare(a.id, b.id));
  const doses = [...of["first-dose"], ...of.dispensing.filter(isDose)].sort(inTime);
  const standing = standingOf(of, acceptedIn(table), categoryElsewhere(facts.elsewhere));
  const beginning = beginningOf(facts.course.decidedOn, table, of, doses, prescriptions, standing);
  const outcomes = outcomesOfAll(of.dispensing, prescriptions);
  return {
    of,
    prescriptions,
    lastPrescription: prescriptions.at(-1) ?? null,
    outcomes,
    lastSupply: lastSupplyOf(prescriptions, outcomes),
    category: standing.category,
    categoryEntry: of["risk-category"].at(-1) ?? null,
    categoryLacks: standing.lacks,
    beginning,
    doses,
    onTreatment: doses.some((dose) => countsSince(dose, { beginning, prescriptions, table })),
  };
}

/** What is worked out from a history, once for it: several rules and Today's lines ask for the same. A history never changes. */
export function onceFor<T extends object | null>(
  known: WeakMap<History, T>,
  history: History,
  find: (history: History) => T,
): T {
  const before = known.get(history);
  if (before !== undefined) return before;
  const found = find(history);
  known.set(history, found);
  return found;
}

/** True for an entry that comes after the last prescription, so that it can serve the next one. */
export function isSinceLastPrescription(history: History, on: CalendarDate): boolean {
  return history.lastPrescription === null || on > history.lastPrescription.issuedOn;
}

/**
 * A prescription with what became of it.
 * - `from`: the day on which its capsules begin: the first dispensing, else the prescription.
 * - `collected`: null when nobody recorded whether it was.
 * - `count`: capsules collected, all dispensings together; null when one was recorded without its count.
 * - `prescribed`: capsules prescribed; null when the facts do not say.
 * - `days`: how long it lasts: by the capsules that were collected where both counts are known, else the days prescribed.
 * - `until`: the last day for which there are capsules, what was left of earlier supplies being used up first.
 */
export type Supply = {
  prescription: PrescriptionFact;
  from: CalendarDate;
  collected: true | null;
  count: number | null;
  prescribed: number | null;
  days: number;
  until: CalendarDate;
};

function lastSupplyOf(
  prescriptions: readonly PrescriptionFact[],
  outcomes: History["outcomes"],
): Supply | null {
  let last: Supply | null = null;
  for (const [place, prescription] of prescriptions.entries()) {
    const own = outcomes[place] ?? [];
    if (!isLeft(own)) last = supplyOf(prescription, own, last);
  }
  return last;
}

/** Left at the pharmacy: all that is recorded is that nothing was dispensed. */
function isLeft(outcomes: readonly EntryOf<"dispensing">[]): boolean {
  return outcomes.length > 0 && !outcomes.some(isDose);
}

/** The last prescription while nobody recorded what became of it: it may wait at the pharmacy. */
export function waitingSupply({ lastSupply, lastPrescription }: History): Supply | null {
  return lastSupply !== null && lastSupply.collected === null && lastSupply.prescription === lastPrescription
    ? lastSupply
    : null;
}

/** What is recorded of the pick-up of a prescription, by its place among the prescriptions. */
export function outcomesOf(history: History, place: number): readonly EntryOf<"dispensing">[] {
  return history.outcomes[place] ?? [];
}

/** Each of the pick-ups with the last prescription that it can be of; those of before the first one are of none. */
function outcomesOfAll(
  dispensings: readonly EntryOf<"dispensing">[],
  prescriptions: readonly PrescriptionFact[],
): History["outcomes"] {
  const outcomes = prescriptions.map((): EntryOf<"dispensing">[] => []);
  for (const one of dispensings)
    outcomes[prescriptions.findLastIndex((prescription) => isSaidSince(one, prescription))]?.push(one);
  return outcomes;
}

/** "Nothing dispensed", recorded on the day of a prescription before it was issued, was said of the one before. */
function isSaidSince(outcome: EntryOf<"dispensing">, prescription: PrescriptionFact): boolean {
  return (
    outcome.on > prescription.issuedOn ||
    (outcome.on === prescription.issuedOn &&
      (isDose(outcome) || firstRecorded(outcome) >= prescription.issuedAt))
  );
}

/** Capsules of a prescription; null when the facts do not say. */
export function prescribedCount(prescription: PrescriptionFact): number | null {
  if (prescription.capsules === undefined) return null;
  const aDay = prescription.capsules.reduce((sum, one) => sum + one.morning + one.evening, 0);
  return aDay > 0 ? aDay * prescription.daysSupply : null;
}

function supplyOf(
  prescription: PrescriptionFact,
  outcomes: readonly EntryOf<"dispensing">[],
  before: Supply | null,
): Supply {
  const taken = outcomes.filter(isDose);
  const count = taken.length === 0 ? null : taken.reduce(addCapsules, 0);
  const prescribed = prescribedCount(prescription);
  const from = taken[0]?.on ?? prescription.issuedOn;
  const days =
    count === null || prescribed === null
      ? prescription.daysSupply
      : Math.ceil((count * prescription.daysSupply) / prescribed);
  const begins = before === null ? from : later(from, addDays(before.until, 1));
  return {
    prescription,
    from,
    collected: taken.length > 0 ? true : null,
    count,
    prescribed,
    days,
    until: addDays(begins, days - 1),
  };
}

/** One pick-up without its count leaves the sum unknown. */
function addCapsules(sum: number | null, { capsules }: EntryOf<"dispensing">): number | null {
  return sum === null || capsules === null ? null : sum + capsules;
}

/** True if the last prescription is on record as left at the pharmacy. */
export function wasNotCollected(history: History): boolean {
  return isLeft(outcomesOf(history, history.prescriptions.length - 1));
}

/**
 * The day of the restart after an end of treatment: a resumption of a later day, or of its own day unless that was recorded
 * before the end was, or a dose of a later day. Null without one.
 */
export function restartAfter(history: Pick<History, "of" | "doses">, end: EndEntry): CalendarDate | null {
  return restartOf(history, end)?.on ?? null;
}

type EndEntry = EntryOf<"last-dose"> | EntryOf<"treatment-stop">;

function restartOf({ of, doses }: Pick<History, "of" | "doses">, end: EndEntry): ProgrammeEntry | null {
  const resumed = of.resume.find(
    (one) => one.on > end.on || (one.on === end.on && firstRecorded(one) >= firstRecorded(end)),
  );
  const dosed = doses.find((one) => one.on > end.on);
  if (resumed === undefined || dosed === undefined) return resumed ?? dosed ?? null;
  return dosed.on < resumed.on ? dosed : resumed;
}

/** The course’s own entries that exist at an instant, and that are known. */
function entriesAt(
  { entries, clinic }: ProgrammeFacts,
  today: CalendarDate,
  at: Instant,
  knows: Knows,
): Entries {
  const all = filedOf(entries);
  if (all.until < today) return knows === null ? all.of : entriesWhere(all, knows);
  return entriesWhere(all, (one) => exists(one, today, clinic.zone, at) && (knows === null || knows(one)));
}

/** With the missed periods and lapses of the patient’s other courses. */
function withForeign(of: Entries, facts: ProgrammeFacts, today: CalendarDate): Entries {
  const missed = foreignEntries(facts, today, ["missed-period"]);
  const lapses = foreignEntries(facts, today, ["contraception-lapse"]);
  if (missed.length + lapses.length === 0) return of;
  return {
    ...of,
    "missed-period": [...of["missed-period"], ...missed].sort(inTime),
    "contraception-lapse": [...of["contraception-lapse"], ...lapses].sort(inTime),
  };
}

/** How long a pregnancy lasts from the last period, in days: an older sign is of one that is over. Source: the 40 weeks of general obstetrics. */
const PREGNANCY_DAYS = 280;

/** The first day on which what another course knows still matters to this one: the length of a pregnancy before the decision. */
export function sinceElsewhere({ course }: ProgrammeFacts): CalendarDate {
  return addDays(course.decidedOn, -PREGNANCY_DAYS);
}

/** Entries of the patient's other courses, of these kinds, that had happened by `today` and still matter. */
export function foreignEntries<K extends ProgrammeEntryKind>(
  facts: ProgrammeFacts,
  today: CalendarDate,
  kinds: readonly K[],
): EntryOf<K>[] {
  if (facts.elsewhere === undefined) return [];
  const since = sinceElsewhere(facts);
  const isAsked = (one: ProgrammeEntry): one is EntryOf<K> => (kinds as readonly string[]).includes(one.kind);
  return facts.elsewhere.entries.filter(isAsked).filter((one) => one.on >= since && one.on <= today);
}

/** Whether an entry stands in another course of the patient. */
export function isElsewhere({ facts }: History, entry: ProgrammeEntry): boolean {
  return facts.elsewhere?.entries.includes(entry) === true;
}

/** The category that stands after the courses opened before this one, each by its own programme's criteria; null while none says. */
export function categoryElsewhere(elsewhere: Elsewhere | undefined): RiskCategory | null {
  if (elsewhere === undefined) return null;
  const { courses = [], entries } = elsewhere;
  let before: RiskCategory | null = null;
  for (const course of courses) {
    const { of } = byKind(entries.filter((one) => one.courseId === course.id));
    if (!course.openedBefore || of["risk-category"].length === 0) continue;
    const accepted = EDITIONS[course.programme].flatMap((one) => rowOf(one, "category").cannotBy);
    before = standingOf(of, accepted, before).category;
  }
  return before;
}

type CategoryEntries = Pick<Entries, "risk-category" | "category-agreement">;

/** The category as it stood when a prescription was issued, by what was on record then; null while nobody had said. */
export function categoryAsOf({ facts, table, of }: History, issuedAt: Instant): RiskCategory | null {
  const today = dateIn(facts.clinic.zone, issuedAt);
  const known = (one: ProgrammeEntry): boolean => one.on <= today && firstRecorded(one) <= issuedAt;
  const then = {
    "risk-category": of["risk-category"].filter(known),
    "category-agreement": of["category-agreement"].filter(known),
  };
  if (then["risk-category"].length === 0) return null;
  return standingOf(then, acceptedIn(table), categoryElsewhere(facts.elsewhere)).category;
}

function acceptedIn(table: ProgrammeTable): readonly RiskCriterion[] {
  return table.rules.category?.cannotBy ?? [];
}

function standingOf(
  of: CategoryEntries,
  accepted: readonly RiskCriterion[],
  before: RiskCategory | null,
): Standing {
  let standing: Standing = { category: "can", lacks: null, said: null, anew: null };
  of["risk-category"].forEach((entry, index) => {
    const category = entry.category === "cannot" && accepted.includes(entry.criterion) ? "cannot" : "can";
    const isFirst = index === 0 && before !== "can";
    if (isFirst) standing = { category, lacks: null, said: entry, anew: null };
    else if (category === standing.category)
      standing = { ...standing, lacks: null, said: standing.said ?? entry };
    else {
      const reason = (entry.changeReason ?? "").trim() === "" ? ("reason" as const) : null;
      if (category === "can") standing = { ...standing, category, lacks: reason, anew: entry };
      else if (reason === null && isAgreed(of, entry)) standing = { ...standing, category, lacks: null };
      else standing = { ...standing, lacks: reason ?? "agreement" };
    }
  });
  return standing;
}

function isAgreed(of: CategoryEntries, entry: EntryOf<"risk-category">): boolean {
  return of["category-agreement"].some(
    (one) => one.entryId === entry.id && !areOfOnePerson(one, entry) && one.on >= entry.on,
  );
}

function beginningOf(
  decidedOn: CalendarDate,
  table: ProgrammeTable,
  of: Entries,
  doses: readonly DoseEntry[],
  prescriptions: readonly PrescriptionFact[],
  standing: Standing,
): Beginning {
  let beginning: Beginning = { on: decidedOn, because: "decision", knownAt: null };
  const anew = (on: CalendarDate, because: Beginning["because"], knownAt: Instant): void => {
    if (on < beginning.on) return;
    const before = on === beginning.on ? (beginning.knownAt ?? knownAt) : knownAt;
    beginning = { on, because, knownAt: later(knownAt, before) };
  };
  const { said } = standing;
  if (standing.anew !== null) anew(standing.anew.on, "category", firstRecorded(standing.anew));
  else if (
    said !== null &&
    standing.category === "can" &&
    prescriptions.some((one) => one.issuedAt < firstRecorded(said))
  )
    // What was prescribed before anybody said "can" was prescribed without the steps for it, whatever day that is dated.
    anew(later(said.on, decidedOn), "category", firstRecorded(said));
  const longest = table.rules["course-open"]?.restartAfterDays ?? 0;
  for (const last of [...of["last-dose"], ...of["treatment-stop"]]) {
    const restart = restartOf({ of, doses }, last);
    // From the restart on, not from the last dose: a test at the end of the old course is no first test of the new one.
    if (restart !== null && daysBetween(last.on, restart.on) > longest)
      anew(restart.on, "break", firstRecorded(restart));
  }
  // Of patients who cannot become pregnant no contraception is asked, so none can lapse.
  if (standing.category === "cannot") return beginning;
  const row = table.rules["contraception-pair"];
  // Methods that are not accepted protect no better than none: who changes to them during treatment has lapsed.
  const given = row === null ? [] : of.contraception.filter((one) => !judgePair(row, one).accepted);
  for (const lapse of [...of["contraception-lapse"], ...given])
    if (isAfterFirst({ doses, prescriptions, table }, lapse)) anew(lapse.on, "lapse", lapse.recordedAt);
  return beginning;
}

/**
 * True of a lapse if a prescription was issued or a dose taken on its day or before, or if a prescription was issued soon after
 * by somebody who did not know of it. Else a lapse only sets the month of contraception back; so it makes the course begin anew.
 */
export function isAfterFirst(
  { doses, prescriptions, table }: Pick<History, "doses" | "prescriptions" | "table">,
  lapse: Lapse,
): boolean {
  return (
    doses.some((one) => one.on <= lapse.on) ||
    prescriptions.some((one) => one.issuedOn <= lapse.on || isUnaware(table, one, lapse.on, lapse.recordedAt))
  );
}

/** What breaks contraception, with when it was recorded as it stands now: a correction may have made it the graver. */
type Lapse = Pick<ProgrammeEntry, "on" | "recordedAt">;

/** Whether a prescription was issued before a lapse was known, and before contraception could be in use for long enough again. */
function isUnaware(
  table: ProgrammeTable,
  prescription: PrescriptionFact,
  lapsedOn: CalendarDate,
  knownAt: Instant,
): boolean {
  const month = table.rules["contraception-month"];
  return (
    month !== null && prescription.issuedAt < knownAt && prescription.issuedOn < addDays(lapsedOn, month.days)
  );
}

/** Whether treatment had begun by a day, since the beginning that holds now. */
export function wasOnTreatment(
  {
    doses,
    beginning,
    prescriptions,
    table,
  }: Pick<History, "doses" | "beginning" | "prescriptions" | "table">,
  on: CalendarDate,
): boolean {
  return doses.some((dose) => dose.on <= on && countsSince(dose, { beginning, prescriptions, table }));
}

/** After a new beginning only a dose that a later prescription allowed shows that treatment is under way again. */
function countsSince(
  dose: DoseEntry,
  history: Pick<History, "beginning" | "prescriptions" | "table">,
): boolean {
  if (history.beginning.knownAt === null) return true;
  return history.prescriptions.some((one) => isOfThisBeginning(history, one) && dose.on >= one.issuedOn);
}

/**
 * True for a prescription that was issued after treatment began anew: on a later day, or on the same day once that was recorded,
 * and not by who did not know of a change of category or of a lapse.
 */
export function isOfThisBeginning(
  { beginning, table }: Pick<History, "beginning" | "table">,
  prescription: PrescriptionFact,
): boolean {
  const { on, because, knownAt } = beginning;
  if (knownAt === null) return true;
  if (prescription.issuedAt < knownAt) {
    if (because === "category" || prescription.issuedOn === on) return false;
    if (because === "lapse" && isUnaware(table, prescription, on, knownAt)) return false;
  }
  return prescription.issuedOn >= on;
}
