/**
 * The programme of the open course: where it stands, the gate, a new entry, and the evidence. Tab
 * `/patients/$patientId/programme`; `?record=pregnancy-test` opens the form of that kind.
 */
import { Link, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import type { ChartCourse } from "#shared/records/chart.ts";
import { mayCall } from "#shared/permissions.ts";
import type { ProgrammeEntryKind } from "#shared/records/programme-entry.ts";
import { entryKindWords, programmeWords } from "#shared/records/words.ts";
import { useApi, useSession } from "#renderer/api.ts";
import { useDates } from "#renderer/ui/dates.tsx";
import { KeyValues, PageHeader, Section } from "#renderer/ui/layout.tsx";
import { RefusalNotice } from "#renderer/ui/refusal.tsx";
import { Banner, EmptyState, Skeleton } from "#renderer/ui/status.tsx";
import { EntryList } from "./entry-list.tsx";
import { SupersededList } from "./superseded-list.tsx";
import { NewEntry } from "./new-entry.tsx";
import { VerdictPanel } from "./verdict-panel.tsx";
import "./programme.css";

export type ProgrammeScreenProps = { patientId: string };

export function ProgrammeScreen({ patientId }: ProgrammeScreenProps) {
  const chart = useApi("patients.chart", { id: patientId });
  const open = chart.value?.open;
  return (
    <>
      <PageHeader title="Programme" sub={open ? programmeWords[open.course.programme] : undefined} />
      {chart.loading && <Skeleton lines={6} />}
      {chart.value && !open && (
        <EmptyState title="No course is open.">
          A programme belongs to a course. One is started in the overview.
        </EmptyState>
      )}
      {open && <OpenProgramme course={open} patientId={patientId} />}
    </>
  );
}

function OpenProgramme({ course, patientId }: { course: ChartCourse; patientId: string }) {
  const user = useSession()?.user ?? null;
  const search: { record?: unknown } = useSearch({ strict: false });
  const [wanted, setWanted] = useState(() => asKind(search.record));
  const [turn, setTurn] = useState(0);

  return (
    <div className="programme">
      <Standing course={course} />
      {mayCall("programme.record", user) && (
        <Section title="Record">
          <NewEntry
            key={turn}
            course={course.course}
            kind={wanted}
            takesFocus={turn > 0}
            onSaved={() => {
              setWanted(null);
              setTurn(turn + 1);
            }}
          />
        </Section>
      )}
      <VerdictPanel courseId={course.course.id} />
      {mayCall("programme.entries", user) && <Evidence course={course} patientId={patientId} />}
    </div>
  );
}

/** What the judgement rests on, and what was corrected or voided. */
function Evidence({ course: { course }, patientId }: { course: ChartCourse; patientId: string }) {
  const user = useSession()?.user ?? null;
  const entries = useApi("programme.entries", { courseId: course.id });
  const superseded = useApi("programme.superseded", { courseId: course.id });
  return (
    <Section
      title="Evidence"
      actions={
        mayCall("prescribing.list", user) && (
          <Link to="/patients/$patientId/prescriptions" params={{ patientId }} className="link-button">
            Prescriptions
          </Link>
        )
      }
    >
      <RefusalNotice refusal={entries.refusal} />
      {entries.value ? (
        <EntryList entries={entries.value} programme={course.programme} />
      ) : (
        entries.loading && <Skeleton lines={5} />
      )}
      {superseded.value && superseded.value.length > 0 && <SupersededList entries={superseded.value} />}
    </Section>
  );
}

const TONES = { good: "ok", neutral: "info", warning: "watch", stop: "stop" } as const;

/** Where the course stands in its programme, and the dates that follow from it. */
function Standing({ course }: { course: ChartCourse }) {
  const dates = useDates();
  const user = useSession()?.user ?? null;
  const { status } = course;
  if (!status) return null;
  // Where the sentence is the verdict's own, it stands in the verdict below, for those who see it.
  const saidBelow = /^(Yes|No)\b/u.test(status.sentence) && mayCall("prescribing.judge", user);
  const items = [
    { key: "Contraception in use", value: status.contraception },
    { key: "Window", value: windowWords(status, dates) },
    { key: "Pick up by", value: status.pickUpBy && dates.instant(status.pickUpBy) },
    { key: "Next test counts from", value: status.nextTestFrom && dates.day(status.nextTestFrom) },
    {
      key: "Contraception, no blood donation until",
      value: status.protectUntil && dates.day(status.protectUntil),
    },
  ].filter((item) => item.value !== null && item.value !== "");
  return (
    <div className="standing">
      <Banner status={TONES[status.tone]} title={status.label} role={null}>
        {saidBelow ? null : status.sentence}
      </Banner>
      {items.length > 0 && <KeyValues layout="row" items={items} />}
    </div>
  );
}

function windowWords(status: NonNullable<ChartCourse["status"]>, dates: ReturnType<typeof useDates>): string {
  const { windowOpensAt: from, windowClosesAt: to } = status;
  if (from !== null && to !== null) return `${dates.instant(from)} to ${dates.instant(to)}`;
  if (to !== null) return `until ${dates.instant(to)}`;
  return from === null ? "" : `from ${dates.instant(from)}`;
}

function asKind(text: unknown): ProgrammeEntryKind | null {
  return typeof text === "string" && text in entryKindWords ? (text as ProgrammeEntryKind) : null;
}
