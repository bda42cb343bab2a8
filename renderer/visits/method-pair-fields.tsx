import type { ReactNode } from "react";
import type { ContraceptiveMethod } from "#shared/records/programme-entry.ts";
import { METHOD_OPTIONS, SECOND_METHOD_OPTIONS } from "#renderer/method-options.ts";
import { FieldRow } from "#renderer/ui/layout.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { useErrorAt } from "./errors.ts";
import type { VisitPageForm } from "./visit-form.ts";

type Pair = { first: ContraceptiveMethod | null; second: ContraceptiveMethod | null };

/** The two methods of one of the visit's entries, in a row with what else is asked of it. `at`: the entry's path in the form. */
export function MethodPairFields(props: {
  form: VisitPageForm;
  at: string;
  label: string;
  pair: Pair;
  onChange: (part: { first: ContraceptiveMethod } | { second: ContraceptiveMethod | null }) => void;
  children?: ReactNode;
}) {
  const { at, pair, onChange } = props;
  const errorAt = useErrorAt(props.form);
  return (
    <FieldRow>
      <Select
        label={props.label}
        name={`${at}.first`}
        value={pair.first}
        options={METHOD_OPTIONS}
        error={errorAt(`${at}.first`)}
        onChange={(first) => onChange({ first })}
      />
      <Select
        label="Second method"
        name={`${at}.second`}
        value={pair.second ?? "none"}
        options={SECOND_METHOD_OPTIONS}
        error={errorAt(`${at}.second`)}
        onChange={(second) => onChange({ second: second === "none" ? null : second })}
      />
      {props.children}
    </FieldRow>
  );
}
