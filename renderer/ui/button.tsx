import type { ButtonHTMLAttributes, ReactNode } from "react";
import { Icon, type IconName } from "./icons.tsx";

type Base = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "className" | "children">;

export type ButtonProps = Base & {
  children: ReactNode;
  /** `main` for the one act of a screen, `plain` (default) for the others, `quiet` for a link-like one, `danger` for what cannot be undone. */
  kind?: "main" | "plain" | "quiet" | "danger";
  icon?: IconName;
  /** Shows that it is at work and takes no second press. */
  busy?: boolean;
  /** The key that does the same, shown at its end. */
  keys?: string;
};

/** A button. `type` is `button` unless said otherwise. */
export function Button({ kind = "plain", icon, busy, keys, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={`button button-${kind}`}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
      {keys && <Kbd>{keys}</Kbd>}
    </button>
  );
}

export type IconButtonProps = Base & {
  icon: IconName;
  /** What it does, for everyone who cannot see the sign. */ label: string;
};

/** A button that shows only a sign; its label is its name and its tooltip. */
export function IconButton({ icon, label, ...rest }: IconButtonProps) {
  return (
    <button type="button" {...rest} className="icon-button" aria-label={label} title={label}>
      <Icon name={icon} />
    </button>
  );
}

/** A key, as printed on it. `Ctrl+L` is split at the plus. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="kbd" aria-hidden="true">
      {children}
    </kbd>
  );
}
