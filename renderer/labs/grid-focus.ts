import { useState } from "react";

/** A cell of the flowsheet: its test, and its column (a date, the id of a new column, or `unit`, `rangeLow`, `rangeHigh`). */
export type GridPlace = { testId: string; column: string };

/** How long a cell that is not drawn yet is waited for: a column out of sight, or a result on its way back. */
const PATIENCE_MS = 3_000;

export type GridFocus = {
  /** Brings the focus to a cell, now or when it is drawn. A typed text is selected unless `select` is false. */
  to: (place: GridPlace, select?: boolean) => void;
  /** Looks whether the awaited cell is there; the grid calls it after each drawing. */
  settle: () => void;
  /** The grid tells where its cells are, and how to bring a column into view. */
  attach: (frame: HTMLElement | null, reveal: (column: string) => void) => void;
};

/** One per flowsheet: brings the focus to cells that may not be drawn yet. */
export function useGridFocus(): GridFocus {
  const [focus] = useState(makeGridFocus);
  return focus;
}

function makeGridFocus(): GridFocus {
  let frame: HTMLElement | null = null;
  let reveal = (_column: string): void => undefined;
  let wanted: (GridPlace & { select: boolean; until: number }) | null = null;
  const settle = () => {
    if (wanted === null || frame === null) return;
    if (performance.now() > wanted.until) {
      wanted = null;
      return;
    }
    const cell = frame.querySelector<HTMLElement>(
      `[data-at="${CSS.escape(wanted.testId)}|${CSS.escape(wanted.column)}"]`,
    );
    const control = cell?.querySelector<HTMLElement>("input, select, button") ?? cell;
    if (!control) return;
    const { select } = wanted;
    wanted = null;
    control.focus();
    if (control instanceof HTMLInputElement) {
      if (select) control.select();
      else control.setSelectionRange(control.value.length, control.value.length);
    }
  };
  return {
    to: (place, select = true) => {
      wanted = { ...place, select, until: performance.now() + PATIENCE_MS };
      reveal(place.column);
      settle();
    },
    settle,
    attach: (element, show) => {
      frame = element;
      reveal = show;
    },
  };
}
