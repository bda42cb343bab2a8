import { describe, expect, it } from "vitest";
import { addDays, instantIn } from "#shared/calendar.ts";
import type { ProgrammeEntry } from "#shared/records/programme-entry.ts";
import type { PrescriptionFact } from "#shared/rules/facts.ts";
import {
  type History,
  historyAt,
  laterOn,
  restartAfter,
  wasNotCollected,
  knownAt,
} from "#shared/rules/history.ts";
import { judge } from "#shared/rules/prescribing.ts";
import { ipledge2026 } from "#shared/rules/programmes/ipledge-2026.ts";
import {
  ZONE,
  entry,
  facts,
  noon,
  onTreatment,
  pregnancyTest,
  prescription,
  readyToStart,
} from "#test/support/facts.ts";

const FIRST = "2026-11-16";
const SECOND = "2026-12-16";
const THIRD = "2027-01-15";

function history(
  entries: readonly ProgrammeEntry[],
  prescriptions: readonly PrescriptionFact[] = [],
  at = noon("2027-02-01"),
): History {
  return historyAt(facts({ entries, prescriptions }), ipledge2026, at);
}

describe("several months", () => {
  const second = onTreatment(FIRST, SECOND);
  const entries = [
    ...second.entries,
    entry("counselling", THIRD),
    pregnancyTest(THIRD),
    entry("prescriber-confirmation", THIRD),
    entry("patient-questions", THIRD),
  ];
  const prescriptions = [prescription(SECOND), prescription(FIRST)];

  it("judges the third month after the second prescription, in whatever order they come", () => {
    expect(judge(facts({ entries, prescriptions }), noon(THIRD)).answer).toBe("yes");
    expect(judge(facts({ entries, prescriptions: prescriptions.toReversed() }), noon(THIRD)).answer).toBe(
      "yes",
    );
  });

  it("does not take the second month's steps for the third", () => {
    expect(judge(facts({ entries: second.entries, prescriptions }), noon(addDays(SECOND, 5))).answer).toBe(
      "no",
    );
    const { findings } = judge(facts({ entries: second.entries, prescriptions }), noon(addDays(SECOND, 5)));
    for (const rule of [
      "counselling",
      "test-in-window",
      "prescriber-confirmation",
      "patient-questions",
      "supply-overlap",
    ])
      expect(findings.find((one) => one.rule === rule)?.status, rule).toBe("unmet");
  });

  it("leaves out a prescription that is issued later, to the minute", () => {
    const later = prescription(SECOND, { issuedAt: instantIn(ZONE, SECOND, "12:01") });
    expect(history([], [later], noon(SECOND)).lastPrescription).toBeNull();
    expect(history([], [later], instantIn(ZONE, SECOND, "12:01")).lastPrescription).toEqual(later);
  });
});

describe("the last supply", () => {
  it("begins with the day on which it was dispensed", () => {
    const of = history([entry("dispensing", addDays(FIRST, 4))], [prescription(FIRST)]);
    expect(of.lastSupply).toMatchObject({ from: addDays(FIRST, 4), collected: true });
  });

  it("is taken to begin with the prescription while nobody recorded a pick-up", () => {
    expect(history([], [prescription(FIRST)]).lastSupply).toMatchObject({ from: FIRST, collected: null });
  });

  it("is the one before, when the last was left at the pharmacy", () => {
    const of = history(
      [entry("dispensing", FIRST), entry("dispensing", addDays(SECOND, 7), { capsules: 0 })],
      [prescription(FIRST), prescription(SECOND)],
    );
    expect(of.lastSupply).toMatchObject({ from: FIRST, prescription: { issuedOn: FIRST } });
    expect(wasNotCollected(of)).toBe(true);
  });

  it("knows on the day of the prescription that nothing was dispensed, and says so of that one alone", () => {
    const left = [entry("dispensing", SECOND, { capsules: 0 })];
    const of = history(left, [prescription(FIRST), prescription(SECOND)]);
    expect(wasNotCollected(of)).toBe(true);
    expect(of.lastSupply).toMatchObject({ from: FIRST, collected: null });
  });

  it("is none, when the first was recorded as left on the day on which the next was issued, and that as left later", () => {
    const issuedLate = prescription(SECOND, { issuedAt: instantIn(ZONE, SECOND, "20:00") });
    const left = [
      entry("dispensing", SECOND, { capsules: 0 }),
      entry("dispensing", addDays(SECOND, 7), { capsules: 0 }),
    ];
    expect(history(left, [prescription(FIRST), issuedLate]).lastSupply).toBeNull();
    expect(history(left.slice(0, 1), [prescription(FIRST), issuedLate]).lastSupply?.prescription).toBe(
      issuedLate,
    );
  });

  it("was collected after all, when a later entry says so", () => {
    const of = history(
      [entry("dispensing", addDays(FIRST, 1), { capsules: 0 }), entry("dispensing", addDays(FIRST, 2))],
      [prescription(FIRST)],
    );
    expect(of.lastSupply).toMatchObject({ from: addDays(FIRST, 2), collected: true });
    expect(wasNotCollected(of)).toBe(false);
  });

  it("counts capsules whose number nobody wrote down as collected", () => {
    const of = history([entry("dispensing", FIRST, { capsules: null })], [prescription(FIRST)]);
    expect(of.lastSupply?.collected).toBe(true);
    expect(of.onTreatment).toBe(true);
  });

  it("knows no sum of capsules while one of the pick-ups has none", () => {
    const counted = (...capsules: (number | null)[]) => {
      const taken = capsules.map((one, index) =>
        entry("dispensing", addDays(FIRST, index), { capsules: one }),
      );
      return history(taken, [prescription(FIRST)]).lastSupply?.count;
    };
    expect(counted(20, 40)).toBe(60);
    expect(counted(null, 40)).toBeNull();
    expect(counted(40, null)).toBeNull();
  });

  it("takes a dispensing of the next prescription's day for the next one", () => {
    const of = history([entry("dispensing", SECOND)], [prescription(FIRST), prescription(SECOND)]);
    expect(of.lastSupply?.prescription.issuedOn).toBe(SECOND);
    expect(history([], []).lastSupply).toBeNull();
    expect(wasNotCollected(history([], []))).toBe(false);
  });
});

describe("what another instant knows", () => {
  const early = pregnancyTest(FIRST, { time: "10:00" });
  const late = pregnancyTest(FIRST, { time: "15:00" });
  const given = facts({ entries: [late, early], prescriptions: [prescription(SECOND)] });
  const then = historyAt(given, ipledge2026, noon(FIRST));

  it("looks ahead with what exists now, not with a test of this afternoon or a prescription of next month", () => {
    const ahead = laterOn(then, ipledge2026, noon(THIRD));
    expect(ahead.today).toBe(THIRD);
    expect(ahead.of["pregnancy-test"]).toStrictEqual([early]);
    expect(ahead.prescriptions).toStrictEqual([]);
    expect(knownAt(then)).toMatchObject({ entries: [early], prescriptions: [] });
  });

  it("looks ahead with everything once all of it lies in the past", () => {
    const now = historyAt(given, ipledge2026, noon(THIRD));
    const ahead = laterOn(now, ipledge2026, noon("2027-02-01"));
    expect(ahead.of["pregnancy-test"]).toStrictEqual([early, late]);
    expect(ahead.prescriptions).toHaveLength(1);
    expect(knownAt(now).entries).toBe(given.entries);
  });

  it("puts the lapses and missed periods of other courses among its own", () => {
    const days = [addDays(FIRST, 1), addDays(FIRST, 2), addDays(FIRST, 3)] as const;
    for (const kind of ["contraception-lapse", "missed-period"] as const) {
      const [first, second, third] = [entry(kind, days[0]), entry(kind, days[1]), entry(kind, days[2])];
      const one = { ...facts({ entries: [second] }), elsewhere: { results: [], entries: [third, first] } };
      expect(historyAt(one, ipledge2026, noon(THIRD)).of[kind]).toStrictEqual([first, second, third]);
      const two = { ...facts({ entries: [third, first] }), elsewhere: { results: [], entries: [second] } };
      expect(historyAt(two, ipledge2026, noon(THIRD)).of[kind]).toStrictEqual([first, second, third]);
    }
  });
});

describe("where the steps begin", () => {
  it("is the decision until something begins anew", () => {
    expect(history([]).beginning).toMatchObject({ on: "2026-01-01", because: "decision" });
  });

  it("is not moved by a lapse before the first prescription", () => {
    expect(history([entry("contraception-lapse", "2026-10-01")]).beginning.because).toBe("decision");
  });

  it("is a lapse on the day of the first prescription or dose, or later", () => {
    const lapse = entry("contraception-lapse", FIRST);
    expect(history([lapse], [prescription(FIRST)]).beginning).toMatchObject({ on: FIRST, because: "lapse" });
    expect(history([lapse, entry("first-dose", FIRST)]).beginning).toMatchObject({
      on: FIRST,
      because: "lapse",
    });
    expect(history([lapse], [prescription(addDays(FIRST, 1))]).beginning.because).toBe("decision");
  });

  it("is on treatment again only by a prescription and a dose after it", () => {
    const before = [entry("first-dose", FIRST), entry("contraception-lapse", SECOND)];
    const taken = [...before, entry("dispensing", addDays(SECOND, 2))];
    expect(history(before, [prescription(FIRST)]).onTreatment).toBe(false);
    expect(history(taken, [prescription(FIRST)]).onTreatment).toBe(false);
    expect(history(taken, [prescription(FIRST), prescription(SECOND)]).onTreatment).toBe(false);
    expect(history(taken, [prescription(FIRST), prescription(addDays(SECOND, 1))]).onTreatment).toBe(true);
    expect(history(taken, [prescription(FIRST), prescription(addDays(SECOND, 3))]).onTreatment).toBe(false);
  });

  it("is the change from cannot to can, and no other record of the category", () => {
    const cannot = { category: "cannot", criterion: "cisgender-male" } as const;
    const to = entry("risk-category", "2026-10-01", { ...cannot, changeReason: "Entered wrongly." });
    const agreement = {
      ...entry("category-agreement", "2026-10-02", { entryId: to.id }),
      recordedBy: "Somebody else",
    };
    const back = entry("risk-category", "2026-11-01");
    const changes = [entry("risk-category", "2026-09-01"), to, back, entry("risk-category", "2026-11-20")];
    expect(history([...changes, agreement]).beginning).toMatchObject({
      on: "2026-11-01",
      because: "category",
    });
    expect(history([...changes.slice(0, 2), agreement]).beginning.because).toBe("decision");
    // A change that nobody agreed to never counted, so that nothing turned back either.
    expect(history(changes).beginning.because).toBe("decision");
    expect(history(changes.slice(1)).beginning).toMatchObject({ on: "2026-11-01", because: "category" });
  });

  it("is the restart after a long break, so that no test at the end of the old course is the first of the new one", () => {
    const taken = [...readyToStart(FIRST), entry("dispensing", FIRST), entry("last-dose", SECOND)];
    const end = [pregnancyTest(SECOND), entry("counselling", SECOND)];
    const restart = addDays(SECOND, 31);
    const again = [
      entry("resume", restart),
      pregnancyTest(restart),
      entry("menstruation", restart),
      entry("counselling", restart),
      entry("prescriber-confirmation", restart),
      entry("patient-questions", restart),
    ];
    const of = facts({ entries: [...taken, ...end, ...again], prescriptions: [prescription(FIRST)] });
    expect(historyAt(of, ipledge2026, noon(restart)).beginning).toMatchObject({
      on: restart,
      because: "break",
    });
    const verdict = judge(of, noon(restart));
    expect(verdict.answer).toBe("no");
    expect(verdict.findings.find((one) => one.rule === "test-spacing")?.status).toBe("unmet");
  });

  it("restarts with the first resumption of the day or dose after it", () => {
    const of = (...entries: ProgrammeEntry[]): string | null => {
      const the = history([...entries, entry("last-dose", SECOND)]);
      return restartAfter(the, the.of["last-dose"][0] ?? expect.unreachable("The last dose is on record."));
    };
    expect(of()).toBeNull();
    expect(of(entry("resume", addDays(SECOND, -1)), entry("first-dose", SECOND))).toBeNull();
    expect(of(entry("resume", SECOND))).toBe(SECOND);
    expect(of(entry("dispensing", addDays(SECOND, 3)), entry("resume", addDays(SECOND, 5)))).toBe(
      addDays(SECOND, 3),
    );
    expect(of(entry("dispensing", addDays(SECOND, 5)), entry("resume", addDays(SECOND, 3)))).toBe(
      addDays(SECOND, 3),
    );
  });
});

describe("what stands", () => {
  it("is the later record of one day", () => {
    const noted = { ...entry("risk-category", SECOND), recordedAt: "2026-12-16T23:30:00.000Z" };
    const first = {
      ...entry("risk-category", SECOND, {
        category: "cannot",
        criterion: "hysterectomy",
        evidence: "Note of 2019",
      }),
      recordedAt: "2026-12-16T15:00:00.000Z",
    };
    expect(history([noted, first])).toMatchObject({ category: "can", categoryLacks: "reason" });
    expect(history([noted, first]).categoryEntry?.id).toBe(noted.id);
    const before = { ...noted, recordedAt: "2026-12-16T14:00:00.000Z" };
    expect(history([first, before])).toMatchObject({ category: "can", categoryLacks: "reason" });
    expect(history([first, before]).categoryEntry?.id).toBe(first.id);
    const changed = { ...first, changeReason: "Operated." };
    expect(history([changed, before])).toMatchObject({ category: "can", categoryLacks: "agreement" });
    const agreement = {
      ...entry("category-agreement", SECOND, { entryId: first.id }),
      recordedBy: "Somebody else",
    };
    expect(history([changed, before, agreement])).toMatchObject({ category: "cannot", categoryLacks: null });
  });

  it("is can while no listed criterion shows otherwise", () => {
    expect(history([]).category).toBe("can");
    expect(
      history([entry("risk-category", SECOND, { category: "cannot", criterion: "default" })]).category,
    ).toBe("can");
  });

  it("sorts tests of one day by their hour", () => {
    const tests = [
      pregnancyTest(SECOND, { time: "15:00" }),
      pregnancyTest(SECOND),
      pregnancyTest(SECOND, { time: "08:00" }),
    ];
    expect(history(tests).of["pregnancy-test"].map((one) => one.time)).toEqual([null, "08:00", "15:00"]);
  });
});
