import { EventEmitter } from "node:events";
import { beforeAll, expect, test } from "vitest";
import * as electron from "#electron/loopback/stand-in.ts";
import {
  answerPageRequest,
  contentSecurityPolicy,
  isFromOurPage,
  openWindow,
  pageAddress,
} from "#electron/window.ts";

type StandInWindow = InstanceType<typeof electron.BrowserWindow>;
let window: StandInWindow;

beforeAll(async () => {
  window = (await openWindow({ preload: "preload.cjs", page: "renderer" })) as unknown as StandInWindow;
  return electron.closeLoopback;
});

function prevented(from: EventEmitter, name: string): boolean {
  let stopped = false;
  from.emit(name, { preventDefault: () => (stopped = true) }, "https://example.com");
  return stopped;
}

test("the page runs in a sandbox, isolated, without Node", () => {
  expect(window.options.webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
    spellcheck: false,
  });
});

test.each(["will-navigate", "will-redirect", "will-attach-webview"])("%s is stopped", (name) => {
  expect(prevented(window.webContents, name)).toBe(true);
});

test("the page cannot rename the window", () => {
  expect(prevented(window, "page-title-updated")).toBe(true);
});

test("no window opens from the page", () => {
  expect(window.webContents.windowOpenHandler?.({ url: "https://example.com" })).toEqual({ action: "deny" });
});

test.each(["camera", "geolocation", "notifications", "clipboard-read"])("%s is denied", (permission) => {
  const { session } = window.webContents;
  let allowed: boolean | undefined;
  session.permissionRequest?.({}, permission, (answer) => (allowed = answer));
  expect(allowed).toBe(false);
  expect(session.permissionCheck?.({}, permission)).toBe(false);
});

test.each([
  ["app://isochart/index.html", false],
  ["blob:app://isochart/1", false],
  ["https://example.com/", true],
  ["http://127.0.0.1:5173/", true],
  ["file:///etc/passwd", true],
  ["ws://example.com/", true],
])("a request for %s is cancelled: %s", (url, cancelled) => {
  let decision: { cancel?: boolean } = {};
  window.webContents.session.beforeRequest?.({ url }, (answer) => (decision = answer));
  expect(decision.cancel).toBe(cancelled);
});

test("the policy has no way to run text as a script, or to reach another place", () => {
  expect(contentSecurityPolicy).toContain("default-src 'none'");
  expect(contentSecurityPolicy).toContain("script-src 'self';");
  expect(contentSecurityPolicy).not.toMatch(/unsafe-eval|https?:|\*/);
});

test.each([
  ["app://isochart/index.html", 200],
  ["app://isochart/", 200],
  ["app://other/index.html", 403],
  ["app://isochart/..%2fpackage.json", 403],
  ["app://isochart/assets%2f..%2f..%2fpackage.json", 403],
  ["app://isochart/%5c..%5cpackage.json", 400],
  ["app://isochart/%ff", 400],
  ["app://isochart/nothing.js", 404],
  ["app://isochart/tsconfig", 404],
])("%s is answered with %i", async (address, status) => {
  const answer = await answerPageRequest("renderer", new Request(address));
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-security-policy")).toBe(contentSecurityPolicy);
});

type Frame = Parameters<typeof isFromOurPage>[0]["senderFrame"];
const frame = (url: string, parent: object | null = null) => ({
  senderFrame: { url, parent } as unknown as Frame,
});

test("only our own page, in the top frame, is heard", () => {
  expect(isFromOurPage(frame(pageAddress))).toBe(true);
  expect(isFromOurPage(frame(`${pageAddress}#/patients/1`))).toBe(true);
  expect(isFromOurPage(frame(pageAddress, {}))).toBe(false);
  expect(isFromOurPage(frame("app://other/index.html"))).toBe(false);
  expect(isFromOurPage(frame("https://example.com/app://isochart/"))).toBe(false);
  expect(isFromOurPage(frame("about:blank"))).toBe(false);
  expect(isFromOurPage({ senderFrame: null })).toBe(false);
  expect(isFromOurPage(frame("http://127.0.0.1:5173/"))).toBe(false);
  expect(isFromOurPage(frame("http://127.0.0.1:5173/"), "http://127.0.0.1:5173")).toBe(true);
});
