/** The visit's form: its parts by name, how far each has come, and what it says in words where two versions are compared. */
import type { UseFormReturn } from "react-hook-form";
import { addDays, type CalendarDate, type DateStyle } from "#shared/calendar.ts";
import type { Chart, ChartCourse } from "#shared/records/chart.ts";
import type { Clinic } from "#shared/records/clinic.ts";
import type { LabResultView } from "#shared/records/lab-result.ts";
import type { ProgrammeEntry } from "#shared/records/programme-entry.ts";
import {
  dailyMgOf,
  type DoseDecision,
  type Visit,
  type VisitForm,
  type VisitLab,
} from "#shared/records/visit.ts";
import {
  capsuleWords,
  doseActionWords,
  entryKindWords,
  entryWords,
  resultWords,
} from "#shared/records/words.ts";
import { KG_PER_POUND } from "#shared/weight.ts";
import { labTest } from "#shared/rules/lab-tests.ts";
import { igaWord, scoreMood } from "#shared/rules/scores.ts";
import { gradeWords, redFlags, sideEffectName } from "#shared/rules/side-effects.ts";

export type VisitPageForm = UseFormReturn<VisitForm, unknown, VisitForm>;

/** What stands around the form: read once before it is mounted, refreshed behind it. */
export type VisitAround = {
  chart: Chart;
  course: ChartCourse;
  clinic: Clinic;
  /** The visit before this one, in the same course; null for the first. */
  previous: Visit | null;
  /** Every result of the patient, with what it says. */
  results: readonly LabResultView[];
  /** The visit being written; null before it is saved for the first time. */
  visitId: string | null;
  /** The course's programme entries in force. */
  entries: readonly ProgrammeEntry[];
};

/** The parts of the page, in the order of a real visit. */
export const visitSections = [
  { id: "weight", title: "Weight, doses" },
  { id: "side-effects", title: "Side effects" },
  { id: "acne", title: "Acne" },
  { id: "mood", title: "Mood" },
  { id: "labs", title: "Blood results" },
  { id: "programme", title: "Programme" },
  { id: "dose", title: "Dose" },
  { id: "plan", title: "Plan, next visit" },
] as const;
export type VisitSectionId = (typeof visitSections)[number]["id"];

/** `alert` wants an act before the visit is signed. */
export type SectionState = "done" | "begun" | "empty" | "alert";

export const sectionStateWords: Record<SectionState, string> = {
  done: "recorded",
  begun: "begun",
  empty: "empty",
  alert: "needs an act",
};

/** A row of the lab grid in which nothing stands. */
export function isEmptyRow(lab: VisitLab): boolean {
  return lab.value === null && lab.text === "" && lab.comparator === null;
}

/** How far each part has come. */
export function sectionStates(form: VisitForm): Record<VisitSectionId, SectionState> {
  const some = (...parts: boolean[]): SectionState =>
    parts.every(Boolean) ? "done" : parts.some(Boolean) ? "begun" : "empty";
  const tests = form.entries.filter((one) => one.kind === "pregnancy-test");
  return {
    // Text that is no number stays in its field until it is put right.
    weight: some(typeof form.weightKg === "number", typeof form.missedDoses === "number"),
    "side-effects":
      redFlags(form.sideEffects).length > 0
        ? "alert"
        : form.sideEffectsReviewed
          ? "done"
          : form.sideEffects.length > 0
            ? "begun"
            : "empty",
    acne: form.iga !== null ? "done" : form.lesions !== null ? "begun" : "empty",
    mood: moodState(form.mood),
    labs: form.labs.some((one) => !isEmptyRow(one)) ? "done" : "empty",
    programme: tests.some((one) => one.result === "positive" || one.result === "indeterminate")
      ? "alert"
      : form.entries.length > 0
        ? "done"
        : "empty",
    dose: form.dose === null ? "empty" : "done",
    // The next visit is proposed from the start: it alone says nothing yet.
    plan: form.plan.trim() === "" ? "empty" : "done",
  };
}

function moodState(mood: VisitForm["mood"]): SectionState {
  if (mood === null) return "empty";
  const score = scoreMood(mood);
  if (score.alert && mood.note.trim() === "") return "alert";
  return score.total === null || score.opensPhq9 ? "begun" : "done";
}

/** The usual time to the next visit, in days: a proposal that the person changes. A month's supply lasts as long. */
const USUAL_DAYS = 30;

/** A new page: what the record carries over, and a proposal for the next visit. */
export function newVisitForm(prefilled: VisitForm): VisitForm {
  return { ...prefilled, nextVisitOn: addDays(prefilled.date, USUAL_DAYS) };
}

/** A saved page as it is opened again: the tests that are due get their empty rows back. */
export function reopenedForm(saved: VisitForm, prefilled: VisitForm): VisitForm {
  const empty = prefilled.labs.filter((row) => !saved.labs.some((one) => one.testId === row.testId));
  const collectedOn = saved.labs[0]?.collectedOn ?? saved.date;
  return { ...saved, labs: [...saved.labs, ...empty.map((row) => ({ ...row, collectedOn }))] };
}

/** What goes with the day of the visit when it is set to another: whatever still bears the old day. */
export function movedTo(
  form: VisitForm,
  from: CalendarDate,
  to: CalendarDate,
): Pick<VisitForm, "labs" | "entries" | "dose" | "nextVisitOn"> {
  const moved = (on: CalendarDate) => (on === from ? to : on);
  return {
    labs: form.labs.map((one) => ({ ...one, collectedOn: moved(one.collectedOn) })),
    entries: form.entries.map((one) => ({ ...one, on: moved(one.on) })),
    dose: form.dose === null ? null : { ...form.dose, from: moved(form.dose.from) },
    nextVisitOn: form.nextVisitOn === addDays(from, USUAL_DAYS) ? addDays(to, USUAL_DAYS) : form.nextVisitOn,
  };
}

/**
 * The ids that saving gave to the page's parts: each row of the form with the id of the kept row that says the same. Rows and
 * entries are kept in the order of the form.
 */
export function withIdsOf(form: VisitForm, saved: VisitForm): Pick<VisitForm, "labs" | "entries"> {
  const kept = [...saved.labs];
  const labs = form.labs.map((row) => {
    if (isEmptyRow(row)) return { ...row, id: null };
    const at = kept.findIndex((one) => one.testId === row.testId && one.collectedOn === row.collectedOn);
    return { ...row, id: at < 0 ? null : (kept.splice(at, 1)[0]?.id ?? null) };
  });
  const keptEntries = [...saved.entries];
  const entries = form.entries.map((entry) => {
    const at = keptEntries.findIndex((one) => one.kind === entry.kind);
    return { ...entry, id: at < 0 ? null : (keptEntries.splice(at, 1)[0]?.id ?? null) };
  });
  return { labs, entries };
}

/** A dose decision as words: `Increase to 60 mg a day from Nov 22, 2026`. */
export function doseWords(dose: DoseDecision, date: (on: CalendarDate) => string): string {
  const dailyMg = dailyMgOf(dose.capsules);
  const to =
    dailyMg === 0 ? "" : dose.action === "continue" ? `, ${dailyMg} mg a day` : ` to ${dailyMg} mg a day`;
  const action =
    dose.action === "start" && dailyMg > 0
      ? `Start with ${dailyMg} mg a day`
      : doseActionWords[dose.action] + to;
  return `${action} from ${date(dose.from)}`;
}

/** `1 day`, `30 days`. */
export function dayWords(days: number): string {
  return days === 1 ? "1 day" : `${days} days`;
}

/** A weight in the clinic's unit, with the kilograms that are kept: `142.0 lb (64.4 kg)`. */
export function weightInFull(kg: number, unit: Clinic["weightUnit"]): string {
  return unit === "kg" ? `${kg} kg` : `${(kg / KG_PER_POUND).toFixed(1)} lb (${kg.toFixed(1)} kg)`;
}

/** Every part of a page as words, for two versions side by side. What is empty stays empty. */
export function visitWords(
  form: VisitForm,
  dates: { date: (on: CalendarDate) => string; style: DateStyle },
  unit: Clinic["weightUnit"],
): { label: string; text: string }[] {
  const { date, style } = dates;
  const number = (value: number | null, unit = "") => (value === null ? "" : `${value}${unit}`);
  return [
    { label: "Date", text: date(form.date) },
    { label: "Weight", text: form.weightKg === null ? "" : weightInFull(form.weightKg, unit) },
    { label: "Missed doses", text: joined(number(form.missedDoses), form.missedDosesNote) },
    {
      label: "Side effects",
      text: form.sideEffects
        .map((one) => joined(`${sideEffectName(one.code)}: ${gradeWords[one.grade] ?? one.grade}`, one.note))
        .join("; "),
    },
    { label: "All others absent", text: form.sideEffectsReviewed ? "Yes" : "" },
    { label: "IGA", text: joined(number(form.iga), igaWord(form.iga) ?? "") },
    {
      label: "Lesions",
      text:
        form.lesions === null
          ? ""
          : [form.lesions.nonInflammatory, form.lesions.inflammatory, form.lesions.nodules]
              .map((one) => one ?? "–")
              .join(" / "),
    },
    {
      label: "Mood",
      text: form.mood === null ? "" : joined(scoreMood(form.mood).sentence, form.mood.note),
    },
    ...form.labs
      .filter((one) => !isEmptyRow(one))
      .map((one) => ({ label: labTest(one.testId)?.shortName ?? one.testId, text: resultWords(one) })),
    ...form.entries.map((one) => ({
      label: entryKindWords[one.kind],
      text: joined(date(one.on), entryWords(one, style)),
    })),
    {
      label: "Dose",
      text:
        form.dose === null
          ? ""
          : joined(doseWords(form.dose, date), capsuleWords(form.dose.capsules), form.dose.reason),
    },
    { label: "Plan", text: form.plan },
    { label: "Notes", text: form.notes },
    { label: "Next visit", text: form.nextVisitOn === null ? "" : date(form.nextVisitOn) },
  ];
}

function joined(...parts: string[]): string {
  return parts.filter(Boolean).join(". ");
}
