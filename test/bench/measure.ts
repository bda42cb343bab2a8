/** Times things and sets the times in a table. Reports; never judges. */

/** Milliseconds of each repetition, sorted. */
export type Times = readonly number[];

/** Runs `work` once to warm up, unless `cold`, then `times` times. */
export async function timesOf(
  times: number,
  work: (round: number) => unknown,
  options: { cold?: boolean } = {},
): Promise<Times> {
  if (options.cold !== true) await work(0);
  const taken: number[] = [];
  for (let round = 0; round < times; round += 1) {
    const from = performance.now();
    await work(round);
    taken.push(performance.now() - from);
  }
  return taken.toSorted((a, b) => a - b);
}

/** The value below which a share of the times lies (nearest rank). */
export function quantile(times: Times, share: number): number {
  return times[Math.min(times.length - 1, Math.max(0, Math.ceil(share * times.length) - 1))] ?? Number.NaN;
}

/** One line of the report. */
export type Row = {
  what: string;
  times: Times;
  floor: Times | null;
  /** Target of the product page in ms, for p95; null when there is none. */
  target: number | null;
};

/** Milliseconds for people: three figures. */
function ms(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** The rows as a table of text; `smaller` are the same rows at a tenth of the size, to show growth. */
export function table(rows: readonly Row[], smaller: readonly Row[] | null): string {
  const head = ["", "p50 ms", "p95 ms", "target", "floor p50", "ratio", "p50 at 1/10", "growth"];
  const lines = rows.map((row) => {
    const p50 = quantile(row.times, 0.5);
    const small = smaller?.find((one) => one.what === row.what);
    const floor = row.floor === null ? null : quantile(row.floor, 0.5);
    const smallP50 = small === undefined ? null : quantile(small.times, 0.5);
    return [
      row.what,
      ms(p50),
      ms(quantile(row.times, 0.95)),
      row.target === null ? "" : `< ${row.target}`,
      floor === null ? "" : ms(floor),
      floor === null ? "" : `${(p50 / floor).toFixed(1)}x`,
      smallP50 === null ? "" : ms(smallP50),
      smallP50 === null ? "" : `${(p50 / smallP50).toFixed(1)}x`,
    ];
  });
  const widths = head.map((_, column) =>
    Math.max(...[head, ...lines].map((line) => (line[column] ?? "").length)),
  );
  return [head, ...lines]
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  "),
    )
    .join("\n");
}
