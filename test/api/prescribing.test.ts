import { afterEach, beforeEach, expect, test } from "vitest";
import type { InputOf } from "#shared/contract.ts";
import type { Course } from "#shared/records/course.ts";
import { openClinic, type TestClinic } from "#test/support/clinic.ts";
import { withCourse, withCourseThatMayBePrescribed } from "#test/support/records.ts";

let clinic: TestClinic;
let course: Course;
beforeEach(async () => {
  clinic = await openClinic({ roles: ["prescriber", "administrator"] });
  ({ course } = await withCourseThatMayBePrescribed(clinic));
});
afterEach(() => clinic.dispose());

const input = (over: Partial<InputOf<"prescribing.issue">> = {}): InputOf<"prescribing.issue"> => ({
  courseId: course.id,
  visitId: null,
  productId: "claravis",
  capsules: [{ strengthMg: 30, morning: 1, evening: 0 }],
  daysSupply: 30,
  ...over,
});
const list = () => clinic.call("prescribing.list", { courseId: course.id });

test("a prescription is kept with the verdict and the edition that allowed it", async () => {
  const judged = await clinic.call("prescribing.judge", { courseId: course.id });
  expect(judged.answer).toBe("yes");
  const issued = await clinic.call("prescribing.issue", input());
  expect(issued).toMatchObject({
    issuedOn: "2026-11-22",
    issuedAt: clinic.clock.now(),
    issuedBy: "Dana Whitfield, MD",
    daysSupply: 30,
    voidReason: null,
    verdict: { answer: "yes", edition: judged.edition, judgedAt: clinic.clock.now() },
  });
  expect(await list()).toEqual([issued]);
});

test("a no comes with the plan that would make it yes, and the question of dispensing is asked of the last prescription", async () => {
  const yes = await clinic.call("prescribing.judge", { courseId: course.id });
  expect(yes.plan).toBeUndefined();
  const { course: bare } = await withCourse(clinic);
  const no = await clinic.call("prescribing.judge", { courseId: bare.id });
  expect(no.answer).toBe("no");
  expect(no.plan?.acts[0]?.kind).toBe("risk-category");
  await clinic.call("prescribing.issue", input());
  const dispense = await clinic.call("prescribing.judge", { courseId: course.id, question: "dispense" });
  expect(dispense).toMatchObject({ question: "dispense", answer: "yes" });
  const next = await clinic.call("prescribing.judge", { courseId: course.id });
  expect(next.answer).toBe("no");
});

test("what the gate forbids is refused with its findings, and nothing is issued", async () => {
  const other = await withCourse(clinic, {}, { familyName: "Other" });
  const refusal = await clinic.refusal("prescribing.issue", input({ courseId: other.course.id }));
  const judged = await clinic.call("prescribing.judge", { courseId: other.course.id });
  expect(judged.answer).toBe("no");
  expect(refusal).toMatchObject({ code: "not-allowed" });
  expect(refusal.findings).toBeInstanceOf(Array);
  expect(refusal.findings).not.toHaveLength(0);
  expect(await clinic.call("prescribing.list", { courseId: other.course.id })).toEqual([]);
});

test("thirty days are the most that is issued", async () => {
  expect((await clinic.refusal("prescribing.issue", input({ daysSupply: 31 }))).code).toBe("not-allowed");
  expect(await list()).toEqual([]);
});

test("evidence voided meanwhile stops the prescription that the screen still offered", async () => {
  const entries = await clinic.call("programme.entries", { courseId: course.id });
  const enrolment = entries.find((one) => one.kind === "enrolment");
  await clinic.call("programme.void", { id: enrolment?.id ?? "", reason: "Another patient's number." });
  expect((await clinic.refusal("prescribing.issue", input())).code).toBe("not-allowed");
});

test("a strength that the product is not made in is refused at its line", async () => {
  expect(
    await clinic.refusal(
      "prescribing.issue",
      input({
        capsules: [
          { strengthMg: 30, morning: 1, evening: 0 },
          { strengthMg: 25, morning: 0, evening: 1 },
        ],
      }),
    ),
  ).toMatchObject({ code: "invalid", fields: { "capsules.1.strengthMg": expect.any(String) } });
});

test("an unknown product and a plan without capsules are refused", async () => {
  expect((await clinic.refusal("prescribing.issue", input({ productId: "placebo" }))).fields).toHaveProperty(
    "productId",
  );
  expect(
    (
      await clinic.refusal(
        "prescribing.issue",
        input({ capsules: [{ strengthMg: 30, morning: 0, evening: 0 }] }),
      )
    ).fields,
  ).toHaveProperty("capsules");
});

test("another product than the course's, and a dose far from usual, are asked about once", async () => {
  const change = input({
    productId: "zenatane",
    capsules: [{ strengthMg: 40, morning: 4, evening: 0 }],
  });
  expect(await clinic.refusal("prescribing.issue", change)).toMatchObject({
    code: "unlikely",
    fields: { productId: expect.any(String), capsules: expect.any(String) },
  });
  expect(await clinic.refusal("prescribing.issue", { ...change, confirmed: ["productId"] })).toMatchObject({
    code: "unlikely",
    fields: { capsules: expect.any(String) },
  });
  expect(
    await clinic.call("prescribing.issue", { ...change, confirmed: ["productId", "capsules"] }),
  ).toMatchObject({ productId: "zenatane" });
});

test("a voided prescription stays in the list with its reason and is voided once", async () => {
  const issued = await clinic.call("prescribing.issue", input());
  expect(await clinic.call("prescribing.void", { id: issued.id, reason: "Wrong dose." })).toMatchObject({
    voidReason: "Wrong dose.",
  });
  expect(await list()).toMatchObject([{ id: issued.id, voidReason: "Wrong dose." }]);
  expect((await clinic.refusal("prescribing.void", { id: issued.id, reason: "Again." })).code).toBe(
    "conflict",
  );
});

test("nothing is prescribed in a course that has ended", async () => {
  await clinic.call("courses.end", {
    id: course.id,
    version: 1,
    endedOn: "2026-11-22",
    reason: "completed",
    note: "",
  });
  expect((await clinic.refusal("prescribing.issue", input())).code).toBe("not-allowed");
});

test("a nurse may look but not issue", async () => {
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.call("session.signOut", {});
  await clinic.signIn("nurse");
  expect((await clinic.call("prescribing.judge", { courseId: course.id })).answer).toBe("yes");
  expect((await clinic.refusal("prescribing.issue", input())).code).toBe("not-allowed");
});
