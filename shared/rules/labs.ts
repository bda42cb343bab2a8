/**
 * What a laboratory result means: its flag against the laboratory's own range, its CTCAE grade, and a proposed action.
 *
 * Sources: CTCAE grades, domain facts 3.2 (S40, confidence A/B); action codes, domain facts 3.5 (an assembly of common
 * practice, confidence T: proposals that the clinic's dermatologist approves). Everything is judged in the unit that was
 * reported, because guidelines print rounded SI limits (domain facts 3.1, trap c). No range means unknown, never normal.
 */
import { daysBetween, type CalendarDate } from "../calendar.ts";
import { capital } from "../letter-case.ts";
import type { LabInterpretation, LabResultFields } from "../records/lab-result.ts";
import { HCG_INDETERMINATE, HCG_POSITIVE, hcgInWords, type HcgReading } from "./hcg-words.ts";
import { inFirstUnit, labTest, labUnit } from "./lab-tests.ts";

/** What a result needs to be judged. */
export type LabFacts = Pick<
  LabResultFields,
  "testId" | "collectedOn" | "comparator" | "value" | "text" | "unit" | "rangeLow" | "rangeHigh" | "fasting"
>;

export type CtcaeVersion = "5.0" | "6.0";

/**
 * What stands around a result.
 * - `baseline`: at most one result per test, from before the first dose (`baselineOf`).
 * - `age`: completed years on the day of collection, null when not known.
 * - `symptoms`: side-effect codes present (grade 1 or more) at the time; belly pain and dark urine change what is proposed.
 */
export interface LabContext {
  readonly baseline: readonly LabFacts[];
  readonly age: number | null;
  readonly ctcae: CtcaeVersion;
  readonly symptoms: readonly string[];
}

/** A context with nothing known. */
export const noContext: LabContext = { baseline: [], age: null, ctcae: "6.0", symptoms: [] };

type Level = LabInterpretation["level"];

const LEVELS: readonly Level[] = ["none", "info", "watch", "act", "stop-review", "urgent"];

/** The place of a level in rising order of gravity, for sorting. */
export function levelRank(level: Level): number {
  return LEVELS.indexOf(level);
}

interface Action {
  readonly code: string;
  readonly level: Level;
  readonly sentence: string;
}

/**
 * The actions of domain facts 3.5. `LF-4` ("stop") stands at `urgent`: the levels know no plain stop, and the graver
 * neighbour is the safer one.
 */
const ACTIONS = {
  "TG-1": { level: "info", sentence: "Ask about diet, alcohol and fasting." },
  "TG-2": { level: "watch", sentence: "Repeat fasting in 4 weeks; diet; consider a lower dose." },
  "TG-3": { level: "act", sentence: "Lower the dose, repeat in 2 weeks, consider lipid treatment." },
  "TG-4": { level: "stop-review", sentence: "Hold isotretinoin; clinician review the same day." },
  "TG-5": {
    level: "urgent",
    sentence: "Stop isotretinoin; lipase and emergency assessment for pancreatitis.",
  },
  "LF-1": { level: "info", sentence: "Repeat at the next visit; CK if the patient exercises." },
  "LF-2": { level: "watch", sentence: "Repeat in 2 weeks; CK; ask about alcohol and medicines." },
  "LF-3": { level: "stop-review", sentence: "Hold or halve the dose; repeat in 1 to 2 weeks." },
  "LF-4": { level: "urgent", sentence: "Stop isotretinoin; hepatitis work-up." },
  "LF-5": {
    level: "urgent",
    sentence: "Transaminase and bilirubin are high together (Hy’s law): stop isotretinoin; hepatology.",
  },
  "LF-6-watch": { level: "watch", sentence: "More than 2 times an abnormal baseline: repeat in 2 weeks." },
  "LF-6-stop": { level: "urgent", sentence: "More than 3 times an abnormal baseline: stop isotretinoin." },
  "CK-1": { level: "watch", sentence: "Rest for 7 days; repeat with AST, ALT and creatinine." },
  "CK-2": { level: "urgent", sentence: "Stop isotretinoin; check the kidneys for muscle breakdown." },
  "WB-1": { level: "watch", sentence: "Repeat the blood count." },
  "WB-1-low": { level: "stop-review", sentence: "Hold isotretinoin and repeat the blood count." },
  "GL-1": { level: "act", sentence: "Diabetes work-up." },
  "GL-1-random": { level: "act", sentence: "Ask about thirst and passing much urine; diabetes work-up." },
  "HC-1": {
    level: "urgent",
    sentence: "Pregnancy not excluded: stop isotretinoin, do not dispense, confirm with serum hCG.",
  },
} as const satisfies Record<string, { level: Level; sentence: string }>;

type ActionId = keyof typeof ACTIONS;

function action(id: ActionId): Action {
  // The variants of one code (LF-6-watch, WB-1-low) print the code of the table.
  const code = /^[A-Z]+-\d/.exec(id)?.[0] ?? id;
  return { code, ...ACTIONS[id] };
}

/** Lower limits (inclusive) of TG-1 to TG-5 by unit. Source: domain facts 3.5; SI limits as printed in 3.2 and 3.3. */
const TRIGLYCERIDE_LIMITS: Readonly<Record<string, readonly number[]>> = {
  "mg/dL": [150, 300, 500, 800, 1000],
  "mmol/L": [1.71, 3.42, 5.65, 9, 11.3],
};

/** Neutrophils under which WB-1 applies, ×10⁹/L and ×10³/µL alike: watch, then hold. Source: domain facts 3.5. */
const NEUTROPHIL_LIMITS = { watch: 1.5, hold: 1 } as const;

/** Glucose, inclusive: fasting and random. Source: domain facts 3.5; SI limits are the printed equivalents. */
const GLUCOSE_LIMITS: Readonly<Record<string, { fasting: number; random: number }>> = {
  "mg/dL": { fasting: 126, random: 200 },
  "mmol/L": { fasting: 7, random: 11.1 },
};

/** Hy's law, in multiples of the upper limits, inclusive. Source: domain facts 3.5 LF-5. */
const HY_TRANSAMINASE = 3;
const HY_BILIRUBIN = 2;

/** From 10 to 19 years this much counts as high. Source: domain facts 3.1 (typical values, confidence T): a remark, never a flag. */
const TEEN_TRIGLYCERIDES: Readonly<Record<string, number>> = { "mg/dL": 130, "mmol/L": 1.47 };

/** Tests whose flag stands against CTCAE terms "increased" unless listed here as falling. */
type Direction = "high" | "low";

/** Limits as numbers: grades 1 to 4 begin beyond `limits[i]`; `null` limits come from the laboratory's range. */
interface FixedGrades {
  readonly kind: "fixed";
  readonly direction: Direction;
  readonly versions: readonly CtcaeVersion[];
  /** By unit. The first limit may be the laboratory's own (`"range"`). A null limit ends the scale. */
  readonly limits: Readonly<Record<string, readonly (number | "range" | null)[]>>;
  /** True when grade 1 begins at its limit, not beyond it (triglycerides: 150 is grade 1). */
  readonly firstInclusive: boolean;
  /** Only a fasting result is graded. */
  readonly fastingOnly: boolean;
}

/** Multiples of the upper limit, or of an abnormal baseline: grade i+1 lies beyond `upper[i]` times. */
interface MultipleGrades {
  readonly kind: "multiple";
  readonly versions: readonly CtcaeVersion[];
  readonly upper: readonly number[];
  /** Null: the version grades by the upper limit alone. `firstInclusive`: grade 1 begins at the first multiple. */
  readonly baseline: { readonly times: readonly number[]; readonly firstInclusive: boolean } | null;
}

type Grades = FixedGrades | MultipleGrades;

const BOTH: readonly CtcaeVersion[] = ["5.0", "6.0"];

function fixed(
  direction: Direction,
  versions: readonly CtcaeVersion[],
  limits: FixedGrades["limits"],
  more: { firstInclusive?: boolean; fastingOnly?: boolean } = {},
): FixedGrades {
  return {
    kind: "fixed",
    direction,
    versions,
    limits,
    firstInclusive: more.firstInclusive ?? false,
    fastingOnly: more.fastingOnly ?? false,
  };
}

function cells(limits: readonly (number | "range" | null)[]): FixedGrades["limits"] {
  return { "10*3/uL": limits, "10*9/L": limits };
}

/** ALT and AST. Source: domain facts 3.2. */
const TRANSAMINASE: readonly Grades[] = [
  {
    kind: "multiple",
    versions: ["5.0"],
    upper: [1, 3, 5, 20],
    baseline: { times: [1.5, 3, 5, 20], firstInclusive: true },
  },
  {
    kind: "multiple",
    versions: ["6.0"],
    upper: [1, 3, 5, 20],
    baseline: { times: [1, 1.5, 2, 4], firstInclusive: true },
  },
];

/**
 * CTCAE grades by test. Source: domain facts 3.2 (S40). Each row is used under the versions it names; where the version
 * asked for has no row (CK under 6.0), the other version's row grades and its number is stored with the grade.
 * Glucose and haemoglobin: SI limits are the printed equivalents of the conventional ones (confidence T+). Grade 4 of
 * anaemia is a clinical judgement and never computed.
 */
const CTCAE: Readonly<Record<string, readonly Grades[]>> = {
  alt: TRANSAMINASE,
  ast: TRANSAMINASE,
  ggt: [
    {
      kind: "multiple",
      versions: ["5.0"],
      upper: [1, 2.5, 5, 20],
      baseline: { times: [2, 2.5, 5, 20], firstInclusive: true },
    },
    {
      kind: "multiple",
      versions: ["6.0"],
      upper: [1, 2.5, 5, 20],
      baseline: { times: [1, 1.5, 3, 10], firstInclusive: true },
    },
  ],
  "bilirubin-total": [
    {
      kind: "multiple",
      versions: ["5.0"],
      upper: [1, 1.5, 3, 10],
      baseline: { times: [1, 1.5, 3, 10], firstInclusive: false },
    },
    {
      kind: "multiple",
      versions: ["6.0"],
      upper: [1, 1.5, 3, 10],
      baseline: { times: [1, 1.5, 2.5, 10], firstInclusive: true },
    },
  ],
  alp: [
    {
      kind: "multiple",
      versions: ["5.0"],
      upper: [1, 2.5, 5, 20],
      baseline: { times: [2, 2.5, 5, 20], firstInclusive: true },
    },
    {
      kind: "multiple",
      versions: ["6.0"],
      upper: [1],
      baseline: { times: [1], firstInclusive: false },
    },
  ],
  ck: [{ kind: "multiple", versions: ["5.0"], upper: [1, 2.5, 5, 10], baseline: null }],
  triglycerides: [
    fixed(
      "high",
      BOTH,
      { "mg/dL": [150, 300, 500, 1000], "mmol/L": [1.71, 3.42, 5.7, 11.4] },
      { firstInclusive: true },
    ),
  ],
  "cholesterol-total": [
    fixed("high", BOTH, { "mg/dL": ["range", 300, 400, 500], "mmol/L": ["range", 7.75, 10.34, 12.92] }),
  ],
  ldl: [fixed("high", ["6.0"], { "mg/dL": ["range"], "mmol/L": ["range"] })],
  hdl: [fixed("low", ["6.0"], { "mg/dL": ["range"], "mmol/L": ["range"] })],
  glucose: [
    fixed(
      "high",
      ["6.0"],
      { "mg/dL": ["range", 160, 250, 500], "mmol/L": ["range", 8.9, 13.9, 27.8] },
      { fastingOnly: true },
    ),
  ],
  haemoglobin: [fixed("low", BOTH, { "g/dL": ["range", 10, 8, null], "g/L": ["range", 100, 80, null] })],
  wbc: [fixed("low", BOTH, cells(["range", 3, 2, 1]))],
  neutrophils: [
    fixed("low", ["5.0"], cells(["range", 1.5, 1, 0.5])),
    fixed("low", ["6.0"], cells([1.5, 1, 0.5, 0.1])),
  ],
  platelets: [
    fixed("low", ["5.0"], cells(["range", 75, 50, 25])),
    fixed("low", ["6.0"], cells(["range", 75, 50, 10])),
  ],
};

/** Possible true values of a result: from `low` to `high`, the ends included or not. Results are never below 0. */
interface Span {
  readonly low: number;
  readonly lowIncluded: boolean;
  readonly high: number;
  readonly highIncluded: boolean;
}

function spanOf(result: LabFacts): Span | null {
  const { value, comparator } = result;
  if (value === null || !Number.isFinite(value)) return null;
  switch (comparator) {
    case "<":
    case "<=":
      return { low: 0, lowIncluded: true, high: value, highIncluded: comparator === "<=" };
    case ">":
    case ">=":
      return { low: value, lowIncluded: comparator === ">=", high: Infinity, highIncluded: false };
    case null:
      return { low: value, lowIncluded: true, high: value, highIncluded: true };
  }
}

/** Slack for products such as 3 × 0.1, far below any reported digit. */
const SLACK = 1e-9;

function beyond(value: number, limit: number): boolean {
  return value > limit + Math.abs(limit) * SLACK;
}

function below(value: number, limit: number): boolean {
  return value < limit - Math.abs(limit) * SLACK;
}

/** The smallest and the largest value that the span stands for, nudged inwards where an end is not included. */
function ends(span: Span): { low: number; high: number } {
  const nudge = 1e-6;
  return {
    low: span.lowIncluded ? span.low : span.low * (1 + nudge) + Number.MIN_VALUE,
    high: span.highIncluded || span.high === Infinity ? span.high : span.high * (1 - nudge),
  };
}

/**
 * The flag against the laboratory's range; its limits belong to the range. `unknown` without a range, without a number,
 * with limits the wrong way round, or when a comparator leaves it open.
 */
export function flagOf(result: LabFacts): LabInterpretation["flag"] {
  const span = spanOf(result);
  if (span === null) return "unknown";
  const { rangeLow, rangeHigh } = result;
  if (rangeLow === null && rangeHigh === null) return "unknown";
  if (rangeLow !== null && rangeHigh !== null && rangeLow > rangeHigh) return "unknown";
  const { low, high } = ends(span);
  const low_ = rangeLow ?? 0;
  const high_ = rangeHigh ?? Infinity;
  if (beyond(low, high_)) return "high";
  if (below(high, low_)) return "low";
  if (!below(low, low_) && !beyond(high, high_)) return "normal";
  return "unknown";
}

/** Whether a baseline is above its own laboratory's upper limit; null when that cannot be told. */
function baselineAbnormal(baseline: LabFacts | null): boolean | null {
  if (baseline === null || baseline.rangeHigh === null) return null;
  const flag = flagOf({ ...baseline, rangeLow: null });
  return flag === "unknown" ? null : flag === "high";
}

/** The baseline of the same test from an earlier day, or null. */
function baselineFor(result: LabFacts, context: LabContext): LabFacts | null {
  const found = context.baseline.find((one) => one.testId === result.testId);
  return found && found.collectedOn < result.collectedOn ? found : null;
}

/** A baseline's number in the result's unit; null when it is not a plain number or the units cannot be converted. */
function baselineValue(result: LabFacts, baseline: LabFacts | null): number | null {
  if (baseline === null || baseline.value === null || baseline.comparator !== null) return null;
  if (baseline.unit === result.unit) return baseline.value;
  const first = inFirstUnit(baseline.testId, baseline.unit, baseline.value);
  const factor = labUnit(result.testId, result.unit)?.toFirst;
  return first === null || factor === undefined ? null : first / factor;
}

function gradeFixed(rule: FixedGrades, result: LabFacts, value: number): number | null {
  const limits = rule.limits[result.unit];
  if (limits === undefined) return null;
  if (rule.fastingOnly && result.fasting !== true) return null;
  const own = rule.direction === "high" ? result.rangeHigh : result.rangeLow;
  let grade = 0;
  for (const [index, entry] of limits.entries()) {
    if (entry === null) break;
    const limit = entry === "range" ? own : entry;
    // Without the laboratory's limit grade 0 and 1 cannot be told apart; a graver grade can still be seen.
    if (limit === null) continue;
    const inclusive = index === 0 && rule.firstInclusive;
    const reached =
      rule.direction === "high"
        ? inclusive
          ? !below(value, limit)
          : beyond(value, limit)
        : inclusive
          ? !beyond(value, limit)
          : below(value, limit);
    if (reached) grade = Math.max(grade, index + 1);
  }
  if (grade === 0 && limits[0] === "range" && own === null) return null;
  return grade;
}

function gradeMultiple(
  rule: MultipleGrades,
  result: LabFacts,
  value: number,
  baseline: LabFacts | null,
): number | null {
  const upper = result.rangeHigh;
  const first = baselineValue(result, baseline);
  const useBaseline = rule.baseline !== null && first !== null && baselineAbnormal(baseline) === true;
  if (useBaseline && rule.baseline !== null && first !== null) {
    if (upper !== null && !beyond(value, upper)) return 0;
    let grade = 0;
    for (const [index, times] of rule.baseline.times.entries()) {
      const limit = times * first;
      const inclusive = index === 0 && rule.baseline.firstInclusive;
      if (inclusive ? !below(value, limit) : beyond(value, limit)) grade = index + 1;
    }
    return grade;
  }
  if (upper === null) return null;
  return rule.upper.reduce((grade, times, index) => (beyond(value, times * upper) ? index + 1 : grade), 0);
}

/**
 * The CTCAE grade of a result with the version that gave it, or null where no table grades it or something is missing.
 * With `>` (or `<` for tests graded for low values) the grade is "at least"; a comparator that leaves the grade open gives null.
 */
export function gradeOf(
  result: LabFacts,
  context: LabContext,
): { grade: number; version: CtcaeVersion } | null {
  const rows = CTCAE[result.testId] ?? [];
  const rule = rows.find((one) => one.versions.includes(context.ctcae)) ?? rows[0];
  const span = spanOf(result);
  if (rule === undefined || span === null) return null;
  const version = rule.versions.includes(context.ctcae) ? context.ctcae : rule.versions[0];
  if (version === undefined) return null;
  const baseline = baselineFor(result, context);
  const gradeAt = (value: number) =>
    rule.kind === "fixed" ? gradeFixed(rule, result, value) : gradeMultiple(rule, result, value, baseline);
  const { low, high } = ends(span);
  const falling = rule.kind === "fixed" && rule.direction === "low";
  const mild = gradeAt(falling ? high : low);
  const grave = gradeAt(falling ? low : high);
  if (mild === null) return null;
  // "At least" may be said of a grade of disease, never of grade 0.
  if (mild !== grave && mild === 0) return null;
  const openTowardsGrave = falling ? result.comparator?.startsWith("<") : result.comparator?.startsWith(">");
  if (mild !== grave && openTowardsGrave !== true) return null;
  return { grade: mild, version };
}

/** What a doctor looks for in a trend; each null when it cannot be computed. */
export interface TrendFacts {
  /** Change since baseline in percent: +80 is 80 % above. */
  readonly percentFromBaseline: number | null;
  /** Times the upper limit of the laboratory. */
  readonly timesUpperLimit: number | null;
  readonly daysSinceBaseline: number | null;
}

/** Change from baseline and ratio to the upper limit, of plain numbers only. Source: domain facts 3.5 (trend rules). */
export function trendFacts(result: LabFacts, context: LabContext): TrendFacts {
  const baseline = baselineFor(result, context);
  const first = baselineValue(result, baseline);
  const plain = result.comparator === null ? result.value : null;
  return {
    percentFromBaseline:
      plain === null || first === null || first === 0 ? null : Math.round(((plain - first) / first) * 100),
    timesUpperLimit:
      plain === null || result.rangeHigh === null || result.rangeHigh <= 0
        ? null
        : Math.round((plain / result.rangeHigh) * 100) / 100,
    daysSinceBaseline: baseline === null ? null : daysBetween(baseline.collectedOn, result.collectedOn),
  };
}

/** The lowest multiple of the upper limit that the result can stand for; null without an upper limit. */
function leastMultiple(result: LabFacts, span: Span): number | null {
  if (result.rangeHigh === null || result.rangeHigh <= 0) return null;
  return ends(span).low / result.rangeHigh;
}

/** The action that the result alone proposes, or null. */
function actionOf(result: LabFacts, context: LabContext): Action | null {
  const span = spanOf(result);
  if (labTest(result.testId)?.group === "pregnancy") return pregnancyAction(result, span);
  if (span === null) return null;
  switch (result.testId) {
    case "triglycerides":
      return triglycerideAction(result, span, context);
    case "alt":
    case "ast":
      return transaminaseAction(result, span, context);
    case "ck":
      return ckAction(result, span, context);
    case "neutrophils":
      return neutrophilAction(result, span);
    case "glucose":
      return glucoseAction(result, span);
    default:
      return null;
  }
}

function pregnancyAction(result: LabFacts, span: Span | null): Action | null {
  const reading = hcgReading(result);
  // "<25" leaves 5 to 24 possible: pregnancy is not excluded.
  if (reading === "negative")
    return span !== null && ends(span).high >= HCG_INDETERMINATE ? action("HC-1") : null;
  return reading === "pending" ? null : action("HC-1");
}

/** See `HcgReading`; null for other tests. */
export function hcgReading(result: LabFacts): HcgReading | null {
  if (labTest(result.testId)?.group !== "pregnancy") return null;
  const text = result.text.trim();
  const span = spanOf(result);
  const said = [
    ...(text === "" && span !== null ? [] : [hcgInWords(text)]),
    ...(span === null ? [] : [hcgInNumbers(result, span)]),
  ];
  // What is reported as a number and in words is negative only if both are.
  return said.find((one) => one === "stop") ?? said.find((one) => one !== "negative") ?? "negative";
}

/** Whether an hCG result itself stops treatment; false for other tests. */
export function pregnancyNotExcluded(result: LabFacts): boolean {
  return hcgReading(result) === "stop";
}

function hcgInNumbers(result: LabFacts, span: Span): HcgReading {
  const { low, high } = ends(span);
  const [from, to] = [low, high].map((one) => inFirstUnit(HCG_MEASURED, result.unit, one));
  if (typeof from !== "number" || typeof to !== "number") return "unclear";
  if (from >= HCG_INDETERMINATE) return "stop";
  const limit = result.comparator === null ? HCG_INDETERMINATE : HCG_POSITIVE;
  return to < limit ? "negative" : "unclear";
}

/** The hCG that is a number, whose units any hCG in numbers has; id of `lab-tests.ts`. */
const HCG_MEASURED = "hcg-quantitative";

function triglycerideAction(result: LabFacts, span: Span, context: LabContext): Action | null {
  const limits = TRIGLYCERIDE_LIMITS[result.unit];
  if (limits === undefined) return null;
  const least = ends(span).low;
  const step = limits.filter((limit) => !below(least, limit)).length;
  if (step === 0) return null;
  if (context.symptoms.includes("abdominal-pain")) return action("TG-5");
  return action((["TG-1", "TG-2", "TG-3", "TG-4", "TG-5"] as const)[step - 1] ?? "TG-5");
}

function transaminaseAction(result: LabFacts, span: Span, context: LabContext): Action | null {
  const times = leastMultiple(result, span);
  const byRange =
    times === null || !beyond(times, 1)
      ? null
      : action(!beyond(times, 2) ? "LF-1" : !beyond(times, 3) ? "LF-2" : !beyond(times, 5) ? "LF-3" : "LF-4");
  const baseline = baselineFor(result, context);
  const first = baselineValue(result, baseline);
  if (first === null || first <= 0 || baselineAbnormal(baseline) !== true) return byRange;
  const timesBaseline = ends(span).low / first;
  const byBaseline = beyond(timesBaseline, 3)
    ? action("LF-6-stop")
    : beyond(timesBaseline, 2)
      ? action("LF-6-watch")
      : null;
  // An abnormal baseline never makes a result look better than its range says: the graver proposal stands.
  return graver(byRange, byBaseline);
}

function ckAction(result: LabFacts, span: Span, context: LabContext): Action | null {
  const times = leastMultiple(result, span);
  if (times === null || !beyond(times, 1)) return null;
  const breakdown = context.symptoms.some((one) => one === "dark-urine" || one === "muscle-weakness");
  if (beyond(times, 10) || breakdown) return action("CK-2");
  return beyond(times, 5) ? action("CK-1") : null;
}

function neutrophilAction(result: LabFacts, span: Span): Action | null {
  if (labUnit(result.testId, result.unit) === null) return null;
  const most = ends(span).high;
  if (below(most, NEUTROPHIL_LIMITS.hold)) return action("WB-1-low");
  return below(most, NEUTROPHIL_LIMITS.watch) ? action("WB-1") : null;
}

function glucoseAction(result: LabFacts, span: Span): Action | null {
  const limits = GLUCOSE_LIMITS[result.unit];
  if (limits === undefined) return null;
  const least = ends(span).low;
  if (result.fasting === true) return below(least, limits.fasting) ? null : action("GL-1");
  return below(least, limits.random) ? null : action("GL-1-random");
}

function graver(a: Action | null, b: Action | null): Action | null {
  if (a === null) return b;
  if (b === null) return a;
  return levelRank(b.level) >= levelRank(a.level) ? b : a;
}

/** What one result says. Combinations within one blood draw (Hy's law) need `interpretAll`. */
export function interpret(result: LabFacts, context: LabContext = noContext): LabInterpretation {
  return withHy(result, context, false);
}

/**
 * What results say, together: those of one collection date are read as one blood draw, so that a transaminase of 3 and a
 * bilirubin of 2 times the upper limit become LF-5, and an LDL beside high triglycerides is remarked on. The answers stand in the order of the results.
 */
export function interpretAll(
  results: readonly LabFacts[],
  context: LabContext = noContext,
): LabInterpretation[] {
  const draws = new Map<CalendarDate, LabFacts[]>();
  for (const one of results) draws.set(one.collectedOn, [...(draws.get(one.collectedOn) ?? []), one]);
  const hyDates = new Set([...draws].filter(([, draw]) => isHysLaw(draw)).map(([on]) => on));
  const ldlDates = new Set([...draws].filter(([, draw]) => voidsLdl(draw)).map(([on]) => on));
  return results.map((one) => {
    const said = withHy(one, context, hyDates.has(one.collectedOn));
    if (one.testId !== "ldl" || !ldlDates.has(one.collectedOn)) return said;
    const remark = "Not valid if calculated: triglycerides are too high.";
    return { ...said, sentence: said.sentence === "" ? remark : `${said.sentence} ${remark}` };
  });
}

/** Triglycerides over which a calculated LDL is not valid. Source: domain facts 3.1, trap e (T+). */
const FRIEDEWALD_LIMITS: Readonly<Record<string, number>> = { "mg/dL": 400, "mmol/L": 4.5 };

function voidsLdl(draw: readonly LabFacts[]): boolean {
  return draw.some((one) => {
    const limit = one.testId === "triglycerides" ? FRIEDEWALD_LIMITS[one.unit] : undefined;
    const span = spanOf(one);
    return limit !== undefined && span !== null && beyond(ends(span).low, limit);
  });
}

function isHysLaw(draw: readonly LabFacts[]): boolean {
  const reaches = (testIds: readonly string[], least: number) =>
    draw.some((one) => {
      const span = spanOf(one);
      const times = span === null || !testIds.includes(one.testId) ? null : leastMultiple(one, span);
      return times !== null && !below(times, least);
    });
  return reaches(["alt", "ast"], HY_TRANSAMINASE) && reaches(["bilirubin-total"], HY_BILIRUBIN);
}

/** Tests that take part in Hy's law. */
const HY_TESTS: readonly string[] = ["alt", "ast", "bilirubin-total"];

function withHy(result: LabFacts, context: LabContext, hy: boolean): LabInterpretation {
  const test = labTest(result.testId);
  const flag = test?.kind === "words" ? flagOfWords(result) : flagOf(result);
  const graded = gradeOf(result, context);
  const proposed = hy && HY_TESTS.includes(result.testId) ? action("LF-5") : actionOf(result, context);
  const level: Level = proposed?.level ?? (flag === "normal" ? "none" : "info");
  return {
    flag,
    grade: graded?.grade ?? null,
    ctcaeVersion: graded?.version ?? null,
    sentence: sentences(result, context, flag, proposed),
    actionCode: proposed?.code ?? null,
    level,
  };
}

/** Qualitative results, all of hCG: normal only if nothing is proposed for it. */
function flagOfWords(result: LabFacts): LabInterpretation["flag"] {
  const reading = hcgReading(result);
  if (reading === "stop") return "abnormal";
  return reading === "negative" && pregnancyAction(result, spanOf(result)) === null ? "normal" : "unknown";
}

function sentences(
  result: LabFacts,
  context: LabContext,
  flag: LabInterpretation["flag"],
  proposed: Action | null,
): string {
  const said: string[] = [];
  const trend = trendFacts(result, context);
  const parts: string[] = [];
  if (trend.timesUpperLimit !== null && trend.timesUpperLimit > 1)
    parts.push(`${short(trend.timesUpperLimit)} times the upper limit`);
  if (trend.percentFromBaseline !== null && (flag !== "normal" || Math.abs(trend.percentFromBaseline) >= 50))
    parts.push(
      trend.percentFromBaseline === 0
        ? "same as at baseline"
        : `${Math.abs(trend.percentFromBaseline)} % ${trend.percentFromBaseline > 0 ? "above" : "below"} baseline`,
    );
  if (parts.length > 0) said.push(capital(`${parts.join("; ")}.`));
  if (flag === "unknown") said.push(unknownSentence(result));
  if (proposed !== null) said.push(proposed.sentence);
  const remark = teenRemark(result, context, proposed);
  if (remark !== null) said.push(remark);
  const badge = fastingBadge(result, proposed);
  if (badge !== null) said.push(badge);
  return said.join(" ");
}

function unknownSentence(result: LabFacts): string {
  if (labTest(result.testId)?.kind === "words") return "The result says neither negative nor positive.";
  if (result.value === null) return "The laboratory gave no number.";
  if (result.rangeLow === null && result.rangeHigh === null)
    return "No range is given: not known whether it is normal.";
  if (result.rangeLow !== null && result.rangeHigh !== null && result.rangeLow > result.rangeHigh)
    return "The range’s limits are the wrong way round.";
  return `${result.comparator ?? ""}${result.value} can lie inside or outside the range.`;
}

function teenRemark(result: LabFacts, context: LabContext, proposed: Action | null): string | null {
  const limit = result.testId === "triglycerides" ? TEEN_TRIGLYCERIDES[result.unit] : undefined;
  const span = spanOf(result);
  if (limit === undefined || span === null || context.age === null || context.age < 10 || context.age > 19)
    return null;
  if (proposed !== null || below(ends(span).low, limit)) return null;
  return `From 10 to 19 years, ${limit} ${result.unit} or more counts as high.`;
}

/** The non-fasting badge: always when the specimen was not fasting; when nobody said, only where it decides. */
function fastingBadge(result: LabFacts, proposed: Action | null): string | null {
  if (labTest(result.testId)?.fastingMatters !== true) return null;
  if (result.fasting === false) return "Not fasting.";
  if (result.fasting === true) return null;
  const limits = result.testId === "glucose" ? GLUCOSE_LIMITS[result.unit] : undefined;
  const span = spanOf(result);
  const decides =
    proposed !== null || (limits !== undefined && span !== null && !below(ends(span).low, limits.fasting));
  return decides ? "Not said whether fasting." : null;
}

/** Two significant digits are enough for a ratio: 2.4, 12. */
function short(ratio: number): string {
  if (ratio >= 10) return String(Math.round(ratio));
  // 1.02 must not print as "1 times".
  const rounded = Math.round(ratio * 10) / 10;
  return rounded === 1 ? String(Math.round(ratio * 100) / 100) : String(rounded);
}

/**
 * The baseline of each test: the latest result collected on or before the day of the first dose. Before the first dose
 * (`firstDoseOn` null) there is none. A result on treatment is never a baseline.
 */
export function baselineOf<T extends LabFacts>(results: readonly T[], firstDoseOn: CalendarDate | null): T[] {
  if (firstDoseOn === null) return [];
  const latest = new Map<string, T>();
  for (const one of results) {
    if (one.collectedOn > firstDoseOn || (one.value === null && one.text === "")) continue;
    const kept = latest.get(one.testId);
    if (kept === undefined || kept.collectedOn <= one.collectedOn) latest.set(one.testId, one);
  }
  return [...latest.values()];
}
