import type { CalendarDate } from "#shared/calendar.ts";
import type { RiskCategory, RiskCriterion } from "#shared/records/course.ts";
import {
  type ContraceptiveMethod,
  type ProgrammeEntryFields,
  programmeEntryFields,
  type ProgrammeEntryKind,
} from "#shared/records/programme-entry.ts";

type OfKind<K extends ProgrammeEntryKind> = Extract<ProgrammeEntryFields, { kind: K }>;
type Test = OfKind<"pregnancy-test">;

/**
 * An entry while it is typed: the fields of all kinds side by side, null where nothing was chosen yet. `entryOf` takes
 * those of the chosen kind.
 */
export type EntryFormValues = {
  kind: ProgrammeEntryKind | null;
  on: string;
  note: string;
  category: RiskCategory | null;
  criterion: RiskCriterion | null;
  evidence: string;
  programmeNumber: string;
  form: OfKind<"consent">["form"] | null;
  formEdition: string;
  signer: OfKind<"consent">["signer"] | null;
  teachBack: OfKind<"counselling">["teachBack"];
  first: ContraceptiveMethod | null;
  second: ContraceptiveMethod | null;
  what: OfKind<"contraception-lapse">["what"] | null;
  cycle: OfKind<"menstruation">["cycle"] | null;
  time: string | null;
  sample: Test["sample"] | null;
  setting: Test["setting"] | null;
  sensitivity: number | null;
  result: Test["result"] | null;
  readBy: string;
  given: boolean;
  capsules: number | null;
  productId: string;
  why: string;
  knownHow: string;
  /** Why an entry is corrected; no field of an entry, so `entryOf` leaves it out. */
  correctedBecause: string;
};

/** An entry that nobody has typed yet. Nothing that could be mistaken for an answer is filled in. */
export function blankEntry(
  kind: ProgrammeEntryKind | null,
  today: CalendarDate,
  productId: string,
): EntryFormValues {
  return {
    kind,
    on: today,
    note: "",
    category: null,
    criterion: null,
    evidence: "",
    programmeNumber: "",
    form: null,
    formEdition: "",
    signer: null,
    teachBack: "not-done",
    first: null,
    second: null,
    what: null,
    cycle: null,
    time: null,
    sample: null,
    setting: null,
    sensitivity: null,
    result: null,
    readBy: "",
    given: true,
    capsules: null,
    productId,
    why: "",
    knownHow: "",
    correctedBecause: "",
  };
}

/** The form of an entry that exists, to be corrected. */
export function formOfEntry(entry: ProgrammeEntryFields): EntryFormValues {
  return { ...blankEntry(entry.kind, entry.on, ""), ...programmeEntryFields.parse(entry) };
}

/**
 * What is sent: the chosen kind's own fields, as typed. The door refuses at the field what is missing or cannot be read,
 * hence the assertion.
 */
export function entryOf(values: EntryFormValues): ProgrammeEntryFields {
  const shape = programmeEntryFields.options.find((one) => one.shape.kind.value === values.kind)?.shape ?? {};
  const own = Object.fromEntries(Object.entries(values).filter(([key]) => key in shape));
  return own as unknown as ProgrammeEntryFields;
}

/** The kinds as they are offered, in the order of the work, each with its key: never `g` or `n`, which begin the frame's sequences. */
export const kindGroups: readonly {
  title: string;
  kinds: readonly { kind: ProgrammeEntryKind; keys: string }[];
}[] = [
  {
    title: "Each month",
    kinds: [
      { kind: "pregnancy-test", keys: "t" },
      { kind: "counselling", keys: "o" },
      { kind: "prescriber-confirmation", keys: "p" },
      { kind: "patient-questions", keys: "q" },
      { kind: "dispensing", keys: "d" },
    ],
  },
  {
    title: "At the start",
    kinds: [
      { kind: "risk-category", keys: "r" },
      { kind: "enrolment", keys: "e" },
      { kind: "consent", keys: "s" },
      { kind: "contraception", keys: "c" },
      { kind: "menstruation", keys: "m" },
      { kind: "home-test-permission", keys: "h" },
      { kind: "first-dose", keys: "f" },
    ],
  },
  {
    title: "When it happens",
    kinds: [
      { kind: "missed-period", keys: "i" },
      { kind: "contraception-lapse", keys: "l" },
      { kind: "pause", keys: "u" },
      { kind: "resume", keys: "w" },
      { kind: "last-dose", keys: "a" },
      { kind: "pregnancy", keys: "x" },
    ],
  },
];

/** The kind that a key chooses, or undefined. */
export function kindOfKey(key: string): ProgrammeEntryKind | undefined {
  return kindGroups.flatMap((group) => group.kinds).find((one) => one.keys === key)?.kind;
}
