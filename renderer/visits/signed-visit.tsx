import { Link, useNavigate } from "@tanstack/react-router";
import { mayCall } from "#shared/permissions.ts";
import type { Chart } from "#shared/records/chart.ts";
import type { Visit } from "#shared/records/visit.ts";
import { entryKindWords, entryWords, resultWords } from "#shared/records/words.ts";
import { labTest } from "#shared/rules/lab-tests.ts";
import { useApi, useSession } from "#renderer/api.ts";
import { Kbd } from "#renderer/ui/button.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { PageHeader } from "#renderer/ui/layout.tsx";
import { useLetterKeys } from "#renderer/ui/letter-keys.ts";
import { Banner, StatusMark } from "#renderer/ui/status.tsx";
import { Addenda } from "./addenda.tsx";
import { Decided, Measured, MoodPart, Results, SideEffectList, Steps } from "./signed-parts.tsx";
import { VoidVisit } from "./void-visit.tsx";

/** What a voided visit recorded that counts all the same: a stop is taken back only by itself. */
function StillInForce({ visit }: { visit: Visit }) {
  const dates = useDates();
  const entries = useApi("programme.entries", { courseId: visit.courseId });
  const flowsheet = useApi("labs.flowsheet", { patientId: visit.patientId });
  const still = [
    ...(entries.value ?? [])
      .filter((one) => one.visitId === visit.id)
      .map((one) => ({
        id: one.id,
        text: `${entryKindWords[one.kind]} of ${dates.date(one.on)}: ${entryWords(one, dates.style)}`,
      })),
    ...(flowsheet.value?.results ?? [])
      .filter((one) => one.visitId === visit.id)
      .map((one) => ({
        id: one.id,
        text: `${labTest(one.testId)?.shortName ?? one.testId} of ${dates.date(one.collectedOn)}: ${resultWords(one)}`,
      })),
  ];
  if (still.length === 0) return null;
  return (
    <>
      <p className="visit-still">Still in force, until it is voided by itself:</p>
      <ul className="visit-to-read">
        {still.map((one) => (
          <li key={one.id}>{one.text}</li>
        ))}
      </ul>
    </>
  );
}

/** A visit that takes no more changes, set to be read; what was learnt later stands below it as addenda. */
export function SignedVisit({ visit, chart }: { visit: Visit; chart: Chart }) {
  const dates = useDates();
  const navigate = useNavigate();
  const user = useSession()?.user ?? null;
  const { form } = visit;
  const printable = visit.signature !== null && visit.voidReason === null;

  useLetterKeys((letter) => {
    if (letter !== "p" || !printable) return false;
    void navigate({ to: "/paper/summary/$visitId", params: { visitId: visit.id } });
    return true;
  });

  return (
    <article className="signed-visit" aria-label={`Visit of ${dates.day(form.date)}`}>
      <PageHeader
        title={`Visit of ${dates.day(form.date)}`}
        sub={
          visit.signature === null ? (
            `Saved by ${visit.recordedBy}, never signed`
          ) : (
            <StatusMark status="ok" icon="lock">
              Signed by {visit.signature.signedBy}, {dates.instant(visit.signature.signedAt)}
            </StatusMark>
          )
        }
        actions={
          printable && (
            <Link
              to="/paper/summary/$visitId"
              params={{ visitId: visit.id }}
              className="link-button button-main"
            >
              Print summary <Kbd>P</Kbd>
            </Link>
          )
        }
      />
      {visit.voidReason !== null && (
        <Banner status="unknown" title="This visit was voided and counts for nothing." role={null}>
          {visit.voidReason}
          <StillInForce visit={visit} />
        </Banner>
      )}
      <Measured visit={visit} />
      <SideEffectList visit={visit} />
      <MoodPart visit={visit} />
      <Results visit={visit} patientId={chart.patient.id} />
      <Steps visit={visit} />
      <Decided visit={visit} />
      {visit.signature !== null && <Addenda visit={visit} />}
      {visit.voidReason === null && mayCall("visits.void", user) && <VoidVisit visit={visit} />}
    </article>
  );
}
