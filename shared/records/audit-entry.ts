/** Who saw and changed what. Append-only, chained by keyed hash. Domain facts 7.2. */
import { z } from "zod";
import { calendarDate, instant } from "../calendar.ts";

/** What an entry concerns, besides its patient. No clinical value. */
export const auditSubject = z.object({
  noun: z.enum(["visit", "course", "lab-result", "programme-entry", "prescription", "account"]),
  /** The lab test's id, the entry's kind, the person's name; empty for the others. */
  name: z.string(),
  /** The day of the visit, specimen, entry or prescription, or on which the course was decided; null for an account. */
  on: calendarDate.nullable(),
});
export type AuditSubject = z.infer<typeof auditSubject>;

export const auditEntry = z.object({
  sequence: z.number().int(),
  at: instant,
  userId: z.string().nullable(),
  userName: z.string(),
  /** The contract's method, or an event such as `session.wrong-password`. */
  action: z.string(),
  outcome: z.enum(["done", "refused"]),
  patientId: z.string().nullable(),
  /** As it stands now, the family name first. */
  patientName: z.string().nullable(),
  /** Ids of the rows concerned and the refusal's code; never clinical values. */
  detail: z.string(),
  /** The rows whose ids stand in `detail`, as they stand now. */
  concerns: z.array(auditSubject),
});
export type AuditEntry = z.infer<typeof auditEntry>;
