/**
 * What the programme rules judge: one plain object per course, gathered by `electron/store/facts.ts` and built in tests by
 * `#test/support/facts.ts`. Everything here is a fact on record; nothing is derived, so that every derivation is in the rules.
 */
import type { CalendarDate, DateStyle, Instant } from "../calendar.ts";
import type { CourseEnd, Programme } from "../records/course.ts";
import type { CapsuleCount, DoseDecision } from "../records/visit.ts";
import type { LabInterpretation, LabResult } from "../records/lab-result.ts";
import type { ProgrammeEntry, ProgrammeEntryKind } from "../records/programme-entry.ts";

/**
 * A prescription in force (not voided). `issuedOn` is the clinic's calendar date of `issuedAt`. `capsules`: those of one day;
 * may be left out where nobody counts them.
 */
export type PrescriptionFact = {
  id: string;
  issuedOn: CalendarDate;
  issuedAt: Instant;
  daysSupply: number;
  productId: string;
  capsules?: readonly CapsuleCount[];
};

/** Who compared an edition with its source for this clinic, and when; a prescriber says so in the settings. */
export type EditionReview = { by: string; on: CalendarDate };

/** What a visit that is not voided decided about the dose; `on` is the day of the visit. */
export type DoseFact = { on: CalendarDate; action: DoseDecision["action"] };

/**
 * The facts of one course that `judge` and `programmeState` need.
 * - `entries`: programme entries of this course in force (not corrected, not voided), in any order.
 * - `prescriptions`: prescriptions of this course in force, in any order.
 * - `doses`: dose decisions of visits, in any order; may be left empty where no visit ever held or stopped the dose.
 * - `elsewhere`: may be left out where only the course itself is looked at.
 * - `medicines`: what the patient takes, as typed; null when nobody asked; left out where it was not gathered, and then nothing
 *   is said of it. It is asked about only where contraception rests on hormones that a medicine could weaken.
 * - `clinic.reviews`: the reviews of editions, by the edition's id (`ipledge-2026`); none when left out.
 *
 * Entries and prescriptions dated after the instant of the question may be present: the rules leave them out.
 * Whether a dose was ever taken is read from `first-dose` and `dispensing` entries alone: a dose decided at a visit is a plan.
 */
export type ProgrammeFacts = {
  patient: { id: string; birthDate: CalendarDate };
  course: { id: string; programme: Programme; decidedOn: CalendarDate; end: CourseEnd | null };
  clinic: { zone: string; dateStyle: DateStyle; reviews?: Readonly<Record<string, EditionReview>> };
  medicines?: readonly string[] | null;
  entries: readonly ProgrammeEntry[];
  prescriptions: readonly PrescriptionFact[];
  doses: readonly DoseFact[];
  elsewhere?: Elsewhere;
};

/**
 * What else the record holds of the patient that this course must not pass over, in force.
 * - `results`: hCG among the laboratory results, in any order.
 * - `entries`: entries of the other courses, of the kinds in `ELSEWHERE_KINDS`, in any order.
 * - `courses`: the other courses, the earliest opened first; may be left out where there are none.
 */
export type Elsewhere = {
  results: readonly LabResult[];
  entries: readonly ProgrammeEntry[];
  courses?: readonly OtherCourse[];
};

/** Another course of the patient; `openedBefore`: whether it was opened before the one that is judged. */
export type OtherCourse = { id: string; programme: Programme; end: CourseEnd | null; openedBefore: boolean };

/** What other courses are asked for: what may speak of a pregnancy, what breaks contraception, and the category. */
export const ELSEWHERE_KINDS: readonly ProgrammeEntryKind[] = [
  "pregnancy",
  "pregnancy-test",
  "missed-period",
  "contraception-lapse",
  "risk-category",
  "category-agreement",
];

/** A blood result that asks for an act and that nobody has acted on yet. `level` and `sentence` come from `rules/labs.ts`. */
export type OpenResult = {
  id: string;
  visitId: string | null;
  testName: string;
  collectedOn: CalendarDate;
  level: LabInterpretation["level"];
  sentence: string;
};

/** A mood screen whose answers ask for an act. */
export type MoodAlert = { visitId: string; on: CalendarDate; sentence: string };

/** A side effect of an unsigned visit that is a red flag, with what may be behind it (`redFlags` of `rules/side-effects.ts`). */
export type RedFlag = { visitId: string; on: CalendarDate; name: string; sentence: string };

/** The facts that `due` needs besides: the visits, what is planned, and what waits for somebody. Voided visits are left out. */
export type DueFacts = ProgrammeFacts & {
  /** The latest visit on or before today, signed or not. */
  lastVisit: { id: string; on: CalendarDate } | null;
  /** Visits that nobody signed yet. */
  unsignedVisits: readonly { id: string; on: CalendarDate }[];
  /** The next visit as the latest visit plans it. */
  nextVisitOn: CalendarDate | null;
  openResults: readonly OpenResult[];
  moodAlerts: readonly MoodAlert[];
  redFlags?: readonly RedFlag[];
  /** The next blood draw, from `nextDraw` of `rules/monitoring.ts`; left out or null when none is to come. */
  draw?: DrawFact | null;
};

/** A blood draw to come; `dueOn` null when it is due before the first dose. `missing` are ids of tests without a result. */
export type DrawFact = { dueOn: CalendarDate | null; missing: readonly string[]; sentence: string };
