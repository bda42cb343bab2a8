/** One result beside the flowsheet: what it says, where it comes from, its versions, and the ways to put it right. */
import { Link } from "@tanstack/react-router";
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { mayCall } from "#shared/permissions.ts";
import type { LabResultView } from "#shared/records/lab-result.ts";
import { labTest } from "#shared/rules/lab-tests.ts";
import { rangeWords, resultWords, unitWords } from "#shared/records/words.ts";
import { useApi, useSession } from "#renderer/api.ts";
import { Button, IconButton } from "#renderer/ui/button.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { KeyValues } from "#renderer/ui/layout.tsx";
import { RefusalNotice } from "#renderer/ui/refusal.tsx";
import { Skeleton } from "#renderer/ui/status.tsx";
import { CorrectResult } from "./correct-result.tsx";
import { FlagMark } from "#renderer/ui/lab-flag.tsx";
import { testName } from "./flowsheet-model.ts";
import { VoidResult } from "./void-result.tsx";

export type ResultAct = "read" | "correct" | "void";

export type ResultPanelProps = {
  result: LabResultView;
  /** All results of this test and day. */
  sameDay: readonly LabResultView[];
  /** What the panel opens with. */
  act: ResultAct;
  onShow: (result: LabResultView) => void;
  onClose: () => void;
};

export function ResultPanel({ result, sameDay, onShow, onClose, ...props }: ResultPanelProps) {
  const dates = useDates();
  const user = useSession()?.user ?? null;
  const headingId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  const [act, setAct] = useState(props.act);
  useEffect(() => {
    if (act === "read") heading.current?.focus();
  }, [act]);

  const test = labTest(result.testId);
  const { interpretation: meaning } = result;
  const items: { key: string; value: ReactNode }[] = [
    { key: "Result", value: <strong>{resultWords(result)}</strong> },
    {
      key: "Range",
      value:
        test?.kind === "words"
          ? "a word, no range"
          : [rangeWords(result), unitWords(result.testId, result.unit)].join(" ").trim() &&
              rangeWords(result) !== ""
            ? `${rangeWords(result)} ${unitWords(result.testId, result.unit)}`
            : "not given",
    },
    { key: "Reads as", value: <FlagMark meaning={meaning} /> },
    ...(meaning.grade !== null
      ? [{ key: "CTCAE", value: `grade ${meaning.grade}, version ${meaning.ctcaeVersion ?? "not known"}` }]
      : []),
    ...(test?.fastingMatters
      ? [{ key: "Fasting", value: result.fasting === null ? "not recorded" : result.fasting ? "yes" : "no" }]
      : []),
    { key: "Recorded", value: `${dates.instant(result.recordedAt)}, ${result.recordedBy}` },
    {
      key: "Entered in",
      value:
        result.visitId === null ? (
          "the flowsheet"
        ) : (
          <Link
            to="/patients/$patientId/visits/$visitId"
            params={{ patientId: result.patientId, visitId: result.visitId }}
            className="link"
          >
            the visit
          </Link>
        ),
    },
    ...(result.note === "" ? [] : [{ key: "Note", value: result.note }]),
  ];
  return (
    <aside
      className="lab-panel"
      aria-labelledby={headingId}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        // In a question inside the panel, Escape goes back to its field.
        if (event.target instanceof Element && event.target.closest("[role=alert]")) return;
        event.stopPropagation();
        if (act === "read") onClose();
        else setAct("read");
      }}
    >
      <header className="lab-panel-head">
        <h2 id={headingId} ref={heading} tabIndex={-1}>
          {test?.name ?? testName(result.testId)},{" "}
          <span className="lab-panel-date">{dates.date(result.collectedOn)}</span>
        </h2>
        <IconButton icon="cross" label="Close (Esc)" onClick={onClose} />
      </header>
      {sameDay.length > 1 && (
        <p className="actions">
          <span className="muted">{sameDay.length} results of this day:</span>
          {sameDay.map((one) => (
            <Button key={one.id} kind="quiet" aria-pressed={one.id === result.id} onClick={() => onShow(one)}>
              {resultWords(one)}
            </Button>
          ))}
        </p>
      )}
      {act === "correct" ? (
        <CorrectResult result={result} onDone={onShow} onCancel={() => setAct("read")} />
      ) : (
        <>
          <KeyValues items={items} />
          {meaning.sentence !== "" && <p>{meaning.sentence}</p>}
          {meaning.actionCode !== null && (
            <p className="muted">Proposed by rule {meaning.actionCode}; the prescriber decides.</p>
          )}
          {act === "void" ? (
            <VoidResult result={result} onDone={onClose} onCancel={() => setAct("read")} />
          ) : (
            <div className="actions">
              {mayCall("labs.correct", user) && <Button onClick={() => setAct("correct")}>Correct</Button>}
              {mayCall("labs.void", user) && (
                <Button kind="danger" onClick={() => setAct("void")}>
                  Void
                </Button>
              )}
            </div>
          )}
          <Versions result={result} />
        </>
      )}
    </aside>
  );
}

/** Earlier versions of a result that was corrected; nothing for one that never was. */
function Versions({ result }: { result: LabResultView }) {
  const dates = useDates();
  const history = useApi("labs.history", { id: result.id }, { enabled: result.replacesId !== null });
  if (result.replacesId === null) return null;
  return (
    <section className="lab-versions" aria-label="Earlier versions">
      <h3>Earlier versions</h3>
      {history.loading && <Skeleton lines={2} />}
      <RefusalNotice refusal={history.refusal} />
      <ol>
        {history.value?.map((one, at) => (
          <li key={one.id}>
            {at === 0 ? <strong>{resultWords(one)}</strong> : <del>{resultWords(one)}</del>}{" "}
            <span className="muted">
              {rangeWords(one) && `range ${rangeWords(one)}, `}
              {dates.date(one.collectedOn)}, by {one.recordedBy}, {dates.instant(one.recordedAt)}
            </span>
            {one.reason !== "" && <span> Reason: {one.reason}</span>}
          </li>
        ))}
      </ol>
    </section>
  );
}
