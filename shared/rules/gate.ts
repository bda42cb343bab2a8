/**
 * The prescribing policy: one function per rule of the tables. Each looks at a course's history and says whether the rule is
 * met, on which fact, and in a sentence what to do. What is asked (days, settings, forms) comes from the edition's table.
 */
import {
  type CalendarDate,
  type Instant,
  addDays,
  ageOn,
  daysBetween,
  formatDate,
  formatDay,
  formatInstant,
  isStillOpen,
  later,
  startOfDay,
} from "../calendar.ts";
import { capital } from "../letter-case.ts";
import {
  type PregnancyTest,
  type ProgrammeEntry,
  firstRecorded,
  isDose,
} from "../records/programme-entry.ts";
import {
  judgePair,
  methodsInSentence,
  methodsInWords,
  outlasts,
  sameMethods,
  weakenedBy,
} from "./contraception.ts";
import { CLOSED_SENTENCES, closedBy } from "./course-closed.ts";
import type { EntryOf } from "./entries-in-order.ts";
import type { PrescriptionFact } from "./facts.ts";
import { type FindingStatus, blocks } from "./finding.ts";
import {
  type History,
  categoryAsOf,
  historyAt,
  isAfterFirst,
  isElsewhere,
  isOfThisBeginning,
  isSinceLastPrescription,
  outcomesOf,
  prescribedCount,
  waitingSupply,
  wasOnTreatment,
} from "./history.ts";
import { begunWith, pickUpBy } from "./pick-up.ts";
import {
  type StoppingLapse,
  bestSensitivity,
  isLater,
  lapseState,
  negativesElsewhere,
  negativesIn,
  signElsewhere,
} from "./pregnancy-signs.ts";
import {
  type JudgedTest,
  type PendingTest,
  type Tests,
  closeOfDay,
  confirmationSince,
  evidenceOf,
  firstThatCounts,
  hasFaults,
  isDoubtful,
  mensesAsOf,
  monthOver,
  nextTest,
  opensAfter,
  pendingTests,
  tableFor,
  testsOf,
} from "./pregnancy-tests.ts";
import { productById } from "./products.ts";
import { rowOf } from "./programmes/editions.ts";
import {
  type ConsentForm,
  ONLY_DISPENSE,
  type ProgrammeTable,
  RULES,
  type Row,
  type RuleId,
  type RuleRows,
  type TestSetting,
} from "./programmes/programme-table.ts";

/**
 * What is asked besides "today?".
 * - `question`: whether a prescription may be issued, or whether the last one may still be dispensed.
 * - `daysSupply`: the supply that is about to be issued, in days.
 * - `productId`: the product that is about to be issued or handed out; an id of `products.ts`.
 * - `capsules`: how many capsules are about to be handed out in all.
 * What is left out is not looked at.
 */
export type Asked = {
  question?: "prescribe" | "dispense";
  daysSupply?: number;
  productId?: string;
  capsules?: number;
};

/** What `judge` hands to a rule. */
export type Case = { history: History; tests: Tests; asked: Asked };

/** What a rule answers. `row` replaces the table's row where another edition decided: that of the specimen's day. */
export type Answer = {
  status: FindingStatus;
  sentence: string;
  datum?: string | undefined;
  opensAt?: Instant;
  closesAt?: Instant;
  decidedBy?: { edition: string; row: Row<object> };
};

type Check<R extends RuleId> = (the: Case, row: NonNullable<RuleRows[R]>) => Answer;

const met = (sentence: string, datum?: string): Answer => answer("met", sentence, datum);
const unmet = (sentence: string, datum?: string): Answer => answer("unmet", sentence, datum);
const unknown = (sentence: string, datum?: string): Answer => answer("unknown", sentence, datum);
const notAsked = (sentence: string, datum?: string): Answer => answer("not-applicable", sentence, datum);

function answer(status: FindingStatus, sentence: string, datum?: string): Answer {
  return { status, sentence, datum };
}

/** Said by the edition of an earlier day than that of the question: of the specimen, or of the prescription. */
function decidedBy(table: ProgrammeTable, row: Row<object>): Pick<Answer, "decidedBy"> {
  return { decidedBy: { edition: table.id, row } };
}

/** What the first of these rules that blocks says; null when none does. */
export function firstThatBlocks(rules: readonly RuleId[], the: Case): Answer | null {
  const { table } = the.history;
  for (const rule of rules) {
    const row = table.rules[rule];
    const found = row === null ? null : answerOf(rule, row, the);
    if (found !== null && blocks(found)) return found;
  }
  return null;
}

/** Rules that are asked only of patients who can become pregnant. */
const ONLY_FOR_CAN: ReadonlySet<RuleId> = new Set<RuleId>([
  "no-missed-period",
  "no-lapse-unhandled",
  "contraception-pair",
  "contraception-month",
  "screening-test",
  "test-in-window",
  "test-setting",
  "home-test-evidence",
  "test-sensitivity",
  "test-spacing",
  "test-after-month",
  "menses-days",
  "missed-first-window",
  "first-pick-up",
  "patient-questions",
]);

/** What a rule says; of a patient who cannot become pregnant, that it is not asked, where it is not. */
export function answerOf(rule: RuleId, row: Row<object>, the: Case): Answer {
  if (the.history.category === "cannot" && ONLY_FOR_CAN.has(rule))
    return notAsked("Not asked of patients who cannot become pregnant.");
  // The check and the row carry the same rule id, which the compiler cannot follow through a loop over all rules.
  return (CHECKS[rule] as (the: Case, row: Row<object>) => Answer)(the, row);
}

/** Every rule's check; a rule without one does not compile. */
const CHECKS: { [R in RuleId]: Check<R> } = {
  "course-open": ({ history }) => {
    const closed = closedBy(history);
    return closed === null
      ? met("The course is open.", `Decided ${on(history, history.facts.course.decidedOn)}`)
      : unmet(CLOSED_SENTENCES[closed.by], `${closed.words} ${on(history, closed.on)}${closed.why}`);
  },

  "no-pregnancy": ({ history }) => {
    const pregnancy = history.of.pregnancy.at(-1);
    return pregnancy
      ? unmet(
          "Stop: a pregnancy is on record. Do not prescribe or dispense in this course.",
          `Pregnancy recorded for ${on(history, pregnancy.on)}`,
        )
      : met("No pregnancy is on record.");
  },

  "no-positive-test": ({ history }, row) => {
    const doubtful = history.of["pregnancy-test"].filter(isDoubtful);
    const latest = doubtful.at(-1);
    const sign = signElsewhere(history, row.clearedBySamples, row.clearedIn);
    if (sign?.status === "unmet")
      return unmet(
        `Stop: ${sign.what}. Do not prescribe or dispense until a serum test of a later day is negative.`,
        `${sign.where} ${on(history, sign.on)}`,
      );
    const unclear =
      sign === null
        ? null
        : unknown(
            `${capital(sign.what)}; else do not prescribe or dispense until a serum test of a later day is negative.`,
            `${sign.where} ${on(history, sign.on)}`,
          );
    if (!latest) return unclear ?? met("No positive or indeterminate pregnancy test is on record.");
    const answers = negativesIn(history, row.clearedIn).filter(
      (one) => row.clearedBySamples.includes(one.sample) && doubtful.every((doubt) => isLater(one, doubt)),
    );
    const status = bestSensitivity(history, answers);
    if (status === "met")
      return (
        unclear ??
        met(
          "The positive or indeterminate test was answered by a later negative serum test.",
          specimen(history, latest),
        )
      );
    if (status === "unknown")
      return unknown(
        "A negative serum test followed, but its sensitivity is not on record. Record it.",
        specimen(history, latest),
      );
    return unmet(
      `Stop: the pregnancy test was ${latest.result}. Do not prescribe or dispense until a serum test taken later is negative.`,
      specimen(history, latest),
    );
  },

  "no-missed-period": ({ history }, row) => {
    const missed = history.of["missed-period"].at(-1);
    if (!missed) return met("No missed period is on record.");
    const datum = `Missed period noted ${on(history, missed.on)}${whereOf(history, missed)}`;
    const answers = [
      ...negativesIn(history, row.clearedIn),
      ...negativesElsewhere(history, row.clearedIn),
    ].filter((one) => one.on >= missed.on);
    const status = bestSensitivity(history, answers);
    if (status === "met") return met("A negative test has followed the missed period.", datum);
    if (status === "unknown")
      return unknown(
        "A negative test followed the missed period, but its sensitivity is not on record. Record it.",
        datum,
      );
    return unmet(
      "Stop: a period was missed. Do not prescribe or dispense until a pregnancy test in a medical setting is negative.",
      datum,
    );
  },

  "no-lapse-unhandled": ({ history, tests }, row) => {
    const state = lapseState(history, tests, row.clearedIn);
    if (state === null) return met("No stop of contraception and no unprotected contact is on record.");
    const { lapse } = state;
    const datum = `${LAPSES[lapse.what]} ${on(history, lapse.on)}${whereOf(history, lapse)}`;
    if (!state.duringTreatment)
      return met("The lapse came before treatment: it sets the month of contraception back.", datum);
    const test =
      state.tested === "unmet"
        ? `Test in a medical setting from ${day(history, addDays(lapse.on, 1))}.`
        : null;
    const record = state.again ? null : "Record from which day accepted methods are used again.";
    if (test !== null || record !== null)
      return unmet(
        `Stop: ${STOPPED_BY[lapse.what]}. Do not prescribe or dispense. ${[test, record].filter((one) => one !== null).join(" ")}`,
        datum,
      );
    if (state.tested === "unknown")
      return unknown(
        "A negative test followed the lapse, but its sensitivity is not on record. Record it.",
        datum,
      );
    return state.agreed
      ? met("The lapse was followed by a negative test, and the prescriber agreed to the restart.", datum)
      : unknown(
          "The prescriber must agree to the restart after the lapse: record a confirmation, or that treatment is resumed.",
          datum,
        );
  },

  category: ({ history }, row) => {
    const entry = history.categoryEntry;
    if (!entry)
      return unknown(
        "Record whether the patient can become pregnant, and by which criterion. Until then the stricter rules hold.",
      );
    const datum = `Recorded ${on(history, entry.on)}: ${entry.category === "can" ? "can become pregnant" : `cannot become pregnant, ${CRITERIA[entry.criterion]}`}`;
    if (history.categoryLacks === "reason" && entry === history.of["risk-category"][0])
      return unknown(
        "By an earlier course this patient can become pregnant. Record the category again, with the reason of the change. Until then the stricter rules hold.",
        datum,
      );
    if (history.categoryLacks === "reason")
      return unknown("The category was changed without a reason. Record it again with the reason.", datum);
    if (history.categoryLacks === "agreement")
      return unknown(
        "A second person must agree that the patient cannot become pregnant any more. Until then the stricter rules hold.",
        datum,
      );
    if (entry.category === "can") return met("The patient can become pregnant.", datum);
    if (!row.cannotBy.includes(entry.criterion))
      return unmet(
        "This criterion does not show that a patient cannot become pregnant. Choose one of the listed criteria, or record that the patient can.",
        datum,
      );
    if (row.evidenceFor.includes(entry.criterion) && entry.evidence.trim() === "")
      return unknown(`Evidence is asked for (${CRITERIA[entry.criterion]}): record what was seen.`, datum);
    return met("The patient cannot become pregnant.", datum);
  },

  enrolment: ({ history }) => {
    const entry = history.of.enrolment.at(-1);
    return entry
      ? met("Enrolled in the programme.", `Number ${entry.programmeNumber}, ${on(history, entry.on)}`)
      : unmet("Enrol the patient in the programme and record the number.");
  },

  consents: ({ history }, row) => {
    const forms = row[history.category];
    if (forms.length === 0) return notAsked(NO_FORM);
    // Where there is no new form, any that was ever signed counts.
    const newSince = (history.onTreatment ? null : row.newSince) ?? history.facts.patient.birthDate;
    const missing = forms.filter(
      (form) => !history.of.consent.some((one) => one.form === form && one.on >= newSince),
    );
    const outdated = history.of.consent.findLast((one) => missing.includes(one.form));
    if (outdated)
      return unmet(
        `The programme has a new form since ${on(history, newSince)}. Have it signed: ${formsInWords(missing)}.`,
        `Signed ${on(history, outdated.on)}: ${FORMS[outdated.form]}`,
      );
    const latest = history.of.consent.at(-1);
    const datum = latest ? `Signed ${on(history, latest.on)}: ${FORMS[latest.form]}` : undefined;
    return missing.length > 0
      ? unmet(`Not signed yet: ${formsInWords(missing)}.`, datum)
      : met("The consents are signed.", datum);
  },

  "guardian-consent": ({ history }, row) => {
    const asked = history.table.rules.consents;
    if (asked === null) return notAsked(NO_FORM);
    const forms = asked[history.category];
    const birthDate = history.facts.patient.birthDate;
    const signed = history.of.consent.filter((one) => forms.includes(one.form));
    const byMinor = (one: EntryOf<"consent">): boolean => ageOn(birthDate, one.on) < row.underAge;
    const unsigned = forms.filter(
      (form) =>
        signed.some((one) => one.form === form) &&
        !signed.some((one) => one.form === form && (!byMinor(one) || one.signer === "patient-and-guardian")),
    );
    const alone = signed.findLast((one) => unsigned.includes(one.form));
    if (alone)
      return unmet(
        `A parent or guardian must sign too, because the patient was ${ageOn(birthDate, alone.on)}: ${formsInWords(unsigned)}.`,
        `Signed by the patient alone ${on(history, alone.on)}`,
      );
    const together = signed.find((one) => byMinor(one) && one.signer === "patient-and-guardian");
    if (together) return met("A parent or guardian has signed too.", `Signed ${on(history, together.on)}`);
    const age = ageOn(birthDate, history.today);
    return age < row.underAge
      ? unknown(`The patient is ${age}: a parent or guardian must sign the consents too.`)
      : notAsked("The patient signs alone.");
  },

  "second-prescriber": ({ history }, row) => {
    if (history.onTreatment) return notAsked(BEFORE_FIRST_DOSE);
    const age = ageOn(history.facts.patient.birthDate, history.today);
    if (age >= row.underAge) return notAsked(`Asked under ${row.underAge} only.`);
    const entry = history.of["second-prescriber"].findLast((one) => one.on >= history.beginning.on);
    return entry
      ? met("A second prescriber has agreed.", `${entry.name}, ${on(history, entry.on)}`)
      : unmet(
          `The patient is ${age}: a second prescriber must agree to the treatment. Record who, and when.`,
        );
  },

  counselling: ({ history }, row) => {
    const entry = history.of.counselling.at(-1);
    const datum = entry ? `Counselled ${on(history, entry.on)}` : undefined;
    if (row[history.category] === "enrolment")
      return entry
        ? met("Counselled; for patients who cannot become pregnant once is enough.", datum)
        : unmet("Counsel the patient and record it.");
    if (entry && isThisMonths(history, entry.on)) return met("Counselled for this month.", datum);
    return unmet(`Counsel the patient and record it: ${since(history)}.`, datum);
  },

  "wellbeing-check": ({ history }) => {
    const entry = history.of["wellbeing-check"].at(-1);
    const datum = entry
      ? `Asked ${on(history, entry.on)}${entry.mood === "declined" || entry.sexualFunction === "declined" ? ", an answer declined" : ""}`
      : undefined;
    return entry && isThisMonths(history, entry.on)
      ? met("Mood and sexual function were asked about.", datum)
      : unmet(`Ask about mood and sexual function, and record it: ${since(history)}.`, datum);
  },

  "contraception-pair": ({ history, tests }, row) => {
    const current = tests.unbroken.current;
    if (!current) return unknown("Record which methods of contraception are in use, and from when.");
    const stop = history.of["contraception-lapse"].findLast(
      (one) => one.what === "stopped" && !outlasts(current, one),
    );
    if (stop)
      return unmet(
        "Contraception was stopped: the methods on record are not in use any more. Record which ones are, and from when.",
        `${LAPSES.stopped} ${on(history, stop.on)}${whereOf(history, stop)}`,
      );
    const judged = judgePair(row, current);
    const datum = methodsInWords(current);
    if (!judged.accepted) return unmet(judged.why, datum);
    const weakened = weakenedBy(row, current, history.facts.medicines);
    if (weakened !== null) return answer(weakened.status, weakened.sentence, datum);
    return met(judged.note === "" ? "The methods in use are accepted." : judged.note, datum);
  },

  "contraception-month": ({ history, tests }, row) => {
    const { since: from, current, lapse } = tests.unbroken;
    if (!current) return unknown(`Accepted contraception must have been in use for ${row.days} days.`);
    if (from === null) {
      const again = `Record from which day accepted methods are used again; ${row.days} days run from there, and the prescriber must agree to the restart.`;
      if (lapse !== null)
        return unmet(
          `Contraception lapsed. ${again}`,
          `${LAPSES[lapse.what]} ${on(history, lapse.on)}${whereOf(history, lapse)}`,
        );
      const methods = methodsInWords(current);
      return isAfterFirst(history, current)
        ? unmet(`Contraception is not accepted any more. ${again}`, methods)
        : unmet(`The ${row.days} days begin when accepted methods are in use.`, methods);
    }
    const opensOn = addDays(from, row.days);
    const datum = `Unbroken since ${on(history, from)}`;
    if (history.today >= opensOn)
      return met(`Contraception has been in use for ${row.days} days or more.`, datum);
    return {
      ...unmet(
        `Contraception must be in use for ${row.days} days before the first dose: it may be from ${day(history, opensOn)}.`,
        datum,
      ),
      opensAt: startOfDay(history.facts.clinic.zone, opensOn),
    };
  },

  "screening-test": ({ history, tests }) => {
    if (history.onTreatment) return notAsked(BEFORE_FIRST_DOSE);
    const { screening } = tests;
    if (!screening)
      return unmet(
        `Take the first pregnancy test in a medical setting. It counts from ${on(history, history.beginning.on)}, ${BEGINNINGS[history.beginning.because]}.`,
      );
    const datum = specimen(history, screening.test);
    const decided = decidedBy(screening.table, screening.row);
    if (screening.setting !== "met")
      return { ...unmet("The first pregnancy test must be taken in a medical setting.", datum), ...decided };
    if (screening.sensitivity === "unknown")
      return {
        ...unknown("The sensitivity of the first pregnancy test is not on record. Record it.", datum),
        ...decided,
      };
    if (screening.sensitivity === "unmet")
      return {
        ...unmet(`The first pregnancy test must detect ${screening.row.detects} mIU/mL or less.`, datum),
        ...decided,
      };
    return { ...met("The first pregnancy test was negative.", datum), ...decided };
  },

  "test-in-window": ({ history, tests }, row) => {
    const { window, expired, pending } = tests;
    if (pending)
      return unknown(
        "A pregnancy test has no result yet. Record the result.",
        pendingInWords(history, pending),
      );
    if (window)
      return {
        ...met(
          `The window is open until ${moment(history, window.closesAt)}.`,
          specimen(history, window.test),
        ),
        closesAt: window.closesAt,
        ...decidedBy(window.table, window.row),
      };
    const next = nextTestInWords(history, tests);
    // Before the first dose only a test that met the other rules opened a window; the screening test, say, opened none.
    if (expired && !hasFaults(expired))
      return unmet(
        `The window of ${row.days} days closed ${moment(history, expired.closesAt)}. ${next}`,
        specimen(history, expired.test),
      );
    return unmet(next);
  },

  "test-setting": (the) =>
    ofWindowTest(the, "setting", "test-setting", ({ test }, row, status) => {
      if (status === "met") return "The test was taken where the programme accepts it.";
      const onTreatment = wasOnTreatment(the.history, test.on);
      if (test.setting !== "home" || !row.onTreatment.includes("home"))
        return `The test must be taken ${places(onTreatment ? row.onTreatment : row.beforeFirstDose)}.`;
      return onTreatment
        ? "Home testing is not permitted for this patient: the prescriber has not given permission. Test in a medical setting."
        : "A test before treatment must be taken in a medical setting, not at home.";
    }),

  "home-test-evidence": (the) =>
    ofWindowTest(the, "evidence", "home-test-evidence", ({ table, test }, _row, status) => {
      if (status === "not-applicable") return "Asked of tests at home only.";
      if (status === "met") return "The kit, the evidence and who verified it are on record.";
      const { lacks, expired } = evidenceOf(the.history, table, test);
      return expired
        ? "The kit had expired when the test was taken. Test again."
        : `Not on record for this home test: ${lacks.join(", ")}.`;
    }),

  "test-sensitivity": (the) =>
    ofWindowTest(the, "sensitivity", "test-sensitivity", ({ test }, { detects }, status) => {
      if (test.sensitivity === null)
        return `The test’s sensitivity is not on record. Record it: ${detects} mIU/mL or less counts.`;
      return status === "met"
        ? `The test detects ${detects} mIU/mL or less.`
        : `The test must detect ${detects} mIU/mL or less; this one needs ${test.sensitivity}.`;
    }),

  "test-spacing": (the) =>
    beforeFirstDose(the, "spacing", "test-spacing", ({ test }, { days }, status) => {
      const { history, tests } = the;
      const first = firstThatCounts(tests.screening);
      if (first === null)
        return `No first test that counts is on record: the confirmation test comes ${days} days after it.`;
      const between = daysBetween(first.on, test.on);
      return status === "met"
        ? `The confirmation test came ${between} days after the first one.`
        : `The confirmation test must come at least ${days} days after the first one of ${on(history, first.on)}; this one came after ${between}. It counts from ${day(history, addDays(first.on, days))}.`;
    }),

  "test-after-month": (the) =>
    beforeFirstDose(the, "afterMonth", "test-after-month", ({ table }, _row, status) => {
      if (status === "met") return "The test came after the month of contraception.";
      const month = table.rules["contraception-month"];
      if (month === null) return "This programme asks for no month of contraception.";
      const over = monthOver(month, the.tests.unbroken);
      return over === null
        ? "The test before treatment comes after the month of accepted contraception, which is not on record."
        : `The test before treatment must come after the month of contraception: from ${day(the.history, over)}.`;
    }),

  "menses-days": (the) =>
    beforeFirstDose(the, "menses", "menses-days", ({ test }, { first, last }, status) => {
      const menses = mensesAsOf(the.history, test.on);
      if (menses === null)
        return `Record the last period and whether cycles are regular: with regular cycles the test falls on days ${first} to ${last}.`;
      if (status === "not-applicable")
        return menses.cycle === "regular"
          ? "The test repeats one whose window was missed: it is not tied to the period."
          : "Cycles are not regular: the test is not tied to the period.";
      const number = daysBetween(menses.on, test.on) + 1;
      return status === "met"
        ? `The test fell on day ${number} of the period.`
        : `With regular cycles the test falls on days ${first} to ${last} of the period; this was day ${number}. Test again on days ${first} to ${last} of the next one.`;
    }),

  "missed-first-window": (the) =>
    beforeFirstDose(the, "missedWindow", "missed-first-window", (_judged, { waitDays }, status) => {
      if (status === "not-applicable") return "No first window was missed before this test.";
      if (status === "met") return "The test came long enough after the missed first window.";
      return `The first window was missed: the next test counts ${waitDays} days after the specimen that opened it. ${nextTestInWords(the.history, the.tests)}`;
    }),

  "first-pick-up": ({ history }) => {
    const [dose] = history.onTreatment ? history.doses : [];
    if (dose) return met("Treatment has begun.", `First dose or pick-up ${on(history, dose.on)}`);
    const prescription = history.prescriptions.find(
      (one, index) => one.issuedOn >= history.beginning.on && outcomesOf(history, index).length === 0,
    );
    if (prescription === undefined) return notAsked("No prescription waits to be collected.");
    // An earlier one than the last cannot be collected any more.
    const closesAt = prescription === history.lastPrescription ? pickUpBy(history) : null;
    const datum = `Prescribed ${on(history, prescription.issuedOn)}`;
    if (closesAt !== null && isStillOpen(closesAt, history.at))
      return { ...notAsked("The first capsules can still be collected.", datum), closesAt };
    return unknown(
      "Whether the first capsules were collected is not on record, and it decides which rules hold. Record the pick-up, or that nothing was dispensed.",
      datum,
    );
  },

  "prescriber-confirmation": ({ history, tests }, row) => {
    if (row[history.category] === "never")
      return notAsked("Not asked each month of patients who cannot become pregnant.");
    const counts = confirmationOf(history, tests);
    if (counts) return met("The prescriber has confirmed this month.", `Confirmed ${on(history, counts.on)}`);
    const latest = history.of["prescriber-confirmation"].at(-1);
    const datum = latest ? `Confirmed ${on(history, latest.on)}` : undefined;
    if (history.category === "cannot")
      return unmet(`The prescriber has not confirmed: ${since(history)}.`, datum);
    return unmet(
      tests.window === null
        ? "The prescriber confirms after the pregnancy test of this month."
        : `The prescriber has not confirmed the test of ${on(history, tests.window.test.on)}.`,
      datum,
    );
  },

  "confirmation-window": ({ history }, row) => {
    if (history.category === "can") return notAsked("The pregnancy test sets the window.");
    if (row.days === null)
      return notAsked("Patients who cannot become pregnant have no window in this edition.");
    const entry = history.of["prescriber-confirmation"].at(-1);
    if (!entry || !isThisMonths(history, entry.on))
      return unmet(`The window of ${row.days} days opens with the prescriber’s confirmation.`);
    const close = (days: number): Instant =>
      closeOfDay(history.table, history.facts.clinic.zone, addDays(entry.on, days - 1));
    const datum = `Confirmed ${on(history, entry.on)}`;
    const closesAt = close(row.days);
    if (isStillOpen(closesAt, history.at))
      return { ...met(`The window is open until ${moment(history, closesAt)}.`, datum), closesAt };
    const other = row.otherReadingDays === null ? null : close(row.otherReadingDays);
    if (other !== null && isStillOpen(other, history.at))
      return unknown(
        `The window closed ${moment(history, closesAt)} by one source and closes ${moment(history, other)} by another. Confirm again.`,
        datum,
      );
    return unmet(`The window closed ${moment(history, closesAt)}. Confirm again to open a new one.`, datum);
  },

  "patient-questions": ({ history, tests }) => {
    const entry = history.of["patient-questions"].at(-1);
    const confirmation = confirmationOf(history, tests);
    const datum = entry ? `Answered ${on(history, entry.on)}` : undefined;
    if (!entry || !confirmation || entry.on < confirmation.on)
      return unmet(
        "The patient answers the questions and enters both methods after the prescriber’s confirmation.",
        datum,
      );
    if (entry.first === null)
      return unknown("Record which methods the patient entered: they must be the two on record here.", datum);
    const current = tests.unbroken.current;
    if (!current || !sameMethods(entry, current))
      return unmet(
        `The patient entered ${methodsInSentence({ first: entry.first, second: entry.second })}; on record here: ${current ? methodsInSentence(current) : "none"}. They must be the same.`,
        datum,
      );
    return met("The patient answered the questions and entered the same methods.", datum);
  },

  supply: ({ history, asked }, row) => {
    const daysSupply =
      asked.question === "dispense" ? history.lastPrescription?.daysSupply : asked.daysSupply;
    if (daysSupply === undefined) return notAsked(`A prescription is for at most ${row.maxDays} days.`);
    const datum = daysSupply === 1 ? "1 day" : `${daysSupply} days`;
    if (!Number.isInteger(daysSupply) || daysSupply < 1)
      return unknown("Give the supply in whole days.", datum);
    return daysSupply <= row.maxDays
      ? met(`The supply is within ${row.maxDays} days.`, datum)
      : unmet(`The supply is at most ${row.maxDays} days, without refills.`, datum);
  },

  "supply-overlap": ({ history }, row) => {
    const supply = history.lastSupply;
    const stray = strayDose(history);
    if (stray !== null) {
      const used = addDays(stray.usedUpOn, -row.days);
      const opensOn = supply === null ? used : later(used, opensAfter(supply, row.days));
      if (history.today < opensOn)
        return {
          ...unknown(
            `${STRAY} Else a new prescription is possible from ${day(history, opensOn)}.`,
            stray.words,
          ),
          opensAt: startOfDay(history.facts.clinic.zone, opensOn),
        };
    }
    if (supply === null) return notAsked("There is no earlier supply.");
    const opensOn = opensAfter(supply, row.days);
    const { from, days, collected, until: last } = supply;
    const datum = `${days} days from ${on(history, from)}, to ${on(history, last)}`;
    if (history.today >= opensOn) return met("The last supply has run out or is about to.", datum);
    return {
      ...unmet(
        `The last supply lasts until ${day(history, last)}; a new prescription is possible from ${day(history, opensOn)}.${collected === true ? "" : " If it was not collected, record that nothing was dispensed."}`,
        datum,
      ),
      opensAt: startOfDay(history.facts.clinic.zone, opensOn),
    };
  },

  "supply-count": ({ history }) => {
    const supply = history.lastSupply;
    if (supply === null || supply.collected === null) return notAsked("Nothing was collected yet.");
    const { count, prescribed, prescription } = supply;
    const datum =
      count === null
        ? undefined
        : `${count} capsules collected${prescribed === null ? "" : `, ${prescribed} prescribed`}`;
    if (count === null || prescribed === null)
      return notAsked("The capsules cannot be counted: a number is not on record.", datum);
    const how = count < prescribed ? "Fewer" : count > prescribed ? "More" : null;
    if (how === null) return met("As many capsules were collected as prescribed.", datum);
    return met(
      `${how} capsules were collected than prescribed: they last ${inDays(supply.days)}${supply.days === prescription.daysSupply ? "" : `, not ${inDays(prescription.daysSupply)}`}. Is the number right?`,
      datum,
    );
  },

  "product-change": ({ history, asked }) => {
    const last = history.lastSupply?.prescription.productId;
    if (last === undefined || asked.productId === undefined)
      return notAsked("Said when a product is asked for after an earlier one.");
    const product = productName(asked.productId);
    return last === asked.productId
      ? met("The product is the one that was prescribed last.", product)
      : met(
          `The product changes from ${productName(last)} to ${product}: look at food, strengths and the dose.`,
          product,
        );
  },

  "prescription-open": ({ history }) => {
    const prescription = history.lastPrescription;
    if (prescription === null) return unmet(NOTHING_PRESCRIBED);
    const datum = `Prescribed ${on(history, prescription.issuedOn)}`;
    const { beginning } = history;
    if (!isOfThisBeginning(history, prescription))
      return unmet(`This prescription no longer stands, ${BEGINNINGS[beginning.because]}.`, datum);
    const pending = pendingTests(history).findLast((one) => one.on >= prescription.issuedOn);
    if (pending)
      return unknown(
        "A pregnancy test taken since has no result yet. Wait for it before dispensing.",
        pendingInWords(history, pending),
      );
    // Of what was collected or given back nothing more is asked.
    const lost = waitingSupply(history) === null ? null : lostBasis(history, prescription);
    if (lost !== null)
      return answer(
        lost.status,
        `This prescription no longer stands: the record of its day has changed. ${lost.sentence} Void it, and prescribe again once all is right.`,
        datum,
      );
    return met("The prescription stands.", datum);
  },

  "not-dispensed-yet": ({ history }) => {
    if (history.lastPrescription === null) return notAsked(NOTHING_PRESCRIBED);
    const outcomes = outcomesOf(history, history.prescriptions.length - 1);
    const collected = outcomes.findLast(isDose);
    if (collected !== undefined)
      return unmet(
        "The prescription was collected already; there are no refills.",
        `Collected ${on(history, collected.on)}`,
      );
    const left = outcomes.at(-1);
    if (left !== undefined)
      return unmet(
        "The prescription is on record as not collected: it was given back. A new one is needed.",
        `Recorded ${on(history, left.on)}`,
      );
    const { issuedAt } = history.lastPrescription;
    const begun = begunWith(history);
    if (begun !== null)
      return unknown(
        "A first dose is on record, so capsules were collected. Record the pick-up.",
        `First dose ${on(history, begun)}`,
      );
    const stray = strayDose(history, issuedAt);
    return stray === null
      ? met("Nothing is on record as collected for this prescription.")
      : unknown(STRAY, stray.words);
  },

  "category-unchanged": ({ history }) => {
    const prescription = history.lastPrescription;
    if (prescription === null) return notAsked(NOTHING_PRESCRIBED);
    const then = categoryAsOf(history, prescription.issuedAt);
    const datum = `Prescribed ${on(history, prescription.issuedOn)}`;
    if (history.categoryEntry !== null && then === null)
      return unknown(
        "The risk category was recorded after the prescription. Prescribe again by the category of today.",
        datum,
      );
    return then === null || then === history.category
      ? met("The risk category is the one that was prescribed for.", datum)
      : unmet("The risk category has changed since. Prescribe again by its rules.", datum);
  },

  "dispense-window": ({ history }) => {
    if (history.lastPrescription === null) return notAsked(NOTHING_PRESCRIBED);
    const closesAt = pickUpBy(history);
    const table = tableFor(history, history.lastPrescription.issuedOn);
    const decided = decidedBy(table, table.rules["dispense-window"]);
    if (closesAt === null)
      return { ...notAsked("This patient’s prescription has no window in this edition."), ...decided };
    const datum = `Prescribed ${on(history, history.lastPrescription.issuedOn)}`;
    return isStillOpen(closesAt, history.at)
      ? { ...met(`It can be collected until ${moment(history, closesAt)}.`, datum), closesAt, ...decided }
      : {
          ...unmet(
            `It could be collected until ${moment(history, closesAt)}. Record that nothing was dispensed, then test and prescribe again.`,
            datum,
          ),
          ...decided,
        };
  },

  "dispense-as-prescribed": ({ history, asked }) => {
    const prescription = history.lastPrescription;
    if (prescription === null) return notAsked(NOTHING_PRESCRIBED);
    if (asked.productId === undefined && asked.capsules === undefined)
      return notAsked("Asked when the product or the number of capsules is given.");
    if (asked.productId !== undefined && asked.productId !== prescription.productId)
      return unmet(
        `Prescribed is ${productName(prescription.productId)}, not ${productName(asked.productId)}.`,
      );
    if (asked.capsules === undefined) return met("The product is the one that was prescribed.");
    const prescribed = prescribedCount(prescription);
    const datum = `${asked.capsules} capsules${prescribed === null ? "" : `, ${prescribed} prescribed`}`;
    if (prescribed === null)
      return unknown("How many capsules were prescribed is not on record. Count them by hand.", datum);
    if (!Number.isInteger(asked.capsules) || asked.capsules < 1)
      return unknown("Give the number of capsules.", datum);
    if (asked.capsules > prescribed) return unmet(`At most ${prescribed} capsules were prescribed.`, datum);
    return met(
      asked.capsules === prescribed
        ? "Product and capsules are as prescribed."
        : "Fewer capsules than prescribed: the rest is not handed out later.",
      datum,
    );
  },
};

const CRITERIA: Readonly<Record<EntryOf<"risk-category">["criterion"], string>> = {
  default: "no criterion",
  "cisgender-male": "cisgender male",
  hysterectomy: "hysterectomy",
  "bilateral-oophorectomy": "removal of both ovaries",
  "post-menopausal": "after the menopause",
  "no-pregnancy-risk": "no risk of pregnancy",
};

const FORMS: Readonly<Record<ConsentForm, string>> = {
  "all-patients": "the consent for all patients",
  "birth-defects": "the consent about birth defects",
  "acknowledgement-of-risk": "the acknowledgement of risk",
};

function formsInWords(forms: readonly ConsentForm[]): string {
  return forms.map((form) => FORMS[form]).join(" and ");
}

function productName(id: string): string {
  return productById(id)?.name ?? id;
}

const NO_FORM = "This programme asks for no form of this patient.";
const BEFORE_FIRST_DOSE = "Asked before the first dose only.";
const NOTHING_PRESCRIBED = "There is no prescription to dispense.";

const LAPSES: Readonly<Record<EntryOf<"contraception-lapse">["what"], string>> = {
  stopped: "Contraception stopped",
  missed: "Contraception missed",
  "unprotected-contact": "Unprotected contact",
};

const STOPPED_BY: Readonly<Record<StoppingLapse["what"], string>> = {
  stopped: "contraception was stopped",
  "unprotected-contact": "there was unprotected contact",
};

const BEGINNINGS: Readonly<Record<History["beginning"]["because"], string>> = {
  decision: "when isotretinoin was decided for",
  lapse: "because contraception lapsed and treatment begins anew",
  category: "because the category changed",
  break: "because treatment begins anew after a long break",
};

const PLACES: Readonly<Record<TestSetting, string>> = {
  medical: "in a medical setting",
  "clia-laboratory": "in a CLIA laboratory",
  home: "at home with permission",
  "remote-supervised": "remotely under supervision",
};

/** Said behind what stands in another course. */
function whereOf(history: History, entry: ProgrammeEntry): string {
  return isElsewhere(history, entry) ? ", in another course" : "";
}

/** Where a test without a result stands, and of which day. */
function pendingInWords(history: History, pending: PendingTest): string {
  if (pending.of === "result") return `Laboratory result of ${on(history, pending.on)}`;
  return `${specimen(history, pending.test)}${whereOf(history, pending.test)}`;
}

function places(settings: readonly TestSetting[]): string {
  return settings.map((one) => PLACES[one]).join(" or ");
}

/** `Specimen of Nov 16, 2026: negative (urine, in a medical setting)`. */
function specimen(history: History, test: PregnancyTest): string {
  const where = {
    medical: "in a medical setting",
    "clia-laboratory": "in a CLIA laboratory",
    home: "at home",
    "remote-supervised": "remote, supervised",
  };
  return `Specimen of ${on(history, test.on)}: ${test.result} (${test.sample}, ${where[test.setting]})`;
}

/** The sentence on the next test: which one, where, and from which day. */
export function nextTestInWords(history: History, tests: Tests): string {
  const next = nextTest(history, tests);
  if (next.kind === "screening") return "Take the first pregnancy test in a medical setting.";
  if (next.from === null)
    return "The next pregnancy test comes after the month of contraception, which is not on record.";
  const remote = history.table.rules["test-setting"]?.beforeFirstDose.includes("remote-supervised") === true;
  const medical = remote ? " under medical supervision" : " in a medical setting";
  const anywhere = next.kind === "monthly" ? "" : medical;
  const before =
    history.table.rules["screening-test"] === null
      ? "the pregnancy test before treatment"
      : "the confirmation test";
  const name = next.kind === "monthly" ? "the next pregnancy test" : before;
  const days = next.nextPeriod;
  const menses = days === null ? "" : `, on days ${days.first} to ${days.last} of the next period`;
  const to = next.to === null ? "" : ` to ${day(history, next.to)}`;
  const when =
    next.from > history.today || next.to !== null ? ` from ${day(history, next.from)}${to}` : " now";
  const stricter =
    next.stricter === null
      ? ""
      : ` (from then on the next edition holds; by today’s edition it would be ${day(history, next.stricter)})`;
  return `Take ${name}${anywhere}${days !== null && when === " now" ? "" : when}${menses}${stricter}.`;
}

/**
 * What a prescription was issued on and what is not on record for its day any more: a rule that blocks when the gate is asked again
 * for that instant, by what is known now. Null while all of it is.
 */
function lostBasis(history: History, prescription: PrescriptionFact): Answer | null {
  const { facts } = history;
  const { issuedAt, issuedOn } = prescription;
  const table = tableFor(history, issuedOn);
  const before = {
    ...facts,
    prescriptions: facts.prescriptions.filter((one) => one.issuedAt < issuedAt),
  };
  // Capsules of this very prescription are no earlier treatment.
  const isBefore = (one: ProgrammeEntry): boolean =>
    !isDose(one) || one.on < issuedOn || firstRecorded(one) <= issuedAt;
  const then = historyAt(before, table, issuedAt, isBefore);
  return firstThatBlocks(BASIS, { history: then, tests: testsOf(then), asked: {} });
}

/** What is asked of the course at the pick-up itself, or of the supply that is issued, is not asked again for the day of the prescription. */
const NOT_BASIS: ReadonlySet<RuleId> = new Set<RuleId>([
  "course-open",
  "no-pregnancy",
  "no-positive-test",
  "no-missed-period",
  "supply-overlap",
]);
const BASIS = RULES.filter((rule) => !ONLY_DISPENSE.has(rule) && !NOT_BASIS.has(rule));

/**
 * The latest dose for which no prescription on record accounts and that may not be used up yet, if it was of the longest supply:
 * capsules of a prescription that was voided, of another clinic, or with a slip of their day. Null without one. `since`: of those
 * that were not known before.
 */
function strayDose(history: History, since: Instant = ""): { words: string; usedUpOn: CalendarDate } | null {
  const { doses, prescriptions, table, today } = history;
  const dose = doses.findLast(
    (each) => firstRecorded(each) >= since && !prescriptions.some((one) => one.issuedOn <= each.on),
  );
  if (dose === undefined) return null;
  const usedUpOn = addDays(dose.on, rowOf(table, "supply").maxDays);
  const words = `${dose.kind === "first-dose" ? "First dose" : "Pick-up"} ${on(history, dose.on)}`;
  return today < usedUpOn ? { words, usedUpOn } : null;
}

const STRAY =
  "Capsules were taken or collected that no prescription on record accounts for. Put the day right, or void the entry.";

/** The confirmation that counts for this month: for patients who can become pregnant, of the test's day or later. */
function confirmationOf(history: History, tests: Tests): EntryOf<"prescriber-confirmation"> | null {
  if (history.category === "cannot") return confirmationSince(history, history.beginning.on);
  return tests.window === null ? null : confirmationSince(history, tests.window.test.on);
}

/** What is said of this month's test, with the row of the specimen's own edition. */
type OfTest<R extends RuleId> = (
  judged: JudgedTest,
  row: NonNullable<RuleRows[R]>,
  status: FindingStatus,
) => string;

function ofWindowTest<R extends RuleId>(
  { history, tests }: Case,
  key: keyof JudgedTest["statuses"],
  rule: R,
  sentence: OfTest<R>,
): Answer {
  const judged = tests.window;
  if (judged === null) return notAsked("Judged when this month’s test is on record.");
  const row = judged.table.rules[rule];
  const datum = specimen(history, judged.test);
  if (row === null) return notAsked("The edition of the test’s day does not ask this.", datum);
  const status = judged.statuses[key];
  return { ...answer(status, sentence(judged, row, status), datum), ...decidedBy(judged.table, row) };
}

function beforeFirstDose<R extends RuleId>(
  the: Case,
  key: keyof JudgedTest["statuses"],
  rule: R,
  sentence: OfTest<R>,
): Answer {
  if (the.history.onTreatment) return notAsked(BEFORE_FIRST_DOSE);
  return ofWindowTest(the, key, rule, sentence);
}

/** True for a step that serves the next prescription: dated after the last one, and since treatment began (anew). */
function isThisMonths(history: History, date: CalendarDate): boolean {
  return isSinceLastPrescription(history, date) && date >= history.beginning.on;
}

function inDays(count: number): string {
  return count === 1 ? "1 day" : `${count} days`;
}

function since(history: History): string {
  return history.lastPrescription === null
    ? "nothing is on record for this month"
    : `nothing is on record since the prescription of ${on(history, history.lastPrescription.issuedOn)}`;
}

function on(history: History, date: CalendarDate): string {
  return formatDate(date, history.facts.clinic.dateStyle);
}

function day(history: History, date: CalendarDate): string {
  return formatDay(date, history.facts.clinic.dateStyle);
}

/** An instant in the clinic's own zone and style. */
export function moment(history: History, at: Instant): string {
  return formatInstant(at, history.facts.clinic.zone, history.facts.clinic.dateStyle);
}
