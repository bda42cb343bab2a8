import { describe, expect, it } from "vitest";
import { planOf } from "#shared/rules/plan.ts";
import { SCENES } from "./edges-scenes.ts";

/** Plans are found by doing, which takes longer than judging: they are apart from `edges-pages.test.ts`. Updated as those are. */
describe("the plan", () => {
  for (const { name, facts, at } of SCENES)
    it(`says what is written down: ${name}`, () => {
      const plan = planOf(facts, at);
      const lines =
        plan === null
          ? ["Nothing makes it yes."]
          : [
              `yes at ${plan.yesAt}`,
              ...plan.acts.map(
                ({ rule, kind, sentence, from }) => `${from} ${kind} for ${rule}: ${sentence}`,
              ),
            ];
      expect(lines.join("\n")).toMatchSnapshot();
    });
});
