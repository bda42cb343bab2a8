import type { KeyboardEvent } from "react";
import type { Answer } from "#shared/records/course.ts";
import { answerWords } from "#shared/records/words.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Segmented } from "#renderer/ui/segmented.tsx";

const KEYS: Record<Answer, string> = { yes: "y", no: "n", unknown: "u" };
const OPTIONS = (["yes", "no", "unknown"] as const).map((value) => ({
  value,
  label: answerWords[value],
  keys: KEYS[value],
}));

/**
 * Questions with yes, no or not known. `y`, `n` and `u` answer and go on to the next question. A question without an
 * answer is kept as not asked; "No to the rest" is an answer that the person gives, never a default.
 */
export function AnswerList<K extends string>(props: {
  label: string;
  questions: readonly { id: K; label: string }[];
  value: Partial<Record<K, Answer>>;
  onChange: (value: Partial<Record<K, Answer>>) => void;
  name: string;
  error?: string | undefined;
}) {
  const open = props.questions.filter((one) => props.value[one.id] === undefined);

  function goOn(event: KeyboardEvent<HTMLElement>): void {
    if (!event.defaultPrevented || !Object.values(KEYS).includes(event.key)) return;
    const questions = [...event.currentTarget.querySelectorAll("fieldset")];
    const present = questions.findIndex((one) => one.contains(event.target as Node));
    const next = questions[present + 1];
    const control = next?.querySelector<HTMLElement>("input:checked") ?? next?.querySelector("input");
    control?.focus();
  }

  return (
    <fieldset className="form-group" data-field={props.name}>
      <legend>{props.label}</legend>
      <div className="answer-list" onKeyDown={goOn}>
        {props.questions.map((question) => (
          <Segmented
            key={question.id}
            label={question.label}
            options={OPTIONS}
            value={props.value[question.id] ?? null}
            clearable
            onChange={(answer) => {
              const { [question.id]: _, ...rest } = props.value;
              props.onChange(
                (answer === null ? rest : { ...props.value, [question.id]: answer }) as Partial<
                  Record<K, Answer>
                >,
              );
            }}
          />
        ))}
      </div>
      {props.error && <p className="field-error">{props.error}</p>}
      {open.length > 0 && (
        <p className="answer-rest">
          <span>
            {open.length === 1 ? "1 question not asked yet." : `${open.length} questions not asked yet.`}
          </span>{" "}
          <Button
            kind="quiet"
            onClick={() =>
              props.onChange({
                ...props.value,
                ...(Object.fromEntries(open.map((one) => [one.id, "no"])) as Partial<Record<K, Answer>>),
              })
            }
          >
            No to the rest
          </Button>
        </p>
      )}
    </fieldset>
  );
}
