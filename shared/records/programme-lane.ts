/** The steps of a programme as a time line: what is done, what is due now, what waits for a day or for another step. */
import { z } from "zod";
import { calendarDate, instant } from "../calendar.ts";
import { programmeEntryFields, stopStep } from "./programme-entry.ts";

/**
 * - `done`: on record and counting.
 * - `due`: can be done now.
 * - `waiting`: time does it, from `from` on.
 * - `blocked`: another step comes first.
 * - `forbidden`: treatment is stopped, on hold or over: it must not be done now.
 * - `not-asked`: this programme does not ask it of this patient.
 */
export const laneState = z.enum(["done", "due", "waiting", "blocked", "forbidden", "not-asked"]);
export type LaneState = z.infer<typeof laneState>;

export const laneGroup = z.enum(["before-start", "this-month", "after-treatment"]);
export type LaneGroup = z.infer<typeof laneGroup>;

const entryKinds = programmeEntryFields.options.map((one) => one.shape.kind.value);

/** What Enter does on a step: record an entry of a kind, issue the prescription, or end the course. */
export const laneAct = z.object({
  to: z.enum([...entryKinds, "prescribe", "end-course"]),
  label: z.string(),
});
export type LaneAct = z.infer<typeof laneAct>;

/** One step. `on`: the day on which it was done. `from`: the first day on which it can be done, where one is known. */
export const laneStep = z.object({
  /** Unique within the lane, stable from day to day. */
  id: z.string(),
  group: laneGroup,
  title: z.string(),
  state: laneState,
  on: calendarDate.nullable(),
  from: calendarDate.nullable(),
  /** The last instant, where the step has one. */
  until: instant.nullable(),
  sentence: z.string(),
  act: laneAct.nullable(),
});
export type LaneStep = z.infer<typeof laneStep>;

/** An earlier month: one prescription with the days of what led to it and what became of it. */
export const laneMonth = z.object({
  prescriptionId: z.string(),
  testOn: calendarDate.nullable(),
  confirmedOn: calendarDate.nullable(),
  answeredOn: calendarDate.nullable(),
  prescribedOn: calendarDate,
  daysSupply: z.number().int(),
  collectedOn: calendarDate.nullable(),
  outcome: z.enum(["collected", "not-collected", "not-recorded"]),
});
export type LaneMonth = z.infer<typeof laneMonth>;

/** What stops the course, with the checklist; `handledOn` null while the task is open. */
export const laneStop = z.object({
  on: calendarDate,
  sentence: z.string(),
  tasks: z.array(z.object({ step: stopStep, words: z.string(), done: z.boolean() })),
  handledOn: calendarDate.nullable(),
  note: z.string(),
});
export type LaneStop = z.infer<typeof laneStop>;

export const programmeLane = z.object({
  stop: laneStop.nullable(),
  steps: z.array(laneStep),
  /** The latest first. */
  earlier: z.array(laneMonth),
  /** The step that is next, by its id; null when nothing is due. */
  next: z.string().nullable(),
});
export type ProgrammeLane = z.infer<typeof programmeLane>;
