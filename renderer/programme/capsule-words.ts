import type { CapsuleCount } from "#shared/records/visit.ts";

/** A capsule plan in words: `1 × 20 mg morning, 1 × 40 mg evening`. */
export function capsuleWords(capsules: readonly CapsuleCount[]): string {
  const at = (part: "morning" | "evening") =>
    capsules.filter((one) => one[part] > 0).map((one) => `${one[part]} × ${one.strengthMg} mg ${part}`);
  return [...at("morning"), ...at("evening")].join(", ");
}
