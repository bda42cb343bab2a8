import { describe, expect, it } from "vitest";
import {
  foodSentence,
  productById,
  productChangeWarnings,
  productName,
  products,
} from "#shared/rules/products.ts";

describe("the products", () => {
  it("gives every product its own id and rising strengths", () => {
    expect(new Set(products.map((one) => one.id)).size).toBe(products.length);
    for (const one of products)
      expect([one.id, one.strengthsMg]).toEqual([one.id, one.strengthsMg.toSorted((a, b) => a - b)]);
  });

  it.each([
    ["Absorica has six strengths", "absorica", [10, 20, 25, 30, 35, 40]],
    ["Absorica LD has its own", "absorica-ld", [8, 16, 20, 24, 28, 32]],
  ])("%s", (_sentence, id, strengths) => {
    expect(productById(id)?.strengthsMg).toEqual(strengths);
  });

  it("knows soya in every label that was seen, and parabens in Zenatane alone", () => {
    for (const one of products) if (one.excipients !== null) expect(one.excipients).toContain("soya");
    expect(products.filter((one) => one.excipients?.includes("parabens")).map((one) => one.id)).toEqual([
      "zenatane",
    ]);
  });

  it("asks for a meal with conventional capsules only", () => {
    for (const one of products)
      expect(foodSentence(one)).toBe(
        one.formulation === "conventional" ? "Take with a meal." : "Take with or without a meal.",
      );
  });

  it("shows the id of a product that this edition does not know", () => {
    expect(productById("old-brand")).toBeNull();
    expect(productName("old-brand")).toBe("old-brand");
  });
});

describe("a change of product", () => {
  const use = (productId: string, ...strengthsMg: number[]) => ({ productId, strengthsMg });
  it.each([
    ["the first prescription has nothing to compare", null, use("claravis", 20), []],
    ["the same product and strengths need no word", use("claravis", 20), use("claravis", 20), []],
    [
      "another brand looks different",
      use("claravis", 20),
      use("amnesteem", 20),
      ["The product changes from Claravis to Amnesteem: tell the patient that the capsules look different."],
    ],
    [
      "another strength can be mixed up",
      use("claravis", 20),
      use("claravis", 30),
      ["The capsule strengths change from 20 mg to 30 mg: check the capsules at home are not mixed up."],
    ],
  ])("%s", (_sentence, before, next, warnings) => {
    expect(productChangeWarnings(before, next)).toEqual(warnings);
  });

  it.each([
    ["to the micronised product", "claravis", "absorica-ld"],
    ["from the micronised product", "absorica-ld", "claravis"],
    ["from a product that is not known", "old-brand", "claravis"],
  ])("says that the dose must be worked out anew: %s", (_sentence, from, to) => {
    expect(productChangeWarnings(use(from, 20), use(to, 20)).join(" ")).toContain("not interchangeable");
  });

  it("says when meals begin to matter", () => {
    expect(productChangeWarnings(use("absorica", 20), use("claravis", 20)).join(" ")).toContain(
      "with a meal",
    );
    expect(productChangeWarnings(use("claravis", 20), use("absorica", 20)).join(" ")).not.toContain(
      "with a meal",
    );
  });
});
