import { type ReactNode, useState } from "react";
import { useWatch } from "react-hook-form";
import type { VisitForm } from "#shared/records/visit.ts";
import type { Refusal } from "#shared/refusal.ts";
import { type DraftState, DraftNote } from "#renderer/drafts.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { goToSection } from "./visit-outline.tsx";
import { sectionStates, type VisitPageForm, visitSections } from "./visit-form.ts";

/**
 * The foot of the visit, always in sight: save, sign, and what stands in the way of either. Signing asks for the password in its
 * place; no window opens over the page.
 */
export function VisitFoot(props: {
  form: VisitPageForm;
  draft: DraftState;
  maySign: boolean;
  signing: boolean;
  saving: boolean;
  busy: boolean;
  refusal: Refusal | undefined;
  /** Counts the refused signatures. */
  attempt: number;
  notice: ReactNode;
  onSave: () => void;
  onBegin: () => void;
  onBack: () => void;
  onSign: (password: string) => void;
}) {
  const { signing } = props;
  return (
    <div className="visit-foot" role="region" aria-label="Save and sign">
      {props.notice}
      {signing ? (
        <SignForm
          // After a refusal the password is typed anew.
          key={props.attempt}
          form={props.form}
          busy={props.busy}
          error={props.refusal?.fields["password"]}
          onSign={props.onSign}
          onBack={props.onBack}
        />
      ) : (
        <div className="actions">
          <Button
            kind={props.maySign ? "plain" : "main"}
            busy={props.saving}
            keys="Ctrl+S"
            onClick={props.onSave}
          >
            Save
          </Button>
          {props.maySign ? (
            <Button kind="main" keys="Ctrl+Enter" onClick={props.onBegin}>
              Sign…
            </Button>
          ) : (
            <span className="muted">A prescriber signs it; until then it waits on the Today list.</span>
          )}
          <DraftNote draft={props.draft} />
        </div>
      )}
    </div>
  );
}

function SignForm(props: {
  form: VisitPageForm;
  busy: boolean;
  error: string | undefined;
  onSign: (password: string) => void;
  onBack: () => void;
}) {
  const [password, setPassword] = useState("");
  return (
    <form
      className="visit-sign"
      aria-label="Sign the visit"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        props.onSign(password);
      }}
      onKeyDown={(event) => event.key === "Escape" && props.onBack()}
    >
      <NotRecorded form={props.form} />
      <div className="actions">
        <TextField
          label="Your password, to sign"
          type="password"
          name="password"
          autoComplete="current-password"
          autoFocus
          value={password}
          error={props.error}
          onChange={setPassword}
        />
        <Button type="submit" kind="main" busy={props.busy} keys="Enter">
          Sign and lock
        </Button>
        <Button onClick={props.onBack} keys="Esc">
          Back
        </Button>
      </div>
    </form>
  );
}

/** What the signature would leave empty or unanswered: told, not forbidden. */
function NotRecorded({ form }: { form: VisitPageForm }) {
  const states = sectionStates(useWatch({ control: form.control }) as VisitForm);
  const open = visitSections.filter((one) => states[one.id] !== "done");
  if (open.length === 0)
    return <p>Everything is recorded. A signed visit takes no more changes, only addenda.</p>;
  return (
    <p>
      Not complete:{" "}
      {open.map((one, index) => (
        <span key={one.id}>
          {index > 0 && ", "}
          <button type="button" className="visit-open-part" onClick={() => goToSection(one.id)}>
            {one.title.toLowerCase()}
          </button>
        </span>
      ))}
      . A signed visit takes no more changes, only addenda.
    </p>
  );
}
