/**
 * Who is due for what: the lines of Today for one course, and their order. What is due follows from the same findings as the
 * gate; a line never says something that the verdict would not.
 */
import {
  type CalendarDate,
  type Instant,
  addDays,
  dateIn,
  daysBetween,
  formatDay,
  isStillOpen,
  msOf,
} from "../calendar.ts";
import type { Role } from "../records/account.ts";
import type { CourseEnd } from "../records/course.ts";
import { type DueItem, type DueKind, dueItem, dueKind } from "../records/due.ts";
import { type Closed, closedBy } from "./course-closed.ts";
import type { DueFacts, OpenResult } from "./facts.ts";
import { type Finding, type Verdict, blocks } from "./finding.ts";
import { moment, nextTestInWords } from "./gate.ts";
import { type History, outcomesOf, restartAfter, waitingSupply, wasNotCollected } from "./history.ts";
import { labTest } from "./lab-tests.ts";
import { levelRank } from "./labs.ts";
import { begunWith, pickUpBy } from "./pick-up.ts";
import {
  type JudgedTest,
  type NextTest,
  type Tests,
  faultAfterTreatment,
  nextTest,
  supplyOpensOn,
  hasFaults,
} from "./pregnancy-tests.ts";
import { type Weighed, lastDoseOf, waitingForPickUp, weigh } from "./prescribing.ts";
import { testDoubt } from "./programme-lane.ts";
import { disagreementSentence, reconcile } from "./reconciliation.ts";
import { REPORTS, type Stop, stopOf, stopTasks } from "./stops.ts";

type Urgency = DueItem["urgency"];

const URGENCY: readonly Urgency[] = dueItem.shape.urgency.options;
const KINDS: readonly DueKind[] = dueKind.options;
const EVERYBODY: readonly Role[] = ["prescriber", "nurse", "reception"];
const CLINICAL: readonly Role[] = ["prescriber", "nurse"];
/** A window that closes within a day cannot wait; within three it should be seen. Hours. */
const CLOSING = { urgent: 24, soon: 72 };
/** How many days ahead a test is announced. */
const AHEAD = 7;
/** In milliseconds. */
const HOUR = 3_600_000;

/** The due items of one course at `at`, most urgent first; at most one per kind. Merge courses with `inOrder`. */
export function due(facts: DueFacts, at: Instant): DueItem[] {
  const today = dateIn(facts.clinic.zone, at);
  const weighed = weigh(facts, at);
  const items = [...deskItems(facts, today, weighed), ...programmeItems(facts, weighed)];
  return inOrder(items.filter((one): one is DueItem => one !== null));
}

/** Sorts due items of many courses for Today: urgency, kind, the day and hour it is due, then the course. */
export function inOrder<T extends DueItem>(items: readonly T[]): T[] {
  return [...items].sort(
    (a, b) =>
      URGENCY.indexOf(a.urgency) - URGENCY.indexOf(b.urgency) ||
      KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
      compareText(a.on, b.on) ||
      compareText(a.at ?? "", b.at ?? "") ||
      compareText(a.id, b.id),
  );
}

function compareText(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}

type Line = Pick<DueItem, "kind" | "urgency" | "sentence" | "on" | "act"> & {
  at?: Instant;
  roles: readonly Role[];
};

function item(facts: DueFacts, line: Line): DueItem {
  return {
    id: `${facts.course.id}:${line.kind}`,
    kind: line.kind,
    patientId: facts.patient.id,
    courseId: facts.course.id,
    urgency: line.urgency,
    sentence: line.sentence,
    on: line.on,
    at: line.at ?? null,
    roles: [...line.roles],
    act: line.act,
  };
}

function act(label: string, to: DueItem["act"]["to"], visitId: string | null = null): DueItem["act"] {
  return { label, to, visitId };
}

/** An act in the programme, with the form that it opens. */
function recordAct(label: string, record: DueItem["act"]["record"]): DueItem["act"] {
  return { label, to: "programme", visitId: null, record };
}

// What the visits and results ask for, whatever the programme.

function deskItems(facts: DueFacts, today: CalendarDate, weighed: Weighed): (DueItem | null)[] {
  return [
    moodItem(facts),
    redFlagItem(facts),
    resultItem(facts),
    visitItem(facts, today, weighed),
    unsignedItem(facts, today),
  ];
}

function moodItem(facts: DueFacts): DueItem | null {
  const alert = latestBy(facts.moodAlerts, (one) => one.on);
  return alert === null
    ? null
    : item(facts, {
        kind: "mood-alert",
        urgency: "urgent",
        sentence: alert.sentence,
        on: alert.on,
        roles: CLINICAL,
        act: act("Open the visit", "visit", alert.visitId),
      });
}

/** A red flag is urgent until a prescriber has signed the visit at which it was noted. Source: domain facts 5.1. */
function redFlagItem(facts: DueFacts): DueItem | null {
  const flags = facts.redFlags ?? [];
  const first = latestBy(flags, (one) => one.on);
  if (first === null) return null;
  const more = flags.length === 1 ? "" : ` And ${flags.length - 1} more.`;
  return item(facts, {
    kind: "red-flag",
    urgency: "urgent",
    sentence: `${first.name}: ${first.sentence}${more}`,
    on: first.on,
    roles: CLINICAL,
    act: act("Open the visit", "visit", first.visitId),
  });
}

/** How urgent a result of a level is; null where it asks for no act. */
const LEVEL_URGENCY: Readonly<Record<OpenResult["level"], Urgency | null>> = {
  urgent: "urgent",
  "stop-review": "today",
  act: "today",
  watch: "soon",
  info: null,
  none: null,
};

function resultItem(facts: DueFacts): DueItem | null {
  const open = facts.openResults.flatMap((one) => {
    const urgency = LEVEL_URGENCY[one.level];
    return urgency === null ? [] : [{ ...one, urgency }];
  });
  const worst = open.toSorted(
    (a, b) =>
      levelRank(b.level) - levelRank(a.level) ||
      compareText(b.collectedOn, a.collectedOn) ||
      compareText(a.id, b.id),
  )[0];
  if (worst === undefined) return null;
  const more = open.length === 1 ? "" : ` And ${open.length - 1} more.`;
  return item(facts, {
    kind: "abnormal-result",
    urgency: worst.urgency,
    sentence: `${worst.testName}, ${day(facts, worst.collectedOn)}: ${worst.sentence}${more}`,
    on: worst.collectedOn,
    roles: CLINICAL,
    act: act("Review the results", "labs"),
  });
}

/** What results and visits ask for, of which the programme's verdict says nothing; the names that their lines have. */
function openFindings(facts: DueFacts): string[] {
  const results = facts.openResults.map((one) => LEVEL_URGENCY[one.level]);
  return [
    ...(facts.moodAlerts.length === 0 ? [] : ["mood alert"]),
    ...((facts.redFlags ?? []).length === 0 ? [] : ["warning sign"]),
    ...(results.includes("urgent") || results.includes("today") ? ["abnormal result"] : []),
  ];
}

/** How a line says that the gate says yes, and where it leads: to what has to be seen first, where there is something. */
function prescribing(facts: DueFacts, when: string): { words: string; act: DueItem["act"] } {
  const first = openFindings(facts);
  return first.length === 0
    ? { words: `Can be prescribed ${when}`, act: act("Prescribe", "prescriptions") }
    : {
        words: `By the programme’s rules it can be prescribed ${when}, but see to the ${first.join(" and the ")} first`,
        act: act("Open the chart", "chart"),
      };
}

function visitItem(facts: DueFacts, today: CalendarDate, weighed: Weighed): DueItem | null {
  if (facts.course.end !== null && facts.course.end.endedOn <= today) return null;
  const { nextVisitOn, lastVisit } = facts;
  const line = { kind: "visit-due" as const, roles: EVERYBODY, act: act("Begin the visit", "new-visit") };
  if (nextVisitOn !== null) {
    if (nextVisitOn > today) return null;
    const late = daysBetween(nextVisitOn, today);
    return item(facts, {
      ...line,
      urgency: "today",
      sentence:
        late === 0
          ? "The visit is planned for today."
          : `The visit planned for ${day(facts, nextVisitOn)} is ${days(late)} late.`,
      on: nextVisitOn,
    });
  }
  // After a last dose only what is still owed is shown: nobody has to plan another visit.
  if (weighed.history !== null && lastDoseOf(weighed.history) !== null) return null;
  const from = lastVisit?.on ?? facts.course.decidedOn;
  const apart = weighed.history?.table.visits.to ?? null;
  if (apart === null || addDays(from, apart) > today) return null;
  return item(facts, {
    ...line,
    urgency: "soon",
    sentence:
      lastVisit === null
        ? `No visit is on record since isotretinoin was decided for on ${day(facts, from)}.`
        : `No next visit is planned; the last was on ${day(facts, from)}.`,
    on: addDays(from, apart),
  });
}

function unsignedItem(facts: DueFacts, today: CalendarDate): DueItem | null {
  const oldest = [...facts.unsignedVisits].sort(
    (a, b) => compareText(a.on, b.on) || compareText(a.id, b.id),
  )[0];
  if (!oldest) return null;
  const more = facts.unsignedVisits.length === 1 ? "" : ` And ${facts.unsignedVisits.length - 1} more.`;
  return item(facts, {
    kind: "visit-unsigned",
    urgency: oldest.on < today ? "today" : "later",
    sentence: `The visit of ${day(facts, oldest.on)} is not signed.${more}`,
    on: oldest.on,
    roles: ["prescriber"],
    act: act("Open to sign", "visit", oldest.id),
  });
}

// What the programme asks for.

function programmeItems(facts: DueFacts, weighed: Weighed): (DueItem | null)[] {
  const { history, tests, verdict } = weighed;
  if (history === null || tests === null) return [];
  const blocked = new Map(verdict.findings.filter(blocks).map((one) => [one.rule, one]));
  const { end } = facts.course;
  const closed = closedBy(history);
  const whatBecame = recordAct("Record what became of it", "dispensing");
  const forbidden = closed === null ? null : barredItem(facts, history, whatBecame);
  const over = closed === null ? null : overSince(history, closed, forbidden !== null);
  const after = over === null ? null : afterTreatment(facts, history, over);
  const stop = stopOf(facts, weighed);
  const urgent = stop !== null && stop.handled === null ? stopItem(facts, stop) : null;
  // After the end only what can still harm or is still owed is shown, and only while it can be.
  if (end !== null && end.endedOn <= history.today) {
    const harm = lastDoseOf(history) !== null && after === null ? null : urgent;
    return [harm ?? reportItem(facts, history, end), harm === null ? forbidden : null, after];
  }
  const site = siteItem(facts, history);
  if (urgent !== null) return [urgent, after, site];
  if (stop !== null && over?.by !== "last-dose")
    return [clearingItem(facts, history, stop), stop.trigger === "pregnancy" ? null : after, site];
  if (closed !== null) return [forbidden, after, site];
  const missed = missedItem(facts, history, tests);
  return [
    missed,
    closingItem(facts, history, tests, verdict.answer === "yes"),
    agreementItem(facts, history),
    enrolmentItem(facts, history, tests, blocked),
    wellbeingItem(facts, history, tests, blocked),
    prescriptionItem(facts, history, verdict, blocked),
    drawItem(facts, history, tests),
    site,
    ...(missed === null && waitingForPickUp(history)?.stands !== true
      ? testItems(facts, history, tests, blocked)
      : []),
  ];
}

/** A stop of which nobody has written down what was done: its checklist stays until somebody has. */
function stopItem(facts: DueFacts, stop: Stop): DueItem {
  const line = item(facts, {
    kind: "urgent-stop",
    urgency: "urgent",
    sentence: stop.sentence,
    on: stop.on,
    roles: CLINICAL,
    act: recordAct("Say what was done", "stop-handled"),
  });
  return { ...line, tasks: [...stopTasks(facts.course.programme, stop.trigger)] };
}

/** A stop that was dealt with still closes the gate: what opens it again, while there is something that does. */
function clearingItem(facts: DueFacts, history: History, stop: Stop): DueItem | null {
  if (stop.trigger === "pregnancy") return null;
  return item(facts, {
    kind: "test-due",
    urgency: "soon",
    sentence: stop.sentence,
    on: history.today,
    roles: CLINICAL,
    act: recordAct("Record the test", "pregnancy-test"),
  });
}

/** The site's latest look, where it says something else than the record. */
function siteItem(facts: DueFacts, history: History): DueItem | null {
  const site = history.of["programme-site"].at(-1);
  if (site === undefined) return null;
  const found = reconcile(facts, site, history.at);
  const first = found[0];
  if (first === undefined) return null;
  const more = found.length === 1 ? "" : ` And ${found.length - 1} more.`;
  return item(facts, {
    kind: "site-disagreement",
    urgency: first.urgent ? "urgent" : "today",
    sentence: `${disagreementSentence(first)}${more}`,
    on: site.on,
    roles: CLINICAL,
    act: act("Compare", "programme"),
  });
}

/** A change to "cannot become pregnant" of which no second person has said that it is right. Source: domain facts 1.3. */
function agreementItem(facts: DueFacts, history: History): DueItem | null {
  const entry = history.categoryEntry;
  if (entry === null || history.categoryLacks !== "agreement") return null;
  return item(facts, {
    kind: "agreement-missing",
    urgency: "today",
    sentence: `The category was changed on ${day(facts, entry.on)} by ${entry.recordedBy}: a second person must agree. Until then the stricter rules hold.`,
    on: entry.on,
    roles: CLINICAL,
    act: recordAct("Agree or not", "category-agreement"),
  });
}

/** Mood and sexual function, where the programme asks for them. Source: domain facts 2.1 (S23, S30). */
function wellbeingItem(
  facts: DueFacts,
  history: History,
  tests: Tests,
  blocked: ReadonlyMap<string, Finding>,
): DueItem | null {
  const finding = blocked.get("wellbeing-check");
  if (finding === undefined || isBeforeNextSupply(history)) return null;
  return item(facts, {
    kind: "wellbeing-missing",
    urgency: tests.window === null ? "soon" : "today",
    sentence: finding.sentence,
    on: history.today,
    roles: CLINICAL,
    act: recordAct("Record the answers", "wellbeing-check"),
  });
}

/** Steps before a prescription that have no line of their own for patients who cannot become pregnant. */
const WITHOUT_LINE = ["counselling", "prescriber-confirmation", "confirmation-window"] as const;

/**
 * The next prescription of a patient who cannot become pregnant, for whom no test opens a window: from the day on which it may
 * be issued, unless a planned visit comes in time for it.
 */
function prescriptionItem(
  facts: DueFacts,
  history: History,
  verdict: Verdict,
  blocked: ReadonlyMap<string, Finding>,
): DueItem | null {
  if (history.category === "can" || isBeforeNextSupply(history)) return null;
  const endsOn = supplyEndsOn(history);
  const visitOn = facts.nextVisitOn;
  if (visitOn !== null && visitOn <= (endsOn === null ? history.today : addDays(endsOn, 1))) return null;
  const missing = WITHOUT_LINE.flatMap((rule) => blocked.get(rule) ?? [])[0];
  const yes = verdict.answer === "yes";
  // What else is missing has its own line.
  if (!yes && missing === undefined) return null;
  const now = prescribing(
    facts,
    verdict.closesAt === null ? "now" : `until ${moment(history, verdict.closesAt)}`,
  );
  return item(facts, {
    kind: "prescription-due",
    urgency: endsOn !== null && endsOn <= history.today ? "today" : "soon",
    sentence: `${supplyInWords(facts, history)}${missing?.sentence ?? `${now.words}.`}`,
    on: endsOn ?? facts.course.decidedOn,
    roles: CLINICAL,
    act: yes ? now.act : act("See what is missing", "programme"),
  });
}

/** True while the last supply is too long for a new prescription. */
function isBeforeNextSupply(history: History): boolean {
  const opensOn = supplyOpensOn(history);
  return opensOn !== null && history.today < opensOn;
}

/** The last day of the last supply; null without one. */
function supplyEndsOn(history: History): CalendarDate | null {
  return history.lastSupply?.until ?? null;
}

/** A sentence and the space after it; empty without a supply. */
function supplyInWords(facts: DueFacts, history: History): string {
  const endsOn = supplyEndsOn(history);
  return endsOn === null
    ? ""
    : `The last supply ${endsOn < history.today ? "ended" : "lasts until"} ${day(facts, endsOn)}. `;
}

/** A blood draw whose day has come or comes within a week; before the first dose, from the beginning on. */
function drawItem(facts: DueFacts, history: History, tests: Tests): DueItem | null {
  const { draw = null } = facts;
  if (draw === null || draw.missing.length === 0) return null;
  if (draw.dueOn !== null && draw.dueOn > addDays(history.today, AHEAD)) return null;
  const names = draw.missing.map((id) => labTest(id)?.shortName ?? id).join(", ");
  // The draws of the schedule go with a visit; only the one before the first dose holds the start up.
  const urgency =
    draw.dueOn === null
      ? tests.window === null
        ? "soon"
        : "today"
      : draw.dueOn > history.today
        ? "later"
        : "soon";
  return item(facts, {
    kind: "draw-due",
    urgency,
    sentence: `${draw.sentence} Missing: ${names}.`,
    on: draw.dueOn ?? history.today,
    roles: CLINICAL,
    act: act("Enter the results", "labs"),
  });
}

function closingItem(facts: DueFacts, history: History, tests: Tests, yes: boolean): DueItem | null {
  const line = { kind: "window-closing" as const };
  const barred = barredItem(facts, history, act("See what is missing", "programme"));
  if (barred !== null) return barred;
  const waiting = waitingForPickUp(history);
  if (waiting?.stands === true)
    return item(facts, {
      ...line,
      ...closing(facts, history, waiting.by),
      sentence: `The capsules are not collected yet: the window closes ${moment(history, waiting.by)}, ${hoursLeft(history, waiting.by)}.`,
      roles: EVERYBODY,
      act: recordAct("Record the pick-up", "dispensing"),
    });
  const begun = waitingSupply(history) === null ? null : begunWith(history);
  if (begun !== null) {
    const by = pickUpBy(history);
    if (by === null || isStillOpen(by, history.at))
      return item(facts, {
        ...line,
        urgency: "soon",
        sentence: `The first dose of ${day(facts, begun)} is on record, its pick-up is not.`,
        on: begun,
        roles: CLINICAL,
        act: recordAct("Record the pick-up", "dispensing"),
      });
  }
  const window = tests.window;
  if (history.category === "cannot" || window === null || hasFaults(window)) return null;
  const now = prescribing(facts, "now");
  return item(facts, {
    ...line,
    ...closing(facts, history, window.closesAt),
    sentence: `${yes ? now.words : "Not prescribed yet"}: the window closes ${moment(history, window.closesAt)}, ${hoursLeft(history, window.closesAt)}.`,
    roles: CLINICAL,
    act: yes ? now.act : act("See what is missing", "programme"),
  });
}

function closing(
  facts: DueFacts,
  history: History,
  closesAt: Instant,
): Pick<Line, "urgency" | "on"> & { at: Instant } {
  const hours = hoursTo(history, closesAt);
  return {
    urgency: hours <= CLOSING.urgent ? "urgent" : hours <= CLOSING.soon ? "soon" : "later",
    on: dateIn(facts.clinic.zone, closesAt),
    at: closesAt,
  };
}

function hoursTo(history: History, closesAt: Instant): number {
  return (msOf(closesAt) - msOf(history.at)) / HOUR;
}

function hoursLeft(history: History, closesAt: Instant): string {
  const hours = Math.floor(hoursTo(history, closesAt));
  if (hours < 1) return "less than an hour left";
  return hours === 1
    ? "1 hour left"
    : hours < 48
      ? `${hours} hours left`
      : `${Math.floor(hours / 24)} days left`;
}

/** The close of the last prescription's window while no pick-up is on record. */
function uncollectedBy(history: History): Instant | null {
  return waitingSupply(history) === null ? null : pickUpBy(history);
}

function missedItem(facts: DueFacts, history: History, tests: Tests): DueItem | null {
  const line = { kind: "window-missed" as const, roles: CLINICAL, urgency: "today" as const };
  const by = uncollectedBy(history);
  if (by !== null && !isStillOpen(by, history.at)) {
    return item(facts, {
      ...line,
      // Once treatment is under way a forgotten entry is likelier than a forgotten month.
      urgency: history.onTreatment ? "soon" : "today",
      sentence: `The window closed ${moment(history, by)} and no pick-up is on record. Record it, or that nothing was dispensed.`,
      on: dateIn(facts.clinic.zone, by),
      at: by,
      act: recordAct("Record the pick-up", "dispensing"),
    });
  }
  if (history.category === "cannot" || tests.window !== null) return null;
  const left = wasNotCollected(history);
  const expired = tests.expired !== null && isMissed(history, tests.expired) ? tests.expired : null;
  const closedAt = expired?.closesAt ?? (left ? pickUpBy(history) : null);
  if (closedAt === null || isStillOpen(closedAt, history.at)) return null;
  return item(facts, {
    ...line,
    sentence: `The window closed ${moment(history, closedAt)} without a pick-up. ${nextTestInWords(history, tests)}`,
    on: dateIn(facts.clinic.zone, closedAt),
    at: closedAt,
    act: recordAct("Record the next test", "pregnancy-test"),
  });
}

/** Whether a window that has closed was one, and nobody took capsules in it: those of another clinic have no prescription here. */
function isMissed(history: History, expired: JudgedTest): boolean {
  return !hasFaults(expired) && !history.doses.some((one) => one.on >= expired.test.on);
}

/** Steps that are asked for before treatment or that can fall away during it, with what they are called in a list of them. */
const STEPS: readonly (readonly [rule: string, words: string])[] = [
  ["category", "risk category"],
  ["enrolment", "enrolment"],
  ["consents", "consents"],
  ["guardian-consent", "the guardian’s signature"],
  ["second-prescriber", "the second prescriber"],
  ["contraception-pair", "accepted contraception"],
];

function enrolmentItem(
  facts: DueFacts,
  history: History,
  tests: Tests,
  blocked: ReadonlyMap<string, Finding>,
): DueItem | null {
  const missing = STEPS.flatMap(([rule, words]) => (blocked.has(rule) ? [words] : []));
  // Until somebody says from when on the methods are used again no day counts, so that no test would come due.
  const { lapse } = tests.unbroken;
  const month = blocked.get("contraception-month");
  const lapsed =
    lapse === null || month === undefined || blocked.has("contraception-pair")
      ? null
      : { on: lapse.on, sentence: month.sentence };
  const line = {
    kind: "enrolment-incomplete" as const,
    urgency: tests.window === null ? ("soon" as const) : ("today" as const),
    on: history.facts.course.decidedOn,
    roles: CLINICAL,
  };
  if (missing.length > 0) {
    const all = lapsed === null ? missing : [...missing, "contraception again after the lapse"];
    return item(facts, {
      ...line,
      sentence: `Not complete: ${all.join(", ")}.`,
      act: act("Complete the steps", "programme"),
    });
  }
  return lapsed === null
    ? null
    : item(facts, { ...line, ...lapsed, act: recordAct("Record the methods", "contraception") });
}

function testItems(
  facts: DueFacts,
  history: History,
  tests: Tests,
  blocked: ReadonlyMap<string, Finding>,
): (DueItem | null)[] {
  if (history.category === "cannot") return [];
  const record = recordAct("Record the test", "pregnancy-test");
  if (tests.pending !== null)
    return [
      item(facts, {
        kind: "test-due",
        urgency: "today",
        sentence: `The pregnancy test of ${day(facts, tests.pending.on)} has no result yet.`,
        on: tests.pending.on,
        roles: CLINICAL,
        act: act("Record the result", tests.pending.of === "result" ? "labs" : "programme"),
      }),
    ];
  const window = tests.window;
  if (window !== null && !hasFaults(window)) return [stepItem(facts, history, window, blocked)];
  const next = nextTest(history, tests);
  const doubt = testDoubt(blocked);
  if (window !== null && doubt !== null && isNow(next, history.today))
    return [doubtItem(facts, window, doubt, next.to)];
  const line = { roles: CLINICAL, act: record };
  if (next.kind === "monthly") return [monthlyItem(facts, history, tests, line)];
  if (next.kind === "screening")
    return [
      item(facts, {
        ...line,
        kind: "test-due",
        urgency: "soon",
        sentence: nextTestInWords(history, tests),
        on: history.beginning.on,
      }),
    ];
  if (next.from === null || next.from > addDays(history.today, AHEAD)) return [];
  if (next.from > history.today)
    return [
      item(facts, {
        ...line,
        kind: "test-due",
        urgency: "later",
        sentence: nextTestInWords(history, tests),
        on: next.from,
      }),
    ];
  return [
    item(facts, {
      ...line,
      kind: "month-of-waiting-over",
      urgency: next.to === null ? "soon" : "today",
      sentence: `The month of waiting is over. ${nextTestInWords(history, tests)}`,
      on: next.to ?? next.from,
    }),
  ];
}

/** True if a test that counted would be one of these days, so that it matters why the last one does not. */
function isNow(next: NextTest, today: CalendarDate): boolean {
  return !next.nextPeriod && next.from !== null && next.from <= today;
}

/** A test within its window that does not count: by its place, its evidence or its sensitivity. `to`: as of `NextTest`. */
function doubtItem(facts: DueFacts, window: JudgedTest, doubt: Finding, to: CalendarDate | null): DueItem {
  const open = doubt.status === "unknown";
  const test = `The pregnancy test of ${day(facts, window.test.on)}`;
  const until = to === null ? "" : ` Another one counts until ${day(facts, to)}.`;
  return item(facts, {
    kind: "test-due",
    urgency: "today",
    sentence: open
      ? `${test} does not count yet. ${doubt.sentence} Correct the entry, or test again.${until}`
      : `${test} does not count. ${doubt.sentence}${until}`,
    on: to ?? window.test.on,
    roles: CLINICAL,
    act: open ? act("Correct the test", "programme") : recordAct("Record the test", "pregnancy-test"),
  });
}

function stepItem(
  facts: DueFacts,
  history: History,
  window: JudgedTest,
  blocked: ReadonlyMap<string, Finding>,
): DueItem | null {
  const confirmation = blocked.get("prescriber-confirmation");
  const questions = blocked.get("patient-questions");
  const line = { urgency: "today" as const, on: history.today, at: window.closesAt };
  if (confirmation)
    return item(facts, {
      ...line,
      kind: "confirmation-missing",
      sentence: confirmation.sentence,
      roles: ["prescriber"],
      act: recordAct("Confirm", "prescriber-confirmation"),
    });
  if (questions)
    return item(facts, {
      ...line,
      kind: "questions-missing",
      sentence: questions.sentence,
      roles: ["nurse"],
      act: recordAct("Record the answers", "patient-questions"),
    });
  return null;
}

function monthlyItem(
  facts: DueFacts,
  history: History,
  tests: Tests,
  line: Pick<Line, "roles" | "act">,
): DueItem | null {
  if (isBeforeNextSupply(history)) return null;
  const endsOn = supplyEndsOn(history) ?? history.today;
  return item(facts, {
    ...line,
    kind: "test-due",
    urgency: endsOn <= history.today ? "today" : "soon",
    sentence: `${supplyInWords(facts, history)}${nextTestInWords(history, tests)}`,
    on: endsOn,
  });
}

/** A prescription that waits and must not be dispensed; null without one. Why it must not is no business of the desk. */
function barredItem(facts: DueFacts, history: History, what: DueItem["act"]): DueItem | null {
  const waiting = waitingForPickUp(history);
  if (waiting === null || waiting.stands) return null;
  return item(facts, {
    kind: "window-closing",
    ...(waiting.by === null ? { on: history.today } : closing(facts, history, waiting.by)),
    urgency: "urgent",
    sentence: waiting.sentence,
    roles: CLINICAL,
    act: what,
  });
}

/** Since when treatment is over, and by what that is known: a last dose, or else the end or a stop of the course. */
type Over = Pick<Closed, "on" | "by">;

/** What closes a course so that its treatment is over, though no last dose is on record. */
const OVER_BY: readonly Closed["by"][] = ["end", "stop", "dose-stop"];

/**
 * Null while treatment goes on or may go on, and where nothing was ever taken. `waits`: the last prescription may still wait at
 * the pharmacy; any other of which nobody recorded what became of it may have been taken.
 */
function overSince(history: History, closed: Closed, waits: boolean): Over | null {
  const last = history.of["last-dose"].at(-1);
  if (last !== undefined && restartAfter(history, last) === null) return { on: last.on, by: "last-dose" };
  const unknown = history.prescriptions.filter(
    (one, at) => outcomesOf(history, at).length === 0 && !(waits && one === history.lastPrescription),
  );
  const taken = history.doses.length > 0 || unknown.length > 0;
  return taken && OVER_BY.includes(closed.by) ? closed : null;
}

/** The next pregnancy test that is owed after treatment, or the last dose that it is counted from; null when none is owed, or none soon. */
function afterTreatment(facts: DueFacts, history: History, over: Over): DueItem | null {
  const reason = facts.course.end?.reason;
  if (history.category === "cannot" || reason === "pregnancy" || reason === "transferred") return null;
  const tests = history.of["pregnancy-test"]
    .filter((one) => one.result === "negative")
    .map((one) => ({ on: one.on, fault: faultAfterTreatment(history, one) }));
  const owed = [...history.table.testsAfterLastDose.days]
    .map((days) => addDays(over.on, days))
    .filter((from) => !tests.some((one) => one.fault === "" && one.on >= from));
  const on = owed.findLast((from) => from <= history.today) ?? owed[0];
  if (on === undefined) return null;
  if (over.by === "stop" || over.by === "dose-stop") return lastDoseItem(facts, history, over);
  if (on > addDays(history.today, AHEAD)) return null;
  const failed = tests.findLast((one) => one.on >= on);
  const notCounted =
    failed === undefined ? "" : ` The test of ${day(facts, failed.on)} does not count: ${failed.fault}.`;
  return item(facts, {
    kind: "post-treatment-test",
    urgency: on <= history.today ? "today" : "later",
    sentence: `${owedInWords(facts, history, over, on)}${notCounted}`,
    on,
    roles: CLINICAL,
    act: recordAct("Record the test", "pregnancy-test"),
  });
}

function owedInWords(facts: DueFacts, history: History, over: Over, on: CalendarDate): string {
  const final = on !== over.on;
  const since = day(facts, over.on);
  if (over.by === "last-dose")
    return final
      ? `A pregnancy test is due one month after the last dose of ${since}: from ${day(facts, on)}.`
      : `A pregnancy test is due at the end of treatment: last dose ${since}.`;
  const missing = history.doses.length > 0 ? "the last dose" : "whether the capsules were collected";
  return `The course ended ${since}, and ${missing} is not on record: a pregnancy test is due ${
    final ? `one month after the end, from ${day(facts, on)}` : "at the end of treatment"
  }.`;
}

/** Treatment was stopped and nobody recorded the last dose, or whether anything was taken. */
function lastDoseItem(facts: DueFacts, history: History, { on }: Over): DueItem {
  const taken = history.doses.length > 0;
  const stopped = `Treatment was stopped on ${day(facts, on)}, and`;
  return item(facts, {
    kind: "post-treatment-test",
    urgency: "today",
    sentence: taken
      ? `${stopped} no last dose is on record. Record it: the pregnancy tests after treatment are counted from it.`
      : `${stopped} whether the capsules were collected is not on record. Record it: after treatment a pregnancy test is due.`,
    on,
    roles: CLINICAL,
    act: taken
      ? recordAct("Record the last dose", "last-dose")
      : recordAct("Record the pick-up", "dispensing"),
  });
}

/**
 * A course that ended for a pregnancy of a patient who took it, or may have, of which nobody recorded a report. Source: domain
 * facts 1.6.
 */
function reportItem(facts: DueFacts, history: History, end: CourseEnd): DueItem | null {
  if (end.reason !== "pregnancy") return null;
  const { of, doses, prescriptions } = history;
  const reported =
    of["pregnancy-report"].length > 0 || of["stop-handled"].some((one) => one.done.includes("reported"));
  const taken = doses.length > 0 || prescriptions.some((_, at) => outcomesOf(history, at).length === 0);
  if (reported || !taken) return null;
  return item(facts, {
    kind: "urgent-stop",
    urgency: "urgent",
    sentence: `The course ended for a pregnancy, and no report of it is on record. ${REPORTS[facts.course.programme]}.`,
    on: end.endedOn,
    roles: CLINICAL,
    act: recordAct("Record the report", "pregnancy-report"),
  });
}

function latestBy<T>(items: readonly T[], key: (one: T) => string): T | null {
  return [...items].sort((a, b) => compareText(key(b), key(a)))[0] ?? null;
}

function day(facts: DueFacts, date: CalendarDate): string {
  return formatDay(date, facts.clinic.dateStyle);
}

function days(count: number): string {
  return count === 1 ? "1 day" : `${count} days`;
}
