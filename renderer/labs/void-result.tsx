import { useEffect, useRef } from "react";
import { useForm } from "react-hook-form";
import type { LabResultView } from "#shared/records/lab-result.ts";
import { useCommand } from "#renderer/api.ts";
import { DraftGuard, DraftNote, useDraft } from "#renderer/drafts.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { RefusalNotice, showRefusal } from "#renderer/ui/refusal.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { toast } from "#renderer/ui/toast.tsx";

/** Takes a result out of the flowsheet, with the reason; it stays readable in the record and counts for nothing. */
export function VoidResult(props: { result: LabResultView; onDone: () => void; onCancel: () => void }) {
  const { id, patientId } = props.result;
  const form = useForm<{ reason: string }>({ defaultValues: { reason: "" } });
  const draft = useDraft({ key: `result-void:${id}`, patientId, baseVersion: null, form });
  const run = useCommand("labs.void");
  const box = useRef<HTMLFormElement>(null);
  // The whole form, with its buttons and what was refused.
  useEffect(() => {
    // In braces: newer browsers answer with a promise, which is no clean-up.
    box.current?.scrollIntoView({ block: "nearest" });
  }, [run.refusal]);

  async function submit(): Promise<void> {
    const answer = await run.run({ id, reason: form.getValues("reason") });
    if (!answer.ok) return showRefusal(form, answer.refusal);
    await draft.clear();
    toast("Result voided.");
    props.onDone();
  }

  return (
    <DraftGuard draft={draft}>
      <form
        ref={box}
        noValidate
        className="form"
        aria-label="Void the result"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p>
          A voided result leaves the flowsheet, the trend and the judgement. It stays in the record with its
          reason.
        </p>
        <FormField form={form} name="reason">
          {(bind) => <TextField label="Why is it voided?" autoFocus {...bind} />}
        </FormField>
        <RefusalNotice refusal={run.refusal} />
        <div className="actions">
          <Button type="submit" kind="danger" busy={run.running}>
            Void it
          </Button>
          <Button onClick={props.onCancel}>Keep it</Button>
          <DraftNote draft={draft} />
        </div>
      </form>
    </DraftGuard>
  );
}
