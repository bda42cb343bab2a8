/** People who may sign in: adding, changing, shutting out, letting in again. */
import {
  findAccount,
  findAccountByLogin,
  insertAccount,
  listAccounts,
  type StoredAccount,
  updateAccount,
} from "#electron/store/accounts.ts";
import type { ReadDb } from "#electron/store/engine.ts";
import type { Account } from "#shared/records/account.ts";
import { Refused } from "#shared/refusal.ts";
import type { Handlers, RecordFacts } from "./handler.ts";

export const accountHandlers: Handlers<"accounts"> = {
  "accounts.list": async ({ db, record }) =>
    (await listAccounts(db)).map((one) => withPassword(one, record.holdsKey(one.id))),

  "accounts.add": async ({ db, input, now, keys }) => {
    const taken = await findAccountByLogin(db, input.login);
    if (taken !== undefined) {
      const sentence = taken.enabled
        ? "Somebody has this user name already."
        : "A disabled account has this user name. Give it a new password instead.";
      throw new Refused("invalid", sentence, { fields: { login: sentence } });
    }
    const added = await insertAccount(db, input, now);
    keys.giveSlot({ accountId: added.id, login: added.login, name: added.name });
    return withPassword(added, true);
  },

  "accounts.update": async ({ db, input, record }) => {
    await accountOf(db, input.id);
    await updateAccount(db, input.id, { name: input.name, roles: input.roles });
    await requireAdministrator(db, record, null);
    return withPassword(await accountOf(db, input.id), record.holdsKey(input.id));
  },

  "accounts.disable": async ({ db, input, record, keys }) => {
    await accountOf(db, input.id);
    await updateAccount(db, input.id, { enabled: false });
    await requireAdministrator(db, record, input.id);
    keys.removeSlot(input.id);
    return withPassword(await accountOf(db, input.id), false);
  },

  "accounts.setPassword": async ({ db, input, keys }) => {
    const { id, login, name } = await accountOf(db, input.id);
    await updateAccount(db, id, { enabled: true });
    keys.giveSlot({ accountId: id, login, name });
    return withPassword(await accountOf(db, id), true);
  },

  "accounts.newRecoveryCode": ({ keys }) => ({ recoveryCode: keys.newRecoveryCode() }),
};

async function accountOf(db: ReadDb, id: string): Promise<StoredAccount> {
  const found = await findAccount(db, id);
  if (found === undefined) throw new Refused("not-found", "There is no such account.");
  return found;
}

/** Refuses a change after which nobody could manage the record any more. `without`: whose password goes with it. */
async function requireAdministrator(db: ReadDb, record: RecordFacts, without: string | null): Promise<void> {
  const left = (await listAccounts(db)).some(
    (one) =>
      one.enabled && one.roles.includes("administrator") && one.id !== without && record.holdsKey(one.id),
  );
  if (!left)
    throw new Refused(
      "not-allowed",
      "This is the last administrator with a password. Make somebody else an administrator first.",
    );
}

function withPassword(one: StoredAccount, hasPassword: boolean): Account {
  return { ...one, hasPassword };
}
