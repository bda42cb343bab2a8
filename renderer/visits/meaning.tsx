import type { LabInterpretation } from "#shared/records/lab-result.ts";
import { FlagMark, statusOf } from "#renderer/ui/lab-flag.tsx";
import { StatusMark } from "#renderer/ui/status.tsx";

/** How a result stands, and the sentence of the rules. Of an unknown one the sentence alone says it, and why. */
export function Meaning({ meaning }: { meaning: LabInterpretation }) {
  if (meaning.flag === "unknown" && meaning.sentence !== "")
    return <StatusMark status={statusOf(meaning)}>{meaning.sentence}</StatusMark>;
  return (
    <>
      <FlagMark meaning={meaning} /> {meaning.sentence}
    </>
  );
}
