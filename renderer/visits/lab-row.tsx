import { useId, useState } from "react";
import type { LabInterpretation } from "#shared/records/lab-result.ts";
import type { VisitLab } from "#shared/records/visit.ts";
import { resultWords } from "#shared/records/words.ts";
import { type LabReading, labTest, readLabValue } from "#shared/rules/lab-tests.ts";
import { checkLab, type DatedContext } from "#shared/rules/plausibility.ts";
import { useDates } from "#renderer/ui/dates.tsx";
import { FieldError } from "#renderer/ui/field.tsx";
import { NumberField } from "#renderer/ui/number-field.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { Meaning } from "./meaning.tsx";
import type { VisitAround } from "./visit-form.ts";

/** One test of the draw: its last value, the result as typed, unit and range, and what it says. */
export function LabRow(props: {
  row: VisitLab;
  at: number;
  around: VisitAround;
  meaning: LabInterpretation | null;
  errorAt: (path: string) => string | undefined;
  onChange: (part: Partial<VisitLab>) => void;
}) {
  const { row, at, onChange } = props;
  const dates = useDates();
  const [left, setLeft] = useState(true);
  const errorId = useId();
  const dated = { birthDate: props.around.chart.patient.birthDate, today: dates.today };
  const test = labTest(row.testId);
  const reading = readLabValue(textOf(row));
  const refused = props.errorAt(`labs.${at}.value`);
  // Not while one types it; but what was refused is told at once, in our words rather than in the schema's.
  const error = (left || refused !== undefined ? impossible(row, reading, dated) : undefined) ?? refused;
  const name = test?.shortName ?? row.testId;
  const before = props.around.results
    .filter((one) => one.testId === row.testId && one.id !== row.id && one.collectedOn < row.collectedOn)
    .toSorted((a, b) => (a.collectedOn < b.collectedOn ? -1 : 1))
    .at(-1);
  return (
    <tr>
      <th scope="row" title={test?.name}>
        {name}
      </th>
      <td data-align="end" className="lab-before">
        {before === undefined ? (
          <span className="muted">none</span>
        ) : (
          <>
            {resultWords(before)} <span className="muted">{dates.date(before.collectedOn)}</span>
          </>
        )}
      </td>
      <td data-cell={`${at}:0`} data-field={`labs.${at}.value`}>
        <ValueCell
          row={row}
          label={`${name}, result`}
          errorId={errorId}
          error={error}
          onChange={onChange}
          onLeft={setLeft}
        />
      </td>
      <td data-cell={`${at}:1`}>
        {test && test.kind === "quantity" ? (
          <Select
            label={`${name}, unit`}
            labelHidden
            name={`labs.${at}.unit`}
            value={row.unit}
            options={test.units.map((unit) => ({ value: unit.ucum, label: unit.label }))}
            error={props.errorAt(`labs.${at}.unit`)}
            onChange={(unit) => onChange({ unit, rangeLow: null, rangeHigh: null })}
          />
        ) : null}
      </td>
      {(["rangeLow", "rangeHigh"] as const).map((side, index) => (
        <td key={side} data-cell={`${at}:${index + 2}`}>
          {test?.kind !== "words" && (
            <NumberField
              label={`${name}, range ${side === "rangeLow" ? "from" : "to"}`}
              labelHidden
              name={`labs.${at}.${side}`}
              value={row[side]}
              error={props.errorAt(`labs.${at}.${side}`)}
              onChange={(value) => onChange({ [side]: value })}
            />
          )}
        </td>
      ))}
      <td className="lab-meaning">
        <FieldError id={errorId} error={error} />
        {props.meaning && error === undefined && <Meaning meaning={props.meaning} />}
      </td>
    </tr>
  );
}

/** Why what was typed can be no result of this test; undefined while nothing is typed, or when it can. */
function impossible(row: VisitLab, reading: LabReading, dated: DatedContext): string | undefined {
  if (textOf(row) === "") return undefined;
  if (!reading.ok) return reading.sentence;
  return checkLab(row, dated, "").invalid.find((one) => one.path === "value")?.sentence;
}

/** A result as typed: `54`, `<5`, `neg`. What cannot be read stays as it was typed and is refused at its place. */
function ValueCell(props: {
  row: VisitLab;
  label: string;
  errorId: string;
  error: string | undefined;
  onChange: (part: Partial<VisitLab>) => void;
  onLeft: (left: boolean) => void;
}) {
  const { row } = props;
  const [typed, setTyped] = useState(() => textOf(row));
  return (
    <input
      className="input lab-value"
      aria-label={props.label}
      aria-invalid={props.error ? true : undefined}
      aria-describedby={props.error ? props.errorId : undefined}
      value={says(typed, row) ? typed : textOf(row)}
      autoComplete="off"
      spellCheck={false}
      onFocus={() => props.onLeft(false)}
      onBlur={() => props.onLeft(true)}
      onChange={(event) => {
        setTyped(event.target.value);
        props.onChange(partOf(event.target.value));
      }}
    />
  );
}

function partOf(typed: string): Partial<VisitLab> {
  if (typed.trim() === "") return { comparator: null, value: null, text: "" };
  const reading: LabReading = readLabValue(typed);
  if (reading.ok) return { comparator: reading.comparator, value: reading.value, text: reading.text };
  // The record's schema refuses the text at this field; until then nothing typed is lost.
  return { comparator: null, value: typed as unknown as number, text: "" };
}

function textOf(row: VisitLab): string {
  const value: unknown = row.value;
  if (typeof value === "string") return value;
  return row.value === null ? row.text : `${row.comparator ?? ""}${row.value}`;
}

function says(typed: string, row: VisitLab): boolean {
  const part = partOf(typed);
  return part.value === row.value && part.comparator === row.comparator && part.text === row.text;
}
