import type { UseFormReturn } from "react-hook-form";
import type { PatientFields } from "#shared/records/patient.ts";
import { DateField } from "#renderer/ui/date-field.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { Segmented } from "#renderer/ui/segmented.tsx";
import { TextArea, TextField } from "#renderer/ui/text-field.tsx";
import { WordListField } from "#renderer/ui/word-list-field.tsx";

type PatientForm = UseFormReturn<PatientFields, unknown, PatientFields>;

/** The fields of a patient, in the order in which a person at the desk says them. */
export function PatientFieldSet({ form }: { form: PatientForm }) {
  return (
    <>
      <fieldset className="form-group">
        <legend>Who</legend>
        <div className="form-row">
          <FormField form={form} name="familyName">
            {(bind) => (
              <TextField label="Family name" hint="A one-word name goes here." autoFocus {...bind} />
            )}
          </FormField>
          <FormField form={form} name="givenNames">
            {(bind) => <TextField label="Given names" required={false} {...bind} />}
          </FormField>
        </div>
        <div className="form-row">
          <FormField form={form} name="birthDate">
            {(bind) => <DateField label="Birth date" whenEmpty="" {...bind} />}
          </FormField>
          <FormField form={form} name="preferredName">
            {(bind) => <TextField label="Preferred name" required={false} {...bind} />}
          </FormField>
          <FormField form={form} name="recordNumber">
            {(bind) => (
              <TextField
                label="Record number"
                size="small"
                hint="Left empty, the next one is given."
                {...bind}
              />
            )}
          </FormField>
        </div>
      </fieldset>
      <fieldset className="form-group">
        <legend>How to reach them</legend>
        <div className="form-row">
          <FormField form={form} name="phone">
            {(bind) => <TextField label="Phone" type="tel" required={false} {...bind} />}
          </FormField>
          <FormField form={form} name="email">
            {(bind) => <TextField label="E-mail" type="email" required={false} {...bind} />}
          </FormField>
        </div>
        <FormField form={form} name="address">
          {(bind) => <TextArea label="Address" rows={2} required={false} {...bind} />}
        </FormField>
        <div className="form-row">
          <FormField form={form} name="guardianName">
            {(bind) => <TextField label="Parent or guardian" required={false} {...bind} />}
          </FormField>
          <FormField form={form} name="guardianPhone">
            {(bind) => <TextField label="Guardian’s phone" type="tel" required={false} {...bind} />}
          </FormField>
        </div>
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

/**
 * What somebody typed in the search, put where it belongs: `Family, Given`, `Given Family`, a birth date is left out when
 * it cannot be told (`date` null). Digits only count as a phone number.
 */
export function fieldsFromSearch(text: string): Partial<PatientFields> {
  const typed = text.trim().replaceAll(/\s+/gu, " ");
  if (typed === "") return {};
  if (/^[+\d][\d\s()./-]{5,}$/u.test(typed)) return { phone: typed };
  const [family, ...given] = typed.split(",").map((one) => one.trim());
  if (given.length > 0) return { familyName: family ?? "", givenNames: given.join(" ") };
  const words = typed.split(" ");
  if (words.length === 1) return { familyName: typed };
  return { familyName: words.at(-1) ?? "", givenNames: words.slice(0, -1).join(" ") };
}
