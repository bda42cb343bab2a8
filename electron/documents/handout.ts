/** A handout: the text of `handouts/`, filled with the patient's own dates and the clinic's numbers. 12 pt or more. */
import type { Content, TableCell } from "pdfmake/interfaces";
import { formatDate, formatDay, formatInstant, startOfDay } from "#shared/calendar.ts";
import type { HandoutFacts, HandoutId } from "#shared/records/visit-summary.ts";
import { capsulesInWords } from "#shared/records/words.ts";
import type { HandoutFact, HandoutSection, HandoutText } from "./handouts/handout-text.ts";
import { preventingPregnancy } from "./handouts/preventing-pregnancy.ts";
import { startingIsotretinoin } from "./handouts/starting-isotretinoin.ts";
import { ACCENT, boxed, framed, INK, openTable, QUIET, RULE } from "./page.ts";
import { printable } from "./printable.ts";
import type { PaperDocument } from "./render.ts";
import { trimmed } from "./visit-summary.ts";

/** Points. Domain facts 7.5 ask for 12 or more. */
const SIZE = 12;

export const HANDOUTS: Readonly<Record<HandoutId, HandoutText>> = {
  "starting-isotretinoin": startingIsotretinoin,
  "preventing-pregnancy": preventingPregnancy,
};

/** The paper. A fact that is null prints as a line to fill in by hand. */
export function handoutDocument(id: HandoutId, given: HandoutFacts): PaperDocument {
  const facts = printable(given);
  const text = HANDOUTS[id];
  const { clinic } = facts;
  const madeAt = startOfDay(clinic.zone, facts.madeOn);
  return {
    title: text.title,
    fileName: `${id}-${facts.madeOn}.pdf`,
    createdAt: madeAt,
    modifiedAt: madeAt,
    definition: {
      ...framed({
        clinic,
        title: text.title,
        subtitle: formatDate(facts.madeOn, clinic.dateStyle),
        patient: facts.patient,
        foot: [
          `This paper goes with what we told you. It does not replace the leaflet of the pharmacy, nor ${facts.programme}.`,
        ],
        size: SIZE,
      }),
      content: [
        { text: text.title, bold: true, fontSize: 19, color: ACCENT, lineHeight: 1, margin: [0, 0, 0, 4] },
        { text: text.lead, margin: [0, 0, 0, 6] },
        factsBox(text.facts, facts),
        ...text.sections.map(section),
        numbersPart(facts),
      ],
    },
  };
}

function factsBox(shown: readonly HandoutFact[], facts: HandoutFacts): Content {
  return {
    table: {
      widths: [150, "*"],
      body: shown.map((one): TableCell[] => {
        const { label, value } = FACTS[one](facts);
        return [{ text: label, color: QUIET }, value === null ? lineToFill() : { text: value, bold: true }];
      }),
    },
    layout: {
      hLineWidth: () => 0.5,
      hLineColor: () => RULE,
      vLineWidth: () => 0,
      paddingLeft: () => 0,
      paddingTop: () => 3,
      paddingBottom: () => 2,
    },
    margin: [0, 0, 0, 4],
  };
}

/** A rule to write on, high enough for a hand. */
function lineToFill(): Content {
  return {
    canvas: [{ type: "line", x1: 0, y1: 14, x2: 300, y2: 14, lineWidth: 0.7, lineColor: INK }],
    margin: [0, 0, 0, 2],
  };
}

const FACTS: Record<HandoutFact, (facts: HandoutFacts) => { label: string; value: string | null }> = {
  dose: ({ dailyMg, capsules }) => ({
    label: "Your dose",
    value:
      dailyMg === null || dailyMg === 0
        ? null
        : `${trimmed(dailyMg, 1)} mg a day\nMorning: ${capsulesInWords(capsules, "morning")}\nEvening: ${capsulesInWords(capsules, "evening")}`,
  }),
  product: ({ product }) => ({ label: "Your product", value: product }),
  "next-visit": ({ nextVisitOn, clinic }) => ({
    label: "Next visit",
    value: nextVisitOn === null ? null : formatDay(nextVisitOn, clinic.dateStyle),
  }),
  "next-test": ({ nextTestFrom, clinic }) => ({
    label: "Next pregnancy test",
    value: nextTestFrom === null ? null : `From ${formatDay(nextTestFrom, clinic.dateStyle)}`,
  }),
  "pick-up": ({ pickUpBy, clinic }) => ({
    label: "Pick up capsules by",
    value: pickUpBy === null ? null : formatInstant(pickUpBy, clinic.zone, clinic.dateStyle),
  }),
  contraception: ({ contraception }) => ({ label: "Your two kinds", value: contraception }),
  "protect-until": ({ protectUntil, clinic }) => ({
    label: "Both kinds until",
    value: protectUntil === null ? null : formatDay(protectUntil, clinic.dateStyle),
  }),
};

function section({ title, words = [], items = [], warning = false }: HandoutSection): Content {
  const stack: Content[] = [
    { text: title, bold: true, fontSize: 13.5, color: warning ? INK : ACCENT, margin: [0, 0, 0, 2] },
    ...words.map((one): Content => ({ text: one, margin: [0, 0, 0, 3] })),
    ...(items.length === 0
      ? []
      : [
          {
            ul: items.map((one) => ({
              text: one,
              margin: [0, 0, 0, 1.5] as [number, number, number, number],
            })),
          },
        ]),
  ];
  return warning
    ? {
        unbreakable: true,
        table: { widths: ["*"], body: [[{ stack }]] },
        layout: boxed,
        margin: [0, 9, 0, 0],
      }
    : { unbreakable: true, stack, margin: [0, 8, 0, 0] };
}

function numbersPart({ clinic, emergencyNumber }: HandoutFacts): Content {
  const rows = [
    { name: "Life in danger", number: emergencyNumber },
    { name: "Our clinic", number: clinic.phone },
    ...(clinic.afterHoursPhone === ""
      ? []
      : [{ name: "When we are closed", number: clinic.afterHoursPhone }]),
    { name: "Thoughts of suicide, day and night", number: clinic.crisisLine },
  ];
  return {
    unbreakable: true,
    margin: [0, 9, 0, 0],
    stack: [
      { text: "Numbers", bold: true, fontSize: 13.5, color: ACCENT, margin: [0, 0, 0, 3] },
      {
        table: {
          widths: [230, "*"],
          body: rows.map(({ name, number }) => [{ text: name }, { text: number, bold: true }]),
        },
        layout: openTable,
      },
    ],
  };
}
