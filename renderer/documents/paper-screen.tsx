/**
 * Preview of a paper, with Print and Save. Mounted by app.tsx at `/paper/summary/$visitId`, `/paper/handout/$handout/$courseId`,
 * `/paper/today`, `/paper/labs/$patientId`. Exports `PaperScreen({ paper })`.
 */
import { useRouter } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import type { OutputOf, Paper } from "#shared/contract.ts";
import type { Refusal } from "#shared/refusal.ts";
import { call, useCommand } from "#renderer/api.ts";
import { Button } from "#renderer/ui/button.tsx";
import { Checkbox } from "#renderer/ui/checkbox.tsx";
import { PageHeader } from "#renderer/ui/layout.tsx";
import { useLetterKeys } from "#renderer/ui/letter-keys.ts";
import { type PdfActions, PdfPreview } from "#renderer/ui/pdf-preview.tsx";
import { RefusalNotice } from "#renderer/ui/refusal.tsx";
import { StatusMark } from "#renderer/ui/status.tsx";
import { toast } from "#renderer/ui/toast.tsx";
import "./documents.css";

export type PaperScreenProps = { paper: Paper };

const NAMES: Record<Paper["kind"], string> = {
  "visit-summary": "Visit summary",
  handout: "Handout",
  today: "Today list",
  "chart-labs": "Laboratory results",
};

type Rendered = OutputOf<"documents.render">;

export function PaperScreen({ paper }: PaperScreenProps) {
  const router = useRouter();
  // Null until somebody says otherwise: the record then decides by the patient's age.
  const [printConfidential, setPrintConfidential] = useState<boolean | null>(null);
  const wanted: Paper =
    paper.kind === "visit-summary"
      ? { ...paper, confidential: printConfidential ?? paper.confidential }
      : paper;
  const { made, refusal } = useRendered(wanted);
  const save = useCommand("documents.save");

  useLetterKeys((letter) => {
    if (letter !== "b") return false;
    router.history.back();
    return true;
  });

  return (
    <div className="paper">
      <PageHeader
        title={made?.title ?? NAMES[paper.kind]}
        actions={
          <Button icon="left" keys="B" onClick={() => router.history.back()}>
            Back
          </Button>
        }
      />
      <RefusalNotice refusal={refusal} />
      {refusal === undefined && (
        <PdfPreview
          bytes={made?.bytes ?? null}
          title={made?.title ?? NAMES[paper.kind]}
          printBytes={() => rendered(wanted, "print")}
          actions={actionsWith({
            made: made !== null,
            saving: save.running,
            confidentialLeftOut: made?.confidentialLeftOut ?? null,
            onLeaveOut: (leaveOut) => setPrintConfidential(!leaveOut),
            onSave: async () => {
              const answer = await save.run({ paper: wanted });
              if (answer.ok && answer.value.saved) toast("Saved.");
            },
          })}
        />
      )}
      <RefusalNotice refusal={save.refusal} />
    </div>
  );
}

type Acts = {
  /** False while the paper is made. */
  made: boolean;
  saving: boolean;
  confidentialLeftOut: boolean | null;
  onLeaveOut: (leaveOut: boolean) => void;
  onSave: () => Promise<void>;
};

function actionsWith(acts: Acts): (pdf: PdfActions) => ReactNode {
  return (pdf) => <PaperActions {...acts} {...pdf} />;
}

function PaperActions(props: Acts & PdfActions) {
  const { print } = props;
  const printing = props.printing || !props.made;
  useLetterKeys((letter) => {
    if (letter !== "p" || printing) return false;
    void print();
    return true;
  });
  return (
    <>
      <Button kind="main" icon="print" keys="P" busy={printing} onClick={() => void print()}>
        Print
      </Button>
      <Button icon="save" busy={props.saving} onClick={() => void props.onSave()}>
        Save as PDF…
      </Button>
      {props.confidentialLeftOut !== null && (
        <div className="paper-switch">
          <Checkbox
            label="Leave out confidential items"
            hint="Mood, sexual health, pregnancy tests and contraception. On at first for patients under 18."
            value={props.confidentialLeftOut}
            onChange={props.onLeaveOut}
          />
          {!props.confidentialLeftOut && (
            <StatusMark status="info">Confidential items are printed</StatusMark>
          )}
        </div>
      )}
    </>
  );
}

/** The paper as it stands now. Made once for what is asked: a paper must not change while somebody reads it. */
function useRendered(paper: Paper): { made: Rendered | null; refusal: Refusal | undefined } {
  const asked = JSON.stringify(paper);
  const [state, setState] = useState<{ made: Rendered | null; refusal: Refusal | undefined }>({
    made: null,
    refusal: undefined,
  });
  useEffect(() => {
    let gone = false;
    void call("documents.render", { paper: JSON.parse(asked) as Paper, purpose: "preview" }).then(
      (answer) => {
        if (gone) return;
        setState(
          answer.ok ? { made: answer.value, refusal: undefined } : { made: null, refusal: answer.refusal },
        );
      },
    );
    return () => {
      gone = true;
    };
  }, [asked]);
  return state;
}

async function rendered(paper: Paper, purpose: "print"): Promise<Uint8Array | null> {
  const answer = await call("documents.render", { paper, purpose });
  return answer.ok ? answer.value.bytes : null;
}
