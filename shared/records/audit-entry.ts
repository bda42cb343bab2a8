/** Who saw and changed what. Append-only, chained by keyed hash. Domain facts 7.2. */
import { z } from "zod";
import { instant } from "../calendar.ts";

export const auditEntry = z.object({
  sequence: z.number().int(),
  at: instant,
  userId: z.string().nullable(),
  userName: z.string(),
  /** The contract's method, or an event such as `session.wrong-password`. */
  action: z.string(),
  outcome: z.enum(["done", "refused"]),
  patientId: z.string().nullable(),
  patientName: z.string().nullable(),
  /** Ids of the rows concerned and the refusal's code; never clinical values. */
  detail: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntry>;
