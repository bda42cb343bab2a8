/**
 * The trend of the main tests with the dose under it. Exports `TrendPanel({ patientId })`; app.tsx hands it to the chart.
 */
export type TrendPanelProps = { patientId: string };

export function TrendPanel(_props: TrendPanelProps) {
  return null;
}
