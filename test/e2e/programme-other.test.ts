import type { Page } from "@playwright/test";
import { PASSWORD, prepare, readyRecord } from "./acts.ts";
import { expect, test } from "./app.ts";
import { choose, palette, pick, press, row, typeInto } from "./keyboard.ts";
import {
  begin,
  comeIn,
  fillConsent,
  fillTest,
  laterAt,
  nextStep,
  record,
  register,
  said,
  startCourse,
  takeNext,
  toProgramme,
  verdict,
} from "./programme-acts.ts";
import { aCourse, aPatient } from "./standing.ts";

/**
 * A patient who cannot become pregnant in iPLEDGE, a change of category, and a course in the United Kingdom: each from the first day
 * to the last, by keyboard alone, doing what the page says is next.
 */

const NURSE = { login: "okafor", name: "Ify Okafor, RN", password: PASSWORD };

/** The line of Today that has this act, with what it says. */
const line = (page: Page, act: string) =>
  page.getByRole("row").filter({ has: page.getByRole("link", { name: act }) });

/** Goes down Today to the line with this act and does it. */
async function takeLine(page: Page, act: string): Promise<void> {
  const link = page.getByRole("link", { name: act });
  await expect(link).toBeVisible();
  await expect(page.getByRole("table").getByRole("link").first()).toBeFocused();
  const rows = await page.getByRole("table").getByRole("link").count();
  for (let at = 0; at < rows; at += 1) {
    if (await link.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press("ArrowDown");
  }
  await expect(link).toBeFocused();
  await page.keyboard.press("Enter");
}

/** Issues the prescription that the page says is next, and comes back to the programme. `counts`: what is typed for the capsules. */
async function prescribe(
  page: Page,
  counts: { morning: string; evening: string } | null = null,
): Promise<void> {
  await expect(nextStep(page)).toContainText("Prescription");
  await expect(nextStep(page).getByRole("button")).toBeFocused();
  await page.keyboard.press("Enter");
  const form = page.getByRole("form", { name: "Issue a prescription" });
  await expect(form).toBeVisible();
  if (counts !== null) {
    await typeInto(page, page.getByRole("textbox", { name: "20 mg, morning" }), counts.morning);
    await typeInto(page, page.getByRole("textbox", { name: "20 mg, evening" }), counts.evening);
  }
  await expect(form).toContainText("60 × 20 mg");
  await typeInto(page, page.getByRole("textbox", { name: /^Supply/u }), "30");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Prescription issued.")).toBeVisible();
  await palette(page, "programme", /^Programme/u);
}

/** Records what became of the prescription: so many capsules, 0 for none. */
async function dispensed(page: Page, capsules: string): Promise<void> {
  await takeNext(page, "Pick-up", "Medicine dispensed");
  await typeInto(page, page.getByRole("textbox", { name: /^Capsules/u }), capsules);
  await record(page, "Medicine dispensed");
}

async function counselled(page: Page): Promise<void> {
  await takeNext(page, "Counselling", "Counselling");
  await pick(page, row(page, "Teach-back"), "u");
  await record(page, "Counselling");
}

/** Ends the course by the step that is last, and shows the chart without it. */
async function endCourse(page: Page): Promise<void> {
  await expect(nextStep(page)).toContainText("Course ended");
  await expect(nextStep(page).getByRole("button")).toBeFocused();
  await page.keyboard.press("Enter");
  const form = page.getByRole("form", { name: "End the course" });
  await choose(page, form.getByRole("combobox", { name: "Why" }), "Completed");
  await press(page, form.getByRole("button", { name: "End the course" }));
  await expect(page.getByText("Course ended.")).toBeVisible();
}

test.describe("A patient who cannot become pregnant, in iPLEDGE", () => {
  test.use({ start: { now: "2026-11-16T09:00:00-05:00" } });

  test("starts at the first visit without a window, collects for three months, pauses, and is closed out", async ({
    page,
    app,
  }) => {
    test.setTimeout(300_000);
    await readyRecord(page, app);

    await test.step("the first visit: every step is done in turn, none of them about pregnancy", async () => {
      await register(page, { family: "Baptiste", given: "Émile", born: "5/9/2003" });
      await startCourse(page, "cannot");
      await toProgramme(page, "Baptiste");
      await expect(verdict(page)).toContainText("No");
      await expect(verdict(page)).toContainText("What would make it yes");
      await takeNext(page, "Enrolment", "Enrolment");
      await typeInto(page, page.getByRole("textbox", { name: "Programme number" }), "5512-7781");
      await record(page, "Enrolment");
      await takeNext(page, "Consents", "Consent signed");
      await fillConsent(page, "Consent for all patients");
      await record(page, "Consent signed");
      await counselled(page);
      await expect(verdict(page)).toContainText("Yes");
      await expect(verdict(page)).not.toContainText("Closes");
      await expect(page.getByText(/^Not asked of this patient: .*confirmation test/u)).toBeVisible();
      await expect(page.getByRole("button", { name: "Pregnancy test", exact: true })).toHaveCount(0);
    });

    await test.step("the first prescription and its pick-up, with no hour by which to collect", async () => {
      await prescribe(page, { morning: "1", evening: "1" });
      await expect(nextStep(page)).toContainText("Record it when the capsules are collected.");
      await dispensed(page, "60");
      await expect(verdict(page)).toContainText("No");
      await expect(verdict(page)).toContainText("Dec 9, 2026");
      await expect(said(page, "Nothing is due now.")).toBeVisible();
      await expect(said(page, "Next: prescription, from Wed, Dec 9, 2026.")).toBeVisible();
    });

    await test.step("the second month: no test, no counselling, no confirmation is asked again", async () => {
      await laterAt(page, app, "2026-12-14T09:00:00-05:00");
      await toProgramme(page, "Baptiste");
      await expect(verdict(page)).toContainText("Yes");
      await prescribe(page);
      await dispensed(page, "60");
    });

    await test.step("a pause closes the gate", async () => {
      await laterAt(page, app, "2026-12-21T09:00:00-05:00");
      await toProgramme(page, "Baptiste");
      await begin(page, "u", "Treatment paused");
      await typeInto(page, page.getByRole("textbox", { name: "Why" }), "Nosebleeds");
      await record(page, "Treatment paused");
      await expect(verdict(page)).toContainText("No");
      await expect(verdict(page)).toContainText("Treatment is paused. Record that it is resumed");
      await expect(page.getByRole("list", { name: "This month" })).toContainText("Treatment is paused.");
    });

    await test.step("a resumption opens it, and the third month is collected", async () => {
      await laterAt(page, app, "2027-01-11T09:00:00-05:00");
      await toProgramme(page, "Baptiste");
      await expect(verdict(page)).toContainText(/paused/iu);
      await begin(page, "w", "Treatment resumed");
      await record(page, "Treatment resumed");
      await expect(verdict(page)).toContainText("Yes");
      await prescribe(page);
      await dispensed(page, "60");
      await expect(page.getByRole("table", { name: /^Earlier months/u }).getByRole("row")).toHaveCount(4);
    });

    await test.step("the last dose: nothing is owed but the time without a blood donation", async () => {
      await laterAt(page, app, "2027-02-10T09:00:00-05:00");
      await toProgramme(page, "Baptiste");
      await begin(page, "a", "Last dose");
      await record(page, "Last dose");
      const after = page.getByRole("list", { name: "After treatment" });
      await expect(after).toContainText("No blood donation");
      await expect(after).toContainText("Mar 12, 2027");
      await expect(after).not.toContainText(/test/iu);
      await expect(said(page, "Nothing is due now.")).toBeVisible();
      await expect(said(page, "No blood donation: until Fri, Mar 12, 2027.")).toBeVisible();
    });

    await test.step("a month later the course is ended", async () => {
      await laterAt(page, app, "2027-03-13T09:00:00-05:00");
      await toProgramme(page, "Baptiste");
      await endCourse(page);
      await expect(page.getByText("None open")).toBeVisible();
    });
  });

  test("a change to “cannot become pregnant” needs a reason and counts once a second person agrees", async ({
    page,
    app,
  }) => {
    test.setTimeout(180_000);
    await readyRecord(page, app);
    await prepare(page, "accounts.add", { ...NURSE, roles: ["nurse"] });
    const { id } = await aPatient(page, "Castellanos");
    await aCourse(page, id, { category: { category: "can", criterion: "default", evidence: "" } });

    await test.step("the prescriber records the change: without its reason it is refused", async () => {
      await toProgramme(page, "Castellanos");
      await begin(page, "r", "Risk category");
      await pick(page, row(page, "This patient"), "2");
      await choose(page, page.getByRole("combobox", { name: "Criterion" }), "Hysterectomy");
      await typeInto(page, page.getByRole("textbox", { name: /^What was seen/u }), "Operation note of 2024");
      await page.keyboard.press("Control+Enter");
      await expect(page.getByRole("form", { name: "Record: Risk category" })).toContainText(/why/iu);
      await typeInto(
        page,
        page.getByRole("textbox", { name: /^Why it changed/u }),
        "Told at the first visit",
      );
      await record(page, "Risk category");
      await expect(nextStep(page)).toContainText(/agree/iu);
      await expect(nextStep(page).getByRole("button", { name: "Agree to the category" })).toBeVisible();
      await expect(page.getByRole("button", { name: "Pregnancy test", exact: true })).toBeVisible();
    });

    await test.step("who recorded the change cannot agree to it", async () => {
      await begin(page, "z", "Second person’s agreement");
      await page.keyboard.press("Control+Enter");
      const form = page.getByRole("form", { name: "Record: Second person’s agreement" });
      await expect(form.getByRole("alert")).toContainText(/second person|somebody else/iu);
      await page.keyboard.press("Escape");
      await expect(form).toHaveCount(0);
    });

    await test.step("the nurse comes to the same screen, finds it on Today, and agrees", async () => {
      await page.keyboard.press("Control+l");
      await press(page, page.getByRole("button", { name: "I am somebody else" }));
      await comeIn(page, NURSE.login);
      await expect(line(page, "Agree or not: Castellanos")).toContainText("a second person must agree");
      await takeLine(page, "Agree or not: Castellanos");
      const form = page.getByRole("form", { name: "Record: Second person’s agreement" });
      await expect(form).toContainText("Cannot become pregnant: hysterectomy");
      await expect(form).toContainText("Recorded by Ana Ruiz, MD");
      await record(page, "Second person’s agreement");
      await expect(page.getByRole("button", { name: "Pregnancy test", exact: true })).toHaveCount(0);
      await expect(page.getByText(/^Not asked of this patient: .*pregnancy test/u).first()).toBeVisible();
    });
  });
});

test.describe("A patient in the United Kingdom", () => {
  test.use({
    start: { now: "2026-03-02T10:00:00+00:00" },
    locale: "en-GB",
    timezoneId: "Europe/London",
  });

  test("starts after a month of contraception, misses a dispensing, lapses and restarts, and is tested a month after the end", async ({
    page,
    app,
  }) => {
    test.setTimeout(400_000);
    await readyRecord(page, app, {
      name: "Leith Skin Clinic",
      address: "4 Shore\nEdinburgh EH6 6QU",
      zone: "Europe/London",
      dateStyle: "dmy",
      labUnits: "si",
      crisisLine: "Call 116 123, Samaritans",
    });

    await test.step("the first day: what the programme asks now, and the day on which the test counts", async () => {
      await register(page, { family: "Drummond", given: "Isla", born: "2/7/1999" });
      await startCourse(page, "can", "MHRA");
      await toProgramme(page, "Drummond");
      await takeNext(page, "Consents", "Consent signed");
      await fillConsent(page, "Acknowledgement of risk");
      await record(page, "Consent signed");
      await takeNext(page, "Contraception", "Contraception in use");
      await choose(page, page.getByRole("combobox", { name: /^Primary method/u }), "Implant");
      await record(page, "Contraception in use");
      await counselled(page);
      await wellbeing(page);
      await expect(said(page, "Nothing is due now.")).toBeVisible();
      await expect(said(page, "Next: pregnancy test, from Wed, 1 Apr 2026.")).toBeVisible();
      await expect(verdict(page)).toContainText("No");
      await expect(verdict(page)).toContainText("Wed, 1 Apr 2026");
      await expect(verdict(page)).toContainText("the prescriber decides");
    });

    await test.step("after the month: the test of the day, the prescription, seven days to collect", async () => {
      await laterAt(page, app, "2026-04-01T10:00:00+01:00");
      await takeLine(page, "Record the test: Drummond, Isla");
      await fillTest(page);
      await record(page, "Pregnancy test");
      await expect(verdict(page)).toContainText("Yes");
      await expect(verdict(page)).toContainText("4 Apr 2026, 23:59");
      await prescribe(page, { morning: "1", evening: "1" });
      await expect(nextStep(page)).toContainText("7 Apr 2026, 23:59");
      await dispensed(page, "60");
      await expect(verdict(page)).toContainText("24 Apr 2026");
    });

    await test.step("the second month: a test of three days ago still counts today, and nobody collects", async () => {
      await laterAt(page, app, "2026-04-28T10:00:00+01:00");
      await expect(line(page, "Record the test: Drummond, Isla")).toContainText("30 Apr 2026");
      await toProgramme(page, "Drummond");
      await counselled(page);
      await wellbeing(page);
      await takeNext(page, "Pregnancy test", "Pregnancy test");
      await typeInto(page, page.getByRole("textbox", { name: "Specimen collected on" }), "24/4/2026");
      await fillTest(page);
      await record(page, "Pregnancy test");
      await expect(verdict(page)).toContainText("No");
      await takeNext(page, "Pregnancy test", "Pregnancy test");
      await typeInto(page, page.getByRole("textbox", { name: "Specimen collected on" }), "25/4/2026");
      await fillTest(page, { where: "r" });
      await record(page, "Pregnancy test");
      await expect(verdict(page)).toContainText("Yes");
      await expect(verdict(page)).toContainText("28 Apr 2026, 23:59");
      await prescribe(page);
      await expect(nextStep(page)).toContainText("4 May 2026, 23:59");
    });

    await test.step("the missed dispensing: it is said, recorded, and the month done again", async () => {
      await laterAt(page, app, "2026-05-05T09:00:00+01:00");
      await expect(line(page, "Record the pick-up: Drummond, Isla")).toContainText("4 May 2026, 23:59");
      await takeLine(page, "Record the pick-up: Drummond, Isla");
      await expect(page.getByRole("region", { name: "May it still be dispensed?" })).toContainText("No");
      await typeInto(page, page.getByRole("textbox", { name: /^Capsules/u }), "0");
      await record(page, "Medicine dispensed");
      await month(page);
    });

    await test.step("the third month", async () => {
      await laterAt(page, app, "2026-06-02T10:00:00+01:00");
      await toProgramme(page, "Drummond");
      await month(page);
      await press(page, page.locator("summary").filter({ hasText: "2 more" }));
      await expect(page.getByRole("table", { name: /^Earlier months/u }).last()).toContainText(
        "Not collected",
      );
    });

    await test.step("contraception stopped: everything stops, and the checklist asks for its note", async () => {
      await laterAt(page, app, "2026-06-10T10:00:00+01:00");
      await toProgramme(page, "Drummond");
      await begin(page, "l", "Contraception lapse");
      await pick(page, row(page, "What happened"), "s");
      await record(page, "Contraception lapse");
      await expect(verdict(page)).toContainText("No");
      await palette(page, "today", /^Today/u);
      await expect(line(page, "Say what was done: Drummond, Isla")).toContainText(
        "Tell the patient to stop taking it today",
      );
      await takeLine(page, "Say what was done: Drummond, Isla");
      const form = page.getByRole("form", { name: "Record: Stop handled" });
      await page.keyboard.press("Control+Enter");
      await expect(form).toContainText("Say what was done");
      await press(page, form.getByRole("checkbox", { name: /stop taking it/u }));
      await typeInto(
        page,
        form.getByRole("textbox", { name: /^What was done/u }),
        "Rang her; took the last on Tuesday",
      );
      await record(page, "Stop handled");
      await expect(page.getByText(/^Handled on 10 Jun 2026/u)).toBeVisible();
      await begin(page, "k", "Treatment stopped");
      await typeInto(page, page.getByRole("textbox", { name: /^Why/u }), "Implant removed");
      await record(page, "Treatment stopped");
      await begin(page, "c", "Contraception in use");
      await choose(page, page.getByRole("combobox", { name: /^Primary method/u }), "Copper IUD");
      await record(page, "Contraception in use");
      await expect(verdict(page)).toContainText("10 Jul 2026");
    });

    await test.step("the restart: a month of contraception, a test, and the prescriber’s word", async () => {
      await laterAt(page, app, "2026-07-10T10:00:00+01:00");
      await toProgramme(page, "Drummond");
      await expect(verdict(page)).toContainText(
        "Stop: contraception was stopped. Do not prescribe or dispense.",
      );
      await begin(page, "w", "Treatment resumed");
      await record(page, "Treatment resumed");
      await tested(page);
      await counselled(page);
      await wellbeing(page);
      await supplied(page);
    });

    await test.step("the last dose, and what is owed after it", async () => {
      await laterAt(page, app, "2026-08-09T10:00:00+01:00");
      await toProgramme(page, "Drummond");
      await begin(page, "a", "Last dose");
      await record(page, "Last dose");
      const after = page.getByRole("list", { name: "After treatment" });
      await expect(after).toContainText("8 Sep 2026");
      await expect(after).toContainText("9 Sep 2026");
    });

    await test.step("a month after: the last test, and the end of the course", async () => {
      await laterAt(page, app, "2026-09-10T10:00:00+01:00");
      await expect(line(page, "Record the test: Drummond, Isla")).toContainText("9 Aug 2026");
      await takeLine(page, "Record the test: Drummond, Isla");
      await fillTest(page);
      await record(page, "Pregnancy test");
      await endCourse(page);
      await expect(page.getByText("None open")).toBeVisible();
    });
  });
});

/** Mood and sexual function, both asked about. */
async function wellbeing(page: Page): Promise<void> {
  await takeNext(page, "Mood and sexual function", "Mood and sexual function");
  await pick(page, row(page, "Mood"), "a");
  await pick(page, row(page, "Sexual function"), "a");
  await record(page, "Mood and sexual function");
}

/** The test that the page says is next: negative, in the clinic, of today. */
async function tested(page: Page): Promise<void> {
  await takeNext(page, "Pregnancy test", "Pregnancy test");
  await fillTest(page);
  await record(page, "Pregnancy test");
}

/** A prescription, and its pick-up on the same day. */
async function supplied(page: Page): Promise<void> {
  await expect(verdict(page)).toContainText("Yes");
  await prescribe(page);
  await dispensed(page, "60");
  await expect(verdict(page)).toContainText("No");
}

/** A whole month on one day: what is asked, the test, the prescription and the pick-up. */
async function month(page: Page): Promise<void> {
  await counselled(page);
  await wellbeing(page);
  await tested(page);
  await supplied(page);
}
