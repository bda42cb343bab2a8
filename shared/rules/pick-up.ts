/** When the capsules of a prescription can be collected. */
import { type CalendarDate, type Instant, addDays, isStillOpen } from "../calendar.ts";
import { type PregnancyTest, firstRecorded } from "../records/programme-entry.ts";
import type { PrescriptionFact } from "./facts.ts";
import { type History, historyAt, onceFor } from "./history.ts";
import { closeOfDay, tableFor, testsOf, windowClose } from "./pregnancy-tests.ts";

/** The days on which a prescription can be collected: the first, and the last instant. */
export type PickUpWindow = { from: CalendarDate; closesAt: Instant };

/**
 * When the last prescription can be collected, by the edition of its day: so many days from the prescription, or in the window
 * that it was issued in. Null without one.
 */
export function pickUpWindow(history: History): PickUpWindow | null {
  return onceFor(windows, history, findPickUpWindow);
}
const windows = new WeakMap<History, PickUpWindow | null>();

function findPickUpWindow(history: History): PickUpWindow | null {
  const prescription = history.lastPrescription;
  if (prescription === null) return null;
  const { issuedOn } = prescription;
  const { zone } = history.facts.clinic;
  const issued = tableFor(history, issuedOn);
  const days = (from: CalendarDate, count: number): PickUpWindow => ({
    from,
    closesAt: closeOfDay(issued, zone, addDays(from, count - 1)),
  });
  const row = issued.rules["dispense-window"];
  if (history.category === "cannot" && !row.cannot) return null;
  if (row.days !== null) return days(issuedOn, row.days);
  if (history.category === "cannot") {
    const count = issued.rules["confirmation-window"]?.days ?? null;
    const confirmed = history.of["prescriber-confirmation"].findLast((one) => one.on <= issuedOn);
    return count === null ? null : days(confirmed?.on ?? issuedOn, count);
  }
  const from = testBehind(history, prescription)?.on ?? issuedOn;
  const closesAt = windowClose(tableFor(history, from), zone, from);
  return closesAt === null ? null : { from, closesAt };
}

/**
 * The test in whose window a prescription was issued: the one that the gate went by then, so that no other test, before or since,
 * moves its window; else the latest negative one up to its day.
 */
function testBehind(history: History, prescription: PrescriptionFact): PregnancyTest | undefined {
  const { facts } = history;
  const negatives = history.of["pregnancy-test"].filter(
    (one) => one.result === "negative" && one.on <= prescription.issuedOn,
  );
  const latest = negatives.at(-1);
  const other = negatives.at(-2);
  // Where no other window was open, nothing is to choose.
  if (other === undefined || !wasOpen(history, other, prescription.issuedAt)) return latest;
  const known = {
    ...facts,
    prescriptions: facts.prescriptions.filter((one) => one.id !== prescription.id),
  };
  const then = historyAt(
    known,
    tableFor(history, prescription.issuedOn),
    prescription.issuedAt,
    (one) => firstRecorded(one) <= prescription.issuedAt,
  );
  return testsOf(then).window?.test ?? latest;
}

function wasOpen(history: History, test: PregnancyTest, at: Instant): boolean {
  const closesAt = windowClose(tableFor(history, test.on), history.facts.clinic.zone, test.on);
  return closesAt !== null && isStillOpen(closesAt, at);
}

/** The last instant of `pickUpWindow`; null without one. */
export function pickUpBy(history: History): Instant | null {
  return pickUpWindow(history)?.closesAt ?? null;
}

/** The day of a first dose that can only be of the last prescription's capsules; null without one. */
export function begunWith({ of, lastPrescription }: History): CalendarDate | null {
  if (lastPrescription === null) return null;
  return of["first-dose"].find((one) => one.on >= lastPrescription.issuedOn)?.on ?? null;
}
