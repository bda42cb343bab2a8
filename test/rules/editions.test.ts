import { describe, expect, it } from "vitest";
import { addDays } from "#shared/calendar.ts";
import { programme } from "#shared/records/course.ts";
import {
  EDITIONS,
  OFFERED_PROGRAMMES,
  PROGRAMME_NAMES,
  editionName,
  editionOn,
  nextEditionAfter,
  rowOf,
} from "#shared/rules/programmes/editions.ts";
import { RULES } from "#shared/rules/programmes/programme-table.ts";

describe("the editions", () => {
  it("follow each other without a gap or an overlap", () => {
    for (const tables of Object.values(EDITIONS))
      tables.forEach((table, index) => {
        const next = tables[index + 1];
        expect(table.effectiveTo).toBe(next === undefined ? null : addDays(next.effectiveFrom, -1));
      });
  });

  it("of one id have one name", () => {
    for (const tables of Object.values(EDITIONS))
      for (const table of tables)
        expect(new Set(tables.filter(({ id }) => id === table.id).map(({ name }) => name)).size).toBe(1);
  });

  it("cite a source in every row, and stand under their own programme", () => {
    for (const [of, tables] of Object.entries(EDITIONS))
      for (const table of tables) {
        expect(table.programme).toBe(of);
        const rows = [
          ...RULES.map((rule) => table.rules[rule]),
          table.testsAfterLastDose,
          table.protection,
          table.visits,
        ];
        for (const row of rows) if (row !== null) expect(row.source.length).toBeGreaterThan(10);
      }
  });

  it("accept no place before the first dose that they do not accept during treatment, the medical setting aside", () => {
    for (const tables of Object.values(EDITIONS)) {
      const during = tables.flatMap((table) => rowOf(table, "test-setting").onTreatment);
      for (const table of tables) {
        const before = rowOf(table, "test-setting").beforeFirstDose;
        const screening = table.rules["screening-test"]?.settings ?? [];
        for (const one of [...before, ...screening]) expect(during, `${table.id}: ${one}`).toContain(one);
      }
    }
  });

  it("have nobody sign a form who cannot become pregnant and not who can", () => {
    for (const { rules } of Object.values(EDITIONS).flat())
      if (rules.consents !== null)
        expect(rules.consents.can).toEqual(expect.arrayContaining([...rules.consents.cannot]));
  });

  it("have, where they are enabled, a row for every rule that a plan rests on, and say which one is missing elsewhere", () => {
    const needed = [
      "no-positive-test",
      "no-lapse-unhandled",
      "category",
      "consents",
      "contraception-pair",
      "contraception-month",
      "test-setting",
      "test-sensitivity",
    ] as const;
    for (const table of Object.values(EDITIONS).flat())
      if (table.enabled) for (const rule of needed) expect(rowOf(table, rule)).toBe(table.rules[rule]);
    const [australia] = EDITIONS.australia;
    if (australia === undefined) throw new Error("There is no table.");
    expect(() => rowOf(australia, "consents")).toThrow("australia-2025 has no row for consents.");
  });

  it.each([
    ["2021-12-12", null, null],
    ["2021-12-13", "ipledge-2021", ["clia-laboratory"]],
    ["2023-10-02", "ipledge-2021", ["clia-laboratory"]],
    ["2023-10-03", "ipledge-2021", ["medical", "clia-laboratory"]],
    ["2026-11-14", "ipledge-2021", ["medical", "clia-laboratory"]],
    ["2026-11-15", "ipledge-2026", ["medical", "clia-laboratory"]],
    ["2030-01-01", "ipledge-2026", ["medical", "clia-laboratory"]],
  ])("on %s the edition is %s", (on, id, settings) => {
    const table = editionOn("ipledge", on);
    expect(table?.id ?? null).toBe(id);
    expect(table?.rules["test-setting"]?.beforeFirstDose ?? null).toEqual(settings);
  });

  it("name the overlay where it decides", () => {
    expect(editionOn("ipledge", "2026-01-01")?.rules["test-setting"]?.edition).toBe(
      "ipledge-2021-discretion",
    );
    expect(editionOn("ipledge", "2026-01-01")?.rules.supply?.edition).toBeUndefined();
  });

  it("know what comes next", () => {
    expect(nextEditionAfter("ipledge", "2026-11-14")?.id).toBe("ipledge-2026");
    expect(nextEditionAfter("ipledge", "2026-11-15")).toBeNull();
  });

  it.each(["2022-06-01", "2026-11-14", "2026-11-15"])(
    "carry the numbers of the domain facts (1.11) on %s",
    (on) => {
      const table = editionOn("ipledge", on);
      const is2021 = on < "2026-11-15";
      expect(table).toMatchObject({
        enabled: true,
        windowZone: "us-eastern",
        centralAuthorisation: true,
        rules: {
          "course-open": { restartAfterDays: 30 },
          "no-positive-test": { clearedBySamples: ["serum"], clearedIn: ["medical", "clia-laboratory"] },
          "no-missed-period": { clearedIn: ["medical", "clia-laboratory"] },
          category: {
            cannotBy: ["cisgender-male", "hysterectomy", "bilateral-oophorectomy", "post-menopausal"],
            evidenceFor: ["hysterectomy", "bilateral-oophorectomy", "post-menopausal"],
          },
          consents: { can: ["all-patients", "birth-defects"], cannot: ["all-patients"] },
          "guardian-consent": { underAge: 18 },
          counselling: { can: "monthly", cannot: is2021 ? "monthly" : "enrolment" },
          "contraception-pair": { forms: 2, primaries: 1 },
          "contraception-month": { days: 30 },
          "screening-test": { settings: ["medical", "clia-laboratory"], detects: 25 },
          "test-in-window": { days: 7 },
          "test-setting": { homeNeedsPermission: true },
          "test-sensitivity": { detects: 25 },
          "test-spacing": { days: 19 },
          "menses-days": { first: 1, last: 5 },
          "missed-first-window": { waitDays: is2021 ? 19 : 0 },
          "prescriber-confirmation": { can: "monthly", cannot: is2021 ? "monthly" : "never" },
          "confirmation-window": is2021
            ? { days: 30, otherReadingDays: 31 }
            : { days: null, otherReadingDays: null },
          supply: { maxDays: 30 },
          "supply-overlap": { days: 7 },
        },
        testsAfterLastDose: { days: [0, 30] },
        protection: { days: 30, months: 1 },
        visits: { from: 30, to: 37 },
      });
    },
  );

  it("leave no programme without a name, and answer none without tables", () => {
    for (const one of programme.options) expect(PROGRAMME_NAMES[one].length).toBeGreaterThan(3);
    expect(editionOn("canada", "2026-12-01")).toBeNull();
    expect(editionOn("australia", "2026-12-01")).toBeNull();
    expect(OFFERED_PROGRAMMES).toEqual(["ipledge", "mhra", "eu-ppp"]);
  });

  it("differ between 2021 and 2026 exactly in the rules that the modification changed", () => {
    const [, before, after] = EDITIONS.ipledge;
    const changed = RULES.filter((rule) => before?.rules[rule] !== after?.rules[rule]);
    expect(changed).toEqual([
      "counselling",
      "test-setting",
      "home-test-evidence",
      "missed-first-window",
      "prescriber-confirmation",
      "confirmation-window",
    ]);
  });
});

describe("an edition's name", () => {
  it("is that of its tables, whichever of them decided", () => {
    for (const table of Object.values(EDITIONS).flat()) expect(editionName(table.id)).toBe(table.name);
    expect(editionName("ipledge-2026")).toBe("iPLEDGE, 2026 edition");
  });

  it("is not known for an edition that this program does not carry", () => {
    expect(editionName("none")).toBeNull();
  });
});
