import { expect, test, vi } from "vitest";
import type { InputOf } from "#shared/contract.ts";
import { pagesOf } from "#test/documents/pdf-text.ts";
import { openClinic, PASSWORD, type TestClinic } from "#test/support/clinic.ts";
import {
  labInput,
  register,
  visitForm,
  withCourse,
  withCourseThatMayBePrescribed,
} from "#test/support/records.ts";

// A paper takes a tenth of a second, several on a busy machine more.
vi.setConfig({ testTimeout: 30_000 });

type Form = InputOf<"visits.sign">["form"];

async function sign(clinic: TestClinic, courseId: string, form: Partial<Form> = {}) {
  return clinic.call("visits.sign", {
    id: null,
    courseId,
    version: null,
    form: { ...visitForm(), ...form },
    draftKey: null,
    password: PASSWORD,
  });
}

async function summary(clinic: TestClinic, visitId: string, confidential: boolean | null = null) {
  const paper = { kind: "visit-summary" as const, visitId, confidential };
  const { bytes, ...rest } = await clinic.call("documents.render", { paper, purpose: "print" });
  const pages = await pagesOf(bytes);
  return { bytes, ...rest, pages, text: pages.map((one) => one.text).join(" ") };
}

const dose = {
  action: "start" as const,
  capsules: [{ strengthMg: 20, morning: 1, evening: 1 }],
  from: "2026-11-23",
  reason: "",
};

test("a signed visit prints one page with what was entered, and never the clinic’s own notes", async () => {
  await using clinic = await openClinic();
  const { course } = await withCourseThatMayBePrescribed(clinic);
  const visit = await sign(clinic, course.id, {
    weightKg: 60,
    dose,
    plan: "Lip balm from day one.",
    notes: "Mother worries a lot.",
    nextVisitOn: "2026-12-22",
    sideEffects: [{ code: "dry-lips", grade: 2, onset: null, note: "" }],
    labs: [{ ...labInput({ value: 60 }), id: null }],
  });
  const { pages, text, title } = await summary(clinic, visit.id);
  expect(pages).toHaveLength(1);
  expect(title).toBe("Visit summary, Nov 22, 2026");
  for (const words of [
    "Alex Doe",
    "Born Apr 7, 2001",
    "40 mg a day",
    "0.67 mg for each kg",
    "Morning 1 capsule of 20 mg",
    "60 U/L ▲ High. 1.5 times the upper limit.",
    "Lip balm from day one.",
    "Tue, Dec 22, 2026 Next visit here.",
    "✓ Yes",
    "by the rules of iPLEDGE, 2026 edition",
    "Signed by Dana Whitfield, MD, Sun, Nov 22, 2026, 12:00 PM.",
  ])
    expect(text).toContain(words);
  expect(text).not.toContain("worries");
});

test("a signed visit prints the same bytes later, whatever changed in the record since", async () => {
  await using clinic = await openClinic();
  const { patient, course } = await withCourseThatMayBePrescribed(clinic);
  const visit = await sign(clinic, course.id, { weightKg: 60, dose });
  const before = await summary(clinic, visit.id);
  clinic.clock.advance({ days: 40 });
  await clinic.signIn("doctor");
  await clinic.call("labs.record", {
    patientId: patient.id,
    results: [labInput({ collectedOn: "2026-11-21", value: 900 })],
    confirmed: ["results.0.value"],
  });
  const settings = await clinic.call("clinic.read", {});
  await clinic.call("clinic.update", { ...settings, name: "Another name", dateStyle: "iso" });
  const after = await summary(clinic, visit.id);
  expect(Buffer.from(after.bytes).equals(Buffer.from(before.bytes))).toBe(true);
});

test("an addendum shows on the paper of a signed visit; what was signed stays", async () => {
  await using clinic = await openClinic();
  const { course } = await withCourseThatMayBePrescribed(clinic);
  const visit = await sign(clinic, course.id, { plan: "See you soon." });
  await clinic.call("visits.addAddendum", { id: visit.id, text: "The weight was 61 kg.", draftKey: null });
  const { text } = await summary(clinic, visit.id);
  expect(text).toContain("See you soon.");
  expect(text).toContain("Added after signing");
  expect(text).toContain("Dana Whitfield, MD: The weight was 61 kg.");
});

test("an unsigned visit is marked as not signed", async () => {
  await using clinic = await openClinic();
  const { course } = await withCourse(clinic);
  const visit = await clinic.call("visits.save", {
    id: null,
    courseId: course.id,
    version: null,
    form: { ...visitForm(), plan: "Not yet." },
    draftKey: null,
  });
  expect((await summary(clinic, visit.id)).text).toContain("NOT SIGNED. This is a draft");
});

test("a first visit at which nothing was entered prints as well", async () => {
  await using clinic = await openClinic();
  const { course } = await withCourse(clinic);
  const visit = await sign(clinic, course.id);
  const { pages, text } = await summary(clinic, visit.id);
  expect(pages).toHaveLength(1);
  expect(text).toContain("No results are on record.");
  expect(text).toContain("Month of treatment Not started");
  expect(text).not.toContain("Side effects None");
});

test("confidential lines are left out for a patient under 18 unless asked for", async () => {
  await using clinic = await openClinic();
  const { course } = await withCourse(
    clinic,
    { category: { category: "can", criterion: "default", evidence: "" } },
    { birthDate: "2010-03-01" },
  );
  const visit = await sign(clinic, course.id, {
    mood: { items: [1, 0], note: "" },
    sideEffects: [{ code: "low-mood", grade: 1, onset: null, note: "" }],
    plan: "Drink water. Speak about contraception.",
    entries: [
      { kind: "contraception", id: null, on: "2026-11-22", note: "", first: "implant", second: "condom" },
    ],
    labs: [
      {
        ...labInput({
          testId: "hcg-urine",
          value: null,
          text: "negative",
          unit: "",
          rangeLow: null,
          rangeHigh: null,
        }),
        id: null,
      },
    ],
  });
  const left = await summary(clinic, visit.id);
  expect(left.confidentialLeftOut).toBe(true);
  expect(left.text).toContain("Drink water.");
  expect(left.text).not.toMatch(/pregnan|contracep|implant|condom|hcg|phq|mood/iu);
  const whole = await summary(clinic, visit.id, true);
  expect(whole.confidentialLeftOut).toBe(false);
  for (const words of ["PHQ-2", "Implant and male latex condom", "negative"])
    expect(whole.text).toContain(words);
  await clinic.addAccount("front", ["reception"]);
  await clinic.signIn("front");
  expect((await summary(clinic, visit.id, true)).confidentialLeftOut).toBe(true);
});

test("the paper says until when the capsules can be picked up, in the clinic’s zone", async () => {
  await using clinic = await openClinic({ clinic: { zone: "America/Los_Angeles" } });
  const { course } = await withCourse(clinic, {
    category: { category: "can", criterion: "default", evidence: "" },
  });
  const entries: InputOf<"programme.record">["entry"][] = [
    { kind: "enrolment", on: "2026-09-21", programmeNumber: "A-100" },
    { kind: "consent", on: "2026-09-21", form: "all-patients", signer: "patient" },
    { kind: "consent", on: "2026-09-21", form: "birth-defects", signer: "patient" },
    { kind: "contraception", on: "2026-09-21", first: "implant", second: "condom" },
    aTest("2026-09-21"),
    { kind: "menstruation", on: "2026-11-18", cycle: "regular" },
    aTest("2026-11-20"),
    { kind: "counselling", on: "2026-11-20" },
    { kind: "prescriber-confirmation", on: "2026-11-20" },
    { kind: "patient-questions", on: "2026-11-20", first: "implant", second: "condom" },
  ];
  for (const entry of entries)
    await clinic.call("programme.record", { courseId: course.id, entry, confirmed: [] });
  const visit = await sign(clinic, course.id, { weightKg: 60, dose });
  const { text } = await summary(clinic, visit.id);
  // 23:59 in New York on day 7 is 20:59 in Los Angeles.
  expect(text).toContain("Thu, Nov 26, 2026 by 8:59 PM Last moment to pick up this month’s capsules");
  expect(text).toContain("Implant and male latex condom");
  expect(text).toContain("✓ Yes, until Thu, Nov 26, 2026, 8:59 PM.");
  await clinic.call("prescribing.issue", {
    courseId: course.id,
    visitId: visit.id,
    productId: "claravis",
    capsules: dose.capsules,
    daysSupply: 30,
    confirmed: [],
  });
  const paper = { kind: "handout" as const, handout: "preventing-pregnancy" as const, courseId: course.id };
  const { bytes } = await clinic.call("documents.render", { paper, purpose: "print" });
  const [first] = await pagesOf(bytes);
  expect(first?.text).toContain("Pick up capsules by Thu, Nov 26, 2026, 8:59 PM");
});

function aTest(on: string): InputOf<"programme.record">["entry"] {
  return {
    kind: "pregnancy-test",
    on,
    time: null,
    sample: "urine",
    setting: "medical",
    sensitivity: 25,
    result: "negative",
  };
}

test("the paper of a visit counts nothing that is dated after it", async () => {
  await using clinic = await openClinic();
  const { patient, course } = await withCourseThatMayBePrescribed(clinic);
  await clinic.call("labs.record", {
    patientId: patient.id,
    results: [
      labInput({ collectedOn: "2026-11-02", value: 21 }),
      labInput({ collectedOn: "2026-11-21", value: 39 }),
    ],
    confirmed: [],
  });
  await clinic.call("programme.record", {
    courseId: course.id,
    entry: { kind: "first-dose", on: "2026-11-10" },
  });
  const visit = await sign(clinic, course.id, { date: "2026-11-10", dose: { ...dose, from: "2026-11-10" } });
  const { text } = await summary(clinic, visit.id);
  expect(text).toContain("Test results of Nov 2, 2026");
  expect(text).toContain("21 U/L");
  expect(text).not.toContain("39 U/L");
  expect(text).toContain("Month of treatment 1 ");
});

test("the papers are saved through the desk under names without patient data", async () => {
  await using clinic = await openClinic();
  const { patient, course } = await withCourseThatMayBePrescribed(clinic);
  const visit = await sign(clinic, course.id, { labs: [{ ...labInput(), id: null }] });
  const papers: InputOf<"documents.save">["paper"][] = [
    { kind: "visit-summary", visitId: visit.id, confidential: null },
    { kind: "handout", handout: "starting-isotretinoin", courseId: course.id },
    { kind: "handout", handout: "preventing-pregnancy", courseId: course.id },
    { kind: "today" },
    { kind: "chart-labs", patientId: patient.id },
  ];
  for (const paper of papers) expect(await clinic.call("documents.save", { paper })).toEqual({ saved: true });
  expect(clinic.saved.map((one) => one.name)).toEqual([
    "visit-summary-2026-11-22.pdf",
    "starting-isotretinoin-2026-11-22.pdf",
    "preventing-pregnancy-2026-11-22.pdf",
    "today-2026-11-22.pdf",
    "laboratory-results-2026-11-22.pdf",
  ]);
  for (const { bytes } of clinic.saved) expect((await pagesOf(bytes)).length).toBeGreaterThan(0);
});

test("a handout is filled with the dose and the next visit of the course", async () => {
  await using clinic = await openClinic();
  const { course } = await withCourseThatMayBePrescribed(clinic);
  await sign(clinic, course.id, { dose, nextVisitOn: "2026-12-22" });
  const paper = { kind: "handout" as const, handout: "starting-isotretinoin" as const, courseId: course.id };
  const { bytes } = await clinic.call("documents.render", { paper, purpose: "preview" });
  const [first] = await pagesOf(bytes);
  for (const words of ["40 mg a day", "Evening: 1 capsule of 20 mg", "Claravis", "Tue, Dec 22, 2026"])
    expect(first?.text).toContain(words);
  const isSaidAfter = async (days: number) => {
    clinic.clock.advance({ days });
    await clinic.signIn("doctor");
    const again = await clinic.call("documents.render", { paper, purpose: "preview" });
    return (await pagesOf(again.bytes))[0]?.text.includes("Tue, Dec 22, 2026");
  };
  expect(await isSaidAfter(30)).toBe(true);
  // A visit that nobody came to is not the next one.
  expect(await isSaidAfter(1)).toBe(false);
});

test("the handout on preventing pregnancy is refused for a programme that it was not written for", async () => {
  await using clinic = await openClinic();
  const { course } = await withCourse(clinic, { programme: "mhra" });
  const paper = { kind: "handout" as const, courseId: course.id };
  const render = (handout: "preventing-pregnancy" | "starting-isotretinoin") =>
    clinic.envelope("documents.render", { paper: { ...paper, handout }, purpose: "print" });
  expect(await render("preventing-pregnancy")).toMatchObject({ ok: false, refusal: { code: "not-allowed" } });
  expect(await render("starting-isotretinoin")).toMatchObject({ ok: true });
});

test("the flowsheet on paper holds every result in force", async () => {
  await using clinic = await openClinic();
  const patient = await register(clinic);
  await clinic.call("labs.record", {
    patientId: patient.id,
    results: [labInput({ value: 23 }), labInput({ collectedOn: "2026-10-20", comparator: "<", value: 8 })],
  });
  const paper = { kind: "chart-labs" as const, patientId: patient.id };
  const { bytes } = await clinic.call("documents.render", { paper, purpose: "print" });
  const [first] = await pagesOf(bytes);
  for (const words of ["Alanine aminotransferase", "<8", "23"]) expect(first?.text).toContain(words);
});

test("what does not exist is refused as such, and a voided visit is no longer printed", async () => {
  await using clinic = await openClinic();
  const { course } = await withCourse(clinic);
  const visit = await sign(clinic, course.id);
  await clinic.call("visits.void", { id: visit.id, reason: "Wrong patient" });
  const render = (paper: InputOf<"documents.render">["paper"]) =>
    clinic.refusal("documents.render", { paper, purpose: "print" });
  const kindOf = { kind: "visit-summary" as const, confidential: null };
  expect((await render({ ...kindOf, visitId: "none" })).code).toBe("not-found");
  expect((await render({ kind: "handout", handout: "preventing-pregnancy", courseId: "none" })).code).toBe(
    "not-found",
  );
  expect((await render({ kind: "chart-labs", patientId: "none" })).code).toBe("not-found");
  expect((await render({ ...kindOf, visitId: visit.id })).code).toBe("not-allowed");
});

test("reception prints what was signed, but neither unsigned visits nor the flowsheet", async () => {
  await using clinic = await openClinic();
  const { patient, course } = await withCourse(clinic);
  const visit = await sign(clinic, course.id);
  const draft = await clinic.call("visits.save", {
    id: null,
    courseId: course.id,
    version: null,
    form: { ...visitForm(), date: "2026-11-21" },
    draftKey: null,
  });
  await clinic.addAccount("front", ["reception"]);
  await clinic.signIn("front");
  const render = (paper: InputOf<"documents.render">["paper"]) =>
    clinic.refusal("documents.render", { paper, purpose: "print" });
  expect((await summary(clinic, visit.id)).pages).toHaveLength(1);
  expect((await render({ kind: "visit-summary", visitId: draft.id, confidential: null })).code).toBe(
    "not-allowed",
  );
  expect((await render({ kind: "chart-labs", patientId: patient.id })).code).toBe("not-allowed");
});

test("printing a patient’s paper is told in the audit trail", async () => {
  await using clinic = await openClinic();
  const { patient, course } = await withCourse(clinic);
  const visit = await sign(clinic, course.id);
  await summary(clinic, visit.id);
  await clinic.settled();
  const entries = await clinic.call("audit.list", {
    patientId: patient.id,
    userId: null,
    from: null,
    to: null,
    before: null,
    limit: 50,
  });
  expect(entries.map((one) => one.action)).toContain("documents.render");
});

test("the recovery code page is made before anybody is in", async () => {
  await using clinic = await openClinic();
  await clinic.call("session.signOut", {});
  const { bytes } = await clinic.call("documents.recoveryCode", { recoveryCode: clinic.recoveryCode });
  expect((await pagesOf(bytes))[0]?.text).toContain(clinic.recoveryCode);
});
