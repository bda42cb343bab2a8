/**
 * Every small change of a rule file that a test should notice. The file is read without its types, which keep their place as
 * blanks, so that a position in the one is the same position in the other.
 */
import { stripTypeScriptTypes } from "node:module";
import { parseSync } from "vite";
import { addDays, isCalendarDate } from "#shared/calendar.ts";

/**
 * One change: `text[start, end)` becomes `to`. `line` counts from 1. `id` names it whatever line it moves to: the file, the line
 * as it is written, and the change.
 */
export type Mutant = { id: string; file: string; line: number; start: number; end: number; to: string };

/** A rule file without its types, and its mutants. */
export type Source = { file: string; javascript: string; mutants: readonly Mutant[] };

type Node = { type: string; start: number; end: number } & Readonly<Record<string, unknown>>;
type Change = { start: number; end: number; to: string };

/** Words of which only these may stand in a place: each is replaced by each of the others. */
const FAMILIES: readonly (readonly string[])[] = [
  ["met", "unmet", "unknown", "not-applicable"],
  ["can", "cannot"],
  ["yes", "no"],
  ["start", "prescribe", "dispense"],
  ["monthly", "enrolment", "never"],
  ["alone", "primary", "secondary", "never"],
  ["negative", "positive", "indeterminate", "pending"],
  ["medical", "clia-laboratory", "home", "remote-supervised"],
  ["urine", "serum"],
  ["us-eastern", "clinic"],
  ["regular", "irregular", "none"],
  ["missed", "stopped", "unprotected-contact"],
  ["decision", "category", "break", "lapse"],
  ["urgent", "today", "soon", "later"],
  ["hold", "stop"],
  ["patient", "patient-and-guardian"],
  ["good", "warning", "stop", "neutral"],
];

const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  "<": ["<=", ">"],
  "<=": ["<", ">"],
  ">": [">=", "<"],
  ">=": [">", "<"],
  "===": ["!=="],
  "!==": ["==="],
  "+": ["-"],
  "-": ["+"],
  "*": ["/"],
  "/": ["*"],
  "%": ["*"],
  "+=": ["-="],
  "-=": ["+="],
};

/** Functions with a counterpart that takes the same arguments. */
const COUNTERPARTS: Readonly<Record<string, string>> = {
  some: "every",
  every: "some",
  find: "findLast",
  findLast: "find",
  startsWith: "endsWith",
  min: "max",
  max: "min",
  floor: "ceil",
  ceil: "floor",
  later: "earlier",
  earlier: "later",
};

/** Methods that may be left out: the result is of the same kind. */
const OMITTED = new Set([
  "filter",
  "sort",
  "toSorted",
  "reverse",
  "toReversed",
  "trim",
  "slice",
  "toLowerCase",
]);

/** Functions that answer with their first argument moved. */
const MOVED = new Set(["addDays", "addMonths", "addMinutes"]);

/** Calls that answer true or false. */
const QUESTIONS = new Set(["includes", "has", "startsWith"]);

/** The mutants of a file; `text` is TypeScript. */
export function sourceOf(file: string, text: string): Source {
  const javascript = stripTypeScriptTypes(text);
  const { program, errors } = parseSync(`${file}.js`, javascript, { lang: "js" });
  if (errors.length > 0 || javascript.length !== text.length)
    throw new Error(`${file} could not be read: ${errors[0]?.message ?? "its types are not blanks"}.`);
  const changes: Change[] = [];
  visit(asNode(program), javascript, changes);
  const lines = lineStarts(text);
  const seen = new Map<string, number>();
  const known = new Set<string>();
  const mutants = changes
    .filter(({ start, end, to }) => {
      const key = `${start} ${end} ${to}`;
      return !known.has(key) && known.add(key).size > 0 && javascript.slice(start, end) !== to;
    })
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .map((change) => {
      const line = lines.findLastIndex((start) => start <= change.start);
      const written = text.slice(lines[line], lines[line + 1] ?? text.length).trim();
      const name = `${file}: ${written} ⇒ ${inWords(javascript, change)}`;
      const nth = (seen.get(name) ?? 0) + 1;
      seen.set(name, nth);
      return { ...change, id: nth === 1 ? name : `${name} (${nth})`, file, line: line + 1 };
    });
  return { file, javascript, mutants };
}

/** The file with the change made. */
export function withMutant({ javascript }: Source, { start, end, to }: Mutant): string {
  return javascript.slice(0, start) + to + javascript.slice(end);
}

function inWords(text: string, { start, end, to }: Change): string {
  const from = short(text.slice(start, end));
  return to.trim() === "" ? `without ${from}` : `${from} → ${short(to)}`;
}

function short(text: string): string {
  const one = text.replaceAll(/\s+/g, " ").trim();
  return one.length <= 60 ? one : `${one.slice(0, 40)} … ${one.slice(-18)}`;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

function asNode(value: unknown): Node {
  if (!isNode(value)) throw new Error("A part of the syntax tree is not where it should be.");
  return value;
}

function nodesOf(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function nameOf(node: Node): string {
  return typeof node["name"] === "string" ? node["name"] : "";
}

function visit(node: Node, text: string, changes: Change[]): void {
  changes.push(...changesOf(node, text));
  for (const [key, value] of Object.entries(node)) {
    if (key === "source" && node.type === "ImportDeclaration") continue;
    if (key === "key" && node["computed"] !== true) continue;
    for (const child of Array.isArray(value) ? value : [value])
      if (isNode(child)) visit(child, text, changes);
  }
}

function changesOf(node: Node, text: string): Change[] {
  const replace = (to: string, part: Node = node): Change => ({ start: part.start, end: part.end, to });
  const written = (part: unknown): string => text.slice(asNode(part).start, asNode(part).end);
  switch (node.type) {
    case "BinaryExpression":
    case "AssignmentExpression": {
      const [left, right] = [asNode(node["left"]), asNode(node["right"])];
      const operator = String(node["operator"]);
      // Texts are joined, not added.
      if (operator === "+" && [left, right].some(isText)) return [];
      const start = text.indexOf(operator, left.end);
      return (OPERATORS[operator] ?? []).map((to) => ({ start, end: start + operator.length, to }));
    }
    case "LogicalExpression": {
      const sides = [replace(written(node["left"])), replace(`(${written(node["right"])})`)];
      const other = { "&&": "||", "||": "&&" }[String(node["operator"])];
      if (other === undefined) return sides;
      return [...sides, replace(`((${written(node["left"])}) ${other} (${written(node["right"])}))`)];
    }
    case "UnaryExpression":
      return ["!", "-"].includes(String(node["operator"])) ? [replace(`(${written(node["argument"])})`)] : [];
    case "IfStatement":
    case "ConditionalExpression":
      return ["true", "false"].map((to) => replace(to, asNode(node["test"])));
    case "WhileStatement":
    case "ForStatement":
      return isNode(node["test"]) ? [replace("false", node["test"])] : [];
    case "ForOfStatement":
      return [replace("{}", asNode(node["body"]))];
    case "ExpressionStatement":
    case "ContinueStatement":
    case "BreakStatement":
      return [replace(";")];
    case "MemberExpression":
      return node["optional"] === true ? required(node, asNode(node["object"]), text) : [];
    case "CallExpression":
      return callChanges(node, text);
    case "ArrayExpression":
    case "ObjectExpression":
      return listChanges(node);
    case "TemplateLiteral":
      return [replace('""')];
    case "Literal":
      return literalChanges(node.value, written(node)).map((to) => replace(to));
    default:
      return [];
  }
}

function isText(node: Node): boolean {
  return node.type === "TemplateLiteral" || (node.type === "Literal" && typeof node.value === "string");
}

/** `a?.b` as `a.b`. */
function required(node: Node, before: Node, text: string): Change[] {
  const start = text.indexOf("?.", before.end);
  return [
    { start, end: start + 2, to: node["computed"] === true || node.type === "CallExpression" ? "" : "." },
  ];
}

function callChanges(node: Node, text: string): Change[] {
  const callee = asNode(node["callee"]);
  const changes = node["optional"] === true ? required(node, callee, text) : [];
  const method = callee.type === "MemberExpression" && callee["computed"] !== true;
  const named = method ? asNode(callee["property"]) : callee;
  const name = nameOf(named);
  const counterpart = COUNTERPARTS[name];
  if (counterpart !== undefined) changes.push({ start: named.start, end: named.end, to: counterpart });
  if (method && OMITTED.has(name))
    changes.push({ start: asNode(callee["object"]).end, end: node.end, to: "" });
  if (method && QUESTIONS.has(name))
    changes.push({ start: node.start, end: node.end, to: `!(${text.slice(node.start, node.end)})` });
  const first = nodesOf(node["arguments"])[0];
  if (MOVED.has(name) && first !== undefined)
    changes.push({ start: node.start, end: node.end, to: text.slice(first.start, first.end) });
  return changes;
}

/** A list or record without one of its parts, and a list without any. */
function listChanges(node: Node): Change[] {
  const parts = nodesOf(node.type === "ArrayExpression" ? node["elements"] : node["properties"]);
  const inside = { start: node.start + 1, end: node.end - 1, to: "" };
  const without = parts.map((part, index): Change => {
    const [before, after] = [parts[index - 1], parts[index + 1]];
    if (after !== undefined) return { start: part.start, end: after.start, to: "" };
    return before === undefined ? inside : { start: before.end, end: part.end, to: "" };
  });
  return node.type === "ArrayExpression" && parts.length > 1 ? [...without, inside] : without;
}

function literalChanges(value: unknown, written: string): string[] {
  if (typeof value === "boolean") return [String(!value)];
  if (typeof value === "number") return [String(value + 1), `(${value - 1})`];
  if (typeof value !== "string") return [];
  if (isCalendarDate(value)) return [addDays(value, -1), addDays(value, 1)].map((to) => JSON.stringify(to));
  const others = FAMILIES.filter((words) => words.includes(value)).flat();
  if (others.length > 0)
    return [...new Set(others)].filter((word) => word !== value).map((to) => JSON.stringify(to));
  return written.length > 2 ? ['""'] : ['"mutant"'];
}
