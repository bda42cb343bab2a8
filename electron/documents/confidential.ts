/**
 * What the switch leaves out: mood, pregnancy, contraception, sexual health. The result is a summary like any other, so that
 * the paper cannot betray what is missing. Domain facts 7.1 (minors' confidentiality; default on under 18).
 */
import type { VisitSummary } from "#shared/records/visit-summary.ts";

/** Age from which the confidential lines are printed unless somebody says otherwise. Domain facts 7.1. */
const ADULT = 18;

/** Whether confidential lines are printed: as asked, or, when nobody said, only for adults at the visit. */
export function printsConfidential(summary: VisitSummary, asked: boolean | null): boolean {
  return asked ?? summary.patient.ageAtVisit >= ADULT;
}

/**
 * Words by which free text shows that it speaks of a confidential matter. Wide on purpose: a sentence too few on the paper
 * can be told by mouth, one too many cannot be taken back.
 */
const CONFIDENTIAL_WORDS =
  /pregnan|contracep|birth control|birth defect|condom|\biud\b|\bhcg\b|abortion|miscarr|abstinen|\bsex|libido|erect|genital|vagin|vulv|menstru|\bperiods?\b|the pill|mini-?pill|implant|\bmood|depress|suicid|self-?harm|\bphq|anxi|psych|partner|breast-?feed/i;

/** The text without the sentences that speak of a confidential matter. */
export function withoutConfidentialSentences(text: string): string {
  return text
    .split("\n")
    .map((line) =>
      line
        .split(/(?<=[.!?;])\s+/)
        .filter((sentence) => !CONFIDENTIAL_WORDS.test(sentence))
        .join(" "),
    )
    .filter((line, index, all) => line !== "" || (index > 0 && all[index - 1] !== ""))
    .join("\n")
    .trim();
}

/** The summary without its confidential lines, and without the sentences of free text that touch them. */
export function withoutConfidential(summary: VisitSummary): VisitSummary {
  return {
    ...summary,
    sideEffects: summary.sideEffects
      .filter((one) => !one.confidential)
      .map((one) => ({ ...one, note: withoutConfidentialSentences(one.note) })),
    mood: null,
    labs: summary.labs.filter((one) => !one.confidential),
    dose: summary.dose && { ...summary.dose, reason: withoutConfidentialSentences(summary.dose.reason) },
    programme: summary.programme.filter((one) => !one.confidential),
    reminders: summary.reminders.filter((one) => !one.confidential),
    verdict: summary.verdictConfidential ? null : summary.verdict,
    verdictConfidential: false,
    next: summary.next.filter((one) => !one.confidential),
    plan: withoutConfidentialSentences(summary.plan),
    stopAndCall: summary.stopAndCall.filter((one) => !one.confidential),
    // Half an addendum would show that there is another half.
    addenda: summary.addenda.filter((one) => !CONFIDENTIAL_WORDS.test(one.text)),
  };
}
