/**
 * A program that writes as fast as it can until it is killed or refused. Run in a process of its own:
 * `node writer.ts PLACE`. It prints one line for each command that was acknowledged, and `refused` with the refusal at the end.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { clinicSettings, PASSWORD, startProgram } from "#test/support/clinic.ts";
import { patientInput } from "#test/support/records.ts";

const place = process.argv[2];
if (place === undefined) throw new Error("writer.ts PLACE");
const program = startProgram({ place });
const folder = join(place, "record");

if (existsSync(folder)) {
  await program.call("session.openRecord", { folder });
  await program.call("session.signIn", { login: "doctor", password: PASSWORD });
} else {
  const clinic = clinicSettings();
  const person = { login: "doctor", name: "Dana Whitfield, MD", password: PASSWORD };
  await program.call("session.createRecord", {
    folder,
    clinic,
    ...person,
    roles: ["prescriber", "administrator"],
  });
}

for (let count = 0; ; count += 1) {
  const input = patientInput({ familyName: `Family ${count}`, address: "A long road ".repeat(20) });
  const envelope = await program.envelope("patients.register", input);
  if (!envelope.ok) {
    process.stdout.write(`refused ${JSON.stringify(envelope.refusal)}\n`);
    // Reading goes on when writing does not.
    const hits = await program.call("patients.search", { text: "Family 0" });
    process.stdout.write(`found ${hits.length}\n`);
    process.exit(0);
  }
  process.stdout.write(`done ${(envelope.value as { id: string }).id}\n`);
  program.clock.advance({ seconds: 1 });
}
