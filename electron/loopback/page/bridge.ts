import { decode, encode } from "./wire.ts";

/**
 * The browser's side of the stand-in: runs the program's own built preload script against doubles of Electron's
 * `contextBridge` and `ipcRenderer`, before the page's own script starts.
 */

type Listener = (event: object, ...values: unknown[]) => void;
type Message =
  | { kind: "send"; channel: string; values: unknown[] }
  | { kind: "ask"; id: string; how: "prompt" | "confirm" | "alert"; text: string; proposed: string }
  | { kind: "download"; address: string; name: string }
  | { kind: "open"; address: string }
  | { kind: "print" }
  | { kind: "reload" };

const client = crypto.randomUUID();
const listeners = new Map<string, Set<Listener>>();

async function post(path: string, value: unknown): Promise<unknown> {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json", "x-isochart-client": client },
    body: encode(value),
  });
  if (!answer.ok) throw new Error(`The program does not answer (${answer.status}).`);
  return decode(await answer.text());
}

const ipcRenderer = {
  async invoke(channel: string, ...values: unknown[]): Promise<unknown> {
    await connected;
    const answer = (await post("/__loopback/invoke", { channel, values })) as
      | { ok: true; value: unknown }
      | { ok: false; message: string };
    if (answer.ok) return answer.value;
    throw new Error(`Error invoking remote method '${channel}': ${answer.message}`);
  },
  on(channel: string, listener: Listener): void {
    const heard = listeners.get(channel) ?? new Set<Listener>();
    listeners.set(channel, heard.add(listener));
  },
  removeListener(channel: string, listener: Listener): void {
    listeners.get(channel)?.delete(listener);
  },
};

const contextBridge = {
  exposeInMainWorld(name: string, value: object): void {
    Object.defineProperty(window, name, { value: Object.freeze(value), enumerable: true });
  },
};

function obey(message: Message): void {
  switch (message.kind) {
    case "send":
      for (const listener of listeners.get(message.channel) ?? []) listener({}, ...message.values);
      return;
    case "ask":
      void post("/__loopback/answer", { id: message.id, value: answerOf(message) });
      return;
    case "download": {
      const link = document.createElement("a");
      link.href = message.address;
      link.download = message.name;
      link.click();
      return;
    }
    case "open":
      window.open(message.address, "_blank", "noopener,noreferrer");
      return;
    case "print":
      window.print();
      return;
    case "reload":
      location.reload();
  }
}

function answerOf(question: Extract<Message, { kind: "ask" }>): unknown {
  if (question.how === "prompt") return window.prompt(question.text, question.proposed);
  if (question.how === "confirm") return window.confirm(question.text);
  window.alert(question.text);
  return true;
}

// The first call waits for this, so that a dialog the call opens finds the tab that asked.
const connected = new Promise<void>((resolve) => {
  const events = new EventSource(`/__loopback/events?client=${client}`);
  let first: string | undefined;
  events.addEventListener("program", (event) => {
    const program = String(event.data);
    first ??= program;
    // The program was started again, as `npm run dev` does after a change.
    if (program !== first) location.reload();
    resolve();
  });
  events.addEventListener("message", (event) => obey(decode(String(event.data)) as Message));
  window.addEventListener("pagehide", () => events.close());
});

const preload = (window as unknown as { __preload?: (require: (name: string) => unknown) => void }).__preload;
preload?.((name) => {
  if (name === "electron") return { contextBridge, ipcRenderer };
  throw new Error(`A sandboxed preload script cannot load ${name}.`);
});
