/** A person who may open the record. */
import { z } from "zod";
import { instant } from "../calendar.ts";

/** A person may have several roles. */
export const role = z.enum(["prescriber", "nurse", "reception", "administrator"]);
export type Role = z.infer<typeof role>;

/** Shortest password accepted; the meter shows how good it is. Source: NIST SP 800-63B asks for at least 8; we ask for more. */
export const PASSWORD_MIN = 10;

export const loginName = z
  .string()
  .trim()
  .toLowerCase()
  .min(2, "At least 2 characters.")
  .max(40, "At most 40 characters.")
  .regex(/^[\p{L}\p{N}._-]+$/u, "Letters, digits, dot, dash and underscore only.");

export const newPassword = z.string().min(PASSWORD_MIN, `At least ${PASSWORD_MIN} characters.`).max(256);

export const accountName = z.string().trim().min(1, "Give the name that signs visits.").max(100);

export const roles = z.array(role).min(1, "Choose at least one role.");

export const account = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  roles: z.array(role),
  enabled: z.boolean(),
  /** False while the person has no key slot: an administrator must set a password. */
  hasPassword: z.boolean(),
  createdAt: instant,
});
export type Account = z.infer<typeof account>;

/** Who is signed in, as handlers see it. */
export const user = z.object({ id: z.string(), login: z.string(), name: z.string(), roles: z.array(role) });
export type User = z.infer<typeof user>;
