import { useState } from "react";
import { afterPress } from "./after-press.ts";
import { FieldFrame, type FieldProps, useFieldIds } from "./field.tsx";

/**
 * Reads a number as people type it: `72.5`, `72,5`, ` 1 204 `. Null when empty. Text that is not plainly one number
 * (`7,250` may be either) comes back as `undefined`: better to ask than to guess.
 */
export function readNumber(text: string): number | null | undefined {
  const typed = text.replaceAll(/[\s\u00a0\u202f]/gu, "").replace("\u2212", "-");
  if (typed === "") return null;
  if (/^-?\d+,\d{3}$/u.test(typed) && !/^-?0,/u.test(typed)) return undefined;
  if (/^-?(\d+([.,]\d*)?|[.,]\d+)$/u.test(typed)) return Number(typed.replace(",", "."));
  return undefined;
}

export type NumberFieldProps = Omit<FieldProps<number | null>, "value" | "onChange"> & {
  /** A number, null when empty, or the text as typed when it cannot be read: kept so that nothing typed is lost. */
  value: number | string | null | undefined;
  onChange: (value: number | string | null) => void;
  /** Shown after the field and read with its label. */
  unit?: string | undefined;
  size?: "small" | "medium" | "wide";
  placeholder?: string;
};

/** A number, typed. No spinner: a wheel or an arrow key must not change a dose. */
export function NumberField({ register, ...props }: NumberFieldProps) {
  const shown = props.value === null || props.value === undefined ? "" : String(props.value);
  // `72.` and `72.0` read as 72: the text that was typed is shown for as long as it means the same number.
  const [typed, setTyped] = useState(shown);
  const text = sameNumber(typed, props.value) ? typed : shown;
  const [left, setLeft] = useState(text !== "");
  // Not while one types it; but what was refused is told at once, in our words rather than in the schema's.
  const unreadable =
    typeof props.value === "string" && props.value !== "" && (left || props.error !== undefined);
  const error = unreadable
    ? /,\d{3}$/u.test(text)
      ? "Write it without a comma between thousands."
      : `“${text}” is not a number.`
    : props.error && text === ""
      ? emptySentence(props.error)
      : props.error;
  const { id, control } = useFieldIds(error, props.hint);
  return (
    <FieldFrame {...props} error={error} id={id} size={props.size ?? "small"}>
      <span className="input-with-unit">
        <input
          {...control}
          ref={register}
          className="input input-number"
          type="text"
          inputMode="decimal"
          name={props.name}
          value={text}
          aria-label={props.unit ? `${props.label}, ${props.unit}` : undefined}
          aria-required={props.required || undefined}
          disabled={props.disabled}
          placeholder={props.placeholder}
          autoComplete="off"
          autoFocus={props.autoFocus}
          onChange={(event) => {
            setTyped(event.target.value);
            setLeft(false);
            const read = readNumber(event.target.value);
            props.onChange(read === undefined ? event.target.value : read);
          }}
          onBlur={() => {
            afterPress(() => setLeft(true));
            props.onBlur?.();
          }}
        />
        {props.unit && (
          <span className="unit" aria-hidden="true">
            {props.unit}
          </span>
        )}
      </span>
    </FieldFrame>
  );
}

function sameNumber(text: string, value: number | string | null | undefined): boolean {
  if (typeof value === "string") return value === text;
  return readNumber(text) === (value ?? null);
}

/** A schema's words for a missing value ("expected number, received null") mean nothing to a nurse. */
function emptySentence(error: string): string {
  return error.startsWith("Invalid input") ? "Give a number." : error;
}
