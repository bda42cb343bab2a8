/** One thread of the mutation check: says the number of tests first, then answers each mutant it is given. */
import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { Suite } from "./suite.ts";

if (parentPort === null) throw new Error("This is a thread of `npm run mutate`.");
const port = parentPort;
const given = z.object({ tests: z.array(z.string()), trust: z.boolean() }).parse(workerData);
const trial = z.object({ file: z.string(), text: z.string() });

const suite = new Suite(given.tests);
port.postMessage({ tests: await suite.begin(given.trust) });
let last = Promise.resolve();
port.on("message", (message: unknown) => {
  const { file, text } = trial.parse(message);
  last = last.then(async () => port.postMessage(await suite.judge(file, text)));
});
