import type { Page } from "@playwright/test";
import { heading, openChart, prepare, readyRecord } from "./acts.ts";
import { expect, test } from "./app.ts";
import { palette } from "./keyboard.ts";
import { aCourse, aPatient } from "./standing.ts";

test.use({ start: { now: "2026-11-21T11:00:00-05:00" } });
test.beforeEach(async ({ page, app }) => readyRecord(page, app));

async function go(page: Page, path: string): Promise<void> {
  await page.goto(new URL(`/#${path}`, page.url()).href);
}

const field = (page: Page, name: string | RegExp) => page.getByRole("textbox", { name });

/** Three people with names that are easily mistaken. */
async function people(page: Page): Promise<void> {
  await aPatient(page, "Núñez de la Peña", {
    givenNames: "María José",
    birthDate: "1999-07-04",
    recordNumber: "A-17",
    phone: "+1 (555) 555-0142",
  });
  await aPatient(page, "Nunes", { givenNames: "Mario", birthDate: "2001-04-07" });
  await aPatient(page, "Suharto", { birthDate: "2000-12-31" });
}

const searches = [
  ["parts in any order", "jose pena", ["Núñez de la Peña, María José"]],
  ["accents or none", "nunez", ["Núñez de la Peña, María José"]],
  ["capitals or none", "NÚÑEZ", ["Núñez de la Peña, María José"]],
  ["the beginnings of parts", "mar nu", ["Núñez de la Peña, María José", "Nunes, Mario"]],
  ["a one-word name", "suha", ["Suharto"]],
  ["a birth date in the clinic's form", "7/4/1999", ["Núñez de la Peña, María José"]],
  ["a birth date with the month as a word", "Jul 4, 1999", ["Núñez de la Peña, María José"]],
  ["a birth date as the standard writes it", "2001-04-07", ["Nunes, Mario"]],
  ["a name and a birth date together", "nunes 4/7/2001", ["Nunes, Mario"]],
  ["the record number", "a-17", ["Núñez de la Peña, María José"]],
  ["digits of the phone, however they are grouped", "5555550142", ["Núñez de la Peña, María José"]],
] as const;

test("one field finds a patient by name, birth date, number or phone, as one types", async ({ page }) => {
  await people(page);
  await go(page, "/patients");
  const search = page.getByRole("combobox", { name: "Find a patient" });
  await expect(search).toBeFocused();
  const hits = page.getByRole("listbox", { name: "Patients found" }).getByRole("option");
  for (const [by, typed, names] of searches)
    await test.step(by, async () => {
      await search.fill(typed);
      await expect(page.getByRole("status").filter({ hasText: /patient/u })).toHaveText(
        names.length === 1 ? "1 patient" : `${names.length} patients`,
      );
      for (const name of names) await expect(hits.filter({ hasText: name })).toHaveCount(1);
    });
  await page.keyboard.press("Enter");
  await expect(heading(page, /Núñez de la Peña/u)).toBeVisible();
});

test("who is not found is registered with what was typed, by Enter", async ({ page }) => {
  await go(page, "/patients");
  await expect(page.getByRole("combobox", { name: "Find a patient" })).toBeFocused();
  await page.keyboard.type("Ottoline Vogelsang");
  await expect(page.getByText("Nobody fits “Ottoline Vogelsang”.")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(field(page, "Family name")).toHaveValue("Vogelsang");
  await expect(field(page, /^Given names/u)).toHaveValue("Ottoline");
});

test("a possible duplicate is told while one types, and does not stop the registration", async ({ page }) => {
  await people(page);
  await go(page, "/patients/new");
  await field(page, "Family name").fill("Nuñes");
  await field(page, /^Given names/u).fill("Mario");
  await field(page, "Birth date").fill("4/7/2001");
  await expect(page.getByRole("status").filter({ hasText: "may be the same person" })).toContainText(
    "Nunes, Mario",
  );
  await field(page, "Birth date").fill("4/8/2003");
  await page.getByRole("button", { name: "Register" }).click();
  await expect(heading(page, "Nuñes, Mario")).toBeVisible();
  expect(await prepare(page, "patients.search", { text: "mario" })).toHaveLength(2);
});

test("a change of the details keeps what stood there, with who changed it", async ({ page }) => {
  const { id } = await aPatient(page, "Suharto", { phone: "555-0101" });
  await openChart(page, "suharto", /Suharto/u);
  await page.keyboard.press("e");
  await field(page, /^Phone/u).fill("555-0199");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { name: /^Overview of/u })).toBeAttached();
  await page.getByRole("navigation", { name: "Chart" }).getByRole("link", { name: "History" }).click();
  const change = page.getByRole("listitem").filter({ hasText: "Phone" }).last();
  await expect(change.getByRole("deletion")).toHaveText("555-0101");
  await expect(change.getByRole("insertion")).toHaveText("555-0199");
  await expect(page.getByRole("main")).toContainText("Ana Ruiz, MD");
  expect(await prepare(page, "patients.history", { id })).toHaveLength(2);
});

test("two tabs change one patient: the second is shown both versions and decides", async ({ page, app }) => {
  const { id } = await aPatient(page, "Suharto", { phone: "555-0101" });
  await go(page, `/patients/${id}/edit`);
  const second = await page.context().newPage();
  await second.goto(app.address);
  await expect(heading(second, "Today")).toBeVisible();
  await second.goto(new URL(`/#/patients/${id}/edit`, second.url()).href);
  await field(page, /^Phone/u).fill("555-0111");
  await field(second, /^Phone/u).fill("555-0222");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("heading", { name: /^Overview of/u })).toBeAttached();
  await second.getByRole("button", { name: "Save" }).click();
  const conflict = second.getByRole("alert").filter({ hasText: "saved a newer version" });
  await expect(conflict.getByRole("row", { name: /Phone/u })).toContainText("555-0222");
  await expect(conflict.getByRole("row", { name: /Phone/u })).toContainText("555-0111");
  await expect(field(second, /^Phone/u)).toHaveValue("555-0222");
  await conflict.getByRole("button", { name: "Save mine over it" }).click();
  await expect(second.getByRole("heading", { name: /^Overview of/u })).toBeAttached();
  expect((await prepare(page, "patients.history", { id })).map((one) => one.phone)).toEqual([
    "555-0222",
    "555-0111",
    "555-0101",
  ]);
});

test("the palette goes to a patient, and does an action of the chart", async ({ page }) => {
  const { id } = await aPatient(page, "Suharto");
  await aCourse(page, id);
  await palette(page, "suha", /Suharto/u);
  await expect(heading(page, "Suharto")).toBeVisible();
  await palette(page, "record preg", /^Record a pregnancy test/u);
  await expect(page.getByRole("form", { name: "Record: Pregnancy test" })).toBeVisible();
  await palette(page, "dark", /^Dark colours/u);
  await expect(page.locator("html")).toHaveCSS("color-scheme", "dark");
});
