import { readyRecord } from "./acts.ts";
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

for (const height of [800, 560]) {
  test(`the list of shortcuts can be read to its end in a window ${height} high`, async ({ page, app }) => {
    await readyRecord(page, app);
    await page.setViewportSize({ width: 1280, height });
    await page.keyboard.press("?");
    const sheet = page.getByRole("dialog", { name: "Shortcuts" });
    await expect(sheet).toBeVisible();
    // End scrolls, where there is anything to scroll; no mouse is needed.
    await page.keyboard.press("End");
    await expect(sheet.getByText("Open the row")).toBeInViewport({ ratio: 1 });
    await expect(sheet.getByText("New visit (in a chart)")).toBeInViewport({ ratio: 1 });
    await expectAccessible(page);
  });
}
