/**
 * The font of all paper: DejaVu Sans Condensed (figures of equal width, Latin with Vietnamese, Greek, Cyrillic).
 *
 * Besides its files, this knows which characters it can draw and how wide they are, read from the font itself, so that no
 * box is printed for a name and no header outgrows its place. pdfmake leaves out a header that is too high, without a word.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { TFontDictionary } from "pdfmake/interfaces";

/** Resolved from this file, so that it is found from the bundle in `out/main` and from the sources alike. */
const folder = join(dirname(createRequire(import.meta.url).resolve("dejavu-fonts-ttf/package.json")), "ttf");

const files = {
  normal: join(folder, "DejaVuSansCondensed.ttf"),
  bold: join(folder, "DejaVuSansCondensed-Bold.ttf"),
  italics: join(folder, "DejaVuSansCondensed-Oblique.ttf"),
  bolditalics: join(folder, "DejaVuSansCondensed-BoldOblique.ttf"),
  code: join(folder, "DejaVuSansMono-Bold.ttf"),
};

/** Names of the families in documents. */
export const SANS = "Sans";
export const CODE = "Code";

/** A fresh table each time: pdfmake writes into it. */
export function fontTable(): TFontDictionary {
  const { normal, bold, italics, bolditalics, code } = files;
  return {
    [SANS]: { normal, bold, italics, bolditalics },
    [CODE]: { normal: code, bold: code, italics: code, bolditalics: code },
  };
}

/** True for the font files and nothing else: what pdfmake may read from the disk. */
export function isFontFile(path: string): boolean {
  return Object.values(files).includes(path);
}

type Face = {
  /** Glyph of a code point, 0 when the font has none. */
  glyph(codePoint: number): number;
  /** Advance of a glyph in units of the em. */
  advance(glyph: number): number;
};

/** Reads the `cmap` (format 4 or 12) and `hmtx` tables of a TrueType file. */
function readFace(path: string): Face {
  const bytes = readFileSync(path);
  const font = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const table = (tag: string): number => {
    for (let i = 0; i < font.getUint16(4); i++) {
      const at = 12 + i * 16;
      if (bytes.toString("latin1", at, at + 4) === tag) return font.getUint32(at + 8);
    }
    throw new Error(`The font has no ${tag} table.`);
  };

  const em = font.getUint16(table("head") + 18);
  const metrics = table("hmtx");
  const longMetrics = font.getUint16(table("hhea") + 34);

  const cmap = table("cmap");
  const segments: { from: number; to: number; glyph: number }[] = [];
  for (let i = 0; i < font.getUint16(cmap + 2); i++) {
    const at = cmap + font.getUint32(cmap + 4 + i * 8 + 4);
    if (font.getUint16(at) !== 12) continue;
    for (let group = 0; group < font.getUint32(at + 12); group++) {
      const entry = at + 16 + group * 12;
      segments.push({
        from: font.getUint32(entry),
        to: font.getUint32(entry + 4),
        glyph: font.getUint32(entry + 8),
      });
    }
    break;
  }
  if (segments.length === 0) throw new Error("The font has no full character map.");

  return {
    glyph(codePoint) {
      let low = 0;
      let high = segments.length - 1;
      while (low <= high) {
        const middle = (low + high) >> 1;
        const segment = segments[middle];
        if (!segment) return 0;
        if (codePoint < segment.from) high = middle - 1;
        else if (codePoint > segment.to) low = middle + 1;
        else return segment.glyph + codePoint - segment.from;
      }
      return 0;
    },
    advance(glyph) {
      return font.getUint16(metrics + Math.min(glyph, longMetrics - 1) * 4) / em;
    },
  };
}

let faces: { normal: Face; bold: Face } | undefined;

function face(bold: boolean): Face {
  faces ??= { normal: readFace(files.normal), bold: readFace(files.bold) };
  return bold ? faces.bold : faces.normal;
}

/** True if both weights can draw the character. */
export function hasGlyph(codePoint: number): boolean {
  return face(false).glyph(codePoint) !== 0 && face(true).glyph(codePoint) !== 0;
}

/** Width of one line of text in points. */
export function widthOf(text: string, size: number, bold = false): number {
  const font = face(bold);
  let em = 0;
  for (const character of text) em += font.advance(font.glyph(character.codePointAt(0) ?? 0));
  return em * size;
}

/** How many lines a text takes in a column; a word wider than the column is broken anywhere. At least 1. */
export function linesOf(text: string, size: number, column: number, bold = false): number {
  let lines = 0;
  for (const paragraph of text.split("\n")) {
    lines += 1;
    let used = 0;
    for (const word of paragraph.split(/(?<=[\s-])/)) {
      // A space at the end of a line takes no room.
      const width = widthOf(word.trimEnd(), size, bold);
      if (used > 0 && used + width > column) {
        lines += 1;
        used = 0;
      }
      lines += Math.max(0, Math.ceil(width / column) - 1);
      used += width > column ? width % column : widthOf(word, size, bold);
    }
  }
  return lines;
}
