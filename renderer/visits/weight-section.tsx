import { useState } from "react";
import { useWatch } from "react-hook-form";
import { daysBetween } from "#shared/calendar.ts";
import { KG_PER_POUND } from "#shared/rules/dosing.ts";
import { DateField } from "#renderer/ui/date-field.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { FieldRow, Section } from "#renderer/ui/layout.tsx";
import { NumberField, readNumber } from "#renderer/ui/number-field.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import type { VisitAround, VisitPageForm } from "./visit-form.ts";

type Unit = VisitAround["clinic"]["weightUnit"];

/** The day, the weight in the clinic's unit, and the doses that were missed. */
export function WeightSection({ form, around }: { form: VisitPageForm; around: VisitAround }) {
  const { previous, clinic } = around;
  const dates = useDates();
  const day = useWatch({ control: form.control, name: "date" });
  const since = previous === null ? null : previous.form.date;
  return (
    <Section id="visit-weight" title="Weight and missed doses">
      <FieldRow>
        <FormField form={form} name="date">
          {(bind) => <DateField label="Date of the visit" whenEmpty="" {...bind} />}
        </FormField>
        <div className="visit-with-last">
          <FormField form={form} name="weightKg">
            {(bind) => <WeightField unit={clinic.weightUnit} {...bind} />}
          </FormField>
          <WeightChange form={form} around={around} />
        </div>
        <FormField form={form} name="missedDoses">
          {(bind) => <NumberField label="Days without a dose" unit="days" {...bind} />}
        </FormField>
        <FormField form={form} name="missedDosesNote">
          {(bind) => <TextField label="Why, if any" required={false} {...bind} />}
        </FormField>
      </FieldRow>
      <p className="muted">
        {since === null
          ? "The first visit of this course."
          : `Last visit ${dates.day(since)}${since < day ? `, ${daysBetween(since, day)} days before this one` : ""}.`}
      </p>
    </Section>
  );
}

/** A weight, kept in kg, typed in the clinic's unit. */
function WeightField(props: {
  unit: Unit;
  name: string;
  value: number | null;
  onChange: (value: number | string | null) => void;
  onBlur: () => void;
  register: (element: { focus: () => void } | null) => void;
  error: string | undefined;
}) {
  const { unit, value, onChange } = props;
  const [typed, setTyped] = useState<number | string | null>(() => inUnit(value, unit));
  // The typed pounds stand for as long as they mean the kilograms that are kept; a draft that comes back brings others.
  const shown = typeof value === "string" || toKg(typed, unit) !== value ? inUnit(value, unit) : typed;
  return (
    <NumberField
      {...props}
      label="Weight"
      unit={unit}
      autoFocus
      value={shown}
      onChange={(next) => {
        setTyped(next);
        onChange(toKg(next, unit));
      }}
    />
  );
}

function toKg(typed: number | string | null, unit: Unit): number | string | null {
  if (typeof typed !== "number" || unit === "kg") return typed;
  return Math.round(typed * KG_PER_POUND * 100) / 100;
}

function inUnit(kg: number | string | null, unit: Unit): number | string | null {
  if (typeof kg === "string") return readNumber(kg) ?? kg;
  return kg === null || unit === "kg" ? kg : Math.round((kg / KG_PER_POUND) * 10) / 10;
}

/** The last weight, and by how much this one differs. */
function WeightChange({ form, around }: { form: VisitPageForm; around: VisitAround }) {
  const dates = useDates();
  const kg = useWatch({ control: form.control, name: "weightKg" });
  const { weightUnit } = around.clinic;
  const last = around.previous?.form.weightKg ?? null;
  const before = last ?? around.course.course.referenceWeightKg;
  const when = last === null ? "at the start" : around.previous ? dates.date(around.previous.form.date) : "";
  const change = typeof kg === "number" ? kg - before : null;
  const write = (value: number) => (weightUnit === "kg" ? value : value / KG_PER_POUND).toFixed(1);
  return (
    <p className="visit-last">
      Last {write(before)} {weightUnit}, {when}
      {change !== null && (
        <>
          <br />
          {change === 0 ? "No change" : `${change > 0 ? "+" : "−"}${write(Math.abs(change))} ${weightUnit}`}
          {change !== 0 && ` (${((Math.abs(change) / before) * 100).toFixed(1)} %)`}
          {weightUnit === "lb" && typeof kg === "number" && `, ${kg} kg`}
        </>
      )}
    </p>
  );
}
