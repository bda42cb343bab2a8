import { useState } from "react";
import { Button } from "./button.tsx";
import { Checkbox } from "./checkbox.tsx";
import { PageHeader } from "./layout.tsx";
import { Banner } from "./status.tsx";

/** The recovery code, shown once. One goes on only after saying that it is on paper. */
export function RecoveryCodeSheet(props: {
  code: string;
  /** Makes the paper; the bytes are a PDF. */
  makePaper: () => Promise<Uint8Array | null>;
  doneLabel: string;
  onDone: () => void;
}) {
  const [kept, setKept] = useState(false);
  const [printing, setPrinting] = useState(false);
  const [failed, setFailed] = useState(false);
  const print = async () => {
    setPrinting(true);
    setFailed(false);
    const bytes = await props.makePaper();
    if (bytes) await import("./pdf-pages.ts").then(({ printPages }) => printPages(bytes));
    else setFailed(true);
    setPrinting(false);
  };
  return (
    <>
      <PageHeader
        title="The recovery code"
        sub="It opens the record when every password is forgotten. It is shown only now. Keep it on paper, locked away, outside this computer."
      />
      <p className="recovery-code" data-testid="recovery-code" translate="no">
        {props.code}
      </p>
      {failed && <Banner status="watch" title="The paper could not be made. Write the code down by hand." />}
      <div className="stack">
        <div className="actions">
          <Button icon="print" busy={printing} onClick={() => void print()}>
            Print
          </Button>
        </div>
        <Checkbox label="I have printed or written it down" value={kept} onChange={setKept} />
        <div className="actions">
          <Button kind="main" disabled={!kept} onClick={props.onDone}>
            {props.doneLabel}
          </Button>
        </div>
      </div>
    </>
  );
}
