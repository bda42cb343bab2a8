/**
 * What this computer remembers outside any record: the folders that were opened, the last first, light or dark, and
 * which lines of Today are shown.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { EVERY_LINE, type TodayFilter, todayFilter } from "#shared/records/due.ts";
import { type ColorScheme, colorScheme } from "#shared/records/session.ts";
import { replaceFile } from "./store/keys.ts";

/** What is remembered. None of it names a patient. */
export type DeviceSettings = {
  recent(): string[];
  addRecent(folder: string): void;
  colorScheme(): ColorScheme;
  setColorScheme(scheme: ColorScheme): void;
  todayFilter(): TodayFilter;
  setTodayFilter(filter: TodayFilter): void;
};

const MOST = 8;
const kept = z.object({
  recent: z.array(z.string()).catch([]),
  colorScheme: colorScheme.catch("system"),
  todayFilter: todayFilter.catch(EVERY_LINE),
});
type Kept = z.infer<typeof kept>;

/** Remembers in a JSON file. A file, or a part of it, that is missing or damaged is as if nothing had been chosen. */
export function deviceSettingsIn(file: string): DeviceSettings {
  const read = (): Kept => {
    try {
      return kept.parse(JSON.parse(readFileSync(file, "utf8")));
    } catch {
      return kept.parse({});
    }
  };
  const change = (part: Partial<Kept>): void => {
    mkdirSync(dirname(file), { recursive: true });
    replaceFile(file, `${JSON.stringify({ ...read(), ...part }, null, 2)}\n`);
  };
  return {
    recent: () => read().recent,
    addRecent: (folder) =>
      change({ recent: [folder, ...read().recent.filter((one) => one !== folder)].slice(0, MOST) }),
    colorScheme: () => read().colorScheme,
    setColorScheme: (scheme) => change({ colorScheme: scheme }),
    todayFilter: () => read().todayFilter,
    setTodayFilter: (filter) => change({ todayFilter: filter }),
  };
}
