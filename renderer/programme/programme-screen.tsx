/**
 * The programme of the open course (or of one that ended lately): what is next, the gate, the steps, the calendar, what the
 * programme's own site says otherwise, and the evidence. Tab `/patients/$patientId/programme`; `?record=pregnancy-test` opens the
 * form of that kind.
 */
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useRef, useState } from "react";
import type { CalendarDate } from "#shared/calendar.ts";
import { capital } from "#shared/letter-case.ts";
import type { Chart, ChartCourse } from "#shared/records/chart.ts";
import type { LaneAct } from "#shared/records/programme-lane.ts";
import { mayCall } from "#shared/permissions.ts";
import type { ProgrammeEntryKind } from "#shared/records/programme-entry.ts";
import { entryKindWords, programmeWords, withoutAnswer } from "#shared/records/words.ts";
import { followedSince } from "#shared/rules/follow-up.ts";
import { useApi, useSession } from "#renderer/api.ts";
import { useDates } from "#renderer/ui/dates.tsx";
import { KeyValues, PageHeader, Section } from "#renderer/ui/layout.tsx";
import { RefusalNotice } from "#renderer/ui/refusal.tsx";
import { Banner, EmptyState, Skeleton } from "#renderer/ui/status.tsx";
import { EntryList } from "./entry-list.tsx";
import { Lane, StopPanel } from "./lane.tsx";
import { MonthCalendar } from "./month-calendar.tsx";
import { NextAct } from "./next-act.tsx";
import { SitePanel } from "./site-panel.tsx";
import { SupersededList } from "./superseded-list.tsx";
import { NewEntry } from "./new-entry.tsx";
import { VerdictPanel } from "./verdict-panel.tsx";
import "./programme.css";

export type ProgrammeScreenProps = { patientId: string };

export function ProgrammeScreen({ patientId }: ProgrammeScreenProps) {
  const { today } = useDates();
  const chart = useApi("patients.chart", { id: patientId });
  const course = chart.value && courseToShow(chart.value, today);
  const clinical = mayCall("lane.read", useSession()?.user ?? null);
  return (
    <>
      <PageHeader
        title="Programme"
        sub={course ? programmeWords[course.course.programme] : undefined}
        actions={
          course &&
          clinical && (
            <Link to="/patients/$patientId/prescriptions" params={{ patientId }} className="link-button">
              Prescriptions
            </Link>
          )
        }
      />
      {chart.loading && <Skeleton lines={6} />}
      {chart.value && !course && (
        <EmptyState title="No course is open.">
          A programme belongs to a course. One is started in the overview.
        </EmptyState>
      )}
      {course && clinical && <OfCourse key={course.course.id} course={course} patientId={patientId} />}
      {course && !clinical && <Standing course={course} />}
    </>
  );
}

/** The open course, else the one that ended lately. */
function courseToShow(chart: Chart, today: CalendarDate): ChartCourse | null {
  if (chart.open !== null) return chart.open;
  const last = chart.earlier[0];
  const endedOn = last?.course.end?.endedOn ?? null;
  return last !== undefined && endedOn !== null && endedOn >= followedSince(today) ? last : null;
}

function OfCourse({ course, patientId }: { course: ChartCourse; patientId: string }) {
  const user = useSession()?.user ?? null;
  const courseId = course.course.id;
  const entries = useApi("programme.entries", { courseId });
  const superseded = useApi("programme.superseded", { courseId });
  const read = useApi("lane.read", { courseId });
  const search: { record?: unknown } = useSearch({ strict: false });
  const [wanted, setWanted] = useState(() => asKind(search.record));
  const [turn, setTurn] = useState(0);
  const form = useRef<HTMLDivElement>(null);
  const navigate = useNavigate();
  const open = course.course.end === null;
  const lane = read.value?.lane;
  const mayRecord = mayCall("programme.record", user);

  function record(kind: ProgrammeEntryKind | null): void {
    setWanted(kind);
    setTurn(turn + 1);
    if (kind !== null) form.current?.scrollIntoView({ block: "nearest" });
  }

  function act({ to }: LaneAct): void {
    if (to === "prescribe")
      void navigate({ to: "/patients/$patientId/prescriptions", params: { patientId } });
    else if (to === "end-course")
      void navigate({
        to: "/patients/$patientId/course/$courseId",
        params: { patientId, courseId },
        search: { end: true },
      });
    else record(to);
  }

  function mayAct({ to }: LaneAct): boolean {
    if (to === "prescribe") return mayCall("prescribing.issue", user);
    return to === "end-course" ? mayCall("courses.end", user) : mayRecord;
  }

  // After the last dose the question is what is still owed; whether it can be prescribed comes after that.
  const over = lane?.steps.some((one) => one.id === "last-dose" && one.state === "done") ?? false;
  const waits = lane?.steps.some((one) => one.id === "pick-up" && one.state === "due") ?? false;
  return (
    <div className="programme">
      <RefusalNotice refusal={read.refusal} />
      {lane?.stop && (
        <StopPanel
          stop={lane.stop}
          mayAct={mayRecord}
          takesFocus={wanted === null}
          turn={turn}
          onAct={() => record("stop-handled")}
        />
      )}
      {lane && !read.value?.clockBehind && (
        <NextAct lane={lane} mayAct={mayAct} onAct={act} takesFocus={wanted === null} turn={turn} />
      )}
      {open && waits && <VerdictPanel courseId={courseId} question="dispense" show="brief" />}
      {open && !over && <VerdictPanel courseId={courseId} show={waits ? "answer" : "brief"} />}
      {mayRecord && (
        <div ref={form}>
          <Section title="Record" titleHidden={wanted !== null}>
            <NewEntry
              key={turn}
              course={course.course}
              kind={wanted}
              takesFocus={false}
              onSaved={() => record(null)}
            />
          </Section>
        </div>
      )}
      {lane && lane.steps.length > 0 && (
        <Section title="Steps">
          <Lane lane={lane} mayAct={mayAct} onAct={act} />
        </Section>
      )}
      {open && over && <VerdictPanel courseId={courseId} show="answer" />}
      {read.value && (
        <Section title="Calendar">
          <MonthCalendar calendar={read.value.calendar} />
        </Section>
      )}
      {read.value && (read.value.hasSite || read.value.site !== null) && (
        <SitePanel
          site={read.value.site}
          mayRecord={mayRecord && open}
          onRecord={() => record("programme-site")}
        />
      )}
      <Section title="Evidence">
        <RefusalNotice refusal={entries.refusal ?? superseded.refusal} />
        {entries.value ? (
          <EntryList entries={entries.value} programme={course.course.programme} />
        ) : (
          entries.loading && <Skeleton lines={5} />
        )}
        {superseded.value && superseded.value.length > 0 && <SupersededList entries={superseded.value} />}
      </Section>
    </div>
  );
}

const TONES = { good: "ok", neutral: "info", warning: "watch", stop: "stop" } as const;

/** For those who do not work with the evidence: where the course stands, and the dates that follow from it. */
function Standing({ course }: { course: ChartCourse }) {
  const dates = useDates();
  const { status } = course;
  if (!status) return null;
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
        {said(status)}
      </Banner>
      {items.length > 0 && <KeyValues layout="row" items={items} />}
    </div>
  );
}

/** The verdict's sentence after the standing's own word: `Stop` and `No` are not said twice. */
function said({ label, sentence }: NonNullable<ChartCourse["status"]>): string {
  const rest = withoutAnswer(sentence);
  return capital(rest.startsWith(`${label}: `) ? rest.slice(label.length + 2) : rest);
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
