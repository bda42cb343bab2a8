/**
 * Which patients were written to since a moment: read from the audit trail, which every command writes in its own
 * transaction. So whoever keeps something in memory knows what to gather again.
 */
import type { ReadDb } from "./engine.ts";

/** Up to which audit row something was gathered. */
export type Mark = { sequence: number };

/** Actions without a patient that change nothing clinical. Any other one may have changed anything. */
const ELSEWHERE = ["session.", "accounts.", "drafts.", "audit.", "documents."];

/** The present mark. */
export async function presentMark(db: ReadDb): Promise<Mark> {
  const row = await db
    .selectFrom("audit")
    .select("sequence")
    .orderBy("sequence", "desc")
    .limit(1)
    .executeTakeFirst();
  return { sequence: row?.sequence ?? 0 };
}

/** The patients that were read or written since `mark`, or `all` when something was done that names no patient. */
export async function patientsSince(db: ReadDb, mark: Mark): Promise<"all" | Set<string>> {
  const rows = await db
    .selectFrom("audit")
    .select(["patient_id", "action"])
    .distinct()
    .where("sequence", ">", mark.sequence)
    .where("outcome", "=", "done")
    .execute();
  const patients = new Set<string>();
  for (const row of rows) {
    if (row.patient_id !== null) patients.add(row.patient_id);
    else if (!ELSEWHERE.some((prefix) => row.action.startsWith(prefix))) return "all";
  }
  return patients;
}
