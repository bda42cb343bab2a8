/** What is done for a pregnancy-prevention programme, by keyboard alone: the words of the journeys. Nothing here clicks. */
import { expect, type Locator, type Page } from "@playwright/test";
import { DOCTOR, heading, PASSWORD } from "./acts.ts";
import type { RunningApp } from "./app.ts";
import { choose, palette, pick, press, row, tabTo, typeInto } from "./keyboard.ts";

/** The first place on the page where this is said. */
export const said = (page: Page, text: string | RegExp): Locator => page.getByText(text).first();

/** The gate's answer about the next prescription. */
export const verdict = (page: Page): Locator =>
  page.getByRole("region", { name: /^Can (treatment start|it be prescribed) today\?$/u });

/** Registers a patient from Today, and ends on their chart; the birth date as the clinic writes dates. */
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

/**
 * Starts a course from the overview of a patient who has none; of a patient who cannot become pregnant, one who is male.
 * `programme` is the beginning of its name, where it is not the one that is offered first.
 */
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
  if (programme !== null)
    await choose(page, page.getByRole("combobox", { name: "Pregnancy-prevention programme" }), programme);
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

/** The one thing to do next, as the programme page says it first. */
export const nextStep = (page: Page): Locator => page.getByRole("group", { name: "Next step" });

/** Does what the page says is next: it must be this step, and its button must have the focus, so that Enter opens the form. */
export async function takeNext(page: Page, step: string, kind: string): Promise<void> {
  await expect(nextStep(page)).toContainText(step);
  await expect(nextStep(page).getByRole("button")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("form", { name: `Record: ${kind}` })).toBeVisible();
}

/** The programme of the chart one is on, by its two keys. */
export async function goToProgramme(page: Page): Promise<void> {
  await page.keyboard.press("g");
  await page.keyboard.press("r");
  await expect(
    heading(page, "Programme")
      .or(page.getByRole("heading", { name: "Programme" }))
      .first(),
  ).toBeVisible();
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

/** The form that the patient signed. */
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
  await fillNegativeTest(page);
  await record(page, "Pregnancy test");
}

/** What a negative test of the usual kind says, in its open form. */
export async function fillNegativeTest(page: Page): Promise<void> {
  await pick(page, row(page, "Result"), "n");
  await pick(page, row(page, "Sample"), "u");
  await pick(page, row(page, "Where"), "m");
  await typeInto(page, page.getByRole("textbox", { name: /^Detects from/u }), "25");
}

/** Both methods, in an entry that asks for two. */
export async function methods(page: Page, key: string, kind: string): Promise<void> {
  await begin(page, key, kind);
  await choose(page, page.getByRole("combobox", { name: /^(Primary|First) method/u }), "Combined pill");
  await choose(page, page.getByRole("combobox", { name: /^Second method/u }), "Male latex condom");
  await record(page, kind);
}

/** Somebody who can sign in. */
export type Person = { login: string; password: string };

/** Signs in where the sign-in screen stands, and waits for Today. */
export async function signInByKeys(
  page: Page,
  person: Person = { login: DOCTOR.login, password: PASSWORD },
): Promise<void> {
  await expect(page.getByRole("textbox", { name: "User name" })).toBeFocused();
  await page.keyboard.type(person.login);
  await page.keyboard.press("Tab");
  await page.keyboard.type(person.password);
  await page.keyboard.press("Enter");
  await expect(heading(page, "Today")).toBeVisible({ timeout: 20_000 });
}

/** Starts the program again at another time, and signs in: Today is what one sees. */
export async function laterAt(page: Page, app: RunningApp, now: string, person?: Person): Promise<void> {
  await app.restart({ now });
  await page.goto(app.address);
  await signInByKeys(page, person);
}

/** Finds a patient from anywhere through the palette and goes on to the programme. */
export async function programmeOf(page: Page, text: string, name: RegExp): Promise<void> {
  await palette(page, text, name);
  await palette(page, "programme", /^Programme/u);
}
