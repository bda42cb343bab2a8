/** The flowsheet with what is typed into it: draft, saving, and the panel of one result. */
import { type ReactNode, useEffect, useEffectEvent, useMemo, useState } from "react";
import { type FieldPath, get, type PathValue, useForm, useFormState, useWatch } from "react-hook-form";
import { ageOn, isCalendarDate } from "#shared/calendar.ts";
import { mayCall } from "#shared/permissions.ts";
import type { Chart } from "#shared/records/chart.ts";
import type { LabInterpretation, LabResultView } from "#shared/records/lab-result.ts";
import { labTest, labTests } from "#shared/rules/lab-tests.ts";
import { baselineOf, interpretAll, levelRank, noContext } from "#shared/rules/labs.ts";
import { useCommand, useSession } from "#renderer/api.ts";
import { DraftGuard, DraftNote, useDraft } from "#renderer/drafts.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { useLetterKeys } from "#renderer/ui/letter-keys.ts";
import { RefusalNotice, showRefusal } from "#renderer/ui/refusal.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { EmptyState } from "#renderer/ui/status.tsx";
import { toast } from "#renderer/ui/toast.tsx";
import {
  cellId,
  collectionDates,
  countTyped,
  type Flowsheet as FlowsheetData,
  type GridEntry,
  lastRange,
  type NewColumn,
  nothingTyped,
  placeOf,
  readEntry,
  refusalInGrid,
  resultsByCell,
  rowTests,
} from "./flowsheet-model.ts";
import { Grid } from "./grid.tsx";
import { type GridPlace, useGridFocus } from "./grid-focus.ts";
import { NewColumnHead } from "./new-column-head.tsx";
import { ResultPanel } from "./result-panel.tsx";
import { SavedRemarks } from "./saved-remarks.tsx";

export type FlowsheetProps = {
  flowsheet: FlowsheetData;
  chart: Chart;
  /** The units that the clinic is offered first. */
  system: "conventional" | "si";
};

export function Flowsheet({ flowsheet, chart, system }: FlowsheetProps) {
  const patientId = chart.patient.id;
  const dates = useDates();
  const user = useSession()?.user ?? null;
  const form = useForm<GridEntry>({ defaultValues: nothingTyped });
  const draft = useDraft({ key: `labs:${patientId}`, patientId, baseVersion: null, form });
  const save = useCommand("labs.record");
  const focus = useGridFocus();
  const [open, setOpen] = useState<{ result: LabResultView; place: GridPlace } | null>(null);
  const [saved, setSaved] = useState<LabResultView[]>([]);

  const [columns, cells, ranges, added] = useWatch({
    control: form.control,
    name: ["columns", "cells", "ranges", "tests"],
  });
  const entry = useMemo<GridEntry>(
    () => ({ columns, cells, ranges, tests: added }),
    [added, cells, columns, ranges],
  );
  const { errors } = useFormState({ control: form.control });
  const tests = useMemo(() => rowTests(flowsheet, entry), [flowsheet, entry]);
  const days = useMemo(() => collectionDates(flowsheet.results), [flowsheet]);
  const byCell = useMemo(() => resultsByCell(flowsheet.results), [flowsheet]);
  const typed = useMemo(() => readEntry(entry, flowsheet, system), [entry, flowsheet, system]);
  const meanings = useMemo(() => meaningsOf(typed, chart, flowsheet), [typed, chart, flowsheet]);
  const count = countTyped(entry);
  const may = mayCall("labs.record", user);

  function errorAt(path: string): string | undefined {
    const found: unknown = get(errors, `${path}.message`);
    return typeof found === "string" ? found : undefined;
  }

  function change<K extends keyof GridEntry>(name: K, next: GridEntry[K], path: string): void {
    form.setValue(name, next as PathValue<GridEntry, K>, { shouldDirty: true });
    form.clearErrors(path as FieldPath<GridEntry>);
    if (save.refusal) save.reset();
  }

  function type({ testId, column }: GridPlace, text: string | null): void {
    const all = form.getValues("cells");
    const { [testId]: _gone, ...others } = all[column] ?? {};
    const next = text === null ? others : { ...others, [testId]: text };
    change("cells", { ...all, [column]: next }, `cells.${column}.${testId}`);
  }

  function openColumn(): void {
    const all = form.getValues("columns");
    const number = Math.max(0, ...all.map((one) => Number(one.id.replace("new-", "")))) + 1;
    const column: NewColumn = { id: `new-${number}`, date: dates.today, fasting: null };
    change("columns", [column, ...all], "columns");
    setOpen(null);
    focus.to({ testId: tests[0] ?? "", column: column.id });
  }

  function closeColumn(id: string): void {
    const { [id]: _gone, ...others } = form.getValues("cells");
    change("cells", others, `cells.${id}`);
    change(
      "columns",
      form.getValues("columns").filter((one) => one.id !== id),
      "columns",
    );
    focus.to({ testId: tests[0] ?? "", column: days[0] ?? "" });
  }

  function setColumn(id: string, part: Partial<NewColumn>): void {
    const next = form.getValues("columns").map((one) => (one.id === id ? { ...one, ...part } : one));
    change("columns", next, `columns.${id}.date`);
  }

  /** `confirmed` are paths in the grid, as the question named them. */
  async function submit(confirmed: string[] = []): Promise<void> {
    const { results, errors: unread } = readEntry(form.getValues(), flowsheet, system);
    if (Object.keys(unread).length > 0) {
      showRefusal(form, { code: "invalid", sentence: "", fields: unread });
      return;
    }
    if (results.length === 0) return;
    const paths = results.flatMap((_one, at) =>
      ["testId", "collectedOn", "value", "unit", "rangeLow", "rangeHigh"].map(
        (field) => `results.${at}.${field}`,
      ),
    );
    const answer = await save.run({
      patientId,
      results: results.map((one) => one.fields),
      confirmed: paths.filter((path) => confirmed.includes(placeOf(path, results))),
    });
    if (!answer.ok) {
      showRefusal(form, refusalInGrid(answer.refusal, results));
      return;
    }
    const [first] = results;
    form.reset(nothingTyped);
    await draft.clear();
    setSaved(answer.value.filter((one) => levelRank(one.interpretation.level) >= levelRank("watch")));
    toast(results.length === 1 ? "1 result saved." : `${results.length} results saved.`);
    if (first) focus.to({ testId: first.fields.testId, column: first.fields.collectedOn }, "result");
  }

  useLetterKeys((letter) => {
    if (letter !== "e" || !may || draft.found !== null) return false;
    openColumn();
    return true;
  });
  useSaveKey(() => void submit());

  function addTest(testId: string): void {
    change("tests", [...form.getValues("tests"), testId], "tests");
    const [column] = form.getValues("columns");
    if (column) focus.to({ testId, column: column.id });
  }

  function newColumnHead(id: string): ReactNode {
    const column = columns.find((one) => one.id === id);
    if (!column) return null;
    return (
      <NewColumnHead
        column={column}
        taken={days.includes(column.date)}
        fasting={tests.some((one) => labTest(one)?.fastingMatters)}
        error={errorAt(`columns.${id}.date`)}
        onChange={(part) => setColumn(id, part)}
        onClose={() => closeColumn(id)}
        onDone={() => focus.to({ testId: tests[0] ?? "", column: id })}
      />
    );
  }

  // What was put right or voided since asks for nothing any more.
  const stillThere = saved.filter((one) => flowsheet.results.some((other) => other.id === one.id));
  const isEmpty = days.length === 0 && columns.length === 0;
  const shown = save.refusal && refusalInGrid(save.refusal, typed.results);
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
          <RefusalNotice refusal={shown} onConfirm={(paths) => void submit(paths)} />
          {!isEmpty && (
            <Grid
              flowsheet={flowsheet}
              entry={entry}
              tests={tests}
              dates={days}
              cells={byCell}
              openId={open?.result.id ?? null}
              focus={focus}
              rangeOf={(testId) => ranges[testId] ?? lastRange(flowsheet.results, testId, system)}
              meanings={meanings}
              errorAt={errorAt}
              onType={type}
              onRange={(testId, range) =>
                change("ranges", { ...form.getValues("ranges"), [testId]: range }, `ranges.${testId}`)
              }
              onOpen={(result, place) => setOpen({ result, place })}
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
              {columns.length > 0 && <AddTest tests={tests} onAdd={addTest} />}
              <DraftNote draft={draft} />
            </div>
          )}
        </form>
        {open && (
          <ResultPanel
            key={open.result.id}
            result={open.result}
            sameDay={byCell.get(cellId(open.place.testId, open.place.column)) ?? []}
            onShow={(result) => setOpen({ ...open, result })}
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
