/**
 * The United Kingdom's pregnancy prevention programme for isotretinoin (MHRA). Two editions: two prescribers for patients under
 * 18 until 21 Jan 2026, then a revised acknowledgement of risk for everybody instead. Source: domain facts 2.1 and 2.5 with
 * the confidence marks of those facts; the BAD guideline and the current SmPC have not been read.
 */
import { europeanRules, OPEN_IN_EUROPE } from "./eu-ppp.ts";
import type { ProgrammeTable } from "./programme-table.ts";

const monthly = {
  can: "monthly",
  cannot: "monthly",
  source:
    "MHRA: mood and sexual function asked about before the start and at each follow-up; a declined answer is recorded (S23, S30, A/B)",
} as const;

const base = {
  programme: "mhra",
  enabled: true,
  windowZone: "clinic",
  centralAuthorisation: false,
  testsAfterLastDose: { days: [30], source: "UK programme: 1 month after stopping (domain facts 2.1, T+)" },
  protection: {
    days: 30,
    months: 1,
    source: "UK programme: to at least 1 month after (domain facts 2.1, T+)",
  },
  visits: {
    from: 28,
    to: 30,
    source: "UK programme: monthly follow-up, supplies of at most 30 days (S36, S38)",
  },
} as const;

const openQuestions = [
  ...OPEN_IN_EUROPE,
  "Whether the test before treatment may be remote: it may since 27 Oct 2025 by this table.",
];

const rules2023: ProgrammeTable["rules"] = {
  ...europeanRules,
  consents: {
    can: ["acknowledgement-of-risk"],
    cannot: ["acknowledgement-of-risk"],
    newSince: null,
    source: "MHRA 31 Oct 2023: acknowledgement of risk form (S30, A)",
  },
  "second-prescriber": {
    underAge: 18,
    source: "MHRA 31 Oct 2023: two prescribers agree to begin under 18, until 21 Jan 2026 (S20, S30, A)",
  },
  "wellbeing-check": monthly,
  "test-setting": {
    beforeFirstDose: ["medical"],
    onTreatment: ["medical"],
    homeNeedsPermission: true,
    source: "UK programme: medically supervised pregnancy tests (domain facts 2.1, T+)",
  },
};

/** From 31 Oct 2023: two prescribers under 18. */
export const mhra2023: ProgrammeTable = {
  ...base,
  id: "mhra-2023",
  name: "MHRA, 2023 edition",
  effectiveFrom: "2023-10-31",
  effectiveTo: "2025-10-26",
  source: "MHRA Drug Safety Update of 31 Oct 2023 (S30) and the pregnancy prevention programme (S36)",
  openQuestions,
  rules: rules2023,
};

const remoteTests = {
  beforeFirstDose: ["medical", "remote-supervised"],
  onTreatment: ["medical", "remote-supervised"],
  homeNeedsPermission: true,
  source: "MHRA 27 Oct 2025: supervised pregnancy tests may be remote (S23, A; S24, B)",
} as const;

/** The 2023 edition from 27 Oct 2025 on: supervised pregnancy tests may be remote. */
export const mhra2023Remote: ProgrammeTable = {
  ...mhra2023,
  effectiveFrom: "2025-10-27",
  effectiveTo: "2026-01-21",
  rules: { ...rules2023, "test-setting": { ...remoteTests, edition: "mhra-2023-remote" } },
};

/** From 22 Jan 2026: no second prescriber, and a revised acknowledgement of risk for everybody. */
export const mhra2026: ProgrammeTable = {
  ...base,
  id: "mhra-2026",
  name: "MHRA, 2026 edition",
  effectiveFrom: "2026-01-22",
  effectiveTo: null,
  source: "MHRA Drug Safety Update of 22 Jan 2026 (S20, S22)",
  openQuestions: [
    ...openQuestions,
    "Whether patients on treatment sign the revised acknowledgement of risk too: by this table only those who begin.",
  ],
  rules: {
    ...rules2023,
    consents: {
      can: ["acknowledgement-of-risk"],
      cannot: ["acknowledgement-of-risk"],
      newSince: "2026-01-22",
      source: "MHRA 22 Jan 2026: revised acknowledgement of risk form for all patients (S20, S22, A; S21, B)",
    },
    "second-prescriber": null,
    "test-setting": remoteTests,
  },
};
