/**
 * The key file beside the record: the record's random data key, wrapped once for each account that has a password and once
 * for the printed recovery code. Whoever is removed loses the slot; nothing in this file opens the record by itself.
 *
 * A slot: a key made from the password by argon2id wraps the data key with AES-256-GCM; the record's and the account's ids are
 * bound to it as additional data, so that a slot cannot be moved. The recovery code has 125 bits by itself, so HKDF is enough for it.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { argon2id } from "hash-wasm";
import { z } from "zod";
import { Refused } from "#shared/refusal.ts";
import { currentSchema, missingRecord, newerThanTheApp, recordFile } from "./open.ts";

/** What a key command may do with the key file. */
export type KeyChanges = {
  /**
   * Whether this is the password of that account. It was reckoned before the transaction began, because argon2id takes 0.3 s
   * in which nobody else could write; any other password than the one of the input is a bug.
   */
  verifyPassword(userId: string, password: string): Promise<boolean>;
  /** Gives the account a slot for the input's password, in place of the one it had. */
  giveSlot(account: SlotOwner): void;
  /** Takes the account's slot away. */
  removeSlot(accountId: string): void;
  /** Makes a recovery code; the old one stops working. The code is kept nowhere. */
  newRecoveryCode(): string;
};

/** Whose slot it is. Login and name stand in the file, so that the sign-in screen can show them. */
export type SlotOwner = { accountId: string; login: string; name: string };

/** What a password costs to try, as argon2id takes it. */
export type KdfCost = { memoryKiB: number; iterations: number; parallelism: number };

/** About 0.3 s and 64 MiB for each guess. */
export const KDF_COST: KdfCost = { memoryKiB: 65_536, iterations: 3, parallelism: 1 };

/** For records that hold nothing real: the demo and tests. */
export const KDF_COST_DEMO: KdfCost = { memoryKiB: 1_024, iterations: 1, parallelism: 1 };

/** The clinic's own key. 32 bytes. */
const KEY_BYTES = 32;
const FORMAT = "isochart-keys-1";
const KEY_FILE = "keys.json";

const SALT_BYTES = 16;
const NONCE_BYTES = 12;

/** Base64 of that many bytes. Anything else is a damaged file, and is said as such before somebody types a password. */
const bytes = (length: number) =>
  z.base64().refine((text) => Buffer.from(text, "base64").length === length, "Not the right length.");
const wrappedKey = z.object({ salt: bytes(SALT_BYTES), nonce: bytes(NONCE_BYTES), wrapped: z.base64() });
const slot = wrappedKey.extend({
  accountId: z.string(),
  login: z.string(),
  name: z.string(),
  kdf: z.object({
    algorithm: z.literal("argon2id"),
    // Bounds, so that a file that was tampered with cannot hold the program for hours.
    memoryKiB: z.number().int().min(1_024).max(1_048_576),
    iterations: z.number().int().min(1).max(50),
    parallelism: z.number().int().min(1).max(16),
  }),
});
type Slot = z.infer<typeof slot>;

const keyFile = z.object({
  format: z.literal(FORMAT),
  recordId: z.string(),
  /** For the sign-in screen; not patient data. */
  clinicName: z.string(),
  /** The record's schema, so that a record of a newer program is refused before anybody types a password. */
  schema: z.string(),
  slots: z.array(slot),
  recovery: wrappedKey,
});
/** The key file as it stands in memory. */
export type KeyFile = z.infer<typeof keyFile>;

/** A new data key. Whoever holds it wipes it. */
export function newDataKey(): Buffer {
  return randomBytes(KEY_BYTES);
}

/** The key that seals the audit chain, made from the data key. */
export function auditKeyOf(dataKey: Buffer, recordId: string): Buffer {
  return Buffer.from(hkdfSync("sha256", dataKey, recordId, "isochart audit chain", KEY_BYTES));
}

/** Begins the key file of a new record, and makes its recovery code. */
export function newKeyFile(
  recordId: string,
  clinicName: string,
  dataKey: Buffer,
): { keys: KeyFile; recoveryCode: string } {
  const recoveryCode = newRecoveryCode();
  const keys: KeyFile = {
    format: FORMAT,
    recordId,
    clinicName,
    schema: currentSchema,
    slots: [],
    recovery: wrapForCode(recordId, recoveryCode, dataKey),
  };
  return { keys, recoveryCode };
}

/**
 * Reads the key file of a folder. Refuses, with the reason, a folder that holds no record, one whose key file or record is
 * missing, what is not a key file, and a record that a newer program wrote.
 */
export function readKeyFile(folder: string): KeyFile {
  const path = join(folder, KEY_FILE);
  if (!existsSync(folder)) throw folderRefusal("not-found", "There is no such folder. Nothing was created.");
  const hasRecord = existsSync(recordFile(folder));
  if (!existsSync(path)) {
    throw folderRefusal(
      "not-found",
      hasRecord
        ? `The key file (${KEY_FILE}) is missing from this folder; without it the record cannot be opened. Put it back, or restore a backup.`
        : "There is no Isochart record in this folder. Nothing was created.",
    );
  }
  const keys = parseKeyFile(readFileSync(path, "utf8"));
  if (!hasRecord) throw missingRecord();
  if (keys.schema > currentSchema) throw newerThanTheApp();
  return keys;
}

/** What is wrong with the folder that was named: said at its field. */
function folderRefusal(code: "not-found" | "not-allowed", sentence: string): Refused {
  return new Refused(code, sentence, { fields: { folder: sentence } });
}

function parseKeyFile(text: string): KeyFile {
  const notOurs = folderRefusal(
    "not-allowed",
    `${KEY_FILE} in this folder is not a key file of Isochart, or it is damaged. Nothing was changed. Restore it from a backup.`,
  );
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw notOurs;
  }
  const format = z.object({ format: z.string() }).safeParse(json).data?.format ?? "";
  if (/^isochart-keys-\d+$/.test(format) && format !== FORMAT) throw newerThanTheApp();
  const parsed = keyFile.safeParse(json);
  if (!parsed.success) throw notOurs;
  return parsed.data;
}

/** Writes the key file: all of it or nothing, and on the disk when this returns. */
export function writeKeyFile(folder: string, keys: KeyFile): void {
  replaceFile(join(folder, KEY_FILE), `${JSON.stringify(keys, null, 2)}\n`);
}

/** Replaces a file by way of another one beside it, so that a crash leaves the old or the new one and never a piece. */
export function replaceFile(path: string, text: string): void {
  const beside = `${path}.new`;
  const file = openSync(beside, "w", 0o600);
  try {
    writeSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
  // Windows cannot sync a folder, and does not need it.
  if (process.platform === "win32") return;
  const folder = openSync(dirname(path), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** A password made ready to wrap with. argon2id is done; what is left costs nothing. */
export type ReadyPassword = { kdf: Slot["kdf"]; salt: Buffer; wrappingKey: Buffer };

/** Does the slow part of giving somebody a password, so that it is over before a transaction begins. */
export async function readyPassword(password: string, cost: KdfCost): Promise<ReadyPassword> {
  const kdf = { algorithm: "argon2id" as const, ...cost };
  const salt = randomBytes(SALT_BYTES);
  return { kdf, salt, wrappingKey: await derive(password, salt, kdf) };
}

/** `keys` with a slot for that account, in place of the one it had. */
export function withSlot(keys: KeyFile, owner: SlotOwner, ready: ReadyPassword, dataKey: Buffer): KeyFile {
  const wrapped = wrap(ready.wrappingKey, dataKey, bindingOf(keys.recordId, owner.accountId));
  const added: Slot = { ...owner, kdf: ready.kdf, salt: ready.salt.toString("base64"), ...wrapped };
  return {
    ...withoutSlot(keys, owner.accountId),
    slots: [...withoutSlot(keys, owner.accountId).slots, added],
  };
}

/** `keys` without the slot of that account. */
export function withoutSlot(keys: KeyFile, accountId: string): KeyFile {
  return { ...keys, slots: keys.slots.filter((one) => one.accountId !== accountId) };
}

/** `keys` with another recovery code. */
export function withRecoveryCode(keys: KeyFile, dataKey: Buffer): { keys: KeyFile; recoveryCode: string } {
  const recoveryCode = newRecoveryCode();
  return { keys: { ...keys, recovery: wrapForCode(keys.recordId, recoveryCode, dataKey) }, recoveryCode };
}

/**
 * The data key and the account, when the password is right for that login; null when it is not. An unknown login takes as
 * long as a known one. Whoever gets the key wipes it.
 */
export async function unwrapByPassword(
  keys: KeyFile,
  login: string,
  password: string,
): Promise<{ dataKey: Buffer; accountId: string } | null> {
  const found = keys.slots.find((one) => one.login === login);
  const cost = (found ?? keys.slots[0])?.kdf ?? { algorithm: "argon2id" as const, ...KDF_COST };
  const salt = found === undefined ? randomBytes(SALT_BYTES) : Buffer.from(found.salt, "base64");
  const wrappingKey = await derive(password, salt, cost);
  if (found === undefined) {
    wrappingKey.fill(0);
    return null;
  }
  const dataKey = unwrap(wrappingKey, found, bindingOf(keys.recordId, found.accountId));
  return dataKey === null ? null : { dataKey, accountId: found.accountId };
}

/**
 * The data key, when the recovery code is right; null when it is not. Refuses a code that was mistyped, naming the group.
 * Whoever gets the key wipes it.
 */
export function unwrapByCode(keys: KeyFile, typed: string): Buffer | null {
  const code = readTypedCode(typed);
  const wrappingKey = deriveFromCode(code, Buffer.from(keys.recovery.salt, "base64"));
  return unwrap(wrappingKey, keys.recovery, bindingOf(keys.recordId, "recovery"));
}

function bindingOf(recordId: string, holder: string): Buffer {
  return Buffer.from(`${FORMAT}\n${recordId}\n${holder}`, "utf8");
}

/** The same letters give the same password, however the keyboard composed them. */
async function derive(password: string, salt: Buffer, kdf: KdfCost): Promise<Buffer> {
  const derived = await argon2id({
    password: password.normalize("NFC"),
    salt,
    iterations: kdf.iterations,
    parallelism: kdf.parallelism,
    memorySize: kdf.memoryKiB,
    hashLength: KEY_BYTES,
    outputType: "binary",
  });
  return Buffer.from(derived.buffer, derived.byteOffset, derived.byteLength);
}

function deriveFromCode(code: string, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync("sha256", code, salt, "isochart recovery code", KEY_BYTES));
}

function wrapForCode(recordId: string, code: string, dataKey: Buffer): z.infer<typeof wrappedKey> {
  const salt = randomBytes(SALT_BYTES);
  const wrapped = wrap(
    deriveFromCode(code.replaceAll("-", ""), salt),
    dataKey,
    bindingOf(recordId, "recovery"),
  );
  return { salt: salt.toString("base64"), ...wrapped };
}

const TAG_BYTES = 16;

/** Wraps, and wipes the wrapping key. */
function wrap(wrappingKey: Buffer, dataKey: Buffer, binding: Buffer): { nonce: string; wrapped: string } {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", wrappingKey, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(binding);
  const wrapped = Buffer.concat([cipher.update(dataKey), cipher.final(), cipher.getAuthTag()]);
  wrappingKey.fill(0);
  return { nonce: nonce.toString("base64"), wrapped: wrapped.toString("base64") };
}

/** Unwraps, and wipes the wrapping key. Null when it is the wrong one. */
function unwrap(
  wrappingKey: Buffer,
  from: { nonce: string; wrapped: string },
  binding: Buffer,
): Buffer | null {
  const stored = Buffer.from(from.wrapped, "base64");
  if (stored.length !== KEY_BYTES + TAG_BYTES) return null;
  const cipher = createDecipheriv("aes-256-gcm", wrappingKey, Buffer.from(from.nonce, "base64"), {
    authTagLength: TAG_BYTES,
  });
  cipher.setAAD(binding);
  cipher.setAuthTag(stored.subarray(KEY_BYTES));
  const dataKey = cipher.update(stored.subarray(0, KEY_BYTES));
  try {
    cipher.final();
    return dataKey;
  } catch {
    dataKey.fill(0);
    return null;
  } finally {
    wrappingKey.fill(0);
  }
}

/** Crockford's base 32: no I, L, O or U, which are misread or make words. */
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUPS = 5;
const LETTERS_OF_GROUP = 5;

/** Five groups of six: five letters of chance (125 bits in all) and one that checks the group, to say which one was mistyped. */
function newRecoveryCode(): string {
  const groups = Array.from({ length: GROUPS }, (_, index) => {
    const letters = Array.from(randomBytes(LETTERS_OF_GROUP), (byte) => LETTERS.charAt(byte & 31)).join("");
    return letters + checkLetter(letters, index);
  });
  return groups.join("-");
}

function checkLetter(letters: string, group: number): string {
  const digest = createHash("sha256").update(`${group}${letters}`).digest();
  return LETTERS.charAt(digest.readUInt8(0) & 31);
}

/** A typed code without its dashes, with the letters that people confuse put right. */
function readTypedCode(typed: string): string {
  const code = typed
    .toUpperCase()
    .replaceAll(/[\s\-–—]/g, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");
  const length = GROUPS * (LETTERS_OF_GROUP + 1);
  if (code.length !== length)
    throw mistyped(
      `The code has ${GROUPS} groups of ${LETTERS_OF_GROUP + 1}; this has ${code.length} letters and digits.`,
    );
  for (let index = 0; index < GROUPS; index += 1) {
    const group = code.slice(index * (LETTERS_OF_GROUP + 1), (index + 1) * (LETTERS_OF_GROUP + 1));
    const letters = group.slice(0, LETTERS_OF_GROUP);
    if (!/^[0-9A-Z]+$/.test(group) || checkLetter(letters, index) !== group.slice(LETTERS_OF_GROUP))
      throw mistyped(`Group ${index + 1} was mistyped. Compare it with the paper, letter by letter.`);
  }
  return code;
}

function mistyped(sentence: string): Refused {
  return new Refused("invalid", sentence, { fields: { code: sentence } });
}
