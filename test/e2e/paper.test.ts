import type { Page } from "@playwright/test";
import type { Paper } from "#shared/contract.ts";
import { pagesOf } from "../documents/pdf-text.ts";
import { PASSWORD, prepare, readyRecord } from "./acts.ts";
import { expect, test } from "./app.ts";
import { aCourse, aPatient, aSignedVisit } from "./standing.ts";

test.use({ start: { now: "2026-11-21T11:00:00-05:00" } });
test.beforeEach(async ({ page, app }) => readyRecord(page, app));

/** A signed visit with items that are confidential: mood, a side effect of the intimate kind, a test, contraception. */
async function visitOf(page: Page, birthDate: string) {
  const { id: patientId } = await aPatient(page, "Quispe", { givenNames: "Killa", birthDate });
  const { id: courseId } = await aCourse(page, patientId, {
    category: { category: "can", criterion: "default", evidence: "" },
  });
  const { id: visitId } = await aSignedVisit(page, courseId, PASSWORD, {
    mood: { items: [1, 2, null, null, null, null, null, null, null], note: "Sleeps badly." },
    sideEffects: [{ code: "cheilitis", grade: 2, onset: null, note: "" }],
    entries: [
      {
        id: null,
        kind: "contraception",
        on: "2026-11-21",
        note: "",
        first: "combined-pill",
        second: "condom",
      },
      {
        id: null,
        kind: "pregnancy-test",
        on: "2026-11-21",
        note: "",
        time: null,
        sample: "urine",
        setting: "medical",
        sensitivity: 25,
        result: "negative",
        readBy: "",
      },
    ],
  });
  return { patientId, courseId, visitId };
}

const sheet = (page: Page) => page.getByRole("region", { name: /page 1 of/u });
const leaveOut = (page: Page) => page.getByRole("checkbox", { name: "Leave out confidential items" });

async function preview(page: Page, path: string): Promise<void> {
  await page.goto(new URL(`/#/paper/${path}`, page.url()).href);
  await expect(sheet(page)).toBeVisible({ timeout: 20_000 });
}

/** The bytes of a paper, as numbers. */
function bytes(page: Page, paper: Paper): Promise<number[]> {
  return page.evaluate(async (asked) => {
    const bridge = (
      window as unknown as { isochart: { call(method: string, input: unknown): Promise<unknown> } }
    ).isochart;
    const answer = (await bridge.call("documents.render", { paper: asked, purpose: "print" })) as {
      ok: true;
      value: { bytes: Uint8Array };
    };
    return [...answer.value.bytes];
  }, paper);
}

test("for a patient under 18 the confidential items are left out until somebody says otherwise, and nothing hints at them", async ({
  page,
}) => {
  const { visitId } = await visitOf(page, "2010-05-06");
  await preview(page, `summary/${visitId}`);
  await expect(leaveOut(page)).toBeChecked();
  await expect(sheet(page)).toContainText("Quispe");
  await expect(sheet(page)).toContainText(/lips/iu);
  for (const word of [
    /mood/iu,
    /PHQ/u,
    /sleeps badly/iu,
    /contracepti/iu,
    /condom/iu,
    /pregnancy test/iu,
    /confidential/iu,
  ])
    await expect(sheet(page)).not.toContainText(word);
  await leaveOut(page).click();
  await expect(sheet(page)).toContainText(/condom/iu, { timeout: 20_000 });
  await expect(sheet(page)).toContainText(/PHQ/u);
  await expect(page.getByText("Confidential items are printed")).toBeVisible();
});

test("for an adult they are printed, and can be left out", async ({ page }) => {
  const { visitId } = await visitOf(page, "1999-05-06");
  await preview(page, `summary/${visitId}`);
  await expect(leaveOut(page)).not.toBeChecked();
  await expect(sheet(page)).toContainText(/condom/iu);
  await leaveOut(page).click();
  await expect(sheet(page)).not.toContainText(/condom/iu, { timeout: 20_000 });
});

test("the handouts carry the patient's own name and dates and the clinic's numbers", async ({ page }) => {
  const { courseId } = await visitOf(page, "1999-05-06");
  for (const handout of ["starting-isotretinoin", "preventing-pregnancy"] as const) {
    await preview(page, `handout/${handout}/${courseId}`);
    const pages = await pagesOf(new Uint8Array(await bytes(page, { kind: "handout", handout, courseId })));
    const text = pages.map((one) => one.text).join(" ");
    expect(text).toContain("Quispe");
    expect(text).toContain("(555) 555-0100");
    expect(text).toContain("(555) 555-0199");
    expect(text).toContain("2026");
    expect(text).not.toMatch(/\{|\}|undefined|null|NaN/u);
    for (const [at, one] of pages.entries())
      expect(one.text).toMatch(new RegExp(`page ${at + 1} of ${pages.length}`, "iu"));
  }
});

test("a summary made again from the same signed visit is the same, byte for byte, also after a restart", async ({
  page,
  app,
}) => {
  const { visitId } = await visitOf(page, "1999-05-06");
  const paper = { kind: "visit-summary", visitId, confidential: false } as const;
  const first = await bytes(page, paper);
  expect(first.length).toBeGreaterThan(5_000);
  expect(await bytes(page, paper)).toEqual(first);
  await app.restart({ now: "2027-02-03T08:00:00-05:00" });
  await page.goto(app.address);
  await prepare(page, "session.signIn", { login: "ruiz", password: PASSWORD });
  expect(await bytes(page, paper)).toEqual(first);
});
