import { describe, expect, it } from "vitest";
import { addDays, instantIn } from "#shared/calendar.ts";
import { disagreement } from "#shared/records/disagreement.ts";
import type { ProgrammeEntry } from "#shared/records/programme-entry.ts";
import type { ProgrammeFacts } from "#shared/rules/facts.ts";
import {
  type SiteEntry,
  disagreementSentence,
  latestSiteEntry,
  reconcile,
} from "#shared/rules/reconciliation.ts";
import {
  ZONE,
  cannotStart,
  entry,
  facts,
  noon,
  pregnancyTest,
  prescription,
  readyToStart,
} from "#test/support/facts.ts";

const DAY = "2026-12-07";
const NEXT = addDays(DAY, 1);

type SiteFields = Partial<Omit<SiteEntry, "kind" | "on" | "note" | "recordedAt">>;

/** What the site shows on a day, looked at in the evening. */
function shown(on: string, fields: SiteFields): SiteEntry {
  return {
    ...(entry("programme-site", on, fields) as SiteEntry),
    recordedAt: instantIn(ZONE, on, "18:00"),
  };
}

/** Ready and prescribed on `DAY`; what the site shows when all is well. */
const waiting = facts({ entries: readyToStart(DAY), prescriptions: [prescription(DAY)] });
const allWell: SiteFields = {
  status: "qualified",
  category: "can",
  testOn: DAY,
  confirmedOn: DAY,
  questionsOn: DAY,
  doNotDispenseAfter: addDays(DAY, 6),
};
/** The same, collected on the next day. */
const collected = facts({
  entries: [...readyToStart(DAY), entry("dispensing", NEXT)],
  prescriptions: [prescription(DAY)],
});
const dispensed: SiteFields = { ...allWell, status: "dispensed", dispensedOn: NEXT, daysDispensed: 30 };

function kindsOf(given: ProgrammeFacts, site: SiteEntry): string[] {
  const found = reconcile(given, site, noon(addDays(site.on, 3)));
  for (const one of found) {
    expect(disagreement.parse(one)).toEqual(one);
    expect(disagreementSentence(one)).toMatch(/^Here: .+\. On the programme’s site: .+\. .+\.$/u);
  }
  return found.map((one) => `${one.about}: ${one.kind}${one.urgent ? ", urgent" : ""}`);
}

function withMore(base: ProgrammeFacts, ...more: ProgrammeEntry[]): ProgrammeFacts {
  return { ...base, entries: [...base.entries, ...more] };
}

describe("a record and a site that agree", () => {
  it("have nothing to say while a prescription waits, nor after the pick-up", () => {
    expect(kindsOf(waiting, shown(NEXT, allWell))).toEqual([]);
    expect(kindsOf(collected, shown(addDays(DAY, 3), dispensed))).toEqual([]);
  });

  it("agree before anything was done", () => {
    const entries = [entry("risk-category", DAY), entry("enrolment", DAY)];
    expect(kindsOf(facts({ entries }), shown(DAY, { status: "not-qualified", category: "can" }))).toEqual([]);
  });

  it("agree in the next month, when the site shows the new test and not the old pick-up", () => {
    const second = addDays(DAY, 31);
    const later = withMore(
      collected,
      entry("counselling", second),
      pregnancyTest(second),
      entry("prescriber-confirmation", second),
    );
    const site = shown(second, {
      ...allWell,
      status: "not-qualified",
      testOn: second,
      confirmedOn: second,
      questionsOn: null,
      doNotDispenseAfter: addDays(second, 6),
    });
    expect(kindsOf(later, site)).toEqual([]);
  });

  it("agree on what happened after the look: it could not be shown yet", () => {
    const site = shown(NEXT, allWell);
    const pickUp = { ...entry("dispensing", NEXT), recordedAt: instantIn(ZONE, NEXT, "19:00") };
    expect(kindsOf(withMore(waiting, pickUp, entry("dispensing", addDays(NEXT, 1))), site)).toEqual([]);
  });

  it("agree that an ended course is inactive", () => {
    const ended = withMore(collected, entry("first-dose", NEXT), entry("last-dose", addDays(DAY, 20)));
    expect(kindsOf(ended, shown(addDays(DAY, 40), { ...dispensed, status: "inactive" }))).toEqual([]);
  });
});

describe("pick-ups", () => {
  const on = addDays(DAY, 4);

  it("a pick-up that the site does not show is missed there", () => {
    expect(kindsOf(collected, shown(on, allWell))).toEqual(["pick-up: missed"]);
  });

  it("a pick-up that only the site shows is added there, also when it is recorded here as not collected", () => {
    expect(kindsOf(waiting, shown(on, dispensed))).toEqual(["pick-up: added"]);
    const left = withMore(waiting, entry("dispensing", addDays(DAY, 2), { capsules: 0 }));
    expect(kindsOf(left, shown(on, dispensed))).toEqual(["pick-up: added"]);
  });

  it("dispensed without a day asks for the day", () => {
    expect(kindsOf(waiting, shown(on, { ...dispensed, dispensedOn: null }))).toEqual(["pick-up: added"]);
  });

  it("capsules that no prescription here allowed were phoned in, and cannot wait", () => {
    const site = { ...dispensed, dispensedOn: addDays(DAY, 33) };
    expect(kindsOf(collected, shown(addDays(DAY, 34), site))).toEqual(["pick-up: phoned-in, urgent"]);
    const none = facts({ entries: readyToStart(DAY) });
    expect(kindsOf(none, shown(on, dispensed))).toEqual(["pick-up: phoned-in, urgent"]);
  });

  it("capsules after the last dose restart a course that ended here, and cannot wait", () => {
    const ended = withMore(collected, entry("first-dose", NEXT), entry("last-dose", addDays(DAY, 10)));
    const site = { ...dispensed, dispensedOn: addDays(DAY, 20) };
    expect(kindsOf(ended, shown(addDays(DAY, 21), site))).toEqual(["pick-up: restarted, urgent"]);
  });

  it("a day that is one or two off is the same pick-up on another day", () => {
    const off = (days: number) => shown(on, { ...dispensed, dispensedOn: addDays(NEXT, days) });
    expect(kindsOf(collected, off(1))).toEqual(["pick-up: dates"]);
    expect(kindsOf(collected, off(2))).toEqual(["pick-up: dates"]);
    expect(kindsOf(collected, off(3))).toEqual(["pick-up: phoned-in, urgent"]);
  });

  it("fewer days than prescribed are a split fill", () => {
    expect(kindsOf(collected, shown(on, { ...dispensed, daysDispensed: 21 }))).toEqual(["days: split-fill"]);
    expect(kindsOf(collected, shown(on, { ...dispensed, daysDispensed: 60 }))).toEqual([
      "days: split-fill, urgent",
    ]);
  });

  it("a second pick-up here of which the site shows only the first is missed there", () => {
    const twice = withMore(collected, entry("dispensing", addDays(DAY, 3)));
    expect(kindsOf(twice, shown(on, dispensed))).toEqual(["later-pick-up: missed"]);
  });
});

describe("steps and dates", () => {
  it("a confirmation that the site does not show is missed there, one that only the site shows is added", () => {
    expect(kindsOf(waiting, shown(NEXT, { ...allWell, confirmedOn: null }))).toEqual([
      "confirmation: missed",
    ]);
    const without = facts({ entries: readyToStart(DAY, ["prescriber-confirmation"]) });
    expect(kindsOf(without, shown(NEXT, allWell))).toEqual(["confirmation: added"]);
  });

  it("questions on different days disagree by date", () => {
    expect(kindsOf(waiting, shown(NEXT, { ...allWell, questionsOn: NEXT }))).toEqual(["questions: dates"]);
  });

  it("a specimen of another day disagrees, and so does the window that it opens", () => {
    const site = { ...allWell, testOn: addDays(DAY, -1), doNotDispenseAfter: addDays(DAY, 5) };
    expect(kindsOf(waiting, shown(NEXT, site))).toEqual(["test: dates", "closing: dates"]);
  });

  it("a window that the site keeps open for longer cannot wait", () => {
    const site = { ...allWell, doNotDispenseAfter: addDays(DAY, 7) };
    expect(kindsOf(waiting, shown(NEXT, site))).toEqual(["closing: dates, urgent"]);
  });

  it("reckons the last day in US Eastern time, wherever the clinic is", () => {
    const west = { ...waiting, clinic: { zone: "Pacific/Honolulu", dateStyle: "mdy" as const } };
    expect(kindsOf(west, shown(NEXT, allWell))).toEqual([]);
    const east = { ...waiting, clinic: { zone: "Australia/Sydney", dateStyle: "mdy" as const } };
    expect(kindsOf(east, shown(NEXT, allWell))).toEqual([]);
  });

  it("asks nothing about tests and questions of patients who cannot become pregnant", () => {
    const man = facts({ entries: cannotStart(DAY), prescriptions: [prescription(DAY)] });
    expect(kindsOf(man, shown(NEXT, { status: "qualified", category: "cannot", confirmedOn: DAY }))).toEqual(
      [],
    );
  });
});

describe("what the patient is called", () => {
  it("a patient who is enrolled here and unknown there, and the reverse", () => {
    expect(kindsOf(waiting, shown(NEXT, { status: "not-found" }))).toEqual(["enrolment: missed"]);
    const without = facts({ entries: readyToStart(DAY, ["enrolment"]), prescriptions: [prescription(DAY)] });
    expect(kindsOf(without, shown(NEXT, allWell))).toEqual(["enrolment: added"]);
    expect(kindsOf(facts(), shown(NEXT, { status: "not-found" }))).toEqual([]);
  });

  it("another risk category disagrees; one that needs no test there cannot wait", () => {
    expect(kindsOf(waiting, shown(NEXT, { ...allWell, category: "cannot" }))).toEqual([
      "category: category, urgent",
    ]);
    const man = facts({ entries: cannotStart(DAY) });
    expect(kindsOf(man, shown(NEXT, { status: "not-qualified", category: "can", confirmedOn: DAY }))).toEqual(
      ["category: category"],
    );
  });

  it("a patient who is stopped here and qualified there cannot wait", () => {
    const positive = withMore(waiting, pregnancyTest(NEXT, { result: "positive" }));
    expect(kindsOf(positive, shown(addDays(DAY, 2), allWell))[0]).toBe("status: status, urgent");
  });

  it("a prescription that waits while the site says not qualified", () => {
    expect(kindsOf(waiting, shown(NEXT, { ...allWell, status: "not-qualified" }))).toEqual([
      "status: status",
    ]);
  });

  it("a lock-out that nothing here explains, and one that a missed window explains", () => {
    expect(kindsOf(waiting, shown(NEXT, { ...allWell, status: "locked-out" }))).toEqual(["status: status"]);
    const missed = facts({ entries: readyToStart("2026-11-01") });
    const site = shown("2026-11-09", {
      ...allWell,
      status: "locked-out",
      testOn: "2026-11-01",
      confirmedOn: "2026-11-01",
      questionsOn: "2026-11-01",
      doNotDispenseAfter: null,
    });
    expect(kindsOf(missed, site)).toEqual([]);
  });

  it("an inactive patient whose treatment goes on here must begin anew there", () => {
    const treated = withMore(collected, entry("first-dose", NEXT));
    expect(kindsOf(treated, shown(addDays(DAY, 20), { ...dispensed, status: "inactive" }))).toEqual([
      "course: restarted",
    ]);
  });

  it("a patient still qualified there after the last dose here cannot wait", () => {
    const ended = withMore(collected, entry("first-dose", NEXT), entry("last-dose", addDays(DAY, 10)));
    expect(
      kindsOf(
        ended,
        shown(addDays(DAY, 12), { ...dispensed, status: "qualified", doNotDispenseAfter: null }),
      ),
    ).toEqual(["course: restarted, urgent"]);
  });
});

describe("which look counts", () => {
  it("is the latest one of those dated today or before, and of one day the one recorded last", () => {
    const first = entry("programme-site", DAY, { status: "qualified" });
    const second = { ...entry("programme-site", DAY), recordedAt: instantIn(ZONE, DAY, "19:00") };
    const later = entry("programme-site", addDays(DAY, 5));
    expect(latestSiteEntry([later, second, first], DAY)).toBe(second);
    expect(latestSiteEntry([first], addDays(DAY, -1))).toBeNull();
    expect(latestSiteEntry([], DAY)).toBeNull();
  });

  it("says nothing for a programme without rules", () => {
    expect(reconcile(facts({ programme: "canada" }), shown(DAY, allWell), noon(DAY))).toEqual([]);
  });
});
