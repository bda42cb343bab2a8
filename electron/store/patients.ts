/** Patients: who they are, with every revision, and the tokens that the search looks in. */
import type { Patient, PatientFields } from "#shared/records/patient.ts";
import { newId, type ReadDb, type WriteDb } from "./engine.ts";
import { tokensOf } from "./patient-tokens.ts";
import type { By } from "./recorded.ts";
import type { PatientRevisionRow } from "./schema.ts";

function patientOf(id: string, row: Omit<PatientRevisionRow, "patient_id">, recordedBy: string): Patient {
  return {
    id,
    version: row.version,
    familyName: row.family_name,
    givenNames: row.given_names,
    preferredName: row.preferred_name,
    birthDate: row.birth_date,
    recordNumber: row.record_number,
    phone: row.phone,
    email: row.email,
    address: row.address,
    guardianName: row.guardian_name,
    guardianPhone: row.guardian_phone,
    allergies: JSON.parse(row.allergies) as Patient["allergies"],
    recordedAt: row.recorded_at,
    recordedBy,
  };
}

function revisions(db: ReadDb) {
  return db
    .selectFrom("patient_revision as r")
    .innerJoin("account as a", "a.id", "r.recorded_by")
    .select([
      "r.patient_id",
      "r.version",
      "r.family_name",
      "r.given_names",
      "r.preferred_name",
      "r.birth_date",
      "r.record_number",
      "r.phone",
      "r.email",
      "r.address",
      "r.guardian_name",
      "r.guardian_phone",
      "r.allergies",
      "r.recorded_by",
      "r.recorded_at",
      "a.name as recorder",
    ]);
}

/** The patient as it stands, or null. */
export async function readPatient(db: ReadDb, id: string): Promise<Patient | null> {
  const row = await revisions(db)
    .innerJoin("patient as p", (on) =>
      on.onRef("p.id", "=", "r.patient_id").onRef("p.version", "=", "r.version"),
    )
    .where("p.id", "=", id)
    .executeTakeFirst();
  return row ? patientOf(id, row, row.recorder) : null;
}

/** Every revision of a patient, the latest first. */
export async function patientRevisions(db: ReadDb, id: string): Promise<Patient[]> {
  const rows = await revisions(db).where("r.patient_id", "=", id).orderBy("r.version", "desc").execute();
  return rows.map((row) => patientOf(id, row, row.recorder));
}

/** Who holds a record number: id and name, or null. */
export async function holderOfRecordNumber(
  db: ReadDb,
  recordNumber: string,
): Promise<{ id: string; familyName: string; givenNames: string } | null> {
  const row = await db
    .selectFrom("patient as p")
    .innerJoin("patient_revision as r", (on) =>
      on.onRef("r.patient_id", "=", "p.id").onRef("r.version", "=", "p.version"),
    )
    .select(["p.id", "r.family_name as familyName", "r.given_names as givenNames"])
    .where("p.record_number", "=", recordNumber)
    .executeTakeFirst();
  return row ?? null;
}

/** The next free record number: one more than the highest that is a plain number, with its leading zeros; 1001 at first. */
export async function nextRecordNumber(db: ReadDb): Promise<string> {
  const rows = await db.selectFrom("patient").select("record_number").execute();
  let highest = "1000";
  for (const { record_number: one } of rows)
    if (/^\d{1,12}$/.test(one) && Number(one) > Number(highest)) highest = one;
  return String(Number(highest) + 1).padStart(highest.length, "0");
}

/** Writes a new patient with its first revision and search tokens; `fields.recordNumber` must be free. Returns its id. */
export async function insertPatient(db: WriteDb, fields: PatientFields, by: By): Promise<string> {
  const id = newId(by.now);
  await db
    .insertInto("patient")
    .values({ id, record_number: fields.recordNumber, version: 1, created_at: by.now })
    .execute();
  await insertRevision(db, id, 1, fields, by);
  return id;
}

/** Writes the next revision of a patient and renews its search tokens. */
export async function revisePatient(
  db: WriteDb,
  id: string,
  version: number,
  fields: PatientFields,
  by: By,
): Promise<void> {
  await db
    .updateTable("patient")
    .set({ version, record_number: fields.recordNumber })
    .where("id", "=", id)
    .execute();
  await insertRevision(db, id, version, fields, by);
}

async function insertRevision(
  db: WriteDb,
  id: string,
  version: number,
  fields: PatientFields,
  by: By,
): Promise<void> {
  await db
    .insertInto("patient_revision")
    .values({
      patient_id: id,
      version,
      family_name: fields.familyName,
      given_names: fields.givenNames,
      preferred_name: fields.preferredName,
      birth_date: fields.birthDate,
      record_number: fields.recordNumber,
      phone: fields.phone,
      email: fields.email,
      address: fields.address,
      guardian_name: fields.guardianName,
      guardian_phone: fields.guardianPhone,
      allergies: JSON.stringify(fields.allergies),
      recorded_by: by.userId,
      recorded_at: by.now,
    })
    .execute();
  await db.deleteFrom("patient_token").where("patient_id", "=", id).execute();
  const tokens = tokensOf(fields);
  await db
    .insertInto("patient_token")
    .values(tokens.map(({ kind, token }) => ({ kind, token, patient_id: id })))
    .execute();
}
