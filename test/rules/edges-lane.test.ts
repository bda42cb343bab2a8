import { describe, expect, it } from "vitest";
import { type LaneStep, programmeLane as laneSchema } from "#shared/records/programme-lane.ts";
import { programmeLane } from "#shared/rules/programme-lane.ts";
import { SCENES, type Scene } from "./edges-scenes.ts";

/**
 * What the nurse sees of a course's programme at each turn, written down once for all scenes that have the same. Updated
 * as `edges-pages.test.ts` is.
 */

function stepLine(one: LaneStep): string {
  const days = Object.entries({ on: one.on, from: one.from, until: one.until }).flatMap(([name, value]) =>
    value === null ? [] : [` ${name} ${value}`],
  );
  const act = one.act === null ? "" : ` “${one.act.label}” → ${one.act.to}`;
  return `${one.id}, ${one.title}: ${one.state}${days.join("")}${one.sentence === "" ? "" : `: ${one.sentence}`}${act}`;
}

function laneOf({ facts, at }: Scene): string {
  const lane = programmeLane(facts, at);
  expect(laneSchema.parse(lane)).toEqual(lane);
  const { stop, steps, earlier, next } = lane;
  const stopped =
    stop === null
      ? []
      : [
          `stop of ${stop.on}, ${stop.handledOn === null ? "open" : `handled ${stop.handledOn}`} “${stop.note}”: ${stop.sentence}`,
          ...stop.tasks.map(({ step, words, done }) => `  [${done ? "x" : " "}] ${step}: ${words}`),
        ];
  const groups = ["before-start", "this-month", "after-treatment"] as const;
  const told = groups.flatMap((group) => {
    const own = steps.filter((one) => one.group === group);
    return own.length === 0 ? [] : [`${group}:`, ...own.map((one) => `  ${stepLine(one)}`)];
  });
  const months = earlier.map(
    (one) =>
      `earlier ${one.prescribedOn}, ${one.daysSupply} days: tested ${one.testOn ?? "-"}, confirmed ${one.confirmedOn ?? "-"}, answered ${one.answeredOn ?? "-"}, ${one.outcome} ${one.collectedOn ?? "-"}`,
  );
  return [...stopped, ...told, ...months, `next: ${next ?? "nothing"}`].join("\n");
}

describe("the lane", () => {
  const known = new Map<string, string>();
  for (const scene of SCENES) {
    const lane = laneOf(scene);
    const same = known.get(lane);
    if (same === undefined) known.set(lane, scene.name);
    it(`says what is written down: ${scene.name}`, () => {
      expect(same === undefined ? lane : `As: ${same}`).toMatchSnapshot();
    });
  }
});
