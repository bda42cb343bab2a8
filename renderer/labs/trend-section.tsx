/** The trend of one test under the flowsheet: the drawing, and the same as a table beside it. */
import { lazy, Suspense, useId, useMemo, useRef, useState } from "react";
import type { CalendarDate } from "#shared/calendar.ts";
import type { LabResultView } from "#shared/records/lab-result.ts";
import { labTests } from "#shared/rules/lab-tests.ts";
import { rangeWords, resultWords, standingWords, unitWords } from "#shared/records/words.ts";
import { useDates } from "#renderer/ui/dates.tsx";
import { Section } from "#renderer/ui/layout.tsx";
import { useLetterKeys } from "#renderer/ui/letter-keys.ts";
import { Select } from "#renderer/ui/select.tsx";
import { EmptyState, Skeleton } from "#renderer/ui/status.tsx";
import { doseOn } from "./dose-on.ts";
import { type Flowsheet, testName } from "./flowsheet-model.ts";
import { drawableTests, timeAxis, type Trend, trendOf } from "./trend-data.ts";

const TrendChart = lazy(() => import("./trend-chart.tsx").then((file) => ({ default: file.TrendChart })));

export function TrendSection({ flowsheet }: { flowsheet: Flowsheet }) {
  const { today } = useDates();
  const nameId = useId();
  const select = useRef<{ focus: () => void } | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const tests = useMemo(
    () =>
      drawableTests(
        flowsheet,
        labTests.map((one) => one.id),
      ),
    [flowsheet],
  );
  const testId = chosen !== null && tests.includes(chosen) ? chosen : (tests[0] ?? null);
  const axis = useMemo(() => timeAxis(flowsheet, today), [flowsheet, today]);
  const trend = useMemo(
    () => (testId === null ? null : trendOf(flowsheet, testId, axis)),
    [flowsheet, testId, axis],
  );
  useLetterKeys((letter) => {
    if (letter !== "t" || testId === null) return false;
    select.current?.focus();
    return true;
  });

  if (trend === null || testId === null)
    return (
      <Section title="Trend">
        <EmptyState title="No result can be drawn yet.">
          Only results that are numbers make a trend.
        </EmptyState>
      </Section>
    );
  return (
    <Section
      title="Trend"
      actions={
        <Select
          label="Test of the trend"
          labelHidden
          size="small"
          value={testId}
          options={tests.map((one) => ({ value: one, label: testName(one) }))}
          onChange={setChosen}
          register={(element) => {
            select.current = element;
          }}
        />
      }
    >
      <div className="trend">
        <figure aria-labelledby={nameId}>
          <figcaption id={nameId} className="trend-name">
            {testName(testId)} in {unitWords(testId, trend.unit)}
            {flowsheet.doses.length > 0 && ", with the dose in mg/day"}
          </figcaption>
          <Suspense fallback={<Skeleton lines={6} label="Drawing the trend" />}>
            <TrendChart trend={trend} flowsheet={flowsheet} axis={axis} compact={false} />
          </Suspense>
          <p className="trend-legend">
            The band is the range of the laboratory. Disc: within; diamond: outside; ring: not known;
            triangle: only a bound, such as &lt;5.
            {flowsheet.events.length > 0 && " Dotted line: the dose was begun, changed or stopped."}
          </p>
          <TrendRemarks trend={trend} />
        </figure>
        <TrendTable flowsheet={flowsheet} trend={trend} />
      </div>
    </Section>
  );
}

/** What the drawing changed or left out. */
function TrendRemarks({ trend }: { trend: Trend }) {
  const { converted, leftOut, testId } = trend;
  const from = [...new Set(converted.map((one) => unitWords(testId, one.unit)))].join(", ");
  return (
    <>
      {converted.length > 0 && (
        <p className="trend-legend">
          {converted.length === 1 ? "1 result" : `${converted.length} results`} in {from}, drawn as{" "}
          {unitWords(testId, trend.unit)}. The table shows every result as reported.
        </p>
      )}
      {leftOut.length > 0 && (
        <p className="trend-legend">
          {leftOut.length === 1 ? "1 result is" : `${leftOut.length} results are`} not drawn: a word, or a
          unit that is not known.
        </p>
      )}
    </>
  );
}

type Line = { on: CalendarDate; result: LabResultView | null; event: string };

/** The same data as a table, the newest first: results as reported, and what happened to the dose. */
function TrendTable({ flowsheet, trend }: { flowsheet: Flowsheet; trend: Trend }) {
  const dates = useDates();
  const lines: Line[] = [
    ...flowsheet.results
      .filter((one) => one.testId === trend.testId)
      .map((result) => ({ on: result.collectedOn, result, event: "" })),
    ...flowsheet.events.map((one) => ({ on: one.on, result: null, event: one.label })),
  ].toSorted((a, b) => (a.on < b.on ? 1 : a.on > b.on ? -1 : 0));
  const caption = `${testName(trend.testId)} and dose, the newest first`;
  return (
    <div className="trend-table" role="group" aria-label={caption} tabIndex={0}>
      <table className="table">
        <caption className="for-readers">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Date</th>
            <th scope="col" data-align="end">
              Result
            </th>
            <th scope="col">Range</th>
            <th scope="col">Reads as</th>
            <th scope="col" data-align="end">
              Dose
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ on, result, event }) => {
            const mg = doseOn(flowsheet.doses, on);
            return (
              <tr key={result?.id ?? `${on} ${event}`} data-tone={result === null ? "muted" : undefined}>
                <th scope="row">{dates.date(on)}</th>
                {result === null ? (
                  <td colSpan={3}>{event}</td>
                ) : (
                  <>
                    <td data-align="end">{resultWords(result)}</td>
                    <td>{rangeWords(result) || "not given"}</td>
                    <td>{standingWords(result.interpretation)}</td>
                  </>
                )}
                <td data-align="end">{mg === null ? "none" : `${mg} mg`}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
