/** The clinic that keeps the record: what stands on its paper and how it writes dates and units. */
import { z } from "zod";
import { dateStyle, timeZone } from "../calendar.ts";

export const clinic = z.object({
  name: z.string().trim().min(1, "Give the clinic’s name.").max(120),
  /** Lines of the postal address, separated by line breaks. */
  address: z.string().trim().min(1, "Give the address that stands on the clinic’s paper.").max(400),
  phone: z.string().trim().min(3, "Give the phone number that patients call.").max(40),
  /** Whom patients call when the clinic is closed. */
  afterHoursPhone: z.string().trim().max(80),
  zone: timeZone,
  /** A line under the clinic's name on paper, such as the names of its doctors. */
  letterhead: z.string().trim().max(300),
  dateStyle,
  weightUnit: z.enum(["kg", "lb"]),
  /** Units offered first for lab results: conventional (mg/dL) or SI (mmol/L). */
  labUnits: z.enum(["conventional", "si"]),
  /** Crisis line printed on every paper. United States: 988 (domain facts 5.3). */
  crisisLine: z.string().trim().min(1, "Give a crisis line; it is printed for patients.").max(120),
  /** Minutes without a key or a click until the screen locks, 1 to 30 (domain facts 7.1). */
  idleMinutes: z.number().int().min(1, "At least 1 minute.").max(30, "At most 30 minutes."),
});
export type Clinic = z.infer<typeof clinic>;
