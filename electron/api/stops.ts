/**
 * Evidence that stops treatment at once. It is taken back only by a prescriber, by itself and with a reason of its own: not by
 * changing or voiding the visit in which it was recorded.
 */
import type { User } from "#shared/records/account.ts";
import type { LabResultFields } from "#shared/records/lab-result.ts";
import type { ProgrammeEntryFields } from "#shared/records/programme-entry.ts";
import { Refused } from "#shared/refusal.ts";
import { pregnancyNotExcluded } from "#shared/rules/labs.ts";

/** Evidence that stops everything at once. Source: domain facts 1.4 (stop triggers) and 1.6. */
export function isStop(entry: ProgrammeEntryFields): boolean {
  if (entry.kind === "pregnancy-test") return entry.result === "positive" || entry.result === "indeterminate";
  return ["pregnancy", "missed-period", "contraception-lapse"].includes(entry.kind);
}

/** The same, and what holds treatment back until a prescriber ends it: a pause, a stop, no permission for home tests. */
function onlyPrescribersLift(entry: ProgrammeEntryFields): boolean {
  if (entry.kind === "home-test-permission") return !entry.given;
  return isStop(entry) || entry.kind === "pause" || entry.kind === "treatment-stop";
}

/** Refuses a void (`now` null) of a stop, or its correction to something that stops nothing, to all but prescribers. */
export function refuseStopLifted(
  old: ProgrammeEntryFields,
  now: ProgrammeEntryFields | null,
  user: User,
): void {
  if (!onlyPrescribersLift(old) || user.roles.includes("prescriber")) return;
  if (now !== null && onlyPrescribersLift(now) && !isWeaker(old, now)) return;
  throw new Refused(
    "not-allowed",
    "This entry stops treatment. Only a prescriber may void it, correct it to something that does not, or date it back.",
  );
}

/**
 * A missed pill stops nothing, a stop of contraception or unprotected contact does; and what is moved to an earlier day may be
 * answered by what is on record since, or come before the treatment that it stops.
 */
function isWeaker(old: ProgrammeEntryFields, now: ProgrammeEntryFields): boolean {
  if (isStop(old) && now.on < old.on) return true;
  return lapseOf(now) === "missed" && lapseOf(old) !== "missed";
}

function lapseOf(entry: ProgrammeEntryFields): string | null {
  return entry.kind === "contraception-lapse" ? entry.what : null;
}

/** Whether a laboratory result is such evidence: an hCG that does not exclude pregnancy. */
export const isStopResult: (result: LabResultFields) => boolean = pregnancyNotExcluded;

/** The same as `refuseStopLifted`, of a laboratory result. */
export function refuseStopResultLifted(old: LabResultFields, now: LabResultFields | null, user: User): void {
  if (!isStopResult(old) || (now !== null && isStopResult(now)) || user.roles.includes("prescriber")) return;
  throw new Refused(
    "not-allowed",
    "This hCG result stops treatment. Only a prescriber may void it or correct it to one that does not.",
  );
}
