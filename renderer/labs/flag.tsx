import type { LabInterpretation } from "#shared/records/lab-result.ts";
import { Icon, type IconName } from "#renderer/ui/icons.tsx";
import { type Status, StatusMark } from "#renderer/ui/status.tsx";

const WORDS: Record<LabInterpretation["flag"], string> = {
  normal: "normal",
  high: "high",
  low: "low",
  abnormal: "abnormal",
  unknown: "not known whether normal",
};

const SIGNS: Record<LabInterpretation["flag"], IconName | null> = {
  normal: null,
  high: "up",
  low: "down",
  abnormal: "warning",
  unknown: "question",
};

/** How a result stands, in words: `high, grade 2`. */
export function flagWords(meaning: LabInterpretation): string {
  const grade = gradeOf(meaning);
  return grade === null ? WORDS[meaning.flag] : `${WORDS[meaning.flag]}, grade ${grade}`;
}

/** A grade above 0, or null. */
function gradeOf(meaning: LabInterpretation): number | null {
  return meaning.grade !== null && meaning.grade > 0 ? meaning.grade : null;
}

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
  const grade = gradeOf(meaning);
  return (
    <span className="lab-flag" aria-hidden="true">
      {sign && <Icon name={sign} />}
      {grade !== null && <span className="lab-grade">G{grade}</span>}
    </span>
  );
}

/** How a result stands, as sign, word and colour. */
export function FlagMark({ meaning }: { meaning: LabInterpretation }) {
  const sign = SIGNS[meaning.flag];
  const words = flagWords(meaning);
  return (
    <StatusMark status={statusOf(meaning)} {...(sign ? { icon: sign } : {})}>
      {words.charAt(0).toUpperCase() + words.slice(1)}
    </StatusMark>
  );
}
