import { useId } from "react";
import { useForm } from "react-hook-form";
import type { Envelope, Refusal } from "#shared/refusal.ts";
import { DraftGuard, DraftNote, useDraft } from "#renderer/drafts.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { RefusalNotice, showRefusal } from "#renderer/ui/refusal.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";

/** Asks in place why something is voided; no window opens. Escape or "Keep it" leaves it as it is, and the reason as a draft. */
export function ReasonForm(props: {
  /** What is voided: `Pregnancy test of Nov 16, 2026`. */
  what: string;
  draftKey: string;
  patientId: string;
  command: { running: boolean; refusal: Refusal | undefined };
  /** Sends the void with its reason. */
  send: (reason: string) => Promise<Envelope<unknown>>;
  onDone: () => void;
  onCancel: () => void;
}) {
  const { command, patientId } = props;
  const headingId = useId();
  const form = useForm<{ reason: string }>({ defaultValues: { reason: "" } });
  const draft = useDraft({ key: props.draftKey, patientId, baseVersion: null, form });

  async function submit(): Promise<void> {
    form.clearErrors();
    const answer = await props.send(form.getValues("reason"));
    if (!answer.ok) return showRefusal(form, answer.refusal);
    await draft.clear();
    props.onDone();
  }

  return (
    <DraftGuard draft={draft}>
      <form
        noValidate
        className="reason-form"
        aria-labelledby={headingId}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") props.onCancel();
        }}
      >
        <p id={headingId}>Void: {props.what}. It stays readable and counts for nothing.</p>
        <FormField form={form} name="reason">
          {(bind) => <TextField label="Why" size="wide" required autoFocus {...bind} />}
        </FormField>
        <RefusalNotice refusal={command.refusal} />
        <div className="actions">
          <Button type="submit" kind="danger" busy={command.running} keys="Ctrl+Enter">
            Void it
          </Button>
          <Button onClick={props.onCancel} keys="Esc">
            Keep it
          </Button>
          <DraftNote draft={draft} />
        </div>
      </form>
    </DraftGuard>
  );
}
