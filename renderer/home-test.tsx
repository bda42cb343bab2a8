/** Tests at home, where the programme's page and the visit ask for the same: a one-time code, and the standing permission. */
import type { ProgrammeEntry } from "#shared/records/programme-entry.ts";
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

/** The evidence of a test outside a medical setting before anything is typed: a code of its own. */
export function blankHomeEvidence() {
  const challengeCode = newChallengeCode();
  return { kitBrand: "", kitLot: "", kitExpiry: null, challengeCode, readAt: null, verifiedBy: "" };
}

/** The prescriber's standing permission for tests at home, as it is on record. */
export function HomePermission({ entries }: { entries: readonly ProgrammeEntry[] }) {
  const dates = useDates();
  const latest = entries
    .filter((one) => one.kind === "home-test-permission")
    .toSorted((a, b) => (a.on === b.on ? (a.recordedAt < b.recordedAt ? -1 : 1) : a.on < b.on ? -1 : 1))
    .at(-1);
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
