import { riskCategory } from "#shared/records/course.ts";
import { categoryWords, siteStatusWords } from "#shared/records/words.ts";
import { DateField } from "#renderer/ui/date-field.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { NumberField } from "#renderer/ui/number-field.tsx";
import { Segmented } from "#renderer/ui/segmented.tsx";
import { Select } from "#renderer/ui/select.tsx";
import type { EntryForm } from "./entry-form.ts";

const STATUSES = (Object.keys(siteStatusWords) as (keyof typeof siteStatusWords)[]).map((value) => ({
  value,
  label: siteStatusWords[value],
}));

const DATES = [
  ["testOn", "Test of"],
  ["confirmedOn", "Confirmed on"],
  ["questionsOn", "Questions answered on"],
  ["doNotDispenseAfter", "Do not dispense after"],
  ["dispensedOn", "Dispensed on"],
] as const;

/** What the programme's own site shows for this patient, as it stands there; what it does not show stays empty. */
export function SiteFields({ form }: { form: EntryForm }) {
  return (
    <>
      <FormField form={form} name="status">
        {(bind) => <Select label="Status" options={STATUSES} {...bind} />}
      </FormField>
      <FormField form={form} name="category">
        {(bind) => (
          <Segmented
            label="Category"
            clearable
            required={false}
            options={riskCategory.options.map((value, index) => ({
              value,
              label: categoryWords[value],
              keys: String(index + 1),
            }))}
            {...bind}
          />
        )}
      </FormField>
      {DATES.map(([name, label]) => (
        <FormField key={name} form={form} name={name}>
          {(bind) => <DateField label={label} required={false} {...bind} />}
        </FormField>
      ))}
      <FormField form={form} name="daysDispensed">
        {(bind) => <NumberField label="Days dispensed" unit="days" size="small" required={false} {...bind} />}
      </FormField>
    </>
  );
}
