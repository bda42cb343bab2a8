import { afterEach, beforeEach, expect, test } from "vitest";
import type { Course } from "#shared/records/course.ts";
import { openClinic, PASSWORD, type TestClinic } from "#test/support/clinic.ts";
import { visitInput, withCourse } from "#test/support/records.ts";

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
  // What became of its capsules decides what is owed after it.
  for (const entry of [
    { kind: "dispensing", on: "2026-11-19", capsules: 30, productId: "claravis" },
    { kind: "first-dose", on: "2026-11-19" },
  ] as const)
    await clinic.call("programme.record", { courseId: course.id, entry });
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

const category = (over: object = {}) =>
  ({
    kind: "risk-category",
    on: "2026-11-22",
    category: "cannot",
    criterion: "hysterectomy",
    evidence: "Operation note",
    ...over,
  }) as const;

test("the first category needs no reason, and every later one says why it changed", async () => {
  await clinic.call("programme.record", {
    courseId: course.id,
    entry: { kind: "risk-category", on: "2026-10-01", category: "can", criterion: "default" },
  });
  const refused = await clinic.refusal("programme.record", { courseId: course.id, entry: category() });
  expect(refused.fields).toHaveProperty(["entry.changeReason"]);
  await clinic.call("programme.record", {
    courseId: course.id,
    entry: category({ changeReason: "Operation of Nov 10" }),
  });
});

test("a change of category is agreed to by somebody else than the person who recorded or corrected it", async () => {
  await clinic.call("programme.record", {
    courseId: course.id,
    entry: { kind: "risk-category", on: "2026-10-01", category: "can", criterion: "default" },
  });
  const { id } = await clinic.call("programme.record", {
    courseId: course.id,
    entry: category({ changeReason: "Operation of Nov 10" }),
  });
  const agreement = (entryId: string) => ({
    courseId: course.id,
    entry: { kind: "category-agreement", on: "2026-11-22", entryId } as const,
  });
  const own = await clinic.refusal("programme.record", agreement(id));
  expect(own).toMatchObject({ code: "not-allowed", sentence: expect.stringContaining("second person") });

  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.signIn("nurse");
  const [first] = await entries();
  expect((await clinic.refusal("programme.record", agreement(first?.id ?? ""))).code).toBe("not-allowed");
  const corrected = await clinic.call("programme.correct", {
    id,
    entry: category({ changeReason: "Operation of Nov 11" }),
    reason: "Another day",
  });
  expect((await clinic.refusal("programme.record", agreement(corrected.id))).code).toBe("not-allowed");

  await clinic.signIn("doctor");
  await clinic.addAccount("third", ["nurse"]);
  expect((await clinic.refusal("programme.record", agreement(corrected.id))).code).toBe("not-allowed");
  await clinic.signIn("third");
  const agreed = await clinic.call("programme.record", agreement(corrected.id));
  expect(agreed).toMatchObject({ kind: "category-agreement", recordedBy: "third of the clinic" });
  // Agreed once is agreed: nothing waits any more.
  expect((await clinic.refusal("programme.record", agreement(corrected.id))).code).toBe("not-allowed");
});

test("two people of one name agree to each other’s change of category, and neither to their own", async () => {
  await clinic.call("programme.record", {
    courseId: course.id,
    entry: { kind: "risk-category", on: "2026-10-01", category: "can", criterion: "default" },
  });
  for (const login of ["kim1", "kim2"])
    await clinic.call("accounts.add", { login, name: "Kim Lee", roles: ["nurse"], password: PASSWORD });
  await clinic.signIn("kim1");
  const { id } = await clinic.call("programme.record", {
    courseId: course.id,
    entry: category({ changeReason: "Operation of Nov 10" }),
  });
  const agreement = {
    courseId: course.id,
    entry: { kind: "category-agreement", on: "2026-11-22", entryId: id } as const,
  };
  expect((await clinic.refusal("programme.record", agreement)).code).toBe("not-allowed");
  await clinic.signIn("kim2");
  await clinic.call("programme.record", agreement);
  const { lane } = await clinic.call("lane.read", { courseId: course.id });
  expect(lane.steps.find((one) => one.id === "category")?.state).toBe("done");
  expect(JSON.stringify(lane)).not.toContain("second person");
});

test("a consent that a guardian signed under 18 names the guardian", async () => {
  const minor = await withCourse(clinic, {}, { familyName: "Young", birthDate: "2010-01-01" });
  const consent = {
    kind: "consent",
    on: "2026-11-22",
    form: "all-patients",
    signer: "patient-and-guardian",
  } as const;
  const refused = await clinic.refusal("programme.record", { courseId: minor.course.id, entry: consent });
  expect(refused.fields).toEqual({ "entry.guardianName": "Name the guardian who signed." });
  const kept = await clinic.call("programme.record", {
    courseId: minor.course.id,
    entry: { ...consent, guardianName: "Pat Young", items: ["indication", "no-sharing"] },
  });
  expect(kept).toMatchObject({ guardianName: "Pat Young", items: ["indication", "no-sharing"] });
  await clinic.call("programme.record", { courseId: course.id, entry: consent });
});

test("a guardian without a name is refused in a visit and by a correction too, at its field", async () => {
  const minor = await withCourse(clinic, {}, { familyName: "Young", birthDate: "2010-01-01" });
  const courseId = minor.course.id;
  const consent = { kind: "consent", on: "2026-11-22", form: "all-patients" } as const;
  const both = { ...consent, signer: "patient-and-guardian" } as const;
  const page = (guardianName?: string) =>
    visitInput(courseId, {
      entries: [
        { kind: "counselling", on: "2026-11-22", note: "", teachBack: "understood", id: null },
        {
          ...both,
          note: "",
          formEdition: "",
          id: null,
          ...(guardianName === undefined ? {} : { guardianName }),
        },
      ],
    });
  for (const nobody of [undefined, "", " "])
    expect((await clinic.refusal("visits.save", page(nobody))).fields).toEqual({
      "entries.1.guardianName": "Name the guardian who signed.",
    });
  await clinic.call("visits.save", page("Pat Young"));
  const entry = { ...consent, signer: "patient" } as const;
  const { id } = await clinic.call("programme.record", { courseId, entry });
  const correcting = { id, entry: both, reason: "Both signed." };
  expect((await clinic.refusal("programme.correct", correcting)).fields).toEqual({
    "entry.guardianName": "Name the guardian who signed.",
  });
  await clinic.call("programme.correct", { ...correcting, entry: { ...both, guardianName: "Pat Young" } });
});

test("a stop is not handled without a word of what was done", async () => {
  const handled = {
    kind: "stop-handled" as const,
    on: "2026-11-22",
    done: ["drug-stopped" as const],
  };
  for (const note of ["", "  ", "ok"])
    expect(
      (await clinic.refusal("programme.record", { courseId: course.id, entry: { ...handled, note } })).fields,
    ).toHaveProperty(["entry.note"]);
  await clinic.call("programme.record", { courseId: course.id, entry: { ...handled, note: "Called." } });
});

test("a category and an agreement to it are not entered in a visit", async () => {
  const entry = { kind: "category-agreement", on: "2026-11-22", note: "", entryId: "x", id: null } as const;
  expect(
    (await clinic.refusal("visits.save", visitInput(course.id, { entries: [entry] }))).fields,
  ).toHaveProperty(["entries.0.kind"]);
});
