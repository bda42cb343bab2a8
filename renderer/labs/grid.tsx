/** The flowsheet's table: tests down, days across, the newest beside the names. Entered and walked like a spreadsheet. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { CalendarDate } from "#shared/calendar.ts";
import type { LabInterpretation, LabResultView } from "#shared/records/lab-result.ts";
import { labTest } from "#shared/rules/lab-tests.ts";
import { doseOn } from "./dose-on.ts";
import {
  cellId,
  type Flowsheet,
  type GridEntry,
  rangeWords,
  type RangeEntry,
  testName,
  unitWords,
} from "./flowsheet-model.ts";
import type { GridFocus, GridPlace } from "./grid-focus.ts";
import { EmptyCell, EntryCell, RangeCells, ResultCell } from "./grid-cells.tsx";
import { useDates } from "#renderer/ui/dates.tsx";

/** Widths in pixels. The table is laid out by them, so that columns out of sight need not be drawn. */
const NAME = 148;
const UNIT = 100;
const LIMIT = 68;
const NEW = 148;
const DATE = 104;

/** Up to so many days all columns are drawn, and the page's own search finds everything. */
const ALL_DRAWN = 40;

/** Columns of unit and limits; there while something is being entered. */
const RANGE_COLUMNS = ["unit", "rangeLow", "rangeHigh"] as const;

export type GridProps = {
  flowsheet: Flowsheet;
  entry: GridEntry;
  tests: readonly string[];
  dates: readonly CalendarDate[];
  cells: ReadonlyMap<string, LabResultView[]>;
  /** The result in the panel, or null. */
  openId: string | null;
  focus: GridFocus;
  rangeOf: (testId: string) => RangeEntry;
  /** What a typed value says, by `cellId`. */
  meanings: ReadonlyMap<string, LabInterpretation>;
  errorAt: (path: string) => string | undefined;
  onType: (place: GridPlace, text: string | null) => void;
  onRange: (testId: string, range: RangeEntry) => void;
  onOpen: (result: LabResultView, place: GridPlace) => void;
  /** Enter in the last row. */
  onDone: () => void;
  /** The head of a new column: its date, fasting, and the way to close it. */
  newColumnHead: (id: string) => ReactNode;
};

export function Grid(props: GridProps) {
  const { tests, dates, entry, focus } = props;
  const written = useDates();
  const frame = useRef<HTMLDivElement>(null);
  const entering =
    entry.columns.length > 0 || Object.values(entry.cells).some((one) => Object.keys(one).length > 0);
  const fixed = [...(entering ? RANGE_COLUMNS : []), ...entry.columns.map((one) => one.id)];
  const fixedWidth = NAME + (entering ? UNIT + 2 * LIMIT : 0) + entry.columns.length * NEW;
  const columns = [...fixed, ...dates];
  const partly = dates.length > ALL_DRAWN;
  // What it answers changes with each scroll, so this component is not memoized by the compiler, and need not be.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer<HTMLDivElement, HTMLTableCellElement>({
    horizontal: true,
    enabled: partly,
    count: dates.length,
    getScrollElement: () => frame.current,
    estimateSize: () => DATE,
    paddingStart: fixedWidth,
    scrollPaddingStart: NAME,
    overscan: 6,
  });
  const items = virtual.getVirtualItems();
  const from = partly ? (items[0]?.index ?? 0) : 0;
  const drawn = partly ? dates.slice(from, (items.at(-1)?.index ?? -1) + 1) : dates;
  const before = from * DATE;
  const after = (dates.length - from - drawn.length) * DATE;

  const [present, setPresent] = useState<GridPlace | null>(null);
  // What Tab reaches: the cell where one was, if it is drawn; else the newest of the first row.
  const reached =
    present !== null && tests.includes(present.testId) && drawn.includes(present.column)
      ? present
      : { testId: tests[0] ?? "", column: drawn[0] ?? "" };

  useEffect(() => {
    focus.attach(frame.current, (column) => {
      const index = dates.indexOf(column);
      if (partly && index >= 0) virtual.scrollToIndex(index);
    });
    focus.settle();
  });

  function move(place: GridPlace, down: number, across: number): boolean {
    const row = tests.indexOf(place.testId) + down;
    const testId = tests[row];
    const column = columns[columns.indexOf(place.column) + across];
    if (testId === undefined || column === undefined) return false;
    focus.to({ testId, column });
    return true;
  }

  /** Tab goes from one cell of the entry to the next, past units and limits; at the ends it leaves as everywhere. */
  function alongEntries(place: GridPlace, by: 1 | -1): (() => void) | null {
    const open = entry.columns.map((one) => one.id);
    if (!open.includes(place.column)) return null;
    const places = tests.flatMap((testId) => open.map((column) => ({ testId, column })));
    const at = places.findIndex((one) => one.testId === place.testId && one.column === place.column);
    const next = places[at + by];
    return next === undefined ? null : () => focus.to(next);
  }

  function walk(event: KeyboardEvent<HTMLElement>): void {
    if (event.altKey || event.metaKey) return;
    const target = event.target instanceof HTMLElement ? event.target : null;
    const [testId, column] = target?.closest<HTMLElement>("[data-at]")?.dataset["at"]?.split("|") ?? [];
    if (testId === undefined || column === undefined) return;
    const place = { testId, column };
    const step = stepOf(event, target, place);
    if (step === null) return;
    event.preventDefault();
    step();
  }

  function stepOf(event: KeyboardEvent, target: HTMLElement | null, place: GridPlace): (() => void) | null {
    const typing = target instanceof HTMLInputElement;
    const choosing = target instanceof HTMLSelectElement;
    if (event.ctrlKey) {
      if (typing || choosing) return null;
      if (event.key === "Home") return () => focus.to({ ...place, column: columns[0] ?? "" });
      if (event.key === "End") return () => focus.to({ ...place, column: columns.at(-1) ?? "" });
      return null;
    }
    switch (event.key) {
      case "ArrowDown":
        return choosing ? null : () => void move(place, 1, 0);
      case "ArrowUp":
        return choosing ? null : () => void move(place, -1, 0);
      case "ArrowRight":
        return typing && !atEdge(target, "end") ? null : () => void move(place, 0, 1);
      case "ArrowLeft":
        return typing && !atEdge(target, "start") ? null : () => void move(place, 0, -1);
      case "Home":
        return typing || choosing ? null : () => focus.to({ ...place, column: columns[0] ?? "" });
      case "End":
        return typing || choosing ? null : () => focus.to({ ...place, column: columns.at(-1) ?? "" });
      case "Tab":
        return alongEntries(place, event.shiftKey ? -1 : 1);
      case "Enter":
        if (!typing) return null;
        return () => {
          if (!move(place, event.shiftKey ? -1 : 1, 0) && !event.shiftKey) props.onDone();
        };
      default:
        return null;
    }
  }

  const named = { rowCount: tests.length + 1, columnCount: columns.length + 1 };
  return (
    <div ref={frame} className="lab-frame" onKeyDown={walk}>
      <table
        role="grid"
        aria-label="Flowsheet: tests down, days across, the newest first"
        aria-rowcount={named.rowCount}
        aria-colcount={named.columnCount}
        className="lab-grid"
        style={{ width: fixedWidth + dates.length * DATE }}
      >
        <thead>
          <tr aria-rowindex={1}>
            <th scope="col" className="lab-name" style={{ width: NAME }} aria-colindex={1}>
              Test
            </th>
            {entering && (
              <>
                <th scope="col" style={{ width: UNIT }} aria-colindex={2}>
                  Unit
                </th>
                <th scope="col" style={{ width: LIMIT }} aria-colindex={3}>
                  Range from
                </th>
                <th scope="col" style={{ width: LIMIT }} aria-colindex={4}>
                  to
                </th>
              </>
            )}
            {entry.columns.map((column) => (
              <th
                key={column.id}

                scope="col"
                className="lab-new-head"
                style={{ width: NEW }}
                aria-colindex={columns.indexOf(column.id) + 2}
              >
                {props.newColumnHead(column.id)}
              </th>
            ))}
            {before > 0 && <td aria-hidden="true" style={{ width: before }} />}
            {drawn.map((date) => (
              <th
                key={date}

                scope="col"
                data-align="end"
                style={{ width: DATE }}
                aria-colindex={columns.indexOf(date) + 2}
              >
                <span className="lab-date">{written.date(date)}</span>
                <DoseThen doses={props.flowsheet.doses} on={date} />
              </th>
            ))}
            {after > 0 && <td aria-hidden="true" style={{ width: after }} />}
          </tr>
        </thead>
        <tbody>
          {tests.map((testId, row) => {
            const range = props.rangeOf(testId);
            const group = labTest(testId)?.group;
            const above = tests[row - 1];
            return (
              <tr
                key={testId}

                aria-rowindex={row + 2}
                data-begins={above !== undefined && labTest(above)?.group !== group ? true : undefined}
              >
                <th scope="row" className="lab-name" aria-colindex={1} title={labTest(testId)?.name}>
                  {testName(testId)}
                  {!entering && (
                    <span className="lab-range">
                      {[unitWords(testId, range.unit), rangeWords(range)].filter(Boolean).join(" · ")}
                    </span>
                  )}
                </th>
                {entering && (
                  <RangeCells
                    testId={testId}
                    range={range}
                    results={props.flowsheet.results}
                    errorAt={props.errorAt}
                    onChange={(next) => props.onRange(testId, next)}
                  />
                )}
                {entry.columns.map((column) => (
                  <EntryCell
                    key={column.id}
                    place={{ testId, column: column.id }}
                    index={columns.indexOf(column.id) + 2}
                    label={`${testName(testId)}, new column`}
                    text={entry.cells[column.id]?.[testId] ?? ""}
                    meaning={props.meanings.get(cellId(testId, column.id))}
                    error={props.errorAt(`cells.${column.id}.${testId}`)}
                    onType={props.onType}
                  />
                ))}
                {before > 0 && <td aria-hidden="true" />}
                {drawn.map((date) => {
                  const place = { testId, column: date };
                  const typed = entry.cells[date]?.[testId];
                  const index = columns.indexOf(date) + 2;
                  const at = cellId(testId, date);
                  if (typed !== undefined)
                    return (
                      <EntryCell
                        key={date}
                        place={place}
                        index={index}
                        label={`${testName(testId)}, ${written.date(date)}`}
                        text={typed}
                        meaning={props.meanings.get(at)}
                        error={props.errorAt(`cells.${date}.${testId}`)}
                        onType={props.onType}
                        onLeave={(text) => {
                          if (text.trim() === "") props.onType(place, null);
                        }}
                        onEscape={() => {
                          props.onType(place, null);
                          focus.to(place, "nothing");
                        }}
                      />
                    );
                  const results = props.cells.get(at) ?? [];
                  const tabIndex = reached.testId === testId && reached.column === date ? 0 : -1;
                  return results.length > 0 ? (
                    <ResultCell
                      key={date}
                      place={place}
                      index={index}
                      results={results}
                      rowUnit={range.unit}
                      tabIndex={tabIndex}
                      openId={props.openId}
                      onFocus={() => setPresent(place)}
                      onOpen={(result) => props.onOpen(result, place)}
                    />
                  ) : (
                    <EmptyCell
                      key={date}
                      place={place}
                      index={index}
                      label={`${testName(testId)}, ${written.date(date)}: no result`}
                      tabIndex={tabIndex}
                      onFocus={() => setPresent(place)}
                      onBegin={(text) => {
                        props.onType(place, text);
                        focus.to(place, "entry");
                      }}
                    />
                  );
                })}
                {after > 0 && <td aria-hidden="true" />}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** The dose that was taken on a day, under its date. */
function DoseThen(props: { doses: Flowsheet["doses"]; on: CalendarDate }) {
  const mg = doseOn(props.doses, props.on);
  if (mg === null) return null;
  return <span className="lab-range">{mg === 0 ? "no dose" : `${mg} mg/day`}</span>;
}

function atEdge(input: HTMLInputElement, side: "start" | "end"): boolean {
  const { selectionStart, selectionEnd, value } = input;
  if (selectionStart === 0 && selectionEnd === value.length) return true;
  if (selectionStart !== selectionEnd) return false;
  return side === "start" ? selectionStart === 0 : selectionEnd === value.length;
}
