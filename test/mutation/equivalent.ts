import { RULES } from "#shared/rules/programmes/programme-table.ts";

/**
 * The changes that no test can notice, because they change nothing: each with the reason. A mutant is named by its file, the line
 * as it is written and the change, so that it is found again wherever the line moves. `npm run mutate` fails when a survivor is
 * not in this list, and when something in the list is noticed after all or is gone.
 */
export const EQUIVALENT: readonly { why: string; mutants: readonly string[] }[] = [
  {
    why: "Two rules on one place stay in the order in which they are written, which is the same.",
    mutants: RULES.flatMap((rule, place) => {
      const key = /^[a-z]+$/.test(rule) ? rule : JSON.stringify(rule);
      return [`${place + 1}`, `(${place - 1})`].map(
        (to) => `shared/rules/programmes/programme-table.ts: ${key}: ${place}, ⇒ ${place} → ${to}`,
      );
    }),
  },
];
