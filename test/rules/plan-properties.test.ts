import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateIn } from "#shared/calendar.ts";
import { actOn, answersStop, planOf } from "#shared/rules/plan.ts";
import { judge } from "#shared/rules/prescribing.ts";
import { known, moments } from "./random-moments.ts";

/** The seed is fixed so that a run can be repeated; take it out to search on. */
const RUNS = { numRuns: 400, seed: 20_261_122 };

describe("for every history", () => {
  it("acting on the plan makes it yes at the time that it names, and no act but the answer to a stop is without need", () => {
    fc.assert(
      fc.property(moments, (the) => {
        const all = known(the);
        const verdict = judge(all, the.at);
        const plan = planOf(all, the.at);
        if (plan === null) {
          expect(verdict.findings.some((one) => one.rule === "no-pregnancy" && one.status === "unmet")).toBe(
            true,
          );
          return;
        }
        expect(judge(actOn(all, plan.acts, the.at), plan.yesAt).answer).toBe("yes");
        expect(plan.yesAt >= the.at).toBe(true);
        if (verdict.answer === "yes") expect(plan).toEqual({ acts: [], yesAt: the.at });
        if (verdict.opensAt !== null) expect(plan.yesAt <= verdict.opensAt).toBe(true);
        const zone = all.clinic.zone;
        for (const act of plan.acts) {
          expect(act.from >= dateIn(zone, the.at)).toBe(true);
          expect(act.from <= dateIn(zone, plan.yesAt)).toBe(true);
          if (act.kind === "wait" || answersStop(act)) continue;
          const rest = plan.acts.filter((one) => one !== act);
          expect(judge(actOn(all, rest, the.at), plan.yesAt).answer, `without ${act.kind}`).toBe("no");
        }
      }),
      RUNS,
    );
  });

  it("what is dated later changes no plan", () => {
    fc.assert(
      fc.property(moments, (the) => {
        expect(planOf(the.facts, the.at)).toEqual(planOf(known(the), the.at));
      }),
      { ...RUNS, numRuns: 150 },
    );
  });
});
