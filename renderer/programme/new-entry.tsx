import { useEffect, useRef } from "react";
import { useForm, useWatch } from "react-hook-form";
import type { Course } from "#shared/records/course.ts";
import type { ProgrammeEntryKind } from "#shared/records/programme-entry.ts";
import { entryKindWords } from "#shared/records/words.ts";
import { entryKindsFor } from "#shared/rules/programmes/entry-kinds.ts";
import { useCommand } from "#renderer/api.ts";
import { DraftGuard, DraftNote, useDraft } from "#renderer/drafts.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { FormActions } from "#renderer/ui/layout.tsx";
import { useLetterKeys } from "#renderer/ui/letter-keys.ts";
import { RefusalNotice, showRefusal } from "#renderer/ui/refusal.tsx";
import { toast } from "#renderer/ui/toast.tsx";
import { EntryFieldSet } from "./entry-fields.tsx";
import { useEntryAround } from "./entry-around.ts";
import {
  blankEntry,
  type EntryFormValues,
  entryOf,
  kindOfKey,
  offered,
  type OfferedKinds,
} from "./entry-form.ts";

/** One new entry: its kind by one key, then the fields of that kind, the day already today. */
export function NewEntry(props: {
  course: Course;
  kind: ProgrammeEntryKind | null;
  /** After an entry the next one begins where the last one ended: at the kinds. */
  takesFocus: boolean;
  onSaved: () => void;
}) {
  const { course } = props;
  const { today } = useDates();
  const form = useForm<EntryFormValues>({ defaultValues: blankEntry(props.kind, today, course.productId) });
  const draft = useDraft({
    key: `programme:${course.id}`,
    patientId: course.patientId,
    baseVersion: null,
    form,
  });
  const record = useCommand("programme.record");
  const kind = useWatch({ control: form.control, name: "kind" });
  const around = useEntryAround({
    patientId: course.patientId,
    courseId: course.id,
    programme: course.programme,
    correctingId: null,
  });

  function choose(next: ProgrammeEntryKind | null): void {
    form.clearErrors();
    record.reset();
    form.setValue("kind", next, { shouldDirty: true });
    // A file was chosen for the kind that is left.
    if (next === null) form.setValue("attachmentIds", []);
  }

  async function submit(confirmed: string[] = []): Promise<void> {
    const answer = await record.run({ courseId: course.id, entry: entryOf(form.getValues()), confirmed });
    if (!answer.ok) return showRefusal(form, answer.refusal, "entry.");
    await draft.clear();
    toast(`${entryKindWords[answer.value.kind]} recorded.`);
    props.onSaved();
  }

  return (
    <DraftGuard draft={draft}>
      {kind === null ? (
        <KindChooser
          place={`programme ${course.patientId}`}
          groups={offered(entryKindsFor({ ...around, decidedOn: course.decidedOn, today }))}
          onChoose={choose}
          asleep={draft.found !== null}
          takesFocus={props.takesFocus}
        />
      ) : (
        <form
          key={kind}
          noValidate
          className="entry-form"
          aria-label={`Record: ${entryKindWords[kind]}`}
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
          onKeyDown={(event) => {
            if (event.key === "Escape" && !event.defaultPrevented) choose(null);
          }}
        >
          <h3>{entryKindWords[kind]}</h3>
          <EntryFieldSet form={form} around={around} />
          <RefusalNotice refusal={record.refusal} prefix="entry." onConfirm={(paths) => void submit(paths)} />
          <FormActions>
            <Button type="submit" kind="main" busy={record.running} keys="Ctrl+Enter">
              Record
            </Button>
            <Button onClick={() => choose(null)} keys="Esc">
              Another kind
            </Button>
            <DraftNote draft={draft} />
          </FormActions>
        </form>
      )}
    </DraftGuard>
  );
}

/** The kinds as buttons; each one's letter chooses it from anywhere on the screen where nothing is being typed. */
function KindChooser(props: {
  /** Which screen's early letter is taken up. */
  place: string;
  groups: OfferedKinds;
  onChoose: (kind: ProgrammeEntryKind) => void;
  asleep: boolean;
  takesFocus: boolean;
}) {
  const { takesFocus } = props;
  const chooser = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (takesFocus) chooser.current?.querySelector("button")?.focus();
  }, [takesFocus]);
  useLetterKeys((letter) => {
    const kind = props.asleep ? undefined : kindOfKey(props.groups, letter);
    if (!kind) return false;
    props.onChoose(kind);
    return true;
  }, props.place);
  return (
    <div className="kind-chooser" ref={chooser}>
      {props.groups.map((group) => (
        <div key={group.title} role="group" aria-label={group.title}>
          <p className="muted" aria-hidden="true">
            {group.title}
          </p>
          <div className="kinds">
            {group.kinds.map((one) => (
              <Button
                key={one.kind}
                kind="quiet"
                keys={one.keys.toUpperCase()}
                onClick={() => props.onChoose(one.kind)}
              >
                {entryKindWords[one.kind]}
              </Button>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
