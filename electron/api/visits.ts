/** Visits: the prefilled page, saving, signing, addenda, voiding. Signed is signed: a later word is an addendum. */
import { readClinic } from "#electron/store/clinic.ts";
import { discardDraft } from "#electron/store/drafts.ts";
import type { ReadDb, WriteDb } from "#electron/store/engine.ts";
import { gatherProgrammeFacts } from "#electron/store/facts.ts";
import { resultsOfPatient, resultsOfVisit, voidResults } from "#electron/store/labs.ts";
import { entriesOfVisit, voidEntries } from "#electron/store/programme.ts";
import { prescriptionsOfCourse } from "#electron/store/prescriptions.ts";
import {
  insertAddendum,
  insertSignature,
  insertVisit,
  insertVisitVoid,
  latestVisitId,
  readVisit,
  readVisitHead,
  reviseVisit,
  type VisitHead,
  visitOnDay,
} from "#electron/store/visits.ts";
import { type CalendarDate, type DateStyle, formatDate, type Instant } from "#shared/calendar.ts";
import type { ParsedInputOf } from "#shared/contract.ts";
import type { User } from "#shared/records/account.ts";
import type { Clinic } from "#shared/records/clinic.ts";
import type { Course } from "#shared/records/course.ts";
import type { LabResult } from "#shared/records/lab-result.ts";
import type { Patient } from "#shared/records/patient.ts";
import type { Prescription } from "#shared/records/prescription.ts";
import type { ProgrammeEntry } from "#shared/records/programme-entry.ts";
import {
  type DoseDecision,
  type Visit,
  visitFields,
  type VisitForm,
  type VisitLab,
} from "#shared/records/visit.ts";
import { entryKindWords, entryWords, resultWords } from "#shared/records/words.ts";
import { Refused } from "#shared/refusal.ts";
import { blocks, type Verdict } from "#shared/rules/finding.ts";
import { labTest, preferredUnit } from "#shared/rules/lab-tests.ts";
import { testsFor } from "#shared/rules/monitoring.ts";
import { checkVisit, type Plausibility, type Remark, type VisitContext } from "#shared/rules/plausibility.ts";
import { judgeNow } from "#shared/rules/clock.ts";
import { judge } from "#shared/rules/prescribing.ts";
import { scoreMood } from "#shared/rules/scores.ts";
import { refuseForeignFiles } from "./attachments.ts";
import { existingCourse } from "./courses.ts";
import type { Handlers } from "./handler.ts";
import { existingPatient } from "./patients.ts";
import { isNewClaim, refuseMisplacedDoses } from "./pick-ups.ts";
import { refuseImplausible } from "./plausible.ts";
import { whyKept } from "./prescribing.ts";
import { refuseBeforeDecision, refuseDate, refuseEntry, refuseGuardianUnnamed } from "./programme.ts";
import { isStop, isStopResult } from "./stops.ts";
import { refuseLifting } from "./visit-guards.ts";
import { gatherSummary } from "./summary.ts";
import { isEmptyLab, saveParts } from "./visit-parts.ts";

export const visitHandlers: Handlers<"visits"> = {
  "visits.prefill": async ({ db, input, today }) => {
    const course = await existingCourse(db, input.courseId);
    const clinic = await readClinic(db);
    const previousId = await latestVisitId(db, course.id, today);
    const previous = previousId === null ? null : await readVisit(db, previousId);
    const results = await resultsOfPatient(db, course.patientId);
    const tests = testsFor({ course });
    return { form: prefilled(previous, results, tests, clinic, today), previous, tests };
  },

  "visits.read": async ({ db, input }) => existingVisit(db, input.id),

  "visits.save": async ({ db, input, now, today, user }) =>
    existingVisit(db, await save(db, input, { user, now, today })),

  "visits.sign": async ({ db, keys, input, now, today, user }) => {
    const { password, ...page } = input;
    if (!(await keys.verifyPassword(user.id, password))) {
      const sentence = "That is not your password. The visit is not signed.";
      throw new Refused("invalid", sentence, { fields: { password: sentence } });
    }
    refuseUnansweredAlert(page.form);
    const by = { userId: user.id, now };
    const id = await save(db, page, { user, now, today });
    const visit = await existingVisit(db, id);
    const facts = await gatherProgrammeFacts(db, visit.courseId);
    const verdict = facts === null || facts.course.end !== null ? null : judgeNow(facts, now);
    const summary = await gatherSummary(db, id, { now, today, signedBy: user.name, verdict });
    await insertSignature(db, id, visit.version, summary, by);
    return existingVisit(db, id);
  },

  "visits.addAddendum": async ({ db, input, now, user }) => {
    const visit = await existingVisit(db, input.id);
    if (visit.voidReason !== null) throw voidedVisit();
    if (visit.signature === null)
      throw new Refused("not-allowed", "This visit is not signed yet: write in the visit itself.");
    const by = { userId: user.id, now };
    await insertAddendum(db, visit.id, input.text, by);
    if (input.draftKey !== null) await discardDraft(db, user.id, input.draftKey);
    return existingVisit(db, visit.id);
  },

  "visits.void": async ({ db, input, now, user, audit }) => {
    const visit = await existingVisit(db, input.id);
    if (visit.voidReason !== null) throw voidedVisit();
    const by = { userId: user.id, now };
    const reason = `The visit was voided: ${input.reason}`;
    const results = await resultsOfVisit(db, visit.id);
    const entries = await entriesOfVisit(db, visit.id);
    const wrongResults = results.filter((one) => !isStopResult(one));
    const wrongEntries = entries.filter((one) => !isStop(one)).map((one) => one.id);
    await refuseWithPrescription(db, visit, now);
    const waiting = await waitsToBeDispensed(db, visit.courseId, now);
    const before = await verdictOf(db, visit.courseId, now);
    await voidResults(db, wrongResults, reason, by);
    await voidEntries(db, wrongEntries, reason, by);
    await insertVisitVoid(db, visit.id, input.reason, by);
    if (waiting && !(await waitsToBeDispensed(db, visit.courseId, now)))
      throw new Refused(
        "not-allowed",
        "A prescription that waits at the pharmacy rests on this visit. Void the prescription first, and tell the pharmacy not to dispense it.",
      );
    refuseUnread(
      {
        ...whatStays(entries, results, (await readClinic(db)).dateStyle),
        ...whatIsLifted(before, await verdictOf(db, visit.courseId, now)),
      },
      input.confirmed,
    );
    audit({ rows: [...wrongResults.map((one) => one.id), ...wrongEntries] });
    return existingVisit(db, visit.id);
  },
};

/**
 * Refuses the void of a visit at which a prescription was issued that is still in force: it says to void the prescription first,
 * or why that one cannot be voided.
 */
async function refuseWithPrescription(db: ReadDb, visit: Visit, now: Instant): Promise<void> {
  const issued = (await prescriptionsOfCourse(db, visit.courseId)).filter(
    (one) => one.visitId === visit.id && one.voidReason === null,
  );
  const { dateStyle } = await readClinic(db);
  const refuse = ({ issuedOn }: Prescription, rest: string): never => {
    throw new Refused(
      "not-allowed",
      `The prescription of ${formatDate(issuedOn, dateStyle)} was issued at this visit${rest}`,
    );
  };
  for (const one of issued) {
    const kept = await whyKept(db, one, now);
    if (kept !== null) refuse(one, `, which stays as long as the prescription does. ${kept}`);
  }
  const [last] = issued;
  if (last !== undefined)
    refuse(
      last,
      ". Void the prescription first; while it waits at the pharmacy, tell them not to dispense it.",
    );
}

/** Whether the gate lets the last prescription be dispensed now. */
async function waitsToBeDispensed(db: ReadDb, courseId: string, now: Instant): Promise<boolean> {
  const facts = await gatherProgrammeFacts(db, courseId);
  return facts !== null && judge(facts, now, { question: "dispense" }).answer === "yes";
}

async function verdictOf(db: ReadDb, courseId: string, now: Instant): Promise<Verdict | null> {
  const facts = await gatherProgrammeFacts(db, courseId);
  return facts === null ? null : judge(facts, now);
}

/** What of a voided visit stays in force, by path: a stop is taken back only by itself. */
function whatStays(
  entries: readonly ProgrammeEntry[],
  results: readonly LabResult[],
  style: DateStyle,
): Record<string, string> {
  const stays = [
    ...entries
      .filter(isStop)
      .map((one) =>
        stayWords(entryKindWords[one.kind], formatDate(one.on, style), entryWords(one, style), "programme"),
      ),
    ...results
      .filter(isStopResult)
      .map((one) =>
        stayWords(
          labTest(one.testId)?.shortName ?? one.testId,
          formatDate(one.collectedOn, style),
          resultWords(one),
          "flowsheet",
        ),
      ),
  ];
  return Object.fromEntries(stays.map((sentence, at) => [`stays.${at}`, sentence]));
}

function stayWords(name: string, on: string, words: string, place: string): string {
  const what = words === "" ? "" : `: ${words}`;
  return `${name} of ${on}${what}. This stays in force and goes on stopping treatment. If it is wrong too, void it by itself in the ${place}.`;
}

/** What blocked a prescription and no longer does, by path: a yes that comes from a void is never silent. */
function whatIsLifted(before: Verdict | null, after: Verdict | null): Record<string, string> {
  const still = new Set(after?.findings.filter(blocks).map((one) => one.rule));
  const lifted = (before?.findings ?? []).filter((one) => blocks(one) && !still.has(one.rule));
  return Object.fromEntries(
    lifted.map((one) => [
      `lifted.${one.rule}`,
      `${one.datum ?? one.sentence.replace(/\.$/, "")}: after the void this no longer stands against a prescription.`,
    ]),
  );
}

function refuseUnread(fields: Record<string, string>, confirmed: readonly string[]): void {
  const open = Object.entries(fields).filter(([path]) => !confirmed.includes(path));
  if (open.length > 0)
    throw new Refused("unlikely", "Read this before the visit is voided.", {
      fields: Object.fromEntries(open),
    });
}

/** The visit as it stands; refuses when there is none. */
async function existingVisit(db: ReadDb, id: string): Promise<Visit> {
  const visit = await readVisit(db, id);
  if (visit === null) throw new Refused("not-found", "This visit is not in the record.");
  return visit;
}

function voidedVisit(): Refused {
  return new Refused("not-allowed", "This visit was voided. It stays readable and takes no more changes.");
}

type Page = Omit<ParsedInputOf<"visits.save">, "id"> & { id: string | null };

/** Saves a page as the next revision of its visit, or as a new visit; returns the visit's id. */
async function save(
  db: WriteDb,
  page: Page,
  { user, now, today }: { user: User; now: Instant; today: CalendarDate },
): Promise<string> {
  const by = { userId: user.id, now };
  const course = await existingCourse(db, page.courseId);
  const patient = await existingPatient(db, course.patientId);
  const head = page.id === null ? null : await unsignedVisit(db, page.id, course, page.version);
  await refuseImpossible(db, page, { head, course, patient, today });
  await refuseLifting(db, head?.id ?? null, page.courseId, page.form, { user, now });
  const { labs, entries, ...fields } = page.form;
  const id = head?.id ?? (await insertVisit(db, { patientId: patient.id, courseId: course.id }, fields, by));
  const owner = { visitId: id, courseId: course.id, patientId: patient.id };
  const before = new Map((await entriesOfVisit(db, id)).map((one) => [one.id, one]));
  const parts = await saveParts(db, owner, { labs, entries }, by, user);
  if (parts === null) {
    if (head === null)
      throw new Refused("invalid", "A new visit cannot hold results that were recorded elsewhere.");
    throw new Refused("conflict", "A result or entry of this visit was corrected meanwhile.", {
      current: await existingVisit(db, id),
    });
  }
  // A part that was changed has a new id.
  const recorded = parts.entries.flatMap((entryId, at) => {
    const entry = entries[at];
    const isSaid = entry === undefined || isNewClaim(before.get(entry.id ?? "") ?? null, entry);
    return entryId === entry?.id || !isSaid ? [] : [{ id: entryId, field: `entries.${at}.on` }];
  });
  await refuseMisplacedDoses(db, course.id, recorded, { now, roles: user.roles });
  await reviseVisit(db, id, (head?.version ?? 0) + 1, visitFields.parse(fields), parts, by);
  if (page.draftKey !== null) await discardDraft(db, by.userId, page.draftKey);
  return id;
}

/** The row of a visit that may still be saved, at the version that the form was opened on. */
async function unsignedVisit(
  db: ReadDb,
  id: string,
  course: Course,
  version: number | null,
): Promise<VisitHead> {
  const head = await readVisitHead(db, id);
  if (head === null || head.courseId !== course.id)
    throw new Refused("not-found", "This visit is not in the record.");
  if (head.state === "voided") throw voidedVisit();
  if (head.state === "signed")
    throw new Refused("not-allowed", "This visit is signed and locked. Write an addendum instead.");
  if (head.version !== version) {
    const current = await existingVisit(db, id);
    throw new Refused("conflict", `${current.recordedBy} changed this visit meanwhile.`, { current });
  }
  return head;
}

async function refuseImpossible(
  db: ReadDb,
  page: Page,
  about: { head: VisitHead | null; course: Course; patient: Patient; today: CalendarDate },
): Promise<void> {
  const { head, course, patient, today } = about;
  const { form } = page;
  const { dateStyle } = await readClinic(db);
  if (form.date < course.decidedOn) {
    const sentence = `This course was decided on later, on ${formatDate(course.decidedOn, dateStyle)}. Change this day, or that of the course.`;
    throw new Refused("invalid", sentence, { fields: { date: sentence } });
  }
  const other = await visitOnDay(db, course.id, form.date, head?.id ?? null);
  if (other !== null) {
    const sentence = `There is already a visit on ${formatDate(form.date, dateStyle)}. Open that one.`;
    throw new Refused("invalid", sentence, { fields: { date: sentence } });
  }
  if (course.end !== null && form.dose !== null && form.dose.capsules.length > 0) {
    const sentence = "This course has ended: no dose can be decided in it. Open a new course.";
    throw new Refused("invalid", sentence, { fields: { dose: sentence } });
  }
  const dated = { birthDate: patient.birthDate, today };
  for (const [at, entry] of form.entries.entries())
    if (entry.kind === "risk-category" || entry.kind === "category-agreement") {
      const sentence = "The risk category is recorded on the programme page, not in a visit.";
      throw new Refused("invalid", sentence, { fields: { [`entries.${at}.kind`]: sentence } });
    } else if (entry.id === null) refuseEntry(entry, course, dated, `entries.${at}.on`);
    else {
      refuseDate(entry, dated, `entries.${at}.on`);
      refuseBeforeDecision(entry, course, `entries.${at}.on`);
    }
  for (const [at, entry] of form.entries.entries())
    refuseGuardianUnnamed(entry, course, patient.birthDate, `entries.${at}.guardianName`);
  for (const [at, entry] of form.entries.entries())
    await refuseForeignFiles(db, entry, patient.id, `form.entries.${at}.attachmentIds`);
  const previousId = await latestVisitId(db, course.id, form.date);
  const previous = previousId === null || previousId === head?.id ? null : await readVisit(db, previousId);
  const context = { ...dated, previous: previous?.form ?? null, course };
  refuseImplausible(checkFilled(form, context), page.confirmed);
}

/** Checks the page without the rows of the grid that stayed empty; paths keep the places of the whole form. */
function checkFilled(form: VisitForm, about: VisitContext): Plausibility {
  const places = form.labs.flatMap((lab, at) => (isEmptyLab(lab) ? [] : [at]));
  const labs = form.labs.filter((lab) => !isEmptyLab(lab));
  const inForm = (remark: Remark): Remark => ({
    ...remark,
    path: remark.path.replace(/^labs\.(\d+)/, (_, at) => `labs.${places[Number(at)] ?? at}`),
  });
  const { invalid, unlikely } = checkVisit({ ...form, labs }, about);
  return { invalid: invalid.map(inForm), unlikely: unlikely.map(inForm) };
}

/** A mood alert is never closed without a word of what was done. Product: red flags; source: domain facts 5.3. */
function refuseUnansweredAlert(form: VisitForm): void {
  if (form.mood === null || !scoreMood(form.mood).alert || form.mood.note !== "") return;
  const sentence = "The mood answers need an act. Write what was done before signing.";
  throw new Refused("invalid", sentence, { fields: { "mood.note": sentence } });
}

/** A new page: what carries over from the last visit and the last results; nothing that only a person can confirm. */
function prefilled(
  previous: Visit | null,
  results: readonly LabResult[],
  tests: readonly string[],
  clinic: Clinic,
  today: CalendarDate,
): VisitForm {
  return {
    date: today,
    weightKg: null,
    missedDoses: null,
    missedDosesNote: "",
    sideEffects: (previous?.form.sideEffects ?? [])
      .filter((one) => one.grade > 0)
      .map((one) => ({ ...one, note: "" })),
    sideEffectsReviewed: false,
    iga: null,
    lesions: null,
    mood: null,
    dose: carriedDose(previous?.form.dose ?? null, today),
    plan: "",
    notes: "",
    nextVisitOn: null,
    labs: tests.map((testId) => emptyLab(testId, results, clinic, today)),
    entries: [],
  };
}

/** The same capsules, to be confirmed; nothing after a hold or a stop, which only a prescriber ends. */
function carriedDose(dose: DoseDecision | null, today: CalendarDate): DoseDecision | null {
  if (dose === null || dose.capsules.length === 0) return null;
  return { action: "continue", capsules: dose.capsules, from: today, reason: "" };
}

/** An empty row of the grid with the unit and the laboratory's range of the last result of that test. */
function emptyLab(
  testId: string,
  results: readonly LabResult[],
  clinic: Clinic,
  today: CalendarDate,
): VisitLab {
  const last = results.findLast((one) => one.testId === testId);
  const test = labTest(testId);
  return {
    id: null,
    testId,
    collectedOn: today,
    comparator: null,
    value: null,
    text: "",
    unit: last?.unit ?? (test === null ? "" : preferredUnit(test, clinic.labUnits).ucum),
    rangeLow: last?.rangeLow ?? null,
    rangeHigh: last?.rangeHigh ?? null,
    fasting: null,
    note: "",
  };
}
