import { sql } from "kysely";
import { expect, test } from "vitest";
import type { InputOf } from "#shared/contract.ts";
import { openClinic, PASSWORD, type TestClinic } from "#test/support/clinic.ts";
import { courseInput, labInput, patientInput } from "#test/support/records.ts";

const all: InputOf<"audit.list"> = {
  patientId: null,
  userId: null,
  from: null,
  to: null,
  before: null,
  limit: 500,
};

/** What somebody could do who has the key and another program: past the door, and past the triggers. */
async function tamper(clinic: TestClinic, statement: string): Promise<void> {
  const engine = clinic.keeper.open?.engine;
  if (engine === undefined) throw new Error("the record is not open");
  for (const one of ["drop trigger audit_no_update", "drop trigger audit_no_delete", statement])
    await sql.raw(one).execute(engine.kysely);
}

async function clinicWithEntries(): Promise<TestClinic> {
  const clinic = await openClinic();
  for (let count = 0; count < 5; count += 1)
    await clinic.call("patients.register", patientInput({ familyName: `Family ${count}` }));
  return clinic;
}

test("a chain that nobody touched verifies, entry by entry", async () => {
  await using clinic = await clinicWithEntries();
  const entries = await clinic.call("audit.list", all);
  expect(entries.map((one) => one.sequence)).toEqual([6, 5, 4, 3, 2, 1]);
  expect(await clinic.call("audit.verify", {})).toEqual({ entries: 6, brokenAt: null });
});

test.each([
  ["changed", "update audit set user_name = 'Somebody else' where sequence = 3", 3],
  ["moved to another patient", "update audit set patient_id = null where sequence = 4", 4],
  ["removed from the middle", "delete from audit where sequence = 3", 3],
  ["removed from the start", "delete from audit where sequence = 1", 1],
  [
    "put in with a seal of another's",
    "insert into audit select 7, at, user_id, user_name, action, outcome, patient_id, detail, hash from audit where sequence = 6",
    7,
  ],
])("an entry that was %s shows, with its place", async (_how, statement, brokenAt) => {
  await using clinic = await clinicWithEntries();
  await tamper(clinic, statement);
  expect(await clinic.call("audit.verify", {})).toMatchObject({ brokenAt });
});

test("two entries that changed places show", async () => {
  await using clinic = await clinicWithEntries();
  await tamper(
    clinic,
    "update audit set sequence = case sequence when 3 then -4 when 4 then -3 else sequence end",
  );
  await sql
    .raw("update audit set sequence = -sequence where sequence < 0")
    .execute((clinic.keeper.open ?? never()).engine.kysely);
  expect(await clinic.call("audit.verify", {})).toMatchObject({ brokenAt: 3 });
});

function never(): never {
  throw new Error("the record is not open");
}

test("the trail is narrowed by patient, by person, and by the clinic's days, and comes in pages", async () => {
  // 04:30 UTC on the 23rd is still the 22nd in New York.
  await using clinic = await openClinic({ now: "2026-11-23T04:30:00.000Z" });
  const ada = await clinic.call(
    "patients.register",
    patientInput({ familyName: "Lovelace", givenNames: "Ada" }),
  );
  const nurse = await clinic.addAccount("nurse", ["nurse"]);
  clinic.clock.advance({ minutes: 60 });
  await clinic.signIn("nurse");
  await clinic.call("patients.chart", { id: ada.id });
  await clinic.settled();
  await clinic.signIn("doctor");

  const ofAda = await clinic.call("audit.list", { ...all, patientId: ada.id });
  expect(ofAda.map((one) => [one.action, one.patientName])).toEqual([
    ["patients.chart", "Lovelace, Ada"],
    ["patients.register", "Lovelace, Ada"],
  ]);
  const ofNurse = await clinic.call("audit.list", { ...all, userId: nurse.id });
  expect(ofNurse.map((one) => one.action)).toEqual(["session.signOut", "patients.chart", "session.signIn"]);
  const onThe22nd = await clinic.call("audit.list", { ...all, from: "2026-11-22", to: "2026-11-22" });
  expect(onThe22nd.map((one) => one.action)).toEqual([
    "accounts.add",
    "patients.register",
    "session.createRecord",
  ]);
  const onThe23rd = await clinic.call("audit.list", { ...all, from: "2026-11-23", to: null });
  // The hour that passed locked the screen.
  expect(onThe23rd.at(-1)?.action).toBe("session.lock");

  const page = await clinic.call("audit.list", { ...all, limit: 2 });
  const next = await clinic.call("audit.list", { ...all, limit: 500, before: page.at(-1)?.sequence ?? 0 });
  expect([...page, ...next].map((one) => one.sequence)).toEqual(
    (await clinic.call("audit.list", all)).map((one) => one.sequence),
  );
});

test("coming, locking, unlocking and going stand in the trail", async () => {
  await using clinic = await openClinic();
  await clinic.call("session.lock", {});
  await clinic.call("session.unlock", { password: "correct horse battery" });
  await clinic.call("session.signOut", {});
  await clinic.signIn("doctor");
  const entries = await clinic.call("audit.list", all);
  expect(entries.map((one) => one.action)).toEqual([
    "session.signIn",
    "session.signOut",
    "session.unlock",
    "session.lock",
    "session.createRecord",
  ]);
});

test("an entry says in words what it concerns: whose account, which course, which test of which day", async () => {
  await using clinic = await openClinic();
  const nurse = await clinic.addAccount("nora", ["nurse"]);
  const { id: patientId } = await clinic.call("patients.register", patientInput());
  await clinic.call("courses.open", courseInput(patientId));
  await clinic.call("labs.record", {
    patientId,
    results: [labInput({ testId: "alt" }), labInput({ testId: "ast" })],
  });
  await clinic.call("accounts.disable", { id: nurse.id });
  await clinic.call("session.changePassword", {
    password: PASSWORD,
    newPassword: "a quite different phrase",
  });

  const concerns = (await clinic.call("audit.list", all)).map((one) => [one.action, one.concerns] as const);
  const account = [{ noun: "account", name: "nora of the clinic", on: null }];
  expect(concerns.slice(0, 5)).toEqual([
    // One's own name stands in the entry already.
    ["session.changePassword", []],
    ["accounts.disable", account],
    [
      "labs.record",
      [
        { noun: "lab-result", name: "alt", on: "2026-11-20" },
        { noun: "lab-result", name: "ast", on: "2026-11-20" },
      ],
    ],
    ["courses.open", [{ noun: "course", name: "", on: "2026-09-20" }]],
    ["patients.register", []],
  ]);
});
