/**
 * Flowsheet and trend. Tab `/patients/$patientId/labs`. Exports `LabsScreen({ patientId })`.
 */
import { Link, useNavigate } from "@tanstack/react-router";
import { mayCall } from "#shared/permissions.ts";
import { useApi, useSession } from "#renderer/api.ts";
import { Kbd } from "#renderer/ui/button.tsx";
import { PageHeader } from "#renderer/ui/layout.tsx";
import { useLetterKeys } from "#renderer/ui/letter-keys.ts";
import { RefusalNotice } from "#renderer/ui/refusal.tsx";
import { Banner, Skeleton } from "#renderer/ui/status.tsx";
import { Flowsheet } from "./flowsheet.tsx";
import { TrendSection } from "./trend-section.tsx";
import "./labs.css";

export type LabsScreenProps = { patientId: string };

export function LabsScreen({ patientId }: LabsScreenProps) {
  const user = useSession()?.user ?? null;
  if (!mayCall("labs.flowsheet", user))
    return (
      <>
        <PageHeader title="Labs" />
        <Banner status="info" title="Laboratory results are read by nurses and prescribers." />
      </>
    );
  return <Labs patientId={patientId} />;
}

function Labs({ patientId }: LabsScreenProps) {
  const navigate = useNavigate();
  const flowsheet = useApi("labs.flowsheet", { patientId });
  const chart = useApi("patients.chart", { id: patientId });
  const clinic = useApi("clinic.read", {});
  const some = (flowsheet.value?.results.length ?? 0) > 0;
  useLetterKeys((letter) => {
    if (letter !== "p" || !some) return false;
    void navigate({ to: "/paper/labs/$patientId", params: { patientId } });
    return true;
  });

  return (
    <div className="labs">
      <PageHeader
        title="Labs"
        actions={
          some && (
            <Link to="/paper/labs/$patientId" params={{ patientId }} className="link-button">
              Print <Kbd>P</Kbd>
            </Link>
          )
        }
      />
      <RefusalNotice refusal={flowsheet.refusal ?? chart.refusal ?? clinic.refusal} />
      {flowsheet.loading && <Skeleton lines={10} />}
      {flowsheet.value && chart.value && clinic.value && (
        <>
          <Flowsheet flowsheet={flowsheet.value} chart={chart.value} system={clinic.value.labUnits} />
          {some && <TrendSection flowsheet={flowsheet.value} />}
        </>
      )}
    </div>
  );
}
