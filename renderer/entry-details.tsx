import { formatTime, unbroken } from "#shared/calendar.ts";
import { capital } from "#shared/letter-case.ts";
import type { ProgrammeEntryFields } from "#shared/records/programme-entry.ts";
import { categoryWords } from "#shared/records/words.ts";
import { consentItems } from "#shared/rules/programmes/consent-items.ts";
import { AttachmentLinks } from "./attachments.tsx";
import { type Dates, useDates } from "./ui/dates.tsx";

/** What an entry holds besides its one line: reasons, initials, the evidence of a home test, what the site shows, files. */
export function EntryDetails(props: { entry: ProgrammeEntryFields; patientId: string }) {
  const { entry, patientId } = props;
  const dates = useDates();
  const lines = linesOf(entry, dates).map((line) => unbroken(capital(line)));
  return (
    <>
      {lines.map((line) => (
        <span key={line} className="entry-note">
          {line}
        </span>
      ))}
      <AttachmentLinks patientId={patientId} ids={entry.attachmentIds ?? []} />
    </>
  );
}

function linesOf(entry: ProgrammeEntryFields, dates: Dates): string[] {
  if (entry.kind === "risk-category")
    return entry.changeReason ? [`Changed because: ${entry.changeReason}`] : [];
  if (entry.kind === "consent") return consentLines(entry);
  if (entry.kind === "pregnancy-test") return entry.home ? [homeLine(entry.home, dates)].filter(Boolean) : [];
  return entry.kind === "programme-site" ? [siteLine(entry, dates)].filter(Boolean) : [];
}

type EntryOf<K extends ProgrammeEntryFields["kind"]> = Extract<ProgrammeEntryFields, { kind: K }>;

function consentLines(entry: EntryOf<"consent">): string[] {
  const initialled = entry.items?.length ?? 0;
  return [
    entry.guardianName ? `Guardian: ${entry.guardianName}` : "",
    initialled > 0 ? `${initialled} of ${consentItems[entry.form].items.length} items initialled` : "",
  ].filter(Boolean);
}

function homeLine(home: NonNullable<EntryOf<"pregnancy-test">["home"]>, dates: Dates): string {
  return [
    home.challengeCode && `code ${home.challengeCode}`,
    home.kitBrand && `kit ${home.kitBrand}`,
    home.kitLot && `lot ${home.kitLot}`,
    home.kitExpiry && `expires ${dates.date(home.kitExpiry)}`,
    home.readAt && `read at ${formatTime(home.readAt, dates.style)}`,
    home.verifiedBy && `looked at by ${home.verifiedBy}`,
  ]
    .filter(Boolean)
    .join(", ");
}

function siteLine(entry: EntryOf<"programme-site">, { date }: Dates): string {
  return [
    entry.category && categoryWords[entry.category].toLowerCase(),
    entry.testOn && `test of ${date(entry.testOn)}`,
    entry.confirmedOn && `confirmed ${date(entry.confirmedOn)}`,
    entry.questionsOn && `questions ${date(entry.questionsOn)}`,
    entry.doNotDispenseAfter && `do not dispense after ${date(entry.doNotDispenseAfter)}`,
    entry.dispensedOn && `dispensed ${date(entry.dispensedOn)}`,
    entry.daysDispensed !== null && `${entry.daysDispensed} days`,
  ]
    .filter(Boolean)
    .join(", ");
}
