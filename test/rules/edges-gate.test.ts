/** One case for each edge of a rule of the gate, beside those of `prescribing-cases.ts`: what is said, and of which fact. */
import { describe, expect, it } from "vitest";
import { type CalendarDate, type Instant, addDays, addMinutes, instantIn } from "#shared/calendar.ts";
import type { LabResult } from "#shared/records/lab-result.ts";
import type { ProgrammeEntry } from "#shared/records/programme-entry.ts";
import { closedBy } from "#shared/rules/course-closed.ts";
import type { Elsewhere, ProgrammeFacts } from "#shared/rules/facts.ts";
import type { Finding } from "#shared/rules/finding.ts";
import { type Answer, type Asked, answerOf, nextTestInWords } from "#shared/rules/gate.ts";
import { historyAt } from "#shared/rules/history.ts";
import { pickUpBy, pickUpWindow } from "#shared/rules/pick-up.ts";
import { judge, programmeState, waitingForPickUp } from "#shared/rules/prescribing.ts";
import { testsOf } from "#shared/rules/pregnancy-tests.ts";
import { ipledge2026 } from "#shared/rules/programmes/ipledge-2026.ts";
import type { RuleId, RuleRows } from "#shared/rules/programmes/programme-table.ts";
import {
  HOME_EVIDENCE,
  ZONE,
  cannotStart,
  entry,
  facts,
  hcgResult,
  noon,
  onTreatment,
  pregnancyTest,
  prescription,
  readyToStart,
  ukReadyToStart,
} from "#test/support/facts.ts";

const START: CalendarDate = "2026-12-07";
const FIRST: CalendarDate = "2026-11-16";
const SECOND: CalendarDate = "2026-12-16";
const UK: CalendarDate = "2026-06-15";

function at(on: CalendarDate, time: string): Instant {
  return instantIn(ZONE, on, time);
}

function find(of: ProgrammeFacts, rule: RuleId, day: CalendarDate, asked: Asked = {}): Finding {
  const { findings } = judge(of, noon(day), asked);
  const found = findings.find((one) => one.rule === rule);
  if (!found) throw new Error(`No finding of ${rule}.`);
  return found;
}

const DISPENSE: Asked = { question: "dispense" };

/** On the day of the first prescription, with `added`. */
function start(...added: ProgrammeEntry[]): ProgrammeFacts {
  return facts({ entries: [...readyToStart(START), ...added] });
}

/** On the day of the second prescription, with `added`. */
function month(...added: ProgrammeEntry[]): ProgrammeFacts {
  const treated = onTreatment(FIRST, SECOND);
  return facts({ ...treated, entries: [...treated.entries, ...added] });
}

/** The first prescription issued on `START`, with what was recorded besides. */
function issued(...added: ProgrammeEntry[]): ProgrammeFacts {
  return facts({ entries: [...readyToStart(START), ...added], prescriptions: [prescription(START)] });
}

/**
 * What a rule says by a table with some rows changed. Before the first edition the table of the history judges every
 * specimen, so the days are of 2020.
 */
function ask(
  rule: "guardian-consent" | "confirmation-window" | "no-positive-test" | "test-after-month",
  of: ProgrammeFacts,
  day: CalendarDate,
  rules: Partial<RuleRows> = {},
): Answer {
  const table = { ...ipledge2026, rules: { ...ipledge2026.rules, ...rules } };
  const history = historyAt(of, table, noon(day));
  const the = { history, tests: testsOf(history), asked: {} };
  const row = table.rules[rule];
  if (row === null) throw new Error(`${rule} is not asked by this table.`);
  return answerOf(rule, row, the);
}

describe("what answers a stop", () => {
  const serum = (on: CalendarDate, fields: Parameters<typeof pregnancyTest>[1] = {}): ProgrammeEntry =>
    pregnancyTest(on, { sample: "serum", ...fields });

  it("is a negative test, and none that waits for its result", () => {
    const positive = pregnancyTest("2026-12-01", { result: "positive" });
    const pending = serum("2026-12-02", { result: "pending" });
    expect(find(start(positive, pending), "no-positive-test", START).status).toBe("unmet");
    expect(find(start(positive, serum("2026-12-02")), "no-positive-test", START).status).toBe("met");
    const missed = entry("missed-period", SECOND);
    const later = addDays(SECOND, 1);
    expect(
      find(month(missed, pregnancyTest(later, { result: "pending" })), "no-missed-period", later).status,
    ).toBe("met");
    expect(
      find(
        month(entry("missed-period", later), pregnancyTest(later, { result: "pending" })),
        "no-missed-period",
        later,
      ).status,
    ).toBe("unmet");
  });

  it("is a serum test that was certainly taken later", () => {
    const day = "2026-12-02";
    const positive = pregnancyTest(day, { result: "positive", time: "12:00" });
    const status = (on: CalendarDate, time: string | null): string =>
      find(start(positive, serum(on, { time })), "no-positive-test", START).status;
    expect(status(day, "12:01")).toBe("met");
    expect(status(day, "12:00")).toBe("unmet");
    expect(status(day, null)).toBe("unmet");
    expect(status(addDays(day, -1), "18:00")).toBe("unmet");
    expect(status(addDays(day, 1), "08:00")).toBe("met");
    expect(status(addDays(day, 1), null)).toBe("met");
  });

  it("is any negative serum test where the programme asks for no sensitivity", () => {
    const of = facts({
      decidedOn: "2020-01-01",
      entries: [
        pregnancyTest("2020-12-01", { result: "positive" }),
        serum("2020-12-02", { sensitivity: null }),
      ],
    });
    expect(ask("no-positive-test", of, "2020-12-07").status).toBe("unknown");
    expect(ask("no-positive-test", of, "2020-12-07", { "test-sensitivity": null }).status).toBe("met");
  });

  it("is after a lapse a negative test of a later day, whichever methods are in use again", () => {
    const lapse = entry("contraception-lapse", SECOND, { what: "stopped" });
    const again = entry("contraception", SECOND);
    const later = addDays(SECOND, 1);
    const pending = pregnancyTest(later, { result: "pending" });
    expect(find(month(lapse, again, pending), "no-lapse-unhandled", later)).toMatchObject({
      status: "unmet",
      sentence:
        "Stop: contraception was stopped. Do not prescribe or dispense. Test in a medical setting from Thu, Dec 17, 2026.",
    });
    expect(find(month(lapse, again, pregnancyTest(later)), "no-lapse-unhandled", later).status).toBe(
      "unknown",
    );
    expect(find(month(lapse, pregnancyTest(later)), "no-lapse-unhandled", later).sentence).toBe(
      "Stop: contraception was stopped. Do not prescribe or dispense. Record from which day accepted methods are used again.",
    );
  });
});

describe("of several lapses", () => {
  const lapse = (on: CalendarDate, recordedAt = at(on, "17:00")): ProgrammeEntry => ({
    ...entry("contraception-lapse", on),
    recordedAt,
  });
  const [before, early, late] = [addDays(FIRST, -30), addDays(FIRST, 10), addDays(FIRST, 20)];
  const told = at(SECOND, "17:01");
  const again = entry("contraception", late);
  const look = (without: Parameters<typeof onTreatment>[2], ...added: ProgrammeEntry[]): Finding => {
    const treated = onTreatment(FIRST, SECOND, without);
    return find(facts({ ...treated, entries: [...treated.entries, ...added] }), "no-lapse-unhandled", SECOND);
  };
  const LATE = "Unprotected contact Dec 6, 2026";

  it("that are all dealt with the last is told", () => {
    expect(look([], lapse(early), lapse(late), again)).toMatchObject({ status: "met", datum: LATE });
  });

  it("the one that is not dealt with stops, though a later one is", () => {
    expect(look([], lapse(early, told), lapse(late), again)).toMatchObject({
      status: "unknown",
      datum: "Unprotected contact Nov 26, 2026",
    });
    expect(look([], lapse(before, told), lapse(late), again)).toMatchObject({ status: "met", datum: LATE });
  });

  it("the last that is not dealt with comes first: while no method is in use, no test followed, or its sensitivity is not known", () => {
    const both = [lapse(early, told), lapse(late)];
    expect(look([], ...both)).toMatchObject({ status: "unmet", datum: LATE });
    expect(look(["pregnancy-test"], ...both, again)).toMatchObject({ status: "unmet", datum: LATE });
    const unread = pregnancyTest(SECOND, { sensitivity: null });
    expect(look(["pregnancy-test"], ...both, again, unread)).toMatchObject({
      status: "unknown",
      datum: LATE,
      sentence: "A negative test followed the lapse, but its sensitivity is not on record. Record it.",
    });
  });

  it("each wants the prescriber's word of a later day, recorded with it or after it", () => {
    const confirmed = (time: string): Finding =>
      look(
        ["prescriber-confirmation"],
        lapse(late, told),
        { ...again, recordedAt: told },
        {
          ...entry("prescriber-confirmation", SECOND),
          recordedAt: at(SECOND, time),
        },
      );
    expect(confirmed("17:01").status).toBe("met");
    expect(confirmed("17:00").status).toBe("unknown");
    const ofDay = { ...entry("prescriber-confirmation", late), recordedAt: told };
    expect(look(["prescriber-confirmation"], lapse(late), again, ofDay).status).toBe("unknown");
  });
});

describe("a hold", () => {
  it("is lifted by a dose at a later visit, and not by one that is not yet decided", () => {
    const held = { on: START, action: "hold" } as const;
    const by = (action: "not-yet" | "continue"): string | undefined =>
      closedBy(
        historyAt(
          facts({ entries: readyToStart(START), doses: [held, { on: addDays(START, 1), action }] }),
          ipledge2026,
          noon(addDays(START, 1)),
        ),
      )?.by;
    expect(by("not-yet")).toBe("hold");
    expect(by("continue")).toBeUndefined();
  });

  it("says of a prescription that waits that it must not be dispensed, and until when to protect", () => {
    const of = { ...issued(), doses: [{ on: START, action: "hold" } as const] };
    expect(programmeState(of, noon(START)).sentence).toBe(
      "A prescription waits at the pharmacy: do not dispense it. The prescriber put the dose on hold. Decide a dose at a visit and sign it before prescribing.",
    );
  });
});

describe("what a prescription rests on", () => {
  const reason = (of: ProgrammeFacts, day = START): string =>
    find(of, "prescription-open", day, DISPENSE).sentence;
  const gone = "This prescription no longer stands: the record of its day has changed.";
  const taken = (kind: ProgrammeEntry["kind"]): ProgrammeFacts =>
    facts({
      entries: readyToStart(START).filter((one) => one.kind !== kind),
      prescriptions: [prescription(START)],
    });

  it("is every step before it, as it is on record now, but not what stops a course: that is asked for the present", () => {
    expect(reason(issued())).toBe("The prescription stands.");
    for (const kind of [
      "risk-category",
      "enrolment",
      "consent",
      "counselling",
      "contraception",
      "menstruation",
      "pregnancy-test",
      "prescriber-confirmation",
      "patient-questions",
    ] as const)
      expect(reason(taken(kind)), kind).toContain(gone);
    for (const stopped of [
      entry("pause", START),
      entry("treatment-stop", START),
      entry("last-dose", START),
      entry("pregnancy", START),
      pregnancyTest(START, { result: "positive", time: "07:00" }),
      entry("missed-period", START),
    ])
      expect(reason(issued(stopped)), stopped.kind).toBe("The prescription stands.");
  });

  it("is not the supply before it: that was asked for when it was issued", () => {
    const treated = onTreatment(FIRST, SECOND);
    const capsules = [{ strengthMg: 20, morning: 1, evening: 1 }];
    // A second pick-up of the month before makes that supply last sixty days.
    const more = entry("dispensing", addDays(FIRST, 20), { capsules: 60 });
    const of = facts({
      entries: [...treated.entries, more],
      prescriptions: [prescription(FIRST, { capsules }), prescription(SECOND, { capsules })],
    });
    expect(reason(of, SECOND)).toBe("The prescription stands.");
  });

  it("is no more asked for once it was collected or given back", () => {
    const without = taken("consent");
    for (const capsules of [60, 0]) {
      const entries = [...without.entries, entry("dispensing", START, { capsules })];
      expect(reason({ ...without, entries })).toBe("The prescription stands.");
    }
  });

  it("of a first prescription are the steps before treatment, though a dose of its day is on record since", () => {
    const untested = facts({
      entries: [
        ...readyToStart(START).filter((one) => one.kind !== "pregnancy-test" || one.on === START),
        { ...entry("first-dose", START), recordedAt: addMinutes(noon(START), 1) },
      ],
      prescriptions: [prescription(START)],
    });
    expect(reason(untested)).toContain(gone);
  });

  it("of a later one are the doses of before it, whenever they were recorded", () => {
    const treated = onTreatment(FIRST, SECOND);
    const recordedLate = treated.entries.map((one) =>
      one.kind === "first-dose" || one.kind === "dispensing"
        ? { ...one, recordedAt: at(SECOND, "18:00") }
        : one,
    );
    const of = facts({
      entries: recordedLate,
      prescriptions: [...treated.prescriptions, prescription(SECOND)],
    });
    expect(reason(of, SECOND)).toBe("The prescription stands.");
    const begun = (recordedAt: Instant): ProgrammeFacts => ({
      ...of,
      entries: [
        ...treated.entries.filter((one) => one.kind !== "first-dose" && one.kind !== "dispensing"),
        { ...entry("first-dose", SECOND), recordedAt },
      ],
    });
    expect(reason(begun(noon(SECOND)), SECOND)).toBe("The prescription stands.");
    expect(reason(begun(addMinutes(noon(SECOND), 1)), SECOND)).toContain(gone);
  });

  it("is not that a period was missed on its day: that is asked for the present", () => {
    const on = addDays(START, 1);
    const of = facts({
      entries: [...readyToStart(START), entry("missed-period", on)],
      prescriptions: [prescription(on)],
    });
    expect(reason(of, on)).toBe("The prescription stands.");
    expect(find(of, "no-missed-period", on, DISPENSE).status).toBe("unmet");
  });
});

describe("a dose that no prescription explains", () => {
  const steps = (...added: ProgrammeEntry[]): ProgrammeFacts =>
    facts({ entries: [...readyToStart(START), ...added] });
  const STRAY =
    "Capsules were taken or collected that no prescription on record accounts for. Put the day right, or void the entry.";

  it("holds the next prescription back for the longest supply, but for the overlap; the latest one counts", () => {
    const asked = (days: number, kind: "dispensing" | "first-dose" = "dispensing"): Finding =>
      find(
        steps(entry(kind, addDays(START, -days)), entry("dispensing", addDays(START, -60))),
        "supply-overlap",
        START,
      );
    expect(asked(22)).toMatchObject({
      status: "unknown",
      sentence: `${STRAY} Else a new prescription is possible from Tue, Dec 8, 2026.`,
      datum: "Pick-up Nov 15, 2026",
      opensAt: at(addDays(START, 1), "00:00"),
    });
    expect(asked(23).status).toBe("not-applicable");
    expect(asked(40).status).toBe("not-applicable");
    expect(asked(22, "first-dose").datum).toBe("First dose Nov 15, 2026");
  });

  it("leaves a supply that lasts longer its day", () => {
    const given = facts({
      entries: [
        ...readyToStart(START),
        entry("dispensing", addDays(START, -20)),
        entry("dispensing", addDays(START, -5)),
      ],
      prescriptions: [prescription(addDays(START, -5))],
    });
    expect(find(given, "supply-overlap", START)).toMatchObject({
      status: "unknown",
      opensAt: at(addDays(START, 18), "00:00"),
    });
  });

  it("at the pick-up is asked about if it was recorded since the prescription: another clinic's was judged then", () => {
    const dose = entry("dispensing", addDays(START, -1));
    const status = (recordedAt: Instant, day = START): string =>
      find(issued({ ...dose, recordedAt }), "not-dispensed-yet", day, DISPENSE).status;
    const { issuedAt } = prescription(START);
    expect(status(issuedAt)).toBe("unknown");
    expect(status(addMinutes(issuedAt, -1))).toBe("met");
    expect(status(issuedAt, addDays(START, 28))).toBe("unknown");
    expect(status(issuedAt, addDays(START, 29))).toBe("met");
  });

  it("is no first dose of the prescription's day or later: that one says that it was collected", () => {
    const begun = (on: CalendarDate): Finding =>
      find(issued(entry("first-dose", on)), "not-dispensed-yet", addDays(START, 2), DISPENSE);
    expect(begun(START)).toMatchObject({
      status: "unknown",
      sentence: "A first dose is on record, so capsules were collected. Record the pick-up.",
      datum: "First dose Dec 7, 2026",
    });
    expect(begun(addDays(START, -40)).status).toBe("met");
    const twice = issued(entry("first-dose", START), entry("first-dose", addDays(START, 1)));
    expect(find(twice, "not-dispensed-yet", addDays(START, 2), DISPENSE).datum).toBe(
      "First dose Dec 7, 2026",
    );
    expect(programmeState(twice, noon(addDays(START, 2))).label).not.toBe("Do not dispense");
  });
});

describe("a prescription that waits", () => {
  it("is asked for its own days of supply, and not for those of the month before", () => {
    const sentence = (earlier: number, days: number): string | undefined => {
      const of = onTreatment(START, addDays(START, 30));
      const prescriptions = of.prescriptions.map((one) => ({ ...one, daysSupply: earlier }));
      const second = { ...prescription(addDays(START, 30)), daysSupply: days };
      return waitingForPickUp(
        historyAt(
          { ...facts(of), prescriptions: [...prescriptions, second] },
          ipledge2026,
          noon(addDays(START, 31)),
        ),
      )?.sentence;
    };
    expect(sentence(30, 30)).toContain("It can be collected until");
    expect(sentence(31, 30)).toContain("It can be collected until");
    expect(sentence(30, 31)).toContain("The supply is at most 30 days");
  });
});

describe("a prescription without a last day", () => {
  it("that must not be dispensed is told of while its capsules would last, and one that may be is not", () => {
    const category = {
      ...entry("risk-category", START, { category: "cannot", criterion: "cisgender-male" }),
    };
    const stands = (recordedAt: Instant, days: number): boolean | undefined => {
      const entries = [...cannotStart(START, ["risk-category"]), { ...category, recordedAt }];
      const of = facts({ entries, prescriptions: [prescription(START)] });
      return waitingForPickUp(historyAt(of, ipledge2026, noon(addDays(START, days))))?.stands;
    };
    const { issuedAt } = prescription(START);
    expect(stands(addMinutes(issuedAt, 1), 1)).toBe(false);
    expect(stands(addMinutes(issuedAt, 1), 29)).toBe(false);
    expect(stands(addMinutes(issuedAt, 1), 30)).toBeUndefined();
    expect(stands(issuedAt, 1)).toBeUndefined();
  });
});

describe("the supplies before a prescription", () => {
  const cannot = (...days: number[]): ProgrammeFacts =>
    facts({
      entries: [...cannotStart(START), ...days.map((day) => entry("dispensing", addDays(START, day)))],
      prescriptions: days.map((day) => prescription(addDays(START, day))),
    });
  const opens = (of: ProgrammeFacts, day: number): string | null =>
    find(of, "supply-overlap", addDays(START, day)).opensAt;
  const start = (day: number): Instant => at(addDays(START, day), "00:00");

  it("leave seven days of the last one, and fourteen of all together", () => {
    expect(opens(cannot(0), 1)).toBe(start(23));
    expect(opens(cannot(0, 23), 24)).toBe(start(46));
    expect(opens(cannot(0, 23, 46), 47)).toBe(start(76));
    expect(opens(cannot(0, 28, 56, 84, 112), 113)).toBe(start(136));
  });
});

describe("the category at the pick-up", () => {
  it("is what stood by what was recorded until the prescription, a second person's agreement too", () => {
    const change = {
      ...entry("risk-category", addDays(START, -1), {
        category: "cannot",
        criterion: "hysterectomy",
        evidence: "Seen.",
        changeReason: "Operated.",
      }),
      id: "change",
    };
    const agreed = (time: string): ProgrammeEntry => ({
      ...entry("category-agreement", START, { entryId: "change" }),
      recordedBy: "Somebody else",
      recordedAt: at(START, time),
    });
    const status = (...more: ProgrammeEntry[]): string =>
      find(issued(change, ...more), "category-unchanged", START, DISPENSE).status;
    expect(status()).toBe("met");
    expect(status(agreed("11:59"))).toBe("met");
    expect(status(agreed("12:01"))).toBe("unmet");
    // Agreed before the prescription, but for a day after it: it was prescribed for who can become pregnant.
    const tomorrow = [
      { ...change, on: addDays(START, 1) },
      { ...agreed("11:59"), on: addDays(START, 1) },
    ];
    expect(find(issued(...tomorrow), "category-unchanged", addDays(START, 1), DISPENSE).status).toBe("unmet");
  });
});

describe("consents", () => {
  const uk = (...signed: ProgrammeEntry[]): ProgrammeFacts =>
    facts({
      programme: "mhra",
      decidedOn: "2025-12-01",
      entries: [...ukReadyToStart(UK, ["consent"]), ...signed],
    });
  const form = (on: CalendarDate): ProgrammeEntry =>
    entry("consent", on, { form: "acknowledgement-of-risk" });

  it("of any day count where the programme has no new form, or treatment is under way", () => {
    const treated = uk(form("2025-12-01"), entry("first-dose", addDays(UK, -1)));
    expect(find(treated, "consents", UK).status).toBe("met");
    const europe = { ...treated, course: { ...treated.course, programme: "eu-ppp" as const } };
    expect(find(europe, "consents", UK).status).toBe("met");
  });

  it("of an older form are named by the last one that was signed", () => {
    expect(find(uk(form("2025-12-01"), form("2026-01-21")), "consents", UK)).toMatchObject({
      status: "unmet",
      sentence:
        "The programme has a new form since Jan 22, 2026. Have it signed: the acknowledgement of risk.",
      datum: "Signed Jan 21, 2026: the acknowledgement of risk",
    });
    expect(find(uk(form("2026-01-21"), form("2026-01-22")), "consents", UK).status).toBe("met");
  });

  it("that are missing are named, each of them", () => {
    const of = facts({ entries: readyToStart(START, ["consent"]) });
    expect(find(of, "consents", START).sentence).toBe(
      "Not signed yet: the consent for all patients and the consent about birth defects.",
    );
  });

  const minor = (birthDate: CalendarDate, ...signed: ProgrammeEntry[]): Finding =>
    find(
      facts({ birthDate, entries: [...readyToStart(START, ["consent"]), ...signed] }),
      "guardian-consent",
      START,
    );

  it("of a minor are asked for of the guardian though another form is not signed at all", () => {
    expect(minor("2010-03-01", entry("consent", START, { form: "birth-defects" }))).toMatchObject({
      status: "unmet",
      sentence:
        "A parent or guardian must sign too, because the patient was 16: the consent about birth defects.",
    });
  });

  it("of a minor name the last form that the patient signed alone, and the age on its day", () => {
    expect(minor("2010-03-01", entry("consent", "2026-02-28"), entry("consent", "2026-03-01"))).toMatchObject(
      {
        sentence:
          "A parent or guardian must sign too, because the patient was 16: the consent for all patients.",
        datum: "Signed by the patient alone Mar 1, 2026",
      },
    );
  });

  it("of a minor name the first that a guardian signed too; signed again of age, or by who always was, nobody else signs", () => {
    const both = (
      on: CalendarDate,
      form: "all-patients" | "birth-defects" = "all-patients",
    ): ProgrammeEntry => entry("consent", on, { form, signer: "patient-and-guardian" });
    expect(minor("2010-03-01", both("2026-11-01"), both("2026-11-08", "birth-defects"))).toMatchObject({
      status: "met",
      datum: "Signed Nov 1, 2026",
    });
    expect(minor("1990-03-01", both("2026-11-01")).status).toBe("not-applicable");
    const again = minor("2008-12-01", entry("consent", "2026-11-30"), entry("consent", "2026-12-01"));
    expect(again).toMatchObject({ status: "not-applicable", sentence: "The patient signs alone." });
    const cannot = facts({
      birthDate: "2010-03-01",
      entries: [...cannotStart(START, ["consent"]), both("2026-11-01", "birth-defects")],
    });
    expect(find(cannot, "guardian-consent", START).status).toBe("unknown");
  });

  it("are not asked of a guardian where the programme has no form", () => {
    const of = facts({ birthDate: "2010-03-01", decidedOn: "2020-01-01" });
    expect(ask("guardian-consent", of, "2020-12-07", { consents: null })).toMatchObject({
      status: "not-applicable",
      sentence: "This programme asks for no form of this patient.",
    });
    expect(ask("guardian-consent", of, "2020-12-07").status).toBe("unknown");
  });
});

describe("before the first dose only", () => {
  const NO_MORE = { status: "not-applicable", sentence: "Asked before the first dose only." };

  it("a second prescriber is asked for, of a minor in the United Kingdom until 21 Jan 2026", () => {
    const day = "2026-01-20";
    const uk = (...added: ProgrammeEntry[]): Finding =>
      find(
        facts({
          programme: "mhra",
          birthDate: "2010-03-01",
          entries: [...ukReadyToStart(addDays(day, -10)), ...added],
          prescriptions: [prescription(addDays(day, -10))],
        }),
        "second-prescriber",
        day,
      );
    expect(uk().status).toBe("unmet");
    expect(uk(entry("first-dose", addDays(day, -9)))).toMatchObject(NO_MORE);
  });

  it("the first test and the confirmation test are judged", () => {
    for (const rule of ["screening-test", "test-spacing", "test-after-month", "menses-days"] as const)
      expect(find(month(), rule, SECOND), rule).toMatchObject(NO_MORE);
  });
});

describe("counselling of a patient who cannot become pregnant", () => {
  it("is asked for once in the 2026 edition, and is not forgotten after it", () => {
    const never = facts({ entries: cannotStart(START, ["counselling"]) });
    expect(find(never, "counselling", START)).toMatchObject({
      status: "unmet",
      sentence: "Counsel the patient and record it.",
      datum: null,
    });
    const once = facts({ entries: cannotStart(START), prescriptions: [prescription(START)] });
    expect(find(once, "counselling", addDays(START, 30)).status).toBe("met");
  });
});

describe("the methods in use", () => {
  const pair = (...lapses: ProgrammeEntry[]): Finding =>
    find(month(entry("contraception", "2026-12-10"), ...lapses), "contraception-pair", SECOND);
  const lapse = (on: CalendarDate, what: "stopped" | "missed" | "unprotected-contact"): ProgrammeEntry =>
    entry("contraception-lapse", on, { what });

  it("are those on record no more after contraception was stopped, and again from a record of that day or later", () => {
    expect(
      pair(lapse("2026-12-11", "stopped"), lapse("2026-12-12", "stopped"), lapse("2026-12-13", "missed")),
    ).toMatchObject({
      status: "unmet",
      sentence:
        "Contraception was stopped: the methods on record are not in use any more. Record which ones are, and from when.",
      datum: "Contraception stopped Dec 12, 2026",
    });
    expect(pair(lapse("2026-12-10", "stopped")).status).toBe("met");
  });

  it("stay those on record when a pill was missed or there was unprotected contact", () => {
    expect(pair(lapse("2026-12-11", "missed")).status).toBe("met");
    expect(pair(lapse("2026-12-11", "unprotected-contact")).status).toBe("met");
  });
});

describe("the month of contraception", () => {
  const since = (...added: ProgrammeEntry[]): Finding =>
    find(
      facts({ entries: [...readyToStart(START, ["contraception"]), ...added] }),
      "contraception-month",
      START,
    );
  const condom = { first: "condom", second: null } as const;
  const begins = {
    sentence: "The 30 days begin when accepted methods are in use.",
    datum: "Male latex condom",
  };

  it("is said to lapse only by what came after the methods on record", () => {
    const lapse = entry("contraception-lapse", "2026-11-20", { what: "stopped" });
    expect(since(lapse, entry("contraception", "2026-11-21", condom))).toMatchObject(begins);
    expect(since(lapse, entry("contraception", "2026-11-20", condom))).toMatchObject(begins);
    expect(since(lapse, entry("contraception", "2026-11-19", condom))).toMatchObject({
      datum: "Contraception stopped Nov 20, 2026",
    });
  });
});

describe("methods that the programme does not accept, taken up during treatment", () => {
  const changed = addDays(FIRST, 10);
  const condom = { first: "condom", second: null } as const;
  const change = (on: CalendarDate): ProgrammeEntry => entry("contraception", on, condom);

  it("are a lapse: the month and both tests are asked for anew, and the prescriber’s word", () => {
    const of = month(change(changed));
    expect(find(of, "contraception-month", SECOND)).toMatchObject({
      status: "unmet",
      sentence:
        "Contraception is not accepted any more. Record from which day accepted methods are used again; 30 days run from there, and the prescriber must agree to the restart.",
      datum: "Male latex condom",
    });
    expect(find(of, "screening-test", SECOND)).toMatchObject({
      datum: "Specimen of Dec 16, 2026: negative (urine, in a medical setting)",
    });
    const again = month(change(changed), entry("contraception", addDays(changed, 1)));
    const later = addDays(SECOND, 15);
    const tests = [
      pregnancyTest(later),
      entry("prescriber-confirmation", later),
      entry("patient-questions", later),
    ];
    const all = { ...again, entries: [...again.entries, ...tests, entry("counselling", later)] };
    const asked = judge(all, noon(later))
      .findings.filter((one) => one.status === "unmet")
      .map((one) => one.rule);
    expect(asked).toEqual(["test-spacing", "menses-days"]);
  });

  it("take back the prescription that waits", () => {
    const waits = issued(change(addDays(START, 1)));
    expect(find(waits, "prescription-open", addDays(START, 1), DISPENSE).status).toBe("unmet");
    expect(find(issued(change(START)), "prescription-open", START, DISPENSE).status).toBe("unmet");
    const before = issued(change(addDays(START, -40)));
    expect(find(before, "prescription-open", START, DISPENSE).status).toBe("met");
  });

  it("only set the month back before the first prescription", () => {
    const of = facts({ entries: [...readyToStart(START), change(addDays(START, -1))] });
    expect(find(of, "contraception-month", START)).toMatchObject({
      sentence: "The 30 days begin when accepted methods are in use.",
    });
    expect(find(of, "screening-test", START)).toMatchObject({
      status: "met",
      datum: "Specimen of Nov 6, 2026: negative (urine, in a medical setting)",
    });
  });

  it("are no lapse when the change is from one accepted pair to another", () => {
    const of = month(entry("contraception", changed, { first: "implant", second: "condom" }));
    expect(find(of, "screening-test", SECOND).status).toBe("not-applicable");
    expect(find(of, "contraception-month", SECOND).datum).toBe("Unbroken since Oct 17, 2026");
  });
});

describe("what is said of this month’s test", () => {
  const tested = (
    fields: Parameters<typeof pregnancyTest>[1],
    ...added: ProgrammeEntry[]
  ): ProgrammeFacts => {
    const treated = onTreatment(FIRST, SECOND, ["pregnancy-test"]);
    return facts({ ...treated, entries: [...treated.entries, pregnancyTest(SECOND, fields), ...added] });
  };

  it("names every place where it would have counted on treatment", () => {
    expect(find(tested({ setting: "remote-supervised" }), "test-setting", SECOND)).toMatchObject({
      status: "unmet",
      sentence:
        "The test must be taken in a medical setting or in a CLIA laboratory or at home with permission.",
    });
    const europe = facts({
      programme: "eu-ppp",
      entries: [
        ...ukReadyToStart(UK),
        entry("first-dose", UK),
        pregnancyTest(addDays(UK, 28), { setting: "home" }),
      ],
      prescriptions: [prescription(UK)],
    });
    expect(find(europe, "test-setting", addDays(UK, 28)).sentence).toBe(
      "The test must be taken in a medical setting or remotely under supervision.",
    );
    const old = onTreatment("2023-08-01", "2023-09-01", ["pregnancy-test"]);
    const laboratory = facts({
      ...old,
      decidedOn: "2023-01-01",
      entries: [...old.entries, pregnancyTest("2023-09-01", { setting: "home" })],
    });
    expect(find(laboratory, "test-setting", "2023-09-01").sentence).toBe(
      "The test must be taken in a CLIA laboratory.",
    );
    const before = facts({
      programme: "eu-ppp",
      entries: [...ukReadyToStart(UK, ["pregnancy-test"]), pregnancyTest(UK, { setting: "home" })],
    });
    expect(find(before, "test-setting", UK).sentence).toBe("The test must be taken in a medical setting.");
  });

  it("does not blame a missing permission for a home test of before the first dose", () => {
    const of = facts({
      entries: [
        ...readyToStart(START),
        entry("home-test-permission", START),
        pregnancyTest(addDays(START, 2), { setting: "home", home: HOME_EVIDENCE }),
        entry("dispensing", addDays(START, 3)),
      ],
      prescriptions: [prescription(START)],
    });
    expect(find(of, "test-setting", addDays(START, 4)).sentence).toBe(
      "A test before treatment must be taken in a medical setting, not at home.",
    );
  });

  it("names a CLIA laboratory in the datum", () => {
    expect(find(tested({ setting: "clia-laboratory" }), "test-setting", SECOND).datum).toBe(
      "Specimen of Dec 16, 2026: negative (urine, in a CLIA laboratory)",
    );
  });

  it("says what the kit detects, and what is missing", () => {
    const kit = (sensitivity: number | null): Finding =>
      find(tested({ sensitivity }), "test-sensitivity", SECOND);
    expect(kit(25).sentence).toBe("The test detects 25 mIU/mL or less.");
    expect(kit(26)).toMatchObject({
      status: "unmet",
      sentence: "The test must detect 25 mIU/mL or less; this one needs 26.",
    });
    expect(kit(null)).toMatchObject({
      status: "unknown",
      sentence: "The test’s sensitivity is not on record. Record it: 25 mIU/mL or less counts.",
    });
  });

  it("is, by an edition that did not ask it, not asked", () => {
    const of = facts({ decidedOn: "2020-01-01", entries: readyToStart("2023-10-02") });
    expect(find(of, "home-test-evidence", "2023-10-03")).toMatchObject({
      status: "not-applicable",
      sentence: "The edition of the test’s day does not ask this.",
      datum: "Specimen of Oct 2, 2023: negative (urine, in a medical setting)",
    });
  });

  it("does not call cycles irregular that nobody recorded, when a test repeats one whose window was missed", () => {
    const repeat = (...menses: ProgrammeEntry[]): Finding =>
      find(
        facts({
          entries: [
            ...readyToStart(START, ["menstruation"]),
            entry("menstruation", addDays(START, -1), { cycle: "irregular" }),
            ...menses,
            entry("dispensing", addDays(START, 8), { capsules: 0 }),
            pregnancyTest(addDays(START, 9)),
          ],
          prescriptions: [prescription(START)],
        }),
        "menses-days",
        addDays(START, 9),
      );
    expect(repeat()).toMatchObject({
      status: "not-applicable",
      sentence: "Cycles are not regular: the test is not tied to the period.",
    });
    expect(repeat(entry("menstruation", addDays(START, 1)))).toMatchObject({
      status: "not-applicable",
      sentence: "The test repeats one whose window was missed: it is not tied to the period.",
    });
  });
});

describe("the first test", () => {
  it("that is too coarse says what it must detect, by the edition of its day", () => {
    const of = facts({
      entries: [
        ...readyToStart("2026-11-20", ["pregnancy-test"]),
        pregnancyTest("2026-10-20", { sensitivity: 50 }),
      ],
    });
    expect(find(of, "screening-test", "2026-11-20")).toMatchObject({
      status: "unmet",
      edition: "ipledge-2021",
      sentence: "The first pregnancy test must detect 25 mIU/mL or less.",
    });
  });
});

describe("the test after the month of contraception", () => {
  it("waits for none where the programme asks for no month", () => {
    const of = facts({ decidedOn: "2020-01-01", entries: readyToStart("2020-12-07") });
    expect(ask("test-after-month", of, "2020-12-07").status).toBe("met");
    expect(ask("test-after-month", of, "2020-12-07", { "contraception-month": null })).toMatchObject({
      status: "not-applicable",
      sentence: "This programme asks for no month of contraception.",
    });
  });
});

describe("the next test in words", () => {
  const words = (rules: Partial<RuleRows>): string => {
    const day = "2020-12-07";
    const of = facts({ decidedOn: "2020-01-01", entries: readyToStart(day).filter((one) => one.on < day) });
    const table = { ...ipledge2026, rules: { ...ipledge2026.rules, ...rules } };
    const history = historyAt(of, table, noon(day));
    return nextTestInWords(history, testsOf(history));
  };

  it("is in a medical setting before treatment, also where the programme does not say where", () => {
    const medical =
      "Take the confirmation test in a medical setting from Mon, Dec 7, 2020 to Thu, Dec 10, 2020.";
    expect(words({})).toBe(medical);
    expect(words({ "test-setting": null })).toBe(medical);
  });
});

describe("until when a confirmation is good, of a patient who cannot become pregnant", () => {
  const window = (day: CalendarDate, otherReadingDays: number | null): Answer =>
    ask("confirmation-window", facts({ decidedOn: "2020-01-01", entries: cannotStart("2020-09-01") }), day, {
      "confirmation-window": { days: 30, otherReadingDays, source: "A table with one reading." },
    });

  it("is in doubt on the day on which the sources differ, and only where they do", () => {
    expect(window("2020-09-30", 31).status).toBe("met");
    expect(window("2020-10-01", 31).status).toBe("unknown");
    expect(window("2020-10-02", 31).status).toBe("unmet");
    expect(window("2020-09-30", null).status).toBe("met");
    expect(window("2020-10-01", null).status).toBe("unmet");
  });
});

describe("the patient’s questions", () => {
  it("cannot match methods that are not on record", () => {
    const of = facts({ entries: readyToStart(START, ["contraception"]) });
    expect(find(of, "patient-questions", START)).toMatchObject({
      status: "unmet",
      sentence:
        "The patient entered copper IUD and male latex condom; on record here: none. They must be the same.",
    });
  });
});

describe("supply", () => {
  const days = (daysSupply: number): Finding => find(start(), "supply", START, { daysSupply });

  it("is of whole days, one at least", () => {
    expect(days(29.5)).toMatchObject({ status: "unknown", sentence: "Give the supply in whole days." });
    expect(days(0).status).toBe("unknown");
    expect(days(1)).toMatchObject({ status: "met", datum: "1 day" });
  });

  it("is counted against what was prescribed: fewer, as many, more", () => {
    const counted = (capsules: number): Finding =>
      find(
        facts({
          entries: [...readyToStart(FIRST), entry("dispensing", FIRST, { capsules })],
          prescriptions: [prescription(FIRST, { capsules: [{ strengthMg: 20, morning: 1, evening: 1 }] })],
        }),
        "supply-count",
        addDays(FIRST, 1),
      );
    expect(counted(58).sentence).toBe(
      "Fewer capsules were collected than prescribed: they last 29 days, not 30 days. Is the number right?",
    );
    expect(counted(60).sentence).toBe("As many capsules were collected as prescribed.");
    expect(counted(62).sentence).toBe(
      "More capsules were collected than prescribed: they last 31 days, not 30 days. Is the number right?",
    );
  });
});

describe("at the pick-up", () => {
  it("a prescription of the day of the decision stands, one of the day of a lapse does not", () => {
    const entries = cannotStart(START);
    const decided = facts({ entries, decidedOn: START, prescriptions: [prescription(START)] });
    expect(find(decided, "prescription-open", START, DISPENSE).status).toBe("met");
    const lapsed = issued(entry("contraception-lapse", START, { what: "missed" }));
    expect(find(lapsed, "prescription-open", START, DISPENSE)).toMatchObject({
      status: "unmet",
      sentence: "This prescription no longer stands, because contraception lapsed and treatment begins anew.",
    });
  });

  it("the latest of the tests without a result is named", () => {
    const pending = (on: CalendarDate): ProgrammeEntry => pregnancyTest(on, { result: "pending" });
    const later = addDays(START, 2);
    const of = issued(pending(addDays(START, 1)), pending(later));
    expect(find(of, "prescription-open", later, DISPENSE)).toMatchObject({
      status: "unknown",
      datum: "Specimen of Dec 9, 2026: pending (urine, in a medical setting)",
    });
  });

  it("a category that was never recorded has not changed: its own rule says that it is missing", () => {
    const of = facts({
      entries: readyToStart(START, ["risk-category"]),
      prescriptions: [prescription(START)],
    });
    expect(find(of, "category-unchanged", START, DISPENSE)).toMatchObject({
      status: "met",
      sentence: "The risk category is the one that was prescribed for.",
    });
    expect(find(of, "category", START, DISPENSE).status).toBe("unknown");
  });

  it("the time left is that of the edition of the prescription’s day", () => {
    const old = facts({ entries: readyToStart("2026-11-13"), prescriptions: [prescription("2026-11-14")] });
    const window = (day: CalendarDate): Finding => find(old, "dispense-window", day, DISPENSE);
    expect(window("2026-11-15")).toMatchObject({
      status: "met",
      edition: "ipledge-2021",
      closesAt: at("2026-11-19", "22:59"),
    });
    expect(window("2026-11-20")).toMatchObject({ status: "unmet", edition: "ipledge-2021" });
    const man = facts({
      programme: "mhra",
      entries: cannotStart("2026-01-20"),
      prescriptions: [prescription("2026-01-20")],
    });
    expect(find(man, "dispense-window", "2026-01-23", DISPENSE)).toMatchObject({
      status: "not-applicable",
      edition: "mhra-2023",
    });
  });

  it("the window is that of the last negative test, though another waits for its result", () => {
    const pending = pregnancyTest(addDays(START, 1), { result: "pending" });
    const of = facts({
      entries: [...readyToStart(START), pending],
      prescriptions: [prescription(addDays(START, 2))],
    });
    expect(find(of, "dispense-window", addDays(START, 3), DISPENSE).closesAt).toBe(at("2026-12-13", "22:59"));
  });

  it("the window is that of the test that the prescription rests on, whatever other one was or is recorded", () => {
    const issuedOn = addDays(START, 4);
    const closesAt = (...others: ProgrammeEntry[]): Instant | null => {
      const entries = [...readyToStart(START), ...others];
      expect(judge(facts({ entries }), at(issuedOn, "11:00")).closesAt).toBe(at("2026-12-13", "22:59"));
      const of = facts({ entries, prescriptions: [prescription(issuedOn)] });
      return find(of, "dispense-window", addDays(issuedOn, 1), DISPENSE).closesAt;
    };
    expect(closesAt()).toBe(at("2026-12-13", "22:59"));
    // A test at home before treatment opened no window.
    expect(closesAt(pregnancyTest(addDays(START, 3), { setting: "home" }))).toBe(at("2026-12-13", "22:59"));
    // Taken at noon and recorded in the evening: the prescription of noon knew nothing of it.
    expect(closesAt(pregnancyTest(issuedOn, { time: "12:00" }))).toBe(at("2026-12-13", "22:59"));
  });

  it("a test that was recorded no later than the prescription carries it, one that was recorded later does not", () => {
    const issuedOn = addDays(SECOND, 4);
    const issued = prescription(issuedOn);
    const before = onTreatment(FIRST, SECOND);
    const steps = [entry("prescriber-confirmation", issuedOn), entry("patient-questions", issuedOn)].map(
      (one) => ({
        ...one,
        recordedAt: issued.issuedAt,
      }),
    );
    const closesAt = (recordedAt: Instant): Instant | null => {
      const test = { ...pregnancyTest(issuedOn), recordedAt };
      const of = facts({
        entries: [...before.entries, pregnancyTest(addDays(FIRST, -10)), ...steps, test],
        prescriptions: [...before.prescriptions, issued],
      });
      return find(of, "dispense-window", issuedOn, DISPENSE).closesAt;
    };
    expect(closesAt(issued.issuedAt)).toBe(at(addDays(issuedOn, 6), "22:59"));
    expect(closesAt(addMinutes(issued.issuedAt, 1))).toBe(at(addDays(SECOND, 6), "22:59"));
  });

  it("of tests that were all recorded after the prescription the latest carries it", () => {
    const issued = prescription(addDays(START, 2));
    const late = (on: CalendarDate): ProgrammeEntry => ({
      ...pregnancyTest(on),
      recordedAt: addMinutes(issued.issuedAt, 60),
    });
    const entries = [...readyToStart(START, ["pregnancy-test"]), late(START), late(addDays(START, 1))];
    const of = facts({ entries, prescriptions: [issued] });
    expect(pickUpBy(historyAt(of, ipledge2026, noon(addDays(START, 3))))).toBe(
      at(addDays(START, 7), "22:59"),
    );
  });

  it("a prescription that no open window carried counts from the latest negative test before it", () => {
    const issuedOn = addDays(START, 12);
    const closesAt = (...tests: ProgrammeEntry[]): Instant | null =>
      pickUpBy(
        historyAt(
          facts({ entries: [...readyToStart(START), ...tests], prescriptions: [prescription(issuedOn)] }),
          ipledge2026,
          noon(issuedOn),
        ),
      );
    expect(closesAt()).toBe(at("2026-12-13", "22:59"));
    for (const result of ["positive", "indeterminate", "pending"] as const)
      expect(closesAt(pregnancyTest(addDays(START, 9), { result })), result).toBe(at("2026-12-13", "22:59"));
    expect(closesAt(pregnancyTest(addDays(issuedOn, 1)))).toBe(at("2026-12-13", "22:59"));
  });

  it("a patient who cannot become pregnant has all the time where no confirmation opens a window", () => {
    const of = facts({
      decidedOn: "2020-01-01",
      entries: cannotStart("2020-09-01"),
      prescriptions: [prescription("2020-09-01")],
    });
    const by = (rules: Partial<RuleRows>): Instant | null =>
      pickUpBy(
        historyAt(of, { ...ipledge2026, rules: { ...ipledge2026.rules, ...rules } }, noon("2020-09-02")),
      );
    expect(by({ "confirmation-window": null })).toBeNull();
    expect(by({ "confirmation-window": { days: 30, otherReadingDays: null, source: "A window." } })).toBe(
      at("2020-09-30", "22:59"),
    );
  });

  it("a window that the programme does not know is none", () => {
    const of = facts({
      decidedOn: "2020-01-01",
      entries: readyToStart("2020-12-07"),
      prescriptions: [prescription("2020-12-07")],
    });
    const window = (rules: Partial<RuleRows>) =>
      pickUpWindow(
        historyAt(of, { ...ipledge2026, rules: { ...ipledge2026.rules, ...rules } }, noon("2020-12-08")),
      );
    expect(window({})).toEqual({ from: "2020-12-07", closesAt: at("2020-12-13", "22:59") });
    expect(window({ "test-in-window": null })).toBeNull();
  });

  it("there is nothing to collect while nothing is prescribed", () => {
    expect(pickUpBy(historyAt(start(), ipledge2026, noon(START)))).toBeNull();
  });

  it("product and capsules are compared with the prescription, and not without one", () => {
    const asked = (of: ProgrammeFacts, given: Asked): Finding =>
      find(of, "dispense-as-prescribed", START, { ...DISPENSE, ...given });
    expect(asked(start(), { productId: "claravis", capsules: 60 })).toMatchObject({
      status: "not-applicable",
      sentence: "There is no prescription to dispense.",
    });
    expect(asked(issued(), {}).sentence).toBe("Asked when the product or the number of capsules is given.");
    const own = facts({
      entries: readyToStart(START),
      prescriptions: [prescription(START, { productId: "own-make" })],
    });
    expect(asked(own, { productId: "other-make" })).toMatchObject({
      status: "unmet",
      sentence: "Prescribed is own-make, not other-make.",
    });
  });

  it("capsules are counted from one on, whole ones", () => {
    const one = { capsules: [{ strengthMg: 20, morning: 1, evening: 0 }] };
    const of = facts({ entries: readyToStart(START), prescriptions: [prescription(START, one)] });
    const given = (capsules: number): Finding =>
      find(of, "dispense-as-prescribed", START, { ...DISPENSE, capsules });
    expect(given(0)).toMatchObject({ status: "unknown", sentence: "Give the number of capsules." });
    expect(given(1)).toMatchObject({ status: "met", datum: "1 capsules, 30 prescribed" });
    expect(given(1.5).status).toBe("unknown");
    expect(given(30).sentence).toBe("Product and capsules are as prescribed.");
    expect(given(31).status).toBe("unmet");
  });
});

describe("treatment that was paused", () => {
  it("is not resumed by a decision of the day before that was recorded late", () => {
    const resume = (on: CalendarDate, time: string): ProgrammeEntry => ({
      ...entry("resume", on),
      recordedAt: at(on, time),
    });
    const pause = { ...entry("pause", "2026-12-01"), recordedAt: at("2026-12-01", "09:00") };
    const late = { ...resume("2026-11-30", "09:00"), recordedAt: at("2026-12-02", "09:00") };
    expect(find(start(pause, late), "course-open", START).status).toBe("unmet");
    expect(find(start(pause, resume("2026-12-01", "10:00")), "course-open", START).status).toBe("met");
    expect(find(start(pause, resume("2026-12-02", "08:00")), "course-open", START).status).toBe("met");
  });
});

describe("signs of a pregnancy elsewhere in the record", () => {
  const DECIDED = addDays(START, -31);
  const hcg = (on: CalendarDate): LabResult =>
    hcgResult(on, { value: 80, text: "", unit: "m[IU]/mL", rangeHigh: 5 });
  const look = (elsewhere: Partial<Elsewhere>, ...own: ProgrammeEntry[]): Finding =>
    find(
      {
        ...facts({ decidedOn: DECIDED, entries: [...readyToStart(START), ...own] }),
        elsewhere: { results: [], entries: [], ...elsewhere },
      },
      "no-positive-test",
      START,
    );
  const serum = (on: CalendarDate, fields: Parameters<typeof pregnancyTest>[1] = {}): ProgrammeEntry =>
    pregnancyTest(on, { sample: "serum", ...fields });

  it("stop for the length of a pregnancy, 40 weeks before the decision", () => {
    expect(look({ results: [hcg(addDays(DECIDED, -280))] }).status).toBe("unmet");
    expect(look({ results: [hcg(addDays(DECIDED, -281))] }).status).toBe("met");
  });

  it("of the laboratory stand beside a doubtful test of another day, and are the same as one of their own day", () => {
    const day = addDays(START, -2);
    const lab = { results: [hcg(day)] };
    const positive = (on: CalendarDate, time: string | null): ProgrammeEntry =>
      serum(on, { result: "positive", time });
    const LAB = "Laboratory result of Dec 5, 2026";
    // One specimen, on record in both places: the test speaks for both, and is answered on the next day.
    expect(look(lab, positive(day, "08:00")).datum).not.toBe(LAB);
    expect(look(lab, positive(day, "08:00"), serum(addDays(day, 1))).status).toBe("met");
    // The result may as well be of the afternoon's specimen.
    const afternoon = serum(day, { time: "16:00" });
    expect(look(lab, positive(day, "08:00"), afternoon)).toMatchObject({ status: "unmet", datum: LAB });
    const urineOfDay = pregnancyTest(day, { time: "16:00" });
    expect(look(lab, positive(day, "08:00"), urineOfDay)).toMatchObject({ status: "unmet", datum: LAB });
    expect(look(lab, positive(addDays(day, -1), "08:00"), afternoon)).toMatchObject({
      status: "unmet",
      datum: "Laboratory result of Dec 5, 2026",
    });
    expect(look(lab, positive(addDays(day, -1), "08:00"), positive(day, "08:00")).datum).not.toBe(LAB);
    expect(look(lab, pregnancyTest(day), afternoon).status).toBe("unmet");
    expect(look(lab, serum(day, { result: "pending" }))).toMatchObject({ status: "unmet", datum: LAB });
    expect(look(lab, pregnancyTest(day, { result: "indeterminate" }))).toMatchObject({ datum: LAB });
    // Blood is no second word on the urine of the morning: of its hour nothing is known.
    const urine = pregnancyTest(day, { result: "indeterminate", time: "08:00" });
    expect(look(lab, urine, afternoon)).toMatchObject({
      status: "unmet",
      datum: "Laboratory result of Dec 5, 2026",
    });
    const ofUrine = { results: [{ ...hcg(day), testId: "hcg-urine" }] };
    expect(look(ofUrine, urine)).not.toMatchObject({ datum: LAB });
    expect(look(ofUrine, urine, serum(addDays(day, 1))).status).toBe("met");
  });

  it("in another course are pregnancies and doubtful tests, and nothing else", () => {
    const day = addDays(START, -2);
    expect(look({ entries: [pregnancyTest(day)] }).status).toBe("met");
    expect(look({ entries: [pregnancyTest(day, { result: "pending" })] }).status).toBe("met");
    expect(look({ entries: [pregnancyTest(day, { result: "positive" })] }).status).toBe("unmet");
    expect(look({ entries: [pregnancyTest(day, { result: "indeterminate" })] })).toMatchObject({
      status: "unmet",
      datum: "Recorded there for Dec 5, 2026",
    });
    expect(look({ entries: [entry("pregnancy", day)] }).status).toBe("unmet");
  });

  it("are answered by a negative serum test of a later day, in whichever course it is on record", () => {
    const day = addDays(START, -2);
    const pregnancy = entry("pregnancy", day);
    const next = addDays(day, 1);
    expect(look({ entries: [pregnancy, serum(next)] }).status).toBe("met");
    expect(look({ entries: [pregnancy] }, serum(next)).status).toBe("met");
    expect(look({ entries: [pregnancy, serum(day)] }).status).toBe("unmet");
    expect(look({ entries: [pregnancy, serum(next, { result: "pending" })] }).status).toBe("unmet");
    expect(look({ entries: [pregnancy, pregnancyTest(next)] }).status).toBe("unmet");
    expect(look({ entries: [pregnancy, serum(next, { setting: "home" })] }).status).toBe("unmet");
    expect(look({ entries: [pregnancy] }, serum(next, { sensitivity: null })).status).toBe("unmet");
    expect(look({ entries: [pregnancy] }, serum(next, { sensitivity: 26 })).status).toBe("unmet");
  });

  it("stop whatever their day, and are answered by nothing that is dated after today", () => {
    const tomorrow = addDays(START, 1);
    expect(look({ results: [hcg(tomorrow)] }).status).toBe("unmet");
    const day = addDays(START, -1);
    expect(look({ entries: [entry("pregnancy", day), serum(START)] }).status).toBe("met");
    expect(look({ entries: [entry("pregnancy", day), serum(tomorrow)] }).status).toBe("unmet");
  });
});
