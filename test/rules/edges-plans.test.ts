import { describe, expect, it } from "vitest";
import { programmeEntry } from "#shared/records/programme-entry.ts";
import { actOn, planOf } from "#shared/rules/plan.ts";
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

describe("an act of a plan", () => {
  it("means in the record what is written down, each an entry that could be recorded", async () => {
    const told = new Map<string, string>();
    for (const { facts, at } of SCENES) {
      const acts = planOf(facts, at)?.acts ?? [];
      acts.forEach(({ kind, rule }, index) => {
        const name = kind === "correction" ? `${kind} for ${rule}` : kind;
        if (told.has(name)) return;
        const before = actOn(facts, acts.slice(0, index), at);
        const after = actOn(facts, acts.slice(0, index + 1), at);
        const known = new Set(before.entries.map((one) => JSON.stringify(one)));
        for (const one of after.entries) expect(programmeEntry.parse(one)).toEqual(one);
        const lines = [
          ...after.entries.map((one) => JSON.stringify(one)).filter((one) => !known.has(one)),
          ...(after.medicines === before.medicines ? [] : [`medicines: ${JSON.stringify(after.medicines)}`]),
          ...(after.doses === before.doses ? [] : [`doses: ${JSON.stringify(after.doses)}`]),
        ];
        // The ids of invented entries are counted up over all scenes.
        const words = lines.join("\n").replaceAll(/entry-\d+/g, "entry-…");
        told.set(name, `## ${name}\n\n${words === "" ? "Nothing." : words}\n`);
      });
    }
    const text = ["# What the acts of a plan mean in the record\n", ...[...told.values()].toSorted()].join(
      "\n",
    );
    await expect(text).toMatchFileSnapshot("acts.md");
  });
});
