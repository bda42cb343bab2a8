import { readFile } from "node:fs/promises";
import { extname, resolve, sep } from "node:path";
import {
  BrowserWindow,
  type BrowserWindow as Window,
  type IpcMainInvokeEvent,
  Menu,
  protocol,
  session,
  type Session,
} from "electron";

/** Where the page lives. A scheme of our own, so that nothing else on the machine shares its origin. */
export const pageAddress = "app://isochart/index.html";

const pageOrigin = "app://isochart";

/**
 * What the page may load and run: only what the program brought with it. `blob:` is for a PDF page drawn to a
 * picture and for the worker that reads it.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  // The one style sheet that the component library writes into the page by itself. When a new edition of it writes
  // another, the page complains in its console, with the new hash, and the tests in a browser fail.
  "style-src 'self' 'sha256-38RhXrc7EdReTKsOm23ZPOCUgniTUUcjky8QOOrQx6o='",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "frame-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".ttf": "font/ttf",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};

/** Declares the page's own scheme. Electron takes this only before it is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: "app", privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/**
 * Answers a request of the page from the folder of built files.
 * Refuses every other host, every method but GET, and every path that leaves the folder.
 */
export async function answerPageRequest(folder: string, request: Request): Promise<Response> {
  const refuse = (status: number) =>
    new Response("", { status, headers: { "content-security-policy": contentSecurityPolicy } });
  const url = new URL(request.url);
  if (url.host !== "isochart" || request.method !== "GET") return refuse(403);
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return refuse(400);
  }
  if (path.includes("\0") || path.includes("\\")) return refuse(400);
  const root = resolve(folder);
  const file = resolve(root, `.${path === "/" ? "/index.html" : path}`);
  if (!file.startsWith(root + sep)) return refuse(403);
  const contentType = contentTypes[extname(file)];
  if (contentType === undefined) return refuse(404);
  const body = await readFile(file).catch(() => undefined);
  if (body === undefined) return refuse(404);
  return new Response(new Uint8Array(body), {
    headers: {
      "content-type": contentType,
      "content-security-policy": contentSecurityPolicy,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    },
  });
}

/** True when a call comes from our own page, in the top frame of a window, and from nowhere else. */
export function isFromOurPage(
  event: Pick<IpcMainInvokeEvent, "senderFrame">,
  developmentUrl?: string,
): boolean {
  const frame = event.senderFrame;
  if (frame === null || frame === undefined || frame.parent !== null) return false;
  const from = URL.parse(frame.url);
  if (from === null) return false;
  if (`${from.protocol}//${from.host}` === pageOrigin) return true;
  return developmentUrl !== undefined && from.origin === new URL(developmentUrl).origin;
}

/** What `openWindow` must be told. */
export type WindowOptions = {
  /** The built preload script. */
  preload: string;
  /** The folder of the built page. */
  page: string;
  /** The address of the development server, when there is one. */
  developmentUrl?: string | undefined;
};

/** Opens the program's window, with every door but the bridge shut. */
export async function openWindow(options: WindowOptions): Promise<Window> {
  // Not persistent: nothing that was on the screen is left in a cache, a cookie or a storage on the disk.
  const ours = session.fromPartition("isochart");
  if (!ours.protocol.isProtocolHandled("app")) lockSession(ours, options);
  Menu.setApplicationMenu(null);
  const window = new BrowserWindow({
    title: "Isochart",
    width: 1440,
    height: 900,
    minWidth: 800,
    minHeight: 560,
    show: false,
    webPreferences: {
      preload: options.preload,
      session: ours,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      // The spelling checker would fetch its word lists from the internet.
      spellcheck: false,
    },
  });
  // The title stands in task bars and in screen sharing: it never names a patient.
  window.on("page-title-updated", (event) => event.preventDefault());
  window.webContents.setWindowOpenHandler(() => ({ action: "deny" }));
  window.webContents.on("will-navigate", (event) => event.preventDefault());
  window.webContents.on("will-redirect", (event) => event.preventDefault());
  window.webContents.on("will-attach-webview", (event) => event.preventDefault());
  window.once("ready-to-show", () => window.show());
  await window.loadURL(options.developmentUrl ?? pageAddress);
  return window;
}

function lockSession(ours: Session, options: WindowOptions): void {
  ours.protocol.handle("app", (request) => answerPageRequest(options.page, request));
  ours.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  ours.setPermissionCheckHandler(() => false);
  ours.setDevicePermissionHandler(() => false);
  ours.webRequest.onBeforeRequest((details, answer) =>
    answer({ cancel: !mayBeRequested(details.url, options.developmentUrl) }),
  );
}

/** The page never reaches the network: only what is inside the program, or the development server. */
function mayBeRequested(address: string, developmentUrl: string | undefined): boolean {
  const url = URL.parse(address);
  if (url === null) return false;
  if (["app:", "blob:", "data:", "devtools:"].includes(url.protocol)) return true;
  return developmentUrl !== undefined && url.host === new URL(developmentUrl).host;
}
