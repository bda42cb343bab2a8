/** The cells of the flowsheet. Each holds one control, which the grid brings the focus to by `data-at`. */
import { type KeyboardEvent, useId } from "react";
import type { LabInterpretation, LabResultView } from "#shared/records/lab-result.ts";
import { labTest, labValueText } from "#shared/rules/lab-tests.ts";
import { resultWords, standingWords, unitWords } from "#shared/records/words.ts";
import { useDates } from "#renderer/ui/dates.tsx";
import { FieldError } from "#renderer/ui/field.tsx";
import { NumberField } from "#renderer/ui/number-field.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { FlagSign, statusOf } from "#renderer/ui/lab-flag.tsx";
import { cellId, lastRange, type RangeEntry, testName } from "./flowsheet-model.ts";
import type { GridPlace } from "./grid-focus.ts";

/** A day's result: a button that opens it. The last recorded shows; others of the same day are counted beside it. */
export function ResultCell(props: {
  place: GridPlace;
  /** `aria-colindex`. */
  index: number;
  results: readonly LabResultView[];
  /** The row's unit: a result in another says its own. */
  rowUnit: string;
  tabIndex: 0 | -1;
  openId: string | null;
  onFocus: () => void;
  onOpen: (result: LabResultView) => void;
}) {
  const dates = useDates();
  const [result] = props.results;
  if (result === undefined) return null;
  const { interpretation } = result;
  const more = props.results.length - 1;
  const words = [
    `${testName(result.testId)}, ${dates.date(result.collectedOn)}: ${resultWords(result)}`,
    standingWords(interpretation),
    more > 0 ? `${more} more of this day` : "",
  ];
  return (
    // oxlint-disable-next-line jsx-a11y/control-has-associated-label -- the words stand in the button, deeper than the rule looks.
    <td
      data-at={cellId(props.place.testId, props.place.column)}
      aria-colindex={props.index}
      className="lab-cell"
    >
      <button
        type="button"
        className="lab-result"
        data-status={statusOf(interpretation)}
        data-open={props.results.some((one) => one.id === props.openId) || undefined}
        tabIndex={props.tabIndex}
        onFocus={props.onFocus}
        onClick={() => props.onOpen(result)}
      >
        <span className="for-readers">{words.filter(Boolean).join(", ")}</span>
        <span className="lab-shown" aria-hidden="true">
          <FlagSign meaning={interpretation} />
          <span className={result.value === null ? "lab-word" : undefined}>{labValueText(result)}</span>
          {result.value !== null && result.unit !== props.rowUnit && (
            <span className="lab-range">{unitWords(result.testId, result.unit)}</span>
          )}
          {more > 0 && <span className="lab-range">+{more}</span>}
        </span>
      </button>
    </td>
  );
}

/** A day without a result of this test. Enter, or the first digit, opens it for typing. */
export function EmptyCell(props: {
  place: GridPlace;
  index: number;
  label: string;
  tabIndex: 0 | -1;
  onFocus: () => void;
  onBegin: (text: string) => void;
}) {
  return (
    <td
      data-at={cellId(props.place.testId, props.place.column)}
      aria-colindex={props.index}
      aria-label={props.label}
      className="lab-cell lab-empty"
      tabIndex={props.tabIndex}
      onFocus={props.onFocus}
      onDoubleClick={() => props.onBegin("")}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const begins = /^[\d<>≤≥.,]$/u.test(event.key);
        if (event.key !== "Enter" && !begins) return;
        event.preventDefault();
        event.stopPropagation();
        props.onBegin(begins ? event.key : "");
      }}
    />
  );
}

/** A cell in which is typed: `54`, `<5`, `neg`. The flag is read along as one types. */
export function EntryCell(props: {
  place: GridPlace;
  index: number;
  label: string;
  text: string;
  meaning: LabInterpretation | undefined;
  /** What else is to be known: that the day has such a result already. Empty when nothing. */
  remark: string;
  error: string | undefined;
  onType: (place: GridPlace, text: string) => void;
  onLeave?: (text: string) => void;
  onEscape?: () => void;
}) {
  const id = useId();
  const { place, meaning, error } = props;
  return (
    <td
      data-at={cellId(place.testId, place.column)}
      data-field={`cells.${place.column}.${place.testId}`}
      aria-colindex={props.index}
      className="lab-cell"
    >
      <span
        className="lab-entry"
        data-new={props.onLeave === undefined || undefined}
        data-status={meaning ? statusOf(meaning) : undefined}
      >
        {meaning && !error && <FlagSign meaning={meaning} />}
        <input
          className="input"
          aria-label={props.label}
          aria-invalid={error ? true : undefined}
          aria-describedby={`${id}-meaning ${id}-error`}
          value={props.text}
          autoComplete="off"
          spellCheck={false}
          onFocus={(event) => {
            if (event.target.value !== "" && event.target.selectionStart === 0) event.target.select();
          }}
          onChange={(event) => props.onType(place, event.target.value)}
          onBlur={(event) => props.onLeave?.(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.stopPropagation();
            if (props.onEscape) props.onEscape();
            else props.onType(place, "");
          }}
        />
      </span>
      <span id={`${id}-meaning`} className="for-readers">
        {meaning ? `${standingWords(meaning)}. ` : ""}
        {props.remark}
      </span>
      {props.remark !== "" && (
        <span className="lab-range lab-remark" aria-hidden="true">
          {props.remark}
        </span>
      )}
      <FieldError id={`${id}-error`} error={error} />
    </td>
  );
}

/** Unit and limits of a row, as the laboratory printed them last time; they go with what is typed in this row. */
export function RangeCells(props: {
  testId: string;
  range: RangeEntry;
  results: readonly LabResultView[];
  errorAt: (path: string) => string | undefined;
  onChange: (range: RangeEntry) => void;
}) {
  const { testId, range, errorAt } = props;
  const test = labTest(testId);
  const name = testName(testId);
  if (test?.kind === "words")
    return (
      <td colSpan={3} aria-colindex={2} className="lab-cell lab-range-words">
        negative, positive
      </td>
    );
  return (
    <>
      <td data-at={cellId(testId, "unit")} aria-colindex={2} className="lab-cell">
        {test !== null && test.units.length > 1 ? (
          <Select
            label={`${name}, unit`}
            labelHidden
            name={`ranges.${testId}.unit`}
            value={range.unit}
            options={test.units.map((unit) => ({ value: unit.ucum, label: unit.label }))}
            error={errorAt(`ranges.${testId}.unit`)}
            // Limits belong to their unit: those of the other unit are looked up, never converted.
            onChange={(unit) => props.onChange(lastRange(props.results, testId, "conventional", unit))}
          />
        ) : (
          unitWords(testId, range.unit)
        )}
      </td>
      {(["rangeLow", "rangeHigh"] as const).map((side, at) => (
        <td key={side} data-at={cellId(testId, side)} aria-colindex={at + 3} className="lab-cell">
          <NumberField
            label={`${name}, range ${side === "rangeLow" ? "from" : "to"}`}
            labelHidden
            name={`ranges.${testId}.${side}`}
            value={range[side]}
            error={errorAt(`ranges.${testId}.${side}`)}
            onChange={(value) => props.onChange({ ...range, [side]: value })}
          />
        </td>
      ))}
    </>
  );
}
