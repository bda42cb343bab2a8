/**
 * `npm run mutate`: makes every small change of the programme rules, one at a time, and lists each that no test in `test/rules`
 * notices and that `equivalent.ts` does not explain.
 *
 * `npm run mutate -- gate due` looks at the files whose names contain one of the words. `--threads N` takes N at once;
 * `--every N` takes every Nth change only, and `--trust` does not run the unchanged tests first, for a quick look; `--without WORD` leaves out the test files whose names contain the
 * word; `--killers` also prints what noticed each change.
 */
import { globSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { EQUIVALENT } from "./equivalent.ts";
import { type Mutant, type Source, sourceOf, withMutant } from "./mutants.ts";
import { type Outcome, PROJECT } from "./suite.ts";

/** The clinical tables of `shared/rules` are no programme rules; `facts.ts` is types. */
const LEFT_OUT = new Set(
  "dosing facts hcg-words interactions lab-tests labs monitoring plausibility products scores side-effects".split(
    " ",
  ),
);
/**
 * A change that makes a loop endless is noticed too: after so many seconds of the processor's time, not of the clock's, so that a
 * busy machine makes nothing endless. The slowest run of all tests takes a few.
 */
const PATIENCE = 30;
/** A thread keeps what it evaluated: some two thousand changes fill its memory, so that a fresh one follows before. */
const FRESH_AFTER = 700;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    threads: { type: "string", default: String(availableParallelism()) },
    every: { type: "string", default: "1" },
    trust: { type: "boolean", default: false },
    without: { type: "string", multiple: true, default: [] },
    killers: { type: "boolean", default: false },
  },
});

const began = performance.now();
const tests = globSync("test/rules/*.test.ts", { cwd: PROJECT })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => !values.without.some((word) => file.includes(word)))
  .filter((file) => !LEFT_OUT.has(basename(file, ".test.ts")))
  // An edge must stand in a case of its own: what random histories find, they find by chance.
  .filter((file) => !/from "fast-check"|randomHistory/.test(readFileSync(join(PROJECT, file), "utf8")))
  .sort();
const sources = globSync(["shared/rules/*.ts", "shared/rules/programmes/*.ts"], { cwd: PROJECT })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => !LEFT_OUT.has(basename(file, ".ts")))
  .filter(
    (file) => positionals.length === 0 || positionals.some((word) => basename(file, ".ts").includes(word)),
  )
  .sort()
  .map((file) => sourceOf(file, readFileSync(join(PROJECT, file), "utf8")));

const every = Math.max(1, Number(values.every));
const waiting = sources
  .flatMap((source) => source.mutants.map((mutant) => ({ source, mutant })))
  .filter((_, index) => index % every === 0);
const total = waiting.length;
const explained = new Set(EQUIVALENT.flatMap(({ mutants }) => mutants));
const survivors: Mutant[] = [];
let endless = 0;
let done = 0;
console.log(`${total} changes in ${sources.length} files, ${tests.length} files of tests.`);
waiting.reverse();
await Promise.all(Array.from({ length: Math.max(1, Number(values.threads)) }, () => work()));

const alive = new Set(survivors.map(({ id }) => id));
const looked = new Set(sources.map(({ file }) => file));
const unexplained = survivors.filter(({ id }) => !explained.has(id));
// Of a sample nothing can be said to be gone.
const stale =
  every > 1 ? [] : [...explained].filter((id) => looked.has(id.slice(0, id.indexOf(": "))) && !alive.has(id));

for (const id of stale) console.log(`\nequivalent.ts explains what is noticed or gone:\n  ${id}`);
const seconds = ((performance.now() - began) / 1000).toFixed(0);
console.log(
  `\n${total} changes: ${total - survivors.length} noticed (${endless} by never ending), ` +
    `${survivors.length - unexplained.length} explained as equivalent, ${unexplained.length} noticed by no test; ` +
    `${stale.length} explanations out of date. ${seconds} s`,
);
process.exitCode = unexplained.length + stale.length > 0 ? 1 : 0;

/** One thread after the other, until no mutant waits: one that hangs is ended, and the next goes on. */
async function work(): Promise<void> {
  while (waiting.length > 0) {
    const worker = new Worker(join(import.meta.dirname, "worker.ts"), {
      // What passed unchanged once need not be run unchanged again.
      workerData: { tests, trust: values.trust || done > 0 },
    });
    if ((await answerOf(worker)) === null)
      throw new Error("The tests do not end, though nothing is changed.");
    for (let taken = 0; taken < FRESH_AFTER; taken += 1) {
      const next = waiting.pop();
      if (next === undefined) break;
      const outcome = await judged(worker, next.source, next.mutant);
      done += 1;
      if (done % 50 === 0) console.log(`${done} of ${total}, ${survivors.length} not noticed so far`);
      if (outcome === null) {
        endless += 1;
        break;
      }
      if (outcome.killedBy === null) tell(next.mutant);
      else if (values.killers) console.log(`${next.mutant.id}\n    ${outcome.killedBy}`);
    }
    await worker.terminate();
  }
}

function tell(mutant: Mutant): void {
  survivors.push(mutant);
  if (!explained.has(mutant.id))
    console.log(`${mutant.file}:${mutant.line} is noticed by no test:\n  ${mutant.id}`);
}

/** Null when it took longer than any test does. */
async function judged(worker: Worker, source: Source, mutant: Mutant): Promise<Outcome | null> {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin; this rule is about windows.
  worker.postMessage({ file: source.file, text: withMutant(source, mutant) });
  return (await answerOf(worker)) as Outcome | null;
}

/** The worker's next message; null once it has worked for longer than our patience. */
function answerOf(worker: Worker): Promise<unknown> {
  return new Promise((answer, fail) => {
    let began: number | null = null;
    const timer = setInterval(() => {
      worker.cpuUsage().then(
        ({ user, system }) => {
          const used = (user + system) / 1_000_000;
          began ??= used;
          if (used - began > PATIENCE) finish(() => answer(null));
        },
        // A thread that has just ended has no usage to tell; its end is told by its message or its error.
        () => clearInterval(timer),
      );
    }, 2_000);
    const finish = (then: () => void): void => {
      clearInterval(timer);
      worker.off("message", onMessage);
      worker.off("error", onError);
      then();
    };
    const onMessage = (message: unknown): void => finish(() => answer(message));
    const onError = (error: unknown): void => finish(() => fail(error));
    worker.once("message", onMessage);
    worker.once("error", onError);
  });
}
