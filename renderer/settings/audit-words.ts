import type { Method } from "#shared/contract.ts";
import type { AuditEntry, AuditSubject } from "#shared/records/audit-entry.ts";
import { entryKindWords } from "#shared/records/words.ts";
import type { RefusalCode } from "#shared/refusal.ts";
import { editionName } from "#shared/rules/programmes/editions.ts";
import { labTest } from "#shared/rules/lab-tests.ts";
import type { Dates } from "#renderer/ui/dates.tsx";

/** What each method is called in the audit trail. */
const words: Record<Method, string> = {
  "session.status": "Asked who is in",
  "session.wait": "Waited for a change of session",
  "session.createRecord": "Created the record",
  "session.openRecord": "Opened the record",
  "session.openDemo": "Opened the demo clinic",
  "session.closeRecord": "Closed the record",
  "session.chooseFolder": "Chose a folder",
  "session.signIn": "Signed in",
  "session.unlock": "Unlocked the screen",
  "session.lock": "Locked the screen",
  "session.signOut": "Signed out",
  "session.recover": "Used the recovery code",
  "session.setColorScheme": "Chose light or dark",
  "session.setTodayFilter": "Chose the lines of Today",
  "session.active": "Was at the keyboard",
  "session.changePassword": "Changed the own password",
  "clinic.read": "Read the clinic’s details",
  "clinic.update": "Changed the clinic’s details",
  "accounts.list": "Read the accounts",
  "accounts.add": "Added an account",
  "accounts.update": "Changed an account",
  "accounts.disable": "Disabled an account",
  "accounts.setPassword": "Set an account’s password",
  "accounts.newRecoveryCode": "Made a new recovery code",
  "audit.list": "Read the audit trail",
  "audit.verify": "Verified the audit trail",
  "drafts.save": "Kept a draft",
  "drafts.read": "Read a draft",
  "drafts.list": "Listed the drafts",
  "drafts.discard": "Discarded a draft",
  "patients.search": "Searched patients",
  "patients.duplicates": "Looked for duplicates",
  "patients.register": "Registered a patient",
  "patients.update": "Changed a patient",
  "patients.history": "Read a patient’s history",
  "patients.chart": "Read a chart",
  "courses.open": "Opened a course",
  "courses.update": "Changed a course",
  "courses.history": "Read a course’s history",
  "courses.end": "Ended a course",
  "visits.prefill": "Began a visit",
  "visits.read": "Read a visit",
  "visits.save": "Saved a visit",
  "visits.sign": "Signed a visit",
  "visits.addAddendum": "Added an addendum",
  "visits.void": "Voided a visit",
  "labs.flowsheet": "Read the lab results",
  "labs.record": "Recorded lab results",
  "labs.correct": "Corrected a lab result",
  "labs.void": "Voided a lab result",
  "labs.history": "Read a lab result’s history",
  "programme.entries": "Read the programme",
  "lane.read": "Looked at the programme’s steps and calendar",
  "programme.superseded": "Read corrected and voided programme entries",
  "programme.record": "Recorded a programme step",
  "programme.correct": "Corrected a programme step",
  "programme.void": "Voided a programme step",
  "programmes.list": "Read the programmes’ editions",
  "programmes.review": "Reviewed an edition, or took that back",
  "programmes.changes": "Read what an edition changes",
  "attachments.add": "Attached a file",
  "attachments.list": "Listed a patient’s files",
  "attachments.read": "Opened a file",
  "prescribing.judge": "Asked whether to prescribe",
  "prescribing.issue": "Issued a prescription",
  "prescribing.list": "Read the prescriptions",
  "prescribing.void": "Voided a prescription",
  "today.list": "Read the Today list",
  "documents.render": "Made a paper",
  "documents.save": "Saved a paper",
  "documents.recoveryCode": "Made the recovery paper",
};

const events: Readonly<Record<string, string>> = {
  "session.wrong-password": "Wrong password",
  "session.wrong-recovery-code": "Wrong recovery code",
};

/** An audit entry's action in words; one that this edition does not know stands as it is. */
export function actionWords(action: string): string {
  return (words as Readonly<Record<string, string>>)[action] ?? events[action] ?? action;
}

/** Why a call was refused, by the code that the trail keeps. */
const refusals: Record<RefusalCode, string> = {
  invalid: "Not accepted",
  unlikely: "An unlikely value was not confirmed",
  "not-found": "It was not there",
  conflict: "Somebody else had changed it",
  "not-allowed": "Not allowed",
  locked: "The screen was locked",
  bug: "A fault of the program",
};

/** Why the screen was locked. */
const locks: Readonly<Record<string, string>> = {
  asked: "On demand",
  idle: "After a rest",
  sleep: "The computer went to sleep",
};

/** How many tests of one day are named; the others are counted. */
const NAMED = 6;

/** What an entry concerns, and why it was refused: one line each. */
export function detailLines(entry: AuditEntry, dates: Pick<Dates, "date">): string[] {
  const lines = subjectLines(entry.concerns, dates);
  if (entry.action === "session.lock") return [locks[entry.detail] ?? "", ...lines].filter(Boolean);
  if (entry.action === "programmes.review" && entry.outcome === "done")
    return [...entry.detail.split(" ").map((id) => editionName(id) ?? ""), ...lines].filter(Boolean);
  if (entry.outcome === "done" || entry.detail === "") return lines;
  const [code = "", ...more] = entry.detail.split(" ");
  const why = (refusals as Readonly<Record<string, string>>)[code];
  if (why === undefined) return lines;
  const fields = [...new Set(more.filter((one) => !/^[0-9a-f]{8}-/u.test(one)).map(fieldWords))];
  return [fields.length > 0 ? `${why}: ${fields.join(", ")}` : why, ...lines];
}

function subjectLines(subjects: readonly AuditSubject[], dates: Pick<Dates, "date">): string[] {
  const lines: string[] = [];
  const tests = new Map<string, string[]>();
  for (const one of subjects) {
    const day = one.on === null ? "" : dates.date(one.on);
    if (one.noun === "lab-result") {
      const name = labTest(one.name)?.shortName ?? one.name;
      tests.set(day, [...(tests.get(day) ?? []), name]);
    } else lines.push(subjectWords(one, day));
  }
  for (const [day, names] of tests) {
    const more = names.length - NAMED;
    lines.push(`${names.slice(0, NAMED).join(", ")}${more > 0 ? ` and ${more} more` : ""} of ${day}`);
  }
  return [...new Set(lines)];
}

function subjectWords({ noun, name }: AuditSubject, day: string): string {
  switch (noun) {
    case "visit":
      return `Visit of ${day}`;
    case "course":
      return `Course of ${day}`;
    case "prescription":
      return `Prescription of ${day}`;
    case "programme-entry":
      return `${(entryKindWords as Readonly<Record<string, string>>)[name] ?? name}, ${day}`;
    case "account":
      return name;
    case "lab-result":
      return `${name} of ${day}`;
  }
}

/** Fields that a screen calls otherwise than the record. */
const fieldNames: Readonly<Record<string, string>> = { login: "user name", zone: "time zone" };

/** `entry.results.0.collectedOn` as `collected on`. */
function fieldWords(path: string): string {
  const last = path
    .split(".")
    .filter((part) => !/^\d+$/u.test(part))
    .at(-1);
  const known = fieldNames[last ?? ""];
  return known ?? (last ?? path).replaceAll(/([a-z])([A-Z])/gu, "$1 $2").toLowerCase();
}
