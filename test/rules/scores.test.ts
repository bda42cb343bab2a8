import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { igaScale, igaWord, phqAnswers, phqItems, scoreMood } from "#shared/rules/scores.ts";

/** Nine answers that add up to `sum`, item 9 last and 0 as long as the others suffice. */
function nine(sum: number): number[] {
  const items = Array.from({ length: 9 }, () => 0);
  let left = sum;
  for (let index = 0; index < 9 && left > 0; index++) {
    items[index] = Math.min(3, left);
    left -= items[index] ?? 0;
  }
  return items;
}

describe("PHQ-9", () => {
  it.each([
    ["0 is minimal", 0, "minimal", false],
    ["4 is minimal", 4, "minimal", false],
    ["5 is mild", 5, "mild", false],
    ["9 is mild", 9, "mild", false],
    ["10 is moderate and an alert", 10, "moderate", true],
    ["14 is moderate", 14, "moderate", true],
    ["15 is moderately severe", 15, "moderately severe", true],
    ["19 is moderately severe", 19, "moderately severe", true],
    ["20 is severe", 20, "severe", true],
    ["24 is severe", 24, "severe", true],
  ])("%s", (_sentence, total, band, alert) => {
    const score = scoreMood({ items: nine(total) });
    expect(score).toMatchObject({
      instrument: "PHQ-9",
      total,
      band,
      alert,
      selfHarm: false,
      prorated: false,
    });
  });

  it.each([
    ["item 9 of 1 alone alerts, whatever the total", 1, true],
    ["item 9 of 3 alone alerts", 3, true],
    ["item 9 of 0 does not", 0, false],
  ])("%s", (_sentence, answer, alert) => {
    const score = scoreMood({ items: [0, 0, 0, 0, 0, 0, 0, 0, answer] });
    expect(score).toMatchObject({ total: answer, alert, selfHarm: alert });
    expect(score.sentence.includes("assess today")).toBe(alert);
  });

  it("asks for item 9 when it was not answered", () => {
    const score = scoreMood({ items: [0, 0, 0, 0, 0, 0, 0, 0, null] });
    expect(score.selfHarm).toBe(false);
    expect(score.sentence).toContain("Question 9 was not answered");
  });

  it.each([
    ["one missing answer is prorated", [1, 1, 1, 1, 1, 1, 1, 1, null], 9, true],
    ["two missing answers are prorated", [1, 1, 1, 1, 1, 1, null, null, 1], 9, true],
    ["three missing answers cannot be scored", [1, 1, 1, 1, 1, null, null, null, 1], null, false],
    ["nothing answered cannot be scored", Array.from({ length: 9 }, () => null), null, false],
  ])("%s", (_sentence, items, total, prorated) => {
    expect(scoreMood({ items })).toMatchObject({ total, prorated });
  });

  it("alerts on self-harm and on a positive sum also when it cannot be scored", () => {
    expect(scoreMood({ items: [null, null, null, 0, 0, 0, 0, 0, 1] })).toMatchObject({
      total: null,
      alert: true,
    });
    expect(scoreMood({ items: [3, 3, 3, 1, null, null, null, 0, 0] })).toMatchObject({
      total: null,
      positive: true,
      alert: true,
    });
  });

  it("always alerts when item 9 is 1 or more, and a total never passes 27", () => {
    const answer = fc.constantFrom(0, 1, 2, 3, null);
    fc.assert(
      fc.property(fc.array(answer, { minLength: 9, maxLength: 9 }), (items) => {
        const score = scoreMood({ items });
        expect(score.selfHarm).toBe((items[8] ?? 0) >= 1);
        if (score.selfHarm) expect(score.alert).toBe(true);
        if (score.total !== null) expect(score.total >= 0 && score.total <= 27).toBe(true);
      }),
    );
  });
});

describe("A PHQ-9 that a positive PHQ-2 opened", () => {
  it("alerts while the other questions are left unasked", () => {
    expect(scoreMood({ items: [2, 1, null, null, null, null, null, null, null] })).toMatchObject({
      total: null,
      positive: false,
      alert: true,
      sentence: expect.stringContaining("ask the rest") as string,
    });
  });

  it("does not alert when the first two are not positive", () => {
    expect(scoreMood({ items: [1, 1, null, null, null, null, null, null, null] }).alert).toBe(false);
  });

  it("does not alert when all are asked and the sum is low", () => {
    expect(scoreMood({ items: [2, 1, 0, 0, 0, 0, 0, 0, 0] }).alert).toBe(false);
  });
});

describe("PHQ-2", () => {
  it.each([
    ["2 is negative", [1, 1], 2, false],
    ["3 is positive and opens the PHQ-9", [2, 1], 3, true],
    ["6 is positive", [3, 3], 6, true],
    ["one answer of 3 is positive, though not scored", [3, null], null, true],
    ["one answer of 2 is not scored", [2, null], null, false],
  ])("%s", (_sentence, items, total, positive) => {
    expect(scoreMood({ items })).toMatchObject({
      instrument: "PHQ-2",
      total,
      positive,
      alert: positive,
      opensPhq9: positive,
    });
  });

  it("says that it is not scored rather than negative when an answer is missing", () => {
    expect(scoreMood({ items: [0, null] }).band).toBe("not scored");
  });
});

describe("the instruments' words", () => {
  it("has nine items and four answers", () => {
    expect(phqItems).toHaveLength(9);
    expect(phqAnswers).toHaveLength(4);
  });

  it("names the grades of the IGA 0 to 4", () => {
    expect(igaScale.map((one) => one.grade)).toEqual([0, 1, 2, 3, 4]);
    expect(igaWord(3)).toBe("Moderate");
    expect(igaWord(null)).toBeNull();
  });
});
