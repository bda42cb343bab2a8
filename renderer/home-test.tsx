/** Tests at home, where the programme's page and the visit ask for the same: a one-time code, and the standing permission. */
import type { CalendarDate } from "#shared/calendar.ts";
import { asCode, type HomeEvidence, type ProgrammeEntry } from "#shared/records/programme-entry.ts";
import { useDates } from "./ui/dates.tsx";
import { StatusMark } from "./ui/status.tsx";

/** Letters that nobody takes for another one or for a digit, on a photo or over the telephone. A power of two, so that each is as likely. */
const LETTERS = "ACDEFHJKMNPRTWXY";
const LENGTH = 6;

/**
 * A one-time code to put beside a home test before its photo is taken: `KTM-APD`. Random, so that an older photo cannot show
 * it. Source: domain facts 1.8 (S5, S29).
 */
export function newChallengeCode(): string {
  const random = crypto.getRandomValues(new Uint8Array(LENGTH));
  const letters = [...random].map((byte) => LETTERS[byte % LETTERS.length] ?? "A").join("");
  return `${letters.slice(0, LENGTH / 2)}-${letters.slice(LENGTH / 2)}`;
}

type Code = Extract<ProgrammeEntry, { kind: "home-test-code" }>;

/**
 * The code that was given last until `on` and stands beside no test yet; null when there is none. `entries`: as they are read, the
 * latest last.
 */
function codeGiven(entries: readonly ProgrammeEntry[], on: CalendarDate): Code | null {
  const shown = new Set(
    entries.map((one) => (one.kind === "pregnancy-test" ? asCode(one.home?.challengeCode ?? "") : "")),
  );
  return (
    entries
      .filter((one) => one.kind === "home-test-code")
      .findLast((one) => one.on <= on && !shown.has(asCode(one.code))) ?? null
  );
}

/**
 * The evidence of a test outside a medical setting before anything is typed. Its code is the one that the patient was given: one made
 * only now would say that a photo shows what nobody knew.
 */
export function blankHomeEvidence(entries: readonly ProgrammeEntry[], on: CalendarDate): HomeEvidence {
  const challengeCode = codeGiven(entries, on)?.code ?? "";
  return { kitBrand: "", kitLot: "", kitExpiry: null, challengeCode, readAt: null, verifiedBy: "" };
}

/** Where the code of a test at home comes from, for the hint of its field. */
export const CODE_HINT = "As given before the test; the photo must show it. Empty after a live video.";

/** The prescriber's standing permission for tests at home, as it is on record. */
export function HomePermission({ entries }: { entries: readonly ProgrammeEntry[] }) {
  const dates = useDates();
  const latest = entries.filter((one) => one.kind === "home-test-permission").at(-1);
  if (latest === undefined)
    return (
      <p>
        <StatusMark status="unknown">
          No permission for home tests is on record. Without the prescriber’s, this test does not count.
        </StatusMark>
      </p>
    );
  return (
    <p>
      <StatusMark status={latest.given ? "ok" : "stop"}>
        Home tests {latest.given ? "permitted" : "no longer permitted"} since {dates.date(latest.on)}, by{" "}
        {latest.recordedBy}.
      </StatusMark>
    </p>
  );
}
