/** How long a course is looked after when it is over. */
import { addDays, type CalendarDate } from "../calendar.ts";

/**
 * For so many days after its end a course still shows what is owed: the tests after treatment, and the time of protection. An older
 * reminder helps nobody.
 */
const FOLLOWED_DAYS = 90;

/** The earliest day on which a course may have ended that is followed today. */
export function followedSince(today: CalendarDate): CalendarDate {
  return addDays(today, -FOLLOWED_DAYS);
}
