import type { SupersededEntry } from "#shared/records/programme-entry.ts";
import { entryKindWords, entryWords } from "#shared/records/words.ts";
import { useDates } from "#renderer/ui/dates.tsx";

/** Entries that were corrected or voided: still readable, counting for nothing. */
export function SupersededList({ entries }: { entries: readonly SupersededEntry[] }) {
  const dates = useDates();
  return (
    <details className="superseded">
      <summary>
        {entries.length === 1
          ? "1 entry was corrected or voided"
          : `${entries.length} entries were corrected or voided`}
      </summary>
      <ul>
        {entries.map((one) => (
          <li key={one.entry.id}>
            <p>
              <strong>
                {entryKindWords[one.entry.kind]} of {dates.date(one.entry.on)}
              </strong>{" "}
              <del>{[entryWords(one.entry, dates.style), one.entry.note].filter(Boolean).join(". ")}</del>
            </p>
            <p className="muted">
              Recorded by {one.entry.recordedBy}, {dates.instant(one.entry.recordedAt)}.{" "}
              {one.how === "voided" ? "Voided" : "Corrected"} by {one.by}, {dates.instant(one.at)}:{" "}
              {one.reason}
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}
