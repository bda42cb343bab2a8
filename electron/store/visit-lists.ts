/** Visits in number: a patient's list, what the dosing rules read of many courses, and what nobody signed yet. */
import type { CalendarDate } from "#shared/calendar.ts";
import type { DoseDecision, VisitFields, VisitLine } from "#shared/records/visit.ts";
import type { DosingVisit } from "#shared/rules/dosing.ts";
import type { DoseFact } from "#shared/rules/facts.ts";
import { grouped, inChunks } from "./chunks.ts";
import type { ReadDb } from "./engine.ts";

/** A patient's visits for a list, voided ones too, the latest first. */
export async function visitLines(db: ReadDb, patientId: string): Promise<VisitLine[]> {
  const rows = await inForce(db)
    .leftJoin("visit_signature as s", "s.visit_id", "v.id")
    .where("v.patient_id", "=", patientId)
    .select([
      "v.id",
      "v.course_id",
      "v.visit_date",
      "v.state",
      "r.weight_kg",
      "r.iga",
      "r.daily_mg",
      "r.dose_action",
      "r.data",
      "s.signed_at",
    ])
    .orderBy("v.visit_date", "desc")
    .orderBy("v.id", "desc")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    courseId: row.course_id,
    date: row.visit_date,
    signedAt: row.signed_at,
    voided: row.state === "voided",
    weightKg: row.weight_kg,
    iga: row.iga,
    dailyMg: row.daily_mg,
    doseAction: row.dose_action as VisitLine["doseAction"],
    plan: (JSON.parse(row.data) as VisitFields).plan,
  }));
}

function inForce(db: ReadDb) {
  return db
    .selectFrom("visit as v")
    .innerJoin("visit_revision as r", (on) =>
      on.onRef("r.visit_id", "=", "v.id").onRef("r.version", "=", "v.version"),
    );
}

/** A visit that counts, with what it keeps itself; without its parts. */
export type VisitContent = {
  id: string;
  patientId: string;
  courseId: string;
  signed: boolean;
  fields: VisitFields;
};

/** The visits of the given courses that count (not voided), signed or not, oldest first, without their parts. */
export async function visitContents(db: ReadDb, courseIds: readonly string[]): Promise<VisitContent[]> {
  const rows = await inChunks(courseIds, (chunk) =>
    inForce(db)
      .where("v.course_id", "in", chunk)
      .where("v.state", "<>", "voided")
      .select(["v.id", "v.patient_id", "v.course_id", "v.state", "r.data"])
      .orderBy("v.visit_date")
      .orderBy("v.id")
      .execute(),
  );
  return rows.map(contentOf);
}

function contentOf(row: {
  id: string;
  patient_id: string;
  course_id: string;
  state: string;
  data: string;
}): VisitContent {
  return {
    id: row.id,
    patientId: row.patient_id,
    courseId: row.course_id,
    signed: row.state === "signed",
    fields: JSON.parse(row.data) as VisitFields,
  };
}

/** The doses, weights and missed days of visits that count, oldest first; capsules as one of the daily sum. */
export async function visitDoses(
  db: ReadDb,
  courseIds: readonly string[],
): Promise<{ courseId: string; signed: boolean; fields: DosingVisit }[]> {
  const rows = await inChunks(courseIds, (chunk) =>
    inForce(db)
      .where("v.course_id", "in", chunk)
      .where("v.state", "<>", "voided")
      .select([
        "v.course_id as courseId",
        "v.state",
        "v.visit_date as date",
        "r.weight_kg as weightKg",
        "r.missed_doses as missedDoses",
        "r.dose_action",
        "r.dose_from",
        "r.daily_mg",
      ])
      .orderBy("v.visit_date")
      .execute(),
  );
  return rows.map(({ courseId, state, date, weightKg, missedDoses, ...dose }) => ({
    courseId,
    signed: state === "signed",
    fields: { date, weightKg, missedDoses, dose: doseOf(dose) },
  }));
}

function doseOf(row: {
  dose_action: string | null;
  dose_from: string | null;
  daily_mg: number | null;
}): DoseDecision | null {
  if (row.dose_action === null || row.dose_from === null) return null;
  const capsules = row.daily_mg ? [{ strengthMg: row.daily_mg, morning: 1, evening: 0 }] : [];
  return { action: row.dose_action as DoseDecision["action"], capsules, from: row.dose_from, reason: "" };
}

/**
 * A visit's dose decision as the gate takes it. A hold or a stop counts from the moment it is written; what lifts one counts
 * only once a prescriber has signed for it. So an unsigned visit can close the gate and never open it.
 */
export function doseFact(visit: { signed: boolean; fields: Pick<VisitFields, "date" | "dose"> }): DoseFact[] {
  const { date, dose } = visit.fields;
  if (dose === null) return [];
  const stops = dose.action === "hold" || dose.action === "stop";
  return visit.signed || stops ? [{ on: date, action: dose.action }] : [];
}

/**
 * The dose decisions of those courses whose dose a visit held or stopped at any time, by course. Most courses have no such
 * visit, and those that have are found by an index of such visits alone.
 */
export async function dosesWhereHeld(
  db: ReadDb,
  courseIds: readonly string[],
): Promise<Map<string, DoseFact[]>> {
  const rows = await inForce(db)
    .where("r.dose_action", "in", ["hold", "stop"])
    .where("v.state", "<>", "voided")
    .select("v.course_id as id")
    .distinct()
    .execute();
  const asked = new Set(courseIds);
  const held = rows.flatMap(({ id }) => (asked.has(id) ? [id] : []));
  const doses = (await visitDoses(db, held)).flatMap((visit) =>
    doseFact(visit).map((fact) => ({ courseId: visit.courseId, fact })),
  );
  return new Map(
    [...grouped(doses, (one) => one.courseId)].map(([id, list]) => [id, list.map((one) => one.fact)]),
  );
}

/** From which days visits increased the dose, by course, found by the index of such visits alone. */
export async function doseIncreases(
  db: ReadDb,
  courseIds: readonly string[],
): Promise<Map<string, CalendarDate[]>> {
  const rows = await inForce(db)
    .where("r.dose_action", "=", "increase")
    .where("v.state", "<>", "voided")
    .select(["v.course_id as courseId", "r.dose_from as from"])
    .execute();
  const asked = new Set(courseIds);
  const known = rows.flatMap(({ courseId, from }) =>
    from !== null && asked.has(courseId) ? [{ courseId, from }] : [],
  );
  return new Map(
    [...grouped(known, (one) => one.courseId)].map(([id, list]) => [
      id,
      list.map((one) => one.from).toSorted(),
    ]),
  );
}

/** Every visit that nobody signed yet, oldest first. */
export async function unsignedVisits(db: ReadDb): Promise<VisitContent[]> {
  const rows = await inForce(db)
    .where("v.state", "=", "draft")
    .select(["v.id", "v.patient_id", "v.course_id", "v.state", "r.data"])
    .orderBy("v.visit_date")
    .orderBy("v.id")
    .execute();
  return rows.map(contentOf);
}

/** The latest visit that counts on or before `until` of each of the given courses, by course, with the next one it plans. */
export async function latestVisits(
  db: ReadDb,
  courseIds: readonly string[],
  until: CalendarDate,
): Promise<Map<string, { id: string; on: CalendarDate; nextVisitOn: CalendarDate | null }>> {
  const rows = await inChunks(courseIds, (chunk) =>
    inForce(db)
      .where("v.course_id", "in", chunk)
      .where("v.state", "<>", "voided")
      .where("v.visit_date", "=", (eb) =>
        eb
          .selectFrom("visit as other")
          .select(({ fn }) => fn.max("other.visit_date").as("latest"))
          .whereRef("other.course_id", "=", "v.course_id")
          .where("other.visit_date", "<=", until)
          .where("other.state", "<>", "voided"),
      )
      .select(["v.id", "v.course_id as courseId", "v.visit_date as on", "r.next_visit_on as nextVisitOn"])
      .execute(),
  );
  return new Map(rows.map((row) => [row.courseId, row]));
}
