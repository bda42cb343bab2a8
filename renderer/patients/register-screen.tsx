/**
 * Register a patient. Mounted by app.tsx at `/patients/new`. Exports `RegisterScreen()`.
 */
import { PageHeader } from "#renderer/ui/layout.tsx";

export function RegisterScreen() {
  return <PageHeader title="Register a patient" />;
}
