import { PageHeader } from "#renderer/ui/layout.tsx";

export function AuditScreen() {
  return <PageHeader title="Audit" />;
}
