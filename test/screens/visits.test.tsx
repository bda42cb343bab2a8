import { configure, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { VisitForm } from "#shared/records/visit.ts";
import { openClinic, PASSWORD, type TestClinic } from "#test/support/clinic.ts";
import { visitInput, withCourse } from "#test/support/records.ts";
import { openScreen, type TestScreen } from "#test/support/screen.tsx";

// The page is large, and a machine that runs everything at once is slow.
configure({ asyncUtilTimeout: 10_000 });

let clinic: TestClinic;
let page: TestScreen;
let patientId: string;
let courseId: string;

beforeEach(async () => {
  clinic = await openClinic();
});

afterEach(async () => {
  page.close();
  await clinic.dispose();
});

const CAN = { category: "can", criterion: "default", evidence: "" } as const;
const CANNOT = { category: "cannot", criterion: "cisgender-male", evidence: "" } as const;
const WEIGHT = /^Weight, (kg|lb)$/;
const SAVE = "{Control>}s{/Control}";
const DONE = "{Control>}{Enter}{/Control}";

/** A patient with a signed first visit a month ago, unless told not to, and the page of a new visit. */
async function atNewVisit(
  options: { category?: typeof CAN | typeof CANNOT; before?: Partial<VisitForm> | null } = {},
) {
  const made = await withCourse(clinic, { category: options.category ?? CANNOT });
  patientId = made.patient.id;
  courseId = made.course.id;
  if (options.before !== null)
    await clinic.call("visits.sign", {
      ...visitInput(courseId, { date: "2026-10-22", weightKg: 60, ...options.before }),
      password: PASSWORD,
    });
  page = openScreen(clinic, `/patients/${patientId}/visits/new`);
  await screen.findByLabelText(WEIGHT);
}

async function visits(): Promise<VisitForm[]> {
  const chart = await clinic.call("patients.chart", { id: patientId });
  return Promise.all(
    chart.visits.map(async (one) => (await clinic.call("visits.read", { id: one.id })).form),
  );
}

const search = () => screen.getByRole("textbox", { name: "Find a side effect" });

const today = async () => (await visits()).find((one) => one.date === "2026-11-22");

test("a visit is written and saved by keyboard alone, and stays open for more", async () => {
  await atNewVisit({ before: { dose: dose(40) } });
  const { person } = page;
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText(WEIGHT)));
  await person.keyboard("61.4{Enter}2{Enter}holiday{Enter}");
  // In the search for a side effect: the first match takes the digit.
  await person.keyboard("cracked lips1{Escape}{Tab}{Tab}");
  await person.keyboard("{Alt>}{3}{/Alt}");
  screen.getAllByRole("radio", { name: /Clear$/ })[0]?.focus();
  await person.keyboard("3");
  await person.keyboard("{Alt>}[Digit4]{/Alt}01");
  screen.getByLabelText("ALT, result").focus();
  await person.keyboard("<5{Enter}24");
  await person.keyboard("{Alt>}[Digit8]{/Alt}Go on.");
  await person.keyboard(SAVE);
  await screen.findByText("Visit saved.");
  const form = await today();
  expect(form).toMatchObject({
    weightKg: 61.4,
    missedDoses: 2,
    missedDosesNote: "holiday",
    sideEffects: [{ code: "cheilitis", grade: 1 }],
    sideEffectsReviewed: false,
    iga: 3,
    mood: { items: [0, 1] },
    plan: "Go on.",
    dose: { action: "continue", capsules: [{ strengthMg: 20, morning: 1, evening: 1 }] },
    nextVisitOn: "2026-12-22",
  });
  expect(form?.labs.map((one) => [one.testId, one.comparator, one.value])).toEqual([
    ["alt", "<", 5],
    ["ast", null, 24],
  ]);
  // More is typed and saved: a second version of the same visit, not a second visit.
  await person.type(screen.getByLabelText("Notes"), "Seen with mother.");
  await person.keyboard(SAVE);
  await waitFor(async () => expect((await today())?.notes).toBe("Seen with mother."));
  expect(await visits()).toHaveLength(2);
});

test("Enter goes to the next field and never saves", async () => {
  await atNewVisit();
  const { person } = page;
  screen.getByLabelText(WEIGHT).focus();
  await person.keyboard("61{Enter}");
  expect(document.activeElement).toBe(screen.getByLabelText(/^Days without a dose/));
  expect(await today()).toBeUndefined();
});

test("side effects of the last visit are carried over with their last grade beside them", async () => {
  await atNewVisit({
    before: {
      sideEffects: [{ code: "epistaxis", grade: 2, onset: null, note: "" }],
      sideEffectsReviewed: true,
    },
  });
  const row = screen.getByRole("radiogroup", { name: "Dry nose, nosebleeds, last visit 2" });
  expect(within(row).getByRole<HTMLInputElement>("radio", { name: "2, Moderate" }).checked).toBe(true);
  expect(screen.getByRole("radiogroup", { name: "Headache, last visit 0" })).toBeDefined();
});

test("what was not asked last time shows no last grade: unknown is not absent", async () => {
  await atNewVisit({ before: { sideEffectsReviewed: false } });
  expect(screen.getByRole("radiogroup", { name: "Headache" })).toBeDefined();
});

test("arrow keys go from side effect to side effect, and Backspace takes a grade back", async () => {
  await atNewVisit();
  const { person } = page;
  within(screen.getByRole("radiogroup", { name: "Dry, cracked lips" }))
    .getAllByRole("radio")[0]
    ?.focus();
  await person.keyboard("1{ArrowDown}2{ArrowUp}{Backspace}");
  await person.keyboard(SAVE);
  await screen.findByText("Visit saved.");
  expect((await today())?.sideEffects).toEqual([{ code: "dry-skin", grade: 2, onset: null, note: "" }]);
});

test("a red flag says at once what to do, and that the dose goes on", async () => {
  await atNewVisit({ before: { dose: dose(40) } });
  await page.person.type(search(), "yellow skin1");
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("stop isotretinoin; liver tests today");
  expect(screen.getByText(/The dose goes on, although a red flag/)).toBeDefined();
});

test("a positive PHQ-2 opens all nine questions, and question 9 alerts with the crisis line", async () => {
  await atNewVisit();
  const { person } = page;
  expect(screen.queryByRole("radiogroup", { name: /^Thoughts that you/ })).toBeNull();
  within(screen.getByRole("radiogroup", { name: /^Little interest/ }))
    .getAllByRole("radio")[0]
    ?.focus();
  await person.keyboard("3");
  within(await screen.findByRole("radiogroup", { name: /^Thoughts that you/ }))
    .getAllByRole("radio")[0]
    ?.focus();
  await person.keyboard("1");
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toContain("assess today");
  expect(alert.textContent).toContain("Call or text 988");
});

test("a visit with a mood alert is not signed without a word of what was done, and the focus goes there", async () => {
  await atNewVisit();
  const { person } = page;
  within(screen.getByRole("radiogroup", { name: /^Little interest/ }))
    .getAllByRole("radio")[0]
    ?.focus();
  await person.keyboard("3");
  within(await screen.findByRole("radiogroup", { name: /^Thoughts that you/ }))
    .getAllByRole("radio")[0]
    ?.focus();
  await person.keyboard("1");
  await person.keyboard(DONE);
  await person.type(await screen.findByLabelText("Your password, to sign"), `${PASSWORD}{Enter}`);
  const note = await screen.findByLabelText(/^What was done/);
  await waitFor(() => expect(document.activeElement).toBe(note));
  expect(note.getAttribute("aria-invalid")).toBe("true");
  expect(await today()).toBeUndefined();
});

test("a result that can be read two ways stays as it was typed and is refused at its field", async () => {
  await atNewVisit();
  const { person } = page;
  const alt = screen.getByLabelText<HTMLInputElement>("ALT, result");
  await person.type(alt, "1,200");
  await person.keyboard(SAVE);
  await waitFor(() => expect(document.activeElement).toBe(alt));
  expect(alt.value).toBe("1,200");
  await person.tab();
  expect(screen.getByText(/can be read two ways/)).toBeDefined();
  expect(await today()).toBeUndefined();
});

test("a result is interpreted while it is typed, against the laboratory's own range", async () => {
  await atNewVisit();
  const { person } = page;
  const row = screen.getByRole("row", { name: /^ALT/ });
  await person.type(screen.getByLabelText("ALT, result"), "98");
  expect(within(row).getByText(/not known/)).toBeDefined();
  await person.type(screen.getByLabelText("ALT, range to"), "41");
  expect(within(row).getByText(/^High/)).toBeDefined();
});

test.for(["Date of the visit", "Collected on", "From", "Next visit"])(
  "%s can be typed letter by letter, and what is no date yet stays as typed",
  async (label) => {
    await atNewVisit({ before: { dose: dose(40) } });
    await page.person.type(screen.getByLabelText("ALT, result"), "30");
    const field = screen.getByLabelText<HTMLInputElement>(label);
    await page.person.clear(field);
    await page.person.type(field, "20 No");
    expect(field.value).toBe("20 No");
    await page.person.type(field, "v 2026");
    await page.person.tab();
    expect(field.value).toBe("Nov 20, 2026");
  },
);

test("a visit that is dated back takes along what was entered for its day", async () => {
  await atNewVisit({ category: CAN, before: { dose: dose(40) } });
  const { person } = page;
  screen.getByRole("radio", { name: "Given, and told back correctly" }).focus();
  await person.keyboard("1");
  await person.type(screen.getByLabelText("ALT, result"), "30");
  const day = screen.getByLabelText<HTMLInputElement>("Date of the visit");
  await person.clear(day);
  await person.type(day, "11/19/2026");
  await person.keyboard(SAVE);
  await waitFor(async () => expect(await visits()).toHaveLength(2));
  expect((await visits()).find((one) => one.date === "2026-11-19")).toMatchObject({
    labs: [{ testId: "alt", collectedOn: "2026-11-19" }],
    entries: [{ kind: "counselling", on: "2026-11-19" }],
    dose: { from: "2026-11-19" },
    nextVisitOn: "2026-12-19",
  });
});

test("an improbable weight is asked about in its place and kept by one key", async () => {
  await atNewVisit();
  const { person } = page;
  await person.type(screen.getByLabelText(WEIGHT), "90");
  await person.keyboard(SAVE);
  const keep = await screen.findByRole("button", { name: "It is right, keep it" });
  await waitFor(() => expect(document.activeElement).toBe(keep));
  expect(await today()).toBeUndefined();
  await person.keyboard("{Enter}");
  await waitFor(async () => expect((await today())?.weightKg).toBe(90));
});

test("a clinic that weighs in pounds types pounds, and the record keeps kilograms", async () => {
  await clinic.call("clinic.update", { ...(await clinic.call("clinic.read", {})), weightUnit: "lb" });
  await atNewVisit();
  await page.person.type(screen.getByLabelText("Weight, lb"), "134.5");
  await page.person.keyboard(SAVE);
  await waitFor(async () => expect((await today())?.weightKg).toBe(61.01));
  expect(screen.getByText(/Last 132.3 lb/)).toBeDefined();
});

test("pregnancy tests and contraception are asked only of those who can become pregnant", async () => {
  await atNewVisit({ category: CANNOT });
  expect(screen.queryByRole("group", { name: "Pregnancy test" })).toBeNull();
  page.close();
  await atNewVisit({ category: CAN });
  const { person } = page;
  screen.getByRole("radio", { name: "Negative" }).focus();
  await person.keyboard("n");
  await person.click(screen.getByRole("radio", { name: "Urine" }));
  await person.click(screen.getByRole("radio", { name: "CLIA laboratory" }));
  await person.keyboard(SAVE);
  await waitFor(async () =>
    expect((await today())?.entries).toMatchObject([
      {
        kind: "pregnancy-test",
        on: "2026-11-22",
        result: "negative",
        sample: "urine",
        setting: "clia-laboratory",
      },
    ]),
  );
});

test("a pregnancy test without its sample and place is refused at those fields", async () => {
  await atNewVisit({ category: CAN });
  screen.getByRole("radio", { name: "Negative" }).focus();
  await page.person.keyboard(`n${SAVE}`);
  await waitFor(() =>
    expect(within(screen.getByRole("group", { name: "Sample" })).getByText("Choose one.")).toBeDefined(),
  );
  expect(await today()).toBeUndefined();
});

test("an aim in mg/kg becomes whole capsules with what they come to", async () => {
  await atNewVisit({ before: { dose: dose(40) } });
  const { person } = page;
  await person.click(screen.getByRole("radio", { name: "Increase" }));
  await person.type(screen.getByLabelText("Aim, mg/kg a day"), "1");
  expect(screen.getByLabelText<HTMLInputElement>("30 mg, morning").value).toBe("1");
  expect(screen.getByLabelText<HTMLInputElement>("30 mg, evening").value).toBe("1");
  expect(screen.getByText("60 mg").closest("dd")?.textContent).toContain("1.00 mg/kg");
});

test("signing asks for the password in its place; a wrong one signs nothing, the right one locks the visit", async () => {
  await atNewVisit();
  const { person } = page;
  await person.type(screen.getByLabelText(WEIGHT), "61");
  await person.keyboard(DONE);
  await person.type(await screen.findByLabelText("Your password, to sign"), "not this{Enter}");
  await screen.findByText("That is not your password. The visit is not signed.");
  expect(await today()).toBeUndefined();
  // Wrong passwords make the next one wait.
  clinic.clock.advance({ minutes: 1 });
  await person.type(screen.getByLabelText("Your password, to sign"), `${PASSWORD}{Enter}`);
  await screen.findByText(/^Signed by Dana Whitfield/);
  expect(screen.queryByLabelText(WEIGHT)).toBeNull();
  await person.type(screen.getByLabelText("Add an addendum"), "Called at noon.");
  await person.keyboard(DONE);
  await screen.findByText("Addendum added.");
  expect(screen.getByText("Called at noon.")).toBeDefined();
  expect(screen.getByLabelText<HTMLTextAreaElement>("Add an addendum").value).toBe("");
});

test("a nurse writes the visit and cannot sign it; it stays open for the prescriber", async () => {
  await clinic.addAccount("nurse", ["nurse"]);
  await atNewVisit();
  page.close();
  await clinic.signIn("nurse");
  page = openScreen(clinic, `/patients/${patientId}/visits/new`);
  await page.person.type(await screen.findByLabelText(WEIGHT), "61");
  expect(screen.queryByRole("button", { name: /^Sign/ })).toBeNull();
  await page.person.keyboard(SAVE);
  await screen.findByText("Visit saved.");
  page.close();
  await clinic.signIn("doctor");
  // "New visit" opens the one of today that waits.
  page = openScreen(clinic, `/patients/${patientId}/visits/new`);
  await waitFor(() => expect(page.address()).not.toContain("new"));
  expect((await screen.findByLabelText<HTMLInputElement>(WEIGHT)).value).toBe("61");
  expect(screen.getByText("Saved by nurse of the clinic, not signed")).toBeDefined();
});

test("what is typed survives a reload, with every part of the page", async () => {
  await atNewVisit();
  await page.person.type(screen.getByLabelText(WEIGHT), "61");
  await page.person.type(search(), "tired2");
  await page.person.type(screen.getByLabelText("ALT, result"), "1,2");
  await page.person.type(screen.getByLabelText("Plan"), "Go on.");
  await waitFor(async () => {
    const draft = await clinic.call("drafts.read", { key: `visit:new:${courseId}` });
    expect(draft?.body).toMatchObject({ plan: "Go on." });
  });
  page.reload();
  await page.person.click(await screen.findByRole("button", { name: "Resume" }));
  expect(screen.getByLabelText<HTMLInputElement>(WEIGHT).value).toBe("61");
  expect(screen.getByLabelText<HTMLInputElement>("ALT, result").value).toBe("1.2");
  expect(screen.getByLabelText<HTMLTextAreaElement>("Plan").value).toBe("Go on.");
  const row = screen.getByRole("radiogroup", { name: /^Tiredness/ });
  expect(within(row).getByRole<HTMLInputElement>("radio", { name: "2, Moderate" }).checked).toBe(true);
});

test("saving leaves no draft behind", async () => {
  await atNewVisit();
  await page.person.type(screen.getByLabelText(WEIGHT), "61");
  await page.person.keyboard(SAVE);
  await screen.findByText("Visit saved.");
  page.close();
  expect(await clinic.call("drafts.list", {})).toEqual([]);
});

test("when somebody else saved meanwhile both versions are shown, and either can be kept", async () => {
  await atNewVisit();
  await page.person.type(screen.getByLabelText(WEIGHT), "61");
  await page.person.keyboard(SAVE);
  await waitFor(async () => expect((await today())?.weightKg).toBe(61));
  const { visits: lines } = await clinic.call("patients.chart", { id: patientId });
  const id = lines.find((one) => one.date === "2026-11-22")?.id ?? "";
  const saved = await clinic.call("visits.read", { id });
  await clinic.call("visits.save", {
    id,
    courseId,
    version: saved.version,
    form: { ...saved.form, weightKg: 62, plan: "Theirs." },
    draftKey: null,
  });
  await page.person.type(screen.getByLabelText("Plan"), "Mine.");
  await page.person.keyboard(SAVE);
  const banner = await screen.findByRole("alert");
  expect(within(banner).getByRole("row", { name: "Weight 61 kg 62 kg" })).toBeDefined();
  expect(within(banner).getByRole("row", { name: "Plan Mine. Theirs." })).toBeDefined();
  await page.person.click(within(banner).getByRole("button", { name: "Save mine over it" }));
  await waitFor(async () => expect((await today())?.plan).toBe("Mine."));
});

test("a prescriber voids a visit with a reason; it stays readable", async () => {
  await atNewVisit();
  const { visits: lines } = await clinic.call("patients.chart", { id: patientId });
  await page.goTo(`/patients/${patientId}/visits/${lines[0]?.id ?? ""}`);
  await page.person.click(await screen.findByRole("button", { name: "Void this visit…" }));
  await page.person.type(screen.getByLabelText("Why"), "Written in the wrong chart");
  await page.person.keyboard(DONE);
  await screen.findByText("This visit was voided and counts for nothing.");
  expect(screen.getByText("Written in the wrong chart")).toBeDefined();
  expect(screen.queryByRole("link", { name: /Print summary/ })).toBeNull();
});

test("what a void leaves in force is read before it is done, and told on the voided visit", async () => {
  await atNewVisit({ category: CAN });
  const positive = {
    id: null,
    kind: "pregnancy-test",
    on: "2026-11-22",
    note: "",
    time: null,
    sample: "urine",
    setting: "medical",
    sensitivity: 25,
    result: "positive",
    readBy: "",
  } as const;
  const visit = await clinic.call("visits.sign", {
    ...visitInput(courseId, { entries: [positive] }),
    password: PASSWORD,
  });
  await page.goTo(`/patients/${patientId}/visits/${visit.id}`);
  await page.person.click(await screen.findByRole("button", { name: "Void this visit…" }));
  await page.person.type(screen.getByLabelText("Why"), "Written in the wrong chart");
  await page.person.keyboard(DONE);
  const told = await screen.findByRole("alert");
  expect(within(told).getByText(/stays in force and goes on stopping treatment/)).toBeDefined();
  expect((await clinic.call("visits.read", { id: visit.id })).voidReason).toBeNull();
  await page.person.click(screen.getByRole("button", { name: /^I have read it/ }));
  await screen.findByText("This visit was voided and counts for nothing.");
  expect(await screen.findByText(/^Pregnancy test of Nov 22, 2026: Positive/)).toBeDefined();
});

test("why a visit is voided survives a lock in the middle of a word", async () => {
  await atNewVisit();
  const { visits: lines } = await clinic.call("patients.chart", { id: patientId });
  await page.goTo(`/patients/${patientId}/visits/${lines[0]?.id ?? ""}`);
  await page.person.click(await screen.findByRole("button", { name: "Void this visit…" }));
  await page.person.type(screen.getByLabelText("Why"), "Written in the wr");
  await clinic.call("session.lock", {});
  await page.person.type(await screen.findByLabelText(/^Password of/), PASSWORD);
  await page.person.click(screen.getByRole("button", { name: "Unlock" }));
  expect((await screen.findByLabelText<HTMLInputElement>("Why")).value).toBe("Written in the wr");
});

test("the list of visits says what is signed, what is not, and what was decided", async () => {
  await atNewVisit({ before: { dose: dose(40), iga: 3 } });
  await page.goTo(`/patients/${patientId}/visits`);
  const row = await screen.findByRole("row", { name: /Oct 22, 2026/ });
  for (const text of ["Signed", "60 kg", "3 moderate", "40 mg", "Start"])
    expect(within(row).getByText(text)).toBeDefined();
});

test("reception sees the list of visits and cannot open one", async () => {
  await clinic.addAccount("desk", ["reception"]);
  await atNewVisit();
  page.close();
  await clinic.signIn("desk");
  page = openScreen(clinic, `/patients/${patientId}/visits`);
  const row = await screen.findByRole("row", { name: /Oct 22, 2026/ });
  expect(within(row).queryByRole("link")).toBeNull();
  await page.goTo(`/patients/${patientId}/visits/new`);
  await screen.findByText("Visits are read by nurses and prescribers.");
});

function dose(dailyMg: 40): VisitForm["dose"] {
  const half = dailyMg / 2;
  return {
    action: "start",
    capsules: [{ strengthMg: half, morning: 1, evening: 1 }],
    from: "2026-10-22",
    reason: "",
  };
}
