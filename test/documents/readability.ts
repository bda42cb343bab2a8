/**
 * How hard a text is to read: Flesch-Kincaid grade = 0.39 (words / sentences) + 11.8 (syllables / words) - 15.59.
 * Source: domain facts 7.5. Syllables are counted from the spelling; the words that this gets wrong are listed.
 */

/** Words whose spelling misleads the count. */
const KNOWN: Readonly<Record<string, number>> = {
  isotretinoin: 6,
  acne: 2,
  area: 3,
  being: 2,
  doxycycline: 4,
  minocycline: 4,
  people: 2,
  someone: 2,
  capsules: 2,
  questions: 2,
  vasectomy: 4,
  diaphragm: 3,
  hormone: 2,
  hormones: 2,
  something: 2,
  sometimes: 2,
};

/** Syllables of a word: groups of vowels, less a silent e. At least 1. A number counts as the word it is read as, about 2. */
export function syllablesOf(word: string): number {
  const letters = word.toLowerCase().replace(/[^a-z0-9]/gu, "");
  if (letters in KNOWN) return KNOWN[letters] ?? 1;
  if (/^\d+$/u.test(letters)) return letters.length > 1 ? 2 : 1;
  const spoken = letters
    // A final e is silent (take, capsule), but not after consonant and l (able).
    .replace(/(?<![^aeiouy]l)e$/u, "")
    .replace(/(?<=[^aeiouylsxzcgh])es$/u, "")
    .replace(/(?<=[^aeiouytd])ed$/u, "");
  const groups = spoken.match(/[aeiouy]+/gu);
  return Math.max(1, groups?.length ?? 1);
}

export function sentencesOf(text: string): string[] {
  return text
    .replace(/\bSt\. /gu, "St ")
    .split(/(?<=[.!?:])\s+/u)
    .filter((one) => /[a-z0-9]/iu.test(one));
}

export function wordsOf(text: string): string[] {
  return text.split(/[\s–—]+/u).filter((one) => /[a-z0-9]/iu.test(one));
}

/** The Flesch-Kincaid grade: 6 is the sixth year of school. */
export function gradeOf(text: string): number {
  const words = wordsOf(text);
  const syllables = words.reduce((sum, one) => sum + syllablesOf(one), 0);
  return 0.39 * (words.length / sentencesOf(text).length) + 11.8 * (syllables / words.length) - 15.59;
}
