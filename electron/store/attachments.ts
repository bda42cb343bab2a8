/**
 * Files of a patient, in the record itself: encrypted with it, backed up with it, never written beside it. A row is never
 * changed or deleted. One that no entry names was uploaded in a form that was never saved: it stays, harmless, and the form's
 * draft still finds it.
 */
import type { Attachment, AttachmentType } from "#shared/records/attachment.ts";
import { newId, type ReadDb, type WriteDb } from "./engine.ts";
import type { By } from "./recorded.ts";
import type { AttachmentRow } from "./schema.ts";

const HEAD = ["id", "patient_id", "name", "type", "size", "recorded_at"] as const;

function attachmentOf(row: Pick<AttachmentRow, (typeof HEAD)[number]>, recordedBy: string): Attachment {
  return {
    id: row.id,
    patientId: row.patient_id,
    name: row.name,
    type: row.type as AttachmentType,
    size: row.size,
    recordedAt: row.recorded_at,
    recordedBy,
  };
}

function heads(db: ReadDb) {
  return db
    .selectFrom("attachment as f")
    .innerJoin("account as a", "a.id", "f.recorded_by")
    .select(["f.id", "f.patient_id", "f.name", "f.type", "f.size", "f.recorded_at", "a.name as recorder"]);
}

/** A patient's files without their content, oldest first. */
export async function attachmentsOf(db: ReadDb, patientId: string): Promise<Attachment[]> {
  const rows = await heads(db)
    .where("f.patient_id", "=", patientId)
    .orderBy("f.recorded_at")
    .orderBy("f.id")
    .execute();
  return rows.map((row) => attachmentOf(row, row.recorder));
}

/** One file with its content; null when there is none. */
export async function readAttachment(
  db: ReadDb,
  id: string,
): Promise<{ attachment: Attachment; bytes: Uint8Array<ArrayBuffer> } | null> {
  const row = await heads(db).select("f.bytes").where("f.id", "=", id).executeTakeFirst();
  return row ? { attachment: attachmentOf(row, row.recorder), bytes: new Uint8Array(row.bytes) } : null;
}

/** Keeps a file; returns its id. */
export async function insertAttachment(
  db: WriteDb,
  file: { patientId: string; name: string; type: AttachmentType; bytes: Uint8Array },
  by: By,
): Promise<string> {
  const id = newId(by.now);
  await db
    .insertInto("attachment")
    .values({
      id,
      patient_id: file.patientId,
      name: file.name,
      type: file.type,
      size: file.bytes.length,
      bytes: file.bytes,
      recorded_by: by.userId,
      recorded_at: by.now,
    })
    .execute();
  return id;
}
