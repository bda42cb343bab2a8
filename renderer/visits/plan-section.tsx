import { useWatch } from "react-hook-form";
import { daysBetween, isCalendarDate } from "#shared/calendar.ts";
import { DateField } from "#renderer/ui/date-field.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { Section } from "#renderer/ui/layout.tsx";
import { TextArea } from "#renderer/ui/text-field.tsx";
import { dayWords, type VisitPageForm } from "./visit-form.ts";

/** What happens next, in the patient's words and in the clinic's. */
export function PlanSection({ form }: { form: VisitPageForm }) {
  const dates = useDates();
  const [day, next] = useWatch({ control: form.control, name: ["date", "nextVisitOn"] });
  const known = next !== null && isCalendarDate(next) && isCalendarDate(day);
  return (
    <Section id="visit-plan" title="Plan and next visit">
      <FormField form={form} name="plan">
        {(bind) => (
          <TextArea
            label="Plan"
            hint="Printed on the visit summary, for the patient to read."
            rows={3}
            {...bind}
          />
        )}
      </FormField>
      <FormField form={form} name="notes">
        {(bind) => <TextArea label="Notes" hint="For the clinic only. Never printed." rows={2} {...bind} />}
      </FormField>
      <div className="visit-with-last">
        <FormField form={form} name="nextVisitOn">
          {(bind) => <DateField label="Next visit" {...bind} />}
        </FormField>
        <p className="visit-last">
          {known && next > day && `${dates.day(next)}: ${dayWords(daysBetween(day, next))} after this visit.`}
        </p>
      </div>
    </Section>
  );
}
