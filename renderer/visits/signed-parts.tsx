/** The parts of a signed visit, as they are read. */
import type { ReactNode } from "react";
import type { LabResultView } from "#shared/records/lab-result.ts";
import {
  dailyMgOf,
  type SideEffect,
  type Visit,
  type VisitEntry,
  type VisitLab,
} from "#shared/records/visit.ts";
import { capsuleWords, entryKindWords, entryWords, rangeWords, resultWords } from "#shared/records/words.ts";
import { labTest } from "#shared/rules/lab-tests.ts";
import { mgPerKgOf } from "#shared/rules/dosing.ts";
import { igaScale, scoreMood } from "#shared/rules/scores.ts";
import { gradeWords, isRedFlag, sideEffectName } from "#shared/rules/side-effects.ts";
import { useApi } from "#renderer/api.ts";
import { EntryDetails } from "#renderer/entry-details.tsx";
import { type Dates, useDates } from "#renderer/ui/dates.tsx";
import { KeyValues, Section } from "#renderer/ui/layout.tsx";
import { StatusMark } from "#renderer/ui/status.tsx";
import { type Column, Table } from "#renderer/ui/table.tsx";
import { Meaning } from "./meaning.tsx";
import { dayWords, doseWords, weightInFull } from "./visit-form.ts";

/** Weight, missed doses and acne. */
export function Measured({ visit }: { visit: Visit }) {
  const unit = useApi("clinic.read", {}).value?.weightUnit ?? "kg";
  const { form } = visit;
  const iga = igaScale.find((one) => one.grade === form.iga);
  const { lesions } = form;
  return (
    <Section title="Measured" titleHidden>
      <KeyValues
        items={[
          {
            key: "Weight",
            value: form.weightKg === null ? <NotRecorded /> : weightInFull(form.weightKg, unit),
          },
          {
            key: "Missed doses",
            value:
              form.missedDoses === null ? (
                <NotRecorded />
              ) : (
                [dayWords(form.missedDoses), form.missedDosesNote].filter(Boolean).join(": ")
              ),
          },
          {
            key: "Acne (IGA)",
            value: iga === undefined ? <NotRecorded /> : `${iga.grade} ${iga.word}. ${iga.description}`,
          },
          ...(lesions === null
            ? []
            : [
                {
                  key: "Lesions",
                  value: [
                    counted(lesions.nonInflammatory, "comedones"),
                    counted(lesions.inflammatory, "papules and pustules"),
                    counted(lesions.nodules, "nodules"),
                  ].join(", "),
                },
              ]),
        ]}
      />
    </Section>
  );
}

function counted(count: number | null, what: string): string {
  return count === null ? `${what} not counted` : `${count} ${what}`;
}

/** Side effects with their grades; what was not asked is said so. */
export function SideEffectList({ visit }: { visit: Visit }) {
  const dates = useDates();
  const { sideEffects, sideEffectsReviewed } = visit.form;
  const present = sideEffects.filter((one) => one.grade > 0).toSorted((a, b) => b.grade - a.grade);
  const absent = sideEffects.filter((one) => one.grade === 0).map((one) => sideEffectName(one.code));
  return (
    <Section title="Side effects">
      {present.length > 0 && (
        <Table
          caption="Side effects present"
          rows={present}
          rowKey={(one) => one.code}
          columns={sideEffectColumns(dates)}
        />
      )}
      {absent.length > 0 && <p>Asked and absent: {absent.join(", ").toLowerCase()}.</p>}
      <p>
        {sideEffectsReviewed ? (
          `All ${present.length > 0 ? "others " : ""}were asked and are absent.`
        ) : (
          <StatusMark status="unknown">What is not named here was not asked.</StatusMark>
        )}
      </p>
    </Section>
  );
}

function sideEffectColumns(dates: Dates): readonly Column<SideEffect>[] {
  return [
    { id: "name", header: "Side effect", rowHeader: true, cell: (one) => sideEffectName(one.code) },
    {
      id: "grade",
      header: "Grade",
      cell: (one) => (
        <>
          {one.grade} {gradeWords[one.grade]?.toLowerCase()}{" "}
          {isRedFlag(one.code, one.grade) && <StatusMark status="stop">Red flag</StatusMark>}
        </>
      ),
    },
    {
      id: "since",
      header: "Since",
      cell: (one) => (one.onset === null ? <NotRecorded /> : dates.date(one.onset)),
    },
    { id: "note", header: "Note", cell: (one) => one.note },
  ];
}

/** The mood score and what was done. */
export function MoodPart({ visit }: { visit: Visit }) {
  const { mood } = visit.form;
  const score = mood === null ? null : scoreMood(mood);
  return (
    <Section title="Mood">
      {score === null ? (
        <p>
          <NotRecorded />
        </p>
      ) : (
        <p>
          <StatusMark status={score.alert ? "stop" : score.total === null ? "unknown" : "ok"}>
            {score.sentence}
          </StatusMark>
        </p>
      )}
      {mood !== null && mood.note !== "" && <p className="visit-prose">{mood.note}</p>}
    </Section>
  );
}

/** Blood results with what they say. */
export function Results({ visit, patientId }: { visit: Visit; patientId: string }) {
  const dates = useDates();
  const flowsheet = useApi("labs.flowsheet", { patientId });
  const { labs } = visit.form;
  if (labs.length === 0)
    return (
      <Section title="Blood results">
        <p>
          <NotRecorded />
        </p>
      </Section>
    );
  return (
    <Section title="Blood results">
      <Table
        caption="Blood results of this visit"
        rows={labs}
        rowKey={(one) => one.id ?? one.testId}
        columns={resultColumns(dates, flowsheet.value?.results)}
      />
    </Section>
  );
}

function resultColumns(
  dates: Dates,
  results: readonly LabResultView[] | undefined,
): readonly Column<VisitLab>[] {
  return [
    {
      id: "test",
      header: "Test",
      rowHeader: true,
      cell: (one) => labTest(one.testId)?.shortName ?? one.testId,
    },
    {
      id: "value",
      header: "Result",
      align: "end",
      cell: (one) => <span className="numeric">{resultWords(one)}</span>,
    },
    {
      id: "range",
      header: "Range",
      align: "end",
      cell: (one) => <span className="numeric">{rangeWords(one) || "not given"}</span>,
    },
    {
      id: "on",
      header: "Collected",
      cell: (one) => <span className="numeric">{dates.date(one.collectedOn)}</span>,
    },
    {
      id: "fasting",
      header: "Fasting",
      cell: (one) =>
        labTest(one.testId)?.fastingMatters
          ? one.fasting === null
            ? "not said"
            : one.fasting
              ? "yes"
              : "no"
          : "",
    },
    {
      id: "meaning",
      header: "What it says",
      cell: (one) => {
        const view = results?.find((result) => result.id === one.id);
        if (view) return <Meaning meaning={view.interpretation} />;
        return results && <span className="muted">No longer in force: corrected or voided since.</span>;
      },
    },
  ];
}

/** The programme’s entries of the visit. */
export function Steps({ visit }: { visit: Visit }) {
  const dates = useDates();
  const { entries } = visit.form;
  if (entries.length === 0) return null;
  return (
    <Section title="Programme">
      <Table
        caption="Programme entries of this visit"
        rows={entries}
        rowKey={(one) => one.id ?? one.kind}
        columns={stepColumns(dates, visit.patientId)}
      />
    </Section>
  );
}

function stepColumns(dates: Dates, patientId: string): readonly Column<VisitEntry>[] {
  return [
    { id: "kind", header: "Entry", rowHeader: true, cell: (one) => entryKindWords[one.kind] },
    { id: "on", header: "Date", cell: (one) => dates.date(one.on) },
    {
      id: "what",
      header: "What",
      cell: (one) => (
        <>
          {[entryWords(one, dates.style), one.note].filter(Boolean).join(". ")}
          <EntryDetails entry={one} patientId={patientId} />
        </>
      ),
    },
  ];
}

/** Dose, plan and next visit. */
export function Decided({ visit }: { visit: Visit }) {
  const dates = useDates();
  const { dose, plan, notes, nextVisitOn, weightKg } = visit.form;
  const perKg = dose === null ? null : mgPerKgOf(dailyMgOf(dose.capsules), weightKg);
  return (
    <Section title="Dose and plan">
      <KeyValues
        items={[
          {
            key: "Dose",
            value:
              dose === null ? (
                <NotRecorded />
              ) : (
                <>
                  <strong>{doseWords(dose, dates.date)}</strong>
                  {perKg !== null && perKg > 0 && `, ${perKg.toFixed(2)} mg/kg a day`}
                </>
              ),
          },
          ...(dose === null || dose.capsules.length === 0
            ? []
            : [{ key: "Capsules", value: capsuleWords(dose.capsules) }]),
          ...(dose === null || dose.reason === "" ? [] : [{ key: "Why", value: dose.reason }]),
          { key: "Plan", value: plan === "" ? <NotRecorded /> : <Prose>{plan}</Prose> },
          ...(notes === "" ? [] : [{ key: "Notes (never printed)", value: <Prose>{notes}</Prose> }]),
          { key: "Next visit", value: nextVisitOn === null ? <NotRecorded /> : dates.day(nextVisitOn) },
        ]}
      />
    </Section>
  );
}

function Prose({ children }: { children: ReactNode }) {
  return <span className="visit-prose">{children}</span>;
}

function NotRecorded() {
  return <span className="muted">Not recorded</span>;
}
