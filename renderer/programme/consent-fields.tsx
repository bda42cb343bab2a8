import { useEffect } from "react";
import { ageOn, isCalendarDate } from "#shared/calendar.ts";
import { consentWords, signerWords } from "#shared/records/words.ts";
import { consentItems } from "#shared/rules/programmes/consent-items.ts";
import { editionOn } from "#shared/rules/programmes/editions.ts";
import { consentFormsOf } from "#shared/rules/programmes/entry-kinds.ts";
import { Button } from "#renderer/ui/button.tsx";
import { CheckboxRow } from "#renderer/ui/checkbox.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { Segmented } from "#renderer/ui/segmented.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import type { EntryPart } from "./entry-around.ts";
import { type EntryForm, keyed } from "./entry-form.ts";

/** Which form, who signed it, and the guardian's name where one signs too. */
export function ConsentFields({ form, around }: EntryPart) {
  const [which, on, signer, guardianName] = form.watch(["form", "on", "signer", "guardianName"]);
  const forms = [...new Set([...consentFormsOf(around.programme), ...(which === null ? [] : [which])])];
  const age = around.birthDate !== null && isCalendarDate(on) ? ageOn(around.birthDate, on) : null;
  const underAge = isCalendarDate(on)
    ? (editionOn(around.programme, on)?.rules["guardian-consent"]?.underAge ?? null)
    : null;
  const guardianAsked = age !== null && underAge !== null && age < underAge;
  const askName = guardianAsked || signer === "patient-and-guardian";
  const fill = askName && guardianName === "" && around.guardianName !== "" ? around.guardianName : null;
  useEffect(() => {
    // As the patient's details have it: the same guardian, to be changed when another one signed.
    if (fill !== null) form.setValue("guardianName", fill);
  }, [form, fill]);
  return (
    <>
      <FormField form={form} name="form">
        {(bind) => (
          <Select
            label="Form"
            options={forms.map((value) => ({ value, label: consentWords[value] }))}
            {...bind}
            onChange={(value) => {
              bind.onChange(value);
              form.setValue("items", [], { shouldDirty: true });
            }}
          />
        )}
      </FormField>
      <FormField form={form} name="signer">
        {(bind) => (
          <Segmented
            label="Signed by"
            hint={
              guardianAsked
                ? `${age} years old: under ${underAge}, a parent or guardian signs too.`
                : undefined
            }
            options={keyed(signerWords, { patient: "p", "patient-and-guardian": "g" })}
            {...bind}
          />
        )}
      </FormField>
      {askName && (
        <FormField form={form} name="guardianName">
          {(bind) => <TextField label="Guardian’s name" required={guardianAsked} {...bind} />}
        </FormField>
      )}
      <FormField form={form} name="formEdition">
        {(bind) => <TextField label="Edition of the form" required={false} {...bind} />}
      </FormField>
    </>
  );
}

/** Which items were initialled, in our own words; the form itself is the programme's. */
export function ConsentItems({ form }: { form: EntryForm }) {
  const [which, ticked] = form.watch(["form", "items"]);
  if (which === null) return null;
  const { items, source } = consentItems[which];
  const all = ticked.length === items.length;
  return (
    <div className="consent-items">
      <FormField form={form} name="items">
        {(bind) => (
          <CheckboxRow
            label={`Items initialled: ${ticked.length} of ${items.length} (left empty where nobody keeps them)`}
            options={items.map(({ id, words }) => ({ value: id, label: words }))}
            value={bind.value}
            name={bind.name}
            error={bind.error}
            onChange={(value) => form.setValue("items", value, { shouldDirty: true })}
          />
        )}
      </FormField>
      <p className="muted">In our own words, after: {source}.</p>
      <Button
        kind="quiet"
        onClick={() => form.setValue("items", all ? [] : items.map((one) => one.id), { shouldDirty: true })}
      >
        {all ? "Take all back" : "All are initialled"}
      </Button>
    </div>
  );
}
