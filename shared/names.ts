/**
 * How names are compared: folded to plain letters, cut into parts, and joined again, so that `O'Brien`, `OBRIEN` and
 * `o brien` are one name. Letters that carry meaning (Devanagari vowels, kana with dakuten, Hangul) are left whole.
 */

/** Letters that Unicode does not take apart but that people type plainly. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
  ħ: "h",
  ŋ: "n",
  ŧ: "t",
  ə: "e",
  ƒ: "f",
  ĸ: "k",
};

/** The other common spelling of a letter with its mark: `Müller` is also filed as `Mueller`. */
const SPELT_OUT: Readonly<Record<string, string>> = { ä: "ae", ö: "oe", ü: "ue", ø: "oe", å: "aa" };

/** Accents of Latin, Greek and Cyrillic, and the optional vowel points of Hebrew and Arabic. */
const MARKS =
  /[\u0300-\u036F]|[\u0591-\u05BD]|[\u05BF\u05C7]|[\u05C1-\u05C5]|[\u0610-\u061A]|\u0640|[\u064B-\u065F]|\u0670|[\u1AB0-\u1AFF]|[\u1DC0-\u1DFF]/gu;

/** Everything that separates parts of a name: spaces, hyphens, apostrophes, dots, commas. */
const SEPARATORS = /[^\p{L}\p{M}\p{N}]+/u;

/** `text` in lower case without accents; separators stay. `Łukasz Müller-O’Neill` gives `lukasz muller-o’neill`. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .replace(MARKS, "")
    .replace(/[ßæœøłđðþıħŋŧəƒĸ]/gu, (letter) => PLAIN[letter] ?? letter)
    .normalize("NFC");
}

/** `text` folded and without separators: `García Márquez` gives `garciamarquez`. */
export function foldWhole(text: string): string {
  return fold(text).split(SEPARATORS).join("");
}

/** The folded parts of `text`, split at every separator: `Anne-Marie O'Brien` gives anne, marie, o, brien. */
export function foldParts(text: string): string[] {
  return fold(text).split(SEPARATORS).filter(Boolean);
}

/**
 * Every folded form under which one name may be looked for: its parts, each word joined over its hyphens and apostrophes,
 * the whole joined, and the same with ä, ö, ü, ø, å spelt out. No duplicates.
 */
export function nameTokens(name: string): string[] {
  const tokens = new Set<string>();
  const spelt = name
    .toLowerCase()
    .normalize("NFC")
    .replace(/[äöüøå]/gu, (letter) => SPELT_OUT[letter] ?? letter);
  for (const form of new Set([name, spelt])) {
    for (const part of foldParts(form)) tokens.add(part);
    for (const word of form.split(/\s+/u)) if (foldWhole(word)) tokens.add(foldWhole(word));
    const whole = foldWhole(form);
    if (whole) tokens.add(whole);
  }
  return [...tokens];
}

/**
 * Whether two names may be the same name: equal when folded in any order of parts, one the beginning of the other, or one
 * typing slip apart (two when the shorter has at least 8 letters).
 */
export function similarNames(one: string, other: string): boolean {
  const a = foldWhole(one);
  const b = foldWhole(other);
  if (a === "" || b === "") return false;
  if (a === b || sortedParts(one) === sortedParts(other)) return true;
  const shorter = Math.min(a.length, b.length);
  if (shorter >= 3 && (a.startsWith(b) || b.startsWith(a))) return true;
  return shorter >= 4 && slips(a, b) <= (shorter >= 8 ? 2 : 1);
}

function sortedParts(name: string): string {
  return foldParts(name).sort().join(" ");
}

/** Typing slips between two words: letters added, left out, changed, or two neighbours swapped (optimal string alignment). */
function slips(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const cell = (i: number, j: number): number => rows[i]?.[j] ?? 0;
  for (let i = 1; i <= a.length; i += 1) {
    rows.push([i]);
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(cell(i - 1, j) + 1, cell(i, j - 1) + 1, cell(i - 1, j - 1) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, cell(i - 2, j - 2) + 1);
      rows[i]?.push(best);
    }
  }
  return cell(a.length, b.length);
}
