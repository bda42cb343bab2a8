/**
 * Every version of the patient and the courses. Tab `/patients/$patientId/history`. Exports `HistoryScreen({ patientId })`.
 */
import { PageHeader } from "#renderer/ui/layout.tsx";

export type HistoryScreenProps = { patientId: string };

export function HistoryScreen(_props: HistoryScreenProps) {
  return <PageHeader title="History" />;
}
