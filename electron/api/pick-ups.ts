/**
 * To which prescription a pick-up belongs: with its day typed wrong it would be counted to a month that is settled already, and
 * leave the capsules of the present one at the pharmacy, to be handed out again.
 */
import type { ReadDb } from "#electron/store/engine.ts";
import { gatherProgrammeFacts } from "#electron/store/facts.ts";
import { dateIn, formatDate, type Instant } from "#shared/calendar.ts";
import type { ProgrammeFacts } from "#shared/rules/facts.ts";
import { isDose, type ProgrammeEntry, type ProgrammeEntryFields } from "#shared/records/programme-entry.ts";
import type { Role } from "#shared/records/account.ts";
import { Refused } from "#shared/refusal.ts";
import type { EntryOf } from "#shared/rules/entries-in-order.ts";
import { type History, historyAt, outcomesOf, prescribedCount } from "#shared/rules/history.ts";
import { editionOn } from "#shared/rules/programmes/editions.ts";

/** An entry that was just recorded, and the path of its date in the form. */
export type JustRecorded = { id: string; field: string };

/**
 * Whether an entry, typed instead of `old`, says anything new of where a dose belongs: another day, or other capsules. Null: there
 * was none before.
 */
export function isNewClaim(old: ProgrammeEntryFields | null, entry: ProgrammeEntryFields): boolean {
  const capsulesOf = (one: ProgrammeEntryFields) => (one.kind === "dispensing" ? one.capsules : null);
  return (
    old === null || old.kind !== entry.kind || old.on !== entry.on || capsulesOf(old) !== capsulesOf(entry)
  );
}

/**
 * Refuses, once they are recorded, pick-ups that count to an earlier prescription of which it is settled what became of it, or
 * that holds fewer capsules, while nobody recorded what became of the last. A dose of before the first prescription says that treatment began elsewhere, so
 * that the steps of a start are not asked: a prescriber alone records it.
 */
export async function refuseMisplacedDoses(
  db: ReadDb,
  courseId: string,
  recorded: readonly JustRecorded[],
  { now, roles }: { now: Instant; roles: readonly Role[] },
): Promise<void> {
  if (recorded.length === 0) return;
  const facts = await gatherProgrammeFacts(db, courseId);
  const history = facts === null ? null : historyNow(facts, now);
  if (facts === null || history === null) return;
  for (const { id, field } of recorded) {
    const entry = facts.entries.find((one) => one.id === id);
    const sentence =
      entry === undefined ? null : (foreign(history, entry, roles) ?? misplaced(history, entry));
    if (sentence !== null) throw new Refused("invalid", sentence, { fields: { [field]: sentence } });
  }
}

/** The course as it stands; null where no rules judge its programme, and so nothing was prescribed by them. */
export function historyNow(facts: ProgrammeFacts, now: Instant): History | null {
  const table = editionOn(facts.course.programme, dateIn(facts.clinic.zone, now));
  return table === null ? null : historyAt(facts, table, now);
}

/** Why a dose is not recorded by these roles; null where a prescription explains it. */
function foreign({ prescriptions }: History, entry: ProgrammeEntry, roles: readonly Role[]): string | null {
  return !isDose(entry) ||
    roles.includes("prescriber") ||
    prescriptions.some((one) => one.issuedOn <= entry.on)
    ? null
    : "No prescription of that day or before is on record. Put the day right; a prescriber records treatment that began elsewhere.";
}

/** Why a pick-up does not belong where its day puts it; null when it may. */
function misplaced(history: History, entry: ProgrammeEntry): string | null {
  const { prescriptions, lastPrescription } = history;
  if (entry.kind !== "dispensing" || !isDose(entry) || lastPrescription === null) return null;
  if (entry.on >= lastPrescription.issuedOn || outcomesOf(history, prescriptions.length - 1).length > 0)
    return null;
  const at = prescriptions.findLastIndex((one) => one.issuedOn <= entry.on);
  const own = prescriptions[at];
  if (own === undefined) return null;
  const others = outcomesOf(history, at).filter((one) => one.id !== entry.id);
  const prescribed = prescribedCount(own);
  const day = (date: string): string => formatDate(date, history.facts.clinic.dateStyle);
  const later = `that of ${day(lastPrescription.issuedOn)} was issued later.`;
  const taken = others.filter(isDose);
  if (taken.length === 0 && others.length > 0)
    return `Nothing was dispensed of the prescription of ${day(own.issuedOn)}; ${later} Put the day right, or correct that entry first.`;
  if (taken.length > 0 && (prescribed === null || countOf(taken, prescribed) >= prescribed))
    return `The prescription of ${day(own.issuedOn)} was collected already; ${later} Put the day right.`;
  return prescribed !== null && countOf([...taken, entry], prescribed) > prescribed
    ? `With this pick-up, more capsules would be collected than the ${prescribed} of the prescription of ${day(own.issuedOn)}; ${later} Put the day or the count right.`
    : null;
}

/** Capsules of pick-ups; one without its count is taken for the whole. */
function countOf(taken: readonly EntryOf<"dispensing">[], prescribed: number): number {
  return taken.reduce((sum, one) => sum + (one.capsules ?? prescribed), 0);
}
