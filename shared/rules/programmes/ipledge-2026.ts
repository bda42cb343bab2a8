/**
 * iPLEDGE REMS as modified on 9 Feb 2026, in force from 15 Nov 2026. Written as the 2021 edition with what the modification
 * changed. Source: domain facts 1.1 to 1.6; the REMS document itself has not been read, so a clinician must compare it.
 */
import { ipledge2021 } from "./ipledge-2021.ts";
import type { ProgrammeTable } from "./programme-table.ts";

export const ipledge2026: ProgrammeTable = {
  ...ipledge2021,
  id: "ipledge-2026",
  name: "iPLEDGE, 2026 edition",
  effectiveFrom: "2026-11-15",
  effectiveTo: null,
  source: "FDA’s summary of the REMS modification of 9 Feb 2026 (S5), start on 15 Nov 2026 (S9, S10, S11, B)",
  openQuestions: [
    "Whether the edition went live on 15 Nov 2026: no source is dated after it.",
    "The REMS document, guide and forms of Feb 2026: only summaries were read.",
    "Whether the 19 days between the first two tests survive.",
    "Whether patients who cannot become pregnant have no window at all.",
    "How treatment is restarted after an interruption or a lapse of contraception.",
    "Whether two primary forms make a pair.",
  ],
  rules: {
    ...ipledge2021.rules,
    counselling: {
      can: "monthly",
      cannot: "enrolment",
      source:
        "iPLEDGE: each month for patients who can become pregnant (S4, A); at enrolment for those who cannot (modification of 2026, S1, S2, S6, B)",
    },
    "test-setting": {
      beforeFirstDose: ["medical", "clia-laboratory"],
      onTreatment: ["medical", "clia-laboratory", "home"],
      homeNeedsPermission: true,
      source:
        "REMS modification 2026: medical setting before treatment, home tests if the prescriber permits (S2, S5, B)",
    },
    "home-test-evidence": {
      settings: ["home"],
      source:
        "REMS modification 2026: prescribers guard home tests against misreading and falsification (S5, A-copy); how is this record’s proposal (domain facts 1.8)",
    },
    // Whether the 19 days between the first two tests survive is not known; they stay until somebody has read the document.
    "missed-first-window": {
      waitDays: 0,
      source:
        "REMS modification 2026: no waiting after a missed first window, medical setting (S1, S5, A-copy)",
    },
    "prescriber-confirmation": {
      can: "monthly",
      cannot: "never",
      source:
        "iPLEDGE: each month for patients who can become pregnant (S4, A); not for those who cannot (modification of 2026, S1, S2, B)",
    },
    "confirmation-window": {
      days: null,
      otherReadingDays: null,
      source: "REMS modification 2026: no window for patients who cannot become pregnant (S6, S7, B)",
    },
  },
};
