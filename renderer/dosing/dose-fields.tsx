/**
 * The dose decision of a visit. Exports `DoseFields`, which app.tsx hands to the visit screen: the decision by one key, a plan in
 * capsules for an aim in mg/kg, and what comes of it.
 */
import { useState } from "react";
import { get, useFormState, type UseFormReturn, useWatch } from "react-hook-form";
import type { ChartCourse } from "#shared/records/chart.ts";
import type { CapsuleCount, DoseDecision, VisitForm } from "#shared/records/visit.ts";
import { doseActionWords } from "#shared/records/words.ts";
import { LABEL_DOSES, planCapsules } from "#shared/rules/dosing.ts";
import { foodSentence, productById, productName } from "#shared/rules/products.ts";
import { redFlags } from "#shared/rules/side-effects.ts";
import { useApi } from "#renderer/api.ts";
import { DateField } from "#renderer/ui/date-field.tsx";
import { FieldRow } from "#renderer/ui/layout.tsx";
import { NumberField } from "#renderer/ui/number-field.tsx";
import { Segmented } from "#renderer/ui/segmented.tsx";
import { Banner } from "#renderer/ui/status.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { weightWords } from "#renderer/ui/weight-field.tsx";
import { CapsuleTable } from "./capsule-table.tsx";
import { DoseOutcome } from "./dose-outcome.tsx";
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

/** The decisions that make sense from here: before the first dose, on a dose, and after a pause. */
function actionsFor(props: DoseFieldsProps, now: Action | undefined): readonly Action[] {
  const state = props.course.progress.doseState;
  const usual: Action[] =
    state === "not-started" && props.previous?.action !== "start"
      ? ["start", "not-yet"]
      : state === "held" || state === "stopped" || (state === null && props.course.progress.dose === null)
        ? ["start", "continue", "decrease", "hold", "stop"]
        : ["continue", "increase", "decrease", "hold", "stop"];
  return now === undefined || usual.includes(now) ? usual : [...usual, now];
}

export function DoseFields(props: DoseFieldsProps) {
  const { form, course } = props;
  const [dose, measured, day] = useWatch({ control: form.control, name: ["dose", "weightKg", "date"] });
  const { errors } = useFormState({ control: form.control });
  const weightKg = typeof measured === "number" ? measured : props.lastWeightKg;
  const unit = useApi("clinic.read", {}).value?.weightUnit ?? "kg";
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
                : `Planned for ${weightWords(weightKg, unit)}, to the nearest whole capsules.`}
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
