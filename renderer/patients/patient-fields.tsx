import type { ReactNode } from "react";
import type { UseFormReturn } from "react-hook-form";
import { type CalendarDate, type DateStyle, readTypedDate } from "#shared/calendar.ts";
import type { PatientFields } from "#shared/records/patient.ts";
import { DateField } from "#renderer/ui/date-field.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { FieldRow } from "#renderer/ui/layout.tsx";
import { Segmented } from "#renderer/ui/segmented.tsx";
import { TextArea, TextField } from "#renderer/ui/text-field.tsx";
import { WordListField } from "#renderer/ui/word-list-field.tsx";

type PatientForm = UseFormReturn<PatientFields, unknown, PatientFields>;

/** The fields of a patient, in the order in which a person at the desk says them; `alike` says who may be the same person. */
export function PatientFieldSet({ form, alike }: { form: PatientForm; alike: ReactNode }) {
  return (
    <>
      <fieldset className="form-group">
        <legend>Who</legend>
        <FieldRow>
          <FormField form={form} name="familyName">
            {(bind) => <TextField label="Family name" placeholder="or the only name" autoFocus {...bind} />}
          </FormField>
          <FormField form={form} name="givenNames">
            {(bind) => <TextField label="Given names" required={false} {...bind} />}
          </FormField>
        </FieldRow>
        <FieldRow>
          <FormField form={form} name="birthDate">
            {(bind) => <DateField label="Birth date" whenEmpty="" {...bind} />}
          </FormField>
          <FormField form={form} name="preferredName">
            {(bind) => <TextField label="Preferred name" required={false} {...bind} />}
          </FormField>
          <FormField form={form} name="recordNumber">
            {(bind) => <TextField label="Record number" size="small" placeholder="Next free one" {...bind} />}
          </FormField>
        </FieldRow>
      </fieldset>
      {alike}
      <fieldset className="form-group">
        <legend>How to reach them</legend>
        <FieldRow>
          <FormField form={form} name="phone">
            {(bind) => <TextField label="Phone" type="tel" required={false} {...bind} />}
          </FormField>
          <FormField form={form} name="email">
            {(bind) => <TextField label="E-mail" type="email" required={false} {...bind} />}
          </FormField>
        </FieldRow>
        <FormField form={form} name="address">
          {(bind) => <TextArea label="Address" rows={2} required={false} {...bind} />}
        </FormField>
        <FieldRow>
          <FormField form={form} name="guardianName">
            {(bind) => <TextField label="Parent or guardian" required={false} {...bind} />}
          </FormField>
          <FormField form={form} name="guardianPhone">
            {(bind) => <TextField label="Guardian’s phone" type="tel" required={false} {...bind} />}
          </FormField>
        </FieldRow>
      </fieldset>
      <AllergyFields form={form} />
    </>
  );
}

function AllergyFields({ form }: { form: PatientForm }) {
  const status = form.watch("allergies.status");
  return (
    <fieldset className="form-group">
      <legend>Allergies</legend>
      <FormField form={form} name="allergies.status">
        {(bind) => (
          <Segmented
            label="Asked about allergies?"
            options={[
              { value: "unknown", label: "Not asked yet", keys: "u" },
              { value: "none-known", label: "None known", keys: "n" },
              { value: "listed", label: "Has allergies", keys: "y" },
            ]}
            {...bind}
            onChange={(value) => {
              bind.onChange(value);
              if (value !== "listed") form.setValue("allergies.items", [], { shouldDirty: true });
            }}
          />
        )}
      </FormField>
      {status === "listed" && (
        <FormField form={form} name="allergies.items">
          {(bind) => (
            <WordListField
              label="Allergies"
              noun="substance"
              hint="Soya, peanut and parabens matter for isotretinoin."
              {...bind}
              onChange={(items) =>
                form.setValue("allergies.items", items, { shouldDirty: true, shouldValidate: true })
              }
            />
          )}
        </FormField>
      )}
    </fieldset>
  );
}

/** A form nobody has filled yet. */
export const blankPatient: PatientFields = {
  familyName: "",
  givenNames: "",
  preferredName: "",
  birthDate: "",
  recordNumber: "",
  phone: "",
  email: "",
  address: "",
  guardianName: "",
  guardianPhone: "",
  allergies: { status: "unknown", items: [] },
};

/** What somebody typed in the search, put where it belongs: a birth date, a phone number, `Family, Given` or `Given Family`. */
export function fieldsFromSearch(
  text: string,
  style: DateStyle,
  today: CalendarDate,
): Partial<PatientFields> {
  const typed = text.trim().replaceAll(/\s+/gu, " ");
  if (typed === "") return {};
  const birthDate = readTypedDate(typed, style, today);
  if (birthDate !== null) return { birthDate };
  if (/^[+\d][\d\s()./-]{5,}$/u.test(typed)) return { phone: typed };
  const [family, ...given] = typed.split(",").map((one) => one.trim());
  if (given.length > 0) return { familyName: family ?? "", givenNames: given.join(" ") };
  const words = typed.split(" ");
  if (words.length === 1) return { familyName: typed };
  return { familyName: words.at(-1) ?? "", givenNames: words.slice(0, -1).join(" ") };
}
