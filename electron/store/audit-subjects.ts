/** What an audit entry's ids stand for, in words that a manager can read: which visit, whose account, which test. */
import { z } from "zod";
import { type CalendarDate, calendarDate } from "#shared/calendar.ts";
import type { AuditSubject } from "#shared/records/audit-entry.ts";
import { inChunks } from "./chunks.ts";
import type { ReadDb } from "./engine.ts";

const begun = z.object({ decidedOn: calendarDate });

/** The rows that have these ids, as subjects; an id of a patient, or of nothing that is kept, is left out. */
export async function findSubjects(db: ReadDb, ids: readonly string[]): Promise<Map<string, AuditSubject>> {
  const wanted = [...new Set(ids)];
  const found = new Map<string, AuditSubject>();
  const add = (id: string, noun: AuditSubject["noun"], name: string, on: CalendarDate | null): void =>
    void found.set(id, { noun, name, on });

  for (const row of await inChunks(wanted, (some) =>
    db.selectFrom("visit").select(["id", "visit_date"]).where("id", "in", some).execute(),
  ))
    add(row.id, "visit", "", row.visit_date);
  for (const row of await inChunks(wanted, (some) =>
    db
      .selectFrom("course")
      .innerJoin("course_revision", (join) =>
        join
          .onRef("course_revision.course_id", "=", "course.id")
          .onRef("course_revision.version", "=", "course.version"),
      )
      .select(["course.id", "course_revision.data"])
      .where("course.id", "in", some)
      .execute(),
  ))
    add(row.id, "course", "", begun.parse(JSON.parse(row.data)).decidedOn);
  for (const row of await inChunks(wanted, (some) =>
    db.selectFrom("lab_result").select(["id", "test_id", "collected_on"]).where("id", "in", some).execute(),
  ))
    add(row.id, "lab-result", row.test_id, row.collected_on);
  for (const row of await inChunks(wanted, (some) =>
    db.selectFrom("programme_entry").select(["id", "kind", "on_date"]).where("id", "in", some).execute(),
  ))
    add(row.id, "programme-entry", row.kind, row.on_date);
  for (const row of await inChunks(wanted, (some) =>
    db.selectFrom("prescription").select(["id", "issued_on"]).where("id", "in", some).execute(),
  ))
    add(row.id, "prescription", "", row.issued_on);
  for (const row of await inChunks(wanted, (some) =>
    db.selectFrom("account").select(["id", "name"]).where("id", "in", some).execute(),
  ))
    add(row.id, "account", row.name, null);
  return found;
}
