import { unitsPerAmount } from '@portcullis/contracts';
import type { GrantCheck } from '../check.js';
import { costOf, isOver, leftOf, type Quota } from '../quota.js';
import type { CompiledGrant } from '../state.js';
import type { Call } from '../types.js';

/** Would this call stay within every quota of the grant? What cannot be counted is over it. */
export const isWithinQuota: GrantCheck = {
  passes: ({ id, obligations }, call) => {
    for (const quota of obligations.quotas) if (isOver(id, quota, call)) return false;
    return true;
  },
  denial: (grant, call) => ({ reason: 'quota', rule: grant.rule, detail: whatIsOver(grant, call) }),
};

function whatIsOver({ id, obligations }: CompiledGrant, call: Call): string {
  return obligations.quotas
    .filter((quota) => isOver(id, quota, call))
    .map((quota) => {
      const what = quota.amount ? `${quota.amount.path} of ${quota.amount.max}` : `${quota.calls ?? 0} calls`;
      return `${what} ${quota.window === 'hour' ? 'an' : 'a'} ${quota.window} per ${quota.per}: ${asked(id, quota, call)}`;
    })
    .join('; ');
}

function asked(grant: string, quota: Quota, call: Call): string {
  const cost = costOf(quota, call);
  if (cost === undefined) return 'no amount that can be counted';
  const scale = quota.amount ? unitsPerAmount : 1;
  return `${Math.max(0, leftOf(grant, quota, call)) / scale} left for ${cost / scale}`;
}
