/** A clinic on the real dispatch, keeper and store, in a temporary folder, with a clock that the test moves. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Desk } from "#electron/api/handler.ts";
import { fillDemo } from "#electron/demo/fill.ts";
import { makeDispatch } from "#electron/dispatch.ts";
import { Keeper } from "#electron/keeper.ts";
import { deviceSettingsIn } from "#electron/device-settings.ts";
import { KDF_COST_DEMO } from "#electron/store/keys.ts";
import type { Instant } from "#shared/calendar.ts";
import type { InputOf, Method, OutputOf } from "#shared/contract.ts";
import type { Account, Role } from "#shared/records/account.ts";
import type { Clinic } from "#shared/records/clinic.ts";
import type { Envelope, Refusal } from "#shared/refusal.ts";
import { NOON, type TestClock, testClock } from "./clock.ts";

/** The password of every account that these builders make. */
export const PASSWORD = "correct horse battery";

/** The clinic's settings, with a valid default for each. */
export function clinicSettings(over: Partial<Clinic> = {}): Clinic {
  return {
    name: "Harbour Skin Clinic",
    address: "1 Pier Road\nPortland, ME 04101",
    phone: "(555) 555-0100",
    afterHoursPhone: "",
    zone: "America/New_York",
    letterhead: "",
    dateStyle: "mdy",
    weightUnit: "kg",
    labUnits: "conventional",
    crisisLine: "Call or text 988",
    idleMinutes: 10,
    ...over,
  };
}

/** A running program without a window. */
export type TestProgram = {
  /** The folder in which tests make records; it goes with the program. */
  place: string;
  keeper: Keeper;
  clock: TestClock;
  /** What the desk was asked to save. */
  saved: { name: string; bytes: Uint8Array }[];
  /** What the log was told. A bug's error stands here whole. */
  logged: { what: string; method?: string; error?: unknown }[];
  /** The folder that the desk's dialog answers with; null cancels. */
  folderToChoose: { current: string | null };
  /** The envelope, as it crosses the bridge. */
  envelope(method: unknown, input: unknown): Promise<Envelope<unknown>>;
  /** The value; a refusal throws with its sentence. */
  call<M extends Method>(method: M, input: InputOf<M>): Promise<OutputOf<M>>;
  /** The refusal; an answer throws. */
  refusal<M extends Method>(method: M, input: InputOf<M>): Promise<Refusal>;
  /** Resolves when the audit of reads is written. */
  settled(): Promise<void>;
  dispose(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

/** A running program with no record chosen. */
export function startProgram(options: { now?: Instant; place?: string } = {}): TestProgram {
  const place = options.place ?? mkdtempSync(join(tmpdir(), "isochart-test-"));
  const clock = testClock(options.now ?? NOON);
  const saved: TestProgram["saved"] = [];
  const logged: TestProgram["logged"] = [];
  const folderToChoose: TestProgram["folderToChoose"] = { current: null };
  const device = deviceSettingsIn(join(place, "settings.json"));
  const temporary = join(place, "temporary");
  mkdirSync(temporary, { recursive: true });
  const keeper = new Keeper({ clock, device, browser: false, temporary, kdf: KDF_COST_DEMO, fillDemo });
  const desk: Desk = {
    chooseFolder: () => Promise.resolve(folderToChoose.current),
    save: (name, bytes) => {
      saved.push({ name, bytes });
      return Promise.resolve(true);
    },
  };
  const dispatch = makeDispatch({ keeper, desk, clock, log: (line) => void logged.push(line) });

  async function call<M extends Method>(method: M, input: InputOf<M>): Promise<OutputOf<M>> {
    const envelope = await dispatch.call(method, input);
    if (envelope.ok) return envelope.value as OutputOf<M>;
    const { refusal } = envelope;
    const cause = logged.at(-1)?.error;
    throw new Error(`${method}: ${refusal.code}: ${refusal.sentence} ${JSON.stringify(refusal.fields)}`, {
      cause: refusal.code === "bug" ? cause : undefined,
    });
  }

  async function refusal<M extends Method>(method: M, input: InputOf<M>): Promise<Refusal> {
    const envelope = await dispatch.call(method, input);
    if (!envelope.ok) return envelope.refusal;
    throw new Error(`${method} was expected to be refused, and was done`);
  }

  async function dispose(): Promise<void> {
    await dispatch.settled();
    await keeper.dispose();
    if (options.place === undefined) rmSync(place, { recursive: true, force: true });
  }

  return {
    place,
    keeper,
    clock,
    saved,
    logged,
    folderToChoose,
    envelope: (method, input) => dispatch.call(method, input),
    call,
    refusal,
    settled: () => dispatch.settled(),
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}

/** A program with a record open and a doctor in. */
export type TestClinic = TestProgram & {
  folder: string;
  recoveryCode: string;
  /** Adds an account with `PASSWORD`; an administrator must be in. */
  addAccount(login: string, roles: Role[]): Promise<Account>;
  /** Signs somebody in with `PASSWORD`. */
  signIn(login: string): Promise<void>;
};

/** A clinic whose doctor (`doctor`; prescriber and administrator unless said otherwise) is signed in. */
export async function openClinic(
  options: { now?: Instant; clinic?: Partial<Clinic>; roles?: Role[] } = {},
): Promise<TestClinic> {
  const program = startProgram(options.now === undefined ? {} : { now: options.now });
  const folder = join(program.place, "record");
  const { recoveryCode } = await program.call("session.createRecord", {
    folder,
    clinic: clinicSettings(options.clinic),
    login: "doctor",
    name: "Dana Whitfield, MD",
    roles: options.roles ?? ["prescriber", "administrator"],
    password: PASSWORD,
  });
  return {
    ...program,
    folder,
    recoveryCode,
    addAccount: (login, roles) =>
      program.call("accounts.add", { login, name: `${login} of the clinic`, roles, password: PASSWORD }),
    signIn: async (login) => {
      await program.call("session.signIn", { login, password: PASSWORD });
    },
  };
}
