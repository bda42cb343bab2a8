import type { Instant } from "#shared/calendar.ts";
import type { Plan, PlanAct } from "#shared/rules/finding.ts";
import { useDates } from "#renderer/ui/dates.tsx";

/**
 * What would make it yes: the acts in their order, each with the day from which it can be done, and when all could be. It supposes
 * that every test is negative; the list says so. Where time alone does it, the verdict's own sentence says that already.
 */
export function PlanList({ plan, judgedAt }: { plan: Plan; judgedAt: Instant }) {
  const dates = useDates();
  if (plan.acts.every((one) => one.kind === "wait")) return null;
  return (
    <div className="plan">
      <h3>What would make it yes</h3>
      <ol className="plan-acts">
        {plan.acts.map((act, index) => (
          <li key={`${act.rule} ${act.kind} ${act.from} ${index}`}>
            <span>{act.sentence}</span> <span className="plan-from">{fromWords(act, dates)}</span>
          </li>
        ))}
      </ol>
      <p className="muted">
        {plan.yesAt <= judgedAt ? (
          <>
            It can be yes <strong>today</strong>
          </>
        ) : (
          <>
            At the earliest yes on <strong>{dates.instant(plan.yesAt)}</strong>
          </>
        )}
        , if {plan.acts.some((one) => one.kind === "pregnancy-test") && "every test is negative and "}
        nothing else happens.
      </p>
    </div>
  );
}

function fromWords(act: PlanAct, dates: ReturnType<typeof useDates>): string {
  if (act.sentence.includes(dates.day(act.from)) || act.sentence.includes(dates.date(act.from))) return "";
  return act.from <= dates.today ? "today" : `from ${dates.day(act.from)}`;
}
