import type { ReactNode } from "react";
import { Icon, type IconName } from "./icons.tsx";

/** How something stands. `unknown` looks like neither a pass nor a fail. */
export type Status = "ok" | "watch" | "stop" | "info" | "unknown" | "none";

const icons: Record<Status, IconName> = {
  ok: "check",
  watch: "warning",
  stop: "stop",
  info: "info",
  unknown: "question",
  none: "dash",
};

/** Sign, word and colour together; the colour is never alone. */
export function StatusMark(props: { status: Status; children: ReactNode; icon?: IconName; quiet?: boolean }) {
  return (
    <span className={`status status-${props.status}${props.quiet ? " status-quiet" : ""}`}>
      <Icon name={props.icon ?? icons[props.status]} />
      <span>{props.children}</span>
    </span>
  );
}

/**
 * A band across a screen or section. `role` is `alert` for what interrupts (default for `stop`), `status` for what may
 * wait, null for what stands there from the start.
 */
export function Banner(props: {
  status: Exclude<Status, "none">;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  role?: "alert" | "status" | null;
}) {
  const role = props.role === undefined ? (props.status === "stop" ? "alert" : "status") : props.role;
  return (
    <div className={`banner banner-${props.status}`} role={role ?? undefined}>
      <Icon name={icons[props.status]} />
      <div className="banner-text">
        {props.title && <strong>{props.title}</strong>}
        {props.children && <div>{props.children}</div>}
      </div>
      {props.actions && <div className="banner-actions">{props.actions}</div>}
    </div>
  );
}

/** What a list says when it has nothing to show, and what one can do about it. */
export function EmptyState(props: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <p className="empty-title">{props.title}</p>
      {props.children && <p>{props.children}</p>}
      {props.action}
    </div>
  );
}

/** Grey lines where text will stand. */
export function Skeleton({ lines = 3, label = "Loading" }: { lines?: number; label?: string }) {
  return (
    <div className="skeleton" role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} />
      ))}
    </div>
  );
}
