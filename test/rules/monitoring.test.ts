import { describe, expect, it } from "vitest";
import { addDays } from "#shared/calendar.ts";
import type { LabInterpretation } from "#shared/records/lab-result.ts";
import { labTest } from "#shared/rules/lab-tests.ts";
import {
  denserReasons,
  drawsOf,
  monitoringPreset,
  nextDraw,
  testsFor,
  type MonitoringFacts,
} from "#shared/rules/monitoring.ts";

const START = "2026-01-01";
const caps = (strengthMg: number) => [{ strengthMg, morning: 1, evening: 0 }];

/** Every core test on one day, all normal. */
function drawn(collectedOn: string, level: LabInterpretation["level"] = "none"): MonitoringFacts["results"] {
  return monitoringPreset.core.map((testId) => ({
    testId,
    collectedOn,
    value: 60,
    unit: testId === "triglycerides" ? "mg/dL" : "U/L",
    interpretation: { flag: level === "none" ? "normal" : "high", level },
  }));
}

/** An adult on 20 mg since 1 January with a baseline; the test says what differs. */
function facts(more: Partial<MonitoringFacts> = {}): MonitoringFacts {
  return {
    course: { conditions: {}, familyHistory: {} },
    age: 25,
    firstDoseOn: START,
    doses: [{ action: "start", from: START, capsules: caps(20) }],
    ended: false,
    results: drawn(addDays(START, -5)),
    ...more,
  };
}

describe("which tests", () => {
  it("are liver enzymes and lipids, and no blood count", () => {
    expect(testsFor(facts())).toEqual(["alt", "ast", "triglycerides", "cholesterol-total", "ldl", "hdl"]);
  });

  it.each([
    ["diabetes adds glucose", { conditions: { diabetes: "yes" as const }, familyHistory: {} }, "glucose"],
    [
      "hard training adds CK",
      { conditions: { "vigorous-exercise": "yes" as const }, familyHistory: {} },
      "ck",
    ],
    [
      "diabetes in the family adds glucose",
      { conditions: {}, familyHistory: { diabetes: "yes" as const } },
      "glucose",
    ],
  ])("%s", (_sentence, course, testId) => {
    expect(testsFor({ course })).toContain(testId);
  });

  it("adds nothing for a condition that is not known", () => {
    expect(testsFor({ course: { conditions: { diabetes: "unknown" }, familyHistory: {} } })).not.toContain(
      "glucose",
    );
  });

  it("names only tests of the table", () => {
    for (const id of [...monitoringPreset.core, ...monitoringPreset.lipids])
      expect(labTest(id)).not.toBeNull();
  });
});

describe("what is drawn next", () => {
  const rows: [string, Partial<MonitoringFacts>, number, string | null, boolean][] = [
    ["before the start: the baseline", { firstDoseOn: null, results: [] }, 0, "baseline", false],
    ["a baseline of today: nothing", { firstDoseOn: null, results: drawn(START) }, 0, null, false],
    [
      "a baseline of 31 days ago still counts",
      { firstDoseOn: null, results: drawn(addDays(START, -31)) },
      0,
      null,
      false,
    ],
    [
      "a baseline of 32 days ago does not",
      { firstDoseOn: null, results: drawn(addDays(START, -32)) },
      0,
      "baseline",
      false,
    ],
    [
      "a baseline without triglycerides is not done",
      { firstDoseOn: null, results: drawn(START).filter((one) => one.testId !== "triglycerides") },
      0,
      "baseline",
      false,
    ],
    ["after the start: four weeks", {}, 10, "after-start", false],
    ["on its day it is not overdue", {}, 28, "after-start", false],
    ["a day later it is overdue", {}, 29, "after-start", true],
    [
      "drawn two weeks early counts",
      { results: [...drawn(addDays(START, -5)), ...drawn(addDays(START, 14))] },
      30,
      null,
      false,
    ],
    [
      "drawn earlier does not",
      { results: [...drawn(addDays(START, -5)), ...drawn(addDays(START, 13))] },
      30,
      "after-start",
      true,
    ],
    [
      "four weeks after an increase",
      {
        doses: [
          { action: "start", from: START, capsules: caps(20) },
          { action: "increase", from: addDays(START, 60), capsules: caps(40) },
        ],
        results: [...drawn(addDays(START, -5)), ...drawn(addDays(START, 28))],
      },
      70,
      "after-increase",
      false,
    ],
    [
      "a return to an earlier dose is no increase",
      {
        doses: [
          { action: "start", from: START, capsules: caps(40) },
          { action: "decrease", from: addDays(START, 30), capsules: caps(20) },
          { action: "increase", from: addDays(START, 60), capsules: caps(40) },
        ],
        results: [...drawn(addDays(START, -5)), ...drawn(addDays(START, 28))],
      },
      70,
      null,
      false,
    ],
    ["nothing after the end", { ended: true }, 200, null, false],
  ];
  it.each(rows)("%s", (_sentence, more, day, kind, overdue) => {
    const next = nextDraw(facts(more), addDays(START, day));
    expect(next?.kind ?? null).toBe(kind);
    expect(next?.overdue ?? false).toBe(overdue);
  });

  it.each([
    ["watch: four weeks", "watch", 28],
    ["act: two weeks", "act", 14],
    ["stop and review: two weeks", "stop-review", 14],
    ["urgent: a week", "urgent", 7],
  ] as const)("repeats what was out of range; %s", (_sentence, level, days) => {
    const on = addDays(START, 28);
    const next = nextDraw(
      facts({ results: [...drawn(addDays(START, -5)), ...drawn(on, level)] }),
      addDays(on, 1),
    );
    expect(next).toMatchObject({ kind: "repeat", dueOn: addDays(on, days) });
  });

  it("repeats no more once the latest result is normal", () => {
    const results = [
      ...drawn(addDays(START, -5)),
      ...drawn(addDays(START, 28), "act"),
      ...drawn(addDays(START, 42)),
    ];
    expect(nextDraw(facts({ results }), addDays(START, 50))).toBeNull();
  });

  it("leaves a pregnancy test to the programme", () => {
    const hcg: MonitoringFacts["results"] = [
      {
        testId: "hcg-urine",
        collectedOn: addDays(START, 28),
        value: null,
        unit: "",
        interpretation: { flag: "abnormal", level: "urgent" },
      },
    ];
    const results = [...drawn(addDays(START, -5)), ...drawn(addDays(START, 28)), ...hcg];
    expect(nextDraw(facts({ results }), addDays(START, 30))).toBeNull();
  });
});

describe("denser monitoring", () => {
  const baseline = (value: number, unit: string): MonitoringFacts["results"] =>
    drawn(addDays(START, -5)).map((one) => (one.testId === "triglycerides" ? { ...one, value, unit } : one));

  it.each([
    ["an adult with 149 mg/dL has no reason", 25, 149, "mg/dL", false],
    ["an adult with 150 mg/dL has one", 25, 150, "mg/dL", true],
    ["at 19 years 90 mg/dL is no reason", 19, 90, "mg/dL", false],
    ["at 19 years 91 mg/dL is one", 19, 91, "mg/dL", true],
    ["at 20 years 91 mg/dL is none", 20, 91, "mg/dL", false],
    ["an adult with 1.69 mmol/L has one", 25, 1.69, "mmol/L", true],
  ])("%s", (_sentence, age, value, unit, expected) => {
    expect(denserReasons(facts({ age, results: baseline(value, unit) })).length > 0).toBe(expected);
  });

  it("draws every four weeks for a condition", () => {
    const course = { conditions: { alcohol: "yes" as const }, familyHistory: {} };
    const draws = drawsOf(facts({ course }), addDays(START, 90));
    expect(draws.map((one) => one.dueOn)).toEqual([
      null,
      ...[28, 56, 84, 112].map((days) => addDays(START, days)),
    ]);
  });

  it("does not take a triglyceride on treatment for a baseline", () => {
    const results = [
      ...drawn(addDays(START, -5)),
      { ...baseline(400, "mg/dL")[2], collectedOn: addDays(START, 28) },
    ];
    expect(denserReasons(facts({ results: results as MonitoringFacts["results"] }))).toEqual([]);
  });
});
