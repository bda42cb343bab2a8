/** The programmes' editions: which there are, who compared them with their sources, and what a new one changes for whom. */
import { readClinic } from "#electron/store/clinic.ts";
import { coursesForToday } from "#electron/store/courses.ts";
import { insertReview, latestReviews } from "#electron/store/edition-reviews.ts";
import type { ReadDb } from "#electron/store/engine.ts";
import { gatherTodayCourses, type TodayCourse } from "#electron/store/facts.ts";
import { addDays, type CalendarDate, daysBetween, type Instant, instantIn } from "#shared/calendar.ts";
import { programme as programmes } from "#shared/records/course.ts";
import type { NewEdition } from "#shared/records/due.ts";
import type { Edition, EditionChanges } from "#shared/records/edition.ts";
import { listName } from "#shared/records/patient.ts";
import { Refused } from "#shared/refusal.ts";
import type { ProgrammeFacts } from "#shared/rules/facts.ts";
import type { Finding } from "#shared/rules/finding.ts";
import { judge } from "#shared/rules/prescribing.ts";
import { EDITIONS } from "#shared/rules/programmes/editions.ts";
import { changedRules, differencesOf, RULE_NAMES } from "#shared/rules/programmes/edition-words.ts";
import type { ProgrammeTable } from "#shared/rules/programmes/programme-table.ts";
import { treats } from "./due-lines.ts";
import type { Handlers } from "./handler.ts";

export const programmesHandlers: Handlers<"programmes"> = {
  "programmes.list": async ({ db, today }) => {
    const reviews = await latestReviews(db);
    return programmes.options
      .flatMap((one) => editionsOf(EDITIONS[one], today))
      .map((one) => ({ ...one, review: reviews.get(one.id) ?? null }));
  },

  "programmes.review": async ({ db, input, now, today, user, audit }) => {
    const known = Object.values(EDITIONS).some((list) => list.some((one) => one.id === input.edition));
    if (!known) throw new Refused("not-found", "There is no such edition.");
    const { edition, reviewed, note } = input;
    audit({ rows: [edition] });
    await insertReview(db, { edition, reviewed, on: today, note }, { userId: user.id, now });
    return {};
  },

  "programmes.changes": async ({ db, input, today, user }) => {
    const tables = EDITIONS[input.programme];
    const at = tables.findIndex((one) => one.effectiveFrom === input.from);
    const [before, after] = [tables[at - 1], tables[at]];
    if (before === undefined || after === undefined)
      throw new Refused("not-found", "There is no edition before this one to compare with.");
    const { dateStyle } = await readClinic(db);
    return {
      before: { name: before.name, to: before.effectiveTo },
      after: { name: after.name, from: after.effectiveFrom },
      differences: differencesOf(before, after, dateStyle),
      patients: treats(user) ? await patientsConcerned(db, before, after, today) : null,
    };
  },
};

/** A new edition is told of for so many days before it takes effect and after. */
const TOLD_DAYS = 30;

/** The edition that takes effect about `today` and judges one of these courses anew: open, and decided on before it. */
export function newEditionFor(
  courses: readonly ProgrammeFacts["course"][],
  today: CalendarDate,
): NewEdition | null {
  for (const programme of programmes.options)
    for (const { enabled, name, effectiveFrom: from } of EDITIONS[programme].slice(1))
      if (
        enabled &&
        Math.abs(daysBetween(from, today)) <= TOLD_DAYS &&
        courses.some((one) => one.end === null && one.programme === programme && one.decidedOn < from)
      )
        return { programme, name, from };
  return null;
}

/** One entry per id, with the tables that carry it. */
function editionsOf(tables: readonly ProgrammeTable[], today: CalendarDate): Omit<Edition, "review">[] {
  return [...new Set(tables.map((one) => one.id))].flatMap((id) => {
    const own = tables.filter((one) => one.id === id);
    const [first, last] = [own[0], own.at(-1)];
    if (first === undefined || last === undefined) return [];
    const isOver = last.effectiveTo !== null && last.effectiveTo < today;
    return [
      {
        id,
        programme: first.programme,
        name: last.name,
        enabled: own.some((one) => one.enabled),
        openQuestions: [...new Set(own.flatMap((one) => one.openQuestions))],
        periods: own.map((one) => ({
          from: one.effectiveFrom,
          to: one.effectiveTo,
          source: one.source,
          changes: tables.indexOf(one) > 0,
        })),
        when: isOver ? "past" : first.effectiveFrom > today ? "coming" : "now",
      },
    ];
  });
}

/**
 * The open courses of the programme that were decided on before the newer table, and of which a rule that differs said one thing
 * in the last minute of the older table and says another in the first minute of the newer. What the midnight alone changes is
 * left out: only rules whose rows differ are compared.
 */
async function patientsConcerned(
  db: ReadDb,
  before: ProgrammeTable,
  after: ProgrammeTable,
  today: CalendarDate,
): Promise<NonNullable<EditionChanges["patients"]>> {
  const rules = changedRules(before, after);
  const ids = (await coursesForToday(db, today)).map((one) => one.id);
  const courses = (await gatherTodayCourses(db, ids, today)).filter(
    ({ programme: { course } }) =>
      course.end === null && course.programme === after.programme && course.decidedOn < after.effectiveFrom,
  );
  return courses
    .flatMap((one) => concerned(one, after.effectiveFrom, rules))
    .toSorted((a, b) => a.patientName.localeCompare(b.patientName));
}

function concerned(
  { programme: facts, patient }: TodayCourse,
  from: CalendarDate,
  rules: ReadonlySet<string>,
): NonNullable<EditionChanges["patients"]> {
  const { zone } = facts.clinic;
  const findings = (at: Instant) =>
    new Map(judge(facts, at).findings.map((one): [string, Finding] => [one.rule, one]));
  const old = findings(instantIn(zone, addDays(from, -1), "23:59"));
  const now = findings(instantIn(zone, from, "00:00"));
  const different = [...rules].flatMap((rule) => {
    const [was, is] = [old.get(rule), now.get(rule)];
    if (was?.status === is?.status && was?.opensAt === is?.opensAt && was?.closesAt === is?.closesAt)
      return [];
    if (!matters(was) && !matters(is)) return [];
    const name = (RULE_NAMES as Readonly<Record<string, string>>)[rule] ?? rule;
    return [{ name, before: was?.sentence ?? "Not asked.", after: is?.sentence ?? "Not asked." }];
  });
  if (different.length === 0) return [];
  const { id: patientId } = facts.patient;
  return [
    { patientId, patientName: listName(patient), recordNumber: patient.recordNumber, findings: different },
  ];
}

/** What does not apply, or is not asked, concerns nobody. */
function matters(one: Finding | undefined): boolean {
  return one !== undefined && one.status !== "not-applicable";
}
