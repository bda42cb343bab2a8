import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

const project = resolve(import.meta.dirname, "..", "..");
const sources = ["shared", "migrations", "electron", "renderer", "electron.vite.config.ts", "package.json"];
const products = ["out/main/index.js", "out/preload/preload.cjs", "out/renderer/index.html"];

/** Builds the program when it was never built, or when a source is newer than what was built. */
export function buildIfStale(): void {
  if (isFresh()) return;
  console.error("Building Isochart …");
  build();
}

/** Builds the program. */
export function build(): void {
  const tool = join(project, "node_modules", "electron-vite", "bin", "electron-vite.js");
  const result = spawnSync(process.execPath, [tool, "build", "--logLevel", "warn"], {
    cwd: project,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (result.status !== 0) throw new Error("Isochart could not be built.");
}

function isFresh(): boolean {
  const paths = products.map((path) => join(project, path));
  if (!paths.every((path) => existsSync(path))) return false;
  const oldest = Math.min(...paths.map((path) => statSync(path).mtimeMs));
  return sources.every((path) => newest(join(project, path)) < oldest);
}

function newest(path: string): number {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
