import { describe, expect, it } from "vitest";
import { dateIn } from "#shared/calendar.ts";
import { disagreement } from "#shared/records/disagreement.ts";
import { type DueItem, dueItem } from "#shared/records/due.ts";
import type { CalendarMarkKind } from "#shared/records/programme-calendar.ts";
import { due } from "#shared/rules/due.ts";
import { type Finding, type Verdict, verdict } from "#shared/rules/finding.ts";
import { judge, programmeState } from "#shared/rules/prescribing.ts";
import { programmeCalendar } from "#shared/rules/programme-calendar.ts";
import { RULES } from "#shared/rules/programmes/programme-table.ts";
import { latestSiteEntry, reconcile } from "#shared/rules/reconciliation.ts";
import { SCENES, type Scene } from "./edges-scenes.ts";

/**
 * All that is said at each turn is written down in `__snapshots__/edges-pages.test.ts.snap`, so that no change of it goes by unread. After one:
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
    it(`say what is written down: ${the.name}`, () => {
      const verdicts = verdictsOf(the);
      for (const one of verdicts) expect(one.judgedAt).toBe(the.at);
      expect([...verdicts.flatMap(verdictLines), stateLine(the)].join("\n")).toMatchSnapshot();
    });
});

describe("Today", () => {
  for (const { name, facts, at } of SCENES)
    it(`says what is written down: ${name}`, () => {
      const lines = due(facts, at).flatMap(dueLines);
      expect(lines.length === 0 ? "Nothing." : lines.join("\n")).toMatchSnapshot();
    });
});

/** What has been is marked in every scene alike: told once, below. */
const PAST: ReadonlySet<CalendarMarkKind> = new Set(["tested", "prescribed", "picked-up", "last-dose"]);

describe("the calendar", () => {
  // What is asked for besides, and what the site shows, changes no calendar.
  const different = SCENES.filter(
    ({ facts, asked }) =>
      Object.keys(asked).length === 0 && !facts.entries.some((one) => one.kind === "programme-site"),
  );
  for (const { name, facts, at } of different)
    it(`says what is written down: ${name}`, () => {
      const { today, weekBegins, marks, notes } = programmeCalendar(facts, at, facts.nextVisitOn);
      const lines = [
        `${today}, weeks begin on ${weekBegins}`,
        ...marks
          .filter(({ kind }) => !PAST.has(kind))
          .map((one) => `${one.kind} ${one.from} ${one.to ?? "…"} ${one.at ?? "-"}: ${one.sentence}`),
        ...notes,
      ];
      expect(lines.join("\n")).toMatchSnapshot();
    });
});

describe("the comparison with the programme's site", () => {
  const looked = SCENES.filter(({ facts }) => facts.entries.some((one) => one.kind === "programme-site"));
  for (const { name, facts, at } of looked)
    it(`says what is written down: ${name}`, () => {
      const site = latestSiteEntry(facts.entries, dateIn(facts.clinic.zone, at));
      const lines =
        site === null
          ? ["Nobody looked."]
          : reconcile(facts, site, at)
              .map((one) => disagreement.parse(one))
              .map(
                (one) =>
                  `${one.about}, ${one.kind}${one.urgent ? ", urgent" : ""}: ${one.here} | ${one.there} | ${one.toDo}`,
              );
      expect(lines.length === 0 ? "Both agree." : lines.join("\n")).toMatchSnapshot();
    });
});

describe("what has been", () => {
  it("is marked on its day", () => {
    const the = SCENES.find(({ name }) => name === "given back three times");
    const other = SCENES.find(({ name }) => name === "a last dose three times");
    if (the === undefined || other === undefined) throw new Error("The scenes are gone.");
    const marked = [the, other].map(({ facts, at }) =>
      programmeCalendar(facts, at, null)
        .marks.filter(({ kind }) => PAST.has(kind))
        .map(({ kind, from, to, at: hour, sentence }) => {
          expect([to, hour]).toEqual([from, null]);
          return `${kind}: ${sentence}`;
        }),
    );
    expect(marked).toEqual([
      [
        "tested: Pregnancy test, negative: Fri, Nov 6, 2026.",
        "tested: Pregnancy test, negative: Mon, Dec 7, 2026.",
        "prescribed: Prescribed: Mon, Dec 7, 2026.",
      ],
      [
        "tested: Pregnancy test, negative: Fri, Oct 16, 2026.",
        "tested: Pregnancy test, negative: Mon, Nov 16, 2026.",
        "prescribed: Prescribed: Mon, Nov 16, 2026.",
        "picked-up: Capsules collected: Mon, Nov 16, 2026.",
        "last-dose: Last dose: Mon, Dec 14, 2026.",
        "last-dose: Last dose: Tue, Dec 15, 2026.",
        "tested: Pregnancy test, negative: Wed, Dec 16, 2026.",
        "last-dose: Last dose: Wed, Dec 16, 2026.",
      ],
    ]);
  });
});

describe("every finding", () => {
  for (const rule of ["edition", ...RULES])
    it(`says what is written down: ${rule}`, () => {
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
