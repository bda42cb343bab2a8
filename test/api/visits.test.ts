import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Course } from "#shared/records/course.ts";
import type { Patient } from "#shared/records/patient.ts";
import type { DoseDecision, VisitForm, VisitLab } from "#shared/records/visit.ts";
import { openClinic, PASSWORD, type TestClinic } from "#test/support/clinic.ts";
import { labInput, visitForm, visitInput, withCourse } from "#test/support/records.ts";

let clinic: TestClinic;
let patient: Patient;
let course: Course;
beforeEach(async () => {
  clinic = await openClinic({ roles: ["prescriber", "administrator"] });
  ({ patient, course } = await withCourse(clinic));
});
afterEach(() => clinic.dispose());

const alt = (over: Partial<VisitLab> = {}): VisitLab => ({ id: null, ...labInput(), ...over });
const save = (form: Partial<VisitForm> = {}, over: Parameters<typeof visitInput>[2] = {}) =>
  clinic.call("visits.save", visitInput(course.id, form, over));
const sign = (form: Partial<VisitForm> = {}, over: Parameters<typeof visitInput>[2] = {}) =>
  clinic.call("visits.sign", { ...visitInput(course.id, form, over), password: PASSWORD });
const results = async () =>
  (await clinic.call("labs.flowsheet", { patientId: patient.id })).results.map((one) => one.value);

const start: DoseDecision = {
  action: "start",
  capsules: [{ strengthMg: 30, morning: 1, evening: 0 }],
  from: "2026-10-20",
  reason: "",
};

describe("a new page", () => {
  test("of a first visit holds the day and the tests of the monitoring, and nothing that was not asked", async () => {
    const { form, previous, tests } = await clinic.call("visits.prefill", { courseId: course.id });
    expect(previous).toBeNull();
    expect(form).toMatchObject({
      date: "2026-11-22",
      weightKg: null,
      sideEffects: [],
      sideEffectsReviewed: false,
      dose: null,
      entries: [],
    });
    expect(form.labs.map((one) => one.testId)).toEqual(tests);
    expect(tests).toContain("alt");
  });

  test("carries over side effects that were there, the dose, and the range of the last result", async () => {
    await save({
      date: "2026-10-20",
      weightKg: 60,
      sideEffects: [
        { code: "cheilitis", grade: 2, onset: "2026-10-01", note: "Cracked." },
        { code: "dry-eyes", grade: 0, onset: null, note: "" },
      ],
      dose: start,
      labs: [alt({ collectedOn: "2026-10-19", rangeHigh: 55 })],
    });
    const { form, previous } = await clinic.call("visits.prefill", { courseId: course.id });
    expect(previous?.form.weightKg).toBe(60);
    expect(form.weightKg).toBeNull();
    expect(form.sideEffects).toEqual([{ code: "cheilitis", grade: 2, onset: "2026-10-01", note: "" }]);
    expect(form.dose).toEqual({
      action: "continue",
      capsules: start.capsules,
      from: "2026-11-22",
      reason: "",
    });
    expect(form.labs.find((one) => one.testId === "alt")).toMatchObject({
      id: null,
      value: null,
      rangeHigh: 55,
      unit: "U/L",
    });
  });

  test("carries no dose over a hold", async () => {
    await save({ date: "2026-10-20", dose: { ...start, action: "hold", capsules: [] } });
    expect((await clinic.call("visits.prefill", { courseId: course.id })).form.dose).toBeNull();
  });

  test("saved as it came leaves its empty rows out", async () => {
    const { form } = await clinic.call("visits.prefill", { courseId: course.id });
    expect((await save(form)).form.labs).toEqual([]);
  });
});

describe("saving", () => {
  test("keeps the page whole and gives it back", async () => {
    const form = visitForm({
      weightKg: 61.5,
      missedDoses: 0,
      iga: 2,
      plan: "Go on.",
      labs: [alt(), alt({ testId: "ast", comparator: "<", value: 5 })],
      entries: [
        { id: null, kind: "counselling", on: "2026-11-22", note: "", teachBack: "understood" },
        { id: null, kind: "missed-period", on: "2026-11-21", note: "Two days." },
      ],
    });
    const saved = await save(form);
    expect(saved).toMatchObject({ version: 1, recordedBy: "Dana Whitfield, MD", signature: null });
    const withoutIds = {
      ...saved.form,
      labs: saved.form.labs.map((one) => ({ ...one, id: null })),
      entries: saved.form.entries.map((one) => ({ ...one, id: null })),
    };
    expect(withoutIds).toEqual(form);
    expect(await clinic.call("visits.read", { id: saved.id })).toEqual(saved);
  });

  test("refuses a second visit of the course on that day, at the date", async () => {
    await save();
    const refusal = await clinic.refusal("visits.save", visitInput(course.id));
    expect(refusal).toMatchObject({ code: "invalid", fields: { date: expect.any(String) } });
    expect(refusal.sentence).toContain("Nov 22, 2026");
  });

  test("refuses a day before the course was decided on, at the date, and takes that very day", async () => {
    const page = visitInput(course.id, { date: "2026-09-19" });
    expect((await clinic.refusal("visits.save", page)).fields["date"]).toMatch(/Sep 20, 2026/u);
    expect((await save({ date: course.decidedOn })).form.date).toBe("2026-09-20");
  });

  test("refuses a page opened on an older version, and shows what stands now", async () => {
    const saved = await save();
    await save({ plan: "Mine" }, { id: saved.id, version: 1 });
    const refusal = await clinic.refusal(
      "visits.save",
      visitInput(course.id, { plan: "Yours" }, { id: saved.id, version: 1 }),
    );
    expect(refusal).toMatchObject({ code: "conflict", current: { version: 2, form: { plan: "Mine" } } });
  });

  test("drops the draft that it was typed in, and keeps it when the page is refused", async () => {
    const key = `visit:new:${course.id}`;
    const body = { plan: "Typed" };
    await clinic.call("drafts.save", { key, patientId: patient.id, baseVersion: null, body });
    await clinic.refusal("visits.save", visitInput(course.id, { date: "2026-11-23" }, { draftKey: key }));
    expect(await clinic.call("drafts.read", { key })).toMatchObject({ body });
    await save({}, { draftKey: key });
    expect(await clinic.call("drafts.read", { key })).toBeNull();
  });

  test("refuses what cannot be at its field, and saves nothing of the page", async () => {
    const refusal = await clinic.refusal(
      "visits.save",
      visitInput(course.id, {
        labs: [
          alt({ testId: "ast", value: null }),
          alt({ value: -3 }),
          alt({ collectedOn: "1999-01-01", testId: "triglycerides", unit: "mg/dL" }),
        ],
      }),
    );
    expect(refusal).toMatchObject({ code: "invalid" });
    expect(Object.keys(refusal.fields)).toEqual(["labs.1.value", "labs.2.collectedOn"]);
    expect(await results()).toEqual([]);
  });

  test("asks about a weight that looks like pounds and takes it when it is confirmed", async () => {
    const input = visitInput(course.id, { weightKg: 132 });
    expect(await clinic.refusal("visits.save", input)).toMatchObject({
      code: "unlikely",
      fields: { weightKg: expect.any(String) },
    });
    expect((await clinic.call("visits.save", { ...input, confirmed: ["weightKg"] })).form.weightKg).toBe(132);
  });

  test("refuses a programme entry of the future at its date", async () => {
    expect(
      await clinic.refusal(
        "visits.save",
        visitInput(course.id, { entries: [{ id: null, kind: "first-dose", on: "2026-11-23", note: "" }] }),
      ),
    ).toMatchObject({ code: "invalid", fields: { "entries.0.on": expect.any(String) } });
  });

  test("of a course that ended takes no dose, but takes what follows the end", async () => {
    await clinic.call("courses.end", {
      id: course.id,
      version: 1,
      endedOn: "2026-11-01",
      reason: "completed",
      note: "",
    });
    expect(
      (await clinic.refusal("visits.save", visitInput(course.id, { dose: start }))).fields,
    ).toHaveProperty("dose");
    const lastDose = { id: null, kind: "last-dose", on: "2026-11-01", note: "" } as const;
    expect((await save({ iga: 0, entries: [lastDose] })).form.entries).toMatchObject([{ kind: "last-dose" }]);
  });
});

describe("results and entries of a page", () => {
  test("stay the same rows when nothing about them changed", async () => {
    const first = await save({ labs: [alt()] });
    const second = await save({ ...first.form, plan: "More" }, { id: first.id, version: 1 });
    expect(second.form.labs).toEqual(first.form.labs);
    const [row] = first.form.labs;
    expect(await clinic.call("labs.history", { id: row?.id ?? "" })).toHaveLength(1);
  });

  test("are corrected, not overwritten, when they changed", async () => {
    const first = await save({ labs: [alt({ value: 24 })] });
    const labs = first.form.labs.map((one) => ({ ...one, value: 42 }));
    const second = await save({ ...first.form, labs }, { id: first.id, version: 1 });
    expect(await results()).toEqual([42]);
    const history = await clinic.call("labs.history", { id: second.form.labs[0]?.id ?? "" });
    expect(history.map((one) => [one.value, one.voided])).toEqual([
      [42, false],
      [24, false],
    ]);
  });

  test("are voided when they are taken out, and stay readable", async () => {
    const first = await save({ labs: [alt()] });
    const rowId = first.form.labs[0]?.id ?? "";
    const second = await save({ ...first.form, labs: [] }, { id: first.id, version: 1 });
    expect(second.form.labs).toEqual([]);
    expect(await results()).toEqual([]);
    expect((await clinic.call("labs.history", { id: rowId })).map((one) => one.voided)).toEqual([
      true,
      false,
    ]);
  });

  test("corrected elsewhere meanwhile are a conflict, not a silent loss", async () => {
    const first = await save({ labs: [alt({ value: 24 })] });
    await clinic.call("labs.correct", {
      id: first.form.labs[0]?.id ?? "",
      result: labInput({ value: 25 }),
      reason: "Misread.",
    });
    const refusal = await clinic.refusal(
      "visits.save",
      visitInput(course.id, first.form, { id: first.id, version: 1 }),
    );
    expect(refusal).toMatchObject({
      code: "conflict",
      current: { form: { labs: [{ value: 25 }] } },
    });
    expect(await results()).toEqual([25]);
  });

  test("of another patient cannot be drawn into a visit", async () => {
    const other = await withCourse(clinic, {}, { familyName: "Other" });
    const [foreign] = await clinic.call("labs.record", {
      patientId: other.patient.id,
      results: [labInput()],
    });
    const refusal = await clinic.refusal(
      "visits.save",
      visitInput(course.id, { labs: [alt({ id: foreign?.id ?? "", value: 99 })] }),
    );
    expect(refusal.code).toBe("invalid");
  });
});

describe("signing", () => {
  test("saves, locks and stores what the paper says with the verdict of that instant", async () => {
    const signed = await sign({ weightKg: 60, labs: [alt()] });
    expect(signed.signature).toEqual({
      signedAt: clinic.clock.now(),
      signedBy: "Dana Whitfield, MD",
      version: 1,
    });
    const refusal = await clinic.refusal(
      "visits.save",
      visitInput(course.id, signed.form, { id: signed.id, version: signed.version }),
    );
    expect(refusal.code).toBe("not-allowed");
    expect(refusal.sentence).toContain("addendum");
    const chart = await clinic.call("patients.chart", { id: patient.id });
    expect(chart.visits).toMatchObject([{ id: signed.id, signedAt: clinic.clock.now() }]);
  });

  test("asks for the signer's own password and saves nothing without it", async () => {
    const refusal = await clinic.refusal("visits.sign", {
      ...visitInput(course.id, { labs: [alt()] }),
      password: "not the password",
    });
    expect(refusal).toMatchObject({ code: "invalid", fields: { password: expect.any(String) } });
    expect(await results()).toEqual([]);
  });

  test("is for prescribers", async () => {
    await clinic.addAccount("nurse", ["nurse"]);
    await clinic.call("session.signOut", {});
    await clinic.signIn("nurse");
    expect((await clinic.refusal("visits.sign", { ...visitInput(course.id), password: PASSWORD })).code).toBe(
      "not-allowed",
    );
    expect((await save()).signature).toBeNull();
  });

  test("does not pass over thoughts of death without a word of what was done", async () => {
    const items = [1, 1, 0, 0, 0, 0, 0, 0, 1];
    const refusal = await clinic.refusal("visits.sign", {
      ...visitInput(course.id, { mood: { items, note: "" } }),
      password: PASSWORD,
    });
    expect(refusal).toMatchObject({ code: "invalid", fields: { "mood.note": expect.any(String) } });
    const signed = await sign({ mood: { items, note: "Talked at length; seen today by the crisis team." } });
    expect(signed.signature).not.toBeNull();
  });

  test("is refused twice", async () => {
    const signed = await sign();
    expect(
      (
        await clinic.refusal("visits.sign", {
          ...visitInput(course.id, {}, { id: signed.id, version: signed.version }),
          password: PASSWORD,
        })
      ).code,
    ).toBe("not-allowed");
  });
});

describe("after signing", () => {
  test("an addendum is shown with its writer", async () => {
    const signed = await sign();
    const visit = await clinic.call("visits.addAddendum", {
      id: signed.id,
      text: "Called back.",
      draftKey: null,
    });
    expect(visit.addenda).toMatchObject([{ text: "Called back.", recordedBy: "Dana Whitfield, MD" }]);
  });

  test("an unsigned visit takes no addendum", async () => {
    const saved = await save();
    expect(
      (await clinic.refusal("visits.addAddendum", { id: saved.id, text: "Late", draftKey: null })).code,
    ).toBe("not-allowed");
  });

  test("a corrected result leaves the signed page as it was and adds an addendum to it", async () => {
    const signed = await sign({ labs: [alt({ value: 24 })] });
    await clinic.call("labs.correct", {
      id: signed.form.labs[0]?.id ?? "",
      result: labInput({ value: 240 }),
      reason: "A digit was lost.",
    });
    const visit = await clinic.call("visits.read", { id: signed.id });
    expect(visit.form.labs).toMatchObject([{ value: 24 }]);
    expect(visit.addenda).toHaveLength(1);
    expect(visit.addenda[0]?.text).toBe(
      "Result corrected: ALT 24 U/L of Nov 20, 2026. It now reads: ALT 240 U/L of Nov 20, 2026. Reason: A digit was lost.",
    );
    expect(await results()).toEqual([240]);
  });

  test("a corrected programme entry adds an addendum too", async () => {
    const signed = await sign({
      entries: [{ id: null, kind: "first-dose", on: "2026-11-20", note: "" }],
    });
    await clinic.call("programme.correct", {
      id: signed.form.entries[0]?.id ?? "",
      entry: { kind: "first-dose", on: "2026-11-21" },
      reason: "One day later.",
    });
    const visit = await clinic.call("visits.read", { id: signed.id });
    expect(visit.form.entries).toMatchObject([{ on: "2026-11-20" }]);
    expect(visit.addenda[0]?.text).toContain("Nov 21, 2026");
  });
});

describe("voiding a visit", () => {
  test("makes it and its parts count for nothing, and keeps them readable", async () => {
    const signed = await sign({
      weightKg: 60,
      dose: start,
      labs: [alt()],
      entries: [{ id: null, kind: "first-dose", on: "2026-10-20", note: "" }],
    });
    const voided = await clinic.call("visits.void", { id: signed.id, reason: "Wrong patient." });
    expect(voided).toMatchObject({ voidReason: "Wrong patient.", form: { labs: [{ value: 24 }] } });
    expect(await results()).toEqual([]);
    expect(await clinic.call("programme.entries", { courseId: course.id })).toEqual([]);
    const chart = await clinic.call("patients.chart", { id: patient.id });
    expect(chart.open?.progress).toMatchObject({ startedOn: null, totalMg: 0, latestWeight: null });
    expect(chart.visits).toMatchObject([{ id: signed.id, voided: true }]);
  });

  test("frees its day and is refused twice", async () => {
    const saved = await save();
    await clinic.call("visits.void", { id: saved.id, reason: "Wrong day." });
    expect((await clinic.refusal("visits.void", { id: saved.id, reason: "Again." })).code).toBe(
      "not-allowed",
    );
    expect((await save()).id).not.toBe(saved.id);
    expect(
      (await clinic.refusal("visits.save", visitInput(course.id, {}, { id: saved.id, version: 1 }))).code,
    ).toBe("not-allowed");
  });
});
