import { describe, expect, it } from "vitest";
import { addDays, addMinutes, instantIn } from "#shared/calendar.ts";
import { type DueItem, dueKind } from "#shared/records/due.ts";
import { type ProgrammeEntry, programmeEntryKind } from "#shared/records/programme-entry.ts";
import { inOrder } from "#shared/rules/due.ts";
import { blocks, finding, findingStatus, plan, planAct, verdict } from "#shared/rules/finding.ts";
import { judge, weigh } from "#shared/rules/prescribing.ts";
import { DANGERS, type Stop, stopOf, stopTasks } from "#shared/rules/stops.ts";
import {
  ZONE,
  entry,
  facts,
  hcgResult,
  noon,
  onTreatment,
  pregnancyTest,
  readyToStart,
} from "#test/support/facts.ts";

const FIRST = "2026-11-16";
const SECOND = "2026-12-16";

describe("the order of Today", () => {
  const line = (changes: Partial<DueItem>): DueItem => ({
    id: "course-5:test-due",
    kind: "test-due",
    patientId: "patient-1",
    courseId: "course-5",
    urgency: "today",
    sentence: "Something is due.",
    on: SECOND,
    at: `${SECOND}T12:00:00.000Z`,
    roles: ["nurse"],
    act: { label: "Open", to: "chart", visitId: null },
    ...changes,
  });
  const sorted = (...items: DueItem[]): DueItem[] => {
    const found = inOrder(items);
    expect(inOrder(items.toReversed())).toEqual(found);
    return found;
  };

  it("is by urgency, then by kind, then by day, then by hour, then by course", () => {
    const steps: readonly [Partial<DueItem>, Partial<DueItem>][] = [
      [
        { urgency: "urgent", kind: "draw-due" },
        { urgency: "today", kind: "urgent-stop" },
      ],
      [
        { urgency: "today", kind: "draw-due" },
        { urgency: "soon", kind: "urgent-stop" },
      ],
      [
        { urgency: "soon", kind: "draw-due" },
        { urgency: "later", kind: "urgent-stop" },
      ],
      [
        { kind: "visit-due", on: addDays(SECOND, 9) },
        { kind: "test-due", on: SECOND },
      ],
      [
        { on: addDays(SECOND, -1), at: `${SECOND}T23:00:00.000Z` },
        { on: SECOND, at: null },
      ],
      [{ at: null, id: "course-9:test-due" }, { id: "course-1:test-due" }],
      [{ at: `${SECOND}T11:59:00.000Z`, id: "course-9:test-due" }, { id: "course-1:test-due" }],
      [{ id: "course-1:test-due" }, { id: "course-2:test-due" }],
    ];
    for (const [before, after] of steps)
      expect(sorted(line(after), line(before))).toEqual([line(before), line(after)]);
  });

  it("of the kinds is fixed", () => {
    const items = dueKind.options.map((kind) => line({ kind }));
    expect(sorted(...items).map(({ kind }) => kind)).toEqual([
      "urgent-stop",
      "window-closing",
      "window-missed",
      "abnormal-result",
      "mood-alert",
      "red-flag",
      "visit-due",
      "visit-unsigned",
      "test-due",
      "confirmation-missing",
      "questions-missing",
      "prescription-due",
      "month-of-waiting-over",
      "agreement-missing",
      "enrolment-incomplete",
      "wellbeing-missing",
      "post-treatment-test",
      "draw-due",
      "site-disagreement",
    ]);
  });
});

describe("what stops treatment", () => {
  const treated = onTreatment(FIRST, SECOND);
  const at = noon(addDays(SECOND, 3));
  const stop = (entries: readonly ProgrammeEntry[], more: Parameters<typeof facts>[0] = {}): Stop | null => {
    const given = facts({ ...treated, ...more, entries: [...treated.entries, ...entries] });
    return stopOf(given, weigh(given, at));
  };
  const triggers: readonly [Stop["trigger"], ProgrammeEntry][] = [
    ["pregnancy", entry("pregnancy", SECOND)],
    ["pregnancy-test", pregnancyTest(addDays(SECOND, 1), { result: "positive" })],
    ["pregnancy-test", pregnancyTest(addDays(SECOND, 1), { result: "indeterminate" })],
    ["missed-period", entry("missed-period", addDays(SECOND, 1))],
    ["contraception-lapse", entry("contraception-lapse", SECOND)],
    ["contraception-lapse", entry("contraception-lapse", SECOND, { what: "stopped" })],
  ];

  it.each(triggers)("is %s, on its day, until somebody says what was done", (trigger, one) => {
    const found = stop([one]);
    expect(found).toMatchObject({ trigger, on: one.on, handled: null });
    expect(found?.sentence).toMatch(/^Stop: [^.]+ \(Dec 1[67], 2026\)\. /);
    const handled = (on: string, note: string, recordedAt: string): ProgrammeEntry => ({
      ...entry("stop-handled", on, { note }),
      recordedAt,
    });
    expect(stop([one, handled(one.on, "Done.", one.recordedAt)])?.handled).not.toBeNull();
    expect(stop([one, handled(one.on, " ", one.recordedAt)])?.handled).toBeNull();
    expect(
      stop([one, handled(addDays(one.on, -1), "Done.", instantIn(ZONE, one.on, "18:00"))])?.handled,
    ).toBeNull();
    expect(stop([one, handled(one.on, "Done.", instantIn(ZONE, one.on, "16:59"))])?.handled).toBeNull();
    const again = handled(addDays(one.on, 1), "Done again.", instantIn(ZONE, one.on, "19:00"));
    expect(stop([one, handled(one.on, "Done.", one.recordedAt), again])?.handled?.id).toBe(again.id);
  });

  it("of which only the day is known is handled by what was written on that day, at whatever hour", () => {
    const end = { endedOn: SECOND, reason: "pregnancy", note: "" } as const;
    const courses = [{ id: "other", programme: "ipledge", openedBefore: true, end }] as const;
    const given = facts({
      ...treated,
      entries: [...treated.entries, entry("stop-handled", SECOND, { note: "Referred." })],
    });
    const told = { ...given, elsewhere: { results: [], entries: [], courses } };
    expect(stopOf(told, weigh(told, at))).toMatchObject({ on: SECOND, handled: { note: "Referred." } });
  });

  it("by a result of the laboratory is not handled by what was written before it was known", () => {
    const handled = entry("stop-handled", SECOND, { note: "Comes tomorrow." });
    const stopBy = (recordedAt: string): Stop | null => {
      const elsewhere = { results: [hcgResult(SECOND, { text: "positive", recordedAt })], entries: [] };
      const given = { ...facts({ ...treated, entries: [...treated.entries, handled] }), elsewhere };
      return stopOf(given, weigh(given, at));
    };
    expect(stopBy(handled.recordedAt)?.handled).not.toBeNull();
    expect(stopBy(addMinutes(handled.recordedAt, 1))).toMatchObject({ handled: null });
  });

  it("is nothing without a cause, after an end by pregnancy, and without rules", () => {
    expect(stop([])).toBeNull();
    expect(stop([entry("contraception-lapse", SECOND, { what: "missed" })])).toBeNull();
    const end = { endedOn: addDays(SECOND, 1), reason: "pregnancy", note: "" } as const;
    expect(stop([entry("pregnancy", SECOND)], { end })).toBeNull();
    expect(stop([entry("pregnancy", SECOND)], { end: { ...end, reason: "completed" } })?.trigger).toBe(
      "pregnancy",
    );
    expect(stop([entry("pregnancy", SECOND)], { programme: "canada" })).toBeNull();
  });

  it("is the gravest, and the latest of its kind", () => {
    const all = triggers.map(([, one]) => one);
    expect(stop(all)?.trigger).toBe("pregnancy");
    expect(stop(all.slice(1))).toMatchObject({ trigger: "pregnancy-test" });
    expect(stop(all.slice(3))?.trigger).toBe("missed-period");
    expect(stop([entry("pregnancy", SECOND), entry("pregnancy", addDays(SECOND, 2))])?.on).toBe(
      addDays(SECOND, 2),
    );
    const two = [
      entry("contraception-lapse", SECOND),
      entry("contraception-lapse", addDays(SECOND, 1)),
      entry("contraception-lapse", addDays(SECOND, 2), { what: "missed" }),
    ];
    expect(stop(two)?.on).toBe(addDays(SECOND, 1));
    const tests = [
      pregnancyTest(addDays(SECOND, 1), { result: "positive" }),
      pregnancyTest(addDays(SECOND, 2), { result: "positive" }),
      pregnancyTest(addDays(SECOND, 3)),
    ];
    expect(stop(tests)?.on).toBe(addDays(SECOND, 2));
  });

  it("of missed periods is the latest", () => {
    const two = [entry("missed-period", addDays(SECOND, 1)), entry("missed-period", addDays(SECOND, 2))];
    expect(stop(two)?.on).toBe(addDays(SECOND, 2));
  });

  it("names what happened once, with its day", () => {
    const said = (one: ProgrammeEntry): string | undefined => stop([one])?.sentence.split(". ")[0];
    expect(triggers.map(([, one]) => said(one))).toEqual([
      "Stop: a pregnancy is on record (Dec 16, 2026)",
      "Stop: the pregnancy test was positive (Dec 17, 2026)",
      "Stop: the pregnancy test was indeterminate (Dec 17, 2026)",
      "Stop: a period was missed (Dec 17, 2026)",
      "Stop: there was unprotected contact (Dec 16, 2026)",
      "Stop: contraception was stopped (Dec 16, 2026)",
    ]);
  });

  it("says of a positive test that was answered but for a detail which test it was", () => {
    const answer = pregnancyTest(addDays(SECOND, 2), { sample: "serum", sensitivity: null });
    expect(stop([pregnancyTest(addDays(SECOND, 1), { result: "positive" }), answer])?.sentence).toBe(
      "Specimen of Dec 17, 2026: positive (urine, in a medical setting). A negative serum test followed, but its sensitivity is not on record. Record it.",
    );
  });

  it("is a pregnancy test where another course holds the sign of a pregnancy", () => {
    const elsewhere = { results: [], entries: [entry("pregnancy", addDays(SECOND, 1))] };
    const given = { ...facts(treated), elsewhere };
    expect(stopOf(given, weigh(given, at))).toMatchObject({
      trigger: "pregnancy-test",
      on: addDays(SECOND, 1),
    });
    expect(stopOf(given, weigh(given, at))?.sentence).toMatch(
      /^Stop: a pregnancy or a positive test is on record in another course \(Dec 17, 2026\)\. /,
    );
  });

  it("is over, of a lapse, once only the prescriber's word is missing", () => {
    const lapse = entry("contraception-lapse", SECOND);
    const again = [entry("contraception", addDays(SECOND, 1)), pregnancyTest(addDays(SECOND, 2))];
    const given = facts({ ...treated, entries: [...treated.entries, lapse, ...again] });
    expect(judge(given, at).findings.find(({ rule }) => rule === "no-lapse-unhandled")?.status).toBe(
      "unknown",
    );
    expect(stop([lapse, ...again])).toBeNull();
  });

  it("asks of everybody to stop, not to dispense and to test; after a pregnancy or a positive test for referral and report", () => {
    const words = (...[programme, trigger]: Parameters<typeof stopTasks>): string[] =>
      stopTasks(programme, trigger).map(({ step, words: said }) => `${step}: ${said}`);
    const first = [
      "drug-stopped: Tell the patient to stop taking it today",
      "not-dispensed: Call the pharmacy: do not dispense",
    ];
    for (const trigger of ["missed-period", "contraception-lapse"] as const)
      expect(words("ipledge", trigger)).toEqual([
        ...first,
        "serum-hcg: Take a pregnancy test in a medical setting, best serum hCG",
      ]);
    const reports = {
      ipledge: "Report a pregnancy to iPLEDGE (1-866-495-0654); FDA MedWatch (1-800-FDA-1088) if you wish",
      mhra: "Report a pregnancy to the MHRA (Yellow Card) and to the manufacturer",
      "eu-ppp": "Report a pregnancy to the national agency and to the manufacturer",
      canada: "Report a pregnancy to the national agency and to the manufacturer",
      australia: "Report a pregnancy to the national agency and to the manufacturer",
    } as const;
    for (const programme of ["ipledge", "mhra", "eu-ppp", "canada", "australia"] as const)
      for (const trigger of ["pregnancy", "pregnancy-test"] as const)
        expect(words(programme, trigger)).toEqual([
          ...first,
          "serum-hcg: Confirm by serum hCG",
          "referred: Refer to an obstetrician experienced in reproductive toxicity",
          `reported: ${reports[programme]}`,
        ]);
  });

  it("rests on four rules", () => {
    expect([...DANGERS]).toEqual([
      "no-pregnancy",
      "no-positive-test",
      "no-missed-period",
      "no-lapse-unhandled",
    ]);
  });
});

describe("a finding", () => {
  const given = judge(facts({ entries: readyToStart(SECOND) }), noon(SECOND));

  it("blocks when it is unmet or unknown", () => {
    const one = given.findings[0];
    if (one === undefined) throw new Error("The edition comes first.");
    expect(findingStatus.options.map((status) => [status, blocks({ ...one, status })])).toEqual([
      ["met", false],
      ["unmet", true],
      ["unknown", true],
      ["not-applicable", false],
    ]);
  });

  it("and its verdict keep every field when they are read from the record", () => {
    expect(verdict.parse(given)).toEqual(given);
    for (const one of given.findings) expect(finding.parse(one)).toEqual(one);
    const made = {
      acts: [{ rule: "supply", kind: "wait", sentence: "Wait.", from: SECOND }],
      yesAt: noon(SECOND),
    };
    expect(plan.parse(made)).toEqual(made);
    expect(verdict.parse({ ...given, plan: made })).toEqual({ ...given, plan: made });
    expect(verdict.parse({ ...given, plan: null })).toEqual({ ...given, plan: null });
    for (const question of ["start", "prescribe", "dispense"])
      expect(verdict.parse({ ...given, question })).toMatchObject({ question });
    for (const answer of ["yes", "no"]) expect(verdict.parse({ ...given, answer })).toMatchObject({ answer });
  });

  it("of another shape is refused, and so is an act that nothing can record", () => {
    for (const wrong of [{ question: "why" }, { answer: "perhaps" }, { opensAt: "soon" }, { plan: {} }])
      expect(verdict.safeParse({ ...given, ...wrong }).success).toBe(false);
    for (const field of [
      "question",
      "answer",
      "edition",
      "sentence",
      "judgedAt",
      "findings",
      "opensAt",
      "closesAt",
    ])
      expect(verdict.safeParse({ ...given, [field]: undefined }).success, field).toBe(false);
    const one = given.findings[0];
    for (const field of ["rule", "edition", "source", "status", "datum", "sentence", "opensAt", "closesAt"])
      expect(finding.safeParse({ ...one, [field]: undefined }).success, field).toBe(false);
    const act = { rule: "supply", kind: "wait", sentence: "Wait.", from: SECOND };
    for (const kind of [...programmeEntryKind.options, "correction", "medicines", "dose-decision", "wait"])
      expect(planAct.parse({ ...act, kind }), kind).toEqual({ ...act, kind });
    expect(planAct.safeParse({ ...act, kind: "hope" }).success).toBe(false);
    for (const field of ["rule", "kind", "sentence", "from"])
      expect(planAct.safeParse({ ...act, [field]: undefined }).success, field).toBe(false);
    expect(plan.safeParse({ acts: [] }).success).toBe(false);
    expect(plan.safeParse({ yesAt: noon(SECOND) }).success).toBe(false);
  });
});
