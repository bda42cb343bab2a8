/**
 * A visit: new (visitId null), unsigned, or signed. `/patients/$patientId/visits/new` and `/patients/$patientId/visits/$visitId`.
 * Exports `VisitScreen({ patientId, visitId, verdict, … })`. The slots are panels of other features; add the ones you need here and in
 * app.tsx (a labs grid, a dose field), as functions that take what they show.
 */
import type { ReactNode } from "react";
import { PageHeader } from "#renderer/ui/layout.tsx";

export type VisitScreenProps = {
  patientId: string;
  visitId: string | null;
  /** "Can be prescribed today?", for the visit's course. */
  verdict: (courseId: string) => ReactNode;
};

export function VisitScreen(_props: VisitScreenProps) {
  return <PageHeader title="Visit" />;
}
