/**
 * The laboratory tests that the record knows: names, LOINC codes, units, conversion, and limits of what is plausible.
 *
 * Source: domain facts 3.1 (LOINC names checked against a LOINC 2020 table and two LOINC-mapped sources, S60 S61 S62,
 * confidence A/B; conversions from molar masses). Mass and molar results have different LOINC codes and are never
 * converted under one code. `typicalLow` and `typicalHigh` are placeholders for an empty range field (confidence T):
 * they never judge a result; only the reporting laboratory's own range does.
 */
import type { Comparator } from "../records/lab-result.ts";

export type LabGroup =
  | "liver"
  | "lipids"
  | "muscle"
  | "glucose"
  | "kidney"
  | "blood-count"
  | "inflammation"
  | "pregnancy";

/** A unit in which a test is reported. */
export interface LabUnit {
  /** UCUM code; empty for results that are words. */
  readonly ucum: string;
  /** For people: `µmol/L`. */
  readonly label: string;
  /** LOINC of the test in this kind of unit. */
  readonly loinc: string;
  /** Other LOINC codes that laboratories send for it: fasting, direct, other methods. Read, never written. */
  readonly otherLoinc: readonly string[];
  /** Multiply by this to get the test's first unit. For drawing and comparing only; results are kept as reported. */
  readonly toFirst: number;
  /** Which clinics are offered it first: `both` where the world agrees (U/L). */
  readonly system: "conventional" | "si" | "both";
  /** Digits after the point when shown. */
  readonly decimals: number;
  /** Placeholder for the lower limit, adults (confidence T); null where none is usual. */
  readonly typicalLow: number | null;
  readonly typicalHigh: number | null;
  /** Values outside are asked about before saving; typing-error limits of our own, not clinical ones. */
  readonly plausible: readonly [low: number, high: number];
}

export interface LabTest {
  readonly id: string;
  readonly name: string;
  readonly shortName: string;
  readonly group: LabGroup;
  /** `quantity`: a number with a unit; `words`: positive, negative, indeterminate. */
  readonly kind: "quantity" | "words";
  /** At least one. The first is the unit to which `toFirst` converts. */
  readonly units: readonly [LabUnit, ...LabUnit[]];
  readonly fastingMatters: boolean;
}

interface UnitMore {
  readonly otherLoinc?: readonly string[];
  readonly toFirst?: number;
  readonly decimals?: number;
  readonly typical?: readonly [number | null, number | null];
}

function unit(
  ucum: string,
  loinc: string,
  system: LabUnit["system"],
  plausible: readonly [number, number],
  more: UnitMore = {},
): LabUnit {
  const [typicalLow, typicalHigh] = more.typical ?? [null, null];
  return {
    ucum,
    label: LABELS[ucum] ?? ucum,
    loinc,
    otherLoinc: more.otherLoinc ?? [],
    toFirst: more.toFirst ?? 1,
    system,
    decimals: more.decimals ?? 0,
    typicalLow,
    typicalHigh,
    plausible,
  };
}

/** UCUM codes whose written form differs. */
const LABELS: Readonly<Record<string, string>> = {
  "umol/L": "µmol/L",
  "ukat/L": "µkat/L",
  "10*3/uL": "×10³/µL",
  "10*6/uL": "×10⁶/µL",
  "10*9/L": "×10⁹/L",
  "10*12/L": "×10¹²/L",
  "m[IU]/mL": "mIU/mL",
  "[IU]/L": "IU/L",
};

/** mg/dL per mmol/L, from molar masses. Source: domain facts 3.1. */
const TRIGLYCERIDE_MG_PER_MMOL = 88.57;
const CHOLESTEROL_MG_PER_MMOL = 38.67;
const GLUCOSE_MG_PER_MMOL = 18.02;
/** mg/dL per µmol/L. */
const BILIRUBIN_MG_PER_UMOL = 0.05847;
const CREATININE_MG_PER_UMOL = 0.01131;
/** U/L per µkat/L. */
const UNITS_PER_UKAT = 60;

function enzyme(
  loinc: string,
  typicalHigh: number,
  typicalLow: number,
  plausible: readonly [number, number],
): readonly [LabUnit, LabUnit] {
  const katal = (units: number) => Math.round((units / UNITS_PER_UKAT) * 100) / 100;
  return [
    unit("U/L", loinc, "both", plausible, { typical: [typicalLow, typicalHigh] }),
    unit("ukat/L", loinc, "si", [katal(plausible[0]), katal(plausible[1])], {
      toFirst: UNITS_PER_UKAT,
      decimals: 2,
      typical: [katal(typicalLow), katal(typicalHigh)],
    }),
  ];
}

/** The tests, in the order in which flowsheets and forms show them. */
export const labTests: readonly LabTest[] = [
  {
    id: "alt",
    name: "Alanine aminotransferase",
    shortName: "ALT",
    group: "liver",
    kind: "quantity",
    units: enzyme("1742-6", 56, 7, [3, 1000]),
    fastingMatters: false,
  },
  {
    id: "ast",
    name: "Aspartate aminotransferase",
    shortName: "AST",
    group: "liver",
    kind: "quantity",
    units: enzyme("1920-8", 40, 10, [3, 1000]),
    fastingMatters: false,
  },
  {
    id: "ggt",
    name: "Gamma-glutamyl transferase",
    shortName: "GGT",
    group: "liver",
    kind: "quantity",
    units: enzyme("2324-2", 61, 5, [2, 1500]),
    fastingMatters: false,
  },
  {
    id: "alp",
    name: "Alkaline phosphatase",
    shortName: "ALP",
    group: "liver",
    kind: "quantity",
    units: enzyme("6768-6", 129, 40, [10, 1500]),
    fastingMatters: false,
  },
  {
    id: "bilirubin-total",
    name: "Bilirubin, total",
    shortName: "Bilirubin",
    group: "liver",
    kind: "quantity",
    units: [
      unit("mg/dL", "1975-2", "conventional", [0.05, 8], { decimals: 1, typical: [0.1, 1.2] }),
      unit("umol/L", "14631-6", "si", [2, 137], { toFirst: BILIRUBIN_MG_PER_UMOL, typical: [2, 21] }),
    ],
    fastingMatters: false,
  },
  {
    id: "bilirubin-direct",
    name: "Bilirubin, direct",
    shortName: "Bilirubin direct",
    group: "liver",
    kind: "quantity",
    units: [
      unit("mg/dL", "1968-7", "conventional", [0, 4], { decimals: 1, typical: [0, 0.3] }),
      unit("umol/L", "14629-0", "si", [0, 68], { toFirst: BILIRUBIN_MG_PER_UMOL, typical: [0, 5] }),
    ],
    fastingMatters: false,
  },
  {
    id: "albumin",
    name: "Albumin",
    shortName: "Albumin",
    group: "liver",
    kind: "quantity",
    units: [
      unit("g/dL", "1751-7", "conventional", [1, 7], { decimals: 1, typical: [3.5, 5] }),
      unit("g/L", "1751-7", "si", [10, 70], { toFirst: 0.1, typical: [35, 50] }),
    ],
    fastingMatters: false,
  },
  {
    id: "triglycerides",
    name: "Triglycerides",
    shortName: "Triglycerides",
    group: "lipids",
    kind: "quantity",
    units: [
      unit("mg/dL", "2571-8", "conventional", [20, 2500], {
        otherLoinc: ["3048-6"],
        typical: [null, 149],
      }),
      unit("mmol/L", "14927-8", "si", [0.2, 28], {
        otherLoinc: ["30524-3"],
        toFirst: TRIGLYCERIDE_MG_PER_MMOL,
        decimals: 2,
        typical: [null, 1.69],
      }),
    ],
    fastingMatters: true,
  },
  {
    id: "cholesterol-total",
    name: "Cholesterol, total",
    shortName: "Cholesterol",
    group: "lipids",
    kind: "quantity",
    units: [
      unit("mg/dL", "2093-3", "conventional", [50, 700], { typical: [null, 199] }),
      unit("mmol/L", "14647-2", "si", [1.3, 18], {
        toFirst: CHOLESTEROL_MG_PER_MMOL,
        decimals: 2,
        typical: [null, 5.17],
      }),
    ],
    fastingMatters: false,
  },
  {
    id: "ldl",
    name: "LDL cholesterol",
    shortName: "LDL",
    group: "lipids",
    kind: "quantity",
    units: [
      unit("mg/dL", "13457-7", "conventional", [15, 500], {
        otherLoinc: ["2089-1", "18262-6"],
        typical: [null, 129],
      }),
      unit("mmol/L", "39469-2", "si", [0.4, 13], {
        otherLoinc: ["22748-8"],
        toFirst: CHOLESTEROL_MG_PER_MMOL,
        decimals: 2,
        typical: [null, 3.34],
      }),
    ],
    fastingMatters: true,
  },
  {
    id: "hdl",
    name: "HDL cholesterol",
    shortName: "HDL",
    group: "lipids",
    kind: "quantity",
    units: [
      unit("mg/dL", "2085-9", "conventional", [8, 150], { typical: [40, null] }),
      unit("mmol/L", "14646-4", "si", [0.2, 3.9], {
        toFirst: CHOLESTEROL_MG_PER_MMOL,
        decimals: 2,
        typical: [1.03, null],
      }),
    ],
    fastingMatters: false,
  },
  {
    id: "non-hdl",
    name: "Non-HDL cholesterol",
    shortName: "Non-HDL",
    group: "lipids",
    kind: "quantity",
    units: [
      unit("mg/dL", "43396-1", "conventional", [20, 650], { typical: [null, 129] }),
      unit("mmol/L", "70204-3", "si", [0.5, 17], {
        toFirst: CHOLESTEROL_MG_PER_MMOL,
        decimals: 2,
        typical: [null, 3.34],
      }),
    ],
    fastingMatters: false,
  },
  {
    id: "ck",
    name: "Creatine kinase",
    shortName: "CK",
    group: "muscle",
    kind: "quantity",
    units: enzyme("2157-6", 308, 26, [8, 20_000]),
    fastingMatters: false,
  },
  {
    id: "glucose",
    name: "Glucose",
    shortName: "Glucose",
    group: "glucose",
    kind: "quantity",
    units: [
      unit("mg/dL", "2345-7", "conventional", [35, 700], { otherLoinc: ["1558-6"], typical: [70, 99] }),
      unit("mmol/L", "14749-6", "si", [1.9, 34], {
        otherLoinc: ["14771-0"],
        toFirst: GLUCOSE_MG_PER_MMOL,
        decimals: 1,
        typical: [3.9, 5.5],
      }),
    ],
    fastingMatters: true,
  },
  {
    id: "creatinine",
    name: "Creatinine",
    shortName: "Creatinine",
    group: "kidney",
    kind: "quantity",
    units: [
      unit("mg/dL", "2160-0", "conventional", [0.2, 12], { decimals: 2, typical: [0.6, 1.3] }),
      unit("umol/L", "14682-9", "si", [15, 1060], { toFirst: CREATININE_MG_PER_UMOL, typical: [53, 115] }),
    ],
    fastingMatters: false,
  },
  {
    id: "haemoglobin",
    name: "Haemoglobin",
    shortName: "Haemoglobin",
    group: "blood-count",
    kind: "quantity",
    units: [
      unit("g/dL", "718-7", "conventional", [4, 22], { decimals: 1, typical: [12, 17.5] }),
      unit("g/L", "718-7", "si", [40, 220], { toFirst: 0.1, typical: [120, 175] }),
    ],
    fastingMatters: false,
  },
  {
    id: "haematocrit",
    name: "Haematocrit",
    shortName: "Haematocrit",
    group: "blood-count",
    kind: "quantity",
    units: [
      unit("%", "4544-3", "conventional", [12, 70], {
        otherLoinc: ["20570-8"],
        decimals: 1,
        typical: [36, 53],
      }),
      unit("L/L", "4544-3", "si", [0.12, 0.7], { toFirst: 100, decimals: 2, typical: [0.36, 0.53] }),
    ],
    fastingMatters: false,
  },
  {
    id: "wbc",
    name: "White blood cells",
    shortName: "WBC",
    group: "blood-count",
    kind: "quantity",
    units: [
      unit("10*3/uL", "6690-2", "conventional", [0.5, 60], { decimals: 1, typical: [4, 11] }),
      unit("10*9/L", "6690-2", "si", [0.5, 60], { decimals: 1, typical: [4, 11] }),
    ],
    fastingMatters: false,
  },
  {
    id: "neutrophils",
    name: "Neutrophils",
    shortName: "Neutrophils",
    group: "blood-count",
    kind: "quantity",
    units: [
      unit("10*3/uL", "751-8", "conventional", [0.1, 40], { decimals: 1, typical: [1.5, 8] }),
      unit("10*9/L", "751-8", "si", [0.1, 40], { decimals: 1, typical: [1.5, 8] }),
    ],
    fastingMatters: false,
  },
  {
    id: "platelets",
    name: "Platelets",
    shortName: "Platelets",
    group: "blood-count",
    kind: "quantity",
    units: [
      unit("10*3/uL", "777-3", "conventional", [5, 1500], { otherLoinc: ["26515-7"], typical: [150, 450] }),
      unit("10*9/L", "777-3", "si", [5, 1500], { otherLoinc: ["26515-7"], typical: [150, 450] }),
    ],
    fastingMatters: false,
  },
  {
    id: "rbc",
    name: "Red blood cells",
    shortName: "RBC",
    group: "blood-count",
    kind: "quantity",
    units: [
      unit("10*6/uL", "789-8", "conventional", [1.5, 9], { decimals: 2, typical: [4, 5.9] }),
      unit("10*12/L", "789-8", "si", [1.5, 9], { decimals: 2, typical: [4, 5.9] }),
    ],
    fastingMatters: false,
  },
  {
    id: "crp",
    name: "C-reactive protein",
    shortName: "CRP",
    group: "inflammation",
    kind: "quantity",
    units: [
      unit("mg/L", "1988-5", "both", [0, 400], { decimals: 1, typical: [null, 10] }),
      unit("mg/dL", "1988-5", "conventional", [0, 40], { toFirst: 10, decimals: 2, typical: [null, 1] }),
    ],
    fastingMatters: false,
  },
  {
    id: "hcg-quantitative",
    name: "hCG, quantitative",
    shortName: "hCG",
    group: "pregnancy",
    kind: "quantity",
    units: [
      unit("m[IU]/mL", "19080-1", "both", [0, 300_000], {
        otherLoinc: ["21198-7", "45194-8"],
        decimals: 1,
        typical: [null, 5],
      }),
      unit("[IU]/L", "19080-1", "si", [0, 300_000], {
        otherLoinc: ["21198-7", "45194-8"],
        decimals: 1,
        typical: [null, 5],
      }),
    ],
    fastingMatters: false,
  },
  {
    id: "hcg-serum",
    name: "hCG, serum, qualitative",
    shortName: "hCG serum",
    group: "pregnancy",
    kind: "words",
    units: [unit("", "2118-8", "both", [0, 0])],
    fastingMatters: false,
  },
  {
    id: "hcg-urine",
    name: "hCG, urine, qualitative",
    shortName: "hCG urine",
    group: "pregnancy",
    kind: "words",
    units: [unit("", "2106-3", "both", [0, 0])],
    fastingMatters: false,
  },
];

const byId = new Map(labTests.map((one) => [one.id, one]));

/** The test with this id, or null when the record holds a test that this edition of the table does not know. */
export function labTest(id: string): LabTest | null {
  return byId.get(id) ?? null;
}

/** The unit of a test by its UCUM code, or null. */
export function labUnit(testId: string, ucum: string): LabUnit | null {
  return labTest(testId)?.units.find((one) => one.ucum === ucum) ?? null;
}

/** The unit offered first in a clinic that works in conventional or SI units. */
export function preferredUnit(test: LabTest, system: "conventional" | "si"): LabUnit {
  return test.units.find((one) => one.system === system || one.system === "both") ?? test.units[0];
}

/** LOINC codes that look right and are not: whole blood, or without a property. Source: domain facts 3.1, trap 0. */
export const refusedLoinc: Readonly<Record<string, string>> = {
  "3043-7": "Triglycerides in whole blood, not in serum.",
  "70218-3": "Triglycerides without saying mass or molar.",
};

/** The test and the units that a LOINC code stands for; null when unknown or refused. Several units when one code serves them. */
export function testByLoinc(code: string): { test: LabTest; units: readonly LabUnit[] } | null {
  for (const test of labTests) {
    const units = test.units.filter((one) => one.loinc === code || one.otherLoinc.includes(code));
    if (units.length > 0) return { test, units };
  }
  return null;
}

/** LOINC codes that say in themselves that the specimen was taken fasting. Source: domain facts 3.1. */
export const fastingLoinc: readonly string[] = ["3048-6", "30524-3", "1558-6", "14771-0"];

/** A value in the test's first unit, for drawing results of different units on one axis; null when the unit is not known. */
export function inFirstUnit(testId: string, ucum: string, value: number): number | null {
  const found = labUnit(testId, ucum);
  return found === null ? null : value * found.toFirst;
}

/** What somebody typed in a result's field. */
export type LabReading =
  | { ok: true; comparator: Comparator | null; value: number | null; text: string }
  | { ok: false; sentence: string };

/** Words with one spelling; everything else is kept as typed. How an hCG is read stands in `hcg-words.ts`. */
const WORDS: Readonly<Record<string, ResultWord>> = {
  neg: "negative",
  negative: "negative",
  "non-reactive": "negative",
  "non reactive": "negative",
  nonreactive: "negative",
  "not detected": "negative",
  "none detected": "negative",
  "not pregnant": "negative",
  pos: "positive",
  positive: "positive",
  reactive: "positive",
  detected: "positive",
  "+": "positive",
  indeterminate: "indeterminate",
  equivocal: "indeterminate",
  borderline: "indeterminate",
};

/** What a word of a qualitative result says. */
type ResultWord = "negative" | "positive" | "indeterminate";

/** What a result in words says, by the whole of it: case, spaces and a full stop aside. Null when the list does not know it. */
function resultWord(text: string): ResultWord | null {
  return (
    WORDS[text.trim().toLowerCase().replace(/\s+/g, " ").replace(/[‐‑–]/gu, "-").replace(/\.$/, "")] ?? null
  );
}

/**
 * Reads a result as typed or pasted: `54`, `<5`, `>= 1000`, `1,2`, `54 H`, `neg`, `haemolysed`.
 *
 * - A dot is always the decimal point. A comma is the decimal point too (`1,2` is 1.2), except in groups of three that
 *   cannot be anything else (`1,234,567`, `1,234.5`). `1,200` can be read both ways and is refused: a result that is
 *   wrong by a factor of a thousand is worse than one that must be typed again.
 * - A flag behind the number (`H`, `L`, `*`) is dropped: we compute it.
 * - Words that begin with a letter are kept as text; `neg`, `pos` and the like get one spelling.
 */
export function readLabValue(typed: string): LabReading {
  const text = typed.trim().replace(/\s+/g, " ");
  if (text === "") return { ok: false, sentence: "Type the result." };
  const word = resultWord(text);
  if (word !== null) return { ok: true, comparator: null, value: null, text: word };
  const match = /^(<=|>=|=<|=>|≤|≥|<|>)? ?([\d.,]+)(?: ?(?:HH|LL|H|L|\*))?$/i.exec(text);
  if (!match) {
    if (/^\p{L}[\p{L}\p{M} .,;:()/-]*$/u.test(text))
      return text.length <= 120
        ? { ok: true, comparator: null, value: null, text }
        : { ok: false, sentence: "At most 120 characters." };
    if (/^[-−] ?[\d.,]+$/.test(text)) return { ok: false, sentence: "A result cannot be below 0." };
    return { ok: false, sentence: "That is not a result. Type a number, such as 54, <5 or 1.2, or a word." };
  }
  const value = readNumber(match[2] ?? "");
  if (typeof value === "string") return { ok: false, sentence: value };
  return { ok: true, comparator: COMPARATORS[match[1] ?? ""] ?? null, value, text: "" };
}

const COMPARATORS: Readonly<Record<string, Comparator>> = {
  "<": "<",
  "<=": "<=",
  "=<": "<=",
  "≤": "<=",
  ">": ">",
  ">=": ">=",
  "=>": ">=",
  "≥": ">=",
};

/** A number, or the sentence that says why it is none. */
function readNumber(digits: string): number | string {
  const notANumber = "That is not a number. Write it as 54 or 1.2.";
  if (/^\d+$/.test(digits) || /^\d*\.\d+$/.test(digits)) return finite(Number(digits), notANumber);
  if (/^\d{1,3}(,\d{3})+\.\d+$/.test(digits) || /^[1-9]\d{0,2}(,\d{3}){2,}$/.test(digits))
    return finite(Number(digits.replaceAll(",", "")), notANumber);
  if (/^\d{1,3}(\.\d{3})+,\d+$/.test(digits))
    return finite(Number(digits.replaceAll(".", "").replace(",", ".")), notANumber);
  if (/^[1-9]\d{0,2},\d{3}$/.test(digits)) {
    const whole = digits.replace(",", "");
    const decimal = String(Number(digits.replace(",", ".")));
    return `${digits} can be read two ways. Write ${whole} or ${decimal}.`;
  }
  if (/^\d*,\d+$/.test(digits)) return finite(Number(digits.replace(",", ".")), notANumber);
  return notANumber;
}

function finite(value: number, sentence: string): number | string {
  return Number.isFinite(value) ? value : sentence;
}

/** A result for people, as reported: `<5`, `54`, `positive`; empty when nothing was reported. */
export function labValueText(result: {
  comparator: Comparator | null;
  value: number | null;
  text: string;
}): string {
  return result.value === null ? result.text : `${result.comparator ?? ""}${result.value}`;
}
