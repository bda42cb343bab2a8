/** A line of Today: who is due for what, why, and the one act that settles it. */
import { z } from "zod";
import { calendarDate, instant } from "../calendar.ts";
import { role } from "./account.ts";

export const dueKind = z.enum([
  "urgent-stop",
  "window-closing",
  "window-missed",
  "abnormal-result",
  "mood-alert",
  "red-flag",
  "visit-due",
  "visit-unsigned",
  "test-due",
  "confirmation-missing",
  "questions-missing",
  "month-of-waiting-over",
  "enrolment-incomplete",
  "post-treatment-test",
]);
export type DueKind = z.infer<typeof dueKind>;

/** What Enter does on the line. */
export const dueAct = z.object({
  label: z.string(),
  to: z.enum(["chart", "visit", "programme", "labs", "new-visit"]),
  visitId: z.string().nullable(),
});

export const dueItem = z.object({
  /** Stable: `<courseId>:<kind>`. */
  id: z.string(),
  kind: dueKind,
  patientId: z.string(),
  courseId: z.string(),
  /** The order: urgent first. */
  urgency: z.enum(["urgent", "today", "soon", "later"]),
  sentence: z.string(),
  on: calendarDate,
  /** When the hour matters. */
  at: instant.nullable(),
  roles: z.array(role),
  act: dueAct,
});
export type DueItem = z.infer<typeof dueItem>;

export const todayLine = dueItem.extend({
  patientName: z.string(),
  recordNumber: z.string(),
  birthDate: calendarDate,
});
export type TodayLine = z.infer<typeof todayLine>;
