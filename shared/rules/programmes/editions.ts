/** Which edition holds on which day. The event's date decides (domain facts 1.2), never today's date. */
import type { CalendarDate } from "../../calendar.ts";
import type { Programme } from "../../records/course.ts";
import { ipledge2021, ipledge2021Discretion } from "./ipledge-2021.ts";
import { ipledge2026 } from "./ipledge-2026.ts";
import type { ProgrammeTable } from "./programme-table.ts";

/** Every edition by programme, the earliest first and without gaps. A programme without tables is always answered "no". */
export const EDITIONS: Readonly<Record<Programme, readonly ProgrammeTable[]>> = {
  ipledge: [ipledge2021, ipledge2021Discretion, ipledge2026],
  mhra: [],
  "eu-ppp": [],
  canada: [],
  australia: [],
};

/** A programme's name for people. */
export const PROGRAMME_NAMES: Readonly<Record<Programme, string>> = {
  ipledge: "iPLEDGE",
  mhra: "MHRA pregnancy prevention",
  "eu-ppp": "EU pregnancy prevention",
  canada: "Canada",
  australia: "Australia",
};

/** The edition of a programme that judges an event of `on`; null when there is none. */
export function editionOn(programme: Programme, on: CalendarDate): ProgrammeTable | null {
  return (
    EDITIONS[programme].find(
      (table) => table.effectiveFrom <= on && (table.effectiveTo === null || on <= table.effectiveTo),
    ) ?? null
  );
}

/** The first edition of a programme that takes effect after `on`; null when none is known. */
export function nextEditionAfter(programme: Programme, on: CalendarDate): ProgrammeTable | null {
  return EDITIONS[programme].find((table) => table.effectiveFrom > on) ?? null;
}
