/**
 * Which blood tests are due, and when: the default preset.
 *
 * Source: domain facts 3.4, "default preset for the app" (a design after Xia 2022 S68 S69, AAD 2024 S70 and the US label
 * S64): baseline ALT, AST, fasting lipids; again 4 weeks after the start and 4 weeks after each dose increase; none
 * routinely when those were normal and the dose unchanged; none at the end. Pregnancy tests follow the programme, not
 * this table. Blood counts and metabolic panels are not recommended in healthy patients.
 */
import { addDays, type CalendarDate } from "../calendar.ts";
import type { LabInterpretation } from "../records/lab-result.ts";
import type { CourseFields, ScreeningCondition } from "../records/course.ts";
import { dailyMgOf } from "../records/visit.ts";
import type { DoseEvent } from "./dosing.ts";
import { labTest } from "./lab-tests.ts";
import { levelRank } from "./labs.ts";

/** A dated preset, so that a record made under an older one can still be read. */
export interface MonitoringPreset {
  readonly id: string;
  readonly source: string;
  /** Judged normal, these excuse from the next draw. */
  readonly core: readonly string[];
  /** Drawn and shown with the core ones. */
  readonly lipids: readonly string[];
  /** A baseline counts when it was drawn so many days or fewer before the first dose. */
  readonly baselineDays: number;
  /** Days after the first dose, and after each dose increase, at which a draw is due. */
  readonly drawAfterDays: number;
  /** A draw counts for a due date when it was taken so many days before it or later. */
  readonly earlyDays: number;
  /** Days between draws for patients at higher risk. */
  readonly denserDays: number;
}

/** The preset in use. "Within a month before": S69. Two weeks early is our own tolerance. */
export const monitoringPreset: MonitoringPreset = {
  id: "default-2026",
  source: "Domain facts 3.4; Xia 2022 (S68 S69), AAD 2024 (S70)",
  core: ["alt", "ast", "triglycerides"],
  lipids: ["cholesterol-total", "ldl", "hdl"],
  baselineDays: 31,
  drawAfterDays: 28,
  earlyDays: 14,
  denserDays: 28,
};

/** Tests that a condition adds. Source: domain facts 3.4 (high-risk flags) and 6.4. */
const ADDED_TESTS: Readonly<Partial<Record<ScreeningCondition, readonly string[]>>> = {
  diabetes: ["glucose"],
  obesity: ["glucose"],
  "vigorous-exercise": ["ck"],
  alcohol: ["ggt"],
  "liver-disease": ["ggt", "bilirubin-total"],
  "kidney-disease": ["creatinine"],
};

/** Conditions that ask for denser monitoring. Source: domain facts 3.4 (high-risk flags, T+/A). */
const DENSER: readonly ScreeningCondition[] = [
  "diabetes",
  "obesity",
  "alcohol",
  "lipid-disorder",
  "liver-disease",
  "pancreatitis",
];

/** Baseline triglycerides that ask for denser monitoring: 150 mg/dL; under 20 years more than 90. Source: domain facts 3.4. */
const DENSER_TRIGLYCERIDES: Readonly<Record<string, { adult: number; under20: number }>> = {
  "mg/dL": { adult: 150, under20: 90 },
  "mmol/L": { adult: 1.69, under20: 1.02 },
};

/** What the schedule rests on. `results` are those in force, of any date, with their interpretation. */
export interface MonitoringFacts {
  readonly course: Pick<CourseFields, "conditions" | "familyHistory">;
  readonly age: number | null;
  readonly firstDoseOn: CalendarDate | null;
  /** Dose decisions in order. */
  readonly doses: readonly DoseEvent[];
  /** True when the course is over, or no dose is taken any more. */
  readonly ended: boolean;
  readonly results: readonly {
    readonly testId: string;
    readonly collectedOn: CalendarDate;
    readonly value: number | null;
    readonly unit: string;
    readonly interpretation: Pick<LabInterpretation, "flag" | "level">;
  }[];
}

/** One draw: which tests, from when, and why. `done` when every core test has a result for it. */
export interface DueDraw {
  readonly kind: "baseline" | "after-start" | "after-increase" | "denser" | "repeat";
  /** Due on this day; null for the baseline, which is due now. */
  readonly dueOn: CalendarDate | null;
  readonly tests: readonly string[];
  readonly missing: readonly string[];
  readonly done: boolean;
  readonly sentence: string;
}

/** The tests of this patient's flowsheet and visit form: core, lipids, and what the conditions add. */
export function testsFor(facts: Pick<MonitoringFacts, "course">): string[] {
  const added = Object.entries(ADDED_TESTS).flatMap(([condition, tests]) =>
    facts.course.conditions[condition as ScreeningCondition] === "yes" ? (tests ?? []) : [],
  );
  const family = facts.course.familyHistory.diabetes === "yes" ? ["glucose"] : [];
  return [...new Set([...monitoringPreset.core, ...monitoringPreset.lipids, ...added, ...family])];
}

/** Why this patient is monitored more densely, as words for a sentence; empty when not. */
export function denserReasons(facts: MonitoringFacts): string[] {
  const reasons: string[] = DENSER.filter((one) => facts.course.conditions[one] === "yes").map((one) =>
    one.replaceAll("-", " "),
  );
  if (facts.course.familyHistory["lipid-disorder"] === "yes") reasons.push("lipid disorder in the family");
  const baseline = facts.results
    .filter(
      (one) =>
        one.testId === "triglycerides" &&
        one.value !== null &&
        (facts.firstDoseOn === null || one.collectedOn <= facts.firstDoseOn),
    )
    .reduce<MonitoringFacts["results"][number] | null>(
      (latest, one) => (latest === null || one.collectedOn >= latest.collectedOn ? one : latest),
      null,
    );
  const limits = baseline === null ? undefined : DENSER_TRIGLYCERIDES[baseline.unit];
  if (baseline !== null && baseline.value !== null && limits !== undefined) {
    const high =
      facts.age !== null && facts.age < 20 ? baseline.value > limits.under20 : baseline.value >= limits.adult;
    if (high) reasons.push("triglycerides at baseline");
  }
  return reasons;
}

/**
 * The draws of a course in order of date: the baseline, four weeks after the start, four weeks after each increase, and
 * for patients at higher risk every four weeks until `today` and the next one. After the end there are none.
 */
export function drawsOf(facts: MonitoringFacts, today: CalendarDate): DueDraw[] {
  const preset = monitoringPreset;
  const tests = testsFor(facts);
  const start = facts.firstDoseOn;
  const draws: DueDraw[] = [
    draw(
      facts,
      "baseline",
      null,
      tests,
      start === null ? addDays(today, -preset.baselineDays) : addDays(start, -preset.baselineDays),
      start ?? today,
      "Before the first dose: liver enzymes and fasting lipids, within a month.",
    ),
  ];
  if (start === null || facts.ended) return draws;
  const dated: { kind: DueDraw["kind"]; on: CalendarDate; sentence: string }[] = [
    {
      kind: "after-start",
      on: addDays(start, preset.drawAfterDays),
      sentence: "Four weeks after the start.",
    },
  ];
  for (const from of increasesOf(facts.doses, start))
    dated.push({
      kind: "after-increase",
      on: addDays(from, preset.drawAfterDays),
      sentence: "Four weeks after the dose was increased.",
    });
  const reasons = denserReasons(facts);
  if (reasons.length > 0) {
    let on = addDays(start, preset.drawAfterDays + preset.denserDays);
    for (;;) {
      dated.push({
        kind: "denser",
        on,
        sentence: `Every four weeks because of: ${reasons.join(", ")}.`,
      });
      if (on > today) break;
      on = addDays(on, preset.denserDays);
    }
  }
  const ordered = dated.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  for (const one of ordered)
    draws.push(draw(facts, one.kind, one.on, tests, addDays(one.on, -preset.earlyDays), null, one.sentence));
  return draws;
}

/** Days from which a higher dose was taken than ever before that decision. */
function increasesOf(doses: readonly DoseEvent[], start: CalendarDate): CalendarDate[] {
  const days: CalendarDate[] = [];
  let highest = 0;
  for (const one of doses.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0))) {
    const dailyMg = dailyMgOf(one.capsules);
    if (highest > 0 && dailyMg > highest && one.from > start) days.push(one.from);
    highest = Math.max(highest, dailyMg);
  }
  return days;
}

function draw(
  facts: MonitoringFacts,
  kind: DueDraw["kind"],
  dueOn: CalendarDate | null,
  tests: readonly string[],
  from: CalendarDate,
  to: CalendarDate | null,
  sentence: string,
): DueDraw {
  const missing = monitoringPreset.core.filter(
    (testId) =>
      !facts.results.some(
        (one) => one.testId === testId && one.collectedOn >= from && (to === null || one.collectedOn <= to),
      ),
  );
  return { kind, dueOn, tests, missing, done: missing.length === 0, sentence };
}

/** What to draw next: the first draw that is not done, or null. `overdue` when its day has passed. */
export function nextDraw(
  facts: MonitoringFacts,
  today: CalendarDate,
): (DueDraw & { readonly overdue: boolean }) | null {
  const repeat = repeatDraw(facts);
  const open = drawsOf(facts, today).find((one) => !one.done);
  const next = repeat ?? open ?? null;
  return next === null ? null : { ...next, overdue: next.dueOn !== null && next.dueOn < today };
}

/** Days after which a result of this level is repeated. Source: domain facts 3.5 (2 to 4 weeks). */
const REPEAT_DAYS = { watch: 28, act: 14, "stop-review": 14, urgent: 7 } as const;

/** A repeat of the gravest latest results that ask for one, while the course goes on. Pregnancy tests are the programme's. */
function repeatDraw(facts: MonitoringFacts): DueDraw | null {
  if (facts.ended) return null;
  const latest = new Map<string, MonitoringFacts["results"][number]>();
  for (const one of facts.results) {
    const kept = latest.get(one.testId);
    if (kept === undefined || kept.collectedOn <= one.collectedOn) latest.set(one.testId, one);
  }
  const asking = [...latest.values()]
    .filter((one) => labTest(one.testId)?.group !== "pregnancy")
    .filter((one) => levelRank(one.interpretation.level) >= levelRank("watch"))
    .toSorted((a, b) => levelRank(b.interpretation.level) - levelRank(a.interpretation.level));
  const gravest = asking[0];
  if (gravest === undefined) return null;
  const { level } = gravest.interpretation;
  const days = level === "none" || level === "info" ? REPEAT_DAYS.watch : REPEAT_DAYS[level];
  const tests = asking.map((one) => one.testId);
  return {
    kind: "repeat",
    dueOn: addDays(gravest.collectedOn, days),
    tests,
    missing: tests,
    done: false,
    sentence: "Repeat what was out of range.",
  };
}
