import { useLayoutEffect, useRef, useSyncExternalStore } from "react";
import { Icon } from "./icons.tsx";

type Note = { id: number; text: string };

let notes: readonly Note[] = [];
let count = 0;
const watchers = new Set<() => void>();

function set(next: readonly Note[]): void {
  notes = next;
  for (const watcher of watchers) watcher();
}

/** Says briefly that something was done ("Visit saved."). Never the only place of anything that matters. */
export function toast(text: string): void {
  count += 1;
  const id = count;
  set([...notes.slice(-2), { id, text }]);
  setTimeout(() => set(notes.filter((note) => note.id !== id)), 6_000);
}

/**
 * Where toasts appear; stands once, in the frame. `whose` is the patient (or paper) on screen, null where nobody's is: what
 * was said of one patient never stands on the next one's page, nor behind a lock.
 */
export function Toasts({ whose }: { whose: string | null }) {
  const before = useRef(whose);
  useLayoutEffect(() => {
    if (before.current !== null && before.current !== whose) set([]);
    before.current = whose;
  }, [whose]);
  useLayoutEffect(() => () => set([]), []);
  const shown = useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => notes,
  );
  return (
    <div className="toasts" role="status">
      {shown.map((note) => (
        <p key={note.id} className="toast">
          <Icon name="check" /> {note.text}
        </p>
      ))}
    </div>
  );
}
