import { useEffect, useRef } from "react";
import { useForm } from "react-hook-form";
import type { LabResultFields, LabResultView } from "#shared/records/lab-result.ts";
import { labTest, labValueText, readLabValue } from "#shared/rules/lab-tests.ts";
import { useCommand } from "#renderer/api.ts";
import { DraftGuard, DraftNote, useDraft } from "#renderer/drafts.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { DateField } from "#renderer/ui/date-field.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { FieldRow } from "#renderer/ui/layout.tsx";
import { NumberField } from "#renderer/ui/number-field.tsx";
import { RefusalNotice, showRefusal } from "#renderer/ui/refusal.tsx";
import { Segmented } from "#renderer/ui/segmented.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { toast } from "#renderer/ui/toast.tsx";

type Correction = {
  /** As typed: `<5`. */
  value: string;
  unit: string;
  rangeLow: number | null;
  rangeHigh: number | null;
  collectedOn: string;
  fasting: "yes" | "no" | null;
  note: string;
  reason: string;
};

/** A new version of a result, with the reason; the old one stays readable. */
export function CorrectResult(props: {
  result: LabResultView;
  onDone: (corrected: LabResultView) => void;
  onCancel: () => void;
}) {
  const { result } = props;
  const test = labTest(result.testId);
  const form = useForm<Correction>({
    defaultValues: {
      value: labValueText(result),
      unit: result.unit,
      rangeLow: result.rangeLow,
      rangeHigh: result.rangeHigh,
      collectedOn: result.collectedOn,
      fasting: result.fasting === null ? null : result.fasting ? "yes" : "no",
      note: result.note,
      reason: "",
    },
  });
  const draft = useDraft({
    key: `result-correction:${result.id}`,
    patientId: result.patientId,
    baseVersion: null,
    form,
  });
  const correct = useCommand("labs.correct");
  const box = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // What is typed first replaces the old result.
    const first = box.current?.querySelector("input");
    first?.focus();
    first?.select();
  }, []);

  async function submit(confirmed: string[] = []): Promise<void> {
    const typed = form.getValues();
    const reading = readLabValue(typed.value);
    if (!reading.ok) {
      showRefusal(form, { code: "invalid", sentence: "", fields: { value: reading.sentence } });
      return;
    }
    const fields: LabResultFields = {
      testId: result.testId,
      collectedOn: typed.collectedOn,
      comparator: reading.comparator,
      value: reading.value,
      text: reading.text,
      unit: typed.unit,
      rangeLow: typed.rangeLow,
      rangeHigh: typed.rangeHigh,
      fasting: typed.fasting === null ? null : typed.fasting === "yes",
      note: typed.note,
    };
    const answer = await correct.run({ id: result.id, result: fields, reason: typed.reason, confirmed });
    if (!answer.ok) {
      showRefusal(form, answer.refusal, "result.");
      return;
    }
    await draft.clear();
    toast("Result corrected.");
    props.onDone(answer.value);
  }

  return (
    <DraftGuard draft={draft}>
      <form
        ref={box}
        noValidate
        className="form"
        aria-label="Correct the result"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <FieldRow>
          <FormField form={form} name="value">
            {(bind) => <TextField label="Result" size="small" {...bind} />}
          </FormField>
          {test?.kind === "quantity" && (
            <FormField form={form} name="unit">
              {(bind) => (
                <Select
                  label="Unit"
                  size="small"
                  options={test.units.map((unit) => ({ value: unit.ucum, label: unit.label }))}
                  {...bind}
                  onChange={(unit) => {
                    bind.onChange(unit);
                    // Limits belong to their unit.
                    form.setValue("rangeLow", null);
                    form.setValue("rangeHigh", null);
                  }}
                />
              )}
            </FormField>
          )}
        </FieldRow>
        {test?.kind !== "words" && (
          <FieldRow>
            <FormField form={form} name="rangeLow">
              {(bind) => <NumberField label="Range from" {...bind} />}
            </FormField>
            <FormField form={form} name="rangeHigh">
              {(bind) => <NumberField label="Range to" {...bind} />}
            </FormField>
          </FieldRow>
        )}
        <FieldRow>
          <FormField form={form} name="collectedOn">
            {(bind) => <DateField label="Collected on" whenEmpty="" {...bind} />}
          </FormField>
          {test?.fastingMatters && (
            <FormField form={form} name="fasting">
              {(bind) => (
                <Segmented
                  label="Fasting"
                  clearable
                  options={[
                    { value: "yes", label: "Yes", keys: "y" },
                    { value: "no", label: "No", keys: "n" },
                  ]}
                  {...bind}
                />
              )}
            </FormField>
          )}
        </FieldRow>
        <FormField form={form} name="note">
          {(bind) => <TextField label="Note" required={false} {...bind} />}
        </FormField>
        <FormField form={form} name="reason">
          {(bind) => <TextField label="Why is it corrected?" {...bind} />}
        </FormField>
        <RefusalNotice refusal={correct.refusal} prefix="result." onConfirm={(paths) => void submit(paths)} />
        <div className="actions">
          <Button type="submit" kind="main" busy={correct.running} keys="Ctrl+Enter">
            Save the correction
          </Button>
          <Button onClick={props.onCancel}>Cancel</Button>
          <DraftNote draft={draft} />
        </div>
      </form>
    </DraftGuard>
  );
}
