import type { ReactNode } from "react";

export function SettingsFrame({ children }: { children: ReactNode }) {
  return <>{children}</>;
}
