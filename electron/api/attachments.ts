/** Files of a patient: adding, listing, reading. They are linked from an entry's `attachmentIds`; see `store/attachments.ts`. */
import { attachmentsOf, insertAttachment, readAttachment } from "#electron/store/attachments.ts";
import type { ReadDb } from "#electron/store/engine.ts";
import { attachmentTypeOf, whyNotAttached } from "#shared/records/attachment.ts";
import type { ProgrammeEntryFields } from "#shared/records/programme-entry.ts";
import { Refused } from "#shared/refusal.ts";
import type { Handlers } from "./handler.ts";
import { existingPatient } from "./patients.ts";

export const attachmentHandlers: Handlers<"attachments"> = {
  "attachments.add": async ({ db, input, now, user }) => {
    const { patientId, name, bytes } = input;
    await existingPatient(db, patientId);
    const type = attachmentTypeOf(bytes);
    const sentence = whyNotAttached(bytes);
    if (sentence !== null || type === null)
      throw new Refused("invalid", sentence ?? "", { fields: { bytes: sentence ?? "" } });
    const id = await insertAttachment(db, { patientId, name, type, bytes }, { userId: user.id, now });
    const kept = (await attachmentsOf(db, patientId)).find((one) => one.id === id);
    if (kept === undefined) throw new Error("The file that was just kept is not there");
    return kept;
  },

  "attachments.list": ({ db, input }) => attachmentsOf(db, input.patientId),

  "attachments.read": async ({ db, input, audit }) => {
    const found = await readAttachment(db, input.id);
    if (found === null) throw new Refused("not-found", "This file is not in the record.");
    audit({ patientId: found.attachment.patientId, rows: [input.id] });
    return { ...found.attachment, bytes: found.bytes };
  },
};

/** Refuses an entry that names a file which is not this patient's; `field` is the path of the list. */
export async function refuseForeignFiles(
  db: ReadDb,
  entry: ProgrammeEntryFields,
  patientId: string,
  field: string,
): Promise<void> {
  const named = entry.attachmentIds ?? [];
  if (named.length === 0) return;
  const own = new Set((await attachmentsOf(db, patientId)).map((one) => one.id));
  if (named.every((id) => own.has(id))) return;
  const sentence = "One of the files is not this patient’s.";
  throw new Refused("invalid", sentence, { fields: { [field]: sentence } });
}
