/** Constraints and obligations as they are authored. */
export const max = (value: number, path = 'amount') => ({ kind: 'max', path, value });
export const min = (value: number, path = 'amount') => ({ kind: 'min', path, value });
export const approval = (...unless: readonly object[]) => ({ kind: 'approval', group: 'finance', unless });
export const quota = (most: number, path = 'amount') => ({
  ...{ kind: 'quota', per: 'agent', window: 'day' },
  amount: { path, max: most },
});
export const size = { kind: 'size', maxBytes: 10 };
