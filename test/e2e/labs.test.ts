import type { Page } from "@playwright/test";
import { openChart, prepare, readyRecord } from "./acts.ts";
import { expect, test } from "./app.ts";
import { pick, press, tabTo, typeInto } from "./keyboard.ts";
import { aCourse, aPatient } from "./standing.ts";

test.use({ start: { now: "2026-11-21T11:00:00-05:00" } });

let patientId: string;

test.beforeEach(async ({ page, app }) => {
  await readyRecord(page, app);
  ({ id: patientId } = await aPatient(page, "Quispe"));
  await aCourse(page, patientId);
  await openChart(page, "quispe", /Quispe/u);
  await page.keyboard.press("g");
  await page.keyboard.press("l");
  // Exactly: the overview has a part called "Labs and dose", and keys of its own.
  await expect(page.getByRole("heading", { name: "Labs", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Enter results" })).toBeVisible();
});

const grid = (page: Page) => page.getByRole("grid", { name: /^Flowsheet/u });
const cell = (page: Page, name: RegExp) => grid(page).getByRole("button", { name });
const panel = (page: Page) => page.getByRole("complementary");

/** Results of one day, entered through the bridge. */
function results(page: Page, more: { alt: number }) {
  return prepare(page, "labs.record", {
    patientId,
    results: [
      {
        testId: "alt",
        collectedOn: "2026-11-20",
        comparator: null,
        value: more.alt,
        text: "",
        unit: "U/L",
        rangeLow: 7,
        rangeHigh: 40,
        fasting: null,
        note: "",
      },
    ],
    confirmed: [],
  });
}

test("a day's results are typed down the column by keyboard: a bound, a number, a one-sided range", async ({
  page,
}) => {
  await page.keyboard.press("e");
  const alt = page.getByRole("textbox", { name: "ALT, new column" });
  await expect(alt).toBeFocused();
  await page.keyboard.type("<5");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "AST, new column" })).toBeFocused();
  await page.keyboard.type("38");
  await page.keyboard.press("Enter");
  await page.keyboard.type("624");
  // Tab goes past the limits, as they seldom change; the arrow goes there.
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByRole("textbox", { name: "Triglycerides, range to" })).toBeFocused();
  await page.keyboard.type("150");
  await pick(page, page.getByRole("group", { name: "Fasting" }), "y");
  await page.keyboard.press("Control+s");
  await expect(cell(page, /^ALT, Nov 21, 2026: <5 U\/L, not known/u)).toBeVisible();
  await expect(cell(page, /^Triglycerides, Nov 21, 2026: 624 mg\/dL, high, grade 3/u)).toBeVisible();
  // What is grave is said at once, not only coloured.
  await expect(page.getByRole("main")).toContainText(/Triglycerides[^.]*624/u);
  const kept = (await prepare(page, "labs.flowsheet", { patientId })).results;
  expect(kept.find((one) => one.testId === "alt")).toMatchObject({ comparator: "<", value: 5 });
  expect(kept.find((one) => one.testId === "triglycerides")).toMatchObject({
    value: 624,
    rangeLow: null,
    rangeHigh: 150,
    fasting: true,
  });
});

test("a result is corrected with the reason, and its history shows what stood there", async ({ page }) => {
  await results(page, { alt: 390 });
  await page.reload();
  await tabTo(page, cell(page, /^ALT, .*390/u));
  await page.keyboard.press("Enter");
  await press(page, panel(page).getByRole("button", { name: "Correct" }));
  await typeInto(page, panel(page).getByRole("textbox", { name: "Result" }), "39");
  await page.keyboard.press("Control+Enter");
  await expect(panel(page)).toContainText("Say why, in a few words.");
  await typeInto(page, panel(page).getByRole("textbox", { name: "Why is it corrected?" }), "Typing error");
  await page.keyboard.press("Control+Enter");
  const versions = panel(page).getByRole("region", { name: "Earlier versions" });
  await expect(versions.getByRole("deletion")).toContainText("390");
  await expect(versions).toContainText("Typing error");
  await page.keyboard.press("Escape");
  await expect(cell(page, /^ALT, Nov 20, 2026: 39 U\/L, normal/u)).toBeFocused();
});

test("a result is voided with the reason, and counts for nothing from then on", async ({ page }) => {
  const [result] = await results(page, { alt: 390 });
  await page.reload();
  await tabTo(page, cell(page, /^ALT, .*390/u));
  await page.keyboard.press("Enter");
  await press(page, panel(page).getByRole("button", { name: "Void", exact: true }));
  await page.keyboard.press("Enter");
  await expect(panel(page)).toContainText("Say why, in a few words.");
  await typeInto(
    page,
    panel(page).getByRole("textbox", { name: "Why is it voided?" }),
    "Another patient's blood",
  );
  await page.keyboard.press("Enter");
  await expect(cell(page, /390/u)).toHaveCount(0);
  expect((await prepare(page, "labs.flowsheet", { patientId })).results).toEqual([]);
  expect(await prepare(page, "labs.history", { id: result?.id ?? "" })).toMatchObject([
    { value: 390, voided: true, reason: "Another patient's blood" },
    { value: 390 },
  ]);
});

test("a word that is no result is refused at its cell, with all that was typed still there", async ({
  page,
}) => {
  await page.keyboard.press("e");
  await page.keyboard.type("abc");
  await page.keyboard.press("Enter");
  await page.keyboard.type("38");
  await page.keyboard.press("Control+s");
  const alt = page.getByRole("textbox", { name: "ALT, new column" });
  await expect(alt).toBeFocused();
  await expect(alt).toHaveAccessibleDescription(/“abc” is not a number/u);
  await expect(page.getByRole("textbox", { name: "AST, new column" })).toHaveValue("38");
  expect((await prepare(page, "labs.flowsheet", { patientId })).results).toEqual([]);
});
