/** Text on its way into the record: kept within a second, survives reload, lock and kill. */
import { z } from "zod";
import { instant } from "../calendar.ts";

/** `visit:new:<courseId>`, `visit:<visitId>`, `patient:new`, `patient:<id>`, `course:new:<patientId>`, `course:<id>`, `addendum:<visitId>`, `visit-void:<visitId>`, `result-void:<resultId>`, … */
export const draftKey = z
  .string()
  .regex(/^[a-z-]+(:[A-Za-z0-9-]+)*$/)
  .max(120);

/** How deep a form's values nest at most: many times the deepest page. */
const DEEPEST = 40;

/**
 * Whether a value can be kept as JSON and read back the same: no value of another kind, nothing that stands in it twice (so
 * nothing that holds itself), and nothing deeper than any form. Walks no further than that.
 */
function isJson(value: unknown, depth: number, seen: Set<object>): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object" || depth > DEEPEST || seen.has(value)) return false;
  seen.add(value);
  if (
    !Array.isArray(value) &&
    ![Object.prototype, null].includes(Object.getPrototypeOf(value) as object | null)
  )
    return false;
  return Object.values(value).every((one) => isJson(one, depth + 1, seen));
}

/** A form's values. `z.json()` would follow a value that holds itself until the stack is full. */
const draftBody = z.custom<Record<string, z.infer<ReturnType<typeof z.json>>>>(
  (value) =>
    typeof value === "object" && value !== null && !Array.isArray(value) && isJson(value, 0, new Set()),
  "This cannot be kept as a draft: it holds itself, nests too deeply, or is no text, number or list.",
);

export const draft = z.object({
  key: draftKey,
  patientId: z.string().nullable(),
  /** Version of the record that the form was opened on, so that a draft never silently overrides what was saved since. */
  baseVersion: z.number().int().nullable(),
  body: draftBody,
  savedAt: instant,
});
export type Draft = z.infer<typeof draft>;
