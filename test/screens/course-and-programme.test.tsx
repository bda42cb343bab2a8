import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { RULE_NAMES } from "#shared/rules/programmes/edition-words.ts";
import { openClinic, type TestClinic } from "#test/support/clinic.ts";
import {
  labInput,
  register,
  visitInput,
  withCourse,
  withCourseThatMayBePrescribed,
} from "#test/support/records.ts";
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

const ALL_DONE = "{Control>}{Enter}{/Control}";

test("a course is started by keyboard: y, n and u answer and go on, and what is not asked stays not asked", async () => {
  const patient = await register(clinic);
  page = openScreen(clinic, `/patients/${patient.id}/course/new`);
  const { person } = page;
  await person.selectOptions(await screen.findByLabelText("Indication"), "Severe nodular acne");
  const screening = screen.getByRole("group", { name: "Screening: has or had" });
  within(screening).getAllByRole<HTMLInputElement>("radio")[0]?.focus();
  await person.keyboard("nyu");
  await person.selectOptions(screen.getByLabelText("Product"), "Claravis");
  await person.type(screen.getByLabelText("Weight at the start, kg"), "61.5");
  await person.keyboard(ALL_DONE);
  await waitFor(() => expect(page.address()).toBe(`/patients/${patient.id}`));
  const { open } = await clinic.call("patients.chart", { id: patient.id });
  expect(open?.course).toMatchObject({
    indication: "severe-nodular",
    conditions: { "liver-disease": "no", "lipid-disorder": "yes", diabetes: "unknown" },
    referenceWeightKg: 61.5,
    medicines: null,
  });
  expect(open?.category).toBeNull();
});

test("a course without its indication, product and weight is refused at those fields, and nothing is lost", async () => {
  const patient = await register(clinic);
  page = openScreen(clinic, `/patients/${patient.id}/course/new`);
  const note = await screen.findByLabelText<HTMLInputElement>(/^Note/);
  await page.person.type(note, "Nodules on the back");
  await page.person.keyboard(ALL_DONE);
  await waitFor(() => expect(screen.getByLabelText("Indication").getAttribute("aria-invalid")).toBe("true"));
  expect(screen.getByLabelText("Product").getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByLabelText("Weight at the start, kg").getAttribute("aria-invalid")).toBe("true");
  expect(note.value).toBe("Nodules on the back");
  expect((await clinic.call("patients.chart", { id: patient.id })).open).toBeNull();
});

test("only the listed criteria can move a patient to the category that cannot become pregnant", async () => {
  const patient = await register(clinic);
  page = openScreen(clinic, `/patients/${patient.id}/course/new`);
  await page.person.click(await screen.findByRole("radio", { name: "Cannot become pregnant" }));
  const criteria = within(screen.getByLabelText("Criterion"))
    .getAllByRole("option")
    .map((one) => one.textContent);
  expect(criteria).not.toContain("No listed criterion applies");
  expect(criteria).toContain("Cisgender male");
  await page.person.keyboard(ALL_DONE);
  // A category without its criterion is not a category.
  await waitFor(() => expect(screen.getByLabelText("Criterion").getAttribute("aria-invalid")).toBe("true"));
});

test("the chart says no before anything is recorded, and names what stands in the way with rule, edition and source", async () => {
  const { patient, course } = await withCourse(clinic);
  const verdict = await clinic.call("prescribing.judge", { courseId: course.id });
  page = openScreen(clinic, `/patients/${patient.id}`);
  const list = await screen.findByRole("list", { name: "What stands in the way" });
  const blocking = verdict.findings.filter((one) => one.status === "unmet" || one.status === "unknown");
  expect(blocking.length).toBeGreaterThan(0);
  const items = within(list).getAllByRole("listitem");
  expect(items).toHaveLength(blocking.length);
  const [lead] = blocking.filter((one) => verdict.sentence.includes(one.sentence));
  for (const one of blocking) {
    const item = one === lead ? items[0] : within(list).getAllByText(one.sentence)[0]?.closest("li");
    expect(item?.textContent).toContain((RULE_NAMES as Record<string, string>)[one.rule] ?? "a name");
    expect(item?.textContent).toContain("iPLEDGE, 2026 edition");
    expect(item?.textContent).toContain(one.source);
  }
  // What the program calls them by itself is for nobody to read.
  const panel = screen.getByRole("region", { name: "Can treatment start today?" });
  expect(panel.textContent).toContain("by the rules of iPLEDGE, 2026 edition.");
  expect(panel.textContent).not.toMatch(/ipledge-2026|test-in-window/u);
  // The answer says the first one's sentence; nothing on the panel is said twice.
  expect(screen.getAllByText(lead?.sentence ?? "a lead")).toHaveLength(1);
});

test("the overview says what Today says of a grave result, with the way to it, and that the next visit is overdue", async () => {
  const { patient, course } = await withCourse(clinic);
  await clinic.call("visits.save", visitInput(course.id, { date: "2026-10-20", nextVisitOn: "2026-11-19" }));
  const grave = labInput({
    testId: "triglycerides",
    unit: "mg/dL",
    value: 624,
    rangeLow: null,
    rangeHigh: 150,
  });
  await clinic.call("labs.record", { patientId: patient.id, results: [grave] });
  const { lines } = await clinic.call("today.list", {});
  const said = lines.find((one) => one.kind === "abnormal-result")?.sentence ?? "nothing";
  page = openScreen(clinic, `/patients/${patient.id}`);
  const region = await screen.findByRole("region", { name: "To bear in mind" });
  expect(region.textContent).toContain(said);
  const link = within(region).getByRole("link", { name: "Review the results" });
  expect(link.getAttribute("href")).toContain(`/patients/${patient.id}/labs`);
  expect(screen.getByText("3 days overdue")).toBeDefined();
  // Nobody prescribes past it unawares either.
  await page.goTo(`/patients/${patient.id}/prescriptions`);
  const form = await screen.findByRole("form", { name: "Issue a prescription" });
  expect(form.textContent).toContain(`Abnormal result. ${said}`);
});

test("a clinic that weighs in pounds reads an earlier course in pounds", async () => {
  await clinic.call("clinic.update", { ...(await clinic.call("clinic.read", {})), weightUnit: "lb" });
  const { patient, course } = await withCourse(clinic);
  await clinic.call("courses.end", {
    id: course.id,
    version: 1,
    endedOn: "2026-11-20",
    reason: "completed",
    note: "",
  });
  page = openScreen(clinic, `/patients/${patient.id}/course/${course.id}`);
  const weight = await screen.findByText("Weight at the start");
  await waitFor(() => expect(weight.nextElementSibling?.textContent).toBe("132.3 lb"));
});

test("a clinic that weighs in pounds types the weight at the start in pounds, and the record keeps kilograms", async () => {
  await clinic.call("clinic.update", { ...(await clinic.call("clinic.read", {})), weightUnit: "lb" });
  const { patient, course } = await withCourse(clinic);
  page = openScreen(clinic, `/patients/${patient.id}/course/${course.id}`);
  const weight = await screen.findByLabelText<HTMLInputElement>("Weight at the start, lb");
  expect(weight.value).toBe("132.3");
  await page.person.clear(weight);
  await page.person.type(weight, "150");
  await page.person.keyboard(ALL_DONE);
  await waitFor(async () =>
    expect((await clinic.call("patients.chart", { id: patient.id })).open?.course.referenceWeightKg).toBe(
      68.04,
    ),
  );
});

test("a category that nobody decided is said in the banner, never guessed", async () => {
  const { patient } = await withCourse(clinic);
  page = openScreen(clinic, `/patients/${patient.id}`);
  const banner = await screen.findByRole("heading", { level: 1 });
  const facts = banner.closest("header");
  expect(facts?.textContent).toContain("Risk categoryNot decided");
  expect(facts?.textContent).toContain("WeightNot recorded");
});

test("t on the chart opens a pregnancy test; it is recorded by keyboard and stands in the evidence with who and when", async () => {
  const { patient, course } = await withCourse(clinic, {
    category: { category: "can", criterion: "default", evidence: "" },
  });
  page = openScreen(clinic, `/patients/${patient.id}`);
  const { person } = page;
  await screen.findByRole("link", { name: /^Record test/ });
  await person.keyboard("t");
  const form = await screen.findByRole("form", { name: "Record: Pregnancy test" });
  const choose = async (label: string, key: string) => {
    within(within(form).getByRole("group", { name: label }))
      .getAllByRole("radio")[0]
      ?.focus();
    await person.keyboard(key);
  };
  await choose("Result", "n");
  await choose("Sample", "u");
  await choose("Where", "m");
  await person.type(within(form).getByLabelText("Detects from, mIU/mL"), "25");
  await person.keyboard(ALL_DONE);
  const evidence = await screen.findByRole("rowheader", { name: "Pregnancy test" });
  expect(evidence.closest("tr")?.textContent).toContain("Negative. Urine, medical setting");
  expect(evidence.closest("tr")?.textContent).toContain("Dana Whitfield, MD");
  const [entry] = await clinic
    .call("programme.entries", { courseId: course.id })
    .then((all) => all.filter((one) => one.kind === "pregnancy-test"));
  expect(entry).toMatchObject({ on: "2026-11-22", result: "negative", sample: "urine", sensitivity: 25 });
});

test("a test without its result is refused at the field: nothing is assumed", async () => {
  const { patient, course } = await withCourse(clinic);
  page = openScreen(clinic, `/patients/${patient.id}/programme?record=pregnancy-test`);
  const form = await screen.findByRole("form", { name: "Record: Pregnancy test" });
  within(form).getByLabelText("Specimen collected on").focus();
  await page.person.keyboard(ALL_DONE);
  const result = within(form).getByRole("group", { name: "Result" });
  await waitFor(() => expect(within(result).getByText("Choose one.")).toBeDefined());
  expect(await clinic.call("programme.entries", { courseId: course.id })).toEqual([]);
});

test("a correction is a new row with its reason, and a void keeps its reason too", async () => {
  const { patient, course } = await withCourse(clinic);
  await clinic.call("programme.record", {
    courseId: course.id,
    entry: { kind: "enrolment", on: "2026-11-20", programmeNumber: "A-100" },
  });
  page = openScreen(clinic, `/patients/${patient.id}/programme`);
  const { person } = page;
  await person.click(await screen.findByRole("button", { name: "Correct: Enrolment of Nov 20, 2026" }));
  const number = await screen.findByLabelText("Programme number");
  await person.clear(number);
  await person.type(number, "A-101");
  await person.type(screen.getByLabelText("Why it is corrected"), "Typing error");
  await person.keyboard(ALL_DONE);
  await screen.findByText("Corrected: Typing error");
  expect(screen.getByText("Number A-101")).toBeDefined();

  await person.click(screen.getByRole("button", { name: "Void: Enrolment of Nov 20, 2026" }));
  await person.type(await screen.findByLabelText("Why is it voided?"), "Wrong patient");
  await person.click(screen.getByRole("button", { name: "Void it" }));
  await screen.findByText("Nothing is recorded yet.");
  expect(await clinic.call("programme.entries", { courseId: course.id })).toEqual([]);
  await person.click(screen.getByText("2 entries were corrected or voided"));
  expect(screen.getByText("Number A-100").tagName).toBe("DEL");
  expect(screen.getByText(/Voided by Dana Whitfield, MD.*: Wrong patient$/)).toBeDefined();
});

test("the reason of a void survives leaving: Today names it, and the row opens with it again", async () => {
  const { patient, course } = await withCourse(clinic);
  await clinic.call("programme.record", {
    courseId: course.id,
    entry: { kind: "enrolment", on: "2026-11-20", programmeNumber: "A-100" },
  });
  page = openScreen(clinic, `/patients/${patient.id}/programme`);
  const { person } = page;
  await person.click(await screen.findByRole("button", { name: "Void: Enrolment of Nov 20, 2026" }));
  await person.type(await screen.findByLabelText("Why is it voided?"), "Wrong pat");
  await screen.findByText(/^Draft saved/);
  await page.goTo("/");
  await person.click(await screen.findByRole("link", { name: /^Resume the void of an entry of Alex Doe/ }));
  await person.click(await screen.findByRole("button", { name: "Resume" }));
  expect(screen.getByLabelText<HTMLInputElement>("Why is it voided?").value).toBe("Wrong pat");
  await person.type(screen.getByLabelText("Why is it voided?"), "ient");
  await person.keyboard(ALL_DONE);
  await screen.findByText("Nothing is recorded yet.");
  expect(await clinic.call("drafts.list", {})).toEqual([]);
  const [voided] = await clinic.call("programme.superseded", { courseId: course.id });
  expect(voided).toMatchObject({ how: "voided", reason: "Wrong patient" });
});

test("a void without its reason is refused at the field alone", async () => {
  const { patient, course } = await withCourse(clinic);
  await clinic.call("programme.record", {
    courseId: course.id,
    entry: { kind: "enrolment", on: "2026-11-20", programmeNumber: "A-100" },
  });
  page = openScreen(clinic, `/patients/${patient.id}/programme`);
  await page.person.click(await screen.findByRole("button", { name: "Void: Enrolment of Nov 20, 2026" }));
  await page.person.type(await screen.findByLabelText("Why is it voided?"), "{Control>}{Enter}{/Control}");
  await screen.findByText("Say why, in a few words.");
  expect(screen.queryByRole("alert")).toBeNull();
  expect(document.activeElement).toBe(screen.getByLabelText("Why is it voided?"));
});

test("a course with no visit says that nothing taken is recorded, not that it is zero", async () => {
  const { patient, course } = await withCourse(clinic);
  page = openScreen(clinic, `/patients/${patient.id}`);
  const named = async () =>
    (await screen.findAllByText("Taken in all")).map((one) => one.nextSibling?.textContent);
  expect(await named()).toEqual(["Nothing recorded", "Nothing recorded"]);
  const capsules = [{ strengthMg: 30, morning: 1, evening: 0 }];
  await clinic.call(
    "visits.save",
    visitInput(course.id, { dose: { action: "start", capsules, from: "2026-11-22", reason: "" } }),
  );
  page.reload();
  expect(await named()).toEqual(["0.0 of 120 mg/kg", "0.0 of 120 mg/kg"]);
});

test("an earlier course in which no dose was decided says so", async () => {
  const { patient, course } = await withCourse(clinic);
  await clinic.call("courses.end", {
    id: course.id,
    version: course.version,
    endedOn: "2026-11-20",
    reason: "patient-choice",
    note: "",
  });
  page = openScreen(clinic, `/patients/${patient.id}`);
  const list = await screen.findByRole("region", { name: "Earlier courses" });
  expect(list.textContent).toContain("No dose is recorded.");
  expect(list.textContent).not.toContain("mg/kg");
});

test("a prescription that may be issued is issued, and is listed with the verdict that allowed it", async () => {
  const { patient, course } = await withCourseThatMayBePrescribed(clinic);
  page = openScreen(clinic, `/patients/${patient.id}/prescriptions`);
  const { person } = page;
  await person.type(await screen.findByLabelText("20 mg, morning"), "1");
  await person.type(screen.getByLabelText("20 mg, evening"), "1");
  expect(screen.getByText(/To dispense: 60 × 20 mg\./)).toBeDefined();
  await person.keyboard(ALL_DONE);
  await screen.findByText("The verdict that allowed it");
  const [issued] = await clinic.call("prescribing.list", { courseId: course.id });
  expect(issued).toMatchObject({ daysSupply: 30, verdict: { answer: "yes" } });

  await person.click(screen.getByRole("button", { name: /^Void: Prescription/ }));
  await person.type(await screen.findByLabelText("Why is it voided?"), "Wrong strength");
  await person.click(screen.getByRole("button", { name: "Void it" }));
  await screen.findByText("Voided: Wrong strength");
});

test("a prescription begins from the dose that the visit decided, though nothing is taken yet", async () => {
  const { patient, course } = await withCourseThatMayBePrescribed(clinic);
  await clinic.call(
    "visits.save",
    visitInput(course.id, {
      dose: {
        action: "start",
        capsules: [{ strengthMg: 30, morning: 1, evening: 0 }],
        from: "2026-11-22",
        reason: "",
      },
    }),
  );
  page = openScreen(clinic, `/patients/${patient.id}/prescriptions`);
  const morning = await screen.findByLabelText<HTMLInputElement>("30 mg, morning");
  expect(morning.value).toBe("1");
  await page.person.click(morning);
  await page.person.keyboard(ALL_DONE);
  await screen.findByText("The verdict that allowed it");
  await page.goTo(`/patients/${patient.id}`);
  const decided = await screen.findByText("Decided");
  expect(decided.nextElementSibling?.textContent).toBe("Start, 30 mg a day from Nov 22, 2026");
});

test("a prescription that may not be issued is refused with the findings, and none is kept", async () => {
  const { patient, course } = await withCourse(clinic);
  page = openScreen(clinic, `/patients/${patient.id}/prescriptions`);
  await page.person.type(await screen.findByLabelText("20 mg, morning"), "1");
  await page.person.keyboard(ALL_DONE);
  const why = await screen.findByRole("list", { name: "Why it was refused" });
  expect(within(why).getAllByRole("listitem").length).toBeGreaterThan(0);
  expect(await clinic.call("prescribing.list", { courseId: course.id })).toEqual([]);
});

test("an ended course stays readable from the chart", async () => {
  const { patient, course } = await withCourse(clinic);
  page = openScreen(clinic, `/patients/${patient.id}/course/${course.id}`);
  await page.person.click(await screen.findByRole("button", { name: "End the course" }));
  const form = await screen.findByRole("form", { name: "End the course" });
  await page.person.selectOptions(within(form).getByLabelText("Why"), "Patient’s choice");
  await page.person.click(within(form).getByRole("button", { name: "End the course" }));
  const link = await screen.findByRole("link", { name: /^Severe nodular acne/ });
  await page.person.click(link);
  await screen.findByRole("heading", { name: "Earlier course" });
  expect(screen.getByText("Doxycycline, 12 weeks: failed")).toBeDefined();
});

test("reception sees the chart, but not the gate's evidence nor a button it may not press", async () => {
  const { patient } = await withCourse(clinic);
  await clinic.addAccount("rena", ["reception"]);
  await clinic.call("session.signOut", {});
  await clinic.signIn("rena");
  page = openScreen(clinic, `/patients/${patient.id}`);
  await screen.findByRole("link", { name: /^Edit details/ });
  expect(screen.queryByRole("link", { name: /^New visit/ })).toBeNull();
  expect(screen.queryByRole("link", { name: /^Record test/ })).toBeNull();
  expect(await screen.findByText(/shown to nurses and prescribers/)).toBeDefined();
});

test("after a course by which the patient can become pregnant, the start of another asks why she cannot any more", async () => {
  const can = { category: "can", criterion: "default", evidence: "" } as const;
  const { patient, course } = await withCourse(clinic, { category: can });
  const end = { id: course.id, version: 1, endedOn: "2026-11-22", reason: "completed", note: "" } as const;
  await clinic.call("courses.end", end);
  page = openScreen(clinic, `/patients/${patient.id}/course/new`);
  const { person } = page;
  await person.selectOptions(await screen.findByLabelText("Indication"), "Severe nodular acne");
  await person.selectOptions(screen.getByLabelText("Product"), "Claravis");
  await person.type(screen.getByLabelText("Weight at the start, kg"), "61.5");
  const group = screen.getByRole("group", { name: "This patient" });
  within(group).getAllByRole<HTMLInputElement>("radio")[0]?.focus();
  await person.keyboard("1");
  expect(screen.queryByLabelText(/^Why it changed/)).toBeNull();
  within(group).getAllByRole<HTMLInputElement>("radio")[0]?.focus();
  await person.keyboard("2");
  await person.selectOptions(screen.getByLabelText(/^Criterion/), "Hysterectomy");
  await person.type(screen.getByLabelText(/^What was seen/), "Operation note");
  await person.type(screen.getByLabelText(/^Why it changed/), "Operated on Nov 10");
  await person.keyboard(ALL_DONE);
  await waitFor(() => expect(page.address()).toBe(`/patients/${patient.id}`));
  const { open } = await clinic.call("patients.chart", { id: patient.id });
  expect(open).toMatchObject({ category: "can", categoryBefore: "can" });
  const [change] = await clinic.call("programme.entries", { courseId: open?.course.id ?? "" });
  expect(change).toMatchObject({ category: "cannot", changeReason: "Operated on Nov 10" });

  page.close();
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.signIn("nurse");
  page = openScreen(clinic, `/patients/${patient.id}/programme?record=category-agreement`);
  await screen.findByText(/Recorded by Dana Whitfield, MD for /);
  screen.getByLabelText("On").focus();
  await page.person.keyboard(ALL_DONE);
  await screen.findByRole("rowheader", { name: "Second person’s agreement" });
  expect((await clinic.call("patients.chart", { id: patient.id })).open?.category).toBe("cannot");
});
