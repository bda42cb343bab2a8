/**
 * Drafts: what is typed is in the record within a second, survives reload, lock and crash, and comes back.
 *
 * While a lock lasts nothing can be saved, so the text waits here, in memory, for the person it belongs to; when they
 * unlock, the same form takes it up again without a question. After a reload the form asks: resume or discard.
 */
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { FieldValues, UseFormReturn } from "react-hook-form";
import { mayCall } from "#shared/permissions.ts";
import type { User } from "#shared/records/account.ts";
import type { Draft } from "#shared/records/draft.ts";
import type { Refusal } from "#shared/refusal.ts";
import { call, onSession, useApi, useAskAgain } from "./api.ts";
import { Button } from "./ui/button.tsx";
import { useDates } from "./ui/dates.tsx";
import { Banner } from "./ui/status.tsx";

/** Milliseconds of rest after a key before the draft is sent; with the save itself it stays under a second. */
const REST_MS = 600;

/** `looked` is false where nobody knew yet whether an earlier draft waits: the text must not take its place. */
type Held = { userId: string; draft: Omit<Draft, "savedAt">; looked: boolean };

/**
 * Text of forms that were on screen when the session locked, or that were left before it was known whether an earlier draft
 * waits. Lives as long as the page.
 */
const held = new Map<string, Held>();

export type DraftState = {
  /** An earlier draft that waits for an answer; null when there is none. */
  found: Draft | null;
  /** False until it is known whether there is an earlier draft: saving before that would discard it unseen. */
  known: boolean;
  /** Why that could not be found out; null while it is being asked, and once it is known. Until then nothing is kept. */
  unread: Refusal | null;
  /** True where an earlier draft was found after something was typed: resuming it replaces that. */
  typedBefore: boolean;
  /** True when the record has moved on since the draft was begun. */
  stale: boolean;
  /** When the present text was last kept; null before. */
  savedAt: string | null;
  /** Why it could not be kept; null when all is well. */
  trouble: string | null;
  resume: () => void;
  discard: () => void;
  /** Asks again whether there is an earlier draft. */
  lookAgain: () => void;
  /** Goes on without knowing: what is typed from here on takes the place of an earlier draft, if there is one. */
  goOn: () => void;
  /**
   * For an act that saves the form, and so discards its draft: does it as soon as it is known that no earlier draft waits, and
   * not when one does. Asks again where that could not be found out.
   */
  whenKnown: (act: () => void) => void;
  /** To be called when the form's command has gone through: the draft is done with. */
  clear: () => Promise<void>;
  /** To be called when the present text was saved (and the draft discarded with it) while the form stays open. */
  saved: () => void;
};

/**
 * Keeps a form's text as a draft. Call it once in the component that owns the form, after the data it starts from has
 * come (the form's default values are what "nothing typed yet" means).
 */
export function useDraft<T extends FieldValues>(options: {
  key: string;
  patientId: string | null;
  baseVersion: number | null;
  form: UseFormReturn<T, unknown, T>;
}): DraftState {
  const { key, form } = options;
  const askAgain = useAskAgain();
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const work = useMemo(
    () => ({
      /** The form as it was opened, or as it was last set from a record: nothing typed. */
      clean: "",
      /** The form as it was last sent. */
      kept: "",
      timer: undefined as ReturnType<typeof setTimeout> | undefined,
    }),
    // One working state per draft, whatever else changes.
    // oxlint-disable-next-line react/exhaustive-deps -- a new key must begin anew.
    [key],
  );

  const flush = useCallback(async (): Promise<void> => {
    clearTimeout(work.timer);
    const text = JSON.stringify(form.getValues());
    const owner = lastUser;
    if (text === work.kept || !owner || !mayCall("drafts.save", owner)) return;
    const before = work.kept;
    work.kept = text;
    const { patientId, baseVersion } = latest.current;
    const one = { key, patientId, baseVersion, body: JSON.parse(text) as Draft["body"] };
    const answer = await call("drafts.save", one);
    if (answer.ok) {
      setSavedAt(answer.value.savedAt);
      setTrouble(null);
      // Today lists the drafts that wait; the form may have been left before this answer came.
      askAgain("today.list", "drafts.list");
      return;
    }
    if (work.kept === text) work.kept = before;
    if (answer.refusal.code === "locked") held.set(key, { userId: owner.id, draft: one, looked: true });
    else setTrouble(answer.refusal.sentence);
  }, [askAgain, form, key, work]);

  const isTyped = useCallback(() => JSON.stringify(form.getValues()) !== work.clean, [form, work]);
  const earlier = useEarlierDraft(key, isTyped);
  const { found, look, settle } = earlier;
  const deciding = !earlier.known || found !== null;

  /** Holds what is typed, for the form to take up again. */
  const hold = useCallback(
    (looked: boolean): void => {
      if (!isTyped() || !lastUser) return;
      const { patientId, baseVersion } = latest.current;
      const body = JSON.parse(JSON.stringify(form.getValues())) as Draft["body"];
      held.set(key, { userId: lastUser.id, draft: { key, patientId, baseVersion, body }, looked });
    },
    [form, isTyped, key],
  );

  // What was there before.
  useEffect(() => {
    work.clean = JSON.stringify(form.getValues());
    work.kept = work.clean;
    const waiting = held.get(key);
    if (waiting && waiting.userId === lastUser?.id) {
      held.delete(key);
      form.reset({ ...form.getValues(), ...waiting.draft.body }, { keepDefaultValues: true });
      if (waiting.looked) {
        settle();
        void flush();
        return;
      }
    }
    if (mayCall("drafts.read", lastUser)) void look();
    else settle();
  }, [flush, form, key, look, settle, work]);

  // A form that goes while nothing can be kept: it is locked, or left.
  const keepsNothing = useRef(deciding);
  useEffect(() => {
    keepsNothing.current = deciding;
  }, [deciding]);
  useEffect(
    () => () => {
      if (keepsNothing.current) hold(false);
    },
    [hold],
  );

  // What is typed now.
  useEffect(() => {
    if (deciding) return;
    const soon = () => {
      clearTimeout(work.timer);
      work.timer = setTimeout(() => void flush(), REST_MS);
    };
    soon();
    const watching = form.watch((_values, { name }) => {
      if (name !== undefined) {
        soon();
        return;
      }
      // A change without a name is a reset: the form shows the record again, and nothing is typed.
      work.clean = JSON.stringify(form.getValues());
      work.kept = work.clean;
    });
    const left = () => void flush();
    // `focusout` bubbles: leaving any field of the page keeps what it holds.
    document.addEventListener("focusout", left);
    document.addEventListener("visibilitychange", left);
    globalThis.addEventListener("pagehide", left);
    const stopSession = onSession((session) => {
      if (session?.phase === "locked") hold(true);
    });
    return () => {
      watching.unsubscribe();
      document.removeEventListener("focusout", left);
      document.removeEventListener("visibilitychange", left);
      globalThis.removeEventListener("pagehide", left);
      stopSession();
      void flush();
    };
  }, [deciding, flush, form, hold, work]);

  return {
    found,
    known: earlier.known,
    unread: earlier.unread,
    typedBefore: earlier.typedBefore,
    stale: found !== null && found.baseVersion !== options.baseVersion,
    savedAt,
    trouble,
    resume: () => {
      if (!found) return;
      form.reset({ ...form.getValues(), ...found.body }, { keepDefaultValues: true });
      // Already kept: only what is typed from here on is sent.
      work.kept = JSON.stringify(form.getValues());
      setSavedAt(found.savedAt);
      earlier.decided();
    },
    discard: () => {
      void call("drafts.discard", { key }).then(() => askAgain("today.list", "drafts.list"));
      earlier.decided();
    },
    lookAgain: () => void look(),
    goOn: settle,
    whenKnown: earlier.whenKnown,
    saved: () => {
      clearTimeout(work.timer);
      held.delete(key);
      work.kept = JSON.stringify(form.getValues());
      setSavedAt(null);
    },
    clear: async () => {
      clearTimeout(work.timer);
      work.clean = JSON.stringify(form.getValues());
      work.kept = work.clean;
      held.delete(key);
      setSavedAt(null);
      if (mayCall("drafts.discard", lastUser)) await call("drafts.discard", { key });
      askAgain("today.list", "drafts.list");
    },
  };
}

/**
 * Whether an earlier draft of a key waits, and the act that waits for that to be known. `isTyped`: whether something was typed
 * already.
 */
function useEarlierDraft(key: string, isTyped: () => boolean) {
  const present = useRef(key);
  useEffect(() => {
    present.current = key;
  });
  const [found, setFound] = useState<Draft | null>(null);
  const [typedBefore, setTypedBefore] = useState(false);
  /** What came of asking for the draft of a key; null before. */
  const [asked, setAsked] = useState<{ key: string; unread: Refusal | null } | null>(null);
  const unread = asked?.key === key ? asked.unread : null;
  const known = asked?.key === key && unread === null;
  const wanted = useRef<(() => void) | null>(null);

  const look = useCallback(async (): Promise<void> => {
    const answer = await call("drafts.read", { key });
    if (present.current !== key) return;
    // Whoever was told that nothing is saved yet presses again.
    if (!answer.ok) wanted.current = null;
    if (answer.ok && answer.value !== null) {
      setTypedBefore(isTyped());
      setFound(answer.value);
    }
    setAsked({ key, unread: answer.ok ? null : answer.refusal });
  }, [isTyped, key]);

  // An act on a form that has an earlier draft is forgotten: the person decides first.
  useEffect(() => {
    if (!known) return;
    const act = wanted.current;
    wanted.current = null;
    if (found === null) act?.();
  }, [known, found]);

  return {
    found,
    known,
    unread,
    typedBefore,
    look,
    /** Takes it for known that none waits. */
    settle: useCallback(() => setAsked({ key, unread: null }), [key]),
    /** The person has resumed or discarded what was found. */
    decided: () => setFound(null),
    /** See `DraftState`. */
    whenKnown: (act: () => void): void => {
      if (known) {
        if (found === null) act();
        return;
      }
      wanted.current = act;
      if (unread !== null) void look();
    },
  };
}

/**
 * The keys of this person's drafts, with those of forms that a lock has just taken from the screen. For a form that stands
 * behind a button, so that it opens by itself where text waits in it.
 */
export function useDraftKeys(): readonly string[] {
  const [taken] = useState(() =>
    [...held].filter(([, one]) => one.userId === lastUser?.id).map(([key]) => key),
  );
  const drafts = useApi("drafts.list", {}, { enabled: mayCall("drafts.list", lastUser) });
  return [...taken, ...(drafts.value ?? []).map((one) => one.key)];
}

/** How long, after an unlock, a form that comes back takes its text up again without a question. */
const RETURN_MS = 5_000;

/** The person whose text stands on screen: known still when the lock has just taken them out of the session. */
let lastUser: User | null = null;
onSession((session) => {
  if (session?.phase === "no-record") held.clear();
  if (session?.phase !== "open" || !session.user) return;
  lastUser = session.user;
  // What could not be kept during the lock is kept now, whether its form comes back or not.
  for (const [key, waiting] of held) {
    if (waiting.userId !== lastUser.id || !waiting.looked) continue;
    void call("drafts.save", waiting.draft);
    setTimeout(() => {
      if (held.get(key) === waiting) held.delete(key);
    }, RETURN_MS);
  }
});

/**
 * Stands around a form: the bar with the earlier draft ("resume or discard"), behind which the form waits. A form that is sent
 * before it is known whether there is one is sent as soon as it is known, and not when there is one.
 */
export function DraftGuard({ draft, children }: { draft: DraftState; children: ReactNode }) {
  const dates = useDates();
  const bar = useRef<HTMLDivElement>(null);
  const guarded = useRef<HTMLDivElement>(null);
  const asked = useRef(false);
  const { found, known, unread } = draft;
  useEffect(() => {
    const asks = found !== null || unread !== null;
    if (asks) bar.current?.querySelector("button")?.focus();
    // Answered: the bar is gone, and with it the button that had the focus. One goes on in the form.
    else if (asked.current && !focusIsTaken())
      guarded.current?.querySelector<HTMLElement>(FIRST_CONTROL)?.focus();
    asked.current = asks;
  }, [found, unread]);
  return (
    <>
      {found && (
        <div ref={bar} className="draft-bar">
          <Banner
            status={draft.stale ? "watch" : "info"}
            title={`Draft of ${when(found.savedAt, dates)}`}
            role="status"
            actions={
              <>
                <Button kind="main" onClick={draft.resume}>
                  Resume
                </Button>
                <Button onClick={draft.discard}>Discard</Button>
              </>
            }
          >
            {draft.stale
              ? "The record was changed after this draft was begun. Resume it and compare before you save, or discard it."
              : "You left this text unsaved."}
            {draft.typedBefore &&
              " Resuming it replaces what you typed since; to keep that, discard the draft."}
          </Banner>
        </div>
      )}
      {unread && (
        <div ref={bar} className="draft-bar">
          <Banner
            status="watch"
            role="alert"
            title="It could not be read whether you left a draft here."
            actions={
              <>
                <Button kind="main" onClick={draft.lookAgain}>
                  Try again
                </Button>
                <Button onClick={draft.goOn}>Go on without it</Button>
              </>
            }
          >
            What you type stays on screen, but nothing of it is saved until this is known. Going on without it
            replaces an earlier draft, if there is one.
          </Banner>
        </div>
      )}
      <div
        ref={guarded}
        inert={found !== null}
        className={found ? "waiting" : undefined}
        onSubmitCapture={(event) => {
          if (known || !(event.target instanceof HTMLFormElement)) return;
          event.preventDefault();
          event.stopPropagation();
          const form = event.target;
          draft.whenKnown(() => form.requestSubmit());
        }}
      >
        {children}
      </div>
    </>
  );
}

const FIRST_CONTROL = ["input", "select", "textarea", "button"].map((one) => `${one}:not([disabled])`).join();

function focusIsTaken(): boolean {
  const active = document.activeElement;
  return active !== null && active !== document.body && active.isConnected;
}

/** "Draft saved 10:42", for the end of a form. */
export function DraftNote({ draft }: { draft: DraftState }) {
  const dates = useDates();
  if (draft.trouble) return <p className="draft-note draft-trouble">Draft not saved: {draft.trouble}</p>;
  return <p className="draft-note">{draft.savedAt ? `Draft saved ${dates.time(draft.savedAt)}` : ""}</p>;
}

function when(savedAt: string, dates: ReturnType<typeof useDates>): string {
  const whole = dates.instant(savedAt);
  const today = dates.day(dates.today);
  return whole.startsWith(today) ? dates.time(savedAt) : whole;
}
