/** What people do in the program, by role and label: the words of the tests in `*.test.ts`. */
import { join } from "node:path";
import { expect, type Locator, type Page } from "@playwright/test";
import type { InputOf, Method, OutputOf } from "#shared/contract.ts";
import { callBridge, type RunningApp } from "./app.ts";

export const PASSWORD = "a long enough passphrase";
export const DOCTOR = { login: "ruiz", name: "Ana Ruiz, MD" };

/** The heading of the screen one is on. */
export function heading(page: Page, name: string | RegExp): Locator {
  return page.getByRole("heading", { level: 1, name });
}

/** A call past the screens, for what a test needs to stand there already. */
export async function prepare<M extends Method>(
  page: Page,
  method: M,
  input: InputOf<M>,
): Promise<OutputOf<M>> {
  const envelope = (await callBridge(page, method, input)) as
    | { ok: true; value: OutputOf<M> }
    | { ok: false; refusal: { sentence: string; fields: object } };
  if (!envelope.ok)
    throw new Error(`${method}: ${envelope.refusal.sentence} ${JSON.stringify(envelope.refusal.fields)}`);
  return envelope.value;
}

/** Creates a record through the first screen and goes on to Today. Returns the recovery code as shown. */
export async function createRecord(page: Page, folder: string): Promise<string> {
  await page.getByRole("button", { name: "Create a record" }).click();
  await page.getByLabel("Name of the clinic").fill("Harbour Skin Clinic");
  await page.getByRole("textbox", { name: "Address" }).fill("1 Pier Road\nPortland, ME 04101");
  await page.getByRole("textbox", { name: "Phone", exact: true }).fill("(555) 555-0100");
  await page.getByLabel("Time zone").selectOption("America/New_York");
  await page.getByRole("textbox", { name: "Folder" }).fill(folder);
  await page.getByRole("textbox", { name: "Name", exact: true }).fill(DOCTOR.name);
  await page.getByRole("textbox", { name: "User name" }).fill(DOCTOR.login);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByLabel("Password again").fill(PASSWORD);
  await page.getByRole("button", { name: "Create the record" }).click();
  await expect(heading(page, "The recovery code")).toBeVisible({ timeout: 20_000 });
  const code = (await page.getByTestId("recovery-code").innerText()).trim();
  await page.getByLabel("I have printed or written it down").check();
  await page.getByRole("button", { name: "Go to the record" }).click();
  await expect(heading(page, "Today")).toBeVisible();
  return code;
}

/** A record made without the screens, with the doctor signed in and Today shown; `clinic` is what differs from a clinic in Maine. */
export async function readyRecord(
  page: Page,
  app: RunningApp,
  clinic: Partial<InputOf<"session.createRecord">["clinic"]> = {},
): Promise<void> {
  await prepare(page, "session.createRecord", {
    folder: app.record,
    clinic: {
      name: "Harbour Skin Clinic",
      address: "1 Pier Road\nPortland, ME 04101",
      phone: "(555) 555-0100",
      afterHoursPhone: "(555) 555-0199",
      zone: "America/New_York",
      letterhead: "",
      dateStyle: "mdy",
      weightUnit: "kg",
      labUnits: "conventional",
      crisisLine: "Call or text 988",
      idleMinutes: 10,
      ...clinic,
    },
    ...DOCTOR,
    roles: ["prescriber", "administrator"],
    password: PASSWORD,
  });
  await page.reload();
  await expect(heading(page, "Today")).toBeVisible();
}

/** Signs in on the sign-in screen. */
export async function signIn(
  page: Page,
  login: string = DOCTOR.login,
  password: string = PASSWORD,
): Promise<void> {
  await page.getByRole("textbox", { name: "User name" }).fill(login);
  await page.getByLabel("Password").fill(password);
  await page.keyboard.press("Enter");
}

/** Opens the program again after it was ended and started anew. */
export async function comeBack(page: Page, app: RunningApp): Promise<void> {
  await page.goto(app.address);
  await signIn(page);
}

/** Finds a patient from anywhere and opens the chart, by keyboard alone. */
export async function openChart(page: Page, text: string, name: RegExp): Promise<void> {
  await page.keyboard.press("/");
  await page.keyboard.type(text);
  await expect(page.getByRole("option", { name }).first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(
    page
      .getByRole("tab", { name: "Overview" })
      .or(page.getByRole("link", { name: "Overview" }))
      .first(),
  ).toBeVisible();
  // The chart takes the focus when it has come; until then, keys are still typed into the search.
  await expect(page.getByRole("combobox", { name: "Search patients" })).not.toBeFocused();
  await expect(page.locator("[data-page-heading]").first()).toBeFocused();
}

/** A second folder beside the record of this test. */
export function beside(app: RunningApp, name: string): string {
  return join(app.record, "..", name);
}
