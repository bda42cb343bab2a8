/**
 * Moments of invented courses, each at one of the turns that the rules take. `edges-pages.test.ts` writes down all that the rules
 * say of each, so that no change of a rule goes by unread.
 */
import { type CalendarDate, type Instant, addDays, instantIn } from "#shared/calendar.ts";
import type { LabResult } from "#shared/records/lab-result.ts";
import type { ProgrammeEntry } from "#shared/records/programme-entry.ts";
import type { DueFacts } from "#shared/rules/facts.ts";
import type { Asked } from "#shared/rules/gate.ts";
import {
  HOME_EVIDENCE,
  type Without,
  ZONE,
  cannotStart,
  dueFacts,
  entry,
  hcgResult,
  noon,
  onTreatment,
  pregnancyTest,
  prescription,
  readyToStart,
  ukReadyToStart,
} from "#test/support/facts.ts";

/** What is known, when it is asked, and what is asked for besides. */
export type Scene = { name: string; facts: DueFacts; at: Instant; asked: Asked };

type Known = Parameters<typeof dueFacts>[0] & Pick<Partial<DueFacts>, "redFlags" | "draw" | "elsewhere">;

const START: CalendarDate = "2026-12-07";
const FIRST: CalendarDate = "2026-11-16";
const SECOND: CalendarDate = "2026-12-16";
const UK: CalendarDate = "2026-06-15";

function at(on: CalendarDate, time: string): Instant {
  return instantIn(ZONE, on, time);
}

function scene(name: string, known: Known, when: Instant, asked: Asked = {}): Scene {
  const { redFlags, draw, elsewhere, ...rest } = known;
  const facts: DueFacts = {
    ...dueFacts({ lastVisit: { id: "visit-1", on: addDays(when.slice(0, 10), -1) }, ...rest }),
    ...(redFlags === undefined ? {} : { redFlags }),
    ...(draw === undefined ? {} : { draw }),
    ...(elsewhere === undefined ? {} : { elsewhere }),
  };
  return { name, facts, at: when, asked };
}

/** On the day of the first prescription. */
function start(without: Without = [], ...more: ProgrammeEntry[]): Known {
  return { entries: [...readyToStart(START, without), ...more] };
}

/** On the day of the second one. */
function month(without: Without = [], ...more: ProgrammeEntry[]): Known {
  const treated = onTreatment(FIRST, SECOND, without);
  return { ...treated, entries: [...treated.entries, ...more] };
}

/** The first prescription issued on `START`, with what became of it. */
function issued(...more: ProgrammeEntry[]): Known {
  return {
    entries: [...readyToStart(START), ...more],
    prescriptions: [prescription(START, { capsules: TWO })],
  };
}

/** Two capsules a day: 60 for 30 days. */
const TWO = [{ strengthMg: 20, morning: 1, evening: 1 }];

function cannot(without: Without = [], ...more: ProgrammeEntry[]): Known {
  return { entries: [...cannotStart(START, without), ...more] };
}

function home(fields: Parameters<typeof pregnancyTest>[1] = {}): Known {
  return month(
    ["pregnancy-test"],
    entry("home-test-permission", SECOND),
    entry("home-test-code", SECOND),
    pregnancyTest(SECOND, { setting: "home", ...fields }),
  );
}

function uk(without: Without = [], ...more: ProgrammeEntry[]): Known {
  return { programme: "mhra", entries: [...ukReadyToStart(UK, without), ...more] };
}

function hcg(on: CalendarDate, value: number): LabResult {
  const recordedAt = at(on, "17:00");
  return hcgResult(on, { value, text: "", unit: "m[IU]/mL", rangeHigh: 5, recordedAt });
}

const PRIVATE: Known = {
  unsignedVisits: [
    { id: "visit-3", on: START },
    { id: "visit-2", on: addDays(START, -2) },
    { id: "visit-1", on: addDays(START, -2) },
  ],
  moodAlerts: [
    { visitId: "visit-2", on: addDays(START, -2), sentence: "An older answer." },
    { visitId: "visit-3", on: START, sentence: "PHQ-9 item 9 was answered yes." },
  ],
  redFlags: [
    { visitId: "visit-2", on: addDays(START, -2), name: "Headache", sentence: "Older." },
    { visitId: "visit-3", on: START, name: "Double vision", sentence: "Look at the optic discs." },
  ],
};

const RESULT = { visitId: null, testName: "ALT", collectedOn: START, sentence: "6 times the upper limit." };
const LEVELS = ["none", "info", "watch", "act", "stop-review", "urgent"] as const;
const END = { endedOn: START, reason: "completed", note: "" } as const;
const HYSTERECTOMY = { category: "cannot", criterion: "hysterectomy", evidence: "Note of 2019" } as const;

function site(
  on: CalendarDate,
  fields: Partial<Extract<ProgrammeEntry, { kind: "programme-site" }>>,
): ProgrammeEntry {
  return { ...entry("programme-site", on, fields), recordedAt: at(on, "11:00") };
}

/** After a first month that was collected: the last dose on `SECOND`. */
function over(...more: ProgrammeEntry[]): Known {
  const treated = onTreatment(FIRST, SECOND);
  return { ...treated, entries: [...treated.entries, entry("last-dose", SECOND), ...more] };
}

function lapsed(...more: ProgrammeEntry[]): Known {
  return month([], entry("contraception-lapse", SECOND, { what: "stopped" }), ...more);
}

/** Three days in a row, the last of them `SECOND`. */
const DAYS: readonly CalendarDate[] = [addDays(SECOND, -2), addDays(SECOND, -1), SECOND];

function thrice<K extends ProgrammeEntry["kind"]>(
  kind: K,
  fields: Parameters<typeof entry<K>>[2] = {},
): ProgrammeEntry[] {
  return DAYS.map((on) => entry(kind, on, fields));
}

/** Two older records of everything that a first prescription rests on, each with something else in it. */
const THRICE: readonly ProgrammeEntry[] = [-50, -40].flatMap((days) => {
  const on = addDays(START, days);
  return [
    entry("risk-category", on, { criterion: "hysterectomy" }),
    entry("enrolment", on, { programmeNumber: `${-days}` }),
    entry("consent", on, { form: "acknowledgement-of-risk" }),
    entry("counselling", on),
    entry("contraception", on, { first: "condom", second: null }),
    entry("contraception-lapse", on, { what: "missed" }),
    entry("menstruation", on, { cycle: "irregular" }),
    pregnancyTest(on, { setting: "home" }),
    entry("prescriber-confirmation", on),
    entry("patient-questions", on, { first: "ring", second: "sponge" }),
  ];
});

export const SCENES: readonly Scene[] = [
  // Before the first prescription.
  scene("nothing is on record", {}, noon(START)),
  scene("nothing is on record and no visit either", { lastVisit: null }, noon(START)),
  scene("before any edition", {}, noon("2021-12-12")),
  scene("a programme that is not enabled", { programme: "canada", nextVisitOn: START }, noon(START)),
  scene("everything is done for the first prescription", start(), noon(START), {
    daysSupply: 30,
    productId: "claravis",
  }),
  scene("everything is done, asked for 31 days", start(), noon(START), { daysSupply: 31 }),
  scene("everything is done, asked for half a day", start(), noon(START), { daysSupply: 0.5 }),
  scene("everything is done, asked for 1 day", start(), noon(START), { daysSupply: 1 }),
  scene("everything is done, asked for no day", start(), noon(START), { daysSupply: 0 }),
  scene(
    "everything is done, reviewed today",
    { ...start(), reviews: { "ipledge-2026": { by: "Dr. Grey", on: START } } },
    noon(START),
  ),
  scene(
    "everything is done, to be reviewed tomorrow",
    { ...start(), reviews: { "ipledge-2026": { by: "Dr. Grey", on: addDays(START, 1) } } },
    noon(START),
  ),
  scene(
    "everything is done, in Honolulu and day first",
    { ...start(), zone: "Pacific/Honolulu", dateStyle: "dmy" },
    at(addDays(START, 6), "22:00"),
  ),
  scene("the last minute of the window", start(), at(addDays(START, 6), "22:59")),
  scene("the first minute after the window", start(), at(addDays(START, 6), "23:00")),
  scene("2 hours before the close", start(), at(addDays(START, 6), "20:59")),
  scene("59 minutes before the close", start(), at(addDays(START, 6), "22:00")),
  scene("1 hour before the close", start(), at(addDays(START, 6), "21:59")),
  scene("24 hours before the close", start(), at(addDays(START, 5), "22:59")),
  scene("a minute more than 24 hours before the close", start(), at(addDays(START, 5), "22:58")),
  scene("47 hours before the close", start(), at(addDays(START, 4), "23:59")),
  scene("48 hours before the close", start(), at(addDays(START, 4), "22:59")),
  scene("72 hours before the close", start(), at(addDays(START, 3), "22:59")),
  scene("a minute more than 72 hours before the close", start(), at(addDays(START, 3), "22:58")),
  scene(
    "the first test only, 8 days before the month is over",
    start(["pregnancy-test"], pregnancyTest(addDays(START, -31))),
    noon(addDays(START, -8)),
  ),
  scene(
    "the first test only, 7 days before the month is over",
    start(["pregnancy-test"], pregnancyTest(addDays(START, -31))),
    noon(addDays(START, -7)),
  ),
  scene(
    "the first test only, on the day on which the month is over",
    start(["pregnancy-test"], pregnancyTest(addDays(START, -31))),
    noon(START),
  ),
  scene(
    "the first test only, the period over",
    start(
      ["pregnancy-test", "menstruation"],
      pregnancyTest(addDays(START, -31)),
      entry("menstruation", addDays(START, -5)),
    ),
    noon(START),
  ),
  scene(
    "the first test only, irregular cycles",
    start(
      ["pregnancy-test", "menstruation"],
      pregnancyTest(addDays(START, -31)),
      entry("menstruation", addDays(START, -5), { cycle: "irregular" }),
    ),
    noon(START),
  ),
  scene(
    "the first test only, no period on record",
    start(["pregnancy-test", "menstruation"], pregnancyTest(addDays(START, -31))),
    noon(START),
  ),
  scene(
    "the first test only, contraception not on record",
    start(["pregnancy-test", "contraception"], pregnancyTest(addDays(START, -31))),
    noon(START),
  ),
  scene(
    "the first test only, and that at home",
    start(["pregnancy-test"], pregnancyTest(addDays(START, -31), { setting: "home" })),
    noon(START),
  ),
  scene(
    "the first test only, its sensitivity unknown",
    start(["pregnancy-test"], pregnancyTest(addDays(START, -31), { sensitivity: null })),
    noon(START),
  ),
  scene(
    "the first test only, a kit that needs 26",
    start(["pregnancy-test"], pregnancyTest(addDays(START, -31), { sensitivity: 26 })),
    noon(START),
  ),
  scene(
    "both tests too close",
    start(["pregnancy-test"], pregnancyTest(addDays(START, -18)), pregnancyTest(START)),
    noon(START),
  ),
  scene(
    "both tests 19 days apart",
    start(["pregnancy-test"], pregnancyTest(addDays(START, -19)), pregnancyTest(START)),
    noon(START),
  ),
  scene(
    "the second test before the month is over",
    {
      entries: [
        ...(start().entries ?? []),
        entry("contraception-lapse", addDays(START, -12)),
        entry("contraception", addDays(START, -10)),
      ],
    },
    noon(START),
  ),
  scene(
    "a lapse that nobody ended",
    {
      entries: [
        ...(start().entries ?? []),
        entry("contraception-lapse", addDays(START, -12), { what: "missed" }),
      ],
    },
    noon(START),
  ),
  scene(
    "contraception that is not accepted",
    start(["contraception"], entry("contraception", addDays(START, -30), { first: "condom", second: null })),
    noon(START),
  ),
  scene(
    "two hormonal forms",
    start(
      ["contraception", "patient-questions"],
      entry("contraception", addDays(START, -30), { first: "implant", second: "combined-pill" }),
      entry("patient-questions", START, { first: "combined-pill", second: "implant" }),
    ),
    noon(START),
  ),
  scene(
    "hormones and a medicine that weakens them",
    {
      ...start(
        ["contraception", "patient-questions"],
        entry("contraception", addDays(START, -30), { first: "combined-pill", second: "condom" }),
        entry("patient-questions", START, { first: "condom", second: "combined-pill" }),
      ),
      medicines: ["St John's wort"],
    },
    noon(START),
  ),
  scene(
    "hormones and nobody asked about medicines",
    {
      ...start(
        ["contraception", "patient-questions"],
        entry("contraception", addDays(START, -30), { first: "combined-pill", second: "condom" }),
        entry("patient-questions", START, { first: "condom", second: "combined-pill" }),
      ),
      medicines: null,
    },
    noon(START),
  ),
  scene(
    "hormones and a harmless medicine",
    {
      ...start(
        ["contraception", "patient-questions"],
        entry("contraception", addDays(START, -30), { first: "combined-pill", second: "condom" }),
        entry("patient-questions", START, { first: "condom", second: "combined-pill" }),
      ),
      medicines: ["Cetirizine"],
    },
    noon(START),
  ),
  scene(
    "other methods entered by the patient",
    start(["patient-questions"], entry("patient-questions", START, { first: "implant", second: "condom" })),
    noon(START),
  ),
  scene(
    "methods not noted of the patient's answers",
    start(["patient-questions"], entry("patient-questions", START, { first: null, second: null })),
    noon(START),
  ),
  scene(
    "questions before the confirmation",
    start(["prescriber-confirmation"], entry("prescriber-confirmation", addDays(START, 1))),
    noon(addDays(START, 1)),
  ),
  scene("no confirmation", start(["prescriber-confirmation", "patient-questions"]), noon(START)),
  scene(
    "a confirmation of before the test",
    start(
      ["prescriber-confirmation", "patient-questions"],
      entry("prescriber-confirmation", addDays(START, -1)),
    ),
    noon(START),
  ),
  scene("no questions", start(["patient-questions"]), noon(START)),
  scene(
    "the second test on day 6 of the period",
    start(["menstruation"], entry("menstruation", addDays(START, -5))),
    noon(START),
  ),
  scene(
    "the second test on day 5 of the period",
    start(["menstruation"], entry("menstruation", addDays(START, -4))),
    noon(START),
  ),
  scene(
    "irregular cycles",
    start(["menstruation"], entry("menstruation", addDays(START, -9), { cycle: "irregular" })),
    noon(START),
  ),
  scene("no period on record", start(["menstruation"]), noon(START)),
  scene(
    "the second test at home",
    start(
      ["pregnancy-test"],
      pregnancyTest(addDays(START, -31)),
      pregnancyTest(START, { setting: "home", home: HOME_EVIDENCE }),
      entry("home-test-code", START),
    ),
    noon(START),
  ),
  scene(
    "the second test remote",
    start(
      ["pregnancy-test"],
      pregnancyTest(addDays(START, -31)),
      pregnancyTest(START, { setting: "remote-supervised" }),
    ),
    noon(START),
  ),
  scene(
    "the second test with a kit that needs 50",
    start(["pregnancy-test"], pregnancyTest(addDays(START, -31)), pregnancyTest(START, { sensitivity: 50 })),
    noon(START),
  ),
  scene(
    "the second test of unknown sensitivity",
    start(
      ["pregnancy-test"],
      pregnancyTest(addDays(START, -31)),
      pregnancyTest(START, { sensitivity: null }),
    ),
    noon(START),
  ),
  scene(
    "the second test without a result",
    start(
      ["pregnancy-test"],
      pregnancyTest(addDays(START, -31)),
      pregnancyTest(START, { result: "pending" }),
    ),
    noon(START),
  ),
  scene("a positive test", start([], pregnancyTest(addDays(START, -2), { result: "positive" })), noon(START)),
  scene(
    "an indeterminate test, answered by serum",
    start(
      [],
      pregnancyTest(addDays(START, -2), { result: "indeterminate" }),
      pregnancyTest(addDays(START, -1), { sample: "serum" }),
    ),
    noon(START),
  ),
  scene(
    "a positive test, answered by serum of unknown sensitivity",
    start(
      [],
      pregnancyTest(addDays(START, -2), { result: "positive" }),
      pregnancyTest(addDays(START, -1), { sample: "serum", sensitivity: null }),
    ),
    noon(START),
  ),
  scene("a pregnancy", start([], entry("pregnancy", START)), noon(START)),
  scene(
    "a pregnancy that was dealt with",
    start([], entry("pregnancy", START), entry("stop-handled", START, { note: "Stopped, referred." })),
    noon(START),
  ),
  scene(
    "an hCG among the results",
    { ...start(), elsewhere: { results: [hcg(addDays(START, -1), 80)], entries: [] } },
    noon(START),
  ),
  scene(
    "a positive test in another course",
    {
      ...start(),
      elsewhere: { results: [], entries: [pregnancyTest(addDays(START, -1), { result: "positive" })] },
    },
    noon(START),
  ),
  scene("a missed period", month(["pregnancy-test"], entry("missed-period", SECOND)), noon(SECOND)),
  scene(
    "a missed period that was dealt with",
    month(
      ["pregnancy-test"],
      entry("missed-period", SECOND),
      entry("stop-handled", SECOND, { note: "Called." }),
    ),
    noon(SECOND),
  ),
  scene(
    "a missed period and a test of unknown sensitivity",
    month(["pregnancy-test"], entry("missed-period", SECOND), pregnancyTest(SECOND, { sensitivity: null })),
    noon(SECOND),
  ),
  scene("no category", start(["risk-category"]), noon(START)),
  scene("no consents", start(["consent"]), noon(START)),
  scene("one consent of two", start(["consent"], entry("consent", START)), noon(START)),
  scene("a minor without a guardian", { ...start(), birthDate: "2010-01-01" }, noon(START)),
  scene("a minor with nothing signed", { ...start(["consent"]), birthDate: "2010-01-01" }, noon(START)),
  scene(
    "a minor with a guardian",
    {
      ...start(
        ["consent"],
        entry("consent", START, { signer: "patient-and-guardian" }),
        entry("consent", START, { form: "birth-defects", signer: "patient-and-guardian" }),
      ),
      birthDate: "2010-01-01",
    },
    noon(START),
  ),
  scene("no enrolment and no counselling", start(["enrolment", "counselling"]), noon(START)),
  // The first window.
  scene("prescribed and not collected", issued(), noon(addDays(START, 2))),
  scene("prescribed, handed out as prescribed", issued(), noon(START), {
    productId: "claravis",
    capsules: 60,
  }),
  scene("prescribed, handed out in part", issued(), noon(START), { productId: "claravis", capsules: 59 }),
  scene("prescribed, handed out too many", issued(), noon(START), { productId: "claravis", capsules: 61 }),
  scene("prescribed, another product handed out", issued(), noon(START), { productId: "absorica" }),
  scene("prescribed, a product that nobody knows handed out", issued(), noon(START), {
    productId: "unheard-of",
  }),
  scene("prescribed, half a capsule handed out", issued(), noon(START), { capsules: 0.5 }),
  scene("prescribed, no capsule handed out", issued(), noon(START), { capsules: 0 }),
  scene(
    "prescribed, capsules not counted",
    { ...issued(), prescriptions: [prescription(START)] },
    noon(START),
    { capsules: 60 },
  ),
  scene("prescribed, in the last minute", issued(), at(addDays(START, 6), "22:59")),
  scene("prescribed, the window just closed", issued(), at(addDays(START, 6), "23:00")),
  scene(
    "prescribed, a test since then without a result",
    issued(pregnancyTest(addDays(START, 1), { result: "pending" })),
    noon(addDays(START, 2)),
  ),
  scene(
    "prescribed and collected",
    issued(entry("dispensing", START), entry("first-dose", addDays(START, 1))),
    noon(addDays(START, 2)),
  ),
  scene(
    "prescribed, 20 days' worth collected",
    issued(entry("dispensing", START, { capsules: 40 })),
    noon(addDays(START, 13)),
    { productId: "absorica" },
  ),
  scene(
    "prescribed, more collected than prescribed",
    issued(entry("dispensing", START, { capsules: 62 })),
    noon(addDays(START, 13)),
    { productId: "claravis" },
  ),
  scene(
    "prescribed, a pair of capsules collected",
    { ...issued(entry("dispensing", START, { capsules: 2 })) },
    noon(addDays(START, 2)),
  ),
  scene(
    "prescribed, collected without a count",
    issued(entry("dispensing", START, { capsules: null })),
    noon(addDays(START, 2)),
  ),
  scene(
    "prescribed and given back",
    issued(entry("dispensing", addDays(START, 7), { capsules: 0 })),
    noon(addDays(START, 8)),
  ),
  scene(
    "prescribed and given back, tested again too early for the first window",
    {
      entries: [
        ...readyToStart("2026-09-01"),
        entry("dispensing", "2026-09-08", { capsules: 0 }),
        pregnancyTest("2026-09-15"),
      ],
      prescriptions: [prescription("2026-09-01")],
    },
    noon("2026-09-15"),
  ),
  scene(
    "a first window missed just before the edition changes",
    {
      entries: [...readyToStart("2026-11-01"), entry("dispensing", "2026-11-08", { capsules: 0 })],
      prescriptions: [prescription("2026-11-01")],
    },
    noon("2026-11-09"),
  ),
  scene(
    "tested in the old edition, judged in the new one",
    { entries: readyToStart("2026-11-12") },
    noon("2026-11-16"),
  ),
  scene(
    "the eve of the new edition, cannot become pregnant, confirmation 31 days old",
    { entries: cannotStart("2026-10-15") },
    noon("2026-11-14"),
  ),
  scene(
    "the old edition, cannot become pregnant, the last day of the window",
    { entries: cannotStart("2026-09-10") },
    noon("2026-10-09"),
  ),
  scene(
    "the old edition, cannot become pregnant, between the two readings",
    { entries: cannotStart("2026-09-10") },
    noon("2026-10-10"),
  ),
  scene(
    "the old edition, cannot become pregnant, after both readings",
    { entries: cannotStart("2026-09-10") },
    noon("2026-10-11"),
  ),
  scene(
    "the old edition, cannot become pregnant, not confirmed",
    { entries: cannotStart("2026-09-10", ["prescriber-confirmation"]) },
    noon("2026-09-10"),
  ),
  scene(
    "the old edition, cannot become pregnant, prescribed",
    { entries: cannotStart("2026-09-10"), prescriptions: [prescription("2026-09-12")] },
    noon("2026-09-13"),
  ),
  // Treatment.
  scene("the second month, everything done", month(), noon(SECOND), {
    daysSupply: 30,
    productId: "absorica",
  }),
  scene(
    "the second month, nothing done, too early",
    month(["counselling", "pregnancy-test", "prescriber-confirmation", "patient-questions"]),
    noon("2026-12-08"),
  ),
  scene(
    "the second month, nothing done",
    {
      ...month(["counselling", "pregnancy-test", "prescriber-confirmation", "patient-questions"]),
      entries: [...readyToStart(FIRST), entry("dispensing", FIRST), entry("first-dose", FIRST)],
    },
    noon("2026-12-09"),
  ),
  scene(
    "the second month, nothing done, the supply has run out",
    { ...month(), entries: [...readyToStart(FIRST), entry("dispensing", FIRST), entry("first-dose", FIRST)] },
    noon("2026-12-20"),
  ),
  scene("the second month, the window missed", month(), noon(addDays(SECOND, 8))),
  scene(
    "the second month, prescribed",
    { ...month(), prescriptions: [prescription(FIRST), prescription(SECOND, { capsules: TWO })] },
    noon(addDays(SECOND, 1)),
  ),
  scene(
    "the second month, prescribed, the window closed",
    { ...month(), prescriptions: [prescription(FIRST), prescription(SECOND)] },
    noon(addDays(SECOND, 8)),
  ),
  scene(
    "the second month, given back",
    {
      ...month([], entry("dispensing", addDays(SECOND, 7), { capsules: 0 })),
      prescriptions: [prescription(FIRST), prescription(SECOND)],
    },
    noon(addDays(SECOND, 8)),
  ),
  scene(
    "a first dose, and no pick-up",
    {
      entries: [...readyToStart(START), entry("first-dose", addDays(START, 1))],
      prescriptions: [prescription(START)],
    },
    noon(addDays(START, 2)),
  ),
  scene(
    "cannot become pregnant, prescribed on the day after everything was recorded",
    { entries: cannotStart(addDays(START, -1)), prescriptions: [prescription(START)] },
    noon(addDays(START, 1)),
  ),
  scene("home test, complete", home({ home: HOME_EVIDENCE }), noon(SECOND)),
  scene("home test, no evidence", home(), noon(SECOND)),
  scene(
    "home test, the kit expired",
    home({ home: { ...HOME_EVIDENCE, kitExpiry: addDays(SECOND, -1) } }),
    noon(SECOND),
  ),
  scene(
    "home test, a photo and no code",
    home({ home: { ...HOME_EVIDENCE, challengeCode: " " }, attachmentIds: ["photo-1"] }),
    noon(SECOND),
  ),
  scene(
    "home test, a code that nobody gave",
    home({ home: { ...HOME_EVIDENCE, challengeCode: "HXX-APW" } }),
    noon(SECOND),
  ),
  scene(
    "home test, no permission",
    month(
      ["pregnancy-test"],
      pregnancyTest(SECOND, { setting: "home", home: HOME_EVIDENCE }),
      entry("home-test-code", SECOND),
    ),
    noon(SECOND),
  ),
  scene("a lapse, nothing done", lapsed(), noon(addDays(SECOND, 1))),
  scene(
    "a lapse, methods in use again",
    lapsed(entry("contraception", addDays(SECOND, 1))),
    noon(addDays(SECOND, 1)),
  ),
  scene("a lapse, tested", lapsed(pregnancyTest(addDays(SECOND, 1))), noon(addDays(SECOND, 1))),
  scene(
    "a lapse, methods and test of unknown sensitivity",
    lapsed(
      entry("contraception", addDays(SECOND, 1)),
      pregnancyTest(addDays(SECOND, 1), { sensitivity: null }),
    ),
    noon(addDays(SECOND, 1)),
  ),
  scene(
    "a lapse, methods and test",
    lapsed(entry("contraception", addDays(SECOND, 1)), pregnancyTest(addDays(SECOND, 1))),
    noon(addDays(SECOND, 1)),
  ),
  scene(
    "a lapse, methods, test and the prescriber's word",
    lapsed(
      entry("contraception", addDays(SECOND, 1)),
      pregnancyTest(addDays(SECOND, 1)),
      entry("resume", addDays(SECOND, 1)),
    ),
    noon(addDays(SECOND, 2)),
  ),
  scene(
    "a lapse that was dealt with",
    lapsed(entry("stop-handled", SECOND, { note: "Called the pharmacy." })),
    noon(addDays(SECOND, 1)),
  ),
  scene(
    "a lapse after the prescription",
    {
      ...month([], entry("contraception-lapse", addDays(SECOND, 1), { what: "missed" })),
      prescriptions: [prescription(FIRST), prescription(SECOND)],
    },
    noon(addDays(SECOND, 2)),
  ),
  scene("paused", month([], entry("pause", SECOND)), noon(SECOND)),
  scene(
    "paused and resumed",
    month([], entry("pause", SECOND), entry("resume", addDays(SECOND, 1))),
    noon(addDays(SECOND, 1)),
  ),
  scene("stopped", month([], entry("treatment-stop", SECOND)), noon(SECOND)),
  scene("the dose on hold", { ...month(), doses: [{ on: SECOND, action: "hold" }] }, noon(SECOND)),
  scene("the dose stopped", { ...month(), doses: [{ on: SECOND, action: "stop" }] }, noon(SECOND)),
  scene(
    "the dose on hold and taken up again",
    { ...month([], entry("resume", addDays(SECOND, 1))), doses: [{ on: SECOND, action: "hold" }] },
    noon(addDays(SECOND, 1)),
  ),
  scene("a long break", over(entry("resume", addDays(SECOND, 31))), noon(addDays(SECOND, 31))),
  scene("a break of 30 days", over(entry("resume", addDays(SECOND, 30))), noon(addDays(SECOND, 30))),
  // Categories.
  scene("cannot become pregnant", cannot(), noon(START)),
  scene(
    "cannot become pregnant, prescribed",
    { ...cannot(), prescriptions: [prescription(START)] },
    noon(addDays(START, 3)),
  ),
  scene(
    "cannot become pregnant, no evidence of the menopause",
    cannot(
      ["risk-category"],
      entry("risk-category", START, { category: "cannot", criterion: "post-menopausal" }),
    ),
    noon(START),
  ),
  scene(
    "cannot become pregnant, no criterion",
    cannot(["risk-category"], entry("risk-category", START, { category: "cannot", criterion: "default" })),
    noon(START),
  ),
  scene(
    "a change to cannot that nobody agreed to",
    month([], entry("risk-category", SECOND, { ...HYSTERECTOMY, changeReason: "Operated." })),
    noon(SECOND),
  ),
  scene(
    "a change to cannot without a reason",
    month([], entry("risk-category", SECOND, HYSTERECTOMY)),
    noon(SECOND),
  ),
  scene(
    "a change to cannot between prescription and pick-up",
    {
      entries: [
        ...readyToStart(START),
        {
          ...entry("risk-category", START, { ...HYSTERECTOMY, changeReason: "Operated." }),
          id: "change",
          recordedAt: at(START, "13:00"),
        },
        {
          ...entry("category-agreement", START, { entryId: "change" }),
          recordedBy: "Dr. Other",
          recordedAt: at(START, "14:00"),
        },
      ],
      prescriptions: [prescription(START)],
    },
    at(START, "15:00"),
  ),
  scene(
    "a category recorded after the prescription",
    {
      entries: [
        ...readyToStart(START, ["risk-category"]),
        { ...entry("risk-category", START), recordedAt: at(START, "13:00") },
      ],
      prescriptions: [prescription(START)],
    },
    at(START, "15:00"),
  ),
  scene(
    "a change from cannot to can",
    {
      entries: [
        ...cannotStart(addDays(START, -40)),
        entry("risk-category", START, { changeReason: "Recorded wrongly." }),
      ],
    },
    noon(START),
  ),
  // The end.
  scene("after the last dose", over(), noon(SECOND)),
  scene("after the last dose, tested, 22 days later", over(), noon(addDays(SECOND, 22))),
  scene("after the last dose, tested, 23 days later", over(), noon(addDays(SECOND, 23))),
  scene("after the last dose, tested, 30 days later", over(), noon(addDays(SECOND, 30))),
  scene(
    "after the last dose, the last test done",
    over(pregnancyTest(addDays(SECOND, 30))),
    noon(addDays(SECOND, 31)),
  ),
  scene(
    "after the last dose, no test at the end",
    {
      ...over(),
      entries: [
        ...readyToStart(FIRST),
        entry("dispensing", FIRST),
        entry("first-dose", FIRST),
        entry("last-dose", SECOND),
      ],
    },
    noon(addDays(SECOND, 2)),
  ),
  scene("ended today", { ...start(), end: END }, noon(START)),
  scene("ends tomorrow", { ...start(), end: { ...END, endedOn: addDays(START, 1) } }, noon(START)),
  scene(
    "ended by a pregnancy",
    { ...month([], entry("pregnancy", SECOND)), end: { endedOn: SECOND, reason: "pregnancy", note: "" } },
    noon(SECOND),
  ),
  scene(
    "ended and transferred",
    { ...over(), end: { endedOn: SECOND, reason: "transferred", note: "" } },
    noon(addDays(SECOND, 30)),
  ),
  scene(
    "ended after treatment, one test owed",
    { ...month(), end: { endedOn: addDays(SECOND, 3), reason: "completed", note: "" } },
    noon(addDays(SECOND, 33)),
  ),
  // The UK programme.
  scene("UK, everything done", uk(), noon(UK)),
  scene("UK, prescribed", { ...uk(), prescriptions: [prescription(UK)] }, noon(addDays(UK, 1))),
  scene("UK, not asked about mood", uk(["wellbeing-check"]), noon(UK)),
  scene(
    "UK, an answer declined",
    uk(["wellbeing-check"], entry("wellbeing-check", UK, { mood: "declined" })),
    noon(UK),
  ),
  scene(
    "UK, the old form",
    uk(["consent"], entry("consent", "2026-01-21", { form: "acknowledgement-of-risk" })),
    noon(UK),
  ),
  scene(
    "UK, a pill and a condom",
    uk(
      ["contraception"],
      entry("contraception", addDays(UK, -30), { first: "combined-pill", second: "condom" }),
    ),
    noon(UK),
  ),
  scene(
    "UK, a pill alone",
    uk(["contraception"], entry("contraception", addDays(UK, -30), { first: "combined-pill", second: null })),
    noon(UK),
  ),
  scene(
    "UK, a pill and a medicine that weakens it",
    {
      ...uk(["contraception"], entry("contraception", addDays(UK, -30), { first: "implant", second: null })),
      medicines: ["Carbamazepine"],
    },
    noon(UK),
  ),
  scene(
    "UK 2025, two prescribers missing",
    {
      programme: "mhra",
      birthDate: "2009-01-01",
      decidedOn: "2025-06-01",
      entries: ukReadyToStart("2025-12-01"),
    },
    noon("2025-12-01"),
  ),
  scene(
    "UK 2025, the second prescriber agreed",
    {
      programme: "mhra",
      birthDate: "2009-01-01",
      decidedOn: "2025-06-01",
      entries: [...ukReadyToStart("2025-12-01"), entry("second-prescriber", "2025-11-30")],
    },
    noon("2025-12-01"),
  ),
  scene(
    "UK 2025, of age",
    {
      programme: "mhra",
      birthDate: "2007-12-01",
      decidedOn: "2025-06-01",
      entries: ukReadyToStart("2025-12-01"),
    },
    noon("2025-12-01"),
  ),
  scene(
    "UK, the eve of the new edition",
    {
      programme: "mhra",
      birthDate: "2009-01-01",
      decidedOn: "2025-06-01",
      entries: ukReadyToStart("2026-01-20"),
    },
    noon("2026-01-21"),
  ),
  scene("UK, the test only missing", uk(["pregnancy-test"]), noon(UK)),
  scene("EU, everything done", { ...uk(), programme: "eu-ppp" }, noon(UK)),
  // The desk.
  scene(
    "visits, results and mood",
    {
      ...cannot(),
      ...PRIVATE,
      nextVisitOn: START,
      openResults: LEVELS.map((level, index) => ({ ...RESULT, id: `result-${index}`, level })),
    },
    noon(START),
  ),
  scene(
    "a visit planned yesterday, one mood alert, one red flag",
    {
      ...cannot(),
      nextVisitOn: addDays(START, -1),
      moodAlerts: PRIVATE.moodAlerts?.slice(1) ?? [],
      redFlags: PRIVATE.redFlags?.slice(1) ?? [],
      unsignedVisits: [{ id: "visit-3", on: START }],
    },
    noon(START),
  ),
  scene("a visit planned for tomorrow", { ...cannot(), nextVisitOn: addDays(START, 1) }, noon(START)),
  scene(
    "two days late, and a result to watch",
    {
      ...cannot(),
      nextVisitOn: addDays(START, -2),
      openResults: [{ ...RESULT, id: "result-1", level: "watch" }],
    },
    noon(START),
  ),
  scene(
    "two results of one level, the later first",
    {
      ...cannot(),
      openResults: [
        { ...RESULT, id: "result-1", level: "act", collectedOn: addDays(START, -1), testName: "AST" },
        { ...RESULT, id: "result-2", level: "act" },
      ],
    },
    noon(START),
  ),
  scene(
    "a result to stop for",
    {
      ...cannot(),
      openResults: [
        { ...RESULT, id: "result-1", level: "stop-review" },
        { ...RESULT, id: "result-0", level: "stop-review", testName: "AST" },
      ],
    },
    noon(START),
  ),
  scene(
    "37 days after the last visit",
    { ...cannot(), lastVisit: { id: "visit-1", on: addDays(START, -37) } },
    noon(START),
  ),
  scene(
    "36 days after the last visit",
    { ...cannot(), lastVisit: { id: "visit-1", on: addDays(START, -36) } },
    noon(START),
  ),
  scene(
    "a draw before the first dose",
    {
      ...start(["pregnancy-test"]),
      draw: { dueOn: null, missing: ["alt", "triglycerides"], sentence: "The baseline." },
    },
    noon(START),
  ),
  scene(
    "a draw before the first dose, the window open",
    { ...start(), draw: { dueOn: null, missing: ["alt"], sentence: "The baseline." } },
    noon(START),
  ),
  scene(
    "a draw in 7 days",
    { ...start(), draw: { dueOn: addDays(START, 7), missing: ["alt"], sentence: "Month 1." } },
    noon(START),
  ),
  scene(
    "a draw in 8 days",
    { ...start(), draw: { dueOn: addDays(START, 8), missing: ["alt"], sentence: "Month 1." } },
    noon(START),
  ),
  scene(
    "a draw today",
    { ...start(), draw: { dueOn: START, missing: ["alt", "unheard-of"], sentence: "Month 1." } },
    noon(START),
  ),
  scene(
    "a draw that lacks nothing",
    { ...start(), draw: { dueOn: START, missing: [], sentence: "Month 1." } },
    noon(START),
  ),
  // The programme's own site.
  scene(
    "the site agrees",
    start(
      [],
      site(START, {
        status: "qualified",
        category: "can",
        testOn: START,
        confirmedOn: START,
        questionsOn: START,
        doNotDispenseAfter: addDays(START, 6),
      }),
    ),
    noon(START),
  ),
  scene(
    "the site has other days",
    start(
      [],
      site(START, {
        status: "qualified",
        category: "can",
        testOn: addDays(START, -1),
        confirmedOn: addDays(START, -1),
        questionsOn: addDays(START, 1),
        doNotDispenseAfter: addDays(START, 7),
      }),
    ),
    noon(START),
  ),
  scene("the site does not know the patient", start([], site(START, { status: "not-found" })), noon(START)),
  scene("the site says cannot", start([], site(START, { category: "cannot" })), noon(START)),
  scene(
    "the site dispensed what nobody prescribed",
    start([], site(START, { status: "dispensed", dispensedOn: START })),
    noon(START),
  ),
  scene(
    "the site dispensed the prescription",
    issued(
      site(addDays(START, 1), { status: "dispensed", dispensedOn: addDays(START, 1), daysDispensed: 15 }),
    ),
    noon(addDays(START, 1)),
  ),
  scene(
    "the site dispensed a day later than here, and 31 days",
    issued(
      entry("dispensing", START),
      site(addDays(START, 3), { status: "dispensed", dispensedOn: addDays(START, 2), daysDispensed: 31 }),
    ),
    noon(addDays(START, 3)),
  ),
  scene(
    "the site dispensed three days later than here",
    issued(
      entry("dispensing", START),
      site(addDays(START, 4), { status: "dispensed", dispensedOn: addDays(START, 3) }),
    ),
    noon(addDays(START, 4)),
  ),
  scene(
    "the site qualifies a stopped patient",
    start(
      [],
      pregnancyTest(addDays(START, -1), { result: "positive" }),
      site(START, { status: "qualified" }),
    ),
    noon(START),
  ),
  scene(
    "the site does not qualify what waits",
    issued(site(addDays(START, 1), { status: "not-qualified" })),
    noon(addDays(START, 1)),
  ),
  scene("the site is locked", start([], site(START, { status: "locked-out" })), noon(START)),
  scene("the site is inactive", { ...month([], site(SECOND, { status: "inactive" })) }, noon(SECOND)),
  scene(
    "the site goes on after the last dose",
    over(site(addDays(SECOND, 2), { status: "qualified", dispensedOn: addDays(SECOND, 1) })),
    noon(addDays(SECOND, 2)),
  ),
  scene(
    "the site knows nobody here",
    {
      entries: [
        site(START, {
          status: "not-qualified",
          category: "can",
          testOn: START,
          confirmedOn: START,
          questionsOn: START,
        }),
      ],
    },
    noon(START),
  ),
  scene(
    "the site shows nothing of a pick-up",
    issued(entry("dispensing", addDays(START, 1)), site(addDays(START, 2), { status: "qualified" })),
    noon(addDays(START, 2)),
  ),
  scene(
    "the site says not collected here",
    issued(
      entry("dispensing", addDays(START, 1), { capsules: 0 }),
      site(addDays(START, 2), { status: "dispensed", dispensedOn: addDays(START, 1) }),
    ),
    noon(addDays(START, 2)),
  ),
  // Turns that only Today takes.
  scene(
    "a programme that is not enabled, no visit for long",
    { programme: "canada", lastVisit: { id: "visit-1", on: "2026-01-01" } },
    noon(START),
  ),
  scene("ended, with a visit planned", { ...start(), end: END, nextVisitOn: START }, noon(START)),
  scene(
    "ends tomorrow, with a visit planned",
    { ...start(), end: { ...END, endedOn: addDays(START, 1) }, nextVisitOn: START },
    noon(START),
  ),
  scene(
    "after the last dose, no visit for long",
    { ...over(), lastVisit: { id: "visit-1", on: "2026-10-01" } },
    noon(addDays(SECOND, 5)),
  ),
  scene(
    "ended before treatment, a positive test",
    { ...start([], pregnancyTest(START, { result: "positive" })), end: END },
    noon(START),
  ),
  scene(
    "ended after treatment, a positive test, tests owed",
    {
      ...month([], pregnancyTest(addDays(SECOND, 2), { result: "positive" })),
      end: { ...END, endedOn: addDays(SECOND, 1) },
    },
    noon(addDays(SECOND, 2)),
  ),
  scene(
    "transferred, a positive test",
    {
      ...month([], pregnancyTest(addDays(SECOND, 2), { result: "positive" })),
      end: { ...END, reason: "transferred", endedOn: addDays(SECOND, 1) },
    },
    noon(addDays(SECOND, 2)),
  ),
  scene(
    "after the last dose, a positive test and the site",
    over(
      pregnancyTest(addDays(SECOND, 2), { result: "positive" }),
      site(addDays(SECOND, 2), { status: "qualified" }),
    ),
    noon(addDays(SECOND, 3)),
  ),
  scene(
    "after the last dose, a missed period that was dealt with",
    over(
      entry("missed-period", addDays(SECOND, 1)),
      entry("stop-handled", addDays(SECOND, 1), { note: "Called." }),
      site(addDays(SECOND, 2), { status: "qualified" }),
    ),
    noon(addDays(SECOND, 3)),
  ),
  scene(
    "a missed period that was dealt with, and the site",
    month(
      ["pregnancy-test"],
      entry("missed-period", SECOND),
      entry("stop-handled", SECOND, { note: "Called." }),
      site(SECOND, { status: "not-found" }),
    ),
    noon(SECOND),
  ),
  scene(
    "paused, and the site",
    month([], entry("pause", SECOND), site(SECOND, { status: "not-found" })),
    noon(SECOND),
  ),
  scene(
    "a change to cannot that somebody agreed to",
    month(
      [],
      { ...entry("risk-category", SECOND, { ...HYSTERECTOMY, changeReason: "Operated." }), id: "change" },
      { ...entry("category-agreement", SECOND, { entryId: "change" }), recordedBy: "Dr. Other" },
    ),
    noon(SECOND),
  ),
  scene("a second record of the same category", month([], entry("risk-category", SECOND)), noon(SECOND)),
  scene(
    "UK, the second month, too early",
    {
      ...uk(),
      entries: [...ukReadyToStart(UK), entry("dispensing", UK), entry("first-dose", UK)],
      prescriptions: [prescription(UK)],
    },
    noon(addDays(UK, 20)),
  ),
  scene(
    "UK, the second month",
    {
      ...uk(),
      entries: [...ukReadyToStart(UK), entry("dispensing", UK), entry("first-dose", UK)],
      prescriptions: [prescription(UK)],
    },
    noon(addDays(UK, 28)),
  ),
  scene(
    "UK, the second month, tested",
    {
      ...uk(),
      entries: [
        ...ukReadyToStart(UK),
        entry("dispensing", UK),
        entry("first-dose", UK),
        pregnancyTest(addDays(UK, 28)),
      ],
      prescriptions: [prescription(UK)],
    },
    noon(addDays(UK, 28)),
  ),
  scene("UK, the window closed", uk(), noon(addDays(UK, 4))),
  scene("UK, the last day of the window", uk(), at(addDays(UK, 3), "23:59")),
  scene(
    "UK, prescribed, the last day to collect",
    { ...uk(), prescriptions: [prescription(UK)] },
    at(addDays(UK, 6), "23:59"),
  ),
  scene(
    "UK, prescribed, too late to collect",
    { ...uk(), prescriptions: [prescription(UK)] },
    at(addDays(UK, 7), "00:00"),
  ),
  scene(
    "UK, cannot become pregnant",
    {
      programme: "mhra",
      entries: [
        entry("risk-category", UK, { category: "cannot", criterion: "cisgender-male" }),
        entry("consent", UK, { form: "acknowledgement-of-risk" }),
        entry("counselling", UK),
        entry("wellbeing-check", UK),
      ],
      prescriptions: [prescription(UK)],
    },
    noon(addDays(UK, 8)),
  ),
  scene(
    "the old edition, cannot become pregnant, prescribed, the window closed",
    { entries: cannotStart("2026-09-10"), prescriptions: [prescription("2026-09-12")] },
    noon("2026-10-20"),
  ),
  scene(
    "the old edition, cannot become pregnant, counselled last month",
    {
      entries: [
        ...cannotStart("2026-10-10"),
        entry("dispensing", "2026-10-10"),
        entry("first-dose", "2026-10-10"),
      ],
      prescriptions: [prescription("2026-10-10")],
    },
    noon("2026-11-12"),
  ),
  scene(
    "given back within the window",
    issued(entry("dispensing", addDays(START, 1), { capsules: 0 })),
    noon(addDays(START, 2)),
  ),
  scene(
    "a first dose without a prescription",
    { entries: [...readyToStart(FIRST), entry("first-dose", FIRST)] },
    noon(addDays(FIRST, 20)),
  ),
  scene(
    "the last day of the supply",
    { ...month(), entries: [...readyToStart(FIRST), entry("dispensing", FIRST), entry("first-dose", FIRST)] },
    noon("2026-12-15"),
  ),
  scene(
    "the day after the supply",
    { ...month(), entries: [...readyToStart(FIRST), entry("dispensing", FIRST), entry("first-dose", FIRST)] },
    noon("2026-12-16"),
  ),
  scene(
    "cannot become pregnant, after the last dose",
    {
      entries: [...cannotStart(FIRST), entry("dispensing", FIRST), entry("last-dose", SECOND)],
      prescriptions: [prescription(FIRST)],
    },
    noon(addDays(SECOND, 1)),
  ),
  scene(
    "tested in the old edition, missed in the new one",
    { entries: readyToStart("2026-11-05") },
    noon("2026-11-16"),
  ),
  scene(
    "tested at home in the old edition",
    {
      entries: [
        ...onTreatment("2026-10-10", "2026-11-10", ["pregnancy-test"]).entries,
        pregnancyTest("2026-11-10", { setting: "home", home: HOME_EVIDENCE }),
        entry("home-test-code", "2026-11-10"),
      ],
      prescriptions: [prescription("2026-10-10")],
    },
    noon("2026-11-15"),
  ),
  // The latest of three is the one that counts.
  scene("everything recorded three times", start([], ...THRICE), noon(START)),
  scene(
    "everything recorded three times, in the other order",
    { entries: [...readyToStart(START), ...THRICE].toReversed() },
    noon(START),
  ),
  scene(
    "everything recorded three times, and prescribed",
    { ...start([], ...THRICE), prescriptions: [prescription(START, { capsules: TWO })] },
    noon(addDays(START, 1)),
  ),
  scene(
    "paused three times",
    month([], ...thrice("pause", { why: "Holiday." }), ...thrice("resume").slice(0, 2)),
    noon(SECOND),
  ),
  scene(
    "stopped three times",
    month([], ...thrice("treatment-stop", { why: "Rash." }), ...thrice("resume").slice(0, 2)),
    noon(SECOND),
  ),
  scene("a last dose three times", month([], ...thrice("last-dose")), noon(SECOND)),
  scene("pregnant three times", month([], ...thrice("pregnancy")), noon(SECOND)),
  scene(
    "three missed periods",
    month(["pregnancy-test"], ...thrice("missed-period"), ...thrice("stop-handled", { note: "Called." })),
    noon(SECOND),
  ),
  scene(
    "three positive tests",
    month(["pregnancy-test"], ...DAYS.map((on) => pregnancyTest(on, { result: "positive" }))),
    noon(SECOND),
  ),
  scene(
    "three lapses",
    month(
      [],
      ...DAYS.map((on, index) =>
        entry("contraception-lapse", on, {
          what: (["stopped", "missed", "unprotected-contact"] as const)[index] ?? "missed",
        }),
      ),
    ),
    noon(SECOND),
  ),
  scene(
    "three lapses, the last one a missed pill",
    month(
      [],
      ...DAYS.map((on, index) =>
        entry("contraception-lapse", on, {
          what: (["unprotected-contact", "stopped", "missed"] as const)[index] ?? "missed",
        }),
      ),
    ),
    noon(SECOND),
  ),
  scene(
    "three pick-ups of one prescription",
    issued(
      entry("dispensing", START, { capsules: 20 }),
      entry("dispensing", addDays(START, 1), { capsules: 20 }),
      entry("dispensing", addDays(START, 2), { capsules: 20 }),
      entry("first-dose", addDays(START, 1)),
    ),
    noon(addDays(START, 3)),
  ),
  scene(
    "given back three times",
    issued(...[1, 2, 3].map((days) => entry("dispensing", addDays(START, days), { capsules: 0 }))),
    noon(addDays(START, 4)),
  ),
  scene(
    "three prescriptions, none collected",
    {
      ...start(),
      prescriptions: [
        prescription(addDays(START, -2)),
        prescription(addDays(START, -1), { productId: "absorica" }),
        prescription(START),
      ],
    },
    noon(START),
  ),
  scene(
    "three prescriptions, the second given back",
    {
      ...start([], entry("dispensing", addDays(START, -1), { capsules: 0 })),
      prescriptions: [
        prescription(addDays(START, -9)),
        prescription(addDays(START, -2)),
        prescription(START),
      ],
    },
    noon(START),
  ),
  scene(
    "UK 2025, three second prescribers",
    {
      programme: "mhra",
      birthDate: "2009-01-01",
      decidedOn: "2025-11-01",
      entries: [
        ...ukReadyToStart("2025-12-01"),
        entry("second-prescriber", "2025-10-31", { name: "Dr. Early" }),
        entry("second-prescriber", "2025-11-01", { name: "Dr. First" }),
        entry("second-prescriber", "2025-11-05", { name: "Dr. Last" }),
        ...["2025-11-02", "2025-11-03", "2025-11-04"].map((on) =>
          entry("wellbeing-check", on, { sexualFunction: "declined" }),
        ),
      ],
    },
    noon("2025-12-01"),
  ),
  scene(
    "UK 2025, the second prescriber agreed before the decision",
    {
      programme: "mhra",
      birthDate: "2009-01-01",
      decidedOn: "2025-11-01",
      entries: [...ukReadyToStart("2025-12-01"), entry("second-prescriber", "2025-10-31")],
    },
    noon("2025-12-01"),
  ),
  scene(
    "UK, mood asked about before the decision",
    { ...uk(["wellbeing-check"], entry("wellbeing-check", addDays(UK, -31))), decidedOn: addDays(UK, -30) },
    noon(UK),
  ),
  scene(
    "counselled before the decision",
    { ...start(["counselling"], entry("counselling", addDays(START, -32))), decidedOn: addDays(START, -31) },
    noon(START),
  ),
  // What is held and taken up again.
  scene(
    "held and continued on one day",
    {
      ...month(),
      doses: [
        { on: SECOND, action: "hold" },
        { on: SECOND, action: "continue" },
      ],
    },
    noon(SECOND),
  ),
  scene(
    "continued and held on one day",
    {
      ...month(),
      doses: [
        { on: SECOND, action: "continue" },
        { on: SECOND, action: "hold" },
      ],
    },
    noon(SECOND),
  ),
  scene(
    "continued after a hold, told in the other order",
    {
      ...month(),
      doses: [
        { on: SECOND, action: "continue" },
        { on: FIRST, action: "hold" },
      ],
    },
    noon(SECOND),
  ),
  scene(
    "to be held tomorrow",
    { ...month(), doses: [{ on: addDays(SECOND, 1), action: "hold" }] },
    noon(SECOND),
  ),
  scene(
    "held, and resumed on the same day",
    { ...month([], entry("resume", SECOND)), doses: [{ on: SECOND, action: "hold" }] },
    noon(SECOND),
  ),
  scene(
    "paused and resumed at one instant",
    month([], entry("pause", SECOND), entry("resume", SECOND)),
    noon(SECOND),
  ),
  scene(
    "paused and resumed an hour later",
    month([], entry("pause", SECOND), { ...entry("resume", SECOND), recordedAt: at(SECOND, "18:00") }),
    at(SECOND, "19:00"),
  ),
  scene(
    "resumed and paused an hour later",
    month([], entry("pause", SECOND), { ...entry("resume", SECOND), recordedAt: at(SECOND, "16:00") }),
    at(SECOND, "19:00"),
  ),
  scene(
    "resumed the day before the pause",
    month([], entry("pause", SECOND), entry("resume", addDays(SECOND, -1))),
    noon(SECOND),
  ),
  // A doubt and its answer on one day.
  ...(
    [
      ["10:00", "10:01"],
      ["10:00", "10:00"],
      ["10:01", "10:00"],
      [null, "10:00"],
      ["10:00", null],
    ] as const
  ).map(([doubt, answer]) =>
    scene(
      `a positive test at ${doubt ?? "no hour"}, a serum test at ${answer ?? "no hour"}`,
      start(
        [],
        pregnancyTest(addDays(START, -1), { result: "positive", time: doubt }),
        pregnancyTest(addDays(START, -1), { sample: "serum", time: answer }),
      ),
      noon(START),
    ),
  ),
  scene(
    "two doubts, one of them answered",
    start(
      [],
      pregnancyTest(addDays(START, -3), { result: "positive" }),
      pregnancyTest(addDays(START, -2), { sample: "serum" }),
      pregnancyTest(addDays(START, -1), { result: "indeterminate" }),
    ),
    noon(START),
  ),
  scene(
    "a positive test, answered by serum at home",
    start(
      [],
      pregnancyTest(addDays(START, -2), { result: "positive" }),
      pregnancyTest(addDays(START, -1), { sample: "serum", setting: "home" }),
    ),
    noon(START),
  ),
  scene(
    "a missed period, answered at home",
    month(["pregnancy-test"], entry("missed-period", SECOND), pregnancyTest(SECOND, { setting: "home" })),
    noon(SECOND),
  ),
  scene(
    "a missed period, answered the day before",
    month(["pregnancy-test"], entry("missed-period", SECOND), pregnancyTest(addDays(SECOND, -1))),
    noon(SECOND),
  ),
  scene(
    "a missed period, answered twice, once of unknown sensitivity",
    month(
      ["pregnancy-test"],
      entry("missed-period", SECOND),
      pregnancyTest(SECOND, { sensitivity: null }),
      pregnancyTest(SECOND),
    ),
    noon(SECOND),
  ),
  scene(
    "a missed period, answered by a kit that needs 26",
    month(["pregnancy-test"], entry("missed-period", SECOND), pregnancyTest(SECOND, { sensitivity: 26 })),
    noon(SECOND),
  ),
  scene(
    "a lapse, tested on its own day",
    lapsed(entry("contraception", addDays(SECOND, 1)), pregnancyTest(SECOND, { time: "20:00" })),
    noon(addDays(SECOND, 1)),
  ),
  scene(
    "a lapse, tested at home",
    lapsed(
      entry("contraception", addDays(SECOND, 1)),
      pregnancyTest(addDays(SECOND, 1), { setting: "home" }),
    ),
    noon(addDays(SECOND, 1)),
  ),
  scene(
    "a lapse, methods of its own day and the prescriber's word",
    lapsed(
      entry("contraception", SECOND),
      pregnancyTest(addDays(SECOND, 1)),
      entry("prescriber-confirmation", addDays(SECOND, 1)),
    ),
    noon(addDays(SECOND, 1)),
  ),
  scene(
    "a lapse, and the prescriber's word of its own day",
    lapsed(entry("contraception", SECOND), pregnancyTest(addDays(SECOND, 1)), entry("resume", SECOND)),
    noon(addDays(SECOND, 1)),
  ),
  // Elsewhere in the record.
  scene(
    "an hCG of before the decision",
    {
      ...start(),
      decidedOn: addDays(START, -31),
      elsewhere: { results: [hcg(addDays(START, -32), 80)], entries: [] },
    },
    noon(START),
  ),
  scene(
    "an hCG of the day of the decision",
    {
      ...start(),
      decidedOn: addDays(START, -31),
      elsewhere: { results: [hcg(addDays(START, -31), 80)], entries: [] },
    },
    noon(START),
  ),
  scene(
    "an hCG of the day of a positive test",
    {
      ...start(
        [],
        pregnancyTest(addDays(START, -2), { result: "positive" }),
        pregnancyTest(addDays(START, -1), { sample: "serum" }),
      ),
      elsewhere: { results: [hcg(addDays(START, -2), 80)], entries: [] },
    },
    noon(START),
  ),
  scene(
    "an hCG that is answered",
    {
      ...start([], pregnancyTest(addDays(START, -1), { sample: "serum" })),
      elsewhere: { results: [hcg(addDays(START, -2), 80)], entries: [] },
    },
    noon(START),
  ),
  scene(
    "an hCG that is answered on its own day",
    {
      ...start([], pregnancyTest(addDays(START, -1), { sample: "serum" })),
      elsewhere: { results: [hcg(addDays(START, -1), 80)], entries: [] },
    },
    noon(START),
  ),
  scene(
    "an hCG that is answered by urine",
    {
      ...start([], pregnancyTest(addDays(START, -1))),
      elsewhere: { results: [hcg(addDays(START, -2), 80)], entries: [] },
    },
    noon(START),
  ),
  scene(
    "an hCG that is answered at home",
    {
      ...start([], pregnancyTest(addDays(START, -1), { sample: "serum", setting: "home" })),
      elsewhere: { results: [hcg(addDays(START, -2), 80)], entries: [] },
    },
    noon(START),
  ),
  scene(
    "an hCG that excludes pregnancy",
    { ...start(), elsewhere: { results: [hcg(addDays(START, -1), 1)], entries: [] } },
    noon(START),
  ),
  scene(
    "three signs elsewhere",
    {
      ...start(),
      elsewhere: {
        results: [hcg(addDays(START, -3), 80)],
        entries: [
          entry("pregnancy", addDays(START, -1)),
          pregnancyTest(addDays(START, -2), { result: "indeterminate" }),
          pregnancyTest(START),
          entry("pause", START),
        ],
      },
    },
    noon(START),
  ),
  scene(
    "two signs elsewhere on one day",
    {
      ...start(),
      elsewhere: {
        results: [hcg(addDays(START, -1), 80)],
        entries: [entry("pregnancy", addDays(START, -1))],
      },
    },
    noon(START),
  ),
  // Who signs.
  scene(
    "a minor, one form with a guardian and one alone",
    {
      ...start(
        ["consent"],
        entry("consent", addDays(START, -2), { signer: "patient-and-guardian" }),
        entry("consent", addDays(START, -1), { form: "birth-defects" }),
      ),
      birthDate: "2010-01-01",
    },
    noon(START),
  ),
  scene(
    "a minor who signed alone and then with a guardian",
    {
      ...start(
        [],
        entry("consent", START, { signer: "patient-and-guardian" }),
        entry("consent", START, { form: "birth-defects", signer: "patient-and-guardian" }),
      ),
      birthDate: "2010-01-01",
    },
    noon(START),
  ),
  scene("of age today, signed alone as a minor", { ...start(), birthDate: "2008-12-07" }, noon(START)),
  scene("of age today, and nothing signed", { ...start(["consent"]), birthDate: "2008-12-07" }, noon(START)),
  scene(
    "of age tomorrow, and nothing signed",
    { ...start(["consent"]), birthDate: "2008-12-08" },
    noon(START),
  ),
  scene("a minor who cannot become pregnant", { ...cannot(), birthDate: "2010-01-01" }, noon(START)),
  scene(
    "UK, a minor on treatment with the old form",
    {
      programme: "mhra",
      decidedOn: "2025-12-01",
      entries: [
        ...ukReadyToStart("2026-01-10"),
        entry("dispensing", "2026-01-10"),
        entry("first-dose", "2026-01-10"),
      ],
      prescriptions: [prescription("2026-01-10")],
    },
    noon("2026-02-08"),
  ),
  scene(
    "UK, the new form of its first day",
    uk(["consent"], entry("consent", "2026-01-22", { form: "acknowledgement-of-risk" })),
    noon(UK),
  ),
  scene(
    "UK, the old form and then another one",
    uk(
      ["consent"],
      entry("consent", "2026-01-21", { form: "acknowledgement-of-risk" }),
      entry("consent", "2026-03-01", { form: "all-patients" }),
    ),
    noon(UK),
  ),
  // Prescribed without what should have come first.
  scene(
    "prescribed without any test",
    { ...start(["pregnancy-test"]), prescriptions: [prescription(START)] },
    noon(addDays(START, 2)),
  ),
  scene(
    "the old edition, cannot become pregnant, prescribed without a confirmation",
    {
      entries: cannotStart("2026-09-10", ["prescriber-confirmation"]),
      prescriptions: [prescription("2026-09-12")],
    },
    noon("2026-09-13"),
  ),
  scene(
    "prescribed, then a change of category to can",
    {
      entries: [
        ...cannotStart(addDays(START, -9)),
        entry("risk-category", addDays(START, 1), { changeReason: "Recorded wrongly." }),
      ],
      prescriptions: [prescription(START)],
    },
    noon(addDays(START, 1)),
  ),
  scene(
    "prescribed, then a long break and a resumption",
    {
      ...month([], entry("last-dose", SECOND), entry("resume", addDays(SECOND, 40))),
      prescriptions: [prescription(FIRST), prescription(SECOND)],
    },
    noon(addDays(SECOND, 40)),
  ),
  scene(
    "prescribed today in a lapse of today",
    {
      ...month([], entry("contraception-lapse", SECOND)),
      prescriptions: [prescription(FIRST), prescription(SECOND)],
    },
    noon(SECOND),
  ),
  scene(
    "prescribed, a test of that day without a result",
    issued(pregnancyTest(START, { result: "pending" })),
    noon(addDays(START, 1)),
  ),
  scene(
    "prescribed, a test of the day before without a result",
    issued(pregnancyTest(addDays(START, -1), { result: "pending" })),
    noon(addDays(START, 1)),
  ),
  // The programme's own site, turn by turn. It was looked at at 11:00; entries of a day are recorded at 17:00.
  scene(
    "site: not found, and not enrolled here",
    start(["enrolment"], site(START, { status: "not-found" })),
    noon(START),
  ),
  scene(
    "site: not found, enrolled here after the look",
    start(["enrolment"], entry("enrolment", START), site(START, { status: "not-found" })),
    at(START, "20:00"),
  ),
  scene(
    "site: known, enrolled here after the look",
    start(["enrolment"], entry("enrolment", START), site(START, {})),
    at(START, "20:00"),
  ),
  scene(
    "site: not qualified, prescribed here after the look",
    issued(site(START, { status: "not-qualified" })),
    noon(START),
  ),
  scene(
    "site: not qualified, nothing waits",
    start([], site(START, { status: "not-qualified" })),
    noon(START),
  ),
  scene(
    "site: not qualified, stopped here",
    start(
      [],
      pregnancyTest(addDays(START, -1), { result: "positive" }),
      site(START, { status: "not-qualified" }),
    ),
    noon(START),
  ),
  scene(
    "site: locked out, a first window missed here",
    {
      entries: [
        ...readyToStart(addDays(START, -8)),
        entry("dispensing", addDays(START, -1), { capsules: 0 }),
        site(START, { status: "locked-out" }),
      ],
      prescriptions: [prescription(addDays(START, -8))],
    },
    noon(START),
  ),
  scene(
    "site: locked out, stopped here",
    start(
      [],
      pregnancyTest(addDays(START, -1), { result: "positive" }),
      site(START, { status: "locked-out" }),
    ),
    noon(START),
  ),
  scene(
    "site: can, no category here",
    start(["risk-category"], site(START, { category: "can" })),
    noon(START),
  ),
  scene(
    "site: can, cannot here",
    cannot(
      ["risk-category"],
      entry("risk-category", addDays(START, -1), { category: "cannot", criterion: "cisgender-male" }),
      site(START, { category: "can" }),
    ),
    noon(START),
  ),
  scene(
    "site: can, cannot here after the look",
    cannot([], site(START, { category: "can" })),
    at(START, "20:00"),
  ),
  scene(
    "site: cannot, cannot here",
    cannot([], site(START, { category: "cannot", testOn: START, questionsOn: START })),
    at(START, "20:00"),
  ),
  scene(
    "site: dispensed, no day, nothing here",
    start([], site(START, { status: "dispensed" })),
    noon(START),
  ),
  scene(
    "site: dispensed, no day, waiting here",
    issued(site(addDays(START, 1), { status: "dispensed" })),
    noon(addDays(START, 1)),
  ),
  scene(
    "site: dispensed, no day, collected here",
    issued(entry("dispensing", addDays(START, 1)), site(addDays(START, 2), { status: "dispensed" })),
    noon(addDays(START, 2)),
  ),
  scene(
    "site: no day, collected here after the look",
    issued(entry("dispensing", addDays(START, 1)), site(addDays(START, 1), { status: "qualified" })),
    at(addDays(START, 1), "20:00"),
  ),
  scene(
    "site: no day, the next month's test is there",
    month([], site(SECOND, { status: "not-qualified", testOn: SECOND })),
    noon(SECOND),
  ),
  scene(
    "site: no day, the test of the pick-up's day is there",
    issued(entry("dispensing", START), site(addDays(START, 1), { status: "not-qualified", testOn: START })),
    noon(addDays(START, 1)),
  ),
  scene(
    "site: the same day, 15 days",
    issued(
      entry("dispensing", START),
      site(addDays(START, 1), { status: "dispensed", dispensedOn: START, daysDispensed: 15 }),
    ),
    noon(addDays(START, 1)),
  ),
  scene(
    "site: the same day, 30 days",
    issued(
      entry("dispensing", START),
      site(addDays(START, 1), { status: "dispensed", dispensedOn: START, daysDispensed: 30 }),
    ),
    noon(addDays(START, 1)),
  ),
  scene(
    "site: an earlier pick-up, another here later",
    issued(
      entry("dispensing", START),
      entry("dispensing", addDays(START, 2)),
      site(addDays(START, 3), { status: "dispensed", dispensedOn: START }),
    ),
    noon(addDays(START, 3)),
  ),
  scene(
    "site: an earlier pick-up, another here after the look",
    issued(
      entry("dispensing", START),
      entry("dispensing", addDays(START, 3)),
      site(addDays(START, 3), { status: "dispensed", dispensedOn: START }),
    ),
    at(addDays(START, 3), "20:00"),
  ),
  scene(
    "site: two days before the pick-up here",
    issued(
      entry("dispensing", addDays(START, 3)),
      site(addDays(START, 4), { status: "dispensed", dispensedOn: addDays(START, 1), daysDispensed: 30 }),
    ),
    noon(addDays(START, 4)),
  ),
  scene(
    "site: three days before the pick-up here",
    issued(
      entry("dispensing", addDays(START, 3)),
      site(addDays(START, 4), { status: "dispensed", dispensedOn: START }),
    ),
    noon(addDays(START, 4)),
  ),
  scene(
    "site: dispensed 29 days after an uncollected prescription",
    issued(site(addDays(START, 29), { status: "dispensed", dispensedOn: addDays(START, 29) })),
    noon(addDays(START, 29)),
  ),
  scene(
    "site: dispensed 30 days after an uncollected prescription",
    issued(site(addDays(START, 30), { status: "dispensed", dispensedOn: addDays(START, 30) })),
    noon(addDays(START, 30)),
  ),
  scene(
    "site: dispensed before the only prescription",
    issued(site(addDays(START, 1), { status: "dispensed", dispensedOn: addDays(START, -1) })),
    noon(addDays(START, 1)),
  ),
  scene(
    "site: dispensed on the day of the last dose",
    over(site(addDays(SECOND, 2), { status: "inactive", dispensedOn: SECOND })),
    noon(addDays(SECOND, 2)),
  ),
  scene(
    "site: dispensed of the first of two prescriptions",
    {
      ...month(
        [],
        site(addDays(SECOND, 1), {
          status: "qualified",
          dispensedOn: FIRST,
          daysDispensed: 30,
          testOn: SECOND,
          confirmedOn: SECOND,
          questionsOn: SECOND,
        }),
      ),
      prescriptions: [prescription(FIRST), prescription(SECOND)],
    },
    noon(addDays(SECOND, 1)),
  ),
  scene(
    "site: no confirmation, done here",
    start([], site(addDays(START, 1), { testOn: START, questionsOn: START })),
    noon(addDays(START, 1)),
  ),
  scene(
    "site: no confirmation, done here after the look",
    start([], site(START, { testOn: START })),
    at(START, "20:00"),
  ),
  scene(
    "site: no questions, collected since",
    issued(
      entry("dispensing", START),
      site(addDays(START, 1), { dispensedOn: START, testOn: START, confirmedOn: START }),
    ),
    noon(addDays(START, 1)),
  ),
  scene(
    "site: a later confirmation",
    start(
      [],
      site(addDays(START, 2), {
        testOn: START,
        confirmedOn: addDays(START, 1),
        questionsOn: addDays(START, 1),
      }),
    ),
    noon(addDays(START, 2)),
  ),
  scene(
    "site: an earlier confirmation, this one after the look",
    start(
      [],
      site(START, { testOn: START, confirmedOn: addDays(START, -1), questionsOn: addDays(START, -1) }),
    ),
    at(START, "20:00"),
  ),
  scene(
    "site: a test that nobody has here",
    start(
      [],
      site(addDays(START, 1), { testOn: addDays(START, -3), confirmedOn: START, questionsOn: START }),
    ),
    noon(addDays(START, 1)),
  ),
  scene(
    "site: a test, none here",
    { entries: [entry("enrolment", addDays(START, -9)), site(START, { testOn: addDays(START, -3) })] },
    noon(START),
  ),
  scene(
    "site: the confirmation rests on another test",
    start(
      [],
      pregnancyTest(addDays(START, -1)),
      site(addDays(START, 1), { testOn: addDays(START, -1), confirmedOn: START, questionsOn: START }),
    ),
    noon(addDays(START, 1)),
  ),
  scene(
    "site: another test and another confirmation",
    start(
      [],
      pregnancyTest(addDays(START, -1)),
      site(addDays(START, 1), {
        testOn: addDays(START, -1),
        confirmedOn: addDays(START, -1),
        questionsOn: START,
      }),
    ),
    noon(addDays(START, 1)),
  ),
  scene(
    "site: closes a day earlier",
    start(
      [],
      site(START, {
        testOn: START,
        confirmedOn: START,
        questionsOn: START,
        doNotDispenseAfter: addDays(START, 5),
      }),
    ),
    noon(START),
  ),
  scene(
    "site: closes a day later than what waits",
    issued(
      site(addDays(START, 1), {
        testOn: START,
        confirmedOn: START,
        questionsOn: START,
        doNotDispenseAfter: addDays(START, 7),
      }),
    ),
    noon(addDays(START, 1)),
  ),
  scene(
    "site: closes, no window here",
    start(["pregnancy-test"], site(START, { doNotDispenseAfter: addDays(START, 6) })),
    noon(START),
  ),
  scene("site: inactive, not begun here", start([], site(START, { status: "inactive" })), noon(START)),
  scene(
    "site: inactive, ended here that day",
    { ...month([], site(SECOND, { status: "inactive" })), end: { ...END, endedOn: SECOND } },
    noon(SECOND),
  ),
  scene(
    "site: inactive, ends tomorrow here",
    { ...month([], site(SECOND, { status: "inactive" })), end: { ...END, endedOn: addDays(SECOND, 1) } },
    noon(SECOND),
  ),
  scene(
    "site: what came after the look is not asked of it",
    issued(site(addDays(START, -1), { testOn: addDays(START, -31) }), entry("dispensing", addDays(START, 1))),
    noon(addDays(START, 2)),
  ),
  scene(
    "site: three looks",
    start(
      [],
      site(addDays(START, -2), { status: "locked-out" }),
      site(addDays(START, -1), { status: "not-found" }),
      site(START, { status: "inactive" }),
    ),
    noon(START),
  ),
  scene(
    "site: two looks on one day",
    start(
      [],
      { ...site(START, { status: "not-found" }), recordedAt: at(START, "11:30") },
      site(START, { status: "locked-out" }),
    ),
    noon(START),
  ),
  scene("site: a look of tomorrow", start([], site(addDays(START, 1), { status: "not-found" })), noon(START)),
  scene("site: UK, a look", uk([], site(UK, { status: "qualified", testOn: UK })), noon(UK)),
];
