/** What only a prescriber may enter in a visit that is not signed yet. What stops treatment is guarded with the visit's parts. */
import type { ReadDb } from "#electron/store/engine.ts";
import { entriesOfCourse, fieldsOf } from "#electron/store/programme.ts";
import { readVisit } from "#electron/store/visits.ts";
import type { Instant } from "#shared/calendar.ts";
import type { User } from "#shared/records/account.ts";
import {
  firstRecorded,
  type ProgrammeEntry,
  type ProgrammeEntryFields,
  programmeEntryFields,
} from "#shared/records/programme-entry.ts";
import type { DoseDecision, VisitForm } from "#shared/records/visit.ts";
import { Refused } from "#shared/refusal.ts";
import { type RecordedFields, refuseRestartWithoutPrescriber, refuseWithoutPrescriber } from "./programme.ts";

/**
 * Refuses a page by which somebody who is no prescriber would record what only a prescriber does, or take back or move a dose
 * that the saved page holds or stops. `visitId` null: a new visit.
 */
export async function refuseLifting(
  db: ReadDb,
  visitId: string | null,
  courseId: string,
  form: VisitForm,
  { user, now }: { user: User; now: Instant },
): Promise<void> {
  if (user.roles.includes("prescriber")) return;
  const entries = await entriesOfCourse(db, courseId);
  const isOfThis = (one: ProgrammeEntry) => visitId !== null && one.visitId === visitId;
  const elsewhere = entries.filter((one) => !isOfThis(one));
  const page = entriesOfPage(form, entries.filter(isOfThis), now);
  for (const one of page) {
    if (one.row !== null && JSON.stringify(fieldsOf(one.row)) === JSON.stringify(one.fields)) continue;
    refuseWithoutPrescriber(one.fields, user);
    // A lapse may stand on the same page.
    const beside = page.flatMap((other) => (other === one ? [] : [other.entry]));
    refuseRestartWithoutPrescriber(one.fields, [...elsewhere, ...beside].toSorted(byDay), user);
  }
  const saved = visitId === null ? null : await readVisit(db, visitId);
  if (saved === null || !holds(saved.form.dose)) return;
  if (!holds(form.dose))
    refuseAt("dose", "This visit holds or stops the dose. Only a prescriber may change that.");
  // On another day it may stand behind a dose or a resumption that came before it.
  if (form.date !== saved.form.date)
    refuseAt("date", "This visit holds or stops the dose. Only a prescriber may change its day.");
}

function refuseAt(field: string, sentence: string): never {
  throw new Refused("not-allowed", sentence, { fields: { [field]: sentence } });
}

/** What the page is to record, and what stands on record of it. */
type PageEntry = { fields: ProgrammeEntryFields; row: ProgrammeEntry | null; entry: RecordedFields };

/** The entries of a page as they will stand once it is saved. */
function entriesOfPage(form: VisitForm, rows: readonly ProgrammeEntry[], now: Instant): PageEntry[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return form.entries.map((entry) => {
    const row = (entry.id === null ? undefined : byId.get(entry.id)) ?? null;
    const fields = programmeEntryFields.parse(entry);
    return { fields, row, entry: { ...fields, recordedAt: row === null ? now : firstRecorded(row) } };
  });
}

function byDay(a: RecordedFields, b: RecordedFields): number {
  return a.on < b.on ? -1 : a.on > b.on ? 1 : 0;
}

function holds(dose: DoseDecision | null): boolean {
  return dose?.action === "hold" || dose?.action === "stop";
}
