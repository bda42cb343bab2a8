import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { _electron, type ElectronApplication, expect, test } from "@playwright/test";
import { findRuntime } from "#electron/loopback/runtime.ts";

const project = resolve(import.meta.dirname, "..", "..", "..");
let app: ElectronApplication;
let folder: string;

test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "isochart-electron-"));
  app = await _electron.launch({
    executablePath: findRuntime() ?? "",
    args: [project, `--user-data-dir=${folder}`, "--record", join(folder, "record")],
  });
});

test.afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

test("the window opens, with the page locked in its sandbox", async () => {
  const page = await app.firstWindow();
  await expect(page).toHaveTitle("Isochart");
  expect(page.url()).toBe("app://isochart/index.html");
  expect(await page.evaluate(() => "require" in window || "process" in window)).toBe(false);
  expect(
    await page.evaluate(() => Object.keys((window as unknown as { isochart: object }).isochart)),
  ).toEqual(["call"]);
});

test("a call crosses the real bridge, bytes and all", async () => {
  const page = await app.firstWindow();
  const envelope = await page.evaluate(() => {
    const { isochart } = window as unknown as {
      isochart: { call(method: string, input: unknown): Promise<unknown> };
    };
    return isochart.call("no.such-method", { bytes: new Uint8Array([1, 2, 3]) });
  });
  expect(envelope).toMatchObject({ ok: false });
});

test("the page can neither leave, nor open a window, nor reach the network", async () => {
  const page = await app.firstWindow();
  await page.evaluate(() => window.open("https://example.com"));
  expect(app.windows()).toHaveLength(1);
  expect(await page.evaluate(() => fetch("https://example.com").then(String, () => "refused"))).toBe(
    "refused",
  );
  await page.evaluate(() => location.assign("https://example.com"));
  expect(page.url()).toBe("app://isochart/index.html");
});
