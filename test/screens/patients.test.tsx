import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openClinic, type TestClinic } from "#test/support/clinic.ts";
import { patientInput, register, withCourse } from "#test/support/records.ts";
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

const search = () => screen.findByRole("combobox", { name: "Find a patient" });

test("typing part of a name answers at once, arrows choose, Enter opens the chart", async () => {
  const people = [
    await register(clinic, { familyName: "Ångström", givenNames: "Ada" }),
    await register(clinic, { familyName: "Angelou", givenNames: "Maya" }),
  ];
  page = openScreen(clinic, "/patients");
  await page.person.type(await search(), "ang");
  const list = await screen.findByRole("listbox", { name: "Patients found" });
  await waitFor(() => expect(within(list).getAllByRole("option")).toHaveLength(2));
  await page.person.keyboard("{ArrowDown}");
  const chosen = screen.getByRole("option", { selected: true });
  expect(chosen).toBe(within(list).getAllByRole("option")[1]);
  const wanted = people.find((one) => chosen.textContent?.startsWith(one.familyName));
  await page.person.keyboard("{Enter}");
  await waitFor(() => expect(page.address()).toBe(`/patients/${wanted?.id}`));
});

test("when nobody fits, Enter registers, and the text typed is in the form", async () => {
  page = openScreen(clinic, "/patients");
  await page.person.type(await search(), "Maria Lindqvist");
  await screen.findByText("Nobody fits “Maria Lindqvist”.");
  await page.person.keyboard("{Enter}");
  const family = await screen.findByLabelText<HTMLInputElement>("Family name");
  expect(family.value).toBe("Lindqvist");
  expect(screen.getByLabelText<HTMLInputElement>(/^Given names/).value).toBe("Maria");
});

test("a birth date typed in the search stands as the birth date", async () => {
  page = openScreen(clinic, "/patients");
  await page.person.type(await search(), "4/7/2009");
  await screen.findByText("Nobody fits “4/7/2009”.");
  await page.person.keyboard("{Enter}");
  const birth = await screen.findByLabelText<HTMLInputElement>("Birth date");
  expect(birth.value).toBe("Apr 7, 2009");
});

test("a patient is registered by keyboard alone, and the chart opens", async () => {
  page = openScreen(clinic, "/patients/new");
  const { person } = page;
  await person.type(await screen.findByLabelText("Family name"), "Suharto");
  await person.type(screen.getByLabelText("Birth date"), "5 Aug 2006");
  await person.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByRole("heading", { level: 1, name: "Suharto" });
  // Nobody asked: that is said, and is not "none".
  expect(screen.getByText("Allergies").nextElementSibling?.textContent).toBe("Not recorded");
  expect(await clinic.call("drafts.read", { key: "patient:new" })).toBeNull();
});

test("somebody with the same name and birth date is shown while one types, with why and the way there", async () => {
  const there = await register(clinic, {
    familyName: "Okafor",
    givenNames: "Ngozi",
    birthDate: "2008-02-29",
  });
  page = openScreen(clinic, "/patients/new");
  await page.person.type(await screen.findByLabelText("Family name"), "Okafor");
  await page.person.type(screen.getByLabelText(/^Given names/), "Ngozi");
  await page.person.type(screen.getByLabelText("Birth date"), "2/29/2008");
  const link = await screen.findByRole("link", { name: "Okafor, Ngozi" });
  expect(link.getAttribute("href")).toContain(there.id);
  expect(link.closest("li")?.textContent).toMatch(/name/i);
});

test("an impossible birth date is refused at its field, and nothing is registered", async () => {
  page = openScreen(clinic, "/patients/new");
  await page.person.type(await screen.findByLabelText("Family name"), "Doe");
  const birth = screen.getByLabelText("Birth date");
  await page.person.type(birth, "2/30/2009");
  await page.person.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(birth.getAttribute("aria-invalid")).toBe("true"));
  expect(await clinic.call("patients.search", { text: "" })).toEqual([]);
});

test("a birth date in the future is refused with a sentence", async () => {
  page = openScreen(clinic, "/patients/new");
  await page.person.type(await screen.findByLabelText("Family name"), "Doe");
  await page.person.type(screen.getByLabelText("Birth date"), "2027-01-01");
  await page.person.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(screen.getByLabelText("Birth date").getAttribute("aria-invalid")).toBe("true"));
  expect(await clinic.call("patients.search", { text: "" })).toEqual([]);
});

test("when somebody else saved meanwhile, both versions are shown and the person chooses", async () => {
  const there = await register(clinic, { phone: "555 0101" });
  page = openScreen(clinic, `/patients/${there.id}/edit`);
  const phone = await screen.findByLabelText<HTMLInputElement>(/^Phone/);
  await page.person.clear(phone);
  await page.person.type(phone, "555 0199");
  await clinic.call("patients.update", {
    ...patientInput({ phone: "555 0150", recordNumber: there.recordNumber }),
    id: there.id,
    version: there.version,
  });
  await page.person.keyboard("{Control>}{Enter}{/Control}");
  const conflict = await screen.findByRole("alert");
  const row = within(conflict).getByRole("row", { name: /^Phone/ });
  expect(row.textContent).toContain("555 0199");
  expect(row.textContent).toContain("555 0150");
  await page.person.click(within(conflict).getByRole("button", { name: "Save mine over it" }));
  await waitFor(async () =>
    expect((await clinic.call("patients.history", { id: there.id })).at(0)?.phone).toBe("555 0199"),
  );
});

test("the history tells who changed what, from what to what", async () => {
  const there = await register(clinic, { phone: "555 0101" });
  await clinic.call("patients.update", {
    ...patientInput({ phone: "555 0150", recordNumber: there.recordNumber }),
    id: there.id,
    version: there.version,
  });
  page = openScreen(clinic, `/patients/${there.id}/history`);
  const line = await screen.findByText(/^Phone:/);
  expect(line.textContent).toBe("Phone: 555 0101 → 555 0150");
  expect(screen.getAllByText("Dana Whitfield, MD").length).toBeGreaterThanOrEqual(2);
});

test("a letter pressed before the chart is there opens what it names as soon as it is", async () => {
  const { patient } = await withCourse(clinic);
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const slow: Pick<TestClinic, "envelope"> = {
    envelope: async (method, input) => {
      if (method === "patients.chart") await held;
      return clinic.envelope(method, input);
    },
  };
  page = openScreen(slow, `/patients/${patient.id}`);
  await screen.findByRole("navigation", { name: "Chart" });
  await page.person.keyboard("v");
  letGo();
  await waitFor(() => expect(page.address()).toBe(`/patients/${patient.id}/visits/new`));
  // Once only: the overview does not open it again.
  await page.goTo(`/patients/${patient.id}`);
  await screen.findByRole("link", { name: /^New visit/ });
  expect(page.address()).toBe(`/patients/${patient.id}`);
});
