import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "@playwright/test";
import { heading, PASSWORD, prepare, readyRecord } from "./acts.ts";
import { callBridge, expect, type RunningApp, test } from "./app.ts";
import { aCourse, aPatient, aSignedVisit } from "./standing.ts";

/** What is wrong gets a sentence at its field and the focus; nothing that was typed is lost, nothing is half saved. */

test.use({ start: { now: "2026-11-21T11:00:00-05:00" } });
test.beforeEach(async ({ page, app }) => readyRecord(page, app));

async function go(page: Page, path: string): Promise<void> {
  await page.goto(new URL(`/#${path}`, page.url()).href);
}

const field = (page: Page, name: string | RegExp) => page.getByRole("textbox", { name });

/** The sentence stands at this field, which has the focus and is marked. */
async function expectRefusedAt(page: Page, name: string | RegExp, sentence: RegExp): Promise<void> {
  const control = field(page, name);
  await expect(control).toBeFocused();
  await expect(control).toHaveAttribute("aria-invalid", "true");
  await expect(control).toHaveAccessibleDescription(sentence);
}

const birthDates = [
  { what: "a day that is not in the calendar", typed: "2/30/2001", says: /is not a date/u },
  { what: "a word", typed: "yesterday-ish", says: /is not a date/u },
  { what: "a day to come", typed: "11/22/2026", says: /future/u },
  { what: "a day before anybody's time", typed: "1/1/1901", says: /check the birth date|years of age/u },
  { what: "nothing", typed: "", says: /date/iu },
] as const;

for (const { what, typed, says } of birthDates)
  test(`a birth date that is ${what} is refused at the field, and nobody is registered`, async ({ page }) => {
    await go(page, "/patients/new");
    await field(page, "Family name").fill("Quispe");
    await field(page, "Birth date").fill(typed);
    await field(page, /^Phone/u).fill("(555) 555-0133");
    await page.keyboard.press("Control+Enter");
    await expectRefusedAt(page, "Birth date", says);
    await expect(field(page, "Family name")).toHaveValue("Quispe");
    await expect(field(page, /^Phone/u)).toHaveValue("(555) 555-0133");
    expect(await prepare(page, "patients.search", { text: "quispe" })).toEqual([]);
    // Put right, the rest is still there and goes through.
    await field(page, "Birth date").fill("3/14/2001");
    await page.keyboard.press("Control+Enter");
    await expect(heading(page, "Quispe")).toBeVisible();
  });

test.describe("In a visit", () => {
  let patientId: string;

  test.beforeEach(async ({ page }) => {
    ({ id: patientId } = await aPatient(page, "Quispe"));
    await aCourse(page, patientId);
    await go(page, `/patients/${patientId}/visits/new`);
    await expect(field(page, /^Weight/u)).toBeFocused();
  });

  const saved = async (page: Page) => (await prepare(page, "patients.chart", { id: patientId })).visits;

  const refused = [
    { what: "700 kg", at: /^Weight/u, typed: "700", says: /350 kg is out of range/u },
    { what: "a weight in words", at: /^Weight/u, typed: "sixty", says: /is not a number/u },
    { what: "a date that is none", at: "Date of the visit", typed: "13/13/2026", says: /is not a date/u },
    { what: "a visit tomorrow", at: "Date of the visit", typed: "11/22/2026", says: /future/u },
    { what: "an ALT of -3", at: "ALT, result", typed: "-3", says: /below 0/u },
    { what: "an ALT of abc", at: "ALT, result", typed: "abc", says: /is not a number|not a result/u },
    { what: "an ALT that can be read two ways", at: "ALT, result", typed: "1,200", says: /two ways/u },
    {
      what: "blood drawn before birth",
      at: "Collected on",
      typed: "3/13/2001",
      says: /before the patient’s birth/u,
    },
  ] as const;

  for (const { what, at, typed, says } of refused)
    test(`${what} is refused at the field, and no visit is kept`, async ({ page }) => {
      await field(page, "Plan").fill("Come back in a month.");
      await field(page, "AST, result").fill("24");
      await field(page, at).fill(typed);
      await page.keyboard.press("Control+s");
      await expectRefusedAt(page, at, says);
      await expect(field(page, "Plan")).toHaveValue("Come back in a month.");
      await expect(field(page, "AST, result")).toHaveValue("24");
      expect(await saved(page)).toEqual([]);
      expect((await prepare(page, "labs.flowsheet", { patientId })).results).toEqual([]);
    });

  test("a weight that looks like pounds is asked about, and kept when it is right", async ({ page }) => {
    await field(page, /^Weight/u).fill("132");
    await page.keyboard.press("Control+s");
    const question = page.getByRole("alert");
    await expect(question).toContainText(/pounds|lb/u);
    expect(await saved(page)).toEqual([]);
    await question.getByRole("button", { name: "Change it" }).click();
    await expect(field(page, /^Weight/u)).toBeFocused();
    await expect(field(page, /^Weight/u)).toHaveValue("132");
    await page.keyboard.press("Control+s");
    // The question has the focus: Enter keeps.
    await expect(question.getByRole("button", { name: "It is right, keep it" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByText("Visit saved.")).toBeVisible();
    expect(await saved(page)).toMatchObject([{ weightKg: 132 }]);
  });

  test("mg/dL typed where mmol/L stands is asked about, and kept as typed", async ({ page }) => {
    await page.getByRole("combobox", { name: "Triglycerides, unit" }).selectOption({ label: "mmol/L" });
    await field(page, "Triglycerides, result").fill("150");
    await page.keyboard.press("Control+s");
    await expect(page.getByRole("alert")).toContainText("mg/dL typed as mmol/L");
    expect(await saved(page)).toEqual([]);
    await page.getByRole("button", { name: "It is right, keep it" }).click();
    await expect(page.getByText("Visit saved.")).toBeVisible();
    expect((await prepare(page, "labs.flowsheet", { patientId })).results).toMatchObject([
      { testId: "triglycerides", value: 150, unit: "mmol/L" },
    ]);
  });

  test("a wrong password signs nothing and loses nothing", async ({ page }) => {
    await field(page, /^Weight/u).fill("61");
    await page.keyboard.press("Control+Enter");
    await page.getByLabel("Your password, to sign").fill("not it at all");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("form", { name: "Sign the visit" })).toContainText(
      "The visit is not signed.",
      {
        timeout: 20_000,
      },
    );
    await expect(field(page, /^Weight/u)).toHaveValue("61");
    expect((await saved(page)).filter((one) => one.signedAt !== null)).toEqual([]);
  });
});

test("a second visit on the same day is refused, with the reason, and its text is kept", async ({ page }) => {
  const { id: patientId } = await aPatient(page, "Quispe");
  const { id: courseId } = await aCourse(page, patientId);
  await aSignedVisit(page, courseId, PASSWORD);
  await go(page, `/patients/${patientId}/visits/new`);
  await field(page, "Plan").fill("Once more.");
  await page.keyboard.press("Control+s");
  await expect(page.getByRole("main")).toContainText(/visit (of|on) (this|that) day|already/u);
  await expect(field(page, "Plan")).toHaveValue("Once more.");
  expect((await prepare(page, "patients.chart", { id: patientId })).visits).toHaveLength(1);
});

test("a weight in pounds is taken for kilograms nowhere: the start of a course asks too", async ({
  page,
}) => {
  const { id: patientId } = await aPatient(page, "Quispe");
  await go(page, `/patients/${patientId}/course/new`);
  await page.getByRole("combobox", { name: "Indication" }).selectOption({ label: "Severe nodular acne" });
  await page.getByRole("combobox", { name: "Product" }).selectOption({ label: "Isotretinoin, generic" });
  await field(page, /^Weight at the start/u).fill("700");
  await page.keyboard.press("Control+Enter");
  await expectRefusedAt(page, /^Weight at the start/u, /350 kg is out of range/u);
  await field(page, /^Weight at the start/u).fill("254");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("alert")).toBeVisible();
  expect((await prepare(page, "patients.chart", { id: patientId })).open).toBeNull();
  await page.getByRole("button", { name: /right, keep/u }).click();
  await expect(page.getByRole("region", { name: /^Can treatment start/u })).toBeVisible();
  expect((await prepare(page, "patients.chart", { id: patientId })).open?.course.referenceWeightKg).toBe(254);
});

test.describe("A malformed call across the bridge", () => {
  const CONTENT = "Zwetschgenknödel-4711";

  const calls: readonly { what: string; method: string; input: unknown }[] = [
    { what: "an unknown method", method: `patients.${CONTENT}`, input: { text: CONTENT } },
    { what: "a method of the language", method: "constructor", input: { text: CONTENT } },
    { what: "no input", method: "patients.search", input: null },
    { what: "a list for an object", method: "patients.search", input: [CONTENT] },
    { what: "a field of another kind", method: "patients.search", input: { text: { like: CONTENT } } },
    { what: "a text without end", method: "patients.search", input: { text: CONTENT.repeat(500) } },
    { what: "a form with half its fields", method: "patients.register", input: { familyName: CONTENT } },
    {
      what: "a visit that is a text",
      method: "visits.save",
      input: { id: null, courseId: CONTENT, form: CONTENT },
    },
  ];

  /** Everything that the program wrote, log and record alike. */
  function written(app: RunningApp): string {
    const folder = dirname(app.record);
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => readFileSync(join(one.parentPath, one.name)).toString("utf8"))
      .join("\n");
  }

  test("is refused, changes nothing, and leaves none of its content in log or console", async ({
    page,
    app,
  }) => {
    const console: string[] = [];
    page.on("console", (message) => console.push(message.text()));
    for (const { what, method, input } of calls)
      expect(await callBridge(page, method, input), what).toMatchObject({ ok: false });
    expect(await prepare(page, "patients.search", { text: "" })).toEqual([]);
    await page.reload();
    await expect(heading(page, "Today")).toBeVisible();
    expect(console.join("\n")).not.toContain("Zwetschgen");
    expect(written(app)).not.toContain("Zwetschgen");
  });
});
