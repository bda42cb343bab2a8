/** Where a course stands in its programme: steps, calendar, and the comparison with the programme's own site, from one gathering. */
import { gatherProgrammeFacts } from "#electron/store/facts.ts";
import { latestVisits } from "#electron/store/visit-lists.ts";
import { Refused } from "#shared/refusal.ts";
import { isClockBehind } from "#shared/rules/clock.ts";
import { programmeCalendar } from "#shared/rules/programme-calendar.ts";
import { programmeLane } from "#shared/rules/programme-lane.ts";
import { editionOn } from "#shared/rules/programmes/editions.ts";
import { latestSiteEntry, reconcile } from "#shared/rules/reconciliation.ts";
import type { Handlers } from "./handler.ts";

export const laneHandlers: Handlers<"lane"> = {
  "lane.read": async ({ db, input, now, today }) => {
    const facts = await gatherProgrammeFacts(db, input.courseId);
    if (facts === null) throw new Refused("not-found", "This course is not in the record.");
    const visits = await latestVisits(db, [input.courseId], today);
    const site = latestSiteEntry(facts.entries, today);
    const clockBehind = isClockBehind(facts, now);
    const lane = programmeLane(facts, now);
    return {
      lane: clockBehind ? { ...lane, next: null } : lane,
      clockBehind,
      calendar: programmeCalendar(facts, now, visits.get(input.courseId)?.nextVisitOn ?? null),
      site: site === null ? null : { entry: site, disagreements: reconcile(facts, site, now) },
      hasSite: editionOn(facts.course.programme, today)?.centralAuthorisation ?? false,
    };
  },
};
