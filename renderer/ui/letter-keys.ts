import { useEffect, useEffectEvent } from "react";

/** Letters that begin a sequence of the frame (`g v`, `n p`): the letter after them is not ours. */
const PREFIXES = new Set(["g", "n"]);
const SEQUENCE_MS = 1_000;

/** The letter that was pressed on a screen that was still coming; the screen takes it up when it is there. */
let early: { place: string; letter: string } | null = null;

/** Keeps a letter for the screen of that name while it is `coming`. */
export function useEarlyLetters(place: string, coming: boolean): void {
  useLetterKeys((letter) => {
    if (!coming) return false;
    early = { place, letter };
    return true;
  });
  // Who goes elsewhere meanwhile pressed it for nothing.
  useEffect(
    () => () => {
      if (early?.place === place) early = null;
    },
    [place],
  );
}

/**
 * Hears single letters on a screen where nothing is being typed and no window is open. `act` gets the letter and says
 * whether it was for it. Lower case only; never with Ctrl, Alt or the command key. With a `place`, also the one that was pressed
 * before the screen was there.
 */
export function useLetterKeys(act: (letter: string) => boolean, place?: string): void {
  const latest = useEffectEvent(act);
  useEffect(() => {
    if (early === null || early.place !== place) return;
    const { letter } = early;
    early = null;
    latest(letter);
  }, [place]);
  useEffect(() => {
    let prefixAt = -Infinity;
    const heard = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest("input, select, textarea, [contenteditable], [role=dialog]")) return;
      if (document.querySelector(".dialog-overlay")) return;
      const inSequence = event.timeStamp - prefixAt < SEQUENCE_MS;
      prefixAt = !inSequence && PREFIXES.has(event.key) ? event.timeStamp : -Infinity;
      if (inSequence || event.key.length !== 1) return;
      if (latest(event.key)) event.preventDefault();
    };
    document.addEventListener("keydown", heard);
    return () => document.removeEventListener("keydown", heard);
  }, []);
}
