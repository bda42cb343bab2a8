import { useEffect, useState } from "react";
import { FieldFrame, type FieldProps, useFieldIds } from "./field.tsx";
import type { Strength } from "./password-strength.ts";

const words = ["Very weak", "Weak", "Fair", "Good", "Strong"] as const;

/** A new password with an honest meter: it says how long guessing would take, and what would make it better. */
export function NewPasswordField({
  register,
  ...props
}: FieldProps<string> & {
  /** Shortest length accepted. */
  min: number;
  /** Words that a guesser would try first: the person's and the clinic's names. */
  own: readonly string[];
}) {
  const [shown, setShown] = useState(false);
  const { id, control } = useFieldIds(props.error, "meter");
  const strength = useStrength(props.value, props.own);
  return (
    <FieldFrame {...props} id={id}>
      <span className="password-with-toggle">
        <input
          {...control}
          aria-describedby={`${id}-meter${props.error ? ` ${id}-error` : ""}`}
          ref={register}
          className="input"
          type={shown ? "text" : "password"}
          name={props.name}
          value={props.value}
          autoComplete="new-password"
          spellCheck={false}
          aria-required={props.required || undefined}
          onChange={(event) => props.onChange(event.target.value)}
          onBlur={props.onBlur}
        />
        <button
          type="button"
          className="button button-quiet"
          aria-pressed={shown}
          onClick={() => setShown(!shown)}
        >
          {shown ? "Hide" : "Show"}
        </button>
      </span>
      <div id={`${id}-meter`} className="password-meter" aria-live="polite">
        {props.value === "" ? (
          <p className="field-hint">
            {/* The error says it already. */}
            {!props.error && `At least ${props.min} characters. `}A few words that do not belong together are
            better than signs and digits.
          </p>
        ) : props.value.length < props.min ? (
          !props.error && (
            <p className="field-hint">
              {props.min - props.value.length} more{" "}
              {props.min - props.value.length === 1 ? "character" : "characters"} to go.
            </p>
          )
        ) : (
          strength && (
            <>
              <span className="meter" data-score={strength.score} aria-hidden="true">
                {words.slice(1).map((word, step) => (
                  <span key={word} data-on={strength.score > step || undefined} />
                ))}
              </span>
              <p className="field-hint">
                <strong>{words[strength.score]}.</strong> {timeInWords(strength.time)} to guess
                {strength.advice ? `. ${strength.advice}` : "."}
              </p>
            </>
          )
        )}
      </div>
    </FieldFrame>
  );
}

/** "About 3 hours"; what is no number stands alone: "Centuries", "Less than a second". */
function timeInWords(time: string): string {
  return /^\d/u.test(time) ? `About ${time}` : `${time.slice(0, 1).toUpperCase()}${time.slice(1)}`;
}

function useStrength(password: string, own: readonly string[]): Strength | null {
  const [strength, setStrength] = useState<Strength | null>(null);
  const ownWords = own.join("\n");
  useEffect(() => {
    let gone = false;
    // A rest between keys: the judgement of a long password takes some milliseconds.
    const timer = setTimeout(() => {
      if (password === "") return;
      void import("./password-strength.ts").then(({ passwordStrength }) => {
        if (!gone) setStrength(passwordStrength(password, ownWords.split(/\s+/u).filter(Boolean)));
      });
    }, 120);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [password, ownWords]);
  return password === "" ? null : strength;
}
