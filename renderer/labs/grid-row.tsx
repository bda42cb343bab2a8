import type { CalendarDate } from "#shared/calendar.ts";
import { labTest } from "#shared/rules/lab-tests.ts";
import { rangeWords, resultWords, unitWords } from "#shared/records/words.ts";
import { useDates } from "#renderer/ui/dates.tsx";
import { cellId, testName } from "./flowsheet-model.ts";
import type { GridProps } from "./grid.tsx";
import { EmptyCell, EntryCell, RangeCells, ResultCell } from "./grid-cells.tsx";
import type { GridPlace } from "./grid-focus.ts";

/** One test of the flowsheet: its name and range, the cells being entered, and the days that are drawn. */
export function GridRow(
  props: GridProps & {
    testId: string;
    /** `aria-rowindex`. */
    row: number;
    /** The test above belongs to another group. */
    begins: boolean;
    /** Unit and limits are shown as fields. */
    entering: boolean;
    drawn: readonly CalendarDate[];
    /** Something is left out before, or after, the days that are drawn. */
    hidden: { before: boolean; after: boolean };
    /** The cell that Tab reaches. */
    reached: GridPlace;
    /** `aria-colindex` of a column. */
    indexOf: (column: string) => number;
    onFocus: (place: GridPlace) => void;
  },
) {
  const { testId, entry, focus } = props;
  const dates = useDates();
  const name = testName(testId);
  const range = props.rangeOf(testId);

  function entryCell(place: GridPlace, label: string, date: string, onDay: boolean) {
    const at = cellId(testId, place.column);
    const there = onDay ? undefined : props.cells.get(cellId(testId, date))?.[0];
    return (
      <EntryCell
        key={place.column}
        place={place}
        index={props.indexOf(place.column)}
        label={label}
        text={entry.cells[place.column]?.[testId] ?? ""}
        meaning={props.meanings.get(at)}
        remark={there ? `${resultWords(there)} is recorded for this day.` : ""}
        error={props.errorAt(`cells.${place.column}.${testId}`)}
        onType={props.onType}
        {...(onDay
          ? {
              onLeave: (text: string) => {
                if (text.trim() === "") props.onType(place, null);
              },
              onEscape: () => {
                props.onType(place, null);
                focus.to(place, "nothing");
              },
            }
          : {})}
      />
    );
  }

  function dayCell(date: CalendarDate) {
    const place = { testId, column: date };
    const label = `${name}, ${dates.date(date)}`;
    if (entry.cells[date]?.[testId] !== undefined) return entryCell(place, label, date, true);
    const shared = {
      place,
      index: props.indexOf(date),
      tabIndex:
        props.reached.testId === testId && props.reached.column === date ? (0 as const) : (-1 as const),
      onFocus: () => props.onFocus(place),
    };
    const results = props.cells.get(cellId(testId, date)) ?? [];
    return results.length > 0 ? (
      <ResultCell
        key={date}
        {...shared}
        results={results}
        rowUnit={range.unit}
        openId={props.openId}
        onOpen={(result) => props.onOpen(result, place)}
      />
    ) : (
      <EmptyCell
        key={date}
        {...shared}
        label={`${label}: no result`}
        onBegin={(text) => {
          props.onType(place, text);
          focus.to(place, "entry");
        }}
      />
    );
  }

  return (
    <tr aria-rowindex={props.row} data-begins={props.begins || undefined}>
      <th scope="row" className="lab-name" aria-colindex={1} title={labTest(testId)?.name}>
        {name}
        {!props.entering && (
          <span className="lab-range">
            {[unitWords(testId, range.unit), rangeWords(range)].filter(Boolean).join(" · ")}
          </span>
        )}
      </th>
      {props.entering && (
        <RangeCells
          testId={testId}
          range={range}
          results={props.flowsheet.results}
          errorAt={props.errorAt}
          onChange={(next) => props.onRange(testId, next)}
        />
      )}
      {entry.columns.map((one) =>
        entryCell({ testId, column: one.id }, `${name}, new column`, one.date, false),
      )}
      {props.hidden.before && <td aria-hidden="true" />}
      {props.drawn.map(dayCell)}
      {props.hidden.after && <td aria-hidden="true" />}
    </tr>
  );
}
