import type { ReactNode } from "react";

export function SignInGate({ children }: { children: ReactNode }) {
  return <>{children}</>;
}
