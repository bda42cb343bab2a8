import { useEffect, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { dateIn } from "#shared/calendar.ts";
import type { Programme } from "#shared/records/course.ts";
import type { ProgrammeEntry, ProgrammeEntryKind } from "#shared/records/programme-entry.ts";
import { mayCall } from "#shared/permissions.ts";
import { entryKindWords, entryWords } from "#shared/records/words.ts";
import { useCommand, useSession } from "#renderer/api.ts";
import { EntryDetails } from "#renderer/entry-details.tsx";
import { DraftGuard, DraftNote, useDraft, useDraftKeys } from "#renderer/drafts.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { type Dates, useDates } from "#renderer/ui/dates.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { FormActions } from "#renderer/ui/layout.tsx";
import { RefusalNotice, showRefusal } from "#renderer/ui/refusal.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { EmptyState } from "#renderer/ui/status.tsx";
import { walkRows } from "#renderer/ui/table.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { toast } from "#renderer/ui/toast.tsx";
import { VoidForm } from "#renderer/void-form.tsx";
import { useEntryAround } from "./entry-around.ts";
import { EntryFieldSet } from "./entry-fields.tsx";
import { type EntryFormValues, entryOf, formOfEntry } from "./entry-form.ts";

const ACTS = ["correct", "void"] as const;
type Act = (typeof ACTS)[number];
type Opened = { id: string; act: Act };

/** What the drafts of a row's forms are kept under. */
const DRAFTS: Readonly<Record<Act, string>> = {
  correct: "programme-correction",
  void: "programme-void",
};

/** The evidence in force, the latest first; each entry can be corrected or voided where it stands. */
export function EntryList(props: { entries: readonly ProgrammeEntry[]; programme: Programme }) {
  const { entries } = props;
  const [kind, setKind] = useState<ProgrammeEntryKind | "all">("all");
  // Undefined until somebody opens or closes a row: then text that was begun opens its own.
  const [chosen, setChosen] = useState<Opened | null>();
  const drafts = new Set(useDraftKeys());
  const begun = entries
    .flatMap(({ id }) => ACTS.map((act): Opened => ({ id, act })))
    .find(({ id, act }) => drafts.has(`${DRAFTS[act]}:${id}`));
  const opened = chosen === undefined ? begun : chosen;
  const user = useSession()?.user ?? null;
  const kinds = [...new Set(entries.map((one) => one.kind))];
  const shown = entries.filter((one) => kind === "all" || one.kind === kind).toReversed();

  if (entries.length === 0)
    return (
      <EmptyState title="Nothing is recorded yet.">
        Begin with the risk category, the enrolment and the consents.
      </EmptyState>
    );
  return (
    <>
      {kinds.length > 1 && (
        <Select
          label="Show"
          size="small"
          value={kind}
          options={[
            { value: "all" as const, label: `Everything (${entries.length})` },
            ...kinds.map((one) => ({
              value: one,
              label: `${entryKindWords[one]} (${entries.filter((entry) => entry.kind === one).length})`,
            })),
          ]}
          onChange={setKind}
        />
      )}
      <table className="table entry-table">
        <caption className="for-readers">Programme entries, the latest first</caption>
        <thead>
          <tr>
            <th scope="col">On</th>
            <th scope="col">What</th>
            <th scope="col">Details</th>
            <th scope="col">Recorded</th>
            <th scope="col">
              <span className="for-readers">Acts</span>
            </th>
          </tr>
        </thead>
        <tbody onKeyDown={walkRows}>
          {shown.map((entry) => (
            <EntryRows
              key={entry.id}
              entry={entry}
              act={opened?.id === entry.id ? opened.act : null}
              programme={props.programme}
              mayChange={mayCall("programme.correct", user)}
              onAct={(act) => setChosen(act === null ? null : { id: entry.id, act })}
            />
          ))}
        </tbody>
      </table>
    </>
  );
}

function EntryRows(props: {
  entry: ProgrammeEntry;
  programme: Programme;
  act: Act | null;
  mayChange: boolean;
  onAct: (act: Act | null) => void;
}) {
  const dates = useDates();
  const { entry } = props;
  const remove = useCommand("programme.void");
  const row = useRef<HTMLTableRowElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    // When the form under the row closes, the focus goes back to the row's first act.
    if (wasOpen.current && props.act === null) row.current?.querySelector("button")?.focus();
    wasOpen.current = props.act !== null;
  }, [props.act]);
  const what = `${entryKindWords[entry.kind]} of ${dates.date(entry.on)}`;

  return (
    <>
      <tr ref={row}>
        <td>{dates.date(entry.on)}</td>
        <th scope="row">{entryKindWords[entry.kind]}</th>
        <td>
          {entryWords(entry, dates.style)}
          {entry.note !== "" && <span className="entry-note">{entry.note}</span>}
          <EntryDetails entry={entry} patientId={entry.patientId} />
          {entry.reason !== "" && entry.replacesId !== null && (
            <span className="entry-note">Corrected: {entry.reason}</span>
          )}
        </td>
        <td className="muted">
          <span className="unbroken">{entry.recordedBy},</span>{" "}
          <span className="unbroken">{recordedWhen(entry, dates)}</span>
        </td>
        <td>
          {props.mayChange && (
            <span className="row-acts">
              <Button kind="quiet" aria-label={`Correct: ${what}`} onClick={() => props.onAct("correct")}>
                Correct
              </Button>
              <Button kind="quiet" aria-label={`Void: ${what}`} onClick={() => props.onAct("void")}>
                Void
              </Button>
            </span>
          )}
        </td>
      </tr>
      {props.act !== null && (
        <tr className="entry-act">
          <td colSpan={5}>
            {props.act === "void" ? (
              <VoidForm
                label={`Void: ${what}`}
                draftKey={`${DRAFTS.void}:${entry.id}`}
                patientId={entry.patientId}
                command={remove}
                send={(reason) => remove.run({ id: entry.id, reason })}
                onDone={() => {
                  toast("Entry voided.");
                  props.onAct(null);
                }}
                onCancel={() => props.onAct(null)}
              >
                Void: {what}. It stays readable and counts for nothing.
              </VoidForm>
            ) : (
              <CorrectEntry entry={entry} programme={props.programme} onDone={() => props.onAct(null)} />
            )}
          </td>
        </tr>
      )}
    </>
  );
}

/** The entry as a form; what is saved is a new row that names the old one, with the reason. */
function CorrectEntry(props: { entry: ProgrammeEntry; programme: Programme; onDone: () => void }) {
  const { entry, onDone, programme } = props;
  const form = useForm<EntryFormValues>({ defaultValues: formOfEntry(entry) });
  const draft = useDraft({
    key: `${DRAFTS.correct}:${entry.id}`,
    patientId: entry.patientId,
    baseVersion: null,
    form,
  });
  const correct = useCommand("programme.correct");
  const around = useEntryAround({
    patientId: entry.patientId,
    courseId: entry.courseId,
    programme,
    correctingId: entry.id,
  });

  async function submit(confirmed: string[] = []): Promise<void> {
    const values = form.getValues();
    const answer = await correct.run({
      id: entry.id,
      entry: entryOf(values),
      reason: values.correctedBecause,
      confirmed,
    });
    if (!answer.ok) return showRefusal(form, atItsField(answer.refusal), "entry.");
    await draft.clear();
    toast("Entry corrected.");
    onDone();
  }

  return (
    <DraftGuard draft={draft}>
      <form
        noValidate
        className="entry-form"
        aria-label={`Correct: ${entryKindWords[entry.kind]}`}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape" && !event.defaultPrevented) onDone();
        }}
      >
        <EntryFieldSet form={form} around={around} />
        <FormField form={form} name="correctedBecause">
          {(bind) => <TextField label="Why it is corrected" size="wide" {...bind} />}
        </FormField>
        <RefusalNotice
          refusal={correct.refusal && atItsField(correct.refusal)}
          prefix="entry."
          onConfirm={(paths) => void submit(paths)}
        />
        <FormActions>
          <Button type="submit" kind="main" busy={correct.running} keys="Ctrl+Enter">
            Save the correction
          </Button>
          <Button onClick={onDone} keys="Esc">
            Leave it
          </Button>
          <DraftNote draft={draft} />
        </FormActions>
      </form>
    </DraftGuard>
  );
}

/** The contract's `reason` is this form's `correctedBecause`: a pause, say, has a reason of its own. */
function atItsField<R extends { fields: Record<string, string> }>(refusal: R): R {
  const { reason, ...fields } = refusal.fields;
  return reason === undefined ? refusal : { ...refusal, fields: { ...fields, correctedBecause: reason } };
}

/** The hour is enough for what was recorded on its own day. */
function recordedWhen(entry: ProgrammeEntry, dates: Dates): string {
  const day = dateIn(dates.zone, entry.recordedAt);
  const time = dates.time(entry.recordedAt);
  return day === entry.on ? time : `${dates.date(day)}, ${time}`;
}
