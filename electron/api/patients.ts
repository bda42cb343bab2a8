/** Patients: finding, registering, changing, and the chart. */
import { readClinic } from "#electron/store/clinic.ts";
import type { ReadDb } from "#electron/store/engine.ts";
import { gatherDosedCourses } from "#electron/store/facts.ts";
import {
  type FoundPatient,
  lookAlikes,
  recentPatients,
  searchPatients,
} from "#electron/store/patient-search.ts";
import { samePhone } from "#electron/store/patient-tokens.ts";
import {
  holderOfRecordNumber,
  insertPatient,
  nextRecordNumber,
  patientRevisions,
  readPatient,
  revisePatient,
} from "#electron/store/patients.ts";
import { type CalendarDate, isCalendarDate, readTypedDate } from "#shared/calendar.ts";
import { capital } from "#shared/letter-case.ts";
import { foldWhole, similarNames } from "#shared/names.ts";
import { fullName, type Patient, type PatientFields, type PatientHit } from "#shared/records/patient.ts";
import { Refused } from "#shared/refusal.ts";
import { courseMonth, startOf } from "#shared/rules/dosing.ts";
import { checkPatient } from "#shared/rules/plausibility.ts";
import { dosingFacts } from "./course-facts.ts";
import { patientChart } from "./chart.ts";
import type { Handlers } from "./handler.ts";
import { refuseImplausible } from "./plausible.ts";

export const patientHandlers: Handlers<"patients"> = {
  "patients.search": async ({ db, input, today }) => {
    const { dateStyle } = await readClinic(db);
    const found =
      input.text.trim() === ""
        ? await recentPatients(db)
        : await searchPatients(db, input.text, dateStyle, today);
    return withCourseMonth(db, found, today);
  },

  "patients.duplicates": async ({ db, input, today }) => {
    const { dateStyle } = await readClinic(db);
    const typed = { ...input, birthDate: typedBirthDate(input.birthDate, dateStyle, today) };
    const alike = (await lookAlikes(db, typed))
      .filter((one) => one.id !== input.exceptId)
      .map((one) => ({ one, why: whyAlike(typed, one) }))
      .filter((hit) => hit.why.length > 0)
      .sort((a, b) => b.why.length - a.why.length || (a.one.id < b.one.id ? -1 : 1))
      .slice(0, 10);
    const hits = await withCourseMonth(
      db,
      alike.map((hit) => hit.one),
      today,
    );
    return hits.map((hit, index) => ({ ...hit, why: sentenceOf(alike[index]?.why ?? []) }));
  },

  "patients.register": async ({ db, input, now, today, user }) => {
    const { confirmed, ...fields } = input;
    refuseImplausible(checkPatient(fields, today), confirmed);
    const complete = { ...fields, recordNumber: fields.recordNumber || (await nextRecordNumber(db)) };
    await refuseTakenNumber(db, complete.recordNumber, null);
    const id = await insertPatient(db, complete, { userId: user.id, now });
    return existingPatient(db, id);
  },

  "patients.update": async ({ db, input, now, today, user }) => {
    const { id, version, confirmed, ...fields } = input;
    const current = await existingPatient(db, id);
    if (current.version !== version)
      throw new Refused("conflict", `${current.recordedBy} changed these details meanwhile.`, { current });
    refuseImplausible(checkPatient(fields, today), confirmed);
    const complete: PatientFields = { ...fields, recordNumber: fields.recordNumber || current.recordNumber };
    await refuseTakenNumber(db, complete.recordNumber, id);
    await revisePatient(db, id, version + 1, complete, { userId: user.id, now });
    return existingPatient(db, id);
  },

  "patients.history": async ({ db, input }) => {
    const history = await patientRevisions(db, input.id);
    if (history.length === 0) throw noSuchPatient();
    return history;
  },

  "patients.chart": async ({ db, input, now, today, user }) =>
    patientChart(db, await existingPatient(db, input.id), { now, today, user }),
};

/** The patient as it stands; refuses when there is none. */
export async function existingPatient(db: ReadDb, id: string): Promise<Patient> {
  const patient = await readPatient(db, id);
  if (patient === null) throw noSuchPatient();
  return patient;
}

function noSuchPatient(): Refused {
  return new Refused("not-found", "This patient is not in the record.");
}

async function refuseTakenNumber(db: ReadDb, recordNumber: string, exceptId: string | null): Promise<void> {
  const holder = await holderOfRecordNumber(db, recordNumber);
  if (holder === null || holder.id === exceptId) return;
  const sentence = `Record number ${recordNumber} belongs to ${fullName(holder)}. Leave it empty for the next free one.`;
  throw new Refused("invalid", sentence, { fields: { recordNumber: sentence } });
}

async function withCourseMonth(
  db: ReadDb,
  found: readonly FoundPatient[],
  today: CalendarDate,
): Promise<PatientHit[]> {
  const courses = await gatherDosedCourses(
    db,
    found.map((one) => one.id),
  );
  return found.map((one) => {
    const open = courses.get(one.id);
    return {
      ...one,
      courseMonth: open ? courseMonth(startOf(dosingFacts(open, null), today), today) : null,
    };
  });
}

function typedBirthDate(
  text: string,
  style: Parameters<typeof readTypedDate>[1],
  today: CalendarDate,
): CalendarDate | null {
  return isCalendarDate(text) ? text : readTypedDate(text, style, today);
}

type Why = "birth-date" | "name" | "similar-name" | "phone";

/** What two people share, if it may mean that they are one; advisory. */
function whyAlike(
  typed: { familyName: string; givenNames: string; birthDate: CalendarDate | null; phone: string },
  one: FoundPatient,
): Why[] {
  const sameName =
    foldWhole(typed.familyName) !== "" &&
    [
      foldWhole(`${one.familyName}${one.givenNames}`),
      foldWhole(`${one.givenNames}${one.familyName}`),
    ].includes(foldWhole(`${typed.familyName}${typed.givenNames}`));
  const similar =
    similarNames(typed.familyName, one.familyName) ||
    similarNames(fullName(typed), fullName(one)) ||
    similarNames(fullName(typed), `${one.familyName} ${one.givenNames}`);
  const sameBirth = typed.birthDate === one.birthDate;
  const why: Why[] = [];
  if (sameName) why.push("name");
  else if (similar && sameBirth) why.push("similar-name");
  if (sameBirth && (sameName || similar)) why.push("birth-date");
  if (samePhone(typed.phone, one.phone)) why.push("phone");
  return why;
}

const WHY: Record<Why, string> = {
  name: "the same name",
  "similar-name": "a similar name",
  "birth-date": "the same birth date",
  phone: "the same phone number",
};

function sentenceOf(why: readonly Why[]): string {
  const words = why.map((one) => WHY[one]);
  const last = words.pop() ?? "";
  const list = words.length === 0 ? last : `${words.join(", ")} and ${last}`;
  return `${capital(list)}.`;
}
