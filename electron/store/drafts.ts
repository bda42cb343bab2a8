/** Text on its way into the record, each person's own. Not clinical until it is saved, so it may be replaced and dropped. */
import { draft, type Draft } from "#shared/records/draft.ts";
import { fullName } from "#shared/records/patient.ts";
import type { ReadDb, WriteDb } from "./engine.ts";
import type { DraftRow } from "./schema.ts";

function asDraft(row: DraftRow): Draft {
  return draft.parse({
    key: row.key,
    patientId: row.patient_id,
    baseVersion: row.base_version,
    body: JSON.parse(row.body),
    savedAt: row.saved_at,
  });
}

/** Keeps a draft, in place of the one of that key. */
export async function saveDraft(db: WriteDb, accountId: string, kept: Draft): Promise<void> {
  const values = {
    patient_id: kept.patientId,
    base_version: kept.baseVersion,
    body: JSON.stringify(kept.body),
    saved_at: kept.savedAt,
  };
  await db
    .insertInto("draft")
    .values({ account_id: accountId, key: kept.key, ...values })
    .onConflict((conflict) => conflict.columns(["account_id", "key"]).doUpdateSet(values))
    .execute();
}

/** A person's draft of that key, or null. */
export async function readDraft(db: ReadDb, accountId: string, key: string): Promise<Draft | null> {
  const row = await db
    .selectFrom("draft")
    .selectAll()
    .where("account_id", "=", accountId)
    .where("key", "=", key)
    .executeTakeFirst();
  return row === undefined ? null : asDraft(row);
}

/** A person's drafts without their text, the last saved first, with the patient's name as it stands now. */
export async function listDrafts(
  db: ReadDb,
  accountId: string,
): Promise<(Omit<Draft, "body"> & { patientName: string | null })[]> {
  const rows = await db
    .selectFrom("draft")
    .leftJoin("patient", "patient.id", "draft.patient_id")
    .leftJoin("patient_revision", (join) =>
      join
        .onRef("patient_revision.patient_id", "=", "patient.id")
        .onRef("patient_revision.version", "=", "patient.version"),
    )
    .select([
      "draft.key",
      "draft.patient_id",
      "draft.base_version",
      "draft.saved_at",
      "patient_revision.family_name",
      "patient_revision.given_names",
    ])
    .where("draft.account_id", "=", accountId)
    .orderBy("draft.saved_at", "desc")
    .orderBy("draft.key")
    .execute();
  return rows.map((row) => ({
    key: row.key,
    patientId: row.patient_id,
    baseVersion: row.base_version,
    savedAt: row.saved_at,
    patientName:
      row.family_name === null
        ? null
        : fullName({ familyName: row.family_name, givenNames: row.given_names ?? "" }),
  }));
}

/** Drops a draft; without effect when there is none. A form's command calls this in its own transaction when it saves. */
export async function discardDraft(db: WriteDb, accountId: string, key: string): Promise<void> {
  await db.deleteFrom("draft").where("account_id", "=", accountId).where("key", "=", key).execute();
}
