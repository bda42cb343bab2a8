/** The program's keys: one table, from which the handlers, the sheet under "?" and the labels on buttons are made. */
import { Dialog } from "./ui/dialog.tsx";
import { Kbd } from "./ui/button.tsx";

export type Shortcut = { keys: string; does: string };

export const shortcuts: readonly { group: string; keys: readonly Shortcut[] }[] = [
  {
    group: "Everywhere",
    keys: [
      { keys: "Ctrl+K", does: "Go to a patient, do an action" },
      { keys: "/", does: "Search patients" },
      { keys: "Ctrl+L", does: "Lock the screen" },
      { keys: "?", does: "This list" },
      { keys: "Esc", does: "Close, or empty the search" },
    ],
  },
  {
    group: "Go to",
    keys: [
      { keys: "g t", does: "Today" },
      { keys: "g p", does: "Patients" },
      { keys: "g s", does: "Settings" },
      { keys: "g o", does: "Chart: overview" },
      { keys: "g l", does: "Chart: labs" },
      { keys: "g r", does: "Chart: programme" },
      { keys: "g v", does: "Chart: visits" },
      { keys: "g h", does: "Chart: history" },
    ],
  },
  {
    group: "Begin",
    keys: [
      { keys: "n p", does: "New patient" },
      { keys: "n v", does: "New visit (in a chart)" },
    ],
  },
  {
    group: "On a chart’s overview",
    keys: [
      { keys: "v", does: "New visit" },
      { keys: "t", does: "Record a pregnancy test" },
      { keys: "i", does: "Prescriptions: read or issue" },
      { keys: "s", does: "Print the latest signed summary" },
      { keys: "e", does: "Edit the patient’s details" },
      { keys: "c", does: "The course" },
    ],
  },
  {
    group: "On a chart’s programme",
    keys: [
      { keys: "Enter", does: "Do the next step, which has the focus" },
      { keys: "t, o, p …", does: "Record evidence: the letter beside its kind" },
      { keys: "Esc", does: "Back to the kinds; what is typed is kept" },
      { keys: "← ↑ → ↓", does: "Go from day to day in the calendar" },
      { keys: "PgUp PgDn", does: "The month before or after" },
    ],
  },
  { group: "On Today", keys: [{ keys: "p", does: "Print the list" }] },
  {
    group: "In a visit",
    keys: [
      { keys: "Alt+1 – 8", does: "Go to a part of the visit" },
      { keys: "Enter", does: "The next field, or the next blood test" },
      { keys: "↑ ↓", does: "Side effect or blood test above or below" },
      { keys: "0 – 3", does: "Grade a side effect, answer a mood question" },
      { keys: "Ctrl+S", does: "Save and go on" },
      { keys: "Ctrl+Enter", does: "Sign" },
      { keys: "p", does: "Print the summary of a signed visit" },
    ],
  },
  {
    group: "On a chart’s labs",
    keys: [
      { keys: "e", does: "Enter results: open a column" },
      { keys: "← ↑ → ↓", does: "Go from cell to cell" },
      { keys: "Enter", does: "The next test while typing; open a result" },
      { keys: "Ctrl+S", does: "Save everything typed" },
      { keys: "t", does: "Choose the test of the trend" },
      { keys: "p", does: "Print the table" },
    ],
  },
  {
    group: "In a form",
    keys: [
      { keys: "Ctrl+Enter", does: "Save" },
      { keys: "0 – 9", does: "Pick an answer in a row of answers" },
      { keys: "Backspace", does: "Take an answer back to “not recorded”" },
      { keys: "t", does: "Today, in an empty date" },
      { keys: "↑ ↓", does: "A day later or earlier, in a date" },
    ],
  },
  {
    group: "In a list",
    keys: [
      { keys: "↑ ↓", does: "The row above or below" },
      { keys: "Enter", does: "Open the row" },
    ],
  },
];

/** The list of shortcuts, as it stands in the sheet and in About. */
export function ShortcutList() {
  return (
    <div className="shortcuts">
      {shortcuts.map((part) => (
        <section key={part.group}>
          <h3>{part.group}</h3>
          <dl>
            {part.keys.map((one) => (
              <div key={one.keys + one.does}>
                <dt>{one.does}</dt>
                <dd>
                  <Kbd>{one.keys}</Kbd>
                  <span className="for-readers">{one.keys}</span>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

/** The sheet under "?". */
export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog title="Shortcuts" open={open} onClose={onClose} size="wide">
      <ShortcutList />
    </Dialog>
  );
}
