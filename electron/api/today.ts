/** Today: who is due for what. Gathers the whole clinic in a handful of statements; the rules say what is due. */
import { listDrafts } from "#electron/store/drafts.ts";
import {
  gatherOpenCourses,
  gatherUnseenResults,
  type OpenCourseFacts,
  type UnseenResults,
} from "#electron/store/facts.ts";
import type { CalendarDate, Instant } from "#shared/calendar.ts";
import type { ReadDb } from "#electron/store/engine.ts";
import type { TodayLine } from "#shared/records/due.ts";
import { listName } from "#shared/records/patient.ts";
import { due, inOrder } from "#shared/rules/due.ts";
import type { MoodAlert, OpenResult } from "#shared/rules/facts.ts";
import { labTest } from "#shared/rules/lab-tests.ts";
import { levelRank } from "#shared/rules/labs.ts";
import { scoreMood } from "#shared/rules/scores.ts";
import { interpreted } from "./course-facts.ts";
import type { Handlers } from "./handler.ts";

export const todayHandlers: Handlers<"today"> = {
  "today.list": async ({ db, now, today, user }) => ({
    lines: await todayLines(db, now, today),
    drafts: (await listDrafts(db, user.id)).length,
    now,
  }),
};

/** Every line of Today, most urgent first. Paper prints the same. */
export async function todayLines(db: ReadDb, now: Instant, today: CalendarDate): Promise<TodayLine[]> {
  const unseen = await gatherUnseenResults(db);
  const lines = (await gatherOpenCourses(db, today)).flatMap((one) => {
    const patientId = one.programme.patient.id;
    const results = unseen.get(patientId);
    const items = due(
      {
        ...one.programme,
        lastVisit: one.lastVisit,
        unsignedVisits: one.unsigned.map(({ id, on }) => ({ id, on })),
        nextVisitOn: one.nextVisitOn,
        openResults: results === undefined ? [] : openResults(results, today),
        moodAlerts: one.unsigned.flatMap(moodAlert),
      },
      now,
    );
    return items.map((item): TodayLine => ({
      ...item,
      patientName: listName(one.patient),
      recordNumber: one.patient.recordNumber,
      birthDate: one.programme.patient.birthDate,
    }));
  });
  return inOrder(lines);
}

/** Results that ask for an act and that nobody signed for. */
function openResults({ facts, unseen, birthDate }: UnseenResults, today: CalendarDate): OpenResult[] {
  return interpreted(facts, birthDate, today)
    .filter((one) => unseen.has(one.id) && levelRank(one.interpretation.level) >= levelRank("watch"))
    .map((one) => ({
      id: one.id,
      visitId: one.visitId,
      testName: labTest(one.testId)?.shortName ?? one.testId,
      collectedOn: one.collectedOn,
      level: one.interpretation.level,
      sentence: one.interpretation.sentence,
    }));
}

/** What was answered or seen at a visit that nobody signed yet and that asks for an act. */
function moodAlert(visit: OpenCourseFacts["unsigned"][number]): MoodAlert[] {
  const { mood } = visit.fields;
  if (mood === null) return [];
  const score = scoreMood(mood);
  return score.alert ? [{ visitId: visit.id, on: visit.on, sentence: score.sentence }] : [];
}
