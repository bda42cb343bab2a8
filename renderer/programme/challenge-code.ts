/** Letters that nobody takes for another one or for a digit, on a photo or over the telephone. A power of two, so that each is as likely. */
const LETTERS = "ACDEFHJKMNPRTWXY";
const LENGTH = 6;

/**
 * A one-time code to put beside a home test before its photo is taken: `KTM-APD`. Random, so that an older photo cannot show
 * it. Source: domain facts 1.8 (S5, S29).
 */
export function newChallengeCode(): string {
  const random = crypto.getRandomValues(new Uint8Array(LENGTH));
  const letters = [...random].map((byte) => LETTERS[byte % LETTERS.length] ?? "A").join("");
  return `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`;
}
