/** The audit trail, and the proof that nobody altered it. */
import { findSubjects } from "#electron/store/audit-subjects.ts";
import { listAudit, verifyAudit } from "#electron/store/audit.ts";
import { readClinic } from "#electron/store/clinic.ts";
import { addDays, startOfDay } from "#shared/calendar.ts";
import type { AuditEntry } from "#shared/records/audit-entry.ts";
import type { Handlers } from "./handler.ts";

export const auditHandlers: Handlers<"audit"> = {
  "audit.list": async ({ db, input }) => {
    const { zone } = await readClinic(db);
    const entries = await listAudit(db, {
      patientId: input.patientId,
      userId: input.userId,
      from: input.from === null ? null : startOfDay(zone, input.from),
      until: input.to === null ? null : startOfDay(zone, addDays(input.to, 1)),
      before: input.before,
      limit: input.limit,
    });
    const subjects = await findSubjects(
      db,
      entries.flatMap((one) => idsIn(one.detail)),
    );
    return entries.map((one): AuditEntry => ({
      ...one,
      concerns: idsIn(one.detail)
        // Whoever changed their own password is named already.
        .filter((id) => id !== one.userId)
        .map((id) => subjects.get(id))
        .filter((subject) => subject !== undefined),
    }));
  },
  "audit.verify": ({ db, record }) => verifyAudit(db, record.seal),
};

/** The ids that `dispatch` wrote into an entry's detail. */
function idsIn(detail: string): string[] {
  return detail.match(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gu) ?? [];
}
