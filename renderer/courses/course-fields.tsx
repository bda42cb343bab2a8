import { useFieldArray, type UseFormReturn } from "react-hook-form";
import { z } from "zod";
import {
  type CourseFields,
  type RiskCategory,
  courseFields,
  familyHistoryItem,
  indication,
  programme,
  riskCategory,
  riskCriterion,
  screeningCondition,
} from "#shared/records/course.ts";
import {
  conditionWords,
  familyHistoryWords,
  indicationWords,
  programmeWords,
  scarsWords,
  treatmentOutcomeWords,
} from "#shared/records/words.ts";
import { CUMULATIVE_TARGET } from "#shared/rules/dosing.ts";
import { OFFERED_PROGRAMMES } from "#shared/rules/programmes/editions.ts";
import { products } from "#shared/rules/products.ts";
import { useApi } from "#renderer/api.ts";
import { Button, IconButton } from "#renderer/ui/button.tsx";
import { DateField } from "#renderer/ui/date-field.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { FieldRow } from "#renderer/ui/layout.tsx";
import { NumberField } from "#renderer/ui/number-field.tsx";
import { Segmented } from "#renderer/ui/segmented.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { TextArea, TextField } from "#renderer/ui/text-field.tsx";
import { WeightField } from "#renderer/ui/weight-field.tsx";
import { WordListField } from "#renderer/ui/word-list-field.tsx";
import { AnswerList } from "./answer-list.tsx";
import { CategoryFields } from "./category-fields.tsx";
import "./courses.css";

/** A course as its form holds it; `category` is asked at the start only, later it is a programme entry. */
export const courseFormSchema = courseFields.extend({
  category: z
    .object({
      category: riskCategory,
      criterion: riskCriterion,
      evidence: z.string().trim().max(1000),
      changeReason: z.string().trim().max(500).optional(),
    })
    .nullable(),
});
export type CourseFormValues = z.infer<typeof courseFormSchema>;
export type CourseForm = UseFormReturn<CourseFormValues, unknown, CourseFormValues>;

const options = <V extends string>(words: Record<V, string>, values: readonly V[]) =>
  values.map((value) => ({ value, label: words[value] }));

const IGA = [0, 1, 2, 3, 4].map((value) => ({ value, label: String(value) }));
const SCARS = courseFields.shape.scars.options;
const OUTCOMES = courseFields.shape.earlierTreatments.element.shape.outcome.options;

/**
 * The fields of a course, in the order of a first consultation. `atStart` asks the risk category too, with `categoryBefore` what
 * the patient's earlier courses say of it; `takesFocus` is false where
 * another form on the page is what one came for.
 */
export function CourseFieldSet({
  form,
  atStart,
  categoryBefore = null,
  takesFocus = true,
}: {
  form: CourseForm;
  atStart: boolean;
  categoryBefore?: RiskCategory | null;
  takesFocus?: boolean;
}) {
  return (
    <>
      <fieldset className="form-group">
        <legend>Why isotretinoin</legend>
        <FieldRow>
          <FormField form={form} name="decidedOn">
            {(bind) => <DateField label="Decided on" whenEmpty="" {...bind} />}
          </FormField>
          <FormField form={form} name="indication">
            {(bind) => (
              <Select
                label="Indication"
                options={options(indicationWords, indication.options)}
                autoFocus={takesFocus}
                {...bind}
              />
            )}
          </FormField>
          <FormField form={form} name="indicationNote">
            {(bind) => <TextField label="Note" required={false} {...bind} />}
          </FormField>
        </FieldRow>
        <FieldRow>
          <FormField form={form} name="igaAtStart">
            {(bind) => (
              <Segmented
                label="Severity now (IGA)"
                hint="0 clear, 1 almost clear, 2 mild, 3 moderate, 4 severe."
                options={IGA}
                clearable
                {...bind}
              />
            )}
          </FormField>
          <FormField form={form} name="scars">
            {(bind) => (
              <Select
                label="Scars now"
                hint="Before treatment."
                options={options(scarsWords, SCARS)}
                size="small"
                {...bind}
              />
            )}
          </FormField>
        </FieldRow>
      </fieldset>
      <EarlierTreatments form={form} />
      <EarlierIsotretinoin form={form} />
      <FormField form={form} name="conditions">
        {(bind) => (
          <AnswerList
            label="Screening: has or had"
            questions={screeningCondition.options.map((id) => ({ id, label: conditionWords[id] }))}
            name={bind.name}
            value={bind.value}
            error={bind.error}
            onChange={(value) => form.setValue("conditions", value, { shouldDirty: true })}
          />
        )}
      </FormField>
      <FormField form={form} name="conditionsNote">
        {(bind) => <TextArea label="More about these" rows={2} required={false} {...bind} />}
      </FormField>
      <FormField form={form} name="familyHistory">
        {(bind) => (
          <AnswerList
            label="In the family"
            questions={familyHistoryItem.options.map((id) => ({ id, label: familyHistoryWords[id] }))}
            name={bind.name}
            value={bind.value}
            error={bind.error}
            onChange={(value) => form.setValue("familyHistory", value, { shouldDirty: true })}
          />
        )}
      </FormField>
      <Medicines form={form} />
      <Treatment form={form} />
      {atStart && <CategoryFields form={form} before={categoryBefore} />}
    </>
  );
}

function EarlierTreatments({ form }: { form: CourseForm }) {
  const list = useFieldArray({ control: form.control, name: "earlierTreatments" });
  return (
    <fieldset className="form-group">
      <legend>Earlier treatments</legend>
      {list.fields.map((row, index) => (
        <FieldRow key={row.id}>
          <FormField form={form} name={`earlierTreatments.${index}.name`}>
            {(bind) => <TextField label="Treatment" {...bind} />}
          </FormField>
          <FormField form={form} name={`earlierTreatments.${index}.weeks`}>
            {(bind) => <NumberField label="For" unit="weeks" {...bind} />}
          </FormField>
          <FormField form={form} name={`earlierTreatments.${index}.outcome`}>
            {(bind) => (
              <Select
                label="Outcome"
                options={options(treatmentOutcomeWords, OUTCOMES)}
                size="small"
                {...bind}
              />
            )}
          </FormField>
          <IconButton
            icon="trash"
            label={`Remove treatment ${index + 1}`}
            onClick={() => list.remove(index)}
          />
        </FieldRow>
      ))}
      <Button icon="plus" onClick={() => list.append({ name: "", weeks: null, outcome: "unknown" })}>
        Add a treatment
      </Button>
    </fieldset>
  );
}

function EarlierIsotretinoin({ form }: { form: CourseForm }) {
  const taken = form.watch("earlierIsotretinoin.taken");
  return (
    <fieldset className="form-group">
      <legend>Isotretinoin before this record</legend>
      <FieldRow>
        <FormField form={form} name="earlierIsotretinoin.taken">
          {(bind) => (
            <Segmented
              label="Taken before?"
              options={[
                { value: "yes", label: "Yes", keys: "y" },
                { value: "no", label: "No", keys: "n" },
                { value: "unknown", label: "Not known", keys: "u" },
              ]}
              {...bind}
              onChange={(value) => {
                bind.onChange(value);
                if (value === "yes") return;
                form.setValue("earlierIsotretinoin.totalMg", null, { shouldDirty: true });
                form.setValue("earlierIsotretinoin.endedOn", null, { shouldDirty: true });
              }}
            />
          )}
        </FormField>
        {taken === "yes" && (
          <>
            <FormField form={form} name="earlierIsotretinoin.totalMg">
              {(bind) => <NumberField label="Total taken" unit="mg" required={false} {...bind} />}
            </FormField>
            <FormField form={form} name="earlierIsotretinoin.endedOn">
              {(bind) => <DateField label="Last dose" required={false} {...bind} />}
            </FormField>
          </>
        )}
      </FieldRow>
    </fieldset>
  );
}

function Medicines({ form }: { form: CourseForm }) {
  const medicines = form.watch("medicines");
  const asked = medicines === null ? "unknown" : "asked";
  const set = (value: CourseFormValues["medicines"]) =>
    form.setValue("medicines", value, { shouldDirty: true, shouldTouch: true });
  return (
    <fieldset className="form-group">
      <legend>Medicines and supplements</legend>
      <Segmented
        label="Asked about medicines?"
        options={[
          { value: "unknown", label: "Not asked yet", keys: "u" },
          { value: "asked", label: "Asked: listed here", keys: "y" },
        ]}
        value={asked}
        onChange={(value) => set(value === "asked" ? (medicines ?? []) : null)}
      />
      {medicines !== null && (
        <WordListField
          label="Every medicine and supplement taken"
          noun="medicine"
          name="medicines"
          hint="An empty list means: takes none. Vitamin A, tetracyclines, steroids and acne creams too."
          value={medicines.map((one) => one.name)}
          onChange={(names) => set(names.map((name) => ({ name })))}
        />
      )}
    </fieldset>
  );
}

function Treatment({ form }: { form: CourseForm }) {
  const unit = useApi("clinic.read", {}).value?.weightUnit ?? "kg";
  return (
    <fieldset className="form-group">
      <legend>Treatment</legend>
      <FieldRow>
        <FormField form={form} name="productId">
          {(bind) => (
            <Select
              label="Product"
              hint="The same throughout the course."
              options={products.map((one) => ({ value: one.id, label: one.name }))}
              {...bind}
            />
          )}
        </FormField>
        <FormField form={form} name="referenceWeightKg">
          {(bind) => (
            <WeightField label="Weight at the start" hint="For the whole course." unit={unit} {...bind} />
          )}
        </FormField>
        <FormField form={form} name="targetMgPerKg">
          {(bind) => (
            <NumberField
              label="Target"
              unit="mg/kg"
              hint={`In all. Usual ${CUMULATIVE_TARGET.low} to ${CUMULATIVE_TARGET.high}.`}
              {...bind}
            />
          )}
        </FormField>
      </FieldRow>
      <FormField form={form} name="programme">
        {(bind) => (
          <Select
            label="Pregnancy-prevention programme"
            options={options(
              programmeWords,
              programme.options.filter((one) => OFFERED_PROGRAMMES.includes(one) || one === bind.value),
            )}
            {...bind}
          />
        )}
      </FormField>
    </fieldset>
  );
}

/** What a course's form holds when it is opened on a course that exists. */
export function formOfCourse(course: CourseFields): CourseFormValues {
  return { ...courseFields.parse(course), category: null };
}
