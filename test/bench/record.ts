/** Makes the bench's record once for each size and keeps it; every run works on a copy, so that runs do not grow it. */
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Database from "better-sqlite3";
import { machineClock } from "#electron/clock.ts";
import { makeDispatch } from "#electron/dispatch.ts";
import { Keeper } from "#electron/keeper.ts";
import { deviceSettingsIn } from "#electron/device-settings.ts";
import { KDF_COST, readKeyFile, unwrapByPassword } from "#electron/store/keys.ts";
import { recordFile } from "#electron/store/open.ts";
import { dateIn } from "#shared/calendar.ts";
import type { InputOf, Method, OutputOf } from "#shared/contract.ts";
import type { Verdict } from "#shared/rules/finding.ts";
import { aSummary } from "#test/documents/paper-data.ts";
import { clinicSettings } from "#test/support/clinic.ts";
import { fillRecord, type Size } from "./fill.ts";

const LOGIN = "bench";
export const PASSWORD = "bench password of nobody";
/** Raised when what `fill.ts` writes changes, so that an old record is made again. */
const VERSION = 4;

/** What is known of a kept record. `today` is the day that its open courses are dated around. */
type Kept = { version: number; today: string; largest: string; median: string };

/** A running program on a copy of the record, and a second connection by hand for the floor. */
export type Bench = {
  call: <M extends Method>(method: M, input: InputOf<M>) => Promise<OutputOf<M>>;
  file: Database.Database;
  folder: string;
  kept: Kept;
  megabytes: number;
  close(): Promise<void>;
};

/** Opens a copy of the record of `size`, made first if there is none. `place` is a folder that may be kept or thrown away. */
export async function openBench(place: string, size: Size, say: (line: string) => void): Promise<Bench> {
  const kept = join(place, `record-${size.patients}`);
  const notes = join(kept, "bench.json");
  const now = machineClock(null).now();
  const today = dateIn(clinicSettings().zone, now);
  if (!existsSync(notes) || !isCurrent(readNotes(notes), today)) await make(kept, notes, size, today, say);
  const run = join(place, `run-${process.pid}-${size.patients}`);
  rmSync(run, { recursive: true, force: true });
  cpSync(kept, run, { recursive: true });
  const folder = join(run, "record");
  const program = startOn(run);
  await program.call("session.openRecord", { folder });
  await program.call("session.signIn", { login: LOGIN, password: PASSWORD });
  const file = await openByHand(folder);
  return {
    ...program,
    file,
    folder,
    kept: readNotes(notes),
    megabytes:
      ((file.pragma("page_count", { simple: true }) as number) *
        (file.pragma("page_size", { simple: true }) as number)) /
      1e6,
    close: async () => {
      file.close();
      await program.dispose();
      rmSync(run, { recursive: true, force: true });
    },
  };
}

function readNotes(path: string): Kept {
  return JSON.parse(readFileSync(path, "utf8")) as Kept;
}

/** A record is good for a fortnight: after that its open courses are no longer a morning's work. */
function isCurrent(kept: Kept, today: string): boolean {
  return kept.version === VERSION && Math.abs(Date.parse(today) - Date.parse(kept.today)) < 14 * 86_400_000;
}

async function make(
  kept: string,
  notes: string,
  size: Size,
  today: string,
  say: (line: string) => void,
): Promise<void> {
  say(
    `Making a record of ${size.patients} patients, ${size.visits} visits, ${size.results} results. It is kept.`,
  );
  rmSync(kept, { recursive: true, force: true });
  mkdirSync(kept, { recursive: true });
  const folder = join(kept, "record");
  const program = startOn(kept);
  const { session } = await program.call("session.createRecord", {
    folder,
    clinic: clinicSettings(),
    login: LOGIN,
    name: "Bench Prescriber, MD",
    roles: ["prescriber", "administrator"],
    password: PASSWORD,
  });
  await program.dispose();
  const file = await openByHand(folder);
  // While it is made, a crash may cost it; it is made again then.
  file.pragma("synchronous = off");
  const ids = fillRecord(file, {
    size,
    today,
    zone: clinicSettings().zone,
    accountId: session.user?.id ?? "",
    summary: JSON.stringify(aSummary()),
    verdict: JSON.stringify(aVerdict()),
    progress: (patients) => {
      if (patients % 1_000 === 0) say(`  ${patients} patients`);
    },
  });
  file.close();
  writeFileSync(`${notes}.new`, JSON.stringify({ version: VERSION, today, ...ids } satisfies Kept));
  renameSync(`${notes}.new`, notes);
}

/** A verdict of the usual length, so that the file has its true size. */
function aVerdict(): Verdict {
  const at = "2026-01-05T15:00:00.000Z";
  return {
    question: "prescribe",
    answer: "yes",
    edition: "ipledge-2021",
    sentence: "Can be prescribed until the window closes.",
    judgedAt: at,
    findings: Array.from({ length: 14 }, (_, index) => ({
      rule: `rule-${index}`,
      edition: "ipledge-2021",
      source: "iPLEDGE REMS, 2021 edition, as described in the domain facts",
      status: "met" as const,
      datum: "A fact on record, with its date in words",
      sentence: "The fact is on record and the rule is met on this day.",
      opensAt: null,
      closesAt: at,
    })),
    opensAt: null,
    closesAt: at,
  };
}

function startOn(place: string) {
  const clock = machineClock(null);
  const keeper = new Keeper({
    clock,
    device: deviceSettingsIn(join(place, "settings.json")),
    browser: false,
    temporary: place,
    kdf: KDF_COST,
    fillDemo: () => Promise.resolve(),
  });
  const dispatch = makeDispatch({
    keeper,
    desk: { chooseFolder: () => Promise.resolve(null), save: () => Promise.resolve(false) },
    clock,
    log: (line) => console.error(line.what, line.error),
  });
  return {
    call: async <M extends Method>(method: M, input: InputOf<M>): Promise<OutputOf<M>> => {
      const envelope = await dispatch.call(method, input);
      if (envelope.ok) return envelope.value as OutputOf<M>;
      throw new Error(`${method}: ${envelope.refusal.sentence} ${JSON.stringify(envelope.refusal.fields)}`);
    },
    dispose: async () => {
      await dispatch.settled();
      await keeper.dispose();
    },
  };
}

/** The same file with the same settings, without anything of ours above it. */
async function openByHand(folder: string): Promise<Database.Database> {
  const opened = await unwrapByPassword(readKeyFile(folder), LOGIN, PASSWORD);
  if (opened === null) throw new Error(`the record in ${dirname(folder)} does not open; remove it`);
  const file = new Database(recordFile(folder), { fileMustExist: true, timeout: 5_000 });
  file.pragma("cipher = 'chacha20'");
  file.key(Buffer.concat([Buffer.from("raw:"), opened.dataKey]));
  file.pragma("temp_store = memory");
  file.pragma("foreign_keys = on");
  file.pragma("synchronous = full");
  file.pragma("cache_size = -65536");
  return file;
}
