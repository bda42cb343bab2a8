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
type AskedRhythm = Exclude<Rhythm, "never">;

/** A row of a table: the parameters of one rule and the text that they rest on. `edition` names an overlay that decides here. */
export type Row<Parameters = unknown> = Parameters & { source: string; edition?: string };

/**
 * In whose time a programme's windows close, at 23:59 of their last day: US Eastern wherever the clinic is (iPLEDGE), or the
 * clinic's own zone.
 */
export type WindowZone = "us-eastern" | "clinic";

/** The parameters of each rule, by its id. The order of the ids is the order of the findings. */
export type RuleRows = {
  /**
   * The course is open: not ended, not paused, not stopped, not on hold, and without a last dose, unless it was resumed. A break
   * of more than `restartAfterDays` days after a last dose or a stop begins anew.
   */
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
  /**
   * No stop of contraception and no unprotected contact after the first prescription, unless accepted methods are in use again
   * (recorded for its day or later), a negative test in these settings was taken on a later day, and the prescriber has agreed
   * on a later day: with a confirmation or by resuming treatment. A missed pill is no such lapse.
   */
  "no-lapse-unhandled": Row<{ clearedIn: readonly TestSetting[] }> | null;
  /**
   * A risk category with a criterion that the programme accepts, and evidence where it is asked for. A change needs a reason;
   * one from "can" to "cannot" counts only once a second person has agreed to it.
   */
  category: Row<{ cannotBy: readonly RiskCriterion[]; evidenceFor: readonly RiskCriterion[] }> | null;
  enrolment: Row | null;
  /**
   * The forms to sign. `newSince`: from this day on the programme has a new form, so that one signed earlier does not count for
   * a treatment that has not begun; null when any counts.
   */
  consents: Row<{
    can: readonly ConsentForm[];
    cannot: readonly ConsentForm[];
    newSince: CalendarDate | null;
  }> | null;
  /** Below this age on the day of signing, a parent or guardian signs too. */
  "guardian-consent": Row<{ underAge: number }> | null;
  /** Before the first dose, below this age on the day of the question, a second prescriber has agreed since the beginning. */
  "second-prescriber": Row<{ underAge: number }> | null;
  counselling: Row<{ can: AskedRhythm; cannot: AskedRhythm }> | null;
  /** Mood and sexual function were asked about, each month; a declined answer is an answer. */
  "wellbeing-check": Row<{ can: "monthly"; cannot: "monthly" }> | null;
  /**
   * What each method counts for, and how many forms and how many primary ones make a pair. `complementary`: a pair is exactly
   * one primary and one secondary form (in Europe: hormonal and barrier). A pair whose every primary form is weakened by a
   * medicine of the patient's does not count.
   */
  "contraception-pair": Row<{
    standing: Readonly<Record<ContraceptiveMethod, MethodStanding>>;
    forms: number;
    primaries: number;
    complementary: boolean;
  }> | null;
  /** Unbroken days of valid contraception before the first dose. */
  "contraception-month": Row<{ days: number }> | null;
  /** The first of two tests before treatment. `detects`: the kit shows this many mIU/mL or fewer. */
  "screening-test": Row<{ settings: readonly TestSetting[]; detects: number }> | null;
  /**
   * The test that opens the window; day 1 is the day of the specimen, and day `days` is the last, until 23:59 of the table's
   * `windowZone`. A prescription is issued while the window is open.
   */
  "test-in-window": Row<{ days: number }> | null;
  "test-setting": Row<{
    beforeFirstDose: readonly TestSetting[];
    onTreatment: readonly TestSetting[];
    homeNeedsPermission: boolean;
  }> | null;
  /**
   * For a test in these settings: the kit's lot, an expiry no earlier than the specimen's day, a one-time code or an attached
   * photo, and who verified it.
   */
  "home-test-evidence": Row<{ settings: readonly TestSetting[] }> | null;
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
  /** Tells whether the capsules that were collected are as many as were prescribed; never blocks. */
  "supply-count": Row | null;
  /** Tells whether another product is asked for than was prescribed last; never blocks. */
  "product-change": Row | null;
  /** Asked at the pick-up only: a prescription stands, and nothing has made treatment begin anew since. */
  "prescription-open": Row | null;
  /** Asked at the pick-up only: the last prescription was neither collected nor recorded as left at the pharmacy. */
  "not-dispensed-yet": Row | null;
  /** Asked at the pick-up only: the risk category is the one that the prescription was issued for. */
  "category-unchanged": Row | null;
  /**
   * Asked at the pick-up only. `days`: from the day of the prescription as day 1, until 23:59 of the table's `windowZone`; null:
   * until the close of the window that it was issued in. Of patients who cannot become pregnant only where `cannot` is true.
   */
  "dispense-window": Row<{ days: number | null; cannot: boolean }>;
  /** Asked at the pick-up only: the product that was prescribed, and no more capsules. */
  "dispense-as-prescribed": Row | null;
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
  /**
   * Whether courses may be judged by it. A table that is not enabled is there to be read and reviewed: it never says yes, and
   * no course can be opened in a programme that has no enabled one (`OFFERED_PROGRAMMES`).
   */
  enabled: boolean;
  /** What somebody has to find out before the table may be relied on or enabled; sentences. */
  openQuestions: readonly string[];
  /** Whose midnight closes its windows. */
  windowZone: WindowZone;
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

/** Every rule, in the order in which they are written. Complete by its type: a missing or unknown id does not compile. */
const IN_ORDER: Readonly<Record<RuleId, null>> = {
  "course-open": null,
  "no-pregnancy": null,
  "no-positive-test": null,
  "no-missed-period": null,
  "no-lapse-unhandled": null,
  category: null,
  enrolment: null,
  consents: null,
  "guardian-consent": null,
  "second-prescriber": null,
  counselling: null,
  "wellbeing-check": null,
  "contraception-pair": null,
  "contraception-month": null,
  "screening-test": null,
  "test-in-window": null,
  "test-setting": null,
  "home-test-evidence": null,
  "test-sensitivity": null,
  "test-spacing": null,
  "test-after-month": null,
  "menses-days": null,
  "missed-first-window": null,
  "first-pick-up": null,
  "prescriber-confirmation": null,
  "confirmation-window": null,
  "patient-questions": null,
  supply: null,
  "supply-overlap": null,
  "supply-count": null,
  "product-change": null,
  "prescription-open": null,
  "not-dispensed-yet": null,
  "category-unchanged": null,
  "dispense-window": null,
  "dispense-as-prescribed": null,
};
/** Every rule, in the order of the findings. */
export const RULES = Object.keys(IN_ORDER) as readonly RuleId[];

/** The rules that are asked at the pick-up: what stops everything, and what only dispensing asks. The others are not. */
export const DISPENSE_RULES: ReadonlySet<RuleId> = new Set<RuleId>([
  "course-open",
  "no-pregnancy",
  "no-positive-test",
  "no-missed-period",
  "no-lapse-unhandled",
  "category",
  "supply",
  "prescription-open",
  "not-dispensed-yet",
  "category-unchanged",
  "dispense-window",
  "dispense-as-prescribed",
]);

/** The rules that are asked at the pick-up only. */
export const ONLY_DISPENSE: ReadonlySet<RuleId> = new Set<RuleId>([
  "prescription-open",
  "not-dispensed-yet",
  "category-unchanged",
  "dispense-window",
  "dispense-as-prescribed",
]);
