/** The visit summary: what the patient takes home. Made from the stored summary alone; domain facts 7.4. */
import type { Content, TableCell } from "pdfmake/interfaces";
import {
  formatDate,
  formatDay,
  formatInstant,
  formatTime,
  later,
  timeIn,
  type CalendarDate,
  type Instant,
} from "#shared/calendar.ts";
import type { VisitSummary } from "#shared/records/visit-summary.ts";
import { byEditionWords, capsulesInWords, rangeWords, withoutAnswer } from "#shared/records/words.ts";
import { blocks } from "#shared/rules/finding.ts";
import { trendDrawing } from "#shared/trend-drawing.ts";
import { withoutConfidential } from "./confidential.ts";
import {
  ACCENT,
  BAND,
  boxed,
  columnWidth,
  fact,
  framed,
  head,
  heading,
  INK,
  openTable,
  QUIET,
  RULE,
  ruledTable,
  SMALL,
  TEXT,
} from "./page.ts";
import { printable } from "./printable.ts";
import type { PaperDocument } from "./render.ts";

const GAP = 22;
/** More open steps than this are listed across the page. */
const MANY_FINDINGS = 2;
/** A plan longer than this, in characters, is set across the page. */
const LONG_PLAN = 260;
/** Allergies longer than this, in characters, get a line of their own. */
const LONG_ALLERGIES = 26;
/** From here on the lab table is set a little smaller, so that two pages hold thirty results. */
const MANY_LABS = 12;

/**
 * The paper. `confidential` false leaves out mood, pregnancy, contraception and sexual health without a trace.
 * `madeAt` dates an unsigned paper; a signed one is dated by its signature and its last addendum, so that it comes out the
 * same to the byte whenever it is made.
 */
export function visitSummaryDocument(
  given: VisitSummary,
  how: { confidential: boolean; madeAt: Instant },
): PaperDocument {
  const summary = printable(how.confidential ? given : withoutConfidential(given));
  const { clinic, visit } = summary;
  const style = clinic.dateStyle;
  const signed = visit.signedAt !== null;
  const createdAt = visit.signedAt ?? how.madeAt;
  const modifiedAt = signed
    ? summary.addenda.map((one) => one.recordedAt).reduce(later, createdAt)
    : how.madeAt;
  const day = formatDay(visit.date, style);
  const longPlan = summary.plan.length > LONG_PLAN;

  return {
    title: `Visit summary, ${formatDate(visit.date, style)}`,
    fileName: `visit-summary-${visit.date}.pdf`,
    createdAt,
    modifiedAt,
    definition: {
      ...framed({
        clinic,
        title: "Visit summary",
        subtitle: signed ? day : `${day}  ·  NOT SIGNED`,
        patient: summary.patient,
        foot: [footLine(summary), `This paper is not a substitute for ${summary.course.programme}.`],
      }),
      content: [
        ...(signed ? [] : [unsignedBanner()]),
        factStrip(summary),
        {
          columns: [
            { width: "*", stack: dosePart(summary) },
            { width: "*", stack: [...nextPart(summary), ...(longPlan ? [] : planPart(summary))] },
          ],
          columnGap: GAP,
          margin: [0, 11, 0, 0],
        },
        ...(longPlan ? planPart(summary) : []),
        ...labsPart(summary),
        {
          columns: [
            { width: "*", stack: howYouArePart(summary, how.confidential) },
            { width: "*", stack: programmePart(summary) },
          ],
          columnGap: GAP,
          margin: [0, 11, 0, 0],
        },
        ...openStepsPart(summary),
        callPart(summary),
        ...addendaPart(summary),
      ],
    },
  };
}

function footLine({ visit, clinic }: VisitSummary): string {
  if (visit.signedAt === null) return "Not signed: a draft for checking, not for the patient.";
  return `Signed by ${visit.signedBy ?? "unknown"}, ${formatInstant(visit.signedAt, clinic.zone, clinic.dateStyle)}.`;
}

function unsignedBanner(): Content {
  return {
    table: {
      widths: ["*"],
      body: [
        [
          {
            text: [
              { text: "NOT SIGNED. ", bold: true },
              "This is a draft for checking. Do not give it to the patient.",
            ],
          },
        ],
      ],
    },
    layout: boxed,
    margin: [0, 0, 0, 9],
  };
}

function factStrip(summary: VisitSummary): Content {
  const { visit, acne, course, patient } = summary;
  const acneText =
    acne.iga === null
      ? "Not recorded"
      : `${acne.igaWord ?? ""} (${acne.iga}\u00a0of\u00a04${acne.previousIga === null ? "" : `; was\u00a0${acne.previousIga}`})`.trim();
  const month = visit.month === null ? "Not started" : String(visit.month);
  const long = patient.allergies.length > LONG_ALLERGIES;
  return {
    stack: [
      {
        columns: [
          { width: 74, ...fact("Month of treatment", month) },
          { width: 78, ...fact("Weight", weightText(summary)) },
          { width: 124, ...fact("Acne now", acneText) },
          { width: 120, ...fact("Treated for", course.indication) },
          ...(long ? [] : [{ width: "*", ...fact("Allergies", patient.allergies) }]),
        ],
        columnGap: 10,
      },
      ...(long
        ? [
            {
              text: [{ text: "Allergies: ", color: QUIET }, patient.allergies],
              margin: [0, 3, 0, 0] as [number, number, number, number],
            },
          ]
        : []),
    ],
  };
}

/** Kilograms in one pound, by definition. Domain facts 3.1. */
const KG_PER_LB = 0.45359237;

function weightText({ weightKg, clinic }: VisitSummary): string {
  if (weightKg === null) return "Not recorded";
  const kg = `${trimmed(weightKg, 1)} kg`;
  const lb = `${Math.round(weightKg / KG_PER_LB)} lb`;
  return clinic.weightUnit === "lb" ? `${lb} (${kg})` : kg;
}

const ACTIONS: Record<NonNullable<VisitSummary["dose"]>["action"], string> = {
  "not-yet": "Do not start yet",
  start: "Start",
  continue: "Same dose as before",
  increase: "The dose goes up",
  decrease: "The dose goes down",
  hold: "Pause: take no capsules",
  stop: "Stop: take no more capsules",
};

function dosePart(summary: VisitSummary): Content[] {
  const { dose, clinic } = summary;
  const style = clinic.dateStyle;
  const parts: Content[] = [heading("Your capsules")];
  if (dose === null) {
    parts.push("No dose was decided at this visit.");
  } else if (dose.action === "not-yet") {
    parts.push({ text: "Do not start yet.", bold: true });
  } else if (dose.action === "hold" || dose.action === "stop") {
    parts.push({ text: `${ACTIONS[dose.action]}, from ${formatDay(dose.from, style)}.`, bold: true });
  } else {
    const perKg = dose.mgPerKg === null ? "" : ` (${dose.mgPerKg.toFixed(2)} mg for each kg of weight)`;
    parts.push({
      text: [
        { text: `${trimmed(dose.dailyMg, 1)} mg a day`, bold: true, fontSize: 12 },
        { text: perKg, color: QUIET },
      ],
    });
    parts.push({ text: `${ACTIONS[dose.action]}, from ${formatDay(dose.from, style)}.` });
    parts.push({
      table: { widths: [44, "*"], body: capsuleRows(dose.capsules) },
      layout: openTable,
      margin: [0, 3, 0, 2],
    });
    parts.push({ text: "With food. Swallow whole, with a full glass of water." });
  }
  if (dose && dose.reason !== "")
    parts.push({ text: [{ text: "Why: ", color: QUIET }, dose.reason], margin: [0, 2, 0, 0] });
  parts.push({ text: [{ text: "Product: ", color: QUIET }, summary.course.product], margin: [0, 2, 0, 0] });
  parts.push(...cumulativePart(summary));
  return parts;
}

function capsuleRows(capsules: Parameters<typeof capsulesInWords>[0]): TableCell[][] {
  return (["morning", "evening"] as const).map((when) => {
    const text = capsulesInWords(capsules, when);
    return [
      { text: when === "morning" ? "Morning" : "Evening", color: QUIET },
      { text, bold: text !== "none" },
    ];
  });
}

function cumulativePart(summary: VisitSummary): Content[] {
  const { cumulative, clinic } = summary;
  // Where nobody decided a dose, no amount is known: a zero would read as one.
  if (summary.dose === null && cumulative.totalMg === 0)
    return [{ text: "No dose taken is on record yet.", margin: [0, 6, 0, 0] }];
  const width = (columnWidth(clinic.dateStyle) - GAP) / 2;
  const share = cumulative.targetMgPerKg > 0 ? cumulative.mgPerKg / cumulative.targetMgPerKg : 0;
  const off = takesNone(summary);
  const end =
    off === "stopped"
      ? ""
      : off === "paused"
        ? "The end date depends on when you go on."
        : cumulative.expectedEnd === null
          ? "The end date cannot be told yet."
          : `At this dose the course ends about ${formatDate(cumulative.expectedEnd, clinic.dateStyle).replace(/ /gu, "\u00a0")}.`;
  return [
    {
      canvas: [
        { type: "rect", x: 0, y: 0, w: width, h: 5, color: BAND },
        {
          type: "rect",
          x: 0,
          y: 0,
          w: Math.max(0.01, width * Math.min(1, share)),
          h: 5,
          color: ACCENT,
        },
        { type: "rect", x: 0, y: 0, w: width, h: 5, lineWidth: 0.4, lineColor: RULE },
      ],
      margin: [0, 6, 0, 3],
    },
    {
      text: [
        "Taken so far: ",
        {
          text: `${trimmed(cumulative.mgPerKg, 1)} of ${trimmed(cumulative.targetMgPerKg, 1)}\u00a0mg/kg`,
          bold: true,
        },
        ` (${grouped(cumulative.totalMg)} mg; ${Math.floor(share * 100)} %), reckoned with ${trimmed(cumulative.referenceWeightKg, 1)}\u00a0kg. ${end}`.trimEnd(),
      ],
    },
  ];
}

function nextPart({ next, clinic }: VisitSummary): Content[] {
  const style = clinic.dateStyle;
  if (next.length === 0) return [heading("What happens next"), "Nothing is booked yet. Call us for a date."];
  return [
    heading("What happens next"),
    {
      table: {
        widths: [92, "*"],
        dontBreakRows: true,
        body: next.map((one): TableCell[] => [
          {
            stack: [
              { text: formatDay(one.on, style), bold: true },
              ...(one.at === null
                ? []
                : [{ text: `by ${formatTime(timeIn(clinic.zone, one.at), style)}`, bold: true }]),
            ],
          },
          one.text,
        ]),
      },
      layout: ruledTable,
    },
  ];
}

/** A sign and a word for each flag; never colour alone. */
export const FLAGS: Record<VisitSummary["labs"][number]["interpretation"]["flag"], string> = {
  normal: "Normal",
  high: "▲ High",
  low: "▼ Low",
  abnormal: "◆ Abnormal",
  unknown: "○ Cannot be judged",
};

function labsPart(summary: VisitSummary): Content[] {
  const { labs, clinic } = summary;
  const style = clinic.dateStyle;
  if (labs.length === 0) return [heading("Test results", 10), "No results are on record."];

  const many = labs.length > MANY_LABS;
  const look = { width: 66, height: many ? 9.5 : 12.5, ink: INK, band: BAND };
  // A date that all rows share is said once, in the head of its column.
  const collectedOn = shared(labs.map((one) => one.collectedOn));
  const previousOn = shared(labs.flatMap((one) => (one.previousOn === null ? [] : [one.previousOn])));
  const dated = (value: Content, on: CalendarDate | null): Content => ({
    stack: [value, ...(on === null ? [] : [{ text: formatDate(on, style), fontSize: SMALL, color: QUIET }])],
  });

  const body = labs.map((one): TableCell[] => {
    const { flag, sentence, level } = one.interpretation;
    const trend = trendDrawing(one.trend, { low: one.rangeLow, high: one.rangeHigh }, look);
    return [
      { text: one.name, bold: flag !== "normal" },
      dated(
        { text: [{ text: one.latest, bold: true }, ` ${one.unit}`.trimEnd()] },
        collectedOn === null ? one.collectedOn : null,
      ),
      {
        text: [
          { text: FLAGS[flag], bold: flag !== "normal" },
          sentence === "" || level === "none" ? "" : `. ${sentence}`,
        ],
      },
      { text: rangeText(one) },
      one.previous === null
        ? { text: "–", color: QUIET }
        : dated({ text: one.previous }, previousOn === null ? one.previousOn : null),
      trend === null ? { text: "" } : { svg: trend, width: look.width, height: look.height },
    ];
  });
  return [
    heading(collectedOn === null ? "Test results" : `Test results of ${formatDate(collectedOn, style)}`, 10),
    {
      fontSize: many ? 7.9 : TEXT,
      table: {
        headerRows: 1,
        keepWithHeaderRows: 1,
        dontBreakRows: true,
        widths: [104, 64, "*", 48, 64, look.width],
        body: [
          [
            head("Test"),
            head("Result"),
            head("What it means"),
            head("Lab’s range"),
            head(previousOn === null ? "Before" : `On ${formatDate(previousOn, style)}`),
            head("Trend (grey: range)"),
          ],
          ...body,
        ],
      },
      layout: ruledTable,
    },
  ];
}

/** The value that all share, or null. */
function shared<T>(values: readonly T[]): T | null {
  const [first] = values;
  return first !== undefined && values.every((one) => one === first) ? first : null;
}

/** The laboratory's range; without one nothing is normal, so the paper says that none was given. */
export function rangeText(range: Parameters<typeof rangeWords>[0]): string {
  return rangeWords(range) || "not given";
}

function howYouArePart(summary: VisitSummary, confidential: boolean): Content[] {
  const parts: Content[] = [heading("How you have been")];
  const rows: TableCell[][] = [];
  if (summary.visit.month !== null || summary.missedDoses !== null)
    rows.push([
      label("Missed days"),
      summary.missedDoses === null
        ? "Not asked"
        : summary.missedDoses === 0
          ? "None"
          : String(summary.missedDoses),
    ]);
  if (summary.sideEffects.length === 0)
    rows.push([
      label("Side effects"),
      !summary.sideEffectsReviewed
        ? "Not asked"
        : confidential
          ? "None"
          : // True whatever was left out.
            "None of the skin, eyes, nose, muscles, joints or belly",
    ]);
  else
    summary.sideEffects.forEach((one, index) =>
      rows.push([
        label(index === 0 ? "Side effects" : ""),
        {
          text: [
            { text: one.name, bold: one.grade >= 2 },
            `, ${one.gradeWord.toLowerCase()}`,
            one.note === "" ? "" : { text: `. ${one.note}`, color: QUIET },
          ],
        },
      ]),
    );
  if (summary.mood !== null)
    rows.push([
      label("Mood"),
      {
        text: [
          `${summary.mood.instrument}: ${summary.mood.total === null ? "not complete" : summary.mood.total}`,
          summary.mood.band === "" ? "" : `, ${summary.mood.band}`,
          summary.mood.alert ? { text: ". Please talk to us.", bold: true } : "",
        ],
      },
    ]);
  rows.push(...summary.reminders.map((one): TableCell[] => [label(one.label), one.text]));
  parts.push({ table: { widths: [62, "*"], body: rows }, layout: openTable });
  return parts;
}

function label(text: string): Content {
  return { text, color: QUIET };
}

function programmePart(summary: VisitSummary): Content[] {
  const { programme, verdict, course } = summary;
  const rows: TableCell[][] = programme.map((one) => [label(one.label), one.text]);
  const off = takesNone(summary);
  if (off !== null) {
    rows.push([label("Prescription"), `None: the capsules are ${off}.`]);
  } else if (verdict !== null) {
    const blocking = verdict.findings.filter(blocks);
    rows.push([
      label("Prescription"),
      {
        stack: [
          verdictLine(verdict),
          ...(blocking.length > MANY_FINDINGS
            ? []
            : blocking.filter((one) => !verdict.sentence.includes(one.sentence)).map(findingLine)),
          judgedLine(summary, verdict),
        ],
      },
    ]);
  }
  return [
    heading(course.programme),
    rows.length === 0
      ? "Your clinic tells you the next steps."
      : { table: { widths: [62, "*"], body: rows }, layout: openTable },
  ];
}

/** Why no capsules are taken from this visit on, in a word; then nobody asks for a prescription. */
function takesNone({ dose }: VisitSummary): "stopped" | "paused" | null {
  if (dose?.action === "stop") return "stopped";
  return dose?.action === "hold" ? "paused" : null;
}

type StoredVerdict = NonNullable<VisitSummary["verdict"]>;

/** The answer with its sign and word, and the verdict's own sentence. */
function verdictLine(verdict: StoredVerdict): Content {
  const count = verdict.findings.filter(blocks).length;
  if (verdict.answer === "yes")
    return {
      text: [
        { text: "✓ Yes", bold: true },
        verdict.sentence.replace(/^yes\b/iu, "").replace(/^(?=\w)/u, ". "),
      ],
    };
  // The open steps follow by name, so that "and 1 more" says nothing.
  const said = withoutAnswer(verdict.sentence).replace(/ And \d+ more\.$/u, "");
  return {
    text: [
      { text: "✗ Not yet. ", bold: true },
      count > MANY_FINDINGS ? `${count} steps are open: see below.` : said,
    ],
  };
}

function findingLine(one: StoredVerdict["findings"][number]): Content {
  return { text: `– ${one.sentence}`, margin: [0, 1, 0, 0] };
}

function judgedLine({ clinic }: VisitSummary, verdict: StoredVerdict): Content {
  return {
    text: `Judged ${formatInstant(verdict.judgedAt, clinic.zone, clinic.dateStyle)}${byEditionWords(verdict.edition)}.`,
    fontSize: SMALL,
    color: QUIET,
  };
}

/** The open steps across the page, when they are too many for their column. */
function openStepsPart(summary: VisitSummary): Content[] {
  const blocking = summary.verdict?.findings.filter(blocks) ?? [];
  if (takesNone(summary) !== null || blocking.length <= MANY_FINDINGS) return [];
  const half = Math.ceil(blocking.length / 2);
  const list = (items: typeof blocking) => ({
    width: "*",
    ul: items.map((one) => ({
      text: one.sentence,
      margin: [0, 0, 0, 1] as [number, number, number, number],
    })),
  });
  return [
    heading("Steps that are open before a prescription", 10),
    { columns: [list(blocking.slice(0, half)), list(blocking.slice(half))], columnGap: GAP },
  ];
}

function planPart({ plan }: VisitSummary): Content[] {
  return plan === "" ? [] : [heading("Plan", 8), plan];
}

function callPart(summary: VisitSummary): Content {
  const { clinic, stopAndCall } = summary;
  const half = Math.ceil(stopAndCall.length / 2);
  const list = (items: VisitSummary["stopAndCall"]) => ({
    width: "*",
    ul: items.map((one) => ({ text: one.text, margin: [0, 0, 0, 1] as [number, number, number, number] })),
  });
  const numbers = [
    { name: "Life in danger", number: summary.emergencyNumber },
    { name: "Clinic", number: clinic.phone },
    ...(clinic.afterHoursPhone === ""
      ? []
      : [{ name: "When we are closed", number: clinic.afterHoursPhone }]),
    { name: "Thoughts of suicide or self-harm", number: clinic.crisisLine },
  ];
  return {
    unbreakable: true,
    margin: [0, 12, 0, 0],
    table: {
      widths: ["*"],
      body: [
        [
          {
            stack: [
              {
                text: "Stop the capsules and call us at once",
                bold: true,
                fontSize: 10,
                margin: [0, 0, 0, 3],
              },
              {
                columns: [list(stopAndCall.slice(0, half)), list(stopAndCall.slice(half))],
                columnGap: 14,
              },
              {
                table: {
                  widths: [72, ...numbers.slice(2).map(() => 104), "*"],
                  body: [
                    numbers.map(({ name }) => ({ text: name, fontSize: SMALL, color: QUIET })),
                    numbers.map(({ number }) => ({ text: number, bold: true })),
                  ],
                },
                layout: {
                  ...openTable,
                  hLineWidth: (row: number) => (row === 0 ? 0.5 : 0),
                  hLineColor: () => RULE,
                },
                margin: [0, 5, 0, 0],
              },
            ],
          },
        ],
      ],
    },
    layout: boxed,
  };
}

function addendaPart({ addenda, clinic }: VisitSummary): Content[] {
  if (addenda.length === 0) return [];
  return [
    heading("Added after signing", 11),
    ...addenda.map((one): Content => ({
      text: [
        {
          text: `${formatInstant(one.recordedAt, clinic.zone, clinic.dateStyle)}, ${one.recordedBy}: `,
          bold: true,
        },
        one.text,
      ],
      margin: [0, 0, 0, 3],
    })),
  ];
}

/** A number without needless zeros: `54`, `1.69`. */
export function trimmed(value: number, decimals: number): string {
  return String(Number(value.toFixed(decimals)));
}

/** Thousands set apart by a thin space: `4 860`. */
function grouped(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, "\u2009");
}
