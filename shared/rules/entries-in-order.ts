/** The entries of a course by kind, each kind in order of time. Sorted once for a list, however often it is judged. */
import { type CalendarDate, type Instant, later, timeIn } from "../calendar.ts";
import { type ProgrammeEntry, type ProgrammeEntryKind, firstRecorded } from "../records/programme-entry.ts";

export type EntryOf<K extends ProgrammeEntryKind> = Extract<ProgrammeEntry, { kind: K }>;
/** By kind, the earliest first. */
export type Entries = { [K in ProgrammeEntryKind]: readonly EntryOf<K>[] };

/** A list of entries by kind, each kind in order. `kinds`: those that it has any of. `until`: the last day of any. */
export type Filed = { of: Entries; kinds: readonly ProgrammeEntryKind[]; until: CalendarDate; count: number };

/** A list by kind and in order. It is judged again and again, at many instants: it is sorted once, for as long as somebody holds it. */
export function filedOf(entries: readonly ProgrammeEntry[]): Filed {
  const known = filed.get(entries);
  // Nobody may make a list longer; whoever did must not be judged by what it was.
  if (known !== undefined && known.count === entries.length) return known;
  const found = byKind(entries);
  filed.set(entries, found);
  return found;
}
const filed = new WeakMap<readonly ProgrammeEntry[], Filed>();

/** Those of the entries for which `keep` holds; each kind stays in order. */
export function entriesWhere({ of, kinds }: Filed, keep: (entry: ProgrammeEntry) => boolean): Entries {
  const kept: Record<ProgrammeEntryKind, readonly ProgrammeEntry[]> = { ...NONE };
  for (const kind of kinds) kept[kind] = (of[kind] as readonly ProgrammeEntry[]).filter(keep);
  return kept as Entries;
}

const NONE: Entries = {
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

/** The same for who asks once. Each kind is sorted for itself: most are few, and a record is read in order of days. */
export function byKind(entries: readonly ProgrammeEntry[]): Filed {
  const found = new Map<ProgrammeEntryKind, ProgrammeEntry[]>();
  for (const entry of entries) {
    const those = found.get(entry.kind);
    if (those === undefined) found.set(entry.kind, [entry]);
    else those.push(entry);
  }
  const of: Record<ProgrammeEntryKind, readonly ProgrammeEntry[]> = { ...NONE };
  let until = "";
  for (const [kind, those] of found) {
    of[kind] = those.sort(inTime);
    for (const { on } of those.slice(-1)) until = later(until, on);
  }
  return { of: of as Entries, kinds: [...found.keys()], until, count: entries.length };
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

/** Whether an entry exists at an instant of a day in the clinic’s zone. */
export function exists(entry: ProgrammeEntry, today: CalendarDate, zone: string, at: Instant): boolean {
  // Only a negative result waits for its hour: a clock that is behind must not hide any other.
  const waits = entry.kind === "pregnancy-test" && entry.result === "negative";
  return entry.on < today || (entry.on === today && (!waits || hourOf(entry) <= timeIn(zone, at)));
}

/** Text order, which is time order for dates and instants. */
export function compare(a: string, b: string): number {
  if (a > b) return 1;
  return a < b ? -1 : 0;
}
