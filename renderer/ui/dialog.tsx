import type { ReactNode } from "react";
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
        <AriaDialog className="dialog">
          <Heading slot="title" className={props.titleHidden ? "for-readers" : "dialog-title"}>
            {props.title}
          </Heading>
          {props.children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
