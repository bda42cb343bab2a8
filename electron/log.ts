/**
 * The log. What is written names the error's kind, the method and the places in the code, and never the message of an error,
 * which may hold what somebody typed.
 */
import { join } from "node:path";
import electronLog from "electron-log/node";

/** Something worth a line: what happened, in which method, and the error if there was one. */
export type LogLine = { what: string; method?: string; error?: unknown };

/** Writes a line. The only way into the log. */
export type Log = (line: LogLine) => void;

/** Writes to `isochart.log` in a folder, at most a megabyte and the one before it, and to the error output. */
export function logInto(folder: string): Log {
  const logger = electronLog.create({ logId: "isochart" });
  logger.transports.file.resolvePathFn = () => join(folder, "isochart.log");
  logger.transports.file.maxSize = 1_048_576;
  logger.transports.console.level = false;
  return (line) => {
    const text = redacted(line);
    logger.error(text);
    process.stderr.write(`${text}\n`);
  };
}

/** The line without anything that could come from a record. */
export function redacted({ what, method, error }: LogLine): string {
  const about = method === undefined ? what : `${what} (${method})`;
  if (error === undefined) return about;
  if (!(error instanceof Error)) return `${about}: something that is not an error was thrown`;
  const code = "code" in error && typeof error.code === "string" ? ` ${error.code}` : "";
  const stack = error.stack ?? "";
  const after = stack.indexOf(error.message) + error.message.length;
  const places = stack
    .slice(after)
    .split("\n")
    .filter((one) => /^\s+at /.test(one))
    .map((one) => `  ${one.trim()}`);
  return [`${about}: ${error.name}${code}`, ...places].join("\n");
}
