import { afterEach, beforeEach, expect, test } from "vitest";
import { LARGEST_ATTACHMENT } from "#shared/records/attachment.ts";
import type { Course } from "#shared/records/course.ts";
import type { Patient } from "#shared/records/patient.ts";
import { openClinic, type TestClinic } from "#test/support/clinic.ts";
import { JPEG, PDF, PNG } from "#test/support/files.ts";
import { visitInput, withCourse } from "#test/support/records.ts";

let clinic: TestClinic;
let patient: Patient;
let course: Course;
beforeEach(async () => {
  clinic = await openClinic();
  ({ patient, course } = await withCourse(clinic));
});
afterEach(() => clinic.dispose());

const add = (bytes: Uint8Array<ArrayBuffer>, name = "scan") =>
  clinic.call("attachments.add", { patientId: patient.id, name, bytes });

test.each([
  ["image/png", PNG],
  ["image/jpeg", JPEG],
  ["application/pdf", PDF],
] as const)("a file of type %s is known by its content, and read back byte for byte", async (type, bytes) => {
  const kept = await add(bytes, "misleading.txt");
  expect(kept).toMatchObject({
    type,
    size: bytes.length,
    name: "misleading.txt",
    recordedBy: "Dana Whitfield, MD",
  });
  const read = await clinic.call("attachments.read", { id: kept.id });
  expect(read.type).toBe(type);
  expect([...read.bytes]).toEqual([...bytes]);
  expect(await clinic.call("attachments.list", { patientId: patient.id })).toEqual([kept]);
});

test("what is neither an image nor a PDF is refused, whatever its name says", async () => {
  const text = new TextEncoder().encode("<script>alert(1)</script>");
  const refused = await clinic.refusal("attachments.add", {
    patientId: patient.id,
    name: "photo.png",
    bytes: text,
  });
  expect(refused).toMatchObject({
    code: "invalid",
    fields: { bytes: "This is neither a PNG or JPEG image nor a PDF." },
  });
  expect(
    (await clinic.refusal("attachments.add", { patientId: patient.id, name: "e", bytes: new Uint8Array() }))
      .fields,
  ).toEqual({ bytes: "This file is empty." });
});

test("a file of 8 MB is kept, and one byte more is refused with its size", async () => {
  const largest = new Uint8Array(LARGEST_ATTACHMENT);
  largest.set(PNG);
  expect((await add(largest)).size).toBe(LARGEST_ATTACHMENT);
  const larger = new Uint8Array(LARGEST_ATTACHMENT + 1);
  larger.set(PNG);
  const refused = await clinic.refusal("attachments.add", {
    patientId: patient.id,
    name: "film",
    bytes: larger,
  });
  expect(refused.fields).toEqual({ bytes: "This file is too large: 8.1 MB. At most 8 MB." });
});

test("an entry carries the patient's own files, through a correction too, and never another patient's", async () => {
  const own = await add(PNG);
  const other = await withCourse(clinic, {}, { familyName: "Other" });
  const foreign = await clinic.call("attachments.add", {
    patientId: other.patient.id,
    name: "theirs",
    bytes: PNG,
  });
  const entry = { kind: "enrolment", on: "2026-11-20", programmeNumber: "A-1" } as const;
  const courseId = course.id;
  const kept = await clinic.call("programme.record", {
    courseId,
    entry: { ...entry, attachmentIds: [own.id] },
  });
  expect(kept.attachmentIds).toEqual([own.id]);
  const theirs = { ...entry, attachmentIds: [foreign.id] };
  expect((await clinic.refusal("programme.record", { courseId, entry: theirs })).fields).toEqual({
    "entry.attachmentIds": "One of the files is not this patient’s.",
  });
  expect(
    (await clinic.refusal("programme.correct", { id: kept.id, entry: theirs, reason: "Another file" }))
      .fields,
  ).toHaveProperty(["entry.attachmentIds"]);
  const counselling = { kind: "counselling", on: "2026-11-22", note: "", teachBack: "understood" } as const;
  expect(
    (
      await clinic.refusal(
        "visits.save",
        visitInput(courseId, { entries: [{ ...counselling, id: null, attachmentIds: [foreign.id] }] }),
      )
    ).code,
  ).toBe("invalid");
});

test("reading a file stands in the audit trail with the patient, and reception cannot read it", async () => {
  const kept = await add(PDF);
  await clinic.call("attachments.read", { id: kept.id });
  await clinic.settled();
  const entries = await clinic.call("audit.list", {
    patientId: patient.id,
    userId: null,
    from: null,
    to: null,
    before: null,
    limit: 100,
  });
  expect(entries.map((one) => one.action)).toEqual(
    expect.arrayContaining(["attachments.add", "attachments.read"]),
  );
  expect(entries.find((one) => one.action === "attachments.read")?.detail).toContain(kept.id);
  expect(JSON.stringify(entries)).not.toContain("scan");
  await clinic.addAccount("rena", ["reception"]);
  await clinic.signIn("rena");
  expect((await clinic.refusal("attachments.read", { id: kept.id })).code).toBe("not-allowed");
});

test("a file survives signing out and in", async () => {
  const kept = await add(PDF);
  await clinic.call("session.signOut", {});
  await clinic.signIn("doctor");
  const read = await clinic.call("attachments.read", { id: kept.id });
  expect([...read.bytes]).toEqual([...PDF]);
});
