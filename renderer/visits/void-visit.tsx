import { Link } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import type { Visit } from "#shared/records/visit.ts";
import type { Refusal } from "#shared/refusal.ts";
import { useCommand } from "#renderer/api.ts";
import { DraftGuard, DraftNote, useDraft, useDraftKeys } from "#renderer/drafts.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { FormActions, Section } from "#renderer/ui/layout.tsx";
import { RefusalNotice, showRefusal } from "#renderer/ui/refusal.tsx";
import { Banner } from "#renderer/ui/status.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { toast } from "#renderer/ui/toast.tsx";

/** Takes a visit out of account, with the reason. It stays readable; its results and entries are voided with it. */
export function VoidVisit({ visit }: { visit: Visit }) {
  const draftKey = `visit-void:${visit.id}`;
  const waits = useDraftKeys().includes(draftKey);
  // Null until somebody opens or closes it: then a reason that was begun opens it.
  const [opened, setOpened] = useState<boolean | null>(null);
  const open = opened ?? waits;
  return (
    <Section title="Void this visit" titleHidden={!open}>
      {open ? (
        <VoidVisitForm visit={visit} draftKey={draftKey} onBack={() => setOpened(false)} />
      ) : (
        <div>
          <Button kind="quiet" onClick={() => setOpened(true)}>
            Void this visit…
          </Button>
        </div>
      )}
    </Section>
  );
}

function VoidVisitForm(props: { visit: Visit; draftKey: string; onBack: () => void }) {
  const { visit } = props;
  const form = useForm<{ reason: string }>({ defaultValues: { reason: "" }, mode: "onChange" });
  const draft = useDraft({ key: props.draftKey, patientId: visit.patientId, baseVersion: null, form });
  const voiding = useCommand("visits.void");
  const toRead = voiding.refusal?.code === "unlikely" ? voiding.refusal : null;

  async function submit(confirmed: string[] = []): Promise<void> {
    form.clearErrors();
    const answer = await voiding.run({ id: visit.id, reason: form.getValues("reason"), confirmed });
    if (!answer.ok) return showRefusal(form, answer.refusal);
    await draft.clear();
    toast("Visit voided.");
  }

  return (
    <DraftGuard draft={draft}>
      <form
        noValidate
        className="form"
        aria-label="Void this visit"
        onSubmit={(event) => {
          event.preventDefault();
          void submit(toRead === null ? [] : Object.keys(toRead.fields));
        }}
        onKeyDown={(event) => event.key === "Escape" && props.onBack()}
      >
        <p className="visit-prose">
          For a visit written in the wrong chart, or that never took place. It stays readable and counts for
          nothing; its results and programme entries are voided with it.
        </p>
        <FormField form={form} name="reason">
          {(bind) => <TextField label="Why" required autoFocus size="wide" {...bind} />}
        </FormField>
        {toRead === null ? (
          <RefusalNotice refusal={voiding.refusal} />
        ) : (
          <ToRead refusal={toRead} patientId={visit.patientId} />
        )}
        <FormActions>
          <Button type="submit" kind="danger" busy={voiding.running} keys="Ctrl+Enter">
            {toRead === null ? "Void the visit" : "I have read it: void the visit"}
          </Button>
          <Button onClick={props.onBack} keys="Esc">
            Back
          </Button>
          <DraftNote draft={draft} />
        </FormActions>
      </form>
    </DraftGuard>
  );
}

/** What the void leaves in force, and what it takes from the way of a prescription: read before it is done. */
function ToRead({ refusal, patientId }: { refusal: Refusal; patientId: string }) {
  const place = useRef<HTMLDivElement>(null);
  // Not on a button, so that a key pressed in haste decides nothing.
  useEffect(() => {
    place.current?.focus();
    // With the buttons under it.
    place.current?.closest("form")?.scrollIntoView({ block: "nearest" });
  }, [refusal]);
  return (
    <div ref={place} tabIndex={-1}>
      <Banner status="stop" title={refusal.sentence}>
        <ul className="visit-to-read">
          {Object.entries(refusal.fields).map(([path, sentence]) => (
            <li key={path}>{sentence}</li>
          ))}
        </ul>
        <Link to="/patients/$patientId/programme" params={{ patientId }} className="link">
          Programme
        </Link>
        {" · "}
        <Link to="/patients/$patientId/labs" params={{ patientId }} className="link">
          Flowsheet
        </Link>
      </Banner>
    </div>
  );
}
