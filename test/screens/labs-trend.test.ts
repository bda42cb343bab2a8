import { expect, test } from "vitest";
import type { LabResultView } from "#shared/records/lab-result.ts";
import { doseOn } from "#renderer/labs/dose-on.ts";
import type { Flowsheet } from "#renderer/labs/flowsheet-model.ts";
import { dayOf, doseSteps, timeAxis, trendOf } from "#renderer/labs/trend-data.ts";

let made = 0;

function result(over: Partial<LabResultView>): LabResultView {
  made += 1;
  return {
    id: `result-${made}`,
    testId: "alt",
    collectedOn: "2026-06-01",
    comparator: null,
    value: 30,
    text: "",
    unit: "U/L",
    rangeLow: 7,
    rangeHigh: 40,
    fasting: null,
    note: "",
    recordedAt: "2026-06-01T12:00:00.000Z",
    recordedBy: "Dr. Test",
    replacesId: null,
    reason: "",
    patientId: "patient-1",
    visitId: null,
    interpretation: {
      flag: "normal",
      grade: null,
      ctcaeVersion: null,
      sentence: "",
      actionCode: null,
      level: "none",
    },
    ...over,
  };
}

function sheet(over: Partial<Flowsheet>): Flowsheet {
  return { results: [], doses: [], events: [], tests: [], ...over };
}

const TODAY = "2026-07-01";

function trend(flowsheet: Flowsheet, testId = "alt") {
  return trendOf(flowsheet, testId, timeAxis(flowsheet, TODAY));
}

test("a trend is drawn in the unit of the latest result, and the others are converted for drawing only", () => {
  const old = result({
    unit: "ukat/L",
    value: 0.5,
    rangeLow: null,
    rangeHigh: 0.7,
    collectedOn: "2026-05-01",
  });
  const drawn = trend(sheet({ results: [old, result({})] }));
  expect(drawn?.unit).toBe("U/L");
  expect(drawn?.converted).toEqual([old]);
  expect(drawn?.points[1]?.value).toBeCloseTo(30);
  expect(drawn?.points[1]?.band?.[1]).toBeCloseTo(42);
  expect(drawn?.points[1]?.result?.value).toBe(0.5);
});

test("results of one unit are drawn with the very numbers that were reported", () => {
  const values = [1.1, 1.7, 2.3].map((value, at) =>
    result({
      testId: "triglycerides",
      unit: "mmol/L",
      value,
      rangeLow: null,
      rangeHigh: 1.7,
      collectedOn: `2026-0${at + 2}-01`,
    }),
  );
  const drawn = trend(sheet({ results: values }), "triglycerides");
  expect(drawn?.points.map((one) => one.value)).toEqual([null, 1.1, 1.7, 2.3, null]);
  expect(drawn?.converted).toEqual([]);
});

test("a range that is open on one side reaches to the edge, and no range makes no band", () => {
  const drawn = trend(
    sheet({
      results: [
        result({ rangeLow: null, collectedOn: "2026-04-01" }),
        result({ rangeHigh: null, rangeLow: 10, collectedOn: "2026-05-01" }),
        result({ rangeLow: null, rangeHigh: null, collectedOn: "2026-06-01" }),
      ],
    }),
  );
  const bottom = drawn?.ticks[0];
  const top = drawn?.ticks.at(-1);
  expect(drawn?.points.slice(1, 4).map((one) => one.band)).toEqual([[bottom, 40], [10, top], null]);
});

test("a word and an unknown unit are left out of the drawing and counted", () => {
  const drawn = trend(
    sheet({
      results: [
        result({ value: null, text: "haemolysed", unit: "", collectedOn: "2026-04-01" }),
        result({ unit: "mg/ml", collectedOn: "2026-05-01" }),
        result({}),
      ],
    }),
  );
  expect(drawn?.leftOut).toHaveLength(2);
  expect(drawn?.points.filter((one) => one.result !== null)).toHaveLength(1);
});

test("nothing that can be drawn makes no trend", () => {
  expect(trend(sheet({ results: [result({ value: null, text: "haemolysed" })] }))).toBeNull();
  expect(trend(sheet({}))).toBeNull();
});

test("all values lie between the first and the last tick", () => {
  for (const value of [0, 0.4, 3, 41, 99.9, 623, 12_000]) {
    const drawn = trend(sheet({ results: [result({ value })] }));
    expect(drawn?.ticks[0]).toBeLessThanOrEqual(Math.min(value, 7));
    expect(drawn?.ticks.at(-1)).toBeGreaterThanOrEqual(Math.max(value, 40));
  }
});

test("the dose falls to nothing after a stretch, but not where the next one follows on its heels", () => {
  const flowsheet = sheet({
    doses: [
      { from: "2026-03-01", to: "2026-03-31", dailyMg: 40 },
      { from: "2026-04-01", to: "2026-04-30", dailyMg: 60 },
      { from: "2026-06-01", to: null, dailyMg: 20 },
    ],
  });
  const axis = timeAxis(flowsheet, TODAY);
  expect(doseSteps(flowsheet, axis)).toEqual([
    { day: axis.from, mg: 0 },
    { day: dayOf("2026-03-01"), mg: 40 },
    { day: dayOf("2026-04-01"), mg: 60 },
    { day: dayOf("2026-05-01"), mg: 0 },
    { day: dayOf("2026-06-01"), mg: 20 },
    { day: axis.to, mg: 20 },
  ]);
});

test("the dose of a day counts both ends of its stretch, and before the first dose there is none", () => {
  const doses = [{ from: "2026-03-01", to: "2026-03-31", dailyMg: 40 }];
  expect(["2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01"].map((on) => doseOn(doses, on))).toEqual([
    null,
    40,
    40,
    null,
  ]);
});
