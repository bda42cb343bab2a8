/** The chart's head: always true, on every page of a patient. */
import { z } from "zod";
import { calendarDate, instant } from "../calendar.ts";
import { verdict } from "../rules/finding.ts";
import { course, riskCategory } from "./course.ts";
import { dueItem } from "./due.ts";
import { patient } from "./patient.ts";
import { capsuleCount, doseDecision, visitLine } from "./visit.ts";

/** How far a course has come. All masses in mg, all weights in kg. */
export const courseProgress = z.object({
  /** First dose, or null before it. */
  startedOn: calendarDate.nullable(),
  /** Month of the course (1 from the first dose), null before it. */
  month: z.number().int().nullable(),
  latestWeight: z.object({ kg: z.number(), on: calendarDate }).nullable(),
  /** The dose in force today; null when none is. */
  dose: z
    .object({
      dailyMg: z.number(),
      mgPerKg: z.number().nullable(),
      capsules: z.array(capsuleCount),
      from: calendarDate,
    })
    .nullable(),
  /** Why no dose is taken at present: before the start, held, stopped, course ended; null while one is taken, or where no visit decided one. */
  doseState: z.enum(["not-started", "held", "stopped", "ended"]).nullable(),
  totalMg: z.number(),
  mgPerKg: z.number(),
  targetMgPerKg: z.number(),
  referenceWeightKg: z.number(),
  remainingDays: z.number().int().nullable(),
  expectedEnd: calendarDate.nullable(),
  /** Warnings of `rules/dosing.ts`, as sentences. */
  warnings: z.array(z.string()),
});
export type CourseProgress = z.infer<typeof courseProgress>;

/** One stretch of the same daily dose; `to` is inclusive, null while it lasts. */
export const doseSegment = z.object({ from: calendarDate, to: calendarDate.nullable(), dailyMg: z.number() });
export type DoseSegment = z.infer<typeof doseSegment>;

/** Where a course stands in its programme: what `programmeState` of `rules/prescribing.ts` says, as it crosses the bridge. */
export const programmeStatus = z.object({
  label: z.string(),
  tone: z.enum(["good", "neutral", "warning", "stop"]),
  sentence: z.string(),
  windowOpensAt: instant.nullable(),
  windowClosesAt: instant.nullable(),
  pickUpBy: instant.nullable(),
  nextTestFrom: calendarDate.nullable(),
  protectUntil: calendarDate.nullable(),
  contraception: z.string().nullable(),
});
export type ProgrammeStatus = z.infer<typeof programmeStatus>;

export const chartCourse = z.object({
  course,
  progress: courseProgress,
  category: riskCategory.nullable(),
  /** The one that the courses opened before this one leave; null when none says. From "can" to "cannot" is a change. */
  categoryBefore: riskCategory.nullable().optional(),
  status: programmeStatus.optional(),
  /** The last decision about the dose, taken or not: what a prescription begins from. Null when none was decided. */
  decidedDose: doseDecision.nullable().optional(),
  /** The next visit as the latest visit plans it; null when none is planned. */
  nextVisitOn: calendarDate.nullable().optional(),
  /** Warnings from the screening and the medicine and allergy lists, as sentences. */
  cautions: z.array(
    z.object({
      level: z.enum(["block", "high", "caution", "advice"]),
      sentence: z.string(),
      source: z.string(),
    }),
  ),
});
export type ChartCourse = z.infer<typeof chartCourse>;

export const chart = z.object({
  patient,
  age: z.number().int(),
  /** The open course, or null. */
  open: chartCourse.nullable(),
  /** Earlier courses, the latest first. */
  earlier: z.array(chartCourse),
  visits: z.array(visitLine),
  /** "Can be prescribed today?" for the open course. */
  verdict: verdict.nullable(),
  /** What waits for an act, as Today tells it of the open course or the last one, for the roles of who reads. */
  due: z.array(dueItem),
});
export type Chart = z.infer<typeof chart>;
