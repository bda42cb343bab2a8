/**
 * The clinic's record beside the programme's own site: every disagreement, with both sides and what to do. The site's word
 * decides what is dispensed, the record's what was done; nothing here changes either.
 *
 * About one chart in four disagreed with iPLEDGE in a published audit: 96 of 357, most of them a dose that the chart had
 * and iPLEDGE had not, the others the reverse (Cyrulnik 2016, S110, A).
 */
import {
  type CalendarDate,
  type Instant,
  EASTERN,
  addDays,
  dateIn,
  daysBetween,
  earlier,
  formatDate,
  instantIn,
} from "../calendar.ts";
import { lowered } from "../letter-case.ts";
import type { Disagreement, DisagreementKind } from "../records/disagreement.ts";
import { type ProgrammeEntryFields, isDose } from "../records/programme-entry.ts";
import { type EntryOf, inTime } from "./entries-in-order.ts";
import type { PrescriptionFact, ProgrammeFacts } from "./facts.ts";
import { type Verdict, blocks } from "./finding.ts";
import { type History, outcomesOf, waitingSupply } from "./history.ts";
import { pickUpBy } from "./pick-up.ts";
import type { Tests } from "./pregnancy-tests.ts";
import { lastDoseOf, weigh } from "./prescribing.ts";
import { DANGERS } from "./stops.ts";

/** What the site showed, with the instant at which somebody wrote it down. */
export type SiteEntry = Extract<ProgrammeEntryFields, { kind: "programme-site" }> & { recordedAt: Instant };

/** The latest look at the programme's site among a course's entries dated on or before `today`; null when nobody looked. */
export function latestSiteEntry(
  entries: ProgrammeFacts["entries"],
  today: CalendarDate,
): EntryOf<"programme-site"> | null {
  const looks = entries.filter(
    (one): one is EntryOf<"programme-site"> => one.kind === "programme-site" && one.on <= today,
  );
  return looks.toSorted(inTime).at(-1) ?? null;
}

/**
 * What the record and `site` disagree on, the gravest first; empty when they agree. The record is taken as it is known at `at`,
 * but only with what happened up to the day on which somebody looked at the site: what came later the site could not show.
 * What was recorded on that very day after the look is never missed there, but it answers what the site shows.
 */
export function reconcile(facts: ProgrammeFacts, site: SiteEntry, at: Instant): Disagreement[] {
  const { zone } = facts.clinic;
  const lookedAt = earlier(instantIn(zone, site.on, "23:59"), at);
  const { history, tests, verdict } = weigh(facts, lookedAt);
  if (history === null) return [];
  const the: Comparison = { history, tests, verdict, site, style: facts.clinic.dateStyle };
  if (site.status === "not-found") return notFound(the);
  const found = [
    ...enrolment(the),
    ...status(the),
    ...category(the),
    ...pickUps(the),
    ...steps(the),
    ...closing(the),
    ...whetherOngoing(the),
  ];
  return found.toSorted((a, b) => Number(b.urgent) - Number(a.urgent));
}

/** A disagreement in one sentence: both sides, then what to do. */
export function disagreementSentence(one: Disagreement): string {
  return `Here: ${one.here}. On the programme’s site: ${one.there}. ${one.toDo}`;
}

type Comparison = {
  history: History;
  tests: Tests;
  verdict: Verdict;
  site: SiteEntry;
  style: ProgrammeFacts["clinic"]["dateStyle"];
};

function differs(
  about: string,
  kind: DisagreementKind,
  here: string,
  there: string,
  toDo: string,
  urgent = false,
): Disagreement[] {
  return [{ about, kind, here, there, toDo, urgent }];
}

/** Recorded on the day of the look but after it: the site could not show it yet. */
function isAfterLook({ site }: Comparison, on: CalendarDate, recordedAt: Instant): boolean {
  return on === site.on && recordedAt > site.recordedAt;
}

function notFound(the: Comparison): Disagreement[] {
  const enrolled = the.history.of.enrolment.at(-1);
  if (enrolled === undefined || isAfterLook(the, enrolled.on, enrolled.recordedAt)) return [];
  return differs(
    "enrolment",
    "missed",
    `enrolled on ${day(the, enrolled.on)} with number ${enrolled.programmeNumber}`,
    "the patient is not found",
    "Check the number and the spelling of the name; if the patient is not enrolled, enrol again and correct the entry.",
  );
}

function enrolment(the: Comparison): Disagreement[] {
  if (the.history.of.enrolment.length > 0 || the.history.table.rules.enrolment === null) return [];
  return differs(
    "enrolment",
    "added",
    "no enrolment is on record",
    "the patient is known",
    "Record the enrolment with its number.",
  );
}

function status(the: Comparison): Disagreement[] {
  const { history, tests, verdict, site } = the;
  const danger = verdict.findings.find((one) => blocks(one) && DANGERS.has(one.rule));
  if (danger !== undefined && site.status === "qualified")
    return differs(
      "status",
      "status",
      `treatment is stopped (${lowered(danger.datum ?? danger.sentence)})`,
      "qualified to receive the drug",
      "Call the pharmacy: do not dispense. Then report on the site what stopped the treatment.",
      true,
    );
  const waiting = waitingSupply(history)?.prescription ?? null;
  if (
    site.status === "not-qualified" &&
    waiting !== null &&
    !isAfterLook(the, waiting.issuedOn, waiting.issuedAt)
  )
    return differs(
      "status",
      "status",
      `prescribed on ${day(the, waiting.issuedOn)} and not collected`,
      "not qualified",
      "The pharmacy will refuse it. See on the site which step it still asks for.",
    );
  if (site.status === "locked-out" && tests.missed === null && danger === undefined)
    return differs(
      "status",
      "status",
      "no missed first window is on record",
      "locked out",
      "Ask the programme why, and record the window that was missed.",
    );
  return [];
}

function category(the: Comparison): Disagreement[] {
  const { site, history } = the;
  if (site.category === null) return [];
  const here = history.categoryEntry;
  const there = site.category === "can" ? "can become pregnant" : "cannot become pregnant";
  if (here === null)
    return differs(
      "category",
      "category",
      "no risk category is on record",
      there,
      "Record the category with its criterion.",
    );
  if (here.category === site.category || isAfterLook(the, here.on, here.recordedAt)) return [];
  return differs(
    "category",
    "category",
    `${here.category === "can" ? "can become pregnant" : "cannot become pregnant"}, recorded on ${day(the, here.on)}`,
    there,
    "Treat as a patient who can become pregnant until it is settled. Change the side that is wrong, with the reason.",
    site.category === "cannot",
  );
}

type PickUp = EntryOf<"dispensing">;

function pickUps(the: Comparison): Disagreement[] {
  const { history, site } = the;
  const taken = history.of.dispensing.filter(isDose);
  const dispensedOn = site.dispensedOn;
  if (dispensedOn === null) return undated(the, taken.at(-1) ?? null);
  if (taken.some((one) => one.on === dispensedOn))
    return [...missedAfter(the, taken, dispensedOn), ...splitFill(the, dispensedOn)];
  const there = `dispensed on ${day(the, dispensedOn)}`;
  const index = history.prescriptions.findLastIndex((one) => one.issuedOn <= dispensedOn);
  const prescription = history.prescriptions[index];
  const outcomes = outcomesOf(history, index);
  const first = outcomes.find(isDose);
  if (first !== undefined && Math.abs(daysBetween(first.on, dispensedOn)) <= NEAR_DAYS)
    return [
      ...differs(
        "pick-up",
        "dates",
        `collected on ${day(the, first.on)}`,
        there,
        "Ask the pharmacy for the day, and correct the entry: the supply is counted from it.",
      ),
      ...splitFill(the, first.on),
    ];
  const over = lastDoseOf(history);
  if (over !== null && dispensedOn > over)
    return differs(
      "pick-up",
      "restarted",
      `the last dose was on ${day(the, over)}`,
      there,
      "Ask the patient and the pharmacy at once. If treatment goes on, record that it is resumed; if not, the capsules go back.",
      true,
    );
  if (prescription === undefined || first !== undefined || isStale(history, prescription, dispensedOn))
    return differs(
      "pick-up",
      "phoned-in",
      prescription === undefined
        ? "nothing was prescribed before that day"
        : `nothing was prescribed after ${day(the, prescription.issuedOn)}`,
      there,
      "Find out who prescribed it, by phone or elsewhere, and put it on record. If nobody here did, call the pharmacy.",
      true,
    );
  const none = outcomes.length > 0;
  return differs(
    "pick-up",
    "added",
    none
      ? `the prescription of ${day(the, prescription.issuedOn)} is recorded as not collected`
      : `no pick-up of the prescription of ${day(the, prescription.issuedOn)} is on record`,
    there,
    none
      ? "Ask the pharmacy; if it was dispensed, correct the entry."
      : "Record the pick-up with the site’s day.",
  );
}

/** A day written one or two off is the same pick-up. Two days: our own tolerance. */
const NEAR_DAYS = 2;

/** A prescription is not dispensed after the longest supply would have run out. */
function isStale(history: History, prescription: PrescriptionFact, on: CalendarDate): boolean {
  const { supply } = history.table.rules;
  return supply !== null && on >= addDays(prescription.issuedOn, supply.maxDays);
}

/** The site shows no day of a pick-up. */
function undated(the: Comparison, here: PickUp | null): Disagreement[] {
  const { history, site } = the;
  if (site.status === "dispensed") {
    const waiting = waitingSupply(history)?.prescription ?? null;
    if (waiting === null && here !== null) return [];
    return differs(
      "pick-up",
      "added",
      waiting === null
        ? "no pick-up is on record"
        : `no pick-up of the prescription of ${day(the, waiting.issuedOn)} is on record`,
      "dispensed",
      "Ask the pharmacy for the day and record the pick-up.",
    );
  }
  if (here === null || isAfterLook(the, here.on, here.recordedAt)) return [];
  // The month after a pick-up the site shows the next month's steps, and not the last pick-up any more.
  const nextMonth = site.testOn !== null && site.testOn > here.on;
  return nextMonth
    ? []
    : differs(
        "pick-up",
        "missed",
        `collected on ${day(the, here.on)}`,
        "nothing dispensed",
        "Ask the pharmacy whether the site authorised it. If it was not collected, void the entry and record that nothing was dispensed.",
      );
}

function missedAfter(the: Comparison, taken: readonly PickUp[], there: CalendarDate): Disagreement[] {
  const later = taken.findLast((one) => one.on > there && !isAfterLook(the, one.on, one.recordedAt));
  if (later === undefined) return [];
  return differs(
    "later-pick-up",
    "missed",
    `collected on ${day(the, later.on)}`,
    `last dispensed on ${day(the, there)}`,
    "Ask the pharmacy whether the site authorised it, or whether the prescription was given out in parts.",
  );
}

function splitFill(the: Comparison, on: CalendarDate): Disagreement[] {
  const { history, site } = the;
  const prescription = history.prescriptions.findLast((one) => one.issuedOn <= on);
  if (prescription === undefined || site.daysDispensed === null) return [];
  const less = site.daysDispensed < prescription.daysSupply;
  const more = site.daysDispensed > prescription.daysSupply;
  if (!less && !more) return [];
  return differs(
    "days",
    "split-fill",
    `${prescription.daysSupply} days prescribed on ${day(the, prescription.issuedOn)}`,
    `${site.daysDispensed} days dispensed`,
    less
      ? "The rest needs its own authorisation within the window. Ask the pharmacy, and record what was collected."
      : "More was dispensed than prescribed. Call the pharmacy.",
    more,
  );
}

/** Steps that stand on both sides with a day: the test, the confirmation, the patient's questions. */
function steps(the: Comparison): Disagreement[] {
  const { history, site } = the;
  if (!history.table.centralAuthorisation) return [];
  const confirmed = history.of["prescriber-confirmation"].at(-1) ?? null;
  const answered = history.of["patient-questions"].at(-1) ?? null;
  const found = [
    ...step(the, "confirmation", "the prescriber’s confirmation", confirmed, site.confirmedOn),
    ...(history.category === "cannot"
      ? []
      : step(the, "questions", "the patient’s questions", answered, site.questionsOn)),
  ];
  return [...found, ...test(the, confirmed)];
}

function step(
  the: Comparison,
  about: string,
  name: string,
  here: { on: CalendarDate; recordedAt: Instant } | null,
  there: CalendarDate | null,
): Disagreement[] {
  if (there === null) {
    if (here === null) return [];
    // After a pick-up the site begins the next month: only what has served no pick-up yet must stand there.
    const served = the.history.of.dispensing.some((one) => one.on >= here.on && isDose(one));
    if (served || isAfterLook(the, here.on, here.recordedAt)) return [];
    return differs(
      about,
      "missed",
      `${name} of ${day(the, here.on)} is on record`,
      "it shows none",
      "Without it nothing is dispensed: do it on the site, or void the entry.",
    );
  }
  if (here === null)
    return differs(
      about,
      "added",
      `${name} is not on record`,
      `it was done on ${day(the, there)}`,
      "Record it with the site’s day.",
    );
  const dates = (toDo: string): Disagreement[] =>
    differs(about, "dates", `${name} of ${day(the, here.on)}`, `of ${day(the, there)}`, toDo);
  if (here.on < there) return dates("Record the later one, or correct the day.");
  return here.on > there && !isAfterLook(the, here.on, here.recordedAt)
    ? dates("If this month’s is not on the site yet, do it there; else correct the day.")
    : [];
}

function test(the: Comparison, confirmed: EntryOf<"prescriber-confirmation"> | null): Disagreement[] {
  const { history, site } = the;
  if (history.category === "cannot" || site.testOn === null) return [];
  const tests = history.of["pregnancy-test"];
  const there = `specimen of ${day(the, site.testOn)}`;
  if (!tests.some((one) => one.on === site.testOn)) {
    const near = tests.at(-1);
    return differs(
      "test",
      near === undefined ? "added" : "dates",
      near === undefined ? "no pregnancy test is on record" : `the last specimen is of ${day(the, near.on)}`,
      there,
      "The window counts from the specimen’s day. Look at the laboratory’s paper and correct the side that is wrong.",
    );
  }
  if (confirmed === null || confirmed.on !== site.confirmedOn) return [];
  const used = tests.findLast((one) => one.on <= confirmed.on);
  if (used === undefined || used.on === site.testOn) return [];
  return differs(
    "test",
    "dates",
    `the confirmation of ${day(the, confirmed.on)} rests on the specimen of ${day(the, used.on)}`,
    there,
    "The site’s window counts from its own specimen: see which one was entered there.",
  );
}

/** The last day on which the pharmacy may give it out, as both sides reckon it. iPLEDGE reckons in US Eastern days (S26). */
function closing(the: Comparison): Disagreement[] {
  const { history, tests, site } = the;
  if (site.doNotDispenseAfter === null) return [];
  const closesAt = waitingSupply(history) === null ? (tests.window?.closesAt ?? null) : pickUpBy(history);
  if (closesAt === null) return [];
  const here = dateIn(EASTERN, closesAt);
  const longer = site.doNotDispenseAfter > here;
  const shorter = site.doNotDispenseAfter < here;
  if (!longer && !shorter) return [];
  return differs(
    "closing",
    "dates",
    `the window closes at the end of ${day(the, here)}`,
    `do not dispense after ${day(the, site.doNotDispenseAfter)}`,
    "The site’s date holds at the pharmacy. Compare the specimen’s day on both sides.",
    longer,
  );
}

function whetherOngoing(the: Comparison): Disagreement[] {
  const { history, site } = the;
  const over = lastDoseOf(history);
  if (site.status === "inactive" && over === null && history.onTreatment)
    return differs(
      "course",
      "restarted",
      "treatment goes on",
      "inactive",
      "A break of a month makes the programme begin anew: ask what it asks for before the next prescription.",
    );
  if (over !== null && site.status === "qualified")
    return differs(
      "course",
      "restarted",
      `the last dose was on ${day(the, over)}`,
      "qualified to receive the drug",
      "Report the end of treatment on the site, so that nothing more is dispensed.",
      true,
    );
  return [];
}

function day(the: Comparison, date: CalendarDate): string {
  return formatDate(date, the.style);
}
