/** Today gathers many courses at once and the chart one: what the gate judges must be the same. */
import { expect, test } from "vitest";
import { gatherPatientFacts, gatherProgrammeFacts, gatherTodayCourses } from "#electron/store/facts.ts";
import { openClinic, PASSWORD } from "#test/support/clinic.ts";
import { courseInput, labInput, visitInput, withCourse } from "#test/support/records.ts";

test("Today, the chart and the gate gather the same facts: other courses, hCG among the results, signed and unsigned doses", async () => {
  await using clinic = await openClinic();
  const earlier = await withCourse(clinic, { decidedOn: "2025-01-01" });
  const { patient } = earlier;
  await clinic.call("programme.record", {
    courseId: earlier.course.id,
    entry: { kind: "pregnancy", on: "2025-03-01" },
  });
  await clinic.call("courses.end", {
    id: earlier.course.id,
    version: 1,
    endedOn: "2025-03-02",
    reason: "pregnancy",
    note: "",
  });
  const course = await clinic.call("courses.open", courseInput(patient.id));
  const other = await withCourse(clinic, {}, { familyName: "Other" });
  const hcg = {
    testId: "hcg-serum",
    value: null,
    text: "Positive",
    unit: "",
    rangeLow: null,
    rangeHigh: null,
  };
  await clinic.call("labs.record", { patientId: patient.id, results: [labInput(hcg), labInput()] });
  const dose = (action: "hold" | "continue", from: string) => ({
    action,
    capsules: action === "hold" ? [] : [{ strengthMg: 30, morning: 1, evening: 0 }],
    from,
    reason: "",
  });
  await clinic.call("visits.sign", {
    ...visitInput(course.id, { date: "2026-11-01", dose: dose("hold", "2026-11-01") }),
    password: PASSWORD,
  });
  await clinic.call(
    "visits.save",
    visitInput(course.id, { date: "2026-11-20", dose: dose("continue", "2026-11-20") }),
  );
  const engine = clinic.keeper.open?.engine;
  if (!engine) throw new Error("the record is not open");
  await engine.read(async (db) => {
    const ids = [course.id, earlier.course.id, other.course.id];
    const today = await gatherTodayCourses(db, ids, "2026-11-22");
    const { courses } = await gatherPatientFacts(db, patient);
    for (const id of ids) {
      const one = await gatherProgrammeFacts(db, id);
      expect(today.find(({ programme }) => programme.course.id === id)?.programme).toEqual(one);
    }
    for (const { programme } of courses)
      expect(programme).toEqual(await gatherProgrammeFacts(db, programme.course.id));
    const facts = await gatherProgrammeFacts(db, course.id);
    expect(facts?.elsewhere?.entries.map((one) => one.kind)).toEqual(["pregnancy"]);
    expect(facts?.elsewhere?.courses).toEqual([
      {
        id: earlier.course.id,
        programme: "ipledge",
        end: { endedOn: "2025-03-02", reason: "pregnancy", note: "" },
        openedBefore: true,
      },
    ]);
    const before = await gatherProgrammeFacts(db, earlier.course.id);
    expect(before?.elsewhere?.courses).toMatchObject([{ id: course.id, end: null, openedBefore: false }]);
    expect((await gatherProgrammeFacts(db, other.course.id))?.elsewhere?.courses).toEqual([]);
    expect(facts?.elsewhere?.results.map((one) => one.testId)).toEqual(["hcg-serum"]);
    // The continuing dose is not signed, so that only the hold counts.
    expect(facts?.doses).toEqual([{ on: "2026-11-01", action: "hold" }]);
  });
});
