/** The days that matter to one patient in their programme, as plain data: the screen and the paper draw the same. */
import { z } from "zod";
import { calendarDate, instant } from "../calendar.ts";

/** What a day is marked with, in the order in which the legend lists it. */
export const calendarMarkKind = z.enum([
  "test-possible",
  "window-open",
  "pick-up-by",
  "next-visit",
  "waiting-until",
  "supply-ends",
  "test-after-treatment",
  "contraception-until",
  "no-blood-donation-until",
  "tested",
  "prescribed",
  "picked-up",
  "last-dose",
]);
export type CalendarMarkKind = z.infer<typeof calendarMarkKind>;

/**
 * One mark: a day, or the days `from` to `to`, both included.
 * - `to` null: from that day on, with no end in sight.
 * - `at`: the instant when the hour matters; `from` is its day in the clinic's zone.
 * - `sentence`: for people, with day and hour in the clinic's zone and style.
 */
export const calendarMark = z.object({
  kind: calendarMarkKind,
  from: calendarDate,
  to: calendarDate.nullable(),
  at: instant.nullable(),
  sentence: z.string(),
});
export type CalendarMark = z.infer<typeof calendarMark>;

/** The marks of one patient. `today` is the clinic's date; weeks begin as the clinic's country writes them. */
export const programmeCalendar = z.object({
  today: calendarDate,
  weekBegins: z.enum(["sunday", "monday"]),
  marks: z.array(calendarMark),
  /** What no single day can show: `Test on days 1 to 5 of the next period.` */
  notes: z.array(z.string()),
});
export type ProgrammeCalendar = z.infer<typeof programmeCalendar>;
