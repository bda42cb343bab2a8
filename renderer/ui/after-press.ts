/** Whether a button of the mouse, a finger or a pen is down. */
let pressed = false;
if (typeof document !== "undefined") {
  document.addEventListener("pointerdown", () => (pressed = true), true);
  for (const end of ["pointerup", "pointercancel"])
    document.addEventListener(end, () => (pressed = false), true);
}

/**
 * Runs what a field does when one leaves it: at once, or, when one leaves it by pressing somewhere, after the click. An error
 * that appeared in between would move the button away from under the pointer, and the click would be lost.
 */
export function afterPress(run: () => void): void {
  if (!pressed) return run();
  const later = () => void setTimeout(run);
  const stop = new AbortController();
  for (const end of ["pointerup", "pointercancel"])
    document.addEventListener(
      end,
      () => {
        stop.abort();
        later();
      },
      { capture: true, signal: stop.signal },
    );
}
