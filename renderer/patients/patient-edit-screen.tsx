/**
 * Edit who the patient is. Mounted by app.tsx at `/patients/$patientId/edit`. Exports `PatientEditScreen({ patientId })`.
 */
import { PageHeader } from "#renderer/ui/layout.tsx";

export type PatientEditScreenProps = { patientId: string };

export function PatientEditScreen(_props: PatientEditScreenProps) {
  return <PageHeader title="Edit patient" />;
}
