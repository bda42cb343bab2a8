import { type ReactNode, useId } from "react";

/** The head of a screen: its heading (which takes the focus on arrival), a line below it, and the screen's acts. */
export function PageHeader(props: { title: ReactNode; sub?: ReactNode; actions?: ReactNode }) {
  return (
    <header className="page-header">
      <div>
        <h1 tabIndex={-1} data-page-heading>
          {props.title}
        </h1>
        {props.sub && <p className="page-sub">{props.sub}</p>}
      </div>
      {props.actions && <div className="actions">{props.actions}</div>}
    </header>
  );
}

/** A part of a screen under its own heading. */
export function Section(props: {
  title: string;
  children: ReactNode;
  actions?: ReactNode;
  /** Keeps the heading for screen readers only. */
  titleHidden?: boolean;
  level?: 2 | 3;
  id?: string;
}) {
  const id = useId();
  const Heading = props.level === 3 ? "h3" : "h2";
  return (
    <section className="section" aria-labelledby={id} id={props.id}>
      <div className={props.titleHidden && !props.actions ? "for-readers" : "section-head"}>
        <Heading id={id} className={props.titleHidden ? "for-readers" : undefined}>
          {props.title}
        </Heading>
        {props.actions && <div className="actions">{props.actions}</div>}
      </div>
      {props.children}
    </section>
  );
}

/** Names and values, as a typeset list; a missing value must be said in words by the caller ("not recorded"). */
export function KeyValues(props: {
  items: readonly { key: string; value: ReactNode }[];
  /** `row` sets them side by side, for banners. */
  layout?: "column" | "row";
}) {
  return (
    <dl className={`key-values key-values-${props.layout ?? "column"}`}>
      {props.items.map((item) => (
        <div key={item.key}>
          <dt>{item.key}</dt>
          <dd>{item.value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Fields beside each other, as many as fit. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className="field-row">{children}</div>;
}

/** The acts at the end of a form. */
export function FormActions({ children }: { children: ReactNode }) {
  return <div className="actions form-actions">{children}</div>;
}
