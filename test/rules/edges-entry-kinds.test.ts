import { describe, expect, it } from "vitest";
import { addDays } from "#shared/calendar.ts";
import { programme } from "#shared/records/course.ts";
import {
  type ProgrammeEntry,
  type ProgrammeEntryKind,
  programmeEntryKind,
} from "#shared/records/programme-entry.ts";
import {
  type KindsOf,
  categoryEntries,
  categoryStanding,
  consentFormsOf,
  entryKindsFor,
  reportRecipientsOf,
  settingsKnown,
} from "#shared/rules/programmes/entry-kinds.ts";
import { entry } from "#test/support/facts.ts";

const TODAY = "2026-12-07";

function about(changes: Partial<KindsOf> = {}): KindsOf {
  return {
    programme: "ipledge",
    decidedOn: TODAY,
    today: TODAY,
    category: "can",
    birthDate: "1998-04-07",
    entries: [],
    ...changes,
  };
}

/** The kinds that are not asked for, in the record's order. */
function leftOut(changes: Partial<KindsOf> = {}): ProgrammeEntryKind[] {
  const kinds = entryKindsFor(about(changes));
  return programmeEntryKind.options.filter((one) => !kinds.has(one));
}

const OF_CAN: readonly ProgrammeEntryKind[] = [
  "contraception",
  "contraception-lapse",
  "menstruation",
  "missed-period",
  "pregnancy-test",
  "home-test-permission",
  "home-test-code",
  "patient-questions",
];
const ELSEWHERE: readonly ProgrammeEntryKind[] = [
  "enrolment",
  "menstruation",
  "prescriber-confirmation",
  "patient-questions",
  "programme-site",
];

function these(...kinds: ProgrammeEntryKind[]): ProgrammeEntryKind[] {
  return programmeEntryKind.options.filter((one) => kinds.includes(one));
}

describe("the kinds of evidence", () => {
  it("of iPLEDGE leave out what only others know", () => {
    const others = ["category-agreement", "second-prescriber", "wellbeing-check"] as const;
    expect(leftOut()).toEqual(these(...others));
    expect(leftOut({ category: null })).toEqual(these(...others));
    expect(leftOut({ category: "cannot" })).toEqual(these(...others, ...OF_CAN, "prescriber-confirmation"));
  });

  it("of patients who cannot become pregnant have the test that answers a stop, while something stops treatment", () => {
    expect(leftOut({ category: "cannot", stopped: true })).not.toContain("pregnancy-test");
    expect(leftOut({ category: "cannot", stopped: true })).toContain("contraception");
    expect(leftOut({ category: "cannot", stopped: false })).toContain("pregnancy-test");
    expect(leftOut({ category: "cannot" })).toContain("pregnancy-test");
    expect(leftOut({ stopped: true })).not.toContain("pregnancy-test");
  });

  it("of patients who cannot become pregnant have the confirmation while an edition asked for it", () => {
    const cannot = { category: "cannot" } as const;
    expect(leftOut({ ...cannot, decidedOn: "2026-11-15" })).toContain("prescriber-confirmation");
    expect(leftOut({ ...cannot, decidedOn: "2026-11-14" })).not.toContain("prescriber-confirmation");
    expect(leftOut({ ...cannot, decidedOn: "2026-11-14", today: "2026-11-14" })).not.toContain(
      "prescriber-confirmation",
    );
    expect(leftOut({ decidedOn: "2020-01-01", today: "2021-12-12" })).toContain("enrolment");
    expect(leftOut({ decidedOn: "2020-01-01", today: "2021-12-12" })).toContain("programme-site");
    expect(leftOut({ decidedOn: "2020-01-01", today: "2021-12-13" })).not.toContain("enrolment");
  });

  it("of the European programmes leave out what is iPLEDGE’s", () => {
    for (const which of ["mhra", "eu-ppp"] as const)
      expect(leftOut({ programme: which })).toEqual(
        these(
          "category-agreement",
          "second-prescriber",
          "home-test-permission",
          "home-test-code",
          ...ELSEWHERE,
        ),
      );
  });

  it("know a second prescriber in the United Kingdom under 18, for treatments decided for until 21 Jan 2026", () => {
    const asked = (changes: Partial<KindsOf>): boolean =>
      entryKindsFor(
        about({ programme: "mhra", decidedOn: "2026-01-21", birthDate: "2008-01-22", ...changes }),
      ).has("second-prescriber");
    expect(asked({})).toBe(true);
    expect(asked({ decidedOn: "2026-01-22", birthDate: "2010-01-01" })).toBe(false);
    expect(asked({ birthDate: "2008-01-21" })).toBe(false);
    expect(asked({ birthDate: null })).toBe(false);
    expect(asked({ birthDate: "2026-01-22" })).toBe(false);
    expect(asked({ birthDate: "2026-01-21" })).toBe(true);
    expect(asked({ programme: "eu-ppp" })).toBe(false);
    expect(asked({ programme: "ipledge" })).toBe(false);
  });

  it("know an agreement only while a change waits for one", () => {
    const can = entry("risk-category", addDays(TODAY, -9));
    const cannot = entry("risk-category", addDays(TODAY, -5), {
      category: "cannot",
      criterion: "hysterectomy",
    });
    const alone = entry("category-agreement", TODAY, { entryId: cannot.id });
    const agreed = { ...alone, recordedBy: "Nurse Second" };
    const ofAnother = {
      ...entry("category-agreement", TODAY, { entryId: can.id }),
      recordedBy: "Nurse Second",
    };
    const before = { ...agreed, on: addDays(TODAY, -6) };
    const onTheDay = { ...agreed, on: addDays(TODAY, -5) };
    const waits = (...entries: ProgrammeEntry[]): string | null =>
      categoryStanding(entries).toAgree?.id ?? null;
    expect(waits(cannot, can)).toBe(cannot.id);
    expect(waits(can)).toBeNull();
    expect(waits()).toBeNull();
    expect(waits(can, entry("risk-category", TODAY))).toBeNull();
    expect(waits(can, cannot, agreed)).toBeNull();
    expect(waits(can, cannot, alone)).toBe(cannot.id);
    expect(waits(can, cannot, entry("category-agreement", TODAY, { entryId: can.id }))).toBe(cannot.id);
    expect(waits(can, cannot, ofAnother)).toBe(cannot.id);
    expect(waits(can, cannot, before)).toBe(cannot.id);
    expect(waits(can, cannot, onTheDay)).toBeNull();
    // Somebody else's other entry is no agreement.
    expect(waits(can, cannot, { ...entry("counselling", TODAY), recordedBy: "Nurse Second" })).toBe(
      cannot.id,
    );
    expect(waits(entry("risk-category", addDays(TODAY, -20)), can, cannot)).toBe(cannot.id);
    const category = (...entries: ProgrammeEntry[]): string | null => categoryStanding(entries).category;
    expect(category()).toBeNull();
    expect(category(can, cannot)).toBe("can");
    expect(category(can, cannot, agreed)).toBe("cannot");
    expect(category(cannot)).toBe("cannot");
    expect(category({ ...cannot, on: addDays(TODAY, -20) }, can)).toBe("can");
    expect(waits({ ...cannot, on: addDays(TODAY, -20) }, can)).toBe(can.id);
    // After the "can" of an earlier course the first "cannot" waits too, once it has its reason.
    const after = (before: "can" | "cannot" | null, ...entries: ProgrammeEntry[]): unknown[] => {
      const { category: stands, toAgree } = categoryStanding(entries, before);
      return [stands, toAgree?.id ?? null];
    };
    const explained = { ...cannot, changeReason: "Operated." } as ProgrammeEntry;
    expect(after("can")).toEqual([null, null]);
    expect(after("can", cannot)).toEqual(["can", null]);
    expect(after("can", can)).toEqual(["can", null]);
    expect(after("can", explained)).toEqual(["can", explained.id]);
    expect(after("can", explained, agreed)).toEqual(["cannot", null]);
    const later = { ...explained, id: "later", on: TODAY };
    expect(after("can", cannot, later)).toEqual(["can", "later"]);
    expect(after("can", explained, agreed, { ...cannot, id: "again", on: TODAY })).toEqual(["cannot", null]);
    expect(after("cannot", cannot)).toEqual(["cannot", null]);
    expect(after("cannot", can)).toEqual(["can", null]);
    expect(after(null, cannot)).toEqual(["cannot", null]);
    // What stands on record decides, and not what the course was opened with.
    expect(leftOut({ category: "can", entries: [cannot] })).toContain("contraception");
    expect(leftOut({ category: "cannot", entries: [can] })).not.toContain("contraception");
    expect(leftOut({ category: "cannot", entries: [can, cannot] })).not.toContain("contraception");
    expect(leftOut({ entries: [can, cannot] })).not.toContain("category-agreement");
    expect(leftOut({ entries: [can, cannot, agreed] })).toContain("category-agreement");
  });
});

describe("the entries of the category", () => {
  it("have a correction in the place of what it corrects", () => {
    const corrected: ProgrammeEntry = {
      ...entry("risk-category", TODAY),
      id: "z",
      recordedAt: "2026-12-08T17:00:00.000Z",
      firstRecordedAt: "2026-12-07T15:00:00.000Z",
    };
    const second: ProgrammeEntry = { ...entry("risk-category", TODAY), id: "a" };
    for (const entries of [
      [corrected, second],
      [second, corrected],
    ])
      expect(categoryEntries(entries).map(({ id }) => id)).toEqual(["z", "a"]);
  });

  it("are in their order: by day, by when they were recorded, by their id", () => {
    const one = entry("risk-category", TODAY);
    const made = (id: string, on: string, recordedAt: string): ProgrammeEntry => ({
      ...one,
      id,
      on,
      recordedAt,
    });
    const all = [
      made("d", TODAY, "2026-12-07T18:00:00.000Z"),
      made("c", TODAY, "2026-12-07T17:00:00.000Z"),
      made("b", TODAY, "2026-12-07T17:00:00.000Z"),
      made("e", addDays(TODAY, -1), "2026-12-09T17:00:00.000Z"),
      entry("counselling", TODAY),
    ];
    for (const entries of [all, all.toReversed()])
      expect(categoryEntries(entries).map(({ id }) => id)).toEqual(["e", "b", "c", "d"]);
  });
});

describe("what a programme offers", () => {
  it("are the places of a test that its editions name, and always a medical setting and the home", () => {
    expect(programme.options.map((of) => [of, settingsKnown(of)])).toEqual([
      ["ipledge", ["medical", "clia-laboratory", "home"]],
      ["mhra", ["medical", "remote-supervised", "home"]],
      ["eu-ppp", expect.arrayContaining(["medical", "home"])],
      ["canada", expect.arrayContaining(["medical", "home"])],
      ["australia", expect.arrayContaining(["medical", "home"])],
    ]);
  });

  it("are its own forms of consent", () => {
    expect(consentFormsOf("ipledge")).toEqual(["all-patients", "birth-defects"]);
    expect(consentFormsOf("mhra")).toEqual(["acknowledgement-of-risk"]);
    expect(consentFormsOf("australia")).toEqual([]);
  });

  it("are those to whom a pregnancy is reported", () => {
    expect(programme.options.map((of) => [of, reportRecipientsOf(of)])).toEqual([
      ["ipledge", ["ipledge", "fda-medwatch", "manufacturer"]],
      ["mhra", ["yellow-card", "manufacturer"]],
      ["eu-ppp", ["national-agency", "manufacturer"]],
      ["canada", ["national-agency", "manufacturer"]],
      ["australia", ["national-agency", "manufacturer"]],
    ]);
  });
});
