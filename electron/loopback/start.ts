import { Console } from "node:console";
import { registerHooks } from "node:module";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { parseArgs } from "node:util";

/**
 * Runs the built program with the stand-in in the place of Electron, and serves it to a browser.
 * The flags are read again by the program itself, as it would read them in Electron.
 */

// One line goes to the standard output, for whoever reads it by program; everything else goes beside it.
globalThis.console = new Console(process.stderr, process.stderr);

try {
  const { values } = parseArgs({
    options: {
      port: { type: "string" },
      record: { type: "string" },
      now: { type: "string" },
      demo: { type: "boolean" },
    },
  });
  if (values.port !== undefined && !/^\d{1,5}$/.test(values.port)) {
    throw new Error(`--port takes a number, not "${values.port}".`);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  console.error("Usage: npm run start:browser -- [--port N] [--record DIR] [--demo] [--now INSTANT]");
  process.exit(2);
}

// Stripping the types of the page's bridge is announced as experimental, which is no concern of the person here.
process.removeAllListeners("warning");
process.on("warning", (warning) => {
  if (warning.name !== "ExperimentalWarning") console.error(warning);
});

const standIn = pathToFileURL(join(import.meta.dirname, "stand-in.ts")).href;
registerHooks({
  resolve(specifier, context, next) {
    if (/^electron(\/(main|common|renderer))?$/.test(specifier)) {
      return { url: standIn, format: "module-typescript", shortCircuit: true };
    }
    return next(specifier, context);
  },
});

const { app, powerMonitor } = (await import(standIn)) as typeof import("./stand-in.ts");

let asked = false;
function end(): void {
  // Asked twice, it goes at once: something may be holding it.
  if (asked) app.exit(130);
  asked = true;
  app.quit();
}
process.on("SIGINT", end);
process.on("SIGTERM", end);
process.on("SIGHUP", end);
// There is no lid to close here: a test sends this signal instead.
if (process.platform !== "win32") process.on("SIGUSR2", () => powerMonitor.emit("suspend"));

const out = join(import.meta.dirname, "..", "..", "out");
await import(pathToFileURL(join(out, "main", "index.js")).href);
