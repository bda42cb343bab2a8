import { type ReactNode, useEffect, useRef } from "react";
import { useForm } from "react-hook-form";
import type { Envelope, Refusal } from "#shared/refusal.ts";
import { DraftGuard, DraftNote, useDraft } from "./drafts.tsx";
import { Button } from "./ui/button.tsx";
import { FormField } from "./ui/form-field.tsx";
import { RefusalNotice, showRefusal } from "./ui/refusal.tsx";
import { TextField } from "./ui/text-field.tsx";

/** Asks in place why something is voided; no window opens. Escape or "Keep it" leaves it as it is, and the reason as a draft. */
export function VoidForm(props: {
  /** The form's name: what is voided. */
  label: string;
  /** What the void does. */
  children: ReactNode;
  draftKey: string;
  patientId: string;
  command: { running: boolean; refusal: Refusal | undefined };
  /** Sends the void with its reason. */
  send: (reason: string) => Promise<Envelope<unknown>>;
  onDone: () => void;
  onCancel: () => void;
}) {
  const { command, patientId } = props;
  const form = useForm<{ reason: string }>({ defaultValues: { reason: "" } });
  const draft = useDraft({ key: props.draftKey, patientId, baseVersion: null, form });
  const box = useRef<HTMLFormElement>(null);
  // The whole form, with its buttons and what was refused.
  useEffect(() => {
    // In braces: newer browsers answer with a promise, which is no clean-up.
    box.current?.scrollIntoView({ block: "nearest" });
  }, [command.refusal]);

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
        ref={box}
        noValidate
        className="form void-form"
        aria-label={props.label}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          // What stands around the form stays open.
          event.stopPropagation();
          props.onCancel();
        }}
      >
        <p>{props.children}</p>
        <FormField form={form} name="reason">
          {(bind) => <TextField label="Why is it voided?" size="wide" autoFocus {...bind} />}
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
