import { useId } from "react";
import { FieldError, type FieldProps } from "./field.tsx";
import type { Option } from "./select.tsx";

export type SegmentedProps<V extends string | number> = Omit<FieldProps<V | null>, "value" | "onChange"> & {
  value: V | null | undefined;
  onChange: (value: V | null) => void;
  /** `keys` picks the option while the row has the focus; a number picks itself. */
  options: readonly (Option<V> & { keys?: string; title?: string })[];
  /** Backspace or Delete takes the answer back to "not recorded". */
  clearable?: boolean;
};

/**
 * A few answers in a row, one of which may be chosen. Tab reaches the row, arrow keys move, a digit (or the option's
 * own key) picks, Backspace takes back.
 */
export function Segmented<V extends string | number>(props: SegmentedProps<V>) {
  const id = useId();
  const error = props.error?.startsWith("Invalid") ? "Choose one." : props.error;
  const described = [props.hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  const pick = (key: string, row: HTMLElement): boolean => {
    const at = props.options.findIndex((one) => (one.keys ?? String(one.value)) === key);
    const option = props.options[at];
    if (!option) return false;
    props.onChange(option.value);
    // The focus goes along, so that the next Tab leaves the row.
    row.querySelectorAll("input")[at]?.focus();
    return true;
  };
  const chosen = props.options.findIndex((one) => one.value === props.value);
  return (
    <fieldset
      className="field segmented-field"
      data-field={props.name}
      aria-describedby={described || undefined}
      disabled={props.disabled}
      onKeyDown={(event) => {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        if (props.clearable && (event.key === "Backspace" || event.key === "Delete")) {
          event.preventDefault();
          props.onChange(null);
        } else if (pick(event.key, event.currentTarget)) event.preventDefault();
      }}
    >
      <legend className={props.labelHidden ? "for-readers" : "field-label"}>
        {props.label}
        {props.required === false && <span className="field-optional"> (optional)</span>}
      </legend>
      {props.hint && (
        <p id={`${id}-hint`} className="field-hint">
          {props.hint}
        </p>
      )}
      <div className="segmented">
        {props.options.map((option, index) => (
          <label key={option.value} className="segment" title={option.title}>
            <input
              type="radio"
              name={id}
              value={String(option.value)}
              checked={props.value === option.value}
              // One stop for Tab, also while nothing is chosen.
              tabIndex={index === Math.max(0, chosen) ? 0 : -1}
              ref={index === 0 ? props.register : undefined}
              onChange={() => props.onChange(option.value)}
              onBlur={props.onBlur}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      <FieldError id={`${id}-error`} error={error} />
    </fieldset>
  );
}
