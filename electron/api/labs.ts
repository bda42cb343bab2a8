/** Laboratory results: the flowsheet, entering, correcting, voiding. What a value says is decided by the rules. */
import { readClinic } from "#electron/store/clinic.ts";
import type { ReadDb } from "#electron/store/engine.ts";
import { type CourseFacts, gatherPatientFacts, type PatientFacts } from "#electron/store/facts.ts";
import { insertResults, readResult, resultVersions, voidResults } from "#electron/store/labs.ts";
import { type CalendarDate, type DateStyle, formatDate } from "#shared/calendar.ts";
import { dailyMgOf } from "#shared/records/visit.ts";
import type { LabResult, LabResultFields, LabResultView } from "#shared/records/lab-result.ts";
import type { Patient } from "#shared/records/patient.ts";
import { courseEndWords, doseActionWords, entryKindWords, resultWords } from "#shared/records/words.ts";
import { Refused } from "#shared/refusal.ts";
import { doseSegments } from "#shared/rules/dosing.ts";
import { labTest } from "#shared/rules/lab-tests.ts";
import { monitoringPreset, testsFor } from "#shared/rules/monitoring.ts";
import { checkLab } from "#shared/rules/plausibility.ts";
import { amendSignedVisit } from "./amendments.ts";
import { dosingOfCourses, interpreted } from "./course-facts.ts";
import type { Handlers } from "./handler.ts";
import { existingPatient } from "./patients.ts";
import { allRemarks, refuseImplausible } from "./plausible.ts";
import { refuseStopResultLifted } from "./stops.ts";

export const labHandlers: Handlers<"labs"> = {
  "labs.flowsheet": async ({ db, input, today }) => {
    const patient = await existingPatient(db, input.patientId);
    const facts = await gatherPatientFacts(db, patient);
    return {
      results: interpreted(facts, patient.birthDate, today),
      doses: dosingOfCourses(facts)
        .flatMap((one) => doseSegments(one, today))
        .toSorted((a, b) => (a.from < b.from ? -1 : 1)),
      events: eventsOf(facts, today),
      tests: testsOf(facts),
    };
  },

  "labs.record": async ({ db, input, now, today, user }) => {
    const patient = await existingPatient(db, input.patientId);
    const about = { birthDate: patient.birthDate, today };
    refuseImplausible(
      allRemarks(input.results.map((one, index) => checkLab(one, about, `results.${index}`))),
      input.confirmed,
    );
    const ids = await insertResults(
      db,
      input.results.map((fields) => ({ fields, patientId: patient.id, visitId: null, replaces: null })),
      { userId: user.id, now },
    );
    return viewsOf(db, patient, ids, today);
  },

  "labs.correct": async ({ db, input, now, today, user, audit }) => {
    const old = await resultInForce(db, input.id);
    const patient = await existingPatient(db, old.patientId);
    audit({ patientId: patient.id });
    if (input.result.testId !== old.testId) {
      const sentence =
        "A correction stays with its test. Void this result and enter it under the right test.";
      throw new Refused("invalid", sentence, { fields: { "result.testId": sentence } });
    }
    const about = { birthDate: patient.birthDate, today };
    refuseImplausible(checkLab(input.result, about, "result"), input.confirmed);
    refuseStopResultLifted(old, input.result, user);
    const by = { userId: user.id, now };
    const ids = await insertResults(
      db,
      [
        {
          fields: input.result,
          patientId: patient.id,
          visitId: old.visitId,
          replaces: { id: old.id, reason: input.reason },
        },
      ],
      by,
    );
    const { dateStyle } = await readClinic(db);
    await amendSignedVisit(
      db,
      old.visitId,
      `Result corrected: ${resultText(old, dateStyle)}. It now reads: ${resultText(input.result, dateStyle)}. Reason: ${input.reason}`,
      by,
    );
    const [view] = await viewsOf(db, patient, ids, today);
    if (view === undefined) throw noSuchResult();
    return view;
  },

  "labs.void": async ({ db, input, now, user, audit }) => {
    const old = await resultInForce(db, input.id);
    audit({ patientId: old.patientId });
    refuseStopResultLifted(old, null, user);
    const by = { userId: user.id, now };
    await voidResults(db, [old], input.reason, by);
    const { dateStyle } = await readClinic(db);
    await amendSignedVisit(
      db,
      old.visitId,
      `Result voided: ${resultText(old, dateStyle)}. Reason: ${input.reason}`,
      by,
    );
    return {};
  },

  "labs.history": async ({ db, input, today, audit }) => {
    const versions = await resultVersions(db, input.id);
    const [latest] = versions;
    if (latest === undefined) throw noSuchResult();
    audit({ patientId: latest.result.patientId });
    const patient = await existingPatient(db, latest.result.patientId);
    const facts = await gatherPatientFacts(db, patient);
    const views = interpreted(
      facts,
      patient.birthDate,
      today,
      versions.map((one) => one.result),
    );
    return views.map((view, index) => ({ ...view, voided: versions[index]?.voided ?? false }));
  },
};

function noSuchResult(): Refused {
  return new Refused("not-found", "This result is not in the record.");
}

async function resultInForce(db: ReadDb, id: string): Promise<LabResult> {
  const found = await readResult(db, id);
  if (found === null) throw noSuchResult();
  if (!found.inForce)
    throw new Refused("conflict", "This result was corrected or voided meanwhile.", {
      current: (await resultVersions(db, id))[0]?.result,
    });
  return found.result;
}

async function viewsOf(
  db: ReadDb,
  patient: Patient,
  ids: readonly string[],
  today: CalendarDate,
): Promise<LabResultView[]> {
  const all = interpreted(await gatherPatientFacts(db, patient), patient.birthDate, today);
  const byId = new Map(all.map((one) => [one.id, one]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** A result in a sentence: `ALT 54 U/L of Nov 16, 2026`. */
function resultText(result: LabResultFields, style: DateStyle): string {
  const name = labTest(result.testId)?.shortName ?? result.testId;
  return `${name} ${resultWords(result)} of ${formatDate(result.collectedOn, style)}`;
}

/** The tests to show even when empty: those of the open course's monitoring, or of the preset. */
function testsOf(facts: PatientFacts): string[] {
  const open = facts.courses.find((one) => one.course.end === null);
  return open ? testsFor({ course: open.course }) : [...monitoringPreset.core, ...monitoringPreset.lipids];
}

/** What stands on the time axis beside results and doses, oldest first; nothing of the future. */
function eventsOf(facts: PatientFacts, today: CalendarDate): { on: CalendarDate; label: string }[] {
  return facts.courses
    .flatMap(courseEvents)
    .filter((one) => one.on <= today)
    .toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

function courseEvents({ course, programme, visits }: CourseFacts): { on: CalendarDate; label: string }[] {
  const decisions = visits.flatMap(({ fields: { dose } }) => {
    if (dose === null || dose.action === "continue" || dose.action === "not-yet") return [];
    const dailyMg = dailyMgOf(dose.capsules);
    const label = doseActionWords[dose.action];
    return [{ on: dose.from, label: dailyMg === 0 ? label : `${label}: ${dailyMg} mg` }];
  });
  const entries = programme.entries.flatMap((one) =>
    one.kind === "first-dose" ||
    one.kind === "last-dose" ||
    one.kind === "pause" ||
    one.kind === "resume" ||
    one.kind === "pregnancy"
      ? [{ on: one.on, label: entryKindWords[one.kind] }]
      : [],
  );
  const end =
    course.end === null
      ? []
      : [
          {
            on: course.end.endedOn,
            label: `Course ended: ${courseEndWords[course.end.reason].toLowerCase()}`,
          },
        ];
  return [...decisions, ...entries, ...end];
}
