import { useEffect } from "react";
import { isCalendarDate } from "#shared/calendar.ts";
import { riskCategory, riskCriterion } from "#shared/records/course.ts";
import { categoryWords, criterionWords, entryWords } from "#shared/records/words.ts";
import { editionOn } from "#shared/rules/programmes/editions.ts";
import { categoryEntries, categoryStanding } from "#shared/rules/programmes/entry-kinds.ts";
import { useDates } from "#renderer/ui/dates.tsx";
import { FieldError } from "#renderer/ui/field.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { Segmented } from "#renderer/ui/segmented.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { TextArea } from "#renderer/ui/text-field.tsx";
import type { EntryPart } from "./entry-around.ts";

/** The category, its criterion, what was seen; and why it changed: from the second entry on, or from what an earlier course says. */
export function CategoryFields({ form, around }: EntryPart) {
  const [category, on] = form.watch(["category", "on"]);
  const edition = isCalendarDate(on) ? editionOn(around.programme, on) : null;
  const criteria =
    edition?.rules.category?.cannotBy ?? riskCriterion.options.filter((one) => one !== "default");
  const [first] = categoryEntries(around.entries);
  const changes =
    (first !== undefined && first.id !== around.correctingId) ||
    (around.categoryBefore === "can" && category === "cannot");
  return (
    <>
      <FormField form={form} name="category">
        {(bind) => (
          <Segmented
            label="This patient"
            options={riskCategory.options.map((value, index) => ({
              value,
              label: categoryWords[value],
              keys: String(index + 1),
            }))}
            {...bind}
            onChange={(value) => {
              bind.onChange(value);
              form.setValue("criterion", value === "can" ? "default" : null, { shouldDirty: true });
            }}
          />
        )}
      </FormField>
      {category === "cannot" && (
        <FormField form={form} name="criterion">
          {(bind) => (
            <Select
              label="Criterion"
              hint="Sterilisation, a partner’s vasectomy, abstinence and not having had a first period do not count."
              options={criteria.map((value) => ({ value, label: criterionWords[value] }))}
              {...bind}
            />
          )}
        </FormField>
      )}
      <FormField form={form} name="evidence">
        {(bind) => <TextArea label="What was seen" rows={2} required={false} {...bind} />}
      </FormField>
      {changes && (
        <FormField form={form} name="changeReason">
          {(bind) => (
            <TextArea
              label="Why it changed"
              hint="A second person then agrees, under their own name."
              rows={2}
              {...bind}
            />
          )}
        </FormField>
      )}
    </>
  );
}

/** Which change is agreed to. Who agrees is who is signed in; the person who recorded the change cannot. */
export function AgreementFields({ form, around }: EntryPart) {
  const dates = useDates();
  const known = form.watch("entryId");
  const change =
    around.correctingId === null
      ? categoryStanding(around.entries, around.categoryBefore).toAgree
      : (around.entries.find((one) => one.id === known) ?? null);
  const id = change?.id ?? "";
  useEffect(() => {
    if (id !== "" && id !== known) form.setValue("entryId", id);
  }, [form, id, known]);
  return (
    <div className="agreed-to" data-field="entryId">
      {change === null ? (
        <FormField form={form} name="entryId">
          {({ error }) =>
            error === undefined ? (
              <p>No change of category waits for agreement.</p>
            ) : (
              <FieldError id="agreed-to-error" error="No change of category waits for agreement." />
            )
          }
        </FormField>
      ) : (
        <>
          <p>
            {entryWords(change, dates.style)}. Recorded by {change.recordedBy} for {dates.date(change.on)}.
          </p>
          <p className="muted">
            You agree under your own name. Whoever recorded the change cannot agree to it.
          </p>
        </>
      )}
    </div>
  );
}
