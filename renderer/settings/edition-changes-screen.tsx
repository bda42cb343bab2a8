import { Link } from "@tanstack/react-router";
import { capital } from "#shared/letter-case.ts";
import type { Programme } from "#shared/records/course.ts";
import type { EditionChanges } from "#shared/records/edition.ts";
import { useApi } from "#renderer/api.ts";
import { useDates } from "#renderer/ui/dates.tsx";
import { PageHeader, Section } from "#renderer/ui/layout.tsx";
import { RefusalNotice } from "#renderer/ui/refusal.tsx";
import { EmptyState, Skeleton } from "#renderer/ui/status.tsx";
import "./programmes.css";

/** What one edition changes against the one before it, rule by rule, and which patients with an open course it concerns. */
export function EditionChangesScreen(props: { programme: Programme; from: string }) {
  const dates = useDates();
  const changes = useApi("programmes.changes", props);
  const { value } = changes;
  return (
    <>
      <PageHeader
        title="What changes"
        sub={
          value &&
          (value.before.name === value.after.name
            ? `${value.after.name}, as it reads from ${dates.date(value.after.from)}`
            : `${value.before.name} to ${value.after.name}, from ${dates.date(value.after.from)}`)
        }
        actions={
          <Link to="/settings/programmes" className="link-button">
            All editions
          </Link>
        }
      />
      <RefusalNotice refusal={changes.refusal} />
      {changes.loading && <Skeleton lines={8} />}
      {value && (
        <>
          <Differences changes={value} />
          {value.patients !== null && <Concerned patients={value.patients} from={value.after.from} />}
        </>
      )}
    </>
  );
}

function Differences({ changes }: { changes: EditionChanges }) {
  if (changes.differences.length === 0)
    return <EmptyState title="No rule differs.">Only dates or sources were rewritten.</EmptyState>;
  return (
    <Section title="Rules that differ">
      <table className="table difference-table">
        <caption className="for-readers">Rules that differ, before and after</caption>
        <thead>
          <tr>
            <th scope="col">Rule</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
            <th scope="col">Source</th>
          </tr>
        </thead>
        <tbody>
          {changes.differences.map((one) => (
            <tr key={one.rule}>
              <th scope="row">{one.name}</th>
              <td>{one.before === null ? <span className="muted">Not asked</span> : capital(one.before)}</td>
              <td>
                {one.after === null ? <span className="muted">No longer asked</span> : capital(one.after)}
              </td>
              <td className="muted">{one.source}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function Concerned(props: { patients: NonNullable<EditionChanges["patients"]>; from: string }) {
  const dates = useDates();
  const { patients } = props;
  return (
    <Section title={`Patients concerned on ${dates.date(props.from)} (${patients.length})`}>
      <p className="muted">
        Compared is what these rules said of each open course in the last minute before{" "}
        {dates.day(props.from)}, and in the first minute of it. Whom a change meets only later, such as a
        window that is missed after that day, is not listed here; the programme’s page says it then.
      </p>
      {patients.length === 0 ? (
        <EmptyState title="No open course is judged otherwise at that moment." />
      ) : (
        <table className="table difference-table">
          <caption className="for-readers">Patients concerned, rule by rule</caption>
          <thead>
            <tr>
              <th scope="col">Patient</th>
              <th scope="col">Rule</th>
              <th scope="col">Before</th>
              <th scope="col">After</th>
            </tr>
          </thead>
          <tbody>
            {patients.flatMap((one) =>
              one.findings.map((finding, at) => (
                <tr key={`${one.patientId} ${finding.name}`}>
                  {at === 0 && (
                    <th scope="rowgroup" rowSpan={one.findings.length}>
                      <Link
                        to="/patients/$patientId/programme"
                        params={{ patientId: one.patientId }}
                        className="link"
                      >
                        {one.patientName}
                      </Link>
                      <span className="concerned-number">{one.recordNumber}</span>
                    </th>
                  )}
                  <td>{finding.name}</td>
                  <td>{finding.before}</td>
                  <td>{finding.after}</td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      )}
    </Section>
  );
}
