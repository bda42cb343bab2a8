import { describe, expect, it } from "vitest";
import { type CalendarDate, addDays, instantIn } from "#shared/calendar.ts";
import type { ProgrammeEntry } from "#shared/records/programme-entry.ts";
import type { ProgrammeFacts } from "#shared/rules/facts.ts";
import type { Finding } from "#shared/rules/finding.ts";
import { judge, programmeState } from "#shared/rules/prescribing.ts";
import {
  cannotStart,
  entry,
  facts,
  noon,
  onTreatment,
  pregnancyTest,
  prescription,
  readyToStart,
} from "#test/support/facts.ts";

const START = "2026-12-07";
const FIRST = "2026-11-16";
const SECOND = "2026-12-16";

function find(of: ProgrammeFacts, rule: string, day: CalendarDate): Finding {
  const found = judge(of, noon(day)).findings.find((one) => one.rule === rule);
  if (!found) throw new Error(`No finding of ${rule}.`);
  return found;
}

function start(...added: ProgrammeEntry[]): ProgrammeFacts {
  return facts({ entries: [...readyToStart(START), ...added] });
}

function month(...added: ProgrammeEntry[]): ProgrammeFacts {
  const treated = onTreatment(FIRST, SECOND);
  return facts({ ...treated, entries: [...treated.entries, ...added] });
}

describe("the datum", () => {
  it("names the fact behind every finding that has one", () => {
    const of = facts({ ...onTreatment(FIRST, SECOND), decidedOn: "2026-10-16" });
    const { findings } = judge(of, noon(SECOND), { daysSupply: 30 });
    expect(findings.filter((one) => one.datum !== null).map((one) => `${one.rule}: ${one.datum}`)).toEqual([
      "edition: iPLEDGE, 2026 edition, from Nov 15, 2026",
      "course-open: Decided Oct 16, 2026",
      "category: Recorded Oct 16, 2026: can become pregnant",
      "enrolment: Number 1234567890, Oct 16, 2026",
      "consents: Signed Oct 16, 2026: the consent about birth defects",
      "counselling: Counselled Dec 16, 2026",
      "contraception-pair: Copper IUD and male latex condom",
      "contraception-month: Unbroken since Oct 17, 2026",
      "test-in-window: Specimen of Dec 16, 2026: negative (urine, in a medical setting)",
      "test-setting: Specimen of Dec 16, 2026: negative (urine, in a medical setting)",
      "home-test-evidence: Specimen of Dec 16, 2026: negative (urine, in a medical setting)",
      "test-sensitivity: Specimen of Dec 16, 2026: negative (urine, in a medical setting)",
      "first-pick-up: First dose or pick-up Nov 16, 2026",
      "prescriber-confirmation: Confirmed Dec 16, 2026",
      "patient-questions: Answered Dec 16, 2026",
      "supply: 30 days",
      "supply-overlap: 30 days from Nov 16, 2026, to Dec 15, 2026",
      "supply-count: 60 capsules collected",
    ]);
  });

  it("says by which criterion a patient cannot become pregnant", () => {
    const category = {
      category: "cannot",
      criterion: "bilateral-oophorectomy",
      evidence: "Operation of 2020",
    } as const;
    const of = facts({
      entries: [...cannotStart(START, ["risk-category"]), entry("risk-category", START, category)],
    });
    expect(find(of, "category", START).datum).toBe(
      "Recorded Dec 7, 2026: cannot become pregnant, removal of both ovaries",
    );
  });

  it("is null where nothing is on record", () => {
    for (const { datum, rule } of judge(facts(), noon(START)).findings)
      if (rule !== "edition" && rule !== "course-open") expect(datum, rule).toBeNull();
  });
});

describe("of several records the latest decides", () => {
  it("a second pause after a resumption pauses again", () => {
    const once = [entry("pause", "2026-11-20"), entry("resume", "2026-11-25")];
    expect(find(start(...once), "course-open", START).status).toBe("met");
    const twice = find(
      start(...once, entry("pause", "2026-12-01", { why: "Surgery." })),
      "course-open",
      START,
    );
    expect(twice).toMatchObject({ status: "unmet", datum: "Paused Dec 1, 2026: Surgery." });
  });

  it("of a pause and a resumption on one day, the one recorded later", () => {
    const pause = { ...entry("pause", START), recordedAt: "2026-12-07T15:00:00.000Z" };
    const resumed = (at: string): ProgrammeEntry => ({ ...entry("resume", START), recordedAt: at });
    expect(find(start(pause, resumed("2026-12-07T15:01:00.000Z")), "course-open", START).status).toBe("met");
    expect(find(start(pause, resumed("2026-12-07T15:00:00.000Z")), "course-open", START).status).toBe(
      "unmet",
    );
    expect(find(start(pause, resumed("2026-12-07T14:59:00.000Z")), "course-open", START).status).toBe(
      "unmet",
    );
  });

  it("a second last dose ends treatment again", () => {
    const once = [entry("last-dose", "2026-11-20"), entry("resume", "2026-11-25")];
    expect(find(month(...once), "course-open", SECOND).status).toBe("met");
    expect(find(month(...once, entry("last-dose", "2026-12-10")), "course-open", SECOND)).toMatchObject({
      status: "unmet",
      datum: "Last dose Dec 10, 2026",
    });
  });

  it("a second missed period needs a test of its own", () => {
    const of = month(entry("missed-period", "2026-12-01"), entry("missed-period", addDays(SECOND, 1)));
    expect(find(of, "no-missed-period", addDays(SECOND, 1))).toMatchObject({
      status: "unmet",
      datum: "Missed period noted Dec 17, 2026",
    });
  });

  it("a serum test between two positive ones answers neither", () => {
    const of = start(
      pregnancyTest("2026-11-25", { result: "positive" }),
      pregnancyTest("2026-11-28", { sample: "serum" }),
      pregnancyTest("2026-12-01", { result: "indeterminate" }),
    );
    expect(find(of, "no-positive-test", START)).toMatchObject({
      status: "unmet",
      datum: "Specimen of Dec 1, 2026: indeterminate (urine, in a medical setting)",
    });
  });

  it("the latest pregnancy and the latest enrolment are named", () => {
    const of = start(
      entry("pregnancy", "2026-11-01"),
      entry("pregnancy", "2026-12-01"),
      entry("enrolment", START),
    );
    expect(find(of, "no-pregnancy", START).datum).toBe("Pregnancy recorded for Dec 1, 2026");
    expect(find(of, "enrolment", START).datum).toBe("Number 1234567890, Dec 7, 2026");
  });

  it("the methods entered last must match, whatever was entered before", () => {
    const of = start(entry("patient-questions", addDays(START, 1), { first: "implant", second: "condom" }));
    expect(find(of, "patient-questions", addDays(START, 1))).toMatchObject({
      status: "unmet",
      sentence:
        "The patient entered implant and male latex condom; on record here: copper IUD and male latex condom. They must be the same.",
    });
  });

  it("the evidence of the category in force decides, not that of an earlier one", () => {
    const hysterectomy = { category: "cannot", criterion: "hysterectomy" } as const;
    const of = facts({
      entries: [
        ...cannotStart(addDays(START, -1)),
        entry("risk-category", START, { ...hysterectomy, evidence: "  " }),
      ],
    });
    expect(find(of, "category", START).status).toBe("unknown");
  });
});

describe("the guardian", () => {
  const minor = (...consents: ProgrammeEntry[]): Finding =>
    find(
      facts({ birthDate: "2010-03-01", entries: [...readyToStart(START, ["consent"]), ...consents] }),
      "guardian-consent",
      START,
    );
  const both = { signer: "patient-and-guardian" } as const;

  it("signs each form that the category asks for", () => {
    const first = entry("consent", START, both);
    expect(minor(first, entry("consent", START, { form: "birth-defects" }))).toMatchObject({
      status: "unmet",
      sentence:
        "A parent or guardian must sign too, because the patient was 16: the consent about birth defects.",
      datum: "Signed by the patient alone Dec 7, 2026",
    });
    expect(minor(first, entry("consent", START, { form: "birth-defects", ...both })).status).toBe("met");
  });

  it("may sign a form again that the patient had signed alone", () => {
    const alone = [entry("consent", START), entry("consent", START, { form: "birth-defects" })];
    const again = [
      entry("consent", START, both),
      entry("consent", START, { form: "birth-defects", ...both }),
    ];
    expect(minor(...alone).status).toBe("unmet");
    expect(minor(...alone, ...again).status).toBe("met");
  });

  it("does not stand in for a form that nobody signed, nor answer for a form that is not asked", () => {
    expect(minor(entry("consent", START, both)).status).toBe("met");
    expect(minor(entry("consent", START, { form: "acknowledgement-of-risk" })).status).toBe("unknown");
  });

  it("is not asked from the eighteenth birthday on", () => {
    const unsigned = (birthDate: CalendarDate): string =>
      find(facts({ birthDate, entries: readyToStart(START, ["consent"]) }), "guardian-consent", START).status;
    expect(unsigned("2008-12-08")).toBe("unknown");
    expect(unsigned("2008-12-07")).toBe("not-applicable");
  });
});

describe("what the sentences say", () => {
  it("how the contraception month stands after a lapse", () => {
    const of = month(entry("contraception-lapse", SECOND, { what: "stopped" }));
    expect(find(of, "contraception-month", SECOND)).toMatchObject({
      status: "unmet",
      datum: "Contraception stopped Dec 16, 2026",
      opensAt: null,
    });
    expect(find(of, "contraception-month", SECOND).sentence).toContain(
      "the prescriber must agree to the restart",
    );
  });

  it("that days begin with accepted methods", () => {
    const of = facts({
      entries: [
        ...readyToStart(START, ["contraception"]),
        entry("contraception", START, { first: "condom", second: null }),
      ],
    });
    expect(find(of, "contraception-month", START)).toMatchObject({
      status: "unmet",
      sentence: "The 30 days begin when accepted methods are in use.",
      datum: "Male latex condom",
    });
  });

  it("from which day the confirmation test counts", () => {
    const of = facts({
      entries: [
        ...readyToStart(START, ["pregnancy-test"]),
        pregnancyTest("2026-11-25"),
        pregnancyTest(START),
      ],
    });
    expect(find(of, "test-spacing", START).sentence).toBe(
      "The confirmation test must come at least 19 days after the first one of Nov 25, 2026; this one came after 12. It counts from Mon, Dec 14, 2026.",
    );
  });

  it("on which day of the period the test fell", () => {
    const of = facts({
      entries: [...readyToStart(START, ["menstruation"]), entry("menstruation", "2026-12-01")],
    });
    expect(find(of, "menses-days", START).sentence).toBe(
      "With regular cycles the test falls on days 1 to 5 of the period; this was day 7. Test again on days 1 to 5 of the next one.",
    );
  });

  it("which specimen closed which window, and what is next", () => {
    expect(find(month(), "test-in-window", addDays(SECOND, 8))).toMatchObject({
      status: "unmet",
      sentence: "The window of 7 days closed Tue, Dec 22, 2026, 10:59 PM. Take the next pregnancy test now.",
      datum: "Specimen of Dec 16, 2026: negative (urine, in a medical setting)",
    });
  });

  it("where a test before the overlay should have been taken, by the overlay's own name and without it", () => {
    const before = facts({ decidedOn: "2023-01-01", entries: readyToStart("2023-09-20") });
    expect(find(before, "test-setting", "2023-09-20")).toMatchObject({
      status: "unmet",
      edition: "ipledge-2021",
      sentence: "The test must be taken in a CLIA laboratory.",
    });
    const after = facts({ decidedOn: "2023-01-01", entries: readyToStart("2023-10-10") });
    expect(find(after, "test-setting", "2023-10-10")).toMatchObject({
      status: "met",
      edition: "ipledge-2021-discretion",
    });
  });

  it("until when a confirmation of the 2021 edition is good, for a prescription that waits to be collected", () => {
    const of = facts({ entries: cannotStart("2026-09-10"), prescriptions: [prescription("2026-09-12")] });
    expect(judge(of, noon("2026-09-13")).sentence).toBe(
      "No: this month’s prescription is issued. It can be collected until Fri, Oct 9, 2026, 10:59 PM.",
    );
  });

  it("that nothing was dispensed must be said, only while nobody recorded a pick-up", () => {
    const issued = facts({ entries: cannotStart(START), prescriptions: [prescription(START)] });
    expect(find(issued, "supply-overlap", START).sentence).toContain("If it was not collected");
    expect(find(month(), "supply-overlap", "2026-12-01").sentence).not.toContain("If it was not collected");
  });
});

describe("in the 2021 edition", () => {
  const day = "2026-09-10";

  it("both categories are counselled and confirmed each month", () => {
    const again = addDays(day, 30);
    for (const entries of [cannotStart(day), readyToStart(day)]) {
      const of = facts({
        entries: [...entries, entry("dispensing", day)],
        prescriptions: [prescription(day)],
      });
      for (const rule of ["counselling", "prescriber-confirmation"])
        expect(find(of, rule, again), rule).toMatchObject({ status: "unmet", edition: "ipledge-2021" });
    }
    const monthly = [
      ...cannotStart(day),
      entry("counselling", again),
      entry("prescriber-confirmation", again),
    ];
    const of = facts({ entries: monthly, prescriptions: [prescription(day)] });
    expect(judge(of, noon(again))).toMatchObject({ answer: "yes", edition: "ipledge-2021" });
  });

  it("the window of a patient who cannot counts from the confirmation of this month, not of the last", () => {
    const again = addDays(day, 30);
    const entries = [
      ...cannotStart(day),
      entry("counselling", again),
      entry("prescriber-confirmation", again),
    ];
    const of = facts({ entries, prescriptions: [prescription(day)] });
    expect(find(of, "confirmation-window", again)).toMatchObject({
      status: "met",
      datum: "Confirmed Oct 10, 2026",
    });
  });
});

describe("the prescriber's own dose decision", () => {
  const held = (doses: ProgrammeFacts["doses"], ...added: ProgrammeEntry[]) =>
    find({ ...start(...added), doses }, "course-open", START);

  it.each<[string, ProgrammeFacts["doses"], "met" | "unmet"]>([
    ["no decision on record", [], "met"],
    ["a dose that goes on", [{ on: "2026-12-01", action: "continue" }], "met"],
    ["a dose on hold", [{ on: "2026-12-01", action: "hold" }], "unmet"],
    ["a dose stopped", [{ on: "2026-12-01", action: "stop" }], "unmet"],
    ["a hold of this very day", [{ on: START, action: "hold" }], "unmet"],
    ["a hold decided for a later day", [{ on: addDays(START, 1), action: "hold" }], "met"],
    [
      "a hold that a later visit lifted",
      [
        { on: "2026-12-05", action: "decrease" },
        { on: "2026-12-01", action: "hold" },
      ],
      "met",
    ],
  ])("%s", (_sentence, doses, status) => {
    expect(held(doses).status).toBe(status);
  });

  it("says what was decided and what to do", () => {
    expect(held([{ on: "2026-12-01", action: "hold" }])).toMatchObject({
      datum: "Held at the visit of Dec 1, 2026",
      sentence: expect.stringContaining("Decide a dose at a visit") as string,
    });
  });

  it.each([
    ["hold", "On hold"],
    ["stop", "Stopped"],
  ] as const)("%s is what the status says: %s", (action, label) => {
    const held = { ...start(), doses: [{ on: "2026-12-01", action }] };
    expect(programmeState(held, noon(START)).label).toBe(label);
  });

  it("is lifted by a resumption recorded for a later day, not for the same one", () => {
    const doses = [{ on: "2026-12-01", action: "hold" as const }];
    expect(held(doses, entry("resume", "2026-12-01")).status).toBe("unmet");
    expect(held(doses, entry("resume", "2026-12-02")).status).toBe("met");
  });
});

describe("across the change of edition", () => {
  it("a specimen of 12 Nov is judged by its own edition on 16 Nov, and everything else by the new one", () => {
    const { answer, edition, findings } = judge(
      facts({ entries: readyToStart("2026-11-12") }),
      noon("2026-11-16"),
    );
    expect({ answer, edition }).toEqual({ answer: "yes", edition: "ipledge-2026" });
    const old = findings
      .filter((one) => one.edition !== "ipledge-2026")
      .map((one) => `${one.rule}: ${one.edition}`);
    expect(old).toEqual([
      "screening-test: ipledge-2021",
      "test-in-window: ipledge-2021",
      "test-setting: ipledge-2021-discretion",
      "home-test-evidence: ipledge-2021-discretion",
      "test-sensitivity: ipledge-2021",
      "test-spacing: ipledge-2021",
      "test-after-month: ipledge-2021",
      "menses-days: ipledge-2021",
      "missed-first-window: ipledge-2021",
    ]);
  });
});

describe("until when a prescription can be collected", () => {
  const by = (of: ProgrammeFacts, day: CalendarDate): string | null => programmeState(of, noon(day)).pickUpBy;

  it("is the close of the window of the test before it, not of the prescription's day or of a later test", () => {
    const issued = { entries: readyToStart(START), prescriptions: [prescription(addDays(START, 2))] };
    expect(by(facts(issued), addDays(START, 3))).toBe("2026-12-14T04:59:00.000Z");
    const again = { ...issued, entries: [...issued.entries, pregnancyTest(addDays(START, 3))] };
    expect(by(facts(again), addDays(START, 4))).toBe("2026-12-14T04:59:00.000Z");
  });

  it("is in the 2021 edition the window of this month's confirmation, for patients who cannot become pregnant", () => {
    const again = "2026-10-10";
    const entries = [
      ...cannotStart("2026-09-10"),
      entry("dispensing", "2026-09-10"),
      entry("counselling", again),
      entry("prescriber-confirmation", again),
    ];
    const of = facts({ entries, prescriptions: [prescription("2026-09-10"), prescription(again)] });
    expect(by(of, again)).toBe("2026-11-09T04:59:00.000Z");
  });

  it("is not limited in the 2026 edition for patients who cannot become pregnant", () => {
    expect(
      by(facts({ entries: cannotStart(START), prescriptions: [prescription(START)] }), START),
    ).toBeNull();
  });
});

describe("the day on which the steps begin", () => {
  it("counts itself: counselled on the day of the decision is counselled", () => {
    const of = (decidedOn: CalendarDate): string =>
      find(facts({ decidedOn, entries: readyToStart(START) }), "counselling", START).status;
    expect(of(addDays(START, -31))).toBe("met");
    expect(of(addDays(START, -30))).toBe("unmet");
  });

  it("keeps waiting for the pick-up of a prescription of the day of the lapse", () => {
    const of = facts({
      entries: [...readyToStart(START), entry("contraception-lapse", START)],
      prescriptions: [prescription(START)],
    });
    expect(find(of, "first-pick-up", addDays(START, 8)).status).toBe("unknown");
    const before = facts({
      entries: [...readyToStart(START), entry("contraception-lapse", addDays(START, 1))],
      prescriptions: [prescription(START)],
    });
    expect(find(before, "first-pick-up", addDays(START, 8)).status).toBe("not-applicable");
  });

  it("asks what became of the first prescription though a second one can still be collected", () => {
    const issued = [prescription(START), prescription(addDays(START, 21))];
    const entries = [...readyToStart(START), pregnancyTest(addDays(START, 21))];
    const of = facts({ entries, prescriptions: issued });
    expect(find(of, "first-pick-up", addDays(START, 22))).toMatchObject({
      status: "unknown",
      datum: "Prescribed Dec 7, 2026",
    });
    const left = entry("dispensing", addDays(START, 8), { capsules: 0 });
    const told = facts({ entries: [...entries, left], prescriptions: issued });
    expect(find(told, "first-pick-up", addDays(START, 22)).status).toBe("not-applicable");
  });

  it("judges where a test is taken by whether treatment had begun on the specimen's day, not by whether it has since", () => {
    const home = (day: CalendarDate) =>
      facts({
        entries: [
          ...readyToStart(START),
          entry("home-test-permission", START),
          entry("dispensing", addDays(START, 3)),
          pregnancyTest(day, { setting: "home" }),
        ],
        prescriptions: [prescription(START)],
      });
    expect(find(home(addDays(START, 2)), "test-setting", addDays(START, 4)).status).toBe("unmet");
    expect(find(home(addDays(START, 3)), "test-setting", addDays(START, 4)).status).toBe("met");
  });

  it("frees the repeat of a missed window from the period only by a prescription issued before its close", () => {
    const repeat = (minute: string) =>
      facts({
        entries: [
          ...readyToStart(START),
          entry("dispensing", addDays(START, 7), { capsules: 0 }),
          pregnancyTest(addDays(START, 10)),
        ],
        prescriptions: [
          prescription(addDays(START, 6), {
            issuedAt: instantIn("America/Chicago", addDays(START, 6), minute),
          }),
        ],
      });
    expect(find(repeat("22:59"), "menses-days", addDays(START, 10)).status).toBe("not-applicable");
    expect(find(repeat("23:00"), "menses-days", addDays(START, 10)).status).toBe("unmet");
  });

  it("counts no confirmation of before the decision, whoever cannot become pregnant", () => {
    const visit = "2026-05-04";
    const of = (decidedOn: CalendarDate) => facts({ entries: cannotStart(visit), decidedOn });
    for (const rule of ["prescriber-confirmation", "confirmation-window"]) {
      expect(find(of(visit), rule, addDays(visit, 1)).status).toBe("met");
      expect(find(of(addDays(visit, 1)), rule, addDays(visit, 1)).status).toBe("unmet");
    }
  });
});
