/** Words set into a sentence, or at its head. */

/** The words with a capital at their head: `high, grade 2` becomes `High, grade 2`. */
export function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/**
 * The words as they stand within a sentence: `Implant` becomes `implant`; an abbreviation stays, `IUD, copper`. Not for words
 * that begin with a name.
 */
export function lowered(words: string): string {
  return /^\p{Lu}{2}/u.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1);
}
