import { describe, expect, it } from "vitest";
import { newId } from "#electron/store/engine.ts";

const NOW = "2026-11-22T15:00:00.000Z";
const LATER = "2026-11-22T15:00:00.001Z";

describe("a new key", () => {
  it("is a UUID of version 7 with the time in front", () => {
    expect(newId(NOW)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/u);
    expect(Number.parseInt(newId(NOW).replace("-", "").slice(0, 12), 16)).toBe(1_795_359_600_000);
  });

  it("sorts behind every earlier one of its millisecond", () => {
    const keys = Array.from({ length: 3_000 }, () => newId(NOW));
    expect(keys.toSorted()).toStrictEqual(keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("sorts behind those of an earlier millisecond, however many there were", () => {
    const keys = Array.from({ length: 5_000 }, () => newId(NOW));
    const next = newId(LATER);
    expect(keys.every((one) => one < next)).toBe(true);
    expect(new Set(keys).size).toBe(keys.length);
    expect(newId(LATER) > next).toBe(true);
  });
});
