import { configure, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { openClinic, PASSWORD, type TestClinic } from "#test/support/clinic.ts";
import { withCourse } from "#test/support/records.ts";
import { openScreen } from "#test/support/screen.tsx";

// The visit is a large page, and a machine that runs everything at once is slow.
configure({ asyncUtilTimeout: 10_000 });

let clinic: TestClinic;
let close = (): void => undefined;

async function atRegistration() {
  clinic = await openClinic();
  const page = openScreen(clinic, "/patients/new");
  close = page.close;
  await screen.findByLabelText(/^Family/);
  return page;
}

/** The program, with the answer about earlier drafts held back until `let` is called. */
function slowAboutDrafts(program: TestClinic) {
  let answer = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    answer = resolve;
  });
  return {
    let: answer,
    envelope: async (method: string, input: unknown) => {
      if (method === "drafts.read") await held;
      return program.envelope(method, input);
    },
  };
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

test("a form that is sent before it is known whether there is a draft is sent as soon as it is known", async () => {
  clinic = await openClinic();
  const slow = slowAboutDrafts(clinic);
  const { person, close: closePage } = openScreen(slow, "/patients/new");
  close = closePage;
  await person.type(await screen.findByLabelText(/^Family/), "Quispe");
  await person.type(screen.getByLabelText(/^Given/), "Ana");
  await person.type(screen.getByLabelText(/^Birth date/), "3/14/2001");
  await person.keyboard("{Control>}{Enter}{/Control}");
  expect(await clinic.call("patients.search", { text: "quispe" })).toEqual([]);
  slow.let();
  expect(await screen.findByRole("heading", { name: "Quispe, Ana" })).toBeDefined();
});

test("an earlier draft is offered, not thrown away, when the form is sent before it was found", async () => {
  const { person } = await atRegistration();
  await person.type(screen.getByLabelText(/^Family/), "Earlier");
  await screen.findByText(/^Draft saved/);
  close();
  const slow = slowAboutDrafts(clinic);
  const again = openScreen(slow, "/patients/new");
  close = again.close;
  await again.person.type(await screen.findByLabelText(/^Family/), "Quispe");
  await again.person.type(screen.getByLabelText(/^Birth date/), "3/14/2001");
  await again.person.keyboard("{Control>}{Enter}{/Control}");
  slow.let();
  await again.person.click(await screen.findByRole("button", { name: "Resume" }));
  expect(familyName()).toBe("Earlier");
  expect(await clinic.call("patients.search", { text: "quispe" })).toEqual([]);
});

test("a visit that is saved by its key before it is known whether there is a draft is saved as soon as it is known", async () => {
  clinic = await openClinic({ roles: ["prescriber", "administrator"] });
  const { patient, course } = await withCourse(clinic);
  const slow = slowAboutDrafts(clinic);
  const { person, close: closePage } = openScreen(slow, `/patients/${patient.id}/visits/new`);
  close = closePage;
  await person.type(await screen.findByLabelText(/^Weight, (kg|lb)$/), "61");
  await person.keyboard("{Control>}s{/Control}");
  expect(await clinic.call("drafts.read", { key: `visit:new:${course.id}` })).toBeNull();
  slow.let();
  expect(await screen.findByText("Visit saved.")).toBeDefined();
  expect((await clinic.call("patients.chart", { id: patient.id })).visits).toMatchObject([{ weightKg: 61 }]);
});
