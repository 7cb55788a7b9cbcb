import type { QuotaAnswer, QuotaLine } from '@portcullis/contracts';

/** A quota in one window over all guards: what they hold, which is handed less returned, and what they have spent. */
export interface Budget {
  readonly out: number;
  readonly spent: number;
}

/** One guard's part in it, as totals that only grow. */
export interface Share {
  readonly handed: number;
  readonly returned: number;
  readonly spent: number;
}

/** What a line of a report made of both, and what it is answered with. */
export interface Settled {
  readonly budget: Budget;
  readonly share: Share;
  readonly answer: Pick<QuotaAnswer, 'handed' | 'others' | 'left'>;
}

/** Of a quota that nobody has counted in yet. */
export const newBudget: Budget = { out: 0, spent: 0 };
/** Of a guard that has told nothing yet. */
export const newShare: Share = { handed: 0, returned: 0, spent: 0 };

/**
 * Takes one line of a guard's report into a budget of at most `limit` units: what all guards hold never grows past it, whatever
 * is lost, repeated or overtaken on the way. A guard that does not know yet what it was handed is told, and gets no more. A guard
 * that knows of more than is recorded was handed it before the record was lost, and keeps it, but never more than the limit.
 * `limit` 0 hands out nothing. Give it the budget and the share as they are in one transaction.
 */
export function settleShare(limit: number, budget: Budget, share: Share, line: QuotaLine): Settled {
  const most = Math.max(share.returned, line.returned) + limit;
  const known = Math.max(share.handed, Math.min(line.handed, most));
  const returned = Math.max(share.returned, Math.min(line.returned, known));
  const spent = Math.max(share.spent, line.spent);
  const out = budget.out + (known - returned) - (share.handed - share.returned);
  const more = line.ask && known <= line.handed ? handOut(limit - out, line.ask) : 0;
  const total = budget.spent + spent - share.spent;
  return {
    budget: { out: out + more, spent: total },
    share: { handed: known + more, returned, spent },
    answer: { handed: known + more, others: total - spent, left: Math.max(0, limit - out - more) },
  };
}

/** What the first call lacks, if that much is left, and for those after it at most half of the rest, in whole calls. */
function handOut(left: number, { need, step, times }: NonNullable<QuotaLine['ask']>): number {
  if (need > left) return 0;
  return need + step * Math.min(times, Math.floor((left - need) / 2 / step));
}
