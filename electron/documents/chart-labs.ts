/** A patient's flowsheet on paper: dates across, tests down. Dates that do not fit beside one another go to the next block. */
import type { Content, TableCell } from "pdfmake/interfaces";
import { formatDate, type CalendarDate, type Instant } from "#shared/calendar.ts";
import type { DoseSegment } from "#shared/records/chart.ts";
import type { Clinic } from "#shared/records/clinic.ts";
import type { LabResultView } from "#shared/records/lab-result.ts";
import { unitWords } from "#shared/records/words.ts";
import { labTest, labTests, labValueText } from "#shared/rules/lab-tests.ts";
import { columnWidth, framed, head, heading, QUIET, ruledTable, SMALL, type PaperPatient } from "./page.ts";
import { printable } from "./printable.ts";
import type { PaperDocument } from "./render.ts";
import { FLAGS, rangeText, trimmed } from "./visit-summary.ts";

const NAME_WIDTH = 118;
/** The narrowest column that holds a date and a flagged value; columns share what is left over. */
const DATE_WIDTH = 66;

export type ChartLabs = {
  clinic: Clinic;
  patient: PaperPatient;
  /** In force, any order. */
  results: readonly LabResultView[];
  doses: readonly DoseSegment[];
  madeAt: Instant;
  today: CalendarDate;
};

/** Landscape; the newest dates stand in the last block, as on the screen. Every block repeats the tests and its head. */
export function chartLabsDocument(given: ChartLabs): PaperDocument {
  const { clinic, patient, results, doses, madeAt, today } = printable(given);
  const style = clinic.dateStyle;
  const dates = [...new Set(results.map((one) => one.collectedOn))].toSorted();
  const perBlock = Math.floor((columnWidth(style, true) - NAME_WIDTH) / DATE_WIDTH);
  const dateWidth = (columnWidth(style, true) - NAME_WIDTH) / perBlock;
  const blocks: CalendarDate[][] = [];
  for (let i = 0; i < dates.length; i += perBlock) blocks.push(dates.slice(i, i + perBlock));
  return {
    title: `Laboratory results, ${formatDate(today, style)}`,
    fileName: `laboratory-results-${today}.pdf`,
    createdAt: madeAt,
    modifiedAt: madeAt,
    definition: {
      ...framed({
        clinic,
        title: "Laboratory results",
        subtitle: formatDate(today, style),
        patient,
        foot: [
          "▲ high, ▼ low, ◆ abnormal, ○ cannot be judged; no sign: normal by the laboratory’s own range.",
        ],
        landscape: true,
      }),
      content:
        blocks.length === 0
          ? ["No results are on record."]
          : blocks.flatMap((block) => blockPart(block, dateWidth, results, doses, clinic)),
    },
  };
}

function blockPart(
  dates: readonly CalendarDate[],
  dateWidth: number,
  results: readonly LabResultView[],
  doses: readonly DoseSegment[],
  { dateStyle }: Clinic,
): Content[] {
  const shown = results.filter((one) => dates.includes(one.collectedOn));
  const known = labTests.map((one) => one.id).filter((id) => shown.some((one) => one.testId === id));
  // A test that this edition does not know is printed all the same.
  const others = [...new Set(shown.map((one) => one.testId))].filter((id) => labTest(id) === null);
  const first = dates[0];
  const last = dates.at(-1);
  if (!first || !last) return [];
  const span =
    first === last
      ? formatDate(first, dateStyle)
      : `${formatDate(first, dateStyle)} to ${formatDate(last, dateStyle)}`;
  return [
    heading(span, 6),
    {
      table: {
        headerRows: 2,
        keepWithHeaderRows: 1,
        dontBreakRows: true,
        widths: [NAME_WIDTH, ...dates.map(() => dateWidth - 10.7)],
        body: [
          [
            head("Test"),
            ...dates.map((on): TableCell => ({ text: formatDate(on, dateStyle), bold: true, fontSize: 8 })),
          ],
          [head("Dose, mg a day"), ...dates.map((on) => head(doseOn(doses, on)))],
          ...[...known, ...others].map((id) => testRow(id, dates, shown)),
        ],
      },
      layout: ruledTable,
    },
  ];
}

function doseOn(doses: readonly DoseSegment[], on: CalendarDate): string {
  const segment = doses.find((one) => one.from <= on && (one.to === null || on <= one.to));
  return segment ? trimmed(segment.dailyMg, 1) : "–";
}

function testRow(
  testId: string,
  dates: readonly CalendarDate[],
  results: readonly LabResultView[],
): TableCell[] {
  const own = results.filter((one) => one.testId === testId);
  const name = labTest(testId)?.name ?? testId;
  // Units and ranges that all values share are said once, under the name.
  const units = new Set(own.map((one) => unitOf(one)));
  const ranges = new Set(own.map((one) => rangeText(one)));
  const oneUnit = units.size === 1 ? [...units][0] : undefined;
  const oneRange = ranges.size === 1 ? [...ranges][0] : undefined;
  const under = [oneUnit ?? "", oneRange === undefined ? "" : `range ${oneRange}`].filter(
    (one) => one !== "",
  );
  return [
    { stack: [{ text: name }, { text: under.join(", "), fontSize: SMALL, color: QUIET }] },
    ...dates.map((on): TableCell => {
      const values = own.filter((one) => one.collectedOn === on);
      return {
        stack: values.map((one) => ({
          stack: [
            {
              text: [sign(one), labValueText(one), oneUnit === undefined ? ` ${unitOf(one)}` : ""].join(""),
              bold: one.interpretation.flag !== "normal",
            },
            ...(oneRange === undefined ? [{ text: rangeText(one), fontSize: SMALL, color: QUIET }] : []),
          ],
        })),
      };
    }),
  ];
}

function unitOf(one: LabResultView): string {
  return unitWords(one.testId, one.unit);
}

/** The sign of the flag, with its space; nothing for a normal result. */
function sign(one: LabResultView): string {
  const { flag } = one.interpretation;
  return flag === "normal" ? "" : `${FLAGS[flag].slice(0, 1)} `;
}
