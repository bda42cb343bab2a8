import { contextBridge, ipcRenderer } from "electron";

/** What the page can reach of the privileged side: this one function, for good. */
export type Bridge = {
  /** Calls a method of the contract. Resolves to the envelope; the renderer's `api.ts` gives it its types. */
  call(method: string, input: unknown): Promise<unknown>;
};

const bridge: Bridge = {
  call: (method, input) => ipcRenderer.invoke("isochart:call", method, input),
};

contextBridge.exposeInMainWorld("isochart", bridge);
