import { useForm, useWatch } from "react-hook-form";
import { z } from "zod";
import type { ChartCourse } from "#shared/records/chart.ts";
import type { DueItem } from "#shared/records/due.ts";
import type { Prescription } from "#shared/records/prescription.ts";
import { type CapsuleCount, dailyMgOf } from "#shared/records/visit.ts";
import { countWords, dueKindWords } from "#shared/records/words.ts";
import { capsulesNeeded, doseWarnings, mgPerKgOf } from "#shared/rules/dosing.ts";
import { blocks, type Finding, finding } from "#shared/rules/finding.ts";
import { productById, productChangeWarnings, products } from "#shared/rules/products.ts";
import { editionOn } from "#shared/rules/programmes/editions.ts";
import { useCommand } from "#renderer/api.ts";
import { DraftGuard, DraftNote, useDraft } from "#renderer/drafts.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { FieldRow, FormActions } from "#renderer/ui/layout.tsx";
import { NumberField } from "#renderer/ui/number-field.tsx";
import { RefusalNotice, showRefusal } from "#renderer/ui/refusal.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { Banner } from "#renderer/ui/status.tsx";
import { toast } from "#renderer/ui/toast.tsx";

/** Counts by strength (`s20`), for every strength that is offered; empty is none. */
type Counts = Record<string, { morning: number | null; evening: number | null }>;
type IssueForm = { productId: string; daysSupply: number | null; counts: Counts };

/** A prescription, begun from the dose in force. The gate judges again inside the command; a refusal shows its findings. */
export function IssuePrescription(props: {
  course: ChartCourse;
  /** What was found and waits for an act, such as a grave result. */
  found: readonly DueItem[];
  /** The last prescription in force, against which a change of product is told. */
  last: Prescription | null;
  onIssued: () => void;
}) {
  const {
    course: { course, progress, decidedDose },
    last,
  } = props;
  const { today } = useDates();
  const form = useForm<IssueForm>({
    defaultValues: {
      productId: course.productId,
      daysSupply: editionOn(course.programme, today)?.rules.supply?.maxDays ?? null,
      // A dose that was decided but not begun is what is prescribed; a hold or a stop begins from nothing.
      counts: countsOf(
        decidedDose ? decidedDose.capsules : (progress.dose?.capsules ?? last?.capsules ?? []),
      ),
    },
  });
  const draft = useDraft({
    key: `prescription:${course.id}`,
    patientId: course.patientId,
    baseVersion: null,
    form,
  });
  const issue = useCommand("prescribing.issue");
  const [productId, daysSupply, counts] = useWatch({
    control: form.control,
    name: ["productId", "daysSupply", "counts"],
  });
  const capsules = capsulesOf(counts);
  const weightKg = progress.latestWeight?.kg ?? null;
  const warnings = [
    ...props.found.map((one) => `${dueKindWords[one.kind]}. ${one.sentence}`),
    ...doseWarnings(capsules, weightKg, productId),
    ...productChangeWarnings(last && asTaken(last.productId, last.capsules), asTaken(productId, capsules)),
  ];
  const blocking = (z.array(finding).safeParse(issue.refusal?.findings).data ?? []).filter(blocks);

  async function submit(confirmed: string[] = []): Promise<void> {
    const values = form.getValues();
    const answer = await issue.run({
      courseId: course.id,
      visitId: null,
      productId: values.productId,
      // Text that could not be read goes to the door, which refuses it at its field.
      daysSupply: values.daysSupply as number,
      capsules: capsulesOf(values.counts),
      confirmed,
    });
    if (!answer.ok) return showRefusal(form, answer.refusal);
    await draft.clear();
    toast("Prescription issued.");
    props.onIssued();
  }

  return (
    <DraftGuard draft={draft}>
      <form
        noValidate
        className="entry-form"
        aria-label="Issue a prescription"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <FieldRow>
          <FormField form={form} name="productId">
            {(bind) => (
              <Select
                label="Product"
                options={products.map((one) => ({ value: one.id, label: one.name }))}
                {...bind}
              />
            )}
          </FormField>
          <FormField form={form} name="daysSupply">
            {(bind) => <NumberField label="Supply" unit="days" {...bind} />}
          </FormField>
        </FieldRow>
        <CapsuleTable form={form} strengths={strengthsOf(productId, counts)} />
        <p role="status">{planSentence(capsules, weightKg, daysSupply)}</p>
        {warnings.length > 0 && (
          <Banner status="watch" role="status">
            {warnings.map((one) => (
              <p key={one}>{one}</p>
            ))}
          </Banner>
        )}
        {blocking.length > 0 ? (
          <Refused findings={blocking} />
        ) : (
          <RefusalNotice refusal={issue.refusal} onConfirm={(paths) => void submit(paths)} />
        )}
        <FormActions>
          <Button type="submit" kind="main" busy={issue.running} keys="Ctrl+Enter">
            Issue
          </Button>
          <DraftNote draft={draft} />
        </FormActions>
      </form>
    </DraftGuard>
  );
}

/** Why the gate refused, in short: what each rule rests on stands in the verdict above. */
function Refused({ findings }: { findings: readonly Finding[] }) {
  return (
    <Banner status="stop" title="Not issued.">
      {findings.length === 1 ? "One rule stands" : `${findings.length} rules stand`} in the way, told in full
      above:
      <ul aria-label="Why it was refused">
        {findings.map((one) => (
          <li key={one.rule}>{one.sentence}</li>
        ))}
      </ul>
    </Banner>
  );
}

/** How many of each strength, morning and evening; set as in a visit. */
function CapsuleTable(props: { form: ReturnType<typeof useForm<IssueForm>>; strengths: readonly number[] }) {
  const { form } = props;
  return (
    <div data-field="capsules">
      <table className="table capsule-table">
        <caption>Capsules a day</caption>
        <thead>
          <tr>
            <th scope="col">Taken</th>
            {props.strengths.map((strength) => (
              <th key={strength} scope="col" data-align="end">
                {strength} mg
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {(["morning", "evening"] as const).map((part) => (
            <tr key={part}>
              <th scope="row">{part === "morning" ? "Morning" : "Evening"}</th>
              {props.strengths.map((strength) => (
                <td key={strength}>
                  <FormField form={form} name={`counts.s${strength}.${part}`}>
                    {(bind) => (
                      <NumberField label={`${strength} mg, ${part}`} labelHidden placeholder="0" {...bind} />
                    )}
                  </FormField>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function countsOf(capsules: readonly CapsuleCount[]): Counts {
  return Object.fromEntries(
    capsules.map((one) => [
      `s${one.strengthMg}`,
      { morning: one.morning || null, evening: one.evening || null },
    ]),
  );
}

/** The strengths that have a count. Text that is no number counts as none: its field says so. */
function capsulesOf(counts: Counts): CapsuleCount[] {
  const number = (value: unknown) => (typeof value === "number" ? value : 0);
  return Object.entries(counts)
    .map(([key, one]) => ({
      strengthMg: Number(key.slice(1)),
      morning: number(one.morning),
      evening: number(one.evening),
    }))
    .filter((one) => one.morning + one.evening > 0)
    .toSorted((a, b) => a.strengthMg - b.strengthMg);
}

/** The product's strengths, and those that have a count though the product does not offer them. */
function strengthsOf(productId: string, counts: Counts): number[] {
  const taken = capsulesOf(counts).map((one) => one.strengthMg);
  return [...new Set([...(productById(productId)?.strengthsMg ?? []), ...taken])].toSorted((a, b) => a - b);
}

function asTaken(productId: string, capsules: readonly CapsuleCount[]) {
  return { productId, strengthsMg: capsules.map((one) => one.strengthMg) };
}

function planSentence(capsules: readonly CapsuleCount[], weightKg: number | null, days: unknown): string {
  if (capsules.length === 0) return "No capsules yet.";
  const daily = dailyMgOf(capsules);
  const perKg = mgPerKgOf(daily, weightKg);
  const dose = `${daily} mg a day${perKg === null ? "" : `, ${perKg.toFixed(2)} mg/kg`}`;
  if (typeof days !== "number") return `${dose}.`;
  const needed = capsulesNeeded(capsules, days).map((one) => countWords(one.count, one.strengthMg));
  return `${dose}. To dispense: ${needed.join(", ")}.`;
}
