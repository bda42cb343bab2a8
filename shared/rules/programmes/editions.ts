/** Which edition holds on which day. The event's date decides (domain facts 1.2), never today's date. */
import type { CalendarDate } from "../../calendar.ts";
import { type Programme, programme } from "../../records/course.ts";
import { australia2025, canada2024 } from "./canada-australia.ts";
import { euPpp } from "./eu-ppp.ts";
import { ipledge2021, ipledge2021Discretion } from "./ipledge-2021.ts";
import { ipledge2026 } from "./ipledge-2026.ts";
import { mhra2023, mhra2023Remote, mhra2026 } from "./mhra.ts";
import type { ProgrammeTable, RuleId, RuleRows } from "./programme-table.ts";

/**
 * Every edition by programme, the earliest first and without gaps. An edition with an overlay stands here as several tables of
 * one id. Tables that are not enabled are listed too; `editionOn` leaves them out.
 */
export const EDITIONS: Readonly<Record<Programme, readonly ProgrammeTable[]>> = {
  ipledge: [ipledge2021, ipledge2021Discretion, ipledge2026],
  mhra: [mhra2023, mhra2023Remote, mhra2026],
  "eu-ppp": [euPpp],
  canada: [canada2024],
  australia: [australia2025],
};

/** The programmes in which a course can be opened: those with an enabled edition that is still in force, in their usual order. */
export const OFFERED_PROGRAMMES: readonly Programme[] = programme.options.filter((one) =>
  EDITIONS[one].some((table) => table.enabled && table.effectiveTo === null),
);

/** A programme's name for people. */
export const PROGRAMME_NAMES: Readonly<Record<Programme, string>> = {
  ipledge: "iPLEDGE",
  mhra: "MHRA pregnancy prevention",
  "eu-ppp": "EU pregnancy prevention",
  canada: "Canada",
  australia: "Australia",
};

/** An edition's name for people, by its id; null for one that this program does not know. */
export function editionName(id: string): string | null {
  const known = Object.values(EDITIONS)
    .flat()
    .find((table) => table.id === id);
  return known?.name ?? null;
}

/** The edition of a programme that judges an event of `on`; null when there is none or when it is not enabled. */
export function editionOn(programme: Programme, on: CalendarDate): ProgrammeTable | null {
  return (
    EDITIONS[programme].find(
      (table) =>
        table.enabled && table.effectiveFrom <= on && (table.effectiveTo === null || on <= table.effectiveTo),
    ) ?? null
  );
}

/** The first enabled edition of a programme that takes effect after `on`; null when none is known. */
export function nextEditionAfter(programme: Programme, on: CalendarDate): ProgrammeTable | null {
  return EDITIONS[programme].find((table) => table.enabled && table.effectiveFrom > on) ?? null;
}

/**
 * The row of a rule that every enabled edition has (the stops, the category, the methods, where and how tests are taken). Throws
 * for one that the table leaves out.
 */
export function rowOf<R extends RuleId>(table: ProgrammeTable, rule: R): NonNullable<RuleRows[R]> {
  const row = table.rules[rule];
  if (row === null) throw new Error(`${table.id} has no row for ${rule}.`);
  return row;
}
