/** A document's definition made into a PDF: the only place that runs pdfmake. */
import type { TDocumentDefinitions } from "pdfmake/interfaces";
import { msOf, type Instant } from "#shared/calendar.ts";
import { fontTable, isFontFile } from "./fonts.ts";

/** A paper ready to be rendered, once: pdfmake writes into the definition. */
export type PaperDocument = {
  /** What it is, without patient data: viewers show it as the window's title. */
  title: string;
  /** A file name without patient data, such as `visit-summary-2026-11-21.pdf`. */
  fileName: string;
  /** Fixed by the data, so that the same data makes the same bytes. */
  createdAt: Instant;
  modifiedAt: Instant;
  definition: TDocumentDefinitions;
};

/** Loaded with the first paper: it takes a third of a second, which the first screen need not wait for. */
async function loadPdfmake() {
  const { default: pdfmake } = await import("pdfmake");
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy(isFontFile);
  return pdfmake;
}

/**
 * Renders a paper. The same data gives the same bytes: pdfkit makes the file's id from the information below alone, and no
 * clock is read because both dates are given.
 */
export async function renderDocument(paper: PaperDocument): Promise<Uint8Array<ArrayBuffer>> {
  const pdfmake = await loadPdfmake();
  pdfmake.setFonts(fontTable());
  const bytes = await pdfmake
    .createPdf({
      ...paper.definition,
      info: {
        title: paper.title,
        creator: "Isochart",
        producer: "Isochart",
        creationDate: pdfDate(paper.createdAt),
        modDate: pdfDate(paper.modifiedAt),
      },
      displayTitle: true,
      language: "en",
    })
    .getBuffer();
  return new Uint8Array(bytes);
}

function pdfDate(at: Instant) {
  // oxlint-disable-next-line no-restricted-globals -- pdfkit takes nothing else; the instant is given, no clock is read.
  return new Date(msOf(at));
}
