/** Contraception: whether two methods make a pair that the programme accepts, and since when it has been unbroken. */
import type { CalendarDate } from "../calendar.ts";
import type { ContraceptiveMethod } from "../records/programme-entry.ts";
import { WEAKENED_METHODS, contraceptionInteraction } from "./interactions.ts";
import type { EntryOf, History } from "./history.ts";
import type { RuleRows } from "./programmes/programme-table.ts";

/** The methods as people say them, in the middle of a sentence. */
export const METHOD_NAMES: Readonly<Record<ContraceptiveMethod, string>> = {
  tubal: "tubal sterilisation",
  vasectomy: "partner’s vasectomy",
  "iud-copper": "copper IUD",
  "iud-levonorgestrel": "levonorgestrel IUD",
  "combined-pill": "combined pill",
  patch: "patch",
  ring: "vaginal ring",
  injection: "injection",
  implant: "implant",
  condom: "male latex condom",
  diaphragm: "diaphragm with spermicide",
  "cervical-cap": "cervical cap with spermicide",
  sponge: "vaginal sponge",
  abstinence: "abstinence",
  "progestin-only-pill": "progestin-only pill",
  other: "another method",
};

type PairRow = NonNullable<RuleRows["contraception-pair"]>;
type Pair = { first: ContraceptiveMethod; second: ContraceptiveMethod | null };

/** `Copper IUD and male latex condom`; begins with a capital. */
export function methodsInWords(pair: Pair): string {
  const words =
    pair.second === null
      ? METHOD_NAMES[pair.first]
      : `${METHOD_NAMES[pair.first]} and ${METHOD_NAMES[pair.second]}`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Methods that work by hormones: two of them together protect no better than one. Source: domain facts 8. */
const HORMONAL: ReadonlySet<ContraceptiveMethod> = new Set<ContraceptiveMethod>([
  "iud-levonorgestrel",
  "combined-pill",
  "patch",
  "ring",
  "injection",
  "implant",
  "progestin-only-pill",
]);

export type JudgedPair = { accepted: true; note: string } | { accepted: false; why: string };

/**
 * Whether a pair is accepted, and in a sentence why not. `note` is what to know about an accepted one.
 * Abstinence stands alone only as the first method: beside another method it would contradict it.
 * What the patient's medicines do to it is asked of `weakenedBy`.
 */
export function judgePair(row: PairRow, pair: Pair): JudgedPair {
  const { first, second } = pair;
  const refuse = (why: string): JudgedPair => ({ accepted: false, why });
  if (row.standing[first] === "alone") return { accepted: true, note: "" };
  const forms = second === null || second === first ? [first] : [first, second];
  if (second !== null && second !== "abstinence" && row.standing[second] === "alone")
    return { accepted: true, note: "" };
  const refused = forms.find((one) => row.standing[one] === "never");
  if (refused === "other") return refuse("A method that is not in the programme’s list does not count.");
  if (refused === "abstinence")
    return refuse(
      "Abstinence is no method in this programme. If there is no risk of pregnancy, record so as the category, with the evidence.",
    );
  if (refused !== undefined) return refuse(`The ${METHOD_NAMES[refused]} does not count in this programme.`);
  if (second !== null && row.standing[second] === "alone")
    return refuse(`If it is ${METHOD_NAMES[second]} alone, enter it as the first method.`);
  if (forms.length < row.forms)
    return refuse(
      row.complementary
        ? "One such form is not enough: a user-independent method, or a hormonal and a barrier one together."
        : `One form is not enough: ${row.forms} different ones are needed.`,
    );
  const primaries = forms.filter((one) => row.standing[one] === "primary").length;
  if (row.complementary && primaries !== row.primaries)
    return refuse("The two forms must complement each other: a hormonal and a barrier one.");
  if (primaries < row.primaries) return refuse("At least one of the two forms must be a primary one.");
  if (primaries === 1) return { accepted: true, note: "" };
  return {
    accepted: true,
    note: forms.every((one) => HORMONAL.has(one))
      ? "Both are primary forms and both work by hormones: allowed, but a second hormonal method adds little. One of each kind is usual."
      : "Both are primary forms: allowed, though one of each is usual.",
  };
}

/**
 * Whether the patient's medicines leave the pair without a primary form that they do not weaken (domain facts 6.1, T+): then
 * the sentence, else null. `medicines` null: nobody asked, which leaves it unknown if the pair rests on hormones that a
 * medicine could weaken; undefined: not gathered, and nothing is said.
 */
export function weakenedBy(
  row: PairRow,
  pair: Pair,
  medicines: readonly string[] | null | undefined,
): { status: "unmet" | "unknown"; sentence: string } | null {
  if (medicines === undefined) return null;
  const carriers = [pair.first, pair.second].filter(
    (one): one is ContraceptiveMethod =>
      one !== null && (row.standing[one] === "primary" || row.standing[one] === "alone"),
  );
  if (carriers.length === 0 || !carriers.every((one) => WEAKENED_METHODS.includes(one))) return null;
  if (medicines === null)
    return {
      status: "unknown",
      sentence:
        "Ask which medicines and supplements are taken, and record them: some weaken hormonal contraception.",
    };
  const found = contraceptionInteraction(
    medicines.map((name) => ({ name })),
    carriers,
  );
  return found === null ? null : { status: "unmet", sentence: found.sentence };
}

/** True if both name the same methods, in either order. */
export function sameMethods(
  a: { first: ContraceptiveMethod | null; second: ContraceptiveMethod | null },
  b: Pair,
): boolean {
  return (a.first === b.first && a.second === b.second) || (a.first === b.second && a.second === b.first);
}

/**
 * Since when accepted contraception has been unbroken, and what broke it last.
 * - `since` is null when none is in force, when the methods in force are not accepted, or when it lapsed and nobody recorded
 *   from when on both forms are used again.
 * - A change from one accepted pair to another does not break it; any recorded lapse does, a missed pill included.
 */
export type Unbroken = {
  since: CalendarDate | null;
  current: EntryOf<"contraception"> | null;
  lapse: EntryOf<"contraception-lapse"> | null;
};

/** See `Unbroken`. On one day a lapse counts before a new record of the methods: both forms are used again from that day. */
export function unbrokenContraception(history: History): Unbroken {
  const row = history.table.rules["contraception-pair"];
  const methods = history.of.contraception;
  const lapses = history.of["contraception-lapse"];
  const current = methods.at(-1) ?? null;
  const lapse = lapses.at(-1) ?? null;
  if (row === null) return { since: null, current, lapse };
  let since: CalendarDate | null = null;
  for (let index = methods.length - 1; index >= 0; index -= 1) {
    const entry = methods[index];
    if (entry === undefined || !judgePair(row, entry).accepted) break;
    // Between this entry and the next one a lapse ends the stretch: what came before does not count.
    const next: CalendarDate | null = methods[index + 1]?.on ?? null;
    if (lapses.some((one) => one.on > entry.on && (next === null || one.on <= next))) break;
    since = entry.on;
  }
  return { since, current, lapse };
}
