import { type KeyboardEvent, type Ref, useId } from "react";
import { Kbd } from "./button.tsx";
import { Icon } from "./icons.tsx";

/** One line to search with. Escape empties it. */
export function SearchField({
  register,
  ...props
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
  placeholder?: string;
  /** The key that brings one here, shown at its end. */
  keys?: string;
  /** Hands over the input, so that a key can bring the focus here. */
  register?: Ref<HTMLInputElement>;
  autoFocus?: boolean;
  /** Ties the field to a list of answers below it. */
  list?: { id: string; activeId: string | undefined; open: boolean };
}) {
  const id = useId();
  return (
    <div className="search-field">
      <label htmlFor={id} className="for-readers">
        {props.label}
      </label>
      <Icon name="search" />
      <input
        id={id}
        ref={register}
        className="input"
        type="text"
        value={props.value}
        placeholder={props.placeholder ?? props.label}
        autoComplete="off"
        spellCheck={false}
        autoFocus={props.autoFocus}
        data-first={props.autoFocus || undefined}
        {...(props.list
          ? {
              role: "combobox",
              "aria-expanded": props.list.open,
              "aria-controls": props.list.open ? props.list.id : undefined,
              "aria-autocomplete": "list" as const,
              "aria-activedescendant": props.list.activeId,
            }
          : {})}
        onChange={(event) => props.onChange(event.target.value)}
        onKeyDown={(event) => {
          props.onKeyDown?.(event);
          if (event.key === "Escape" && !event.defaultPrevented && props.value !== "") {
            event.preventDefault();
            props.onChange("");
          }
        }}
      />
      {props.keys && props.value === "" && <Kbd>{props.keys}</Kbd>}
    </div>
  );
}
