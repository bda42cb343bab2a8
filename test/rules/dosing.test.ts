import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, daysBetween } from "#shared/calendar.ts";
import { capsuleCount, dailyMgOf, type CapsuleCount } from "#shared/records/visit.ts";
import {
  capsulesForDaily,
  capsulesNeeded,
  courseMonth,
  courseProgress,
  doseSegments,
  doseWarnings,
  dosingFactsOf,
  endAtDose,
  looksLikePounds,
  mgPerKgOf,
  planCapsules,
  stretchesOf,
  takenMg,
  type DoseEvent,
  type DosingFacts,
} from "#shared/rules/dosing.ts";
import { productById, products } from "#shared/rules/products.ts";

function product(id: string) {
  const found = productById(id);
  if (found === null) throw new Error(`${id} is gone from the table.`);
  return found;
}

const LD = product("absorica-ld");
const SIX = product("absorica");

/** Capsules of one strength, morning and evening. */
function caps(strengthMg: number, morning: number, evening: number): CapsuleCount {
  return { strengthMg, morning, evening };
}

function dose(from: string, capsules: CapsuleCount[], action: DoseEvent["action"] = "continue"): DoseEvent {
  return { action, from, capsules };
}

/** A course of 70 kg towards 120 mg/kg with nothing taken; the test says what differs. */
function facts(more: Partial<DosingFacts> = {}): DosingFacts {
  return {
    course: {
      productId: "generic-conventional",
      referenceWeightKg: 70,
      targetMgPerKg: 120,
      earlierIsotretinoin: { taken: "no", totalMg: null, endedOn: null },
      end: null,
    },
    doses: [],
    weights: [{ on: "2026-01-01", kg: 70 }],
    missed: [],
    visitAfterStart: true,
    firstDoseOn: null,
    lastDoseOn: null,
    earlierCourseEndedOn: null,
    ...more,
  };
}

describe("the label's dose table", () => {
  const conventional: [number, number, number, number][] = [
    [40, 20, 40, 80],
    [50, 25, 50, 100],
    [60, 30, 60, 120],
    [70, 35, 70, 140],
    [80, 40, 80, 160],
    [90, 45, 90, 180],
    [100, 50, 100, 200],
  ];
  it.each(conventional)("for %i kg is %i, %i and %i mg a day at 0.5, 1 and 2 mg/kg", (weightKg, ...daily) => {
    for (const [index, mgPerKg] of [0.5, 1, 2].entries())
      expect(dailyMgOf(planCapsules({ product: SIX, weightKg, mgPerKg }))).toBe(daily[index]);
  });

  const micronised: [number, number, number, number][] = [
    [40, 16, 32, 64],
    [50, 20, 40, 80],
    [60, 24, 48, 96],
    [70, 28, 56, 112],
    [80, 32, 64, 128],
    [90, 36, 72, 144],
    [100, 40, 80, 160],
  ];
  it.each(micronised)(
    "for %i kg of the micronised product is %i, %i and %i mg a day at 0.4, 0.8 and 1.6 mg/kg",
    (weightKg, ...daily) => {
      for (const [index, mgPerKg] of [0.4, 0.8, 1.6].entries())
        expect(dailyMgOf(planCapsules({ product: LD, weightKg, mgPerKg }))).toBe(daily[index]);
    },
  );
});

describe("capsules for a dose", () => {
  it.each([
    ["40 mg is 20 and 20", 40, [caps(20, 1, 1)]],
    ["60 mg is 30 and 30", 60, [caps(30, 1, 1)]],
    ["80 mg is 40 and 40", 80, [caps(40, 1, 1)]],
    ["50 mg is 30 and 20", 50, [caps(20, 0, 1), caps(30, 1, 0)]],
    ["70 mg is 40 and 30", 70, [caps(30, 0, 1), caps(40, 1, 0)]],
    ["30 mg is 20 and 10", 30, [caps(10, 0, 1), caps(20, 1, 0)]],
    ["10 mg is one capsule", 10, [caps(10, 1, 0)]],
    ["120 mg is twice two of 30, one strength rather than two", 120, [caps(30, 2, 2)]],
  ])("%s", (_sentence, daily, capsules) => {
    expect(capsulesForDaily(daily, [10, 20, 30, 40])).toEqual(capsules);
  });

  it("takes the fewest capsules when given once a day", () => {
    expect(capsulesForDaily(40, [10, 20, 30, 40], "once")).toEqual([caps(40, 1, 0)]);
    expect(capsulesForDaily(60, [10, 20, 30, 40], "once")).toEqual([caps(30, 2, 0)]);
  });

  it.each([
    ["a sum that the strengths cannot make", 25, [10, 20]],
    ["nothing", 0, [10, 20]],
    ["a fraction", 12.5, [10, 20]],
  ])("answers null for %s", (_sentence, daily, strengths) => {
    expect(capsulesForDaily(daily, strengths)).toBeNull();
  });

  it("rounds to the nearest sum, and of two equally near to the lower", () => {
    expect(dailyMgOf(planCapsules({ product: { strengthsMg: [10, 20] }, weightKg: 70, mgPerKg: 0.5 }))).toBe(
      30,
    );
    expect(dailyMgOf(planCapsules({ product: { strengthsMg: [10, 20] }, weightKg: 72, mgPerKg: 0.5 }))).toBe(
      40,
    );
    expect(dailyMgOf(planCapsules({ product: { strengthsMg: [10, 20] }, weightKg: 30, mgPerKg: 0.1 }))).toBe(
      10,
    );
  });

  it("makes exactly the dose it says, as evenly as possible, within the schema", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...products.map((one) => one.strengthsMg)),
        fc.integer({ min: 1, max: 240 }),
        (strengths, daily) => {
          const capsules = capsulesForDaily(daily, strengths);
          if (capsules === null) return;
          expect(dailyMgOf(capsules)).toBe(daily);
          const morning = capsules.reduce((sum, one) => sum + one.strengthMg * one.morning, 0);
          expect(morning * 2).toBeGreaterThanOrEqual(daily);
          for (const one of capsules) {
            expect(capsuleCount.safeParse(one).success).toBe(true);
            expect(strengths).toContain(one.strengthMg);
          }
        },
      ),
    );
  });

  it("plans within half the smallest step of what was asked, where whole steps exist", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 30, max: 150, noNaN: true }),
        fc.double({ min: 0.3, max: 2, noNaN: true }),
        (weightKg, mgPerKg) => {
          fc.pre(weightKg * mgPerKg >= 10);
          const daily = dailyMgOf(
            planCapsules({ product: product("generic-conventional"), weightKg, mgPerKg }),
          );
          expect(Math.abs(daily - weightKg * mgPerKg)).toBeLessThanOrEqual(5 + 1e-6);
        },
      ),
    );
  });

  it("counts the capsules of a supply by strength", () => {
    expect(capsulesNeeded([caps(40, 1, 0), caps(20, 1, 1), caps(30, 0, 0)], 30)).toEqual([
      { strengthMg: 20, count: 60 },
      { strengthMg: 40, count: 30 },
    ]);
  });

  it("shows the dose by weight to two decimals", () => {
    expect(mgPerKgOf(40, 70)).toBe(0.57);
    expect(mgPerKgOf(40, null)).toBeNull();
  });
});

describe("warnings about a dose", () => {
  it.each([
    ["0.1 mg/kg is accepted", [caps(10, 1, 0)], 100, "generic-conventional", ""],
    ["under 0.1 mg/kg is asked about", [caps(10, 1, 0)], 101, "generic-conventional", "under 0.1"],
    ["1 mg/kg is accepted", [caps(40, 1, 1)], 80, "generic-conventional", ""],
    ["over the usual dose is remarked on", [caps(40, 1, 1)], 60, "generic-conventional", "over the usual 1"],
    ["2 mg/kg is still on the label", [caps(40, 2, 1)], 60, "generic-conventional", "over the usual 1"],
    ["over 2 mg/kg is asked about", [caps(40, 2, 1)], 59, "generic-conventional", "over 2"],
    [
      "1.6 mg/kg of the micronised is on the label",
      [caps(32, 2, 1)],
      60,
      "absorica-ld",
      "over the usual 0.8",
    ],
    ["over 1.6 mg/kg of the micronised is asked about", [caps(32, 2, 1)], 59, "absorica-ld", "over 1.6"],
    [
      "a strength that the product lacks",
      [caps(25, 1, 1)],
      60,
      "generic-conventional",
      "no capsules of 25 mg",
    ],
    ["a weight that is not known", [caps(20, 1, 1)], null, "generic-conventional", "No weight"],
    ["a product that is not known", [caps(20, 1, 1)], 60, "no-such-product", "not known"],
    ["no capsules, nothing to say", [], null, "generic-conventional", ""],
  ])("%s", (_sentence, capsules, weight, productId, said) => {
    const warnings = doseWarnings(capsules, weight, productId);
    if (said === "") expect(warnings).toEqual([]);
    else expect(warnings.join(" ")).toContain(said);
  });

  it.each([
    [154, 70, true],
    [133, 70, true],
    [132, 70, false],
    [175, 70, true],
    [176, 70, false],
    [71, 70, false],
  ])("%d beside a known %d kg: pounds %s", (typed, known, expected) => {
    expect(looksLikePounds(typed, known)).toBe(expected);
  });
});

const START = "2026-01-01";
const FORTY = [caps(20, 1, 1)];
const SIXTY = [caps(30, 1, 1)];

describe("stretches of doses", () => {
  const none = { begun: true, firstDoseOn: null, end: null };

  it("ends a stretch on the day before the next decision", () => {
    expect(stretchesOf([dose(START, FORTY, "start"), dose("2026-01-31", SIXTY, "increase")], none)).toEqual([
      { from: START, to: "2026-01-30", dailyMg: 40, capsules: FORTY },
      { from: "2026-01-31", to: null, dailyMg: 60, capsules: SIXTY },
    ]);
  });

  it("leaves a gap for a hold and goes on with the last capsules after a resume", () => {
    const events = [
      dose(START, FORTY, "start"),
      dose("2026-01-11", [], "pause"),
      dose("2026-01-21", [], "resume"),
    ];
    expect(stretchesOf(events, none).map((one) => [one.from, one.to, one.dailyMg])).toEqual([
      [START, "2026-01-10", 40],
      ["2026-01-21", null, 40],
    ]);
  });

  it("joins stretches of the same capsules", () => {
    const events = [dose(START, FORTY, "start"), dose("2026-01-31", FORTY), dose("2026-03-02", FORTY)];
    expect(stretchesOf(events, none)).toEqual([{ from: START, to: null, dailyMg: 40, capsules: FORTY }]);
  });

  it("lets the decision recorded last count when two fall on one day", () => {
    expect(stretchesOf([dose(START, FORTY, "start"), dose(START, SIXTY)], none)).toEqual([
      { from: START, to: null, dailyMg: 60, capsules: SIXTY },
    ]);
  });

  it.each([
    ["a later first dose moves the beginning", "2026-01-05", "2026-01-05"],
    ["an earlier first dose moves it too", "2025-12-30", "2025-12-30"],
    ["no first dose keeps the decision's day", null, START],
  ])("%s", (_sentence, firstDoseOn, from) => {
    expect(stretchesOf([dose(START, FORTY, "start")], { begun: true, firstDoseOn, end: null })[0]?.from).toBe(
      from,
    );
  });

  it("ends with the last dose", () => {
    const events = [dose(START, FORTY, "start"), dose("2026-02-01", SIXTY)];
    expect(stretchesOf(events, { begun: true, firstDoseOn: null, end: "2026-01-20" })).toEqual([
      { from: START, to: "2026-01-20", dailyMg: 40, capsules: FORTY },
    ]);
  });

  it("shows on the time axis only what has begun", () => {
    const course = facts({ doses: [dose(START, FORTY, "start"), dose("2026-02-01", SIXTY, "increase")] });
    expect(doseSegments(course, "2026-01-15")).toEqual([{ from: START, to: "2026-01-31", dailyMg: 40 }]);
    expect(doseSegments(course, "2026-02-01")).toHaveLength(2);
  });
});

describe("what has been taken", () => {
  const open = stretchesOf([dose(START, FORTY, "start")], { begun: true, firstDoseOn: null, end: null });

  it.each([
    ["nothing before the first day", addDays(START, -1), 0],
    ["the first day", START, 40],
    ["thirty days", addDays(START, 29), 1200],
  ])("counts %s", (_sentence, lastDay, mg) => {
    expect(takenMg(open, [], lastDay)).toBe(mg);
  });

  it.each([
    ["missed days are taken off", 3, 1200 - 120],
    ["more missed days than dosing days leave nothing", 99, 0],
  ])("%s", (_sentence, days, mg) => {
    const missed = [{ on: addDays(START, 30), since: null, days }];
    expect(takenMg(open, missed, addDays(START, 29))).toBe(mg);
  });

  it("takes missed days off at the dose of their own time", () => {
    const events = [dose(START, FORTY, "start"), dose(addDays(START, 30), SIXTY, "increase")];
    const stretches = stretchesOf(events, { begun: true, firstDoseOn: null, end: null });
    const missed = [{ on: addDays(START, 60), since: addDays(START, 30), days: 2 }];
    expect(takenMg(stretches, missed, addDays(START, 59))).toBe(1200 + 1800 - 120);
  });

  it("does not take off what is missed later than asked", () => {
    const missed = [{ on: addDays(START, 60), since: addDays(START, 30), days: 5 }];
    expect(takenMg(open, missed, addDays(START, 29))).toBe(1200);
  });

  it("takes off what a visit after the last dose tells", () => {
    const ended = stretchesOf([dose(START, FORTY, "start")], {
      begun: true,
      firstDoseOn: null,
      end: addDays(START, 29),
    });
    const missed = [{ on: addDays(START, 45), since: START, days: 3 }];
    expect(takenMg(ended, missed, addDays(START, 29))).toBe(1200 - 120);
  });

  it("adds up: any two parts make the whole", () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ after: fc.integer({ min: 1, max: 60 }), tens: fc.integer({ min: 0, max: 8 }) }),
          { minLength: 1, maxLength: 6 },
        ),
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 0, max: 200 }),
        (steps, a, b) => {
          let from = START;
          const events = steps.map(({ after, tens }) => {
            const event = dose(from, tens === 0 ? [] : [caps(10, tens, 0)], tens === 0 ? "hold" : "continue");
            from = addDays(from, after);
            return event;
          });
          const stretches = stretchesOf(events, { begun: true, firstDoseOn: null, end: null });
          const middle = addDays(START, Math.min(a, b));
          const last = addDays(START, Math.max(a, b));
          let byDay = 0;
          for (let day = addDays(middle, 1); day <= last; day = addDays(day, 1))
            byDay += stretches.find((one) => one.from <= day && (one.to ?? day) >= day)?.dailyMg ?? 0;
          expect(takenMg(stretches, [], last)).toBe(takenMg(stretches, [], middle) + byDay);
        },
      ),
    );
  });
});

describe("the progress of a course", () => {
  const doses = [dose(START, FORTY, "start"), dose(addDays(START, 30), SIXTY, "increase")];
  const today = addDays(START, 60);

  it("gives the worked example: 30 days of 40 and of 60 mg are 42.9 mg/kg, and 90 days remain", () => {
    const progress = courseProgress(facts({ doses }), today);
    expect(progress).toMatchObject({
      startedOn: START,
      month: 3,
      totalMg: 3000,
      mgPerKg: 42.9,
      remainingDays: 90,
      expectedEnd: addDays(today, 89),
      doseState: null,
      dose: { dailyMg: 60, mgPerKg: 0.86, from: addDays(START, 30) },
    });
    expect(progress.warnings).toEqual([]);
  });

  it("gives the worked example towards 150 mg/kg: 125 days remain", () => {
    const base = facts({ doses });
    const progress = courseProgress({ ...base, course: { ...base.course, targetMgPerKg: 150 } }, today);
    expect(progress.remainingDays).toBe(125);
  });

  it("forecasts along a dose decided for tomorrow", () => {
    const planned = [dose(START, FORTY, "start"), dose(addDays(today, 1), [caps(40, 1, 1)], "increase")];
    const progress = courseProgress(facts({ doses: planned }), today);
    expect(progress.dose?.dailyMg).toBe(40);
    // 8400 - 2400 = 6000; one more day of 40 leaves 5960, which is 75 days of 80.
    expect(progress.remainingDays).toBe(76);
    expect(progress.expectedEnd).toBe(addDays(today, 75));
  });

  const states: [string, Partial<DosingFacts>, string, string | null][] = [
    ["no decision: not started", {}, today, "not-started"],
    [
      "a start for tomorrow: not started",
      { doses: [dose(addDays(today, 1), FORTY, "start")] },
      today,
      "not-started",
    ],
    ["a dose in force: none", { doses }, today, null],
    ["a hold: held", { doses: [...doses, dose(today, [], "hold")] }, today, "held"],
    ["a pause: held", { doses: [...doses, dose(today, [], "pause")] }, today, "held"],
    ["a stop: stopped", { doses: [...doses, dose(today, [], "stop")] }, today, "stopped"],
    ["a first dose of which no visit decided: none", { firstDoseOn: START }, today, null],
    [
      "a pause and a resumption of what no visit decided: none",
      {
        firstDoseOn: START,
        doses: [dose(addDays(START, 5), [], "pause"), dose(addDays(START, 9), [], "resume")],
      },
      today,
      null,
    ],
    ["a last dose before today: ended", { doses, lastDoseOn: addDays(today, -1) }, today, "ended"],
    ["a last dose today: still taken", { doses, lastDoseOn: today }, today, null],
  ];
  it.each(states)("%s", (_sentence, more, on, state) => {
    expect(courseProgress(facts(more), on).doseState).toBe(state);
  });

  it("has no forecast while nothing is taken, and does not count the days of a hold", () => {
    const held = [...doses, dose(addDays(START, 50), [], "hold")];
    const progress = courseProgress(facts({ doses: held }), today);
    expect(progress).toMatchObject({
      totalMg: 1200 + 20 * 60,
      remainingDays: null,
      expectedEnd: null,
      dose: null,
    });
  });

  it("counts every day up to the last dose once the course has ended", () => {
    const base = facts({ doses });
    const progress = courseProgress(
      { ...base, course: { ...base.course, end: { endedOn: today } } },
      addDays(today, 100),
    );
    expect(progress).toMatchObject({
      totalMg: 3060,
      doseState: "ended",
      month: 3,
      remainingDays: null,
      warnings: [],
    });
  });

  it("says that the target is reached, and forecasts no day", () => {
    const progress = courseProgress(facts({ doses }), addDays(START, 150));
    expect(progress).toMatchObject({ totalMg: 8400, remainingDays: 0, expectedEnd: null });
    expect(progress.warnings).toContain("The target dose is reached.");
  });

  it("takes the weight that was last measured by today for the dose by weight", () => {
    const weights = [
      { on: "2026-01-01", kg: 70 },
      { on: "2026-02-01", kg: 75 },
      { on: "2026-12-01", kg: 99 },
    ];
    const progress = courseProgress(facts({ doses, weights }), today);
    expect(progress.latestWeight).toEqual({ kg: 75, on: "2026-02-01" });
    expect(progress.dose?.mgPerKg).toBe(0.8);
  });

  const warned: [string, Partial<DosingFacts>, string, string | null][] = [
    ["24 weeks are not long", { doses: [dose(START, [caps(10, 1, 0)], "start")] }, addDays(START, 168), null],
    ["a day more is", { doses: [dose(START, [caps(10, 1, 0)], "start")] }, addDays(START, 169), "24 weeks"],
    ["56 days off are enough", { doses, earlierCourseEndedOn: addDays(START, -56) }, today, null],
    [
      "55 days off are not",
      { doses, earlierCourseEndedOn: addDays(START, -55) },
      today,
      "began 55 days after",
    ],
    ["before the start too", { earlierCourseEndedOn: addDays(today, -10) }, today, "Only 10 days after"],
    ["10 % of weight is no change", { doses, weights: [{ on: START, kg: 77 }] }, today, null],
    ["more than 10 % is", { doses, weights: [{ on: START, kg: 77.1 }] }, today, "more than 10 %"],
    ["less weight counts as well", { doses, weights: [{ on: START, kg: 62.9 }] }, today, "more than 10 %"],
    ["pounds", { doses, weights: [{ on: START, kg: 154 }] }, today, "looks like pounds"],
  ];
  it.each(warned)("warns of time and weight: %s", (_sentence, more, on, said) => {
    const { warnings } = courseProgress(facts(more), on);
    if (said === null) expect(warnings).toEqual([]);
    else expect(warnings.join(" ")).toContain(said);
  });

  it("says that earlier isotretinoin is not counted, and what the micronised product's target means", () => {
    const base = facts({ doses });
    const earlierIsotretinoin = { taken: "yes" as const, totalMg: 4200, endedOn: "2024-01-01" };
    const progress = courseProgress(
      { ...base, course: { ...base.course, earlierIsotretinoin, productId: "absorica-ld" } },
      today,
    );
    expect(progress.warnings.join(" ")).toContain("4200 mg taken before this record are not counted");
    expect(progress.warnings.join(" ")).toContain("1.25 mg");
  });
});

describe("when a dose would reach the target", () => {
  const progress = { totalMg: 3000, targetMgPerKg: 120, referenceWeightKg: 70 };
  it.each([
    ["60 mg a day need 90 days", progress, 60, { days: 90, end: addDays(START, 89) }],
    ["a rest of a day counts as a day", progress, 80, { days: 68, end: addDays(START, 67) }],
    ["at the target no day remains", { ...progress, totalMg: 8400 }, 60, { days: 0, end: null }],
    ["without a dose it is never reached", progress, 0, null],
  ])("%s", (_sentence, from, daily, expected) => {
    expect(endAtDose(from, daily, START)).toEqual(expected);
  });
});

describe("the month of a course", () => {
  it.each([
    ["the first day is month 1", "2026-01-31", "2026-01-31", 1],
    ["the day before a month is over is month 1", "2026-01-15", "2026-02-14", 1],
    ["a month later is month 2", "2026-01-15", "2026-02-15", 2],
    ["the end of a short month counts", "2026-01-31", "2026-02-28", 2],
    ["half a year later is month 7", "2026-01-15", "2026-07-15", 7],
    ["before the start there is none", "2026-01-15", "2026-01-14", null],
    ["without a start there is none", null, "2026-01-14", null],
  ])("%s", (_sentence, startedOn, on, month) => {
    expect(courseMonth(startedOn, on)).toBe(month);
  });

  it("never falls as days pass, and rises by one at most", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1500 }), fc.integer({ min: 0, max: 400 }), (offset, days) => {
        const startedOn = addDays("2024-01-01", offset);
        const before = courseMonth(startedOn, addDays(startedOn, days)) ?? 0;
        const after = courseMonth(startedOn, addDays(startedOn, days + 1)) ?? 0;
        expect(after - before === 0 || after - before === 1).toBe(true);
      }),
    );
  });
});

describe("facts out of visits", () => {
  it("orders visits, keeps weights, and gives missed days the visit before", () => {
    const visit = (date: string, missedDoses: number | null) => ({
      date,
      weightKg: 70,
      missedDoses,
      dose: null,
    });
    const found = dosingFactsOf(
      [visit("2026-03-01", 2), visit("2026-01-01", null), visit("2026-02-01", 0)],
      [{ kind: "pause", on: "2026-02-10" }],
    );
    expect(found.weights.map((one) => one.on)).toEqual(["2026-01-01", "2026-02-01", "2026-03-01"]);
    expect(found.missed).toEqual([{ on: "2026-03-01", since: "2026-02-01", days: 2 }]);
    expect(found.doses).toEqual([{ action: "pause", from: "2026-02-10", capsules: [] }]);
    expect(daysBetween("2026-02-01", "2026-03-01")).toBe(28);
  });
});

describe("A decided start counts for nothing until something on record says that a dose was taken", () => {
  const visitOf = (date: string, action: "start" | "continue" | "not-yet", missedDoses: number | null) => ({
    date,
    weightKg: 70,
    missedDoses,
    dose: { action, capsules: action === "not-yet" ? [] : FORTY, from: date, reason: "" },
  });
  const told = (...visits: ReturnType<typeof visitOf>[]) => dosingFactsOf(visits, []);

  it.each<[string, ReturnType<typeof visitOf>[], boolean]>([
    ["only the visit that decided it", [visitOf("2026-01-01", "start", null)], false],
    [
      "a visit before it that asked for missed doses",
      [visitOf("2025-12-01", "not-yet", 0), visitOf("2026-01-01", "start", 0)],
      false,
    ],
    [
      "a start decided a second time",
      [visitOf("2026-01-01", "start", null), visitOf("2026-01-12", "start", null)],
      false,
    ],
    [
      "a later visit that goes on",
      [visitOf("2026-01-01", "start", null), visitOf("2026-01-31", "continue", null)],
      true,
    ],
    [
      "a later visit that asked for missed doses",
      [visitOf("2026-01-01", "start", null), visitOf("2026-01-31", "start", 0)],
      true,
    ],
  ])("%s", (_sentence, visits, begun) => {
    expect(told(...visits).visitAfterStart).toBe(begun);
  });

  it("a start that was decided again counts from the second decision", () => {
    const { doses } = told(
      visitOf("2026-01-01", "start", null),
      visitOf("2026-01-12", "start", null),
      visitOf("2026-02-11", "continue", 0),
    );
    expect(stretchesOf(doses, { begun: true, firstDoseOn: null, end: null })[0]?.from).toBe("2026-01-12");
  });

  it("a plan alone gives no stretches", () => {
    expect(
      stretchesOf([dose("2026-01-01", FORTY, "start")], { begun: false, firstDoseOn: null, end: null }),
    ).toEqual([]);
  });
});
