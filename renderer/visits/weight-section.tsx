import { useWatch } from "react-hook-form";
import { daysBetween } from "#shared/calendar.ts";
import { KG_PER_POUND } from "#shared/weight.ts";
import { DateField } from "#renderer/ui/date-field.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { FieldRow, Section } from "#renderer/ui/layout.tsx";
import { NumberField } from "#renderer/ui/number-field.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { WeightField } from "#renderer/ui/weight-field.tsx";
import type { VisitAround, VisitPageForm } from "./visit-form.ts";

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
            {(bind) => <WeightField unit={clinic.weightUnit} autoFocus {...bind} />}
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
