import type { ReactNode } from "react";
import { PageHeader } from "./ui/layout.tsx";

export function Frame({ children }: { children: ReactNode }) {
  return <main id="main">{children}</main>;
}
export function NotFoundScreen() {
  return <PageHeader title="There is no such page" />;
}
export function TroubleScreen() {
  return <PageHeader title="This page could not be shown" />;
}
