/**
 * The parts of a visit that live in tables of their own: what the form holds against what is in force. New rows are written,
 * changed ones corrected, those gone from the form voided, and those unchanged left alone.
 */
import type { User } from "#shared/records/account.ts";
import type { WriteDb } from "#electron/store/engine.ts";
import { insertResults, resultsOfVisit, voidResults } from "#electron/store/labs.ts";
import { entriesOfVisit, fieldsOf, insertEntries, voidEntries } from "#electron/store/programme.ts";
import type { By } from "#electron/store/recorded.ts";
import type { VisitParts } from "#electron/store/visits.ts";
import { labResultFields, type LabResultFields } from "#shared/records/lab-result.ts";
import { programmeEntryFields } from "#shared/records/programme-entry.ts";
import type { VisitEntry, VisitForm, VisitLab } from "#shared/records/visit.ts";
import { refuseStopLifted, refuseStopResultLifted } from "./stops.ts";

const CHANGED = "Changed in the visit before signing.";
const REMOVED = "Removed from the visit before signing.";

/** Whose parts they are. */
type Owner = { visitId: string; courseId: string; patientId: string };

/** What happens to one kind of part. `stale` are rows that the form names but that are no longer in force. */
type Changes<Row, Form> = {
  added: { form: Form; at: number }[];
  changed: { row: Row; form: Form; at: number }[];
  kept: { row: Row; at: number }[];
  removed: Row[];
  stale: string[];
};

function changesOf<Row extends { id: string }, Form extends { id: string | null }>(
  rows: readonly Row[],
  forms: readonly Form[],
  same: (row: Row, form: Form) => boolean,
): Changes<Row, Form> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const changes: Changes<Row, Form> = { added: [], changed: [], kept: [], removed: [], stale: [] };
  for (const [at, form] of forms.entries()) {
    const row = form.id === null ? null : byId.get(form.id);
    if (row === null) changes.added.push({ form, at });
    else if (row === undefined) changes.stale.push(form.id ?? "");
    else {
      byId.delete(row.id);
      if (same(row, form)) changes.kept.push({ row, at });
      else changes.changed.push({ row, form, at });
    }
  }
  changes.removed.push(...byId.values());
  return changes;
}

/** Nothing was typed in: a row of the grid that stayed empty. */
export function isEmptyLab(lab: LabResultFields): boolean {
  return lab.value === null && lab.text === "";
}

function labFields(lab: VisitLab): LabResultFields {
  return labResultFields.parse(lab);
}

/**
 * Writes what the form's parts changed and returns the rows that the visit now holds, in the form's order. Returns null,
 * having written nothing, when the form names a row that somebody else corrected or voided meanwhile. Refuses a change by
 * `user` that takes back what stops treatment, to all but prescribers.
 */
export async function saveParts(
  db: WriteDb,
  owner: Owner,
  form: Pick<VisitForm, "labs" | "entries">,
  by: By,
  user: User,
): Promise<VisitParts | null> {
  const labs = changesOf(
    await resultsOfVisit(db, owner.visitId),
    form.labs.filter((lab) => !isEmptyLab(lab)),
    (row, lab) => JSON.stringify(labResultFields.parse(row)) === JSON.stringify(labFields(lab)),
  );
  const entries = changesOf(
    await entriesOfVisit(db, owner.visitId),
    form.entries,
    (row, entry) => JSON.stringify(fieldsOf(row)) === JSON.stringify(entryFields(entry)),
  );
  if (labs.stale.length > 0 || entries.stale.length > 0) return null;
  for (const row of labs.removed) refuseStopResultLifted(row, null, user);
  for (const { row, form: lab } of labs.changed) refuseStopResultLifted(row, labFields(lab), user);
  for (const row of entries.removed) refuseStopLifted(row, null, user);
  for (const { row, form: entry } of entries.changed) refuseStopLifted(row, entryFields(entry), user);

  await voidResults(db, labs.removed, REMOVED, by);
  await voidEntries(
    db,
    entries.removed.map((row) => row.id),
    REMOVED,
    by,
  );
  const labIds = await written(labs, (news) =>
    insertResults(
      db,
      news.map(({ form: lab, row }) => ({
        fields: labFields(lab),
        patientId: owner.patientId,
        visitId: owner.visitId,
        replaces: row === null ? null : { id: row.id, reason: CHANGED },
      })),
      by,
    ),
  );
  const entryIds = await written(entries, (news) =>
    insertEntries(
      db,
      news.map(({ form: entry, row }) => ({
        fields: entryFields(entry),
        patientId: owner.patientId,
        courseId: owner.courseId,
        visitId: owner.visitId,
        replaces: row === null ? null : { id: row.id, reason: CHANGED },
      })),
      by,
    ),
  );
  return { labs: labIds, entries: entryIds };
}

function entryFields(entry: VisitEntry) {
  return programmeEntryFields.parse(entry);
}

/** Writes what is new or changed and gives the ids of all rows in the order of the form. */
async function written<Row extends { id: string }, Form>(
  changes: Changes<Row, Form>,
  insert: (news: { form: Form; row: Row | null }[]) => Promise<string[]>,
): Promise<string[]> {
  const news = [
    ...changes.added.map(({ form, at }) => ({ form, row: null, at })),
    ...changes.changed.map(({ form, row, at }) => ({ form, row, at })),
  ];
  const ids = news.length === 0 ? [] : await insert(news);
  return [
    ...changes.kept.map(({ row, at }) => ({ id: row.id, at })),
    ...news.map(({ at }, index) => ({ id: ids[index] ?? "", at })),
  ]
    .sort((a, b) => a.at - b.at)
    .map((one) => one.id);
}
