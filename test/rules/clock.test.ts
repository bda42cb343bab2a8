import { describe, expect, it } from "vitest";
import { addDays, addMinutes, instantIn } from "#shared/calendar.ts";
import { CLOCK_BEHIND, isClockBehind, judgeNow, programmeStateNow } from "#shared/rules/clock.ts";
import { judge, programmeState } from "#shared/rules/prescribing.ts";
import {
  ZONE,
  entry,
  facts,
  cannotStart,
  pregnancyTest,
  prescription,
  readyToStart,
} from "#test/support/facts.ts";

const START = "2026-12-01";
/** After the test support's hour of recording, so that its own facts are not ahead. */
const NOW = instantIn(ZONE, START, "18:00");
const ready = facts({ entries: readyToStart(START) });

describe("what was recorded", () => {
  const at = (recordedAt: string) => facts({ entries: [{ ...entry("pause", "2026-11-30"), recordedAt }] });

  it("may be five minutes ahead of a clock that the system has just set right, and no more", () => {
    expect(isClockBehind(at(addMinutes(NOW, 5)), NOW)).toBe(false);
    expect(isClockBehind(at(addMinutes(NOW, 6)), NOW)).toBe(true);
  });

  it("is behind no clock on its own day, and ahead of it on the next", () => {
    expect(isClockBehind(facts({ entries: [pregnancyTest(START)] }), NOW)).toBe(false);
    expect(isClockBehind(facts({ entries: [pregnancyTest(addDays(START, 1))] }), NOW)).toBe(true);
  });

  it("counts by the clinic's own day", () => {
    const tomorrow = facts({ entries: [{ ...pregnancyTest(addDays(START, 1)), recordedAt: NOW }] });
    const sydney = { ...tomorrow, clinic: { ...tomorrow.clinic, zone: "Australia/Sydney" } };
    expect(isClockBehind(tomorrow, NOW)).toBe(true);
    expect(isClockBehind(sydney, NOW)).toBe(false);
  });

  it("counts a dose decided at a visit and the minute of a prescription", () => {
    const dose = (on: string) => facts({ doses: [{ on, action: "hold" }] });
    expect(isClockBehind(dose(START), NOW)).toBe(false);
    expect(isClockBehind(dose(addDays(START, 1)), NOW)).toBe(true);
    const issued = { ...prescription(START), issuedAt: NOW };
    expect(isClockBehind(facts({ prescriptions: [issued] }), NOW)).toBe(false);
    expect(isClockBehind(facts({ prescriptions: [issued] }), addMinutes(NOW, -1))).toBe(true);
  });
});

describe("a clock that is right", () => {
  it("changes no verdict and no state", () => {
    expect(judge(ready, NOW).answer).toBe("yes");
    expect(judgeNow(ready, NOW)).toEqual(judge(ready, NOW));
    expect(judgeNow(ready, NOW, { question: "dispense" })).toEqual(
      judge(ready, NOW, { question: "dispense" }),
    );
    expect(programmeStateNow(ready, NOW)).toEqual(programmeState(ready, NOW));
  });
});

describe("a clock that is behind", () => {
  const later = entry("missed-period", addDays(START, 1));
  const hidden = { ...ready, entries: [...ready.entries, later] };

  it("makes a yes a no that says why, first and without a time at which it opens", () => {
    expect(judge(hidden, NOW).answer).toBe("yes");
    const verdict = judgeNow(hidden, NOW);
    expect(verdict.sentence).toContain("clock is behind what was recorded");
    expect(verdict).toMatchObject({
      answer: "no",
      sentence: `No. ${CLOCK_BEHIND}`,
      opensAt: null,
      closesAt: null,
    });
    expect(verdict.findings[0]).toEqual({
      rule: "clock",
      edition: verdict.edition,
      source: "Isochart: nobody can be judged by facts that the clock hides",
      status: "unknown",
      datum: null,
      sentence: CLOCK_BEHIND,
      opensAt: null,
      closesAt: null,
    });
    expect(verdict.findings.slice(1)).toEqual(judge(hidden, NOW).findings);
  });

  it("is told instead of the state, with no window to keep to", () => {
    expect(programmeState(hidden, NOW)).toMatchObject({ label: "Can be prescribed", tone: "good" });
    expect(programmeStateNow(hidden, NOW)).toMatchObject({
      label: "Clock behind",
      tone: "warning",
      sentence: CLOCK_BEHIND,
      windowOpensAt: null,
      windowClosesAt: null,
      pickUpBy: null,
      nextTestFrom: null,
    });
  });

  it("leaves a stop that is known a stop, in red", () => {
    const positive = pregnancyTest(START, { result: "positive" });
    const stopped = { ...hidden, entries: [...hidden.entries, positive] };
    const state = programmeStateNow(stopped, NOW);
    expect(state).toMatchObject({ label: "Clock behind", tone: "stop" });
    expect(state.sentence).toContain("Stop: the pregnancy test was positive");
    expect(state.sentence).toContain(CLOCK_BEHIND);
  });

  it("says to nobody when to collect", () => {
    const waiting = facts({ entries: readyToStart(START), prescriptions: [prescription(START)] });
    const state = programmeState(waiting, NOW);
    expect(state.pickUpBy).not.toBeNull();
    const behind = { ...waiting, entries: [...waiting.entries, later] };
    expect(programmeStateNow(behind, NOW)).toEqual({
      ...state,
      label: "Clock behind",
      tone: "warning",
      sentence: CLOCK_BEHIND,
      windowOpensAt: null,
      windowClosesAt: null,
      pickUpBy: null,
      nextTestFrom: null,
    });
    expect(state.contraception).not.toBeNull();
  });

  it("says to nobody when to test next", () => {
    const month = facts({
      entries: readyToStart(START).filter((one) => one.kind !== "pregnancy-test" || one.on < START),
    });
    expect(programmeState(month, NOW).nextTestFrom).not.toBeNull();
    const behind = { ...month, entries: [...month.entries, later] };
    expect(programmeStateNow(behind, NOW).nextTestFrom).toBeNull();
  });

  it("closes no window by the hidden facts", () => {
    expect(judge(hidden, NOW).closesAt).not.toBeNull();
    expect(judgeNow(hidden, NOW).closesAt).toBeNull();
  });

  it("promises no minute at which it will be yes", () => {
    const day = "2026-11-10";
    const now = instantIn(ZONE, day, "18:00");
    const opening = facts({ entries: cannotStart(day, ["prescriber-confirmation"]) });
    expect(judge(opening, now).opensAt).not.toBeNull();
    const behind = { ...opening, entries: [...opening.entries, entry("pregnancy", addDays(day, 20))] };
    expect(judge(behind, now).opensAt).not.toBeNull();
    expect(judgeNow(behind, now).opensAt).toBeNull();
  });
});
