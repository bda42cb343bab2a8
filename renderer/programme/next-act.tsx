import { lowered } from "#shared/letter-case.ts";
import type { LaneAct, ProgrammeLane } from "#shared/records/programme-lane.ts";
import { Button } from "#renderer/ui/button.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { Icon } from "#renderer/ui/icons.tsx";
import { useNextFocus } from "./next-focus.ts";

/**
 * The one thing to do next, first on the page. Its button takes the focus on arrival and after each entry, unless somebody is
 * typing, so that Enter does it.
 */
export function NextAct(props: {
  lane: ProgrammeLane;
  mayAct: (act: LaneAct) => boolean;
  /** False while a form is open. */
  takesFocus: boolean;
  /** How many entries were recorded on this page. */
  turn: number;
  onAct: (act: LaneAct) => void;
}) {
  const { lane, takesFocus, turn } = props;
  const dates = useDates();
  const bar = useNextFocus(takesFocus, lane, turn);
  const step = lane.steps.find((one) => one.id === lane.next);
  if (step === undefined) {
    if (lane.stop !== null && lane.stop.handledOn === null) return null;
    const waiting = lane.steps.filter((one) => one.state === "waiting");
    // The month of contraception passes by itself; what comes after it is the next thing to do.
    const coming = waiting
      .filter((one) => one.from !== null && one.id !== "contraception-month")
      .toSorted((a, b) => ((a.from ?? "") < (b.from ?? "") ? -1 : 1))[0];
    const protection = waiting.find((one) => one.id === "protection");
    // Treatment is on hold, or stopped: no step is due, but all is not well; what has to be decided the verdict says.
    const closed = lane.steps.some((one) => one.id === "prescription" && one.state === "forbidden");
    return (
      <div className="next-act">
        <p>
          <Icon name={closed ? "info" : "check"} /> <strong>Nothing is due now.</strong>{" "}
          {coming && (
            <span className="muted">
              Next: {lowered(coming.title)}
              {coming.from !== null && `, from ${dates.day(coming.from)}`}.
            </span>
          )}{" "}
          {protection && (
            <span className="muted">
              {protection.title}: {lowered(protection.sentence)}
            </span>
          )}
        </p>
      </div>
    );
  }
  const { act } = step;
  return (
    <div className="next-act next-act-due" ref={bar} role="group" aria-label="Next step">
      <p>
        <span className="next-act-word">Next</span> <strong>{step.title}</strong>{" "}
        <span className="next-act-sentence">{step.sentence}</span>
      </p>
      {act !== null && props.mayAct(act) && (
        <Button kind="main" keys="Enter" onClick={() => props.onAct(act)}>
          {act.label}
        </Button>
      )}
    </div>
  );
}
