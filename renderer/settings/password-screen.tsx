import { PageHeader } from "#renderer/ui/layout.tsx";

export function PasswordScreen() {
  return <PageHeader title="Password" />;
}
