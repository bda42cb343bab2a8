/** From the start of the program to its first screen, in a browser that is running already. Needs the production build. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "@playwright/test";
import { buildIfStale } from "#electron/loopback/build.ts";
import { findBrowser } from "#test/e2e/browser.ts";
import { type Row, timesOf } from "./measure.ts";

const ROUNDS = 5;

/** One row: process start, bundle load, page, first screen with its heading. */
export async function coldStart(): Promise<Row[]> {
  buildIfStale();
  const found = findBrowser();
  const browser = await chromium.launch({
    executablePath: found.executablePath,
    args: [...found.args, "--no-sandbox"],
    env: { ...process.env, ...found.env },
  });
  const root = join(import.meta.dirname, "../..");
  try {
    const times = await timesOf(ROUNDS, async () => {
      const child = spawn(process.execPath, [join(root, "electron/loopback/start.ts")], {
        cwd: root,
        stdio: ["ignore", "pipe", "inherit"],
      });
      try {
        const [line] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
        const context = await browser.newContext();
        const page = await context.newPage();
        await page.goto(line.replace(/^Isochart is at /, ""));
        await page.getByRole("heading", { level: 1 }).waitFor();
        await context.close();
      } finally {
        child.kill("SIGTERM");
        await once(child, "exit");
      }
    });
    return [{ what: "Cold start to the first screen", times, floor: null, target: null }];
  } finally {
    await browser.close();
  }
}
