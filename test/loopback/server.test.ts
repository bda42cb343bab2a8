import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { decode, encode } from "#electron/loopback/page/wire.ts";
import { type LoopbackServer, type Program, serveLoopback } from "#electron/loopback/server.ts";
import { answerPageRequest, contentSecurityPolicy } from "#electron/window.ts";

let server: LoopbackServer;
let cookie: string;
const calls: unknown[][] = [];

const program: Program = {
  origin: "app://isochart",
  respond: (asked) => answerPageRequest("renderer", asked),
  invoke: async (channel, values) => {
    calls.push([channel, ...values]);
    if (channel === "ask") return server.ask({ how: "prompt", text: "Which file?", proposed: "" });
    if (channel === "offer") server.offer(String(values[0]));
    if (channel === "fail") throw new Error("no");
    return values.at(-1);
  },
  preload: async () => "require('electron')",
};

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string };

/** A request as somebody with bad intentions would make it: fetch would tidy up the path and the headers. */
function ask(path: string, headers: Record<string, string> = {}, body?: string): Promise<Answer> {
  const { hostname, port } = new URL(server.origin);
  return new Promise((resolve, reject) => {
    const sent = request(
      { hostname, port, path, headers, agent: false, method: body === undefined ? "GET" : "POST" },
      (answer) => {
        let text = "";
        answer.on("data", (part: Buffer) => (text += part.toString()));
        answer.on("end", () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }),
        );
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

function post(body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  return ask(
    "/__loopback/invoke",
    { cookie, origin: server.origin, "content-type": "application/json", ...headers },
    encode(body),
  );
}

beforeEach(async () => {
  calls.length = 0;
  server = await serveLoopback(program, 0);
  const { pathname, search } = new URL(server.address);
  const first = await ask(pathname + search);
  cookie = String(first.headers["set-cookie"]?.[0]).split(";")[0] ?? "";
});

afterEach(() => server.close());

test("listens on this machine only, and leaves nothing open", async () => {
  expect(new URL(server.origin).hostname).toBe("127.0.0.1");
  await server.close();
  await expect(ask("/")).rejects.toThrow("ECONNREFUSED");
  server = await serveLoopback(program, 0);
});

test("takes the token once per browser and sends it out of the address", async () => {
  const { pathname, search } = new URL(server.address);
  const answer = await ask(pathname + search);
  expect(answer.status).toBe(303);
  expect(answer.headers["location"]).toBe("/");
  expect(String(answer.headers["set-cookie"])).toMatch(/HttpOnly; SameSite=Strict; Path=\//);
});

test.each([
  ["no token", "/"],
  ["a wrong token", "/?token=wrong"],
  ["an empty token", "/?token="],
  ["a file without the cookie", "/index.html"],
  ["the events without the cookie", "/__loopback/events?client=x"],
])("refuses %s", async (_, path) => {
  expect((await ask(path)).status).toBe(401);
});

test("refuses another server's cookie", async () => {
  const other = await serveLoopback(program, 0);
  const theirs = cookie.replace(/^isochart-\d+/, `isochart-${new URL(server.origin).port}0`);
  expect((await ask("/index.html", { cookie: theirs })).status).toBe(401);
  await other.close();
});

test.each(["evil.example", "localhost", "127.0.0.1", "127.0.0.1:1"])("refuses the host %s", async (host) => {
  expect((await ask("/index.html", { cookie, host })).status).toBe(421);
});

test.each(["https://evil.example", "null", "http://127.0.0.1:1"])(
  "refuses a call from %s",
  async (origin) => {
    expect((await post({ channel: "c", values: [] }, { origin })).status).toBe(403);
    expect(calls).toEqual([]);
  },
);

test("refuses a call that a form on another page could send", async () => {
  expect((await post({ channel: "c", values: [] }, { "content-type": "text/plain" })).status).toBe(415);
  expect(calls).toEqual([]);
});

test.each([
  "/../package.json",
  "/..%2fpackage.json",
  "/%2e%2e/package.json",
  "/..%5cpackage.json",
  "/assets/..%2f..%2fpackage.json",
  "/%00",
  "//etc/passwd",
])("does not leave the folder of the page for %s", async (path) => {
  const answer = await ask(path, { cookie });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.body).not.toContain("isochart");
});

test("serves the page with the content security policy and the bridge before its own script", async () => {
  const answer = await ask("/", { cookie });
  expect(answer.status).toBe(200);
  expect(answer.headers["content-security-policy"]).toBe(contentSecurityPolicy);
  expect(answer.body.indexOf("bridge.ts")).toBeGreaterThan(0);
  expect(answer.body.indexOf("bridge.ts")).toBeLessThan(answer.body.lastIndexOf("<script"));
});

test("carries bytes, undefined and odd numbers both ways", async () => {
  const value = {
    bytes: new Uint8Array([0, 128, 255]),
    nothing: undefined,
    numbers: [1.5, -0.25, Number.NaN],
    text: "Nguyễn \u2028",
    $bytes: "a key of that name",
  };
  const answer = decode((await post({ channel: "c", values: [value] })).body);
  expect(answer).toEqual({ ok: true, value });
  expect(calls).toEqual([["c", value]]);
});

type Tab = { next(): Promise<Record<string, unknown>>; close(): void };

/** A tab of a browser, listening. */
async function openTab(client: string): Promise<Tab> {
  const answer = await fetch(`${server.origin}/__loopback/events?client=${client}`, { headers: { cookie } });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  await reader?.read(); // Which run of the program this is.
  return {
    next: async () => {
      const { value } = (await reader?.read()) ?? {};
      return decode((value ?? "").replace(/^data: /, "")) as Record<string, unknown>;
    },
    close: () => void reader?.cancel(),
  };
}

test("a question goes to the tab whose call asks it, and its answer comes back", async () => {
  const first = await openTab("first");
  const second = await openTab("second");
  const call = post({ channel: "ask", values: [] }, { "x-isochart-client": "first" });
  const question = await first.next();
  expect(question).toMatchObject({ kind: "ask", how: "prompt", text: "Which file?" });
  await ask(
    "/__loopback/answer",
    { cookie, origin: server.origin, "content-type": "application/json" },
    encode({ id: question["id"], value: "/a/b.csv" }),
  );
  expect(decode((await call).body)).toEqual({ ok: true, value: "/a/b.csv" });
  first.close();
  second.close();
});

test("a question ends unanswered when its tab is closed", async () => {
  const tab = await openTab("only");
  const call = post({ channel: "ask", values: [] }, { "x-isochart-client": "only" });
  await tab.next();
  tab.close();
  expect(decode((await call).body)).toEqual({ ok: true, value: undefined });
});

test("a saved file is fetched once, by a browser with the cookie, and then is gone", async () => {
  const folder = await mkdtemp(join(tmpdir(), "isochart-test-"));
  const file = join(folder, "Übersicht.pdf");
  await writeFile(file, "%PDF");
  const tab = await openTab("only");
  await post({ channel: "offer", values: [file] }, { "x-isochart-client": "only" });
  const { address, name } = await tab.next();
  expect(name).toBe("Übersicht.pdf");
  expect((await ask(String(address))).status).toBe(401);
  const got = await ask(String(address), { cookie });
  expect(got.body).toBe("%PDF");
  expect(got.headers["content-disposition"]).toContain("attachment");
  expect(existsSync(file)).toBe(false);
  expect((await ask(String(address), { cookie })).status).toBe(404);
  tab.close();
  await rm(folder, { recursive: true });
});

test("a call that throws is told as Electron tells it", async () => {
  expect(decode((await post({ channel: "fail", values: [] })).body)).toEqual({
    ok: false,
    message: "Error: no",
  });
});

test("refuses what the contract does not carry", () => {
  expect(() => encode({ when: new Date(0) })).toThrow("could not be cloned");
  expect(() => encode({ call: () => 1 })).toThrow("could not be cloned");
});
