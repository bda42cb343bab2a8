import { useRef } from "react";
import { useWatch } from "react-hook-form";
import type { MoodAnswers } from "#shared/records/visit.ts";
import { phqAnswers, phqAttribution, phqItems, phqQuestion, scoreMood } from "#shared/rules/scores.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Section } from "#renderer/ui/layout.tsx";
import { Banner, StatusMark } from "#renderer/ui/status.tsx";
import { TextArea } from "#renderer/ui/text-field.tsx";
import { useErrorAt } from "./errors.ts";
import { GradeCells } from "./grade-cells.tsx";
import type { VisitAround, VisitPageForm } from "./visit-form.ts";

type Answers = MoodAnswers["items"];

const PAIR = 2;

/** PHQ-2, which opens the other seven questions when it is positive. A digit answers and goes to the next question. */
export function MoodSection({ form, around }: { form: VisitPageForm; around: VisitAround }) {
  const mood = useWatch({ control: form.control, name: "mood" });
  const errorAt = useErrorAt(form);
  const list = useRef<HTMLDivElement>(null);
  const items = mood?.items ?? [null, null];
  const score = mood === null ? null : scoreMood(mood);
  const last = around.previous?.form.mood ?? null;

  function keep(next: Answers): void {
    const answered = next.some((one) => one !== null);
    const note = mood?.note ?? "";
    form.setValue("mood", answered || note !== "" ? { items: next, note } : null, { shouldDirty: true });
  }

  function answer(at: number, value: number | null): void {
    const next = phqItems
      .slice(0, items.length)
      .map((_, index) => (index === at ? value : (items[index] ?? null)));
    const opens = next.length === PAIR && scoreMood({ items: next }).opensPhq9;
    keep(opens ? [...next, ...phqItems.slice(PAIR).map(() => null)] : next);
  }

  /** After the render that may have opened the other questions. */
  function goOn(at: number): void {
    requestAnimationFrame(() => {
      const rows = list.current?.querySelectorAll('[role="radiogroup"]');
      const next = rows?.[at + 1];
      (next?.querySelector<HTMLElement>("input:checked") ?? next?.querySelector("input"))?.focus();
    });
  }

  return (
    <Section
      id="visit-mood"
      title="Mood"
      actions={
        items.length === PAIR ? (
          <Button kind="quiet" onClick={() => keep([...items, ...phqItems.slice(PAIR).map(() => null)])}>
            Ask all nine questions
          </Button>
        ) : (
          items.slice(PAIR).every((one) => one === null) &&
          score?.positive !== true && (
            <Button kind="quiet" onClick={() => keep([items[0] ?? null, items[1] ?? null])}>
              Ask two questions only
            </Button>
          )
        )
      }
    >
      <div>
        <p>{phqQuestion}</p>
        <p className="muted">
          {phqAnswers.map((one, index) => (
            <span key={one} className="phq-answer">
              {index > 0 && " · "}
              {index} {one.toLowerCase()}
            </span>
          ))}
        </p>
      </div>
      <div ref={list} className="phq" data-field="mood.items">
        {items.map((value, at) => (
          <div key={phqItems[at]} className="phq-row" data-field={`mood.items.${at}`}>
            <span className="phq-item">
              <span className="phq-number">{at + 1}</span>
              <span>{phqItems[at]}</span>
            </span>
            <GradeCells
              label={phqItems[at] ?? ""}
              words={phqAnswers}
              value={value}
              onChange={(next) => answer(at, next)}
              onSet={() => goOn(at)}
            />
          </div>
        ))}
      </div>
      {score?.selfHarm === true && (
        <Banner
          status="stop"
          title="Thoughts of death or self-harm: assess today, and do not leave the patient alone."
        >
          Crisis line: <strong>{around.clinic.crisisLine}</strong>. Write below what was done; without it the
          visit cannot be signed.
        </Banner>
      )}
      <div className="phq-score" role="status">
        {score !== null && (
          <StatusMark status={score.alert ? "stop" : score.total === null ? "unknown" : "ok"}>
            {score.sentence}
          </StatusMark>
        )}
        {score?.alert === true && !score.selfHarm && <span>Crisis line: {around.clinic.crisisLine}.</span>}
        {last !== null && <span className="visit-last">Last visit: {scoreMood(last).sentence}</span>}
      </div>
      {(score?.alert === true || (mood?.note ?? "") !== "" || score !== null) && (
        <TextArea
          label={score?.alert === true ? "What was done (needed before signing)" : "Note on mood"}
          name="mood.note"
          rows={2}
          required={score?.alert === true}
          value={mood?.note ?? ""}
          error={errorAt("mood.note")}
          onChange={(note) => form.setValue("mood", { items, note }, { shouldDirty: true })}
        />
      )}
      <p className="visit-attribution">{phqAttribution}</p>
    </Section>
  );
}
