import type { Requirement } from './requirement.js';

/** What is promised of quotas on amounts, which several guards share. */
export const budgetRequirements = [
  {
    id: 'R-BUDGET-1',
    sentence: 'all guards together let through an amount exactly up to its limit, however many call at once',
    bound: 'not one unit more; all of it when the amounts divide it evenly',
    source: ['issue 4: leased budgets', 'P-E3'],
  },
  {
    id: 'R-BUDGET-2',
    sentence: 'a guard that is cut off spends what it was handed and no more, and the others not that part',
    bound: 'the sum stays within the limit; what it held is spent or comes back once it is in touch again',
    source: ['issue 4: leased budgets', 'P-E3'],
  },
  {
    id: 'R-BUDGET-3',
    sentence: 'a guard that crashes and starts again goes on with what it held, and what it spent stays spent',
    bound: 'no unit is spent twice in a window, none is lost',
    source: ['issue 4: leased budgets', 'P-E3'],
  },
] as const satisfies readonly Requirement[];
