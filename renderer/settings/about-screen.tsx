import { PageHeader } from "#renderer/ui/layout.tsx";

export function AboutScreen() {
  return <PageHeader title="About" />;
}
