import type { UseFormReturn } from "react-hook-form";
import type { CalendarDate } from "#shared/calendar.ts";
import type { RiskCategory, RiskCriterion } from "#shared/records/course.ts";
import {
  type ContraceptiveMethod,
  type HomeEvidence,
  type ProgrammeEntryFields,
  programmeEntryFields,
  type ProgrammeEntryKind,
  type ReportRecipient,
  type StopStep,
} from "#shared/records/programme-entry.ts";
import { newChallengeCode } from "#renderer/home-test.tsx";

type OfKind<K extends ProgrammeEntryKind> = Extract<ProgrammeEntryFields, { kind: K }>;
type Test = OfKind<"pregnancy-test">;
type Wellbeing = OfKind<"wellbeing-check">;
type Site = OfKind<"programme-site">;

/**
 * An entry while it is typed: the fields of all kinds side by side, null where nothing was chosen yet. `entryOf` takes
 * those of the chosen kind.
 */
export type EntryFormValues = {
  kind: ProgrammeEntryKind | null;
  on: string;
  note: string;
  attachmentIds: string[];
  category: RiskCategory | null;
  criterion: RiskCriterion | null;
  evidence: string;
  changeReason: string;
  entryId: string;
  programmeNumber: string;
  form: OfKind<"consent">["form"] | null;
  formEdition: string;
  signer: OfKind<"consent">["signer"] | null;
  guardianName: string;
  items: string[];
  name: string;
  mood: Wellbeing["mood"] | null;
  sexualFunction: Wellbeing["sexualFunction"] | null;
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
  home: HomeEvidence | null;
  given: boolean | null;
  code: string;
  capsules: number | null;
  productId: string;
  why: string;
  done: StopStep[];
  knownHow: string;
  to: ReportRecipient | null;
  reference: string;
  status: Site["status"] | null;
  testOn: string | null;
  confirmedOn: string | null;
  questionsOn: string | null;
  doNotDispenseAfter: string | null;
  dispensedOn: string | null;
  daysDispensed: number | null;
  /** Why an entry is corrected; no field of an entry, so `entryOf` leaves it out. */
  correctedBecause: string;
};

export type EntryForm = UseFormReturn<EntryFormValues, unknown, EntryFormValues>;

/** Choices in a row, each with the key that picks it. */
export function keyed<V extends string>(words: Record<V, string>, keys: Record<V, string>) {
  return (Object.keys(words) as V[]).map((value) => ({ value, label: words[value], keys: keys[value] }));
}

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
    attachmentIds: [],
    category: null,
    // Asked with "cannot" only, which empties it; without a category it stands nowhere on screen.
    criterion: "default",
    evidence: "",
    changeReason: "",
    entryId: "",
    programmeNumber: "",
    form: null,
    formEdition: "",
    signer: null,
    guardianName: "",
    items: [],
    name: "",
    mood: null,
    sexualFunction: null,
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
    home: null,
    given: null,
    // A code is made for the patient, not read from them: each form brings one of its own.
    code: newChallengeCode(),
    capsules: null,
    productId,
    why: "",
    done: [],
    knownHow: "",
    to: null,
    reference: "",
    status: null,
    testOn: null,
    confirmedOn: null,
    questionsOn: null,
    doNotDispenseAfter: null,
    dispensedOn: null,
    daysDispensed: null,
    correctedBecause: "",
  };
}

/** The form of an entry that exists, to be corrected. */
export function formOfEntry(entry: ProgrammeEntryFields): EntryFormValues {
  const kept = programmeEntryFields.parse(entry);
  // What came to a kind later is left out of older entries: the blank stands for it.
  const known = Object.entries(kept).filter(([, value]) => value !== undefined);
  return {
    ...blankEntry(entry.kind, entry.on, ""),
    ...(Object.fromEntries(known) as Partial<EntryFormValues>),
  };
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

/** The kinds in the order of the work, each with its key: never `g` or `n`, which begin the frame's sequences. */
const kindGroups: readonly {
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
      { kind: "wellbeing-check", keys: "b" },
      { kind: "dispensing", keys: "d" },
      { kind: "programme-site", keys: "v" },
    ],
  },
  {
    title: "At the start",
    kinds: [
      { kind: "risk-category", keys: "r" },
      { kind: "category-agreement", keys: "z" },
      { kind: "enrolment", keys: "e" },
      { kind: "consent", keys: "s" },
      { kind: "second-prescriber", keys: "2" },
      { kind: "contraception", keys: "c" },
      { kind: "menstruation", keys: "m" },
      { kind: "home-test-permission", keys: "h" },
      { kind: "first-dose", keys: "f" },
    ],
  },
  {
    title: "When it happens",
    kinds: [
      { kind: "home-test-code", keys: "1" },
      { kind: "pause", keys: "u" },
      { kind: "resume", keys: "w" },
      { kind: "treatment-stop", keys: "k" },
      { kind: "last-dose", keys: "a" },
    ],
  },
  {
    title: "Urgent",
    kinds: [
      { kind: "contraception-lapse", keys: "l" },
      { kind: "missed-period", keys: "i" },
      { kind: "pregnancy", keys: "x" },
      { kind: "stop-handled", keys: "j" },
      { kind: "pregnancy-report", keys: "y" },
    ],
  },
];

export type OfferedKinds = typeof kindGroups;

/** The kinds to offer, in their groups; a group with none is left out. */
export function offered(kinds: ReadonlySet<ProgrammeEntryKind>): OfferedKinds {
  return kindGroups
    .map((group) => ({ ...group, kinds: group.kinds.filter((one) => kinds.has(one.kind)) }))
    .filter((group) => group.kinds.length > 0);
}

/** The kind that a key chooses, or undefined. */
export function kindOfKey(groups: OfferedKinds, key: string): ProgrammeEntryKind | undefined {
  return groups.flatMap((group) => group.kinds).find((one) => one.keys === key)?.kind;
}
