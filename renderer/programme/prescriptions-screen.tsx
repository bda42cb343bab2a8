/**
 * Prescriptions of the open course: issue one (the gate judges again as it is issued), read the others with the verdict that
 * allowed them, void one with its reason. Mounted by app.tsx at `/patients/$patientId/prescriptions`.
 */
import { useState } from "react";
import type { ChartCourse } from "#shared/records/chart.ts";
import { type DueItem, foundKinds } from "#shared/records/due.ts";
import { mayCall } from "#shared/permissions.ts";
import type { Prescription } from "#shared/records/prescription.ts";
import { dailyMgOf } from "#shared/records/visit.ts";
import { capsuleWords } from "#shared/records/words.ts";
import { productName } from "#shared/rules/products.ts";
import { useApi, useCommand, useSession } from "#renderer/api.ts";
import { useDraftKeys } from "#renderer/drafts.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { KeyValues, PageHeader, Section } from "#renderer/ui/layout.tsx";
import { RefusalNotice } from "#renderer/ui/refusal.tsx";
import { EmptyState, Skeleton, StatusMark } from "#renderer/ui/status.tsx";
import { toast } from "#renderer/ui/toast.tsx";
import { VoidForm } from "#renderer/void-form.tsx";
import { IssuePrescription } from "./issue-prescription.tsx";
import { VerdictPanel, VerdictView } from "./verdict-panel.tsx";
import "./programme.css";

export type PrescriptionsScreenProps = { patientId: string };

export function PrescriptionsScreen({ patientId }: PrescriptionsScreenProps) {
  const chart = useApi("patients.chart", { id: patientId });
  const open = chart.value?.open;
  return (
    <>
      <PageHeader title="Prescriptions" />
      {chart.value && !open && (
        <EmptyState title="No course is open.">A prescription belongs to an open course.</EmptyState>
      )}
      {open && <OfCourse course={open} due={chart.value?.due ?? []} />}
    </>
  );
}

function OfCourse({ course, due }: { course: ChartCourse; due: readonly DueItem[] }) {
  const user = useSession()?.user ?? null;
  const list = useApi("prescribing.list", { courseId: course.course.id });
  const [turn, setTurn] = useState(0);
  const prescriptions = list.value?.toSorted((a, b) => (a.issuedAt < b.issuedAt ? 1 : -1));
  return (
    <div className="programme">
      <VerdictPanel courseId={course.course.id} />
      {mayCall("prescribing.issue", user) && prescriptions && (
        <Section title="Issue a prescription">
          <IssuePrescription
            key={turn}
            course={course}
            found={due.filter((one) => foundKinds.includes(one.kind))}
            last={prescriptions.find((one) => one.voidReason === null) ?? null}
            onIssued={() => setTurn(turn + 1)}
          />
        </Section>
      )}
      <Section title="Issued">
        <RefusalNotice refusal={list.refusal} />
        {list.loading && <Skeleton lines={4} />}
        {prescriptions?.length === 0 && <EmptyState title="None has been issued in this course." />}
        <ol className="prescriptions">
          {prescriptions?.map((one) => (
            <Issued key={one.id} prescription={one} mayVoid={mayCall("prescribing.void", user)} />
          ))}
        </ol>
      </Section>
    </div>
  );
}

function Issued({ prescription, mayVoid }: { prescription: Prescription; mayVoid: boolean }) {
  const dates = useDates();
  const voided = prescription.voidReason !== null;
  const draftKey = `prescription-void:${prescription.id}`;
  const waits = useDraftKeys().includes(draftKey);
  // Null until somebody opens or closes it: then a reason that was begun opens it.
  const [opened, setOpened] = useState<boolean | null>(null);
  const voiding = mayVoid && !voided && (opened ?? waits);
  const remove = useCommand("prescribing.void");
  const what = `Prescription of ${dates.date(prescription.issuedOn)}`;

  return (
    <li className="prescription">
      <div className="section-head">
        <h3>{dates.day(prescription.issuedOn)}</h3>
        {voided ? (
          <StatusMark status="none">Voided</StatusMark>
        ) : (
          mayVoid &&
          !voiding && (
            <Button kind="quiet" aria-label={`Void: ${what}`} onClick={() => setOpened(true)}>
              Void
            </Button>
          )
        )}
      </div>
      <KeyValues
        layout="row"
        items={[
          { key: "Product", value: productName(prescription.productId) },
          { key: "Dose", value: `${dailyMgOf(prescription.capsules)} mg a day` },
          { key: "Capsules", value: capsuleWords(prescription.capsules) },
          { key: "Supply", value: `${prescription.daysSupply} days` },
          { key: "Issued by", value: `${prescription.issuedBy}, ${dates.time(prescription.issuedAt)}` },
        ]}
      />
      {voided && <p>Voided: {prescription.voidReason}</p>}
      <details>
        <summary>The verdict that allowed it</summary>
        <VerdictView verdict={prescription.verdict} asStored />
      </details>
      {voiding && (
        <VoidForm
          label={`Void: ${what}`}
          draftKey={draftKey}
          patientId={prescription.patientId}
          command={remove}
          send={(reason) => remove.run({ id: prescription.id, reason })}
          onDone={() => {
            toast("Prescription voided.");
            setOpened(false);
          }}
          onCancel={() => setOpened(false)}
        >
          Void: {what}. It stays readable and counts for nothing.
        </VoidForm>
      )}
    </li>
  );
}
