import { useState } from "react";
import { isCalendarDate } from "#shared/calendar.ts";
import type { AuditEntry } from "#shared/records/audit-entry.ts";
import { listName } from "#shared/records/patient.ts";
import { useApi } from "#renderer/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { ComboBox } from "#renderer/ui/combo-box.tsx";
import { DateField } from "#renderer/ui/date-field.tsx";
import { type Dates, useDates } from "#renderer/ui/dates.tsx";
import { FieldRow, PageHeader, Section } from "#renderer/ui/layout.tsx";
import { RefusalNotice } from "#renderer/ui/refusal.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { Banner, EmptyState, Skeleton, StatusMark } from "#renderer/ui/status.tsx";
import { type Column, Table } from "#renderer/ui/table.tsx";
import { actionWords, detailLines } from "./audit-words.ts";

const PAGE = 100;

/** Who saw and changed what; and the proof that nobody altered it. */
export function AuditScreen() {
  const accounts = useApi("accounts.list", {});
  const [userId, setUserId] = useState("");
  const [patient, setPatient] = useState<{ id: string; name: string } | null>(null);
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  /** Sequence numbers at which the pages after the first begin. */
  const [pages, setPages] = useState<readonly number[]>([]);
  const entries = useApi(
    "audit.list",
    {
      patientId: patient?.id ?? null,
      userId: userId === "" ? null : userId,
      from: from !== null && isCalendarDate(from) ? from : null,
      to: to !== null && isCalendarDate(to) ? to : null,
      before: pages.at(-1) ?? null,
      limit: PAGE,
    },
    { keepPrevious: true },
  );
  const last = entries.value?.at(-1);
  const filtered =
    <T,>(set: (value: T) => void) =>
    (value: T) => {
      set(value);
      setPages([]);
    };
  return (
    <>
      <PageHeader
        title="Audit trail"
        sub="Every reading and change, the latest first. It cannot be edited."
      />
      <Verification />
      <Section title="Entries">
        <FieldRow>
          <Select
            label="Person"
            value={userId === "" ? "everyone" : userId}
            onChange={filtered((value: string) => setUserId(value === "everyone" ? "" : value))}
            options={[
              { value: "everyone", label: "Everyone" },
              ...(accounts.value ?? []).map((one) => ({ value: one.id, label: one.name })),
            ]}
          />
          <PatientFilter chosen={patient} onChoose={filtered(setPatient)} />
          <DateField label="From" value={from} onChange={filtered(setFrom)} />
          <DateField label="To" value={to} onChange={filtered(setTo)} />
        </FieldRow>
        <RefusalNotice refusal={entries.refusal} />
        {entries.loading && <Skeleton lines={10} />}
        {entries.value && <Entries entries={entries.value} />}
        <div className="actions">
          {pages.length > 0 && (
            <Button icon="left" onClick={() => setPages(pages.slice(0, -1))}>
              Newer
            </Button>
          )}
          {entries.value?.length === PAGE && last && (
            <Button icon="right" onClick={() => setPages([...pages, last.sequence])}>
              Older
            </Button>
          )}
        </div>
      </Section>
    </>
  );
}

function Entries({ entries }: { entries: readonly AuditEntry[] }) {
  const dates = useDates();
  return (
    <Table
      caption="Audit entries"
      rows={entries}
      rowKey={(one) => one.sequence}
      empty={
        <EmptyState title="No entry fits.">Widen the dates, or choose another person or patient.</EmptyState>
      }
      columns={columns(dates)}
    />
  );
}

function columns(dates: Dates): Column<AuditEntry>[] {
  return [
    { id: "sequence", header: "No.", align: "end", cell: (one) => one.sequence },
    { id: "at", header: "When", cell: (one) => <span className="numeric">{dates.instant(one.at)}</span> },
    { id: "who", header: "Who", cell: (one) => one.userName || "Nobody signed in" },
    { id: "what", header: "What", rowHeader: true, cell: (one) => actionWords(one.action) },
    {
      id: "outcome",
      header: "Outcome",
      cell: (one) =>
        one.outcome === "done" ? (
          <StatusMark status="ok" quiet>
            Done
          </StatusMark>
        ) : (
          <StatusMark status="watch" quiet>
            Refused
          </StatusMark>
        ),
    },
    { id: "patient", header: "Patient", cell: (one) => one.patientName ?? "" },
    { id: "detail", header: "Detail", cell: (one) => <Detail lines={detailLines(one, dates)} /> },
  ];
}

function Detail({ lines }: { lines: readonly string[] }) {
  return (
    <span className="audit-detail">
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </span>
  );
}

function PatientFilter(props: {
  chosen: { id: string; name: string } | null;
  onChoose: (patient: { id: string; name: string } | null) => void;
}) {
  const dates = useDates();
  const [text, setText] = useState("");
  const found = useApi(
    "patients.search",
    { text: text.trim() },
    { enabled: text.trim() !== "", keepPrevious: true },
  );
  const hits = text.trim() === "" ? [] : (found.value ?? []).slice(0, 20);
  return (
    <ComboBox
      label="Patient"
      placeholder="Everyone"
      value={text}
      free
      onChange={(next) => {
        setText(next);
        if (next !== props.chosen?.name) props.onChoose(null);
      }}
      options={hits.map((hit) => ({ id: hit.id, label: listName(hit), note: dates.date(hit.birthDate) }))}
      onPick={(id) => {
        const hit = hits.find((one) => one.id === id);
        if (hit) props.onChoose({ id, name: listName(hit) });
      }}
    />
  );
}

function Verification() {
  const [asked, setAsked] = useState(false);
  const proof = useApi("audit.verify", {}, { enabled: asked });
  return (
    <Section title="Proof">
      {!asked && (
        <div className="actions">
          <Button onClick={() => setAsked(true)}>Verify the chain</Button>
          <span className="muted">Recomputes the seal of every entry, and compares.</span>
        </div>
      )}
      <RefusalNotice refusal={proof.refusal} />
      {asked && proof.loading && <Skeleton lines={1} label="Verifying" />}
      {proof.value &&
        (proof.value.brokenAt === null ? (
          <Banner
            status="ok"
            title={`Unbroken: ${proof.value.entries} entries, each sealed to the one before.`}
            actions={<Button onClick={proof.reload}>Verify again</Button>}
          />
        ) : (
          <Banner
            status="stop"
            title={`Broken at entry ${proof.value.brokenAt}: it, or one before it, was altered outside Isochart.`}
          >
            Keep a copy of the record’s folder as it is, and compare with the last backup.
          </Banner>
        ))}
    </Section>
  );
}
