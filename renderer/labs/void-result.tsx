import type { LabResultView } from "#shared/records/lab-result.ts";
import { useCommand } from "#renderer/api.ts";
import { toast } from "#renderer/ui/toast.tsx";
import { VoidForm } from "#renderer/void-form.tsx";

/** Takes a result out of the flowsheet, with the reason; it stays readable in the record and counts for nothing. */
export function VoidResult(props: { result: LabResultView; onDone: () => void; onCancel: () => void }) {
  const { id, patientId } = props.result;
  const remove = useCommand("labs.void");
  return (
    <VoidForm
      label="Void the result"
      draftKey={`result-void:${id}`}
      patientId={patientId}
      command={remove}
      send={(reason) => remove.run({ id, reason })}
      onDone={() => {
        toast("Result voided.");
        props.onDone();
      }}
      onCancel={props.onCancel}
    >
      A voided result leaves the flowsheet, the trend and the judgement. It stays in the record with its
      reason.
    </VoidForm>
  );
}
