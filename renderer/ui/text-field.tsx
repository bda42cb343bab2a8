import type { HTMLInputTypeAttribute } from "react";
import { FieldFrame, type FieldProps, useFieldIds } from "./field.tsx";

export type TextFieldProps = FieldProps<string> & {
  size?: "small" | "medium" | "wide";
  type?: Extract<HTMLInputTypeAttribute, "text" | "password" | "email" | "tel">;
  autoComplete?: string;
  placeholder?: string;
  maxLength?: number;
  spellCheck?: boolean;
};

/** One line of text. */
export function TextField({ register, ...props }: TextFieldProps) {
  const { id, control } = useFieldIds(props.error, props.hint);
  return (
    <FieldFrame {...props} id={id}>
      <input
        {...control}
        ref={register}
        className="input"
        type={props.type ?? "text"}
        name={props.name}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        onBlur={props.onBlur}
        disabled={props.disabled}
        required={props.required || undefined}
        aria-required={props.required || undefined}
        autoComplete={props.autoComplete ?? "off"}
        placeholder={props.placeholder}
        maxLength={props.maxLength}
        spellCheck={props.spellCheck ?? false}
        // Only where a screen has one obvious first field.
        autoFocus={props.autoFocus}
      />
    </FieldFrame>
  );
}

/** Several lines of text; grows with what is typed. */
export function TextArea({ register, ...props }: FieldProps<string> & { rows?: number; maxLength?: number }) {
  const { id, control } = useFieldIds(props.error, props.hint);
  return (
    <FieldFrame {...props} id={id} size="wide">
      <textarea
        {...control}
        ref={register}
        className="input"
        name={props.name}
        rows={props.rows ?? 3}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        onBlur={props.onBlur}
        disabled={props.disabled}
        aria-required={props.required || undefined}
        maxLength={props.maxLength}
      />
    </FieldFrame>
  );
}
