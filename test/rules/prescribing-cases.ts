/**
 * For every rule: a case in which it is met, unmet, unknown and not applicable, and its edges: the last moment or value on one
 * side and the first on the other. Where a kind cannot occur, a sentence says why. `prescribing.test.ts` runs them.
 */
import { type CalendarDate, type Instant, addDays, instantIn } from "#shared/calendar.ts";
import type { CourseEnd } from "#shared/records/course.ts";
import type { ContraceptiveMethod, ProgrammeEntry } from "#shared/records/programme-entry.ts";
import type { Elsewhere, ProgrammeFacts } from "#shared/rules/facts.ts";
import type { FindingStatus } from "#shared/rules/finding.ts";
import type { Asked } from "#shared/rules/gate.ts";
import type { RuleId } from "#shared/rules/programmes/programme-table.ts";
import {
  HOME_EVIDENCE,
  type Without,
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

export type Case = { facts: ProgrammeFacts; at: Instant } & Asked;
export type Edge = { name: string; before: [Case, FindingStatus]; after: [Case, FindingStatus] };
/** A sentence instead of a case: why there is none. */
type Why = string;
export type RuleCases = {
  met: Case | Why;
  unmet: Case | Why;
  unknown: Case | Why;
  notApplicable: Case | Why;
  edges: readonly Edge[] | Why;
};

/** A day on which everything is done for the first prescription, in the 2026 edition. */
export const START: CalendarDate = "2026-12-07";
/** A second month's day, its first prescription a month earlier. */
export const FIRST: CalendarDate = "2026-11-16";
export const SECOND: CalendarDate = "2026-12-16";

const ALWAYS: Why = "It is asked of every patient.";
const NEVER_UNKNOWN: Why = "An entry is on record or it is not; there is nothing in between.";

function at(on: CalendarDate, time = "12:00"): Instant {
  return instantIn(ZONE, on, time);
}

/** Ready to start on `START`, with kinds of entries taken out and others put in. */
function start(without: Without = [], ...added: ProgrammeEntry[]): Case {
  return { facts: facts({ entries: [...readyToStart(START, without), ...added] }), at: noon(START) };
}

function month(without: Without = [], ...added: ProgrammeEntry[]): Case {
  const treated = onTreatment(FIRST, SECOND, without);
  return { facts: facts({ ...treated, entries: [...treated.entries, ...added] }), at: noon(SECOND) };
}

function cannot(without: Without = [], ...added: ProgrammeEntry[]): Case {
  return { facts: facts({ entries: [...cannotStart(START, without), ...added] }), at: noon(START) };
}

/** A first prescription on `opened` that was left at the pharmacy, and a repeat test on `again` in a medical setting. */
function missedFirst(opened: CalendarDate, again: CalendarDate): Case {
  const entries = [
    ...readyToStart(opened),
    entry("dispensing", addDays(opened, 7), { capsules: 0 }),
    entry("counselling", again),
    pregnancyTest(again),
    entry("prescriber-confirmation", again),
    entry("patient-questions", again),
  ];
  return { facts: facts({ entries, prescriptions: [prescription(opened)] }), at: noon(again) };
}

function moved(the: Case, on: CalendarDate, time: string): Case {
  return { ...the, at: at(on, time) };
}

const IN_2021: CalendarDate = "2026-09-10";
const confirmed2021: Case = { facts: facts({ entries: cannotStart(IN_2021) }), at: noon(IN_2021) };
const waiting: Case = {
  facts: facts({ entries: readyToStart(FIRST), prescriptions: [prescription(FIRST)] }),
  at: noon(FIRST),
};

function consentOf(birthDate: CalendarDate, signer: "patient" | "patient-and-guardian"): Case {
  const entries = [
    ...readyToStart(START, ["consent"]),
    entry("consent", "2026-11-06", { signer }),
    entry("consent", "2026-11-06", { form: "birth-defects", signer }),
  ];
  return { facts: facts({ entries, birthDate }), at: noon(START) };
}

function startTest(fields: Parameters<typeof pregnancyTest>[1], on: CalendarDate = START): Case {
  return {
    facts: facts({
      entries: [
        ...readyToStart(START, ["pregnancy-test"]),
        pregnancyTest(addDays(START, -31)),
        pregnancyTest(on, fields),
      ],
    }),
    at: noon(START),
  };
}

function screened(fields: Parameters<typeof pregnancyTest>[1], on: CalendarDate = addDays(START, -31)): Case {
  return {
    facts: facts({
      entries: [...readyToStart(START, ["pregnancy-test"]), pregnancyTest(on, fields), pregnancyTest(START)],
      decidedOn: addDays(START, -31),
    }),
    at: noon(START),
  };
}

function homeTest(permission: readonly ProgrammeEntry[]): Case {
  return month(
    ["pregnancy-test"],
    pregnancyTest(SECOND, { setting: "home", home: HOME_EVIDENCE }),
    entry("home-test-code", SECOND),
    ...permission,
  );
}

function menses(on: CalendarDate, cycle: "regular" | "irregular" | "none" = "regular"): Case {
  return start(["menstruation"], entry("menstruation", on, { cycle }));
}

function homeWith(
  home: Partial<typeof HOME_EVIDENCE> | null,
  attachmentIds: string[] = [],
  given: readonly ProgrammeEntry[] = [entry("home-test-code", SECOND)],
): Case {
  return month(
    ["pregnancy-test"],
    pregnancyTest(SECOND, {
      setting: "home",
      home: home && { ...HOME_EVIDENCE, ...home },
      attachmentIds,
    }),
    entry("home-test-permission", FIRST),
    ...given,
  );
}

/** The code of the home test, given early, and beside another home test too. */
function shownBefore(on: CalendarDate): ProgrammeEntry[] {
  return [
    entry("home-test-code", FIRST),
    pregnancyTest(on, { setting: "home", result: "indeterminate", home: HOME_EVIDENCE }),
  ];
}

/** A course in the United Kingdom, ready to start on `day`. */
function uk(day: CalendarDate, changes: Partial<Parameters<typeof facts>[0]> = {}): Case {
  return {
    facts: facts({
      programme: "mhra",
      decidedOn: addDays(day, -40),
      entries: ukReadyToStart(day),
      ...changes,
    }),
    at: noon(day),
  };
}

const IN_UK_2023: CalendarDate = "2025-12-08";
const SECOND_WORD = entry("second-prescriber", "2025-12-01");

function minorInUk(day: CalendarDate, birthDate: CalendarDate, ...added: ProgrammeEntry[]): Case {
  return uk(day, { birthDate, entries: [...ukReadyToStart(day), ...added] });
}

/** On treatment, with a lapse between the first and the second month and what followed it. */
function lapsed(what: "stopped" | "missed" | "unprotected-contact", ...added: ProgrammeEntry[]): Case {
  const treated = onTreatment(FIRST, SECOND, ["pregnancy-test", "prescriber-confirmation"]);
  return {
    facts: facts({
      ...treated,
      entries: [...treated.entries, entry("contraception-lapse", LAPSE, { what }), ...added],
    }),
    at: noon(SECOND),
  };
}

const LAPSE: CalendarDate = "2026-12-05";
const usedAgain = entry("contraception", LAPSE);
const testedAgain = pregnancyTest(addDays(LAPSE, 1));

/** Prescribed on `START` before noon, not collected yet; asked on `on` at the pharmacy. */
function atPharmacy(on: CalendarDate, ...added: ProgrammeEntry[]): Case {
  return {
    facts: facts({ entries: [...readyToStart(START), ...added], prescriptions: [issued()] }),
    at: noon(on),
    question: "dispense",
  };
}

/** At the pharmacy with a prescription whose test reads now as it does. */
function issuedOnTest(fields: Parameters<typeof pregnancyTest>[1]): Case {
  const { facts: known } = startTest(fields);
  return { facts: { ...known, prescriptions: [issued()] }, at: noon(START), question: "dispense" };
}

function issued(on: CalendarDate = START): ReturnType<typeof prescription> {
  return prescription(on, {
    issuedAt: instantIn(ZONE, on, "11:00"),
    capsules: [{ strengthMg: 20, morning: 1, evening: 1 }],
  });
}

function changed(fields: { changeReason?: string }, ...agreement: ProgrammeEntry[]): Case {
  return start(
    [],
    {
      ...entry("risk-category", "2026-12-01", {
        category: "cannot",
        criterion: "hysterectomy",
        evidence: "Operation note of 2024.",
        ...fields,
      }),
      id: "entry-change",
    },
    ...agreement,
  );
}

/** The same with what the rest of the record says. */
function beside(the: Case, elsewhere: Partial<Elsewhere>): Case {
  return { ...the, facts: { ...the.facts, elsewhere: { results: [], entries: [], ...elsewhere } } };
}

/** A qualitative hCG of the laboratory. */
function hcg(on: CalendarDate, text: string): Partial<Elsewhere> {
  return { results: [hcgResult(on, { text })] };
}

/** Another course of the patient that was opened before and has ended, with an entry of its own. */
function earlier(reason: CourseEnd["reason"], one?: ProgrammeEntry): Partial<Elsewhere> {
  return {
    entries: one === undefined ? [] : [{ ...one, courseId: "course-0" }],
    courses: [
      {
        id: "course-0",
        programme: "ipledge",
        end: { endedOn: "2026-12-01", reason, note: "" },
        openedBefore: true,
      },
    ],
  };
}

function agreedOn(on: CalendarDate, recordedBy = "Nurse Test"): ProgrammeEntry {
  return { ...entry("category-agreement", on, { entryId: "entry-change" }), recordedBy };
}

/** The second month's steps done, with what the pharmacy gave in the first. */
function collected(capsules: number | null, prescribedADay: number): Case {
  const treated = onTreatment(FIRST, SECOND);
  return {
    facts: facts({
      entries: treated.entries.map((one) => (one.kind === "dispensing" ? { ...one, capsules } : one)),
      prescriptions: [
        prescription(FIRST, { capsules: [{ strengthMg: 20, morning: prescribedADay, evening: 0 }] }),
      ],
    }),
    at: noon(SECOND),
  };
}

const positive = pregnancyTest("2026-12-01", { result: "positive", time: "10:00" });

export const CASES: Readonly<Record<RuleId | "edition", RuleCases>> = {
  edition: {
    met: start(),
    unmet: "A programme without enabled tables is unknown, not unmet: nothing can be judged.",
    unknown: { facts: facts({ programme: "canada", entries: readyToStart(START) }), at: noon(START) },
    notApplicable: ALWAYS,
    edges: [
      {
        name: "the first edition begins with its first day in the clinic's zone",
        before: [{ facts: facts(), at: at("2021-12-12", "23:59") }, "unknown"],
        after: [{ facts: facts(), at: at("2021-12-13", "00:00") }, "met"],
      },
    ],
  },
  "course-open": {
    met: start(),
    unmet: {
      facts: facts({
        entries: readyToStart(START),
        end: { endedOn: START, reason: "completed", note: "" },
      }),
      at: noon(START),
    },
    unknown: NEVER_UNKNOWN,
    notApplicable: ALWAYS,
    edges: [
      {
        name: "it ends with the first minute of its last day",
        before: [ended("23:59", addDays(START, -1)), "met"],
        after: [ended("00:00", START), "unmet"],
      },
      {
        name: "a pause holds until it is resumed",
        before: [start([], entry("pause", "2026-12-05")), "unmet"],
        after: [start([], entry("pause", "2026-12-05"), entry("resume", "2026-12-06")), "met"],
      },
      {
        name: "a last dose holds until treatment is resumed",
        before: [month([], entry("last-dose", "2026-12-15")), "unmet"],
        after: [month([], entry("last-dose", "2026-12-15"), entry("resume", "2026-12-15")), "met"],
      },
    ],
  },
  "no-pregnancy": {
    met: start(),
    unmet: start([], entry("pregnancy", "2026-12-01")),
    unknown: NEVER_UNKNOWN,
    notApplicable: ALWAYS,
    edges: [
      {
        name: "a pregnancy counts from the first minute of its day",
        before: [moved(start([], entry("pregnancy", START)), addDays(START, -1), "23:59"), "met"],
        after: [moved(start([], entry("pregnancy", START)), START, "00:00"), "unmet"],
      },
    ],
  },
  "no-positive-test": {
    met: start(),
    unmet: start([], positive),
    unknown: start([], positive, pregnancyTest("2026-12-02", { sample: "serum", sensitivity: null })),
    notApplicable: "A positive test stops every patient, whatever the category says.",
    edges: [
      {
        name: "only a serum test taken a minute later or more answers it on the same day",
        before: [
          start([], positive, pregnancyTest("2026-12-01", { sample: "serum", time: "10:00" })),
          "unmet",
        ],
        after: [start([], positive, pregnancyTest("2026-12-01", { sample: "serum", time: "10:01" })), "met"],
      },
      {
        name: "urine does not answer it, serum does",
        before: [start([], positive, pregnancyTest("2026-12-02")), "unmet"],
        after: [start([], positive, pregnancyTest("2026-12-02", { sample: "serum" })), "met"],
      },
      {
        name: "a course that ended because of a pregnancy stops the others",
        before: [beside(start(), earlier("completed")), "met"],
        after: [beside(start(), earlier("pregnancy")), "unmet"],
      },
      {
        name: "an hCG that cannot be read as negative is none",
        before: [beside(start(), hcg("2026-12-01", "negative")), "met"],
        after: [beside(start(), hcg("2026-12-01", "trace")), "unknown"],
      },
      {
        name: "a home test does not answer it",
        before: [
          start([], positive, pregnancyTest("2026-12-02", { sample: "serum", setting: "home" })),
          "unmet",
        ],
        after: [
          start([], positive, pregnancyTest("2026-12-02", { sample: "serum", setting: "clia-laboratory" })),
          "met",
        ],
      },
    ],
  },
  "no-missed-period": {
    met: start(),
    unmet: month(["pregnancy-test"], entry("missed-period", SECOND)),
    unknown: month(
      ["pregnancy-test"],
      entry("missed-period", SECOND),
      pregnancyTest(SECOND, { sensitivity: null }),
    ),
    notApplicable: cannot([], entry("missed-period", START)),
    edges: [
      {
        name: "the test of the day before does not answer it, that of the day does",
        before: [month([], entry("missed-period", addDays(SECOND, 1))), "met"],
        after: [
          moved(month([], entry("missed-period", addDays(SECOND, 1))), addDays(SECOND, 1), "00:00"),
          "unmet",
        ],
      },
      {
        name: "one of another course stops too, until a test of its day or later",
        before: [beside(start(), { entries: [entry("missed-period", addDays(START, 1))] }), "met"],
        after: [
          moved(
            beside(start(), { entries: [entry("missed-period", addDays(START, 1))] }),
            addDays(START, 1),
            "00:00",
          ),
          "unmet",
        ],
      },
      {
        name: "a test of the same day answers it",
        before: [month(["pregnancy-test"], entry("missed-period", SECOND)), "unmet"],
        after: [month([], entry("missed-period", SECOND)), "met"],
      },
    ],
  },
  "no-lapse-unhandled": {
    met: start(),
    unmet: lapsed("unprotected-contact"),
    unknown: lapsed("stopped", usedAgain, testedAgain),
    notApplicable: cannot(),
    edges: [
      {
        name: "a test of the lapse's own day is too early, that of the next day counts",
        before: [lapsed("stopped", usedAgain, pregnancyTest(LAPSE)), "unmet"],
        after: [lapsed("stopped", usedAgain, testedAgain), "unknown"],
      },
      {
        name: "methods recorded for its own day are used again, those of the day before are not",
        before: [lapsed("stopped", entry("contraception", addDays(LAPSE, -1)), testedAgain), "unmet"],
        after: [lapsed("stopped", usedAgain, testedAgain), "unknown"],
      },
      {
        name: "the prescriber agrees on a later day",
        before: [lapsed("stopped", usedAgain, testedAgain, entry("resume", LAPSE)), "unknown"],
        after: [lapsed("stopped", usedAgain, testedAgain, entry("resume", addDays(LAPSE, 1))), "met"],
      },
      {
        name: "a confirmation is the prescriber's word too",
        before: [
          lapsed("stopped", usedAgain, testedAgain, entry("prescriber-confirmation", LAPSE)),
          "unknown",
        ],
        after: [
          lapsed("stopped", usedAgain, testedAgain, entry("prescriber-confirmation", addDays(LAPSE, 1))),
          "met",
        ],
      },
      {
        name: "a missed pill is softer",
        before: [lapsed("unprotected-contact"), "unmet"],
        after: [lapsed("missed"), "met"],
      },
      {
        name: "before the first prescription it sets the month back, on its day or later it stops",
        before: [
          {
            facts: facts({
              entries: [...readyToStart(START), entry("contraception-lapse", START)],
              prescriptions: [prescription(START)],
            }),
            at: noon(START),
          },
          "unmet",
        ],
        after: [start([], entry("contraception-lapse", START)), "met"],
      },
    ],
  },
  category: {
    met: cannot(),
    unmet: cannot(
      ["risk-category"],
      entry("risk-category", START, { category: "cannot", criterion: "default" }),
    ),
    unknown: start(["risk-category"]),
    notApplicable: ALWAYS,
    edges: [
      {
        name: "the menopause counts when its evidence is on record",
        before: [
          cannot(
            ["risk-category"],
            entry("risk-category", START, { category: "cannot", criterion: "post-menopausal" }),
          ),
          "unknown",
        ],
        after: [
          cannot(
            ["risk-category"],
            entry("risk-category", START, {
              category: "cannot",
              criterion: "post-menopausal",
              evidence: "FSH 62, laboratory of Nov 2",
            }),
          ),
          "met",
        ],
      },
      {
        name: "a change to cannot counts once somebody else has agreed",
        before: [changed({ changeReason: "Operated." }), "unknown"],
        after: [changed({ changeReason: "Operated." }, agreedOn("2026-12-01")), "met"],
      },
      {
        name: "who recorded the change is no second person",
        before: [changed({ changeReason: "Operated." }, agreedOn("2026-12-01", "Dr. Test")), "unknown"],
        after: [changed({ changeReason: "Operated." }, agreedOn("2026-12-01")), "met"],
      },
      {
        name: "a first cannot is a change after the can of an earlier course",
        before: [
          beside(
            cannot([]),
            earlier(
              "completed",
              entry("risk-category", "2026-01-01", { category: "cannot", criterion: "cisgender-male" }),
            ),
          ),
          "met",
        ],
        after: [beside(cannot([]), earlier("completed", entry("risk-category", "2026-01-01"))), "unknown"],
      },
      {
        name: "a change needs its reason",
        before: [changed({}, agreedOn("2026-12-01")), "unknown"],
        after: [changed({ changeReason: "Operated." }, agreedOn("2026-12-01")), "met"],
      },
      {
        name: "a change to can counts at once, and needs its reason too",
        before: [cannot([], entry("risk-category", addDays(START, 1))), "met"],
        after: [
          moved(cannot([], entry("risk-category", addDays(START, 1))), addDays(START, 1), "00:00"),
          "unknown",
        ],
      },
      {
        name: "in Europe no risk of pregnancy counts with its evidence",
        before: [
          uk(START, {
            entries: [entry("risk-category", START, { category: "cannot", criterion: "no-pregnancy-risk" })],
          }),
          "unknown",
        ],
        after: [
          uk(START, {
            entries: [
              entry("risk-category", START, {
                category: "cannot",
                criterion: "no-pregnancy-risk",
                evidence: "On the form of that day.",
              }),
            ],
          }),
          "met",
        ],
      },
    ],
  },
  enrolment: {
    met: start(),
    unmet: start(["enrolment"]),
    unknown: NEVER_UNKNOWN,
    notApplicable: ALWAYS,
    edges: [
      {
        name: "an enrolment of tomorrow does not count yet",
        before: [start(["enrolment"], entry("enrolment", addDays(START, 1))), "unmet"],
        after: [start(["enrolment"], entry("enrolment", START)), "met"],
      },
    ],
  },
  consents: {
    met: start(),
    unmet: start(["consent"]),
    unknown: NEVER_UNKNOWN,
    notApplicable: { facts: facts({ programme: "eu-ppp", entries: cannotStart(START) }), at: noon(START) },
    edges: [
      {
        name: "patients who can become pregnant sign both forms",
        before: [start(["consent"], entry("consent", START)), "unmet"],
        after: [
          start(["consent"], entry("consent", START), entry("consent", START, { form: "birth-defects" })),
          "met",
        ],
      },
      {
        name: "patients who cannot sign one",
        before: [cannot(["consent"], entry("consent", START, { form: "birth-defects" })), "unmet"],
        after: [cannot(), "met"],
      },
      {
        name: "in the United Kingdom a form of before 22 Jan 2026 does not begin a treatment from then on",
        before: [
          uk("2026-02-16", {
            entries: [
              ...ukReadyToStart("2026-02-16", ["consent"]),
              entry("consent", "2026-01-21", { form: "acknowledgement-of-risk" }),
            ],
          }),
          "unmet",
        ],
        after: [
          uk("2026-02-16", {
            entries: [
              ...ukReadyToStart("2026-02-16", ["consent"]),
              entry("consent", "2026-01-22", { form: "acknowledgement-of-risk" }),
            ],
          }),
          "met",
        ],
      },
    ],
  },
  "guardian-consent": {
    met: consentOf("2010-01-01", "patient-and-guardian"),
    unmet: consentOf("2010-01-01", "patient"),
    unknown: {
      facts: facts({ entries: readyToStart(START, ["consent"]), birthDate: "2010-01-01" }),
      at: noon(START),
    },
    notApplicable: start(),
    edges: [
      {
        name: "a patient signs alone from the eighteenth birthday on",
        before: [consentOf("2008-11-07", "patient"), "unmet"],
        after: [consentOf("2008-11-06", "patient"), "not-applicable"],
      },
    ],
  },
  "second-prescriber": {
    met: minorInUk(IN_UK_2023, "2010-01-01", SECOND_WORD),
    unmet: minorInUk(IN_UK_2023, "2010-01-01"),
    unknown: NEVER_UNKNOWN,
    notApplicable: uk(IN_UK_2023),
    edges: [
      {
        name: "it is asked until the day before the eighteenth birthday",
        before: [minorInUk(IN_UK_2023, "2007-12-09"), "unmet"],
        after: [minorInUk(IN_UK_2023, "2007-12-08"), "not-applicable"],
      },
      {
        name: "a second prescriber of before the course was decided for does not count",
        before: [
          {
            ...minorInUk(IN_UK_2023, "2010-01-01"),
            facts: facts({
              programme: "mhra",
              birthDate: "2010-01-01",
              decidedOn: "2025-11-10",
              entries: [...ukReadyToStart(IN_UK_2023), entry("second-prescriber", "2025-11-09")],
            }),
          },
          "unmet",
        ],
        after: [
          {
            ...minorInUk(IN_UK_2023, "2010-01-01"),
            facts: facts({
              programme: "mhra",
              birthDate: "2010-01-01",
              decidedOn: "2025-11-10",
              entries: [...ukReadyToStart(IN_UK_2023), entry("second-prescriber", "2025-11-10")],
            }),
          },
          "met",
        ],
      },
    ],
  },
  counselling: {
    met: month(),
    unmet: start(["counselling"]),
    unknown: NEVER_UNKNOWN,
    notApplicable: "Both iPLEDGE editions ask for counselling in both categories, monthly or once.",
    edges: [
      {
        name: "the day of the last prescription served that one; the next day serves the next",
        before: [month(["counselling"], entry("counselling", FIRST)), "unmet"],
        after: [month(["counselling"], entry("counselling", addDays(FIRST, 1))), "met"],
      },
    ],
  },
  "wellbeing-check": {
    met: uk(START),
    unmet: uk(START, { entries: ukReadyToStart(START, ["wellbeing-check"]) }),
    unknown: NEVER_UNKNOWN,
    notApplicable: "The European tables ask it of both categories, each month.",
    edges: [
      {
        name: "the day of the last prescription served that one; the next day serves the next",
        before: [
          uk(SECOND, {
            entries: [...ukReadyToStart(FIRST), entry("dispensing", FIRST), entry("wellbeing-check", FIRST)],
            prescriptions: [prescription(FIRST)],
          }),
          "unmet",
        ],
        after: [
          uk(SECOND, {
            entries: [
              ...ukReadyToStart(FIRST),
              entry("dispensing", FIRST),
              entry("wellbeing-check", addDays(FIRST, 1), { sexualFunction: "declined" }),
            ],
            prescriptions: [prescription(FIRST)],
          }),
          "met",
        ],
      },
    ],
  },
  "contraception-pair": {
    met: start(),
    unmet: start(
      ["contraception"],
      entry("contraception", "2026-11-07", { first: "combined-pill", second: null }),
    ),
    unknown: start(["contraception"]),
    notApplicable: cannot(),
    edges: [
      {
        name: "two secondary forms are no pair; one primary among two is",
        before: [start([], entry("contraception", START, { first: "condom", second: "diaphragm" })), "unmet"],
        after: [start([], entry("contraception", START, { first: "condom", second: "implant" })), "met"],
      },
      {
        name: "an inducer takes the effect of the only primary form, not that of an IUD",
        before: [onPill(["Carbamazepine"], "combined-pill"), "unmet"],
        after: [onPill(["Carbamazepine"], "iud-copper"), "met"],
      },
      {
        name: "while nobody asked about medicines a hormonal form is unknown",
        before: [onPill(null, "combined-pill"), "unknown"],
        after: [onPill([], "combined-pill"), "met"],
      },
      {
        name: "one primary form that is not weakened is enough",
        before: [onPill(["St John's wort"], "combined-pill", "implant"), "unmet"],
        after: [onPill(["St John's wort"], "combined-pill", "iud-levonorgestrel"), "met"],
      },
      {
        name: "in Europe a user-independent method stands alone, in either place, and the pill does not",
        before: [ukWith("combined-pill", null), "unmet"],
        after: [ukWith("condom", "implant"), "met"],
      },
      {
        name: "in Europe two user-dependent methods complement each other",
        before: [ukWith("condom", "diaphragm"), "unmet"],
        after: [ukWith("condom", "combined-pill"), "met"],
      },
      {
        name: "in Europe two hormonal methods do not complement each other",
        before: [ukWith("patch", "combined-pill"), "unmet"],
        after: [ukWith("patch", "diaphragm"), "met"],
      },
    ],
  },
  "contraception-month": {
    met: start(),
    unmet: start(["contraception"], entry("contraception", "2026-11-20")),
    unknown: start(["contraception"]),
    notApplicable: cannot(),
    edges: [
      {
        name: "30 days are over with the first minute of the thirtieth day after",
        before: [moved(start(), addDays(START, -1), "23:59"), "unmet"],
        after: [moved(start(), START, "00:00"), "met"],
      },
    ],
  },
  "screening-test": {
    met: start(),
    unmet: start(["pregnancy-test"]),
    unknown: {
      ...screened({ sensitivity: null }),
      facts: facts({
        entries: [
          ...readyToStart(START, ["pregnancy-test"]),
          pregnancyTest(addDays(START, -31), { sensitivity: null }),
        ],
      }),
    },
    notApplicable: month(),
    edges: [
      {
        name: "a kit that detects 25 mIU/mL counts, one that needs 26 does not",
        before: [only(addDays(START, -31), { sensitivity: 26 }), "unmet"],
        after: [only(addDays(START, -31), { sensitivity: 25 }), "met"],
      },
      {
        name: "it counts from the day of the decision",
        before: [only(addDays(START, -32), {}, addDays(START, -31)), "unmet"],
        after: [only(addDays(START, -31), {}, addDays(START, -31)), "met"],
      },
    ],
  },
  "test-in-window": {
    met: start(),
    unmet: start(["pregnancy-test"]),
    unknown: startTest({ result: "pending" }),
    notApplicable: cannot(),
    edges: [
      {
        name: "the window closes with 23:59 US Eastern on day 7, which is 22:59 in this clinic",
        before: [moved(start(), addDays(START, 6), "22:59"), "met"],
        after: [moved(start(), addDays(START, 6), "23:00"), "unmet"],
      },
      {
        name: "in the United Kingdom a test of three days before counts, to the clinic's midnight",
        before: [moved(uk(START), addDays(START, 3), "23:59"), "met"],
        after: [moved(uk(START), addDays(START, 4), "00:00"), "unmet"],
      },
      {
        name: "a specimen does not exist before its hour",
        before: [moved(startTest({ time: "09:30" }), START, "09:29"), "unmet"],
        after: [moved(startTest({ time: "09:30" }), START, "09:30"), "met"],
      },
    ],
  },
  "test-setting": {
    met: start(),
    unmet: startTest({ setting: "home" }),
    unknown: "The setting is always recorded with a test.",
    notApplicable: cannot(),
    edges: [
      {
        name: "a permission counts for specimens of its own day, not of the day before",
        before: [homeTest([entry("home-test-permission", addDays(SECOND, 1))]), "unmet"],
        after: [homeTest([entry("home-test-permission", SECOND)]), "met"],
      },
      {
        name: "a permission taken back ends it",
        before: [
          homeTest([
            entry("home-test-permission", FIRST),
            entry("home-test-permission", SECOND, { given: false }),
          ]),
          "unmet",
        ],
        after: [homeTest([entry("home-test-permission", FIRST)]), "met"],
      },
    ],
  },
  "home-test-evidence": {
    met: homeWith({}),
    unmet: homeWith({ kitExpiry: addDays(SECOND, -1) }),
    unknown: homeWith(null),
    notApplicable: start(),
    edges: [
      {
        name: "a kit counts to the day of its expiry",
        before: [homeWith({ kitExpiry: addDays(SECOND, -1) }), "unmet"],
        after: [homeWith({ kitExpiry: SECOND }), "met"],
      },
      {
        name: "a photo stands for the code",
        before: [homeWith({ challengeCode: "" }), "unknown"],
        after: [homeWith({ challengeCode: "" }, ["photo-1"]), "met"],
      },
      {
        name: "the code must have been given by the day of the test, also where a photo is on record",
        before: [homeWith({}, ["photo-1"], [entry("home-test-code", addDays(SECOND, 1))]), "unknown"],
        after: [homeWith({}, [], [entry("home-test-code", SECOND)]), "met"],
      },
      {
        name: "the code must be the one that was given",
        before: [homeWith({ challengeCode: "KTM-APE" }), "unknown"],
        after: [homeWith({ challengeCode: " ktm-apd" }), "met"],
      },
      {
        name: "the code must stand beside no earlier test",
        before: [homeWith({}, [], shownBefore(addDays(SECOND, -1))), "unknown"],
        after: [homeWith({}, [], shownBefore(addDays(SECOND, 1))), "met"],
      },
      {
        name: "the lot must be on record",
        before: [homeWith({ kitLot: " " }), "unknown"],
        after: [homeWith({ kitLot: "1" }), "met"],
      },
      {
        name: "who verified it must be on record",
        before: [homeWith({ verifiedBy: "" }), "unknown"],
        after: [homeWith({ verifiedBy: "N" }), "met"],
      },
    ],
  },
  "test-sensitivity": {
    met: start(),
    unmet: startTest({ sensitivity: 50 }),
    unknown: startTest({ sensitivity: null }),
    notApplicable: cannot(),
    edges: [
      {
        name: "25 mIU/mL counts, 26 does not",
        before: [startTest({ sensitivity: 26 }), "unmet"],
        after: [startTest({ sensitivity: 25 }), "met"],
      },
    ],
  },
  "test-spacing": {
    met: start(),
    unmet: screened({}, addDays(START, -10)),
    unknown: {
      facts: facts({
        entries: [...readyToStart(START, ["pregnancy-test"]), pregnancyTest(START, { setting: "home" })],
      }),
      at: noon(START),
    },
    notApplicable: month(),
    edges: [
      {
        name: "18 days are too few, 19 are enough",
        before: [screened({}, addDays(START, -18)), "unmet"],
        after: [screened({}, addDays(START, -19)), "met"],
      },
    ],
  },
  "test-after-month": {
    met: start(),
    unmet: start(["contraception"], entry("contraception", "2026-11-20")),
    unknown: start(["contraception"]),
    notApplicable: month(),
    edges: [
      {
        name: "the test falls on the thirtieth day after or later",
        before: [start(["contraception"], entry("contraception", addDays(START, -29))), "unmet"],
        after: [start(["contraception"], entry("contraception", addDays(START, -30))), "met"],
      },
    ],
  },
  "menses-days": {
    met: start(),
    unmet: menses(addDays(START, -10)),
    unknown: start(["menstruation"]),
    notApplicable: menses(addDays(START, -10), "irregular"),
    edges: [
      {
        name: "day 6 is too late, day 5 is not",
        before: [menses(addDays(START, -5)), "unmet"],
        after: [menses(addDays(START, -4)), "met"],
      },
      {
        name: "day 1 counts; a period that begins after the test does not",
        before: [menses(addDays(START, 1)), "unknown"],
        after: [menses(START), "met"],
      },
    ],
  },
  "missed-first-window": {
    met: missedFirst(FIRST, addDays(FIRST, 8)),
    unmet: missedFirst("2026-10-01", "2026-10-12"),
    unknown: "The tests and prescriptions on record say whether a window was missed.",
    notApplicable: start(),
    edges: [
      {
        name: "in the 2021 edition 18 days are too few, 19 are enough",
        before: [missedFirst("2026-10-01", "2026-10-19"), "unmet"],
        after: [missedFirst("2026-10-01", "2026-10-20"), "met"],
      },
      {
        name: "the edition of the new test's day decides",
        before: [missedFirst("2026-11-01", "2026-11-14"), "unmet"],
        after: [missedFirst("2026-11-01", "2026-11-15"), "met"],
      },
    ],
  },
  "first-pick-up": {
    met: month(),
    unmet: "A pick-up that did not happen is recorded and asks for a new window; only silence blocks.",
    unknown: { ...waiting, at: noon(addDays(FIRST, 8)) },
    notApplicable: start(),
    edges: [
      {
        name: "silence blocks from the minute after the window has closed",
        before: [moved(waiting, addDays(FIRST, 6), "22:59"), "not-applicable"],
        after: [moved(waiting, addDays(FIRST, 6), "23:00"), "unknown"],
      },
    ],
  },
  "prescriber-confirmation": {
    met: start(),
    unmet: start(["prescriber-confirmation"]),
    unknown: NEVER_UNKNOWN,
    notApplicable: cannot(),
    edges: [
      {
        name: "a confirmation of the day before the test does not count",
        before: [
          start(["prescriber-confirmation"], entry("prescriber-confirmation", addDays(START, -1))),
          "unmet",
        ],
        after: [start(), "met"],
      },
      {
        name: "without a monthly confirmation from the first minute of the 2026 edition for those who cannot",
        before: [moved(without2021(), "2026-11-14", "23:59"), "unmet"],
        after: [moved(without2021(), "2026-11-15", "00:00"), "not-applicable"],
      },
    ],
  },
  "confirmation-window": {
    met: confirmed2021,
    unmet: moved(confirmed2021, "2026-10-20", "12:00"),
    unknown: moved(confirmed2021, "2026-10-10", "12:00"),
    notApplicable: cannot(),
    edges: [
      {
        name: "it closes with 23:59 US Eastern on the thirtieth day",
        before: [moved(confirmed2021, "2026-10-09", "22:59"), "met"],
        after: [moved(confirmed2021, "2026-10-09", "23:00"), "unknown"],
      },
      {
        name: "it is closed by every reading after the thirty-first",
        before: [moved(confirmed2021, "2026-10-10", "22:59"), "unknown"],
        after: [moved(confirmed2021, "2026-10-10", "23:00"), "unmet"],
      },
    ],
  },
  "patient-questions": {
    met: start(),
    unmet: start(["patient-questions"]),
    unknown: start(["patient-questions"], entry("patient-questions", START, { first: null, second: null })),
    notApplicable: cannot(),
    edges: [
      {
        name: "they come after the confirmation, not on the day before",
        before: [start(["patient-questions"], entry("patient-questions", addDays(START, -1))), "unmet"],
        after: [start(), "met"],
      },
      {
        name: "both methods must be the same, in either order",
        before: [
          start(
            ["patient-questions"],
            entry("patient-questions", START, { first: "iud-copper", second: "diaphragm" }),
          ),
          "unmet",
        ],
        after: [
          start(
            ["patient-questions"],
            entry("patient-questions", START, { first: "condom", second: "iud-copper" }),
          ),
          "met",
        ],
      },
    ],
  },
  supply: {
    met: { ...start(), daysSupply: 30 },
    unmet: { ...start(), daysSupply: 120 },
    unknown: { ...start(), daysSupply: 0 },
    notApplicable: start(),
    edges: [
      {
        name: "30 days are allowed, 31 are not",
        before: [{ ...start(), daysSupply: 31 }, "unmet"],
        after: [{ ...start(), daysSupply: 30 }, "met"],
      },
      {
        name: "one day is the least",
        before: [{ ...start(), daysSupply: 0 }, "unknown"],
        after: [{ ...start(), daysSupply: 1 }, "met"],
      },
    ],
  },
  "supply-overlap": {
    met: month(),
    unmet: moved(month(), "2026-12-01", "12:00"),
    unknown: "Without a record of the pick-up the day of the prescription counts.",
    notApplicable: start(),
    edges: [
      {
        name: "seven days before the last supply runs out, from the first minute",
        before: [moved(month(), "2026-12-08", "23:59"), "unmet"],
        after: [moved(month(), "2026-12-09", "00:00"), "met"],
      },
    ],
  },
  "supply-count": {
    met: collected(60, 2),
    unmet: "A different number is said, never a reason to refuse: the supply lasts as long as its capsules.",
    unknown: "Without a number the days that were prescribed count.",
    notApplicable: start(),
    edges: [
      {
        name: "without a count there is nothing to compare",
        before: [collected(null, 2), "not-applicable"],
        after: [collected(59, 2), "met"],
      },
    ],
  },
  "product-change": {
    met: { ...month(), productId: "absorica" },
    unmet: "Another product is said, never a reason to refuse: no source forbids it.",
    unknown: "A product is asked for or it is not.",
    notApplicable: month(),
    edges: [
      {
        name: "it is said from the second prescription on",
        before: [{ ...start(), productId: "absorica" }, "not-applicable"],
        after: [{ ...month(), productId: "claravis" }, "met"],
      },
    ],
  },
  "prescription-open": {
    met: atPharmacy(START),
    unmet: { ...start(), question: "dispense" },
    unknown: atPharmacy(addDays(START, 1), pregnancyTest(addDays(START, 1), { result: "pending" })),
    notApplicable: "It is asked whenever something is to be dispensed.",
    edges: [
      {
        name: "a missed pill of its day or before, told after it, takes it away: one of before the month of contraception does not",
        before: [atPharmacy(START, missedPill(addDays(START, -29))), "unmet"],
        after: [atPharmacy(START, missedPill(addDays(START, -30))), "met"],
      },
      {
        name: "the test that it was issued on must still count",
        before: [issuedOnTest({ sensitivity: 26 }), "unmet"],
        after: [issuedOnTest({ sensitivity: 25 }), "met"],
      },
    ],
  },
  "not-dispensed-yet": {
    met: atPharmacy(START),
    unmet: atPharmacy(addDays(START, 1), entry("dispensing", addDays(START, 1))),
    unknown: NEVER_UNKNOWN,
    notApplicable: { ...start(), question: "dispense" },
    edges: [
      {
        name: "nothing dispensed gives it back",
        before: [
          atPharmacy(addDays(START, 2), entry("dispensing", addDays(START, 1), { capsules: 0 })),
          "unmet",
        ],
        after: [atPharmacy(START, entry("dispensing", addDays(START, 1), { capsules: 0 })), "met"],
      },
    ],
  },
  "category-unchanged": {
    met: atPharmacy(START),
    unmet: atPharmacy(
      addDays(START, 1),
      {
        ...entry("risk-category", addDays(START, 1), {
          category: "cannot",
          criterion: "hysterectomy",
          evidence: "Seen.",
          changeReason: "Operated.",
        }),
        id: "entry-change",
      },
      agreedOn(addDays(START, 1)),
    ),
    unknown: {
      facts: facts({
        entries: [
          ...readyToStart(START, ["risk-category"]),
          { ...entry("risk-category", addDays(START, -31)), recordedAt: instantIn(ZONE, START, "11:01") },
        ],
        prescriptions: [issued()],
      }),
      at: instantIn(ZONE, START, "19:00"),
      question: "dispense",
    },
    notApplicable: { ...start(), question: "dispense" },
    edges: [
      {
        name: "what was recorded up to the prescription was known to it",
        before: [knownSince("11:01"), "unknown"],
        after: [knownSince("11:00"), "met"],
      },
    ],
  },
  "dispense-window": {
    met: atPharmacy(START),
    unmet: atPharmacy(addDays(START, 8)),
    unknown: "The prescription and its test have their days.",
    notApplicable: { ...start(), question: "dispense" },
    edges: [
      {
        name: "in the United States until the window of the test has closed",
        before: [moved(atPharmacy(START), addDays(START, 6), "22:59"), "met"],
        after: [moved(atPharmacy(START), addDays(START, 6), "23:00"), "unmet"],
      },
      {
        name: "in the United Kingdom on seven days, the prescription's own being the first",
        before: [moved(ukAtPharmacy(), addDays(START, 6), "23:59"), "met"],
        after: [moved(ukAtPharmacy(), addDays(START, 7), "00:00"), "unmet"],
      },
    ],
  },
  "dispense-as-prescribed": {
    met: { ...atPharmacy(START), productId: "claravis", capsules: 60 },
    unmet: { ...atPharmacy(START), productId: "absorica" },
    unknown: { ...atPharmacy(START), capsules: 0 },
    notApplicable: atPharmacy(START),
    edges: [
      {
        name: "not one capsule more than prescribed",
        before: [{ ...atPharmacy(START), capsules: 60 }, "met"],
        after: [{ ...atPharmacy(START), capsules: 61 }, "unmet"],
      },
    ],
  },
};

function missedPill(on: CalendarDate): ProgrammeEntry {
  return entry("contraception-lapse", on, { what: "missed" });
}

function knownSince(time: string): Case {
  return {
    facts: facts({
      entries: [
        ...readyToStart(START, ["risk-category"]),
        { ...entry("risk-category", addDays(START, -31)), recordedAt: instantIn(ZONE, START, time) },
      ],
      prescriptions: [issued()],
    }),
    at: instantIn(ZONE, START, "19:00"),
    question: "dispense",
  };
}

function ukAtPharmacy(): Case {
  return { ...uk(START, { prescriptions: [issued()] }), question: "dispense" };
}

function ukWith(first: ContraceptiveMethod, second: ContraceptiveMethod | null): Case {
  return uk(START, {
    entries: [
      ...ukReadyToStart(START, ["contraception"]),
      entry("contraception", addDays(START, -30), { first, second }),
    ],
  });
}

function onPill(
  medicines: readonly string[] | null,
  first: ContraceptiveMethod,
  second: ContraceptiveMethod = "condom",
): Case {
  return {
    facts: facts({
      medicines,
      entries: [
        ...readyToStart(START, ["contraception"]),
        entry("contraception", addDays(START, -30), { first, second }),
      ],
    }),
    at: noon(START),
  };
}

function ended(time: string, on: CalendarDate): Case {
  return {
    facts: facts({ entries: readyToStart(START), end: { endedOn: START, reason: "completed", note: "" } }),
    at: at(on, time),
  };
}

function only(on: CalendarDate, fields: Parameters<typeof pregnancyTest>[1], decidedOn?: CalendarDate): Case {
  return {
    facts: facts({
      entries: [...readyToStart(START, ["pregnancy-test"]), pregnancyTest(on, fields)],
      ...(decidedOn === undefined ? {} : { decidedOn }),
    }),
    at: noon(START),
  };
}

function without2021(): Case {
  return {
    facts: facts({ entries: cannotStart("2026-11-10", ["prescriber-confirmation"]) }),
    at: noon("2026-11-10"),
  };
}
