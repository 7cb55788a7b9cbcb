import type { ObligationOf } from '@portcullis/contracts';
import type { GrantCheck } from '../check.js';
import { costOf, leftOf } from '../quota.js';
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

function isOver(grant: string, quota: ObligationOf<'quota'>, call: Call): boolean {
  const cost = costOf(quota, call);
  return cost === undefined || cost > leftOf(grant, quota, call);
}

function whatIsOver({ id, obligations }: CompiledGrant, call: Call): string {
  return obligations.quotas
    .filter((quota) => isOver(id, quota, call))
    .map((quota) => {
      const what = quota.amount ? `${quota.amount.path} of ${quota.amount.max}` : `${quota.calls ?? 0} calls`;
      const cost = costOf(quota, call);
      const asked =
        cost === undefined ? 'no amount that can be counted' : `${leftOf(id, quota, call)} left for ${cost}`;
      return `${what} a ${quota.window} per ${quota.per}: ${asked}`;
    })
    .join('; ');
}
