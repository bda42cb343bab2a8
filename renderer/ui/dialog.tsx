import { type ReactNode, useEffect, useRef } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";

/** A window over the page. Only where the page behind must wait (the palette, the list of shortcuts). Escape closes it. */
export function Dialog(props: {
  title: string;
  open: boolean;
  onClose: () => void;
  children: ReactNode;
  /** Keeps the title for screen readers only. */
  titleHidden?: boolean;
  size?: "medium" | "wide";
}) {
  return (
    <ModalOverlay
      className="dialog-overlay"
      isOpen={props.open}
      isDismissable
      onOpenChange={(open) => {
        if (!open) props.onClose();
      }}
    >
      <Modal className={`dialog-modal dialog-${props.size ?? "medium"}`}>
        <Content>
          <AriaDialog className="dialog">
            <Heading slot="title" className={props.titleHidden ? "for-readers" : "dialog-title"}>
              {props.title}
            </Heading>
            {props.children}
          </AriaDialog>
        </Content>
      </Modal>
    </ModalOverlay>
  );
}

/** Brings the focus to the field that says it is the first (`data-first`), once the window has taken it. */
function Content({ children }: { children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => place.current?.querySelector<HTMLElement>("[data-first]")?.focus(), []);
  return (
    <div ref={place} className="dialog-content">
      {children}
    </div>
  );
}
