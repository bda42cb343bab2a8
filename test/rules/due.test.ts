import { describe, expect, it } from "vitest";
import { addDays, addMinutes, instantIn } from "#shared/calendar.ts";
import { type DueItem, type DueKind, dueItem, dueKind } from "#shared/records/due.ts";
import { due, inOrder } from "#shared/rules/due.ts";
import type { DueFacts } from "#shared/rules/facts.ts";
import { judge, programmeState } from "#shared/rules/prescribing.ts";
import {
  HOME_EVIDENCE,
  ZONE,
  cannotStart,
  dueFacts,
  entry,
  hcgResult,
  noon,
  onTreatment,
  pregnancyTest,
  prescription,
  readyToStart,
} from "#test/support/facts.ts";

const START = "2026-12-07";
const FIRST = "2026-11-16";
const SECOND = "2026-12-16";
/** A visit on record, so that no line asks for one. */
const visited = { lastVisit: { id: "visit-1", on: "2026-12-01" } };

function kinds(items: readonly DueItem[]): DueKind[] {
  return items.map((one) => one.kind);
}

function only(items: readonly DueItem[], kind: DueKind): DueItem {
  const found = items.filter((one) => one.kind === kind);
  expect(found, `${kind} among ${kinds(items).join(", ")}`).toHaveLength(1);
  return dueItem.parse(found[0]);
}

describe("stops come first", () => {
  const treated = onTreatment(FIRST, SECOND);

  it.each([
    ["a positive test", pregnancyTest(SECOND, { result: "positive" }), "positive"],
    ["an indeterminate test", pregnancyTest(SECOND, { result: "indeterminate" }), "indeterminate"],
    ["a pregnancy", entry("pregnancy", SECOND), "pregnancy"],
    ["a missed period", entry("missed-period", addDays(SECOND, 1)), "period"],
    ["unprotected contact", entry("contraception-lapse", SECOND), "unprotected contact"],
    ["stopped contraception", entry("contraception-lapse", SECOND, { what: "stopped" }), "stopped"],
  ])("%s is an urgent stop and silences the rest of the programme", (_name, warning, word) => {
    const facts = dueFacts({ ...treated, ...visited, entries: [...treated.entries, warning] });
    const items = due(facts, noon(addDays(SECOND, 1)));
    const stop = only(items, "urgent-stop");
    expect(stop).toMatchObject({ urgency: "urgent", act: { to: "programme" } });
    expect(stop.sentence).toContain("Stop");
    expect(stop.sentence).toContain(word);
    expect(items[0]).toEqual(stop);
    expect(kinds(items)).toEqual(["urgent-stop"]);
  });

  it("a lapse stays urgent until both forms and a later test are on record", () => {
    const lapse = [...treated.entries, entry("contraception-lapse", SECOND)];
    const again = [...lapse, entry("contraception", addDays(SECOND, 1))];
    const tested = [...again, pregnancyTest(addDays(SECOND, 2))];
    const at = noon(addDays(SECOND, 3));
    const urgent = (entries: typeof lapse): boolean =>
      kinds(due(dueFacts({ ...treated, ...visited, entries }), at)).includes("urgent-stop");
    expect([urgent(lapse), urgent(again), urgent(tested)]).toEqual([true, true, false]);
  });

  it("carries its checklist, with the numbers to call, until somebody says in a note what was done", () => {
    const positive = pregnancyTest(SECOND, { result: "positive" });
    const at = noon(addDays(SECOND, 1));
    const open = due(dueFacts({ ...treated, ...visited, entries: [...treated.entries, positive] }), at);
    const stop = only(open, "urgent-stop");
    expect(stop.act).toMatchObject({ record: "stop-handled" });
    expect(stop.tasks?.map((one) => one.step)).toEqual([
      "drug-stopped",
      "not-dispensed",
      "serum-hcg",
      "referred",
      "reported",
    ]);
    expect(stop.tasks?.at(-1)?.words).toContain("1-866-495-0654");
    const handled = entry("stop-handled", addDays(SECOND, 1), {
      note: "Called the patient and the pharmacy.",
    });
    const facts = dueFacts({ ...treated, ...visited, entries: [...treated.entries, positive, handled] });
    const after = due(facts, at);
    expect(kinds(after)).toEqual(["test-due"]);
    expect(after[0]?.sentence).toContain("until a serum test taken later is negative");
    expect(judge(facts, at).answer).toBe("no");
  });

  it("a sign of a pregnancy in another course is an urgent stop here", () => {
    const elsewhere = { results: [], entries: [pregnancyTest(SECOND, { result: "positive" })] };
    const facts = { ...dueFacts({ ...treated, ...visited }), elsewhere };
    const stop = only(due(facts, noon(addDays(SECOND, 1))), "urgent-stop");
    expect(stop).toMatchObject({ on: SECOND, urgency: "urgent" });
    const handled = entry("stop-handled", addDays(SECOND, 1), { note: "Called her." });
    const after = { ...facts, entries: [...facts.entries, handled] };
    expect(kinds(due(after, noon(addDays(SECOND, 1))))).not.toContain("urgent-stop");
  });

  it("a note that was written before the stop does not close its task", () => {
    const early = entry("stop-handled", SECOND, { note: "Handled the last one." });
    const positive = pregnancyTest(addDays(SECOND, 1), { result: "positive" });
    const facts = dueFacts({ ...treated, ...visited, entries: [...treated.entries, early, positive] });
    expect(kinds(due(facts, noon(addDays(SECOND, 2))))).toEqual(["urgent-stop"]);
  });

  it("a handled pregnancy leaves no test to take", () => {
    const entries = [
      ...treated.entries,
      entry("pregnancy", SECOND),
      entry("stop-handled", SECOND, { note: "Referred and reported." }),
    ];
    expect(due(dueFacts({ ...treated, ...visited, entries }), noon(addDays(SECOND, 1)))).toEqual([]);
  });

  it("a missed pill sets the month back and is no urgent stop", () => {
    const entries = [...treated.entries, entry("contraception-lapse", SECOND, { what: "missed" })];
    expect(kinds(due(dueFacts({ ...treated, ...visited, entries }), noon(SECOND)))).not.toContain(
      "urgent-stop",
    );
  });

  it("before the first prescription a lapse is no urgent stop", () => {
    const entries = [...readyToStart(START), entry("contraception-lapse", addDays(START, -3))];
    expect(kinds(due(dueFacts({ ...visited, entries }), noon(START)))).not.toContain("urgent-stop");
  });
});

describe("windows", () => {
  it("counts the hours until an issued prescription can no longer be collected", () => {
    const facts = dueFacts({
      ...visited,
      entries: readyToStart(START),
      prescriptions: [prescription(START)],
    });
    const closing = only(due(facts, noon(addDays(START, 6))), "window-closing");
    expect(closing).toMatchObject({
      urgency: "urgent",
      on: "2026-12-13",
      at: "2026-12-14T04:59:00.000Z",
      act: { label: "Record the pick-up", to: "programme" },
    });
    expect(closing.sentence).toBe(
      "The capsules are not collected yet: the window closes Sun, Dec 13, 2026, 10:59 PM, 10 hours left.",
    );
    expect(only(due(facts, noon(addDays(START, 4))), "window-closing").urgency).toBe("soon");
    expect(only(due(facts, noon(START)), "window-closing").urgency).toBe("later");
  });

  it.each([
    ["methods that are not accepted", entry("contraception", START, { second: null }), "no longer stands"],
    ["a test without a result", pregnancyTest(addDays(START, 1), { result: "pending" }), "no result yet"],
  ])("asks nobody to collect what must not be dispensed because of %s", (_name, since, word) => {
    const facts = dueFacts({
      ...visited,
      entries: [...readyToStart(START), since],
      prescriptions: [prescription(START)],
    });
    const at = noon(addDays(START, 1));
    expect(judge(facts, at, { question: "dispense" }).answer).toBe("no");
    const waiting = only(due(facts, at), "window-closing");
    expect(waiting).toMatchObject({ urgency: "urgent", roles: ["prescriber", "nurse"] });
    expect(waiting.sentence).toMatch(/^A prescription waits at the pharmacy: do not dispense it\. /u);
    expect(waiting.sentence).toContain(word);
    expect(programmeState(facts, at)).toMatchObject({
      label: "Do not dispense",
      tone: "warning",
      sentence: waiting.sentence,
      pickUpBy: null,
    });
    expect(judge(facts, at).sentence).toBe(`No. ${waiting.sentence}`);
  });

  it("is missed from the minute after, and asks first whether the capsules were collected", () => {
    const facts = dueFacts({
      ...visited,
      entries: readyToStart(START),
      prescriptions: [prescription(START)],
    });
    expect(kinds(due(facts, instantIn(ZONE, addDays(START, 6), "22:59")))).toEqual(["window-closing"]);
    const after = due(facts, instantIn(ZONE, addDays(START, 6), "23:00"));
    expect(kinds(after)).toEqual(["window-missed"]);
    expect(after[0]?.sentence).toContain("no pick-up is on record");
  });

  it("says what is next when nothing was dispensed", () => {
    const entries = [...readyToStart(START), entry("dispensing", addDays(START, 7), { capsules: 0 })];
    const facts = dueFacts({ ...visited, entries, prescriptions: [prescription(START)] });
    const missed = only(due(facts, noon(addDays(START, 8))), "window-missed");
    expect(missed.sentence).toContain("Take the confirmation test in a medical setting now.");
  });

  it("shows both days when the edition changes after a missed first window", () => {
    const entries = [...readyToStart("2026-11-01"), entry("dispensing", "2026-11-08", { capsules: 0 })];
    const facts = dueFacts({ ...visited, entries, prescriptions: [prescription("2026-11-01")] });
    const { sentence } = only(due(facts, noon("2026-11-09")), "window-missed");
    expect(sentence).toContain("Nov 15, 2026");
    expect(sentence).toContain("Nov 20, 2026");
  });

  it("is missed too when nobody prescribed in it", () => {
    const facts = dueFacts({ ...visited, entries: readyToStart(START) });
    expect(kinds(due(facts, noon(addDays(START, 7))))).toEqual(["window-missed"]);
  });

  it("does not call the screening test a missed window", () => {
    const entries = readyToStart(START).filter((one) => one.on < "2026-11-20");
    expect(kinds(due(dueFacts({ ...visited, entries }), noon("2026-11-25")))).not.toContain("window-missed");
  });

  it("goes quiet once the pick-up is on record", () => {
    const entries = [
      ...readyToStart(START),
      entry("dispensing", addDays(START, 1)),
      entry("first-dose", addDays(START, 1)),
    ];
    const facts = dueFacts({ ...visited, entries, prescriptions: [prescription(START)] });
    expect(due(facts, noon(addDays(START, 2)))).toEqual([]);
  });
});

describe("the time left", () => {
  /** The window of `START` closes at 22:59 Chicago time, on its seventh day. */
  const left = (ms: number): DueItem => {
    const close = Date.parse(instantIn(ZONE, addDays(START, 6), "22:59"));
    const at = new Date(close - ms).toISOString();
    return only(due(dueFacts({ ...visited, entries: readyToStart(START) }), at), "window-closing");
  };
  const hour = 60 * 60 * 1000;

  it("is urgent from 24 hours before the close, to the millisecond", () => {
    expect(left(24 * hour).urgency).toBe("urgent");
    expect(left(24 * hour + 1).urgency).toBe("soon");
    expect(left(72 * hour).urgency).toBe("soon");
    expect(left(72 * hour + 1).urgency).toBe("later");
  });

  it("is told in whole hours that are really left", () => {
    expect(left(hour).sentence).toContain("1 hour left");
    expect(left(hour - 1).sentence).toContain("less than an hour left");
    expect(left(2 * hour).sentence).toContain("2 hours left");
    expect(left(2 * hour - 1).sentence).toContain("1 hour left");
  });
});

describe("a window that does not wait", () => {
  it("is that of a prescription which was given back, though nobody recorded the one before", () => {
    const facts = dueFacts({
      ...visited,
      entries: [...readyToStart(START), entry("dispensing", addDays(START, 1), { capsules: 0 })],
      prescriptions: [prescription(addDays(START, -30)), prescription(START)],
    });
    const items = due(facts, noon(addDays(START, 2)));
    expect(items.map(({ sentence }) => sentence).join(" ")).not.toContain("not collected yet");
  });

  it("is that of a test of before the patient could not become pregnant any more", () => {
    const changed = entry("risk-category", addDays(START, 2), {
      category: "cannot",
      criterion: "hysterectomy",
      evidence: "Operation note",
      changeReason: "Operated on",
    });
    const agreed = {
      ...entry("category-agreement", addDays(START, 2), { entryId: changed.id }),
      recordedBy: "Nurse Second",
    };
    const facts = dueFacts({ ...visited, entries: [...readyToStart(START), changed, agreed] });
    expect(kinds(due(facts, noon(addDays(START, 9))))).not.toContain("window-missed");
  });
});

describe("steps of the month", () => {
  it("asks the prescriber for the confirmation, then the nurse for the questions", () => {
    const unconfirmed = dueFacts({
      ...visited,
      entries: readyToStart(START, ["prescriber-confirmation", "patient-questions"]),
    });
    expect(only(due(unconfirmed, noon(START)), "confirmation-missing")).toMatchObject({
      urgency: "today",
      roles: ["prescriber"],
    });
    const unasked = dueFacts({ ...visited, entries: readyToStart(START, ["patient-questions"]) });
    expect(kinds(due(unasked, noon(START)))).toEqual(["questions-missing", "window-closing"]);
    expect(only(due(unasked, noon(START)), "questions-missing").roles).toEqual(["nurse"]);
  });

  it("asks for the result of a pending test", () => {
    const entries = [...readyToStart(START, ["pregnancy-test"]), pregnancyTest(START, { result: "pending" })];
    expect(only(due(dueFacts({ ...visited, entries }), noon(START)), "test-due").sentence).toBe(
      "The pregnancy test of Mon, Dec 7, 2026 has no result yet.",
    );
  });

  it("announces no next test while the capsules wait at the pharmacy, however short the supply", () => {
    const waiting = dueFacts({
      ...visited,
      entries: readyToStart(START),
      prescriptions: [prescription(START, { daysSupply: 5 })],
    });
    for (const later of [0, 1, 3, 6])
      expect(kinds(due(waiting, noon(addDays(START, later)))), String(later)).toEqual(["window-closing"]);
  });

  it("announces the confirmation test a week ahead and says when the month of waiting is over", () => {
    const entries = readyToStart(START).filter((one) => one.on < "2026-11-20");
    const facts = dueFacts({ ...visited, entries });
    expect(kinds(due(facts, noon(addDays(START, -8))))).toEqual([]);
    expect(only(due(facts, noon(addDays(START, -7))), "test-due")).toMatchObject({
      urgency: "later",
      on: START,
    });
    const over = only(due(facts, noon(START)), "month-of-waiting-over");
    expect(over.sentence).toContain("on days 1 to 5 of the next period");
    const period = dueFacts({ ...visited, entries: [...entries, entry("menstruation", addDays(START, -1))] });
    expect(only(due(period, noon(START)), "month-of-waiting-over")).toMatchObject({
      urgency: "today",
      on: addDays(START, 3),
    });
  });

  it("asks for the month's test from a week before the capsules run out", () => {
    const treated = onTreatment(FIRST, SECOND, [
      "pregnancy-test",
      "prescriber-confirmation",
      "patient-questions",
      "counselling",
    ]);
    const entries = [...treated.entries, ...readyToStart(FIRST).filter((one) => one.on <= FIRST)];
    const facts = dueFacts({ ...visited, ...treated, entries: [...entries, entry("first-dose", FIRST)] });
    expect(kinds(due(facts, noon("2026-12-08")))).toEqual([]);
    expect(only(due(facts, noon("2026-12-09")), "test-due")).toMatchObject({
      urgency: "soon",
      on: "2026-12-15",
    });
    expect(only(due(facts, noon("2026-12-15")), "test-due").urgency).toBe("today");
    expect(only(due(facts, noon("2026-12-20")), "test-due").sentence).toContain("ended Tue, Dec 15, 2026");
  });

  it("asks for the month's test without a supply on record, when somebody who takes it was never prescribed it here", () => {
    const entries = [...readyToStart(FIRST, ["pregnancy-test"]), entry("first-dose", FIRST)];
    expect(only(due(dueFacts({ ...visited, entries }), noon(SECOND)), "test-due")).toMatchObject({
      urgency: "today",
      on: SECOND,
      sentence: "Take the next pregnancy test now.",
    });
  });

  it("lists what the enrolment lacks, and asks for the screening test", () => {
    const items = due(dueFacts({ ...visited }), noon(START));
    expect(kinds(items)).toEqual(["test-due", "enrolment-incomplete"]);
    expect(only(items, "enrolment-incomplete").sentence).toBe(
      "Not complete: risk category, enrolment, consents, accepted contraception.",
    );
  });

  it("misses no window in which capsules of another clinic were taken", () => {
    const ready = readyToStart(FIRST);
    const kindsWith = (more: typeof ready) =>
      kinds(due(dueFacts({ ...visited, entries: [...ready, ...more] }), noon(addDays(FIRST, 10))));
    expect(kindsWith([])).toContain("window-missed");
    expect(kindsWith([entry("first-dose", FIRST)])).not.toContain("window-missed");
    // Capsules of before the test say nothing of its window.
    expect(kindsWith([entry("first-dose", addDays(FIRST, -9))])).toContain("window-missed");
  });

  it("asks from when on contraception is used again after a lapse in the month of waiting", () => {
    const lapsed = addDays(START, -3);
    const ready = readyToStart(START, ["pregnancy-test"]);
    const lapse = entry("contraception-lapse", lapsed, { what: "missed" });
    const line = (entries: typeof ready) =>
      due(dueFacts({ ...visited, entries }), noon(START)).find((one) => one.kind === "enrolment-incomplete");
    expect(line(ready)).toBeUndefined();
    expect(line([...ready, lapse])).toMatchObject({
      sentence:
        "Contraception lapsed. Record from which day accepted methods are used again; 30 days run from there, and the prescriber must agree to the restart.",
      act: { label: "Record the methods", record: "contraception" },
      urgency: "soon",
      on: lapsed,
    });
    expect(line([...ready.filter((one) => one.kind !== "consent"), lapse])).toMatchObject({
      sentence: "Not complete: consents, contraception again after the lapse.",
      act: { label: "Complete the steps", to: "programme" },
    });
    expect(line([...ready, lapse, entry("contraception", addDays(lapsed, 1))])).toBeUndefined();
    // Of patients who cannot become pregnant no contraception is asked.
    const cannot = [...cannotStart(START), entry("contraception", addDays(lapsed, -9)), lapse];
    expect(line(cannot)).toBeUndefined();
    // Stopped methods are not in use at all: that is said as what is missing.
    expect(line([...ready, entry("contraception-lapse", lapsed, { what: "stopped" })])?.sentence).toBe(
      "Not complete: accepted contraception.",
    );
  });

  it("asks no test of a patient who cannot become pregnant", () => {
    const items = due(dueFacts({ ...visited, entries: cannotStart(START) }), noon(START));
    expect(kinds(items)).toEqual(["prescription-due"]);
  });
});

describe("a test that does not count", () => {
  const treated = onTreatment(FIRST, SECOND, [
    "pregnancy-test",
    "prescriber-confirmation",
    "patient-questions",
  ]);
  const tested = (...more: ReturnType<typeof entry>[]): DueItem[] => {
    const entries = [
      ...treated.entries,
      ...readyToStart(FIRST),
      entry("home-test-permission", FIRST),
      entry("home-test-code", SECOND),
      ...more,
    ];
    return due(dueFacts({ ...visited, ...treated, entries }), noon(SECOND));
  };
  const home = (fields: Parameters<typeof pregnancyTest>[1] = {}): ReturnType<typeof entry> =>
    pregnancyTest(SECOND, { setting: "home", ...fields });

  it("at home and without its evidence is told, with what is missing", () => {
    expect(only(tested(home()), "test-due")).toMatchObject({
      urgency: "today",
      on: SECOND,
      roles: ["prescriber", "nurse"],
      sentence:
        "The pregnancy test of Wed, Dec 16, 2026 does not count yet. Not on record for this home test: the kit’s lot, the kit’s expiry, a one-time code or a photo, who verified it. Correct the entry, or test again.",
      act: { label: "Correct the test", to: "programme", visitId: null },
    });
    expect(kinds(tested(home({ home: HOME_EVIDENCE })))).not.toContain("test-due");
  });

  it("with a kit that had expired is told, and another test is asked for", () => {
    const expired = home({ home: { ...HOME_EVIDENCE, kitExpiry: addDays(SECOND, -1) } });
    expect(only(tested(expired), "test-due")).toMatchObject({
      urgency: "today",
      sentence:
        "The pregnancy test of Wed, Dec 16, 2026 does not count. The kit had expired when the test was taken. Test again.",
      act: { label: "Record the test", to: "programme", record: "pregnancy-test" },
    });
  });

  it("because nobody permitted tests at home is told, and for its sensitivity too", () => {
    const forbidden = entry("home-test-permission", SECOND, { given: false });
    expect(only(tested(forbidden, home()), "test-due").sentence).toMatch(
      /^The pregnancy test of Wed, Dec 16, 2026 does not count\. Home testing is not permitted for this patient/u,
    );
    expect(only(tested(pregnancyTest(SECOND, { sensitivity: null })), "test-due").sentence).toBe(
      "The pregnancy test of Wed, Dec 16, 2026 does not count yet. The test’s sensitivity is not on record. Record it: 25 mIU/mL or less counts. Correct the entry, or test again.",
    );
  });

  it("is not told while the capsules last so long that none would", () => {
    const entries = [
      ...treated.entries,
      entry("home-test-permission", FIRST),
      pregnancyTest("2026-12-08", { setting: "home" }),
    ];
    const on = (day: string): DueKind[] =>
      kinds(due(dueFacts({ ...visited, ...treated, entries }), noon(day)));
    expect(on("2026-12-08")).not.toContain("test-due");
    expect(on("2026-12-09")).toContain("test-due");
  });

  it("is not told before the start while the month of contraception runs, nor when the period sets another day", () => {
    const before = (day: string, ...more: ReturnType<typeof entry>[]): string[] =>
      due(
        dueFacts({
          ...visited,
          entries: [
            ...readyToStart(START, ["pregnancy-test", "menstruation"]),
            pregnancyTest(addDays(START, -31)),
            ...more,
          ],
        }),
        noon(day),
      ).map(({ sentence }) => sentence);
    const early = pregnancyTest(addDays(START, -1), { setting: "home" });
    expect(before(addDays(START, -1), early, entry("menstruation", addDays(START, -2))).join(" ")).toContain(
      "Take the confirmation test in a medical setting from Mon, Dec 7, 2026",
    );
    const late = pregnancyTest(START, { setting: "home" });
    expect(before(START, late, entry("menstruation", addDays(START, -9))).join(" ")).toContain(
      "on days 1 to 5 of the next period",
    );
    expect(before(START, late, entry("menstruation", addDays(START, -1))).join(" ")).toContain(
      "The pregnancy test of Mon, Dec 7, 2026 does not count. A test before treatment must be taken in a medical setting, not at home. Another one counts until Thu, Dec 10, 2026.",
    );
  });

  it("too soon after the first one is not told but another one asked for", () => {
    const entries = [
      ...readyToStart(START, ["pregnancy-test"]),
      pregnancyTest(addDays(START, -19)),
      pregnancyTest(addDays(START, -1)),
    ];
    expect(only(due(dueFacts({ ...visited, entries }), noon(START)), "month-of-waiting-over").sentence).toBe(
      "The month of waiting is over. Take the confirmation test in a medical setting from Mon, Dec 7, 2026 to Thu, Dec 10, 2026.",
    );
  });

  it("says of a first test without its sensitivity what is missing, rather than asking for another", () => {
    const entries = readyToStart(START).map((one) =>
      one.kind === "pregnancy-test" ? { ...one, sensitivity: null } : one,
    );
    const items = due(dueFacts({ ...visited, entries }), noon(addDays(START, -30)));
    expect(only(items, "test-due").sentence).toMatch(
      /^The pregnancy test of Fri, Nov 6, 2026 does not count yet\./u,
    );
  });
});

describe("the next prescription of a patient who cannot become pregnant", () => {
  const told = (on: string, more: Parameters<typeof dueFacts>[0] = {}): DueItem | null =>
    due(dueFacts({ ...visited, entries: cannotStart(FIRST), ...more }), noon(on)).find(
      ({ kind }) => kind === "prescription-due",
    ) ?? null;
  /** Collected on `FIRST`, for 30 days: they last until December 15. */
  const collected = {
    entries: [...cannotStart(FIRST), entry("dispensing", FIRST), entry("first-dose", FIRST)],
    prescriptions: [prescription(FIRST)],
  };

  it("is told from the decision on while none was issued", () => {
    expect(told(FIRST)).toMatchObject({
      urgency: "soon",
      on: "2026-01-01",
      roles: ["prescriber", "nurse"],
      sentence: "Can be prescribed now.",
      act: { label: "Prescribe", to: "prescriptions", visitId: null },
    });
    expect(told(FIRST, { lastVisit: null, nextVisitOn: addDays(FIRST, 1) })).not.toBeNull();
  });

  it("is told from a week before the capsules run out", () => {
    expect(told("2026-12-08", collected)).toBeNull();
    expect(told("2026-12-09", collected)).toMatchObject({
      urgency: "soon",
      on: "2026-12-15",
      sentence: "The last supply lasts until Tue, Dec 15, 2026. Can be prescribed now.",
    });
    expect(told("2026-12-14", collected)?.urgency).toBe("soon");
    expect(told("2026-12-15", collected)).toMatchObject({
      urgency: "today",
      sentence: "The last supply lasts until Tue, Dec 15, 2026. Can be prescribed now.",
    });
    expect(told("2026-12-16", collected)?.sentence).toBe(
      "The last supply ended Tue, Dec 15, 2026. Can be prescribed now.",
    );
  });

  it("waits for a planned visit that comes before the capsules are out, and no longer", () => {
    const planned = (nextVisitOn: string): DueItem | null =>
      told("2026-12-10", { ...collected, nextVisitOn });
    expect(planned("2026-12-10")).toBeNull();
    expect(planned("2026-12-16")).toBeNull();
    expect(planned("2026-12-17")).not.toBeNull();
    // Of the visit itself there is a line.
    expect(told(FIRST, { nextVisitOn: FIRST })).toBeNull();
    expect(told("2026-12-20", { ...collected, nextVisitOn: "2026-12-18" })).not.toBeNull();
  });

  it("says which step is missing, unless that has a line of its own", () => {
    const without = (kind: "counselling" | "consent"): DueItem | null =>
      told(FIRST, { entries: cannotStart(FIRST, [kind]) });
    expect(without("counselling")).toMatchObject({
      sentence: "Counsel the patient and record it.",
      act: { label: "See what is missing", to: "programme", visitId: null },
    });
    expect(without("consent")).toBeNull();
  });

  it("asks by the old edition for the confirmation, and says until when its window is open", () => {
    const old = (on: string, confirmed: boolean): string | undefined =>
      told(on, { entries: cannotStart("2026-10-01", confirmed ? [] : ["prescriber-confirmation"]) })
        ?.sentence;
    expect(old("2026-10-01", false)).toContain("The prescriber has not confirmed");
    expect(old("2026-10-01", true)).toBe("Can be prescribed until Fri, Oct 30, 2026, 10:59 PM.");
    expect(old("2026-10-31", true)).toContain("Confirm again");
  });

  it("says what has to be seen first: mood, a warning sign, a result to act on", () => {
    const alert = { visitId: "visit-1", on: FIRST, sentence: "PHQ-9 item 9 was answered yes." };
    const result = (level: "watch" | "act" | "urgent"): DueFacts["openResults"][number] => ({
      id: `result-${level}`,
      visitId: null,
      testName: "ALT",
      collectedOn: FIRST,
      level,
      sentence: "Look.",
    });
    const flag = { visitId: "visit-1", on: FIRST, name: "Headache", sentence: "Look at the optic discs." };
    const found = (
      more: Partial<DueFacts>,
      entries = cannotStart(FIRST),
      kind: DueKind = "prescription-due",
    ): DueItem => only(due({ ...dueFacts({ ...visited, entries }), ...more }, noon(FIRST)), kind);
    expect(found({ moodAlerts: [alert] })).toMatchObject({
      sentence: "By the programme’s rules it can be prescribed now, but see to the mood alert first.",
      act: { label: "Open the chart", to: "chart" },
    });
    expect(found({ redFlags: [flag], openResults: [result("act")] }).sentence).toContain(
      "see to the warning sign and the abnormal result first",
    );
    expect(found({ openResults: [result("urgent")] }).sentence).toContain("see to the abnormal result first");
    expect(found({ openResults: [result("watch")] })).toMatchObject({
      sentence: "Can be prescribed now.",
      act: { label: "Prescribe" },
    });
    expect(found({ moodAlerts: [alert] }, readyToStart(FIRST), "window-closing").sentence).toMatch(
      /^By the programme’s rules it can be prescribed now, but see to the mood alert first: the window closes /u,
    );
  });

  it("is not told while treatment is stopped, nor of patients who can become pregnant", () => {
    const paused = [...cannotStart(FIRST), entry("pause", FIRST)];
    expect(told(FIRST, { entries: paused })).toBeNull();
    expect(told(START, { entries: readyToStart(START) })).toBeNull();
  });
});

describe("what else waits for somebody", () => {
  it("a change to cannot become pregnant waits for a second person", () => {
    const changed = entry("risk-category", START, {
      category: "cannot",
      criterion: "hysterectomy",
      evidence: "Operation note",
      changeReason: "Operated on in November",
    });
    const entries = [...readyToStart(START), changed];
    const item = only(due(dueFacts({ ...visited, entries }), noon(START)), "agreement-missing");
    expect(item).toMatchObject({ urgency: "today", act: { record: "category-agreement" } });
    expect(item.sentence).toContain("a second person must agree");
    const agreement = entry("category-agreement", START, { entryId: changed.id });
    expect(
      kinds(due(dueFacts({ ...visited, entries: [...entries, agreement] }), noon(START))),
      "agreed to by whoever recorded it",
    ).toContain("agreement-missing");
    const agreed = [...entries, { ...agreement, recordedBy: "Nurse Second" }];
    expect(kinds(due(dueFacts({ ...visited, entries: agreed }), noon(START)))).not.toContain(
      "agreement-missing",
    );
    const toCan = [...cannotStart(START), entry("risk-category", addDays(START, 1))];
    expect(kinds(due(dueFacts({ ...visited, entries: toCan }), noon(addDays(START, 1))))).not.toContain(
      "agreement-missing",
    );
  });

  it("a site that says something else stands there until one side is put right", () => {
    const site = entry("programme-site", addDays(START, 2), {
      status: "qualified",
      category: "can",
      testOn: START,
      confirmedOn: START,
      questionsOn: null,
      doNotDispenseAfter: addDays(START, 6),
    });
    const facts = (looks: readonly ReturnType<typeof entry>[]): ReturnType<typeof dueFacts> =>
      dueFacts({
        ...visited,
        entries: [...readyToStart(START), ...looks],
        prescriptions: [prescription(START)],
      });
    const item = only(due(facts([site]), noon(addDays(START, 3))), "site-disagreement");
    expect(item).toMatchObject({ urgency: "today", on: addDays(START, 2), act: { to: "programme" } });
    expect(item.sentence).toContain("On the programme’s site: it shows none");
    const again = entry("programme-site", addDays(START, 3), {
      status: "qualified",
      category: "can",
      testOn: START,
      confirmedOn: START,
      questionsOn: START,
      doNotDispenseAfter: addDays(START, 6),
    });
    expect(kinds(due(facts([site, again]), noon(addDays(START, 3))))).not.toContain("site-disagreement");
  });

  it("a blood draw is due before the start, and again when its day comes", () => {
    const draw = { dueOn: null, missing: ["alt", "ast"], sentence: "Before the first dose: liver enzymes." };
    const given = (more: object): ReturnType<typeof dueFacts> =>
      dueFacts({ ...visited, entries: cannotStart(START), ...more });
    const before = only(due({ ...given({}), draw }, noon(START)), "draw-due");
    expect(before).toMatchObject({ urgency: "soon", act: { to: "labs" } });
    expect(before.sentence).toBe("Before the first dose: liver enzymes. Missing: ALT, AST.");
    const dated = { ...draw, dueOn: addDays(START, 7) };
    expect(only(due({ ...given({}), draw: dated }, noon(START)), "draw-due").urgency).toBe("later");
    expect(kinds(due({ ...given({}), draw: dated }, noon(addDays(START, -1))))).not.toContain("draw-due");
    expect(only(due({ ...given({}), draw: dated }, noon(addDays(START, 7))), "draw-due").urgency).toBe(
      "soon",
    );
    expect(kinds(due({ ...given({}), draw: null }, noon(START)))).not.toContain("draw-due");
  });

  it("the UK programme asks for the acknowledgement of risk and for mood and sexual function", () => {
    const entries = [entry("risk-category", START, { category: "cannot", criterion: "cisgender-male" })];
    const items = due(dueFacts({ ...visited, programme: "mhra", entries }), noon(START));
    expect(only(items, "enrolment-incomplete").sentence).toContain("consents");
    expect(only(items, "wellbeing-missing").act).toMatchObject({ record: "wellbeing-check" });
    const asked = [...entries, entry("wellbeing-check", START)];
    expect(
      kinds(due(dueFacts({ ...visited, programme: "mhra", entries: asked }), noon(START))),
    ).not.toContain("wellbeing-missing");
  });

  it("the UK edition of 2023 asks for a second prescriber under 18, the one of 2026 does not", () => {
    const day = "2025-12-01";
    const given = { ...visited, programme: "mhra" as const, birthDate: "2010-04-07", decidedOn: day };
    const lacking = (on: string): string =>
      only(due(dueFacts({ ...given, entries: [] }), noon(on)), "enrolment-incomplete").sentence;
    expect(lacking(day)).toContain("the second prescriber");
    expect(lacking("2026-01-22")).not.toContain("the second prescriber");
  });
});

describe("after the last dose", () => {
  const treated = onTreatment(FIRST, SECOND);
  const last = "2026-12-20";
  const facts = (more: Parameters<typeof dueFacts>[0] = {}): ReturnType<typeof dueFacts> =>
    dueFacts({
      ...treated,
      ...visited,
      entries: [...treated.entries, entry("last-dose", last), ...(more.entries ?? [])],
      end: more.end ?? null,
    });

  it("asks for a test at the end and one a month later", () => {
    expect(only(due(facts(), noon(last)), "post-treatment-test")).toMatchObject({
      urgency: "today",
      on: last,
    });
    const done = { entries: [pregnancyTest(last)] };
    expect(due(facts(done), noon(addDays(last, 22)))).toEqual([]);
    expect(only(due(facts(done), noon(addDays(last, 23))), "post-treatment-test").urgency).toBe("later");
    expect(only(due(facts(done), noon(addDays(last, 30))), "post-treatment-test")).toMatchObject({
      urgency: "today",
      on: addDays(last, 30),
    });
    expect(due(facts({ entries: [pregnancyTest(addDays(last, 30))] }), noon(addDays(last, 40)))).toEqual([]);
  });

  it("goes on asking when the course is closed in between, and not after a transfer", () => {
    const end = { endedOn: last, reason: "completed" as const, note: "" };
    expect(kinds(due(facts({ end }), noon(addDays(last, 31))))).toEqual(["post-treatment-test"]);
    const moved = { endedOn: last, reason: "transferred" as const, note: "" };
    expect(due(facts({ end: moved }), noon(addDays(last, 31)))).toEqual([]);
  });

  it("asks for no test after an end by a pregnancy, but once for its report", () => {
    const end = { endedOn: last, reason: "pregnancy" as const, note: "" };
    const after = due(facts({ end }), noon(addDays(last, 31)));
    expect(kinds(after)).toEqual(["urgent-stop"]);
    expect(after[0]).toMatchObject({
      urgency: "urgent",
      on: last,
      roles: ["prescriber", "nurse"],
      sentence:
        "The course ended for a pregnancy, and no report of it is on record. Report a pregnancy to iPLEDGE (1-866-495-0654); FDA MedWatch (1-800-FDA-1088) if you wish.",
      act: { label: "Record the report", to: "programme", record: "pregnancy-report" },
    });
    const reported = [
      entry("pregnancy-report", addDays(last, 1)),
      entry("stop-handled", last, { done: ["reported"], note: "Told them." }),
    ];
    for (const one of reported)
      expect(due(facts({ end, entries: [one] }), noon(addDays(last, 31)))).toEqual([]);
    const other = entry("stop-handled", last, { done: ["drug-stopped", "referred"], note: "Called." });
    expect(kinds(due(facts({ end, entries: [other] }), noon(last)))).toEqual(["urgent-stop"]);
  });

  it("asks for no report of a pregnancy before anything was taken, but where that is not on record", () => {
    const end = { endedOn: addDays(START, 2), reason: "pregnancy" as const, note: "" };
    const at = noon(addDays(START, 20));
    const ended = (more: Parameters<typeof dueFacts>[0] = {}): DueKind[] =>
      kinds(due(dueFacts({ ...visited, end, entries: readyToStart(START), ...more }), at));
    expect(ended()).toEqual([]);
    const prescriptions = [prescription(START)];
    expect(ended({ prescriptions })).toEqual(["urgent-stop"]);
    const left = [...readyToStart(START), entry("dispensing", START, { capsules: 0 })];
    expect(ended({ prescriptions, entries: left })).toEqual([]);
    expect(ended({ entries: [...readyToStart(START), entry("first-dose", START)] })).toEqual(["urgent-stop"]);
    const reason = "completed" as const;
    expect(ended({ prescriptions, end: { ...end, reason } })).toEqual(["post-treatment-test"]);
  });

  it("says by what it is known that treatment is over", () => {
    const at = noon(addDays(last, 31));
    const told = (entries: DueFacts["entries"], end: DueFacts["course"]["end"]): string =>
      only(due(dueFacts({ ...treated, ...visited, entries, end }), at), "post-treatment-test").sentence;
    const end = { endedOn: last, reason: "completed" as const, note: "" };
    const done = [...treated.entries, pregnancyTest(last)];
    const dose = entry("last-dose", addDays(last, -1));
    expect(told([...done, dose], null)).toBe(
      "A pregnancy test is due one month after the last dose of Sat, Dec 19, 2026: from Mon, Jan 18, 2027.",
    );
    expect(told([...done, dose], end)).toBe(told([...done, dose], null));
    expect(told(done, end)).toBe(
      "The course ended Sun, Dec 20, 2026, and the last dose is not on record: a pregnancy test is due one month after the end, from Tue, Jan 19, 2027.",
    );
    // Of two, the last one counts.
    expect(told([...done, entry("last-dose", addDays(last, -9)), dose], null)).toBe(
      told([...done, dose], null),
    );
    // A last dose after which treatment was resumed is none.
    expect(told([...done, dose, entry("resume", last)], end)).toBe(told(done, end));
  });

  it("of capsules of which nobody recorded whether they were collected asks for the tests after the end", () => {
    const end = { endedOn: addDays(START, 20), reason: "patient-choice" as const, note: "" };
    const facts = (more: Parameters<typeof dueFacts>[0] = {}): DueFacts =>
      dueFacts({
        ...visited,
        end,
        entries: readyToStart(START),
        prescriptions: [prescription(START)],
        ...more,
      });
    expect(only(due(facts(), noon(addDays(START, 20))), "post-treatment-test")).toMatchObject({
      urgency: "today",
      on: addDays(START, 20),
      sentence:
        "The course ended Sun, Dec 27, 2026, and whether the capsules were collected is not on record: a pregnancy test is due at the end of treatment.",
      act: { record: "pregnancy-test" },
    });
    const dose = [...readyToStart(START), entry("first-dose", START)];
    expect(
      only(due(facts({ entries: dose }), noon(addDays(START, 20))), "post-treatment-test").sentence,
    ).toContain("and the last dose is not on record");
    const settled = [...readyToStart(START), entry("dispensing", addDays(START, 8), { capsules: 0 })];
    expect(due(facts({ entries: settled }), noon(addDays(START, 51)))).toEqual([]);
    expect(due(facts({ prescriptions: [] }), noon(addDays(START, 51)))).toEqual([]);
    expect(due(facts({ entries: cannotStart(START) }), noon(addDays(START, 51)))).toEqual([]);
  });

  it("still stops for a positive test in the month after", () => {
    const positive = facts({ entries: [pregnancyTest(addDays(last, 5), { result: "positive" })] });
    expect(kinds(due(positive, noon(addDays(last, 6))))).toEqual(["urgent-stop", "post-treatment-test"]);
  });
});

describe("a test after treatment", () => {
  const treated = onTreatment(FIRST, SECOND);
  const last = "2026-12-20";
  const month = addDays(last, 31);
  const codes = [entry("home-test-permission", FIRST), entry("home-test-code", month)];
  const told = (...more: ReturnType<typeof entry>[]): string | null => {
    const entries = [...treated.entries, entry("last-dose", last), pregnancyTest(last), ...more];
    const items = due(dueFacts({ ...treated, ...visited, entries }), noon(addDays(month, 1)));
    return items.length === 0 ? null : only(items, "post-treatment-test").sentence;
  };
  const owed =
    "A pregnancy test is due one month after the last dose of Sun, Dec 20, 2026: from Tue, Jan 19, 2027.";
  const fault = (why: string): string => `${owed} The test of Wed, Jan 20, 2027 does not count: ${why}.`;

  it("at home counts with permission, kit, evidence and sensitivity, and in a medical setting with its sensitivity", () => {
    expect(told(...codes)).toBe(owed);
    expect(told(...codes, pregnancyTest(month, { setting: "home", home: HOME_EVIDENCE }))).toBeNull();
    expect(told(pregnancyTest(month))).toBeNull();
    expect(told(pregnancyTest(addDays(last, 29)))).toBe(owed);
    expect(told(pregnancyTest(addDays(last, 30)))).toBeNull();
  });

  it("at home is none where the programme knows no tests at home, whoever permitted it", () => {
    const entries = [
      ...treated.entries,
      ...codes,
      entry("last-dose", last),
      pregnancyTest(month, { setting: "home", home: HOME_EVIDENCE }),
    ];
    const items = due(dueFacts({ ...treated, ...visited, programme: "mhra", entries }), noon(month));
    expect(only(items, "post-treatment-test").sentence).toBe(
      fault("it was not taken where the programme accepts it"),
    );
  });

  it("that lacks one of these is still owed, and told why", () => {
    const home = { setting: "home", home: HOME_EVIDENCE } as const;
    expect(told(pregnancyTest(month, home))).toBe(fault("tests at home are not permitted for this patient"));
    expect(told(...codes, pregnancyTest(month, { setting: "remote-supervised" }))).toBe(
      fault("it was not taken where the programme accepts it"),
    );
    expect(told(...codes, pregnancyTest(month, { setting: "home" }))).toBe(
      fault("not on record: the kit’s lot, the kit’s expiry, a one-time code or a photo, who verified it"),
    );
    const kitExpiry = addDays(month, -1);
    expect(told(...codes, pregnancyTest(month, { ...home, home: { ...HOME_EVIDENCE, kitExpiry } }))).toBe(
      fault("its kit had expired"),
    );
    expect(told(...codes, pregnancyTest(month, { ...home, sensitivity: null }))).toBe(
      fault("its sensitivity is not on record"),
    );
    expect(told(pregnancyTest(month, { sensitivity: 26 }))).toBe(fault("its kit is not sensitive enough"));
    expect(told(pregnancyTest(addDays(last, 29), { sensitivity: 26 }))).toBe(owed);
    expect(told(pregnancyTest(month, { result: "pending" }))).toBe(owed);
    const poor = pregnancyTest(addDays(last, 30), { sensitivity: 26 });
    expect(told(poor)).toBe(
      `${owed} The test of Tue, Jan 19, 2027 does not count: its kit is not sensitive enough.`,
    );
    expect(told(poor, pregnancyTest(month, { sensitivity: null }))).toBe(
      fault("its sensitivity is not on record"),
    );
    expect(told(pregnancyTest(month, { setting: "home", result: "pending" }))).toBe(owed);
    // One that counts is enough.
    expect(told(pregnancyTest(month), pregnancyTest(addDays(month, 1), { sensitivity: null }))).toBeNull();
  });
});

describe("after treatment was stopped", () => {
  const treated = onTreatment(FIRST, SECOND);
  const stop = entry("treatment-stop", "2026-12-20");
  const seen = { lastVisit: { id: "visit-2", on: stop.on } };
  const facts = (more: Parameters<typeof dueFacts>[0] = {}, since = [stop]): DueFacts =>
    dueFacts({ ...treated, ...seen, ...more, entries: [...(more.entries ?? treated.entries), ...since] });

  it("asks for the last dose, until it or the tests after it are on record", () => {
    expect(only(due(facts(), noon(stop.on)), "post-treatment-test")).toMatchObject({
      urgency: "today",
      on: stop.on,
      roles: ["prescriber", "nurse"],
      sentence:
        "Treatment was stopped on Sun, Dec 20, 2026, and no last dose is on record. Record it: the pregnancy tests after treatment are counted from it.",
      act: { label: "Record the last dose", to: "programme", record: "last-dose" },
    });
    const dose = facts({}, [stop, entry("last-dose", "2026-12-18")]);
    expect(only(due(dose, noon(stop.on)), "post-treatment-test").act).toMatchObject({
      record: "pregnancy-test",
    });
    const tested = (on: string): DueKind[] =>
      kinds(due(facts({}, [stop, pregnancyTest(on)]), noon(addDays(stop.on, 36))));
    expect(tested(addDays(stop.on, 29))).toEqual(["post-treatment-test"]);
    expect(tested(addDays(stop.on, 30))).toEqual([]);
    // Resumed, it is not over.
    const resumed = due(facts({}, [stop, entry("resume", "2026-12-22")]), noon("2026-12-23"));
    expect(kinds(resumed)).not.toContain("post-treatment-test");
  });

  it("asks for it too where the dose was stopped at a visit, and not where it is only held or paused", () => {
    const at = noon("2026-12-22");
    const asked = (more: Parameters<typeof dueFacts>[0], since: DueFacts["entries"] = []): DueKind[] =>
      kinds(due(facts(more, [...since]), at));
    expect(asked({ doses: [{ on: stop.on, action: "stop" }] })).toEqual(["post-treatment-test"]);
    expect(asked({ doses: [{ on: stop.on, action: "hold" }] })).toEqual([]);
    expect(asked({}, [entry("pause", stop.on)])).toEqual([]);
  });

  it("asks what became of the capsules where nobody recorded whether any were collected", () => {
    const waiting = { entries: readyToStart(START), prescriptions: [prescription(START)] };
    const stopped = [entry("treatment-stop", addDays(START, 8))];
    expect(only(due(facts(waiting, stopped), noon(addDays(START, 8))), "post-treatment-test")).toMatchObject({
      sentence:
        "Treatment was stopped on Tue, Dec 15, 2026, and whether the capsules were collected is not on record. Record it: after treatment a pregnancy test is due.",
      act: { label: "Record the pick-up", record: "dispensing" },
    });
    const none = { entries: readyToStart(START), prescriptions: [] };
    expect(due(facts(none, stopped), noon(addDays(START, 9)))).toEqual([]);
    const left = [entry("dispensing", START, { capsules: 0 }), ...stopped];
    expect(due(facts(waiting, left), noon(addDays(START, 9)))).toEqual([]);
    const two = { ...waiting, prescriptions: [prescription(addDays(START, -30)), prescription(START)] };
    expect(kinds(due(facts(two, left), noon(addDays(START, 9))))).toEqual(["post-treatment-test"]);
    // The last one waits, the one before may have been taken.
    const early = [entry("treatment-stop", START)];
    const both = due(facts(two, early), noon(addDays(START, 1)));
    expect(kinds(both)).toEqual(["window-closing", "post-treatment-test"]);
    expect(only(both, "post-treatment-test").act.record).toBe("dispensing");
    expect(kinds(due(facts(waiting, early), noon(addDays(START, 1))))).toEqual(["window-closing"]);
    // One dose is enough to have a last one.
    const dose = [entry("first-dose", START), ...early];
    expect(only(due(facts(none, dose), noon(START)), "post-treatment-test").act.record).toBe("last-dose");
  });

  it("asks nothing of a patient who cannot become pregnant, nor of one with a pregnancy", () => {
    const entries = [...cannotStart(FIRST), entry("dispensing", FIRST), entry("first-dose", FIRST)];
    expect(kinds(due(facts({ entries }), noon("2026-12-22")))).not.toContain("post-treatment-test");
    const handled = entry("stop-handled", stop.on, { note: "Referred and reported." });
    const pregnant = facts({}, [entry("pregnancy", "2026-12-19"), stop, handled]);
    expect(due(pregnant, noon("2026-12-22"))).toEqual([]);
    const missed = facts({}, [entry("missed-period", "2026-12-19"), stop, handled]);
    expect(kinds(due(missed, noon("2026-12-22")))).toEqual(["post-treatment-test", "test-due"]);
  });
});

describe("a prescription that waits while the course is closed", () => {
  const by = addDays(START, 6);
  const waiting = { ...visited, entries: readyToStart(START), prescriptions: [prescription(START)] };
  const on = addDays(START, 1);
  const end = { endedOn: on, reason: "patient-choice" as const, note: "" };
  const ways: readonly [string, Parameters<typeof dueFacts>[0], string][] = [
    ["held", { doses: [{ on, action: "hold" }] }, "The prescriber put the dose on hold."],
    ["stopped at a visit", { doses: [{ on, action: "stop" }] }, "The prescriber stopped the dose."],
    ["paused", { entries: [...waiting.entries, entry("pause", on)] }, "Treatment is paused."],
    ["stopped", { entries: [...waiting.entries, entry("treatment-stop", on)] }, "Treatment is stopped."],
    ["over", { entries: [...waiting.entries, entry("last-dose", on)] }, "A last dose is on record."],
    ["ended", { end }, "The course has ended."],
  ];

  it.each(ways)("is not to be dispensed, once treatment is %s", (_name, more, why) => {
    const closed = dueFacts({ ...waiting, ...more });
    const item = only(due(closed, noon(on)), "window-closing");
    expect(item).toMatchObject({
      urgency: "urgent",
      on: by,
      at: instantIn(ZONE, by, "22:59"),
      roles: ["prescriber", "nurse"],
      act: { label: "Record what became of it", to: "programme", record: "dispensing" },
    });
    expect(item.sentence).toBe(
      `A prescription waits at the pharmacy: do not dispense it. ${item.sentence.slice(item.sentence.indexOf(why))}`,
    );
    expect(judge(closed, noon(on), { question: "dispense" }).answer).toBe("no");
    const told = (at: string): DueKind[] => kinds(due(closed, at));
    expect(told(instantIn(ZONE, by, "22:58"))).toContain("window-closing");
    expect(told(instantIn(ZONE, by, "23:00"))).not.toContain("window-closing");
    // Whoever may still get them has taken none yet.
    if (_name !== "over") expect(told(noon(on))).toEqual(["window-closing"]);
    const left = [...(more?.entries ?? waiting.entries), entry("dispensing", on, { capsules: 0 })];
    expect(kinds(due(dueFacts({ ...waiting, ...more, entries: left }), noon(on)))).not.toContain(
      "window-closing",
    );
  });

  it("has a last dose to record besides, where capsules of an earlier month were taken", () => {
    const treated = onTreatment(FIRST, SECOND);
    const facts = dueFacts({
      ...visited,
      entries: [...treated.entries, entry("treatment-stop", addDays(SECOND, 1))],
      prescriptions: [...treated.prescriptions, prescription(SECOND)],
    });
    expect(kinds(due(facts, noon(addDays(SECOND, 1))))).toEqual(["window-closing", "post-treatment-test"]);
  });

  it("is told by the stop alone where something urgent stops everything", () => {
    const entries = [...waiting.entries, entry("pause", on), entry("missed-period", on)];
    expect(kinds(due(dueFacts({ ...waiting, entries }), noon(on)))).toEqual(["urgent-stop"]);
    expect(kinds(due(dueFacts({ ...waiting, entries, end }), noon(on)))).toEqual(["urgent-stop"]);
    const pregnancy = { ...end, reason: "pregnancy" as const };
    expect(kinds(due(dueFacts({ ...waiting, end: pregnancy }), noon(on)))).toEqual([
      "urgent-stop",
      "window-closing",
    ]);
  });

  it("is told for as long as its supply where no window closes", () => {
    const paused = dueFacts({
      ...visited,
      entries: [...cannotStart(START), entry("pause", on)],
      prescriptions: [prescription(START)],
    });
    expect(only(due(paused, noon(on)), "window-closing")).toMatchObject({ urgency: "urgent", on, at: null });
    expect(kinds(due(paused, noon(addDays(START, 29))))).toContain("window-closing");
    expect(kinds(due(paused, noon(addDays(START, 30))))).not.toContain("window-closing");
  });
});

describe("visits, results and mood", () => {
  it("says that a visit is due today, and how late one is", () => {
    const planned = dueFacts({ entries: cannotStart(addDays(START, -30)), nextVisitOn: START, ...visited });
    expect(kinds(due(planned, noon(addDays(START, -1))))).not.toContain("visit-due");
    expect(only(due(planned, noon(START)), "visit-due").sentence).toBe("The visit is planned for today.");
    expect(only(due(planned, noon(addDays(START, 1))), "visit-due").sentence).toBe(
      "The visit planned for Mon, Dec 7, 2026 is 1 day late.",
    );
  });

  it("notices that nobody planned the next visit", () => {
    const facts = dueFacts({ entries: cannotStart(START), lastVisit: { id: "visit-1", on: START } });
    expect(kinds(due(facts, noon(addDays(START, 36))))).not.toContain("visit-due");
    expect(only(due(facts, noon(addDays(START, 37))), "visit-due")).toMatchObject({ urgency: "soon" });
  });

  it("asks for the signature of the visit of the earliest day first, whichever was begun first", () => {
    const unsigned = (ids: readonly [string, string]): string | null =>
      only(
        due(
          dueFacts({
            ...visited,
            entries: cannotStart(START),
            unsignedVisits: [
              { id: ids[0], on: START },
              { id: ids[1], on: addDays(START, -2) },
            ],
          }),
          noon(START),
        ),
        "visit-unsigned",
      ).act.visitId;
    expect(unsigned(["visit-1", "visit-2"])).toBe("visit-2");
    expect(unsigned(["visit-2", "visit-1"])).toBe("visit-1");
  });

  it("asks for the signature of a visit of an earlier day", () => {
    const facts = dueFacts({
      ...visited,
      entries: cannotStart(START),
      unsignedVisits: [
        { id: "visit-3", on: START },
        { id: "visit-2", on: addDays(START, -2) },
      ],
    });
    expect(only(due(facts, noon(START)), "visit-unsigned")).toMatchObject({
      urgency: "today",
      act: { to: "visit", visitId: "visit-2" },
      sentence: "The visit of Sat, Dec 5, 2026 is not signed. And 1 more.",
    });
  });

  it("shows the worst open result, and none that asks for nothing", () => {
    const result = {
      visitId: null,
      testName: "ALT",
      collectedOn: START,
      sentence: "6 times the upper limit.",
    };
    const facts = (levels: readonly ("info" | "watch" | "act" | "urgent")[]): ReturnType<typeof dueFacts> =>
      dueFacts({
        ...visited,
        entries: cannotStart(START),
        openResults: levels.map((level, index) => ({ ...result, id: `result-${index}`, level })),
      });
    expect(kinds(due(facts(["info"]), noon(START)))).not.toContain("abnormal-result");
    expect(only(due(facts(["watch"]), noon(START)), "abnormal-result").urgency).toBe("soon");
    expect(only(due(facts(["watch", "urgent", "act"]), noon(START)), "abnormal-result")).toMatchObject({
      urgency: "urgent",
      sentence: "ALT, Mon, Dec 7, 2026: 6 times the upper limit. And 2 more.",
    });
  });

  it("works for a programme whose rules are not enabled", () => {
    const facts = dueFacts({
      programme: "canada",
      nextVisitOn: START,
      moodAlerts: [{ visitId: "visit-1", on: START, sentence: "PHQ-9 item 9 was answered yes." }],
    });
    expect(kinds(due(facts, noon(START)))).toEqual(["mood-alert", "visit-due"]);
  });
});

describe("the order", () => {
  it("is the same whatever the order of the facts, and urgent first", () => {
    const items: DueItem[] = dueKind.options.flatMap((kind, index) =>
      (["later", "urgent", "soon", "today"] as const).map((urgency) => ({
        id: `course-${index}:${kind}`,
        kind,
        patientId: "patient-1",
        courseId: `course-${index}`,
        urgency,
        sentence: "Something is due.",
        on: START,
        at: null,
        roles: ["nurse"],
        act: { label: "Open", to: "chart", visitId: null },
      })),
    );
    const sorted = inOrder(items);
    expect(inOrder([...items].reverse())).toEqual(sorted);
    expect(sorted[0]).toMatchObject({ kind: "urgent-stop", urgency: "urgent" });
    expect(sorted.map((one) => one.urgency).join(" ")).toMatch(/^(urgent ?)+(today ?)+(soon ?)+(later ?)+$/);
  });

  it("puts a stop before a window that closes in an hour, and the earlier closing first", () => {
    const at = instantIn(ZONE, addDays(START, 6), "22:00");
    const closing = due(
      dueFacts({ ...visited, entries: readyToStart(START), prescriptions: [prescription(START)] }),
      at,
    );
    const stop = due(
      dueFacts({
        ...visited,
        entries: [...cannotStart(START), pregnancyTest(START, { result: "positive" })],
      }),
      at,
    );
    expect(kinds(inOrder([...closing, ...stop]))).toEqual(["urgent-stop", "window-closing"]);
  });
});

describe("a first dose whose pick-up nobody recorded", () => {
  const dosed = (...more: ReturnType<typeof entry>[]): DueFacts =>
    dueFacts({
      ...visited,
      entries: [...readyToStart(START), entry("first-dose", addDays(START, 1)), ...more],
      prescriptions: [prescription(START)],
    });

  it("asks for the pick-up until its window closes, and says of nothing that it waits", () => {
    const close = instantIn("America/New_York", addDays(START, 6), "23:59");
    expect(only(due(dosed(), close), "window-closing")).toMatchObject({
      urgency: "soon",
      on: addDays(START, 1),
      sentence: "The first dose of Tue, Dec 8, 2026 is on record, its pick-up is not.",
      roles: ["prescriber", "nurse"],
      act: { label: "Record the pick-up", to: "programme", record: "dispensing" },
    });
    expect(kinds(due(dosed(), addMinutes(close, 1)))).not.toContain("window-closing");
    expect(kinds(due(dosed(entry("dispensing", addDays(START, 1))), close))).not.toContain("window-closing");
  });

  it("asks for it of a patient without a window too", () => {
    const facts = dueFacts({
      ...visited,
      entries: [...cannotStart(START), entry("first-dose", START)],
      prescriptions: [prescription(START)],
    });
    expect(only(due(facts, noon(addDays(START, 9))), "window-closing").act.record).toBe("dispensing");
  });
});

it("a prescription without a last day that must not be dispensed is told of today", () => {
  const facts = dueFacts({
    ...visited,
    entries: [...cannotStart(START, ["enrolment"])],
    prescriptions: [prescription(START)],
  });
  expect(only(due(facts, noon(addDays(START, 3))), "window-closing")).toMatchObject({
    urgency: "urgent",
    on: addDays(START, 3),
    at: null,
  });
});

it("the result of a pending test is recorded where the test is", () => {
  const entries = [...readyToStart(START, ["pregnancy-test"]), pregnancyTest(START, { result: "pending" })];
  expect(only(due(dueFacts({ ...visited, entries }), noon(START)), "test-due").act.to).toBe("programme");
  const result = hcgResult(START, { text: "pending" });
  const laboratory = {
    ...dueFacts({ ...visited, entries: readyToStart(START, ["pregnancy-test"]) }),
    elsewhere: { results: [result], entries: [] },
  };
  expect(only(due(laboratory, noon(START)), "test-due").act.to).toBe("labs");
});
