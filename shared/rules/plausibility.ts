/**
 * Checks before saving: what cannot be, and what is possible but improbable.
 *
 * `invalid` is refused. `unlikely` is refused once and saved when the person sends it again with the path in `confirmed`:
 * the limits are typing-error limits of our own (`plausible` of `lab-tests.ts`, and those named here), not clinical ones.
 * Paths are dotted paths into the form: `labs.2.value`, `weightKg`.
 */
import { addDays, ageOn, daysBetween, type CalendarDate } from "../calendar.ts";
import type { CourseFields } from "../records/course.ts";
import type { LabResultFields } from "../records/lab-result.ts";
import type { PatientFields } from "../records/patient.ts";
import { dailyMgOf, type DoseDecision, type VisitForm } from "../records/visit.ts";
import { KG_PER_POUND } from "../weight.ts";
import { DOSE_LIMITS, looksLikePounds } from "./dosing.ts";
import { labTest, labUnit, type LabTest, type LabUnit } from "./lab-tests.ts";
import { productById } from "./products.ts";

/** One remark at one field. */
export interface Remark {
  readonly path: string;
  readonly sentence: string;
}

/** What stands against saving; both empty when nothing does. */
export interface Plausibility {
  readonly invalid: readonly Remark[];
  readonly unlikely: readonly Remark[];
}

/** Collects remarks; at most one of a kind at a path, the first said. */
class Remarks {
  readonly invalid: Remark[] = [];
  readonly unlikely: Remark[] = [];

  refuse(path: string, sentence: string): void {
    if (!this.invalid.some((one) => one.path === path)) this.invalid.push({ path, sentence });
  }

  ask(path: string, sentence: string): void {
    if (![...this.invalid, ...this.unlikely].some((one) => one.path === path))
      this.unlikely.push({ path, sentence });
  }

  add(other: Plausibility): void {
    for (const one of other.invalid) this.refuse(one.path, one.sentence);
    for (const one of other.unlikely) this.ask(one.path, one.sentence);
  }

  answer(): Plausibility {
    return { invalid: this.invalid, unlikely: this.unlikely };
  }
}

const OLDEST_AGE = 120;
const YOUNGEST_INDICATED = 12;
/** Weights above are asked about: most are pounds. Source: domain facts 4.1 (pounds mistaken for kg). */
const HEAVY_KG = 200;
const WEIGHT_JUMP = 0.2;
/** Targets outside are asked about, mg/kg. Source: domain facts 4 (120 to 150; no benefit beyond 220, S83 S84). */
const USUAL_TARGET = { low: 90, high: 220 } as const;

/**
 * Words that a laboratory reports in the place of a number, or that say why there is none; our own list. Anything else
 * that is no number (`abc`) is a slip of the keys.
 */
const LABORATORY_WORDS =
  /h(a?e)mol|lip(a?e)m|icter|clot|coagul|insufficien|\bqns\b|not done|not detected|undetect|unable|cancel|reject|pending|invalid|error|contamin|negativ|positiv|indetermin|trace|\bsee\b/iu;

/** A patient's details. `today` is the clinic's calendar date. */
export function checkPatient(fields: Pick<PatientFields, "birthDate">, today: CalendarDate): Plausibility {
  const remarks = new Remarks();
  if (fields.birthDate > today) remarks.refuse("birthDate", "The birth date lies in the future.");
  else {
    const age = ageOn(fields.birthDate, today);
    if (age > OLDEST_AGE)
      remarks.refuse("birthDate", `That would be ${age} years of age: check the birth date.`);
    else if (age < YOUNGEST_INDICATED)
      remarks.ask(
        "birthDate",
        `${age} years of age: isotretinoin is not for children under ${YOUNGEST_INDICATED}. Is the birth date right?`,
      );
    else if (age >= 90) remarks.ask("birthDate", `${age} years of age: is the birth date right?`);
  }
  return remarks.answer();
}

/** What a dated thing of a patient is checked against. */
export interface DatedContext {
  readonly birthDate: CalendarDate;
  readonly today: CalendarDate;
}

/** A course's fields. */
export function checkCourse(
  fields: Pick<
    CourseFields,
    "decidedOn" | "referenceWeightKg" | "targetMgPerKg" | "productId" | "earlierIsotretinoin"
  >,
  context: DatedContext,
): Plausibility {
  const remarks = new Remarks();
  pastDate(remarks, "decidedOn", fields.decidedOn, context, "The decision");
  if (productById(fields.productId) === null) remarks.refuse("productId", "This product is not known.");
  const weight = fields.referenceWeightKg;
  if (weight > HEAVY_KG) remarks.ask("referenceWeightKg", heavySentence(weight));
  if (fields.targetMgPerKg < USUAL_TARGET.low || fields.targetMgPerKg > USUAL_TARGET.high)
    remarks.ask(
      "targetMgPerKg",
      `Targets are usually 120 to 150 mg/kg, at most ${USUAL_TARGET.high}. Keep ${fields.targetMgPerKg}?`,
    );
  const before = fields.earlierIsotretinoin;
  if (before.endedOn !== null)
    pastDate(
      remarks,
      "earlierIsotretinoin.endedOn",
      before.endedOn,
      context,
      "The end of the earlier treatment",
    );
  if (before.taken !== "yes" && (before.totalMg !== null || before.endedOn !== null))
    remarks.refuse(
      "earlierIsotretinoin.taken",
      "An earlier dose or end is given: say that isotretinoin was taken.",
    );
  if (before.totalMg !== null && before.totalMg / weight > 500)
    remarks.ask(
      "earlierIsotretinoin.totalMg",
      `${before.totalMg} mg is more than 500 mg/kg: is it the total in milligrams?`,
    );
  return remarks.answer();
}

/** Refuses a date before birth or after today. */
function pastDate(
  remarks: Remarks,
  path: string,
  date: CalendarDate,
  context: DatedContext,
  what: string,
): void {
  if (date > context.today) remarks.refuse(path, `${what} lies in the future.`);
  else if (date < context.birthDate) remarks.refuse(path, `${what} lies before the patient’s birth.`);
}

function heavySentence(kg: number): string {
  return `${kg} kg is unusual: if this is pounds, it is ${(kg * KG_PER_POUND).toFixed(1)} kg.`;
}

/**
 * A laboratory result. `path` is the result's place in the form (`labs.2`, `results.0`), or empty when the form is the
 * result itself.
 */
export function checkLab(result: LabResultFields, context: DatedContext, path: string): Plausibility {
  const remarks = new Remarks();
  const at = (field: string) => (path === "" ? field : `${path}.${field}`);
  pastDate(remarks, at("collectedOn"), result.collectedOn, context, "The collection date");
  const test = labTest(result.testId);
  if (test === null) {
    remarks.refuse(at("testId"), "This test is not known.");
    return remarks.answer();
  }
  if (result.value === null && result.text === "") remarks.refuse(at("value"), "Type the result.");
  if (result.value === null && result.comparator !== null)
    remarks.refuse(at("value"), `Type the number after ${result.comparator}.`);
  if (result.value !== null && !(result.value >= 0))
    remarks.refuse(at("value"), `${test.shortName} cannot be below 0.`);
  if (test.kind === "words") {
    if (result.value !== null)
      remarks.refuse(at("value"), `${test.name} is a word: negative, positive or indeterminate.`);
    return remarks.answer();
  }
  if (result.value === null && result.text !== "" && !LABORATORY_WORDS.test(result.text))
    remarks.refuse(
      at("value"),
      `“${result.text}” is not a number. Type one, such as 54 or <5, or the laboratory’s word, such as haemolysed.`,
    );
  checkRange(remarks, result, test, at);
  if (result.unit === "") {
    remarks.refuse(at("unit"), "Choose the unit.");
    return remarks.answer();
  }
  const unit = labUnit(test.id, result.unit);
  if (unit === null) {
    remarks.ask(
      at("unit"),
      `${result.unit} is not a unit that we know for ${test.shortName}: the result will not be graded.`,
    );
    return remarks.answer();
  }
  if (result.value !== null && !isPlausible(result, unit))
    remarks.ask(
      at("value"),
      implausibleSentence(test, unit, `${result.comparator ?? ""}${result.value}`, result.value),
    );
  if (result.rangeHigh !== null && result.rangeHigh > 0 && result.rangeHigh > unit.plausible[1])
    remarks.ask(
      at("rangeHigh"),
      implausibleSentence(test, unit, `An upper limit of ${result.rangeHigh}`, result.rangeHigh),
    );
  return remarks.answer();
}

function checkRange(
  remarks: Remarks,
  result: LabResultFields,
  test: LabTest,
  at: (field: string) => string,
): void {
  const { rangeLow, rangeHigh } = result;
  if (rangeLow !== null && rangeLow < 0)
    remarks.refuse(at("rangeLow"), `The range of ${test.shortName} cannot begin below 0.`);
  if (rangeHigh !== null && rangeHigh < 0)
    remarks.refuse(at("rangeHigh"), `The range of ${test.shortName} cannot end below 0.`);
  if (rangeLow !== null && rangeHigh !== null && rangeLow > rangeHigh)
    remarks.refuse(at("rangeHigh"), "The upper limit is below the lower one.");
}

/** "<5" is plausible for every test whose values reach so low or lower; ">1000" likewise upwards. */
function isPlausible(result: LabResultFields, unit: LabUnit): boolean {
  const [low, high] = unit.plausible;
  const value = result.value ?? 0;
  if (result.comparator === "<" || result.comparator === "<=") return value <= high;
  if (result.comparator === ">" || result.comparator === ">=") return value >= low && value <= high;
  return value >= low && value <= high;
}

function implausibleSentence(test: LabTest, unit: LabUnit, said: string, value: number): string {
  const meant = test.units.find(
    (other) =>
      other.ucum !== unit.ucum &&
      other.toFirst !== unit.toFirst &&
      value >= other.plausible[0] &&
      value <= other.plausible[1],
  );
  const what = `${said} ${unit.label} is unusual for ${test.shortName}`;
  return meant === undefined
    ? `${what}: check the number.`
    : `${what}: this looks like ${meant.label} typed as ${unit.label}.`;
}

/** What a visit is checked against: the visit before (or null) and the course. */
export interface VisitContext extends DatedContext {
  readonly previous: Pick<VisitForm, "date" | "weightKg" | "dose"> | null;
  readonly course: Pick<CourseFields, "referenceWeightKg" | "productId">;
}

/** A visit's page with its results; lab rows left empty are passed over. */
export function checkVisit(form: VisitForm, context: VisitContext): Plausibility {
  const remarks = new Remarks();
  pastDate(remarks, "date", form.date, context, "The visit");
  if (form.date < addDays(context.today, -365))
    remarks.ask("date", "The visit is more than a year ago: is the date right?");
  checkWeight(remarks, form.weightKg, context);
  if (form.missedDoses !== null && context.previous !== null) {
    const days = daysBetween(context.previous.date, form.date);
    if (days > 0 && form.missedDoses > days)
      remarks.ask(
        "missedDoses",
        `${form.missedDoses} days without a dose, but only ${days} days since the last visit.`,
      );
  }
  for (const [index, one] of form.sideEffects.entries()) {
    const path = `sideEffects.${index}.onset`;
    if (one.onset === null) continue;
    if (one.onset > form.date) remarks.refuse(path, "It cannot begin after the visit.");
    else if (one.onset < context.birthDate)
      remarks.refuse(path, "It cannot begin before the patient’s birth.");
  }
  if (form.dose !== null) checkDose(remarks, form.dose, form, context);
  if (form.nextVisitOn !== null) {
    if (form.nextVisitOn <= form.date)
      remarks.refuse("nextVisitOn", "The next visit must be after this one.");
    else if (daysBetween(form.date, form.nextVisitOn) > 366)
      remarks.ask("nextVisitOn", "The next visit is more than a year away: is the date right?");
  }
  for (const [index, one] of form.labs.entries()) {
    // A row of the grid that nobody filled in is no result; it is not saved either.
    if (one.value === null && one.text === "" && one.comparator === null) continue;
    remarks.add(checkLab(one, context, `labs.${index}`));
    const first = form.labs.findIndex(
      (other) => other.testId === one.testId && other.collectedOn === one.collectedOn,
    );
    if (first < index)
      remarks.ask(
        `labs.${index}.testId`,
        `${labTest(one.testId)?.shortName ?? one.testId} is entered twice for the same day.`,
      );
  }
  return remarks.answer();
}

function checkWeight(remarks: Remarks, kg: number | null, context: VisitContext): void {
  if (kg === null) return;
  const known = context.previous?.weightKg ?? context.course.referenceWeightKg;
  if (looksLikePounds(kg, known))
    remarks.ask(
      "weightKg",
      `${kg} kg looks like pounds: the last weight was ${known} kg, and ${kg} lb is ${(kg * KG_PER_POUND).toFixed(1)} kg.`,
    );
  else if (kg > HEAVY_KG) remarks.ask("weightKg", heavySentence(kg));
  else if (Math.abs(kg / known - 1) > WEIGHT_JUMP)
    remarks.ask("weightKg", `The last weight was ${known} kg. Is ${kg} kg right?`);
}

function checkDose(remarks: Remarks, dose: DoseDecision, form: VisitForm, context: VisitContext): void {
  const none = dose.action === "hold" || dose.action === "stop" || dose.action === "not-yet";
  const dailyMg = dailyMgOf(dose.capsules);
  if (none) {
    if (dailyMg > 0)
      remarks.refuse("dose.capsules", "No capsules are taken with this decision: clear them or change it.");
    return;
  }
  if (dailyMg === 0) {
    remarks.refuse("dose.capsules", "Give at least one capsule a day, or choose hold or stop.");
    return;
  }
  const strengths = dose.capsules.map((one) => one.strengthMg);
  if (new Set(strengths).size < strengths.length)
    remarks.refuse("dose.capsules", "The same strength stands twice: put it in one line.");
  const product = productById(context.course.productId);
  const missing = product === null ? [] : strengths.filter((one) => !product.strengthsMg.includes(one));
  if (product !== null && missing.length > 0)
    remarks.ask("dose.capsules", `${product.name} has no capsules of ${missing.join(" or ")} mg.`);
  const weight = form.weightKg ?? context.previous?.weightKg ?? context.course.referenceWeightKg;
  const limits = DOSE_LIMITS[product?.formulation ?? "conventional"];
  const perKg = dailyMg / weight;
  if (perKg < limits.low - 1e-9 || perKg > limits.high + 1e-9)
    remarks.ask(
      "dose.capsules",
      `${dailyMg} mg a day is ${perKg.toFixed(2)} mg/kg/day, outside ${limits.low} to ${limits.high}.`,
    );
  const beforeMg = dailyMgOf(context.previous?.dose?.capsules ?? []);
  const contradicts =
    (dose.action === "increase" && dailyMg <= beforeMg) ||
    (dose.action === "decrease" && dailyMg >= beforeMg) ||
    (dose.action === "continue" && dailyMg !== beforeMg);
  if (beforeMg > 0 && contradicts)
    remarks.ask(
      "dose.action",
      `The decision is “${dose.action}”, but ${dailyMg} mg a day follows ${beforeMg} mg a day.`,
    );
  if (Math.abs(daysBetween(form.date, dose.from)) > 60)
    remarks.ask("dose.from", "The dose begins more than 60 days from the visit: is the date right?");
}
