/** Patients: revisions, the search index, and the search itself. */
import { type CalendarDate, type DateStyle, readTypedDate } from "#shared/calendar.ts";
import { fold, foldParts, foldWhole, nameTokens } from "#shared/names.ts";
import type { Patient, PatientFields } from "#shared/records/patient.ts";
import { newId, type ReadDb, type WriteDb } from "./engine.ts";
import type { By } from "./recorded.ts";
import type { PatientRevisionRow } from "./schema.ts";

/** A patient as a search finds it, without what the course adds. */
export type FoundPatient = Pick<
  Patient,
  "id" | "familyName" | "givenNames" | "preferredName" | "birthDate" | "recordNumber" | "phone"
>;

/**
 * Kinds of search tokens. Names are folded; `birth` is `YYYYMMDD`; `number` is the record number, whole and without leading
 * zeros; `phone` holds every tail of the number's digits down to 4, so that any run of digits in it is a prefix of one.
 */
type TokenKind = "family" | "given" | "birth" | "number" | "phone";

const PHONE_TAIL = 4;
/** Fewer digits than this are not a phone number. */
const PHONE_MIN = 7;
const FOUND_AT_MOST = 20;
/** Sorts after every text that begins with the same letters. */
const AFTER_ALL = "\u{10FFFF}";

function patientOf(id: string, row: Omit<PatientRevisionRow, "patient_id">, recordedBy: string): Patient {
  return {
    id,
    version: row.version,
    familyName: row.family_name,
    givenNames: row.given_names,
    preferredName: row.preferred_name,
    birthDate: row.birth_date,
    recordNumber: row.record_number,
    phone: row.phone,
    email: row.email,
    address: row.address,
    guardianName: row.guardian_name,
    guardianPhone: row.guardian_phone,
    allergies: JSON.parse(row.allergies) as Patient["allergies"],
    recordedAt: row.recorded_at,
    recordedBy,
  };
}

function revisions(db: ReadDb) {
  return db
    .selectFrom("patient_revision as r")
    .innerJoin("account as a", "a.id", "r.recorded_by")
    .select([
      "r.patient_id",
      "r.version",
      "r.family_name",
      "r.given_names",
      "r.preferred_name",
      "r.birth_date",
      "r.record_number",
      "r.phone",
      "r.email",
      "r.address",
      "r.guardian_name",
      "r.guardian_phone",
      "r.allergies",
      "r.recorded_by",
      "r.recorded_at",
      "a.name as recorder",
    ]);
}

/** The patient as it stands, or null. */
export async function readPatient(db: ReadDb, id: string): Promise<Patient | null> {
  const row = await revisions(db)
    .innerJoin("patient as p", (on) =>
      on.onRef("p.id", "=", "r.patient_id").onRef("p.version", "=", "r.version"),
    )
    .where("p.id", "=", id)
    .executeTakeFirst();
  return row ? patientOf(id, row, row.recorder) : null;
}

/** Every revision of a patient, the latest first. */
export async function patientRevisions(db: ReadDb, id: string): Promise<Patient[]> {
  const rows = await revisions(db).where("r.patient_id", "=", id).orderBy("r.version", "desc").execute();
  return rows.map((row) => patientOf(id, row, row.recorder));
}

/** Who holds a record number: id and name, or null. */
export async function holderOfRecordNumber(
  db: ReadDb,
  recordNumber: string,
): Promise<{ id: string; familyName: string; givenNames: string } | null> {
  const row = await inForce(db).where("p.record_number", "=", recordNumber).executeTakeFirst();
  return row ? foundOf(row) : null;
}

/** The next free record number: one more than the highest that is a plain number, with its leading zeros; 1001 at first. */
export async function nextRecordNumber(db: ReadDb): Promise<string> {
  const rows = await db.selectFrom("patient").select("record_number").execute();
  let highest = "1000";
  for (const { record_number: one } of rows)
    if (/^\d{1,12}$/.test(one) && Number(one) > Number(highest)) highest = one;
  return String(Number(highest) + 1).padStart(highest.length, "0");
}

/** Writes a new patient with its first revision and search tokens; `fields.recordNumber` must be free. Returns its id. */
export async function insertPatient(db: WriteDb, fields: PatientFields, by: By): Promise<string> {
  const id = newId(by.now);
  await db
    .insertInto("patient")
    .values({ id, record_number: fields.recordNumber, version: 1, created_at: by.now })
    .execute();
  await insertRevision(db, id, 1, fields, by);
  return id;
}

/** Writes the next revision of a patient and renews its search tokens. */
export async function revisePatient(
  db: WriteDb,
  id: string,
  version: number,
  fields: PatientFields,
  by: By,
): Promise<void> {
  await db
    .updateTable("patient")
    .set({ version, record_number: fields.recordNumber })
    .where("id", "=", id)
    .execute();
  await insertRevision(db, id, version, fields, by);
}

async function insertRevision(
  db: WriteDb,
  id: string,
  version: number,
  fields: PatientFields,
  by: By,
): Promise<void> {
  await db
    .insertInto("patient_revision")
    .values({
      patient_id: id,
      version,
      family_name: fields.familyName,
      given_names: fields.givenNames,
      preferred_name: fields.preferredName,
      birth_date: fields.birthDate,
      record_number: fields.recordNumber,
      phone: fields.phone,
      email: fields.email,
      address: fields.address,
      guardian_name: fields.guardianName,
      guardian_phone: fields.guardianPhone,
      allergies: JSON.stringify(fields.allergies),
      recorded_by: by.userId,
      recorded_at: by.now,
    })
    .execute();
  await db.deleteFrom("patient_token").where("patient_id", "=", id).execute();
  const tokens = tokensOf(fields);
  await db
    .insertInto("patient_token")
    .values(tokens.map(({ kind, token }) => ({ kind, token, patient_id: id })))
    .execute();
}

/** The search tokens of a patient; pure, so that whoever fills a record in bulk indexes it the same way. */
export function tokensOf(fields: PatientFields): { kind: TokenKind; token: string }[] {
  const family = new Set(nameTokens(fields.familyName));
  const given = new Set([...nameTokens(fields.givenNames), ...nameTokens(fields.preferredName)]);
  const number = foldWhole(fields.recordNumber);
  const numbers = new Set([number, number.replace(/^0+(?=.)/, ""), lastDigits(number)].filter(Boolean));
  const phones = new Set([...tails(fields.phone), ...tails(fields.guardianPhone)]);
  const list = (kind: TokenKind, tokens: Iterable<string>) =>
    Array.from(tokens, (token) => ({ kind, token }));
  return [
    ...list("family", family),
    ...list("given", given),
    ...list("birth", [fields.birthDate.replaceAll("-", "")]),
    ...list("number", numbers),
    ...list("phone", phones),
  ];
}

/** The digits at the end of a record number without leading zeros: `MRN-0042` gives `42`. */
function lastDigits(number: string): string {
  return (/\d+$/.exec(number)?.[0] ?? "").replace(/^0+(?=.)/, "");
}

function digitsOf(text: string): string {
  return text.normalize("NFKC").replace(/\D/gu, "");
}

/** Every tail of a phone number's digits with at least 4 digits. */
function tails(phone: string): string[] {
  const digits = digitsOf(phone);
  const count = Math.max(0, digits.length - PHONE_TAIL + 1);
  return Array.from({ length: count }, (_, from) => digits.slice(from));
}

/** One thing that a patient must match: any of the alternatives, each a list of prefixes that must all match. */
type Term = { alternatives: { prefix: string; whole: boolean; kind: TokenKind | null }[][] };

/** What somebody typed, as terms. Pure. */
export function searchTerms(text: string, dateStyle: DateStyle, today: CalendarDate): Term[] {
  const birth = (date: CalendarDate): Term => ({
    alternatives: [[{ prefix: date.replaceAll("-", ""), whole: true, kind: "birth" }]],
  });
  const words = text.split(/[\s,;]+/u).filter(Boolean);
  const terms: Term[] = [];
  if (
    /^[\d\s()+./-]+$/u.test(text) &&
    digitsOf(text).length >= PHONE_MIN &&
    typedDate(text, dateStyle, today) === null
  )
    return [phoneTerm(digitsOf(text))];
  for (let at = 0; at < words.length;) {
    const three = typedDate(words.slice(at, at + 3).join(" "), dateStyle, today);
    const one = typedDate(words[at] ?? "", dateStyle, today);
    if (three !== null && at + 3 <= words.length) {
      terms.push(birth(three));
      at += 3;
    } else {
      const term = one === null ? wordTerm(words[at] ?? "") : birth(one);
      if (term) terms.push(term);
      at += 1;
    }
  }
  return terms;
}

/** Reads a date in the clinic's order of day and month, or in the other order where the clinic's makes no date. */
function typedDate(text: string, style: DateStyle, today: CalendarDate): CalendarDate | null {
  return readTypedDate(text, style, today) ?? readTypedDate(text, style === "mdy" ? "dmy" : "mdy", today);
}

function wordTerm(word: string): Term | null {
  const joined = foldWhole(word);
  if (joined === "") return null;
  if (/^\d{7,}$/.test(joined)) return phoneTerm(joined);
  const alternatives: Term["alternatives"] = [[{ prefix: joined, whole: false, kind: null }]];
  const parts = foldParts(word);
  if (parts.length > 1) alternatives.push(parts.map((prefix) => ({ prefix, whole: false, kind: null })));
  return { alternatives };
}

/** Long runs of digits: a phone number with or without its country code or trunk zero, a record number, or a birth date. */
function phoneTerm(digits: string): Term {
  const forms = new Set([digits, digits.replace(/^0+(?=.)/, "")]);
  if (digits.length >= 10) forms.add(digits.slice(-9));
  return { alternatives: Array.from(forms, (prefix) => [{ prefix, whole: false, kind: null }]) };
}

/** How well a patient matches: lower is better; `token` is the word that matched, for the alphabet. */
type Match = { rank: number; token: string };

/**
 * Patients that match every term of `text`, best first, at most 20: whole parts before beginnings, family names before given
 * names, names before numbers, then by the alphabet.
 */
export async function searchPatients(
  db: ReadDb,
  text: string,
  dateStyle: DateStyle,
  today: CalendarDate,
): Promise<FoundPatient[]> {
  // The longest term first: it leaves the fewest patients to look at for the others.
  const terms = searchTerms(text, dateStyle, today).sort((a, b) => selectivity(b) - selectivity(a));
  const [first, ...others] = terms;
  if (!first) return [];
  let found = await matches(db, first, { most: others.length === 0 ? 4 * FOUND_AT_MOST : null, among: null });
  for (const term of others) {
    if (found.size === 0) return [];
    found = both(found, await matches(db, term, { most: null, among: [...found.keys()] }));
  }
  return best(db, found);
}

function selectivity(term: Term): number {
  return Math.min(
    ...term.alternatives.map((alternative) =>
      Math.max(...alternative.map((one) => one.prefix.length + (one.whole ? 10 : 0))),
    ),
  );
}

/** More ids than this in one statement cost more than reading the whole range. */
const AMONG_AT_MOST = 400;

/** Patients that match a term, each with its best match; `among` narrows them, `most` keeps the best only. */
async function matches(
  db: ReadDb,
  term: Term,
  limits: { most: number | null; among: string[] | null },
): Promise<Map<string, Match>> {
  const found = new Map<string, Match>();
  for (const alternative of term.alternatives) {
    let all: Map<string, Match> | null = null;
    for (const wanted of alternative) {
      const one = await prefixMatches(db, wanted, {
        most: alternative.length === 1 ? limits.most : null,
        among: limits.among,
      });
      all = all === null ? one : both(all, one);
    }
    for (const [id, match] of all ?? [])
      if (match.rank < (found.get(id)?.rank ?? Infinity)) found.set(id, match);
  }
  return found;
}

async function prefixMatches(
  db: ReadDb,
  { prefix, whole, kind }: { prefix: string; whole: boolean; kind: TokenKind | null },
  { most, among }: { most: number | null; among: string[] | null },
): Promise<Map<string, Match>> {
  let query = db
    .selectFrom("patient_token")
    .select((eb) => [
      "patient_id",
      eb.fn
        .min<number>(
          eb
            .case()
            .when("token", "=", prefix)
            .then(0)
            .when("kind", "=", "family")
            .then(1)
            .when("kind", "=", "given")
            .then(2)
            .else(3)
            .end(),
        )
        .as("rank"),
      eb.fn.min("token").as("token"),
    ])
    .groupBy("patient_id");
  query = whole
    ? query.where("token", "=", prefix)
    : query.where("token", ">=", prefix).where("token", "<", prefix + AFTER_ALL);
  if (kind !== null) query = query.where("kind", "=", kind);
  // One or two digits stand in nearly every phone number: there they would only find everybody.
  if (/^\d{1,2}$/.test(prefix)) query = query.where("kind", "<>", "phone");
  if (among !== null && among.length <= AMONG_AT_MOST) query = query.where("patient_id", "in", among);
  if (most !== null) query = query.orderBy("rank").orderBy("token").limit(most);
  const rows = await query.execute();
  return new Map(rows.map((row) => [row.patient_id, { rank: row.rank, token: row.token }]));
}

function both(one: Map<string, Match>, other: Map<string, Match>): Map<string, Match> {
  const result = new Map<string, Match>();
  for (const [id, match] of one) {
    const more = other.get(id);
    if (more !== undefined) result.set(id, { rank: match.rank + more.rank, token: match.token });
  }
  return result;
}

async function best(db: ReadDb, found: Map<string, Match>): Promise<FoundPatient[]> {
  const ids = [...found.entries()]
    .sort(([, a], [, b]) => a.rank - b.rank || (a.token < b.token ? -1 : 1))
    .slice(0, 4 * FOUND_AT_MOST)
    .map(([id]) => id);
  const rank = (one: FoundPatient) => found.get(one.id)?.rank ?? Infinity;
  return (await foundPatients(db, ids))
    .sort((a, b) => rank(a) - rank(b) || byName(a, b))
    .slice(0, FOUND_AT_MOST);
}

function byName(a: FoundPatient, b: FoundPatient): number {
  const key = (one: FoundPatient) => `${fold(one.familyName)}\u0000${fold(one.givenNames)}`;
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
}

function inForce(db: ReadDb) {
  return db
    .selectFrom("patient as p")
    .innerJoin("patient_revision as r", (on) =>
      on.onRef("r.patient_id", "=", "p.id").onRef("r.version", "=", "p.version"),
    )
    .select([
      "p.id",
      "r.family_name",
      "r.given_names",
      "r.preferred_name",
      "r.birth_date",
      "p.record_number",
      "r.phone",
    ]);
}

function foundOf(row: {
  id: string;
  family_name: string;
  given_names: string;
  preferred_name: string;
  birth_date: string;
  record_number: string;
  phone: string;
}): FoundPatient {
  return {
    id: row.id,
    familyName: row.family_name,
    givenNames: row.given_names,
    preferredName: row.preferred_name,
    birthDate: row.birth_date,
    recordNumber: row.record_number,
    phone: row.phone,
  };
}

/** Patients by id, in any order. */
export async function foundPatients(db: ReadDb, ids: readonly string[]): Promise<FoundPatient[]> {
  if (ids.length === 0) return [];
  return (await inForce(db).where("p.id", "in", ids).execute()).map(foundOf);
}

/** The patients last seen or registered, the latest first, at most 20. Keys sort by the time they were made. */
export async function recentPatients(db: ReadDb): Promise<FoundPatient[]> {
  const seen = await db
    .selectFrom("visit")
    .select(["patient_id as id", "created_at as at"])
    .orderBy("id", "desc")
    .limit(3 * FOUND_AT_MOST)
    .execute();
  const registered = await db
    .selectFrom("patient")
    .select(["id", "created_at as at"])
    .orderBy("id", "desc")
    .limit(FOUND_AT_MOST)
    .execute();
  const ids = [
    ...new Set([...seen, ...registered].sort((a, b) => (a.at < b.at ? 1 : -1)).map((one) => one.id)),
  ].slice(0, FOUND_AT_MOST);
  return (await foundPatients(db, ids)).sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}

/**
 * Patients who share the birth date, the phone number or both name parts (in either order) with what is typed: candidates
 * for being the same person, in any order. Incomplete input gives fewer.
 */
export async function lookAlikes(
  db: ReadDb,
  typed: { familyName: string; givenNames: string; birthDate: CalendarDate | null; phone: string },
): Promise<FoundPatient[]> {
  const ids = new Set<string>();
  const holders = async (kinds: TokenKind[], token: string) =>
    token === ""
      ? []
      : (
          await db
            .selectFrom("patient_token")
            .select("patient_id")
            .distinct()
            .where("token", "=", token)
            .where("kind", "in", kinds)
            .execute()
        ).map((row) => row.patient_id);
  const phone = digitsOf(typed.phone);
  const byName = await holders(["family", "given"], foldWhole(typed.familyName));
  const byGiven = new Set(await holders(["family", "given"], foldWhole(typed.givenNames)));
  for (const id of await holders(["birth"], typed.birthDate?.replaceAll("-", "") ?? "")) ids.add(id);
  if (phone.length >= PHONE_MIN) for (const id of await holders(["phone"], phone.slice(-9))) ids.add(id);
  for (const id of byName) if (typed.givenNames.trim() === "" || byGiven.has(id)) ids.add(id);
  return foundPatients(db, [...ids].slice(0, AMONG_AT_MOST));
}

/** Whether two phone numbers end in the same nine digits (seven where a number is shorter). */
export function samePhone(one: string, other: string): boolean {
  const a = digitsOf(one);
  const b = digitsOf(other);
  return a.length >= PHONE_MIN && b.length >= PHONE_MIN && a.slice(-9) === b.slice(-9);
}
