import { heading } from "./acts.ts";
import { expect, test } from "./app.ts";
import { tabTo } from "./keyboard.ts";

test.use({ start: { demo: true, now: "2026-11-21T11:00:00-05:00" } });
test.beforeEach(async ({ page }) => {
  await expect(heading(page, "Today")).toBeVisible({ timeout: 30_000 });
});

test("the most urgent row has the focus; arrows move, and Enter does the act of the row", async ({
  page,
}) => {
  const acts = page.getByRole("table").getByRole("link");
  await expect(acts.first()).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(acts.nth(1)).toBeFocused();
  const label = (await acts.nth(1).getAttribute("aria-label")) ?? "";
  const family = /: ([^,]+)/u.exec(label)?.[1] ?? "";
  expect(family).not.toBe("");
  await page.keyboard.press("Enter");
  await expect(heading(page, new RegExp(family, "u"))).toBeVisible();
});

test("recording a test from its row opens the form of a pregnancy test", async ({ page }) => {
  const act = page
    .getByRole("row", { name: /test due/iu })
    .getByRole("link")
    .first();
  await act.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("form", { name: "Record: Pregnancy test" })).toBeVisible();
});

test("the filters show a role's rows and a kind's, say how many, and are kept", async ({ page }) => {
  const rows = page.getByRole("row").filter({ has: page.getByRole("link") });
  await expect(rows.first()).toBeVisible();
  const all = await rows.count();
  const nurse = page.getByRole("radio", { name: /^Nurse/u });
  await nurse.check();
  const name = (
    await page.getByRole("group", { name: "For" }).locator("label").filter({ hasText: "Nurse" }).innerText()
  ).trim();
  await expect(rows).toHaveCount(Number(/\d+/u.exec(name)?.[0]));
  expect(await rows.count()).toBeLessThan(all);
  await page.reload();
  await expect(nurse).toBeChecked({ timeout: 20_000 });
  await page.getByRole("radio", { name: /^Everybody/u }).check();
  const kind = page.getByRole("combobox", { name: "Kind" });
  const label = (await kind.locator("option").nth(1).innerText()).trim();
  await kind.selectOption({ label });
  await expect(rows).toHaveCount(Number(/\((\d+)\)/u.exec(label)?.[1]));
});

test("the list is printed from a preview, by one key, and B comes back", async ({ page }) => {
  await page.keyboard.press("p");
  const sheet = page.getByRole("region", { name: /page 1 of/u });
  await expect(sheet).toContainText("Okonkwo", { timeout: 20_000 });
  await tabTo(page, page.getByRole("button", { name: /^Save as PDF/u }));
  const coming = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  expect((await coming).suggestedFilename()).toMatch(/\.pdf$/u);
  await page.keyboard.press("b");
  await expect(heading(page, "Today")).toBeVisible();
});
