import { callBridge, expect, expectAccessible, test } from "./app.ts";

test("the window shows the program's name", async ({ page }) => {
  await expect(page).toHaveTitle("Isochart");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expectAccessible(page);
});

test("the token leaves the address bar", async ({ page, app }) => {
  expect(page.url()).toBe(new URL("/", app.address).href);
});

test("a call crosses the bridge and comes back as an envelope", async ({ page }) => {
  const envelope = await callBridge(page, "no.such-method", {});
  expect(envelope).toMatchObject({ ok: false });
});

test("two tabs work side by side", async ({ page, app, context }) => {
  const second = await context.newPage();
  await second.goto(app.address);
  for (const tab of [page, second]) {
    await expect(tab.getByRole("heading", { level: 1 })).toBeVisible();
    expect(await callBridge(tab, "no.such-method", {})).toMatchObject({ ok: false });
  }
});

test("a browser without the token sees nothing", async ({ app, browser }) => {
  const stranger = await browser.newContext();
  const tab = await stranger.newPage();
  const answer = await tab.goto(new URL("/", app.address).href);
  expect(answer?.status()).toBe(401);
  await stranger.close();
});
