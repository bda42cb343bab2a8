import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, type ReactNode, useEffect, useEffectEvent, useRef, useState } from "react";
import { useForm, useWatch } from "react-hook-form";
import { isCalendarDate } from "#shared/calendar.ts";
import { mayCall } from "#shared/permissions.ts";
import type { DoseDecision } from "#shared/records/visit.ts";
import { type Visit, type VisitForm, visit as visitSchema } from "#shared/records/visit.ts";
import type { ChartCourse } from "#shared/records/chart.ts";
import { useCommand, useSession } from "#renderer/api.ts";
import { DraftGuard, useDraft } from "#renderer/drafts.tsx";
import { useDates } from "#renderer/ui/dates.tsx";
import { PageHeader, Section } from "#renderer/ui/layout.tsx";
import { ConflictBanner, RefusalNotice, showRefusal } from "#renderer/ui/refusal.tsx";
import { StatusMark } from "#renderer/ui/status.tsx";
import { toast } from "#renderer/ui/toast.tsx";
import { AcneSection } from "./acne-section.tsx";
import { LabsSection } from "./labs-section.tsx";
import { MoodSection } from "./mood-section.tsx";
import { PlanSection } from "./plan-section.tsx";
import { ProgrammeSection } from "./programme-section.tsx";
import { SideEffectsSection } from "./side-effects-section.tsx";
import { VisitFoot } from "./visit-foot.tsx";
import { reopenedForm, type VisitAround, type VisitPageForm, visitWords, withIdsOf } from "./visit-form.ts";
import { VisitOutline } from "./visit-outline.tsx";
import { WeightSection } from "./weight-section.tsx";

/** The dose fields of another feature, in the visit's page. */
export type DoseSlot = (given: {
  form: VisitPageForm;
  course: ChartCourse;
  previous: DoseDecision | null;
  lastWeightKg: number | null;
}) => ReactNode;

export type VisitPageProps = {
  patientId: string;
  around: VisitAround;
  /** The visit that is written on; null for a new one. */
  visit: Visit | null;
  initial: VisitForm;
  prefilled: VisitForm;
  verdict: (courseId: string) => ReactNode;
  dose: DoseSlot;
};

/** A visit while it is written: one page, by keyboard, kept as a draft within a second. */
export function VisitPage(props: VisitPageProps) {
  const { patientId, around, initial } = props;
  const navigate = useNavigate();
  const dates = useDates();
  const user = useSession()?.user ?? null;
  const maySign = mayCall("visits.sign", user);
  const courseId = around.course.course.id;
  // The version that the page was opened on, and then the one that was saved from it.
  const [opened, setOpened] = useState(props.visit);
  const draftKey = opened === null ? `visit:new:${courseId}` : `visit:${opened.id}`;
  const form = useForm<VisitForm>({ defaultValues: initial, mode: "onChange" });
  const draft = useDraft({ key: draftKey, patientId, baseVersion: opened?.version ?? null, form });
  const save = useCommand("visits.save");
  const sign = useCommand("visits.sign");
  const [signing, setSigning] = useState(false);
  const [failed, setFailed] = useState<"save" | "sign">("save");
  const [attempt, setAttempt] = useState(0);
  const password = useRef("");
  const lastField = useRef<HTMLElement | null>(null);
  const lastWeightKg = around.previous?.form.weightKg ?? around.course.course.referenceWeightKg;

  function input(confirmed: string[], version: number | null) {
    return { id: opened?.id ?? null, courseId, version, form: form.getValues(), confirmed, draftKey };
  }

  async function submit(confirmed: string[] = [], version = opened?.version ?? null): Promise<void> {
    form.clearErrors();
    setFailed("save");
    const answer = await save.run(input(confirmed, version));
    if (!answer.ok) return showRefusal(form, answer.refusal, "form.");
    // The page stays open: what was saved gets its ids, and what is typed meanwhile stays.
    const { labs, entries } = withIdsOf(form.getValues(), answer.value.form);
    form.setValue("labs", labs);
    form.setValue("entries", entries);
    draft.saved();
    setOpened(answer.value);
    toast("Visit saved.");
    if (document.activeElement === document.body || confirmed.length > 0) lastField.current?.focus();
  }

  async function signNow(confirmed: string[] = []): Promise<void> {
    form.clearErrors();
    setFailed("sign");
    const answer = await sign.run({
      ...input(confirmed, opened?.version ?? null),
      password: password.current,
    });
    if (!answer.ok) {
      setAttempt(attempt + 1);
      if (answer.refusal.code === "invalid" && answer.refusal.fields["password"] === undefined)
        setSigning(false);
      return showRefusal(form, answer.refusal, "form.");
    }
    password.current = "";
    await draft.clear();
    toast("Visit signed.");
    await navigate({
      to: "/patients/$patientId/visits/$visitId",
      params: { patientId, visitId: answer.value.id },
      replace: true,
    });
  }

  function conflict(current: unknown): ReactNode {
    const theirs = visitSchema.parse(current);
    const mine = visitWords(form.getValues(), dates, around.clinic.weightUnit);
    const saved = visitWords(theirs.form, dates, around.clinic.weightUnit);
    const labels = [...new Set([...mine, ...saved].map((one) => one.label))];
    const textOf = (words: typeof mine, label: string) =>
      words.find((one) => one.label === label)?.text ?? "";
    return (
      <Arrives>
        <ConflictBanner
          who={theirs.recordedBy}
          rows={labels.map((label) => ({ label, mine: textOf(mine, label), theirs: textOf(saved, label) }))}
          onKeepMine={() => {
            const { labs, entries } = withIdsOf(form.getValues(), theirs.form);
            form.setValue("labs", labs);
            form.setValue("entries", entries);
            setOpened(theirs);
            void submit([], theirs.version);
          }}
          onTakeTheirs={() => {
            setOpened(theirs);
            form.reset(reopenedForm(theirs.form, props.prefilled));
            save.reset();
            sign.reset();
          }}
        />
      </Arrives>
    );
  }

  const heard = useEffectEvent((event: globalThis.KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || draft.found !== null) return;
    if (event.key.toLowerCase() === "s") {
      event.preventDefault();
      draft.whenKnown(() => void submit());
    } else if (event.key === "Enter" && maySign && !(event.target as Element | null)?.closest("form")) {
      // Inside the form the frame presses its submit button.
      event.preventDefault();
      setSigning(true);
    }
  });
  useEffect(() => {
    document.addEventListener("keydown", heard);
    return () => document.removeEventListener("keydown", heard);
  }, []);

  // What saving asked about is asked again by signing: one question at a time.
  const refused = failed === "sign" ? sign.refusal : signing ? undefined : save.refusal;
  const besidePassword = refused?.fields["password"] === undefined ? refused : undefined;
  const given = { form, around: { ...around, visitId: opened?.id ?? null } };

  return (
    <DraftGuard draft={draft}>
      <VisitTitle form={form} visit={opened} />
      <div className="visit">
        <VisitOutline form={form} />
        <div className="visit-main">
          <form
            noValidate
            aria-label="Visit"
            onSubmit={(event) => {
              event.preventDefault();
              if (maySign) setSigning(true);
              else void submit();
            }}
            onKeyDown={enterGoesOn}
            onFocus={(event) => {
              lastField.current = event.target;
            }}
          >
            <WeightSection {...given} />
            <SideEffectsSection {...given} />
            <AcneSection {...given} />
            <MoodSection {...given} />
            <LabsSection {...given} />
            <ProgrammeSection {...given} />
            <Section id="visit-dose" title="Dose">
              {props.dose({
                form,
                course: around.course,
                previous: around.previous?.form.dose ?? null,
                lastWeightKg,
              })}
            </Section>
            <PlanSection form={form} />
          </form>
          <div className="visit-verdict">
            {props.verdict(courseId)}
            <p className="muted">
              Judged on what is saved: save first, and today’s test and results count too.
            </p>
          </div>
        </div>
      </div>
      <VisitFoot
        form={form}
        draft={draft}
        maySign={maySign}
        signing={signing}
        saving={save.running}
        busy={sign.running}
        attempt={attempt}
        refusal={signing ? sign.refusal : undefined}
        notice={
          <RefusalNotice
            refusal={besidePassword}
            prefix="form."
            onConfirm={(paths) => void (failed === "sign" ? signNow(paths) : submit(paths))}
            conflict={conflict}
          />
        }
        onSave={() => draft.whenKnown(() => void submit())}
        onBegin={() => setSigning(true)}
        onBack={() => {
          setSigning(false);
          sign.reset();
          lastField.current?.focus();
        }}
        onSign={(typed) => {
          password.current = typed;
          void signNow();
        }}
      />
    </DraftGuard>
  );
}

/** Takes the focus when it appears: not on a button, so that a key pressed in haste decides nothing. */
function Arrives({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    <div ref={place} tabIndex={-1}>
      {children}
    </div>
  );
}

function VisitTitle({ form, visit }: { form: VisitPageForm; visit: Visit | null }) {
  const dates = useDates();
  const day = useWatch({ control: form.control, name: "date" });
  return (
    <PageHeader
      title={`Visit of ${isCalendarDate(day) ? dates.day(day) : "…"}`}
      actions={
        visit === null ? (
          <StatusMark status="none">New, not saved yet</StatusMark>
        ) : (
          <StatusMark status="watch">Saved by {visit.recordedBy}, not signed</StatusMark>
        )
      }
    />
  );
}

/** Enter goes to the next field, as on paper; it never saves or signs by accident. */
function enterGoesOn(event: KeyboardEvent<HTMLFormElement>): void {
  if (event.key !== "Enter" || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const target = event.target instanceof HTMLElement ? event.target : null;
  if (!target?.matches("input, select")) return;
  event.preventDefault();
  const radio = target instanceof HTMLInputElement && target.type === "radio" ? target.name : null;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>("input, select, textarea")].filter(
    (one) => one.tabIndex >= 0 && !one.matches(":disabled"),
  );
  const next = stops
    .slice(stops.indexOf(target) + 1)
    .find((one) => radio === null || !(one instanceof HTMLInputElement && one.name === radio));
  next?.focus();
}
