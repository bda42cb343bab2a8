import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { LabResultFields } from "#shared/records/lab-result.ts";
import { openClinic, type TestClinic } from "#test/support/clinic.ts";
import { labInput, register, withCourse } from "#test/support/records.ts";
import { openScreen, type TestScreen } from "#test/support/screen.tsx";

let clinic: TestClinic;
let page: TestScreen;
let patientId: string;

beforeEach(async () => {
  localStorage.clear();
  clinic = await openClinic();
  patientId = (await register(clinic)).id;
});

afterEach(async () => {
  page.close();
  await clinic.dispose();
});

const SAVE = "{Control>}s{/Control}";

/** Opens the flowsheet of a patient with these results. */
async function openLabs(...results: Partial<LabResultFields>[]): Promise<void> {
  if (results.length > 0)
    await clinic.call("labs.record", {
      patientId,
      results: results.map((one) => labInput(one)),
      confirmed: [],
    });
  page = openScreen(clinic, `/patients/${patientId}/labs`);
  await screen.findByRole("button", { name: /^Enter results/ });
}

/** Those of one save have one instant and no order of their own: by test. */
async function resultsInForce() {
  const { results } = await clinic.call("labs.flowsheet", { patientId });
  return results.toSorted((a, b) => a.testId.localeCompare(b.testId));
}

const cell = (name: RegExp | string) => screen.findByRole("button", { name });

/** Presses `e` and waits for the first cell of the new column. */
async function openColumn(): Promise<HTMLElement> {
  await page.person.keyboard("e");
  const first = await screen.findByRole("textbox", { name: "ALT, new column" });
  await waitFor(() => expect(document.activeElement).toBe(first));
  return first;
}

test("a patient without results is told how to enter them, and the key does it", async () => {
  await openLabs();
  expect(screen.getByText("No results yet.")).toBeDefined();
  await openColumn();
  expect(screen.getByLabelText<HTMLInputElement>("Collected on").value).toBe("Nov 22, 2026");
});

test("results typed down a column are saved at once, each with the unit and range of its last result", async () => {
  await openLabs({}, { testId: "ast", unit: "ukat/L", value: 0.4, rangeLow: null, rangeHigh: 0.67 });
  await openColumn();
  await page.person.keyboard(`45{Enter}<0.1{Enter}${SAVE}`);
  const saved = await cell(/^ALT, Nov 22, 2026: 45 U\/L, high/);
  await waitFor(() => expect(document.activeElement).toBe(saved));
  const results = (await resultsInForce()).filter((one) => one.collectedOn === "2026-11-22");
  expect(results).toMatchObject([
    { testId: "alt", comparator: null, value: 45, unit: "U/L", rangeLow: 7, rangeHigh: 41 },
    { testId: "ast", comparator: "<", value: 0.1, unit: "ukat/L", rangeLow: null, rangeHigh: 0.67 },
  ]);
  expect(screen.queryByRole("textbox", { name: "ALT, new column" })).toBeNull();
});

test("a range may be open on one side, and is typed beside the result", async () => {
  await openLabs();
  await openColumn();
  await page.person.keyboard("30");
  await page.person.type(screen.getByLabelText("ALT, range to"), "40");
  await page.person.keyboard(SAVE);
  await cell(/^ALT, Nov 22, 2026: 30 U\/L, normal$/);
  expect(await resultsInForce()).toMatchObject([{ rangeLow: null, rangeHigh: 40 }]);
});

test("a result without a range is never shown as normal", async () => {
  await openLabs({ rangeLow: null, rangeHigh: null });
  expect(await cell("ALT, Nov 20, 2026: 24 U/L, not known whether normal")).toBeDefined();
});

test("what cannot be read is refused in its cell, and nothing is saved nor lost", async () => {
  await openLabs();
  await openColumn();
  await page.person.keyboard(`45{Enter}1,200${SAVE}`);
  const wrong = await screen.findByRole("textbox", { name: "AST, new column" });
  await waitFor(() => expect(wrong.getAttribute("aria-invalid")).toBe("true"));
  expect(document.activeElement).toBe(wrong);
  expect(screen.getByText(/can be read two ways/)).toBeDefined();
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "ALT, new column" }).value).toBe("45");
  expect(await resultsInForce()).toEqual([]);
});

test("a day that lies ahead is refused at the column's date", async () => {
  await openLabs();
  await openColumn();
  await page.person.keyboard("45");
  const date = screen.getByLabelText("Collected on");
  await page.person.clear(date);
  await page.person.type(date, `12/24/2026${SAVE}`);
  await waitFor(() =>
    expect(screen.getByLabelText("Collected on").getAttribute("aria-invalid")).toBe("true"),
  );
  expect(document.activeElement).toBe(screen.getByLabelText("Collected on"));
  expect(await resultsInForce()).toEqual([]);
});

test("an unlikely result is asked about, and kept when one says that it is right", async () => {
  await openLabs();
  await openColumn();
  await page.person.keyboard(`4500${SAVE}`);
  const keep = await screen.findByRole("button", { name: "It is right, keep it" });
  await waitFor(() => expect(document.activeElement).toBe(keep));
  expect(await resultsInForce()).toEqual([]);
  await page.person.keyboard("{Enter}");
  await cell(/^ALT, Nov 22, 2026: 4500 U\/L/);
  expect(await resultsInForce()).toMatchObject([{ value: 4500 }]);
});

test("Escape at the question goes back to the cell in question", async () => {
  await openLabs();
  const first = await openColumn();
  await page.person.keyboard(`4500${SAVE}`);
  await screen.findByRole("button", { name: "It is right, keep it" });
  await page.person.keyboard("{Escape}");
  await waitFor(() => expect(document.activeElement).toBe(first));
});

test("a saved result that asks for something says so at once, with the rule's sentence", async () => {
  await openLabs({ testId: "triglycerides", unit: "mg/dL", value: 120, rangeLow: null, rangeHigh: 150 });
  await page.person.keyboard("e");
  const entry = await screen.findByRole("textbox", { name: "Triglycerides, new column" });
  await page.person.type(entry, `850${SAVE}`);
  const alert = await screen.findByText("Saved. This result asks for something.");
  expect(alert.closest("[role=alert]")?.textContent).toContain("Hold isotretinoin");
});

test("a day's missing result is typed into its empty cell", async () => {
  await openLabs({}, { collectedOn: "2026-10-20", testId: "ast", value: 22 });
  const alt = await cell(/^ALT, Nov 20/);
  alt.focus();
  await page.person.keyboard("{ArrowDown}");
  await waitFor(() =>
    expect(document.activeElement?.getAttribute("aria-label")).toContain("AST, Nov 20, 2026: no result"),
  );
  await page.person.keyboard("31");
  const entry = await screen.findByRole<HTMLInputElement>("textbox", { name: "AST, Nov 20, 2026" });
  await waitFor(() => expect(entry.value).toBe("31"));
  await page.person.keyboard(SAVE);
  const saved = await cell(/^AST, Nov 20, 2026: 31 U\/L/);
  await waitFor(() => expect(document.activeElement).toBe(saved));
});

test("arrow keys walk the grid, Enter opens a result beside it, Escape comes back to the cell", async () => {
  await openLabs({}, { collectedOn: "2026-10-20", value: 80 });
  const newest = await cell(/^ALT, Nov 20/);
  newest.focus();
  await page.person.keyboard("{ArrowRight}");
  const older = await cell(/^ALT, Oct 20/);
  expect(document.activeElement).toBe(older);
  expect(older.getAttribute("tabindex")).toBe("0");
  expect(newest.getAttribute("tabindex")).toBe("-1");
  await page.person.keyboard("{Enter}");
  const panel = await screen.findByRole("complementary", { name: "Alanine aminotransferase, Oct 20, 2026" });
  expect(within(panel).getByText("80 U/L")).toBeDefined();
  expect(within(panel).getByText("7 – 41 U/L")).toBeDefined();
  expect(within(panel).getByText(/Dana Whitfield/)).toBeDefined();
  expect(panel.contains(document.activeElement)).toBe(true);
  await page.person.keyboard("{Escape}");
  await waitFor(() => expect(document.activeElement).toBe(older));
  expect(screen.queryByRole("complementary", { name: /Alanine/ })).toBeNull();
});

test("Home and End go to the newest and the oldest day, and Escape in the grid closes the panel too", async () => {
  await openLabs({}, { collectedOn: "2026-10-20" }, { collectedOn: "2026-09-20" });
  const newest = await cell(/^ALT, Nov 20/);
  newest.focus();
  await page.person.keyboard("{End}");
  expect(document.activeElement).toBe(await cell(/^ALT, Sep 20/));
  await page.person.keyboard("{Home}");
  expect(document.activeElement).toBe(newest);
  await page.person.keyboard("{Enter}");
  await screen.findByRole("complementary", { name: /Alanine/ });
  newest.focus();
  await page.person.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("complementary", { name: /Alanine/ })).toBeNull());
});

test("a second result of a day is remarked on while it is typed", async () => {
  await openLabs({ collectedOn: "2026-11-22" });
  await openColumn();
  const entry = screen.getByRole("textbox", { name: "ALT, new column" });
  const described = entry.getAttribute("aria-describedby")?.split(" ") ?? [];
  const said = described.map((id) => document.getElementById(id)?.textContent ?? "").join("");
  expect(said).toContain("24 U/L is recorded for this day.");
});

test("a column can be closed, and what was typed in it is gone with it", async () => {
  await openLabs({});
  await openColumn();
  await page.person.keyboard("45");
  await page.person.click(screen.getByRole("button", { name: "Close this column" }));
  expect(screen.queryByRole("textbox", { name: "ALT, new column" })).toBeNull();
  expect(screen.queryByRole("button", { name: /^Save/ })).toBeNull();
  await waitFor(async () => expect(document.activeElement).toBe(await cell(/^ALT, Nov 20/)));
});

test("a correction needs its reason, and the version before stays readable", async () => {
  await openLabs({ value: 54 });
  await page.person.click(await cell(/^ALT, Nov 20, 2026: 54/));
  await page.person.click(await screen.findByRole("button", { name: "Correct" }));
  await page.person.keyboard("45{Control>}{Enter}{/Control}");
  const reason = screen.getByLabelText("Why is it corrected?");
  await waitFor(() => expect(reason.getAttribute("aria-invalid")).toBe("true"));
  await page.person.type(reason, "Digits swapped{Control>}{Enter}{/Control}");
  const panel = await screen.findByRole("complementary", { name: /Alanine/ });
  const versions = await within(panel).findByRole("region", { name: "Earlier versions" });
  expect((await within(versions).findByText("54 U/L")).tagName).toBe("DEL");
  expect(within(versions).getByText(/Digits swapped/)).toBeDefined();
  expect(await resultsInForce()).toMatchObject([{ value: 45, reason: "Digits swapped" }]);
  await cell(/^ALT, Nov 20, 2026: 45 U\/L/);
});

test("a voided result leaves the flowsheet, and only with a reason", async () => {
  await openLabs({}, { testId: "ast", value: 20 });
  await page.person.click(await cell(/^ALT, Nov 20/));
  await page.person.click(await screen.findByRole("button", { name: "Void" }));
  await page.person.click(screen.getByRole("button", { name: "Void it" }));
  const reason = screen.getByLabelText("Why is it voided?");
  await waitFor(() => expect(reason.getAttribute("aria-invalid")).toBe("true"));
  await page.person.type(reason, "Another patient’s{Enter}");
  await waitFor(() => expect(screen.queryByRole("button", { name: /^ALT, Nov 20/ })).toBeNull());
  expect((await resultsInForce()).map((one) => one.testId)).toEqual(["ast"]);
});

test("a correction and a void that were begun wait beside the flowsheet, to be resumed or discarded", async () => {
  await openLabs({});
  await page.person.click(await cell(/^ALT, Nov 20/));
  await page.person.click(await screen.findByRole("button", { name: "Void" }));
  await page.person.type(screen.getByLabelText("Why is it voided?"), "Another patient");
  await screen.findByText(/^Draft saved/);
  page.reload();
  await page.person.click(await screen.findByRole("button", { name: "Resume" }));
  expect(screen.getByLabelText<HTMLInputElement>("Why is it voided?").value).toBe("Another patient");
  await page.person.click(screen.getByRole("button", { name: "Void it" }));
  await waitFor(async () => expect(await resultsInForce()).toEqual([]));
  expect(await clinic.call("drafts.list", {})).toEqual([]);
});

test("two results of one test and day stand in one cell, and both can be read", async () => {
  await openLabs({ value: 20 });
  await clinic.call("labs.record", { patientId, results: [labInput({ value: 30 })], confirmed: [] });
  page.reload();
  const both = await cell(/^ALT, Nov 20, 2026: .*1 more of this day$/);
  await page.person.click(both);
  const panel = await screen.findByRole("complementary", { name: /Alanine/ });
  expect(within(panel).getByText("2 results of this day:")).toBeDefined();
  const values = ["20 U/L", "30 U/L"].map((name) => within(panel).getByRole("button", { name }));
  const other = values.find((one) => one.getAttribute("aria-pressed") === "false");
  const name = other?.textContent ?? "";
  await page.person.click(within(panel).getByRole("button", { name }));
  expect(await screen.findByRole("button", { name, pressed: true })).toBeDefined();
});

test("unsaved cells come back after a reload", async () => {
  await openLabs({});
  await openColumn();
  await page.person.keyboard("45{Enter}<5{Tab}");
  await screen.findByText(/^Draft saved/, {}, { timeout: 5_000 });
  page.reload();
  await page.person.click(await screen.findByRole("button", { name: "Resume" }));
  expect((await screen.findByRole<HTMLInputElement>("textbox", { name: "ALT, new column" })).value).toBe(
    "45",
  );
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "AST, new column" }).value).toBe("<5");
  await page.person.keyboard(SAVE);
  await cell(/^ALT, Nov 22, 2026: 45/);
  expect(await clinic.call("drafts.list", {})).toEqual([]);
});

test("the unit of a row can be changed, and takes the range that the laboratory gave in it, never a converted one", async () => {
  await openLabs(
    { collectedOn: "2026-09-20", unit: "ukat/L", value: 0.4, rangeLow: null, rangeHigh: 0.68 },
    { collectedOn: "2026-10-20" },
  );
  await openColumn();
  expect(screen.getByLabelText<HTMLInputElement>("ALT, range to").value).toBe("41");
  await page.person.selectOptions(screen.getByLabelText("ALT, unit"), "ukat/L");
  expect(screen.getByLabelText<HTMLInputElement>("ALT, range from").value).toBe("");
  expect(screen.getByLabelText<HTMLInputElement>("ALT, range to").value).toBe("0.68");
});

test("whether the blood was drawn fasting goes with the tests that depend on it, and with no other", async () => {
  await openLabs({ testId: "triglycerides", unit: "mg/dL", value: 120, rangeLow: null, rangeHigh: 150 });
  await openColumn();
  await page.person.keyboard("30");
  await page.person.type(screen.getByRole("textbox", { name: "Triglycerides, new column" }), "140");
  await page.person.click(
    within(screen.getByRole("group", { name: "Fasting" })).getByRole("radio", { name: "Yes" }),
  );
  await page.person.keyboard(SAVE);
  await cell(/^ALT, Nov 22/);
  const today = (await resultsInForce()).filter((one) => one.collectedOn === "2026-11-22");
  expect(today).toMatchObject([
    { testId: "alt", fasting: null },
    { testId: "triglycerides", fasting: true },
  ]);
});

test("the trend stands beside its table, which shows every result as reported and says what was converted", async () => {
  const triglycerides = { testId: "triglycerides", rangeLow: null };
  await openLabs(
    { ...triglycerides, collectedOn: "2026-09-20", unit: "mmol/L", value: 1.5, rangeHigh: 1.7 },
    { ...triglycerides, unit: "mg/dL", value: 140, rangeHigh: 150 },
    { value: 30 },
  );
  await page.person.selectOptions(await screen.findByLabelText("Test of the trend"), "triglycerides");
  const table = screen.getByRole("table", { name: /^Triglycerides and dose/ });
  expect(within(table).getByRole("cell", { name: "1.5 mmol/L" })).toBeDefined();
  expect(within(table).getByRole("cell", { name: "140 mg/dL" })).toBeDefined();
  expect(screen.getByText(/1 result in mmol\/L, drawn as mg\/dL/)).toBeDefined();
  expect(screen.getByRole("figure", { name: /Triglycerides in mg\/dL/ })).toBeDefined();
});

test("the chart's overview shows the main tests with their latest result", async () => {
  const { patient } = await withCourse(clinic);
  await clinic.call("labs.record", {
    patientId: patient.id,
    results: [labInput({ collectedOn: "2026-10-20" }), labInput({ value: 90 })],
    confirmed: [],
  });
  page = openScreen(clinic, `/patients/${patient.id}`);
  const figure = await screen.findByRole("figure", { name: /^ALT/ });
  expect(figure.textContent).toContain("90 U/L on Nov 20, 2026");
  expect(within(figure).getByText(/^High/)).toBeDefined();
});

test("reception is told who reads laboratory results, and gets none", async () => {
  await clinic.call("labs.record", { patientId, results: [labInput()], confirmed: [] });
  await clinic.addAccount("reception", ["reception"]);
  await clinic.call("session.signOut", {});
  await clinic.signIn("reception");
  page = openScreen(clinic, `/patients/${patientId}/labs`);
  expect(await screen.findByText("Laboratory results are read by nurses and prescribers.")).toBeDefined();
  expect(screen.queryByRole("grid")).toBeNull();
  await page.goTo(`/patients/${patientId}`);
  await screen.findByRole("heading", { name: /^Overview of/ });
  expect(screen.queryByText("Labs and dose")).toBeNull();
});
