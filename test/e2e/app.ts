import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Bridge } from "#electron/preload.ts";
import { expect, type Page, test as base } from "@playwright/test";

const project = resolve(import.meta.dirname, "..", "..");

/** How the program is started for a test. */
export type Start = {
  /** Shows the demo clinic. */
  demo?: boolean;
  /** The clock, as an instant with an offset. */
  now?: string;
  /** The folder of the record. Without it, an empty folder that is removed after the test. */
  record?: string;
  /** How large a file may grow, in KiB, null for any size: a full disk that needs no rights. Not on Windows. */
  fileLimit?: number | null;
};

/** The program, served to the browser by the stand-in for Electron. */
export type RunningApp = {
  /** The address to open, with its token. It changes when the program is started again. */
  address: string;
  record: string;
  /** Ends the program, as Ctrl+C does. */
  stop(): Promise<void>;
  /** Ends the program without a warning, as a power cut does. */
  kill(): Promise<void>;
  /** Starts the program again on the same record. */
  restart(change?: Start): Promise<void>;
  /** What the machine's going to sleep does. */
  sleep(): void;
  /** True if the test ended the program: then the page rightly complains that nobody answers. */
  wasEnded(): boolean;
};

type Fixtures = {
  start: Start;
  app: RunningApp;
  /** What the page may complain about in its console without failing the test. */
  tolerated: RegExp[];
};

/** Playwright's `test`, with a fresh program for each test and `page` already at its address. */
export const test = base.extend<Fixtures>({
  start: [{}, { option: true }],
  tolerated: [[], { option: true }],
  app: async ({ start }, use) => {
    const folder = await mkdtemp(join(tmpdir(), "isochart-e2e-"));
    const app = await startApp(folder, { record: join(folder, "record"), ...start });
    await use(app);
    await app.stop();
    await rm(folder, { recursive: true, force: true });
  },
  page: async ({ page, app, tolerated }, use) => {
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    await page.goto(app.address);
    await use(page);
    const expected = [
      ...tolerated,
      // Refused, cut off, or taken and never answered: by the moment at which the program ended.
      ...(app.wasEnded()
        ? [/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED/u]
        : []),
    ];
    const left = complaints.filter((text) => !expected.some((pattern) => pattern.test(text)));
    expect(left, "The page complained in its console").toEqual([]);
  },
});

export { expect } from "@playwright/test";

/** Starts the program in a folder of its own, and waits until it says where it is. */
export async function startApp(folder: string, start: Start): Promise<RunningApp> {
  let child: ChildProcess;
  let record = start.record ?? join(folder, "record");
  let options = start;

  async function begin(): Promise<string> {
    const flags = ["--record", record];
    if (options.demo === true) flags.push("--demo");
    if (options.now !== undefined) flags.push("--now", options.now);
    const command = [process.execPath, join(project, "electron/loopback/start.ts"), ...flags];
    const limited = options.fileLimit
      ? ["bash", "-c", `ulimit -f ${options.fileLimit} && exec "$@"`, "limited", ...command]
      : command;
    child = spawn(limited[0] ?? "", limited.slice(1), {
      cwd: project,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, HOME: folder, XDG_CONFIG_HOME: join(folder, "config") },
    });
    return addressOf(child);
  }

  let ended = false;
  async function end(signal: NodeJS.Signals): Promise<void> {
    ended = true;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((done) => child.once("exit", () => done()));
    child.kill(signal);
    const patience = setTimeout(() => child.kill("SIGKILL"), 10_000);
    await gone;
    clearTimeout(patience);
  }

  const app: RunningApp = {
    address: await begin(),
    record,
    stop: () => end("SIGINT"),
    kill: () => end("SIGKILL"),
    async restart(change) {
      await end("SIGINT");
      options = { ...options, ...change };
      record = options.record ?? record;
      app.address = await begin();
    },
    wasEnded: () => ended,
    sleep: () => {
      child.kill("SIGUSR2");
    },
  };
  return app;
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((found, fail) => {
    let said = "";
    let complained = "";
    child.stderr?.on("data", (text: Buffer) => (complained += text.toString()));
    child.stdout?.on("data", (text: Buffer) => {
      said += text.toString();
      const line = /^Isochart is at (\S+)$/m.exec(said);
      if (line?.[1] !== undefined) found(line[1]);
    });
    child.once("exit", (code) =>
      fail(new Error(`The program ended (${code}) before it was ready.\n${complained}`)),
    );
  });
}

/** Calls a method as any script in the page could: past the screens and their forms. */
export function callBridge(page: Page, method: string, input: unknown): Promise<unknown> {
  return page.evaluate(
    ([name, value]) => {
      const { isochart } = window as unknown as { isochart: Bridge };
      return isochart.call(name, value);
    },
    [method, input] as const,
  );
}

/** The rules of axe, to WCAG AA, that look at colours. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** Checks the page, or the part of it that a CSS selector names, with axe in light and in dark. */
export async function expectAccessible(page: Page, part = "html"): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    // Without movement, so that no colour is measured half-way.
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // The page has no frames of others, so axe can work in it; the way with a page of its own takes twice as long.
    const axe = new AxeBuilder({ page }).include(part).setLegacyMode(true);
    // Dark changes nothing but colours.
    const { violations } = await (colorScheme === "light" ? axe : axe.withRules(COLOUR_RULES)).analyze();
    const found = violations.map((violation) => ({
      rule: violation.id,
      why: violation.help,
      where: violation.nodes
        .slice(0, 5)
        .map((node) => `${node.target.join(" ")}  ${node.failureSummary ?? ""}`),
    }));
    expect(found, `Accessibility, in ${colorScheme}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}
