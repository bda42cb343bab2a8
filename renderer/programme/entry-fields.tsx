import type { UseFormReturn } from "react-hook-form";
import { isCalendarDate } from "#shared/calendar.ts";
import { type Programme, riskCategory, riskCriterion } from "#shared/records/course.ts";
import { contraceptiveMethod, type ProgrammeEntryKind } from "#shared/records/programme-entry.ts";
import {
  categoryWords,
  consentWords,
  criterionWords,
  cycleWords,
  lapseWords,
  methodWords,
  sampleWords,
  settingWords,
  signerWords,
  teachBackWords,
  testResultWords,
} from "#shared/records/words.ts";
import { editionOn } from "#shared/rules/programmes/editions.ts";
import { products } from "#shared/rules/products.ts";
import { DateField } from "#renderer/ui/date-field.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { FieldRow } from "#renderer/ui/layout.tsx";
import { NumberField } from "#renderer/ui/number-field.tsx";
import { Segmented } from "#renderer/ui/segmented.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { TextArea, TextField } from "#renderer/ui/text-field.tsx";
import type { EntryFormValues } from "./entry-form.ts";

export type EntryForm = UseFormReturn<EntryFormValues, unknown, EntryFormValues>;

const list = <V extends string>(words: Record<V, string>) =>
  (Object.keys(words) as V[]).map((value) => ({ value, label: words[value] }));
const keyed = <V extends string>(words: Record<V, string>, keys: Record<V, string>) =>
  list(words).map((one) => ({ ...one, keys: keys[one.value] }));
const METHODS = contraceptiveMethod.options.map((value) => ({ value, label: methodWords[value] }));
const NO_METHOD = { value: "none", label: "None" };

/** The fields of one entry, by its kind: the day, what the kind asks, a note. */
export function EntryFieldSet({ form, programme }: { form: EntryForm; programme: Programme }) {
  const kind = form.watch("kind");
  return (
    <>
      <FieldRow>
        <FormField form={form} name="on">
          {(bind) => (
            <DateField
              label={kind === "pregnancy-test" ? "Specimen collected on" : "On"}
              whenEmpty=""
              autoFocus
              {...bind}
            />
          )}
        </FormField>
        {kind === "pregnancy-test" && (
          <FormField form={form} name="time">
            {(bind) => (
              <TextField
                label="At"
                size="small"
                placeholder="14:05"
                required={false}
                {...bind}
                value={bind.value ?? ""}
                onChange={(text) => bind.onChange(text === "" ? null : text)}
              />
            )}
          </FormField>
        )}
        {kind !== null && <KindFields form={form} kind={kind} programme={programme} />}
      </FieldRow>
      <FormField form={form} name="note">
        {(bind) => <TextArea label="Note" rows={2} required={false} {...bind} />}
      </FormField>
    </>
  );
}

function KindFields(props: { form: EntryForm; kind: ProgrammeEntryKind; programme: Programme }) {
  const { form, kind } = props;
  switch (kind) {
    case "pregnancy-test":
      return <TestFields form={form} />;
    case "risk-category":
      return <CategoryFields form={form} programme={props.programme} />;
    case "contraception":
      return <MethodFields form={form} first="Primary method" second="Second method" />;
    case "patient-questions":
      return <MethodFields form={form} first="First method the patient entered" second="Second method" />;
    case "enrolment":
      return (
        <FormField form={form} name="programmeNumber">
          {(bind) => <TextField label="Programme number" {...bind} />}
        </FormField>
      );
    case "consent":
      return (
        <>
          <FormField form={form} name="form">
            {(bind) => <Select label="Form" options={list(consentWords)} {...bind} />}
          </FormField>
          <FormField form={form} name="signer">
            {(bind) => (
              <Segmented
                label="Signed by"
                options={keyed(signerWords, { patient: "p", "patient-and-guardian": "g" })}
                {...bind}
              />
            )}
          </FormField>
          <FormField form={form} name="formEdition">
            {(bind) => <TextField label="Edition of the form" required={false} {...bind} />}
          </FormField>
        </>
      );
    case "counselling":
      return (
        <FormField form={form} name="teachBack">
          {(bind) => (
            <Segmented
              label="Teach-back"
              options={keyed(teachBackWords, { understood: "u", "taught-again": "a", "not-done": "n" })}
              {...bind}
            />
          )}
        </FormField>
      );
    case "contraception-lapse":
      return (
        <FormField form={form} name="what">
          {(bind) => (
            <Segmented
              label="What happened"
              options={keyed(lapseWords, { stopped: "s", missed: "m", "unprotected-contact": "u" })}
              {...bind}
            />
          )}
        </FormField>
      );
    case "menstruation":
      return (
        <FormField form={form} name="cycle">
          {(bind) => (
            <Segmented
              label="Cycle"
              options={keyed(cycleWords, { regular: "r", irregular: "i", none: "n" })}
              {...bind}
            />
          )}
        </FormField>
      );
    case "home-test-permission":
      return (
        <FormField form={form} name="given">
          {(bind) => (
            <Segmented
              label="Home tests"
              options={[
                { value: "given", label: "Permitted", keys: "y" },
                { value: "withdrawn", label: "No longer permitted", keys: "n" },
              ]}
              {...bind}
              value={bind.value ? "given" : "withdrawn"}
              onChange={(value) => form.setValue("given", value === "given", { shouldDirty: true })}
            />
          )}
        </FormField>
      );
    case "dispensing":
      return (
        <>
          <FormField form={form} name="capsules">
            {(bind) => <NumberField label="Capsules" hint="Left empty when not known." {...bind} />}
          </FormField>
          <FormField form={form} name="productId">
            {(bind) => (
              <Select
                label="Product"
                options={products.map((one) => ({ value: one.id, label: one.name }))}
                {...bind}
              />
            )}
          </FormField>
        </>
      );
    case "pause":
      return (
        <FormField form={form} name="why">
          {(bind) => <TextField label="Why" size="wide" {...bind} />}
        </FormField>
      );
    case "pregnancy":
      return (
        <FormField form={form} name="knownHow">
          {(bind) => <TextField label="How it is known" size="wide" required={false} {...bind} />}
        </FormField>
      );
    case "missed-period":
    case "prescriber-confirmation":
    case "first-dose":
    case "last-dose":
    case "resume":
      return null;
    default:
      return null;
  }
}

function TestFields({ form }: { form: EntryForm }) {
  return (
    <>
      <FormField form={form} name="result">
        {(bind) => (
          <Segmented
            label="Result"
            options={keyed(testResultWords, {
              negative: "n",
              positive: "p",
              indeterminate: "i",
              pending: "w",
            })}
            {...bind}
          />
        )}
      </FormField>
      <FormField form={form} name="sample">
        {(bind) => (
          <Segmented label="Sample" options={keyed(sampleWords, { urine: "u", serum: "s" })} {...bind} />
        )}
      </FormField>
      <FormField form={form} name="setting">
        {(bind) => (
          <Segmented
            label="Where"
            options={keyed(settingWords, {
              medical: "m",
              "clia-laboratory": "l",
              home: "h",
              "remote-supervised": "r",
            })}
            {...bind}
          />
        )}
      </FormField>
      <FormField form={form} name="sensitivity">
        {(bind) => <NumberField label="Detects from" unit="mIU/mL" {...bind} />}
      </FormField>
      <FormField form={form} name="readBy">
        {(bind) => <TextField label="Read by" required={false} {...bind} />}
      </FormField>
    </>
  );
}

function CategoryFields({ form, programme }: { form: EntryForm; programme: Programme }) {
  const [category, on] = form.watch(["category", "on"]);
  const edition = isCalendarDate(on) ? editionOn(programme, on) : null;
  const criteria =
    edition?.rules.category?.cannotBy ?? riskCriterion.options.filter((one) => one !== "default");
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
        {(bind) => <TextArea label="What was seen, and why it changed" rows={2} {...bind} />}
      </FormField>
    </>
  );
}

function MethodFields(props: { form: EntryForm; first: string; second: string }) {
  return (
    <>
      <FormField form={props.form} name="first">
        {(bind) => <Select label={props.first} options={METHODS} {...bind} />}
      </FormField>
      <FormField form={props.form} name="second">
        {(bind) => (
          <Select
            label={props.second}
            options={[NO_METHOD, ...METHODS]}
            {...bind}
            value={bind.value ?? "none"}
            onChange={(value) => bind.onChange(value === "none" ? null : value)}
          />
        )}
      </FormField>
    </>
  );
}
