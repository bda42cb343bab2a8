/** The keys of the flowsheet, as steps. What a control needs for itself (the caret, a list of units) is left to it. */
import type { KeyboardEvent } from "react";

export type GridStep =
  | { kind: "by"; down: number; across: number; thenDone: boolean }
  | { kind: "edge"; edge: "first" | "last" }
  | { kind: "entry"; by: 1 | -1 };

/** The step that a key asks for in a cell whose control is `target`; null when the key is the control's own. */
export function stepOfKey(event: KeyboardEvent, target: HTMLElement): GridStep | null {
  if (event.altKey || event.metaKey) return null;
  const typing = target instanceof HTMLInputElement;
  const choosing = target instanceof HTMLSelectElement;
  const by = (down: number, across: number, thenDone = false) =>
    ({ kind: "by", down, across, thenDone }) as const;
  if (event.key === "Home" || event.key === "End")
    return typing || choosing ? null : { kind: "edge", edge: event.key === "Home" ? "first" : "last" };
  if (event.ctrlKey) return null;
  switch (event.key) {
    case "ArrowDown":
      return choosing ? null : by(1, 0);
    case "ArrowUp":
      return choosing ? null : by(-1, 0);
    case "ArrowRight":
      return typing && !atEdge(target, "end") ? null : by(0, 1);
    case "ArrowLeft":
      return typing && !atEdge(target, "start") ? null : by(0, -1);
    case "Tab":
      return { kind: "entry", by: event.shiftKey ? -1 : 1 };
    case "Enter":
      return typing ? by(event.shiftKey ? -1 : 1, 0, !event.shiftKey) : null;
    default:
      return null;
  }
}

/** True where an arrow would leave the text: the caret at its end, or all of it selected. */
function atEdge(input: HTMLInputElement, side: "start" | "end"): boolean {
  const { selectionStart, selectionEnd, value } = input;
  if (selectionStart === 0 && selectionEnd === value.length) return true;
  if (selectionStart !== selectionEnd) return false;
  return side === "start" ? selectionStart === 0 : selectionEnd === value.length;
}
