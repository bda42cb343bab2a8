/** A file that belongs to evidence: the scan of a signed form, the photo of a test. Kept in the encrypted record itself. */
import { z } from "zod";
import { instant } from "../calendar.ts";

/** What can be attached. What a file is, its content says, never its name. */
export const attachmentType = z.enum(["image/png", "image/jpeg", "application/pdf"]);
export type AttachmentType = z.infer<typeof attachmentType>;

/** Bytes: a photo of a telephone and a scanned form fit; a film does not. */
export const LARGEST_ATTACHMENT = 8 * 1024 * 1024;

/** The first bytes of each type. A PDF may have up to 1024 bytes before its mark; we take only what begins with it. */
const MARKS: readonly (readonly [AttachmentType, readonly number[]])[] = [
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
  ["application/pdf", [0x25, 0x50, 0x44, 0x46, 0x2d]],
];

/** What a file is by its content; null when it is nothing that can be attached. */
export function attachmentTypeOf(bytes: Uint8Array): AttachmentType | null {
  return MARKS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte))?.[0] ?? null;
}

/** Why a file cannot be attached, as a sentence; null when it can. */
export function whyNotAttached(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return "This file is empty.";
  if (bytes.length > LARGEST_ATTACHMENT)
    return `This file is too large: ${megabytes(bytes.length)} MB. At most ${megabytes(LARGEST_ATTACHMENT)} MB.`;
  return attachmentTypeOf(bytes) === null ? "This is neither a PNG or JPEG image nor a PDF." : null;
}

function megabytes(size: number): string {
  const whole = size / 1024 / 1024;
  return Number.isInteger(whole) ? String(whole) : (Math.ceil(whole * 10) / 10).toFixed(1);
}

/** A file without its content. `name` is what the person called it, for the screen only; `size` in bytes. */
export const attachment = z.object({
  id: z.string(),
  patientId: z.string(),
  name: z.string(),
  type: attachmentType,
  size: z.number().int(),
  recordedAt: instant,
  recordedBy: z.string(),
});
export type Attachment = z.infer<typeof attachment>;
