import { configure, screen, waitFor } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
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

test.each([
  ["key", (person: UserEvent) => person.keyboard("{Control>}s{/Control}")],
  ["button", (person: UserEvent) => person.click(screen.getByRole("button", { name: /^Save/ }))],
])(
  "a visit that is saved by its %s before it is known whether there is a draft is saved as soon as it is known",
  async (_by, press) => {
    clinic = await openClinic({ roles: ["prescriber", "administrator"] });
    const { patient, course } = await withCourse(clinic);
    const slow = slowAboutDrafts(clinic);
    const { person, close: closePage } = openScreen(slow, `/patients/${patient.id}/visits/new`);
    close = closePage;
    await person.type(await screen.findByLabelText(/^Weight, (kg|lb)$/), "61");
    await press(person);
    expect(await clinic.call("drafts.read", { key: `visit:new:${course.id}` })).toBeNull();
    expect((await clinic.call("patients.chart", { id: patient.id })).visits).toEqual([]);
    slow.let();
    expect(await screen.findByText("Visit saved.")).toBeDefined();
    expect((await clinic.call("patients.chart", { id: patient.id })).visits).toMatchObject([
      { weightKg: 61 },
    ]);
  },
);

/** The registration form, begun once as "Earlier", with a draft that cannot be read until `mend` is called. */
async function atUnreadDraft() {
  const { person } = await atRegistration();
  await person.type(screen.getByLabelText(/^Family/), "Earlier");
  await screen.findByText(/^Draft saved/);
  close();
  const body = JSON.stringify((await draft())?.body);
  await replaceDraftBody(body, "half a draf");
  const again = openScreen(clinic, "/patients/new");
  close = again.close;
  await screen.findByRole("alert");
  return { ...again, mend: () => replaceDraftBody("half a draf", body) };
}

/** Leaves a draft alone that holds something else by now. */
async function replaceDraftBody(of: string, by: string): Promise<void> {
  const engine = clinic.keeper.open?.engine;
  if (!engine) throw new Error("No record is open.");
  await engine.kysely.updateTable("draft").set({ body: by }).where("body", "=", of).execute();
}

test("while an earlier draft cannot be read nothing takes its place, and a retry offers it", async () => {
  const { person, mend } = await atUnreadDraft();
  expect(screen.getByRole("alert").textContent).toContain("could not be read");
  await person.type(screen.getByLabelText(/^Family/), "Quispe");
  // Leaving a field keeps a draft at once where that is safe.
  await person.tab();
  await mend();
  expect((await draft())?.body).toMatchObject({ familyName: "Earlier" });

  await person.click(screen.getByRole("button", { name: "Try again" }));
  expect(await screen.findByText(/replaces what you typed since/)).toBeDefined();
  await person.click(screen.getByRole("button", { name: "Resume" }));
  expect(familyName()).toBe("Earlier");
});

test("whoever discards the draft that a retry found keeps what was typed meanwhile", async () => {
  const { person, mend } = await atUnreadDraft();
  await person.type(screen.getByLabelText(/^Family/), "Quispe");
  await mend();
  await person.click(screen.getByRole("button", { name: "Try again" }));
  await person.click(await screen.findByRole("button", { name: "Discard" }));
  expect(familyName()).toBe("Quispe");
  await waitFor(async () => expect((await draft())?.body).toMatchObject({ familyName: "Quispe" }));
});

test("a form that is sent while an earlier draft cannot be read saves nothing, asks again, and is not sent by itself later", async () => {
  const { person } = await atUnreadDraft();
  await person.type(screen.getByLabelText(/^Family/), "Quispe");
  await person.type(screen.getByLabelText(/^Birth date/), "3/14/2001");
  await person.keyboard("{Control>}{Enter}{/Control}");
  const again = screen.getByRole("button", { name: "Try again" });
  await waitFor(() => expect(document.activeElement).toBe(again));
  await clinic.call("drafts.discard", { key: "patient:new" });
  await person.keyboard("{Enter}");
  await waitFor(async () => expect((await draft())?.body).toMatchObject({ familyName: "Quispe" }));
  expect(screen.queryByRole("alert")).toBeNull();
  expect(await clinic.call("patients.search", { text: "quispe" })).toEqual([]);
});

test("whoever goes on without a draft that cannot be read can save the form", async () => {
  const { person } = await atUnreadDraft();
  await person.click(screen.getByRole("button", { name: "Go on without it" }));
  expect(document.activeElement).toBe(screen.getByLabelText(/^Family/));
  await person.keyboard("Quispe");
  await waitFor(async () => expect((await draft())?.body).toMatchObject({ familyName: "Quispe" }));
  await person.type(screen.getByLabelText(/^Given/), "Ana");
  await person.type(screen.getByLabelText(/^Birth date/), "3/14/2001");
  await person.keyboard("{Control>}{Enter}{/Control}");
  expect(await screen.findByRole("heading", { name: "Quispe, Ana" })).toBeDefined();
  expect(await draft()).toBeNull();
});

test("a lock while an earlier draft cannot be read loses neither that draft nor what was typed", async () => {
  const { person, mend } = await atUnreadDraft();
  await person.type(screen.getByLabelText(/^Family/), "Half a wo");
  await clinic.call("session.lock", {});
  const password = await screen.findByLabelText(/^Password of/);
  await person.type(password, PASSWORD);
  await person.click(screen.getByRole("button", { name: "Unlock" }));
  await screen.findByRole("button", { name: "Try again" });
  expect(familyName()).toBe("Half a wo");
  await mend();
  expect((await draft())?.body).toMatchObject({ familyName: "Earlier" });
  await person.click(screen.getByRole("button", { name: "Try again" }));
  await person.click(await screen.findByRole("button", { name: "Discard" }));
  expect(familyName()).toBe("Half a wo");
});

test("what is typed while an earlier draft cannot be read is there when one comes back to the form", async () => {
  const { person, goTo, mend } = await atUnreadDraft();
  await person.type(screen.getByLabelText(/^Family/), "Quispe");
  await goTo("/");
  await screen.findByRole("heading", { name: "Today" });
  await mend();
  await goTo("/patients/new");
  expect(await screen.findByText(/replaces what you typed since/)).toBeDefined();
  expect(familyName()).toBe("Quispe");
});
