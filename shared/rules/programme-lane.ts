/**
 * The programme lane: every step that the edition asks of this patient, with its state. It says nothing that the verdict's
 * findings would not; what a finding cannot know (the day on which a step was done) comes from the same history.
 */
import {
  type CalendarDate,
  type Instant,
  addDays,
  dateIn,
  formatDay,
  formatInstant,
  isStillOpen,
} from "../calendar.ts";
import { type ProgrammeEntryKind, isDose } from "../records/programme-entry.ts";
import type { LaneAct, LaneMonth, LaneStep, LaneStop, ProgrammeLane } from "../records/programme-lane.ts";
import type { PrescriptionFact, ProgrammeFacts } from "./facts.ts";
import { type Finding, type Verdict, blocks } from "./finding.ts";
import { moment, nextTestInWords } from "./gate.ts";
import { type History, outcomesOf, waitingSupply } from "./history.ts";
import { begunWith, pickUpBy } from "./pick-up.ts";
import {
  type Tests,
  hasFaults,
  mensesAsOf,
  nextTest,
  supplyOpensOn,
  testsAfterTreatment,
} from "./pregnancy-tests.ts";
import { lastDoseOf, protectUntil, waitingForPickUp, weigh } from "./prescribing.ts";
import { rowOf } from "./programmes/editions.ts";
import { type Stop, stopOf, stopTasks } from "./stops.ts";

/** See above. Without a rule table there are no steps. */
export function programmeLane(facts: ProgrammeFacts, at: Instant): ProgrammeLane {
  const weighed = weigh(facts, at);
  const { history, tests, verdict } = weighed;
  if (history === null || tests === null) return { stop: null, steps: [], earlier: [], next: null };
  const stop = stopOf(facts, weighed);
  const lastDose = lastDoseOf(history);
  const the: Standing = {
    history,
    tests,
    verdict,
    findings: new Map(verdict.findings.map((one) => [one.rule, one])),
    stop,
    lastDose,
    waiting: waitingSupply(history)?.prescription ?? null,
  };
  const before = beforeStart(the);
  const month = lastDose === null ? thisMonth(the) : [];
  const steps = [...before, ...month, ...afterTreatment(the)];
  // A step that the stop asks for stands in its checklist; nothing else is next while that is open.
  const next = stop !== null && stop.handled === null ? undefined : steps.find((one) => one.state === "due");
  return {
    stop: stop === null ? null : laneStop(facts, stop),
    steps,
    earlier: earlierMonths(the),
    next: next?.id ?? null,
  };
}

type Standing = {
  history: History;
  tests: Tests;
  verdict: Verdict;
  findings: ReadonlyMap<string, Finding>;
  stop: Stop | null;
  lastDose: CalendarDate | null;
  /** The prescription that nobody recorded as collected or left. */
  waiting: PrescriptionFact | null;
};

function laneStop(facts: ProgrammeFacts, stop: Stop): LaneStop {
  const done = new Set(stop.handled?.done);
  return {
    on: stop.on,
    sentence: stop.sentence,
    tasks: stopTasks(facts.course.programme, stop.trigger).map((one) => ({
      ...one,
      done: done.has(one.step),
    })),
    handledOn: stop.handled?.on ?? null,
    note: stop.handled?.note ?? "",
  };
}

const LABELS = {
  "risk-category": "Record the category",
  "category-agreement": "Agree to the category",
  enrolment: "Record the enrolment",
  consent: "Record a consent",
  "second-prescriber": "Record the second prescriber",
  "wellbeing-check": "Record mood and sexual function",
  counselling: "Record the counselling",
  contraception: "Record the contraception",
  menstruation: "Record the period",
  "pregnancy-test": "Record the test",
  "prescriber-confirmation": "Confirm",
  "patient-questions": "Record the patient’s questions",
  dispensing: "Record the pick-up",
} as const satisfies Readonly<Partial<Record<ProgrammeEntryKind, string>>>;

function record(kind: keyof typeof LABELS): LaneAct {
  return { to: kind, label: LABELS[kind] };
}

type Parts = Pick<LaneStep, "id" | "group" | "title"> & { act: LaneAct | null };

function step(parts: Parts, more: Partial<LaneStep> & Pick<LaneStep, "state" | "sentence">): LaneStep {
  const open = more.state === "due";
  return { on: null, from: null, until: null, ...parts, ...more, act: open ? parts.act : null };
}

/**
 * A step that one rule asks for. A finding that opens by itself waits; one that blocks now is due; `on` is the day on which it
 * was done where the history knows it, also for rules that are asked before the first dose only.
 */
function ruleStep(the: Standing, rule: string, parts: Parts, on: CalendarDate | null): LaneStep[] {
  const finding = the.findings.get(rule);
  if (finding === undefined) return [];
  const { status, sentence, opensAt } = finding;
  if (status === "met") return [step(parts, { state: "done", on, sentence })];
  if (!blocks(finding))
    return [
      on === null
        ? step(parts, { state: "not-asked", sentence })
        : step(parts, { state: "done", on, sentence: "" }),
    ];
  return [
    opensAt === null
      ? step(parts, { state: "due", sentence })
      : step(parts, {
          state: "waiting",
          from: dateIn(the.history.facts.clinic.zone, opensAt),
          sentence,
        }),
  ];
}

const BEFORE = "before-start" as const;

function beforeStart(the: Standing): LaneStep[] {
  const { history, tests } = the;
  const { of } = history;
  const since = tests.unbroken.since;
  const { days } = rowOf(history.table, "contraception-month");
  const can = history.category === "can";
  const parts = (id: string, title: string, kind: keyof typeof LABELS): Parts => ({
    id,
    group: BEFORE,
    title,
    act: record(kind),
  });
  const guardian = of.consent.findLast((one) => one.signer === "patient-and-guardian")?.on ?? null;
  const month = ruleStep(
    the,
    "contraception-month",
    // Nothing of its own is recorded: it runs from the day on which accepted methods are used.
    { id: "contraception-month", group: BEFORE, title: `${days} days of contraception`, act: null },
    can && since !== null ? addDays(since, days) : null,
  ).map((one) => after(one, false, "Runs from the day on which accepted methods are used."));
  const steps = [
    ...ruleStep(
      the,
      "category",
      parts(
        "category",
        "Risk category",
        history.categoryLacks === "agreement" ? "category-agreement" : "risk-category",
      ),
      lastOn(of["risk-category"]),
    ),
    ...ruleStep(the, "enrolment", parts("enrolment", "Enrolment", "enrolment"), lastOn(of.enrolment)),
    ...ruleStep(the, "consents", parts("consents", "Consents", "consent"), lastOn(of.consent)),
    ...ruleStep(
      the,
      "guardian-consent",
      parts("guardian-consent", "Guardian’s signature", "consent"),
      guardian,
    ),
    ...ruleStep(
      the,
      "second-prescriber",
      parts("second-prescriber", "Second prescriber", "second-prescriber"),
      lastOn(of["second-prescriber"]),
    ),
    ...ruleStep(
      the,
      "screening-test",
      parts("screening-test", "First pregnancy test", "pregnancy-test"),
      can ? (tests.screening?.test.on ?? null) : null,
    ),
    ...ruleStep(
      the,
      "contraception-pair",
      parts("contraception-pair", "Contraception", "contraception"),
      can ? since : null,
    ).map((one) => (since === null ? broken(one, record("contraception")) : one)),
    ...month,
    ...(can && !history.onTreatment ? periodStep(the, parts("period", "Last period", "menstruation")) : []),
  ];
  // Once treatment is over nothing of before the start is asked any more.
  return the.lastDose === null ? steps : steps.map((one) => (one.state === "done" ? one : asPast(one)));
}

/** The methods on record are accepted, but a lapse came after them: nothing is unbroken. */
function broken(one: LaneStep, act: LaneAct): LaneStep {
  if (one.state !== "done") return one;
  return {
    ...one,
    state: "due",
    sentence: "Contraception lapsed. Record from which day accepted methods are used again.",
    act,
  };
}

/** Whether cycles are regular decides on which days the confirmation test falls; with regular ones it waits for the next period. */
function periodStep(the: Standing, parts: Parts): LaneStep[] {
  const { history, tests } = the;
  const row = history.table.rules["menses-days"];
  if (row === null) return [];
  const menses = mensesAsOf(history, history.today);
  const next = nextTest(history, tests);
  const tested = tests.window !== null && !hasFaults(tests.window);
  if (menses !== null && !tested && next.nextPeriod && next.from !== null && next.from <= history.today)
    return [
      step(parts, {
        state: "due",
        sentence: `Record the first day of the next period when it has come: the confirmation test falls on its days ${row.first} to ${row.last}.`,
      }),
    ];
  return [
    menses === null
      ? step(parts, { state: "due", sentence: "Record the last period and whether cycles are regular." })
      : step(parts, { state: "done", on: menses.on, sentence: "" }),
  ];
}

function asPast({ id, group, title, sentence }: LaneStep): LaneStep {
  return step({ id, group, title, act: null }, { state: "not-asked", sentence });
}

function lastOn(entries: readonly { on: CalendarDate }[]): CalendarDate | null {
  return entries.at(-1)?.on ?? null;
}

const MONTH = "this-month" as const;

/** The steps of the month that is under way: of the prescription that waits, else of the next one. */
function thisMonth(the: Standing): LaneStep[] {
  return the.waiting === null ? comingMonth(the) : waitingMonth(the, the.waiting);
}

function monthParts(
  the: Standing,
): Readonly<
  Record<
    "counselling" | "wellbeing" | "test" | "confirmation" | "questions" | "prescription" | "pickUp",
    Parts
  >
> {
  const first = !the.history.onTreatment && the.history.table.rules["screening-test"] !== null;
  const parts = (id: string, title: string, act: LaneAct): Parts => ({ id, group: MONTH, title, act });
  return {
    counselling: parts("counselling", "Counselling", record("counselling")),
    wellbeing: parts("wellbeing", "Mood and sexual function", record("wellbeing-check")),
    test: parts("test", first ? "Confirmation test" : "Pregnancy test", record("pregnancy-test")),
    confirmation: parts("confirmation", "Prescriber’s confirmation", record("prescriber-confirmation")),
    questions: parts("questions", "Patient’s questions", record("patient-questions")),
    prescription: parts("prescription", "Prescription", { to: "prescribe", label: "Issue the prescription" }),
    pickUp: parts("pick-up", "Pick-up", record("dispensing")),
  };
}

function asked(the: Standing, rule: string): boolean {
  return the.findings.has(rule);
}

/** The days of what led to a prescription. A step of an earlier month is not told as this one's. */
function ledTo(
  history: History,
  prescription: PrescriptionFact,
): Pick<LaneMonth, "testOn" | "confirmedOn" | "answeredOn"> {
  const index = history.prescriptions.indexOf(prescription);
  const after = history.prescriptions[index - 1]?.issuedOn ?? "";
  const within = (one: { on: CalendarDate }): boolean => one.on > after && one.on <= prescription.issuedOn;
  const { of } = history;
  return {
    testOn: of["pregnancy-test"].findLast((one) => one.result === "negative" && within(one))?.on ?? null,
    confirmedOn: of["prescriber-confirmation"].findLast(within)?.on ?? null,
    answeredOn: of["patient-questions"].findLast(within)?.on ?? null,
  };
}

function waitingMonth(the: Standing, prescription: PrescriptionFact): LaneStep[] {
  const { history } = the;
  const parts = monthParts(the);
  const { zone, dateStyle } = history.facts.clinic;
  const { testOn, confirmedOn, answeredOn } = ledTo(history, prescription);
  const done = (one: Parts, rule: string, on: CalendarDate | null): LaneStep[] =>
    asked(the, rule) && on !== null ? [step(one, { state: "done", on, sentence: "" })] : [];
  const by = pickUpBy(history);
  const open = by === null || isStillOpen(by, history.at);
  const waiting = waitingForPickUp(history);
  const barred = waiting?.stands === false ? waiting.sentence : null;
  return [
    ...done(parts.counselling, "counselling", latestOn(history.of.counselling, prescription.issuedOn)),
    ...done(
      parts.wellbeing,
      "wellbeing-check",
      latestOn(history.of["wellbeing-check"], prescription.issuedOn),
    ),
    ...done(parts.test, "test-in-window", testOn),
    ...done(parts.confirmation, "prescriber-confirmation", confirmedOn),
    ...done(parts.questions, "patient-questions", answeredOn),
    step(parts.prescription, {
      state: "done",
      on: prescription.issuedOn,
      sentence: `${prescription.daysSupply} days.`,
    }),
    step(barred === null ? parts.pickUp : { ...parts.pickUp, act: WHAT_BECAME }, {
      state: the.stop !== null ? "forbidden" : "due",
      until: open && barred === null ? by : null,
      sentence:
        the.stop !== null
          ? "Treatment is stopped: do not dispense."
          : barred !== null
            ? barred
            : begunWith(history) !== null
              ? "A first dose is on record: record the pick-up too."
              : by === null
                ? "Record it when the capsules are collected."
                : open
                  ? `The capsules can be collected until ${formatInstant(by, zone, dateStyle)}.`
                  : `The window closed ${formatInstant(by, zone, dateStyle)}. Record the pick-up, or that nothing was dispensed.`,
    }),
  ];
}

/** Of capsules that must not be handed out it is asked whether they were given back. */
const WHAT_BECAME: LaneAct = { to: "dispensing", label: "Record what became of it" };

function latestOn(entries: readonly { on: CalendarDate }[], until: CalendarDate): CalendarDate | null {
  return entries.findLast((one) => one.on <= until)?.on ?? null;
}

function comingMonth(the: Standing): LaneStep[] {
  const { history, verdict } = the;
  const parts = monthParts(the);
  const can = history.category === "can";
  const lasts = supplyOpensOn(history);
  // While the last supply lasts the steps of the next month are not due yet.
  const early = lasts !== null && history.today < lasts ? lasts : null;
  const shut = blocking(the, "course-open");
  const closed = the.stop !== null || shut !== null;
  const settle = (one: LaneStep): LaneStep => {
    if (one.state !== "due") return one;
    if (closed) return { ...one, state: "blocked", act: null };
    return early === null ? one : { ...one, state: "waiting", from: early, act: null };
  };
  const test = can ? [testStep(the, parts.test)] : ruleStep(the, "test-in-window", parts.test, null);
  const tested = isSettled(test);
  const confirmation = ruleStep(
    the,
    "prescriber-confirmation",
    parts.confirmation,
    metOn(the, "prescriber-confirmation", history.of["prescriber-confirmation"]),
  ).map((one) => after(one, tested, "After the pregnancy test of this month."));
  const questions = ruleStep(
    the,
    "patient-questions",
    parts.questions,
    metOn(the, "patient-questions", history.of["patient-questions"]),
  ).map((one) => after(one, tested && isSettled(confirmation), "After the prescriber’s confirmation."));
  const before = [
    ...ruleStep(the, "counselling", parts.counselling, metOn(the, "counselling", history.of.counselling)),
    ...ruleStep(
      the,
      "wellbeing-check",
      parts.wellbeing,
      metOn(the, "wellbeing-check", history.of["wellbeing-check"]),
    ),
    ...test,
    ...confirmation,
    ...questions,
  ];
  const opensOn = verdict.opensAt === null ? null : dateIn(history.facts.clinic.zone, verdict.opensAt);
  return [
    ...before.map((one) =>
      one.id === parts.test.id ? answering(the, one, settle(one), parts.test) : settle(one),
    ),
    verdict.answer === "yes"
      ? step(parts.prescription, {
          state: "due",
          until: verdict.closesAt,
          sentence:
            verdict.closesAt === null
              ? "It can be issued now."
              : `It can be issued until ${moment(history, verdict.closesAt)}.`,
        })
      : opensOn !== null
        ? step(parts.prescription, {
            state: "waiting",
            from: opensOn,
            sentence: verdict.sentence.replace(/^No[.:] /u, ""),
          })
        : step(
            parts.prescription,
            shut === null
              ? { state: "blocked", sentence: "After the steps above." }
              : { state: "forbidden", sentence: shut.sentence },
          ),
    step(parts.pickUp, { state: "blocked", sentence: "After the prescription." }),
  ];
}

/**
 * After what was done about a stop is written down, the test that answers it is the next step: the month's own where that can be
 * taken now, else one before it. A pregnancy is answered by none, and a first test that is due stands among the steps before.
 */
function answering(
  { history, tests, stop }: Standing,
  own: LaneStep,
  closed: LaneStep,
  parts: Parts,
): LaneStep {
  if (stop === null || stop.handled === null || stop.trigger === "pregnancy") return closed;
  if (own.state === "due") return own;
  if (nextTest(history, tests).kind === "screening") return closed;
  const lapsed = stop.trigger === "contraception-lapse";
  const from = lapsed ? addDays(stop.on, 1) : stop.on;
  const { clearedIn } = rowOf(history.table, "no-lapse-unhandled");
  // Any that was not negative is a stop of its own, and one without a result is due itself.
  const answered = history.of["pregnancy-test"].some(
    (one) => one.on >= from && clearedIn.includes(one.setting),
  );
  if (lapsed && answered) return closed;
  const sentence =
    stop.trigger === "pregnancy-test"
      ? "Only a negative serum test in a medical setting answers the stop."
      : "A negative test in a medical setting answers the stop, best serum hCG.";
  return step(parts, { state: from > history.today ? "waiting" : "due", from, sentence });
}

function isSettled(steps: readonly LaneStep[]): boolean {
  return steps.every((one) => one.state === "done" || one.state === "not-asked");
}

/** The finding of a rule, if it stands in the way. */
function blocking(the: Standing, rule: string): Finding | null {
  const finding = the.findings.get(rule);
  return finding !== undefined && blocks(finding) ? finding : null;
}

/** The day of the entry that a met rule rests on: the latest of its kind. */
function metOn(the: Standing, rule: string, entries: readonly { on: CalendarDate }[]): CalendarDate | null {
  return the.findings.get(rule)?.status === "met" ? lastOn(entries) : null;
}

function after(one: LaneStep, ready: boolean, sentence: string): LaneStep {
  return one.state === "due" && !ready ? { ...one, state: "blocked", sentence, act: null } : one;
}

function testStep(the: Standing, parts: Parts): LaneStep {
  const { history, tests } = the;
  if (tests.pending !== null)
    return step(parts, {
      state: "due",
      sentence: `The test of ${day(the, tests.pending.on)} has no result yet: record it.`,
    });
  if (tests.window !== null && !hasFaults(tests.window))
    return step(parts, {
      state: "done",
      on: tests.window.test.on,
      until: tests.window.closesAt,
      sentence: "",
    });
  const doubt = testDoubt(the.findings);
  if (doubt !== null)
    return step(parts, {
      state: "due",
      sentence:
        doubt.status === "unknown"
          ? `${doubt.sentence} Correct the entry in the evidence below, or test again.`
          : doubt.sentence,
    });
  const sentence = nextTestInWords(history, tests);
  const next = nextTest(history, tests);
  if (next.kind === "screening")
    return step(parts, { state: "blocked", sentence: "After the first pregnancy test." });
  if (next.from === null) return step(parts, { state: "blocked", sentence });
  return next.from > history.today
    ? step(parts, { state: "waiting", from: next.from, sentence })
    : step(parts, { state: "due", from: next.from, sentence });
}

const DOUBTS = ["test-setting", "home-test-evidence", "test-sensitivity"] as const;

/**
 * Why the test of this month does not count by what is on record of it: the finding of its place, its evidence or its
 * sensitivity, in this order. Unknown: the entry could still say that it does. Null when none of them stands in the way.
 */
export function testDoubt(findings: ReadonlyMap<string, Finding>): Finding | null {
  return DOUBTS.flatMap((rule) => findings.get(rule) ?? []).find(blocks) ?? null;
}

const AFTER = "after-treatment" as const;

function afterTreatment(the: Standing): LaneStep[] {
  const { history, lastDose } = the;
  const last: Parts = { id: "last-dose", group: AFTER, title: "Last dose", act: null };
  if (lastDose === null)
    return history.onTreatment
      ? [
          step(last, {
            state: "blocked",
            sentence:
              history.category === "can"
                ? "When treatment ends. Tests and the time of protection follow."
                : "When treatment ends. A time without blood donation follows.",
          }),
        ]
      : [];
  const can = history.category === "can";
  const until = protectUntil(history.table, lastDose);
  const over = history.today > until;
  const negatives = testsAfterTreatment(history);
  const tests = can
    ? history.table.testsAfterLastDose.days.map((days) => {
        const from = addDays(lastDose, days);
        const done = negatives.find((one) => one.on >= from);
        const parts: Parts = {
          id: `test-after-${days}`,
          group: AFTER,
          title: days === 0 ? "Test at the end" : "Test a month after",
          act: record("pregnancy-test"),
        };
        if (done !== undefined) return step(parts, { state: "done", on: done.on, sentence: "" });
        return from > history.today
          ? step(parts, { state: "waiting", from, sentence: `From ${day(the, from)}.` })
          : step(parts, { state: "due", from, sentence: `Due since ${day(the, from)}.` });
      })
    : [];
  const owed = tests.some((one) => one.state !== "done");
  const { end } = history.facts.course;
  return [
    step(last, { state: "done", on: lastDose, sentence: "" }),
    ...tests,
    step(
      {
        id: "protection",
        group: AFTER,
        title: can ? "Contraception, no blood donation" : "No blood donation",
        act: null,
      },
      over
        ? { state: "done", on: until, sentence: "The time of protection is over." }
        : { state: "waiting", sentence: `Until ${day(the, until)}.` },
    ),
    step(
      { id: "end", group: AFTER, title: "Course ended", act: { to: "end-course", label: "End the course" } },
      end !== null && end.endedOn <= history.today
        ? { state: "done", on: end.endedOn, sentence: "" }
        : owed || !over
          ? {
              state: "blocked",
              sentence: `After ${can ? "the tests and the time of protection" : "the time without blood donation"}; earlier if you wish.`,
            }
          : { state: "due", sentence: "Everything is done: end the course." },
    ),
  ];
}

/** Every prescription but the one that waits, the latest first. */
function earlierMonths(the: Standing): LaneMonth[] {
  const { history } = the;
  return history.prescriptions
    .filter((one) => one !== the.waiting)
    .map((one): LaneMonth => {
      const outcomes = outcomesOf(history, history.prescriptions.indexOf(one));
      const collected = outcomes.find(isDose);
      return {
        prescriptionId: one.id,
        ...ledTo(history, one),
        prescribedOn: one.issuedOn,
        daysSupply: one.daysSupply,
        collectedOn: collected?.on ?? null,
        outcome:
          collected !== undefined ? "collected" : outcomes.length > 0 ? "not-collected" : "not-recorded",
      };
    })
    .toReversed();
}

function day(the: Standing, date: CalendarDate): string {
  return formatDay(date, the.history.facts.clinic.dateStyle);
}
