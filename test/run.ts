import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { findRuntime } from "#electron/loopback/runtime.ts";

/**
 * `npm test`: everything that CI runs, in order, to the end whatever fails on the way.
 * A step without tests of its own counts as one. `npm test -- lint types` runs only the steps named.
 */

type Count = { passed: number; failed: number; note?: string };
type Step = { name: string; title: string; run: () => Count };

const project = resolve(import.meta.dirname, "..");
const scratch = mkdtempSync(join(tmpdir(), "isochart-test-"));
const wanted = process.argv.slice(2);

const steps: Step[] = [
  { name: "format", title: "Format", run: () => once("oxfmt", "--check") },
  {
    name: "lint",
    title: "Lint, with the layer rules",
    run: () => once("oxlint", "--type-aware", "--deny-warnings"),
  },
  { name: "types", title: "Types", run: () => once("tsc", "-b") },
  { name: "unused", title: "Unused files, exports and packages", run: () => once("knip") },
  { name: "unit", title: "Unit and integration tests", run: unitTests },
  {
    name: "build",
    title: "Production build",
    run: () => once("electron-vite", "build", "--logLevel", "warn"),
  },
  {
    name: "browser",
    title: "End to end, in a browser",
    run: () => browserTests("test/e2e/playwright.config.ts"),
  },
  { name: "electron", title: "End to end, in an Electron window", run: electronTests },
  { name: "package", title: "Contents of the package", run: () => once("node", "test/package/contents.ts") },
];

const rows: { title: string; count: Count; seconds: number }[] = [];
for (const step of steps) {
  if (wanted.length > 0 && !wanted.includes(step.name)) continue;
  console.log(`\n━━ ${step.title} ${"━".repeat(Math.max(0, 70 - step.title.length))}\n`);
  const began = performance.now();
  const count = step.run();
  rows.push({ title: step.title, count, seconds: (performance.now() - began) / 1000 });
}
rmSync(scratch, { recursive: true, force: true });

console.log(`\n━━ Summary ${"━".repeat(63)}\n`);
for (const { title, count, seconds } of rows) {
  const sign = count.failed > 0 ? "✗" : count.passed > 0 ? "✓" : "–";
  const said = count.passed + count.failed === 0 ? "" : `${count.passed} passed, ${count.failed} failed`;
  const note = count.note === undefined ? "" : said === "" ? count.note : ` (${count.note})`;
  console.log(`${sign} ${title}: ${said}${note}  [${seconds.toFixed(1)} s]`);
}
const passed = rows.reduce((sum, row) => sum + row.count.passed, 0);
const failed = rows.reduce((sum, row) => sum + row.count.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

/** Runs a tool of the project, with the Node of the project, and shows what it says. */
function tool(name: string, values: string[], env: NodeJS.ProcessEnv = {}): number {
  const path = [join(project, "node_modules", ".bin"), process.env["PATH"]].join(delimiter);
  const result = spawnSync(name, values, {
    cwd: project,
    stdio: "inherit",
    // The tools are .cmd files on Windows, which only a shell can start. No value here comes from outside.
    shell: process.platform === "win32",
    env: { ...process.env, PATH: path, ...env },
  });
  if (result.error !== undefined) console.error(result.error.message);
  return result.status ?? 1;
}

function once(name: string, ...values: string[]): Count {
  return tool(name, values) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function unitTests(): Count {
  const report = join(scratch, "unit.json");
  const status = tool("vitest", [
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  const read = readReport(report) as
    | {
        numPassedTests: number;
        numFailedTests: number;
        numPendingTests: number;
        testResults: { status: string; assertionResults: unknown[] }[];
      }
    | undefined;
  if (read === undefined) return { passed: 0, failed: 1 };
  // A file that cannot be loaded has no tests to fail.
  const broken = read.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  );
  return counted(read.numPassedTests, read.numFailedTests + broken.length, read.numPendingTests, status);
}

function browserTests(config: string): Count {
  const report = join(scratch, `${config.replaceAll(/\W/g, "-")}.json`);
  const status = tool("playwright", ["test", "-c", config, "--reporter=list,json"], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  });
  const read = readReport(report) as
    | { stats: { expected: number; unexpected: number; flaky: number; skipped: number }; errors: unknown[] }
    | undefined;
  if (read === undefined) return { passed: 0, failed: 1 };
  const { expected, unexpected, flaky, skipped } = read.stats;
  return counted(expected, unexpected + flaky + read.errors.length, skipped, status);
}

function electronTests(): Count {
  if (findRuntime() === undefined) {
    console.log("not run: no Electron runtime");
    return { passed: 0, failed: 0, note: "not run: no Electron runtime" };
  }
  if (process.platform === "linux" && !process.env["DISPLAY"] && !process.env["WAYLAND_DISPLAY"]) {
    console.log("not run: no screen for an Electron window");
    return { passed: 0, failed: 0, note: "not run: no screen for an Electron window" };
  }
  return browserTests("test/e2e/electron/playwright.config.ts");
}

/** A tool that failed without a failed test has failed all the same. */
function counted(passed: number, failed: number, skipped: number, status: number): Count {
  const count = { passed, failed: status !== 0 && failed === 0 ? 1 : failed };
  return skipped > 0 ? { ...count, note: `${skipped} skipped` } : count;
}

function readReport(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
}
