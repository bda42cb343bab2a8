/** The folders that were opened on this computer, the last first: the only setting that stands outside a record. */
import { mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { replaceFile } from "./store/keys.ts";

/** Where the folders are remembered. */
export type RecentFolders = {
  list(): string[];
  add(folder: string): void;
};

const MOST = 8;
const kept = z.object({ recent: z.array(z.string()) });

/** Remembers folders in a JSON file. A file that is missing or damaged is an empty list. */
export function recentFoldersIn(file: string): RecentFolders {
  const list = (): string[] => {
    try {
      return kept.parse(JSON.parse(readFileSync(file, "utf8"))).recent;
    } catch {
      return [];
    }
  };
  return {
    list,
    add: (folder) => {
      mkdirSync(dirname(file), { recursive: true });
      const recent = [folder, ...list().filter((one) => one !== folder)].slice(0, MOST);
      replaceFile(file, `${JSON.stringify({ recent }, null, 2)}\n`);
    },
  };
}
