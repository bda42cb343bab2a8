import type { ProgrammeEntry } from "#shared/records/programme-entry.ts";
import { reportRecipientWords } from "#shared/records/words.ts";
import { reportRecipientsOf } from "#shared/rules/programmes/entry-kinds.ts";
import { stopTasks, type StopTrigger } from "#shared/rules/stops.ts";
import { CheckboxRow } from "#renderer/ui/checkbox.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { TextArea, TextField } from "#renderer/ui/text-field.tsx";
import type { EntryPart } from "./entry-around.ts";

/** The gravest first: its checklist is the longest. */
const TRIGGERS: readonly StopTrigger[] = [
  "pregnancy",
  "pregnancy-test",
  "missed-period",
  "contraception-lapse",
];

function triggerOf(entries: readonly ProgrammeEntry[]): StopTrigger {
  const stops = (one: ProgrammeEntry, trigger: StopTrigger) =>
    one.kind === trigger &&
    (one.kind !== "pregnancy-test" || one.result === "positive" || one.result === "indeterminate");
  return TRIGGERS.find((trigger) => entries.some((one) => stops(one, trigger))) ?? "pregnancy";
}

/** What was done about a stop that could not wait, step by step, and a note that cannot stay empty. Source: domain facts 1.6. */
export function StopChecklist({ form, around }: EntryPart) {
  const tasks = stopTasks(around.programme, triggerOf(around.entries));
  return (
    <div className="stop-checklist">
      <FormField form={form} name="done">
        {(bind) => (
          <CheckboxRow
            label="Done"
            options={tasks.map(({ step, words }) => ({ value: step, label: words }))}
            value={bind.value}
            name={bind.name}
            error={bind.error}
            onChange={(value) => form.setValue("done", value, { shouldDirty: true })}
          />
        )}
      </FormField>
      <FormField form={form} name="note">
        {(bind) => (
          <TextArea
            label="What was done"
            hint="This closes the task on Today. It does not lift the stop."
            rows={3}
            required
            {...bind}
          />
        )}
      </FormField>
    </div>
  );
}

/** To whom a pregnancy was reported, and the number that came back. */
export function ReportFields({ form, around }: EntryPart) {
  const chosen = form.watch("to");
  const places = reportRecipientsOf(around.programme);
  const others = chosen !== null && !places.includes(chosen) ? [chosen] : [];
  const how = stopTasks(around.programme, "pregnancy").find((one) => one.step === "reported")?.words;
  return (
    <>
      <FormField form={form} name="to">
        {(bind) => (
          <Select
            label="Reported to"
            hint={how === undefined ? undefined : `${how}.`}
            options={[...places, ...others].map((value) => ({
              value,
              label: reportRecipientWords[value],
            }))}
            {...bind}
          />
        )}
      </FormField>
      <FormField form={form} name="reference">
        {(bind) => <TextField label="Their reference" required={false} {...bind} />}
      </FormField>
    </>
  );
}
