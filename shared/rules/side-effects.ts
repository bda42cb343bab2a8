/**
 * The side-effect checklist: what is asked at each visit, what its grades mean, and which answers stop treatment.
 *
 * Source: domain facts 5.1 (items and red flags; mood list from the consent form S4; hearing S63; sexual S46 S49) and 1.4
 * (stop triggers). Grade anchors are a design of our own after CTCAE's idea: 1 noticed, self-care only; 2 needs
 * treatment or a dose change, or limits some activity; 3 limits daily life, or a reason to stop. So is the grade from
 * which an item is a red flag (`redFlagFrom`), for the clinic's dermatologist to approve.
 */

export type SideEffectGroup =
  | "skin"
  | "eyes"
  | "head"
  | "muscles-and-bones"
  | "gut-and-liver"
  | "hearing"
  | "mood"
  | "sexual"
  | "menstrual"
  | "metabolic"
  | "allergy-and-blood";

/** Groups in the order in which they are asked, with their headings. */
export const sideEffectGroups: readonly { readonly id: SideEffectGroup; readonly name: string }[] = [
  { id: "skin", name: "Skin, lips and nose" },
  { id: "eyes", name: "Eyes" },
  { id: "head", name: "Head and energy" },
  { id: "muscles-and-bones", name: "Muscles, joints and bones" },
  { id: "gut-and-liver", name: "Gut and liver" },
  { id: "hearing", name: "Hearing" },
  { id: "mood", name: "Mood and thinking" },
  { id: "sexual", name: "Sexual health" },
  { id: "menstrual", name: "Periods and pregnancy risk" },
  { id: "metabolic", name: "Metabolism" },
  { id: "allergy-and-blood", name: "Allergy and blood" },
];

/** Left out of paper by the switch for confidential items. Source: domain facts 7.1 (minors). */
const CONFIDENTIAL: readonly SideEffectGroup[] = ["mood", "sexual", "menstrual"];

/** Words of the grades 0 to 3. */
export const gradeWords = ["None", "Mild", "Moderate", "Severe"] as const;

/** What the grades mean where an item has no anchors of its own. */
const GENERAL: readonly [string, string, string] = [
  "Noticed; self-care only",
  "Needs treatment or a dose change, or limits some activity",
  "Limits daily life, or a reason to stop",
];

export interface SideEffectItem {
  readonly code: string;
  readonly name: string;
  readonly group: SideEffectGroup;
  /** The lowest grade that is a red flag: 1 when the item always is; null when never. */
  readonly redFlagFrom: 1 | 2 | 3 | null;
  /** What may be behind it and what to do; empty when never a red flag. */
  readonly redFlagSentence: string;
  /** Anchors of grades 1, 2 and 3. */
  readonly anchors: readonly [string, string, string];
  /** What usually helps; a proposal for the clinician. */
  readonly whatToDo: string;
  readonly confidential: boolean;
}

interface ItemMore {
  readonly redFlagFrom?: 1 | 2 | 3;
  readonly redFlagSentence?: string;
  readonly anchors?: readonly [string, string, string];
  readonly whatToDo?: string;
}

function item(code: string, name: string, group: SideEffectGroup, more: ItemMore = {}): SideEffectItem {
  return {
    code,
    name,
    group,
    redFlagFrom: more.redFlagFrom ?? null,
    redFlagSentence: more.redFlagSentence ?? "",
    anchors: more.anchors ?? GENERAL,
    whatToDo: more.whatToDo ?? "",
    confidential: CONFIDENTIAL.includes(group),
  };
}

/** The checklist in the order in which it is asked. */
export const sideEffects: readonly SideEffectItem[] = [
  item("cheilitis", "Dry, cracked lips", "skin", {
    anchors: [
      "Dry; lip balm is enough",
      "Cracks or bleeding despite lip balm",
      "Painful; eating or speaking is hard",
    ],
    whatToDo: "Lip balm often; if not enough, a lower dose.",
  }),
  item("dry-skin", "Dry skin", "skin", {
    anchors: [
      "Dry; moisturiser is enough",
      "Itching or scaling despite moisturiser",
      "Fissures or wide inflammation",
    ],
    whatToDo: "Moisturiser, mild cleanser, short lukewarm showers.",
  }),
  item("eczema", "Eczema", "skin", { whatToDo: "Moisturiser; a topical steroid for a short time." }),
  item("epistaxis", "Dry nose, nosebleeds", "skin", {
    anchors: ["Crusts or rare spotting", "Repeated nosebleeds", "Hard to stop; needs care"],
    whatToDo: "Nasal ointment or saline.",
  }),
  item("hair-thinning", "Hair thinning", "skin"),
  item("photosensitivity", "Sunburn easily", "skin", {
    whatToDo: "Sunscreen SPF 30 or more, hat, no sunbeds.",
  }),
  item("skin-fragility", "Fragile or peeling skin (hands, soles)", "skin", {
    whatToDo: "No waxing, no abrasive treatment.",
  }),
  item("nails", "Nail changes, granulation tissue", "skin", {
    whatToDo: "Topical treatment; a lower dose if granulation goes on.",
  }),
  item("acne-flare", "Acne flare", "skin", {
    redFlagFrom: 3,
    redFlagSentence:
      "Ulcers, fever or joint pain with a flare may be acne fulminans: see the prescriber today.",
    anchors: ["More spots than before", "Inflamed, painful", "Ulcers, crusts, fever or joint pain"],
    whatToDo: "Common in the first weeks; if severe, lower the dose and consider prednisone.",
  }),
  item("blistering", "Blisters, sores in the mouth, skin coming off", "skin", {
    redFlagFrom: 1,
    redFlagSentence: "May be a severe skin reaction (SJS/TEN): stop isotretinoin and send to emergency care.",
  }),

  item("dry-eyes", "Dry or irritated eyes", "eyes", {
    anchors: ["Now and then", "Daily, needs tear substitutes", "Sight or daily life suffers"],
    whatToDo: "Tear substitutes; glasses in place of contact lenses.",
  }),
  item("conjunctivitis", "Conjunctivitis, lid inflammation", "eyes"),
  item("contact-lenses", "Contact lenses not tolerated", "eyes", { whatToDo: "Glasses during treatment." }),
  item("night-vision", "Worse sight in the dark", "eyes", {
    redFlagFrom: 2,
    redFlagSentence: "Worse night vision: no driving in the dark; the prescriber decides whether to go on.",
    whatToDo: "No driving or machines in the dark.",
  }),
  item("visual-disturbance", "Blurred or double vision, loss of sight", "eyes", {
    redFlagFrom: 1,
    redFlagSentence:
      "May be raised pressure in the head or corneal damage: stop isotretinoin; eye examination today.",
  }),

  item("headache", "Headache", "head", {
    redFlagFrom: 3,
    redFlagSentence:
      "Severe headache, above all with nausea, vomiting or changed sight, may be raised pressure in the head: stop isotretinoin; same-day examination.",
    anchors: [
      "Now and then, no tablets",
      "Often, or needs tablets",
      "Severe, or with vomiting or changed sight",
    ],
    whatToDo: "Ask about tetracyclines and vitamin A.",
  }),
  item("dizziness", "Dizziness", "head"),
  item("fatigue", "Tiredness", "head"),
  item("seizure", "Seizure", "head", {
    redFlagFrom: 1,
    redFlagSentence: "Seizure: stop isotretinoin and send to emergency care.",
  }),

  item("myalgia", "Muscle pain", "muscles-and-bones", {
    anchors: ["After exercise", "Limits sport or work", "Limits daily life"],
    whatToDo: "Less heavy lifting; CK if more than mild.",
  }),
  item("arthralgia", "Joint pain", "muscles-and-bones"),
  item("back-pain", "Back pain", "muscles-and-bones", {
    redFlagFrom: 3,
    redFlagSentence:
      "Severe back pain, at night or stiff in the morning, may be sacroiliitis: the prescriber decides today.",
    anchors: ["Now and then", "Limits sport or work", "At night, stiff in the morning, or limits daily life"],
  }),
  item("muscle-weakness", "Muscle weakness", "muscles-and-bones", {
    redFlagFrom: 1,
    redFlagSentence: "Weakness may be muscle breakdown: stop isotretinoin; CK and creatinine today.",
  }),
  item("fracture", "Broken bone", "muscles-and-bones", {
    redFlagFrom: 1,
    redFlagSentence: "Fracture during treatment: the prescriber decides whether to go on.",
  }),
  item("growth", "Bone pain or slower growth (teenagers)", "muscles-and-bones", {
    redFlagFrom: 2,
    redFlagSentence: "May be early closure of the growth plates: the prescriber decides; X-ray.",
  }),

  item("nausea", "Nausea", "gut-and-liver", { whatToDo: "Take with food." }),
  item("diarrhoea", "Diarrhoea", "gut-and-liver", {
    redFlagFrom: 3,
    redFlagSentence: "Severe diarrhoea may be inflammatory bowel disease: stop isotretinoin and refer.",
  }),
  item("appetite", "Less appetite", "gut-and-liver"),
  item("oesophagus", "Pain on swallowing", "gut-and-liver", {
    redFlagFrom: 2,
    redFlagSentence: "Pain on swallowing: hold isotretinoin until examined.",
    whatToDo: "Swallow whole with a full glass, sitting up.",
  }),
  item("abdominal-pain", "Belly pain", "gut-and-liver", {
    redFlagFrom: 2,
    redFlagSentence: "May be pancreatitis: stop isotretinoin; lipase and triglycerides today.",
    anchors: ["Brief and slight", "Persistent", "Severe, or with vomiting"],
  }),
  item("rectal-bleeding", "Blood in the stool", "gut-and-liver", {
    redFlagFrom: 1,
    redFlagSentence: "May be inflammatory bowel disease: stop isotretinoin and refer.",
  }),
  item("jaundice", "Yellow skin or eyes", "gut-and-liver", {
    redFlagFrom: 1,
    redFlagSentence: "May be hepatitis: stop isotretinoin; liver tests today.",
  }),
  item("dark-urine", "Dark urine", "gut-and-liver", {
    redFlagFrom: 1,
    redFlagSentence:
      "May be hepatitis or muscle breakdown: stop isotretinoin; liver tests, CK and creatinine today.",
  }),

  item("tinnitus", "Ringing in the ears", "hearing", {
    redFlagFrom: 1,
    redFlagSentence: "Ringing in the ears: stop isotretinoin and refer for a hearing test.",
  }),
  item("hearing-loss", "Hearing loss", "hearing", {
    redFlagFrom: 1,
    redFlagSentence: "Hearing loss: stop isotretinoin and refer for a hearing test.",
  }),

  item("low-mood", "Sadness, crying", "mood", {
    redFlagFrom: 2,
    redFlagSentence:
      "Low mood that lasts: the prescriber sees the patient today and decides whether to stop.",
    whatToDo: "PHQ-9; ask about thoughts of suicide.",
  }),
  item("loss-of-interest", "Loss of interest, withdrawal from others", "mood", {
    redFlagFrom: 2,
    redFlagSentence:
      "Withdrawal that lasts: the prescriber sees the patient today and decides whether to stop.",
    whatToDo: "PHQ-9; ask about thoughts of suicide.",
  }),
  item("sleep", "Changed sleep", "mood"),
  item("irritability", "Irritability, anger", "mood", {
    redFlagFrom: 3,
    redFlagSentence: "Rage or violence: stop isotretinoin; same-day assessment.",
  }),
  item("concentration", "Poor concentration", "mood"),
  item("energy", "No energy", "mood"),
  item("worthlessness", "Feels worthless or guilty", "mood", {
    redFlagFrom: 2,
    redFlagSentence: "Feels worthless: the prescriber sees the patient today and decides whether to stop.",
    whatToDo: "PHQ-9; ask about thoughts of suicide.",
  }),
  item("dangerous-impulses", "Dangerous impulses", "mood", {
    redFlagFrom: 1,
    redFlagSentence: "Dangerous impulses: stop isotretinoin; same-day assessment.",
  }),
  item("suicidal-thoughts", "Thoughts of suicide or self-harm", "mood", {
    redFlagFrom: 1,
    redFlagSentence:
      "Thoughts of suicide: stop isotretinoin, do not leave the patient alone, same-day assessment.",
  }),
  item("psychosis", "Hears or sees things that are not there", "mood", {
    redFlagFrom: 1,
    redFlagSentence: "May be psychosis: stop isotretinoin; same-day assessment.",
  }),

  item("libido", "Less desire", "sexual"),
  item("erectile-dysfunction", "Erection problems", "sexual", {
    redFlagFrom: 3,
    redFlagSentence: "Severe or lasting sexual problems: the prescriber decides whether to stop.",
  }),
  item("vulvovaginal-dryness", "Vulvovaginal dryness", "sexual"),
  item("genital-numbness", "Genital numbness", "sexual", {
    redFlagFrom: 2,
    redFlagSentence: "Genital numbness: the prescriber decides whether to stop; it can last after treatment.",
  }),
  item("gynaecomastia", "Breast growth", "sexual"),

  item("cycle-change", "Changed periods", "menstrual"),
  item("missed-period", "Missed period", "menstrual", {
    redFlagFrom: 1,
    redFlagSentence: "Missed period: no more doses until a pregnancy test is negative.",
  }),
  item("unprotected-contact", "Unprotected sex, or contraception stopped", "menstrual", {
    redFlagFrom: 1,
    redFlagSentence: "Contraception failed: no more doses; offer emergency contraception; pregnancy test.",
  }),

  item("thirst", "Thirst, passing much urine", "metabolic", {
    redFlagFrom: 2,
    redFlagSentence: "May be diabetes: glucose today.",
  }),
  item("weight-change", "Weight change", "metabolic"),

  item("rash", "Rash", "allergy-and-blood", {
    redFlagFrom: 3,
    redFlagSentence:
      "Wide, painful or purple rash may be allergy or vasculitis: stop isotretinoin; same-day examination.",
  }),
  item("swelling", "Swelling of the face or throat, trouble breathing", "allergy-and-blood", {
    redFlagFrom: 1,
    redFlagSentence: "May be anaphylaxis: stop isotretinoin and send to emergency care.",
  }),
  item("bruising", "Bruises easily", "allergy-and-blood", {
    redFlagFrom: 3,
    redFlagSentence: "Marked bruising: blood count today.",
  }),
  item("infection", "Fever or repeated infections", "allergy-and-blood", {
    redFlagFrom: 3,
    redFlagSentence: "High fever or severe infection: blood count with neutrophils today.",
  }),
];

const byCode = new Map(sideEffects.map((one) => [one.code, one]));

/** The item with this code, or null when this edition of the checklist does not have it. */
export function sideEffectItem(code: string): SideEffectItem | null {
  return byCode.get(code) ?? null;
}

/** Its name; the code itself when this edition does not know it. */
export function sideEffectName(code: string): string {
  return sideEffectItem(code)?.name ?? code;
}

/** True when this grade of this item is a red flag: an urgent line on the Today list until a prescriber has signed. */
export function isRedFlag(code: string, grade: number): boolean {
  const found = sideEffectItem(code);
  return found !== null && found.redFlagFrom !== null && grade >= found.redFlagFrom;
}

/** The red flags among a visit's side effects, in the order of the checklist. */
export function redFlags(
  found: readonly { code: string; grade: number }[],
): { code: string; name: string; sentence: string; confidential: boolean }[] {
  return sideEffects
    .filter((one) => found.some((other) => other.code === one.code && isRedFlag(other.code, other.grade)))
    .map((one) => ({
      code: one.code,
      name: one.name,
      sentence: one.redFlagSentence,
      confidential: one.confidential,
    }));
}

/**
 * When to stop and call the clinic: the list that is printed for the patient. Confidential lines are left out by the
 * switch; the crisis line is printed always. Source: domain facts 1.4 (stop triggers, S4) and 5.1.
 */
export const stopAndCall: readonly {
  readonly text: string;
  readonly confidential: boolean;
  readonly forCategory: "can" | "all";
}[] = [
  { text: "You think you may be pregnant, or your period is late.", confidential: true, forCategory: "can" },
  {
    text: "You had sex without your birth control, or you stopped it.",
    confidential: true,
    forCategory: "can",
  },
  {
    text: "You feel very sad, hopeless or angry, or think of hurting yourself.",
    confidential: false,
    forCategory: "all",
  },
  { text: "Strong headache, vomiting, or blurred sight.", confidential: false, forCategory: "all" },
  {
    text: "Strong belly pain, bad diarrhoea, or blood in your stool.",
    confidential: false,
    forCategory: "all",
  },
  { text: "Yellow skin or eyes, or dark urine.", confidential: false, forCategory: "all" },
  { text: "Weak muscles, or strong back pain at night.", confidential: false, forCategory: "all" },
  { text: "You hear less well, or your ears ring.", confidential: false, forCategory: "all" },
  {
    text: "Blisters, sores in your mouth, a bad rash, or swelling of your face.",
    confidential: false,
    forCategory: "all",
  },
];
