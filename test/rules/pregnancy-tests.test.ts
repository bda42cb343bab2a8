import { describe, expect, it } from "vitest";
import { type CalendarDate, addDays, addMinutes, instantIn } from "#shared/calendar.ts";
import type { ProgrammeEntry } from "#shared/records/programme-entry.ts";
import type { PrescriptionFact } from "#shared/rules/facts.ts";
import { historyAt } from "#shared/rules/history.ts";
import { type NextTest, type Tests, nextTest, testsOf } from "#shared/rules/pregnancy-tests.ts";
import { editionOn } from "#shared/rules/programmes/editions.ts";
import {
  ZONE,
  entry,
  facts,
  onTreatment,
  pregnancyTest,
  prescription,
  readyToStart,
} from "#test/support/facts.ts";

const START = "2026-12-07";
const FIRST = "2026-11-16";
const SECOND = "2026-12-16";

type Evidence = { entries: readonly ProgrammeEntry[]; prescriptions?: readonly PrescriptionFact[] };

function look(evidence: Evidence, day: CalendarDate, time = "12:00"): { tests: Tests; next: NextTest } {
  const table = editionOn("ipledge", day);
  if (table === null) throw new Error("No edition on that day.");
  const history = historyAt(facts(evidence), table, instantIn(ZONE, day, time));
  const tests = testsOf(history);
  return { tests, next: nextTest(history, tests) };
}

describe("the test that opens the window", () => {
  const bare = onTreatment(FIRST, SECOND, ["pregnancy-test", "prescriber-confirmation", "patient-questions"]);
  const treated = (...more: ProgrammeEntry[]): Evidence => ({
    ...bare,
    entries: [...readyToStart(FIRST), entry("first-dose", FIRST), ...more],
  });

  it("is the latest of those that are as good", () => {
    const { tests } = look(
      treated(pregnancyTest(SECOND), pregnancyTest(addDays(SECOND, 2))),
      addDays(SECOND, 3),
    );
    expect(tests.window?.test.on).toBe(addDays(SECOND, 2));
  });

  it("is the one that meets the rules, though worse ones follow and come before", () => {
    const { tests } = look(
      treated(
        pregnancyTest(SECOND, { sensitivity: null }),
        pregnancyTest(addDays(SECOND, 1)),
        pregnancyTest(addDays(SECOND, 2), { setting: "home" }),
        pregnancyTest(addDays(SECOND, 3), { sensitivity: 50 }),
      ),
      addDays(SECOND, 4),
    );
    expect(tests.window?.test.on).toBe(addDays(SECOND, 1));
  });

  it("prefers the one with fewer faults to the one with more steps behind it", () => {
    const { tests } = look(
      treated(
        pregnancyTest(SECOND, { sensitivity: 50 }),
        entry("prescriber-confirmation", SECOND),
        entry("patient-questions", SECOND),
        pregnancyTest(addDays(SECOND, 2)),
      ),
      addDays(SECOND, 3),
    );
    expect(tests.window?.test.on).toBe(addDays(SECOND, 2));
  });

  it("stays the confirmed one when another negative test follows in the same window", () => {
    const confirmed = [pregnancyTest(SECOND), entry("prescriber-confirmation", SECOND)];
    const again = pregnancyTest(addDays(SECOND, 2));
    expect(look(treated(...confirmed, again), addDays(SECOND, 3)).tests.window?.test.on).toBe(SECOND);
    const reconfirmed = entry("prescriber-confirmation", addDays(SECOND, 2));
    expect(look(treated(...confirmed, again, reconfirmed), addDays(SECOND, 3)).tests.window?.test.on).toBe(
      addDays(SECOND, 2),
    );
    const answered = entry("patient-questions", SECOND);
    expect(
      look(treated(...confirmed, answered, again, reconfirmed), addDays(SECOND, 3)).tests.window?.test.on,
    ).toBe(SECOND);
  });

  it("is none once the window is closed, and the latest closed one is remembered", () => {
    const evidence = treated(pregnancyTest(SECOND), pregnancyTest(addDays(SECOND, 1)));
    const { tests } = look(evidence, addDays(SECOND, 9));
    expect(tests.window).toBeNull();
    expect(tests.expired?.test.on).toBe(addDays(SECOND, 1));
    expect(look(evidence, addDays(SECOND, 6)).tests.expired).toBeNull();
  });

  it("is never one of the last prescription's month", () => {
    const evidence = { ...bare, entries: treated().entries };
    expect(look(evidence, addDays(FIRST, 2)).tests).toMatchObject({ window: null, expired: null });
  });
});

describe("a test without a result", () => {
  const entries = readyToStart(START);
  const pending = (on: CalendarDate): ProgrammeEntry => pregnancyTest(on, { result: "pending" });

  it("counts when it was taken with the window's test or later, the latest of them", () => {
    expect(look({ entries: [...entries, pending(addDays(START, -1))] }, START).tests.pending).toBeNull();
    expect(look({ entries: [...entries, pending(START)] }, START).tests.pending?.on).toBe(START);
    const two = [...entries, pending(START), pending(addDays(START, 1))];
    expect(look({ entries: two }, addDays(START, 2)).tests.pending?.on).toBe(addDays(START, 1));
  });

  it("counts after a closed window from its day on", () => {
    const later = addDays(START, 10);
    expect(look({ entries: [...entries, pending(addDays(START, -1))] }, later).tests.pending).toBeNull();
    expect(look({ entries: [...entries, pending(START)] }, later).tests.pending?.on).toBe(START);
    const none = readyToStart(START, ["pregnancy-test"]);
    expect(look({ entries: [...none, pending(addDays(START, -3))] }, START).tests.pending?.on).toBe(
      addDays(START, -3),
    );
  });

  it("of the last prescription's month is left out", () => {
    const treated = onTreatment(FIRST, SECOND);
    const more = { ...treated, entries: [...treated.entries, pending(FIRST)] };
    expect(look(more, FIRST).tests.pending).toBeNull();
  });
});

describe("the first test", () => {
  const rest = readyToStart(START, ["pregnancy-test"]);
  const first = (...tests: ProgrammeEntry[]): Tests["screening"] =>
    look({ entries: [...rest, ...tests] }, START).tests.screening;

  it("is the earliest that counts, else the earliest in a medical setting", () => {
    const home = pregnancyTest("2026-11-01", { setting: "home" });
    const blunt = pregnancyTest("2026-11-02", { sensitivity: null });
    const good = pregnancyTest("2026-11-03");
    expect(first(home, blunt, good, pregnancyTest("2026-11-04"))?.test.on).toBe("2026-11-03");
    expect(first(home, blunt)).toMatchObject({
      test: { on: "2026-11-02" },
      setting: "met",
      sensitivity: "unknown",
    });
    expect(first(home, pregnancyTest("2026-11-02", { setting: "home" }))?.test.on).toBe("2026-11-01");
    expect(first()).toBeNull();
  });

  it("is never positive, indeterminate or pending", () => {
    for (const result of ["positive", "indeterminate", "pending"] as const)
      expect(first(pregnancyTest("2026-11-01", { result }))).toBeNull();
  });
});

describe("missed first windows", () => {
  it("names the latest one, and opens none with a test that came too soon after it", () => {
    const entries = [
      ...readyToStart("2026-09-01"),
      pregnancyTest("2026-09-15"),
      pregnancyTest("2026-09-20"),
      entry("menstruation", "2026-09-19"),
      entry("menstruation", "2026-09-14"),
    ];
    // 15 Sep is 14 days after 1 Sep and opens nothing; 20 Sep is 19 days after and does.
    expect(look({ entries }, "2026-09-19").tests.missed?.on).toBe("2026-09-01");
    expect(look({ entries }, "2026-09-30").tests.missed?.on).toBe("2026-09-20");
    expect(look({ entries }, "2026-09-05").tests.missed).toBeNull();
  });

  it("counts the wait of the 2021 edition from the latest missed one", () => {
    const entries = [
      ...readyToStart("2026-09-01"),
      entry("menstruation", "2026-09-19"),
      pregnancyTest("2026-09-20"),
      entry("menstruation", "2026-10-07"),
      pregnancyTest("2026-10-08"),
    ];
    expect(look({ entries }, "2026-10-08").tests.window?.statuses.missedWindow).toBe("unmet");
    const later = [...entries.slice(0, -1), pregnancyTest("2026-10-09")];
    expect(look({ entries: later }, "2026-10-09").tests.window?.statuses.missedWindow).toBe("met");
  });

  it("lets the repeat be taken outside the period only after a prescription in that window", () => {
    const entries = [
      ...readyToStart(FIRST),
      entry("dispensing", addDays(FIRST, 7), { capsules: 0 }),
      pregnancyTest(addDays(FIRST, 9)),
    ];
    const menses = (prescriptions: PrescriptionFact[]): string | undefined =>
      look({ entries, prescriptions }, addDays(FIRST, 9)).tests.window?.statuses.menses;
    expect(menses([prescription(FIRST)])).toBe("not-applicable");
    expect(menses([prescription(addDays(FIRST, 6))])).toBe("not-applicable");
    expect(menses([prescription(addDays(FIRST, 7))])).toBe("unmet");
    expect(menses([prescription(addDays(FIRST, -1))])).toBe("unmet");
    expect(menses([])).toBe("unmet");
  });

  it("ties the repeat to the period after a prescription of before anybody said that the patient can become pregnant", () => {
    const { issuedAt } = prescription(FIRST);
    const menses = (recordedAt: string): string | undefined => {
      const entries = [
        ...readyToStart(FIRST).map((one) => (one.kind === "risk-category" ? { ...one, recordedAt } : one)),
        entry("dispensing", addDays(FIRST, 7), { capsules: 0 }),
        pregnancyTest(addDays(FIRST, 9)),
      ];
      return look({ entries, prescriptions: [prescription(FIRST)] }, addDays(FIRST, 9)).tests.window?.statuses
        .menses;
    };
    expect(menses(issuedAt)).toBe("not-applicable");
    expect(menses(addMinutes(issuedAt, 1))).toBe("unmet");
  });
});

describe("a missed window of treatment that began anew", () => {
  it("is tied to the period, whatever was prescribed before the lapse", () => {
    const lapsed = addDays(FIRST, 4);
    const tested = addDays(lapsed, 31);
    const repeat = addDays(tested, 14);
    const entries = [
      ...readyToStart(FIRST),
      entry("first-dose", FIRST),
      entry("contraception-lapse", lapsed, { what: "missed" }),
      entry("contraception", lapsed),
      pregnancyTest(addDays(lapsed, 1)),
      entry("menstruation", addDays(tested, -1)),
      pregnancyTest(tested),
      pregnancyTest(repeat),
    ];
    const { tests } = look({ entries, prescriptions: [prescription(FIRST)] }, repeat);
    expect(tests).toMatchObject({ missed: { on: tested }, repeats: false });
    expect(tests.window?.statuses.menses).toBe("unmet");
  });
});

describe("the next test", () => {
  const before = (day: CalendarDate, without: Parameters<typeof readyToStart>[1] = []): Evidence => ({
    entries: readyToStart(START, without).filter((one) => one.on < day),
  });

  it("is the first test, today, while none counts", () => {
    expect(look({ entries: [] }, START).next).toMatchObject({ kind: "screening", from: START, to: null });
    const home = { entries: [pregnancyTest("2026-11-01", { setting: "home" })] };
    expect(look(home, START).next.kind).toBe("screening");
  });

  it("cannot be told while contraception is not on record", () => {
    expect(look(before(START, ["contraception"]), START).next).toMatchObject({
      kind: "confirmation",
      from: null,
      missing: "contraception",
    });
  });

  it("waits for the later of the spacing and the month", () => {
    const entries = [pregnancyTest("2026-12-01"), entry("contraception", "2026-11-10")];
    expect(look({ entries }, "2026-12-05").next.from).toBe("2026-12-20");
    const longer = [pregnancyTest("2026-12-01"), entry("contraception", "2026-12-01")];
    expect(look({ entries: longer }, "2026-12-05").next.from).toBe("2026-12-31");
    expect(look({ entries: longer }, "2027-01-05").next.from).toBe("2027-01-05");
  });

  it("is bound to days 1 to 5 of the period with regular cycles, and to nothing else without", () => {
    const cycle = (on: CalendarDate, kind: "regular" | "irregular"): NextTest => {
      const evidence = before("2026-11-20");
      return look({ entries: [...evidence.entries, entry("menstruation", on, { cycle: kind })] }, START).next;
    };
    expect(cycle(START, "regular")).toMatchObject({ from: START, to: addDays(START, 4), nextPeriod: null });
    expect(cycle(addDays(START, -4), "regular")).toMatchObject({ from: START, to: START });
    expect(cycle(addDays(START, -5), "regular")).toMatchObject({
      from: START,
      to: null,
      nextPeriod: { first: 1, last: 5 },
    });
    expect(cycle(addDays(START, -5), "irregular")).toMatchObject({
      from: START,
      to: null,
      nextPeriod: null,
    });
    expect(look(before("2026-11-20"), START).next).toMatchObject({
      nextPeriod: { first: 1, last: 5 },
      to: null,
    });
  });

  it("comes on treatment when a new prescription may be issued, and not on the day of the last one", () => {
    const treated = onTreatment(FIRST, SECOND);
    const evidence = { ...treated, entries: treated.entries.filter((one) => one.on <= FIRST) };
    expect(look(evidence, addDays(FIRST, 3)).next).toMatchObject({ kind: "monthly", from: "2026-12-09" });
    expect(look(evidence, "2027-01-10").next.from).toBe("2027-01-10");
    const short = { ...evidence, prescriptions: [prescription(FIRST, { daysSupply: 5 })] };
    expect(look(short, FIRST).next.from).toBe(addDays(FIRST, 1));
  });

  it("is a monthly one while the first prescription may have been collected", () => {
    const evidence = { entries: readyToStart(START), prescriptions: [prescription(START)] };
    expect(look(evidence, addDays(START, 2)).next).toMatchObject({
      kind: "monthly",
      from: addDays(START, 23),
    });
  });

  it("shows both days across a change of edition, and one where they agree", () => {
    const missed = (opened: CalendarDate, today: CalendarDate): NextTest =>
      look(
        {
          entries: [...readyToStart(opened), entry("dispensing", addDays(opened, 7), { capsules: 0 })],
          prescriptions: [prescription(opened)],
        },
        today,
      ).next;
    expect(missed("2026-11-01", "2026-11-09")).toMatchObject({ from: "2026-11-15", stricter: "2026-11-20" });
    expect(missed("2026-10-20", "2026-10-28")).toMatchObject({ from: "2026-11-08", stricter: null });
    expect(missed("2026-10-27", "2026-11-04")).toMatchObject({ from: "2026-11-15", stricter: null });
    expect(missed(FIRST, addDays(FIRST, 8))).toMatchObject({ from: addDays(FIRST, 8), stricter: null });
  });
});
