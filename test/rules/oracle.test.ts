import { describe, expect, it } from "vitest";
import { addDays, instantIn } from "#shared/calendar.ts";
import type { ProgrammeFacts } from "#shared/rules/facts.ts";
import { disagreements, engineSays, report, smallest } from "#test/oracle/compare.ts";
import { randomHistory } from "#test/oracle/histories.ts";
import { type OracleAnswer, oracleSays } from "#test/oracle/ipledge.ts";
import {
  ZONE,
  cannotStart,
  entry,
  facts,
  onTreatment,
  pregnancyTest,
  prescription,
  readyToStart,
} from "#test/support/facts.ts";

/** Histories of every run; `npm run bench -- oracle` asks two hundred thousand. */
const HISTORIES = 2_000;
/** Five seconds on a machine at rest; a busy one is not a failure. */
const LONG = 600_000;

const noonOf = (day: string): string => instantIn(ZONE, day, "12:00");

describe("the engine and the oracle", () => {
  it(
    "say the same of every rule in random histories",
    () => {
      const told: string[] = [];
      for (let number = 0; number < HISTORIES && told.length < 3; number += 1) {
        const { facts: the, questions } = randomHistory(number);
        for (const question of questions) {
          const [first] = disagreements(the, question);
          if (first !== undefined) told.push(`History ${number}. ${report(the, question, first.rule)}`);
        }
      }
      expect(told.join("\n\n")).toBe("");
    },
    LONG,
  );

  it(
    "are asked what can be answered either way: each rule lets pass and stops, each kind of patient gets a yes",
    () => {
      const seen = new Set<string>();
      let questions = 0;
      let yes = 0;
      for (let number = 0; number < HISTORIES; number += 1) {
        const history = randomHistory(number);
        for (const question of history.questions) {
          const said = oracleSays(history.facts, question.at, question.daysSupply, question.dispense);
          const at = question.dispense === true ? "pick-up" : "prescription";
          questions += 1;
          if (said.answer === "yes") {
            yes += 1;
            seen.add(`yes ${at} ${history.sort} ${question.at < "2026-11-15" ? "2021" : "2026"}`);
          }
          for (const [rule, status] of Object.entries(said.statuses)) {
            const stops = status === "unmet" || status === "unknown";
            seen.add(`${at} ${rule} ${stops ? "stops" : status === null ? "is not known" : "lets pass"}`);
          }
        }
      }
      const never = new Set([
        "prescription edition stops",
        "prescription supply-count stops",
        "prescription product-change stops",
        "pick-up edition stops",
        "pick-up supply stops",
        "pick-up dispense-as-prescribed stops",
      ]);
      const wanted = ["prescription", "pick-up"].flatMap((at) => [
        ...Object.keys(oracleSays(facts(), noonOf("2026-12-01"), null, at === "pick-up").statuses)
          .flatMap((rule) => [`${at} ${rule} lets pass`, `${at} ${rule} stops`])
          .filter((one) => !never.has(one)),
        ...["can", "cannot", "changed"].flatMap((sort) => [
          `yes ${at} ${sort} 2021`,
          `yes ${at} ${sort} 2026`,
        ]),
      ]);
      expect(wanted.filter((one) => !seen.has(one))).toEqual([]);
      expect(yes / questions).toBeGreaterThan(0.09);
    },
    LONG,
  );

  it("are the same history for the same number", () => {
    expect(randomHistory(17)).toEqual(randomHistory(17));
    expect(randomHistory(17)).not.toEqual(randomHistory(18));
  });

  it("are reported with the fewest facts that still show a difference", () => {
    const day = "2026-12-16";
    const the = facts(onTreatment("2026-11-16", day));
    const question = { at: noonOf(day), daysSupply: null };
    const forgetful = (...asked: Parameters<typeof oracleSays>): OracleAnswer => {
      const said = oracleSays(...asked);
      return { ...said, statuses: { ...said.statuses, "supply-overlap": "not-applicable" } };
    };
    expect(disagreements(the, question)).toEqual([]);
    expect(disagreements(the, question, engineSays(the, question), forgetful)).toEqual([
      { rule: "supply-overlap", engine: "met", oracle: "not-applicable" },
    ]);
    const small = smallest(the, question, "supply-overlap", forgetful);
    expect([small.entries.length, small.prescriptions.length]).toEqual([0, 1]);
    const told = report(the, question, "supply-overlap", forgetful);
    expect(told).toContain("the engine says met, the oracle not-applicable");
    expect(told).toContain("prescription issued");
  });
});

/** The vectors of domain facts 1.7, asked of the oracle alone: that both are wrong in the same way shows here. */
describe("the oracle", () => {
  const says = (the: ProgrammeFacts, rule: string, at: string) => oracleSays(the, at).statuses[rule];

  it("keeps the window open for seven days, to the last minute of the day on the US East coast (V1)", () => {
    const the = facts({ entries: readyToStart("2026-11-16") });
    expect(oracleSays(the, noonOf("2026-11-16")).answer).toBe("yes");
    expect(says(the, "test-in-window", "2026-11-23T04:59:59.999Z")).toBe("met");
    expect(says(the, "test-in-window", "2026-11-23T05:00:00.000Z")).toBe("unmet");
    const inSummer = facts({
      entries: readyToStart("2026-07-06"),
      decidedOn: "2026-06-01",
      zone: "Australia/Sydney",
    });
    expect(says(inSummer, "test-in-window", "2026-07-13T03:59:59.999Z")).toBe("met");
    expect(says(inSummer, "test-in-window", "2026-07-13T04:00:00.000Z")).toBe("unmet");
  });

  it("waits 19 days after a missed first window, and not at all by the edition of 2026 (V2)", () => {
    const repeat = (first: string, day: string) =>
      says(
        facts({
          entries: [
            ...readyToStart(first),
            entry("dispensing", addDays(first, 3), { capsules: 0 }),
            pregnancyTest(day),
          ],
          prescriptions: [prescription(first)],
        }),
        "missed-first-window",
        noonOf(day),
      );
    expect(repeat("2026-10-01", "2026-10-19")).toBe("unmet");
    expect(repeat("2026-10-01", "2026-10-20")).toBe("met");
    expect(repeat("2026-11-01", "2026-11-14")).toBe("unmet");
    expect(repeat("2026-11-01", "2026-11-15")).toBe("met");
  });

  it("gives patients who cannot become pregnant 30 days, and no window from 15 Nov 2026 (V3, V4)", () => {
    const visited = (visit: string, at: string) => {
      const the = facts({ entries: cannotStart(visit), decidedOn: visit, zone: "America/New_York" });
      return says(the, "confirmation-window", at);
    };
    expect(visited("2026-09-10", "2026-10-10T03:59:00.000Z")).toBe("met");
    expect(visited("2026-09-10", "2026-10-10T04:00:00.000Z")).toBe("unknown");
    expect(visited("2026-09-10", "2026-10-11T04:00:00.000Z")).toBe("unmet");
    expect(visited("2026-11-16", "2026-12-30T12:00:00.000Z")).toBe("not-applicable");
  });

  it("takes the confirmation test when the month, the spacing and the days of the period allow it (V5)", () => {
    const on = (day: string): boolean => {
      const entries = [
        ...readyToStart("2027-04-09", ["pregnancy-test", "contraception", "menstruation"]),
        pregnancyTest("2027-03-01"),
        entry("contraception", "2027-03-10"),
        entry("menstruation", "2027-04-08"),
        pregnancyTest(day),
        entry("prescriber-confirmation", day),
        entry("patient-questions", day),
      ];
      return oracleSays(facts({ entries, decidedOn: "2027-03-01" }), noonOf(day)).answer === "yes";
    };
    const days = ["2027-04-08", "2027-04-09", "2027-04-10", "2027-04-11", "2027-04-12", "2027-04-13"];
    expect(days.filter(on)).toEqual(days.slice(1, 5));
  });

  it("accepts no home test before the first dose, nor one that the prescriber did not permit (V6, V7)", () => {
    const start = readyToStart("2026-12-07", ["pregnancy-test"]);
    const first = [pregnancyTest("2026-11-06"), pregnancyTest("2026-12-07", { setting: "home" })];
    const permitted = entry("home-test-permission", "2026-11-06");
    const before = facts({ entries: [...start, ...first, permitted] });
    expect(says(before, "test-setting", noonOf("2026-12-07"))).toBe("unmet");
    const month = onTreatment("2026-11-16", "2026-12-16", ["pregnancy-test"]);
    const later = (...more: ProgrammeFacts["entries"]) =>
      says(
        facts({
          ...month,
          entries: [...month.entries, pregnancyTest("2026-12-16", { setting: "home" }), ...more],
        }),
        "test-setting",
        noonOf("2026-12-16"),
      );
    expect(later()).toBe("unmet");
    expect(later(permitted)).toBe("met");
  });
});
