/** Whether a course has come past its plan: what was decided for its start may then no longer be rewritten. */
import type { ReadDb } from "#electron/store/engine.ts";
import { entriesOfCourse } from "#electron/store/programme.ts";
import { prescriptionFacts } from "#electron/store/prescriptions.ts";
import type { CalendarDate } from "#shared/calendar.ts";
import { isDose } from "#shared/records/programme-entry.ts";

/** The earliest prescription, pick-up or dose of a course; null while it is only a plan. */
export async function treatmentBeganOn(db: ReadDb, courseId: string): Promise<CalendarDate | null> {
  const prescribed = (await prescriptionFacts(db, [courseId])).get(courseId) ?? [];
  const taken = (await entriesOfCourse(db, courseId)).filter(isDose);
  return [...prescribed.map((one) => one.issuedOn), ...taken.map((one) => one.on)].toSorted()[0] ?? null;
}

/** Whether anybody prescribed, dispensed or took anything in this course. */
export async function hasBegun(db: ReadDb, courseId: string): Promise<boolean> {
  return (await treatmentBeganOn(db, courseId)) !== null;
}
