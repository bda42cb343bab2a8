import { useState } from "react";
import { useForm } from "react-hook-form";
import type { Visit } from "#shared/records/visit.ts";
import { useCommand } from "#renderer/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { FormActions, Section } from "#renderer/ui/layout.tsx";
import { RefusalNotice, showRefusal } from "#renderer/ui/refusal.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { toast } from "#renderer/ui/toast.tsx";

/** Takes a visit out of account, with the reason. It stays readable; its results and entries are voided with it. */
export function VoidVisit({ visit }: { visit: Visit }) {
  const [open, setOpen] = useState(false);
  const form = useForm<{ reason: string }>({ defaultValues: { reason: "" }, mode: "onChange" });
  const voiding = useCommand("visits.void");

  async function submit(): Promise<void> {
    form.clearErrors();
    const answer = await voiding.run({ id: visit.id, reason: form.getValues("reason") });
    if (!answer.ok) return showRefusal(form, answer.refusal);
    toast("Visit voided.");
  }

  return (
    <Section title="Void this visit" titleHidden={!open}>
      {open ? (
        <form
          noValidate
          aria-label="Void this visit"
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
          onKeyDown={(event) => event.key === "Escape" && setOpen(false)}
        >
          <p>
            For a visit written in the wrong chart, or that never took place. It stays readable and counts for
            nothing; its results and programme entries are voided with it.
          </p>
          <FormField form={form} name="reason">
            {(bind) => <TextField label="Why" required autoFocus size="wide" {...bind} />}
          </FormField>
          <RefusalNotice refusal={voiding.refusal} />
          <FormActions>
            <Button type="submit" kind="danger" busy={voiding.running} keys="Ctrl+Enter">
              Void the visit
            </Button>
            <Button onClick={() => setOpen(false)} keys="Esc">
              Back
            </Button>
          </FormActions>
        </form>
      ) : (
        <div>
          <Button kind="quiet" onClick={() => setOpen(true)}>
            Void this visit…
          </Button>
        </div>
      )}
    </Section>
  );
}
