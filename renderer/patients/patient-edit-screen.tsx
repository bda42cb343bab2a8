/**
 * Change a patient's details. Mounted by app.tsx at `/patients/$patientId/edit`. When somebody else saved meanwhile, both
 * versions are shown.
 */
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { type Patient, type PatientFields, patient, patientFields } from "#shared/records/patient.ts";
import { useApi, useCommand } from "#renderer/api.ts";
import { DraftGuard, DraftNote, useDraft } from "#renderer/drafts.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { FormActions, PageHeader } from "#renderer/ui/layout.tsx";
import { ConflictBanner, RefusalNotice, showRefusal } from "#renderer/ui/refusal.tsx";
import { Skeleton } from "#renderer/ui/status.tsx";
import { toast } from "#renderer/ui/toast.tsx";
import { Duplicates } from "./duplicates.tsx";
import { patientChanges } from "./patient-changes.ts";
import { PatientFieldSet } from "./patient-fields.tsx";
import "./patients.css";

export type PatientEditScreenProps = { patientId: string };

export function PatientEditScreen({ patientId }: PatientEditScreenProps) {
  const chart = useApi("patients.chart", { id: patientId });
  return (
    <div className="form-screen">
      <PageHeader title="Patient’s details" />
      <RefusalNotice refusal={chart.refusal} />
      {chart.value ? <EditForm patient={chart.value.patient} /> : chart.loading && <Skeleton lines={8} />}
    </div>
  );
}

function EditForm(props: { patient: Patient }) {
  const navigate = useNavigate();
  const { date } = useDates();
  // The version that the form was opened on: a newer one that arrives while typing is a conflict, not a reload.
  const [opened, setOpened] = useState(props.patient);
  const { id } = opened;
  const form = useForm<PatientFields>({ defaultValues: patientFields.parse(opened) });
  const draft = useDraft({ key: `patient:${id}`, patientId: id, baseVersion: opened.version, form });
  const save = useCommand("patients.update");

  async function submit(confirmed: string[] = [], version = opened.version): Promise<void> {
    const answer = await save.run({ ...form.getValues(), id, version, confirmed });
    if (!answer.ok) return showRefusal(form, answer.refusal);
    await draft.clear();
    toast("Details saved.");
    await navigate({ to: "/patients/$patientId", params: { patientId: id } });
  }

  function showConflict(current: unknown) {
    const theirs = patient.parse(current);
    return (
      <ConflictBanner
        who={theirs.recordedBy}
        rows={patientChanges(theirs, form.getValues(), date).map((one) => ({
          label: one.field,
          mine: one.after,
          theirs: one.before,
        }))}
        onKeepMine={() => {
          setOpened(theirs);
          void submit([], theirs.version);
        }}
        onTakeTheirs={() => {
          setOpened(theirs);
          form.reset(patientFields.parse(theirs));
          save.reset();
        }}
      />
    );
  }

  return (
    <DraftGuard draft={draft}>
      <form
        noValidate
        aria-label="Patient’s details"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <PatientFieldSet form={form} alike={<Duplicates form={form} exceptId={id} />} />
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
