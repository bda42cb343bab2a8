/** Judges how good a password is: loaded only when one is chosen, as its word lists are large. */
import { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary as common } from "@zxcvbn-ts/language-common";
import { dictionary, translations } from "@zxcvbn-ts/language-en";

let judge: ZxcvbnFactory | null = null;

/** `score` 0 to 4; `time`: how long an offline attack at ten thousand guesses a second would take; advice in words. */
export type Strength = { score: 0 | 1 | 2 | 3 | 4; time: string; advice: string };

/** Judges a password. `own` are words an attacker would try first: the person's and the clinic's names. */
export function passwordStrength(password: string, own: readonly string[]): Strength {
  judge ??= new ZxcvbnFactory({
    dictionary: { ...common, ...dictionary },
    graphs: adjacencyGraphs,
    translations,
  });
  const result = judge.check(password.slice(0, 100), [...own, "isochart", "isotretinoin"]);
  const advice = result.feedback.warning ?? result.feedback.suggestions[0] ?? "";
  return {
    score: result.score,
    time: result.crackTimes.offlineSlowHashingXPerSecond.display,
    advice,
  };
}
