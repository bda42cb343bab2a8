/** What is wrong with a value, in a plain sentence, where its schema has no sentence of its own. */
import type { z } from "zod";

/** For zod's `error` option. A schema's own sentence goes before it. */
export function inputSentence(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined || issue.input === null || issue.input === ""
        ? "Fill this in."
        : (EXPECTED[issue.expected] ?? "This does not fit here.");
    case "too_small":
      if (issue.origin === "string")
        return issue.minimum === 1 ? "Fill this in." : `At least ${issue.minimum} characters.`;
      if (issue.origin === "array")
        return issue.minimum === 1 ? "Choose at least one." : `At least ${issue.minimum}.`;
      return issue.inclusive === false
        ? `It must be above ${issue.minimum}.`
        : `It must be ${issue.minimum} or more.`;
    case "too_big":
      if (issue.origin === "string") return `At most ${issue.maximum} characters.`;
      if (issue.origin === "array") return `At most ${issue.maximum}.`;
      return issue.inclusive === false
        ? `It must be below ${issue.maximum}.`
        : `It must be ${issue.maximum} or less.`;
    case "invalid_value":
      return issue.input === undefined || issue.input === null || issue.input === ""
        ? "Choose one."
        : "This is not one of the choices.";
    case "invalid_format":
    case "not_multiple_of":
    case "unrecognized_keys":
    case "invalid_union":
    case "invalid_key":
    case "invalid_element":
    case "custom":
      return "This does not fit here.";
  }
}

const EXPECTED: Readonly<Record<string, string>> = {
  number: "This must be a number.",
  int: "This must be a whole number.",
  string: "This must be text.",
  boolean: "Choose yes or no.",
};
