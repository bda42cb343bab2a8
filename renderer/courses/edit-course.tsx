import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { type Course, course as courseSchema } from "#shared/records/course.ts";
import { mayCall } from "#shared/permissions.ts";
import { useCommand, useSession } from "#renderer/api.ts";
import { DraftGuard, DraftNote, useDraft } from "#renderer/drafts.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { FormActions, PageHeader } from "#renderer/ui/layout.tsx";
import { ConflictBanner, RefusalNotice, showRefusal } from "#renderer/ui/refusal.tsx";
import { toast } from "#renderer/ui/toast.tsx";
import { CourseFieldSet, type CourseFormValues, formOfCourse } from "./course-fields.tsx";
import { CourseHistory } from "./course-history.tsx";
import { CourseReading } from "./course-reading.tsx";
import { courseLines } from "./course-words.ts";
import { EndCourse } from "./end-course.tsx";

/** The open course: its fields to change, and its end. */
export function EditCourse(props: { course: Course }) {
  const user = useSession()?.user ?? null;
  const [ending, setEnding] = useState(false);
  if (!mayCall("courses.update", user)) return <CourseReading course={props.course} />;
  return (
    <div className="form-screen">
      <PageHeader
        title="Course"
        actions={
          mayCall("courses.end", user) &&
          !ending && (
            <Button kind="plain" onClick={() => setEnding(true)}>
              End the course
            </Button>
          )
        }
      />
      {ending && <EndCourse course={props.course} onCancel={() => setEnding(false)} />}
      <CourseEditForm course={props.course} />
      <CourseHistory courseId={props.course.id} />
    </div>
  );
}

function CourseEditForm(props: { course: Course }) {
  const navigate = useNavigate();
  const dates = useDates();
  // The version that the form was opened on: a newer one that arrives while typing is a conflict, not a reload.
  const [opened, setOpened] = useState(props.course);
  const { id, patientId } = opened;
  const form = useForm<CourseFormValues>({ defaultValues: formOfCourse(opened) });
  const draft = useDraft({ key: `course:${id}`, patientId, baseVersion: opened.version, form });
  const save = useCommand("courses.update");

  async function submit(confirmed: string[] = [], version = opened.version): Promise<void> {
    const { category: _, ...fields } = form.getValues();
    const answer = await save.run({ ...fields, id, version, confirmed });
    if (!answer.ok) return showRefusal(form, answer.refusal);
    await draft.clear();
    toast("Course saved.");
    await navigate({ to: "/patients/$patientId", params: { patientId } });
  }

  function showConflict(current: unknown) {
    const theirs = courseSchema.parse(current);
    const mine = courseLines(form.getValues(), dates.date);
    return (
      <ConflictBanner
        who={theirs.recordedBy}
        rows={courseLines(theirs, dates.date).map((line, index) => ({
          label: line.label,
          mine: mine[index]?.value ?? "",
          theirs: line.value,
        }))}
        onKeepMine={() => {
          setOpened(theirs);
          void submit([], theirs.version);
        }}
        onTakeTheirs={() => {
          setOpened(theirs);
          form.reset(formOfCourse(theirs));
          save.reset();
        }}
      />
    );
  }

  return (
    <DraftGuard draft={draft}>
      <form
        noValidate
        aria-label="Course"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <CourseFieldSet form={form} atStart={false} />
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
