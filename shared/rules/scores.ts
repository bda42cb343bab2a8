/**
 * Instruments: PHQ-2 and PHQ-9 for mood, IGA for acne.
 *
 * PHQ: Spitzer, Williams, Kroenke and colleagues, with an educational grant from Pfizer; no permission required to
 * reproduce, translate, display or distribute. Item wording is the published one and must not be changed. Bands,
 * scoring: domain facts 5.3 (S88 S90). Missing answers: up to two of nine are prorated (confidence T). The modified
 * version for teenagers is not here: its terms of use were not clear (domain facts 5.3).
 */
import type { MoodAnswers } from "../records/visit.ts";

/** Printed wherever the items are shown. */
export const phqAttribution =
  "PHQ-9: developed by Drs. Robert L. Spitzer, Janet B.W. Williams, Kurt Kroenke and colleagues, with an educational grant from Pfizer Inc. No permission required to reproduce, translate, display or distribute.";

/** The question before the items. */
export const phqQuestion =
  "Over the last 2 weeks, how often have you been bothered by any of the following problems?";

/** The nine items in their published order; the first two are the PHQ-2. LOINC panel 44249-1, item 9 is 44260-8. */
export const phqItems = [
  "Little interest or pleasure in doing things",
  "Feeling down, depressed, or hopeless",
  "Trouble falling or staying asleep, or sleeping too much",
  "Feeling tired or having little energy",
  "Poor appetite or overeating",
  "Feeling bad about yourself — or that you are a failure or have let yourself or your family down",
  "Trouble concentrating on things, such as reading the newspaper or watching television",
  "Moving or speaking so slowly that other people could have noticed? Or the opposite — being so fidgety or restless that you have been moving around a lot more than usual",
  "Thoughts that you would be better off dead or of hurting yourself in some way",
] as const;

/** The answers; the index is the score. */
export const phqAnswers = [
  "Not at all",
  "Several days",
  "More than half the days",
  "Nearly every day",
] as const;

/** Upper edges of the PHQ-9's bands. Source: domain facts 5.3 (S88). */
const BANDS = [
  { to: 4, band: "minimal" },
  { to: 9, band: "mild" },
  { to: 14, band: "moderate" },
  { to: 19, band: "moderately severe" },
  { to: 27, band: "severe" },
] as const;

/** A PHQ-2 of this much or more is positive and opens the PHQ-9. Source: domain facts 5.3 (S88). */
export const PHQ2_POSITIVE = 3;
/** A PHQ-9 of this much or more (band moderate) is a reason to act on. Source: domain facts 5.3 (S88). */
export const PHQ9_POSITIVE = 10;
/** So many of nine answers may be missing and are prorated. Source: domain facts 5.3, confidence T. */
const PHQ9_MAX_MISSING = 2;

/**
 * - `total`: null when it cannot be scored (too many answers missing).
 * - `prorated`: true when missing answers were filled with the mean of the others.
 * - `alert`: item 9 is 1 or more, whatever the total, or the total is positive, or the first two are and the rest was left
 *   unasked: must not be passed over without a note.
 * - `selfHarm`: item 9 alone.
 */
export interface MoodScore {
  readonly instrument: "PHQ-2" | "PHQ-9";
  readonly total: number | null;
  readonly prorated: boolean;
  readonly band: string;
  readonly positive: boolean;
  readonly alert: boolean;
  readonly selfHarm: boolean;
  /** True when a PHQ-2 asks for the other seven items. */
  readonly opensPhq9: boolean;
  readonly sentence: string;
}

/** Scores a PHQ-2 (two answers) or PHQ-9 (nine). Every answer 0 to 3, null when not given. */
export function scoreMood(answers: Pick<MoodAnswers, "items">): MoodScore {
  return answers.items.length === 2 ? scorePhq2(answers.items) : scorePhq9(answers.items);
}

function scorePhq2(items: readonly (number | null)[]): MoodScore {
  const given = items.filter((one) => one !== null);
  const sum = given.reduce((total, one) => total + one, 0);
  // One answer of 3 is positive whatever the other would be.
  const positive = sum >= PHQ2_POSITIVE;
  const complete = given.length === items.length;
  const band = positive ? "positive" : complete ? "negative" : "not scored";
  return {
    instrument: "PHQ-2",
    total: complete ? sum : null,
    prorated: false,
    band,
    positive,
    alert: positive,
    selfHarm: false,
    opensPhq9: positive,
    sentence: positive
      ? "PHQ-2 positive: ask all nine questions."
      : complete
        ? `PHQ-2: ${sum} of 6, negative.`
        : "PHQ-2 not scored: an answer is missing.",
  };
}

function scorePhq9(items: readonly (number | null)[]): MoodScore {
  const given = items.filter((one) => one !== null);
  const sum = given.reduce((total, one) => total + one, 0);
  const missing = items.length - given.length;
  const total = missing > PHQ9_MAX_MISSING ? null : Math.round((sum * items.length) / given.length);
  const item9 = items[8] ?? null;
  const selfHarm = item9 !== null && item9 >= 1;
  // Answers given can only be added to: a sum that is positive already stays so.
  const positive = (total ?? sum) >= PHQ9_POSITIVE;
  // A positive PHQ-2 whose other questions were left unasked is not answered by leaving them so.
  const left = total === null && scorePhq2(items.slice(0, 2)).positive;
  const band = total === null ? "not scored" : (BANDS.find((one) => total <= one.to)?.band ?? "severe");
  const score =
    total === null
      ? `PHQ-9 not scored: ${missing} answers are missing.${left ? " The first two are positive: ask the rest." : ""}`
      : `PHQ-9: ${total} of 27, ${band}${missing > 0 ? `, prorated for ${missing} missing` : ""}.`;
  const thoughts = selfHarm
    ? " Thoughts of death or self-harm: assess today."
    : item9 === null
      ? " Question 9 was not answered: ask it."
      : "";
  return {
    instrument: "PHQ-9",
    total,
    prorated: total !== null && missing > 0,
    band,
    positive,
    alert: selfHarm || positive || left,
    selfHarm,
    opensPhq9: false,
    sentence: score + thoughts,
  };
}

/** Investigator's Global Assessment after the FDA's guidance. Source: domain facts 5.2 (T+). */
export const igaScale = [
  { grade: 0, word: "Clear", description: "No lesions; marks may remain." },
  { grade: 1, word: "Almost clear", description: "Rare comedones; at most one small papule or pustule." },
  { grade: 2, word: "Mild", description: "Some comedones, few papules and pustules; no nodules." },
  {
    grade: 3,
    word: "Moderate",
    description: "Many comedones, some papules and pustules; at most one small nodule.",
  },
  { grade: 4, word: "Severe", description: "Many comedones, papules and pustules; a few nodules." },
] as const;

/** The word of a grade; null for null. */
export function igaWord(grade: number | null): string | null {
  return igaScale.find((one) => one.grade === grade)?.word ?? null;
}
