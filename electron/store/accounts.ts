/** People who may sign in. Their key slots stand outside the record, in `keys.ts`. */
import { z } from "zod";
import type { Instant } from "#shared/calendar.ts";
import { role, type Role } from "#shared/records/account.ts";
import { newId, type ReadDb, type WriteDb } from "./engine.ts";
import type { AccountRow } from "./schema.ts";

/** An account as the record keeps it; whether it has a password is known to the key file only. */
export type StoredAccount = {
  id: string;
  login: string;
  name: string;
  roles: Role[];
  enabled: boolean;
  createdAt: Instant;
};

const storedRoles = z.array(role);

function asAccount(row: AccountRow): StoredAccount {
  return {
    id: row.id,
    login: row.login,
    name: row.name,
    roles: storedRoles.parse(JSON.parse(row.roles)),
    enabled: row.enabled === 1,
    createdAt: row.created_at,
  };
}

/** All accounts, by login. */
export async function listAccounts(db: ReadDb): Promise<StoredAccount[]> {
  const rows = await db.selectFrom("account").selectAll().orderBy("login").execute();
  return rows.map(asAccount);
}

/** One account, or undefined. */
export async function findAccount(db: ReadDb, id: string): Promise<StoredAccount | undefined> {
  const row = await db.selectFrom("account").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? undefined : asAccount(row);
}

/** One account by its login, or undefined. */
export async function findAccountByLogin(db: ReadDb, login: string): Promise<StoredAccount | undefined> {
  const row = await db.selectFrom("account").selectAll().where("login", "=", login).executeTakeFirst();
  return row === undefined ? undefined : asAccount(row);
}

/** Adds an enabled account. The login must be free. */
export async function insertAccount(
  db: WriteDb,
  fields: { login: string; name: string; roles: readonly Role[] },
  now: Instant,
): Promise<StoredAccount> {
  const row = {
    id: newId(now),
    login: fields.login,
    name: fields.name,
    roles: JSON.stringify(fields.roles),
    enabled: 1,
    created_at: now,
  };
  await db.insertInto("account").values(row).execute();
  return asAccount(row);
}

/** Changes what may change of an account. */
export async function updateAccount(
  db: WriteDb,
  id: string,
  change: { name?: string; roles?: readonly Role[]; enabled?: boolean },
): Promise<void> {
  await db
    .updateTable("account")
    .set({
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.roles === undefined ? {} : { roles: JSON.stringify(change.roles) }),
      ...(change.enabled === undefined ? {} : { enabled: change.enabled ? 1 : 0 }),
    })
    .where("id", "=", id)
    .execute();
}
