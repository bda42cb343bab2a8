import { isCalendarDate } from "#shared/calendar.ts";
import { type RiskCategory, riskCategory, riskCriterion } from "#shared/records/course.ts";
import { categoryWords, criterionWords } from "#shared/records/words.ts";
import { editionOn } from "#shared/rules/programmes/editions.ts";
import { FormField } from "#renderer/ui/form-field.tsx";
import { Segmented } from "#renderer/ui/segmented.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { TextArea } from "#renderer/ui/text-field.tsx";
import type { CourseForm } from "./course-fields.tsx";

/**
 * The risk category with its criterion; left open, the gate says so. `before`: what the patient's earlier courses say. From their "can" a
 * "cannot" is a change, with its reason.
 */
export function CategoryFields({ form, before }: { form: CourseForm; before: RiskCategory | null }) {
  const chosen = form.watch("category");
  const [programme, decidedOn] = form.watch(["programme", "decidedOn"]);
  const edition = isCalendarDate(decidedOn) ? editionOn(programme, decidedOn) : null;
  const criteria =
    edition?.rules.category?.cannotBy ?? riskCriterion.options.filter((one) => one !== "default");

  function choose(category: RiskCategory | null): void {
    // `cannot` begins without a criterion: it must be chosen, never assumed.
    const next =
      category === null
        ? null
        : { category, criterion: category === "can" ? "default" : "", evidence: chosen?.evidence ?? "" };
    form.setValue("category", next as typeof chosen, { shouldDirty: true });
  }

  return (
    <fieldset className="form-group" data-field="category">
      <legend>Risk category</legend>
      <Segmented
        label="This patient"
        hint="Every patient can become pregnant unless one of the listed criteria applies."
        options={[
          ...riskCategory.options.map((value, index) => ({
            value: value as string,
            label: categoryWords[value],
            keys: String(index + 1),
          })),
          { value: "later", label: "Decide later", keys: "u" },
        ]}
        value={chosen?.category ?? "later"}
        onChange={(value) => choose(value === "can" || value === "cannot" ? value : null)}
      />
      {chosen?.category === "cannot" && (
        <>
          <FormField form={form} name="category.criterion">
            {(bind) => (
              <Select
                label="Criterion"
                hint="Sterilisation, a partner’s vasectomy, abstinence and not having had a first period do not move a patient here."
                options={criteria.map((value) => ({ value, label: criterionWords[value] }))}
                {...bind}
                value={bind.value === "default" ? "" : bind.value}
              />
            )}
          </FormField>
          <FormField form={form} name="category.evidence">
            {(bind) => (
              <TextArea
                label="What was seen"
                hint="An operation note; for the menopause, the laboratory values by the laboratory’s own ranges."
                rows={2}
                {...bind}
              />
            )}
          </FormField>
          {before === "can" && (
            <FormField form={form} name="category.changeReason">
              {(bind) => (
                <TextArea
                  label="Why it changed"
                  hint="By an earlier course this patient can become pregnant. A second person then agrees, under their own name."
                  rows={2}
                  {...bind}
                  value={bind.value ?? ""}
                />
              )}
            </FormField>
          )}
        </>
      )}
      {chosen === null && <p className="field-hint">Until it is decided, nothing can be prescribed.</p>}
    </fieldset>
  );
}
