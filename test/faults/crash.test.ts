import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PASSWORD, startProgram } from "#test/support/clinic.ts";
import { temporaryFolder } from "#test/support/folder.ts";

const writer = join(import.meta.dirname, "writer.ts");

/** Starts a writer and gives what it printed when it ended, however it ended. `onDone` sees each acknowledgement. */
async function run(child: ChildProcess, onDone: (count: number) => void): Promise<string[]> {
  let text = "";
  let errors = "";
  let count = 0;
  child.stdout?.on("data", (data: Buffer) => {
    text += data.toString();
    const now = text.split("\n").filter((line) => line.startsWith("done ")).length;
    if (now > count) onDone((count = now));
  });
  child.stderr?.on("data", (data: Buffer) => (errors += data.toString()));
  await once(child, "close");
  const lines = text.split("\n").slice(0, -1);
  if (lines.length === 0) throw new Error(`The writer wrote nothing.\n${errors}`);
  return lines;
}

function idsIn(lines: string[]): string[] {
  return lines.filter((line) => line.startsWith("done ")).map((line) => line.slice("done ".length));
}

/** Opens the record as it was left, and checks that it is whole and has everything that was acknowledged. */
async function expectWhole(place: string, acknowledged: string[]): Promise<{ registered: number }> {
  await using program = startProgram({ place });
  await program.call("session.openRecord", { folder: join(place, "record") });
  await program.call("session.signIn", { login: "doctor", password: PASSWORD });
  for (const id of acknowledged) {
    const [patient] = await program.call("patients.history", { id });
    expect(patient?.id).toBe(id);
  }
  expect(await program.call("audit.verify", {})).toMatchObject({ brokenAt: null });
  const input = { patientId: null, userId: null, from: null, to: null, limit: 500 };
  let before: number | null = null;
  const told = new Set<string>();
  for (;;) {
    const page: Awaited<ReturnType<typeof program.call<"audit.list">>> = await program.call("audit.list", {
      ...input,
      before,
    });
    for (const one of page)
      if (one.action === "patients.register" && one.outcome === "done" && one.patientId !== null)
        told.add(one.patientId);
    const last = page.at(-1);
    if (last === undefined) break;
    before = last.sequence;
  }
  for (const id of acknowledged) expect(told.has(id)).toBe(true);
  return { registered: told.size };
}

test(
  "a record whose program is killed again and again opens, verifies, and has every command that was acknowledged",
  { timeout: 120_000 },
  async () => {
    const place = temporaryFolder();
    const acknowledged: string[] = [];
    for (const killAfter of [1, 23, 60]) {
      const child = spawn(process.execPath, [writer, place], { stdio: ["ignore", "pipe", "pipe"] });
      const lines = await run(child, (count) => {
        if (count >= killAfter) child.kill("SIGKILL");
      });
      acknowledged.push(...idsIn(lines));
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(84);
    const { registered } = await expectWhole(place, acknowledged);
    // At most one command of each run was committed and not yet acknowledged.
    expect(registered - acknowledged.length).toBeLessThanOrEqual(3);
  },
);

// A limit on the size of a file is a full disk that needs no rights; Windows has no such limit.
test.skipIf(process.platform === "win32")(
  "on a full disk a command is refused in plain words, nothing is half saved, and reading goes on",
  { timeout: 120_000 },
  async () => {
    const place = temporaryFolder();
    const limited = `ulimit -f 3000 && exec "$0" "$1" "$2"`;
    const child = spawn("bash", ["-c", limited, process.execPath, writer, place], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    const lines = await run(child, () => {});
    const refusal = lines.find((line) => line.startsWith("refused ")) ?? "";
    expect(refusal).toMatch(/"code":"not-allowed".*disk is full.*nothing was saved/);
    expect(Number(/^found (\d+)$/m.exec(lines.join("\n"))?.[1])).toBeGreaterThan(0);
    const acknowledged = idsIn(lines);
    const { registered } = await expectWhole(place, acknowledged);
    expect(registered).toBe(acknowledged.length);
  },
);
