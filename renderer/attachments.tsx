/**
 * Files of a patient on screen: chosen, dropped or pasted into a form, shown small beside it, opened over the page. A file is in
 * the record as soon as it is chosen; the form keeps its id. Where the form is never saved, the file stays in the record, named
 * by no entry: the draft still finds it, and nothing else counts it.
 */
import { type ReactNode, useCallback, useEffect, useEffectEvent, useId, useRef, useState } from "react";
import { type Attachment, LARGEST_ATTACHMENT, whyNotAttached } from "#shared/records/attachment.ts";
import { useApi, useCommand } from "./api.ts";
import { Button, IconButton } from "./ui/button.tsx";
import { Dialog } from "./ui/dialog.tsx";
import { FieldError } from "./ui/field.tsx";
import { Icon } from "./ui/icons.tsx";
import { PdfPreview } from "./ui/pdf-preview.tsx";
import { RefusalNotice } from "./ui/refusal.tsx";
import { Skeleton } from "./ui/status.tsx";
import "./attachments.css";

const MOST = 10;
const ACCEPTED = "image/png,image/jpeg,application/pdf";

/** The files of an entry while it is typed. `value` and `onChange` are ids. */
export function AttachmentsField(props: {
  patientId: string;
  value: readonly string[];
  onChange: (ids: string[]) => void;
  name?: string;
  error?: string | undefined;
}) {
  const { patientId, value } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const add = useCommand("attachments.add");
  const [troubles, setTroubles] = useState<string[]>([]);
  const [over, setOver] = useState(false);
  const files = useAttachments(patientId, value);

  /** Keeps the file and adds its id; the sentence that says why not, else null. */
  async function upload(file: File, ids: string[]): Promise<string | null> {
    // What is far too large is not even read.
    if (file.size > 2 * LARGEST_ATTACHMENT) return "This file is too large.";
    const bytes = new Uint8Array(await file.arrayBuffer());
    const trouble = whyNotAttached(bytes);
    if (trouble !== null) return trouble;
    const answer = await add.run({ patientId, name: nameOf(file).slice(0, 120), bytes });
    if (!answer.ok) return answer.refusal.sentence;
    ids.push(answer.value.id);
    return null;
  }

  const take = useEffectEvent(async (chosen: readonly File[]) => {
    if (chosen.length === 0) return;
    const ids = [...value];
    const said: string[] = [];
    for (const file of chosen) {
      const trouble = ids.length >= MOST ? `At most ${MOST} files.` : await upload(file, ids);
      if (trouble !== null) said.push(`${nameOf(file)}: ${trouble}`);
    }
    setTroubles(said);
    if (ids.length > value.length) props.onChange(ids);
  });

  useEffect(() => {
    const pasted = (event: ClipboardEvent) => {
      const given = [...(event.clipboardData?.files ?? [])];
      if (given.length === 0) return;
      event.preventDefault();
      void take(given);
    };
    document.addEventListener("paste", pasted);
    return () => document.removeEventListener("paste", pasted);
  }, []);

  return (
    <div
      className={`field attachments-field${over ? " attachments-over" : ""}`}
      data-field={props.name}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        void take([...event.dataTransfer.files]);
      }}
    >
      <span className="field-label" id={`${id}-label`}>
        Files<span className="field-optional"> (optional)</span>
      </span>
      <input
        ref={input}
        type="file"
        multiple
        accept={ACCEPTED}
        className="for-readers"
        tabIndex={-1}
        aria-labelledby={`${id}-label`}
        onChange={(event) => {
          void take([...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <div className="attachments-row">
        {files.map((one) => (
          <span key={one.id} className="attachment-taken">
            <AttachmentButton attachment={one} small />
            <IconButton
              icon="cross"
              label={`Take off ${one.name}`}
              onClick={() => props.onChange(value.filter((known) => known !== one.id))}
            />
          </span>
        ))}
        <Button kind="plain" busy={add.running} onClick={() => input.current?.click()}>
          Add a file
        </Button>
        <span className="muted">or drop or paste it here: PNG, JPEG or PDF, up to 8 MB.</span>
      </div>
      {[...troubles, ...(props.error ? [props.error] : [])].map((one, index) => (
        <FieldError key={one} id={`${id}-error-${index}`} error={one} />
      ))}
    </div>
  );
}

function nameOf(file: File): string {
  return file.name === "" ? "Pasted file" : file.name;
}

/** The files of an entry that is recorded, as buttons that open them. */
export function AttachmentLinks(props: { patientId: string; ids: readonly string[] }) {
  const files = useAttachments(props.patientId, props.ids);
  if (props.ids.length === 0) return null;
  return (
    <span className="attachments-row">
      {files.map((one) => (
        <AttachmentButton key={one.id} attachment={one} />
      ))}
    </span>
  );
}

function useAttachments(patientId: string, ids: readonly string[]): Attachment[] {
  const list = useApi("attachments.list", { patientId }, { enabled: ids.length > 0, keepPrevious: true });
  return ids.flatMap((id) => list.value?.find((one) => one.id === id) ?? []);
}

/** A file by its name, with a small picture of an image where there is room; opens it over the page. */
function AttachmentButton({ attachment, small = false }: { attachment: Attachment; small?: boolean }) {
  const [open, setOpen] = useState(false);
  const isImage = attachment.type !== "application/pdf";
  return (
    <>
      <button
        type="button"
        className="attachment-button"
        aria-label={`Open ${attachment.name}`}
        onClick={() => setOpen(true)}
      >
        {small && isImage ? (
          <Picture id={attachment.id} className="attachment-small" alt="" />
        ) : (
          <Icon name="file" />
        )}
        <span>{attachment.name}</span>
      </button>
      <Dialog title={attachment.name} open={open} size="wide" onClose={() => setOpen(false)}>
        <div className="attachment-open">
          {isImage ? (
            <Picture id={attachment.id} className="attachment-large" alt={attachment.name} />
          ) : (
            <Pages attachment={attachment} />
          )}
          <div className="actions">
            <Button keys="Esc" onClick={() => setOpen(false)}>
              Close
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}

function Picture({ id, className, alt }: { id: string; className: string; alt: string }): ReactNode {
  const file = useApi("attachments.read", { id });
  const [broken, setBroken] = useState(false);
  const { value } = file;
  const show = useCallback(
    (image: HTMLImageElement | null) => {
      if (image === null || value === undefined) return undefined;
      const url = URL.createObjectURL(new Blob([value.bytes], { type: value.type }));
      image.src = url;
      return () => URL.revokeObjectURL(url);
    },
    [value],
  );
  if (file.refusal) return <RefusalNotice refusal={file.refusal} />;
  if (broken) return <span className="muted">This image cannot be shown.</span>;
  return value === undefined ? (
    <Skeleton lines={1} />
  ) : (
    <img ref={show} alt={alt} className={className} onError={() => setBroken(true)} />
  );
}

function Pages({ attachment }: { attachment: Attachment }): ReactNode {
  const file = useApi("attachments.read", { id: attachment.id });
  return (
    <>
      <RefusalNotice refusal={file.refusal} />
      <PdfPreview bytes={file.value?.bytes ?? null} title={attachment.name} />
    </>
  );
}
