import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { mayCall } from "#shared/permissions.ts";
import { useSession } from "#renderer/api.ts";
import "./settings.css";

/** The settings' own tabs. Only what this person may open is offered. */
export function SettingsFrame({ children }: { children: ReactNode }) {
  const user = useSession()?.user ?? null;
  return (
    <div className="settings">
      <nav aria-label="Settings" className="tab-links">
        <Link to="/settings/clinic" className="tab-link">
          Clinic
        </Link>
        {mayCall("accounts.list", user) && (
          <Link to="/settings/accounts" className="tab-link">
            Accounts
          </Link>
        )}
        {mayCall("programmes.list", user) && (
          <Link to="/settings/programmes" className="tab-link">
            Programmes
          </Link>
        )}
        {mayCall("audit.list", user) && (
          <Link to="/settings/audit" className="tab-link">
            Audit trail
          </Link>
        )}
        <Link to="/settings/password" className="tab-link">
          My password
        </Link>
        <Link to="/settings/about" className="tab-link">
          About
        </Link>
      </nav>
      {children}
    </div>
  );
}
