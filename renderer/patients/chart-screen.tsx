/**
 * The chart. Exports
 * - `ChartFrame({ patientId, active, children })`: the banner that is always true and the tabs; app.tsx mounts it around every
 *   screen under `/patients/$patientId` (children is the tab's screen; `active` is null on screens that are no tab, such as a visit).
 * - `ChartScreen({ patientId, verdict, trend })`: the overview tab; the slots are panels of other features.
 */
import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Chart } from "#shared/records/chart.ts";
import { fullName } from "#shared/records/patient.ts";
import { mayCall } from "#shared/permissions.ts";
import { useApi, useSession } from "#renderer/api.ts";
import { Kbd } from "#renderer/ui/button.tsx";
import { useEarlyLetters, useLetterKeys } from "#renderer/ui/letter-keys.ts";
import { RefusalNotice } from "#renderer/ui/refusal.tsx";
import { EmptyState, Skeleton } from "#renderer/ui/status.tsx";
import { ChartBanner } from "./chart-banner.tsx";
import { Cautions, DoseSummary, EarlierCourses, LatestVisits, NextVisit } from "./chart-parts.tsx";
import "./patients.css";

export type ChartTab = "overview" | "labs" | "programme" | "visits" | "history";

export type ChartFrameProps = { patientId: string; active: ChartTab | null; children: ReactNode };

const TABS = [
  { id: "overview", title: "Overview", to: "/patients/$patientId" },
  { id: "labs", title: "Labs", to: "/patients/$patientId/labs" },
  { id: "programme", title: "Programme", to: "/patients/$patientId/programme" },
  { id: "visits", title: "Visits", to: "/patients/$patientId/visits" },
  { id: "history", title: "History", to: "/patients/$patientId/history" },
] as const;

export function ChartFrame({ patientId, active, children }: ChartFrameProps) {
  const chart = useApi("patients.chart", { id: patientId });
  useEarlyLetters(`${active} ${patientId}`, chart.loading);
  return (
    <div className="chart">
      {chart.value ? <ChartBanner chart={chart.value} /> : chart.loading && <Skeleton lines={3} />}
      <RefusalNotice refusal={chart.refusal} />
      <nav className="tab-links" aria-label="Chart">
        {TABS.map((tab) => (
          <Link
            key={tab.id}
            to={tab.to}
            params={{ patientId }}
            className="tab-link"
            activeOptions={{ exact: true, includeSearch: false }}
            aria-current={tab.id === active ? "page" : undefined}
          >
            {tab.title}
          </Link>
        ))}
      </nav>
      {chart.value && children}
    </div>
  );
}

export type ChartScreenProps = {
  patientId: string;
  /** "Can be prescribed today?", for the open course. */
  verdict: (courseId: string) => ReactNode;
  /** The small trend of the chart's overview. */
  trend: (patientId: string) => ReactNode;
};

export function ChartScreen(props: ChartScreenProps) {
  const chart = useApi("patients.chart", { id: props.patientId });
  return chart.value ? <Overview {...props} chart={chart.value} /> : null;
}

function Overview(props: ChartScreenProps & { chart: Chart }) {
  const { chart, patientId } = props;
  const { open } = chart;
  return (
    <>
      <OverviewHead chart={chart} patientId={patientId} />
      <div className="overview">
        <div className="overview-main">
          {open ? props.verdict(open.course.id) : <NoCourse chart={chart} />}
          <Cautions chart={chart} />
          {props.trend(patientId)}
          <LatestVisits chart={chart} />
        </div>
        <div className="overview-side">
          {open && <NextVisit course={open} visits={chart.visits} />}
          {open && <DoseSummary course={open} />}
          <EarlierCourses chart={chart} />
        </div>
      </div>
    </>
  );
}

/** The heading and the chart's acts, each with its key. */
function OverviewHead({ chart, patientId }: { chart: Chart; patientId: string }) {
  const navigate = useNavigate();
  const session = useSession();
  const user = session?.user ?? null;
  const params = { patientId };
  const { open } = chart;
  const lastSigned = chart.visits.find((one) => one.signedAt !== null && !one.voided);

  const visit = open !== null && mayCall("visits.save", user);
  const test = open !== null && mayCall("programme.record", user);
  const prescribe = open !== null && mayCall("prescribing.list", user);

  const keys: Record<string, (() => void) | false> = {
    v: visit && (() => void navigate({ to: "/patients/$patientId/visits/new", params })),
    t:
      test &&
      (() =>
        void navigate({
          to: "/patients/$patientId/programme",
          params,
          search: { record: "pregnancy-test" },
        })),
    i: prescribe && (() => void navigate({ to: "/patients/$patientId/prescriptions", params })),
    s:
      lastSigned !== undefined &&
      (() => void navigate({ to: "/paper/summary/$visitId", params: { visitId: lastSigned.id } })),
    c:
      open !== null &&
      (() =>
        void navigate({
          to: "/patients/$patientId/course/$courseId",
          params: { ...params, courseId: open.course.id },
        })),
    e: () => void navigate({ to: "/patients/$patientId/edit", params }),
  };
  useLetterKeys((letter) => {
    const act = keys[letter];
    if (!act) return false;
    act();
    return true;
  }, `overview ${patientId}`);

  return (
    <header className="page-header overview-head">
      <h2 tabIndex={-1} data-page-heading className="for-readers">
        Overview of {fullName(chart.patient)}
      </h2>
      <div className="actions">
        {visit && (
          <Link to="/patients/$patientId/visits/new" params={params} className="link-button button-main">
            New visit <Kbd>V</Kbd>
          </Link>
        )}
        {test && (
          <Link
            to="/patients/$patientId/programme"
            params={params}
            search={{ record: "pregnancy-test" }}
            className="link-button"
          >
            Record test <Kbd>T</Kbd>
          </Link>
        )}
        {prescribe && (
          <Link to="/patients/$patientId/prescriptions" params={params} className="link-button">
            Prescriptions <Kbd>I</Kbd>
          </Link>
        )}
        {lastSigned && (
          <Link to="/paper/summary/$visitId" params={{ visitId: lastSigned.id }} className="link-button">
            Print summary <Kbd>S</Kbd>
          </Link>
        )}
        <Link to="/patients/$patientId/edit" params={params} className="link-button">
          Edit details <Kbd>E</Kbd>
        </Link>
        {open && (
          <Link
            to="/patients/$patientId/course/$courseId"
            params={{ ...params, courseId: open.course.id }}
            className="link-button"
          >
            Course <Kbd>C</Kbd>
          </Link>
        )}
      </div>
    </header>
  );
}

function NoCourse({ chart }: { chart: Chart }) {
  const user = useSession()?.user ?? null;
  return (
    <EmptyState
      title={chart.earlier.length === 0 ? "No course has been started." : "No course is open."}
      action={
        mayCall("courses.open", user) && (
          <Link
            to="/patients/$patientId/course/new"
            params={{ patientId: chart.patient.id }}
            className="link-button button-main"
          >
            Start a course
          </Link>
        )
      }
    >
      A course says why isotretinoin is given, what was asked before, with which product and towards which
      target.
    </EmptyState>
  );
}
