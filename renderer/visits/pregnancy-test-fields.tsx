import { useWatch } from "react-hook-form";
import { sampleWords, settingWords, testResultWords } from "#shared/records/words.ts";
import type { HomeEvidence } from "#shared/records/programme-entry.ts";
import { settingsKnown } from "#shared/rules/programmes/entry-kinds.ts";
import { AttachmentsField } from "#renderer/attachments.tsx";
import { blankHomeEvidence } from "#renderer/home-test.tsx";
import { interpret, noContext } from "#shared/rules/labs.ts";
import { DateField } from "#renderer/ui/date-field.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { FieldRow } from "#renderer/ui/layout.tsx";
import { NumberField } from "#renderer/ui/number-field.tsx";
import { Segmented } from "#renderer/ui/segmented.tsx";
import { Banner } from "#renderer/ui/status.tsx";
import { TextField } from "#renderer/ui/text-field.tsx";
import { HomeTestFields } from "./home-test-fields.tsx";
import { useErrorAt } from "./errors.ts";
import { entryOfKind, latest, type OfKind, setEntry, unanswered } from "./visit-entries.ts";
import type { VisitAround, VisitPageForm } from "./visit-form.ts";

type Setting = OfKind<"pregnancy-test">["setting"];
const SETTING_KEYS: Record<Setting, string> = {
  medical: "m",
  "clia-laboratory": "l",
  home: "h",
  "remote-supervised": "r",
};

/** A pregnancy test: the result by one key; sample and place as last time, to be changed when they differ. */
export function PregnancyTestFields({ form, around }: { form: VisitPageForm; around: VisitAround }) {
  const dates = useDates();
  const [entries, day] = useWatch({ control: form.control, name: ["entries", "date"] });
  const errorAt = useErrorAt(form);
  const found = entryOfKind(entries, "pregnancy-test");
  const last = latest(around.entries, "pregnancy-test", around.visitId);
  // A test at home says nothing about the one that is done here.
  const asLast = latest(
    around.entries.filter(
      (one) =>
        one.kind !== "pregnancy-test" || one.setting === "medical" || one.setting === "clia-laboratory",
    ),
    "pregnancy-test",
    around.visitId,
  );
  const test = found?.entry ?? null;
  const known = settingsKnown(around.course.course.programme);
  const chosen = test?.setting ?? null;
  const settings = chosen === null || known.includes(chosen) ? known : [...known, chosen];
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
      sample: asLast?.sample ?? unanswered,
      setting: asLast?.setting ?? unanswered,
      sensitivity: asLast?.sensitivity ?? null,
      result: "pending",
      readBy: "",
      home: asLast === null ? null : homeOf(asLast.setting, blankHomeEvidence(around.entries, day)),
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
            options={settings.map((value) => ({
              value,
              label: settingWords[value],
              keys: SETTING_KEYS[value],
            }))}
            value={test.setting}
            onChange={(setting) =>
              setting &&
              set({ setting, home: homeOf(setting, test.home ?? blankHomeEvidence(around.entries, day)) })
            }
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
      {test?.home && (
        <>
          <HomeTestFields
            form={form}
            around={around}
            at={at}
            atHome={test.setting === "home"}
            home={test.home}
            onChange={(home) => set({ home })}
          />
          <AttachmentsField
            patientId={around.chart.patient.id}
            name={`${at}.attachmentIds`}
            value={test.attachmentIds ?? []}
            error={errorAt(`${at}.attachmentIds`)}
            onChange={(attachmentIds) => set({ attachmentIds })}
          />
        </>
      )}
    </div>
  );
}

/** Evidence is kept of tests outside a medical setting only. */
function homeOf(setting: Setting, evidence: HomeEvidence): HomeEvidence | null {
  return setting === "home" || setting === "remote-supervised" ? evidence : null;
}
