import { useEffect, useId, useRef, useState } from "react";
import { Button } from "#renderer/ui/button.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";

/** Asks in place why something is voided; no window opens. Escape or "Keep it" leaves it as it is. */
export function ReasonForm(props: {
  /** What is voided: `Pregnancy test of Nov 16, 2026`. */
  what: string;
  busy: boolean;
  error: string | undefined;
  onVoid: (reason: string) => void;
  onCancel: () => void;
}) {
  const headingId = useId();
  const [reason, setReason] = useState("");
  const first = useRef<{ focus: () => void } | null>(null);
  useEffect(() => first.current?.focus(), []);
  return (
    <form
      noValidate
      className="reason-form"
      aria-labelledby={headingId}
      onSubmit={(event) => {
        event.preventDefault();
        props.onVoid(reason);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") props.onCancel();
      }}
    >
      <p id={headingId}>Void: {props.what}. It stays readable and counts for nothing.</p>
      <TextField
        label="Why"
        name="reason"
        size="wide"
        value={reason}
        onChange={setReason}
        error={props.error}
        register={(element) => {
          first.current = element;
        }}
      />
      <div className="actions">
        <Button type="submit" kind="danger" busy={props.busy}>
          Void it
        </Button>
        <Button onClick={props.onCancel}>Keep it</Button>
      </div>
    </form>
  );
}
