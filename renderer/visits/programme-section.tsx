import { useWatch } from "react-hook-form";
import {
  contraceptiveMethod,
  type ContraceptiveMethod,
  type ProgrammeEntry,
} from "#shared/records/programme-entry.ts";
import type { VisitEntry } from "#shared/records/visit.ts";
import {
  lapseWords,
  methodPair,
  methodWords,
  sampleWords,
  settingWords,
  teachBackWords,
  testResultWords,
} from "#shared/records/words.ts";
import { noContext, interpret } from "#shared/rules/labs.ts";
import { mayCall } from "#shared/permissions.ts";
import { useSession } from "#renderer/api.ts";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { DateField } from "#renderer/ui/date-field.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { FieldRow, Section } from "#renderer/ui/layout.tsx";
import { NumberField } from "#renderer/ui/number-field.tsx";
import { Segmented } from "#renderer/ui/segmented.tsx";
import { Select } from "#renderer/ui/select.tsx";
import { Banner, StatusMark } from "#renderer/ui/status.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { useErrorAt } from "./errors.ts";
import { entryOfKind, type VisitAround, type VisitPageForm } from "./visit-form.ts";

type OfKind<K extends VisitEntry["kind"]> = Extract<VisitEntry, { kind: K }>;
type Given = { form: VisitPageForm; around: VisitAround };

/** The month's steps of the programme. Tests and contraception only for those who can become pregnant. */
export function ProgrammeSection({ form, around }: Given) {
  const user = useSession()?.user ?? null;
  const entries = useWatch({ control: form.control, name: "entries" });
  const { category } = around.course;
  const day = useWatch({ control: form.control, name: "date" });
  const counselled = entryOfKind(entries, "counselling");
  const confirmed = entryOfKind(entries, "prescriber-confirmation");
  return (
    <Section id="visit-programme" title="Programme">
      {category === null && (
        <Banner status="unknown" title="The risk category is not decided.">
          Until it is, the patient counts as one who can become pregnant. Decide it in the programme tab.
        </Banner>
      )}
      {category === "cannot" ? (
        <p className="muted">Pregnancy tests and contraception are not asked of this patient.</p>
      ) : (
        <>
          <TestFields form={form} around={around} />
          <ContraceptionFields form={form} around={around} />
        </>
      )}
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
      {around.course.course.programme === "ipledge" && mayCall("visits.sign", user) && (
        <Checkbox
          label="Confirmed today in the iPLEDGE system"
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

/** Puts the entry of a kind in its place in the page, or takes it out. */
function setEntry(form: VisitPageForm, kind: VisitEntry["kind"], entry: VisitEntry | null): void {
  const before = form.getValues("entries");
  const at = before.findIndex((one) => one.kind === kind);
  const after =
    entry === null
      ? before.filter((one) => one.kind !== kind)
      : at < 0
        ? [...before, entry]
        : before.map((one, index) => (index === at ? entry : one));
  form.setValue("entries", after, { shouldDirty: true });
}

function latest<K extends ProgrammeEntry["kind"]>(
  entries: readonly ProgrammeEntry[],
  kind: K,
  visitId: string | null,
): Extract<ProgrammeEntry, { kind: K }> | null {
  let found: Extract<ProgrammeEntry, { kind: K }> | null = null;
  for (const one of entries)
    if (
      isKind(one, kind) &&
      (one.visitId === null || one.visitId !== visitId) &&
      (found === null || one.on >= found.on)
    )
      found = one;
  return found;
}

function isKind<K extends ProgrammeEntry["kind"]>(
  entry: ProgrammeEntry,
  kind: K,
): entry is Extract<ProgrammeEntry, { kind: K }> {
  return entry.kind === kind;
}

/** A pregnancy test: the result by one key; sample and place as last time, to be changed when they differ. */
function TestFields({ form, around }: Given) {
  const dates = useDates();
  const [entries, day] = useWatch({ control: form.control, name: ["entries", "date"] });
  const errorAt = useErrorAt(form);
  const found = entryOfKind(entries, "pregnancy-test");
  const last = latest(around.entries, "pregnancy-test", around.visitId);
  // A test at home says nothing about the one that is done here.
  const asLast = latest(
    around.entries.filter((one) => one.kind !== "pregnancy-test" || one.setting !== "home"),
    "pregnancy-test",
    around.visitId,
  );
  const test = found?.entry ?? null;
  const at = `entries.${found?.at ?? "test"}`;
  const said =
    test === null || test.result === "negative" || test.result === "pending"
      ? ""
      : interpret(
          {
            testId: test.sample === "serum" ? "hcg-serum" : "hcg-urine",
            collectedOn: test.on,
            comparator: null,
            value: null,
            text: test.result,
            unit: "",
            rangeLow: null,
            rangeHigh: null,
            fasting: null,
          },
          noContext,
        ).sentence;

  function set(part: Partial<OfKind<"pregnancy-test">>): void {
    const blank: OfKind<"pregnancy-test"> = {
      id: null,
      kind: "pregnancy-test",
      on: day,
      note: "",
      time: null,
      // As last time: the same clinic, the same test. For the first test nothing is presumed; the record asks for it.
      sample: asLast?.sample ?? (null as unknown as "urine"),
      setting: asLast?.setting ?? (null as unknown as "medical"),
      sensitivity: asLast?.sensitivity ?? null,
      result: "pending",
      readBy: "",
    };
    setEntry(form, "pregnancy-test", { ...blank, ...test, ...part });
  }

  return (
    <div className="visit-group" role="group" aria-label="Pregnancy test">
      <div className="visit-with-last">
        <Segmented
          label="Pregnancy test"
          name={`${at}.result`}
          clearable
          error={errorAt(`${at}.result`)}
          options={[
            { value: "negative", label: testResultWords.negative, keys: "n" },
            { value: "positive", label: testResultWords.positive, keys: "p" },
            { value: "indeterminate", label: testResultWords.indeterminate, keys: "i" },
            { value: "pending", label: testResultWords.pending, keys: "w" },
          ]}
          value={test?.result ?? null}
          onChange={(result) => (result === null ? setEntry(form, "pregnancy-test", null) : set({ result }))}
        />
        <p className="visit-last">
          {last === null
            ? "No test on record."
            : `Last ${testResultWords[last.result].toLowerCase()}, ${dates.day(last.on)}.`}
        </p>
      </div>
      {said !== "" && <Banner status="stop" title={said} />}
      {test !== null && (
        <FieldRow>
          <DateField
            label="Specimen collected on"
            name={`${at}.on`}
            value={test.on}
            whenEmpty=""
            error={errorAt(`${at}.on`)}
            onChange={(on) => set({ on: on ?? "" })}
          />
          <TextField
            label="At"
            size="small"
            required={false}
            placeholder="14:05"
            name={`${at}.time`}
            value={test.time ?? ""}
            error={errorAt(`${at}.time`)}
            onChange={(time) => set({ time: time.trim() === "" ? null : time })}
          />
          <Segmented
            label="Sample"
            name={`${at}.sample`}
            error={errorAt(`${at}.sample`)}
            options={[
              { value: "urine", label: sampleWords.urine, keys: "u" },
              { value: "serum", label: sampleWords.serum, keys: "s" },
            ]}
            value={test.sample}
            onChange={(sample) => sample && set({ sample })}
          />
          <Segmented
            label="Where"
            name={`${at}.setting`}
            error={errorAt(`${at}.setting`)}
            options={[
              { value: "medical", label: settingWords.medical, keys: "m" },
              { value: "clia-laboratory", label: settingWords["clia-laboratory"], keys: "l" },
              { value: "home", label: settingWords.home, keys: "h" },
            ]}
            value={test.setting}
            onChange={(setting) => setting && set({ setting })}
          />
          <NumberField
            label="Detects from"
            unit="mIU/mL"
            name={`${at}.sensitivity`}
            value={test.sensitivity}
            error={errorAt(`${at}.sensitivity`)}
            onChange={(sensitivity) => set({ sensitivity: sensitivity as number | null })}
          />
          <TextField
            label="Read by"
            required={false}
            name={`${at}.readBy`}
            value={test.readBy}
            error={errorAt(`${at}.readBy`)}
            onChange={(readBy) => set({ readBy })}
          />
        </FieldRow>
      )}
    </div>
  );
}

const METHODS = contraceptiveMethod.options.map((value) => ({ value, label: methodWords[value] }));
const SECOND: readonly { value: ContraceptiveMethod | "none"; label: string }[] = [
  { value: "none", label: "No second method" },
  ...METHODS,
];

/** The methods: unchanged by one key, or the two that are used from now on; and whether one lapsed. */
function ContraceptionFields({ form, around }: Given) {
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
      first: null as unknown as ContraceptiveMethod,
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
            else set({ first: null as unknown as ContraceptiveMethod, second: null });
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
        <FieldRow>
          <Select
            label="First method"
            name={`${at}.first`}
            value={entry.first}
            options={METHODS}
            error={errorAt(`${at}.first`)}
            onChange={(first) => set({ first })}
          />
          <Select
            label="Second method"
            name={`${at}.second`}
            value={entry.second ?? "none"}
            options={SECOND}
            error={errorAt(`${at}.second`)}
            onChange={(second) => set({ second: second === "none" ? null : second })}
          />
          <DateField
            label="Used from"
            name={`${at}.on`}
            value={entry.on}
            whenEmpty=""
            error={errorAt(`${at}.on`)}
            onChange={(on) => set({ on: on ?? "" })}
          />
        </FieldRow>
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
