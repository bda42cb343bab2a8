import { describe, expect, it } from "vitest";
import { addDays, instantIn } from "#shared/calendar.ts";
import type { ProgrammeFacts } from "#shared/rules/facts.ts";
import { type Plan, plan as planSchema } from "#shared/rules/finding.ts";
import { actOn, planOf } from "#shared/rules/plan.ts";
import { judge } from "#shared/rules/prescribing.ts";
import {
  HOME_EVIDENCE,
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
    expect(planned(facts({ entries }), noon(START)).acts.map(({ kind, rule }) => `${kind} ${rule}`)).toEqual([
      "correction test-in-window",
      "correction screening-test",
      "menstruation menses-days",
    ]);
  });

  it("tells for today what needs no waiting, although the test that a stop asks for is of tomorrow", () => {
    const without = ["counselling", "wellbeing-check", "pregnancy-test"] as const;
    const entries = [
      ...ukReadyToStart("2026-06-15", without),
      pregnancyTest("2026-06-15", { result: "positive" }),
    ];
    expect(said(facts({ programme: "mhra", entries }), noon("2026-06-15"))).toEqual([
      "2026-06-15 counselling",
      "2026-06-15 wellbeing-check",
      "2026-06-16 pregnancy-test",
    ]);
  });

  it("tells for today what needs no waiting in iPLEDGE too, with a new edition to come", () => {
    const entries = [
      ...readyToStart("2026-10-20", ["counselling"]),
      pregnancyTest("2026-10-20", { result: "indeterminate" }),
    ];
    expect(said(facts({ entries }), noon("2026-10-20")).slice(0, 2)).toEqual([
      "2026-10-20 counselling",
      "2026-10-21 pregnancy-test",
    ]);
  });

  it("has the forms signed today, though a new edition comes before the treatment can begin", () => {
    const { acts } = planned(facts(), noon("2026-10-20"));
    expect(acts.filter(({ kind }) => kind === "consent").map(({ from }) => from)).toEqual(["2026-10-20"]);
    expect(acts.at(-1)?.from).toBe("2026-11-19");
  });

  it("asks no test for a lapse of before treatment, only the month of contraception again", () => {
    const entries = [
      ...readyToStart(START, ["pregnancy-test"]),
      pregnancyTest(addDays(START, -31)),
      entry("contraception-lapse", addDays(START, -5)),
      entry("contraception", addDays(START, -5)),
    ];
    const { acts } = planned(facts({ entries }), noon(START));
    expect(acts.map(({ rule, from }) => `${from} ${rule}`)).toEqual([
      "2027-01-01 menses-days",
      "2027-01-01 test-in-window",
      "2027-01-01 prescriber-confirmation",
      "2027-01-01 patient-questions",
    ]);
  });

  it("lets the month's counselling follow the prescription of today, whatever edition comes before the next one", () => {
    const { entries } = onTreatment("2026-10-01", "2026-10-30");
    const prescriptions = [prescription("2026-10-01"), prescription("2026-10-30")];
    const the = facts({ entries: [...entries, entry("dispensing", "2026-10-30")], prescriptions });
    expect(said(the, noon("2026-10-30"))[0]).toBe("2026-10-31 counselling");
  });

  it("asks for the last period on record, of the test that was taken yesterday", () => {
    const the = facts({ entries: readyToStart(START, ["menstruation"]) });
    expect(said(the, noon(addDays(START, 1)))).toEqual(["2026-12-08 menstruation"]);
  });

  it("asks in the United Kingdom after a lapse for a test, a month and the prescriber's word", () => {
    const day = "2026-06-15";
    const later = "2026-07-10";
    const entries = [
      ...ukReadyToStart(day),
      entry("dispensing", day),
      entry("first-dose", day),
      entry("contraception-lapse", later),
    ];
    const the = facts({ programme: "mhra", entries, prescriptions: [prescription(day)] });
    expect(planned(the, noon(later)).acts).toMatchObject([
      { from: later, kind: "contraception", rule: "contraception-month" },
      { from: later, kind: "counselling" },
      { from: later, kind: "wellbeing-check" },
      { from: "2026-07-11", kind: "pregnancy-test", rule: "no-lapse-unhandled" },
      { from: "2026-08-09", kind: "pregnancy-test", rule: "test-in-window" },
      {
        from: "2026-08-09",
        kind: "resume",
        rule: "no-lapse-unhandled",
        sentence: "The prescriber agrees to the restart: record that treatment is resumed.",
      },
    ]);
  });

  it("waits for the month of contraception alone where the rest is done on treatment", () => {
    const treated = onTreatment(FIRST, SECOND, []);
    const entries = treated.entries.filter((one) => one.kind !== "contraception");
    const methods = [
      entry("contraception", addDays(FIRST, -30), { first: "condom", second: null }),
      entry("contraception", addDays(SECOND, -27)),
    ];
    const the = facts({ ...treated, entries: [...entries, ...methods] });
    expect(planned(the, noon(SECOND)).acts).toEqual([
      {
        from: addDays(SECOND, 3),
        kind: "wait",
        rule: "contraception-month",
        sentence: "Wait for the month of contraception.",
      },
    ]);
  });

  it("takes its tests where the edition of their day accepts them: in 2022 in a CLIA laboratory", () => {
    const the = facts({ decidedOn: "2022-01-01" });
    const plan = planned(the, noon("2022-03-01"));
    const settings = actOn(the, plan.acts, noon("2022-03-01")).entries.flatMap((one) =>
      one.kind === "pregnancy-test" ? [one.setting] : [],
    );
    expect(settings).toEqual(["clia-laboratory", "clia-laboratory"]);
  });

  it("has a patient who is abstinent enter abstinence alone", () => {
    const entries = [
      ...readyToStart(START, ["contraception", "patient-questions"]),
      entry("contraception", addDays(START, -30), { first: "abstinence", second: null }),
    ];
    expect(said(facts({ entries }), noon(START))).toEqual(["2026-12-07 patient-questions"]);
  });

  it.each([
    [
      "an indeterminate test of today",
      [pregnancyTest(START, { result: "indeterminate" })],
      addDays(START, 1),
    ],
    ["a positive test of yesterday", [pregnancyTest(addDays(START, -1), { result: "positive" })], START],
  ])("answers %s on a later day", (_name, more, from) => {
    const entries = [...readyToStart(START, ["pregnancy-test"]), pregnancyTest(addDays(START, -31)), ...more];
    expect(planned(facts({ entries }), noon(START)).acts[0]).toMatchObject({
      rule: "no-positive-test",
      from,
    });
  });

  it("answers a sign of a pregnancy in another course on a later day", () => {
    const first = (on: string): string | undefined => {
      const elsewhere = { results: [], entries: [pregnancyTest(on, { result: "positive" })] };
      const the = { ...facts({ entries: readyToStart(START, ["pregnancy-test"]) }), elsewhere };
      return planned(the, noon(START)).acts.find(({ rule }) => rule === "no-positive-test")?.from;
    };
    expect(first(START)).toBe(addDays(START, 1));
    expect(first(addDays(START, -1))).toBe(START);
  });

  it("asks now for the sensitivity of the test that answers a stop, though a later test might answer it too", () => {
    const treated = onTreatment(FIRST, SECOND);
    const entries = [
      ...treated.entries,
      entry("contraception-lapse", SECOND),
      entry("contraception", addDays(SECOND, 1)),
      pregnancyTest(addDays(SECOND, 1), { sensitivity: null }),
    ];
    expect(planned(facts({ ...treated, entries }), noon(addDays(SECOND, 1))).acts[0]).toMatchObject({
      kind: "correction",
      rule: "no-lapse-unhandled",
      from: addDays(SECOND, 1),
    });
  });

  it("fills in only what is open: another result, another sensitivity and the kit of another test stay as they are", () => {
    const results = (the: ProgrammeFacts): string[] =>
      actOn(the, planned(the, noon(START)).acts, noon(START)).entries.flatMap((one) =>
        one.kind === "pregnancy-test"
          ? [`${one.on} ${one.result} ${one.sensitivity ?? "?"} ${one.home?.kitExpiry ?? "-"}`]
          : [],
      );
    const before = [
      ...readyToStart(START, ["pregnancy-test"]),
      pregnancyTest(addDays(START, -60), { result: "indeterminate", sensitivity: null }),
      pregnancyTest(addDays(START, -59), { sample: "serum" }),
      pregnancyTest(addDays(START, -31), { sensitivity: 10 }),
    ];
    const pending = pregnancyTest(START, { result: "pending" });
    const open = pregnancyTest(START, { sensitivity: null });
    const kept = ["2026-10-08 indeterminate ? -", "2026-10-09 negative 25 -", "2026-11-06 negative 10 -"];
    expect(results(facts({ entries: [...before, pending] }))).toEqual([...kept, "2026-12-07 negative 25 -"]);
    expect(results(facts({ entries: [...before, open] }))).toEqual([...kept, "2026-12-07 negative 25 -"]);
  });

  it("asks for the evidence of the home test that lacks it, not for that of one with an expired kit", () => {
    const treated = onTreatment(FIRST, SECOND, ["pregnancy-test"]);
    const home = (on: string, kitExpiry: string | null): ReturnType<typeof entry> =>
      pregnancyTest(on, {
        setting: "home",
        ...(kitExpiry === null ? {} : { home: { ...HOME_EVIDENCE, kitExpiry } }),
      });
    const entries = [
      ...treated.entries,
      ...readyToStart(FIRST).filter((one) => one.kind === "pregnancy-test"),
      entry("home-test-permission", FIRST),
      home(addDays(SECOND, -1), addDays(SECOND, -2)),
      home(SECOND, null),
    ];
    const the = facts({ ...treated, entries });
    const { acts } = planned(the, noon(SECOND));
    expect(acts).toMatchObject([{ kind: "correction", rule: "home-test-evidence" }]);
    const kits = actOn(the, acts, noon(SECOND)).entries.flatMap((one) =>
      one.kind === "pregnancy-test" && one.setting === "home" ? [one.home?.kitExpiry] : [],
    );
    expect(kits).toEqual([addDays(SECOND, -2), SECOND]);
  });

  it("asks what became of the prescription of this beginning only", () => {
    const lapse = addDays(FIRST, 10);
    const again = addDays(lapse, 31);
    const entries = [
      ...readyToStart(FIRST),
      entry("contraception-lapse", lapse),
      entry("contraception", lapse),
      ...[addDays(lapse, 1), again].map((on) => pregnancyTest(on)),
      entry("menstruation", again),
      entry("counselling", again),
      entry("prescriber-confirmation", again),
      entry("patient-questions", again),
    ];
    const the = facts({ entries, prescriptions: [prescription(FIRST), prescription(again)] });
    const asked = planned(the, noon(addDays(again, 8))).acts.filter(({ kind }) => kind === "dispensing");
    expect(asked).toHaveLength(1);
  });

  it("of a course that is decided for tomorrow begins tomorrow", () => {
    const the = facts({ decidedOn: addDays(START, 1) });
    const days = planned(the, noon(START)).acts.flatMap(({ kind, from }) =>
      ["pregnancy-test", "counselling"].includes(kind) ? [from] : [],
    );
    expect(days[0]).toBe(addDays(START, 1));
  });

  it("changes nothing of a course in a programme without rules", () => {
    const the = facts({ programme: "canada" });
    const act = { rule: "counselling", kind: "counselling", sentence: "Counsel.", from: START } as const;
    expect(actOn(the, [act], noon(START))).toEqual(the);
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
