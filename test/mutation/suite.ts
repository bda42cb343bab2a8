/**
 * Runs the tests of the rules against one mutant after the other in one thread, without starting Vitest for each: the mutated
 * file and whatever imports it are evaluated anew, everything else stays. The assertions are Vitest's own; `describe` and `it`
 * stand in for its collector. Needs `node --experimental-vm-modules`.
 */
import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { basename, dirname, join, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Module, SourceTextModule, SyntheticModule, runInThisContext } from "node:vm";
import { configureGlobal } from "fast-check";
import { chai, expect } from "vitest";

/** The folder of the project; names of files are relative to it. */
export const PROJECT = resolve(import.meta.dirname, "../..");

/** What a run of the tests says: the first one that failed, or null. */
export type Outcome = { killedBy: string | null };

type Test = { file: string; name: string; run: () => unknown };
type Instances = Map<string, Promise<Module>>;

// Chance would let a mutant live today and die tomorrow.
configureGlobal({ seed: 20_261_122 });

const RULES_TESTS = join(PROJECT, "test/rules");

/** The test that runs: its snapshots are known by its file and name. */
let running: { file: string; name: string; snapshots: number } = { file: "", name: "", snapshots: 0 };
const snapshots = new Map<string, Readonly<Record<string, unknown>>>();

/** Vitest's own run writes the files; here what they say is compared only. Texts are all that our tests keep in them. */
chai.Assertion.addMethod("toMatchFileSnapshot", function (this: object, path: string) {
  if (textOf(this) !== readFileSync(join(RULES_TESTS, path), "utf8"))
    throw new Error(`It is not what ${path} says.`);
});
chai.Assertion.addMethod("toMatchSnapshot", function (this: object) {
  running.snapshots += 1;
  const text = textOf(this);
  const expected = snapshotsOf(running.file)[`${running.name} ${running.snapshots}`];
  if (expected !== (text.includes("\n") ? `\n"${text}"\n` : `"${text}"`))
    throw new Error(`It is not what the snapshot of ${running.name} says.`);
});

function textOf(assertion: object): string {
  const value: unknown = chai.util.flag(assertion, "object");
  if (typeof value !== "string") throw new Error("Only texts are compared with a snapshot here.");
  return value;
}

function snapshotsOf(file: string): Readonly<Record<string, unknown>> {
  const known = snapshots.get(file);
  if (known !== undefined) return known;
  const found: Record<string, unknown> = {};
  const text = readFileSync(join(RULES_TESTS, "__snapshots__", `${basename(file)}.snap`), "utf8");
  runInThisContext(`(exports) => {${text}}`)(found);
  snapshots.set(file, found);
  return found;
}

/** The tests in `files` and all that they import. */
export class Suite {
  readonly #files: readonly string[];
  readonly #settled: Instances = new Map();
  readonly #imports = new Map<string, Set<string>>();
  readonly #compiled = new Map<string, { text: string; cache: Buffer }>();
  readonly #packages = new Map<string, Promise<Module>>();
  /** How long each test file took when nothing was changed, in milliseconds. */
  readonly #cost = new Map<string, number>();
  /** Which test files and tests killed the last mutants of a file: a neighbour is likely to die by the same. */
  readonly #killers = new Map<string, string[]>();
  #collecting: { file: string; prefix: string; tests: Test[] } = { file: "", prefix: "", tests: [] };

  constructor(files: readonly string[]) {
    this.#files = files;
  }

  /**
   * Runs everything unchanged. Throws if a test fails: then nothing can be said of mutants. Returns the number of tests. With
   * `trust` they are only read: for a quick look after Vitest has run them.
   */
  async begin(trust = false): Promise<number> {
    let count = 0;
    for (const file of this.#files) {
      const began = performance.now();
      const tests = await this.#collect(file, this.#settled, new Map());
      if (!trust) for (const test of tests) await runTest(test);
      count += tests.length;
      this.#cost.set(file, performance.now() - began);
    }
    return count;
  }

  /** Runs the tests that import `file`, as if it read `text`, until one fails. `begin` must have run. */
  async judge(file: string, text: string): Promise<Outcome> {
    const affected = this.#importersOf(file);
    const instances: Instances = new Map([...this.#settled].filter(([name]) => !affected.has(name)));
    const killers = this.#killers.get(file) ?? [];
    const texts = new Map([[file, text]]);
    const place = (name: string): number => (killers.includes(name) ? killers.indexOf(name) : killers.length);
    const files = this.#files
      .filter((name) => affected.has(name))
      .sort((a, b) => place(a) - place(b) || (this.#cost.get(a) ?? 0) - (this.#cost.get(b) ?? 0));
    for (const name of files) {
      let at = "while it is read";
      try {
        const tests = await this.#collect(name, instances, texts);
        tests.sort((a, b) => place(a.name) - place(b.name));
        for (const test of tests) {
          at = test.name;
          await runTest(test);
        }
      } catch {
        this.#killers.set(
          file,
          [name, at, ...killers.filter((one) => one !== name && one !== at)].slice(0, 40),
        );
        return { killedBy: `${name}: ${at}` };
      }
    }
    return { killedBy: null };
  }

  async #collect(file: string, instances: Instances, texts: ReadonlyMap<string, string>): Promise<Test[]> {
    this.#collecting = { file, prefix: "", tests: [] };
    const module = await this.#instance(file, instances, texts);
    if (module.status === "unlinked")
      await module.link((specifier, from) => this.#resolve(specifier, from.identifier, instances, texts));
    await module.evaluate();
    return this.#collecting.tests;
  }

  #resolve(
    specifier: string,
    from: string,
    instances: Instances,
    texts: ReadonlyMap<string, string>,
  ): Promise<Module> {
    const file = specifier.startsWith("#")
      ? specifier.slice(1)
      : specifier.startsWith(".")
        ? relative(PROJECT, resolve(PROJECT, dirname(from), specifier)).replaceAll("\\", "/")
        : null;
    if (file === null) return this.#package(specifier);
    const imports = this.#imports.get(from) ?? new Set();
    this.#imports.set(from, imports.add(file));
    return this.#instance(file, instances, texts);
  }

  #instance(file: string, instances: Instances, texts: ReadonlyMap<string, string>): Promise<Module> {
    const known = instances.get(file);
    if (known !== undefined) return known;
    const changed = texts.get(file);
    const made = Promise.resolve(
      changed === undefined ? this.#unchanged(file) : new SourceTextModule(changed, optionsFor(file)),
    );
    instances.set(file, made);
    return made;
  }

  #unchanged(file: string): Module {
    const before = this.#compiled.get(file);
    if (before !== undefined)
      return new SourceTextModule(before.text, { ...optionsFor(file), cachedData: before.cache });
    const written = readFileSync(join(PROJECT, file), "utf8");
    const text = file.endsWith(".json") ? `export default ${written}` : stripTypeScriptTypes(written);
    // Node has had `createCachedData` since 13.7; its types leave it out.
    const module = new SourceTextModule(text, optionsFor(file)) as SourceTextModule & {
      createCachedData: () => Buffer;
    };
    this.#compiled.set(file, { text, cache: module.createCachedData() });
    return module;
  }

  #package(specifier: string): Promise<Module> {
    const known = this.#packages.get(specifier);
    if (known !== undefined) return known;
    const made = (specifier === "vitest" ? Promise.resolve(this.#standIn()) : load(specifier)).then(
      (names) => {
        const module: SyntheticModule = new SyntheticModule(Object.keys(names), () => {
          for (const [name, value] of Object.entries(names)) module.setExport(name, value);
        });
        return module;
      },
    );
    this.#packages.set(specifier, made);
    return made;
  }

  /** What the tests import from Vitest. Anything else does not link, and `begin` says so. */
  #standIn(): Record<string, unknown> {
    const describe = (name: string, body: () => void): void => {
      const outer = this.#collecting;
      this.#collecting = { ...outer, prefix: outer.prefix === "" ? name : `${outer.prefix} > ${name}` };
      body();
      this.#collecting = outer;
    };
    const it = (name: string, ...rest: unknown[]): void => {
      const body = rest.find((one) => typeof one === "function");
      if (body === undefined) throw new Error(`${name} is no test.`);
      const { prefix, file, tests } = this.#collecting;
      tests.push({
        file,
        name: prefix === "" ? name : `${prefix} > ${name}`,
        run: () => Reflect.apply(body, undefined, []),
      });
    };
    const test = Object.assign(it, { each: eachOf(it) });
    return { expect, describe: Object.assign(describe, { each: eachOf(describe) }), it: test, test };
  }

  /** The files that read `file`, itself included. */
  #importersOf(file: string): ReadonlySet<string> {
    const found = new Set([file]);
    for (const one of found)
      for (const [importer, imports] of this.#imports) if (imports.has(one)) found.add(importer);
    return found;
  }
}

/** `it.each(rows)(name, body)`: the row's number tells the tests apart. */
function eachOf(
  one: (name: string, body: () => void) => void,
): (rows: readonly unknown[]) => (name: string, body: (...row: unknown[]) => void) => void {
  return (rows) => (name, body) =>
    rows.forEach((row, index) => {
      one(`${name} (${index + 1})`, () => body(...(Array.isArray(row) ? row : [row])));
    });
}

async function runTest(test: Test): Promise<void> {
  running = { file: test.file, name: test.name, snapshots: 0 };
  const result = test.run();
  if (result instanceof Promise) await result;
}

async function load(specifier: string): Promise<Record<string, unknown>> {
  return { ...((await import(specifier)) as Record<string, unknown>) };
}

function optionsFor(file: string): {
  identifier: string;
  initializeImportMeta: (meta: ImportMeta) => void;
} {
  const path = join(PROJECT, file);
  return {
    identifier: file,
    initializeImportMeta: (meta) => {
      meta.filename = path;
      meta.dirname = dirname(path);
      meta.url = pathToFileURL(path).href;
    },
  };
}
