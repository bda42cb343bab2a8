import { type KeyboardEvent, useRef, useState } from "react";

/** What one row's control takes: only the present row is reached by Tab, the others by the arrow keys. */
export type RowProps = { "data-row": number; tabIndex: 0 | -1; onFocus: () => void };

/**
 * Moves among the rows of a list by key: arrow up and down, Page Up and Page Down (ten rows), Home, End. Each row has one
 * control, a button or a link, which gets `row(index)`; Enter is then the control's own. The list gets `list`.
 */
export function useRows(count: number) {
  const [present, setPresent] = useState(0);
  const list = useRef<HTMLElement | null>(null);
  const shown = Math.min(present, Math.max(0, count - 1));

  function focusRow(index: number): void {
    const within = Math.min(Math.max(0, index), count - 1);
    const control = list.current?.querySelector<HTMLElement>(`[data-row="${within}"]`);
    control?.focus();
    control?.closest("tr, li")?.scrollIntoView({ block: "nearest" });
  }

  const steps: Record<string, number> = {
    ArrowDown: shown + 1,
    ArrowUp: shown - 1,
    PageDown: shown + 10,
    PageUp: shown - 10,
    Home: 0,
    End: count - 1,
  };

  return {
    /** The row that Tab reaches. */
    present: shown,
    focusRow,
    list: {
      ref: (element: HTMLElement | null) => {
        list.current = element;
      },
      onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
        if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
        if (!(event.target instanceof HTMLElement) || event.target.dataset["row"] === undefined) return;
        const next = steps[event.key];
        if (next === undefined || count === 0) return;
        event.preventDefault();
        focusRow(next);
      },
    },
    row: (index: number): RowProps => ({
      "data-row": index,
      tabIndex: index === shown ? 0 : -1,
      onFocus: () => setPresent(index),
    }),
  };
}
