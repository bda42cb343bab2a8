/** The page with the recovery code: shown once, printed, locked away. Nothing of it is kept. */
import type { PaperDocument } from "./render.ts";
import { boxed, INK, QUIET, SIDE } from "./page.ts";
import { CODE, SANS } from "./fonts.ts";
import type { Instant } from "#shared/calendar.ts";

/** As wide as A4 and as high as Letter, so that it prints whole on both: the clinic's paper is not known here. */
const PAGE = { width: 595.28, height: 792 };

/** One page: what the code is, the code, where to keep it. */
export function recoveryCodeDocument(recoveryCode: string, madeAt: Instant): PaperDocument {
  return {
    title: "Isochart recovery code",
    fileName: "isochart-recovery-code.pdf",
    createdAt: madeAt,
    modifiedAt: madeAt,
    definition: {
      pageSize: PAGE,
      pageMargins: [SIDE, 60, SIDE, 50],
      defaultStyle: { font: SANS, fontSize: 12, color: INK, lineHeight: 1.25 },
      content: [
        { text: "Recovery code of your Isochart record", bold: true, fontSize: 18, margin: [0, 0, 0, 12] },
        {
          text: "Your record is encrypted. If every administrator forgets the password, this code is the only way in. Nobody else can open the record for you: not the makers of Isochart, not a repair shop.",
          margin: [0, 0, 0, 18],
        },
        {
          table: {
            widths: ["*"],
            body: [
              [
                {
                  text: recoveryCode,
                  font: CODE,
                  fontSize: 19,
                  alignment: "center",
                  lineHeight: 1.5,
                  margin: [0, 12, 0, 6],
                },
              ],
            ],
          },
          layout: boxed,
          margin: [0, 0, 0, 18],
        },
        { text: "Keep it", bold: true, margin: [0, 0, 0, 3] },
        {
          ul: [
            "Lock this page away: a safe, or a sealed envelope outside the clinic.",
            "Do not leave it near the computer. Do not photograph it or store it on a computer.",
            "Whoever holds this page and a copy of the record can read every chart.",
          ],
          margin: [0, 0, 0, 14],
        },
        { text: "Use it", bold: true, margin: [0, 0, 0, 3] },
        {
          ol: [
            "On the sign-in screen choose “Use the recovery code”.",
            "Type the code, the user name of an administrator, and a new password.",
            "A new code is shown. Print it, and destroy this page: the old code no longer works.",
          ],
          margin: [0, 0, 0, 22],
        },
        {
          columns: ["Clinic", "Sealed on", "Sealed by"].map((name) => ({
            width: "*",
            stack: [
              {
                canvas: [
                  { type: "line" as const, x1: 0, y1: 26, x2: 150, y2: 26, lineWidth: 0.6, lineColor: INK },
                ],
              },
              {
                text: name,
                fontSize: 9,
                color: QUIET,
                margin: [0, 2, 0, 0] as [number, number, number, number],
              },
            ],
          })),
          columnGap: 18,
        },
      ],
    },
  };
}
