/** Finding patients: by what somebody typed, by when they were last seen, and by what two of them share. */
import type { CalendarDate, DateStyle } from "#shared/calendar.ts";
import { fold, foldWhole } from "#shared/names.ts";
import type { Patient } from "#shared/records/patient.ts";
import type { ReadDb } from "./engine.ts";
import { digitsOf, PHONE_MIN, searchTerms, type Term, type TokenKind } from "./patient-tokens.ts";

/** A patient as a search finds it, without what the course adds. */
export type FoundPatient = Pick<
  Patient,
  "id" | "familyName" | "givenNames" | "preferredName" | "birthDate" | "recordNumber" | "phone"
>;

const FOUND_AT_MOST = 20;
/** Sorts after every text that begins with the same letters. */
const AFTER_ALL = "\u{10FFFF}";

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
