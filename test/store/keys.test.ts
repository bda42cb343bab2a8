import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  KDF_COST_DEMO,
  type KeyFile,
  newDataKey,
  newKeyFile,
  readKeyFile,
  readyPassword,
  unwrapByCode,
  unwrapByPassword,
  withoutSlot,
  withRecoveryCode,
  withSlot,
  writeKeyFile,
} from "#electron/store/keys.ts";
import { createRecordFile } from "#electron/store/open.ts";
import { Refused } from "#shared/refusal.ts";
import { temporaryFolder } from "#test/support/folder.ts";

const ANNA = { accountId: "a", login: "anna", name: "Anna" };
const BEN = { accountId: "b", login: "ben", name: "Ben" };

async function keysFor(passwords: { anna?: string; ben?: string }): Promise<{
  keys: KeyFile;
  dataKey: Buffer;
  recoveryCode: string;
}> {
  const dataKey = newDataKey();
  const made = newKeyFile("record", "Clinic", dataKey);
  let keys = made.keys;
  if (passwords.anna !== undefined)
    keys = withSlot(keys, ANNA, await readyPassword(passwords.anna, KDF_COST_DEMO), dataKey);
  if (passwords.ben !== undefined)
    keys = withSlot(keys, BEN, await readyPassword(passwords.ben, KDF_COST_DEMO), dataKey);
  return { keys, dataKey, recoveryCode: made.recoveryCode };
}

function refusalOf(work: () => unknown): Refused {
  try {
    work();
  } catch (error) {
    if (error instanceof Refused) return error;
    throw error;
  }
  throw new Error("it was expected to be refused");
}

test("each person's password unwraps the same data key", async () => {
  const { keys, dataKey } = await keysFor({ anna: "anna's password", ben: "ben's password" });
  const anna = await unwrapByPassword(keys, "anna", "anna's password");
  const ben = await unwrapByPassword(keys, "ben", "ben's password");
  expect(anna).toEqual({ dataKey, accountId: "a" });
  expect(ben).toEqual({ dataKey, accountId: "b" });
});

test("a wrong password, somebody else's password and an unknown login unwrap nothing", async () => {
  const { keys } = await keysFor({ anna: "anna's password", ben: "ben's password" });
  expect(await unwrapByPassword(keys, "anna", "Anna's password")).toBeNull();
  expect(await unwrapByPassword(keys, "anna", "ben's password")).toBeNull();
  expect(await unwrapByPassword(keys, "carl", "anna's password")).toBeNull();
});

test("a password typed with composed or combining accents is the same password", async () => {
  const { keys } = await keysFor({ anna: "pass\u00e9 compos\u00e9" });
  expect(await unwrapByPassword(keys, "anna", "passe\u0301 compose\u0301")).not.toBeNull();
});

test("a slot that is moved to another account unwraps nothing", async () => {
  const { keys } = await keysFor({ anna: "anna's password", ben: "ben's password" });
  const [anna, ben] = keys.slots;
  if (anna === undefined || ben === undefined) throw new Error("two slots were expected");
  const moved = { ...keys, slots: [{ ...anna, accountId: ben.accountId, login: "ben" }] };
  expect(await unwrapByPassword(moved, "ben", "anna's password")).toBeNull();
});

test("who is removed cannot unwrap the key any more", async () => {
  const { keys } = await keysFor({ anna: "anna's password", ben: "ben's password" });
  const without = withoutSlot(keys, "a");
  expect(await unwrapByPassword(without, "anna", "anna's password")).toBeNull();
  expect(await unwrapByPassword(without, "ben", "ben's password")).not.toBeNull();
});

test("the recovery code unwraps the data key, however it is typed", async () => {
  const { keys, dataKey, recoveryCode } = await keysFor({});
  expect(recoveryCode).toMatch(/^([0-9A-HJKMNP-TV-Z]{6}-){4}[0-9A-HJKMNP-TV-Z]{6}$/);
  expect(unwrapByCode(keys, recoveryCode)).toEqual(dataKey);
  const loose = recoveryCode.toLowerCase().replaceAll("-", " ").replaceAll("0", "o").replaceAll("1", "l");
  expect(unwrapByCode(keys, ` ${loose} `)).toEqual(dataKey);
});

test("after a new recovery code the old one unwraps nothing", async () => {
  const { keys, dataKey, recoveryCode } = await keysFor({});
  const renewed = withRecoveryCode(keys, dataKey);
  expect(unwrapByCode(renewed.keys, recoveryCode)).toBeNull();
  expect(unwrapByCode(renewed.keys, renewed.recoveryCode)).toEqual(dataKey);
});

test("a mistyped recovery code is refused with the group that does not fit, or with its length", async () => {
  const { keys, recoveryCode } = await keysFor({});
  const swapped = recoveryCode.charAt(14) === "7" ? "8" : "7";
  const mistyped = recoveryCode.slice(0, 14) + swapped + recoveryCode.slice(15);
  // One letter in 32 is its own check by chance; then the code is only wrong, not mistyped.
  const answer = ((): string => {
    try {
      return String(unwrapByCode(keys, mistyped));
    } catch (error) {
      return error instanceof Refused ? error.refusal.sentence : String(error);
    }
  })();
  expect(answer).toMatch(/^(Group 3 was mistyped|null)/);
  expect(refusalOf(() => unwrapByCode(keys, "ABC")).refusal.fields["code"]).toContain("this has 3");
});

test("no password, no code and no key stands in the key file", async () => {
  const folder = temporaryFolder();
  const { keys, dataKey, recoveryCode } = await keysFor({ anna: "anna's password" });
  writeKeyFile(folder, keys);
  const text = readFileSync(join(folder, "keys.json"), "utf8");
  for (const secret of ["anna's password", recoveryCode, dataKey.toString("base64"), dataKey.toString("hex")])
    expect(text).not.toContain(secret);
});

test("a key file that was written is read back the same", async () => {
  const folder = temporaryFolder();
  const { keys, dataKey } = await keysFor({ anna: "anna's password" });
  await (await createRecordFile(folder, dataKey)).close();
  writeKeyFile(folder, keys);
  expect(readKeyFile(folder)).toEqual(keys);
});

test("a folder without a record, or with half of one, is refused with what is missing", async () => {
  const folder = temporaryFolder();
  expect(refusalOf(() => readKeyFile(join(folder, "nowhere"))).refusal.sentence).toContain("no such folder");
  expect(refusalOf(() => readKeyFile(folder)).refusal.sentence).toContain("no Isochart record");
  const { keys, dataKey } = await keysFor({});
  writeKeyFile(folder, keys);
  expect(refusalOf(() => readKeyFile(folder)).refusal.sentence).toContain("record.db");
  const other = temporaryFolder();
  await (await createRecordFile(other, dataKey)).close();
  expect(refusalOf(() => readKeyFile(other)).refusal.sentence).toContain("keys.json");
});

test("a key file that is not ours, is damaged, or is newer than the program is refused and left alone", async () => {
  const folder = temporaryFolder();
  const { keys, dataKey } = await keysFor({ anna: "correct horse battery" });
  await (await createRecordFile(folder, dataKey)).close();
  const cases: [unknown, string][] = [
    ["not json {", "not a key file"],
    [{ hello: 1 }, "not a key file"],
    [{ ...keys, slots: [{ ...ANNA, kdf: { algorithm: "argon2id", memoryKiB: 1 } }] }, "not a key file"],
    [{ ...keys, recovery: { ...keys.recovery, salt: "" } }, "not a key file"],
    [{ ...keys, slots: keys.slots.map((one) => ({ ...one, salt: "AAAA" })) }, "not a key file"],
    [{ ...keys, slots: keys.slots.map((one) => ({ ...one, nonce: "" })) }, "not a key file"],
    [{ ...keys, format: "isochart-keys-2" }, "newer version"],
    [{ ...keys, schema: "9999-later" }, "newer version"],
  ];
  for (const [content, sentence] of cases) {
    const text = typeof content === "string" ? content : JSON.stringify(content);
    writeFileSync(join(folder, "keys.json"), text);
    expect(refusalOf(() => readKeyFile(folder)).refusal.sentence).toContain(sentence);
    expect(readFileSync(join(folder, "keys.json"), "utf8")).toBe(text);
  }
});
