import { describe, expect, test, vi } from "vitest";
import { chartLabsDocument, type ChartLabs } from "#electron/documents/chart-labs.ts";
import { recoveryCodeDocument } from "#electron/documents/recovery-code.ts";
import { renderDocument, type PaperDocument } from "#electron/documents/render.ts";
import { todayDocument } from "#electron/documents/today-list.ts";
import { addDays } from "#shared/calendar.ts";
import type { TodayLine } from "#shared/records/due.ts";
import type { LabResultView } from "#shared/records/lab-result.ts";
import { labTests } from "#shared/rules/lab-tests.ts";
import { aClinic, aSummary } from "./paper-data.ts";
import { pagesOf } from "./pdf-text.ts";

// A paper takes a tenth of a second, several on a busy machine more.
vi.setConfig({ testTimeout: 30_000 });

const NOW = "2026-11-21T13:00:00.000Z";
const TODAY = "2026-11-21";

async function print(paper: PaperDocument) {
  const pages = await pagesOf(await renderDocument(paper));
  return { pages, text: pages.map((one) => one.text).join(" ") };
}

function aLine(part: Partial<TodayLine> = {}): TodayLine {
  return {
    id: "c:window-closing",
    kind: "window-closing",
    patientId: "p",
    courseId: "c",
    urgency: "today",
    sentence: "The window closes today.",
    on: TODAY,
    at: null,
    roles: ["prescriber"],
    act: { label: "Issue the prescription", to: "chart", visitId: null },
    patientName: "Doe, Alex",
    recordNumber: "1001",
    birthDate: "2001-04-07",
    ...part,
  };
}

function aResult(part: Partial<LabResultView> = {}): LabResultView {
  return {
    id: "r",
    patientId: "p",
    visitId: null,
    testId: "alt",
    collectedOn: "2026-11-16",
    comparator: null,
    value: 31,
    text: "",
    unit: "U/L",
    rangeLow: 7,
    rangeHigh: 56,
    fasting: null,
    note: "",
    recordedAt: NOW,
    recordedBy: "N. Lee",
    replacesId: null,
    reason: "",
    interpretation: {
      flag: "normal",
      grade: null,
      ctcaeVersion: null,
      sentence: "",
      actionCode: null,
      level: "none",
    },
    ...part,
  };
}

describe("the Today list", () => {
  const paper = (lines: TodayLine[], clockBehind = false) =>
    todayDocument({ clinic: aClinic, today: TODAY, lines, clockBehind, madeAt: NOW });

  test("says first that lines may be missing while the computer's clock is behind the record", async () => {
    expect((await print(paper([aLine({})], true))).text).toContain("clock is behind what is on record");
    expect((await print(paper([aLine({})]))).text).not.toContain("clock");
  });

  test("prints every line under its urgency, urgent first, with the hour where it matters", async () => {
    const { text } = await print(
      paper([
        aLine({ urgency: "later", patientName: "Later, Lee" }),
        aLine({ urgency: "urgent", patientName: "Urgent, Uma", at: "2026-11-22T04:59:00.000Z" }),
      ]),
    );
    expect(text.indexOf("! Urgent (1)")).toBeLessThan(text.indexOf("Later (1)"));
    expect(text).toContain("Urgent, Uma");
    expect(text).toContain("Nov 21, 2026 by 11:59 PM");
    expect(text).not.toContain("Soon");
  });

  test("names the day of the hour, not the day on which the line was made", async () => {
    const { text } = await print(paper([aLine({ on: TODAY, at: "2026-11-28T04:59:00.000Z" })]));
    expect(text).toContain("Nov 27, 2026 by 11:59 PM");
    expect(text).not.toContain("Nov 21, 2026 by");
  });

  test("prints what is done about a stop as boxes to tick, with the numbers to call", async () => {
    const tasks = [
      { step: "not-dispensed", words: "Call the pharmacy: do not dispense" },
      { step: "reported", words: "Report a pregnancy to iPLEDGE (1-866-495-0654)" },
    ] as const;
    const { text } = await print(
      paper([aLine({ kind: "urgent-stop", urgency: "urgent", tasks: [...tasks] })]),
    );
    expect(text).toContain("☐ Call the pharmacy: do not dispense");
    expect(text).toContain("1-866-495-0654");
  });

  test("of sixty lines loses none and numbers its pages", async () => {
    const lines = Array.from({ length: 60 }, (_, index) =>
      aLine({ patientName: `Patient number-${index}.` }),
    );
    const { pages, text } = await print(paper(lines));
    for (let index = 0; index < 60; index++) expect(text).toContain(`number-${index}.`);
    pages.forEach((page, index) => {
      expect(page.text).toContain(`Page ${index + 1} of ${pages.length}`);
      expect(page.text).toContain("Patient What, and why When");
    });
  });

  test("of an empty day says so", async () => {
    expect((await print(paper([]))).text).toContain("Nobody is due for anything today.");
  });
});

describe("the flowsheet", () => {
  const paper = (part: Partial<ChartLabs>) =>
    chartLabsDocument({
      clinic: aClinic,
      patient: aSummary().patient,
      results: [],
      doses: [],
      madeAt: NOW,
      today: TODAY,
      ...part,
    });

  test("of every test on thirty days prints each value once, with head and patient on every page", async () => {
    const results = Array.from({ length: 30 }, (_, day) =>
      labTests
        .filter((one) => one.kind === "quantity")
        .map((one, index) =>
          aResult({
            testId: one.id,
            collectedOn: addDays("2026-01-05", day * 9),
            value: 10_000 + day * 100 + index,
          }),
        ),
    ).flat();
    const { pages, text } = await print(paper({ results }));
    for (const { value } of results) expect(text.split(` ${value} `)).toHaveLength(2);
    pages.forEach((page, index) => {
      expect(page.text).toContain("María José O’Connor-Núñez");
      expect(page.text).toContain(`Page ${index + 1} of ${pages.length}`);
      expect(page.text).toContain("Dose, mg a day");
      expect(page.width).toBeGreaterThan(page.height);
    });
  });

  test("crops no column: the widths of each table fit between the margins", () => {
    const results = Array.from({ length: 23 }, (_, day) =>
      aResult({ collectedOn: addDays("2026-01-05", day) }),
    );
    for (const dateStyle of ["mdy", "iso"] as const) {
      const { definition } = paper({ results, clinic: { ...aClinic, dateStyle } });
      const available = (dateStyle === "mdy" ? 792 : 841.89) - 2 * 46;
      const tables = (definition.content as { table?: { widths: number[] } }[]).flatMap((one) =>
        one.table ? [one.table] : [],
      );
      expect(tables.length).toBeGreaterThan(1);
      // Ten points of padding stand between two columns.
      for (const { widths } of tables)
        expect(widths.reduce((sum, one) => sum + one + 10, -10)).toBeLessThanOrEqual(available);
    }
  });

  test("says comparator, flag, unit, range and the dose of the day", async () => {
    const { text } = await print(
      paper({
        results: [
          aResult({ comparator: "<", value: 5 }),
          aResult({
            testId: "triglycerides",
            unit: "mg/dL",
            value: 212,
            rangeLow: null,
            rangeHigh: 150,
            interpretation: { ...aResult().interpretation, flag: "high" },
          }),
        ],
        doses: [{ from: "2026-11-01", to: null, dailyMg: 40 }],
      }),
    );
    for (const words of ["<5", "▲ 212", "mg/dL, range up to 150", "U/L, range 7 – 56", "Dose, mg a day 40"])
      expect(text).toContain(words);
  });

  test("repeats unit and range at the value where they differ from day to day", async () => {
    const { text } = await print(
      paper({
        results: [
          aResult(),
          aResult({ collectedOn: "2026-10-16", unit: "ukat/L", value: 0.5, rangeHigh: 0.9, rangeLow: null }),
        ],
      }),
    );
    // The font draws micro and mu with one glyph.
    expect(text).toMatch(/0\.5 [µμ]kat\/L up to 0\.9/u);
    expect(text).toContain("31 U/L 7 – 56");
  });

  test("prints a test that this edition does not know", async () => {
    expect((await print(paper({ results: [aResult({ testId: "zinc", value: 77 })] }))).text).toContain(
      "zinc",
    );
  });
});

test("the recovery code stands on one page that prints whole on Letter and on A4", async () => {
  const { pages, text } = await print(recoveryCodeDocument("K7QF-3M2P-9XWD-H4TN", NOW));
  expect(pages).toHaveLength(1);
  expect(text).toContain("K7QF-3M2P-9XWD-H4TN");
  expect(pages[0]?.width).toBeLessThanOrEqual(595);
  expect(pages[0]?.height).toBeLessThanOrEqual(792);
});
