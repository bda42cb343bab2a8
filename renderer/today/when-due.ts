import { dateIn, daysBetween, type Instant, msOf } from "#shared/calendar.ts";
import type { DueItem } from "#shared/records/due.ts";
import type { Dates } from "#renderer/ui/dates.tsx";

const HOUR_MS = 3_600_000;

/**
 * When a line is due, as one or two short lines: the day in words near today, the hour where it matters, and the hours
 * left within two days. `now` is the instant of the list, null when it is not known: then no hours are told.
 */
export function whenDue(line: Pick<DueItem, "on" | "at">, now: Instant | null, dates: Dates): string[] {
  if (line.at === null) return dayWords(line.on, dates);
  const day = dayWords(dateIn(dates.zone, line.at), dates)[0] ?? "";
  const time = dates.time(line.at);
  const left = now === null ? Infinity : msOf(line.at) - msOf(now);
  if (left > 48 * HOUR_MS) return [day, time];
  if (left <= 0) return [day, `${time}: over`];
  const hours = Math.floor(left / HOUR_MS);
  const words = hours === 0 ? "less than an hour left" : `${hours} ${hours === 1 ? "hour" : "hours"} left`;
  return [`${day}, ${time}`, words];
}

function dayWords(on: string, dates: Dates): string[] {
  const days = daysBetween(dates.today, on);
  if (days === 0) return ["Today"];
  if (days === 1) return ["Tomorrow"];
  if (days === -1) return ["Yesterday"];
  if (days < 0) return [dates.date(on), `${-days} days ago`];
  return [dates.date(on), `in ${days} days`];
}
