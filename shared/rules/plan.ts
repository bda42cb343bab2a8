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
  dateIn,
  daysBetween,
  instantFromMs,
  later,
  msOf,
  startOfDay,
} from "../calendar.ts";
import type { LabResult } from "../records/lab-result.ts";
import type { PregnancyTest, ProgrammeEntry, ProgrammeEntryFields } from "../records/programme-entry.ts";
import { closedBy } from "./course-closed.ts";
import type { ProgrammeFacts } from "./facts.ts";
import { type Finding, type Plan, type PlanAct, blocks } from "./finding.ts";
import { type History, knownAt, outcomesOf } from "./history.ts";
import { hcgReading } from "./labs.ts";
import { lapseState } from "./pregnancy-signs.ts";
import { type Tests, evidenceOf, isDoubtful, nextTest, tableFor, hasFaults } from "./pregnancy-tests.ts";
import { judge, weigh } from "./prescribing.ts";
import { nextEditionAfter, rowOf } from "./programmes/editions.ts";
import { signOf } from "./stops.ts";

/** More acts than any course needs: a plan that has not come to its end by then (an ended course) is none. */
const MOST_ACTS = 60;

/**
 * The plan for the next prescription, by what is known at `at`. No acts when it is yes already; null when nothing that could be
 * recorded would make it yes: a pregnancy, an ended course, a programme without enabled rules.
 */
export function planOf(facts: ProgrammeFacts, at: Instant): Plan | null {
  const { history } = weigh(facts, at);
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

/** What answers a stop (`no-positive-test`, say) is never struck out, though a later test may answer it too: it must not wait. */
export function answersStop(act: PlanAct): boolean {
  return act.rule.startsWith("no-");
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

/**
 * Gives each act that stands for itself the first day on which it would count, when the plan came upon it later: counselling and
 * the questions about mood today, a form on the first day of the edition that asks for it.
 */
function earliest(known: ProgrammeFacts, at: Instant, acts: readonly PlanAct[], yesAt: Instant): PlanAct[] {
  const today = dateIn(known.clinic.zone, at);
  const days: { readonly [K in PlanAct["kind"]]?: CalendarDate | undefined } = {
    counselling: today,
    "wellbeing-check": today,
    consent: nextEditionAfter(known.course.programme, today)?.effectiveFrom,
  };
  return acts.reduce<PlanAct[]>(
    (placed, act) => {
      const from = days[act.kind];
      if (from === undefined || from >= act.from) return placed;
      const moved = inOrder(placed.map((one) => (one === act ? { ...act, from } : one)));
      return judge(actOn(known, moved, at), yesAt).answer === "yes" ? moved : placed;
    },
    [...acts],
  );
}

function inOrder(acts: readonly PlanAct[]): PlanAct[] {
  return acts.toSorted((a, b) => daysBetween(b.from, a.from));
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

/** A step whose act can be done today whenever its rule blocks; of a course that begins later, on its first day. */
function today(rule: string, kind: PlanAct["kind"], sentence: string): Step {
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

/** A step that serves one month. */
const month =
  (rule: string, kind: PlanAct["kind"], sentence: string): Step =>
  (the) =>
    the.blocked.has(rule) ? act(rule, kind, later(thisMonth(the), the.history.beginning.on), sentence) : null;

/** What time alone opens. */
const wait =
  (rule: string, sentence: string): Step =>
  ({ history, blocked }) => {
    const opensAt = blocked.get(rule)?.opensAt ?? null;
    return opensAt === null ? null : act(rule, "wait", dateIn(history.facts.clinic.zone, opensAt), sentence);
  };

const STEPS: readonly Step[] = [
  openCourse,
  chooseCategory,
  today("enrolment", "enrolment", "Enrol the patient in the programme, and record the number."),
  today("consents", "consent", "Have the forms signed."),
  today("guardian-consent", "consent", "Have a parent or guardian sign the forms too."),
  today("second-prescriber", "second-prescriber", "Have a second prescriber agree to the treatment."),
  recordContraception,
  answerDoubts,
  recordWhatIsOpen,
  today("screening-test", "pregnancy-test", "Take the first pregnancy test in a medical setting."),
  today("first-pick-up", "dispensing", "Record whether the capsules were collected."),
  month("counselling", "counselling", "Counsel the patient, and record it."),
  month("wellbeing-check", "wellbeing-check", "Ask about mood and sexual function, and record it."),
  wait("supply-overlap", "Wait until the last supply has run out or is about to."),
  wait("contraception-month", "Wait for the month of contraception."),
  takeTest,
  month("prescriber-confirmation", "prescriber-confirmation", "The prescriber confirms."),
  month("confirmation-window", "prescriber-confirmation", "The prescriber confirms."),
  today(
    "patient-questions",
    "patient-questions",
    "The patient answers the questions and enters both methods.",
  ),
  // A lapse in a programme without a confirmation, once its test is on record.
  today(
    "no-lapse-unhandled",
    "resume",
    "The prescriber agrees to the restart: record that treatment is resumed.",
  ),
];

function openCourse({ history }: Situation): PlanAct | "never" | null {
  const closed = closedBy(history);
  if (closed === null) return null;
  if (closed.by === "end") return "never";
  return closed.by === "hold" || closed.by === "dose-stop"
    ? act("course-open", "dose-decision", history.today, "Decide a dose at a visit, and sign it.")
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
  const pair = blocked.get("contraception-pair");
  // With methods on record only the medicines that might weaken them can be unknown.
  if (pair?.status === "unknown" && tests.unbroken.current !== null)
    return act(
      "contraception-pair",
      "medicines",
      history.today,
      "Ask which medicines are taken, and record them.",
    );
  if (pair === undefined && blocked.get("contraception-month")?.opensAt !== null) return null;
  return act(
    pair === undefined ? "contraception-month" : "contraception-pair",
    "contraception",
    history.today,
    "Record accepted methods, and from which day they are used.",
  );
}

/** A positive test, a missed period, a lapse: the test that answers it. */
function answerDoubts({ history, tests, blocked }: Situation): PlanAct | null {
  const sign = signOf(history);
  for (const rule of ["no-positive-test", "no-missed-period"])
    // A result that nobody can read is answered by a test, like one that stops.
    if (blocked.get(rule)?.status === "unknown" && (rule !== "no-positive-test" || sign === null))
      return sensitivity(rule, history);
  if (blocked.has("no-positive-test")) {
    const days = [...history.of["pregnancy-test"].filter(isDoubtful), sign].map((one) => one?.on);
    return act(
      "no-positive-test",
      "pregnancy-test",
      // The test that answers is of a later day than every doubt.
      days.includes(history.today) ? addDays(history.today, 1) : history.today,
      "Take a serum pregnancy test in a medical setting. It must be negative.",
    );
  }
  if (blocked.has("no-missed-period"))
    return act(
      "no-missed-period",
      "pregnancy-test",
      history.today,
      "Take a pregnancy test in a medical setting. It must be negative.",
    );
  return blocked.has("no-lapse-unhandled") ? answerLapse(history, tests) : null;
}

/** By now accepted methods are on record again: what is asked is the test of a later day. */
function answerLapse(history: History, tests: Tests): PlanAct | null {
  const rule = "no-lapse-unhandled";
  const lapse = lapseState(history, tests, rowOf(history.table, rule).clearedIn);
  if (lapse === null || lapse.tested === "met") return null;
  if (lapse.tested === "unknown") return sensitivity(rule, history);
  return act(
    rule,
    "pregnancy-test",
    later(history.today, addDays(lapse.lapse.on, 1)),
    "Take a pregnancy test in a medical setting. It must be negative.",
  );
}

function sensitivity(rule: string, history: History): PlanAct {
  return act(rule, "correction", history.today, "Record the sensitivity of the pregnancy test.");
}

function lacksSensitivity(test: PregnancyTest): boolean {
  return test.result === "negative" && test.sensitivity === null;
}

/** What an entry on record left open: a result, a sensitivity, the evidence of a home test, the last period. */
function recordWhatIsOpen({ history, tests, blocked }: Situation): PlanAct | null {
  if (tests.pending !== null)
    return act("test-in-window", "correction", history.today, "Record the result of the pregnancy test.");
  if (blocked.get("screening-test")?.status === "unknown") return sensitivity("screening-test", history);
  if (tests.window === null) return null;
  const { statuses } = tests.window;
  if (statuses.sensitivity === "unknown") return sensitivity("test-sensitivity", history);
  // An earlier test may be the first one of two, if only its sensitivity were known.
  if (history.of["pregnancy-test"].some(lacksSensitivity)) return sensitivity("screening-test", history);
  if (statuses.evidence === "unknown")
    return act(
      "home-test-evidence",
      "correction",
      history.today,
      "Record the kit, the code or photo, and who verified the home test.",
    );
  return statuses.menses === "unknown"
    ? act(
        "menses-days",
        "menstruation",
        history.today,
        "Record the last period and whether cycles are regular.",
      )
    : null;
}

function takeTest({ history, tests, blocked }: Situation): PlanAct | null {
  const { window } = tests;
  if (!blocked.has("test-in-window") && (window === null || !hasFaults(window))) return null;
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

// What an act means in the record.

/** The facts with one act recorded at `at`. */
function enacted(facts: ProgrammeFacts, the: PlanAct, at: Instant): ProgrammeFacts {
  if (the.kind === "medicines") return { ...facts, medicines: [] };
  // With a dose decided anew no hold or stop of a visit stands any more.
  if (the.kind === "dose-decision") return { ...facts, doses: [] };
  const { history, tests } = weigh(facts, at);
  if (history === null || tests === null) return facts;
  if (the.kind === "correction") {
    const put = (entries: readonly ProgrammeEntry[]) =>
      entries.map((one) => corrected(history, the.rule, one));
    const { elsewhere } = facts;
    return {
      ...facts,
      entries: put(facts.entries),
      ...(elsewhere === undefined
        ? {}
        : {
            elsewhere: {
              ...elsewhere,
              entries: put(elsewhere.entries),
              results: elsewhere.results.map((one) => reported(the.rule, one)),
            },
          }),
    };
  }
  const meant = ENTRIES[the.kind]?.({ base: { on: the.from, note: "" }, history, tests }) ?? [];
  return { ...facts, entries: [...facts.entries, ...recorded(facts, the, at, meant)] };
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

/** What is recorded: an act's day and note, and where the course stands then. */
type Meant = { base: { on: CalendarDate; note: string }; history: History; tests: Tests };

/** The entries that an act means. The other kinds are in no plan: they are bad news, end treatment, or are no entries. */
const ENTRIES: { readonly [K in PlanAct["kind"]]?: (meant: Meant) => ProgrammeEntryFields[] } = {
  "risk-category": ({ base, history }) => [categoryFields(base, history)],
  "category-agreement": ({ base, history }) =>
    history.categoryEntry === null
      ? []
      : [{ ...base, kind: "category-agreement", entryId: history.categoryEntry.id }],
  enrolment: ({ base }) => [{ ...base, kind: "enrolment", programmeNumber: "1" }],
  consent: ({ base, history }) =>
    rowOf(history.table, "consents")[history.category].map((form) => ({
      ...base,
      kind: "consent",
      form,
      formEdition: "",
      // A guardian’s signature beside that of an adult changes nothing.
      signer: "patient-and-guardian",
    })),
  "second-prescriber": ({ base }) => [{ ...base, kind: "second-prescriber", name: "A second prescriber" }],
  // Accepted by every programme.
  contraception: ({ base }) => [{ ...base, kind: "contraception", first: "iud-copper", second: "condom" }],
  // The last period that nobody recorded began on the day of the test; the next one begins in time.
  menstruation: ({ base, tests }) => [
    {
      ...base,
      on: tests.window?.statuses.menses === "unknown" ? tests.window.test.on : base.on,
      kind: "menstruation",
      cycle: "regular",
    },
  ],
  "pregnancy-test": ({ base, history }) => [
    {
      ...base,
      kind: "pregnancy-test",
      time: null,
      sample: "serum",
      setting: medicalSetting(history, base.on),
      sensitivity: rowOf(tableFor(history, base.on), "test-sensitivity").detects,
      result: "negative",
      readBy: "",
    },
  ],
  "patient-questions": ({ base, tests }) => {
    const { current } = tests.unbroken;
    if (current === null) return [];
    return [{ ...base, kind: "patient-questions", first: current.first, second: current.second }];
  },
  dispensing: ({ base, history }) => nothingCollected(base, history),
  "wellbeing-check": ({ base }) => [
    { ...base, kind: "wellbeing-check", mood: "asked", sexualFunction: "asked" },
  ],
  counselling: ({ base }) => [{ ...base, kind: "counselling", teachBack: "not-done" }],
  "prescriber-confirmation": ({ base }) => [{ ...base, kind: "prescriber-confirmation" }],
  resume: ({ base }) => [{ ...base, kind: "resume" }],
};

/** "Nothing collected" of the first prescription whose pick-up is not on record, on the day of the prescription itself. */
function nothingCollected(
  base: { on: CalendarDate; note: string },
  history: History,
): ProgrammeEntryFields[] {
  const index = history.prescriptions.findIndex(
    (one, place) => one.issuedOn >= history.beginning.on && outcomesOf(history, place).length === 0,
  );
  const prescription = history.prescriptions[index];
  if (prescription === undefined) return [];
  const { issuedOn, productId } = prescription;
  return [{ ...base, on: issuedOn, kind: "dispensing", capsules: 0, productId }];
}

function categoryFields(base: { on: CalendarDate; note: string }, history: History): ProgrammeEntryFields {
  const entry = history.categoryEntry;
  const { cannotBy } = rowOf(history.table, "category");
  const keep = entry?.category === "cannot" && cannotBy.includes(entry.criterion);
  return {
    ...base,
    kind: "risk-category",
    category: keep ? "cannot" : "can",
    criterion: keep ? entry.criterion : "default",
    evidence: "What was seen.",
    changeReason: "As the plan says.",
  };
}

/** A medical setting that the edition of that day accepts before the first dose: it counts at any time. */
function medicalSetting(history: History, on: CalendarDate): PregnancyTest["setting"] {
  const { beforeFirstDose } = rowOf(tableFor(history, on), "test-setting");
  return beforeFirstDose.includes("medical") ? "medical" : "clia-laboratory";
}

/** An hCG of the laboratory that was pending, reported as negative, if the correction is about what is pending. */
function reported(rule: string, one: LabResult): LabResult {
  return rule === "test-in-window" && hcgReading(one) === "pending" ? { ...one, text: "negative" } : one;
}

/** The entry with what it left open filled in, if it is a test that left open what the correction is about. */
function corrected(history: History, rule: string, one: ProgrammeEntry): ProgrammeEntry {
  if (one.kind !== "pregnancy-test") return one;
  const table = tableFor(history, one.on);
  if (rule === "test-in-window") return one.result === "pending" ? { ...one, result: "negative" } : one;
  if (rule === "home-test-evidence")
    return evidenceOf(history, table, one).status === "unknown"
      ? {
          ...one,
          home: {
            kitBrand: "",
            kitLot: "On the kit",
            kitExpiry: one.on,
            challengeCode: "",
            readAt: null,
            verifiedBy: "A nurse",
          },
          attachmentIds: ["A photo"],
        }
      : one;
  return lacksSensitivity(one) ? { ...one, sensitivity: rowOf(table, "test-sensitivity").detects } : one;
}
