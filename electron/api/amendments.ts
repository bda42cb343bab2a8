/** What was signed stays as it was signed: a later correction of one of its parts is told in an addendum of that visit. */
import type { ReadDb, WriteDb } from "#electron/store/engine.ts";
import type { By } from "#electron/store/recorded.ts";
import { insertAddendum, readVisitHead } from "#electron/store/visits.ts";
import { Refused } from "#shared/refusal.ts";

/** Adds `text` to the visit that a corrected row belongs to, if that visit is signed. */
export async function amendSignedVisit(
  db: WriteDb,
  visitId: string | null,
  text: string,
  by: By,
): Promise<void> {
  if (visitId === null) return;
  const head = await readVisitHead(db, visitId);
  if (head?.state === "signed") await insertAddendum(db, visitId, text, by);
}

/** Refuses a visit that is not one of the course's own, or that was voided; null passes. */
export async function refuseForeignVisit(
  db: ReadDb,
  visitId: string | null,
  courseId: string,
): Promise<void> {
  if (visitId === null) return;
  const head = await readVisitHead(db, visitId);
  if (head === null || head.courseId !== courseId || head.state === "voided")
    throw new Refused("not-found", "This visit is not one of the course.");
}
