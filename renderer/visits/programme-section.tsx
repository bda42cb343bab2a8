import { useWatch } from "react-hook-form";
import { mayCall } from "#shared/permissions.ts";
import { teachBackWords } from "#shared/records/words.ts";
import { PROGRAMME_NAMES } from "#shared/rules/programmes/editions.ts";
import { entryKindsFor } from "#shared/rules/programmes/entry-kinds.ts";
import { useSession } from "#renderer/api.ts";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { Section } from "#renderer/ui/layout.tsx";
import { Segmented } from "#renderer/ui/segmented.tsx";
import { Banner } from "#renderer/ui/status.tsx";
import { ContraceptionFields } from "./contraception-fields.tsx";
import { QuestionsFields, WellbeingFields } from "./month-fields.tsx";
import { PregnancyTestFields } from "./pregnancy-test-fields.tsx";
import { entryOfKind, setEntry } from "./visit-entries.ts";
import type { VisitAround, VisitPageForm } from "./visit-form.ts";

/** The month's steps of the programme. Tests and contraception only for those who can become pregnant. */
export function ProgrammeSection({ form, around }: { form: VisitPageForm; around: VisitAround }) {
  const user = useSession()?.user ?? null;
  const entries = useWatch({ control: form.control, name: "entries" });
  const { category } = around.course;
  const day = useWatch({ control: form.control, name: "date" });
  const counselled = entryOfKind(entries, "counselling");
  const confirmed = entryOfKind(entries, "prescriber-confirmation");
  const { course } = around.course;
  const kinds = entryKindsFor({
    programme: course.programme,
    decidedOn: course.decidedOn,
    today: day,
    category,
    birthDate: around.chart.patient.birthDate,
    entries: around.entries,
    categoryBefore: around.course.categoryBefore ?? null,
    stopped: around.course.status?.tone === "stop",
  });
  return (
    <Section id="visit-programme" title="Programme">
      {category === null && (
        <Banner status="unknown" title="The risk category is not decided.">
          Until it is, the patient counts as one who can become pregnant. Decide it in the programme tab.
        </Banner>
      )}
      {category === "cannot" && (
        <p className="muted">
          {kinds.has("pregnancy-test")
            ? "Contraception is not asked of this patient; a pregnancy test answers what stopped treatment."
            : "Pregnancy tests and contraception are not asked of this patient."}
        </p>
      )}
      {(category !== "cannot" || kinds.has("pregnancy-test")) && (
        <PregnancyTestFields form={form} around={around} />
      )}
      {category !== "cannot" && <ContraceptionFields form={form} around={around} />}
      <Segmented
        label="Counselling given today"
        name="entries.counselling"
        clearable
        options={[
          { value: "understood", label: "Given, and told back correctly", keys: "1" },
          { value: "taught-again", label: teachBackWords["taught-again"], keys: "2" },
          { value: "not-done", label: "Given, not asked to tell back", keys: "3" },
        ]}
        value={counselled?.entry.teachBack ?? null}
        onChange={(teachBack) =>
          setEntry(
            form,
            "counselling",
            teachBack === null
              ? null
              : { id: null, note: "", ...counselled?.entry, kind: "counselling", on: day, teachBack },
          )
        }
      />
      {kinds.has("wellbeing-check") && <WellbeingFields form={form} />}
      {kinds.has("patient-questions") && <QuestionsFields form={form} around={around} />}
      {kinds.has("prescriber-confirmation") && mayCall("visits.sign", user) && (
        <Checkbox
          label={`Confirmed today in the ${PROGRAMME_NAMES[course.programme]} system`}
          hint="Only the prescriber confirms. This note does not send anything."
          value={confirmed !== null}
          onChange={(on) =>
            setEntry(
              form,
              "prescriber-confirmation",
              on
                ? { id: null, note: "", ...confirmed?.entry, kind: "prescriber-confirmation", on: day }
                : null,
            )
          }
        />
      )}
    </Section>
  );
}
