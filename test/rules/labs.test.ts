import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Comparator } from "#shared/records/lab-result.ts";
import { labTests } from "#shared/rules/lab-tests.ts";
import {
  baselineOf,
  flagOf,
  gradeOf,
  hcgReading,
  interpret,
  interpretAll,
  levelRank,
  noContext,
  pregnancyNotExcluded,
  trendFacts,
  type LabContext,
  type LabFacts,
} from "#shared/rules/labs.ts";

/** An ALT of 30 U/L, range 7 to 40, on 1 June; the test says what differs. */
function lab(more: Partial<LabFacts> = {}): LabFacts {
  return {
    testId: "alt",
    collectedOn: "2026-06-01",
    comparator: null,
    value: 30,
    text: "",
    unit: "U/L",
    rangeLow: 7,
    rangeHigh: 40,
    fasting: null,
    ...more,
  };
}

function triglycerides(value: number, more: Partial<LabFacts> = {}): LabFacts {
  return lab({
    testId: "triglycerides",
    unit: "mg/dL",
    rangeLow: null,
    rangeHigh: 150,
    fasting: true,
    value,
    ...more,
  });
}

function context(more: Partial<LabContext> = {}): LabContext {
  return { ...noContext, ...more };
}

describe("the flag against the laboratory's range", () => {
  const rows: [string, Comparator | null, number | null, number | null, number | null, string][] = [
    ["a value inside is normal", null, 30, 7, 40, "normal"],
    ["the upper limit belongs to the range", null, 40, 7, 40, "normal"],
    ["just above the upper limit is high", null, 40.1, 7, 40, "high"],
    ["the lower limit belongs to the range", null, 7, 7, 40, "normal"],
    ["just below the lower limit is low", null, 6.9, 7, 40, "low"],
    ["no range is unknown", null, 30, null, null, "unknown"],
    ["no number is unknown", null, null, 7, 40, "unknown"],
    ["an upper limit alone: below it is normal", null, 1, null, 40, "normal"],
    ["an upper limit alone: above it is high", null, 41, null, 40, "high"],
    ["a lower limit alone: above it is normal", null, 60, 40, null, "normal"],
    ["a lower limit alone: below it is low", null, 39, 40, null, "low"],
    ["<5 under an upper limit of 40 is normal", "<", 5, null, 40, "normal"],
    ["<40 with an upper limit of 40 is normal", "<", 40, null, 40, "normal"],
    ["<50 with an upper limit of 40 is unknown", "<", 50, null, 40, "unknown"],
    ["<=40 with an upper limit of 40 is normal", "<=", 40, null, 40, "normal"],
    ["<5 with a lower limit of 7 is low", "<", 5, 7, 40, "low"],
    ["<7 with a lower limit of 7 is low", "<", 7, 7, 40, "low"],
    ["<=7 with a lower limit of 7 is unknown", "<=", 7, 7, 40, "unknown"],
    ["<8 with a lower limit of 7 is unknown", "<", 8, 7, 40, "unknown"],
    ["<5 with a lower limit of 0 is normal", "<", 5, 0, 40, "normal"],
    [">1000 with an upper limit of 150 is high", ">", 1000, null, 150, "high"],
    [">150 with an upper limit of 150 is high", ">", 150, null, 150, "high"],
    [">=150 with an upper limit of 150 is unknown", ">=", 150, null, 150, "unknown"],
    [">100 with an upper limit of 150 is unknown", ">", 100, null, 150, "unknown"],
    [">60 with a lower limit of 60 and no upper one is normal", ">", 60, 60, null, "normal"],
    ["<5 with a lower limit of 0.5 is unknown", "<", 5, 0.5, 40, "unknown"],
    ["a range of one value holds that value", null, 40, 40, 40, "normal"],
    ["a number that is none is unknown", null, Number.NaN, 7, 40, "unknown"],
    ["limits the wrong way round are unknown", null, 30, 40, 7, "unknown"],
  ];
  it.each(rows)("%s", (_sentence, comparator, value, rangeLow, rangeHigh, flag) => {
    expect(flagOf(lab({ comparator, value, rangeLow, rangeHigh }))).toBe(flag);
  });

  it("is never normal without a range, whatever the test, value, unit and context", () => {
    const quantities = labTests.filter((one) => one.kind === "quantity").map((one) => one.id);
    fc.assert(
      fc.property(
        fc.constantFrom(...quantities),
        fc.constantFrom(null, "<", "<=", ">", ">="),
        fc.double({ min: 0, max: 5000, noNaN: true }),
        fc.constantFrom("mg/dL", "mmol/L", "U/L", "10*9/L"),
        fc.constantFrom(true, false, null),
        (testId, comparator, value, unit, fasting) => {
          const said = interpret(
            lab({ testId, comparator, value, unit, fasting, rangeLow: null, rangeHigh: null }),
          );
          expect(said.flag).toBe("unknown");
          expect(said.level).not.toBe("none");
          expect(said.sentence).not.toBe("");
        },
      ),
    );
  });

  it("never calls a result normal that could lie outside, nor outside one that could be normal", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("<", "<=", ">", ">="),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 100 }),
        fc.integer({ min: 0, max: 300 }),
        (comparator, value, a, b, truth) => {
          const fits = { "<": truth < value, "<=": truth <= value, ">": truth > value, ">=": truth >= value };
          fc.pre(fits[comparator]);
          const range = { rangeLow: Math.min(a, b), rangeHigh: Math.max(a, b) };
          const flag = flagOf(lab({ comparator, value, ...range }));
          const exact = flagOf(lab({ value: truth, ...range }));
          if (flag !== "unknown") expect(flag).toBe(exact);
        },
      ),
    );
  });
});

describe("the CTCAE grade", () => {
  const rows: [string, Partial<LabFacts>, number | null][] = [
    ["ALT at the upper limit is grade 0", { value: 40 }, 0],
    ["ALT just above it is grade 1", { value: 40.1 }, 1],
    ["ALT of 3 times is still grade 1", { value: 120 }, 1],
    ["ALT above 3 times is grade 2", { value: 121 }, 2],
    ["ALT of 5 times is grade 2", { value: 200 }, 2],
    ["ALT above 5 times is grade 3", { value: 201 }, 3],
    ["ALT of 20 times is grade 3", { value: 800 }, 3],
    ["ALT above 20 times is grade 4", { value: 801 }, 4],
    ["ALT without an upper limit has no grade", { value: 801, rangeHigh: null }, null],
    ["ALT of >200 is at least grade 3", { comparator: ">", value: 200 }, 3],
    ["ALT of <50 with a limit of 40 has no grade", { comparator: "<", value: 50 }, null],
    ["ALT of <30 is grade 0", { comparator: "<", value: 30 }, 0],
    ["ALT of >30 has no grade, because it may be 0", { comparator: ">", value: 30 }, null],
    ["GGT of 2.5 times is grade 1", { testId: "ggt", value: 100 }, 1],
    ["GGT above 2.5 times is grade 2", { testId: "ggt", value: 101 }, 2],
    ["bilirubin above 1.5 times is grade 2", { testId: "bilirubin-total", value: 61 }, 2],
    ["bilirubin of 3 times is grade 2", { testId: "bilirubin-total", value: 120 }, 2],
    ["CK of 10 times is grade 3", { testId: "ck", value: 400 }, 3],
    ["CK above 10 times is grade 4", { testId: "ck", value: 401 }, 4],
    ["a test without a table has no grade", { testId: "crp", unit: "mg/L", value: 400 }, null],
  ];
  it.each(rows)("%s", (_sentence, more, grade) => {
    expect(gradeOf(lab(more), noContext)?.grade ?? null).toBe(grade);
  });

  const fixed: [string, Partial<LabFacts>, number | null][] = [
    ["triglycerides of 149 mg/dL are grade 0", triglycerides(149), 0],
    ["triglycerides of 150 mg/dL are grade 1", triglycerides(150), 1],
    ["triglycerides of 300 mg/dL are grade 1", triglycerides(300), 1],
    ["triglycerides of 301 mg/dL are grade 2", triglycerides(301), 2],
    ["triglycerides of 501 mg/dL are grade 3", triglycerides(501), 3],
    ["triglycerides of 1000 mg/dL are grade 3", triglycerides(1000), 3],
    ["triglycerides of 1001 mg/dL are grade 4", triglycerides(1001), 4],
    [
      "triglycerides of 1.70 mmol/L are grade 0 in the unit reported",
      triglycerides(1.7, { unit: "mmol/L" }),
      0,
    ],
    ["triglycerides of 1.71 mmol/L are grade 1", triglycerides(1.71, { unit: "mmol/L" }), 1],
    ["triglycerides of 5.7 mmol/L are grade 2", triglycerides(5.7, { unit: "mmol/L" }), 2],
    ["triglycerides of 5.71 mmol/L are grade 3", triglycerides(5.71, { unit: "mmol/L" }), 3],
    ["triglycerides of 11.5 mmol/L are grade 4", triglycerides(11.5, { unit: "mmol/L" }), 4],
    ["triglycerides in a unit that we do not know have no grade", triglycerides(500, { unit: "g/L" }), null],
    [
      "cholesterol above the limit is grade 1",
      { testId: "cholesterol-total", unit: "mg/dL", value: 201, rangeHigh: 200 },
      1,
    ],
    [
      "cholesterol of 301 mg/dL is grade 2",
      { testId: "cholesterol-total", unit: "mg/dL", value: 301, rangeHigh: 200 },
      2,
    ],
    [
      "cholesterol of 250 mg/dL without a limit has no grade",
      { testId: "cholesterol-total", unit: "mg/dL", value: 250, rangeHigh: null },
      null,
    ],
    [
      "cholesterol of 301 mg/dL without a limit is grade 2 all the same",
      { testId: "cholesterol-total", unit: "mg/dL", value: 301, rangeHigh: null },
      2,
    ],
    [
      "HDL below the limit is grade 1",
      { testId: "hdl", unit: "mg/dL", value: 39, rangeLow: 40, rangeHigh: null },
      1,
    ],
    [
      "fasting glucose of 161 mg/dL is grade 2",
      { testId: "glucose", unit: "mg/dL", value: 161, rangeHigh: 99, fasting: true },
      2,
    ],
    [
      "glucose that was not fasting has no grade",
      { testId: "glucose", unit: "mg/dL", value: 161, rangeHigh: 99, fasting: false },
      null,
    ],
    [
      "neutrophils of 1.5 are grade 0",
      { testId: "neutrophils", unit: "10*9/L", value: 1.5, rangeLow: 1.8, rangeHigh: 8 },
      0,
    ],
    [
      "neutrophils of 1.4 are grade 1",
      { testId: "neutrophils", unit: "10*9/L", value: 1.4, rangeLow: 1.8, rangeHigh: 8 },
      1,
    ],
    [
      "neutrophils of <0.5 are at least grade 3",
      { testId: "neutrophils", unit: "10*9/L", comparator: "<", value: 0.5, rangeLow: 1.8, rangeHigh: 8 },
      3,
    ],
    [
      "haemoglobin of 7 g/dL is grade 3, never 4",
      { testId: "haemoglobin", unit: "g/dL", value: 5, rangeLow: 12, rangeHigh: 16 },
      3,
    ],
    [
      "platelets of 74 are grade 2",
      { testId: "platelets", unit: "10*9/L", value: 74, rangeLow: 150, rangeHigh: 450 },
      2,
    ],
    [
      "white cells of 2.9 are grade 2",
      { testId: "wbc", unit: "10*9/L", value: 2.9, rangeLow: 4, rangeHigh: 11 },
      2,
    ],
  ];
  it.each(fixed)("%s", (_sentence, more, grade) => {
    expect(gradeOf(lab(more), noContext)?.grade ?? null).toBe(grade);
  });

  it("keeps the version that graded, also where the version asked for has no table", () => {
    expect(gradeOf(lab({ value: 100 }), noContext)).toEqual({ grade: 1, version: "6.0" });
    expect(gradeOf(lab({ value: 100 }), context({ ctcae: "5.0" }))).toEqual({ grade: 1, version: "5.0" });
    expect(gradeOf(lab({ testId: "ck", value: 100 }), noContext)).toEqual({ grade: 1, version: "5.0" });
  });

  const baseline = [lab({ collectedOn: "2026-04-01", value: 80 })];
  const abnormal: [string, LabContext["ctcae"], number, number | null][] = [
    ["version 6: below an abnormal baseline is grade 0", "6.0", 79, 0],
    ["version 6: at an abnormal baseline is grade 1", "6.0", 80, 1],
    ["version 6: 1.5 times is grade 1", "6.0", 120, 1],
    ["version 6: above 1.5 times is grade 2", "6.0", 121, 2],
    ["version 6: 2 times is grade 2", "6.0", 160, 2],
    ["version 6: above 2 times is grade 3", "6.0", 161, 3],
    ["version 6: above 4 times is grade 4", "6.0", 321, 4],
    ["version 5: below 1.5 times is grade 0", "5.0", 119, 0],
    ["version 5: 1.5 times is grade 1", "5.0", 120, 1],
    ["version 5: 3 times is grade 1", "5.0", 240, 1],
    ["version 5: above 3 times is grade 2", "5.0", 241, 2],
  ];
  it.each(abnormal)("compares with an abnormal baseline; %s", (_sentence, ctcae, value, grade) => {
    expect(gradeOf(lab({ value }), context({ baseline, ctcae }))?.grade ?? null).toBe(grade);
  });

  it("does not compare with a baseline of the same day, without a plain number, or without a range", () => {
    const grade = (more: Partial<LabFacts>) =>
      gradeOf(lab({ value: 121 }), context({ baseline: [lab({ collectedOn: "2026-04-01", ...more })] }))
        ?.grade;
    // 121 is 3 times the upper limit and a little, so grade 2; against a baseline of 100 it is grade 1.
    expect(grade({ value: 100 })).toBe(1);
    expect(grade({ value: 100, collectedOn: "2026-06-01" })).toBe(2);
    expect(grade({ value: 100, comparator: ">" })).toBe(2);
    expect(grade({ value: 100, rangeHigh: null })).toBe(2);
    expect(grade({ value: null, text: "haemolysed" })).toBe(2);
    expect(grade({ value: 100, unit: "no such unit" })).toBe(2);
  });

  it("does not compare with a normal baseline, nor with a later one", () => {
    const normal = [lab({ collectedOn: "2026-04-01", value: 39 })];
    expect(gradeOf(lab({ value: 80 }), context({ baseline: normal }))?.grade).toBe(1);
    const after = [lab({ collectedOn: "2026-07-01", value: 80 })];
    expect(gradeOf(lab({ value: 121 }), context({ baseline: after }))?.grade).toBe(2);
  });
});

/**
 * The CTCAE table once more, written down from the source (domain facts 3.2) apart from the rule's own table, so that a
 * slip in either shows: grade i+1 lies beyond the i-th limit.
 */
describe("every limit of the CTCAE table", () => {
  type Version = LabContext["ctcae"];
  const upper: [string, Version, number[]][] = [
    ["alt", "5.0", [1, 3, 5, 20]],
    ["alt", "6.0", [1, 3, 5, 20]],
    ["ast", "5.0", [1, 3, 5, 20]],
    ["ast", "6.0", [1, 3, 5, 20]],
    ["ggt", "5.0", [1, 2.5, 5, 20]],
    ["ggt", "6.0", [1, 2.5, 5, 20]],
    ["alp", "5.0", [1, 2.5, 5, 20]],
    ["alp", "6.0", [1]],
    ["bilirubin-total", "5.0", [1, 1.5, 3, 10]],
    ["bilirubin-total", "6.0", [1, 1.5, 3, 10]],
    ["ck", "5.0", [1, 2.5, 5, 10]],
  ];
  it.each(upper)("%s, version %s: times the upper limit %j", (testId, ctcae, times) => {
    for (const [grade, factor] of times.entries()) {
      const at = (value: number) => gradeOf(lab({ testId, value }), context({ ctcae }))?.grade;
      expect([factor, at(40 * factor), at(40 * factor + 0.1)]).toEqual([factor, grade, grade + 1]);
    }
  });

  const baselines: [string, Version, number[], boolean][] = [
    ["alt", "5.0", [1.5, 3, 5, 20], true],
    ["alt", "6.0", [1, 1.5, 2, 4], true],
    ["ast", "5.0", [1.5, 3, 5, 20], true],
    ["ast", "6.0", [1, 1.5, 2, 4], true],
    ["ggt", "5.0", [2, 2.5, 5, 20], true],
    ["ggt", "6.0", [1, 1.5, 3, 10], true],
    ["alp", "5.0", [2, 2.5, 5, 20], true],
    ["alp", "6.0", [1], false],
    ["bilirubin-total", "5.0", [1, 1.5, 3, 10], false],
    ["bilirubin-total", "6.0", [1, 1.5, 2.5, 10], true],
  ];
  it.each(baselines)("%s, version %s: times an abnormal baseline %j", (testId, ctcae, times, inclusive) => {
    const baseline = [lab({ testId, collectedOn: "2026-04-01", value: 100 })];
    for (const [grade, factor] of times.entries()) {
      const at = (value: number) => gradeOf(lab({ testId, value }), context({ ctcae, baseline }))?.grade;
      const reached = inclusive && grade === 0 ? 1 : grade;
      expect([factor, at(100 * factor - 0.1), at(100 * factor), at(100 * factor + 0.1)]).toEqual([
        factor,
        grade,
        reached,
        grade + 1,
      ]);
    }
  });

  // The first limit of 7 (or 1000 for tests that are bad when low) is the laboratory's own.
  const rising: [string, string, Version, number[]][] = [
    ["cholesterol-total", "mg/dL", "5.0", [7, 300, 400, 500]],
    ["cholesterol-total", "mg/dL", "6.0", [7, 300, 400, 500]],
    ["cholesterol-total", "mmol/L", "6.0", [7, 7.75, 10.34, 12.92]],
    ["ldl", "mg/dL", "6.0", [7]],
    ["ldl", "mmol/L", "6.0", [7]],
    ["glucose", "mg/dL", "6.0", [7, 160, 250, 500]],
    ["glucose", "mmol/L", "6.0", [7, 8.9, 13.9, 27.8]],
  ];
  it.each(rising)("%s in %s, version %s, rises over %j", (testId, unit, ctcae, limits) => {
    for (const [grade, limit] of limits.entries()) {
      const at = (value: number) =>
        gradeOf(lab({ testId, unit, value, rangeHigh: 7, fasting: true }), context({ ctcae }))?.grade;
      expect([limit, at(limit), at(limit + 0.01)]).toEqual([limit, grade, grade + 1]);
    }
  });

  it.each([
    ["mg/dL", [300, 500, 1000]],
    ["mmol/L", [3.42, 5.7, 11.4]],
  ])("triglycerides in %s rise over %j", (unit, limits) => {
    for (const [index, limit] of limits.entries()) {
      const at = (value: number) => gradeOf(triglycerides(value, { unit }), noContext)?.grade;
      expect([limit, at(limit), at(limit + 0.01)]).toEqual([limit, index + 1, index + 2]);
    }
  });

  const falling: [string, string, Version, number[]][] = [
    ["hdl", "mg/dL", "6.0", [1000]],
    ["hdl", "mmol/L", "6.0", [1000]],
    ["haemoglobin", "g/dL", "6.0", [1000, 10, 8]],
    ["haemoglobin", "g/L", "5.0", [1000, 100, 80]],
    ["wbc", "10*9/L", "5.0", [1000, 3, 2, 1]],
    ["wbc", "10*3/uL", "6.0", [1000, 3, 2, 1]],
    ["neutrophils", "10*9/L", "5.0", [1000, 1.5, 1, 0.5]],
    ["neutrophils", "10*9/L", "6.0", [1.5, 1, 0.5, 0.1]],
    ["platelets", "10*9/L", "5.0", [1000, 75, 50, 25]],
    ["platelets", "10*9/L", "6.0", [1000, 75, 50, 10]],
  ];
  it.each(falling)("%s in %s, version %s, falls under %j", (testId, unit, ctcae, limits) => {
    for (const [grade, limit] of limits.entries()) {
      const at = (value: number) =>
        gradeOf(lab({ testId, unit, value, rangeLow: 1000, rangeHigh: null }), context({ ctcae }))?.grade;
      expect([limit, at(limit), at(limit - 0.01)]).toEqual([limit, grade, grade + 1]);
    }
  });
});

describe("the proposed action", () => {
  const rows: [string, LabFacts, string | null, string][] = [
    ["triglycerides of 149 propose nothing", triglycerides(149), null, "none"],
    ["triglycerides of 150 are TG-1", triglycerides(150), "TG-1", "info"],
    ["triglycerides of 299 are TG-1", triglycerides(299), "TG-1", "info"],
    ["triglycerides of 300 are TG-2", triglycerides(300), "TG-2", "watch"],
    ["triglycerides of 499 are TG-2", triglycerides(499), "TG-2", "watch"],
    ["triglycerides of 500 are TG-3", triglycerides(500), "TG-3", "act"],
    ["triglycerides of 799 are TG-3", triglycerides(799), "TG-3", "act"],
    ["triglycerides of 800 are TG-4", triglycerides(800), "TG-4", "stop-review"],
    ["triglycerides of 999 are TG-4", triglycerides(999), "TG-4", "stop-review"],
    ["triglycerides of 1000 are TG-5", triglycerides(1000), "TG-5", "urgent"],
    [
      "triglycerides of 1.70 mmol/L propose nothing",
      triglycerides(1.7, { unit: "mmol/L", rangeHigh: 1.7 }),
      null,
      "none",
    ],
    ["triglycerides of 1.71 mmol/L are TG-1", triglycerides(1.71, { unit: "mmol/L" }), "TG-1", "info"],
    ["triglycerides of 3.41 mmol/L are TG-1", triglycerides(3.41, { unit: "mmol/L" }), "TG-1", "info"],
    ["triglycerides of 3.42 mmol/L are TG-2", triglycerides(3.42, { unit: "mmol/L" }), "TG-2", "watch"],
    ["triglycerides of 5.64 mmol/L are TG-2", triglycerides(5.64, { unit: "mmol/L" }), "TG-2", "watch"],
    ["triglycerides of 5.65 mmol/L are TG-3", triglycerides(5.65, { unit: "mmol/L" }), "TG-3", "act"],
    ["triglycerides of 11.2 mmol/L are TG-4", triglycerides(11.2, { unit: "mmol/L" }), "TG-4", "stop-review"],
    ["triglycerides of 11.3 mmol/L are TG-5", triglycerides(11.3, { unit: "mmol/L" }), "TG-5", "urgent"],
    ["triglycerides of 8.9 mmol/L are TG-3", triglycerides(8.9, { unit: "mmol/L" }), "TG-3", "act"],
    ["triglycerides of 9.0 mmol/L are TG-4", triglycerides(9, { unit: "mmol/L" }), "TG-4", "stop-review"],
    [
      ">1000 is TG-5 without any range",
      triglycerides(1000, { comparator: ">", rangeHigh: null }),
      "TG-5",
      "urgent",
    ],
    [">400 is at least TG-2", triglycerides(400, { comparator: ">" }), "TG-2", "watch"],
    ["<500 proposes nothing, it may be normal", triglycerides(500, { comparator: "<" }), null, "info"],
    ["ALT at the limit proposes nothing", lab({ value: 40 }), null, "none"],
    ["ALT above the limit is LF-1", lab({ value: 41 }), "LF-1", "info"],
    ["ALT of 2 times is LF-1", lab({ value: 80 }), "LF-1", "info"],
    ["ALT above 2 times is LF-2", lab({ value: 81 }), "LF-2", "watch"],
    ["ALT of 3 times is LF-2", lab({ value: 120 }), "LF-2", "watch"],
    ["ALT above 3 times is LF-3", lab({ value: 121 }), "LF-3", "stop-review"],
    ["AST of 5 times is LF-3", lab({ testId: "ast", value: 200 }), "LF-3", "stop-review"],
    ["AST above 5 times is LF-4", lab({ testId: "ast", value: 201 }), "LF-4", "urgent"],
    [
      "ALT without a range proposes nothing",
      lab({ value: 900, rangeLow: null, rangeHigh: null }),
      null,
      "info",
    ],
    ["CK of 5 times proposes nothing", lab({ testId: "ck", value: 200 }), null, "info"],
    ["CK above 5 times is CK-1", lab({ testId: "ck", value: 201 }), "CK-1", "watch"],
    ["CK above 10 times is CK-2", lab({ testId: "ck", value: 401 }), "CK-2", "urgent"],
    [
      "neutrophils of 1.5 propose nothing",
      lab({ testId: "neutrophils", unit: "10*9/L", value: 1.5, rangeLow: 1.5, rangeHigh: 8 }),
      null,
      "none",
    ],
    [
      "neutrophils of 1.4 are WB-1",
      lab({ testId: "neutrophils", unit: "10*3/uL", value: 1.4, rangeLow: 1.5, rangeHigh: 8 }),
      "WB-1",
      "watch",
    ],
    [
      "neutrophils of 0.9 are WB-1 with a hold",
      lab({ testId: "neutrophils", unit: "10*9/L", value: 0.9, rangeLow: 1.5, rangeHigh: 8 }),
      "WB-1",
      "stop-review",
    ],
    [
      "fasting glucose of 125 proposes nothing",
      lab({ testId: "glucose", unit: "mg/dL", value: 125, rangeLow: 70, rangeHigh: 99, fasting: true }),
      null,
      "info",
    ],
    [
      "fasting glucose of 126 is GL-1",
      lab({ testId: "glucose", unit: "mg/dL", value: 126, rangeLow: 70, rangeHigh: 99, fasting: true }),
      "GL-1",
      "act",
    ],
    [
      "glucose of 199 that was not fasting proposes nothing",
      lab({ testId: "glucose", unit: "mg/dL", value: 199, rangeLow: 70, rangeHigh: 99, fasting: false }),
      null,
      "info",
    ],
    [
      "glucose of 200 that was not fasting is GL-1",
      lab({ testId: "glucose", unit: "mg/dL", value: 200, rangeLow: 70, rangeHigh: 99, fasting: false }),
      "GL-1",
      "act",
    ],
    ...(
      [
        ["fasting glucose of 6.9 mmol/L proposes nothing", 6.9, true, null, "info"],
        ["fasting glucose of 7.0 mmol/L is GL-1", 7, true, "GL-1", "act"],
        ["glucose of 11.0 mmol/L that was not fasting proposes nothing", 11, false, null, "info"],
        ["glucose of 11.1 mmol/L that was not fasting is GL-1", 11.1, false, "GL-1", "act"],
      ] as const
    ).map(([sentence, value, fasting, code, level]): [string, LabFacts, string | null, string] => [
      sentence,
      lab({ testId: "glucose", unit: "mmol/L", value, rangeLow: 3.9, rangeHigh: 5.5, fasting }),
      code,
      level,
    ]),
    [
      "hCG of <5 proposes nothing",
      lab({
        testId: "hcg-quantitative",
        unit: "m[IU]/mL",
        comparator: "<",
        value: 5,
        rangeLow: null,
        rangeHigh: 5,
      }),
      null,
      "none",
    ],
    [
      "hCG of 5 is HC-1, also inside the laboratory's range",
      lab({ testId: "hcg-quantitative", unit: "m[IU]/mL", value: 5, rangeLow: null, rangeHigh: 5 }),
      "HC-1",
      "urgent",
    ],
    [
      "hCG of <25 is HC-1, because it may be 5 to 24",
      lab({ testId: "hcg-quantitative", unit: "m[IU]/mL", comparator: "<", value: 25, rangeHigh: 25 }),
      "HC-1",
      "urgent",
    ],
    [
      "a positive urine hCG is HC-1",
      lab({ testId: "hcg-urine", unit: "", value: null, text: "positive" }),
      "HC-1",
      "urgent",
    ],
    [
      "an indeterminate serum hCG is HC-1",
      lab({ testId: "hcg-serum", unit: "", value: null, text: "indeterminate" }),
      "HC-1",
      "urgent",
    ],
    [
      "a negative urine hCG proposes nothing",
      lab({ testId: "hcg-urine", unit: "", value: null, text: "negative" }),
      null,
      "none",
    ],
    [
      "an hCG that cannot be read as negative is HC-1",
      lab({ testId: "hcg-serum", unit: "", value: null, text: "trace" }),
      "HC-1",
      "urgent",
    ],
    [
      "an hCG that is not reported yet proposes nothing",
      lab({ testId: "hcg-serum", unit: "", value: null, text: "pending" }),
      null,
      "info",
    ],
  ];
  it.each(rows)("%s", (_sentence, result, code, level) => {
    expect(interpret(result)).toMatchObject({ actionCode: code, level });
  });

  it("makes raised triglycerides with belly pain urgent", () => {
    const pain = context({ symptoms: ["abdominal-pain"] });
    expect(interpret(triglycerides(160), pain)).toMatchObject({ actionCode: "TG-5", level: "urgent" });
    expect(interpret(triglycerides(140), pain)).toMatchObject({ actionCode: null });
  });

  it("makes a raised CK with dark urine or weakness urgent", () => {
    for (const symptom of ["dark-urine", "muscle-weakness"])
      expect(interpret(lab({ testId: "ck", value: 90 }), context({ symptoms: [symptom] }))).toMatchObject({
        actionCode: "CK-2",
        level: "urgent",
      });
  });

  const baseline = [lab({ collectedOn: "2026-04-01", value: 48 })];
  it.each([
    ["2 times an abnormal baseline keeps to the range", 96, "LF-2", "watch"],
    ["above 2 times an abnormal baseline is LF-6", 97, "LF-6", "watch"],
    ["a graver proposal of the range stands", 130, "LF-3", "stop-review"],
    ["above 3 times an abnormal baseline is LF-6, urgent", 145, "LF-6", "urgent"],
  ])("%s", (_sentence, value, code, level) => {
    expect(interpret(lab({ value }), context({ baseline }))).toMatchObject({ actionCode: code, level });
  });

  it("never becomes milder as a value rises, in tests that are bad when high", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("alt", "triglycerides", "ck"),
        fc.integer({ min: 0, max: 2000 }),
        fc.integer({ min: 0, max: 2000 }),
        (testId, a, b) => {
          const of = (value: number) =>
            interpret(
              testId === "triglycerides" ? triglycerides(value) : lab({ testId, value, rangeLow: null }),
            );
          const low = of(Math.min(a, b));
          const high = of(Math.max(a, b));
          expect(levelRank(high.level)).toBeGreaterThanOrEqual(levelRank(low.level));
          expect(high.grade ?? -1).toBeGreaterThanOrEqual(low.grade ?? -1);
        },
      ),
    );
  });
});

describe("results of one collection date together", () => {
  const bilirubin = (value: number, more: Partial<LabFacts> = {}) =>
    lab({ testId: "bilirubin-total", unit: "mg/dL", value, rangeLow: null, rangeHigh: 1, ...more });
  const codes = (results: LabFacts[]) => interpretAll(results).map((one) => one.actionCode);

  it.each([
    ["ALT of 3 and bilirubin of 2 times are Hy's law", lab({ value: 120 }), bilirubin(2), ["LF-5", "LF-5"]],
    ["AST counts as well", lab({ testId: "ast", value: 120 }), bilirubin(2), ["LF-5", "LF-5"]],
    ["ALT under 3 times is not", lab({ value: 119 }), bilirubin(2), ["LF-2", null]],
    ["bilirubin under 2 times is not", lab({ value: 120 }), bilirubin(1.9), ["LF-2", null]],
    [
      "another day is not the same draw",
      lab({ value: 120 }),
      bilirubin(2, { collectedOn: "2026-06-02" }),
      ["LF-2", null],
    ],
    [
      "bilirubin without a range cannot be judged",
      lab({ value: 120 }),
      bilirubin(2, { rangeHigh: null }),
      ["LF-2", null],
    ],
  ])("%s", (_sentence, transaminase, other, expected) => {
    expect(codes([transaminase, other])).toEqual(expected);
  });

  it.each([
    ["400 mg/dL", triglycerides(400), false],
    ["401 mg/dL", triglycerides(401), true],
    ["4.5 mmol/L", triglycerides(4.5, { unit: "mmol/L" }), false],
    ["4.6 mmol/L", triglycerides(4.6, { unit: "mmol/L" }), true],
    ["401 mg/dL of another day", triglycerides(401, { collectedOn: "2026-06-02" }), false],
  ])("remarks on an LDL drawn with triglycerides of %s", (_sentence, other, remarked) => {
    const ldl = lab({
      testId: "ldl",
      unit: "mg/dL",
      value: 100,
      rangeLow: null,
      rangeHigh: 130,
      fasting: true,
    });
    const [said] = interpretAll([ldl, other]);
    expect(said?.sentence).toBe(remarked ? "Not valid if calculated: triglycerides are too high." : "");
  });

  it("does not depend on the order of the results", () => {
    expect(codes([bilirubin(2), triglycerides(100), lab({ value: 120 })])).toEqual(["LF-5", null, "LF-5"]);
  });

  it("answers each result as alone when nothing combines", () => {
    const results = [lab({ value: 90 }), triglycerides(320)];
    expect(interpretAll(results)).toEqual(results.map((one) => interpret(one)));
  });
});

describe("the sentence", () => {
  it.each([
    [
      "tells ratio and change",
      96,
      [lab({ collectedOn: "2026-04-01", value: 32 })],
      "2.4 times the upper limit; 200 % above baseline.",
    ],
    [
      "says nothing of a normal result near its baseline",
      30,
      [lab({ collectedOn: "2026-04-01", value: 28 })],
      "",
    ],
    [
      "says when a normal result has doubled",
      38,
      [lab({ collectedOn: "2026-04-01", value: 19 })],
      "100 % above baseline.",
    ],
  ])("%s", (_sentence, value, baseline, said) => {
    const { sentence } = interpret(lab({ value }), context({ baseline }));
    if (said === "") expect(sentence).toBe("");
    else expect(sentence.startsWith(said)).toBe(true);
  });

  it("says that a range is missing, and that a comparator leaves it open", () => {
    expect(interpret(lab({ rangeLow: null, rangeHigh: null })).sentence).toBe(
      "No range is given: not known whether it is normal.",
    );
    expect(interpret(lab({ comparator: "<", value: 50 })).sentence).toBe(
      "<50 can lie inside or outside the range.",
    );
  });

  it("carries the non-fasting badge, and asks only where fasting decides", () => {
    expect(interpret(triglycerides(100, { fasting: false })).sentence).toBe("Not fasting.");
    expect(interpret(triglycerides(320, { fasting: null })).sentence).toContain("Not said whether fasting.");
    expect(interpret(triglycerides(100, { fasting: null })).sentence).toBe("");
    expect(interpret(lab({ fasting: false })).sentence).toBe("");
  });

  it("remarks on a teenager's triglycerides without flagging them", () => {
    const said = interpret(triglycerides(135), context({ age: 16 }));
    expect(said.flag).toBe("normal");
    expect(said.sentence).toBe("From 10 to 19 years, 130 mg/dL or more counts as high.");
    expect(interpret(triglycerides(135), context({ age: 20 })).sentence).toBe("");
    expect(interpret(triglycerides(129), context({ age: 16 })).sentence).toBe("");
  });
});

describe("trend and baseline", () => {
  it("compares results of different units through the test's first unit", () => {
    const baseline = [triglycerides(100, { collectedOn: "2026-04-01" })];
    const trend = trendFacts(triglycerides(2.258, { unit: "mmol/L", rangeHigh: 1.7 }), context({ baseline }));
    expect(trend.percentFromBaseline).toBe(100);
    expect(trend.timesUpperLimit).toBe(1.33);
    expect(trend.daysSinceBaseline).toBe(61);
  });

  it("computes nothing from a comparator", () => {
    const trend = trendFacts(
      lab({ comparator: ">", value: 100 }),
      context({ baseline: [lab({ collectedOn: "2026-04-01" })] }),
    );
    expect(trend.percentFromBaseline).toBeNull();
    expect(trend.timesUpperLimit).toBeNull();
  });

  it("takes the latest result up to the first dose as baseline, never one on treatment", () => {
    const early = lab({ collectedOn: "2026-03-01", value: 20 });
    const onDay = lab({ collectedOn: "2026-04-01", value: 25 });
    const after = lab({ collectedOn: "2026-04-02", value: 90 });
    expect(baselineOf([after, onDay, early], "2026-04-01")).toEqual([onDay]);
    expect(baselineOf([after, onDay, early], "2026-03-31")).toEqual([early]);
    expect(baselineOf([after, onDay, early], null)).toEqual([]);
  });
});

describe("an hCG", () => {
  const inWords = (text: string, testId = "hcg-serum") =>
    hcgReading(lab({ testId, unit: "", value: null, text }));
  const inNumbers = (value: number, comparator: LabFacts["comparator"] = null, unit = "m[IU]/mL") =>
    hcgReading(lab({ testId: "hcg-quantitative", unit, value, comparator, text: "" }));

  it("is negative by the whole of a word that the list knows, and by no other", () => {
    for (const text of [
      "negative",
      "NEG",
      "Neg.",
      "non-reactive",
      "Non‑reactive",
      "nonreactive",
      "non  reactive",
      "not detected",
      "None detected.",
      "Not pregnant",
    ])
      expect(inWords(text), text).toBe("negative");
    for (const text of [
      "Not negative",
      "negative?",
      "Negative (a)",
      "neg..",
      "unclear",
      "invalid",
      "trace",
      "haemolysed",
      "-",
      "normal",
      "non-reactive (a)",
    ])
      expect(inWords(text), text).toBe("unclear");
    expect(inWords("negative", "hcg-urine")).toBe("negative");
    expect(inWords("negative", "alt")).toBeNull();
  });

  it("stops by a word that speaks of a pregnancy or leaves it open", () => {
    for (const text of [
      "positive",
      "POS",
      "Positive (a)",
      "not positive",
      "indeterminate",
      "Equivocal",
      "borderline",
      "inconclusive",
      "weakly reactive",
      "Reactive",
      "hCG detected",
      "pregnant",
      "+",
      "1+",
    ])
      expect(inWords(text), text).toBe("stop");
    expect(pregnancyNotExcluded(lab({ testId: "hcg-serum", unit: "", value: null, text: "positive" }))).toBe(
      true,
    );
    expect(pregnancyNotExcluded(lab({ testId: "hcg-serum", unit: "", value: null, text: "trace" }))).toBe(
      false,
    );
  });

  it.each([
    ...[
      "Negative",
      "Neg",
      "Negative for pregnancy",
      "Negative for hCG",
      "Undetected",
      "hCG undetected",
      "Undetectable",
      "Pregnancy: negative",
      "Pregnancy test negative",
      "Serum β-hCG: NEGATIVE.",
      "Urine hCG - not detected",
      "Test result: non-reactive",
      "hCG negative",
      "Negative, pregnancy excluded",
      "Negative (qualitative)",
      "Negative (reactive: 25 or more)",
      "Negative (positive: >= 25 mIU/mL)",
      "Negative (sensitivity 25 mIU/mL)",
      "Neg (<5)",
      "Negative <5",
      "No hCG detected",
      "No beta-hCG detected",
      "hCG absent",
      "Absent",
      "Non - reactive",
      "Nonreactive",
      "hCG: not reactive",
      "None detected",
      "Not pregnant",
    ].map((text) => [text, "negative"] as const),
    ...[
      "Positive",
      "POS",
      "hCG: pos.",
      "Positive (cut-off 5)",
      "not positive",
      "not negative, positive",
      "weakly reactive",
      "hCG detected",
      "Note: hCG detected",
      "hCG (+)",
      "pregnant",
      "Early pregnancy",
      "Pregnancy not excluded",
      "Pregnancy cannot be excluded",
      "indeterminate",
      "inconclusive",
      "hCG +",
    ].map((text) => [text, "stop"] as const),
    ...[
      "Not negative",
      "negative but positive",
      "Positive/negative",
      "Negative (repeat positive)",
      "Negative (positive 80)",
      "Negative (80)",
      "Negative (reactive: 50 or more)",
      "Neg (<50)",
      "Negative >5",
      "Negative (haemolysed)",
      "Negative (a)",
      "Negative?",
      "Negative?.",
      "Negative for now",
      "Negative control",
      "Negative test excluded",
      "Negative, pregnancy not excluded",
      "No pregnancy",
      "Pregnancy excluded",
      "not undetectable",
      "Test absent",
      "Result: not detected",
      "Pregnancy test absent",
      "Urine not detected",
      "No urine detected",
      "No test detected (hCG)",
      "no result",
      "not done",
      "Pregnancy test not done",
      "Pregnancy: invalid",
      "hCG",
      "<5",
      "()",
      "unclear",
      "invalid",
      "trace",
      "haemolysed",
      "Neg neg",
    ].map((text) => [text, "unclear"] as const),
    ["", "pending"],
    ["pending", "pending"],
  ] as const)("in the words “%s” is %s", (text, reading) => {
    expect(inWords(text)).toBe(reading);
    const { flag, level } = interpret(lab({ testId: "hcg-serum", unit: "", value: null, text }));
    expect(flag).toBe(
      { negative: "normal", stop: "abnormal", unclear: "unknown", pending: "unknown" }[reading],
    );
    expect(level).toBe({ negative: "none", stop: "urgent", unclear: "urgent", pending: "info" }[reading]);
  });

  it("is pending while nothing is reported", () => {
    expect(inWords("")).toBe("pending");
    expect(inWords(" ")).toBe("pending");
    expect(inWords("Pending")).toBe("pending");
    expect(inWords("pending review")).toBe("unclear");
  });

  it("is negative under 5 mIU/mL, stops from 5 on, and is unclear where a comparator leaves it open", () => {
    expect(inNumbers(0)).toBe("negative");
    expect(inNumbers(4.99)).toBe("negative");
    expect(inNumbers(5)).toBe("stop");
    expect(inNumbers(4, ">")).toBe("unclear");
    expect(inNumbers(4.99, ">=")).toBe("unclear");
    expect(inNumbers(5, ">")).toBe("stop");
    expect(inNumbers(5, ">=")).toBe("stop");
    expect(inNumbers(5, "<")).toBe("negative");
    expect(inNumbers(25, "<")).toBe("negative");
    expect(inNumbers(24.9, "<=")).toBe("negative");
    expect(inNumbers(25, "<=")).toBe("unclear");
    expect(inNumbers(26, "<")).toBe("unclear");
  });

  it("is unclear in a unit that hCG is not measured in, whatever the number", () => {
    expect(inNumbers(1, null, "[IU]/L")).toBe("negative");
    expect(inNumbers(5, null, "[IU]/L")).toBe("stop");
    for (const unit of ["[IU]/mL", "ng/mL", ""]) {
      expect(inNumbers(1, null, unit), unit).toBe("unclear");
      expect(inNumbers(80, null, unit), unit).toBe("unclear");
    }
    // A number beside a qualitative test is read like any other.
    expect(hcgReading(lab({ testId: "hcg-urine", unit: "m[IU]/mL", value: 1, text: "" }))).toBe("negative");
    expect(hcgReading(lab({ testId: "hcg-urine", unit: "", value: 1, text: "" }))).toBe("unclear");
  });

  it("in words and numbers is negative only if both are, and stops if one does", () => {
    const both = (value: number, text: string) =>
      hcgReading(lab({ testId: "hcg-quantitative", unit: "m[IU]/mL", value, text }));
    expect(both(1, "negative")).toBe("negative");
    expect(both(1, "positive")).toBe("stop");
    expect(both(80, "negative")).toBe("stop");
    expect(both(80, "trace")).toBe("stop");
    expect(both(1, "trace")).toBe("unclear");
    expect(both(1, "pending")).toBe("pending");
  });
});
