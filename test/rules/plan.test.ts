import { describe, expect, it } from "vitest";
import { addDays, instantIn } from "#shared/calendar.ts";
import type { ProgrammeFacts } from "#shared/rules/facts.ts";
import { type Plan, plan as planSchema } from "#shared/rules/finding.ts";
import { actOn, planOf } from "#shared/rules/plan.ts";
import { judge } from "#shared/rules/prescribing.ts";
import {
  ZONE,
  cannotStart,
  entry,
  facts,
  noon,
  onTreatment,
  pregnancyTest,
  prescription,
  readyToStart,
  ukReadyToStart,
} from "#test/support/facts.ts";

const START = "2026-12-07";
const FIRST = "2026-11-16";
const SECOND = "2026-12-16";

function planned(the: ProgrammeFacts, at: string): Plan {
  const found = planOf(the, at);
  if (found === null) throw new Error("There is no plan.");
  expect(judge(actOn(the, found.acts, at), found.yesAt).answer).toBe("yes");
  return planSchema.parse(found);
}

function said(the: ProgrammeFacts, at: string): string[] {
  return planned(the, at).acts.map((one) => `${one.from} ${one.kind}`);
}

describe("the plan", () => {
  it("is empty and now when it is yes already", () => {
    const the = facts({ entries: readyToStart(START) });
    expect(planOf(the, noon(START))).toEqual({ acts: [], yesAt: noon(START) });
  });

  it("takes a patient from nothing on record to the first prescription", () => {
    expect(said(facts(), noon(START))).toEqual([
      "2026-12-07 risk-category",
      "2026-12-07 enrolment",
      "2026-12-07 consent",
      "2026-12-07 contraception",
      "2026-12-07 pregnancy-test",
      "2026-12-07 counselling",
      "2027-01-06 menstruation",
      "2027-01-06 pregnancy-test",
      "2027-01-06 prescriber-confirmation",
      "2027-01-06 patient-questions",
    ]);
    expect(planned(facts(), noon(START)).yesAt).toBe(instantIn(ZONE, "2027-01-06", "00:00"));
  });

  it("asks of a patient of the United Kingdom what that programme asks, and nothing of the American one", () => {
    const the = facts({ programme: "mhra" });
    expect(said(the, noon(START))).toEqual([
      "2026-12-07 risk-category",
      "2026-12-07 consent",
      "2026-12-07 contraception",
      "2026-12-07 counselling",
      "2026-12-07 wellbeing-check",
      "2027-01-06 pregnancy-test",
    ]);
  });

  it("asks under 18 for the second prescriber only where the treatment can begin before 22 Jan 2026", () => {
    const minor = { programme: "mhra", birthDate: "2010-06-01", decidedOn: "2025-11-01" } as const;
    const waiting = { ...minor, entries: ukReadyToStart("2026-02-01", ["pregnancy-test"]) };
    expect(said(facts(waiting), noon("2026-01-10"))).toEqual([
      "2026-01-22 consent",
      "2026-02-01 pregnancy-test",
    ]);
    const ready = { ...minor, entries: ukReadyToStart("2026-01-10") };
    expect(said(facts(ready), noon("2026-01-10"))).toEqual(["2026-01-10 second-prescriber"]);
  });

  it("waits for the end of the supply, then takes the steps of the month", () => {
    const treated = onTreatment(FIRST, SECOND, [
      "counselling",
      "pregnancy-test",
      "prescriber-confirmation",
      "patient-questions",
    ]);
    const the = facts({ ...treated, entries: [...treated.entries, ...readyToStart(FIRST)] });
    expect(said(the, noon("2026-11-20"))).toEqual([
      "2026-11-20 counselling",
      "2026-12-09 pregnancy-test",
      "2026-12-09 prescriber-confirmation",
      "2026-12-09 patient-questions",
    ]);
  });

  it("is a wait where time alone is missing", () => {
    const early = facts(onTreatment(FIRST, "2026-12-05"));
    const at = noon("2026-12-05");
    expect(said(early, at)).toEqual(["2026-12-09 wait"]);
    expect(planned(early, at).yesAt).toBe(judge(early, at).opensAt);
  });

  it("asks for one test in a medical setting after a missed first window, at once in the 2026 edition", () => {
    const entries = [...readyToStart(FIRST), entry("dispensing", "2026-11-24", { capsules: 0 })];
    const the = facts({ entries, prescriptions: [prescription(FIRST)] });
    expect(said(the, noon("2026-11-24"))).toEqual([
      "2026-11-24 counselling",
      "2026-11-24 pregnancy-test",
      "2026-11-24 prescriber-confirmation",
      "2026-11-24 patient-questions",
    ]);
  });

  it("begins anew after a lapse, and the prescriber's confirmation is the word that it needs", () => {
    const treated = onTreatment(FIRST, SECOND);
    const the = facts({
      ...treated,
      entries: [...treated.entries, entry("contraception-lapse", SECOND)],
    });
    expect(said(the, noon(SECOND))).toEqual([
      "2026-12-16 contraception",
      "2026-12-17 pregnancy-test",
      "2027-01-15 menstruation",
      "2027-01-15 pregnancy-test",
      "2027-01-15 prescriber-confirmation",
      "2027-01-15 patient-questions",
    ]);
  });

  it("answers a positive test by a serum test of a later day, which serves the month too", () => {
    const treated = onTreatment(FIRST, SECOND);
    const the = facts({
      ...treated,
      entries: [...treated.entries, pregnancyTest(SECOND, { result: "positive" })],
    });
    expect(said(the, noon(SECOND))[0]).toBe("2026-12-17 pregnancy-test");
    expect(planned(the, noon(SECOND)).acts[0]).toMatchObject({ rule: "no-positive-test" });
  });

  it("has a second person agree to a change of category", () => {
    const change = entry("risk-category", START, {
      category: "cannot",
      criterion: "hysterectomy",
      evidence: "Seen.",
      changeReason: "Operated.",
    });
    const the = facts({ entries: [...readyToStart("2026-12-20"), change] });
    expect(said(the, noon(START))).toEqual(["2026-12-07 category-agreement"]);
  });

  it("fills in what an entry left open instead of repeating it", () => {
    const entries = [
      ...readyToStart(START, ["pregnancy-test", "menstruation"]),
      pregnancyTest(addDays(START, -31), { sensitivity: null }),
      pregnancyTest(START, { result: "pending" }),
    ];
    expect(said(facts({ entries }), noon(START))).toEqual([
      "2026-12-07 correction",
      "2026-12-07 correction",
      "2026-12-07 menstruation",
    ]);
  });

  it.each([
    ["a pregnancy", facts({ entries: [...readyToStart(START), entry("pregnancy", START)] })],
    [
      "an ended course",
      facts({ entries: cannotStart(START), end: { endedOn: START, reason: "completed", note: "" } }),
    ],
    ["a programme that is not enabled", facts({ programme: "canada", entries: readyToStart(START) })],
  ])("is none for %s", (_what, the) => {
    expect(planOf(the, noon(START))).toBeNull();
  });
});
