import { useWatch } from "react-hook-form";
import { methodPair, wellbeingWords } from "#shared/records/words.ts";
import { FieldRow } from "#renderer/ui/layout.tsx";
import { Segmented } from "#renderer/ui/segmented.tsx";
import { useErrorAt } from "./errors.ts";
import { MethodPairFields } from "./method-pair-fields.tsx";
import { entryOfKind, latest, type OfKind, setEntry, unanswered } from "./visit-entries.ts";
import type { VisitAround, VisitPageForm } from "./visit-form.ts";

/** Whether the patient answered the programme's questions, and the two methods that they entered there. */
export function QuestionsFields({ form, around }: { form: VisitPageForm; around: VisitAround }) {
  const [entries, day] = useWatch({ control: form.control, name: ["entries", "date"] });
  const found = entryOfKind(entries, "patient-questions");
  const entry = found?.entry ?? null;
  const at = `entries.${found?.at ?? "questions"}`;
  // What is entered in this very visit comes before what is on record.
  const now =
    entryOfKind(entries, "contraception")?.entry ?? latest(around.entries, "contraception", around.visitId);
  const same = entry !== null && now !== null && entry.first === now.first && entry.second === now.second;

  function set(part: Partial<OfKind<"patient-questions">>): void {
    const blank: OfKind<"patient-questions"> = {
      id: null,
      kind: "patient-questions",
      on: day,
      note: "",
      first: unanswered,
      second: null,
    };
    setEntry(form, "patient-questions", { ...blank, ...entry, ...part });
  }

  return (
    <div className="visit-group" role="group" aria-label="Patient’s questions">
      <Segmented
        label="Patient’s questions answered today"
        hint={
          now === null || now.first === null
            ? undefined
            : `The clinic holds: ${methodPair(now.first, now.second)}.`
        }
        name={`${at}.kind`}
        clearable
        options={[
          ...(now === null || now.first === null
            ? []
            : [{ value: "same", label: "Yes, the same methods", keys: "y" } as const]),
          { value: "other", label: "Yes, other methods", keys: "o" },
        ]}
        value={entry === null ? null : same ? "same" : "other"}
        onChange={(choice) => {
          if (choice === null) setEntry(form, "patient-questions", null);
          else if (choice === "same" && now !== null) set({ first: now.first, second: now.second });
          else set({ first: null, second: null });
        }}
      />
      {entry !== null && !same && (
        <MethodPairFields
          form={form}
          at={at}
          label="First method the patient entered"
          pair={entry}
          onChange={set}
        />
      )}
    </div>
  );
}

const ASKED = [
  { value: "asked", label: wellbeingWords.asked, keys: "a" },
  { value: "declined", label: wellbeingWords.declined, keys: "d" },
] as const;

/** Whether mood and sexual function were asked about; both or neither make the entry. Source: domain facts 2.1 (S23, S30). */
export function WellbeingFields({ form }: { form: VisitPageForm }) {
  const [entries, day] = useWatch({ control: form.control, name: ["entries", "date"] });
  const errorAt = useErrorAt(form);
  const found = entryOfKind(entries, "wellbeing-check");
  const at = `entries.${found?.at ?? "wellbeing"}`;

  function set(key: "mood" | "sexualFunction", value: "asked" | "declined" | null): void {
    const blank = { id: null, note: "", mood: unanswered, sexualFunction: unanswered };
    const next = { ...blank, ...found?.entry, kind: "wellbeing-check" as const, on: found?.entry.on ?? day };
    const entry: OfKind<"wellbeing-check"> = { ...next, [key]: value ?? unanswered };
    const isEmpty = entry.mood === unanswered && entry.sexualFunction === unanswered;
    setEntry(form, "wellbeing-check", isEmpty ? null : entry);
  }

  return (
    <div className="visit-group" role="group" aria-label="Mood and sexual function">
      <FieldRow>
        <Segmented
          label="Mood asked about"
          name={`${at}.mood`}
          error={errorAt(`${at}.mood`)}
          clearable
          options={ASKED}
          value={found?.entry.mood ?? null}
          onChange={(value) => set("mood", value)}
        />
        <Segmented
          label="Sexual function asked about"
          name={`${at}.sexualFunction`}
          error={errorAt(`${at}.sexualFunction`)}
          clearable
          options={ASKED}
          value={found?.entry.sexualFunction ?? null}
          onChange={(value) => set("sexualFunction", value)}
        />
      </FieldRow>
    </div>
  );
}
