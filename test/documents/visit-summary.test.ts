import * as fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { printsConfidential } from "#electron/documents/confidential.ts";
import { renderDocument } from "#electron/documents/render.ts";
import { visitSummaryDocument } from "#electron/documents/visit-summary.ts";
import type { VisitSummary } from "#shared/records/visit-summary.ts";
import { aClinic, aLab, aSummary } from "./paper-data.ts";
import { pagesOf } from "./pdf-text.ts";

// A paper takes a tenth of a second, several on a busy machine more.
vi.setConfig({ testTimeout: 30_000 });

const MADE_AT = "2026-11-21T20:10:00.000Z";

async function print(summary: VisitSummary, confidential = true, madeAt = MADE_AT) {
  const bytes = await renderDocument(visitSummaryDocument(summary, { confidential, madeAt }));
  const pages = await pagesOf(bytes);
  return { bytes, pages, text: pages.map((one) => one.text).join(" ") };
}

/** A visit with thirty results, long names, much text: two pages or more. */
function aLongSummary(): VisitSummary {
  return aSummary({
    patient: {
      ...aSummary().patient,
      name: `Владислав Константинович ${"Wolfeschlegelsteinhausenbergerdorff".repeat(2)}`,
    },
    labs: Array.from({ length: 30 }, (_, index) => aLab({ name: `Test number ${index + 1}` })),
  });
}

describe("an ordinary visit", () => {
  test("fits on one page", async () => {
    const { pages } = await print(aSummary());
    expect(pages).toHaveLength(1);
  });

  test("with eight results and everything else still fits on one page", async () => {
    const labs = [
      ...aSummary().labs,
      ...["LDL cholesterol", "Total cholesterol", "Bilirubin"].map((name) => aLab({ name })),
    ];
    expect((await print(aSummary({ labs }))).pages).toHaveLength(1);
  });

  test("says the dose in capsules, morning and evening, and from which day", async () => {
    const { text } = await print(aSummary());
    expect(text).toContain("50 mg a day");
    expect(text).toContain("Morning 1 capsule of 20 mg");
    expect(text).toContain("Evening 1 capsule of 20 mg and 1 capsule of 10 mg");
    expect(text).toContain("The dose goes up, from Sun, Nov 22, 2026.");
  });

  test("says how much was taken of the target and when the course is expected to end", async () => {
    const { text } = await print(aSummary());
    expect(text).toContain("38.4 of 120 mg/kg");
    expect(text).toContain("32 %");
    expect(text).toContain("the course ends about Apr 20, 2027");
  });

  test("says until which day and hour of the clinic’s zone the capsules must be picked up", async () => {
    const west = aSummary({ clinic: { ...aClinic, zone: "America/Los_Angeles" } });
    expect((await print(aSummary())).text).toContain("Sun, Nov 22, 2026 by 11:59 PM");
    const inWest = west.next.map((one) => (one.at === null ? one : { ...one, on: "2026-11-22" }));
    expect((await print({ ...west, next: inWest })).text).toContain("Sun, Nov 22, 2026 by 8:59 PM");
  });

  test("says that nothing taken is on record where no dose was decided, and never a zero", async () => {
    const whole = aSummary();
    const none = { ...whole.cumulative, mgPerKg: 0, totalMg: 0, expectedEnd: null };
    const { text } = await print({ ...whole, dose: null, cumulative: none });
    expect(text).toContain("No dose taken is on record yet.");
    expect(text).not.toContain("Taken so far");
    expect((await print(whole)).text).toContain("Taken so far");
  });

  test("gives every number to call, the crisis line too", async () => {
    const { text } = await print(aSummary());
    for (const number of ["911", "(207) 555-0142", "(207) 555-0199", "Call or text 988"])
      expect(text).toContain(number);
  });

  test("names who signed and when, the edition that judged, and that it does not replace the programme", async () => {
    const { text } = await print(aSummary());
    expect(text).toContain("Signed by Dr. Ana Silva, Sat, Nov 21, 2026, 3:04 PM.");
    expect(text).toContain("by the rules of iPLEDGE, 2026 edition");
    expect(text).toContain("not a substitute for iPLEDGE");
    expect(text).not.toMatch(/not signed/iu);
  });

  test("prints every blocking finding of the verdict as it was stored, and its edition", async () => {
    const finding = {
      rule: "test-in-window",
      edition: "ipledge-2021",
      source: "S3",
      status: "unknown" as const,
      datum: null,
      sentence: "No test of this month is on record: record one.",
      opensAt: null,
      closesAt: null,
    };
    const verdict = {
      ...aSummary().verdict,
      question: "prescribe" as const,
      answer: "no" as const,
      edition: "ipledge-2021",
      sentence: "No. 1 thing is missing. And 3 more.",
      judgedAt: "2026-11-10T15:00:00.000Z",
      findings: [finding, { ...finding, status: "met" as const, sentence: "Enrolled." }],
      opensAt: null,
      closesAt: null,
    };
    const { text } = await print(aSummary({ verdict }));
    expect(text).toContain("✗ Not yet. 1 thing is missing.");
    expect(text).toContain("No test of this month is on record: record one.");
    expect(text).not.toContain("Enrolled.");
    expect(text).toContain("by the rules of iPLEDGE, 2021 edition");
  });
});

describe("every page", () => {
  test("carries name, birth date, record number, clinic and page n of m", async () => {
    const summary = aLongSummary();
    const { pages } = await print(summary);
    expect(pages.length).toBeGreaterThan(1);
    pages.forEach(({ text }, index) => {
      expect(text).toContain("Владислав Константинович");
      expect(text).toContain("Born Apr 7, 2001");
      expect(text).toContain("Record 1042");
      expect(text).toContain("Harbour Dermatology");
      expect(text).toContain(`Page ${index + 1} of ${pages.length}`);
    });
  });

  test("of thirty results and an ordinary rest makes two pages, none blank, each with the table’s head", async () => {
    const { pages, text } = await print(aLongSummary());
    expect(pages).toHaveLength(2);
    for (const page of pages) expect(page.text).toContain("What it means");
    for (let number = 1; number <= 30; number++) expect(text).toContain(`Test number ${number} `);
  });

  test("has its head whole, however long the names of patient and clinic are", async () => {
    const name = "Wolfeschlegelsteinhausenbergerdorff-".repeat(5).slice(0, 201);
    const { pages } = await print(
      aSummary({
        patient: { ...aSummary().patient, name, recordNumber: "W".repeat(30) },
        clinic: {
          ...aClinic,
          name: "MAMMOTH WATERWAY DERMATOLOGY ".repeat(4).trim(),
          letterhead: "Dr. Wilhelmina Wolfeschlegel · ".repeat(9),
          address: "Long Street 1\n".repeat(20).trim(),
        },
      }),
    );
    for (const { text } of pages) {
      expect(text.replace(/ /gu, "")).toContain(name.replace(/ /gu, ""));
      expect(text).toContain("Born Apr 7, 2001");
      expect(text).toMatch(/Page \d of \d/u);
      expect(text).toContain("Signed by");
    }
  });

  test("has its head whole and loses no result, whatever was written and however long", async () => {
    const words = fc.string({ unit: "grapheme", maxLength: 120 });
    const long = fc.array(words, { maxLength: 14 }).map((parts) => parts.join(" "));
    const summary = fc.record({
      name: fc.string({ unit: "grapheme", minLength: 1, maxLength: 200 }),
      plan: long,
      allergies: words,
      labs: fc.array(fc.record({ name: words, latest: words, sentence: words }), { maxLength: 30 }),
      sideEffects: fc.array(words, { maxLength: 30 }),
      addenda: fc.array(long, { maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(summary, async (typed) => {
        const { pages, text } = await print(
          aSummary({
            patient: { ...aSummary().patient, name: typed.name, allergies: typed.allergies },
            plan: typed.plan,
            labs: typed.labs.map((one, index) =>
              aLab({
                name: `${one.name} number-${index}.`,
                latest: one.latest,
                interpretation: {
                  ...aLab().interpretation,
                  flag: "high",
                  level: "watch",
                  sentence: one.sentence,
                },
              }),
            ),
            sideEffects: typed.sideEffects.map((name) => ({
              name,
              grade: 1,
              gradeWord: "Mild",
              note: name,
              confidential: false,
            })),
            addenda: typed.addenda.map((one) => ({
              text: one,
              recordedAt: "2026-11-23T15:00:00.000Z",
              recordedBy: "N. Lee",
            })),
          }),
        );
        pages.forEach((page, index) => {
          expect(page.text).toContain("Born Apr 7, 2001");
          expect(page.text).toContain(`Page ${index + 1} of ${pages.length}`);
          expect(page.text).toContain("Signed by Dr. Ana Silva");
        });
        const together = text.replace(/\s/gu, "");
        typed.labs.forEach((_, index) => expect(together).toContain(`number-${index}.`));
        expect(text).toContain("Call or text 988");
      }),
      { numRuns: 4 },
    );
  });

  test("is US Letter where dates are written month first, and A4 elsewhere", async () => {
    const sizeIn = async (dateStyle: "mdy" | "dmy" | "iso") => {
      const { pages } = await print(aSummary({ clinic: { ...aClinic, dateStyle } }));
      return [pages[0]?.width, pages[0]?.height];
    };
    expect(await sizeIn("mdy")).toEqual([612, 792]);
    expect(await sizeIn("dmy")).toEqual([595, 842]);
    expect(await sizeIn("iso")).toEqual([595, 842]);
  });
});

describe("results", () => {
  test("are flagged by a sign and a word, never by colour alone", async () => {
    const flagged = (flag: VisitSummary["labs"][number]["interpretation"]["flag"]) =>
      aLab({ interpretation: { ...aLab().interpretation, flag } });
    const { text } = await print(
      aSummary({ labs: [flagged("high"), flagged("low"), flagged("abnormal"), flagged("unknown")] }),
    );
    for (const flag of ["▲ High", "▼ Low", "◆ Abnormal", "○ Cannot be judged"]) expect(text).toContain(flag);
    expect(text).not.toContain("Normal");
  });

  test("show one-sided ranges in words and comparators as reported", async () => {
    const { text } = await print(
      aSummary({
        labs: [
          aLab({ name: "A", latest: "<5", rangeLow: null, rangeHigh: 150 }),
          aLab({ name: "B", rangeLow: 40, rangeHigh: null }),
          aLab({ name: "C", rangeLow: null, rangeHigh: null }),
        ],
      }),
    );
    for (const words of ["<5 U/L", "up to 150", "40 or more", "not given"]) expect(text).toContain(words);
  });

  test("say each date when they were not collected on one day", async () => {
    const { text } = await print(aSummary({ labs: [aLab(), aLab({ collectedOn: "2026-11-02" })] }));
    expect(text).toContain("Nov 16, 2026");
    expect(text).toContain("Nov 2, 2026");
  });

  test("are said to be missing when there are none", async () => {
    expect((await print(aSummary({ labs: [] }))).text).toContain("No results are on record.");
  });
});

describe("what was not recorded", () => {
  test("is never printed as normal, none or zero", async () => {
    const { text } = await print(
      aSummary({
        weightKg: null,
        missedDoses: null,
        sideEffects: [],
        sideEffectsReviewed: false,
        acne: { iga: null, igaWord: null, previousIga: null },
        dose: null,
      }),
    );
    expect(text).toContain("Weight Not recorded Acne now Not recorded");
    expect(text).toContain("Missed days Not asked");
    expect(text).toContain("Side effects Not asked");
    expect(text).toContain("No dose was decided at this visit.");
  });

  test("differs from side effects that were asked for and absent", async () => {
    const { text } = await print(aSummary({ sideEffects: [], sideEffectsReviewed: true }));
    expect(text).toContain("Side effects None");
  });
});

describe("decisions", () => {
  const decided = (action: "hold" | "stop" | "not-yet") =>
    aSummary({
      dose: { action, dailyMg: 0, mgPerKg: null, from: "2026-11-22", capsules: [], reason: "ALT is high." },
    });

  test("to pause or stop are said in words, without any capsules", async () => {
    for (const [action, words] of [
      ["hold", "Pause: take no capsules, from Sun, Nov 22, 2026."],
      ["stop", "Stop: take no more capsules, from Sun, Nov 22, 2026."],
      ["not-yet", "Do not start yet."],
    ] as const) {
      const { text } = await print(decided(action));
      expect(text).toContain(words);
      expect(text).not.toMatch(/capsules? of \d/u);
    }
  });

  test("to pause or stop ask for no prescription and foretell no end", async () => {
    for (const [action, words] of [
      ["hold", "None: the capsules are paused."],
      ["stop", "None: the capsules are stopped."],
    ] as const) {
      const { text } = await print(decided(action));
      expect(text).toContain(words);
      expect(text).not.toMatch(/✓|✗|Steps that are open|the course ends about/u);
    }
  });
});

describe("signing", () => {
  const unsigned = aSummary({ visit: { ...aSummary().visit, signedAt: null, signedBy: null } });

  test("that has not happened is said in the head, in the body and at the foot", async () => {
    const { pages } = await print(unsigned);
    for (const { text } of pages) {
      expect(text).toContain("NOT SIGNED · Page");
      expect(text).toContain("Not signed: a draft for checking, not for the patient.");
      expect(text).not.toContain("Signed by");
    }
    expect(pages[0]?.text).toContain("NOT SIGNED. This is a draft for checking.");
  });

  test("makes the paper the same to the byte whenever it is made again", async () => {
    const early = await print(aSummary(), true, "2026-11-21T20:10:00.000Z");
    const late = await print(structuredClone(aSummary()), true, "2031-01-02T03:04:05.000Z");
    expect(Buffer.from(late.bytes).equals(Buffer.from(early.bytes))).toBe(true);
  });

  test("is followed by addenda that show, with their author and hour", async () => {
    const { text } = await print(
      aSummary({
        addenda: [
          {
            text: "ALT was reported again as 33.",
            recordedAt: "2026-11-23T15:00:00.000Z",
            recordedBy: "N. Lee",
          },
        ],
      }),
    );
    expect(text).toContain(
      "Added after signing Mon, Nov 23, 2026, 10:00 AM, N. Lee: ALT was reported again as 33.",
    );
  });
});

describe("confidential lines", () => {
  test("are left out by default under 18, and only then", () => {
    const aged = (ageAtVisit: number) => aSummary({ patient: { ...aSummary().patient, ageAtVisit } });
    expect(printsConfidential(aged(17), null)).toBe(false);
    expect(printsConfidential(aged(18), null)).toBe(true);
    expect(printsConfidential(aged(17), true)).toBe(true);
    expect(printsConfidential(aged(40), false)).toBe(false);
  });

  test("are printed when asked for", async () => {
    const { text } = await print(aSummary());
    for (const words of ["Implant and male latex condom", "PHQ-2", "Low mood, mild", "hCG", "missed period"])
      expect(text).toContain(words);
  });

  test("leave no trace when left out: no word of mood, pregnancy or contraception", async () => {
    const { text } = await print(
      aSummary({ stopAndCall: [{ text: "Pregnant?", confidential: true }] }),
      false,
    );
    expect(text).not.toMatch(/pregnan|contracep|condom|implant|hcg|phq|mood|period|confidential|left out/iu);
    expect(text).toContain("Dry lips");
    expect(text).toContain("Triglycerides");
    expect(text).toContain("by 11:59 PM");
  });

  test("left out give the same bytes as a visit at which none of them was recorded", async () => {
    const full = aSummary();
    const without: VisitSummary = {
      ...full,
      mood: null,
      sideEffects: full.sideEffects.filter((one) => !one.confidential),
      labs: full.labs.filter((one) => !one.confidential),
      programme: full.programme.filter((one) => !one.confidential),
      next: full.next.filter((one) => !one.confidential),
      stopAndCall: full.stopAndCall.filter((one) => !one.confidential),
      verdict: null,
    };
    const [one, other] = [await print(full, false), await print(without, false)];
    expect(Buffer.from(one.bytes).equals(Buffer.from(other.bytes))).toBe(true);
  });

  test("are left out of free text by the sentence, and of addenda whole", async () => {
    const { text } = await print(
      aSummary({
        plan: "Drink water. Talk about the implant next month.\nRepeat ALT.",
        dose: { ...(aSummary().dose ?? never()), reason: "Pregnancy test is late; skin is better." },
        addenda: [
          {
            text: "Result corrected: hCG negative. Reason: typed wrong.",
            recordedAt: "2026-11-23T15:00:00.000Z",
            recordedBy: "N. Lee",
          },
        ],
      }),
      false,
    );
    expect(text).toContain("Drink water. Repeat ALT.");
    expect(text).toContain("skin is better.");
    expect(text).not.toMatch(/implant|pregnancy|hCG|typed wrong|Added after signing/u);
  });

  test("do not make an untrue “None” of side effects that were left out", async () => {
    const onlyMood = aSummary({
      sideEffects: [{ name: "Low mood", grade: 2, gradeWord: "Moderate", note: "", confidential: true }],
    });
    expect((await print(onlyMood, false)).text).toContain("None of the skin, eyes");
  });
});

describe("names in other scripts", () => {
  const named = (name: string) => aSummary({ patient: { ...aSummary().patient, name } });

  test("with Vietnamese, Greek, Cyrillic and Turkish letters are printed as they are", async () => {
    for (const name of ["Nguyễn Thị Ánh Tuyết", "Χαράλαμπος Ώριμος", "Елена Жукова", "Şükrü İnğ"])
      expect((await print(named(name))).text).toContain(name);
  });

  test("that the font cannot draw, or that run from right to left, are named instead of shown as boxes", async () => {
    for (const [name, words] of [
      ["فاطمة الزهراء", "[Arabic script: not printed here, write it by hand]"],
      ["王小明", "[Chinese characters: not printed here, write it by hand]"],
      ["יעל כהן", "[Hebrew script: not printed here, write it by hand]"],
    ] as const) {
      const { pages } = await print(named(name));
      for (const { text } of pages) expect(text).toContain(words);
    }
  });
});

describe("the file", () => {
  test("is named and titled without patient data", () => {
    const { title, fileName } = visitSummaryDocument(aSummary(), { confidential: true, madeAt: MADE_AT });
    expect(fileName).toBe("visit-summary-2026-11-21.pdf");
    expect(title).toBe("Visit summary, Nov 21, 2026");
  });
});

function never(): never {
  throw new Error("The ordinary summary has a dose.");
}
