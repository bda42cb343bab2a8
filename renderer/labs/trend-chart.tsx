/** A test over time with the dose under it. Drawn with recharts, which is big: loaded only when a trend is shown. */
import {
  Area,
  CartesianGrid,
  ComposedChart,
  type DotItemDotProps,
  Line,
  ReferenceLine,
  Tooltip,
  type TooltipContentProps,
  XAxis,
  YAxis,
} from "recharts";
import { formatDate } from "#shared/calendar.ts";
import type { Comparator } from "#shared/records/lab-result.ts";
import { rangeWords, resultWords, unitWords } from "#shared/records/words.ts";
import { useDates } from "#renderer/ui/dates.tsx";
import { FlagMark, statusOf } from "#renderer/ui/lab-flag.tsx";
import { doseOn } from "./dose-on.ts";
import { type Flowsheet, testName } from "./flowsheet-model.ts";
import { dateOf, dayOf, doseSteps, type TimeAxis, type Trend, type TrendPoint } from "./trend-data.ts";

export type TrendChartProps = {
  trend: Trend;
  flowsheet: Flowsheet;
  axis: TimeAxis;
  /** The small version on the chart's overview. */
  compact: boolean;
};

/** Width in pixels of the axes of values, alike in both drawings, so that their days stand under each other. */
const AXIS = 44;

export function TrendChart({ trend, flowsheet, axis, compact }: TrendChartProps) {
  const dates = useDates();
  const name = testName(trend.testId);
  const month = (day: number) =>
    dates.style === "iso" ? dateOf(day).slice(0, 7) : formatDate(dateOf(day), "dmy").replace(/^\d+ /u, "");
  const time = {
    dataKey: "day",
    type: "number" as const,
    domain: [axis.from, axis.to] as [number, number],
    ticks: axis.ticks,
    tickFormatter: month,
    tickLine: false,
    allowDataOverflow: true,
    minTickGap: 12,
  };
  const value = {
    width: AXIS,
    axisLine: false,
    tickLine: false,
  };
  const margin = { top: 8, right: 8, bottom: 0, left: 0 };
  const doses = doseSteps(flowsheet, axis);
  const dosed = flowsheet.doses.length > 0;
  const most = Math.max(...doses.map((one) => one.mg));
  const events = flowsheet.events.map((one) => ({ ...one, day: dayOf(one.on) }));
  const syncId = `trend-${trend.testId}`;
  return (
    <div className="trend-chart">
      <ComposedChart
        responsive
        style={{ width: "100%", height: compact ? 120 : 240 }}
        data={trend.points}
        margin={margin}
        syncId={syncId}
        syncMethod="value"
        accessibilityLayer
        aria-label={`${name} over time in ${unitWords(trend.testId, trend.unit)}; arrow keys go from result to result`}
      >
        <CartesianGrid vertical={false} />
        <XAxis {...time} hide={dosed} />
        <YAxis
          {...value}
          domain={[trend.ticks[0] ?? 0, trend.ticks.at(-1) ?? 1]}
          ticks={compact ? [trend.ticks[0] ?? 0, trend.ticks.at(-1) ?? 1] : trend.ticks}
          interval={0}
        />
        <Area
          dataKey="band"
          type="step"
          className="trend-band"
          stroke="none"
          isAnimationActive={false}
          activeDot={false}
          dot={false}
        />
        {events.map((one) => (
          <ReferenceLine key={`${one.on} ${one.label}`} x={one.day} className="trend-event" />
        ))}
        <Line
          dataKey="value"
          type="linear"
          className="trend-line"
          isAnimationActive={false}
          dot={ResultDot}
          activeDot={false}
        />
        <Tooltip isAnimationActive={false} filterNull={false} content={resultTip(flowsheet)} />
      </ComposedChart>
      {dosed && (
        <ComposedChart
          responsive
          style={{ width: "100%", height: compact ? 68 : 112 }}
          data={doses}
          margin={{ ...margin, top: compact ? 16 : 26 }}
          accessibilityLayer={false}
          aria-hidden="true"
        >
          <XAxis {...time} />
          <YAxis
            {...value}
            domain={[0, Math.max(most, 1)]}
            ticks={[0, Math.max(most, 1)]}
            unit=""
            interval={0}
          />
          <Area
            dataKey="mg"
            type="stepAfter"
            className="trend-dose"
            isAnimationActive={false}
            dot={false}
            activeDot={false}
          />
          {events.map((one, at) => (
            <ReferenceLine
              key={`${one.on} ${one.label}`}
              x={one.day}
              className="trend-event"
              {...(!compact && hasRoom(events, at, axis)
                ? { label: { value: one.label, position: "insideTopLeft", offset: 0, dy: -16 } }
                : {})}
            />
          ))}
        </ComposedChart>
      )}
    </div>
  );
}

/** A label is left out where it would lie on the one before: the table names every event. */
function hasRoom(events: readonly { day: number; label: string }[], at: number, axis: TimeAxis): boolean {
  // The chart is at least as wide as a hundred letters.
  const perLetter = (axis.to - axis.from) / 100;
  let free = -Infinity;
  for (const [index, one] of events.entries()) {
    const fits = one.day >= free && one.day + one.label.length * perLetter <= axis.to;
    if (index === at) return fits;
    if (fits) free = one.day + (one.label.length + 1) * perLetter;
  }
  return false;
}

/**
 * A result's point: a disc within the range, a diamond outside, a ring where that is not known; a triangle that points
 * the way for a result that is only a bound (`<5`).
 */
function ResultDot(props: DotItemDotProps) {
  const point = props.payload as TrendPoint;
  const { cx, cy } = props;
  const { result } = point;
  if (result === null || point.value === null || typeof cx !== "number" || typeof cy !== "number")
    return <g key={props.index} />;
  return (
    <path
      key={props.index}
      className="trend-dot"
      data-status={statusOf(result.interpretation)}
      data-open={result.comparator !== null || result.interpretation.flag === "unknown" || undefined}
      transform={`translate(${cx} ${cy})`}
      d={shapeOf(result.comparator, result.interpretation.flag)}
    />
  );
}

function shapeOf(comparator: Comparator | null, flag: string): string {
  if (comparator === "<" || comparator === "<=") return "M-5 -4H5L0 5Z";
  if (comparator !== null) return "M-5 4H5L0 -5Z";
  if (flag === "normal" || flag === "unknown") return "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z";
  return "M0 -5.5L5.5 0L0 5.5L-5.5 0Z";
}

/** The library calls it with what the pointer is on; it keeps no state. */
function resultTip(flowsheet: Flowsheet) {
  return (tip: TooltipContentProps) => <ResultTip tip={tip} flowsheet={flowsheet} />;
}

/** What stands beside the pointer, or beside the point that the arrow keys are on. */
function ResultTip({ tip, flowsheet }: { tip: TooltipContentProps; flowsheet: Flowsheet }) {
  const dates = useDates();
  if (!tip.active) return null;
  const point = tip.payload[0]?.payload as TrendPoint | undefined;
  const result = point?.result;
  if (!result) return null;
  const range = rangeWords(result);
  const mg = doseOn(flowsheet.doses, result.collectedOn);
  return (
    <div className="trend-tip">
      <strong>{resultWords(result)}</strong>
      <span>{dates.date(result.collectedOn)}</span>
      <FlagMark meaning={result.interpretation} />
      <span className="muted">{range === "" ? "no range given" : `range ${range}`}</span>
      {mg !== null && <span className="muted">{mg === 0 ? "no dose" : `dose ${mg} mg/day`}</span>}
    </div>
  );
}
