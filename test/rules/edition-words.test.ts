import { expect, test } from "vitest";
import { EDITIONS } from "#shared/rules/programmes/editions.ts";
import { differencesOf, parametersWithoutWords } from "#shared/rules/programmes/edition-words.ts";
import {
  categoryStanding,
  entryKindsFor,
  type KindsOf,
  settingsKnown,
} from "#shared/rules/programmes/entry-kinds.ts";
import { consentItems } from "#shared/rules/programmes/consent-items.ts";
import { entry } from "#test/support/facts.ts";

const tables = Object.values(EDITIONS).flat();

test.each(tables.map((one) => [`${one.id} from ${one.effectiveFrom}`, one] as const))(
  "every parameter of %s has a word",
  (_, table) => {
    expect(parametersWithoutWords(table)).toEqual([]);
  },
);

test("a table differs from itself in nothing", () => {
  for (const table of tables) expect(differencesOf(table, table, "iso")).toEqual([]);
});

test("a rule that is new, gone or changed is told, with only what changed in it", () => {
  const [before, after] = EDITIONS.mhra.slice(-2);
  if (before === undefined || after === undefined) throw new Error("the MHRA has no two tables");
  const said = differencesOf(before, after, "iso");
  const second = said.find((one) => one.rule === "second-prescriber");
  expect(second).toMatchObject({ before: "under this age, in years: 18", after: null });
  for (const one of said) expect(one.source).not.toBe("");
});

const kinds = (over: Partial<KindsOf>) =>
  entryKindsFor({
    programme: "ipledge",
    decidedOn: "2026-11-16",
    today: "2026-11-22",
    category: "can",
    birthDate: "2000-01-01",
    entries: [],
    ...over,
  });

test("iPLEDGE knows enrolment, questions, confirmation and its site, and no wellbeing check nor second prescriber", () => {
  const known = kinds({});
  for (const kind of ["enrolment", "patient-questions", "prescriber-confirmation", "programme-site"] as const)
    expect(known).toContain(kind);
  expect(known).not.toContain("wellbeing-check");
  expect(known).not.toContain("second-prescriber");
  expect(known).not.toContain("category-agreement");
});

test("who cannot become pregnant is asked nothing about contraception or tests, and confirmed only where the edition says so", () => {
  const known = kinds({ category: "cannot" });
  for (const kind of ["pregnancy-test", "contraception", "menstruation", "patient-questions"] as const)
    expect(known).not.toContain(kind);
  expect(known).not.toContain("prescriber-confirmation");
  expect(known).toContain("pregnancy");
  // A course that began under the edition of before may still have such a step to record.
  expect(kinds({ category: "cannot", decidedOn: "2026-10-01" })).toContain("prescriber-confirmation");
});

test("the United Kingdom asks about wellbeing, knows no enrolment and no questions, and a second prescriber only under 18 before 2026-01-22", () => {
  const known = kinds({ programme: "mhra" });
  expect(known).toContain("wellbeing-check");
  for (const kind of ["enrolment", "patient-questions", "programme-site", "second-prescriber"] as const)
    expect(known).not.toContain(kind);
  const minor = { programme: "mhra", birthDate: "2010-01-01" } as const;
  expect(kinds({ ...minor, decidedOn: "2026-01-21" })).toContain("second-prescriber");
  expect(kinds({ ...minor, decidedOn: "2026-01-22" })).not.toContain("second-prescriber");
  expect(kinds({ ...minor, birthDate: "2008-01-21", decidedOn: "2026-01-21" })).not.toContain(
    "second-prescriber",
  );
});

test("an agreement is offered while a change of category waits for it", () => {
  const first = entry("risk-category", "2026-11-01");
  const changed = entry("risk-category", "2026-11-20", { category: "cannot", criterion: "hysterectomy" });
  expect(kinds({ entries: [first, changed] })).toContain("category-agreement");
  const agreed = {
    ...entry("category-agreement", "2026-11-20", { entryId: changed.id }),
    recordedBy: "Second person",
  };
  expect(kinds({ entries: [first, changed, agreed] })).not.toContain("category-agreement");
  expect(kinds({ entries: [first] })).not.toContain("category-agreement");
});

test("a CLIA laboratory is a place of the United States only, and at home is always a place, allowed or not", () => {
  expect(settingsKnown("ipledge")).toContain("clia-laboratory");
  expect(settingsKnown("mhra")).not.toContain("clia-laboratory");
  expect(settingsKnown("mhra")).toContain("remote-supervised");
  expect(settingsKnown("eu-ppp")).toContain("home");
});

test("the consents have 12 and 14 items, each with its own id and words", () => {
  expect(consentItems["all-patients"].items).toHaveLength(12);
  expect(consentItems["birth-defects"].items).toHaveLength(14);
  for (const { items } of Object.values(consentItems)) {
    expect(new Set(items.map((one) => one.id)).size).toBe(items.length);
    expect(new Set(items.map((one) => one.words)).size).toBe(items.length);
  }
});

test("a change to “cannot” stands only once it is agreed to, and one to “can” at once", () => {
  const first = entry("risk-category", "2026-11-01");
  const cannot = entry("risk-category", "2026-11-10", { category: "cannot", criterion: "hysterectomy" });
  const again = entry("risk-category", "2026-11-12", { category: "cannot", criterion: "hysterectomy" });
  const agreed = {
    ...entry("category-agreement", "2026-11-12", { entryId: again.id }),
    recordedBy: "Second person",
  };
  const back = entry("risk-category", "2026-11-20");
  expect(categoryStanding([])).toEqual({ category: null, toAgree: null });
  expect(categoryStanding([first, cannot])).toEqual({ category: "can", toAgree: cannot });
  // Said twice is not agreed to.
  expect(categoryStanding([first, cannot, again])).toEqual({ category: "can", toAgree: again });
  expect(categoryStanding([first, cannot, again, agreed])).toEqual({ category: "cannot", toAgree: null });
  expect(categoryStanding([first, cannot, again, agreed, back])).toEqual({ category: "can", toAgree: back });
  expect(kinds({ category: "cannot", entries: [first, cannot] })).toContain("contraception");
});
