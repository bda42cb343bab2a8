import { type ReactNode, useEffect, useRef } from "react";
import { DEMO_PASSWORD } from "#shared/records/session.ts";
import { PageHeader } from "#renderer/ui/layout.tsx";
import { Banner } from "#renderer/ui/status.tsx";

/** The page of every screen before somebody is in. */
export function SignInPage(props: {
  title: string;
  sub?: ReactNode;
  children: ReactNode;
  demo?: boolean;
  /** A narrow page: one question. */
  narrow?: boolean;
}) {
  const page = useRef<HTMLElement>(null);
  useEffect(() => {
    const place = page.current;
    if (!place || place.contains(document.activeElement)) return;
    (place.querySelector<HTMLElement>("[data-first]") ?? place.querySelector<HTMLElement>("h1"))?.focus();
  }, []);
  return (
    <main ref={page} className={props.narrow ? "sign-in sign-in-narrow" : "sign-in"}>
      {props.demo && (
        <Banner status="watch" role={null} title="Demo clinic: every patient is made up.">
          The users are doctor, nurse and reception, each with the password {DEMO_PASSWORD}.
        </Banner>
      )}
      <PageHeader title={props.title} sub={props.sub} />
      {props.children}
    </main>
  );
}
