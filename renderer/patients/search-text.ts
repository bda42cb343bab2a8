/** The text typed in the search, carried over to the registration. Kept in memory only, and given out once. */
let typed = "";

/** Keeps the text for the registration that follows. */
export function rememberSearch(text: string): void {
  typed = text.trim();
}

/** The text that was kept, and forgets it. */
export function takeSearch(): string {
  const text = typed;
  typed = "";
  return text;
}
