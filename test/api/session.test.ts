import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DEMO_PASSWORD } from "#shared/records/session.ts";
import {
  clinicSettings,
  openClinic,
  PASSWORD,
  startProgram,
  type TestProgram,
} from "#test/support/clinic.ts";

/** The demo tells years of stories; a busy machine needs its time for that. */
const SLOW = { timeout: 60_000 };

function creation(program: TestProgram, folder = join(program.place, "record")) {
  return {
    folder,
    clinic: clinicSettings(),
    login: "doctor",
    name: "Dana Whitfield, MD",
    roles: ["prescriber" as const, "administrator" as const],
    password: PASSWORD,
  };
}

test("a new record signs its first person in and is remembered", async () => {
  await using program = startProgram();
  expect(await program.call("session.status", {})).toMatchObject({ phase: "no-record", recent: [] });
  const { session } = await program.call("session.createRecord", creation(program));
  expect(session).toMatchObject({
    phase: "open",
    user: { login: "doctor" },
    record: { clinicName: "Harbour Skin Clinic", demo: false },
    today: "2026-11-22",
  });
  expect(session.recent).toEqual([session.record?.folder]);
});

test("a record is made only in an empty folder, and a refused one leaves nothing behind", async () => {
  await using program = startProgram();
  const full = join(program.place, "full");
  mkdirSync(full);
  writeFileSync(join(full, "letter.txt"), "keep me");
  const refusal = await program.refusal("session.createRecord", creation(program, full));
  expect(refusal.fields["folder"]).toContain("not empty");
  expect(readdirSync(full)).toEqual(["letter.txt"]);
  const relative = await program.refusal("session.createRecord", creation(program, "record"));
  expect(relative.fields["folder"]).toContain("whole path");
  expect((await program.call("session.status", {})).phase).toBe("no-record");
});

test("the first person must be an administrator", async () => {
  await using program = startProgram();
  const refusal = await program.refusal("session.createRecord", {
    ...creation(program),
    roles: ["prescriber"],
  });
  expect(refusal.fields["roles"]).toContain("administrator");
  expect(existsSync(join(program.place, "record"))).toBe(false);
});

test("a record is closed, chosen and signed in to again", async () => {
  await using clinic = await openClinic();
  expect(await clinic.call("session.closeRecord", {})).toMatchObject({ phase: "no-record", user: null });
  expect(await clinic.call("session.openRecord", { folder: clinic.folder })).toMatchObject({
    phase: "signed-out",
    user: null,
    record: { clinicName: "Harbour Skin Clinic" },
  });
  const session = await clinic.call("session.signIn", { login: " Doctor ", password: PASSWORD });
  expect(session).toMatchObject({ phase: "open", user: { name: "Dana Whitfield, MD" } });
});

test("a record that is open in one program is refused in another, with the reason", async () => {
  await using clinic = await openClinic();
  await using other = startProgram();
  const refusal = await other.refusal("session.openRecord", { folder: clinic.folder });
  expect(refusal).toMatchObject({ code: "conflict" });
  expect(refusal.sentence).toContain("already open");
  await clinic.call("session.closeRecord", {});
  expect((await other.call("session.openRecord", { folder: clinic.folder })).phase).toBe("signed-out");
});

test("a folder without a record is refused and stays as it was", async () => {
  await using program = startProgram();
  const empty = join(program.place, "empty");
  mkdirSync(empty);
  expect((await program.refusal("session.openRecord", { folder: empty })).code).toBe("not-found");
  expect(readdirSync(empty)).toEqual([]);
});

test("a new record where no folder can be made is refused at the folder", async () => {
  await using program = startProgram();
  const file = join(program.place, "a-file");
  writeFileSync(file, "");
  const refusal = await program.refusal("session.createRecord", {
    folder: join(file, "record"),
    clinic: clinicSettings(),
    login: "ana",
    name: "Ana Ruiz, MD",
    roles: ["administrator"],
    password: PASSWORD,
  });
  expect(refusal).toMatchObject({
    code: "invalid",
    fields: { folder: expect.stringContaining("cannot be made") },
  });
});

test("wrong passwords make the next try wait longer and longer, also after a restart", async () => {
  await using clinic = await openClinic();
  await clinic.call("session.signOut", {});
  const first = await clinic.refusal("session.signIn", { login: "doctor", password: "wrong" });
  expect(first).toMatchObject({ code: "invalid" });
  expect(first.fields["password"]).toContain("not right");
  expect(first.sentence).toContain("Wait 1 second");
  clinic.clock.advance({ seconds: 1 });
  const second = await clinic.refusal("session.signIn", { login: "doctor", password: "wrong" });
  expect(second.sentence).toContain("Wait 2 seconds");
  clinic.clock.advance({ seconds: 2 });
  const third = await clinic.refusal("session.signIn", { login: "doctor", password: "wrong" });
  expect(third.sentence).toContain("Wait 4 seconds");

  await clinic.call("session.closeRecord", {});
  await using restarted = startProgram({ now: clinic.clock.now() });
  await restarted.call("session.openRecord", { folder: clinic.folder });
  const early = await restarted.refusal("session.signIn", { login: "doctor", password: PASSWORD });
  expect(early.sentence).toContain("Wait 4 seconds");
  restarted.clock.advance({ seconds: 4 });
  expect((await restarted.call("session.signIn", { login: "doctor", password: PASSWORD })).phase).toBe(
    "open",
  );
});

test("the last second of the wait is waited out instead of refused", async () => {
  await using clinic = await openClinic();
  await clinic.call("session.signOut", {});
  await clinic.refusal("session.signIn", { login: "doctor", password: "wrong" });
  const signedIn = clinic.call("session.signIn", { login: "doctor", password: PASSWORD });
  await new Promise((resolve) => setImmediate(resolve));
  clinic.clock.advance({ seconds: 1 });
  expect((await signedIn).phase).toBe("open");
});

test("wrong passwords stand in the audit trail after the next sign-in, without what was typed", async () => {
  await using clinic = await openClinic();
  await clinic.call("session.signOut", {});
  await clinic.refusal("session.signIn", { login: "doctor", password: "my other password" });
  await clinic.refusal("session.signIn", { login: "typed my password here", password: "x" });
  clinic.clock.advance({ seconds: 5 });
  await clinic.signIn("doctor");
  const entries = await clinic.call("audit.list", {
    patientId: null,
    userId: null,
    from: null,
    to: null,
    before: null,
    limit: 50,
  });
  const wrong = entries.filter((one) => one.action === "session.wrong-password");
  expect(wrong.map((one) => [one.userName, one.outcome])).toEqual([
    ["An unknown user name", "refused"],
    ["Dana Whitfield, MD", "refused"],
  ]);
  expect(JSON.stringify(entries)).not.toContain("typed my password");
  expect(await clinic.call("audit.verify", {})).toMatchObject({ brokenAt: null });
});

test("a locked screen answers nothing but its unlocking, by the same person's password", async () => {
  await using clinic = await openClinic();
  await clinic.call("session.lock", {});
  expect(await clinic.call("session.status", {})).toMatchObject({
    phase: "locked",
    user: null,
    lockedFor: { login: "doctor" },
    today: null,
  });
  expect(await clinic.refusal("clinic.read", {})).toMatchObject({ code: "locked" });
  expect(await clinic.refusal("session.unlock", { password: "wrong" })).toMatchObject({ code: "invalid" });
  clinic.clock.advance({ seconds: 1 });
  expect(await clinic.call("session.unlock", { password: PASSWORD })).toMatchObject({
    phase: "open",
    lockedFor: null,
  });
});

test("the screen locks when nobody was active for the clinic's minutes; commands and keys put it off, queries do not", async () => {
  await using clinic = await openClinic({ clinic: { idleMinutes: 5 } });
  const phaseAfter = async (minutes: number): Promise<string> => {
    clinic.clock.advance({ minutes });
    // Changes of session run one after the other: when this one is refused, a lock that was due is over.
    await clinic.refusal("session.openRecord", { folder: join(clinic.place, "nowhere") });
    return (await clinic.call("session.status", {})).phase;
  };
  expect(await phaseAfter(4)).toBe("open");
  await clinic.call("session.active", {});
  expect(await phaseAfter(4)).toBe("open");
  await clinic.call("drafts.save", { key: "patient:new", patientId: null, baseVersion: null, body: {} });
  expect(await phaseAfter(4)).toBe("open");
  await clinic.call("clinic.read", {});
  expect(await phaseAfter(1)).toBe("locked");
});

test("waiting for the session ends when it changes, or after twenty seconds", async () => {
  await using clinic = await openClinic();
  const { version } = await clinic.call("session.status", {});
  const changed = clinic.call("session.wait", { version });
  await clinic.call("session.lock", {});
  expect((await changed).phase).toBe("locked");
  const now = (await clinic.call("session.status", {})).version;
  const unchanged = clinic.call("session.wait", { version: now });
  await new Promise((resolve) => setImmediate(resolve));
  clinic.clock.advance({ seconds: 20 });
  expect((await unchanged).version).toBe(now);
  expect((await clinic.call("session.wait", { version: 0 })).version).toBe(now);
});

test("one's own password is changed with the present one, and the old one stops working", async () => {
  await using clinic = await openClinic();
  const wrong = await clinic.refusal("session.changePassword", {
    password: "not mine",
    newPassword: "another long password",
  });
  expect(wrong.fields["password"]).toContain("present password");
  clinic.clock.advance({ seconds: 1 });
  await clinic.call("session.changePassword", { password: PASSWORD, newPassword: "another long password" });
  await clinic.call("session.signOut", {});
  await clinic.refusal("session.signIn", { login: "doctor", password: PASSWORD });
  clinic.clock.advance({ seconds: 1 });
  const session = await clinic.call("session.signIn", { login: "doctor", password: "another long password" });
  expect(session.phase).toBe("open");
});

test("the recovery code gives an administrator a new password, once", async () => {
  await using clinic = await openClinic();
  await clinic.call("session.signOut", {});
  const password = "found the paper again";
  const { session, recoveryCode } = await clinic.call("session.recover", {
    code: clinic.recoveryCode.toLowerCase(),
    login: "doctor",
    password,
  });
  expect(session).toMatchObject({ phase: "open", user: { login: "doctor" } });
  expect(recoveryCode).not.toBe(clinic.recoveryCode);
  await clinic.call("session.signOut", {});
  const again = await clinic.refusal("session.recover", {
    code: clinic.recoveryCode,
    login: "doctor",
    password,
  });
  expect(again).toMatchObject({ code: "invalid" });
  await clinic.refusal("session.signIn", { login: "doctor", password: PASSWORD });
  clinic.clock.advance({ seconds: 1 });
  expect((await clinic.call("session.signIn", { login: "doctor", password })).phase).toBe("open");
});

test("the recovery code gives nobody a password who is not an administrator", async () => {
  await using clinic = await openClinic();
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.call("session.signOut", {});
  for (const login of ["nurse", "nobody"]) {
    const input = { code: clinic.recoveryCode, login, password: "a brand new password" };
    expect((await clinic.refusal("session.recover", input)).fields["login"]).toContain("no administrator");
  }
  expect((await clinic.call("session.status", {})).phase).toBe("signed-out");
  expect((await clinic.call("session.signIn", { login: "doctor", password: PASSWORD })).phase).toBe("open");
});

test("the demo signs its doctor in, is never remembered, and goes when it is closed", SLOW, async () => {
  await using program = startProgram();
  const session = await program.call("session.openDemo", {});
  expect(session).toMatchObject({ phase: "open", record: { demo: true }, recent: [] });
  const folder = session.record?.folder ?? "";
  expect(existsSync(folder)).toBe(true);
  await program.call("session.lock", {});
  expect((await program.call("session.unlock", { password: DEMO_PASSWORD })).phase).toBe("open");
  await program.call("session.closeRecord", {});
  expect(existsSync(folder)).toBe(false);
});

test("opening the demo leaves the record that was open as it was", SLOW, async () => {
  await using clinic = await openClinic();
  await clinic.call("session.openDemo", {});
  await clinic.call("session.openRecord", { folder: clinic.folder });
  const session = await clinic.call("session.signIn", { login: "doctor", password: PASSWORD });
  expect(session.record).toMatchObject({ clinicName: "Harbour Skin Clinic", demo: false });
});

test("choosing a folder asks the desk", async () => {
  await using program = startProgram();
  expect(await program.call("session.chooseFolder", { purpose: "open" })).toEqual({ folder: null });
  program.folderToChoose.current = "/records/harbour";
  expect(await program.call("session.chooseFolder", { purpose: "create" })).toEqual({
    folder: "/records/harbour",
  });
});

test("light or dark is remembered on this computer, beside any record, and every window hears of it", async () => {
  await using program = startProgram();
  const { version } = await program.call("session.status", {});
  const elsewhere = program.call("session.wait", { version });
  await program.call("session.setColorScheme", { colorScheme: "dark" });
  expect(await elsewhere).toMatchObject({ colorScheme: "dark" });

  const again = startProgram({ place: program.place });
  expect(await again.call("session.status", {})).toMatchObject({ colorScheme: "dark", recent: [] });
  await again.dispose();
});

test.each([
  ["is damaged", "{", []],
  ["knows no colours", JSON.stringify({ recent: ["/a/record"] }), ["/a/record"]],
  ["names a colour that there is not", JSON.stringify({ recent: [], colorScheme: "pink" }), []],
])("a settings file that %s leaves the colours to the system", async (_how, text, recent) => {
  await using program = startProgram();
  writeFileSync(join(program.place, "settings.json"), text);
  expect(await program.call("session.status", {})).toMatchObject({ colorScheme: "system", recent });
});

test("which lines of Today are shown is remembered on this computer, also when the program was closed", async () => {
  const clinic = await openClinic();
  expect(await clinic.call("session.status", {})).toMatchObject({
    todayFilter: { role: "all", kind: "all" },
  });
  await clinic.call("session.setTodayFilter", { role: "nurse", kind: "test-due" });
  const again = startProgram({ place: clinic.place });
  expect(await again.call("session.status", {})).toMatchObject({
    todayFilter: { role: "nurse", kind: "test-due" },
  });
  await again.dispose();
  await clinic.dispose();
});

test("a settings file that names a kind of line that there is not shows all", async () => {
  await using program = startProgram();
  const text = JSON.stringify({ recent: [], todayFilter: { role: "nurse", kind: "gone" } });
  writeFileSync(join(program.place, "settings.json"), text);
  expect(await program.call("session.status", {})).toMatchObject({
    todayFilter: { role: "all", kind: "all" },
  });
});
