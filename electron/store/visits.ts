/**
 * Visits: a revision per save, results and programme entries in tables of their own, a signature that ends it, addenda after.
 *
 * A visit that is not signed shows its results and entries as they are in force; a signed or voided one shows those that its
 * last revision names, whatever was corrected since.
 */
import type { CalendarDate, Instant } from "#shared/calendar.ts";
import type { LabResult } from "#shared/records/lab-result.ts";
import type { ProgrammeEntry } from "#shared/records/programme-entry.ts";
import type { VisitSummary } from "#shared/records/visit-summary.ts";
import {
  type Addendum,
  dailyMgOf,
  type Visit,
  type VisitEntry,
  type VisitFields,
  type VisitLab,
} from "#shared/records/visit.ts";
import { newId, type ReadDb, type WriteDb } from "./engine.ts";
import { resultsById, resultsOfVisit } from "./labs.ts";
import { entriesById, entriesOfVisit, fieldsOf } from "./programme.ts";
import type { By } from "./recorded.ts";

export type VisitState = "draft" | "signed" | "voided";

/** The rows of results and programme entries that a revision held, in the form's order. */
export type VisitParts = { labs: string[]; entries: string[] };

/** A visit's row: what a command needs to know before it writes. */
export type VisitHead = {
  id: string;
  patientId: string;
  courseId: string;
  date: CalendarDate;
  version: number;
  state: VisitState;
};

/** The visit's row, or null. */
export async function readVisitHead(db: ReadDb, id: string): Promise<VisitHead | null> {
  const row = await db.selectFrom("visit").selectAll().where("id", "=", id).executeTakeFirst();
  return row
    ? {
        id: row.id,
        patientId: row.patient_id,
        courseId: row.course_id,
        date: row.visit_date,
        version: row.version,
        state: row.state as VisitState,
      }
    : null;
}

/** The visit as it stands with its parts, signature and addenda, or null. */
export async function readVisit(db: ReadDb, id: string): Promise<Visit | null> {
  const row = await db
    .selectFrom("visit as v")
    .innerJoin("visit_revision as r", (on) =>
      on.onRef("r.visit_id", "=", "v.id").onRef("r.version", "=", "v.version"),
    )
    .innerJoin("account as a", "a.id", "r.recorded_by")
    .leftJoin("visit_signature as s", "s.visit_id", "v.id")
    .leftJoin("account as sa", "sa.id", "s.signed_by")
    .leftJoin("visit_void as x", "x.visit_id", "v.id")
    .where("v.id", "=", id)
    .select([
      "v.id",
      "v.patient_id",
      "v.course_id",
      "v.version",
      "v.state",
      "r.data",
      "r.parts",
      "r.recorded_at",
      "a.name as recorder",
      "s.version as signed_version",
      "s.signed_at",
      "sa.name as signer",
      "x.reason as void_reason",
    ])
    .executeTakeFirst();
  if (!row) return null;
  const parts = JSON.parse(row.parts) as VisitParts;
  const unsigned = row.state === "draft";
  const labs = unsigned ? await resultsOfVisit(db, id) : await resultsById(db, parts.labs);
  const entries = unsigned ? await entriesOfVisit(db, id) : await entriesById(db, parts.entries);
  return {
    id: row.id,
    patientId: row.patient_id,
    courseId: row.course_id,
    version: row.version,
    form: {
      ...(JSON.parse(row.data) as VisitFields),
      labs: inOrderOf(labs, parts.labs).map(formLab),
      entries: inOrderOf(entries, parts.entries).map(formEntry),
    },
    recordedAt: row.recorded_at,
    recordedBy: row.recorder,
    signature:
      row.signed_at === null || row.signer === null || row.signed_version === null
        ? null
        : { signedAt: row.signed_at, signedBy: row.signer, version: row.signed_version },
    voidReason: row.void_reason,
    addenda: await addendaOf(db, id),
  };
}

/** Rows in the order in which a revision names them; others after them. */
function inOrderOf<T extends { id: string }>(rows: readonly T[], ids: readonly string[]): T[] {
  const place = (row: T) => (ids.includes(row.id) ? ids.indexOf(row.id) : ids.length);
  return [...rows].sort((a, b) => place(a) - place(b));
}

function formLab(result: LabResult): VisitLab {
  return {
    id: result.id,
    testId: result.testId,
    collectedOn: result.collectedOn,
    comparator: result.comparator,
    value: result.value,
    text: result.text,
    unit: result.unit,
    rangeLow: result.rangeLow,
    rangeHigh: result.rangeHigh,
    fasting: result.fasting,
    note: result.note,
  };
}

function formEntry(entry: ProgrammeEntry): VisitEntry {
  return { ...fieldsOf(entry), id: entry.id };
}

async function addendaOf(db: ReadDb, visitId: string): Promise<Addendum[]> {
  const rows = await db
    .selectFrom("visit_addendum as d")
    .innerJoin("account as a", "a.id", "d.recorded_by")
    .where("d.visit_id", "=", visitId)
    .select(["d.id", "d.text", "d.recorded_at as recordedAt", "a.name as recordedBy"])
    .orderBy("d.id")
    .execute();
  return rows;
}

/** Whether a course has a visit on a day that counts, other than `exceptId`. */
export async function visitOnDay(
  db: ReadDb,
  courseId: string,
  date: CalendarDate,
  exceptId: string | null,
): Promise<string | null> {
  const row = await db
    .selectFrom("visit")
    .select("id")
    .where("course_id", "=", courseId)
    .where("visit_date", "=", date)
    .where("state", "<>", "voided")
    .$if(exceptId !== null, (query) => query.where("id", "<>", exceptId ?? ""))
    .executeTakeFirst();
  return row?.id ?? null;
}

/** The day of the course's first visit that counts, signed or not; null when there is none. */
export async function firstVisitDay(db: ReadDb, courseId: string): Promise<CalendarDate | null> {
  const row = await db
    .selectFrom("visit")
    .select((eb) => eb.fn.min("visit_date").as("first"))
    .where("course_id", "=", courseId)
    .where("state", "<>", "voided")
    .executeTakeFirst();
  return row?.first ?? null;
}

/** The course's latest visit that counts, signed or not, on or before `until`; null when there is none. */
export async function latestVisitId(
  db: ReadDb,
  courseId: string,
  until: CalendarDate,
): Promise<string | null> {
  const row = await db
    .selectFrom("visit")
    .select("id")
    .where("course_id", "=", courseId)
    .where("visit_date", "<=", until)
    .where("state", "<>", "voided")
    .orderBy("visit_date", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}

/**
 * Begins a visit and returns its id; `reviseVisit` must give it version 1 in the same transaction. The course must have no
 * other visit that day.
 */
export async function insertVisit(
  db: WriteDb,
  of: { patientId: string; courseId: string },
  fields: VisitFields,
  by: By,
): Promise<string> {
  const id = newId(by.now);
  await db
    .insertInto("visit")
    .values({
      id,
      patient_id: of.patientId,
      course_id: of.courseId,
      visit_date: fields.date,
      version: 0,
      state: "draft",
      signed_at: null,
      created_at: by.now,
    })
    .execute();
  return id;
}

/** Writes a revision of an unsigned visit and puts it in force. */
export async function reviseVisit(
  db: WriteDb,
  id: string,
  version: number,
  fields: VisitFields,
  parts: VisitParts,
  by: By,
): Promise<void> {
  const { dose } = fields;
  await db
    .insertInto("visit_revision")
    .values({
      visit_id: id,
      version,
      weight_kg: fields.weightKg,
      iga: fields.iga,
      dose_action: dose?.action ?? null,
      daily_mg: dose === null ? null : dailyMgOf(dose.capsules),
      dose_from: dose?.from ?? null,
      missed_doses: fields.missedDoses,
      next_visit_on: fields.nextVisitOn,
      data: JSON.stringify(fields),
      parts: JSON.stringify(parts),
      recorded_by: by.userId,
      recorded_at: by.now,
    })
    .execute();
  await db.updateTable("visit").set({ version, visit_date: fields.date }).where("id", "=", id).execute();
}

/** Signs the revision in force: the summary is what the paper is made from, for ever. */
export async function insertSignature(
  db: WriteDb,
  id: string,
  version: number,
  summary: VisitSummary,
  by: By,
): Promise<void> {
  await db
    .insertInto("visit_signature")
    .values({
      visit_id: id,
      version,
      summary: JSON.stringify(summary),
      signed_by: by.userId,
      signed_at: by.now,
    })
    .execute();
  await db.updateTable("visit").set({ state: "signed", signed_at: by.now }).where("id", "=", id).execute();
}

/** What was signed, and the addenda since; null while the visit is not signed. */
export async function readSignedSummary(
  db: ReadDb,
  visitId: string,
): Promise<{ summary: VisitSummary; signedAt: Instant; addenda: Addendum[] } | null> {
  const row = await db
    .selectFrom("visit_signature")
    .select(["summary", "signed_at"])
    .where("visit_id", "=", visitId)
    .executeTakeFirst();
  return row
    ? {
        summary: JSON.parse(row.summary) as VisitSummary,
        signedAt: row.signed_at,
        addenda: await addendaOf(db, visitId),
      }
    : null;
}

/** Adds text to a signed visit; returns the addendum's id. */
export async function insertAddendum(db: WriteDb, visitId: string, text: string, by: By): Promise<string> {
  const id = newId(by.now);
  await db
    .insertInto("visit_addendum")
    .values({ id, visit_id: visitId, text, recorded_by: by.userId, recorded_at: by.now })
    .execute();
  return id;
}

/** Marks a visit as counting for nothing. Its results and entries are voided by their own stores. */
export async function insertVisitVoid(db: WriteDb, visitId: string, reason: string, by: By): Promise<void> {
  await db
    .insertInto("visit_void")
    .values({ visit_id: visitId, reason, recorded_by: by.userId, recorded_at: by.now })
    .execute();
  await db.updateTable("visit").set({ state: "voided", signed_at: null }).where("id", "=", visitId).execute();
}
