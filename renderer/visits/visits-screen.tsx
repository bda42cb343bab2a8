/**
 * The list of visits. Tab `/patients/$patientId/visits`. Exports `VisitsScreen({ patientId })`.
 */
import { PageHeader } from "#renderer/ui/layout.tsx";

export type VisitsScreenProps = { patientId: string };

export function VisitsScreen(_props: VisitsScreenProps) {
  return <PageHeader title="Visits" />;
}
