/**
 * A visit: new (visitId null), unsigned, or signed. `/patients/$patientId/visits/new` and `/patients/$patientId/visits/$visitId`.
 * Exports `VisitScreen({ patientId, visitId, verdict, dose })`; the slots are panels of other features, handed in by app.tsx.
 */
import { Link, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { mayCall } from "#shared/permissions.ts";
import type { Chart, ChartCourse } from "#shared/records/chart.ts";
import type { Visit } from "#shared/records/visit.ts";
import { useApi, useSession } from "#renderer/api.ts";
import { useDates } from "#renderer/ui/dates.tsx";
import { PageHeader } from "#renderer/ui/layout.tsx";
import { RefusalNotice } from "#renderer/ui/refusal.tsx";
import { Banner, EmptyState, Skeleton } from "#renderer/ui/status.tsx";
import { SignedVisit } from "./signed-visit.tsx";
import { newVisitForm, reopenedForm } from "./visit-form.ts";
import { type DoseSlot, VisitPage } from "./visit-page.tsx";
import "./visits.css";

export type VisitScreenProps = {
  patientId: string;
  visitId: string | null;
  /** "Can be prescribed today?", for the visit's course. */
  verdict: (courseId: string) => ReactNode;
  /** The dose decision's fields. */
  dose: DoseSlot;
};

export function VisitScreen(props: VisitScreenProps) {
  const user = useSession()?.user ?? null;
  const chart = useApi("patients.chart", { id: props.patientId });
  if (!mayCall("visits.read", user))
    return (
      <>
        <PageHeader title="Visit" />
        <Banner status="info" title="Visits are read by nurses and prescribers." />
      </>
    );
  if (!chart.value)
    return chart.loading ? <Skeleton lines={12} /> : <RefusalNotice refusal={chart.refusal} />;
  return props.visitId === null ? (
    <NewVisit {...props} chart={chart.value} />
  ) : (
    <ExistingVisit {...props} visitId={props.visitId} chart={chart.value} />
  );
}

function NewVisit(props: VisitScreenProps & { chart: Chart }) {
  const { chart, patientId } = props;
  const dates = useDates();
  const navigate = useNavigate();
  const course = chart.open;
  // Looked at once: a visit that this very page saves stays on this page.
  const [begun] = useState(
    () =>
      chart.visits.find(
        (one) =>
          one.courseId === course?.course.id &&
          one.date === dates.today &&
          !one.voided &&
          one.signedAt === null,
      )?.id,
  );
  useEffect(() => {
    if (begun !== undefined)
      void navigate({
        to: "/patients/$patientId/visits/$visitId",
        params: { patientId, visitId: begun },
        replace: true,
      });
  }, [begun, navigate, patientId]);

  if (begun !== undefined) return <Skeleton lines={12} />;
  if (course === null)
    return (
      <>
        <PageHeader title="New visit" />
        <EmptyState
          title="No course is open."
          action={
            <Link
              to="/patients/$patientId/course/new"
              params={{ patientId }}
              className="link-button button-main"
            >
              Start a course
            </Link>
          }
        >
          A visit belongs to a course: start one first.
        </EmptyState>
      </>
    );
  const unsigned = chart.visits.find(
    (one) =>
      one.courseId === course.course.id && !one.voided && one.signedAt === null && one.date < dates.today,
  );
  return (
    <>
      {unsigned && (
        <div className="visit-unsigned">
          <Banner
            status="watch"
            role={null}
            title={`The visit of ${dates.day(unsigned.date)} is not signed yet.`}
            actions={
              <Link
                to="/patients/$patientId/visits/$visitId"
                params={{ patientId, visitId: unsigned.id }}
                className="link-button"
              >
                Open it
              </Link>
            }
          />
        </div>
      )}
      <WritableVisit {...props} course={course} visit={null} />
    </>
  );
}

function ExistingVisit(props: VisitScreenProps & { visitId: string; chart: Chart }) {
  const { chart } = props;
  const visit = useApi("visits.read", { id: props.visitId });
  if (!visit.value)
    return visit.loading ? (
      <Skeleton lines={12} />
    ) : (
      <>
        <PageHeader title="Visit" />
        <RefusalNotice refusal={visit.refusal} />
      </>
    );
  const courses = chart.open === null ? chart.earlier : [chart.open, ...chart.earlier];
  const course = courses.find((one) => one.course.id === visit.value?.courseId);
  if (visit.value.signature !== null || visit.value.voidReason !== null || course === undefined)
    return <SignedVisit visit={visit.value} chart={chart} />;
  return <WritableVisit {...props} course={course} visit={visit.value} />;
}

/** Reads what stands around the page, then mounts it once: what is typed is never replaced by what is read again. */
function WritableVisit(props: VisitScreenProps & { chart: Chart; course: ChartCourse; visit: Visit | null }) {
  const { chart, course, patientId } = props;
  const courseId = course.course.id;
  const [first] = useState(props.visit);
  const prefill = useApi("visits.prefill", { courseId });
  const clinic = useApi("clinic.read", {});
  const flowsheet = useApi("labs.flowsheet", { patientId });
  const entries = useApi("programme.entries", { courseId });
  // Looked up once too: saving must not make a visit its own predecessor.
  const [before] = useState(
    () =>
      chart.visits
        .filter(
          (one) =>
            one.courseId === courseId &&
            !one.voided &&
            one.id !== props.visit?.id &&
            (props.visit === null || one.date < props.visit.form.date),
        )
        .toSorted((a, b) => (a.date < b.date ? 1 : -1))[0]?.id ?? null,
  );
  const previous = useApi("visits.read", { id: before ?? "none" }, { enabled: before !== null });
  const reads = [prefill, clinic, flowsheet, entries, ...(before === null ? [] : [previous])];
  const refusal = reads.find((one) => one.refusal !== undefined)?.refusal;
  if (refusal !== undefined) return <RefusalNotice refusal={refusal} />;
  if (
    !prefill.value ||
    !clinic.value ||
    !flowsheet.value ||
    !entries.value ||
    (before !== null && !previous.value)
  )
    return <Skeleton lines={12} label="Opening the visit" />;
  return (
    <VisitPage
      patientId={patientId}
      visit={first}
      initial={
        first === null ? newVisitForm(prefill.value.form) : reopenedForm(first.form, prefill.value.form)
      }
      prefilled={prefill.value.form}
      around={{
        chart,
        course,
        clinic: clinic.value,
        previous: previous.value ?? null,
        results: flowsheet.value.results,
        visitId: first?.id ?? null,
        entries: entries.value,
      }}
      verdict={props.verdict}
      dose={props.dose}
    />
  );
}
