/** The settings' page of editions: who reviewed which, and what a new one changes for whom. */
import { configure, screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openClinic, type TestClinic } from "#test/support/clinic.ts";
import { withCourse } from "#test/support/records.ts";
import { openScreen, type TestScreen } from "#test/support/screen.tsx";

configure({ asyncUtilTimeout: 10_000 });

let clinic: TestClinic;
let page: TestScreen;

beforeEach(async () => {
  clinic = await openClinic();
});

afterEach(async () => {
  page.close();
  await clinic.dispose();
});

const card = (name: string) => screen.findByRole("article", { name });

test("a prescriber reviews an edition in their own name, and takes it back with a reason", async () => {
  page = openScreen(clinic, "/settings/programmes");
  const { person } = page;
  const edition = await card("iPLEDGE, 2026 edition");
  expect(within(edition).getByText(/^Unreviewed/)).toBeDefined();
  await person.click(within(edition).getByRole("button", { name: /^I have reviewed it/ }));
  await person.type(within(edition).getByLabelText(/^What you compared it with/), "REMS document, Feb 2026");
  await person.keyboard("{Control>}{Enter}{/Control}");
  await within(edition).findByText("Reviewed by Dana Whitfield, MD on Nov 22, 2026. REMS document, Feb 2026");
  clinic.clock.advance({ minutes: 1 });
  await person.click(within(edition).getByRole("button", { name: /^Take the review back/ }));
  await person.type(within(edition).getByLabelText(/^Why/), "Section 5 was not read.");
  await person.keyboard("{Control>}{Enter}{/Control}");
  await within(edition).findByText(/took the review back on Nov 22, 2026. Section 5 was not read\.$/);
});

test("a nurse reads the editions and reviews none; reception is not offered the page", async () => {
  await clinic.addAccount("nurse", ["nurse"]);
  await clinic.addAccount("rena", ["reception"]);
  await clinic.signIn("nurse");
  page = openScreen(clinic, "/settings/programmes");
  const edition = await card("iPLEDGE, 2026 edition");
  expect(within(edition).queryByRole("button", { name: /reviewed/ })).toBeNull();
  page.close();
  await clinic.signIn("rena");
  page = openScreen(clinic, "/settings/clinic");
  await screen.findByRole("heading", { level: 1, name: "Clinic" });
  expect(screen.queryByRole("link", { name: "Programmes" })).toBeNull();
});

test("what an edition changes is read rule by rule, with the patients it concerns, from the page of editions", async () => {
  const { patient } = await withCourse(clinic, {
    decidedOn: "2026-10-01",
    category: { category: "cannot", criterion: "cisgender-male", evidence: "" },
  });
  page = openScreen(clinic, "/settings/programmes");
  const edition = await card("iPLEDGE, 2026 edition");
  await page.person.click(within(edition).getByRole("link", { name: "What changed on Nov 15, 2026" }));
  await screen.findByRole("heading", { level: 1, name: "What changes" });
  const rule = await screen.findByRole("rowheader", { name: "Missed first window" });
  expect(rule.closest("tr")?.textContent).toContain("Days to wait: 19");
  expect(rule.closest("tr")?.textContent).toContain("Days to wait: 0");
  const link = await screen.findByRole("link", { name: "Doe, Alex" });
  expect(
    screen.getByText(/in the last minute before Sun, Nov 15, 2026, and in the first minute of it/),
  ).toBeDefined();
  expect(link.getAttribute("href")).toContain(`/patients/${patient.id}/programme`);
});
