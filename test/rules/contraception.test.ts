import { describe, expect, it } from "vitest";
import { type ContraceptiveMethod, contraceptiveMethod } from "#shared/records/programme-entry.ts";
import {
  judgePair,
  methodsInWords,
  sameMethods,
  unbrokenContraception,
} from "#shared/rules/contraception.ts";
import type { CalendarDate } from "#shared/calendar.ts";
import { historyAt } from "#shared/rules/history.ts";
import { ipledge2026 } from "#shared/rules/programmes/ipledge-2026.ts";
import type { ProgrammeEntry } from "#shared/records/programme-entry.ts";
import { entry, facts, noon } from "#test/support/facts.ts";

const row = ipledge2026.rules["contraception-pair"];
if (row === null) throw new Error("The 2026 edition judges pairs.");

function accepted(first: ContraceptiveMethod, second: ContraceptiveMethod | null): boolean {
  return row !== null && judgePair(row, { first, second }).accepted;
}

const PRIMARY: readonly ContraceptiveMethod[] = [
  "tubal",
  "vasectomy",
  "iud-copper",
  "iud-levonorgestrel",
  "combined-pill",
  "patch",
  "ring",
  "injection",
  "implant",
];
const SECONDARY: readonly ContraceptiveMethod[] = ["condom", "diaphragm", "cervical-cap", "sponge"];

describe("pairs in iPLEDGE (domain facts 8)", () => {
  it("accepts every primary with every secondary, in either order", () => {
    for (const first of PRIMARY)
      for (const second of SECONDARY) {
        expect(accepted(first, second)).toBe(true);
        expect(accepted(second, first)).toBe(true);
      }
  });

  it("refuses two secondary forms, one form alone, and the same form twice", () => {
    for (const first of SECONDARY)
      for (const second of SECONDARY) expect(accepted(first, second)).toBe(false);
    for (const first of [...PRIMARY, ...SECONDARY]) {
      expect(accepted(first, null)).toBe(false);
      expect(accepted(first, first)).toBe(false);
    }
  });

  it("accepts two primary forms with a note", () => {
    expect(judgePair(row, { first: "iud-copper", second: "combined-pill" })).toMatchObject({
      accepted: true,
      note: expect.stringContaining("Both are primary") as string,
    });
  });

  it("has nothing to note about one primary and one secondary form", () => {
    expect(judgePair(row, { first: "iud-copper", second: "condom" })).toEqual({ accepted: true, note: "" });
  });

  it("accepts abstinence alone, as the first method only", () => {
    expect(accepted("abstinence", null)).toBe(true);
    expect(judgePair(row, { first: "condom", second: "abstinence" })).toEqual({
      accepted: false,
      why: "If it is abstinence alone, enter it as the first method.",
    });
  });

  it("never counts the progestin-only pill or a method that is not listed", () => {
    for (const other of contraceptiveMethod.options.filter((one) => one !== "abstinence")) {
      expect(accepted("progestin-only-pill", other)).toBe(false);
      expect(accepted(other, "progestin-only-pill")).toBe(false);
      expect(accepted(other, "other")).toBe(false);
    }
  });

  it("gives every method a standing", () => {
    for (const one of contraceptiveMethod.options)
      expect(row.standing[one]).toMatch(/^(alone|primary|secondary|never)$/);
  });

  it("compares methods in either order and says them in words", () => {
    expect(sameMethods({ first: "condom", second: "ring" }, { first: "ring", second: "condom" })).toBe(true);
    expect(sameMethods({ first: "condom", second: "ring" }, { first: "ring", second: "sponge" })).toBe(false);
    expect(sameMethods({ first: "abstinence", second: null }, { first: "abstinence", second: null })).toBe(
      true,
    );
    expect(methodsInWords({ first: "tubal", second: "condom" })).toBe(
      "Tubal sterilisation and male latex condom",
    );
  });
});

describe("since when contraception is unbroken", () => {
  function since(...entries: ProgrammeEntry[]): string | null {
    return unbrokenContraception(historyAt(facts({ entries }), ipledge2026, noon("2026-12-31"))).since;
  }

  it("is the start of the first accepted pair, through changes of method", () => {
    expect(
      since(
        entry("contraception", "2026-09-01"),
        entry("contraception", "2026-10-01", { first: "implant", second: "condom" }),
      ),
    ).toBe("2026-09-01");
  });

  it("begins again after a stretch that was not accepted", () => {
    expect(
      since(
        entry("contraception", "2026-09-01"),
        entry("contraception", "2026-10-01", { first: "condom", second: null }),
        entry("contraception", "2026-11-01"),
      ),
    ).toBe("2026-11-01");
  });

  it("ends with a lapse until both forms are recorded again", () => {
    expect(
      since(entry("contraception", "2026-09-01"), entry("contraception-lapse", "2026-10-10")),
    ).toBeNull();
    expect(
      since(
        entry("contraception", "2026-09-01"),
        entry("contraception-lapse", "2026-10-10"),
        entry("contraception", "2026-10-12"),
      ),
    ).toBe("2026-10-12");
  });

  it("is broken by the last of several lapses, whatever was recorded between them", () => {
    const first = [
      entry("contraception", "2026-09-01"),
      entry("contraception-lapse", "2026-09-10"),
      entry("contraception", "2026-09-12"),
    ];
    expect(since(...first)).toBe("2026-09-12");
    expect(since(...first, entry("contraception-lapse", "2026-09-20"))).toBeNull();
  });

  it("counts a lapse of the day on which the methods were recorded as before them", () => {
    expect(
      since(
        entry("contraception", "2026-09-01"),
        entry("contraception-lapse", "2026-10-10", { what: "missed" }),
        entry("contraception", "2026-10-10"),
      ),
    ).toBe("2026-10-10");
  });

  it("is broken by a lapse that was recorded later on the day of the methods, until they are recorded again", () => {
    const day = "2026-10-10";
    const methods = { ...entry("contraception", day), recordedAt: "2026-10-10T14:00:00.000Z" };
    const lapseAt = (recordedAt: string) => ({
      ...entry("contraception-lapse", day, { what: "stopped" as const }),
      recordedAt,
    });
    const stopped = lapseAt("2026-10-10T20:00:00.000Z");
    expect(since(methods, stopped)).toBeNull();
    // Written down in one visit, the methods are those in use after the lapse.
    expect(since(methods, lapseAt(methods.recordedAt))).toBe(day);
    // A note put right does not make them the later word.
    const corrected = {
      ...methods,
      recordedAt: "2026-10-11T14:00:00.000Z",
      firstRecordedAt: methods.recordedAt,
    };
    expect(since(corrected, stopped)).toBeNull();
    // Nor are methods of an earlier day, written down late, those in use after it.
    expect(
      since({ ...methods, on: "2026-10-09", recordedAt: "2026-10-12T14:00:00.000Z" }, stopped),
    ).toBeNull();
    // Of an earlier day it breaks nothing, however late it is written down.
    expect(since(methods, { ...lapseAt("2026-10-12T20:00:00.000Z"), on: "2026-10-09" })).toBe(day);
    const again = { ...methods, id: "again", recordedAt: "2026-10-10T21:00:00.000Z" };
    expect(since(methods, stopped, again)).toBe(day);
    const of = (...entries: ProgrammeEntry[]) =>
      unbrokenContraception(historyAt(facts({ entries }), ipledge2026, noon("2026-12-31")));
    expect(of(methods, stopped).lapse).toEqual(stopped);
    expect(of(methods, stopped, again).lapse).toBeNull();
  });

  it("is not touched by a lapse before it, and names the latest lapse of after the methods on record", () => {
    const entries = [
      entry("contraception-lapse", "2026-08-01"),
      entry("contraception-lapse", "2026-08-20", { what: "stopped" }),
      entry("contraception", "2026-09-01"),
      entry("contraception", "2026-10-01", { first: "implant", second: "condom" }),
    ];
    expect(since(...entries)).toBe("2026-09-01");
    const lapse = (...more: ProgrammeEntry[]): CalendarDate | undefined =>
      unbrokenContraception(
        historyAt(facts({ entries: [...entries, ...more] }), ipledge2026, noon("2026-12-31")),
      ).lapse?.on;
    expect(lapse()).toBeUndefined();
    expect(lapse(entry("contraception-lapse", "2026-10-01"))).toBeUndefined();
    const later = [entry("contraception-lapse", "2026-10-02"), entry("contraception-lapse", "2026-10-09")];
    expect(lapse(...later)).toBe("2026-10-09");
  });

  it("is nothing without a record, or while the methods in force are not accepted", () => {
    expect(since()).toBeNull();
    expect(since(entry("contraception-lapse", "2026-09-01"))).toBeNull();
    expect(since(entry("contraception", "2026-09-01", { first: "condom", second: "sponge" }))).toBeNull();
  });
});
