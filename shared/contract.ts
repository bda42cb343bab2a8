/**
 * THE CONTRACT: every method of the application, as a value. Handlers, client, permission table and test clients are
 * derived from it. A method without a handler, or without a permission, does not compile.
 *
 * Verbs:
 * - `query` is handed a `ReadDb`;
 * - `command` a `WriteDb`, an open transaction, audited in it;
 * - `keyCommand` a command that also changes key slots (accounts);
 * - `action` a `ReadDb` and the desk (dialogs, files), and no transaction;
 * - `session` the record keeper: it works while no record is open.
 */
import { z } from "zod";
import { calendarDate, instant } from "./calendar.ts";
import { account, accountName, loginName, newPassword, roles } from "./records/account.ts";
import { attachment } from "./records/attachment.ts";
import { auditEntry } from "./records/audit-entry.ts";
import { chart, doseSegment } from "./records/chart.ts";
import { clinic } from "./records/clinic.ts";
import { course, courseEnd, courseFields, programme, riskCategory, riskCriterion } from "./records/course.ts";
import { draft, draftKey } from "./records/draft.ts";
import { newEdition, todayFilter, todayLine } from "./records/due.ts";
import { edition, editionChanges } from "./records/edition.ts";
import { labResultFields, labResultView } from "./records/lab-result.ts";
import { patient, patientFields, patientHit } from "./records/patient.ts";
import { disagreement } from "./records/disagreement.ts";
import { prescription, prescriptionFields } from "./records/prescription.ts";
import { programmeEntry, programmeEntryFields, supersededEntry } from "./records/programme-entry.ts";
import { programmeCalendar } from "./records/programme-calendar.ts";
import { programmeLane } from "./records/programme-lane.ts";
import { colorScheme, session } from "./records/session.ts";
import { handoutId } from "./records/visit-summary.ts";
import { visit, visitForm } from "./records/visit.ts";
import { verdict } from "./rules/finding.ts";

export type Verb = "query" | "command" | "keyCommand" | "action" | "session";

function method<V extends Verb, I extends z.ZodType, O extends z.ZodType>(verb: V, input: I, output: O) {
  return { verb, input, output };
}

const nothing = z.object({});
const id = z.string().min(1).max(60);
const reason = z.string().trim().min(3, "Say why, in a few words.").max(500);
/** Paths of unlikely values that the person looked at and confirmed. */
const confirmed = z.array(z.string()).default([]);

/** Which paper. `confidential` null means the default: left out for patients under 18. */
export const paper = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("visit-summary"), visitId: id, confidential: z.boolean().nullable() }),
  z.object({ kind: z.literal("handout"), handout: handoutId, courseId: id }),
  z.object({ kind: z.literal("today") }),
  z.object({ kind: z.literal("chart-labs"), patientId: id }),
]);
export type Paper = z.infer<typeof paper>;

export const contract = {
  // Session: which record, who is in.
  "session.status": method("session", nothing, session),
  /** Resolves when the session's version differs from `version`, or after about 20 seconds. */
  "session.wait": method("session", z.object({ version: z.number().int() }), session),
  /** Creates a record in an empty folder, with its first account, and signs that account in. The recovery code is shown once. */
  "session.createRecord": method(
    "session",
    z.object({
      folder: z.string().min(1, "Choose a folder."),
      clinic,
      login: loginName,
      name: accountName,
      roles,
      password: newPassword,
    }),
    z.object({ session, recoveryCode: z.string() }),
  ),
  /** Chooses the record in a folder; refuses what is not one, is newer than the app, or is in use. Nobody is in yet. */
  "session.openRecord": method(
    "session",
    z.object({ folder: z.string().min(1, "Choose a folder.") }),
    session,
  ),
  /** Makes the demo clinic in a temporary folder and signs its doctor in. */
  "session.openDemo": method("session", nothing, session),
  "session.closeRecord": method("session", nothing, session),
  /** Asks the person for a folder through the desk; null when they cancel. */
  "session.chooseFolder": method(
    "session",
    z.object({ purpose: z.enum(["create", "open"]) }),
    z.object({ folder: z.string().nullable() }),
  ),
  "session.signIn": method(
    "session",
    z.object({
      login: z.string().min(1, "Type your user name."),
      password: z.string().min(1, "Type your password."),
    }),
    session,
  ),
  /** Unlocks for the person that it was locked for. */
  "session.unlock": method(
    "session",
    z.object({ password: z.string().min(1, "Type your password.") }),
    session,
  ),
  "session.lock": method("session", nothing, session),
  "session.signOut": method("session", nothing, session),
  /** Opens with the recovery code, sets a new password for an administrator's account and signs it in. A new code is made. */
  "session.recover": method(
    "session",
    z.object({
      code: z.string().min(1, "Type the recovery code."),
      login: z.string().trim().min(1, "Type the user name."),
      password: newPassword,
    }),
    z.object({ session, recoveryCode: z.string() }),
  ),
  /** Light or dark, for every window on this computer from now on. */
  "session.setColorScheme": method("session", z.object({ colorScheme }), session),
  /** Which lines of Today are shown, on this computer from now on. It names no patient. */
  "session.setTodayFilter": method("session", todayFilter, session),
  /** Tells that somebody is at the keyboard; puts off the idle lock. */
  "session.active": method("session", nothing, nothing),
  "session.changePassword": method(
    "session",
    z.object({ password: z.string().min(1, "Type your present password."), newPassword }),
    nothing,
  ),

  // Clinic and accounts.
  "clinic.read": method("query", nothing, clinic),
  "clinic.update": method("command", clinic, clinic),
  "accounts.list": method("query", nothing, z.array(account)),
  "accounts.add": method(
    "keyCommand",
    z.object({ login: loginName, name: accountName, roles, password: newPassword }),
    account,
  ),
  "accounts.update": method("command", z.object({ id, name: accountName, roles }), account),
  "accounts.disable": method("keyCommand", z.object({ id }), account),
  /** A disabled account comes back only with a new password. Also resets a password. */
  "accounts.setPassword": method("keyCommand", z.object({ id, password: newPassword }), account),
  /** Makes a new recovery code; the old one stops working. */
  "accounts.newRecoveryCode": method("keyCommand", nothing, z.object({ recoveryCode: z.string() })),
  "audit.list": method(
    "query",
    z.object({
      patientId: id.nullable(),
      userId: id.nullable(),
      from: calendarDate.nullable(),
      to: calendarDate.nullable(),
      before: z.number().int().nullable(),
      limit: z.number().int().min(1).max(500),
    }),
    z.array(auditEntry),
  ),
  /** Recomputes the chain; `brokenAt` is the first sequence number that does not fit. */
  "audit.verify": method(
    "query",
    nothing,
    z.object({ entries: z.number().int(), brokenAt: z.number().int().nullable() }),
  ),

  // Drafts: one person's own.
  "drafts.save": method("command", draft.omit({ savedAt: true }), z.object({ savedAt: instant })),
  "drafts.read": method("query", z.object({ key: draftKey }), draft.nullable()),
  "drafts.list": method(
    "query",
    nothing,
    z.array(draft.omit({ body: true }).extend({ patientName: z.string().nullable() })),
  ),
  "drafts.discard": method("command", z.object({ key: draftKey }), nothing),

  // Patients.
  "patients.search": method("query", z.object({ text: z.string().max(100) }), z.array(patientHit)),
  /** Patients that might be the same person; advisory. */
  "patients.duplicates": method(
    "query",
    z.object({
      familyName: z.string(),
      givenNames: z.string(),
      birthDate: z.string(),
      phone: z.string(),
      exceptId: id.nullable(),
    }),
    z.array(patientHit.extend({ why: z.string() })),
  ),
  "patients.register": method("command", patientFields.extend({ confirmed }), patient),
  "patients.update": method(
    "command",
    patientFields.extend({ id, version: z.number().int(), confirmed }),
    patient,
  ),
  "patients.history": method("query", z.object({ id }), z.array(patient)),
  "patients.chart": method("query", z.object({ id }), chart),

  // Courses.
  "courses.open": method(
    "command",
    courseFields.extend({
      patientId: id,
      /** Null leaves the category open; the gate then says so. */
      category: z
        .object({
          category: riskCategory,
          criterion: riskCriterion,
          evidence: z.string().trim().max(1000),
          /** Why it is "cannot" where an earlier course of the patient says "can"; without it the gate says what is missing. */
          changeReason: z.string().trim().max(500).optional(),
        })
        .nullable(),
      confirmed,
    }),
    course,
  ),
  "courses.update": method(
    "command",
    courseFields.extend({ id, version: z.number().int(), confirmed }),
    course,
  ),
  "courses.history": method("query", z.object({ id }), z.array(course)),
  "courses.end": method("command", courseEnd.extend({ id, version: z.number().int() }), course),

  // Visits.
  /** A new visit's form, filled with what carries over: side effects, medicines, dose, ranges. */
  "visits.prefill": method(
    "query",
    z.object({ courseId: id }),
    z.object({ form: visitForm, previous: visit.nullable(), tests: z.array(z.string()) }),
  ),
  "visits.read": method("query", z.object({ id }), visit),
  /** Saves without signing. `id` null begins a visit; refuses a second visit of the course on that day. */
  "visits.save": method(
    "command",
    z.object({
      id: id.nullable(),
      courseId: id,
      version: z.number().int().nullable(),
      form: visitForm,
      confirmed,
      draftKey: draftKey.nullable(),
    }),
    visit,
  ),
  /** Saves and signs in one transaction; asks for the signer's password. Prescribers only. */
  "visits.sign": method(
    "keyCommand",
    z.object({
      id: id.nullable(),
      courseId: id,
      version: z.number().int().nullable(),
      form: visitForm,
      confirmed,
      draftKey: draftKey.nullable(),
      password: z.string().min(1, "Type your password to sign."),
    }),
    visit,
  ),
  "visits.addAddendum": method(
    "command",
    z.object({
      id,
      text: z.string().trim().min(1, "Write the addendum.").max(4000),
      draftKey: draftKey.nullable(),
    }),
    visit,
  ),
  /**
   * Its results and entries are voided with it, but for those that stop treatment: these stay in force. Refuses (`unlikely`) what
   * stays and what then no longer blocks a prescription, until each path is confirmed.
   */
  "visits.void": method("command", z.object({ id, reason, confirmed }), visit),

  // Labs.
  "labs.flowsheet": method(
    "query",
    z.object({ patientId: id }),
    z.object({
      results: z.array(labResultView),
      doses: z.array(doseSegment),
      events: z.array(z.object({ on: calendarDate, label: z.string() })),
      /** Tests to show even when empty: those of the monitoring preset. */
      tests: z.array(z.string()),
    }),
  ),
  "labs.record": method(
    "command",
    z.object({ patientId: id, results: z.array(labResultFields).min(1).max(80), confirmed }),
    z.array(labResultView),
  ),
  /** A new row that replaces the old one. A result of a signed visit also adds an addendum to it. */
  "labs.correct": method(
    "command",
    z.object({ id, result: labResultFields, reason, confirmed }),
    labResultView,
  ),
  "labs.void": method("command", z.object({ id, reason }), nothing),
  /** Every version of a result, the latest first. */
  "labs.history": method("query", z.object({ id }), z.array(labResultView.extend({ voided: z.boolean() }))),

  // Programme.
  /** The entries in force, the earliest first; those of one day as they were first recorded, corrected or not. */
  "programme.entries": method("query", z.object({ courseId: id }), z.array(programmeEntry)),
  /** Entries that were corrected or voided, the latest change first: what stood there, and who changed it, when and why. */
  "programme.superseded": method("query", z.object({ courseId: id }), z.array(supersededEntry)),
  "programme.record": method(
    "command",
    z.object({ courseId: id, entry: programmeEntryFields, confirmed }),
    programmeEntry,
  ),
  "programme.correct": method(
    "command",
    z.object({ id, entry: programmeEntryFields, reason, confirmed }),
    programmeEntry,
  ),
  "programme.void": method("command", z.object({ id, reason }), nothing),

  /** Where a course stands in its programme: its steps, its calendar, and what the programme's own site says otherwise. */
  "lane.read": method(
    "query",
    z.object({ courseId: id }),
    z.object({
      lane: programmeLane,
      /** Something on record lies in this computer's future: no step can be told to be next. */
      clockBehind: z.boolean(),
      calendar: programmeCalendar,
      /** The latest look at the site; null when nobody looked, or when this programme has none. */
      site: z.object({ entry: programmeEntry, disagreements: z.array(disagreement) }).nullable(),
      /** Whether the programme has a site that authorises each dispensing. */
      hasSite: z.boolean(),
    }),
  ),

  // Files of a patient: images and PDFs, linked from entries by their ids.
  /** Refuses what is too large, and what is by its content neither a PNG or JPEG image nor a PDF. */
  "attachments.add": method(
    "command",
    z.object({
      patientId: id,
      name: z.string().trim().min(1, "Name the file.").max(120),
      bytes: z.instanceof(Uint8Array),
    }),
    attachment,
  ),
  "attachments.list": method("query", z.object({ patientId: id }), z.array(attachment)),
  "attachments.read": method(
    "query",
    z.object({ id }),
    attachment.extend({ bytes: z.instanceof(Uint8Array) }),
  ),

  // The programmes' editions.
  "programmes.list": method("query", nothing, z.array(edition)),
  /** A prescriber has compared an edition with its source, or takes that word back. The account and the day are the caller's. */
  "programmes.review": method(
    "command",
    z.object({ edition: z.string().min(1).max(60), reviewed: z.boolean(), note: z.string().trim().max(500) }),
    nothing,
  ),
  /** What the table that takes effect on `from` changes, and for whom; patients only for those who treat them. */
  "programmes.changes": method("query", z.object({ programme, from: calendarDate }), editionChanges),

  // Prescribing.
  /** May the next prescription be issued, or, with `question` dispense, the last one still be dispensed? A "no" to the first has its plan. */
  "prescribing.judge": method(
    "query",
    z.object({ courseId: id, question: z.enum(["prescribe", "dispense"]).optional() }),
    verdict,
  ),
  "prescribing.issue": method(
    "command",
    prescriptionFields.extend({ courseId: id, visitId: id.nullable(), confirmed }),
    prescription,
  ),
  "prescribing.list": method("query", z.object({ courseId: id }), z.array(prescription)),
  "prescribing.void": method("command", z.object({ id, reason }), prescription),

  // Today.
  /** `now` is the instant at which the list was made: hours left are reckoned from it, never from the screen's clock. */
  "today.list": method(
    "query",
    nothing,
    z.object({
      lines: z.array(todayLine),
      /** Something on record lies in this computer's future: lines may be missing. */
      clockBehind: z.boolean(),
      /** An edition that has just taken effect, or soon will, for courses of this clinic; only for those who treat. */
      newEdition: newEdition.nullable(),
      drafts: z.number().int(),
      now: instant.optional(),
    }),
  ),

  // Paper.
  "documents.render": method(
    "query",
    z.object({ paper, purpose: z.enum(["preview", "print"]) }),
    z.object({
      bytes: z.instanceof(Uint8Array),
      title: z.string(),
      confidentialLeftOut: z.boolean().nullable(),
    }),
  ),
  "documents.save": method("action", z.object({ paper }), z.object({ saved: z.boolean() })),
  /** The first page: the recovery code as a paper to print, made from what the screen holds; nothing is kept. */
  "documents.recoveryCode": method(
    "session",
    z.object({ recoveryCode: z.string().max(80) }),
    z.object({ bytes: z.instanceof(Uint8Array) }),
  ),
} as const;

export type Contract = typeof contract;
export type Method = keyof Contract;
/** What a caller sends. */
export type InputOf<M extends Method> = z.input<Contract[M]["input"]>;
/** What a handler gets: parsed, defaults filled in. */
export type ParsedInputOf<M extends Method> = z.output<Contract[M]["input"]>;
/** What a caller receives. */
export type OutputOf<M extends Method> = z.output<Contract[M]["output"]>;
/** The methods of one verb. */
export type MethodsOf<V extends Verb> = { [M in Method]: Contract[M]["verb"] extends V ? M : never }[Method];
