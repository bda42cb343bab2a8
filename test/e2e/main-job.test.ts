import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { pagesOf } from "../documents/pdf-text.ts";
import { heading, PASSWORD, readyRecord } from "./acts.ts";
import { expect, test } from "./app.ts";
import { choose, palette, pick, press, row, tabTo, typeInto } from "./keyboard.ts";
import {
  begin,
  confirm,
  consent,
  counsel,
  enrol,
  laterAt,
  methods,
  negativeTest,
  record,
  register,
  startCourse,
  toProgramme,
  verdict,
} from "./programme-acts.ts";

/**
 * The main job, from a bare record to the printed summary, by keyboard alone: this file presses keys and looks, and
 * neither clicks nor sets the focus.
 */

test.use({ start: { now: "2026-11-21T11:00:00-05:00" } });

const said = (page: Page, text: string | RegExp) => page.getByText(text).first();

test("the main job: from a new patient to the saved summary, by keyboard alone", async ({ page, app }) => {
  test.setTimeout(180_000);
  await readyRecord(page, app);

  await test.step("register, start a course, and the programme's steps", async () => {
    await register(page, { family: "Núñez-O’Hara", given: "Tomás", born: "3/14/2001" });
    await startCourse(page, "cannot");
    await page.keyboard.press("g");
    await page.keyboard.press("r");
    await expect(heading(page, /Núñez-O’Hara/u)).toBeVisible();
    await enrol(page);
    await consent(page, "Consent for all patients");
    await counsel(page);
    // The monthly steps are not asked of patients who cannot become pregnant, so they are not offered either.
    await expect(page.getByRole("button", { name: "Enrolment", exact: true })).toBeVisible();
    await expect(page.getByRole("button", { name: "Prescriber confirmation", exact: true })).toHaveCount(0);
  });

  await test.step("the visit, saved", async () => {
    await page.keyboard.press("n");
    await page.keyboard.press("v");
    await expect(page.getByRole("textbox", { name: /^Weight/u })).toBeFocused();
    await page.keyboard.type("71.5");
    await page.keyboard.press("Enter");
    await page.keyboard.type("0");
    await typeInto(
      page,
      page
        .getByRole("combobox", { name: "Find a side effect" })
        .or(page.getByRole("textbox", { name: "Find a side effect" })),
      "cracked lips",
    );
    await page.keyboard.press("2");
    await expect(
      page.getByRole("radiogroup", { name: /cracked lips/u }).getByRole("radio", { name: /^2/u }),
    ).toBeChecked();
    await tabTo(page, page.getByRole("checkbox", { name: /^All others were asked/u }));
    await page.keyboard.press("Space");
    await pick(page, row(page, /Global Assessment/u), "3");
    await pick(page, page.getByRole("radiogroup", { name: /^Little interest/u }), "0");
    await pick(page, page.getByRole("radiogroup", { name: /down, depressed/u }), "1");
    await expect(said(page, /PHQ-2/u)).toBeVisible();
    await pick(page, row(page, "Fasting"), "y");
    await typeInto(page, page.getByRole("textbox", { name: "ALT, result" }), "<5");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("textbox", { name: "AST, result" })).toBeFocused();
    await page.keyboard.type("31");
    await typeInto(page, page.getByRole("textbox", { name: "Triglycerides, result" }), "412");
    await typeInto(page, page.getByRole("textbox", { name: "Triglycerides, range to" }), "150");
    await expect(page.getByRole("row", { name: /^Triglycerides/u })).toContainText(/high/iu);
    await pick(page, row(page, "Decision"), "s");
    await typeInto(page, page.getByRole("textbox", { name: /^Aim/u }), "0.55");
    await expect(page.getByRole("textbox", { name: "20 mg, morning" })).not.toHaveValue("");
    await typeInto(page, page.getByRole("textbox", { name: "Plan" }), "Take with the main meal. No alcohol.");
    await typeInto(page, page.getByRole("textbox", { name: /^Notes/u }), "Coach asked about weights.");
    await typeInto(page, page.getByRole("textbox", { name: "Next visit" }), "12/21/2026");
    await page.keyboard.press("Control+s");
    await expect(said(page, "Visit saved.")).toBeVisible();
    await expect(verdict(page)).toContainText("Yes");
  });

  await test.step("the prescription", async () => {
    await palette(page, "prescriptions", /^Prescriptions/u);
    await expect(verdict(page)).toContainText("Yes");
    await tabTo(page, page.getByRole("textbox", { name: /^Supply/u }));
    await page.keyboard.press("Control+Enter");
    await expect(page.getByRole("button", { name: /^Void: Prescription of/u })).toBeVisible();
  });

  await test.step("the signature, and an addendum", async () => {
    await palette(page, "visits", /^Visits/u);
    await press(page, page.getByRole("table").getByRole("link"));
    await expect(page.getByRole("textbox", { name: /^Weight/u })).toHaveValue("71.5");
    await page.keyboard.press("Control+Enter");
    await expect(page.getByLabel("Your password, to sign")).toBeFocused();
    await page.keyboard.type("not the password");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("form", { name: "Sign the visit" })).toContainText(
      /not your password|not right/iu,
    );
    await expect(page.getByLabel("Your password, to sign")).toBeFocused();
    await expect(page.getByLabel("Your password, to sign")).toHaveValue("");
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press("Enter");
    const visit = page.getByRole("article", { name: /^Visit of/u });
    await expect(visit).toContainText("Signed by Ana Ruiz, MD", { timeout: 20_000 });
    await expect(visit).toContainText("71.5 kg");
    await expect(page.getByRole("textbox", { name: /^Weight/u })).toHaveCount(0);
    await typeInto(page, page.getByRole("textbox", { name: "Add an addendum" }), "Mother rang: doing well.");
    await page.keyboard.press("Control+Enter");
    await expect(visit.getByRole("listitem").filter({ hasText: "Mother rang" })).toContainText(
      "Ana Ruiz, MD",
    );
  });

  await test.step("the flowsheet and the trend", async () => {
    await palette(page, "labs", /^Labs/u);
    const grid = page.getByRole("grid", { name: /^Flowsheet/u });
    await expect(grid.getByRole("button", { name: /^ALT, .*<5/u })).toBeVisible();
    await expect(grid.getByRole("button", { name: /^Triglycerides, .*412.*high/u })).toBeVisible();
    await page.keyboard.press("t");
    await choose(page, page.getByRole("combobox", { name: "Test of the trend" }), "Triglycerides");
    const drawn = page.getByRole("table", { name: /^Triglycerides and dose/u });
    await expect(drawn.getByRole("row", { name: /412/u })).toContainText(/high/u);
    await expect(drawn).toContainText("40 mg");
  });

  await test.step("the summary, previewed and saved", async () => {
    await palette(page, "overview", /^Overview/u);
    await expect(page.getByRole("link", { name: /^Print summary/u })).toBeVisible();
    await page.keyboard.press("s");
    await expect(page.getByRole("region", { name: /page 1 of 1$/u })).toContainText("Núñez-O’Hara", {
      timeout: 20_000,
    });
    const coming = page.waitForEvent("download");
    await press(page, page.getByRole("button", { name: /^Save as PDF/u }));
    const download = await coming;
    expect(download.suggestedFilename()).toMatch(/\.pdf$/u);
    expect(download.suggestedFilename()).not.toMatch(/N.?ñ?ez|Tom/iu);
    const sheets = await pagesOf(new Uint8Array(await readFile(await download.path())));
    expect(sheets).toHaveLength(1);
    const [{ text } = { text: "" }] = sheets;
    expect(text).toContain("Núñez-O’Hara");
    expect(text).toContain("Mar 14, 2001");
    expect(text).toMatch(/Page 1 of 1/iu);
    expect(text).toContain("40 mg");
    expect(text).toContain("<5");
    expect(text).toMatch(/412[^a-z]*(mg\/dL)?.{0,40}high/iu);
    expect(text).toContain("Take with the main meal.");
    expect(text).toContain("Mother rang: doing well.");
    expect(text).not.toContain("Coach asked");
  });
});

test.describe("A patient who can become pregnant", () => {
  test.use({ start: { now: "2026-11-02T11:00:00-05:00" } });

  test("waits a month between two tests, can start until the hour the window closes, and not a day later", async ({
    page,
    app,
  }) => {
    test.setTimeout(180_000);
    await readyRecord(page, app);

    await test.step("the first day: the first test, and contraception begins", async () => {
      await register(page, { family: "Achieng", given: "", born: "7/2/1999" });
      await startCourse(page, "can");
      await page.keyboard.press("g");
      await page.keyboard.press("r");
      await enrol(page);
      await consent(page, "Consent for all patients");
      await consent(page, "Consent about birth defects");
      await methods(page, "c", "Contraception in use");
      await negativeTest(page);
      await expect(verdict(page)).toContainText("No");
    });

    await test.step("31 days later: the second test in the first days of the period, and everything else of the month", async () => {
      await laterAt(page, app, "2026-12-03T11:00:00-05:00");
      await toProgramme(page, "Achieng");
      await expect(verdict(page)).toContainText("No");
      await begin(page, "m", "Period began");
      await pick(page, row(page, "Cycle"), "r");
      await record(page, "Period began");
      await negativeTest(page);
      await counsel(page);
      await confirm(page);
      await methods(page, "q", "Patient’s questions");
      await expect(verdict(page)).toContainText("Yes");
      await expect(verdict(page)).toContainText(/Dec 9, 2026.{0,12}11:59 PM/u);
    });

    await test.step("on the eighth day of the window: no, with the reason and the date, and no prescription", async () => {
      await laterAt(page, app, "2026-12-10T00:05:00-05:00");
      await toProgramme(page, "Achieng");
      await expect(verdict(page)).toContainText("No");
      await expect(verdict(page)).toContainText("Dec 9, 2026");
      await palette(page, "prescriptions", /^Prescriptions/u);
      await typeInto(page, page.getByRole("textbox", { name: "20 mg, morning" }), "1");
      await page.keyboard.press("Control+Enter");
      await expect(page.getByRole("list", { name: "Why it was refused" })).toContainText("Dec 9, 2026");
      await expect(said(page, "None has been issued in this course.")).toBeVisible();
    });
  });
});
