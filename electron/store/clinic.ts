/** The clinic's own settings; every change is a new revision. */
import { clinic, type Clinic } from "#shared/records/clinic.ts";
import type { Instant } from "#shared/calendar.ts";
import type { ReadDb, WriteDb } from "./engine.ts";

/** The settings in force. Throws when the record has none, which only a record that is being made lacks. */
export async function readClinic(db: ReadDb): Promise<Clinic> {
  const row = await db
    .selectFrom("clinic_revision")
    .select("data")
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirstOrThrow();
  if (parsed?.text !== row.data) parsed = { text: row.data, settings: clinic.parse(JSON.parse(row.data)) };
  return parsed.settings;
}

/** The last settings that were parsed, as nearly every call asks for them and looking up the zone is slow. */
let parsed: { text: string; settings: Clinic } | undefined;

/** Writes a revision. `by` is null for the one that the record is made with, before there is an account. */
export async function writeClinic(
  db: WriteDb,
  settings: Clinic,
  by: { userId: string | null; now: Instant },
): Promise<void> {
  const last = await db
    .selectFrom("clinic_revision")
    .select("version")
    .orderBy("version", "desc")
    .limit(1)
    .executeTakeFirst();
  await db
    .insertInto("clinic_revision")
    .values({
      version: (last?.version ?? 0) + 1,
      data: JSON.stringify(settings),
      recorded_by: by.userId,
      recorded_at: by.now,
    })
    .execute();
}
