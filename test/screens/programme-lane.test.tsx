import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addDays, formatDate } from "#shared/calendar.ts";
import { openClinic, type TestClinic } from "#test/support/clinic.ts";
import { withCourse, withCourseThatMayBePrescribed } from "#test/support/records.ts";
import { openScreen, type TestScreen } from "#test/support/screen.tsx";

const TODAY = "2026-11-22";

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

test("the next step has the focus: Enter opens its form, and after it the one that follows has it", async () => {
  const { patient } = await withCourse(clinic, CAN);
  page = openScreen(clinic, `/patients/${patient.id}/programme`);
  const { person } = page;
  const next = await screen.findByRole("button", { name: "Record the enrolment" });
  await waitFor(() => expect(document.activeElement).toBe(next));
  await person.keyboard("{Enter}");
  const form = await screen.findByRole("form", { name: "Record: Enrolment" });
  await person.type(within(form).getByLabelText("Programme number"), "4711");
  await person.keyboard("{Control>}{Enter}{/Control}");
  const after = await screen.findByRole("button", { name: "Record a consent" });
  await waitFor(() => expect(document.activeElement).toBe(after));
});

test("a course that may be prescribed leads from Enter to the prescription", async () => {
  const { patient } = await withCourseThatMayBePrescribed(clinic);
  page = openScreen(clinic, `/patients/${patient.id}/programme`);
  const next = await screen.findByRole("button", { name: "Issue the prescription" });
  await waitFor(() => expect(document.activeElement).toBe(next));
  await page.person.keyboard("{Enter}");
  await waitFor(() => expect(page.address()).toBe(`/patients/${patient.id}/prescriptions`));
});

test("every step stands in the list with its state in words, and what is not asked is named once", async () => {
  const { patient } = await withCourse(clinic, CAN);
  page = openScreen(clinic, `/patients/${patient.id}/programme`);
  const steps = await screen.findByRole("list", { name: "Before the start" });
  expect(within(steps).getByText("Risk category").closest("li")?.textContent).toContain("Done");
  expect(within(steps).getByText("Enrolment").closest("li")?.textContent).toContain("Due");
  const month = screen.getByRole("list", { name: "This month" });
  expect(within(month).getByText("Prescription").closest("li")?.textContent).toContain("Not yet");
  expect(screen.getByText(/^Not asked of this patient: guardian’s signature/)).toBeDefined();
});

test("a no shows the plan that would make it yes, in order and with days", async () => {
  const { patient, course } = await withCourse(clinic, CAN);
  const { plan } = await clinic.call("prescribing.judge", { courseId: course.id });
  page = openScreen(clinic, `/patients/${patient.id}/programme`);
  const heading = await screen.findByRole("heading", { name: "What would make it yes" });
  const acts = within(heading.parentElement as HTMLElement).getAllByRole("listitem");
  expect(acts.map((one) => one.textContent?.trim())).toHaveLength(plan?.acts.length ?? -1);
  plan?.acts.forEach((one, index) => expect(acts[index]?.textContent).toContain(one.sentence));
});

test("a stop shows its checklist first, and goes quiet once somebody says what was done", async () => {
  const { patient, course } = await withCourse(clinic, CAN);
  await clinic.call("programme.record", {
    courseId: course.id,
    entry: {
      kind: "pregnancy-test",
      on: TODAY,
      time: null,
      sample: "urine",
      setting: "medical",
      sensitivity: 25,
      result: "positive",
    },
  });
  page = openScreen(clinic, `/patients/${patient.id}/programme`);
  const act = await screen.findByRole("button", { name: "Say what was done" });
  await waitFor(() => expect(document.activeElement).toBe(act));
  expect(screen.getByText(/1-866-495-0654/)).toBeDefined();
  await clinic.call("programme.record", {
    courseId: course.id,
    entry: { kind: "stop-handled", on: TODAY, done: ["not-dispensed"], note: "Called the pharmacy." },
  });
  page.reload();
  expect(await screen.findByText(/Called the pharmacy\./, { selector: "strong" })).toBeDefined();
  expect(screen.queryByRole("button", { name: "Say what was done" })).toBeNull();
});

test("the calendar is walked by keys, over months, and says what each day means", async () => {
  const { patient, course } = await withCourse(clinic, CAN);
  await clinic.call("programme.record", {
    courseId: course.id,
    entry: {
      kind: "pregnancy-test",
      on: addDays(TODAY, -2),
      time: null,
      sample: "urine",
      setting: "medical",
      sensitivity: 25,
      result: "negative",
    },
  });
  page = openScreen(clinic, `/patients/${patient.id}/programme`);
  const { person } = page;
  const grid = await screen.findByRole("grid", { name: "Nov 2026" });
  const today = within(grid).getByRole("button", { name: /^Sun, Nov 22, 2026, today/ });
  expect(
    within(grid)
      .getAllByRole("button")
      .filter((one) => one.tabIndex === 0),
  ).toEqual([today]);
  today.focus();
  await person.keyboard("{ArrowLeft}{ArrowLeft}");
  expect(document.activeElement?.querySelector(".for-readers")?.textContent).toBe(
    "Fri, Nov 20, 2026, Pregnancy test taken",
  );
  expect(screen.getByText("Pregnancy test, negative.")).toBeDefined();
  await person.keyboard("{ArrowUp}{Home}");
  expect(document.activeElement?.getAttribute("data-date")).toBe("2026-11-08");
  await person.keyboard("{End}");
  expect(document.activeElement?.getAttribute("data-date")).toBe("2026-11-14");
  await person.keyboard("{PageDown}");
  await screen.findByRole("grid", { name: "Dec 2026" });
  expect(document.activeElement?.getAttribute("data-date")).toBe("2026-12-14");
  await person.keyboard("{PageUp}{PageUp}");
  await screen.findByRole("grid", { name: "Oct 2026" });
  await person.click(screen.getByRole("button", { name: "Today" }));
  await screen.findByRole("grid", { name: "Nov 2026" });
});

test("the comparison with the site names both sides and what to do, and an agreement says so", async () => {
  const { patient, course } = await withCourse(clinic, CAN);
  page = openScreen(clinic, `/patients/${patient.id}/programme`);
  expect(await screen.findByText("Nobody has compared this record with the site yet.")).toBeDefined();
  const site = {
    kind: "programme-site",
    on: TODAY,
    category: "cannot",
    testOn: null,
    confirmedOn: null,
    questionsOn: null,
    doNotDispenseAfter: null,
    dispensedOn: null,
    daysDispensed: null,
  } as const;
  await clinic.call("programme.record", {
    courseId: course.id,
    entry: { ...site, status: "not-qualified" },
  });
  page.reload();
  const table = await screen.findByRole("table", { name: "What the record and the site disagree on" });
  expect(within(table).getAllByRole("row")).toHaveLength(3);
  expect(table.textContent).toContain("Cannot become pregnant");
  clinic.clock.advance({ minutes: 5 });
  await clinic.call("programme.record", { courseId: course.id, entry: { ...site, status: "not-found" } });
  page.reload();
  expect(await screen.findByText("Agrees")).toBeDefined();
});

test("while a prescription waits the page answers whether it may still be dispensed", async () => {
  const { patient, course } = await withCourseThatMayBePrescribed(clinic);
  await clinic.call("prescribing.issue", {
    courseId: course.id,
    visitId: null,
    productId: "claravis",
    capsules: [{ strengthMg: 30, morning: 1, evening: 0 }],
    daysSupply: 30,
  });
  page = openScreen(clinic, `/patients/${patient.id}/programme`);
  expect(await screen.findByRole("region", { name: "May it still be dispensed?" })).toBeDefined();
  expect(await screen.findByRole("button", { name: "Record the pick-up" })).toBeDefined();
});

test("a step that waits says its day once", async () => {
  const { patient, course } = await withCourse(clinic, CAN);
  for (const entry of [
    { kind: "contraception", on: TODAY, first: "implant", second: "condom" },
    {
      kind: "pregnancy-test",
      on: TODAY,
      time: null,
      sample: "urine",
      setting: "medical",
      sensitivity: 25,
      result: "negative",
    },
  ] as const)
    await clinic.call("programme.record", { courseId: course.id, entry });
  const { lane } = await clinic.call("lane.read", { courseId: course.id });
  const waiting = lane.steps.filter((one) => one.state === "waiting" && one.from !== null);
  expect(waiting.length).toBeGreaterThan(0);
  page = openScreen(clinic, `/patients/${patient.id}/programme`);
  await screen.findByRole("list", { name: "This month" });
  for (const step of waiting) {
    const row = screen
      .getAllByText(step.title)
      .find((one) => one.className === "lane-title")
      ?.closest("li");
    const from = formatDate(step.from ?? "", "mdy");
    expect(row?.textContent?.split(from)).toHaveLength(2);
  }
});

test("reception reads where the course stands, each word once", async () => {
  const { patient, course } = await withCourse(clinic, CAN);
  await clinic.addAccount("rena", ["reception"]);
  const standing = async () => {
    const { open } = await clinic.call("patients.chart", { id: patient.id });
    if (!open?.status) throw new Error("the course is not judged");
    page = openScreen(clinic, `/patients/${patient.id}/programme`);
    await screen.findByRole("heading", { level: 1, name: "Programme" });
    const title = await screen.findByText(open.status.label, { selector: ".standing strong" });
    return title.closest(".standing")?.textContent ?? "";
  };
  await clinic.signIn("rena");
  expect(await standing()).not.toMatch(/\bNo\./u);
  page.close();
  await clinic.signIn("doctor");
  await clinic.call("programme.record", { courseId: course.id, entry: { kind: "pregnancy", on: TODAY } });
  await clinic.signIn("rena");
  expect((await standing()).match(/Stop/gu)).toHaveLength(1);
});
