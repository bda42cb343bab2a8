import { expect, it } from "vitest";
import { addDays } from "#shared/calendar.ts";
import { followedSince } from "#shared/rules/follow-up.ts";

it("follows what ended for ninety days", () => {
  expect(followedSince("2026-12-01")).toBe(addDays("2026-12-01", -90));
});
