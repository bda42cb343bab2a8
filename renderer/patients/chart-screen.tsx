/**
 * The chart. Exports
 * - `ChartFrame({ patientId, active, children })`: the banner that is always true and the tabs; app.tsx mounts it around every
 *   screen under `/patients/$patientId` (children is the tab's screen; `active` is null on screens that are no tab, such as a visit).
 * - `ChartScreen({ patientId, verdict, trend })`: the overview tab; the slots are panels of other features.
 */
import type { ReactNode } from "react";
import { PageHeader } from "#renderer/ui/layout.tsx";

export type ChartTab = "overview" | "labs" | "programme" | "visits" | "history";

export type ChartFrameProps = { patientId: string; active: ChartTab | null; children: ReactNode };

export function ChartFrame(props: ChartFrameProps) {
  return <>{props.children}</>;
}

export type ChartScreenProps = {
  patientId: string;
  /** "Can be prescribed today?", for the open course. */
  verdict: (courseId: string) => ReactNode;
  /** The small trend of the chart's overview. */
  trend: (patientId: string) => ReactNode;
};

export function ChartScreen(_props: ChartScreenProps) {
  return <PageHeader title="Chart" />;
}
