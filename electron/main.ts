/** The start: reads the flags, puts the parts together, opens the window, and closes the record at the end. */
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { app, BrowserWindow, dialog, ipcMain, nativeTheme, powerMonitor } from "electron";
import { type Instant, normalInstant } from "#shared/calendar.ts";
import { Refused } from "#shared/refusal.ts";
import { machineClock } from "./clock.ts";
import { fillDemo } from "./demo/fill.ts";
import { desk } from "./desk.ts";
import { type DeviceSettings, deviceSettingsIn } from "./device-settings.ts";
import { makeDispatch } from "./dispatch.ts";
import { Keeper } from "./keeper.ts";
import { logInto } from "./log.ts";
import { KDF_COST } from "./store/keys.ts";
import { isFromOurPage, openWindow, registerPageScheme } from "./window.ts";

const out = join(import.meta.dirname, "..");
const developmentUrl = app.isPackaged ? undefined : process.env["ELECTRON_RENDERER_URL"];

type Flags = { demo: boolean; record: string | undefined; now: Instant | null };

/** The flags, or the sentence that says what is wrong with them. Electron's own flags are passed over. */
function readFlags(): Flags | string {
  const { values } = parseArgs({
    args: process.argv.slice(1),
    strict: false,
    options: { demo: { type: "boolean" }, record: { type: "string" }, now: { type: "string" } },
  });
  const record = typeof values.record === "string" ? resolve(values.record) : undefined;
  const flags = { demo: values.demo === true, record, now: null };
  if (values.now === undefined) return flags;
  if (app.isPackaged)
    return "--now sets the clock for tests and training. An installed Isochart refuses it, so that no record gets a wrong date.";
  try {
    return { ...flags, now: normalInstant(String(values.now)) };
  } catch {
    return `--now takes an instant such as 2026-11-22T22:00:00-05:00, not "${String(values.now)}".`;
  }
}

async function start(flags: Flags): Promise<void> {
  const clock = machineClock(flags.now);
  const log = logInto(app.getPath("logs"));
  process.on("unhandledRejection", (error) =>
    log({ what: "A promise failed and nobody was waiting", error }),
  );
  process.on("uncaughtException", (error) => log({ what: "An error was not caught", error }));

  const keeper = new Keeper({
    clock,
    device: deviceSettings(),
    browser: process.versions["electron"] === undefined,
    temporary: app.getPath("temp"),
    kdf: KDF_COST,
    fillDemo,
  });
  const dispatch = makeDispatch({ keeper, desk, clock, log });

  ipcMain.handle("isochart:call", (event, method: unknown, input: unknown) => {
    if (!isFromOurPage(event, developmentUrl)) {
      log({ what: "A call that did not come from our page was refused" });
      return { ok: false, refusal: new Refused("not-allowed", "This page may not ask.").refusal };
    }
    return dispatch.call(method, input);
  });

  const lock = (): void => {
    keeper.lock("sleep").catch((error: unknown) => log({ what: "The lock could not be told", error }));
  };
  powerMonitor.on("suspend", lock);
  powerMonitor.on("lock-screen", lock);
  closeAtTheEnd(keeper, log);

  if (flags.demo) await keeper.openDemo();
  else if (flags.record !== undefined) await chooseRecord(keeper, flags.record);
  app.on("window-all-closed", () => app.quit());
  await openWindow({
    preload: join(out, "preload", "preload.cjs"),
    page: join(out, "renderer"),
    developmentUrl,
  });
}

/** This computer's settings. The window's frame and its dialogs are light or dark as the page is, from the first paint. */
function deviceSettings(): DeviceSettings {
  const settings = deviceSettingsIn(join(app.getPath("userData"), "settings.json"));
  nativeTheme.themeSource = settings.colorScheme();
  return {
    ...settings,
    setColorScheme: (scheme) => {
      settings.setColorScheme(scheme);
      nativeTheme.themeSource = scheme;
    },
  };
}

/** Opens the record of the command line; what stands in the way is said, and the first screen is shown instead. */
async function chooseRecord(keeper: Keeper, folder: string): Promise<void> {
  try {
    await keeper.choose(folder);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    dialog.showErrorBox("The record was not opened", `${folder}\n${error.refusal.sentence}`);
  }
}

/** Lets the program end only when the record is closed and the demo's folder is gone. */
function closeAtTheEnd(keeper: Keeper, log: ReturnType<typeof logInto>): void {
  let closed = false;
  app.on("before-quit", (event) => {
    if (closed) return;
    event.preventDefault();
    keeper
      .dispose()
      .catch((error: unknown) => log({ what: "The record could not be closed well", error }))
      .finally(() => {
        closed = true;
        app.quit();
      });
  });
}

function sayAndEnd(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  app.exit(2);
}

registerPageScheme();
const flags = readFlags();
if (typeof flags === "string") sayAndEnd(flags);
else if (app.requestSingleInstanceLock()) {
  app.on("second-instance", () => {
    const [window] = BrowserWindow.getAllWindows();
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  });
  app
    .whenReady()
    .then(() => start(flags))
    .catch((error: unknown) => {
      process.stderr.write(`Isochart could not start: ${error instanceof Error ? error.stack : "unknown"}\n`);
      app.exit(1);
    });
} else app.quit();
