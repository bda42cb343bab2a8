import { AsyncLocalStorage } from "node:async_hooks";
import { createHash, randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { stripTypeScriptTypes } from "node:module";
import { basename, join } from "node:path";
import { decode, encode } from "./page/wire.ts";

/** What the program must answer for, so that its page can live in a browser. */
export type Program = {
  /** The page's files, from the program's own protocol handler. */
  respond(request: Request): Promise<Response>;
  /** The host and scheme the page believes it is at. */
  origin: string;
  /** One call across the bridge. */
  invoke(channel: string, values: unknown[]): Promise<unknown>;
  /** The text of the built preload script. */
  preload(): Promise<string>;
};

/** A question that only the person at the browser can answer. */
export type Question = { how: "prompt" | "confirm" | "alert"; text: string; proposed: string };

type Message =
  | { kind: "send"; channel: string; values: unknown[] }
  | { kind: "download"; address: string; name: string }
  | { kind: "open"; address: string }
  | { kind: "print" }
  | { kind: "reload" }
  | ({ kind: "ask"; id: string } & Question);

/** The running server. */
export type LoopbackServer = {
  /** The address to open, with its token. */
  address: string;
  origin: string;
  /** Tells every open tab, or only the one whose call is being answered. */
  send(message: Message, to: "all" | "asker"): void;
  /** Asks the tab whose call is being answered. Undefined when there is no such tab any more. */
  ask(question: Question): Promise<unknown>;
  /** Lets the asking tab download a file, once. The file is removed after that. */
  offer(path: string): void;
  /** Ends every connection and stops listening. */
  close(): Promise<void>;
};

const maximumBody = 128 * 1024 * 1024;
const pageFolder = join(import.meta.dirname, "page");
const asking = new AsyncLocalStorage<string>();

/**
 * Serves the program to a browser on this machine, and to nothing else.
 * The secret is random, but for `npm run dev`, whose address should outlive a change of the code.
 */
export async function serveLoopback(
  program: Program,
  port: number,
  secret: string = randomBytes(32).toString("base64url"),
): Promise<LoopbackServer> {
  const token = secret;
  // What the browser keeps is not what stood in the address.
  const pass = createHash("sha256").update(`cookie ${secret}`).digest("base64url");
  const run = randomUUID();
  const tabs = new Map<string, ServerResponse>();
  const questions = new Map<string, { tab: string; answer: (value: unknown) => void }>();
  const offers = new Map<string, string>();
  let origin = "";
  let host = "";
  let cookie = "";

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      console.error("The browser could not be answered:", error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A foreign name that resolves to this machine (DNS rebinding) shows in the Host header.
    if (request.headers.host !== host) return refuse(response, 421, "Wrong host.");
    const url = URL.parse(request.url ?? "/", origin);
    if (url === null || url.origin !== origin) return refuse(response, 400, "Wrong address.");
    const given = url.searchParams.get("token");
    if (request.method === "GET" && url.pathname === "/" && given !== null) {
      if (!isSame(given, token)) return refuse(response, 401, "Wrong token.");
      // Sent on without the token, so that it stays out of the history and of pictures of the screen.
      response.writeHead(303, {
        location: "/",
        "set-cookie": `${cookie}=${pass}; HttpOnly; SameSite=Strict; Path=/`,
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
      });
      response.end();
      return;
    }
    if (!isSame(cookieOf(request, cookie), pass)) {
      return refuse(response, 401, "Open the address that Isochart printed when it started.");
    }
    if (request.method === "POST") {
      if (request.headers.origin !== origin) return refuse(response, 403, "Wrong origin.");
      if (request.headers["content-type"] !== "application/json")
        return refuse(response, 415, "Wrong content type.");
      if (url.pathname === "/__loopback/invoke") return invoke(request, response);
      if (url.pathname === "/__loopback/answer") return takeAnswer(request, response);
      return refuse(response, 404, "Not found.");
    }
    if (request.method !== "GET") return refuse(response, 405, "Wrong method.");
    // Browsers ask for a picture for the tab by themselves; the program has none to give.
    if (url.pathname === "/favicon.ico") return refuse(response, 204, "");
    if (url.pathname === "/__loopback/events") return openTab(url, request, response);
    if (url.pathname === "/__loopback/preload.js") return sendPreload(response);
    if (url.pathname === "/__loopback/bridge.ts" || url.pathname === "/__loopback/wire.ts") {
      return sendScript(response, stripTypeScriptTypes(await pageScript(basename(url.pathname))));
    }
    if (url.pathname.startsWith("/__loopback/file/")) return sendOffer(url.pathname, response);
    return sendPage(request, response);
  }

  async function invoke(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = decode(await bodyOf(request)) as { channel: string; values: unknown[] };
    const tab = String(request.headers["x-isochart-client"] ?? "");
    const answer = await asking.run(tab, () =>
      program.invoke(call.channel, call.values).then(
        (value) => encode({ ok: true, value }),
        (error: unknown) => encode({ ok: false, message: String(error) }),
      ),
    );
    response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" });
    response.end(answer);
  }

  async function takeAnswer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const given = decode(await bodyOf(request)) as { id: string; value: unknown };
    questions.get(given.id)?.answer(given.value);
    questions.delete(given.id);
    response.writeHead(200, { "content-type": "application/json" });
    response.end(encode(true));
  }

  function openTab(url: URL, request: IncomingMessage, response: ServerResponse): void {
    const tab = url.searchParams.get("client") ?? "";
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write(`event: program\ndata: ${run}\n\n`);
    tabs.set(tab, response);
    request.once("close", () => {
      if (tabs.get(tab) === response) tabs.delete(tab);
      for (const [id, question] of questions) {
        if (question.tab !== tab) continue;
        question.answer(undefined);
        questions.delete(id);
      }
    });
  }

  async function sendPreload(response: ServerResponse): Promise<void> {
    sendScript(response, `window.__preload = (require) => {\n${await program.preload()}\n};`);
  }

  async function sendOffer(path: string, response: ServerResponse): Promise<void> {
    const file = offers.get(path);
    offers.delete(path);
    if (file === undefined) return refuse(response, 404, "This file was already fetched.");
    const bytes = await readFile(file);
    await rm(file, { force: true });
    response.writeHead(200, {
      "content-type": "application/octet-stream",
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(basename(file))}`,
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    response.end(bytes);
  }

  async function sendPage(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // The path goes on exactly as it came, so that what refuses a bad one is the program's own handler.
    const answer = await program.respond(new Request(program.origin + (request.url ?? "/")));
    const headers = Object.fromEntries(answer.headers);
    let body = Buffer.from(await answer.arrayBuffer());
    if (headers["content-type"]?.startsWith("text/html") && answer.ok) {
      const scripts =
        '<script src="/__loopback/preload.js"></script><script type="module" src="/__loopback/bridge.ts"></script>';
      body = Buffer.from(body.toString("utf8").replace("<head>", `<head>${scripts}`));
    }
    delete headers["content-length"];
    delete headers["content-encoding"];
    delete headers["transfer-encoding"];
    response.writeHead(answer.status, headers);
    response.end(body);
  }

  function tabThatAsks(): string | undefined {
    const tab = asking.getStore();
    if (tab !== undefined && tabs.has(tab)) return tab;
    return [...tabs.keys()].at(-1);
  }

  function tell(tab: string, message: Message): void {
    tabs.get(tab)?.write(`data: ${encode(message)}\n\n`);
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("No port was bound.");
  host = `127.0.0.1:${bound.port}`;
  origin = `http://${host}`;
  // Cookies do not tell ports apart: without the number, two programs would log each other out.
  cookie = `isochart-${bound.port}`;

  return {
    origin,
    address: `${origin}/?token=${token}`,
    send(message, to) {
      if (to === "all") for (const tab of tabs.keys()) tell(tab, message);
      else {
        const tab = tabThatAsks();
        if (tab !== undefined) tell(tab, message);
      }
    },
    ask(question) {
      const tab = tabThatAsks();
      if (tab === undefined) return Promise.resolve(undefined);
      const id = randomUUID();
      return new Promise((resolve) => {
        questions.set(id, { tab, answer: resolve });
        tell(tab, { kind: "ask", id, ...question });
      });
    },
    offer(path) {
      const tab = tabThatAsks();
      if (tab === undefined) return;
      const address = `/__loopback/file/${randomBytes(24).toString("base64url")}`;
      offers.set(address, path);
      tell(tab, { kind: "download", address, name: basename(path) });
    },
    async close() {
      for (const question of questions.values()) question.answer(undefined);
      questions.clear();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

function isSame(given: string | undefined, expected: string): boolean {
  // Hashed first, because the comparison needs equal lengths and must not tell the length either.
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given ?? ""), digest(expected));
}

function cookieOf(request: IncomingMessage, name: string): string | undefined {
  for (const part of (request.headers.cookie ?? "").split(";")) {
    const [key, value] = part.trim().split("=", 2);
    if (key === name) return value;
  }
  return undefined;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > maximumBody) throw new Error("The call is too large.");
    parts.push(part);
  }
  return Buffer.concat(parts).toString("utf8");
}

function pageScript(name: string): Promise<string> {
  return readFile(join(pageFolder, name), "utf8");
}

function sendScript(response: ServerResponse, text: string): void {
  response.writeHead(200, {
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(text);
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "content-security-policy": "default-src 'none'",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
  });
  response.end(sentence);
}
