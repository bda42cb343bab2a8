import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openClinic, PASSWORD } from "#test/support/clinic.ts";

test("somebody who was added signs in with their own password and roles", async () => {
  await using clinic = await openClinic();
  const added = await clinic.addAccount("nurse", ["nurse"]);
  expect(added).toMatchObject({ login: "nurse", enabled: true, hasPassword: true });
  const session = await clinic.call("session.signIn", { login: "nurse", password: PASSWORD });
  expect(session.user).toMatchObject({ login: "nurse", roles: ["nurse"] });
});

test("a user name is given once, also when its account is disabled", async () => {
  await using clinic = await openClinic();
  const nurse = await clinic.addAccount("nurse", ["nurse"]);
  const input = { login: "Nurse", name: "Another", roles: ["nurse" as const], password: PASSWORD };
  expect((await clinic.refusal("accounts.add", input)).fields["login"]).toContain("already");
  await clinic.call("accounts.disable", { id: nurse.id });
  expect((await clinic.refusal("accounts.add", input)).fields["login"]).toContain("disabled");
});

test("who is disabled loses the key slot, and comes back with a new password", async () => {
  await using clinic = await openClinic();
  const nurse = await clinic.addAccount("nurse", ["nurse"]);
  expect(readFileSync(join(clinic.folder, "keys.json"), "utf8")).toContain(nurse.id);
  const disabled = await clinic.call("accounts.disable", { id: nurse.id });
  expect(disabled).toMatchObject({ enabled: false, hasPassword: false });
  expect(readFileSync(join(clinic.folder, "keys.json"), "utf8")).not.toContain(nurse.id);
  await clinic.call("session.signOut", {});
  await clinic.refusal("session.signIn", { login: "nurse", password: PASSWORD });
  clinic.clock.advance({ seconds: 1 });
  await clinic.signIn("doctor");
  await clinic.call("accounts.setPassword", { id: nurse.id, password: "a second password" });
  const session = await clinic.call("session.signIn", { login: "nurse", password: "a second password" });
  expect(session.user?.login).toBe("nurse");
});

test("an old key file that is put back lets nobody in who was disabled since", async () => {
  await using clinic = await openClinic();
  const nurse = await clinic.addAccount("nurse", ["nurse"]);
  const keyFile = join(clinic.folder, "keys.json");
  const old = readFileSync(keyFile, "utf8");
  await clinic.call("accounts.disable", { id: nurse.id });
  await clinic.call("session.closeRecord", {});
  writeFileSync(keyFile, old);
  await clinic.call("session.openRecord", { folder: clinic.folder });
  const refusal = await clinic.refusal("session.signIn", { login: "nurse", password: PASSWORD });
  expect(refusal.sentence).toContain("disabled");
  expect((await clinic.call("session.status", {})).phase).toBe("signed-out");
  expect(readFileSync(keyFile, "utf8")).not.toContain(nurse.id);
  await clinic.signIn("doctor");
});

test("a key file that was half replaced when the power went is still the old one", async () => {
  await using clinic = await openClinic();
  await clinic.call("session.closeRecord", {});
  writeFileSync(join(clinic.folder, "keys.json.new"), '{"format": "isochart-k');
  await clinic.call("session.openRecord", { folder: clinic.folder });
  await clinic.signIn("doctor");
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.signIn("nurse");
});

test("nobody can shut out the last administrator, by disabling or by roles, themselves included", async () => {
  await using clinic = await openClinic();
  const [doctor] = await clinic.call("accounts.list", {});
  const id = doctor?.id ?? "";
  expect((await clinic.refusal("accounts.disable", { id })).sentence).toContain("last administrator");
  const roles = await clinic.refusal("accounts.update", { id, name: "Dana", roles: ["prescriber"] });
  expect(roles.sentence).toContain("last administrator");
  expect(await clinic.call("accounts.list", {})).toEqual([doctor]);

  await clinic.addAccount("manager", ["administrator"]);
  await clinic.call("accounts.update", { id, name: "Dana Whitfield", roles: ["prescriber"] });
  expect((await clinic.call("session.status", {})).user?.roles).toEqual(["prescriber"]);
  expect(await clinic.refusal("accounts.list", {})).toMatchObject({ code: "not-allowed" });
});

test("who disables their own account is out at once", async () => {
  await using clinic = await openClinic();
  const manager = await clinic.addAccount("manager", ["administrator"]);
  await clinic.signIn("manager");
  await clinic.call("accounts.disable", { id: manager.id });
  expect((await clinic.call("session.status", {})).phase).toBe("signed-out");
});

test("only administrators see and change accounts", async () => {
  await using clinic = await openClinic();
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.signIn("nurse");
  expect(await clinic.refusal("accounts.list", {})).toMatchObject({ code: "not-allowed" });
  const input = { login: "friend", name: "Friend", roles: ["administrator" as const], password: PASSWORD };
  expect(await clinic.refusal("accounts.add", input)).toMatchObject({ code: "not-allowed" });
});

test("a changed name shows on the locked screen of the next start", async () => {
  await using clinic = await openClinic();
  const [doctor] = await clinic.call("accounts.list", {});
  await clinic.call("accounts.update", {
    id: doctor?.id ?? "",
    name: "Dana Okonkwo, MD",
    roles: ["prescriber", "administrator"],
  });
  expect((await clinic.call("session.lock", {})).lockedFor).toMatchObject({ name: "Dana Okonkwo, MD" });
  expect(readFileSync(join(clinic.folder, "keys.json"), "utf8")).toContain("Dana Okonkwo, MD");
});

test("a new recovery code replaces the old one", async () => {
  await using clinic = await openClinic();
  const { recoveryCode } = await clinic.call("accounts.newRecoveryCode", {});
  await clinic.call("session.signOut", {});
  const input = { login: "doctor", password: "a brand new password" };
  await clinic.refusal("session.recover", { ...input, code: clinic.recoveryCode });
  clinic.clock.advance({ seconds: 1 });
  expect((await clinic.call("session.recover", { ...input, code: recoveryCode })).session.phase).toBe("open");
});

test("the clinic's settings are kept with who changed them, and rule the session at once", async () => {
  await using clinic = await openClinic();
  const settings = await clinic.call("clinic.read", {});
  const changed = { ...settings, name: "Harbour Dermatology", zone: "Pacific/Auckland" };
  expect(await clinic.call("clinic.update", changed)).toEqual(changed);
  expect(await clinic.call("session.status", {})).toMatchObject({
    today: "2026-11-23",
    record: { clinicName: "Harbour Dermatology" },
  });
  await clinic.call("session.lock", {});
  await clinic.call("session.unlock", { password: PASSWORD });
  expect(await clinic.call("clinic.read", {})).toEqual(changed);
});
