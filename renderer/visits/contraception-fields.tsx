import { useWatch } from "react-hook-form";
import { lapseWords, methodPair } from "#shared/records/words.ts";
import { DateField } from "#renderer/ui/date-field.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { FieldRow } from "#renderer/ui/layout.tsx";
import { Segmented } from "#renderer/ui/segmented.tsx";
import { StatusMark } from "#renderer/ui/status.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { useErrorAt } from "./errors.ts";
import { MethodPairFields } from "./method-pair-fields.tsx";
import { entryOfKind, latest, type OfKind, setEntry, unanswered } from "./visit-entries.ts";
import type { VisitAround, VisitPageForm } from "./visit-form.ts";

/** The methods: unchanged by one key, or the two that are used from now on; and whether one lapsed. */
export function ContraceptionFields({ form, around }: { form: VisitPageForm; around: VisitAround }) {
  const dates = useDates();
  const [entries, day] = useWatch({ control: form.control, name: ["entries", "date"] });
  const errorAt = useErrorAt(form);
  const now = latest(around.entries, "contraception", around.visitId);
  const found = entryOfKind(entries, "contraception");
  const lapse = entryOfKind(entries, "contraception-lapse");
  const entry = found?.entry ?? null;
  const at = `entries.${found?.at ?? "methods"}`;
  const same = entry !== null && now !== null && entry.first === now.first && entry.second === now.second;

  function set(part: Partial<OfKind<"contraception">>): void {
    const blank: OfKind<"contraception"> = {
      id: null,
      kind: "contraception",
      on: day,
      note: "",
      first: unanswered,
      second: null,
    };
    setEntry(form, "contraception", { ...blank, ...entry, ...part });
  }

  return (
    <div className="visit-group" role="group" aria-label="Contraception">
      <div className="visit-with-last">
        <Segmented
          label="Contraception"
          name={`${at}.kind`}
          clearable
          options={[
            ...(now === null ? [] : [{ value: "same", label: "Unchanged", keys: "u" } as const]),
            { value: "changed", label: now === null ? "Record" : "Changed", keys: "c" },
          ]}
          value={entry === null ? null : same ? "same" : "changed"}
          onChange={(choice) => {
            if (choice === null) setEntry(form, "contraception", null);
            else if (choice === "same" && now !== null) set({ first: now.first, second: now.second });
            else set({ first: unanswered, second: null });
          }}
        />
        <p className="visit-last">
          {now === null ? (
            <StatusMark status="unknown" quiet>
              No methods on record
            </StatusMark>
          ) : (
            `Since ${dates.date(now.on)}: ${methodPair(now.first, now.second)}.`
          )}
        </p>
      </div>
      {entry !== null && !same && (
        <MethodPairFields form={form} at={at} label="Primary method" pair={entry} onChange={set}>
          <DateField
            label="Used from"
            name={`${at}.on`}
            value={entry.on}
            whenEmpty=""
            error={errorAt(`${at}.on`)}
            onChange={(on) => set({ on: on ?? "" })}
          />
        </MethodPairFields>
      )}
      <Segmented
        label="A lapse since the last visit"
        hint="Left empty when there was none."
        clearable
        options={[
          { value: "stopped", label: lapseWords.stopped, keys: "1" },
          { value: "missed", label: lapseWords.missed, keys: "2" },
          { value: "unprotected-contact", label: lapseWords["unprotected-contact"], keys: "3" },
        ]}
        value={lapse?.entry.what ?? null}
        onChange={(what) =>
          setEntry(
            form,
            "contraception-lapse",
            what === null
              ? null
              : { id: null, on: day, note: "", ...lapse?.entry, kind: "contraception-lapse", what },
          )
        }
      />
      {lapse !== null && (
        <FieldRow>
          <DateField
            label="Lapsed on"
            name={`entries.${lapse.at}.on`}
            value={lapse.entry.on}
            whenEmpty=""
            error={errorAt(`entries.${lapse.at}.on`)}
            onChange={(on) => setEntry(form, "contraception-lapse", { ...lapse.entry, on: on ?? "" })}
          />
          <TextField
            label="What happened"
            required={false}
            name={`entries.${lapse.at}.note`}
            value={lapse.entry.note}
            onChange={(note) => setEntry(form, "contraception-lapse", { ...lapse.entry, note })}
          />
        </FieldRow>
      )}
    </div>
  );
}
