import { useRef, useState } from "react";
import { IconButton } from "./button.tsx";
import { FieldFrame, type FieldProps, useFieldIds } from "./field.tsx";

/**
 * A list of short texts (medicines, allergies): type one, Enter adds it, and leaving the field adds it too, so that
 * nothing typed is lost. A comma or semicolon separates several. Backspace in the empty field takes the last one back to edit it.
 */
export function WordListField(
  props: Omit<FieldProps<readonly string[]>, "onChange"> & {
    onChange: (value: string[]) => void;
    /** What one entry is called: `medicine`. */
    noun: string;
  },
) {
  const { id, control } = useFieldIds(props.error, props.hint);
  const [text, setText] = useState("");
  const input = useRef<HTMLInputElement | null>(null);

  function add(): void {
    const added = text
      .split(/[,;]/u)
      .map((one) => one.trim())
      .filter((one) => one !== "" && !props.value.includes(one));
    setText("");
    if (added.length > 0) props.onChange([...props.value, ...added]);
  }

  function remove(index: number): void {
    props.onChange(props.value.filter((_, at) => at !== index));
    input.current?.focus();
  }

  return (
    <FieldFrame {...props} id={id} size="wide">
      {props.value.length > 0 && (
        <ul className="word-list" aria-label={props.label}>
          {props.value.map((one, index) => (
            <li key={one}>
              <span>{one}</span>
              <IconButton icon="cross" label={`Remove ${one}`} onClick={() => remove(index)} />
            </li>
          ))}
        </ul>
      )}
      <input
        {...control}
        ref={(element) => {
          input.current = element;
          props.register?.(element);
        }}
        className="input"
        type="text"
        name={props.name}
        value={text}
        placeholder={`Type a ${props.noun}, then Enter`}
        autoComplete="off"
        spellCheck={false}
        disabled={props.disabled}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && text.trim() !== "" && !event.ctrlKey && !event.metaKey) {
            event.preventDefault();
            add();
          } else if (event.key === "Backspace" && text === "" && props.value.length > 0) {
            event.preventDefault();
            setText(props.value.at(-1) ?? "");
            props.onChange(props.value.slice(0, -1));
          }
        }}
        onBlur={() => {
          add();
          props.onBlur?.();
        }}
      />
    </FieldFrame>
  );
}
