/**
 * iPLEDGE REMS, the edition of 8 Oct 2021, in force from 13 Dec 2021 to 14 Nov 2026, and the overlay of the FDA's notice of
 * October 2023, under which it does not object to tests outside CLIA laboratories, nor to home tests once treatment has begun.
 * Source: domain facts 1.1 to 1.6, 1.11 and 8. Letters are the confidence marks of those facts.
 */
import type { ProgrammeTable, RuleRows } from "./programme-table.ts";

/** Who cannot become pregnant, by which criteria. Canada’s table has them too. */
export const category: NonNullable<RuleRows["category"]> = {
  cannotBy: ["cisgender-male", "hysterectomy", "bilateral-oophorectomy", "post-menopausal"],
  evidenceFor: ["hysterectomy", "bilateral-oophorectomy", "post-menopausal"],
  source: "iPLEDGE enrolment form, risk category (S4, A)",
};

/** What each method counts for. Canada’s table has it too. */
export const pair: NonNullable<RuleRows["contraception-pair"]> = {
  // Primary with primary is allowed by the wording "at least one of the two must be primary" (S4). Domain facts 8.
  standing: {
    tubal: "primary",
    vasectomy: "primary",
    "iud-copper": "primary",
    "iud-levonorgestrel": "primary",
    "combined-pill": "primary",
    patch: "primary",
    ring: "primary",
    injection: "primary",
    implant: "primary",
    condom: "secondary",
    diaphragm: "secondary",
    "cervical-cap": "secondary",
    sponge: "secondary",
    abstinence: "alone",
    "progestin-only-pill": "never",
    other: "never",
  },
  forms: 2,
  primaries: 1,
  complementary: false,
  source: "iPLEDGE consent: two forms, at least one primary (S4, A); progestin-only pill (S97, A)",
};

export const ipledge2021: ProgrammeTable = {
  id: "ipledge-2021",
  programme: "ipledge",
  name: "iPLEDGE, 2021 edition",
  effectiveFrom: "2021-12-13",
  effectiveTo: "2023-10-02",
  source: "iPLEDGE REMS forms, Oct 2021 (S4), REMS@FDA of 3 Oct 2023 (S3), guides of Mar 2023 (S16)",
  enabled: true,
  openQuestions: [
    "Whether the 30-day window of patients who cannot become pregnant ends 29 or 30 days after the visit.",
    "How treatment is restarted after an interruption or a lapse of contraception.",
    "Whether two primary forms make a pair.",
  ],
  windowZone: "us-eastern",
  centralAuthorisation: true,
  rules: {
    "course-open": {
      restartAfterDays: 30,
      source:
        "This record: course, pauses and the prescriber’s dose decisions. A break of more than 1 month after the end begins anew (domain facts 1.6, T?)",
    },
    "no-pregnancy": { source: "iPLEDGE consent for patients who can become pregnant, stop triggers (S4, A)" },
    "no-positive-test": {
      clearedBySamples: ["serum"],
      clearedIn: ["medical", "clia-laboratory"],
      source: "US label, boxed warning (S28, A); confirmation by serum hCG (domain facts 1.6, T+)",
    },
    "no-missed-period": {
      clearedIn: ["medical", "clia-laboratory"],
      source: "iPLEDGE consent for patients who can become pregnant, stop triggers (S4, A)",
    },
    "no-lapse-unhandled": {
      clearedIn: ["medical", "clia-laboratory"],
      source:
        "iPLEDGE consent for patients who can become pregnant, stop triggers (S4, A); how to restart is inferred and needs a clinician’s word (domain facts 1.6, T)",
    },
    category,
    enrolment: { source: "iPLEDGE enrolment form (S4, A)" },
    consents: {
      can: ["all-patients", "birth-defects"],
      cannot: ["all-patients"],
      newSince: null,
      source: "iPLEDGE informed consents (S4, A)",
    },
    "guardian-consent": {
      underAge: 18,
      source: "iPLEDGE informed consents: parent or guardian under 18 (S4, A)",
    },
    "second-prescriber": null,
    counselling: {
      can: "monthly",
      cannot: "monthly",
      source: "iPLEDGE prescriber requirements: counselling each month (S1, S4, A/B)",
    },
    "wellbeing-check": null,
    "contraception-pair": pair,
    "contraception-month": {
      days: 30,
      source: "iPLEDGE consent: two forms for 1 month before the first dose, taken as 30 days (S4, A)",
    },
    "screening-test": {
      settings: ["medical", "clia-laboratory"],
      detects: 25,
      source: "iPLEDGE: test 1 when isotretinoin is decided for (S3, S4, A); 25 mIU/mL (S19, B)",
    },
    "test-in-window": {
      days: 7,
      source:
        "iPLEDGE: 7 days, day 1 is the day of the specimen, to the end of day 7 in US Eastern time (S10, S26, B)",
    },
    "test-setting": {
      beforeFirstDose: ["clia-laboratory"],
      onTreatment: ["clia-laboratory"],
      homeNeedsPermission: true,
      source: "iPLEDGE REMS 2021: CLIA-certified laboratory (S3, A)",
    },
    "home-test-evidence": null,
    "test-sensitivity": { detects: 25, source: "iPLEDGE: at least 25 mIU/mL sensitivity (S19, B)" },
    "test-spacing": { days: 19, source: "REMS@FDA: test 2 at least 19 days after test 1 (S3, A)" },
    "test-after-month": { source: "REMS@FDA: test 2 after 1 month of two forms (S3, A)" },
    "menses-days": {
      first: 1,
      last: 5,
      source: "REMS@FDA: test 2 in the first 5 days of the period before treatment (S3, A)",
    },
    "missed-first-window": {
      waitDays: 19,
      source: "iPLEDGE Dec 2007, in force to Nov 2026: 19 days after a missed first window (S13, B)",
    },
    "first-pick-up": { source: "iPLEDGE: rules differ before and after the first dose (S2, S13, B)" },
    "prescriber-confirmation": {
      can: "monthly",
      cannot: "monthly",
      source: "iPLEDGE: the prescriber confirms each month (S4, A)",
    },
    "confirmation-window": {
      days: 30,
      otherReadingDays: 31,
      source: "iPLEDGE to 14 Nov 2026: 30 days from the visit; sources count +29 (T) or +30 (S10, B)",
    },
    "patient-questions": { source: "iPLEDGE: questions and the same two methods each month (S4, A)" },
    supply: { maxDays: 30, source: "iPLEDGE: at most a 30-day supply, no refills (S4, A)" },
    "supply-overlap": {
      days: 7,
      source: "The clinic’s limit (domain facts 1.10): a window’s length before the last supply runs out",
    },
    "supply-count": { source: "This record: capsules collected beside capsules prescribed" },
    "product-change": {
      source: "This record: products differ in food effect and bioavailability (domain facts 4, S64, S77)",
    },
    "prescription-open": { source: "This record: the prescription and what was recorded since" },
    "not-dispensed-yet": { source: "iPLEDGE: one prescription, no refills (S4, A)" },
    "category-unchanged": {
      source: "iPLEDGE: the rules follow the risk category (S4, A; domain facts 1.6, T)",
    },
    "dispense-window": {
      days: null,
      cannot: true,
      source: "iPLEDGE: collected within the window, no dispensing after it (S10, S26, B)",
    },
    "dispense-as-prescribed": { source: "This record: the prescription" },
  },
  testsAfterLastDose: { days: [0, 30], source: "iPLEDGE: at the end of treatment and 1 month after (S4, A)" },
  protection: { days: 30, months: 1, source: "iPLEDGE: until 1 month after the last dose (S4, A)" },
  visits: { from: 30, to: 37, source: "Practices book visits 30 to 37 days apart (S27, B)" },
};

const OVERLAY = "ipledge-2021-discretion";

/** The 2021 edition with the FDA's enforcement discretion laid over it: where tests may be done, and what shows a home test, differ. */
export const ipledge2021Discretion: ProgrammeTable = {
  ...ipledge2021,
  effectiveFrom: "2023-10-03",
  effectiveTo: "2026-11-14",
  rules: {
    ...ipledge2021.rules,
    "test-setting": {
      edition: OVERLAY,
      beforeFirstDose: ["medical", "clia-laboratory"],
      onTreatment: ["medical", "clia-laboratory", "home"],
      homeNeedsPermission: true,
      source: "FDA enforcement discretion on pregnancy tests, Oct 2023 (S3, A)",
    },
    "home-test-evidence": {
      edition: OVERLAY,
      settings: ["home"],
      source:
        "FDA enforcement discretion: home tests with documented procedures (S3, A); what they are is this record’s proposal (domain facts 1.8)",
    },
  },
};
