import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const project = resolve(import.meta.dirname, "..", "..");
const home = join(project, "node_modules", "electron");

/** Where Electron's runtime is, when it is on this machine. Never fetches it, as importing `electron` would. */
export function findRuntime(): string | undefined {
  const override = process.env["ELECTRON_OVERRIDE_DIST_PATH"];
  const note = join(home, "path.txt");
  const name = existsSync(note) ? readFileSync(note, "utf8") : "electron";
  const path = override === undefined ? join(home, "dist", name) : join(override, name);
  return existsSync(path) ? path : undefined;
}

/** Fetches Electron's runtime, once. True when it is there afterwards. */
export function fetchRuntime(): boolean {
  const limit = 10 * 60_000;
  spawnSync(process.execPath, [join(home, "install.js")], { cwd: project, stdio: "ignore", timeout: limit });
  return findRuntime() !== undefined;
}
