/**
 * Which evidence a course's programme knows, so that nobody is asked for what is not theirs: no patient's questions outside
 * iPLEDGE, no contraception of a patient who cannot become pregnant. Read from the tables of every edition that the course
 * may have met; what is on record already can always be corrected.
 */
import { ageOn, type CalendarDate } from "../../calendar.ts";
import type { Programme, RiskCategory } from "../../records/course.ts";
import {
  type ProgrammeEntry,
  type ProgrammeEntryKind,
  type ReportRecipient,
  areOfOnePerson,
} from "../../records/programme-entry.ts";
import { inTime } from "../entries-in-order.ts";
import { EDITIONS, rowOf } from "./editions.ts";
import type { ConsentForm, ProgrammeTable, RuleId, TestSetting } from "./programme-table.ts";

/** What is asked of: a course on a day, with its entries in force. `category` null: nobody decided yet, so "can" counts. */
export type KindsOf = {
  programme: Programme;
  decidedOn: CalendarDate;
  today: CalendarDate;
  category: RiskCategory | null;
  /** Null while it is not known. */
  birthDate: CalendarDate | null;
  entries: readonly ProgrammeEntry[];
  /** What the patient's earlier courses say of the category; left out: nothing. */
  categoryBefore?: RiskCategory | null;
  /** Whether something stops treatment at once. A positive hCG, of whomever, is answered by a test alone; left out: nothing does. */
  stopped?: boolean;
};

/** Only of patients who can become pregnant. Source: domain facts 1.4 and 1.5, step 4. */
const OF_CAN: readonly ProgrammeEntryKind[] = [
  "contraception",
  "contraception-lapse",
  "menstruation",
  "missed-period",
  "pregnancy-test",
  "home-test-permission",
  "home-test-code",
  "patient-questions",
];

/** Kinds that rest on one rule: where no edition has it, nobody asks. */
const BY_RULE: readonly (readonly [ProgrammeEntryKind, RuleId])[] = [
  ["enrolment", "enrolment"],
  ["patient-questions", "patient-questions"],
  ["menstruation", "menses-days"],
  ["wellbeing-check", "wellbeing-check"],
];

/** The kinds of evidence to offer for a course, in no order. */
export function entryKindsFor(about: KindsOf): ReadonlySet<ProgrammeEntryKind> {
  const tables = editionsMet(about);
  const kinds = new Set<ProgrammeEntryKind>(EVERYWHERE);
  for (const [kind, rule] of BY_RULE) if (tables.some((one) => one.rules[rule] !== null)) kinds.add(kind);
  const standing = categoryStanding(about.entries, about.categoryBefore);
  const category = (standing.category ?? about.category) === "cannot" ? "cannot" : "can";
  if (tables.some((one) => confirms(one, category))) kinds.add("prescriber-confirmation");
  if (tables.some((one) => one.centralAuthorisation)) kinds.add("programme-site");
  // Where no edition knows tests at home, a permission or a code for them would mean nothing.
  if (settingsNamed(about.programme).includes("home"))
    kinds.add("home-test-permission").add("home-test-code");
  if (tables.some((one) => asksSecondPrescriber(one, about))) kinds.add("second-prescriber");
  if (standing.toAgree !== null) kinds.add("category-agreement");
  if (category === "cannot") for (const kind of OF_CAN) kinds.delete(kind);
  if (about.stopped === true) kinds.add("pregnancy-test");
  return kinds;
}

/** Known to every programme. */
const EVERYWHERE: readonly ProgrammeEntryKind[] = [
  "risk-category",
  "consent",
  "counselling",
  "contraception",
  "contraception-lapse",
  "missed-period",
  "pregnancy-test",
  "dispensing",
  "first-dose",
  "last-dose",
  "pause",
  "resume",
  "treatment-stop",
  "stop-handled",
  "pregnancy",
  "pregnancy-report",
];

function editionsMet({ programme, decidedOn, today }: KindsOf): readonly ProgrammeTable[] {
  return EDITIONS[programme].filter(
    (one) => one.effectiveFrom <= today && (one.effectiveTo === null || one.effectiveTo >= decidedOn),
  );
}

function asksSecondPrescriber(table: ProgrammeTable, { birthDate, decidedOn }: KindsOf): boolean {
  const row = table.rules["second-prescriber"];
  return (
    row !== null && birthDate !== null && birthDate <= decidedOn && ageOn(birthDate, decidedOn) < row.underAge
  );
}

function confirms(table: ProgrammeTable, category: RiskCategory): boolean {
  const row = table.rules["prescriber-confirmation"];
  return row !== null && row[category] !== "never";
}

/** Where a programme's editions accept tests during treatment; before it they accept them nowhere else. */
function settingsNamed(programme: Programme): readonly TestSetting[] {
  return EDITIONS[programme].flatMap((one) => rowOf(one, "test-setting").onTreatment);
}

const SETTINGS: readonly TestSetting[] = ["medical", "clia-laboratory", "remote-supervised", "home"];

/** Where a test may have been done, as this programme's editions name the places; at home is always one of them, allowed or not. */
export function settingsKnown(programme: Programme): readonly TestSetting[] {
  const named = settingsNamed(programme);
  return SETTINGS.filter((one) => one === "home" || named.includes(one));
}

/** The forms of consent that this programme asks for, of any patient. */
export function consentFormsOf(programme: Programme): readonly ConsentForm[] {
  const asked = EDITIONS[programme].flatMap((one) => {
    const row = one.rules.consents;
    // Who can become pregnant signs whatever anybody signs.
    return row === null ? [] : row.can;
  });
  return [...new Set(asked)];
}

type CategoryEntry = Extract<ProgrammeEntry, { kind: "risk-category" }>;

/** The category entries in force, the latest last; of one day the one first recorded last. */
export function categoryEntries(entries: readonly ProgrammeEntry[]): CategoryEntry[] {
  return entries.filter((one): one is CategoryEntry => one.kind === "risk-category").toSorted(inTime);
}

/**
 * The category that stands, and the change that waits for a second person's agreement: one to "cannot" counts only once it is
 * agreed to, one to "can" at once. Null category: none is on record. The gate (`history.ts`) asks for the criterion too.
 * `before`: what the patient's earlier courses leave; from their "can" the first "cannot" of this course is a change, which waits for
 * nobody's agreement while it has no reason.
 */
export function categoryStanding(
  entries: readonly ProgrammeEntry[],
  before: RiskCategory | null = null,
): {
  category: RiskCategory | null;
  toAgree: CategoryEntry | null;
} {
  let category: RiskCategory | null = null;
  let toAgree: CategoryEntry | null = null;
  for (const entry of categoryEntries(entries)) {
    if (category === null && before === "can") {
      category = "can";
      // Without a reason nothing has changed yet.
      if ((entry.changeReason ?? "") === "") continue;
    }
    const isChange: boolean = category !== null && entry.category !== category;
    const agreed = entries.some(
      (one) =>
        one.kind === "category-agreement" &&
        one.entryId === entry.id &&
        !areOfOnePerson(one, entry) &&
        one.on >= entry.on,
    );
    toAgree = isChange && !agreed ? entry : null;
    if (toAgree === null || entry.category === "can") category = entry.category;
  }
  return { category, toAgree };
}

/** To whom a pregnancy on isotretinoin may be reported. Source: domain facts 1.6 (S4, A); elsewhere 2 (T). */
const REPORTS_TO: Readonly<Record<Programme, readonly ReportRecipient[]>> = {
  ipledge: ["ipledge", "fda-medwatch", "manufacturer"],
  mhra: ["yellow-card", "manufacturer"],
  "eu-ppp": ["national-agency", "manufacturer"],
  canada: ["national-agency", "manufacturer"],
  australia: ["national-agency", "manufacturer"],
};

export function reportRecipientsOf(programme: Programme): readonly ReportRecipient[] {
  return REPORTS_TO[programme];
}
