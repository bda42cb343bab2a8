import { describe, expect, it } from "vitest";
import { type CalendarDate, addDays, addMinutes, instantIn } from "#shared/calendar.ts";
import { type ProgrammeEntry, programmeEntryFields } from "#shared/records/programme-entry.ts";
import type { PrescriptionFact, ProgrammeFacts } from "#shared/rules/facts.ts";
import { weakenedBy, sameMethods, unbrokenContraception } from "#shared/rules/contraception.ts";
import { inTime } from "#shared/rules/entries-in-order.ts";
import {
  type History,
  historyAt,
  isAfterFirst,
  isOfThisBeginning,
  outcomesOf,
  prescribedCount,
  restartAfter,
  waitingSupply,
  wasNotCollected,
  wasOnTreatment,
} from "#shared/rules/history.ts";
import { categoryStanding } from "#shared/rules/programmes/entry-kinds.ts";
import { euPpp } from "#shared/rules/programmes/eu-ppp.ts";
import { ipledge2026 } from "#shared/rules/programmes/ipledge-2026.ts";
import type { ProgrammeTable } from "#shared/rules/programmes/programme-table.ts";
import { ZONE, entry, facts, noon, pregnancyTest, prescription } from "#test/support/facts.ts";

const DAY = "2026-12-01";
const LATE = noon("2027-03-01");
const CANNOT = { category: "cannot", criterion: "hysterectomy", evidence: "Note of 2019" } as const;

function history(
  entries: readonly ProgrammeEntry[],
  prescriptions: readonly PrescriptionFact[] = [],
  at = LATE,
  changes: Partial<ProgrammeTable["rules"]> = {},
): History {
  const table = { ...ipledge2026, rules: { ...ipledge2026.rules, ...changes } };
  return historyAt(facts({ entries, prescriptions }), table, at);
}

/** Recorded at a time of its day. */
function recorded(one: ProgrammeEntry, time: string, by = "Dr. Test"): ProgrammeEntry {
  return { ...one, recordedAt: instantIn(ZONE, one.on, time), recordedBy: by };
}

function of<K extends ProgrammeEntry["kind"]>(
  kind: K,
  one: ProgrammeEntry,
): Extract<ProgrammeEntry, { kind: K }> {
  if (one.kind !== kind) throw new Error(`It is a ${one.kind}.`);
  // Checked above, which does not narrow a generic.
  return one as Extract<ProgrammeEntry, { kind: K }>;
}

describe("what is known", () => {
  it("keeps an entry of every kind under its kind", () => {
    for (const { shape } of programmeEntryFields.options) {
      const kind = shape.kind.value;
      const one = entry(kind, DAY);
      expect(history([one]).of[kind], kind).toEqual([one]);
    }
  });

  it("is all of earlier days, and of today everything but a negative test of a later hour", () => {
    const at = instantIn(ZONE, DAY, "10:00");
    const known = (one: ProgrammeEntry): boolean => history([one], [], at).of[one.kind].length === 1;
    expect(known(pregnancyTest(DAY, { time: "10:00" }))).toBe(true);
    expect(known(pregnancyTest(DAY, { time: "10:01" }))).toBe(false);
    expect(known(pregnancyTest(DAY))).toBe(true);
    for (const result of ["positive", "indeterminate", "pending"] as const)
      expect(known(pregnancyTest(DAY, { time: "10:01", result }))).toBe(true);
    expect(known(pregnancyTest(addDays(DAY, -1), { time: "23:00" }))).toBe(true);
    expect(known(pregnancyTest(addDays(DAY, 1), { result: "positive" }))).toBe(false);
    expect(known(entry("pregnancy", DAY))).toBe(true);
    expect(known(entry("pregnancy", addDays(DAY, 1)))).toBe(false);
  });

  it("has the tests of one day in the order of their hours, whatever else of that day was recorded between them", () => {
    const noHour = recorded(pregnancyTest(DAY), "20:00");
    const confirmed = recorded(entry("prescriber-confirmation", DAY), "19:00");
    const morning = recorded(pregnancyTest(DAY, { time: "08:59" }), "18:00");
    for (const entries of [
      [noHour, confirmed, morning],
      [morning, confirmed, noHour],
      [confirmed, morning, noHour],
      [confirmed, noHour, morning],
      [morning, noHour, confirmed],
    ])
      expect(history(entries).of["pregnancy-test"]).toEqual([noHour, morning]);
  });

  it("is ordered by day, by hour among tests, by when it was recorded, and by its id", () => {
    const early = pregnancyTest(DAY, { time: "08:00" });
    const late = pregnancyTest(DAY, { time: "09:00" });
    const other = recorded(entry("counselling", DAY), "18:00");
    const first = recorded(entry("counselling", DAY), "16:00");
    expect(Math.sign(inTime(early, late))).toBe(-1);
    expect(Math.sign(inTime(late, early))).toBe(1);
    expect(Math.sign(inTime(pregnancyTest(DAY), early))).toBe(-1);
    expect(Math.sign(inTime(early, pregnancyTest(DAY)))).toBe(1);
    expect(Math.sign(inTime(early, first))).toBe(1);
    expect(Math.sign(inTime(first, early))).toBe(-1);
    expect(Math.sign(inTime(first, other))).toBe(-1);
    expect(Math.sign(inTime(early, entry("counselling", addDays(DAY, -1))))).toBe(1);
    expect(Math.sign(inTime({ ...first, id: "a" }, { ...first, id: "b" }))).toBe(-1);
    expect(Math.sign(inTime({ ...first, id: "b" }, { ...first, id: "a" }))).toBe(1);
    expect(inTime(first, first)).toBe(0);
  });

  it("orders prescriptions by their instant, then by their id, and doses in time", () => {
    const [a, b, c] = [
      prescription(DAY, { id: "b" }),
      prescription(DAY, { id: "a" }),
      prescription(addDays(DAY, -1), { id: "c" }),
    ];
    expect(history([], [a, b, c]).prescriptions.map(({ id }) => id)).toEqual(["c", "a", "b"]);
    expect(history([], [b, a, c]).lastPrescription?.id).toBe("b");
    const doses = [
      entry("first-dose", addDays(DAY, 1)),
      entry("dispensing", DAY),
      entry("dispensing", addDays(DAY, -1), { capsules: 0 }),
    ];
    expect(history(doses).doses.map(({ on }) => on)).toEqual([DAY, addDays(DAY, 1)]);
  });

  it("says on which table, day and instant it rests", () => {
    expect(history([], [], noon(DAY))).toMatchObject({
      today: DAY,
      at: noon(DAY),
      table: { id: "ipledge-2026" },
    });
  });
});

describe("a supply", () => {
  const two = [{ strengthMg: 20, morning: 2, evening: 1 }];
  const issued = prescription(DAY, { capsules: two });

  it("counts the capsules of a day, morning and evening, of every strength", () => {
    expect(prescribedCount(issued)).toBe(90);
    expect(prescribedCount({ ...issued, daysSupply: 10 })).toBe(30);
    expect(
      prescribedCount({ ...issued, capsules: [...two, { strengthMg: 40, morning: 0, evening: 1 }] }),
    ).toBe(120);
    expect(prescribedCount({ ...issued, capsules: [{ strengthMg: 40, morning: 1, evening: 0 }] })).toBe(30);
    expect(prescribedCount({ ...issued, capsules: [] })).toBeNull();
    expect(prescribedCount(prescription(DAY))).toBeNull();
  });

  it("lasts as long as the capsules that were collected, the last day begun included", () => {
    const collected = (...counts: (number | null)[]): History["lastSupply"] =>
      history(
        counts.map((capsules, index) => entry("dispensing", addDays(DAY, index), { capsules })),
        [issued],
      ).lastSupply;
    expect(collected(90)).toEqual({
      prescription: issued,
      from: DAY,
      collected: true,
      count: 90,
      prescribed: 90,
      days: 30,
      until: addDays(DAY, 29),
    });
    expect(collected(61)).toMatchObject({ count: 61, days: 21 });
    expect(collected(30, 31)).toMatchObject({ from: DAY, count: 61, days: 21 });
    expect(collected(60, null)).toMatchObject({ count: null, prescribed: 90, days: 30 });
    expect(collected(0, 60)).toMatchObject({ from: addDays(DAY, 1), count: 60, days: 20 });
    expect(collected()).toEqual({
      prescription: issued,
      from: DAY,
      collected: null,
      count: null,
      prescribed: 90,
      days: 30,
      until: addDays(DAY, 29),
    });
    expect(collected(0)).toBeNull();
  });

  it("without a count of what was prescribed lasts as long as prescribed", () => {
    const plain = prescription(DAY, { daysSupply: 20 });
    const of = history([entry("dispensing", DAY, { capsules: 10 })], [plain]);
    expect(of.lastSupply).toMatchObject({ count: 10, prescribed: null, days: 20 });
  });

  it("has the pick-ups from its day to the day before the next prescription", () => {
    const entries = [
      entry("dispensing", addDays(DAY, -1)),
      entry("dispensing", DAY),
      entry("dispensing", addDays(DAY, 29)),
      entry("dispensing", addDays(DAY, 30)),
    ];
    const of = history(entries, [issued, prescription(addDays(DAY, 30))]);
    expect(outcomesOf(of, 0).map(({ on }) => on)).toEqual([DAY, addDays(DAY, 29)]);
    expect(outcomesOf(of, 1).map(({ on }) => on)).toEqual([addDays(DAY, 30)]);
    expect(outcomesOf(of, 2)).toEqual([]);
  });

  it("is not given back by what was recorded before it was prescribed", () => {
    const none = (time: string): ProgrammeEntry => recorded(entry("dispensing", DAY, { capsules: 0 }), time);
    expect(outcomesOf(history([none("11:59")], [issued]), 0)).toHaveLength(0);
    expect(outcomesOf(history([none("12:00")], [issued]), 0)).toHaveLength(1);
    expect(outcomesOf(history([recorded(entry("dispensing", DAY), "11:59")], [issued]), 0)).toHaveLength(1);
  });

  it("was given back only if something is on record since the last prescription", () => {
    const next = prescription(addDays(DAY, 30));
    const given = entry("dispensing", addDays(DAY, 30), { capsules: 0 });
    expect(wasNotCollected(history([given], [issued, next]))).toBe(true);
    expect(
      wasNotCollected(history([entry("dispensing", addDays(DAY, 29), { capsules: 0 })], [issued, next])),
    ).toBe(false);
    expect(wasNotCollected(history([entry("dispensing", addDays(DAY, 30))], [issued, next]))).toBe(false);
    expect(wasNotCollected(history([given], []))).toBe(false);
  });
});

describe("a restart", () => {
  it("is no resumption of the same day that was recorded before the end was", () => {
    const last = of("last-dose", recorded(entry("last-dose", DAY), "11:00"));
    const after = (time: string): CalendarDate | null =>
      restartAfter(history([last, recorded(entry("resume", DAY), time)]), last);
    expect(after("10:59")).toBeNull();
    expect(after("11:00")).toBe(DAY);
    // Nor one of an earlier day that was recorded late.
    const before = recorded(entry("resume", addDays(DAY, -1)), "12:00");
    expect(
      restartAfter(history([last, { ...before, recordedAt: `${addDays(DAY, 3)}T12:00:00.000Z` }]), last),
    ).toBeNull();
  });

  it("is the first of a resumption of the day and a dose after it, whichever is there", () => {
    const last = of("last-dose", entry("last-dose", DAY));
    const after = (...entries: ProgrammeEntry[]): CalendarDate | null =>
      restartAfter(history([...entries, last]), last);
    expect(after(entry("dispensing", DAY))).toBeNull();
    expect(after(entry("dispensing", addDays(DAY, 1)))).toBe(addDays(DAY, 1));
    expect(after(entry("resume", addDays(DAY, -1)))).toBeNull();
    expect(after(entry("resume", DAY), entry("resume", addDays(DAY, 2)))).toBe(DAY);
    expect(after(entry("dispensing", addDays(DAY, 1)), entry("dispensing", addDays(DAY, 5)))).toBe(
      addDays(DAY, 1),
    );
  });

  it("after more than a month begins anew, from its own day, after a stop as after a last dose", () => {
    for (const kind of ["last-dose", "treatment-stop"] as const) {
      const after = (days: number): History["beginning"] =>
        history([entry(kind, DAY), entry("resume", addDays(DAY, days))]).beginning;
      expect(after(30).because).toBe("decision");
      expect(after(31)).toMatchObject({ on: addDays(DAY, 31), because: "break" });
    }
    expect(history([entry("last-dose", DAY)]).beginning.because).toBe("decision");
    const none = [entry("last-dose", DAY), entry("resume", addDays(DAY, 1))];
    expect(history(none, [], LATE, { "course-open": null }).beginning.because).toBe("break");
    expect(
      history([none[0] ?? entry("last-dose", DAY), entry("resume", DAY)], [], LATE, { "course-open": null })
        .beginning.because,
    ).toBe("decision");
  });
});

describe("the beginning", () => {
  it("is the latest cause, and of one day the one that asks for more", () => {
    const lapse = entry("contraception-lapse", "2026-01-01");
    expect(history([lapse], [prescription("2026-01-01")]).beginning).toMatchObject({
      on: "2026-01-01",
      because: "lapse",
    });
    const early = entry("contraception-lapse", "2025-12-31");
    expect(history([early], [prescription("2025-12-30")]).beginning.because).toBe("decision");
    const both = [
      entry("contraception-lapse", DAY),
      entry("last-dose", addDays(DAY, -60)),
      entry("resume", addDays(DAY, -10)),
    ];
    expect(history(both, [prescription("2026-06-01")]).beginning).toMatchObject({
      on: DAY,
      because: "lapse",
    });
    const later = [...both, entry("last-dose", addDays(DAY, 1)), entry("resume", addDays(DAY, 40))];
    expect(history(later, [prescription("2026-06-01")]).beginning).toMatchObject({
      on: addDays(DAY, 40),
      because: "break",
    });
  });

  it("tells what came before the first prescription or dose from what came after it", () => {
    const lapse = (on: CalendarDate): ProgrammeEntry => entry("contraception-lapse", on);
    expect(isAfterFirst(history([], [prescription(DAY)]), lapse(DAY))).toBe(true);
    expect(isAfterFirst(history([], [prescription(DAY)]), lapse(addDays(DAY, -1)))).toBe(false);
    expect(isAfterFirst(history([entry("first-dose", DAY)]), lapse(DAY))).toBe(true);
    expect(isAfterFirst(history([entry("first-dose", DAY)]), lapse(addDays(DAY, -1)))).toBe(false);
    expect(isAfterFirst(history([]), lapse(DAY))).toBe(false);
  });
});

describe("the category", () => {
  const can = (on: CalendarDate, reason = "Recorded wrongly."): ProgrammeEntry =>
    entry("risk-category", on, { changeReason: reason });
  const cannot = (on: CalendarDate, reason = "Operated."): ProgrammeEntry => ({
    ...entry("risk-category", on, { ...CANNOT, changeReason: reason }),
    id: `cannot-${on}`,
  });
  const agreed = (to: CalendarDate, on: CalendarDate, by = "Dr. Other"): ProgrammeEntry =>
    recorded(entry("category-agreement", on, { entryId: `cannot-${to}` }), "17:00", by);
  const stands = (...entries: ProgrammeEntry[]): [string, string | null, string, string] => {
    const { category, categoryLacks, beginning } = history(entries);
    return [category, categoryLacks, beginning.because, beginning.on];
  };
  const NEXT = addDays(DAY, 10);

  it("is, of the first entry, what it says, with a criterion that counts", () => {
    expect(stands(cannot(DAY, ""))).toEqual(["cannot", null, "decision", "2026-01-01"]);
    expect(stands(can(DAY, ""))).toEqual(["can", null, "decision", "2026-01-01"]);
    expect(
      stands(entry("risk-category", DAY, { category: "cannot", criterion: "no-pregnancy-risk" })),
    ).toEqual(["can", null, "decision", "2026-01-01"]);
    expect(stands(entry("risk-category", DAY, { category: "can", criterion: "hysterectomy" }))).toEqual([
      "can",
      null,
      "decision",
      "2026-01-01",
    ]);
    expect(history([cannot(DAY)], [], LATE, { category: null }).category).toBe("can");
  });

  it("changes from can to cannot with a reason and somebody else's agreement of its day or later", () => {
    expect(stands(can(DAY), cannot(NEXT))).toEqual(["can", "agreement", "decision", "2026-01-01"]);
    expect(stands(can(DAY), cannot(NEXT, " "))).toEqual(["can", "reason", "decision", "2026-01-01"]);
    expect(stands(can(DAY), cannot(NEXT), agreed(NEXT, NEXT))).toEqual([
      "cannot",
      null,
      "decision",
      "2026-01-01",
    ]);
    expect(stands(can(DAY), cannot(NEXT), agreed(NEXT, addDays(NEXT, 1)))).toEqual([
      "cannot",
      null,
      "decision",
      "2026-01-01",
    ]);
    expect(stands(can(DAY), cannot(NEXT), agreed(NEXT, addDays(NEXT, -1)))[0]).toBe("can");
    expect(stands(can(DAY), cannot(NEXT), agreed(NEXT, NEXT, "Dr. Test"))[1]).toBe("agreement");
    expect(stands(can(DAY), cannot(NEXT), agreed(DAY, NEXT))[1]).toBe("agreement");
    expect(stands(can(DAY), cannot(NEXT, ""), agreed(NEXT, NEXT))[1]).toBe("reason");
  });

  it("changes from cannot to can at once and begins anew", () => {
    expect(stands(cannot(DAY), can(NEXT))).toEqual(["can", null, "category", NEXT]);
    expect(stands(cannot(DAY), can(NEXT, ""))).toEqual(["can", "reason", "category", NEXT]);
    expect(stands(cannot(DAY), can(NEXT), can(addDays(NEXT, 5), ""))).toEqual([
      "can",
      null,
      "category",
      NEXT,
    ]);
    expect(stands(cannot(DAY), cannot(NEXT, ""))).toEqual(["cannot", null, "decision", "2026-01-01"]);
  });

  it("forgets what a change lacked once the category is back where it stood", () => {
    expect(stands(can(DAY), cannot(NEXT), can(addDays(NEXT, 1), ""))).toEqual([
      "can",
      null,
      "decision",
      "2026-01-01",
    ]);
    const there = [
      can(DAY),
      cannot(NEXT),
      agreed(NEXT, NEXT),
      can(addDays(NEXT, 1)),
      cannot(addDays(NEXT, 2)),
    ];
    expect(stands(...there)).toEqual(["can", "agreement", "category", addDays(NEXT, 1)]);
    expect(stands(...there, agreed(addDays(NEXT, 2), addDays(NEXT, 2)))).toEqual([
      "cannot",
      null,
      "category",
      addDays(NEXT, 1),
    ]);
  });

  it("needs a reason even where the field was never written", () => {
    const old = of("risk-category", cannot(NEXT));
    const { changeReason, ...without } = old;
    expect(changeReason).toBe("Operated.");
    expect(history([can(DAY), without as ProgrammeEntry]).categoryLacks).toBe("reason");
  });
});

describe("contraception", () => {
  const row = ipledge2026.rules["contraception-pair"];
  const european = euPpp.rules["contraception-pair"];
  if (row === null || european === null) throw new Error("Both judge pairs.");

  it("is weakened only where every form that carries it rests on hormones", () => {
    const rifampicin = ["Rifampin"];
    const pill = { first: "combined-pill", second: "condom" } as const;
    expect(weakenedBy(row, pill, undefined)).toBeNull();
    expect(weakenedBy(row, pill, [])).toBeNull();
    expect(weakenedBy(row, pill, null)?.status).toBe("unknown");
    expect(weakenedBy(row, pill, null)?.sentence).toContain("Ask which medicines");
    expect(weakenedBy(row, pill, rifampicin)?.status).toBe("unmet");
    expect(weakenedBy(row, { first: "condom", second: "combined-pill" }, rifampicin)?.status).toBe("unmet");
    expect(weakenedBy(row, { first: "combined-pill", second: "implant" }, rifampicin)?.status).toBe("unmet");
    expect(weakenedBy(row, { first: "combined-pill", second: "iud-copper" }, rifampicin)).toBeNull();
    expect(weakenedBy(row, { first: "iud-copper", second: "condom" }, null)).toBeNull();
    expect(weakenedBy(row, { first: "condom", second: "diaphragm" }, null)).toBeNull();
    expect(weakenedBy(european, { first: "implant", second: null }, rifampicin)?.status).toBe("unmet");
    expect(weakenedBy(european, { first: "implant", second: null }, null)?.status).toBe("unknown");
    expect(weakenedBy(european, { first: "iud-copper", second: null }, null)).toBeNull();
  });

  it("is the same pair only with the same two methods", () => {
    const same = (a: [string, string | null], b: [string, string | null]): boolean =>
      sameMethods(
        { first: a[0], second: a[1] } as Parameters<typeof sameMethods>[0],
        { first: b[0], second: b[1] } as Parameters<typeof sameMethods>[1],
      );
    expect(same(["ring", "condom"], ["ring", "condom"])).toBe(true);
    expect(same(["ring", "condom"], ["condom", "ring"])).toBe(true);
    expect(same(["ring", "condom"], ["ring", "sponge"])).toBe(false);
    expect(same(["ring", "condom"], ["patch", "condom"])).toBe(false);
    expect(same(["ring", "condom"], ["condom", "patch"])).toBe(false);
    expect(same(["ring", "condom"], ["sponge", "ring"])).toBe(false);
    expect(same(["ring", null], ["ring", null])).toBe(true);
  });

  it("is unbroken from nowhere where the programme asks for none, and the latest entries are named", () => {
    const entries = [entry("contraception", DAY), entry("contraception-lapse", addDays(DAY, 5))];
    const none = unbrokenContraception(history(entries, [], LATE, { "contraception-pair": null }));
    expect(none).toMatchObject({ since: null, current: { on: DAY }, lapse: { on: addDays(DAY, 5) } });
    const used = history([entry("contraception", DAY)], [], LATE, { "contraception-pair": null });
    expect(unbrokenContraception(used).since).toBeNull();
    expect(unbrokenContraception(history([]))).toEqual({ since: null, current: null, lapse: null });
  });

  it("is broken by a lapse between two entries, on the later one's day too, not on the earlier one's", () => {
    const since = (lapse: CalendarDate): CalendarDate | null =>
      unbrokenContraception(
        history([
          entry("contraception", DAY),
          entry("contraception-lapse", lapse),
          entry("contraception", addDays(DAY, 10)),
          entry("contraception", addDays(DAY, 20)),
        ]),
      ).since;
    expect(since(DAY)).toBe(DAY);
    expect(since(addDays(DAY, 1))).toBe(addDays(DAY, 10));
    expect(since(addDays(DAY, 10))).toBe(addDays(DAY, 10));
    expect(since(addDays(DAY, 11))).toBe(addDays(DAY, 20));
    expect(since(addDays(DAY, 20))).toBe(addDays(DAY, 20));
    expect(since(addDays(DAY, 21))).toBeNull();
  });
});

describe("the facts", () => {
  it("are left as they were", () => {
    const given: ProgrammeFacts = facts({
      entries: [entry("pause", DAY)],
      prescriptions: [prescription(DAY)],
    });
    const before = JSON.stringify(given);
    expect(historyAt(given, ipledge2026, LATE).facts).toBe(given);
    expect(JSON.stringify(given)).toBe(before);
  });
});

describe("a second person", () => {
  const can = entry("risk-category", DAY);
  const change = {
    ...entry("risk-category", addDays(DAY, 1), { ...CANNOT, changeReason: "Operated." }),
    id: "change",
  };
  const standing = (by: Partial<ProgrammeEntry>, agreedBy: Partial<ProgrammeEntry>): string[] => {
    const agreement = entry("category-agreement", addDays(DAY, 2), { entryId: "change" });
    const entries = [
      can,
      { ...change, ...by } as ProgrammeEntry,
      { ...agreement, ...agreedBy } as ProgrammeEntry,
    ];
    const { category, toAgree } = categoryStanding(entries);
    return [history(entries).category, category ?? "none", toAgree === null ? "settled" : "to agree"];
  };
  const kim = (recordedById?: string): Partial<ProgrammeEntry> => ({
    recordedBy: "Kim Lee",
    ...(recordedById === undefined ? {} : { recordedById }),
  });

  it("is one of another account, whatever the name", () => {
    expect(standing(kim("a"), kim("b"))).toEqual(["cannot", "cannot", "settled"]);
    expect(standing(kim("a"), kim("a"))).toEqual(["can", "can", "to agree"]);
    const renamed = { recordedBy: "Kim Lee-Ortiz", recordedById: "a" };
    expect(standing(kim("a"), renamed)).toEqual(["can", "can", "to agree"]);
  });

  it("is one of another name where an account is not told", () => {
    for (const [one, other] of [
      [kim(), kim()],
      [kim("a"), kim()],
      [kim(), kim("a")],
    ] as const)
      expect(standing(one, other)).toEqual(["can", "can", "to agree"]);
    expect(standing(kim("a"), { recordedBy: "A second person" })).toEqual(["cannot", "cannot", "settled"]);
  });
});

describe("a new beginning", () => {
  const lapsed = addDays(DAY, 10);
  const lapse = entry("contraception-lapse", lapsed, { what: "missed" });
  const dosed = entry("first-dose", DAY);

  it("is none of a patient who cannot become pregnant", () => {
    const treated = [entry("first-dose", DAY), entry("contraception", DAY, { second: null })];
    const because = (...entries: ProgrammeEntry[]): string =>
      history([...entries, ...treated, entry("contraception-lapse", DAY)]).beginning.because;
    expect(because(entry("risk-category", DAY, CANNOT))).toBe("decision");
    expect(because()).toBe("lapse");
  });

  it("by methods that are not accepted is one only where the programme asks for methods", () => {
    const condom = entry("contraception", lapsed, { first: "condom", second: null });
    expect(history([dosed, condom]).beginning).toMatchObject({ on: lapsed, because: "lapse" });
    expect(history([dosed, condom], [], LATE, { "contraception-pair": null }).beginning.because).toBe(
      "decision",
    );
    expect(history([entry("first-dose", addDays(lapsed, 1)), condom]).beginning.because).toBe("decision");
    expect(history([dosed, entry("contraception", lapsed)]).beginning.because).toBe("decision");
  });

  it("ends treatment until a dose that a later prescription allowed, of its day or after", () => {
    const prescribed = [prescription(addDays(lapsed, 40))];
    const treated = (on: CalendarDate, ...more: ProgrammeEntry[]): boolean =>
      wasOnTreatment(history([dosed, lapse, ...more], prescribed), on);
    const late = addDays(lapsed, 60);
    expect(treated(late)).toBe(false);
    expect(treated(late, entry("dispensing", addDays(lapsed, 39)))).toBe(false);
    expect(treated(late, entry("dispensing", addDays(lapsed, 40)))).toBe(true);
    expect(treated(addDays(lapsed, 39), entry("dispensing", addDays(lapsed, 40)))).toBe(false);
  });

  it("is on each day on which “cannot” turned into “can”, the last of them", () => {
    const can = (on: CalendarDate): ProgrammeEntry =>
      entry("risk-category", on, { changeReason: "Mistaken." });
    const cannot = (on: CalendarDate): ProgrammeEntry =>
      entry("risk-category", on, { ...CANNOT, changeReason: "Operated." });
    const second = cannot(addDays(DAY, 2));
    const agreed = {
      ...entry("category-agreement", addDays(DAY, 2), { entryId: second.id }),
      recordedBy: "Nurse Second",
    };
    const turns = [cannot(DAY), can(addDays(DAY, 1)), second, agreed, can(addDays(DAY, 3))];
    expect(history(turns.slice(0, 2)).beginning).toMatchObject({ on: addDays(DAY, 1), because: "category" });
    expect(history(turns).beginning).toMatchObject({ on: addDays(DAY, 3), because: "category" });
    expect(history([]).categoryLacks).toBeNull();
  });
});

describe("the supply", () => {
  it("is that of the last prescription that was not left at the pharmacy", () => {
    const [first, second] = [prescription(DAY), prescription(addDays(DAY, 30))];
    const left = (on: CalendarDate): ProgrammeEntry => entry("dispensing", on, { capsules: 0 });
    const of = (...entries: ProgrammeEntry[]): string | undefined =>
      history(entries, [first, second]).lastSupply?.prescription.id;
    expect(of()).toBe(second.id);
    expect(of(left(addDays(DAY, 31)))).toBe(first.id);
    expect(of(left(addDays(DAY, 1)), left(addDays(DAY, 31)))).toBeUndefined();
    expect(of(left(addDays(DAY, 31)), entry("dispensing", addDays(DAY, 32)))).toBe(second.id);
    expect(history([]).lastSupply).toBeNull();
  });

  it("waits only while it is the last one and nothing is recorded of it", () => {
    const [first, second] = [prescription(DAY), prescription(addDays(DAY, 30))];
    const of = (...entries: ProgrammeEntry[]): string | undefined =>
      waitingSupply(history(entries, [first, second]))?.prescription.id;
    expect(of()).toBe(second.id);
    expect(of(entry("dispensing", addDays(DAY, 31)))).toBeUndefined();
    expect(of(entry("dispensing", addDays(DAY, 31), { capsules: 0 }))).toBeUndefined();
  });

  it("begins when what was left before is used up, and on its own day where nothing is", () => {
    const until = (...days: number[]): CalendarDate | undefined =>
      history(
        days.map((count) => entry("dispensing", addDays(DAY, count))),
        days.map((count) => prescription(addDays(DAY, count))),
      ).lastSupply?.until;
    expect(until(0)).toBe(addDays(DAY, 29));
    expect(until(0, 29)).toBe(addDays(DAY, 59));
    expect(until(0, 30)).toBe(addDays(DAY, 59));
    expect(until(0, 31)).toBe(addDays(DAY, 60));
    expect(until(0, 23, 46)).toBe(addDays(DAY, 89));
    const left = [entry("dispensing", DAY), entry("dispensing", addDays(DAY, 5), { capsules: 0 })];
    const two = [prescription(DAY), prescription(addDays(DAY, 5))];
    expect(history(left, two).lastSupply?.until).toBe(addDays(DAY, 29));
  });

  it("has no number of capsules where one pick-up was not counted", () => {
    const one = prescription(DAY, { capsules: [{ strengthMg: 20, morning: 1, evening: 1 }] });
    const counted = (...capsules: (number | null)[]): number | null | undefined =>
      history(
        capsules.map((count, index) => entry("dispensing", addDays(DAY, index), { capsules: count })),
        [one],
      ).lastSupply?.count;
    expect(counted(30, 28)).toBe(58);
    expect(counted(30, null)).toBeNull();
    expect(counted(null)).toBeNull();
    expect(counted()).toBeNull();
  });
});

describe("what nobody knew when a prescription was issued", () => {
  const issued = prescription(DAY);
  const known = (one: ProgrammeEntry, at: string): ProgrammeEntry => ({ ...one, recordedAt: at });
  const after = addMinutes(issued.issuedAt, 1);
  const lapse = (days: number, at = after): ProgrammeEntry =>
    known(entry("contraception-lapse", addDays(DAY, -days)), at);
  const dosed = [entry("contraception", "2026-06-01"), entry("first-dose", DAY)];

  it("makes treatment begin anew if contraception lapsed in the month before, and the prescription is none of the new treatment", () => {
    for (const days of [1, 29]) {
      const of = history([...dosed, lapse(days)], [issued]);
      expect(of.beginning).toEqual({ on: addDays(DAY, -days), because: "lapse", knownAt: after });
      expect(of.onTreatment).toBe(false);
      expect(isOfThisBeginning(of, issued)).toBe(false);
    }
    for (const earlier of [lapse(30), lapse(1, issued.issuedAt)]) {
      const of = history([...dosed, earlier], [issued]);
      expect(of.beginning.because).toBe("decision");
      expect(of.onTreatment).toBe(true);
      expect(isOfThisBeginning(of, issued)).toBe(true);
    }
  });

  it("is of a later lapse its day, and only the prescriptions of the month after it were issued in vain", () => {
    const [second, third] = [prescription(addDays(DAY, 29)), prescription(addDays(DAY, 30))];
    const of = history(
      [...dosed, known(entry("contraception-lapse", DAY), addMinutes(third.issuedAt, 1))],
      [issued, second, third],
    );
    expect([issued, second, third].map((one) => isOfThisBeginning(of, one))).toEqual([false, false, true]);
  });

  it("without a month of contraception in the table takes away only what was prescribed by the day of the lapse", () => {
    const none = { "contraception-month": null };
    expect(history([...dosed, lapse(1)], [issued], LATE, none).beginning.because).toBe("decision");
    expect(isOfThisBeginning(history([...dosed, lapse(0)], [issued], LATE, none), issued)).toBe(false);
  });

  it("is known on the day of the lapse itself once it is recorded", () => {
    const told = addMinutes(issued.issuedAt, -60);
    const of = history([entry("contraception", "2026-06-01"), lapse(0, told)], [issued]);
    expect(of.beginning).toEqual({ on: DAY, because: "lapse", knownAt: told });
    expect(isAfterFirst(of, { on: DAY, recordedAt: told })).toBe(true);
    expect(isOfThisBeginning(of, issued)).toBe(true);
  });

  it("is, of several lapses, what was recorded last of the last day", () => {
    const twice = history([...dosed, lapse(1), lapse(1, issued.issuedAt)], [issued]);
    expect(twice.beginning.knownAt).toBe(after);
    const other = history([...dosed, lapse(1, issued.issuedAt), lapse(1)], [issued]);
    expect(other.beginning.knownAt).toBe(after);
    const earlier = prescription(addDays(DAY, -60));
    const old = known(entry("contraception-lapse", addDays(DAY, -20)), addMinutes(after, 60));
    expect(history([...dosed, old, lapse(10, issued.issuedAt)], [earlier, issued]).beginning).toEqual({
      on: addDays(DAY, -10),
      because: "lapse",
      knownAt: issued.issuedAt,
    });
    const given = known(entry("contraception", addDays(DAY, -1), { first: "condom", second: null }), after);
    const last = addMinutes(after, 60);
    expect(history([...dosed, lapse(1, last), given], [issued]).beginning.knownAt).toBe(last);
    const onDecision = facts({
      decidedOn: addDays(DAY, -1),
      entries: [...dosed, lapse(1)],
      prescriptions: [issued],
    });
    expect(historyAt(onDecision, ipledge2026, LATE).beginning.knownAt).toBe(after);
  });

  it("is that the patient can become pregnant, whatever day that is dated and however it came to be said", () => {
    const said = (at: string): History =>
      history(
        [{ ...entry("risk-category", "2026-09-01"), recordedAt: at }, entry("first-dose", DAY)],
        [issued],
      );
    expect(said(issued.issuedAt).beginning.because).toBe("decision");
    expect(said(after)).toMatchObject({
      beginning: { on: "2026-09-01", because: "category", knownAt: after },
      onTreatment: false,
    });
    const before = { ...entry("risk-category", "2026-01-01"), recordedAt: after };
    const decided = facts({ entries: [before], prescriptions: [issued], decidedOn: "2026-09-01" });
    expect(historyAt(decided, ipledge2026, LATE).beginning.on).toBe("2026-09-01");
    const saidTwice = (first: string, second: string): History["beginning"] =>
      history(
        [
          { ...entry("risk-category", "2026-09-01"), recordedAt: first },
          { ...entry("risk-category", "2026-10-01"), recordedAt: second },
          entry("first-dose", DAY),
        ],
        [issued],
      ).beginning;
    expect(saidTwice(issued.issuedAt, after).because).toBe("decision");
    expect(saidTwice(after, after)).toMatchObject({ on: "2026-09-01", because: "category" });
    const cannot = { ...entry("risk-category", "2026-09-01", CANNOT), recordedAt: after };
    expect(history([cannot, entry("first-dose", DAY)], [issued]).beginning.because).toBe("decision");
    const changed = history(
      [
        entry("risk-category", "2026-09-01", CANNOT),
        known(entry("risk-category", "2026-10-01"), after),
        entry("first-dose", DAY),
      ],
      [issued],
    );
    expect(changed).toMatchObject({
      beginning: { on: "2026-10-01", because: "category" },
      onTreatment: false,
    });
  });

  it("is nothing while nothing began anew, whatever day the decision is dated", () => {
    const decided = facts({ decidedOn: addDays(DAY, 9), entries: [], prescriptions: [issued] });
    expect(isOfThisBeginning(historyAt(decided, ipledge2026, LATE), issued)).toBe(true);
  });

  it("stands if treatment was resumed on its day before it, and not if only after it", () => {
    const stopped = entry("treatment-stop", addDays(DAY, -40));
    const resumed = (at: string): History => history([stopped, known(entry("resume", DAY), at)], [issued]);
    expect(isOfThisBeginning(resumed(issued.issuedAt), issued)).toBe(true);
    expect(isOfThisBeginning(resumed(after), issued)).toBe(false);
    expect(isOfThisBeginning(resumed(after), prescription(addDays(DAY, 1)))).toBe(true);
    const late = resumed(noon(addDays(DAY, 2)));
    expect(isOfThisBeginning(late, prescription(addDays(DAY, 1)))).toBe(true);
    expect(isOfThisBeginning(late, issued)).toBe(false);
    // A dose of the day of the resumption restarts nothing by itself.
    const both = history(
      [stopped, known(entry("resume", DAY), issued.issuedAt), known(entry("dispensing", DAY), after)],
      [issued],
    );
    expect(both.beginning.knownAt).toBe(issued.issuedAt);
    expect(isOfThisBeginning(resumed(after), prescription(addDays(DAY, -1)))).toBe(false);
  });
});

describe("a course that was read before", () => {
  const first = prescription(DAY);
  const second = prescription(addDays(DAY, 30));
  const category = entry("risk-category", DAY, CANNOT);
  const given = facts({
    entries: [category, entry("first-dose", DAY), entry("enrolment", addDays(DAY, 40))],
    prescriptions: [first, second],
  });
  const read = (changes: Partial<ProgrammeFacts> = {}, at = LATE, table = ipledge2026): History => {
    historyAt(given, ipledge2026, LATE);
    return historyAt({ ...given, ...changes }, table, at);
  };

  it("is not read again while nothing of it changes", () => {
    expect(read().of).toBe(historyAt(given, ipledge2026, noon("2028-01-01")).of);
    const never = facts({ entries: [category] });
    expect(historyAt(never, ipledge2026, LATE).of).toBe(historyAt(never, ipledge2026, LATE).of);
  });

  it("is read again for a day on which an entry of it did not exist yet, and for that entry's own day", () => {
    expect(read({}, noon(addDays(DAY, 39))).of.enrolment).toHaveLength(0);
    expect(read({}, noon(addDays(DAY, 40))).of).not.toBe(read().of);
    expect(read({}, noon(addDays(DAY, 41))).of).toBe(read().of);
  });

  it("is read again for a minute before its last prescription, though its entries are older", () => {
    const entries = [entry("first-dose", DAY)];
    const of = facts({ entries, prescriptions: [first, second] });
    expect(historyAt(of, ipledge2026, second.issuedAt).prescriptions).toHaveLength(2);
    expect(historyAt(of, ipledge2026, addMinutes(second.issuedAt, -1)).prescriptions).toHaveLength(1);
    const kept = historyAt(of, ipledge2026, LATE).of;
    expect(historyAt(of, ipledge2026, second.issuedAt).prescriptions).toHaveLength(2);
    expect(historyAt(of, ipledge2026, second.issuedAt).of).toBe(kept);
  });

  it("keeps nothing that was read when not all of it had happened", () => {
    const entries = [entry("first-dose", DAY), entry("enrolment", addDays(DAY, 40))];
    const of = facts({ entries, prescriptions: [first, second] });
    historyAt(of, ipledge2026, noon(addDays(DAY, 40)));
    historyAt(of, ipledge2026, noon(DAY));
    expect(historyAt(of, ipledge2026, LATE).of.enrolment).toHaveLength(1);
    expect(historyAt(of, ipledge2026, LATE).prescriptions).toHaveLength(2);
    const early = facts({ entries: [entry("first-dose", DAY)], prescriptions: [first, second] });
    historyAt(early, ipledge2026, addMinutes(second.issuedAt, -1));
    expect(historyAt(early, ipledge2026, LATE).prescriptions).toHaveLength(2);
  });

  it("is read again with other courses, and for the days of what they hold", () => {
    const missed = entry("missed-period", addDays(DAY, 50));
    // The latest day counts, wherever it stands in the list.
    const elsewhere = { results: [], entries: [missed, entry("pregnancy", DAY)] };
    expect(read({ elsewhere }).of["missed-period"]).toEqual([missed]);
    expect(read().of["missed-period"]).toEqual([]);
    const other = { results: [], entries: [] };
    expect(read({ elsewhere: other }).of["missed-period"]).toEqual([]);
    const known = { ...given, entries: [category], elsewhere };
    expect(historyAt(known, ipledge2026, noon(addDays(DAY, 51))).of["missed-period"]).toHaveLength(1);
    expect(historyAt(known, ipledge2026, noon(addDays(DAY, 49))).of["missed-period"]).toHaveLength(0);
    expect(historyAt(known, ipledge2026, LATE).of).toBe(historyAt(known, ipledge2026, LATE).of);
  });

  it("is read again by another table, for another decision, with other prescriptions, or with more of either", () => {
    const { category: row } = ipledge2026.rules;
    const rules = { ...ipledge2026.rules, category: row && { ...row, cannotBy: [] } };
    expect(read({}, LATE, { ...ipledge2026, rules }).category).toBe("can");
    const decidedOn = addDays(DAY, 2);
    expect(read({ course: { ...given.course, decidedOn } }).beginning.on).toBe(decidedOn);
    expect(read({ prescriptions: [second] }).prescriptions).toEqual([second]);
    const entries = [...given.entries];
    const prescriptions = [first];
    const growing = facts({ entries, prescriptions });
    historyAt(growing, ipledge2026, LATE);
    entries.push(entry("pregnancy", DAY));
    expect(historyAt(growing, ipledge2026, LATE).of.pregnancy).toHaveLength(1);
    prescriptions.push(second);
    expect(historyAt(growing, ipledge2026, LATE).lastPrescription).toEqual(second);
  });
});
