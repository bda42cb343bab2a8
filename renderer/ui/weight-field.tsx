import { useState } from "react";
import type { Clinic } from "#shared/records/clinic.ts";
import { KG_PER_POUND } from "#shared/weight.ts";
import { NumberField, readNumber } from "./number-field.tsx";

type Unit = Clinic["weightUnit"];

/** A weight, kept in kg, typed in the clinic's unit. */
export function WeightField(props: {
  unit: Unit;
  label?: string;
  hint?: string;
  autoFocus?: boolean;
  name: string;
  value: number | string | null | undefined;
  onChange: (value: number | string | null) => void;
  onBlur: () => void;
  register: (element: { focus: () => void } | null) => void;
  error: string | undefined;
}) {
  const { unit, onChange } = props;
  const value = props.value ?? null;
  const [typed, setTyped] = useState<number | string | null>(() => inUnit(value, unit));
  // The typed pounds stand for as long as they mean the kilograms that are kept; a draft that comes back brings others.
  const shown = typeof value === "string" || toKg(typed, unit) !== value ? inUnit(value, unit) : typed;
  return (
    <NumberField
      {...props}
      label={props.label ?? "Weight"}
      unit={unit}
      value={shown}
      onChange={(next) => {
        setTyped(next);
        onChange(toKg(next, unit));
      }}
    />
  );
}

/** A weight in the clinic's unit: `127.4 lb`, `57.8 kg`. */
export function weightWords(kg: number, unit: Unit): string {
  return unit === "kg" ? `${kg} kg` : `${(kg / KG_PER_POUND).toFixed(1)} lb`;
}

function toKg(typed: number | string | null, unit: Unit): number | string | null {
  if (typeof typed !== "number" || unit === "kg") return typed;
  return Math.round(typed * KG_PER_POUND * 100) / 100;
}

function inUnit(kg: number | string | null, unit: Unit): number | string | null {
  if (typeof kg === "string") return readNumber(kg) ?? kg;
  return kg === null || unit === "kg" ? kg : Math.round((kg / KG_PER_POUND) * 10) / 10;
}
