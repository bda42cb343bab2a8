import { describe, expect, test, vi } from "vitest";
import { HANDOUTS, handoutDocument } from "#electron/documents/handout.ts";
import type { HandoutText } from "#electron/documents/handouts/handout-text.ts";
import { renderDocument } from "#electron/documents/render.ts";
import type { HandoutFacts, HandoutId } from "#shared/records/visit-summary.ts";
import { aClinic, handoutFactsOf } from "./paper-data.ts";
import { pagesOf } from "./pdf-text.ts";
import { gradeOf, sentencesOf, syllablesOf, wordsOf } from "./readability.ts";

// A paper takes a tenth of a second, several on a busy machine more.
vi.setConfig({ testTimeout: 30_000 });

const ids = Object.keys(HANDOUTS) as HandoutId[];

/** Every sentence that a patient reads, one text. */
function runningText(text: HandoutText): string {
  return [text.lead, ...text.sections.flatMap(({ words = [], items = [] }) => [...words, ...items])].join(
    " ",
  );
}

async function print(id: HandoutId, facts: HandoutFacts) {
  const bytes = await renderDocument(handoutDocument(id, facts));
  const pages = await pagesOf(bytes);
  return { bytes, pages, text: pages.map((one) => one.text).join(" ") };
}

/** Every font size in a definition. */
function fontSizesIn(value: unknown): number[] {
  if (Array.isArray(value)) return value.flatMap(fontSizesIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    key === "fontSize" && typeof one === "number" ? [one] : fontSizesIn(one),
  );
}

test("syllables are counted as they are said", () => {
  const words = {
    dry: 1,
    lips: 1,
    capsule: 2,
    baby: 2,
    take: 1,
    taken: 2,
    pregnancy: 3,
    alcohol: 3,
    used: 1,
  };
  for (const [word, count] of Object.entries(words)) expect([word, syllablesOf(word)]).toEqual([word, count]);
});

test("the measure knows an easy text from a hard one", () => {
  expect(gradeOf("The cat sat on the mat. It was fat.")).toBeLessThan(2);
  expect(
    gradeOf(
      "Concomitant administration necessitates meticulous contraceptive counselling and documentation.",
    ),
  ).toBeGreaterThan(15);
});

describe.each(ids)("%s", (id) => {
  const text = HANDOUTS[id];

  test("reads at the level of the sixth grade: Flesch-Kincaid 6 at most, and no section above 8", () => {
    expect(gradeOf(runningText(text))).toBeLessThanOrEqual(6);
    for (const { title, words = [], items = [] } of text.sections)
      expect([title, gradeOf([...words, ...items].join(" ")) <= 8]).toEqual([title, true]);
  });

  test("has short sentences: 20 words at most", () => {
    for (const sentence of sentencesOf(runningText(text)))
      expect([sentence, wordsOf(sentence).length <= 20]).toEqual([sentence, true]);
  });

  test("has lists of five items at most", () => {
    for (const { items = [] } of text.sections) expect(items.length).toBeLessThanOrEqual(5);
  });

  test("is set in 12 points or more", () => {
    const { definition } = handoutDocument(id, handoutFactsOf());
    expect(definition.defaultStyle?.fontSize).toBe(12);
    for (const size of fontSizesIn(definition.content)) expect(size).toBeGreaterThanOrEqual(12);
  });

  test("carries the patient, the birth date and the page number on both its pages", async () => {
    const { pages } = await print(id, handoutFactsOf());
    expect(pages).toHaveLength(2);
    pages.forEach(({ text: page }, index) => {
      expect(page).toContain("María José O’Connor-Núñez");
      expect(page).toContain("Born Apr 7, 2001");
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
    });
  });

  test("gives the clinic’s numbers and the crisis line", async () => {
    const { text: printed } = await print(id, handoutFactsOf());
    for (const number of ["911", aClinic.phone, aClinic.afterHoursPhone, aClinic.crisisLine])
      expect(printed).toContain(number);
  });

  test("is filled with the patient’s own dates in the clinic’s style and zone", async () => {
    const { text: printed } = await print(id, handoutFactsOf());
    expect(printed).toContain("Sat, Dec 19, 2026");
    expect(printed).toContain("Sun, Nov 22, 2026, 11:59 PM");
  });

  test("leaves a line to fill in for each fact that is not known", () => {
    const nothing = handoutFactsOf({
      dailyMg: null,
      capsules: [],
      nextVisitOn: null,
      nextTestFrom: null,
      pickUpBy: null,
      contraception: null,
      protectUntil: null,
    });
    const lines = (facts: HandoutFacts) =>
      JSON.stringify(handoutDocument(id, facts).definition.content).match(/"canvas"/gu)?.length ?? 0;
    const alwaysKnown = text.facts.filter((one) => one === "product").length;
    expect(lines(nothing)).toBe(text.facts.length - alwaysKnown);
    expect(lines(handoutFactsOf({ protectUntil: "2027-06-01" }))).toBe(0);
  });

  test("is the same to the byte when made again from the same facts", async () => {
    const [one, other] = [await print(id, handoutFactsOf()), await print(id, handoutFactsOf())];
    expect(Buffer.from(one.bytes).equals(Buffer.from(other.bytes))).toBe(true);
  });
});

test("starting isotretinoin says everything that a patient must know before the first capsule", () => {
  const text = runningText(HANDOUTS["starting-isotretinoin"]);
  const musts = {
    "with food": /with food/u,
    "in two parts": /morning.*evening/u,
    "swallow whole": /Swallow each capsule whole/u,
    "missed dose": /miss a dose\? Skip it if the next one is near\. Never take two/u,
    "same brand": /same brand and strength/u,
    "early flare": /worse in the first weeks/u,
    "8 to 12 weeks": /8 to 12 weeks/u,
    "85 to 90 of 100": /85 to 90 of 100/u,
    "lip balm": /lip balm/u,
    sunscreen: /sunscreen/u,
    "night vision": /in the dark/u,
    "heavy lifting": /less heavy lifting/u,
    alcohol: /Drink no alcohol/u,
    "36 hours": /36 hours/u,
    "vitamin A": /Vitamin A/u,
    tetracyclines: /Tetracycline antibiotics such as doxycycline or minocycline/u,
    steroids: /Steroid/u,
    "other acne creams": /acne pills or creams/u,
    sharing: /Never share/u,
    blood: /not give blood.*1 month after/u,
    pharmacy: /licensed pharmacy/u,
    semen: /semen/u,
    mood: /hurting yourself/u,
  };
  for (const [what, words] of Object.entries(musts)) expect([what, words.test(text)]).toEqual([what, true]);
});

test("preventing pregnancy says everything that the programme asks of the patient", () => {
  const text = runningText(HANDOUTS["preventing-pregnancy"]);
  const musts = {
    "harm to a baby": /badly harm an unborn baby/u,
    "two tests": /two tests/u,
    "two kinds for a month before": /two kinds of birth control for 1 full month/u,
    "until a month after": /1 more month/u,
    "first five days": /first 5 days/u,
    abstinence: /no sex that can make you pregnant/u,
    "mini-pill": /mini-pill/u,
    "seven days": /7 days\. The day of your test is day 1/u,
    "same methods": /same two kinds/u,
    "30 days": /30 days at most/u,
    "late period": /period is late/u,
    "emergency contraception": /soon after can still help/u,
    "St. John's wort": /John/u,
    "last tests": /one more 1 month later/u,
    sharing: /Never share/u,
  };
  for (const [what, words] of Object.entries(musts)) expect([what, words.test(text)]).toEqual([what, true]);
});
