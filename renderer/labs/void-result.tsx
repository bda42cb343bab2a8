import { useState } from "react";
import type { LabResultView } from "#shared/records/lab-result.ts";
import { useCommand } from "#renderer/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { RefusalNotice } from "#renderer/ui/refusal.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { toast } from "#renderer/ui/toast.tsx";

/** Takes a result out of the flowsheet, with the reason; it stays readable in the audit trail and counts for nothing. */
export function VoidResult(props: { result: LabResultView; onDone: () => void; onCancel: () => void }) {
  const [reason, setReason] = useState("");
  const run = useCommand("labs.void");
  return (
    <form
      noValidate
      className="form"
      aria-label="Void the result"
      onSubmit={(event) => {
        event.preventDefault();
        void run.run({ id: props.result.id, reason }).then((answer) => {
          if (!answer.ok) return;
          toast("Result voided.");
          props.onDone();
        });
      }}
    >
      <p>
        A voided result leaves the flowsheet, the trend and the judgement. It stays in the record with its
        reason.
      </p>
      <TextField
        label="Why is it voided?"
        name="reason"
        autoFocus
        value={reason}
        onChange={setReason}
        error={run.refusal?.fields["reason"]}
      />
      <RefusalNotice refusal={run.refusal} />
      <div className="actions">
        <Button type="submit" kind="danger" busy={run.running}>
          Void it
        </Button>
        <Button onClick={props.onCancel}>Keep it</Button>
      </div>
    </form>
  );
}
