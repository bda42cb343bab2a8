/** The shape of a handout's text: data, so that a clinician can read and change it, and a test can weigh it. */
import type { HandoutId } from "#shared/records/visit-summary.ts";

/**
 * Which of the patient's own facts stand in the box at the top; what is not known prints as a line to fill in.
 * `pick-up` and `next-test` are left away for programmes without them only when the text says so.
 */
export type HandoutFact =
  | "dose"
  | "product"
  | "next-visit"
  | "next-test"
  | "pick-up"
  | "contraception"
  | "protect-until";

export type HandoutSection = {
  title: string;
  /** Short paragraphs before the list. */
  words?: readonly string[];
  /** At most five items (domain facts 7.5). */
  items?: readonly string[];
  /** Set in a box. */
  warning?: boolean;
};

export type HandoutText = {
  id: HandoutId;
  title: string;
  /** One or two sentences: what this paper is for. */
  lead: string;
  facts: readonly HandoutFact[];
  sections: readonly HandoutSection[];
};
