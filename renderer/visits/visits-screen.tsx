/** The list of visits. Tab `/patients/$patientId/visits`. Exports `VisitsScreen({ patientId })`. */
import { Link } from "@tanstack/react-router";
import { mayCall } from "#shared/permissions.ts";
import type { Clinic } from "#shared/records/clinic.ts";
import type { VisitLine } from "#shared/records/visit.ts";
import { doseActionWords } from "#shared/records/words.ts";
import { igaWord } from "#shared/rules/scores.ts";
import { useApi, useSession } from "#renderer/api.ts";
import { Kbd } from "#renderer/ui/button.tsx";
import { type Dates, useDates } from "#renderer/ui/dates.tsx";
import { PageHeader } from "#renderer/ui/layout.tsx";
import { EmptyState, StatusMark } from "#renderer/ui/status.tsx";
import { type Column, Table } from "#renderer/ui/table.tsx";
import { weightInFull } from "./visit-form.ts";
import "./visits.css";

export type VisitsScreenProps = { patientId: string };

export function VisitsScreen({ patientId }: VisitsScreenProps) {
  const dates = useDates();
  const user = useSession()?.user ?? null;
  const chart = useApi("patients.chart", { id: patientId });
  const unit = useApi("clinic.read", {}).value?.weightUnit ?? "kg";
  if (!chart.value) return null;
  const { visits, open } = chart.value;
  const mayRead = mayCall("visits.read", user);
  const mayWrite = mayCall("visits.save", user) && open !== null;
  const begin = (
    <Link to="/patients/$patientId/visits/new" params={{ patientId }} className="link-button button-main">
      New visit <Kbd>n v</Kbd>
    </Link>
  );

  return (
    <>
      <PageHeader title="Visits" actions={mayWrite && begin} />
      <Table
        caption="Visits, the latest first"
        columns={visitColumns(patientId, dates, unit, mayRead)}
        rows={visits.toSorted((a, b) => (a.date < b.date ? 1 : -1))}
        rowKey={(one) => one.id}
        rowTone={(one) => (one.voided ? "struck" : undefined)}
        empty={
          <EmptyState title="No visit yet." action={mayWrite && begin}>
            {open === null
              ? "A visit belongs to a course: start one first."
              : "The first visit begins the story."}
          </EmptyState>
        }
      />
    </>
  );
}

function visitColumns(
  patientId: string,
  dates: Dates,
  unit: Clinic["weightUnit"],
  mayRead: boolean,
): readonly Column<VisitLine>[] {
  return [
    {
      id: "date",
      header: "Date",
      rowHeader: true,
      cell: (one) =>
        mayRead ? (
          <Link to="/patients/$patientId/visits/$visitId" params={{ patientId, visitId: one.id }}>
            {dates.day(one.date)}
          </Link>
        ) : (
          dates.day(one.date)
        ),
    },
    { id: "state", header: "State", cell: (one) => <VisitState visit={one} /> },
    {
      id: "weight",
      header: "Weight",
      align: "end",
      cell: (one) => (one.weightKg === null ? <NotRecorded /> : weightInFull(one.weightKg, unit)),
    },
    {
      id: "iga",
      header: "IGA",
      cell: (one) => (one.iga === null ? <NotRecorded /> : `${one.iga} ${igaWord(one.iga)?.toLowerCase()}`),
    },
    {
      id: "dose",
      header: "Dose a day",
      align: "end",
      cell: (one) => (one.dailyMg === null || one.dailyMg === 0 ? "" : `${one.dailyMg} mg`),
    },
    {
      id: "action",
      header: "Decision",
      cell: (one) => (one.doseAction === null ? <NotRecorded /> : doseActionWords[one.doseAction]),
    },
    { id: "plan", header: "Plan", cell: (one) => <span className="visit-plan-line">{one.plan}</span> },
  ];
}

function VisitState({ visit }: { visit: VisitLine }) {
  const dates = useDates();
  if (visit.voided) return <StatusMark status="none">Voided</StatusMark>;
  if (visit.signedAt === null) return <StatusMark status="watch">Not signed</StatusMark>;
  return (
    <span title={dates.instant(visit.signedAt)}>
      <StatusMark status="ok">Signed</StatusMark>
    </span>
  );
}

function NotRecorded() {
  return <span className="muted">not recorded</span>;
}
