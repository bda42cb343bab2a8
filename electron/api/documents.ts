/** Paper: gathered, made into a definition, rendered; shown, printed or saved. A signed visit prints from what was stored. */
import { chartLabsDocument } from "#electron/documents/chart-labs.ts";
import { printsConfidential } from "#electron/documents/confidential.ts";
import { handoutDocument } from "#electron/documents/handout.ts";
import { recoveryCodeDocument } from "#electron/documents/recovery-code.ts";
import { renderDocument, type PaperDocument } from "#electron/documents/render.ts";
import { todayDocument } from "#electron/documents/today-list.ts";
import { visitSummaryDocument } from "#electron/documents/visit-summary.ts";
import { readClinic } from "#electron/store/clinic.ts";
import { readCourse } from "#electron/store/courses.ts";
import type { ReadDb } from "#electron/store/engine.ts";
import { gatherPatientFacts, gatherProgrammeFacts } from "#electron/store/facts.ts";
import { readSignedSummary, readVisitHead } from "#electron/store/visits.ts";
import type { CalendarDate, Instant } from "#shared/calendar.ts";
import type { Paper } from "#shared/contract.ts";
import { mayCall } from "#shared/permissions.ts";
import type { User } from "#shared/records/account.ts";
import { fullName } from "#shared/records/patient.ts";
import type { VisitSummary } from "#shared/records/visit-summary.ts";
import { Refused } from "#shared/refusal.ts";
import { doseSegments } from "#shared/rules/dosing.ts";
import { judgeNow } from "#shared/rules/clock.ts";
import { dosingOfCourses, interpreted } from "./course-facts.ts";
import { PROGRAMME_NAMES } from "#shared/rules/programmes/editions.ts";
import type { AuditNote, Handlers } from "./handler.ts";
import { existingPatient } from "./patients.ts";
import { gatherHandout, gatherSummary } from "./summary.ts";
import { todayLines } from "./today.ts";

export const documentHandlers: Handlers<"documents"> = {
  "documents.render": async ({ input, ...situation }) => {
    const { document, confidentialLeftOut } = await documentOf(input.paper, situation);
    return { bytes: await renderDocument(document), title: document.title, confidentialLeftOut };
  },

  "documents.save": async ({ input, desk, ...situation }) => {
    const { document } = await documentOf(input.paper, situation);
    return { saved: await desk.save(document.fileName, await renderDocument(document)) };
  },

  "documents.recoveryCode": async ({ input, now }) => ({
    bytes: await renderDocument(recoveryCodeDocument(input.recoveryCode, now)),
  }),
};

type Situation = { db: ReadDb; now: Instant; today: CalendarDate; user: User; audit: AuditNote };
type Made = { document: PaperDocument; confidentialLeftOut: boolean | null };

async function documentOf(paper: Paper, situation: Situation): Promise<Made> {
  switch (paper.kind) {
    case "visit-summary":
      return visitSummaryPaper(paper, situation);
    case "handout":
      return handoutPaper(paper, situation);
    case "today":
      return todayPaper(situation);
    case "chart-labs":
      return chartLabsPaper(paper, situation);
  }
}

async function visitSummaryPaper(
  paper: Extract<Paper, { kind: "visit-summary" }>,
  situation: Situation,
): Promise<Made> {
  const { db, now, user, audit } = situation;
  const head = await readVisitHead(db, paper.visitId);
  if (head === null) throw new Refused("not-found", "This visit is not in the record.");
  audit({ patientId: head.patientId, rows: [paper.visitId] });
  if (head.state === "voided")
    throw new Refused(
      "not-allowed",
      "This visit was voided. It is read on the screen and no longer printed.",
    );
  const signed = await readSignedSummary(db, paper.visitId);
  // Reception hands out what was signed; what is not signed yet is for those who write it.
  if (signed === null && !mayCall("visits.read", user))
    throw new Refused("not-allowed", "This visit is not signed yet. Ask the prescriber to sign it.");
  const summary: VisitSummary =
    signed === null
      ? await unsignedSummary(paper.visitId, head.courseId, situation)
      : { ...signed.summary, addenda: signed.addenda };
  // Who may not read visits may leave more out, but cannot ask for what is left out by default.
  const asked = mayCall("visits.read", user) || paper.confidential === false ? paper.confidential : null;
  const confidential = printsConfidential(summary, asked);
  return {
    document: visitSummaryDocument(summary, { confidential, madeAt: now }),
    confidentialLeftOut: !confidential,
  };
}

async function unsignedSummary(
  visitId: string,
  courseId: string,
  { db, now, today }: Situation,
): Promise<VisitSummary> {
  const facts = await gatherProgrammeFacts(db, courseId);
  const verdict = facts === null || facts.course.end !== null ? null : judgeNow(facts, now);
  return gatherSummary(db, visitId, { now, today, signedBy: null, verdict });
}

async function handoutPaper(
  paper: Extract<Paper, { kind: "handout" }>,
  { db, now, today, audit }: Situation,
): Promise<Made> {
  const course = await readCourse(db, paper.courseId);
  if (course === null) throw new Refused("not-found", "This course is not in the record.");
  audit({ patientId: course.patientId, rows: [course.id] });
  // Its methods, tests and days are iPLEDGE's; other programmes ask for others.
  if (paper.handout === "preventing-pregnancy" && course.programme !== "ipledge")
    throw new Refused(
      "not-allowed",
      `This handout is written for iPLEDGE. There is none yet for ${PROGRAMME_NAMES[course.programme]}: use the programme’s own.`,
    );
  const facts = await gatherHandout(db, paper.courseId, { now, today });
  return { document: handoutDocument(paper.handout, facts), confidentialLeftOut: null };
}

async function todayPaper({ db, now, today, user }: Situation): Promise<Made> {
  const list = await todayLines(db, { now, today, user });
  const clinic = await readClinic(db);
  return { document: todayDocument({ clinic, today, ...list, madeAt: now }), confidentialLeftOut: null };
}

async function chartLabsPaper(
  paper: Extract<Paper, { kind: "chart-labs" }>,
  { db, now, today, user, audit }: Situation,
): Promise<Made> {
  if (!mayCall("labs.flowsheet", user))
    throw new Refused("not-allowed", "Laboratory results are for nurses and prescribers.");
  const patient = await existingPatient(db, paper.patientId);
  audit({ patientId: patient.id });
  const facts = await gatherPatientFacts(db, patient);
  const clinic = await readClinic(db);
  return {
    document: chartLabsDocument({
      clinic,
      patient: { name: fullName(patient), birthDate: patient.birthDate, recordNumber: patient.recordNumber },
      results: interpreted(facts, patient.birthDate, today),
      doses: dosingOfCourses(facts).flatMap((one) => doseSegments(one, today)),
      madeAt: now,
      today,
    }),
    confidentialLeftOut: null,
  };
}
