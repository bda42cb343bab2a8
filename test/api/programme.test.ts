import { afterEach, beforeEach, expect, test } from "vitest";
import type { Course } from "#shared/records/course.ts";
import { openClinic, type TestClinic } from "#test/support/clinic.ts";
import { withCourse } from "#test/support/records.ts";

let clinic: TestClinic;
let course: Course;
beforeEach(async () => {
  clinic = await openClinic({ roles: ["prescriber", "administrator"] });
  ({ course } = await withCourse(clinic));
});
afterEach(() => clinic.dispose());

const negative = {
  kind: "pregnancy-test",
  on: "2026-11-20",
  time: "09:30",
  sample: "urine",
  setting: "medical",
  sensitivity: 25,
  result: "negative",
} as const;
const entries = () => clinic.call("programme.entries", { courseId: course.id });
const end = () =>
  clinic.call("courses.end", {
    id: course.id,
    version: 1,
    endedOn: "2026-11-21",
    reason: "completed",
    note: "",
  });

test("an entry is kept with its writer and read in the order of its days", async () => {
  await clinic.call("programme.record", { courseId: course.id, entry: negative });
  await clinic.call("programme.record", {
    courseId: course.id,
    entry: { kind: "counselling", on: "2026-09-21", teachBack: "understood" },
  });
  expect(await entries()).toMatchObject([
    { kind: "counselling", on: "2026-09-21" },
    { ...negative, note: "", readBy: "", recordedBy: "Dana Whitfield, MD", replacesId: null },
  ]);
});

test("an entry of today is taken and one of tomorrow refused at its date", async () => {
  await clinic.call("programme.record", { courseId: course.id, entry: { ...negative, on: "2026-11-22" } });
  expect(
    await clinic.refusal("programme.record", {
      courseId: course.id,
      entry: { ...negative, on: "2026-11-23" },
    }),
  ).toMatchObject({ code: "invalid", fields: { on: expect.any(String) } });
});

test("an entry of before the patient's birth is refused at its date, new or corrected", async () => {
  const entry = { ...negative, on: "1999-12-31" };
  const early = { code: "invalid", fields: { on: expect.any(String) } };
  expect(await clinic.refusal("programme.record", { courseId: course.id, entry })).toMatchObject(early);
  const kept = await clinic.call("programme.record", { courseId: course.id, entry: negative });
  expect(await clinic.refusal("programme.correct", { id: kept.id, entry, reason: "A slip." })).toMatchObject(
    early,
  );
});

test("a correction takes the place of the entry, and the entry cannot be corrected again", async () => {
  const first = await clinic.call("programme.record", { courseId: course.id, entry: negative });
  const input = {
    id: first.id,
    entry: { ...negative, result: "positive" as const },
    reason: "Read wrongly.",
  };
  const corrected = await clinic.call("programme.correct", input);
  expect(corrected).toMatchObject({ result: "positive", replacesId: first.id, reason: "Read wrongly." });
  expect(await entries()).toMatchObject([{ id: corrected.id }]);
  expect((await clinic.refusal("programme.correct", input)).code).toBe("conflict");
});

test("a correction cannot become another kind of entry", async () => {
  const first = await clinic.call("programme.record", { courseId: course.id, entry: negative });
  expect(
    (
      await clinic.refusal("programme.correct", {
        id: first.id,
        entry: { kind: "missed-period", on: "2026-11-20" },
        reason: "Other.",
      })
    ).code,
  ).toBe("invalid");
});

test("a voided entry counts no more and cannot be voided twice", async () => {
  const first = await clinic.call("programme.record", { courseId: course.id, entry: negative });
  await clinic.call("programme.void", { id: first.id, reason: "Another patient." });
  expect(await entries()).toEqual([]);
  expect((await clinic.refusal("programme.void", { id: first.id, reason: "Again." })).code).toBe("conflict");
});

test("the cause of a pause is not hidden by the reason of a correction", async () => {
  const first = await clinic.call("programme.record", {
    courseId: course.id,
    entry: { kind: "pause", on: "2026-11-20", why: "Triglycerides." },
  });
  expect(
    await clinic.call("programme.correct", {
      id: first.id,
      entry: { kind: "pause", on: "2026-11-19", why: "Triglycerides." },
      reason: "A day earlier.",
    }),
  ).toMatchObject({ why: "Triglycerides.", reason: "A day earlier." });
});

test("after the end of a course only what follows the treatment is recorded", async () => {
  await end();
  await clinic.call("programme.record", { courseId: course.id, entry: { ...negative, on: "2026-11-22" } });
  await clinic.call("programme.record", {
    courseId: course.id,
    entry: { kind: "last-dose", on: "2026-11-20" },
  });
  expect(
    (
      await clinic.refusal("programme.record", {
        courseId: course.id,
        entry: { kind: "counselling", on: "2026-11-22" },
      })
    ).code,
  ).toBe("not-allowed");
});

test("an entry of before the end can still be corrected after it", async () => {
  const first = await clinic.call("programme.record", {
    courseId: course.id,
    entry: { kind: "counselling", on: "2026-11-20" },
  });
  await end();
  expect(
    await clinic.call("programme.correct", {
      id: first.id,
      entry: { kind: "counselling", on: "2026-11-19" },
      reason: "A day earlier.",
    }),
  ).toMatchObject({ on: "2026-11-19" });
});

test("an unknown course and an unknown entry are refused", async () => {
  expect((await clinic.refusal("programme.record", { courseId: "none", entry: negative })).code).toBe(
    "not-found",
  );
  expect((await clinic.refusal("programme.void", { id: "none", reason: "Nothing." })).code).toBe("not-found");
});
