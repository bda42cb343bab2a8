import { PageHeader } from "#renderer/ui/layout.tsx";

export function ClinicScreen() {
  return <PageHeader title="Clinic" />;
}
