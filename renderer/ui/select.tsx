import { FieldFrame, type FieldProps, useFieldIds } from "./field.tsx";

export type Option<V extends string | number = string> = { value: V; label: string };

export type SelectProps<V extends string> = Omit<FieldProps<V>, "value" | "onChange"> & {
  value: V | "" | null | undefined;
  onChange: (value: V) => void;
  options: readonly Option<V>[];
  /** The first line while nothing is chosen. */
  placeholder?: string;
  size?: "small" | "medium" | "wide";
};

/** One of a list. The system's own menu: type ahead, arrow keys and screen readers work as everywhere. */
export function Select<V extends string>({ register, ...props }: SelectProps<V>) {
  const error = props.error?.startsWith("Invalid") ? "Choose one." : props.error;
  const { id, control } = useFieldIds(error, props.hint);
  const chosen = props.value ?? "";
  return (
    <FieldFrame {...props} error={error} id={id}>
      <select
        {...control}
        ref={register}
        className="input"
        name={props.name}
        value={chosen}
        disabled={props.disabled}
        autoFocus={props.autoFocus}
        aria-required={props.required || undefined}
        onChange={(event) => {
          const option = props.options.find((one) => one.value === event.target.value);
          if (option) props.onChange(option.value);
        }}
        onBlur={props.onBlur}
      >
        {(chosen === "" || !props.options.some((one) => one.value === chosen)) && (
          <option value={chosen} disabled hidden>
            {chosen === "" ? (props.placeholder ?? "Choose…") : chosen}
          </option>
        )}
        {props.options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}
