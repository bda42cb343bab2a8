/** The flowsheet's table: tests down, days across, the newest beside the names. Entered and walked like a spreadsheet. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import type { CalendarDate } from "#shared/calendar.ts";
import type { LabInterpretation, LabResultView } from "#shared/records/lab-result.ts";
import { labTest } from "#shared/rules/lab-tests.ts";
import { useDates } from "#renderer/ui/dates.tsx";
import { doseOn } from "./dose-on.ts";
import type { Flowsheet, GridEntry, RangeEntry } from "./flowsheet-model.ts";
import type { GridFocus, GridPlace } from "./grid-focus.ts";
import { type GridStep, stepOfKey } from "./grid-keys.ts";
import { GridRow } from "./grid-row.tsx";

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
  // oxlint-disable-next-line react/incompatible-library -- its answers change with each scroll: not memoized, and need not be.
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

  /** Tab goes from one cell of the entry to the next, past units and limits; at the ends it leaves as everywhere. */
  function nextEntry(place: GridPlace, by: 1 | -1): GridPlace | undefined {
    const open = entry.columns.map((one) => one.id);
    if (!open.includes(place.column)) return undefined;
    const places = tests.flatMap((testId) => open.map((column) => ({ testId, column })));
    return places[places.findIndex((one) => one.testId === place.testId && one.column === place.column) + by];
  }

  function placeAfter(place: GridPlace, step: GridStep): GridPlace | undefined {
    if (step.kind === "entry") return nextEntry(place, step.by);
    const testId = tests[tests.indexOf(place.testId) + (step.kind === "by" ? step.down : 0)];
    const column =
      step.kind === "edge"
        ? columns.at(step.edge === "first" ? 0 : -1)
        : columns[columns.indexOf(place.column) + step.across];
    return testId === undefined || column === undefined ? undefined : { testId, column };
  }

  function walk(event: KeyboardEvent<HTMLElement>): void {
    if (!(event.target instanceof HTMLElement)) return;
    const [testId, column] = event.target.closest<HTMLElement>("[data-at]")?.dataset["at"]?.split("|") ?? [];
    const step = stepOfKey(event, event.target);
    if (testId === undefined || column === undefined || step === null) return;
    const next = placeAfter({ testId, column }, step);
    // At the end of the entry, Tab goes on as everywhere.
    if (next === undefined && step.kind === "entry") return;
    event.preventDefault();
    if (next !== undefined) focus.to(next);
    else if (step.kind === "by" && step.thenDone) props.onDone();
  }

  const indexOf = (column: string) => columns.indexOf(column) + 2;
  return (
    <div ref={frame} className="lab-frame" onKeyDown={walk}>
      <table
        role="grid"
        aria-label="Flowsheet: tests down, days across, the newest first"
        aria-rowcount={tests.length + 1}
        aria-colcount={columns.length + 1}
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
                aria-colindex={indexOf(column.id)}
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
                aria-colindex={indexOf(date)}
              >
                <span className="lab-date">{written.date(date)}</span>
                <DoseThen doses={props.flowsheet.doses} on={date} />
              </th>
            ))}
            {after > 0 && <td aria-hidden="true" style={{ width: after }} />}
          </tr>
        </thead>
        <tbody>
          {tests.map((testId, at) => (
            <GridRow
              key={testId}
              {...props}
              testId={testId}
              row={at + 2}
              begins={at > 0 && labTest(testId)?.group !== labTest(tests[at - 1] ?? "")?.group}
              entering={entering}
              drawn={drawn}
              hidden={{ before: before > 0, after: after > 0 }}
              reached={reached}
              indexOf={indexOf}
              onFocus={setPresent}
            />
          ))}
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
