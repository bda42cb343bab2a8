/** Asks the engine and the oracle the same questions, and makes what they disagree about as small as it gets. */
import type { ProgrammeFacts } from "#shared/rules/facts.ts";
import type { Verdict } from "#shared/rules/finding.ts";
import { judge } from "#shared/rules/prescribing.ts";
import type { Question } from "./histories.ts";
import { oracleSays } from "./ipledge.ts";

/** Who is compared with the engine: the oracle, unless a test puts another in its place. */
type Oracle = typeof oracleSays;

/** Where the two differ: the rule, or `answer` for the whole. */
export type Disagreement = { rule: string; engine: string; oracle: string };

/** The engine's answer to a question. */
export function engineSays(facts: ProgrammeFacts, question: Question): Verdict {
  if (question.dispense === true) return judge(facts, question.at, { question: "dispense" });
  return judge(facts, question.at, question.daysSupply === null ? {} : { daysSupply: question.daysSupply });
}

/** Every difference between a verdict and the oracle's answer; empty when they agree. */
export function disagreements(
  facts: ProgrammeFacts,
  question: Question,
  verdict = engineSays(facts, question),
  oracle: Oracle = oracleSays,
): Disagreement[] {
  const said = oracle(facts, question.at, question.daysSupply, question.dispense);
  const found: Disagreement[] = [];
  const statuses = new Map(verdict.findings.map((one) => [one.rule, one.status]));
  for (const [rule, status] of Object.entries(said.statuses)) {
    const engine = statuses.get(rule) ?? null;
    if (engine !== status)
      found.push({ rule, engine: engine ?? "no finding", oracle: status ?? "no finding" });
  }
  for (const [rule, engine] of statuses) {
    if (said.statuses[rule] === undefined) found.push({ rule, engine, oracle: "no such rule" });
  }
  if (said.answer !== verdict.answer)
    found.push({ rule: "answer", engine: verdict.answer, oracle: said.answer });
  return found;
}

/** The same facts with as few entries, prescriptions and doses as still show a disagreement about `rule`. */
export function smallest(
  facts: ProgrammeFacts,
  question: Question,
  rule: string,
  oracle: Oracle = oracleSays,
): ProgrammeFacts {
  const stillDiffers = (one: ProgrammeFacts) =>
    disagreements(one, question, engineSays(one, question), oracle).some((it) => it.rule === rule);
  let small = facts;
  const open = { ...facts, course: { ...facts.course, end: null } };
  if (stillDiffers(open)) small = open;
  const { elsewhere, ...alone } = small;
  if (elsewhere !== undefined && stillDiffers(alone)) small = alone;
  for (let shrunk = true; shrunk;) {
    shrunk = false;
    for (const list of ["entries", "prescriptions", "doses"] as const) {
      for (let index = small[list].length - 1; index >= 0; index -= 1) {
        const without = { ...small, [list]: small[list].filter((_, other) => other !== index) };
        if (!stillDiffers(without)) continue;
        small = without;
        shrunk = true;
      }
    }
  }
  return small;
}

/** A disagreement for a person to read: the fewest facts, the question, and both answers. */
export function report(
  facts: ProgrammeFacts,
  question: Question,
  rule: string,
  oracle: Oracle = oracleSays,
): string {
  const small = smallest(facts, question, rule, oracle);
  const verdict = engineSays(small, question);
  const found = disagreements(small, question, verdict, oracle).find((one) => one.rule === rule);
  const finding = verdict.findings.find((one) => one.rule === rule);
  const lines = [
    `${rule}: the engine says ${found?.engine}, the oracle ${found?.oracle}.`,
    `  ${question.dispense === true ? "at the pick-up, " : ""}asked at ${question.at}, clinic in ${small.clinic.zone}, ${question.daysSupply === null ? "days of supply not said" : `${question.daysSupply} days`}`,
    `  born ${small.patient.birthDate}, decided on ${small.course.decidedOn}${small.course.end === null ? "" : `, ended on ${small.course.end.endedOn}`}`,
    ...[...small.entries].sort((a, b) => (a.on < b.on ? -1 : 1)).map((one) => `  ${inWords(one)}`),
    ...small.prescriptions.map(
      (one) => `  prescription issued ${one.issuedAt} (${one.issuedOn}), ${one.daysSupply} days`,
    ),
    ...(small.medicines === undefined ? [] : [`  medicines: ${small.medicines?.join(", ") ?? "not asked"}`]),
    ...(small.elsewhere?.results ?? []).map(
      (one) =>
        `  laboratory ${one.collectedOn}: ${one.testId} ${one.comparator ?? ""}${one.value ?? one.text}`,
    ),
    ...(small.elsewhere?.entries ?? []).map((one) => `  elsewhere ${inWords(one)}`),
    ...small.doses.map((one) => `  dose ${one.action} on ${one.on}`),
    `  engine: ${finding === undefined ? verdict.sentence : `${finding.sentence} [${finding.datum ?? "no datum"}]`}`,
  ];
  return lines.join("\n");
}

const OF_THE_ROW = new Set([
  "id",
  "note",
  "recordedAt",
  "recordedBy",
  "replacesId",
  "reason",
  "courseId",
  "patientId",
  "visitId",
]);

function inWords(entry: ProgrammeFacts["entries"][number]): string {
  const said = Object.entries(entry).filter(
    ([name]) => !OF_THE_ROW.has(name) && name !== "on" && name !== "kind",
  );
  const fields = said.map(([name, value]) => `${name} ${String(value) || '""'}`).join(", ");
  return `${entry.on} ${entry.kind}${fields === "" ? "" : `: ${fields}`}`;
}
