/**
 * Medicines, allergies, conditions: what each changes for a course of isotretinoin.
 *
 * Sources: interactions, domain facts 6.1; contraindications, 6.2; excipients, 6.3; special groups, 6.4; effect on
 * hormonal contraception, 6.1 (contraception + drug rule). Cautions inform; only the programme's gate forbids.
 */
import { capital } from "../letter-case.ts";
import type { CourseFields, FamilyHistoryItem, Programme, ScreeningCondition } from "../records/course.ts";
import { familyHistoryItem, screeningCondition } from "../records/course.ts";
import type { ContraceptiveMethod } from "../records/programme-entry.ts";
import type { PatientFields } from "../records/patient.ts";
import { productById, type Excipient } from "./products.ts";

/** `block`: should not be combined; `high`: decide first; `caution`: watch; `advice`: tell the patient. */
export interface Caution {
  readonly level: "block" | "high" | "caution" | "advice";
  readonly sentence: string;
  readonly source: string;
}

const CAUTION_LEVELS: readonly Caution["level"][] = ["block", "high", "caution", "advice"];

/** What a class of medicines does. */
interface MedicineClass {
  readonly id: string;
  /** For the sentence: `a tetracycline`. */
  readonly what: string;
  /** Generic and brand names, folded: lower case, no accents or apostrophes. */
  readonly names: readonly string[];
  /** Words that show another product, such as an ointment or a combined pill; then the class does not apply. */
  readonly unless: readonly string[];
  readonly level: Caution["level"];
  /** What to say after the name. */
  readonly effect: string;
  readonly source: string;
  /** Lowers the effect of hormonal contraception. */
  readonly weakensHormones: boolean;
}

const TOPICAL = ["cream", "ointment", "topical", "lotion", "nasal", "inhaler", "spray", "eye", "drops"];

function medicineClass(
  id: string,
  what: string,
  level: Caution["level"],
  effect: string,
  source: string,
  names: readonly string[],
  more: { unless?: readonly string[]; weakensHormones?: boolean } = {},
): MedicineClass {
  return {
    id,
    what,
    level,
    effect,
    source,
    names,
    unless: more.unless ?? [],
    weakensHormones: more.weakensHormones ?? false,
  };
}

/** Source: domain facts 6.1. Names beyond those listed there are brands and synonyms of the same substances (T). */
export const medicineClasses: readonly MedicineClass[] = [
  medicineClass(
    "tetracycline",
    "a tetracycline",
    "block",
    "may raise the pressure in the head; stop one of the two (contraindicated in the EU and UK).",
    "Domain facts 6.1: S36 S97 (A)",
    [
      "tetracycline",
      "doxycycline",
      "vibramycin",
      "doryx",
      "oracea",
      "monodox",
      "acticlate",
      "adoxa",
      "targadox",
      "minocycline",
      "minocin",
      "solodyn",
      "dynacin",
      "ximino",
      "minolira",
      "amzeeq",
      "lymecycline",
      "tetralysal",
      "sarecycline",
      "seysara",
      "demeclocycline",
      "oxytetracycline",
      "omadacycline",
      "nuzyra",
      "eravacycline",
      "xerava",
      "tigecycline",
    ],
  ),
  medicineClass(
    "retinoid",
    "another retinoid",
    "block",
    "adds to the toxicity of isotretinoin; stop it.",
    "Domain facts 6.1: S97 S98 (A)",
    [
      "acitretin",
      "soriatane",
      "neotigason",
      "bexarotene",
      "targretin",
      "alitretinoin",
      "toctino",
      "tretinoin",
      "retin a",
      "renova",
      "altreno",
      "ziana",
      "veltin",
      "twyneo",
      "adapalene",
      "differin",
      "epiduo",
      "tazarotene",
      "tazorac",
      "arazlo",
      "trifarotene",
      "aklief",
      "retinol",
    ],
  ),
  medicineClass(
    "vitamin-a",
    "vitamin A",
    "block",
    "adds to the toxicity of isotretinoin; nothing beyond the daily requirement.",
    "Domain facts 6.1: S97 S98 (A)",
    ["vitamin a", "vit a", "retinyl palmitate", "cod liver oil", "beta carotene", "betacarotene"],
  ),
  medicineClass(
    "methotrexate",
    "methotrexate",
    "high",
    "adds to the strain on the liver.",
    "Domain facts 6.1 (T)",
    ["methotrexate", "trexall", "otrexup", "rasuvo", "rheumatrex"],
  ),
  medicineClass(
    "progestin-only-pill",
    "a progestin-only pill",
    "high",
    "does not count as a primary method of contraception.",
    "Domain facts 6.1: S97 (A), S100 (B)",
    [
      "mini pill",
      "minipill",
      "progestin only pill",
      "progestogen only pill",
      "norethindrone",
      "norethisterone",
      "micronor",
      "camila",
      "errin",
      "heather",
      "nora be",
      "jolivette",
      "slynd",
      "opill",
      "cerazette",
      "cerelle",
      "desogestrel",
    ],
    { unless: ["estradiol", "ethinyl", "ethinylestradiol", "mestranol", "combined"] },
  ),
  medicineClass(
    "st-johns-wort",
    "St John's wort",
    "high",
    "lowers the effect of hormonal contraception; pregnancies were reported. Stop it.",
    "Domain facts 6.1: S97 (A)",
    ["st johns wort", "saint johns wort", "hypericum", "johanniskraut"],
    { weakensHormones: true },
  ),
  medicineClass(
    "phenytoin",
    "phenytoin",
    "high",
    "lowers the effect of hormonal contraception and may soften the bones.",
    "Domain facts 6.1: S97 (A), T+",
    ["phenytoin", "dilantin", "fosphenytoin"],
    { weakensHormones: true },
  ),
  medicineClass(
    "carbamazepine",
    "carbamazepine",
    "high",
    "lowers the effect of hormonal contraception; its blood level may fall, so monitor it.",
    "Domain facts 6.1: S97b (B), T+",
    ["carbamazepine", "tegretol", "carbatrol", "equetro"],
    { weakensHormones: true },
  ),
  medicineClass(
    "topiramate",
    "topiramate",
    "high",
    "lowers the effect of hormonal contraception at 200 mg a day or more.",
    "Domain facts 6.1 (T+)",
    ["topiramate", "topamax", "trokendi", "qudexy", "qsymia"],
    { weakensHormones: true },
  ),
  medicineClass(
    "enzyme-inducer",
    "an enzyme inducer",
    "high",
    "lowers the effect of hormonal contraception.",
    "Domain facts 6.1 (T+)",
    [
      "rifampin",
      "rifampicin",
      "rifadin",
      "rifabutin",
      "phenobarbital",
      "phenobarbitone",
      "primidone",
      "mysoline",
      "oxcarbazepine",
      "trileptal",
      "bosentan",
      "tracleer",
      "efavirenz",
      "sustiva",
      "modafinil",
      "provigil",
      "armodafinil",
      "nuvigil",
    ],
    { weakensHormones: true },
  ),
  medicineClass(
    "corticosteroid",
    "a systemic corticosteroid",
    "caution",
    "adds to bone loss in long use.",
    "Domain facts 6.1: S97 (A)",
    [
      "prednisone",
      "deltasone",
      "prednisolone",
      "methylprednisolone",
      "medrol",
      "dexamethasone",
      "decadron",
      "hydrocortisone",
      "betamethasone",
      "deflazacort",
      "cortisone",
    ],
    { unless: TOPICAL },
  ),
  medicineClass(
    "warfarin",
    "warfarin",
    "caution",
    "may act differently; monitor the INR.",
    "Domain facts 6.1: S97b (B)",
    ["warfarin", "coumadin", "jantoven"],
  ),
  medicineClass(
    "keratolytic",
    "a drying acne treatment",
    "caution",
    "adds to dryness and irritation; stop it during treatment.",
    "Domain facts 6.1 (T+)",
    [
      "benzoyl peroxide",
      "salicylic acid",
      "azelaic acid",
      "finacea",
      "azelex",
      "resorcinol",
      "benzamycin",
      "benzaclin",
      "duac",
      "glycolic acid",
    ],
  ),
  medicineClass(
    "photosensitiser",
    "a medicine that makes the skin sensitive to light",
    "caution",
    "adds to sunburn.",
    "Domain facts 6.1 (B)",
    [
      "sulfamethoxazole",
      "trimethoprim sulfamethoxazole",
      "bactrim",
      "septra",
      "cotrimoxazole",
      "sulfasalazine",
      "hydrochlorothiazide",
      "amiodarone",
    ],
  ),
  medicineClass(
    "absorption",
    "a medicine that binds fat",
    "caution",
    "may lower the uptake of isotretinoin.",
    "Domain facts 6.1 (T?)",
    ["orlistat", "xenical", "alli", "mineral oil"],
  ),
];

/** Lower case, no accents, apostrophes closed up, everything else a space. */
function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/['’‘`´]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Edit distance with transposition, given up beyond `most`. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    before = previous;
    previous = row;
  }
  return previous[b.length] ?? most + 1;
}

/** One slip is forgiven in words of 8 letters or more, two from 12; the first letter must fit. */
function sameWord(typed: string, name: string): boolean {
  if (typed === name) return true;
  if (name.length < 8 || typed[0] !== name[0]) return false;
  const most = name.length >= 12 ? 2 : 1;
  return distance(typed, name, most) <= most;
}

function mentions(foldedText: string, name: string): boolean {
  const words = foldedText.split(" ");
  const wanted = name.split(" ");
  return words.some((_, start) =>
    wanted.every((word, index) => {
      const typed = words[start + index];
      return typed !== undefined && sameWord(typed, word);
    }),
  );
}

// Today asks of the same few hundred names in two thousand courses. What a name belongs to never changes, so nothing observable
// depends on what is remembered.
const REMEMBERED = 5_000;
const classesByName = new Map<string, MedicineClass[]>();

/** The classes that a medicine, as typed, belongs to. */
export function classesOf(medicine: string): MedicineClass[] {
  const before = classesByName.get(medicine);
  if (before !== undefined) return before;
  const text = fold(medicine);
  const words = text.split(" ");
  const found = medicineClasses.filter(
    (one) =>
      one.names.some((name) => mentions(text, name)) && !one.unless.some((word) => words.includes(word)),
  );
  if (classesByName.size >= REMEMBERED) classesByName.clear();
  classesByName.set(medicine, found);
  return found;
}

/** What concerns the patient besides the medicines. */
export interface CautionContext {
  readonly programme: Programme;
  /** Completed years, null when not known. */
  readonly age: number | null;
  /** Null while the category is not decided: then it is treated as `can`. */
  readonly category: "can" | "cannot" | null;
  /** Methods of contraception in use; null when not recorded. */
  readonly methods: readonly ContraceptiveMethod[] | null;
}

/**
 * Cautions from the medicine list. Null (nobody asked) is a caution in itself. What only concerns contraception is left
 * out for patients who cannot become pregnant.
 */
export function medicineCautions(medicines: CourseFields["medicines"], context: CautionContext): Caution[] {
  if (medicines === null)
    return [
      {
        level: "caution",
        sentence: "Medicines and supplements have not been asked about.",
        source: "Domain facts 6.1",
      },
    ];
  return medicines.flatMap(({ name }) =>
    classesOf(name).flatMap((one): Caution[] => {
      const onlyContraception =
        (one.weakensHormones && one.id !== "phenytoin" && one.id !== "carbamazepine") ||
        one.id === "progestin-only-pill";
      if (onlyContraception && context.category === "cannot") return [];
      const named = fold(name) === fold(one.what) ? capital(name) : `${name} (${one.what})`;
      const inUse = context.methods;
      const unaffected =
        one.weakensHormones && inUse !== null && inUse.length > 0 && weakened([name], inUse).length === 0;
      return [
        {
          level: unaffected && one.level === "high" ? "caution" : one.level,
          sentence: `${named}: ${one.effect}`,
          source: one.source,
        },
      ];
    }),
  );
}

/** Methods whose effect an enzyme inducer lowers. Copper and hormonal IUD, injection, sterilisation are not. Source: domain facts 6.1 (T+). */
export const WEAKENED_METHODS: readonly ContraceptiveMethod[] = [
  "combined-pill",
  "patch",
  "ring",
  "implant",
  "progestin-only-pill",
];

/** Of the methods in use those that one of the medicines (as typed) weakens. */
function weakened(
  medicines: readonly string[],
  methods: readonly ContraceptiveMethod[],
): ContraceptiveMethod[] {
  const induced = medicines.some((name) => classesOf(name).some((one) => one.weakensHormones));
  return induced ? methods.filter((one) => WEAKENED_METHODS.includes(one)) : [];
}

/** Which medicines weaken which methods of contraception; for the programme engine and the contraception form. */
export interface WeakenedContraception {
  readonly methods: readonly ContraceptiveMethod[];
  readonly medicines: readonly string[];
  readonly sentence: string;
  readonly source: string;
}

/**
 * The contraception and drug rule: an alert when an enzyme inducer or St John's wort is taken and a method in use is the
 * combined pill, patch, ring or implant; null otherwise, also when the medicines were never asked (that is another
 * caution). Source: domain facts 6.1 (T+).
 */
export function contraceptionInteraction(
  medicines: CourseFields["medicines"],
  methods: readonly ContraceptiveMethod[],
): WeakenedContraception | null {
  const inducers = (medicines ?? [])
    .map((one) => one.name)
    .filter((name) => classesOf(name).some((one) => one.weakensHormones));
  const affected = weakened(inducers, methods);
  if (affected.length === 0) return null;
  const list = affected.map((one) => one.replaceAll("-", " ")).join(", ");
  return {
    methods: affected,
    medicines: inducers,
    sentence: `${inducers.join(", ")} lowers the effect of the ${list}: choose a method that is not affected, such as an IUD.`,
    source: "Domain facts 6.1 (T+)",
  };
}

/** Words of an allergy, folded, with the excipients that they concern. Source: domain facts 6.3. */
const ALLERGENS: readonly {
  readonly words: readonly string[];
  readonly excipient: Excipient;
  readonly what: string;
}[] = [
  { words: ["soy", "soya", "soybean", "soybeans", "lecithin"], excipient: "soya", what: "soya" },
  {
    words: ["paraben", "parabens", "methylparaben", "propylparaben"],
    excipient: "parabens",
    what: "parabens",
  },
  { words: ["gelatin", "gelatine", "alpha gal", "pork", "beef"], excipient: "gelatin", what: "gelatin" },
  { words: ["beeswax", "propolis"], excipient: "beeswax", what: "beeswax" },
  { words: ["corn", "maize"], excipient: "corn", what: "corn oil" },
  {
    words: ["azo", "yellow 6", "yellow dye", "sunset yellow", "tartrazine", "food dye", "food colouring"],
    excipient: "azo-colours",
    what: "azo colours in some strengths",
  },
  { words: ["sorbitol", "fructose intolerance"], excipient: "sorbitol", what: "sorbitol" },
  { words: ["bha", "butylated hydroxyanisole"], excipient: "bha", what: "BHA" },
];

/** Peanut: no product lists it, but it cross-reacts with soya, and older EU products say so. Source: domain facts 6.3 (S33 S36). */
const PEANUT = ["peanut", "peanuts", "arachis", "groundnut"];
const ISOTRETINOIN = [
  "isotretinoin",
  "accutane",
  "roaccutane",
  "absorica",
  "claravis",
  "vitamin a",
  "retinoid",
  "retinoids",
];

/** Cautions from the allergy list against the product's excipients. Unknown allergies are a caution in themselves. */
export function allergyCautions(
  allergies: PatientFields["allergies"],
  productId: string,
  programme: Programme,
): Caution[] {
  if (allergies.status === "unknown")
    return [
      { level: "caution", sentence: "Allergies have not been asked about.", source: "Domain facts 6.3" },
    ];
  const product = productById(productId);
  const european = programme === "mhra" || programme === "eu-ppp";
  return allergies.items.flatMap((item): Caution[] => {
    const text = fold(item);
    const cautions: Caution[] = [];
    if (ISOTRETINOIN.some((name) => mentions(text, name)))
      cautions.push({
        level: "block",
        sentence: `Allergy to ${item}: isotretinoin is contraindicated.`,
        source: "Domain facts 6.2: S28 (A), S102 (B)",
      });
    if (PEANUT.some((name) => mentions(text, name)))
      cautions.push({
        level: european ? "block" : "high",
        sentence: european
          ? `Allergy to ${item}: products with soya oil are contraindicated.`
          : `Allergy to ${item}: it can cross-react with the soya oil of the capsules.`,
        source: "Domain facts 6.3: S33 S36 (A)",
      });
    for (const allergen of ALLERGENS) {
      if (!allergen.words.some((name) => mentions(text, name))) continue;
      // Every isotretinoin product seen holds soya oil, so an unseen label is no comfort. Domain facts 6.3.
      if (allergen.excipient === "soya")
        cautions.push({
          level: european ? "block" : "high",
          sentence: european
            ? `Allergy to ${item}: isotretinoin capsules hold soya oil and are contraindicated.`
            : `Allergy to ${item}: isotretinoin capsules hold soya oil.`,
          source: "Domain facts 6.3: S33 S36 (A)",
        });
      else if (product === null || product.excipients === null)
        cautions.push({
          level: "caution",
          sentence: `Allergy to ${item}: check the pack for ${allergen.what}.`,
          source: "Domain facts 6.3; label not seen",
        });
      else if (product.excipients.includes(allergen.excipient))
        cautions.push({
          level: "high",
          sentence: `Allergy to ${item}: ${product.name} holds ${allergen.what}.`,
          source: "Domain facts 6.3: S33 (A)",
        });
    }
    return cautions;
  });
}

/** Where a contraindication stands. `everywhere`: all labels; `europe`: EU and UK SmPC. */
export interface Contraindication {
  readonly condition: ScreeningCondition;
  readonly programmes: readonly Programme[];
  readonly level: Caution["level"];
  readonly sentence: string;
  readonly source: string;
}

const ALL: readonly Programme[] = ["ipledge", "mhra", "eu-ppp"];
const EUROPE: readonly Programme[] = ["mhra", "eu-ppp"];
const US: readonly Programme[] = ["ipledge"];

/**
 * What a condition changes, by programme (which stands for the country's label). Pregnancy is the programme's own
 * question, allergies stand in `allergyCautions`, tetracyclines and vitamin A in `medicineCautions`. Source: domain facts
 * 6.2 (US: S28 S102; EU and UK: S36; cautions A/B), 3.4 and 6.4. Read on 2026-11-21; the current SmPC's body was not seen.
 */
export const contraindications: readonly Contraindication[] = [
  {
    condition: "breastfeeding",
    programmes: EUROPE,
    level: "block",
    sentence: "Breastfeeding: isotretinoin is contraindicated.",
    source: "Domain facts 6.2: S36 (A)",
  },
  {
    condition: "breastfeeding",
    programmes: US,
    level: "block",
    sentence:
      "Breastfeeding: not during treatment nor for 8 days after the last dose; patient papers say 1 month.",
    source: "Domain facts 6.2 (label T?, S97 A)",
  },
  {
    condition: "liver-disease",
    programmes: EUROPE,
    level: "block",
    sentence: "Liver disease: isotretinoin is contraindicated in hepatic insufficiency.",
    source: "Domain facts 6.2: S36 (A)",
  },
  {
    condition: "liver-disease",
    programmes: US,
    level: "high",
    sentence: "Liver disease: avoid, or ask hepatology; monitor closely.",
    source: "Domain facts 6.4",
  },
  {
    condition: "lipid-disorder",
    programmes: EUROPE,
    level: "high",
    sentence: "Lipid disorder: contraindicated while lipids are excessively high; monitor closely.",
    source: "Domain facts 6.2: S36 (A)",
  },
  {
    condition: "lipid-disorder",
    programmes: US,
    level: "caution",
    sentence: "Lipid disorder: treat it first; blood lipids every four weeks.",
    source: "Domain facts 3.4, 6.2",
  },
  {
    condition: "pancreatitis",
    programmes: ALL,
    level: "high",
    sentence: "Earlier pancreatitis: triglycerides must stay low; stop at any belly pain.",
    source: "Domain facts 6.2, 3.3",
  },
  {
    condition: "diabetes",
    programmes: ALL,
    level: "caution",
    sentence: "Diabetes: more glucose checks; lipids every four weeks.",
    source: "Domain facts 3.4, 6.4",
  },
  {
    condition: "obesity",
    programmes: ALL,
    level: "caution",
    sentence: "Obesity: lipids and liver enzymes every four weeks.",
    source: "Domain facts 3.4, 6.2",
  },
  {
    condition: "alcohol",
    programmes: ALL,
    level: "caution",
    sentence: "Alcohol: raises triglycerides and liver enzymes; none in the 36 hours before blood is taken.",
    source: "Domain facts 6.1: S19 (B)",
  },
  {
    condition: "suicidal-thoughts",
    programmes: ALL,
    level: "high",
    sentence: "Thoughts of suicide, now or earlier: co-manage with psychiatry; PHQ-9 at each visit.",
    source: "Domain facts 6.2, 6.4",
  },
  {
    condition: "psychosis",
    programmes: ALL,
    level: "high",
    sentence: "Earlier psychosis: co-manage with psychiatry.",
    source: "Domain facts 6.2, 6.4",
  },
  {
    condition: "depression",
    programmes: ALL,
    level: "caution",
    sentence: "Depression: co-manage; PHQ-9 at each visit.",
    source: "Domain facts 6.2, 6.4",
  },
  {
    condition: "inflammatory-bowel-disease",
    programmes: ALL,
    level: "caution",
    sentence: "Inflammatory bowel disease: ask gastroenterology; stop at bleeding or severe diarrhoea.",
    source: "Domain facts 6.2, 6.4",
  },
  {
    condition: "raised-intracranial-pressure",
    programmes: ALL,
    level: "high",
    sentence: "Earlier raised pressure in the head: no tetracyclines; stop at headache with changed sight.",
    source: "Domain facts 5.1, 6.1",
  },
  {
    condition: "kidney-disease",
    programmes: EUROPE,
    level: "caution",
    sentence: "Kidney disease: if severe, start at 10 mg a day.",
    source: "Domain facts 2.2, 6.4 (T+)",
  },
  {
    condition: "kidney-disease",
    programmes: US,
    level: "caution",
    sentence: "Kidney disease: start low; EU labels start at 10 mg a day if severe.",
    source: "Domain facts 6.2",
  },
  {
    condition: "hearing-loss",
    programmes: ALL,
    level: "caution",
    sentence: "Hearing loss: hearing test before the start; stop at ringing or further loss.",
    source: "Domain facts 6.2, 5.1: S63",
  },
  {
    condition: "dry-eye",
    programmes: ALL,
    level: "advice",
    sentence: "Dry eye: tear substitutes; no contact lenses; no laser eye surgery near treatment.",
    source: "Domain facts 6.1: S101 (A), T",
  },
  {
    condition: "bone-or-back-disease",
    programmes: ALL,
    level: "caution",
    sentence: "Bone or back disease: ask about back pain at each visit; no long second courses.",
    source: "Domain facts 6.2, 6.4: S63",
  },
  {
    condition: "vigorous-exercise",
    programmes: ALL,
    level: "advice",
    sentence: "Hard training: raises CK and AST; no hard training in the 3 days before blood is taken.",
    source: "Domain facts 3.4, 3.5, 6.4",
  },
];

/** What the family's history changes. Source: domain facts 6.2 (family psychiatric history), 3.4. */
const FAMILY: Readonly<Record<FamilyHistoryItem, string>> = {
  "depression-or-suicide": "Depression or suicide in the family: PHQ-9 at each visit.",
  "lipid-disorder": "Lipid disorder in the family: lipids every four weeks.",
  diabetes: "Diabetes in the family: check glucose.",
  "bowel-disease": "Bowel disease in the family: ask about bleeding and diarrhoea.",
};

/** Cautions from screening. Questions not answered are one caution that names how many. */
export function conditionCautions(
  course: Pick<CourseFields, "conditions" | "familyHistory" | "programme">,
): Caution[] {
  const cautions: Caution[] = contraindications
    .filter((one) => one.programmes.includes(course.programme) && course.conditions[one.condition] === "yes")
    .map(({ level, sentence, source }) => ({ level, sentence, source }));
  for (const one of familyHistoryItem.options)
    if (course.familyHistory[one] === "yes")
      cautions.push({ level: "advice", sentence: FAMILY[one], source: "Domain facts 6.2, 3.4" });
  const open =
    screeningCondition.options.filter((one) => isOpen(course.conditions[one])).length +
    familyHistoryItem.options.filter((one) => isOpen(course.familyHistory[one])).length;
  if (open > 0)
    cautions.push({
      level: "caution",
      sentence: `Screening is not complete: ${open} ${open === 1 ? "question has" : "questions have"} no answer.`,
      source: "Domain facts 6.2",
    });
  return cautions;
}

function isOpen(answer: "yes" | "no" | "unknown" | undefined): boolean {
  return answer === undefined || answer === "unknown";
}

/** Everything to bear in mind for a course, the gravest first; sentences are not repeated. */
export function cautionsFor(
  course: Pick<CourseFields, "conditions" | "familyHistory" | "programme" | "medicines" | "productId">,
  patient: Pick<PatientFields, "allergies">,
  context: Omit<CautionContext, "programme">,
): Caution[] {
  const full: CautionContext = { ...context, programme: course.programme };
  const weak =
    context.methods === null || context.category === "cannot"
      ? null
      : contraceptionInteraction(course.medicines, context.methods);
  const all: Caution[] = [
    ...(weak === null ? [] : [{ level: "high" as const, sentence: weak.sentence, source: weak.source }]),
    ...medicineCautions(course.medicines, full),
    ...allergyCautions(patient.allergies, course.productId, course.programme),
    ...conditionCautions(course),
    ...ageCautions(context.age),
  ];
  const seen = new Set<string>();
  return all
    .filter((one) => !seen.has(one.sentence) && seen.add(one.sentence))
    .toSorted((a, b) => CAUTION_LEVELS.indexOf(a.level) - CAUTION_LEVELS.indexOf(b.level));
}

/** Indicated from 12 years. Source: domain facts 4 (S74), 2.1 (S35). */
const YOUNGEST = 12;

function ageCautions(age: number | null): Caution[] {
  if (age === null || age >= YOUNGEST) return [];
  return [
    {
      level: "high",
      sentence: `Under ${YOUNGEST} years of age: isotretinoin is not indicated.`,
      source: "Domain facts 4: S74 (A); 2.1: S35 (A)",
    },
  ];
}
