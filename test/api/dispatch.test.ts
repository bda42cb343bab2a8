import { assert, asyncProperty, constantFrom, jsonValue } from "fast-check";
import { expect, test } from "vitest";
import { redacted } from "#electron/log.ts";
import { contract, type Method } from "#shared/contract.ts";
import { mayCall, permissions } from "#shared/permissions.ts";
import { role } from "#shared/records/account.ts";
import { openClinic, startProgram, type TestClinic } from "#test/support/clinic.ts";
import { patientInput } from "#test/support/records.ts";

async function auditOf(clinic: TestClinic, action: Method | null = null) {
  await clinic.settled();
  const entries = await clinic.call("audit.list", {
    patientId: null,
    userId: null,
    from: null,
    to: null,
    before: null,
    limit: 500,
  });
  return entries.filter((one) => action === null || one.action === action);
}

test("a call for a method that does not exist is refused, and its content is not logged", async () => {
  await using clinic = await openClinic();
  for (const method of ["patients.erase", "toString", "__proto__", "", 7, null, { method: "clinic.read" }]) {
    const envelope = await clinic.envelope(method, { familyName: "Nuñez" });
    expect(envelope).toMatchObject({ ok: false, refusal: { code: "not-found" } });
  }
  expect(JSON.stringify(clinic.logged)).not.toContain("Nuñez");
  expect(JSON.stringify(clinic.logged)).not.toContain("erase");
});

test("malformed input of every method is answered by a refusal, never by a bug", async () => {
  await using clinic = await openClinic();
  const malformed: unknown[] = [
    undefined,
    null,
    7,
    "text",
    [],
    { id: 7 },
    { id: "x".repeat(5_000) },
    new Map(),
  ];
  const methods = (Object.keys(contract) as Method[]).filter((one) => !one.startsWith("session."));
  for (const method of methods)
    for (const input of malformed) {
      const envelope = await clinic.envelope(method, input);
      if (!envelope.ok) expect(envelope.refusal.code, `${method} ${String(input)}`).not.toBe("bug");
    }
});

test("whatever is sent to whatever method, the answer is an envelope and the record stays whole", async () => {
  await using clinic = await openClinic();
  const safe = (Object.keys(contract) as Method[]).filter(
    // These would close, lock, or wait, which is what they are for.
    (one) => !/^session\.(closeRecord|lock|signOut|wait|openDemo)$/.test(one),
  );
  await assert(
    asyncProperty(constantFrom(...safe), jsonValue({ maxDepth: 3 }), async (method, input) => {
      const envelope = await clinic.envelope(method, input);
      expect(envelope.ok || envelope.refusal.code).not.toBe("bug");
    }),
    { numRuns: 400 },
  );
  expect(await clinic.call("audit.verify", {})).toMatchObject({ brokenAt: null });
});

test("bad input names each field by its dotted path, with a sentence", async () => {
  await using clinic = await openClinic();
  const settings = await clinic.call("clinic.read", {});
  const envelope = await clinic.envelope("clinic.update", {
    ...settings,
    name: "",
    idleMinutes: "ten",
    zone: "Mars/Olympus",
    dateStyle: undefined,
  });
  expect(envelope).toMatchObject({
    ok: false,
    refusal: {
      code: "invalid",
      fields: {
        name: "Give the clinic’s name.",
        idleMinutes: "This must be a number.",
        zone: "That time zone is not known.",
        dateStyle: "Choose one.",
      },
    },
  });
  expect(await clinic.call("clinic.read", {})).toEqual(settings);
});

test("nothing is answered to anybody while no record is open and nobody is in", async () => {
  await using program = startProgram();
  const closed = (Object.keys(contract) as Method[]).filter((one) => permissions[one] !== "anyone");
  expect(closed.length).toBeGreaterThan(30);
  for (const method of closed) {
    const envelope = await program.envelope(method, {});
    expect(envelope, method).toMatchObject({ ok: false, refusal: { code: "locked" } });
  }
});

test("each role is refused exactly what the table of permissions does not give it", async () => {
  await using clinic = await openClinic();
  for (const one of role.options) await clinic.addAccount(`the-${one}`, [one]);
  const inside = (Object.keys(contract) as Method[]).filter((one) => contract[one].verb !== "session");
  for (const one of role.options) {
    await clinic.signIn(`the-${one}`);
    const user = { id: "", login: "", name: "", roles: [one] };
    for (const method of inside) {
      // Without input, so that what is allowed stops at its input and changes nothing.
      const envelope = await clinic.envelope(method, null);
      const notAllowed = !envelope.ok && envelope.refusal.code === "not-allowed";
      expect(notAllowed, `${one} ${method}`).toBe(!mayCall(method, user));
    }
  }
});

test("a command and its audit row are one: what is refused leaves only the refusal", async () => {
  await using clinic = await openClinic();
  const patient = await clinic.call("patients.register", patientInput());
  const [done] = await auditOf(clinic, "patients.register");
  expect(done).toMatchObject({ outcome: "done", patientId: patient.id, userName: "Dana Whitfield, MD" });

  const refusal = await clinic.refusal("patients.register", patientInput({ birthDate: "2031-02-30" }));
  expect(refusal.code).toBe("invalid");
  const [refused] = await auditOf(clinic, "patients.register");
  expect(refused).toMatchObject({ outcome: "refused" });
  expect(refused?.detail).toContain("invalid");
  expect(JSON.stringify(refused)).not.toContain("2031");
});

test("no name and no value of a patient stands in the audit trail's own columns", async () => {
  await using clinic = await openClinic();
  await clinic.call("patients.register", patientInput({ familyName: "Zbigniewska", phone: "555 010 7777" }));
  await clinic.refusal("patients.register", patientInput({ familyName: "Zbigniewska", birthDate: "no" }));
  const entries = await auditOf(clinic);
  const told = entries.map(({ patientName: _shownFromThePatient, ...columns }) => columns);
  expect(JSON.stringify(told)).not.toMatch(/Zbigniewska|7777/);
});

test("reading a chart is told once in ten minutes for each person, and again after", async () => {
  await using clinic = await openClinic();
  const { id } = await clinic.call("patients.register", patientInput());
  await clinic.call("patients.chart", { id });
  await clinic.call("patients.chart", { id });
  expect(await auditOf(clinic, "patients.chart")).toMatchObject([{ patientId: id, outcome: "done" }]);
  clinic.clock.advance({ minutes: 9 });
  await clinic.call("session.active", {});
  clinic.clock.advance({ minutes: 1 });
  await clinic.call("patients.chart", { id });
  expect(await auditOf(clinic, "patients.chart")).toHaveLength(2);
});

test("what was forbidden is told, with who tried", async () => {
  await using clinic = await openClinic();
  await clinic.addAccount("reception", ["reception"]);
  await clinic.signIn("reception");
  await clinic.refusal("audit.list", {
    patientId: null,
    userId: null,
    from: null,
    to: null,
    before: null,
    limit: 10,
  });
  await clinic.signIn("doctor");
  const [told] = (await auditOf(clinic, "audit.list")).filter((one) => one.outcome === "refused");
  expect(told).toMatchObject({ userName: "reception of the clinic", detail: "not-allowed" });
});

test("a draft that is saved every second is told once in a while, not every second", async () => {
  await using clinic = await openClinic();
  for (let second = 0; second < 5; second += 1) {
    await clinic.call("drafts.save", {
      key: "patient:new",
      patientId: null,
      baseVersion: null,
      body: { second },
    });
    clinic.clock.advance({ seconds: 1 });
  }
  expect(await auditOf(clinic, "drafts.save")).toHaveLength(1);
});

test("commands that come at once are done one after the other, each whole", async () => {
  await using clinic = await openClinic();
  const names = Array.from({ length: 20 }, (_, index) => `Family ${String.fromCharCode(65 + index)}`);
  await Promise.all(
    names.map((familyName) => clinic.call("patients.register", patientInput({ familyName }))),
  );
  expect(await auditOf(clinic, "patients.register")).toHaveLength(20);
  expect(await clinic.call("audit.verify", {})).toMatchObject({ brokenAt: null });
});

test("a lock in the middle of commands lets what runs end and refuses the rest", async () => {
  await using clinic = await openClinic();
  const calls = Array.from({ length: 30 }, (_, index) =>
    clinic.envelope("patients.register", patientInput({ familyName: `Family ${index}` })),
  );
  const lock = clinic.call("session.lock", {});
  const envelopes = await Promise.all(calls);
  await lock;
  for (const one of envelopes) if (!one.ok) expect(one.refusal.code).toBe("locked");
  await clinic.call("session.unlock", { password: "correct horse battery" });
  const kept = (await auditOf(clinic, "patients.register")).filter((one) => one.outcome === "done");
  expect(kept).toHaveLength(envelopes.filter((one) => one.ok).length);
  expect(await clinic.call("audit.verify", {})).toMatchObject({ brokenAt: null });
});

test("the log keeps an error's kind and its places, and never its message", () => {
  const error = new TypeError("cannot read weight of Nuñez\n    at home 42 kg");
  const line = redacted({ what: "A bug", method: "visits.save", error });
  expect(line).toMatch(/^A bug \(visits\.save\): TypeError\n {2}at /);
  expect(line).not.toMatch(/Nuñez|42/);
  expect(redacted({ what: "A bug", error: "Nuñez" })).not.toContain("Nuñez");
});
