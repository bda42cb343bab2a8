/** What all papers share: size, the head and foot of every page, type sizes, tables. One accent; everything reads in grey. */
import type { Content, CustomTableLayout, TDocumentDefinitions } from "pdfmake/interfaces";
import { formatDate, type CalendarDate, type DateStyle } from "#shared/calendar.ts";
import type { Clinic } from "#shared/records/clinic.ts";
import { linesOf, SANS } from "./fonts.ts";

export const INK = "#111111";
export const QUIET = "#4a4a4a";
export const ACCENT = "#134e66";
export const RULE = "#b4b4b4";
export const BAND = "#e2e6e9";

/** Points. */
export const SIDE = 46;
export const TEXT = 9;
export const SMALL = 7.6;

const PAGE_SIZES = { LETTER: { width: 612, height: 792 }, A4: { width: 595.28, height: 841.89 } } as const;

/** US Letter where dates are written month first, A4 elsewhere. */
export function pageSizeOf(style: DateStyle): keyof typeof PAGE_SIZES {
  return style === "mdy" ? "LETTER" : "A4";
}

/** Width between the side margins, in points. */
export function columnWidth(style: DateStyle, landscape = false): number {
  const size = PAGE_SIZES[pageSizeOf(style)];
  return (landscape ? size.height : size.width) - 2 * SIDE;
}

/** Who the paper is about. Null for the clinic's own lists. */
export type PaperPatient = { name: string; birthDate: CalendarDate; recordNumber: string };

export type Frame = {
  clinic: Clinic;
  /** The paper's kind, such as `Visit summary`. */
  title: string;
  /** Beside the title: a date, or a state. */
  subtitle: string;
  patient: PaperPatient | null;
  /** Small lines at the foot of every page. */
  foot: readonly string[];
  landscape?: boolean;
  /** Size of the running text in points. */
  size?: number;
};

/**
 * The definition without its content: page size, margins, and on every page the clinic, the patient's name, birth date and
 * record number, and "Page n of m". The margins are reckoned from the text, because pdfmake drops a head that does not fit.
 */
export function framed(frame: Frame): Omit<TDocumentDefinitions, "content"> {
  const { clinic, patient } = frame;
  const style = clinic.dateStyle;
  const width = columnWidth(style, frame.landscape);
  const rightWidth = 240;
  const identity = patient
    ? `Born ${formatDate(patient.birthDate, style)}   Record ${patient.recordNumber}`
    : "";
  const identityWidth = 215;
  const nameSize = patient && linesOf(patient.name, 12.5, width - identityWidth, true) > 2 ? 9 : 12.5;

  const clinicHeight = linesOf(clinic.name, 10, width - rightWidth, true) * 12.2 + 11;
  const titleHeight = linesOf(frame.title, 10, rightWidth, true) * 12.2 + 11;
  const nameHeight = patient
    ? Math.max(
        linesOf(patient.name, nameSize, width - identityWidth, true) * nameSize * 1.22,
        linesOf(identity, TEXT, identityWidth) * TEXT * 1.22 + 3,
      ) + 9
    : 0;
  const top = 26 + Math.max(clinicHeight, titleHeight) + 6 + nameHeight + 7;

  const address = [clinic.letterhead, clinic.address, clinic.phone]
    .join("\n")
    .split("\n")
    .map((one) => one.trim())
    .filter((one) => one !== "")
    .join("  ·  ");
  const foot = [...frame.foot, address];
  const bottom = 26 + foot.reduce((sum, one) => sum + linesOf(one, SMALL, width) * SMALL * 1.24, 0) + 8;

  const rule = (thickness: number, color: string): Content => ({
    canvas: [{ type: "line", x1: 0, y1: 0, x2: width, y2: 0, lineWidth: thickness, lineColor: color }],
  });

  return {
    pageSize: pageSizeOf(style),
    pageOrientation: frame.landscape ? "landscape" : "portrait",
    pageMargins: [SIDE, top, SIDE, bottom],
    defaultStyle: { font: SANS, fontSize: frame.size ?? TEXT, color: INK, lineHeight: 1.12 },
    header: (page, pages) => ({
      margin: [SIDE, 26, SIDE, 0],
      stack: [
        {
          columns: [
            {
              width: width - rightWidth,
              stack: [
                { text: clinic.name, bold: true, fontSize: 10, color: ACCENT, lineHeight: 1 },
                { text: `Call ${clinic.phone}`, fontSize: SMALL, color: QUIET, lineHeight: 1 },
              ],
            },
            {
              width: rightWidth,
              alignment: "right",
              stack: [
                { text: frame.title, bold: true, fontSize: 10, lineHeight: 1 },
                {
                  text: `${frame.subtitle === "" ? "" : `${frame.subtitle}  ·  `}Page ${page} of ${pages}`,
                  fontSize: SMALL,
                  color: QUIET,
                  lineHeight: 1,
                },
              ],
            },
          ],
        },
        { ...lineBox(rule(1.2, ACCENT)), margin: [0, 5, 0, 0] },
        ...(patient
          ? [
              {
                margin: [0, 4, 0, 0] as [number, number, number, number],
                columns: [
                  {
                    width: width - identityWidth,
                    text: patient.name,
                    bold: true,
                    fontSize: nameSize,
                    lineHeight: 1,
                  },
                  {
                    width: identityWidth,
                    text: identity,
                    alignment: "right" as const,
                    fontSize: TEXT,
                    lineHeight: 1,
                    preserveLeadingSpaces: true,
                    margin: [0, 3, 0, 0] as [number, number, number, number],
                  },
                ],
              },
              { ...lineBox(rule(0.5, RULE)), margin: [0, 4, 0, 0] as [number, number, number, number] },
            ]
          : []),
      ],
    }),
    footer: () => ({
      margin: [SIDE, 6, SIDE, 0],
      stack: [
        rule(0.5, RULE),
        ...foot.map((text, index) => ({
          text,
          fontSize: SMALL,
          color: QUIET,
          lineHeight: 1.05,
          margin: [0, index === 0 ? 3 : 0, 0, 0] as [number, number, number, number],
        })),
      ],
    }),
    pageBreakBefore: (node, { getFollowingNodesOnPage }) =>
      // A heading never stands alone at the foot of a page.
      node.headlineLevel === 1 && getFollowingNodesOnPage().length < 2,
  };
}

function lineBox(line: Content): { stack: Content[] } {
  return { stack: [line] };
}

/** A heading that stays with what follows; `above` is the space over it in points. */
export function heading(text: string, above = 0, size = 10): Content {
  return {
    text,
    headlineLevel: 1,
    bold: true,
    fontSize: size,
    color: ACCENT,
    margin: [0, above, 0, 2.5],
  };
}

/** A label over a value. */
export function fact(label: string, value: Content): { stack: Content[] } {
  return {
    stack: [
      { text: label, fontSize: SMALL, color: QUIET },
      typeof value === "string" ? { text: value } : value,
    ],
  };
}

/** Hairlines between rows, a firmer one under the head; nothing at the sides. */
export const ruledTable: CustomTableLayout = {
  hLineWidth: (row, node) => (row === (node.table.headerRows ?? 0) && row > 0 ? 0.8 : 0.4),
  hLineColor: (row, node) => (row === (node.table.headerRows ?? 0) && row > 0 ? INK : RULE),
  vLineWidth: () => 0,
  paddingLeft: (column) => (column === 0 ? 0 : 5),
  paddingRight: (column, node) => (column === (node.table.widths?.length ?? 0) - 1 ? 0 : 5),
  paddingTop: () => 1.9,
  paddingBottom: () => 1.9,
};

/** No lines, no padding at the sides: words set in columns. */
export const openTable: CustomTableLayout = {
  hLineWidth: () => 0,
  vLineWidth: () => 0,
  paddingLeft: (column) => (column === 0 ? 0 : 5),
  paddingRight: () => 0,
  paddingTop: () => 0.7,
  paddingBottom: () => 0.7,
};

/** A box with a firm line: what must not be overlooked. */
export const boxed: CustomTableLayout = {
  hLineWidth: () => 1.1,
  vLineWidth: () => 1.1,
  hLineColor: () => INK,
  vLineColor: () => INK,
  paddingLeft: () => 8,
  paddingRight: () => 8,
  paddingTop: () => 5,
  paddingBottom: () => 5,
};

/** The head of a table's column. */
export function head(text: string, alignment: "left" | "right" = "left"): Content {
  return { text, fontSize: SMALL, color: QUIET, alignment };
}
