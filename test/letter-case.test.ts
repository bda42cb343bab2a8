import { expect, test } from "vitest";
import { capital, lowered } from "#shared/letter-case.ts";
import { withoutAnswer } from "#shared/records/words.ts";

test.each([
  ["high, grade 2", "High, grade 2"],
  ["übrige", "Übrige"],
  ["", ""],
])("%j at the head of a sentence is %j", (words, head) => {
  expect(capital(words)).toBe(head);
});

test.each([
  ["Implant", "implant"],
  ["IUD, copper", "IUD, copper"],
  ["A test", "a test"],
  ["", ""],
])("%j within a sentence is %j", (words, within) => {
  expect(lowered(words)).toBe(within);
});

test.each([
  ["No. The window closed.", "The window closed."],
  ["No: this month’s prescription is issued.", "This month’s prescription is issued."],
  ["Yes, until Nov 28, 2026.", "Until Nov 28, 2026."],
  ["Yes.", ""],
  ["Notes are missing.", "Notes are missing."],
])("the verdict %j without its answer is %j", (sentence, rest) => {
  expect(withoutAnswer(sentence)).toBe(rest);
});
