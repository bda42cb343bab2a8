import { useForm } from "react-hook-form";
import { mayCall } from "#shared/permissions.ts";
import type { Visit } from "#shared/records/visit.ts";
import { useCommand, useSession } from "#renderer/api.ts";
import { DraftGuard, DraftNote, useDraft } from "#renderer/drafts.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { FormActions, Section } from "#renderer/ui/layout.tsx";
import { RefusalNotice, showRefusal } from "#renderer/ui/refusal.tsx";
import { TextArea } from "#renderer/ui/text-field.tsx";
import { toast } from "#renderer/ui/toast.tsx";

/** What was added after the signature, each with its writer and time, and the place to add more. */
export function Addenda({ visit }: { visit: Visit }) {
  const dates = useDates();
  const user = useSession()?.user ?? null;
  return (
    <Section title="Addenda">
      {visit.addenda.length === 0 && <p className="muted">None.</p>}
      <ol className="addenda">
        {visit.addenda.map((one) => (
          <li key={one.id}>
            <p className="visit-prose">{one.text}</p>
            <p className="muted">
              {one.recordedBy}, {dates.instant(one.recordedAt)}
            </p>
          </li>
        ))}
      </ol>
      {visit.voidReason === null && mayCall("visits.addAddendum", user) && (
        // Each addendum begins with an empty field.
        <AddendumForm key={visit.addenda.length} visit={visit} />
      )}
    </Section>
  );
}

function AddendumForm({ visit }: { visit: Visit }) {
  const draftKey = `addendum:${visit.id}`;
  const form = useForm<{ text: string }>({ defaultValues: { text: "" }, mode: "onChange" });
  const draft = useDraft({ key: draftKey, patientId: visit.patientId, baseVersion: null, form });
  const add = useCommand("visits.addAddendum");

  async function submit(): Promise<void> {
    form.clearErrors();
    const answer = await add.run({ id: visit.id, text: form.getValues("text"), draftKey });
    if (!answer.ok) return showRefusal(form, answer.refusal);
    await draft.clear();
    toast("Addendum added.");
  }

  return (
    <DraftGuard draft={draft}>
      <form
        noValidate
        className="form"
        aria-label="Addendum"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <FormField form={form} name="text">
          {(bind) => (
            <TextArea
              label="Add an addendum"
              hint="It stays with the visit, and is printed with it."
              rows={2}
              {...bind}
            />
          )}
        </FormField>
        <RefusalNotice refusal={add.refusal} />
        <FormActions>
          <Button type="submit" busy={add.running} keys="Ctrl+Enter">
            Add addendum
          </Button>
          <DraftNote draft={draft} />
        </FormActions>
      </form>
    </DraftGuard>
  );
}
