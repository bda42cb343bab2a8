/** Evidence for a pregnancy-prevention programme: rows that are never changed, only followed by a correction or a void. */
import {
  firstRecorded,
  type ProgrammeEntry,
  type ProgrammeEntryFields,
  type ProgrammeEntryKind,
  programmeEntryFields,
  type SupersededEntry,
} from "#shared/records/programme-entry.ts";
import { grouped, inChunks } from "./chunks.ts";
import { newId, type ReadDb, type WriteDb } from "./engine.ts";
import { type By, recorderNames } from "./recorded.ts";
import type { ProgrammeEntryRow } from "./schema.ts";

function entryOf(
  row: Pick<
    ProgrammeEntryRow,
    | "id"
    | "course_id"
    | "patient_id"
    | "visit_id"
    | "data"
    | "replaces_id"
    | "reason"
    | "recorded_by"
    | "recorded_at"
  >,
  recordedBy: string,
): ProgrammeEntry {
  const entry = JSON.parse(row.data) as ProgrammeEntryFields;
  return Object.assign(entry, {
    id: row.id,
    courseId: row.course_id,
    patientId: row.patient_id,
    visitId: row.visit_id,
    replacesId: row.replaces_id,
    reason: row.reason,
    recordedAt: row.recorded_at,
    recordedBy,
    recordedById: row.recorded_by,
  });
}

/** The fields of an entry without its stamp, as a form holds them. */
export function fieldsOf(entry: ProgrammeEntry): ProgrammeEntryFields {
  return programmeEntryFields.parse(entry);
}

function all(db: ReadDb) {
  return db
    .selectFrom("programme_entry as e")
    .innerJoin("account as a", "a.id", "e.recorded_by")
    .selectAll("e")
    .select("a.name as recorder");
}

function inForce(db: ReadDb) {
  return all(db)
    .leftJoin("programme_entry as n", "n.replaces_id", "e.id")
    .where("e.status", "=", "recorded")
    .where("n.id", "is", null);
}

/** A course's entries in force, oldest first; entries of one day in the order in which they were first recorded. */
export async function entriesOfCourse(db: ReadDb, courseId: string): Promise<ProgrammeEntry[]> {
  const rows = await inForce(db).where("e.course_id", "=", courseId).execute();
  const entries = await withFirstRecorded(
    db,
    rows.map((row) => entryOf(row, row.recorder)),
  );
  return entries.toSorted(byDay);
}

/**
 * Says of every correction among the entries when the first of the rows that it corrects was recorded; of a risk category, since
 * when the rows say the same one: put right from "cannot" to "can" it was not known before. One statement for
 * each step of the longest chain of corrections, however many entries there are; none where nothing was corrected.
 */
async function withFirstRecorded(db: ReadDb, entries: ProgrammeEntry[]): Promise<ProgrammeEntry[]> {
  let open = entries.flatMap((entry) =>
    entry.replacesId === null ? [] : [{ entry, replaces: entry.replacesId }],
  );
  while (open.length > 0) {
    const rows = await inChunks([...new Set(open.map((one) => one.replaces))], (chunk) =>
      db
        .selectFrom("programme_entry")
        .select(["id", "recorded_at", "replaces_id", "data"])
        .where("id", "in", chunk)
        .execute(),
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    open = open.flatMap(({ entry, replaces }) => {
      const row = byId.get(replaces);
      if (row === undefined || !saysTheSame(entry, row.data)) return [];
      entry.firstRecordedAt = row.recorded_at;
      return row.replaces_id === null ? [] : [{ entry, replaces: row.replaces_id }];
    });
  }
  return entries;
}

function saysTheSame(entry: ProgrammeEntry, replaced: string): boolean {
  if (entry.kind !== "risk-category") return true;
  return (JSON.parse(replaced) as Partial<typeof entry>).category === entry.category;
}

/** The entries in force of the given courses (of some kinds only, where they are named), by course, oldest first. */
export async function entriesOfCourses(
  db: ReadDb,
  courseIds: readonly string[],
  kinds: readonly ProgrammeEntryKind[] = [],
): Promise<Map<string, ProgrammeEntry[]>> {
  const names = await recorderNames(db);
  const rows = await inChunks(courseIds, (chunk) =>
    db
      .selectFrom("programme_entry as e")
      .leftJoin("programme_entry as n", "n.replaces_id", "e.id")
      .where("e.status", "=", "recorded")
      .where("n.id", "is", null)
      .where("e.course_id", "in", chunk)
      .$if(kinds.length > 0, (query) => query.where("e.kind", "in", kinds))
      .select([
        "e.id",
        "e.course_id",
        "e.patient_id",
        "e.visit_id",
        "e.data",
        "e.replaces_id",
        "e.reason",
        "e.recorded_by",
        "e.recorded_at",
      ])
      .execute(),
  );
  const entries = await withFirstRecorded(
    db,
    rows.map((row) => entryOf(row, names.get(row.recorded_by) ?? "")),
  );
  const byCourse = grouped(entries, (one) => one.courseId);
  // Sorted here: the engine would sort all of them at once, long text included.
  for (const list of byCourse.values()) list.sort(byDay);
  return byCourse;
}

function byDay(a: ProgrammeEntry, b: ProgrammeEntry): number {
  return compare(a.on, b.on) || compare(firstRecorded(a), firstRecorded(b)) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A course's entries that were corrected or voided, the latest change first, with who changed them and why. */
export async function supersededEntries(db: ReadDb, courseId: string): Promise<SupersededEntry[]> {
  const rows = await all(db)
    .innerJoin("programme_entry as n", "n.replaces_id", "e.id")
    .innerJoin("account as c", "c.id", "n.recorded_by")
    .select([
      "n.status as next_status",
      "n.recorded_at as changed_at",
      "n.reason as why",
      "c.name as changer",
    ])
    .where("e.course_id", "=", courseId)
    .where("e.status", "=", "recorded")
    .orderBy("n.recorded_at", "desc")
    .orderBy("n.id", "desc")
    .execute();
  return rows.map((row) => ({
    entry: entryOf(row, row.recorder),
    how: row.next_status === "voided" ? "voided" : "corrected",
    at: row.changed_at,
    by: row.changer,
    reason: row.why,
  }));
}

/** The entries in force that were entered at a visit. */
export async function entriesOfVisit(db: ReadDb, visitId: string): Promise<ProgrammeEntry[]> {
  return (await inForce(db).where("e.visit_id", "=", visitId).orderBy("e.id").execute()).map((row) =>
    entryOf(row, row.recorder),
  );
}

/** Entry rows by id, in force or not, in any order. */
export async function entriesById(db: ReadDb, ids: readonly string[]): Promise<ProgrammeEntry[]> {
  if (ids.length === 0) return [];
  return (await all(db).where("e.id", "in", ids).execute()).map((row) => entryOf(row, row.recorder));
}

/** An entry row, and whether it is in force; null when there is none. */
export async function readEntry(
  db: ReadDb,
  id: string,
): Promise<{ entry: ProgrammeEntry; inForce: boolean } | null> {
  const row = await all(db)
    .leftJoin("programme_entry as n", "n.replaces_id", "e.id")
    .select("n.id as next_id")
    .where("e.id", "=", id)
    .executeTakeFirst();
  return row
    ? { entry: entryOf(row, row.recorder), inForce: row.status === "recorded" && row.next_id === null }
    : null;
}

/** The accounts that recorded an entry and every row that it corrects, by id. */
export async function recordersOf(db: ReadDb, entryId: string): Promise<Set<string>> {
  const recorders = new Set<string>();
  let id: string | null = entryId;
  while (id !== null) {
    const row: { recorded_by: string; replaces_id: string | null } | undefined = await db
      .selectFrom("programme_entry")
      .select(["recorded_by", "replaces_id"])
      .where("id", "=", id)
      .executeTakeFirst();
    if (row !== undefined) recorders.add(row.recorded_by);
    id = row?.replaces_id ?? null;
  }
  return recorders;
}

/** What an entry row is written from. `replaces` names the row that it corrects. */
export type NewEntry = {
  fields: ProgrammeEntryFields;
  patientId: string;
  courseId: string;
  visitId: string | null;
  replaces: { id: string; reason: string } | null;
};

/** Writes entries; returns their ids in the same order. `fields` must be as the schema parsed them: they are kept whole. */
export async function insertEntries(db: WriteDb, entries: readonly NewEntry[], by: By): Promise<string[]> {
  if (entries.length === 0) return [];
  const rows = entries.map((one): ProgrammeEntryRow => ({
    id: newId(by.now),
    patient_id: one.patientId,
    course_id: one.courseId,
    visit_id: one.visitId,
    kind: one.fields.kind,
    on_date: one.fields.on,
    data: JSON.stringify(one.fields),
    status: "recorded",
    replaces_id: one.replaces?.id ?? null,
    reason: one.replaces?.reason ?? "",
    recorded_by: by.userId,
    recorded_at: by.now,
  }));
  await db.insertInto("programme_entry").values(rows).execute();
  return rows.map((row) => row.id);
}

/** Voids entries in force: rows that name them, with the same content and the reason. */
export async function voidEntries(
  db: WriteDb,
  ids: readonly string[],
  reason: string,
  by: By,
): Promise<void> {
  if (ids.length === 0) return;
  const rows = await db.selectFrom("programme_entry").selectAll().where("id", "in", ids).execute();
  await db
    .insertInto("programme_entry")
    .values(
      rows.map((row) => ({
        ...row,
        id: newId(by.now),
        status: "voided",
        replaces_id: row.id,
        reason,
        recorded_by: by.userId,
        recorded_at: by.now,
      })),
    )
    .execute();
}
