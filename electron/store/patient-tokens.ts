/**
 * What a patient is looked for by, and what somebody typed, both cut into the same folded tokens. Pure: no statement is here.
 */
import { type CalendarDate, type DateStyle, readTypedDate } from "#shared/calendar.ts";
import { foldParts, foldWhole, nameTokens } from "#shared/names.ts";
import type { PatientFields } from "#shared/records/patient.ts";

/**
 * Kinds of search tokens. Names are folded; `birth` is `YYYYMMDD`; `number` is the record number, whole and without leading
 * zeros; `phone` holds every tail of the number's digits down to 4, so that any run of digits in it is a prefix of one.
 */
export type TokenKind = "family" | "given" | "birth" | "number" | "phone";

const PHONE_TAIL = 4;
/** Fewer digits than this are not a phone number. */
export const PHONE_MIN = 7;

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

/** The digits in a text, in whatever script's full-width form. */
export function digitsOf(text: string): string {
  return text.normalize("NFKC").replace(/\D/gu, "");
}

/** Every tail of a phone number's digits with at least 4 digits. */
function tails(phone: string): string[] {
  const digits = digitsOf(phone);
  const count = Math.max(0, digits.length - PHONE_TAIL + 1);
  return Array.from({ length: count }, (_, from) => digits.slice(from));
}

/** One thing that a patient must match: any of the alternatives, each a list of prefixes that must all match. */
export type Term = { alternatives: { prefix: string; whole: boolean; kind: TokenKind | null }[][] };

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
      const word = wordTerm(words[at] ?? "");
      // Eight digits may be a birth date, but also a phone or record number.
      const isDigits = /^\d+$/.test(words[at] ?? "");
      if (one !== null)
        terms.push({
          alternatives: [...birth(one).alternatives, ...(isDigits && word ? word.alternatives : [])],
        });
      else if (word) terms.push(word);
      at += 1;
    }
  }
  return terms;
}

/**
 * Reads a date in the clinic's order of day and month, or in the other order where the clinic's makes no date; also eight
 * digits without separators.
 */
function typedDate(text: string, style: DateStyle, today: CalendarDate): CalendarDate | null {
  const spaced = text.replace(/^(\d\d)(\d\d)(\d{4})$/, "$1/$2/$3");
  const other = style === "mdy" ? "dmy" : "mdy";
  for (const typed of new Set([text, spaced])) {
    const date = readTypedDate(typed, style, today) ?? readTypedDate(typed, other, today);
    if (date !== null) return date;
  }
  return null;
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

/** Whether two phone numbers end in the same nine digits (seven where a number is shorter). */
export function samePhone(one: string, other: string): boolean {
  const a = digitsOf(one);
  const b = digitsOf(other);
  return a.length >= PHONE_MIN && b.length >= PHONE_MIN && a.slice(-9) === b.slice(-9);
}
