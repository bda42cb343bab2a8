import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Instant } from "#shared/calendar.ts";
import type { DueKind } from "#shared/records/due.ts";
import type { Chart } from "#shared/records/chart.ts";
import { startProgram, type TestProgram } from "#test/support/clinic.ts";

async function chartOf(program: TestProgram, name: string): Promise<Chart> {
  const [hit] = await program.call("patients.search", { text: name });
  if (hit === undefined) throw new Error(`${name} was not found`);
  return program.call("patients.chart", { id: hit.id });
}

describe("The demo clinic", () => {
  test.each<[string, Instant]>([
    ["on the day of the present edition", "2026-11-21T16:00:00.000Z"],
    ["just after midnight in the clinic", "2026-11-21T05:01:00.000Z"],
    ["on the day when clocks go back", "2026-11-01T17:00:00.000Z"],
    ["on the day when clocks go forward", "2027-03-14T12:00:00.000Z"],
    ["on a leap day", "2028-02-29T20:00:00.000Z"],
    ["on New Year's Eve", "2027-12-31T23:30:00.000Z"],
    ["years from now", "2031-07-15T14:00:00.000Z"],
  ])("can be told %s, and its morning has every kind of line", async (_when, now) => {
    await using program = startProgram({ now });
    await program.call("session.openDemo", {});
    const { lines } = await program.call("today.list", {});
    const kinds = new Set(lines.map((line) => line.kind));
    const wanted: DueKind[] = [
      "urgent-stop",
      "window-closing",
      "window-missed",
      "abnormal-result",
      "mood-alert",
      "visit-due",
      "visit-unsigned",
      "test-due",
      "questions-missing",
      "confirmation-missing",
      "month-of-waiting-over",
      "enrolment-incomplete",
      "post-treatment-test",
      "site-disagreement",
      "wellbeing-missing",
    ];
    expect(wanted.filter((kind) => !kinds.has(kind))).toEqual([]);
    expect(lines.filter((line) => line.urgency === "urgent").length).toBeGreaterThan(1);
  });

  test("is the same twice at the same time", async () => {
    const told = await Promise.all(
      [1, 2].map(async () => {
        await using program = startProgram();
        await program.call("session.openDemo", {});
        const { lines } = await program.call("today.list", {});
        const hits = await program.call("patients.search", { text: "" });
        return {
          lines: lines.map(({ patientName, sentence, on }) => ({ patientName, sentence, on })),
          hits: hits.map(({ id: _id, ...hit }) => hit),
        };
      }),
    );
    expect(told[0]).toEqual(told[1]);
  });

  test("has a course in every state, as the gate and the dose say", async () => {
    await using program = startProgram();
    await program.call("session.openDemo", {});
    expect((await chartOf(program, "O'Rourke")).verdict?.answer).toBe("no");
    expect((await chartOf(program, "garcia lopez")).verdict?.answer).toBe("yes");
    const held = await chartOf(program, "jurgen gross");
    expect(held.open?.progress.doseState).toBe("held");
    expect(held.verdict?.answer).toBe("no");
    const relapse = await chartOf(program, "thijs");
    expect(relapse.earlier).toHaveLength(1);
    expect(relapse.open).not.toBeNull();
    const finished = await chartOf(program, "mehmet sahin");
    expect(finished.open).toBeNull();
    expect(finished.earlier[0]?.course.end?.reason).toBe("completed");
    expect((await chartOf(program, "suharto")).verdict).toBeNull();
    const abroad = await chartOf(program, "pritchard");
    expect(abroad.open?.course.programme).toBe("mhra");
    expect(abroad.open?.progress.month).toBe(2);
    expect(abroad.open?.progress.dose).not.toBeNull();
  });

  test("lives in a folder of its own, which is gone when it is closed", async () => {
    await using program = startProgram();
    const session = await program.call("session.openDemo", {});
    expect(session.record?.demo).toBe(true);
    expect(readdirSync(join(program.place, "temporary"))).toHaveLength(1);
    await program.call("session.closeRecord", {});
    expect(readdirSync(join(program.place, "temporary"))).toEqual([]);
  });
});
