/**
 * The form that changes something that stands in the record: its draft, its saving, and what happens when somebody else saved
 * a newer version meanwhile. The feature gives the fields and says what differs.
 */
import { type ReactNode, useState } from "react";
import { type DefaultValues, type FieldValues, useForm, type UseFormReturn } from "react-hook-form";
import type { Envelope, Refusal } from "#shared/refusal.ts";
import { DraftGuard, DraftNote, useDraft } from "./drafts.tsx";
import { Button } from "./ui/button.tsx";
import { FormActions } from "./ui/layout.tsx";
import { ConflictBanner, RefusalNotice, showRefusal } from "./ui/refusal.tsx";

/** What is edited: it has a version, and somebody wrote the last one. */
type Versioned = { version: number; recordedBy: string };

export type EditFormProps<R extends Versioned, T extends FieldValues> = {
  /** Names the form. */
  label: string;
  record: R;
  draftKey: string;
  patientId: string;
  /** The form's values for a record. */
  formOf: (record: R) => T & DefaultValues<T>;
  /** Sends the values, as changes of this version. */
  send: (values: T, version: number, confirmed: string[]) => Promise<Envelope<unknown>>;
  /** The command behind `send`. */
  save: { running: boolean; refusal: Refusal | undefined; reset: () => void };
  onSaved: () => void;
  /** Reads what a conflict brings: the record as it stands now. */
  read: (current: unknown) => R;
  /** Both sides in words, field by field. */
  compare: (mine: T, theirs: R) => readonly { label: string; mine: string; theirs: string }[];
  children: (form: UseFormReturn<T, unknown, T>) => ReactNode;
};

export function EditForm<R extends Versioned, T extends FieldValues>(props: EditFormProps<R, T>) {
  const { save, formOf, patientId } = props;
  // The version that the form was opened on: a newer one that arrives while typing is a conflict, not a reload.
  const [opened, setOpened] = useState(props.record);
  const form = useForm<T, unknown, T>({ defaultValues: formOf(opened) });
  const draft = useDraft({ key: props.draftKey, patientId, baseVersion: opened.version, form });

  async function submit(confirmed: string[] = [], version = opened.version): Promise<void> {
    const answer = await props.send(form.getValues(), version, confirmed);
    if (!answer.ok) return showRefusal(form, answer.refusal);
    await draft.clear();
    props.onSaved();
  }

  function showConflict(current: unknown) {
    const theirs = props.read(current);
    return (
      <ConflictBanner
        who={theirs.recordedBy}
        rows={props.compare(form.getValues(), theirs)}
        onKeepMine={() => {
          setOpened(theirs);
          void submit([], theirs.version);
        }}
        onTakeTheirs={() => {
          setOpened(theirs);
          form.reset(formOf(theirs));
          save.reset();
        }}
      />
    );
  }

  return (
    <DraftGuard draft={draft}>
      <form
        noValidate
        aria-label={props.label}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {props.children(form)}
        <RefusalNotice
          refusal={save.refusal}
          onConfirm={(paths) => void submit(paths)}
          conflict={showConflict}
        />
        <FormActions>
          <Button type="submit" kind="main" busy={save.running} keys="Ctrl+Enter">
            Save
          </Button>
          <DraftNote draft={draft} />
        </FormActions>
      </form>
    </DraftGuard>
  );
}
