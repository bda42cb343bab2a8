/** What a key command may do with the key file. */
export type KeyChanges = {
  /** Whether this is the password of that account. Reckoned before the transaction began, as argon2 takes 0.3 s. */
  verifyPassword(userId: string, password: string): Promise<boolean>;
};
