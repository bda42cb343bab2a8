import { lowered } from "#shared/letter-case.ts";
import type {
  LaneAct,
  LaneGroup,
  LaneMonth,
  LaneState,
  LaneStep,
  LaneStop,
  ProgrammeLane,
} from "#shared/records/programme-lane.ts";
import { laneGroupWords, laneStateWords } from "#shared/records/words.ts";
import { Button } from "#renderer/ui/button.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import type { IconName } from "#renderer/ui/icons.tsx";
import { Section } from "#renderer/ui/layout.tsx";
import { Banner, type Status, StatusMark } from "#renderer/ui/status.tsx";
import { useNextFocus } from "./next-focus.ts";
import "./lane.css";

const GROUPS: readonly LaneGroup[] = ["before-start", "this-month", "after-treatment"];
const STATES: Record<LaneState, { status: Status; icon: IconName }> = {
  done: { status: "ok", icon: "check" },
  due: { status: "info", icon: "right" },
  waiting: { status: "none", icon: "clock" },
  blocked: { status: "none", icon: "lock" },
  forbidden: { status: "none", icon: "lock" },
  "not-asked": { status: "none", icon: "dash" },
};

/** The steps of the programme as a time line; `onAct` opens the form, or the place, where a step is done. */
export function Lane(props: {
  lane: ProgrammeLane;
  mayAct: (act: LaneAct) => boolean;
  onAct: (act: LaneAct) => void;
}) {
  return (
    <div className="lane">
      {GROUPS.map((group) => (
        <Group key={group} {...props} group={group} />
      ))}
    </div>
  );
}

type GroupProps = Parameters<typeof Lane>[0] & { group: LaneGroup };

function Group(props: GroupProps) {
  const { group, lane } = props;
  const steps = lane.steps.filter((one) => one.group === group);
  const shown = steps.filter((one) => one.state !== "not-asked");
  const spared = steps.filter((one) => one.state === "not-asked");
  const earlier = group === "this-month" ? lane.earlier : [];
  if (steps.length === 0 && earlier.length === 0) return null;
  const all = shown.length > 0 && shown.every((one) => one.state === "done");
  const list = (
    <>
      <ol className="lane-steps" aria-label={laneGroupWords[group]}>
        {shown.map((step) => (
          <Step key={step.id} step={step} {...props} />
        ))}
      </ol>
      {spared.length > 0 && (
        <p className="lane-spared">
          Not asked of this patient: {spared.map((one) => lowered(one.title)).join(", ")}.
        </p>
      )}
    </>
  );
  return (
    <>
      {steps.length > 0 && (
        <Section title={laneGroupWords[group]} level={3}>
          {all && group === "before-start" ? (
            <details>
              <summary>
                All {shown.length} steps are done, the last on <LastDay steps={shown} />
              </summary>
              {list}
            </details>
          ) : (
            list
          )}
        </Section>
      )}
      {earlier.length > 0 && <EarlierMonths months={earlier} />}
    </>
  );
}

function LastDay({ steps }: { steps: readonly LaneStep[] }) {
  const dates = useDates();
  const last = steps
    .map((one) => one.on)
    .filter((on) => on !== null)
    .toSorted()
    .at(-1);
  return <>{last === undefined ? "a day that is not recorded" : dates.date(last)}.</>;
}

function Step({ step, lane, mayAct, onAct }: GroupProps & { step: LaneStep }) {
  const dates = useDates();
  const { act } = step;
  const isNext = step.id === lane.next;
  // The sentence of a step that waits usually says its day, with more to it: the day is not said twice.
  const from = step.from === null || step.sentence.includes(dates.date(step.from)) ? null : step.from;
  return (
    <li
      className={`lane-step lane-${step.state}${isNext ? " lane-next" : ""}`}
      aria-current={isNext ? "step" : undefined}
    >
      <StatusMark status={STATES[step.state].status} icon={STATES[step.state].icon}>
        {laneStateWords[step.state]}
      </StatusMark>
      <span className="lane-title">{step.title}</span>
      <span className="lane-day">
        {step.state === "done"
          ? step.on !== null && dates.date(step.on)
          : step.state === "waiting" && from !== null && `from ${dates.date(from)}`}
      </span>
      <span className="lane-sentence">
        {silenced(step, lane) ? "" : step.sentence}
        {step.state === "done" && step.until !== null && `The window closes ${dates.instant(step.until)}.`}
      </span>
      <span className="lane-act">
        {act !== null && !isNext && mayAct(act) && (
          <Button aria-label={`${act.label}: ${step.title}`} onClick={() => onAct(act)}>
            {act.label}
          </Button>
        )}
      </span>
    </li>
  );
}

/** While a stop waits for an act, no other step says that it is to be done. */
function silenced(step: LaneStep, lane: ProgrammeLane): boolean {
  if (lane.stop?.handledOn !== null) return false;
  // Of a prescription that waits it says that nothing may be dispensed.
  return step.state === "blocked" || (step.state === "forbidden" && step.id !== "pick-up");
}

const OUTCOMES: Record<LaneMonth["outcome"], { status: Status; words: string }> = {
  collected: { status: "ok", words: "Collected" },
  "not-collected": { status: "watch", words: "Not collected" },
  "not-recorded": { status: "unknown", words: "Not recorded" },
};

/** One row a month, the latest first; more than three are folded. */
function EarlierMonths({ months }: { months: readonly LaneMonth[] }) {
  const table = <MonthTable months={months} />;
  return (
    <Section title={`Earlier months (${months.length})`} level={3}>
      {months.length <= 3 ? (
        table
      ) : (
        <>
          <MonthTable months={months.slice(0, 2)} />
          <details>
            <summary>{months.length - 2} more</summary>
            <MonthTable months={months.slice(2)} />
          </details>
        </>
      )}
    </Section>
  );
}

function MonthTable({ months }: { months: readonly LaneMonth[] }) {
  const dates = useDates();
  const day = (on: string | null) => (on === null ? <span className="muted">–</span> : dates.date(on));
  // Only what somebody was asked for: elsewhere than in the United States no month has a confirmation or questions.
  const tested = months.some((one) => one.testOn !== null);
  const confirmed = months.some((one) => one.confirmedOn !== null);
  const answered = months.some((one) => one.answeredOn !== null);
  return (
    <table className="table lane-months">
      <caption className="for-readers">Earlier months, the latest first</caption>
      <thead>
        <tr>
          <th scope="col">Prescribed</th>
          {tested && <th scope="col">Test</th>}
          {confirmed && <th scope="col">Confirmed</th>}
          {answered && <th scope="col">Questions</th>}
          <th scope="col">Supply</th>
          <th scope="col">Pick-up</th>
        </tr>
      </thead>
      <tbody>
        {months.map((one) => (
          <tr key={one.prescriptionId}>
            <th scope="row">{dates.date(one.prescribedOn)}</th>
            {tested && <td>{day(one.testOn)}</td>}
            {confirmed && <td>{day(one.confirmedOn)}</td>}
            {answered && <td>{day(one.answeredOn)}</td>}
            <td>{one.daysSupply} days</td>
            <td>
              <StatusMark status={OUTCOMES[one.outcome].status} quiet>
                {OUTCOMES[one.outcome].words}
                {one.collectedOn === null ? "" : ` ${dates.date(one.collectedOn)}`}
              </StatusMark>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What stops the course, first on the page: its checklist, or what was done about it. */
export function StopPanel(props: {
  stop: LaneStop;
  mayAct: boolean;
  /** False while a form is open. */
  takesFocus: boolean;
  /** How many entries were recorded on this page. */
  turn: number;
  onAct: () => void;
}) {
  const dates = useDates();
  const { stop } = props;
  const panel = useNextFocus(props.takesFocus, stop, props.turn);
  if (stop.handledOn !== null)
    return (
      <Banner status="watch" role={null} title={`Handled on ${dates.date(stop.handledOn)}: ${stop.note}`}>
        <p>{stop.sentence}</p>
      </Banner>
    );
  return (
    <div ref={panel}>
      <Banner
        status="stop"
        role={null}
        title={stop.sentence}
        actions={
          props.mayAct && (
            <Button kind="main" onClick={props.onAct}>
              Say what was done
            </Button>
          )
        }
      >
        <ol className="stop-tasks">
          {stop.tasks.map((task) => (
            <li key={task.step}>{task.words}.</li>
          ))}
        </ol>
      </Banner>
    </div>
  );
}
