import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { OutputOf } from "#shared/contract.ts";
import { useApi } from "#renderer/api.ts";
import { useDates } from "#renderer/ui/dates.tsx";
import { Section } from "#renderer/ui/layout.tsx";

type WaitingDraft = OutputOf<"drafts.list">[number];

/** This person's unsaved text, each with the way back to its form. */
export function DraftsWaiting({ count }: { count: number }) {
  const dates = useDates();
  const drafts = useApi("drafts.list", {});
  return (
    <Section title={count === 1 ? "1 draft waits for you" : `${count} drafts wait for you`}>
      <ul className="drafts-waiting">
        {(drafts.value ?? []).map((draft) => (
          <li key={draft.key}>
            <DraftLink draft={draft}>
              Resume {noun(draft.key)}
              {draft.patientName ? ` of ${draft.patientName}` : ""}
            </DraftLink>{" "}
            <span className="muted">kept {dates.instant(draft.savedAt)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What a draft is of, from its key. */
function noun(key: string): string {
  const [kind = "", id = ""] = key.split(":");
  switch (kind) {
    case "visit":
      return id === "new" ? "the new visit" : "the visit";
    case "patient":
      return id === "new" ? "the registration" : "the details";
    case "course":
      return id === "new" ? "the new course" : "the course";
    case "addendum":
      return "the addendum";
    case "programme":
      return "the programme entry";
    case "programme-correction":
      return "the correction of an entry";
    case "programme-void":
      return "the void of an entry";
    case "prescription":
      return "the prescription";
    case "prescription-void":
      return "the void of a prescription";
    case "course-end":
      return "the end of the course";
    case "labs":
      return "the results";
    case "visit-void":
      return "the void of a visit";
    case "result-void":
      return "the void of a result";
    case "result-correction":
      return "the correction of a result";
    default:
      return "the text";
  }
}

function DraftLink({ draft, children }: { draft: WaitingDraft; children: ReactNode }) {
  const { patientId } = draft;
  const [kind = "", id = ""] = draft.key.split(":");
  if (kind === "patient" && id === "new")
    return (
      <Link to="/patients/new" className="link">
        {children}
      </Link>
    );
  if (patientId === null) return <span>{children}</span>;
  const to = { params: { patientId }, className: "link", children };
  switch (kind) {
    case "patient":
      return <Link to="/patients/$patientId/edit" {...to} />;
    case "programme":
    case "programme-correction":
    case "programme-void":
      return <Link to="/patients/$patientId/programme" {...to} />;
    case "prescription":
    case "prescription-void":
      return <Link to="/patients/$patientId/prescriptions" {...to} />;
    case "course-end":
      return <Link to="/patients/$patientId/course/$courseId" {...to} params={{ patientId, courseId: id }} />;
    case "labs":
    case "result-void":
    case "result-correction":
      return <Link to="/patients/$patientId/labs" {...to} />;
    case "course":
      return id === "new" ? (
        <Link to="/patients/$patientId/course/new" {...to} />
      ) : (
        <Link to="/patients/$patientId/course/$courseId" {...to} params={{ patientId, courseId: id }} />
      );
    case "visit":
    case "visit-void":
    case "addendum":
      return id === "new" ? (
        <Link to="/patients/$patientId/visits/new" {...to} />
      ) : (
        <Link to="/patients/$patientId/visits/$visitId" {...to} params={{ patientId, visitId: id }} />
      );
    default:
      return <Link to="/patients/$patientId" {...to} />;
  }
}
