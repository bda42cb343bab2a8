import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fastingLoinc,
  inFirstUnit,
  labTest,
  labTests,
  labUnit,
  labValueText,
  preferredUnit,
  readLabValue,
  refusedLoinc,
  testByLoinc,
} from "#shared/rules/lab-tests.ts";

/** Every code with the test and unit it stands for. */
const codes = labTests.flatMap((test) =>
  test.units.flatMap((unit) =>
    [unit.loinc, ...unit.otherLoinc].map((code) => ({ code, test: test.id, ucum: unit.ucum })),
  ),
);

const massUnits = ["mg/dL", "g/dL", "g/L", "mg/L"];
const molarUnits = ["mmol/L", "umol/L"];

describe("the table of laboratory tests", () => {
  it("gives every test its own id", () => {
    const ids = labTests.map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each([
    ["ALT is 1742-6", "alt", "1742-6"],
    ["AST is 1920-8", "ast", "1920-8"],
    ["GGT is 2324-2", "ggt", "2324-2"],
    ["CK is 2157-6", "ck", "2157-6"],
    ["triglycerides by mass are 2571-8", "triglycerides", "2571-8"],
  ])("%s", (_sentence, id, code) => {
    expect(labTest(id)?.units[0].loinc).toBe(code);
    expect(testByLoinc(code)?.test.id).toBe(id);
  });

  it("never lets one code stand for two tests, so that ALT and AST cannot be swapped", () => {
    for (const { code, test } of codes)
      expect([code, codes.filter((one) => one.code === code).map((one) => one.test)]).toEqual([
        code,
        codes.filter((one) => one.code === code).map(() => test),
      ]);
  });

  it("never lets one code stand for a mass and a molar result", () => {
    for (const { code } of codes) {
      const units = codes.filter((one) => one.code === code).map((one) => one.ucum);
      const both =
        units.some((one) => massUnits.includes(one)) && units.some((one) => molarUnits.includes(one));
      expect([code, both]).toEqual([code, false]);
    }
  });

  it("holds only codes with a right check digit", () => {
    for (const { code } of codes) expect([code, checkDigit(code)]).toEqual([code, Number(code.at(-1))]);
  });

  it("refuses the codes for whole blood and without a property", () => {
    for (const code of Object.keys(refusedLoinc)) expect(testByLoinc(code)).toBeNull();
  });

  it("knows the fasting codes as codes of a test in which fasting matters", () => {
    for (const code of fastingLoinc) expect(testByLoinc(code)?.test.fastingMatters).toBe(true);
  });

  it("converts each first unit by 1 and places typical values inside the plausible ones", () => {
    for (const test of labTests) {
      expect(test.units[0].toFirst).toBe(1);
      for (const unit of test.units)
        for (const typical of [unit.typicalLow, unit.typicalHigh])
          if (typical !== null) {
            expect(typical).toBeGreaterThanOrEqual(unit.plausible[0]);
            expect(typical).toBeLessThanOrEqual(unit.plausible[1]);
          }
    }
  });

  it("says about the same in each unit of a test", () => {
    for (const test of labTests)
      for (const unit of test.units) {
        if (unit.typicalHigh === null || test.units[0].typicalHigh === null) continue;
        const ratio = (unit.typicalHigh * unit.toFirst) / test.units[0].typicalHigh;
        expect([test.id, unit.ucum, ratio > 0.95 && ratio < 1.05]).toEqual([test.id, unit.ucum, true]);
      }
  });

  it.each([
    ["1.69 mmol/L of triglycerides is 150 mg/dL", "triglycerides", "mmol/L", 1.6936, 150],
    ["5.17 mmol/L of cholesterol is 200 mg/dL", "cholesterol-total", "mmol/L", 5.172, 200],
    ["17.1 µmol/L of bilirubin is 1 mg/dL", "bilirubin-total", "umol/L", 17.1, 1],
    ["88.4 µmol/L of creatinine is 1 mg/dL", "creatinine", "umol/L", 88.4, 1],
    ["5.55 mmol/L of glucose is 100 mg/dL", "glucose", "mmol/L", 5.549, 100],
    ["1 µkat/L of ALT is 60 U/L", "alt", "ukat/L", 1, 60],
    ["140 g/L of haemoglobin is 14 g/dL", "haemoglobin", "g/L", 140, 14],
  ])("%s", (_sentence, id, ucum, value, first) => {
    expect(inFirstUnit(id, ucum, value)).toBeCloseTo(first, 1);
  });

  it("offers the units of the clinic first", () => {
    const triglycerides = labTest("triglycerides");
    const alt = labTest("alt");
    if (triglycerides === null || alt === null) throw new Error("The tests are gone.");
    expect(preferredUnit(triglycerides, "si").ucum).toBe("mmol/L");
    expect(preferredUnit(triglycerides, "conventional").ucum).toBe("mg/dL");
    expect(preferredUnit(alt, "si").ucum).toBe("U/L");
  });

  it("answers null for what it does not know", () => {
    expect(labTest("no-such-test")).toBeNull();
    expect(labUnit("alt", "mg/dL")).toBeNull();
    expect(inFirstUnit("alt", "mg/dL", 3)).toBeNull();
    expect(testByLoinc("0000-0")).toBeNull();
  });
});

/** LOINC's check digit: Luhn over the digits before the dash. */
function checkDigit(code: string): number {
  const digits = code.slice(0, -2).split("").map(Number).toReversed();
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 0 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return (10 - (sum % 10)) % 10;
}

describe("reading a typed result", () => {
  it.each([
    ["a whole number", "54", null, 54, ""],
    ["a decimal point", "1.2", null, 1.2, ""],
    ["a decimal comma", "1,2", null, 1.2, ""],
    ["a decimal comma with two digits", "0,85", null, 0.85, ""],
    ["a point without a nought before it", ".5", null, 0.5, ""],
    ["a comma after a nought is a decimal comma", "0,125", null, 0.125, ""],
    ["a point with three digits is always a decimal point", "1.200", null, 1.2, ""],
    ["thousands in two groups", "1,234,567", null, 1_234_567, ""],
    ["thousands with a decimal point", "1,234.5", null, 1234.5, ""],
    ["thousands with a decimal comma", "1.234,5", null, 1234.5, ""],
    ["below", "<5", "<", 5, ""],
    ["below, with a space", "< 5", "<", 5, ""],
    ["at most", "≤40", "<=", 40, ""],
    ["above", ">1000", ">", 1000, ""],
    ["at least", ">=1000", ">=", 1000, ""],
    ["a flag of the laboratory is dropped", "54 H", null, 54, ""],
    ["a low flag is dropped", "3.1L", null, 3.1, ""],
    ["an asterisk is dropped", "54*", null, 54, ""],
    ["negative, short", "neg", null, null, "negative"],
    ["negative, as laboratories write it", "Not detected", null, null, "negative"],
    ["positive, as a sign", "+", null, null, "positive"],
    ["indeterminate", "Equivocal", null, null, "indeterminate"],
    ["any other word", "haemolysed", null, null, "haemolysed"],
    ["spaces around", "  54  ", null, 54, ""],
  ])("reads %s", (_sentence, typed, comparator, value, text) => {
    expect(readLabValue(typed)).toEqual({ ok: true, comparator, value, text });
  });

  it.each([
    ["nothing", "", "Type the result."],
    ["a comma that can be read two ways", "1,200", "1,200 can be read two ways. Write 1200 or 1.2."],
    ["a number below nought", "-5", "A result cannot be below 0."],
    ["a letter O in a number", "1O0", "not a result"],
    ["a number with a word", "12abc", "not a result"],
    ["two points", "1.2.3", "not a number"],
    ["a comparator alone", "<", "not a result"],
    ["an endless number", "9".repeat(400), "not a number"],
  ])("refuses %s with a sentence", (_sentence, typed, said) => {
    const read = readLabValue(typed);
    expect(read.ok).toBe(false);
    if (!read.ok) expect(read.sentence).toContain(said);
  });

  it("reads back what it writes", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("<", "<=", ">", ">=", null),
        fc.integer({ min: 0, max: 9_999_999 }),
        fc.integer({ min: 0, max: 3 }),
        (comparator, whole, digits) => {
          const value = whole / 10 ** digits;
          const read = readLabValue(labValueText({ comparator, value, text: "" }));
          expect(read).toEqual({ ok: true, comparator, value, text: "" });
        },
      ),
    );
  });

  it("never throws and never answers with a number that is none", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (typed) => {
        const read = readLabValue(typed);
        if (read.ok && read.value !== null) expect(Number.isFinite(read.value) && read.value >= 0).toBe(true);
        if (read.ok) expect(read.value === null).toBe(read.text !== "");
      }),
    );
  });
});
