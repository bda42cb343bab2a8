import type { ProgrammeEntryKind } from "#shared/records/programme-entry.ts";
import { cycleWords, lapseWords, teachBackWords, wellbeingWords } from "#shared/records/words.ts";
import { products } from "#shared/rules/products.ts";
import { AttachmentsField } from "#renderer/attachments.tsx";
import { METHOD_OPTIONS, SECOND_METHOD_OPTIONS } from "#renderer/method-options.ts";
import { DateField } from "#renderer/ui/date-field.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { FieldRow } from "#renderer/ui/layout.tsx";
import { NumberField } from "#renderer/ui/number-field.tsx";
import { Segmented } from "#renderer/ui/segmented.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { TextArea, TextField } from "#renderer/ui/text-field.tsx";
import { AgreementFields, CategoryFields } from "./category-fields.tsx";
import { ConsentFields, ConsentItems } from "./consent-fields.tsx";
import type { EntryPart } from "./entry-around.ts";
import { type EntryForm, keyed } from "./entry-form.ts";
import { CodeFields, HomeFields, TestFields } from "./test-fields.tsx";
import { SiteFields } from "./site-fields.tsx";
import { ReportFields, StopChecklist } from "./stop-fields.tsx";

const DAY_LABELS: Partial<Record<ProgrammeEntryKind, string>> = {
  "home-test-code": "Given on",
  "pregnancy-test": "Specimen collected on",
  contraception: "All in use from",
  consent: "Signed on",
  "programme-site": "Looked at on",
  menstruation: "First day",
  "first-dose": "Taken on",
  "last-dose": "Taken on",
};

/** The fields of one entry, by its kind: the day, what the kind asks, a note. */
export function EntryFieldSet({ form, around }: EntryPart) {
  const kind = form.watch("kind");
  return (
    <>
      <FieldRow>
        <FormField form={form} name="on">
          {(bind) => (
            <DateField label={(kind && DAY_LABELS[kind]) ?? "On"} whenEmpty="" autoFocus {...bind} />
          )}
        </FormField>
        {kind !== null && <KindFields form={form} around={around} kind={kind} />}
      </FieldRow>
      {kind === "pregnancy-test" && <HomeFields form={form} around={around} />}
      {kind === "consent" && <ConsentItems form={form} />}
      {kind === "stop-handled" && <StopChecklist form={form} around={around} />}
      <FormField form={form} name="attachmentIds">
        {(bind) => (
          <AttachmentsField
            patientId={around.patientId}
            value={bind.value}
            name={bind.name}
            error={bind.error}
            onChange={(ids) => form.setValue("attachmentIds", ids, { shouldDirty: true })}
          />
        )}
      </FormField>
      {kind !== "stop-handled" && (
        <FormField form={form} name="note">
          {(bind) => <TextArea label="Note" rows={2} required={false} {...bind} />}
        </FormField>
      )}
    </>
  );
}

function KindFields(props: EntryPart & { kind: ProgrammeEntryKind }) {
  const { form, around, kind } = props;
  switch (kind) {
    case "pregnancy-test":
      return <TestFields form={form} around={around} />;
    case "risk-category":
      return <CategoryFields form={form} around={around} />;
    case "category-agreement":
      return <AgreementFields form={form} around={around} />;
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
      return <ConsentFields form={form} around={around} />;
    case "second-prescriber":
      return (
        <FormField form={form} name="name">
          {(bind) => (
            <TextField label="Second prescriber" hint="Who agrees to treat this patient." {...bind} />
          )}
        </FormField>
      );
    case "wellbeing-check":
      return <WellbeingFields form={form} />;
    case "counselling":
      return (
        <FormField form={form} name="teachBack">
          {(bind) => (
            <Segmented
              label="Teach-back"
              hint="What the patient told back in their own words."
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
      return <PermissionFields form={form} />;
    case "home-test-code":
      return <CodeFields form={form} />;
    case "dispensing":
      return <DispensingFields form={form} />;
    case "pause":
    case "treatment-stop":
      return (
        <FormField form={form} name="why">
          {(bind) => (
            <TextField
              label="Why"
              size="wide"
              hint={kind === "pause" ? undefined : "The last dose is an entry of its own."}
              {...bind}
            />
          )}
        </FormField>
      );
    case "pregnancy":
      return (
        <FormField form={form} name="knownHow">
          {(bind) => <TextField label="How it is known" size="wide" required={false} {...bind} />}
        </FormField>
      );
    case "pregnancy-report":
      return <ReportFields form={form} around={around} />;
    case "programme-site":
      return <SiteFields form={form} />;
    case "stop-handled":
    case "missed-period":
    case "prescriber-confirmation":
    case "first-dose":
    case "last-dose":
    case "resume":
      return null;
  }
}

function WellbeingFields({ form }: { form: EntryForm }) {
  const options = keyed(wellbeingWords, { asked: "a", declined: "d" });
  return (
    <>
      <FormField form={form} name="mood">
        {(bind) => <Segmented label="Mood" options={options} {...bind} />}
      </FormField>
      <FormField form={form} name="sexualFunction">
        {(bind) => (
          <Segmented
            label="Sexual function"
            hint="The answers themselves belong to the visit."
            options={options}
            {...bind}
          />
        )}
      </FormField>
    </>
  );
}

function PermissionFields({ form }: { form: EntryForm }) {
  return (
    <FormField form={form} name="given">
      {(bind) => (
        <Segmented
          label="Home tests"
          hint="The prescriber’s standing permission: it holds until it is withdrawn."
          options={[
            { value: "given", label: "Permitted", keys: "y" },
            { value: "withdrawn", label: "No longer permitted", keys: "n" },
          ]}
          {...bind}
          value={bind.value === null ? null : bind.value ? "given" : "withdrawn"}
          onChange={(value) =>
            form.setValue("given", value === null ? null : value === "given", { shouldDirty: true })
          }
        />
      )}
    </FormField>
  );
}

function DispensingFields({ form }: { form: EntryForm }) {
  return (
    <>
      <FormField form={form} name="capsules">
        {(bind) => (
          <NumberField label="Capsules" hint="Left empty when not known; 0 when not collected." {...bind} />
        )}
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
}

function MethodFields(props: { form: EntryForm; first: string; second: string }) {
  return (
    <>
      <FormField form={props.form} name="first">
        {(bind) => <Select label={props.first} options={METHOD_OPTIONS} {...bind} />}
      </FormField>
      <FormField form={props.form} name="second">
        {(bind) => (
          <Select
            label={props.second}
            options={SECOND_METHOD_OPTIONS}
            {...bind}
            value={bind.value ?? "none"}
            onChange={(value) => bind.onChange(value === "none" ? null : value)}
          />
        )}
      </FormField>
    </>
  );
}
