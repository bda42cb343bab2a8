/** Composes the program: which screen stands at which address, and which feature's panel another feature's screen shows. */
import { QueryClientProvider } from "@tanstack/react-query";
import {
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  redirect,
  type RouterHistory,
  RouterProvider,
  useRouterState,
} from "@tanstack/react-router";
import { useState } from "react";
import { programme as programmeName } from "#shared/records/course.ts";
import { handoutId } from "#shared/records/visit-summary.ts";
import { makeQueryClient } from "./api.ts";
import { CourseScreen } from "./courses/course-screen.tsx";
import { PaperScreen } from "./documents/paper-screen.tsx";
import { Frame, NotFoundScreen, TroubleScreen } from "./frame.tsx";
import { DoseFields } from "./dosing/dose-fields.tsx";
import { LabsScreen } from "./labs/labs-screen.tsx";
import { TrendPanel } from "./labs/trend-panel.tsx";
import { ChartFrame, ChartScreen, type ChartTab } from "./patients/chart-screen.tsx";
import { HistoryScreen } from "./patients/history-screen.tsx";
import { PatientEditScreen } from "./patients/patient-edit-screen.tsx";
import { PatientsScreen } from "./patients/patients-screen.tsx";
import { RegisterScreen } from "./patients/register-screen.tsx";
import { PrescriptionsScreen } from "./programme/prescriptions-screen.tsx";
import { ProgrammeScreen } from "./programme/programme-screen.tsx";
import { VerdictPanel } from "./programme/verdict-panel.tsx";
import { AboutScreen } from "./settings/about-screen.tsx";
import { AccountsScreen } from "./settings/accounts-screen.tsx";
import { AuditScreen } from "./settings/audit-screen.tsx";
import { EditionChangesScreen } from "./settings/edition-changes-screen.tsx";
import { ProgrammesScreen } from "./settings/programmes-screen.tsx";
import { ClinicScreen } from "./settings/clinic-screen.tsx";
import { PasswordScreen } from "./settings/password-screen.tsx";
import { SettingsFrame } from "./settings/settings-frame.tsx";
import { SignInGate } from "./sign-in/sign-in-gate.tsx";
import { TodayScreen } from "./today/today-screen.tsx";
import type { DoseSlot } from "./visits/visit-page.tsx";
import { VisitScreen } from "./visits/visit-screen.tsx";
import { VisitsScreen } from "./visits/visits-screen.tsx";

// ---- Panels that one feature lends another ----

const verdict = (courseId: string) => <VerdictPanel courseId={courseId} />;
const dose: DoseSlot = (given) => <DoseFields {...given} />;
const trend = (patientId: string) => <TrendPanel patientId={patientId} />;

// ---- Addresses ----

const root = createRootRoute({
  component: () => (
    <SignInGate>
      <Frame>
        <Outlet />
      </Frame>
    </SignInGate>
  ),
  notFoundComponent: NotFoundScreen,
});

const today = createRoute({ getParentRoute: () => root, path: "/", component: TodayScreen });
const patients = createRoute({ getParentRoute: () => root, path: "/patients", component: PatientsScreen });
const register = createRoute({
  getParentRoute: () => root,
  path: "/patients/new",
  component: RegisterScreen,
});

const chart = createRoute({
  getParentRoute: () => root,
  path: "/patients/$patientId",
  component: function ChartRoute() {
    const { patientId } = chart.useParams();
    const last = useRouterState({ select: (state) => state.location.pathname.split("/")[3] ?? "" });
    const deeper = useRouterState({ select: (state) => state.location.pathname.split("/").length > 4 });
    return (
      // A patient's screens share nothing with the next patient's: another id begins anew.
      <ChartFrame key={patientId} patientId={patientId} active={deeper ? null : tabOf(last)}>
        <Outlet />
      </ChartFrame>
    );
  },
});

function tabOf(last: string): ChartTab | null {
  switch (last) {
    case "":
      return "overview";
    case "labs":
    case "programme":
    case "visits":
    case "history":
      return last;
    default:
      return null;
  }
}

const overview = createRoute({
  getParentRoute: () => chart,
  path: "/",
  component: function OverviewRoute() {
    return <ChartScreen {...chart.useParams()} verdict={verdict} trend={trend} />;
  },
});
const labs = createRoute({
  getParentRoute: () => chart,
  path: "labs",
  component: function LabsRoute() {
    return <LabsScreen {...chart.useParams()} />;
  },
});
const programme = createRoute({
  getParentRoute: () => chart,
  path: "programme",
  component: function ProgrammeRoute() {
    return <ProgrammeScreen {...chart.useParams()} />;
  },
});
const visits = createRoute({
  getParentRoute: () => chart,
  path: "visits",
  component: function VisitsRoute() {
    return <VisitsScreen {...chart.useParams()} />;
  },
});
const prescriptions = createRoute({
  getParentRoute: () => chart,
  path: "prescriptions",
  component: function PrescriptionsRoute() {
    return <PrescriptionsScreen {...chart.useParams()} />;
  },
});
const history = createRoute({
  getParentRoute: () => chart,
  path: "history",
  component: function HistoryRoute() {
    return <HistoryScreen {...chart.useParams()} />;
  },
});
const patientEdit = createRoute({
  getParentRoute: () => chart,
  path: "edit",
  component: function PatientEditRoute() {
    return <PatientEditScreen {...chart.useParams()} />;
  },
});
const newCourse = createRoute({
  getParentRoute: () => chart,
  path: "course/new",
  component: function NewCourseRoute() {
    return <CourseScreen {...chart.useParams()} courseId={null} />;
  },
});
const course = createRoute({
  getParentRoute: () => chart,
  path: "course/$courseId",
  component: function CourseRoute() {
    const params = course.useParams();
    return <CourseScreen key={params.courseId} {...params} />;
  },
});
const newVisit = createRoute({
  getParentRoute: () => chart,
  path: "visits/new",
  component: function NewVisitRoute() {
    return <VisitScreen {...chart.useParams()} visitId={null} verdict={verdict} dose={dose} />;
  },
});
const visit = createRoute({
  getParentRoute: () => chart,
  path: "visits/$visitId",
  component: function VisitRoute() {
    const params = visit.useParams();
    return <VisitScreen key={params.visitId} {...params} verdict={verdict} dose={dose} />;
  },
});

const paperSummary = createRoute({
  getParentRoute: () => root,
  path: "/paper/summary/$visitId",
  component: function PaperSummaryRoute() {
    const { visitId } = paperSummary.useParams();
    return <PaperScreen key={visitId} paper={{ kind: "visit-summary", visitId, confidential: null }} />;
  },
});
const paperHandout = createRoute({
  getParentRoute: () => root,
  path: "/paper/handout/$handout/$courseId",
  component: function PaperHandoutRoute() {
    const { handout, courseId } = paperHandout.useParams();
    const known = handoutId.safeParse(handout);
    if (!known.success) return <NotFoundScreen />;
    return <PaperScreen key={handout} paper={{ kind: "handout", handout: known.data, courseId }} />;
  },
});
const paperToday = createRoute({
  getParentRoute: () => root,
  path: "/paper/today",
  component: () => <PaperScreen paper={{ kind: "today" }} />,
});
const paperLabs = createRoute({
  getParentRoute: () => root,
  path: "/paper/labs/$patientId",
  component: function PaperLabsRoute() {
    const { patientId } = paperLabs.useParams();
    return <PaperScreen paper={{ kind: "chart-labs", patientId }} />;
  },
});

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  component: () => (
    <SettingsFrame>
      <Outlet />
    </SettingsFrame>
  ),
});
const settingsIndex = createRoute({
  getParentRoute: () => settings,
  path: "/",
  beforeLoad: () => {
    // oxlint-disable-next-line typescript/only-throw-error -- the router takes a thrown redirect, which is no error.
    throw redirect({ to: "/settings/clinic" });
  },
});
const settingsClinic = createRoute({
  getParentRoute: () => settings,
  path: "clinic",
  component: ClinicScreen,
});
const settingsAccounts = createRoute({
  getParentRoute: () => settings,
  path: "accounts",
  component: AccountsScreen,
});
const settingsAudit = createRoute({ getParentRoute: () => settings, path: "audit", component: AuditScreen });
const settingsProgrammes = createRoute({
  getParentRoute: () => settings,
  path: "programmes",
  component: ProgrammesScreen,
});
const settingsEdition = createRoute({
  getParentRoute: () => settings,
  path: "programmes/$programme/$from",
  component: function EditionRoute() {
    const params = settingsEdition.useParams();
    const known = programmeName.safeParse(params.programme);
    if (!known.success) return <NotFoundScreen />;
    return <EditionChangesScreen programme={known.data} from={params.from} />;
  },
});
const settingsPassword = createRoute({
  getParentRoute: () => settings,
  path: "password",
  component: PasswordScreen,
});
const settingsAbout = createRoute({ getParentRoute: () => settings, path: "about", component: AboutScreen });

const routeTree = root.addChildren([
  today,
  patients,
  register,
  chart.addChildren([
    overview,
    labs,
    programme,
    visits,
    prescriptions,
    history,
    patientEdit,
    newCourse,
    course,
    newVisit,
    visit,
  ]),
  paperSummary,
  paperHandout,
  paperToday,
  paperLabs,
  settings.addChildren([
    settingsIndex,
    settingsClinic,
    settingsAccounts,
    settingsProgrammes,
    settingsEdition,
    settingsAudit,
    settingsPassword,
    settingsAbout,
  ]),
]);

/** The program's router; the history is the address bar's hash, or memory in a test. */
export function makeRouter(history: RouterHistory) {
  return createRouter({ routeTree, history, defaultErrorComponent: TroubleScreen, scrollRestoration: true });
}

declare module "@tanstack/react-router" {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be merged with the router's own.
  interface Register {
    router: ReturnType<typeof makeRouter>;
  }
}

/** The whole program. */
export function App({ router }: { router: ReturnType<typeof makeRouter> }) {
  const [client] = useState(makeQueryClient);
  return (
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  );
}
