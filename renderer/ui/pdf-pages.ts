/** Draws PDF pages: loaded only when a paper is shown. The worker is part of the bundle; nothing is fetched from elsewhere. */
import { getDocument, GlobalWorkerOptions, type PDFDocumentProxy } from "pdfjs-dist";
import workerAddress from "pdfjs-dist/build/pdf.worker.min.mjs?url";

GlobalWorkerOptions.workerSrc = workerAddress;

/** Pixels per point on screen; drawn finer on dense screens. */
const SCREEN_SCALE = 1.35;
/** Pixels per point on paper: 3 is 216 dots an inch. */
const PRINT_SCALE = 3;

/** How long at most the pages are kept for a printer that never says that it has them. */
const AFTER_PRINT_MS = 2_000;

function load(bytes: Uint8Array) {
  return getDocument({
    // pdf.js takes the buffer away from its owner: give it a copy.
    data: bytes.slice(),
    useWasm: false,
    disableFontFace: false,
    useSystemFonts: false,
  });
}

async function drawPage(pdf: PDFDocumentProxy, number: number, scale: number): Promise<HTMLCanvasElement> {
  const page = await pdf.getPage(number);
  const viewport = page.getViewport({ scale });
  const canvas = document.createElement("canvas");
  canvas.width = Math.floor(viewport.width);
  canvas.height = Math.floor(viewport.height);
  await page.render({ canvas, viewport }).promise;
  return canvas;
}

async function pageText(pdf: PDFDocumentProxy, number: number): Promise<string> {
  const page = await pdf.getPage(number);
  const content = await page.getTextContent();
  return content.items
    .map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : ""))
    .join("")
    .replaceAll(/[ \t]+/gu, " ");
}

/** Fills `place` with the pages. `stop` ends the work and empties it. */
export function showPages(
  bytes: Uint8Array,
  place: HTMLElement,
  title: string,
): { done: Promise<void>; stop: () => void } {
  const task = load(bytes);
  let stopped = false;
  const draw = async () => {
    const pdf = await task.promise;
    const ratio = Math.max(1, globalThis.devicePixelRatio || 1);
    const figures: HTMLElement[] = [];
    for (let number = 1; number <= pdf.numPages && !stopped; number += 1) {
      const canvas = await drawPage(pdf, number, SCREEN_SCALE * ratio);
      canvas.style.width = `${canvas.width / ratio}px`;
      canvas.setAttribute("aria-hidden", "true");
      const figure = document.createElement("section");
      figure.className = "pdf-page";
      figure.setAttribute("aria-label", `${title}, page ${number} of ${pdf.numPages}`);
      const text = document.createElement("div");
      text.className = "for-readers";
      text.textContent = await pageText(pdf, number);
      figure.append(canvas, text);
      figures.push(figure);
    }
    if (!stopped) place.replaceChildren(...figures);
  };
  return {
    done: draw(),
    stop: () => {
      stopped = true;
      void task.destroy();
      place.replaceChildren();
    },
  };
}

/**
 * Prints the pages: each becomes a picture in a layer that only the printer sees, so that what leaves the printer is
 * what stood on the screen.
 */
export async function printPages(bytes: Uint8Array): Promise<void> {
  const task = load(bytes);
  const pdf = await task.promise;
  const layer = document.createElement("div");
  layer.className = "print-layer";
  layer.setAttribute("aria-hidden", "true");
  const addresses: string[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const canvas = await drawPage(pdf, number, PRINT_SCALE);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
    if (!blob) continue;
    const picture = document.createElement("img");
    picture.alt = "";
    picture.src = URL.createObjectURL(blob);
    addresses.push(picture.src);
    layer.append(picture);
    await picture.decode();
  }
  document.body.append(layer);
  const printed = new Promise((resolve) =>
    globalThis.addEventListener("afterprint", resolve, { once: true }),
  );
  globalThis.print();
  // Where the print dialog holds the page still, it is over by now; where it does not, the event tells.
  await Promise.race([printed, new Promise((resolve) => setTimeout(resolve, AFTER_PRINT_MS))]);
  layer.remove();
  for (const address of addresses) URL.revokeObjectURL(address);
  await task.destroy();
}
