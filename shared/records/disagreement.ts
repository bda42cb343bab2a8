/** Where the clinic's record and the programme's own site say different things of one patient. */
import { z } from "zod";

/**
 * What kind of disagreement. Source of the first five: Cyrulnik 2016 (S110), who compared 357 charts with iPLEDGE.
 * - `missed`: on record here, not on the site.
 * - `added`: on the site, not on record here.
 * - `phoned-in`: capsules given out by the site, and no prescription here that allowed them.
 * - `split-fill`: one prescription given out in parts, or for other days than prescribed.
 * - `restarted`: one side has begun or goes on, the other has ended.
 * - `category`, `status`: the two sides call the patient something else.
 * - `dates`: both have it, on different days.
 */
export const disagreementKind = z.enum([
  "status",
  "category",
  "phoned-in",
  "added",
  "missed",
  "split-fill",
  "restarted",
  "dates",
]);
export type DisagreementKind = z.infer<typeof disagreementKind>;

/** One disagreement: both sides and what to do, each a part of a sentence that can stand in a table's cell. */
export const disagreement = z.object({
  /** What it is about, unique within one comparison: `pick-up`, `category`. */
  about: z.string(),
  kind: disagreementKind,
  here: z.string(),
  there: z.string(),
  toDo: z.string(),
  /** True when the drug could reach somebody who must not have it: it cannot wait. */
  urgent: z.boolean(),
});
export type Disagreement = z.infer<typeof disagreement>;
