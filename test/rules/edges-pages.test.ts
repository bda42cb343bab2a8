import { describe, expect, it } from "vitest";
import { disagreement } from "#shared/records/disagreement.ts";
import { type DueItem, dueItem } from "#shared/records/due.ts";
import { due } from "#shared/rules/due.ts";
import { type Finding, type Verdict, verdict } from "#shared/rules/finding.ts";
import { judge, programmeState } from "#shared/rules/prescribing.ts";
import { programmeCalendar } from "#shared/rules/programme-calendar.ts";
import { RULES } from "#shared/rules/programmes/programme-table.ts";
import { latestSiteEntry, reconcile } from "#shared/rules/reconciliation.ts";
import { SCENES, type Scene } from "./edges-scenes.ts";

/**
 * All that is said at each turn, as people have read it, in `__snapshots__/edges-pages.test.ts.snap`. After a change:
 * `npx vitest run test/rules/edges-pages.test.ts --update`, and read every line that differs.
 */

function withFacts(words: string, facts: Readonly<Record<string, string | null>>): string {
  const known = Object.entries(facts).flatMap(([name, value]) =>
    value === null ? [] : [`${name} ${value}`],
  );
  return known.length === 0 ? words : `${words} (${known.join(", ")})`;
}

function findingLine(one: Finding): string {
  const said = withFacts(one.sentence, { opens: one.opensAt, closes: one.closesAt });
  return `${one.status} by ${one.edition}: ${said}${one.datum === null ? "" : ` [${one.datum}]`}`;
}

function verdictLines(one: Verdict): string[] {
  const said = withFacts(one.sentence, { opens: one.opensAt, closes: one.closesAt });
  const blocking = (["unmet", "unknown"] as const).flatMap((status) => {
    const rules = one.findings.filter((finding) => finding.status === status).map(({ rule }) => rule);
    return rules.length === 0 ? [] : [`  ${status}: ${rules.join(", ")}`];
  });
  return [`${one.question}, ${one.answer}, ${one.edition}: ${said}`, ...blocking];
}

function stateLine({ facts, at }: Scene): string {
  const { label, tone, sentence, contraception, ...days } = programmeState(facts, at);
  return `banner: ${label} (${tone}): ${withFacts(sentence, { ...days, contraception })}`;
}

function dueLines(one: DueItem): string[] {
  const { id, kind, patientId, courseId, urgency, sentence, on, at, roles, act, tasks } = dueItem.parse(one);
  expect([id, patientId, courseId]).toEqual([`course-1:${kind}`, "patient-1", "course-1"]);
  const leads = withFacts(`“${act.label}” → ${act.to}`, { visit: act.visitId, record: act.record ?? null });
  return [
    `${kind}, ${urgency}, ${on}${at === null ? "" : ` ${at}`}, ${roles.join("/")}: ${sentence} ${leads}`,
    ...(tasks ?? []).map(({ step, words }) => `  ${step}: ${words}`),
  ];
}

const known = new Map<Scene, readonly Verdict[]>();

/** Asked for a prescription, and for the pick-up where there is something to pick up. */
function verdictsOf(the: Scene): readonly Verdict[] {
  const before = known.get(the);
  if (before !== undefined) return before;
  const questions =
    the.facts.prescriptions.length > 0 ? (["prescribe", "dispense"] as const) : (["prescribe"] as const);
  const verdicts = questions.map((question) =>
    verdict.parse(judge(the.facts, the.at, { ...the.asked, question })),
  );
  known.set(the, verdicts);
  return verdicts;
}

describe("the verdict and the banner", () => {
  for (const the of SCENES)
    it(`say what people have read: ${the.name}`, () => {
      const verdicts = verdictsOf(the);
      for (const one of verdicts) expect(one.judgedAt).toBe(the.at);
      expect([...verdicts.flatMap(verdictLines), stateLine(the)].join("\n")).toMatchSnapshot();
    });
});

describe("Today", () => {
  for (const { name, facts, at } of SCENES)
    it(`says what people have read: ${name}`, () => {
      const lines = due(facts, at).flatMap(dueLines);
      expect(lines.length === 0 ? "Nothing." : lines.join("\n")).toMatchSnapshot();
    });
});

describe("the calendar and the comparison with the programme's site", () => {
  // What is asked for besides changes no calendar.
  const different = SCENES.filter(({ asked }) => Object.keys(asked).length === 0);
  for (const { name, facts, at } of different)
    it(`say what people have read: ${name}`, () => {
      const { today, weekBegins, marks, notes } = programmeCalendar(facts, at, facts.nextVisitOn);
      const site = latestSiteEntry(facts.entries, today);
      const compared = site === null ? [] : reconcile(facts, site, at).map((one) => disagreement.parse(one));
      const lines = [
        `${today}, weeks begin on ${weekBegins}`,
        ...marks.map((one) => `${one.kind} ${one.from} ${one.to ?? "…"} ${one.at ?? "-"}: ${one.sentence}`),
        ...notes,
        ...compared.map(
          (one) =>
            `${one.about}, ${one.kind}${one.urgent ? ", urgent" : ""}: ${one.here} | ${one.there} | ${one.toDo}`,
        ),
        ...(site !== null && compared.length === 0 ? ["The site agrees."] : []),
      ];
      expect(lines.join("\n")).toMatchSnapshot();
    });
});

describe("every finding", () => {
  for (const rule of ["edition", ...RULES])
    it(`says what people have read: ${rule}`, () => {
      const lines = SCENES.flatMap(verdictsOf)
        .flatMap((one) => one.findings)
        .filter((one) => one.rule === rule)
        .map((one) => findingLine(one));
      expect([...new Set(lines)].join("\n")).toMatchSnapshot();
    });
});

describe("the scenes", () => {
  it("have each its own name", () => {
    expect(new Set(SCENES.map(({ name }) => name)).size).toBe(SCENES.length);
  });
});
