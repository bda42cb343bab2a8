import { useState } from "react";

/** A cell of the flowsheet: its test, and its column (a date, the id of a new column, or `unit`, `rangeLow`, `rangeHigh`). */
export type GridPlace = { testId: string; column: string };

/** How long a cell that is not drawn yet is waited for: a column out of sight, or a result on its way back. */
const PATIENCE_MS = 3_000;

/** What the cell must hold before it is gone to: what stands there now may be about to give way. */
type Holding = "anything" | "entry" | "result" | "nothing";

const CONTROLS: Record<Holding, string> = {
  anything: "input, select, button",
  entry: "input",
  result: "button",
  // The cell itself takes the focus.
  nothing: "",
};

export type GridFocus = {
  /** Brings the focus to a cell, now or when it is drawn. Its text is selected, unless an `entry` has just begun. */
  to: (place: GridPlace, holding?: Holding) => void;
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
  let wanted: (GridPlace & { holding: Holding; until: number }) | null = null;
  const settle = () => {
    if (wanted === null || frame === null) return;
    if (performance.now() > wanted.until) {
      wanted = null;
      return;
    }
    const cell = frame.querySelector<HTMLElement>(
      `[data-at="${CSS.escape(wanted.testId)}|${CSS.escape(wanted.column)}"]`,
    );
    const { holding } = wanted;
    const control = cell && controlOf(cell, holding);
    if (!control) return;
    wanted = null;
    control.focus();
    if (!(control instanceof HTMLInputElement)) return;
    if (holding === "entry") control.setSelectionRange(control.value.length, control.value.length);
    else control.select();
  };
  return {
    to: (place, holding = "anything") => {
      wanted = { ...place, holding, until: performance.now() + PATIENCE_MS };
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

function controlOf(cell: HTMLElement, holding: Holding): HTMLElement | null {
  if (holding === "nothing") return cell.querySelector("input, button") === null ? cell : null;
  const control = cell.querySelector<HTMLElement>(CONTROLS[holding]);
  return control ?? (holding === "anything" ? cell : null);
}
