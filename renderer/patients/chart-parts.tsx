import { Link } from "@tanstack/react-router";
import { type CalendarDate, daysBetween } from "#shared/calendar.ts";
import type { Chart, ChartCourse } from "#shared/records/chart.ts";
import type { Clinic } from "#shared/records/clinic.ts";
import { type DueItem, foundKinds } from "#shared/records/due.ts";
import { dailyMgOf, type VisitLine } from "#shared/records/visit.ts";
import {
  capsuleWords,
  courseEndWords,
  doseActionWords,
  dueKindWords,
  indicationWords,
} from "#shared/records/words.ts";
import { productName } from "#shared/rules/products.ts";
import { useApi } from "#renderer/api.ts";
import { type Dates, useDates } from "#renderer/ui/dates.tsx";
import { KeyValues, Section } from "#renderer/ui/layout.tsx";
import { type Status, StatusMark } from "#renderer/ui/status.tsx";
import { type Column, Table } from "#renderer/ui/table.tsx";
import { weightWords } from "#renderer/ui/weight-field.tsx";
import { CumulativeDose } from "./chart-banner.tsx";
import { doseStateWords, fixed, takenIsRecorded } from "./chart-words.ts";

const LEVELS: Record<ChartCourse["cautions"][number]["level"], { status: Status; word: string }> = {
  block: { status: "stop", word: "Do not combine" },
  high: { status: "stop", word: "High risk" },
  caution: { status: "watch", word: "Caution" },
  advice: { status: "info", word: "Advice" },
};

const URGENCIES: Record<DueItem["urgency"], Status> = {
  urgent: "stop",
  today: "watch",
  soon: "info",
  later: "none",
};

/** What waits for an act, in the words of Today, and the warnings from the screening, the medicines and the dose. */
export function Cautions({ chart }: { chart: Chart }) {
  const found = chart.due.filter((one) => foundKinds.includes(one.kind));
  const cautions = chart.open?.cautions ?? [];
  const warnings = chart.open?.progress.warnings ?? [];
  if (found.length + cautions.length + warnings.length === 0) return null;
  return (
    <Section title="To bear in mind">
      <ul className="cautions">
        {found.map((one) => (
          <li key={one.id}>
            <StatusMark status={URGENCIES[one.urgency]}>{dueKindWords[one.kind]}</StatusMark>
            <span>
              {one.sentence} <FoundLink item={one} />
            </span>
          </li>
        ))}
        {warnings.map((sentence) => (
          <li key={sentence}>
            <StatusMark status="watch">Dose</StatusMark>
            <span>{sentence}</span>
          </li>
        ))}
        {cautions.map((one) => (
          <li key={one.sentence}>
            <StatusMark status={LEVELS[one.level].status}>{LEVELS[one.level].word}</StatusMark>
            <span>
              {one.sentence} <span className="muted">{one.source}</span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** The way to the place where it is settled. */
function FoundLink({ item: { act, patientId } }: { item: DueItem }) {
  if (act.to === "visit" && act.visitId !== null)
    return (
      <Link
        to="/patients/$patientId/visits/$visitId"
        params={{ patientId, visitId: act.visitId }}
        className="link"
      >
        {act.label}
      </Link>
    );
  return (
    <Link to="/patients/$patientId/labs" params={{ patientId }} className="link">
      {act.label}
    </Link>
  );
}

/** When the patient comes next, and what falls due before. */
export function NextVisit({ course, visits }: { course: ChartCourse; visits: Chart["visits"] }) {
  const dates = useDates();
  const { status } = course;
  const last = visits.find((one) => !one.voided);
  return (
    <Section title="Next">
      <KeyValues
        items={[
          { key: "Visit", value: nextVisit(course.nextVisitOn ?? null, dates) },
          { key: "Last visit", value: last ? dates.date(last.date) : "None yet" },
          ...(status?.nextTestFrom
            ? [{ key: "Pregnancy test from", value: dates.day(status.nextTestFrom) }]
            : []),
          ...(status?.pickUpBy ? [{ key: "Pick up by", value: dates.instant(status.pickUpBy) }] : []),
          ...(status?.protectUntil
            ? [{ key: "Contraception, no blood donation until", value: dates.date(status.protectUntil) }]
            : []),
        ]}
      />
    </Section>
  );
}

/** The day that was planned; a day that went by is said to be so. */
function nextVisit(on: CalendarDate | null, dates: Dates) {
  if (on === null) return "Not planned";
  const late = daysBetween(on, dates.today);
  if (late === 0) return `Today, ${dates.date(on)}`;
  if (late < 0) return dates.day(on);
  return (
    <>
      {dates.day(on)} <StatusMark status="watch">{dayCount(late)} overdue</StatusMark>
    </>
  );
}

/** The dose in force and how far the course has come. */
export function DoseSummary({ course }: { course: ChartCourse }) {
  const dates = useDates();
  const unit = useApi("clinic.read", {}).value?.weightUnit ?? "kg";
  const { progress } = course;
  const { dose } = progress;
  return (
    <Section title="Dose">
      <KeyValues
        items={[
          {
            key: "Now",
            value:
              dose === null ? (
                doseStateWords(progress.doseState)
              ) : (
                <>
                  {dose.dailyMg} mg a day <span className="unbroken">since {dates.date(dose.from)}</span>
                </>
              ),
          },
          ...(dose === null ? [] : [{ key: "Capsules", value: capsuleWords(dose.capsules) }]),
          ...decidedLine(course, dates),
          { key: "Product", value: productName(course.course.productId) },
          { key: "Taken in all", value: <CumulativeDose course={course} /> },
          { key: "Reference weight", value: weightWords(progress.referenceWeightKg, unit) },
          {
            key: "First dose",
            value: progress.startedOn === null ? "Not yet" : dates.date(progress.startedOn),
          },
          {
            key: "Expected end",
            value:
              progress.expectedEnd === null ? (
                "Cannot be told yet"
              ) : (
                <>
                  <span className="unbroken">{dates.date(progress.expectedEnd)}</span>
                  {progress.remainingDays !== null && (
                    <span className="unbroken">, in {dayCount(progress.remainingDays)}</span>
                  )}
                </>
              ),
          },
        ]}
      />
    </Section>
  );
}

function dayCount(days: number): string {
  return days === 1 ? "1 day" : `${days} days`;
}

/** What was decided and is not taken yet: told beside the dose in force, so that neither is mistaken for the other. */
function decidedLine({ decidedDose: decided, progress }: ChartCourse, dates: Dates) {
  if (!decided || decided.capsules.length === 0 || progress.dose?.from === decided.from) return [];
  if (progress.dose !== null && progress.dose.dailyMg === dailyMgOf(decided.capsules)) return [];
  const value = (
    <>
      {doseActionWords[decided.action]}, {dailyMgOf(decided.capsules)} mg a day{" "}
      <span className="unbroken">from {dates.date(decided.from)}</span>
    </>
  );
  return [{ key: "Decided", value }];
}

/** The last few visits. */
export function LatestVisits({ chart }: { chart: Chart }) {
  const dates = useDates();
  const unit = useApi("clinic.read", {}).value?.weightUnit ?? "kg";
  const visits = chart.visits.slice(0, 5);
  if (visits.length === 0) return null;
  return (
    <Section title="Latest visits">
      <Table
        caption="Latest visits"
        rows={visits}
        rowKey={(row) => row.id}
        rowTone={(row) => (row.voided ? "struck" : undefined)}
        columns={visitColumns(chart.patient.id, dates, unit)}
      />
    </Section>
  );
}

function visitColumns(patientId: string, dates: Dates, unit: Clinic["weightUnit"]): Column<VisitLine>[] {
  return [
    {
      id: "date",
      header: "Date",
      rowHeader: true,
      cell: (row) => (
        <Link
          to="/patients/$patientId/visits/$visitId"
          params={{ patientId, visitId: row.id }}
          className="link"
        >
          {dates.date(row.date)}
        </Link>
      ),
    },
    { id: "state", header: "State", cell: visitState },
    {
      id: "weight",
      header: "Weight",
      align: "end",
      cell: (row) => (row.weightKg === null ? "–" : weightWords(row.weightKg, unit)),
    },
    { id: "iga", header: "IGA", align: "end", cell: (row) => row.iga ?? "–" },
    {
      id: "dose",
      header: "Dose",
      cell: (row) =>
        [
          row.doseAction === null ? "" : doseActionWords[row.doseAction],
          row.dailyMg === null || row.dailyMg === 0 ? "" : `${fixed(row.dailyMg, 0)} mg`,
        ]
          .filter(Boolean)
          .join(", ") || "–",
    },
    { id: "plan", header: "Plan", cell: (row) => <span className="one-line">{row.plan}</span> },
  ];
}

function visitState(row: VisitLine) {
  if (row.voided) return <StatusMark status="none">Voided</StatusMark>;
  if (row.signedAt === null) return <StatusMark status="watch">Not signed</StatusMark>;
  return (
    <StatusMark status="ok" quiet>
      Signed
    </StatusMark>
  );
}

/** Courses that ended, each readable. */
export function EarlierCourses({ chart }: { chart: Chart }) {
  if (chart.earlier.length === 0) return null;
  return (
    <Section title="Earlier courses">
      <ul className="earlier-courses">
        {chart.earlier.map((one) => (
          <EarlierCourse key={one.course.id} of={one} patientId={chart.patient.id} />
        ))}
      </ul>
    </Section>
  );
}

function EarlierCourse({ of, patientId }: { of: ChartCourse; patientId: string }) {
  const dates = useDates();
  const { course, progress } = of;
  return (
    <li>
      <Link
        to="/patients/$patientId/course/$courseId"
        params={{ patientId, courseId: course.id }}
        className="link"
      >
        {indicationWords[course.indication]},{" "}
        {progress.startedOn === null ? "never started" : `from ${dates.date(progress.startedOn)}`}
      </Link>
      <p className="muted">
        {course.end !== null && (
          <>
            {courseEndWords[course.end.reason]},{" "}
            <span className="unbroken">{dates.date(course.end.endedOn)}</span>.{" "}
          </>
        )}
        {takenIsRecorded(of) ? (
          <>
            <span className="unbroken">{fixed(progress.mgPerKg, 1)} mg/kg</span> in all.
          </>
        ) : (
          "No dose is recorded."
        )}
      </p>
    </li>
  );
}
