import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LabResultFields } from "#shared/records/lab-result.ts";
import { visitForm, type VisitForm } from "#shared/records/visit.ts";
import { labTests } from "#shared/rules/lab-tests.ts";
import {
  checkCourse,
  checkLab,
  checkPatient,
  checkVisit,
  type Plausibility,
  type VisitContext,
} from "#shared/rules/plausibility.ts";

const today = "2026-06-15";
const birthDate = "2004-03-10";

/** The paths, as `invalid: a` and `unlikely: b`. */
function said(found: Plausibility): string[] {
  return [
    ...found.invalid.map((one) => `invalid ${one.path}`),
    ...found.unlikely.map((one) => `unlikely ${one.path}`),
  ];
}

function lab(more: Partial<LabResultFields> = {}): LabResultFields {
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
    note: "",
    ...more,
  };
}

describe("a patient's details", () => {
  it.each([
    ["a birth date of today is asked about", today, ["unlikely birthDate"]],
    ["a birth date in the future is refused", "2026-06-16", ["invalid birthDate"]],
    ["11 years of age are asked about", "2014-06-16", ["unlikely birthDate"]],
    ["12 years of age are accepted", "2014-06-15", []],
    ["89 years of age are accepted", "1936-06-16", []],
    ["90 years of age are asked about", "1936-06-15", ["unlikely birthDate"]],
    ["120 years of age are asked about", "1906-06-15", ["unlikely birthDate"]],
    ["121 years of age are refused", "1905-06-15", ["invalid birthDate"]],
  ])("%s", (_sentence, born, expected) => {
    expect(said(checkPatient({ birthDate: born }, today))).toEqual(expected);
  });
});

describe("a course's fields", () => {
  const fields = {
    decidedOn: today,
    referenceWeightKg: 70,
    targetMgPerKg: 120,
    productId: "claravis",
    earlierIsotretinoin: { taken: "no" as const, totalMg: null, endedOn: null },
  };
  const before = (more: { totalMg?: number; endedOn?: string }) => ({
    earlierIsotretinoin: { taken: "yes" as const, totalMg: null, endedOn: null, ...more },
  });
  it.each([
    ["a usual course is accepted", {}, []],
    ["a decision tomorrow is refused", { decidedOn: "2026-06-16" }, ["invalid decidedOn"]],
    ["a decision before birth is refused", { decidedOn: "2004-03-09" }, ["invalid decidedOn"]],
    ["a product that is not known is refused", { productId: "x" }, ["invalid productId"]],
    ["200 kg are accepted", { referenceWeightKg: 200 }, []],
    ["more than 200 kg are asked about", { referenceWeightKg: 201 }, ["unlikely referenceWeightKg"]],
    ["a target of 90 is accepted", { targetMgPerKg: 90 }, []],
    ["a target of 89 is asked about", { targetMgPerKg: 89 }, ["unlikely targetMgPerKg"]],
    ["a target of 220 is accepted", { targetMgPerKg: 220 }, []],
    ["a target of 221 is asked about", { targetMgPerKg: 221 }, ["unlikely targetMgPerKg"]],
    [
      "an end in the future is refused",
      before({ endedOn: "2026-06-16" }),
      ["invalid earlierIsotretinoin.endedOn"],
    ],
    [
      "an earlier dose without having taken it is refused",
      { earlierIsotretinoin: { taken: "no" as const, totalMg: 100, endedOn: null } },
      ["invalid earlierIsotretinoin.taken"],
    ],
    [
      "500 mg/kg before is accepted, more is asked about",
      before({ totalMg: 35_001 }),
      ["unlikely earlierIsotretinoin.totalMg"],
    ],
  ])("%s", (_sentence, more, expected) => {
    expect(said(checkCourse({ ...fields, ...more }, { birthDate, today }))).toEqual(expected);
  });
});

describe("a laboratory result", () => {
  const rows: [string, Partial<LabResultFields>, string[]][] = [
    ["a usual one is accepted", {}, []],
    ["collected today is accepted", { collectedOn: today }, []],
    ["collected tomorrow is refused", { collectedOn: "2026-06-16" }, ["invalid labs.0.collectedOn"]],
    ["collected on the day of birth is accepted", { collectedOn: birthDate }, []],
    ["collected before birth is refused", { collectedOn: "2004-03-09" }, ["invalid labs.0.collectedOn"]],
    ["below nought is refused", { value: -1 }, ["invalid labs.0.value"]],
    ["nothing is refused", { value: null }, ["invalid labs.0.value"]],
    [
      "a comparator without a number is refused",
      { value: null, text: "x", comparator: "<" },
      ["invalid labs.0.value"],
    ],
    ["a laboratory's word in place of a number is accepted", { value: null, text: "haemolysed" }, []],
    ["another spelling of it too", { value: null, text: "Hemolyzed specimen" }, []],
    ["any other word is refused", { value: null, text: "abc" }, ["invalid labs.0.value"]],
    ["a test that is not known is refused", { testId: "x" }, ["invalid labs.0.testId"]],
    ["no unit is refused", { unit: "" }, ["invalid labs.0.unit"]],
    ["a unit that is not the test's is asked about", { unit: "mg/dL" }, ["unlikely labs.0.unit"]],
    ["limits the wrong way round are refused", { rangeLow: 40, rangeHigh: 7 }, ["invalid labs.0.rangeHigh"]],
    ["a limit below nought is refused", { rangeLow: -1 }, ["invalid labs.0.rangeLow"]],
    ["equal limits are accepted", { rangeLow: 40, rangeHigh: 40 }, []],
    ["ALT of 1000 is accepted", { value: 1000 }, []],
    ["ALT of 1001 is asked about", { value: 1001 }, ["unlikely labs.0.value"]],
    ["ALT of 2 is asked about", { value: 2 }, ["unlikely labs.0.value"]],
    ["ALT of <2 is accepted", { value: 2, comparator: "<" }, []],
    [
      "a word result with a number is refused",
      { testId: "hcg-urine", unit: "", value: 3 },
      ["invalid labs.0.value"],
    ],
    [
      "a word result is accepted",
      { testId: "hcg-urine", unit: "", value: null, text: "negative", rangeLow: null, rangeHigh: null },
      [],
    ],
  ];
  it.each(rows)("%s", (_sentence, more, expected) => {
    expect(said(checkLab(lab(more), { birthDate, today }, "labs.0"))).toEqual(expected);
  });

  it.each([
    [
      "mmol/L typed as mg/dL",
      { testId: "triglycerides", unit: "mg/dL", value: 1.4 },
      "looks like mmol/L typed as mg/dL",
    ],
    [
      "mg/dL typed as mmol/L",
      { testId: "triglycerides", unit: "mmol/L", value: 140 },
      "looks like mg/dL typed as mmol/L",
    ],
    [
      "cholesterol in mmol/L typed as mg/dL",
      { testId: "cholesterol-total", unit: "mg/dL", value: 5 },
      "looks like mmol/L",
    ],
    [
      "glucose in mg/dL typed as mmol/L",
      { testId: "glucose", unit: "mmol/L", value: 95 },
      "looks like mg/dL",
    ],
    [
      "glucose in mmol/L typed as mg/dL",
      { testId: "glucose", unit: "mg/dL", value: 5.4 },
      "looks like mmol/L",
    ],
    [
      "creatinine in µmol/L typed as mg/dL",
      { testId: "creatinine", unit: "mg/dL", value: 75 },
      "looks like µmol/L",
    ],
    [
      "haemoglobin in g/L typed as g/dL",
      { testId: "haemoglobin", unit: "g/dL", value: 140 },
      "looks like g/L",
    ],
    [
      "bilirubin in µmol/L typed as mg/dL",
      { testId: "bilirubin-total", unit: "mg/dL", value: 14 },
      "looks like µmol/L",
    ],
    ["ALT in µkat/L typed as U/L", { testId: "alt", unit: "U/L", value: 0.5 }, "looks like µkat/L"],
    [
      "a number that fits no unit",
      { testId: "triglycerides", unit: "mg/dL", value: 99_999 },
      "check the number",
    ],
  ])("says what it looks like: %s", (_sentence, more, sentence) => {
    const found = checkLab(lab({ ...more, rangeLow: null, rangeHigh: null }), { birthDate, today }, "");
    expect(found.unlikely.map((one) => one.path)).toEqual(["value"]);
    expect(found.unlikely[0]?.sentence).toContain(sentence);
  });

  it("asks about an upper limit in another unit", () => {
    const found = checkLab(
      lab({ testId: "triglycerides", unit: "mmol/L", value: 1.4, rangeLow: null, rangeHigh: 150 }),
      { birthDate, today },
      "labs.1",
    );
    expect(said(found)).toEqual(["unlikely labs.1.rangeHigh"]);
  });

  it("accepts every value inside the plausible limits of every unit", () => {
    const units = labTests
      .filter((one) => one.kind === "quantity")
      .flatMap((test) => test.units.map((unit) => ({ testId: test.id, unit })));
    fc.assert(
      fc.property(
        fc.constantFrom(...units),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ testId, unit }, part) => {
          const [low, high] = unit.plausible;
          const value = low + (high - low) * part;
          const result = lab({ testId, unit: unit.ucum, value, rangeLow: null, rangeHigh: null });
          expect(said(checkLab(result, { birthDate, today }, ""))).toEqual([]);
        },
      ),
    );
  });
});

function form(more: Partial<VisitForm> = {}): VisitForm {
  return visitForm.parse({
    date: today,
    weightKg: 70,
    missedDoses: 0,
    missedDosesNote: "",
    sideEffects: [],
    sideEffectsReviewed: true,
    iga: null,
    lesions: null,
    mood: null,
    dose: null,
    plan: "",
    notes: "",
    nextVisitOn: null,
    labs: [],
    entries: [],
    ...more,
  });
}

const capsules = (count: number) => [{ strengthMg: 20, morning: count, evening: 0 }];

function dose(more: Partial<NonNullable<VisitForm["dose"]>> = {}): VisitForm["dose"] {
  return { action: "continue", capsules: capsules(2), from: today, reason: "", ...more };
}

const previous = { date: "2026-05-16", weightKg: 70, dose: dose({ from: "2026-05-16" }) };
const context: VisitContext = {
  birthDate,
  today,
  previous,
  course: { referenceWeightKg: 70, productId: "claravis" },
};

describe("a visit's page", () => {
  const rows: [string, Partial<VisitForm>, string[]][] = [
    ["a usual one is accepted", {}, []],
    ["tomorrow is refused", { date: "2026-06-16" }, ["invalid date"]],
    ["a year ago is accepted", { date: "2025-06-15", missedDoses: null }, []],
    ["more than a year ago is asked about", { date: "2025-06-14", missedDoses: null }, ["unlikely date"]],
    ["pounds are asked about", { weightKg: 154 }, ["unlikely weightKg"]],
    ["20 % more is accepted", { weightKg: 84 }, []],
    ["more than 20 % more is asked about", { weightKg: 84.1 }, ["unlikely weightKg"]],
    ["more than 20 % less is asked about", { weightKg: 55.9 }, ["unlikely weightKg"]],
    ["no weight is accepted", { weightKg: null }, []],
    ["as many missed days as passed are accepted", { missedDoses: 30 }, []],
    ["more missed days than passed are asked about", { missedDoses: 31 }, ["unlikely missedDoses"]],
    [
      "a side effect that began after the visit is refused",
      { sideEffects: [{ code: "rash", grade: 1, onset: "2026-06-16", note: "" }] },
      ["invalid sideEffects.0.onset"],
    ],
    [
      "a side effect that began on the day is accepted",
      { sideEffects: [{ code: "rash", grade: 1, onset: today, note: "" }] },
      [],
    ],
    ["a next visit on the same day is refused", { nextVisitOn: today }, ["invalid nextVisitOn"]],
    ["a next visit tomorrow is accepted", { nextVisitOn: "2026-06-16" }, []],
    ["a next visit in two years is asked about", { nextVisitOn: "2028-06-15" }, ["unlikely nextVisitOn"]],
    ["the same dose again is accepted", { dose: dose() }, []],
    ["a hold with capsules is refused", { dose: dose({ action: "hold" }) }, ["invalid dose.capsules"]],
    ["a hold without capsules is accepted", { dose: dose({ action: "hold", capsules: [] }) }, []],
    ["a dose without capsules is refused", { dose: dose({ capsules: [] }) }, ["invalid dose.capsules"]],
    [
      "the same strength twice is refused",
      { dose: dose({ capsules: [...capsules(1), ...capsules(1)] }) },
      ["invalid dose.capsules"],
    ],
    [
      "a strength that the product lacks is asked about",
      { dose: dose({ action: "start", capsules: [{ strengthMg: 25, morning: 1, evening: 0 }] }) },
      ["unlikely dose.capsules"],
    ],
    ["2 mg/kg is accepted", { dose: dose({ action: "increase", capsules: capsules(7) }) }, []],
    [
      "more than 2 mg/kg is asked about",
      { dose: dose({ action: "increase", capsules: capsules(8) }) },
      ["unlikely dose.capsules"],
    ],
    [
      "an increase that is none is asked about",
      { dose: dose({ action: "increase", capsules: capsules(2) }) },
      ["unlikely dose.action"],
    ],
    [
      "a decrease that is none is asked about",
      { dose: dose({ action: "decrease", capsules: capsules(3) }) },
      ["unlikely dose.action"],
    ],
    [
      "a continuation that changes the dose is asked about",
      { dose: dose({ action: "continue", capsules: capsules(3) }) },
      ["unlikely dose.action"],
    ],
    [
      "a dose that begins in 61 days is asked about",
      { dose: dose({ from: "2026-08-15" }) },
      ["unlikely dose.from"],
    ],
    ["a lab row left empty is passed over", { labs: [{ ...lab({ value: null }), id: null }] }, []],
    [
      "a lab result is checked at its place",
      {
        labs: [
          { ...lab(), id: null },
          { ...lab({ testId: "ast", value: 5000 }), id: null },
        ],
      },
      ["unlikely labs.1.value"],
    ],
    [
      "the same test twice on a day is asked about",
      {
        labs: [
          { ...lab(), id: null },
          { ...lab({ value: 31 }), id: null },
        ],
      },
      ["unlikely labs.1.testId"],
    ],
  ];
  it.each(rows)("%s", (_sentence, more, expected) => {
    const base: VisitContext =
      more.date === undefined ? context : { ...context, previous: { ...previous, date: "2025-05-01" } };
    expect(said(checkVisit(form(more), base))).toEqual(expected);
  });

  it("compares a first visit's weight with the course's", () => {
    expect(said(checkVisit(form({ weightKg: 154 }), { ...context, previous: null }))).toEqual([
      "unlikely weightKg",
    ]);
    expect(checkVisit(form({ weightKg: 154 }), context).unlikely[0]?.sentence).toContain("69.9 kg");
  });

  it("asks about more than 200 kg unless the patient is known to weigh so much", () => {
    const heavy = { ...context, previous: { ...previous, weightKg: 195 } };
    expect(said(checkVisit(form({ weightKg: 200 }), heavy))).toEqual([]);
    expect(said(checkVisit(form({ weightKg: 201 }), heavy))).toEqual(["unlikely weightKg"]);
  });
});
