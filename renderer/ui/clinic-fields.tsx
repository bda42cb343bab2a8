import type { UseFormReturn } from "react-hook-form";
import type { Clinic } from "#shared/records/clinic.ts";
import { FormField } from "./form-field.tsx";
import { FieldRow, Section } from "./layout.tsx";
import { NumberField } from "./number-field.tsx";
import { Segmented } from "./segmented.tsx";
import { Select } from "./select.tsx";
import { TextArea, TextField } from "./text-field.tsx";

/** A form that holds the clinic, alone or before the first account. */
export type ClinicForm = { clinic: Clinic };

const zones = [...Intl.supportedValuesOf("timeZone"), "UTC"]
  .filter((zone, index, all) => all.indexOf(zone) === index)
  .map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }));

/** The clinic's fields: what stands on its paper, and how it writes dates and units. */
export function ClinicFields({ form }: { form: UseFormReturn<ClinicForm, unknown, ClinicForm> }) {
  return (
    <>
      <Section title="On the clinic’s paper">
        <FormField form={form} name="clinic.name">
          {(bind) => <TextField label="Name of the clinic" required {...bind} />}
        </FormField>
        <FormField form={form} name="clinic.letterhead">
          {(bind) => (
            <TextField
              label="Letterhead"
              required={false}
              hint="A line under the name, such as the names of the doctors."
              size="wide"
              {...bind}
            />
          )}
        </FormField>
        <FormField form={form} name="clinic.address">
          {(bind) => <TextArea label="Address" rows={3} required {...bind} />}
        </FormField>
        <FieldRow>
          <FormField form={form} name="clinic.phone">
            {(bind) => <TextField label="Phone" type="tel" size="small" required {...bind} />}
          </FormField>
          <FormField form={form} name="clinic.afterHoursPhone">
            {(bind) => (
              <TextField label="Phone when the clinic is closed" type="tel" required={false} {...bind} />
            )}
          </FormField>
        </FieldRow>
        <FormField form={form} name="clinic.crisisLine">
          {(bind) => (
            <TextField
              label="Crisis line"
              hint="Printed on every paper that speaks of mood."
              required
              {...bind}
            />
          )}
        </FormField>
      </Section>
      <Section title="Dates and units">
        <FormField form={form} name="clinic.zone">
          {(bind) => <Select label="Time zone" options={zones} {...bind} />}
        </FormField>
        <FormField form={form} name="clinic.dateStyle">
          {(bind) => (
            <Segmented
              label="Dates are written"
              options={[
                { value: "mdy", label: "Nov 22, 2026", keys: "1" },
                { value: "dmy", label: "22 Nov 2026", keys: "2" },
                { value: "iso", label: "2026-11-22", keys: "3" },
              ]}
              {...bind}
            />
          )}
        </FormField>
        <FieldRow>
          <FormField form={form} name="clinic.weightUnit">
            {(bind) => (
              <Segmented
                label="Weight in"
                options={[
                  { value: "kg", label: "kg", keys: "1" },
                  { value: "lb", label: "lb", keys: "2" },
                ]}
                {...bind}
              />
            )}
          </FormField>
          <FormField form={form} name="clinic.labUnits">
            {(bind) => (
              <Segmented
                label="Lab units offered first"
                options={[
                  { value: "conventional", label: "Conventional (mg/dL)", keys: "1" },
                  { value: "si", label: "SI (mmol/L)", keys: "2" },
                ]}
                {...bind}
              />
            )}
          </FormField>
        </FieldRow>
        <FormField form={form} name="clinic.idleMinutes">
          {(bind) => (
            <NumberField
              label="Lock the screen after"
              unit="minutes"
              hint="Without a key or a click, 1 to 30."
              {...bind}
            />
          )}
        </FormField>
      </Section>
    </>
  );
}
