/** What a course is told by the patient's other courses and by the laboratory, at its edges. */
import { describe, expect, it } from "vitest";
import { type CalendarDate, addDays, addMinutes } from "#shared/calendar.ts";
import type { ProgrammeEntry } from "#shared/records/programme-entry.ts";
import type { Elsewhere, OtherCourse, ProgrammeFacts } from "#shared/rules/facts.ts";
import type { Finding } from "#shared/rules/finding.ts";
import type { Asked } from "#shared/rules/gate.ts";
import {
  categoryElsewhere,
  foreignEntries,
  historyAt,
  isElsewhere,
  knownAt,
  sinceElsewhere,
} from "#shared/rules/history.ts";
import { actOn, planOf } from "#shared/rules/plan.ts";
import { pendingTests } from "#shared/rules/pregnancy-tests.ts";
import { judge, weigh } from "#shared/rules/prescribing.ts";
import { ipledge2026 } from "#shared/rules/programmes/ipledge-2026.ts";
import { stopOf } from "#shared/rules/stops.ts";
import {
  cannotStart,
  entry,
  facts,
  hcgResult,
  noon,
  onTreatment,
  pregnancyTest,
  prescription,
  readyToStart,
} from "#test/support/facts.ts";

const START = "2026-12-07";
const DECIDED = addDays(START, -31);
const CANNOT = { category: "cannot", criterion: "hysterectomy", evidence: "Note of 2019" } as const;

const told = (elsewhere: Partial<Elsewhere>): Elsewhere => ({ results: [], entries: [], ...elsewhere });

function the(elsewhere: Partial<Elsewhere>, ...own: ProgrammeEntry[]): ProgrammeFacts {
  const entries = [...readyToStart(START), ...own];
  return { ...facts({ decidedOn: DECIDED, entries }), elsewhere: told(elsewhere) };
}

function find(given: ProgrammeFacts, rule: string, on = START, asked: Asked = {}): Finding {
  const found = judge(given, noon(on), asked).findings.find((one) => one.rule === rule);
  if (found === undefined) throw new Error(`${rule} is not asked.`);
  return found;
}

const course = (over: Partial<OtherCourse> = {}): OtherCourse => ({
  id: "other",
  programme: "ipledge",
  end: null,
  openedBefore: true,
  ...over,
});

const serum = (on: CalendarDate, over: Parameters<typeof pregnancyTest>[1] = {}): ProgrammeEntry =>
  pregnancyTest(on, { sample: "serum", ...over });

describe("a course that ended because of a pregnancy", () => {
  const ended = (on: CalendarDate, reason: "pregnancy" | "completed" = "pregnancy") => ({
    courses: [course(), course({ end: { endedOn: on, reason, note: "" } })],
  });
  const status = (on: CalendarDate, ...own: ProgrammeEntry[]): string =>
    find(the(ended(on), ...own), "no-positive-test").status;

  it("stops the others, whichever was opened first, and one that ended otherwise does not", () => {
    const day = addDays(START, -2);
    expect(find(the(ended(day)), "no-positive-test")).toMatchObject({
      status: "unmet",
      sentence:
        "Stop: another course ended because of a pregnancy. Do not prescribe or dispense until a serum test of a later day is negative.",
      datum: "Ended Dec 5, 2026",
    });
    expect(find(the(ended(day, "completed")), "no-positive-test").status).toBe("met");
    const later = { courses: [course({ openedBefore: false, ...ended(day).courses[1] })] };
    expect(find(the(later), "no-positive-test").status).toBe("unmet");
  });

  it("is answered by a negative serum test of a later day, and forgotten 40 weeks before the decision", () => {
    const day = addDays(START, -2);
    expect(status(day, serum(day))).toBe("unmet");
    expect(status(day, serum(addDays(day, 1)))).toBe("met");
    expect(status(day, pregnancyTest(addDays(day, 1)))).toBe("unmet");
    expect(status(addDays(DECIDED, -280))).toBe("unmet");
    expect(status(addDays(DECIDED, -281))).toBe("met");
  });
});

describe("a missed period in another course", () => {
  const missed = (on: CalendarDate, ...theirs: ProgrammeEntry[]) => ({
    entries: [entry("missed-period", on), ...theirs],
  });
  const status = (elsewhere: Partial<Elsewhere>, ...own: ProgrammeEntry[]): string =>
    find(
      {
        ...facts({ decidedOn: DECIDED, entries: [...readyToStart(START, ["pregnancy-test"]), ...own] }),
        elsewhere: told(elsewhere),
      },
      "no-missed-period",
    ).status;

  it("stops until a negative test of its day or later, in this course or another", () => {
    const day = addDays(START, -1);
    expect(find(the(missed(START)), "no-missed-period").status).toBe("met");
    expect(status(missed(day))).toBe("unmet");
    expect(status(missed(day), pregnancyTest(addDays(day, -1)))).toBe("unmet");
    expect(status(missed(day), pregnancyTest(day))).toBe("met");
    expect(status(missed(day, pregnancyTest(day)))).toBe("met");
    expect(status(missed(day, pregnancyTest(addDays(day, -1))))).toBe("unmet");
    expect(status(missed(day, pregnancyTest(day, { setting: "home" })))).toBe("unmet");
    expect(status(missed(day, pregnancyTest(day, { result: "pending" })))).toBe("unmet");
    expect(status(missed(day, pregnancyTest(day, { sensitivity: null })))).toBe("unknown");
    // A test of tomorrow has not happened.
    expect(status(missed(day, pregnancyTest(addDays(START, 1))))).toBe("unmet");
    expect(status({ entries: [pregnancyTest(day)] }, entry("missed-period", day))).toBe("met");
  });

  it("counts from its day, and 40 weeks before the decision", () => {
    expect(status(missed(addDays(START, 1)))).toBe("met");
    expect(status(missed(START))).toBe("unmet");
    expect(status(missed(addDays(DECIDED, -280)))).toBe("unmet");
    expect(status(missed(addDays(DECIDED, -281)))).toBe("met");
  });

  it("says where it stands", () => {
    const given = { ...facts({ decidedOn: DECIDED }), elsewhere: told(missed(START)) };
    expect(find(given, "no-missed-period").datum).toBe("Missed period noted Dec 7, 2026, in another course");
    const own = facts({ decidedOn: DECIDED, entries: [entry("missed-period", START)] });
    expect(find(own, "no-missed-period").datum).toBe("Missed period noted Dec 7, 2026");
  });
});

describe("a lapse in another course", () => {
  const lapsed = (
    on: CalendarDate,
    what: "stopped" | "missed" | "unprotected-contact" = "unprotected-contact",
  ) => ({
    entries: [entry("contraception-lapse", on, { what })],
  });

  it("breaks the month of contraception until methods are recorded for its day or later", () => {
    const day = addDays(START, -30);
    expect(find(the(lapsed(addDays(day, -1))), "contraception-month").status).toBe("met");
    expect(find(the(lapsed(addDays(day, 1))), "contraception-month")).toMatchObject({
      status: "unmet",
      datum: "Unprotected contact Nov 8, 2026, in another course",
    });
    expect(find(the(lapsed(addDays(day, 1), "missed")), "contraception-month").status).toBe("unmet");
    const again = the(lapsed(addDays(day, 1)), entry("contraception", addDays(day, 2)));
    expect(find(again, "contraception-month")).toMatchObject({ datum: "Unbroken since Nov 9, 2026" });
    expect(find(again, "contraception-month", addDays(START, 2)).status).toBe("met");
    expect(find(the(lapsed(addDays(START, 1))), "contraception-month").status).toBe("met");
  });

  it("takes the methods away that were stopped there", () => {
    expect(find(the(lapsed(START, "stopped")), "contraception-pair")).toMatchObject({
      status: "unmet",
      datum: "Contraception stopped Dec 7, 2026, in another course",
    });
    const first = addDays(START, -30);
    const own = (time: string) =>
      facts({
        decidedOn: DECIDED,
        entries: readyToStart(START).concat({
          ...entry("contraception-lapse", first, { what: "stopped" }),
          recordedAt: `${first}T${time}:00.000Z`,
        }),
      });
    // Of one day it breaks the methods only if it was recorded after them.
    expect(find(own("22:59"), "contraception-pair").status).toBe("met");
    expect(find(own("23:01"), "contraception-pair").status).toBe("unmet");
  });

  it("during treatment stops it, like one of its own", () => {
    const treated = onTreatment("2026-11-16", "2026-12-16");
    const given = { ...facts(treated), elsewhere: told(lapsed("2026-12-15")) };
    expect(find(given, "no-lapse-unhandled", "2026-12-16")).toMatchObject({
      status: "unmet",
      datum: "Unprotected contact Dec 15, 2026, in another course",
    });
    const before = { ...facts(treated), elsewhere: told(lapsed("2026-11-15")) };
    expect(find(before, "no-lapse-unhandled", "2026-12-16").status).toBe("met");
  });
});

describe("a test without a result", () => {
  const pending = (on: CalendarDate) => ({ entries: [pregnancyTest(on, { result: "pending" })] });
  const waits = (elsewhere: Partial<Elsewhere>): string => find(the(elsewhere), "test-in-window").status;

  it("in another course is waited for like one of this course: of the day of this month's test or later", () => {
    expect(waits(pending(addDays(START, -1)))).toBe("met");
    expect(waits(pending(START))).toBe("unknown");
    expect(waits(pending(addDays(START, 1)))).toBe("met");
    expect(find(the(pending(START)), "test-in-window")).toMatchObject({
      sentence: "A pregnancy test has no result yet. Record the result.",
      datum: "Specimen of Dec 7, 2026: pending (urine, in a medical setting), in another course",
    });
  });

  it("of the laboratory is waited for too, whatever its day", () => {
    const lab = (on: CalendarDate, text: string) => ({ results: [hcgResult(on, { text })] });
    expect(waits(lab(addDays(START, -1), "pending"))).toBe("met");
    expect(waits(lab(START, "Pending"))).toBe("unknown");
    expect(waits(lab(START, ""))).toBe("unknown");
    expect(waits(lab(addDays(START, 1), ""))).toBe("unknown");
    expect(waits(lab(START, "negative"))).toBe("met");
    expect(find(the(lab(START, "")), "test-in-window").datum).toBe("Laboratory result of Dec 7, 2026");
  });

  it("holds back a prescription of its day or before at the pharmacy", () => {
    const issued = (elsewhere: Partial<Elsewhere>): string =>
      find(
        { ...the(elsewhere), prescriptions: [prescription(START)] },
        "prescription-open",
        addDays(START, 1),
        {
          question: "dispense",
        },
      ).status;
    expect(issued(pending(addDays(START, -1)))).toBe("met");
    expect(issued(pending(START))).toBe("unknown");
    expect(issued(pending(addDays(START, 1)))).toBe("unknown");
    expect(issued({ results: [hcgResult(START, { text: "" })] })).toBe("unknown");
    expect(issued({ results: [hcgResult(addDays(START, -1), { text: "" })] })).toBe("met");
  });

  it("is the latest of all, and of one day that of the laboratory; older than 40 weeks before the decision it is none", () => {
    const found = (elsewhere: Partial<Elsewhere>, ...own: ProgrammeEntry[]): string[] =>
      pendingTests(historyAt(the(elsewhere, ...own), ipledge2026, noon(START))).map(
        (one) => `${one.on} ${one.of}`,
      );
    const day = addDays(START, -3);
    const own = pregnancyTest(day, { result: "pending" });
    const lab = hcgResult(day, { text: "" });
    expect(
      found({ ...pending(addDays(day, 1)), results: [lab, hcgResult(addDays(day, -1), { text: "" })] }, own),
    ).toEqual(["2026-12-03 result", "2026-12-04 test", "2026-12-04 result", "2026-12-05 test"]);
    const oldest = addDays(DECIDED, -280);
    const older = addDays(DECIDED, -281);
    expect(found({ ...pending(oldest), results: [hcgResult(oldest, { text: "" })] })).toHaveLength(2);
    expect(found({ ...pending(older), results: [hcgResult(older, { text: "" })] })).toHaveLength(0);
  });
});

describe("an hCG that nobody can read", () => {
  const day = addDays(START, -2);
  const trace = hcgResult(day, { text: "trace" });

  it("is unknown, and says what to do", () => {
    expect(find(the({ results: [trace] }), "no-positive-test")).toMatchObject({
      status: "unknown",
      sentence:
        "The hCG result “trace” cannot be read as negative. If it is, correct it to “negative”; if it is no result, void it; else do not prescribe or dispense until a serum test of a later day is negative.",
      datum: "Laboratory result of Dec 5, 2026",
    });
    // What is no hCG says nothing of a pregnancy.
    expect(find(the({ results: [{ ...trace, testId: "alt" }] }), "no-positive-test").status).toBe("met");
    const measured = hcgResult(day, {
      testId: "hcg-quantitative",
      comparator: ">",
      value: 4,
      unit: "m[IU]/mL",
    });
    expect(find(the({ results: [measured] }), "no-positive-test").sentence).toContain(
      "“>4 m[IU]/mL” cannot be read as negative. If it was typed wrongly, correct it; if it is no result, void it; else",
    );
  });

  it("is answered by a negative serum test of a later day, and forgotten when a sign that stops is there", () => {
    expect(find(the({ results: [trace] }, serum(day)), "no-positive-test").status).toBe("unknown");
    expect(find(the({ results: [trace] }, serum(addDays(day, 1))), "no-positive-test").status).toBe("met");
    const positive = hcgResult(addDays(day, -1), { text: "positive" });
    expect(find(the({ results: [positive, trace] }), "no-positive-test")).toMatchObject({
      status: "unmet",
      datum: "Laboratory result of Dec 4, 2026",
    });
  });

  it("stands beside a doubtful test of this course that was answered before it", () => {
    const own = [pregnancyTest(addDays(day, -3), { result: "positive" }), serum(addDays(day, -2))];
    expect(find(the({}, ...own), "no-positive-test").status).toBe("met");
    expect(find(the({ results: [trace] }, ...own), "no-positive-test")).toMatchObject({
      status: "unknown",
      datum: "Laboratory result of Dec 5, 2026",
    });
    const unanswered = pregnancyTest(day, { result: "positive" });
    expect(
      find(
        the({ results: [hcgResult(addDays(day, -1), { text: "trace" })] }, unanswered),
        "no-positive-test",
      ),
    ).toMatchObject({
      status: "unmet",
      sentence: expect.stringContaining("the pregnancy test was positive"),
    });
  });
});

describe("the stop by an hCG that nobody can read", () => {
  const day = addDays(START, -2);
  const trace = hcgResult(addDays(day, 1), { text: "trace" });
  const stop = (...own: ProgrammeEntry[]) => {
    const given = the({ results: [trace] }, ...own);
    return stopOf(given, weigh(given, noon(START)));
  };

  it("is told with its own day, and behind a positive test that nothing has answered", () => {
    expect(stop()).toMatchObject({
      trigger: "pregnancy-test",
      on: "2026-12-06",
      sentence: expect.stringMatching(/^Laboratory result of Dec 6, 2026\. The hCG result “trace” cannot/u),
    });
    const positive = pregnancyTest(day, { result: "positive" });
    expect(stop(positive)).toMatchObject({
      on: day,
      sentence: expect.stringContaining("the pregnancy test was positive (Dec 5, 2026)"),
    });
    expect(stop(positive, serum(addDays(day, 1)))).toMatchObject({ on: "2026-12-06" });
    expect(stop(serum(START))).toBeNull();
  });
});

describe("a can that was recorded after a prescription", () => {
  const issued = prescription(START);
  const said = (on: CalendarDate, later: number): ProgrammeEntry => ({
    ...entry("risk-category", on),
    recordedAt: addMinutes(issued.issuedAt, later),
  });
  const beginning = (...own: ProgrammeEntry[]) => {
    const given = facts({ decidedOn: DECIDED, entries: own, prescriptions: [issued] });
    const before = entry("risk-category", addDays(DECIDED, -90));
    const courses = [course({ openedBefore: true })];
    const known = {
      ...given,
      elsewhere: told({ entries: [{ ...before, courseId: courses[0]?.id ?? "" }], courses }),
    };
    return historyAt(known, ipledge2026, noon(addDays(START, 5))).beginning;
  };

  it("begins the treatment anew though an earlier course said so, by the first entry of this one that says it", () => {
    expect(beginning(said(DECIDED, 1))).toMatchObject({ on: DECIDED, because: "category" });
    expect(beginning(said(DECIDED, -1), said(addDays(DECIDED, 1), 1)).because).toBe("decision");
    expect(beginning(said(DECIDED, 1), said(addDays(DECIDED, 1), 2)).on).toBe(DECIDED);
  });
});

describe("the category of an earlier course", () => {
  const theirs = (...entries: ProgrammeEntry[]): ProgrammeEntry[] =>
    entries.map((one) => ({ ...one, courseId: "other" }));
  const can = entry("risk-category", "2025-01-01");
  const cannot = entry("risk-category", "2025-01-01", CANNOT);
  const change = entry("risk-category", "2025-02-01", { ...CANNOT, changeReason: "Operated." });
  const agreed = {
    ...entry("category-agreement", "2025-02-02", { entryId: change.id }),
    recordedBy: "Nurse Test",
  };
  const says = (courses: readonly OtherCourse[], entries: readonly ProgrammeEntry[]): string | null =>
    categoryElsewhere({ results: [], entries, courses });

  it("is what stands there in the end, of the courses opened before", () => {
    expect(categoryElsewhere(undefined)).toBeNull();
    expect(says([course()], [])).toBeNull();
    expect(says([course()], theirs(can))).toBe("can");
    expect(says([course()], theirs(cannot))).toBe("cannot");
    expect(says([course()], theirs(can, change))).toBe("can");
    expect(says([course()], theirs(can, change, agreed))).toBe("cannot");
    expect(says([course({ openedBefore: false })], theirs(can))).toBeNull();
    // What belongs to no course that is known says nothing.
    expect(says([course()], [can])).toBeNull();
    expect(categoryElsewhere({ results: [], entries: theirs(can) })).toBeNull();
  });

  it("goes from course to course, and one without a category passes on what was before it", () => {
    const two = [course(), course({ id: "second" })];
    const second = { ...change, courseId: "second" };
    expect(says(two, theirs(can))).toBe("can");
    expect(says(two, [...theirs(can), { ...cannot, courseId: "second" }])).toBe("can");
    expect(says(two, [...theirs(can), second])).toBe("can");
    expect(says(two, [...theirs(can), second, { ...agreed, courseId: "second" }])).toBe("cannot");
    expect(says(two, [...theirs(cannot), { ...can, courseId: "second" }])).toBe("can");
    expect(says(two, [...theirs(cannot), { ...cannot, courseId: "second" }])).toBe("cannot");
  });

  it("is read by the criteria of its own programme", () => {
    const none = theirs(entry("risk-category", "2025-01-01", { ...CANNOT, criterion: "no-pregnancy-risk" }));
    expect(says([course()], none)).toBe("can");
    expect(says([course({ programme: "mhra" })], none)).toBe("cannot");
  });

  const opened = (before: ProgrammeEntry[], ...own: ProgrammeEntry[]): ProgrammeFacts => ({
    ...facts({ decidedOn: DECIDED, entries: [...cannotStart(START, ["risk-category"]), ...own] }),
    elsewhere: { results: [], entries: theirs(...before), courses: [course()] },
  });
  const first = entry("risk-category", DECIDED, CANNOT);
  const explained = { ...first, id: "explained", changeReason: "Operated." } as ProgrammeEntry;
  const agreement = (on: CalendarDate): ProgrammeEntry => ({
    ...entry("category-agreement", on, { entryId: "explained" }),
    recordedBy: "Nurse Test",
  });
  const status = (before: ProgrammeEntry[], ...own: ProgrammeEntry[]): string => {
    const { status: said, sentence } = find(opened(before, ...own), "category");
    return `${said}: ${/By an earlier course|without a reason|second person/u.exec(sentence)?.[0] ?? ""}`;
  };

  it("makes a first cannot a change after can: it needs a reason and a second person", () => {
    expect(status([can], first)).toBe("unknown: By an earlier course");
    expect(status([can], explained)).toBe("unknown: second person");
    expect(status([can], explained, agreement(addDays(DECIDED, -1)))).toBe("unknown: second person");
    expect(status([can], explained, agreement(DECIDED))).toBe("met: ");
    expect(status([cannot], first)).toBe("met: ");
    expect(status([], first)).toBe("met: ");
    expect(
      judge(opened([can], first), noon(START)).findings.some(
        (one) => one.rule === "screening-test" && one.status === "unmet",
      ),
    ).toBe(true);
  });

  it("leaves a first can as it is, whatever was before, and a later entry without its reason as one of this course", () => {
    const own = entry("risk-category", DECIDED);
    expect(status([can], own)).toBe("met: ");
    expect(status([cannot], own)).toBe("met: ");
    const again = entry("risk-category", addDays(DECIDED, 1), CANNOT);
    expect(status([can], first, again)).toBe("unknown: without a reason");
    const since = historyAt(opened([cannot], own), ipledge2026, noon(START)).beginning;
    expect(since).toMatchObject({ on: DECIDED, because: "decision" });
  });

  it("is planned with its reason and its agreement", () => {
    const given = opened([can], first, entry("enrolment", DECIDED));
    const plan = planOf(given, noon(START));
    expect(plan?.acts.slice(0, 2).map((one) => one.kind)).toEqual(["risk-category", "category-agreement"]);
  });
});

describe("what is planned", () => {
  const lacking = (elsewhere: Partial<Elsewhere>): ProgrammeFacts => the(elsewhere);

  it("is the result of a test that is pending elsewhere", () => {
    for (const elsewhere of [
      { entries: [pregnancyTest(START, { result: "pending" })] },
      { results: [hcgResult(START, { text: "pending" })] },
    ]) {
      const given = lacking(elsewhere);
      const plan = planOf(given, noon(START));
      expect(plan?.acts).toMatchObject([{ kind: "correction", rule: "test-in-window", from: START }]);
      expect(judge(actOn(given, plan?.acts ?? [], noon(START)), noon(START)).answer).toBe("yes");
    }
  });

  it("reports no other result anew", () => {
    const results = [hcgResult(START, { text: "" }), hcgResult(addDays(START, -1), { text: "trace" })];
    const given = lacking({ results });
    const [first] = planOf(given, noon(START))?.acts ?? [];
    expect(first).toMatchObject({ kind: "pregnancy-test", rule: "no-positive-test", from: START });
    const pending: typeof first = { kind: "correction", rule: "test-in-window", sentence: "", from: START };
    const courses = [course()];
    const after = actOn({ ...given, elsewhere: { ...told({ results }), courses } }, [pending], noon(START));
    const [waited, trace] = results;
    expect(after.elsewhere).toEqual({
      results: [{ ...waited, text: "negative" }, trace],
      entries: [],
      courses,
    });
    const other = actOn(given, [{ ...pending, rule: "screening-test" }], noon(START));
    expect(other.elsewhere?.results.map((one) => one.text)).toEqual(["", "trace"]);
  });

  it("asks for the sensitivity of the test after a missed period before a test that answers an unreadable hCG", () => {
    const given = the(
      { results: [hcgResult(START, { text: "trace" })] },
      entry("missed-period", addDays(START, 1)),
      pregnancyTest(addDays(START, 1), { sensitivity: null }),
    );
    expect(planOf(given, noon(addDays(START, 1)))?.acts[0]).toMatchObject({
      kind: "correction",
      rule: "no-missed-period",
    });
  });

  it("is a serum test after an hCG that nobody can read", () => {
    const plan = planOf(lacking({ results: [hcgResult(START, { text: "trace" })] }), noon(START));
    expect(plan?.acts[0]).toMatchObject({
      kind: "pregnancy-test",
      rule: "no-positive-test",
      from: addDays(START, 1),
    });
  });
});

describe("what a history holds of other courses", () => {
  const day = addDays(START, -1);
  const missed = entry("missed-period", day);
  const lapse = entry("contraception-lapse", day);
  const given = the({ entries: [missed, lapse, entry("pregnancy", day), pregnancyTest(day)] });
  const history = historyAt(given, ipledge2026, noon(START));

  it("is missed periods and lapses, which are told apart from its own", () => {
    expect(history.of["missed-period"]).toEqual([missed]);
    expect(history.of["contraception-lapse"]).toEqual([lapse]);
    expect(history.of.pregnancy).toEqual([]);
    expect(isElsewhere(history, missed)).toBe(true);
    expect(given.entries.some((one) => isElsewhere(history, one))).toBe(false);
    expect(isElsewhere(historyAt(facts(), ipledge2026, noon(START)), missed)).toBe(false);
  });

  it("stays outside the course's own facts", () => {
    expect(knownAt(history).entries).toHaveLength(given.entries.length);
    expect(knownAt(history).entries).not.toContain(missed);
  });

  it("reaches from 40 weeks before the decision to today", () => {
    expect(sinceElsewhere(given)).toBe(addDays(DECIDED, -280));
    const of = (on: CalendarDate) => foreignEntries(the({ entries: [entry("pause", on)] }), START, ["pause"]);
    expect(of(START)).toHaveLength(1);
    expect(of(addDays(START, 1))).toHaveLength(0);
    expect(of(addDays(DECIDED, -280))).toHaveLength(1);
    expect(of(addDays(DECIDED, -281))).toHaveLength(0);
    expect(foreignEntries(facts(), START, ["pause"])).toEqual([]);
  });
});
