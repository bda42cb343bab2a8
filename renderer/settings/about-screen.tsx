import { EDITIONS } from "#shared/rules/programmes/editions.ts";
import type { ProgrammeTable } from "#shared/rules/programmes/programme-table.ts";
import { useSession } from "#renderer/api.ts";
import { ShortcutList } from "#renderer/shortcuts.tsx";
import { type Dates, useDates } from "#renderer/ui/dates.tsx";
import { KeyValues, PageHeader, Section } from "#renderer/ui/layout.tsx";
import { StatusMark } from "#renderer/ui/status.tsx";
import { type Column, Table } from "#renderer/ui/table.tsx";
import { version } from "../../package.json";

/** What the program is, which one, and its keys. */
export function AboutScreen() {
  const session = useSession();
  return (
    <>
      <PageHeader
        title="About Isochart"
        sub="The record that a small dermatology clinic keeps of its isotretinoin patients, on the clinic’s own computer. It needs no server and no internet."
      />
      <Section title="This program" titleHidden>
        <KeyValues
          items={[
            { key: "Version", value: version },
            { key: "Licence", value: "MIT" },
            { key: "Record", value: session?.record?.folder ?? "" },
            { key: "Runs in", value: session?.browser ? "a browser on this computer" : "its own window" },
          ]}
        />
        <p className="muted about-limits">
          Isochart shows what the rules of a programme’s edition say about the facts on record, with their
          sources. It does not replace the judgement of the prescriber, nor the entries that a programme asks
          for on its own website.
        </p>
      </Section>
      <Section title="Editions of the rules">
        <p className="muted">An event is judged by the edition in force on its day.</p>
        <Editions />
      </Section>
      <Section title="Shortcuts">
        <ShortcutList />
      </Section>
    </>
  );
}

/** Every edition that the program knows, what it rests on, and whether courses may be judged by it. */
function Editions() {
  const dates = useDates();
  return (
    <Table
      caption="Editions of the rules"
      rows={Object.values(EDITIONS).flat()}
      rowKey={(one) => `${one.id} ${one.effectiveFrom}`}
      columns={columns(dates)}
    />
  );
}

function columns(dates: Dates): Column<ProgrammeTable>[] {
  return [
    { id: "name", header: "Edition", rowHeader: true, cell: (one) => one.name },
    {
      id: "days",
      header: "For events",
      cell: (one) => <span className="about-days">{span(one, dates)}</span>,
    },
    { id: "source", header: "Rests on", cell: (one) => one.source },
    { id: "enabled", header: "Courses", cell: (one) => <Enabled table={one} /> },
  ];
}

function span({ effectiveFrom, effectiveTo }: ProgrammeTable, dates: Dates): string {
  const from = dates.date(effectiveFrom);
  return effectiveTo === null ? `from ${from}` : `${from} to ${dates.date(effectiveTo)}`;
}

function Enabled({ table }: { table: ProgrammeTable }) {
  if (!table.enabled) return <StatusMark status="unknown">Not enabled</StatusMark>;
  return (
    <StatusMark status="ok" quiet>
      Judged by it
    </StatusMark>
  );
}
