import { type ReactNode, useEffect, useRef, useState } from "react";
import { Button } from "./button.tsx";
import { Banner, Skeleton } from "./status.tsx";

/** What can be done with the pages on screen. */
export type PdfActions = { print: () => Promise<void>; printing: boolean };

/**
 * A PDF as pages on screen, each a picture with its text beside it for screen readers. `actions` draws the buttons above;
 * it is handed `print`, which prints exactly the bytes shown (or `printBytes`, when print has other bytes than preview).
 */
export function PdfPreview(props: {
  /** The document; null while it is made. */
  bytes: Uint8Array | null;
  /** Names the document for screen readers. Never part of a file name or window title. */
  title: string;
  actions?: (actions: PdfActions) => ReactNode;
  printBytes?: () => Promise<Uint8Array | null>;
}) {
  const pages = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<"making" | "shown" | "failed">("making");
  const [printing, setPrinting] = useState(false);
  const { bytes, title } = props;

  useEffect(() => {
    const place = pages.current;
    if (!place || !bytes) return;
    setState("making");
    let stop = (): void => undefined;
    let gone = false;
    void import("./pdf-pages.ts")
      .then(({ showPages }) => {
        if (gone) return undefined;
        const showing = showPages(bytes, place, title);
        stop = showing.stop;
        return showing.done;
      })
      .then(
        () => gone || setState("shown"),
        () => gone || setState("failed"),
      );
    return () => {
      gone = true;
      stop();
    };
  }, [bytes, title]);

  const print = async () => {
    setPrinting(true);
    const toPrint = props.printBytes ? await props.printBytes() : bytes;
    if (toPrint) await import("./pdf-pages.ts").then(({ printPages }) => printPages(toPrint));
    setPrinting(false);
  };

  return (
    <div className="pdf">
      <div className="actions pdf-actions">
        {props.actions ? (
          props.actions({ print, printing })
        ) : (
          <Button icon="print" busy={printing} onClick={() => void print()}>
            Print
          </Button>
        )}
      </div>
      {state === "failed" && <Banner status="stop" title="The pages could not be drawn." />}
      {state === "making" && <Skeleton lines={12} label="The paper is being made" />}
      <div
        ref={pages}
        className="pdf-pages"
        hidden={state !== "shown"}
        role="group"
        aria-label={title}
        tabIndex={0}
      />
    </div>
  );
}
