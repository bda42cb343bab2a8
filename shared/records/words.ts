/**
 * The words on screen and paper for the codes in the record. One table per code, so that a code without a word does not
 * compile. Words only: what a code means for a decision stands in `rules/`.
 */
import type { z } from "zod";
import { type DateStyle, formatTime } from "../calendar.ts";
import { capital, lowered } from "../letter-case.ts";
import { labUnit, labValueText } from "../rules/lab-tests.ts";
import { editionName } from "../rules/programmes/editions.ts";
import type { Role } from "./account.ts";
import type {
  Answer,
  courseEnd,
  courseFields,
  FamilyHistoryItem,
  indication,
  Programme,
  RiskCategory,
  RiskCriterion,
  ScreeningCondition,
} from "./course.ts";
import type { DisagreementKind } from "./disagreement.ts";
import type { DueItem, DueKind } from "./due.ts";
import type { LabInterpretation, LabResultFields } from "./lab-result.ts";
import type {
  ContraceptiveMethod,
  ProgrammeEntryFields,
  ProgrammeEntryKind,
  ReportRecipient,
  StopStep,
} from "./programme-entry.ts";
import type { CalendarMarkKind } from "./programme-calendar.ts";
import type { LaneGroup, LaneState } from "./programme-lane.ts";
import type { CapsuleCount, DoseDecision } from "./visit.ts";

export const roleWords: Record<Role, string> = {
  prescriber: "Prescriber",
  nurse: "Nurse",
  reception: "Reception",
  administrator: "Administrator",
};

export const answerWords: Record<Answer, string> = { yes: "Yes", no: "No", unknown: "Not known" };

export const indicationWords: Record<z.infer<typeof indication>, string> = {
  "severe-nodular": "Severe nodular acne",
  scarring: "Scarring acne",
  "treatment-resistant": "Treatment-resistant acne",
  "psychosocial-burden": "Acne with psychosocial burden",
  relapse: "Relapse after isotretinoin",
  rosacea: "Rosacea",
  other: "Other",
};

export const scarsWords: Record<z.infer<typeof courseFields>["scars"], string> = {
  none: "None",
  mild: "Mild",
  moderate: "Moderate",
  severe: "Severe",
  unknown: "Not recorded",
};

export const treatmentOutcomeWords: Record<
  z.infer<typeof courseFields>["earlierTreatments"][number]["outcome"],
  string
> = {
  failed: "Failed",
  partial: "Partial response",
  relapsed: "Relapsed",
  "not-tolerated": "Not tolerated",
  unknown: "Not known",
};

export const conditionWords: Record<ScreeningCondition, string> = {
  "liver-disease": "Liver disease",
  "lipid-disorder": "High cholesterol or triglycerides",
  diabetes: "Diabetes",
  obesity: "Obesity",
  alcohol: "Heavy alcohol use",
  pancreatitis: "Pancreatitis",
  depression: "Depression",
  "suicidal-thoughts": "Suicidal thoughts or attempt",
  psychosis: "Psychosis",
  "inflammatory-bowel-disease": "Inflammatory bowel disease",
  "raised-intracranial-pressure": "Raised intracranial pressure",
  "kidney-disease": "Kidney disease",
  "hearing-loss": "Hearing loss or tinnitus",
  "dry-eye": "Dry eye or contact lenses",
  "bone-or-back-disease": "Bone or back disease",
  "vigorous-exercise": "Vigorous exercise or lifting",
  breastfeeding: "Breastfeeding",
};

export const familyHistoryWords: Record<FamilyHistoryItem, string> = {
  "depression-or-suicide": "Depression or suicide",
  "lipid-disorder": "High cholesterol or triglycerides",
  diabetes: "Diabetes",
  "bowel-disease": "Bowel disease",
};

export const programmeWords: Record<Programme, string> = {
  ipledge: "iPLEDGE (United States)",
  mhra: "MHRA (United Kingdom)",
  "eu-ppp": "Pregnancy prevention programme (European Union)",
  canada: "Canada",
  australia: "Australia",
};

export const categoryWords: Record<RiskCategory, string> = {
  can: "Can become pregnant",
  cannot: "Cannot become pregnant",
};

export const criterionWords: Record<RiskCriterion, string> = {
  default: "No listed criterion applies",
  "cisgender-male": "Cisgender male",
  hysterectomy: "Hysterectomy",
  "bilateral-oophorectomy": "Both ovaries removed",
  "post-menopausal": "Post-menopausal, documented",
  "no-pregnancy-risk": "No risk of pregnancy, documented",
};

export const courseEndWords: Record<z.infer<typeof courseEnd>["reason"], string> = {
  completed: "Completed",
  "side-effect": "Side effect",
  pregnancy: "Pregnancy",
  "patient-choice": "Patient’s choice",
  "lost-to-follow-up": "Lost to follow-up",
  transferred: "Transferred",
  other: "Other",
};

export const doseActionWords: Record<DoseDecision["action"], string> = {
  "not-yet": "Not yet",
  start: "Start",
  continue: "Continue",
  increase: "Increase",
  decrease: "Decrease",
  hold: "Hold",
  stop: "Stop",
};

export const methodWords: Record<ContraceptiveMethod, string> = {
  tubal: "Tubal sterilisation",
  vasectomy: "Partner’s vasectomy",
  "iud-copper": "Copper IUD",
  "iud-levonorgestrel": "Hormonal IUD (levonorgestrel)",
  "combined-pill": "Combined pill",
  patch: "Patch",
  ring: "Vaginal ring",
  injection: "Injection",
  implant: "Implant",
  condom: "Male latex condom",
  diaphragm: "Diaphragm with spermicide",
  "cervical-cap": "Cervical cap with spermicide",
  sponge: "Vaginal sponge",
  abstinence: "Continuous abstinence",
  "progestin-only-pill": "Progestin-only pill",
  other: "Other method",
};

export const entryKindWords: Record<ProgrammeEntryKind, string> = {
  "risk-category": "Risk category",
  "category-agreement": "Second person’s agreement",
  enrolment: "Enrolment",
  consent: "Consent signed",
  "second-prescriber": "Second prescriber",
  "wellbeing-check": "Mood and sexual function",
  counselling: "Counselling",
  contraception: "Contraception in use",
  "contraception-lapse": "Contraception lapse",
  menstruation: "Period began",
  "missed-period": "Missed period",
  "pregnancy-test": "Pregnancy test",
  "home-test-permission": "Home-test permission",
  "home-test-code": "Home-test code",
  "prescriber-confirmation": "Prescriber confirmation",
  "patient-questions": "Patient’s questions",
  dispensing: "Medicine dispensed",
  "first-dose": "First dose",
  "last-dose": "Last dose",
  pause: "Treatment paused",
  resume: "Treatment resumed",
  "treatment-stop": "Treatment stopped",
  "stop-handled": "Stop handled",
  pregnancy: "Pregnancy",
  "pregnancy-report": "Pregnancy reported",
  "programme-site": "Programme’s site",
};

export const consentWords: Record<Extract<ProgrammeEntryFields, { kind: "consent" }>["form"], string> = {
  "all-patients": "Consent for all patients",
  "birth-defects": "Consent about birth defects",
  "acknowledgement-of-risk": "Acknowledgement of risk",
};

export const signerWords: Record<Extract<ProgrammeEntryFields, { kind: "consent" }>["signer"], string> = {
  patient: "Patient",
  "patient-and-guardian": "Patient and guardian",
};

export const teachBackWords: Record<
  Extract<ProgrammeEntryFields, { kind: "counselling" }>["teachBack"],
  string
> = {
  understood: "Understood",
  "taught-again": "Taught again",
  "not-done": "Not done",
};

export const wellbeingWords: Record<
  Extract<ProgrammeEntryFields, { kind: "wellbeing-check" }>["mood"],
  string
> = { asked: "Asked", declined: "Declined to answer" };

export const lapseWords: Record<
  Extract<ProgrammeEntryFields, { kind: "contraception-lapse" }>["what"],
  string
> = {
  stopped: "Stopped a method",
  missed: "Missed a method",
  "unprotected-contact": "Unprotected contact",
};

export const cycleWords: Record<Extract<ProgrammeEntryFields, { kind: "menstruation" }>["cycle"], string> = {
  regular: "Regular cycle",
  irregular: "Irregular cycle",
  none: "No bleeding",
};

type TestFields = Extract<ProgrammeEntryFields, { kind: "pregnancy-test" }>;

export const sampleWords: Record<TestFields["sample"], string> = { urine: "Urine", serum: "Serum" };

export const settingWords: Record<TestFields["setting"], string> = {
  medical: "Medical setting",
  "clia-laboratory": "CLIA laboratory",
  home: "At home",
  "remote-supervised": "Remote, supervised",
};

export const stopStepWords: Record<StopStep, string> = {
  "drug-stopped": "The patient has stopped taking it",
  "not-dispensed": "The pharmacy does not dispense",
  "serum-hcg": "Serum hCG taken",
  referred: "Referred to an obstetrician",
  reported: "Reported",
};

export const reportRecipientWords: Record<ReportRecipient, string> = {
  ipledge: "iPLEDGE",
  "fda-medwatch": "FDA MedWatch",
  "yellow-card": "MHRA Yellow Card",
  "national-agency": "The national agency",
  manufacturer: "The manufacturer",
};

export const siteStatusWords: Record<
  Extract<ProgrammeEntryFields, { kind: "programme-site" }>["status"],
  string
> = {
  "not-found": "Patient not found",
  "not-qualified": "Not qualified",
  qualified: "Qualified to receive",
  dispensed: "Dispensed",
  "locked-out": "Locked out",
  inactive: "Inactive",
};

export const disagreementWords: Record<DisagreementKind, string> = {
  status: "Status",
  category: "Category",
  "phoned-in": "Phoned in",
  added: "Added there",
  missed: "Missing there",
  "split-fill": "Split fill",
  restarted: "Restarted",
  dates: "Dates",
};

export const laneStateWords: Record<LaneState, string> = {
  done: "Done",
  due: "Due",
  waiting: "Waits",
  blocked: "Not yet",
  forbidden: "Not now",
  "not-asked": "Not asked",
};

export const laneGroupWords: Record<LaneGroup, string> = {
  "before-start": "Before the start",
  "this-month": "This month",
  "after-treatment": "After treatment",
};

/** `short` stands in a calendar's cell, `long` in its legend. */
export const calendarMarkWords: Record<CalendarMarkKind, { short: string; long: string }> = {
  "test-possible": { short: "Test", long: "Pregnancy test possible" },
  "window-open": { short: "Window", long: "Window open" },
  "pick-up-by": { short: "Collect by", long: "Last hour to collect" },
  "next-visit": { short: "Visit", long: "Next visit" },
  "waiting-until": { short: "Month over", long: "Month of contraception over" },
  "supply-ends": { short: "Last capsules", long: "Last capsules of this supply" },
  "test-after-treatment": { short: "Test", long: "Test after treatment" },
  "contraception-until": { short: "Contraception", long: "Contraception until" },
  "no-blood-donation-until": { short: "No blood", long: "No blood donation until" },
  tested: { short: "Tested", long: "Pregnancy test taken" },
  prescribed: { short: "Prescribed", long: "Prescribed" },
  "picked-up": { short: "Collected", long: "Capsules collected" },
  "last-dose": { short: "Last dose", long: "Last dose" },
};

export const testResultWords: Record<TestFields["result"], string> = {
  negative: "Negative",
  positive: "Positive",
  indeterminate: "Indeterminate",
  pending: "Pending",
};

export const dueKindWords: Record<DueKind, string> = {
  "urgent-stop": "Stop treatment",
  "window-closing": "Window closing",
  "window-missed": "Window missed",
  "abnormal-result": "Abnormal result",
  "mood-alert": "Mood alert",
  "red-flag": "Warning sign",
  "visit-due": "Visit due",
  "visit-unsigned": "Visit not signed",
  "test-due": "Test due",
  "confirmation-missing": "Confirmation missing",
  "questions-missing": "Questions missing",
  "prescription-due": "Prescription due",
  "month-of-waiting-over": "Waiting month over",
  "agreement-missing": "Agreement missing",
  "enrolment-incomplete": "Enrolment incomplete",
  "wellbeing-missing": "Wellbeing not asked",
  "post-treatment-test": "Test after treatment",
  "draw-due": "Blood draw due",
  "site-disagreement": "Site disagrees",
};

export const urgencyWords: Record<DueItem["urgency"], string> = {
  urgent: "Urgent",
  today: "Today",
  soon: "Soon",
  later: "Later",
};

/** What an entry says, in one line, without its kind and date: `Negative. Urine, medical setting, specimen at 9:15 AM`. May be empty. */
export function entryWords(entry: ProgrammeEntryFields, style: DateStyle): string {
  switch (entry.kind) {
    case "risk-category":
      return joined(
        `${categoryWords[entry.category]}: ${lowered(criterionWords[entry.criterion])}`,
        entry.evidence,
      );
    case "enrolment":
      return `Number ${entry.programmeNumber}`;
    case "consent":
      return joined(
        `${consentWords[entry.form]}, signed by ${lowered(signerWords[entry.signer])}`,
        entry.formEdition && `edition ${entry.formEdition}`,
      );
    case "counselling":
      return `Teach-back: ${lowered(teachBackWords[entry.teachBack])}`;
    case "contraception":
      return methodPair(entry.first, entry.second);
    case "contraception-lapse":
      return lapseWords[entry.what];
    case "menstruation":
      return cycleWords[entry.cycle];
    case "pregnancy-test":
      return joined(
        `${testResultWords[entry.result]}. ${sampleWords[entry.sample]}, ${settingWords[entry.setting].replace(/^[MAR]/, (letter) => letter.toLowerCase())}`,
        entry.time === null ? "" : `specimen at ${formatTime(entry.time, style)}`,
        entry.sensitivity === null ? "detection limit not recorded" : `detects ${entry.sensitivity} mIU/mL`,
        entry.readBy && `read by ${entry.readBy}`,
      );
    case "home-test-code":
      return `Code ${entry.code}`;
    case "home-test-permission":
      return entry.given ? "Given" : "Withdrawn";
    case "patient-questions":
      return entry.first === null
        ? "Answered; methods not recorded"
        : `Answered; ${lowered(methodPair(entry.first, entry.second))}`;
    case "dispensing":
      return entry.capsules === null
        ? "Count not recorded"
        : entry.capsules === 0
          ? "Nothing was collected"
          : `${entry.capsules} capsules`;
    case "pause":
    case "treatment-stop":
      return entry.why;
    case "second-prescriber":
      return entry.name;
    case "wellbeing-check":
      return `Mood ${entry.mood}; sexual function ${entry.sexualFunction}`;
    case "stop-handled":
      return entry.done.map((one) => stopStepWords[one]).join(", ");
    case "pregnancy-report":
      return joined(reportRecipientWords[entry.to], entry.reference);
    case "programme-site":
      return siteStatusWords[entry.status];
    case "pregnancy":
      return entry.knownHow;
    case "category-agreement":
    case "missed-period":
    case "prescriber-confirmation":
    case "first-dose":
    case "last-dose":
    case "resume":
      break;
  }
  return "";
}

/** Two methods as words: `Implant and male latex condom`. */
export function methodPair(first: ContraceptiveMethod, second: ContraceptiveMethod | null): string {
  return second === null ? methodWords[first] : `${methodWords[first]} and ${lowered(methodWords[second])}`;
}

function joined(...parts: string[]): string {
  return parts.filter(Boolean).join(", ");
}

type PartOfDay = "morning" | "evening";

/** A space at which no line breaks. */
const UNBROKEN = "\u00a0";

/**
 * A capsule plan for those who work here: `1 × 20 mg morning, 1 × 40 mg evening`, breaking only at the commas. Empty for none.
 */
export function capsuleWords(capsules: readonly CapsuleCount[]): string {
  const at = (part: PartOfDay) =>
    capsules
      .filter((one) => one[part] > 0)
      .map((one) => `${countWords(one[part], one.strengthMg)}${UNBROKEN}${part}`);
  return [...at("morning"), ...at("evening")].join(", ");
}

/** So many capsules of a strength, as they are counted out: `60 × 20 mg`. */
export function countWords(count: number, strengthMg: number): string {
  return `${count} × ${strengthMg} mg`.replaceAll(" ", UNBROKEN);
}

/** The same plan for the patient, at one time of day: `2 capsules of 20 mg and 1 capsule of 10 mg`, or `none`. */
export function capsulesInWords(capsules: readonly CapsuleCount[], when: PartOfDay): string {
  const taken = capsules.filter((one) => one[when] > 0);
  if (taken.length === 0) return "none";
  return taken
    .map(
      (one) => `${one[when]} ${one[when] === 1 ? "capsule" : "capsules"} of ${one.strengthMg}${UNBROKEN}mg`,
    )
    .join(" and ");
}

/** A result as reported, with its unit: `<5 U/L`, `54 U/L`, `positive`. */
export function resultWords(
  result: Pick<LabResultFields, "testId" | "comparator" | "value" | "text" | "unit">,
): string {
  const unit = result.value === null ? "" : unitWords(result.testId, result.unit);
  return `${labValueText(result)} ${unit}`.trim();
}

/** A unit as people write it: `µmol/L`. */
export function unitWords(testId: string, unit: string): string {
  return labUnit(testId, unit)?.label ?? unit;
}

/** The laboratory's range: `7 – 56`, `up to 41`, `40 or more`; empty when none is given. A limit may be text as typed. */
export function rangeWords(range: {
  rangeLow: number | string | null;
  rangeHigh: number | string | null;
}): string {
  const { rangeLow, rangeHigh } = range;
  if (rangeLow !== null && rangeHigh !== null) return `${rangeLow} – ${rangeHigh}`;
  if (rangeHigh !== null) return `up to ${rangeHigh}`;
  return rangeLow === null ? "" : `${rangeLow} or more`;
}

const flagWords: Record<LabInterpretation["flag"], string> = {
  normal: "normal",
  high: "high",
  low: "low",
  abnormal: "abnormal",
  unknown: "not known whether normal",
};

/** How a result stands: `high, grade 2`. A grade of 0 says no more than the flag. */
export function standingWords(meaning: Pick<LabInterpretation, "flag" | "grade">): string {
  const { flag, grade } = meaning;
  return grade === null || grade === 0 ? flagWords[flag] : `${flagWords[flag]}, grade ${grade}`;
}

/** A verdict's sentence without the answer that it begins with, for where that stands already: `No: a test is due.`, `A test is due.` */
export function withoutAnswer(sentence: string): string {
  return capital(sentence.replace(/^(Yes|No)[:,.]\s*/u, ""));
}

/**
 * By which edition a verdict was reached, after "Judged …": ` by the rules of iPLEDGE 2026`. Empty without one: where no rule
 * table holds for its day a verdict is a no that says so.
 */
export function byEditionWords(id: string): string {
  const name = editionName(id);
  return name === null ? "" : ` by the rules of ${name}`;
}

/** Said over the Today list, on screen and paper, while something on record lies in the computer's future. */
export const LIST_BY_A_CLOCK_BEHIND =
  "This computer’s clock is behind what is on record: lines may be missing here. Set the clock, or the clinic’s time zone, right.";
