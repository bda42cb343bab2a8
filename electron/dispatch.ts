/**
 * THE DOOR. Every call comes through here: is there such a method, is somebody in, may they, does the input fit; then the
 * handler, in one transaction with its audit row where it writes; then the output is parsed. What it resolves to is always
 * an envelope; it never rejects.
 */
import { z } from "zod";
import { dateIn, type Instant, msOf } from "#shared/calendar.ts";
import { contract, type Method, type MethodsOf } from "#shared/contract.ts";
import { inputSentence } from "#shared/input-sentence.ts";
import { mayCall } from "#shared/permissions.ts";
import type { User } from "#shared/records/account.ts";
import { clinic } from "#shared/records/clinic.ts";
import { type Envelope, type Refusal, Refused } from "#shared/refusal.ts";
import { accountHandlers } from "./api/accounts.ts";
import { attachmentHandlers } from "./api/attachments.ts";
import { auditHandlers } from "./api/audit.ts";
import { clinicHandlers } from "./api/clinic.ts";
import { courseHandlers } from "./api/courses.ts";
import { documentHandlers } from "./api/documents.ts";
import { draftHandlers } from "./api/drafts.ts";
import type { Desk, Handler } from "./api/handler.ts";
import { labHandlers } from "./api/labs.ts";
import { laneHandlers } from "./api/lane.ts";
import { patientHandlers } from "./api/patients.ts";
import { prescribingHandlers } from "./api/prescribing.ts";
import { programmeHandlers } from "./api/programme.ts";
import { programmesHandlers } from "./api/programmes.ts";
import { sessionHandlers } from "./api/session.ts";
import { todayHandlers } from "./api/today.ts";
import { visitHandlers } from "./api/visits.ts";
import type { Clock } from "./clock.ts";
import type { Keeper, OpenSession, PasswordUse } from "./keeper.ts";
import type { Log } from "./log.ts";
import { appendAudit, patientOfRow } from "./store/audit.ts";
import { refusalOfStorage } from "./store/engine-sqlite.ts";
import type { ReadDb } from "./store/engine.ts";

/** Every method with its handler; one that is missing does not compile. */
const handlers: { [M in Method]: Handler<M> } = {
  ...sessionHandlers,
  ...clinicHandlers,
  ...accountHandlers,
  ...auditHandlers,
  ...draftHandlers,
  ...patientHandlers,
  ...courseHandlers,
  ...visitHandlers,
  ...labHandlers,
  ...programmeHandlers,
  ...laneHandlers,
  ...attachmentHandlers,
  ...programmesHandlers,
  ...prescribingHandlers,
  ...todayHandlers,
  ...documentHandlers,
};

/** What each key command does with the password of its input, before its transaction begins. */
const passwordUses: Record<MethodsOf<"keyCommand">, PasswordUse> = {
  "accounts.add": "give",
  "accounts.disable": "none",
  "accounts.setPassword": "give",
  "accounts.newRecoveryCode": "none",
  "visits.sign": "verify",
};

/** Queries that show what is known of one patient: who asked stands in the audit trail. */
const auditedReads: ReadonlySet<Method> = new Set<Method>([
  "patients.chart",
  "patients.history",
  "courses.history",
  "visits.prefill",
  "visits.read",
  "labs.flowsheet",
  "labs.history",
  "programme.entries",
  "lane.read",
  "programme.superseded",
  "attachments.list",
  "attachments.read",
  "prescribing.judge",
  "prescribing.list",
  "documents.render",
]);

/** The same person reading the same patient by the same method is told once in this many minutes. */
const READ_AGAIN_MINUTES = 10;

/** What dispatch works with. */
export type Surroundings = { keeper: Keeper; desk: Desk; clock: Clock; log: Log };

/** The door. */
export type Dispatch = {
  /** One call, as it comes across the bridge. */
  call(method: unknown, input: unknown): Promise<Envelope<unknown>>;
  /** Resolves when everything that is written after an answer is written. */
  settled(): Promise<void>;
};

type Note = { patientId?: string; rows?: readonly string[] };
type AnyHandler = (context: object) => unknown;
type Attempt = { session: OpenSession; method: Method; input: unknown; note: Note; now: Instant };

/** Makes the door. One for the whole program. */
export function makeDispatch({ keeper, desk, clock, log }: Surroundings): Dispatch {
  const told = new Map<string, number>();
  const afterwards = new Set<Promise<void>>();

  async function call(method: unknown, input: unknown): Promise<Envelope<unknown>> {
    if (typeof method !== "string" || !isMethod(method)) {
      // What was asked is not logged: it may hold anything.
      log({ what: "A call for a method that does not exist was refused" });
      return refused(new Refused("not-found", "There is no such method.").refusal);
    }
    try {
      return { ok: true, value: await run(method, input) };
    } catch (error) {
      return refused(refusalOf(error, method));
    }
  }

  async function run(method: Method, given: unknown): Promise<unknown> {
    const spec = contract[method];
    if (spec.verb === "session") {
      if (!mayCall(method, keeper.user)) throw whyShut();
      const input = parsedInput(method, given);
      const handler = handlers[method] as AnyHandler;
      return spec.output.parse(await handler({ input, now: clock.now(), keeper, desk }));
    }
    const session = keeper.open;
    if (session === null) throw whyShut();
    const attempt: Attempt = { session, method, input: given, note: {}, now: clock.now() };
    try {
      if (!mayCall(method, session.user))
        throw new Refused("not-allowed", "Your roles do not allow this. Ask an administrator.");
      attempt.input = parsedInput(method, given);
      switch (spec.verb) {
        case "query":
          return await query(attempt);
        case "action":
          return await action(attempt);
        case "command":
        case "keyCommand":
          keeper.active();
          return await command(attempt);
      }
    } catch (error) {
      if (error instanceof Refused) await tellRefusal(attempt, error);
      // An action holds no transaction, so that the record may be closed under it.
      else if (spec.verb === "action" && keeper.open?.engine !== session.engine)
        throw new Refused("locked", "The record was closed meanwhile. Sign in again.");
      throw error;
    }
  }

  async function query(attempt: Attempt): Promise<unknown> {
    const { session, method } = attempt;
    const { value, patientId } = await session.engine.read(async (db) => {
      const handler = handlers[method] as AnyHandler;
      const output = await handler({ ...situationOf(attempt), db });
      const asked = auditedReads.has(method);
      return {
        value: contract[method].output.parse(output),
        patientId: asked ? await patientOf(db, attempt, output) : null,
      };
    });
    if (auditedReads.has(method) && isNews(attempt, `${method} ${patientId}`))
      later(tell(attempt, "done", patientId, detailOf(attempt, null)));
    return value;
  }

  async function action(attempt: Attempt): Promise<unknown> {
    const { session, method } = attempt;
    keeper.active();
    const handler = handlers[method] as AnyHandler;
    // Told before, because a dialog may stand open until the record is locked.
    const patientId = await session.engine.read((db) => patientOf(db, attempt, null));
    await tell(attempt, "done", patientId, detailOf(attempt, null));
    const output = await handler({ ...situationOf(attempt), db: session.engine.kysely, desk });
    return contract[method].output.parse(output);
  }

  async function command(attempt: Attempt): Promise<unknown> {
    const { session, method, now } = attempt;
    const spec = contract[method];
    const staged =
      spec.verb === "keyCommand"
        ? await keeper.prepareKeys(passwordUses[method as MethodsOf<"keyCommand">], passwordIn(attempt.input))
        : null;
    let value: unknown;
    try {
      value = await session.engine.write(async (db) => {
        const handler = handlers[method] as AnyHandler;
        const output = await handler({ ...situationOf(attempt), db, keys: staged?.changes });
        const parsed = spec.output.parse(output);
        // A draft is saved every second while somebody types; once in a while is enough to tell.
        if (
          method !== "drafts.save" ||
          isNews(attempt, JSON.stringify(idsIn(attempt.input)) + keyIn(attempt.input))
        )
          await appendAudit(db, session.seal, {
            at: now,
            userId: session.user.id,
            userName: session.user.name,
            action: method,
            outcome: "done",
            patientId: await patientOf(db, attempt, output),
            detail: detailOf(attempt, output),
          });
        staged?.write();
        return parsed;
      });
    } catch (error) {
      staged?.undo();
      throw error;
    }
    await takeOver(method, value);
    return value;
  }

  /** What was committed is committed: what goes wrong from here on is logged, and is no refusal. */
  async function takeOver(method: Method, value: unknown): Promise<void> {
    try {
      if (method === "clinic.update") keeper.clinicChanged(clinic.parse(value));
      if (method.startsWith("accounts.")) await keeper.accountsChanged();
    } catch (error) {
      log({ what: "A committed change was not taken over", method, error });
    }
  }

  function situationOf(attempt: Attempt): object {
    const { session, input, now, note } = attempt;
    return {
      input,
      now,
      today: dateIn(session.clinic.zone, now),
      user: session.user satisfies User,
      record: { seal: session.seal, holdsKey: (id: string) => session.holdsKey(id) },
      audit: (more: Note) => Object.assign(note, more),
    };
  }

  function isNews({ session, now }: Attempt, what: string): boolean {
    const at = msOf(now);
    const key = `${session.user.id} ${what}`;
    const last = told.get(key);
    if (last !== undefined && at - last < READ_AGAIN_MINUTES * 60_000) return false;
    for (const [old, when] of told) if (at - when >= READ_AGAIN_MINUTES * 60_000) told.delete(old);
    told.set(key, at);
    return true;
  }

  async function tell(
    { session, method, now }: Attempt,
    outcome: "done" | "refused",
    patientId: string | null,
    detail: string,
  ): Promise<void> {
    await session.engine.write((db) =>
      appendAudit(db, session.seal, {
        at: now,
        userId: session.user.id,
        userName: session.user.name,
        action: method,
        outcome,
        patientId,
        detail,
      }),
    );
  }

  /** A command that was refused is told in a transaction of its own, as its own was rolled back; a query only when it was forbidden. */
  async function tellRefusal(attempt: Attempt, { refusal }: Refused): Promise<void> {
    const { session, method } = attempt;
    if (contract[method].verb === "query" && refusal.code !== "not-allowed") {
      // No form sends a query, so this is a page that is not ours, or a mistake of ours.
      if (refusal.code === "invalid") log({ what: "A malformed call was refused", method });
      return;
    }
    if (keeper.open?.engine !== session.engine) return;
    const fields = Object.keys(refusal.fields).filter((path) => /^[\w.-]{1,60}$/.test(path));
    try {
      const patientId = await session.engine.read((db) => patientOf(db, attempt, null));
      const detail = [refusal.code, ...fields.slice(0, 8), detailOf(attempt, null)].filter(Boolean).join(" ");
      await tell(attempt, "refused", patientId, detail);
    } catch (error) {
      log({ what: "A refusal could not be told to the audit trail", method, error });
    }
  }

  function later(work: Promise<void>): void {
    const done = work.catch((error: unknown) => log({ what: "The audit trail could not be written", error }));
    afterwards.add(done);
    void done.finally(() => afterwards.delete(done));
  }

  function whyShut(): Refused {
    const { phase } = keeper.status();
    if (phase === "locked")
      return new Refused("locked", "The screen is locked. Type your password to go on.");
    if (phase === "no-record") return new Refused("locked", "Open a record first.");
    return new Refused("locked", "Sign in first.");
  }

  function refusalOf(error: unknown, method: Method): Refusal {
    if (error instanceof Refused) return error.refusal;
    const storage = refusalOfStorage(error);
    log({ what: storage === undefined ? "A bug" : "The disk or the file refused", method, error });
    return (storage ?? new Refused("bug", "This could not be done; nothing was saved.")).refusal;
  }

  return {
    call,
    settled: async () => {
      while (afterwards.size > 0) await Promise.all(afterwards);
    },
  };
}

function refused(refusal: Refusal): Envelope<never> {
  return { ok: false, refusal };
}

function isMethod(name: string): name is Method {
  return Object.hasOwn(contract, name);
}

function parsedInput(method: Method, given: unknown): unknown {
  const parsed = contract[method].input.safeParse(given, { error: inputSentence });
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[issue.path.map(String).join(".")] ??= issue.message;
  const [first] = Object.values(fields);
  const sentence = Object.keys(fields).length === 1 ? (first ?? "") : "Some fields need another look.";
  throw new Refused("invalid", sentence, { fields });
}

const anyPassword = z.object({ password: z.string() });

function passwordIn(input: unknown): string | null {
  return anyPassword.safeParse(input).data?.password ?? null;
}

function keyIn(input: unknown): string {
  return z.object({ key: z.string() }).safeParse(input).data?.key ?? "";
}

/** Only what looks like a key of ours is told, so that nothing else can come into the audit trail this way. */
const rowId = z
  .string()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .nullish()
  .catch(null);
const ids = z.object({ id: rowId, patientId: rowId, courseId: rowId, visitId: rowId });
type Ids = z.infer<typeof ids>;

/** The ids in a call's input or output, also those of a paper or of the first of a list. */
function idsIn(value: unknown): Ids {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  const found = ids.safeParse(first).data ?? {};
  const paper = z.object({ paper: ids }).safeParse(first).data?.paper ?? {};
  return { ...paper, ...found };
}

/** Whom a call concerns: by what the handler noted, by a patient's id, or by the row that is named. */
async function patientOf(db: ReadDb, attempt: Attempt, output: unknown): Promise<string | null> {
  if (attempt.note.patientId !== undefined) return attempt.note.patientId;
  const asked = idsIn(attempt.input);
  const answered = idsIn(output);
  const named = asked.patientId ?? answered.patientId;
  if (named) return named;
  const course = asked.courseId ?? answered.courseId;
  if (course) return patientOfRow(db, "courses", course);
  const visit = asked.visitId ?? answered.visitId;
  if (visit) return patientOfRow(db, "visits", visit);
  const row = asked.id ?? answered.id;
  return row ? patientOfRow(db, attempt.method.split(".")[0] ?? "", row) : null;
}

/** The ids of the rows concerned. */
function detailOf({ input, note }: Attempt, output: unknown): string {
  const asked = idsIn(input);
  const list: unknown[] = Array.isArray(output) ? output : [output];
  const rows = [
    asked.id,
    ...list.map((one) => idsIn(one).id),
    ...(note.rows ?? []),
    asked.visitId,
    asked.courseId,
  ].filter((one) => typeof one === "string");
  return [...new Set(rows)].slice(0, 40).join(" ");
}
