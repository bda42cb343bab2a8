import { describe, expect, it } from "vitest";
import { addDays, instantIn } from "#shared/calendar.ts";
import { type Finding, type FindingStatus, verdict } from "#shared/rules/finding.ts";
import { judge, programmeState } from "#shared/rules/prescribing.ts";
import { EDITIONS } from "#shared/rules/programmes/editions.ts";
import { ONLY_DISPENSE, RULES } from "#shared/rules/programmes/programme-table.ts";
import {
  HOME_EVIDENCE,
  ZONE,
  cannotStart,
  entry,
  facts,
  noon,
  onTreatment,
  pregnancyTest,
  prescription,
  readyToStart,
} from "#test/support/facts.ts";
import { CASES, type Case, FIRST, SECOND, START } from "./prescribing-cases.ts";

function findingOf(rule: string, the: Case): Finding {
  const { facts: known, at, ...asked } = the;
  const found = judge(known, at, asked).findings.find((one) => one.rule === rule);
  if (!found) throw new Error(`No finding of ${rule}.`);
  return found;
}

function statusOf(rule: string, the: Case): FindingStatus {
  return findingOf(rule, the).status;
}

const KINDS = { met: "met", unmet: "unmet", unknown: "unknown", notApplicable: "not-applicable" } as const;

describe.each(Object.entries(CASES))("the rule %s", (rule, cases) => {
  for (const [kind, status] of Object.entries(KINDS) as [keyof typeof KINDS, FindingStatus][]) {
    const the = cases[kind];
    if (typeof the === "string") continue;
    it(`can be ${status}`, () => {
      expect(statusOf(rule, the)).toBe(status);
      expect(findingOf(rule, the).sentence).toMatch(/^[A-Z].*[.]$/);
    });
  }
  const edges = typeof cases.edges === "string" ? [] : cases.edges;
  for (const edge of edges)
    it(`has an edge: ${edge.name}`, () => {
      expect(statusOf(rule, edge.before[0])).toBe(edge.before[1]);
      expect(statusOf(rule, edge.after[0])).toBe(edge.after[1]);
    });
});

describe("the cases", () => {
  it("leave out no rule of any table, and no kind of answer without a reason", () => {
    const inTables = new Set(
      Object.values(EDITIONS)
        .flat()
        .flatMap((table) => RULES.filter((rule) => table.rules[rule] !== null)),
    );
    expect(Object.keys(CASES).sort()).toEqual(["edition", ...inTables].sort());
    for (const [rule, cases] of Object.entries(CASES))
      for (const kind of ["met", "unmet", "unknown", "notApplicable", "edges"] as const) {
        const the = cases[kind];
        if (typeof the === "string") expect(the, `${rule}: ${kind}`).toMatch(/^[A-Z].{20,}\.$/);
        else if (kind === "edges") expect(the, `${rule}: ${kind}`).not.toHaveLength(0);
      }
  });

  it("have both sides of every edge on different sides of the gate or of the rule", () => {
    for (const cases of Object.values(CASES))
      if (typeof cases.edges !== "string")
        for (const edge of cases.edges) expect(edge.before[1]).not.toBe(edge.after[1]);
  });
});

describe("the sentences", () => {
  it("are those that people have read and approved, in sentences.md", async () => {
    const lines = Object.entries(CASES).flatMap(([rule, cases]) => {
      const all = [
        ...[cases.met, cases.unmet, cases.unknown, cases.notApplicable].filter(
          (one) => typeof one !== "string",
        ),
        ...(typeof cases.edges === "string"
          ? []
          : cases.edges.flatMap((edge) => [edge.before[0], edge.after[0]])),
      ];
      const said = all.map((the) => {
        const { status, edition, datum, sentence } = findingOf(rule, the);
        return `- ${status} (${edition}): ${sentence}${datum === null ? "" : ` *${datum}*`}`;
      });
      return [`## ${rule}`, "", ...new Set(said), ""];
    });
    const page = [
      "# What each rule can say",
      "",
      "Made by `prescribing.test.ts`; read every change.",
      "",
      ...lines,
    ];
    await expect(page.join("\n")).toMatchFileSnapshot("./sentences.md");
  });
});

describe("the verdict", () => {
  it("is yes only if nothing is unmet or unknown, and says until when", () => {
    const yes = judge(facts({ entries: readyToStart(START) }), noon(START), { daysSupply: 30 });
    expect(yes).toMatchObject({
      question: "start",
      answer: "yes",
      edition: "ipledge-2026",
      sentence: "Yes, until Sun, Dec 13, 2026, 10:59 PM.",
      opensAt: null,
      closesAt: "2026-12-14T04:59:00.000Z",
    });
    expect(verdict.parse(yes)).toEqual(yes);
  });

  it("lists every rule in the order of the table", () => {
    const { findings } = judge(facts({ entries: readyToStart(START) }), noon(START));
    const asked = RULES.filter(
      (rule) => EDITIONS.ipledge[2]?.rules[rule] !== null && !ONLY_DISPENSE.has(rule),
    );
    expect(findings.map((one) => one.rule)).toEqual(["edition", ...asked]);
  });

  it("asks about the month once a first dose is on record", () => {
    const treated = onTreatment(FIRST, SECOND);
    expect(judge(facts(treated), noon(SECOND))).toMatchObject({ question: "prescribe", answer: "yes" });
  });

  it("is yes at the first visit for a patient who cannot become pregnant, without a window", () => {
    expect(judge(facts({ entries: cannotStart(START) }), noon(START))).toMatchObject({
      answer: "yes",
      sentence: "Yes.",
      closesAt: null,
    });
  });

  it.each(["canada", "australia"] as const)(
    "is no for a course in %s, whose table is not enabled",
    (programme) => {
      const no = judge(facts({ programme, entries: readyToStart(START) }), noon(START));
      expect(no).toMatchObject({ answer: "no", edition: "none", opensAt: null });
      expect(no.findings).toHaveLength(1);
      expect(no.findings[0]).toMatchObject({ status: "unknown", rule: "edition" });
      expect(no.sentence).toContain("are not enabled");
      expect(programmeState(facts({ programme }), noon(START)).label).toBe("No rules yet");
    },
  );

  it("names the first instant at which time alone makes it yes", () => {
    const early = onTreatment(FIRST, "2026-12-05");
    const no = judge(facts(early), noon("2026-12-05"));
    expect(no).toMatchObject({ answer: "no", opensAt: "2026-12-09T06:00:00.000Z" });
    expect(judge(facts(early), "2026-12-09T06:00:00.000Z").answer).toBe("yes");
    expect(judge(facts(early), "2026-12-09T05:59:59.999Z").answer).toBe("no");
  });

  it("does not promise a time that comes after the window has closed", () => {
    const tooEarly = onTreatment(FIRST, "2026-12-01");
    const no = judge(facts(tooEarly), noon("2026-12-01"));
    expect(no).toMatchObject({ answer: "no", opensAt: null });
    expect(no.findings.find((one) => one.rule === "supply-overlap")?.opensAt).toBe(
      "2026-12-09T06:00:00.000Z",
    );
  });

  it("opens with the next edition what that edition no longer asks", () => {
    const entries = cannotStart("2026-11-10", ["prescriber-confirmation"]);
    const no = judge(facts({ entries }), noon("2026-11-10"));
    expect(no).toMatchObject({ answer: "no", edition: "ipledge-2021", opensAt: "2026-11-15T06:00:00.000Z" });
    expect(judge(facts({ entries }), "2026-11-15T06:00:00.000Z")).toMatchObject({
      answer: "yes",
      edition: "ipledge-2026",
    });
  });

  it("says so while nobody has reviewed the edition", () => {
    expect(judge(facts(), noon(START)).findings[0]?.sentence).toContain(
      "Unreviewed: no clinician has compared",
    );
  });

  it("says after a prescription until when it can be collected, instead of what is missing for the next one", () => {
    const issued = facts({ entries: readyToStart(START), prescriptions: [prescription(START)] });
    expect(judge(issued, noon(addDays(START, 1))).sentence).toBe(
      "No: this month’s prescription is issued. It can be collected until Sun, Dec 13, 2026, 10:59 PM.",
    );
  });

  it("leads with what matters: a stop, then the supply that lasts, then the step that comes next", () => {
    const treated = onTreatment(FIRST, SECOND, ["counselling", "pregnancy-test"]);
    const early = facts({ ...treated, entries: [...treated.entries, ...readyToStart(FIRST)] });
    expect(judge(early, noon("2026-12-01")).sentence).toBe(
      "No. The last supply lasts until Tue, Dec 15, 2026; a new prescription is possible from Wed, Dec 9, 2026.",
    );
    expect(judge(early, noon(SECOND)).sentence).toBe("No. Take the next pregnancy test now. And 3 more.");
    const positive = facts({
      ...treated,
      entries: [...early.entries, pregnancyTest("2026-12-01", { result: "positive" })],
    });
    expect(judge(positive, noon("2026-12-01")).sentence).toMatch(
      /^No\. Stop: the pregnancy test was positive\./,
    );
    expect(judge(facts(), noon(START)).sentence).toMatch(
      /^No\. Record whether the patient can become pregnant/,
    );
  });

  it("writes dates and hours in the clinic's own zone and style", () => {
    const sydney = facts({ entries: readyToStart(START), zone: "Australia/Sydney", dateStyle: "dmy" });
    expect(judge(sydney, instantIn("Australia/Sydney", START, "12:00")).sentence).toBe(
      "Yes, until Mon, 14 Dec 2026, 15:59.",
    );
  });
});

describe("the date vectors of the domain facts (1.7)", () => {
  const at = (on: string, time: string): string => instantIn("America/New_York", on, time);

  it("V1: a specimen of 16 Nov 2026 opens until 22 Nov, 23:59 US Eastern, and the eighth day is closed", () => {
    const the = facts({ entries: readyToStart("2026-11-16") });
    expect(judge(the, at("2026-11-16", "12:00")).answer).toBe("yes");
    expect(judge(the, at("2026-11-22", "23:59")).answer).toBe("yes");
    expect(judge(the, at("2026-11-23", "00:00")).answer).toBe("no");
    expect(judge(the, at("2026-11-23", "12:00")).answer).toBe("no");
  });

  it("V2: a first window missed before the change of edition shows the day of both editions", () => {
    const entries = [...readyToStart("2026-11-01"), entry("dispensing", "2026-11-08", { capsules: 0 })];
    const the = facts({ entries, prescriptions: [prescription("2026-11-01")] });
    const sentence = findingOf("test-in-window", { facts: the, at: noon("2026-11-08") }).sentence;
    expect(sentence).toContain("Sun, Nov 15, 2026");
    expect(sentence).toContain("Fri, Nov 20, 2026");
    expect(programmeState(the, noon("2026-11-08"))).toMatchObject({
      label: "Window missed",
      nextTestFrom: "2026-11-15",
    });
  });

  it("V3: a visit of 10 Sep 2026 for a patient who cannot is open to 9 Oct; 10 Oct is in dispute and does not pass", () => {
    const the = facts({ entries: cannotStart("2026-09-10") });
    expect(judge(the, at("2026-10-09", "23:59"))).toMatchObject({ answer: "yes", edition: "ipledge-2021" });
    expect(statusOf("confirmation-window", { facts: the, at: at("2026-10-10", "12:00") })).toBe("unknown");
    expect(statusOf("confirmation-window", { facts: the, at: at("2026-10-11", "12:00") })).toBe("unmet");
  });

  it("V4: a visit of 16 Nov 2026 for a patient who cannot has no window", () => {
    const the = facts({ entries: cannotStart("2026-11-16") });
    for (const on of ["2026-11-16", "2026-12-20", "2027-03-01"])
      expect(judge(the, noon(on))).toMatchObject({ answer: "yes", closesAt: null });
  });

  it("V5: spacing, contraception month and period together allow 9 to 12 April", () => {
    const history = [
      pregnancyTest("2026-03-01"),
      entry("contraception", "2026-03-10"),
      entry("menstruation", "2026-04-08"),
    ];
    const before = facts({ entries: history });
    expect(findingOf("test-in-window", { facts: before, at: noon("2026-04-08") }).sentence).toBe(
      "Take the confirmation test in a medical setting from Thu, Apr 9, 2026 to Sun, Apr 12, 2026.",
    );
    const passes = [
      "2026-04-07",
      "2026-04-08",
      "2026-04-09",
      "2026-04-10",
      "2026-04-11",
      "2026-04-12",
      "2026-04-13",
    ].filter((on) => {
      const the = { facts: facts({ entries: [...history, pregnancyTest(on)] }), at: noon("2026-04-13") };
      return ["test-spacing", "test-after-month", "menses-days"].every(
        (rule) => statusOf(rule, the) === "met",
      );
    });
    expect(passes).toEqual(["2026-04-09", "2026-04-10", "2026-04-11", "2026-04-12"]);
  });

  it("V6: a home test before the first dose is refused, with permission too", () => {
    const entries = [
      ...readyToStart(START, ["pregnancy-test"]),
      pregnancyTest(addDays(START, -31)),
      pregnancyTest(START, { setting: "home" }),
      entry("home-test-permission", addDays(START, -20)),
    ];
    const finding = findingOf("test-setting", { facts: facts({ entries }), at: noon(START) });
    expect(finding).toMatchObject({
      status: "unmet",
      sentence: "A test before treatment must be taken in a medical setting, not at home.",
    });
  });

  it("V7: a home test on treatment is refused without the prescriber's permission", () => {
    const treated = onTreatment(FIRST, SECOND, ["pregnancy-test"]);
    const the = (more: Parameters<typeof facts>[0]): Case => ({
      facts: facts({ ...treated, ...more }),
      at: noon(SECOND),
    });
    const home = [
      ...treated.entries,
      entry("home-test-code", SECOND),
      pregnancyTest(SECOND, { setting: "home", home: HOME_EVIDENCE }),
    ];
    expect(findingOf("test-setting", the({ entries: home }))).toMatchObject({ status: "unmet" });
    expect(findingOf("test-setting", the({ entries: home })).sentence).toContain(
      "Home testing is not permitted",
    );
    const permitted = [...home, entry("home-test-permission", FIRST)];
    expect(judge(the({ entries: permitted }).facts, noon(SECOND)).answer).toBe("yes");
  });
});

describe("what goes wrong elsewhere", () => {
  it("knows two categories: before the first period, after sterilisation or with abstinence a patient can become pregnant", () => {
    const entries = cannotStart(START, ["risk-category"]);
    const claimed = [...entries, entry("risk-category", START, { category: "cannot", criterion: "default" })];
    const no = judge(facts({ entries: claimed }), noon(START));
    expect(no.answer).toBe("no");
    expect(no.findings.find((one) => one.rule === "test-in-window")?.status).toBe("unmet");
  });

  it("asks no contraception, test, question or window of patients who cannot become pregnant", () => {
    const { findings } = judge(facts({ entries: cannotStart(START) }), noon(START));
    const asked = findings.filter((one) => one.status !== "not-applicable").map((one) => one.rule);
    for (const rule of ["contraception-pair", "test-in-window", "patient-questions", "confirmation-window"])
      expect(asked).not.toContain(rule);
  });

  it("issues no four-month supply", () => {
    const no = judge(facts({ entries: readyToStart(START) }), noon(START), { daysSupply: 120 });
    expect(no).toMatchObject({
      answer: "no",
      sentence: "No. The supply is at most 30 days, without refills.",
    });
  });

  it("leaves nothing as true that nobody recorded: an empty record answers no", () => {
    const no = judge(facts(), noon(START));
    expect(no.answer).toBe("no");
    expect(no.opensAt).toBeNull();
  });

  it("never lets a positive test go by with time", () => {
    const entries = [...readyToStart(START), pregnancyTest(addDays(START, -20), { result: "positive" })];
    const no = judge(facts({ entries }), noon(START));
    expect(no.findings.find((one) => one.rule === "no-positive-test")).toMatchObject({
      status: "unmet",
      opensAt: null,
    });
    expect(no.opensAt).toBeNull();
  });

  it("treats an indeterminate test like a positive one", () => {
    const entries = [...readyToStart(START), pregnancyTest(START, { result: "indeterminate" })];
    expect(judge(facts({ entries }), noon(START)).answer).toBe("no");
    expect(programmeState(facts({ entries }), noon(START))).toMatchObject({ label: "Stop", tone: "stop" });
  });
});

describe("a course that begins anew", () => {
  it("asks after a lapse on treatment for a first test, a month and a second test again", () => {
    const treated = onTreatment(FIRST, SECOND);
    const lapsed = [
      ...treated.entries,
      entry("contraception-lapse", "2026-12-10"),
      entry("contraception", "2026-12-11"),
    ];
    const the = { facts: facts({ ...treated, entries: lapsed }), at: noon(SECOND) };
    expect(judge(the.facts, the.at)).toMatchObject({ answer: "no", question: "start" });
    expect(findingOf("contraception-month", the)).toMatchObject({
      status: "unmet",
      opensAt: instantIn(ZONE, "2027-01-10", "00:00"),
    });
    expect(statusOf("test-spacing", the)).toBe("unmet");
  });

  it("is yes again once the month is over and both tests are done", () => {
    const treated = onTreatment(FIRST, SECOND, [
      "pregnancy-test",
      "prescriber-confirmation",
      "patient-questions",
    ]);
    const day = "2027-01-12";
    const entries = [
      ...treated.entries,
      entry("contraception-lapse", "2026-12-10"),
      entry("contraception", "2026-12-11"),
      pregnancyTest("2026-12-12"),
      entry("menstruation", "2027-01-11"),
      entry("counselling", day),
      pregnancyTest(day),
      entry("prescriber-confirmation", day),
      entry("patient-questions", day),
    ];
    expect(judge(facts({ ...treated, entries }), noon(day)).answer).toBe("yes");
  });

  it("asks for the whole start when the category changes to can", () => {
    const entries = [
      entry("risk-category", "2026-10-01", { category: "cannot", criterion: "cisgender-male" }),
      ...readyToStart(START, ["risk-category", "pregnancy-test"]),
      pregnancyTest(addDays(START, -31)),
      entry("risk-category", START),
      pregnancyTest(START),
    ];
    const the = { facts: facts({ entries }), at: noon(START) };
    expect(statusOf("test-spacing", the)).toBe("unmet");
    expect(judge(the.facts, the.at).answer).toBe("no");
  });

  it("asks for the whole start after a break of more than 30 days, and not after one of 30", () => {
    const treated = onTreatment(FIRST, "2027-01-20", ["counselling"]);
    const resumed = (on: string): Case => ({
      facts: facts({
        ...treated,
        entries: [
          ...treated.entries,
          entry("counselling", "2027-01-20"),
          entry("last-dose", "2026-12-15"),
          entry("resume", on),
        ],
      }),
      at: noon("2027-01-20"),
    });
    expect(judge(resumed("2027-01-14").facts, noon("2027-01-20"))).toMatchObject({
      question: "prescribe",
      answer: "yes",
    });
    expect(judge(resumed("2027-01-15").facts, noon("2027-01-20"))).toMatchObject({
      question: "start",
      answer: "no",
    });
  });
});

describe("the state for the banner", () => {
  it("waits through the month of contraception", () => {
    const entries = readyToStart(START).filter((one) => one.on < "2026-11-20");
    expect(programmeState(facts({ entries }), noon("2026-11-22"))).toMatchObject({
      label: "Waiting month",
      nextTestFrom: START,
      contraception: "Copper IUD and male latex condom",
    });
  });

  it("opens the window with the specimen and closes it in US Eastern time", () => {
    expect(programmeState(facts({ entries: readyToStart(START) }), noon(START))).toMatchObject({
      label: "Can be prescribed",
      windowOpensAt: instantIn(ZONE, START, "00:00"),
      windowClosesAt: "2026-12-14T04:59:00.000Z",
      pickUpBy: null,
    });
  });

  it("says by which hour an issued prescription is collected", () => {
    const issued = facts({ entries: readyToStart(START), prescriptions: [prescription(START)] });
    expect(programmeState(issued, noon(START))).toMatchObject({
      label: "To be collected",
      pickUpBy: "2026-12-14T04:59:00.000Z",
      nextTestFrom: addDays(START, 23),
    });
  });

  it("protects until the later of 30 days and a calendar month after the last dose", () => {
    const last = (on: string): string | null =>
      programmeState(
        facts({
          entries: [...onTreatment(FIRST, SECOND).entries, entry("last-dose", on)],
          prescriptions: [],
        }),
        noon("2027-03-20"),
      ).protectUntil;
    expect(last("2027-01-31")).toBe("2027-03-02");
    expect(last("2026-12-20")).toBe("2027-01-20");
  });
});
