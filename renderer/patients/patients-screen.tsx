/**
 * Find a patient. Mounted by app.tsx at `/patients`. Exports `PatientsScreen()`.
 */
import { PageHeader } from "#renderer/ui/layout.tsx";

export function PatientsScreen() {
  return <PageHeader title="Patients" />;
}
