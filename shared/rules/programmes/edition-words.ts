/**
 * What an edition asks, in words, and what changed from one to the next: read from the tables themselves, so that a page about a
 * new edition cannot say anything else than what is judged by.
 */
import { type DateStyle, formatDate, isCalendarDate } from "../../calendar.ts";
import { lowered } from "../../letter-case.ts";
import { consentWords, criterionWords, methodWords, settingWords } from "../../records/words.ts";
import { type ProgrammeTable, RULES, type Row, type RuleId, type RuleRows } from "./programme-table.ts";

/** A rule's name for people. */
export const RULE_NAMES: Readonly<Record<RuleId, string>> = {
  "course-open": "Course open",
  "no-pregnancy": "No pregnancy",
  "no-positive-test": "No positive test",
  "no-missed-period": "No missed period",
  "no-lapse-unhandled": "No lapse of contraception",
  category: "Risk category",
  enrolment: "Enrolment",
  consents: "Consents",
  "guardian-consent": "Guardian’s signature",
  "second-prescriber": "Second prescriber",
  counselling: "Counselling",
  "wellbeing-check": "Mood and sexual function",
  "contraception-pair": "Contraceptive methods",
  "contraception-month": "Contraception before the start",
  "screening-test": "First pregnancy test",
  "test-in-window": "Test and its window",
  "test-setting": "Where tests are taken",
  "home-test-evidence": "Evidence of a home test",
  "test-sensitivity": "Sensitivity of the test",
  "test-spacing": "Days between the first two tests",
  "test-after-month": "Second test after the month of contraception",
  "menses-days": "Second test on days of the period",
  "missed-first-window": "Missed first window",
  "first-pick-up": "First pick-up on record",
  "prescriber-confirmation": "Prescriber’s confirmation",
  "confirmation-window": "Window of patients who cannot become pregnant",
  "patient-questions": "Patient’s questions",
  supply: "Days of supply",
  "supply-overlap": "Overlap with the last supply",
  "supply-count": "Capsules counted",
  "product-change": "Change of product",
  "prescription-open": "At the pick-up: a prescription stands",
  "not-dispensed-yet": "At the pick-up: not dispensed yet",
  "category-unchanged": "At the pick-up: same risk category",
  "dispense-window": "At the pick-up: time left",
  "dispense-as-prescribed": "At the pick-up: as prescribed",
};

type KeyOf<T> = T extends unknown ? keyof T : never;
type SomeRow = NonNullable<RuleRows[RuleId]> | ProgrammeTable["protection" | "visits" | "testsAfterLastDose"];
type Parameter = Exclude<KeyOf<SomeRow>, keyof Row | "standing">;

/** What a parameter of a row means; one without a word does not compile. */
const PARAMETERS: Readonly<Record<Parameter, string>> = {
  restartAfterDays: "a break begins anew after, in days",
  clearedBySamples: "answered by a negative test of",
  clearedIn: "answered by a test at",
  cannotBy: "criteria for “cannot become pregnant”",
  evidenceFor: "evidence asked for",
  can: "who can become pregnant",
  cannot: "who cannot become pregnant",
  newSince: "a new form since",
  underAge: "under this age, in years",
  forms: "forms of contraception",
  primaries: "primary forms among them",
  complementary: "one primary and one secondary form exactly",
  days: "days",
  months: "months",
  settings: "where",
  detects: "detects at least, in mIU/mL",
  beforeFirstDose: "before the first dose",
  onTreatment: "during treatment",
  homeNeedsPermission: "at home only with the prescriber’s permission",
  first: "first day",
  last: "last day",
  waitDays: "days to wait",
  otherReadingDays: "days, as another source counts",
  maxDays: "at most, in days",
  from: "from, in days",
  to: "to, in days",
};

/** One thing that differs between two tables. `before` null: the rule is new; `after` null: it is asked no more. */
export type EditionDifference = {
  rule: string;
  name: string;
  before: string | null;
  after: string | null;
  /** The text that the newer table rests on; of a rule that is gone, the older's. */
  source: string;
};

/** What differs, rule by rule in the order of the findings, then what follows the last dose and how visits are booked. */
export function differencesOf(
  before: ProgrammeTable,
  after: ProgrammeTable,
  style: DateStyle,
): EditionDifference[] {
  const rules = RULES.map((rule) => ({
    rule,
    name: RULE_NAMES[rule],
    rows: [before.rules[rule], after.rules[rule]] as const,
  }));
  const others = (
    [
      ["testsAfterLastDose", "Tests after the last dose"],
      ["protection", "Contraception and no blood donation after the last dose"],
      ["visits", "How far apart visits are booked"],
    ] as const
  ).map(([key, name]) => ({ rule: key, name, rows: [before[key], after[key]] as const }));
  return [...rules, ...others].flatMap(({ rule, name, rows: [old, now] }) => {
    const was = rowWords(old, style);
    const is = rowWords(now, style);
    const left = was.filter((one) => !is.includes(one));
    const added = is.filter((one) => !was.includes(one));
    if (left.length + added.length === 0) return [];
    return [
      {
        rule,
        name,
        before: old === null ? null : left.join("; "),
        after: now === null ? null : added.join("; "),
        source: (now ?? old)?.source ?? "",
      },
    ];
  });
}

/** The ids of the rules that differ. */
export function changedRules(before: ProgrammeTable, after: ProgrammeTable): ReadonlySet<string> {
  return new Set(differencesOf(before, after, "iso").map((one) => one.rule));
}

type Value = string | number | boolean | null | readonly Value[];
type Parameters = Readonly<Partial<Record<Parameter, Value>>> & {
  standing?: Readonly<Record<string, string>>;
};

/** A row's parameters in words, each method first; one without parameters is only asked for. Nothing without a row. */
function rowWords(row: Row<Parameters> | null, style: DateStyle): readonly string[] {
  if (row === null) return [];
  const { source: _source, edition: _edition, standing = {}, ...parameters } = row;
  const methods = Object.entries(standing).map(
    ([method, one]) => `${word(method, style)}: ${word(one, style)}`,
  );
  const others = Object.entries(parameters).map(
    ([key, value]) => `${PARAMETERS[key as Parameter]}: ${word(value, style)}`,
  );
  const said = [...methods, ...others];
  return said.length === 0 ? ["asked"] : said;
}

/** Codes whose word is not the code itself. */
const WORDS: Readonly<Record<string, string>> = {
  monthly: "every month",
  enrolment: "once, at enrolment",
  alone: "enough by itself",
  ...consentWords,
  ...criterionWords,
  ...methodWords,
  ...settingWords,
};

function word(value: Value, style: DateStyle): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") {
    const words = (value ?? []).map((one) => word(one, style));
    // Some words have a comma of their own.
    return words.length === 0 ? "none" : words.join(" · ");
  }
  if (isCalendarDate(value)) return formatDate(value, style);
  return lowered(WORDS[value] ?? value);
}
