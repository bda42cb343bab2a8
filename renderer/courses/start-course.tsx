import { useNavigate } from "@tanstack/react-router";
import { type DefaultValues, useForm } from "react-hook-form";
import type { RiskCategory } from "#shared/records/course.ts";
import { CUMULATIVE_TARGET } from "#shared/rules/dosing.ts";
import { useCommand } from "#renderer/api.ts";
import { DraftGuard, DraftNote, useDraft } from "#renderer/drafts.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { FormActions } from "#renderer/ui/layout.tsx";
import { RefusalNotice, showRefusal } from "#renderer/ui/refusal.tsx";
import { toast } from "#renderer/ui/toast.tsx";
import { CourseFieldSet, type CourseFormValues } from "./course-fields.tsx";

/** A course nobody has filled in: no answer is given before it was asked. */
function blankCourse(today: string): DefaultValues<CourseFormValues> {
  return {
    decidedOn: today,
    indicationNote: "",
    igaAtStart: null,
    scars: "unknown",
    earlierTreatments: [],
    earlierIsotretinoin: { taken: "unknown", totalMg: null, endedOn: null },
    conditions: {},
    conditionsNote: "",
    familyHistory: {},
    medicines: null,
    productId: "",
    targetMgPerKg: CUMULATIVE_TARGET.low,
    programme: "ipledge",
    category: null,
  };
}

/** The form that starts a course. */
export function StartCourse({
  patientId,
  categoryBefore,
}: {
  patientId: string;
  categoryBefore: RiskCategory | null;
}) {
  const navigate = useNavigate();
  const { today } = useDates();
  const form = useForm<CourseFormValues>({ defaultValues: blankCourse(today) });
  const draft = useDraft({ key: `course:new:${patientId}`, patientId, baseVersion: null, form });
  const open = useCommand("courses.open");

  async function submit(confirmed: string[] = []): Promise<void> {
    const answer = await open.run({ ...form.getValues(), patientId, confirmed });
    if (!answer.ok) return showRefusal(form, answer.refusal);
    await draft.clear();
    toast("Course started.");
    await navigate({ to: "/patients/$patientId", params: { patientId } });
  }

  return (
    <DraftGuard draft={draft}>
      <form
        noValidate
        aria-label="Start a course"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <CourseFieldSet form={form} atStart categoryBefore={categoryBefore} />
        <RefusalNotice refusal={open.refusal} onConfirm={(paths) => void submit(paths)} />
        <FormActions>
          <Button type="submit" kind="main" busy={open.running} keys="Ctrl+Enter">
            Start the course
          </Button>
          <DraftNote draft={draft} />
        </FormActions>
      </form>
    </DraftGuard>
  );
}
