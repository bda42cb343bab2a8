/**
 * Today: who is due for what, most urgent first. Mounted by app.tsx at `/`. Arrow keys move, Enter does the row's act.
 */
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { unbroken } from "#shared/calendar.ts";
import { mayCall } from "#shared/permissions.ts";
import type { Method } from "#shared/contract.ts";
import type { User } from "#shared/records/account.ts";
import type { DueItem, NewEdition, TodayLine } from "#shared/records/due.ts";
import { LIST_BY_A_CLOCK_BEHIND, dueKindWords, urgencyWords } from "#shared/records/words.ts";
import { useApi, useSession } from "#renderer/api.ts";
import { Kbd } from "#renderer/ui/button.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { PageHeader, Section } from "#renderer/ui/layout.tsx";
import { useLetterKeys } from "#renderer/ui/letter-keys.ts";
import { RefusalNotice } from "#renderer/ui/refusal.tsx";
import { useRows } from "#renderer/ui/rows.ts";
import { Banner, EmptyState, Skeleton, type Status, StatusMark } from "#renderer/ui/status.tsx";
import { DraftsWaiting } from "./drafts-waiting.tsx";
import { matching, TodayFilters, useTodayFilter } from "./today-filters.tsx";
import { whenDue } from "./when-due.ts";
import "./today.css";

const URGENCIES: readonly DueItem["urgency"][] = ["urgent", "today", "soon", "later"];
const MARKS: Record<DueItem["urgency"], Status> = {
  urgent: "stop",
  today: "watch",
  soon: "info",
  later: "none",
};

/** A new edition changes what is asked of whom: the way to the page that says so, while it is news. */
function EditionNotice({ edition: { programme, name, from } }: { edition: NewEdition }) {
  const dates = useDates();
  return (
    <Banner
      status="info"
      role={null}
      title={`${name}: ${from > dates.today ? "takes effect" : "in effect since"} ${dates.date(from)}.`}
      actions={
        <Link to="/settings/programmes/$programme/$from" params={{ programme, from }} className="link">
          What changes, and for whom
        </Link>
      }
    />
  );
}

export function TodayScreen() {
  const dates = useDates();
  const today = useApi("today.list", {});
  const [filter, setFilter] = useTodayFilter();
  const all = today.value?.lines ?? [];
  const lines = all.filter((line) => matching(line, filter));
  const rows = useRows(lines.length);
  const navigate = useNavigate();
  useLetterKeys((letter) => {
    if (letter !== "p") return false;
    void navigate({ to: "/paper/today" });
    return true;
  });

  // The list is the day's work: the first row takes the focus on arrival, so that Enter begins it. The first of what holds now: a
  // list from before would give it to a row that an urgent one then pushes down.
  const arrived = useRef(false);
  useEffect(() => {
    if (arrived.current || today.refreshing || lines.length === 0) return;
    arrived.current = true;
    const active = document.activeElement;
    if (active === null || active === document.body || active.matches("[data-page-heading]"))
      rows.focusRow(0);
  });

  return (
    <div className="today">
      <PageHeader
        title="Today"
        sub={today.value ? `${dates.day(dates.today)}. ${counts(lines)}` : dates.day(dates.today)}
        actions={
          <Link to="/paper/today" className="link-button">
            Print the list <Kbd>P</Kbd>
          </Link>
        }
      />
      {today.value !== undefined && today.value.drafts > 0 && <DraftsWaiting count={today.value.drafts} />}
      {today.value?.clockBehind && <Banner status="stop" title={LIST_BY_A_CLOCK_BEHIND} role="alert" />}
      {today.value?.newEdition && <EditionNotice edition={today.value.newEdition} />}
      <RefusalNotice refusal={today.refusal} />
      {today.loading && <Skeleton lines={8} />}
      {all.length > 0 && <TodayFilters lines={all} filter={filter} onChange={setFilter} />}
      {today.value && lines.length === 0 && <NothingDue filtered={all.length > 0} />}
      <div {...rows.list}>
        {URGENCIES.map((urgency) => {
          const here = lines.filter((line) => line.urgency === urgency);
          if (here.length === 0) return null;
          return (
            <Section key={urgency} title={`${urgencyWords[urgency]} (${here.length})`}>
              <table className="table today-table">
                <caption className="for-readers">{urgencyWords[urgency]}: who is due for what</caption>
                <colgroup>
                  <col className="today-kind" />
                  <col className="today-patient" />
                  <col />
                  <col className="today-when" />
                  <col className="today-act" />
                </colgroup>
                <thead className="for-readers">
                  <tr>
                    <th scope="col">Kind</th>
                    <th scope="col">Patient</th>
                    <th scope="col">Reason</th>
                    <th scope="col">Due</th>
                    <th scope="col">Act</th>
                  </tr>
                </thead>
                <tbody>
                  {here.map((line) => (
                    <tr key={line.id}>
                      <td className="today-kind">
                        <StatusMark status={MARKS[line.urgency]}>{dueKindWords[line.kind]}</StatusMark>
                      </td>
                      <th scope="row" className="today-patient">
                        <span>{line.patientName}</span>
                        <span className="muted">
                          {dates.date(line.birthDate)} · {line.recordNumber}
                        </span>
                      </th>
                      <td>
                        {unbroken(line.sentence)}
                        {line.tasks && <Tasks tasks={line.tasks} />}
                      </td>
                      <td className="today-when">
                        {whenDue(line, today.value?.now ?? null, dates).map((part) => (
                          <span key={part}>{part}</span>
                        ))}
                      </td>
                      <td className="today-act">
                        <ActLink line={line} row={rows.row(lines.indexOf(line))} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </Section>
          );
        })}
      </div>
    </div>
  );
}

/** What is done at once about a stop; the line stays until somebody says in a note what was done. */
function Tasks({ tasks }: { tasks: NonNullable<TodayLine["tasks"]> }) {
  return (
    <ol className="today-tasks">
      {tasks.map((task) => (
        <li key={task.step}>{task.words}.</li>
      ))}
    </ol>
  );
}

/** What a person must be allowed to do where an act leads; nothing for the chart, which everybody reads. */
const NEEDED: Readonly<Record<DueItem["act"]["to"], Method | null>> = {
  chart: null,
  visit: "visits.read",
  "new-visit": "visits.save",
  programme: "programme.record",
  prescriptions: "prescribing.list",
  labs: "labs.flowsheet",
};

/** The line's act, or the chart for whom it is not: reception rings and books, and finds there whom and when. */
function actOf({ act }: TodayLine, user: User | null): Pick<DueItem["act"], "label" | "to"> {
  const needed = NEEDED[act.to];
  return needed === null || mayCall(needed, user) ? act : { label: "Open the chart", to: "chart" };
}

/** The one act of a row, as a link: Enter follows it. */
function ActLink({ line, row }: { line: TodayLine; row: ReturnType<ReturnType<typeof useRows>["row"]> }) {
  const { patientId } = line;
  const act = actOf(line, useSession()?.user ?? null);
  const shared = {
    className: "link-button",
    "aria-label": `${act.label}: ${line.patientName}`,
    children: act.label,
    ...row,
  };
  switch (act.to) {
    case "chart":
      return <Link to="/patients/$patientId" params={{ patientId }} {...shared} />;
    case "programme":
      return (
        <Link
          to="/patients/$patientId/programme"
          params={{ patientId }}
          search={line.act.record ? { record: line.act.record } : {}}
          {...shared}
        />
      );
    case "prescriptions":
      return <Link to="/patients/$patientId/prescriptions" params={{ patientId }} {...shared} />;
    case "labs":
      return <Link to="/patients/$patientId/labs" params={{ patientId }} {...shared} />;
    case "new-visit":
      return <Link to="/patients/$patientId/visits/new" params={{ patientId }} {...shared} />;
    case "visit":
      return line.act.visitId === null ? (
        <Link to="/patients/$patientId/visits" params={{ patientId }} {...shared} />
      ) : (
        <Link
          to="/patients/$patientId/visits/$visitId"
          params={{ patientId, visitId: line.act.visitId }}
          {...shared}
        />
      );
  }
}

function NothingDue({ filtered }: { filtered: boolean }) {
  return filtered ? (
    <EmptyState title="Nobody is due for this.">Change the filter above to see the others.</EmptyState>
  ) : (
    <EmptyState
      title="Nobody is due for anything."
      action={
        <Link to="/patients" className="link-button">
          Find or register a patient
        </Link>
      }
    >
      Visits, tests, windows and results that wait for somebody appear here by themselves.
    </EmptyState>
  );
}

/** `2 urgent, 5 today, 1 soon, 3 later.` */
function counts(lines: readonly TodayLine[]): string {
  const parts = URGENCIES.map((urgency) => ({
    word: urgencyWords[urgency].toLowerCase(),
    count: lines.filter((line) => line.urgency === urgency).length,
  })).filter((part) => part.count > 0);
  return parts.length === 0
    ? "Nothing due."
    : `${parts.map((part) => `${part.count} ${part.word}`).join(", ")}.`;
}
