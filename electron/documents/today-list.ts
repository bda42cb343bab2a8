/** The Today list on paper: the morning at a glance, with a box to tick. */
import type { Content, TableCell } from "pdfmake/interfaces";
import {
  dateIn,
  formatDate,
  formatDay,
  formatTime,
  timeIn,
  unbroken,
  type CalendarDate,
  type Instant,
} from "#shared/calendar.ts";
import type { Clinic } from "#shared/records/clinic.ts";
import type { TodayLine } from "#shared/records/due.ts";
import { LIST_BY_A_CLOCK_BEHIND } from "#shared/records/words.ts";
import { framed, head, heading, QUIET, ruledTable, SMALL } from "./page.ts";
import { printable } from "./printable.ts";
import type { PaperDocument } from "./render.ts";

const URGENCIES: readonly { urgency: TodayLine["urgency"]; title: string }[] = [
  { urgency: "urgent", title: "! Urgent" },
  { urgency: "today", title: "Today" },
  { urgency: "soon", title: "Soon" },
  { urgency: "later", title: "Later" },
];

/** The list as it stood at `madeAt`; the order of the lines is kept. */
export function todayDocument(given: {
  clinic: Clinic;
  today: CalendarDate;
  lines: readonly TodayLine[];
  /** Whether lines may be missing because this computer's clock is behind the record. */
  clockBehind: boolean;
  madeAt: Instant;
}): PaperDocument {
  const { clinic, today, lines, clockBehind, madeAt } = printable(given);
  const style = clinic.dateStyle;
  const made = formatTime(timeIn(clinic.zone, madeAt), style);
  return {
    title: `Today, ${formatDate(today, style)}`,
    fileName: `today-${today}.pdf`,
    createdAt: madeAt,
    modifiedAt: madeAt,
    definition: {
      ...framed({
        clinic,
        title: "Today",
        subtitle: formatDay(today, style),
        patient: null,
        foot: [`As it stood at ${made}. Confidential: shred after use.`],
      }),
      content: [
        ...(clockBehind ? [{ text: `! ${LIST_BY_A_CLOCK_BEHIND}`, bold: true, marginBottom: 6 }] : []),
        ...(lines.length === 0
          ? ["Nobody is due for anything today."]
          : URGENCIES.flatMap(({ urgency, title }) =>
              group(
                title,
                lines.filter((one) => one.urgency === urgency),
                clinic,
                madeAt,
              ),
            )),
      ],
    },
  };
}

function group(
  title: string,
  lines: readonly TodayLine[],
  { dateStyle, zone }: Clinic,
  madeAt: Instant,
): Content[] {
  if (lines.length === 0) return [];
  return [
    heading(`${title} (${lines.length})`, 8, 11),
    {
      table: {
        headerRows: 1,
        keepWithHeaderRows: 1,
        dontBreakRows: true,
        widths: [12, 150, "*", 88],
        body: [
          [head(""), head("Patient"), head("What, and why"), head("When")],
          ...lines.map((one): TableCell[] => [
            { text: "☐", fontSize: 11 },
            {
              stack: [
                { text: one.patientName, bold: true },
                {
                  text: `Born ${formatDate(one.birthDate, dateStyle)}  ·  ${one.recordNumber}`,
                  fontSize: SMALL,
                  color: QUIET,
                },
              ],
            },
            {
              stack: [
                { text: unbroken(one.sentence) },
                ...(one.tasks ?? []).map((task) => ({ text: `☐ ${task.words}` })),
                { text: one.act.label, fontSize: SMALL, color: QUIET },
              ],
            },
            {
              stack: [
                // The day of the hour, where there is one: a line of today may close on another.
                { text: formatDate(one.at === null ? one.on : dateIn(zone, one.at), dateStyle) },
                ...(one.at === null
                  ? []
                  : [
                      {
                        text: `${one.at > madeAt ? "by" : "at"} ${formatTime(timeIn(zone, one.at), dateStyle)}`,
                        bold: true,
                      },
                    ]),
              ],
            },
          ]),
        ],
      },
      layout: ruledTable,
    },
  ];
}
