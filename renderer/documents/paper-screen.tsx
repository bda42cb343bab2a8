/**
 * Preview of a paper, with Print and Save. Mounted by app.tsx at `/paper/summary/$visitId`, `/paper/handout/$handout/$courseId`,
 * `/paper/today`, `/paper/labs/$patientId`. Exports `PaperScreen({ paper })`. Use `PdfPreview` of `#renderer/ui/pdf-preview.tsx`.
 */
import type { Paper } from "#shared/contract.ts";
import { PageHeader } from "#renderer/ui/layout.tsx";

export type PaperScreenProps = { paper: Paper };

export function PaperScreen(_props: PaperScreenProps) {
  return <PageHeader title="Paper" />;
}
