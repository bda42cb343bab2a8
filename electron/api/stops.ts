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

/** What ends treatment: the days between it and a restart decide whether treatment begins anew. Source: domain facts 1.6. */
const ENDS: readonly ProgrammeEntryFields["kind"][] = ["treatment-stop", "last-dose"];

/** The same, and what holds treatment back until a prescriber lifts it: a pause, an end, no permission for home tests. */
function onlyPrescribersLift(entry: ProgrammeEntryFields): boolean {
  if (entry.kind === "home-test-permission") return !entry.given;
  return isStop(entry) || entry.kind === "pause" || ENDS.includes(entry.kind);
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
    ENDS.includes(old.kind)
      ? "This entry ends treatment. Only a prescriber may void it or change its day."
      : "This entry stops treatment. Only a prescriber may void it, correct it to something that does not, or date it back.",
  );
}

/**
 * A missed pill stops nothing, a stop of contraception or unprotected contact does; what is moved to an earlier day or hour may
 * be answered by what is on record since, or come before the treatment that it stops; and an end that is moved either way makes
 * another break of it.
 */
function isWeaker(old: ProgrammeEntryFields, now: ProgrammeEntryFields): boolean {
  if (now.kind !== old.kind || now.on < old.on) return true;
  if (ENDS.includes(old.kind)) return now.on !== old.on;
  if (now.on === old.on && isEarlierHour(hourOf(now), hourOf(old))) return true;
  return lapseOf(now) === "missed" && lapseOf(old) !== "missed";
}

/** A specimen without an hour is answered by none of its day. */
function isEarlierHour(now: string | null, old: string | null): boolean {
  return now !== null && (old === null || now < old);
}

function hourOf(entry: ProgrammeEntryFields): string | null {
  return entry.kind === "pregnancy-test" ? entry.time : null;
}

function lapseOf(entry: ProgrammeEntryFields): string | null {
  return entry.kind === "contraception-lapse" ? entry.what : null;
}

/** Whether a laboratory result is such evidence: an hCG that does not exclude pregnancy. */
export const isStopResult: (result: LabResultFields) => boolean = pregnancyNotExcluded;

/** The same as `refuseStopLifted`, of a laboratory result. */
export function refuseStopResultLifted(old: LabResultFields, now: LabResultFields | null, user: User): void {
  if (!isStopResult(old) || user.roles.includes("prescriber")) return;
  if (now !== null && isStopResult(now) && now.collectedOn >= old.collectedOn) return;
  throw new Refused(
    "not-allowed",
    "This hCG result stops treatment. Only a prescriber may void it, correct it to one that does not, or date it back.",
  );
}
