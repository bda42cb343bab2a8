import type { LabResultView } from "#shared/records/lab-result.ts";
import { levelRank } from "#shared/rules/labs.ts";
import { resultWords, standingWords } from "#shared/records/words.ts";
import { Button } from "#renderer/ui/button.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { Banner } from "#renderer/ui/status.tsx";
import { testName } from "./flowsheet-model.ts";

/** What results that were just saved ask for; nothing when they ask for nothing. The gravest stands first. */
export function SavedRemarks(props: { results: readonly LabResultView[]; onDismiss: () => void }) {
  const dates = useDates();
  const sorted = props.results.toSorted(
    (a, b) => levelRank(b.interpretation.level) - levelRank(a.interpretation.level),
  );
  const [worst] = sorted;
  if (worst === undefined) return null;
  const grave = levelRank(worst.interpretation.level) >= levelRank("stop-review");
  return (
    <Banner
      status={grave ? "stop" : "watch"}
      title={
        sorted.length === 1
          ? "Saved. This result asks for something."
          : "Saved. These results ask for something."
      }
      role="alert"
      actions={<Button onClick={props.onDismiss}>Seen</Button>}
    >
      <ul>
        {sorted.map((one) => (
          <li key={one.id}>
            {testName(one.testId)} {resultWords(one)} of {dates.date(one.collectedOn)},{" "}
            {standingWords(one.interpretation)}. {one.interpretation.sentence}
          </li>
        ))}
      </ul>
    </Banner>
  );
}
