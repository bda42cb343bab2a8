/** What is typed into the flowsheet: the form, its draft, and its way into the record. */
import { useMemo } from "react";
import { type FieldPath, get, type PathValue, useForm, useFormState, useWatch } from "react-hook-form";
import type { Chart } from "#shared/records/chart.ts";
import type { LabResultView } from "#shared/records/lab-result.ts";
import { useCommand } from "#renderer/api.ts";
import { useDraft } from "#renderer/drafts.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { showRefusal } from "#renderer/ui/refusal.tsx";
import { toast } from "#renderer/ui/toast.tsx";
import {
  type Flowsheet,
  type GridEntry,
  type NewColumn,
  nothingTyped,
  placeOf,
  type RangeEntry,
  readEntry,
  refusalInGrid,
  rowTests,
} from "./flowsheet-model.ts";
import type { GridPlace } from "./grid-focus.ts";

/** The fields of a result about which the record may ask whether an unlikely value is right. */
const ASKED = ["testId", "collectedOn", "value", "unit", "rangeLow", "rangeHigh"];

/** One per flowsheet. `onSaved` is told what was saved, and the cell of the first result. */
export function useGridEntry(options: {
  flowsheet: Flowsheet;
  chart: Chart;
  system: "conventional" | "si";
  onSaved: (results: LabResultView[], first: GridPlace) => void;
}) {
  const { flowsheet, system } = options;
  const patientId = options.chart.patient.id;
  const { today } = useDates();
  const form = useForm<GridEntry>({ defaultValues: nothingTyped });
  const draft = useDraft({ key: `labs:${patientId}`, patientId, baseVersion: null, form });
  const save = useCommand("labs.record");
  const { errors } = useFormState({ control: form.control });
  const [columns, cells, ranges, added] = useWatch({
    control: form.control,
    name: ["columns", "cells", "ranges", "tests"],
  });
  const entry = useMemo<GridEntry>(
    () => ({ columns, cells, ranges, tests: added }),
    [added, cells, columns, ranges],
  );
  const tests = useMemo(() => rowTests(flowsheet, entry), [flowsheet, entry]);
  const { birthDate } = options.chart.patient;
  const dated = useMemo(() => ({ birthDate, today }), [birthDate, today]);
  const typed = useMemo(() => readEntry(entry, flowsheet, system, dated), [entry, flowsheet, system, dated]);

  function change<K extends keyof GridEntry>(name: K, next: GridEntry[K], path: string): void {
    form.setValue(name, next as PathValue<GridEntry, K>, { shouldDirty: true });
    form.clearErrors(path as FieldPath<GridEntry>);
    if (save.refusal) save.reset();
  }

  /** `confirmed` are paths in the grid, as the question named them. */
  async function submit(confirmed: string[] = []): Promise<void> {
    const { results, errors: unread } = readEntry(form.getValues(), flowsheet, system, dated);
    if (Object.keys(unread).length > 0) {
      showRefusal(form, { code: "invalid", sentence: "", fields: unread });
      return;
    }
    const [first] = results;
    if (first === undefined || save.running) return;
    const paths = results.flatMap((_one, at) => ASKED.map((field) => `results.${at}.${field}`));
    const answer = await save.run({
      patientId,
      results: results.map((one) => one.fields),
      confirmed: paths.filter((path) => confirmed.includes(placeOf(path, results))),
    });
    if (!answer.ok) {
      showRefusal(form, refusalInGrid(answer.refusal, results));
      return;
    }
    form.reset(nothingTyped);
    await draft.clear();
    toast(results.length === 1 ? "1 result saved." : `${results.length} results saved.`);
    options.onSaved(answer.value, { testId: first.fields.testId, column: first.fields.collectedOn });
  }

  return {
    entry,
    tests,
    typed,
    draft,
    save,
    submit,
    /** Why the last save did not go through, its sentences at the fields of the grid. */
    refusal: save.refusal && refusalInGrid(save.refusal, typed.results),
    errorAt: (path: string): string | undefined => {
      const found: unknown = get(errors, `${path}.message`);
      return typeof found === "string" ? found : undefined;
    },
    /** Null takes the cell's field away. */
    type: ({ testId, column }: GridPlace, text: string | null): void => {
      const all = form.getValues("cells");
      const { [testId]: _gone, ...others } = all[column] ?? {};
      const next = text === null ? others : { ...others, [testId]: text };
      change("cells", { ...all, [column]: next }, `cells.${column}.${testId}`);
    },
    setRange: (testId: string, range: RangeEntry): void =>
      change("ranges", { ...form.getValues("ranges"), [testId]: range }, `ranges.${testId}`),
    /** Opens a column for today and gives its id. */
    openColumn: (): string => {
      const all = form.getValues("columns");
      const number = Math.max(0, ...all.map((one) => Number(one.id.replace("new-", "")))) + 1;
      const column: NewColumn = { id: `new-${number}`, date: today, fasting: null };
      change("columns", [column, ...all], "columns");
      return column.id;
    },
    setColumn: (id: string, part: Partial<NewColumn>): void => {
      const next = form.getValues("columns").map((one) => (one.id === id ? { ...one, ...part } : one));
      change("columns", next, `columns.${id}.date`);
    },
    closeColumn: (id: string): void => {
      const { [id]: _gone, ...others } = form.getValues("cells");
      change("cells", others, `cells.${id}`);
      const left = form.getValues("columns").filter((one) => one.id !== id);
      change("columns", left, "columns");
    },
    addTest: (testId: string): void => change("tests", [...form.getValues("tests"), testId], "tests"),
  };
}
