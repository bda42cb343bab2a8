/** Valid data for papers: an ordinary visit in month 3; each builder takes only what matters. */
import type { Clinic } from "#shared/records/clinic.ts";
import type { HandoutFacts, VisitSummary } from "#shared/records/visit-summary.ts";

export const aClinic: Clinic = {
  name: "Harbour Dermatology",
  address: "12 Quay Street\nPortland, ME 04101",
  phone: "(207) 555-0142",
  afterHoursPhone: "(207) 555-0199",
  zone: "America/New_York",
  letterhead: "Dr. Ana Silva · Dr. Tom Okafor",
  dateStyle: "mdy",
  weightUnit: "lb",
  labUnits: "conventional",
  crisisLine: "Call or text 988",
  idleMinutes: 10,
};

type Lab = VisitSummary["labs"][number];

/** A result that rose from normal to high. */
export function aLab(part: Partial<Lab> = {}): Lab {
  return {
    name: "ALT",
    unit: "U/L",
    latest: "31",
    collectedOn: "2026-11-16",
    previous: "24",
    previousOn: "2026-10-16",
    rangeLow: 7,
    rangeHigh: 56,
    interpretation: {
      flag: "normal",
      grade: null,
      ctcaeVersion: null,
      sentence: "",
      actionCode: null,
      level: "none",
    },
    trend: [
      { on: "2026-08-20", value: 22 },
      { on: "2026-10-16", value: 24 },
      { on: "2026-11-16", value: 31 },
    ],
    confidential: false,
    ...part,
  };
}

/** The summary of an ordinary signed visit of an adult who can become pregnant. */
export function aSummary(part: Partial<VisitSummary> = {}): VisitSummary {
  return {
    clinic: aClinic,
    patient: {
      name: "María José O’Connor-Núñez",
      birthDate: "2001-04-07",
      recordNumber: "1042",
      allergies: "Penicillin",
      ageAtVisit: 25,
    },
    visit: {
      id: "01981b2c-0000-7000-8000-000000000001",
      date: "2026-11-21",
      month: 3,
      signedAt: "2026-11-21T20:04:00.000Z",
      signedBy: "Dr. Ana Silva",
    },
    course: {
      indication: "Severe nodular acne",
      product: "Claravis (same brand and strength each month)",
      programme: "iPLEDGE",
    },
    weightKg: 61.4,
    missedDoses: 2,
    sideEffects: [
      { name: "Dry lips", grade: 2, gradeWord: "Moderate", note: "Lip balm hourly", confidential: false },
      { name: "Nosebleeds", grade: 1, gradeWord: "Mild", note: "", confidential: false },
      { name: "Low mood", grade: 1, gradeWord: "Mild", note: "", confidential: true },
    ],
    sideEffectsReviewed: true,
    acne: { iga: 2, igaWord: "Mild", previousIga: 3 },
    mood: { instrument: "PHQ-2", total: 1, band: "below the level for more questions", alert: false },
    labs: [
      aLab(),
      aLab({ name: "AST", latest: "28", previous: "26", rangeLow: 10, rangeHigh: 40 }),
      aLab({
        name: "Triglycerides, fasting",
        unit: "mg/dL",
        latest: "212",
        previous: "148",
        rangeLow: null,
        rangeHigh: 150,
        interpretation: {
          flag: "high",
          grade: 1,
          ctcaeVersion: "6.0",
          sentence: "1.4 times the upper limit; 43 % above the first result.",
          actionCode: "TG-1",
          level: "info",
        },
        trend: [
          { on: "2026-08-20", value: 118 },
          { on: "2026-10-16", value: 148 },
          { on: "2026-11-16", value: 212 },
        ],
      }),
      aLab({
        name: "HDL cholesterol",
        unit: "mg/dL",
        latest: "47",
        previous: "51",
        rangeLow: 40,
        rangeHigh: null,
        trend: [
          { on: "2026-08-20", value: 55 },
          { on: "2026-10-16", value: 51 },
          { on: "2026-11-16", value: 47 },
        ],
      }),
      aLab({
        name: "hCG, urine",
        unit: "",
        latest: "negative",
        previous: "negative",
        rangeLow: null,
        rangeHigh: null,
        trend: [],
        confidential: true,
      }),
    ],
    dose: {
      action: "increase",
      dailyMg: 50,
      mgPerKg: 0.81,
      from: "2026-11-22",
      capsules: [
        { strengthMg: 20, morning: 1, evening: 1 },
        { strengthMg: 10, morning: 0, evening: 1 },
      ],
      reason: "Well tolerated; skin improving.",
    },
    cumulative: {
      mgPerKg: 38.4,
      totalMg: 2360,
      targetMgPerKg: 120,
      referenceWeightKg: 61.4,
      expectedEnd: "2027-04-20",
    },
    programme: [
      { label: "Status", text: "Window open", confidential: false },
      { label: "Last test", text: "Nov 16, 2026, negative", confidential: true },
      { label: "Contraception", text: "Implant and male latex condom", confidential: true },
    ],
    reminders: [
      {
        label: "Giving blood",
        text: "Do not give any now, nor for 1 month after.",
        confidential: false,
      },
      { label: "Capsules", text: "Never share them; keep them from others.", confidential: false },
    ],
    verdict: {
      question: "prescribe",
      answer: "yes",
      edition: "ipledge-2026",
      sentence: "Yes, until Sun, Nov 22, 2026, 11:59 PM.",
      judgedAt: "2026-11-21T20:04:00.000Z",
      findings: [],
      opensAt: null,
      closesAt: "2026-11-23T04:59:00.000Z",
    },
    verdictConfidential: true,
    next: [
      {
        on: "2026-11-22",
        at: "2026-11-23T04:59:00.000Z",
        text: "Last moment to pick up your capsules at the pharmacy.",
        confidential: false,
      },
      { on: "2026-12-16", at: null, text: "Next pregnancy test from this day.", confidential: true },
      { on: "2026-12-19", at: null, text: "Next visit. Come fasting for blood tests.", confidential: false },
    ],
    plan: "Repeat fasting triglycerides at the next visit. No alcohol for 36 hours before the blood test.",
    stopAndCall: [
      {
        text: "A very bad headache, with vomiting or blurred or double vision",
        confidential: false,
      },
      { text: "Strong belly pain, or blood in the stool", confidential: false },
      { text: "Yellow skin or eyes, or dark urine", confidential: false },
      { text: "Low mood, anger, or thoughts of hurting yourself", confidential: false },
      { text: "A rash with blisters or peeling, or trouble breathing", confidential: false },
      { text: "A missed period, or sex without both methods", confidential: true },
    ],
    emergencyNumber: "911",
    addenda: [],
    ...part,
  };
}

export function handoutFactsOf(part: Partial<HandoutFacts> = {}): HandoutFacts {
  return {
    clinic: aClinic,
    patient: { name: "María José O’Connor-Núñez", birthDate: "2001-04-07", recordNumber: "1042" },
    product: "Claravis",
    dailyMg: 40,
    capsules: [{ strengthMg: 20, morning: 1, evening: 1 }],
    nextVisitOn: "2026-12-19",
    nextTestFrom: "2026-12-16",
    pickUpBy: "2026-11-23T04:59:00.000Z",
    protectUntil: null,
    contraception: "Implant and male latex condom",
    programme: "iPLEDGE",
    emergencyNumber: "911",
    madeOn: "2026-11-21",
    ...part,
  };
}
