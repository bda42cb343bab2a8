import { describe, expect, it } from "vitest";
import {
  isRedFlag,
  redFlags,
  sideEffectGroups,
  sideEffectItem,
  sideEffectName,
  sideEffects,
  stopAndCall,
} from "#shared/rules/side-effects.ts";

describe("the checklist of side effects", () => {
  it("gives every item its own code and a group that is asked", () => {
    const codes = sideEffects.map((one) => one.code);
    expect(new Set(codes).size).toBe(codes.length);
    const groups = sideEffectGroups.map((one) => one.id);
    for (const one of sideEffects) expect(groups).toContain(one.group);
    for (const group of groups) expect(sideEffects.some((one) => one.group === group)).toBe(true);
  });

  it("has a sentence for every red flag and none for the others", () => {
    for (const one of sideEffects)
      expect([one.code, one.redFlagSentence !== ""]).toEqual([one.code, one.redFlagFrom !== null]);
  });

  it.each([
    ["mood is confidential", "suicidal-thoughts", true],
    ["sexual health is confidential", "libido", true],
    ["periods are confidential", "missed-period", true],
    ["lips are not", "cheilitis", false],
    ["belly pain is not", "abdominal-pain", false],
  ])("%s", (_sentence, code, confidential) => {
    expect(sideEffectItem(code)?.confidential).toBe(confidential);
  });

  it.each([
    ["thoughts of suicide at any grade", "suicidal-thoughts", 1, true],
    ["thoughts of suicide at grade 0 are absent", "suicidal-thoughts", 0, false],
    ["a mild headache is none", "headache", 2, false],
    ["a severe headache", "headache", 3, true],
    ["slight belly pain is none", "abdominal-pain", 1, false],
    ["persistent belly pain", "abdominal-pain", 2, true],
    ["blood in the stool at any grade", "rectal-bleeding", 1, true],
    ["ringing ears at any grade", "tinnitus", 1, true],
    ["dry lips never", "cheilitis", 3, false],
    ["a code that is not known is none", "no-such-code", 3, false],
  ])("red flag: %s", (_sentence, code, grade, flagged) => {
    expect(isRedFlag(code, grade)).toBe(flagged);
  });

  it("lists red flags in the order of the checklist, whatever order they came in", () => {
    const found = redFlags([
      { code: "suicidal-thoughts", grade: 1 },
      { code: "cheilitis", grade: 3 },
      { code: "headache", grade: 3 },
    ]);
    expect(found.map((one) => one.code)).toEqual(["headache", "suicidal-thoughts"]);
  });

  it("shows the code of an item that this edition does not know", () => {
    expect(sideEffectName("old-item")).toBe("old-item");
  });

  it("keeps pregnancy lines confidential, and for those who can become pregnant only", () => {
    for (const one of stopAndCall) expect(one.confidential).toBe(one.forCategory === "can");
    expect(
      stopAndCall.some((one) => one.forCategory === "all" && one.text.includes("hurting yourself")),
    ).toBe(true);
  });
});
