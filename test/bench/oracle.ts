/**
 * `npm run bench -- oracle [--histories N] [--from N]`: the engine and the oracle (`test/oracle`) on random histories, two hundred
 * thousand unless told otherwise, and how long the engine takes for one course. It reports every disagreement that it finds.
 */
import { disagreements, engineSays, report } from "#test/oracle/compare.ts";
import { type Question, randomHistory } from "#test/oracle/histories.ts";
import type { ProgrammeFacts } from "#shared/rules/facts.ts";
import { inTime } from "#shared/rules/entries-in-order.ts";
import { quantile } from "./measure.ts";

/** How many disagreements are told in full, as soon as they are found; the others are counted. */
const TOLD = 5;

type Count = { histories: number; questions: number; yes: number; disagreements: number };

/** Asks `histories` histories from number `from` on; the number of disagreements. */
export function benchOracle(from: number, histories: number, say: (line: string) => void): number {
  const counts = new Map<string, Count>();
  let told = 0;
  const began = performance.now();
  for (let number = from; number < from + histories; number += 1) {
    const { sort, facts, questions } = randomHistory(number);
    const inGroups = new Set<string>();
    for (const question of questions) {
      const verdict = engineSays(facts, question);
      const found = disagreements(facts, question, verdict);
      for (const group of ["all", verdict.edition, CATEGORIES[sort] ?? sort]) {
        const count = counts.get(group) ?? { histories: 0, questions: 0, yes: 0, disagreements: 0 };
        counts.set(group, count);
        if (!inGroups.has(group)) count.histories += 1;
        inGroups.add(group);
        count.questions += 1;
        count.yes += verdict.answer === "yes" ? 1 : 0;
        count.disagreements += found.length;
      }
      const [first] = found;
      if (first === undefined || told >= TOLD) continue;
      told += 1;
      say(`\nHistory ${number}. ${report(facts, question, first.rule)}\n`);
    }
    const done = number - from + 1;
    if (done % Math.max(1, Math.floor(histories / 20)) === 0) {
      const seconds = (performance.now() - began) / 1000;
      say(`${done} of ${histories} histories, ${seconds.toFixed(0)} s, ${total(counts)} disagreements`);
    }
  }
  const seconds = (performance.now() - began) / 1000;
  say(`\n${tableOf(counts)}\n`);
  const { first, again } = judgeTimes(from, Math.min(histories, TIMED));
  const ms = (times: number[], share: number) => quantile(times, share).toFixed(3);
  const both = (times: number[]) =>
    `${ms(times, 0.5)} ms (p50), ${ms(times, 0.95)} ms (p95; target < 0.1 ms)`;
  say(`The engine judges one course in ${both(again)}, as for Today while nothing new is recorded of it;`);
  say(`in ${both(first)} when it reads the course for the first time.`);
  say(`${histories} histories from number ${from} in ${seconds.toFixed(0)} s.`);
  return total(counts);
}

/** How many of the histories the engine's time is taken on. */
const TIMED = 2_000;

/** Facts as they come from the record: lists of their own, sorted by day a moment ago. */
function justRead(facts: ProgrammeFacts): ProgrammeFacts {
  return {
    ...facts,
    entries: facts.entries.toSorted(inTime),
    prescriptions: facts.prescriptions.toSorted((one, other) => (one.issuedAt < other.issuedAt ? -1 : 1)),
  };
}

/** Rounds before the times count: until then the runtime is still compiling the engine. */
const WARM_UP = 3;

/**
 * Milliseconds per question, sorted; the engine alone, once it is warm. `first`: each question has facts that were just read
 * (`justRead`), so that nothing that the engine keeps with a list helps with it. `again`: asked once
 * more of the same lists.
 */
function judgeTimes(from: number, histories: number): { first: number[]; again: number[] } {
  const asked = Array.from({ length: histories }, (_, at) => randomHistory(from + at));
  const first: number[] = [];
  const again: number[] = [];
  const timeOf = (facts: ProgrammeFacts, question: Question): number => {
    const began = performance.now();
    engineSays(facts, question);
    return performance.now() - began;
  };
  for (let round = 0; round <= WARM_UP; round += 1)
    for (const { facts, questions } of asked)
      for (const question of questions) {
        const unread = justRead(facts);
        const times = [timeOf(unread, question), timeOf(unread, question)] as const;
        if (round < WARM_UP) continue;
        first.push(times[0]);
        again.push(times[1]);
      }
  const sorted = (times: number[]) => times.toSorted((one, other) => one - other);
  return { first: sorted(first), again: sorted(again) };
}

const CATEGORIES: Readonly<Record<string, string>> = {
  can: "can become pregnant",
  cannot: "cannot become pregnant",
  changed: "from cannot to can",
};

function total(counts: ReadonlyMap<string, Count>): number {
  return counts.get("all")?.disagreements ?? 0;
}

function tableOf(counts: ReadonlyMap<string, Count>): string {
  const head = ["", "histories", "questions", "yes", "disagreements"];
  const rows = [...counts]
    .sort(([one], [other]) => ORDER.indexOf(one) - ORDER.indexOf(other))
    .map(([group, count]) => [
      group,
      String(count.histories),
      String(count.questions),
      `${((100 * count.yes) / count.questions).toFixed(1)} %`,
      String(count.disagreements),
    ]);
  const widths = head.map((_, column) =>
    Math.max(...[head, ...rows].map((row) => (row[column] ?? "").length)),
  );
  return [head, ...rows]
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  "),
    )
    .join("\n");
}

const ORDER = ["all", "ipledge-2021", "ipledge-2026", ...Object.values(CATEGORIES)];
