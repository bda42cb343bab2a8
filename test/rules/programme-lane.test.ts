import { describe, expect, it } from "vitest";
import { addDays, instantIn } from "#shared/calendar.ts";
import {
  type LaneStep,
  type ProgrammeLane,
  programmeLane as laneSchema,
} from "#shared/records/programme-lane.ts";
import type { ProgrammeFacts } from "#shared/rules/facts.ts";
import { programmeLane } from "#shared/rules/programme-lane.ts";
import {
  cannotStart,
  entry,
  facts,
  noon,
  onTreatment,
  pregnancyTest,
  prescription,
  readyToStart,
  ZONE,
} from "#test/support/facts.ts";

const START = "2026-12-07";

function laneOf(given: ProgrammeFacts, day: string): ProgrammeLane {
  const lane = programmeLane(given, noon(day));
  expect(laneSchema.parse(lane)).toEqual(lane);
  const ids = lane.steps.map((one) => one.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(lane.steps.every((one) => (one.state === "due") === (one.act !== null))).toBe(true);
  return lane;
}

function states(lane: ProgrammeLane, group: LaneStep["group"]): string[] {
  return lane.steps
    .filter((one) => one.group === group)
    .map(
      (one) =>
        `${one.id}: ${one.state}${one.on === null ? "" : ` ${one.on}`}${one.from === null ? "" : ` from ${one.from}`}`,
    );
}

function step(lane: ProgrammeLane, id: string): LaneStep {
  const found = lane.steps.find((one) => one.id === id);
  expect(found, id).toBeDefined();
  return found as LaneStep;
}

describe("a patient who can become pregnant", () => {
  it("begins with the risk category, and the month's steps wait for those before", () => {
    const lane = laneOf(facts({ decidedOn: START }), START);
    expect(lane.next).toBe("category");
    expect(step(lane, "category").act).toEqual({ to: "risk-category", label: "Record the category" });
    expect(step(lane, "test")).toMatchObject({ title: "Confirmation test", state: "blocked" });
    expect(step(lane, "confirmation").state).toBe("blocked");
    expect(step(lane, "prescription").state).toBe("blocked");
    expect(step(lane, "pick-up").state).toBe("blocked");
  });

  it("waits for the month of contraception with its day", () => {
    const entries = readyToStart(START).filter((one) => one.on < "2026-11-20");
    const lane = laneOf(facts({ entries }), "2026-11-20");
    expect(step(lane, "contraception-month")).toMatchObject({ state: "waiting", from: START });
    expect(step(lane, "screening-test")).toMatchObject({ state: "done", on: addDays(START, -31) });
    expect(step(lane, "period")).toMatchObject({ state: "due" });
    expect(lane.next).toBe("period");
  });

  it("names the next step of the month, one after the other", () => {
    const next = (without: Parameters<typeof readyToStart>[1], day = START): string | null =>
      laneOf(facts({ entries: readyToStart(START, without) }), day).next;
    expect(next(["prescriber-confirmation", "patient-questions"])).toBe("confirmation");
    expect(next(["patient-questions"])).toBe("questions");
    expect(next([])).toBe("prescription");
    const lane = laneOf(facts({ entries: readyToStart(START) }), START);
    expect(step(lane, "prescription").act).toEqual({ to: "prescribe", label: "Issue the prescription" });
    expect(states(lane, "this-month")).toEqual([
      `counselling: done ${addDays(START, -31)}`,
      `test: done ${START}`,
      `confirmation: done ${START}`,
      `questions: done ${START}`,
      "prescription: due",
      "pick-up: blocked",
    ]);
  });

  it("asks for the next period once the month is over, as the test falls on its first days", () => {
    const entries = [
      ...readyToStart(START, [
        "pregnancy-test",
        "menstruation",
        "prescriber-confirmation",
        "patient-questions",
      ]),
      pregnancyTest(addDays(START, -31)),
      entry("menstruation", addDays(START, -32), { cycle: "regular" }),
    ];
    expect(step(laneOf(facts({ entries }), addDays(START, -1)), "period").state).toBe("done");
    const lane = laneOf(facts({ entries }), START);
    expect(lane.next).toBe("period");
    expect(step(lane, "period").sentence).toBe(
      "Record the first day of the next period when it has come: the confirmation test falls on its days 1 to 5.",
    );
    const begun = [...entries, entry("menstruation", START, { cycle: "regular" })];
    expect(laneOf(facts({ entries: begun }), START).next).toBe("test");
    const tested = [...begun, pregnancyTest(START)];
    expect(step(laneOf(facts({ entries: tested }), addDays(START, 6)), "period").state).toBe("done");
  });

  it("says why a home test does not count yet, instead of asking for the next one", () => {
    const home = {
      kitBrand: "",
      kitLot: "",
      kitExpiry: null,
      challengeCode: "KTM-APD",
      readAt: null,
      verifiedBy: "",
    };
    const entries = [
      ...readyToStart(START),
      entry("dispensing", START),
      entry("home-test-permission", addDays(START, 20), { given: true }),
      pregnancyTest(addDays(START, 28), { setting: "home", home }),
    ];
    const given = facts({ entries, prescriptions: [prescription(START)] });
    expect(step(laneOf(given, addDays(START, 28)), "test")).toMatchObject({
      state: "due",
      sentence: expect.stringMatching(/^Not on record for this home test: .+ Correct the entry/u) as string,
    });
    const refused = facts({
      entries: entries.filter((one) => one.kind !== "home-test-permission"),
      prescriptions: [prescription(START)],
    });
    expect(step(laneOf(refused, addDays(START, 28)), "test").sentence).toContain("not permitted");
  });

  it("asks after a lapse from which day both methods are used again", () => {
    const lapsed = addDays(START, 10);
    const entries = [
      ...readyToStart(START),
      entry("dispensing", START),
      entry("contraception-lapse", lapsed, { what: "stopped" }),
    ];
    const of = (more: ProgrammeFacts["entries"]) =>
      step(
        laneOf(facts({ entries: [...entries, ...more], prescriptions: [prescription(START)] }), lapsed),
        "contraception-pair",
      );
    expect(of([])).toMatchObject({ state: "due", act: { to: "contraception" } });
    expect(of([entry("contraception", lapsed)])).toMatchObject({ state: "done", on: lapsed });
  });

  it("asks, once a stop is handled, for the test that answers it, and for nothing else of the month", () => {
    const lapsed = addDays(START, 10);
    const entries = [
      ...readyToStart(START),
      entry("consent", START, { form: "acknowledgement-of-risk" }),
      entry("dispensing", START),
      entry("contraception-lapse", lapsed, { what: "stopped" }),
      entry("contraception", lapsed),
    ];
    const of = (more: ProgrammeFacts["entries"], on: string) =>
      laneOf(
        facts({ programme: "mhra", entries: [...entries, ...more], prescriptions: [prescription(START)] }),
        on,
      );
    const handled = entry("stop-handled", lapsed, { done: ["drug-stopped"], note: "Rang her." });
    expect(of([], addDays(lapsed, 1)).next).toBeNull();
    expect(step(of([handled], lapsed), "test")).toMatchObject({ state: "waiting", from: addDays(lapsed, 1) });
    const next = of([handled], addDays(lapsed, 1));
    expect(next.next).toBe("test");
    expect(step(next, "test").sentence).toContain("answers the stop");
    expect(step(next, "prescription").state).toBe("blocked");
    const tested = pregnancyTest(addDays(lapsed, 1));
    expect(of([handled, tested], addDays(lapsed, 2)).next).not.toBe("test");
    const positive = pregnancyTest(addDays(lapsed, 1), { result: "positive" });
    const told = entry("stop-handled", addDays(lapsed, 1), { done: ["drug-stopped"], note: "Rang her." });
    expect(step(of([handled, positive, told], addDays(lapsed, 2)), "test")).toMatchObject({
      state: "due",
      sentence: "Only a negative serum test in a medical setting answers the stop.",
    });
  });

  it("asks for a pending result", () => {
    const entries = [
      ...readyToStart(START, ["pregnancy-test"]),
      pregnancyTest(addDays(START, -31)),
      pregnancyTest(START, { result: "pending" }),
    ];
    expect(step(laneOf(facts({ entries }), START), "test")).toMatchObject({ state: "due" });
  });

  it("shows the month of a prescription that waits, until its last hour and after", () => {
    const given = facts({ entries: readyToStart(START), prescriptions: [prescription(START)] });
    const lane = laneOf(given, addDays(START, 2));
    expect(lane.next).toBe("pick-up");
    expect(step(lane, "pick-up")).toMatchObject({
      until: "2026-12-14T04:59:00.000Z",
      act: { to: "dispensing" },
    });
    expect(step(lane, "prescription")).toMatchObject({ state: "done", on: START });
    const missed = step(laneOf(given, addDays(START, 7)), "pick-up");
    expect(missed).toMatchObject({ state: "due", until: null });
    expect(missed.sentence).toContain("The window closed");
  });

  it("moves a collected month to the earlier ones, and the next steps wait for a week before the capsules run out", () => {
    const given = facts({
      entries: [...readyToStart(START), entry("dispensing", START), entry("first-dose", START)],
      prescriptions: [prescription(START)],
    });
    const lane = laneOf(given, addDays(START, 3));
    expect(lane.earlier).toEqual([
      {
        prescriptionId: given.prescriptions[0]?.id,
        testOn: START,
        confirmedOn: START,
        answeredOn: START,
        prescribedOn: START,
        daysSupply: 30,
        collectedOn: START,
        outcome: "collected",
      },
    ]);
    expect(lane.next).toBeNull();
    expect(step(lane, "test")).toMatchObject({
      title: "Pregnancy test",
      state: "waiting",
      from: "2026-12-30",
    });
    expect(step(lane, "counselling")).toMatchObject({ state: "waiting", from: "2026-12-30" });
    expect(
      states(lane, "before-start").filter((one) => !one.includes("not-asked") && !one.includes("done")),
    ).toEqual([]);
    expect(laneOf(given, "2026-12-30").next).toBe("counselling");
  });

  it("tells a month that was not collected from one of which nobody knows", () => {
    const second = addDays(START, 31);
    const given = facts({
      entries: [
        ...readyToStart(START),
        entry("dispensing", START),
        entry("dispensing", addDays(second, 2), { capsules: 0 }),
      ],
      prescriptions: [prescription(START), prescription(second)],
    });
    expect(laneOf(given, addDays(second, 3)).earlier.map((one) => one.outcome)).toEqual([
      "not-collected",
      "collected",
    ]);
  });

  it('gives "nothing dispensed", recorded on the day of the next prescription before it, to the month before', () => {
    const second = addDays(START, 31);
    const given = facts({
      entries: [
        ...readyToStart(START),
        entry("dispensing", second, { capsules: 0 }),
        entry("dispensing", second),
      ],
      prescriptions: [
        prescription(START),
        prescription(second, { issuedAt: instantIn(ZONE, second, "20:00") }),
      ],
    });
    expect(laneOf(given, addDays(second, 3)).earlier.map((one) => one.outcome)).toEqual([
      "collected",
      "not-collected",
    ]);
  });

  it("stops with a checklist that is open until somebody says what was done, and blocks the month but for the test that answers it", () => {
    const treated = onTreatment("2026-11-16", "2026-12-16");
    const positive = pregnancyTest("2026-12-17", { result: "positive" });
    const lane = laneOf(facts({ ...treated, entries: [...treated.entries, positive] }), "2026-12-18");
    expect(lane.stop).toMatchObject({ on: "2026-12-17", handledOn: null });
    expect(lane.stop?.tasks.map((one) => one.step)).toEqual([
      "drug-stopped",
      "not-dispensed",
      "serum-hcg",
      "referred",
      "reported",
    ]);
    expect(lane.stop?.tasks.at(-1)?.words).toContain("1-866-495-0654");
    expect(lane.next).toBeNull();
    const handled = entry("stop-handled", "2026-12-17", { done: ["drug-stopped"], note: "Called her." });
    const after = laneOf(
      facts({ ...treated, entries: [...treated.entries, positive, handled] }),
      "2026-12-18",
    );
    expect(after.stop).toMatchObject({ handledOn: "2026-12-17", note: "Called her." });
    expect(after.stop?.tasks.map((one) => one.done)).toEqual([true, false, false, false, false]);
    // All but the test that answers the stop.
    expect(states(after, "this-month").filter((one) => one.includes(": due"))).toEqual([
      "test: due from 2026-12-17",
    ]);
  });
});

describe("a patient who cannot become pregnant", () => {
  it("is asked no tests, contraception or questions", () => {
    const lane = laneOf(facts({ entries: cannotStart(START) }), START);
    expect(lane.next).toBe("prescription");
    const notAsked = lane.steps.filter((one) => one.state === "not-asked").map((one) => one.id);
    expect(notAsked).toEqual(
      expect.arrayContaining([
        "screening-test",
        "contraception-pair",
        "contraception-month",
        "test",
        "questions",
      ]),
    );
  });
});

describe("the UK programme", () => {
  it("asks for the acknowledgement, mood and sexual function and one test, and for no confirmation or questions", () => {
    const before = addDays(START, -31);
    const given = facts({
      programme: "mhra",
      decidedOn: before,
      entries: [
        entry("risk-category", before),
        entry("counselling", before),
        entry("contraception", before, { first: "implant", second: null }),
      ],
    });
    const lane = laneOf(given, START);
    expect(lane.next).toBe("consents");
    expect(lane.steps.map((one) => one.id)).toEqual([
      "category",
      "consents",
      "contraception-pair",
      "contraception-month",
      "counselling",
      "wellbeing",
      "test",
      "prescription",
      "pick-up",
    ]);
    expect(step(lane, "test")).toMatchObject({ title: "Pregnancy test", state: "due" });
    expect(step(lane, "wellbeing").act).toEqual({
      to: "wellbeing-check",
      label: "Record mood and sexual function",
    });
  });
});

describe("after the last dose", () => {
  const treated = onTreatment("2026-10-16", "2026-11-16");
  const last = "2026-12-16";
  const given = (...more: ReturnType<typeof entry>[]): ProgrammeFacts =>
    facts({ ...treated, entries: [...treated.entries, entry("last-dose", last), ...more] });

  it("asks for the test at the end, then a month later, and only then for the end of the course", () => {
    expect(states(laneOf(given(), last), "after-treatment")).toEqual([
      `last-dose: done ${last}`,
      `test-after-0: due from ${last}`,
      "test-after-30: waiting from 2027-01-15",
      "protection: waiting",
      "end: blocked",
    ]);
    const tested = given(pregnancyTest(last));
    expect(laneOf(tested, "2027-01-15").next).toBe("test-after-30");
    const both = given(pregnancyTest(last), pregnancyTest("2027-01-15"));
    expect(laneOf(both, "2027-01-16").next).toBeNull();
    expect(laneOf(both, "2027-01-17").next).toBe("end");
  });

  it("asks nothing of this month or of before the start any more", () => {
    const lane = laneOf(given(), last);
    expect(states(lane, "this-month")).toEqual([]);
    expect(lane.steps.filter((one) => one.group === "before-start" && one.state === "due")).toEqual([]);
  });
});

it("has no steps for a programme without rules", () => {
  const given = facts({ programme: "canada" });
  expect(laneOf(given, START).steps).toEqual([]);
});
