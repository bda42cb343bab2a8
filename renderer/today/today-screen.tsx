/**
 * Today: who is due for what. Mounted by app.tsx at `/`. Exports `TodayScreen()`.
 */
import { PageHeader } from "#renderer/ui/layout.tsx";

export function TodayScreen() {
  return <PageHeader title="Today" />;
}
