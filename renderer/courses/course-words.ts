import type { CourseFields, FamilyHistoryItem, ScreeningCondition } from "#shared/records/course.ts";
import { familyHistoryItem, screeningCondition } from "#shared/records/course.ts";
import {
  answerWords,
  conditionWords,
  familyHistoryWords,
  indicationWords,
  programmeWords,
  scarsWords,
  treatmentOutcomeWords,
} from "#shared/records/words.ts";
import { productName } from "#shared/rules/products.ts";
import { useApi } from "#renderer/api.ts";
import { useDates } from "#renderer/ui/dates.tsx";
import { weightWords } from "#renderer/ui/weight-field.tsx";

type Answers<K extends string> = Partial<Record<K, "yes" | "no" | "unknown">>;

type Line = { label: string; value: string };

/**
 * Writes a course as labelled lines of words, in the order of its form, with dates and weights as the clinic writes them. What
 * was not asked is said to be so.
 */
export function useCourseLines(): (course: CourseFields) => Line[] {
  const { date } = useDates();
  const unit = useApi("clinic.read", {}).value?.weightUnit ?? "kg";
  return (course) => courseLines(course, date, (kg) => weightWords(kg, unit));
}

function courseLines(
  course: CourseFields,
  showDate: (date: string) => string,
  showWeight: (kg: number) => string,
): Line[] {
  const before = course.earlierIsotretinoin;
  return [
    { label: "Decided on", value: showDate(course.decidedOn) },
    {
      label: "Indication",
      value: [indicationWords[course.indication], course.indicationNote].filter(Boolean).join(": "),
    },
    { label: "Severity at the start (IGA)", value: course.igaAtStart?.toString() ?? "Not recorded" },
    { label: "Scars at the start", value: scarsWords[course.scars] },
    {
      label: "Earlier treatments",
      value:
        course.earlierTreatments
          .map(
            (one) =>
              `${one.name}${one.weeks === null ? "" : `, ${one.weeks} weeks`}: ${treatmentOutcomeWords[one.outcome].toLowerCase()}`,
          )
          .join("; ") || "None recorded",
    },
    {
      label: "Isotretinoin before this record",
      value: [
        answerWords[before.taken],
        before.totalMg === null ? "" : `${before.totalMg} mg in all`,
        before.endedOn === null ? "" : `last dose ${showDate(before.endedOn)}`,
      ]
        .filter(Boolean)
        .join(", "),
    },
    { label: "Screening", value: answers(course.conditions, screeningCondition.options, conditionWords) },
    { label: "More about these", value: course.conditionsNote },
    {
      label: "In the family",
      value: answers(course.familyHistory, familyHistoryItem.options, familyHistoryWords),
    },
    {
      label: "Medicines and supplements",
      value:
        course.medicines === null
          ? "Not asked"
          : course.medicines.map((one) => one.name).join(", ") || "Takes none",
    },
    { label: "Product", value: productName(course.productId) },
    { label: "Weight at the start", value: showWeight(course.referenceWeightKg) },
    { label: "Target", value: `${course.targetMgPerKg} mg/kg` },
    { label: "Programme", value: programmeWords[course.programme] },
  ];
}

/** `Yes: diabetes. Not known: dry eye. Not asked: 3 questions. No to the others.` */
function answers<K extends ScreeningCondition | FamilyHistoryItem>(
  given: Answers<K>,
  questions: readonly K[],
  words: Record<K, string>,
): string {
  const listed = (answer: "yes" | "unknown") =>
    questions
      .filter((one) => given[one] === answer)
      .map((one) => words[one].toLowerCase())
      .join(", ");
  const open = questions.filter((one) => given[one] === undefined);
  const denied = questions.filter((one) => given[one] === "no");
  return [
    listed("yes") && `Yes: ${listed("yes")}.`,
    listed("unknown") && `Not known: ${listed("unknown")}.`,
    open.length > 0 &&
      (open.length === questions.length ? "Nothing asked." : `Not asked: ${open.length} questions.`),
    denied.length > 0 && (denied.length === questions.length ? "No to all." : `No to ${denied.length}.`),
  ]
    .filter(Boolean)
    .join(" ");
}
