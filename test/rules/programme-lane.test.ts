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
  ukReadyToStart,
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

describe("a patient who could not become pregnant, in the edition of 2021", () => {
  it("was confirmed by the prescriber each month, with no test to wait for", () => {
    const entries = cannotStart("2022-06-01", ["prescriber-confirmation"]);
    const lane = laneOf(facts({ entries, decidedOn: "2022-05-01" }), "2022-06-01");
    expect(step(lane, "confirmation")).toMatchObject({
      state: "due",
      act: { to: "prescriber-confirmation", label: "Confirm" },
    });
    expect(lane.next).toBe("confirmation");
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

  it("says until when protection lasted, and how the course is ended, once everything is done", () => {
    const lane = laneOf(given(pregnancyTest(last), pregnancyTest("2027-01-15")), "2027-01-17");
    expect(step(lane, "protection")).toMatchObject({
      state: "done",
      on: "2027-01-16",
      sentence: "The time of protection is over.",
    });
    expect(step(lane, "end")).toMatchObject({
      state: "due",
      sentence: "Everything is done: end the course.",
      act: { to: "end-course", label: "End the course" },
    });
  });

  it("keeps the end of the course waiting while a test is owed, however long ago the last dose was", () => {
    const lane = laneOf(given(pregnancyTest(last)), "2027-03-01");
    expect(step(lane, "test-after-30").state).toBe("due");
    expect(step(lane, "end").state).toBe("blocked");
  });

  it("does not take a home test for it that lacks its permission, kit and evidence", () => {
    const home = pregnancyTest("2027-01-15", { setting: "home" });
    const lane = laneOf(given(pregnancyTest(last), home), "2027-01-17");
    expect(step(lane, "test-after-0").state).toBe("done");
    expect(step(lane, "test-after-30").state).toBe("due");
  });

  it("does not call a course ended that ends tomorrow", () => {
    const end = { endedOn: "2026-12-19", reason: "completed" as const, note: "" };
    expect(step(laneOf({ ...given(), course: { ...given().course, end } }, "2026-12-18"), "end").state).toBe(
      "blocked",
    );
    expect(
      step(laneOf({ ...given(), course: { ...given().course, end } }, "2026-12-19"), "end"),
    ).toMatchObject({
      state: "done",
      on: "2026-12-19",
    });
  });

  it("asks no more for what was never done before the start", () => {
    const entries = given().entries.filter(({ kind }) => kind !== "enrolment");
    expect(step(laneOf({ ...given(), entries }, last), "enrolment")).toMatchObject({
      state: "not-asked",
      on: null,
      from: null,
      until: null,
      act: null,
      sentence: "Enrol the patient in the programme and record the number.",
    });
  });

  it("asks nothing of this month or of before the start any more", () => {
    const lane = laneOf(given(), last);
    expect(states(lane, "this-month")).toEqual([]);
    expect(lane.steps.filter((one) => one.group === "before-start" && one.state === "due")).toEqual([]);
  });
});

describe("what is told of one month only", () => {
  const FIRST = "2026-11-16";
  const SECOND = "2026-12-16";

  it("is the test that led to its own prescription, not that of the day of the one before", () => {
    const treated = onTreatment(FIRST, SECOND, [
      "pregnancy-test",
      "prescriber-confirmation",
      "patient-questions",
    ]);
    const month = readyToStart(FIRST).filter(({ kind }) => kind !== "counselling");
    const given = facts({
      entries: [...month, ...treated.entries],
      prescriptions: [prescription(FIRST), prescription(SECOND)],
    });
    const lane = laneOf(given, addDays(SECOND, 1));
    expect(lane.steps.filter(({ group }) => group === "this-month").map(({ id }) => id)).toEqual([
      "counselling",
      "prescription",
      "pick-up",
    ]);
    expect(lane.earlier).toMatchObject([
      { prescribedOn: FIRST, testOn: FIRST, confirmedOn: FIRST, answeredOn: FIRST },
    ]);
  });

  it("is a negative test: one without a result led to nothing", () => {
    const entries = [
      ...readyToStart(START, ["pregnancy-test"]),
      pregnancyTest(addDays(START, -1)),
      pregnancyTest(START, { result: "pending" }),
    ];
    const given = facts({ entries, prescriptions: [prescription(START)] });
    expect(step(laneOf(given, START), "test")).toMatchObject({ state: "done", on: addDays(START, -1) });
  });

  it("is no step that nobody did: prescribed without counselling, none is told", () => {
    const given = facts({
      entries: readyToStart(START, ["counselling"]),
      prescriptions: [prescription(START)],
    });
    expect(laneOf(given, START).steps.map(({ id }) => id)).not.toContain("counselling");
  });

  it("is no confirmation in a programme that asks for none, though one is on record", () => {
    const given = facts({
      programme: "mhra",
      entries: [...ukReadyToStart(START), entry("prescriber-confirmation", START)],
      prescriptions: [prescription(START)],
    });
    expect(laneOf(given, START).steps.map(({ id }) => id)).not.toContain("confirmation");
  });

  it("is no pick-up of a prescription that was given back, though nobody recorded the one before", () => {
    const given = facts({
      entries: [...readyToStart(START), entry("dispensing", addDays(START, 1), { capsules: 0 })],
      prescriptions: [prescription(addDays(START, -30)), prescription(START)],
    });
    const lane = laneOf(given, addDays(START, 2));
    expect(step(lane, "pick-up").state).toBe("blocked");
    expect(lane.earlier.map(({ prescribedOn, outcome }) => `${prescribedOn} ${outcome}`)).toEqual([
      `${START} not-collected`,
      `${addDays(START, -30)} not-recorded`,
    ]);
  });

  it("cannot be done while treatment is paused", () => {
    const without = [
      "counselling",
      "pregnancy-test",
      "prescriber-confirmation",
      "patient-questions",
    ] as const;
    const treated = onTreatment(FIRST, SECOND, without);
    const entries = [...treated.entries, ...readyToStart(FIRST), entry("pause", SECOND)];
    const lane = laneOf(facts({ ...treated, entries }), SECOND);
    expect(step(lane, "counselling")).toMatchObject({ state: "blocked", act: null });
    expect(lane.next).toBeNull();
  });
});

describe("after a stop that was dealt with", () => {
  const FIRST = "2026-11-16";
  const SECOND = "2026-12-16";
  const at = addDays(SECOND, 4);
  const handled = entry("stop-handled", addDays(SECOND, 1), { note: "Called the patient and the pharmacy." });
  const lane = (...more: ReturnType<typeof entry>[]): ProgrammeLane => {
    const treated = onTreatment(FIRST, SECOND);
    return laneOf(facts({ ...treated, entries: [...treated.entries, handled, ...more] }), at);
  };
  const lapse = entry("contraception-lapse", SECOND);
  const asked = "A negative test in a medical setting answers the stop, best serum hCG.";

  it("a lapse asks for a test in a medical setting of a later day", () => {
    for (const more of [
      [],
      [pregnancyTest(SECOND)],
      [pregnancyTest(addDays(SECOND, 2), { setting: "home" })],
    ])
      expect(step(lane(lapse, ...more), "test").sentence).toBe(asked);
    for (const day of [1, 2])
      expect(step(lane(lapse, pregnancyTest(addDays(SECOND, day))), "test").sentence).not.toBe(asked);
  });

  it("a positive test asks for a serum test, though a urine test was negative since", () => {
    const positive = pregnancyTest(addDays(SECOND, 1), { result: "positive" });
    expect(step(lane(positive, pregnancyTest(addDays(SECOND, 2))), "test")).toMatchObject({
      state: "due",
      sentence: "Only a negative serum test in a medical setting answers the stop.",
    });
  });

  it("before any first test asks for that one only", () => {
    const entries = [
      ...readyToStart(START, ["pregnancy-test"]),
      entry("missed-period", addDays(START, -3)),
      entry("stop-handled", addDays(START, -2), { note: "Called." }),
    ];
    const found = laneOf(facts({ entries }), START);
    expect(step(found, "screening-test").state).toBe("due");
    expect(step(found, "test").state).toBe("blocked");
  });
});

describe("who signs and agrees", () => {
  it("is told with the day on which the guardian signed last", () => {
    const signer = "patient-and-guardian" as const;
    const entries = [
      ...readyToStart(START, ["consent"]),
      entry("consent", addDays(START, -20), { signer }),
      entry("consent", addDays(START, -10), { form: "birth-defects", signer }),
    ];
    const lane = laneOf(facts({ entries, birthDate: "2010-01-01" }), START);
    expect(step(lane, "guardian-consent")).toMatchObject({ state: "done", on: addDays(START, -10) });
  });

  it("is a second prescriber under 18 in the United Kingdom until 2026", () => {
    const day = "2024-06-03";
    const given = { programme: "mhra", birthDate: "2008-01-01", decidedOn: "2024-05-01" } as const;
    expect(
      step(laneOf(facts({ ...given, entries: ukReadyToStart(day) }), day), "second-prescriber"),
    ).toMatchObject({
      state: "due",
      act: { to: "second-prescriber", label: "Record the second prescriber" },
    });
  });

  it("is nobody where a programme has no form for the patient", () => {
    const entries = [entry("risk-category", START, { category: "cannot", criterion: "cisgender-male" })];
    expect(step(laneOf(facts({ programme: "eu-ppp", entries }), START), "consents")).toMatchObject({
      state: "not-asked",
      on: null,
    });
  });

  it("and no first test is asked of somebody who takes it already, though none is on record", () => {
    const entries = [...readyToStart(START, ["pregnancy-test"]), entry("first-dose", START)];
    expect(step(laneOf(facts({ entries }), addDays(START, 3)), "screening-test")).toMatchObject({
      state: "not-asked",
      on: null,
    });
  });
});

it("has no steps for a programme without rules", () => {
  const given = facts({ programme: "canada" });
  expect(laneOf(given, START).steps).toEqual([]);
});
