import { screen } from "@testing-library/react";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { openClinic, PASSWORD, startProgram, type TestProgram } from "#test/support/clinic.ts";
import { openScreen } from "#test/support/screen.tsx";

let program: TestProgram;
let close = (): void => undefined;

function open(started: TestProgram, address = "/") {
  program = started;
  const page = openScreen(started, address);
  close = page.close;
  return page;
}

afterEach(async () => {
  close();
  await program.dispose();
});

test("a new clinic creates its record and sees the recovery code once, before anything else", async () => {
  const { person } = open(startProgram());
  const folder = join(program.place, "harbour");

  await person.click(await screen.findByRole("button", { name: "Create a record" }));
  await person.type(screen.getByLabelText("Name of the clinic"), "Harbour Skin Clinic");
  await person.type(screen.getByLabelText("Address"), "1 Pier Road");
  await person.type(screen.getByLabelText("Phone"), "555 0100");
  const crisisLine = screen.getByLabelText("Crisis line");
  await person.clear(crisisLine);
  await person.type(crisisLine, "988 (call or text)");
  await person.type(screen.getByLabelText("Folder"), folder);
  await person.type(screen.getByLabelText("Name"), "Ana Ruiz, MD");
  await person.type(screen.getByLabelText("User name"), "ana");
  await person.type(screen.getByLabelText("Password"), PASSWORD);
  await person.type(screen.getByLabelText("Password again"), PASSWORD);
  await person.click(screen.getByRole("button", { name: "Create the record" }));

  expect(await screen.findByRole("heading", { name: "The recovery code" })).toBeDefined();
  const onward = screen.getByRole("button", { name: "Go to the record" });
  expect(onward.hasAttribute("disabled")).toBe(true);
  await person.click(screen.getByRole("checkbox", { name: "I have printed or written it down" }));
  await person.click(onward);

  expect(await screen.findByRole("heading", { name: "Today" })).toBeDefined();
  expect(existsSync(folder)).toBe(true);
});

test("an empty creation is refused at each field, and the first of them has the focus", async () => {
  const { person } = open(startProgram());
  await person.click(await screen.findByRole("button", { name: "Create a record" }));
  await person.click(screen.getByRole("button", { name: "Create the record" }));

  const name = await screen.findByRole("textbox", {
    name: "Name of the clinic",
    description: /Give the clinic’s name/,
  });
  expect(document.activeElement).toBe(name);
  expect(screen.getByLabelText("User name", { selector: "[aria-invalid=true]" })).toBeDefined();
});

test("two passwords that differ are not sent", async () => {
  const { person } = open(startProgram());
  await person.click(await screen.findByRole("button", { name: "Create a record" }));
  await person.type(screen.getByLabelText("Password"), PASSWORD);
  await person.type(screen.getByLabelText("Password again"), `${PASSWORD}x`);
  await person.click(screen.getByRole("button", { name: "Create the record" }));
  expect(await screen.findByText("The two passwords differ.")).toBeDefined();
});

test("a folder without a record is refused with a sentence, and the folder stays typed", async () => {
  const { person } = open(startProgram());
  await person.type(await screen.findByLabelText("Folder of the record"), program.place);
  await person.click(screen.getByRole("button", { name: "Open" }));
  await screen.findByRole("textbox", {
    name: "Folder of the record",
    description: "There is no Isochart record in this folder. Nothing was created.",
  });
  expect(screen.queryByRole("alert")).toBeNull();
  expect(screen.getByLabelText<HTMLInputElement>("Folder of the record").value).toBe(program.place);
});

test("a folder that there is not is refused at its field alone, with the focus there", async () => {
  const { person } = open(startProgram());
  await person.type(await screen.findByLabelText("Folder of the record"), join(program.place, "nowhere"));
  await person.click(screen.getByRole("button", { name: "Open" }));
  const field = await screen.findByRole("textbox", {
    name: "Folder of the record",
    description: "There is no such folder. Nothing was created.",
  });
  expect(screen.queryByRole("alert")).toBeNull();
  expect(document.activeElement).toBe(field);
});

test("a wrong password is refused, and the right one opens", async () => {
  const clinic = await openClinic();
  await clinic.call("session.signOut", {});
  const { person } = open(clinic);

  await person.type(await screen.findByLabelText("User name"), "doctor");
  await person.type(screen.getByLabelText("Password"), "not this one");
  await person.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByText(/password/i, { selector: ".field-error, .banner strong" })).toBeDefined();

  clinic.clock.advance({ minutes: 10 });
  await person.clear(screen.getByLabelText("Password"));
  await person.type(screen.getByLabelText("Password"), PASSWORD);
  await person.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByRole("heading", { name: "Today" })).toBeDefined();
});

test("locking takes everything off the screen, and unlocking returns to the same place", async () => {
  const { person, address } = open(await openClinic(), "/patients");
  await screen.findByRole("heading", { name: "Patients" });

  await person.keyboard("{Control>}l{/Control}");
  expect(await screen.findByRole("heading", { name: "Locked" })).toBeDefined();
  expect(screen.queryByRole("navigation")).toBeNull();

  await person.type(screen.getByLabelText(/^Password of/), PASSWORD);
  await person.click(screen.getByRole("button", { name: "Unlock" }));
  expect(await screen.findByRole("heading", { name: "Patients" })).toBeDefined();
  expect(address()).toBe("/patients");
});

test("the next person begins at Today, not where the last one was", async () => {
  const clinic = await openClinic();
  await clinic.addAccount("nora", ["nurse"]);
  const { person, address } = open(clinic, "/patients");
  await screen.findByRole("heading", { name: "Patients" });

  await clinic.call("session.signOut", {});
  await person.type(await screen.findByLabelText("User name"), "nora");
  await person.type(screen.getByLabelText("Password"), PASSWORD);
  await person.click(screen.getByRole("button", { name: "Sign in" }));
  expect(await screen.findByRole("heading", { name: "Today" })).toBeDefined();
  expect(address()).toBe("/");
});

test("the recovery code sets a new password and is replaced by a new one", async () => {
  const clinic = await openClinic();
  await clinic.call("session.signOut", {});
  const { person } = open(clinic);

  await person.click(await screen.findByRole("button", { name: /recovery code/ }));
  await person.type(screen.getByLabelText("Recovery code"), clinic.recoveryCode);
  await person.type(screen.getByLabelText("User name of an administrator"), "doctor");
  await person.type(screen.getByLabelText("New password"), "another long password");
  await person.click(screen.getByRole("button", { name: "Set the password and open" }));

  const shown = await screen.findByTestId("recovery-code");
  expect(shown.textContent).not.toBe("");
  expect(shown.textContent).not.toBe(clinic.recoveryCode);
});

test("the demo clinic wears its banner on every screen", async () => {
  const { person } = open(startProgram());
  await person.click(await screen.findByRole("button", { name: "Open the demo clinic" }));
  expect(await screen.findByText(/^Demo clinic/, {}, { timeout: 20_000 })).toBeDefined();
}, 30_000);

test("whoever locks the demo clinic reads on the screen how to come back", async () => {
  const { person } = open(startProgram());
  await person.click(await screen.findByRole("button", { name: "Open the demo clinic" }));
  await person.click(await screen.findByRole("button", { name: /^Lock/ }, { timeout: 20_000 }));

  const told = await screen.findByText(/each with the password \S+\.$/);
  const password = /password (\S+)\.$/.exec(told.textContent ?? "")?.[1] ?? "";
  await person.type(screen.getByLabelText(/^Password of/), password);
  await person.click(screen.getByRole("button", { name: "Unlock" }));

  expect(await screen.findByRole("heading", { name: "Today" })).toBeDefined();
}, 30_000);
