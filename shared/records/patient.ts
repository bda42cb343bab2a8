/** A patient: who they are. What they take and why stands in the course. */
import { z } from "zod";
import { calendarDate, instant } from "../calendar.ts";

/** Allergies are unknown until somebody asked: unknown is never "none". */
export const allergies = z
  .object({
    status: z.enum(["unknown", "none-known", "listed"]),
    items: z.array(z.string().trim().min(1).max(120)).max(40),
  })
  .refine((one) => (one.status === "listed") === one.items.length > 0, {
    message: "List at least one allergy, or choose none known.",
    path: ["items"],
  });

/** What a form enters. A one-word name stands in `familyName`; `givenNames` may be empty. */
export const patientFields = z.object({
  familyName: z
    .string()
    .trim()
    .min(1, "Give the name. A one-word name goes here.")
    .max(100)
    // A name of signs or of characters that cannot be seen could be neither read nor found again.
    .regex(/[\p{L}\p{N}]/u, "Give the name with at least one letter."),
  givenNames: z.string().trim().max(100),
  preferredName: z.string().trim().max(100),
  birthDate: calendarDate,
  /** The clinic's own number; left empty, the next free one is given. */
  recordNumber: z.string().trim().max(30),
  phone: z.string().trim().max(40),
  email: z.union([z.literal(""), z.email("That is not an e-mail address.")]),
  address: z.string().trim().max(300),
  guardianName: z.string().trim().max(100),
  guardianPhone: z.string().trim().max(40),
  allergies,
});
export type PatientFields = z.infer<typeof patientFields>;

export const patient = patientFields.extend({
  id: z.string(),
  /** Counts up with each revision; a form sends back the one it was opened on. */
  version: z.number().int(),
  recordedAt: instant,
  recordedBy: z.string(),
});
export type Patient = z.infer<typeof patient>;

/** A line of a search answer. */
export const patientHit = z.object({
  id: z.string(),
  familyName: z.string(),
  givenNames: z.string(),
  preferredName: z.string(),
  birthDate: calendarDate,
  recordNumber: z.string(),
  phone: z.string(),
  /** The open course's month (1, 2, …), or null when none is open. */
  courseMonth: z.number().int().nullable(),
});
export type PatientHit = z.infer<typeof patientHit>;

/** `Family, Given (Preferred)`: how a name stands in lists. */
export function listName(one: { familyName: string; givenNames: string; preferredName?: string }): string {
  const full = one.givenNames ? `${one.familyName}, ${one.givenNames}` : one.familyName;
  return one.preferredName ? `${full} (${one.preferredName})` : full;
}

/** `Given Family`: how a name stands in a sentence and on paper. */
export function fullName(one: { familyName: string; givenNames: string }): string {
  return one.givenNames ? `${one.givenNames} ${one.familyName}` : one.familyName;
}
