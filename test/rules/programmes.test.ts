/** Whole ways through the programmes, question by question, and what the clinic's zone and the calendar do to them. */
import { describe, expect, it } from "vitest";
import { type CalendarDate, addDays, instantIn } from "#shared/calendar.ts";
import type { ProgrammeEntry } from "#shared/records/programme-entry.ts";
import type { ProgrammeFacts } from "#shared/rules/facts.ts";
import { type Finding, blocks, verdict } from "#shared/rules/finding.ts";
import { judge, programmeState } from "#shared/rules/prescribing.ts";
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
} from "#test/support/facts.ts";

const LONDON = "Europe/London";
const START = "2026-12-07";

function findingOf(the: ProgrammeFacts, at: string, rule: string): Finding {
  const found = judge(the, at).findings.find((one) => one.rule === rule);
  if (!found) throw new Error(`No finding of ${rule}.`);
  return found;
}

function blocking(the: ProgrammeFacts, at: string): string[] {
  return judge(the, at)
    .findings.filter(blocks)
    .map((one) => one.rule);
}

function uk(
  entries: readonly ProgrammeEntry[],
  more: Partial<Parameters<typeof facts>[0]> = {},
): ProgrammeFacts {
  return facts({ programme: "mhra", entries, zone: LONDON, dateStyle: "dmy", ...more });
}

const at = (on: CalendarDate, time = "12:00"): string => instantIn(LONDON, on, time);

describe("the United Kingdom", () => {
  it("asks no enrolment, questions, confirmation, first of two tests or day of the period", () => {
    const rules = judge(uk(ukReadyToStart(START)), at(START)).findings.map((one) => one.rule);
    expect(rules).toEqual([
      "edition",
      "course-open",
      "no-pregnancy",
      "no-positive-test",
      "no-missed-period",
      "no-lapse-unhandled",
      "category",
      "consents",
      "counselling",
      "wellbeing-check",
      "contraception-pair",
      "contraception-month",
      "test-in-window",
      "test-setting",
      "test-sensitivity",
      "test-after-month",
      "first-pick-up",
      "supply",
      "supply-overlap",
      "supply-count",
      "product-change",
    ]);
  });

  it("begins after a month of contraception and one supervised test, and until the third day after it", () => {
    const the = uk(ukReadyToStart(START));
    expect(judge(the, at(START))).toMatchObject({
      question: "start",
      answer: "yes",
      edition: "mhra-2026",
      sentence: "Yes, until Thu, 10 Dec 2026, 23:59.",
      closesAt: at("2026-12-10", "23:59"),
    });
    expect(judge(the, at("2026-12-11", "00:00")).answer).toBe("no");
    expect(blocking(uk(ukReadyToStart(START, ["pregnancy-test"])), at(START))).toEqual(["test-in-window"]);
  });

  it("takes a supervised test over video, and none at home alone", () => {
    const tested = (setting: "remote-supervised" | "home") =>
      uk([...ukReadyToStart(START, ["pregnancy-test"]), pregnancyTest(START, { setting })]);
    expect(judge(tested("remote-supervised"), at(START)).answer).toBe("yes");
    expect(blocking(tested("home"), at(START))).toEqual(["test-setting"]);
    expect(findingOf(tested("home"), at(START), "test-setting").sentence).toBe(
      "The test must be taken in a medical setting or remotely under supervision.",
    );
  });

  it("took none over video before 27 Oct 2025", () => {
    const tested = (on: CalendarDate) =>
      findingOf(
        uk([...ukReadyToStart(on, ["pregnancy-test"]), pregnancyTest(on, { setting: "remote-supervised" })], {
          decidedOn: addDays(on, -40),
        }),
        at(on),
        "test-setting",
      );
    expect(tested("2025-10-26")).toMatchObject({ status: "unmet", edition: "mhra-2023" });
    expect(tested("2025-10-27")).toMatchObject({ status: "met", edition: "mhra-2023-remote" });
    expect(tested("2026-01-22")).toMatchObject({ status: "met", edition: "mhra-2026" });
  });

  it("asks for two prescribers under 18 up to 21 Jan 2026, and names the day on which that ends", () => {
    const minor = (on: CalendarDate) =>
      uk(ukReadyToStart(on), { birthDate: "2010-06-01", decidedOn: "2025-11-01" });
    const before = judge(minor("2026-01-20"), at("2026-01-21"));
    expect(before.findings.find((one) => one.rule === "second-prescriber")).toMatchObject({
      status: "unmet",
      opensAt: at("2026-01-22", "00:00"),
    });
    const after = judge(minor("2026-01-20"), at("2026-01-22"));
    expect(after.findings.some((one) => one.rule === "second-prescriber")).toBe(false);
    // From then on the revised form is asked for instead.
    expect(after.findings.find((one) => one.rule === "consents")).toMatchObject({ status: "unmet" });
  });

  it("asks for no new form once a treatment is under way", () => {
    const first = "2025-12-29";
    const day = "2026-01-28";
    const the = uk(
      [
        ...ukReadyToStart(first),
        entry("dispensing", first),
        entry("counselling", day),
        entry("wellbeing-check", day),
        pregnancyTest(day),
      ],
      { prescriptions: [prescription(first)], decidedOn: "2025-11-01" },
    );
    expect(judge(the, at(day))).toMatchObject({ question: "prescribe", answer: "yes" });
  });

  it("asks of those who cannot become pregnant the form, counselling once, and mood and sexual function each month", () => {
    const steps = [
      ...cannotStart(START, ["enrolment", "prescriber-confirmation", "consent"]),
      entry("consent", START, { form: "acknowledgement-of-risk" }),
      entry("wellbeing-check", START),
    ];
    expect(judge(uk(steps), at(START))).toMatchObject({ answer: "yes", closesAt: null });
    const next = addDays(START, 30);
    const later = uk([...steps, entry("dispensing", START)], { prescriptions: [prescription(START)] });
    expect(blocking(later, at(next))).toEqual(["wellbeing-check"]);
  });

  it("has no window for the pick-up of those who cannot become pregnant", () => {
    const steps = [
      ...cannotStart(START, ["consent"]),
      entry("consent", START, { form: "acknowledgement-of-risk" }),
      entry("wellbeing-check", START),
    ];
    const the = uk(steps, {
      prescriptions: [prescription(START, { issuedAt: instantIn(LONDON, START, "23:00") })],
    });
    const asked = judge(the, at(addDays(START, 20)), { question: "dispense" });
    expect(asked).toMatchObject({ answer: "yes", closesAt: null });
  });

  it("reads the state of a course for the banner as it does in the United States", () => {
    const issued = uk(ukReadyToStart(START), { prescriptions: [prescription(START)] });
    expect(programmeState(issued, at(START, "20:00"))).toMatchObject({
      label: "To be collected",
      pickUpBy: at("2026-12-13", "23:59"),
    });
    const treated = uk([...ukReadyToStart(START), entry("dispensing", START)], {
      prescriptions: [prescription(START)],
    });
    expect(programmeState(treated, at(addDays(START, 5)))).toMatchObject({ label: "On treatment" });
  });
});

describe("the European Union", () => {
  const eu = (entries: readonly ProgrammeEntry[]): ProgrammeFacts =>
    facts({ programme: "eu-ppp", entries, zone: "Europe/Berlin", dateStyle: "dmy" });
  const berlin = instantIn("Europe/Berlin", START, "12:00");

  it("asks for a test in a medical setting before treatment, and takes a supervised one later", () => {
    const remote = eu([
      ...ukReadyToStart(START, ["pregnancy-test"]),
      pregnancyTest(START, { setting: "remote-supervised" }),
    ]);
    expect(judge(eu(ukReadyToStart(START)), berlin)).toMatchObject({ answer: "yes", edition: "eu-ppp" });
    expect(blocking(remote, berlin)).toEqual(["test-setting"]);
    const treated = { ...remote, entries: [...remote.entries, entry("first-dose", addDays(START, -30))] };
    expect(blocking(treated, berlin)).toEqual([]);
  });

  it("does not take abstinence for a method, and says where it belongs", () => {
    const the = eu([
      ...ukReadyToStart(START, ["contraception"]),
      entry("contraception", addDays(START, -30), { first: "abstinence", second: null }),
    ]);
    const pair = judge(the, berlin).findings.find((one) => one.rule === "contraception-pair");
    expect(pair).toMatchObject({ status: "unmet" });
    expect(pair?.sentence).toContain("record so as the category");
  });
});

describe("the pick-up", () => {
  const issued = (on: CalendarDate) =>
    prescription(on, {
      issuedAt: noon(on),
      capsules: [{ strengthMg: 40, morning: 1, evening: 0 }],
    });
  const the = (...more: ProgrammeEntry[]): ProgrammeFacts =>
    facts({ entries: [...readyToStart(START), ...more], prescriptions: [issued(START)] });
  const ask = (of: ProgrammeFacts, on: CalendarDate) =>
    judge(of, instantIn("America/Chicago", on, "15:00"), { question: "dispense" });

  it("is allowed until the window has closed, in one sentence", () => {
    const yes = ask(the(), START);
    expect(yes).toMatchObject({
      question: "dispense",
      answer: "yes",
      sentence: "Yes, until Sun, Dec 13, 2026, 10:59 PM.",
      closesAt: "2026-12-14T04:59:00.000Z",
    });
    expect(verdict.parse(yes)).toEqual(yes);
    expect(ask(the(), addDays(START, 7))).toMatchObject({ answer: "no", opensAt: null });
  });

  it.each([
    ["a positive test", pregnancyTest("2026-12-08", { result: "positive" })],
    ["an indeterminate test", pregnancyTest("2026-12-08", { result: "indeterminate" })],
    ["a test without its result", pregnancyTest("2026-12-08", { result: "pending" })],
    ["a pregnancy", entry("pregnancy", "2026-12-08")],
    ["a missed period", entry("missed-period", "2026-12-08")],
    ["unprotected contact", entry("contraception-lapse", "2026-12-08")],
    ["contraception stopped", entry("contraception-lapse", "2026-12-08", { what: "stopped" })],
    ["a missed pill", entry("contraception-lapse", "2026-12-08", { what: "missed" })],
    ["a pause", entry("pause", "2026-12-08")],
    ["a stop", entry("treatment-stop", "2026-12-08")],
    ["a last dose", entry("last-dose", "2026-12-08")],
    ["capsules collected", entry("dispensing", "2026-12-08")],
    ["nothing collected", entry("dispensing", "2026-12-08", { capsules: 0 })],
    [
      "another category",
      entry("risk-category", "2026-12-08", { category: "cannot", criterion: "hysterectomy" }),
    ],
  ])("is not allowed any more after %s", (_what, one) => {
    expect(ask(the(), "2026-12-08").answer).toBe("yes");
    expect(ask(the(one), "2026-12-08").answer).toBe("no");
  });

  it("is of the prescription's own edition across a change", () => {
    const entries = cannotStart("2026-11-13").map((one) => ({
      ...one,
      recordedAt: instantIn("America/Chicago", "2026-11-13", "08:00"),
    }));
    const old = facts({ entries, prescriptions: [prescription("2026-11-13")] });
    expect(ask(old, "2026-12-11")).toMatchObject({ answer: "yes" });
    expect(ask(old, "2026-12-14")).toMatchObject({ answer: "no" });
    const window = ask(old, "2026-12-14").findings.find((one) => one.rule === "dispense-window");
    expect(window?.edition).toBe("ipledge-2021");
  });

  it("is of no more capsules, and of no other product, than prescribed", () => {
    const asked = (more: { capsules?: number; productId?: string }) =>
      judge(the(), instantIn("America/Chicago", START, "15:00"), { question: "dispense", ...more }).answer;
    expect(asked({ capsules: 30, productId: "claravis" })).toBe("yes");
    expect(asked({ capsules: 31 })).toBe("no");
    expect(asked({ productId: "absorica" })).toBe("no");
  });

  it("is not of a four-month supply, however it came to be prescribed", () => {
    const long = { ...the(), prescriptions: [{ ...issued(START), daysSupply: 120 }] };
    expect(ask(long, START)).toMatchObject({
      answer: "no",
      sentence: "No. The supply is at most 30 days, without refills.",
    });
  });
});

describe("the supply", () => {
  const FIRST = "2026-11-16";
  const treated = (...capsules: (number | null)[]): ProgrammeFacts => {
    const base = onTreatment(FIRST, "2026-12-16", ["counselling"]);
    return facts({
      entries: [
        ...base.entries.filter((one) => one.kind !== "dispensing"),
        ...capsules.map((count, index) => entry("dispensing", addDays(FIRST, index), { capsules: count })),
      ],
      prescriptions: [prescription(FIRST, { capsules: [{ strengthMg: 20, morning: 1, evening: 1 }] })],
    });
  };
  const opensAt = (of: ProgrammeFacts) => findingOf(of, noon("2026-11-18"), "supply-overlap").opensAt;

  it("lasts as long as the capsules that were collected, all dispensings together", () => {
    expect(opensAt(treated(60))).toBe(instantIn("America/Chicago", "2026-12-09", "00:00"));
    expect(opensAt(treated(30))).toBe(instantIn("America/Chicago", "2026-11-24", "00:00"));
    expect(opensAt(treated(30, 30))).toBe(instantIn("America/Chicago", "2026-12-09", "00:00"));
    expect(opensAt(treated(90))).toBe(instantIn("America/Chicago", "2026-12-24", "00:00"));
  });

  it("lasts the days prescribed where a count is missing", () => {
    expect(opensAt(treated(null))).toBe(instantIn("America/Chicago", "2026-12-09", "00:00"));
    expect(opensAt(treated(30, null))).toBe(instantIn("America/Chicago", "2026-12-09", "00:00"));
  });

  it("says that the counts differ", () => {
    expect(findingOf(treated(30), noon("2026-12-16"), "supply-count")).toMatchObject({
      status: "met",
      sentence:
        "Fewer capsules were collected than prescribed: they last 15 days, not 30 days. Is the number right?",
      datum: "30 capsules collected, 60 prescribed",
    });
  });
});

describe("the review of an edition", () => {
  it("is said with name and day, of its own edition alone, and not before its day", () => {
    const reviews = { "ipledge-2026": { by: "Dr. Okafor", on: "2026-12-01" } };
    const the = facts({ entries: readyToStart(START), reviews });
    expect(findingOf(the, noon(START), "edition").sentence).toBe("Reviewed by Dr. Okafor on Dec 1, 2026.");
    expect(findingOf(the, noon("2026-11-30"), "edition").sentence).toContain("Unreviewed");
    expect(findingOf(the, noon("2026-11-10"), "edition").sentence).toContain("Unreviewed");
  });
});

describe("the clinic's zone and the calendar", () => {
  it.each([
    ["the night on which clocks go back", "America/Chicago", "2026-10-26", "2026-11-01", "22:59"],
    ["the night on which clocks go forward", "America/Chicago", "2027-03-08", "2027-03-14", "22:59"],
    ["Honolulu, which keeps no daylight saving, in winter", "Pacific/Honolulu", START, "2026-12-13", "18:59"],
    ["Honolulu in summer", "Pacific/Honolulu", "2027-06-07", "2027-06-13", "17:59"],
    ["Sydney, where it is the next day already", "Australia/Sydney", START, "2026-12-14", "15:59"],
    ["a leap day within the window", "America/New_York", "2028-02-25", "2028-03-02", "23:59"],
  ])(
    "an American window over %s closes at the end of day 7 in US Eastern time",
    (_when, zone, day, on, time) => {
      const the = facts({ entries: readyToStart(day), zone });
      const closesAt = instantIn(zone, on, time);
      expect(judge(the, instantIn(zone, day, "12:00"))).toMatchObject({ answer: "yes", closesAt });
      expect(judge(the, closesAt).answer).toBe("yes");
      expect(judge(the, new Date(Date.parse(closesAt) + 60_000).toISOString()).answer).toBe("no");
    },
  );

  it.each([
    ["London, the night on which clocks go back", LONDON, "2026-10-22", "2026-10-25"],
    ["London, the night on which clocks go forward", LONDON, "2027-03-25", "2027-03-28"],
    ["Honolulu", "Pacific/Honolulu", START, "2026-12-10"],
    ["Sydney", "Australia/Sydney", START, "2026-12-10"],
    ["a leap day", LONDON, "2028-02-26", "2028-02-29"],
  ])("a European window closes at the clinic's own midnight: %s", (_where, zone, day, on) => {
    const the = facts({ programme: "mhra", entries: ukReadyToStart(day), zone });
    const closesAt = instantIn(zone, on, "23:59");
    expect(judge(the, instantIn(zone, day, "12:00"))).toMatchObject({ answer: "yes", closesAt });
    expect(judge(the, instantIn(zone, addDays(on, 1), "00:00")).answer).toBe("no");
  });

  it("thirty days of contraception count over a leap day as over any other", () => {
    const the = (day: CalendarDate) =>
      findingOf(facts({ entries: readyToStart(day) }), noon(day), "contraception-month");
    expect(the("2028-03-15")).toMatchObject({ status: "met", datum: "Unbroken since Feb 14, 2028" });
  });
});

describe("V2, a first window missed before the change of edition", () => {
  const entries = [...readyToStart("2026-11-01"), entry("dispensing", "2026-11-08", { capsules: 0 })];
  const the = facts({ entries, prescriptions: [prescription("2026-11-01")] });
  const said = (on: CalendarDate) => findingOf(the, noon(on), "test-in-window").sentence;

  it("shows the day of both editions until the new one holds", () => {
    for (const on of ["2026-11-08", "2026-11-14"]) {
      expect(said(on)).toContain("from Sun, Nov 15, 2026");
      expect(said(on)).toContain("by today’s edition it would be Fri, Nov 20, 2026");
    }
    expect(said("2026-11-15")).toContain("Take the confirmation test in a medical setting now.");
    expect(said("2026-11-15")).not.toContain("Nov 20");
  });

  it("shows one day when both editions ask for the same", () => {
    const early = [...readyToStart("2026-10-01"), entry("dispensing", "2026-10-08", { capsules: 0 })];
    const missed = facts({ entries: early, prescriptions: [prescription("2026-10-01")] });
    const sentence = findingOf(missed, noon("2026-10-10"), "test-in-window").sentence;
    expect(sentence).toContain("from Tue, Oct 20, 2026");
    expect(sentence).not.toContain("next edition");
  });
});
