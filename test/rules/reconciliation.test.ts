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
const waiting = facts({
  entries: readyToStart(DAY).map((one) => ({ ...one, recordedAt: instantIn(ZONE, one.on, "11:00") })),
  prescriptions: [prescription(DAY)],
});
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

/** The sentences, the gravest first. */
function sentencesOf(given: ProgrammeFacts, site: SiteEntry): string[] {
  return reconcile(given, site, noon(addDays(site.on, 3))).map(disagreementSentence);
}

/** Recorded at an hour of its own day, or of another. */
function recordedAt(one: ProgrammeEntry, time: string, on = one.on): ProgrammeEntry {
  return { ...one, recordedAt: instantIn(ZONE, on, time) };
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

  it("do not agree on what was recorded before the look, or at its minute, or is of an earlier day", () => {
    const site = shown(NEXT, allWell);
    const pickUp = entry("dispensing", NEXT);
    expect(kindsOf(withMore(waiting, recordedAt(pickUp, "17:59")), site)).toEqual(["pick-up: missed"]);
    expect(kindsOf(withMore(waiting, recordedAt(pickUp, "18:00")), site)).toEqual(["pick-up: missed"]);
    const late = recordedAt(entry("dispensing", DAY), "19:00", NEXT);
    expect(kindsOf(withMore(waiting, late), site)).toEqual(["pick-up: missed"]);
  });

  it("agree on what was prescribed and tested after the look", () => {
    const day = addDays(DAY, 31);
    const later = {
      ...collected,
      entries: [...collected.entries, pregnancyTest(day), entry("prescriber-confirmation", day)],
      prescriptions: [...collected.prescriptions, prescription(day)],
    };
    expect(reconcile(later, shown(addDays(DAY, 3), dispensed), noon(addDays(day, 1)))).toEqual([]);
  });

  it("agree that an ended course is inactive", () => {
    const ended = withMore(collected, entry("first-dose", NEXT), entry("last-dose", addDays(DAY, 20)));
    expect(kindsOf(ended, shown(addDays(DAY, 40), { ...dispensed, status: "inactive" }))).toEqual([]);
  });
});

describe("pick-ups", () => {
  const on = addDays(DAY, 4);
  const month = addDays(DAY, 31);
  /** The second prescription, issued on `month`. */
  const second = (...more: ProgrammeEntry[]): ProgrammeFacts => ({
    ...withMore(collected, pregnancyTest(month), ...more),
    prescriptions: [...collected.prescriptions, prescription(month)],
  });

  it("that only the site shows belong to the last prescription before them", () => {
    const site = shown(addDays(month, 2), { ...dispensed, testOn: null, dispensedOn: addDays(month, 1) });
    expect(sentencesOf(second(), site)[0]).toBe(
      "Here: no pick-up of the prescription of Jan 7, 2027 is on record. On the programme’s site: dispensed on Jan 8, 2027. Record the pick-up with the site’s day.",
    );
    const left = entry("dispensing", addDays(month, 1), { capsules: 0 });
    expect(sentencesOf(second(left), site)[0]).toBe(
      "Here: the prescription of Jan 7, 2027 is recorded as not collected. On the programme’s site: dispensed on Jan 8, 2027. Ask the pharmacy; if it was dispensed, correct the entry.",
    );
    // The first one of several is compared, and none of the next prescription.
    const twice = second(entry("dispensing", addDays(month, 1)), entry("dispensing", addDays(month, 5)));
    const near = shown(addDays(month, 6), { ...dispensed, testOn: null, dispensedOn: addDays(month, 2) });
    expect(sentencesOf(twice, near)[0]).toContain("Here: collected on Jan 8, 2027.");
    const early = shown(addDays(month, 6), { ...dispensed, testOn: null, dispensedOn: addDays(DAY, 3) });
    expect(sentencesOf(twice, early)[0]).toContain("Here: collected on Dec 8, 2026.");
  });

  it("of a day long after the prescription are of no prescription here", () => {
    const after = (days: number): string[] =>
      kindsOf(waiting, shown(addDays(DAY, 40), { ...allWell, dispensedOn: addDays(DAY, days) }));
    expect(after(29)).toContain("pick-up: added");
    expect(after(30)).toContain("pick-up: phoned-in, urgent");
    const short = { ...waiting, prescriptions: [prescription(DAY, { daysSupply: 10 })] };
    expect(kindsOf(short, shown(addDays(DAY, 40), { ...allWell, dispensedOn: addDays(DAY, 12) }))).toContain(
      "pick-up: added",
    );
  });

  it("that the site shows without a day are asked for while a prescription waits, whatever was collected before", () => {
    const site = shown(addDays(month, 1), { ...dispensed, testOn: month, dispensedOn: null });
    expect(sentencesOf(second(), site)[0]).toBe(
      "Here: no pick-up of the prescription of Jan 7, 2027 is on record. On the programme’s site: dispensed. Ask the pharmacy for the day and record the pick-up.",
    );
    const last = { ...dispensed, dispensedOn: null };
    expect(kindsOf(collected, shown(on, last))).toEqual([]);
    const left = facts({ entries: readyToStart(DAY) });
    expect(sentencesOf(left, shown(on, last))[0]).toContain("Here: no pick-up is on record.");
  });

  it("that nobody prescribed here, and both sides know, are no split fill", () => {
    const given = facts({ entries: [...readyToStart(DAY), entry("dispensing", NEXT)] });
    expect(kindsOf(given, shown(on, dispensed))).toEqual([]);
  });

  it("of which the site shows none, or only the first, are named by the last one", () => {
    const thrice = withMore(
      collected,
      entry("dispensing", addDays(DAY, 2)),
      entry("dispensing", addDays(DAY, 3)),
    );
    expect(sentencesOf(thrice, shown(on, allWell))[0]).toContain("Here: collected on Dec 10, 2026.");
    expect(sentencesOf(thrice, shown(on, dispensed))[0]).toContain("Here: collected on Dec 10, 2026.");
  });

  it("are measured by the days of their own prescription", () => {
    const short = {
      ...withMore(collected, pregnancyTest(month), entry("dispensing", month)),
      prescriptions: [...collected.prescriptions, prescription(month, { daysSupply: 20 })],
    };
    const days = (daysDispensed: number): string[] =>
      kindsOf(
        short,
        shown(addDays(month, 1), { ...dispensed, testOn: null, dispensedOn: month, daysDispensed }),
      );
    expect(days(20)).not.toContain("days: split-fill");
    expect(days(19)).toContain("days: split-fill");
  });

  it("say what to do about fewer and about more days than prescribed", () => {
    const days = (daysDispensed: number): string | undefined =>
      sentencesOf(collected, shown(on, { ...dispensed, daysDispensed }))[0];
    expect(days(29)).toContain("29 days dispensed. The rest needs its own authorisation");
    expect(days(31)).toContain("31 days dispensed. More was dispensed than prescribed.");
    expect(days(30)).toBeUndefined();
  });

  it("of today that were recorded after the look leave an earlier one that the site does not show", () => {
    const third = addDays(DAY, 3);
    const twice = withMore(
      collected,
      recordedAt(entry("dispensing", addDays(DAY, 2)), "17:00"),
      recordedAt(entry("dispensing", third), "19:00"),
    );
    expect(sentencesOf(twice, shown(third, dispensed))[0]).toContain("Here: collected on Dec 9, 2026.");
  });

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

  it("say what to do when the later day is here, and when it is there", () => {
    const site = (questionsOn: string): string | undefined =>
      sentencesOf(waiting, shown(NEXT, { ...allWell, questionsOn }))[0];
    expect(site(NEXT)).toContain("Record the later one, or correct the day.");
    expect(site(addDays(DAY, -1))).toContain("If this month’s is not on the site yet, do it there");
    expect(site(DAY)).toBeUndefined();
  });

  it("are not missed where neither side has one, though capsules were collected", () => {
    const without = facts({
      entries: [...readyToStart(DAY, ["prescriber-confirmation"]), entry("dispensing", NEXT)],
      prescriptions: [prescription(DAY)],
    });
    expect(kindsOf(without, shown(addDays(DAY, 3), { ...dispensed, confirmedOn: null }))).toEqual([]);
  });

  it("are compared with the latest specimen, of however many", () => {
    const given = withMore(waiting, pregnancyTest(NEXT));
    expect(sentencesOf(given, shown(addDays(DAY, 3), { ...allWell, testOn: addDays(DAY, 2) }))[0]).toContain(
      "Here: the last specimen is of Dec 8, 2026.",
    );
  });

  it("name the specimen that the confirmation rests on, where the site shows another one", () => {
    const given = withMore(waiting, pregnancyTest(addDays(DAY, -2)));
    expect(sentencesOf(given, shown(NEXT, { ...allWell, testOn: addDays(DAY, -2) }))[0]).toBe(
      "Here: the confirmation of Dec 7, 2026 rests on the specimen of Dec 7, 2026. On the programme’s site: specimen of Dec 5, 2026. The site’s window counts from its own specimen: see which one was entered there.",
    );
    const before = facts({
      entries: [
        ...readyToStart(DAY, ["pregnancy-test", "prescriber-confirmation"]),
        entry("prescriber-confirmation", DAY),
        pregnancyTest(NEXT),
      ],
    });
    const site = shown(addDays(DAY, 2), { ...allWell, testOn: NEXT, doNotDispenseAfter: addDays(NEXT, 6) });
    expect(kindsOf(before, site)).toEqual([]);
  });

  it("say of a window that is longer there, and of one that is shorter, what holds", () => {
    const closes = (days: number): string[] =>
      kindsOf(waiting, shown(NEXT, { ...allWell, doNotDispenseAfter: addDays(DAY, days) }));
    expect(closes(5)).toEqual(["closing: dates"]);
    expect(closes(6)).toEqual([]);
    expect(closes(7)).toEqual(["closing: dates, urgent"]);
  });

  it("say nothing of a window there while none is open here and nothing waits", () => {
    const site = shown(addDays(DAY, 8), { ...dispensed, doNotDispenseAfter: addDays(DAY, 12) });
    expect(kindsOf(collected, site)).toEqual([]);
  });

  it("are iPLEDGE’s own: no confirmation is asked of a site elsewhere", () => {
    const uk = facts({ programme: "mhra", entries: readyToStart(DAY, ["prescriber-confirmation"]) });
    expect(kindsOf(uk, shown(NEXT, { ...allWell, doNotDispenseAfter: null }))).toEqual([]);
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

  it("the latest enrolment is the one that the site does not know", () => {
    const again = withMore(waiting, entry("enrolment", NEXT, { programmeNumber: "222" }));
    expect(sentencesOf(again, shown(addDays(DAY, 2), { status: "not-found" }))[0]).toContain(
      "Here: enrolled on Dec 8, 2026 with number 222.",
    );
  });

  it("what stops treatment first is named", () => {
    const stopped = withMore(
      waiting,
      pregnancyTest(NEXT, { result: "positive" }),
      entry("contraception-lapse", NEXT),
    );
    expect(sentencesOf(stopped, shown(addDays(DAY, 2), allWell))[0]).toContain(
      "Here: treatment is stopped (specimen of Dec 8, 2026: positive (urine, in a medical setting)).",
    );
  });

  it("a prescription that was given back waits no more, though nobody knows of the one before", () => {
    const back = addDays(DAY, 21);
    const given = {
      ...withMore(waiting, entry("dispensing", addDays(back, 1), { capsules: 0 })),
      prescriptions: [prescription(DAY), prescription(back)],
    };
    const site = shown(addDays(back, 2), { ...allWell, status: "not-qualified", doNotDispenseAfter: null });
    expect(kindsOf(given, site)).toEqual([]);
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

  it("of a correction is the day and hour of what it corrects", () => {
    const first = recordedAt(entry("programme-site", DAY, { status: "qualified" }), "09:00");
    const second = recordedAt(entry("programme-site", DAY), "10:00");
    const corrected = {
      ...recordedAt(first, "11:00"),
      id: "corrected",
      firstRecordedAt: instantIn(ZONE, DAY, "09:00"),
    };
    expect(latestSiteEntry([corrected, second], DAY)).toBe(second);
    const before = recordedAt(entry("programme-site", addDays(DAY, -1)), "12:00", addDays(DAY, 1));
    expect(latestSiteEntry([second, before], DAY)).toBe(second);
  });

  it("says nothing for a programme without rules", () => {
    expect(reconcile(facts({ programme: "canada" }), shown(DAY, allWell), noon(DAY))).toEqual([]);
  });
});
