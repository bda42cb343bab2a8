/**
 * "Can isotretinoin be prescribed today?": the gate. A pure function of the facts and the time. The rules are in `gate.ts`,
 * their parameters in `programmes/`.
 */
import {
  type CalendarDate,
  type Instant,
  addDays,
  addMonths,
  dateIn,
  formatDate,
  formatDay,
  isStillOpen,
  later,
  startOfDay,
} from "../calendar.ts";
import { methodsInWords } from "./contraception.ts";
import { CLOSED_SENTENCES, type Closed, closedBy } from "./course-closed.ts";
import type { ProgrammeFacts } from "./facts.ts";
import { type Finding, type Verdict, blocks } from "./finding.ts";
import { type Asked, type Case, answerOf, firstThatBlocks, moment } from "./gate.ts";
import {
  type History,
  type Supply,
  historyAt,
  laterOn,
  onceFor,
  restartAfter,
  waitingSupply,
  wasNotCollected,
} from "./history.ts";
import { begunWith, pickUpBy } from "./pick-up.ts";
import { type Tests, hasFaults, nextTest, testsOf } from "./pregnancy-tests.ts";
import { PROGRAMME_NAMES, editionOn, nextEditionAfter } from "./programmes/editions.ts";
import {
  DISPENSE_RULES,
  ONLY_DISPENSE,
  type ProgrammeTable,
  RULES,
  type Row,
  type RuleId,
} from "./programmes/programme-table.ts";

/**
 * Judges whether a prescription may be issued at `at`, or, asked with `question: "dispense"`, whether the last one may still be
 * dispensed. The verdict's question is `start` until a first dose is on record, `prescribe` afterwards. Facts dated later
 * than `at` do not exist. Unknown blocks. Never throws on parsed records. The verdict has no plan: `planOf` makes one.
 */
export function judge(facts: ProgrammeFacts, at: Instant, asked: Asked = {}): Verdict {
  return weigh(facts, at, asked).verdict;
}

/** A verdict with what it was worked out from, for whoever needs both; the history and tests are null without a rule table. */
export type Weighed =
  | { verdict: Verdict; history: History; tests: Tests }
  | { verdict: Verdict; history: null; tests: null };

/** As `judge`, with its workings. */
export function weigh(facts: ProgrammeFacts, at: Instant, asked: Asked = {}): Weighed {
  const weighed = weighOnce(facts, at, asked);
  const { verdict } = weighed;
  if (verdict.answer === "yes") return weighed;
  // Time alone makes it yes only if every blocking finding opens, and if none closes before the last one has opened.
  const blocking = verdict.findings.filter(blocks);
  const opens = blocking.flatMap((one) => one.opensAt ?? []);
  if (opens.length < blocking.length) return weighed;
  const opensAt = opens.reduce((a, b) => later(a, b), at);
  return isYesAt(opensAt, facts, weighed.history, asked)
    ? { ...weighed, verdict: { ...verdict, opensAt } }
    : weighed;
}

/** Whether the answer will be yes at a later instant, by what is known in `history`. */
function isYesAt(at: Instant, facts: ProgrammeFacts, history: History | null, asked: Asked): boolean {
  const table = editionOn(facts.course.programme, dateIn(facts.clinic.zone, at));
  if (table === null) return false;
  const then = history === null ? historyAt(facts, table, at) : laterOn(history, table, at);
  return firstThatBlocks(rulesFor(asked), { history: then, tests: testsOf(then), asked }) === null;
}

function weighOnce(facts: ProgrammeFacts, at: Instant, asked: Asked): Weighed {
  const today = dateIn(facts.clinic.zone, at);
  const table = editionOn(facts.course.programme, today);
  if (table === null) return { verdict: withoutTable(facts, at, today, asked), history: null, tests: null };
  const history = historyAt(facts, table, at);
  const tests = testsOf(history);
  return { verdict: verdictOf({ history, tests, asked }), history, tests };
}

function verdictOf(the: Case): Verdict {
  const { history, asked } = the;
  const { table } = history;
  const ahead = aheadOf(the);
  const dispense = asked.question === "dispense";
  const findings = [editionFinding(table, history)];
  for (const rule of rulesFor(asked)) {
    const row = table.rules[rule];
    if (row !== null) findings.push(findingOf(rule, row, table, the, ahead));
  }
  const blocking = findings.filter(blocks);
  const [closesAt = null] = findings.flatMap((one) => one.closesAt ?? []).sort();
  const answer = blocking.length === 0 ? "yes" : "no";
  return {
    question: dispense ? "dispense" : history.onTreatment ? "prescribe" : "start",
    answer,
    edition: table.id,
    sentence: sentenceOf(history, blocking, closesAt, dispense),
    judgedAt: history.at,
    findings,
    opensAt: null,
    closesAt: answer === "yes" ? closesAt : null,
  };
}

/** The rules that are asked before a prescription, in the order of the table. */
const AT_PRESCRIBING = RULES.filter((rule) => !ONLY_DISPENSE.has(rule));
/** And those asked before it is dispensed. */
const AT_DISPENSING = RULES.filter((rule) => DISPENSE_RULES.has(rule));

function rulesFor({ question }: Asked): readonly RuleId[] {
  return question === "dispense" ? AT_DISPENSING : AT_PRESCRIBING;
}

function withoutTable(facts: ProgrammeFacts, at: Instant, today: CalendarDate, asked: Asked): Verdict {
  const { programme } = facts.course;
  const next = nextEditionAfter(programme, today);
  const opensAt = next === null ? null : startOfDay(facts.clinic.zone, next.effectiveFrom);
  const sentence =
    next === null
      ? "The rules of this programme are not enabled: a clinician must compare them with their source first. Nothing can be judged."
      : `There are no rules of this programme for a day before ${formatDate(next.effectiveFrom, facts.clinic.dateStyle)}.`;
  return {
    question: asked.question === "dispense" ? "dispense" : "start",
    answer: "no",
    edition: "none",
    sentence: `No. ${sentence}`,
    judgedAt: at,
    findings: [
      {
        rule: "edition",
        edition: "none",
        source: "Isochart has no enabled rule table for it",
        status: "unknown",
        datum: PROGRAMME_NAMES[programme],
        sentence,
        opensAt,
        closesAt: null,
      },
    ],
    opensAt: null,
    closesAt: null,
  };
}

function editionFinding(table: ProgrammeTable, history: History): Finding {
  const { dateStyle } = history.facts.clinic;
  const reviewed = history.facts.clinic.reviews?.[table.id];
  const review =
    reviewed === undefined || reviewed.on > history.today
      ? "Unreviewed: no clinician has compared these rules with their source yet."
      : `Reviewed by ${reviewed.by} on ${formatDate(reviewed.on, dateStyle)}.`;
  return {
    rule: "edition",
    edition: table.id,
    source: table.source,
    status: "met",
    datum: `${table.name}, from ${formatDate(table.effectiveFrom, dateStyle)}`,
    sentence: review,
    opensAt: null,
    closesAt: null,
  };
}

function findingOf(
  rule: RuleId,
  row: Row<object>,
  table: ProgrammeTable,
  the: Case,
  ahead: Ahead | null,
): Finding {
  const answer = answerOf(rule, row, the);
  const decided = answer.decidedBy ?? { edition: table.id, row };
  return {
    rule,
    edition: decided.row.edition ?? decided.edition,
    source: decided.row.source,
    status: answer.status,
    datum: answer.datum ?? null,
    sentence: answer.sentence,
    // What the specimen's own edition decided does not change with the next one.
    opensAt:
      answer.opensAt ??
      (blocks(answer) && answer.decidedBy === undefined ? opensWithNextEdition(rule, row, ahead) : null),
    closesAt: answer.closesAt ?? null,
  };
}

/** The next edition of the programme, and how a course will stand at the first instant of it: worked out once, when a rule asks. */
type Ahead = { table: ProgrammeTable; opensAt: Instant; the: () => Case };

function aheadOf({ history, asked }: Case): Ahead | null {
  const { facts, today } = history;
  const table = nextEditionAfter(facts.course.programme, today);
  if (table === null) return null;
  const opensAt = startOfDay(facts.clinic.zone, table.effectiveFrom);
  let known: Case | null = null;
  const the = (): Case => {
    if (known !== null) return known;
    const then = laterOn(history, table, opensAt);
    known = { history: then, tests: testsOf(then), asked };
    return known;
  };
  return { table, opensAt, the };
}

/** A rule that blocks may fall away when the next edition takes effect: then it opens at the start of that day. */
function opensWithNextEdition(rule: RuleId, row: Row<object>, ahead: Ahead | null): Instant | null {
  if (ahead === null) return null;
  const changed = ahead.table.rules[rule];
  if (changed === row) return null;
  if (changed === null) return ahead.opensAt;
  return blocks(answerOf(rule, changed, ahead.the())) ? null : ahead.opensAt;
}

function sentenceOf(
  history: History,
  blocking: readonly Finding[],
  closesAt: Instant | null,
  dispense: boolean,
): string {
  const first = blocking[0];
  if (first === undefined) return closesAt === null ? "Yes." : `Yes, until ${moment(history, closesAt)}.`;
  if (dispense || STOPS.has(first.rule)) return withCount(first, blocking.length - 1);
  const waiting = waitingForPickUp(history);
  if (waiting !== null)
    return waiting.stands
      ? `No: this month’s prescription is issued. ${waiting.sentence}`
      : `No. ${waiting.sentence}`;
  // While the last supply lasts, the steps of the next month are not due yet.
  const supply = byRule(blocking).get("supply-overlap");
  if (supply !== undefined) return withCount(supply, 0);
  const lead = blocking.find((one) => one.rule !== "counselling") ?? first;
  return withCount(lead, blocking.length - 1);
}

/** Each rule has one finding. */
function byRule(findings: readonly Finding[]): ReadonlyMap<string, Finding> {
  return new Map(findings.map((one) => [one.rule, one]));
}

function withCount(lead: Finding, more: number): string {
  return `No. ${lead.sentence}${more === 0 ? "" : ` And ${more} more.`}`;
}

/** Findings that stop everything; they stand first in every table. */
const STOPS: ReadonlySet<string> = new Set<RuleId>([
  "course-open",
  "no-pregnancy",
  "no-positive-test",
  "no-missed-period",
  "no-lapse-unhandled",
]);

/**
 * A prescription that waits at the pharmacy, until when it can be collected, and in a sentence whether it may be: `stands` is
 * false where it must not be dispensed any more, or not yet. Without a last day it is told of only then, while its capsules would last.
 */
type WaitingPrescription =
  | { by: Instant; stands: true; sentence: string }
  | { by: Instant | null; stands: false; sentence: string };

/** See `WaitingPrescription`; null when none waits that there is something to say of. */
export function waitingForPickUp(history: History): WaitingPrescription | null {
  const supply = waitingSupply(history);
  return supply === null ? null : onceFor(waiting, history, () => findWaiting(history, supply));
}
const waiting = new WeakMap<History, WaitingPrescription | null>();

function findWaiting(history: History, { until }: Supply): WaitingPrescription | null {
  // Who took the first dose has the capsules: only the pick-up's entry is missing.
  if (begunWith(history) !== null) return null;
  const by = pickUpBy(history);
  if (by === null ? until < history.today : !isStillOpen(by, history.at)) return null;
  const the: Case = { history, tests: testsOf(history), asked: { question: "dispense" } };
  const reason = firstThatBlocks(AT_DISPENSING, the);
  if (reason !== null)
    return {
      by,
      stands: false,
      sentence: `A prescription waits at the pharmacy: do not dispense it. ${reason.sentence}`,
    };
  return by === null
    ? null
    : { by, stands: true, sentence: `It can be collected until ${moment(history, by)}.` };
}

/**
 * Where a course stands in its programme, in short, for the chart's banner and for paper.
 * - `label`: two or three words (`Window open`, `Waiting month`, `Stop`).
 * - `tone`: how it is to be shown; icon and word carry the same.
 * - `pickUpBy`: last instant to collect an issued prescription, null when none waits.
 * - `windowOpensAt`, `windowClosesAt`: of the test whose window is open.
 * - `nextTestFrom`: earliest day on which the next pregnancy test counts, null when none is needed or it cannot be told.
 * - `protectUntil`: contraception and no blood donation until this day; null while the last dose is not on record.
 * - `contraception`: the methods in use, in words; null when none is on record or none is asked for.
 */
export type ProgrammeState = {
  label: string;
  tone: "good" | "neutral" | "warning" | "stop";
  sentence: string;
  windowOpensAt: Instant | null;
  windowClosesAt: Instant | null;
  pickUpBy: Instant | null;
  nextTestFrom: CalendarDate | null;
  protectUntil: CalendarDate | null;
  contraception: string | null;
};

/** See `ProgrammeState`. */
export function programmeState(facts: ProgrammeFacts, at: Instant): ProgrammeState {
  const { verdict, history, tests } = weigh(facts, at);
  if (history === null)
    return {
      label: "No rules yet",
      tone: "warning",
      sentence: verdict.sentence,
      windowOpensAt: null,
      windowClosesAt: null,
      pickUpBy: null,
      nextTestFrom: null,
      protectUntil: null,
      contraception: null,
    };
  const can = history.category === "can";
  const { current } = tests.unbroken;
  const stopped = verdict.findings.some((one) => blocks(one) && STOPS.has(one.rule));
  const window = can && !stopped ? tests.window : null;
  // A test that does not count opens no window.
  const open = window === null || hasFaults(window) ? null : window;
  const waiting = waitingForPickUp(history);
  const lastDose = lastDoseOf(history);
  return {
    ...labelOf(history, verdict, { open: open !== null, waiting, lastDose }),
    windowOpensAt: open === null ? null : startOfDay(facts.clinic.zone, open.test.on),
    windowClosesAt: open?.closesAt ?? null,
    pickUpBy: waiting?.stands === true ? waiting.by : null,
    nextTestFrom: !can || stopped || open !== null ? null : nextTest(history, tests).from,
    protectUntil: lastDose === null ? null : protectUntil(history.table, lastDose),
    contraception: can && current !== null ? methodsInWords(current) : null,
  };
}

/** Contraception and no blood donation until this day (domain facts 1.7): the later of the table's days and months. */
export function protectUntil(table: ProgrammeTable, lastDose: CalendarDate): CalendarDate {
  const { days, months } = table.protection;
  return later(addDays(lastDose, days), addMonths(lastDose, months));
}

/** The last dose on record, or the end of the course; null while treatment goes on, is resumed, or before it began. */
export function lastDoseOf(history: History): CalendarDate | null {
  const last = history.of["last-dose"].at(-1);
  if (last !== undefined && restartAfter(history, last) === null) return last.on;
  const { end } = history.facts.course;
  return end !== null && end.endedOn <= history.today && history.doses.length > 0 ? end.endedOn : null;
}

/** How the status reads while nothing is prescribed, by what closes the course. */
const CLOSED: Readonly<Record<Closed["by"], Pick<ProgrammeState, "label" | "tone">>> = {
  end: { label: "Ended", tone: "neutral" },
  "last-dose": { label: "Ended", tone: "neutral" },
  stop: { label: "Stopped", tone: "neutral" },
  "dose-stop": { label: "Stopped", tone: "neutral" },
  pause: { label: "Paused", tone: "warning" },
  hold: { label: "On hold", tone: "warning" },
};

function labelOf(
  history: History,
  verdict: Verdict,
  {
    open,
    waiting,
    lastDose,
  }: { open: boolean; waiting: WaitingPrescription | null; lastDose: CalendarDate | null },
): Pick<ProgrammeState, "label" | "tone" | "sentence"> {
  const blocked = byRule(verdict.findings.filter(blocks));
  const lapse = blocked.get("no-lapse-unhandled");
  const stop =
    blocked.get("no-pregnancy") ??
    blocked.get("no-positive-test") ??
    blocked.get("no-missed-period") ??
    // Unknown: only the sensitivity or the prescriber's word is missing.
    (lapse?.status === "unmet" ? lapse : undefined);
  if (stop) return { label: "Stop", tone: "stop", sentence: stop.sentence };
  const closed = closedBy(history);
  if (closed !== null) {
    const until =
      lastDose === null
        ? ""
        : ` Protect until ${formatDay(protectUntil(history.table, lastDose), history.facts.clinic.dateStyle)}.`;
    // It says why it must not be dispensed: that the course is closed.
    return { ...CLOSED[closed.by], sentence: `${waiting?.sentence ?? CLOSED_SENTENCES[closed.by]}${until}` };
  }
  if (verdict.answer === "yes")
    return { label: "Can be prescribed", tone: "good", sentence: verdict.sentence };
  if (waiting !== null)
    return waiting.stands
      ? { label: "To be collected", tone: "good", sentence: waiting.sentence }
      : { label: "Do not dispense", tone: "warning", sentence: waiting.sentence };
  const month = blocked.get("contraception-month");
  if (month && month.opensAt !== null)
    return { label: "Waiting month", tone: "neutral", sentence: month.sentence };
  if (open) return { label: "Window open", tone: "warning", sentence: verdict.sentence };
  if (history.category === "can" && wasNotCollected(history))
    return { label: "Window missed", tone: "warning", sentence: verdict.sentence };
  const supply = blocked.get("supply-overlap");
  if (supply?.status === "unmet") return { label: "On treatment", tone: "good", sentence: supply.sentence };
  return {
    label: history.onTreatment ? "Month due" : "Not ready",
    tone: "warning",
    sentence: verdict.sentence,
  };
}
