import { useId } from "react";
import { FieldError, type FieldProps } from "./field.tsx";

/** A box to tick, its label behind it. */
export function Checkbox({ register, ...props }: Omit<FieldProps<boolean>, "labelHidden">) {
  const id = useId();
  const described = [props.hint ? `${id}-hint` : "", props.error ? `${id}-error` : ""]
    .filter(Boolean)
    .join(" ");
  return (
    <div className="field checkbox-field" data-field={props.name}>
      <label className="checkbox">
        <input
          type="checkbox"
          ref={register}
          name={props.name}
          checked={props.value}
          disabled={props.disabled}
          aria-describedby={described || undefined}
          aria-invalid={props.error ? true : undefined}
          onChange={(event) => props.onChange(event.target.checked)}
          onBlur={props.onBlur}
        />
        <span>{props.label}</span>
      </label>
      {props.hint && (
        <p id={`${id}-hint`} className="field-hint">
          {props.hint}
        </p>
      )}
      <FieldError id={`${id}-error`} error={props.error} />
    </div>
  );
}

/** Several boxes of one question; the value is the list of those ticked, in the options' order. */
export function CheckboxRow<V extends string>(props: {
  label: string;
  value: readonly V[];
  onChange: (value: V[]) => void;
  options: readonly { value: V; label: string }[];
  name?: string | undefined;
  error?: string | undefined;
  disabled?: boolean | undefined;
}) {
  const id = useId();
  return (
    <fieldset
      className="field"
      data-field={props.name}
      disabled={props.disabled}
      aria-describedby={props.error ? `${id}-error` : undefined}
    >
      <legend className="field-label">{props.label}</legend>
      <div className="checkbox-row">
        {props.options.map((option) => (
          <label key={option.value} className="checkbox">
            <input
              type="checkbox"
              checked={props.value.includes(option.value)}
              onChange={(event) =>
                props.onChange(
                  props.options
                    .map((one) => one.value)
                    .filter((one) =>
                      one === option.value ? event.target.checked : props.value.includes(one),
                    ),
                )
              }
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
      <FieldError id={`${id}-error`} error={props.error} />
    </fieldset>
  );
}
