/**
 * Light, dark, or as the system says. This computer remembers it (the privileged side; the page's own storage goes with the
 * window), and every window shows it.
 */
import { type ColorScheme } from "#shared/records/session.ts";
import { call, onSession, takeSession, useSession } from "./api.ts";

function show(scheme: ColorScheme): void {
  if (scheme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = scheme;
}

/** Shows what was chosen before, and what is chosen from now on; called once. */
export function startColorScheme(): void {
  onSession((session) => session && show(session.colorScheme));
}

export async function setColorScheme(colorScheme: ColorScheme): Promise<void> {
  show(colorScheme);
  const answer = await call("session.setColorScheme", { colorScheme });
  if (answer.ok) takeSession(answer.value);
}

export function useColorScheme(): ColorScheme {
  return useSession()?.colorScheme ?? "system";
}
