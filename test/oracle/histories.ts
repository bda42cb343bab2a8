/**
 * Random histories for the oracle and the engine: mostly plausible patients stepping through two years, with steps forgotten and days
 * slipped. Every history follows from its number alone, so that a disagreement can be made again.
 */
import type {
  ProgrammeEntry,
  ProgrammeEntryFields,
  ProgrammeEntryKind,
} from "#shared/records/programme-entry.ts";
import type { Elsewhere, ProgrammeFacts } from "#shared/rules/facts.ts";
import { type Day, dateOf, dayOf, easternMidnightAfter, instantOn } from "./days.ts";

/**
 * A question about a history: whether a prescription may be issued at `at`, of `daysSupply` days or of a number not yet said; with
 * `dispense` whether the last one may still be handed out.
 */
export type Question = { at: string; daysSupply: number | null; dispense?: true };
export type RandomHistory = { number: number; sort: string; facts: ProgrammeFacts; questions: Question[] };

const ZONES = [
  "America/Chicago",
  "America/New_York",
  "Pacific/Honolulu",
  "Australia/Sydney",
  "Europe/London",
];
const MINUTE = 60_000;

type FieldsOf<K extends ProgrammeEntryKind> = Omit<
  Extract<ProgrammeEntryFields, { kind: K }>,
  "kind" | "on" | "note"
>;
type Method = FieldsOf<"contraception">["first"];
type Pair = { first: Method; second: Method | null };

const GOOD_PAIRS: readonly Pair[] = [
  { first: "combined-pill", second: "condom" },
  { first: "iud-copper", second: "condom" },
  { first: "implant", second: "diaphragm" },
  { first: "ring", second: "sponge" },
  { first: "tubal", second: "vasectomy" },
  { first: "abstinence", second: null },
];
const BAD_PAIRS: readonly Pair[] = [
  { first: "condom", second: "diaphragm" },
  { first: "progestin-only-pill", second: "condom" },
  { first: "combined-pill", second: null },
  { first: "patch", second: "patch" },
  { first: "other", second: "iud-levonorgestrel" },
  { first: "abstinence", second: "condom" },
  { first: "condom", second: "abstinence" },
];

/** What is taken besides; some of it weakens hormones. Null: nobody asked. */
const MEDICINES: readonly (readonly string[] | null)[] = [
  [],
  [],
  [],
  [],
  ["Ibuprofen"],
  ["Cetirizine", "Ibuprofen"],
  ["Carbamazepine"],
  ["St John's wort", "Ibuprofen"],
  null,
];

/** A small generator of random numbers (mulberry32) that a seed determines. */
class Chance {
  private state: number;
  constructor(seed: number) {
    this.state = (seed + 1) * 0x9e3779b1;
    this.next();
  }
  /** From 0 up to and without 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
  between(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }
  in100(percent: number): boolean {
    return this.next() * 100 < percent;
  }
  of<T>(items: readonly T[]): T {
    const one = items[Math.floor(this.next() * items.length)];
    if (one === undefined) throw new Error("Nothing to choose from.");
    return one;
  }
}

/** One patient's two years being written. */
class Life {
  readonly chance: Chance;
  readonly zone: string;
  readonly decided: Day;
  readonly end: Day;
  readonly entries: ProgrammeEntry[] = [];
  readonly prescriptions: {
    id: string;
    issuedOn: string;
    issuedAt: string;
    daysSupply: number;
    productId: string;
    capsules?: NonNullable<ProgrammeFacts["prescriptions"][number]["capsules"]>;
  }[] = [];
  readonly doses: { on: string; action: ProgrammeFacts["doses"][number]["action"] }[] = [];
  /** Instants worth asking at: just before something was decided, and the edges. */
  readonly moments: number[] = [];
  readonly edges: number[] = [];
  /** Percent of steps that are forgotten, and that are dated a day off. */
  readonly forgets: number;
  readonly slips: number;
  pair: Pair;
  regular: boolean;
  under18: boolean;
  private made = 0;
  /** The one-time code that was given last. */
  private code = "";

  constructor(seed: number) {
    const chance = new Chance(seed);
    this.chance = chance;
    this.zone = chance.of(ZONES);
    this.decided = chance.of([
      // Across 15 Nov 2026, within one edition, across the FDA's notice of Oct 2023, and over both leap days.
      () => chance.between(dayOf("2026-01-01"), dayOf("2026-11-20")),
      () => chance.between(dayOf("2026-08-01"), dayOf("2026-11-20")),
      () => chance.between(dayOf("2024-12-01"), dayOf("2026-11-20")),
      () => chance.between(dayOf("2026-11-01"), dayOf("2028-02-20")),
      () => chance.between(dayOf("2023-05-01"), dayOf("2024-02-20")),
    ])();
    this.end = this.decided + 730;
    this.forgets = chance.of([0, 0, 0, 0.5, 2, 6]);
    this.slips = chance.of([0, 0, 0, 2, 8]);
    this.pair = chance.in100(90) ? chance.of(GOOD_PAIRS) : chance.of(BAD_PAIRS);
    this.regular = chance.in100(70);
    this.under18 = chance.in100(20);
  }

  /** Records an entry, unless it is forgotten; sometimes a day off, and sometimes as the correction of an earlier one. */
  add<K extends ProgrammeEntryKind>(kind: K, day: Day, fields: FieldsOf<K>): string {
    const { chance } = this;
    this.edges.push(instantOn(this.zone, day, "00:00"));
    if (chance.in100(this.forgets)) return "";
    const on = chance.in100(this.slips) ? day + chance.of([-1, 1]) : day;
    const corrects = chance.in100(3);
    this.made += 1;
    const id = `e${this.made}`;
    this.entries.push({
      kind,
      on: dateOf(on),
      note: "",
      ...fields,
      id,
      recordedAt: new Date(
        instantOn(this.zone, on + (corrects ? chance.between(0, 20) : 0), "17:00") + this.made,
      ).toISOString(),
      recordedBy: chance.in100(70) ? "Nurse" : "Prescriber",
      replacesId: corrects ? `before-${id}` : null,
      reason: corrects ? "Typing error." : "",
      courseId: "course",
      patientId: "patient",
      visitId: null,
      // The fields of one kind make up an entry of that kind, which a spread over all kinds cannot show.
    } as unknown as ProgrammeEntry);
    return id;
  }

  test(day: Day, more: Partial<FieldsOf<"pregnancy-test">> = {}): void {
    const { chance } = this;
    const time = chance.in100(55)
      ? null
      : `${String(chance.between(6, 22)).padStart(2, "0")}:${chance.of(["00", "15", "37", "59"])}`;
    const setting = chance.in100(day < dayOf("2023-10-03") ? 85 : 30) ? "clia-laboratory" : "medical";
    this.add("pregnancy-test", day, {
      time,
      sample: chance.in100(70) ? "urine" : "serum",
      setting: chance.in100(1.5) ? "home" : setting,
      sensitivity: chance.in100(96) ? chance.of([10, 20, 25, 25, 25]) : chance.of([null, 26, 50]),
      result: chance.in100(97.5) ? "negative" : chance.of(["pending", "positive", "indeterminate"]),
      readBy: "",
      home: more.setting === "home" ? this.homeEvidence(day) : null,
      ...(more.setting === "home" && chance.in100(30) ? { attachmentIds: ["photo"] } : {}),
      ...more,
    });
    const closes = easternMidnightAfter(day + 6);
    this.edges.push(
      closes,
      closes - MINUTE,
      closes - 1,
      instantOn(this.zone, day + 6, "00:00"),
      instantOn(this.zone, day + 7, "00:00"),
    );
    if (time !== null) this.edges.push(instantOn(this.zone, day, time));
  }

  /** What shows a home test; sometimes a part is missing, or the kit has expired. */
  private homeEvidence(day: Day): FieldsOf<"pregnancy-test">["home"] {
    const { chance } = this;
    if (chance.in100(4)) return null;
    return {
      kitBrand: "",
      kitLot: chance.in100(97) ? "L-1" : "",
      kitExpiry: chance.in100(97) ? dateOf(day + chance.of([-1, 0, 1, 200, 200, 300, 300])) : null,
      challengeCode: chance.in100(92) ? this.challengeCode(day) : "",
      readAt: null,
      verifiedBy: chance.in100(97) ? "Nurse" : "",
    };
  }

  /** A one-time code for a home test, given before it; sometimes one that was used before, or typed in small letters. */
  private challengeCode(day: Day): string {
    const { chance } = this;
    if (this.code !== "" && chance.in100(8)) return this.code;
    this.code = `C${this.made}`;
    this.add("home-test-code", day - chance.between(0, 3), { code: this.code });
    return chance.in100(10) ? ` ${this.code.toLowerCase()}` : this.code;
  }

  /** A change of category: with a reason, and mostly with the agreement of somebody else. */
  changeCategory(day: Day, fields: FieldsOf<"risk-category">): void {
    const { chance } = this;
    const id = this.add("risk-category", day, {
      ...fields,
      changeReason: chance.in100(94) ? "Operated." : "",
    });
    if (chance.in100(85)) this.add("category-agreement", day + chance.of([0, 0, 0, 1, 5]), { entryId: id });
  }

  /** The prescriber's and the patient's monthly steps, on or after the specimen's day; the day by which they are done. */
  steps(day: Day): Day {
    const { chance } = this;
    const counselled = day + (chance.in100(85) ? 0 : chance.between(-2, 2));
    const confirmed = day + (chance.in100(75) ? 0 : chance.between(0, 3));
    const answered = confirmed + (chance.in100(75) ? 0 : chance.between(0, 2));
    this.add("counselling", counselled, { teachBack: chance.of(["understood", "taught-again", "not-done"]) });
    this.add("prescriber-confirmation", confirmed, {});
    const swapped = this.pair.second !== null && chance.in100(15);
    const said = chance.in100(97)
      ? swapped && this.pair.second !== null
        ? { first: this.pair.second, second: this.pair.first }
        : this.pair
      : chance.of([...GOOD_PAIRS, { first: null, second: null }]);
    this.add("patient-questions", answered, said);
    return Math.max(counselled, confirmed, answered);
  }

  /** Asks just before the hour of issue, and issues; returns the day. */
  prescribe(day: Day, askOnly = false): Day {
    const { chance } = this;
    const at = instantOn(this.zone, day, chance.of(["08:05", "12:00", "16:45", "22:30", "23:59"]));
    this.moments.push(at - 1, at - 1);
    if (askOnly) return day;
    this.prescriptions.push({
      id: `p${this.prescriptions.length}`,
      issuedOn: dateOf(day),
      issuedAt: new Date(at).toISOString(),
      daysSupply: chance.of([30, 30, 30, 30, 28, 20, 10]),
      productId: "claravis",
      ...(chance.in100(60)
        ? { capsules: [{ strengthMg: 20, morning: 1, evening: chance.of([1, 1, 0]) }] }
        : {}),
    });
    this.moments.push(at + 1);
    return day;
  }
}

/** A history by its number. */
export function randomHistory(number: number): RandomHistory {
  const life = new Life(number);
  const { chance } = life;
  const sort = chance.of(["can", "can", "can", "can", "cannot", "cannot", "changed"]);
  const born =
    life.decided -
    Math.round((life.under18 ? chance.between(15 * 4, 18 * 4) / 4 : chance.between(18, 57)) * 365.25);
  const birthDate = chance.in100(3) && !life.under18 ? "2008-02-29" : dateOf(born);
  if (sort === "cannot") liveCannot(life, life.decided, life.end);
  else if (sort === "changed") liveChanged(life);
  else liveCan(life, life.decided, life.end, 0);
  if (chance.in100(6)) noise(life);
  const end = chance.in100(5) ? endOfCourse(life) : null;
  const elsewhere = elsewhereOf(life, number);
  return {
    number,
    sort,
    facts: {
      patient: { id: "patient", birthDate },
      course: { id: "course", programme: "ipledge", decidedOn: dateOf(life.decided), end },
      clinic: { zone: life.zone, dateStyle: "mdy" },
      entries: shuffled(chance, life.entries),
      prescriptions: shuffled(chance, life.prescriptions),
      doses: shuffled(chance, life.doses),
      ...(chance.in100(40) ? {} : { medicines: chance.of(MEDICINES) }),
      ...(elsewhere === null ? {} : { elsewhere }),
    },
    questions: questionsOf(life),
  };
}

function endOfCourse(life: Life): ProgrammeFacts["course"]["end"] {
  return { endedOn: dateOf(life.decided + life.chance.between(60, 700)), reason: "completed", note: "" };
}

function shuffled<T>(chance: Chance, items: readonly T[]): T[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = chance.between(0, last);
    const [a, b] = [mixed[last], mixed[other]];
    if (a !== undefined && b !== undefined) [mixed[last], mixed[other]] = [b, a];
  }
  return mixed;
}

/**
 * Of some patients the laboratory has hCG results, or another course has tests, a pregnancy, a missed period, a lapse or a category, or
 * ended because of a pregnancy; most signs were answered by a test of this course or the other. By a chance of its own, which leaves the rest of the history as it is.
 */
function elsewhereOf(life: Life, number: number): Elsewhere | null {
  const other = new Life(number + 50_000_000);
  const { chance } = other;
  if (!chance.in100(9)) return null;
  const day = () => chance.between(life.decided - 320, life.end);
  const results = Array.from({ length: chance.between(0, 2) }, (_, index) => {
    const on = day();
    const isNumber = chance.in100(60);
    return {
      testId: chance.of(["hcg-serum", "hcg-urine", "hcg-quantitative"]),
      collectedOn: dateOf(on),
      comparator: isNumber ? chance.of([null, null, null, "<", "<=", ">", ">="] as const) : null,
      value: isNumber ? chance.of([1, 4, 4.9, 5, 24, 25, 26, 80]) : null,
      text: isNumber ? "" : chance.of(WORDS),
      unit: isNumber ? chance.of(["m[IU]/mL", "m[IU]/mL", "m[IU]/mL", "[IU]/L", "[IU]/mL"]) : "",
      rangeLow: null,
      rangeHigh: isNumber ? 5 : null,
      fasting: null,
      note: "",
      patientId: "patient",
      visitId: null,
      id: `hcg-${index}`,
      recordedAt: new Date(instantOn(life.zone, on, "17:00")).toISOString(),
      recordedBy: "Nurse",
      replacesId: null,
      reason: "",
    };
  });
  const end = chance.in100(15) ? day() : null;
  for (let count = chance.between(0, 2); count > 0; count -= 1) {
    const result = chance.of(["negative", "positive", "positive", "indeterminate", "pending"] as const);
    if (chance.in100(20)) other.add("pregnancy", day(), { knownHow: "" });
    else other.test(day(), { result });
  }
  if (chance.in100(25)) other.add("missed-period", day(), {});
  const signs = [
    ...results.map((one) => one.collectedOn),
    ...other.entries.map((one) => one.on),
    ...(end === null ? [] : [dateOf(end)]),
  ];
  for (const on of signs) {
    if (chance.in100(15)) continue;
    other.test(dayOf(on) + chance.between(0, 2), { sample: chance.in100(90) ? "serum" : "urine" });
    const answer = chance.in100(50) ? other.entries.pop() : undefined;
    if (answer !== undefined) life.entries.push({ ...answer, id: `answer-${answer.id}` });
  }
  if (chance.in100(15))
    other.add("contraception-lapse", day(), {
      what: chance.of(["stopped", "missed", "unprotected-contact"]),
    });
  for (let count = chance.of([0, 0, 1, 2]); count > 0; count -= 1)
    other.changeCategory(day(), {
      category: chance.of(["can", "cannot"]),
      criterion: chance.of(["default", "cisgender-male", "hysterectomy", "no-pregnancy-risk"]),
      evidence: "Seen.",
    });
  const courses = ["before", "between", "after"].slice(0, chance.of([1, 1, 2, 3])).map((id) => ({
    id,
    programme: chance.of(["ipledge", "ipledge", "mhra"] as const),
    end:
      end === null
        ? null
        : { endedOn: dateOf(end), reason: chance.of(["pregnancy", "completed"] as const), note: "" },
    openedBefore: id !== "after",
  }));
  // An agreement stands in the course of the change that it agrees to.
  const place = chance.of(courses).id;
  return {
    results,
    entries: other.entries.map((one) => ({
      ...one,
      id: `other-${one.id}`,
      courseId:
        one.kind === "risk-category" || one.kind === "category-agreement" ? place : chance.of(courses).id,
      ...(one.kind === "category-agreement" ? { entryId: `other-${one.entryId}` } : {}),
    })),
    courses,
  };
}

/** Words of an hCG. */
const WORDS: readonly string[] = [
  "negative",
  "Neg",
  "non-reactive",
  "not detected",
  "positive",
  "indeterminate",
  "weakly reactive",
  "trace",
  "haemolysed",
  "pending",
  "",
];

/**
 * Four questions: two when something was decided, one at an edge or the minute before it, and one anywhere; and two at the pick-up:
 * some days after something was decided, and at an edge.
 */
function questionsOf(life: Life): Question[] {
  const { chance } = life;
  const anywhere =
    instantOn("Pacific/Honolulu", chance.between(life.decided - 2, life.end), "00:00") +
    chance.between(0, 1439) * MINUTE;
  const decisions = life.moments.length > 0 ? [chance.of(life.moments), chance.of(life.moments)] : [];
  const edge = chance.of(life.edges) - chance.of([0, 1, MINUTE]);
  const toPrescribe = [...decisions, edge, anywhere].map((at) => ({
    at: new Date(at).toISOString(),
    daysSupply: chance.in100(70) ? null : chance.of([30, 30, 30, 29, 31, 60, 1]),
  }));
  const decided =
    life.moments.length > 0 ? [chance.of(life.moments) + chance.between(0, 9) * 1440 * MINUTE] : [];
  const toDispense = [...decided, chance.of(life.edges) - chance.of([0, 1, MINUTE])].map((at) => ({
    at: new Date(at).toISOString(),
    daysSupply: null,
    dispense: true as const,
  }));
  return [...toPrescribe, ...toDispense];
}

// ── Patients who can become pregnant ───────────────────────────────────────────────────────────────────────────────────────

function enrol(life: Life, day: Day, category: "can" | "cannot"): void {
  const { chance } = life;
  if (category === "can")
    life.add("risk-category", day, { category: "can", criterion: "default", evidence: "" });
  else {
    const criterion = chance.of([
      "cisgender-male",
      "cisgender-male",
      "cisgender-male",
      "hysterectomy",
      "bilateral-oophorectomy",
      "post-menopausal",
    ] as const);
    const evidence = criterion === "cisgender-male" || chance.in100(8) ? "" : "Operation note seen.";
    life.add("risk-category", day, {
      category: "cannot",
      criterion: chance.in100(98) ? criterion : "default",
      evidence,
    });
  }
  life.add("enrolment", day + (chance.in100(80) ? 0 : chance.between(0, 5)), {
    programmeNumber: "1234567890",
  });
  const signer = () =>
    (life.under18 ? chance.in100(95) : chance.in100(5))
      ? ("patient-and-guardian" as const)
      : ("patient" as const);
  life.add("consent", day, { form: "all-patients", formEdition: "", signer: signer() });
  if (category === "can")
    life.add("consent", day, { form: "birth-defects", formEdition: "", signer: signer() });
}

/** Periods from a day to another, some 28 days apart. */
function periods(life: Life, from: Day, until: Day): Day[] {
  const { chance } = life;
  if (!life.regular) {
    life.add("menstruation", from, { cycle: chance.of(["irregular", "none"]) });
    return [];
  }
  const days: Day[] = [];
  for (let day = from + chance.between(-20, 6); day <= until; day += chance.between(26, 31)) {
    days.push(day);
    life.add("menstruation", day, { cycle: "regular" });
  }
  return days;
}

/** From a decision on: screening, the month, the confirmation test, and month by month until something ends it. */
function liveCan(life: Life, from: Day, until: Day, round: number): void {
  const { chance } = life;
  if (round === 0) enrol(life, from, "can");
  const screened = from + (chance.in100(85) ? 0 : chance.between(0, 3));
  life.add("counselling", from, { teachBack: "understood" });
  life.test(screened, {});
  const protectedFrom = from + (chance.in100(50) ? chance.between(-60, 0) : chance.between(0, 14));
  if (round === 0 || chance.in100(60)) life.add("contraception", protectedFrom, life.pair);
  const menses = periods(life, from, until);
  const slip = chance.in100(82) ? chance.between(0, 2) : chance.of([-1, -1, -2, 5, 12]);
  const day = confirmationDay(life, screened, Math.max(protectedFrom, round === 0 ? 0 : from), menses) + slip;
  if (day > until) return;
  life.test(day);
  let done = life.steps(day);
  let issued = life.prescribe(done + (chance.in100(80) ? 0 : chance.between(1, 5)), chance.in100(4));
  let tested = day;
  // The first window may pass unused, more than once.
  for (let again = 0; chance.in100(15) && again < 3; again += 1) {
    if (chance.in100(60))
      life.add("dispensing", issued + chance.between(1, 8), { capsules: 0, productId: "claravis" });
    tested += chance.of([3, 7, 8, 18, 19, 19, 20, 20, 21, 28]);
    if (tested > until) return;
    if (again === 2) continue;
    life.test(tested, chance.in100(6) ? { setting: "home" } : {});
    done = life.steps(tested);
    issued = life.prescribe(done + (chance.in100(80) ? 0 : chance.between(1, 4)), chance.in100(20));
  }
  const collected = issued + chance.between(0, 3);
  if (chance.in100(95))
    life.add("dispensing", collected, {
      capsules: chance.of([60, 60, 60, 60, 30, 10, 45, null]),
      productId: "claravis",
    });
  if (chance.in100(80)) life.add("first-dose", collected + chance.between(0, 1), {});
  life.doses.push({ on: dateOf(issued), action: "start" });
  monthly(life, issued, until, round);
}

/** The first day that suits both intervals and, with regular cycles, lies in days 1 to 5 of a period. */
function confirmationDay(life: Life, screened: Day, protectedFrom: Day, menses: readonly Day[]): Day {
  for (let day = Math.max(screened + 19, protectedFrom + 30); ; day += 1) {
    if (!life.regular || menses.length === 0) return day;
    if (menses.some((first) => day >= first && day <= first + 2)) return day;
    if (day > life.end) return day;
  }
}

function monthly(life: Life, issued: Day, until: Day, round: number): void {
  const { chance } = life;
  const mayTestAtHome = chance.in100(30);
  if (mayTestAtHome) life.add("home-test-permission", issued + chance.between(0, 20), { given: true });
  const months = chance.between(1, 14);
  let last = issued;
  for (let month = 0; month < months; month += 1) {
    const day = last + chance.of([22, 23, 24, 28, 29, 30, 30, 30, 31, 32, 33, 35, 40]);
    if (day > until) return;
    if (chance.in100(2.5) && event(life, last + chance.between(2, 20), until, round)) return;
    life.test(day, chance.in100(mayTestAtHome ? 45 : 1.5) ? { setting: "home" } : {});
    if (chance.in100(5)) life.test(day + chance.between(0, 3));
    const done = life.steps(day);
    last = life.prescribe(done + (chance.in100(80) ? 0 : chance.between(1, 6)), chance.in100(3));
    if (chance.in100(95))
      life.add("dispensing", last + chance.between(0, 4), {
        capsules: chance.of([60, 60, 60, 60, 60, 60, 30, 20, 7, 61, null, 0]),
        productId: "claravis",
      });
    life.doses.push({
      on: dateOf(last),
      action: chance.of(["continue", "continue", "increase", "decrease"]),
    });
    if (mayTestAtHome && chance.in100(2))
      life.add("home-test-permission", last + 3, { given: chance.in100(50) });
  }
  const stopped = last + chance.between(20, 32);
  life.add("last-dose", stopped, {});
  life.test(stopped);
  if (chance.in100(40)) {
    const again = stopped + chance.of([20, 29, 30, 31, 32, 45, 90]);
    if (chance.in100(50)) life.add("resume", again, {});
    if (again < until && round < 2) liveCan(life, again, until, round + 1);
  }
}

/** Something happens in a month of treatment; true when the rest of the months does not follow. */
function event(life: Life, day: Day, until: Day, round: number): boolean {
  const { chance } = life;
  switch (chance.between(0, 10)) {
    case 0:
    case 1: {
      // A lapse, and mostly everything anew.
      life.add("contraception-lapse", day, { what: chance.of(["stopped", "missed", "unprotected-contact"]) });
      if (chance.in100(30)) return false;
      if (round < 2) liveCan(life, day + chance.between(0, 4), until, round + 1);
      return true;
    }
    case 2:
      life.add("missed-period", day, {});
      // Rare, and soon answered: asked at once, and some days on.
      for (const after of [0, 0, 1, 1, 2, 3]) life.moments.push(instantOn(life.zone, day + after, "12:00"));
      if (chance.in100(70))
        life.test(day + chance.between(0, 4), chance.in100(50) ? { sample: "serum" } : {});
      return false;
    case 3:
      life.test(day, { result: chance.of(["positive", "indeterminate"]) });
      if (chance.in100(80)) life.test(day + chance.between(0, 4), { sample: "serum" });
      return false;
    case 4:
      life.add("pause", day, { why: "Triglycerides." });
      if (chance.in100(80)) life.add("resume", day + chance.between(0, 40), {});
      return false;
    case 5:
      life.doses.push({ on: dateOf(day), action: chance.of(["hold", "stop"]) });
      return false;
    case 6:
      life.pair = chance.in100(75) ? chance.of(GOOD_PAIRS) : chance.of(BAD_PAIRS);
      life.add("contraception", day, life.pair);
      return false;
    case 7:
      life.add("pregnancy", day, { knownHow: "" });
      return chance.in100(50);
    case 8: {
      life.changeCategory(day, {
        category: "cannot",
        criterion: "hysterectomy",
        evidence: chance.in100(90) ? "Operation note." : "",
      });
      liveCannot(life, day, until);
      return true;
    }
    case 9:
      life.add("treatment-stop", day, { why: "Headache." });
      if (chance.in100(70)) life.add("resume", day + chance.between(0, 50), {});
      return false;
    default: {
      life.add("last-dose", day, {});
      if (chance.in100(60)) life.add("resume", day + chance.between(0, 50), {});
      return false;
    }
  }
}

// ── Patients who cannot ────────────────────────────────────────────────────────────────────────────────────────────────────

function liveCannot(life: Life, from: Day, until: Day): void {
  const { chance } = life;
  if (from === life.decided) enrol(life, from, "cannot");
  let day = from;
  const months = chance.between(2, 16);
  for (let month = 0; month < months && day <= until; month += 1) {
    const counselled = month === 0 ? chance.in100(97) : chance.in100(day < dayOf("2026-11-15") ? 95 : 30);
    if (counselled) life.add("counselling", day, { teachBack: "understood" });
    if (chance.in100(day < dayOf("2026-11-15") ? 95 : 30)) {
      life.add("prescriber-confirmation", day, {});
      for (const after of [29, 30, 31])
        life.edges.push(easternMidnightAfter(day + after), instantOn(life.zone, day + after, "00:00"));
    }
    const issued = life.prescribe(
      day + (chance.in100(80) ? 0 : chance.of([1, 2, 14, 28, 29, 30, 31])),
      chance.in100(8),
    );
    if (chance.in100(90))
      life.add("dispensing", issued + chance.between(0, 10), { capsules: 60, productId: "claravis" });
    if (month === 0) life.add("first-dose", issued + 1, {});
    if (chance.in100(2)) {
      life.add("pause", issued + 5, { why: "Headache." });
      if (chance.in100(80)) life.add("resume", issued + chance.between(5, 40), {});
    }
    if (chance.in100(1)) life.add("pregnancy", issued + 7, { knownHow: "" });
    if (chance.in100(1)) life.test(issued + 7, {});
    day = issued + chance.of([22, 23, 25, 28, 29, 30, 30, 31, 35, 60]);
  }
  if (chance.in100(50) && day < until) {
    life.add("last-dose", day, {});
    if (chance.in100(40)) {
      const again = day + chance.of([10, 30, 31, 60]);
      if (chance.in100(60)) life.add("resume", again, {});
      if (chance.in100(50)) life.add("dispensing", again, { capsules: 60, productId: "claravis" });
      life.add("counselling", again, { teachBack: "understood" });
      life.add("prescriber-confirmation", again, {});
      life.prescribe(again + chance.between(0, 3));
    }
  }
}

/** A patient who cannot become pregnant at first, and then can. */
function liveChanged(life: Life): void {
  const { chance } = life;
  const changed = life.decided + chance.between(1, 200);
  liveCannot(life, life.decided, changed - 1);
  life.changeCategory(changed, { category: "can", criterion: "default", evidence: "" });
  if (chance.in100(90))
    life.add("consent", changed, {
      form: "birth-defects",
      formEdition: "",
      signer: life.under18 ? "patient-and-guardian" : "patient",
    });
  liveCan(life, changed, life.end, 1);
}

/** A few entries from nowhere. */
function noise(life: Life): void {
  const { chance } = life;
  const day = () => chance.between(life.decided - 40, life.end);
  for (let count = chance.between(1, 4); count > 0; count -= 1) {
    switch (chance.between(0, 7)) {
      case 0:
        life.test(day(), {
          result: chance.of(["negative", "pending", "positive", "indeterminate"]),
          setting: chance.of(["home", "medical"]),
        });
        break;
      case 1:
        life.add("contraception-lapse", day(), {
          what: chance.of(["stopped", "missed", "unprotected-contact"]),
        });
        break;
      case 2:
        life.add("contraception", day(), chance.of([...GOOD_PAIRS, ...BAD_PAIRS]));
        break;
      case 3:
        life.add("first-dose", day(), {});
        break;
      case 4:
        life.add("menstruation", day(), { cycle: chance.of(["regular", "irregular", "none"]) });
        break;
      case 5:
        life.add("dispensing", day(), { capsules: chance.of([0, 30, null]), productId: "claravis" });
        break;
      case 6:
        life.changeCategory(day(), {
          category: chance.of(["can", "cannot"]),
          criterion: chance.of(["default", "cisgender-male", "hysterectomy"]),
          evidence: chance.of(["", "Seen."]),
        });
        break;
      default:
        life.prescribe(day());
    }
  }
}
