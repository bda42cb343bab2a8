/**
 * The gate and the prescription. `judge` and `issue` ask the same two lines: gather the facts, judge them. Issuing does so in
 * its own transaction, with the supply that is asked for, and keeps the verdict with the prescription.
 */
import type { ReadDb } from "#electron/store/engine.ts";
import { gatherCourses, gatherProgrammeFacts } from "#electron/store/facts.ts";
import {
  insertPrescription,
  prescriptionsOfCourse,
  readPrescription,
  voidPrescription,
} from "#electron/store/prescriptions.ts";
import { addDays, type CalendarDate, formatDate, type Instant, isStillOpen } from "#shared/calendar.ts";
import type { Course } from "#shared/records/course.ts";
import { firstRecorded, isDose } from "#shared/records/programme-entry.ts";
import type { Prescription, PrescriptionFields } from "#shared/records/prescription.ts";
import { dailyMgOf } from "#shared/records/visit.ts";
import { Refused } from "#shared/refusal.ts";
import { isClockBehind, judgeNow } from "#shared/rules/clock.ts";
import { courseProgress, doseWarnings } from "#shared/rules/dosing.ts";
import type { Verdict } from "#shared/rules/finding.ts";
import { outcomesOf } from "#shared/rules/history.ts";
import { pickUpBy } from "#shared/rules/pick-up.ts";
import type { Remark } from "#shared/rules/plausibility.ts";
import { planOf } from "#shared/rules/plan.ts";
import { productById, productChangeWarnings } from "#shared/rules/products.ts";
import { refuseForeignVisit } from "./amendments.ts";
import { dosingOfCourses } from "./course-facts.ts";
import { existingCourse } from "./courses.ts";
import type { Handlers } from "./handler.ts";
import { existingPatient } from "./patients.ts";
import { historyNow } from "./pick-ups.ts";
import { refuseImplausible } from "./plausible.ts";

export const prescribingHandlers: Handlers<"prescribing"> = {
  "prescribing.judge": async ({ db, input, now }) => {
    const facts = await gatherProgrammeFacts(db, input.courseId);
    if (facts === null) throw new Refused("not-found", "This course is not in the record.");
    const { question = "prescribe" } = input;
    const verdict = judgeNow(facts, now, { question });
    return verdict.answer === "no" && question === "prescribe" && !isClockBehind(facts, now)
      ? { ...verdict, plan: planOf(facts, now) }
      : verdict;
  },

  "prescribing.issue": async ({ db, input, now, today, user }) => {
    const { courseId, visitId, confirmed, ...fields } = input;
    const course = await existingCourse(db, courseId);
    if (course.end !== null)
      throw new Refused("not-allowed", "This course has ended: nothing can be prescribed in it.");
    await refuseForeignVisit(db, visitId, courseId);
    refuseForeignCapsules(fields);
    const verdict = await verdictOn(db, courseId, now, fields.daysSupply);
    if (verdict.answer === "no")
      throw new Refused("not-allowed", verdict.sentence, { findings: verdict.findings });
    refuseImplausible({ invalid: [], unlikely: await remarksOn(db, course, fields, today) }, confirmed);
    const id = await insertPrescription(
      db,
      { patientId: course.patientId, courseId, visitId, issuedOn: today, fields, verdict },
      { userId: user.id, now },
    );
    return existingPrescription(db, id);
  },

  "prescribing.list": async ({ db, input }) => {
    await existingCourse(db, input.courseId);
    return prescriptionsOfCourse(db, input.courseId);
  },

  "prescribing.void": async ({ db, input, now, user }) => {
    const current = await existingPrescription(db, input.id);
    if (current.voidReason !== null)
      throw new Refused("conflict", "This prescription was voided already.", { current });
    const kept = await whyKept(db, current, now);
    if (kept !== null) throw new Refused("not-allowed", kept);
    await voidPrescription(db, input.id, input.reason, { userId: user.id, now });
    return existingPrescription(db, input.id);
  },
};

/** A pick-up that was typed with too early a day is looked for in so many days before its prescription. */
const TYPED_EARLY = 7;

/**
 * Why a prescription is not voided, in sentences; null when it can be. Capsules of it may be with the patient: without it no
 * rule would count them, and another month could be issued on the same test. That is one with a dose or a pick-up on record
 * since it; the first one, with a pick-up of shortly before it that was recorded after it; and one that another followed, or
 * whose window has closed, while nobody recorded what became of it.
 */
export async function whyKept(
  db: ReadDb,
  { id, courseId }: Pick<Prescription, "id" | "courseId">,
  now: Instant,
): Promise<string | null> {
  const facts = await gatherProgrammeFacts(db, courseId);
  const at = facts?.prescriptions.findIndex((one) => one.id === id) ?? -1;
  const prescription = facts?.prescriptions[at];
  if (facts === null || prescription === undefined) return null;
  const next = facts.prescriptions[at + 1];
  const doses = facts.entries.filter(isDose);
  const used = doses.filter(
    (one) => one.on >= prescription.issuedOn && (next === undefined || one.on < next.issuedOn),
  );
  if (used.some((one) => one.kind === "dispensing"))
    return "Its capsules are on record as collected. If they were not, void that entry first; if they were, the prescription stays.";
  if (used.length > 0)
    return "A first dose is on record since it was issued. If none was taken, void that entry first; if one was, the prescription stays.";
  const early = doses.find(
    (one) =>
      at === 0 &&
      one.on < prescription.issuedOn &&
      one.on >= addDays(prescription.issuedOn, -TYPED_EARLY) &&
      firstRecorded(one) >= prescription.issuedAt,
  );
  if (early !== undefined)
    return `${early.kind === "first-dose" ? "A first dose" : "A pick-up"} of ${formatDate(early.on, facts.clinic.dateStyle)} was recorded after this prescription was issued, and belongs to no other. Put its day right, or void that entry first.`;
  const history = historyNow(facts, now);
  if (history === null) return null;
  const place = history.prescriptions.findIndex((one) => one.id === id);
  if (outcomesOf(history, place).length > 0) return null;
  const what = "Record what became of it first: collected, or nothing dispensed.";
  if (next !== undefined) return `Another prescription followed it. ${what}`;
  const closesAt = pickUpBy(history);
  return closesAt !== null && !isStillOpen(closesAt, now) ? `Its window has closed. ${what}` : null;
}

/** Gather, then judge. */
async function verdictOn(db: ReadDb, courseId: string, now: Instant, daysSupply?: number): Promise<Verdict> {
  const facts = await gatherProgrammeFacts(db, courseId);
  if (facts === null) throw new Refused("not-found", "This course is not in the record.");
  return judgeNow(facts, now, daysSupply === undefined ? {} : { daysSupply });
}

async function existingPrescription(db: ReadDb, id: string): Promise<Prescription> {
  const found = await readPrescription(db, id);
  if (found === null) throw new Refused("not-found", "This prescription is not in the record.");
  return found;
}

/** Refuses an unknown product, a plan without capsules, and strengths that the product is not made in. */
function refuseForeignCapsules(fields: PrescriptionFields): void {
  const refuse = (field: string, sentence: string) => {
    throw new Refused("invalid", sentence, { fields: { [field]: sentence } });
  };
  const product = productById(fields.productId);
  if (product === null) return refuse("productId", "This product is not known.");
  if (dailyMgOf(fields.capsules) === 0) return refuse("capsules", "Give at least one capsule a day.");
  for (const [index, one] of fields.capsules.entries())
    if (!product.strengthsMg.includes(one.strengthMg))
      return refuse(
        `capsules.${index}.strengthMg`,
        `${product.name} has no capsules of ${one.strengthMg} mg.`,
      );
}

/** What to confirm before prescribing: a dose out of the usual, a change of product within the course. */
async function remarksOn(
  db: ReadDb,
  course: Course,
  fields: PrescriptionFields,
  today: CalendarDate,
): Promise<Remark[]> {
  const facts = await gatherCourses(db, await existingPatient(db, course.patientId));
  const own = facts.courses.findIndex((one) => one.course.id === course.id);
  const dosing = dosingOfCourses(facts)[own];
  const weight = (dosing && courseProgress(dosing, today).latestWeight?.kg) ?? course.referenceWeightKg;
  const remarks = doseWarnings(fields.capsules, weight, fields.productId).map((sentence) => ({
    path: "capsules",
    sentence,
  }));
  const decided = facts.courses[own]?.visits.findLast(
    ({ fields: { date, dose } }) => date <= today && dose !== null && dose.capsules.length > 0,
  )?.fields.dose;
  const dailyMg = dailyMgOf(fields.capsules);
  if (decided && dailyMgOf(decided.capsules) !== dailyMg)
    remarks.push({
      path: "capsules",
      sentence: `${dailyMg} mg a day is not what was decided at the visit: ${dailyMgOf(decided.capsules)} mg a day.`,
    });
  const strengths = fields.capsules.map((one) => one.strengthMg);
  if (new Set(strengths).size < strengths.length)
    remarks.push({ path: "capsules", sentence: "The same strength stands twice. Is that meant?" });
  const left = facts.courses
    .filter((one) => one.course.id !== course.id)
    .flatMap((one) => one.programme.prescriptions)
    .map((one) => addDays(one.issuedOn, one.daysSupply - 1))
    .filter((until) => until >= today)
    .toSorted()
    .at(-1);
  if (left !== undefined) {
    const { dateStyle } = facts.clinic;
    remarks.push({
      path: "daysSupply",
      sentence: `A prescription of an earlier course lasts until ${formatDate(left, dateStyle)}. Were its capsules not collected?`,
    });
  }
  const last = facts.courses[own]?.programme.prescriptions.at(-1)?.productId ?? course.productId;
  if (last !== fields.productId) {
    const change = productChangeWarnings(
      { productId: last, strengthsMg: [] },
      { productId: fields.productId, strengthsMg: fields.capsules.map((one) => one.strengthMg) },
    );
    remarks.push({ path: "productId", sentence: change.join(" ") });
  }
  return onePerPath(remarks);
}

/** Everything that is said of one field, in one remark: a refusal has one sentence for each. */
function onePerPath(remarks: readonly Remark[]): Remark[] {
  const said = new Map<string, string>();
  for (const { path, sentence } of remarks)
    said.set(path, said.has(path) ? `${said.get(path)} ${sentence}` : sentence);
  return Array.from(said, ([path, sentence]) => ({ path, sentence }));
}
