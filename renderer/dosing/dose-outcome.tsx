import { addDays, isCalendarDate } from "#shared/calendar.ts";
import type { ChartCourse } from "#shared/records/chart.ts";
import { dailyMgOf, type DoseDecision } from "#shared/records/visit.ts";
import { countWords } from "#shared/records/words.ts";
import { capsulesNeeded, doseWarnings, endAtDose, mgPerKgOf } from "#shared/rules/dosing.ts";
import { useDates } from "#renderer/ui/dates.tsx";
import { KeyValues } from "#renderer/ui/layout.tsx";
import { StatusMark } from "#renderer/ui/status.tsx";

/** Capsules are counted for this many days: a month's supply. */
const SUPPLY_DAYS = 30;

/** What the capsules come to: a day, by weight, in all, and until when. */
export function DoseOutcome(props: { course: ChartCourse; dose: DoseDecision; weightKg: number | null }) {
  const { course, dose, weightKg } = props;
  const dates = useDates();
  const { progress } = course;
  const readable = dose.capsules.filter(
    (one) => typeof one.morning === "number" && typeof one.evening === "number",
  );
  const dailyMg = dailyMgOf(readable);
  const perKg = mgPerKgOf(dailyMg, weightKg);
  // A day that is still being typed is no day yet.
  const from = isCalendarDate(dose.from) ? dose.from : null;
  const forecast = from === null ? null : endAtDose(progress, dailyMg, from);
  const warnings = doseWarnings(readable, weightKg, course.course.productId);
  const needed = capsulesNeeded(readable, SUPPLY_DAYS);
  return (
    <div className="dose-outcome" role="status">
      <KeyValues
        items={[
          {
            key: "A day",
            value: (
              <>
                <strong>{dailyMg} mg</strong>
                {perKg === null ? "" : `, ${perKg.toFixed(2)} mg/kg`}
                {progress.dose !== null &&
                  progress.dose.dailyMg !== dailyMg &&
                  `; now ${progress.dose.dailyMg} mg`}
              </>
            ),
          },
          {
            key: "Taken so far",
            value: `${progress.mgPerKg.toFixed(1)} of ${progress.targetMgPerKg} mg/kg (${progress.totalMg} mg)`,
          },
          {
            key: "Target reached",
            value:
              forecast === null
                ? "Not known"
                : forecast.end === null
                  ? "Already"
                  : `${dates.date(forecast.end)}, after ${forecast.days} days at this dose`,
          },
          {
            key: `For ${SUPPLY_DAYS} days`,
            value:
              needed.length === 0
                ? "No capsules"
                : needed.map((one) => countWords(one.count, one.strengthMg)).join(", ") +
                  (from === null ? "" : `, to ${dates.date(addDays(from, SUPPLY_DAYS - 1))}`),
          },
        ]}
      />
      {warnings.length > 0 && (
        <ul className="dose-warnings">
          {warnings.map((one) => (
            <li key={one}>
              <StatusMark status="watch">{one}</StatusMark>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
