/**
 * What crosses the bridge when something cannot be done.
 *
 * A clinical "no" is a value (a Verdict), never a refusal. A refusal is something the person can put right:
 * it carries a sentence that says what is wrong and what to do, and, for bad input, one sentence per field.
 */
import { z } from "zod";

/**
 * - `invalid`: the input does not fit; `fields` says where.
 * - `unlikely`: a value is possible but improbable (700 mg/dL typed for mmol/L); send it again with the field's path in `confirmed`.
 * - `not-found`: the thing named does not exist (any more).
 * - `conflict`: somebody else changed it meanwhile; `current` shows what stands now.
 * - `not-allowed`: this person's roles do not permit it, or the rules forbid it; `findings` may say why.
 * - `locked`: the session is locked or nobody is signed in.
 * - `bug`: our fault; nothing was saved.
 */
export const refusalCode = z.enum([
  "invalid",
  "unlikely",
  "not-found",
  "conflict",
  "not-allowed",
  "locked",
  "bug",
]);
export type RefusalCode = z.infer<typeof refusalCode>;

/** A refusal as it crosses the bridge. `fields` maps a dotted path (`labs.2.value`) to a sentence. */
export const refusal = z.object({
  code: refusalCode,
  sentence: z.string(),
  fields: z.record(z.string(), z.string()),
  /** For `conflict`: the record as it stands now, so that both versions can be shown. */
  current: z.unknown().optional(),
  /** For a refused prescription: the verdict's findings. */
  findings: z.unknown().optional(),
});
export type Refusal = z.infer<typeof refusal>;

/** What every call resolves to. It never rejects. */
export type Envelope<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

/** Thrown by handlers and stores below `dispatch`, which turns it into an envelope. The only error class of ours. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(
    code: RefusalCode,
    sentence: string,
    more: { fields?: Record<string, string>; current?: unknown; findings?: unknown } = {},
  ) {
    super(sentence);
    this.name = "Refused";
    this.refusal = {
      code,
      sentence,
      fields: more.fields ?? {},
      ...(more.current === undefined ? {} : { current: more.current }),
      ...(more.findings === undefined ? {} : { findings: more.findings }),
    };
  }
}
