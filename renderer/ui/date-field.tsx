import { useState } from "react";
import { addDays, formatDate, isCalendarDate, readTypedDate } from "#shared/calendar.ts";
import { afterPress } from "./after-press.ts";
import { useDates } from "./dates.tsx";
import { FieldFrame, type FieldProps, useFieldIds } from "./field.tsx";

export type DateFieldProps = Omit<FieldProps<string | null>, "value" | "onChange"> & {
  /** `YYYY-MM-DD`, null or "" when empty, or the text as typed when it is not a date: kept so that nothing typed is lost. */
  value: string | null | undefined;
  onChange: (value: string | null) => void;
  /** What an empty field tells: null (default), or "" for a schema that has no null. */
  whenEmpty?: null | "";
};

/**
 * A date, typed as people type it (`4/7/26`, `7 Apr 2026`, `2026-04-07`); when one leaves the field it is written out
 * with the month as a word, so that the reader sees how it was understood. `t` is today; arrow up and down move by a day.
 */
export function DateField({ register, ...props }: DateFieldProps) {
  const { style, today, date: write } = useDates();
  const value = props.value ?? "";
  const known = isCalendarDate(value);
  const [typing, setTyping] = useState<string | null>(null);
  const text = typing ?? (known ? write(value) : value);
  const unreadable = value !== "" && !known && typing === null;
  const error = unreadable
    ? `“${value}” is not a date. Write it like ${formatDate(today, style)} or ${example(style)}.`
    : props.error && value === "" && /^(Invalid input|That is not a date)/u.test(props.error)
      ? "Give a date."
      : props.error;
  const { id, control } = useFieldIds(error, props.hint);
  const tell = (next: string) => props.onChange(next === "" ? (props.whenEmpty ?? null) : next);
  return (
    <FieldFrame {...props} error={error} id={id} size="small">
      <input
        {...control}
        ref={register}
        className="input input-date"
        type="text"
        name={props.name}
        value={text}
        placeholder={example(style)}
        autoComplete="off"
        spellCheck={false}
        aria-required={props.required || undefined}
        disabled={props.disabled}
        autoFocus={props.autoFocus}
        onChange={(event) => {
          setTyping(event.target.value);
          tell(readTypedDate(event.target.value, style, today) ?? event.target.value.trim());
        }}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey) return;
          const moved =
            event.key === "t" && text === ""
              ? today
              : known && event.key === "ArrowUp"
                ? addDays(value, 1)
                : known && event.key === "ArrowDown"
                  ? addDays(value, -1)
                  : null;
          if (moved === null) return;
          event.preventDefault();
          setTyping(null);
          tell(moved);
        }}
        onBlur={() => {
          afterPress(() => setTyping(null));
          props.onBlur?.();
        }}
      />
    </FieldFrame>
  );
}

function example(style: "mdy" | "dmy" | "iso"): string {
  return style === "mdy" ? "m/d/yyyy" : style === "dmy" ? "d/m/yyyy" : "yyyy-mm-dd";
}
