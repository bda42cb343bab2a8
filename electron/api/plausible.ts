/** Turns what the plausibility rules remarked into a refusal: what cannot be, and what must be confirmed once. */
import { Refused } from "#shared/refusal.ts";
import type { Plausibility } from "#shared/rules/plausibility.ts";

/** Remarks of several checks as one. */
export function allRemarks(checks: readonly Plausibility[]): Plausibility {
  return {
    invalid: checks.flatMap((one) => one.invalid),
    unlikely: checks.flatMap((one) => one.unlikely),
  };
}

/** Refuses what cannot be (`invalid`), then what is improbable and whose path is not in `confirmed` (`unlikely`). */
export function refuseImplausible({ invalid, unlikely }: Plausibility, confirmed: readonly string[]): void {
  const open = unlikely.filter((one) => !confirmed.includes(one.path));
  const remarks = invalid.length > 0 ? invalid : open;
  const [first] = remarks;
  if (first === undefined) return;
  throw new Refused(invalid.length > 0 ? "invalid" : "unlikely", first.sentence, {
    fields: Object.fromEntries(remarks.map((one) => [one.path, one.sentence])),
  });
}
