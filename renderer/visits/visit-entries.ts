/** The programme's entries in the page of a visit: at most one of each kind. */
import type { ProgrammeEntry, ProgrammeEntryKind } from "#shared/records/programme-entry.ts";
import type { VisitEntry } from "#shared/records/visit.ts";
import type { VisitPageForm } from "./visit-form.ts";

export type OfKind<K extends VisitEntry["kind"]> = Extract<VisitEntry, { kind: K }>;

/** Stands where nobody has answered yet; the record's schema refuses it at its field. */
export const unanswered = null as never;

/** The entry of one kind in the page, with its place; at most one of each kind is entered at a visit. */
export function entryOfKind<K extends ProgrammeEntryKind>(
  entries: readonly VisitEntry[],
  kind: K,
): { entry: Extract<VisitEntry, { kind: K }>; at: number } | null {
  for (const [at, entry] of entries.entries()) if (isVisitKind(entry, kind)) return { entry, at };
  return null;
}

function isVisitKind<K extends ProgrammeEntryKind>(
  entry: VisitEntry,
  kind: K,
): entry is Extract<VisitEntry, { kind: K }> {
  return entry.kind === kind;
}

/** Puts the entry of a kind in its place in the page, or takes it out. */
export function setEntry(form: VisitPageForm, kind: VisitEntry["kind"], entry: VisitEntry | null): void {
  const before = form.getValues("entries");
  const at = before.findIndex((one) => one.kind === kind);
  const after =
    entry === null
      ? before.filter((one) => one.kind !== kind)
      : at < 0
        ? [...before, entry]
        : before.map((one, index) => (index === at ? entry : one));
  form.setValue("entries", after, { shouldDirty: true });
}

/** The latest entry of a kind that is not of this very visit; null when there is none. */
export function latest<K extends ProgrammeEntry["kind"]>(
  entries: readonly ProgrammeEntry[],
  kind: K,
  visitId: string | null,
): Extract<ProgrammeEntry, { kind: K }> | null {
  let found: Extract<ProgrammeEntry, { kind: K }> | null = null;
  for (const one of entries)
    if (
      isKind(one, kind) &&
      (one.visitId === null || one.visitId !== visitId) &&
      (found === null || one.on >= found.on)
    )
      found = one;
  return found;
}

function isKind<K extends ProgrammeEntry["kind"]>(
  entry: ProgrammeEntry,
  kind: K,
): entry is Extract<ProgrammeEntry, { kind: K }> {
  return entry.kind === kind;
}
