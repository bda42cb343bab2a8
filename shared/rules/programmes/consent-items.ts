/**
 * What a consent says, item by item, in our own few words: so that the clinic can note which items the patient initialled.
 * The form itself is the programme's; this record keeps that it was signed, by whom, and a scan. Never shown as the form.
 */
import type { ProgrammeEntryFields } from "../../records/programme-entry.ts";

type ConsentForm = Extract<ProgrammeEntryFields, { kind: "consent" }>["form"];

/** One item; its id is kept in the record for ever. */
export type ConsentItem = { id: string; words: string };

/** The items of each form, in the form's order. `source`: the text that was counted and paraphrased. */
export const consentItems: Readonly<Record<ConsentForm, { items: readonly ConsentItem[]; source: string }>> =
  {
    // Source: domain facts 1.9: 12 items, all patients (S4, A).
    "all-patients": {
      items: [
        { id: "indication", words: "What it is given for" },
        { id: "alternatives", words: "Other treatments were discussed" },
        { id: "serious-effects", words: "Serious side effects" },
        { id: "mood-warning", words: "Mood can change" },
        { id: "own-psychiatric-history", words: "Own mental-health history told" },
        { id: "family-psychiatric-history", words: "Family’s mental-health history told" },
        { id: "stop-and-call", words: "Stop and call on listed symptoms" },
        { id: "monthly-return", words: "Come back every month" },
        { id: "no-sharing", words: "Share it with nobody" },
        { id: "no-blood-donation", words: "No blood donation, until 1 month after" },
        { id: "fact-sheet", words: "Fact sheet read" },
        { id: "own-decision", words: "Own decision; may stop at any time" },
      ],
      source: "iPLEDGE consent for all patients (S4, A)",
    },
    // Source: domain facts 1.9: 14 items, patients who can become pregnant (S4, A).
    "birth-defects": {
      items: [
        { id: "birth-defect-risk", words: "Risk of birth defects" },
        { id: "not-pregnant", words: "Not pregnant 1 month before, during, 1 month after" },
        { id: "two-forms", words: "Two forms of contraception, or abstinence" },
        { id: "hormones-can-fail", words: "Hormonal methods can fail" },
        { id: "method-list", words: "Which methods are primary and secondary" },
        { id: "other-medicines", words: "Tell of other medicines and herbs" },
        { id: "free-counselling", words: "A free counselling session is offered" },
        { id: "start-month-before", words: "Contraception starts 1 month before" },
        { id: "pregnancy-tests", words: "Two tests before, monthly, at the end, 1 month after" },
        { id: "materials-read", words: "Materials read, emergency contraception too" },
        { id: "stop-triggers", words: "When to stop at once and call" },
        { id: "information-sharing", words: "A pregnancy is reported" },
        { id: "monthly-questions", words: "Monthly questions and both methods entered" },
        { id: "responsibility", words: "Own responsibility to avoid pregnancy" },
      ],
      source: "iPLEDGE consent about birth defects (S4, A)",
    },
    // Source: domain facts 2.1, the form revised on 22 Jan 2026 (S20, S22, A).
    "acknowledgement-of-risk": {
      items: [
        { id: "indication-understood", words: "Patient understands what it is given for" },
        { id: "clinically-indicated", words: "Prescriber: indicated, no other treatment fits" },
        { id: "second-opinion", words: "Patient knows a second opinion can be asked for" },
      ],
      source: "MHRA, Acknowledgement of Risk form of 22 Jan 2026 (S20, S22, A)",
    },
  };
