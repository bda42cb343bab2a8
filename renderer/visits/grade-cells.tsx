import { useId } from "react";

/**
 * Scores 0 to 3 of one row, as four cells: a digit sets, arrow left and right move, Backspace takes back to "not recorded".
 * Arrow up and down are left to the list around it.
 */
export function GradeCells(props: {
  /** What is scored; names the group. */
  label: string;
  /** Words of the scores; the index is the score. */
  words: readonly string[];
  value: number | null;
  onChange: (value: number | null) => void;
  /** False for the rows of a list that Tab passes by. */
  tabbable?: boolean;
  /** After a digit was set. */
  onSet?: () => void;
}) {
  const id = useId();
  return (
    // The cells inside take the focus, not the group.
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- a group of radios is never a stop of its own.
    <div
      role="radiogroup"
      aria-label={props.label}
      className="segmented grade-cells"
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const digit = /^\d$/u.test(event.key) ? Number(event.key) : null;
        if (digit !== null && digit < props.words.length) {
          event.preventDefault();
          props.onChange(digit);
          event.currentTarget.querySelectorAll<HTMLInputElement>("input")[digit]?.focus();
          props.onSet?.();
        } else if (event.key === "Backspace" || event.key === "Delete") {
          event.preventDefault();
          props.onChange(null);
        } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
          // Without this the browser would change the answer.
          event.preventDefault();
        }
      }}
    >
      {props.words.map((word, grade) => (
        <label key={word} className={`segment grade-${grade}`} title={word}>
          <input
            type="radio"
            name={id}
            value={grade}
            aria-label={`${grade}, ${word}`}
            checked={props.value === grade}
            tabIndex={props.tabbable !== false && grade === (props.value ?? 0) ? 0 : -1}
            onChange={() => props.onChange(grade)}
          />
          <span aria-hidden="true">{grade}</span>
        </label>
      ))}
    </div>
  );
}
