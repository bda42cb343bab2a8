/**
 * The first schema. Frozen: never edit a migration that has been released; add the next one.
 *
 * Conventions: keys are UUIDv7 text; dates `YYYY-MM-DD` and instants UTC ISO, as text; booleans 0/1; JSON as text.
 * Clinical tables are append-only: a correction or a void is a new row that names the old one in `replaces_id`.
 */
import type { Migration } from "kysely/migration";
import { type Kysely, sql } from "kysely";

const CLINICAL_TABLES = [
  "patient_revision",
  "course_revision",
  "visit_revision",
  "visit_signature",
  "visit_addendum",
  "visit_void",
  "lab_result",
  "programme_entry",
  "prescription",
  "audit",
] as const;

/** Creates every table, index and the triggers that keep clinical rows from being changed or deleted. */
async function up(db: Kysely<unknown>): Promise<void> {
  const schema = db.schema;

  /** One row: the clinic, as JSON of `records/clinic.ts`. `clinic_revision` keeps what stood before. */
  await schema
    .createTable("clinic_revision")
    .addColumn("version", "integer", (c) => c.primaryKey().notNull())
    .addColumn("data", "text", (c) => c.notNull())
    .addColumn("recorded_by", "text")
    .addColumn("recorded_at", "text", (c) => c.notNull())
    .modifyEnd(sql`strict`)
    .execute();

  /** People who may sign in; disabled, never deleted. Key slots stand outside, in the key file. */
  await schema
    .createTable("account")
    .addColumn("id", "text", (c) => c.primaryKey().notNull())
    .addColumn("login", "text", (c) => c.notNull().unique())
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("roles", "text", (c) => c.notNull())
    .addColumn("enabled", "integer", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .modifyEnd(sql`strict`)
    .execute();

  /** A patient's identity; `version` names the revision in force. */
  await schema
    .createTable("patient")
    .addColumn("id", "text", (c) => c.primaryKey().notNull())
    .addColumn("record_number", "text", (c) => c.notNull().unique())
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .modifyEnd(sql`strict`)
    .execute();

  await schema
    .createTable("patient_revision")
    .addColumn("patient_id", "text", (c) => c.notNull().references("patient.id"))
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("family_name", "text", (c) => c.notNull())
    .addColumn("given_names", "text", (c) => c.notNull())
    .addColumn("preferred_name", "text", (c) => c.notNull())
    .addColumn("birth_date", "text", (c) => c.notNull())
    .addColumn("record_number", "text", (c) => c.notNull())
    .addColumn("phone", "text", (c) => c.notNull())
    .addColumn("email", "text", (c) => c.notNull())
    .addColumn("address", "text", (c) => c.notNull())
    .addColumn("guardian_name", "text", (c) => c.notNull())
    .addColumn("guardian_phone", "text", (c) => c.notNull())
    .addColumn("allergies", "text", (c) => c.notNull())
    .addColumn("recorded_by", "text", (c) => c.notNull().references("account.id"))
    .addColumn("recorded_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("patient_revision_pk", ["patient_id", "version"])
    .modifyEnd(sql`strict`)
    .execute();

  /** Search index of the revision in force: folded name parts, birth date, digits of the phone, record number. */
  await schema
    .createTable("patient_token")
    .addColumn("token", "text", (c) => c.notNull())
    .addColumn("patient_id", "text", (c) => c.notNull().references("patient.id"))
    .addColumn("kind", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("patient_token_pk", ["token", "patient_id", "kind"])
    .modifyEnd(sql`strict, without rowid`)
    .execute();
  await schema.createIndex("patient_token_patient").on("patient_token").column("patient_id").execute();

  /** A course; `open` is 1 until it ends, and a patient has at most one open course. `ended_on` repeats the end's date for queries. */
  await schema
    .createTable("course")
    .addColumn("id", "text", (c) => c.primaryKey().notNull())
    .addColumn("patient_id", "text", (c) => c.notNull().references("patient.id"))
    .addColumn("open", "integer", (c) => c.notNull())
    .addColumn("ended_on", "text")
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("created_at", "text", (c) => c.notNull())
    .modifyEnd(sql`strict`)
    .execute();
  await schema
    .createIndex("course_ended")
    .on("course")
    .column("ended_on")
    .where("ended_on", "is not", null)
    .execute();
  await schema.createIndex("course_patient").on("course").column("patient_id").execute();
  await schema
    .createIndex("course_one_open")
    .unique()
    .on("course")
    .column("patient_id")
    .where(sql.ref("open"), "=", 1)
    .execute();
  await schema.createIndex("course_open").on("course").columns(["open", "id"]).execute();

  /** `data` is JSON of `courseFields`; `course_end` JSON of `courseEnd` or null. */
  await schema
    .createTable("course_revision")
    .addColumn("course_id", "text", (c) => c.notNull().references("course.id"))
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("data", "text", (c) => c.notNull())
    .addColumn("course_end", "text")
    .addColumn("recorded_by", "text", (c) => c.notNull().references("account.id"))
    .addColumn("recorded_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("course_revision_pk", ["course_id", "version"])
    .modifyEnd(sql`strict`)
    .execute();

  /**
   * A visit; its content stands in the revision that `version` names. `state`: draft, signed or voided. `signed_at` repeats
   * the signature's instant while the visit counts, because the signature's own row is long.
   */
  await schema
    .createTable("visit")
    .addColumn("id", "text", (c) => c.primaryKey().notNull())
    .addColumn("patient_id", "text", (c) => c.notNull().references("patient.id"))
    .addColumn("course_id", "text", (c) => c.notNull().references("course.id"))
    .addColumn("visit_date", "text", (c) => c.notNull())
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("signed_at", "text")
    .addColumn("created_at", "text", (c) => c.notNull())
    .modifyEnd(sql`strict`)
    .execute();
  await schema.createIndex("visit_signed").on("visit").columns(["patient_id", "signed_at"]).execute();
  await schema.createIndex("visit_patient").on("visit").columns(["patient_id", "visit_date"]).execute();
  await schema.createIndex("visit_course").on("visit").columns(["course_id", "visit_date"]).execute();
  await schema
    .createIndex("visit_one_a_day")
    .unique()
    .on("visit")
    .columns(["course_id", "visit_date"])
    .where(sql.ref("state"), "<>", "voided")
    .execute();
  await schema.createIndex("visit_state").on("visit").columns(["state", "course_id"]).execute();

  /** `data` is JSON of `visitFields`; the columns beside it are those that queries need. `parts` lists row ids of labs and entries. */
  await schema
    .createTable("visit_revision")
    .addColumn("visit_id", "text", (c) => c.notNull().references("visit.id"))
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("weight_kg", "real")
    .addColumn("iga", "integer")
    .addColumn("dose_action", "text")
    .addColumn("daily_mg", "real")
    .addColumn("dose_from", "text")
    .addColumn("missed_doses", "integer")
    .addColumn("next_visit_on", "text")
    .addColumn("data", "text", (c) => c.notNull())
    .addColumn("parts", "text", (c) => c.notNull())
    .addColumn("recorded_by", "text", (c) => c.notNull().references("account.id"))
    .addColumn("recorded_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("visit_revision_pk", ["visit_id", "version"])
    .modifyEnd(sql`strict`)
    .execute();

  await schema
    .createIndex("visit_revision_dose_action")
    .on("visit_revision")
    .columns(["dose_action", "visit_id"])
    .execute();

  /** `summary` is JSON of `visitSummary`: what the paper is made from, for ever. */
  await schema
    .createTable("visit_signature")
    .addColumn("visit_id", "text", (c) => c.primaryKey().notNull().references("visit.id"))
    .addColumn("version", "integer", (c) => c.notNull())
    .addColumn("summary", "text", (c) => c.notNull())
    .addColumn("signed_by", "text", (c) => c.notNull().references("account.id"))
    .addColumn("signed_at", "text", (c) => c.notNull())
    .modifyEnd(sql`strict`)
    .execute();

  await schema
    .createTable("visit_addendum")
    .addColumn("id", "text", (c) => c.primaryKey().notNull())
    .addColumn("visit_id", "text", (c) => c.notNull().references("visit.id"))
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("recorded_by", "text", (c) => c.notNull().references("account.id"))
    .addColumn("recorded_at", "text", (c) => c.notNull())
    .modifyEnd(sql`strict`)
    .execute();
  await schema.createIndex("visit_addendum_visit").on("visit_addendum").column("visit_id").execute();

  await schema
    .createTable("visit_void")
    .addColumn("visit_id", "text", (c) => c.primaryKey().notNull().references("visit.id"))
    .addColumn("reason", "text", (c) => c.notNull())
    .addColumn("recorded_by", "text", (c) => c.notNull().references("account.id"))
    .addColumn("recorded_at", "text", (c) => c.notNull())
    .modifyEnd(sql`strict`)
    .execute();

  /** One reported value. `status` is recorded or voided; a row in force is `recorded` and named by no other row. */
  await schema
    .createTable("lab_result")
    .addColumn("id", "text", (c) => c.primaryKey().notNull())
    .addColumn("patient_id", "text", (c) => c.notNull().references("patient.id"))
    .addColumn("visit_id", "text", (c) => c.references("visit.id"))
    .addColumn("test_id", "text", (c) => c.notNull())
    .addColumn("collected_on", "text", (c) => c.notNull())
    .addColumn("comparator", "text")
    .addColumn("value", "real")
    .addColumn("text", "text", (c) => c.notNull())
    .addColumn("unit", "text", (c) => c.notNull())
    .addColumn("range_low", "real")
    .addColumn("range_high", "real")
    .addColumn("fasting", "integer")
    .addColumn("note", "text", (c) => c.notNull())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("replaces_id", "text", (c) => c.references("lab_result.id"))
    .addColumn("reason", "text", (c) => c.notNull())
    .addColumn("recorded_by", "text", (c) => c.notNull().references("account.id"))
    .addColumn("recorded_at", "text", (c) => c.notNull())
    .modifyEnd(sql`strict`)
    .execute();
  await schema
    .createIndex("lab_result_patient")
    .on("lab_result")
    .columns(["patient_id", "collected_on"])
    .execute();
  await schema
    .createIndex("lab_result_recorded")
    .on("lab_result")
    .columns(["patient_id", "recorded_at"])
    .execute();
  await schema
    .createIndex("lab_result_visit")
    .on("lab_result")
    .column("visit_id")
    .where("visit_id", "is not", null)
    .execute();
  await schema
    .createIndex("lab_result_replaces")
    .unique()
    .on("lab_result")
    .column("replaces_id")
    .where("replaces_id", "is not", null)
    .execute();

  /** Evidence for a programme; `data` is JSON of `programmeEntryFields`. */
  await schema
    .createTable("programme_entry")
    .addColumn("id", "text", (c) => c.primaryKey().notNull())
    .addColumn("patient_id", "text", (c) => c.notNull().references("patient.id"))
    .addColumn("course_id", "text", (c) => c.notNull().references("course.id"))
    .addColumn("visit_id", "text", (c) => c.references("visit.id"))
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("on_date", "text", (c) => c.notNull())
    .addColumn("data", "text", (c) => c.notNull())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("replaces_id", "text", (c) => c.references("programme_entry.id"))
    .addColumn("reason", "text", (c) => c.notNull())
    .addColumn("recorded_by", "text", (c) => c.notNull().references("account.id"))
    .addColumn("recorded_at", "text", (c) => c.notNull())
    .modifyEnd(sql`strict`)
    .execute();
  await schema
    .createIndex("programme_entry_course")
    .on("programme_entry")
    .columns(["course_id", "on_date"])
    .execute();
  await schema
    .createIndex("programme_entry_visit")
    .on("programme_entry")
    .column("visit_id")
    .where("visit_id", "is not", null)
    .execute();
  await schema
    .createIndex("programme_entry_replaces")
    .unique()
    .on("programme_entry")
    .column("replaces_id")
    .where("replaces_id", "is not", null)
    .execute();

  /** A prescription with the verdict that allowed it, as JSON. A void is a new row, as in `lab_result`. */
  await schema
    .createTable("prescription")
    .addColumn("id", "text", (c) => c.primaryKey().notNull())
    .addColumn("patient_id", "text", (c) => c.notNull().references("patient.id"))
    .addColumn("course_id", "text", (c) => c.notNull().references("course.id"))
    .addColumn("visit_id", "text", (c) => c.references("visit.id"))
    .addColumn("issued_on", "text", (c) => c.notNull())
    .addColumn("days_supply", "integer", (c) => c.notNull())
    .addColumn("product_id", "text", (c) => c.notNull())
    .addColumn("capsules", "text", (c) => c.notNull())
    .addColumn("edition", "text", (c) => c.notNull())
    .addColumn("verdict", "text", (c) => c.notNull())
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("replaces_id", "text", (c) => c.references("prescription.id"))
    .addColumn("reason", "text", (c) => c.notNull())
    .addColumn("recorded_by", "text", (c) => c.notNull().references("account.id"))
    .addColumn("recorded_at", "text", (c) => c.notNull())
    .modifyEnd(sql`strict`)
    .execute();
  // Holds all that the rules ask of a prescription, so that the long verdicts are not read with it.
  await schema
    .createIndex("prescription_course")
    .on("prescription")
    .columns(["course_id", "issued_on", "status", "recorded_at", "days_supply", "product_id", "id"])
    .execute();
  await schema
    .createIndex("prescription_replaces")
    .unique()
    .on("prescription")
    .column("replaces_id")
    .where("replaces_id", "is not", null)
    .execute();

  /** Text on its way into the record; not clinical until saved, so a draft may be replaced and dropped. */
  await schema
    .createTable("draft")
    .addColumn("account_id", "text", (c) => c.notNull().references("account.id"))
    .addColumn("key", "text", (c) => c.notNull())
    .addColumn("patient_id", "text", (c) => c.references("patient.id"))
    .addColumn("base_version", "integer")
    .addColumn("body", "text", (c) => c.notNull())
    .addColumn("saved_at", "text", (c) => c.notNull())
    .addPrimaryKeyConstraint("draft_pk", ["account_id", "key"])
    .modifyEnd(sql`strict`)
    .execute();

  /** Append-only; `hash` is HMAC over the row and the hash before it. */
  await schema
    .createTable("audit")
    .addColumn("sequence", "integer", (c) => c.primaryKey().notNull())
    .addColumn("at", "text", (c) => c.notNull())
    .addColumn("user_id", "text")
    .addColumn("user_name", "text", (c) => c.notNull())
    .addColumn("action", "text", (c) => c.notNull())
    .addColumn("outcome", "text", (c) => c.notNull())
    .addColumn("patient_id", "text")
    .addColumn("detail", "text", (c) => c.notNull())
    .addColumn("hash", "text", (c) => c.notNull())
    .modifyEnd(sql`strict`)
    .execute();
  await schema
    .createIndex("audit_patient")
    .on("audit")
    .columns(["patient_id", "sequence"])
    .where("patient_id", "is not", null)
    .execute();
  await schema.createIndex("audit_user").on("audit").columns(["user_id", "sequence"]).execute();

  for (const table of CLINICAL_TABLES)
    for (const act of ["update", "delete"] as const)
      await sql`create trigger ${sql.ref(`${table}_no_${act}`)} before ${sql.raw(act)} on ${sql.table(table)}
        begin select raise(abort, 'append-only'); end`.execute(db);
}

/** As the list takes it. There is no way down: a record is never made older. */
export const firstRecord: Migration = { up };
