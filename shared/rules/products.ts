/**
 * Isotretinoin products: formulation, strengths, food, and the excipients that matter for allergies.
 *
 * Sources: strengths and food, domain facts 4 (S64 S74 S77 S78 S79); excipients, domain facts 6.3 (openFDA records of
 * September 2026, S33). Excipients are printed per strength: the list is a reason to look at the pack, not a clearance.
 */

/** `conventional`: with food. `lidose`: with or without food. `micronised` (LD): its own doses, never interchangeable. */
export type Formulation = "conventional" | "lidose" | "micronised";

/** Excipients that an allergy or a belief can forbid. */
export type Excipient =
  | "soya"
  | "parabens"
  | "gelatin"
  | "beeswax"
  | "corn"
  | "azo-colours"
  | "sorbitol"
  | "bha";

export interface Product {
  readonly id: string;
  readonly name: string;
  readonly formulation: Formulation;
  /** Capsule strengths in mg, rising. */
  readonly strengthsMg: readonly number[];
  /** ISO 3166 codes of the countries where it is sold. */
  readonly countries: readonly string[];
  /** How it is taken. */
  readonly food: "with-food" | "with-or-without-food";
  /** Known excipients; null when the label was not seen. Unknown is never "none". */
  readonly excipients: readonly Excipient[] | null;
  readonly source: string;
  readonly confidence: "A" | "B" | "C" | "T+" | "T";
}

/** The products, in the order of the choice. */
export const products: readonly Product[] = [
  {
    id: "generic-conventional",
    name: "Isotretinoin, generic",
    formulation: "conventional",
    strengthsMg: [10, 20, 30, 40],
    countries: ["US"],
    food: "with-food",
    excipients: null,
    source: "Domain facts 4: most generic lines, S78 S79",
    confidence: "B",
  },
  {
    id: "generic-conventional-six",
    name: "Isotretinoin, generic with 25 and 35 mg",
    formulation: "conventional",
    strengthsMg: [10, 20, 25, 30, 35, 40],
    countries: ["US"],
    food: "with-food",
    excipients: null,
    source: "Domain facts 4: line with six product codes, S79",
    confidence: "B",
  },
  {
    id: "absorica",
    name: "Absorica",
    formulation: "lidose",
    strengthsMg: [10, 20, 25, 30, 35, 40],
    countries: ["US"],
    food: "with-or-without-food",
    excipients: ["soya", "gelatin"],
    source: "Label S64 S74; openFDA S33",
    confidence: "A",
  },
  {
    id: "absorica-ld",
    name: "Absorica LD",
    formulation: "micronised",
    strengthsMg: [8, 16, 20, 24, 28, 32],
    countries: ["US", "CA"],
    food: "with-or-without-food",
    excipients: null,
    source: "Label S64 S77; excipients not seen",
    confidence: "A",
  },
  {
    id: "accutane-us",
    name: "Accutane (US brand)",
    formulation: "conventional",
    strengthsMg: [10, 20, 30, 40],
    countries: ["US"],
    food: "with-food",
    excipients: null,
    source: "Domain facts 4, S78; excipients not seen",
    confidence: "T",
  },
  {
    id: "amneal",
    name: "Isotretinoin Amneal",
    formulation: "conventional",
    strengthsMg: [10, 20, 30, 40],
    countries: ["US"],
    food: "with-food",
    excipients: ["soya", "gelatin", "beeswax", "bha", "azo-colours"],
    source: "openFDA S33, set c2917c3d",
    confidence: "A",
  },
  {
    id: "amnesteem",
    name: "Amnesteem",
    formulation: "conventional",
    strengthsMg: [10, 20, 30, 40],
    countries: ["US"],
    food: "with-food",
    excipients: ["soya", "gelatin", "corn", "beeswax", "bha"],
    source: "openFDA S33, set b2cb63c9; strengths B",
    confidence: "B",
  },
  {
    id: "claravis",
    name: "Claravis",
    formulation: "conventional",
    strengthsMg: [10, 20, 30, 40],
    countries: ["US"],
    food: "with-food",
    excipients: ["soya", "gelatin", "beeswax", "azo-colours"],
    source: "openFDA S33, set a31fd109; strengths B",
    confidence: "B",
  },
  {
    id: "myorisan",
    name: "Myorisan",
    formulation: "conventional",
    strengthsMg: [10, 20, 30, 40],
    countries: ["US"],
    food: "with-food",
    excipients: null,
    source: "Domain facts 4, S78; excipients not seen",
    confidence: "T",
  },
  {
    id: "zenatane",
    name: "Zenatane",
    formulation: "conventional",
    strengthsMg: [10, 20, 30, 40],
    countries: ["US"],
    food: "with-food",
    excipients: ["soya", "gelatin", "parabens", "beeswax", "azo-colours"],
    source: "openFDA S33, set 486d4a4b; strengths B",
    confidence: "B",
  },
  {
    id: "roaccutane",
    name: "Roaccutane",
    formulation: "conventional",
    strengthsMg: [10, 20],
    countries: ["GB", "EU"],
    food: "with-food",
    excipients: ["soya", "gelatin"],
    source: "UK SmPC S36; strengths from training knowledge",
    confidence: "T+",
  },
  {
    id: "generic-europe",
    name: "Isotretinoin, generic (UK and EU)",
    formulation: "conventional",
    strengthsMg: [10, 20],
    countries: ["GB", "EU"],
    food: "with-food",
    excipients: null,
    source: "Domain facts 2.1; strengths from training knowledge",
    confidence: "T",
  },
];

const byId = new Map(products.map((one) => [one.id, one]));

/** The product with this id, or null. */
export function productById(id: string): Product | null {
  return byId.get(id) ?? null;
}

/** Its name for screens and paper; the id itself when this edition does not know it. */
export function productName(id: string): string {
  return productById(id)?.name ?? id;
}

/** One sentence on how it is taken. Source: domain facts 4 (S74 S76). */
export function foodSentence(product: Product): string {
  return product.food === "with-food" ? "Take with a meal." : "Take with or without a meal.";
}

/**
 * What to say when a prescription names another product or other strengths than the last one: a course keeps to one
 * brand throughout. Micronised and other capsules are not interchangeable even at 20 mg. Source: domain facts 4 (S74 S76 S77).
 */
export function productChangeWarnings(
  before: { productId: string; strengthsMg: readonly number[] } | null,
  next: { productId: string; strengthsMg: readonly number[] },
): string[] {
  if (before === null) return [];
  if (before.productId !== next.productId) {
    const from = productById(before.productId);
    const to = productById(next.productId);
    const warnings = [
      `The product changes from ${productName(before.productId)} to ${productName(next.productId)}: tell the patient that the capsules look different.`,
    ];
    if (
      from === null ||
      to === null ||
      (from.formulation === "micronised") !== (to.formulation === "micronised")
    )
      warnings.push("Absorica LD and other isotretinoin are not interchangeable: work out the dose anew.");
    if (from !== null && to !== null && from.food !== to.food && to.food === "with-food")
      warnings.push(`${to.name} must be taken with a meal; ${from.name} need not be.`);
    return warnings;
  }
  const added = next.strengthsMg.filter((one) => !before.strengthsMg.includes(one));
  const dropped = before.strengthsMg.filter((one) => !next.strengthsMg.includes(one));
  if (added.length === 0 && dropped.length === 0) return [];
  const list = (strengths: readonly number[]) => [...new Set(strengths)].toSorted((a, b) => a - b).join(", ");
  return [
    `The capsule strengths change from ${list(before.strengthsMg)} mg to ${list(next.strengthsMg)} mg: check the capsules at home are not mixed up.`,
  ];
}
