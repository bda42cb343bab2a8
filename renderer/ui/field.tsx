import { type ReactNode, useId } from "react";
import { Icon } from "./icons.tsx";

/** What every field takes. A field is controlled: it shows `value` and tells `onChange`. */
export type FieldProps<V> = {
  label: string;
  value: V;
  onChange: (value: V) => void;
  onBlur?: (() => void) | undefined;
  /** Dotted path in the form (`labs.2.value`), so that a refusal finds it. */
  name?: string | undefined;
  /** What is wrong with it, as a sentence. */
  error?: string | undefined;
  /** A short explanation under the label. */
  hint?: string | undefined;
  required?: boolean | undefined;
  disabled?: boolean | undefined;
  /** Keeps the label for screen readers only: for cells of a grid, where the column head says it. */
  labelHidden?: boolean | undefined;
  /** Hands over the control, so that a form can bring the focus here. */
  register?: ((element: { focus: () => void } | null) => void) | undefined;
  autoFocus?: boolean | undefined;
};

/** Ids that tie a control to its label, hint and error. */
export function useFieldIds(error: string | undefined, hint: string | undefined) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return {
    id,
    control: {
      id,
      "aria-describedby": described || undefined,
      "aria-invalid": error ? true : undefined,
    } as const,
  };
}

/** The frame of a field: label above, control, hint, error below. */
export function FieldFrame(props: {
  id: string;
  label: string;
  labelHidden?: boolean | undefined;
  name?: string | undefined;
  error?: string | undefined;
  hint?: string | undefined;
  required?: boolean | undefined;
  children: ReactNode;
  /** How wide the control wants to be. */
  size?: "small" | "medium" | "wide" | undefined;
}) {
  return (
    <div className={`field field-${props.size ?? "medium"}`} data-field={props.name}>
      <label htmlFor={props.id} className={props.labelHidden ? "for-readers" : "field-label"}>
        {props.label}
        {props.required === false && <span className="field-optional"> (optional)</span>}
      </label>
      {props.hint && (
        <p id={`${props.id}-hint`} className="field-hint">
          {props.hint}
        </p>
      )}
      {props.children}
      <FieldError id={`${props.id}-error`} error={props.error} />
    </div>
  );
}

/** What is wrong, under the control. */
export function FieldError({ id, error }: { id: string; error: string | undefined }) {
  if (!error) return null;
  return (
    <p id={id} className="field-error">
      <Icon name="warning" /> {error}
    </p>
  );
}
