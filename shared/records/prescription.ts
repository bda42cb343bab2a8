/** A prescription, with the verdict that allowed it as it was decided. */
import { z } from "zod";
import { calendarDate, instant } from "../calendar.ts";
import { verdict } from "../rules/finding.ts";
import { capsuleCount } from "./visit.ts";

export const prescriptionFields = z.object({
  productId: z.string().min(1, "Choose the product."),
  capsules: z.array(capsuleCount).min(1, "Give at least one capsule a day.").max(6),
  daysSupply: z.number().int().min(1, "At least 1 day."),
});
export type PrescriptionFields = z.infer<typeof prescriptionFields>;

export const prescription = prescriptionFields.extend({
  id: z.string(),
  patientId: z.string(),
  courseId: z.string(),
  visitId: z.string().nullable(),
  issuedOn: calendarDate,
  issuedAt: instant,
  issuedBy: z.string(),
  verdict,
  voidReason: z.string().nullable(),
});
export type Prescription = z.infer<typeof prescription>;
