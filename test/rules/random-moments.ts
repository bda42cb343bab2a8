/**
 * Likely histories of every programme (about to start, on treatment, cannot become pregnant) with entries dropped, moved,
 * recorded in another order and added, at a moment around their day. Over two and a half years: both iPLEDGE editions, the
 * United Kingdom's three tables, daylight-saving changes, a leap day; clinics in four zones.
 */
import * as fc from "fast-check";
import { type CalendarDate, type Instant, addDays, addMinutes, dateIn, instantIn } from "#shared/calendar.ts";
import type { Programme } from "#shared/records/course.ts";
import type { ContraceptiveMethod, PregnancyTest, ProgrammeEntry } from "#shared/records/programme-entry.ts";
import type { PrescriptionFact, ProgrammeFacts } from "#shared/rules/facts.ts";
import {
  HOME_EVIDENCE,
  cannotStart,
  entry,
  facts,
  onTreatment,
  pregnancyTest,
  prescription,
  readyToStart,
  ukReadyToStart,
} from "#test/support/facts.ts";

const ZONES = ["America/Chicago", "America/New_York", "Pacific/Honolulu", "Australia/Sydney"];
const EPOCH = "2025-10-01";
const DAYS = 900;

const METHODS: readonly ContraceptiveMethod[] = [
  "iud-copper",
  "combined-pill",
  "condom",
  "diaphragm",
  "abstinence",
  "progestin-only-pill",
];

export type Moment = { facts: ProgrammeFacts; at: Instant };

type Kind = "start" | "month" | "cannot";
type Base = { entries: ProgrammeEntry[]; prescriptions: PrescriptionFact[] };

function baseOf(programme: Programme, kind: Kind, day: CalendarDate): Base {
  if (programme === "ipledge") {
    if (kind === "month") return onTreatment(addDays(day, -30), day);
    return { entries: kind === "cannot" ? cannotStart(day) : readyToStart(day), prescriptions: [] };
  }
  if (kind === "cannot")
    return {
      entries: [
        ...cannotStart(day, ["enrolment", "prescriber-confirmation"]),
        entry("consent", day, { form: "acknowledgement-of-risk" }),
        entry("wellbeing-check", day),
      ],
      prescriptions: [],
    };
  if (kind === "start") return { entries: ukReadyToStart(day), prescriptions: [] };
  const first = addDays(day, -30);
  return {
    entries: [
      ...ukReadyToStart(first),
      entry("dispensing", first),
      entry("counselling", day),
      entry("wellbeing-check", day),
      pregnancyTest(day),
    ],
    prescriptions: [prescription(first)],
  };
}

/** How many kinds of entries `anEntry` knows. */
const KINDS = 27;

/** An entry of one of many kinds; `pick` (0 to 5) chooses among its fields. */
export function anEntry(what: number, on: CalendarDate, pick: number): ProgrammeEntry {
  const method = METHODS[pick] ?? "condom";
  const cannot = {
    category: "cannot",
    criterion: "hysterectomy",
    evidence: "Seen.",
    changeReason: pick === 3 ? "" : "Operated.",
  } as const;
  const all: ProgrammeEntry[] = [
    pregnancyTest(on),
    pregnancyTest(on, { setting: "home", home: pick > 1 ? HOME_EVIDENCE : null }),
    pregnancyTest(on, { sensitivity: pick > 2 ? null : 50 }),
    pregnancyTest(on, { result: "positive" }),
    pregnancyTest(on, { result: "indeterminate" }),
    pregnancyTest(on, { result: "pending" }),
    pregnancyTest(on, { sample: "serum", time: "08:15" }),
    entry("contraception", on, { first: method, second: "condom" }),
    entry("contraception-lapse", on, { what: pick > 2 ? "missed" : "unprotected-contact" }),
    entry("missed-period", on),
    entry("menstruation", on, { cycle: pick > 2 ? "regular" : "irregular" }),
    entry("home-test-permission", on, { given: pick > 2 }),
    entry("prescriber-confirmation", on),
    entry("patient-questions", on, { first: method, second: "condom" }),
    entry("counselling", on),
    entry("dispensing", on, { capsules: pick > 2 ? 0 : 60 }),
    entry("pause", on),
    entry("resume", on),
    entry("last-dose", on),
    { ...entry("risk-category", on, pick > 2 ? cannot : { changeReason: "Seen." }), id: `category-${on}` },
    { ...entry("category-agreement", on, { entryId: `category-${on}` }), recordedBy: "Somebody else" },
    entry("treatment-stop", on),
    entry("wellbeing-check", on),
    entry("second-prescriber", on),
    pregnancyTest(on, { setting: "remote-supervised" }),
    entry("consent", on, { form: "acknowledgement-of-risk" }),
    entry("home-test-code", on),
  ];
  return all[what] ?? pregnancyTest(on);
}

const changes = fc.record({
  programme: fc.constantFrom<Programme>("ipledge", "ipledge", "ipledge", "mhra", "eu-ppp"),
  kind: fc.constantFrom<Kind>("start", "start", "month", "month", "cannot"),
  day: fc.integer({ min: 0, max: DAYS }).map((days) => addDays(EPOCH, days)),
  dropped: fc.array(fc.nat({ max: 30 }), { maxLength: 1 }),
  moves: fc.array(fc.record({ which: fc.nat({ max: 40 }), days: fc.integer({ min: -3, max: 3 }) }), {
    maxLength: 1,
  }),
  added: fc.array(
    fc.record({
      what: fc.nat({ max: KINDS - 1 }),
      days: fc.integer({ min: -45, max: 12 }),
      pick: fc.nat(5),
    }),
    { maxLength: 2 },
  ),
  prescribed: fc.constantFrom(null, null, null, null, null, -20, -5, -1, 0),
  minutes: fc.oneof(fc.integer({ min: -2000, max: 11_000 }), fc.integer({ min: -60_000, max: 60_000 })),
  zone: fc.constantFrom(...ZONES),
  young: fc.boolean(),
  medicines: fc.constantFrom(undefined, null, [], ["Carbamazepine"]),
  recordedLater: fc.boolean(),
});

/** See the head of this file. */
export const moments: fc.Arbitrary<Moment> = changes.map((the) => {
  const base = baseOf(the.programme, the.kind, the.day);
  const entries = base.entries
    .filter((_, index) => !the.dropped.includes(index))
    .map((one, index) => {
      const move = the.moves.find((it) => it.which === index);
      return move ? { ...one, on: addDays(one.on, move.days) } : one;
    });
  for (const { what, days, pick } of the.added) entries.push(anEntry(what, addDays(the.day, days), pick));
  const prescriptions =
    the.prescribed === null
      ? base.prescriptions
      : [...base.prescriptions, prescription(addDays(the.day, the.prescribed))];
  return {
    facts: facts({
      programme: the.programme,
      prescriptions,
      // What was recorded together later, as a corrected entry is, stands in the order of its days all the same.
      entries: the.recordedLater
        ? entries.map((one) => ({ ...one, recordedAt: instantIn(the.zone, addDays(the.day, 1), "09:00") }))
        : entries,
      zone: the.zone,
      decidedOn: addDays(the.day, the.kind === "month" ? -70 : -40),
      birthDate: the.young ? "2010-06-01" : "1995-06-01",
      ...(the.medicines === undefined ? {} : { medicines: the.medicines }),
    }),
    at: addMinutes(instantIn(the.zone, the.day, "12:00"), the.minutes),
  };
});

/** What is known at the moment: without what is dated later. */
export function known({ facts: all, at }: Moment): ProgrammeFacts {
  const today = dateIn(all.clinic.zone, at);
  return {
    ...all,
    entries: all.entries.filter(
      (one) =>
        one.on < today ||
        (one.on === today &&
          (one.kind !== "pregnancy-test" ||
            one.time === null ||
            instantIn(all.clinic.zone, one.on, one.time) <= at)),
    ),
    prescriptions: all.prescriptions.filter((one) => one.issuedAt <= at),
  };
}

export function pregnancyTestsOf(all: ProgrammeFacts): PregnancyTest[] {
  return all.entries.filter((one): one is PregnancyTest => one.kind === "pregnancy-test");
}
