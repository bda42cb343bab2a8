/** Light, dark, or as the system says; kept in the page's own storage, for as long as this window's storage lives. */
import { useSyncExternalStore } from "react";

export type ColorScheme = "system" | "light" | "dark";

const KEY = "isochart.color-scheme";
const watchers = new Set<() => void>();

function read(): ColorScheme {
  const kept = localStorage.getItem(KEY);
  return kept === "light" || kept === "dark" ? kept : "system";
}

function show(scheme: ColorScheme): void {
  if (scheme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = scheme;
}

/** Applies what was chosen before; called once, before the first paint. */
export function startColorScheme(): void {
  show(read());
}

export function setColorScheme(scheme: ColorScheme): void {
  localStorage.setItem(KEY, scheme);
  show(scheme);
  for (const watcher of watchers) watcher();
}

export function useColorScheme(): ColorScheme {
  return useSyncExternalStore((watcher) => {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  }, read);
}
