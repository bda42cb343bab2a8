/**
 * A table that has decided anything is frozen: a decision of last year must read as it was decided. What the tables say stands
 * here as one digest each.
 */
import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { EDITIONS } from "#shared/rules/programmes/editions.ts";
import type { ProgrammeTable } from "#shared/rules/programmes/programme-table.ts";

/**
 * What decides: the rules with their parameters and sources, and what is reckoned from the last dose. The name, the last day
 * (known only when the next edition is) and the open questions may change.
 */
function digestOf({
  name: _name,
  effectiveTo: _to,
  openQuestions: _open,
  ...decides
}: ProgrammeTable): string {
  return createHash("sha256")
    .update(JSON.stringify(sorted(decides)))
    .digest("hex")
    .slice(0, 16);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
}

const FROZEN: Readonly<Record<string, string>> = {
  "ipledge-2021 2021-12-13": "8b1ccfc070bb96b9",
  "ipledge-2021 2023-10-03": "8d230c28c7f77632",
  "ipledge-2026 2026-11-15": "91d0ad6534391cc6",
  "mhra-2023 2023-10-31": "1f9f0fa641ec0aad",
  "mhra-2023 2025-10-27": "9f0fc98c171c6e8d",
  "mhra-2026 2026-01-22": "e8a8f425ec0500ee",
  "eu-ppp 2018-03-22": "88a02696ae8c4aeb",
  "canada-2024 2024-01-01": "e8f89dcfdb6aa6b1",
  "australia-2025 2025-04-01": "ae3d5ac50fe29ac7",
};

const WHAT_TO_DO =
  "This table has changed. If a version with it was released, take the change back and make a new edition with its own effectiveFrom; if none was, put the new digest here.";

it.each(Object.values(EDITIONS).flat())("$id from $effectiveFrom is as it was", (table) => {
  expect(digestOf(table), WHAT_TO_DO).toBe(FROZEN[`${table.id} ${table.effectiveFrom}`]);
});

it("keeps every table that was ever frozen", () => {
  const tables = Object.values(EDITIONS)
    .flat()
    .map((table) => `${table.id} ${table.effectiveFrom}`);
  expect(tables.sort()).toEqual(Object.keys(FROZEN).sort());
});

it("notices a number, a source and a rule that changed, and not the order of the keys", () => {
  const table = EDITIONS.mhra[2];
  if (table === undefined) throw new Error("There is no such table.");
  const before = digestOf(table);
  const { supply, ...others } = table.rules;
  expect(digestOf({ ...table, rules: { supply, ...others } })).toBe(before);
  expect(
    digestOf({ ...table, rules: { ...table.rules, supply: { maxDays: 31, source: supply?.source ?? "" } } }),
  ).not.toBe(before);
  expect(digestOf({ ...table, rules: { ...table.rules, consents: null } })).not.toBe(before);
  expect(digestOf({ ...table, windowZone: "us-eastern" })).not.toBe(before);
});
