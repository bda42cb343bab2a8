/**
 * Which editions a prescriber of this clinic has compared with their sources. Rows are never changed; the latest of an edition
 * is in force, and only for the tables as they read then: a program that reads otherwise has to be reviewed again.
 */
import { createHash } from "node:crypto";
import type { CalendarDate } from "#shared/calendar.ts";
import type { EditionReview } from "#shared/rules/facts.ts";
import { EDITIONS } from "#shared/rules/programmes/editions.ts";
import { newId, type ReadDb, type WriteDb } from "./engine.ts";
import { type By, recorderNames } from "./recorded.ts";

/** What was last said of an edition. `stale`: it was reviewed, but its tables read otherwise now. */
export type KnownReview = EditionReview & { reviewed: boolean; stale: boolean; note: string };

const digests = new Map<string, string>();

/** Of all tables of an edition, as this program carries them. */
function digestOf(edition: string): string {
  const known = digests.get(edition);
  if (known !== undefined) return known;
  const tables = Object.values(EDITIONS).flatMap((list) => list.filter((one) => one.id === edition));
  const digest = createHash("sha256").update(JSON.stringify(tables)).digest("hex");
  digests.set(edition, digest);
  return digest;
}

/** The last word about each edition that somebody spoke of, by the edition's id. */
export async function latestReviews(db: ReadDb): Promise<Map<string, KnownReview>> {
  const rows = await db
    .selectFrom("edition_review")
    .selectAll()
    .orderBy("recorded_at")
    .orderBy("id")
    .execute();
  const names = rows.length === 0 ? new Map<string, string>() : await recorderNames(db);
  return new Map(
    rows.map((row) => [
      row.edition,
      {
        by: names.get(row.recorded_by) ?? "",
        on: row.on_date,
        reviewed: row.reviewed === 1,
        stale: row.digest !== digestOf(row.edition),
        note: row.note,
      },
    ]),
  );
}

/** The reviews that count, as the rules take them. */
export async function reviewsInForce(db: ReadDb): Promise<Record<string, EditionReview>> {
  const latest = await latestReviews(db);
  return Object.fromEntries(
    [...latest].flatMap(([edition, { by, on, reviewed, stale }]) =>
      reviewed && !stale ? [[edition, { by, on }]] : [],
    ),
  );
}

/** Keeps a prescriber's word about an edition, or (`reviewed` false) that it is taken back. */
export async function insertReview(
  db: WriteDb,
  review: { edition: string; reviewed: boolean; on: CalendarDate; note: string },
  by: By,
): Promise<void> {
  await db
    .insertInto("edition_review")
    .values({
      id: newId(by.now),
      edition: review.edition,
      digest: digestOf(review.edition),
      reviewed: review.reviewed ? 1 : 0,
      on_date: review.on,
      note: review.note,
      recorded_by: by.userId,
      recorded_at: by.now,
    })
    .execute();
}
