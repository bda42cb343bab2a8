/**
 * What was changed, by whom and when: the patient's details, latest first. Tab `/patients/$patientId/history`.
 */
import { useApi } from "#renderer/api.ts";
import { useDates } from "#renderer/ui/dates.tsx";
import { PageHeader, Section } from "#renderer/ui/layout.tsx";
import { RefusalNotice } from "#renderer/ui/refusal.tsx";
import { Skeleton } from "#renderer/ui/status.tsx";
import { patientRevisions } from "./patient-changes.ts";
import "./patients.css";

export type HistoryScreenProps = { patientId: string };

export function HistoryScreen({ patientId }: HistoryScreenProps) {
  const dates = useDates();
  const history = useApi("patients.history", { id: patientId });
  return (
    <>
      <PageHeader title="History" />
      <RefusalNotice refusal={history.refusal} />
      {history.loading && <Skeleton lines={5} />}
      {history.value && (
        <Section title="Details">
          <ol className="revisions">
            {patientRevisions(history.value, dates.date).map(({ revision, changes }) => (
              <li key={revision.version}>
                <p>
                  <strong>{revision.recordedBy}</strong>, {dates.instant(revision.recordedAt)}
                  {revision.version === 1 && ": registered."}
                </p>
                {changes.length > 0 && (
                  <ul>
                    {changes.map((change) => (
                      <li key={change.field}>
                        {change.field}: <del>{change.before}</del> <span aria-hidden="true">→</span>{" "}
                        <ins>{change.after}</ins>
                      </li>
                    ))}
                  </ul>
                )}
                {changes.length === 0 && revision.version > 1 && (
                  <p className="muted">Saved without a change.</p>
                )}
              </li>
            ))}
          </ol>
        </Section>
      )}
    </>
  );
}
