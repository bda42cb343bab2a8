/** A line of Today: who is due for what, why, and the one act that settles it. */
import { z } from "zod";
import { calendarDate, instant } from "../calendar.ts";
import { role } from "./account.ts";
import { programme } from "./course.ts";
import { programmeEntryFields, stopStep } from "./programme-entry.ts";

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
  "prescription-due",
  "month-of-waiting-over",
  "agreement-missing",
  "enrolment-incomplete",
  "wellbeing-missing",
  "post-treatment-test",
  "draw-due",
  "site-disagreement",
]);
export type DueKind = z.infer<typeof dueKind>;

/** What results and visits ask for. The programme's verdict says nothing of it, so it is told beside the verdict. */
export const foundKinds: readonly DueKind[] = ["abnormal-result", "mood-alert", "red-flag"];

const entryKinds = programmeEntryFields.options.map((one) => one.shape.kind.value);

/** What Enter does on the line. `record`: the kind of programme entry whose form it opens, where the line leaves no doubt. */
export const dueAct = z.object({
  label: z.string(),
  to: z.enum(["chart", "visit", "programme", "labs", "new-visit", "prescriptions"]),
  visitId: z.string().nullable(),
  record: z.enum(entryKinds).nullable().optional(),
});

/** A step of the checklist of a line that has one: of a stop, what is done at once. */
export const dueTask = z.object({ step: stopStep, words: z.string() });

/** An edition that takes effect about now; `from` is its first day. */
export const newEdition = z.object({ programme, name: z.string(), from: calendarDate });
export type NewEdition = z.infer<typeof newEdition>;

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
  /** The checklist of an urgent stop, in order; left out where there is none. */
  tasks: z.array(dueTask).optional(),
});
export type DueItem = z.infer<typeof dueItem>;

export const todayLine = dueItem.extend({
  patientName: z.string(),
  recordNumber: z.string(),
  birthDate: calendarDate,
});
export type TodayLine = z.infer<typeof todayLine>;

/** Which lines of Today are shown; `all` shows every one. */
export const todayFilter = z.object({
  role: z.enum([...role.options, "all"]),
  kind: z.enum([...dueKind.options, "all"]),
});
export type TodayFilter = z.infer<typeof todayFilter>;

/** Shows every line: what stands until somebody chooses. */
export const EVERY_LINE: TodayFilter = { role: "all", kind: "all" };
