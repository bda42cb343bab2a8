import { expect, test } from "vitest";
import { EDITIONS } from "#shared/rules/programmes/editions.ts";
import { changedRules, differencesOf } from "#shared/rules/programmes/edition-words.ts";
import { type ProgrammeTable, RULES, type RuleId } from "#shared/rules/programmes/programme-table.ts";
import {
  categoryStanding,
  entryKindsFor,
  type KindsOf,
  settingsKnown,
} from "#shared/rules/programmes/entry-kinds.ts";
import { consentItems } from "#shared/rules/programmes/consent-items.ts";
import { entry } from "#test/support/facts.ts";

const tables = Object.values(EDITIONS).flat();

/** A table that asks for nothing: what another one asks differs from it in everything. */
function asksNothing(table: ProgrammeTable): ProgrammeTable {
  return {
    ...table,
    rules: {
      ...(Object.fromEntries(RULES.map((rule) => [rule, null])) as Record<RuleId, null>),
      // Every table has it.
      "dispense-window": { days: null, cannot: false, source: "" },
    },
    testsAfterLastDose: { days: [], source: "" },
    protection: { days: 0, months: 0, source: "" },
    visits: { from: 0, to: 0, source: "" },
  };
}

function lines(before: ProgrammeTable, after: ProgrammeTable): string[] {
  return differencesOf(before, after, "mdy").map(
    (one) =>
      `- **${one.name}** (\`${one.rule}\`): ${one.before === null ? "" : `~~${one.before}~~ `}${one.after ?? "asked no more"}. ${one.source}`,
  );
}

/** Read by a clinician beside the sources. After a change: `npx vitest run test/rules/edition-words.test.ts --update`, and read it. */
test("what each edition asks, and what changes from one to the next, is what is written down", async () => {
  const { ipledge, mhra, "eu-ppp": european, canada, australia } = EDITIONS;
  const told = (title: string, said: readonly string[]): string[] => [`## ${title}`, "", ...said, ""];
  const asked = [ipledge, mhra, european].flatMap(([first]) =>
    first === undefined
      ? []
      : told(`${first.name}, from ${first.effectiveFrom}`, lines(asksNothing(first), first)),
  );
  const changed = [ipledge, mhra].flatMap((all) =>
    all.flatMap((table, index) => {
      const before = all[index - 1];
      return before === undefined
        ? []
        : told(`${table.name}: what changes on ${table.effectiveFrom}`, lines(before, table));
    }),
  );
  const beside = [canada, australia].flatMap(([table]) =>
    table === undefined || european[0] === undefined
      ? []
      : told(`${table.name}, beside the European Union (not enabled)`, lines(european[0], table)),
  );
  const text = ["# The editions in words", "", ...asked, ...changed, ...beside].join("\n");
  await expect(text).toMatchFileSnapshot("editions.md");
});

test("what an edition asks no more is told with the older source", () => {
  const [table] = EDITIONS["eu-ppp"];
  if (table === undefined) throw new Error("the European Union has no table");
  const gone = differencesOf(table, asksNothing(table), "iso");
  expect(gone.find(({ rule }) => rule === "no-pregnancy")).toEqual({
    rule: "no-pregnancy",
    name: "No pregnancy",
    before: "asked",
    after: null,
    source: table.rules["no-pregnancy"]?.source,
  });
  expect(gone.find(({ rule }) => rule === "visits")).toMatchObject({
    before: "from, in days: 28; to, in days: 30",
    after: "from, in days: 0; to, in days: 0",
  });
});

test("a method that counts for something else is told alone", () => {
  const [european] = EDITIONS["eu-ppp"];
  const [american] = EDITIONS.ipledge;
  if (european === undefined || american === undefined) throw new Error("a table is gone");
  const methods = differencesOf(american, european, "iso").find(({ rule }) => rule === "contraception-pair");
  expect(methods?.before).toContain("implant: primary; continuous abstinence: enough by itself; one primary");
  expect(methods?.after).toContain("implant: enough by itself; continuous abstinence: never; one primary");
  expect(methods?.after).not.toContain("condom");
});

test("the rules that differ between two editions are known by their ids", () => {
  const [, before, after] = EDITIONS.ipledge;
  if (before === undefined || after === undefined) throw new Error("an edition is gone");
  expect([...changedRules(before, after)]).toEqual([
    "counselling",
    "missed-first-window",
    "prescriber-confirmation",
    "confirmation-window",
  ]);
});

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
