/**
 * Change a patient's details. Mounted by app.tsx at `/patients/$patientId/edit`. When somebody else saved meanwhile, both
 * versions are shown.
 */
import { useNavigate } from "@tanstack/react-router";
import {
  type Patient,
  patient as patientSchema,
  type PatientFields,
  patientFields,
} from "#shared/records/patient.ts";
import { useApi, useCommand } from "#renderer/api.ts";
import { EditForm } from "#renderer/edit-form.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { PageHeader } from "#renderer/ui/layout.tsx";
import { RefusalNotice } from "#renderer/ui/refusal.tsx";
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
      {chart.value ? <EditPatient patient={chart.value.patient} /> : chart.loading && <Skeleton lines={8} />}
    </div>
  );
}

function EditPatient({ patient }: { patient: Patient }) {
  const navigate = useNavigate();
  const { date } = useDates();
  const save = useCommand("patients.update");
  const { id } = patient;
  return (
    <EditForm<Patient, PatientFields>
      label="Patient’s details"
      record={patient}
      draftKey={`patient:${id}`}
      patientId={id}
      formOf={(record) => patientFields.parse(record)}
      save={save}
      send={(values, version, confirmed) => save.run({ ...values, id, version, confirmed })}
      onSaved={() => {
        toast("Details saved.");
        void navigate({ to: "/patients/$patientId", params: { patientId: id } });
      }}
      read={(current) => patientSchema.parse(current)}
      compare={(mine, theirs) =>
        patientChanges(theirs, mine, date).map((one) => ({
          label: one.field,
          mine: one.after,
          theirs: one.before,
        }))
      }
    >
      {(form) => <PatientFieldSet form={form} alike={<Duplicates form={form} exceptId={id} />} />}
    </EditForm>
  );
}
