import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Patient } from "#shared/records/patient.ts";
import type { Course } from "#shared/records/course.ts";
import { openClinic, type TestClinic } from "#test/support/clinic.ts";
import { labInput, visitInput, withCourse } from "#test/support/records.ts";

let clinic: TestClinic;
let patient: Patient;
let course: Course;
beforeEach(async () => {
  clinic = await openClinic({ roles: ["prescriber", "administrator"] });
  ({ patient, course } = await withCourse(clinic));
});
afterEach(() => clinic.dispose());

const record = (...results: ReturnType<typeof labInput>[]) =>
  clinic.call("labs.record", { patientId: patient.id, results });
const flowsheet = () => clinic.call("labs.flowsheet", { patientId: patient.id });

describe("recording results", () => {
  test("says how each stands to the laboratory's own range", async () => {
    const views = await record(
      labInput({ value: 24 }),
      labInput({ testId: "ast", value: 100, rangeLow: 10, rangeHigh: 40 }),
      labInput({ testId: "triglycerides", unit: "mg/dL", value: 90, rangeLow: null, rangeHigh: null }),
    );
    expect(views.map((one) => one.interpretation.flag)).toEqual(["normal", "high", "unknown"]);
    expect((await flowsheet()).results.map((one) => one.testId).toSorted()).toEqual([
      "alt",
      "ast",
      "triglycerides",
    ]);
  });

  test("reads a result against the baseline before the first dose", async () => {
    await record(labInput({ collectedOn: "2026-09-25", value: 30 }));
    await clinic.call("programme.record", {
      courseId: course.id,
      entry: { kind: "first-dose", on: "2026-10-01" },
    });
    const [later] = await record(labInput({ collectedOn: "2026-11-01", value: 90 }));
    expect(later?.interpretation.sentence).toContain("baseline");
  });

  test("refuses what cannot be, each at its place, and records none of them", async () => {
    const refusal = await clinic.refusal("labs.record", {
      patientId: patient.id,
      results: [labInput(), labInput({ value: -3 }), labInput({ collectedOn: "2026-11-23" })],
    });
    expect(refusal.code).toBe("invalid");
    expect(Object.keys(refusal.fields)).toEqual(["results.1.value", "results.2.collectedOn"]);
    expect((await flowsheet()).results).toEqual([]);
  });

  test("asks once about a molar value typed as mass, and takes it when it is confirmed", async () => {
    const results = [labInput({ testId: "triglycerides", unit: "mmol/L", value: 150, rangeLow: null })];
    const refusal = await clinic.refusal("labs.record", { patientId: patient.id, results });
    expect(refusal).toMatchObject({ code: "unlikely", fields: { "results.0.value": expect.any(String) } });
    const confirmed = ["results.0.value", ...Object.keys(refusal.fields)];
    expect(await clinic.call("labs.record", { patientId: patient.id, results, confirmed })).toMatchObject([
      { value: 150 },
    ]);
  });
});

describe("correcting and voiding results", () => {
  test("a correction takes the place of the old value, which stays in the history", async () => {
    const [first] = await record(labInput({ value: 24 }));
    const corrected = await clinic.call("labs.correct", {
      id: first?.id ?? "",
      result: labInput({ value: 42 }),
      reason: "Misread.",
    });
    expect(corrected).toMatchObject({ value: 42, replacesId: first?.id, reason: "Misread." });
    expect((await flowsheet()).results.map((one) => one.value)).toEqual([42]);
    for (const id of [first?.id ?? "", corrected.id])
      expect((await clinic.call("labs.history", { id })).map((one) => one.value)).toEqual([42, 24]);
  });

  test("an old value cannot be corrected again", async () => {
    const [first] = await record(labInput());
    const input = { id: first?.id ?? "", result: labInput({ value: 42 }), reason: "Misread." };
    await clinic.call("labs.correct", input);
    expect(await clinic.refusal("labs.correct", input)).toMatchObject({
      code: "conflict",
      current: { value: 42 },
    });
    expect((await clinic.refusal("labs.void", { id: input.id, reason: "Again." })).code).toBe("conflict");
  });

  test("a correction cannot turn ALT into AST", async () => {
    const [first] = await record(labInput());
    expect(
      await clinic.refusal("labs.correct", {
        id: first?.id ?? "",
        result: labInput({ testId: "ast" }),
        reason: "Swapped.",
      }),
    ).toMatchObject({ code: "invalid", fields: { "result.testId": expect.any(String) } });
  });

  test("a correction is checked like a new result", async () => {
    const [first] = await record(labInput());
    expect(
      (
        await clinic.refusal("labs.correct", {
          id: first?.id ?? "",
          result: labInput({ value: -1 }),
          reason: "Misread.",
        })
      ).fields,
    ).toHaveProperty("result.value");
  });

  test("a voided result is gone from the flowsheet and stays in the history with its reason", async () => {
    const [first] = await record(labInput());
    await clinic.call("labs.void", { id: first?.id ?? "", reason: "Another patient's blood." });
    expect((await flowsheet()).results).toEqual([]);
    expect(await clinic.call("labs.history", { id: first?.id ?? "" })).toMatchObject([
      { voided: true, reason: "Another patient's blood." },
      { voided: false },
    ]);
  });

  test("wants a reason", async () => {
    const [first] = await record(labInput());
    expect((await clinic.refusal("labs.void", { id: first?.id ?? "", reason: " " })).fields).toHaveProperty(
      "reason",
    );
  });
});

describe("the flowsheet", () => {
  test("draws doses and events on the axis of the results", async () => {
    const capsules = [{ strengthMg: 30, morning: 1, evening: 0 }];
    const visits = [
      ["2026-10-01", "start", capsules],
      ["2026-10-25", "hold", []],
      ["2026-11-10", "increase", [{ strengthMg: 20, morning: 1, evening: 1 }]],
    ] as const;
    for (const [date, action, taken] of visits)
      await clinic.call(
        "visits.save",
        visitInput(course.id, {
          date,
          dose: { action, capsules: taken.map((one) => ({ ...one })), from: date, reason: "" },
        }),
      );
    const { doses, events } = await flowsheet();
    expect(doses).toEqual([
      { from: "2026-10-01", to: "2026-10-24", dailyMg: 30 },
      { from: "2026-11-10", to: null, dailyMg: 40 },
    ]);
    expect(events.map((one) => one.on)).toEqual(["2026-10-01", "2026-10-25", "2026-11-10"]);
  });

  test("shows the tests of the monitoring before there is any result", async () => {
    expect(await flowsheet()).toMatchObject({ results: [], tests: expect.arrayContaining(["alt", "ast"]) });
  });
});
