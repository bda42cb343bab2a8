/**
 * The trend of the main tests with the dose under it. Exports `TrendPanel({ patientId })`; app.tsx hands it to the chart.
 */
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useId } from "react";
import { mayCall } from "#shared/permissions.ts";
import { resultWords, unitWords } from "#shared/records/words.ts";
import { useApi, useSession } from "#renderer/api.ts";
import { useDates } from "#renderer/ui/dates.tsx";
import { Section } from "#renderer/ui/layout.tsx";
import { RefusalNotice } from "#renderer/ui/refusal.tsx";
import { Skeleton } from "#renderer/ui/status.tsx";
import { FlagMark } from "#renderer/ui/lab-flag.tsx";
import { type Flowsheet, testName } from "./flowsheet-model.ts";
import { drawableTests, type TimeAxis, timeAxis, trendOf } from "./trend-data.ts";
import "./labs.css";

const TrendChart = lazy(() => import("./trend-chart.tsx").then((file) => ({ default: file.TrendChart })));

/** The tests that every course of isotretinoin follows: liver and lipids. */
const MAIN_TESTS = ["alt", "triglycerides"];

export type TrendPanelProps = { patientId: string };

export function TrendPanel({ patientId }: TrendPanelProps) {
  const user = useSession()?.user ?? null;
  const dates = useDates();
  const may = mayCall("labs.flowsheet", user);
  const flowsheet = useApi("labs.flowsheet", { patientId }, { enabled: may });
  if (!may) return null;
  const tests = flowsheet.value ? drawableTests(flowsheet.value, MAIN_TESTS) : [];
  const axis = flowsheet.value && timeAxis(flowsheet.value, dates.today);
  return (
    <Section
      title="Labs and dose"
      actions={
        <Link to="/patients/$patientId/labs" params={{ patientId }} className="link">
          All results
        </Link>
      }
    >
      <RefusalNotice refusal={flowsheet.refusal} />
      {flowsheet.loading && <Skeleton lines={5} />}
      {flowsheet.value && tests.length === 0 && (
        <p className="muted">
          {flowsheet.value.results.length === 0
            ? "No results yet."
            : "No results of ALT or triglycerides yet."}
        </p>
      )}
      {flowsheet.value && axis && (
        <div className="trend-pair">
          {tests.map((testId) => (
            <SmallTrend key={testId} testId={testId} flowsheet={flowsheet.value} axis={axis} />
          ))}
        </div>
      )}
    </Section>
  );
}

function SmallTrend(props: { testId: string; flowsheet: Flowsheet | undefined; axis: TimeAxis }) {
  const { testId, flowsheet, axis } = props;
  const dates = useDates();
  const nameId = useId();
  const trend = flowsheet && trendOf(flowsheet, testId, axis);
  if (!flowsheet || !trend) return null;
  const latest = flowsheet.results
    .filter((one) => one.testId === testId)
    .reduce((last, one) => (last.collectedOn > one.collectedOn ? last : one));
  return (
    <figure aria-labelledby={nameId}>
      <figcaption id={nameId}>
        <strong>{testName(testId)}</strong>{" "}
        <span className="muted">
          in {unitWords(testId, trend.unit)}
          {flowsheet.doses.length > 0 && ", dose in mg/day under it"}
        </span>
        <br />
        {resultWords(latest)} on {dates.date(latest.collectedOn)} <FlagMark meaning={latest.interpretation} />
      </figcaption>
      <Suspense fallback={<Skeleton lines={4} label="Drawing the trend" />}>
        <TrendChart trend={trend} flowsheet={flowsheet} axis={axis} compact />
      </Suspense>
    </figure>
  );
}
