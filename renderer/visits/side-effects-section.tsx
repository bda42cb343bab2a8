import { type KeyboardEvent, useCallback, useRef, useState } from "react";
import { useWatch } from "react-hook-form";
import type { SideEffect } from "#shared/records/visit.ts";
import {
  gradeWords,
  redFlags,
  sideEffectGroups,
  type SideEffectItem,
  sideEffects,
} from "#shared/rules/side-effects.ts";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { Section } from "#renderer/ui/layout.tsx";
import { SearchField } from "#renderer/ui/search-field.tsx";
import { Banner } from "#renderer/ui/status.tsx";
import { SideEffectDetail } from "./side-effect-detail.tsx";
import { SideEffectRow } from "./side-effect-row.tsx";
import type { VisitAround, VisitPageForm } from "./visit-form.ts";

/**
 * The checklist. What was there last time is carried over, so that only what changed needs a key: arrow up and down go from
 * row to row, a digit grades, a letter filters.
 */
export function SideEffectsSection({ form, around }: { form: VisitPageForm; around: VisitAround }) {
  const found = useWatch({ control: form.control, name: "sideEffects" });
  const [filter, setFilter] = useState("");
  const [present, setPresent] = useState<string>(
    () => found.find((one) => one.grade > 0)?.code ?? sideEffects[0]?.code ?? "",
  );
  const list = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const last = around.previous?.form ?? null;

  const asked = filter.trim().toLowerCase();
  const shown = asked === "" ? sideEffects : sideEffects.filter((one) => matches(one, asked));
  const reached = shown.some((one) => one.code === present) ? present : (shown[0]?.code ?? "");

  const setGrade = useCallback(
    (code: string, grade: number | null): void => {
      const before = form.getValues("sideEffects");
      const old = before.find((one) => one.code === code);
      const next = { code, onset: null, note: "", ...old, grade: grade ?? 0 };
      const after =
        grade === null
          ? before.filter((one) => one.code !== code)
          : old
            ? before.map((one) => (one.code === code ? next : one))
            : [...before, next];
      form.setValue("sideEffects", after, { shouldDirty: true });
    },
    [form],
  );

  function setPart(code: string, part: Partial<Pick<SideEffect, "onset" | "note">>): void {
    const after = form.getValues("sideEffects").map((one) => (one.code === code ? { ...one, ...part } : one));
    form.setValue("sideEffects", after, { shouldDirty: true });
  }

  function focusRow(code: string | undefined): void {
    if (code === undefined) return;
    setPresent(code);
    const row = list.current?.querySelector(`[data-code="${code}"]`);
    const control = row?.querySelector<HTMLInputElement>("input:checked") ?? row?.querySelector("input");
    control?.focus();
    row?.scrollIntoView({ block: "nearest" });
  }

  function inList(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = shown.findIndex((one) => one.code === reached);
    const steps: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + 10,
      PageUp: at - 10,
      Home: 0,
      End: shown.length - 1,
    };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (step < 0) search.current?.focus();
      else focusRow(shown[Math.min(step, shown.length - 1)]?.code);
    } else if (/^\p{L}$/u.test(event.key)) {
      event.preventDefault();
      setFilter(event.key);
      search.current?.focus();
    } else if (event.key === "Escape" && filter !== "") {
      event.preventDefault();
      setFilter("");
    }
  }

  function inSearch(event: KeyboardEvent): void {
    const [first] = shown;
    if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      focusRow(first?.code);
    } else if (/^[0-3]$/u.test(event.key) && asked !== "" && first) {
      event.preventDefault();
      setGrade(first.code, Number(event.key));
      setPresent(first.code);
    } else if (event.key === "Escape" && filter !== "") {
      event.preventDefault();
      setFilter("");
    }
  }

  return (
    <Section id="visit-side-effects" title="Side effects">
      <div
        className="side-effects-tools"
        onFocus={(event) => {
          // Coming from another part: the list needs the height of the window.
          const section = event.currentTarget.parentElement;
          if (!section?.contains(event.relatedTarget)) section?.scrollIntoView({ block: "start" });
        }}
      >
        <SearchField
          label="Find a side effect"
          placeholder="Type to find; a digit grades the first"
          value={filter}
          onChange={setFilter}
          register={search}
          onKeyDown={inSearch}
        />
        <p className="muted">
          {gradeWords.map((word, grade) => `${grade} ${word.toLowerCase()}`).join(" · ")}. Arrow keys move, a
          digit grades, Backspace takes back.
        </p>
      </div>
      <Flags found={found} />
      <div ref={list} className="side-effects" onKeyDown={inList}>
        {sideEffectGroups.map((group) => {
          const rows = shown.filter((one) => one.group === group.id);
          if (rows.length === 0) return null;
          return (
            <div key={group.id} className="side-effects-group" role="group" aria-label={group.name}>
              <h3>{group.name}</h3>
              {rows.map((row) => (
                <SideEffectRow
                  key={row.code}
                  item={row}
                  at={found.findIndex((one) => one.code === row.code)}
                  grade={found.find((one) => one.code === row.code)?.grade ?? null}
                  last={lastGrade(row.code, last)}
                  tabbable={row.code === reached}
                  onReach={setPresent}
                  onGrade={setGrade}
                />
              ))}
            </div>
          );
        })}
        {shown.length === 0 && <p className="muted">Nothing on the list is called “{filter}”.</p>}
      </div>
      <SideEffectDetail
        form={form}
        code={reached}
        found={found}
        onChange={(part) => setPart(reached, part)}
      />
      <FormField form={form} name="sideEffectsReviewed">
        {(bind) => (
          <Checkbox
            {...bind}
            label={
              found.some((one) => one.grade > 0)
                ? "All others were asked and are absent"
                : "All were asked, and none is present"
            }
            hint="Without it, what has no grade counts as not asked."
          />
        )}
      </FormField>
    </Section>
  );
}

function matches(one: SideEffectItem, asked: string): boolean {
  return one.name.toLowerCase().includes(asked) || one.code.replaceAll("-", " ").includes(asked);
}

/** The grade at the last visit; 0 when the list was gone through and it was not there; null when nobody asked. */
function lastGrade(
  code: string,
  last: { sideEffects: readonly SideEffect[]; sideEffectsReviewed: boolean } | null,
): number | null {
  const found = last?.sideEffects.find((one) => one.code === code);
  return found?.grade ?? (last?.sideEffectsReviewed ? 0 : null);
}

/** What a red flag asks for, at once. */
function Flags({ found }: { found: readonly SideEffect[] }) {
  const flags = redFlags(found);
  if (flags.length === 0) return null;
  return (
    <Banner
      status="stop"
      title={flags.length === 1 ? "Red flag: act now" : `${flags.length} red flags: act now`}
    >
      <ul>
        {flags.map((one) => (
          <li key={one.code}>
            <strong>{one.name}.</strong> {one.sentence}
          </li>
        ))}
      </ul>
    </Banner>
  );
}
