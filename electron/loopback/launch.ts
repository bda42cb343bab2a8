import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { watch } from "node:fs";
import { join, resolve } from "node:path";
import { build, buildIfStale } from "./build.ts";
import { fetchRuntime, findRuntime } from "./runtime.ts";

/**
 * `npm start`, `npm run start:browser` and `npm run dev`: starts the program in Electron or, where its runtime cannot
 * be had, serves the same program to the browser.
 */

const project = resolve(import.meta.dirname, "..", "..");
const electronVite = join(project, "node_modules", "electron-vite", "bin", "electron-vite.js");
const given = process.argv.slice(2);
const flags = given.filter((flag) => flag !== "--browser" && flag !== "--dev");

if (given.includes("--dev")) await develop();
else if (given.includes("--browser")) serve();
else start();

function start(): void {
  if (process.platform === "linux" && !process.env["DISPLAY"] && !process.env["WAYLAND_DISPLAY"]) {
    console.error("There is no screen here for a window, so Isochart is served to a browser instead.");
    return serve();
  }
  const runtime = runtimeOrReason();
  if (runtime === undefined) return serve();
  buildIfStale();
  run(runtime, [project, ...flags]);
}

function runtimeOrReason(): string | undefined {
  const found = findRuntime();
  if (found !== undefined) return found;
  console.error("Fetching Electron's runtime, this once …");
  if (fetchRuntime()) return findRuntime();
  console.error("Electron's runtime could not be fetched, so Isochart is served to a browser instead.");
  return undefined;
}

function serve(): void {
  buildIfStale();
  run(process.execPath, [join(import.meta.dirname, "start.ts"), ...flags]);
}

/** Runs the program in our place: its signals and its end are ours. */
function run(command: string, values: string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(command, values, {
    cwd: project,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    // A Ctrl+C in a terminal reaches the child by itself; a signal sent to us alone does not.
    process.on(signal, () => {
      if (!process.stdin.isTTY || signal !== "SIGINT") child.kill(signal);
    });
  }
  child.once("exit", (code) => process.exit(code ?? 1));
  return child;
}

async function develop(): Promise<void> {
  if (findRuntime() !== undefined) {
    run(process.execPath, [electronVite, "dev", "--watch", "--", ...flags]);
    return;
  }
  console.error("There is no Electron runtime: the screens reload in the browser as you save,");
  console.error("and the privileged side is built and started again.");
  await developInBrowser();
}

async function developInBrowser(): Promise<void> {
  const { createServer } = await import("vite");
  const { default: react } = await import("@vitejs/plugin-react");
  const pages = await createServer({
    configFile: false,
    root: join(project, "renderer"),
    plugins: [react()],
    server: { host: "127.0.0.1", port: 5173 },
    logLevel: "warn",
  });
  await pages.listen();
  const address = pages.resolvedUrls?.local[0] ?? "http://127.0.0.1:5173/";
  const port = flags.includes("--port") ? [] : ["--port", "5180"];

  const secret = randomBytes(32).toString("base64url");
  build();
  let child = begin();
  let ending = false;
  function begin(): ChildProcess {
    return spawn(process.execPath, [join(import.meta.dirname, "start.ts"), ...port, ...flags], {
      cwd: project,
      stdio: "inherit",
      env: { ...process.env, ELECTRON_RENDERER_URL: address, ISOCHART_DEV_SECRET: secret },
    });
  }
  function again(): void {
    try {
      build();
    } catch (error) {
      // What was built before keeps running until the source is right again.
      console.error(error instanceof Error ? error.message : error);
      return;
    }
    const last = child;
    last.once("exit", () => {
      if (!ending) child = begin();
    });
    last.kill("SIGTERM");
  }
  let soon: NodeJS.Timeout | undefined;
  for (const folder of ["electron", "shared", "migrations"]) {
    watch(join(project, folder), { recursive: true }, () => {
      clearTimeout(soon);
      soon = setTimeout(again, 200);
    });
  }
  const end = () => {
    ending = true;
    child.once("exit", (code) => process.exit(code ?? 0));
    child.kill("SIGTERM");
    void pages.close();
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
}
