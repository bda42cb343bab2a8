/**
 * The changes that no test can notice, because they change nothing: each with the reason. A mutant is named by its file, the line
 * as it is written and the change, so that it is found again wherever the line moves. `npm run mutate` fails when a survivor is
 * not in this list, and when something in the list is noticed after all or is gone.
 */
export const EQUIVALENT: readonly { why: string; mutants: readonly string[] }[] = [
  {
    why: "It only saves time: what was worked out once for a history is the same when it is worked out again, and the look back to the prescription gives the latest test too where no other window was open.",
    mutants: [
      "shared/rules/history.ts: known.set(history, found); ⇒ known.set(history, found); → ;",
      "shared/rules/history.ts: if (before !== undefined) return before; ⇒ before !== undefined → false",
      "shared/rules/pick-up.ts: const other = negatives.at(-2); ⇒ 2 → (1)",
      "shared/rules/pick-up.ts: if (other === undefined || !wasOpen(history, other, prescription.issuedAt)) return latest; ⇒ other === undefined || !wasOpen(history, … cription.issuedAt) → false",
      "shared/rules/pick-up.ts: if (other === undefined || !wasOpen(history, other, prescription.issuedAt)) return latest; ⇒ other === undefined || !wasOpen(history, … cription.issuedAt) → other === undefined",
      "shared/rules/pick-up.ts: return closesAt !== null && isStillOpen(closesAt, at); ⇒ closesAt !== null && isStillOpen(closesAt, at) → closesAt !== null",
    ],
  },
  {
    why: "It only saves time: what is kept with a list says what reading the list again says, the last of entries in order has the last day, entries without others among them are as they were, and of an open course nothing that must not be dispensed is told there.",
    mutants: [
      "shared/rules/entries-in-order.ts: if (known !== undefined && known.count === entries.length) return known; ⇒ known !== undefined && known.count === entries.length → false",
      "shared/rules/entries-in-order.ts: filed.set(entries, found); ⇒ filed.set(entries, found); → ;",
      "shared/rules/entries-in-order.ts: for (const { on } of those.slice(-1)) until = later(until, on); ⇒ without .slice(-1)",
      "shared/rules/entries-in-order.ts: for (const { on } of those.slice(-1)) until = later(until, on); ⇒ 1 → 2",
      "shared/rules/entries-in-order.ts: for (const { on } of those.slice(-1)) until = later(until, on); ⇒ 1 → (0)",
      "shared/rules/entries-in-order.ts: return { of: of as Entries, kinds: [...found.keys()], until, count: entries.length }; ⇒ without , count: entries.length",
      "shared/rules/history.ts: const knows = isAllKnown ⇒ isAllKnown → false",
      "shared/rules/history.ts: prescriptions: prescriptions.length === facts.prescriptions.length ? facts.prescriptions : prescriptions, ⇒ prescriptions.length === facts.prescriptions.length → false",
      "shared/rules/history.ts: known.issuedUntil <= at && ⇒ <= → <",
      'shared/rules/history.ts: const foreign = facts.elsewhere === undefined ? "" : filedOf(facts.elsewhere.entries).until; ⇒ "" → "mutant"',
      'shared/rules/history.ts: const issuedUntil = record.lastPrescription?.issuedAt ?? ""; ⇒ record.lastPrescription?.issuedAt ?? "" → record.lastPrescription?.issuedAt',
      'shared/rules/history.ts: const issuedUntil = record.lastPrescription?.issuedAt ?? ""; ⇒ "" → "mutant"',
      "shared/rules/history.ts: if (until < today && record.prescriptions.length === prescriptions.length) ⇒ < → >",
      "shared/rules/history.ts: if (all.until < today) return knows === null ? all.of : entriesWhere(all, knows); ⇒ all.until < today → false",
      "shared/rules/history.ts: if (missed.length + lapses.length === 0) return of; ⇒ missed.length + lapses.length === 0 → false",
      "shared/rules/history.ts: if (missed.length + lapses.length === 0) return of; ⇒ 0 → (-1)",
      "shared/rules/due.ts: const forbidden = closed === null ? null : barredItem(facts, history, whatBecame); ⇒ closed === null → false",
    ],
  },
  {
    why: "Of an order only the sign counts.",
    mutants: [
      "shared/rules/entries-in-order.ts: if (a > b) return 1; ⇒ 1 → 2",
      "shared/rules/entries-in-order.ts: return a < b ? -1 : 0; ⇒ 1 → 2",
    ],
  },
  {
    why: "What time opens it opens on a day of an edition: a rule names no earlier one.",
    mutants: [
      "shared/rules/prescribing.ts: if (table === null) return false; ⇒ table === null → false",
      "shared/rules/prescribing.ts: if (table === null) return false; ⇒ false → true",
    ],
  },
  {
    why: "It is asked only of a course with a prescription; and who was said to be able to become pregnant again is told by the entry that says so.",
    mutants: [
      "shared/rules/pick-up.ts: if (lastPrescription === null) return null; ⇒ lastPrescription === null → false",
      'shared/rules/history.ts: if (category === "can") standing = { ...standing, category, lacks: reason, anew: entry }; ⇒ without ...standing,',
    ],
  },
  {
    why: "Each prescription has its list of pick-ups, if only an empty one; and a null sorts behind every instant, where nobody looks.",
    mutants: [
      "shared/rules/history.ts: const own = outcomes[place] ?? []; ⇒ outcomes[place] ?? [] → outcomes[place]",
      "shared/rules/prescribing.ts: const [closesAt = null] = findings.flatMap((one) => one.closesAt ?? []).sort(); ⇒ one.closesAt ?? [] → one.closesAt",
    ],
  },
  {
    why: "Null is neither later nor earlier than any date or hour, so that the comparison is false without the question for null.",
    mutants: [
      'shared/rules/programme-calendar.ts: (next.kind === "monthly" && supplyEnds !== null && supplyEnds >= next.from ? supplyEnds : null); ⇒ next.kind === "monthly" && supplyEnds !== null → next.kind === "monthly"',
      "shared/rules/programme-calendar.ts: if (over !== null && over > the.today) ⇒ over !== null && over > the.today → (over > the.today)",
      "shared/rules/pregnancy-signs.ts: (one.on === than.on && one.time !== null && than.time !== null && one.time > than.time) ⇒ one.on === than.on && one.time !== null  … than.time !== null → one.on === than.on && one.time !== null",
      "shared/rules/pregnancy-signs.ts: (one.on === than.on && one.time !== null && than.time !== null && one.time > than.time) ⇒ one.on === than.on && one.time !== null → one.on === than.on",
      "shared/rules/reconciliation.ts: if (over !== null && dispensedOn > over) ⇒ over !== null && dispensedOn > over → (dispensedOn > over)",
      "shared/rules/reconciliation.ts: const nextMonth = site.testOn !== null && site.testOn > here.on; ⇒ site.testOn !== null && site.testOn > here.on → (site.testOn > here.on)",
      "shared/rules/reconciliation.ts: if (site.doNotDispenseAfter === null) return []; ⇒ site.doNotDispenseAfter === null → false",
    ],
  },
  {
    why: "Without a second reading its last day is reckoned from nothing and lies before the confirmation: the window is closed by it too.",
    mutants: [
      "shared/rules/gate.ts: const other = row.otherReadingDays === null ? null : close(row.otherReadingDays); ⇒ row.otherReadingDays === null → false",
    ],
  },
  {
    why: "The kind is asked for the compiler: only a pregnancy test has a result and an hour.",
    mutants: [
      'shared/rules/entries-in-order.ts: return entry.kind === "pregnancy-test" ? (entry.time ?? "") : ""; ⇒ entry.kind === "pregnancy-test" → true',
      'shared/rules/entries-in-order.ts: const waits = entry.kind === "pregnancy-test" && entry.result === "negative"; ⇒ entry.kind === "pregnancy-test" && entry … ult === "negative" → (entry.result === "negative")',
      'shared/rules/pregnancy-signs.ts: .filter((one) => one.kind === "pregnancy" || (one.kind === "pregnancy-test" && isDoubtful(one))) ⇒ one.kind === "pregnancy-test" && isDoubtful(one) → (isDoubtful(one))',
    ],
  },
  {
    why: "Every finding of a danger names its fact, who stopped by a lapse has one, and every table limits the supply, and asks for a month of contraception and what to do about a lapse; their types leave that open.",
    mutants: [
      'shared/rules/programme-calendar.ts: if (trigger === "pregnancy" || row === null) return null; ⇒ trigger === "pregnancy" || row === null → trigger === "pregnancy"',
      'shared/rules/programme-calendar.ts: return lapseState(history, tests, row.clearedIn)?.tested === "unmet" ⇒ ?. → .',
      "shared/rules/programme-calendar.ts: const over = month === null ? null : monthOver(month, tests.unbroken); ⇒ month === null → false",
      "shared/rules/reconciliation.ts: return supply !== null && on >= addDays(prescription.issuedOn, supply.maxDays); ⇒ supply !== null && on >= addDays(prescri … n, supply.maxDays) → (on >= addDays(prescription.issuedOn, supply.maxDays))",
      "shared/rules/reconciliation.ts: `treatment is stopped (${lowered(danger.datum ?? danger.sentence)})`, ⇒ danger.datum ?? danger.sentence → danger.datum",
    ],
  },
  {
    why: "It only saves time: what was worked out once is the same when it is worked out again, and what time does not open is closed then too.",
    mutants: [
      "shared/rules/prescribing.ts: if (opens.length < blocking.length) return weighed; ⇒ opens.length < blocking.length → false",
      "shared/rules/prescribing.ts: if (opens.length < blocking.length) return weighed; ⇒ < → >",
      "shared/rules/prescribing.ts: if (known !== null) return known; ⇒ known !== null → false",
    ],
  },
  {
    why: "A style that is none is written like the one that puts the day first.",
    mutants: ['shared/rules/programme-calendar.ts: name: formatDate(month, "dmy").slice(2), ⇒ "dmy" → ""'],
  },
  {
    why: "What is asked for besides is looked at by rules that no edition has changed, and so never by a coming one.",
    mutants: [
      "shared/rules/prescribing.ts: known = { history: then, tests: testsOf(then), asked }; ⇒ without , asked",
    ],
  },
  {
    why: "Without a rule table there is neither a history nor are there tests, with one there are both: either half of the question says the same.",
    mutants: [
      "shared/rules/plan.ts: if (history === null || tests === null) return null; ⇒ history === null || tests === null → history === null",
      "shared/rules/plan.ts: if (history === null || tests === null) return null; ⇒ history === null || tests === null → (tests === null)",
      "shared/rules/plan.ts: if (history === null || tests === null) return null; ⇒ history === null || tests === null → ((history === null) && (tests === null))",
      "shared/rules/plan.ts: if (history === null || tests === null) return facts; ⇒ history === null || tests === null → history === null",
      "shared/rules/plan.ts: if (history === null || tests === null) return facts; ⇒ history === null || tests === null → (tests === null)",
      "shared/rules/plan.ts: if (history === null || tests === null) return facts; ⇒ history === null || tests === null → ((history === null) && (tests === null))",
      'shared/rules/stops.ts: if (history === null || tests === null || facts.course.end?.reason === "pregnancy") return null; ⇒ history === null || tests === null → history === null',
      'shared/rules/stops.ts: if (history === null || tests === null || facts.course.end?.reason === "pregnancy") return null; ⇒ history === null || tests === null → (tests === null)',
      'shared/rules/stops.ts: if (history === null || tests === null || facts.course.end?.reason === "pregnancy") return null; ⇒ history === null || tests === null → ((history === null) && (tests === null))',
      "shared/rules/due.ts: if (history === null || tests === null) return []; ⇒ history === null || tests === null → history === null",
      "shared/rules/due.ts: if (history === null || tests === null) return []; ⇒ history === null || tests === null → (tests === null)",
      "shared/rules/due.ts: if (history === null || tests === null) return []; ⇒ history === null || tests === null → ((history === null) && (tests === null))",
      "shared/rules/programme-lane.ts: if (history === null || tests === null) return { stop: null, steps: [], earlier: [], next: null }; ⇒ history === null || tests === null → history === null",
      "shared/rules/programme-lane.ts: if (history === null || tests === null) return { stop: null, steps: [], earlier: [], next: null }; ⇒ history === null || tests === null → (tests === null)",
      "shared/rules/programme-lane.ts: if (history === null || tests === null) return { stop: null, steps: [], earlier: [], next: null }; ⇒ history === null || tests === null → ((history === null) && (tests === null))",
    ],
  },
  {
    why: "A plan is only looked for where there is a rule table, and none ends before the plan does.",
    mutants: [
      "shared/rules/plan.ts: if (history === null || tests === null) return null; ⇒ history === null || tests === null → false",
    ],
  },
  {
    why: "Null and undefined are neither earlier nor later than a day, so that the comparison is false without the question for them.",
    mutants: [
      "shared/rules/programmes/entry-kinds.ts: row !== null && birthDate !== null && birthDate <= decidedOn && ageOn(birthDate, decidedOn) < row.underAge ⇒ row !== null && birthDate !== null → row !== null",
      "shared/rules/due.ts: if (visitOn !== null && visitOn <= (endsOn === null ? history.today : addDays(endsOn, 1))) return null; ⇒ visitOn !== null && visitOn <= (endsOn = … ddDays(endsOn, 1)) → (visitOn <= (endsOn === null ? history.t … dDays(endsOn, 1)))",
      'shared/rules/due.ts: urgency: endsOn !== null && endsOn <= history.today ? "today" : "soon", ⇒ endsOn !== null && endsOn <= history.today → (endsOn <= history.today)',
      "shared/rules/due.ts: return opensOn !== null && history.today < opensOn; ⇒ opensOn !== null && history.today < opensOn → (history.today < opensOn)",
      "shared/rules/due.ts: if (draw.dueOn !== null && draw.dueOn > addDays(history.today, AHEAD)) return null; ⇒ draw.dueOn !== null && draw.dueOn > addD … tory.today, AHEAD) → (draw.dueOn > addDays(history.today, AHEAD))",
      "shared/rules/due.ts: return !next.nextPeriod && next.from !== null && next.from <= today; ⇒ !next.nextPeriod && next.from !== null → !next.nextPeriod",
      "shared/rules/programme-lane.ts: if (menses !== null && !tested && next.nextPeriod && next.from !== null && next.from <= history.today) ⇒ menses !== null && !tested && next.nextP … next.from !== null → menses !== null && !tested && next.nextPeriod",
      "shared/rules/programme-lane.ts: const early = lasts !== null && history.today < lasts ? lasts : null; ⇒ lasts !== null && history.today < lasts → (history.today < lasts)",
    ],
  },
  {
    why: "What is asked for is there, because its rule blocks or its act was planned on account of it; the question is for the compiler.",
    mutants: [
      'shared/rules/plan.ts: if (lapse === null || lapse.tested === "met") return null; ⇒ lapse === null || lapse.tested === "met" → (lapse.tested === "met")',
      "shared/rules/plan.ts: if (next.from === null) return null; ⇒ next.from === null → false",
      "shared/rules/plan.ts: history.categoryEntry === null ⇒ history.categoryEntry === null → false (2)",
      "shared/rules/plan.ts: if (prescription === undefined) return []; ⇒ prescription === undefined → false",
      "shared/rules/stops.ts: if (finding !== undefined && by !== undefined) ⇒ finding !== undefined && by !== undefined → finding !== undefined",
      'shared/rules/stops.ts: : `${finding.datum ?? ""}. ${finding.sentence}`; ⇒ finding.datum ?? "" → finding.datum',
      'shared/rules/stops.ts: : `${finding.datum ?? ""}. ${finding.sentence}`; ⇒ "" → "mutant"',
      'shared/rules/due.ts: if (entry === null || history.categoryLacks !== "agreement") return null; ⇒ entry === null || history.categoryLacks !== "agreement" → (history.categoryLacks !== "agreement")',
      "shared/rules/due.ts: if (window !== null && doubt !== null && isNow(next, history.today)) ⇒ window !== null && doubt !== null → (doubt !== null)",
      "shared/rules/programme-lane.ts: return finding !== undefined && blocks(finding) ? finding : null; ⇒ finding !== undefined && blocks(finding) → (blocks(finding))",
    ],
  },
  {
    why: "Of two rows that differ one is there.",
    mutants: [
      'shared/rules/programmes/edition-words.ts: source: (now ?? old)?.source ?? "", ⇒ (now ?? old)?.source ?? "" → (now ?? old)?.source',
      'shared/rules/programmes/edition-words.ts: source: (now ?? old)?.source ?? "", ⇒ ?. → .',
      'shared/rules/programmes/edition-words.ts: source: (now ?? old)?.source ?? "", ⇒ "" → "mutant"',
    ],
  },
  {
    why: "A plan that finds no end is none after however many acts, and the answer “never” only spares the tries.",
    mutants: [
      "shared/rules/plan.ts: const MOST_ACTS = 60; ⇒ 60 → 61",
      "shared/rules/plan.ts: const MOST_ACTS = 60; ⇒ 60 → (59)",
      "shared/rules/plan.ts: while (acts.length < MOST_ACTS) { ⇒ < → <=",
      'shared/rules/plan.ts: if (closed.by === "end") return "never"; ⇒ closed.by === "end" → false',
      'shared/rules/plan.ts: if (closed.by === "end") return "never"; ⇒ "end" → ""',
    ],
  },
  {
    why: "Moved to the day that it has, an act stays where it is.",
    mutants: ["shared/rules/plan.ts: if (from === undefined || from >= act.from) return placed; ⇒ >= → >"],
  },
  {
    why: "The kind is asked for the compiler: no other kind of entry has a result, a home kit or an `entryId`.",
    mutants: [
      'shared/rules/plan.ts: if (one.kind !== "pregnancy-test") return one; ⇒ one.kind !== "pregnancy-test" → false',
      'shared/rules/programmes/entry-kinds.ts: one.kind === "category-agreement" && ⇒ one.kind === "category-agreement" && one … tryId === entry.id → (one.entryId === entry.id)',
    ],
  },
  {
    why: "Editions do not overlap, the last one of an enabled programme has no end (editions.test.ts), and tables of one id have one name.",
    mutants: [
      "shared/rules/programmes/editions.ts: EDITIONS[one].some((table) => table.enabled && table.effectiveTo === null), ⇒ table.enabled && table.effectiveTo === null → table.enabled",
      "shared/rules/programmes/editions.ts: .find((table) => table.id === id); ⇒ find → findLast",
      "shared/rules/programmes/editions.ts: EDITIONS[programme].find( ⇒ find → findLast",
    ],
  },
  {
    why: "Which rules differ does not hang on the style of dates.",
    mutants: [
      'shared/rules/programmes/edition-words.ts: return new Set(differencesOf(before, after, "iso").map((one) => one.rule)); ⇒ "iso" → ""',
    ],
  },
  {
    why: "iPLEDGE alone knows tests at home, and it alone knows CLIA laboratories.",
    mutants: [
      'shared/rules/programmes/entry-kinds.ts: if (settingsNamed(about.programme).includes("home")) ⇒ "home" → "clia-laboratory"',
    ],
  },
  {
    why: "A step that is never due has no act in any case.",
    mutants: [
      'shared/rules/programme-lane.ts: { id: "contraception-month", group: BEFORE, title: `${days} days of contraception`, act: null }, ⇒ without , act: null',
      'shared/rules/programme-lane.ts: return step({ id, group, title, act: null }, { state: "not-asked", sentence }); ⇒ without , act: null',
      'shared/rules/programme-lane.ts: const last: Parts = { id: "last-dose", group: AFTER, title: "Last dose", act: null }; ⇒ without , act: null',
      'shared/rules/programme-lane.ts: title: can ? "Contraception, no blood donation" : "No blood donation", ⇒ without , act: null',
    ],
  },
  {
    why: "A month always has its test, and a programme without a confirmation has no questions that could wait for one.",
    mutants: [
      'shared/rules/programme-lane.ts: return steps.every((one) => one.state === "done" || one.state === "not-asked"); ⇒ every → some',
    ],
  },
];
