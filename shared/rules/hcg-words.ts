/**
 * How a laboratory's words about hCG are read.
 *
 * Laboratories write a negative in many ways (`Non - reactive`, `hCG undetected`, `Negative (reactive: 25 or more)`). A text is negative
 * only by the whole of it: what is left when harmless words are left out must be one phrase of a closed list. All that nobody
 * thought of is unclear, and what is unclear is no negative.
 */

/** hCG from which pregnancy is not excluded, mIU/mL. Source: domain facts 3.1 (5 to 24 indeterminate, 25 positive) and 3.5 HC-1. */
export const HCG_INDETERMINATE = 5;
/** hCG from which a pregnancy is certain, mIU/mL; also what the programmes ask a test to detect. Source: domain facts 3.1. */
export const HCG_POSITIVE = 25;

/**
 * What an hCG result says of a pregnancy.
 * - `stop`: a word such as positive or indeterminate, or a number that is certainly 5 mIU/mL or more.
 * - `negative`: words that say so (`hcgInWords`), or a number under 5 mIU/mL. "<25" is what a kit of that sensitivity says of a
 *   negative specimen, so it is one.
 * - `pending`: nothing is reported yet.
 * - `unclear`: anything else, such as "trace", ">4", or a number in a unit that hCG is not measured in. It is no negative.
 */
export type HcgReading = "stop" | "negative" | "pending" | "unclear";

/** What was looked for. */
const ANALYTES: ReadonlySet<string> = new Set(["hcg", "bhcg", "βhcg", "beta", "β", "pregnancy"]);
/** What it was looked for in. */
const SPECIMENS: ReadonlySet<string> = new Set(["serum", "urine", "blood"]);
/** How; says nothing of the result. */
const KINDS: ReadonlySet<string> = new Set(["qualitative"]);
const HARMLESS: ReadonlySet<string> = new Set([...ANALYTES, ...SPECIMENS, ...KINDS, "test", "result"]);

/** What a test can be. */
const NEGATIVES: ReadonlySet<string> = new Set([
  "negative",
  "neg",
  "non reactive",
  "nonreactive",
  "not reactive",
  "not pregnant",
]);
/** What only hCG can be: "test absent" and "urine not detected" speak of a test that nobody made. */
const ABSENCES: ReadonlySet<string> = new Set([
  "not detected",
  "none detected",
  "undetected",
  "undetectable",
  "absent",
]);

/** Says a negative, or denies something that is said behind it; "not negative" and "not excluded" do not. */
const NEGATIVE_SAID =
  /(?<!\bnon? |\bnot )\b(?:neg|negative|nonreactive|undetected|undetectable|absent)\b|(?<!not (?:be )?)\b(?:excluded|ruled out)\b|\b(?:no|non|none|not)\b.*\b(?:reactive|detected|pregnan(?:t|cy))\b/u;

/** Speaks of a pregnancy or leaves it open; laboratories write `POS`, `Positive (a)`, `weakly reactive`, `hCG detected`, `1+`. */
const POSITIVE_SAID =
  /\b(?:pos|positiv\w*|indeterm\w*|equivocal|borderline|inconclusive|reactive|detected|pregnant|pregnancy(?! test\b|:))\b|\+/u;

/** A number, and a unit in which it is one of mIU/mL. */
const AMOUNT = String.raw`(?<amount>\d+(?:\.\d+)?)(?: ?(?:miu ml|iu l))?`;
/** The number that a result is under. */
const UNDER = new RegExp(String.raw`(?<!\S)< ?${AMOUNT}(?!\S)`, "gu");
/** What laboratories explain in parentheses: the number it is under, and what their test finds or calls positive. */
const EXPLAINED: readonly RegExp[] = [
  String.raw`< ?${AMOUNT}`,
  String.raw`(?:sensitivity|cut ?off|limit)(?: of)? ${AMOUNT}`,
  String.raw`(?:positive|pos|reactive) (?:(?:if |at )?(?:>=?|≥) ?|from )${AMOUNT}`,
  String.raw`(?:positive|pos|reactive) (?:if |at |from )?${AMOUNT} or (?:more|above|over|higher)`,
].map((one) => new RegExp(`^${one}$`, "u"));

/**
 * What the words of an hCG result say. `text` as reported, in any case.
 *
 * Negative is a text of which one phrase of the closed list is left without harmless words, case, hyphens and punctuation. Parentheses are
 * left out if all in them is harmless or explains the test: "Negative (repeat positive)" is not negative. A text stops if
 * a word of it speaks of a pregnancy and none says a negative. Empty or "pending" is pending; all else is unclear.
 */
export function hcgInWords(text: string): HcgReading {
  const typed = text.trim().toLowerCase();
  if (typed === "" || typed === "pending") return "pending";
  if (isNegative(text)) return "negative";
  const whole = spaced(text);
  return POSITIVE_SAID.test(whole) && !NEGATIVE_SAID.test(whole) ? "stop" : "unclear";
}

function isNegative(text: string): boolean {
  const said = plain(
    text.replace(/\(([^()]*)\)/gu, (aside, inside: string) => (isHarmless(plain(inside)) ? " " : aside)),
  )
    .replace(/^no (?=(?:(?:serum|urine|blood|beta|β) )*(?:[bβ]?hcg|pregnancy) detected\b)/u, "none ")
    .replace(UNDER, (under, amount: string) => (isWithinLimit(amount) ? "" : under))
    .replace(/\b(negative|neg) for (?=(?:(?:serum|urine|blood|beta|β) )*(?:[bβ]?hcg|pregnancy)\b)/u, "$1 ")
    .replace(/(?<=\b(?:negative|neg)\b.*)\bpregnancy (?:is )?excluded\b/u, "");
  const words = said.split(" ").filter((word) => word !== "");
  const others = words.filter((word) => HARMLESS.has(word));
  const left = words.filter((word) => !HARMLESS.has(word)).join(" ");
  if (NEGATIVES.has(left)) return true;
  const named = others.some((word) => ANALYTES.has(word));
  return (
    ABSENCES.has(left) &&
    others.every((word) => ANALYTES.has(word) || KINDS.has(word) || (named && SPECIMENS.has(word)))
  );
}

/** Whether what stands in parentheses changes nothing. */
function isHarmless(aside: string): boolean {
  if (aside.split(" ").every((word) => HARMLESS.has(word))) return true;
  return EXPLAINED.some((pattern) => isWithinLimit(pattern.exec(aside)?.groups?.["amount"]));
}

/** Whether a test with this limit finds a pregnancy as early as the programmes ask. */
function isWithinLimit(amount: string | undefined): boolean {
  return amount !== undefined && Number(amount) <= HCG_POSITIVE;
}

/** In small letters, with one space for spaces, hyphens and strokes. */
function spaced(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s‐‑–—/-]+/gu, " ")
    .trim();
}

/** The words, without the punctuation behind them. A question mark is none: it asks. */
function plain(text: string): string {
  return spaced(text)
    .replace(/[.,:;](?=\s|$)/gu, "")
    .trim();
}
