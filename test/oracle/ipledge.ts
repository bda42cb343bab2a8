/**
 * The iPLEDGE rules a second time, naively: written from section 1 of the domain facts, for a clinician to read, with loops over
 * days and entries and one plain function per rule. It shares no code with `#shared/rules`; `compare.ts` asks both.
 *
 * Two words: a *start* is the stretch from the decision for isotretinoin (or from whatever makes everything begin anew) on. A *fresh*
 * step is one dated after the day of the last prescription.
 */
import type { ProgrammeEntry, ProgrammeEntryKind } from "#shared/records/programme-entry.ts";
import type { LabResult } from "#shared/records/lab-result.ts";
import type { ProgrammeFacts } from "#shared/rules/facts.ts";
import { type Day, type Wall, dateOf, dayOf, easternMidnightAfter, wall } from "./days.ts";

/** What a rule says; null when the edition does not know the rule. */
export type Status = "met" | "unmet" | "unknown" | "not-applicable" | null;
type Of<K extends ProgrammeEntryKind> = Extract<ProgrammeEntry, { kind: K }>;
type Test = Of<"pregnancy-test">;

type Prescription = {
  id: string;
  day: Day;
  issuedAt: number;
  daysSupply: number;
  productId: string;
  /** Capsules prescribed; null when the facts do not say. */
  capsules: number | null;
};

/** What can be known at one minute. */
type Chart = {
  facts: ProgrammeFacts;
  at: number;
  today: Day;
  /** Everything that had happened by then, the earliest first. */
  entries: ProgrammeEntry[];
  prescriptions: Prescription[];
  category: "can" | "cannot";
  start: Day;
  /** What made everything begin anew, where it is not the decision that this start counts from. */
  anew: Anew | null;
  /** Prescriptions of this start. */
  ofStart: Prescription[];
  /** The test that this prescription rests on, and the first test of this start. */
  screening: Test | null;
  test: Test | null;
  /** Tests of this start that opened a window. */
  opened: Test[];
  daysSupply: number | null;
};

/** `known`: when it was written down. */
type Anew = { day: Day; because: "lapse" | "category" | "break"; known: number };

const NEW_EDITION = dayOf("2026-11-15");
const DISCRETION = dayOf("2023-10-03");

function chartAt(facts: ProgrammeFacts, at: number, daysSupply: number | null): Chart {
  const now = wall(facts.clinic.zone, at);
  const anHourAgo = wall(facts.clinic.zone, at - 60 * 60_000);
  const today = now.day;
  const told = ["missed-period", "contraception-lapse"];
  const entries = [...facts.entries, ...otherCourses(facts).filter((one) => told.includes(one.kind))]
    .filter((one) => hasHappened(one, now, anHourAgo))
    .sort(earliestFirst);
  const prescriptions = facts.prescriptions
    .filter((one) => Date.parse(one.issuedAt) <= at)
    .map((one) => ({
      id: one.id,
      day: dayOf(one.issuedOn),
      issuedAt: Date.parse(one.issuedAt),
      daysSupply: one.daysSupply,
      productId: one.productId,
      capsules: capsulesOf(one),
    }))
    .sort((a, b) => a.issuedAt - b.issuedAt || (a.id < b.id ? -1 : 1));
  const chart: Chart = {
    facts,
    at,
    today,
    entries,
    prescriptions,
    category: "can",
    start: 0,
    anew: null,
    ofStart: [],
    screening: null,
    test: null,
    opened: [],
    daysSupply,
  };
  chart.category = categoryAfter(chart, all(chart, "risk-category").length);
  chart.anew = anewOf(chart);
  chart.start = chart.anew?.day ?? dayOf(facts.course.decidedOn);
  chart.ofStart = prescriptions.filter((one) => one.day >= chart.start && isOfStart(chart, one));
  chart.screening = screeningOf(chart);
  chart.opened = openedOf(chart);
  chart.test = testOf(chart);
  return chart;
}

/** What the patient's other courses know, of the forty weeks before the decision and since: an older pregnancy is over. */
function otherCourses(facts: ProgrammeFacts): ProgrammeEntry[] {
  const from = dayOf(facts.course.decidedOn) - 280;
  return (facts.elsewhere?.entries ?? []).filter((one) => dayOf(one.on) >= from);
}

/** Tests of any course, the earliest first, and hCG of the laboratory, that nobody has read yet: their days. */
function waitedFor(chart: Chart): Day[] {
  const theirs = otherCourses(chart.facts).filter((one) => dayOf(one.on) <= chart.today);
  const from = dayOf(chart.facts.course.decidedOn) - 280;
  const laboratory = (chart.facts.elsewhere?.results ?? [])
    .filter((one) => laboratorySays(one) === "nothing yet" && dayOf(one.collectedOn) >= from)
    .map((one) => dayOf(one.collectedOn));
  const tests = [...chart.entries, ...theirs].filter(
    (one) => one.kind === "pregnancy-test" && one.result === "pending",
  );
  return [...tests.map((one) => dayOf(one.on)), ...laboratory];
}

/** Capsules a day, times the days. */
function capsulesOf(prescription: ProgrammeFacts["prescriptions"][number]): number | null {
  let aDay = 0;
  for (const one of prescription.capsules ?? []) aDay += one.morning + one.evening;
  return aDay === 0 ? null : aDay * prescription.daysSupply;
}

/** Whether there is a minute at or before now in which the clinic's clock showed the entry's day and hour. */
function hasHappened(entry: ProgrammeEntry, now: Wall, anHourAgo: Wall): boolean {
  const day = dayOf(entry.on);
  if (day !== now.day) return day < now.day;
  // A warning counts all day: a positive or pending test is not waited for.
  const time = entry.kind === "pregnancy-test" && entry.result !== "negative" ? "00:00" : hourOf(entry);
  if (time <= now.time) return true;
  // Clocks that were set back within the last hour have shown later hours already.
  return anHourAgo.day === day && time <= anHourAgo.time && anHourAgo.time > now.time;
}

/** A test is taken at its hour, else at the beginning of its day, like everything else. */
function hourOf(entry: ProgrammeEntry): string {
  return entry.kind === "pregnancy-test" ? (entry.time ?? "00:00") : "00:00";
}

function earliestFirst(a: ProgrammeEntry, b: ProgrammeEntry): number {
  if (a.on !== b.on) return a.on < b.on ? -1 : 1;
  if (hourOf(a) !== hourOf(b)) return hourOf(a) < hourOf(b) ? -1 : 1;
  if (a.recordedAt !== b.recordedAt) return a.recordedAt < b.recordedAt ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

function all<K extends ProgrammeEntryKind>(chart: Chart, kind: K): Of<K>[] {
  return chart.entries.filter((one): one is Of<K> => one.kind === kind);
}

function latest<K extends ProgrammeEntryKind>(chart: Chart, kind: K): Of<K> | null {
  return all(chart, kind).at(-1) ?? null;
}

function lastPrescription(chart: Chart): Prescription | null {
  return chart.prescriptions.at(-1) ?? null;
}

/** Steps count for the next prescription if they are dated after the day of the last one. */
function isFresh(chart: Chart, day: Day): boolean {
  return day >= chart.start && isSinceLastPrescription(chart, day);
}

function isSinceLastPrescription(chart: Chart, day: Day): boolean {
  const last = lastPrescription(chart);
  return last === null || day > last.day;
}

// ── When everything begins ─────────────────────────────────────────────────────────────────────────────────────────────────

/** The last thing since the decision that made everything begin anew, or null; of one day what asks for most. Domain facts 1.6. */
function anewOf(chart: Chart): Anew | null {
  const decided = dayOf(chart.facts.course.decidedOn);
  const found: Anew[] = [];
  const add = (because: Anew["because"], entry: ProgrammeEntry, day = dayOf(entry.on)) => {
    if (day >= decided) found.push({ day, because, known: Date.parse(entry.recordedAt) });
  };
  for (const one of categoriesAnew(chart)) add("category", one.entry, Math.max(decided, dayOf(one.entry.on)));
  for (const one of restarts(chart)) add("break", one);
  for (const one of chart.entries) if (isLapse(chart, one)) add("lapse", one);
  let last: Anew | null = null;
  for (const one of found) {
    if (last === null || one.day > last.day) last = one;
    else if (one.day === last.day) last = { ...one, known: Math.max(one.known, last.known) };
  }
  return last;
}

/**
 * Contraception was stopped or missed, there was unprotected contact, or methods came into use that are no two accepted ones (domain
 * facts 1.6: contraception must have continued), when isotretinoin had been prescribed or taken already, or before a prescription of the
 * month after it by somebody who had not been told. It is asked of no patient who cannot become pregnant (domain facts 1.5).
 */
function isLapse(chart: Chart, entry: ProgrammeEntry): boolean {
  if (chart.category === "cannot") return false;
  const isBroken =
    entry.kind === "contraception-lapse" ||
    (entry.kind === "contraception" && pairStatus(entry.first, entry.second) !== "met");
  if (!isBroken) return false;
  const day = dayOf(entry.on);
  return (
    doses(chart).some((one) => one <= day) ||
    chart.prescriptions.some(
      (one) => one.day <= day || (one.issuedAt < Date.parse(entry.recordedAt) && one.day < day + 30),
    )
  );
}

/**
 * The entry that changed the category from "cannot" to "can" last. Where "can" was said from the beginning, but only after something had been
 * prescribed, that entry: what was prescribed before was not prescribed for a patient who can.
 */
function categoriesAnew(chart: Chart): { entry: ProgrammeEntry }[] {
  const said = all(chart, "risk-category");
  const changes = said.filter(
    (_one, index) => categoryAfter(chart, index) === "cannot" && categoryAfter(chart, index + 1) === "can",
  );
  const change = changes.at(-1);
  if (change !== undefined)
    return dayOf(change.on) < dayOf(chart.facts.course.decidedOn) ? [] : [{ entry: change }];
  const first = said.find((one) => categoryOf(one) === "can");
  if (first === undefined || chart.category === "cannot") return [];
  return chart.prescriptions.some((one) => one.issuedAt < Date.parse(first.recordedAt))
    ? [{ entry: first }]
    : [];
}

/** What took treatment up again, a decision to resume or a dose, more than 30 days after a last dose or a stop. */
function restarts(chart: Chart): ProgrammeEntry[] {
  const ends = chart.entries.filter((one) => one.kind === "last-dose" || one.kind === "treatment-stop");
  return ends.flatMap((last) => {
    const days = chart.entries.filter((one) => takesUpAfter(one, last));
    const again = days.find((one) => one.kind === "resume" && one.on === days[0]?.on) ?? days[0];
    return again !== undefined && dayOf(again.on) > dayOf(last.on) + 30 ? [again] : [];
  });
}

/**
 * A prescription belongs to a new start if whoever issued it knew what made everything begin anew. Treatment that had been resumed for
 * days, and contraception that was back for a month, need not be known for a prescription to be of the new start.
 */
function isOfStart(chart: Chart, prescription: Prescription): boolean {
  const { anew } = chart;
  if (anew === null || prescription.issuedAt >= anew.known) return true;
  if (anew.because === "category") return false;
  return prescription.day >= anew.day + (anew.because === "lapse" ? 30 : 1);
}

/** A decision to resume, of a later day than the end or written down no earlier on its day, or a dose of a later day. */
function takesUpAfter(entry: ProgrammeEntry, end: ProgrammeEntry): boolean {
  if (entry.kind !== "resume") return isDose(entry) && entry.on > end.on;
  return entry.on > end.on || (entry.on === end.on && entry.recordedAt >= end.recordedAt);
}

/** Days on which a dose was taken or collected. A dispensing of 0 capsules says that nothing was collected. */
function doses(chart: Chart): Day[] {
  return chart.entries.filter(isDose).map((one) => dayOf(one.on));
}

function isDose(entry: ProgrammeEntry): boolean {
  return entry.kind === "first-dose" || (entry.kind === "dispensing" && entry.capsules !== 0);
}

/**
 * Whether treatment had begun by a day. When everything began anew, capsules left over are no beginning: a prescription of this start
 * must have come first.
 */
function dosedBy(chart: Chart, day: Day): boolean {
  const first = chart.ofStart[0];
  return doses(chart).some(
    (one) => one <= day && (chart.anew === null || (first !== undefined && one >= first.day)),
  );
}

// ── Course and stops ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** An edition holds on the day of the question: the first one that is carried took effect on 13 Dec 2021. */
function edition(chart: Chart): Status {
  return chart.today >= dayOf("2021-12-13") ? "met" : "unmet";
}

/** The course is open, not paused, not held, not ended. */
function courseOpen(chart: Chart): Status {
  const { end } = chart.facts.course;
  if (end !== null && dayOf(end.endedOn) <= chart.today) return "unmet";
  for (const halt of ["pause", "treatment-stop"]) {
    // Of one day, what was recorded first came first.
    const last = chart.entries.filter((one) => one.kind === halt || one.kind === "resume").at(-1);
    if (last?.kind === halt) return "unmet";
  }
  const lastDose = latest(chart, "last-dose");
  if (lastDose !== null && !chart.entries.some((one) => takesUpAfter(one, lastDose))) return "unmet";
  const decided = chart.facts.doses
    .filter((one) => dayOf(one.on) <= chart.today && one.action !== "not-yet")
    .sort((a, b) => dayOf(a.on) - dayOf(b.on))
    .at(-1);
  if (decided?.action === "hold" || decided?.action === "stop")
    // The prescriber takes it back by a dose at a later visit, or by a resumption of a later day.
    return all(chart, "resume").some((one) => one.on > decided.on) ? "met" : "unmet";
  return "met";
}

function noPregnancy(chart: Chart): Status {
  return latest(chart, "pregnancy") === null ? "met" : "unmet";
}

/**
 * A positive or indeterminate test is answered only by a later negative blood test in a medical setting; so is what the laboratory
 * or another course says of a pregnancy. Domain facts 1.6.
 */
function noPositiveTest(chart: Chart): Status {
  return worst([ownTests(chart), signsElsewhere(chart)]);
}

/**
 * hCG below 5 mIU/mL is negative, 5 to 24 in doubt, from 25 on positive (domain facts 3.1); that it is under a limit of 25 or less is what a
 * kit says that the programme accepts. Numbers in other units, numbers that leave it open, and words that are not in the list say
 * nothing that could be called negative.
 */
function laboratorySays(result: LabResult): "negative" | "in doubt" | "not readable" | "nothing yet" {
  const { value, comparator, unit } = result;
  if (value === null) {
    const word = result.text.toLowerCase();
    if (word === "" || word === "pending") return "nothing yet";
    if (["negative", "neg", "non-reactive", "not detected"].includes(word)) return "negative";
    return ["positive", "indeterminate", "weakly reactive"].includes(word) ? "in doubt" : "not readable";
  }
  if (unit !== "m[IU]/mL" && unit !== "[IU]/L") return "not readable";
  switch (comparator) {
    case null:
      return value >= 5 ? "in doubt" : "negative";
    case "<":
      return value <= 25 ? "negative" : "not readable";
    case "<=":
      return value < 25 ? "negative" : "not readable";
    case ">":
    case ">=":
      return value >= 5 ? "in doubt" : "not readable";
  }
}

/**
 * hCG results of the laboratory, and pregnancies, doubtful tests and ends because of a pregnancy of other courses, since 40 weeks before the
 * decision. They stop whatever their day, for a clock may be behind. A result of the day of a doubtful test of this course
 * is that test, if both are of urine or both of blood. A negative test of a later day answers them, of this course or another, that has been taken by now and is sensitive enough.
 */
function signsElsewhere(chart: Chart): Status {
  const { results, courses = [] } = chart.facts.elsewhere ?? { results: [] };
  const entries = otherCourses(chart.facts);
  const isDoubtful = (one: ProgrammeEntry) =>
    one.kind === "pregnancy-test" && (one.result === "positive" || one.result === "indeterminate");
  const days: { on: string; status: Status }[] = [];
  for (const one of results) {
    const says = laboratorySays(one);
    if (says === "negative" || says === "nothing yet") continue;
    const ofDay = all(chart, "pregnancy-test").filter((test) => test.on === one.collectedOn);
    // A negative test of the day answers the doubtful one by its hour; the result has none.
    const isOwn =
      ofDay.every((test) => test.result !== "negative") &&
      ofDay.some(
        (test) => isDoubtful(test) && test.sample === (one.testId === "hcg-urine" ? "urine" : "serum"),
      );
    if (!isOwn) days.push({ on: one.collectedOn, status: says === "in doubt" ? "unmet" : "unknown" });
  }
  for (const one of entries)
    if (one.kind === "pregnancy" || isDoubtful(one)) days.push({ on: one.on, status: "unmet" });
  for (const { end } of courses)
    if (end?.reason === "pregnancy") days.push({ on: end.endedOn, status: "unmet" });
  const answers = [...chart.entries, ...entries.filter((one) => dayOf(one.on) <= chart.today)].filter(
    (one) =>
      one.kind === "pregnancy-test" &&
      one.result === "negative" &&
      one.sample === "serum" &&
      one.setting !== "home" &&
      sensitivityOf(one) === "met",
  );
  const from = dayOf(chart.facts.course.decidedOn) - 280;
  return worst(
    days
      .filter((sign) => dayOf(sign.on) >= from && !answers.some((one) => one.on > sign.on))
      .map((sign) => sign.status),
  );
}

function ownTests(chart: Chart): Status {
  const tests = all(chart, "pregnancy-test");
  const doubts = tests.filter((one) => one.result === "positive" || one.result === "indeterminate");
  const answered = doubts.map((doubt) =>
    best(
      tests
        .filter(
          (one) =>
            isKnownLater(one, doubt) &&
            one.result === "negative" &&
            one.sample === "serum" &&
            one.setting !== "home",
        )
        .map(sensitivityOf),
    ),
  );
  return worst(answered);
}

/** Unmet if one is unmet, else unknown if one is unknown, else met. */
function worst(statuses: readonly Status[]): Status {
  if (statuses.includes("unmet")) return "unmet";
  return statuses.includes("unknown") ? "unknown" : "met";
}

/** Met if one is met, else unknown if one is unknown, else unmet. */
function best(statuses: readonly Status[]): Status {
  if (statuses.includes("met")) return "met";
  return statuses.includes("unknown") ? "unknown" : "unmet";
}

/** At least 25 mIU/mL: the test shows 25 or fewer. */
function sensitivityOf(test: Test): Status {
  if (test.sensitivity === null) return "unknown";
  return test.sensitivity <= 25 ? "met" : "unmet";
}

/** Of two tests of one day the later is known only if both have their hour. */
function isKnownLater(one: Test, other: Test): boolean {
  if (one.on !== other.on) return one.on > other.on;
  return one.time !== null && other.time !== null && one.time > other.time;
}

function noMissedPeriod(chart: Chart): Status {
  if (chart.category === "cannot") return "not-applicable";
  const theirs = otherCourses(chart.facts).filter((one): one is Test => one.kind === "pregnancy-test");
  const answered = all(chart, "missed-period").map((missed) => {
    const answers = [...all(chart, "pregnancy-test"), ...theirs].filter(
      (one) =>
        dayOf(one.on) <= chart.today &&
        one.on >= missed.on &&
        one.result === "negative" &&
        one.setting !== "home",
    );
    return best(answers.map(sensitivityOf));
  });
  return worst(answered);
}

/**
 * A stop of contraception or unprotected contact, once isotretinoin has been prescribed or taken, stops everything until accepted
 * methods are in use again, a negative test in a medical setting was taken on a later day, and the prescriber, who knows of it, has agreed
 * on a later day.
 */
function noLapseUnhandled(chart: Chart): Status {
  if (chart.category === "cannot") return "not-applicable";
  const handled = all(chart, "contraception-lapse").map((lapse): Status => {
    if (lapse.what === "missed" || !isLapse(chart, lapse)) return "met";
    const since = unbrokenSince(chart, chart.today);
    const protectedAgain = since !== null && since >= dayOf(lapse.on);
    const tested = best(
      all(chart, "pregnancy-test")
        .filter((one) => one.on > lapse.on && one.result === "negative" && one.setting !== "home")
        .map(sensitivityOf),
    );
    const agreed = chart.entries.some(
      (one) =>
        (one.kind === "prescriber-confirmation" || one.kind === "resume") &&
        one.on > lapse.on &&
        one.recordedAt >= lapse.recordedAt,
    );
    if (!protectedAgain) return "unmet";
    if (tested !== "met") return tested;
    return agreed ? "met" : "unknown";
  });
  return worst(handled);
}

// ── Category, enrolment, consents, counselling ─────────────────────────────────────────────────────────────────────────────

/** What an entry says: whoever has no criterion for "cannot" can become pregnant. Domain facts 1.3. */
function categoryOf(entry: Of<"risk-category">): "can" | "cannot" {
  const criteria = ["cisgender-male", "hysterectomy", "bilateral-oophorectomy", "post-menopausal"];
  return entry.category === "cannot" && criteria.includes(entry.criterion) ? "cannot" : "can";
}

/**
 * What the courses opened before this one say of the category in the end, each by the criteria of its own programme; null when none
 * says anything. The European programmes know that there is no risk of pregnancy, too.
 */
function categoryBefore(facts: ProgrammeFacts): "can" | "cannot" | null {
  let before: "can" | "cannot" | null = null;
  for (const course of facts.elsewhere?.courses ?? []) {
    if (!course.openedBefore) continue;
    const entries = (facts.elsewhere?.entries ?? []).filter((one) => one.courseId === course.id);
    for (const entry of entries.filter((one) => one.kind === "risk-category").sort(earliestFirst)) {
      const accepted =
        categoryOf(entry) === "cannot" ||
        (course.programme !== "ipledge" && entry.criterion === "no-pregnancy-risk");
      const said: "can" | "cannot" = entry.category === "cannot" && accepted ? "cannot" : "can";
      if (said === "can" || before !== "can" || isAgreedAmong(entries, entry)) before = said;
    }
  }
  return before;
}

/**
 * The category that stands after the first `count` entries. A change to "cannot" needs a reason and the agreement of a second
 * person; until then "can" stands. A change to "can" counts at once.
 */
function categoryAfter(chart: Chart, count: number): "can" | "cannot" {
  let standing: "can" | "cannot" = "can";
  const known = categoryBefore(chart.facts) === "can";
  for (const [index, entry] of all(chart, "risk-category").slice(0, count).entries()) {
    const said = categoryOf(entry);
    if ((index === 0 && !known) || said === "can" || standing === "cannot" || isAgreedChange(chart, entry))
      standing = said;
  }
  return standing;
}

function hasReason(entry: Of<"risk-category">): boolean {
  return (entry.changeReason ?? "").trim() !== "";
}

/** Who recorded an entry: the account, where the facts tell it. */
function account(entry: ProgrammeEntry): string {
  return entry.recordedById ?? entry.recordedBy;
}

function isAgreedChange(chart: Chart, entry: Of<"risk-category">): boolean {
  return isAgreedAmong(all(chart, "category-agreement"), entry);
}

function isAgreedAmong(entries: readonly ProgrammeEntry[], entry: Of<"risk-category">): boolean {
  return (
    hasReason(entry) &&
    entries.some(
      (one) =>
        one.kind === "category-agreement" &&
        one.entryId === entry.id &&
        account(one) !== account(entry) &&
        one.on >= entry.on,
    )
  );
}

/** The latest entry: whether it is a change, and whether a change has its reason and agreement; its criterion and evidence. */
function category(chart: Chart): Status {
  const entries = all(chart, "risk-category");
  const entry = entries.at(-1);
  if (entry === undefined) return "unknown";
  const before = categoryAfter(chart, entries.length - 1);
  const isFirst = entries.length === 1 && categoryBefore(chart.facts) !== "can";
  const isChange = !isFirst && categoryOf(entry) !== before;
  if (isChange && !hasReason(entry)) return "unknown";
  if (isChange && categoryOf(entry) === "cannot" && !isAgreedChange(chart, entry)) return "unknown";
  if (entry.category === "can") return "met";
  if (entry.criterion === "cisgender-male") return "met";
  if (categoryOf(entry) === "can") return "unmet";
  return entry.evidence === "" ? "unknown" : "met";
}

function enrolment(chart: Chart): Status {
  return latest(chart, "enrolment") === null ? "unmet" : "met";
}

function formsAsked(chart: Chart): ("all-patients" | "birth-defects")[] {
  return chart.category === "can" ? ["all-patients", "birth-defects"] : ["all-patients"];
}

function consents(chart: Chart): Status {
  const signed = formsAsked(chart).every((form) => all(chart, "consent").some((one) => one.form === form));
  return signed ? "met" : "unmet";
}

/** Under 18 on the day of signing, a parent or guardian signs too. */
function guardianConsent(chart: Chart): Status {
  const statuses = formsAsked(chart).map((form): Status => {
    const signed = all(chart, "consent").findLast((one) => one.form === form);
    if (signed === undefined) return "unknown";
    if (!isUnder18(chart, signed.on)) return "not-applicable";
    return signed.signer === "patient-and-guardian" ? "met" : "unmet";
  });
  if (statuses.includes("unmet")) return "unmet";
  if (statuses.includes("met")) return "met";
  return statuses.every((one) => one === "unknown") && isUnder18(chart, dateOf(chart.today))
    ? "unknown"
    : "not-applicable";
}

/** Whether the 18th birthday is still to come on a date. Born on 29 February: it falls on 1 March. */
function isUnder18(chart: Chart, date: string): boolean {
  const { birthDate } = chart.facts.patient;
  const birthday = `${Number(birthDate.slice(0, 4)) + 18}${birthDate.slice(4)}`;
  return date < birthday;
}

function counselling(chart: Chart): Status {
  const entries = all(chart, "counselling");
  if (chart.category === "cannot" && chart.today >= NEW_EDITION) return entries.length > 0 ? "met" : "unmet";
  return entries.some((one) => isFresh(chart, dayOf(one.on))) ? "met" : "unmet";
}

// ── Contraception ──────────────────────────────────────────────────────────────────────────────────────────────────────────

type Method = Of<"contraception">["first"];
const PRIMARY: readonly Method[] = [
  "tubal",
  "vasectomy",
  "iud-copper",
  "iud-levonorgestrel",
  "combined-pill",
  "patch",
  "ring",
  "injection",
  "implant",
];
const SECONDARY: readonly Method[] = ["condom", "diaphragm", "cervical-cap", "sponge"];

/** Abstinence (entered as the first), or two different accepted methods, at least one of them primary. Domain facts 8. */
function pairStatus(first: Method, second: Method | null): Status {
  if (first === "abstinence") return "met";
  if (second === null || first === second) return "unmet";
  const accepted = (one: Method) => PRIMARY.includes(one) || SECONDARY.includes(one);
  if (!accepted(first) || !accepted(second)) return "unmet";
  return PRIMARY.includes(first) || PRIMARY.includes(second) ? "met" : "unmet";
}

function contraceptionPair(chart: Chart): Status {
  if (chart.category === "cannot") return "not-applicable";
  const methods = latest(chart, "contraception");
  if (methods === null) return "unknown";
  // Contraception that was stopped on a later day is in use no more. Domain facts 1.4, stop triggers.
  if (all(chart, "contraception-lapse").some((one) => one.what === "stopped" && isBrokenBy(methods, one)))
    return "unmet";
  const status = pairStatus(methods.first, methods.second);
  return status === "met" ? pairWith(chart.facts.medicines, methods) : status;
}

/** Domain facts 6.1: a pair whose every primary method an enzyme inducer or St John's wort weakens does not count. */
function pairWith(medicines: ProgrammeFacts["medicines"], methods: Of<"contraception">): Status {
  const hormones: readonly Method[] = ["combined-pill", "patch", "ring", "implant"];
  const primaries = [methods.first, methods.second].filter((one) => one !== null && PRIMARY.includes(one));
  const restsOnHormones =
    primaries.length > 0 && primaries.every((one) => one !== null && hormones.includes(one));
  if (!restsOnHormones || medicines === undefined) return "met";
  if (medicines === null) return "unknown";
  const inducers = [
    "rifampin",
    "carbamazepine",
    "phenytoin",
    "phenobarbital",
    "primidone",
    "oxcarbazepine",
    "bosentan",
    "efavirenz",
  ];
  const weakening = [...inducers, "st john's wort", "modafinil"];
  return medicines.some((one) => weakening.includes(one.toLowerCase())) ? "unmet" : "met";
}

/** The first day of the valid contraception that has gone on without a break until a day; null when there is none. */
function unbrokenSince(chart: Chart, until: Day): Day | null {
  let since: Day | null = null;
  for (const on of new Set(chart.entries.map((one) => one.on))) {
    if (dayOf(on) > until) break;
    const lapses = all(chart, "contraception-lapse").filter((one) => one.on === on);
    if (lapses.length > 0) since = null;
    for (const one of all(chart, "contraception")) {
      // Methods of the day of a lapse are those in use after it, unless they were written down before it.
      if (one.on === on && !lapses.some((lapse) => isBrokenBy(one, lapse)))
        since = pairStatus(one.first, one.second) === "met" ? (since ?? dayOf(on)) : null;
    }
  }
  return since;
}

/** Contraception lapsed on a later day than methods were recorded for, or was written down after them on their own day. */
function isBrokenBy(methods: ProgrammeEntry, lapse: ProgrammeEntry): boolean {
  return lapse.on === methods.on ? lapse.recordedAt > methods.recordedAt : lapse.on > methods.on;
}

/** Treatment of this start has not begun: what is asked before the first prescription is asked. */
function isBeforeFirst(chart: Chart): boolean {
  return !dosedBy(chart, chart.today);
}

function contraceptionMonth(chart: Chart): Status {
  if (chart.category === "cannot") return "not-applicable";
  const since = unbrokenSince(chart, chart.today);
  if (since === null) return latest(chart, "contraception") === null ? "unknown" : "unmet";
  return chart.today >= since + 30 ? "met" : "unmet";
}

// ── Pregnancy tests ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** The first test of this start that meets all that is asked; if none does, the first in a medical setting; else the first. */
function screeningOf(chart: Chart): Test | null {
  const tests = all(chart, "pregnancy-test").filter(
    (one) => dayOf(one.on) >= chart.start && one.result === "negative",
  );
  return (
    tests.find((one) => screens(one) === "met") ??
    tests.find((one) => one.setting !== "home") ??
    tests[0] ??
    null
  );
}

function screens(test: Test): Status {
  return test.setting === "home" || test.result !== "negative" ? "unmet" : sensitivityOf(test);
}

function screeningTest(chart: Chart): Status {
  if (chart.category === "cannot" || !isBeforeFirst(chart)) return "not-applicable";
  return chart.screening === null ? "unmet" : screens(chart.screening);
}

/** A window is open from the specimen until 23:59 US Eastern on day 7, the day of the specimen being day 1. */
function windowEnd(test: Test): number {
  return easternMidnightAfter(dayOf(test.on) + 6);
}

/** The fresh negative test whose window is open; of several, the one that most steps have followed, then the latest. */
function testOf(chart: Chart): Test | null {
  let best: Test | null = null;
  for (const one of all(chart, "pregnancy-test")) {
    if (one.result !== "negative") continue;
    if (dayOf(one.on) < chart.start || !isFresh(chart, dayOf(one.on)) || chart.at >= windowEnd(one)) continue;
    if (best === null || worthOf(chart, one) >= worthOf(chart, best)) best = one;
  }
  return best;
}

/** How well a test serves: the fewer faults the better, then by the steps that have followed it. */
function worthOf(chart: Chart, test: Test): number {
  return stepsAfter(chart, test) - 10 * faultsOf(chart, test);
}

/** The prescriber confirms after the test, and the patient answers after that: how many of the two were done. */
function stepsAfter(chart: Chart, test: Test): number {
  const confirmed = all(chart, "prescriber-confirmation").find(
    (one) => one.on >= test.on && isSinceLastPrescription(chart, dayOf(one.on)),
  );
  if (confirmed === undefined) return 0;
  return all(chart, "patient-questions").some((one) => one.on >= confirmed.on) ? 2 : 1;
}

function testInWindow(chart: Chart): Status {
  if (chart.category === "cannot") return "not-applicable";
  const { test } = chart;
  const last = lastPrescription(chart);
  const known =
    test ??
    all(chart, "pregnancy-test").findLast(
      (one) => one.result === "negative" && isFresh(chart, dayOf(one.on)),
    );
  const pending = waitedFor(chart).some(
    (day) => (last === null || day > last.day) && (known === undefined || day >= dayOf(known.on)),
  );
  if (pending) return "unknown";
  return chart.test === null ? "unmet" : "met";
}

/** Domain facts 1.2, 1.4 and 1.6: before the first dose in a medical setting (2021: a CLIA laboratory), later at home if permitted. */
function testSetting(chart: Chart): Status {
  if (chart.category === "cannot" || chart.test === null) return "not-applicable";
  const { setting } = chart.test;
  if (setting === "clia-laboratory") return "met";
  if (dayOf(chart.test.on) < DISCRETION) return "unmet";
  if (setting === "medical") return "met";
  if (!dosedBy(chart, dayOf(chart.test.on))) return "unmet";
  const { on } = chart.test;
  const permission = all(chart, "home-test-permission").findLast((one) => one.on <= on);
  return permission?.given === true ? "met" : "unmet";
}

/**
 * Domain facts 1.8: the kit's lot, an expiry no earlier than the specimen, a one-time code of its own or a photo, and who verified it.
 * Nothing is said before home tests were first tolerated.
 */
function homeTestEvidence(chart: Chart): Status {
  if (chart.today < DISCRETION) return null;
  if (chart.category === "cannot" || chart.test?.setting !== "home") return "not-applicable";
  if (dayOf(chart.test.on) < DISCRETION) return "not-applicable";
  const { home, on, attachmentIds } = chart.test;
  if (home === null || home === undefined) return "unknown";
  if (home.kitExpiry !== null && home.kitExpiry < on) return "unmet";
  const plain = (code: string | undefined) => (code ?? "").replaceAll(" ", "").toLowerCase();
  const code = plain(home.challengeCode);
  if (code !== "") {
    // A code counts if it was told by then and if it stands beside this test first.
    const told = all(chart, "home-test-code").some((one) => plain(one.code) === code && one.on <= on);
    const first = all(chart, "pregnancy-test").find((one) => plain(one.home?.challengeCode) === code);
    if (!told || first?.id !== chart.test.id) return "unknown";
  }
  const shown = code !== "" || (attachmentIds ?? []).length > 0;
  return home.kitLot !== "" && home.kitExpiry !== null && shown && home.verifiedBy !== "" ? "met" : "unknown";
}

function testSensitivity(chart: Chart): Status {
  if (chart.category === "cannot" || chart.test === null) return "not-applicable";
  return sensitivityOf(chart.test);
}

function testSpacing(chart: Chart): Status {
  if (chart.category === "cannot" || !isBeforeFirst(chart)) return "not-applicable";
  if (chart.test === null) return "not-applicable";
  if (chart.screening === null || screens(chart.screening) === "unmet") return "unknown";
  return dayOf(chart.test.on) >= dayOf(chart.screening.on) + 19 ? "met" : "unmet";
}

function testAfterMonth(chart: Chart): Status {
  if (chart.category === "cannot" || !isBeforeFirst(chart)) return "not-applicable";
  if (chart.test === null) return "not-applicable";
  const since = unbrokenSince(chart, chart.today);
  if (since === null) return latest(chart, "contraception") === null ? "unknown" : "unmet";
  return dayOf(chart.test.on) >= since + 30 ? "met" : "unmet";
}

/** With regular cycles the confirmation test falls on days 1 to 5 of the period. */
function mensesDays(chart: Chart): Status {
  if (chart.category === "cannot" || !isBeforeFirst(chart)) return "not-applicable";
  const { test } = chart;
  if (test === null) return "not-applicable";
  if (repeatsAPrescription(chart, test)) return "not-applicable";
  const period = all(chart, "menstruation").findLast((one) => one.on <= test.on);
  if (period === undefined) return "unknown";
  if (period.cycle !== "regular") return "not-applicable";
  const dayOfPeriod = dayOf(test.on) - dayOf(period.on) + 1;
  return dayOfPeriod >= 1 && dayOfPeriod <= 5 ? "met" : "unmet";
}

/** How many of the rules about a test it does not meet. */
function faultsOf(chart: Chart, test: Test): number {
  const rules = [
    testSetting,
    homeTestEvidence,
    testSensitivity,
    testSpacing,
    testAfterMonth,
    mensesDays,
    missedFirstWindow,
  ];
  const statuses = rules.map((rule) => rule({ ...chart, test }));
  return statuses.filter((one) => one === "unmet" || one === "unknown").length;
}

/** Whether a first prescription was issued in a window that then passed: the repeat is not tied to the period. */
function repeatsAPrescription(chart: Chart, test: Test): boolean {
  return missedWindows(chart, test).some((missed) => isSpent(chart, missed));
}

/** Whether a prescription was issued in the window that a test opened. */
function isSpent(chart: Chart, test: Test): boolean {
  return chart.ofStart.some((one) => one.day >= dayOf(test.on) && one.issuedAt < windowEnd(test));
}

/** The tests of this start that opened a window: they met every rule, that of waiting after an earlier one too. */
function openedOf(chart: Chart): Test[] {
  const opened: Test[] = [];
  for (const test of all(chart, "pregnancy-test")) {
    if (test.result !== "negative" || dayOf(test.on) < chart.start) continue;
    if (faultsOf({ ...chart, opened }, test) === 0) opened.push(test);
  }
  return opened;
}

/** Tests of earlier days than `test` that opened a first window. */
function missedWindows(chart: Chart, test: Test): Test[] {
  return chart.opened.filter((one) => one.on < test.on);
}

/** Domain facts 1.6: the window of the first prescription passed and nothing was collected. */
function missedFirstWindow(chart: Chart): Status {
  if (chart.category === "cannot" || chart.test === null || !isBeforeFirst(chart)) return "not-applicable";
  const day = dayOf(chart.test.on);
  const missed = missedWindows(chart, chart.test);
  if (missed.length === 0) return "not-applicable";
  const wait = day >= NEW_EDITION ? 0 : 19;
  return missed.every((one) => day >= dayOf(one.on) + wait) ? "met" : "unmet";
}

/** Whether the first prescription was collected decides which rules hold. */
function firstPickUp(chart: Chart): Status {
  if (chart.category === "cannot") return "not-applicable";
  if (dosedBy(chart, chart.today)) return "met";
  for (const one of chart.prescriptions) {
    if (one.day < chart.start || pickUps(chart, one).length > 0) continue;
    // Another prescription has followed, and nobody said what became of this one.
    if (one !== lastPrescription(chart)) return "unknown";
    if (chart.at >= easternMidnightAfter(dayOfTestBehind(chart, one) + 6)) return "unknown";
  }
  return "not-applicable";
}

// ── This month's steps ─────────────────────────────────────────────────────────────────────────────────────────────────────

/** Whether a step was done for this prescription: fresh, and after the specimen where there is a test. */
function isThisMonths(chart: Chart, day: Day): boolean {
  if (!isFresh(chart, day)) return false;
  return chart.category === "cannot" || (chart.test !== null && day >= dayOf(chart.test.on));
}

function prescriberConfirmation(chart: Chart): Status {
  if (chart.category === "cannot" && chart.today >= NEW_EDITION) return "not-applicable";
  return all(chart, "prescriber-confirmation").some((one) => isThisMonths(chart, dayOf(one.on)))
    ? "met"
    : "unmet";
}

/** For patients who cannot become pregnant, until 14 Nov 2026: 30 days from the visit; a source counts one day more. */
function confirmationWindow(chart: Chart): Status {
  if (chart.category === "can" || chart.today >= NEW_EDITION) return "not-applicable";
  const confirmed = all(chart, "prescriber-confirmation").findLast((one) => isFresh(chart, dayOf(one.on)));
  if (confirmed === undefined) return "unmet";
  const day = dayOf(confirmed.on);
  if (chart.at < easternMidnightAfter(day + 29)) return "met";
  return chart.at < easternMidnightAfter(day + 30) ? "unknown" : "unmet";
}

/** The same two methods as the clinic holds, in either order. */
function patientQuestions(chart: Chart): Status {
  if (chart.category === "cannot") return "not-applicable";
  const confirmed = all(chart, "prescriber-confirmation").find((one) => isThisMonths(chart, dayOf(one.on)));
  const answered = all(chart, "patient-questions").findLast(
    (one) => confirmed !== undefined && one.on >= confirmed.on,
  );
  if (answered === undefined) return "unmet";
  if (answered.first === null) return "unknown";
  const held = latest(chart, "contraception");
  if (held === null) return "unmet";
  const same =
    (answered.first === held.first && answered.second === held.second) ||
    (answered.first === held.second && answered.second === held.first);
  return same ? "met" : "unmet";
}

function supply(chart: Chart): Status {
  if (chart.daysSupply === null) return "not-applicable";
  return chart.daysSupply <= 30 ? "met" : "unmet";
}

/**
 * What was recorded about the collection of a prescription: the dispensings from its day on, until the next one's. That nothing was
 * collected is said of a prescription that there is, so an hour before it was issued speaks of the one before.
 */
function pickUps(chart: Chart, prescription: Prescription): Of<"dispensing">[] {
  const isSince = (one: Of<"dispensing">, other: Prescription) =>
    dayOf(one.on) > other.day ||
    (dayOf(one.on) === other.day && (one.capsules !== 0 || Date.parse(one.recordedAt) >= other.issuedAt));
  const next = chart.prescriptions[chart.prescriptions.indexOf(prescription) + 1];
  return all(chart, "dispensing").filter(
    (one) => isSince(one, prescription) && (next === undefined || !isSince(one, next)),
  );
}

type Collected = { prescription: Prescription; collected: Of<"dispensing">[] };

/** The prescriptions that were not left at the pharmacy, with what was collected of each. */
function supplies(chart: Chart): Collected[] {
  return chart.prescriptions.flatMap((prescription) => {
    const recorded = pickUps(chart, prescription);
    const collected = recorded.filter((one) => one.capsules !== 0);
    return recorded.length === 0 || collected.length > 0 ? [{ prescription, collected }] : [];
  });
}

function lastSupply(chart: Chart): Collected | null {
  return supplies(chart).at(-1) ?? null;
}

/** Capsules that somebody has and that no prescription explains, of those written down since: of one that was voided, or of a mistaken day. */
function unexplainedDose(chart: Chart, since = Number.NEGATIVE_INFINITY): Day | null {
  const [first] = chart.prescriptions;
  const last = chart.entries.findLast(
    (one) =>
      isDose(one) &&
      Date.parse(one.recordedAt) >= since &&
      (first === undefined || dayOf(one.on) < first.day),
  );
  return last === undefined ? null : dayOf(last.on);
}

/** Capsules collected, all pick-ups together; null when one was recorded without its count, or none was. */
function countOf(collected: readonly Of<"dispensing">[]): number | null {
  let count = 0;
  for (const one of collected) {
    if (one.capsules === null) return null;
    count += one.capsules;
  }
  return collected.length === 0 ? null : count;
}

/**
 * At most 7 days before the last supply runs out, and with capsules for 14 days at most of all supplies, each being taken after the
 * one before; capsules that nothing explains may last 30 days.
 */
function supplyOverlap(chart: Chart): Status {
  const last = lastSupply(chart);
  // The first day without capsules, by the last supply alone and by all together.
  let ownNone = Number.NEGATIVE_INFINITY;
  let none = Number.NEGATIVE_INFINITY;
  for (const { prescription, collected } of supplies(chart)) {
    const from = collected[0] === undefined ? prescription.day : dayOf(collected[0].on);
    ownNone = from + daysOf(prescription, collected);
    none = Math.max(none, from) + daysOf(prescription, collected);
  }
  const early =
    (last !== null && chart.today <= last.prescription.day) || chart.today < Math.max(ownNone - 7, none - 14);
  const unexplained = unexplainedDose(chart);
  if (unexplained !== null && chart.today < unexplained + 30) {
    if ((last !== null && early) || chart.today < unexplained + 30 - 7) return "unknown";
  }
  if (last === null) return "not-applicable";
  // Two prescriptions of one day would be one month's.
  return early ? "unmet" : "met";
}

/** How many days a supply lasts: as long as the capsules that were collected. */
function daysOf(prescription: Prescription, collected: readonly Of<"dispensing">[]): number {
  const count = countOf(collected);
  if (count === null || prescription.capsules === null) return prescription.daysSupply;
  const aDay = prescription.capsules / prescription.daysSupply;
  let days = 0;
  for (let left = count; left > 0; left -= aDay) days += 1;
  return days;
}

/** Told, never asked: whether as many capsules were collected as prescribed. */
function supplyCount(chart: Chart): Status {
  const last = lastSupply(chart);
  if (last === null) return "not-applicable";
  const count = countOf(last.collected);
  return count === null || last.prescription.capsules === null ? "not-applicable" : "met";
}

/** Told, never asked. */
function productChange(): Status {
  return "not-applicable";
}

/** The rules in the order of the table, each with its own function. */
const RULES = {
  edition,
  "course-open": courseOpen,
  "no-pregnancy": noPregnancy,
  "no-positive-test": noPositiveTest,
  "no-missed-period": noMissedPeriod,
  "no-lapse-unhandled": noLapseUnhandled,
  category,
  enrolment,
  consents,
  "guardian-consent": guardianConsent,
  counselling,
  "contraception-pair": contraceptionPair,
  "contraception-month": contraceptionMonth,
  "screening-test": screeningTest,
  "test-in-window": testInWindow,
  "test-setting": testSetting,
  "home-test-evidence": homeTestEvidence,
  "test-sensitivity": testSensitivity,
  "test-spacing": testSpacing,
  "test-after-month": testAfterMonth,
  "menses-days": mensesDays,
  "missed-first-window": missedFirstWindow,
  "first-pick-up": firstPickUp,
  "prescriber-confirmation": prescriberConfirmation,
  "confirmation-window": confirmationWindow,
  "patient-questions": patientQuestions,
  supply,
  "supply-overlap": supplyOverlap,
  "supply-count": supplyCount,
  "product-change": productChange,
} satisfies Record<string, (chart: Chart) => Status>;

// ── At the pick-up ─────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Domain facts 1.4: at most 30 days, also of a prescription that is there already. */
function supplyPrescribed(chart: Chart): Status {
  const last = lastPrescription(chart);
  return last === null ? "not-applicable" : supply({ ...chart, daysSupply: last.daysSupply });
}

/** A prescription stands until something makes everything begin anew on its day or later; a test without a result is waited for. */
function prescriptionOpen(chart: Chart): Status {
  const last = lastPrescription(chart);
  if (last === null) return "unmet";
  if (chart.anew !== null && !chart.ofStart.includes(last)) return "unmet";
  const waits = waitedFor(chart).some((day) => day >= last.day);
  if (waits) return "unknown";
  // Of what was collected or given back nothing more is asked.
  return pickUps(chart, last).length > 0 ? "met" : restsOn(chart, last);
}

const NOW_ONLY = [
  "edition",
  "course-open",
  "no-pregnancy",
  "no-positive-test",
  "no-missed-period",
  "supply-overlap",
];

/**
 * What a prescription was issued on must still be on record for its day: asked again for its minute, as if it had not been issued, every step
 * is done. What stops a course, and the supply, is asked for now.
 */
function restsOn(chart: Chart, prescription: Prescription): Status {
  const { entries, prescriptions } = chart.facts;
  const before = {
    ...chart.facts,
    entries: entries.filter(
      (one) =>
        !isDose(one) ||
        dayOf(one.on) < prescription.day ||
        Date.parse(one.recordedAt) <= prescription.issuedAt,
    ),
    prescriptions: prescriptions.filter((one) => Date.parse(one.issuedAt) < prescription.issuedAt),
  };
  const then = chartAt(before, prescription.issuedAt, null);
  for (const [id, rule] of Object.entries(RULES)) {
    if (NOW_ONLY.includes(id)) continue;
    const status = rule(then);
    if (status === "unmet" || status === "unknown") return status;
  }
  return "met";
}

/** No refills: what was collected, or given back, is not handed out again. */
function notDispensedYet(chart: Chart): Status {
  const last = lastPrescription(chart);
  if (last === null) return "not-applicable";
  if (pickUps(chart, last).length > 0) return "unmet";
  // A first dose was taken from these capsules; others that nothing explains may have been.
  if (all(chart, "first-dose").some((one) => dayOf(one.on) >= last.day)) return "unknown";
  const unexplained = unexplainedDose(chart, last.issuedAt);
  return unexplained !== null && chart.today < unexplained + 30 ? "unknown" : "met";
}

/** The category is the one that was known and stood when the prescription was issued. */
function categoryUnchanged(chart: Chart): Status {
  const last = lastPrescription(chart);
  if (last === null) return "not-applicable";
  const known = {
    ...chart.facts,
    entries: chart.facts.entries.filter((one) => Date.parse(one.recordedAt) <= last.issuedAt),
  };
  const then = chartAt(known, last.issuedAt, null);
  if (latest(chart, "risk-category") !== null && latest(then, "risk-category") === null) return "unknown";
  return then.category === chart.category ? "met" : "unmet";
}

/**
 * Collected within the window: of the test that the prescription rests on (7 days), of patients who cannot become pregnant that of their
 * confirmation (30 days, the earlier reading) by the edition of the prescription's day, from 15 Nov 2026 none.
 */
function dispenseWindow(chart: Chart): Status {
  const last = lastPrescription(chart);
  if (last === null) return "not-applicable";
  if (chart.category === "cannot") {
    if (last.day >= NEW_EDITION) return "not-applicable";
    const confirmed = latestUntil(all(chart, "prescriber-confirmation"), last.day);
    return chart.at < easternMidnightAfter(confirmed + 29) ? "met" : "unmet";
  }
  return chart.at < easternMidnightAfter(dayOfTestBehind(chart, last) + 6) ? "met" : "unmet";
}

/** The day of the latest of these up to a day; the day itself where there is none. */
function latestUntil(entries: readonly ProgrammeEntry[], day: Day): Day {
  return dayOf(entries.findLast((one) => dayOf(one.on) <= day)?.on ?? dateOf(day));
}

/**
 * The day of the test that a prescription rests on: the one whose window was open when it was issued, by what had been written down
 * then. If none had, that of the latest negative one.
 */
function dayOfTestBehind(chart: Chart, prescription: Prescription): Day {
  const known = {
    ...chart.facts,
    entries: chart.facts.entries.filter((one) => Date.parse(one.recordedAt) <= prescription.issuedAt),
    prescriptions: chart.facts.prescriptions.filter((one) => one.id !== prescription.id),
  };
  const { test } = chartAt(known, prescription.issuedAt, null);
  if (test !== null) return dayOf(test.on);
  const negative = all(chart, "pregnancy-test").filter((one) => one.result === "negative");
  return latestUntil(negative, prescription.day);
}

/** Neither product nor capsules are asked for in these questions. */
function dispenseAsPrescribed(): Status {
  return "not-applicable";
}

/** What is asked when the last prescription is to be handed out: what stops everything, and the prescription itself. */
const AT_THE_PICK_UP = {
  edition,
  "course-open": courseOpen,
  "no-pregnancy": noPregnancy,
  "no-positive-test": noPositiveTest,
  "no-missed-period": noMissedPeriod,
  "no-lapse-unhandled": noLapseUnhandled,
  category,
  supply: supplyPrescribed,
  "prescription-open": prescriptionOpen,
  "not-dispensed-yet": notDispensedYet,
  "category-unchanged": categoryUnchanged,
  "dispense-window": dispenseWindow,
  "dispense-as-prescribed": dispenseAsPrescribed,
} satisfies Record<string, (chart: Chart) => Status>;

export type OracleAnswer = { answer: "yes" | "no"; statuses: Record<string, Status> };

/**
 * Whether a prescription may be issued at `at`, or with `dispense` whether the last one may still be handed out, and what each rule
 * says. `daysSupply`: the days asked for, null when not said.
 */
export function oracleSays(
  facts: ProgrammeFacts,
  at: string,
  daysSupply: number | null = null,
  dispense = false,
): OracleAnswer {
  const chart = chartAt(facts, Date.parse(at), daysSupply);
  const statuses: Record<string, Status> = {};
  for (const [id, rule] of Object.entries(dispense ? AT_THE_PICK_UP : RULES)) statuses[id] = rule(chart);
  const stopped = Object.values(statuses).some((one) => one === "unmet" || one === "unknown");
  return { answer: stopped ? "no" : "yes", statuses };
}
