/** A record's folder that was damaged, cut short, or closed under somebody: a sentence, never a crash, and nothing overwritten. */
import {
  copyFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Envelope } from "#shared/refusal.ts";
import { openClinic, PASSWORD, type TestClinic } from "#test/support/clinic.ts";
import { labInput, visitInput, withCourse } from "#test/support/records.ts";

/** Opens the record of a clinic that was closed, signs in and reads; the first refusal, or the last answer. */
async function reopened(clinic: TestClinic): Promise<Envelope<unknown>> {
  const opened = await clinic.envelope("session.openRecord", { folder: clinic.folder });
  if (!opened.ok) return opened;
  const entered = await clinic.envelope("session.signIn", { login: "doctor", password: PASSWORD });
  if (!entered.ok) return entered;
  return clinic.envelope("audit.verify", {});
}

test("a record that was cut short or changed on the disk is refused with a sentence, and left as it was", async () => {
  await using clinic = await openClinic();
  await withCourse(clinic);
  await clinic.call("session.closeRecord", {});
  const file = join(clinic.folder, "record.db");
  const whole = join(clinic.place, "whole.db");
  copyFileSync(file, whole);
  const { size } = statSync(file);
  const damages: (() => void)[] = [100, 4_096, size / 2].map((to) => () => truncateSync(file, to));
  damages.push(() => {
    const bytes = readFileSync(file);
    bytes[10] = (bytes[10] ?? 0) ^ 255;
    writeFileSync(file, bytes);
  });
  for (const damage of damages) {
    damage();
    const before = readFileSync(file);
    expect(await reopened(clinic)).toMatchObject({
      ok: false,
      refusal: { code: "not-allowed", sentence: expect.stringContaining("Restore the last good backup") },
    });
    await clinic.call("session.closeRecord", {});
    expect(readFileSync(file).equals(before)).toBe(true);
    rmSync(`${file}-wal`, { force: true });
    rmSync(`${file}-shm`, { force: true });
    copyFileSync(whole, file);
  }
  expect(await reopened(clinic)).toMatchObject({ ok: true, value: { brokenAt: null } });
});

test("a log beside the record that is not its own is passed over", async () => {
  await using clinic = await openClinic();
  await clinic.call("session.closeRecord", {});
  writeFileSync(join(clinic.folder, "record.db-wal"), "garbage".repeat(1_000));
  expect(await reopened(clinic)).toMatchObject({ ok: true, value: { brokenAt: null } });
});

test("whatever stands in the file of wrong passwords, the right one still opens", async () => {
  await using clinic = await openClinic();
  for (const text of [
    "",
    "garbage",
    "[]",
    '{"failures":{"doctor":{"count":1e308,"last":"x"}},"pending":[]}',
  ]) {
    await clinic.call("session.closeRecord", {});
    writeFileSync(join(clinic.folder, "attempts.json"), text);
    expect(await reopened(clinic)).toMatchObject({ ok: true });
  }
});

test("a paper that is being saved while the record is closed is refused as closed, not as a bug", async () => {
  await using clinic = await openClinic();
  const { course } = await withCourse(clinic);
  const visit = await clinic.call("visits.save", visitInput(course.id));
  const saving = clinic.envelope("documents.save", {
    paper: { kind: "visit-summary", visitId: visit.id, confidential: null },
  });
  await clinic.call("session.closeRecord", {});
  const saved = await saving;
  expect(saved.ok ? "locked" : saved.refusal.code).toBe("locked");
  expect(clinic.logged).toEqual([]);
});

test("no name of a patient stands in any file of the folder, in a file name, or in the log", async () => {
  await using clinic = await openClinic();
  const name = "Zzyzxova";
  const { patient, course } = await withCourse(clinic, {}, { familyName: name, phone: "555 010 7788" });
  await clinic.call("visits.save", visitInput(course.id, { notes: name }));
  await clinic.call("labs.record", { patientId: patient.id, results: [labInput({ note: name })] });
  await clinic.call("drafts.save", {
    key: "patient:new",
    patientId: null,
    baseVersion: null,
    body: { name },
  });
  await clinic.call("documents.save", { paper: { kind: "chart-labs", patientId: patient.id } });
  await clinic.envelope("session.signIn", { login: name, password: name });
  expect(clinic.saved.map((one) => one.name).join()).not.toContain(name);
  expect(JSON.stringify(clinic.logged)).not.toContain(name);
  const files = readdirSync(clinic.place, { recursive: true, encoding: "utf8" });
  expect(files.length).toBeGreaterThan(3);
  expect(files.join()).not.toContain(name);
  for (const file of files.map((one) => join(clinic.place, one))) {
    if (!statSync(file).isFile()) continue;
    const text = readFileSync(file, "latin1");
    for (const secret of [name, name.toLowerCase(), "010 7788"]) expect(text.includes(secret)).toBe(false);
  }
});
