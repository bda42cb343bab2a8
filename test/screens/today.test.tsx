import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openClinic, type TestClinic } from "#test/support/clinic.ts";
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

/** Two patients at the start of a course: each has something due. */
async function twoCourses() {
  const first = await withCourse(clinic, {}, { familyName: "Abbott", givenNames: "Kim" });
  const second = await withCourse(
    clinic,
    { category: { category: "can", criterion: "default", evidence: "" } },
    { familyName: "Brandt", givenNames: "Lee" },
  );
  page = openScreen(clinic, "/");
  await screen.findAllByRole("link", { name: /: Abbott, Kim$/ });
  return { first, second };
}

test("nobody due says so, and leads to the patients", async () => {
  page = openScreen(clinic, "/");
  expect(await screen.findByText("Nobody is due for anything.")).toBeDefined();
  expect(screen.getByRole("link", { name: "Find or register a patient" })).toBeDefined();
});

test("every line says who, why and when, and has one act named after the patient", async () => {
  await twoCourses();
  const lines = (await clinic.call("today.list", {})).lines;
  for (const line of lines) {
    const rows = screen.getAllByText(line.sentence).map((one) => one.closest("tr")?.textContent ?? "");
    expect(rows.some((row) => row.includes(line.patientName) && row.includes(line.recordNumber))).toBe(true);
  }
  const acts = screen.getAllByRole("link", { name: /: (Abbott, Kim|Brandt, Lee)$/ });
  expect(acts).toHaveLength(lines.length);
});

test("the first act has the focus, arrows move over all urgencies, and only one act is a tab stop", async () => {
  const { person } = (await twoCourses(), page);
  const acts = screen.getAllByRole("link", { name: /: (Abbott, Kim|Brandt, Lee)$/ });
  await waitFor(() => expect(document.activeElement).toBe(acts[0]));
  await person.keyboard("{ArrowDown}");
  expect(document.activeElement).toBe(acts[1]);
  await person.keyboard("{End}");
  expect(document.activeElement).toBe(acts.at(-1));
  expect(acts.filter((act) => act.tabIndex === 0)).toEqual([acts.at(-1)]);
});

test("Enter does the row's act", async () => {
  await twoCourses();
  const first = (await clinic.call("today.list", {})).lines[0];
  const acts = screen.getAllByRole("link", { name: /: (Abbott, Kim|Brandt, Lee)$/ });
  await waitFor(() => expect(document.activeElement).toBe(acts[0]));
  await page.person.keyboard("{Enter}");
  await waitFor(() => expect(page.address()).toContain(`/patients/${first?.patientId}`));
});

test("the filter by role is remembered", async () => {
  await twoCourses();
  const { lines } = await clinic.call("today.list", {});
  const forReception = lines.filter((line) => line.roles.includes("reception")).length;
  await page.person.click(screen.getByRole("radio", { name: `Reception ${forReception}` }));
  page.reload();
  const chosen = await screen.findByRole<HTMLInputElement>("radio", { name: `Reception ${forReception}` });
  expect(chosen.checked).toBe(true);
});

test("a draft that waits is named and leads back to its form", async () => {
  await clinic.call("drafts.save", {
    key: "patient:new",
    patientId: null,
    baseVersion: null,
    body: { familyName: "Half" },
  });
  page = openScreen(clinic, "/");
  const part = await screen.findByRole("region", { name: "1 draft waits for you" });
  await page.person.click(await within(part).findByRole("link", { name: "Resume the registration" }));
  await waitFor(() => expect(page.address()).toBe("/patients/new"));
});

test("a stop shows what is done at once, and Enter opens the form that says it was done", async () => {
  const { patient, course } = await withCourse(
    clinic,
    { category: { category: "can", criterion: "default", evidence: "" } },
    { familyName: "Abbott", givenNames: "Kim" },
  );
  await clinic.call("programme.record", {
    courseId: course.id,
    entry: {
      kind: "pregnancy-test",
      on: "2026-11-22",
      time: null,
      sample: "urine",
      setting: "medical",
      sensitivity: 25,
      result: "positive",
    },
  });
  page = openScreen(clinic, "/");
  const act = await screen.findByRole("link", { name: "Say what was done: Abbott, Kim" });
  await waitFor(() => expect(document.activeElement).toBe(act));
  expect(screen.getByText("Call the pharmacy: do not dispense.")).toBeDefined();
  await page.person.keyboard("{Enter}");
  await waitFor(() => expect(page.address()).toBe(`/patients/${patient.id}/programme`));
  expect(await screen.findByRole("form", { name: "Record: Stop handled" })).toBeDefined();
});

test("to whom an act is not allowed the line offers the chart instead", async () => {
  const { course } = await withCourse(clinic, {}, { familyName: "Abbott", givenNames: "Kim" });
  await clinic.call("visits.save", visitInput(course.id, { date: "2026-10-20", nextVisitOn: "2026-11-20" }));
  await clinic.addAccount("rena", ["reception"]);
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.signIn("nurse");
  page = openScreen(clinic, "/");
  await screen.findByRole("link", { name: "Begin the visit: Abbott, Kim" });
  page.close();
  await clinic.signIn("rena");
  page = openScreen(clinic, "/");
  const act = await screen.findByRole("link", { name: "Open the chart: Abbott, Kim" });
  expect(screen.queryByRole("link", { name: /^Begin the visit/ })).toBeNull();
  await waitFor(() => expect(document.activeElement).toBe(act));
  await page.person.keyboard("{Enter}");
  await screen.findByRole("link", { name: /^Edit details/ });
});
