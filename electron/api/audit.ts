/** The audit trail, and the proof that nobody altered it. */
import { listAudit, verifyAudit } from "#electron/store/audit.ts";
import { readClinic } from "#electron/store/clinic.ts";
import { addDays, startOfDay } from "#shared/calendar.ts";
import type { Handlers } from "./handler.ts";

export const auditHandlers: Handlers<"audit"> = {
  "audit.list": async ({ db, input }) => {
    const { zone } = await readClinic(db);
    return listAudit(db, {
      patientId: input.patientId,
      userId: input.userId,
      from: input.from === null ? null : startOfDay(zone, input.from),
      until: input.to === null ? null : startOfDay(zone, addDays(input.to, 1)),
      before: input.before,
      limit: input.limit,
    });
  },
  "audit.verify": ({ db, record }) => verifyAudit(db, record.seal),
};
