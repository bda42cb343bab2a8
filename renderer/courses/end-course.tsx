import { useNavigate } from "@tanstack/react-router";
import { useForm } from "react-hook-form";
import { type Course, type CourseEnd, courseEnd } from "#shared/records/course.ts";
import { courseEndWords } from "#shared/records/words.ts";
import { useCommand } from "#renderer/api.ts";
import { DraftGuard, DraftNote, useDraft } from "#renderer/drafts.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { DateField } from "#renderer/ui/date-field.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { FieldRow, FormActions, Section } from "#renderer/ui/layout.tsx";
import { RefusalNotice, showRefusal } from "#renderer/ui/refusal.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { toast } from "#renderer/ui/toast.tsx";

/** Ends the course: the day of the last dose or the decision, why, and a note. */
export function EndCourse({ course, onCancel }: { course: Course; onCancel: () => void }) {
  const navigate = useNavigate();
  const { today } = useDates();
  const form = useForm<CourseEnd>({ defaultValues: { endedOn: today, note: "" } });
  const draft = useDraft({
    key: `course-end:${course.id}`,
    patientId: course.patientId,
    baseVersion: course.version,
    form,
  });
  const end = useCommand("courses.end");

  async function submit(): Promise<void> {
    const answer = await end.run({ ...form.getValues(), id: course.id, version: course.version });
    if (!answer.ok) return showRefusal(form, answer.refusal);
    await draft.clear();
    toast("Course ended.");
    await navigate({ to: "/patients/$patientId", params: { patientId: course.patientId } });
  }

  return (
    <Section title="End the course">
      <DraftGuard draft={draft}>
        <form
          noValidate
          className="end-course"
          aria-label="End the course"
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
          onKeyDown={(event) => {
            if (event.key === "Escape" && !event.defaultPrevented) onCancel();
          }}
        >
          <FieldRow>
            <FormField form={form} name="endedOn">
              {(bind) => <DateField label="Ended on" whenEmpty="" autoFocus {...bind} />}
            </FormField>
            <FormField form={form} name="reason">
              {(bind) => (
                <Select
                  label="Why"
                  options={courseEnd.shape.reason.options.map((value) => ({
                    value,
                    label: courseEndWords[value],
                  }))}
                  {...bind}
                />
              )}
            </FormField>
            <FormField form={form} name="note">
              {(bind) => <TextField label="Note" required={false} {...bind} />}
            </FormField>
          </FieldRow>
          <p className="muted">
            The course stays readable. Tests and contraception after the last dose stay due until they are
            done.
          </p>
          <RefusalNotice refusal={end.refusal} />
          <FormActions>
            <Button type="submit" kind="danger" busy={end.running}>
              End the course
            </Button>
            <Button onClick={onCancel}>Leave it open</Button>
            <DraftNote draft={draft} />
          </FormActions>
        </form>
      </DraftGuard>
    </Section>
  );
}
