import { type RefObject, useEffect, useRef } from "react";

/**
 * Gives the focus to the first button within the element whenever `what` changes, and after each entry (`turn`), so that Enter
 * does it; not while somebody is at another control, and not unless `wanted`.
 */
export function useNextFocus(wanted: boolean, what: unknown, turn: number): RefObject<HTMLDivElement | null> {
  const within = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!wanted) return;
    const active = document.activeElement;
    if (active === null || active === document.body || active.matches("[data-page-heading]"))
      within.current?.querySelector("button")?.focus();
  }, [wanted, what, turn]);
  return within;
}
