/**
 * What a nurse and a prescriber do in a programme, by keyboard alone: nothing here clicks or puts the focus anywhere. Most of it
 * begins on the programme's page of the chart.
 */
import type { Locator, Page } from "@playwright/test";
import { DOCTOR, heading, PASSWORD } from "./acts.ts";
import { expect, type RunningApp } from "./app.ts";
import { choose, palette, pick, press, row, tabTo, typeInto } from "./keyboard.ts";

/** The first place on the page where this is said. */
export const said = (page: Page, text: string | RegExp) => page.getByText(text).first();

/** Registers a patient from Today. */
export async function register(
  page: Page,
  person: { family: string; given: string; born: string },
): Promise<void> {
  await page.keyboard.press("n");
  await page.keyboard.press("p");
  await expect(page.getByRole("textbox", { name: "Family name" })).toBeFocused();
  await page.keyboard.type(person.family);
  await typeInto(page, page.getByRole("textbox", { name: /^Given names/u }), person.given);
  await typeInto(page, page.getByRole("textbox", { name: "Birth date" }), person.born);
  await pick(page, row(page, "Asked about allergies?"), "n");
  await page.keyboard.press("Control+Enter");
  await expect(said(page, "No course has been started.")).toBeVisible();
}

/** Starts a course from the overview of a patient who has none, in the programme that the form begins with unless another is told. */
export async function startCourse(
  page: Page,
  category: "can" | "cannot",
  programme: string | null = null,
): Promise<void> {
  await press(page, page.getByRole("link", { name: "Start a course" }));
  await choose(page, page.getByRole("combobox", { name: "Indication" }), "Severe nodular acne");
  await pick(page, row(page, "Severity now (IGA)"), "4");
  await choose(page, page.getByRole("combobox", { name: "Scars now" }), "Mild");
  await pick(page, row(page, "Taken before?"), "n");
  const rest = page.getByRole("button", { name: "No to the rest" });
  await press(page, rest.first());
  await expect(rest).toHaveCount(1);
  await press(page, rest);
  await expect(rest).toHaveCount(0);
  await pick(page, row(page, "Asked about medicines?"), "y");
  await choose(page, page.getByRole("combobox", { name: "Product" }), "Isotretinoin, generic");
  await typeInto(page, page.getByRole("textbox", { name: /^Weight at the start/u }), "70");
  if (programme !== null) await choose(page, page.getByRole("combobox", { name: "Programme" }), programme);
  await pick(page, row(page, "This patient"), category === "can" ? "1" : "2");
  if (category === "cannot")
    await choose(page, page.getByRole("combobox", { name: "Criterion" }), "Cisgender male");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("region", { name: "Can treatment start today?" })).toContainText("No");
}

/** Opens the form of one kind of programme entry by its key, and says what it is called. */
export async function begin(page: Page, key: string, kind: string): Promise<void> {
  await expect(page.getByRole("button", { name: kind, exact: true })).toBeVisible();
  await page.keyboard.press(key);
  await expect(page.getByRole("form", { name: `Record: ${kind}` })).toBeVisible();
}

/** Saves the entry and waits until the next can be begun. */
export async function record(page: Page, kind: string): Promise<void> {
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("form", { name: `Record: ${kind}` })).toHaveCount(0);
}

/** The one thing to do next, as the programme's page says it first. */
export const nextStep = (page: Page): Locator => page.getByRole("group", { name: "Next step" });

/** Does what the page says is next: it must be this step, and its button have the focus, so that Enter opens the form. */
export async function takeNext(page: Page, step: string, kind: string): Promise<void> {
  await expect(nextStep(page)).toContainText(step);
  await expect(nextStep(page).getByRole("button")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("form", { name: `Record: ${kind}` })).toBeVisible();
}

export async function enrol(page: Page): Promise<void> {
  await begin(page, "e", "Enrolment");
  await typeInto(page, page.getByRole("textbox", { name: "Programme number" }), "4711-0815");
  await record(page, "Enrolment");
}

export async function consent(page: Page, form: string): Promise<void> {
  await begin(page, "s", "Consent signed");
  await fillConsent(page, form);
  await record(page, "Consent signed");
}

/** Which form the patient signed, in the form that is open. */
export async function fillConsent(page: Page, form: string): Promise<void> {
  await choose(page, page.getByRole("combobox", { name: "Form", exact: true }), form);
  await pick(page, row(page, "Signed by"), "p");
}

export async function counsel(page: Page): Promise<void> {
  await begin(page, "o", "Counselling");
  await pick(page, row(page, "Teach-back"), "u");
  await record(page, "Counselling");
}

export async function confirm(page: Page): Promise<void> {
  await begin(page, "p", "Prescriber confirmation");
  await tabTo(page, page.getByRole("textbox", { name: /^Note/u }));
  await record(page, "Prescriber confirmation");
}

/** A negative urine test in the clinic, of today. */
export async function negativeTest(page: Page): Promise<void> {
  await begin(page, "t", "Pregnancy test");
  await fillTest(page);
  await record(page, "Pregnancy test");
}

/** What a pregnancy test asks, in the form that is open; a negative urine test in the clinic unless told otherwise. */
export async function fillTest(
  page: Page,
  { result = "n", sample = "u", where = "m" }: { result?: string; sample?: string; where?: string } = {},
): Promise<void> {
  await pick(page, row(page, "Result"), result);
  await pick(page, row(page, "Sample"), sample);
  await pick(page, row(page, "Where"), where);
  await typeInto(page, page.getByRole("textbox", { name: /^Detects from/u }), "25");
}

/** Both methods, in an entry that asks for two. */
export async function methods(page: Page, key: string, kind: string): Promise<void> {
  await begin(page, key, kind);
  await fillMethods(page);
  await record(page, kind);
}

/** The pill and a condom, in the form that is open. */
export async function fillMethods(page: Page): Promise<void> {
  await choose(page, page.getByRole("combobox", { name: /^(Primary|First) method/u }), "Combined pill");
  await choose(page, page.getByRole("combobox", { name: /^Second method/u }), "Male latex condom");
}

/** The answer to the question whether the next supply can be prescribed. */
export const verdict = (page: Page): Locator =>
  page.getByRole("region", { name: /^Can (treatment start|it be prescribed) today\?$/u });

/** Starts the program again at another time, and signs in: on Today. */
export async function laterAt(
  page: Page,
  app: RunningApp,
  now: string,
  login: string = DOCTOR.login,
): Promise<void> {
  await app.restart({ now });
  await page.goto(app.address);
  await comeIn(page, login);
}

/** Signs in by keys, where the sign-in screen is shown or comes. */
export async function comeIn(page: Page, login: string): Promise<void> {
  await expect(page.getByRole("textbox", { name: "User name" })).toBeFocused({ timeout: 30_000 });
  await page.keyboard.type(login);
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press("Enter");
  await expect(heading(page, "Today")).toBeVisible({ timeout: 30_000 });
}

/** Goes to the programme of a patient from anywhere. `name`: the family name, as it is typed into the palette. */
export async function toProgramme(page: Page, name: string): Promise<void> {
  await palette(page, name.toLowerCase(), new RegExp(name, "u"));
  await palette(page, "programme", /^Programme/u);
  await expect(verdict(page)).toBeVisible();
}
