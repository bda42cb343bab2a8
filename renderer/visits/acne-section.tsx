import { useWatch } from "react-hook-form";
import { igaScale, igaWord } from "#shared/rules/scores.ts";
import { useDates } from "#renderer/ui/dates.tsx";
import { FormField } from "#renderer/ui/form-field.tsx";
import { FieldRow, Section } from "#renderer/ui/layout.tsx";
import { NumberField } from "#renderer/ui/number-field.tsx";
import { Segmented } from "#renderer/ui/segmented.tsx";
import { useErrorAt } from "./errors.ts";
import type { VisitAround, VisitPageForm } from "./visit-form.ts";

const IGA = igaScale.map((one) => ({
  value: one.grade,
  label: `${one.grade} ${one.word}`,
  title: one.description,
}));

const COUNTS = [
  { part: "nonInflammatory", label: "Comedones" },
  { part: "inflammatory", label: "Papules and pustules" },
  { part: "nodules", label: "Nodules" },
] as const;

/** How severe the acne is: the global assessment by one digit, and counts where the clinic counts. */
export function AcneSection({ form, around }: { form: VisitPageForm; around: VisitAround }) {
  const dates = useDates();
  const errorAt = useErrorAt(form);
  const [iga, lesions] = useWatch({ control: form.control, name: ["iga", "lesions"] });
  const last = around.previous?.form ?? null;
  const described = igaScale.find((one) => one.grade === iga)?.description;
  const atStart = around.course.course.igaAtStart;
  const before =
    last !== null
      ? `Last ${igaText(last.iga)}, ${dates.date(last.date)}.`
      : `At the start ${igaText(atStart)}.`;

  function setCount(part: (typeof COUNTS)[number]["part"], value: number | string | null): void {
    const next = { nonInflammatory: null, inflammatory: null, nodules: null, ...lesions, [part]: value };
    // All three empty again means that nobody counted.
    const counted = COUNTS.some((one) => next[one.part] !== null);
    form.setValue("lesions", counted ? next : null, { shouldDirty: true });
  }

  return (
    <Section id="visit-acne" title="Acne">
      <div className="visit-with-last">
        <FormField form={form} name="iga">
          {(bind) => (
            <Segmented label="Investigator’s Global Assessment (IGA)" clearable options={IGA} {...bind} />
          )}
        </FormField>
        <p className="visit-last">
          {described !== undefined && (
            <>
              {described}
              <br />
            </>
          )}
          {before}
        </p>
      </div>
      <FieldRow>
        {COUNTS.map(({ part, label }) => (
          <div key={part} className="visit-with-last">
            <NumberField
              label={label}
              name={`lesions.${part}`}
              value={lesions?.[part] ?? null}
              error={errorAt(`lesions.${part}`)}
              onChange={(value) => setCount(part, value)}
            />
            <p className="visit-last">
              {last === null ? "" : `Last ${last.lesions?.[part] ?? "not counted"}`}
            </p>
          </div>
        ))}
      </FieldRow>
    </Section>
  );
}

function igaText(grade: number | null): string {
  return grade === null ? "not recorded" : `${grade}, ${igaWord(grade)?.toLowerCase()}`;
}
