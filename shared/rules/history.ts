/**
 * The facts of a course as they stand at one instant: what is dated later is left out, what is left is sorted, and the few
 * things that every rule asks (the category, the last prescription, whether a dose was taken) are worked out once.
 */
import { type CalendarDate, type Instant, dateIn, daysBetween, timeIn } from "../calendar.ts";
import type { RiskCategory } from "../records/course.ts";
import {
  type ProgrammeEntry,
  type ProgrammeEntryKind,
  areOfOnePerson,
  firstRecorded,
  isDose,
} from "../records/programme-entry.ts";
import { judgePair } from "./contraception.ts";
import type { PrescriptionFact, ProgrammeFacts } from "./facts.ts";
import type { ProgrammeTable } from "./programmes/programme-table.ts";

export type EntryOf<K extends ProgrammeEntryKind> = Extract<ProgrammeEntry, { kind: K }>;
type Entries = { [K in ProgrammeEntryKind]: readonly EntryOf<K>[] };

/** See `isDose`. */
export type DoseEntry = EntryOf<"first-dose"> | EntryOf<"dispensing">;

/**
 * From when on the steps before treatment must have been done, and why: when the course was decided for, or when a lapse of
 * contraception, a change to "can become pregnant" or a long break made it begin anew (domain facts 1.6).
 */
export type Beginning = { on: CalendarDate; because: "decision" | "lapse" | "category" | "break" };

/**
 * Which category stands. The first entry counts as it is; "cannot" needs a criterion that the programme accepts, else "can" stands.
 * A later entry that turns "can" into "cannot" counts from the day on which somebody else than who recorded it agreed
 * (`category-agreement` with its id); until then "can" stands. One that turns "cannot" into "can" counts at once.
 * `lacks`: what the latest change is without: a reason (`changeReason`), or the second person's agreement, or nothing.
 * `anew`: the last day on which "cannot" turned into "can", in a list that is empty while it never did.
 */
type Standing = {
  category: RiskCategory;
  lacks: "agreement" | "reason" | null;
  anew: readonly CalendarDate[];
};

export type History = {
  facts: ProgrammeFacts;
  table: ProgrammeTable;
  at: Instant;
  today: CalendarDate;
  /** Entries by kind, the earliest first. */
  of: Entries;
  /** Prescriptions, the earliest first. */
  prescriptions: readonly PrescriptionFact[];
  lastPrescription: PrescriptionFact | null;
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

/** The facts as they stand at `at`, judged by `table`. */
export function historyAt(facts: ProgrammeFacts, table: ProgrammeTable, at: Instant): History {
  const today = dateIn(facts.clinic.zone, at);
  return { facts, table, at, today, ...recordAt(facts, table, today, at) };
}

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
    // Nobody may make a list longer; whoever did must not be judged by what it was.
    known.count === entries.length + prescriptions.length
  )
    return known.record;
  const record = readRecord(facts, table, today, at);
  const until = entries.reduce((last, one) => (one.on > last ? one.on : last), "");
  const issuedUntil = prescriptions.reduce((last, one) => (one.issuedAt > last ? one.issuedAt : last), "");
  if (until < today && issuedUntil <= at)
    past.set(entries, {
      record,
      table,
      decidedOn: facts.course.decidedOn,
      prescriptions,
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
  until: CalendarDate;
  issuedUntil: Instant;
  count: number;
};

function readRecord(
  facts: ProgrammeFacts,
  table: ProgrammeTable,
  today: CalendarDate,
  at: Instant,
): CourseRecord {
  const of = byKind(facts.entries.filter((one) => exists(one, today, facts.clinic.zone, at)));
  const prescriptions = facts.prescriptions
    .filter((one) => one.issuedAt <= at)
    .sort((a, b) => compare(a.issuedAt, b.issuedAt) || compare(a.id, b.id));
  const doses = [...of["first-dose"], ...of.dispensing.filter(isDose)].sort(inTime);
  const standing = standingOf(of, table);
  const beginning = beginningOf(facts.course.decidedOn, table, of, doses, prescriptions, standing);
  return {
    of,
    prescriptions,
    lastPrescription: prescriptions.at(-1) ?? null,
    lastSupply: lastSupplyOf({ of, prescriptions }),
    category: standing.category,
    categoryEntry: of["risk-category"].at(-1) ?? null,
    categoryLacks: standing.lacks,
    beginning,
    doses,
    onTreatment: doses.some((dose) => countsSince(dose, beginning, prescriptions)),
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
 */
export type Supply = {
  prescription: PrescriptionFact;
  from: CalendarDate;
  collected: true | null;
  count: number | null;
  prescribed: number | null;
  days: number;
};

function lastSupplyOf(history: Pick<History, "of" | "prescriptions">): Supply | null {
  for (let place = history.prescriptions.length - 1; place >= 0; place -= 1) {
    const prescription = history.prescriptions[place];
    const outcomes = outcomesOf(history, place);
    if (prescription !== undefined && !isLeft(outcomes)) return supplyOf(prescription, outcomes);
  }
  return null;
}

/** Left at the pharmacy: all that is recorded is that nothing was dispensed. */
function isLeft(outcomes: readonly EntryOf<"dispensing">[]): boolean {
  return outcomes.length > 0 && outcomes.every((one) => one.capsules === 0);
}

/** The last prescription while nobody recorded what became of it: it may wait at the pharmacy. */
export function waitingSupply({ lastSupply, lastPrescription }: History): Supply | null {
  return lastSupply !== null && lastSupply.collected === null && lastSupply.prescription === lastPrescription
    ? lastSupply
    : null;
}

/** What is recorded of the pick-up of a prescription, by its place among the prescriptions. */
export function outcomesOf(
  history: Pick<History, "of" | "prescriptions">,
  index: number,
): readonly EntryOf<"dispensing">[] {
  const prescription = history.prescriptions[index];
  const next = history.prescriptions[index + 1];
  if (prescription === undefined) return [];
  return history.of.dispensing.filter(
    (one) => isSaidSince(one, prescription) && (next === undefined || !isSaidSince(one, next)),
  );
}

/** "Nothing dispensed", recorded on the day of a prescription before it was issued, was said of the one before. */
function isSaidSince(outcome: EntryOf<"dispensing">, prescription: PrescriptionFact): boolean {
  return (
    outcome.on > prescription.issuedOn ||
    (outcome.on === prescription.issuedOn &&
      (outcome.capsules !== 0 || firstRecorded(outcome) >= prescription.issuedAt))
  );
}

/** Capsules of a prescription; null when the facts do not say. */
export function prescribedCount(prescription: PrescriptionFact): number | null {
  if (prescription.capsules === undefined) return null;
  const aDay = prescription.capsules.reduce((sum, one) => sum + one.morning + one.evening, 0);
  return aDay > 0 ? aDay * prescription.daysSupply : null;
}

function supplyOf(prescription: PrescriptionFact, outcomes: readonly EntryOf<"dispensing">[]): Supply {
  const taken = outcomes.filter(isDose);
  const counts = taken.flatMap((one) => (one.capsules === null ? [] : [one.capsules]));
  const counted = taken.length > 0 && counts.length === taken.length;
  const count = counted ? counts.reduce((sum, one) => sum + one, 0) : null;
  const prescribed = prescribedCount(prescription);
  return {
    prescription,
    from: taken[0]?.on ?? prescription.issuedOn,
    collected: taken.length > 0 ? true : null,
    count,
    prescribed,
    days:
      count === null || prescribed === null
        ? prescription.daysSupply
        : Math.ceil((count * prescription.daysSupply) / prescribed),
  };
}

/** True if the last prescription is on record as left at the pharmacy. */
export function wasNotCollected(history: History): boolean {
  return isLeft(outcomesOf(history, history.prescriptions.length - 1));
}

/**
 * The day of the restart after an end of treatment: a resumption of a later day, or of its own day unless that was recorded
 * before the end was, or a dose of a later day. Null without one.
 */
export function restartAfter(
  history: Pick<History, "of" | "doses">,
  end: EntryOf<"last-dose"> | EntryOf<"treatment-stop">,
): CalendarDate | null {
  const restarts = [
    ...history.of.resume.filter(
      (one) => one.on > end.on || (one.on === end.on && firstRecorded(one) >= firstRecorded(end)),
    ),
    ...history.doses.filter((one) => one.on > end.on),
  ];
  return restarts.map((one) => one.on).sort()[0] ?? null;
}

/** Order in time: by day, by hour where one is known, then as first recorded. */
export function inTime(a: ProgrammeEntry, b: ProgrammeEntry): number {
  return (
    compare(a.on, b.on) ||
    compare(hourOf(a), hourOf(b)) ||
    compare(firstRecorded(a), firstRecorded(b)) ||
    compare(a.id, b.id)
  );
}

/** The hour of a test; empty where none is known, and of anything else. */
function hourOf(entry: ProgrammeEntry): string {
  return entry.kind === "pregnancy-test" ? (entry.time ?? "") : "";
}

function exists(entry: ProgrammeEntry, today: CalendarDate, zone: string, at: Instant): boolean {
  // Only a negative result waits for its hour: a clock that is behind must not hide any other.
  const waits = entry.kind === "pregnancy-test" && entry.result === "negative";
  return entry.on < today || (entry.on === today && (!waits || hourOf(entry) <= timeIn(zone, at)));
}

function byKind(entries: readonly ProgrammeEntry[]): Entries {
  const of: { [K in ProgrammeEntryKind]: EntryOf<K>[] } = {
    "risk-category": [],
    "category-agreement": [],
    enrolment: [],
    consent: [],
    "second-prescriber": [],
    "wellbeing-check": [],
    counselling: [],
    contraception: [],
    "contraception-lapse": [],
    menstruation: [],
    "missed-period": [],
    "pregnancy-test": [],
    "home-test-permission": [],
    "home-test-code": [],
    "prescriber-confirmation": [],
    "patient-questions": [],
    dispensing: [],
    "first-dose": [],
    "last-dose": [],
    pause: [],
    resume: [],
    "treatment-stop": [],
    "stop-handled": [],
    pregnancy: [],
    "pregnancy-report": [],
    "programme-site": [],
  };
  for (const entry of entries) (of[entry.kind] as ProgrammeEntry[]).push(entry);
  // Each kind for itself: most are few or in order already, which costs less than to sort all of them together.
  for (const those of Object.values(of)) if (those.length > 1) those.sort(inTime);
  return of;
}

function standingOf(of: Entries, table: ProgrammeTable): Standing {
  const accepted = table.rules.category?.cannotBy ?? [];
  let standing: Standing = { category: "can", lacks: null, anew: [] };
  of["risk-category"].forEach((entry, index) => {
    const category = entry.category === "cannot" && accepted.includes(entry.criterion) ? "cannot" : "can";
    if (index === 0 || category === standing.category) standing = { ...standing, category, lacks: null };
    else {
      const reason = (entry.changeReason ?? "").trim() === "" ? ("reason" as const) : null;
      if (category === "can") standing = { category, lacks: reason, anew: [entry.on] };
      else if (reason === null && isAgreed(of, entry)) standing = { ...standing, category, lacks: null };
      else standing = { ...standing, lacks: reason ?? "agreement" };
    }
  });
  return standing;
}

function isAgreed(of: Entries, entry: EntryOf<"risk-category">): boolean {
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
  let beginning: Beginning = { on: decidedOn, because: "decision" };
  const anew = (on: CalendarDate, because: Beginning["because"]): void => {
    if (on >= beginning.on) beginning = { on, because };
  };
  for (const on of standing.anew) anew(on, "category");
  const longest = table.rules["course-open"]?.restartAfterDays ?? 0;
  for (const last of [...of["last-dose"], ...of["treatment-stop"]]) {
    const restart = restartAfter({ of, doses }, last);
    // From the restart on, not from the last dose: a test at the end of the old course is no first test of the new one.
    if (restart !== null && daysBetween(last.on, restart) > longest) anew(restart, "break");
  }
  // Of patients who cannot become pregnant no contraception is asked, so none can lapse.
  if (standing.category === "cannot") return beginning;
  const row = table.rules["contraception-pair"];
  // Methods that are not accepted protect no better than none: who changes to them during treatment has lapsed.
  const given = row === null ? [] : of.contraception.filter((one) => !judgePair(row, one).accepted);
  for (const lapse of [...of["contraception-lapse"], ...given])
    if (isAfterFirst({ doses, prescriptions }, lapse.on)) anew(lapse.on, "lapse");
  return beginning;
}

/**
 * True if a prescription was issued or a dose taken on that day or before. Before that a lapse only sets the month of
 * contraception back; after it the course begins anew.
 */
export function isAfterFirst(
  { doses, prescriptions }: Pick<History, "doses" | "prescriptions">,
  on: CalendarDate,
): boolean {
  return doses.some((one) => one.on <= on) || prescriptions.some((one) => one.issuedOn <= on);
}

/** Whether treatment had begun by a day, since the beginning that holds now. */
export function wasOnTreatment(
  { doses, beginning, prescriptions }: Pick<History, "doses" | "beginning" | "prescriptions">,
  on: CalendarDate,
): boolean {
  return doses.some((dose) => dose.on <= on && countsSince(dose, beginning, prescriptions));
}

/** After a new beginning only a dose that a later prescription allowed shows that treatment is under way again. */
function countsSince(
  dose: DoseEntry,
  beginning: Beginning,
  prescriptions: readonly PrescriptionFact[],
): boolean {
  if (beginning.because === "decision") return true;
  return prescriptions.some((one) => isOfThisBeginning(beginning, one) && dose.on >= one.issuedOn);
}

/** True for a prescription that was not issued before treatment began anew. */
export function isOfThisBeginning(beginning: Beginning, prescription: PrescriptionFact): boolean {
  return beginning.because === "decision" || prescription.issuedOn > beginning.on;
}

function compare(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}
