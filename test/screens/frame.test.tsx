import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { openClinic, PASSWORD, type TestClinic } from "#test/support/clinic.ts";
import { openScreen } from "#test/support/screen.tsx";

let clinic: TestClinic;
let close = (): void => undefined;

async function at(address: string) {
  clinic = await openClinic();
  const page = openScreen(clinic, address);
  close = page.close;
  await screen.findByRole("navigation", { name: "Main" });
  return page;
}

async function register(familyName: string, givenNames: string): Promise<string> {
  const patient = await clinic.call("patients.register", {
    familyName,
    givenNames,
    preferredName: "",
    birthDate: "2001-02-03",
    recordNumber: "",
    phone: "",
    email: "",
    address: "",
    guardianName: "",
    guardianPhone: "",
    allergies: { status: "unknown", items: [] },
    confirmed: [],
  });
  return patient.id;
}

afterEach(async () => {
  close();
  await clinic.dispose();
});

test("slash brings the focus to the search, and Enter opens the patient found without accents, however fast it is typed", async () => {
  const { person, address } = await at("/settings/about");
  const id = await register("Ágústsdóttir", "Björk");
  await person.keyboard("/");
  const search = screen.getByRole("combobox", { name: "Search patients" });
  expect(document.activeElement).toBe(search);
  await person.keyboard("bjork agu{Enter}");
  await waitFor(() => expect(address()).toBe(`/patients/${id}`));
});

test("the palette finds an action by the beginnings of its words, and Escape closes it", async () => {
  const { person, address } = await at("/");
  await person.keyboard("{Control>}k{/Control}");
  const palette = await screen.findByRole("dialog", { name: "Actions" });
  const field = within(palette).getByRole("combobox");
  await waitFor(() => expect(document.activeElement).toBe(field));
  await person.keyboard("aud{Enter}");
  await waitFor(() => expect(address()).toBe("/settings/audit"));
  expect(screen.queryByRole("dialog")).toBeNull();

  await person.keyboard("{Control>}k{/Control}");
  await screen.findByRole("dialog", { name: "Actions" });
  await person.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("keys go to screens, but never while one types", async () => {
  const { person, address } = await at("/");
  await person.keyboard("gs");
  await waitFor(() => expect(address()).toBe("/settings/clinic"));
  await person.click(await screen.findByLabelText("Name of the clinic"));
  await person.keyboard("gt?");
  expect(address()).toBe("/settings/clinic");
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("the question mark opens the list of shortcuts", async () => {
  const { person } = await at("/settings/about");
  await person.keyboard("?");
  expect(await screen.findByRole("dialog", { name: "Shortcuts" })).toBeDefined();
});

test("after a change of address the new page's heading has the focus", async () => {
  const { person } = await at("/settings/about");
  await person.keyboard("gs");
  const heading = await screen.findByRole("heading", { name: "Clinic", level: 1 });
  await waitFor(() => expect(document.activeElement).toBe(heading));
});

test("an address that leads nowhere says so", async () => {
  await at("/nowhere");
  expect(await screen.findByRole("heading", { name: "There is no such page" })).toBeDefined();
});

test("a shortcut typed right after a patient was chosen goes to that patient's chart", async () => {
  const { person, address } = await at("/settings/about");
  const id = await register("Ágústsdóttir", "Björk");
  await person.keyboard("/bjork");
  await screen.findByRole("option", { name: /Ágústsdóttir/ });
  await person.keyboard("{Enter}gl");
  await waitFor(() => expect(address()).toBe(`/patients/${id}/labs`));
});

test("what was said of one patient does not stand on the next one's page, nor behind a lock", async () => {
  const { person, goTo } = await at("/settings/about");
  const one = await register("Ágústsdóttir", "Björk");
  const other = await register("Boateng", "Kwame");
  const save = async () => {
    await person.click(await screen.findByRole("button", { name: /^Save/ }));
    await screen.findByText("Details saved.");
  };
  await goTo(`/patients/${one}/edit`);
  await save();
  // On that patient's own pages it may stand.
  await goTo(`/patients/${one}/visits`);
  expect(screen.getByText("Details saved.")).toBeDefined();
  await goTo(`/patients/${other}/edit`);
  expect(screen.queryByText("Details saved.")).toBeNull();

  await save();
  await person.keyboard("{Control>}l{/Control}");
  await person.type(await screen.findByLabelText(/^Password of/), PASSWORD);
  await person.keyboard("{Enter}");
  await screen.findByRole("navigation", { name: "Main" });
  expect(screen.queryByText("Details saved.")).toBeNull();
});
