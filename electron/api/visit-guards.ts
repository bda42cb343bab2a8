/** What only a prescriber may enter in a visit that is not signed yet. What stops treatment is guarded with the visit's parts. */
import type { ReadDb } from "#electron/store/engine.ts";
import { entriesOfVisit, fieldsOf } from "#electron/store/programme.ts";
import { readVisit } from "#electron/store/visits.ts";
import type { User } from "#shared/records/account.ts";
import { programmeEntryFields } from "#shared/records/programme-entry.ts";
import type { DoseDecision, VisitForm } from "#shared/records/visit.ts";
import { Refused } from "#shared/refusal.ts";
import { refuseRestartWithoutPrescriber, refuseWithoutPrescriber } from "./programme.ts";

/**
 * Refuses a page by which somebody who is no prescriber would record what only a prescriber does, or take back a dose that the
 * saved page holds or stops. `visitId` null: a new visit.
 */
export async function refuseLifting(
  db: ReadDb,
  visitId: string | null,
  courseId: string,
  form: VisitForm,
  user: User,
): Promise<void> {
  if (user.roles.includes("prescriber")) return;
  const rows = visitId === null ? [] : await entriesOfVisit(db, visitId);
  const before = new Map(rows.map((row) => [row.id, row]));
  for (const entry of form.entries) {
    const row = entry.id === null ? undefined : before.get(entry.id);
    const fields = programmeEntryFields.parse(entry);
    if (row !== undefined && JSON.stringify(fieldsOf(row)) === JSON.stringify(fields)) continue;
    refuseWithoutPrescriber(fields, user);
    await refuseRestartWithoutPrescriber(db, courseId, fields, row ?? null, user);
  }
  const saved = visitId === null ? null : await readVisit(db, visitId);
  if (!holds(saved?.form.dose ?? null) || holds(form.dose)) return;
  const sentence = "This visit holds or stops the dose. Only a prescriber may change that.";
  throw new Refused("not-allowed", sentence, { fields: { dose: sentence } });
}

function holds(dose: DoseDecision | null): boolean {
  return dose?.action === "hold" || dose?.action === "stop";
}
