import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { call, useApi, useSession, useUnreachable, watchSession } from "#renderer/api.ts";
import { DatesProvider } from "#renderer/ui/dates.tsx";
import { Banner, Skeleton } from "#renderer/ui/status.tsx";
import { CreateRecordScreen } from "./create-record-screen.tsx";
import { FirstScreen } from "./first-screen.tsx";
import { LockScreen } from "./lock-screen.tsx";
import { RecoveryScreen } from "./recovery-screen.tsx";
import { SignInScreen } from "./sign-in-screen.tsx";
import "./sign-in.css";

/** Between the idle lock and a person at work: how often the privileged side is told, in milliseconds. */
const ACTIVE_EVERY_MS = 20_000;

/**
 * Lets nobody past who is not signed in. While the screen is locked nothing of a patient is on the page or in the cache;
 * unsent text waits in `drafts.tsx`, and the address stays, so that unlocking returns to the same place.
 */
export function SignInGate({ children }: { children: ReactNode }) {
  const session = useSession();
  const unreachable = useUnreachable();
  const client = useQueryClient();
  const router = useRouter();
  /** A ceremony goes on until its recovery code is on paper, although the record is open by then. */
  const [ceremony, setCeremony] = useState<"create" | "recover" | null>(null);
  const phase = session?.phase;
  const userId = session?.user?.id ?? null;
  const folder = session?.record?.folder ?? null;

  useEffect(() => watchSession(), []);

  // What one person read is not kept for the next, nor behind a lock.
  useEffect(() => {
    if (phase !== undefined && phase !== "open") client.clear();
  }, [client, phase, userId]);

  // Another person, or another record, begins at Today; the same person after a lock stays where they were.
  const place = useRef<string | null>(null);
  useEffect(() => {
    if (phase !== "open") {
      if (phase === "signed-out" || phase === "no-record") place.current = "left";
      return;
    }
    const now = `${folder} ${userId}`;
    if (place.current !== null && place.current !== now) void router.navigate({ to: "/" });
    place.current = now;
  }, [phase, folder, userId, router]);

  useEffect(() => {
    if (phase !== "open") return;
    let told = 0;
    const active = (event: Event) => {
      if (event.timeStamp - told < ACTIVE_EVERY_MS) return;
      told = event.timeStamp;
      void call("session.active", {});
    };
    document.addEventListener("keydown", active, true);
    document.addEventListener("pointerdown", active, true);
    document.addEventListener("wheel", active, { capture: true, passive: true });
    return () => {
      document.removeEventListener("keydown", active, true);
      document.removeEventListener("pointerdown", active, true);
      document.removeEventListener("wheel", active, true);
    };
  }, [phase]);

  if (session === null) {
    return (
      <main className="sign-in">
        {unreachable ? (
          <Banner status="stop" title="The program does not answer. Close this window and start it again." />
        ) : (
          <Skeleton label="Starting" />
        )}
      </main>
    );
  }
  if (ceremony === "create")
    return <CreateRecordScreen session={session} onLeave={() => setCeremony(null)} />;
  if (ceremony === "recover") return <RecoveryScreen session={session} onLeave={() => setCeremony(null)} />;
  switch (session.phase) {
    case "no-record":
      return <FirstScreen session={session} onCreate={() => setCeremony("create")} />;
    case "signed-out":
      return <SignInScreen session={session} onRecover={() => setCeremony("recover")} />;
    case "locked":
      return <LockScreen session={session} />;
    case "open":
      return (
        <Opened key={`${folder} ${userId}`} today={session.today ?? ""}>
          {children}
        </Opened>
      );
  }
}

/** Reads how the clinic writes dates before anything that shows one. */
function Opened({ today, children }: { today: string; children: ReactNode }) {
  const clinic = useApi("clinic.read", {});
  if (clinic.refusal && clinic.refusal.code !== "locked") {
    return (
      <main className="sign-in">
        <Banner status="stop" title={clinic.refusal.sentence} />
      </main>
    );
  }
  if (!clinic.value) return <main className="sign-in" aria-busy="true" />;
  return (
    <DatesProvider today={today} style={clinic.value.dateStyle} zone={clinic.value.zone}>
      {children}
    </DatesProvider>
  );
}
