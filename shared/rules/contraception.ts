/** Contraception: whether two methods make a pair that the programme accepts, and since when it has been unbroken. */
import type { CalendarDate } from "../calendar.ts";
import { capital } from "../letter-case.ts";
import { type ContraceptiveMethod, firstRecorded } from "../records/programme-entry.ts";
import type { EntryOf } from "./entries-in-order.ts";
import type { History } from "./history.ts";
import { WEAKENED_METHODS, contraceptionInteraction } from "./interactions.ts";
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

/** `copper IUD and male latex condom`, in the middle of a sentence. */
export function methodsInSentence({ first, second }: Pair): string {
  return second === null ? METHOD_NAMES[first] : `${METHOD_NAMES[first]} and ${METHOD_NAMES[second]}`;
}

/** `Copper IUD and male latex condom`; begins with a capital. */
export function methodsInWords(pair: Pair): string {
  return capital(methodsInSentence(pair));
}

/** Primary methods that work by hormones: two of them together protect no better than one. Source: domain facts 8. */
const HORMONAL: ReadonlySet<ContraceptiveMethod> = new Set<ContraceptiveMethod>([
  "iud-levonorgestrel",
  "combined-pill",
  "patch",
  "ring",
  "injection",
  "implant",
]);

/** The different methods of a pair. */
function formsOf({ first, second }: Pair): readonly ContraceptiveMethod[] {
  return second === null || second === first ? [first] : [first, second];
}

export type JudgedPair = { accepted: true; note: string } | { accepted: false; why: string };

/**
 * Whether a pair is accepted, and in a sentence why not. `note` is what to know about an accepted one.
 * Abstinence stands alone only as the first method: beside another method it would contradict it.
 * What the patient's medicines do to it is asked of `weakenedBy`.
 */
export function judgePair(row: PairRow, pair: Pair): JudgedPair {
  const refuse = (why: string): JudgedPair => ({ accepted: false, why });
  const forms = formsOf(pair);
  const alone = forms.filter((one) => row.standing[one] === "alone");
  if (alone.some((one) => one !== "abstinence" || one === pair.first)) return { accepted: true, note: "" };
  const refused = forms.find((one) => row.standing[one] === "never");
  if (refused === "other") return refuse("A method that is not in the programme’s list does not count.");
  if (refused === "abstinence")
    return refuse(
      "Abstinence is no method in this programme. If there is no risk of pregnancy, record so as the category, with the evidence.",
    );
  if (refused !== undefined) return refuse(`The ${METHOD_NAMES[refused]} does not count in this programme.`);
  if (forms.includes("abstinence")) return refuse("If it is abstinence alone, enter it as the first method.");
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
  const carriers = formsOf(pair).filter(
    (one) => row.standing[one] === "primary" || row.standing[one] === "alone",
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
 * - `current`: the methods recorded last. `lapse`: the latest lapse after theirs.
 */
export type Unbroken = {
  since: CalendarDate | null;
  current: EntryOf<"contraception"> | null;
  lapse: EntryOf<"contraception-lapse"> | null;
};

/**
 * See `Unbroken`. Methods of the day of a lapse are in use again from that day if they were recorded with it or after it; recorded
 * before it, they are those that lapsed.
 */
export function unbrokenContraception(history: Pick<History, "table" | "of">): Unbroken {
  const row = history.table.rules["contraception-pair"];
  const methods = history.of.contraception;
  const lapses = history.of["contraception-lapse"];
  const current = methods.at(-1) ?? null;
  const lapse = current === null ? null : (lapses.findLast((one) => !outlasts(current, one)) ?? null);
  if (row === null) return { since: null, current, lapse };
  const last = lapses.at(-1);
  let since: CalendarDate | null = null;
  for (const entry of methods)
    if (last === undefined || outlasts(entry, last))
      since = judgePair(row, entry).accepted ? (since ?? entry.on) : null;
  return { since, current, lapse };
}

/** True for methods that a lapse does not break: those of a later day, or of its own day and recorded no earlier than it. */
export function outlasts(methods: EntryOf<"contraception">, lapse: EntryOf<"contraception-lapse">): boolean {
  return methods.on > lapse.on || (methods.on === lapse.on && firstRecorded(methods) >= firstRecorded(lapse));
}
