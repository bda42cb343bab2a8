import { screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openClinic, PASSWORD, type TestClinic } from "#test/support/clinic.ts";
import { visitInput, withCourse } from "#test/support/records.ts";
import { openScreen, type TestScreen } from "#test/support/screen.tsx";

let clinic: TestClinic;
let page: TestScreen;

beforeEach(async () => {
  clinic = await openClinic();
});

afterEach(async () => {
  page.close();
  await clinic.dispose();
});

/** The summary of a signed visit of somebody born on `birthDate`, as a paper on screen. */
async function atSummary(birthDate: string) {
  const { course } = await withCourse(clinic, {}, { birthDate });
  const visit = await clinic.call("visits.sign", { ...visitInput(course.id), password: PASSWORD });
  page = openScreen(clinic, `/paper/summary/${visit.id}`);
  return visit;
}

const leaveOut = () => screen.findByLabelText<HTMLInputElement>("Leave out confidential items");

test("a summary for somebody under 18 leaves confidential items out until somebody says otherwise", async () => {
  await atSummary("2010-05-01");
  expect((await leaveOut()).checked).toBe(true);
  await page.person.click(await leaveOut());
  await screen.findByText("Confidential items are printed");
  expect((await leaveOut()).checked).toBe(false);
});

test("a summary for an adult says that confidential items are printed, and they can be left out", async () => {
  await atSummary("2001-04-07");
  await screen.findByText("Confidential items are printed");
  await page.person.click(await leaveOut());
  await waitFor(async () => expect((await leaveOut()).checked).toBe(true));
  expect(screen.queryByText("Confidential items are printed")).toBeNull();
});

test("what is saved as a file is the paper that is shown", async () => {
  const visit = await atSummary("2010-05-01");
  await leaveOut();
  await page.person.click(screen.getByRole("button", { name: /^Save as PDF/ }));
  await screen.findByText("Saved.");
  const { bytes } = await clinic.call("documents.render", {
    paper: { kind: "visit-summary", visitId: visit.id, confidential: null },
    purpose: "preview",
  });
  expect(clinic.saved).toHaveLength(1);
  expect(clinic.saved[0]?.bytes).toEqual(bytes);
  // A file's name never says whose it is.
  expect(clinic.saved[0]?.name).not.toMatch(/Doe|Alex/);
});

test("a handout and the Today list have no switch for confidential items", async () => {
  const { course } = await withCourse(clinic);
  page = openScreen(clinic, `/paper/handout/starting-isotretinoin/${course.id}`);
  await screen.findByRole("heading", { level: 1, name: "Starting isotretinoin" });
  expect(screen.queryByLabelText("Leave out confidential items")).toBeNull();
  await page.goTo("/paper/today");
  await screen.findByRole("heading", { level: 1, name: /^Today/ });
});

test("a paper that cannot be made says why", async () => {
  await clinic.addAccount("desk", ["reception"]);
  const { patient } = await withCourse(clinic);
  await clinic.signIn("desk");
  page = openScreen(clinic, `/paper/labs/${patient.id}`);
  await screen.findByText("Laboratory results are for nurses and prescribers.");
  expect(screen.queryByRole("button", { name: /^Print/ })).toBeNull();
});
