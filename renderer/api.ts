/**
 * The renderer's way to the privileged side: the only file that touches the bridge.
 *
 * - `call(method, input)`: one call, typed from the contract; never throws.
 * - `useApi(method, input)`: what a screen reads. `useCommand(method)`: what a screen does.
 * - `useSession()`: who sits in front of which record, kept live by the long poll `session.wait`.
 */
import { QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState, useSyncExternalStore } from "react";
import type { Method, InputOf, MethodsOf, OutputOf } from "#shared/contract.ts";
import type { Session } from "#shared/records/session.ts";
import type { Envelope, Refusal } from "#shared/refusal.ts";

type Bridge = { call(method: string, input: unknown): Promise<unknown> };

declare global {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be merged with the DOM's own.
  interface Window {
    readonly isochart?: Bridge;
  }
}

const SILENT: Refusal = {
  code: "bug",
  sentence: "The program does not answer. Nothing was saved; what you typed is still here.",
  fields: {},
};

/** Calls a method of the contract. Resolves to the envelope; never rejects. */
export async function call<M extends Method>(method: M, input: InputOf<M>): Promise<Envelope<OutputOf<M>>> {
  const bridge = window.isochart;
  if (!bridge) return { ok: false, refusal: SILENT };
  const answer = await bridge.call(method, input).catch(() => ({ ok: false, refusal: SILENT }));
  // The privileged side has parsed the output by the same contract.
  const envelope = answer as Envelope<OutputOf<M>>;
  if (!envelope.ok && envelope.refusal.code === "locked" && !method.startsWith("session.")) {
    void refreshSession();
  }
  return envelope;
}

/** One cache for the page's life. Answers are refusals or values, never thrown errors; there is no network to wait for. */
export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: false, networkMode: "always", staleTime: 2_000, refetchOnWindowFocus: true },
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

/** What `useApi` gives. `value` and `refusal` are undefined while the first answer is awaited. */
export type ApiAnswer<T> = {
  value: T | undefined;
  refusal: Refusal | undefined;
  /** True until the first answer. */
  loading: boolean;
  /** True while a newer answer is fetched behind the one shown. */
  refreshing: boolean;
  /** With `keepPrevious`: true while what is shown still answers an earlier input. */
  behind: boolean;
  reload: () => void;
};

/**
 * Reads through a query method. `enabled: false` waits; `keepPrevious` shows the last answer while a new input is
 * fetched (search as you type).
 */
export function useApi<M extends MethodsOf<"query"> | "session.status">(
  method: M,
  input: InputOf<M>,
  options: { enabled?: boolean; keepPrevious?: boolean } = {},
): ApiAnswer<OutputOf<M>> {
  const query = useQuery<Envelope<OutputOf<M>>>({
    queryKey: [method, input],
    queryFn: () => call(method, input),
    enabled: options.enabled ?? true,
    ...(options.keepPrevious
      ? { placeholderData: (previous: Envelope<OutputOf<M>> | undefined) => previous }
      : {}),
  });
  const envelope = query.data;
  return {
    value: envelope?.ok ? envelope.value : undefined,
    refusal: envelope && !envelope.ok ? envelope.refusal : undefined,
    loading: envelope === undefined,
    refreshing: query.isFetching,
    behind: query.isPlaceholderData,
    reload: () => void query.refetch(),
  };
}

/** What `useCommand` gives. */
export type Command<M extends Method> = {
  /** Runs it. Resolves to the envelope, so that the caller can go on with the value; the refusal is kept below too. */
  run: (input: InputOf<M>) => Promise<Envelope<OutputOf<M>>>;
  running: boolean;
  /** Why the last run did not go through, or undefined. */
  refusal: Refusal | undefined;
  reset: () => void;
};

/** Runs a command (or an action, or a session method). Any success refreshes everything on screen. */
export function useCommand<M extends Method>(method: M): Command<M> {
  const client = useQueryClient();
  const [running, setRunning] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | undefined>(undefined);
  const underWay = useRef<Promise<Envelope<OutputOf<M>>> | null>(null);
  const run = useCallback(
    (input: InputOf<M>) => {
      // A second press while the first is under way waits for the first: nothing is recorded twice.
      if (underWay.current) return underWay.current;
      setRunning(true);
      const going = perform(method, input, client, (envelope) => {
        underWay.current = null;
        setRunning(false);
        setRefusal(envelope.ok ? undefined : envelope.refusal);
      });
      underWay.current = going;
      return going;
    },
    [client, method],
  );
  const reset = useCallback(() => setRefusal(undefined), []);
  return { run, running, refusal, reset };
}

async function perform<M extends Method>(
  method: M,
  input: InputOf<M>,
  client: QueryClient,
  answered: (envelope: Envelope<OutputOf<M>>) => void,
): Promise<Envelope<OutputOf<M>>> {
  const envelope = await call(method, input);
  answered(envelope);
  if (envelope.ok && method.startsWith("session.")) await refreshSession();
  if (envelope.ok) void client.invalidateQueries();
  return envelope;
}

/** For what is kept past `useCommand` (drafts): marks what these methods answered as old, and asks again where it is on screen. */
export function useAskAgain(): (...methods: MethodsOf<"query">[]) => void {
  const client = useQueryClient();
  return useCallback(
    (...methods) => {
      for (const method of methods) void client.invalidateQueries({ queryKey: [method] });
    },
    [client],
  );
}

// ---- The session, one for the page ----

let session: Session | null = null;
let unreachable = false;
const watchers = new Set<() => void>();

function setSession(next: Session): void {
  unreachable = false;
  if (session !== null && next.version < session.version) return;
  session = next;
  for (const watcher of watchers) watcher();
}

function setUnreachable(): void {
  if (unreachable) return;
  unreachable = true;
  for (const watcher of watchers) watcher();
}

/** Asks who is in, now. */
export async function refreshSession(): Promise<void> {
  const answer = await call("session.status", {});
  if (answer.ok) {
    // The status is the truth even when a program that was started again counts from the beginning.
    session = null;
    setSession(answer.value);
  } else setUnreachable();
}

/** Keeps the session live until the returned function is called. */
export function watchSession(): () => void {
  let stopped = false;
  const loop = async () => {
    await refreshSession();
    while (!stopped) {
      const answer = await call("session.wait", { version: session?.version ?? 0 });
      if (stopped) return;
      if (answer.ok) setSession(answer.value);
      else {
        setUnreachable();
        // The program may be starting again: ask once a second, not as fast as it refuses.
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        await refreshSession();
      }
    }
  };
  void loop();
  return () => {
    stopped = true;
    session = null;
  };
}

function subscribe(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Who sits in front of which record; null before the first answer. */
export function useSession(): Session | null {
  return useSyncExternalStore(subscribe, () => session);
}

/** True while the privileged side does not answer. */
export function useUnreachable(): boolean {
  return useSyncExternalStore(subscribe, () => unreachable);
}

/** Calls `heard` after every change of session; returns the way to stop. */
export function onSession(heard: (session: Session | null) => void): () => void {
  return subscribe(() => heard(session));
}
