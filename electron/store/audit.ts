/**
 * Who saw and changed what: append-only rows, each sealed by a keyed hash over itself and the seal before it, so that a row
 * that was changed, removed or put in between shows. Domain facts 7.2.
 *
 * What the chain cannot show: that entries were cut off at its end, or that the whole folder was put back to an earlier day.
 * For that an inspector compares with a backup, or with a list that was printed.
 */
import { createHmac } from "node:crypto";
import type { Instant } from "#shared/calendar.ts";
import type { AuditEntry } from "#shared/records/audit-entry.ts";
import { listName } from "#shared/records/patient.ts";
import type { ReadDb, WriteDb } from "./engine.ts";
import type { AuditRow } from "./schema.ts";

/** Seals a text with the record's audit key: HMAC-SHA-256, in hexadecimal. */
export type Seal = (text: string) => string;

/** What is told of one event. Ids and codes only: no name of a patient and no clinical value. */
export type AuditEvent = {
  at: Instant;
  userId: string | null;
  userName: string;
  /** The contract's method, or an event such as `session.wrong-password`. */
  action: string;
  outcome: AuditEntry["outcome"];
  patientId: string | null;
  detail: string;
};

/** The seal of the record whose audit key this is. The key is kept by the closure, and goes with it. */
export function sealWith(auditKey: Buffer): Seal {
  return (text) => createHmac("sha256", auditKey).update(text, "utf8").digest("hex");
}

const BEFORE_THE_FIRST = "the first entry";

function sealed(seal: Seal, before: string, row: Omit<AuditRow, "hash">): string {
  return seal(
    JSON.stringify([
      before,
      row.sequence,
      row.at,
      row.user_id,
      row.user_name,
      row.action,
      row.outcome,
      row.patient_id,
      row.detail,
    ]),
  );
}

/** Appends one event to the chain. */
export async function appendAudit(db: WriteDb, seal: Seal, event: AuditEvent): Promise<void> {
  const last = await db
    .selectFrom("audit")
    .select(["sequence", "hash"])
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  const row = {
    sequence: (last?.sequence ?? 0) + 1,
    at: event.at,
    user_id: event.userId,
    user_name: event.userName,
    action: event.action,
    outcome: event.outcome,
    patient_id: event.patientId,
    detail: event.detail,
  };
  await db
    .insertInto("audit")
    .values({ ...row, hash: sealed(seal, last?.hash ?? BEFORE_THE_FIRST, row) })
    .execute();
}

/** How many rows are held at a time while the chain is recomputed. */
const VERIFY_ROWS = 5_000;

/**
 * Recomputes the whole chain. `brokenAt` is the sequence number of the first entry that does not fit, by its content or by
 * its place; null when all fit.
 */
export async function verifyAudit(
  db: ReadDb,
  seal: Seal,
): Promise<{ entries: number; brokenAt: number | null }> {
  let entries = 0;
  let before = BEFORE_THE_FIRST;
  for (;;) {
    const rows = await db
      .selectFrom("audit")
      .selectAll()
      .where("sequence", ">", entries)
      .orderBy("sequence")
      .limit(VERIFY_ROWS)
      .execute();
    if (rows.length === 0) return { entries, brokenAt: null };
    for (const row of rows) {
      if (row.sequence !== entries + 1) return { entries: await countAudit(db), brokenAt: entries + 1 };
      if (row.hash !== sealed(seal, before, row))
        return { entries: await countAudit(db), brokenAt: row.sequence };
      entries = row.sequence;
      before = row.hash;
    }
  }
}

async function countAudit(db: ReadDb): Promise<number> {
  const { count } = await db
    .selectFrom("audit")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return count;
}

/** Which entries are asked for; null does not restrict. `before` is a sequence number, for the next page. */
export type AuditFilter = {
  patientId: string | null;
  userId: string | null;
  from: Instant | null;
  until: Instant | null;
  before: number | null;
  limit: number;
};

/** Entries, the latest first, with the patient's name as it stands now. */
export async function listAudit(db: ReadDb, filter: AuditFilter): Promise<Omit<AuditEntry, "concerns">[]> {
  let query = db
    .selectFrom("audit")
    .leftJoin("patient", "patient.id", "audit.patient_id")
    .leftJoin("patient_revision", (join) =>
      join
        .onRef("patient_revision.patient_id", "=", "patient.id")
        .onRef("patient_revision.version", "=", "patient.version"),
    )
    .select([
      "audit.sequence",
      "audit.at",
      "audit.user_id",
      "audit.user_name",
      "audit.action",
      "audit.outcome",
      "audit.patient_id",
      "audit.detail",
      "patient_revision.family_name",
      "patient_revision.given_names",
    ]);
  if (filter.patientId !== null) query = query.where("audit.patient_id", "=", filter.patientId);
  if (filter.userId !== null) query = query.where("audit.user_id", "=", filter.userId);
  if (filter.from !== null) query = query.where("audit.at", ">=", filter.from);
  if (filter.until !== null) query = query.where("audit.at", "<", filter.until);
  if (filter.before !== null) query = query.where("audit.sequence", "<", filter.before);
  const rows = await query.orderBy("audit.sequence", "desc").limit(filter.limit).execute();
  return rows.map((row) => ({
    sequence: row.sequence,
    at: row.at,
    userId: row.user_id,
    userName: row.user_name,
    action: row.action,
    outcome: row.outcome === "refused" ? "refused" : "done",
    patientId: row.patient_id,
    patientName: nameOf(row.family_name, row.given_names),
    detail: row.detail,
  }));
}

function nameOf(familyName: string | null, givenNames: string | null): string | null {
  return familyName === null ? null : listName({ familyName, givenNames: givenNames ?? "" });
}

/** The table whose key a noun's `id` is, for finding out whom a call concerns. */
const TABLE_OF_NOUN = {
  courses: "course",
  visits: "visit",
  labs: "lab_result",
  programme: "programme_entry",
  prescribing: "prescription",
} as const;

/** Whom a row of a noun (`visits`, `labs`, …) concerns; null when there is no such row or the noun is not a patient's. */
export async function patientOfRow(db: ReadDb, noun: string, id: string): Promise<string | null> {
  if (noun === "patients") {
    const patient = await db.selectFrom("patient").select("id").where("id", "=", id).executeTakeFirst();
    return patient?.id ?? null;
  }
  if (!(noun in TABLE_OF_NOUN)) return null;
  const table = TABLE_OF_NOUN[noun as keyof typeof TABLE_OF_NOUN];
  const row = await db.selectFrom(table).select("patient_id").where("id", "=", id).executeTakeFirst();
  return row?.patient_id ?? null;
}
