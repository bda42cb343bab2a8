import { useRef } from "react";
import { useWatch } from "react-hook-form";
import { type CalendarDate, daysBetween, isCalendarDate } from "#shared/calendar.ts";
import { KG_PER_POUND } from "#shared/weight.ts";
import { DateField } from "#renderer/ui/date-field.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { FieldRow, Section } from "#renderer/ui/layout.tsx";
import { NumberField } from "#renderer/ui/number-field.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { WeightField } from "#renderer/ui/weight-field.tsx";
import { dayWords, movedTo, type VisitAround, type VisitPageForm } from "./visit-form.ts";

/** The day, the weight in the clinic's unit, and the doses that were missed. */
export function WeightSection({ form, around }: { form: VisitPageForm; around: VisitAround }) {
  const { previous, clinic } = around;
  const dates = useDates();
  const day = useWatch({ control: form.control, name: "date" });
  // While another day is typed, the one before it.
  const lastDay = useRef(day);
  const since = previous === null ? null : previous.form.date;
  return (
    <Section id="visit-weight" title="Weight and missed doses">
      <FieldRow>
        <FormField form={form} name="date">
          {(bind) => (
            <DateField
              label="Date of the visit"
              whenEmpty=""
              {...bind}
              onChange={(next) => {
                const now = form.getValues("date");
                if (isCalendarDate(now)) lastDay.current = now;
                bind.onChange(next);
                if (next !== null && isCalendarDate(next)) follow(form, lastDay.current, next);
              }}
            />
          )}
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
          : `Last visit ${dates.day(since)}${isCalendarDate(day) && since < day ? `, ${dayWords(daysBetween(since, day))} before this one` : ""}.`}
      </p>
    </Section>
  );
}

/** Takes along what was entered for the day that the visit had until now. */
function follow(form: VisitPageForm, from: CalendarDate, to: CalendarDate): void {
  if (from === to || !isCalendarDate(from)) return;
  const { labs, entries, dose, nextVisitOn } = movedTo(form.getValues(), from, to);
  form.setValue("labs", labs, { shouldDirty: true });
  form.setValue("entries", entries, { shouldDirty: true });
  form.setValue("dose", dose, { shouldDirty: true });
  form.setValue("nextVisitOn", nextVisitOn, { shouldDirty: true });
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
