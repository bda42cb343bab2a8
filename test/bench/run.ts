/**
 * `npm run bench -- [--patients N] [--no-tenth] [--place DIR]`: how quick the application is on an encrypted record of a chosen size, beside the
 * floor (`floor.ts`) and the same at a tenth of the size. The records are kept in node_modules/.cache. It reports; it never fails a test.
 * `npm run bench -- oracle [--histories N] [--from N]`: the programme rules against their naive second implementation (`oracle.ts`).
 */
import { join } from "node:path";
import { parseArgs } from "node:util";
import { readyPassword, KDF_COST } from "#electron/store/keys.ts";
import { fold } from "#shared/names.ts";
import { coldStart } from "./cold-start.ts";
import { type Size, sizeOf } from "./fill.ts";
import { floorOf } from "./floor.ts";
import { type Row, table, timesOf } from "./measure.ts";
import { benchOracle } from "./oracle.ts";
import { type Bench, openBench, PASSWORD } from "./record.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    histories: { type: "string", default: "200000" },
    from: { type: "string", default: "0" },
    patients: { type: "string", default: "10000" },
    "no-tenth": { type: "boolean", default: false },
    place: { type: "string", default: join(import.meta.dirname, "../../node_modules/.cache/isochart-bench") },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** What a receptionist types, key by key. */
const TYPED = [
  "nguyen thi",
  "garcia jo",
  "muller",
  "o'brien zo",
  "1500",
  "12 mar 1990",
  "5551234",
  "sahin ay",
  "larsen lucja",
];

async function rowsAt(size: Size): Promise<{ rows: Row[]; megabytes: number }> {
  const bench = await openBench(values.place, size, say);
  try {
    return { rows: [...(await reads(bench)), ...(await writes(bench))], megabytes: bench.megabytes };
  } finally {
    await bench.close();
  }
}

async function reads(bench: Bench): Promise<Row[]> {
  const { call, kept } = bench;
  const floor = floorOf(bench.file);
  const keys = TYPED.flatMap((text) => Array.from(text, (_, index) => text.slice(0, index + 1)));
  const derivation: number[] = [];
  const opening: number[] = [];
  const firstToday: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const [derived] = await timesOf(1, () => readyPassword(PASSWORD, KDF_COST), { cold: true });
    await call("session.lock", {});
    const [unlocked] = await timesOf(1, () => call("session.unlock", { password: PASSWORD }), { cold: true });
    const [listed] = await timesOf(1, () => call("today.list", {}), { cold: true });
    derivation.push(derived ?? Number.NaN);
    opening.push((unlocked ?? Number.NaN) - (derived ?? Number.NaN));
    firstToday.push(listed ?? Number.NaN);
  }
  const sorted = (times: number[]): number[] => times.toSorted((one, other) => one - other);
  const chart = (patientId: string) => ({
    ours: () => timesOf(30, () => call("patients.chart", { id: patientId })),
    floor: () => timesOf(30, () => floor.chart(patientId)),
  });
  const labs = (patientId: string) => ({
    ours: () => timesOf(30, () => call("labs.flowsheet", { patientId })),
    floor: () => timesOf(30, () => floor.flowsheet(patientId)),
  });
  const visitId =
    (await call("patients.chart", { id: kept.median })).visits.find((one) => one.signedAt !== null)?.id ?? "";
  return [
    { what: "Key derivation (argon2id)", times: sorted(derivation), floor: null, target: null },
    // A difference of two long times, so within some 20 ms of either side of nothing.
    { what: "Unlock, derivation aside", times: sorted(opening), floor: null, target: 300 },
    {
      what: "Search, each key",
      times: await timesOf(keys.length, (round) => call("patients.search", { text: keys[round] ?? "" })),
      floor: await timesOf(keys.length, (round) =>
        floor.search(fold((keys[round] ?? "").split(" ")[0] ?? "")),
      ),
      target: 30,
    },
    {
      what: "Chart, median patient",
      times: await chart(kept.median).ours(),
      floor: await chart(kept.median).floor(),
      target: 150,
    },
    {
      what: "Chart, largest patient",
      times: await chart(kept.largest).ours(),
      floor: await chart(kept.largest).floor(),
      target: 150,
    },
    {
      what: "Flowsheet, median patient",
      times: await labs(kept.median).ours(),
      floor: await labs(kept.median).floor(),
      target: 150,
    },
    {
      what: "Flowsheet, largest patient",
      times: await labs(kept.largest).ours(),
      floor: await labs(kept.largest).floor(),
      target: 150,
    },
    {
      what: "Today, first after an unlock",
      times: sorted(firstToday),
      floor: await timesOf(5, () => floor.today()),
      target: null,
    },
    {
      what: "Today, from then on",
      times: await timesOf(20, () => call("today.list", {})),
      floor: null,
      target: 150,
    },
    {
      what: "Summary PDF, signed visit",
      times: await timesOf(10, () =>
        call("documents.render", {
          paper: { kind: "visit-summary", visitId, confidential: false },
          purpose: "preview",
        }),
      ),
      floor: null,
      target: 1_000,
    },
  ];
}

async function writes(bench: Bench): Promise<Row[]> {
  const { call, file } = bench;
  const floor = floorOf(file);
  const accountId = (file.prepare("select id from account").get() as { id: string }).id;
  const courses = file
    .prepare("select id, patient_id from course where open = 1 order by id limit 120")
    .all() as {
    id: string;
    patient_id: string;
  }[];
  const half = Math.floor(courses.length / 2);
  const data = (file.prepare("select data from visit_revision limit 1").get() as { data: string }).data;
  const { form } = await call("visits.prefill", { courseId: courses[0]?.id ?? "" });
  const labs = ["alt", "ast", "ggt", "ck"].map((testId) => ({
    id: null,
    testId,
    collectedOn: form.date,
    comparator: null,
    value: 22,
    text: "",
    unit: "U/L",
    rangeLow: 7,
    rangeHigh: 41,
    fasting: null,
    note: "",
  }));
  const save = (courseId: string) =>
    call("visits.save", {
      id: null,
      courseId,
      version: null,
      draftKey: null,
      confirmed: [],
      form: { ...form, weightKg: 65, labs, entries: [] },
    });
  let next = 0;
  const ours = await timesOf(
    half - 1,
    async () => {
      const course = courses[next];
      next += 1;
      if (course !== undefined) await save(course.id);
    },
    { cold: true },
  );
  next = half;
  const theirs = await timesOf(
    half - 1,
    () => {
      const course = courses[next];
      next += 1;
      if (course !== undefined) floor.save(course.id, course.patient_id, accountId, data);
    },
    { cold: true },
  );
  return [{ what: "Save of a visit with 4 results", times: ours, floor: theirs, target: 50 }];
}

async function benchRecord(): Promise<void> {
  const size = sizeOf(Number(values.patients));
  const whole = await rowsAt(size);
  const rss = process.memoryUsage().rss / 1e6;
  const tenth = values["no-tenth"]
    ? null
    : await rowsAt(sizeOf(Math.max(50, Math.round(size.patients / 10))));
  const start = await coldStart();
  say(
    `\n${size.patients} patients, ${size.visits} visits, ${size.results} results, ${size.openCourses} open courses; ${whole.megabytes.toFixed(0)} MB encrypted\n`,
  );
  say(table([...whole.rows, ...start], tenth?.rows ?? null));
  say(
    `\nMemory after the run: ${rss.toFixed(0)} MB resident (this process holds record, rules and PDF, without a window).`,
  );
  say(
    "Today gathers the clinic once after an unlock and then only what the audit trail names as changed; the floor reads all of it.",
  );
  say("Ratio: ours to the floor at p50. Growth: p50 at full size to p50 at a tenth.");
}

if (positionals[0] === "oracle")
  process.exitCode = benchOracle(Number(values.from), Number(values.histories), say) === 0 ? 0 : 1;
else await benchRecord();
