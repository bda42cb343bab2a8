/** The small trend beside a lab result on paper: a pure function from values to SVG text. */
import { daysBetween, type CalendarDate } from "./calendar.ts";

export type TrendPoint = { on: CalendarDate; value: number };

/** Sizes in points. Colours print well in grey; an out-of-range point differs by its shape as well. */
export type TrendLook = { width: number; height: number; ink: string; band: string };

const PAD = 3;

/**
 * A line through the values over time, on the reference band. The band reaches the edge on a side that has no limit; with no
 * limit at all there is no band. Points outside the band are hollow squares, inside small dots, the last one larger.
 * Returns null when there is nothing to draw: fewer than two values.
 */
export function trendDrawing(
  points: readonly TrendPoint[],
  range: { low: number | null; high: number | null },
  look: TrendLook,
): string | null {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || points.length < 2) return null;

  const limits = [range.low, range.high].filter((one) => one !== null);
  const all = [...points.map((one) => one.value), ...limits];
  const lowest = Math.min(...all);
  const highest = Math.max(...all);
  const span = highest - lowest || 1;
  const days = Math.max(1, daysBetween(first.on, last.on));
  const x = (on: CalendarDate): number => PAD + ((look.width - 2 * PAD) * daysBetween(first.on, on)) / days;
  const y = (value: number): number =>
    look.height - PAD - ((look.height - 2 * PAD) * (value - lowest)) / span;

  const parts: string[] = [];
  if (limits.length > 0) {
    const top = range.high === null ? 0 : y(range.high);
    const bottom = range.low === null ? look.height : y(range.low);
    parts.push(
      `<rect x="0" y="${n(top)}" width="${n(look.width)}" height="${n(Math.max(0.5, bottom - top))}" fill="${look.band}"/>`,
    );
    for (const limit of limits)
      parts.push(
        `<line x1="0" y1="${n(y(limit))}" x2="${n(look.width)}" y2="${n(y(limit))}" stroke="#8a8a8a" stroke-width="0.4"/>`,
      );
  }
  const path = points.map((one) => `${n(x(one.on))},${n(y(one.value))}`).join(" ");
  parts.push(`<polyline points="${path}" fill="none" stroke="${look.ink}" stroke-width="0.9"/>`);
  points.forEach((one, index) => {
    const outside =
      (range.low !== null && one.value < range.low) || (range.high !== null && one.value > range.high);
    const radius = index === points.length - 1 ? 1.9 : 1.1;
    const [cx, cy] = [x(one.on), y(one.value)];
    parts.push(
      outside
        ? `<rect x="${n(cx - radius)}" y="${n(cy - radius)}" width="${n(2 * radius)}" height="${n(2 * radius)}" fill="#ffffff" stroke="${look.ink}" stroke-width="0.9"/>`
        : `<circle cx="${n(cx)}" cy="${n(cy)}" r="${n(radius)}" fill="${look.ink}"/>`,
    );
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${n(look.width)}" height="${n(look.height)}" viewBox="0 0 ${n(look.width)} ${n(look.height)}">${parts.join("")}</svg>`;
}

/** Two decimals at most, so that the same values always give the same text. */
function n(value: number): string {
  return String(Math.round(value * 100) / 100);
}
