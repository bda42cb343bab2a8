/**
 * Tells a patient's story through the application's own use cases, each at the time when it happened, so that nothing in
 * the demo clinic could not have been entered by hand: what the rules refuse, the demo cannot contain.
 */
import type { AuditNote, RecordFacts } from "#electron/api/handler.ts";
import { courseHandlers } from "#electron/api/courses.ts";
import { labHandlers } from "#electron/api/labs.ts";
import { patientHandlers } from "#electron/api/patients.ts";
import { prescribingHandlers } from "#electron/api/prescribing.ts";
import { programmeHandlers } from "#electron/api/programme.ts";
import { visitHandlers } from "#electron/api/visits.ts";
import type { WriteDb } from "#electron/store/engine.ts";
import type { KeyChanges } from "#electron/store/keys.ts";
import { addDays, type CalendarDate, dateIn, earlier, type Instant, instantIn } from "#shared/calendar.ts";
import { contract, type InputOf } from "#shared/contract.ts";
import type { User } from "#shared/records/account.ts";
import {
  type CourseEnd,
  type CourseFields,
  familyHistoryItem,
  type Programme,
  screeningCondition,
} from "#shared/records/course.ts";
import type { VisitForm } from "#shared/records/visit.ts";
import { planCapsules } from "#shared/rules/dosing.ts";
import { productById } from "#shared/rules/products.ts";
import type { DemoPerson } from "./people.ts";
import type { Random } from "./random.ts";

/** Where and when the stories are told. Days are counted from `today`: -30 is thirty days ago. */
export type Stage = {
  db: WriteDb;
  now: Instant;
  today: CalendarDate;
  zone: string;
  doctor: User;
  nurse: User;
  random: Random;
};

/** A day relative to today. */
export type Day = number;

const silent: AuditNote = () => undefined;

/** Stories never touch keys or the audit chain: the demo's doctor is signed in while they are told. */
function notInAStory(): never {
  throw new Error("a story of the demo has no business with keys");
}
const record: RecordFacts = { seal: notInAStory, holdsKey: () => true };
const keys: KeyChanges = {
  verifyPassword: async () => true,
  giveSlot: notInAStory,
  removeSlot: notInAStory,
  newRecoveryCode: notInAStory,
};

/** What a visit of the demo says beyond the ordinary. */
export type VisitWish = Partial<Omit<VisitForm, "date">> & {
  /** mg/kg/day aimed at; null leaves the dose out. */
  aimMgPerKg?: number | null;
  action?: NonNullable<VisitForm["dose"]>["action"];
  sign?: boolean;
};

/** One patient's story. Every method is one act of the clinic on one day. */
export class Story {
  readonly #stage: Stage;
  readonly #person: DemoPerson;
  #patientId = "";
  #courseId = "";
  #courseVersion = 0;
  #productId = "claravis";
  #programme: Programme = "ipledge";
  #weightKg: number;

  constructor(stage: Stage, person: DemoPerson) {
    this.#stage = stage;
    this.#person = person;
    this.#weightKg = person.weightKg;
  }

  /** The date of a day. */
  on(day: Day): CalendarDate {
    return addDays(this.#stage.today, day);
  }

  #when(day: Day, time: string, user: User) {
    const { db, now, zone } = this.#stage;
    const at = earlier(instantIn(zone, this.on(day), time), now);
    return { db, now: at, today: dateIn(zone, at), user, audit: silent, record };
  }

  async register(day: Day): Promise<this> {
    const { random, today, nurse } = this.#stage;
    const person = this.#person;
    const input: InputOf<"patients.register"> = {
      familyName: person.familyName,
      givenNames: person.givenNames,
      preferredName: person.preferredName,
      birthDate: addDays(
        `${Number(today.slice(0, 4)) - person.age}${today.slice(4, 8)}01`,
        -random.between(40, 300),
      ),
      recordNumber: "",
      phone: `(555) 01${random.between(0, 9)}-${String(random.between(0, 9999)).padStart(4, "0")}`,
      email: "",
      address: `${random.between(1, 240)} ${random.pick(["Elm Street", "Harbor Road", "Mill Lane", "Station Street", "Orchard Way"])}`,
      guardianName: person.guardian ?? "",
      guardianPhone: person.guardian ? "(555) 0199-2300" : "",
      allergies: person.allergies
        ? { status: "listed", items: [...person.allergies] }
        : { status: "none-known", items: [] },
    };
    const patient = await patientHandlers["patients.register"]({
      ...this.#when(day, "09:05", nurse),
      input: contract["patients.register"].input.parse(input),
    });
    this.#patientId = patient.id;
    return this;
  }

  async openCourse(
    day: Day,
    more: Partial<CourseFields> & { category?: "recorded" | "open" } = {},
  ): Promise<this> {
    const { category = "recorded", ...fields } = more;
    const person = this.#person;
    this.#productId = fields.productId ?? this.#productId;
    this.#programme = fields.programme ?? this.#programme;
    const course = await courseHandlers["courses.open"]({
      ...this.#when(day, "09:20", this.#stage.doctor),
      input: contract["courses.open"].input.parse({
        patientId: this.#patientId,
        decidedOn: this.on(day),
        indication: "treatment-resistant",
        indicationNote: "",
        igaAtStart: 4,
        scars: "mild",
        earlierTreatments: [
          { name: "Doxycycline 100 mg", weeks: 14, outcome: "relapsed" },
          { name: "Adapalene with benzoyl peroxide", weeks: 24, outcome: "partial" },
        ],
        earlierIsotretinoin: { taken: "no", totalMg: null, endedOn: null },
        conditions: Object.fromEntries(screeningCondition.options.map((one) => [one, "no" as const])),
        conditionsNote: "",
        familyHistory: Object.fromEntries(familyHistoryItem.options.map((one) => [one, "no" as const])),
        medicines: [],
        productId: this.#productId,
        referenceWeightKg: this.#weightKg,
        targetMgPerKg: 120,
        programme: this.#programme,
        ...fields,
        category:
          category === "open"
            ? null
            : {
                category: person.category,
                criterion: person.category === "can" ? "default" : "cisgender-male",
                evidence: "",
              },
      } satisfies InputOf<"courses.open">),
    });
    this.#courseId = course.id;
    this.#courseVersion = course.version;
    return this;
  }

  async entry(day: Day, entry: DistributiveOmit<InputOf<"programme.record">["entry"], "on">): Promise<this> {
    await programmeHandlers["programme.record"]({
      ...this.#when(day, "10:10", this.#stage.doctor),
      input: contract["programme.record"].input.parse({
        courseId: this.#courseId,
        entry: { ...entry, on: this.on(day) },
      }),
    });
    return this;
  }

  /** What the programme asks once: enrolment, consents and first counselling; in the United Kingdom its own form. */
  async enrol(day: Day): Promise<this> {
    const signed = {
      formEdition: "",
      signer: this.#person.age < 18 ? "patient-and-guardian" : "patient",
      guardianName: this.#person.guardian ?? "",
    } as const;
    if (this.#programme === "mhra") {
      await this.entry(day, { kind: "consent", form: "acknowledgement-of-risk", ...signed });
      await this.entry(day, { kind: "counselling", teachBack: "understood" });
      return this;
    }
    await this.entry(day, {
      kind: "enrolment",
      programmeNumber: String(this.#stage.random.between(1_000_000_000, 9_999_999_999)),
    });
    await this.entry(day, { kind: "consent", form: "all-patients", ...signed });
    if (this.#person.category === "can")
      await this.entry(day, { kind: "consent", form: "birth-defects", ...signed });
    await this.entry(day, { kind: "counselling", teachBack: "understood" });
    if (this.#person.category === "cannot") await this.entry(day, { kind: "prescriber-confirmation" });
    return this;
  }

  /** A negative test in the clinic's laboratory, unless the wish says otherwise. */
  async test(
    day: Day,
    more: Partial<Extract<VisitForm["entries"][number], { kind: "pregnancy-test" }>> = {},
  ): Promise<this> {
    return this.entry(day, {
      kind: "pregnancy-test",
      time: "09:15",
      sample: "urine",
      setting: this.#programme === "ipledge" ? "clia-laboratory" : "medical",
      sensitivity: 20,
      result: "negative",
      readBy: "R. Castellanos",
      ...more,
    });
  }

  async visit(day: Day, wish: VisitWish = {}): Promise<this> {
    const { aimMgPerKg = 0.5, action = "continue", sign = true, ...over } = wish;
    const date = this.on(day);
    const product = productById(this.#productId);
    const capsules =
      aimMgPerKg === null ||
      product === null ||
      action === "not-yet" ||
      action === "hold" ||
      action === "stop"
        ? []
        : planCapsules({ product, weightKg: this.#weightKg, mgPerKg: aimMgPerKg });
    const context = this.#when(day, "09:40", this.#stage.doctor);
    const input = {
      id: null,
      courseId: this.#courseId,
      version: null,
      draftKey: null,
      form: {
        date,
        weightKg: this.#weightKg,
        missedDoses: action === "start" || action === "not-yet" ? null : this.#stage.random.between(0, 2),
        missedDosesNote: "",
        sideEffects: [],
        sideEffectsReviewed: true,
        iga: 3,
        lesions: {
          nonInflammatory: this.#stage.random.between(4, 24),
          inflammatory: this.#stage.random.between(3, 22),
          nodules: 0,
        },
        mood: { items: [0, 0], note: "" },
        dose: aimMgPerKg === null ? null : { action, capsules, from: date, reason: "" },
        plan: "",
        notes: "",
        nextVisitOn: addDays(date, 30),
        labs: [],
        entries: [],
        ...over,
      } satisfies VisitForm,
    };
    if (sign)
      await visitHandlers["visits.sign"]({
        ...context,
        keys,
        input: contract["visits.sign"].input.parse({ ...input, password: "demo" }),
      });
    else
      await visitHandlers["visits.save"]({ ...context, input: contract["visits.save"].input.parse(input) });
    return this;
  }

  /** Blood results of a day, as multiples that matter: mg/dL and U/L with the laboratory's own ranges. */
  labs(
    day: Day,
    values: { alt: number; ast: number; triglycerides: number; cholesterol?: number },
  ): VisitForm["labs"] {
    const one = (
      testId: string,
      value: number,
      unit: string,
      rangeLow: number | null,
      rangeHigh: number,
    ) => ({
      id: null,
      testId,
      collectedOn: this.on(day),
      comparator: null,
      value,
      text: "",
      unit,
      rangeLow,
      rangeHigh,
      fasting: testId === "triglycerides" ? true : null,
      note: "",
    });
    return [
      one("alt", values.alt, "U/L", 7, 41),
      one("ast", values.ast, "U/L", 10, 40),
      one("triglycerides", values.triglycerides, "mg/dL", null, 150),
      one("cholesterol-total", values.cholesterol ?? 172, "mg/dL", null, 200),
    ];
  }

  /** Results that came in between visits. */
  async results(day: Day, values: { alt: number; ast: number; triglycerides: number }): Promise<this> {
    await labHandlers["labs.record"]({
      ...this.#when(day, "15:30", this.#stage.nurse),
      input: contract["labs.record"].input.parse({
        patientId: this.#patientId,
        results: this.labs(day, values).map(({ id: _row, ...result }) => result),
        confirmed: [],
      }),
    });
    return this;
  }

  /** Issues the prescription; throws what the gate refuses. */
  async prescribe(day: Day, mgPerKg = 0.5, daysSupply = 30): Promise<this> {
    const product = productById(this.#productId);
    if (product === null) return this;
    await prescribingHandlers["prescribing.issue"]({
      ...this.#when(day, "10:30", this.#stage.doctor),
      input: contract["prescribing.issue"].input.parse({
        courseId: this.#courseId,
        visitId: null,
        productId: this.#productId,
        capsules: planCapsules({ product, weightKg: this.#weightKg, mgPerKg }),
        daysSupply,
      } satisfies InputOf<"prescribing.issue">),
    });
    return this;
  }

  async dispensed(day: Day): Promise<this> {
    return day > 0 ? this : this.entry(day, { kind: "dispensing", capsules: 60, productId: this.#productId });
  }

  async end(day: Day, end: Omit<CourseEnd, "endedOn">): Promise<this> {
    await courseHandlers["courses.end"]({
      ...this.#when(day, "16:00", this.#stage.doctor),
      input: contract["courses.end"].input.parse({
        id: this.#courseId,
        version: this.#courseVersion,
        endedOn: this.on(day),
        ...end,
      }),
    });
    return this;
  }

  /** From the decision to the day of the second test: a month of contraception for those who can become pregnant. */
  async prepare(firstDay: Day, more: Partial<CourseFields> = {}): Promise<this> {
    await this.register(firstDay);
    await this.openCourse(firstDay, more);
    await this.enrol(firstDay);
    if (this.#person.category === "can") {
      await this.test(firstDay);
      await this.entry(firstDay, { kind: "contraception", first: "combined-pill", second: "condom" });
      await this.entry(firstDay, { kind: "menstruation", cycle: "irregular" });
    }
    await this.visit(firstDay, {
      action: "not-yet",
      iga: 4,
      labs: this.labs(firstDay, { alt: 22, ast: 21, triglycerides: 88 }),
      plan: "Baseline tests taken. Information and handouts given.",
      nextVisitOn: this.on(firstDay + (this.#person.category === "can" ? 31 : 7)),
    });
    return this;
  }

  /**
   * One month on treatment: visit, test, confirmation and questions (in the United Kingdom mood and sexual function instead),
   * prescription, pick-up the next day.
   */
  async month(day: Day, number: number, wish: VisitWish = {}): Promise<this> {
    const mgPerKg = wish.aimMgPerKg ?? (number === 1 ? 0.5 : 0.8);
    const first = number === 1;
    if (this.#person.category === "can") await this.test(day);
    await this.entry(day, { kind: "counselling", teachBack: "understood" });
    this.#weightKg = Math.round((this.#weightKg + this.#stage.random.between(-6, 8) / 10) * 10) / 10;
    await this.visit(day, {
      action: first ? "start" : number === 2 ? "increase" : "continue",
      aimMgPerKg: mgPerKg,
      iga: Math.max(0, 5 - number) > 4 ? 4 : Math.max(0, 5 - number),
      sideEffects:
        number < 2
          ? []
          : [
              { code: "cheilitis", grade: 1, onset: null, note: "" },
              ...(number % 2 === 0 ? [{ code: "dry-skin", grade: 1, onset: null, note: "" }] : []),
            ],
      // Four weeks after the start, and again after the dose was increased.
      labs:
        number === 2
          ? this.labs(day, { alt: 27, ast: 25, triglycerides: 124 })
          : number === 3
            ? this.labs(day, { alt: 29, ast: 26, triglycerides: 131 })
            : [],
      plan: first ? "Start. Take with food, morning and evening." : "Going well. Go on.",
      ...wish,
    });
    if (this.#programme === "mhra")
      await this.entry(day, { kind: "wellbeing-check", mood: "asked", sexualFunction: "asked" });
    else await this.entry(day, { kind: "prescriber-confirmation" });
    if (this.#programme === "ipledge" && this.#person.category === "can")
      await this.entry(day, { kind: "patient-questions", first: "combined-pill", second: "condom" });
    await this.prescribe(day, mgPerKg);
    await this.dispensed(day + 1);
    if (first && day + 1 <= 0) await this.entry(day + 1, { kind: "first-dose" });
    return this;
  }

  /** Everything up to a patient's `months`th visit on treatment, which falls on `lastDay`; 31 days apart. */
  async treat(lastDay: Day, months: number, more: Partial<CourseFields> = {}): Promise<this> {
    const first = lastDay - 31 * (months - 1);
    await this.prepare(first - (this.#person.category === "can" ? 33 : 7), more);
    for (let number = 1; number <= months; number += 1) await this.month(first + 31 * (number - 1), number);
    return this;
  }
}

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
