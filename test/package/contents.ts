import { mkdtemp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { listPackage } from "@electron/asar";
import { build, Platform } from "electron-builder";
import { packaging } from "#electron/packaging/settings.ts";

/**
 * Packs the program around an empty stand-in for Electron's runtime, and says what is wrong with what went in.
 * So the contents are checked even where the runtime cannot be fetched.
 */

const folder = await mkdtemp(join(tmpdir(), "isochart-package-"));
const wrong: string[] = [];
try {
  const runtime = join(folder, "runtime");
  await mkdir(runtime);
  await writeFile(join(runtime, "electron"), "");
  await writeFile(join(runtime, "LICENSE"), "");
  await build({
    targets: Platform.LINUX.createTarget("dir"),
    publish: "never",
    config: {
      ...packaging,
      electronDist: runtime,
      directories: { output: join(folder, "dist") },
      // There is no binary whose fuses could be set.
      afterPack: null,
    },
  });
  const resources = join(folder, "dist", "linux-unpacked", "resources");
  const packed = listPackage(join(resources, "app.asar"), { isPack: false }).map((path) =>
    path.split(sep).join("/"),
  );
  const unpacked = await filesIn(join(resources, "app.asar.unpacked"));
  await checkContents(packed, unpacked);
  console.log(`${packed.length} files packed, ${unpacked.length} beside the archive: ${unpacked.join(", ")}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
for (const sentence of wrong) console.error(`✗ ${sentence}`);
process.exitCode = wrong.length === 0 ? 0 : 1;

async function checkContents(packed: string[], unpacked: string[]): Promise<void> {
  const files = packed.filter((path) => /\.[^/]+$|LICENSE/.test(path));
  for (const needed of [
    "/out/main/index.js",
    "/out/preload/preload.cjs",
    "/out/renderer/index.html",
    "/package.json",
  ]) {
    if (!files.includes(needed)) wrong.push(`${needed} is missing.`);
  }
  const forbidden: [RegExp, string][] = [
    [/\.tsx?$|\.map$/, "is source, not product"],
    [/^\/(test|electron|renderer|shared|migrations|\.ci|\.github)\//, "is source, not product"],
    [/\/(__tests__|tests?|\.github)\//, "belongs to a test"],
    [/(^|\/)\.(env|npmrc|git)|\.(pem|key|p12|pfx)$|id_rsa/i, "may hold a secret"],
    [/\.(db|sqlite3?|isochart)$/, "may be a record"],
    [/\.(c|cc|cpp|h|hpp|gyp|gypi)$/, "is source of a native part"],
  ];
  for (const path of files) {
    for (const [pattern, why] of forbidden) if (pattern.test(path)) wrong.push(`${path} ${why}.`);
  }
  const manifest = JSON.parse(await readFile("package.json", "utf8")) as {
    dependencies: Record<string, string>;
    devDependencies: Record<string, string>;
  };
  const names = new Set(
    files.flatMap((path) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
  );
  for (const name of Object.keys(manifest.devDependencies)) {
    if (names.has(name)) wrong.push(`${name} is a development package.`);
  }
  for (const name of Object.keys(manifest.dependencies)) {
    if (!names.has(name)) wrong.push(`${name} is missing.`);
  }
  const natives = files.filter((path) => path.endsWith(".node")).map((path) => path.slice(1));
  if (natives.length === 0) wrong.push("The database's native part is missing.");
  for (const native of natives) {
    if (!unpacked.includes(native)) wrong.push(`${native} lies in the archive, where it cannot be loaded.`);
  }
}

async function filesIn(root: string): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"));
}
