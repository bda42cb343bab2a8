import { isCalendarDate } from "#shared/calendar.ts";
import { sampleWords, settingWords, testResultWords } from "#shared/records/words.ts";
import { settingsKnown } from "#shared/rules/programmes/entry-kinds.ts";
import { blankHomeEvidence, CODE_HINT, HomePermission } from "#renderer/home-test.tsx";
import { DateField } from "#renderer/ui/date-field.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { FieldRow } from "#renderer/ui/layout.tsx";
import { NumberField } from "#renderer/ui/number-field.tsx";
import { Segmented } from "#renderer/ui/segmented.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import type { EntryPart } from "./entry-around.ts";
import { keyed } from "./entry-form.ts";

const SETTING_KEYS = { medical: "m", "clia-laboratory": "l", home: "h", "remote-supervised": "r" } as const;

/** A test: when, what it said, of what, where, how fine, who read it. */
export function TestFields({ form, around }: EntryPart) {
  const chosen = form.watch("setting");
  const settings = settingsKnown(around.programme);
  const places = chosen !== null && !settings.includes(chosen) ? [...settings, chosen] : settings;
  return (
    <>
      <FormField form={form} name="time">
        {(bind) => <TimeField label="At" bind={bind} />}
      </FormField>
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
            options={places.map((value) => ({
              value,
              label: settingWords[value],
              keys: SETTING_KEYS[value],
            }))}
            {...bind}
            onChange={(value) => {
              bind.onChange(value);
              if (value === "home" || value === "remote-supervised") beginHomeEvidence({ form, around });
              else form.setValue("home", null, { shouldDirty: true });
            }}
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

function beginHomeEvidence({ form, around }: EntryPart): void {
  if (form.getValues("home") !== null) return;
  const on = form.getValues("on");
  const until = isCalendarDate(on) ? on : around.decidedOn;
  form.setValue("home", blankHomeEvidence(around.entries, until), { shouldDirty: true });
}

/** The code that is told to the patient before a test at home; what it is for stands beside it. */
export function CodeFields({ form }: Pick<EntryPart, "form">) {
  return (
    <FormField form={form} name="code">
      {(bind) => (
        <TextField
          label="Code"
          hint="Tell it to the patient now: on the photo it lies beside the test. The form of the test takes it from here."
          {...bind}
        />
      )}
    </FormField>
  );
}

/** What shows that a test outside a medical setting is this patient's, of this day, and rightly read. Source: domain facts 1.8. */
export function HomeFields({ form, around }: EntryPart) {
  const home = form.watch("home");
  if (home === null) return null;
  return (
    <div role="group" aria-label="Evidence of the home test" className="home-evidence">
      {form.watch("setting") === "home" && <HomePermission entries={around.entries} />}
      <FieldRow>
        <FormField form={form} name="home.challengeCode">
          {(bind) => (
            <TextField
              label="Code beside the test"
              hint={CODE_HINT}
              size="small"
              required={false}
              {...bind}
            />
          )}
        </FormField>
        <FormField form={form} name="home.kitBrand">
          {(bind) => <TextField label="Kit" required={false} {...bind} />}
        </FormField>
        <FormField form={form} name="home.kitLot">
          {(bind) => <TextField label="Lot" size="small" required={false} {...bind} />}
        </FormField>
        <FormField form={form} name="home.kitExpiry">
          {(bind) => <DateField label="Kit expires on" required={false} {...bind} />}
        </FormField>
        <FormField form={form} name="home.readAt">
          {(bind) => <TimeField label="Read at" bind={bind} />}
        </FormField>
        <FormField form={form} name="home.verifiedBy">
          {(bind) => (
            <TextField
              label="Looked at by"
              hint="Who at the clinic saw the photo or video."
              required={false}
              {...bind}
            />
          )}
        </FormField>
      </FieldRow>
    </div>
  );
}

function TimeField(props: {
  label: string;
  bind: {
    name: string;
    value: string | null;
    onChange: (value: string | null) => void;
    onBlur: () => void;
    register: (element: { focus: () => void } | null) => void;
    error: string | undefined;
  };
}) {
  const { label, bind } = props;
  return (
    <TextField
      label={label}
      size="small"
      placeholder="14:05"
      required={false}
      {...bind}
      value={bind.value ?? ""}
      onChange={(text) => bind.onChange(text === "" ? null : text)}
    />
  );
}
