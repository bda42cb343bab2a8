/**
 * Light, dark, or as the system says. This computer remembers it (the privileged side; the page's own storage goes with the
 * window), and every window shows it.
 */
import { useSyncExternalStore } from "react";
import type { ColorScheme } from "#shared/records/session.ts";
import { call, onSession } from "./api.ts";

let shown: ColorScheme = "system";
const watchers = new Set<() => void>();

function show(scheme: ColorScheme): void {
  shown = scheme;
  if (scheme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = scheme;
  for (const watcher of watchers) watcher();
}

/** Shows what was chosen before, and what is chosen from now on, here or in another window; called once. */
export function startColorScheme(): void {
  onSession((session) => session && show(session.colorScheme));
}

/** Shows it at once; the session that follows brings it to the other windows. */
export function setColorScheme(colorScheme: ColorScheme): void {
  show(colorScheme);
  void call("session.setColorScheme", { colorScheme });
}

export function useColorScheme(): ColorScheme {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => shown,
  );
}
