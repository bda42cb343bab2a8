import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { InputOf } from "#shared/contract.ts";
import { openClinic, type TestClinic } from "#test/support/clinic.ts";
import {
  courseInput,
  labInput,
  patientInput,
  register,
  visitInput,
  withCourse,
} from "#test/support/records.ts";

let clinic: TestClinic;
beforeEach(async () => {
  clinic = await openClinic({ roles: ["prescriber", "administrator"] });
});
afterEach(() => clinic.dispose());

const found = async (text: string) =>
  (await clinic.call("patients.search", { text })).map((one) => one.familyName);

describe("searching", () => {
  beforeEach(async () => {
    await register(clinic, {
      familyName: "O'Brien-Łuczak",
      givenNames: "Zoë Marie",
      birthDate: "1999-07-04",
      recordNumber: "MRN-0042",
      phone: "+1 (555) 555-0188",
    });
    await register(clinic, { familyName: "Müller", givenNames: "Jürgen", birthDate: "2003-12-30" });
    await register(clinic, { familyName: "de la Cruz", givenNames: "", birthDate: "2008-01-15" });
    await register(clinic, { familyName: "王", givenNames: "小明", birthDate: "2005-05-05" });
    await register(clinic, { familyName: "Marie", givenNames: "Ann", birthDate: "2000-02-02" });
  });

  test.each([
    ["a family name", "o'brien"],
    ["the family name without its apostrophe and hyphen", "obrienluczak"],
    ["a later part of a double name", "luczak"],
    ["the beginnings of parts in any order", "zo luc"],
    ["parts the wrong way round, with a comma", "Marie, O’Brien"],
    ["the birth date as the clinic writes it", "7/4/1999"],
    ["the birth date as eight digits", "07041999"],
    ["the birth date in words", "4 Jul 1999"],
    ["the year of birth", "1999"],
    ["the birth date in ISO", "1999-07-04"],
    ["a name and the birth date", "brien 07/04/99"],
    ["the record number", "mrn-0042"],
    ["the digits of the record number", "42"],
    ["the phone number as dialled", "15555550188"],
    ["the tail of the phone number", "0188"],
    ["the phone number with spaces", "555 555 0188"],
  ])("finds a patient by %s", async (_what, text) => {
    expect(await found(text)).toContain("O'Brien-Łuczak");
  });

  test("finds ü typed as u and as ue", async () => {
    expect(await found("muller")).toEqual(["Müller"]);
    expect(await found("mueller")).toEqual(["Müller"]);
  });

  test("finds a name of several words typed as one", async () => {
    expect(await found("delacruz")).toEqual(["de la Cruz"]);
  });

  test("finds a name that is not in Latin letters", async () => {
    expect(await found("王")).toEqual(["王"]);
  });

  test("puts a whole family name before a given name that begins like it", async () => {
    expect(await found("marie")).toEqual(["Marie", "O'Brien-Łuczak"]);
  });

  test("finds nobody when one part fits nobody", async () => {
    expect(await found("obrien xyz")).toEqual([]);
  });

  test("reads a birth date in the other order where the clinic's order makes none", async () => {
    expect(await found("30/12/2003")).toEqual(["Müller"]);
  });

  test("finds a phone number whose digits could also be a date", async () => {
    await register(clinic, { familyName: "Phoned", phone: "11121999" });
    await register(clinic, { familyName: "Born", birthDate: "1999-11-12" });
    expect((await found("11121999")).toSorted()).toEqual(["Born", "Phoned"]);
  });

  test("shows the latest patients when nothing is typed", async () => {
    clinic.clock.advance({ minutes: 1 });
    await register(clinic, { familyName: "Newest" });
    expect((await found(""))[0]).toBe("Newest");
    expect(await found("")).toHaveLength(6);
  });

  test("finds a patient under the new name only, once it was changed", async () => {
    const patient = await register(clinic, { familyName: "Before" });
    await clinic.call("patients.update", {
      ...patientInput({ familyName: "Afterwards", recordNumber: patient.recordNumber }),
      id: patient.id,
      version: 1,
    });
    expect(await found("before")).toEqual([]);
    expect(await found("afterw")).toEqual(["Afterwards"]);
  });

  test("says in which month of the course a patient is", async () => {
    const patient = await register(clinic, { familyName: "Treated" });
    const course = await clinic.call("courses.open", courseInput(patient.id));
    const month = async () => (await clinic.call("patients.search", { text: "treated" }))[0]?.courseMonth;
    expect(await month()).toBeNull();
    await clinic.call("programme.record", {
      courseId: course.id,
      entry: { kind: "first-dose", on: "2026-10-20" },
    });
    await clinic.call(
      "visits.save",
      visitInput(course.id, {
        date: "2026-10-20",
        dose: {
          action: "start",
          capsules: [{ strengthMg: 20, morning: 1, evening: 0 }],
          from: "2026-10-20",
          reason: "",
        },
      }),
    );
    expect(await month()).toBe(2);
  });
});

describe("registering", () => {
  test("gives the next free record number when none is typed", async () => {
    expect((await register(clinic)).recordNumber).toBe("1001");
    await register(clinic, { recordNumber: "02500" });
    await register(clinic, { recordNumber: "X-9" });
    expect((await register(clinic)).recordNumber).toBe("02501");
  });

  test("refuses a record number that somebody else has, and says whose it is", async () => {
    await register(clinic, { recordNumber: "77", familyName: "First", givenNames: "" });
    const refusal = await clinic.refusal("patients.register", patientInput({ recordNumber: "77" }));
    expect(refusal.code).toBe("invalid");
    expect(refusal.fields["recordNumber"]).toContain("belongs to First");
  });

  test("refuses a birth date in the future at its field", async () => {
    const refusal = await clinic.refusal("patients.register", patientInput({ birthDate: "2027-01-01" }));
    expect(refusal).toMatchObject({ code: "invalid", fields: { birthDate: expect.any(String) } });
  });

  test("asks once about an unlikely birth date and takes it when it is confirmed", async () => {
    const input = patientInput({ birthDate: "2019-01-01" });
    expect(await clinic.refusal("patients.register", input)).toMatchObject({
      code: "unlikely",
      fields: { birthDate: expect.any(String) },
    });
    expect(await clinic.call("patients.register", { ...input, confirmed: ["birthDate"] })).toMatchObject({
      birthDate: "2019-01-01",
      recordedBy: "Dana Whitfield, MD",
    });
  });
});

describe("duplicates", () => {
  const typed: InputOf<"patients.duplicates"> = {
    familyName: "",
    givenNames: "",
    birthDate: "",
    phone: "",
    exceptId: null,
  };
  const whys = async (over: Partial<typeof typed>) =>
    (await clinic.call("patients.duplicates", { ...typed, ...over })).map((one) => one.why);

  beforeEach(async () => {
    await register(clinic, {
      familyName: "Ångström",
      givenNames: "Karin",
      birthDate: "1999-07-04",
      phone: "(555) 555-0188",
    });
  });

  test("the same name without its accents is told", async () => {
    expect(await whys({ familyName: "Angstrom", givenNames: "Karin" })).toEqual(["The same name."]);
  });

  test("a family name alone tells nothing", async () => {
    expect(await whys({ familyName: "Angstrom", givenNames: "Olle" })).toEqual([]);
  });

  test("a misspelt name with the same birth date is told", async () => {
    expect(await whys({ familyName: "Angstorm", givenNames: "Karin", birthDate: "7/4/1999" })).toEqual([
      "A similar name and the same birth date.",
    ]);
  });

  test("another name with the same birth date tells nothing", async () => {
    expect(await whys({ familyName: "Smith", givenNames: "John", birthDate: "1999-07-04" })).toEqual([]);
  });

  test("the same phone number written otherwise is told", async () => {
    expect(await whys({ familyName: "Smith", phone: "+1 555 555 0188" })).toEqual(["The same phone number."]);
  });

  test("nobody is a duplicate of themselves", async () => {
    const [one] = await clinic.call("patients.search", { text: "angstrom" });
    expect(await whys({ familyName: "Ångström", givenNames: "Karin", exceptId: one?.id ?? "" })).toEqual([]);
  });
});

describe("changing", () => {
  test("keeps every version, with who wrote it", async () => {
    const patient = await register(clinic, { phone: "1" });
    const changed = await clinic.call("patients.update", {
      ...patientInput({ phone: "2" }),
      id: patient.id,
      version: patient.version,
    });
    expect(changed).toMatchObject({ version: 2, phone: "2", recordNumber: patient.recordNumber });
    const history = await clinic.call("patients.history", { id: patient.id });
    expect(history.map((one) => one.phone)).toEqual(["2", "1"]);
  });

  test("refuses a change made on an older version and shows what stands now", async () => {
    const patient = await register(clinic);
    const input = { ...patientInput({ phone: "1" }), id: patient.id, version: 1 };
    await clinic.call("patients.update", input);
    const refusal = await clinic.refusal("patients.update", { ...input, phone: "2" });
    expect(refusal).toMatchObject({ code: "conflict", current: { version: 2, phone: "1" } });
    expect((await clinic.call("patients.history", { id: patient.id }))[0]?.phone).toBe("1");
  });

  test("a patient who does not exist is refused, not invented", async () => {
    expect(
      (await clinic.refusal("patients.update", { ...patientInput(), id: "nobody", version: 1 })).code,
    ).toBe("not-found");
    expect((await clinic.refusal("patients.chart", { id: "nobody" })).code).toBe("not-found");
    expect((await clinic.refusal("patients.history", { id: "nobody" })).code).toBe("not-found");
  });
});

describe("the chart", () => {
  test("of a new patient is empty but true", async () => {
    const patient = await register(clinic, { birthDate: "2001-11-23" });
    expect(await clinic.call("patients.chart", { id: patient.id })).toMatchObject({
      age: 24,
      open: null,
      earlier: [],
      visits: [],
      verdict: null,
      due: [],
    });
  });

  test("says of a result that nobody signed for what Today says, and says nothing of it to the desk", async () => {
    const { patient, course } = await withCourse(clinic);
    await clinic.call(
      "visits.save",
      visitInput(course.id, { nextVisitOn: "2026-11-22", date: "2026-10-22" }),
    );
    const grave = labInput({
      testId: "triglycerides",
      unit: "mg/dL",
      value: 624,
      rangeLow: null,
      rangeHigh: 150,
    });
    await clinic.call("labs.record", { patientId: patient.id, results: [grave] });
    const { due } = await clinic.call("patients.chart", { id: patient.id });
    const said = due.find((one) => one.kind === "abnormal-result")?.sentence;
    expect(said).toMatch(/^Triglycerides, .*4\.2 times the upper limit/u);
    const { lines } = await clinic.call("today.list", {});
    expect(due.map((one) => one.sentence)).toEqual(lines.map((one) => one.sentence));
    await clinic.addAccount("desk", ["reception"]);
    await clinic.call("session.signOut", {});
    await clinic.signIn("desk");
    const atTheDesk = (await clinic.call("patients.chart", { id: patient.id })).due.map((one) => one.kind);
    expect(atTheDesk).toContain("visit-due");
    expect(atTheDesk).not.toContain("abnormal-result");
  });

  test("shows the open course with its progress, category, cautions and verdict", async () => {
    const patient = await register(clinic);
    const course = await clinic.call(
      "courses.open",
      courseInput(patient.id, {
        medicines: [{ name: "Doxycycline 100 mg" }],
        category: { category: "cannot", criterion: "cisgender-male", evidence: "" },
      }),
    );
    await clinic.call(
      "visits.save",
      visitInput(course.id, {
        date: "2026-11-02",
        weightKg: 61,
        dose: {
          action: "start",
          capsules: [{ strengthMg: 30, morning: 1, evening: 0 }],
          from: "2026-11-02",
          reason: "",
        },
        nextVisitOn: "2026-12-02",
      }),
    );
    const planned = await clinic.call("patients.chart", { id: patient.id });
    expect(planned.open?.progress).toMatchObject({ totalMg: 0, dose: null, doseState: "not-started" });
    expect(planned.open?.progress.warnings.join(" ")).toContain("nothing counts as taken yet");
    const dispensed = (on: string, capsules: number) =>
      clinic.call("programme.record", {
        courseId: course.id,
        entry: { kind: "dispensing", on, capsules, productId: "claravis" },
      });
    // Left at the pharmacy: the pharmacist's word that nothing was dispensed begins no treatment.
    await dispensed("2026-11-01", 0);
    const left = await clinic.call("patients.chart", { id: patient.id });
    expect(left.open?.progress).toMatchObject({ totalMg: 0, doseState: "not-started" });
    await dispensed("2026-11-02", 30);
    const chart = await clinic.call("patients.chart", { id: patient.id });
    expect(chart.open).toMatchObject({
      category: "cannot",
      nextVisitOn: "2026-12-02",
      progress: { totalMg: 600, mgPerKg: 10, latestWeight: { kg: 61 }, dose: { dailyMg: 30 } },
    });
    expect(chart.open?.cautions.some((one) => one.level === "block")).toBe(true);
    expect(chart.verdict?.findings.length).toBeGreaterThan(0);
    expect(chart.visits).toMatchObject([{ date: "2026-11-02", weightKg: 61, signedAt: null }]);
  });
});

test.each(["\u200B", "\u0000", "%_%", "\uD800", "👩‍⚕️"])(
  "a name without a letter (%j) could be neither read nor found, and is refused at its field",
  async (familyName) => {
    const refusal = await clinic.refusal("patients.register", patientInput({ familyName }));
    expect(refusal).toMatchObject({ code: "invalid", fields: { familyName: expect.any(String) } });
  },
);
