/**
 * Register a patient. Mounted by app.tsx at `/patients/new`. What was typed in the search stands in the form already.
 */
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useForm } from "react-hook-form";
import type { PatientFields } from "#shared/records/patient.ts";
import { useCommand } from "#renderer/api.ts";
import { DraftGuard, DraftNote, useDraft } from "#renderer/drafts.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { FormActions, PageHeader } from "#renderer/ui/layout.tsx";
import { RefusalNotice, showRefusal } from "#renderer/ui/refusal.tsx";
import { toast } from "#renderer/ui/toast.tsx";
import { Duplicates } from "./duplicates.tsx";
import { blankPatient, fieldsFromSearch, PatientFieldSet } from "./patient-fields.tsx";
import { takeSearch } from "./search-text.ts";
import "./patients.css";

export function RegisterScreen() {
  const navigate = useNavigate();
  const dates = useDates();
  const [start] = useState(() => ({
    ...blankPatient,
    ...fieldsFromSearch(takeSearch(), dates.style, dates.today),
  }));
  const form = useForm<PatientFields>({ defaultValues: start });
  const draft = useDraft({ key: "patient:new", patientId: null, baseVersion: null, form });
  const register = useCommand("patients.register");

  async function submit(confirmed: string[] = []): Promise<void> {
    const answer = await register.run({ ...form.getValues(), confirmed });
    if (!answer.ok) return showRefusal(form, answer.refusal);
    await draft.clear();
    toast("Registered.");
    await navigate({ to: "/patients/$patientId", params: { patientId: answer.value.id } });
  }

  return (
    <div className="form-screen">
      <PageHeader title="Register a patient" />
      <DraftGuard draft={draft}>
        <form
          noValidate
          aria-label="Register a patient"
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <PatientFieldSet form={form} alike={<Duplicates form={form} exceptId={null} />} />
          <RefusalNotice refusal={register.refusal} onConfirm={(paths) => void submit(paths)} />
          <FormActions>
            <Button type="submit" kind="main" busy={register.running} keys="Ctrl+Enter">
              Register
            </Button>
            <DraftNote draft={draft} />
          </FormActions>
        </form>
      </DraftGuard>
    </div>
  );
}
