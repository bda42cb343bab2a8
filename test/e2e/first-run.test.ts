import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beside, createRecord, DOCTOR, heading, PASSWORD, readyRecord, signIn } from "./acts.ts";
import { expect, expectAccessible, startApp, test } from "./app.ts";

test("a clinic creates its record, gets the recovery code once, and starts on an empty day", async ({
  page,
  app,
}) => {
  await expect(heading(page, "Isochart")).toBeVisible();
  await expectAccessible(page);
  const code = await createRecord(page, app.record);
  expect(code.replaceAll(/[^0-9A-Z]/gu, "").length).toBeGreaterThanOrEqual(25);
  await expect(page.getByText(code)).toHaveCount(0);
  expect(readdirSync(app.record)).toContain("keys.json");
});

test("nothing of the record can be read in its files", async ({ page, app }) => {
  await createRecord(page, app.record);
  await app.stop();
  for (const file of readdirSync(app.record)) {
    const bytes = readFileSync(join(app.record, file)).toString("latin1");
    expect(bytes, file).not.toContain("Pier Road");
    expect(bytes, file).not.toContain(PASSWORD);
  }
});

test("a form with gaps says at each field what is missing, and keeps what was typed", async ({ page }) => {
  await page.getByRole("button", { name: "Create a record" }).click();
  await page.getByLabel("Name of the clinic").fill("Harbour Skin Clinic");
  await page.getByLabel("Password", { exact: true }).fill("short");
  await page.getByLabel("Password again").fill("short");
  await page.getByRole("button", { name: "Create the record" }).click();
  await expect(page.getByText("At least 10 characters.").first()).toBeVisible();
  await expect(page.getByText("Choose a folder.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Address" })).toBeFocused();
  await expect(page.getByLabel("Name of the clinic")).toHaveValue("Harbour Skin Clinic");
  await expectAccessible(page);
});

test("the strength of a password is told honestly", async ({ page }) => {
  await page.getByRole("button", { name: "Create a record" }).click();
  const password = page.getByLabel("Password", { exact: true });
  await password.fill("password123");
  await expect(page.getByText(/guess/iu).first()).toBeVisible();
  await expect(page.locator(".password-meter")).toContainText(/weak|very/iu);
  await password.fill("hollow lantern drifts past nine gulls");
  await expect(page.locator(".password-meter")).toContainText(/strong/iu);
});

test("a folder with other files in it is not taken for a new record", async ({ page, app }) => {
  mkdirSync(app.record, { recursive: true });
  writeFileSync(join(app.record, "holiday.txt"), "photographs");
  await page.getByRole("button", { name: "Create a record" }).click();
  await page.getByLabel("Name of the clinic").fill("Harbour Skin Clinic");
  await page.getByRole("textbox", { name: "Address" }).fill("1 Pier Road");
  await page.getByRole("textbox", { name: "Phone", exact: true }).fill("(555) 555-0100");
  await page.getByRole("textbox", { name: "Folder" }).fill(app.record);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(DOCTOR.name);
  await page.getByRole("textbox", { name: "User name" }).fill(DOCTOR.login);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByLabel("Password again").fill(PASSWORD);
  await page.getByRole("button", { name: "Create the record" }).click();
  await expect(page.getByText(/folder is not empty|empty folder/iu).last()).toBeVisible();
  expect(readdirSync(app.record)).toEqual(["holiday.txt"]);
});

test("the demo clinic opens with its banner and a full morning, and is gone afterwards", async ({ page }) => {
  await page.getByRole("button", { name: /demo clinic/iu }).click();
  await expect(heading(page, "Today")).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole("region", { name: "Demo clinic" })).toBeVisible();
  await expect(page.getByText("Okonkwo, Chinonso").first()).toBeVisible();
});

test.describe("Opening a record", () => {
  test("refuses a folder that has none, and a file that is not a record, with the reason", async ({
    page,
    app,
  }) => {
    const folder = beside(app, "elsewhere");
    mkdirSync(folder, { recursive: true });
    await page.getByRole("textbox", { name: "Folder of the record" }).fill(folder);
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await expect(
      page.getByText("There is no Isochart record in this folder. Nothing was created."),
    ).toBeVisible();
    writeFileSync(join(folder, "keys.json"), "{}");
    writeFileSync(join(folder, "record.db"), "not a database");
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await expect(page.getByRole("alert").or(page.locator(".field-error")).first()).toBeVisible();
    expect(readFileSync(join(folder, "record.db"), "utf8")).toBe("not a database");
  });

  test("refuses a record that another program has open", async ({ page, app }) => {
    await readyRecord(page, app);
    const second = await startApp(beside(app, "second"), { record: beside(app, "none") });
    try {
      const tab = await page.context().newPage();
      await tab.goto(second.address);
      await tab.getByRole("textbox", { name: "Folder of the record" }).fill(app.record);
      await tab.getByRole("button", { name: "Open", exact: true }).click();
      await expect(tab.getByText(/already open/iu)).toBeVisible();
    } finally {
      await second.stop();
    }
  });

  test("asks who it is after a restart, slows down wrong passwords and lets the right one in", async ({
    page,
    app,
  }) => {
    await readyRecord(page, app);
    await app.restart();
    await page.goto(app.address);
    await signIn(page, DOCTOR.login, "not the password");
    await expect(page.getByText(/is not right. Wait 1 second before the next try/u)).toBeVisible();
    await signIn(page, DOCTOR.login, "not the password either");
    await expect(page.getByText(/is not right. Wait 2 seconds before the next try/u)).toBeVisible();
    // Refused while the wait lasts, and let in after it.
    await expect(async () => {
      if (await heading(page, "Sign in").isVisible()) await signIn(page);
      await expect(heading(page, "Today")).toBeVisible({ timeout: 3_000 });
    }).toPass();
  });
});
