import { expect, test } from "vitest";
import { NOON } from "#test/support/clock.ts";
import { openClinic, PASSWORD } from "#test/support/clinic.ts";

const draft = { key: "patient:new", patientId: null, baseVersion: null, body: { familyName: "Nuñez" } };

test("a draft comes back as it was typed, with when it was saved", async () => {
  await using clinic = await openClinic();
  expect(await clinic.call("drafts.read", { key: draft.key })).toBeNull();
  expect(await clinic.call("drafts.save", draft)).toEqual({ savedAt: NOON });
  expect(await clinic.call("drafts.read", { key: draft.key })).toEqual({ ...draft, savedAt: NOON });
});

test("saving again replaces the draft; discarding it leaves none", async () => {
  await using clinic = await openClinic();
  await clinic.call("drafts.save", draft);
  clinic.clock.advance({ seconds: 1 });
  await clinic.call("drafts.save", { ...draft, body: { familyName: "Nuñez Ortega" } });
  expect(await clinic.call("drafts.read", { key: draft.key })).toMatchObject({
    body: { familyName: "Nuñez Ortega" },
    savedAt: "2026-11-22T17:00:01.000Z",
  });
  expect(await clinic.call("drafts.list", {})).toHaveLength(1);
  await clinic.call("drafts.discard", { key: draft.key });
  expect(await clinic.call("drafts.list", {})).toEqual([]);
});

test("a draft survives the lock and the next start, and is its writer's alone", async () => {
  await using clinic = await openClinic();
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.call("drafts.save", draft);
  await clinic.call("session.lock", {});
  await clinic.call("session.unlock", { password: PASSWORD });
  expect(await clinic.call("drafts.read", { key: draft.key })).toMatchObject({ body: draft.body });
  await clinic.signIn("nurse");
  expect(await clinic.call("drafts.read", { key: draft.key })).toBeNull();
  await clinic.call("session.closeRecord", {});
  await clinic.call("session.openRecord", { folder: clinic.folder });
  await clinic.signIn("doctor");
  expect(await clinic.call("drafts.list", {})).toMatchObject([{ key: draft.key, patientName: null }]);
});

test("a draft of nobody, and one longer than any page, are refused", async () => {
  await using clinic = await openClinic();
  expect((await clinic.refusal("drafts.save", { ...draft, patientId: "nobody" })).code).toBe("not-found");
  const long = { ...draft, body: { notes: "x".repeat(5_000_000) } };
  expect((await clinic.refusal("drafts.save", long)).code).toBe("invalid");
  expect(await clinic.call("drafts.list", {})).toEqual([]);
});

test("a draft that holds itself, or nests deeper than any form, is refused with a sentence, and no bug", async () => {
  await using clinic = await openClinic();
  const holdsItself: Record<string, unknown> = { notes: "x" };
  holdsItself["again"] = holdsItself;
  const twice = { at: "x" };
  let deep: unknown = "x";
  for (let depth = 0; depth < 100_000; depth += 1) deep = [deep];
  for (const body of [holdsItself, { deep }, { one: twice, other: twice }, { on: new Map() }, { n: 1 / 0 }]) {
    const answer = await clinic.envelope("drafts.save", { ...draft, body });
    expect(answer).toMatchObject({
      ok: false,
      refusal: { code: "invalid", fields: { body: expect.stringContaining("cannot be kept") } },
    });
  }
  expect(await clinic.call("drafts.list", {})).toEqual([]);
  const page = { labs: [{ value: null }, { value: 1.5 }], dose: { capsules: [{ strengthMg: 20 }] } };
  await clinic.call("drafts.save", { ...draft, body: page });
  expect(await clinic.call("drafts.read", { key: draft.key })).toMatchObject({ body: page });
});
