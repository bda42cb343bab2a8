import { type KeyboardEvent, useRef } from "react";
import { useWatch } from "react-hook-form";
import { ageOn, isCalendarDate } from "#shared/calendar.ts";
import type { LabInterpretation } from "#shared/records/lab-result.ts";
import type { VisitLab } from "#shared/records/visit.ts";
import { labTest, labTests, preferredUnit } from "#shared/rules/lab-tests.ts";
import { baselineOf, interpretAll, noContext } from "#shared/rules/labs.ts";
import { DateField } from "#renderer/ui/date-field.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { FieldRow, Section } from "#renderer/ui/layout.tsx";
import { Segmented } from "#renderer/ui/segmented.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { useErrorAt } from "./errors.ts";
import { LabRow } from "./lab-row.tsx";
import { isEmptyRow, type VisitAround, type VisitPageForm } from "./visit-form.ts";

/** The blood results of one draw as a grid: tests down; Enter goes to the next test, Tab to the next cell. */
export function LabsSection({ form, around }: { form: VisitPageForm; around: VisitAround }) {
  const dates = useDates();
  const [rows, symptoms, day] = useWatch({ control: form.control, name: ["labs", "sideEffects", "date"] });
  const errorAt = useErrorAt(form);
  const table = useRef<HTMLTableElement>(null);
  const said = meaningsOf(rows, symptoms, around);
  const drawn = rows[0]?.collectedOn ?? day;
  // One date for all rows; what is wrong with it is said of the first row in which something stands.
  const first = Math.max(
    0,
    rows.findIndex((row) => !isEmptyRow(row)),
  );
  const fasting = rows.find((one) => labTest(one.testId)?.fastingMatters)?.fasting ?? null;
  const more = labTests.filter(
    (test) => test.units[0].ucum !== "" && !rows.some((row) => row.testId === test.id),
  );

  function setRows(next: VisitLab[]): void {
    form.setValue("labs", next, { shouldDirty: true });
  }

  function setRow(at: number, part: Partial<VisitLab>): void {
    setRows(form.getValues("labs").map((row, index) => (index === at ? { ...row, ...part } : row)));
  }

  function addTest(testId: string): void {
    const test = labTest(testId);
    if (test === null) return;
    const last = around.results.findLast((one) => one.testId === testId);
    const row: VisitLab = {
      id: null,
      testId,
      collectedOn: drawn,
      comparator: null,
      value: null,
      text: "",
      unit: last?.unit ?? preferredUnit(test, around.clinic.labUnits).ucum,
      rangeLow: last?.rangeLow ?? null,
      rangeHigh: last?.rangeHigh ?? null,
      fasting: test.fastingMatters ? fasting : null,
      note: "",
    };
    const before = form.getValues("labs");
    setRows([...before, row]);
    requestAnimationFrame(() => focusCell(before.length, 0));
  }

  function focusCell(row: number, column: number): boolean {
    const cell = table.current?.querySelector<HTMLElement>(
      `[data-cell="${row}:${column}"] :is(input, select)`,
    );
    cell?.focus();
    if (cell instanceof HTMLInputElement) cell.select();
    return cell !== null && cell !== undefined;
  }

  function walk(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target instanceof HTMLElement ? event.target : null;
    const place = target?.closest<HTMLElement>("[data-cell]")?.dataset["cell"]?.split(":").map(Number);
    const [row, column] = place ?? [];
    if (row === undefined || column === undefined) return;
    // In a list of units the arrows choose the unit.
    const arrows = !(target instanceof HTMLSelectElement);
    if (event.key === "Enter" || (arrows && event.key === "ArrowDown")) {
      event.preventDefault();
      event.stopPropagation();
      if (!focusCell(row + 1, column) && event.key === "Enter")
        document.getElementById("visit-labs-add")?.querySelector("select")?.focus();
    } else if (arrows && event.key === "ArrowUp") {
      event.preventDefault();
      if (row > 0) focusCell(row - 1, column);
    }
  }

  return (
    <Section id="visit-labs" title="Blood results">
      <FieldRow>
        <DateField
          label="Collected on"
          name={`labs.${first}.collectedOn`}
          value={drawn}
          whenEmpty=""
          error={errorAt(`labs.${first}.collectedOn`)}
          onChange={(next) => setRows(rows.map((row) => ({ ...row, collectedOn: next ?? "" })))}
        />
        <Segmented
          label="Fasting"
          clearable
          options={[
            { value: "yes", label: "Yes", keys: "y" },
            { value: "no", label: "No", keys: "n" },
          ]}
          value={fasting === null ? null : fasting ? "yes" : "no"}
          onChange={(next) =>
            setRows(
              rows.map((row) =>
                labTest(row.testId)?.fastingMatters
                  ? { ...row, fasting: next === null ? null : next === "yes" }
                  : row,
              ),
            )
          }
        />
      </FieldRow>
      <div className="table-frame">
        <table ref={table} className="table visit-labs" onKeyDown={walk}>
          <caption className="for-readers">
            Blood results of {isCalendarDate(drawn) ? dates.date(drawn) : "this visit"}
          </caption>
          <thead>
            <tr>
              <th scope="col">Test</th>
              <th scope="col" data-align="end">
                Before
              </th>
              <th scope="col">Result</th>
              <th scope="col">Unit</th>
              <th scope="col">Range from</th>
              <th scope="col">to</th>
              <th scope="col">What it says</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <LabRow
                // A test stands once in the grid.
                key={`${row.testId}:${row.id ?? "new"}`}
                row={row}
                at={at}
                around={around}
                meaning={said[at] ?? null}
                errorAt={errorAt}
                onChange={(part) => setRow(at, part)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div id="visit-labs-add">
        <Select
          label="Add a test"
          placeholder="Another test…"
          value=""
          options={more.map((test) => ({ value: test.id, label: `${test.shortName}, ${test.name}` }))}
          onChange={addTest}
        />
      </div>
    </Section>
  );
}

/** What the rows say together, in their order; null for an empty one. Read as the record will read them. */
function meaningsOf(
  rows: readonly VisitLab[],
  symptoms: readonly { code: string; grade: number }[],
  around: VisitAround,
): (LabInterpretation | null)[] {
  const { patient } = around.chart;
  // A value that could not be read stays as text until it is typed again: it says nothing.
  const readable = rows.filter((row) => !isEmptyRow(row) && typeof row.value !== "string");
  const on = rows[0]?.collectedOn ?? "";
  // Neither does a draw whose day is still being typed.
  if (!isCalendarDate(on)) return rows.map(() => null);
  const said = interpretAll(readable, {
    ...noContext,
    baseline: baselineOf(around.results, around.course.progress.startedOn),
    age: patient.birthDate <= on ? ageOn(patient.birthDate, on) : null,
    symptoms: symptoms.filter((one) => one.grade > 0).map((one) => one.code),
  });
  return rows.map((row) => said[readable.indexOf(row)] ?? null);
}
