import { afterEach, beforeEach, expect, test } from "vitest";
import { sideEffects } from "#shared/rules/side-effects.ts";
import { clinicSettings, openClinic, PASSWORD, type TestClinic } from "#test/support/clinic.ts";
import {
  labInput,
  patientInput,
  visitInput,
  withCourse,
  withCourseThatMayBePrescribed,
} from "#test/support/records.ts";

let clinic: TestClinic;
beforeEach(async () => {
  clinic = await openClinic({ roles: ["prescriber", "administrator"] });
});
afterEach(() => clinic.dispose());

const lines = async () => (await clinic.call("today.list", {})).lines;
const kinds = async () => (await lines()).map((one) => one.kind);
const high = labInput({
  testId: "triglycerides",
  unit: "mg/dL",
  value: 1200,
  rangeLow: null,
  rangeHigh: 150,
});

test("a clinic without courses has an empty morning", async () => {
  expect(await clinic.call("today.list", {})).toEqual({
    lines: [],
    clockBehind: false,
    newEdition: null,
    drafts: 0,
    now: clinic.clock.now(),
  });
});

test("a line names the patient, the reason and the act", async () => {
  const { patient, course } = await withCourse(
    clinic,
    {},
    { familyName: "García", givenNames: "Ana", birthDate: "2004-02-29" },
  );
  await clinic.call("labs.record", { patientId: patient.id, results: [high] });
  const line = (await lines()).find((one) => one.kind === "abnormal-result");
  expect(line).toMatchObject({
    id: `${course.id}:abnormal-result`,
    patientName: "García, Ana",
    birthDate: "2004-02-29",
    recordNumber: patient.recordNumber,
    urgency: "urgent",
    act: { to: "labs" },
  });
  expect(line?.sentence).toContain("Triglycerides");
});

test("an abnormal result stays until somebody has signed a visit after it", async () => {
  const { patient, course } = await withCourse(clinic);
  await clinic.call("labs.record", { patientId: patient.id, results: [high] });
  expect(await kinds()).toContain("abnormal-result");
  clinic.clock.advance({ minutes: 5 });
  await clinic.call("visits.sign", { ...visitInput(course.id), password: PASSWORD });
  expect(await kinds()).not.toContain("abnormal-result");
  clinic.clock.advance({ minutes: 5 });
  await clinic.call("labs.record", { patientId: patient.id, results: [high] });
  expect(await kinds()).toContain("abnormal-result");
});

test("a voided result asks for nothing", async () => {
  const { patient } = await withCourse(clinic);
  const [result] = await clinic.call("labs.record", { patientId: patient.id, results: [high] });
  await clinic.call("labs.void", { id: result?.id ?? "", reason: "Another patient's blood." });
  expect(await kinds()).not.toContain("abnormal-result");
});

test("mood answers that ask for an act stand first until the visit is signed", async () => {
  const { course } = await withCourse(clinic);
  const mood = { items: [2, 2, 1, 1, 1, 0, 0, 0, 1], note: "Called the crisis team." };
  const saved = await clinic.call("visits.save", visitInput(course.id, { mood }));
  const [first] = await lines();
  expect(first).toMatchObject({
    kind: "mood-alert",
    urgency: "urgent",
    act: { to: "visit", visitId: saved.id },
  });
  await clinic.call("visits.sign", {
    ...visitInput(course.id, { mood }, { id: saved.id, version: 1 }),
    password: PASSWORD,
  });
  expect(await kinds()).not.toContain("mood-alert");
});

test("a red flag among the side effects is urgent until the visit is signed", async () => {
  const { course } = await withCourse(clinic);
  const flag = sideEffects.find((one) => one.redFlagFrom !== null);
  const noted = [{ code: flag?.code ?? "", grade: flag?.redFlagFrom ?? 0, onset: null, note: "" }];
  const saved = await clinic.call("visits.save", visitInput(course.id, { sideEffects: noted }));
  const line = (await lines()).find((one) => one.kind === "red-flag");
  expect(line).toMatchObject({ urgency: "urgent", act: { to: "visit", visitId: saved.id } });
  expect(line?.sentence).toContain(flag?.name);
  await clinic.call("visits.sign", {
    ...visitInput(course.id, { sideEffects: noted }, { id: saved.id, version: 1 }),
    password: PASSWORD,
  });
  expect(await kinds()).not.toContain("red-flag");
});

test("an unsigned visit is not forgotten when its course has ended", async () => {
  const { course } = await withCourse(clinic);
  const saved = await clinic.call("visits.save", visitInput(course.id));
  await clinic.call("courses.end", {
    id: course.id,
    version: 1,
    endedOn: "2026-11-22",
    reason: "patient-choice",
    note: "",
  });
  clinic.clock.set("2027-06-10T16:00:00.000Z");
  expect(await lines()).toMatchObject([{ kind: "visit-unsigned", act: { visitId: saved.id } }]);
  await clinic.call("visits.void", { id: saved.id, reason: "Opened by mistake." });
  expect(await lines()).toEqual([]);
});

test("the pregnancy test a month after the last dose is asked for although the course has ended", async () => {
  const { course } = await withCourse(clinic, {
    category: { category: "can", criterion: "default", evidence: "" },
  });
  for (const entry of [
    { kind: "first-dose", on: "2026-10-01" },
    { kind: "last-dose", on: "2026-11-20" },
  ] as const)
    await clinic.call("programme.record", { courseId: course.id, entry });
  await clinic.call("courses.end", {
    id: course.id,
    version: 1,
    endedOn: "2026-11-22",
    reason: "completed",
    note: "",
  });
  clinic.clock.set("2026-12-27T17:00:00.000Z");
  expect(await kinds()).toEqual(["post-treatment-test"]);
  clinic.clock.set("2027-04-26T16:00:00.000Z");
  expect(await kinds()).toEqual([]);
});

test("a visit planned for today is due, and the next one once it is made", async () => {
  const { course } = await withCourse(clinic);
  const first = visitInput(course.id, { date: "2026-10-22", nextVisitOn: "2026-11-22" });
  await clinic.call("visits.save", first);
  expect(await kinds()).toContain("visit-due");
  await clinic.call("visits.save", visitInput(course.id, { nextVisitOn: "2026-12-22" }));
  expect(await kinds()).not.toContain("visit-due");
});

test("the desk sees its own lines, and neither results nor mood", async () => {
  const { patient, course } = await withCourse(clinic);
  await clinic.call("labs.record", { patientId: patient.id, results: [high] });
  const mood = { items: [2, 2, 1, 1, 1, 0, 0, 0, 1], note: "" };
  await clinic.call(
    "visits.save",
    visitInput(course.id, { date: "2026-10-22", nextVisitOn: "2026-11-22", mood }),
  );
  expect(await kinds()).toEqual(expect.arrayContaining(["abnormal-result", "mood-alert", "visit-due"]));
  await clinic.addAccount("desk", ["reception"]);
  await clinic.call("session.signOut", {});
  await clinic.signIn("desk");
  expect(await kinds()).toEqual(["visit-due"]);
});

test("a prescription that waits while the dose is held is told to those who treat, and to the desk not, until it is settled", async () => {
  await clinic.addAccount("desk", ["reception"]);
  const { course } = await withCourseThatMayBePrescribed(clinic);
  await clinic.call("prescribing.issue", {
    courseId: course.id,
    visitId: null,
    productId: "claravis",
    capsules: [{ strengthMg: 30, morning: 1, evening: 0 }],
    daysSupply: 30,
  });
  expect(await kinds()).not.toContain("window-closing");
  const hold = { action: "hold" as const, capsules: [], from: "2026-11-22", reason: "ALT" };
  await clinic.call("visits.save", visitInput(course.id, { dose: hold }));
  const told = (await lines()).find((one) => one.kind === "window-closing");
  expect(told?.sentence).toBe(
    "A prescription waits at the pharmacy: do not dispense it. The prescriber put the dose on hold. Decide a dose at a visit and sign it before prescribing.",
  );
  await clinic.signIn("desk");
  expect(await kinds()).not.toContain("window-closing");
  await clinic.signIn("doctor");
  await clinic.call("courses.end", {
    id: course.id,
    version: 1,
    endedOn: "2026-11-22",
    reason: "other",
    note: "",
  });
  expect((await lines()).map((one) => one.sentence)).toContain(
    "A prescription waits at the pharmacy: do not dispense it. The course has ended. Open a new one to treat again.",
  );
  await clinic.call("programme.record", {
    courseId: course.id,
    entry: { kind: "dispensing", on: "2026-11-22", capsules: 0, productId: "claravis" },
  });
  expect(await kinds()).not.toContain("window-closing");
});

test("what changes between two looks is told at the second", async () => {
  const { patient, course } = await withCourse(clinic, {}, { familyName: "Before" });
  await clinic.call("visits.save", visitInput(course.id));
  const names = async () => [...new Set((await lines()).map((one) => one.patientName))];
  expect(await names()).toEqual(["Before, Alex"]);
  await clinic.call("patients.update", {
    ...patientInput({ familyName: "After", recordNumber: patient.recordNumber }),
    id: patient.id,
    version: patient.version,
  });
  expect(await names()).toEqual(["After, Alex"]);
  const unsigned = async () => (await lines()).find((one) => one.kind === "visit-unsigned")?.sentence;
  expect(await unsigned()).toContain("Nov 22, 2026");
  await clinic.call("clinic.update", clinicSettings({ dateStyle: "dmy" }));
  expect(await unsigned()).toContain("22 Nov 2026");
});

test("a person's own drafts are counted", async () => {
  await clinic.call("drafts.save", {
    key: "patient:new",
    patientId: null,
    baseVersion: null,
    body: { familyName: "Half typed" },
  });
  expect((await clinic.call("today.list", {})).drafts).toBe(1);
});

test("a blood draw is due before the first dose until every core test was drawn, and a voided result counts for none", async () => {
  const { patient } = await withCourse(clinic);
  const draw = async () => (await lines()).find((one) => one.kind === "draw-due");
  expect((await draw())?.sentence).toContain("Missing: ALT, AST, Triglycerides.");
  const [alt] = await clinic.call("labs.record", {
    patientId: patient.id,
    results: [
      labInput(),
      labInput({ testId: "ast" }),
      labInput({ testId: "triglycerides", unit: "mg/dL", value: 88, rangeLow: null, rangeHigh: 150 }),
    ],
  });
  expect(await draw()).toBeUndefined();
  await clinic.call("labs.void", { id: alt?.id ?? "", reason: "Another patient's blood" });
  expect((await draw())?.sentence).toContain("Missing: ALT.");
});

test("a new edition is told to those who treat, for thirty days, where a course began before it", async () => {
  const told = async () => (await clinic.call("today.list", {})).newEdition;
  const { course } = await withCourse(clinic, { decidedOn: "2026-11-15" });
  expect(await told()).toBeNull();
  const { id, version } = course;
  const ending = { endedOn: "2026-11-22", reason: "patient-choice" as const, note: "" };
  await clinic.call("courses.end", { id, version, ...ending });
  await withCourse(clinic, { decidedOn: "2026-11-14" });
  expect(await told()).toEqual({ programme: "ipledge", name: "iPLEDGE, 2026 edition", from: "2026-11-15" });
  for (const [on, is] of [
    ["2026-12-15", true],
    ["2026-12-16", false],
  ] as const) {
    clinic.clock.set(`${on}T18:00:00.000Z`);
    await clinic.signIn("doctor");
    expect((await told()) !== null, on).toBe(is);
  }
});

test("triglycerides that were raised before the first dose ask for blood every four weeks, and normal ones do not", async () => {
  const core = (collectedOn: string, triglycerides: number) => [
    labInput({ collectedOn }),
    labInput({ testId: "ast", collectedOn }),
    labInput({ testId: "triglycerides", collectedOn, unit: "mg/dL", value: triglycerides, rangeHigh: null }),
  ];
  /** Treated since July 10; drawn before and on November 10; the next of every four weeks is on November 27. */
  const drawOf = async (baseline: number, birthDate: string) => {
    const { patient, course } = await withCourse(clinic, { decidedOn: "2026-07-01" }, { birthDate });
    const dose = { kind: "first-dose", on: "2026-07-10" } as const;
    await clinic.call("programme.record", { courseId: course.id, entry: dose });
    const results = [...core("2026-06-20", 500), ...core("2026-07-05", baseline), ...core("2026-11-10", 400)];
    await clinic.call("labs.record", { patientId: patient.id, results });
    return (await lines()).find((one) => one.kind === "draw-due" && one.courseId === course.id) ?? null;
  };
  expect(await drawOf(150, "1996-04-07")).toMatchObject({
    on: "2026-11-27",
    urgency: "later",
    sentence: "Every four weeks because of: triglycerides at baseline. Missing: ALT, AST, Triglycerides.",
  });
  expect(await drawOf(149, "1996-04-07")).toBeNull();
  expect(await drawOf(91, "2008-04-07")).not.toBeNull();
  expect(await drawOf(90, "2008-04-07")).toBeNull();
});
