/**
 * The index by test holds the days too: Today asks of every patient when a test was drawn last. Frozen: never edit a migration
 * that has been released; add the next one.
 */
import type { Migration } from "kysely/migration";
import type { Kysely } from "kysely";

async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema.dropIndex("lab_result_test").execute();
  await schema
    .createIndex("lab_result_test")
    .on("lab_result")
    .columns(["test_id", "patient_id", "collected_on", "status", "id"])
    .execute();
}

/** As the list takes it. There is no way down: a record is never made older. */
export const drawnTests: Migration = { up };
