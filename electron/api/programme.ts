/** Programme evidence: recording, correcting, voiding. What it means is decided by the rules, not here. */
import { readClinic } from "#electron/store/clinic.ts";
import type { ReadDb } from "#electron/store/engine.ts";
import { gatherCategoryBefore } from "#electron/store/facts.ts";
import {
  entriesOfCourse,
  insertEntries,
  readEntry,
  recordersOf,
  supersededEntries,
  voidEntries,
} from "#electron/store/programme.ts";
import { ageOn, type CalendarDate, type DateStyle, formatDate } from "#shared/calendar.ts";
import type { User } from "#shared/records/account.ts";
import type { Course } from "#shared/records/course.ts";
import {
  firstRecorded,
  type ProgrammeEntry,
  type ProgrammeEntryFields,
} from "#shared/records/programme-entry.ts";
import { entryKindWords, entryWords } from "#shared/records/words.ts";
import { Refused } from "#shared/refusal.ts";
import type { DatedContext } from "#shared/rules/plausibility.ts";
import { editionOn } from "#shared/rules/programmes/editions.ts";
import { categoryEntries, categoryStanding } from "#shared/rules/programmes/entry-kinds.ts";
import { amendSignedVisit } from "./amendments.ts";
import { refuseForeignFiles } from "./attachments.ts";
import { existingCourse } from "./courses.ts";
import type { Handlers } from "./handler.ts";
import { existingPatient } from "./patients.ts";
import { isNewClaim, refuseMisplacedDoses } from "./pick-ups.ts";
import { refuseStopLifted } from "./stops.ts";
import { hasBegun } from "./treatment.ts";

export const programmeHandlers: Handlers<"programme"> = {
  "programme.entries": async ({ db, input }) => {
    await existingCourse(db, input.courseId);
    return entriesOfCourse(db, input.courseId);
  },

  "programme.superseded": async ({ db, input }) => {
    await existingCourse(db, input.courseId);
    return supersededEntries(db, input.courseId);
  },

  "programme.record": async ({ db, input, now, today, user }) => {
    const course = await existingCourse(db, input.courseId);
    const { birthDate } = await existingPatient(db, course.patientId);
    refuseEntry(input.entry, course, { birthDate, today }, "on");
    refuseWithoutPrescriber(input.entry, user);
    refuseRestartWithoutPrescriber(input.entry, await entriesOfCourse(db, course.id), user);
    refuseGuardianUnnamed(input.entry, course, birthDate, "entry.guardianName");
    await refuseCategoryOfBefore(db, course.id, input.entry, today);
    await refuseCategoryUnexplained(db, course, input.entry, null);
    await refuseAgreement(db, course, input.entry, null, user);
    await refuseForeignFiles(db, input.entry, course.patientId, "entry.attachmentIds");
    const [id = ""] = await insertEntries(
      db,
      [
        {
          fields: input.entry,
          patientId: course.patientId,
          courseId: course.id,
          visitId: null,
          replaces: null,
        },
      ],
      { userId: user.id, now },
    );
    await refuseMisplacedDoses(db, course.id, [{ id, field: "on" }], { now, roles: user.roles });
    return (await existingEntry(db, id)).entry;
  },

  "programme.correct": async ({ db, input, now, today, user }) => {
    const old = await entryInForce(db, input.id);
    if (input.entry.kind !== old.kind) {
      const sentence = "A correction stays of the same kind. Void this entry and record a new one.";
      throw new Refused("invalid", sentence, { fields: { kind: sentence } });
    }
    const { birthDate } = await existingPatient(db, old.patientId);
    const course = await existingCourse(db, old.courseId);
    refuseDate(input.entry, { birthDate, today }, "on");
    refuseBeforeDecision(input.entry, course, "on");
    refuseGuardianUnnamed(input.entry, course, birthDate, "entry.guardianName");
    refuseWithoutPrescriber(input.entry, user);
    const others = (await entriesOfCourse(db, old.courseId)).filter((one) => one.id !== old.id);
    refuseRestartWithoutPrescriber(input.entry, others, user);
    await refuseCategoryRewritten(db, old, input.entry);
    await refuseCategoryUnexplained(db, course, input.entry, old);
    await refuseAgreement(db, course, input.entry, old, user);
    await refuseForeignFiles(db, input.entry, old.patientId, "entry.attachmentIds");
    refuseStopLifted(old, input.entry, user);
    const by = { userId: user.id, now };
    const [id = ""] = await insertEntries(
      db,
      [
        {
          fields: input.entry,
          patientId: old.patientId,
          courseId: old.courseId,
          visitId: old.visitId,
          replaces: { id: old.id, reason: input.reason },
        },
      ],
      by,
    );
    if (isNewClaim(old, input.entry))
      await refuseMisplacedDoses(db, old.courseId, [{ id, field: "on" }], { now, roles: user.roles });
    const { dateStyle } = await readClinic(db);
    await amendSignedVisit(
      db,
      old.visitId,
      `Corrected: ${entryText(old, dateStyle)} It now reads: ${entryText(input.entry, dateStyle)} Reason: ${input.reason}`,
      by,
    );
    return (await existingEntry(db, id)).entry;
  },

  "programme.void": async ({ db, input, now, user, audit }) => {
    const old = await entryInForce(db, input.id);
    audit({ patientId: old.patientId });
    await refuseCategoryRewritten(db, old, null);
    refuseStopLifted(old, null, user);
    const by = { userId: user.id, now };
    await voidEntries(db, [old.id], input.reason, by);
    const { dateStyle } = await readClinic(db);
    await amendSignedVisit(
      db,
      old.visitId,
      `Voided: ${entryText(old, dateStyle)} Reason: ${input.reason}`,
      by,
    );
    return {};
  },
};

/** An entry in a sentence: `Pregnancy test of Nov 16, 2026: urine, negative.` */
function entryText(entry: ProgrammeEntryFields, style: DateStyle): string {
  const words = entryWords(entry, style);
  return `${entryKindWords[entry.kind]} of ${formatDate(entry.on, style)}${words === "" ? "" : `: ${words}`}.`;
}

async function existingEntry(db: ReadDb, id: string): Promise<{ entry: ProgrammeEntry; inForce: boolean }> {
  const found = await readEntry(db, id);
  if (found === null) throw new Refused("not-found", "This entry is not in the record.");
  return found;
}

async function entryInForce(db: ReadDb, id: string): Promise<ProgrammeEntry> {
  const { entry, inForce } = await existingEntry(db, id);
  if (!inForce)
    throw new Refused("conflict", "This entry was corrected or voided meanwhile.", {
      current: await entriesOfCourse(db, entry.courseId),
    });
  return entry;
}

/**
 * What is still recorded after a course ended: what became of its capsules, the last dose and what follows it. Source: domain
 * facts 1.4, step 13, and 1.6.
 */
const AFTER_THE_END: readonly ProgrammeEntryFields["kind"][] = [
  "pregnancy-test",
  "missed-period",
  "pregnancy",
  "dispensing",
  "first-dose",
  "last-dose",
  "stop-handled",
  "pregnancy-report",
  "programme-site",
];

/** Refuses an entry that cannot be recorded now; `field` is the path of its date. */
export function refuseEntry(
  entry: ProgrammeEntryFields,
  course: Course,
  about: DatedContext,
  field: string,
): void {
  if (course.end !== null && !AFTER_THE_END.includes(entry.kind))
    throw new Refused(
      "not-allowed",
      `This course has ended: only ${AFTER_THE_END.map((kind) => entryKindWords[kind].toLowerCase()).join(", ")} can still be recorded.`,
    );
  refuseDate(entry, about, field);
  refuseBeforeDecision(entry, course, field);
}

/** A dose of before this course would let it go on as one under treatment, without the steps of a start. */
const OF_TREATMENT: readonly ProgrammeEntryFields["kind"][] = ["first-dose", "dispensing"];

/** Refuses a dose or a pick-up dated before the course was decided on; `field` is the path of its date. */
export function refuseBeforeDecision(entry: ProgrammeEntryFields, course: Course, field: string): void {
  if (!OF_TREATMENT.includes(entry.kind) || entry.on >= course.decidedOn) return;
  const sentence = "This course was decided on later. Change this day, or that of the course.";
  throw new Refused("invalid", sentence, { fields: { [field]: sentence } });
}

/**
 * Once treatment has begun, a change of category counts from today: dated back, it would look as if the steps before
 * treatment had been asked of this patient all along. Source: domain facts 1.6 (to "can": the full start sequence).
 */
async function refuseCategoryOfBefore(
  db: ReadDb,
  courseId: string,
  entry: ProgrammeEntryFields,
  today: CalendarDate,
): Promise<void> {
  if (entry.kind !== "risk-category" || entry.on >= today || !(await hasBegun(db, courseId))) return;
  const sentence =
    "Treatment has begun: a change of category counts from today. Record it with today’s date.";
  throw new Refused("invalid", sentence, { fields: { on: sentence } });
}

/**
 * The same for a correction (its category or date) and, with `now` null, for a void. Criterion, evidence and note may be corrected.
 * "Can" is taken back by no correction and no void, before treatment either: that would be a change without a second person.
 * Source: domain facts 1.3.
 */
async function refuseCategoryRewritten(
  db: ReadDb,
  old: ProgrammeEntry,
  now: ProgrammeEntryFields | null,
): Promise<void> {
  if (old.kind !== "risk-category") return;
  if (old.category === "can" && (now?.kind !== "risk-category" || now.category === "cannot"))
    throw new Refused(
      "not-allowed",
      "That the patient cannot become pregnant is recorded as a new entry with its reason, and a second person agrees to it. This one stays readable.",
    );
  if (!(await hasBegun(db, old.courseId))) return;
  if (now?.kind === "risk-category" && now.category === old.category && now.on === old.on) return;
  throw new Refused(
    "not-allowed",
    "Treatment has begun under this category. Record the right one as a new entry of today; this one stays readable.",
  );
}

/** What only a prescriber records: a standing permission, and that treatment goes on. Source: domain facts 1.8 and 1.6. */
const PRESCRIBERS_OWN: readonly ProgrammeEntryFields["kind"][] = ["home-test-permission", "resume"];

/**
 * Refuses what only a prescriber records. The confirmation in the programme's system is not among it: delegates may (domain
 * facts 1.4, step 1), and the entry says who it was.
 */
export function refuseWithoutPrescriber(entry: ProgrammeEntryFields, user: User): void {
  if (!PRESCRIBERS_OWN.includes(entry.kind) || user.roles.includes("prescriber")) return;
  throw new Refused(
    "not-allowed",
    entry.kind === "resume"
      ? "Only a prescriber may say that treatment goes on."
      : "Only the prescriber gives or withdraws the permission for home tests.",
  );
}

/** An entry of the record, or one on its way there. */
export type RecordedFields = ProgrammeEntryFields & Pick<ProgrammeEntry, "recordedAt" | "firstRecordedAt">;

/**
 * The first confirmation after contraception was stopped or contact was unprotected is the prescriber's word that treatment may
 * begin again, so no delegate's; one that was recorded before anybody knew of the lapse is no such word. Source: domain facts
 * 1.6 (restart after a lapse). `others`: the course's other entries, the earliest first.
 */
export function refuseRestartWithoutPrescriber(
  entry: ProgrammeEntryFields,
  others: readonly RecordedFields[],
  user: User,
): void {
  if (entry.kind !== "prescriber-confirmation" || user.roles.includes("prescriber")) return;
  const lapse = others.findLast((one) => one.kind === "contraception-lapse" && one.what !== "missed");
  if (lapse === undefined || entry.on <= lapse.on) return;
  const isWord = (one: RecordedFields) =>
    (one.kind === "prescriber-confirmation" || one.kind === "resume") &&
    one.on > lapse.on &&
    firstRecorded(one) >= firstRecorded(lapse);
  if (others.some(isWord)) return;
  throw new Refused(
    "not-allowed",
    "Contraception lapsed: the first confirmation after it is the prescriber’s own word that treatment may begin again.",
  );
}

/** Where a guardian signs too, the guardian has a name, at the path `field`. Source: domain facts 1.4, step 4. */
export function refuseGuardianUnnamed(
  entry: ProgrammeEntryFields,
  course: Course,
  birthDate: CalendarDate,
  field: string,
): void {
  if (entry.kind !== "consent" || entry.signer !== "patient-and-guardian" || entry.guardianName) return;
  const row = editionOn(course.programme, entry.on)?.rules["guardian-consent"] ?? null;
  if (row === null || ageOn(birthDate, entry.on) >= row.underAge) return;
  const sentence = "Name the guardian who signed.";
  throw new Refused("invalid", sentence, { fields: { [field]: sentence } });
}

/**
 * Every category after the course's first says why it changed, and a first "cannot" where an earlier course of the patient says "can".
 * Source: domain facts 1.3. `old`: the entry that is corrected.
 */
async function refuseCategoryUnexplained(
  db: ReadDb,
  course: Course,
  entry: ProgrammeEntryFields,
  old: ProgrammeEntry | null,
): Promise<void> {
  if (entry.kind !== "risk-category" || entry.changeReason) return;
  const [first] = categoryEntries(await entriesOfCourse(db, course.id));
  const isFirst = first === undefined || first.id === old?.id;
  if (isFirst && (entry.category === "can" || (await gatherCategoryBefore(db, course)) !== "can")) return;
  const sentence = "Say why the category changed.";
  throw new Refused("invalid", sentence, { fields: { "entry.changeReason": sentence } });
}

/**
 * An agreement to a change of category: of this course's latest change, by somebody who neither recorded nor corrected it.
 * Source: domain facts 1.3 (a second look). `old`: the agreement that is corrected.
 */
async function refuseAgreement(
  db: ReadDb,
  course: Course,
  entry: ProgrammeEntryFields,
  old: ProgrammeEntry | null,
  user: User,
): Promise<void> {
  if (entry.kind !== "category-agreement") return;
  const entries = await entriesOfCourse(db, course.id);
  const change = categoryStanding(
    entries.filter((one) => one.id !== old?.id),
    await gatherCategoryBefore(db, course),
  ).toAgree;
  if (change === null || change.id !== entry.entryId)
    throw new Refused("not-allowed", "No change of category waits for agreement here.");
  if ((await recordersOf(db, change.id)).has(user.id))
    throw new Refused(
      "not-allowed",
      "You recorded this change yourself. A second person has to agree to it, signed in under their own name.",
    );
}

/** Refuses an entry dated after today or before the patient's birth; `field` is the path of its date. */
export function refuseDate(entry: ProgrammeEntryFields, about: DatedContext, field: string): void {
  const sentence =
    entry.on > about.today
      ? "This lies in the future. Record it on the day when it happens."
      : entry.on < about.birthDate
        ? "This lies before the patient’s birth."
        : null;
  if (sentence !== null) throw new Refused("invalid", sentence, { fields: { [field]: sentence } });
}
