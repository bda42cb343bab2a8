import { describe, expect, it } from "vitest";
import { sourceOf, withMutant } from "./mutants.ts";

function changed(text: string): string[] {
  const source = sourceOf("rule.ts", text);
  return source.mutants.map((one) => withMutant(source, one).trim());
}

describe("the changes of a rule", () => {
  it("move a limit by one and a comparison over its edge", () => {
    expect(changed("export const late = (days: number) => days >= 7;")).toEqual(
      ["days > 7", "days < 7", "days >= 8", "days >= (6)"].map((to) =>
        expect.stringMatching(new RegExp(`=> ${to.replaceAll(/[()]/g, "\\$&")};$`)),
      ),
    );
  });

  it("leave out each side of a condition, and swap its operator", () => {
    expect(changed("if (a && b) c();")).toEqual(
      expect.arrayContaining(["if (a) c();", "if ((b)) c();", "if (((a) || (b))) c();", "if (a && b) ;"]),
    );
  });

  it("move a date by a day and replace a word by the others that could stand there", () => {
    expect(changed('const from = "2026-11-15";')).toEqual([
      'const from = "2026-11-14";',
      'const from = "2026-11-16";',
    ]);
    expect(changed('const sample: Sample = "serum";')).toEqual([expect.stringContaining('"urine"')]);
  });

  it("take parts out of lists and records without breaking them", () => {
    expect(changed("const all = [first, second];")).toEqual([
      "const all = [second];",
      "const all = [];",
      "const all = [first];",
    ]);
    expect(changed("const row = { days: limit, ...more };")).toEqual([
      "const row = { ...more };",
      "const row = { days: limit };",
    ]);
  });

  it("never join what is text as if it were a number", () => {
    expect(changed("const words = `${a}` + b;")).toEqual(['const words = "" + b;']);
  });

  it("are named by the line and the change, and told apart where they are alike", () => {
    const { mutants } = sourceOf("rule.ts", "\n  const x = a - b - c;\n");
    expect(mutants.map(({ id, line }) => [line, id])).toEqual([
      [2, "rule.ts: const x = a - b - c; ⇒ - → +"],
      [2, "rule.ts: const x = a - b - c; ⇒ - → + (2)"],
    ]);
  });
});
