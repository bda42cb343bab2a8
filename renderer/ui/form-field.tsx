import type { ReactElement } from "react";
import {
  Controller,
  type ControllerRenderProps,
  type FieldPath,
  type FieldPathValue,
  type FieldValues,
  type UseFormReturn,
} from "react-hook-form";

/** What a field is tied to a form with; spread it into any field of `ui/`. */
export type Bind<V> = {
  name: string;
  value: V;
  /** Takes text that could not be read too: it stays in the form (and its draft), and the schema refuses it at the field. */
  onChange: (value: V | string | null) => void;
  onBlur: () => void;
  register: ControllerRenderProps["ref"];
  error: string | undefined;
};

/**
 * Ties one field to a form:
 * `<FormField form={form} name="weightKg">{(bind) => <NumberField label="Weight" unit="kg" {...bind} />}</FormField>`
 */
export function FormField<T extends FieldValues, N extends FieldPath<T>>(props: {
  form: UseFormReturn<T, unknown, T>;
  name: N;
  children: (bind: Bind<FieldPathValue<T, N>>) => ReactElement;
}) {
  return (
    <Controller
      control={props.form.control}
      name={props.name}
      render={({ field, fieldState }) =>
        props.children({
          name: props.name,
          value: field.value,
          onChange: (value) => {
            // What was said about the former value does not stand for the new one.
            if (fieldState.error) props.form.clearErrors(props.name);
            field.onChange(value);
          },
          onBlur: field.onBlur,
          register: field.ref,
          error: fieldState.error?.message,
        })
      }
    />
  );
}
