/** The schema's history: a static list, so that a bundle carries it whole. The names are kept in the record; never rename one. */
import type { Migration } from "kysely/migration";
import { firstRecord } from "./0001-first-record.ts";
import { attachmentsAndReviews } from "./0002-attachments-and-reviews.ts";
import { drawnTests } from "./0003-drawn-tests.ts";

export const migrations: Record<string, Migration> = {
  "0001-first-record": firstRecord,
  "0002-attachments-and-reviews": attachmentsAndReviews,
  "0003-drawn-tests": drawnTests,
};
