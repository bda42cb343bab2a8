/** Laboratory results: one row per reported value; a correction or a void is a new row that names the old one. */
import { sql } from "kysely";
import type { CalendarDate } from "#shared/calendar.ts";
import type { LabResult, LabResultFields } from "#shared/records/lab-result.ts";
import { grouped, inChunks } from "./chunks.ts";
import { newId, type ReadDb, type WriteDb } from "./engine.ts";
import type { By } from "./recorded.ts";
import type { LabResultRow } from "./schema.ts";

type ResultRow = LabResultRow & { recorder: string };

function resultOf(row: ResultRow): LabResult {
  return {
    id: row.id,
    patientId: row.patient_id,
    visitId: row.visit_id,
    testId: row.test_id,
    collectedOn: row.collected_on,
    comparator: row.comparator as LabResult["comparator"],
    value: row.value,
    text: row.text,
    unit: row.unit,
    rangeLow: row.range_low,
    rangeHigh: row.range_high,
    fasting: row.fasting === null ? null : row.fasting === 1,
    note: row.note,
    replacesId: row.replaces_id,
    reason: row.reason,
    recordedAt: row.recorded_at,
    recordedBy: row.recorder,
  };
}

function all(db: ReadDb) {
  return db
    .selectFrom("lab_result as l")
    .innerJoin("account as a", "a.id", "l.recorded_by")
    .selectAll("l")
    .select("a.name as recorder");
}

function inForce(db: ReadDb) {
  return all(db)
    .leftJoin("lab_result as n", "n.replaces_id", "l.id")
    .where("l.status", "=", "recorded")
    .where("n.id", "is", null);
}

/** A patient's results in force, oldest first. */
export async function resultsOfPatient(db: ReadDb, patientId: string): Promise<LabResult[]> {
  const rows = await inForce(db)
    .where("l.patient_id", "=", patientId)
    .orderBy("l.collected_on")
    .orderBy("l.id")
    .execute();
  return rows.map(resultOf);
}

/** The results in force of many patients, by patient, oldest first. */
export async function resultsOfPatients(
  db: ReadDb,
  patientIds: readonly string[],
): Promise<Map<string, LabResult[]>> {
  const rows = await inChunks(patientIds, (chunk) =>
    inForce(db)
      .where("l.patient_id", "in", chunk)
      .orderBy("l.patient_id")
      .orderBy("l.collected_on")
      .orderBy("l.id")
      .execute(),
  );
  return grouped(rows.map(resultOf), (one) => one.patientId);
}

/** A patient's results in force of the given tests, oldest first. */
export async function resultsOfTests(
  db: ReadDb,
  patientId: string,
  testIds: readonly string[],
): Promise<LabResult[]> {
  const rows = await inForce(db)
    .where("l.patient_id", "=", patientId)
    .where("l.test_id", "in", testIds)
    .orderBy("l.collected_on")
    .orderBy("l.id")
    .execute();
  return rows.map(resultOf);
}

/** The same of many patients, by patient. */
export async function resultsOfTestsOf(
  db: ReadDb,
  patientIds: readonly string[],
  testIds: readonly string[],
): Promise<Map<string, LabResult[]>> {
  const rows = await inChunks(patientIds, (chunk) =>
    inForce(db)
      .where("l.patient_id", "in", chunk)
      .where("l.test_id", "in", testIds)
      .orderBy("l.collected_on")
      .orderBy("l.id")
      .execute(),
  );
  return grouped(rows.map(resultOf), (one) => one.patientId);
}

/** A result as the schedule of blood draws looks at it; `value` in `unit`. */
export type MeasuredResult = { testId: string; collectedOn: CalendarDate; value: number; unit: string };

/**
 * For each course that is asked about, its patient's latest result in force with a value of one test, on or before a day; left
 * out where there is none. Of one day the latest recorded.
 */
export async function latestUntil(
  db: ReadDb,
  testId: string,
  asked: readonly { courseId: string; patientId: string; until: CalendarDate }[],
): Promise<Map<string, MeasuredResult>> {
  const known = new Map(asked.map((one) => [one.courseId, one]));
  const rows = await inChunks([...known.keys()], (chunk) => {
    const lines = chunk.flatMap((id) => {
      const one = known.get(id);
      return one === undefined ? [] : [sql`(${one.courseId}, ${one.patientId}, ${one.until})`];
    });
    return db
      .with(
        "asked(course_id, patient_id, until)",
        () => sql<{ course_id: string; patient_id: string; until: string }>`(values ${sql.join(lines)})`,
      )
      .selectFrom("asked as q")
      .innerJoin("lab_result as l", (join) =>
        join.on((eb) =>
          eb(
            "l.id",
            "=",
            eb
              .selectFrom("lab_result as r")
              .where("r.test_id", "=", testId)
              .whereRef("r.patient_id", "=", "q.patient_id")
              .whereRef("r.collected_on", "<=", "q.until")
              .where("r.status", "=", "recorded")
              .where("r.value", "is not", null)
              .where((own) =>
                own.not(
                  own.exists(
                    own.selectFrom("lab_result as n").select("n.id").whereRef("n.replaces_id", "=", "r.id"),
                  ),
                ),
              )
              .orderBy("r.collected_on", "desc")
              .orderBy("r.id", "desc")
              .limit(1)
              .select("r.id"),
          ),
        ),
      )
      .select([
        "q.course_id as courseId",
        "l.collected_on as collectedOn",
        "l.value as value",
        "l.unit as unit",
      ])
      .execute();
  });
  return new Map(
    rows.flatMap(({ courseId, collectedOn, value, unit }) =>
      value === null ? [] : [[courseId, { testId, collectedOn, value, unit }]],
    ),
  );
}

/**
 * The latest day on which each of the given tests was drawn, of each of the given patients. The index by test has the days in
 * order, so that one step into it finds the last one.
 */
export async function latestDrawn(
  db: ReadDb,
  patientIds: readonly string[],
  testIds: readonly string[],
): Promise<Map<string, { testId: string; collectedOn: CalendarDate }[]>> {
  const drawn: { patientId: string; testId: string; collectedOn: CalendarDate }[] = [];
  for (const testId of testIds) {
    const rows = await inChunks(patientIds, (chunk) =>
      db
        .selectFrom("patient as p")
        .where("p.id", "in", chunk)
        .select((eb) => [
          "p.id as patientId",
          eb
            .selectFrom("lab_result as l")
            .where("l.test_id", "=", testId)
            .whereRef("l.patient_id", "=", "p.id")
            .where("l.status", "=", "recorded")
            .where((own) =>
              own.not(
                own.exists(
                  own.selectFrom("lab_result as n").select("n.id").whereRef("n.replaces_id", "=", "l.id"),
                ),
              ),
            )
            .orderBy("l.collected_on", "desc")
            .limit(1)
            .select("l.collected_on")
            .as("collectedOn"),
        ])
        .execute(),
    );
    for (const { patientId, collectedOn } of rows)
      if (collectedOn !== null) drawn.push({ patientId, testId, collectedOn });
  }
  return new Map(
    [...grouped(drawn, (one) => one.patientId)].map(([id, list]) => [
      id,
      list.map(({ testId, collectedOn }) => ({ testId, collectedOn })),
    ]),
  );
}

/**
 * Results in force that were recorded after the latest signature of their patient (or ever, where there is none): nobody
 * has signed for them. Of the given patients, in any order.
 */
export async function unsignedResults(
  db: ReadDb,
  patientIds: readonly string[],
): Promise<{ id: string; patientId: string }[]> {
  return inChunks(patientIds, (chunk) =>
    db
      .selectFrom("patient as p")
      .innerJoin("lab_result as l", (on) =>
        on.onRef("l.patient_id", "=", "p.id").on((eb) =>
          eb(
            "l.recorded_at",
            ">",
            eb.fn.coalesce(
              eb
                .selectFrom("visit as v")
                .select(({ fn }) => fn.max("v.signed_at").as("at"))
                .whereRef("v.patient_id", "=", "p.id"),
              eb.val(""),
            ),
          ),
        ),
      )
      .leftJoin("lab_result as n", "n.replaces_id", "l.id")
      .where("p.id", "in", chunk)
      .where("l.status", "=", "recorded")
      .where("n.id", "is", null)
      .select(["l.id", "l.patient_id as patientId"])
      .execute(),
  );
}

/** The results in force that were entered at a visit. */
export async function resultsOfVisit(db: ReadDb, visitId: string): Promise<LabResult[]> {
  return (await inForce(db).where("l.visit_id", "=", visitId).orderBy("l.id").execute()).map(resultOf);
}

/** Result rows by id, in force or not, in any order. */
export async function resultsById(db: ReadDb, ids: readonly string[]): Promise<LabResult[]> {
  if (ids.length === 0) return [];
  return (await all(db).where("l.id", "in", ids).execute()).map(resultOf);
}

/** A result row, and whether it is in force; null when there is none. */
export async function readResult(
  db: ReadDb,
  id: string,
): Promise<{ result: LabResult; inForce: boolean } | null> {
  const row = await all(db)
    .leftJoin("lab_result as n", "n.replaces_id", "l.id")
    .select("n.id as next_id")
    .where("l.id", "=", id)
    .executeTakeFirst();
  return row ? { result: resultOf(row), inForce: row.status === "recorded" && row.next_id === null } : null;
}

/** Every version of a result to which `id` belongs, the latest first. */
export async function resultVersions(
  db: ReadDb,
  id: string,
): Promise<{ result: LabResult; voided: boolean }[]> {
  const rows = new Map<string, ResultRow>();
  const add = async (column: "l.id" | "l.replaces_id", value: string | null) => {
    let wanted = value;
    while (wanted !== null) {
      const row: ResultRow | undefined = await all(db).where(column, "=", wanted).executeTakeFirst();
      if (row === undefined || rows.has(row.id)) break;
      rows.set(row.id, row);
      wanted = column === "l.id" ? row.replaces_id : row.id;
    }
  };
  await add("l.id", id);
  await add("l.replaces_id", id);
  return [...rows.values()]
    .sort((a, b) => (a.recorded_at < b.recorded_at ? 1 : a.recorded_at > b.recorded_at ? -1 : follows(a, b)))
    .map((row) => ({ result: resultOf(row), voided: row.status === "voided" }));
}

function follows(a: ResultRow, b: ResultRow): number {
  return a.replaces_id === b.id ? -1 : 1;
}

/** What a result row is written from. `replaces` names the row that it corrects. */
export type NewResult = {
  fields: LabResultFields;
  patientId: string;
  visitId: string | null;
  replaces: { id: string; reason: string } | null;
};

/** Writes results; returns their ids in the same order. */
export async function insertResults(db: WriteDb, results: readonly NewResult[], by: By): Promise<string[]> {
  const rows = results.map((one) => rowOf(one, "recorded", by));
  // A statement takes a limited number of values; 500 results are 9000 of them.
  for (let at = 0; at < rows.length; at += 500)
    await db
      .insertInto("lab_result")
      .values(rows.slice(at, at + 500))
      .execute();
  return rows.map((row) => row.id);
}

/** Voids results: new rows that name them, with the same content and the reason. They must be in force. */
export async function voidResults(
  db: WriteDb,
  results: readonly LabResult[],
  reason: string,
  by: By,
): Promise<void> {
  if (results.length === 0) return;
  const rows = results.map((one) =>
    rowOf(
      {
        fields: one,
        patientId: one.patientId,
        visitId: one.visitId,
        replaces: { id: one.id, reason },
      },
      "voided",
      by,
    ),
  );
  await db.insertInto("lab_result").values(rows).execute();
}

function rowOf(one: NewResult, status: "recorded" | "voided", by: By): LabResultRow {
  return {
    id: newId(by.now),
    patient_id: one.patientId,
    visit_id: one.visitId,
    test_id: one.fields.testId,
    collected_on: one.fields.collectedOn,
    comparator: one.fields.comparator,
    value: one.fields.value,
    text: one.fields.text,
    unit: one.fields.unit,
    range_low: one.fields.rangeLow,
    range_high: one.fields.rangeHigh,
    fasting: one.fields.fasting === null ? null : one.fields.fasting ? 1 : 0,
    note: one.fields.note,
    status,
    replaces_id: one.replaces?.id ?? null,
    reason: one.replaces?.reason ?? "",
    recorded_by: by.userId,
    recorded_at: by.now,
  };
}
