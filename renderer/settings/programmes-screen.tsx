import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { mayCall } from "#shared/permissions.ts";
import type { Edition } from "#shared/records/edition.ts";
import { programmeWords } from "#shared/records/words.ts";
import { useApi, useCommand, useSession } from "#renderer/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { KeyValues, PageHeader, Section } from "#renderer/ui/layout.tsx";
import { RefusalNotice } from "#renderer/ui/refusal.tsx";
import { Skeleton, StatusMark } from "#renderer/ui/status.tsx";
import { TextArea } from "#renderer/ui/text-field.tsx";
import { toast } from "#renderer/ui/toast.tsx";
import "./programmes.css";

/** Every edition of every programme: when it holds, what it rests on, and who compared it with that. */
export function ProgrammesScreen() {
  const editions = useApi("programmes.list", {});
  const groups = Map.groupBy(editions.value ?? [], (one) => one.programme);
  return (
    <>
      <PageHeader
        title="Programmes"
        sub="The rules by which Isochart judges, and who has compared them with their source."
      />
      <RefusalNotice refusal={editions.refusal} />
      {editions.loading && <Skeleton lines={8} />}
      {[...groups].map(([programme, list]) => (
        <Section key={programme} title={programmeWords[programme]}>
          <div className="editions">
            {list.toReversed().map((one) => (
              <EditionCard key={one.id} edition={one} />
            ))}
          </div>
        </Section>
      ))}
    </>
  );
}

const WHEN = { past: "No longer in force", now: "In force", coming: "Not yet in force" } as const;

function EditionCard({ edition }: { edition: Edition }) {
  const dates = useDates();
  const span = ({ from, to }: Edition["periods"][number]) =>
    to === null ? `from ${dates.date(from)}` : `${dates.date(from)} to ${dates.date(to)}`;
  return (
    <article className="edition" aria-label={edition.name}>
      <header>
        <h3>{edition.name}</h3>
        <p className="muted">
          {edition.enabled ? WHEN[edition.when] : "Not reviewed yet: no course can be opened by it"}
        </p>
      </header>
      <ReviewState edition={edition} />
      <KeyValues
        items={[
          { key: "Judges events", value: edition.periods.map(span).join("; ") },
          { key: "Source", value: [...new Set(edition.periods.map((one) => one.source))].join("; ") },
        ]}
      />
      {edition.openQuestions.length > 0 && (
        <details>
          <summary>
            {edition.openQuestions.length === 1
              ? "1 open question"
              : `${edition.openQuestions.length} open questions`}
          </summary>
          <ul>
            {edition.openQuestions.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </details>
      )}
      <p className="edition-changes">
        {edition.periods
          .filter((one) => one.changes)
          .map((one) => (
            <Link
              key={one.from}
              to="/settings/programmes/$programme/$from"
              params={{ programme: edition.programme, from: one.from }}
              className="link"
            >
              What changed on {dates.date(one.from)}
            </Link>
          ))}
      </p>
      <ReviewActs edition={edition} />
    </article>
  );
}

/** Reviewed by whom and when; unreviewed; or reviewed before the tables changed. */
function ReviewState({ edition: { review } }: { edition: Edition }) {
  const dates = useDates();
  if (review === null || (!review.reviewed && !review.stale))
    return (
      <StatusMark status="unknown">
        {review === null
          ? "Unreviewed: nobody here has compared it with its source."
          : `Unreviewed: ${review.by} took the review back on ${dates.date(review.on)}.`}
        {review !== null && review.note !== "" && ` ${review.note}`}
      </StatusMark>
    );
  if (review.stale)
    return (
      <StatusMark status="watch">
        The rules changed since {review.by} reviewed them on {dates.date(review.on)}. Review them again.
      </StatusMark>
    );
  return (
    <StatusMark status="ok">
      Reviewed by {review.by} on {dates.date(review.on)}.{review.note !== "" && ` ${review.note}`}
    </StatusMark>
  );
}

function ReviewActs({ edition }: { edition: Edition }) {
  const user = useSession()?.user ?? null;
  const command = useCommand("programmes.review");
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState("");
  if (!mayCall("programmes.review", user)) return null;
  const inForce = edition.review?.reviewed === true && !edition.review.stale;

  async function say(): Promise<void> {
    const answer = await command.run({ edition: edition.id, reviewed: !inForce, note });
    if (!answer.ok) return;
    toast(inForce ? "Review taken back." : "Edition reviewed.");
    setOpen(false);
    setNote("");
  }

  if (!open)
    return (
      <div className="actions">
        <Button
          aria-label={`${inForce ? "Take the review back" : "I have reviewed it"}: ${edition.name}`}
          onClick={() => setOpen(true)}
        >
          {inForce ? "Take the review back" : "I have reviewed it"}
        </Button>
      </div>
    );
  return (
    <form
      noValidate
      className="review-form"
      aria-label={`Review: ${edition.name}`}
      onSubmit={(event) => {
        event.preventDefault();
        void say();
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") setOpen(false);
      }}
    >
      <p>
        {inForce
          ? `It will be shown as unreviewed wherever it decides.`
          : `You say, as ${user?.name ?? ""} and with today’s date, that you compared these rules with their source.`}
      </p>
      <TextArea
        label={inForce ? "Why" : "What you compared it with"}
        rows={2}
        required={false}
        value={note}
        onChange={setNote}
        autoFocus
      />
      <RefusalNotice refusal={command.refusal} />
      <div className="actions">
        <Button type="submit" kind="main" busy={command.running} keys="Ctrl+Enter">
          {inForce ? "Take it back" : "Reviewed"}
        </Button>
        <Button onClick={() => setOpen(false)} keys="Esc">
          Leave it
        </Button>
      </div>
    </form>
  );
}
