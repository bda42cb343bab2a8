/** Text on its way into the record, each person's own. */
import { discardDraft, listDrafts, readDraft, saveDraft } from "#electron/store/drafts.ts";
import type { Handlers } from "./handler.ts";

export const draftHandlers: Handlers<"drafts"> = {
  "drafts.save": async ({ db, input, user, now }) => {
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
