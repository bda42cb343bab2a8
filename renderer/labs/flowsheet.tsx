/** The flowsheet with what is typed into it: draft, saving, and the panel of one result. */
import { type ReactNode, useEffect, useEffectEvent, useMemo, useState } from "react";
import { ageOn, isCalendarDate } from "#shared/calendar.ts";
import { mayCall } from "#shared/permissions.ts";
import type { Chart } from "#shared/records/chart.ts";
import type { LabInterpretation, LabResultView } from "#shared/records/lab-result.ts";
import { labTest, labTests } from "#shared/rules/lab-tests.ts";
import { baselineOf, interpretAll, levelRank, noContext } from "#shared/rules/labs.ts";
import { useSession } from "#renderer/api.ts";
import { DraftGuard, DraftNote, useDraftKeys } from "#renderer/drafts.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { useLetterKeys } from "#renderer/ui/letter-keys.ts";
import { RefusalNotice } from "#renderer/ui/refusal.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { EmptyState } from "#renderer/ui/status.tsx";
import {
  cellId,
  collectionDates,
  countTyped,
  type Flowsheet as FlowsheetData,
  lastRange,
  type readEntry,
  resultsByCell,
} from "./flowsheet-model.ts";
import { Grid } from "./grid.tsx";
import { type GridPlace, useGridFocus } from "./grid-focus.ts";
import { NewColumnHead } from "./new-column-head.tsx";
import { type ResultAct, ResultPanel } from "./result-panel.tsx";
import { SavedRemarks } from "./saved-remarks.tsx";
import { useGridEntry } from "./grid-entry.ts";

export type FlowsheetProps = {
  flowsheet: FlowsheetData;
  chart: Chart;
  /** The units that the clinic is offered first. */
  system: "conventional" | "si";
};

export function Flowsheet({ flowsheet, chart, system }: FlowsheetProps) {
  const user = useSession()?.user ?? null;
  const focus = useGridFocus();
  const days = useMemo(() => collectionDates(flowsheet.results), [flowsheet]);
  const byCell = useMemo(() => resultsByCell(flowsheet.results), [flowsheet]);
  // Undefined until somebody opens or closes one: then what was begun in a panel opens it.
  const [opened, setOpen] = useState<Opened | null | undefined>(undefined);
  const begun = useBegun(flowsheet.results);
  const open = opened === undefined ? begun : opened;
  const [saved, setSaved] = useState<LabResultView[]>([]);
  const grid = useGridEntry({ flowsheet, chart, system, onSaved: whenSaved });
  const { entry, tests, draft, save, submit } = grid;
  const { columns } = entry;
  const meanings = useMemo(() => meaningsOf(grid.typed, chart, flowsheet), [grid.typed, chart, flowsheet]);
  const count = countTyped(entry);
  const may = mayCall("labs.record", user);
  const top = (column: string) => ({ testId: tests[0] ?? "", column });

  function whenSaved(results: LabResultView[], first: GridPlace): void {
    setSaved(results.filter((one) => levelRank(one.interpretation.level) >= levelRank("watch")));
    focus.to(first, "result");
  }

  function openColumn(): void {
    setOpen(null);
    focus.to(top(grid.openColumn()));
  }

  useLetterKeys((letter) => {
    if (letter !== "e" || !may || draft.found !== null) return false;
    openColumn();
    return true;
  });
  useSaveKey(() => draft.whenKnown(() => void submit()));

  function newColumnHead(id: string): ReactNode {
    const column = columns.find((one) => one.id === id);
    if (!column) return null;
    return (
      <NewColumnHead
        column={column}
        taken={days.includes(column.date)}
        fasting={tests.some((one) => labTest(one)?.fastingMatters)}
        error={grid.errorAt(`columns.${id}.date`)}
        onChange={(part) => grid.setColumn(id, part)}
        onClose={() => {
          grid.closeColumn(id);
          focus.to(top(days[0] ?? ""));
        }}
        onDone={() => focus.to(top(id))}
      />
    );
  }

  // What was put right or voided since asks for nothing any more.
  const stillThere = saved.filter((one) => flowsheet.results.some((other) => other.id === one.id));
  const isEmpty = days.length === 0 && columns.length === 0;
  return (
    <DraftGuard draft={draft}>
      <SavedRemarks results={stillThere} onDismiss={() => setSaved([])} />
      {isEmpty && <NothingYet may={may} onOpen={openColumn} />}
      <div
        className="lab-body"
        data-panel={open ? true : undefined}
        // From the grid too Escape closes the panel; the panel and the cells hear their own.
        onKeyDown={(event) => {
          if (event.key === "Escape") setOpen(null);
        }}
      >
        <form
          noValidate
          className="lab-sheet"
          aria-label="Flowsheet"
          onSubmit={(event) => {
            event.preventDefault();
            void submit();
          }}
        >
          <RefusalNotice refusal={grid.refusal} onConfirm={(paths) => void submit(paths)} />
          {!isEmpty && (
            <Grid
              flowsheet={flowsheet}
              entry={entry}
              tests={tests}
              dates={days}
              cells={byCell}
              openId={open?.result.id ?? null}
              focus={focus}
              rangeOf={(testId) => entry.ranges[testId] ?? lastRange(flowsheet.results, testId, system)}
              meanings={meanings}
              errorAt={grid.errorAt}
              onType={grid.type}
              onRange={grid.setRange}
              onOpen={(result, place) => setOpen({ result, place, act: "read" })}
              onDone={() => document.getElementById("lab-save")?.focus()}
              newColumnHead={newColumnHead}
            />
          )}
          {may && !isEmpty && (
            <div className="actions">
              <Button icon="plus" keys="E" onClick={openColumn}>
                Enter results
              </Button>
              {count > 0 && (
                <Button id="lab-save" type="submit" kind="main" busy={save.running} keys="Ctrl+S">
                  {count === 1 ? "Save 1 result" : `Save ${count} results`}
                </Button>
              )}
              {columns.length > 0 && (
                <AddTest
                  tests={tests}
                  onAdd={(testId) => {
                    grid.addTest(testId);
                    const [column] = columns;
                    if (column) focus.to({ testId, column: column.id });
                  }}
                />
              )}
              <DraftNote draft={draft} />
            </div>
          )}
        </form>
        {open && (
          <ResultPanel
            key={open.result.id}
            result={open.result}
            sameDay={byCell.get(cellId(open.place.testId, open.place.column)) ?? []}
            act={open.act}
            onShow={(result) => setOpen({ ...open, result, act: "read" })}
            onClose={() => {
              setOpen(null);
              focus.to(open.place);
            }}
          />
        )}
      </div>
    </DraftGuard>
  );
}

/** The result in the panel, its place in the grid, and what is done with it. */
type Opened = { result: LabResultView; place: GridPlace; act: ResultAct };

/** The result whose correction or void this person began and did not finish; null when there is none. */
function useBegun(results: readonly LabResultView[]): Opened | null {
  const keys = useDraftKeys();
  for (const key of keys) {
    const [kind, id] = key.split(":");
    const act = kind === "result-correction" ? "correct" : kind === "result-void" ? "void" : null;
    const result = results.find((one) => one.id === id);
    if (act !== null && result)
      return { result, place: { testId: result.testId, column: result.collectedOn }, act };
  }
  return null;
}

function NothingYet(props: { may: boolean; onOpen: () => void }) {
  return (
    <EmptyState
      title="No results yet."
      action={
        props.may && (
          <Button kind="main" icon="plus" keys="E" onClick={props.onOpen}>
            Enter results
          </Button>
        )
      }
    >
      Open a column for the day of the blood draw and type the results down the list: 45, &lt;5 or neg. Enter
      goes to the next test, Ctrl+S saves.
    </EmptyState>
  );
}

function AddTest(props: { tests: readonly string[]; onAdd: (testId: string) => void }) {
  const more = labTests.filter((one) => !props.tests.includes(one.id));
  return (
    <Select
      label="Add a test"
      labelHidden
      placeholder="Another test…"
      size="small"
      value=""
      options={more.map((one) => ({ value: one.id, label: `${one.shortName}, ${one.name}` }))}
      onChange={props.onAdd}
    />
  );
}

/** What the typed values say, read as the record will read them, but for the side effects of that day, which no visit has told yet. */
function meaningsOf(
  typed: ReturnType<typeof readEntry>,
  chart: Chart,
  flowsheet: FlowsheetData,
): ReadonlyMap<string, LabInterpretation> {
  const dated = typed.results.filter((one) => isCalendarDate(one.fields.collectedOn));
  const startedOn = chart.open?.progress.startedOn ?? null;
  const said = new Map<string, LabInterpretation>();
  for (const column of new Set(dated.map((one) => one.column))) {
    const here = dated.filter((one) => one.column === column);
    const on = here[0]?.fields.collectedOn ?? "";
    const { birthDate } = chart.patient;
    const context = {
      ...noContext,
      baseline: baselineOf(flowsheet.results, startedOn),
      age: birthDate <= on ? ageOn(birthDate, on) : null,
    };
    const meanings = interpretAll(
      here.map((one) => one.fields),
      context,
    );
    here.forEach((one, at) => {
      const meaning = meanings[at];
      if (meaning) said.set(cellId(one.fields.testId, column), meaning);
    });
  }
  return said;
}

/** Ctrl+S saves, wherever on the screen the focus is. */
function useSaveKey(save: () => void): void {
  const latest = useEffectEvent(save);
  useEffect(() => {
    const heard = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key !== "s") return;
      event.preventDefault();
      latest();
    };
    document.addEventListener("keydown", heard);
    return () => document.removeEventListener("keydown", heard);
  }, []);
}
