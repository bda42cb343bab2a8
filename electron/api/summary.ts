/** Gathers what paper says of a visit or a course, once: the summary is kept with the signature and printed from that alone. */
import { readClinic } from "#electron/store/clinic.ts";
import type { ReadDb } from "#electron/store/engine.ts";
import { gatherPatientFacts, type PatientFacts } from "#electron/store/facts.ts";
import { readVisit } from "#electron/store/visits.ts";
import {
  addDays,
  ageOn,
  dateIn,
  formatDate,
  later,
  type CalendarDate,
  type DateStyle,
  type Instant,
} from "#shared/calendar.ts";
import type { CourseProgress } from "#shared/records/chart.ts";
import type { Clinic } from "#shared/records/clinic.ts";
import type { Course, Programme } from "#shared/records/course.ts";
import type { LabResult, LabResultView } from "#shared/records/lab-result.ts";
import { fullName, type Patient } from "#shared/records/patient.ts";
import type { HandoutFacts, VisitSummary } from "#shared/records/visit-summary.ts";
import { dailyMgOf, type DoseDecision, type Visit } from "#shared/records/visit.ts";
import { indicationWords, resultWords, unitWords } from "#shared/records/words.ts";
import { Refused } from "#shared/refusal.ts";
import { courseProgress, mgPerKgOf, type DosingFacts } from "#shared/rules/dosing.ts";
import type { Verdict } from "#shared/rules/finding.ts";
import { historyAt, type History } from "#shared/rules/history.ts";
import { labTest, labTests, labUnit, labValueText } from "#shared/rules/lab-tests.ts";
import { baselineOf, noContext, trendFacts } from "#shared/rules/labs.ts";
import {
  drawsOf,
  monitoringPreset,
  nextDraw,
  testsFor,
  type DueDraw,
  type MonitoringFacts,
} from "#shared/rules/monitoring.ts";
import { programmeStateNow } from "#shared/rules/clock.ts";
import type { ProgrammeState } from "#shared/rules/prescribing.ts";
import { productName } from "#shared/rules/products.ts";
import { editionOn, PROGRAMME_NAMES } from "#shared/rules/programmes/editions.ts";
import { igaWord, scoreMood } from "#shared/rules/scores.ts";
import { gradeWords, sideEffectItem, sideEffectName, stopAndCall } from "#shared/rules/side-effects.ts";
import { dosingOfCourses, interpreted } from "./course-facts.ts";
import { existingCourse } from "./courses.ts";
import { existingPatient } from "./patients.ts";

/** The number to dial when life is in danger, where the programme is at home. */
const EMERGENCY_NUMBERS: Readonly<Record<Programme, string>> = {
  ipledge: "911",
  mhra: "999",
  "eu-ppp": "112",
  canada: "911",
  australia: "000",
};

/** How many values a small trend shows at most. */
const TREND_VALUES = 10;

/**
 * The summary of a visit as it stands now. Progress, month and results are those of the visit's day; the programme's state is
 * that of `now`. `signedBy` null makes the summary of an unsigned visit. Refuses an unknown visit.
 */
export async function gatherSummary(
  db: ReadDb,
  visitId: string,
  when: { now: Instant; today: CalendarDate; signedBy: string | null; verdict: Verdict | null },
): Promise<VisitSummary> {
  const visit = await readVisit(db, visitId);
  if (visit === null) throw new Refused("not-found", "This visit is not in the record.");
  const clinic = await readClinic(db);
  const patient = await existingPatient(db, visit.patientId);
  const course = await existingCourse(db, visit.courseId);
  const facts = await gatherPatientFacts(db, patient);
  return summaryOf({ visit, clinic, patient, course, facts }, when);
}

type Gathered = { visit: Visit; clinic: Clinic; patient: Patient; course: Course; facts: PatientFacts };

function summaryOf(
  { visit, clinic, patient, course, facts }: Gathered,
  when: { now: Instant; signedBy: string | null; verdict: Verdict | null },
): VisitSummary {
  const { form } = visit;
  const date = form.date;
  const own = ownCourse(facts, course.id);
  const then = asOf(facts, date);
  const dosing = dosingOf(then, course.id);
  const progress = courseProgress(dosing, date);
  const history = historyOf(own.programme, course.programme, when.now, facts.clinic.zone);
  const cannot = history?.category === "cannot";
  const state = programmeStateNow(own.programme, when.now);
  const previous = ownCourse(then, course.id).visits.findLast((one) => one.fields.date < date) ?? null;
  const weightKg = form.weightKg;
  const results = interpreted(then, patient.birthDate, date).filter(
    (one) => one.value !== null || one.text !== "",
  );

  return {
    clinic,
    patient: {
      name: fullName(patient),
      birthDate: patient.birthDate,
      recordNumber: patient.recordNumber,
      allergies: allergiesText(patient),
      ageAtVisit: ageOn(patient.birthDate, date),
    },
    visit: {
      id: visit.id,
      date,
      month: progress.month,
      signedAt: when.signedBy === null ? null : when.now,
      signedBy: when.signedBy,
    },
    course: {
      indication:
        course.indication === "other" && course.indicationNote !== ""
          ? course.indicationNote
          : indicationWords[course.indication],
      product: productName(course.productId),
      programme: PROGRAMME_NAMES[course.programme],
    },
    weightKg,
    missedDoses: form.missedDoses,
    sideEffects: form.sideEffects
      .filter((one) => one.grade > 0)
      .toSorted((a, b) => b.grade - a.grade)
      .map((one) => ({
        name: sideEffectName(one.code),
        grade: one.grade,
        gradeWord: gradeWords[one.grade] ?? "",
        note: one.note,
        // An item that this edition does not know might be any: unknown is never public.
        confidential: sideEffectItem(one.code)?.confidential ?? true,
      })),
    sideEffectsReviewed: form.sideEffectsReviewed,
    acne: { iga: form.iga, igaWord: igaWord(form.iga), previousIga: previous?.fields.iga ?? null },
    mood: form.mood === null ? null : moodOf(form.mood),
    labs: summaryLabs(results, baselineOf(results, progress.startedOn), {
      since: previous?.fields.date ?? null,
      notBefore: addDays(course.decidedOn, -2 * monitoringPreset.baselineDays),
      always: testsFor({ course }),
    }),
    dose: doseOf(form.dose, progress, weightKg ?? progress.latestWeight?.kg ?? course.referenceWeightKg),
    cumulative: {
      mgPerKg: progress.mgPerKg,
      totalMg: progress.totalMg,
      targetMgPerKg: progress.targetMgPerKg,
      referenceWeightKg: progress.referenceWeightKg,
      expectedEnd: progress.expectedEnd,
    },
    programme: programmeLines(state, history, cannot, clinic.dateStyle),
    reminders: remindersOf(state, clinic.dateStyle),
    verdict: when.verdict,
    verdictConfidential: !cannot,
    next: nextSteps({
      state,
      verdict: when.verdict,
      cannot,
      zone: clinic.zone,
      after: date,
      now: when.now,
      nextVisitOn: form.nextVisitOn,
      draw: drawAfter(
        {
          course,
          age: ageOn(patient.birthDate, date),
          firstDoseOn: progress.startedOn,
          doses: dosing.doses,
          ended:
            progress.doseState === "ended" ||
            progress.doseState === "stopped" ||
            form.dose?.action === "stop",
          results,
        },
        date,
      ),
    }),
    plan: form.plan,
    stopAndCall: stopAndCall
      .filter((one) => one.forCategory === "all" || !cannot)
      .map(({ text, confidential }) => ({ text, confidential })),
    emergencyNumber: EMERGENCY_NUMBERS[course.programme],
    addenda: [],
  };
}

function ownCourse(facts: PatientFacts, courseId: string): PatientFacts["courses"][number] {
  const own = facts.courses.find((one) => one.course.id === courseId);
  if (!own) throw new Refused("not-found", "This course is not in the record.");
  return own;
}

/** The facts as they stood at the end of a day: what is dated later is left out. */
function asOf(facts: PatientFacts, day: CalendarDate): PatientFacts {
  return {
    ...facts,
    results: facts.results.filter((one) => one.collectedOn <= day),
    courses: facts.courses.map((one) => ({
      ...one,
      visits: one.visits.filter((visit) => visit.fields.date <= day),
      programme: { ...one.programme, entries: one.programme.entries.filter((entry) => entry.on <= day) },
    })),
  };
}

function dosingOf(facts: PatientFacts, courseId: string): DosingFacts {
  const dosing = dosingOfCourses(facts)[facts.courses.findIndex((one) => one.course.id === courseId)];
  if (!dosing) throw new Refused("not-found", "This course is not in the record.");
  return dosing;
}

function historyOf(
  facts: PatientFacts["courses"][number]["programme"],
  programme: Programme,
  now: Instant,
  zone: string,
): History | null {
  const table = editionOn(programme, dateIn(zone, now));
  return table === null ? null : historyAt(facts, table, now);
}

function allergiesText({ allergies }: Patient): string {
  if (allergies.status === "unknown") return "Not recorded";
  return allergies.status === "none-known" ? "None known" : allergies.items.join(", ");
}

function moodOf(mood: NonNullable<Visit["form"]["mood"]>): VisitSummary["mood"] {
  const { instrument, total, band, alert } = scoreMood(mood);
  return { instrument, total, band, alert };
}

/** The decision of this visit; without one, the dose that is taken goes on. */
function doseOf(
  decided: DoseDecision | null,
  progress: CourseProgress,
  weightKg: number,
): VisitSummary["dose"] {
  if (decided !== null) {
    const dailyMg = dailyMgOf(decided.capsules);
    return { ...decided, dailyMg, mgPerKg: dailyMg === 0 ? null : mgPerKgOf(dailyMg, weightKg) };
  }
  if (progress.dose === null) return null;
  const { dailyMg, capsules, from } = progress.dose;
  return { action: "continue", dailyMg, mgPerKg: mgPerKgOf(dailyMg, weightKg), from, capsules, reason: "" };
}

/**
 * One row per test: its latest result. Shown are the tests with a new result since the visit before, and those that the
 * monitoring asks for, as far as they have a result of this course.
 */
function summaryLabs(
  results: readonly LabResultView[],
  baseline: readonly LabResult[],
  which: { since: CalendarDate | null; notBefore: CalendarDate; always: readonly string[] },
): VisitSummary["labs"] {
  const ofCourse = results.filter((one) => one.collectedOn >= which.notBefore);
  return labTests.flatMap((test) => {
    const values = ofCourse
      .filter((one) => one.testId === test.id)
      .toSorted((a, b) => compare(a.collectedOn, b.collectedOn) || compare(a.recordedAt, b.recordedAt));
    const latest = values.at(-1);
    if (!latest) return [];
    const isNew = which.since === null || latest.collectedOn > which.since;
    if (!isNew && !which.always.includes(test.id)) return [];
    const previous = values.at(-2) ?? null;
    return [
      {
        name: test.name.length <= 22 ? test.name : test.shortName,
        unit: unitWords(test.id, latest.unit),
        latest: labValueText(latest),
        collectedOn: latest.collectedOn,
        previous:
          previous === null
            ? null
            : previous.unit === latest.unit
              ? labValueText(previous)
              : resultWords(previous),
        previousOn: previous?.collectedOn ?? null,
        rangeLow: latest.rangeLow,
        rangeHigh: latest.rangeHigh,
        interpretation: { ...latest.interpretation, sentence: forThePatient(latest, baseline) },
        trend: values.flatMap((one) => inUnitOf(latest, one)).slice(-TREND_VALUES),
        confidential: test.group === "pregnancy",
      },
    ];
  });
}

/**
 * What the paper says beside the flag: facts only. The proposed action is for the clinician; the patient's paper must not
 * say "hold" where the doctor decided otherwise.
 */
function forThePatient(result: LabResultView, baseline: readonly LabResult[]): string {
  const { flag } = result.interpretation;
  if (flag === "unknown")
    return result.rangeLow === null && result.rangeHigh === null ? "No range was given." : "";
  if (flag === "normal") return "";
  const { timesUpperLimit, percentFromBaseline } = trendFacts(result, { ...noContext, baseline });
  const parts = [
    ...(timesUpperLimit !== null && timesUpperLimit > 1
      ? [`${shortRatio(timesUpperLimit)} times the upper limit`]
      : []),
    ...(percentFromBaseline !== null && percentFromBaseline !== 0
      ? [
          `${Math.abs(percentFromBaseline)} % ${percentFromBaseline > 0 ? "above" : "below"} the value at the start`,
        ]
      : []),
  ];
  return parts.length === 0 ? "" : `${parts.join("; ")}.`.replace(/^./, (one) => one.toUpperCase());
}

/** One decimal is enough for a ratio, except where it would read as 1. */
function shortRatio(ratio: number): number {
  return ratio < 1.1 ? ratio : Math.round(ratio * 10) / 10;
}

/** The value in the latest result's unit; nothing when it has no number or the units cannot be compared. */
function inUnitOf(latest: LabResult, one: LabResult): { on: CalendarDate; value: number }[] {
  if (one.value === null) return [];
  if (one.unit === latest.unit) return [{ on: one.collectedOn, value: one.value }];
  const from = labUnit(one.testId, one.unit);
  const to = labUnit(latest.testId, latest.unit);
  if (!from || !to) return [];
  return [{ on: one.collectedOn, value: (one.value * from.toFirst) / to.toFirst }];
}

function programmeLines(
  state: ProgrammeState,
  history: History | null,
  cannot: boolean,
  style: DateStyle,
): VisitSummary["programme"] {
  const test = history?.of["pregnancy-test"].at(-1) ?? null;
  return [
    { label: "Status", text: state.label, confidential: !cannot },
    ...(test === null || cannot
      ? []
      : [
          {
            label: "Last test",
            text: `Pregnancy test of ${formatDate(test.on, style)}: ${test.result}`,
            confidential: true,
          },
        ]),
    ...(state.contraception === null
      ? []
      : [{ label: "Contraception", text: state.contraception, confidential: true }]),
  ];
}

function remindersOf(state: ProgrammeState, style: DateStyle): VisitSummary["reminders"] {
  return [
    {
      label: "Giving blood",
      text:
        state.protectUntil === null
          ? "Do not give any now, nor for 1 month after."
          : `Do not give any until after ${formatDate(state.protectUntil, style)}.`,
      confidential: false,
    },
    { label: "Capsules", text: "Never share them; keep them from others.", confidential: false },
  ];
}

function nextSteps(facts: {
  state: ProgrammeState;
  verdict: Verdict | null;
  cannot: boolean;
  zone: string;
  after: CalendarDate;
  now: Instant;
  nextVisitOn: CalendarDate | null;
  draw: DueDraw | null;
}): VisitSummary["next"] {
  const { state, verdict, cannot, zone, after, now, nextVisitOn, draw } = facts;
  const steps: VisitSummary["next"] = [];
  const collectBy = collectByOf(state, now);
  if (collectBy !== null)
    steps.push({
      on: dateIn(zone, collectBy),
      at: collectBy,
      text:
        state.pickUpBy === null
          ? "Last moment to pick up this month’s capsules, once they are prescribed."
          : "Pick up your capsules at the pharmacy. Later it may not give them to you.",
      confidential: false,
    });
  else if (verdict !== null && verdict.answer === "no" && verdict.opensAt !== null && verdict.opensAt > now)
    steps.push({
      on: dateIn(zone, verdict.opensAt),
      at: null,
      text: "Earliest day for a prescription, if all other steps are done.",
      confidential: !cannot,
    });
  if (state.nextTestFrom !== null && !cannot)
    steps.push({
      on: later(state.nextTestFrom, after),
      at: null,
      text: "Next pregnancy test from this day.",
      confidential: true,
    });
  if (draw !== null) {
    const isLate = draw.dueOn === null || draw.dueOn < after;
    steps.push({
      on: isLate ? after : draw.dueOn,
      at: null,
      text: drawText(draw.missing.length > 0 ? draw.missing : draw.tests, isLate),
      confidential: false,
    });
  }
  if (nextVisitOn !== null)
    steps.push({ on: nextVisitOn, at: null, text: "Next visit here.", confidential: false });
  if (state.protectUntil !== null && state.protectUntil >= after) {
    steps.push({
      on: state.protectUntil,
      at: null,
      text: "Last day on which you must not give blood.",
      confidential: false,
    });
    if (!cannot)
      steps.push({
        on: state.protectUntil,
        at: null,
        text: "Last day of contraception for isotretinoin.",
        confidential: true,
      });
    // Every programme asks for a test one month after the last dose. Domain facts 1.4 row 13, 2.1.
    if (!cannot && state.nextTestFrom === null)
      steps.push({
        on: state.protectUntil,
        at: null,
        text: "Last pregnancy test, on this day or soon after.",
        confidential: true,
      });
  }
  return steps.toSorted((a, b) => compare(a.on, b.on) || compare(a.at ?? "", b.at ?? ""));
}

/** Until when capsules can be collected: of the prescription that waits, else of the window that is open. */
function collectByOf(state: ProgrammeState, now: Instant): Instant | null {
  const by = state.pickUpBy ?? state.windowClosesAt;
  return by !== null && by > now ? by : null;
}

/** The next draw that can still be made: once treatment has begun, a baseline that was missed cannot be made up. */
function drawAfter(facts: MonitoringFacts, day: CalendarDate): DueDraw | null {
  const next = nextDraw(facts, day);
  if (next?.kind !== "baseline" || facts.firstDoseOn === null) return next;
  return drawsOf(facts, day).find((one) => !one.done && one.kind !== "baseline") ?? null;
}

function drawText(testIds: readonly string[], isLate: boolean): string {
  const tests = testIds.map(labTest).filter((one) => one !== null);
  const fasting = tests.some((one) => one.fastingMatters) ? " Come fasting." : "";
  return `${isLate ? "Blood test, as soon as you can" : "Blood test"}: ${tests.map((one) => one.shortName).join(", ")}.${fasting}`;
}

/**
 * What a handout is filled with: the course's product and dose as decided last (also one that begins later), and the dates
 * that the programme and the last visit give. Refuses an unknown course.
 */
export async function gatherHandout(
  db: ReadDb,
  courseId: string,
  when: { now: Instant; today: CalendarDate },
): Promise<HandoutFacts> {
  const course = await existingCourse(db, courseId);
  const patient = await existingPatient(db, course.patientId);
  const clinic = await readClinic(db);
  const facts = await gatherPatientFacts(db, patient);
  const own = ownCourse(facts, courseId);
  const visits = own.visits.filter((one) => one.fields.date <= when.today);
  const planned = visits.at(-1)?.fields.nextVisitOn ?? null;
  const progress = courseProgress(dosingOf(facts, courseId), when.today);
  const decided = visits.findLast((one) => one.fields.dose !== null)?.fields.dose ?? null;
  const capsules = decided?.capsules ?? progress.dose?.capsules ?? [];
  const state = programmeStateNow(own.programme, when.now);
  return {
    clinic,
    patient: { name: fullName(patient), birthDate: patient.birthDate, recordNumber: patient.recordNumber },
    product: productName(course.productId),
    dailyMg: capsules.length === 0 ? null : dailyMgOf(capsules),
    capsules,
    // A visit that was planned for a day that has passed is not the next one: the line is left to be written on.
    nextVisitOn: planned !== null && planned >= when.today ? planned : null,
    nextTestFrom: state.nextTestFrom,
    pickUpBy: collectByOf(state, when.now),
    protectUntil: state.protectUntil,
    contraception: state.contraception,
    programme: PROGRAMME_NAMES[course.programme],
    emergencyNumber: EMERGENCY_NUMBERS[course.programme],
    madeOn: when.today,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
