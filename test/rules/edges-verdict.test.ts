/** One case for each edge of the verdict as a whole: from when, until when, and what the banner calls it. */
import { describe, expect, it } from "vitest";
import { type CalendarDate, addDays, instantIn } from "#shared/calendar.ts";
import type { ProgrammeEntry } from "#shared/records/programme-entry.ts";
import type { ProgrammeFacts } from "#shared/rules/facts.ts";
import { judge, lastDoseOf, programmeState, weigh } from "#shared/rules/prescribing.ts";
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
} from "#test/support/facts.ts";

const START: CalendarDate = "2026-12-07";
const FIRST: CalendarDate = "2026-11-16";
const SECOND: CalendarDate = "2026-12-16";

describe("from when time alone makes it yes", () => {
  /** The month’s steps are done early, so that only the last supply stands against the next prescription. */
  const early = addDays(FIRST, 20);
  const opensAt = instantIn(ZONE, addDays(FIRST, 23), "00:00");
  const steps = onTreatment(FIRST, early);
  const known = (changes: Partial<ProgrammeFacts>): ProgrammeFacts => ({ ...facts(steps), ...changes });

  it("is the first minute of the day on which the last supply allows it", () => {
    expect(judge(known({}), noon(early))).toMatchObject({ answer: "no", opensAt });
    expect(judge(known({}), opensAt).answer).toBe("yes");
  });

  it("does not hang on what is dated after today", () => {
    const tomorrow = addDays(early, 1);
    const entries = [...steps.entries, pregnancyTest(tomorrow, { result: "positive" })];
    expect(judge(known({ entries }), noon(early)).opensAt).toBe(opensAt);
    const prescriptions = [...steps.prescriptions, prescription(tomorrow)];
    expect(judge(known({ prescriptions }), noon(early)).opensAt).toBe(opensAt);
    expect(judge(known({ doses: [{ on: tomorrow, action: "hold" }] }), noon(early)).opensAt).toBe(opensAt);
    expect(judge(known({ doses: [{ on: early, action: "hold" }] }), noon(early)).opensAt).toBeNull();
  });

  it("is not told where a step is missing too", () => {
    const entries = steps.entries.filter((one) => one.kind !== "patient-questions" || one.on !== early);
    expect(judge(known({ entries }), noon(early))).toMatchObject({ answer: "no", opensAt: null });
  });

  it("is of a rule that the coming edition leaves as it is not the coming edition’s day", () => {
    const turns18 = facts({
      birthDate: "2008-11-10",
      entries: readyToStart("2026-11-01", ["consent"]),
    });
    const found = judge(turns18, noon("2026-11-01")).findings.find((one) => one.rule === "guardian-consent");
    expect(found).toMatchObject({ status: "unknown", opensAt: null });
  });
});

describe("until when a yes holds", () => {
  it("is the earliest of the times that end it", () => {
    const again = addDays(START, 2);
    const of = facts({
      entries: [
        ...readyToStart(START),
        entry("counselling", again),
        pregnancyTest(again),
        entry("prescriber-confirmation", again),
        entry("patient-questions", again),
      ],
      prescriptions: [prescription(START, { daysSupply: 5 })],
    });
    // The first prescription can be collected until 13 Dec; the window of the second test closes on the 15th.
    const firstClose = "2026-12-14T04:59:00.000Z";
    expect(judge(of, noon(again))).toMatchObject({ answer: "yes", closesAt: firstClose });
    expect(judge(of, "2026-12-14T05:00:00.000Z").answer).toBe("no");
  });
});

describe("a programme without rules for the day", () => {
  it("says so of whatever was asked, and weighs nothing", () => {
    const canada = facts({ programme: "canada" });
    expect(judge(canada, noon(START)).question).toBe("start");
    const { verdict, history, tests } = weigh(canada, noon(START), { question: "dispense" });
    expect({ history, tests }).toEqual({ history: null, tests: null });
    expect(verdict).toMatchObject({ question: "dispense", answer: "no" });
    expect(verdict.findings).toEqual([
      {
        rule: "edition",
        edition: "none",
        source: "Isochart has no enabled rule table for it",
        status: "unknown",
        datum: "Canada",
        sentence:
          "The rules of this programme are not enabled: a clinician must compare them with their source first. Nothing can be judged.",
        opensAt: null,
        closesAt: null,
      },
    ]);
    expect(programmeState(canada, noon(START))).toEqual({
      label: "No rules yet",
      tone: "warning",
      sentence: verdict.sentence,
      windowOpensAt: null,
      windowClosesAt: null,
      pickUpBy: null,
      nextTestFrom: null,
      protectUntil: null,
      contraception: null,
    });
  });
});

describe("the banner", () => {
  const label = (of: ProgrammeFacts, day: CalendarDate): string => programmeState(of, noon(day)).label;

  it("calls a month of contraception that is not over a waiting month, also when a dose was taken before it", () => {
    const entries = [...readyToStart(START, ["contraception"]), entry("contraception", addDays(START, -10))];
    expect(label(facts({ entries }), START)).toBe("Waiting month");
    const dosed = [...entries, entry("first-dose", addDays(START, -20))];
    expect(label(facts({ entries: dosed }), START)).toBe("Waiting month");
  });

  it("speaks of windows only to who has a test", () => {
    const day = "2026-09-10";
    const man = (without: ("counselling" | "prescriber-confirmation")[], ...more: ProgrammeEntry[]) =>
      facts({ entries: [...cannotStart(day, without), ...more], prescriptions: [prescription(day)] });
    const confirmed = facts({ entries: cannotStart(day, ["counselling"]) });
    expect(label(confirmed, day)).toBe("Not ready");
    const back = man([], entry("dispensing", addDays(day, 2), { capsules: 0 }));
    expect(label(back, addDays(day, 3))).toBe("Not ready");
  });

  it("knows no prescription that waits once the last one was given back, though nobody knows of the one before", () => {
    const back = addDays(START, 1);
    const of = facts({
      entries: [...readyToStart(START), entry("dispensing", back, { capsules: 0 })],
      prescriptions: [prescription(addDays(START, -30)), prescription(START)],
    });
    expect(label(of, back)).toBe("Window missed");
  });

  it("says of each thing that closes a course what it is", () => {
    const closed = (...more: ProgrammeEntry[]): string => {
      const treated = onTreatment(FIRST, SECOND);
      return label(facts({ ...treated, entries: [...treated.entries, ...more] }), SECOND);
    };
    expect(closed(entry("pause", SECOND))).toBe("Paused");
    expect(closed(entry("treatment-stop", SECOND))).toBe("Stopped");
    expect(closed(entry("last-dose", SECOND))).toBe("Ended");
    const treated = facts({ ...onTreatment(FIRST, SECOND) });
    const end = { endedOn: SECOND, reason: "completed" as const, note: "" };
    expect(label({ ...treated, course: { ...treated.course, end } }, SECOND)).toBe("Ended");
    for (const [action, said] of [
      ["hold", "On hold"],
      ["stop", "Stopped"],
    ] as const)
      expect(label({ ...treated, doses: [{ on: SECOND, action }] }, SECOND)).toBe(said);
  });

  it("protects from the end of a course in which one dose was taken, and not of one in which none was", () => {
    const end = { endedOn: SECOND, reason: "completed" as const, note: "" };
    const last = (...doses: ProgrammeEntry[]): CalendarDate | null => {
      const of = facts({ entries: [...readyToStart(FIRST), ...doses], end });
      const { history } = weigh(of, noon(SECOND));
      if (history === null) throw new Error("There are rules for that day.");
      return lastDoseOf(history);
    };
    expect(last(entry("first-dose", FIRST))).toBe(SECOND);
    expect(last()).toBeNull();
  });
});
