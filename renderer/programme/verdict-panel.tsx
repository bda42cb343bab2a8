/**
 * "Can be prescribed today?" as findings. Exports `VerdictPanel({ courseId })`; app.tsx hands it to the chart and the visit.
 */
export type VerdictPanelProps = { courseId: string };

export function VerdictPanel(_props: VerdictPanelProps) {
  return null;
}
