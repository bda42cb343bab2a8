/** The flowsheet as data: which rows and columns there are, what was typed, and what of it goes to the record. */
import type { CalendarDate } from "#shared/calendar.ts";
import type { OutputOf } from "#shared/contract.ts";
import type { LabResultFields, LabResultView } from "#shared/records/lab-result.ts";
import type { Refusal } from "#shared/refusal.ts";
import { labTest, labTests, preferredUnit, readLabValue } from "#shared/rules/lab-tests.ts";

import { checkLab, type DatedContext } from "#shared/rules/plausibility.ts";

export type Flowsheet = OutputOf<"labs.flowsheet">;

/** Unit and limits that go with a typed value. A limit that cannot be read stays as it was typed. */
export type RangeEntry = {
  unit: string;
  rangeLow: number | string | null;
  rangeHigh: number | string | null;
};

/** A column that was opened for a date. `id` is `new-1`, `new-2`, …; `date` may be text that is no date yet. */
export type NewColumn = { id: string; date: string; fasting: boolean | null };

/** Everything typed and not saved. Columns are named by the id of a new one, or by the date of one that is there. */
export type GridEntry = {
  columns: NewColumn[];
  /** Column, then test: the text as typed. */
  cells: Record<string, Record<string, string>>;
  /** By test: what was changed against `lastRange`. */
  ranges: Record<string, RangeEntry>;
  /** Rows that were added. */
  tests: string[];
};

export const nothingTyped: GridEntry = { columns: [], cells: {}, ranges: {}, tests: [] };

/** The rows' tests, in the order of the table of tests; those that it does not know stand last. */
export function rowTests(flowsheet: Flowsheet, entry: GridEntry): string[] {
  const wanted = new Set([
    ...flowsheet.tests,
    ...entry.tests,
    ...flowsheet.results.map((one) => one.testId),
    ...Object.values(entry.cells).flatMap((cells) => Object.keys(cells)),
  ]);
  const known = labTests.map((one) => one.id).filter((id) => wanted.has(id));
  return [...known, ...[...wanted].filter((id) => labTest(id) === null)];
}

/** The days on which something was collected, the newest first. */
export function collectionDates(results: readonly LabResultView[]): CalendarDate[] {
  return [...new Set(results.map((one) => one.collectedOn))].toSorted().toReversed();
}

/** The results of each cell, the one recorded last first. */
export function resultsByCell(results: readonly LabResultView[]): ReadonlyMap<string, LabResultView[]> {
  const cells = new Map<string, LabResultView[]>();
  for (const one of results) {
    const at = cellId(one.testId, one.collectedOn);
    cells.set(at, [one, ...(cells.get(at) ?? [])]);
  }
  for (const [at, all] of cells)
    if (all.length > 1)
      cells.set(
        at,
        all.toSorted((a, b) => b.recordedAt.localeCompare(a.recordedAt)),
      );
  return cells;
}

export function cellId(testId: string, column: string): string {
  return `${testId}|${column}`;
}

/** What the laboratory last gave for a test (in `unit`, if one is named); else the clinic's unit without limits. */
export function lastRange(
  results: readonly LabResultView[],
  testId: string,
  system: "conventional" | "si",
  unit?: string,
): RangeEntry {
  let last: LabResultView | undefined;
  for (const one of results) {
    if (one.testId !== testId || (unit !== undefined && one.unit !== unit)) continue;
    if (last === undefined || one.collectedOn >= last.collectedOn) last = one;
  }
  if (last !== undefined) return { unit: last.unit, rangeLow: last.rangeLow, rangeHigh: last.rangeHigh };
  const test = labTest(testId);
  const offered = unit ?? (test === null ? "" : preferredUnit(test, system).ucum);
  return { unit: offered, rangeLow: null, rangeHigh: null };
}

/** How many cells hold something. */
export function countTyped(entry: GridEntry): number {
  return Object.values(entry.cells).reduce(
    (sum, cells) => sum + Object.values(cells).filter((text) => text.trim() !== "").length,
    0,
  );
}

/** A typed result and the place where it stands. */
export type TypedResult = { fields: LabResultFields; column: string };

/**
 * What was typed, as results. `errors` names by path in the form (`cells.new-1.alt`, `ranges.alt.rangeLow`) what cannot be
 * read; nothing is sent while there are any.
 */
export function readEntry(
  entry: GridEntry,
  flowsheet: Flowsheet,
  system: "conventional" | "si",
  dated: DatedContext,
): { results: TypedResult[]; errors: Record<string, string> } {
  const results: TypedResult[] = [];
  const errors: Record<string, string> = {};
  const tests = rowTests(flowsheet, entry);
  const dates = collectionDates(flowsheet.results);
  const columns = [
    ...entry.columns,
    ...dates.map((date) => ({ id: date, date, fasting: fastingOn(flowsheet.results, date) })),
  ];
  for (const column of columns) {
    for (const testId of tests) {
      const typed = entry.cells[column.id]?.[testId] ?? "";
      if (typed.trim() === "") continue;
      const reading = readLabValue(typed);
      if (!reading.ok) {
        errors[`cells.${column.id}.${testId}`] = reading.sentence;
        continue;
      }
      const range = entry.ranges[testId] ?? lastRange(flowsheet.results, testId, system);
      for (const side of ["rangeLow", "rangeHigh"] as const)
        if (typeof range[side] === "string")
          errors[`ranges.${testId}.${side}`] = `“${range[side]}” is not a number.`;
      const fields: LabResultFields = {
        testId,
        collectedOn: column.date,
        comparator: reading.comparator,
        value: reading.value,
        text: reading.text,
        unit: range.unit,
        rangeLow: typeof range.rangeLow === "string" ? null : range.rangeLow,
        rangeHigh: typeof range.rangeHigh === "string" ? null : range.rangeHigh,
        fasting: labTest(testId)?.fastingMatters === true ? column.fasting : null,
        note: "",
      };
      // Told with the others, rather than after them.
      const impossible = checkLab(fields, dated, "").invalid.find((one) => one.path === "value");
      if (impossible) errors[`cells.${column.id}.${testId}`] = impossible.sentence;
      results.push({ column: column.id, fields });
    }
  }
  return { results, errors };
}

/** What the other results of a day say about fasting; null when they say nothing, or do not agree. */
function fastingOn(results: readonly LabResultView[], date: CalendarDate): boolean | null {
  const said = new Set(results.filter((one) => one.collectedOn === date).map((one) => one.fasting));
  said.delete(null);
  return said.size === 1 ? ([...said][0] ?? null) : null;
}

/** A refused path of `labs.record` as the path of the field in the form; paths that belong to no field stay as they are. */
export function placeOf(path: string, results: readonly TypedResult[]): string {
  const match = /^results\.(\d+)\.(\w+)$/u.exec(path);
  const result = results[Number(match?.[1])];
  if (match === null || result === undefined) return path;
  const { column, fields } = result;
  const field = match[2] ?? "";
  if (field === "collectedOn") return `columns.${column}.date`;
  if (["unit", "rangeLow", "rangeHigh"].includes(field)) return `ranges.${fields.testId}.${field}`;
  return `cells.${column}.${fields.testId}`;
}

/** A refusal of `labs.record` with its sentences at the fields of the grid. */
export function refusalInGrid(refusal: Refusal, results: readonly TypedResult[]): Refusal {
  return {
    ...refusal,
    fields: Object.fromEntries(
      Object.entries(refusal.fields).map(([path, sentence]) => [placeOf(path, results), sentence]),
    ),
  };
}

// ---- Words ----

/** A test's short name. */
export function testName(testId: string): string {
  return labTest(testId)?.shortName ?? testId;
}
