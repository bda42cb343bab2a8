/** Prescriptions, each with the verdict that allowed it. A void is a new row that names the old one. */
import type { PrescriptionFact } from "#shared/rules/facts.ts";
import type { Verdict } from "#shared/rules/finding.ts";
import type { Prescription, PrescriptionFields } from "#shared/records/prescription.ts";
import type { CalendarDate } from "#shared/calendar.ts";
import { grouped, inChunks } from "./chunks.ts";
import { newId, type ReadDb, type WriteDb } from "./engine.ts";
import type { By } from "./recorded.ts";

/** Issued prescriptions with the void that follows each, if any. */
function issued(db: ReadDb) {
  return db
    .selectFrom("prescription as p")
    .innerJoin("account as a", "a.id", "p.recorded_by")
    .leftJoin("prescription as n", "n.replaces_id", "p.id")
    .where("p.status", "=", "recorded")
    .selectAll("p")
    .select(["a.name as recorder", "n.reason as void_reason"]);
}

function prescriptionOf(
  row: Awaited<ReturnType<ReturnType<typeof issued>["executeTakeFirstOrThrow"]>>,
): Prescription {
  return {
    id: row.id,
    patientId: row.patient_id,
    courseId: row.course_id,
    visitId: row.visit_id,
    issuedOn: row.issued_on,
    issuedAt: row.recorded_at,
    issuedBy: row.recorder,
    productId: row.product_id,
    capsules: JSON.parse(row.capsules) as PrescriptionFields["capsules"],
    daysSupply: row.days_supply,
    verdict: JSON.parse(row.verdict) as Verdict,
    voidReason: row.void_reason,
  };
}

/** A course's prescriptions, voided ones too, the latest first. */
export async function prescriptionsOfCourse(db: ReadDb, courseId: string): Promise<Prescription[]> {
  const rows = await issued(db)
    .where("p.course_id", "=", courseId)
    .orderBy("p.issued_on", "desc")
    .orderBy("p.id", "desc")
    .execute();
  return rows.map(prescriptionOf);
}

/** A prescription, voided or not; null when there is none. */
export async function readPrescription(db: ReadDb, id: string): Promise<Prescription | null> {
  const row = await issued(db).where("p.id", "=", id).executeTakeFirst();
  return row ? prescriptionOf(row) : null;
}

function factsInForce(db: ReadDb) {
  return db
    .selectFrom("prescription as p")
    .leftJoin("prescription as n", "n.replaces_id", "p.id")
    .where("p.status", "=", "recorded")
    .where("n.id", "is", null)
    .select([
      "p.id",
      "p.course_id as courseId",
      "p.issued_on as issuedOn",
      "p.recorded_at as issuedAt",
      "p.days_supply as daysSupply",
      "p.product_id as productId",
      "p.capsules",
    ])
    .orderBy("p.issued_on")
    .orderBy("p.id");
}

/** What the rules need of the prescriptions in force of the given courses, by course, oldest first. */
export async function prescriptionFacts(
  db: ReadDb,
  courseIds: readonly string[],
): Promise<Map<string, PrescriptionFact[]>> {
  const rows = await inChunks(courseIds, (chunk) =>
    factsInForce(db).where("p.course_id", "in", chunk).execute(),
  );
  const facts = rows.map((row) => ({
    ...row,
    capsules: JSON.parse(row.capsules) as PrescriptionFields["capsules"],
  }));
  return grouped(facts, (row) => row.courseId);
}

/** Writes an issued prescription with its verdict; returns its id. */
export async function insertPrescription(
  db: WriteDb,
  one: {
    patientId: string;
    courseId: string;
    visitId: string | null;
    issuedOn: CalendarDate;
    fields: PrescriptionFields;
    verdict: Verdict;
  },
  by: By,
): Promise<string> {
  const id = newId(by.now);
  await db
    .insertInto("prescription")
    .values({
      id,
      patient_id: one.patientId,
      course_id: one.courseId,
      visit_id: one.visitId,
      issued_on: one.issuedOn,
      days_supply: one.fields.daysSupply,
      product_id: one.fields.productId,
      capsules: JSON.stringify(one.fields.capsules),
      edition: one.verdict.edition,
      verdict: JSON.stringify(one.verdict),
      status: "recorded",
      replaces_id: null,
      reason: "",
      recorded_by: by.userId,
      recorded_at: by.now,
    })
    .execute();
  return id;
}

/** Voids a prescription that is in force. */
export async function voidPrescription(db: WriteDb, id: string, reason: string, by: By): Promise<void> {
  const row = await db.selectFrom("prescription").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  await db
    .insertInto("prescription")
    .values({
      ...row,
      id: newId(by.now),
      status: "voided",
      replaces_id: id,
      reason,
      recorded_by: by.userId,
      recorded_at: by.now,
    })
    .execute();
}
