/** The month's evidence inside the visit: the same entries as on the programme page, without leaving it. */
import { configure, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { InputOf } from "#shared/contract.ts";
import { openClinic, PASSWORD, type TestClinic } from "#test/support/clinic.ts";
import { PNG } from "#test/support/files.ts";
import { visitInput, withCourse } from "#test/support/records.ts";
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

const CAN = { category: { category: "can", criterion: "default", evidence: "" } } as const;
const SAVE = "{Control>}s{/Control}";

async function atNewVisit(
  over: Partial<InputOf<"courses.open">> = CAN,
  entries: InputOf<"programme.record">["entry"][] = [],
) {
  const { patient, course } = await withCourse(clinic, over);
  for (const entry of entries) await clinic.call("programme.record", { courseId: course.id, entry });
  page = openScreen(clinic, `/patients/${patient.id}/visits/new`);
  await screen.findByLabelText(/^Weight, (kg|lb)$/);
  return {
    kept: async (kind: string) =>
      (await clinic.call("programme.entries", { courseId: course.id })).find((one) => one.kind === kind),
  };
}

async function choose(group: string, key: string): Promise<void> {
  within(screen.getByRole("group", { name: group }))
    .getAllByRole("radio")[0]
    ?.focus();
  await page.person.keyboard(key);
}

const CANNOT = { category: { category: "cannot", criterion: "cisgender-male", evidence: "" } } as const;

test("a test and contraception are not asked of a patient who cannot become pregnant", async () => {
  await atNewVisit(CANNOT);
  expect(screen.getByText(/^Pregnancy tests and contraception are not asked/)).toBeTruthy();
  expect(screen.queryByRole("radio", { name: "Negative" })).toBeNull();
});

test("a test is asked of a patient who cannot become pregnant while a positive one stops treatment", async () => {
  const urine = {
    kind: "pregnancy-test",
    on: "2026-11-20",
    time: null,
    sample: "urine",
    setting: "medical",
  } as const;
  await atNewVisit(CANNOT, [{ ...urine, sensitivity: 25, result: "positive" }]);
  expect(screen.getByText(/a pregnancy test answers what stopped treatment/)).toBeTruthy();
  expect(screen.getByRole("radio", { name: "Negative" })).toBeTruthy();
  expect(screen.queryByRole("group", { name: /contraception/iu })).toBeNull();
});

test("a home test is entered in the visit with its code, its kit and the standing permission", async () => {
  const { kept } = await atNewVisit(CAN, [
    { kind: "home-test-permission", on: "2026-11-20", given: true },
    { kind: "home-test-code", on: "2026-11-21", code: "HXX-APW" },
  ]);
  screen.getByRole("radio", { name: "Negative" }).focus();
  await page.person.keyboard("n");
  await choose("Sample", "u");
  await choose("Where", "h");
  await screen.findByText(/Home tests permitted since Nov 20, 2026, by Dana Whitfield, MD/);
  const evidence = within(screen.getByRole("group", { name: "Evidence of the home test" }));
  const code = evidence.getByLabelText<HTMLInputElement>(/^Code beside the test/).value;
  expect(code).toBe("HXX-APW");
  await page.person.type(evidence.getByLabelText(/^Lot/), "FA1");
  await page.person.type(evidence.getByLabelText(/^Looked at by/), "Nurse Ann");
  const photo = new File([PNG], "photo.png", { type: "image/png" });
  await page.person.upload(screen.getByLabelText<HTMLInputElement>(/^Files/), photo);
  await screen.findByRole("button", { name: "Open photo.png" });
  await page.person.keyboard(SAVE);
  await waitFor(async () =>
    expect(await kept("pregnancy-test")).toMatchObject({
      setting: "home",
      home: { challengeCode: code, kitLot: "FA1", verifiedBy: "Nurse Ann" },
      attachmentIds: [expect.any(String)],
    }),
  );
});

test("the patient's questions are answered by one key with the methods that the clinic holds", async () => {
  const { kept } = await atNewVisit(CAN, [
    { kind: "contraception", on: "2026-10-01", first: "implant", second: "condom" },
  ]);
  await screen.findByText("The clinic holds: Implant and male latex condom.");
  await choose("Patient’s questions answered today", "y");
  await page.person.keyboard(SAVE);
  await waitFor(async () =>
    expect(await kept("patient-questions")).toMatchObject({
      on: "2026-11-22",
      first: "implant",
      second: "condom",
    }),
  );
});

test("in the United Kingdom the visit asks about mood and sexual function, and nothing of iPLEDGE's", async () => {
  const { kept } = await atNewVisit({ ...CAN, programme: "mhra" });
  expect(screen.queryByRole("group", { name: "Patient’s questions answered today" })).toBeNull();
  expect(screen.queryByText(/Confirmed today/)).toBeNull();
  expect(screen.queryByRole("radio", { name: "CLIA laboratory" })).toBeNull();
  await choose("Mood asked about", "a");
  await choose("Sexual function asked about", "d");
  await page.person.keyboard(SAVE);
  await waitFor(async () =>
    expect(await kept("wellbeing-check")).toMatchObject({ mood: "asked", sexualFunction: "declined" }),
  );
});

test("a wellbeing check of which one half is missing is refused at that half", async () => {
  const { kept } = await atNewVisit({ ...CAN, programme: "mhra" });
  await choose("Mood asked about", "a");
  await page.person.keyboard(SAVE);
  const other = screen.getByRole("group", { name: "Sexual function asked about" });
  await waitFor(() => expect(within(other).getByText("Choose one.")).toBeDefined());
  expect(await kept("wellbeing-check")).toBeUndefined();
});

test("a file and the evidence of a home test are read in the signed visit, and the file opens from there", async () => {
  const { patient, course } = await withCourse(clinic, CAN);
  const { id } = await clinic.call("attachments.add", {
    patientId: patient.id,
    name: "photo.png",
    bytes: PNG,
  });
  const home = {
    kitBrand: "",
    kitLot: "FA1",
    kitExpiry: null,
    challengeCode: "KTM-APD",
    readAt: null,
    verifiedBy: "",
  };
  const visit = await clinic.call("visits.sign", {
    ...visitInput(course.id, {
      entries: [
        {
          id: null,
          kind: "pregnancy-test",
          on: "2026-11-22",
          note: "",
          attachmentIds: [id],
          time: null,
          sample: "urine",
          setting: "home",
          sensitivity: 25,
          result: "negative",
          readBy: "",
          home,
        },
      ],
    }),
    password: PASSWORD,
  });
  page = openScreen(clinic, `/patients/${patient.id}/visits/${visit.id}`);
  await screen.findByText("Code KTM-APD, lot FA1");
  await page.person.click(await screen.findByRole("button", { name: "Open photo.png" }));
  const dialog = await screen.findByRole("dialog", { name: "photo.png" });
  await within(dialog).findByRole("img", { name: "photo.png" });
  await page.person.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});
