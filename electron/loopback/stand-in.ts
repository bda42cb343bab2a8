import { EventEmitter } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { mkdir, mkdtemp, readFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { basename, join, resolve, sep } from "node:path";
import { type LoopbackServer, serveLoopback } from "./server.ts";

/**
 * The stand-in for the module `electron`: the same names, as far as this program uses them, with a browser on this
 * machine in the place of the window. The main, preload and page bundles run on it unmodified.
 * What it cannot stand for: the real sandbox, native dialogs and menus, printing, the system's key chain, fuses.
 */

type Handler = (event: InvokeEvent, ...values: unknown[]) => unknown;
type PageHandler = (request: Request) => Response | Promise<Response>;
type InvokeEvent = { senderFrame: { url: string; origin: string; parent: null }; sender: WebContents };

const project = resolve(import.meta.dirname, "..", "..");
let server: LoopbackServer | undefined;
let outgoing: string | undefined;
let quitting = false;

/** An event whose default can be prevented, as Electron gives to its listeners. */
class Preventable {
  defaultPrevented = false;
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

function emitPreventable(from: EventEmitter, name: string): boolean {
  const event = new Preventable();
  from.emit(name, event);
  return !event.defaultPrevented;
}

class App extends EventEmitter {
  readonly isPackaged = false;
  readonly commandLine = { appendSwitch: () => {}, appendArgument: () => {}, hasSwitch: () => false };
  name = "Isochart";
  #paths = new Map<string, string>();

  whenReady(): Promise<void> {
    return Promise.resolve();
  }
  isReady(): boolean {
    return true;
  }
  /** Each server is a program of its own: it is the record, not the program, that may be open only once. */
  requestSingleInstanceLock(): boolean {
    return true;
  }
  hasSingleInstanceLock(): boolean {
    return true;
  }
  releaseSingleInstanceLock(): void {}
  enableSandbox(): void {}
  setAppUserModelId(): void {}
  setName(name: string): void {
    this.name = name;
  }
  getName(): string {
    return this.name;
  }
  getVersion(): string {
    const read = JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as { version: string };
    return read.version;
  }
  getLocale(): string {
    return Intl.DateTimeFormat().resolvedOptions().locale;
  }
  getSystemLocale(): string {
    return this.getLocale();
  }
  getAppPath(): string {
    return project;
  }
  setPath(name: string, path: string): void {
    this.#paths.set(name, path);
  }
  getPath(name: string): string {
    const set = this.#paths.get(name);
    if (set !== undefined) return set;
    const home = homedir();
    switch (name) {
      case "home":
        return home;
      case "temp":
        return tmpdir();
      case "appData":
        if (process.platform === "win32") return process.env["APPDATA"] ?? join(home, "AppData", "Roaming");
        if (process.platform === "darwin") return join(home, "Library", "Application Support");
        return process.env["XDG_CONFIG_HOME"] ?? join(home, ".config");
      case "userData":
      case "sessionData":
        return join(this.getPath("appData"), this.name);
      case "logs":
        return join(this.getPath("userData"), "logs");
      case "documents":
        return join(home, "Documents");
      case "downloads":
        return join(home, "Downloads");
      case "desktop":
        return join(home, "Desktop");
      default:
        throw new Error(`Failed to get '${name}' path`);
    }
  }
  /** Ends the program as Electron does: it may be held by `before-quit`, by a window's `close`, or by `will-quit`. */
  quit(): void {
    if (quitting) return;
    if (!emitPreventable(this, "before-quit")) return;
    for (const window of BrowserWindow.getAllWindows()) if (!window.tryClose()) return;
    if (!emitPreventable(this, "will-quit")) return;
    this.exit(0);
  }
  exit(code = 0): void {
    if (quitting) return;
    quitting = true;
    this.emit("quit", new Preventable(), code);
    void closeLoopback().then(() => process.exit(code));
  }
  relaunch(): void {}
}

class WebContents extends EventEmitter {
  readonly id = 1;
  readonly session: Session;
  readonly mainFrame: { url: string; origin: string; parent: null };
  zoomFactor = 1;
  windowOpenHandler: ((details: { url: string }) => { action: "allow" | "deny" }) | undefined;

  constructor(from: Session) {
    super();
    this.session = from;
    this.mainFrame = { url: "", origin: "", parent: null };
  }
  send(channel: string, ...values: unknown[]): void {
    server?.send({ kind: "send", channel, values }, "all");
  }
  setWindowOpenHandler(handler: (details: { url: string }) => { action: "allow" | "deny" }): void {
    this.windowOpenHandler = handler;
  }
  print(_options?: object, done?: (success: boolean, reason: string) => void): void {
    server?.send({ kind: "print" }, "asker");
    done?.(true, "");
  }
  reload(): void {
    server?.send({ kind: "reload" }, "all");
  }
  getURL(): string {
    return this.mainFrame.url;
  }
  isDestroyed(): boolean {
    return quitting;
  }
  setZoomFactor(factor: number): void {
    this.zoomFactor = factor;
  }
  getZoomFactor(): number {
    return this.zoomFactor;
  }
  openDevTools(): void {}
  isDevToolsOpened(): boolean {
    return false;
  }
}

/** What a test may want to see of the options a window was made with. */
export type WindowOptions = {
  title?: string;
  webPreferences?: { preload?: string; session?: Session; [name: string]: unknown };
  [name: string]: unknown;
};

class BrowserWindow extends EventEmitter {
  static #all: BrowserWindow[] = [];
  readonly options: WindowOptions;
  readonly webContents: WebContents;
  readonly id: number;
  #visible = false;
  #destroyed = false;

  constructor(options: WindowOptions = {}) {
    super();
    this.options = options;
    this.webContents = new WebContents(options.webPreferences?.session ?? session.defaultSession);
    this.id = BrowserWindow.#all.push(this);
  }
  static getAllWindows(): BrowserWindow[] {
    return BrowserWindow.#all.filter((window) => !window.#destroyed);
  }
  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.getAllWindows()[0] ?? null;
  }
  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return BrowserWindow.#all.find((window) => window.webContents === contents) ?? null;
  }
  /** Serves the address to the browser, and prints the one line that says where. */
  async loadURL(address: string): Promise<void> {
    const at = new URL(address);
    this.webContents.mainFrame.url = address;
    this.webContents.mainFrame.origin = `${at.protocol}//${at.host}`;
    if (server !== undefined) return;
    const origin = `${at.protocol}//${at.host}`;
    server = await serveLoopback(
      {
        origin,
        respond: (request) => respondTo(request, this.webContents.session),
        invoke: (channel, values) => invoke(channel, values, this.webContents),
        preload: () => readFile(this.options.webPreferences?.preload ?? "", "utf8"),
      },
      portAsked(),
      process.env["ISOCHART_DEV_SECRET"],
    );
    process.stdout.write(`Isochart is at ${server.address}\n`);
    this.emit("ready-to-show");
    this.webContents.emit("did-finish-load");
  }
  show(): void {
    this.#visible = true;
  }
  hide(): void {
    this.#visible = false;
  }
  focus(): void {}
  maximize(): void {}
  restore(): void {}
  isMinimized(): boolean {
    return false;
  }
  isVisible(): boolean {
    return this.#visible;
  }
  isDestroyed(): boolean {
    return this.#destroyed;
  }
  getTitle(): string {
    return this.options.title ?? "";
  }
  setTitle(): void {}
  removeMenu(): void {}
  setMenuBarVisibility(): void {}
  setContentProtection(): void {}
  tryClose(): boolean {
    if (this.#destroyed) return true;
    if (!emitPreventable(this, "close")) return false;
    this.destroy();
    return true;
  }
  close(): void {
    if (this.tryClose() && BrowserWindow.getAllWindows().length === 0) app.emit("window-all-closed");
  }
  destroy(): void {
    this.#destroyed = true;
    this.emit("closed");
  }
}

class IpcMain extends EventEmitter {
  readonly handlers = new Map<string, Handler>();
  handle(channel: string, handler: Handler): void {
    if (this.handlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    this.handlers.set(channel, handler);
  }
  removeHandler(channel: string): void {
    this.handlers.delete(channel);
  }
}

class Protocol {
  readonly handlers = new Map<string, PageHandler>();
  readonly privileged: { scheme: string; privileges?: object }[] = [];
  registerSchemesAsPrivileged(schemes: { scheme: string; privileges?: object }[]): void {
    this.privileged.push(...schemes);
  }
  handle(scheme: string, handler: PageHandler): void {
    this.handlers.set(scheme, handler);
  }
  unhandle(scheme: string): void {
    this.handlers.delete(scheme);
  }
  isProtocolHandled(scheme: string): boolean {
    return this.handlers.has(scheme);
  }
}

type RequestFilter = (details: { url: string }, answer: (decision: { cancel?: boolean }) => void) => void;
type PermissionHandler = (contents: unknown, permission: string, answer: (allow: boolean) => void) => void;

class Session extends EventEmitter {
  readonly protocol: Protocol;
  permissionRequest: PermissionHandler | undefined;
  permissionCheck: ((contents: unknown, permission: string) => boolean) | undefined;
  beforeRequest: RequestFilter | undefined;
  readonly webRequest = {
    onBeforeRequest: (filter: RequestFilter) => {
      this.beforeRequest = filter;
    },
    onHeadersReceived: () => {},
  };
  constructor(pages = new Protocol()) {
    super();
    this.protocol = pages;
  }
  setPermissionRequestHandler(handler: PermissionHandler): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: (contents: unknown, permission: string) => boolean): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(): void {}
  setSpellCheckerEnabled(): void {}
  clearStorageData(): Promise<void> {
    return Promise.resolve();
  }
  clearCache(): Promise<void> {
    return Promise.resolve();
  }
}

async function respondTo(request: Request, from: Session): Promise<Response> {
  const scheme = new URL(request.url).protocol.slice(0, -1);
  // A development server answers for itself.
  if (scheme === "http") return fetch(request.url);
  const handler = from.protocol.handlers.get(scheme) ?? protocol.handlers.get(scheme);
  return handler === undefined ? new Response("", { status: 404 }) : handler(request);
}

function invoke(channel: string, values: unknown[], sender: WebContents): Promise<unknown> {
  const handler = ipcMain.handlers.get(channel);
  if (handler === undefined) return Promise.reject(new Error(`No handler registered for '${channel}'`));
  return Promise.resolve(handler({ sender, senderFrame: sender.mainFrame }, ...values));
}

function portAsked(): number {
  const at = process.argv.indexOf("--port");
  return at === -1 ? 0 : Number(process.argv[at + 1] ?? 0);
}

type SaveOptions = { defaultPath?: string };
type OpenOptions = { title?: string; message?: string; defaultPath?: string; properties?: string[] };
type BoxOptions = {
  message: string;
  detail?: string;
  buttons?: string[];
  defaultId?: number;
  cancelId?: number;
};

/** Dialogs may be given a window first; here there is only one. */
function optionsOf(given: unknown[]): unknown {
  return given.at(-1);
}

const dialog = {
  /** Always "saves" into a private folder; `shell.showItemInFolder` then lets the browser fetch the file. */
  async showSaveDialog(...given: unknown[]): Promise<{ canceled: boolean; filePath: string }> {
    const { defaultPath } = optionsOf(given) as SaveOptions;
    outgoing ??= mkdtempSync(join(tmpdir(), "isochart-"));
    const folder = await mkdtemp(join(outgoing, "save-"));
    await mkdir(folder, { recursive: true });
    return { canceled: false, filePath: join(folder, basename(defaultPath ?? "isochart")) };
  },
  async showOpenDialog(...given: unknown[]): Promise<{ canceled: boolean; filePaths: string[] }> {
    const options = optionsOf(given) as OpenOptions;
    const what = options.properties?.includes("openDirectory") ? "folder" : "file";
    const text = `${options.message ?? options.title ?? `Choose a ${what}`}\n\nThe full path of the ${what} on this computer:`;
    const answer = await server?.ask({ how: "prompt", text, proposed: options.defaultPath ?? "" });
    if (typeof answer !== "string" || answer.trim() === "") return { canceled: true, filePaths: [] };
    return { canceled: false, filePaths: [answer.trim()] };
  },
  async showMessageBox(...given: unknown[]): Promise<{ response: number; checkboxChecked: boolean }> {
    const options = optionsOf(given) as BoxOptions;
    const buttons = options.buttons ?? ["OK"];
    const cancel = options.cancelId ?? buttons.length - 1;
    const first = options.defaultId ?? buttons.findIndex((_, index) => index !== cancel);
    const question = [options.message, options.detail].filter(Boolean).join("\n\n");
    if (buttons.length < 2) {
      await server?.ask({ how: "alert", text: question, proposed: "" });
      return { response: 0, checkboxChecked: false };
    }
    const text = `${question}\n\nOK: ${buttons[first] ?? "OK"}. Cancel: ${buttons[cancel] ?? "Cancel"}.`;
    const yes = await server?.ask({ how: "confirm", text, proposed: "" });
    return { response: yes === true ? first : cancel, checkboxChecked: false };
  },
  showErrorBox(title: string, content: string): void {
    console.error(`${title}: ${content}`);
    void server?.ask({ how: "alert", text: `${title}\n\n${content}`, proposed: "" });
  },
};

function isOutgoing(path: string): boolean {
  return outgoing !== undefined && resolve(path).startsWith(outgoing + sep);
}

const shell = {
  showItemInFolder(path: string): void {
    if (isOutgoing(path)) server?.offer(resolve(path));
  },
  openPath(path: string): Promise<string> {
    if (!isOutgoing(path)) return Promise.resolve("Only files that were just saved can be opened here.");
    server?.offer(resolve(path));
    return Promise.resolve("");
  },
  openExternal(address: string): Promise<void> {
    server?.send({ kind: "open", address }, "asker");
    return Promise.resolve();
  },
  beep(): void {},
};

class Menu {
  static #application: Menu | null = null;
  readonly template: unknown[];
  constructor(template: unknown[] = []) {
    this.template = template;
  }
  static buildFromTemplate(template: unknown[]): Menu {
    return new Menu(template);
  }
  static setApplicationMenu(menu: Menu | null): void {
    Menu.#application = menu;
  }
  static getApplicationMenu(): Menu | null {
    return Menu.#application;
  }
  popup(): void {}
}

/** The system's key chain cannot be reached from here, and says so. */
const safeStorage = {
  isEncryptionAvailable: () => false,
  encryptString(): never {
    throw new Error("There is no key chain here.");
  },
  decryptString(): never {
    throw new Error("There is no key chain here.");
  },
};

class NativeTheme extends EventEmitter {
  themeSource = "system";
  readonly shouldUseDarkColors = false;
}

class PowerMonitor extends EventEmitter {
  getSystemIdleTime(): number {
    return 0;
  }
}

/** The preload's own doubles, for tests in Node: what it exposes, and its calls straight to `ipcMain`. */
const exposed = new Map<string, unknown>();
const contextBridge = {
  exposed,
  exposeInMainWorld(name: string, value: unknown): void {
    exposed.set(name, value);
  },
};
const ipcRenderer = {
  invoke(channel: string, ...values: unknown[]): Promise<unknown> {
    const [window] = BrowserWindow.getAllWindows();
    return window === undefined
      ? Promise.reject(new Error("There is no window."))
      : invoke(channel, values, window.webContents);
  },
  on(): void {},
  removeListener(): void {},
};

/** Ends the server and removes what was saved but never fetched. Leaves nothing open. */
export async function closeLoopback(): Promise<void> {
  await server?.close();
  server = undefined;
  if (outgoing !== undefined) rmSync(outgoing, { recursive: true, force: true });
  outgoing = undefined;
}

/** Where the program is served, for tests. */
export function loopbackAddress(): string | undefined {
  return server?.address;
}

const app = new App();
const ipcMain = new IpcMain();
const protocol = new Protocol();
const partitions = new Map<string, Session>();
const session = {
  defaultSession: new Session(protocol),
  fromPartition(name: string): Session {
    const found = partitions.get(name) ?? new Session();
    partitions.set(name, found);
    return found;
  },
};
const nativeTheme = new NativeTheme();
const powerMonitor = new PowerMonitor();

export {
  app,
  BrowserWindow,
  contextBridge,
  dialog,
  ipcMain,
  ipcRenderer,
  Menu,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  session,
  shell,
};
