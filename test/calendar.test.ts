import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import {
  addDays,
  addMonths,
  ageOn,
  dateIn,
  daysBetween,
  easternClose,
  formatDate,
  formatDay,
  formatInstant,
  isTimeZone,
  instantFromMs,
  instantIn,
  isCalendarDate,
  isStillOpen,
  msOf,
  readTypedDate,
  startOfDay,
  timeIn,
  unbroken,
} from "#shared/calendar.ts";

/** Every day from 1 January 1900 to 31 December 2199. */
function everyDay(): Temporal.PlainDate[] {
  const days: Temporal.PlainDate[] = [];
  const last = Temporal.PlainDate.from("2199-12-31");
  for (
    let day = Temporal.PlainDate.from("1900-01-01");
    Temporal.PlainDate.compare(day, last) <= 0;
    day = day.add({ days: 1 })
  )
    days.push(day);
  return days;
}

describe("the calendar in whole numbers", () => {
  it("agrees with Temporal on every day of three centuries", () => {
    const days = everyDay();
    expect(days).toHaveLength(109_573);
    const wrong = days.filter((day, index) => {
      const date = day.toString();
      return (
        !isCalendarDate(date) ||
        daysBetween("1900-01-01", date) !== index ||
        addDays("1900-01-01", index) !== date ||
        !formatDay(date, "iso").startsWith(
          ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][day.dayOfWeek - 1] ?? "?",
        )
      );
    });
    expect(wrong).toEqual([]);
  });

  it("agrees with Temporal on instants, and reads any ISO instant", () => {
    for (let step = 0; step < 2000; step += 1) {
      const ms = -2_208_988_800_000 + step * 4_733_999_777;
      const at = Temporal.Instant.fromEpochMilliseconds(ms).toString({ fractionalSecondDigits: 3 });
      expect(msOf(at)).toBe(ms);
    }
    expect(msOf("2026-11-22T22:00:00-05:00")).toBe(msOf("2026-11-23T03:00:00.000Z"));
    expect(() => msOf("2026-02-30T00:00:00.000Z")).toThrow(RangeError);
    expect(() => msOf("2026-02-28T24:00:00.000Z")).toThrow(RangeError);
  });

  it("agrees with Temporal on months and on ages, leap days included", () => {
    const starts = ["2024-02-29", "2023-01-31", "2026-12-31", "2000-02-29", "2026-03-30"];
    for (const start of starts) {
      for (let months = -30; months <= 30; months += 1)
        expect(addMonths(start, months)).toBe(Temporal.PlainDate.from(start).add({ months }).toString());
      for (let days = 0; days < 3000; days += 1) {
        const on = addDays(start, days);
        const age = Temporal.PlainDate.from(start).until(on, { largestUnit: "year" }).years;
        expect(ageOn(start, on)).toBe(age);
      }
    }
  });

  it.each([
    "2026-02-29",
    "2026-13-01",
    "2026-00-10",
    "2026-04-31",
    "1899-12-31",
    "2200-01-01",
    "2026-1-1",
    "",
    "today",
  ])("does not take %j for a date", (text) => {
    expect(isCalendarDate(text)).toBe(false);
  });

  it.each(["2026-02-29", "2026-13-01", "2026-1-1", "soon"])("throws on arithmetic with %j", (date) => {
    expect(() => addDays(date, 1)).toThrow(RangeError);
    expect(() => daysBetween("2026-01-01", date)).toThrow(RangeError);
    expect(() => addMonths(date, 1)).toThrow(RangeError);
    expect(() => formatDate(date, "mdy")).toThrow(RangeError);
  });
});

/** Zones whose clocks changed in ways of their own: a day skipped, half an hour, twice in a month, at midnight. */
const PECULIAR = ["Pacific/Apia", "Australia/Lord_Howe", "Africa/Casablanca", "America/Havana"];

/** Instants up to 2030: some about each change of a zone's clocks, the latest first, and some far from any. */
function hoursToAsk(zone: string): string[] {
  const since = PECULIAR.includes(zone) ? 2005 : 2024;
  const asked: string[] = [];
  const ask = (ms: number): number => asked.push(instantFromMs(ms));
  let there: Temporal.ZonedDateTime | null =
    Temporal.Instant.from("2031-01-01T00:00:00Z").toZonedDateTimeISO(zone);
  for (;;) {
    there = there.getTimeZoneTransition("previous");
    if (there === null || there.year < since) break;
    for (const minutes of [-1500, -61, -30, -1, 0, 1, 30, 61, 1500])
      ask(there.epochMilliseconds + minutes * 60_000);
  }
  const start = msOf(`${since}-01-01T00:17:00.000Z`);
  for (let day = 0; day < 2_500; day += 211) ask(start + day * 86_400_000 + (day % 24) * 3_600_000);
  return asked;
}

describe("zones", () => {
  it("closes at 23:59 US Eastern on both sides of the change of the clocks", () => {
    expect(easternClose("2026-10-31")).toBe("2026-11-01T03:59:00.000Z");
    expect(easternClose("2026-11-01")).toBe("2026-11-02T04:59:00.000Z");
    expect(easternClose("2027-03-13")).toBe("2027-03-14T04:59:00.000Z");
    expect(easternClose("2027-03-14")).toBe("2027-03-15T03:59:00.000Z");
  });

  it("keeps the last minute open and the next one closed", () => {
    const close = easternClose("2026-11-22");
    expect(close).toBe("2026-11-23T04:59:00.000Z");
    expect(isStillOpen(close, "2026-11-23T04:58:59.999Z")).toBe(true);
    expect(isStillOpen(close, "2026-11-23T04:59:00.000Z")).toBe(true);
    expect(isStillOpen(close, "2026-11-23T04:59:59.999Z")).toBe(true);
    expect(isStillOpen(close, "2026-11-23T05:00:00.000Z")).toBe(false);
  });

  it("agrees with Temporal in every zone, by the hour around each change of the clocks and by random", () => {
    const wrong: string[] = [];
    for (const zone of [...Intl.supportedValuesOf("timeZone"), "UTC", ...PECULIAR])
      for (const at of hoursToAsk(zone)) {
        const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDateTime();
        const date = local.toPlainDate();
        const time = local.toString({ smallestUnit: "minute" }).slice(11);
        const back = (one: Temporal.PlainDateTime): string =>
          one.toZonedDateTime(zone).toInstant().toString({ fractionalSecondDigits: 3 });
        if (
          dateIn(zone, at) !== date.toString() ||
          timeIn(zone, at) !== time ||
          instantIn(zone, date.toString(), time) !== back(date.toPlainDateTime(time)) ||
          instantIn(zone, date.toString(), "02:30") !== back(date.toPlainDateTime("02:30")) ||
          startOfDay(zone, date.toString()) !==
            date.toZonedDateTime(zone).toInstant().toString({ fractionalSecondDigits: 3 })
        )
          wrong.push(`${zone} ${at}`);
      }
    expect(wrong).toStrictEqual([]);
  });

  it("gives the same answer when asked again", () => {
    for (const zone of ["Pacific/Honolulu", "Australia/Sydney", "America/New_York", "Asia/Kathmandu"]) {
      const at = "2026-11-22T09:31:12.345Z";
      expect(dateIn(zone, at)).toBe(dateIn(zone, at));
      expect(timeIn(zone, at)).toBe(timeIn(zone, at));
      expect(startOfDay(zone, "2026-11-22")).toBe(startOfDay(zone, "2026-11-22"));
    }
    expect(dateIn("Australia/Sydney", "2026-11-22T13:00:00.000Z")).toBe("2026-11-23");
    expect(timeIn("Asia/Kathmandu", "2026-11-22T09:31:12.345Z")).toBe("15:16");
    expect(startOfDay("Pacific/Honolulu", "2026-11-22")).toBe("2026-11-22T10:00:00.000Z");
  });

  it("starts a day at its first instant where midnight is skipped", () => {
    expect(startOfDay("Africa/Cairo", "2026-04-24")).toBe("2026-04-23T22:00:00.000Z");
    expect(timeIn("Africa/Cairo", startOfDay("Africa/Cairo", "2026-04-24"))).toBe("01:00");
  });

  it("moves a skipped time forward and takes the first of a repeated one", () => {
    expect(instantIn("America/New_York", "2026-03-08", "02:30")).toBe("2026-03-08T07:30:00.000Z");
    expect(instantIn("America/New_York", "2026-11-01", "01:30")).toBe("2026-11-01T05:30:00.000Z");
  });
});

describe("dates for people", () => {
  it("writes the month as a word, so that no date can be misread", () => {
    expect(formatDate("2026-04-07", "mdy")).toBe("Apr 7, 2026");
    expect(formatDate("2026-04-07", "dmy")).toBe("7 Apr 2026");
    expect(formatDate("2026-04-07", "iso")).toBe("2026-04-07");
    expect(formatInstant("2026-11-23T04:59:00.000Z", "America/Chicago", "mdy")).toBe(
      "Sun, Nov 22, 2026, 10:59 PM",
    );
    expect(formatInstant("2026-11-23T04:59:00.000Z", "Australia/Sydney", "dmy")).toBe(
      "Mon, 23 Nov 2026, 15:59",
    );
  });

  it.each([
    ["4/7/1999", "mdy", "1999-04-07"],
    ["4/7/1999", "dmy", "1999-07-04"],
    ["04-07-99", "mdy", "1999-04-07"],
    ["7 Apr 1999", "mdy", "1999-04-07"],
    ["April 7, 1999", "dmy", "1999-04-07"],
    ["19990407", "mdy", "1999-04-07"],
    ["1999-04-07", "dmy", "1999-04-07"],
    ["2/29/2026", "mdy", null],
    ["31/4/2026", "dmy", null],
    ["yesterday", "mdy", null],
  ] as const)("reads %s in a %s clinic as %s", (typed, style, date) => {
    expect(readTypedDate(typed, style, "2026-11-22")).toBe(date);
  });
});

describe("the names of zones", () => {
  it.each(["Asia/Kathmandu", "Asia/Katmandu", "Asia/Kolkata", "Europe/Kyiv", "Pacific/Honolulu", "UTC"])(
    "knows %s, the old name or the new one",
    (zone) => {
      expect(isTimeZone(zone)).toBe(true);
    },
  );
  it.each(["Mars/Olympus", "+05:45", "", "Asia/../x", "kathmandu"])("does not know %j", (zone) => {
    expect(isTimeZone(zone)).toBe(false);
  });
  it("reckons in a zone by its new name", () => {
    expect(dateIn("Asia/Kathmandu", "2026-11-21T18:15:00.000Z")).toBe("2026-11-22");
    expect(dateIn("Asia/Kathmandu", "2026-11-21T18:14:59.000Z")).toBe("2026-11-21");
  });
});

describe("a sentence", () => {
  it.each([
    ["Due Sun, Nov 22, 2026, 11:59 PM.", "Due Sun,_Nov_22,_2026, 11:59_PM."],
    ["From 3 May 2026 to 14 May 2026", "From 3_May_2026 to 14_May_2026"],
    ["609 % above 2026-11-22", "609_% above 2026-11-22"],
    ["Take 2 capsules, 5 days left", "Take 2 capsules, 5_days left"],
  ])("keeps the dates and times of “%s” in one line", (sentence, whole) => {
    expect(unbroken(sentence).replaceAll("\u00a0", "_")).toBe(whole);
  });
});
