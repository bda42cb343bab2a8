/**
 * The changes that no test can notice, because they change nothing: each with the reason. A mutant is named by its file, the line
 * as it is written and the change, so that it is found again wherever the line moves. `npm run mutate` fails when a survivor is
 * not in this list, and when something in the list is noticed after all or is gone.
 */
export const EQUIVALENT: readonly { why: string; mutants: readonly string[] }[] = [
  {
    why: "Null is neither later nor earlier than any date or hour, so that the comparison is false without the question for null.",
    mutants: [
      "shared/rules/gate.ts: (one.on === than.on && one.time !== null && than.time !== null && one.time > than.time) ⇒ one.on === than.on && one.time !== null  … than.time !== null → one.on === than.on && one.time !== null",
      "shared/rules/gate.ts: (one.on === than.on && one.time !== null && than.time !== null && one.time > than.time) ⇒ one.on === than.on && one.time !== null → one.on === than.on",
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
      'shared/rules/history.ts: return entry.kind === "pregnancy-test" ? (entry.time ?? "") : ""; ⇒ entry.kind === "pregnancy-test" → true',
      'shared/rules/history.ts: const waits = entry.kind === "pregnancy-test" && entry.result === "negative"; ⇒ entry.kind === "pregnancy-test" && entry … ult === "negative" → (entry.result === "negative")',
      'shared/rules/gate.ts: .filter((one) => one.kind === "pregnancy" || (one.kind === "pregnancy-test" && isDoubtful(one))) ⇒ one.kind === "pregnancy-test" && isDoubtful(one) → (isDoubtful(one))',
      'shared/rules/gate.ts: const tests = [...own, ...entries.filter((one) => one.kind === "pregnancy-test")]; ⇒ without .filter((one) => one.kind === "pregnancy-test")',
    ],
  },
  {
    why: "Every finding of a danger names its fact, and every table limits the supply; their types leave that open.",
    mutants: [
      "shared/rules/reconciliation.ts: return supply !== null && on >= addDays(prescription.issuedOn, supply.maxDays); ⇒ supply !== null && on >= addDays(prescri … n, supply.maxDays) → (on >= addDays(prescription.issuedOn, supply.maxDays))",
      "shared/rules/reconciliation.ts: `treatment is stopped (${lowered(danger.datum ?? danger.sentence)})`, ⇒ danger.datum ?? danger.sentence → danger.datum",
    ],
  },
  {
    why: "It only saves time: one entry is sorted as it is, what was worked out once is the same when it is worked out again, and what time does not open is closed then too.",
    mutants: [
      "shared/rules/history.ts: for (const those of Object.values(of)) if (those.length > 1) those.sort(inTime); ⇒ those.length > 1 → true",
      "shared/rules/history.ts: for (const those of Object.values(of)) if (those.length > 1) those.sort(inTime); ⇒ > → >=",
      "shared/rules/history.ts: for (const those of Object.values(of)) if (those.length > 1) those.sort(inTime); ⇒ 1 → (0)",
      "shared/rules/prescribing.ts: if (opens.length < blocking.length) return weighed; ⇒ opens.length < blocking.length → false",
      "shared/rules/prescribing.ts: if (opens.length < blocking.length) return weighed; ⇒ < → >",
      "shared/rules/prescribing.ts: if (known !== null) return known; ⇒ known !== null → false",
    ],
  },
  {
    why: "What is asked for besides is looked at by rules that no edition has changed, and so never by a coming one.",
    mutants: [
      "shared/rules/prescribing.ts: known = { history: then, tests: testsOf(then), asked }; ⇒ without , asked",
    ],
  },
];
