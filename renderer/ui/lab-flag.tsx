/** How a laboratory result stands, as the rules say it: sign, word and colour. Decides nothing. */
import { capital } from "#shared/letter-case.ts";
import type { LabInterpretation } from "#shared/records/lab-result.ts";
import { standingWords } from "#shared/records/words.ts";
import { Icon, type IconName } from "./icons.tsx";
import { type Status, StatusMark } from "./status.tsx";

const SIGNS: Record<LabInterpretation["flag"], IconName | null> = {
  normal: null,
  high: "up",
  low: "down",
  abnormal: "warning",
  unknown: "question",
};

/** How grave it is, as the colour that goes with its sign. Unknown looks like neither a pass nor a fail. */
export function statusOf(meaning: LabInterpretation): Status {
  switch (meaning.level) {
    case "urgent":
    case "stop-review":
      return "stop";
    case "act":
    case "watch":
      return "watch";
    case "info":
    case "none":
      return meaning.flag === "normal" ? "ok" : meaning.flag === "unknown" ? "unknown" : "watch";
  }
}

/** The sign of a cell: arrow, question mark or nothing, and the grade. The words are the cell's name. */
export function FlagSign({ meaning }: { meaning: LabInterpretation }) {
  const sign = SIGNS[meaning.flag];
  const { grade } = meaning;
  return (
    <span className="lab-flag" aria-hidden="true">
      {sign && <Icon name={sign} />}
      {grade !== null && grade > 0 && <span className="lab-grade">G{grade}</span>}
    </span>
  );
}

/** How a result stands, as sign, word and colour. */
export function FlagMark({ meaning }: { meaning: LabInterpretation }) {
  const sign = SIGNS[meaning.flag];
  return (
    <StatusMark status={statusOf(meaning)} {...(sign ? { icon: sign } : {})}>
      {capital(standingWords(meaning))}
    </StatusMark>
  );
}
