import { describe, expect, it } from "vitest";
import { familyHistoryItem, screeningCondition, type Answer } from "#shared/records/course.ts";
import {
  allergyCautions,
  cautionsFor,
  classesOf,
  conditionCautions,
  contraceptionInteraction,
  contraindications,
  medicineCautions,
  medicineClasses,
  type CautionContext,
} from "#shared/rules/interactions.ts";

const can: CautionContext = { programme: "ipledge", age: 20, category: "can", methods: null };
const cannot: CautionContext = { ...can, category: "cannot" };

function medicines(...names: string[]) {
  return names.map((name) => ({ name }));
}

describe("recognising medicines", () => {
  it.each([
    ["a generic name", "doxycycline", "tetracycline"],
    ["a name with dose and form", "Doxycycline 100 mg caps", "tetracycline"],
    ["a brand", "Solodyn", "tetracycline"],
    ["capitals and a hyphen", "RETIN-A", "retinoid"],
    ["one slip of the pen", "doxycyline", "tetracycline"],
    ["two letters swapped", "minocylcine", "tetracycline"],
    ["an apostrophe", "St John's Wort", "st-johns-wort"],
    ["a dot and another apostrophe", "St. John’s wort", "st-johns-wort"],
    ["two words among others", "Vitamin A 10,000 IU", "vitamin-a"],
    ["an accent", "Métotrexate methotrexate", "methotrexate"],
    ["a steroid by mouth", "prednisone 20 mg", "corticosteroid"],
    ["a progestin-only pill", "norethindrone 0.35 mg", "progestin-only-pill"],
  ])("knows %s", (_sentence, typed, id) => {
    expect(classesOf(typed).map((one) => one.id)).toContain(id);
  });

  it.each([
    ["another vitamin", "Vitamin B12"],
    ["vitamin E and a letter a elsewhere", "vitamin e, a tablet a day"],
    ["a steroid cream", "hydrocortisone 1% cream"],
    ["a combined pill with the same progestin", "norethindrone / ethinyl estradiol"],
    ["an antihistamine that sounds alike", "doxylamine"],
    ["an antibiotic that sounds alike", "rifaximin"],
    ["isotretinoin itself", "isotretinoin"],
    ["nothing", ""],
  ])("does not take %s for one", (_sentence, typed) => {
    expect(classesOf(typed)).toEqual([]);
  });

  it("finds every name of the table in the class that lists it", () => {
    for (const one of medicineClasses)
      for (const name of one.names)
        expect([name, classesOf(name).map(({ id }) => id)]).toEqual([name, expect.arrayContaining([one.id])]);
  });
});

describe("cautions from medicines", () => {
  it.each([
    ["a tetracycline blocks", "doxycycline", "block"],
    ["vitamin A blocks", "vitamin A", "block"],
    ["a retinoid cream blocks", "adapalene gel", "block"],
    ["methotrexate is high", "methotrexate", "high"],
    ["a steroid is a caution", "prednisone", "caution"],
    ["warfarin is a caution", "warfarin", "caution"],
    ["St John's wort is high", "St John's wort", "high"],
  ])("%s", (_sentence, name, level) => {
    expect(medicineCautions(medicines(name), can).map((one) => one.level)).toEqual([level]);
  });

  it("says nothing of a medicine that does not matter", () => {
    expect(medicineCautions(medicines("ibuprofen", "cetirizine"), can)).toEqual([]);
  });

  it("says that nobody asked rather than that there is none", () => {
    expect(medicineCautions(null, can)).toHaveLength(1);
    expect(medicineCautions([], can)).toEqual([]);
  });

  it("leaves out what only concerns contraception for those who cannot become pregnant", () => {
    expect(medicineCautions(medicines("rifampin", "norethindrone"), cannot)).toEqual([]);
    expect(medicineCautions(medicines("phenytoin"), cannot)).toHaveLength(1);
    expect(medicineCautions(medicines("rifampin"), { ...can, category: null })).toHaveLength(1);
  });

  it("is milder about an inducer when the methods in use are not affected", () => {
    const level = (methods: CautionContext["methods"]) =>
      medicineCautions(medicines("rifampin"), { ...can, methods })[0]?.level;
    expect(level(["iud-copper", "condom"])).toBe("caution");
    expect(level(["combined-pill", "condom"])).toBe("high");
    expect(level([])).toBe("high");
  });
});

describe("medicines against contraception", () => {
  it.each([
    ["rifampin weakens the combined pill", "rifampin", ["combined-pill", "condom"], ["combined-pill"]],
    ["St John's wort weakens the implant", "St John's wort", ["implant", "condom"], ["implant"]],
    ["carbamazepine weakens patch and ring", "Tegretol", ["patch", "ring"], ["patch", "ring"]],
    ["a copper IUD is not affected", "rifampin", ["iud-copper", "condom"], null],
    ["a hormonal IUD is not affected", "rifampin", ["iud-levonorgestrel", "condom"], null],
    ["sterilisation is not affected", "rifampin", ["tubal", "condom"], null],
    ["another medicine weakens nothing", "doxycycline", ["combined-pill", "condom"], null],
  ] as const)("%s", (_sentence, name, methods, affected) => {
    expect(contraceptionInteraction(medicines(name), methods)?.methods ?? null).toEqual(affected);
  });

  it("cannot tell when nobody asked", () => {
    expect(contraceptionInteraction(null, ["combined-pill"])).toBeNull();
  });
});

describe("cautions from allergies", () => {
  const listed = (...items: string[]) => ({ status: "listed" as const, items });
  it.each([
    ["soya is high with every US product", "soy", "absorica-ld", "ipledge", ["high"]],
    ["soya is contraindicated in Europe", "Soya", "roaccutane", "mhra", ["block"]],
    ["peanut may cross-react", "Peanuts", "claravis", "ipledge", ["high"]],
    ["peanut is contraindicated in Europe", "peanut", "roaccutane", "eu-ppp", ["block"]],
    ["parabens concern Zenatane", "parabens", "zenatane", "ipledge", ["high"]],
    ["parabens do not concern Claravis", "parabens", "claravis", "ipledge", []],
    ["an unseen label is to be checked", "parabens", "myorisan", "ipledge", ["caution"]],
    ["gelatin concerns Absorica", "alpha-gal (red meat)", "absorica", "ipledge", ["high"]],
    ["isotretinoin itself blocks", "Accutane", "claravis", "ipledge", ["block"]],
    ["penicillin concerns none", "penicillin", "claravis", "ipledge", []],
  ] as const)("%s", (_sentence, item, productId, programme, levels) => {
    expect(allergyCautions(listed(item), productId, programme).map((one) => one.level)).toEqual(levels);
  });

  it("says that nobody asked rather than that there is none", () => {
    expect(allergyCautions({ status: "unknown", items: [] }, "claravis", "ipledge")).toHaveLength(1);
    expect(allergyCautions({ status: "none-known", items: [] }, "claravis", "ipledge")).toEqual([]);
  });
});

function answered(answer: Answer) {
  return {
    conditions: Object.fromEntries(screeningCondition.options.map((one) => [one, answer])),
    familyHistory: Object.fromEntries(familyHistoryItem.options.map((one) => [one, answer])),
  };
}

describe("cautions from screening", () => {
  it("says nothing when every question was answered with no", () => {
    expect(conditionCautions({ ...answered("no"), programme: "ipledge" })).toEqual([]);
  });

  it.each([
    ["nothing answered", { conditions: {}, familyHistory: {} }, "21 questions have"],
    ["everything unknown", answered("unknown"), "21 questions have"],
    [
      "one left",
      { ...answered("no"), familyHistory: { ...answered("no").familyHistory, diabetes: "unknown" as const } },
      "1 question has",
    ],
  ])("names open questions: %s", (_sentence, course, said) => {
    const cautions = conditionCautions({ ...course, programme: "ipledge" });
    expect(cautions).toHaveLength(1);
    expect(cautions[0]?.sentence).toContain(said);
  });

  it("has one row for every condition in every programme", () => {
    for (const programme of ["ipledge", "mhra", "eu-ppp"] as const)
      for (const condition of screeningCondition.options)
        expect([
          programme,
          condition,
          contraindications.filter((one) => one.condition === condition && one.programmes.includes(programme))
            .length,
        ]).toEqual([programme, condition, 1]);
  });

  it.each([
    ["liver disease is contraindicated in Europe", "liver-disease", "mhra", "block"],
    ["liver disease is high in the United States", "liver-disease", "ipledge", "high"],
    ["breastfeeding blocks everywhere", "breastfeeding", "ipledge", "block"],
    ["kidney disease is a caution", "kidney-disease", "eu-ppp", "caution"],
  ] as const)("%s", (_sentence, condition, programme, level) => {
    const { conditions, familyHistory } = answered("no");
    const cautions = conditionCautions({
      conditions: { ...conditions, [condition]: "yes" },
      familyHistory,
      programme,
    });
    expect(cautions.map((one) => one.level)).toEqual([level]);
  });
});

describe("everything for a course", () => {
  const course = {
    ...answered("no"),
    programme: "ipledge" as const,
    medicines: medicines("doxycycline", "rifampin"),
    productId: "zenatane",
  };
  const patient = { allergies: { status: "listed" as const, items: ["parabens"] } };

  it("puts the gravest first", () => {
    const levels = cautionsFor(course, patient, {
      age: 20,
      category: "can",
      methods: ["combined-pill", "condom"],
    }).map((one) => one.level);
    expect(levels).toEqual(["block", "high", "high", "high"]);
  });

  it.each([
    ["11 years is too young", 11, true],
    ["12 years is not", 12, false],
    ["an age that is not known says nothing", null, false],
  ])("%s", (_sentence, age, said) => {
    const sentences = cautionsFor(course, patient, { age, category: "cannot", methods: null }).map(
      (one) => one.sentence,
    );
    expect(sentences.some((one) => one.includes("Under 12"))).toBe(said);
  });
});
