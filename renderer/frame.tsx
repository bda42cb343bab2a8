/** What stands around every screen: where one is, who one is, the search, the palette, the keys. */
import { Link, useNavigate, useRouter, useRouterState } from "@tanstack/react-router";
import { type ReactNode, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { tinykeys } from "tinykeys";
import { mayCall } from "#shared/permissions.ts";
import type { User } from "#shared/records/account.ts";
import { call, refreshSession, useSession, useUnreachable } from "./api.ts";
import { setColorScheme } from "./color-scheme.ts";
import { type Action, Finder } from "./finder.tsx";
import { ShortcutSheet } from "./shortcuts.tsx";
import { Button, Kbd } from "./ui/button.tsx";
import { useDates } from "./ui/dates.tsx";
import { Dialog } from "./ui/dialog.tsx";
import { Icon } from "./ui/icons.tsx";
import { PageHeader } from "./ui/layout.tsx";
import { Banner } from "./ui/status.tsx";
import { Toasts } from "./ui/toast.tsx";

/** The frame around every screen of somebody who is in. */
export function Frame({ children }: { children: ReactNode }) {
  const session = useSession();
  const unreachable = useUnreachable();
  const dates = useDates();
  const search = useRef<HTMLInputElement>(null);
  const [palette, setPalette] = useState(false);
  const [sheet, setSheet] = useState(false);
  const actions = useActions(session?.user ?? null, setSheet);
  const user = session?.user;
  const desk = mayCall("patients.search", user ?? null);
  const whose = useWhose();
  useKeys(actions, {
    palette: () => setPalette(true),
    sheet: () => setSheet(true),
    search: () => search.current?.focus(),
  });
  useHeadingFocus();

  return (
    <>
      <a className="skip-link" href="#main" onClick={skip}>
        Skip to the page
      </a>
      <header className="top">
        <span className="wordmark">Isochart</span>
        <nav aria-label="Main">
          <ul>
            {desk && (
              <>
                <li>
                  <Link to="/" className="top-link" activeOptions={{ exact: true }}>
                    Today
                  </Link>
                </li>
                <li>
                  <Link to="/patients" className="top-link">
                    Patients
                  </Link>
                </li>
              </>
            )}
            <li>
              <Link to="/settings" className="top-link">
                Settings
              </Link>
            </li>
          </ul>
        </nav>
        {desk && (
          <Finder
            label="Search patients"
            placeholder="Name, birth date, number or phone"
            actions={[]}
            patients
            popup
            keys="/"
            inputRef={search}
          />
        )}
        <button type="button" className="palette-button" onClick={() => setPalette(true)}>
          Actions <Kbd>Ctrl+K</Kbd>
        </button>
        <div className="who">
          <span title={user?.roles.join(", ")}>
            <Icon name="person" /> {user?.name}
          </span>
          <Button kind="quiet" icon="lock" keys="Ctrl+L" onClick={() => void lock()}>
            Lock
          </Button>
        </div>
      </header>
      {session?.record?.demo && (
        <section className="ribbon" aria-label="Demo clinic">
          <Icon name="info" /> Demo clinic: every patient is made up, and nothing here is kept.
        </section>
      )}
      {session?.clockIsSet && (
        <section className="ribbon ribbon-clock" aria-label="Clock">
          <Icon name="clock" /> The clock was set by hand: it is {dates.day(dates.today)} here.
        </section>
      )}
      <main id="main" tabIndex={-1}>
        {unreachable && (
          <Banner status="stop" title="The program does not answer.">
            Nothing is saved until it does. What you type stays on this page.
          </Banner>
        )}
        {children}
      </main>
      <Toasts whose={whose} />
      <Dialog title="Actions" titleHidden open={palette} onClose={() => setPalette(false)}>
        <Finder
          label="Go to a patient, do an action"
          actions={actions}
          patients={desk}
          autoFocus
          onDone={() => setPalette(false)}
        />
      </Dialog>
      <ShortcutSheet open={sheet} onClose={() => setSheet(false)} />
    </>
  );
}

function skip(event: React.MouseEvent): void {
  // The address bar's hash holds the screen, so the link must not change it.
  event.preventDefault();
  document.getElementById("main")?.focus();
}

async function lock(): Promise<void> {
  await call("session.lock", {});
  await refreshSession();
}

async function signOut(): Promise<void> {
  await call("session.signOut", {});
  await refreshSession();
}

/** The patient whose chart is on screen, or null. */
function usePatientId(): string | null {
  return useRouterState({
    select: (state) => {
      const [, first, second] = state.location.pathname.split("/");
      return first === "patients" && second && second !== "new" ? second : null;
    },
  });
}

/** Whose page is on screen: a patient's, or a paper's; null where nobody's is. */
function useWhose(): string | null {
  const patientId = usePatientId();
  const paper = useRouterState({
    select: ({ location }) => (location.pathname.startsWith("/paper/") ? location.pathname : null),
  });
  return patientId ?? paper;
}

/** Everything that the palette offers, and that keys do, here and now. */
function useActions(user: User | null, setSheet: (open: boolean) => void): readonly Action[] {
  const navigate = useNavigate();
  const patientId = usePatientId();
  return useMemo(() => {
    const actions: Action[] = [];
    const add = (
      group: string,
      label: string,
      keys: string | null,
      run: () => void,
      allowed: Parameters<typeof mayCall>[0] | null = null,
    ) => {
      if (allowed && !mayCall(allowed, user)) return;
      actions.push({ id: `${group}:${label}`, group, label, run, ...(keys ? { keys } : {}) });
    };
    if (patientId !== null) {
      const params = { patientId };
      const chart = "Chart";
      const go = (
        to:
          | ""
          | "/labs"
          | "/programme"
          | "/visits"
          | "/history"
          | "/visits/new"
          | "/edit"
          | "/course/new"
          | "/prescriptions",
      ) => void navigate({ to: `/patients/$patientId${to}`, params });
      add(chart, "New visit", "n v", () => go("/visits/new"), "visits.save");
      add(chart, "Overview", "g o", () => go(""), "patients.chart");
      add(chart, "Labs", "g l", () => go("/labs"), "labs.flowsheet");
      add(chart, "Programme", "g r", () => go("/programme"), "programme.entries");
      add(chart, "Visits", "g v", () => go("/visits"), "visits.read");
      add(chart, "History", "g h", () => go("/history"), "patients.history");
      add(chart, "Prescriptions", null, () => go("/prescriptions"), "prescribing.list");
      add(
        chart,
        "Record a pregnancy test",
        null,
        () =>
          void navigate({
            to: "/patients/$patientId/programme",
            params,
            search: { record: "pregnancy-test" },
          }),
        "programme.record",
      );
      add(chart, "Edit patient", null, () => go("/edit"), "patients.update");
      add(chart, "New course", null, () => go("/course/new"), "courses.open");
      add(
        chart,
        "Print the lab table",
        null,
        () => void navigate({ to: "/paper/labs/$patientId", params }),
        "labs.flowsheet",
      );
    }
    const goTo = "Go to";
    add(goTo, "Today", "g t", () => void navigate({ to: "/" }), "today.list");
    add(goTo, "Patients", "g p", () => void navigate({ to: "/patients" }), "patients.search");
    add("Patients", "New patient", "n p", () => void navigate({ to: "/patients/new" }), "patients.register");
    add("Today", "Print the Today list", null, () => void navigate({ to: "/paper/today" }), "today.list");
    add(goTo, "Settings", "g s", () => void navigate({ to: "/settings" }));
    add("Settings", "Clinic", null, () => void navigate({ to: "/settings/clinic" }));
    add("Settings", "Accounts", null, () => void navigate({ to: "/settings/accounts" }), "accounts.list");
    add("Settings", "Audit trail", null, () => void navigate({ to: "/settings/audit" }), "audit.list");
    add("Settings", "My password", null, () => void navigate({ to: "/settings/password" }));
    add("Settings", "About Isochart", null, () => void navigate({ to: "/settings/about" }));
    add("Screen", "Lock", "Ctrl+L", () => void lock());
    add("Screen", "Sign out", null, () => void signOut());
    add("Screen", "Shortcuts", "?", () => setSheet(true));
    add("Screen", "Light colours", null, () => setColorScheme("light"));
    add("Screen", "Dark colours", null, () => setColorScheme("dark"));
    add("Screen", "Colours as the system", null, () => setColorScheme("system"));
    return actions;
  }, [navigate, patientId, setSheet, user]);
}

/** Ties the keys to what they do. Keys without Ctrl rest while one types, or while a window is open over the page. */
function useKeys(
  actions: readonly Action[],
  ways: { palette: () => void; sheet: () => void; search: () => void },
): void {
  const palette = useEffectEvent(ways.palette);
  const sheet = useEffectEvent(ways.sheet);
  const search = useEffectEvent(ways.search);
  const act = useEffectEvent((keys: string) => actions.find((one) => one.keys === keys)?.run());
  useEffect(() => {
    const handled = (run: () => void) => (event: KeyboardEvent) => {
      event.preventDefault();
      run();
    };
    const idle = (run: () => void) => (event: KeyboardEvent) => {
      if (isTyping(event.target) || document.querySelector(".dialog-overlay")) return;
      event.preventDefault();
      run();
    };
    const sequences = ["g t", "g p", "g s", "g o", "g l", "g r", "g v", "g h", "n p", "n v"];
    return tinykeys(
      document.documentElement,
      {
        "$mod+k": handled(() => palette()),
        "Control+l": handled(() => void lock()),
        "$mod+Enter": (event: KeyboardEvent) => {
          const form = (event.target as HTMLElement | null)?.closest("form");
          if (!form) return;
          event.preventDefault();
          form.requestSubmit();
        },
        "[Shift]+?": idle(() => sheet()),
        "/": idle(() => search()),
        ...Object.fromEntries(sequences.map((keys) => [keys, idle(() => act(keys))])),
      },
      { ignore: () => false },
    );
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches("input:not([type=checkbox], [type=button]), textarea, select, [contenteditable=true]")
  );
}

/**
 * After a change of address the focus goes to the new page's heading, so that a screen reader says where one is and Tab goes
 * on from there; unless the page itself put the focus somewhere, or the link that was pressed is still there (tabs).
 */
function useHeadingFocus(): void {
  const path = useRouterState({
    select: (state) => state.resolvedLocation?.pathname ?? state.location.pathname,
  });
  useEffect(() => {
    const main = document.getElementById("main");
    if (!main) return;
    const settled = () => {
      const active = document.activeElement;
      if (active && active !== main && main.contains(active)) return true;
      const heading = main.querySelector<HTMLElement>("[data-page-heading]");
      heading?.focus({ preventScroll: true });
      return heading !== null;
    };
    if (settled()) return;
    // The heading may wait for its data.
    const observer = new MutationObserver(() => {
      if (settled()) observer.disconnect();
    });
    observer.observe(main, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [path]);
}

/** An address that leads nowhere. */
export function NotFoundScreen() {
  return (
    <>
      <PageHeader title="There is no such page" />
      <Link to="/">Go to Today</Link>
    </>
  );
}

/** A screen that failed to draw: our fault. What was typed is in its draft. */
export function TroubleScreen() {
  const router = useRouter();
  return (
    <>
      <PageHeader title="This page could not be shown" />
      <Banner
        status="stop"
        title="This is a fault of the program. Nothing was saved, and what you typed is kept as a draft."
        actions={<Button onClick={() => void router.invalidate()}>Try again</Button>}
      />
    </>
  );
}
