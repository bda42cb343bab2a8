import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "./app.ts";
import { heading, prepare } from "./acts.ts";
import { aCourse, aPatient } from "./standing.ts";

/** Every screen, looked at by axe in light and in dark. One record for all: the demo clinic, on one day. */

test.use({ start: { demo: true, now: "2026-11-21T11:00:00-05:00" } });

/** Goes to an address within the program. */
async function go(page: Page, path: string): Promise<void> {
  await page.goto(new URL(`/#${path}`, page.url()).href);
}

/** The id of a patient of the demo clinic. */
async function find(page: Page, text: string): Promise<string> {
  const [hit] = await prepare(page, "patients.search", { text });
  if (hit === undefined) throw new Error(`The demo clinic has nobody called ${text}.`);
  return hit.id;
}

test.beforeEach(async ({ page }) => {
  await expect(heading(page, "Today")).toBeVisible({ timeout: 30_000 });
});

test("Today, the palette and the list of shortcuts", async ({ page }) => {
  await expect(page.getByRole("table").first()).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("dialog", { name: "Actions" })).toBeVisible();
  await page.keyboard.type("a");
  await expect(page.getByRole("dialog").getByRole("option").first()).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Shortcuts" })).toBeVisible();
  await expectAccessible(page);
});

test("finding, registering and editing a patient, and an address that leads nowhere", async ({ page }) => {
  await go(page, "/patients");
  await page.getByRole("combobox", { name: "Find a patient" }).fill("a");
  await expect(page.getByRole("listbox", { name: "Patients found" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("combobox", { name: "Find a patient" }).fill("zzzz");
  await expect(page.getByText("Nobody fits “zzzz”.")).toBeVisible();
  await expectAccessible(page);
  await go(page, "/patients/new");
  await page.getByRole("textbox", { name: "Family name" }).fill("Okonkwo");
  await page.getByRole("textbox", { name: /^Given names/u }).fill("Chinonso");
  await expect(page.getByText(/may be the same person/u)).toBeVisible();
  await page.getByRole("textbox", { name: "Birth date" }).fill("31/31/2001");
  await page.getByRole("button", { name: "Register" }).click();
  await expect(page.getByText(/is not a date/u)).toBeVisible();
  await expectAccessible(page);
  await go(page, `/patients/${await find(page, "okonkwo")}/edit`);
  await expect(page.getByRole("form", { name: "Patient’s details" })).toBeVisible();
  await expectAccessible(page);
  await go(page, "/nowhere");
  await expect(heading(page, "There is no such page")).toBeVisible();
  await expectAccessible(page);
});

test("a chart: overview, visits, history, prescriptions and courses", async ({ page }) => {
  const id = await find(page, "okonkwo");
  const chart = await prepare(page, "patients.chart", { id });
  await go(page, `/patients/${id}`);
  await expect(page.getByRole("region", { name: /^Can/u })).toBeVisible();
  await expect(page.getByRole("figure").first()).toBeVisible();
  await expectAccessible(page);
  for (const [path, shown] of [
    ["visits", "Visits"],
    ["history", "History"],
    ["prescriptions", "Prescriptions"],
  ] as const) {
    await go(page, `/patients/${id}/${path}`);
    await expect(page.getByRole("heading", { name: shown, exact: true })).toBeVisible();
    await expect(
      page.getByRole("main").getByRole("listitem").or(page.getByRole("row")).first(),
    ).toBeVisible();
    await expectAccessible(page);
  }
  await go(page, `/patients/${id}/course/${chart.open?.course.id ?? ""}`);
  await expect(page.getByRole("heading", { name: /course/iu }).first()).toBeVisible();
  await expectAccessible(page);
});

test("a course that is begun, and one that is over", async ({ page }) => {
  await go(page, `/patients/${await find(page, "suharto")}/course/new`);
  await page.getByRole("radio", { name: "Cannot become pregnant" }).check();
  await page.getByRole("button", { name: "Start the course" }).click();
  await expect(page.locator("[aria-invalid=true]").first()).toBeVisible();
  await expectAccessible(page);
  const id = await find(page, "sahin mehmet");
  const { earlier } = await prepare(page, "patients.chart", { id });
  await go(page, `/patients/${id}/course/${earlier[0]?.course.id ?? ""}`);
  await expect(page.getByRole("heading", { name: /course/iu }).first()).toBeVisible();
  await expectAccessible(page);
});

test("a visit: new, asked to be signed, with all that alerts", async ({ page }) => {
  await go(page, `/patients/${await find(page, "wisniewska")}/visits/new`);
  await page.getByLabel("Find a side effect").last().fill("headache");
  await page.keyboard.press("3");
  await page.getByRole("textbox", { name: "ALT, result" }).fill("290");
  await page
    .getByRole("radiogroup", { name: /^Little interest/u })
    .getByRole("radio", { name: /^3/u })
    .check();
  await page.getByRole("radio", { name: "Positive" }).first().check();
  await page.getByRole("radio", { name: "Continue" }).check();
  await expect(page.getByRole("table", { name: "Capsules a day" })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByLabel("Your password, to sign")).toBeVisible();
  await expectAccessible(page);
});

test("a visit: saved and not signed, and signed", async ({ page }) => {
  const id = await find(page, "fitzgerald");
  const { visits } = await prepare(page, "patients.chart", { id });
  const waiting = visits.find((visit) => visit.signedAt === null && !visit.voided);
  await go(page, `/patients/${id}/visits/${waiting?.id ?? ""}`);
  await expect(page.getByRole("form", { name: "Visit" })).toBeVisible();
  await expectAccessible(page);
  const signed = visits.find((visit) => visit.signedAt !== null);
  await go(page, `/patients/${id}/visits/${signed?.id ?? ""}`);
  await expect(page.getByRole("article", { name: /^Visit of/u })).toBeVisible();
  await page.getByRole("button", { name: /^Void this visit/u }).click();
  await expect(page.getByRole("form", { name: "Void this visit" })).toBeVisible();
  await expectAccessible(page);
});

test("the flowsheet, with its panel, an entry, and the trend", async ({ page }) => {
  await go(page, `/patients/${await find(page, "okonkwo")}/labs`);
  const grid = page.getByRole("grid", { name: /^Flowsheet/u });
  await grid.getByRole("button").first().click();
  await expect(page.getByRole("complementary")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Correct" }).click();
  await expect(page.getByRole("form", { name: "Correct the result" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Void", exact: true }).click();
  await expect(page.getByRole("form", { name: "Void the result" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Keep it" }).click();
  await page.getByRole("button", { name: /^Enter results/u }).click();
  await page.getByRole("textbox", { name: "ALT, new column" }).fill("abc");
  await page.getByRole("textbox", { name: "Triglycerides, new column" }).fill("999");
  await page.keyboard.press("Control+s");
  await expect(page.locator("[aria-invalid=true]").first()).toBeVisible();
  await expectAccessible(page);
});

test("the programme, with the form of every kind of entry", async ({ page }) => {
  // Some forty looks, one for each form in light and in dark.
  test.setTimeout(300_000);
  const id = await find(page, "wisniewska");
  await go(page, `/patients/${id}/programme`);
  await expect(page.getByRole("region", { name: /^Can/u })).toBeVisible();
  await expect(page.getByRole("table", { name: /^Programme entries/u })).toBeVisible();
  await expectAccessible(page);
  // Every kind that is offered, each with its errors shown: a day that is none is refused whatever else is asked.
  const kinds = page.getByRole("region", { name: "Record" }).getByRole("group").getByRole("button");
  const count = await kinds.count();
  expect(count).toBeGreaterThan(12);
  for (let at = 0; at < count; at += 1) {
    await kinds.nth(at).click();
    const form = page.getByRole("form", { name: /^Record: / });
    await form.getByRole("textbox").first().fill("31/31/2026");
    await form.getByRole("button", { name: /^Record/u }).click();
    await expect(form.getByText(/is not a date/u)).toBeVisible();
    await expectAccessible(page, ".entry-form");
    await form.getByRole("button", { name: /^Another kind/u }).click();
    await expect(kinds.nth(at)).toBeVisible();
  }
});

/** A white image of 8 by 8 pixels, as a scanner would give it. */
const SCAN = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAADklEQVR42mP4DwUMlDEA98A/wa9cD80AAAAASUVORK5CYII=",
  "base64",
);

test("the programme’s page: a no with its plan, the calendar, what the site says otherwise, and a stop with its checklist", async ({
  page,
}) => {
  const { id } = await aPatient(page, "Quintero");
  const { id: courseId } = await aCourse(page, id, {
    category: { category: "can", criterion: "default", evidence: "" },
  });
  await prepare(page, "programme.record", {
    courseId,
    entry: {
      kind: "programme-site",
      on: "2026-11-21",
      status: "locked-out",
      category: "cannot",
      testOn: "2026-11-19",
      confirmedOn: null,
      questionsOn: null,
      doNotDispenseAfter: "2026-11-25",
      dispensedOn: null,
      daysDispensed: null,
    },
  });
  await go(page, `/patients/${id}/programme`);
  await expect(page.getByRole("heading", { name: "What would make it yes" })).toBeVisible();
  await expect(page.getByRole("table", { name: "What the record and the site disagree on" })).toBeVisible();
  await page.getByText(/^Why: /u).click();
  await page.getByText(/rules? met/u).click();
  await expectAccessible(page);
  const days = page.getByRole("grid", { name: "Nov 2026" });
  await days.getByRole("button", { name: /, today/u }).focus();
  await page.keyboard.press("ArrowRight");
  await expect(days.getByRole("button", { name: /Nov 22, 2026/u })).toBeFocused();
  await expectAccessible(page, ".month-calendar");
  await prepare(page, "programme.record", { courseId, entry: { kind: "pregnancy", on: "2026-11-21" } });
  // Past the screens: they do not know of it.
  await page.reload();
  await expect(page.getByRole("button", { name: "Say what was done" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Say what was done" }).click();
  const form = page.getByRole("form", { name: "Record: Stop handled" });
  await form.getByRole("button", { name: /^Record/u }).click();
  await expect(form.getByText("Say what was done, in a few words.")).toBeVisible();
  await expectAccessible(page);
  await form.getByRole("checkbox").first().check();
  await form.getByRole("textbox", { name: /^What was done/u }).fill("Rang her; the pharmacy knows.");
  await form.getByRole("button", { name: /^Record/u }).click();
  await expect(page.getByText(/^Handled on/u)).toBeVisible();
  await expectAccessible(page);
});

test("files of an entry: taken, refused, and opened", async ({ page }) => {
  await go(page, `/patients/${await find(page, "wisniewska")}/programme?record=consent`);
  const form = page.getByRole("form", { name: "Record: Consent signed" });
  await form.getByLabel(/^Files/u).setInputFiles([
    { name: "consent.png", mimeType: "image/png", buffer: SCAN },
    { name: "letter.txt", mimeType: "text/plain", buffer: Buffer.from("Dear doctor") },
    { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("Dear nurse") },
  ]);
  await expect(form.getByRole("button", { name: "Take off consent.png" })).toBeVisible();
  await expect(form.getByText("letter.txt: ")).toBeVisible();
  await expectAccessible(page, ".entry-form");
  await form.getByRole("button", { name: "Open consent.png" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expectAccessible(page);
});

test("an empty box to tick stands out from its ground, in light and in dark", async ({ page }) => {
  await go(page, `/patients/${await find(page, "okonkwo")}/programme?record=stop-handled`);
  const box = page.getByRole("checkbox", { name: "Confirm by serum hCG" });
  await expect(box).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const contrast = await box.evaluate((element) => {
      // A canvas reads any colour as the screen shows it.
      const pixel = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
      const luminance = (colour: string): number => {
        if (pixel === null) throw new Error("no canvas");
        pixel.fillStyle = colour;
        pixel.fillRect(0, 0, 1, 1);
        const [red = 0, green = 0, blue = 0] = [...pixel.getImageData(0, 0, 1, 1).data].map((part) =>
          part <= 10 ? part / 3294.6 : ((part / 255 + 0.055) / 1.055) ** 2.4,
        );
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const style = getComputedStyle(element);
      const [light, dark] = [luminance(style.borderTopColor), luminance(style.backgroundColor)].toSorted(
        (a, b) => b - a,
      );
      return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
    });
    // WCAG 2.2, 1.4.11: what is needed to know a control by, at least 3 to 1.
    expect(contrast, colorScheme).toBeGreaterThanOrEqual(3);
  }
});

test("every paper's preview", async ({ page }) => {
  const one = await prepare(page, "patients.chart", { id: await find(page, "wisniewska") });
  const visitId = one.visits.find((visit) => visit.signedAt !== null && !visit.voided)?.id ?? "";
  const courseId = one.open?.course.id ?? "";
  for (const path of [
    `/paper/summary/${visitId}`,
    `/paper/handout/starting-isotretinoin/${courseId}`,
    `/paper/handout/preventing-pregnancy/${courseId}`,
    "/paper/today",
    `/paper/labs/${one.patient.id}`,
  ]) {
    await go(page, path);
    await expect(page.getByRole("region", { name: /page 1 of/u }), path).toBeVisible({ timeout: 20_000 });
    await expectAccessible(page);
  }
});

test("the settings", async ({ page }) => {
  for (const [tab, shown] of [
    ["Clinic", "Clinic"],
    ["Accounts", "Accounts"],
    ["Programmes", "Programmes"],
    ["Audit trail", "Audit trail"],
    ["My password", "My password"],
    ["About", /Isochart|About/u],
  ] as const) {
    await go(page, "/settings");
    await page.getByRole("navigation", { name: "Settings" }).getByRole("link", { name: tab }).click();
    await expect(page.getByRole("main").getByRole("heading", { name: shown }).first()).toBeVisible();
    if (tab === "Accounts") await page.getByRole("button", { name: "Add a person" }).click();
    if (tab === "Audit trail") {
      await page.getByRole("button", { name: "Verify the chain" }).click();
      await expect(page.getByText(/^Unbroken:/u)).toBeVisible({ timeout: 20_000 });
    }
    await expectAccessible(page);
  }
  await go(page, "/settings/programmes/ipledge/2026-11-15");
  await expect(page.getByRole("heading", { name: /^Patients concerned/u })).toBeVisible();
  await expectAccessible(page);
});

test("the lock, signing in, and the recovery code", async ({ page }) => {
  await page.keyboard.press("Control+l");
  await expect(heading(page, "Locked")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "I am somebody else" }).click();
  await expect(heading(page, "Sign in")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: /recovery code/u }).click();
  await expect(heading(page, "Use the recovery code")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Back" }).click();
  await page.getByRole("button", { name: "Another record" }).click();
  await expect(heading(page, "Isochart")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Create a record" }).click();
  await expect(page.getByLabel("Name of the clinic")).toBeVisible();
  await expectAccessible(page);
});
