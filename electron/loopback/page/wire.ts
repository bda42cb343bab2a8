/**
 * How values cross between the browser and the stand-in, as JSON text that keeps what Electron's own bridge keeps:
 * bytes, `undefined`, and numbers that are not finite. Anything else that is not JSON is refused, as the contract
 * carries JSON and bytes only, and a test in the browser should notice.
 */

const tags = ["$bytes", "$undefined", "$number", "$object"];

/** Writes a value as text. */
export function encode(value: unknown): string {
  return JSON.stringify(pack(value));
}

/** Reads a value written by `encode`. */
export function decode(text: string): unknown {
  return unpack(JSON.parse(text));
}

function pack(value: unknown): unknown {
  if (value === undefined) return { $undefined: true };
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : { $number: String(value) };
  if (value instanceof Uint8Array) return { $bytes: toBase64(value) };
  if (Array.isArray(value)) return value.map(pack);
  if (typeof value === "object" && isPlain(value)) {
    const packed = Object.fromEntries(Object.entries(value).map(([key, part]) => [key, pack(part)]));
    return tags.some((tag) => tag in value) ? { $object: packed } : packed;
  }
  throw new TypeError("An object could not be cloned: the contract carries JSON and bytes only.");
}

function unpack(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(unpack);
  if ("$undefined" in value) return undefined;
  if ("$number" in value) return Number(value.$number);
  if ("$bytes" in value) return fromBase64(String(value.$bytes));
  const plain = "$object" in value ? (value.$object as object) : value;
  return Object.fromEntries(Object.entries(plain).map(([key, part]) => [key, unpack(part)]));
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object from another realm has another Object.prototype, whose own prototype is null too.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function toBase64(bytes: Uint8Array): string {
  let text = "";
  const step = 0x8000; // An argument list has a limit.
  for (let at = 0; at < bytes.length; at += step) {
    text += String.fromCharCode(...bytes.subarray(at, at + step));
  }
  return btoa(text);
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}
