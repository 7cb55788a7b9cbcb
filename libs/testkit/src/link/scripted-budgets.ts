import type { QuotaAnswer, QuotaLine } from '@portcullis/contracts';
import { newBudget, newShare, settleShare, type Budget, type Share } from '@portcullis/policy';

interface Held {
  budget: Budget;
  readonly shares: Map<string, Share>;
}

/** Hands out shares of budgets as a control plane does, by a script in place of grants: every bucket has the same limit. */
export class ScriptedBudgets {
  /** Units of each bucket and window. Default: as much as the largest quota. */
  limit = 1e15;
  readonly #held = new Map<string, Held>();

  answer(guard: string, lines: readonly QuotaLine[]): QuotaAnswer[] {
    return lines.map((line) => this.#answer(guard, line));
  }

  /** What all guards were handed and did not return, over all buckets and windows. */
  get out(): number {
    return [...this.#held.values()].reduce((sum, { budget }) => sum + budget.out, 0);
  }

  #answer(guard: string, line: QuotaLine): QuotaAnswer {
    const key = `${line.from} ${line.bucket}`;
    const held = this.#held.get(key) ?? { budget: newBudget, shares: new Map<string, Share>() };
    const { budget, share, answer } = settleShare(this.limit, held.budget, held.shares.get(guard) ?? newShare, line);
    held.budget = budget;
    held.shares.set(guard, share);
    this.#held.set(key, held);
    return { bucket: line.bucket, from: line.from, ...answer };
  }
}
