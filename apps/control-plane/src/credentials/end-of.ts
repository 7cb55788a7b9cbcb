/** What of a credential's row decides when it ends by itself. */
export interface CredentialEnds {
  readonly expires_at: Date | null;
  readonly retires_at: Date | null;
}

/** When a credential ends by itself, in milliseconds: its expiry or the end of its overlap, whichever comes first. */
export function credentialEndMs({ expires_at, retires_at }: CredentialEnds): number | null {
  const ends = [expires_at, retires_at].flatMap((at) => (at === null ? [] : [at.getTime()]));
  return ends.length === 0 ? null : Math.min(...ends);
}

/** The same in SQL: `least` passes over nulls. */
export function credentialEndSql(alias: string): string {
  return `least(${alias}.expires_at, ${alias}.retires_at)`;
}
