/**
 * The keeper of the record: which one is chosen, who is in, and whether the screen is locked. It holds the data key while
 * somebody is in, and wipes it when they lock or leave.
 *
 * Changes of session run one after the other. A lock takes effect at once for new calls; what is running ends first.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { type CalendarDate, dateIn, type Instant } from "#shared/calendar.ts";
import type { Role, User } from "#shared/records/account.ts";
import type { Clinic } from "#shared/records/clinic.ts";
import type { TodayFilter } from "#shared/records/due.ts";
import { type ColorScheme, DEMO_PASSWORD, type Session } from "#shared/records/session.ts";
import { Refused } from "#shared/refusal.ts";
import type { Clock } from "./clock.ts";
import type { DeviceSettings } from "./device-settings.ts";
import { demoClinic, demoPeople } from "./demo/clinic.ts";
import {
  findAccount,
  findAccountByLogin,
  insertAccount,
  listAccounts,
  type StoredAccount,
  updateAccount,
} from "./store/accounts.ts";
import {
  type Attempts,
  type FailedAttempt,
  readAttempts,
  waitOf,
  withFailure,
  withSuccess,
  writeAttempts,
} from "./store/attempts.ts";
import { appendAudit, type AuditEvent, type Seal, sealWith } from "./store/audit.ts";
import { readClinic, writeClinic } from "./store/clinic.ts";
import { type Engine, holdFolder } from "./store/engine-sqlite.ts";
import { newId, type WriteDb } from "./store/engine.ts";
import {
  auditKeyOf,
  KDF_COST_DEMO,
  type KdfCost,
  type KeyChanges,
  type KeyFile,
  newDataKey,
  newKeyFile,
  readKeyFile,
  type ReadyPassword,
  readyPassword,
  type SlotOwner,
  unwrapByCode,
  unwrapByPassword,
  withoutSlot,
  withRecoveryCode,
  withSlot,
  writeKeyFile,
} from "./store/keys.ts";
import { createRecordFile, currentSchema, lockFile, openRecord } from "./store/open.ts";

/** What the keeper must be told when the program starts. */
export type KeeperOptions = {
  clock: Clock;
  device: DeviceSettings;
  /** Whether the page runs in a browser instead of Electron. */
  browser: boolean;
  /** Where the demo's folder is made. */
  temporary: string;
  /** What a password costs to try. */
  kdf: KdfCost;
  fillDemo(
    db: WriteDb,
    options: { now: Instant; today: CalendarDate; zone: string; doctor: User; nurse: User },
  ): Promise<void>;
};

/** An open record with somebody in: what `dispatch` works with. */
export type OpenSession = {
  engine: Engine;
  user: User;
  clinic: Clinic;
  seal: Seal;
  /** Whether that account has a key slot, that is, a password. */
  holdsKey(accountId: string): boolean;
};

/** What a key command does with the password in its input: see whether it is the caller's, give it to somebody, or nothing. */
export type PasswordUse = "verify" | "give" | "none";

/** Changes of the key file that wait for the transaction they belong to. */
export type StagedKeys = {
  changes: KeyChanges;
  /** Writes the file. Called last in the transaction, so that what follows is only the commit. */
  write(): void;
  /** Puts the file back, when the commit failed. */
  undo(): void;
};

type Chosen = {
  folder: string;
  keys: KeyFile;
  attempts: Attempts;
  letGo: () => void;
  demo: boolean;
  lockedFor: { login: string; name: string } | null;
};

type Inside = { engine: Engine; dataKey: Buffer; auditKey: Buffer; seal: Seal; user: User; clinic: Clinic };

type Person = { login: string; name: string; roles: Role[]; password: string };

/** How long a long poll is held, in milliseconds. */
const WAIT = 20_000;
/** Wrong recovery codes count under this name, which no login can have. */
const CODE_ATTEMPTS = "recovery code";
/** How the name of a demo's folder begins. */
const DEMO_FOLDER = "isochart-demo-";
/** Files that a system puts into every folder by itself. */
const SYSTEM_FILES = [".DS_Store", "Thumbs.db", "desktop.ini"];

/** The keeper. One for the whole program. */
export class Keeper {
  readonly #options: KeeperOptions;
  readonly #clock: Clock;
  #chosen: Chosen | null = null;
  #inside: Inside | null = null;
  #version = 1;
  #last: Promise<unknown> = Promise.resolve();
  #waiters = new Set<() => void>();
  #stopIdle: () => void = () => {};

  constructor(options: KeeperOptions) {
    this.#options = options;
    this.#clock = options.clock;
  }

  /** Who is in, or null. */
  get user(): User | null {
    return this.#inside?.user ?? null;
  }

  /** The open record with somebody in, or null while there is none or the screen is locked. */
  get open(): OpenSession | null {
    const inside = this.#inside;
    if (inside === null) return null;
    return {
      engine: inside.engine,
      user: inside.user,
      clinic: inside.clinic,
      seal: inside.seal,
      holdsKey: (accountId) => this.#chosen?.keys.slots.some((one) => one.accountId === accountId) ?? false,
    };
  }

  /** The session as the screens see it. */
  status(): Session {
    const chosen = this.#chosen;
    const inside = this.#inside;
    return {
      phase: phaseOf(chosen, inside),
      record:
        chosen === null
          ? null
          : { folder: chosen.folder, clinicName: chosen.keys.clinicName, demo: chosen.demo },
      user: inside?.user ?? null,
      lockedFor: chosen?.lockedFor ?? null,
      today: inside === null ? null : dateIn(inside.clinic.zone, this.#clock.now()),
      recent: this.#options.device.recent(),
      colorScheme: this.#options.device.colorScheme(),
      todayFilter: this.#options.device.todayFilter(),
      version: this.#version,
      clockIsSet: this.#clock.isSet,
      browser: this.#options.browser,
    };
  }

  /** Resolves when the version differs from `version`, or after 20 seconds. */
  async wait(version: number): Promise<Session> {
    if (version === this.#version) {
      await new Promise<void>((resolve) => {
        const stop = this.#clock.after(WAIT, () => wake());
        const wake = (): void => {
          stop();
          this.#waiters.delete(wake);
          resolve();
        };
        this.#waiters.add(wake);
      });
    }
    return this.status();
  }

  #changed(): Session {
    this.#version += 1;
    for (const wake of this.#waiters) wake();
    return this.status();
  }

  #serially<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /**
   * Makes a record in an empty or absent folder and signs its first person in, who must be an administrator. The recovery code
   * is returned this once. When anything fails, nothing of it is left.
   */
  create(input: {
    folder: string;
    clinic: Clinic;
    login: string;
    name: string;
    roles: Role[];
    password: string;
  }): Promise<{ session: Session; recoveryCode: string }> {
    return this.#serially(async () => {
      if (!input.roles.includes("administrator"))
        throw fieldRefusal(
          "roles",
          "The first person must be an administrator; they may have other roles too.",
        );
      const { clinic, ...person } = input;
      const recoveryCode = await this.#make({
        folder: input.folder,
        clinic,
        people: [person],
        cost: this.#options.kdf,
        demo: false,
      });
      this.#options.device.addRecent(this.#record().folder);
      return { session: this.#changed(), recoveryCode };
    });
  }

  /** Makes the demo clinic in a temporary folder, which goes when it is closed, and signs its doctor in. */
  openDemo(): Promise<Session> {
    return this.#serially(async () => {
      sweepOldDemos(this.#options.temporary);
      const folder = mkdtempSync(join(this.#options.temporary, DEMO_FOLDER));
      const people = demoPeople.map((one) => ({ ...one, password: DEMO_PASSWORD }));
      const now = this.#clock.now();
      await this.#make({
        folder,
        clinic: demoClinic,
        people,
        cost: KDF_COST_DEMO,
        demo: true,
        fill: async (db, accounts) => {
          const [doctor, nurse] = accounts;
          if (doctor === undefined || nurse === undefined) throw new Error("the demo lacks its people");
          await this.#options.fillDemo(db, {
            now,
            today: dateIn(demoClinic.zone, now),
            zone: demoClinic.zone,
            doctor: asUser(doctor),
            nurse: asUser(nurse),
          });
        },
      });
      return this.#changed();
    });
  }

  async #make(plan: {
    folder: string;
    clinic: Clinic;
    people: Person[];
    cost: KdfCost;
    demo: boolean;
    fill?: (db: WriteDb, accounts: StoredAccount[]) => Promise<void>;
  }): Promise<string> {
    const now = this.#clock.now();
    const isNew = requireEmptyFolder(plan.folder);
    const ready = await Promise.all(
      plan.people.map(async (person) => ({
        person,
        password: await readyPassword(person.password, plan.cost),
      })),
    );
    const dataKey = newDataKey();
    const undo: (() => void | Promise<void>)[] = [() => void dataKey.fill(0)];
    try {
      const folder = makeFolder(plan.folder);
      undo.push(() => (isNew ? rmSync(folder, { recursive: true, force: true }) : emptyFolder(folder)));
      const letGo = holdFolder(lockFile(folder));
      undo.push(letGo);
      const made = newKeyFile(newId(now), plan.clinic.name, dataKey);
      const auditKey = auditKeyOf(dataKey, made.keys.recordId);
      const seal = sealWith(auditKey);
      const engine = await createRecordFile(folder, dataKey);
      undo.push(() => engine.close());
      const accounts = await engine.write(async (db) => {
        await writeClinic(db, plan.clinic, { userId: null, now });
        const added: StoredAccount[] = [];
        for (const { person } of ready) added.push(await insertAccount(db, person, now));
        const [first] = added;
        if (first === undefined) throw new Error("a record needs a first account");
        await appendAudit(db, seal, eventOf(now, asUser(first), "session.createRecord", `id ${first.id}`));
        await plan.fill?.(db, added);
        return added;
      });
      let keys = made.keys;
      for (const [index, account] of accounts.entries()) {
        const password = ready[index]?.password;
        if (password !== undefined) keys = withSlot(keys, ownerOf(account), password, dataKey);
      }
      writeKeyFile(folder, keys);
      await this.#close("session.closeRecord");
      this.#chosen = {
        folder,
        keys,
        attempts: { failures: {}, pending: [] },
        letGo,
        demo: plan.demo,
        lockedFor: null,
      };
      const [first] = accounts;
      if (first === undefined) throw new Error("a record needs a first account");
      this.#inside = { engine, dataKey, auditKey, seal, user: asUser(first), clinic: plan.clinic };
      this.active();
      return made.recoveryCode;
    } catch (error) {
      for (const step of undo.reverse()) await step();
      throw error;
    }
  }

  /** Chooses the record in a folder and holds it for this process. Nobody is in yet. */
  choose(folder: string): Promise<Session> {
    return this.#serially(async () => {
      if (!isAbsolute(folder)) throw fieldRefusal("folder", "Give the whole path of the folder.");
      const keys = readKeyFile(folder);
      const real = realpathSync(folder);
      if (this.#chosen?.folder === real) await this.#close("session.closeRecord");
      const letGo = holdFolder(lockFile(real));
      await this.#close("session.closeRecord");
      const attempts = readAttempts(real, this.#clock.now());
      this.#chosen = { folder: real, keys, attempts, letGo, demo: false, lockedFor: null };
      this.#options.device.addRecent(real);
      return this.#changed();
    });
  }

  /** Closes the record; the demo's folder is removed. */
  closeRecord(): Promise<Session> {
    return this.#serially(async () => {
      await this.#close("session.closeRecord");
      return this.#changed();
    });
  }

  async #close(action: string): Promise<void> {
    const chosen = this.#chosen;
    await this.#leave(action);
    this.#chosen = null;
    if (chosen === null) return;
    chosen.letGo();
    if (chosen.demo) rmSync(chosen.folder, { recursive: true, force: true });
  }

  /** Lets in the person whose login and password these are. Whoever was in goes first. */
  signIn(login: string, password: string): Promise<Session> {
    return this.#serially(async () => {
      this.#record();
      await this.#leave("session.signOut");
      return this.#enterByPassword(login.trim().toLowerCase(), password, "session.signIn");
    });
  }

  /** Lets the person in again for whom the screen was locked. */
  unlock(password: string): Promise<Session> {
    return this.#serially(async () => {
      if (this.#inside !== null) return this.status();
      const lockedFor = this.#record().lockedFor;
      if (lockedFor === null)
        throw new Refused("locked", "Nobody is signed in. Sign in with your user name.");
      return this.#enterByPassword(lockedFor.login, password, "session.unlock");
    });
  }

  async #enterByPassword(login: string, password: string, action: string): Promise<Session> {
    const { keys } = this.#record();
    const known = keys.slots.some((one) => one.login === login) ? login : "";
    await this.#holdBack(known);
    const right = await unwrapByPassword(keys, login, password);
    if (right === null) {
      const sentence =
        action === "session.unlock"
          ? "That is not the password."
          : "The user name or the password is not right.";
      throw await this.#failed(known, "password", sentence);
    }
    await this.#enter(right.dataKey, right.accountId, action);
    this.#succeeded(login);
    return this.#changed();
  }

  /** Opens the record with its data key and lets that account in. Wipes the key when it cannot. */
  async #enter(dataKey: Buffer, accountId: string, action: string): Promise<void> {
    const chosen = this.#record();
    const now = this.#clock.now();
    let engine: Engine | undefined;
    try {
      engine = await openRecord(chosen.folder, dataKey);
      const auditKey = auditKeyOf(dataKey, chosen.keys.recordId);
      const seal = sealWith(auditKey);
      const { accounts, clinic } = await engine.read(async (db) => ({
        accounts: await listAccounts(db),
        clinic: await readClinic(db),
      }));
      this.#keepKeys(reconciled(chosen.keys, accounts));
      const account = accounts.find((one) => one.id === accountId);
      if (account === undefined || !account.enabled)
        throw new Refused("not-allowed", "This account was disabled. Ask an administrator.");
      await engine.write(async (db) => {
        for (const failed of chosen.attempts.pending)
          await appendAudit(db, seal, failureEvent(failed, accounts));
        await appendAudit(db, seal, eventOf(now, asUser(account), action, ""));
      });
      this.#inside = { engine, dataKey, auditKey, seal, user: asUser(account), clinic };
      chosen.lockedFor = null;
      this.active();
    } catch (error) {
      await engine?.close();
      dataKey.fill(0);
      throw error;
    }
  }

  /** Remembers light or dark on this computer, and tells every window. */
  setColorScheme(scheme: ColorScheme): Session {
    this.#options.device.setColorScheme(scheme);
    return this.#changed();
  }

  /** Remembers on this computer which lines of Today are shown. */
  setTodayFilter(filter: TodayFilter): Session {
    this.#options.device.setTodayFilter(filter);
    return this.#changed();
  }

  /** Locks the screen for whoever is in: the record is closed and the key wiped. Without effect when nobody is in. */
  lock(why: "asked" | "idle" | "sleep"): Promise<Session> {
    return this.#serially(async () => {
      const user = this.user;
      if (user === null || this.#chosen === null) return this.status();
      this.#chosen.lockedFor = { login: user.login, name: user.name };
      await this.#leave("session.lock", why);
      return this.#changed();
    });
  }

  /** Signs out; also from the locked screen. */
  signOut(): Promise<Session> {
    return this.#serially(async () => {
      await this.#leave("session.signOut");
      if (this.#chosen !== null) this.#chosen.lockedFor = null;
      return this.#changed();
    });
  }

  async #leave(action: string, detail = ""): Promise<void> {
    const inside = this.#inside;
    if (inside === null) return;
    this.#stopIdle();
    this.#inside = null;
    try {
      await inside.engine.write((db) =>
        appendAudit(db, inside.seal, eventOf(this.#clock.now(), inside.user, action, detail)),
      );
    } finally {
      // Whatever happens to the audit row, the door is shut.
      await inside.engine.close();
      inside.dataKey.fill(0);
      inside.auditKey.fill(0);
    }
  }

  /**
   * Opens with the recovery code, gives an administrator a new password and lets them in. The code is used up: a new one is
   * made and returned this once.
   */
  recover(input: {
    code: string;
    login: string;
    password: string;
  }): Promise<{ session: Session; recoveryCode: string }> {
    return this.#serially(async () => {
      const chosen = this.#record();
      const login = input.login.trim().toLowerCase();
      await this.#holdBack(CODE_ATTEMPTS);
      const dataKey = unwrapByCode(chosen.keys, input.code);
      if (dataKey === null)
        throw await this.#failed(CODE_ATTEMPTS, "recovery-code", "That is not this record’s recovery code.");
      await this.#leave("session.signOut");
      const ready = await readyPassword(input.password, this.#costHere());
      const recoveryCode = await this.#resetByCode(dataKey, login, ready);
      const owner = this.#record().keys.slots.find((one) => one.login === login);
      await this.#enter(dataKey, owner?.accountId ?? "", "session.recover");
      this.#succeeded(CODE_ATTEMPTS, login);
      return { session: this.#changed(), recoveryCode };
    });
  }

  async #resetByCode(dataKey: Buffer, login: string, ready: ReadyPassword): Promise<string> {
    const chosen = this.#record();
    const engine = await openRecord(chosen.folder, dataKey);
    try {
      return await engine.write(async (db) => {
        const account = await findAccountByLogin(db, login);
        if (account === undefined || !account.roles.includes("administrator"))
          throw new Refused("not-found", "There is no administrator with that user name in this record.", {
            fields: { login: "There is no administrator with that user name." },
          });
        if (!account.enabled) await updateAccount(db, account.id, { enabled: true });
        const renewed = withRecoveryCode(withSlot(chosen.keys, ownerOf(account), ready, dataKey), dataKey);
        this.#keepKeys(renewed.keys);
        return renewed.recoveryCode;
      });
    } catch (error) {
      dataKey.fill(0);
      throw error;
    } finally {
      await engine.close();
    }
  }

  /** Changes the password of whoever is in, who must type the present one. */
  changePassword(present: string, next: string): Promise<void> {
    return this.#serially(async () => {
      const inside = this.#inside;
      if (inside === null) throw new Refused("locked", "Sign in first.");
      if (!(await this.#verify(inside.user.login, present)))
        throw await this.#failed(inside.user.login, "password", "That is not your present password.");
      const ready = await readyPassword(next, this.#costHere());
      const staged = this.#stage(inside, null, ready);
      const { id, login, name } = inside.user;
      staged.changes.giveSlot({ accountId: id, login, name });
      try {
        await inside.engine.write(async (db) => {
          await appendAudit(
            db,
            inside.seal,
            eventOf(this.#clock.now(), inside.user, "session.changePassword", `id ${id}`),
          );
          staged.write();
        });
      } catch (error) {
        staged.undo();
        throw error;
      }
      this.#succeeded(login);
    });
  }

  /** Somebody is at the keyboard: puts off the idle lock. */
  active(): void {
    this.#stopIdle();
    const inside = this.#inside;
    if (inside === null) return;
    this.#stopIdle = this.#clock.after(inside.clinic.idleMinutes * 60_000, () => {
      // When writing the audit row fails (a full disk), the record is closed all the same.
      this.lock("idle").catch(() => this.#changed());
    });
  }

  /**
   * Makes a key command ready: the slow work with its password is done here, before its transaction begins. A wrong password
   * counts like one at the door.
   */
  async prepareKeys(use: PasswordUse, password: string | null): Promise<StagedKeys> {
    const inside = this.#inside;
    if (inside === null) throw new Refused("locked", "Sign in first.");
    if (use === "none" || password === null) return this.#stage(inside, null, null);
    if (use === "give") return this.#stage(inside, null, await readyPassword(password, this.#costHere()));
    const right = await this.#serially(() => this.#verify(inside.user.login, password));
    if (right) this.#succeeded(inside.user.login);
    else await this.#failed(inside.user.login, "password", "");
    return this.#stage(inside, { userId: inside.user.id, password, right }, null);
  }

  #stage(
    inside: Inside,
    verified: { userId: string; password: string; right: boolean } | null,
    ready: ReadyPassword | null,
  ): StagedKeys {
    let before: KeyFile | null = null;
    let staged: KeyFile | null = null;
    // Taken when the first change is made, which is inside the transaction, so that no other change comes in between.
    const keys = (): KeyFile => staged ?? this.#record().keys;
    return {
      changes: {
        verifyPassword: (userId, password) => {
          if (verified?.userId !== userId || verified.password !== password)
            throw new Error("only the caller's password in the input was verified");
          return Promise.resolve(verified.right);
        },
        giveSlot: (owner) => {
          if (ready === null) throw new Error("no password was made ready for this command");
          staged = withSlot(keys(), owner, ready, inside.dataKey);
        },
        removeSlot: (accountId) => {
          staged = withoutSlot(keys(), accountId);
        },
        newRecoveryCode: () => {
          const renewed = withRecoveryCode(keys(), inside.dataKey);
          staged = renewed.keys;
          return renewed.recoveryCode;
        },
      },
      write: () => {
        if (staged === null) return;
        before = this.#record().keys;
        this.#keepKeys(staged);
      },
      undo: () => {
        if (before !== null) this.#keepKeys(before);
      },
    };
  }

  /** Takes over the clinic's new settings: zone, name on the sign-in screen, minutes until the lock. */
  clinicChanged(clinic: Clinic): void {
    if (this.#inside === null) return;
    this.#inside.clinic = clinic;
    this.#keepKeys({ ...this.#record().keys, clinicName: clinic.name });
    this.active();
    this.#changed();
  }

  /** Takes over changed accounts: names in the key file, roles of whoever is in; who was disabled is out. */
  async accountsChanged(): Promise<void> {
    const inside = this.#inside;
    if (inside === null) return;
    const accounts = await inside.engine.read(listAccounts);
    this.#keepKeys(reconciled(this.#record().keys, accounts));
    const own = accounts.find((one) => one.id === inside.user.id);
    if (own === undefined || !own.enabled) {
      await this.signOut();
      return;
    }
    inside.user = asUser(own);
    this.#changed();
  }

  /** Ends everything, when the program ends. */
  async dispose(): Promise<void> {
    await this.#serially(() => this.#close("session.closeRecord"));
    this.#changed();
  }

  #record(): Chosen {
    if (this.#chosen === null) throw new Refused("not-found", "Choose a record first.");
    return this.#chosen;
  }

  #costHere(): KdfCost {
    return this.#chosen?.demo === true ? KDF_COST_DEMO : this.#options.kdf;
  }

  #keepKeys(keys: KeyFile): void {
    const chosen = this.#record();
    if (keys === chosen.keys) return;
    writeKeyFile(chosen.folder, keys);
    chosen.keys = keys;
  }

  async #verify(login: string, password: string): Promise<boolean> {
    await this.#holdBack(login);
    const right = await unwrapByPassword(this.#record().keys, login, password);
    right?.dataKey.fill(0);
    return right !== null;
  }

  /** Waits out the last second of the wait after wrong passwords; refuses when there is more. */
  async #holdBack(login: string): Promise<void> {
    const left = waitOf(this.#record().attempts, login, this.#clock.now());
    if (left === 0) return;
    if (left > 1_000)
      throw new Refused(
        "not-allowed",
        `There were wrong passwords. Wait ${seconds(left)}, then try again; nothing was checked.`,
      );
    await new Promise<void>((resolve) => {
      this.#clock.after(left, resolve);
    });
  }

  /** Counts a wrong password or code, and tells it to the audit trail now or when the record is opened next. */
  async #failed(login: string, how: FailedAttempt["how"], sentence: string): Promise<Refused> {
    const chosen = this.#record();
    const failed: FailedAttempt = { at: this.#clock.now(), login, how };
    const counted = withFailure(chosen.attempts, failed);
    const inside = this.#inside;
    if (inside === null) chosen.attempts = counted;
    else {
      chosen.attempts = { ...counted, pending: chosen.attempts.pending };
      await inside.engine.write(async (db) => {
        const account = await findAccount(db, inside.user.id);
        await appendAudit(db, inside.seal, failureEvent(failed, account === undefined ? [] : [account]));
      });
    }
    writeAttempts(chosen.folder, chosen.attempts);
    const wait = seconds(waitOf(chosen.attempts, login, failed.at));
    const field = how === "password" ? "password" : "code";
    const said = `${sentence} Wait ${wait} before the next try.`;
    return new Refused("invalid", said, { fields: { [field]: said } });
  }

  #succeeded(...logins: string[]): void {
    const chosen = this.#record();
    const before = chosen.attempts;
    for (const login of logins) chosen.attempts = withSuccess(chosen.attempts, login);
    if (JSON.stringify(before) !== JSON.stringify(chosen.attempts))
      writeAttempts(chosen.folder, chosen.attempts);
  }
}

function phaseOf(chosen: Chosen | null, inside: Inside | null): Session["phase"] {
  if (chosen === null) return "no-record";
  if (inside !== null) return "open";
  return chosen.lockedFor === null ? "signed-out" : "locked";
}

/** Refuses a folder that holds anything. True when it does not exist yet. */
function requireEmptyFolder(folder: string): boolean {
  if (!isAbsolute(folder)) throw fieldRefusal("folder", "Give the whole path of the folder.");
  if (!existsSync(folder)) return true;
  if (!statSync(folder).isDirectory()) throw fieldRefusal("folder", "That is a file, not a folder.");
  if (readdirSync(folder).some((name) => !SYSTEM_FILES.includes(name)))
    throw fieldRefusal("folder", "This folder is not empty. Choose an empty one, or type a new name.");
  return false;
}

/** Makes the folder, and those above it; its real path. */
function makeFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true });
    return realpathSync(folder);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    // A full disk is told as such.
    if (!NO_FOLDER_HERE.includes(String(code))) throw error;
    throw fieldRefusal(
      "folder",
      "This folder cannot be made. Ask for permission to write there, or choose another one.",
    );
  }
}

/** No permission, a file in the way, or a name that cannot be one. */
const NO_FOLDER_HERE = ["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST", "ENOENT", "ENAMETOOLONG", "EINVAL"];

/** Removes what was made in a folder that was empty. */
function emptyFolder(folder: string): void {
  for (const name of readdirSync(folder))
    if (!SYSTEM_FILES.includes(name)) rmSync(join(folder, name), { recursive: true, force: true });
}

/** Removes what demos left behind whose program was killed: their folders are held by nobody. */
function sweepOldDemos(temporary: string): void {
  for (const name of readdirSync(temporary)) {
    const folder = join(temporary, name);
    if (!name.startsWith(DEMO_FOLDER) || !existsSync(lockFile(folder))) continue;
    try {
      holdFolder(lockFile(folder))();
      rmSync(folder, { recursive: true, force: true });
    } catch {
      // Another program's demo that is in use, or another person's: not ours to remove.
    }
  }
}

function fieldRefusal(field: string, sentence: string): Refused {
  return new Refused("invalid", sentence, { fields: { [field]: sentence } });
}

function asUser(account: StoredAccount): User {
  return { id: account.id, login: account.login, name: account.name, roles: account.roles };
}

function ownerOf(account: StoredAccount): SlotOwner {
  return { accountId: account.id, login: account.login, name: account.name };
}

function eventOf(at: Instant, user: User, action: string, detail: string): AuditEvent {
  return { at, userId: user.id, userName: user.name, action, outcome: "done", patientId: null, detail };
}

function failureEvent(failed: FailedAttempt, accounts: StoredAccount[]): AuditEvent {
  const account = accounts.find((one) => one.login === failed.login);
  return {
    at: failed.at,
    userId: account?.id ?? null,
    userName:
      account?.name ?? (failed.how === "password" ? "An unknown user name" : "Somebody with a recovery code"),
    action: failed.how === "password" ? "session.wrong-password" : "session.wrong-recovery-code",
    outcome: "refused",
    patientId: null,
    detail: "",
  };
}

/** The key file brought in line with the accounts: slots of enabled people only, with their present names. */
function reconciled(keys: KeyFile, accounts: StoredAccount[]): KeyFile {
  const slots = keys.slots.flatMap((slot) => {
    const account = accounts.find((one) => one.id === slot.accountId && one.enabled);
    return account === undefined ? [] : [{ ...slot, login: account.login, name: account.name }];
  });
  const next = { ...keys, schema: currentSchema, slots };
  return JSON.stringify(next) === JSON.stringify(keys) ? keys : next;
}

function seconds(milliseconds: number): string {
  const whole = Math.ceil(milliseconds / 1_000);
  return whole === 1 ? "1 second" : `${whole} seconds`;
}
