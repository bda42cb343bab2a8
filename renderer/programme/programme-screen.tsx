/**
 * The programme of the open course: gate, steps, entries. Tab `/patients/$patientId/programme`. Exports `ProgrammeScreen({ patientId })`.
 */
import { PageHeader } from "#renderer/ui/layout.tsx";

export type ProgrammeScreenProps = { patientId: string };

export function ProgrammeScreen(_props: ProgrammeScreenProps) {
  return <PageHeader title="Programme" />;
}
