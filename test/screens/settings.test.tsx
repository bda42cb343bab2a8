import { screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { openClinic, PASSWORD, type TestClinic } from "#test/support/clinic.ts";
import { openScreen } from "#test/support/screen.tsx";

let clinic: TestClinic;
let close = (): void => undefined;

async function at(address: string) {
  clinic = await openClinic();
  const page = openScreen(clinic, address);
  close = page.close;
  return page;
}

afterEach(async () => {
  close();
  await clinic.dispose();
});

test("the clinic's details are changed, and a missing one is said at its field", async () => {
  const { person } = await at("/settings/clinic");
  const name = await screen.findByLabelText("Name of the clinic");
  await person.clear(name);
  await person.click(screen.getByRole("button", { name: /^Save/ }));
  expect(await screen.findByText("Give the clinic’s name.")).toBeDefined();
  expect(document.activeElement).toBe(name);

  await person.type(name, "Pier Dermatology");
  expect(screen.queryByText("Give the clinic’s name.")).toBeNull();
  await person.keyboard("{Control>}{Enter}{/Control}");
  expect(await screen.findByText("Clinic saved.")).toBeDefined();
  expect((await clinic.call("clinic.read", {})).name).toBe("Pier Dermatology");
});

test("minutes that are not a number stay typed and are refused at the field", async () => {
  const { person } = await at("/settings/clinic");
  const minutes = await screen.findByLabelText<HTMLInputElement>(/^Lock the screen after/);
  await person.clear(minutes);
  await person.type(minutes, "ten");
  await person.click(screen.getByRole("button", { name: /^Save/ }));
  expect(await screen.findByText("“ten” is not a number.")).toBeDefined();
  expect(minutes.value).toBe("ten");
});

test("an administrator adds a nurse, who can then sign in", async () => {
  const { person } = await at("/settings/accounts");
  await person.click(await screen.findByRole("button", { name: "Add a person" }));
  await person.type(screen.getByLabelText("Name"), "Nora Lind, RN");
  await person.type(screen.getByLabelText("User name"), "nora");
  await person.click(screen.getByRole("checkbox", { name: "Nurse" }));
  await person.type(screen.getByLabelText("First password"), PASSWORD);
  await person.click(screen.getByRole("button", { name: "Add" }));

  const row = await screen.findByRole("row", { name: /Nora Lind, RN/ });
  expect(within(row).getByText("Enabled")).toBeDefined();
  await clinic.call("session.signOut", {});
  await clinic.signIn("nora");
});

test("a user name that is taken is refused at its field", async () => {
  const { person } = await at("/settings/accounts");
  await person.click(await screen.findByRole("button", { name: "Add a person" }));
  await person.type(screen.getByLabelText("Name"), "Another");
  await person.type(screen.getByLabelText("User name"), "doctor");
  await person.click(screen.getByRole("checkbox", { name: "Nurse" }));
  await person.type(screen.getByLabelText("First password"), PASSWORD);
  await person.click(screen.getByRole("button", { name: "Add" }));
  expect(await screen.findByLabelText("User name", { selector: "[aria-invalid=true]" })).toBeDefined();
});

test("a disabled person comes back only with a new password", async () => {
  const { person } = await at("/settings/accounts");
  await clinic.addAccount("nora", ["nurse"]);
  await person.click(await screen.findByRole("button", { name: "Add a person" }));
  await person.click(screen.getByRole("button", { name: "Cancel" }));
  close();
  openScreen(clinic, "/settings/accounts");
  await person.click(await screen.findByRole("button", { name: /^Change nora/ }));
  await person.click(screen.getByRole("button", { name: "Disable" }));
  expect(await screen.findByText("Disabled")).toBeDefined();

  await person.click(screen.getByRole("button", { name: /^Change nora/ }));
  await person.type(screen.getByLabelText(/^New password/), "a quite different phrase");
  await person.click(screen.getByRole("button", { name: "Enable" }));
  expect(await screen.findByText(/can sign in again/)).toBeDefined();
  await clinic.call("session.signOut", {});
  await clinic.call("session.signIn", { login: "nora", password: "a quite different phrase" });
});

test("a new recovery code is asked for twice and shown once", async () => {
  const { person } = await at("/settings/accounts");
  await person.click(await screen.findByRole("button", { name: "Make a new recovery code" }));
  await person.click(screen.getByRole("button", { name: "Make a new code" }));
  const code = (await screen.findByTestId("recovery-code")).textContent;
  expect(code).not.toBe(clinic.recoveryCode);
  await person.click(screen.getByRole("checkbox"));
  await person.click(screen.getByRole("button", { name: "Back to the accounts" }));
  expect(await screen.findByRole("heading", { name: "Accounts" })).toBeDefined();
  expect(screen.queryByText(code)).toBeNull();
});

test("one changes one's own password, and the old one no longer opens", async () => {
  const { person } = await at("/settings/password");
  await person.type(await screen.findByLabelText("Present password"), PASSWORD);
  await person.type(screen.getByLabelText("New password"), "a quite different phrase");
  await person.type(screen.getByLabelText("New password again"), "a quite different phrase");
  await person.click(screen.getByRole("button", { name: "Change the password" }));
  expect(await screen.findByText("Password changed.")).toBeDefined();
  await clinic.call("session.signOut", {});
  await clinic.refusal("session.signIn", { login: "doctor", password: PASSWORD });
});

test("the audit trail shows what was done in words, by person, and its chain is verified", async () => {
  const { person } = await at("/settings/audit");
  await clinic.addAccount("nora", ["nurse"]);
  close();
  openScreen(clinic, "/settings/audit");
  expect(await screen.findByRole("row", { name: /Added an account/ })).toBeDefined();

  await person.click(screen.getByRole("button", { name: "Verify the chain" }));
  expect(await screen.findByText(/^Unbroken: \d+ entries/)).toBeDefined();

  await person.selectOptions(screen.getByLabelText("Person"), "nora of the clinic");
  expect(await screen.findByText("No entry fits.")).toBeDefined();
});

test("a nurse is offered neither accounts nor the audit trail", async () => {
  clinic = await openClinic();
  await clinic.addAccount("nora", ["nurse"]);
  await clinic.call("session.signOut", {});
  await clinic.signIn("nora");
  close = openScreen(clinic, "/settings/clinic").close;
  expect(await screen.findByText("Only an administrator can change these details.")).toBeDefined();
  expect(screen.queryByRole("link", { name: "Accounts" })).toBeNull();
  expect(screen.queryByRole("link", { name: "Audit trail" })).toBeNull();
});

test("the audit trail names whom an entry concerns and why one was refused, and shows no id", async () => {
  clinic = await openClinic();
  const nora = await clinic.addAccount("nora", ["nurse"]);
  await clinic.refusal("accounts.add", { login: "x", name: "", roles: ["nurse"], password: PASSWORD });
  await clinic.refusal("accounts.update", { id: nora.id, name: "Nora", roles: [] });
  await clinic.call("session.lock", {});
  await clinic.call("session.unlock", { password: PASSWORD });
  close = openScreen(clinic, "/settings/audit").close;
  expect(await screen.findByRole("row", { name: /Done.*nora of the clinic$/ })).toBeDefined();
  expect(screen.getByRole("row", { name: /Refused.*Not accepted: user name, name$/ })).toBeDefined();
  expect(screen.getByRole("row", { name: /Refused.*Not accepted: roles nora of the clinic$/ })).toBeDefined();
  expect(screen.getByRole("row", { name: /Locked the screen.*On demand$/ })).toBeDefined();
  expect(screen.queryByText(/[0-9a-f]{8}-[0-9a-f]{4}/)).toBeNull();
});

test("a password that is too short is told so once", async () => {
  const { person } = await at("/settings/password");
  await person.type(await screen.findByLabelText("Present password"), PASSWORD);
  expect(screen.getByText(/At least 10 characters/)).toBeDefined();
  await person.click(screen.getByRole("button", { name: "Change the password" }));
  await screen.findByLabelText("New password", { selector: "[aria-invalid=true]" });
  expect(screen.getAllByText(/At least 10 characters/)).toHaveLength(1);

  await person.type(screen.getByLabelText("New password"), "short");
  await person.type(screen.getByLabelText("New password again"), "short");
  expect(screen.getByText("5 more characters to go.")).toBeDefined();
  await person.click(screen.getByRole("button", { name: "Change the password" }));
  expect(await screen.findByText("At least 10 characters.")).toBeDefined();
  expect(screen.queryByText("5 more characters to go.")).toBeNull();
});

test("a mistake shown on leaving a field does not take the click on the button away", async () => {
  const { person } = await at("/settings/clinic");
  const minutes = await screen.findByLabelText(/^Lock the screen after/);
  await person.clear(minutes);
  await person.type(minutes, "ten");
  const save = screen.getByRole("button", { name: /^Save/ });
  await person.pointer({ keys: "[MouseLeft>]", target: save });
  // Nothing moves while the button is down.
  expect(document.activeElement).not.toBe(minutes);
  expect(screen.queryByText("“ten” is not a number.")).toBeNull();
  await person.pointer({ keys: "[/MouseLeft]", target: save });
  expect(await screen.findByText("“ten” is not a number.")).toBeDefined();
});

test("the colours are chosen for this computer", async () => {
  const { person } = await at("/settings/clinic");
  await person.click(await screen.findByRole("radio", { name: "Dark" }));
  expect(screen.getByRole<HTMLInputElement>("radio", { name: "Dark" }).checked).toBe(true);
  expect(document.documentElement.dataset["theme"]).toBe("dark");
  expect(await clinic.call("session.status", {})).toMatchObject({ colorScheme: "dark" });
  await person.click(screen.getByRole("radio", { name: "As the system" }));
  expect(document.documentElement.dataset["theme"]).toBeUndefined();
});

test("the editions of the rules are listed with what they rest on", async () => {
  await at("/settings/about");
  const row = await screen.findByRole("row", { name: /iPLEDGE, 2026 edition/ });
  expect(within(row).getByText(/^from Nov 15, 2026$/)).toBeDefined();
  expect(within(row).getByText("Judged by it")).toBeDefined();
});

test("the audit trail names the edition that was reviewed", async () => {
  clinic = await openClinic();
  await clinic.call("programmes.review", { edition: "ipledge-2026", reviewed: true, note: "" });
  close = openScreen(clinic, "/settings/audit").close;
  const row = (
    await screen.findByRole("rowheader", { name: "Reviewed an edition, or took that back" })
  ).closest("tr");
  expect(row?.textContent).toContain("iPLEDGE, 2026 edition");
  expect(row?.textContent).not.toContain("ipledge-2026");
});
