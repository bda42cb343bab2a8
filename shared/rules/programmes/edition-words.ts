/**
 * What an edition asks, in words, and what changed from one to the next: read from the tables themselves, so that a page about a
 * new edition cannot say anything else than what is judged by.
 */
import { type DateStyle, formatDate, isCalendarDate } from "../../calendar.ts";
import {
  categoryWords,
  consentWords,
  criterionWords,
  methodWords,
  sampleWords,
  settingWords,
} from "../../records/words.ts";
import { type ProgrammeTable, RULES, type RuleId } from "./programme-table.ts";

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

/** What a parameter of a row means. One without a word would be read by its own name: the test sees to it that there is none. */
const PARAMETERS: Readonly<Record<string, string>> = {
  restartAfterDays: "a break begins anew after, in days",
  clearedBySamples: "answered by a negative test of",
  clearedIn: "answered by a test at",
  cannotBy: "criteria for “cannot become pregnant”",
  evidenceFor: "evidence asked for",
  can: "who can become pregnant",
  cannot: "who cannot become pregnant",
  newSince: "a new form since",
  underAge: "under this age, in years",
  standing: "what each method counts for",
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
    const was = old === null ? null : rowWords(old, style);
    const is = now === null ? null : rowWords(now, style);
    if (was === is) return [];
    const [beforeWords, afterWords] = onlyDifferent(was, is);
    return [{ rule, name, before: beforeWords, after: afterWords, source: now?.source ?? old?.source ?? "" }];
  });
}

/** The ids of the rules that differ. */
export function changedRules(before: ProgrammeTable, after: ProgrammeTable): ReadonlySet<string> {
  return new Set(differencesOf(before, after, "iso").map((one) => one.rule));
}

/** A row's parameters in words, in the order of the table; one without parameters is only asked for. */
function rowWords(row: object, style: DateStyle): string {
  const said = Object.entries(row).flatMap(([key, value]) =>
    key === "source" || key === "edition" ? [] : [parameterWords(key, value, style)],
  );
  return said.length === 0 ? "asked" : said.join("; ");
}

/** Leaves out what both say alike, so that a reader sees what changed. */
function onlyDifferent(was: string | null, is: string | null): [string | null, string | null] {
  if (was === null || is === null) return [was, is];
  const [old, now] = [was.split("; "), is.split("; ")];
  const left = old.filter((one) => !now.includes(one));
  const right = now.filter((one) => !old.includes(one));
  return [left.join("; ") || "—", right.join("; ") || "—"];
}

function parameterWords(key: string, value: unknown, style: DateStyle): string {
  if (key === "standing" && typeof value === "object" && value !== null)
    return Object.entries(value)
      .map(([method, standing]) => `${word(method, style)}: ${word(standing, style)}`)
      .join("; ");
  return `${PARAMETERS[key] ?? key}: ${word(value, style)}`;
}

const RHYTHMS: Readonly<Record<string, string>> = {
  monthly: "every month",
  enrolment: "once, at enrolment",
  never: "never",
  alone: "enough by itself",
  primary: "primary",
  secondary: "secondary",
};

const WORDS: Readonly<Record<string, string>> = {
  ...RHYTHMS,
  ...categoryWords,
  ...consentWords,
  ...criterionWords,
  ...methodWords,
  ...sampleWords,
  ...settingWords,
};

function word(value: unknown, style: DateStyle): string {
  if (Array.isArray(value))
    return value.length === 0 ? "none" : value.map((one) => word(one, style)).join(", ");
  if (value === null) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return String(value);
  if (typeof value !== "string") return "";
  if (isCalendarDate(value)) return formatDate(value, style);
  const known = WORDS[value] ?? value;
  return known.charAt(0).toLowerCase() === known.charAt(0) || /^[A-Z]{2}/.test(known)
    ? known
    : known.charAt(0).toLowerCase() + known.slice(1);
}

/** The parameters that no word is known for; empty, as the test sees to. */
export function parametersWithoutWords(table: ProgrammeTable): string[] {
  const rows: (object | null)[] = [...Object.values(table.rules), table.protection, table.visits];
  const keys = rows.flatMap((row) => (row === null ? [] : Object.keys(row)));
  return keys.filter((key) => key !== "source" && key !== "edition" && !(key in PARAMETERS));
}
