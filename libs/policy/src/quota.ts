import type { ObligationOf, QuotaSubject } from '@portcullis/contracts';
import { valueAt } from './constraints/values-at.js';
import type { Call, Charge } from './types.js';

type Quota = ObligationOf<'quota'>;

/**
 * What a quota counts under, in one window: grant, what is limited, and who. A subject that the token does not prove is one
 * bucket per agent (protocol E5), so that leaving a user out buys nothing.
 */
export function bucketOf(grant: string, quota: Quota, { claims }: Pick<Call, 'claims'>): string {
  const what = quota.amount ? `amount ${quota.amount.path}` : 'calls';
  return JSON.stringify([grant, what, quota.window, quota.per, claims.agent, subjectOf(quota.per, claims)]);
}

function subjectOf(per: QuotaSubject, { user, conversation }: Call['claims']): string | null {
  if (per === 'agent') return null;
  return (per === 'user' ? user : conversation) ?? null;
}

/** How much of the quota this call takes; `undefined` when its amount is no finite number of at least 0, and so cannot be counted. */
export function costOf({ amount }: Quota, call: Pick<Call, 'arguments'>): number | undefined {
  if (amount === undefined) return 1;
  const value = valueAt(call.arguments, amount.path);
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** How much of the quota is left to this call, by its host's count; all of it where the host counts nothing. */
export function leftOf(grant: string, quota: Quota, call: Call): number {
  const limit = quota.amount?.max ?? quota.calls ?? 0;
  return Math.min(limit, call.left?.(bucketOf(grant, quota, call), quota) ?? limit);
}

/** What an allowed call takes out of each quota of the grant that allowed it. */
export function chargesOf(grant: string, quotas: readonly Quota[], call: Call): readonly Charge[] {
  return quotas.map((quota) => ({ bucket: bucketOf(grant, quota, call), cost: costOf(quota, call) ?? 0, quota }));
}
