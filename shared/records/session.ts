/** Who sits in front of which record. */
import { z } from "zod";
import { user } from "./account.ts";
import { todayFilter } from "./due.ts";

/** Light, dark, or as the system says: this computer's choice, not the record's. */
export const colorScheme = z.enum(["system", "light", "dark"]);
export type ColorScheme = z.infer<typeof colorScheme>;

/** `no-record`: nothing chosen; `signed-out`: a record is chosen, nobody is in; `locked`: somebody is in, the screen is locked; `open`. */
export const session = z.object({
  phase: z.enum(["no-record", "signed-out", "locked", "open"]),
  record: z.object({ folder: z.string(), clinicName: z.string(), demo: z.boolean() }).nullable(),
  user: user.nullable(),
  /** When locked: whose password is asked. */
  lockedFor: z.object({ login: z.string(), name: z.string() }).nullable(),
  /** The clinic's calendar date and how it writes it; null while closed. */
  today: z.string().nullable(),
  /** Folders opened before, the last first, for the first screen. */
  recent: z.array(z.string()),
  colorScheme,
  /** Which lines of Today were shown last on this computer. */
  todayFilter,
  /** Counts up with every change of session, for `session.wait`. */
  version: z.number().int(),
  /** True if the clock was set by `--now`. */
  clockIsSet: z.boolean(),
  /** Whether the app runs in a browser instead of Electron. */
  browser: z.boolean(),
});
export type Session = z.infer<typeof session>;

/** The password of everybody in the demo clinic. No secret: whoever looks around is told it, or could not come back after a lock. */
export const DEMO_PASSWORD = "isochart-demo";
