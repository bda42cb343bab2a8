/**
 * The one shape of a programme's rules: what a national pregnancy-prevention programme asks, as data. One table per edition;
 * `editions.ts` says which edition holds on which day. The parameters cover domain facts 2.5.
 *
 * A rule that a programme does not know is `null`: it then gives no finding. All spans are whole calendar days.
 */
import type { CalendarDate } from "../../calendar.ts";
import type { Programme, RiskCriterion } from "../../records/course.ts";
import type { ContraceptiveMethod, ProgrammeEntry } from "../../records/programme-entry.ts";

type EntryOf<K extends ProgrammeEntry["kind"]> = Extract<ProgrammeEntry, { kind: K }>;
export type TestSetting = EntryOf<"pregnancy-test">["setting"];
export type TestSample = EntryOf<"pregnancy-test">["sample"];
export type ConsentForm = EntryOf<"consent">["form"];

/**
 * What a contraceptive method counts for.
 * - `alone`: enough by itself (iPLEDGE: continuous abstinence; the European programme: a user-independent method).
 * - `primary`, `secondary`: one of the forms that make up a pair.
 * - `never`: not accepted, whatever it is combined with.
 */
export type MethodStanding = "alone" | "primary" | "secondary" | "never";

/** Which entries count: every visit's month, once at enrolment, or never asked for. */
export type Rhythm = "monthly" | "enrolment" | "never";

/** A row of a table: the parameters of one rule and the text that they rest on. `edition` names an overlay that decides here. */
export type Row<Parameters = unknown> = Parameters & { source: string; edition?: string };

/** The parameters of each rule, by its id. The order of the ids is the order of the findings. */
export type RuleRows = {
  /** The course is open, not paused and not ended by a last dose. A break longer than `restartAfterDays` begins anew. */
  "course-open": Row<{ restartAfterDays: number }> | null;
  /** No pregnancy on record. */
  "no-pregnancy": Row | null;
  /** No positive or indeterminate test that a later negative one of these samples and settings has not answered. */
  "no-positive-test": Row<{
    clearedBySamples: readonly TestSample[];
    clearedIn: readonly TestSetting[];
  }> | null;
  /** No missed period that a later negative test in these settings has not answered. */
  "no-missed-period": Row<{ clearedIn: readonly TestSetting[] }> | null;
  /** A risk category with a criterion that the programme accepts, and evidence where it is asked for. */
  category: Row<{ cannotBy: readonly RiskCriterion[]; evidenceFor: readonly RiskCriterion[] }> | null;
  enrolment: Row | null;
  consents: Row<{ can: readonly ConsentForm[]; cannot: readonly ConsentForm[] }> | null;
  /** Below this age on the day of signing, a parent or guardian signs too. */
  "guardian-consent": Row<{ underAge: number }> | null;
  counselling: Row<{ can: Rhythm; cannot: Rhythm }> | null;
  /** What each method counts for, and how many forms and how many primary ones make a pair. */
  "contraception-pair": Row<{
    standing: Readonly<Record<ContraceptiveMethod, MethodStanding>>;
    forms: number;
    primaries: number;
  }> | null;
  /** Unbroken days of valid contraception before the first dose. */
  "contraception-month": Row<{ days: number }> | null;
  /** The first of two tests before treatment. `detects`: the kit shows this many mIU/mL or fewer. */
  "screening-test": Row<{ settings: readonly TestSetting[]; detects: number }> | null;
  /** The test that opens the window; day 1 is the day of the specimen, and day `days` is the last, until 23:59 US Eastern. */
  "test-in-window": Row<{ days: number }> | null;
  "test-setting": Row<{
    beforeFirstDose: readonly TestSetting[];
    onTreatment: readonly TestSetting[];
    homeNeedsPermission: boolean;
  }> | null;
  /** `detects`: the kit shows this many mIU/mL or fewer. */
  "test-sensitivity": Row<{ detects: number }> | null;
  /** Days from the screening test to the confirmation test. */
  "test-spacing": Row<{ days: number }> | null;
  /** The confirmation test comes after the contraception month. */
  "test-after-month": Row | null;
  /** With regular cycles the confirmation test falls on these days of the period. */
  "menses-days": Row<{ first: number; last: number }> | null;
  /** The first prescription was not collected in its window: days from that window's specimen to the next one that counts. */
  "missed-first-window": Row<{ waitDays: number }> | null;
  /** Whether the first prescription was collected is on record, because it decides which rules hold. */
  "first-pick-up": Row | null;
  "prescriber-confirmation": Row<{ can: Rhythm; cannot: Rhythm }> | null;
  /**
   * For patients who cannot become pregnant: the days of the window that the confirmation opens, as day 1; null when there
   * is none. `otherReadingDays`: what another source counts; between the two the answer is unknown.
   */
  "confirmation-window": Row<{ days: number | null; otherReadingDays: number | null }> | null;
  "patient-questions": Row | null;
  supply: Row<{ maxDays: number }> | null;
  /** A new prescription may be issued at most this many days before the last supply runs out. */
  "supply-overlap": Row<{ days: number }> | null;
};
export type RuleId = keyof RuleRows;

/** One edition of one programme. */
export type ProgrammeTable = {
  /** Stable for ever: decisions are stored under it. */
  id: string;
  programme: Programme;
  /** As people call it: `iPLEDGE, 2026 edition`. */
  name: string;
  /** First and last day of the events that it judges; `effectiveTo` null while it is the latest. */
  effectiveFrom: CalendarDate;
  effectiveTo: CalendarDate | null;
  source: string;
  /** The clinician who compared it with its source, and when; null until somebody has. */
  reviewed: { by: string; on: CalendarDate } | null;
  /** Whether a central system authorises each dispensing. */
  centralAuthorisation: boolean;
  rules: RuleRows;
  /** Pregnancy tests after the last dose, in days from it, for patients who can become pregnant. */
  testsAfterLastDose: Row<{ days: readonly number[] }>;
  /** Contraception and no blood donation after the last dose: the later of the two. */
  protection: Row<{ days: number; months: number }>;
  /** How far apart visits are booked, in days. */
  visits: Row<{ from: number; to: number }>;
};

/** Every rule, in the order of the findings. Complete by its type: a missing or unknown id does not compile. */
export const RULES = orderOf({
  "course-open": 0,
  "no-pregnancy": 1,
  "no-positive-test": 2,
  "no-missed-period": 3,
  category: 4,
  enrolment: 5,
  consents: 6,
  "guardian-consent": 7,
  counselling: 8,
  "contraception-pair": 9,
  "contraception-month": 10,
  "screening-test": 11,
  "test-in-window": 12,
  "test-setting": 13,
  "test-sensitivity": 14,
  "test-spacing": 15,
  "test-after-month": 16,
  "menses-days": 17,
  "missed-first-window": 18,
  "first-pick-up": 19,
  "prescriber-confirmation": 20,
  "confirmation-window": 21,
  "patient-questions": 22,
  supply: 23,
  "supply-overlap": 24,
});

function orderOf(places: Readonly<Record<RuleId, number>>): readonly RuleId[] {
  return (Object.keys(places) as RuleId[]).sort((a, b) => places[a] - places[b]);
}
