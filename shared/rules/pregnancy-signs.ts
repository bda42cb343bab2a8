/** Signs of a pregnancy, breaks of contraception, and the tests that answer them. */
import type { CalendarDate, Instant } from "../calendar.ts";
import type { LabResult } from "../records/lab-result.ts";
import { type PregnancyTest, firstRecorded } from "../records/programme-entry.ts";
import type { EntryOf } from "./entries-in-order.ts";
import type { FindingStatus } from "./finding.ts";
import { type History, foreignEntries, isAfterFirst, sinceElsewhere } from "./history.ts";
import { labValueText } from "./lab-tests.ts";
import { hcgReading } from "./labs.ts";
import { type Tests, isDoubtful, kitOf, tableFor } from "./pregnancy-tests.ts";
import type { TestSetting } from "./programmes/programme-table.ts";

/**
 * How far a stop of contraception or unprotected contact has been dealt with; null when there is none.
 * - `duringTreatment`: it came on the day of the first prescription or dose, or later, or was not known when the first one was issued soon after; before that it stops nothing.
 * - `again`: accepted methods are recorded as in use for its day or later, unbroken since.
 * - `tested`: a negative test of a later day in one of the settings; unknown while its sensitivity is not on record.
 * - `agreed`: a confirmation of the prescriber or a resumption of treatment on a later day, by who knew of it.
 */
export type LapseState = {
  lapse: StoppingLapse;
  duringTreatment: boolean;
  again: boolean;
  tested: FindingStatus;
  agreed: boolean;
};

/** A missed pill stops nothing. */
export type StoppingLapse = EntryOf<"contraception-lapse"> & { what: "stopped" | "unprotected-contact" };

/** See `LapseState`: of the latest lapse that is not dealt with, else of the latest. */
export function lapseState(
  history: History,
  tests: Tests,
  clearedIn: readonly TestSetting[],
): LapseState | null {
  const states = history.of["contraception-lapse"]
    .filter((one): one is StoppingLapse => one.what !== "missed")
    .map((lapse) => stateOf(history, tests, clearedIn, lapse));
  return states.findLast((one) => !isDealtWith(one)) ?? states.at(-1) ?? null;
}

function isDealtWith({ duringTreatment, again, tested, agreed }: LapseState): boolean {
  return !duringTreatment || (again && tested === "met" && agreed);
}

function stateOf(
  history: History,
  tests: Tests,
  clearedIn: readonly TestSetting[],
  lapse: StoppingLapse,
): LapseState {
  return {
    lapse,
    duringTreatment: isAfterFirst(history, lapse),
    // Unbroken contraception begins on the day of the last lapse or later.
    again: tests.unbroken.since !== null,
    tested: bestSensitivity(
      history,
      negativesIn(history, clearedIn).filter((one) => one.on > lapse.on),
    ),
    agreed: [...history.of["prescriber-confirmation"], ...history.of.resume].some(
      (one) => one.on > lapse.on && firstRecorded(one) >= firstRecorded(lapse),
    ),
  };
}

/**
 * A sign of a pregnancy. `unmet`: it speaks of one; `unknown`: nobody can tell what it says.
 * `recordedAt`: when it was recorded as it stands; null where only its day is known.
 */
type Sign = {
  status: "unmet" | "unknown";
  on: CalendarDate;
  recordedAt: Instant | null;
  what: string;
  where: string;
};

/**
 * The gravest and of those the latest sign of a pregnancy since the course was decided for, or in the length of a pregnancy before, that
 * stands elsewhere in the record and that no negative test of a later day answers; null when there is none. A result that may
 * be of the specimen of a doubtful test of this course is judged with that test.
 */
export function signElsewhere(
  history: History,
  samples: readonly PregnancyTest["sample"][],
  settings: readonly TestSetting[],
): Sign | null {
  const { facts, of } = history;
  const { results, entries, courses = [] } = facts.elsewhere ?? { results: [], entries: [] };
  const own = of["pregnancy-test"];
  const signs: Sign[] = [
    ...results.filter((one) => !isJudgedWithTest(one, own)).flatMap((one) => signIn(one)),
    ...entries
      .filter((one) => one.kind === "pregnancy" || (one.kind === "pregnancy-test" && isDoubtful(one)))
      .map((one) => ({
        status: "unmet" as const,
        on: one.on,
        recordedAt: one.recordedAt,
        what: "a pregnancy or a positive test is on record in another course",
        where: "Recorded there for",
      })),
    ...courses.flatMap(({ end }) =>
      end?.reason === "pregnancy"
        ? [
            {
              status: "unmet" as const,
              on: end.endedOn,
              recordedAt: null,
              what: "another course ended because of a pregnancy",
              where: "Ended",
            },
          ]
        : [],
    ),
  ];
  // A sign stops whatever its day, for a clock may be behind; what answers it must have happened.
  const tests = [...negativesIn(history, settings), ...negativesElsewhere(history, settings)];
  const open = signs.filter(
    (sign) =>
      sign.on >= sinceElsewhere(facts) &&
      !tests.some(
        (test) =>
          test.on > sign.on && samples.includes(test.sample) && bestSensitivity(history, [test]) === "met",
      ),
  );
  const stops = open.filter((one) => one.status === "unmet");
  return (stops.length > 0 ? stops : open).reduce<Sign | null>(
    (last, one) => (last === null || one.on >= last.on ? one : last),
    null,
  );
}

/** What an hCG result of the laboratory says of a pregnancy; one that is pending is looked at with the pending tests. */
function signIn(result: LabResult): Sign[] {
  const reading = hcgReading(result);
  if (reading === null || reading === "negative" || reading === "pending") return [];
  const said = { on: result.collectedOn, recordedAt: result.recordedAt, where: "Laboratory result of" };
  return reading === "stop"
    ? [{ ...said, status: "unmet", what: "an hCG result does not exclude pregnancy" }]
    : [
        {
          ...said,
          status: "unknown",
          what: `the hCG result “${reported(result)}” cannot be read as negative. ${result.value === null ? "If it is, correct it to “negative”" : "If it was typed wrongly, correct it"}; if it is no result, void it`,
        },
      ];
}

/** As reported, with its unit. */
function reported(result: LabResult): string {
  return `${labValueText(result)} ${result.unit}`.trim();
}

/** Negative tests of other courses in one of these settings. */
export function negativesElsewhere(
  { facts, today }: History,
  settings: readonly TestSetting[],
): PregnancyTest[] {
  return foreignEntries(facts, today, ["pregnancy-test"]).filter(
    (one) => one.result === "negative" && settings.includes(one.setting),
  );
}

/**
 * Whether a result is judged with the doubtful test of its specimen. A negative test of that day may be of a later hour than the
 * doubtful one, but says nothing of the result, which has none.
 */
function isJudgedWithTest(result: LabResult, own: readonly PregnancyTest[]): boolean {
  const ofDay = own.filter((test) => test.on === result.collectedOn);
  return (
    ofDay.some((test) => isDoubtful(test) && isSameSpecimen(result, test)) &&
    !ofDay.some((test) => test.result === "negative")
  );
}

/** Whether a result may be of the specimen that a test of its day is about: both of urine or both of blood. */
function isSameSpecimen(result: LabResult, test: PregnancyTest): boolean {
  return (test.sample === "urine") === (result.testId === URINE_HCG);
}

/** The laboratory’s hCG that is measured in urine; id of `lab-tests.ts`. The others are of blood. */
const URINE_HCG = "hcg-urine";

/** Negative tests that were taken in one of these settings. */
export function negativesIn(history: History, settings: readonly TestSetting[]): PregnancyTest[] {
  return history.of["pregnancy-test"].filter(
    (one) => one.result === "negative" && settings.includes(one.setting),
  );
}

/** The best sensitivity among tests that would answer a doubt; `unmet` when there is none. Where none is asked for, any will do. */
export function bestSensitivity(history: History, tests: readonly PregnancyTest[]): FindingStatus {
  const statuses = tests.map((one) => kitOf(tableFor(history, one.on), one));
  if (statuses.includes("met") || statuses.includes("not-applicable")) return "met";
  return statuses.includes("unknown") ? "unknown" : "unmet";
}

/** True if a specimen was certainly taken after another: on a later day, or on the same day at a later recorded hour. */
export function isLater(one: PregnancyTest, than: PregnancyTest): boolean {
  return (
    one.on > than.on ||
    (one.on === than.on && one.time !== null && than.time !== null && one.time > than.time)
  );
}
