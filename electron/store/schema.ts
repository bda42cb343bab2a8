/**
 * Row types of every table in `migrations/`, by hand; `test/store/schema.test.ts` checks them against the file itself.
 *
 * Text columns hold what their comment in the migration says: UUIDv7 keys, dates `YYYY-MM-DD`, instants in UTC, JSON.
 * Integers that are booleans hold 0 or 1. Masses are mg, weights kg.
 */

/** The clinic, as JSON of `records/clinic.ts`; the highest version is in force. */
export interface ClinicRevisionRow {
  version: number;
  data: string;
  recorded_by: string | null;
  recorded_at: string;
}

/** A person who may sign in; `roles` is a JSON array. */
export interface AccountRow {
  id: string;
  login: string;
  name: string;
  roles: string;
  enabled: number;
  created_at: string;
}

/** A patient's identity; `version` names the revision in force. */
export interface PatientRow {
  id: string;
  record_number: string;
  version: number;
  created_at: string;
}

/** One state of a patient's details; `allergies` is JSON of `records/patient.ts`. */
export interface PatientRevisionRow {
  patient_id: string;
  version: number;
  family_name: string;
  given_names: string;
  preferred_name: string;
  birth_date: string;
  record_number: string;
  phone: string;
  email: string;
  address: string;
  guardian_name: string;
  guardian_phone: string;
  allergies: string;
  recorded_by: string;
  recorded_at: string;
}

/** What the search looks in; kinds: see `store/patient-tokens.ts`. */
export interface PatientTokenRow {
  token: string;
  patient_id: string;
  kind: string;
}

/** A course; `open` is 1 until it ends, `ended_on` the date of the end that its revision holds. */
export interface CourseRow {
  id: string;
  patient_id: string;
  open: number;
  ended_on: string | null;
  version: number;
  created_at: string;
}

/** `data` is JSON of `courseFields`, `course_end` of `courseEnd`. */
export interface CourseRevisionRow {
  course_id: string;
  version: number;
  data: string;
  course_end: string | null;
  recorded_by: string;
  recorded_at: string;
}

/** A visit; `state` is draft, signed or voided; `signed_at` is null unless it is signed and counts. */
export interface VisitRow {
  id: string;
  patient_id: string;
  course_id: string;
  visit_date: string;
  version: number;
  state: string;
  signed_at: string | null;
  created_at: string;
}

/** `data` is JSON of `visitFields`; `parts` is JSON `{ labs: id[], entries: id[] }`: the rows the form held then. */
export interface VisitRevisionRow {
  visit_id: string;
  version: number;
  weight_kg: number | null;
  iga: number | null;
  dose_action: string | null;
  daily_mg: number | null;
  dose_from: string | null;
  missed_doses: number | null;
  next_visit_on: string | null;
  data: string;
  parts: string;
  recorded_by: string;
  recorded_at: string;
}

/** `summary` is JSON of `visitSummary`: what the paper is made from, for ever. */
export interface VisitSignatureRow {
  visit_id: string;
  version: number;
  summary: string;
  signed_by: string;
  signed_at: string;
}

/** Text added after signing. */
export interface VisitAddendumRow {
  id: string;
  visit_id: string;
  text: string;
  recorded_by: string;
  recorded_at: string;
}

/** Why a visit counts for nothing. */
export interface VisitVoidRow {
  visit_id: string;
  reason: string;
  recorded_by: string;
  recorded_at: string;
}

/** One reported value; in force while `recorded` and named by no other row. */
export interface LabResultRow {
  id: string;
  patient_id: string;
  visit_id: string | null;
  test_id: string;
  collected_on: string;
  comparator: string | null;
  value: number | null;
  text: string;
  unit: string;
  range_low: number | null;
  range_high: number | null;
  fasting: number | null;
  note: string;
  status: string;
  replaces_id: string | null;
  reason: string;
  recorded_by: string;
  recorded_at: string;
}

/** Evidence for a programme; `data` is JSON of `programmeEntryFields`. */
export interface ProgrammeEntryRow {
  id: string;
  patient_id: string;
  course_id: string;
  visit_id: string | null;
  kind: string;
  on_date: string;
  data: string;
  status: string;
  replaces_id: string | null;
  reason: string;
  recorded_by: string;
  recorded_at: string;
}

/** A prescription with the verdict that allowed it; `capsules` and `verdict` are JSON. */
export interface PrescriptionRow {
  id: string;
  patient_id: string;
  course_id: string;
  visit_id: string | null;
  issued_on: string;
  days_supply: number;
  product_id: string;
  capsules: string;
  edition: string;
  verdict: string;
  status: string;
  replaces_id: string | null;
  reason: string;
  recorded_by: string;
  recorded_at: string;
}

/** Text on its way into the record; `body` is JSON. */
export interface DraftRow {
  account_id: string;
  key: string;
  patient_id: string | null;
  base_version: number | null;
  body: string;
  saved_at: string;
}

/** One link of the audit chain. */
export interface AuditRow {
  sequence: number;
  at: string;
  user_id: string | null;
  user_name: string;
  action: string;
  outcome: string;
  patient_id: string | null;
  detail: string;
  hash: string;
}

/** An image or PDF of a patient; `type` is the media type that its content showed. */
export interface AttachmentRow {
  id: string;
  patient_id: string;
  name: string;
  type: string;
  size: number;
  bytes: Uint8Array;
  recorded_by: string;
  recorded_at: string;
}

/** A prescriber's word about an edition's tables as they read then, or that word taken back (`reviewed` 0). */
export interface EditionReviewRow {
  id: string;
  edition: string;
  digest: string;
  reviewed: number;
  on_date: string;
  note: string;
  recorded_by: string;
  recorded_at: string;
}

/** The tables by name, as Kysely takes them. */
export interface Schema {
  clinic_revision: ClinicRevisionRow;
  account: AccountRow;
  patient: PatientRow;
  patient_revision: PatientRevisionRow;
  patient_token: PatientTokenRow;
  course: CourseRow;
  course_revision: CourseRevisionRow;
  visit: VisitRow;
  visit_revision: VisitRevisionRow;
  visit_signature: VisitSignatureRow;
  visit_addendum: VisitAddendumRow;
  visit_void: VisitVoidRow;
  lab_result: LabResultRow;
  programme_entry: ProgrammeEntryRow;
  prescription: PrescriptionRow;
  draft: DraftRow;
  audit: AuditRow;
  attachment: AttachmentRow;
  edition_review: EditionReviewRow;
}
