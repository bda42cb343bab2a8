/** Entering evidence of every kind on the programme page, with files. */
import { configure, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { InputOf } from "#shared/contract.ts";
import { programmeEntryFields, type ProgrammeEntryKind } from "#shared/records/programme-entry.ts";
import { entryKindWords } from "#shared/records/words.ts";
import { openClinic, type TestClinic } from "#test/support/clinic.ts";
import { PDF, PNG } from "#test/support/files.ts";
import { courseInput, labInput, withCourse } from "#test/support/records.ts";
import { openScreen, type TestScreen } from "#test/support/screen.tsx";

configure({ asyncUtilTimeout: 10_000 });

let clinic: TestClinic;
let page: TestScreen;

beforeEach(async () => {
  clinic = await openClinic();
});

afterEach(async () => {
  page.close();
  await clinic.dispose();
});

const SAVE = "{Control>}{Enter}{/Control}";
const CAN = { category: { category: "can", criterion: "default", evidence: "" } } as const;

type Entry = InputOf<"programme.record">["entry"];

async function openForm(
  kind: ProgrammeEntryKind,
  over: Partial<InputOf<"courses.open">> = CAN,
  patient: Partial<InputOf<"patients.register">> = {},
  entries: Entry[] = [],
) {
  const made = await withCourse(clinic, over, patient);
  for (const entry of entries) await clinic.call("programme.record", { courseId: made.course.id, entry });
  page = openScreen(clinic, `/patients/${made.patient.id}/programme?record=${kind}`);
  const form = await screen.findByRole("form", { name: `Record: ${entryKindWords[kind]}` });
  await screen.findByRole("heading", { level: 2, name: "Evidence" });
  const latest = async () =>
    (await clinic.call("programme.entries", { courseId: made.course.id })).findLast(
      (one) => one.kind === kind,
    );
  return { ...made, form, latest };
}

async function choose(form: HTMLElement, label: string, key: string): Promise<void> {
  within(within(form).getByRole("group", { name: label }))
    .getAllByRole("radio")[0]
    ?.focus();
  await page.person.keyboard(key);
}

test("only the kinds that the programme knows are offered, each with its own key", async () => {
  const ipledge = await withCourse(clinic, CAN);
  page = openScreen(clinic, `/patients/${ipledge.patient.id}/programme`);
  await screen.findByRole("button", { name: /^Patient’s questions/ });
  const keys = () => [...document.querySelectorAll(".kind-chooser .kbd")].map((one) => one.textContent);
  expect(new Set(keys()).size).toBe(keys().length);
  expect(screen.queryByRole("button", { name: /^Mood and sexual function/ })).toBeNull();
  expect(screen.queryByRole("button", { name: /^Second prescriber/ })).toBeNull();

  const uk = await withCourse(clinic, { ...CAN, programme: "mhra" }, { familyName: "Brown" });
  await page.goTo(`/patients/${uk.patient.id}/programme`);
  await screen.findByRole("button", { name: /^Mood and sexual function/ });
  await waitFor(() => expect(screen.queryByRole("button", { name: /^Patient’s questions/ })).toBeNull());
  expect(screen.queryByRole("button", { name: /^Enrolment/ })).toBeNull();
  expect(screen.queryByRole("button", { name: /^Programme’s site/ })).toBeNull();

  const cannot = await withCourse(
    clinic,
    { category: { category: "cannot", criterion: "cisgender-male", evidence: "" } },
    { familyName: "Green" },
  );
  await page.goTo(`/patients/${cannot.patient.id}/programme`);
  await screen.findByRole("button", { name: /^Enrolment/ });
  await waitFor(() => expect(screen.queryByRole("button", { name: /^Contraception in use/ })).toBeNull());
  expect(screen.queryByRole("button", { name: /^Pregnancy test/ })).toBeNull();
});

test("a positive hCG of a patient who cannot become pregnant is answered by a serum test, which is offered while it stops treatment", async () => {
  const { patient, course } = await withCourse(clinic, {
    category: { category: "cannot", criterion: "cisgender-male", evidence: "" },
  });
  await clinic.call("labs.record", {
    patientId: patient.id,
    results: [
      labInput({
        testId: "hcg-serum",
        value: null,
        text: "positive",
        unit: "",
        rangeLow: null,
        rangeHigh: null,
      }),
    ],
  });
  page = openScreen(clinic, `/patients/${patient.id}/programme`);
  await screen.findByRole("button", { name: /^Pregnancy test/ });
  expect(screen.queryByRole("button", { name: /^Contraception in use/ })).toBeNull();
  const serum = {
    kind: "pregnancy-test",
    on: "2026-11-22",
    time: null,
    sample: "serum",
    setting: "medical",
  } as const;
  await clinic.call("programme.record", {
    courseId: course.id,
    entry: { ...serum, sensitivity: 25, result: "negative" },
  });
  const chart = await clinic.call("patients.chart", { id: patient.id });
  expect(chart.open?.status?.tone).not.toBe("stop");
});

test.each(programmeEntryFields.options.map((one) => one.shape.kind.value))(
  "what is missing of %s is said at its fields, and above the acts at most that there is something",
  async (kind) => {
    const { form } = await openForm(kind);
    form.querySelector("input")?.focus();
    await page.person.keyboard(SAVE);
    await waitFor(() =>
      expect(form.isConnected && form.querySelector("[aria-invalid=true], .field-error") === null).toBe(
        false,
      ),
    );
    const banner = within(form).queryByRole("alert");
    expect(banner?.querySelector("li") ?? null).toBeNull();
    const said = [...form.querySelectorAll(".field-error")].map((one) => one.textContent);
    if (banner !== null) expect(said).not.toContain(banner.textContent);
  },
);

test("a consent keeps who signed, the guardian as the patient's details have it, and the items initialled", async () => {
  const { form, latest } = await openForm("consent", CAN, {
    birthDate: "2010-01-01",
    guardianName: "Pat Doe",
  });
  const { person } = page;
  await person.selectOptions(within(form).getByLabelText("Form"), "Consent about birth defects");
  await within(form).findByText(/16 years old: under 18, a parent or guardian signs too/);
  await choose(form, "Signed by", "g");
  const guardian = within(form).getByLabelText<HTMLInputElement>("Guardian’s name");
  await waitFor(() => expect(guardian.value).toBe("Pat Doe"));
  await person.click(within(form).getByRole("button", { name: "All are initialled" }));
  await person.click(
    within(form).getByRole("checkbox", { name: "Materials read, emergency contraception too" }),
  );
  expect(within(form).getByText(/13 of 14/)).toBeDefined();
  await person.keyboard(SAVE);
  await screen.findByText("Guardian: Pat Doe");
  expect(screen.getByText("13 of 14 items initialled")).toBeDefined();
  const entry = await latest();
  expect(entry).toMatchObject({ form: "birth-defects", signer: "patient-and-guardian" });
  expect(entry?.kind === "consent" && entry.items).not.toContain("materials-read");
});

test("a code is made to be told before the test, each time another one, and recorded with who gave it and when", async () => {
  const { patient, form, latest } = await openForm("home-test-code");
  const code = within(form).getByLabelText<HTMLInputElement>("Code").value;
  expect(code).toMatch(/^[ACDEFHJKMNPRTWXY]{3}-[ACDEFHJKMNPRTWXY]{3}$/);
  within(form).getByLabelText("Code").focus();
  await page.person.keyboard(SAVE);
  await screen.findByText(`Code ${code}`);
  expect(await latest()).toMatchObject({ code, on: "2026-11-22", recordedBy: "Dana Whitfield, MD" });
  await page.goTo("/");
  await page.goTo(`/patients/${patient.id}/programme`);
  await page.person.click(await screen.findByRole("button", { name: /^Home-test code/ }));
  const next = await screen.findByLabelText<HTMLInputElement>("Code");
  expect(next.value).not.toBe(code);
});

test("a test at home has no code that nobody gave", async () => {
  const { form } = await openForm("pregnancy-test", CAN, {}, [
    { kind: "home-test-code", on: "2026-11-10", code: "KTM-APD" },
    {
      kind: "pregnancy-test",
      on: "2026-11-11",
      time: null,
      sample: "urine",
      setting: "home",
      sensitivity: 25,
      result: "negative",
      home: { challengeCode: "ktm-apd " },
    },
  ]);
  await choose(form, "Where", "h");
  const code = await within(form).findByLabelText<HTMLInputElement>(/^Code beside the test/);
  expect(code.value).toBe("");
});

test("a home test shows the standing permission, takes the code that was given, and keeps kit, lot and who looked", async () => {
  const { form, latest } = await openForm("pregnancy-test", CAN, {}, [
    { kind: "home-test-permission", on: "2026-11-20", given: true },
    { kind: "home-test-code", on: "2026-11-21", code: "HXX-APW" },
  ]);
  const { person } = page;
  await choose(form, "Result", "n");
  await choose(form, "Sample", "u");
  await choose(form, "Where", "h");
  await within(form).findByText(/Home tests permitted since Nov 20, 2026, by Dana Whitfield, MD/);
  const code = within(form).getByLabelText<HTMLInputElement>(/^Code beside the test/);
  expect(code.value).toBe("HXX-APW");
  await person.type(within(form).getByLabelText(/^Kit \(/), "First Answer");
  await person.type(within(form).getByLabelText(/^Lot/), "FA1");
  await person.type(within(form).getByLabelText(/^Kit expires on/), "12/31/2027");
  await person.type(within(form).getByLabelText(/^Looked at by/), "Nurse Ann");
  await person.type(within(form).getByLabelText("Detects from, mIU/mL"), "25");
  await person.keyboard(SAVE);
  await screen.findByText(/kit First Answer, lot FA1, expires Dec 31, 2027, looked at by Nurse Ann/);
  expect(await latest()).toMatchObject({
    setting: "home",
    home: { challengeCode: "HXX-APW", kitLot: "FA1", kitExpiry: "2027-12-31", readAt: null },
  });
});

test("a note put right in what was said first on a day is not the last word on permission and code", async () => {
  const on = "2026-11-21";
  const { patient, course } = await withCourse(clinic, CAN);
  const record = async (entry: Entry) => {
    clinic.clock.advance({ minutes: 5 });
    return clinic.call("programme.record", { courseId: course.id, entry });
  };
  const given = { kind: "home-test-permission", on, given: true } as const;
  const told = { kind: "home-test-code", on, code: "KTM-APD" } as const;
  const first = [await record(given), await record(told)] as const;
  await record({ ...given, given: false });
  await record({ ...told, code: "HXX-APW" });
  for (const [at, entry] of [given, told].entries()) {
    clinic.clock.advance({ minutes: 5 });
    const correction = { ...entry, note: "By telephone" };
    await clinic.call("programme.correct", { id: first[at]?.id ?? "", entry: correction, reason: "A slip" });
  }

  page = openScreen(clinic, `/patients/${patient.id}/programme?record=pregnancy-test`);
  const form = await screen.findByRole("form", { name: "Record: Pregnancy test" });
  await screen.findByRole("heading", { level: 2, name: "Evidence" });
  await choose(form, "Where", "h");
  await within(form).findByText(/Home tests no longer permitted since Nov 21, 2026/);
  expect(within(form).getByLabelText<HTMLInputElement>(/^Code beside the test/).value).toBe("HXX-APW");
});

test("a home test without a permission on record says so before it is saved, and a test at the clinic keeps no home evidence", async () => {
  const { form, latest } = await openForm("pregnancy-test");
  await choose(form, "Result", "n");
  await choose(form, "Sample", "u");
  await choose(form, "Where", "h");
  await within(form).findByText(/No permission for home tests is on record/);
  await choose(form, "Where", "m");
  await waitFor(() => expect(within(form).queryByText(/No permission/)).toBeNull());
  await page.person.keyboard(SAVE);
  await screen.findByRole("rowheader", { name: "Pregnancy test" });
  expect(await latest()).toMatchObject({ setting: "medical", home: null });
});

test("a change of category asks why, and then a second person agrees under their own name", async () => {
  const { form, patient, course, latest } = await openForm("risk-category");
  const { person } = page;
  await within(form).findByLabelText(/^Why it changed/);
  await choose(form, "This patient", "2");
  await person.selectOptions(within(form).getByLabelText(/^Criterion/), "Hysterectomy");
  await person.type(within(form).getByLabelText(/^What was seen/), "Operation note");
  await person.keyboard(SAVE);
  await within(form).findByText("Say why the category changed.");
  await person.type(within(form).getByLabelText(/^Why it changed/), "Operated on Nov 10");
  await person.keyboard(SAVE);
  await screen.findByText("Changed because: Operated on Nov 10");
  const change = await latest();

  await page.goTo(`/patients/${patient.id}/programme`);
  await person.click(await screen.findByRole("button", { name: /^Second person’s agreement/ }));
  await screen.findByText(/Recorded by Dana Whitfield, MD for Nov 22, 2026/);
  await person.keyboard(SAVE);
  await screen.findByText(/You recorded this change yourself/);

  page.close();
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.signIn("nurse");
  page = openScreen(clinic, `/patients/${patient.id}/programme?record=category-agreement`);
  await screen.findByText(/Recorded by Dana Whitfield, MD for Nov 22, 2026/);
  screen.getByLabelText("On").focus();
  await page.person.keyboard(SAVE);
  await screen.findByRole("rowheader", { name: "Second person’s agreement" });
  const entries = await clinic.call("programme.entries", { courseId: course.id });
  expect(entries.find((one) => one.kind === "category-agreement")).toMatchObject({ entryId: change?.id });
});

test("a first cannot asks why it changed where an earlier course says that the patient can become pregnant", async () => {
  const { patient, course } = await withCourse(clinic, CAN);
  const end = { id: course.id, version: 1, endedOn: "2026-11-22", reason: "other", note: "" } as const;
  await clinic.call("courses.end", end);
  const next = await clinic.call("courses.open", courseInput(patient.id));
  page = openScreen(clinic, `/patients/${patient.id}/programme?record=risk-category`);
  const { person } = page;
  const form = await screen.findByRole("form", { name: "Record: Risk category" });
  await screen.findByRole("heading", { level: 2, name: "Evidence" });
  await choose(form, "This patient", "1");
  expect(within(form).queryByLabelText(/^Why it changed/)).toBeNull();
  await choose(form, "This patient", "2");
  await person.selectOptions(within(form).getByLabelText(/^Criterion/), "Hysterectomy");
  await person.type(within(form).getByLabelText(/^What was seen/), "Operation note");
  await person.keyboard(SAVE);
  await within(form).findByText("Say why the category changed.");
  await person.type(within(form).getByLabelText(/^Why it changed/), "Operated on Nov 10");
  await person.keyboard(SAVE);
  await screen.findByText("Changed because: Operated on Nov 10");
  await screen.findByRole("button", { name: /^Second person’s agreement/ });
  expect(await clinic.call("programme.entries", { courseId: next.id })).toMatchObject([
    { category: "cannot", changeReason: "Operated on Nov 10" },
  ]);
});

test("a stop is closed step by step with the programme's own numbers, and not without a note", async () => {
  const { form, latest } = await openForm("stop-handled", CAN, {}, [{ kind: "pregnancy", on: "2026-11-20" }]);
  const { person } = page;
  await person.click(await within(form).findByRole("checkbox", { name: /1-866-495-0654/ }));
  await person.click(within(form).getByRole("checkbox", { name: "Confirm by serum hCG" }));
  await person.keyboard(SAVE);
  await within(form).findByText("Say what was done, in a few words.");
  await person.type(within(form).getByLabelText(/^What was done/), "Called the patient and the pharmacy.");
  await person.keyboard(SAVE);
  await screen.findByRole("rowheader", { name: "Stop handled" });
  expect(await latest()).toMatchObject({
    done: ["serum-hcg", "reported"],
    note: "Called the patient and the pharmacy.",
  });
});

test("mood and sexual function are recorded as asked or declined in the United Kingdom", async () => {
  const { form, latest } = await openForm("wellbeing-check", { ...CAN, programme: "mhra" });
  await choose(form, "Mood", "a");
  await choose(form, "Sexual function", "d");
  await page.person.keyboard(SAVE);
  await screen.findByRole("rowheader", { name: "Mood and sexual function" });
  expect(await latest()).toMatchObject({ mood: "asked", sexualFunction: "declined" });
});

test("what the programme's site shows is kept as it stands there, and what it does not show stays empty", async () => {
  const { form, latest } = await openForm("programme-site");
  const { person } = page;
  await person.selectOptions(within(form).getByLabelText("Status"), "Qualified to receive");
  await person.type(within(form).getByLabelText(/^Do not dispense after/), "11/27/2026");
  await person.keyboard(SAVE);
  await screen.findByText("Do not dispense after Nov 27, 2026");
  expect(await latest()).toMatchObject({
    status: "qualified",
    doNotDispenseAfter: "2026-11-27",
    category: null,
    dispensedOn: null,
    daysDispensed: null,
  });
});

test("a treatment stop and a report of a pregnancy are recorded with their reason and reference", async () => {
  const { form, patient, latest } = await openForm("treatment-stop");
  await page.person.type(within(form).getByLabelText(/^Why/), "Low mood");
  await page.person.keyboard(SAVE);
  await screen.findByText("Low mood");
  expect(await latest()).toMatchObject({ why: "Low mood" });
  await page.goTo(`/patients/${patient.id}/programme`);
  await page.person.click(await screen.findByRole("button", { name: /^Pregnancy reported/ }));
  const report = await screen.findByRole("form", { name: "Record: Pregnancy reported" });
  await page.person.selectOptions(within(report).getByLabelText(/^Reported to/), "FDA MedWatch");
  await page.person.type(within(report).getByLabelText(/^Their reference/), "MW-1");
  await page.person.keyboard(SAVE);
  await screen.findByText("FDA MedWatch, MW-1");
});

const file = (bytes: Uint8Array<ArrayBuffer>, name: string) => new File([bytes], name, { type: "image/png" });

test("a scan and a photo are added to an entry, listed with it, and opened from the list", async () => {
  const { form, latest } = await openForm("enrolment");
  const { person } = page;
  await person.type(within(form).getByLabelText("Programme number"), "A-100");
  await person.upload(within(form).getByLabelText<HTMLInputElement>(/^Files/), file(PNG, "photo.png"));
  await within(form).findByRole("button", { name: "Open photo.png" });
  fireEvent.drop(within(form).getByText(/or drop or paste it here/), {
    dataTransfer: { files: [file(PDF, "form.pdf")] },
  });
  await within(form).findByRole("button", { name: "Open form.pdf" });
  await person.click(within(form).getByRole("button", { name: "Take off form.pdf" }));
  await waitFor(() => expect(within(form).queryByRole("button", { name: "Open form.pdf" })).toBeNull());
  within(form).getByLabelText("Programme number").focus();
  await person.keyboard(SAVE);
  const row = (await screen.findByRole("rowheader", { name: "Enrolment" })).closest("tr");
  if (row === null) throw new Error("the entry has no row");
  await person.click(await within(row).findByRole("button", { name: "Open photo.png" }));
  const dialog = await screen.findByRole("dialog", { name: "photo.png" });
  await within(dialog).findByRole("img", { name: "photo.png" });
  expect((await latest())?.attachmentIds).toHaveLength(1);
});

test("a file that is no image or PDF, and one that is too large, are refused in words and nothing is kept", async () => {
  const { form, patient } = await openForm("enrolment");
  const input = within(form).getByLabelText<HTMLInputElement>(/^Files/);
  const text = new TextEncoder().encode("not an image");
  await page.person.upload(input, file(text, "holiday.png"));
  await within(form).findByText("holiday.png: This is neither a PNG or JPEG image nor a PDF.");
  const film = new Uint8Array(8 * 1024 * 1024 + 1);
  film.set(PNG);
  await page.person.upload(input, file(film, "film.png"));
  await within(form).findByText("film.png: This file is too large: 8.1 MB. At most 8 MB.");
  expect(await clinic.call("attachments.list", { patientId: patient.id })).toEqual([]);
});

test("a picture from the clipboard is added to the open form", async () => {
  const { form } = await openForm("enrolment");
  const paste = new Event("paste", { bubbles: true, cancelable: true });
  Object.defineProperty(paste, "clipboardData", { value: { files: [file(PNG, "")] } });
  within(form).getByLabelText("Programme number").dispatchEvent(paste);
  await within(form).findByRole("button", { name: "Open Pasted file" });
});
