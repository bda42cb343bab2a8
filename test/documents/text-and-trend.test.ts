import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasGlyph, linesOf, widthOf } from "#electron/documents/fonts.ts";
import { printable, printableText } from "#electron/documents/printable.ts";
import { trendDrawing, type TrendPoint } from "#shared/trend-drawing.ts";

const LOOK = { width: 80, height: 12, ink: "#111111", band: "#eeeeee" };

describe("printable text", () => {
  test("leaves what the font draws as it is", () => {
    for (const text of ["ALT ≤ 5 µkat/L – “hoch”", "Nguyễn Thị Ánh", "Ώριμος", "Жукова", "▲▼◆○☐✓✗", "a\nb"])
      expect(printableText(text)).toBe(text);
  });

  test("names the script of what it does not draw, once for a whole name", () => {
    expect(printableText("王 小明")).toBe("[Chinese characters: not printed here, write it by hand]");
    expect(printableText("Lee 이서준 (Sam)")).toBe(
      "Lee [Korean script: not printed here, write it by hand] (Sam)",
    );
    expect(printableText("やまだ 太郎")).toBe("[Japanese script: not printed here, write it by hand]");
    expect(printableText("ok 🙂.")).toBe("ok [sign not printed].");
  });

  test("composes accents and drops what is invisible", () => {
    expect(printableText("Nu\u0303n\u0303ez")).toBe("Nũñez");
    expect(printableText("a\u202Eb\u200Bc\u0007\td")).toBe("abc d");
  });

  test("never holds a character without a glyph, whatever was typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (typed) => {
        for (const character of printableText(typed))
          expect(/\s/u.test(character) || hasGlyph(character.codePointAt(0) ?? 0)).toBe(true);
      }),
    );
  });

  test("keeps the shape of the data it is part of", () => {
    expect(printable({ a: ["王", 1, null, { b: true }] })).toEqual({
      a: ["[Chinese characters: not printed here, write it by hand]", 1, null, { b: true }],
    });
  });
});

describe("the measure of text", () => {
  test("gives every figure the same width, so that columns of numbers stand straight", () => {
    const widths = new Set(Array.from("0123456789").map((one) => widthOf(one, 9)));
    expect(widths.size).toBe(1);
  });

  test("counts lines by words, and breaks a word that is wider than the column", () => {
    const word = widthOf("abcdefgh", 10);
    expect(linesOf("abcdefgh", 10, word + 1)).toBe(1);
    expect(linesOf("abcdefgh abcdefgh", 10, word + 1)).toBe(2);
    expect(linesOf("abcdefgh".repeat(3), 10, word + 1)).toBe(3);
    expect(linesOf("a\nb\nc", 10, 100)).toBe(3);
  });
});

describe("the trend", () => {
  const points: TrendPoint[] = [
    { on: "2026-08-20", value: 20 },
    { on: "2026-10-16", value: 30 },
    { on: "2026-11-16", value: 80 },
  ];
  const drawn = (low: number | null, high: number | null) => trendDrawing(points, { low, high }, LOOK) ?? "";
  const bandOf = (svg: string) =>
    /<rect x="0" y="([\d.]+)" width="80" height="([\d.]+)"/u.exec(svg)?.slice(1);

  test("of fewer than two values is not drawn", () => {
    expect(trendDrawing([], { low: 1, high: 2 }, LOOK)).toBeNull();
    expect(trendDrawing(points.slice(0, 1), { low: 1, high: 2 }, LOOK)).toBeNull();
  });

  test("has a band between two limits, to the edge where a side has none, and none without limits", () => {
    expect(bandOf(drawn(20, 50))).toEqual(["6", "3"]);
    expect(bandOf(drawn(null, 50))).toEqual(["6", "6"]);
    expect(bandOf(drawn(50, null))).toEqual(["0", "6"]);
    expect(bandOf(drawn(null, null))).toBeUndefined();
  });

  test("shows a value outside the range by another shape", () => {
    const inside = drawn(null, 100).match(/<circle/gu)?.length;
    const outside = drawn(null, 50).match(/<circle/gu)?.length;
    expect([inside, outside]).toEqual([3, 2]);
    expect(drawn(null, 50)).toContain('fill="#ffffff"');
  });

  test("keeps every point within its frame, whatever the values", () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 2, maxLength: 9 }),
        fc.option(value),
        fc.option(value),
        (values, low, high) => {
          const many = values.map((one, index) => ({ on: `2026-0${index + 1}-01`, value: one }));
          const svg = trendDrawing(many, { low, high }, LOOK) ?? "";
          const line = /points="([^"]*)"/u.exec(svg)?.[1] ?? "";
          for (const pair of line.split(" ")) {
            const [x = -1, y = -1] = pair.split(",").map(Number);
            expect(x >= 0 && x <= LOOK.width && y >= 0 && y <= LOOK.height).toBe(true);
          }
        },
      ),
    );
  });
});
