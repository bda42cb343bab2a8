import type { LabInterpretation } from "#shared/records/lab-result.ts";
import { type Status, StatusMark } from "#renderer/ui/status.tsx";

const FLAGS: Record<LabInterpretation["flag"], string> = {
  normal: "Normal",
  high: "High",
  low: "Low",
  abnormal: "Abnormal",
  unknown: "Not known",
};

/** How a result stands, as sign and word, with the grade and the sentence of the rules. */
export function Meaning({ meaning }: { meaning: LabInterpretation }) {
  return (
    <>
      <StatusMark status={statusOf(meaning)}>
        {FLAGS[meaning.flag]}
        {meaning.grade !== null && meaning.grade > 0 && `, grade ${meaning.grade}`}
      </StatusMark>{" "}
      {meaning.sentence}
    </>
  );
}

function statusOf(meaning: LabInterpretation): Status {
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
