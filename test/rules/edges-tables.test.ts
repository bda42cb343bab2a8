import { describe, expect, it } from "vitest";
import {
  type ContraceptiveMethod,
  contraceptiveMethod,
  programmeEntryKind,
} from "#shared/records/programme-entry.ts";
import { programme } from "#shared/records/course.ts";
import { METHOD_NAMES, judgePair } from "#shared/rules/contraception.ts";
import { consentItems } from "#shared/rules/programmes/consent-items.ts";
import {
  EDITIONS,
  OFFERED_PROGRAMMES,
  PROGRAMME_NAMES,
  editionOn,
  nextEditionAfter,
} from "#shared/rules/programmes/editions.ts";
import { consentFormsOf, entryKindsFor, settingsKnown } from "#shared/rules/programmes/entry-kinds.ts";
import {
  DISPENSE_RULES,
  ONLY_DISPENSE,
  type ProgrammeTable,
  RULES,
} from "#shared/rules/programmes/programme-table.ts";

/**
 * A table that has decided anything is frozen. These pages hold every number, word and source of every edition as somebody
 * compared them with the sources: whoever changes one has to show the change.
 */

function page(title: string, lines: readonly string[]): string {
  return [`# ${title}`, "", "Made by `edges-tables.test.ts`; read every change.", "", ...lines, ""].join(
    "\n",
  );
}

/** Parameters in the order of their names, so that only a value can differ. */
function written(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(written).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{ ${fields.map(([name, one]) => `${name}: ${written(one)}`).join(", ")} }`;
}

function linesOf(table: ProgrammeTable): string[] {
  const { rules, openQuestions, ...about } = table;
  return [
    `## ${table.name}: ${table.effectiveFrom} to ${table.effectiveTo ?? "now"}`,
    "",
    ...Object.entries(about).map(([name, value]) => `- *${name}*: ${written(value)}`),
    ...openQuestions.map((one) => `- *open*: ${one}`),
    ...RULES.map((rule) => `- \`${rule}\`: ${rules[rule] === null ? "not known" : written(rules[rule])}`),
    "",
  ];
}

describe("the tables", () => {
  it("are written down in tables.md", async () => {
    const lines = [
      `Offered: ${OFFERED_PROGRAMMES.join(", ")}.`,
      `Asked at the pick-up: ${RULES.filter((rule) => DISPENSE_RULES.has(rule)).join(", ")}.`,
      `At the pick-up only: ${RULES.filter((rule) => ONLY_DISPENSE.has(rule)).join(", ")}.`,
      "",
      ...Object.values(EDITIONS).flat().flatMap(linesOf),
      "## Evidence",
      "",
      ...programme.options.flatMap((one) =>
        (["can", "cannot"] as const).map((category) => {
          const asked = entryKindsFor({
            programme: one,
            category,
            decidedOn: "2026-12-07",
            today: "2026-12-07",
            birthDate: "1998-04-07",
            entries: [],
          });
          const kinds = programmeEntryKind.options.filter((kind) => asked.has(kind));
          return `- *${one}, ${category}*: ${kinds.join(", ")}; tests: ${settingsKnown(one).join(", ")}; forms: ${consentFormsOf(one).join(", ")}`;
        }),
      ),
      "",
      "## Consents",
      "",
      ...Object.entries(consentItems).flatMap(([form, { items, source }]) => [
        `- *${form}*, ${source}: ${items.map(({ id, words }) => `${id} (${words})`).join(", ")}`,
      ]),
    ];
    await expect(page("The tables of the programmes", lines)).toMatchFileSnapshot("./tables.md");
  });

  it("hold from their first day to their last, and say on both sides which comes next", () => {
    const days: [string, string | null, string | null][] = [
      ["ipledge 2021-12-12", null, "ipledge-2021 2021-12-13"],
      ["ipledge 2021-12-13", "ipledge-2021 2021-12-13", "ipledge-2021 2023-10-03"],
      ["ipledge 2023-10-02", "ipledge-2021 2021-12-13", "ipledge-2021 2023-10-03"],
      ["ipledge 2023-10-03", "ipledge-2021 2023-10-03", "ipledge-2026 2026-11-15"],
      ["ipledge 2026-11-14", "ipledge-2021 2023-10-03", "ipledge-2026 2026-11-15"],
      ["ipledge 2026-11-15", "ipledge-2026 2026-11-15", null],
      ["mhra 2023-10-30", null, "mhra-2023 2023-10-31"],
      ["mhra 2023-10-31", "mhra-2023 2023-10-31", "mhra-2023 2025-10-27"],
      ["mhra 2025-10-26", "mhra-2023 2023-10-31", "mhra-2023 2025-10-27"],
      ["mhra 2025-10-27", "mhra-2023 2025-10-27", "mhra-2026 2026-01-22"],
      ["mhra 2026-01-21", "mhra-2023 2025-10-27", "mhra-2026 2026-01-22"],
      ["mhra 2026-01-22", "mhra-2026 2026-01-22", null],
      ["canada 2026-12-01", null, null],
      ["australia 2026-12-01", null, null],
      ["canada 2020-01-01", null, null],
      ["australia 2020-01-01", null, null],
    ];
    const name = (table: ProgrammeTable | null): string | null =>
      table === null ? null : `${table.id} ${table.effectiveFrom}`;
    for (const [asked, now, next] of days) {
      const [word = "", on = ""] = asked.split(" ");
      const of = programme.parse(word);
      expect([asked, name(editionOn(of, on)), name(nextEditionAfter(of, on))]).toEqual([asked, now, next]);
    }
  });

  it("have a name for every programme", () => {
    expect(PROGRAMME_NAMES).toEqual({
      ipledge: "iPLEDGE",
      mhra: "MHRA pregnancy prevention",
      "eu-ppp": "EU pregnancy prevention",
      canada: "Canada",
      australia: "Australia",
    });
  });
});

describe("contraception", () => {
  it("is judged pair by pair as pairs.md says", async () => {
    const rows = [editionOn("ipledge", "2026-11-15"), editionOn("mhra", "2026-01-22")].flatMap((table) => {
      const row = table?.rules["contraception-pair"] ?? null;
      return row === null || !table ? [] : [{ row, name: table.name }];
    });
    expect(rows).toHaveLength(2);
    const seconds: readonly (ContraceptiveMethod | null)[] = [null, ...contraceptiveMethod.options];
    const lines = rows.flatMap(({ row, name }) => [
      `## ${name}`,
      "",
      ...contraceptiveMethod.options.flatMap((first) => {
        const said = new Map<string, string[]>();
        for (const second of seconds) {
          const judged = judgePair(row, { first, second });
          const words = judged.accepted ? `accepted. ${judged.note}` : `refused. ${judged.why}`;
          said.set(words.trim(), [...(said.get(words.trim()) ?? []), second ?? "nothing"]);
        }
        return [...said].map(([words, others]) => `- ${first} with ${others.join(", ")}: ${words}`);
      }),
      "",
    ]);
    const names = Object.entries(METHOD_NAMES).map(([method, words]) => `- ${method}: ${words}`);
    const all = ["## Names", "", ...names, "", ...lines];
    await expect(page("Contraception, pair by pair", all)).toMatchFileSnapshot("./pairs.md");
  });
});
