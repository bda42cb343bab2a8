/** Which role may call which method, as a table. `anyone`: before signing in; `signed-in`: every role. */
import type { Method } from "./contract.ts";
import type { Role, User } from "./records/account.ts";

type Permission = "anyone" | "signed-in" | readonly Role[];

const CLINICAL = ["prescriber", "nurse"] as const;
const DESK = ["prescriber", "nurse", "reception"] as const;

export const permissions: Record<Method, Permission> = {
  "session.status": "anyone",
  "session.wait": "anyone",
  "session.createRecord": "anyone",
  "session.openRecord": "anyone",
  "session.openDemo": "anyone",
  "session.closeRecord": "anyone",
  "session.chooseFolder": "anyone",
  "session.signIn": "anyone",
  "session.unlock": "anyone",
  "session.lock": "anyone",
  "session.signOut": "anyone",
  "session.recover": "anyone",
  "session.setColorScheme": "anyone",
  "session.setTodayFilter": "anyone",
  "session.active": "signed-in",
  "session.changePassword": "signed-in",

  "clinic.read": "signed-in",
  "clinic.update": ["administrator"],
  "accounts.list": ["administrator"],
  "accounts.add": ["administrator"],
  "accounts.update": ["administrator"],
  "accounts.disable": ["administrator"],
  "accounts.setPassword": ["administrator"],
  "accounts.newRecoveryCode": ["administrator"],
  "audit.list": ["administrator"],
  "audit.verify": ["administrator"],

  "drafts.save": DESK,
  "drafts.read": DESK,
  "drafts.list": DESK,
  "drafts.discard": DESK,

  "patients.search": DESK,
  "patients.duplicates": DESK,
  "patients.register": DESK,
  "patients.update": DESK,
  "patients.history": DESK,
  "patients.chart": DESK,

  "courses.open": CLINICAL,
  "courses.update": CLINICAL,
  "courses.history": DESK,
  "courses.end": ["prescriber"],

  "visits.prefill": CLINICAL,
  "visits.read": CLINICAL,
  "visits.save": CLINICAL,
  "visits.sign": ["prescriber"],
  "visits.addAddendum": CLINICAL,
  "visits.void": ["prescriber"],

  "labs.flowsheet": CLINICAL,
  "labs.record": CLINICAL,
  "labs.correct": CLINICAL,
  "labs.void": CLINICAL,
  "labs.history": CLINICAL,

  "programme.entries": CLINICAL,
  "lane.read": CLINICAL,
  "programme.superseded": CLINICAL,
  "programme.record": CLINICAL,
  "programme.correct": CLINICAL,
  "programme.void": CLINICAL,

  "programmes.list": [...CLINICAL, "administrator"],
  "programmes.changes": [...CLINICAL, "administrator"],
  "programmes.review": ["prescriber"],

  "attachments.add": CLINICAL,
  "attachments.list": CLINICAL,
  "attachments.read": CLINICAL,

  "prescribing.judge": CLINICAL,
  "prescribing.issue": ["prescriber"],
  "prescribing.list": CLINICAL,
  "prescribing.void": ["prescriber"],

  "today.list": DESK,

  "documents.render": DESK,
  "documents.save": DESK,
  "documents.recoveryCode": "anyone",
};

/** Whether a person (null: nobody signed in) may call a method. */
export function mayCall(method: Method, user: User | null): boolean {
  const permission = permissions[method];
  if (permission === "anyone") return true;
  if (user === null) return false;
  return permission === "signed-in" || user.roles.some((one) => permission.includes(one));
}
