import { afterEach, beforeEach, expect, test } from "vitest";
import { openClinic, type TestClinic } from "#test/support/clinic.ts";
import { courseInput, register, withCourse } from "#test/support/records.ts";

let clinic: TestClinic;
beforeEach(async () => {
  clinic = await openClinic();
});
afterEach(() => clinic.dispose());

const edition = async (id: string) =>
  (await clinic.call("programmes.list", {})).find((one) => one.id === id) ?? null;
const review = (id: string, reviewed = true, note = "") =>
  clinic.call("programmes.review", { edition: id, reviewed, note });

test("every edition is listed with its dates, the overlay with the edition that it lies over", async () => {
  const list = await clinic.call("programmes.list", {});
  expect(new Set(list.map((one) => one.id)).size).toBe(list.length);
  expect(await edition("ipledge-2026")).toMatchObject({ when: "now", enabled: true, review: null });
  const before = await edition("ipledge-2021");
  expect(before).toMatchObject({ when: "past" });
  expect(before?.periods.map((one) => one.from)).toEqual(["2021-12-13", "2023-10-03"]);
  expect(list.filter((one) => one.programme === "canada").every((one) => !one.enabled)).toBe(true);
});

test("a prescriber reviews an edition, the gate and the chart say so, and the review can be taken back", async () => {
  const { patient, course } = await withCourse(clinic);
  const said = async () =>
    (await clinic.call("prescribing.judge", { courseId: course.id })).findings
      .map((one) => `${one.datum} ${one.sentence}`)
      .join(" ");
  expect(await said()).toContain("Unreviewed");
  await review("ipledge-2026", true, "Against the REMS document of Feb 2026");
  expect((await edition("ipledge-2026"))?.review).toEqual({
    by: "Dana Whitfield, MD",
    on: "2026-11-22",
    reviewed: true,
    stale: false,
    note: "Against the REMS document of Feb 2026",
  });
  expect(await said()).toContain("Reviewed by Dana Whitfield, MD on Nov 22, 2026");
  const chart = await clinic.call("patients.chart", { id: patient.id });
  expect(JSON.stringify(chart.verdict)).toContain("Reviewed by Dana Whitfield, MD");
  clinic.clock.advance({ minutes: 1 });
  await review("ipledge-2026", false, "Section 5 was not read");
  expect((await edition("ipledge-2026"))?.review).toMatchObject({ reviewed: false });
  expect(await said()).toContain("Unreviewed");
});

test("only a prescriber reviews; reception does not read the editions; an unknown edition is refused", async () => {
  expect(
    (await clinic.refusal("programmes.review", { edition: "ipledge-1999", reviewed: true, note: "" })).code,
  ).toBe("not-found");
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.addAccount("rena", ["reception"]);
  await clinic.signIn("nurse");
  expect(
    (await clinic.refusal("programmes.review", { edition: "ipledge-2026", reviewed: true, note: "" })).code,
  ).toBe("not-allowed");
  expect((await clinic.call("programmes.list", {})).length).toBeGreaterThan(0);
  await clinic.signIn("rena");
  expect((await clinic.refusal("programmes.list", {})).code).toBe("not-allowed");
});

test("what the 2026 edition changes is said rule by rule, and for whom: a patient who cannot become pregnant needs no monthly steps", async () => {
  const { patient, course } = await withCourse(clinic, {
    decidedOn: "2026-10-01",
    category: { category: "cannot", criterion: "cisgender-male", evidence: "" },
  });
  await withCourse(clinic, { decidedOn: "2026-11-20" }, { familyName: "Later" });
  const record = (entry: object) =>
    clinic.call("programme.record", { courseId: course.id, entry: entry as never });
  await record({ kind: "enrolment", on: "2026-10-01", programmeNumber: "A-1" });
  const changes = await clinic.call("programmes.changes", { programme: "ipledge", from: "2026-11-15" });
  const rule = (id: string) => changes.differences.find((one) => one.rule === id);
  expect(rule("missed-first-window")).toMatchObject({
    before: "days to wait: 19",
    after: "days to wait: 0",
  });
  expect(rule("counselling")).toMatchObject({
    before: "who cannot become pregnant: every month",
    after: "who cannot become pregnant: once, at enrolment",
  });
  expect(rule("test-spacing")).toBeUndefined();
  expect(changes.patients?.map((one) => one.patientId)).toEqual([patient.id]);
  expect(changes.patients?.[0]?.findings.map((one) => one.name)).toContain("Prescriber’s confirmation");
});

test("an administrator who treats nobody reads what changes, and no patients", async () => {
  await withCourse(clinic, { decidedOn: "2026-10-01" });
  await clinic.addAccount("admin", ["administrator"]);
  await clinic.signIn("admin");
  const changes = await clinic.call("programmes.changes", { programme: "ipledge", from: "2026-11-15" });
  expect(changes.patients).toBeNull();
  expect(changes.differences.length).toBeGreaterThan(0);
  expect(
    (await clinic.refusal("programmes.changes", { programme: "ipledge", from: "2021-12-13" })).code,
  ).toBe("not-found");
});

test("a course is not opened in, nor moved to, a programme whose rules nobody reviewed", async () => {
  const patient = await register(clinic);
  for (const programme of ["canada", "australia"] as const)
    expect(await clinic.refusal("courses.open", courseInput(patient.id, { programme }))).toMatchObject({
      code: "invalid",
      fields: { programme: expect.stringContaining("not offered yet") },
    });
  const course = await clinic.call("courses.open", courseInput(patient.id, { programme: "mhra" }));
  const { patientId: _patient, category: _category, ...fields } = courseInput(patient.id);
  expect(
    (
      await clinic.refusal("courses.update", {
        ...fields,
        programme: "canada",
        id: course.id,
        version: course.version,
      })
    ).fields,
  ).toHaveProperty("programme");
});
