import { screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { openClinic, PASSWORD, type TestClinic } from "#test/support/clinic.ts";
import { openScreen } from "#test/support/screen.tsx";

let clinic: TestClinic;
let close = (): void => undefined;

async function atRegistration() {
  clinic = await openClinic();
  const page = openScreen(clinic, "/patients/new");
  close = page.close;
  await screen.findByLabelText(/^Family/);
  return page;
}

const draft = () => clinic.call("drafts.read", { key: "patient:new" });

const familyName = () => screen.getByLabelText<HTMLInputElement>(/^Family/).value;

afterEach(async () => {
  close();
  await clinic.dispose();
});

test("what is typed is in the record within a second, without any press", async () => {
  const { person } = await atRegistration();
  await person.type(screen.getByLabelText(/^Family/), "Ångström");
  await waitFor(async () => expect((await draft())?.body).toMatchObject({ familyName: "Ångström" }), {
    timeout: 1_000,
  });
  expect(await screen.findByText(/^Draft saved/)).toBeDefined();
});

test("a form that nobody typed in leaves no draft", async () => {
  const { person } = await atRegistration();
  await person.tab();
  await person.tab();
  close();
  expect(await draft()).toBeNull();
});

test("after a reload the draft is offered, and resuming brings the text back", async () => {
  const { person, reload } = await atRegistration();
  await person.type(screen.getByLabelText(/^Family/), "Nguyễn");
  await screen.findByText(/^Draft saved/);
  reload();
  await person.click(await screen.findByRole("button", { name: "Resume" }));
  expect(familyName()).toBe("Nguyễn");
  // Whoever types without a mouse goes on where the form begins.
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText(/^Family/)));
});

test("a discarded draft is gone", async () => {
  const { person, reload } = await atRegistration();
  await person.type(screen.getByLabelText(/^Family/), "Nguyễn");
  await screen.findByText(/^Draft saved/);
  reload();
  await person.click(await screen.findByRole("button", { name: "Discard" }));
  await waitFor(async () => expect(await draft()).toBeNull());
  expect(familyName()).toBe("");
});

test("a lock in the middle of a word loses nothing: unlocking brings the same text back without a question", async () => {
  const { person, address } = await atRegistration();
  await person.type(screen.getByLabelText(/^Family/), "Half a wo");
  await clinic.call("session.lock", {});

  await person.type(await screen.findByLabelText(/^Password of/), PASSWORD);
  await person.click(screen.getByRole("button", { name: "Unlock" }));
  await screen.findByLabelText(/^Family/);
  expect(address()).toBe("/patients/new");
  expect(familyName()).toBe("Half a wo");
  expect(screen.queryByRole("button", { name: "Resume" })).toBeNull();
  await waitFor(async () => expect((await draft())?.body).toMatchObject({ familyName: "Half a wo" }));
});

test("another person does not see the text that a lock interrupted", async () => {
  const { person, goTo } = await atRegistration();
  await clinic.addAccount("nora", ["nurse"]);
  await person.type(screen.getByLabelText(/^Family/), "Half a wo");
  await clinic.call("session.lock", {});

  await person.click(await screen.findByRole("button", { name: "I am somebody else" }));
  await person.type(await screen.findByLabelText("User name"), "nora");
  await person.type(screen.getByLabelText("Password"), PASSWORD);
  await person.click(screen.getByRole("button", { name: "Sign in" }));
  await screen.findByRole("heading", { name: "Today" });
  await goTo("/patients/new");
  await screen.findByLabelText(/^Family/);
  expect(familyName()).toBe("");
  expect(screen.queryByRole("button", { name: "Resume" })).toBeNull();
});

test("a draft older than what stands now says so", async () => {
  const page = await atRegistration();
  const patient = await clinic.call("patients.register", {
    familyName: "Okafor",
    givenNames: "Ada",
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
  const { id, version, recordedAt: _at, recordedBy: _by, ...fields } = patient;
  await clinic.call("drafts.save", {
    key: `patient:${id}`,
    patientId: id,
    baseVersion: version,
    body: { ...fields, phone: "555 0199" },
  });
  await clinic.call("patients.update", { ...fields, id, version, familyName: "Okafor-Lind", confirmed: [] });

  await page.goTo(`/patients/${id}/edit`);
  await screen.findByRole("button", { name: "Resume" });
  expect(screen.getByText(/was changed after this draft was begun/)).toBeDefined();
});
