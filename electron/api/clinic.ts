/** The clinic's own settings. */
import { readClinic, writeClinic } from "#electron/store/clinic.ts";
import type { Handlers } from "./handler.ts";

export const clinicHandlers: Handlers<"clinic"> = {
  "clinic.read": ({ db }) => readClinic(db),
  "clinic.update": async ({ db, input, user, now }) => {
    await writeClinic(db, input, { userId: user.id, now });
    return readClinic(db);
  },
};
