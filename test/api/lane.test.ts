import { describe, expect, it } from "vitest";
import { addDays } from "#shared/calendar.ts";
import { openClinic } from "#test/support/clinic.ts";
import { courseInput, patientInput } from "#test/support/records.ts";

describe("the programme's lane", () => {
  it("reads the steps, the calendar and the comparison with the site from one course", async () => {
    await using clinic = await openClinic();
    const patient = await clinic.call("patients.register", patientInput());
    const course = await clinic.call(
      "courses.open",
      courseInput(patient.id, { category: { category: "can", criterion: "default", evidence: "" } }),
    );
    const before = await clinic.call("lane.read", { courseId: course.id });
    expect(before.hasSite).toBe(true);
    expect(before.site).toBeNull();
    expect(before.lane.next).toBe("enrolment");

    const today = before.calendar.today;
    const record = (entry: Parameters<typeof clinic.call<"programme.record">>[1]["entry"]) =>
      clinic.call("programme.record", { courseId: course.id, entry, confirmed: [] });
    await record({ kind: "enrolment", on: today, programmeNumber: "4711" });
    const test = {
      kind: "pregnancy-test",
      on: addDays(today, -2),
      time: null,
      sample: "urine",
      setting: "medical",
      sensitivity: 25,
      result: "negative",
    } as const;
    await record(test);
    await record({
      kind: "programme-site",
      on: today,
      status: "not-qualified",
      category: "cannot",
      testOn: addDays(today, -3),
      confirmedOn: null,
      questionsOn: null,
      doNotDispenseAfter: null,
      dispensedOn: null,
      daysDispensed: null,
    });
    const after = await clinic.call("lane.read", { courseId: course.id });
    expect(after.site?.disagreements.map((one) => one.about)).toEqual(["category", "test"]);
    expect(after.calendar.marks.filter((one) => one.kind === "tested")).toHaveLength(1);
    const line = (await clinic.call("today.list", {})).lines.find((one) => one.kind === "site-disagreement");
    expect(line).toMatchObject({ urgency: "urgent", courseId: course.id });
  });

  it("refuses a course that is not in the record, and reception", async () => {
    await using clinic = await openClinic();
    expect((await clinic.refusal("lane.read", { courseId: "nobody" })).code).toBe("not-found");
    await clinic.addAccount("desk", ["reception"]);
    await clinic.signIn("desk");
    expect((await clinic.refusal("lane.read", { courseId: "nobody" })).code).toBe("not-allowed");
  });
});
