/**
 * Text that the paper can really show. What the font cannot draw is named in plain words, so that somebody writes it in by
 * hand; a box or a name in the wrong order is never printed.
 */
import { hasGlyph } from "./fonts.ts";

/** Scripts written from right to left: pdfmake would set their words in the wrong order, so they count as not drawable. */
const RIGHT_TO_LEFT =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

/** How a script is named to a reader. The first that matches. */
const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Arabic}/u, "Arabic script"],
  [/\p{Script=Hebrew}/u, "Hebrew script"],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, "Japanese script"],
  [/\p{Script=Hangul}/u, "Korean script"],
  [/\p{Script=Han}/u, "Chinese characters"],
  [/\p{Script=Devanagari}/u, "Devanagari script"],
  [/\p{Script=Bengali}/u, "Bengali script"],
  [/\p{Script=Tamil}/u, "Tamil script"],
  [/\p{Script=Telugu}/u, "Telugu script"],
  [/\p{Script=Thai}/u, "Thai script"],
  [/\p{Script=Khmer}/u, "Khmer script"],
  [/\p{Script=Ethiopic}/u, "Ethiopic script"],
  [/\p{Letter}/u, "another script"],
];

/** Control characters, zero-width characters and direction marks: nothing to see, and no glyph. Line breaks stay. */
const INVISIBLE = /[\p{Cc}\p{Cf}]/gu;

function draws(character: string): boolean {
  if (/\s/u.test(character)) return true;
  return !RIGHT_TO_LEFT.test(character) && hasGlyph(character.codePointAt(0) ?? 0);
}

/**
 * The text with everything that cannot be drawn named in brackets: `[Arabic script: not printed here, write it by hand]`.
 * Accents are composed first, tabs become spaces, invisible characters go.
 */
export function printableText(text: string): string {
  const clean = text
    .normalize("NFC")
    .replace(/\r\n?/g, "\n")
    .replace(/\t/g, " ")
    .replace(INVISIBLE, (one) => (one === "\n" ? one : ""));
  if (Array.from(clean).every(draws)) return clean;

  let out = "";
  let hidden = "";
  const flush = () => {
    if (hidden === "") return;
    // Spaces and signs at the end of the run belong to what follows.
    const body = hidden.trimEnd();
    const script = SCRIPTS.find(([letters]) => letters.test(body));
    out += script ? `[${script[1]}: not printed here, write it by hand]` : "[sign not printed]";
    out += hidden.slice(body.length);
    hidden = "";
  };
  for (const character of clean) {
    if (!draws(character) || (hidden !== "" && /[\s\p{Mark}]/u.test(character))) hidden += character;
    else {
      flush();
      out += character;
    }
  }
  flush();
  return out;
}

/** Every text of a document's data made printable; the shape stays. */
export function printable<T>(data: T): T {
  return mapTexts(data, printableText) as T;
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, change));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapTexts(one, change)]));
  return value;
}
