/**
 * Files that belong to evidence, the reviews of the programmes' editions, and two indexes. Frozen: never edit a migration that has been
 * released; add the next one. Conventions as in the first.
 */
import type { Migration } from "kysely/migration";
import { type Kysely, sql } from "kysely";

const CLINICAL_TABLES = ["attachment", "edition_review"] as const;

async function up(db: Kysely<unknown>): Promise<void> {
  const schema = db.schema;

  /**
   * An image or PDF of a patient. `type` is the media type that its content showed; `name` what the person called it, for the
   * screen only; `size` in bytes. Entries name it in `attachmentIds`; one that no entry names belongs to an unsaved form.
   */
  await schema
    .createTable("attachment")
    .addColumn("id", "text", (c) => c.primaryKey().notNull())
    .addColumn("patient_id", "text", (c) => c.notNull().references("patient.id"))
    .addColumn("name", "text", (c) => c.notNull())
    .addColumn("type", "text", (c) => c.notNull())
    .addColumn("size", "integer", (c) => c.notNull())
    // SQLite's word; PostgreSQL calls it bytea.
    .addColumn("bytes", "blob", (c) => c.notNull())
    .addColumn("recorded_by", "text", (c) => c.notNull().references("account.id"))
    .addColumn("recorded_at", "text", (c) => c.notNull())
    .modifyEnd(sql`strict`)
    .execute();
  // Holds all but the bytes and the stamp's names, so that a list does not walk over megabytes.
  await schema
    .createIndex("attachment_patient")
    .on("attachment")
    .columns(["patient_id", "recorded_at", "id", "name", "type", "size", "recorded_by"])
    .execute();

  /**
   * A prescriber compared an edition with its source, or took that word back. The latest row of an edition is in force.
   * `digest`: of the edition's tables as they were reviewed; tables that read otherwise have not been reviewed.
   */
  await schema
    .createTable("edition_review")
    .addColumn("id", "text", (c) => c.primaryKey().notNull())
    .addColumn("edition", "text", (c) => c.notNull())
    .addColumn("digest", "text", (c) => c.notNull())
    /** 1: reviewed; 0: withdrawn. */
    .addColumn("reviewed", "integer", (c) => c.notNull())
    .addColumn("on_date", "text", (c) => c.notNull())
    .addColumn("note", "text", (c) => c.notNull())
    .addColumn("recorded_by", "text", (c) => c.notNull().references("account.id"))
    .addColumn("recorded_at", "text", (c) => c.notNull())
    .modifyEnd(sql`strict`)
    .execute();

  // The capsules are asked for too now, so the index that spares reading the long verdicts holds them.
  await schema.dropIndex("prescription_course").execute();
  await schema
    .createIndex("prescription_course")
    .on("prescription")
    .columns([
      "course_id",
      "issued_on",
      "status",
      "recorded_at",
      "days_supply",
      "product_id",
      "id",
      "capsules",
    ])
    .execute();

  // Today asks for the pregnancy tests among the results of every patient.
  await schema.createIndex("lab_result_test").on("lab_result").columns(["test_id", "patient_id"]).execute();

  for (const table of CLINICAL_TABLES)
    for (const act of ["update", "delete"] as const)
      await sql`create trigger ${sql.ref(`${table}_no_${act}`)} before ${sql.raw(act)} on ${sql.table(table)}
        begin select raise(abort, 'append-only'); end`.execute(db);
}

/** As the list takes it. There is no way down: a record is never made older. */
export const attachmentsAndReviews: Migration = { up };
