import { deflateSync, crc32 } from "node:zlib";
import type { Locator, Page } from "@playwright/test";
import type { InputOf } from "#shared/contract.ts";
import { DOCTOR, heading, PASSWORD, prepare, readyRecord } from "./acts.ts";
import { expect, type RunningApp, test } from "./app.ts";
import { palette, pick, press, row, tabTo, typeInto } from "./keyboard.ts";
import {
  begin,
  comeIn,
  counsel,
  fillConsent,
  fillMethods,
  fillTest,
  laterAt,
  nextStep,
  record,
  register,
  startCourse,
  takeNext,
  toProgramme,
  verdict,
} from "./programme-acts.ts";
import { aCourse, aPatient } from "./standing.ts";

/**
 * The iPLEDGE programme of a patient who can become pregnant, as a nurse and a prescriber work through it, from the wish for
 * isotretinoin to the end of protection: by keyboard alone. At each step it looks at what the nurse must see: the verdict, from
 * when, Today's line, the next act.
 */

const NURSE = "park";

/** A record with a prescriber and a nurse. */
async function clinic(page: Page, app: RunningApp): Promise<void> {
  await readyRecord(page, app);
  await prepare(page, "accounts.add", {
    login: NURSE,
    name: "Jo Park, RN",
    roles: ["nurse"],
    password: PASSWORD,
  });
}

/** One person signs out, another in. */
async function handOver(page: Page, login: string): Promise<void> {
  await palette(page, "sign out", /^Sign out/u);
  await comeIn(page, login);
}

/** The line of Today of one kind. */
function line(page: Page, kind: string): Locator {
  return page
    .getByRole("row")
    .filter({ hasText: kind })
    .filter({ has: page.getByRole("link") });
}

/** Goes back to Today. */
async function toToday(page: Page): Promise<void> {
  await page.keyboard.press("g");
  await page.keyboard.press("t");
  await expect(heading(page, "Today")).toBeVisible();
}

/** Does the act of a line of Today: the first line has the focus on arrival, the arrow keys lead to the others. */
async function doLine(page: Page, kind: string): Promise<void> {
  const links = page.getByRole("table").getByRole("link");
  const wanted = line(page, kind).getByRole("link");
  await expect(wanted).toBeVisible();
  await expect(links.first()).toBeFocused();
  for (let presses = 0; presses < 10; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press("ArrowDown");
  }
  await expect(wanted).toBeFocused();
  await page.keyboard.press("Enter");
}

/** One step of the time line. */
function step(page: Page, title: string): Locator {
  return page.getByRole("listitem").filter({ has: page.getByText(title, { exact: true }) });
}

/** What the calendar says is to come. */
function coming(page: Page, sentence: string): Locator {
  return page.getByRole("listitem").filter({ has: page.getByText(sentence, { exact: true }) });
}

/** Issues the prescription that is next: one capsule of 20 mg a day for as long as the programme allows. */
async function prescribe(page: Page): Promise<void> {
  await expect(verdict(page)).toContainText("Yes");
  await expect(nextStep(page)).toContainText("Prescription");
  await expect(nextStep(page).getByRole("button")).toBeFocused();
  await page.keyboard.press("Enter");
  const form = page.getByRole("form", { name: "Issue a prescription" });
  await expect(form.getByRole("textbox", { name: /^Supply/u })).toHaveValue("30");
  await typeInto(page, form.getByRole("textbox", { name: "20 mg, morning" }), "1");
  await expect(form).toContainText("20 mg a day");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Prescription issued.")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Void: Prescription of/u }).first()).toBeVisible();
}

/** The pick-up, which is next. */
async function pickUp(page: Page, capsules = "30"): Promise<void> {
  await takeNext(page, "Pick-up", "Medicine dispensed");
  await typeInto(page, page.getByRole("textbox", { name: /^Capsules/u }), capsules);
  await record(page, "Medicine dispensed");
}

/** Counselling, which is next. */
async function nextCounselling(page: Page): Promise<void> {
  await takeNext(page, "Counselling", "Counselling");
  await pick(page, row(page, "Teach-back"), "u");
  await record(page, "Counselling");
}

/** Confirmation and the patient's questions, each as the next step. */
async function confirmAndAnswer(page: Page): Promise<void> {
  await takeNext(page, "Prescriber’s confirmation", "Prescriber confirmation");
  await record(page, "Prescriber confirmation");
  await takeNext(page, "Patient’s questions", "Patient’s questions");
  await fillMethods(page);
  await record(page, "Patient’s questions");
}

// ---- What stands in the record before a journey begins ----

type Entry = InputOf<"programme.record">["entry"];

/** Entries as they were typed on their days. */
async function stand(page: Page, courseId: string, entries: readonly Entry[]): Promise<void> {
  for (const entry of entries) await prepare(page, "programme.record", { courseId, entry, confirmed: [] });
}

function month(on: string): Entry[] {
  return [
    { kind: "counselling", on, teachBack: "understood" },
    aTest(on),
    { kind: "prescriber-confirmation", on },
    { kind: "patient-questions", on, first: "combined-pill", second: "condom" },
  ];
}

function aTest(on: string): Entry {
  return {
    kind: "pregnancy-test",
    on,
    time: null,
    sample: "urine",
    setting: "medical",
    sensitivity: 25,
    result: "negative",
  };
}

/** A patient with everything of before the start done on `decidedOn`, and a period of `periodOn`. */
async function waitsForStart(page: Page, name: string, decidedOn: string, periodOn: string): Promise<string> {
  const patient = await aPatient(page, name, { birthDate: "1999-07-02" });
  const { id } = await aCourse(page, patient.id, {
    decidedOn,
    category: { category: "can", criterion: "default", evidence: "" },
  });
  await stand(page, id, [
    { kind: "enrolment", on: decidedOn, programmeNumber: "4711-0815" },
    { kind: "consent", on: decidedOn, form: "all-patients", signer: "patient" },
    { kind: "consent", on: decidedOn, form: "birth-defects", signer: "patient" },
    aTest(decidedOn),
    { kind: "contraception", on: decidedOn, first: "combined-pill", second: "condom" },
    { kind: "menstruation", on: periodOn, cycle: "regular" },
  ]);
  return id;
}

/** The steps of a month, all of today, and its prescription. */
async function prescribed(page: Page, courseId: string, today: string): Promise<void> {
  await stand(page, courseId, month(today));
  await prepare(page, "prescribing.issue", {
    courseId,
    visitId: null,
    productId: "generic-conventional",
    capsules: [{ strengthMg: 20, morning: 1, evening: 0 }],
    daysSupply: 30,
    confirmed: [],
  });
}

/** A patient who collected the first 30 capsules today. */
async function collectedFirst(page: Page, name: string, decidedOn: string, today: string): Promise<void> {
  const courseId = await waitsForStart(page, name, decidedOn, today);
  await prescribed(page, courseId, today);
  await stand(page, courseId, [
    { kind: "dispensing", on: today, capsules: 30, productId: "generic-conventional" },
  ]);
}

/** A photo: a grey PNG of 8 by 8 points. */
function photo(): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const check = Buffer.alloc(4);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(8, 0);
  head.writeUInt32BE(8, 4);
  head.writeUInt8(8, 8);
  const rows = Buffer.concat(
    Array.from({ length: 8 }, () => Buffer.from([0, ...Array<number>(8).fill(128)])),
  );
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

test.describe("From the wish to the first pick-up", () => {
  test.use({ start: { now: "2026-11-16T09:00:00-05:00" } });

  test("the nurse takes every step where the program names it, waits the month, and the capsules are collected", async ({
    page,
    app,
  }) => {
    test.setTimeout(300_000);
    await clinic(page, app);
    await handOver(page, NURSE);

    await test.step("the first day: each step is next in its turn, and Enter begins it", async () => {
      await register(page, { family: "Solberg", given: "Ida", born: "7/2/1999" });
      await startCourse(page, "can");
      await page.keyboard.press("g");
      await page.keyboard.press("r");
      await expect(verdict(page)).toContainText("At the earliest yes on Wed, Dec 16, 2026");
      await takeNext(page, "Enrolment", "Enrolment");
      await typeInto(page, page.getByRole("textbox", { name: "Programme number" }), "4711-0815");
      await record(page, "Enrolment");

      await takeNext(
        page,
        "the consent for all patients and the consent about birth defects",
        "Consent signed",
      );
      await fillConsent(page, "Consent for all patients");
      await press(page, page.getByRole("button", { name: "All are initialled" }));
      await expect(page.getByRole("group", { name: /^Items initialled: 12 of 12/u })).toBeVisible();
      await record(page, "Consent signed");
      await takeNext(page, "Not signed yet: the consent about birth defects.", "Consent signed");
      await fillConsent(page, "Consent about birth defects");
      await tabTo(page, page.getByRole("checkbox", { name: "Risk of birth defects" }));
      await page.keyboard.press("Space");
      await expect(page.getByRole("group", { name: /^Items initialled: 1 of 14/u })).toBeVisible();
      await press(page, page.getByRole("button", { name: "All are initialled" }));
      await record(page, "Consent signed");
      await expect(page.getByRole("row", { name: /Consent about birth defects/u })).toContainText(
        "14 of 14 items initialled",
      );

      await takeNext(page, "First pregnancy test", "Pregnancy test");
      await fillTest(page);
      await record(page, "Pregnancy test");
      await takeNext(page, "Contraception", "Contraception in use");
      await fillMethods(page);
      await record(page, "Contraception in use");
      await takeNext(page, "Last period", "Period began");
      await typeInto(page, page.getByRole("textbox", { name: "First day" }), "11/15/2026");
      await pick(page, row(page, "Cycle"), "r");
      await record(page, "Period began");
      await nextCounselling(page);
    });

    await test.step("then nothing is due: the month of contraception, with its day", async () => {
      await expect(page.getByText("Nothing is due now.")).toBeVisible();
      await expect(verdict(page)).toContainText("No");
      await expect(verdict(page)).toContainText(
        "Contraception must be in use for 30 days before the first dose: it may be from Wed, Dec 16, 2026.",
      );
      await expect(step(page, "Confirmation test")).toContainText("Waits");
      await expect(step(page, "Confirmation test")).toContainText("on days 1 to 5 of the next period");
    });

    await test.step("30 days later Today says so, and the next period comes first", async () => {
      await laterAt(page, app, "2026-12-16T09:00:00-05:00", NURSE);
      await expect(line(page, "Waiting month over")).toContainText(
        "The month of waiting is over. Take the confirmation test in a medical setting, on days 1 to 5 of the next period.",
      );
      await toProgramme(page, "Solberg");
      await takeNext(page, "Record the first day of the next period when it has come", "Period began");
      await typeInto(page, page.getByRole("textbox", { name: "First day" }), "12/14/2026");
      await pick(page, row(page, "Cycle"), "r");
      await record(page, "Period began");
      await expect(verdict(page)).toContainText(
        "Take the confirmation test in a medical setting from Wed, Dec 16, 2026 to Fri, Dec 18, 2026.",
      );
      await takeNext(page, "Confirmation test", "Pregnancy test");
      await fillTest(page);
      await record(page, "Pregnancy test");
      await expect(verdict(page)).toContainText("The prescriber has not confirmed the test of Dec 16, 2026.");
      await toToday(page);
      await expect(line(page, "Confirmation missing")).toContainText("has not confirmed");
      await expect(line(page, "Window closing")).toContainText("Dec 22, 2026, 11:59 PM");
    });

    await test.step("the prescriber confirms from Today, the questions are answered, and the answer is yes", async () => {
      await handOver(page, DOCTOR.login);
      await doLine(page, "Confirmation missing");
      await expect(page.getByRole("form", { name: "Record: Prescriber confirmation" })).toBeVisible();
      await record(page, "Prescriber confirmation");
      await takeNext(page, "Patient’s questions", "Patient’s questions");
      await fillMethods(page);
      await record(page, "Patient’s questions");
      await expect(verdict(page)).toContainText("Yes");
      await expect(verdict(page)).toContainText("Dec 22, 2026, 11:59 PM");
      await prescribe(page);
    });

    await test.step("the nurse sees until when it can be collected, and records the pick-up", async () => {
      await laterAt(page, app, "2026-12-21T21:00:00-05:00", NURSE);
      await expect(line(page, "Window closing")).toContainText("The capsules are not collected yet");
      await expect(line(page, "Window closing")).toContainText("26 hours left");
      await doLine(page, "Window closing");
      await expect(page.getByRole("form", { name: "Record: Medicine dispensed" })).toBeVisible();
      await expect(page.getByRole("region", { name: "May it still be dispensed?" })).toContainText("Yes");
      await typeInto(page, page.getByRole("textbox", { name: /^Capsules/u }), "30");
      await record(page, "Medicine dispensed");
      await expect(page.getByRole("row", { name: /^Dec 16, 2026.*30 days/u })).toContainText(
        "Collected Dec 21, 2026",
      );
      await expect(verdict(page)).toContainText("No");
      await expect(page.getByText("Nothing is due now.")).toBeVisible();
    });
  });
});

test.describe("On treatment since Dec 16", () => {
  test.use({ start: { now: "2026-12-16T09:00:00-05:00" } });
  test.beforeEach(async ({ page, app }) => {
    await clinic(page, app);
    await collectedFirst(page, "Solberg", "2026-11-16", "2026-12-16");
  });

  test("three months: a test at home with permission and a photo, then two in the clinic", async ({
    page,
    app,
  }) => {
    test.setTimeout(300_000);

    await test.step("a test at home counts only with the prescriber's permission and with its evidence", async () => {
      await laterAt(page, app, "2027-01-14T09:00:00-05:00", NURSE);
      await expect(line(page, "Test due")).toContainText("The last supply lasts until Thu, Jan 14, 2027.");
      await doLine(page, "Test due");
      await expect(page.getByRole("form", { name: "Record: Pregnancy test" })).toBeVisible();
      await fillTest(page, { where: "h" });
      await expect(page.getByRole("group", { name: "Evidence of the home test" })).toContainText(
        "No permission for home tests is on record.",
      );
      await record(page, "Pregnancy test");
      await expect(verdict(page)).toContainText("Home testing is not permitted for this patient");
      await expect(step(page, "Pregnancy test")).toContainText(
        "Home testing is not permitted for this patient",
      );

      await handOver(page, DOCTOR.login);
      await toProgramme(page, "Solberg");
      await begin(page, "h", "Home-test permission");
      await pick(page, row(page, "Home tests"), "y");
      await record(page, "Home-test permission");
      await expect(verdict(page)).toContainText(
        "Not on record for this home test: the kit’s lot, the kit’s expiry, a one-time code or a photo, who verified it.",
      );
      await expect(step(page, "Pregnancy test")).toContainText("Correct the entry in the evidence below");
    });

    await test.step("the nurse completes the evidence, with the photo", async () => {
      await handOver(page, NURSE);
      await toProgramme(page, "Solberg");
      await press(page, page.getByRole("button", { name: "Correct: Pregnancy test of Jan 14, 2027" }), 150);
      const evidence = page.getByRole("group", { name: "Evidence of the home test" });
      await expect(evidence).toContainText("Home tests permitted since Jan 14, 2027, by Ana Ruiz, MD.");
      await expect(evidence.getByRole("textbox", { name: /^Code beside the test/u })).toHaveValue("");
      await typeInto(page, evidence.getByRole("textbox", { name: /^Kit(?! expires)/u }), "Clearline");
      await typeInto(page, evidence.getByRole("textbox", { name: /^Lot/u }), "A12-77");
      await typeInto(page, evidence.getByRole("textbox", { name: /^Kit expires on/u }), "6/30/2027");
      await typeInto(page, evidence.getByRole("textbox", { name: /^Read at/u }), "07:40");
      await typeInto(page, evidence.getByRole("textbox", { name: /^Looked at by/u }), "Jo Park");
      const choosing = page.waitForEvent("filechooser");
      await press(page, page.getByRole("button", { name: "Add a file" }));
      await (await choosing).setFiles({ name: "test.png", mimeType: "image/png", buffer: photo() });
      const taken = page.getByRole("button", { name: "Open test.png" });
      await expect(taken).toBeVisible();
      await typeInto(page, page.getByRole("textbox", { name: "Why it is corrected" }), "Photo came in");
      await page.keyboard.press("Control+Enter");
      await expect(page.getByText("Entry corrected.")).toBeVisible();
      const entry = page.getByRole("row", { name: /^Jan 14, 2027 Pregnancy test/u });
      await expect(entry).toContainText("Kit Clearline, lot A12-77, expires Jun 30, 2027, read at 7:40 AM");
      await press(page, entry.getByRole("button", { name: "Open test.png" }), 150);
      await expect(page.getByRole("dialog", { name: "test.png" }).getByRole("img")).toBeVisible();
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
      await expect(verdict(page)).toContainText("The prescriber has not confirmed the test of Jan 14, 2027.");
      await expect(step(page, "Pregnancy test")).toContainText("Jan 20, 2027, 11:59 PM");
    });

    await test.step("counselling, then the prescriber confirms and prescribes, and the pick-up", async () => {
      await counsel(page);
      await handOver(page, DOCTOR.login);
      await toProgramme(page, "Solberg");
      await confirmAndAnswer(page);
      await prescribe(page);
      await palette(page, "programme", /^Programme/u);
      await pickUp(page);
      await expect(page.getByText("Earlier months (2)")).toBeVisible();
    });

    for (const [day, closes, months] of [
      ["2027-02-12", "Feb 18, 2027, 11:59 PM", 3],
      // The clocks go forward on Mar 14: the window still closes at the end of day 7 in US Eastern time.
      ["2027-03-12", "Mar 18, 2027, 11:59 PM", 4],
    ] as const) {
      await test.step(`the month of ${day}`, async () => {
        await laterAt(page, app, `${day}T09:00:00-05:00`);
        await expect(line(page, "Test due")).toContainText("Take the next pregnancy test now.");
        await toProgramme(page, "Solberg");
        await expect(verdict(page)).toContainText("No");
        await nextCounselling(page);
        await takeNext(page, "Pregnancy test", "Pregnancy test");
        await fillTest(page);
        await record(page, "Pregnancy test");
        await confirmAndAnswer(page);
        await expect(verdict(page)).toContainText(closes);
        await prescribe(page);
        await palette(page, "programme", /^Programme/u);
        await pickUp(page);
        await expect(page.getByText(`Earlier months (${months})`)).toBeVisible();
        await expect(verdict(page)).toContainText("No");
      });
    }
  });

  test("a lapse of contraception stops everything at once, and only a month, two tests and the prescriber's word begin it again", async ({
    page,
    app,
  }) => {
    test.setTimeout(300_000);

    await test.step("it is recorded, and the page turns red", async () => {
      await laterAt(page, app, "2027-01-04T09:00:00-05:00", NURSE);
      await toProgramme(page, "Solberg");
      await begin(page, "l", "Contraception lapse");
      await pick(page, row(page, "What happened"), "s");
      await record(page, "Contraception lapse");
      await expect(verdict(page)).toContainText(
        "Stop: contraception was stopped. Do not prescribe or dispense. Test in a medical setting from Tue, Jan 5, 2027.",
      );
      await expect(page.getByText("Stop", { exact: true }).first()).toBeVisible();
      await expect(page.getByText("Tell the patient to stop taking it today.")).toBeVisible();
      await expect(page.getByRole("button", { name: "Say what was done" })).toBeFocused();
      await expect(nextStep(page)).toHaveCount(0);
      await expect(step(page, "Contraception")).toContainText("Record which ones are, and from when.");
    });

    await test.step("Today has it first, with the checklist; it cannot be closed without a note", async () => {
      await toToday(page);
      const urgent = line(page, "Stop treatment");
      await expect(urgent.getByRole("listitem")).toHaveText([
        "Tell the patient to stop taking it today.",
        "Call the pharmacy: do not dispense.",
        "Take a pregnancy test in a medical setting, best serum hCG.",
      ]);
      await doLine(page, "Stop treatment");
      const form = page.getByRole("form", { name: "Record: Stop handled" });
      await expect(form).toBeVisible();
      for (const done of [/^Tell the patient/u, /^Call the pharmacy/u]) {
        await tabTo(page, form.getByRole("checkbox", { name: done }));
        await page.keyboard.press("Space");
      }
      await page.keyboard.press("Control+Enter");
      await expect(form).toContainText("Say what was done, in a few words.");
      await expect(form.getByRole("textbox", { name: "What was done" })).toBeFocused();
      await page.keyboard.type("Rang her: stopped today. Pharmacy called.");
      await record(page, "Stop handled");
      await expect(page.getByText("Handled on Jan 4, 2027: Rang her")).toBeVisible();
      await expect(verdict(page)).toContainText("Do not prescribe or dispense.");
      await toToday(page);
      await expect(line(page, "Stop treatment")).toHaveCount(0);
      await expect(line(page, "Test due")).toContainText("Test in a medical setting from Tue, Jan 5, 2027.");
    });

    await test.step("both methods again, and a test the day after", async () => {
      await laterAt(page, app, "2027-01-05T09:00:00-05:00", NURSE);
      await toProgramme(page, "Solberg");
      await expect(verdict(page)).toContainText("At the earliest yes on Thu, Feb 4, 2027");
      await begin(page, "c", "Contraception in use");
      await fillMethods(page);
      await record(page, "Contraception in use");
      await takeNext(page, "First pregnancy test", "Pregnancy test");
      await fillTest(page, { sample: "s" });
      await record(page, "Pregnancy test");
      await expect(verdict(page)).toContainText("No");
      await expect(verdict(page)).toContainText("The prescriber must agree to the restart after the lapse");
      await expect(step(page, "30 days of contraception")).toContainText("Feb 4, 2027");
    });

    await test.step("a month later: the second test, the prescriber's word, and yes", async () => {
      await laterAt(page, app, "2027-02-04T09:00:00-05:00");
      await toProgramme(page, "Solberg");
      await takeNext(page, "Record the first day of the next period", "Period began");
      await typeInto(page, page.getByRole("textbox", { name: "First day" }), "2/3/2027");
      await pick(page, row(page, "Cycle"), "r");
      await record(page, "Period began");
      await nextCounselling(page);
      await takeNext(page, "Confirmation test", "Pregnancy test");
      await fillTest(page);
      await record(page, "Pregnancy test");
      await expect(verdict(page)).toContainText("No");
      await confirmAndAnswer(page);
      await expect(verdict(page)).toContainText("Feb 10, 2027, 11:59 PM");
      await prescribe(page);
    });
  });

  test("the close-out: the last dose, two tests after it, until when to protect, and the end of the course", async ({
    page,
    app,
  }) => {
    test.setTimeout(300_000);

    await test.step("the last dose: what is still owed, with its days", async () => {
      await laterAt(page, app, "2027-01-14T09:00:00-05:00", NURSE);
      await toProgramme(page, "Solberg");
      await begin(page, "a", "Last dose");
      await record(page, "Last dose");
      await expect(verdict(page)).toContainText("A last dose is on record.");
      await expect(step(page, "Test a month after")).toContainText("From Sat, Feb 13, 2027.");
      await expect(step(page, "Contraception, no blood donation")).toContainText("Until Sun, Feb 14, 2027.");
      await expect(coming(page, "Contraception until Sun, Feb 14, 2027.")).toBeVisible();
      await expect(coming(page, "No blood donation until Sun, Feb 14, 2027.")).toBeVisible();
      await takeNext(page, "Test at the end", "Pregnancy test");
      await fillTest(page);
      await record(page, "Pregnancy test");
      await expect(page.getByText("Nothing is due now.")).toBeVisible();
      await toToday(page);
      await expect(page.getByText("Nobody is due for anything.")).toBeVisible();
    });

    await test.step("a month after, from Today", async () => {
      await laterAt(page, app, "2027-02-13T09:00:00-05:00", NURSE);
      await expect(line(page, "Test after treatment")).toContainText(
        "A pregnancy test is due one month after the last dose of Thu, Jan 14, 2027: from Sat, Feb 13, 2027.",
      );
      await doLine(page, "Test after treatment");
      await expect(page.getByRole("form", { name: "Record: Pregnancy test" })).toBeVisible();
      await fillTest(page);
      await record(page, "Pregnancy test");
      await expect(step(page, "Test a month after")).toContainText("Done");
      await expect(step(page, "Course ended")).toContainText("Not yet");
    });

    await test.step("when the protection is over the prescriber ends the course", async () => {
      await laterAt(page, app, "2027-02-15T09:00:00-05:00");
      await expect(page.getByText("Nobody is due for anything.")).toBeVisible();
      await toProgramme(page, "Solberg");
      await expect(step(page, "Contraception, no blood donation")).toContainText(
        "The time of protection is over.",
      );
      await expect(nextStep(page)).toContainText("Everything is done: end the course.");
      await expect(nextStep(page).getByRole("button")).toBeFocused();
      await page.keyboard.press("Enter");
      const form = page.getByRole("form", { name: "End the course" });
      await expect(form.getByRole("textbox", { name: "Ended on" })).toBeFocused();
      await tabTo(page, form.getByRole("combobox", { name: "Why" }));
      await page.keyboard.type("Completed");
      await page.keyboard.press("Control+Enter");
      await expect(page.getByText("No course is open.")).toBeVisible();
      await expect(page.getByRole("link", { name: "Start a course" })).toBeVisible();
    });
  });
});

/** From Today's line about a window that closed over a prescription: nothing was collected. */
async function nothingCollected(page: Page): Promise<void> {
  await doLine(page, "Window missed");
  await expect(page.getByRole("form", { name: "Record: Medicine dispensed" })).toBeVisible();
  await expect(page.getByRole("region", { name: "May it still be dispensed?" })).toContainText("No");
  await typeInto(page, page.getByRole("textbox", { name: /^Capsules/u }), "0");
  await record(page, "Medicine dispensed");
}

/** After a later window: the test is repeated on any day, and opens a new one. */
async function repeatsAtOnce(page: Page, closes: string): Promise<void> {
  await nothingCollected(page);
  await expect(verdict(page)).toContainText("Take the next pregnancy test now.");
  await nextCounselling(page);
  await takeNext(page, "Pregnancy test", "Pregnancy test");
  await fillTest(page);
  await record(page, "Pregnancy test");
  await confirmAndAnswer(page);
  await expect(verdict(page)).toContainText("Yes");
  await expect(verdict(page)).toContainText(closes);
  await expect(nextStep(page)).toContainText("Prescription");
}

test.describe("A missed window under the 2021 edition", () => {
  test.use({ start: { now: "2026-09-01T09:00:00-04:00" } });

  test("the first one locks out for 19 days; a later one asks for a new test at once", async ({
    page,
    app,
  }) => {
    test.setTimeout(300_000);
    await clinic(page, app);
    const courseId = await waitsForStart(page, "Solberg", "2026-08-01", "2026-08-31");
    await stand(page, courseId, month("2026-09-01"));

    await test.step("nobody prescribed in time: Today and the verdict say from when a test counts again", async () => {
      await laterAt(page, app, "2026-09-08T09:00:00-04:00", NURSE);
      await expect(line(page, "Window missed")).toContainText(
        "The window closed Mon, Sep 7, 2026, 11:59 PM without a pick-up. Take the confirmation test in a medical setting from Sun, Sep 20, 2026, on days 1 to 5 of the next period.",
      );
      await toProgramme(page, "Solberg");
      await expect(verdict(page)).toContainText("No");
      await expect(verdict(page)).toContainText("from Sun, Sep 20, 2026");
      await expect(verdict(page)).toContainText("iPLEDGE, 2021 edition");
      await expect(page.getByText("Nothing is due now.")).toBeVisible();
    });

    await test.step("with the next period the test is repeated, and the first capsules are collected", async () => {
      await laterAt(page, app, "2026-09-29T09:00:00-04:00");
      await toProgramme(page, "Solberg");
      await takeNext(page, "Record the first day of the next period", "Period began");
      await typeInto(page, page.getByRole("textbox", { name: "First day" }), "9/28/2026");
      await pick(page, row(page, "Cycle"), "r");
      await record(page, "Period began");
      await takeNext(page, "Confirmation test", "Pregnancy test");
      await fillTest(page);
      await record(page, "Pregnancy test");
      await confirmAndAnswer(page);
      await expect(verdict(page)).toContainText("Oct 5, 2026, 11:59 PM");
      await prescribe(page);
      await palette(page, "programme", /^Programme/u);
      await pickUp(page);
    });

    await test.step("a month later the capsules are not collected: the test is repeated the same day", async () => {
      await laterAt(page, app, "2026-10-28T09:00:00-04:00");
      await prescribed(page, courseId, "2026-10-28");
      await laterAt(page, app, "2026-11-04T09:00:00-05:00", NURSE);
      await expect(line(page, "Window missed")).toContainText(
        "The window closed Tue, Nov 3, 2026, 11:59 PM and no pick-up is on record. Record it, or that nothing was dispensed.",
      );
      await repeatsAtOnce(page, "Nov 10, 2026, 11:59 PM");
      await expect(verdict(page)).toContainText("iPLEDGE, 2021 edition");
    });
  });
});

test.describe("A missed window under the 2026 edition", () => {
  test.use({ start: { now: "2026-11-01T09:00:00-05:00" } });

  test("the test is repeated at once in a medical setting, and before the change both days are told", async ({
    page,
    app,
  }) => {
    test.setTimeout(300_000);
    await clinic(page, app);
    const courseId = await waitsForStart(page, "Solberg", "2026-10-01", "2026-10-31");
    await prescribed(page, courseId, "2026-11-01");

    await test.step("in the last week of the 2021 edition: from when by either edition", async () => {
      await laterAt(page, app, "2026-11-09T09:00:00-05:00", NURSE);
      await expect(line(page, "Window missed")).toContainText(
        "The window closed Sat, Nov 7, 2026, 11:59 PM and no pick-up is on record.",
      );
      await nothingCollected(page);
      await expect(verdict(page)).toContainText(
        "Take the confirmation test in a medical setting from Sun, Nov 15, 2026 (from then on the next edition holds; by today’s edition it would be Fri, Nov 20, 2026).",
      );
      // A new prescription has its own counselling, which need not wait.
      await nextCounselling(page);
      await expect(page.getByText("Nothing is due now.")).toBeVisible();
      await toToday(page);
      await expect(line(page, "Window missed")).toContainText("it would be Fri, Nov 20, 2026");
    });

    await test.step("under the 2026 edition: no waiting, but not at home", async () => {
      await laterAt(page, app, "2026-11-16T09:00:00-05:00");
      await expect(line(page, "Window missed")).toContainText(
        "Take the confirmation test in a medical setting now.",
      );
      await doLine(page, "Window missed");
      await expect(page.getByRole("form", { name: "Record: Pregnancy test" })).toBeVisible();
      await fillTest(page, { where: "h" });
      await record(page, "Pregnancy test");
      await expect(verdict(page)).toContainText(
        "A test before treatment must be taken in a medical setting, not at home.",
      );
      await takeNext(page, "not at home", "Pregnancy test");
      await fillTest(page);
      await record(page, "Pregnancy test");
      await confirmAndAnswer(page);
      await expect(verdict(page)).toContainText("Nov 22, 2026, 11:59 PM");
      await expect(verdict(page)).toContainText("iPLEDGE, 2026 edition");
      await prescribe(page);
      await palette(page, "programme", /^Programme/u);
      await pickUp(page);
    });

    await test.step("a later window: repeated the same day", async () => {
      await laterAt(page, app, "2026-12-15T09:00:00-05:00");
      await prescribed(page, courseId, "2026-12-15");
      await laterAt(page, app, "2026-12-22T09:00:00-05:00", NURSE);
      await expect(line(page, "Window missed")).toContainText(
        "The window closed Mon, Dec 21, 2026, 11:59 PM",
      );
      await repeatsAtOnce(page, "Dec 28, 2026, 11:59 PM");
    });
  });
});
