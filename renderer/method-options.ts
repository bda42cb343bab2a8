/** Contraceptive methods to choose from, where the programme's page and the visit ask for the same. */
import { contraceptiveMethod, type ContraceptiveMethod } from "#shared/records/programme-entry.ts";
import { methodWords } from "#shared/records/words.ts";

/** Every method by its name. */
export const METHOD_OPTIONS = contraceptiveMethod.options.map((value) => ({
  value,
  label: methodWords[value],
}));

/** The same for a second method, which there may not be. */
export const SECOND_METHOD_OPTIONS: readonly { value: ContraceptiveMethod | "none"; label: string }[] = [
  { value: "none", label: "No second method" },
  ...METHOD_OPTIONS,
];
