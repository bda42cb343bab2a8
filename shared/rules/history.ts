/**
 * The facts of a course as they stand at one instant: what is dated later is left out, what is left is sorted, and the few
 * things that every rule asks (the category, the last prescription, whether a dose was taken) are worked out once.
 */
import { type CalendarDate, type Instant, dateIn, daysBetween, timeIn } from "../calendar.ts";
import type { RiskCategory } from "../records/course.ts";
import type { ProgrammeEntry, ProgrammeEntryKind } from "../records/programme-entry.ts";
import type { PrescriptionFact, ProgrammeFacts } from "./facts.ts";
import type { ProgrammeTable } from "./programmes/programme-table.ts";

export type EntryOf<K extends ProgrammeEntryKind> = Extract<ProgrammeEntry, { kind: K }>;
type Entries = { [K in ProgrammeEntryKind]: readonly EntryOf<K>[] };

/** Evidence that capsules were taken or collected: a first dose, or a dispensing that is not recorded as "none". */
export type DoseEntry = EntryOf<"first-dose"> | EntryOf<"dispensing">;

/**
 * From when on the steps before treatment must have been done, and why: when the course was decided for, or when a lapse of
 * contraception, a change to "can become pregnant" or a long break made it begin anew (domain facts 1.6).
 */
export type Beginning = { on: CalendarDate; because: "decision" | "lapse" | "category" | "break" };

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
  /** The category that the rules go by: "can" unless "cannot" stands on record with a criterion that the programme accepts. */
  category: RiskCategory;
  categoryEntry: EntryOf<"risk-category"> | null;
  beginning: Beginning;
  /** Doses taken or collected, the earliest first. */
  doses: readonly DoseEntry[];
  /** Whether a dose was taken since the beginning; until then the rules before treatment hold. */
  onTreatment: boolean;
};

/** The facts as they stand at `at`, judged by `table`. */
export function historyAt(facts: ProgrammeFacts, table: ProgrammeTable, at: Instant): History {
  const zone = facts.clinic.zone;
  const today = dateIn(zone, at);
  const of = byKind(facts.entries.filter((one) => exists(one, today, zone, at)));
  const prescriptions = facts.prescriptions
    .filter((one) => one.issuedAt <= at)
    .sort((a, b) => compare(a.issuedAt, b.issuedAt) || compare(a.id, b.id));
  const categoryEntry = of["risk-category"].at(-1) ?? null;
  const doses = [...of["first-dose"], ...of.dispensing.filter((one) => one.capsules !== 0)].sort(inTime);
  const beginning = beginningOf(facts, table, of, doses, prescriptions);
  return {
    facts,
    table,
    at,
    today,
    of,
    prescriptions,
    lastPrescription: prescriptions.at(-1) ?? null,
    category: categoryOf(categoryEntry, table),
    categoryEntry,
    beginning,
    doses,
    onTreatment: doses.some((dose) => countsSince(dose, beginning, prescriptions)),
  };
}

/** True for an entry that comes after the last prescription, so that it can serve the next one. */
export function isSinceLastPrescription(history: History, on: CalendarDate): boolean {
  return history.lastPrescription === null || on > history.lastPrescription.issuedOn;
}

/**
 * The last prescription that was not recorded as left at the pharmacy, with the day its capsules begin (the dispensing, else
 * the prescription) or null. `collected` is null when nobody recorded whether it was.
 */
export function lastSupply(
  history: History,
): { prescription: PrescriptionFact; from: CalendarDate; collected: true | null } | null {
  for (let index = history.prescriptions.length - 1; index >= 0; index -= 1) {
    const prescription = history.prescriptions[index];
    if (prescription === undefined) continue;
    const before = history.prescriptions[index + 1]?.issuedOn ?? null;
    const outcomes = history.of.dispensing.filter(
      (one) =>
        one.on >= prescription.issuedOn &&
        (before === null || one.on < before) &&
        // "Nothing dispensed", recorded before this prescription was issued, was said of the one before.
        (one.capsules !== 0 || one.recordedAt >= prescription.issuedAt),
    );
    const taken = outcomes.find((one) => one.capsules !== 0);
    if (taken) return { prescription, from: taken.on, collected: true };
    if (outcomes.length === 0) return { prescription, from: prescription.issuedOn, collected: null };
  }
  return null;
}

/** True if the last prescription is on record as left at the pharmacy. */
export function wasNotCollected(history: History): boolean {
  const last = history.lastPrescription;
  return (
    last !== null &&
    history.of.dispensing.some((one) => one.on >= last.issuedOn) &&
    lastSupply(history)?.prescription !== last
  );
}

/** A restart after `on`: a resumption of that day or later, or a dose after it. */
export function restartAfter(history: Pick<History, "of" | "doses">, on: CalendarDate): CalendarDate | null {
  const resumed = history.of.resume.find((one) => one.on >= on)?.on ?? null;
  const dosed = history.doses.find((one) => one.on > on)?.on ?? null;
  if (resumed === null || dosed === null) return resumed ?? dosed;
  return resumed < dosed ? resumed : dosed;
}

/** Order in time: by day, by hour where one is known, then as recorded. */
export function inTime(a: ProgrammeEntry, b: ProgrammeEntry): number {
  return (
    compare(a.on, b.on) ||
    (a.kind === "pregnancy-test" && b.kind === "pregnancy-test" ? compare(a.time ?? "", b.time ?? "") : 0) ||
    compare(a.recordedAt, b.recordedAt) ||
    compare(a.id, b.id)
  );
}

function exists(entry: ProgrammeEntry, today: CalendarDate, zone: string, at: Instant): boolean {
  if (entry.on !== today) return entry.on < today;
  // Only a negative result waits for its hour: a clock that is behind must not hide any other.
  if (entry.kind !== "pregnancy-test" || entry.result !== "negative") return true;
  return entry.time === null || entry.time <= timeIn(zone, at);
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
  for (const entry of [...entries].sort(inTime)) (of[entry.kind] as ProgrammeEntry[]).push(entry);
  return of;
}

function categoryOf(entry: EntryOf<"risk-category"> | null, table: ProgrammeTable): RiskCategory {
  if (entry?.category !== "cannot") return "can";
  return table.rules.category?.cannotBy.includes(entry.criterion) ? "cannot" : "can";
}

function beginningOf(
  facts: ProgrammeFacts,
  table: ProgrammeTable,
  of: Entries,
  doses: readonly DoseEntry[],
  prescriptions: readonly PrescriptionFact[],
): Beginning {
  let beginning: Beginning = { on: facts.course.decidedOn, because: "decision" };
  const anew = (on: CalendarDate, because: Beginning["because"]): void => {
    if (on >= beginning.on) beginning = { on, because };
  };
  of["risk-category"].forEach((entry, index) => {
    if (entry.category === "can" && of["risk-category"][index - 1]?.category === "cannot")
      anew(entry.on, "category");
  });
  const longest = table.rules["course-open"]?.restartAfterDays ?? 0;
  for (const last of of["last-dose"]) {
    const restart = restartAfter({ of, doses }, last.on);
    if (restart !== null && daysBetween(last.on, restart) > longest) anew(last.on, "break");
  }
  // Before the first prescription a lapse only sets the contraception month back; after it the course begins anew.
  for (const lapse of of["contraception-lapse"])
    if (doses.some((one) => one.on <= lapse.on) || prescriptions.some((one) => one.issuedOn <= lapse.on))
      anew(lapse.on, "lapse");
  return beginning;
}

/** After a new beginning only a dose that a later prescription allowed shows that treatment is under way again. */
function countsSince(
  dose: DoseEntry,
  beginning: Beginning,
  prescriptions: readonly PrescriptionFact[],
): boolean {
  if (beginning.because === "decision") return true;
  return prescriptions.some((one) => one.issuedOn > beginning.on && dose.on >= one.issuedOn);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
