/**
 * What would make it yes: the shortest list of acts, and the first instant at which all could be done. The plan is found by
 * doing: the act that the gate asks for first is entered into the facts, the gate is asked again, and so on; what turns out not
 * to be needed is struck out at the end. So nothing is promised that the gate would not say.
 *
 * Assumed are the best results (every test is negative, on the first day on which it counts; the next period begins in time) and
 * the stricter answer where only a fact can decide (nothing was collected; the patient can become pregnant).
 */
import {
  type CalendarDate,
  type Instant,
  addDays,
  ageOn,
  dateIn,
  instantFromMs,
  later,
  msOf,
  startOfDay,
} from "../calendar.ts";
import type { ProgrammeEntry, ProgrammeEntryFields, PregnancyTest } from "../records/programme-entry.ts";
import { weakenedBy } from "./contraception.ts";
import type { ProgrammeFacts } from "./facts.ts";
import { type Finding, type Plan, type PlanAct, blocks } from "./finding.ts";
import { closedBy, hasFaults, lapseState, signElsewhere } from "./gate.ts";
import { type History, outcomesOf } from "./history.ts";
import { type Tests, nextTest, tableFor } from "./pregnancy-tests.ts";
import { judge, knownAt, weigh } from "./prescribing.ts";
import { nextEditionAfter } from "./programmes/editions.ts";

/** More acts than any course needs; a plan that has not come to its end by then is none. */
const MOST_ACTS = 60;

/**
 * The plan for the next prescription, by what is known at `at`. No acts when it is yes already; null when nothing that could be
 * recorded would make it yes: a pregnancy, an ended course, a programme without enabled rules.
 */
export function planOf(facts: ProgrammeFacts, at: Instant): Plan | null {
  const { history, verdict } = weigh(facts, at);
  if (verdict.answer === "yes") return { acts: [], yesAt: at };
  if (history === null) return null;
  const known = knownAt(history);
  const acts: PlanAct[] = [];
  let now = { facts: known, at };
  while (acts.length < MOST_ACTS) {
    const act = nextAct(now.facts, now.at);
    if (act === "yes")
      return { acts: earliest(known, at, shortest(known, at, acts, now.at), now.at), yesAt: now.at };
    if (act === null) return null;
    now = afterAct(now.facts, act, now.at);
    acts.push(act);
  }
  return null;
}

/** The facts with everything recorded that the plan means, each act on its day; `at` is when the plan was made. */
export function actOn(facts: ProgrammeFacts, acts: Plan["acts"], at: Instant): ProgrammeFacts {
  return acts.reduce((now, act) => afterAct(now.facts, act, now.at), { facts, at }).facts;
}

type Now = { facts: ProgrammeFacts; at: Instant };

function afterAct(facts: ProgrammeFacts, act: PlanAct, at: Instant): Now {
  const then = later(at, startOfDay(facts.clinic.zone, act.from));
  return { facts: enacted(facts, act, then), at: then };
}

/** A test that answers a stop is never struck out, though a later one may answer it too: it must not wait. */
export function answersStop(act: PlanAct): boolean {
  return act.kind === "pregnancy-test" && act.rule.startsWith("no-");
}

/** Strikes out every act without which the answer at `yesAt` is yes too, and every wait that another act's day says already. */
function shortest(known: ProgrammeFacts, at: Instant, acts: readonly PlanAct[], yesAt: Instant): PlanAct[] {
  let kept = [...acts];
  for (const act of acts) {
    const rest = kept.filter((one) => one !== act);
    const needless =
      act.kind === "wait"
        ? rest.some((one) => one.from >= act.from)
        : !answersStop(act) && judge(actOn(known, rest, at), yesAt).answer === "yes";
    if (needless) kept = rest;
  }
  return kept;
}

/** Acts that stand for themselves, so that they can be done before the day on which the plan came upon them. */
const FREE: ReadonlySet<PlanAct["kind"]> = new Set<PlanAct["kind"]>([
  "risk-category",
  "enrolment",
  "consent",
  "second-prescriber",
  "counselling",
  "wellbeing-check",
]);

/** Gives each such act the first day on which it would count: today, that of another act, or that of a coming edition. */
function earliest(known: ProgrammeFacts, at: Instant, acts: readonly PlanAct[], yesAt: Instant): PlanAct[] {
  const from = dateIn(known.clinic.zone, at);
  const next = nextEditionAfter(known.course.programme, from)?.effectiveFrom;
  const days = [
    ...new Set([from, ...(next === undefined ? [] : [next]), ...acts.map((one) => one.from)]),
  ].sort();
  let placed = [...acts];
  for (const act of acts) {
    if (!FREE.has(act.kind)) continue;
    for (const day of days.filter((one) => one < act.from)) {
      const moved = inOrder(placed.map((one) => (one === act ? { ...act, from: day } : one)));
      if (judge(actOn(known, moved, at), yesAt).answer === "no") continue;
      placed = moved;
      break;
    }
  }
  return placed;
}

function inOrder(acts: readonly PlanAct[]): PlanAct[] {
  return [...acts].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}

type Situation = {
  history: History;
  tests: Tests;
  blocked: ReadonlyMap<string, Finding>;
};

/** What a step may answer: an act, null when its rule does not ask for one now, `never` when nothing helps. */
type Step = (the: Situation) => PlanAct | "never" | null;

function nextAct(facts: ProgrammeFacts, at: Instant): PlanAct | "yes" | null {
  const { history, tests, verdict } = weigh(facts, at);
  if (verdict.answer === "yes") return "yes";
  if (history === null || tests === null) return null;
  const blocked = new Map(verdict.findings.filter(blocks).map((one) => [one.rule, one]));
  const the = { history, tests, blocked };
  for (const step of STEPS) {
    const act = step(the);
    if (act === "never") return null;
    if (act !== null) return act;
  }
  return null;
}

function act(rule: string, kind: PlanAct["kind"], from: CalendarDate, sentence: string): PlanAct {
  return { rule, kind, sentence, from };
}

/** A step whose act can be done today whenever its rule blocks. */
function today(rule: string, kind: PlanAct["kind"], sentence: string): Step {
  return ({ history, blocked }) => (blocked.has(rule) ? act(rule, kind, history.today, sentence) : null);
}

/** The same where only what was done since the beginning counts. */
function sinceBeginning(rule: string, kind: PlanAct["kind"], sentence: string): Step {
  return ({ history, blocked }) =>
    blocked.has(rule) ? act(rule, kind, later(history.today, history.beginning.on), sentence) : null;
}

/** The first day that serves the next prescription: the day after the last one, or today. */
function thisMonth({ history }: Situation): CalendarDate {
  const { lastPrescription } = history;
  return lastPrescription === null
    ? history.today
    : later(history.today, addDays(lastPrescription.issuedOn, 1));
}

const month =
  (rule: string, kind: PlanAct["kind"], sentence: string): Step =>
  (the) =>
    the.blocked.has(rule) ? act(rule, kind, later(thisMonth(the), the.history.beginning.on), sentence) : null;

const STEPS: readonly Step[] = [
  ({ blocked }) => (blocked.has("edition") || blocked.has("no-pregnancy") ? "never" : null),
  openCourse,
  chooseCategory,
  today("enrolment", "enrolment", "Enrol the patient in the programme, and record the number."),
  today("consents", "consent", "Have the forms signed."),
  today("guardian-consent", "consent", "Have a parent or guardian sign the forms too."),
  sinceBeginning(
    "second-prescriber",
    "second-prescriber",
    "Have a second prescriber agree to the treatment.",
  ),
  recordContraception,
  answerDoubts,
  recordWhatIsOpen,
  sinceBeginning("screening-test", "pregnancy-test", "Take the first pregnancy test in a medical setting."),
  today("first-pick-up", "dispensing", "Record whether the capsules were collected."),
  month("counselling", "counselling", "Counsel the patient, and record it."),
  month("wellbeing-check", "wellbeing-check", "Ask about mood and sexual function, and record it."),
  waitForTime,
  takeTest,
  ({ tests, blocked, ...the }) =>
    blocked.has("prescriber-confirmation") || blocked.has("confirmation-window")
      ? act(
          blocked.has("prescriber-confirmation") ? "prescriber-confirmation" : "confirmation-window",
          "prescriber-confirmation",
          later(thisMonth({ tests, blocked, ...the }), tests.window?.test.on ?? the.history.today),
          "The prescriber confirms.",
        )
      : null,
  today(
    "patient-questions",
    "patient-questions",
    "The patient answers the questions and enters both methods.",
  ),
  agreeToRestart,
];

function openCourse({ history, blocked }: Situation): PlanAct | "never" | null {
  if (!blocked.has("course-open")) return null;
  const closed = closedBy(history);
  if (closed === null || closed.by === "end") return "never";
  return closed.by === "hold" || closed.by === "dose-stop"
    ? act("course-open", "dose-decision", history.today, "Decide a dose at a visit.")
    : act("course-open", "resume", history.today, "Record that treatment is resumed.");
}

function chooseCategory({ history, blocked }: Situation): PlanAct | null {
  if (!blocked.has("category")) return null;
  if (history.categoryLacks === "agreement")
    return act(
      "category",
      "category-agreement",
      history.today,
      "Have a second person agree to the category.",
    );
  const sentence =
    history.categoryEntry === null
      ? "Record whether the patient can become pregnant."
      : history.categoryLacks === "reason"
        ? "Record the category again, with the reason of the change."
        : "Record the category again, with its evidence or another criterion.";
  return act("category", "risk-category", history.today, sentence);
}

function recordContraception({ history, tests, blocked }: Situation): PlanAct | null {
  const { current, since } = tests.unbroken;
  const row = history.table.rules["contraception-pair"];
  const pair = blocked.has("contraception-pair");
  if (row === null || (!pair && !(blocked.has("contraception-month") && since === null))) return null;
  if (pair && current !== null && weakenedBy(row, current, history.facts.medicines)?.status === "unknown")
    return act(
      "contraception-pair",
      "medicines",
      history.today,
      "Ask which medicines are taken, and record them.",
    );
  return act(
    pair ? "contraception-pair" : "contraception-month",
    "contraception",
    history.today,
    "Record accepted methods, and from which day they are used.",
  );
}

/** A positive test, a missed period, a lapse: the test that answers it. */
function answerDoubts({ history, tests, blocked }: Situation): PlanAct | null {
  const positive = blocked.get("no-positive-test");
  if (positive !== undefined) {
    if (positive.status === "unknown") return sensitivity("no-positive-test", history);
    const row = history.table.rules["no-positive-test"];
    const doubt = history.of["pregnancy-test"].findLast(
      (one) => one.result === "positive" || one.result === "indeterminate",
    )?.on;
    const sign = row === null ? null : signElsewhere(history, row.clearedBySamples, row.clearedIn);
    const after = later(doubt ?? "", sign?.on ?? "");
    return act(
      "no-positive-test",
      "pregnancy-test",
      after === "" ? history.today : later(history.today, addDays(after, 1)),
      "Take a serum pregnancy test in a medical setting. It must be negative.",
    );
  }
  const missed = blocked.get("no-missed-period");
  if (missed !== undefined)
    return missed.status === "unknown"
      ? sensitivity("no-missed-period", history)
      : act(
          "no-missed-period",
          "pregnancy-test",
          history.today,
          "Take a pregnancy test in a medical setting. It must be negative.",
        );
  const lapse = blocked.has("no-lapse-unhandled") ? lapseOf(history, tests) : null;
  if (lapse === null) return null;
  if (!lapse.again)
    return act(
      "no-lapse-unhandled",
      "contraception",
      history.today,
      "Record from which day accepted methods are used again.",
    );
  if (lapse.tested === "unknown") return sensitivity("no-lapse-unhandled", history);
  return lapse.tested === "met"
    ? null
    : act(
        "no-lapse-unhandled",
        "pregnancy-test",
        later(history.today, addDays(lapse.lapse.on, 1)),
        "Take a pregnancy test in a medical setting. It must be negative.",
      );
}

function lapseOf(history: History, tests: Tests): ReturnType<typeof lapseState> {
  const row = history.table.rules["no-lapse-unhandled"];
  return row === null ? null : lapseState(history, tests, row.clearedIn);
}

function sensitivity(rule: string, history: History): PlanAct {
  return act(rule, "correction", history.today, "Record the sensitivity of the pregnancy test.");
}

/** What an entry on record left open: a result, a sensitivity, the evidence of a home test, the last period. */
function recordWhatIsOpen({ history, tests, blocked }: Situation): PlanAct | null {
  if (tests.pending !== null && blocked.has("test-in-window"))
    return act("test-in-window", "correction", history.today, "Record the result of the pregnancy test.");
  if (blocked.get("screening-test")?.status === "unknown") return sensitivity("screening-test", history);
  if (tests.window === null) return null;
  // An earlier test may be the first one of two, if only its sensitivity were known.
  const { spacing } = tests.window.statuses;
  const before = tests.window.test.on;
  if (
    (spacing === "unmet" || spacing === "unknown") &&
    history.of["pregnancy-test"].some(
      (one) =>
        one.result === "negative" &&
        one.sensitivity === null &&
        one.on >= history.beginning.on &&
        one.on < before,
    )
  )
    return sensitivity("screening-test", history);
  if (tests.window.statuses.sensitivity === "unknown") return sensitivity("test-sensitivity", history);
  if (tests.window.statuses.evidence === "unknown")
    return act(
      "home-test-evidence",
      "correction",
      history.today,
      "Record the kit, the code or photo, and who verified the home test.",
    );
  return tests.window.statuses.menses === "unknown"
    ? act(
        "menses-days",
        "menstruation",
        history.today,
        "Record the last period and whether cycles are regular.",
      )
    : null;
}

/** What time alone opens: the end of the last supply, the month of contraception. */
function waitForTime({ history, blocked }: Situation): PlanAct | null {
  const waits = ["supply-overlap", "contraception-month"].flatMap((rule) => blocked.get(rule) ?? []);
  const last = waits.reduce<Finding | null>(
    (latest, one) => (latest === null || (one.opensAt ?? "") > (latest.opensAt ?? "") ? one : latest),
    null,
  );
  if (last === null || last.opensAt === null) return null;
  const from = dayOf(history, last.opensAt);
  return act(
    last.rule,
    "wait",
    from,
    last.rule === "supply-overlap"
      ? "Wait until the last supply has run out or is about to."
      : "Wait for the month of contraception.",
  );
}

/** The day that begins with this instant in the clinic's zone: waits open at the start of a day. */
function dayOf(history: History, at: Instant): CalendarDate {
  let day = history.today;
  while (startOfDay(history.facts.clinic.zone, day) < at) day = addDays(day, 1);
  return day;
}

function takeTest({ history, tests, blocked }: Situation): PlanAct | null {
  const { window } = tests;
  if (!blocked.has("test-in-window") && (window === null || !hasFaults(window))) return null;
  if (history.category === "cannot") return null;
  const next = nextTest(history, tests);
  if (next.from === null) return null;
  if (next.nextPeriod)
    return act("menses-days", "menstruation", next.from, "Record the first day of the next period.");
  return act(
    "test-in-window",
    "pregnancy-test",
    next.from,
    next.kind === "monthly"
      ? "Take the pregnancy test of the month."
      : "Take the pregnancy test before treatment, in a medical setting.",
  );
}

function agreeToRestart({ history, tests, blocked }: Situation): PlanAct | null {
  const lapse = blocked.has("no-lapse-unhandled") ? lapseOf(history, tests) : null;
  return lapse === null
    ? null
    : act(
        "no-lapse-unhandled",
        "resume",
        later(history.today, addDays(lapse.lapse.on, 1)),
        "The prescriber agrees to the restart: record that treatment is resumed.",
      );
}

// What an act means in the record.

/** The facts with one act recorded at `at`. */
function enacted(facts: ProgrammeFacts, the: PlanAct, at: Instant): ProgrammeFacts {
  if (the.kind === "wait") return facts;
  if (the.kind === "medicines") return { ...facts, medicines: [] };
  if (the.kind === "dose-decision")
    return { ...facts, doses: [...facts.doses, { on: the.from, action: "continue" }] };
  const { history, tests } = weigh(facts, at);
  if (history === null || tests === null) return facts;
  if (the.kind === "correction") return corrected(facts, the, history, tests);
  return {
    ...facts,
    entries: [...facts.entries, ...recorded(facts, the, at, fieldsOf(the, history, tests))],
  };
}

/** In the order of recording: no earlier than anything that stands on record already. */
function recorded(
  facts: ProgrammeFacts,
  the: PlanAct,
  at: Instant,
  all: readonly ProgrammeEntryFields[],
): ProgrammeEntry[] {
  const last = facts.entries.reduce((latest, one) => later(latest, one.recordedAt), at);
  return all.map((fields, index) => ({
    ...fields,
    id: `plan-${facts.entries.length + index}`,
    recordedAt: instantFromMs(msOf(last) + 1),
    recordedBy: the.kind === "category-agreement" ? "A second person" : "The plan",
    replacesId: null,
    reason: "",
    courseId: facts.course.id,
    patientId: facts.patient.id,
    visitId: null,
  }));
}

function fieldsOf(the: PlanAct, history: History, tests: Tests): ProgrammeEntryFields[] {
  const base = { on: the.from, note: "" };
  const { table, facts } = history;
  switch (the.kind) {
    case "risk-category":
      return [categoryFields(base, history)];
    case "category-agreement":
      return [{ ...base, kind: the.kind, entryId: history.categoryEntry?.id ?? "" }];
    case "consent":
      return (table.rules.consents?.[history.category] ?? []).map((form) => ({
        ...base,
        kind: "consent",
        form,
        formEdition: "",
        signer:
          ageOn(facts.patient.birthDate, the.from) < (table.rules["guardian-consent"]?.underAge ?? 0)
            ? "patient-and-guardian"
            : "patient",
      }));
    case "contraception": {
      const alone = table.rules["contraception-pair"]?.standing["iud-copper"] === "alone";
      return [{ ...base, kind: the.kind, first: "iud-copper", second: alone ? null : "condom" }];
    }
    case "menstruation":
      return [
        {
          ...base,
          kind: the.kind,
          on: tests.window?.statuses.menses === "unknown" ? tests.window.test.on : the.from,
          cycle: "regular",
        },
      ];
    case "pregnancy-test":
      return [
        {
          ...base,
          kind: the.kind,
          time: null,
          sample: the.rule === "no-positive-test" ? "serum" : "urine",
          setting: medicalSetting(history, the.from),
          sensitivity: tableFor(history, the.from).rules["test-sensitivity"]?.detects ?? null,
          result: "negative",
          readBy: "",
        },
      ];
    case "patient-questions": {
      const { current } = tests.unbroken;
      return [{ ...base, kind: the.kind, first: current?.first ?? null, second: current?.second ?? null }];
    }
    case "dispensing":
      return nothingCollected(base, history);
    case "enrolment":
      return [{ ...base, kind: the.kind, programmeNumber: "1" }];
    case "second-prescriber":
      return [{ ...base, kind: the.kind, name: "A second prescriber" }];
    case "wellbeing-check":
      return [{ ...base, kind: the.kind, mood: "asked", sexualFunction: "asked" }];
    case "counselling":
      return [{ ...base, kind: the.kind, teachBack: "not-done" }];
    case "prescriber-confirmation":
    case "resume":
      return [{ ...base, kind: the.kind }];
    // No plan has these: they are bad news, end treatment, or are no entries.
    case "contraception-lapse":
    case "home-test-permission":
    case "first-dose":
    case "last-dose":
    case "missed-period":
    case "pause":
    case "treatment-stop":
    case "stop-handled":
    case "pregnancy":
    case "pregnancy-report":
    case "programme-site":
    case "correction":
    case "medicines":
    case "dose-decision":
    case "wait":
      return [];
  }
}

/** "Nothing collected" of the first prescription whose pick-up is not on record, on a day that is this prescription's own. */
function nothingCollected(
  base: { on: CalendarDate; note: string },
  history: History,
): ProgrammeEntryFields[] {
  const index = history.prescriptions.findIndex(
    (one, place) => one.issuedOn >= history.beginning.on && outcomesOf(history, place).length === 0,
  );
  const prescription = history.prescriptions[index];
  if (prescription === undefined) return [];
  const on = prescription === history.lastPrescription ? base.on : prescription.issuedOn;
  return [{ ...base, on, kind: "dispensing", capsules: 0, productId: prescription.productId }];
}

function categoryFields(base: { on: CalendarDate; note: string }, history: History): ProgrammeEntryFields {
  const entry = history.categoryEntry;
  const accepted = history.table.rules.category?.cannotBy ?? [];
  const keep = entry !== null && (entry.category === "can" || accepted.includes(entry.criterion));
  return {
    ...base,
    kind: "risk-category",
    category: keep ? entry.category : "can",
    criterion: keep ? entry.criterion : "default",
    evidence: "What was seen.",
    changeReason: "As the plan says.",
  };
}

/** A medical setting that the edition of that day accepts before the first dose: it counts at any time. */
function medicalSetting(history: History, on: CalendarDate): PregnancyTest["setting"] {
  return tableFor(history, on).rules["test-setting"]?.beforeFirstDose[0] ?? "medical";
}

function corrected(facts: ProgrammeFacts, the: PlanAct, history: History, tests: Tests): ProgrammeFacts {
  const { pending, window } = tests;
  return {
    ...facts,
    entries: facts.entries.map((one): ProgrammeEntry => {
      if (one.kind !== "pregnancy-test") return one;
      if (the.rule === "test-in-window")
        return one.id === pending?.id ? { ...one, result: "negative" as const } : one;
      if (the.rule === "home-test-evidence")
        return one.id === window?.test.id
          ? {
              ...one,
              home: {
                kitBrand: "",
                kitLot: "On the kit",
                kitExpiry: one.home?.kitExpiry ?? one.on,
                challengeCode: "Shown",
                readAt: null,
                verifiedBy: "A nurse",
              },
            }
          : one;
      return one.result === "negative" && one.sensitivity === null
        ? {
            ...one,
            sensitivity: tableFor(history, one.on).rules["test-sensitivity"]?.detects ?? null,
          }
        : one;
    }),
  };
}
