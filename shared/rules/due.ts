/** Who is due for what: the lines of Today for one course. */
import type { Instant } from "../calendar.ts";
import type { DueItem } from "../records/due.ts";
import type { DueFacts } from "./facts.ts";

/** The due items of one course, most urgent first; at most one per kind. Merge courses with `inOrder`. */
export function due(facts: DueFacts, at: Instant): DueItem[] {
  void facts;
  void at;
  return [];
}

const URGENCY = ["urgent", "today", "soon", "later"] as const;

/** Sorts due items of many courses for Today: urgency, then the hour or day it is due, then course and kind. */
export function inOrder<T extends DueItem>(items: readonly T[]): T[] {
  return [...items].sort(
    (a, b) =>
      URGENCY.indexOf(a.urgency) - URGENCY.indexOf(b.urgency) ||
      compareText(a.at ?? a.on, b.at ?? b.on) ||
      compareText(a.id, b.id),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
