import type { CallCheck } from '../check.js';

/** Does the state hold something that may take authority away and that this version cannot read? Then nothing passes (protocol D7). */
export const isUnderstood: CallCheck = ({ unreadable }) => {
  if (unreadable.size === 0) return undefined;
  const first = [...unreadable.values()].reduce((a, b) => (b.rule < a.rule ? b : a));
  return { reason: 'guard_outdated', rule: first.rule, detail: `${first.what}; update the guard` };
};
