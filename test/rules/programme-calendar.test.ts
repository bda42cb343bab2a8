import { describe, expect, it } from "vitest";
import { addDays, addMonths, instantIn } from "#shared/calendar.ts";
import {
  type CalendarMarkKind,
  type ProgrammeCalendar,
  programmeCalendar as calendarSchema,
} from "#shared/records/programme-calendar.ts";
import {
  firstOfMonth,
  marksOn,
  monthOf,
  monthsToShow,
  programmeCalendar,
} from "#shared/rules/programme-calendar.ts";
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

const START = "2026-11-16";

function sentences(calendar: ProgrammeCalendar, kind: CalendarMarkKind): string[] {
  expect(calendarSchema.parse(calendar)).toEqual(calendar);
  return calendar.marks.filter((one) => one.kind === kind).map((one) => one.sentence);
}

describe("before the start", () => {
  it("marks the days of vector V5 on which the confirmation test is possible", () => {
    const entries = [
      entry("risk-category", "2026-03-01"),
      pregnancyTest("2026-03-01"),
      entry("contraception", "2026-03-10"),
      entry("menstruation", "2026-04-08"),
    ];
    const calendar = programmeCalendar(facts({ entries, decidedOn: "2026-03-01" }), noon("2026-04-08"), null);
    expect(sentences(calendar, "test-possible")).toEqual([
      "Confirmation test from Thu, Apr 9, 2026 to Sun, Apr 12, 2026.",
    ]);
    expect(sentences(calendar, "waiting-until")).toEqual([
      "Contraception has then been in use long enough: Thu, Apr 9, 2026.",
    ]);
    const days = monthOf(calendar, "2026-04-01").weeks.flat();
    expect(
      days.filter((one) => one.marks.some((mark) => mark.kind === "test-possible")).map((one) => one.date),
    ).toEqual(["2026-04-09", "2026-04-10", "2026-04-11", "2026-04-12"]);
  });

  it("says in words what hangs on the next period", () => {
    const entries = readyToStart(START, ["menstruation"]).filter((one) => one.on < START);
    const regular = facts({ entries: [...entries, entry("menstruation", addDays(START, -30))] });
    const calendar = programmeCalendar(regular, noon(START), null);
    expect(sentences(calendar, "test-possible")).toEqual([]);
    expect(calendar.notes).toEqual([
      "Confirmation test on days 1 to 5 of the next period, from Mon, Nov 16, 2026 at the earliest.",
    ]);
  });

  it("says that the month of contraception is not on record", () => {
    const entries = [pregnancyTest(START)];
    expect(programmeCalendar(facts({ entries }), noon(START), null).notes).toEqual([
      "The confirmation test comes after the month of contraception, which is not on record.",
    ]);
  });

  it("marks the open window of vector V1 from the specimen's day, and the hour of its end in the clinic's zone", () => {
    const calendar = programmeCalendar(facts({ entries: readyToStart(START) }), noon(START), null);
    expect(sentences(calendar, "window-open")).toEqual([
      "The window is open from Mon, Nov 16, 2026 to Sun, Nov 22, 2026.",
    ]);
    expect(sentences(calendar, "pick-up-by")).toEqual([
      "Prescribe and collect by Sun, Nov 22, 2026, 10:59 PM.",
    ]);
    expect(calendar.marks.find((one) => one.kind === "pick-up-by")?.at).toBe("2026-11-23T04:59:00.000Z");
  });

  it.each([
    ["Pacific/Honolulu", "Sun, Nov 22, 2026, 6:59 PM", "2026-11-22"],
    ["Australia/Sydney", "Mon, Nov 23, 2026, 3:59 PM", "2026-11-23"],
  ])("in %s the same window ends at that clinic's own hour", (zone, words, on) => {
    const calendar = programmeCalendar(
      facts({ entries: readyToStart(START), zone }),
      instantIn(zone, addDays(START, 1), "12:00"),
      null,
    );
    expect(sentences(calendar, "pick-up-by")).toEqual([`Prescribe and collect by ${words}.`]);
    expect(marksOn(calendar, on).map((one) => one.kind)).toContain("pick-up-by");
    expect(marksOn(calendar, addDays(on, 1)).map((one) => one.kind)).not.toContain("window-open");
  });

  it("shows both days when the edition changes after a missed first window (vector V2)", () => {
    const entries = [...readyToStart("2026-11-01"), entry("dispensing", "2026-11-08", { capsules: 0 })];
    const given = facts({ entries, prescriptions: [prescription("2026-11-01")] });
    const calendar = programmeCalendar(given, noon("2026-11-09"), null);
    expect(sentences(calendar, "test-possible")).toEqual(["Confirmation test from Sun, Nov 15, 2026."]);
    expect(calendar.notes.join(" ")).toContain("Fri, Nov 20, 2026");
  });
});

describe("the UK programme", () => {
  const before = addDays(START, -31);
  const uk = (more: ReturnType<typeof entry>[], issued: boolean): ReturnType<typeof facts> =>
    facts({
      programme: "mhra",
      zone: "Europe/London",
      dateStyle: "dmy",
      decidedOn: before,
      entries: [
        entry("risk-category", before),
        entry("consent", before, { form: "acknowledgement-of-risk" }),
        entry("counselling", before),
        entry("contraception", before, { first: "implant", second: null }),
        ...more,
      ],
      prescriptions: issued ? [prescription(START)] : [],
    });

  it("has one test before treatment, from the end of the month of contraception", () => {
    const calendar = programmeCalendar(
      uk([], false),
      instantIn("Europe/London", "2026-11-01", "12:00"),
      null,
    );
    expect(sentences(calendar, "test-possible")).toEqual([
      "Pregnancy test before treatment from Sun, 15 Nov 2026.",
    ]);
    expect(calendar.weekBegins).toBe("monday");
  });

  it("counts the days to collect from the prescription, to the end of the clinic's own day", () => {
    const calendar = programmeCalendar(
      uk([entry("wellbeing-check", START), pregnancyTest(START)], true),
      instantIn("Europe/London", addDays(START, 1), "12:00"),
      null,
    );
    expect(sentences(calendar, "pick-up-by")).toEqual(["Collect the capsules by Sun, 22 Nov 2026, 23:59."]);
    expect(sentences(calendar, "window-open")).toEqual([
      "The window is open from Mon, 16 Nov 2026 to Sun, 22 Nov 2026.",
    ]);
  });
});

describe("on treatment", () => {
  const treated = (): ReturnType<typeof facts> =>
    facts({
      entries: [...readyToStart(START), entry("dispensing", START), entry("first-dose", START)],
      prescriptions: [prescription(START)],
    });

  it("marks the prescription that waits with day and hour, and the window that it was issued in", () => {
    const given = facts({ entries: readyToStart(START), prescriptions: [prescription(START)] });
    const calendar = programmeCalendar(given, noon(addDays(START, 1)), null);
    expect(sentences(calendar, "pick-up-by")).toEqual([
      "Collect the capsules by Sun, Nov 22, 2026, 10:59 PM.",
    ]);
    expect(sentences(calendar, "window-open")).toHaveLength(1);
    expect(sentences(calendar, "supply-ends")).toEqual(["Last capsules, if collected: Tue, Dec 15, 2026."]);
  });

  it("marks the days of the next test up to the last capsules, and how long to protect at least", () => {
    const calendar = programmeCalendar(treated(), noon(addDays(START, 2)), "2026-12-11");
    expect(sentences(calendar, "test-possible")).toEqual([
      "Next pregnancy test from Wed, Dec 9, 2026 to Tue, Dec 15, 2026.",
    ]);
    expect(sentences(calendar, "supply-ends")).toEqual(["Last capsules: Tue, Dec 15, 2026."]);
    expect(sentences(calendar, "next-visit")).toEqual(["Next visit: Fri, Dec 11, 2026."]);
    expect(sentences(calendar, "contraception-until")).toEqual([
      "Contraception until at least Fri, Jan 15, 2027.",
    ]);
    expect(sentences(calendar, "no-blood-donation-until")).toEqual([
      "No blood donation until at least Fri, Jan 15, 2027.",
    ]);
    expect(sentences(calendar, "picked-up")).toEqual(["Capsules collected: Mon, Nov 16, 2026."]);
  });

  it("marks no test, window or contraception for a patient who cannot become pregnant, but blood donation", () => {
    const entries = [...cannotStart(START), entry("dispensing", START)];
    const given = facts({ entries, prescriptions: [prescription(START)] });
    const calendar = programmeCalendar(given, noon(addDays(START, 1)), null);
    expect(calendar.marks.map((one) => one.kind)).toEqual([
      "prescribed",
      "picked-up",
      "supply-ends",
      "no-blood-donation-until",
    ]);
  });

  it("plans nothing but the answering test while treatment is stopped, and nothing while it is paused", () => {
    const positive = {
      ...treated(),
      entries: [...treated().entries, pregnancyTest("2026-12-10", { result: "positive" })],
    };
    const calendar = programmeCalendar(positive, noon("2026-12-10"), null);
    expect(sentences(calendar, "test-possible")).toEqual([
      "Serum pregnancy test in a medical setting from Thu, Dec 10, 2026.",
    ]);
    expect(sentences(calendar, "pick-up-by")).toEqual([]);
    expect(calendar.notes).toEqual([
      "Treatment is stopped: but for the test that answers it, no window or pick-up is planned.",
    ]);
    const paused = { ...treated(), entries: [...treated().entries, entry("pause", "2026-12-01")] };
    expect(sentences(programmeCalendar(paused, noon("2026-12-02"), null), "test-possible")).toEqual([]);
  });
});

describe("a stop", () => {
  const day = addDays(START, 20);
  const NO_TEST = "Treatment is stopped: no test, window or pick-up is planned.";
  const BUT_THE_TEST =
    "Treatment is stopped: but for the test that answers it, no window or pick-up is planned.";
  const page = (on: string, ...more: ReturnType<typeof entry>[]): string[] => {
    const entries = [...readyToStart(START), entry("dispensing", START), entry("first-dose", START), ...more];
    const calendar = programmeCalendar(
      facts({ entries, prescriptions: [prescription(START)] }),
      noon(on),
      null,
    );
    return [...sentences(calendar, "test-possible"), ...calendar.notes];
  };
  const serum = (on: string, sensitivity: number | null = 25): ReturnType<typeof entry> =>
    pregnancyTest(on, { sample: "serum", sensitivity });

  it("by a pregnancy has no test that answers it", () => {
    expect(page(day, entry("pregnancy", day))).toEqual([NO_TEST]);
    expect(page(day, entry("pregnancy", day), entry("contraception-lapse", day))).toEqual([NO_TEST]);
  });

  it("by a positive test asks for a serum test at once, until one is on record", () => {
    const positive = pregnancyTest(day, { result: "positive" });
    const later = addDays(day, 3);
    const asked = "Serum pregnancy test in a medical setting from";
    expect(page(day, positive)).toEqual([`${asked} Sun, Dec 6, 2026.`, BUT_THE_TEST]);
    expect(page(later, positive)).toEqual([`${asked} Wed, Dec 9, 2026.`, BUT_THE_TEST]);
    expect(page(later, positive, serum(later, null))).toEqual([NO_TEST]);
    expect(page(later, positive, serum(later))).not.toContain(BUT_THE_TEST);
  });

  it("by a missed period asks for a test at once, until one is on record", () => {
    const missed = entry("missed-period", day);
    expect(page(day, missed)).toEqual([
      "Pregnancy test in a medical setting from Sun, Dec 6, 2026.",
      BUT_THE_TEST,
    ]);
    expect(page(day, missed, pregnancyTest(day, { sensitivity: null }))).toEqual([NO_TEST]);
  });

  it("by a lapse asks for a test of a later day, until one is on record", () => {
    const lapse = entry("contraception-lapse", day, { what: "stopped" });
    const next = addDays(day, 1);
    const asked = (on: string): string[] => [`Pregnancy test in a medical setting from ${on}.`, BUT_THE_TEST];
    expect(page(day, lapse)).toEqual(asked("Mon, Dec 7, 2026"));
    expect(page(addDays(day, 2), lapse)).toEqual(asked("Tue, Dec 8, 2026"));
    expect(page(next, lapse, entry("contraception", day))).toEqual(asked("Mon, Dec 7, 2026"));
    expect(page(next, lapse, pregnancyTest(next))).toEqual([NO_TEST]);
  });
});

describe("what a prescription opens", () => {
  it("is no day to collect what must not be dispensed", () => {
    const entries = [...readyToStart(START), entry("contraception", START, { second: null })];
    const given = facts({ entries, prescriptions: [prescription(START)] });
    const calendar = programmeCalendar(given, noon(addDays(START, 1)), null);
    expect(sentences(calendar, "pick-up-by")).toEqual([]);
    expect(sentences(calendar, "window-open")).toEqual([]);
  });

  it("is no window of a patient who cannot become pregnant, though there is a last hour to collect it", () => {
    const issuedAt = instantIn(ZONE, "2026-09-10", "18:00");
    const entries = cannotStart("2026-09-10");
    const given = facts({ entries, prescriptions: [prescription("2026-09-10", { issuedAt })] });
    const calendar = programmeCalendar(given, noon("2026-09-11"), null);
    expect(sentences(calendar, "pick-up-by")).toEqual([
      "Collect the capsules by Fri, Oct 9, 2026, 10:59 PM.",
    ]);
    expect(sentences(calendar, "window-open")).toEqual([]);
  });

  it("is the window of the test before it, not of one that waits for its result or came after it", () => {
    const entries = [
      ...readyToStart(START),
      pregnancyTest(addDays(START, 1), { sensitivity: 50 }),
      pregnancyTest(addDays(START, 3), { sensitivity: 50 }),
    ];
    const given = facts({ entries, prescriptions: [prescription(addDays(START, 2))] });
    expect(sentences(programmeCalendar(given, noon(addDays(START, 3)), null), "window-open")).toEqual([
      "The window is open from Mon, Nov 16, 2026 to Sun, Nov 22, 2026.",
    ]);
  });

  it("is nothing once it was given back, and the last capsules are not told while nobody knows what became of the one before", () => {
    const back = addDays(START, 1);
    const given = facts({
      entries: [...readyToStart(START), entry("dispensing", back, { capsules: 0 })],
      prescriptions: [prescription(addDays(START, -20)), prescription(START)],
    });
    const calendar = programmeCalendar(given, noon(back), null);
    expect(calendar.marks.map((one) => one.kind)).not.toContain("supply-ends");
    expect(calendar.marks.map((one) => one.kind)).not.toContain("pick-up-by");
  });
});

describe("the month of contraception", () => {
  it("is marked also when a dose was taken before it, and never of a patient who cannot become pregnant", () => {
    const since = addDays(START, -5);
    const marked = (entries: ReturnType<typeof entry>[]): string[] =>
      sentences(programmeCalendar(facts({ entries }), noon(START), null), "waiting-until");
    const used = entry("contraception", since);
    const dosed = [...readyToStart(START, ["contraception"]), entry("first-dose", addDays(START, -10)), used];
    expect(marked(dosed)).toEqual(["Contraception has then been in use long enough: Fri, Dec 11, 2026."]);
    expect(marked([...cannotStart(START), used])).toEqual([]);
  });
});

describe("after the last dose", () => {
  const treated = onTreatment(START, "2026-12-16");
  const last = "2027-01-31";
  const given = facts({ ...treated, entries: [...treated.entries, entry("last-dose", last)] });

  it("marks both tests and the later of 30 days and one month of protection", () => {
    const calendar = programmeCalendar(given, noon(last), null);
    expect(sentences(calendar, "test-after-treatment")).toEqual([
      "Test at the end of treatment: Sun, Jan 31, 2027.",
      "Test after treatment from Tue, Mar 2, 2027.",
    ]);
    expect(sentences(calendar, "contraception-until")).toEqual(["Contraception until Tue, Mar 2, 2027."]);
  });

  it("leaves out a test that was done, unless it does not count", () => {
    const after = (fields: Parameters<typeof pregnancyTest>[1]): number => {
      const done = { ...given, entries: [...given.entries, pregnancyTest(last, fields)] };
      return sentences(programmeCalendar(done, noon(last), null), "test-after-treatment").length;
    };
    expect(after({})).toBe(1);
    expect(after({ setting: "home" })).toBe(2);
  });
});

describe("a month's page", () => {
  const calendar = programmeCalendar(facts({ entries: readyToStart(START) }), noon(START), null);

  it("is whole weeks that begin on Sunday where the clinic writes the month first, else on Monday", () => {
    const page = monthOf(calendar, "2026-11-30");
    expect(page).toMatchObject({ month: "2026-11-01", name: "Nov 2026" });
    expect(page.weekdays).toEqual(["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]);
    expect(page.weeks[0]?.[0]?.date).toBe("2026-11-01");
    expect(page.weeks.at(-1)?.at(-1)?.date).toBe("2026-12-05");
    const monday = monthOf({ ...calendar, weekBegins: "monday" }, "2026-11-30");
    expect(monday.weekdays).toEqual(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]);
    expect(monday.weeks[0]?.map((one) => one.date)).toEqual([
      "2026-10-26",
      "2026-10-27",
      "2026-10-28",
      "2026-10-29",
      "2026-10-30",
      "2026-10-31",
      "2026-11-01",
    ]);
  });

  it("of four whole weeks has no week of the next month", () => {
    expect(monthOf(calendar, "2026-02-01").weeks).toHaveLength(4);
  });

  it.each(["2024-02-01", "2026-02-01", "2026-03-08", "2026-10-25", "1999-12-31"])(
    "has every day of the month of %s once, in order, seven to a week",
    (date) => {
      const page = monthOf(calendar, date);
      expect(page.weeks.every((week) => week.length === 7)).toBe(true);
      const days = page.weeks
        .flat()
        .filter((one) => one.inMonth)
        .map((one) => one.date);
      expect(days[0]).toBe(firstOfMonth(date));
      expect(days.at(-1)).toBe(addDays(addMonths(firstOfMonth(date), 1), -1));
      expect(days).toEqual([...new Set(days)].toSorted());
    },
  );

  it("has a mark of several days on each of them, and one without an end on every later day", () => {
    const [mark] = calendar.marks;
    if (mark === undefined) throw new Error("There is a mark.");
    const days = (to: string | null): boolean[] =>
      [-1, 0, 3, 4].map(
        (day) => marksOn({ marks: [{ ...mark, from: START, to }] }, addDays(START, day)).length === 1,
      );
    expect(days(addDays(START, 3))).toEqual([false, true, true, false]);
    expect(days(null)).toEqual([false, true, true, true]);
  });

  it("knows today, and prints the months that have something to come", () => {
    const today = monthOf(calendar, START)
      .weeks.flat()
      .filter((one) => one.isToday);
    expect(today.map((one) => one.date)).toEqual([START]);
    const after = programmeCalendar(
      facts({
        entries: [...readyToStart(START), entry("dispensing", START)],
        prescriptions: [prescription(START)],
      }),
      instantIn(ZONE, START, "15:00"),
      null,
    );
    expect(monthsToShow(after, 6)).toEqual(["2026-11-01", "2026-12-01", "2027-01-01"]);
    expect(monthsToShow(after, 2)).toEqual(["2026-11-01", "2026-12-01"]);
    const long = {
      ...calendar,
      marks: after.marks.map((one) => ({ ...one, from: START, to: "2027-01-05" })),
    };
    expect(monthsToShow(long, 6)).toEqual(["2026-11-01", "2026-12-01", "2027-01-01"]);
    // A mark without an end counts by its beginning, and one of the past shows no month that is over.
    const open = { ...calendar, marks: after.marks.map((one) => ({ ...one, from: "2026-12-24", to: null })) };
    expect(monthsToShow(open, 6)).toEqual(["2026-11-01", "2026-12-01"]);
    const past = {
      ...calendar,
      marks: after.marks.map((one) => ({ ...one, from: "2026-09-01", to: "2026-09-02" })),
    };
    expect(monthsToShow(past, 6)).toEqual(["2026-11-01"]);
  });
});
