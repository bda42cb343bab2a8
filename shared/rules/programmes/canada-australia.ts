/**
 * Canada and Australia: present to be read and reviewed, not enabled. Neither has a registry. Much of what is here is marked T?
 * in the domain facts (2.3, 2.4), and the monographs have not been read, so the tables must not decide anything.
 */
import { euPpp, europeanRules } from "./eu-ppp.ts";
import { category, pair } from "./ipledge-2021.ts";
import type { ProgrammeTable } from "./programme-table.ts";

/** Canada's programme of prescriber materials. No validity of a prescription is known: 7 days until somebody has read one. */
export const canada2024: ProgrammeTable = {
  ...euPpp,
  id: "canada-2024",
  programme: "canada",
  name: "Canada, 2024 reading",
  effectiveFrom: "2024-01-01",
  source:
    "Prescriber materials for Accutane (S43), Ontario formulary (S44); the monographs have not been read",
  enabled: false,
  openQuestions: [
    "The monographs of the Canadian products: none was read.",
    "Whether two tests are asked before treatment, and how far apart.",
    "Treatment starts on day 2 or 3 of the next normal period: by this table nothing asks for it.",
    "Whether a prescription is valid for a limited time.",
    "From which day on these rules hold.",
  ],
  rules: {
    ...europeanRules,
    category: {
      ...category,
      source: "As in the United States until somebody has read the monographs (T?)",
    },
    consents: {
      can: ["all-patients", "birth-defects"],
      cannot: ["all-patients"],
      newSince: null,
      source: "Consent forms: Part I for all, Part II for patients who can become pregnant (S43, A/B)",
    },
    "guardian-consent": { underAge: 18, source: "Guardian signs too (domain facts 2.5, T)" },
    "wellbeing-check": {
      can: "monthly",
      cannot: "monthly",
      source: "Health Canada: psychiatric and sexual effects labelled (S46, A); asked each month (T)",
    },
    "contraception-pair": {
      ...pair,
      source: "Canada: two forms unless abstinence (S45, B); progestin-only pill (S37, A)",
    },
    "screening-test": {
      settings: ["medical"],
      detects: 25,
      source: "Canada: two negative tests before the start, at least 25 mIU/mL (domain facts 2.3, T?)",
    },
    "test-in-window": { days: 14, source: "Ontario: negative test within 2 weeks before the start (S44, A)" },
    "test-setting": {
      beforeFirstDose: ["medical"],
      onTreatment: ["medical"],
      homeNeedsPermission: true,
      source: "Canada: tests in a medical setting (T?)",
    },
    supply: { maxDays: 30, source: "Canada: 30 days for patients who can become pregnant (S43, A)" },
  },
};

/** Australia: prescribing by state and territory law; the rows are those of the national consumer information. */
export const australia2025: ProgrammeTable = {
  ...euPpp,
  id: "australia-2025",
  programme: "australia",
  name: "Australia, 2025 reading",
  effectiveFrom: "2025-04-01",
  source: "Consumer information (S48), TGA safety alert of Apr 2025 (S49), ACT regulation of 2008 (S47)",
  enabled: false,
  openQuestions: [
    "The current product information: it was not read.",
    "What each state and territory asks of the prescriber.",
    "Treatment starts on day 2 or 3 of the period: by this table nothing asks for it.",
    "Which tests are asked during treatment, and for how long a prescription is valid.",
    "From which day on these rules hold.",
  ],
  rules: {
    ...europeanRules,
    consents: null,
    "guardian-consent": { underAge: 18, source: "Guardian consents (domain facts 2.5, T)" },
    "wellbeing-check": {
      can: "monthly",
      cannot: "monthly",
      source:
        "TGA Apr 2025: mental health assessed in all patients before the start, stop if mood changes (S49, A)",
    },
    "test-in-window": {
      days: 14,
      source: "Australia: negative test within 2 weeks before the start (domain facts 2.4, T)",
    },
    "test-setting": {
      beforeFirstDose: ["medical"],
      onTreatment: ["medical"],
      homeNeedsPermission: true,
      source: "Australia: pregnancy excluded before the start (S47, A)",
    },
  },
};
