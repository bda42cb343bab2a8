/**
 * Flowsheet and trend. Tab `/patients/$patientId/labs`. Exports `LabsScreen({ patientId })`.
 */
import { PageHeader } from "#renderer/ui/layout.tsx";

export type LabsScreenProps = { patientId: string };

export function LabsScreen(_props: LabsScreenProps) {
  return <PageHeader title="Labs" />;
}
