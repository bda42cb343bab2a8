import type { CalendarDate } from "#shared/calendar.ts";
import type { Programme, RiskCategory } from "#shared/records/course.ts";
import type { ProgrammeEntry } from "#shared/records/programme-entry.ts";
import { useApi } from "#renderer/api.ts";
import type { EntryForm } from "./entry-form.ts";

/** What is known around an entry while it is typed. While it is not known yet, nothing is presumed: nulls and no entries. */
export type EntryAround = {
  patientId: string;
  programme: Programme;
  decidedOn: CalendarDate;
  category: RiskCategory | null;
  /** What the patient's earlier courses leave. */
  categoryBefore: RiskCategory | null;
  birthDate: CalendarDate | null;
  guardianName: string;
  /** Something stops treatment at once. */
  stopped: boolean;
  /** The course's entries in force. */
  entries: readonly ProgrammeEntry[];
  /** The entry that is corrected; null for a new one. */
  correctingId: string | null;
};

/** What a part of the form is given. */
export type EntryPart = { form: EntryForm; around: EntryAround };

/** What is known around an entry of a course, from what its screen reads anyway. */
export function useEntryAround(course: {
  patientId: string;
  courseId: string;
  programme: Programme;
  correctingId: string | null;
}): EntryAround {
  const chart = useApi("patients.chart", { id: course.patientId });
  const entries = useApi("programme.entries", { courseId: course.courseId });
  const open = chart.value?.open;
  return {
    patientId: course.patientId,
    programme: course.programme,
    decidedOn: open?.course.decidedOn ?? "",
    category: open?.category ?? null,
    categoryBefore: open?.categoryBefore ?? null,
    birthDate: chart.value?.patient.birthDate ?? null,
    guardianName: chart.value?.patient.guardianName ?? "",
    stopped: open?.status?.tone === "stop",
    entries: entries.value ?? [],
    correctingId: course.correctingId,
  };
}
