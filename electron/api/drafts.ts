/** Text on its way into the record, each person's own. */
import { discardDraft, listDrafts, readDraft, saveDraft } from "#electron/store/drafts.ts";
import { Refused } from "#shared/refusal.ts";
import type { Handlers } from "./handler.ts";
import { existingPatient } from "./patients.ts";

/** The longest draft, in characters of JSON: many times the longest page, and little enough to be written every second. */
const LONGEST_DRAFT = 1_000_000;

export const draftHandlers: Handlers<"drafts"> = {
  "drafts.save": async ({ db, input, user, now }) => {
    if (JSON.stringify(input.body).length > LONGEST_DRAFT)
      throw new Refused("invalid", "This is too long to be kept as a draft. Shorten it.");
    if (input.patientId !== null) await existingPatient(db, input.patientId);
    await saveDraft(db, user.id, { ...input, savedAt: now });
    return { savedAt: now };
  },
  "drafts.read": ({ db, input, user }) => readDraft(db, user.id, input.key),
  "drafts.list": ({ db, user }) => listDrafts(db, user.id),
  "drafts.discard": async ({ db, input, user }) => {
    await discardDraft(db, user.id, input.key);
    return {};
  },
};
