import { describe, expect, it } from "vitest";
import { type CalendarDate, addDays, instantIn } from "#shared/calendar.ts";
import type { PregnancyTest, ProgrammeEntry } from "#shared/records/programme-entry.ts";
import type { PrescriptionFact } from "#shared/rules/facts.ts";
import { type History, historyAt } from "#shared/rules/history.ts";
import {
  type NextTest,
  type TestStatuses,
  type Tests,
  closeOfDay,
  confirmationSince,
  evidenceOf,
  homePermission,
  mensesAsOf,
  nextTest,
  sensitivityOf,
  supplyOpensOn,
  tableFor,
  testsOf,
  windowClose,
} from "#shared/rules/pregnancy-tests.ts";
import { ipledge2026 } from "#shared/rules/programmes/ipledge-2026.ts";
import { mhra2026 } from "#shared/rules/programmes/mhra.ts";
import type { ProgrammeTable } from "#shared/rules/programmes/programme-table.ts";
import {
  HOME_EVIDENCE,
  ZONE,
  entry,
  facts,
  noon,
  onTreatment,
  pregnancyTest,
  prescription,
  readyToStart,
} from "#test/support/facts.ts";

/**
 * Before the first edition the table of the history judges every specimen: so a table with one row taken out or changed can be
 * tried on days of 2020.
 */
const START: CalendarDate = "2020-12-07";
const FIRST: CalendarDate = "2020-10-05";
const SECOND: CalendarDate = "2020-11-04";

type Rules = Partial<ProgrammeTable["rules"]>;
type Known = {
  entries: readonly ProgrammeEntry[];
  prescriptions?: readonly PrescriptionFact[];
  decidedOn?: CalendarDate;
};

function tableWith(rules: Rules): ProgrammeTable {
  return { ...ipledge2026, rules: { ...ipledge2026.rules, ...rules } };
}

function look(known: Known, day: CalendarDate, rules: Rules = {}, time = "12:00"): History {
  return historyAt(
    facts({ decidedOn: "2020-01-01", ...known }),
    tableWith(rules),
    instantIn(ZONE, day, time),
  );
}

function tests(known: Known, day: CalendarDate, rules: Rules = {}): Tests {
  return testsOf(look(known, day, rules));
}

function statuses(known: Known, day: CalendarDate, rules: Rules = {}): TestStatuses | undefined {
  return tests(known, day, rules).window?.statuses;
}

function next(known: Known, day: CalendarDate, rules: Rules = {}): NextTest {
  const history = look(known, day, rules);
  return nextTest(history, testsOf(history));
}

function asTest(one: ProgrammeEntry): PregnancyTest {
  if (one.kind !== "pregnancy-test") throw new Error("It is no test.");
  return one;
}

const ready: Known = { entries: readyToStart(START) };
/** The second month with nothing but what is given. */
const treated = (...more: ProgrammeEntry[]): Known => ({
  entries: [...readyToStart(FIRST), entry("dispensing", FIRST), entry("first-dose", FIRST), ...more],
  prescriptions: [prescription(FIRST)],
});

describe("the table that judges a specimen", () => {
  it("is that of its day, and before the first edition the one in force", () => {
    const history = historyAt(facts(), ipledge2026, noon("2026-12-01"));
    expect(tableFor(history, "2026-11-14").id).toBe("ipledge-2021");
    expect(tableFor(history, "2026-11-15").id).toBe("ipledge-2026");
    expect(tableFor(history, "2020-01-01")).toBe(ipledge2026);
  });

  it("closes a window in its own zone, or has none", () => {
    expect(windowClose(ipledge2026, ZONE, "2026-12-07")).toBe("2026-12-14T04:59:00.000Z");
    expect(windowClose(mhra2026, "Europe/London", "2026-06-15")).toBe("2026-06-18T22:59:00.000Z");
    expect(windowClose(tableWith({ "test-in-window": null }), ZONE, "2026-12-07")).toBeNull();
    expect(closeOfDay(mhra2026, "Pacific/Honolulu", "2026-06-15")).toBe("2026-06-16T09:59:00.000Z");
    expect(closeOfDay(ipledge2026, "Pacific/Honolulu", "2026-06-15")).toBe("2026-06-16T03:59:00.000Z");
  });

  it("knows a kit by what it detects", () => {
    const kit = (sensitivity: number | null): string =>
      sensitivityOf(asTest(pregnancyTest(START, { sensitivity })), 25);
    expect([kit(24), kit(25), kit(26), kit(null)]).toEqual(["met", "met", "unmet", "unknown"]);
  });
});

describe("the rules about one test", () => {
  const all = { setting: "met", evidence: "not-applicable", sensitivity: "met" };

  it("are all met by a test that opens the first window", () => {
    expect(statuses(ready, START)).toEqual({
      ...all,
      spacing: "met",
      afterMonth: "met",
      menses: "met",
      missedWindow: "not-applicable",
    });
  });

  it("are, once treatment is under way, those of the test alone", () => {
    expect(statuses(treated(pregnancyTest(SECOND)), SECOND)).toEqual({
      ...all,
      spacing: "not-applicable",
      afterMonth: "not-applicable",
      menses: "not-applicable",
      missedWindow: "not-applicable",
    });
  });

  it.each([
    ["test-setting", "setting"],
    ["test-sensitivity", "sensitivity"],
    ["test-spacing", "spacing"],
    ["test-after-month", "afterMonth"],
    ["contraception-month", "afterMonth"],
    ["menses-days", "menses"],
  ] as const)("are not asked by a table without %s", (rule, key) => {
    expect(statuses(ready, START)?.[key]).toBe("met");
    expect(statuses(ready, START, { [rule]: null })?.[key]).toBe("not-applicable");
  });

  it("ask for a setting before treatment and for another on it", () => {
    const row = ipledge2026.rules["test-setting"];
    if (row === null) throw new Error("The 2026 edition asks where a test is taken.");
    const rules = {
      "test-setting": { ...row, beforeFirstDose: ["medical"], onTreatment: ["clia-laboratory"] },
    } as const;
    expect(statuses(ready, START, rules)?.setting).toBe("met");
    expect(statuses(treated(pregnancyTest(SECOND)), SECOND, rules)?.setting).toBe("unmet");
    const clia = pregnancyTest(SECOND, { setting: "clia-laboratory" });
    expect(statuses(treated(clia), SECOND, rules)?.setting).toBe("met");
  });

  it("ask for the prescriber's permission at home, as of the specimen's day, where the table does", () => {
    const row = ipledge2026.rules["test-setting"];
    if (row === null) throw new Error("The 2026 edition asks where a test is taken.");
    const home = pregnancyTest(SECOND, { setting: "home" });
    const setting = (more: ProgrammeEntry[], rules: Rules = {}): string | undefined =>
      statuses(treated(home, ...more), SECOND, rules)?.setting;
    expect(setting([])).toBe("unmet");
    expect(setting([], { "test-setting": { ...row, homeNeedsPermission: false } })).toBe("met");
    expect(setting([entry("home-test-permission", SECOND)])).toBe("met");
    expect(
      setting([
        entry("home-test-permission", FIRST),
        entry("home-test-permission", SECOND, { given: false }),
      ]),
    ).toBe("unmet");
    const history = look(
      treated(entry("home-test-permission", FIRST), entry("home-test-permission", SECOND)),
      SECOND,
    );
    expect(homePermission(history, addDays(FIRST, -1))).toBeNull();
    expect(homePermission(history, addDays(SECOND, -1))?.on).toBe(FIRST);
    expect(homePermission(history, SECOND)?.on).toBe(SECOND);
  });

  it("wait for the month of contraception to the day, and cannot tell without a record of it", () => {
    const since = (from: CalendarDate | null, ...more: ProgrammeEntry[]): string | undefined =>
      statuses(
        {
          entries: [
            ...readyToStart(START, ["contraception"]),
            ...(from === null ? [] : [entry("contraception", from)]),
            ...more,
          ],
        },
        START,
      )?.afterMonth;
    expect(since(addDays(START, -30))).toBe("met");
    expect(since(addDays(START, -29))).toBe("unmet");
    expect(since(null)).toBe("unknown");
    expect(since(addDays(START, -40), entry("contraception-lapse", addDays(START, -2)))).toBe("unmet");
  });

  it("fall on days 1 to 5 of a regular period, counted from its latest record", () => {
    const menses = (
      on: CalendarDate | null,
      cycle: "regular" | "irregular" | "none" = "regular",
    ): string | undefined =>
      statuses(
        {
          entries: [
            ...readyToStart(START, ["menstruation"]),
            ...(on === null ? [] : [entry("menstruation", on, { cycle })]),
          ],
        },
        START,
      )?.menses;
    expect(menses(START)).toBe("met");
    expect(menses(addDays(START, -4))).toBe("met");
    expect(menses(addDays(START, -5))).toBe("unmet");
    expect(menses(addDays(START, -5), "irregular")).toBe("not-applicable");
    expect(menses(addDays(START, -5), "none")).toBe("not-applicable");
    expect(menses(null)).toBe("unknown");
    const late = { "menses-days": { first: 2, last: 5, source: "A test of the first day." } };
    expect(
      statuses(
        { entries: [...readyToStart(START, ["menstruation"]), entry("menstruation", START)] },
        START,
        late,
      )?.menses,
    ).toBe("unmet");
    const history = look({ entries: [entry("menstruation", FIRST), entry("menstruation", SECOND)] }, START);
    expect(mensesAsOf(history, addDays(FIRST, -1))).toBeNull();
    expect(mensesAsOf(history, addDays(SECOND, -1))?.on).toBe(FIRST);
    expect(mensesAsOf(history, SECOND)?.on).toBe(SECOND);
  });

  it("count the spacing from a first test that may count", () => {
    const spacing = (
      fields: Parameters<typeof pregnancyTest>[1],
      on = addDays(START, -31),
    ): string | undefined =>
      statuses(
        {
          entries: [
            ...readyToStart(START, ["pregnancy-test"]),
            pregnancyTest(on, fields),
            pregnancyTest(START, { sensitivity: 50 }),
          ],
        },
        START,
      )?.spacing;
    expect(spacing({})).toBe("met");
    expect(spacing({}, addDays(START, -19))).toBe("met");
    expect(spacing({}, addDays(START, -18))).toBe("unmet");
    expect(spacing({ sensitivity: null })).toBe("met");
    expect(spacing({ sensitivity: 50 })).toBe("unknown");
    expect(spacing({ setting: "home" })).toBe("unknown");
    const noScreening = { "screening-test": null };
    expect(statuses(ready, START, noScreening)?.spacing).toBe("unknown");
  });
});

describe("what shows a home test", () => {
  const evidence = (
    fields: Parameters<typeof pregnancyTest>[1],
    rules: Rules = {},
    given: readonly ProgrammeEntry[] = [entry("home-test-code", SECOND)],
  ): ReturnType<typeof evidenceOf> => {
    const test = asTest(pregnancyTest(SECOND, { setting: "home", ...fields }));
    const history = historyAt(facts({ entries: [test, ...given] }), ipledge2026, noon(addDays(SECOND, 9)));
    return evidenceOf(history, tableWith(rules), test);
  };
  const none = { lacks: [], expired: false };

  it("is asked for at home only, and only where the table asks", () => {
    expect(evidence({ setting: "medical" })).toEqual({ ...none, status: "not-applicable" });
    expect(evidence({}, { "home-test-evidence": null })).toEqual({ ...none, status: "not-applicable" });
  });

  it("is complete with lot, expiry, code or photo, and who verified it", () => {
    expect(evidence({ home: HOME_EVIDENCE })).toEqual({ ...none, status: "met" });
    const photo = { home: { ...HOME_EVIDENCE, challengeCode: "" }, attachmentIds: ["photo-1"] };
    expect(evidence(photo).status).toBe("met");
    expect(evidence({ ...photo, attachmentIds: [] })).toEqual({
      ...none,
      status: "unknown",
      lacks: ["a one-time code or a photo"],
    });
    expect(evidence({ home: { ...HOME_EVIDENCE, kitLot: " " } }).lacks).toEqual(["the kit’s lot"]);
    expect(evidence({ home: { ...HOME_EVIDENCE, kitExpiry: null } }).lacks).toEqual(["the kit’s expiry"]);
    expect(evidence({ home: { ...HOME_EVIDENCE, verifiedBy: "" } }).lacks).toEqual(["who verified it"]);
    expect(evidence({}).lacks).toEqual([
      "the kit’s lot",
      "the kit’s expiry",
      "a one-time code or a photo",
      "who verified it",
    ]);
  });

  it("takes a code that was given by the day of the test, however it is typed, and no other", () => {
    const lacks = ["that its one-time code was given for it alone"];
    const shown = (challengeCode: string, ...given: ProgrammeEntry[]): readonly string[] =>
      evidence({ home: { ...HOME_EVIDENCE, challengeCode }, attachmentIds: ["photo-1"] }, {}, given).lacks;
    const given = (on: CalendarDate): ProgrammeEntry => entry("home-test-code", on, { code: " Ktm-apd" });
    expect(shown("ktm-APD ", given(SECOND))).toEqual([]);
    expect(shown("KTM-APD", given(addDays(SECOND, -30)))).toEqual([]);
    expect(shown("KTM-APD", given(addDays(SECOND, 1)))).toEqual(lacks);
    expect(shown("KTM-APE", given(SECOND))).toEqual(lacks);
    expect(shown("KTM-APD")).toEqual(lacks);
    const other = (on: CalendarDate, challengeCode: string): ProgrammeEntry =>
      pregnancyTest(on, { setting: "home", home: { ...HOME_EVIDENCE, challengeCode } });
    expect(shown("KTM-APD", given(SECOND), other(addDays(SECOND, -1), "ktm-apd"))).toEqual(lacks);
    expect(shown("KTM-APD", given(SECOND), other(addDays(SECOND, -1), "KTM-APE"))).toEqual([]);
    expect(shown("KTM-APD", given(SECOND), other(addDays(SECOND, 1), "KTM-APD"))).toEqual([]);
    expect(shown("KTM-APD", given(SECOND), pregnancyTest(addDays(SECOND, -1)))).toEqual([]);
    expect(shown("", other(addDays(SECOND, -1), ""))).toEqual([]);
  });

  it("is refused of a kit that had expired, whatever else is on record", () => {
    const expires = (kitExpiry: CalendarDate): ReturnType<typeof evidenceOf> =>
      evidence({ home: { ...HOME_EVIDENCE, kitExpiry } });
    expect(expires(SECOND)).toEqual({ ...none, status: "met" });
    expect(expires(addDays(SECOND, -1))).toEqual({ lacks: [], expired: true, status: "unmet" });
    expect(evidence({ home: { ...HOME_EVIDENCE, kitLot: "", kitExpiry: addDays(SECOND, -1) } }).expired).toBe(
      true,
    );
  });
});

describe("the tests of a month", () => {
  it("are those since the beginning, its day included", () => {
    const entries = [...readyToStart(START)];
    const screened = (decidedOn: CalendarDate): CalendarDate | undefined =>
      tests({ entries, decidedOn }, START).screening?.test.on;
    expect(screened(addDays(START, -31))).toBe(addDays(START, -31));
    expect(screened(addDays(START, -30))).toBe(START);
  });

  it("have as first test the earliest that counts, else one in a medical setting, else any", () => {
    const first = (...more: ProgrammeEntry[]): Tests["screening"] =>
      tests({ entries: [...readyToStart(START, ["pregnancy-test"]), ...more] }, START).screening;
    const home = pregnancyTest("2020-11-01", { setting: "home" });
    const homeAgain = pregnancyTest("2020-11-02", { setting: "home" });
    const unknown = pregnancyTest("2020-11-03", { sensitivity: null });
    const unknownAgain = pregnancyTest("2020-11-04", { sensitivity: null });
    const good = pregnancyTest("2020-11-05");
    const better = pregnancyTest("2020-11-06");
    expect(first()).toBeNull();
    expect(first(home, homeAgain)).toMatchObject({
      test: { on: home.on },
      setting: "unmet",
      sensitivity: "met",
    });
    expect(first(home, unknown)).toMatchObject({
      test: { on: unknown.on },
      setting: "met",
      sensitivity: "unknown",
    });
    expect(first(unknown, home)).toMatchObject({ test: { on: unknown.on } });
    expect(first(unknown, unknownAgain)).toMatchObject({ test: { on: unknown.on } });
    expect(first(home, unknown, good, better)).toMatchObject({
      test: { on: good.on },
      setting: "met",
      sensitivity: "met",
    });
    expect(tests(ready, START, { "screening-test": null }).screening).toBeNull();
  });

  it("open no window where the table has none", () => {
    expect(tests(ready, START, { "test-in-window": null })).toMatchObject({
      window: null,
      expired: null,
      missed: null,
    });
  });

  it("with several in one window are told apart by their faults, then by the steps that followed", () => {
    const window = (...more: ProgrammeEntry[]): CalendarDate | undefined =>
      tests(treated(...more), addDays(SECOND, 5)).window?.test.on;
    const [a, b] = [pregnancyTest(SECOND), pregnancyTest(addDays(SECOND, 2))];
    const confirm = (on: CalendarDate): ProgrammeEntry => entry("prescriber-confirmation", on);
    const answer = (on: CalendarDate): ProgrammeEntry => entry("patient-questions", on);
    expect(window(a, b)).toBe(b.on);
    expect(window(a, b, confirm(SECOND))).toBe(SECOND);
    expect(window(a, b, confirm(SECOND), confirm(b.on))).toBe(b.on);
    expect(window(a, b, confirm(SECOND), answer(SECOND), confirm(b.on))).toBe(SECOND);
    expect(window(a, b, confirm(SECOND), confirm(b.on), answer(b.on))).toBe(b.on);
    expect(window(a, b, answer(SECOND))).toBe(b.on);
    // The latest answer counts, and the first one of three does not.
    const thrice = [answer(addDays(SECOND, -2)), answer(addDays(SECOND, -1)), answer(SECOND)];
    expect(window(a, b, ...thrice, confirm(SECOND), confirm(b.on))).toBe(SECOND);
    expect(window(a, b, confirm(addDays(SECOND, 1)), answer(SECOND))).toBe(SECOND);
    // One fault outweighs every step.
    const worse = pregnancyTest(SECOND, { sensitivity: null });
    expect(window(worse, b, confirm(SECOND), answer(SECOND))).toBe(b.on);
    const unmet = pregnancyTest(addDays(SECOND, 2), { sensitivity: 26 });
    expect(window(a, unmet, confirm(unmet.on), answer(unmet.on))).toBe(SECOND);
    const two = pregnancyTest(addDays(SECOND, 2), { sensitivity: 26, setting: "home" });
    expect(window(worse, two)).toBe(SECOND);
  });

  it("remember the latest closed window only while none is open", () => {
    const closed = treated(
      pregnancyTest(SECOND),
      pregnancyTest(addDays(SECOND, 1)),
      pregnancyTest(addDays(SECOND, 10)),
    );
    expect(tests(closed, addDays(SECOND, 9))).toMatchObject({
      window: null,
      expired: { test: { on: addDays(SECOND, 1) } },
    });
    expect(tests(closed, addDays(SECOND, 10))).toMatchObject({
      window: { test: { on: addDays(SECOND, 10) } },
      expired: null,
    });
    const judged = tests(closed, addDays(SECOND, 9)).expired;
    expect(judged).toMatchObject({ closesAt: "2020-11-12T04:59:00.000Z", table: { id: "ipledge-2026" } });
  });

  it("wait for a result only of this month's tests", () => {
    const pending = (on: CalendarDate): ProgrammeEntry => pregnancyTest(on, { result: "pending" });
    expect(tests(treated(pending(FIRST)), SECOND).pending).toBeNull();
    expect(tests(treated(pending(addDays(FIRST, 1))), SECOND).pending?.on).toBe(addDays(FIRST, 1));
    expect(tests(treated(pending(SECOND), pending(addDays(SECOND, 1))), addDays(SECOND, 1)).pending?.on).toBe(
      addDays(SECOND, 1),
    );
    const after = treated(pregnancyTest(SECOND), pending(addDays(SECOND, -1)));
    expect(tests(after, SECOND).pending).toBeNull();
    expect(tests(after, addDays(SECOND, 9)).pending).toBeNull();
    const same = treated(pregnancyTest(SECOND), pending(SECOND));
    expect(tests(same, SECOND).pending?.on).toBe(SECOND);
    expect(tests(same, addDays(SECOND, 9)).pending?.on).toBe(SECOND);
  });
});

describe("the confirmation of a month", () => {
  it("is the first since the last prescription that is of the day or later", () => {
    const history = look(
      treated(
        entry("prescriber-confirmation", addDays(SECOND, -1)),
        entry("prescriber-confirmation", SECOND),
        entry("prescriber-confirmation", addDays(SECOND, 1)),
      ),
      addDays(SECOND, 2),
    );
    expect(confirmationSince(history, null)?.on).toBe(addDays(SECOND, -1));
    expect(confirmationSince(history, SECOND)?.on).toBe(SECOND);
    expect(confirmationSince(history, addDays(SECOND, 2))).toBeNull();
    expect(confirmationSince(look(treated(), SECOND), null)).toBeNull();
  });
});

describe("first windows", () => {
  const wait = { "missed-first-window": { waitDays: 19, source: "The wait of the 2021 edition." } };
  const opened = START;
  const given = (again: CalendarDate, prescriptions: PrescriptionFact[] = []): Known => ({
    entries: [
      ...readyToStart(opened),
      entry("dispensing", addDays(opened, 7), { capsules: 0 }),
      entry("menstruation", again),
      pregnancyTest(again),
    ],
    prescriptions,
  });

  it("are missed with the first minute after they close", () => {
    const missed = (day: CalendarDate, time: string): CalendarDate | undefined =>
      testsOf(look(ready, day, {}, time)).missed?.on;
    expect(missed(addDays(opened, 6), "22:59")).toBeUndefined();
    expect(missed(addDays(opened, 6), "23:00")).toBe(opened);
  });

  it("are none once treatment is under way", () => {
    expect(tests(treated(), addDays(FIRST, 20)).missed).toBeNull();
  });

  it("make the next one wait, to the day, where the table says so", () => {
    expect(statuses(given(addDays(opened, 18)), addDays(opened, 18), wait)?.missedWindow).toBe("unmet");
    expect(statuses(given(addDays(opened, 19)), addDays(opened, 19), wait)?.missedWindow).toBe("met");
    expect(statuses(given(addDays(opened, 8)), addDays(opened, 8))?.missedWindow).toBe("met");
    expect(
      statuses(given(addDays(opened, 8)), addDays(opened, 8), { "missed-first-window": null })?.missedWindow,
    ).toBe("not-applicable");
  });

  it("free the repeat of the period if something was prescribed in them, first and last day included", () => {
    const again = addDays(opened, 12);
    const menses = (on: CalendarDate, rules: Rules = {}): string | undefined => {
      const known = given(again, [prescription(on)]);
      return statuses(
        { ...known, entries: known.entries.filter((one) => one.on !== again || one.kind !== "menstruation") },
        again,
        rules,
      )?.menses;
    };
    expect(menses(opened)).toBe("not-applicable");
    expect(menses(addDays(opened, 6))).toBe("not-applicable");
    expect(menses(addDays(opened, 7))).toBe("unmet");
  });

  it("are asked of a test after them, not of the one that opened them", () => {
    expect(statuses(ready, START, wait)?.missedWindow).toBe("not-applicable");
  });
});

describe("the next test", () => {
  const month = treated();

  it("is a monthly one from the day on which the supply allows it, never before today or on the last prescription's day", () => {
    expect(next(month, addDays(FIRST, 10))).toEqual({
      kind: "monthly",
      from: addDays(FIRST, 23),
      to: null,
      nextPeriod: null,
      missing: null,
      stricter: null,
    });
    expect(next(month, addDays(FIRST, 40)).from).toBe(addDays(FIRST, 40));
    const short = { ...month, prescriptions: [prescription(FIRST, { daysSupply: 3 })] };
    expect(next(short, FIRST).from).toBe(addDays(FIRST, 1));
    expect(next(month, FIRST, { "supply-overlap": null }).from).toBe(addDays(FIRST, 1));
    expect(next({ ...month, prescriptions: [] }, FIRST).from).toBe(FIRST);
  });

  it("is monthly while the last prescription may be collected, not once it was given back", () => {
    const waiting = { ...ready, prescriptions: [prescription(START)] };
    expect(next(waiting, addDays(START, 1)).kind).toBe("monthly");
    const back = {
      ...waiting,
      entries: [...ready.entries, entry("dispensing", addDays(START, 1), { capsules: 0 })],
    };
    expect(next(back, addDays(START, 1)).kind).toBe("confirmation");
  });

  it("is the first one until one counts, where the table has one", () => {
    const none = { entries: readyToStart(START, ["pregnancy-test"]) };
    expect(next(none, START)).toEqual({
      kind: "screening",
      from: START,
      to: null,
      nextPeriod: null,
      missing: null,
      stricter: null,
    });
    const home = { entries: [...none.entries, pregnancyTest("2020-11-06", { setting: "home" })] };
    expect(next(home, START).kind).toBe("screening");
    const weak = { entries: [...none.entries, pregnancyTest("2020-11-06", { sensitivity: 26 })] };
    expect(next(weak, START).kind).toBe("screening");
    expect(next(none, START, { "screening-test": null })).toMatchObject({
      kind: "confirmation",
      from: START,
    });
    const issued = { ...none, prescriptions: [prescription(START)] };
    const back = { ...issued, entries: [...none.entries, entry("dispensing", START, { capsules: 0 })] };
    const given = {
      ...back,
      entries: back.entries.map((one) =>
        one.kind === "dispensing" ? { ...one, recordedAt: instantIn(ZONE, START, "13:00") } : one,
      ),
    };
    expect(testsOf(look(given, START, {}, "14:00")).screening).toBeNull();
    const history = look(given, START, {}, "14:00");
    expect(nextTest(history, testsOf(history))).toMatchObject({ kind: "screening", from: addDays(START, 1) });
  });

  it("comes after the spacing and after the month, whichever is later, where the table knows them", () => {
    const known = (first: CalendarDate, since: CalendarDate): Known => ({
      entries: [
        pregnancyTest(first),
        entry("contraception", since),
        entry("menstruation", START, { cycle: "none" }),
      ],
    });
    const day = addDays(START, 1);
    expect(next(known(START, addDays(START, -60)), day).from).toBe(addDays(START, 19));
    expect(next(known(START, addDays(START, -5)), day).from).toBe(addDays(START, 25));
    expect(next(known(START, addDays(START, -60)), day, { "test-spacing": null }).from).toBe(day);
    expect(next(known(START, addDays(START, -5)), day, { "contraception-month": null }).from).toBe(
      addDays(START, 19),
    );
    expect(next(known(START, addDays(START, -60)), addDays(START, 40)).from).toBe(addDays(START, 40));
    expect(next({ entries: [pregnancyTest(START)] }, day)).toEqual({
      kind: "confirmation",
      from: null,
      to: null,
      nextPeriod: null,
      missing: "contraception",
      stricter: null,
    });
  });

  it("is bound to the period, within it or in the next one", () => {
    const known = (on: CalendarDate | null, cycle: "regular" | "irregular" = "regular"): Known => ({
      entries: [
        pregnancyTest(addDays(START, -60)),
        entry("contraception", addDays(START, -60)),
        ...(on === null ? [] : [entry("menstruation", on, { cycle })]),
      ],
    });
    expect(next(known(START), START)).toMatchObject({
      from: START,
      to: addDays(START, 4),
      nextPeriod: null,
    });
    expect(next(known(addDays(START, -4)), START)).toMatchObject({
      from: START,
      to: START,
      nextPeriod: null,
    });
    expect(next(known(addDays(START, -5)), START)).toMatchObject({
      from: START,
      to: null,
      nextPeriod: { first: 1, last: 5 },
    });
    expect(next(known(addDays(START, -5), "irregular"), START)).toMatchObject({
      to: null,
      nextPeriod: null,
    });
    expect(next(known(null), START)).toMatchObject({
      from: START,
      to: null,
      nextPeriod: { first: 1, last: 5 },
    });
    expect(next(known(START), START, { "menses-days": null })).toMatchObject({ to: null, nextPeriod: null });
    const late = { "menses-days": { first: 3, last: 5, source: "A test of the first day." } };
    expect(next(known(START), START, late)).toMatchObject({ from: addDays(START, 2), to: addDays(START, 4) });
    expect(next(known(addDays(START, -4)), START, late)).toMatchObject({ from: START, to: START });
  });

  it("after a first window that was missed waits from its specimen, at least a day", () => {
    const wait = { "missed-first-window": { waitDays: 19, source: "The wait of the 2021 edition." } };
    const back = {
      entries: [...ready.entries, entry("dispensing", addDays(START, 7), { capsules: 0 })],
      prescriptions: [prescription(START)],
    };
    const day = addDays(START, 8);
    expect(next(back, day, wait)).toMatchObject({
      kind: "confirmation",
      from: addDays(START, 19),
      to: null,
      nextPeriod: null,
    });
    expect(next(back, addDays(START, 25), wait).from).toBe(addDays(START, 25));
    expect(next(back, day).from).toBe(day);
    expect(next(back, day, { "missed-first-window": null }).from).toBe(day);
    // Without a prescription in that window the period binds again.
    expect(next(ready, day, wait)).toMatchObject({
      from: addDays(START, 19),
      nextPeriod: { first: 1, last: 5 },
    });
  });

  it("names the day of today's edition where the coming one allows an earlier one", () => {
    const missed = (opened: CalendarDate, today: CalendarDate): NextTest => {
      const entries = [...readyToStart(opened), entry("dispensing", addDays(opened, 7), { capsules: 0 })];
      const history = historyAt(
        facts({ entries, prescriptions: [prescription(opened)] }),
        tableFor(historyAt(facts(), ipledge2026, noon(today)), today),
        noon(today),
      );
      return nextTest(history, testsOf(history));
    };
    // 19 days from 27 Oct is the first day of the new edition; from 28 Oct it is one later.
    expect(missed("2026-10-27", "2026-11-05")).toMatchObject({ from: "2026-11-15", stricter: null });
    expect(missed("2026-10-28", "2026-11-05")).toMatchObject({ from: "2026-11-15", stricter: "2026-11-16" });
    expect(missed("2026-10-26", "2026-11-05")).toMatchObject({ from: "2026-11-14", stricter: null });
    expect(missed("2026-11-07", "2026-11-14")).toMatchObject({ from: "2026-11-15", stricter: "2026-11-26" });
  });
});

describe("the next supply", () => {
  it("is possible so many days before the last one ends, but not on the day of the last prescription", () => {
    expect(supplyOpensOn(look(treated(), SECOND))).toBe(addDays(FIRST, 23));
    expect(
      supplyOpensOn(look({ ...treated(), prescriptions: [prescription(FIRST, { daysSupply: 8 })] }, SECOND)),
    ).toBe(addDays(FIRST, 1));
    expect(
      supplyOpensOn(look({ ...treated(), prescriptions: [prescription(FIRST, { daysSupply: 7 })] }, SECOND)),
    ).toBe(addDays(FIRST, 1));
    expect(supplyOpensOn(look({ entries: [] }, SECOND))).toBeNull();
    expect(supplyOpensOn(look(treated(), SECOND, { "supply-overlap": null }))).toBeNull();
  });

  it("is counted from the pick-up", () => {
    const late = {
      entries: [...readyToStart(FIRST), entry("dispensing", addDays(FIRST, 4))],
      prescriptions: [prescription(FIRST)],
    };
    expect(supplyOpensOn(look(late, SECOND))).toBe(addDays(FIRST, 27));
  });

  it("of a treatment under way has the month's tests after the last prescription", () => {
    const { entries, prescriptions } = onTreatment(FIRST, SECOND);
    expect(tests({ entries, prescriptions }, SECOND).window?.test.on).toBe(SECOND);
    expect(
      tests({ entries, prescriptions: [...prescriptions, prescription(SECOND)] }, SECOND).window,
    ).toBeNull();
  });
});
