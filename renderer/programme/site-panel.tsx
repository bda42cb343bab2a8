import { unbroken } from "#shared/calendar.ts";
import { capital } from "#shared/letter-case.ts";
import type { Disagreement } from "#shared/records/disagreement.ts";
import type { ProgrammeEntry } from "#shared/records/programme-entry.ts";
import { disagreementWords, siteStatusWords } from "#shared/records/words.ts";
import { Button } from "#renderer/ui/button.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { Section } from "#renderer/ui/layout.tsx";
import { StatusMark } from "#renderer/ui/status.tsx";

type SiteEntry = Extract<ProgrammeEntry, { kind: "programme-site" }>;

/** The latest look at the programme's own site beside the record: what disagrees, and what to do about it. */
export function SitePanel(props: {
  site: { entry: ProgrammeEntry; disagreements: readonly Disagreement[] } | null;
  mayRecord: boolean;
  onRecord: () => void;
}) {
  const dates = useDates();
  const { site } = props;
  const entry = site !== null && site.entry.kind === "programme-site" ? site.entry : null;
  const found = site?.disagreements ?? [];
  return (
    <Section
      title="The programme’s own site"
      actions={
        props.mayRecord && (
          <Button kind="quiet" onClick={props.onRecord}>
            Enter what it shows
          </Button>
        )
      }
    >
      {entry === null ? (
        <p className="muted">Nobody has compared this record with the site yet.</p>
      ) : (
        <>
          <p>
            <StatusMark
              status={found.length === 0 ? "ok" : found.some((one) => one.urgent) ? "stop" : "watch"}
            >
              {found.length === 0
                ? "Agrees"
                : found.length === 1
                  ? "1 disagreement"
                  : `${found.length} disagreements`}
            </StatusMark>{" "}
            <span className="muted">
              Looked at on {unbroken(dates.date(entry.on))} by {entry.recordedBy}:{" "}
              {unbroken(shownWords(entry, dates))}
            </span>
          </p>
          {found.length > 0 && <Disagreements found={found} />}
        </>
      )}
    </Section>
  );
}

function Disagreements({ found }: { found: readonly Disagreement[] }) {
  return (
    <table className="table">
      <caption className="for-readers">What the record and the site disagree on</caption>
      <thead>
        <tr>
          <th scope="col">Kind</th>
          <th scope="col">Here</th>
          <th scope="col">On the site</th>
          <th scope="col">What to do</th>
        </tr>
      </thead>
      <tbody>
        {found.map((one) => (
          <tr key={one.about} data-tone={one.urgent ? "urgent" : undefined}>
            <th scope="row">
              <StatusMark status={one.urgent ? "stop" : "watch"}>{disagreementWords[one.kind]}</StatusMark>
            </th>
            <td>{capital(one.here)}</td>
            <td>{capital(one.there)}</td>
            <td>{one.toDo}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `Qualified to receive; test Nov 20, 2026; do not dispense after Nov 26, 2026.` */
function shownWords(entry: SiteEntry, dates: ReturnType<typeof useDates>): string {
  const dated = (words: string, on: string | null) => (on === null ? "" : `${words} ${dates.date(on)}`);
  return `${[
    siteStatusWords[entry.status].toLowerCase(),
    dated("test of", entry.testOn),
    dated("confirmed", entry.confirmedOn),
    dated("questions", entry.questionsOn),
    dated("do not dispense after", entry.doNotDispenseAfter),
    dated("dispensed", entry.dispensedOn),
    entry.daysDispensed === null ? "" : `${entry.daysDispensed} days`,
  ]
    .filter(Boolean)
    .join(", ")}.`;
}
