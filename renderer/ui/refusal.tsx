import { type ReactNode, useEffect, useRef } from "react";
import type { FieldPath, FieldValues, UseFormReturn } from "react-hook-form";
import type { Refusal } from "#shared/refusal.ts";
import { Button } from "./button.tsx";
import { Banner } from "./status.tsx";

/**
 * Puts a refusal's sentences at their fields and moves the focus to the first of them, in the order of the page.
 * `prefix` is cut off the paths when the form stands deeper in the input (`form.` for a visit, `entry.`, `results.0.`).
 */
export function showRefusal<T extends FieldValues>(
  form: UseFormReturn<T, unknown, T>,
  refusal: Refusal,
  prefix = "",
): void {
  if (refusal.code === "unlikely") return;
  const fields = localFields(refusal, prefix);
  for (const [path, sentence] of Object.entries(fields)) {
    form.setError(path as FieldPath<T>, { type: "refused", message: sentence });
  }
  focusFirst(Object.keys(fields));
}

function localFields(refusal: Refusal, prefix: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(refusal.fields).map(([path, sentence]) => [
      path.startsWith(prefix) ? path.slice(prefix.length) : path,
      sentence,
    ]),
  );
}

/** The element that shows a field, by its dotted path; a part's parent when the part has no field of its own. */
function fieldElement(path: string): HTMLElement | null {
  for (let at = path; at !== ""; at = at.includes(".") ? at.slice(0, at.lastIndexOf(".")) : "") {
    const found = document.querySelector<HTMLElement>(`[data-field="${CSS.escape(at)}"]`);
    if (found) return found;
  }
  return null;
}

function focusFirst(paths: readonly string[]): void {
  const elements = paths.map(fieldElement).filter((one) => one !== null);
  elements.sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  const control = elements[0]?.querySelector<HTMLElement>(
    "input:not([type=hidden]), select, textarea, button, [tabindex]",
  );
  control?.focus();
}

/**
 * What stands above a form's acts when a command was refused: the sentence, what belongs to no field on screen, and for an
 * `unlikely` value the question whether to keep it (`onConfirm` sends again with these paths as `confirmed`).
 */
export function RefusalNotice(props: {
  refusal: Refusal | undefined;
  onConfirm?: ((paths: string[]) => void) | undefined;
  /** For `conflict`: what to show instead of the plain sentence, usually a `ConflictBanner`. */
  conflict?: ((current: unknown) => ReactNode) | undefined;
  prefix?: string;
  children?: ReactNode;
}) {
  const { refusal } = props;
  if (!refusal || refusal.code === "locked") return null;
  if (refusal.code === "unlikely" && props.onConfirm) {
    return <Confirm refusal={refusal} onConfirm={props.onConfirm} prefix={props.prefix ?? ""} />;
  }
  if (refusal.code === "conflict" && props.conflict && refusal.current !== undefined) {
    return props.conflict(refusal.current);
  }
  const paths = Object.entries(localFields(refusal, props.prefix ?? ""));
  const elsewhere = paths.filter(
    ([path, sentence]) => fieldElement(path) === null && sentence !== refusal.sentence,
  );
  // One field's own sentence stands at the field already, where that is on screen.
  const said = paths.some(([path, sentence]) => sentence === refusal.sentence && fieldElement(path) !== null);
  if (said && elsewhere.length === 0) return null;
  return (
    <Banner status={refusal.code === "bug" ? "stop" : "watch"} title={refusal.sentence} role="alert">
      {elsewhere.length > 0 && (
        <ul>
          {elsewhere.map(([path, sentence]) => (
            <li key={path}>{sentence}</li>
          ))}
        </ul>
      )}
      {props.children}
    </Banner>
  );
}

/** "Unlikely value: …, keep it?" The focus goes to it, so that Enter keeps and Escape or Tab goes back to the field. */
export function Confirm(props: { refusal: Refusal; onConfirm: (paths: string[]) => void; prefix?: string }) {
  const paths = Object.keys(props.refusal.fields);
  const keep = useRef<HTMLDivElement>(null);
  useEffect(() => {
    keep.current?.querySelector("button")?.focus();
  }, [props.refusal]);
  const back = () =>
    focusFirst(
      paths.map((path) => (path.startsWith(props.prefix ?? "") ? path.slice(props.prefix?.length) : path)),
    );
  return (
    <div ref={keep} onKeyDown={(event) => event.key === "Escape" && back()}>
      <Banner
        status="watch"
        role="alert"
        title={props.refusal.sentence}
        actions={
          <>
            <Button kind="main" onClick={() => props.onConfirm(paths)}>
              {paths.length > 1 ? "They are right, keep them" : "It is right, keep it"}
            </Button>
            <Button onClick={back}>Change it</Button>
          </>
        }
      >
        {/* One alone stands in the title already. */}
        {paths.length > 1 && (
          <ul>
            {Object.entries(props.refusal.fields).map(([path, sentence]) => (
              <li key={path}>{sentence}</li>
            ))}
          </ul>
        )}
      </Banner>
    </div>
  );
}

/**
 * Somebody else saved meanwhile: both versions, field by field, only where they differ. `rows` are made by the feature,
 * which knows its fields; `onKeepMine` sends again on the present version, `onTakeTheirs` loads it into the form.
 */
export function ConflictBanner(props: {
  who?: string;
  rows: readonly { label: string; mine: string; theirs: string }[];
  onKeepMine: () => void;
  onTakeTheirs: () => void;
}) {
  const rows = props.rows.filter((row) => row.mine !== row.theirs);
  return (
    <Banner
      status="watch"
      role="alert"
      title={`${props.who ?? "Somebody else"} saved a newer version while you were typing.`}
      actions={
        <>
          <Button kind="main" onClick={props.onKeepMine}>
            Save mine over it
          </Button>
          <Button onClick={props.onTakeTheirs}>Take the saved version</Button>
        </>
      }
    >
      {rows.length === 0 ? (
        <p>Both say the same.</p>
      ) : (
        <table className="table">
          <caption className="for-readers">What differs</caption>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Yours</th>
              <th scope="col">Saved</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.label}>
                <th scope="row">{row.label}</th>
                <td>{row.mine || "empty"}</td>
                <td>{row.theirs || "empty"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Banner>
  );
}
