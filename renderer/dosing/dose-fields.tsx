/**
 * The dose decision of a visit. Exports `DoseFields`, which app.tsx hands to the visit screen: the decision by one key, a plan in
 * capsules for an aim in mg/kg, and what comes of it.
 */
import { useState } from "react";
import { get, useFormState, type UseFormReturn, useWatch } from "react-hook-form";
import { addDays, isCalendarDate } from "#shared/calendar.ts";
import type { ChartCourse } from "#shared/records/chart.ts";
import { type CapsuleCount, dailyMgOf, type DoseDecision, type VisitForm } from "#shared/records/visit.ts";
import { doseActionWords } from "#shared/records/words.ts";
import {
  capsulesNeeded,
  doseWarnings,
  endAtDose,
  LABEL_DOSES,
  mgPerKgOf,
  planCapsules,
} from "#shared/rules/dosing.ts";
import { foodSentence, productById, productName } from "#shared/rules/products.ts";
import { redFlags } from "#shared/rules/side-effects.ts";
import { DateField } from "#renderer/ui/date-field.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { FieldError } from "#renderer/ui/field.tsx";
import { FieldRow, KeyValues } from "#renderer/ui/layout.tsx";
import { NumberField } from "#renderer/ui/number-field.tsx";
import { Segmented } from "#renderer/ui/segmented.tsx";
import { Banner, StatusMark } from "#renderer/ui/status.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import "./dosing.css";

export type DoseFieldsProps = {
  form: UseFormReturn<VisitForm, unknown, VisitForm>;
  course: ChartCourse;
  /** The decision of the visit before, or null. */
  previous: DoseDecision | null;
  /** The last weight before this visit in kg, for when none is measured. */
  lastWeightKg: number | null;
};

type Action = DoseDecision["action"];

const KEYS: Record<Action, string> = {
  "not-yet": "n",
  start: "s",
  continue: "c",
  increase: "i",
  decrease: "d",
  hold: "h",
  stop: "x",
};

const WITHOUT_CAPSULES: readonly Action[] = ["not-yet", "hold", "stop"];

/** Results of a pregnancy test that forbid another dose. */
const STOPPING: readonly string[] = ["positive", "indeterminate"];

/** Capsules are counted for this many days: a month's supply. */
const SUPPLY_DAYS = 30;

/** The decisions that make sense from here: before the first dose, on a dose, and after a pause. */
function actionsFor(props: DoseFieldsProps, now: Action | undefined): readonly Action[] {
  const state = props.course.progress.doseState;
  const usual: Action[] =
    state === "not-started" && props.previous?.action !== "start"
      ? ["start", "not-yet"]
      : state === "held" || state === "stopped"
        ? ["start", "continue", "decrease", "hold", "stop"]
        : ["continue", "increase", "decrease", "hold", "stop"];
  return now === undefined || usual.includes(now) ? usual : [...usual, now];
}

export function DoseFields(props: DoseFieldsProps) {
  const { form, course } = props;
  const [dose, measured, day] = useWatch({ control: form.control, name: ["dose", "weightKg", "date"] });
  const { errors } = useFormState({ control: form.control });
  const weightKg = typeof measured === "number" ? measured : props.lastWeightKg;
  const product = productById(course.course.productId);
  const [aim, setAim] = useState<number | string | null>(null);
  const present = course.progress.dose?.capsules ?? props.previous?.capsules ?? [];

  function errorAt(path: string): string | undefined {
    const found: unknown = get(errors, `${path}.message`);
    return typeof found === "string" ? found : undefined;
  }

  function set(part: Partial<DoseDecision>): void {
    const blank: DoseDecision = { action: "continue", capsules: [], from: day, reason: "" };
    form.setValue("dose", { ...blank, ...form.getValues("dose"), ...part }, { shouldDirty: true });
  }

  function planned(mgPerKg: number): CapsuleCount[] {
    return product === null || weightKg === null ? [] : planCapsules({ product, weightKg, mgPerKg });
  }

  function decide(action: Action | null): void {
    if (action === null) return form.setValue("dose", null, { shouldDirty: true });
    if (WITHOUT_CAPSULES.includes(action)) return set({ action, capsules: [] });
    const kept = dose?.capsules.length ? dose.capsules : present;
    const low = product === null ? null : LABEL_DOSES[product.formulation].low;
    if (action === "continue") return set({ action, capsules: [...present] });
    // A first dose begins low: a proposal that the prescriber changes.
    if (action === "start" && kept.length === 0 && low !== null) {
      setAim(low);
      return set({ action, capsules: planned(low) });
    }
    set({ action, capsules: [...kept] });
  }

  function setCount(strengthMg: number, when: "morning" | "evening", count: number | string | null): void {
    const before = dose?.capsules ?? [];
    const row = {
      strengthMg,
      morning: 0,
      evening: 0,
      ...before.find((one) => one.strengthMg === strengthMg),
    };
    // Text that is no number stays in the form, and the record refuses it at the field.
    const next = { ...row, [when]: count ?? 0 };
    const others = before.filter((one) => one.strengthMg !== strengthMg);
    const empty = next.morning === 0 && next.evening === 0;
    set({ capsules: [...others, ...(empty ? [] : [next])].toSorted((a, b) => a.strengthMg - b.strengthMg) });
  }

  const takes = dose !== null && !WITHOUT_CAPSULES.includes(dose.action);
  return (
    <div className="dose" data-field="dose">
      <FieldRow>
        <Segmented
          label="Decision"
          name="dose.action"
          clearable
          options={actionsFor(props, dose?.action).map((value) => ({
            value,
            label: doseActionWords[value],
            keys: KEYS[value],
            title: `Key ${KEYS[value].toUpperCase()}`,
          }))}
          value={dose?.action ?? null}
          error={errorAt("dose.action")}
          onChange={decide}
        />
        {takes && (
          <NumberField
            label="Aim"
            unit="mg/kg a day"
            value={aim}
            disabled={weightKg === null || product === null}
            onChange={(next) => {
              setAim(next);
              if (typeof next === "number" && next > 0) set({ capsules: planned(next) });
            }}
          />
        )}
      </FieldRow>
      {takes && <GoesOn form={form} />}
      {takes && (
        <div className="dose-plan">
          <div className="dose-capsules">
            <CapsuleTable
              strengths={product?.strengthsMg ?? []}
              capsules={dose.capsules}
              onChange={setCount}
              error={errorAt("dose.capsules")}
            />
            <p className="muted">
              {productName(course.course.productId)}. {product && foodSentence(product)}{" "}
              {weightKg === null
                ? "Without a weight nothing can be planned."
                : `Planned for ${weightKg} kg, to the nearest whole capsules.`}
            </p>
          </div>
          <DoseOutcome course={course} dose={dose} weightKg={weightKg} />
        </div>
      )}
      {dose !== null && (
        <FieldRow>
          <DateField
            label="From"
            name="dose.from"
            value={dose.from}
            whenEmpty=""
            error={errorAt("dose.from")}
            onChange={(from) => set({ from: from ?? "" })}
          />
          <TextField
            label="Why"
            required={false}
            name="dose.reason"
            value={dose.reason}
            error={errorAt("dose.reason")}
            onChange={(reason) => set({ reason })}
          />
        </FieldRow>
      )}
    </div>
  );
}

/** Says so when the dose goes on although this very page holds a reason to stop. */
function GoesOn({ form }: Pick<DoseFieldsProps, "form">) {
  const [found, entries] = useWatch({ control: form.control, name: ["sideEffects", "entries"] });
  const reasons = redFlags(found).map((one) => one.name.toLowerCase());
  if (entries.some((one) => one.kind === "pregnancy-test" && STOPPING.includes(one.result)))
    reasons.push("a pregnancy test that is not negative");
  if (reasons.length === 0) return null;
  return (
    <Banner status="watch" title="The dose goes on, although a red flag is recorded above.">
      {`This visit holds ${reasons.join(", ")}. Hold with H, stop with X, or say why it goes on.`}
    </Banner>
  );
}

/** How many capsules of each strength, morning and evening. */
function CapsuleTable(props: {
  strengths: readonly number[];
  capsules: readonly CapsuleCount[];
  onChange: (strengthMg: number, when: "morning" | "evening", count: number | string | null) => void;
  error: string | undefined;
}) {
  const strengths = [
    ...new Set([...props.strengths, ...props.capsules.map((one) => one.strengthMg)]),
  ].toSorted((a, b) => a - b);
  return (
    <div data-field="dose.capsules">
      <table className="table capsules">
        <caption className="for-readers">Capsules a day</caption>
        <thead>
          <tr>
            <th scope="col">Capsules</th>
            {strengths.map((one) => (
              <th key={one} scope="col" data-align="end">
                {one} mg
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(["morning", "evening"] as const).map((when) => (
            <tr key={when}>
              <th scope="row">{when === "morning" ? "Morning" : "Evening"}</th>
              {strengths.map((one) => (
                <td key={one}>
                  <NumberField
                    label={`${one} mg, ${when}`}
                    labelHidden
                    placeholder="0"
                    value={props.capsules.find((row) => row.strengthMg === one)?.[when] || null}
                    onChange={(count) => props.onChange(one, when, count)}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <FieldError id="dose-capsules-error" error={props.error} />
    </div>
  );
}

/** What the capsules come to: a day, by weight, in all, and until when. */
function DoseOutcome(props: { course: ChartCourse; dose: DoseDecision; weightKg: number | null }) {
  const { course, dose, weightKg } = props;
  const dates = useDates();
  const { progress } = course;
  const readable = dose.capsules.filter(
    (one) => typeof one.morning === "number" && typeof one.evening === "number",
  );
  const dailyMg = dailyMgOf(readable);
  const perKg = mgPerKgOf(dailyMg, weightKg);
  // A day that is still being typed is no day yet.
  const from = isCalendarDate(dose.from) ? dose.from : null;
  const forecast = from === null ? null : endAtDose(progress, dailyMg, from);
  const warnings = doseWarnings(readable, weightKg, course.course.productId);
  const needed = capsulesNeeded(readable, SUPPLY_DAYS);
  return (
    <div className="dose-outcome" role="status">
      <KeyValues
        items={[
          {
            key: "A day",
            value: (
              <>
                <strong>{dailyMg} mg</strong>
                {perKg === null ? "" : `, ${perKg.toFixed(2)} mg/kg`}
                {progress.dose !== null &&
                  progress.dose.dailyMg !== dailyMg &&
                  `; now ${progress.dose.dailyMg} mg`}
              </>
            ),
          },
          {
            key: "Taken so far",
            value: `${progress.mgPerKg.toFixed(1)} of ${progress.targetMgPerKg} mg/kg (${progress.totalMg} mg)`,
          },
          {
            key: "Target reached",
            value:
              forecast === null
                ? "Not known"
                : forecast.end === null
                  ? "Already"
                  : `${dates.date(forecast.end)}, after ${forecast.days} days at this dose`,
          },
          {
            key: `For ${SUPPLY_DAYS} days`,
            value:
              needed.length === 0
                ? "No capsules"
                : needed.map((one) => `${one.count} × ${one.strengthMg} mg`).join(", ") +
                  (from === null ? "" : `, to ${dates.date(addDays(from, SUPPLY_DAYS - 1))}`),
          },
        ]}
      />
      {warnings.length > 0 && (
        <ul className="dose-warnings">
          {warnings.map((one) => (
            <li key={one}>
              <StatusMark status="watch">{one}</StatusMark>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
