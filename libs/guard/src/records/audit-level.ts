import type { Obligation, ObligationOf } from '@portcullis/contracts';

/** How much of a call has to be kept: of several levels the most; `undefined` where nothing is asked. */
export function auditLevelOf(obligations: readonly Obligation[]): ObligationOf<'audit'>['level'] | undefined {
  const levels = obligations.flatMap((one) => (one.kind === 'audit' ? [one.level] : []));
  return levels.includes('full') ? 'full' : levels[0];
}
