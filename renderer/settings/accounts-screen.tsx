import { PageHeader } from "#renderer/ui/layout.tsx";

export function AccountsScreen() {
  return <PageHeader title="Accounts" />;
}
