/**
 * The European Union's pregnancy prevention programme for oral retinoids, of one content since the EMA's review. Effective from
 * the day on which that review ended, 22 Mar 2018: the member states put it into force on days of their own, which have not
 * been looked up. Source: domain facts 2.1, 2.2 and 2.5; the content of the programme is marked T+ there.
 */
import type { ProgrammeTable } from "./programme-table.ts";

/** What somebody has to settle about every European table. */
export const OPEN_IN_EUROPE: readonly string[] = [
  "Whether a partner’s vasectomy and the injection are user-independent: by this table they are not.",
  "Which barrier methods complement a hormonal one; by this table condom, diaphragm, cap and sponge do.",
  "Whether the day of the prescription is the first of the 7 days for dispensing: by this table it is.",
  "Whether a test before each prescription is asked of every patient who can become pregnant: by this table it is.",
];

/** The rows that the United Kingdom shares. */
export const europeanRules: ProgrammeTable["rules"] = {
  "course-open": {
    restartAfterDays: 30,
    source:
      "This record: course, pauses, stops and the prescriber’s dose decisions. A break of more than 1 month begins anew (domain facts 1.6, T?)",
  },
  "no-pregnancy": { source: "Pregnancy prevention programme: contraindicated in pregnancy (S36, A; S39, A)" },
  "no-positive-test": {
    clearedBySamples: ["serum"],
    clearedIn: ["medical"],
    source:
      "Pregnancy prevention programme: stop at a positive test (domain facts 2.1, T+); serum hCG (1.6, T+)",
  },
  "no-missed-period": {
    clearedIn: ["medical"],
    source: "A missed period is a sign of pregnancy until a test excludes it (domain facts 1.6 and 2.1, T+)",
  },
  "no-lapse-unhandled": {
    clearedIn: ["medical"],
    source:
      "Pregnancy prevention programme: contraception without interruption (domain facts 2.1, T+); how to restart is inferred and needs a clinician’s word (1.6, T)",
  },
  category: {
    cannotBy: [
      "cisgender-male",
      "hysterectomy",
      "bilateral-oophorectomy",
      "post-menopausal",
      "no-pregnancy-risk",
    ],
    evidenceFor: ["hysterectomy", "bilateral-oophorectomy", "post-menopausal", "no-pregnancy-risk"],
    source:
      "Pregnancy prevention programme: patients who can become pregnant, unless compelling reasons show no risk, documented (domain facts 2.1, T)",
  },
  enrolment: null,
  consents: {
    can: ["acknowledgement-of-risk"],
    cannot: [],
    newSince: null,
    source: "EMA 2018: prescriber checklist and acknowledgement (S39, A; content domain facts 2.2, T+)",
  },
  "guardian-consent": null,
  "second-prescriber": null,
  counselling: {
    can: "monthly",
    cannot: "enrolment",
    source:
      "Pregnancy prevention programme: understands the risk, monthly follow-up (S36, A; domain facts 2.1, T+)",
  },
  "wellbeing-check": {
    can: "monthly",
    cannot: "monthly",
    source:
      "EMA 2018: neuropsychiatric warning for oral retinoids (S39, A); asked each visit (domain facts 2.5, T)",
  },
  "contraception-pair": {
    // Alone: user-independent. Primary: hormonal and user-dependent. Secondary: barrier. Domain facts 2.1 and 8.
    standing: {
      tubal: "alone",
      vasectomy: "primary",
      "iud-copper": "alone",
      "iud-levonorgestrel": "alone",
      "combined-pill": "primary",
      patch: "primary",
      ring: "primary",
      injection: "primary",
      implant: "alone",
      condom: "secondary",
      diaphragm: "secondary",
      "cervical-cap": "secondary",
      sponge: "secondary",
      abstinence: "never",
      "progestin-only-pill": "never",
      other: "never",
    },
    forms: 2,
    primaries: 1,
    complementary: true,
    source:
      "Pregnancy prevention programme: one user-independent method or two complementary user-dependent ones (domain facts 2.1, T+; vasectomy and injection T?); progestogen-only pill not effective (S37, A)",
  },
  "contraception-month": {
    days: 30,
    source:
      "Pregnancy prevention programme: at least 1 month before, taken as 30 days (domain facts 2.1, T+)",
  },
  "screening-test": null,
  "test-in-window": {
    days: 4,
    source:
      "Pregnancy prevention programme: test on the day of the prescription or in the 3 days before (domain facts 2.1, T+)",
  },
  "test-setting": {
    beforeFirstDose: ["medical"],
    onTreatment: ["medical", "remote-supervised"],
    homeNeedsPermission: true,
    source:
      "Pregnancy prevention programme: medically supervised tests (domain facts 2.1, T+); remote ones during treatment (2.5, T)",
  },
  "home-test-evidence": null,
  "test-sensitivity": {
    detects: 25,
    source: "Pregnancy prevention programme: at least 25 mIU/mL sensitivity (domain facts 2.1, T+)",
  },
  "test-spacing": null,
  "test-after-month": {
    source:
      "Pregnancy prevention programme: tested after at least 1 month of contraception (domain facts 2.1, T+)",
  },
  "menses-days": null,
  "missed-first-window": null,
  "first-pick-up": { source: "This record: rules differ before and after the first dose" },
  "prescriber-confirmation": null,
  "confirmation-window": null,
  "patient-questions": null,
  supply: {
    maxDays: 30,
    source:
      "Pregnancy prevention programme: ideally at most 30 days, taken as a limit (S38, B; domain facts 2.1, T+)",
  },
  "supply-overlap": {
    days: 7,
    source: "The clinic’s limit (domain facts 1.10): a week before the last supply runs out",
  },
  "supply-count": { source: "This record: capsules collected beside capsules prescribed" },
  "product-change": {
    source: "This record: products differ in food effect and bioavailability (domain facts 4, S64, S77)",
  },
  "prescription-open": { source: "This record: the prescription and what was recorded since" },
  "not-dispensed-yet": { source: "Pregnancy prevention programme: a new prescription each month (S38, B)" },
  "category-unchanged": { source: "The rules follow the risk category (domain facts 1.6, T)" },
  "dispense-window": {
    days: 7,
    cannot: false,
    source:
      "Pregnancy prevention programme: dispensing within 7 days of the prescription (S38, B; domain facts 2.1, T+), whose day counts as the first",
  },
  "dispense-as-prescribed": { source: "This record: the prescription" },
};

/** The European Union's programme. */
export const euPpp: ProgrammeTable = {
  id: "eu-ppp",
  programme: "eu-ppp",
  name: "EU pregnancy prevention programme, 2018 edition",
  effectiveFrom: "2018-03-22",
  effectiveTo: null,
  source:
    "EMA review of retinoid-containing medicines, ended 22 Mar 2018 (S39); content as in the UK (domain facts 2.1, T+)",
  enabled: true,
  openQuestions: [
    ...OPEN_IN_EUROPE,
    "From which day each member state put the programme into force, and what it asks besides.",
    "Whether the test before treatment may be remote: by this table it may not.",
  ],
  windowZone: "clinic",
  centralAuthorisation: false,
  rules: europeanRules,
  testsAfterLastDose: {
    days: [30],
    source: "Pregnancy prevention programme: 1 month after stopping (domain facts 2.1, T+)",
  },
  protection: {
    days: 30,
    months: 1,
    source: "Pregnancy prevention programme: to at least 1 month after (domain facts 2.1, T+)",
  },
  visits: { from: 28, to: 30, source: "Pregnancy prevention programme: monthly follow-up (S36, A; S38, B)" },
};
