/** Which record is open, who is in, and whether the screen is locked. */
export type Keeper = { readonly version: number };
