import type { ReactNode } from "react";
import type { Chart, ChartCourse } from "#shared/records/chart.ts";
import { listName } from "#shared/records/patient.ts";
import { categoryWords } from "#shared/records/words.ts";
import { useApi } from "#renderer/api.ts";
import { useDates } from "#renderer/ui/dates.tsx";
import { type Status, StatusMark } from "#renderer/ui/status.tsx";
import { weightWords } from "#renderer/ui/weight-field.tsx";
import { doseStateWords, fixed, takenIsRecorded } from "./chart-words.ts";
import { allergyWords } from "./patient-changes.ts";

const TONES: Record<"good" | "neutral" | "warning" | "stop", Status> = {
  good: "ok",
  neutral: "info",
  warning: "watch",
  stop: "stop",
};

/** Who this is, on every screen of the chart. What is not recorded is said to be so. */
export function ChartBanner({ chart }: { chart: Chart }) {
  const dates = useDates();
  const { open, patient } = chart;
  const asked = patient.allergies.status;
  return (
    <header className="chart-banner" aria-label="Patient">
      <div className="chart-who">
        <h1>{listName(patient)}</h1>
        <p>
          {chart.age} years · born {dates.date(patient.birthDate)} · record {patient.recordNumber}
        </p>
      </div>
      <dl className="chart-facts">
        <Fact name="Allergies">
          {asked === "none-known" ? (
            "None known"
          ) : (
            <StatusMark status={asked === "listed" ? "watch" : "unknown"}>
              {allergyWords(patient.allergies)}
            </StatusMark>
          )}
        </Fact>
        {open ? <CourseFacts course={open} /> : <Fact name="Course">None open</Fact>}
      </dl>
    </header>
  );
}

function CourseFacts({ course }: { course: ChartCourse }) {
  const dates = useDates();
  const { progress } = course;
  const { dose, latestWeight } = progress;
  const unit = useApi("clinic.read", {}).value?.weightUnit ?? "kg";
  return (
    <>
      <Fact name="Programme">
        {course.status === undefined ? (
          "Not judged"
        ) : (
          <StatusMark status={TONES[course.status.tone]}>{course.status.label}</StatusMark>
        )}
      </Fact>
      <Fact name="Risk category">
        {course.category === null ? (
          <StatusMark status="unknown">Not decided</StatusMark>
        ) : (
          categoryWords[course.category]
        )}
      </Fact>
      <Fact name="Month">{progress.month === null ? "Not begun" : progress.month}</Fact>
      <Fact
        name="Weight"
        more={
          latestWeight && `${unit === "lb" ? `${latestWeight.kg} kg, ` : ""}${dates.date(latestWeight.on)}`
        }
      >
        {latestWeight === null ? "Not recorded" : weightWords(latestWeight.kg, unit)}
      </Fact>
      <Fact name="Dose" more={dose !== null && dose.mgPerKg !== null && `${fixed(dose.mgPerKg, 2)} mg/kg`}>
        {dose === null ? doseStateWords(progress.doseState) : `${dose.dailyMg} mg a day`}
      </Fact>
      <Fact name="Taken in all">
        <CumulativeDose course={course} />
      </Fact>
    </>
  );
}

/** Cumulative dose of the target, as numbers and a small bar. */
export function CumulativeDose({ course }: { course: ChartCourse }) {
  const { mgPerKg, targetMgPerKg } = course.progress;
  if (!takenIsRecorded(course)) return "Nothing recorded";
  const share = Math.min(1, mgPerKg / targetMgPerKg);
  return (
    <span className="cumulative">
      <span>
        {fixed(mgPerKg, 1)} of {fixed(targetMgPerKg, 0)} mg/kg
      </span>
      <svg className="cumulative-bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect className="cumulative-ground" width="100" height="4" />
        <rect className="cumulative-done" width={share * 100} height="4" />
      </svg>
    </span>
  );
}

function Fact(props: { name: string; children: ReactNode; /** A quieter second line. */ more?: ReactNode }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
      {props.more && <dd className="fact-more">{props.more}</dd>}
    </div>
  );
}
