import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openClinic, type TestClinic } from "#test/support/clinic.ts";
import { courseInput, register, visitInput, withCourse } from "#test/support/records.ts";

let clinic: TestClinic;
beforeEach(async () => {
  clinic = await openClinic({ roles: ["prescriber", "administrator"] });
});
afterEach(() => clinic.dispose());

const completed = { endedOn: "2026-11-22", reason: "completed", note: "" } as const;

describe("opening a course", () => {
  test("records the risk category with it", async () => {
    const { course } = await withCourse(clinic, {
      category: { category: "cannot", criterion: "hysterectomy", evidence: "Operation note of 2019." },
    });
    expect(await clinic.call("programme.entries", { courseId: course.id })).toMatchObject([
      { kind: "risk-category", category: "cannot", criterion: "hysterectomy", on: course.decidedOn },
    ]);
  });

  test("leaves the category open when nobody decided it", async () => {
    const { course } = await withCourse(clinic, { category: null });
    expect(await clinic.call("programme.entries", { courseId: course.id })).toEqual([]);
  });

  test("is refused while another course of the patient is open", async () => {
    const { patient, course } = await withCourse(clinic);
    const refusal = await clinic.refusal("courses.open", courseInput(patient.id));
    expect(refusal).toMatchObject({ code: "conflict", current: { id: course.id } });
    expect(refusal.sentence).toContain("Sep 20, 2026");
  });

  test("is refused when it was decided in the future or before birth", async () => {
    const patient = await register(clinic, { birthDate: "2005-01-01" });
    for (const decidedOn of ["2026-11-23", "2004-12-31"])
      expect(await clinic.refusal("courses.open", courseInput(patient.id, { decidedOn }))).toMatchObject({
        code: "invalid",
        fields: { decidedOn: expect.any(String) },
      });
  });

  test("asks about an unusual target and takes it when it is confirmed", async () => {
    const patient = await register(clinic);
    const input = courseInput(patient.id, { targetMgPerKg: 240 });
    expect((await clinic.refusal("courses.open", input)).code).toBe("unlikely");
    expect(
      (await clinic.call("courses.open", { ...input, confirmed: ["targetMgPerKg"] })).targetMgPerKg,
    ).toBe(240);
  });
});

describe("changing a course", () => {
  test("keeps every version", async () => {
    const { course } = await withCourse(clinic);
    const { patientId: _patient, category: _category, ...fields } = courseInput("", { scars: "severe" });
    await clinic.call("courses.update", { ...fields, id: course.id, version: 1 });
    const history = await clinic.call("courses.history", { id: course.id });
    expect(history.map((one) => [one.version, one.scars])).toEqual([
      [2, "severe"],
      [1, "mild"],
    ]);
  });

  test("cannot move the decision behind the first visit, and a voided visit does not count", async () => {
    const { course } = await withCourse(clinic);
    const { patientId: _patient, category: _category, ...fields } = courseInput("");
    const visit = await clinic.call("visits.save", visitInput(course.id, { date: "2026-10-01" }));
    const later = { ...fields, id: course.id, version: 1, decidedOn: "2026-10-02" };
    const refusal = await clinic.refusal("courses.update", later);
    expect(refusal.fields["decidedOn"]).toMatch(/Oct 1, 2026/u);
    await clinic.call("visits.void", { id: visit.id, reason: "Wrong patient." });
    expect((await clinic.call("courses.update", later)).decidedOn).toBe("2026-10-02");
  });

  test("made on an older version is refused and shows what stands now", async () => {
    const { course } = await withCourse(clinic);
    const { patientId: _patient, category: _category, ...fields } = courseInput("");
    const input = { ...fields, id: course.id, version: 1 };
    await clinic.call("courses.update", { ...input, conditionsNote: "First" });
    expect(await clinic.refusal("courses.update", { ...input, conditionsNote: "Second" })).toMatchObject({
      code: "conflict",
      current: { version: 2, conditionsNote: "First" },
    });
  });
});

describe("ending a course", () => {
  test("closes it, keeps it readable and lets the next one be opened", async () => {
    const { patient, course } = await withCourse(clinic);
    await clinic.call("courses.end", { id: course.id, version: 1, ...completed });
    const chart = await clinic.call("patients.chart", { id: patient.id });
    expect(chart.open).toBeNull();
    expect(chart.earlier).toMatchObject([{ course: { id: course.id, end: completed } }]);
    clinic.clock.advance({ minutes: 1 });
    const next = await clinic.call("courses.open", courseInput(patient.id, { decidedOn: "2026-11-22" }));
    const after = await clinic.call("patients.chart", { id: patient.id });
    expect(after.open?.course.id).toBe(next.id);
    expect(after.earlier.map((one) => one.course.id)).toEqual([course.id]);
  });

  test("is refused twice, in the future and before it was decided on", async () => {
    const { course } = await withCourse(clinic);
    for (const endedOn of ["2026-11-23", "2026-09-19"])
      expect(
        await clinic.refusal("courses.end", { id: course.id, version: 1, ...completed, endedOn }),
      ).toMatchObject({ code: "invalid", fields: { endedOn: expect.any(String) } });
    await clinic.call("courses.end", { id: course.id, version: 1, ...completed });
    expect((await clinic.refusal("courses.end", { id: course.id, version: 2, ...completed })).code).toBe(
      "conflict",
    );
  });
});
