/** Reads a PDF as a reader would: the text of each page, in order. */
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

export type ReadPage = { text: string; width: number; height: number };

/** Each page with its text, runs of white space made one space, and its size in points. */
export async function pagesOf(bytes: Uint8Array): Promise<ReadPage[]> {
  // pdf.js takes the buffer away from its owner.
  const loading = getDocument({ data: bytes.slice(), verbosity: 0 });
  const pdf = await loading.promise;
  const pages: ReadPage[] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { width, height } = page.getViewport({ scale: 1 });
    const content = await page.getTextContent();
    const text = content.items
      .map((one) => ("str" in one ? one.str + (one.hasEOL ? " " : "") : ""))
      .join("")
      .replace(/\s+/gu, " ");
    pages.push({ text, width: Math.round(width), height: Math.round(height) });
  }
  await loading.destroy();
  return pages;
}
