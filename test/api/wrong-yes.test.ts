/** What somebody could do, by mistake or on purpose, to make the gate say a wrong yes. */
import { afterEach, beforeEach, expect, test } from "vitest";
import { addDays } from "#shared/calendar.ts";
import type { InputOf } from "#shared/contract.ts";
import type { Course } from "#shared/records/course.ts";
import type { Patient } from "#shared/records/patient.ts";
import type { VisitForm } from "#shared/records/visit.ts";
import { NOON } from "#test/support/clock.ts";
import { openClinic, PASSWORD, type TestClinic } from "#test/support/clinic.ts";
import {
  courseInput,
  labInput,
  visitInput,
  withCourse,
  withCourseThatMayBePrescribed,
} from "#test/support/records.ts";

type Entry = InputOf<"programme.record">["entry"];

const TODAY = "2026-11-22";

let clinic: TestClinic;
beforeEach(async () => {
  clinic = await openClinic({ roles: ["prescriber", "administrator"] });
});
afterEach(() => clinic.dispose());

function pregnancyTest(on: string, over: Partial<Extract<Entry, { kind: "pregnancy-test" }>> = {}): Entry {
  return {
    kind: "pregnancy-test",
    on,
    time: null,
    sample: "urine",
    setting: "medical",
    sensitivity: 25,
    result: "negative",
    ...over,
  };
}

async function record(courseId: string, ...entries: Entry[]): Promise<void> {
  for (const entry of entries) await clinic.call("programme.record", { courseId, entry });
}

function pickUp(on: string, capsules: number | null): Entry {
  return { kind: "dispensing", on, capsules, productId: "claravis" };
}

/** A patient who can become pregnant, with every step before the first prescription done. */
async function readyToStart(): Promise<{ patient: Patient; course: Course }> {
  const made = await withCourse(clinic, {
    decidedOn: "2026-10-01",
    category: { category: "can", criterion: "default", evidence: "" },
  });
  await record(
    made.course.id,
    { kind: "enrolment", on: "2026-10-01", programmeNumber: "A-1" },
    { kind: "consent", on: "2026-10-01", form: "all-patients", signer: "patient" },
    { kind: "consent", on: "2026-10-01", form: "birth-defects", signer: "patient" },
    { kind: "contraception", on: "2026-10-01", first: "iud-copper", second: "condom" },
    { kind: "menstruation", on: "2026-11-19", cycle: "regular" },
    pregnancyTest("2026-10-01"),
    pregnancyTest("2026-11-21"),
    { kind: "counselling", on: TODAY, teachBack: "understood" },
    { kind: "prescriber-confirmation", on: TODAY },
    { kind: "patient-questions", on: TODAY, first: "iud-copper", second: "condom" },
  );
  expect(await answer(made.course.id)).toBe("yes");
  return made;
}

async function answer(courseId: string): Promise<"yes" | "no"> {
  return (await clinic.call("prescribing.judge", { courseId })).answer;
}

const issue = (
  courseId: string,
  over: Partial<InputOf<"prescribing.issue">> = {},
): InputOf<"prescribing.issue"> => ({
  courseId,
  visitId: null,
  productId: "claravis",
  capsules: [{ strengthMg: 30, morning: 1, evening: 0 }],
  daysSupply: 30,
  ...over,
});

test("a positive test counts at once, also when its hour has not come by this computer's clock", async () => {
  const { course } = await readyToStart();
  await record(course.id, pregnancyTest(TODAY, { time: "18:00", result: "positive" }));
  expect(await answer(course.id)).toBe("no");
  expect((await clinic.refusal("prescribing.issue", issue(course.id))).code).toBe("not-allowed");
});

test.each([
  { testId: "hcg-serum", value: null, text: "Positive", unit: "" },
  { testId: "hcg-urine", value: null, text: "POS", unit: "" },
  { testId: "hcg-quantitative", value: 180, unit: "m[IU]/mL" },
  { testId: "hcg-quantitative", value: 5, unit: "m[IU]/mL" },
])("an hCG among the blood results stops the prescription: %o", async (result) => {
  const { patient, course } = await readyToStart();
  const results = [labInput({ ...result, rangeLow: null, rangeHigh: null })];
  await clinic.call("labs.record", { patientId: patient.id, results });
  const verdict = await clinic.call("prescribing.judge", { courseId: course.id });
  expect(verdict.answer).toBe("no");
  expect(verdict.findings.find((one) => one.rule === "no-positive-test")).toMatchObject({ status: "unmet" });
  const chart = await clinic.call("patients.chart", { id: patient.id });
  expect(chart.verdict?.answer).toBe("no");
});

test.each([
  { testId: "hcg-serum", value: null, text: "negative", unit: "" },
  { testId: "hcg-quantitative", value: 25, comparator: "<" as const, unit: "m[IU]/mL" },
  { testId: "hcg-quantitative", value: 1, unit: "m[IU]/mL" },
])("a negative hCG among the blood results stops nothing: %o", async (result) => {
  const { patient, course } = await readyToStart();
  const results = [labInput({ ...result, rangeLow: null, rangeHigh: null })];
  await clinic.call("labs.record", { patientId: patient.id, results });
  expect(await answer(course.id)).toBe("yes");
});

test("an hCG result is answered by a negative serum test of a later day, and gone when it is voided", async () => {
  const { patient, course } = await readyToStart();
  const hcg = labInput({
    testId: "hcg-serum",
    value: null,
    text: "positive",
    unit: "",
    rangeLow: null,
    rangeHigh: null,
  });
  const [kept] = await clinic.call("labs.record", { patientId: patient.id, results: [hcg] });
  await record(course.id, pregnancyTest(hcg.collectedOn, { sample: "serum" }));
  expect(await answer(course.id)).toBe("no");
  await record(course.id, pregnancyTest("2026-11-21", { sample: "serum" }));
  expect(await answer(course.id)).toBe("yes");

  await clinic.call("labs.record", { patientId: patient.id, results: [{ ...hcg, collectedOn: TODAY }] });
  expect(await answer(course.id)).toBe("no");
  const { results } = await clinic.call("labs.flowsheet", { patientId: patient.id });
  for (const one of results)
    if (one.id !== kept?.id) await clinic.call("labs.void", { id: one.id, reason: "Another patient's." });
  expect(await answer(course.id)).toBe("yes");
});

test("a positive test that was recorded in the course that ended stops the new one", async () => {
  const { patient, course } = await readyToStart();
  await clinic.call("courses.end", {
    id: course.id,
    version: 1,
    endedOn: TODAY,
    reason: "other",
    note: "",
  });
  const next = await clinic.call("courses.open", courseInput(patient.id, { decidedOn: TODAY }));
  await record(course.id, pregnancyTest(TODAY, { result: "positive" }));
  const verdict = await clinic.call("prescribing.judge", { courseId: next.id });
  expect(verdict.findings.find((one) => one.rule === "no-positive-test")).toMatchObject({ status: "unmet" });
});

test("nothing of an earlier course counts for the new one", async () => {
  const { patient, course } = await readyToStart();
  const end = { id: course.id, version: 1, endedOn: TODAY, reason: "other" as const, note: "" };
  await clinic.call("courses.end", end);
  const next = await clinic.call("courses.open", courseInput(patient.id, { decidedOn: TODAY }));
  const verdict = await clinic.call("prescribing.judge", { courseId: next.id });
  const met = verdict.findings.filter((one) => one.status === "met").map((one) => one.rule);
  for (const rule of ["category", "enrolment", "consents", "counselling", "screening-test", "test-in-window"])
    expect(met).not.toContain(rule);
});

/** The steps of the United Kingdom's programme, with contraception since long ago and the test of today. */
async function ukSteps(courseId: string): Promise<void> {
  await record(
    courseId,
    { kind: "consent", on: TODAY, form: "acknowledgement-of-risk", signer: "patient" },
    { kind: "contraception", on: "2026-10-01", first: "combined-pill", second: "condom" },
    { kind: "counselling", on: TODAY, teachBack: "understood" },
    { kind: "wellbeing-check", on: TODAY, mood: "asked", sexualFunction: "asked" },
    pregnancyTest(TODAY),
  );
}

const UK = {
  programme: "mhra",
  decidedOn: "2026-10-01",
  category: { category: "can", criterion: "default", evidence: "" },
} as const;

/** A patient of the United Kingdom whose course ended today, and who may start another with every step done. */
async function anotherCourse(
  before: Entry[] = [],
  reason: "other" | "pregnancy" = "other",
): Promise<{ ended: Course; next: Course }> {
  const { patient, course } = await withCourse(clinic, UK);
  await record(course.id, ...before);
  const ended = await clinic.call("courses.end", {
    id: course.id,
    version: 1,
    endedOn: TODAY,
    reason,
    note: "",
  });
  const next = await clinic.call("courses.open", courseInput(patient.id, { ...UK, decidedOn: TODAY }));
  await ukSteps(next.id);
  return { ended, next };
}

const finding = async (courseId: string, rule: string, question: "prescribe" | "dispense" = "prescribe") => {
  const verdict = await clinic.call("prescribing.judge", { courseId, question });
  return verdict.findings.find((one) => one.rule === rule);
};

test("a course that ended because of a pregnancy stops the next one until a serum test of a later day is negative", async () => {
  const { next } = await anotherCourse([], "pregnancy");
  expect(await finding(next.id, "no-positive-test")).toMatchObject({
    status: "unmet",
    sentence: expect.stringContaining("another course ended because of a pregnancy"),
  });
  const { lines } = await clinic.call("today.list", {});
  expect(lines.filter((one) => one.courseId === next.id).map((one) => one.kind)).toContain("urgent-stop");
  clinic.clock.advance({ days: 1 });
  await clinic.signIn("doctor");
  await record(next.id, pregnancyTest(addDays(TODAY, 1)));
  expect(await answer(next.id)).toBe("no");
  await record(next.id, pregnancyTest(addDays(TODAY, 1), { sample: "serum" }));
  expect(await answer(next.id)).toBe("yes");
});

test("a missed period that is recorded in the course that ended stops the new one until a test of either is negative", async () => {
  const { ended, next } = await anotherCourse();
  expect(await answer(next.id)).toBe("yes");
  clinic.clock.advance({ days: 1 });
  await clinic.signIn("doctor");
  const on = addDays(TODAY, 1);
  await record(ended.id, { kind: "missed-period", on });
  expect(await finding(next.id, "no-missed-period")).toMatchObject({
    status: "unmet",
    datum: "Missed period noted Nov 23, 2026, in another course",
  });
  await record(ended.id, pregnancyTest(on));
  expect(await answer(next.id)).toBe("yes");
});

test("a pregnancy test without a result in the course that ended is waited for, to prescribe and to dispense", async () => {
  const { ended, next } = await anotherCourse();
  await clinic.call("prescribing.issue", issue(next.id, { daysSupply: 7 }));
  const dispense = async () =>
    (await clinic.call("prescribing.judge", { courseId: next.id, question: "dispense" })).answer;
  expect(await dispense()).toBe("yes");
  await record(ended.id, pregnancyTest(TODAY, { result: "pending" }));
  expect(await finding(next.id, "prescription-open", "dispense")).toMatchObject({ status: "unknown" });
  expect(await dispense()).toBe("no");
  clinic.clock.advance({ days: 7 });
  await clinic.signIn("doctor");
  const on = addDays(TODAY, 7);
  await record(ended.id, pregnancyTest(on, { result: "pending" }));
  await record(next.id, pregnancyTest(on));
  expect(await finding(next.id, "test-in-window")).toMatchObject({
    status: "unknown",
    datum: expect.stringMatching(/, in another course$/u),
  });
});

test("unprotected contact of the course that ended sets the month of contraception back in the new one", async () => {
  const lapse: Entry = { kind: "contraception-lapse", on: "2026-11-21", what: "unprotected-contact" };
  const { next } = await anotherCourse([lapse]);
  expect(await finding(next.id, "contraception-month")).toMatchObject({
    status: "unmet",
    datum: "Unprotected contact Nov 21, 2026, in another course",
  });
  await record(next.id, { kind: "contraception", on: TODAY, first: "combined-pill", second: "condom" });
  expect(await finding(next.id, "contraception-month")).toMatchObject({
    status: "unmet",
    datum: "Unbroken since Nov 22, 2026",
  });
});

test("from the can of an earlier course to a first cannot it takes a reason and a second person, at the start or on the programme page", async () => {
  const { patient, course } = await readyToStart();
  const end = { id: course.id, version: 1, endedOn: TODAY, reason: "other" as const, note: "" };
  clinic.clock.advance({ minutes: 1 });
  await clinic.signIn("doctor");
  await clinic.call("courses.end", end);
  const cannot = { category: "cannot", criterion: "cisgender-male", evidence: "" } as const;
  const open = (category: InputOf<"courses.open">["category"]) =>
    clinic.call("courses.open", courseInput(patient.id, { decidedOn: TODAY, category }));
  const next = await open(cannot);
  await record(
    next.id,
    { kind: "enrolment", on: TODAY, programmeNumber: "A-1" },
    { kind: "consent", on: TODAY, form: "all-patients", signer: "patient" },
    { kind: "counselling", on: TODAY, teachBack: "understood" },
  );
  expect(await answer(next.id)).toBe("no");
  expect(await finding(next.id, "category")).toMatchObject({
    status: "unknown",
    sentence: expect.stringContaining("By an earlier course this patient can become pregnant."),
  });
  const chart = await clinic.call("patients.chart", { id: patient.id });
  expect(chart.open).toMatchObject({ category: "can", categoryBefore: "can" });
  // Agreed is nothing that has no reason.
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.signIn("nurse");
  const [first] = await entriesOf(next.id);
  const agreement = (entryId: string) =>
    ({ courseId: next.id, entry: { kind: "category-agreement", on: TODAY, entryId } }) as const;
  expect((await clinic.refusal("programme.record", agreement(first?.id ?? ""))).code).toBe("not-allowed");

  clinic.clock.advance({ minutes: 1 });
  await clinic.signIn("doctor");
  await record(next.id, { kind: "risk-category", on: TODAY, ...cannot, changeReason: "Typed wrongly." });
  expect(await finding(next.id, "category")).toMatchObject({
    sentence: expect.stringContaining("A second person must agree"),
  });
  const { lines } = await clinic.call("today.list", {});
  expect(lines.map((one) => one.kind)).toContain("agreement-missing");
  const change = (await entriesOf(next.id)).findLast((one) => one.kind === "risk-category");
  expect((await clinic.refusal("programme.record", agreement(change?.id ?? ""))).sentence).toContain(
    "You recorded this change yourself.",
  );
  await clinic.signIn("nurse");
  await clinic.call("programme.record", agreement(change?.id ?? ""));
  expect(await answer(next.id)).toBe("yes");

  // A third course goes on from there.
  await clinic.signIn("doctor");
  await clinic.call("courses.end", { ...end, id: next.id });
  const third = await open(cannot);
  expect(await finding(third.id, "category")).toMatchObject({ status: "met" });
  await clinic.call("courses.end", { ...end, id: third.id });
  expect(
    (await clinic.call("patients.chart", { id: patient.id })).earlier.map((one) => one.category),
  ).toContain("cannot");
});

test("a reason that was given at the start leaves only the second person's agreement", async () => {
  const { patient, course } = await readyToStart();
  const end = { id: course.id, version: 1, endedOn: TODAY, reason: "other" as const, note: "" };
  await clinic.call("courses.end", end);
  const category = {
    category: "cannot",
    criterion: "hysterectomy",
    evidence: "Note",
    changeReason: "Operated.",
  } as const;
  const next = await clinic.call("courses.open", courseInput(patient.id, { decidedOn: TODAY, category }));
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.signIn("nurse");
  const [change] = await entriesOf(next.id);
  const entry = { kind: "category-agreement", on: TODAY, entryId: change?.id ?? "" } as const;
  await clinic.call("programme.record", { courseId: next.id, entry });
  expect(await finding(next.id, "category")).toMatchObject({ status: "met" });
});

test("a first cannot that is recorded later is asked for its reason too, and one after no earlier can is not", async () => {
  const { patient, course } = await readyToStart();
  const cannot = {
    kind: "risk-category",
    on: TODAY,
    category: "cannot",
    criterion: "cisgender-male",
  } as const;
  await clinic.call("courses.end", { id: course.id, version: 1, endedOn: TODAY, reason: "other", note: "" });
  const next = await clinic.call("courses.open", courseInput(patient.id, { decidedOn: TODAY }));
  const refused = await clinic.refusal("programme.record", { courseId: next.id, entry: cannot });
  expect(refused.fields).toHaveProperty(["entry.changeReason"]);
  await record(next.id, { ...cannot, category: "can", criterion: "default" });

  const other = await withCourse(clinic, {}, { familyName: "Other" });
  await record(other.course.id, cannot);
  expect(await finding(other.course.id, "category")).toMatchObject({ status: "met" });
});

const HCG = { value: null, text: "", unit: "", rangeLow: null, rangeHigh: null, collectedOn: TODAY };

test.each([
  ...["inconclusive", "weakly reactive", "hCG detected", "pregnant", "+"].map(
    (text) => [{ testId: "hcg-serum", text }, "no-positive-test", "unmet"] as const,
  ),
  ...["invalid", "Not negative", "unclear", "haemolysed", "Negative?"].map(
    (text) => [{ testId: "hcg-serum", text }, "no-positive-test", "unknown"] as const,
  ),
  [{ testId: "hcg-quantitative", text: "trace", unit: "m[IU]/mL" }, "no-positive-test", "unknown"],
  [{ testId: "hcg-quantitative", value: 2, unit: "[IU]/mL" }, "no-positive-test", "unknown"],
  [
    { testId: "hcg-quantitative", value: 4, comparator: ">", unit: "m[IU]/mL" },
    "no-positive-test",
    "unknown",
  ],
  [{ testId: "hcg-serum", text: "pending" }, "test-in-window", "unknown"],
] as const)(
  "an hCG that is no clear negative holds the prescription back: %o by %s, %s",
  async (over, rule, status) => {
    const { patient, course } = await withCourse(clinic, UK);
    await ukSteps(course.id);
    expect(await answer(course.id)).toBe("yes");
    const [kept] = await clinic.call("labs.record", {
      patientId: patient.id,
      results: [labInput({ ...HCG, ...over })],
      confirmed: ["results.0.unit"],
    });
    expect(await answer(course.id)).toBe("no");
    expect(await finding(course.id, rule)).toMatchObject({ status });
    // Put right, it holds nothing back.
    await clinic.call("labs.correct", {
      id: kept?.id ?? "",
      result: labInput({
        ...HCG,
        testId: over.testId,
        ...(over.testId === "hcg-serum" ? { text: "Non-reactive." } : { value: 1, unit: "m[IU]/mL" }),
      }),
      reason: "Typed wrongly.",
    });
    expect(await answer(course.id)).toBe("yes");
  },
);

test("capsules of an earlier course that last until today are asked about before more are prescribed", async () => {
  const { patient, course } = await withCourseThatMayBePrescribed(clinic);
  await clinic.call("prescribing.issue", issue(course.id));
  const end = { id: course.id, version: 1, endedOn: TODAY, reason: "other" as const, note: "" };
  await clinic.call("courses.end", end);
  const next = await clinic.call(
    "courses.open",
    courseInput(patient.id, {
      decidedOn: TODAY,
      category: { category: "cannot", criterion: "cisgender-male", evidence: "" },
    }),
  );
  await record(
    next.id,
    { kind: "enrolment", on: TODAY, programmeNumber: "A-2" },
    { kind: "consent", on: TODAY, form: "all-patients", signer: "patient" },
    { kind: "counselling", on: TODAY, teachBack: "understood" },
  );
  expect(await clinic.refusal("prescribing.issue", issue(next.id))).toMatchObject({
    code: "unlikely",
    fields: { daysSupply: expect.stringContaining("Dec 21, 2026") },
  });
  await clinic.call("prescribing.issue", issue(next.id, { confirmed: ["daysSupply"] }));
});

test("of several prescriptions asked for at once, one is issued, however short its supply", async () => {
  for (const daysSupply of [30, 7, 1]) {
    const { course } = await withCourseThatMayBePrescribed(clinic);
    const asked = await Promise.all(
      Array.from({ length: 4 }, () => clinic.envelope("prescribing.issue", issue(course.id, { daysSupply }))),
    );
    expect(asked.filter((one) => one.ok)).toHaveLength(1);
  }
});

test("nothing dispensed, said before a prescription, says nothing of that prescription", async () => {
  const { course } = await withCourseThatMayBePrescribed(clinic);
  const none: Entry = { kind: "dispensing", on: TODAY, capsules: 0, productId: "claravis" };
  await clinic.call("prescribing.issue", issue(course.id));
  clinic.clock.advance({ minutes: 1 });
  await record(course.id, none);
  clinic.clock.advance({ minutes: 1 });
  await clinic.call("prescribing.issue", issue(course.id));
  expect((await clinic.refusal("prescribing.issue", issue(course.id))).code).toBe("not-allowed");
  clinic.clock.advance({ days: 1 });
  await clinic.call("session.unlock", { password: PASSWORD });
  expect((await clinic.refusal("prescribing.issue", issue(course.id))).code).toBe("not-allowed");
});

test("a clock that was set back does not bring back what was prescribed", async () => {
  const { course } = await withCourseThatMayBePrescribed(clinic);
  await clinic.call("prescribing.issue", issue(course.id));
  for (const at of ["2026-11-21T17:00:00.000Z", "2026-11-22T16:59:00.000Z"]) {
    clinic.clock.set(at);
    const refusal = await clinic.refusal("prescribing.issue", issue(course.id));
    expect(refusal).toMatchObject({ code: "not-allowed", sentence: expect.stringContaining("clock") });
    // Every screen that tells where the course stands says the same.
    const chart = await clinic.call("patients.chart", { id: course.patientId });
    expect(chart.verdict).toMatchObject({ answer: "no", sentence: expect.stringContaining("clock") });
    expect(chart.open?.status).toMatchObject({ label: "Clock behind", tone: "warning" });
    expect(await clinic.call("lane.read", { courseId: course.id })).toMatchObject({
      clockBehind: true,
      lane: { next: null },
    });
    expect((await clinic.call("today.list", {})).clockBehind).toBe(true);
  }
  clinic.clock.set(NOON);
  expect(await clinic.call("prescribing.list", { courseId: course.id })).toHaveLength(1);
  expect(await clinic.call("audit.verify", {})).toMatchObject({ brokenAt: null });
});

test("another dose than the visit decided is asked about", async () => {
  const { course } = await withCourseThatMayBePrescribed(clinic);
  const capsules = [{ strengthMg: 30, morning: 1, evening: 0 }];
  await clinic.call(
    "visits.save",
    visitInput(course.id, { dose: { action: "start", capsules, from: TODAY, reason: "" } }),
  );
  const twice = issue(course.id, { capsules: [{ strengthMg: 30, morning: 1, evening: 1 }] });
  expect(await clinic.refusal("prescribing.issue", twice)).toMatchObject({
    code: "unlikely",
    fields: { capsules: expect.stringContaining("30 mg a day") },
  });
  await clinic.call("prescribing.issue", issue(course.id));
});

test("a visit of another patient, and one that was voided, carry no prescription", async () => {
  const { course } = await withCourseThatMayBePrescribed(clinic);
  const other = await withCourse(clinic, {}, { familyName: "Other" });
  const foreign = await clinic.call("visits.save", visitInput(other.course.id));
  const own = await clinic.call("visits.save", visitInput(course.id));
  await clinic.call("visits.void", { id: own.id, reason: "Another patient's." });
  for (const visitId of [foreign.id, own.id])
    expect((await clinic.refusal("prescribing.issue", issue(course.id, { visitId }))).code).toBe("not-found");
});

test("once treatment has begun, the category is changed by a new entry of today, which asks for the whole start again", async () => {
  const { course } = await withCourseThatMayBePrescribed(clinic);
  await record(course.id, { kind: "first-dose", on: "2026-11-20" });
  const [category] = (await clinic.call("programme.entries", { courseId: course.id })).filter(
    (one) => one.kind === "risk-category",
  );
  if (category === undefined) throw new Error("the course has no category");
  const can = { kind: "risk-category", on: category.on, category: "can", criterion: "default" } as const;
  const corrected = await clinic.refusal("programme.correct", {
    id: category.id,
    entry: can,
    reason: "mistaken",
  });
  expect(corrected.code).toBe("not-allowed");
  expect((await clinic.refusal("programme.void", { id: category.id, reason: "mistaken" })).code).toBe(
    "not-allowed",
  );
  const back = await clinic.refusal("programme.record", { courseId: course.id, entry: can });
  expect(back.fields["on"]).toContain("Treatment has begun");

  await record(course.id, { ...can, on: TODAY, changeReason: "Mistaken before" }, pregnancyTest(TODAY));
  const verdict = await clinic.call("prescribing.judge", { courseId: course.id });
  expect(verdict.answer).toBe("no");
  expect(verdict.findings.find((one) => one.rule === "contraception-month")?.status).not.toBe("met");
});

test("the evidence behind a category may be corrected at any time", async () => {
  const { course } = await withCourseThatMayBePrescribed(clinic);
  await record(course.id, { kind: "first-dose", on: "2026-11-20" });
  const [category] = (await clinic.call("programme.entries", { courseId: course.id })).filter(
    (one) => one.kind === "risk-category",
  );
  if (category?.kind !== "risk-category") throw new Error("the course has no category");
  const { on, category: same, criterion } = category;
  const entry = { kind: "risk-category", on, category: same, criterion, evidence: "Seen." } as const;
  expect(
    await clinic.call("programme.correct", { id: category.id, entry, reason: "note added" }),
  ).toMatchObject({
    evidence: "Seen.",
  });
});

test("only a prescriber takes back what stops treatment; a nurse may correct everything else", async () => {
  const { course } = await readyToStart();
  await record(course.id, pregnancyTest(TODAY, { result: "positive" }), { kind: "missed-period", on: TODAY });
  const entries = await clinic.call("programme.entries", { courseId: course.id });
  const stops = entries.filter(
    (one) => one.kind === "missed-period" || (one.kind === "pregnancy-test" && one.result === "positive"),
  );
  expect(stops).toHaveLength(2);
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.signIn("nurse");
  for (const { id } of stops)
    expect((await clinic.refusal("programme.void", { id, reason: "a slip of the pen" })).code).toBe(
      "not-allowed",
    );
  const test = stops.find((one) => one.kind === "pregnancy-test");
  const negative = pregnancyTest(TODAY);
  expect(
    (await clinic.refusal("programme.correct", { id: test?.id ?? "", entry: negative, reason: "misread" }))
      .code,
  ).toBe("not-allowed");
  const counselling = entries.find((one) => one.kind === "counselling");
  await clinic.call("programme.void", { id: counselling?.id ?? "", reason: "not today" });
  await clinic.signIn("doctor");
  await clinic.call("programme.correct", { id: test?.id ?? "", entry: negative, reason: "misread" });
});

test("only a prescriber makes a missed pill of stopped contraception, or dates back what stops treatment", async () => {
  const { course } = await readyToStart();
  const lapse: Entry = { kind: "contraception-lapse", on: TODAY, what: "stopped" };
  const positive = pregnancyTest("2026-11-20", { result: "positive" });
  await record(course.id, lapse, positive);
  const entries = await clinic.call("programme.entries", { courseId: course.id });
  const idOf = (kind: Entry["kind"], on: string): string =>
    entries.find((one) => one.kind === kind && one.on === on)?.id ?? "";
  const corrections = [
    {
      id: idOf("contraception-lapse", TODAY),
      entry: { ...lapse, what: "missed" as const },
      reason: "one pill",
    },
    { id: idOf("contraception-lapse", TODAY), entry: { ...lapse, on: "2026-11-19" }, reason: "earlier" },
    { id: idOf("pregnancy-test", "2026-11-20"), entry: { ...positive, on: "2026-11-19" }, reason: "earlier" },
  ];
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.signIn("nurse");
  for (const one of corrections)
    expect((await clinic.refusal("programme.correct", one)).code).toBe("not-allowed");
  const { id } = await clinic.call("programme.correct", {
    id: idOf("contraception-lapse", TODAY),
    entry: { ...lapse, what: "unprotected-contact" },
    reason: "asked again",
  });
  await clinic.signIn("doctor");
  const missed = { ...lapse, what: "missed" as const };
  await clinic.call("programme.correct", { id, entry: missed, reason: "one pill" });
});

test("only a prescriber gives what stops treatment an hour that another test of its day can come after", async () => {
  const { course } = await readyToStart();
  const kept = async (over: Partial<Extract<Entry, { kind: "pregnancy-test" }>>): Promise<string> =>
    (
      await clinic.call("programme.record", {
        courseId: course.id,
        entry: pregnancyTest("2026-11-20", { result: "indeterminate", ...over }),
      })
    ).id;
  const timed = await kept({ time: "11:00" });
  const untimed = await kept({ time: null });
  const to = (id: string, time: string | null, on = "2026-11-20") => ({
    id,
    entry: pregnancyTest(on, { result: "indeterminate", time }),
    reason: "The hour",
  });
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.signIn("nurse");
  for (const one of [to(timed, "10:59"), to(untimed, "11:00")])
    expect((await clinic.refusal("programme.correct", one)).code).toBe("not-allowed");
  await clinic.call("programme.correct", to(untimed, null));
  const { id } = await clinic.call("programme.correct", to(timed, "11:00"));
  const later = await clinic.call("programme.correct", to(id, "11:01"));
  const nextDay = await clinic.call("programme.correct", to(later.id, "08:00", "2026-11-21"));
  await clinic.call("programme.correct", to(nextDay.id, null, "2026-11-21"));
});

test.each(["pause", "treatment-stop", "last-dose"] as const)(
  "a nurse neither dates a %s back, behind what was resumed before it, nor voids it; a note may be put right",
  async (kind) => {
    const { course } = await readyToStart();
    await record(
      course.id,
      { kind: "pause", on: "2026-11-10", why: "Away" },
      { kind: "resume", on: "2026-11-12" },
    );
    await clinic.addAccount("nurse", ["nurse"]);
    await clinic.signIn("nurse");
    const of = (on: string, note = ""): Entry =>
      kind === "last-dose" ? { kind, on, note } : { kind, on, why: "ALT", note };
    const { id } = await clinic.call("programme.record", { courseId: course.id, entry: of("2026-11-21") });
    expect(await answer(course.id)).toBe("no");
    for (const on of ["2026-11-11", "2026-11-20"])
      expect(
        await clinic.refusal("programme.correct", { id, entry: of(on), reason: "Another day" }),
      ).toMatchObject({
        code: "not-allowed",
        sentence: expect.stringContaining("Only a prescriber"),
      });
    expect((await clinic.refusal("programme.void", { id, reason: "It goes on" })).code).toBe("not-allowed");
    const noted = { id, entry: of("2026-11-21", "Said on the phone"), reason: "Who said it" };
    const again = await clinic.call("programme.correct", noted);
    await clinic.signIn("doctor");
    await clinic.call("programme.correct", { id: again.id, entry: of("2026-11-11"), reason: "Another day" });
    expect(await answer(course.id)).toBe("yes");
  },
);

test("a nurse makes no shorter break of a long one: an end of treatment is moved to no later day either", async () => {
  const { course } = await readyToStart();
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.signIn("nurse");
  for (const kind of ["treatment-stop", "last-dose", "pause"] as const) {
    const of = (on: string): Entry => (kind === "last-dose" ? { kind, on } : { kind, on, why: "ALT" });
    const { id } = await clinic.call("programme.record", { courseId: course.id, entry: of("2026-10-05") });
    const later = { id, entry: of("2026-11-20"), reason: "Another day" };
    if (kind === "pause") await clinic.call("programme.correct", later);
    else expect((await clinic.refusal("programme.correct", later)).code).toBe("not-allowed");
  }
});

test("a nurse dates no positive hCG back, behind a negative serum test; putting the note right is no lifting", async () => {
  const { patient, course } = await readyToStart();
  await record(course.id, pregnancyTest("2026-11-19", { sample: "serum" }));
  const hcg = (collectedOn: string, note = "") =>
    labInput({
      testId: "hcg-serum",
      value: null,
      text: "positive",
      unit: "",
      rangeLow: null,
      rangeHigh: null,
      collectedOn,
      note,
    });
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.signIn("nurse");
  const results = [hcg("2026-11-21")];
  const [kept] = await clinic.call("labs.record", { patientId: patient.id, results });
  const id = kept?.id ?? "";
  for (const on of ["2026-11-18", "2026-11-20"])
    expect(
      (await clinic.refusal("labs.correct", { id, result: hcg(on), reason: "Another day" })).sentence,
    ).toContain("date it back");
  const noted = await clinic.call("labs.correct", {
    id,
    result: hcg("2026-11-21", "By phone"),
    reason: "Who told",
  });
  const later = { id: noted.id, result: hcg("2026-11-22"), reason: "Another day" };
  const moved = await clinic.call("labs.correct", later);
  expect(await answer(course.id)).toBe("no");
  await clinic.signIn("doctor");
  await clinic.call("labs.correct", { id: moved.id, result: hcg("2026-11-18"), reason: "Another day" });
  expect(await answer(course.id)).toBe("yes");
});

test("a nurse turns no pregnancy of a visit into an entry of another kind", async () => {
  const { course } = await readyToStart();
  const pregnancy = { id: null, kind: "pregnancy" as const, on: TODAY, note: "", knownHow: "" };
  const visit = await clinic.call("visits.save", visitInput(course.id, { entries: [pregnancy] }));
  const [kept] = visit.form.entries;
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.signIn("nurse");
  const pause = { id: kept?.id ?? "", kind: "pause" as const, on: TODAY, note: "", why: "Away" };
  const page = visitInput(course.id, { entries: [pause] }, { id: visit.id, version: visit.version });
  expect((await clinic.refusal("visits.save", page)).code).toBe("not-allowed");
});

test("a visit that is voided leaves its positive test in force; only by itself is the test taken back", async () => {
  const { course } = await readyToStart();
  const visit = await clinic.call(
    "visits.save",
    visitInput(course.id, {
      entries: [{ id: null, ...pregnancyTest(TODAY, { result: "positive" }), note: "", readBy: "" }],
    } as Partial<VisitForm>),
  );
  expect(await answer(course.id)).toBe("no");
  const refusal = await clinic.refusal("visits.void", { id: visit.id, reason: "Another patient's." });
  expect(refusal).toMatchObject({
    code: "unlikely",
    fields: { "stays.0": expect.stringContaining("stays in force") },
  });
  expect((await clinic.call("visits.read", { id: visit.id })).voidReason).toBeNull();

  await clinic.call("visits.void", {
    id: visit.id,
    reason: "Another patient's.",
    confirmed: Object.keys(refusal.fields),
  });
  expect(await answer(course.id)).toBe("no");
  expect((await clinic.refusal("prescribing.issue", issue(course.id))).code).toBe("not-allowed");

  const test = (await clinic.call("programme.entries", { courseId: course.id })).find(
    (one) => one.kind === "pregnancy-test" && one.result === "positive",
  );
  await clinic.call("programme.void", { id: test?.id ?? "", reason: "Another patient's." });
  expect(await answer(course.id)).toBe("yes");
  const trail = await clinic.call("audit.list", {
    patientId: course.patientId,
    userId: null,
    from: null,
    to: null,
    before: null,
    limit: 50,
  });
  const told = (action: string, outcome: string) =>
    trail.filter((one) => one.action === action && one.outcome === outcome);
  expect(told("visits.void", "refused")[0]?.detail).toContain("stays.0");
  expect(told("visits.void", "done")).toHaveLength(1);
  expect(told("programme.void", "done")[0]?.detail).toContain(test?.id);
});

test("an hCG of a voided visit goes on stopping too", async () => {
  const { course } = await readyToStart();
  const visit = await clinic.call(
    "visits.save",
    visitInput(course.id, {
      labs: [
        {
          id: null,
          ...labInput({ testId: "hcg-serum", value: null, text: "positive", unit: "", rangeLow: null }),
          rangeHigh: null,
        },
      ],
    }),
  );
  const { fields } = await clinic.refusal("visits.void", { id: visit.id, reason: "Wrong day." });
  expect(Object.values(fields)).toEqual([expect.stringContaining("flowsheet")]);
  await clinic.call("visits.void", { id: visit.id, reason: "Wrong day.", confirmed: Object.keys(fields) });
  expect(await answer(course.id)).toBe("no");
});

test("a hold that goes with its visit is told before the visit is voided", async () => {
  const { course } = await readyToStart();
  const visit = await clinic.call(
    "visits.save",
    visitInput(course.id, { dose: { action: "hold", capsules: [], from: TODAY, reason: "ALT" } }),
  );
  expect(await answer(course.id)).toBe("no");
  const voiding = { id: visit.id, reason: "Wrong day." };
  const refusal = await clinic.refusal("visits.void", voiding);
  expect(refusal).toMatchObject({
    code: "unlikely",
    fields: { "lifted.course-open": expect.stringContaining("no longer stands against a prescription") },
  });
  expect(await answer(course.id)).toBe("no");
  await clinic.call("visits.void", { ...voiding, confirmed: ["lifted.course-open"] });
  expect(await answer(course.id)).toBe("yes");
});

test("a visit that stops nothing is voided without a question, with what it held", async () => {
  const { course } = await readyToStart();
  const counselled = { id: null, kind: "counselling", on: TODAY, note: "", teachBack: "understood" } as const;
  const visit = await clinic.call(
    "visits.save",
    visitInput(course.id, {
      entries: [counselled],
      labs: [{ id: null, ...labInput({}) }],
    }),
  );
  const before = await clinic.call("programme.entries", { courseId: course.id });
  await clinic.call("visits.void", { id: visit.id, reason: "Wrong day." });
  expect(await clinic.call("programme.entries", { courseId: course.id })).toHaveLength(before.length - 1);
  expect((await clinic.call("labs.flowsheet", { patientId: course.patientId })).results).toEqual([]);
});

test("a nurse takes back no stop through the visit or the flowsheet either", async () => {
  const { patient, course } = await readyToStart();
  const hcg = labInput({
    testId: "hcg-serum",
    value: null,
    text: "positive",
    unit: "",
    rangeLow: null,
    rangeHigh: null,
  });
  const positive = { id: null, ...pregnancyTest(TODAY, { result: "positive" }), note: "", readBy: "" };
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.signIn("nurse");
  const visit = await clinic.call(
    "visits.save",
    visitInput(course.id, { entries: [positive], labs: [{ id: null, ...hcg }] } as Partial<VisitForm>),
  );
  const again = (form: Partial<VisitForm>) =>
    visitInput(course.id, { ...visit.form, ...form }, { id: visit.id, version: visit.version });
  const [test] = visit.form.entries;
  if (test?.kind !== "pregnancy-test") throw new Error("the visit kept no test");
  const takenBack: Partial<VisitForm>[] = [
    { entries: [] },
    { entries: [{ ...test, result: "negative" }] },
    { labs: [] },
    { labs: visit.form.labs.map((one) => ({ ...one, text: "negative" })) },
  ];
  for (const form of takenBack)
    expect((await clinic.refusal("visits.save", again(form))).code).toBe("not-allowed");
  const [result] = (await clinic.call("labs.flowsheet", { patientId: patient.id })).results;
  const id = result?.id ?? "";
  expect((await clinic.refusal("labs.void", { id, reason: "misread" })).code).toBe("not-allowed");
  const negative = { ...hcg, text: "negative" };
  expect((await clinic.refusal("labs.correct", { id, result: negative, reason: "misread" })).code).toBe(
    "not-allowed",
  );
  // What goes on stopping may be put right.
  const later = await clinic.call("visits.save", again({ entries: [{ ...test, note: "Read twice." }] }));
  expect(later.form.entries).toMatchObject([{ note: "Read twice." }]);
  await clinic.signIn("doctor");
  await clinic.call("labs.correct", { id, result: negative, reason: "misread" });
});

test("a hold is lifted by a visit that a prescriber signed, never by one that nobody signed", async () => {
  const { course } = await readyToStart();
  const dose = (action: "hold" | "continue") => ({
    action,
    capsules: action === "hold" ? [] : [{ strengthMg: 30, morning: 1, evening: 0 }],
    from: TODAY,
    reason: "",
  });
  await clinic.call("visits.sign", {
    ...visitInput(course.id, { date: "2026-11-20", dose: { ...dose("hold"), from: "2026-11-20" } }),
    password: PASSWORD,
  });
  expect(await answer(course.id)).toBe("no");
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.signIn("nurse");
  const visit = await clinic.call("visits.save", visitInput(course.id, { dose: dose("continue") }));
  expect(await answer(course.id)).toBe("no");
  await clinic.signIn("doctor");
  const { id, version } = visit;
  await clinic.call("visits.sign", {
    ...visitInput(course.id, { dose: dose("continue") }, { id, version }),
    password: PASSWORD,
  });
  expect(await answer(course.id)).toBe("yes");
});

test("a hold counts before anybody signs, on the chart and on Today, and a nurse cannot take it out of the visit again", async () => {
  const { course } = await readyToStart();
  const hold = { action: "hold" as const, capsules: [], from: TODAY, reason: "Triglycerides" };
  const visit = await clinic.call("visits.save", visitInput(course.id, { dose: hold }));
  expect(await answer(course.id)).toBe("no");
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.signIn("nurse");
  const over = { id: visit.id, version: visit.version };
  const refused = await clinic.refusal("visits.save", visitInput(course.id, { dose: null }, over));
  expect(refused).toMatchObject({ code: "not-allowed", fields: { dose: expect.any(String) } });
  await clinic.call("visits.save", visitInput(course.id, { dose: hold, plan: "Repeat the test" }, over));
});

test("a nurse moves no visit that holds or stops the dose to another day, where a signed dose may stand after it", async () => {
  const { course } = await readyToStart();
  const capsules = [{ strengthMg: 30, morning: 1, evening: 0 }];
  const start = { action: "start" as const, capsules, from: "2026-11-15", reason: "" };
  await clinic.call("visits.sign", {
    ...visitInput(course.id, { date: "2026-11-15", dose: start }),
    password: PASSWORD,
  });
  await clinic.addAccount("nurse", ["nurse"]);
  for (const action of ["hold", "stop"] as const) {
    const dose = { action, capsules: [], from: "2026-11-20", reason: "ALT" };
    const date = action === "hold" ? "2026-11-20" : "2026-11-19";
    await clinic.signIn("doctor");
    const saved = await clinic.call("visits.save", visitInput(course.id, { date, dose }));
    await clinic.signIn("nurse");
    const to = (day: string) =>
      visitInput(course.id, { date: day, dose }, { id: saved.id, version: saved.version });
    for (const day of ["2026-11-09", "2026-11-18", "2026-11-21"])
      expect(await clinic.refusal("visits.save", to(day))).toMatchObject({
        code: "not-allowed",
        fields: { date: expect.stringContaining("Only a prescriber may change its day") },
      });
    expect(await answer(course.id)).toBe("no");
    await clinic.signIn("doctor");
    await clinic.call("visits.save", to(action === "hold" ? "2026-11-10" : "2026-11-11"));
  }
  expect(await answer(course.id)).toBe("yes");
});

test("a pause is ended by a prescriber alone, by an entry or by taking it back", async () => {
  const { course } = await readyToStart();
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.signIn("nurse");
  await record(course.id, { kind: "pause", on: TODAY, why: "Triglycerides" });
  const pause = (await clinic.call("programme.entries", { courseId: course.id })).find(
    (one) => one.kind === "pause",
  );
  const resume = { courseId: course.id, entry: { kind: "resume", on: TODAY } } as const;
  expect(await clinic.refusal("programme.record", resume)).toMatchObject({
    code: "not-allowed",
    sentence: expect.stringContaining("Only a prescriber"),
  });
  expect((await clinic.refusal("programme.void", { id: pause?.id ?? "", reason: "not paused" })).code).toBe(
    "not-allowed",
  );
  const entries = [{ kind: "resume" as const, on: TODAY, note: "", id: null }];
  expect((await clinic.refusal("visits.save", visitInput(course.id, { entries }))).code).toBe("not-allowed");
  expect(await answer(course.id)).toBe("no");
  await clinic.signIn("doctor");
  await clinic.call("programme.record", resume);
});

test("a nurse neither gives the permission for home tests nor takes its withdrawal back", async () => {
  const { course } = await readyToStart();
  await record(course.id, { kind: "home-test-permission", on: "2026-11-20", given: true });
  await record(course.id, { kind: "home-test-permission", on: TODAY, given: false });
  const withdrawn = (await clinic.call("programme.entries", { courseId: course.id })).find(
    (one) => one.kind === "home-test-permission" && !one.given,
  );
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.signIn("nurse");
  const entry = { kind: "home-test-permission", on: TODAY, given: true } as const;
  expect((await clinic.refusal("programme.record", { courseId: course.id, entry })).code).toBe("not-allowed");
  const id = withdrawn?.id ?? "";
  expect((await clinic.refusal("programme.void", { id, reason: "a slip of the pen" })).code).toBe(
    "not-allowed",
  );
  expect((await clinic.refusal("programme.correct", { id, entry, reason: "a slip" })).code).toBe(
    "not-allowed",
  );
  // Behind the day on which it was given.
  const back = { ...entry, on: "2026-11-19", given: false };
  expect((await clinic.refusal("programme.correct", { id, entry: back, reason: "Another day" })).code).toBe(
    "not-allowed",
  );
});

test("after a lapse the first confirmation is a prescriber's, for a nurse's would be the word that treatment begins again", async () => {
  const { course } = await readyToStart();
  await clinic.call("prescribing.issue", issue(course.id));
  await record(course.id, { kind: "contraception-lapse", on: "2026-11-21", what: "unprotected-contact" });
  for (const one of await clinic.call("programme.entries", { courseId: course.id }))
    if (one.kind === "prescriber-confirmation")
      await clinic.call("programme.void", { id: one.id, reason: "before the lapse was known" });
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.signIn("nurse");
  const entry = { kind: "prescriber-confirmation", on: TODAY } as const;
  const refused = await clinic.refusal("programme.record", { courseId: course.id, entry });
  expect(refused).toMatchObject({
    code: "not-allowed",
    sentence: expect.stringContaining("the prescriber’s own word"),
  });
  const entries = [{ ...entry, note: "", id: null }];
  expect((await clinic.refusal("visits.save", visitInput(course.id, { entries }))).code).toBe("not-allowed");
});

test("a nurse's confirmation is no word for a lapse that stands on the same page, nor one of before the lapse was known", async () => {
  const { course } = await readyToStart();
  await clinic.call("prescribing.issue", issue(course.id));
  for (const one of await entriesOf(course.id))
    if (one.kind === "prescriber-confirmation")
      await clinic.call("programme.void", { id: one.id, reason: "not of this month" });
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.signIn("nurse");
  const what = "unprotected-contact";
  const lapse = { kind: "contraception-lapse", on: "2026-11-20", what, note: "", id: null } as const;
  const confirmation = { kind: "prescriber-confirmation", on: TODAY, note: "", id: null } as const;
  for (const entries of [
    [lapse, confirmation],
    [confirmation, lapse],
  ])
    expect(await clinic.refusal("visits.save", visitInput(course.id, { entries }))).toMatchObject({
      code: "not-allowed",
      sentence: expect.stringContaining("the prescriber’s own word"),
    });

  await record(course.id, { kind: "prescriber-confirmation", on: "2026-11-21" });
  clinic.clock.advance({ minutes: 5 });
  await record(course.id, { kind: "contraception-lapse", on: "2026-11-20", what });
  const entry = { kind: "prescriber-confirmation", on: TODAY } as const;
  expect((await clinic.refusal("programme.record", { courseId: course.id, entry })).code).toBe("not-allowed");
});

test("a prescription whose capsules were collected is not voided, so that no second month follows the same test", async () => {
  for (const { course } of [await readyToStart(), await withCourseThatMayBePrescribed(clinic)]) {
    const issued = await clinic.call("prescribing.issue", issue(course.id));
    await record(course.id, { kind: "dispensing", on: TODAY, capsules: 30, productId: "claravis" });
    const voiding = { id: issued.id, reason: "Wrong dose." };
    expect(await clinic.refusal("prescribing.void", voiding)).toMatchObject({
      code: "not-allowed",
      sentence: expect.stringContaining("collected"),
    });
    expect(await answer(course.id)).toBe("no");
    const collected = (await entriesOf(course.id)).find((one) => one.kind === "dispensing");
    await clinic.call("programme.void", { id: collected?.id ?? "", reason: "Another patient's." });
    await clinic.call("prescribing.void", voiding);
  }
});

test("a prescription with a first dose on record is not voided", async () => {
  const { course } = await readyToStart();
  const { id } = await clinic.call("prescribing.issue", issue(course.id));
  await record(course.id, { kind: "first-dose", on: TODAY });
  const voiding = { id, reason: "Wrong dose." };
  expect((await clinic.refusal("prescribing.void", voiding)).sentence).toContain("A first dose is on record");
  expect(await answer(course.id)).toBe("no");
  const dose = (await entriesOf(course.id)).find((one) => one.kind === "first-dose");
  await clinic.call("programme.void", { id: dose?.id ?? "", reason: "None was taken." });
  await clinic.call("prescribing.void", voiding);
});

test.each([
  ["2026-11-21", true],
  ["2026-11-15", true],
  ["2026-11-14", false],
])(
  "of the first prescription a pick-up that was typed with a day before it, %s, keeps it: %s",
  async (on, kept) => {
    const { course } = await readyToStart();
    const { id } = await clinic.call("prescribing.issue", issue(course.id));
    await record(course.id, pickUp(on, 30));
    const voiding = { id, reason: "Wrong dose." };
    if (kept) {
      expect((await clinic.refusal("prescribing.void", voiding)).sentence).toMatch(
        /^A pick-up of .* belongs to no other\. Put its day right/u,
      );
      const early = (await entriesOf(course.id)).find((one) => one.kind === "dispensing");
      await clinic.call("programme.void", { id: early?.id ?? "", reason: "Another patient's." });
    }
    await clinic.call("prescribing.void", voiding);
  },
);

test("a pick-up of another clinic, recorded before the first prescription was issued here, keeps no prescription", async () => {
  const { course } = await withCourseThatMayBePrescribed(clinic);
  await record(course.id, pickUp("2026-10-23", 30), { kind: "first-dose", on: "2026-10-23" });
  clinic.clock.advance({ days: 1 });
  await clinic.signIn("doctor");
  const { id } = await clinic.call("prescribing.issue", issue(course.id));
  await clinic.call("prescribing.void", { id, reason: "Wrong dose." });
});

test("a prescription that another followed is not voided before it is recorded what became of it", async () => {
  const { course } = await withCourseThatMayBePrescribed(clinic);
  const first = await clinic.call("prescribing.issue", issue(course.id, { daysSupply: 7 }));
  clinic.clock.advance({ days: 7 });
  await clinic.signIn("doctor");
  await clinic.call("prescribing.issue", issue(course.id));
  const voiding = { id: first.id, reason: "Wrong." };
  expect((await clinic.refusal("prescribing.void", voiding)).sentence).toBe(
    "Another prescription followed it. Record what became of it first: collected, or nothing dispensed.",
  );
  await record(course.id, pickUp("2026-11-23", 0));
  await clinic.call("prescribing.void", voiding);
});

test("a visit at which a prescription was issued is not voided before the prescription is", async () => {
  const { course } = await readyToStart();
  const visit = await clinic.call("visits.save", visitInput(course.id, { plan: "Start" }));
  const prescribed = await clinic.call("prescribing.issue", issue(course.id, { visitId: visit.id }));
  const voiding = { id: visit.id, reason: "Another patient's." };
  expect(await clinic.refusal("visits.void", voiding)).toMatchObject({
    code: "not-allowed",
    sentence:
      "The prescription of Nov 22, 2026 was issued at this visit. Void the prescription first; while it waits at the pharmacy, tell them not to dispense it.",
  });
  expect((await clinic.call("visits.read", { id: visit.id })).voidReason).toBeNull();
  await clinic.call("prescribing.void", { id: prescribed.id, reason: "Another patient's." });
  await clinic.call("visits.void", voiding);
});

test("a visit at which a prescription was issued that cannot be voided says why the prescription stays", async () => {
  const { course } = await readyToStart();
  const visit = await clinic.call("visits.save", visitInput(course.id, { plan: "Start" }));
  const prescribed = await clinic.call("prescribing.issue", issue(course.id, { visitId: visit.id }));
  const voiding = { id: visit.id, reason: "Another patient's." };
  const stays =
    "The prescription of Nov 22, 2026 was issued at this visit, which stays as long as the prescription does.";
  await record(course.id, { kind: "first-dose", on: TODAY });
  expect((await clinic.refusal("visits.void", voiding)).sentence).toBe(
    `${stays} A first dose is on record since it was issued. If none was taken, void that entry first; if one was, the prescription stays.`,
  );
  await record(course.id, pickUp(TODAY, 30));
  expect((await clinic.refusal("visits.void", voiding)).sentence).toBe(
    `${stays} Its capsules are on record as collected. If they were not, void that entry first; if they were, the prescription stays.`,
  );
  for (const one of await entriesOf(course.id))
    if (one.kind === "dispensing" || one.kind === "first-dose")
      await clinic.call("programme.void", { id: one.id, reason: "Another patient's." });
  expect((await clinic.refusal("visits.void", voiding)).sentence).toContain("Void the prescription first");
  await clinic.call("prescribing.void", { id: prescribed.id, reason: "Another patient's." });
  await clinic.call("visits.void", voiding);
});

test("a visit that holds the test on which a waiting prescription rests is not voided before the prescription is", async () => {
  const { course } = await readyToStart();
  const old = (await entriesOf(course.id)).find(
    (one) => one.kind === "pregnancy-test" && one.on === "2026-11-21",
  );
  await clinic.call("programme.void", { id: old?.id ?? "", reason: "Belongs to the visit." });
  const test = { id: null, readBy: "", ...pregnancyTest(TODAY), note: "" };
  const visit = await clinic.call(
    "visits.save",
    visitInput(course.id, { entries: [test] as VisitForm["entries"] }),
  );
  const prescribed = await clinic.call("prescribing.issue", issue(course.id));
  const dispense = async () =>
    (await clinic.call("prescribing.judge", { courseId: course.id, question: "dispense" })).answer;
  const voiding = { id: visit.id, reason: "Another patient's." };
  expect((await clinic.refusal("visits.void", voiding)).sentence).toBe(
    "A prescription that waits at the pharmacy rests on this visit. Void the prescription first, and tell the pharmacy not to dispense it.",
  );
  expect(await dispense()).toBe("yes");
  await clinic.call("prescribing.void", { id: prescribed.id, reason: "Another patient's." });
  await clinic.call("visits.void", voiding);
  expect(await dispense()).toBe("no");
  expect(await answer(course.id)).toBe("no");
});

test("a pick-up is not counted to a prescription that was collected already, while the later one waits", async () => {
  const { course } = await withCourseThatMayBePrescribed(clinic);
  await clinic.call("prescribing.issue", issue(course.id, { daysSupply: 7 }));
  await record(course.id, pickUp(TODAY, 7));
  clinic.clock.advance({ days: 6 });
  await clinic.signIn("doctor");
  await clinic.call("prescribing.issue", issue(course.id));
  const sentence =
    "The prescription of Nov 22, 2026 was collected already; that of Nov 28, 2026 was issued later. Put the day right.";
  const early = pickUp("2026-11-27", 30);
  expect(await clinic.refusal("programme.record", { courseId: course.id, entry: early })).toMatchObject({
    code: "invalid",
    fields: { on: sentence },
  });
  const note = {
    id: null,
    kind: "counselling" as const,
    on: "2026-11-28",
    note: "",
    teachBack: "understood" as const,
  };
  const page = (entry: Entry) =>
    visitInput(course.id, {
      date: "2026-11-28",
      entries: [note, { id: null, note: "", ...entry }] as VisitForm["entries"],
    });
  expect((await clinic.refusal("visits.save", page(early))).fields).toEqual({ "entries.1.on": sentence });
  expect((await entriesOf(course.id)).filter((one) => one.kind === "dispensing")).toHaveLength(1);

  const visit = await clinic.call("visits.save", page(pickUp("2026-11-28", 30)));
  const kept = visit.form.entries[1];
  const correcting = { id: kept?.id ?? "", entry: early, reason: "A day early." };
  expect((await clinic.refusal("programme.correct", correcting)).fields).toEqual({ on: sentence });
  // What became of the last one is on record: another pick-up may belong to the one before.
  await record(course.id, early);
});

test("a pick-up that may belong to an earlier prescription is recorded as it is typed", async () => {
  const twoPrescriptions = async (...first: Entry[]): Promise<string> => {
    const { course } = await withCourseThatMayBePrescribed(clinic);
    await clinic.call("prescribing.issue", issue(course.id, { daysSupply: 7 }));
    await record(course.id, ...first);
    clinic.clock.advance({ days: 7 });
    await clinic.signIn("doctor");
    await clinic.call("prescribing.issue", issue(course.id));
    return course.id;
  };
  const today = () =>
    addDays(TODAY, Math.round((Date.parse(clinic.clock.now()) - Date.parse(NOON)) / 86_400_000));
  // Nobody said what became of the first one; part of it was collected.
  await record(await twoPrescriptions(), pickUp(addDays(today(), -1), 7));
  await record(await twoPrescriptions(pickUp(today(), 6)), pickUp(addDays(today(), -1), 1));
  const whole = await twoPrescriptions(pickUp(today(), null));
  const more = { courseId: whole, entry: pickUp(addDays(today(), -1), 1) };
  expect((await clinic.refusal("programme.record", more)).fields).toEqual({
    on: expect.stringContaining("collected already"),
  });
  const left = await twoPrescriptions(pickUp(today(), 0));
  const after = { courseId: left, entry: pickUp(addDays(today(), -1), 7) };
  expect((await clinic.refusal("programme.record", after)).fields).toEqual({
    on: expect.stringMatching(
      /^Nothing was dispensed of the prescription of .* correct that entry first\.$/u,
    ),
  });
  // None is on record that it would belong to, and nothing dispensed counts no capsules.
  await record(left, pickUp(addDays(today(), -8), 7), pickUp(addDays(today(), -1), 0));
});

test("a pick-up typed too early is not counted to a prescription that holds fewer capsules, while the later one waits", async () => {
  const { course } = await withCourseThatMayBePrescribed(clinic);
  await clinic.call("prescribing.issue", issue(course.id, { daysSupply: 7 }));
  await record(course.id, pickUp(TODAY, 2));
  clinic.clock.advance({ days: 7 });
  await clinic.signIn("doctor");
  await clinic.call("prescribing.issue", issue(course.id));
  const tooMany = (capsules: number | null) =>
    clinic.refusal("programme.record", { courseId: course.id, entry: pickUp("2026-11-28", capsules) });
  const sentence =
    "With this pick-up, more capsules would be collected than the 7 of the prescription of Nov 22, 2026; that of Nov 29, 2026 was issued later. Put the day or the count right.";
  expect(await tooMany(30)).toMatchObject({ code: "invalid", fields: { on: sentence } });
  expect((await tooMany(6)).fields).toEqual({ on: sentence });
  // Without its count it is taken for the whole.
  expect((await tooMany(null)).fields).toEqual({ on: sentence });
  await record(course.id, pickUp("2026-11-28", 5));

  const alone = await withCourseThatMayBePrescribed(clinic);
  await clinic.call("prescribing.issue", issue(alone.course.id, { daysSupply: 7 }));
  clinic.clock.advance({ days: 7 });
  await clinic.signIn("doctor");
  await clinic.call("prescribing.issue", issue(alone.course.id));
  const early = { courseId: alone.course.id, entry: pickUp("2026-12-05", 30) };
  expect((await clinic.refusal("programme.record", early)).fields).toEqual({
    on: expect.stringContaining("more capsules would be collected than the 7"),
  });
  await record(alone.course.id, pickUp("2026-12-05", null));
});

test("a nurse corrects the note of a dose of another clinic, on the programme page and in a visit, but not its day", async () => {
  const { course } = await withCourseThatMayBePrescribed(clinic);
  const dose = { kind: "first-dose", on: "2026-10-23" } as const;
  const taken = pickUp("2026-11-20", 30);
  await record(course.id, dose);
  const visit = await clinic.call(
    "visits.save",
    visitInput(course.id, { entries: [{ id: null, note: "", ...taken }] as VisitForm["entries"] }),
  );
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.signIn("nurse");
  const idOf = async (kind: Entry["kind"]) =>
    (await entriesOf(course.id)).find((one) => one.kind === kind)?.id ?? "";
  const reason = "By letter";
  const noted = { id: await idOf("first-dose"), entry: { ...dose, note: "Told by letter" }, reason };
  await clinic.call("programme.correct", noted);
  const sentence = expect.stringContaining("a prescriber records treatment that began elsewhere") as string;
  const moved = { id: await idOf("first-dose"), entry: { ...dose, on: "2026-10-22" }, reason };
  expect((await clinic.refusal("programme.correct", moved)).fields).toEqual({ on: sentence });

  const page = (version: number, over: object) => ({
    ...visitInput(course.id, {
      entries: visit.form.entries.map((one) => ({ ...one, ...over })),
    }),
    id: visit.id,
    version,
  });
  const kept = await clinic.call("visits.save", page(visit.version, { note: "Told by letter" }));
  const [entry] = kept.form.entries;
  expect(entry).toMatchObject({ note: "Told by letter", on: "2026-11-20", capsules: 30 });
  const refused = await clinic.refusal(
    "visits.save",
    page(kept.version, { id: entry?.id, on: "2026-11-21" }),
  );
  expect(refused.fields).toEqual({ "entries.0.on": sentence });
  const counted = { id: entry?.id ?? "", entry: pickUp("2026-11-20", 60), reason };
  expect((await clinic.refusal("programme.correct", counted)).fields).toEqual({ on: sentence });
});

test("what was collected of the prescription before is no reason to keep the present one", async () => {
  const { course } = await withCourseThatMayBePrescribed(clinic);
  await clinic.call("prescribing.issue", issue(course.id, { daysSupply: 7 }));
  await record(course.id, { kind: "dispensing", on: TODAY, capsules: 7, productId: "claravis" });
  clinic.clock.advance({ days: 6 });
  await clinic.signIn("doctor");
  const present = await clinic.call("prescribing.issue", issue(course.id));
  await clinic.call("prescribing.void", { id: present.id, reason: "Wrong dose." });
  const [first] = (await clinic.call("prescribing.list", { courseId: course.id })).filter(
    (one) => one.voidReason === null,
  );
  expect((await clinic.refusal("prescribing.void", { id: first?.id ?? "", reason: "Wrong." })).code).toBe(
    "not-allowed",
  );
});

test("nothing is issued while a hold is dated after today: the computer's clock was set back", async () => {
  const { course } = await readyToStart();
  clinic.clock.advance({ days: 1 });
  await clinic.signIn("doctor");
  const hold = { action: "hold" as const, capsules: [], from: "2026-11-23", reason: "ALT" };
  await clinic.call("visits.save", visitInput(course.id, { date: "2026-11-23", dose: hold }));
  clinic.clock.advance({ days: -1 });
  expect((await clinic.refusal("prescribing.issue", issue(course.id))).sentence).toContain("clock");
});

test("nothing is issued while a positive test is dated after today: the clinic's time zone was changed", async () => {
  const { course } = await readyToStart();
  const settings = await clinic.call("clinic.read", {});
  await clinic.call("clinic.update", { ...settings, zone: "Australia/Sydney" });
  await record(course.id, pregnancyTest("2026-11-23", { result: "positive" }));
  await clinic.call("clinic.update", settings);
  expect((await clinic.refusal("prescribing.issue", issue(course.id))).sentence).toContain("time zone");
  const verdict = await clinic.call("prescribing.judge", { courseId: course.id });
  expect(verdict).toMatchObject({ answer: "no", sentence: expect.stringContaining("time zone") });
});

const entriesOf = (courseId: string) => clinic.call("programme.entries", { courseId });

/** Corrects an entry twice, a few minutes later each time, in nothing but its note. */
async function correctNote(courseId: string, kind: Entry["kind"], entry: Entry): Promise<void> {
  for (const note of ["A slip of the pen", "Another one"]) {
    clinic.clock.advance({ minutes: 5 });
    const [first] = (await entriesOf(courseId)).filter((one) => one.kind === kind);
    await clinic.call("programme.correct", {
      id: first?.id ?? "",
      entry: { ...entry, note },
      reason: "A slip",
    });
  }
}

test("a note put right in a resumption does not resume what was stopped later that day", async () => {
  const { course } = await readyToStart();
  const resume = { kind: "resume", on: TODAY } as const;
  await record(course.id, { kind: "pause", on: "2026-11-20", why: "Away" }, resume);
  clinic.clock.advance({ minutes: 5 });
  await record(course.id, { kind: "treatment-stop", on: TODAY, why: "ALT" });
  expect(await answer(course.id)).toBe("no");
  await correctNote(course.id, "resume", resume);
  expect(await answer(course.id)).toBe("no");
  const chart = await clinic.call("patients.chart", { id: course.patientId });
  expect(chart.verdict?.answer).toBe("no");
});

test("a note put right in the methods of a day does not bring them back over those recorded after", async () => {
  const { course } = await readyToStart();
  const accepted = {
    kind: "contraception",
    on: "2026-10-01",
    first: "iud-copper",
    second: "condom",
  } as const;
  clinic.clock.advance({ minutes: 5 });
  await record(course.id, { ...accepted, first: "other" });
  expect(await answer(course.id)).toBe("no");
  await correctNote(course.id, "contraception", accepted);
  expect(await answer(course.id)).toBe("no");
});

test("nothing dispensed, said before a prescription and corrected after it, says nothing of that prescription", async () => {
  const { course } = await withCourseThatMayBePrescribed(clinic);
  const none = { kind: "dispensing", on: TODAY, capsules: 0, productId: "claravis" } as const;
  await clinic.call("prescribing.issue", issue(course.id));
  clinic.clock.advance({ minutes: 5 });
  await record(course.id, none);
  clinic.clock.advance({ days: 1 });
  await clinic.signIn("doctor");
  const today = { ...none, on: "2026-11-23" } as const;
  const [said] = (await entriesOf(course.id)).filter((one) => one.kind === "dispensing");
  await clinic.call("programme.correct", { id: said?.id ?? "", entry: today, reason: "Another day" });
  clinic.clock.advance({ minutes: 5 });
  await clinic.call("prescribing.issue", issue(course.id));
  await correctNote(course.id, "dispensing", today);
  const verdict = await clinic.call("prescribing.judge", { courseId: course.id, question: "dispense" });
  expect(verdict.findings.find((one) => one.rule === "not-dispensed-yet")).toMatchObject({ status: "met" });
});

test("no correction and no void takes back, without a second person, that a patient can become pregnant", async () => {
  const { course } = await readyToStart();
  const category = (await entriesOf(course.id)).find((one) => one.kind === "risk-category");
  if (category?.kind !== "risk-category") throw new Error("the course has no category");
  const { id, on } = category;
  const reason = "A slip of the pen";
  const cannot = { kind: "risk-category", on, category: "cannot", criterion: "cisgender-male" } as const;
  expect((await clinic.refusal("programme.correct", { id, entry: cannot, reason })).sentence).toContain(
    "second person",
  );
  expect((await clinic.refusal("programme.void", { id, reason })).code).toBe("not-allowed");
  const can = { kind: "risk-category", on, category: "can", criterion: "default", note: "Asked." } as const;
  await clinic.call("programme.correct", { id, entry: can, reason });
});

test.each([
  { daysBefore: 2, says: "no" },
  { daysBefore: 280, says: "no" },
  { daysBefore: 281, says: "yes" },
])(
  "a positive hCG of $daysBefore days before the decision: $says, until a later serum test",
  async ({ daysBefore, says }) => {
    const { patient, course } = await withCourse(clinic, {
      programme: "mhra",
      decidedOn: TODAY,
      category: { category: "can", criterion: "default", evidence: "" },
    });
    await record(
      course.id,
      { kind: "consent", on: TODAY, form: "acknowledgement-of-risk", signer: "patient" },
      { kind: "contraception", on: "2026-10-01", first: "iud-copper", second: "condom" },
      { kind: "counselling", on: TODAY, teachBack: "understood" },
      { kind: "wellbeing-check", on: TODAY, mood: "asked", sexualFunction: "asked" },
      { kind: "prescriber-confirmation", on: TODAY },
      pregnancyTest(TODAY),
    );
    expect(await answer(course.id)).toBe("yes");
    const positive = labInput({
      testId: "hcg-serum",
      value: null,
      text: "positive",
      unit: "",
      rangeLow: null,
      rangeHigh: null,
      collectedOn: addDays(TODAY, -daysBefore),
    });
    await clinic.call("labs.record", { patientId: patient.id, results: [positive] });
    expect(await answer(course.id)).toBe(says);
    await record(course.id, pregnancyTest(TODAY, { sample: "serum" }));
    expect(await answer(course.id)).toBe("yes");
  },
);

test("a positive test of an earlier course that was answered there stops nothing in the next", async () => {
  const { patient, course } = await readyToStart();
  await record(
    course.id,
    pregnancyTest("2026-11-20", { result: "positive" }),
    pregnancyTest("2026-11-21", { sample: "serum" }),
  );
  await clinic.call("courses.end", { id: course.id, version: 1, endedOn: TODAY, reason: "other", note: "" });
  const next = await clinic.call("courses.open", courseInput(patient.id, { decidedOn: TODAY }));
  const verdict = await clinic.call("prescribing.judge", { courseId: next.id });
  expect(verdict.findings.find((one) => one.rule === "no-positive-test")).toMatchObject({ status: "met" });
});

test("a dose or a pick-up of before the course was decided on is not recorded in it, nor corrected to such a day", async () => {
  const { course } = await withCourse(clinic, { decidedOn: TODAY });
  const before = [
    { kind: "first-dose", on: "2026-11-21" },
    { kind: "dispensing", on: "2026-11-21", capsules: 30, productId: "claravis" },
  ] as const;
  for (const entry of before) {
    const refused = await clinic.refusal("programme.record", { courseId: course.id, entry });
    expect(refused.fields).toHaveProperty("on");
    const { id } = await clinic.call("programme.record", {
      courseId: course.id,
      entry: { ...entry, on: TODAY },
    });
    const corrected = await clinic.refusal("programme.correct", { id, entry, reason: "Another day" });
    expect(corrected.fields).toHaveProperty("on");
    await clinic.call("programme.void", { id, reason: "Another patient's." });
    const inVisit = visitInput(course.id, { entries: [{ ...entry, id: null, note: "" }] });
    expect((await clinic.refusal("visits.save", inVisit)).fields).toHaveProperty(["entries.0.on"]);
  }
});

test("a course under treatment changes neither its programme nor, past its first prescription, its decision: a start would go unasked", async () => {
  const { course } = await readyToStart();
  await clinic.call("prescribing.issue", issue(course.id));
  const { recordedAt: _at, recordedBy: _by, end: _end, patientId: _patient, ...fields } = course;
  const change = (over: Partial<InputOf<"courses.update">>) =>
    clinic.refusal("courses.update", { ...fields, ...over });
  expect((await change({ programme: "mhra" })).fields).toHaveProperty("programme");
  expect((await change({ decidedOn: "2026-11-23" })).fields).toHaveProperty("decidedOn");
});

const dispense = async (courseId: string): Promise<"yes" | "no"> =>
  (await clinic.call("prescribing.judge", { courseId, question: "dispense" })).answer;
const findingOf = async (courseId: string, rule: string) =>
  (await clinic.call("prescribing.judge", { courseId })).findings.find((one) => one.rule === rule);
const later = async (days: number): Promise<void> => {
  clinic.clock.advance({ days });
  await clinic.signIn("doctor");
};

test.each([
  { kind: "contraception-lapse", on: "2026-11-21", what: "unprotected-contact" },
  { kind: "contraception-lapse", on: "2026-11-15", what: "stopped" },
  { kind: "contraception", on: "2026-11-10", first: "condom", second: null },
] as const)(
  "a lapse of before the prescription, told after it, is dispensed on by nobody: %o",
  async (told) => {
    const { course } = await readyToStart();
    await clinic.call("prescribing.issue", issue(course.id));
    expect(await dispense(course.id)).toBe("yes");
    await later(1);
    await record(course.id, told);
    expect(await dispense(course.id)).toBe("no");
  },
);

test("a lapse of before the prescription, told once the capsules were collected, is a stop with its test, and treatment begins anew", async () => {
  const { course } = await readyToStart();
  await clinic.call("prescribing.issue", issue(course.id));
  await record(course.id, pickUp(TODAY, 30));
  await later(2);
  await record(course.id, { kind: "contraception-lapse", on: "2026-11-21", what: "unprotected-contact" });
  expect(await findingOf(course.id, "no-lapse-unhandled")).toMatchObject({ status: "unmet" });
  expect((await clinic.call("lane.read", { courseId: course.id })).lane.stop).not.toBeNull();
  expect((await clinic.call("prescribing.judge", { courseId: course.id })).question).toBe("start");
});

test.each(["voided", "older", "insensitive", "at home", "contraception"] as const)(
  "a prescription does not outlive what it was issued on: %s",
  async (what) => {
    const { course } = await readyToStart();
    await clinic.call("prescribing.issue", issue(course.id));
    clinic.clock.advance({ minutes: 5 });
    const entries = await clinic.call("programme.entries", { courseId: course.id });
    const test = entries.findLast((one) => one.kind === "pregnancy-test");
    const methods = entries.find((one) => one.kind === "contraception");
    if (test === undefined || methods === undefined) throw new Error("Nothing to take back.");
    const correct = (id: string, entry: Entry) =>
      clinic.call("programme.correct", { id, entry, reason: "A slip." });
    const acts = {
      voided: () => clinic.call("programme.void", { id: test.id, reason: "Another patient's." }),
      older: () => correct(test.id, pregnancyTest("2026-10-20")),
      insensitive: () => correct(test.id, pregnancyTest(test.on, { sensitivity: 50 })),
      "at home": () => correct(test.id, pregnancyTest(test.on, { setting: "home" })),
      contraception: () =>
        correct(methods.id, {
          kind: "contraception",
          on: methods.on,
          first: "progestin-only-pill",
          second: null,
        }),
    };
    await acts[what]();
    expect(await dispense(course.id)).toBe("no");
  },
);

test("a note put right in what a prescription was issued on changes nothing at the pharmacy", async () => {
  const { course } = await readyToStart();
  await clinic.call("prescribing.issue", issue(course.id));
  clinic.clock.advance({ minutes: 5 });
  for (const { id, ...entry } of await clinic.call("programme.entries", { courseId: course.id })) {
    await clinic.call("programme.correct", {
      id,
      entry: { ...entry, note: "Put right." },
      reason: "A note.",
    });
    expect(await dispense(course.id), entry.kind).toBe("yes");
  }
});

test("capsules collected of a prescription that was voided are counted: no second month follows the same test", async () => {
  const { course } = await readyToStart();
  const { id } = await clinic.call("prescribing.issue", issue(course.id));
  await clinic.call("prescribing.void", { id, reason: "Wrong dose." });
  expect(await answer(course.id)).toBe("yes");
  await record(course.id, pickUp(TODAY, 30));
  expect(await findingOf(course.id, "supply-overlap")).toMatchObject({ status: "unknown" });
});

test.each([{ kind: "first-dose", on: TODAY } as const, pickUp("2026-11-21", 30)])(
  "capsules that somebody has are not handed out again, though no pick-up of this prescription is on record: $kind",
  async (dose) => {
    const { course } = await readyToStart();
    await clinic.call("prescribing.issue", issue(course.id));
    await record(course.id, dose);
    expect(await dispense(course.id)).toBe("no");
  },
);

test("a resumption that was recorded before a lapse was known is no word for it", async () => {
  const { course } = await readyToStart();
  await clinic.call("prescribing.issue", issue(course.id));
  await later(2);
  await record(
    course.id,
    { kind: "pause", on: "2026-11-23", why: "Away" },
    { kind: "resume", on: "2026-11-24" },
  );
  clinic.clock.advance({ minutes: 5 });
  await record(
    course.id,
    { kind: "contraception-lapse", on: "2026-11-22", what: "unprotected-contact" },
    { kind: "contraception", on: "2026-11-23", first: "iud-copper", second: "condom" },
    pregnancyTest("2026-11-24"),
  );
  expect(await findingOf(course.id, "no-lapse-unhandled")).toMatchObject({ status: "unknown" });
});

test("'not yet', signed at a later visit, lifts no hold: it is no dose", async () => {
  const { course } = await readyToStart();
  for (const [date, action] of [
    ["2026-11-20", "hold"],
    [TODAY, "not-yet"],
  ] as const) {
    const dose = { action, capsules: [], from: date, reason: "" };
    await clinic.call("visits.sign", { ...visitInput(course.id, { date, dose }), password: PASSWORD });
    expect(await answer(course.id)).toBe("no");
  }
});

test("supplies do not add up: seven days every day, or a month every twenty-three days", async () => {
  const { course } = await withCourseThatMayBePrescribed(clinic);
  const fill = async (daysSupply: number, on: string): Promise<number> => {
    const issued = await clinic.envelope("prescribing.issue", issue(course.id, { daysSupply }));
    if (!issued.ok) return 0;
    await record(course.id, pickUp(on, daysSupply));
    return daysSupply;
  };
  let supplied = 0;
  for (let day = 0; day < 10; day += 1) {
    supplied += await fill(7, addDays(TODAY, day));
    expect(supplied - day).toBeLessThanOrEqual(21);
    await later(1);
  }
  for (let day = 10; day < 120; day += 23) {
    supplied += await fill(30, addDays(TODAY, day));
    expect(supplied - day).toBeLessThanOrEqual(44);
    await later(23);
  }
  expect(supplied).toBeGreaterThan(100);
});

test("a prescription of the day on which treatment is resumed after a long break stands", async () => {
  const { course } = await withCourseThatMayBePrescribed(clinic);
  await clinic.call("prescribing.issue", issue(course.id));
  await record(course.id, pickUp(TODAY, 30));
  await later(10);
  await record(course.id, { kind: "treatment-stop", on: addDays(TODAY, 10), why: "Surgery" });
  await later(45);
  const on = addDays(TODAY, 55);
  await record(course.id, { kind: "resume", on }, { kind: "counselling", on, teachBack: "understood" });
  await clinic.call("prescribing.issue", issue(course.id));
  expect(await dispense(course.id)).toBe("yes");
});

test("a positive hCG is not handled by a note of before it was known", async () => {
  const { patient, course } = await readyToStart();
  await record(
    course.id,
    { kind: "missed-period", on: TODAY },
    { kind: "stop-handled", on: TODAY, done: [], note: "Comes for a test tomorrow." },
  );
  clinic.clock.advance({ minutes: 30 });
  await clinic.signIn("doctor");
  const result = labInput({
    testId: "hcg-serum",
    value: null,
    text: "positive",
    unit: "",
    rangeLow: null,
    rangeHigh: null,
    collectedOn: TODAY,
  });
  await clinic.call("labs.record", { patientId: patient.id, results: [result] });
  expect((await clinic.call("lane.read", { courseId: course.id })).lane.stop?.handledOn).toBeNull();
  const { lines } = await clinic.call("today.list", {});
  expect(lines.map((one) => one.kind)).toContain("urgent-stop");
});

test("a prescription whose window has closed is not voided before it is recorded what became of it", async () => {
  const { course } = await readyToStart();
  const { id } = await clinic.call("prescribing.issue", issue(course.id));
  await later(6);
  expect((await clinic.refusal("prescribing.void", { id, reason: "Wrong dose." })).sentence).toBe(
    "Its window has closed. Record what became of it first: collected, or nothing dispensed.",
  );
  await record(course.id, pickUp("2026-11-28", 0));
  await clinic.call("prescribing.void", { id, reason: "Wrong dose." });
});

test.each([
  { kind: "first-dose", on: TODAY },
  { kind: "dispensing", on: TODAY, capsules: 30, productId: "claravis" },
] as const)(
  "a nurse does not begin a treatment that nothing was prescribed for, so that its first steps go unasked: $kind",
  async (dose) => {
    const { course } = await withCourse(clinic, {
      decidedOn: "2026-10-01",
      category: { category: "can", criterion: "default", evidence: "" },
    });
    await clinic.addAccount("nurse", ["nurse"]);
    await clinic.signIn("nurse");
    const refused = await clinic.refusal("programme.record", { courseId: course.id, entry: dose });
    expect(refused.fields).toHaveProperty("on");
    const inVisit = visitInput(course.id, { entries: [{ ...dose, id: null, note: "" }] });
    expect((await clinic.refusal("visits.save", inVisit)).fields).toHaveProperty(["entries.0.on"]);
    expect(await clinic.call("programme.entries", { courseId: course.id })).toHaveLength(1);
    await clinic.signIn("doctor");
    await record(course.id, dose);
  },
);
